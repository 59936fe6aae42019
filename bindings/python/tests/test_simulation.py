"""Populations and comparisons, beside a comparison written out by hand in Python."""

from __future__ import annotations

import datetime
import json
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import thutuc

from conftest import REPOSITORY

pa = pytest.importorskip("pyarrow")

CODE = "1.004222"
DAY = datetime.date(2026, 12, 3)
EXAMPLE = REPOSITORY / "examples" / "reform"


@pytest.fixture(scope="module")
def reform(pack: thutuc.Pack) -> thutuc.Pack:
    return pack.reform(str(EXAMPLE))


def drawn(pack: thutuc.Pack, n: int, seed: int = 1, **options: Any) -> Any:
    return pa.table(thutuc.population(pack, CODE, n, seed=seed, as_of=DAY, proportions=EXAMPLE / "population.json", **options))


@pytest.fixture(scope="module")
def cases(pack: thutuc.Pack) -> Any:
    table = drawn(pack, 3000)
    return table.append_column("district", pa.array([("Ba Đình", "Đống Đa", None)[n % 3] for n in range(len(table))]))


def test_a_population_is_the_same_again(pack: thutuc.Pack) -> None:
    assert drawn(pack, 500).equals(drawn(pack, 500))
    assert drawn(pack, 20_000).slice(0, 500).equals(drawn(pack, 500))
    assert not drawn(pack, 500).equals(drawn(pack, 500, seed=2))
    assert len(thutuc.population(pack, CODE, 10**9, as_of=DAY)) == 10**9


def test_every_procedure_has_a_population(pack: thutuc.Pack) -> None:
    for one in pack.procedures:
        table = pa.table(thutuc.population(pack, one.code, 50, as_of=DAY))
        decided = pack.decide_batch(one.code, table, as_of=DAY)
        assert decided.report["problems"] == 0, one.code


def test_wrong_proportions_are_refused(pack: thutuc.Pack) -> None:
    with pytest.raises(thutuc.RequestError, match="did you mean `residence.basis`"):
        thutuc.population(pack, CODE, 10, as_of=DAY, proportions={"facts": {"residence.bassis": {}}})


def test_a_comparison_is_what_single_decisions_say(pack: thutuc.Pack, reform: thutuc.Pack, cases: Any) -> None:
    some = cases.slice(0, 300)
    comparison = thutuc.simulate(some, procedure=CODE, baseline=pack, reform=reform, as_of=DAY, jurisdiction="ha_noi", by="district")
    outcomes: Counter[tuple[str | None, str, str]] = Counter()
    fees: Counter[str] = Counter()
    dropped = 0
    for row in some.to_pylist():
        district = row.pop("district")
        facts = {name: value for name, value in row.items() if value is not None}
        before, after = (one.decide(CODE, facts, as_of=DAY, jurisdiction="ha_noi") for one in (pack, reform))
        outcomes[district, before.outcome, after.outcome] += 1
        fees["before"] += before.fees.total or 0
        fees["after"] += after.fees.total or 0
        asked = [{one.id for one in decision.documents if one.status == "required"} for decision in (before, after)]
        dropped += len(asked[0] - asked[1])
    assert {(row["district"], row["before"], row["after"]): row["cases"] for row in comparison.outcomes.rows} == outcomes
    assert comparison.total("before") == fees["before"] and comparison.total("after") == fees["after"]
    assert sum(row["no_longer_asked"] for row in comparison.documents.rows) == dropped > 0
    assert comparison.cases == 300 and comparison.problems == 0


def test_threads_and_batches_make_no_difference(pack: thutuc.Pack, reform: thutuc.Pack, cases: Any) -> None:
    def counted(**options: Any) -> Any:
        comparison = thutuc.simulate(cases, procedure=CODE, baseline=pack, reform=reform, as_of=DAY, jurisdiction="ha_noi", by="district", **options)
        return comparison.to_dict()

    whole = counted(threads=1)
    assert counted(threads=3, batch_rows=64) == whole
    assert whole["cases"] == 3000


def test_weights_are_exact(pack: thutuc.Pack, reform: thutuc.Pack, cases: Any) -> None:
    weighed = cases.append_column("weight", pa.array([Decimal("0.1")] * len(cases)))
    comparison = thutuc.simulate(weighed, procedure=CODE, baseline=pack, reform=reform, as_of=DAY, weights="weight", mapping={"district": None})
    assert sum(row["weight"] for row in comparison.summary.rows) == Decimal(300)


