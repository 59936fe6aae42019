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


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A folder of files: one of many row groups, a small one, one within a folder, one without a row, and what is no part of it."""
    seeded = random.Random(12)
    frame = pl.DataFrame([{"id": at, **case(seeded)} for at in range(4_000)], schema_overrides={"documents_in_database": pl.List(pl.String)})
    folder = tmp_path / "cases"
    (folder / "later").mkdir(parents=True)
    frame[:3_000].write_parquet(folder / "a.parquet", row_group_size=400)
    frame[3_000:3_100].write_parquet(folder / "b.parquet")
    frame[3_100:].write_parquet(folder / "later" / "c.parquet", row_group_size=300)
    frame[:0].write_parquet(folder / "none.parquet")
    frame[:7].write_parquet(folder / ".hidden.parquet")
    (folder / "_SUCCESS").touch()
    return folder


def damaged(file: Path) -> Path:
    """The same file with nothing left but its end, which says where everything is: whoever reads its rows finds out."""
    whole = file.read_bytes()
    end = int.from_bytes(whole[-8:-4], "little") + 8
    path = file.with_name("damaged.parquet")
    path.write_bytes(bytes(len(whole) - end) + whole[-end:])
    return path


def on_one_machine(pack: thutuc.Pack, folder: Path, **options: Any) -> Any:
    frame = pl.concat([pl.read_parquet(folder / name) for name in ("a.parquet", "b.parquet", "later/c.parquet")])
    return pack.decide_batch(CODE, frame, as_of="day", columns=COLUMNS, keep=["id"], lang="en", **options)


@pytest.mark.parametrize("problems", [True, False])
def test_files_that_executors_write_are_what_one_machine_gives(spark: Any, workload: thutuc.Pack, cases: Path, tmp_path: Path, problems: bool) -> None:
    from thutuc.spark import decide_files

    into = tmp_path / "decided"
    done = decide_files(spark, cases, workload, CODE, into=into, part_rows=1_000, as_of="day", columns=COLUMNS, keep=["id"], lang="en", problems=problems)
    expected = on_one_machine(workload, cases, problems=problems)
    assert (done.rows, done.problems) == (4_000, expected.report["problems"]) and done.problems > 0
    # 3,000 cases are cut into parts of about 1,000 between row groups of 400.
    assert [pl.read_parquet(file).height for file in done.files] == [1_200, 1_200, 600, 100, 0, 900]
    assert sorted(str(path) for path in into.iterdir()) == sorted([*done.files, str(into / "_SUCCESS")])
    rows = [row.asDict(recursive=True) for row in spark.read.parquet(str(into)).sort("id").collect()]
    told = expected.to_polars().with_columns(pl.col(pl.Enum).cast(pl.String))
    assert rows == told.to_dicts()
    assert pl.concat([pl.read_parquet(file) for file in done.files]).with_columns(pl.col(pl.Enum).cast(pl.String)).equals(told)


def test_an_earlier_table_stays_until_another_is_whole(spark: Any, workload: thutuc.Pack, cases: Path, tmp_path: Path) -> None:
    from thutuc.spark import decide_files

    into = tmp_path / "decided"

    def decided(paths: Any, overwrite: bool = False) -> thutuc.spark.DecidedFiles:
        return decide_files(spark, paths, workload, CODE, into=into, overwrite=overwrite, as_of="day", columns=["outcome"], mapping={"id": None})

    first = decided([cases / "a.parquet", cases / "b.parquet"])
    there = sorted(into.iterdir())
    with pytest.raises(FileExistsError, match="not empty"):
        decided(cases)
    broken = damaged(cases / "a.parquet")
    with pytest.raises(Exception, match="RequestError"):
        decided(cases / "*.parquet", overwrite=True)
    assert sorted(into.iterdir()) == there
    second = decided(f"file://{cases}/b.parquet", overwrite=True)
    assert (first.rows, second.rows) == (3_100, 100) and sorted(map(str, into.iterdir())) == sorted([*second.files, str(into / "_SUCCESS")])
    (into / "mine.txt").touch()
    with pytest.raises(FileExistsError, match="mine.txt"):
        decided(cases / "b.parquet", overwrite=True)
    with pytest.raises(Exception, match="RequestError"):
        decide_files(spark, broken, workload, CODE, into=tmp_path / "new" / "one", as_of="day", mapping={"id": None})
    assert not (tmp_path / "new" / "one").exists()


def test_a_part_that_is_written_twice_or_fails_leaves_no_other(workload: thutuc.Pack, cases: Path, tmp_path: Path) -> None:
    """As a task that Spark tries again, or runs on two executors at once."""
    from thutuc import _spark_files

    class Here:
        def load(self) -> thutuc.Pack:
            return workload

    pieces = _spark_files._pieces([str(cases / "a.parquet")], 1_000, "job", lambda path: None)
    work = _spark_files._Work(Here(), CODE, str(tmp_path), {"as_of": "day", "mapping": {"id": None}, "columns": ["outcome"]}, lambda: b"")  # type: ignore[arg-type]
    assert work.write(pieces[1]) == work.write(pieces[1])
    assert [path.name for path in tmp_path.glob("*.parquet")] == ["part-00001-job.parquet"]
    with pytest.raises(thutuc.RequestError):
        work.write(_spark_files._Piece(7, str(damaged(cases / "a.parquet")), [0], 400, "part-7.parquet"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases", "part-00001-job.parquet"]


def test_what_is_wrong_with_files_is_told_before_anything_runs(spark: Any, workload: thutuc.Pack, tmp_path: Path) -> None:
    from thutuc.spark import decide_files

    def decided(paths: Any, **options: Any) -> object:
        options = {"as_of": "2025-03-03", "columns": ["outcome"], **options}
        return decide_files(spark, paths, workload, CODE, into=tmp_path / "decided", **options)

    pl.DataFrame({"applicant_age": [1]}).write_parquet(tmp_path / "good.parquet")
    pl.DataFrame({"aplicant_age": [1]}).write_parquet(tmp_path / "bad.parquet")
    with pytest.raises(thutuc.RequestError, match="applicant_age"):
        decided([tmp_path / "good.parquet", tmp_path / "bad.parquet"])
    for name, id in ("x", pl.Int64), ("y", pl.String):
        pl.DataFrame({"applicant_age": [1], "id": [None]}, schema_overrides={"id": id}).write_parquet(tmp_path / f"{name}.parquet")
    with pytest.raises(ValueError, match="y.parquet have other columns"):
        decided([tmp_path / "x.parquet", tmp_path / "y.parquet"], keep=["id"])
    for elsewhere in "hdfs://name/cases", "s3a://bucket/cases", "dbfs:/cases":
        with pytest.raises(ValueError, match="not on a disk"):
            decided(elsewhere)
    (tmp_path / "cases.csv").write_text("applicant_age\n1\n", "utf-8")
    (tmp_path / "parted" / "district=1").mkdir(parents=True)
    for path, why in (tmp_path / "cases.csv", "end in .parquet"), (tmp_path / "parted", "district=1"):
        with pytest.raises(ValueError, match=why):
            decided(path)
    with pytest.raises(FileNotFoundError):
        decided(tmp_path / "none*.parquet")
    with pytest.raises(TypeError, match="row groups"):
        decided(tmp_path / "good.parquet", row_groups=[0])
    with pytest.raises(ValueError, match="go elsewhere"):
        decide_files(spark, tmp_path / "good.parquet", workload, CODE, into=tmp_path, overwrite=True, as_of="2025-03-03")
    assert not (tmp_path / "decided").exists()
