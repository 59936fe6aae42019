"""Decides many cases with Apache Spark, on all executors.

>>> import thutuc, thutuc.spark
>>> decided = thutuc.spark.decide(df, pack, "1.004222", as_of="received_on", keep=["district"])
>>> written = thutuc.spark.decide_files(spark, "cases/", pack, "1.004222", into="decided/", as_of="received_on")

`decide` takes any `DataFrame`: a batch of Spark's rows is decided as Arrow, without a Python object for a row (`mapInArrow`).
`decide_files` takes Parquet files and writes Parquet files: the Python workers read and write them themselves, so that no row
crosses from Java to Python and back, which is most of the time of `decide`.

The pack goes to the executors once, as the bytes of its bundle, and each Python worker loads it once. `thutuc`, `pyarrow` and
`pyspark` have to be installed where the executors run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ._executors import SharedPack
from ._spark_files import DecidedFiles, decide_files
from ._thutuc import Pack

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    from pyspark.sql import DataFrame
    from typing_extensions import Unpack

    from .types import TableOptions

__all__ = ["DecidedFiles", "decide", "decide_files"]


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
    names = df.columns
    # Spark takes a dot in a name for a field of a struct: such names go to the executors beside the columns.
    cases = df.toDF(*(f"c{at}" for at in range(len(names)))) if any("." in name for name in names) else df
    return cases.mapInArrow(_Decide(SharedPack(df.sparkSession, pack), procedure, names, options), from_arrow_schema(schema))


class _Decide:
    """What an executor runs on the batches of a partition."""

    def __init__(self, pack: SharedPack, procedure: str, names: list[str], options: TableOptions) -> None:
        self.pack = pack
        self.procedure = procedure
        self.names = names
        self.options = options

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

        first = next(batches, None)
        if first is None:
            return
        named = (batch.rename_columns(self.names) for batch in _chain(first, batches))
        cases = pa.RecordBatchReader.from_batches(first.rename_columns(self.names).schema, named)
        decided = self.pack.load().decide_stream(self.procedure, cases, **self.options)
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
