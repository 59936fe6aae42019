"""How a pack, and whatever else a task needs, comes to the executors of Apache Spark."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ._thutuc import Pack

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def shared(spark: SparkSession, value: bytes) -> Callable[[], bytes]:
    """The bytes by a broadcast; with Spark Connect, which has none, beside the function."""
    try:
        context = spark.sparkContext
    except Exception:  # noqa: BLE001  # Spark Connect raises an error of its own without a common class in all versions
        return _Bytes(value)
    return _Broadcast(context.broadcast(value))


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


class SharedPack:
    """A pack that each Python worker loads once."""

    def __init__(self, spark: SparkSession, pack: Pack) -> None:
        self.hash = pack.hash
        self.bundle = shared(spark, pack.to_bytes())

    def load(self) -> Pack:
        """The pack, in the worker that asks."""
        pack = _LOADED.get(self.hash)
        if pack is None:
            pack = _LOADED[self.hash] = Pack.from_bytes(self.bundle())
        return pack


_LOADED: dict[str, Pack] = {}
"""The packs that this worker has loaded, by their hash."""
