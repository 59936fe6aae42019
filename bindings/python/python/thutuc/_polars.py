"""A frame of polars from a table of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from .types import ArrowStream

MOST_CODES = 32
"""A column in which more codes come is left to polars, which looks each cell up; for fewer it is quicker to put in code by code."""


def frame(numbered: ArrowStream, named: Sequence[tuple[int, list[str]]]) -> pl.DataFrame:
    """The frame of a table whose codes are numbers: each of those columns becomes an `Enum` of the names of its numbers.

    polars reads a dictionary of Arrow cell after cell, which takes longer than to decide the cases. Numbers it takes as they lie,
    and comparing a column and choosing by a mask are its quickest operations.
    """
    import polars as pl

    made = pl.DataFrame(numbered)
    for at, names in named:
        numbers = made.to_series(at)
        made.replace_column(at, _named(numbers, tuple(names)).alias(numbers.name))
    return made


def _named(numbers: pl.Series, names: tuple[str, ...]) -> pl.Series:
    """The names of numbers."""
    none, all_names, cells = _cells(names)
    last: Any = numbers.max()
    if last is None:
        return none.new_from_index(0, len(numbers))
    if last >= MOST_CODES:
        return all_names.gather(numbers)
    # One piece of memory: each step below would otherwise go through all pieces of the table.
    numbers = numbers.rechunk()
    made = cells[0]
    for number in range(1, last + 1):
        is_it = numbers == number
        if is_it.any():
            made = cells[number].zip_with(is_it, made)
    if numbers.null_count():
        made = made.zip_with(numbers.is_not_null(), none)
    return made if len(made) == len(numbers) else made.new_from_index(0, len(numbers))


_CELLS: dict[tuple[str, ...], tuple[pl.Series, pl.Series, list[pl.Series]]] = {}
"""What was made of names: the columns of a table share few lists of them."""


def _cells(names: tuple[str, ...]) -> tuple[pl.Series, pl.Series, list[pl.Series]]:
    """Null, all names, and each name as a series of one cell, which stands for one of as many cells as a mask has."""
    import polars as pl

    made = _CELLS.get(names)
    if made is None:
        of = pl.Enum(names)
        all_names = pl.Series(names, dtype=of)
        made = _CELLS[names] = pl.Series([None], dtype=of), all_names, [all_names.slice(at, 1) for at in range(len(names))]
    return made
