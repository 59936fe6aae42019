"""Apache Spark with two local workers beside one machine: Parquet in, Parquet out, the same answers.

Of Spark both ways: files that its workers read and write themselves, and the rows of a `DataFrame`. What Spark takes to hand the
same cases to Python and as many columns back, with nothing decided, is told beside them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

CODE = "0.000001"
TIMES = 4
"""How many times over the cases are decided: a job of Spark takes a second to begin."""
WANTED: dict[str, Any] = {"as_of": "submitted_at", "columns": ["outcome", "first_unmet", "fee_total", "due"], "mapping": {"submitted_at": None}}


def measure(pack: Any, frame: pl.DataFrame, rounds: int, compare: Callable[..., dict[str, float]], tell: Callable[..., None]) -> None:
    """Tells the rates of both, and how many times as long Spark takes."""
    from pyspark.sql import SparkSession

    import thutuc.spark
    from python_columns import DOCUMENTS

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").appName("thutuc").config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "65536").config("spark.driver.memory", "2g")
    spark = builder.config("spark.sql.session.timeZone", "Asia/Ho_Chi_Minh").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        with tempfile.TemporaryDirectory() as folder:
            told, alone, shared, by_rows = (str(Path(folder) / name) for name in ("cases.parquet", "alone.parquet", "shared", "rows"))
            # Spark has no dictionaries and no unsigned integers: both read what Spark would write, a set as a boolean a code.
            held = pl.col("documents_in_database")
            flags = [(held & 1 << bit != 0).alias(f"documents_in_database.{document}") for bit, document in enumerate(DOCUMENTS)]
            frame = pl.concat([frame] * TIMES)
            plain = frame.select(pl.exclude("documents_in_database"), *flags).with_columns(pl.col(pl.Enum).cast(pl.String), pl.col(pl.UInt8).cast(pl.Int16))
            plain.write_parquet(told, row_group_size=131_072)

            def one_machine() -> None:
                pack.decide_stream(CODE, told, threads=2, problems=False, **WANTED).write_parquet(alone)

            def two_workers() -> None:
                thutuc.spark.decide_files(spark, told, pack, CODE, into=shared, overwrite=True, problems=False, **WANTED)

            def of_rows() -> None:
                thutuc.spark.decide(spark.read.parquet(told), pack, CODE, problems=False, **WANTED).write.mode("overwrite").parquet(by_rows)

            def nothing(batches: Iterator[Any]) -> Iterator[Any]:
                for batch in batches:
                    yield batch.select(["c0", "c1", "c2", "c3"])

            def spark_alone() -> None:
                cases = spark.read.parquet(told)
                named = cases.toDF(*(f"c{at}" for at in range(len(cases.columns))))
                named.mapInArrow(nothing, named.select("c0", "c1", "c2", "c3").schema).write.mode("overwrite").parquet(f"{by_rows}-nothing")

            systems = {"thutuc": one_machine, "thutuc on Spark": two_workers, "thutuc on Spark, rows": of_rows, "Spark, rows, nothing decided": spark_alone}
            rates = compare("columns: Parquet to Parquet, 2 workers", frame.height, rounds, systems)
            read = [pl.read_parquet(path).cast({"outcome": pl.String, "first_unmet": pl.String}) for path in (alone, f"{shared}/*.parquet", f"{by_rows}/*.parquet")]
            same = [answers.group_by(pl.all()).len().sort(pl.all()) for answers in read]
            assert same[0].equals(same[1]) and same[0].equals(same[2]), "Spark decides otherwise"

            def times(mode: str, system: str, of: str) -> None:
                tell(mode, system, "ratio", float(f"{rates[of] / rates[system]:.3g}"))

            times("columns: Spark, times as long as one machine", "thutuc on Spark", "thutuc")
            times("columns: rows of Spark, times as long as one machine", "thutuc on Spark, rows", "thutuc")
            times("columns: rows of Spark, times as long as with nothing decided", "thutuc on Spark, rows", "Spark, rows, nothing decided")
    finally:
        spark.stop()
