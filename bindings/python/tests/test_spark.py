"""Spark on this machine: several partitions and workers give what one call gives."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import thutuc

pytest.importorskip("pyspark")
pl = pytest.importorskip("polars")

from test_tables import CODE, COLUMNS, case  # noqa: E402


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").appName("thutuc").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "700").config("spark.driver.host", "127.0.0.1")
    session = builder.config("spark.sql.session.timeZone", "Asia/Ho_Chi_Minh").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def test_partitions_give_what_one_call_gives(spark: Any, workload: thutuc.Pack, tmp_path: Path) -> None:
    from thutuc.spark import decide

    seeded = random.Random(11)
    frame = pl.DataFrame([{"id": at, **case(seeded)} for at in range(5_000)], schema_overrides={"documents_in_database": pl.List(pl.String)})
    frame.write_parquet(tmp_path / "cases.parquet")
    df = spark.read.parquet(str(tmp_path / "cases.parquet")).repartition(5)
    decided = decide(df, workload, CODE, as_of="day", columns=COLUMNS, keep=["id"], lang="en")
    assert decided.rdd.getNumPartitions() == 5
    rows = sorted((row.asDict(recursive=True) for row in decided.collect()), key=lambda row: row["id"])
    expected = workload.decide_batch(CODE, frame, as_of="day", columns=COLUMNS, keep=["id"], lang="en").to_polars()
    assert rows == expected.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String)).to_dicts()


def test_a_column_that_fits_no_fact_is_told_before_anything_runs(spark: Any, workload: thutuc.Pack) -> None:
    from thutuc.spark import decide

    df = spark.createDataFrame([(1,)], "aplicant_age int")
    with pytest.raises(thutuc.RequestError, match="applicant_age"):
        decide(df, workload, CODE, as_of="2025-03-03")


def test_names_with_dots_are_those_of_facts(spark: Any, workload: thutuc.Pack) -> None:
    from thutuc.spark import decide

    frame = pl.DataFrame({"day": ["2025-03-03"] * 2, "applicant_age": [20, 30], "documents_in_database.ct01_form": [True, False]})
    for document in ("ownership_proof", "rental_contract", "kinship_proof", "institution_certificate", "exemption_proof"):
        frame = frame.with_columns(pl.lit(False).alias(f"documents_in_database.{document}"))
    columns = ["outcome", "documents.ct01_form", "problem.documents_in_database"]
    df = spark.createDataFrame([tuple(row) for row in frame.rows()], [f"`{name}`" for name in frame.columns]).toDF(*frame.columns)
    decided = decide(df, workload, CODE, as_of="day", columns=columns, keep=["documents_in_database.ct01_form"])
    expected = workload.decide_batch(CODE, frame, as_of="day", columns=columns, keep=["documents_in_database.ct01_form"]).to_polars()
    assert sorted(map(str, (row.asDict(recursive=True) for row in decided.collect()))) == sorted(map(str, expected.with_columns(pl.col(pl.Enum).cast(pl.String)).to_dicts()))


def test_empty_partitions_have_no_rows(spark: Any, workload: thutuc.Pack) -> None:
    from thutuc.spark import decide

    df = spark.createDataFrame([(1,), (40,)], "applicant_age int").repartition(8)
    assert decide(df, workload, CODE, as_of="2025-03-03", columns=["outcome"]).count() == 2
