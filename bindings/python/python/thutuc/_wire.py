"""Names and dicts of `thutuc`. Generated from core/src/wire: `make types`."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias, TypedDict

from ._thutuc import FactProblem

ApologyStatus: TypeAlias = Literal["not_needed", "due", "exhausted", "undetermined"]
"""Whether an apology is owed."""

CellKind: TypeAlias = Literal["text", "integer", "decimal", "date"]
"""What the cells of a column are, where they are not null."""

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

MeasureKind: TypeAlias = Literal["count", "sum", "rate"]
"""What a measure counts."""

OnlineService: TypeAlias = Literal["information", "partial", "full"]
"""How much of a procedure is online, the least first."""

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

TargetStatus: TypeAlias = Literal["reached", "missed", "open", "unknown"]
"""Whether a target is reached."""

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


class CitationDocument(TypedDict):
    """A citation in the language asked for."""

    instrument: str
    """The instrument's number."""
    title: str
    """The instrument's title."""
    text: str
    """Instrument and place in words."""
    confidence: Confidence
    """How sure it is."""


class PackRefDocument(TypedDict):
    """Which rules decided."""

    id: str
    """The pack's id."""
    version: str
    """Its version."""
    hash: str
    """The hash of everything that can change a decision."""


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


class ResultColumn(TypedDict):
    """A column of a table."""

    name: str
    """Its name."""
    kind: CellKind
    """What its cells are."""


class ResultTableDocument(TypedDict):
    """A table."""

    name: str
    """Its name."""
    columns: list[ResultColumn]
    """Its columns."""
    rows: list[list[str | int | None]]
    """Its rows, a cell a column."""


class ComparisonDocument(TypedDict):
    """What a reform changes, in tables."""

    procedure: str
    """The procedure's code."""
    name: str
    """Its name."""
    jurisdiction: str | None
    """The jurisdiction; null: everywhere."""
    asOf: str | None
    """The day the law is read; null where each case has its own."""
    baseline: PackRefDocument
    """The rules before."""
    reform: PackRefDocument
    """The rules after."""
    cases: int
    """How many cases were decided."""
    by: list[str]
    """What the cases are grouped by: the first columns of most tables."""
    tables: list[ResultTableDocument]
    """The tables: `summary`, `outcomes`, `fees`, `distribution`, `documents`, `deadlines`, `changed`, `samples`."""


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
    citations: list[CitationDocument]
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
    citations: list[CitationDocument]
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
    pack: PackRefDocument
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
    citations: list[CitationDocument]
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
    citations: list[CitationDocument]
    """On what basis the level is told."""
    message: str | None
    """Why it cannot be told, where the rule has no law on that day."""


class AssessmentBounds(TypedDict):
    """A count, or the bounds within which it lies."""

    least: int
    """At least."""
    most: int
    """At most."""


class AssessmentCandidate(TypedDict):
    """A record whose change would help."""

    record: str | None
    """What names the record; null while that is missing."""
    effort: str | None
    """What changing it costs; null while that is open."""
    certain: bool
    """Whether it is known that the change is still to be made; if not, it may have been made already."""
    values: list[str | None]
    """What is shown of it."""


class AssessmentCause(TypedDict):
    """What leaves records open: a fact that is missing, or law that is not known."""

    fact: str | None
    """The fact; null where it is law."""
    message: str
    """What it is, or why the law is not known."""
    records: int
    """In how many records."""
    citations: list[CitationDocument]
    """On what it rests that law is not known."""


class AssessmentClass(TypedDict):
    """A class of all points together."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    atLeast: str | None
    """The least points; null where that law is not known."""
    citations: list[CitationDocument]
    """On what it rests."""


class AssessmentColumn(TypedDict):
    """A value that is shown of records."""

    name: str
    """The fact, definition or expression."""
    label: str
    """What it is."""


class AssessmentDimension(TypedDict):
    """By what records are grouped."""

    id: str
    """Its id."""
    name: str
    """Its name."""


class AssessmentEstimate(TypedDict):
    """Points within which a score lies."""

    low: str | None
    """At least."""
    high: str | None
    """At most."""


class AssessmentFact(TypedDict):
    """A fact that is missing in some records."""

    fact: str
    """The fact."""
    label: str
    """What it is."""
    records: int
    """In how many records it is missing."""


class AssessmentFigure(TypedDict):
    """A measure of a group."""

    measure: str
    """The measure."""
    low: str | None
    """At least; a rate in percent to 4 places, rounded down where it differs from `high`. Null: no bound, or nothing to count."""
    high: str | None
    """At most, rounded up where it differs from `low`."""
    holds: AssessmentBounds | None
    """Of a count and a rate: for how many records it holds."""
    of: AssessmentBounds | None
    """Of a rate: of how many records."""
    undecided: int
    """How many records leave it open."""
    because: list[AssessmentCause]
    """What is missing in them."""
    target: AssessmentStanding | None
    """How it stands to its target."""


class AssessmentGoal(TypedDict):
    """A target to be reached by changing records."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    measure: str
    """The measure it reaches."""
    effort: str
    """What the effort means."""
    columns: list[AssessmentColumn]
    """What is shown of each record."""
    candidates: list[AssessmentCandidate]
    """The records whose change would help, those that cost least first."""


