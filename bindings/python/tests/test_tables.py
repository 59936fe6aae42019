"""Tables of cases: every column is what `verdict` says of each row told as a dict."""

from __future__ import annotations

import datetime
import os
import random
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import thutuc

pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")

CODE = "0.000001"
DOCUMENTS = ["ct01_form", "ownership_proof", "rental_contract", "kinship_proof", "institution_certificate", "exemption_proof"]
CHANNELS = ["online", "in_person", "post"]
BASES = ["own", "rent", "family", "institution"]
GROUPS = ["none", "child", "elderly", "poor", "disabled", "merit"]
COLUMNS = ["outcome", "fee_total", "due", "due.state", "eligibility.*", "documents.*"]


def case(random: random.Random) -> dict[str, Any]:
    """A case, some of its facts missing, some told wrongly."""

    def maybe(value: object, wrong: object = None) -> object:
        chance = random.random()
        return None if chance < 0.08 else wrong if wrong is not None and chance < 0.1 else value

    return {
        "day": datetime.date(2022, 9, 1) + datetime.timedelta(random.randrange(1218)),
        "channel": maybe(random.choice(CHANNELS), "by hand"),
        "applicant_age": maybe(random.randrange(90), 200),
        "residence_basis": maybe(random.choice(BASES), "tent"),
        "floor_area_per_person": maybe((40 + random.randrange(200)) / 10, 7.123),
        "owner_consent": maybe(random.random() < 0.75),
        "minor_with_parent": maybe(random.random() < 0.75),
        "eid_level": maybe(random.choice([0, 1, 2, 2, 2]), 7),
        "eid_locked": maybe(random.random() < 0.1),
        "exempt_group": maybe(random.choice(GROUPS * 2 + ["none"] * 5), "Người có công"),
        "documents_in_database": maybe([one for one in DOCUMENTS if random.random() < 0.5], ["ct01_form", "passport"]),
    }


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    seeded = random.Random(7)
    return [case(seeded) for _ in range(2_000)]


@pytest.fixture(scope="module")
def frame(cases: list[dict[str, Any]]) -> Any:
    return pl.DataFrame(cases, schema_overrides={"documents_in_database": pl.List(pl.String)})


def held_to_verdicts(pack: thutuc.Pack, cases: list[dict[str, Any]], decided: list[dict[str, Any]]) -> None:
    assert len(decided) == len(cases)
    for told, row in zip(cases, decided, strict=True):
        facts = {name: value for name, value in told.items() if name != "day" and value is not None}
        verdict = pack.verdict(CODE, facts, as_of=told["day"])
        assert row["outcome"] == verdict["outcome"]
        assert row["fee_total"] == verdict["fee"]
        assert row["due"] == verdict["due_on"]
        unmet = {name.removeprefix("eligibility.") for name, status in row.items() if name.startswith("eligibility.") and status == "unmet"}
        assert unmet == set(verdict["unmet"])
        required = {name.removeprefix("documents.") for name, status in row.items() if name.startswith("documents.") and status == "required"}
        assert required == set(verdict["documents"])
        problems = [(one["fact"], one["code"], one["message"]) for one in row["problems"]]
        assert sorted(problems) == sorted((one.fact, one.code, one.message) for one in verdict.get("problems", ()))


def test_polars_row_by_row(workload: thutuc.Pack, cases: list[dict[str, Any]], frame: Any) -> None:
    decided = workload.decide_batch(CODE, frame, as_of="day", columns=COLUMNS, batch_rows=300, progress=False)
    held_to_verdicts(workload, cases, decided.to_polars().to_dicts())
    assert decided.report["rows"] == len(decided) == 2_000
    assert decided.report["problems"] > 100
    assert decided.columns[:2] == ["outcome", "fee_total"]


def test_every_library_gives_the_same(workload: thutuc.Pack, cases: list[dict[str, Any]], frame: Any, tmp_path: Path) -> None:
    expected = workload.decide_batch(CODE, frame, as_of="day", columns=COLUMNS).to_pyarrow()
    table = frame.to_arrow()
    coded = frame.with_columns(
        pl.col("channel").cast(pl.Categorical), pl.col("exempt_group").cast(pl.Categorical), pl.col("residence_basis").cast(pl.Categorical)
    )
    frame.write_parquet(tmp_path / "cases.parquet")
    inputs = {
        "pyarrow": table,
        "pyarrow batch": table.combine_chunks().to_batches()[0],
        "pyarrow reader": table.to_reader(max_chunksize=70),
        "categorical": coded,
        "pandas": pd.DataFrame({name: table[name].to_pandas() for name in table.column_names}).convert_dtypes(dtype_backend="pyarrow"),
        "parquet": tmp_path / "cases.parquet",
        "parquet as text": str(tmp_path / "cases.parquet"),
    }
    for name, data in inputs.items():
        decided = workload.decide_batch(CODE, data, as_of="day", columns=COLUMNS, threads=2, batch_rows=128)
        assert decided.to_pyarrow().to_pylist() == expected.to_pylist(), name


