"""Every way to tell a fact gives the same decision."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Optional

import pydantic
import pytest

import thutuc

CODE = "1.004222"
DAY = datetime.date(2026, 11, 22)
NESTED: dict[str, Any] = {
    "submission": {"channel": "in_person"},
    "residence": {"basis": "rent", "owner_consent": True, "area_per_person": 6},
    "applicant": {"birth_date": datetime.date(1990, 5, 1), "groups": []},
    "data": {"population": True, "housing": True},
}


def dotted(facts: dict[str, Any], group: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in facts.items():
        flat |= dotted(value, f"{group}{name}.") if isinstance(value, dict) else {group + name: value}
    return flat


def with_area(area: object) -> dict[str, Any]:
    return dotted(NESTED) | {"residence.area_per_person": area}


def decided(pack: thutuc.Pack, facts: Any) -> str:
    return pack.decide(CODE, facts, as_of=DAY).to_json()


def without_words(decision: thutuc.Decision) -> dict[str, Any]:
    """A decision without the sentences of its problems, which quote what was told as it was told."""
    whole = decision.to_dict()
    for problem in whole["problems"]:
        del problem["message"]
    return whole


class Channel(enum.Enum):
    DESK = "in_person"


class Basis(str, enum.Enum):
    RENT = "rent"


@dataclass
class Submission:
    channel: Any = Channel.DESK


@dataclass
class Residence:
    basis: Any = Basis.RENT
    owner_consent: Any = True
    area_per_person: Any = 6
    relation: Any = thutuc.MISSING


@dataclass
class Applicant:
    birth_date: Any = datetime.date(1990, 5, 1)
    groups: Any = ()


@dataclass
class Data:
    population: Any = True
    housing: Any = True


@dataclass
class Case:
    submission: Submission = field(default_factory=Submission)
    residence: Residence = field(default_factory=Residence)
    applicant: Applicant = field(default_factory=Applicant)
    data: Data = field(default_factory=Data)


class Home(pydantic.BaseModel):
    basis: Basis
    owner_consent: bool
    area: Decimal = pydantic.Field(alias="area_per_person")
    kinship: Optional[bool] = None


class Form(pydantic.BaseModel):
    channel: str = pydantic.Field("in_person", alias="submission.channel")
    residence: Home
    applicant: dict[str, Any]
    data: dict[str, bool]
    not_told: Optional[str] = pydantic.Field(None, alias="account.login")


def test_nested_dotted_and_mixed_dicts_are_one_case(pack: thutuc.Pack) -> None:
    whole = decided(pack, NESTED)
    assert '"fact":"residence.area_per_person","value":"6"' in whole
    assert decided(pack, dotted(NESTED)) == whole
    assert decided(pack, {**NESTED, "data": {"population": True}, "data.housing": True}) == whole
    assert decided(pack, dict(reversed(dotted(NESTED).items()))) == whole


def test_dataclasses_and_pydantic_models_are_facts(pack: thutuc.Pack) -> None:
    whole = decided(pack, NESTED)
    assert decided(pack, Case()) == whole
    home: dict[str, Any] = {"basis": "rent", "owner_consent": True, "area_per_person": "6"}
    form = Form.model_validate({**NESTED, "residence": home})
    assert decided(pack, form) == whole


def test_a_field_that_was_set_to_none_is_null_and_one_that_was_not_is_missing(pack: thutuc.Pack) -> None:
    home = {"basis": "rent", "owner_consent": True, "area_per_person": "6"}
    form = Form.model_validate({**NESTED, "residence": home, "account.login": None})
    problems = pack.decide(CODE, form, as_of=DAY).problems
    assert [(one.fact, one.code) for one in problems] == [("account.login", "null-not-allowed")]


@pytest.mark.parametrize("area", [6, 6.0, "6", Decimal("6"), Decimal("6.0"), 6.000])
def test_a_number_is_its_exact_value(pack: thutuc.Pack, area: object) -> None:
    assert decided(pack, with_area(area)) == decided(pack, NESTED)


@pytest.mark.parametrize("area", [7.9, 0.1, 8.000000000000002, 1e-7, 12.34, 1234567.8, 99999.99, 5e-324, 1e22, -0.0])
def test_a_float_is_its_shortest_decimal_text(pack: thutuc.Pack, area: float) -> None:
    exact = format(Decimal(repr(area)), "f")
    assert without_words(pack.decide(CODE, with_area(area), as_of=DAY)) == without_words(pack.decide(CODE, with_area(exact), as_of=DAY))


def test_floats_are_the_texts_they_are_written_as(workload: thutuc.Pack) -> None:
    for tenths in range(-30, 3000):
        told = {"residence_basis": "rent", "floor_area_per_person": tenths / 10}
        as_text = {**told, "floor_area_per_person": f"{tenths / 10}"}
        one, other = (workload.decide("0.000001", facts, as_of="2025-03-04") for facts in (told, as_text))
        assert without_words(one) == without_words(other)


@pytest.mark.parametrize("day", [datetime.date(1990, 5, 1), "1990-05-01"])
def test_a_day_is_a_date_or_its_text(pack: thutuc.Pack, day: object) -> None:
    assert decided(pack, dotted(NESTED) | {"applicant.birth_date": day}) == decided(pack, NESTED)


@pytest.mark.parametrize("groups", [["poor", "child"], ("poor", "child"), {"poor", "child"}, frozenset(["child", "poor"])])
def test_sets_are_any_collection(pack: thutuc.Pack, groups: object) -> None:
    codes = next(fact for fact in pack.facts(CODE) if fact.name == "applicant.groups").values
    assert codes is not None
    named = [code for code, _ in codes][:2]
    kind = type(groups)
    told = dotted(NESTED) | {"applicant.groups": kind(named)}  # type: ignore[call-arg]
    assert decided(pack, told) == decided(pack, dotted(NESTED) | {"applicant.groups": named[::-1]})


def cyclic() -> list[object]:
    whole: list[object] = []
    whole.append(whole)
    return whole


def deep() -> list[object]:
    whole: list[object] = []
    for _ in range(100_000):
        whole = [whole]
    return whole


@pytest.mark.parametrize(
    ("fact", "value", "code", "says"),
    [
        ("residence.bass", 1, "unknown-fact", "residence.basis"),
        ("residence.area_per_person", float("nan"), "wrong-type", "NaN"),
        ("residence.area_per_person", float("inf"), "wrong-type", "Infinity"),
        ("residence.area_per_person", Decimal("NaN"), "wrong-type", "NaN"),
        ("residence.area_per_person", True, "wrong-type", "true"),
        ("residence.area_per_person", 10**40 + 1, "too-many-digits", "34"),
        ("residence.area_per_person", 10**20, "out-of-bounds", ""),
        ("residence.area_per_person", Fraction(1, 3), "wrong-type", "Fraction"),
        ("residence.area_per_person", cyclic(), "wrong-type", "a cyclic object"),
        ("residence.owner_consent", 1, "wrong-type", "1"),
        ("residence.owner_consent", None, "null-not-allowed", ""),
        ("residence.basis", "rnt", "not-in-enumeration", "rent"),
        ("residence.basis", "\ud800", "wrong-type", "Unicode"),
        ("residence.basis", object(), "wrong-type", "object"),
        ("residence.basis", {"a": 1}, "wrong-type", "record"),
        ("applicant.birth_date", "1990-02-30", "bad-date", "1990-02-30"),
        ("applicant.birth_date", datetime.datetime(1990, 5, 1, 8), "bad-date", "T08:00:00"),
        ("applicant.birth_date", datetime.date(1200, 1, 1), "out-of-bounds", "1200-01-01"),
        ("applicant.groups", ["poor", "poor"], "duplicate", "applicant.groups[2]"),
        ("applicant.groups", [cyclic()], "wrong-type", "applicant.groups[1]"),
        ("applicant.groups", deep(), "wrong-type", "deep"),
    ],
)
def test_what_does_not_fit_is_a_problem(pack: thutuc.Pack, fact: str, value: object, code: str, says: str) -> None:
    told = dotted(NESTED) | {fact: value}
    problems = pack.decide(CODE, told, as_of=DAY, lang="en").problems
    assert [one.code for one in problems] == [code]
    assert says in problems[0].message or says in problems[0].fact
    assert pack.check_fact(CODE, fact, value, lang="en") == problems
    missing = {name: value for name, value in told.items() if name != fact}
    strange = pack.decide(CODE, told, as_of=DAY).to_dict()
    plain = pack.decide(CODE, missing, as_of=DAY).to_dict()
    assert strange.pop("problems") and not plain.pop("problems")
    assert strange == plain


def test_facts_that_are_no_record_are_a_problem(pack: thutuc.Pack) -> None:
    strange: list[Any] = [[], 3, "x", None, Case]
    for facts in strange:
        assert [one.code for one in pack.decide(CODE, facts, as_of=DAY).problems] == ["wrong-type"]


def test_a_dict_that_changes_while_it_is_read_harms_nothing(pack: thutuc.Pack) -> None:
    facts: dict[str, Any] = dotted(NESTED)

    class Hostile(str):
        pass

    class Model:
        def model_dump(self, **options: Any) -> dict[str, Any]:
            facts.clear()
            facts.update({f"x{n}": n for n in range(1000)})
            return {}

    facts["account"] = Model()
    facts["zz"] = Hostile("z")
    assert pack.decide(CODE, facts, as_of=DAY).outcome in ("ask", "refuse", "accept")
