"""Names and dicts of `thutuc`. Generated from core/src/wire: `make types`."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias, TypedDict

from ._thutuc import FactProblem

ApologyStatus: TypeAlias = Literal["not_needed", "due", "exhausted", "undetermined"]
"""Whether an apology is owed."""

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

OnlineService: TypeAlias = Literal["information", "partial", "full"]
"""How much of a procedure is online, the least first."""
LinkedOutcome: TypeAlias = Literal["accept", "refuse", "ask", "not_started", "not_applicable"]
"""How far a step of a linked service can go."""

Outcome: TypeAlias = Literal["accept", "refuse", "ask"]
"""Whether the case may be filed."""

Overall: TypeAlias = Literal["met", "unmet", "undetermined"]
"""The status of all conditions together."""

PlanStatus: TypeAlias = Literal["none", "planned", "provisional", "undetermined"]
"""How far steps are planned."""

PromisedPart: TypeAlias = Literal["packHash", "fee", "documents", "dueOn"]
"""A member of a promise."""

StepStatus: TypeAlias = Literal["not_taken", "undetermined", "waiting", "running", "done", "passed"]
"""How far a step is."""

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


class WorkingTime(TypedDict):
    """A stretch of working time."""

    workingDays: int
    """From the one day to the other."""
    officeMinutes: int
    """While the office is open."""
    text: str
    """The same in words."""


class Step(TypedDict):
    """A step."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    office: str | None
    """Who takes it."""
    status: StepStatus
    """How far it is."""
    period: str | None
    """How long it may take, in words; null: what remains."""
    shares: bool
    """Whether it shares what remains with other steps."""
    after: list[str]
    """The steps it waits for, by their ids."""
    startsAt: str | None
    """When it is to begin."""
    endsAt: str | None
    """When it is to be done."""
    expectedStartsAt: str | None
    """When it began or will begin, by what has been done."""
    expectedEndsAt: str | None
    """When it was done, or will be by what has been done."""
    late: WorkingTime | None
    """How late it was done, or is by now; null if it is not late or that is not known."""
    saves: WorkingTime | None
    """What it would save to leave it out; null where that cannot be told."""
    citations: list[dict[str, object]]
    """Its legal basis."""
    because: list[dict[str, object]]
    """The facts that decided whether it is taken."""


class Apology(TypedDict):
    """What is owed when the file is late."""

    id: str | None
    """The rule's id; null while it is open which applies."""
    status: ApologyStatus
    """Whether it is owed."""
    by: str | None
    """The last day on which it is in time; null where the law does not say."""
    form: str | None
    """The form it is written on, or how it is sent."""
    permitted: int | None
    """How many re-appointments are permitted; null where the law does not say."""
    used: int
    """How many there were."""
    message: str | None
    """What is to be done."""
    unknown: str | None
    """What of the law is not known."""
    citations: list[dict[str, object]]
    """Its legal basis."""


class Saving(TypedDict):
    """What steps less, or shorter ones, would save."""

    endsAt: str
    """When the last step would end."""
    dueOn: str
    """The day that could be promised instead of the day due."""
    saved: WorkingTime
    """What is saved; negative if the steps became longer."""


class _StepPlan(TypedDict):
    procedure: str
    """The procedure's code."""
    asOf: str
    """The day the law is read."""
    pack: dict[str, object]
    """Which rules planned it."""
    status: PlanStatus
    """How far it is planned."""
    startsAt: str
    """When the steps begin."""
    dueOn: str | None
    """The day that the law gives for the result; null where it is not known."""
    promisedOn: str | None
    """The day that was promised last instead, if one was."""
    endsAt: str | None
    """When the last step is to end; null where a step cannot be planned."""
    expectedAt: str | None
    """When it will end, by what has been done."""
    late: WorkingTime | None
    """How much later that is than the day due or promised; null if it is not."""
    overruns: WorkingTime | None
    """How much longer the steps take than the law gives, if all take their time; null if they do not."""
    steps: list[Step]
    """The steps, in their order."""
    apology: Apology | None
    """What is owed when the file is late; null where no rule says."""
    saving: Saving | None
    """What the cuts that were asked for would save; null if none were, or it cannot be told."""
    missing: list[str]
    """Facts that tell which steps are taken."""
    problems: list[FactProblemDocument]
    """What is wrong with what was told or asked."""


class StepPlan(_StepPlan, total=False):
    """The steps of a case, planned over working hours."""

    jurisdiction: str
    """The jurisdiction whose overlay was applied, if one was."""


class LevelReason(TypedDict):
    """Why a service is not full."""

    id: str
    """The requirement that is not met."""
    level: OnlineService
    """The level it comes to."""
    message: str | None
    """The reason by law."""
    why: list[str]
    """Why it is so for this procedure."""
    inSomeCases: bool
    """Whether it is so in some cases only."""
    citations: list[dict[str, object]]
    """The legal basis of the requirement and of what is declared."""


class Undeclared(TypedDict):
    """What a procedure does not declare of itself."""

    fact: str
    """The fact of the rule."""
    label: str
    """What it asks."""
    why: str | None
    """Why it is not known, where the rules say."""


class ServiceLevel(TypedDict):
    """The level of a procedure's online service."""

    procedure: str
    """The procedure's code."""
    name: str
    """Its name."""
    asOf: str
    """The day the law is read."""
    level: OnlineService | None
    """The level by what it declares; null where that is not known."""
    stated: str
    """The level it states itself: `full`, `partial`, `information`."""
    reasons: list[LevelReason]
    """What the full service asks for and is not met: the reasons that are published."""
    open: list[Undeclared]
    """What is not declared, or not known, and can still change the level."""
    citations: list[dict[str, object]]
    """On what basis the level is told."""
    message: str | None
    """Why it cannot be told, where the rule has no law on that day."""
