"""Names and dicts of `thutuc`. Generated from core/src/wire: `make types`."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias, TypedDict

from ._thutuc import FactProblem

ConditionStatus: TypeAlias = Literal["met", "unmet", "undetermined", "not_applicable"]
"""The status of a condition."""

Confidence: TypeAlias = Literal["verified", "recalled", "uncertain"]
"""How sure a fact of law is."""

DeadlineStatus: TypeAlias = Literal["determined", "provisional", "undetermined"]
"""How far a deadline is known."""

DocumentForm: TypeAlias = Literal["original", "copy", "certified_copy", "present", "e_form", "declaration"]
"""In what form a paper is handed in."""

DocumentStatus: TypeAlias = Literal["required", "provided", "reused", "not_required", "undetermined"]
"""The status of a document."""

FeesStatus: TypeAlias = Literal["determined", "undetermined"]
"""Whether the fees are settled."""

Lang: TypeAlias = Literal["vi", "en"]
"""The language of the answer."""

LinkedOutcome: TypeAlias = Literal["accept", "refuse", "ask", "not_started", "not_applicable"]
"""How far a step of a linked service can go."""

Outcome: TypeAlias = Literal["accept", "refuse", "ask"]
"""Whether the case may be filed."""

Overall: TypeAlias = Literal["met", "unmet", "undetermined"]
"""The status of all conditions together."""

PromisedPart: TypeAlias = Literal["packHash", "fee", "documents", "dueOn"]
"""A member of a promise."""

FactType: TypeAlias = Literal["boolean", "number", "enum", "set", "date", "text", "time", "datetime", "texts", "list"]
"""The types of facts."""


class _Verdict(TypedDict):
    outcome: Outcome
    """Whether the case may be filed."""
    unmet: list[str]
    """Conditions and checks that are not met."""
    undetermined: list[str]
    """Conditions and checks that are not settled."""
    documents: list[str]
    """Documents that are required."""
    fee: int | None
    """The total in đồng; null while a fee is not settled."""
    due_on: datetime.date | None
    """The day the answer is due."""
    provisional: bool
    """Whether days off are not published as far as that."""


class Verdict(_Verdict, total=False):
    """A verdict without explanation: ids only."""

    problems: list[FactProblem]
    """What is wrong with facts that were told."""


class VerdictChanges(TypedDict, total=False):
    """The members of a verdict that changed."""

    outcome: Outcome
    """Whether the case may be filed."""
    unmet: list[str]
    """Conditions and checks that are not met."""
    undetermined: list[str]
    """Conditions and checks that are not settled."""
    documents: list[str]
    """Documents that are required."""
    fee: int | None
    """The total in đồng; null while a fee is not settled."""
    due_on: datetime.date | None
    """The day the answer is due."""
    provisional: bool
    """Whether days off are not published as far as that."""
    problems: list[FactProblem]
    """What is wrong with facts that were told."""


class FactProblemDocument(TypedDict):
    """A problem with a fact that was told."""

    fact: str
    """The fact, with the place in it."""
    code: str
    """What kind of problem."""
    message: str
    """What is wrong and how to mend it."""


class _ProblemDocument(TypedDict):
    type: str
    """`https://thutuc.dev/problems/` and the code."""
    title: str
    """The kind of problem in a few words."""
    status: int
    """The HTTP status a backend answers with."""
    detail: str
    """What is wrong this time and what to do about it."""
    code: str
    """The kind of problem as a name, the last part of `type`."""


class ProblemDocument(_ProblemDocument, total=False):
    """Why a call gave no answer, as RFC 9457 has it, with members of its own."""

    errors: list[FactProblemDocument]
    """The facts that do not fit."""
    near: str
    """The name nearest to the one that is not known."""
