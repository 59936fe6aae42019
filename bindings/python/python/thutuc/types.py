"""Types of what goes in and comes out, for annotations."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Protocol, TypeAlias

from ._wire import (
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


Facts: TypeAlias = Mapping[str, Any] | SupportsModelDump | DataclassInstance
"""The facts of a case: names nested or dotted; `None` is null, an absent name is missing."""
