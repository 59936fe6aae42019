"""Charts of a comparison, for `altair` to show and to change. Needs `pip install thutuc[charts]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._wire import Lang
    from .simulation import Comparison, Sweep

__all__ = ["CHARTS", "chart", "drawn", "sweep_chart"]

_BEFORE, _AFTER = "#8a94a6", "#1f6feb"

_COLOURS = {"better": "#2e8b57", "worse": "#d04040", "mixed": "#b07d00", "undetermined": "#8a94a6", "same": "#d7dbe2"}

_WORDS: dict[str, tuple[str, str]] = {
    "before": ("trước", "before"),
    "after": ("sau", "after"),
    "cases": ("hồ sơ", "cases"),
    "amount": ("tổng lệ phí, đ", "fees of a case, VND"),
    "amount_from": ("tổng lệ phí từ, đ", "fees of a case from, VND"),
    "sum": ("tổng, đ", "sum, VND"),
    "working_days_gained": ("ngày làm việc sớm hơn (+), muộn hơn (-)", "working days earlier (+), later (-)"),
    "share": ("tỷ lệ hồ sơ", "share of cases"),
    "better": ("được lợi", "better off"),
    "worse": ("bị thiệt", "worse off"),
    "mixed": ("vừa lợi vừa thiệt", "some of each"),
    "undetermined": ("chưa rõ", "undetermined"),
    "same": ("không đổi", "unchanged"),
    "accept": ("nhận", "accept"),
    "refuse": ("từ chối", "refuse"),
    "ask": ("còn hỏi", "ask"),
    "undecided": ("không có luật", "no law"),
    "total": ("tổng", "total"),
    "all": ("tất cả", "all"),
    "accepted_after": ("được nhận sau", "accepted after"),
    "fees_after": ("lệ phí sau, đ", "fees after, VND"),
    "as_of": ("ngày của luật", "day of the law"),
    "summary": ("Được lợi và bị thiệt", "Better and worse off"),
    "outcomes": ("Kết luận trước và sau", "Outcomes before and after"),
    "fees": ("Lệ phí trước và sau", "Fees before and after"),
    "distribution": ("Hồ sơ theo tổng lệ phí", "Cases by what they pay altogether"),
    "documents": ("Hồ sơ phải nộp từng giấy tờ", "Cases asked for each document"),
    "deadlines": ("Ngày làm việc sớm hơn hoặc muộn hơn", "Working days gained or lost"),
    "changed": ("Điều gì tạo ra khác biệt", "What made the difference"),
}


def _word(name: str, lang: Lang) -> str:
    vi, en = _WORDS.get(name, (name, name))
    return vi if lang == "vi" else en


def _altair() -> Any:
    try:
        import altair
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("charts need altair: pip install thutuc[charts]") from error
    return altair


def _number(cell: Any) -> Any:
    """A number for a picture: floats there show what the tables hold exactly."""
    return cell if cell is None or isinstance(cell, (int, str)) else float(cell)


def chart(of: Comparison, name: str, lang: Lang) -> Any:
    """The chart of a table."""
    if name not in CHARTS:
        raise KeyError(f"no chart {name!r}: there are {', '.join(CHARTS)}")
    return CHARTS[name](of, lang)


def _titled(chart: Any, name: str, lang: Lang, **size: Any) -> Any:
    return chart.properties(title=_word(name, lang), **size)


def _summed(rows: list[dict[str, Any]], keys: tuple[str, ...], values: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows summed over all groups, in the order in which they come."""
    sums: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        of = sums.setdefault(tuple(row[key] for key in keys), {key: row[key] for key in keys} | dict.fromkeys(values, 0))
        for value in values:
            of[value] += row[value] or 0
    return list(sums.values())


def _pairs(rows: list[dict[str, Any]], label: str, before: str, after: str, lang: Lang) -> list[dict[str, Any]]:
    """A row for what was before and one for what is after."""
    sides = ((_word("before", lang), before), (_word("after", lang), after))
    return [{"label": row[label], "side": side, "value": _number(row[of])} for row in rows for side, of in sides]


