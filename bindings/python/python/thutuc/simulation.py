"""What a reform does to many cases, before it is signed.

>>> import datetime, thutuc
>>> pack = thutuc.Pack.load("rules")
>>> day = datetime.date(2026, 12, 3)
>>> cases = thutuc.population(pack, "1.004222", 10_000, seed=7, as_of=day)
>>> comparison = thutuc.simulate(cases, procedure="1.004222", baseline=pack, reform={"min_area": 10}, as_of=day)
>>> comparison.to_html("report.html")
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from . import _charts, _thutuc
from ._progress import Report
from ._thutuc import Pack, PopulationStream

if TYPE_CHECKING:
    from ._wire import ComparisonDocument, Lang
    from .types import Cases

__all__ = ["Comparison", "ComparisonTable", "Reform", "Sweep", "population", "simulate", "sweep"]

Parameter: TypeAlias = "str | int | Decimal | bool | datetime.date"
"""A value of a parameter of the law."""

Reform: TypeAlias = "Pack | str | PathLike[str] | Iterable[str | PathLike[str]] | Mapping[str, Parameter]"
"""Another pack; drafts of the baseline by their ids, or files and folders of drafts; parameters with other values."""

TABLES = ("summary", "outcomes", "fees", "distribution", "documents", "deadlines", "changed", "samples")


def population(
    pack: Pack,
    procedure: str,
    n: int,
    *,
    seed: int = 1,
    as_of: datetime.date | str,
    proportions: Mapping[str, Any] | str | PathLike[str] | None = None,
    jurisdiction: str | None = None,
    lang: Lang = "vi",
) -> PopulationStream:
    """`n` synthetic cases of a procedure, drawn as they are read: anything that reads Arrow streams takes them.

    The same seed gives the same cases on every machine. `proportions` says what is known of the population, a dict or
    the path of a YAML or JSON file: `{"missing": 0.02, "facts": {"residence.basis": {"weights": {"rent": 3, "own": 7}}}}`.

    Raises `RequestError` if the proportions do not fit the facts.
    """
    profile: str | None
    if proportions is None:
        profile = None
    elif isinstance(proportions, Mapping):
        profile = json.dumps(proportions, ensure_ascii=False, default=str)
    else:
        profile = Path(proportions).read_text(encoding="utf-8")
    return _thutuc.population(pack, procedure, n, seed=seed, profile=profile, as_of=as_of, jurisdiction=jurisdiction, lang=lang)


def simulate(
    cases: Cases,
    *,
    procedure: str,
    baseline: Pack,
    reform: Reform,
    as_of: datetime.date | str,
    received_at: datetime.datetime | datetime.date | str | None = None,
    by: str | Iterable[str] = (),
    weights: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    nulls: Literal["missing", "null"] = "missing",
    jurisdiction: str | None = None,
    batch_rows: int = 65536,
    threads: int | None = None,
    progress: bool | Report | None = None,
    lang: Lang = "vi",
) -> Comparison:
    """Decides cases before and after a reform and counts what differs, in one pass and bounded memory.

    `cases`, `as_of`, `received_at`, `mapping`, `nulls` are as of `Pack.decide_batch`. `by` names columns to group by,
    facts or not; `weights` a column that says how much a case weighs. What is not settled is counted by itself.
    `progress`: True, False, or a callable of cases done and their total; None shows a bar where somebody looks.

    Raises `RequestError` if the cases or the reform do not fit.
    """
    groups = [by] if isinstance(by, str) else list(by)
    result = _thutuc.simulate(
        cases,
        baseline,
        reformed(baseline, reform),
        procedure,
        as_of=as_of,
        received_at=received_at,
        by=groups,
        weight=weights,
        mapping=dict(mapping) if mapping is not None else None,
        nulls=nulls,
        jurisdiction=jurisdiction,
        batch_rows=batch_rows,
        threads=threads,
        progress=progress,
        lang=lang,
    )
    return Comparison(result, lang)


def reformed(baseline: Pack, reform: Reform) -> Pack:
    """The pack after the reform."""
    if isinstance(reform, Pack):
        return reform
    if isinstance(reform, Mapping):
        return baseline.reform(parameters={name: _written(value) for name, value in reform.items()})
    changes: list[str | PathLike[str]] = [reform] if isinstance(reform, (str, PathLike)) else list(reform)
    return baseline.reform(*(str(change) for change in changes))


def _written(value: Parameter) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


class ComparisonTable:
    """A table of a comparison; anything that reads Arrow takes it as it is."""

    def __init__(self, name: str, table: _thutuc.ResultTable, rows: list[dict[str, Any]]) -> None:
        self.name = name
        self.rows = rows
        """The rows as dicts: integers, texts, ISO days, exact decimals as `Decimal`."""
        self._table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The table as an Arrow stream."""
        return self._table.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        columns = list(self.rows[0]) if self.rows else []
        return f"ComparisonTable({self.name!r}, rows={len(self)}, columns={columns})"

    def to_polars(self) -> Any:
        """A polars `DataFrame`."""
        import polars

        return polars.DataFrame(self)

    def to_pyarrow(self) -> Any:
        """A pyarrow `Table`."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> Any:
        """A pandas `DataFrame`; it is made by pyarrow."""
        return self.to_pyarrow().to_pandas()


class Comparison:
    """What a reform changes.

    `summary`: cases better off, worse off, some of each, undetermined, the same. `outcomes`: the transition matrix.
    `fees`: sums before and after. `distribution`: cases by what they pay altogether. `documents`: asked before and
    after. `deadlines`: working days gained. `changed`: the rule that made each difference. `samples`: some cases of each.
    """

    def __init__(self, result: _thutuc.ComparisonResult, lang: Lang) -> None:
        self._result = result
        self._lang: Lang = lang
        self._view: dict[str, Any] = json.loads(result.json())
        self.procedure: str = self._view["procedure"]
        self.cases: int = self._view["cases"]
        """How many cases were decided."""
        self.by: list[str] = self._view["by"]
        self.problems: int = result.problems
        """How many cells of the cases did not fit; their facts count as missing."""

    def table(self, name: str) -> ComparisonTable:
        """A table by its name."""
        for view in self._view["tables"]:
            if view["name"] == name:
                columns = [(column["name"], column["kind"]) for column in view["columns"]]
                rows = [
                    {of: Decimal(cell) if kind == "decimal" and cell is not None else cell for (of, kind), cell in zip(columns, row)}
                    for row in view["rows"]
                ]
                return ComparisonTable(name, self._result.table(name), rows)
        raise KeyError(name)

    @property
    def summary(self) -> ComparisonTable:
        """Cases by what the reform does to the applicant."""
        return self.table("summary")

    @property
    def outcomes(self) -> ComparisonTable:
        """Cases by outcome before and after."""
        return self.table("outcomes")

    @property
    def fees(self) -> ComparisonTable:
        """Fees before and after."""
        return self.table("fees")

    @property
    def distribution(self) -> ComparisonTable:
        """Cases by what they pay altogether, before and after."""
        return self.table("distribution")

    @property
    def documents(self) -> ComparisonTable:
        """Documents asked before and after."""
        return self.table("documents")

    @property
    def deadlines(self) -> ComparisonTable:
        """Working days gained."""
        return self.table("deadlines")

    @property
    def changed(self) -> ComparisonTable:
        """What made the differences: the condition, the document, the row of a fee or its reduction, the deadline."""
        return self.table("changed")

    @property
    def samples(self) -> ComparisonTable:
        """A few cases of each kind of change, with what is decided on them before and after."""
        return self.table("samples")

    def total(self, column: str, *, fee: str = "total") -> int | Decimal:
        """The sum of a column of `fees` over all groups."""
        found: int | Decimal = sum((row[column] for row in self.fees.rows if row["fee"] == fee and row[column] is not None), start=0)
        return found

    def __repr__(self) -> str:
        effects: dict[str, int] = {}
        for row in self.summary.rows:
            effects[row["effect"]] = effects.get(row["effect"], 0) + row["cases"]
        told = ", ".join(f"{effect}={cases}" for effect, cases in effects.items())
        return f"Comparison({self.procedure!r}, cases={self.cases}, {told}, fees={self.total('before')}->{self.total('after')})"

    def _repr_html_(self) -> str:
        return self._result.html(False, self._lang, {})

    def chart(self, name: str, *, lang: Lang | None = None) -> Any:
        """An altair `Chart` of a table: `summary`, `outcomes` (the transition matrix), `fees`, `distribution`, `documents`,
        `deadlines` or `changed`. It shows itself in a notebook and can be changed like any other. Needs
        `pip install thutuc[charts]`.

        Raises `KeyError` if there is no such chart.
        """
        return _charts.chart(self, name, lang or self._lang)

    def charts(self, *, lang: Lang | None = None) -> dict[str, Any]:
        """The altair charts of all tables that have rows, by the names of the tables."""
        return {name: self.chart(name, lang=lang) for name in _charts.CHARTS if self.table(name).rows}

    def to_dict(self) -> ComparisonDocument:
        """The comparison as the wire type."""
        return json.loads(self._result.json())  # type: ignore[no-any-return]

    def to_html(self, path: str | PathLike[str], *, lang: Lang | None = None, charts: Literal["own", "altair"] = "own") -> None:
        """Writes a page that stands alone: charts are drawn in it, there is no script and nothing is fetched.

        `charts`: `"own"`, those of every host; `"altair"`, those of `charts()` (`pip install thutuc[charts]`).
        """
        if charts not in ("own", "altair"):
            raise ValueError(f"charts must be 'own' or 'altair', {charts!r} was given")
        lang = lang or self._lang
        drawn = _charts.drawn(self, lang) if charts == "altair" else {}
        Path(path).write_text(self._result.html(True, lang, drawn), encoding="utf-8")

    def to_csv(self, folder: str | PathLike[str]) -> None:
        """Writes a CSV file a table into a folder."""
        into = Path(folder)
        into.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            (into / f"{name}.csv").write_text(self._result.csv(name), encoding="utf-8")

    def to_parquet(self, folder: str | PathLike[str]) -> None:
        """Writes a Parquet file a table into a folder; a table without columns is left out."""
        into = Path(folder)
        into.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            self._result.table(name).write_parquet(into / f"{name}.parquet")

    def to_excel(self, path: str | PathLike[str]) -> None:
        """Writes a workbook, a sheet a table. Needs `xlsxwriter` (`pip install thutuc[report]`)."""
        import xlsxwriter

        with xlsxwriter.Workbook(str(path)) as book:
            head = book.add_format({"bold": True, "bottom": 1})
            integer = book.add_format({"num_format": "#,##0"})
            for name in TABLES:
                sheet = book.add_worksheet(name)
                table = self.table(name)
                columns = [column["name"] for view in self._view["tables"] if view["name"] == name for column in view["columns"]]
                sheet.write_row(0, 0, columns, head)
                for at, row in enumerate(table.rows, start=1):
                    for place, cell in enumerate(row.values()):
                        # Excel keeps 15 digits of a number: what has more stays exact as text.
                        if isinstance(cell, int) and abs(cell) < 10**15:
                            sheet.write_number(at, place, cell, integer)
                        elif cell is not None:
                            sheet.write_string(at, place, str(cell))
                sheet.freeze_panes(1, 0)
                sheet.autofit()


class Sweep:
    """The same cases under each of some values: a row a value."""

    def __init__(self, name: str, rows: list[dict[str, Any]], comparisons: list[Comparison]) -> None:
        self.name = name
        self.rows = rows
        """The rows as dicts."""
        self.comparisons = comparisons
        """The comparison of each value."""

    def __repr__(self) -> str:
        return f"Sweep({self.name!r}, values={[row[self.name] for row in self.rows]})"

    def _repr_html_(self) -> str:
        from html import escape

        def line(tag: str, cells: Iterable[object]) -> str:
            return "<tr>" + "".join(f"<{tag} style='text-align:right'>{escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"

        head = line("th", self.rows[0]) if self.rows else ""
        return f"<table>{head}{''.join(line('td', row.values()) for row in self.rows)}</table>"

    def chart(self, *, lang: Lang = "vi") -> Any:
        """An altair chart: what each value does to applicants and to fees. Needs `pip install thutuc[charts]`."""
        return _charts.sweep_chart(self, lang)

    def to_csv(self, path: str | PathLike[str]) -> None:
        """Writes a CSV file, a row a value."""
        import csv

        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(self.rows[0] if self.rows else [self.name])
            writer.writerows(row.values() for row in self.rows)

    def to_polars(self) -> Any:
        """A polars `DataFrame`."""
        import polars

        return polars.DataFrame(self.rows)

    def to_pyarrow(self) -> Any:
        """A pyarrow `Table`."""
        import pyarrow

        return pyarrow.Table.from_pylist(self.rows)

    def to_pandas(self) -> Any:
        """A pandas `DataFrame`."""
        import pandas

        return pandas.DataFrame(self.rows)


def sweep(
    cases: Cases,
    *,
    procedure: str,
    baseline: Pack,
    parameter: str | None = None,
    values: Iterable[Parameter],
    reform: Reform | None = None,
    as_of: datetime.date | str | None = None,
    **options: Any,
) -> Sweep:
    """Simulates each of some values of a parameter, or without `parameter` each of some days on which the law is read.

    The cases are read once a value: a stream that can be read only once will not do. `reform` applies to all; `options`
    are as of `simulate`.
    """
    rows, comparisons = [], []
    name = parameter or "as_of"
    for value in values:
        after = baseline if reform is None else reformed(baseline, reform)
        day = as_of
        if parameter is None:
            if not isinstance(value, (str, datetime.date)):
                raise TypeError(f"a day is wanted, {value!r} was given")
            day = value
        else:
            after = after.reform(parameters={parameter: _written(value)})
        if day is None:
            raise TypeError("`as_of` is wanted: the day on which the law is read")
        comparison = simulate(cases, procedure=procedure, baseline=baseline, reform=after, as_of=day, **options)
        effects = {"better": 0, "worse": 0, "mixed": 0, "undetermined": 0, "same": 0}
        for row in comparison.summary.rows:
            effects[row["effect"]] += row["cases"]
        accepted = {side: sum(row["cases"] for row in comparison.outcomes.rows if row[side] == "accept") for side in ("before", "after")}
        rows.append(
            {name: value, **effects, "accepted_before": accepted["before"], "accepted_after": accepted["after"]}
            | {column: comparison.total(of) for column, of in (("fees_before", "before"), ("fees_after", "after"), ("fee_difference", "difference"))}
        )
        comparisons.append(comparison)
    return Sweep(name, rows, comparisons)
