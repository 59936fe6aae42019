"""Types of what goes in and comes out, for annotations."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from os import PathLike
from typing import Any, ClassVar, Literal, Protocol, TypeAlias, TypedDict

from ._wire import (
    ComparisonDocument,
    ConditionStatus,
    Confidence,
    DeadlineStatus,
    DocumentForm,
    DocumentStatus,
    FactProblemDocument,
    FactType,
    FeesStatus,
    Lang,
    LinkedOutcome,
    Outcome,
    Overall,
    ProblemDocument,
    ServiceLevel,
    StepPlan,
    Verdict,
    VerdictChanges,
)

__all__ = [
    "ArrowArray",
    "ArrowStream",
    "BatchReport",
    "Cases",
    "ColumnWithoutKernel",
    "ComparisonDocument",
    "ConditionStatus",
    "Confidence",
    "DataclassInstance",
    "DeadlineStatus",
    "DocumentForm",
    "DocumentStatus",
    "FactProblemDocument",
    "FactType",
    "FactValue",
    "Facts",
    "FeesStatus",
    "Lang",
    "LinkedOutcome",
    "Outcome",
    "Overall",
    "ProblemDocument",
    "ServiceLevel",
    "StepPlan",
    "SupportsModelDump",
    "TableOptions",
    "Verdict",
    "VerdictChanges",
]

FactValue: TypeAlias = bool | str | Decimal | datetime.date | tuple[Any, ...] | dict[str, Any] | None
"""The value of a fact that decided something."""


class SupportsModelDump(Protocol):
    """A pydantic model."""

    def model_dump(self) -> dict[str, Any]:
        """The model's fields by name."""
        ...


class DataclassInstance(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class ArrowStream(Protocol):
    """A table with the Arrow PyCapsule interface: of polars, pandas, pyarrow, duckdb."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The table as an Arrow stream."""
        ...


class ArrowArray(Protocol):
    """A batch with the Arrow PyCapsule interface."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        """The batch as an Arrow array of structs."""
        ...


Cases: TypeAlias = "ArrowStream | ArrowArray | str | PathLike[str]"
"""A table of cases, or the path of a file: `.parquet`, `.csv`, `.jsonl`."""


class _AsOf(TypedDict):
    as_of: datetime.date | str
    """The day the law is read, or the name of a column."""


class TableOptions(_AsOf, total=False):
    """How a table of cases is decided: the keywords of `Pack.decide_batch`, `Pack.decide_stream` and `thutuc.spark.decide`."""

    received_at: datetime.datetime | datetime.date | str | None
    """When the cases were received, or the name of a column; at 08:00 on the day the law is read if not given."""
    columns: Sequence[str] | None
    """Columns of the answer; `*` at the end of a name stands for all that begin so."""
    mapping: Mapping[str, str | None] | None
    """The fact of columns whose names are no facts' names, or None for those to leave out."""
    keep: Sequence[str]
    """Columns of the table that the answer has too."""
    jurisdiction: str | None
    """Where the case is filed, for rules of that place."""
    nulls: Literal["missing", "null"]
    """What a null cell says of a fact that may be null: that it is not told, or that there is none."""
    problems: bool
    """Whether the answer has a column of what does not fit."""
    batch_rows: int | None
    """How many cases are decided at once; 16,384 to 131,072 if not given."""
    row_groups: Sequence[int] | None
    """The row groups of a Parquet file, given by its path, that are read: all if not given."""
    threads: int | None
    """How many threads decide; as many as there are cores if not given."""
    lang: Lang
    """The language of problems."""


class ColumnWithoutKernel(TypedDict):
    """A column that is decided case by case, in the law from a day on."""

    column: str
    first_day: str
    why: str


class BatchReport(TypedDict):
    """What was done with a table."""

    rows: int
    """Cases that were decided."""
    by_eval: int
    """Cases of them that were decided one by one, whole or in part."""
    problems: int
    """Cells that did not fit."""
    rounded: int
    """Numbers in answers that have more decimal places than their column, or more digits."""
    without_kernel: list[ColumnWithoutKernel]


Facts: TypeAlias = Mapping[str, Any] | SupportsModelDump | DataclassInstance
"""The facts of a case: names nested or dotted; `None` is null, an absent name is missing."""
