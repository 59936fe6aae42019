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

MeasureKind: TypeAlias = Literal["count", "sum", "rate"]
"""What a measure counts."""

Outcome: TypeAlias = Literal["accept", "refuse", "ask"]
"""Whether the case may be filed."""

Overall: TypeAlias = Literal["met", "unmet", "undetermined"]
"""The status of all conditions together."""

PromisedPart: TypeAlias = Literal["packHash", "fee", "documents", "dueOn"]
"""A member of a promise."""

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
