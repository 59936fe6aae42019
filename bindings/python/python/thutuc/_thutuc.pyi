"""The types of the extension behind `thutuc`."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from os import PathLike
from typing import Any, ClassVar, Final, Literal, final

from typing_extensions import Unpack

from ._wire import (
    ConditionStatus,
    Confidence,
    DeadlineStatus,
    DocumentForm,
    DocumentStatus,
    FactType,
    FeesStatus,
    Lang,
    LinkedOutcome,
    Outcome,
    Overall,
    ServiceLevel,
    StepPlan,
    Verdict,
    VerdictChanges,
)
from .types import BatchReport, Cases, Facts, FactValue, TableOptions

__version__: Final[str]

@final
class Missing_:
    def __bool__(self) -> bool: ...

MISSING: Final[Any]  # the default of a field of any type

@final
class Pack:
    @staticmethod
    def load(path: str | PathLike[str], *, drafts: Iterable[str] = ...) -> Pack: ...
    @staticmethod
    def from_bytes(bundle: bytes, *, lang: Lang = "en") -> Pack: ...
    def to_bytes(self) -> bytes: ...
    def reform(self, *changes: str, parameters: Mapping[str, str] | None = None) -> Pack: ...
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def hash(self) -> str: ...
    @property
    def jurisdictions(self) -> tuple[str, ...]: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...
    @property
    def procedures(self) -> tuple[Procedure, ...]: ...
    def procedure(self, code: str, *, lang: Lang = "vi") -> Procedure: ...
    def facts(self, procedure: str, *, jurisdiction: str | None = None, lang: Lang = "vi") -> tuple[Fact, ...]: ...
    def check_fact(
        self, procedure: str, fact: str, value: object, *, jurisdiction: str | None = None, lang: Lang = "vi"
    ) -> tuple[FactProblem, ...]: ...
    def decide(
        self,
        procedure: str,
        facts: Facts,
        *,
        as_of: datetime.date | str,
        received_at: datetime.datetime | datetime.date | str | None = None,
        jurisdiction: str | None = None,
        lang: Lang = "vi",
    ) -> Decision: ...
    def verdict(
        self,
        procedure: str,
        facts: Facts,
        *,
        as_of: datetime.date | str,
        received_at: datetime.datetime | datetime.date | str | None = None,
        jurisdiction: str | None = None,
        lang: Lang = "vi",
    ) -> Verdict: ...
    def steps(
        self,
        procedure: str,
        facts: Facts,
        *,
        as_of: datetime.date | str,
        received_at: datetime.datetime | datetime.date | str | None = None,
        now: datetime.datetime | str | None = None,
        cuts: list[dict[str, str | None]] = ...,
        jurisdiction: str | None = None,
        lang: Lang = "vi",
    ) -> StepPlan: ...
    def level(
        self,
        procedure: str,
        facts: Facts | None = None,
        *,
        as_of: datetime.date | str,
        jurisdiction: str | None = None,
        lang: Lang = "vi",
    ) -> ServiceLevel | None: ...
    def levels(self, *, as_of: datetime.date | str, jurisdiction: str | None = None, lang: Lang = "vi") -> list[ServiceLevel]: ...
    def decide_many(
        self,
        procedure: str,
        cases: Iterable[Facts],
        *,
        as_of: datetime.date | str,
        received_at: datetime.datetime | datetime.date | str | None = None,
        jurisdiction: str | None = None,
        lang: Lang = "vi",
    ) -> list[Decision]: ...
    def verdict_many(
        self,
        procedure: str,
        cases: Iterable[Facts],
        *,
        as_of: datetime.date | str,
        received_at: datetime.datetime | datetime.date | str | None = None,
        jurisdiction: str | None = None,
        lang: Lang = "vi",
    ) -> list[Verdict]: ...
    def decide_batch(
        self,
        procedure: str,
        data: Cases,
        *,
        progress: bool | Callable[[int, int | None], object] | None = None,
        **options: Unpack[TableOptions],
    ) -> DecisionTable: ...
    def decide_stream(self, procedure: str, data: Cases, **options: Unpack[TableOptions]) -> DecisionStream: ...
    def columns(self, procedure: str, *, jurisdiction: str | None = None, lang: Lang = "vi") -> list[str]: ...
    def session(
        self,
        procedure: str,
        facts: Facts | None = None,
        *,
        as_of: datetime.date | str,
        received_at: datetime.datetime | datetime.date | str | None = None,
        jurisdiction: str | None = None,
        lang: Lang = "vi",
    ) -> Session: ...

@final
class DecisionTable:
    """Decisions of all cases of a table."""
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __len__(self) -> int: ...
    @property
    def columns(self) -> list[str]: ...
    @property
    def report(self) -> BatchReport: ...
    def to_polars(self) -> Any: ...
    def to_pyarrow(self) -> Any: ...
    def to_pandas(self) -> Any: ...

@final
class DecisionStream:
    """Decisions that are made as they are read, once."""
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    @property
    def columns(self) -> list[str]: ...
    @property
    def report(self) -> BatchReport: ...
    def write_parquet(
        self, path: str | PathLike[str], *, progress: bool | Callable[[int, int | None], object] | None = None
    ) -> int: ...

@final
class PopulationStream:
    """Cases of a population that are drawn as they are read, any number of times."""
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __len__(self) -> int: ...

@final
class ResultTable:
    """A table of a comparison."""
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __len__(self) -> int: ...
    def write_parquet(self, path: str | PathLike[str]) -> None: ...

@final
class ComparisonResult:
    """A comparison that has been counted."""
    def json(self) -> str: ...
    def html(self, whole: bool, lang: Lang, charts: dict[str, str]) -> str: ...
    def table(self, name: str) -> ResultTable: ...
    def csv(self, name: str) -> str: ...
    @property
    def problems(self) -> int: ...

def population(
    pack: Pack,
    procedure: str,
    count: int,
    *,
    seed: int,
    profile: str | None,
    as_of: datetime.date | str,
    jurisdiction: str | None,
    lang: Lang,
) -> PopulationStream: ...
def simulate(
    data: Cases,
    baseline: Pack,
    reform: Pack,
    procedure: str,
    *,
    as_of: datetime.date | str,
    received_at: datetime.datetime | datetime.date | str | None,
    by: list[str],
    weight: str | None,
    mapping: dict[str, str | None] | None,
    nulls: Literal["missing", "null"],
    jurisdiction: str | None,
    batch_rows: int,
    threads: int | None,
    progress: bool | Callable[[int, int | None], object] | None,
    lang: Lang,
) -> ComparisonResult: ...

@final
class Session:
    def set(self, fact: str, value: object) -> VerdictChanges: ...
    def unset(self, fact: str) -> VerdictChanges: ...
    def at(self, *, as_of: datetime.date | str, received_at: datetime.datetime | datetime.date | str | None = None) -> VerdictChanges: ...
    def verdict(self) -> Verdict: ...
    def decide(self) -> Decision: ...

def assess_json(
    pack: Pack,
    assessment: str,
    records: Cases | Iterable[Any],
    as_of: datetime.date | str,
    by: list[list[str]] | None,
    nulls: Literal["missing", "null"],
    lang: Lang,
) -> str: ...
def assessment_html(json: str, lang: Lang, page: bool) -> str: ...

# The rest is generated from core/src/wire: `make types`.

@final
class Decision:
    """A whole decision. In JSON dates are ISO text in UTC+07:00, money is an integer number of đồng, other numbers are exact text."""
    @property
    def procedure(self) -> str:
        """The procedure's code."""
    @property
    def as_of(self) -> datetime.date:
        """The day the law is read."""
    @property
    def pack(self) -> PackRef:
        """Which rules decided."""
    @property
    def outcome(self) -> Outcome:
        """Whether the case may be filed."""
    @property
    def eligibility(self) -> Eligibility:
        """Conditions."""
    @property
    def identity(self) -> Identity:
        """Checks of the electronic identity."""
    @property
    def documents(self) -> tuple[Document, ...]:
        """Papers."""
    @property
    def fees(self) -> Fees:
        """Fees."""
    @property
    def deadline(self) -> Deadline | None:
        """By when the authority must answer; null where no deadline applies."""
    @property
    def missing(self) -> tuple[MissingFact, ...]:
        """Facts that can still change something, in the author's order."""
    @property
    def next(self) -> str | None:
        """The fact to ask for next."""
    @property
    def problems(self) -> tuple[FactProblem, ...]:
        """What is wrong with facts that were told."""
    @property
    def gaps(self) -> tuple[LawGap, ...]:
        """Law that is not known and that something open rests on."""
    @property
    def jurisdiction(self) -> str | None:
        """The jurisdiction whose overlay was applied, if one was."""
    @property
    def linked(self) -> tuple[LinkedStep, ...]:
        """The steps of a linked service, each after those it waits for; none for a procedure of its own."""
    def to_json(self) -> str: ...
    @staticmethod
    def from_json(json: str, lang: Lang | None = None) -> Decision: ...
    def to_dict(self) -> dict[str, Any]: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class PackRef:
    """Which rules decided."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """The pack's id."""
    @property
    def version(self) -> str:
        """Its version."""
    @property
    def hash(self) -> str:
        """The hash of everything that can change a decision."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Citation:
    """A citation in the language asked for."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def instrument(self) -> str:
        """The instrument's number."""
    @property
    def title(self) -> str:
        """The instrument's title."""
    @property
    def text(self) -> str:
        """Instrument and place in words."""
    @property
    def confidence(self) -> Confidence:
        """How sure it is."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class KnownFact:
    """A fact that decided something."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def fact(self) -> str:
        """Its name."""
    @property
    def value(self) -> FactValue:
        """Its value as the host told it."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Eligibility:
    """All conditions."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def status(self) -> Overall:
        """Together."""
    @property
    def conditions(self) -> tuple[Condition, ...]:
        """One by one."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Identity:
    """All identity checks."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def status(self) -> Overall:
        """Together."""
    @property
    def required_level(self) -> int | None:
        """The level that is needed, 0 for none; null while that is open."""
    @property
    def checks(self) -> tuple[Condition, ...]:
        """One by one."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Condition:
    """A condition or a check."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """Its id."""
    @property
    def status(self) -> ConditionStatus:
        """Its status."""
    @property
    def message(self) -> str | None:
        """What is wrong, where it is not met."""
    @property
    def wanted(self) -> str | None:
        """What would have to change, where it is not met."""
    @property
    def citations(self) -> tuple[Citation, ...]:
        """Its legal basis."""
    @property
    def because(self) -> tuple[KnownFact, ...]:
        """The facts that decided it."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Copies:
    """How many of each."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def original(self) -> int:
        """Originals."""
    @property
    def copy(self) -> int:
        """Copies."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Document:
    """A paper."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """Its id."""
    @property
    def status(self) -> DocumentStatus:
        """Its status."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def form(self) -> DocumentForm:
        """In what form."""
    @property
    def copies(self) -> Copies:
        """How many."""
    @property
    def any_of(self) -> tuple[Alternative, ...]:
        """Papers of which any one will do instead."""
    @property
    def reuse_source(self) -> str | None:
        """Where the state knows it from."""
    @property
    def citations(self) -> tuple[Citation, ...]:
        """Its legal basis."""
    @property
    def because(self) -> tuple[KnownFact, ...]:
        """The facts that decided it."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Alternative:
    """One of several papers that will do."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """Its id."""
    @property
    def name(self) -> str:
        """Its name."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Fees:
    """All fees."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def status(self) -> FeesStatus:
        """Whether they are settled."""
    @property
    def total(self) -> int | None:
        """The total in đồng; null while a fee is not settled."""
    @property
    def currency(self) -> Literal["VND"]:
        """Always `VND`."""
    @property
    def items(self) -> tuple[Fee, ...]:
        """Fees that are due or not settled."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Fee:
    """A fee."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """Its id."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def amount(self) -> int | None:
        """Đồng; null while it is not settled."""
    @property
    def row(self) -> str | None:
        """The row of its table that decided."""
    @property
    def calculation(self) -> Calculation | None:
        """How the amount came about."""
    @property
    def reduction(self) -> Reduction | None:
        """The reduction that applied."""
    @property
    def citations(self) -> tuple[Citation, ...]:
        """Its legal basis, that of the row and of the reduction included."""
    @property
    def because(self) -> tuple[KnownFact, ...]:
        """The facts that decided it."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Calculation:
    """How an amount came about; in JSON as exact text."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def unit(self) -> Decimal:
        """One unit, after floor and cap."""
    @property
    def times(self) -> Decimal | None:
        """How many units."""
    @property
    def before(self) -> Decimal:
        """Before reductions and rounding."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Reduction:
    """A reduction that applied."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """Its id."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def off(self) -> Decimal:
        """What it took off, in đồng; in JSON as exact text."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Deadline:
    """A deadline."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str | None:
        """Its id; null while it is open which rule applies."""
    @property
    def status(self) -> DeadlineStatus:
        """How far it is known."""
    @property
    def period(self) -> str | None:
        """The period in words."""
    @property
    def starts_on(self) -> datetime.date | None:
        """The first day that can count."""
    @property
    def due_on(self) -> datetime.date | None:
        """The day it is due."""
    @property
    def due_at(self) -> datetime.datetime | None:
        """With hours, the moment."""
    @property
    def counted(self) -> int:
        """How many units were counted."""
    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Days that were passed over, with the reason."""
    @property
    def pauses(self) -> tuple[Pause, ...]:
        """Pauses that were not counted."""
    @property
    def message(self) -> str | None:
        """Why it is not determined, where it is not."""
    @property
    def citations(self) -> tuple[Citation, ...]:
        """Its legal basis."""
    @property
    def because(self) -> tuple[KnownFact, ...]:
        """The facts that decided which rule applies."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Skipped:
    """A day that was passed over."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def date(self) -> datetime.date:
        """The day."""
    @property
    def reason(self) -> str:
        """Why."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Pause:
    """Days that were not counted because the applicant was completing the file."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def first_day(self) -> datetime.date:
        """First day."""
    @property
    def last_day(self) -> datetime.date:
        """Last day."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class LinkedStep:
    """A step of a linked service: a procedure that the submission triggers with others."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """Its id."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def procedure(self) -> str | None:
        """The code of the procedure it carries out; null where only the step itself is known."""
    @property
    def authority(self) -> str | None:
        """Who carries it out."""
    @property
    def result(self) -> str | None:
        """What it makes, where later steps use it."""
    @property
    def outcome(self) -> LinkedOutcome:
        """How far it can go."""
    @property
    def after(self) -> tuple[str, ...]:
        """The steps that must be done before it."""
    @property
    def unmet(self) -> tuple[str, ...]:
        """Its conditions and checks that are not met: `eligibility.residence_consent`."""
    @property
    def documents(self) -> tuple[str, ...]:
        """Its papers that are wanted, by their ids; a paper of several steps is of each."""
    @property
    def fees(self) -> tuple[str, ...]:
        """Its fees that are due or not settled, by their ids."""
    @property
    def limit(self) -> Deadline | None:
        """By when it ends if it and those before it take all the time they may; null where it is not carried out."""
    @property
    def message(self) -> str | None:
        """Why it is not carried out, or what its refusal means for the others."""
    @property
    def citations(self) -> tuple[Citation, ...]:
        """Its legal basis."""
    @property
    def because(self) -> tuple[KnownFact, ...]:
        """The facts that decided whether it is carried out."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class MissingFact:
    """A fact that can still change something."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def fact(self) -> str:
        """Its name."""
    @property
    def needed_by(self) -> tuple[str, ...]:
        """The parts that need it: `eligibility.rent_area`, `fees.registration`, `deadline`, …"""
    @property
    def now(self) -> bool:
        """Whether it matters whatever else is answered first."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class FactProblem:
    """A problem with a fact that was told."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def fact(self) -> str:
        """The fact, with the place in it."""
    @property
    def code(self) -> str:
        """What kind of problem."""
    @property
    def message(self) -> str:
        """What is wrong and how to mend it."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class LawGap:
    """Law that is not known."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def id(self) -> str:
        """The parameter, definition, fee or deadline."""
    @property
    def message(self) -> str:
        """Why it is not known."""
    @property
    def needed_by(self) -> tuple[str, ...]:
        """The parts that need it."""
    @property
    def citations(self) -> tuple[Citation, ...]:
        """On what basis that is said."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Procedure:
    """A procedure of the pack, in one language."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def code(self) -> str:
        """Its code."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def summary(self) -> str | None:
        """What it is for."""
    @property
    def field(self) -> str:
        """`residence`, …"""
    @property
    def authority(self) -> str:
        """`commune`, …"""
    @property
    def online_service(self) -> str:
        """`full`, `partial`, `information`."""
    @property
    def first_day(self) -> datetime.date | None:
        """The first day it answers for."""
    @property
    def last_day(self) -> datetime.date | None:
        """The last day it answers for."""
    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Jurisdictions that change it."""
    @property
    def notes(self) -> tuple[str, ...]:
        """Traps."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Fact:
    """A fact that a procedure may be told, in one language."""
    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def name(self) -> str:
        """Its dotted name."""
    @property
    def type_(self) -> FactType:
        """Its type."""
    @property
    def optional(self) -> bool:
        """Whether null is an answer."""
    @property
    def has_default(self) -> bool:
        """Whether it has a value when it is not told."""
    @property
    def label(self) -> str:
        """The question."""
    @property
    def help(self) -> str | None:
        """More about it."""
    @property
    def min(self) -> datetime.date | Decimal | None:
        """Least value."""
    @property
    def max(self) -> datetime.date | Decimal | None:
        """Greatest value."""
    @property
    def decimals(self) -> int | None:
        """Most decimal places."""
    @property
    def unit(self) -> str | None:
        """Its unit."""
    @property
    def values(self) -> tuple[tuple[str, str], ...] | None:
        """Codes with labels."""
    @property
    def max_length(self) -> int | None:
        """Most characters."""
    @property
    def personal_id(self) -> bool | None:
        """12 digits are wanted."""
    @property
    def max_items(self) -> int | None:
        """Most items."""
    @property
    def fields(self) -> tuple[Fact, ...] | None:
        """The fields of each."""
    def __eq__(self, other: object, /) -> bool: ...