def _bars(rows: list[dict[str, Any]], title: str | None, value: str, lang: Lang) -> Any:
    """Bars before and after, a label each."""
    alt = _altair()
    sides = [_word("before", lang), _word("after", lang)]
    order = list(dict.fromkeys(row["label"] for row in rows))
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            y=alt.Y("label:N", sort=order, title=title, axis=alt.Axis(labelLimit=260)),
            yOffset=alt.YOffset("side:N", sort=sides),
            x=alt.X("value:Q", title=_word(value, lang)),
            color=alt.Color("side:N", sort=sides, scale=alt.Scale(domain=sides, range=[_BEFORE, _AFTER]), title=None),
            tooltip=["label:N", "side:N", alt.Tooltip("value:Q", format=",")],
        )
        .properties(height=alt.Step(12))
    )


def _summary(of: Comparison, lang: Lang) -> Any:
    alt = _altair()
    by = of.by[0] if of.by else None
    rows = [
        {"group": _word("all", lang) if by is None else (row[by] if row[by] is not None else "–"), "effect": row["effect"], "cases": row["cases"]}
        for row in of.summary.rows
    ]
    rows = _summed(rows, ("group", "effect"), ("cases",))
    for row in rows:
        row["at"] = list(_COLOURS).index(row["effect"])
        row["effect"] = _word(row["effect"], lang)
    domain = [_word(effect, lang) for effect in _COLOURS]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            y=alt.Y("group:N", title=by, axis=alt.Axis(labelLimit=260)),
            x=alt.X("cases:Q", stack="normalize", title=_word("share", lang), axis=alt.Axis(format="%")),
            color=alt.Color("effect:N", scale=alt.Scale(domain=domain, range=list(_COLOURS.values())), title=None),
            order=alt.Order("at:Q"),
            tooltip=["group:N", "effect:N", alt.Tooltip("cases:Q", format=",")],
        )
        .properties(height=alt.Step(20))
    )


def _outcomes(of: Comparison, lang: Lang) -> Any:
    alt = _altair()
    rows = _summed(of.outcomes.rows, ("before", "after"), ("cases",))
    for row in rows:
        row["moved"] = row["before"] != row["after"]
        row["before"], row["after"] = _word(row["before"], lang), _word(row["after"], lang)
    order = [_word(code, lang) for code in ("accept", "refuse", "ask", "undecided")]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("after:N", sort=order, title=_word("after", lang), axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("before:N", sort=order, title=_word("before", lang)),
    )
    squares = base.mark_rect(stroke="#fff").encode(
        color=alt.condition("datum.moved", alt.value("#f2c14e"), alt.value("#dfe6f1")),
        tooltip=["before:N", "after:N", alt.Tooltip("cases:Q", format=",")],
    )
    return (squares + base.mark_text(fontSize=13).encode(text=alt.Text("cases:Q", format=","))).properties(width=alt.Step(110), height=alt.Step(44))


def _fees(of: Comparison, lang: Lang) -> Any:
    rows = _summed(of.fees.rows, ("fee",), ("before", "after"))
    for row in rows:
        row["fee"] = _word("total", lang) if row["fee"] == "total" else row["fee"]
    return _bars(_pairs(rows, "fee", "before", "after", lang), None, "sum", lang)


def _distribution(of: Comparison, lang: Lang) -> Any:
    name = "amount_from" if of.distribution.rows and "amount_from" in of.distribution.rows[0] else "amount"
    rows = [row | {name: f"{row[name]:,}".replace(",", "." if lang == "vi" else ",")} for row in of.distribution.rows]
    return _bars(_pairs(rows, name, "cases_before", "cases_after", lang), _word(name, lang), "cases", lang)


def _documents(of: Comparison, lang: Lang) -> Any:
    rows = _summed(of.documents.rows, ("document", "name"), ("asked_before", "asked_after"))
    asked = [row | {"document": row["name"] or row["document"]} for row in rows if row["asked_before"] or row["asked_after"]]
    return _bars(_pairs(asked, "document", "asked_before", "asked_after", lang), None, "cases", lang)


