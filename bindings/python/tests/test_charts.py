"""Charts of comparisons: altair's, alone and in a page."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import thutuc

from conftest import REPOSITORY

pa = pytest.importorskip("pyarrow")
altair = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

CODE = "1.004222"
DAY = datetime.date(2026, 12, 3)
EXAMPLE = REPOSITORY / "examples" / "reform"
NAMES = ["summary", "outcomes", "fees", "distribution", "documents", "deadlines", "changed"]


@pytest.fixture(scope="module")
def cases(pack: thutuc.Pack) -> Any:
    table = pa.table(thutuc.population(pack, CODE, 2000, seed=5, as_of=DAY, proportions=EXAMPLE / "population.json"))
    table = table.append_column("district", pa.array([("Ba Đình", "Đống Đa", None)[n % 3] for n in range(len(table))]))
    return table.append_column("weight", pa.array([Decimal("1.5")] * len(table)))


@pytest.fixture(scope="module")
def comparison(pack: thutuc.Pack, cases: Any) -> thutuc.Comparison:
    return thutuc.simulate(
        cases, procedure=CODE, baseline=pack, reform=EXAMPLE, as_of=DAY, jurisdiction="ha_noi", by="district", weights="weight", nulls="null", lang="en"
    )


def values(chart: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart.to_dict()["data"]["values"]
    return found


def test_charts_show_what_the_tables_say(comparison: thutuc.Comparison) -> None:
    charts = comparison.charts()
    assert list(charts) == NAMES
    transitions = {(row["before"], row["after"]): row["cases"] for row in values(charts["outcomes"])}
    assert sum(transitions.values()) == comparison.cases
    refused = sum(row["cases"] for row in comparison.outcomes.rows if (row["before"], row["after"]) == ("accept", "refuse"))
    assert transitions["accept", "refuse"] == refused > 0
    total = {row["side"]: row["value"] for row in values(charts["fees"]) if row["label"] == "total"}
    assert total == {"before": float(comparison.total("before")), "after": float(comparison.total("after"))}
    groups = {row["group"] for row in values(charts["summary"])}
    assert groups == {"Ba Đình", "Đống Đa", "–"}
    assert sum(row["cases"] for row in values(charts["changed"])) == sum(row["cases"] for row in comparison.changed.rows)
    assert comparison.chart("deadlines", lang="vi").to_dict()["title"] == "Ngày làm việc sớm hơn hoặc muộn hơn"
    with pytest.raises(KeyError, match="transitions"):
        comparison.chart("transitions")


def test_a_page_has_them_and_stands_alone(comparison: thutuc.Comparison, tmp_path: Path) -> None:
    comparison.to_html(tmp_path / "report.html", charts="altair")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert html.count("<svg") == len(NAMES) and html.count("</svg>") == len(NAMES)
    assert not any(fetched in html for fetched in ("http:", "https:", "src=", "<script", "@import", "url(h"))
    assert "Who" not in html and "Outcomes before and after" in html and "Đống Đa" in html
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    with pytest.raises(ValueError, match="own"):
        comparison.to_html(tmp_path / "report.html", charts="matplotlib")  # type: ignore[arg-type]


def test_weights_are_summed_in_the_page(comparison: thutuc.Comparison, tmp_path: Path) -> None:
    comparison.to_html(tmp_path / "own.html", lang="en")
    html = (tmp_path / "own.html").read_text(encoding="utf-8")
    assert f"{comparison.total('before'):,}".removesuffix(".0") in html
    documents = comparison.documents.rows
    assert all(row["asked_before_weight"] == row["asked_before"] * Decimal("1.5") for row in documents)
    assert all(row["cases_after_weight"] == row["cases_after"] * Decimal("1.5") for row in comparison.distribution.rows)


def test_sweeps_are_drawn(pack: thutuc.Pack, cases: Any, tmp_path: Path) -> None:
    options: dict[str, Any] = {"procedure": CODE, "baseline": pack, "mapping": {"district": None, "weight": None}}
    swept = thutuc.sweep(cases, parameter="min_area", values=range(8, 13, 2), as_of=DAY, **options)
    worse = [row["number"] for row in values(swept.chart(lang="en")) if row["figure"] == "worse off"]
    assert worse == [row["worse"] for row in swept.rows]
    days = thutuc.sweep(cases, values=[datetime.date(2026, month, 1) for month in (7, 12)], reform={"min_area": 20}, **options)
    assert days.chart().to_dict()["spec"]["encoding"]["x"]["type"] == "temporal"
    swept.to_csv(tmp_path / "swept.csv")
    lines = (tmp_path / "swept.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("min_area,better,worse") and len(lines) == 4