def test_duckdb_in_and_out(workload: thutuc.Pack, frame: Any) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.register("cases", frame.to_arrow())
        relation = connection.sql("select * from cases where applicant_age < 40")
        decided = workload.decide_batch(CODE, relation, as_of="day", columns=["outcome", "fee_total"], keep=["exempt_group"]).to_pyarrow()
        connection.register("decided", decided)
        totals = dict(connection.sql("select outcome, count(*) from decided group by 1").fetchall())
    expected = workload.decide_batch(CODE, frame.filter(pl.col("applicant_age") < 40), as_of="day", columns=["outcome"]).to_polars()
    assert totals == dict(expected.group_by("outcome").len().with_columns(pl.col("outcome").cast(pl.String)).iter_rows())


def test_polars_lazy_frames_map_batches(workload: thutuc.Pack, frame: Any) -> None:
    def decide(cases: Any) -> Any:
        decided = workload.decide_batch(CODE, cases, as_of="day", columns=["fee_total"], problems=False, progress=False)
        return decided.to_polars()

    lazy = frame.lazy().map_batches(decide, schema={"fee_total": pl.Int64}).select(pl.col("fee_total").sum())
    eager = workload.decide_batch(CODE, frame, as_of="day", columns=["fee_total"]).to_polars()
    assert lazy.collect().item() == eager["fee_total"].sum()


def test_pandas_out(workload: thutuc.Pack, frame: Any) -> None:
    decided = workload.decide_batch(CODE, frame, as_of="day", keep=["day"]).to_pandas()
    assert list(decided.columns) == ["day", "standing", "outcome", "first_unmet", "fee_total", "due", "due.state", "problems"]
    assert set(decided["outcome"].cat.categories) == {"accept", "refuse", "ask"}


def test_numbers_of_every_type(workload: thutuc.Pack) -> None:
    areas = [Decimal("7.9"), Decimal("8.0"), Decimal("12.5")]
    for of in [pl.Float64, pl.Float32, pl.Decimal(9, 1), pl.Decimal(20, 4), pl.String]:
        frame = pl.DataFrame({"floor_area_per_person": areas, "residence_basis": ["rent"] * 3}, schema_overrides={"floor_area_per_person": pl.Decimal(9, 1)})
        frame = frame.with_columns(pl.col("floor_area_per_person").cast(of))
        decided = workload.decide_batch(CODE, frame, as_of="2025-03-03", columns=["eligibility.rent_area_too_small"]).to_polars()
        assert decided["eligibility.rent_area_too_small"].to_list() == ["unmet", "met", "met"], of
        assert decided["problems"].list.len().sum() == 0


def test_days_as_dates_timestamps_and_text(workload: thutuc.Pack) -> None:
    day = datetime.date(2025, 3, 3)
    late = datetime.datetime(2025, 3, 2, 20, 0, tzinfo=datetime.timezone.utc)  # the third of March in Vietnam
    for column in [pl.Series([day]), pl.Series(["2025-03-03"]), pl.Series([late]), pl.Series([datetime.datetime(2025, 3, 3, 9)])]:
        decided = workload.decide_batch(CODE, pl.DataFrame({"day": column}), as_of="day", columns=["due", "standing"]).to_polars()
        assert decided.rows() == [(datetime.date(2025, 3, 12), "decided", [])]
    frame = pl.DataFrame({"at": [datetime.datetime(2025, 3, 3, 9, 30), None]})
    decided = workload.decide_batch(CODE, frame, as_of=day, received_at="at", columns=["due"]).to_polars()
    verdicts = [workload.verdict(CODE, {}, as_of=day, received_at=at)["due_on"] for at in [datetime.datetime(2025, 3, 3, 9, 30), None]]
    assert decided["due"].to_list() == verdicts


def test_a_column_that_fits_no_fact(workload: thutuc.Pack) -> None:
    frame = pl.DataFrame({"aplicant_age": [3]})
    with pytest.raises(thutuc.RequestError) as refused:
        workload.decide_batch(CODE, frame, as_of="2025-03-03", lang="en")
    assert refused.value.problem["code"] == "unknown-column"
    assert refused.value.problem["near"] == "applicant_age"
    assert "did you mean `applicant_age`?" in str(refused.value)
    with pytest.raises(thutuc.RequestError, match="outcom"):
        workload.decide_batch(CODE, pl.DataFrame({"applicant_age": [3]}), as_of="2025-03-03", columns=["outcom"])
    with pytest.raises(thutuc.RequestError) as refused:
        workload.decide_batch(CODE, pl.DataFrame({"applicant_age": [True]}), as_of="2025-03-03", lang="vi")
    assert refused.value.problem["code"] == "bad-column"
    mapped = workload.decide_batch(CODE, frame, as_of="2025-03-03", mapping={"aplicant_age": "applicant_age"}, columns=["missing.applicant_age"])
    assert mapped.to_polars()["missing.applicant_age"].to_list() == ["no"]
    with pytest.raises(TypeError, match="PyCapsule"):
        workload.decide_batch(CODE, [{"applicant_age": 3}], as_of="2025-03-03")  # type: ignore[arg-type]


