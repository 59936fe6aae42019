"""Decides the cases of an Apache Spark `DataFrame`, on all executors.

>>> import thutuc, thutuc.spark
>>> decided = thutuc.spark.decide(df, pack, "1.004222", as_of="received_on", keep=["district"])

The pack goes to the executors once, as the bytes of its bundle, and each Python worker loads it once. A batch of Spark's
rows is decided as Arrow, without a Python object for a row (`mapInArrow`). `thutuc`, `pyarrow` and `pyspark` have to be
installed where the executors run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ._thutuc import Pack

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    from pyspark.sql import DataFrame
    from typing_extensions import Unpack

    from .types import TableOptions

__all__ = ["decide"]


def decide(df: DataFrame, pack: Pack, procedure: str, **options: Unpack[TableOptions]) -> DataFrame:
    """The decisions on the cases of `df`, a `DataFrame` in the order of its partitions.

    The keywords are those of `Pack.decide_batch`; each task has one thread. Codes are strings, since Spark has no dictionaries.

    Raises `RequestError` at once if a column of `df` fits no fact.
    """
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    # Spark runs a task on each core: another thread would take the place of another task.
    options["threads"] = 1
    none = to_arrow_schema(df.schema).empty_table()
    decided = pa.table(pack.decide_batch(procedure, none, progress=False, **options))
    schema = _plain(decided.schema)
    bundle = _shared(df, pack.to_bytes())
    names = df.columns
    # Spark takes a dot in a name for a field of a struct: such names go to the executors beside the columns.
    cases = df.toDF(*(f"c{at}" for at in range(len(names)))) if any("." in name for name in names) else df
    return cases.mapInArrow(_Decide(pack.hash, bundle, procedure, names, options), from_arrow_schema(schema))


def _shared(df: DataFrame, bundle: bytes) -> Callable[[], bytes]:
    """The bundle by a broadcast; with Spark Connect, which has none, beside the function."""
    try:
        context = df.sparkSession.sparkContext
    except Exception:  # noqa: BLE001  # Spark Connect raises an error of its own without a common class in all versions
        return _Bytes(bundle)
    return _Broadcast(context.broadcast(bundle))


class _Bytes:
    def __init__(self, value: bytes) -> None:
        self.value = value

    def __call__(self) -> bytes:
        return self.value


class _Broadcast:
    def __init__(self, broadcast: Any) -> None:
        self.broadcast = broadcast

    def __call__(self) -> bytes:
        value: bytes = self.broadcast.value
        return value


_LOADED: dict[str, Pack] = {}
"""The packs that this worker has loaded, by their hash."""


class _Decide:
    """What an executor runs on the batches of a partition."""

    def __init__(self, hash: str, bundle: Callable[[], bytes], procedure: str, names: list[str], options: TableOptions) -> None:
        self.hash = hash
        self.bundle = bundle
        self.procedure = procedure
        self.names = names
        self.options = options

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

        first = next(batches, None)
        if first is None:
            return
        pack = _LOADED.get(self.hash)
        if pack is None:
            pack = _LOADED[self.hash] = Pack.from_bytes(self.bundle())
        named = (batch.rename_columns(self.names) for batch in _chain(first, batches))
        cases = pa.RecordBatchReader.from_batches(first.rename_columns(self.names).schema, named)
        decided = pack.decide_stream(self.procedure, cases, **self.options)
        reader = pa.RecordBatchReader.from_stream(decided)
        schema = _plain(reader.schema)
        for batch in reader:
            yield batch.cast(schema)


def _chain(first: pa.RecordBatch, others: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from others


def _plain(schema: pa.Schema) -> pa.Schema:
    """The schema without what Spark has not: dictionaries and unsigned integers."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    def plain(field: pa.Field) -> pa.Field:
        if pa.types.is_dictionary(field.type):
            return field.remove_metadata().with_type(field.type.value_type)
        if pa.types.is_unsigned_integer(field.type):
            return field.with_type(pa.int16() if field.type.bit_width == 8 else pa.int64())
        return field

    return pa.schema([plain(field) for field in schema])