def test_every_kind_of_reform(pack: thutuc.Pack, reform: thutuc.Pack, cases: Any) -> None:
    options: dict[str, Any] = {"procedure": CODE, "baseline": pack, "as_of": DAY, "jurisdiction": "ha_noi", "mapping": {"district": None}}
    by_pack = thutuc.simulate(cases, reform=reform, **options).to_dict()
    assert thutuc.simulate(cases, reform=EXAMPLE, **options).to_dict() == by_pack
    supposed = thutuc.simulate(cases, reform={"min_area": 20}, **options)
    assert {row["part"] for row in supposed.changed.rows} == {"eligibility.rent_area"}
    nothing = thutuc.simulate(cases, reform=pack, **options)
    assert not nothing.changed.rows and nothing.total("difference") == 0
    with pytest.raises(thutuc.RequestError):
        thutuc.simulate(cases, reform="no_such_draft", **options)
    with pytest.raises(thutuc.RequestError):
        thutuc.simulate(cases, reform={"min_aera": 20}, **options)
    with pytest.raises(thutuc.RequestError):
        thutuc.Pack.from_bytes(pack.to_bytes()).reform("example_ha_noi_residence")


def test_exports(pack: thutuc.Pack, reform: thutuc.Pack, cases: Any, tmp_path: Path) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    comparison = thutuc.simulate(cases, procedure=CODE, baseline=pack, reform=reform, as_of=DAY, by="district", jurisdiction="ha_noi", lang="en")
    comparison.to_html(tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<svg" in html and "http" not in html and "<script" not in html
    assert "<svg" in comparison._repr_html_() and "cases=3000" in repr(comparison)
    comparison.to_csv(tmp_path / "csv")
    assert pyarrow.csv.read_csv(tmp_path / "csv" / "outcomes.csv").num_rows == len(comparison.outcomes)
    comparison.to_parquet(tmp_path / "parquet")
    assert pyarrow.parquet.read_table(tmp_path / "parquet" / "changed.parquet").num_rows == len(comparison.changed)
    assert comparison.fees.to_pyarrow().column("after").to_pylist() == [row["after"] for row in comparison.fees.rows]
    pytest.importorskip("xlsxwriter")
    comparison.to_excel(tmp_path / "report.xlsx")
    with zipfile.ZipFile(tmp_path / "report.xlsx") as book:
        assert "xl/worksheets/sheet8.xml" in book.namelist()


def test_other_libraries(pack: thutuc.Pack, cases: Any) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(cases)
    options: dict[str, Any] = {"procedure": CODE, "baseline": pack, "reform": {"min_area": 20}, "as_of": DAY, "by": "district"}
    comparison = thutuc.simulate(frame, **options)
    assert comparison.to_dict() == thutuc.simulate(cases, **options).to_dict()
    assert comparison.outcomes.to_polars()["cases"].sum() == 3000


def test_sweeps(pack: thutuc.Pack, cases: Any) -> None:
    options: dict[str, Any] = {"procedure": CODE, "baseline": pack, "mapping": {"district": None}}
    swept = thutuc.sweep(cases, parameter="min_area", values=[8, 12, 20], as_of=DAY, **options)
    assert [row["min_area"] for row in swept.rows] == [8, 12, 20]
    assert swept.rows[0]["worse"] == 0 < swept.rows[1]["worse"] < swept.rows[2]["worse"]
    days = thutuc.sweep(cases, values=[DAY, datetime.date(2027, 3, 1)], reform={"min_area": 20}, **options)
    assert len(days.comparisons) == 2 and days.rows[0]["fees_before"] < days.rows[1]["fees_before"]


def test_progress_and_interruption(pack: thutuc.Pack, cases: Any) -> None:
    told: list[tuple[int, int | None]] = []
    options: dict[str, Any] = {"procedure": CODE, "baseline": pack, "reform": pack, "as_of": DAY, "mapping": {"district": None}, "batch_rows": 100, "threads": 1}
    thutuc.simulate(cases, progress=lambda done, total: told.append((done, total)), **options)
    assert told[-1] == (3000, 3000) and len(told) > 5

    def stop(done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        thutuc.simulate(cases, progress=stop, **options)


def test_the_wire_type_is_json(pack: thutuc.Pack, cases: Any) -> None:
    comparison = thutuc.simulate(cases, procedure=CODE, baseline=pack, reform={"min_area": 20}, as_of=DAY, by="district")
    view = json.loads(json.dumps(comparison.to_dict()))
    assert [table["name"] for table in view["tables"]] == ["summary", "outcomes", "fees", "distribution", "documents", "deadlines", "changed", "samples"]