def test_null_is_missing_or_null(pack: thutuc.Pack) -> None:
    optional = [(one.code, fact) for one in pack.procedures for fact in pack.facts(one.code) if fact.optional and fact.type_ == "boolean"]
    optional += [(one.code, fact) for one in pack.procedures for fact in pack.facts(one.code) if fact.optional and fact.type_ == "date"]
    if not optional:
        pytest.skip("the pack has no optional fact")
    code, fact = optional[0]
    frame = pl.DataFrame({fact.name: [None, None]}, schema={fact.name: pl.Boolean if fact.type_ == "boolean" else pl.Date})
    day = datetime.date(2026, 11, 22)
    for nulls, facts in [("missing", {}), ("null", {fact.name: None})]:
        decided = pack.decide_batch(code, frame, as_of=day, nulls=nulls, columns=[f"missing.{fact.name}"]).to_polars()  # type: ignore[arg-type]
        decision = pack.decide(code, facts, as_of=day)
        missing = {one.fact: "now" if one.now else "later" for one in decision.missing}
        assert decided[f"missing.{fact.name}"].to_list() == [missing.get(fact.name, "no")] * 2


def test_groups_as_structs_dots_and_double_underscores(pack: thutuc.Pack) -> None:
    dotted = pl.DataFrame({"residence.basis": ["rent", "own", None], "residence.area_per_person": [6.0, 9.0, 12.5]})
    nested = dotted.select(pl.struct(pl.col("residence.basis").alias("basis"), pl.col("residence.area_per_person").alias("area_per_person")).alias("residence"))
    scored = dotted.rename({name: name.replace(".", "__") for name in dotted.columns})
    columns = ["outcome", "next", "eligibility.*"]
    answers = [pack.decide_batch("1.004222", one, as_of="2026-11-22", columns=columns).to_polars().to_dicts() for one in (dotted, nested, scored)]
    assert answers[0] == answers[1] == answers[2]
    for row, told in zip(answers[0], dotted.to_dicts(), strict=True):
        decision = pack.decide("1.004222", {name: value for name, value in told.items() if value is not None}, as_of="2026-11-22")
        assert (row["outcome"], row["next"]) == (decision.outcome, decision.next)


def test_a_stream_is_decided_as_it_is_read(workload: thutuc.Pack, frame: Any, tmp_path: Path) -> None:
    table = frame.to_arrow()
    pulled = 0

    def batches() -> Iterator[Any]:
        nonlocal pulled
        for batch in table.to_batches(max_chunksize=50):
            pulled += 1
            yield batch

    reader = pa.RecordBatchReader.from_batches(table.schema, batches())
    stream = workload.decide_stream(CODE, reader, as_of="day", threads=2, batch_rows=50)
    assert pulled <= 1
    answers = pa.RecordBatchReader.from_stream(stream)
    first = answers.read_next_batch()
    assert first.num_rows == 50
    assert pulled < 12
    rest = answers.read_all()
    assert first.num_rows + rest.num_rows == 2_000
    assert stream.report["rows"] == 2_000
    with pytest.raises(RuntimeError, match="read already"):
        pa.RecordBatchReader.from_stream(stream)
    stream = workload.decide_stream(CODE, frame, as_of="day")
    seen: list[tuple[int, int | None]] = []
    assert stream.write_parquet(tmp_path / "decided.parquet", progress=lambda done, total: seen.append((done, total))) == 2_000
    assert seen[-1] == (2_000, 2_000)
    assert pl.read_parquet(tmp_path / "decided.parquet").height == 2_000


def test_a_source_that_fails_is_an_error(workload: thutuc.Pack) -> None:
    schema = pa.schema([("applicant_age", pa.int64())])

    def batches() -> Iterator[Any]:
        yield pa.record_batch({"applicant_age": [1]}, schema=schema)
        raise ValueError("the disk is gone")

    with pytest.raises(thutuc.RequestError, match="the disk is gone"):
        workload.decide_batch(CODE, pa.RecordBatchReader.from_batches(schema, batches()), as_of="2025-03-03")


