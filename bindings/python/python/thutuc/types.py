"""Types of what goes in and comes out, for annotations."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Literal, Protocol, TypeAlias, TypedDict

from ._thutuc import FactProblem

Language: TypeAlias = Literal["vi", "en"]
Outcome: TypeAlias = Literal["accept", "refuse", "ask"]
Overall: TypeAlias = Literal["met", "unmet", "undetermined"]
ConditionStatus: TypeAlias = Literal["met", "unmet", "undetermined", "not_applicable"]
DocumentStatus: TypeAlias = Literal["required", "provided", "reused", "not_required", "undetermined"]
DocumentForm: TypeAlias = Literal["original", "copy", "certified_copy", "present", "e_form", "declaration"]
FeesStatus: TypeAlias = Literal["determined", "undetermined"]
DeadlineStatus: TypeAlias = Literal["determined", "provisional", "undetermined"]
Confidence: TypeAlias = Literal["verified", "recalled", "uncertain"]
FactType: TypeAlias = Literal["boolean", "number", "enum", "set", "date", "text", "time", "datetime", "texts", "list"]
FactValue: TypeAlias = bool | str | Decimal | datetime.date | tuple[Any, ...] | dict[str, Any] | None


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


class _Settled(TypedDict):
    outcome: Outcome
    unmet: list[str]
    undetermined: list[str]
    documents: list[str]
    fee: int | None
    due_on: datetime.date | None
    provisional: bool


class Verdict(_Settled, total=False):
    """A decision without explanation: ids, an int of đồng, a day; `problems` only where facts do not fit."""

    problems: list[FactProblem]


class VerdictChanges(TypedDict, total=False):
    """The members of a verdict that changed."""

    outcome: Outcome
    unmet: list[str]
    undetermined: list[str]
    documents: list[str]
    fee: int | None
    due_on: datetime.date | None
    provisional: bool
    problems: list[FactProblem]