class AssessmentGroup(TypedDict):
    """A group."""

    id: str | None
    """Its code or text; null for what has none."""
    label: str
    """What it is called."""


class AssessmentList(TypedDict):
    """Records that are listed."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    columns: list[AssessmentColumn]
    """What is shown of each record."""
    rows: list[AssessmentListed]
    """The records."""
    citations: list[CitationDocument]
    """On what it rests."""


class AssessmentListed(TypedDict):
    """A record in a list."""

    record: str | None
    """What names the record; null while that is missing."""
    certain: bool
    """Whether it surely belongs there; if not, missing facts or unknown law decide."""
    values: list[str | None]
    """What is shown of it, as text; null for what is null or open."""


class AssessmentMeasure(TypedDict):
    """What is counted."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    kind: MeasureKind
    """What it counts."""
    target: str | None
    """What the rate should at least be, in percent; null where nothing is wanted, or that law is not known."""
    citations: list[CitationDocument]
    """On what it rests."""


class AssessmentNeed(TypedDict):
    """What a goal needs in a group."""

    needed: AssessmentBounds | None
    """How many more records; null where the target is not known."""
    effort: str | None
    """What the chosen ones cost together; null where one is open."""
    chosen: list[int]
    """The records to change, enough whatever is open: places in the goal's candidates, those that cost least first."""


class AssessmentPoints(TypedDict):
    """The points of a group for a score."""

    score: str
    """The score."""
    low: str | None
    """At least, to 4 places, rounded down."""
    high: str | None
    """At most, rounded up."""
    estimate: AssessmentEstimate | None
    """What they would be under the assumption of the score; no law says so."""


class AssessmentProblem(TypedDict):
    """What did not fit in records."""

    fact: str
    """The fact, with the place in it."""
    code: str
    """What kind of problem."""
    message: str
    """What is wrong and how to mend it, in the first record that has it."""
    first: int
    """The number of that record, from 1."""
    records: int
    """How many records have it."""


class AssessmentReport(TypedDict):
    """What an assessment says of some records."""

    assessment: str
    """The assessment's id."""
    name: str
    """Its name."""
    summary: str | None
    """What it is for."""
    record: str
    """What one record is."""
    asOf: str
    """The day of the report."""
    pack: PackRefDocument
    """Which rules were used."""
    records: int
    """How many records there are."""
    missing: list[AssessmentFact]
    """Facts that are missing in some records."""
    problems: list[AssessmentProblem]
    """What did not fit in records; such facts count as missing."""
    measures: list[AssessmentMeasure]
    """What is counted."""
    scores: list[AssessmentScore]
    """Points given for measures."""
    classes: list[AssessmentClass]
    """Classes of all points together, in the order of the rules."""
    dimensions: list[AssessmentDimension]
    """By what records are grouped."""
    tables: list[AssessmentTable]
    """The tables; the first has all records in one row."""
    lists: list[AssessmentList]
    """Records that are listed."""
    goals: list[AssessmentGoal]
    """Targets to be reached by changing records."""
    notes: list[str]
    """Traps."""


class AssessmentRow(TypedDict):
    """The records of a group."""

    groups: list[AssessmentGroup]
    """The group in each dimension."""
    records: AssessmentBounds
    """How many records."""
    figures: list[AssessmentFigure]
    """The measures, in the order of the report's."""
    points: list[AssessmentPoints]
    """The points, in the order of the report's scores."""
    total: AssessmentTotal | None
    """All points together."""
    goals: list[AssessmentNeed | None]
    """What each goal needs here, in the order of the report's goals; null where its measure is not in force."""


class AssessmentScore(TypedDict):
    """Points given for measures."""

    id: str
    """Its id."""
    name: str
    """Its name."""
    max: str | None
    """The most points; null where that law is not known."""
    unknown: str | None
    """Why it is not known how the points follow, where it is not."""
    assuming: str | None
    """The assumption under which points are estimated."""
    citations: list[CitationDocument]
    """On what it rests."""


class AssessmentStanding(TypedDict):
    """How a rate stands to its target."""

    status: TargetStatus
    """Whether it is reached."""
    needed: AssessmentBounds | None
    """For how many more records it must come to hold."""


class AssessmentTable(TypedDict):
    """A table: a row a group."""

    dimensions: list[str]
    """The ids of its dimensions; none: all records in one row."""
    rows: list[AssessmentRow]
    """Its rows."""


class AssessmentTotal(TypedDict):
    """All points of a group together."""

    max: str | None
    """The most."""
    low: str | None
    """At least."""
    high: str | None
    """At most."""
    classes: list[str | None]
    """The class of the least and that of the most points: ids; one class if they are equal."""
    estimate: AssessmentEstimate | None
    """What they would be under the assumptions of the scores; a score without one counts as open."""
    estimatedClasses: list[str | None]
    """The classes of the estimate."""