def test_the_interpreter_lock_is_released_and_an_interrupt_ends_the_work(workload: thutuc.Pack) -> None:
    frame = pl.DataFrame({"applicant_age": [20] * 1_000}, schema={"applicant_age": pl.Int64})
    schema = frame.to_arrow().schema
    endless = iter(lambda: frame.to_arrow().to_batches()[0], None)
    reader = pa.RecordBatchReader.from_batches(schema, endless)
    import _thread

    # A session of Spark leaves a handler of its own.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.3, _thread.interrupt_main)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            workload.decide_batch(CODE, reader, as_of="2025-03-03", columns=["outcome"], batch_rows=2_000, progress=lambda *_: None)
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)


MEMORY = """
import resource, sys
import thutuc
rows, cases, into = int(sys.argv[1]), sys.argv[2], sys.argv[3]
pack = thutuc.Pack.load(sys.argv[4])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
done = pack.decide_stream("0.000001", cases, as_of="day", columns=["outcome", "fee_total", "due"]).write_parquet(into)
assert done == rows
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_memory_is_bounded_whatever_the_length(workload: thutuc.Pack, tmp_path: Path) -> None:
    rows = int(os.environ.get("THUTUC_MEMORY_ROWS", "1000000"))
    seeded = random.Random(3)
    some = pl.DataFrame([case(seeded) for _ in range(10_000)], schema_overrides={"documents_in_database": pl.List(pl.String)}).to_arrow()
    pq = pytest.importorskip("pyarrow.parquet")
    with pq.ParquetWriter(tmp_path / "cases.parquet", some.schema) as writer:
        for _ in range(rows // 100_000):
            writer.write_table(pa.concat_tables([some] * 10))
    from conftest import WORKLOAD

    arguments = [str(rows), str(tmp_path / "cases.parquet"), str(tmp_path / "decided.parquet"), str(WORKLOAD)]
    measured = subprocess.run([sys.executable, "-c", MEMORY, *arguments], capture_output=True, text=True, check=True)
    assert int(measured.stdout) <= 64, f"{measured.stdout} MB"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0


def test_answers_stay_as_they_are_while_somebody_holds_them(workload: thutuc.Pack, frame: Any) -> None:
    """Their memory goes to the next table when the last column of them is let go, and no sooner."""

    def decided(of: Any) -> Any:
        return workload.decide_batch(CODE, of, as_of="day", columns=COLUMNS, progress=False).to_pyarrow()

    others = [frame.sample(fraction=1, shuffle=True, seed=seed) for seed in range(4)]
    first = decided(frame)
    fees, said = first.column("fee_total"), first.to_pylist()
    for other in others:
        decided(other)
    assert first.to_pylist() == said
    first = None
    for other in others:
        assert decided(other).to_pylist() == decided(other).to_pylist()
    assert fees.to_pylist() == [row["fee_total"] for row in said]
    # A shorter table in the memory of a longer one, and a longer one after it.
    assert decided(frame[:300]).to_pylist() == said[:300]
    assert decided(pl.concat([frame, frame])).to_pylist() == said + said


@pytest.mark.parametrize("rows", [0, 1, 7, 5_000])
def test_a_frame_of_polars_is_what_polars_reads(workload: thutuc.Pack, frame: Any, rows: int) -> None:
    """The same types and values as through the dictionaries of Arrow, which polars looks up cell by cell."""
    cases = pl.concat([frame] * 3)[:rows].with_columns(pl.col("channel").cast(pl.String).cast(pl.Categorical).alias("kept"))
    columns = ["standing", "outcome", "first_unmet", "next", "fee_total", "due", "due.state", "eligibility.*", "documents.*", "required_level", "problem.*"]
    decided = workload.decide_batch(CODE, cases, as_of="day", columns=columns, mapping={"kept": None}, keep=["kept"], batch_rows=1_000, progress=False)
    made, read = decided.to_polars(), pl.DataFrame(decided)
    assert made.equals(read) and made.columns == read.columns
    if rows:
        assert made.schema == read.schema and isinstance(made.schema["first_unmet"], pl.Enum)


@pytest.mark.parametrize("codes", [1, 2, 5, 32, 33, 100])
@pytest.mark.parametrize("nulls", [0.0, 0.3, 1.0])
def test_numbers_become_names(codes: int, nulls: float) -> None:
    from thutuc import _polars

    seeded, names = random.Random(codes), tuple(f"n{number}" for number in range(100))
    told = [None if seeded.random() < nulls else seeded.randrange(codes) for _ in range(1_000)]
    numbers = pl.concat([pl.Series(told[:300], dtype=pl.UInt8), pl.Series(told[300:], dtype=pl.UInt8)], rechunk=False)
    named = _polars._named(numbers, names)
    assert named.dtype == pl.Enum(names) and named.to_list() == [None if number is None else names[number] for number in told]
