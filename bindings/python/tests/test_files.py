"""Cases by path: CSV, JSON Lines and Parquet tell the same, and what dicts tell."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

import thutuc

from conftest import REPOSITORY

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

CODE = "1.004222"
DAY = datetime.date(2026, 12, 3)
PROPORTIONS = REPOSITORY / "examples" / "reform" / "population.json"
COLUMNS = ["outcome", "first_unmet", "fee_total", "due"]


@pytest.fixture(scope="module")
def cases(pack: thutuc.Pack) -> Any:
    table = pa.table(thutuc.population(pack, CODE, 400, seed=3, as_of=DAY, proportions=PROPORTIONS))
    table = table.append_column("district", pa.array([("Ba Đình", 'Đống "Đa"', None)[n % 3] for n in range(len(table))]))
    return table.append_column("submitted_on", pa.array([DAY + datetime.timedelta(days=n % 40) for n in range(len(table))]))


def written(cell: Any) -> str:
    """A cell of CSV."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list):
        return json.dumps(cell, ensure_ascii=False, default=str) if not cell or isinstance(cell[0], dict) else ";".join(cell)
    return str(cell)


def csv_of(rows: list[dict[str, Any]], separator: str = ",") -> str:
    def line(cells: Any) -> str:
        return separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set(f'"\n{separator}') else cell for cell in cells)

    return "\n".join([line(rows[0]), *(line(map(written, row.values())) for row in rows)])


def lines_of(rows: list[dict[str, Any]]) -> str:
    def told(row: dict[str, Any]) -> str:
        return json.dumps({name: cell for name, cell in row.items() if cell is not None}, ensure_ascii=False, default=str)

    return "\n".join(told(row) for row in rows)


@pytest.fixture(scope="module")
def paths(cases: Any, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("cases")
    rows = cases.to_pylist()
    (folder / "cases.csv").write_text(csv_of(rows), encoding="utf-8")
    (folder / "excel.csv").write_text("\ufeff" + csv_of(rows, ";").replace("\n", "\r\n"), encoding="utf-8", newline="")
    (folder / "cases.jsonl").write_text(lines_of(rows), encoding="utf-8")
    pq.write_table(cases, folder / "cases.parquet")
    return sorted(folder.iterdir())


def test_every_format_tells_the_same(pack: thutuc.Pack, cases: Any, paths: list[Path]) -> None:
    options: dict[str, Any] = {"as_of": "submitted_on", "columns": COLUMNS, "keep": ["district", "residence.basis"]}
    whole = pack.decide_batch(CODE, cases, **options)
    assert [path.name for path in paths] == ["cases.csv", "cases.jsonl", "cases.parquet", "excel.csv"]
    for path in paths:
        read = pack.decide_batch(CODE, path, **options)
        assert read.report["problems"] == 0, path.name
        kept = [[row["district"], str(row["residence.basis"])] for row in read.to_pyarrow().to_pylist()]
        assert kept == [[row["district"], str(row["residence.basis"])] for row in whole.to_pyarrow().to_pylist()], path.name
        for column in COLUMNS:
            assert read.to_pyarrow().column(column).to_pylist() == whole.to_pyarrow().column(column).to_pylist(), (path.name, column)


def test_every_format_is_simulated(pack: thutuc.Pack, cases: Any, paths: list[Path]) -> None:
    options: dict[str, Any] = {
        "procedure": CODE, "baseline": pack, "reform": {"min_area": 20}, "as_of": DAY, "by": ["district", "residence.basis"],
        "mapping": {"submitted_on": None},
    }  # fmt: skip
    whole = thutuc.simulate(cases, **options).to_dict()
    for path in paths:
        assert thutuc.simulate(str(path), threads=2, batch_rows=100, **options).to_dict() == whole, path.name


def problems(decided: thutuc.DecisionTable) -> list[list[tuple[str, str]]]:
    return [sorted((one["fact"], one["code"]) for one in row) for row in decided.to_pyarrow().column("problems").to_pylist()]


def test_a_cell_that_does_not_fit_is_a_problem_of_its_row(pack: thutuc.Pack, tmp_path: Path) -> None:
    wrong: list[dict[str, Any]] = [
        {"residence.basis": "rent", "residence.area_per_person": "9.5", "applicant.birth_date": "1990-02-30"},
        {"residence.basis": "hired", "residence.area_per_person": "wide", "applicant.birth_date": "1990-02-28"},
        {"residence.basis": "own", "residence.area_per_person": "-3", "submission.channel": "online"},
    ]
    names = list(dict.fromkeys(name for row in wrong for name in row))
    (tmp_path / "wrong.csv").write_text(csv_of([{name: row.get(name) for name in names} for row in wrong]), encoding="utf-8")
    (tmp_path / "wrong.jsonl").write_text(lines_of(wrong), encoding="utf-8")
    single = [sorted((one.fact, one.code) for one in pack.decide(CODE, row, as_of=DAY).problems) for row in wrong]
    assert [len(row) for row in single] == [1, 2, 1]
    for name in ("wrong.csv", "wrong.jsonl"):
        assert problems(pack.decide_batch(CODE, tmp_path / name, as_of=DAY)) == single


def test_json_has_types(pack: thutuc.Pack, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"residence": {"basis": 7, "area_per_person": 9.5}, "applicant": {"groups": ["elderly"]}},
        {"residence": {"basis": "rent", "area_per_person": True}, "applicant.groups": "elderly"},
        {"residence.basis": None, "residence": {"area_per_person": "9,5"}, "applicant.full_name": "Nguyễn \"An\" \\ B"},
        {"residence.basis": ["rent"], "applicant.groups": ["elderly", "elderly", 3]},
    ]
    path = tmp_path / "cases.ndjson"
    path.write_text(lines_of([{**row} for row in rows[:2]]) + "\n\n" + "\n".join(json.dumps(row, ensure_ascii=False) for row in rows[2:]) + "\n", encoding="utf-8")
    decided = pack.decide_batch(CODE, path, as_of=DAY, keep=["residence.basis"])
    single = [sorted((one.fact, one.code) for one in pack.decide(CODE, row, as_of=DAY).problems) for row in rows]
    assert problems(decided) == single
    assert decided.to_pyarrow().column("residence.basis").to_pylist() == ["7", "rent", None, '["rent"]']


def test_mistakes(pack: thutuc.Pack, tmp_path: Path) -> None:
    def refused(name: str, text: str, **options: Any) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(thutuc.RequestError) as error:
            pack.decide_batch(CODE, tmp_path / name, as_of=DAY, lang="en", **options)
        return str(error.value.problem["detail"])

    assert "did you mean `residence.basis`?" in refused("a.csv", "residence.bassis\nrent\n")
    assert "did you mean `residence.basis`?" in refused("a.jsonl", '{"residence": {"basis": "rent"}}\n{"residence": {"bassis": "rent"}}\n')
    assert "line 2" in refused("b.jsonl", '{"residence": {"basis": "rent"}}\n[1]\n')
    assert "`residence.basis` stands twice" in refused("c.jsonl", '{"residence.basis": "rent", "residence": {"basis": "own"}}\n')
    assert "too deep" in refused("d.jsonl", '{"a":' * 40 + "1" + "}" * 40)
    assert "line: 3" in refused("b.csv", "residence.basis,residence.area_per_person\nrent,9\nrent\n")
    assert "district" in refused("c.csv", "residence.basis\nrent\n", keep=["district"])
    assert "the file is empty" in refused("d.csv", "")
    assert "ends in `.parquet`, `.jsonl` or `.csv`" in refused("a.txt", "residence.basis\n")
