"""Assessments of many records."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, final

from ._thutuc import Pack, assess_json, assessment_html
from ._wire import AssessmentReport, AssessmentRow, Lang

if TYPE_CHECKING:
    from .types import Cases

Cell: TypeAlias = str | int | Decimal | None
"""A cell of a flat table."""

_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))


@final
class Assessment:
    """What an assessment says of some records: `report` is the whole, `table` a table of it as flat rows.

    Where missing facts leave a figure open it has bounds: it lies within them whatever the facts turn out to be.
    """

    __slots__ = ("_json", "_lang", "_report")

    def __init__(self, json_text: str, lang: Lang = "vi") -> None:
        self._json = json_text
        self._lang: Lang = lang
        self._report: AssessmentReport | None = None

    @property
    def report(self) -> AssessmentReport:
        """The report as a dict of JSON values: exact numbers as text, days as ISO text."""
        # Read when it is first asked for: the lists of a year of a province are a hundred megabytes.
        if self._report is None:
            self._report = json.loads(self._json)
        return self._report

    def to_json(self) -> str:
        """The report as JSON text: the same bytes as every other host of `thutuc` writes."""
        return self._json

    def to_html(self) -> str:
        """A page that stands by itself, with tables and charts."""
        return assessment_html(self._json, self._lang, True)

    def table(self, *dimensions: str) -> list[dict[str, Cell]]:
        """The rows of the table by these dimensions (none: all records in one row), ready for a data frame.

        A measure `m` stands as `m.low` and `m.high` (`Decimal`, equal where it is settled), `m.undecided`, and where it has
        a target `m.status`, `m.needed_least`, `m.needed_most`; a score as `s.low` and `s.high`.

        Raises `KeyError` if the report has no such table.
        """
        for table in self.report["tables"]:
            if table["dimensions"] == list(dimensions):
                return [_flat(dimensions, row) for row in table["rows"]]
        raise KeyError(f"no table by {', '.join(dimensions) or 'nothing'}: ask for it with by=")

    def _repr_html_(self) -> str:
        return assessment_html(self._json, self._lang, False)

    def __repr__(self) -> str:
        report = self.report
        return f"<Assessment {report['assessment']!r} as of {report['asOf']}: {report['records']} records>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Assessment) and self._json == other._json

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[type[Assessment], tuple[str, Lang]]:
        return Assessment, (self._json, self._lang)


def assess(
    pack: Pack,
    assessment: str,
    records: Cases | Iterable[Any],
    *,
    as_of: datetime.date | str | None = None,
    by: Iterable[Sequence[str]] | None = None,
    nulls: Literal["missing", "null"] = "missing",
    lang: Lang = "vi",
) -> Assessment:
    """Assesses records: a table (polars, pandas, pyarrow, duckdb), a path of Parquet, JSON Lines or CSV, or dicts, dataclasses
    or pydantic models one by one. A null cell of a table is missing; with `nulls="null"` it is null where the fact may be.

    `as_of` is the day of the report, today in Vietnam if not given; `by` are the tables wanted in place of those of the
    rules, each a sequence of dimensions. The interpreter lock is released while counting.

    Raises `RequestError` if there is no such assessment or dimension, or a file holds no records.
    """
    day = datetime.datetime.now(_VIETNAM).date() if as_of is None else as_of
    tables = None if by is None else [list(table) for table in by]
    return Assessment(assess_json(pack, assessment, records, day, tables, nulls, lang), lang)


def _flat(dimensions: Sequence[str], row: AssessmentRow) -> dict[str, Cell]:
    cells: dict[str, Cell] = {name: group["id"] for name, group in zip(dimensions, row["groups"])}
    cells["records_least"], cells["records_most"] = row["records"]["least"], row["records"]["most"]
    for figure in row["figures"]:
        name = figure["measure"]
        cells[f"{name}.low"], cells[f"{name}.high"] = _number(figure["low"]), _number(figure["high"])
        cells[f"{name}.undecided"] = figure["undecided"]
        standing = figure["target"]
        if standing is not None:
            needed = standing["needed"]
            cells[f"{name}.status"] = standing["status"]
            cells[f"{name}.needed_least"] = None if needed is None else needed["least"]
            cells[f"{name}.needed_most"] = None if needed is None else needed["most"]
    for points in row["points"]:
        cells[f"{points['score']}.low"], cells[f"{points['score']}.high"] = _number(points["low"]), _number(points["high"])
    return cells


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