def _deadlines(of: Comparison, lang: Lang) -> Any:
    alt = _altair()
    rows = _summed([row for row in of.deadlines.rows if row["working_days_gained"] is not None], ("working_days_gained",), ("cases",))
    for row in rows:
        gained = row["working_days_gained"]
        row["colour"] = _COLOURS["better"] if gained > 0 else _COLOURS["worse"] if gained < 0 else _BEFORE
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("working_days_gained:O", title=_word("working_days_gained", lang), axis=alt.Axis(format="+d", labelAngle=0)),
            y=alt.Y("cases:Q", title=_word("cases", lang)),
            color=alt.Color("colour:N", scale=None),
            tooltip=["working_days_gained:O", alt.Tooltip("cases:Q", format=",")],
        )
        .properties(width=alt.Step(40), height=200)
    )


def _changed(of: Comparison, lang: Lang) -> Any:
    alt = _altair()
    rows = _summed(of.changed.rows, ("part", "before", "after", "effect"), ("cases",))
    for row in rows:
        row["label"] = f"{row['part']}: {row['before']} → {row['after']}"
        row["effect"] = _word(row["effect"], lang)
    effects = ["better", "worse"]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            y=alt.Y("label:N", sort="-x", title=None, axis=alt.Axis(labelLimit=420)),
            x=alt.X("cases:Q", title=_word("cases", lang)),
            color=alt.Color(
                "effect:N", scale=alt.Scale(domain=[_word(effect, lang) for effect in effects], range=[_COLOURS[effect] for effect in effects]), title=None
            ),
            tooltip=["label:N", "effect:N", alt.Tooltip("cases:Q", format=",")],
        )
        .properties(height=alt.Step(18))
    )


CHARTS: Mapping[str, Callable[[Comparison, Lang], Any]] = {
    "summary": lambda of, lang: _titled(_summary(of, lang), "summary", lang, width=420),
    "outcomes": lambda of, lang: _titled(_outcomes(of, lang), "outcomes", lang),
    "fees": lambda of, lang: _titled(_fees(of, lang), "fees", lang, width=420),
    "distribution": lambda of, lang: _titled(_distribution(of, lang), "distribution", lang, width=420),
    "documents": lambda of, lang: _titled(_documents(of, lang), "documents", lang, width=420),
    "deadlines": lambda of, lang: _titled(_deadlines(of, lang), "deadlines", lang),
    "changed": lambda of, lang: _titled(_changed(of, lang), "changed", lang, width=320),
}
"""The charts by the tables they show."""


def drawn(of: Comparison, lang: Lang) -> dict[str, str]:
    """All charts that show something, as pieces of HTML: SVG without a script, nothing is fetched."""
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("charts in a page need vl-convert-python: pip install thutuc[charts]") from error
    told = {}
    for name, draw in CHARTS.items():
        if of.table(name).rows:
            svg: str = vl_convert.vegalite_to_svg(draw(of, lang).to_dict(format="vega-lite"))
            told[name] = _inline(svg, name)
    return told


def _inline(svg: str, name: str) -> str:
    """SVG as a piece of a page: names of spaces belong to files, ids to one chart."""
    svg = re.sub(r'\s+xmlns(:\w+)?="[^"]*"', "", svg[svg.index("<svg") :])
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", svg)


def sweep_chart(of: Sweep, lang: Lang) -> Any:
    """What a sweep says, a line a figure."""
    alt = _altair()
    figures = ["better", "worse", "accepted_after", "fees_after"]
    rows = [
        {"value": str(row[of.name]), "at": at, "figure": _word(figure, lang), "number": _number(row[figure])}
        for at, row in enumerate(of.rows)
        for figure in figures
    ]
    of_days = of.name == "as_of"
    order = [str(row[of.name]) for row in of.rows]
    x = alt.X("value:T" if of_days else "value:O", sort=None if of_days else order, title=_word(of.name, lang))
    panel = (
        alt.Chart()
        .mark_line(point=True)
        .encode(x=x, y=alt.Y("number:Q", title=None), tooltip=["value:N", "figure:N", alt.Tooltip("number:Q", format=",")])
        .properties(width=260, height=120)
    )
    names = [_word(figure, lang) for figure in figures]
    return panel.facet(facet=alt.Facet("figure:N", title=None, sort=names), columns=2, data=alt.Data(values=rows)).resolve_scale(y="independent")
