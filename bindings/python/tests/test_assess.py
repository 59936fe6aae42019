"""Assessments over records of Python: paths, dicts, dataclasses; the report, its tables, its pages."""

from __future__ import annotations

import dataclasses
import datetime
import json
import pickle
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import thutuc
from conftest import REPOSITORY

SAMPLES = REPOSITORY / "tests" / "assessment"
DAY = datetime.date(2026, 11, 28)


def catalogue() -> Iterator[dict[str, Any]]:
    for line in (SAMPLES / "catalogue.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def test_a_path_and_dicts_give_the_same_report(pack: thutuc.Pack) -> None:
    by_path = thutuc.assess(pack, "portfolio", SAMPLES / "catalogue.jsonl", as_of=DAY)
    by_dicts = thutuc.assess(pack, "portfolio", catalogue(), as_of="2026-11-28")
    assert by_path == by_dicts
    assert by_path.to_json() == by_dicts.to_json()
    assert pickle.loads(pickle.dumps(by_path)) == by_path
    assert repr(by_path) == "<Assessment 'portfolio' as of 2026-11-28: 8 records>"


def test_figures_are_exact_and_open_ones_have_bounds(pack: thutuc.Pack) -> None:
    report = thutuc.assess(pack, "portfolio", catalogue(), as_of=DAY, lang="en")
    (row,) = report.table()
    assert (row["online.low"], row["online.high"]) == (Decimal(50), Decimal(75))
    assert (row["online.status"], row["online.needed_least"], row["online.needed_most"]) == ("missed", 1, 3)
    assert (row["full.low"], row["full.high"], row["full.undecided"]) == (Decimal("12.5"), Decimal("62.5"), 4)
    assert [(row["level"], row["records_least"], row["records_most"]) for row in report.table("level")] == [
        ("ministry", 2, 3),
        ("province", 5, 6),
        ("commune", 3, 4),
    ]
    missing = {fact["fact"]: fact["records"] for fact in report.report["missing"]}
    assert missing["procedure.online_service"] == 6


def test_tables_are_asked_for(pack: thutuc.Pack) -> None:
    report = thutuc.assess(pack, "portfolio", catalogue(), as_of=DAY, by=[("agency", "level")])
    assert [table["dimensions"] for table in report.report["tables"]] == [[], ["agency", "level"]]
    assert len(report.table("agency", "level")) == 5
    with pytest.raises(KeyError):
        report.table("level")


def test_dataclasses_are_records(pack: thutuc.Pack) -> None:
    @dataclasses.dataclass
    class Procedure:
        code: str
        levels: list[str]
        ways: list[dict[str, str]]
        online_service: Any = thutuc.MISSING

    records = [Procedure("1", ["commune"], [{"channel": "online"}]), Procedure("2", ["commune"], [{"channel": "online"}], "full")]
    (row,) = thutuc.assess(pack, "portfolio", records, as_of=DAY).table()
    assert (row["online.low"], row["full.low"], row["full.high"]) == (Decimal(100), Decimal(50), Decimal(100))


def test_cases_from_csv(pack: thutuc.Pack) -> None:
    report = thutuc.assess(pack, "index_766", str(SAMPLES / "cases.csv"), as_of=DAY, lang="en")
    late, apologies, _ = report.report["lists"]
    assert [row["record"] for row in late["rows"]] == ["A-0002", "A-0003", "B-0002", "B-0003", "B-0005"]
    assert [row["certain"] for row in apologies["rows"]] == [True, False, True, False]
    assert all(score["unknown"] for score in report.report["scores"])


def test_tables_are_records(pack: thutuc.Pack, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    by_dicts = thutuc.assess(pack, "portfolio", catalogue(), as_of=DAY)
    table = pa.Table.from_pylist(list(catalogue()))
    assert thutuc.assess(pack, "portfolio", table, as_of=DAY) == by_dicts
    pq.write_table(table, tmp_path / "catalogue.parquet")
    assert thutuc.assess(pack, "portfolio", tmp_path / "catalogue.parquet", as_of=DAY) == by_dicts
    polars = pytest.importorskip("polars")
    assert thutuc.assess(pack, "portfolio", polars.from_arrow(table), as_of=DAY) == by_dicts
    pytest.importorskip("pandas")
    assert thutuc.assess(pack, "portfolio", table.select(["code", "field", "ministry"]).to_pandas(), as_of=DAY).report["records"] == 8


def test_a_year_of_a_province_is_counted_once_each(pack: thutuc.Pack, tmp_path: Path) -> None:
    """100,000 cases, each with a number of its own: what took time with their square would not end. CSV and Parquet say the same."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    first = datetime.date(2025, 1, 1)

    def case(n: int) -> dict[str, Any]:
        due = first + datetime.timedelta(days=n % 150)
        finished = None if n % 50 == 7 else due + datetime.timedelta(days=n % 13 - 10)
        return {
            "case.id": f"H-{n:06}",
            "case.agency": f"UBND xã {n % 40}",
            "case.procedure": f"1.{n % 7:06}",
            "case.linked": False,
            "case.channel": ("online", "in_person", "post")[n % 3],
            "case.due_on": due,
            "case.finished_on": finished,
            "case.fee": n % 4 * 5_000,
            "case.paid_online": n % 8 == 1,
            "case.file_digitised": n % 5 != 0,
            "case.result_electronic": True,
            "case.data_reused": n % 2 == 0,
            "case.satisfied": None,
            "case.apology_sent_on": None,
            "case.reappointments": n % 3,
        }

    cases = [case(n) for n in range(100_000)]
    late = [one for one in cases if one["case.finished_on"] is None or one["case.finished_on"] > one["case.due_on"]]
    text = {None: "null", True: "true", False: "false"}
    lines = [",".join(cases[0]), *(",".join(text[cell] if cell is None or isinstance(cell, bool) else str(cell) for cell in one.values()) for one in cases)]
    (tmp_path / "cases.csv").write_text("\n".join(lines), "utf-8")
    pq.write_table(pa.Table.from_pylist(cases), tmp_path / "cases.parquet")
    report = thutuc.assess(pack, "index_766", tmp_path / "cases.csv", as_of=DAY)
    assert report == thutuc.assess(pack, "index_766", tmp_path / "cases.parquet", as_of=DAY, nulls="null")

    (whole,) = report.table()
    assert (whole["records_least"], whole["records_most"]) == (100_000, 100_000)
    assert whole["late_cases.low"] == whole["late_cases.high"] == len(late)
    days = sum(((one["case.finished_on"] or DAY) - one["case.due_on"]).days for one in late)
    assert whole["days_late.low"] == whole["days_late.high"] == days
    assert whole["paid_online.low"] == whole["paid_online.high"] == round(Decimal(100) / 6, 4)
    listed, apologies, reappointed = report.report["lists"]
    assert [row["record"] for row in listed["rows"]] == [one["case.id"] for one in late]
    assert [row["values"][:2] for row in listed["rows"]] == [[one["case.agency"], one["case.procedure"]] for one in late]
    assert len(apologies["rows"]) == len(late) and len(reappointed["rows"]) == sum(one["case.reappointments"] > 1 for one in cases)
    by_month: dict[tuple[str, str], int] = {}
    for one in cases:
        group = (one["case.agency"], one["case.due_on"].isoformat()[:7])
        by_month[group] = by_month.get(group, 0) + 1
    assert {(row["agency"], row["month"]): row["records_least"] for row in report.table("agency", "month")} == by_month


def test_null_in_a_table_says_what_is_asked(pack: thutuc.Pack) -> None:
    pa = pytest.importorskip("pyarrow")
    rows = [{"case": {"id": "1", "due_on": datetime.date(2025, 6, 2), "finished_on": None}, "case.agency": None}]
    told = pa.Table.from_pylist(rows, schema=pa.schema({"case": pa.struct({"id": pa.string(), "due_on": pa.date32(), "finished_on": pa.date32()}), "case.agency": pa.string()}))
    late = [thutuc.assess(pack, "index_766", told, as_of=DAY, nulls=nulls).report for nulls in ("missing", "null")]
    assert [report["lists"][0]["rows"][0]["certain"] for report in late] == [False, True]
    assert not any(report["problems"] for report in late)


def test_pages(pack: thutuc.Pack) -> None:
    report = thutuc.assess(pack, "portfolio", catalogue(), as_of=DAY, lang="en")
    assert report.to_html().startswith("<!DOCTYPE html>") and "<svg" in report.to_html()
    assert report._repr_html_().startswith("<div") and "http" not in report.to_html()


def test_mistakes_are_request_errors(pack: thutuc.Pack, tmp_path: Path) -> None:
    with pytest.raises(thutuc.RequestError) as error:
        thutuc.assess(pack, "portfolios", [])
    assert (error.value.problem["code"], error.value.problem["near"]) == ("unknown-assessment", "portfolio")
    with pytest.raises(thutuc.RequestError) as error:
        thutuc.assess(pack, "portfolio", [], by=[["levle"]])
    assert error.value.problem["code"] == "unknown-dimension"
    (tmp_path / "a.jsonl").write_text("[1]\n", encoding="utf-8")
    for path in (tmp_path / "a.jsonl", tmp_path / "a.xls"):
        with pytest.raises(thutuc.RequestError) as error:
            thutuc.assess(pack, "portfolio", path)
        assert error.value.problem["code"] == "bad-records"
    with pytest.raises(FileNotFoundError):
        thutuc.assess(pack, "portfolio", tmp_path / "b.jsonl")
    with pytest.raises(thutuc.RequestError) as error:
        thutuc.assess(pack, "portfolio", [], as_of="2020-01-01")
    assert error.value.problem["code"] == "not-in-force"


def test_facts_that_do_not_fit_are_told(pack: thutuc.Pack) -> None:
    records = [{"code": "1", "levels": ["commune"]}, {"code": "2", "levels": ["district"]}, {"code": "3", "levels": 7}]
    problems = thutuc.assess(pack, "portfolio", records, as_of=DAY).report["problems"]
    assert [(problem["fact"], problem["code"], problem["first"]) for problem in problems] == [
        ("procedure.levels[1]", "not-in-enumeration", 2),
        ("procedure.levels", "wrong-type", 3),
    ]


def test_a_bundle_carries_no_assessments(pack: thutuc.Pack) -> None:
    with pytest.raises(thutuc.RequestError) as error:
        thutuc.assess(thutuc.Pack.from_bytes(pack.to_bytes()), "portfolio", [])
    assert "bundle" in error.value.problem["detail"]
