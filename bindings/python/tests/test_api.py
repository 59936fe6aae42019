"""What comes out, and what is raised."""

from __future__ import annotations

import datetime
import json
import pickle
import subprocess
import sys
import threading
import time
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

import thutuc

from conftest import RULES, WORKLOAD

CODE = "1.004222"
DAY = datetime.date(2026, 11, 22)
FACTS = {
    "submission": {"channel": "in_person"},
    "residence": {"basis": "rent", "owner_consent": True, "area_per_person": Decimal("6.5")},
    "applicant": {"birth_date": datetime.date(1990, 5, 1), "groups": []},
    "data": {"population": True, "housing": True},
}


def test_types_of_a_decision(pack: thutuc.Pack) -> None:
    decision = pack.decide(CODE, FACTS, as_of=DAY, lang="en")
    assert (decision.procedure, decision.as_of, decision.outcome) == (CODE, DAY, "refuse")
    assert type(decision.as_of) is datetime.date
    assert type(decision.fees.total) is int and decision.fees.total == 20000
    calculation = decision.fees.items[0].calculation
    assert calculation is not None and calculation.before == Decimal(20000) and type(calculation.before) is Decimal
    assert decision.deadline is not None and type(decision.deadline.due_on) is datetime.date
    assert decision.deadline.skipped[0].date == datetime.date(2026, 11, 24)
    area = next(one for one in decision.eligibility.conditions if one.id == "rent_area")
    assert area.status == "unmet" and area.message is not None and "8 m²" in area.message
    told = {one.fact: one.value for one in area.because}
    assert told == {"residence.basis": "rent", "residence.area_per_person": Decimal("6.5")}
    assert area.citations[0].instrument == "68/2020/QH14"
    assert decision.pack == thutuc.Pack.load(RULES).decide(CODE, {}, as_of=DAY).pack
    assert decision.pack.hash == pack.hash and len(pack.hash) == 64


def test_hours_are_a_datetime(pack: thutuc.Pack) -> None:
    moment = datetime.datetime(2026, 11, 20, 16, 30)
    decisions = [pack.decide(one.code, {}, as_of=DAY, received_at=moment) for one in pack.procedures]
    due = [one.deadline.due_at for one in decisions if one.deadline and one.deadline.due_at]
    assert all(type(one) is datetime.datetime for one in due)
    zoned = moment.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
    utc = zoned.astimezone(datetime.timezone.utc)
    for told in (zoned, utc, moment.isoformat(), "2026-11-20T16:30"):
        assert [pack.decide(one.code, {}, as_of=DAY, received_at=told) for one in pack.procedures] == decisions


def test_the_steps_of_a_linked_service(pack: thutuc.Pack) -> None:
    facts = json.loads((RULES.parent / "bindings/cli/demo/linked_birth.json").read_text("utf-8"))
    decision = pack.decide("2.000986", facts, as_of=datetime.date(2027, 2, 3), received_at=datetime.datetime(2027, 2, 3, 15, 30))
    birth, residence, _, card = decision.linked
    assert (birth.outcome, birth.procedure, birth.after) == ("accept", "1.001193", ())
    assert birth.limit is not None and birth.limit.due_at == datetime.datetime(2027, 2, 12, 8, 0)
    assert residence.after == ("birth",) and residence.documents == ("declaration", "residence_kinship")
    assert residence.limit is not None and residence.limit.due_on == datetime.date(2027, 2, 16)
    assert card.limit is not None and card.limit.message is not None
    assert pack.decide("1.001193", {}, as_of=datetime.date(2026, 11, 23)).linked == ()


def test_a_case_asks_for_what_it_needs(pack: thutuc.Pack) -> None:
    decision = pack.decide(CODE, {}, as_of=DAY)
    assert decision.outcome == "ask" and decision.next == decision.missing[0].fact
    assert all(isinstance(one.needed_by, tuple) and isinstance(one.now, bool) for one in decision.missing)


def test_json_dict_equality_pickle(pack: thutuc.Pack) -> None:
    decision = pack.decide(CODE, FACTS, as_of=DAY, lang="en")
    assert decision.to_dict() == json.loads(decision.to_json())
    assert list(decision.to_dict())[:2] == ["procedure", "asOf"]
    again = pickle.loads(pickle.dumps(decision))
    assert again == decision and hash(again) == hash(decision) and again.fees == decision.fees
    assert again != pack.decide(CODE, {}, as_of=DAY)
    assert thutuc.Decision.from_json(decision.to_json()).outcome == "refuse"
    with pytest.raises(thutuc.RequestError) as caught:
        thutuc.Decision.from_json("{")
    assert caught.value.problem["code"] == "unreadable-request"
    other = pickle.loads(pickle.dumps(pack))
    assert other.hash == pack.hash and other.decide(CODE, FACTS, as_of=DAY, lang="en") == decision


def test_parts_show_themselves(pack: thutuc.Pack) -> None:
    decision = pack.decide(CODE, FACTS, as_of=DAY)
    assert repr(decision) == "<Decision '1.004222' as of 2026-11-22: 'refuse', fee=20000, due_on=2026-12-02, next=None>"
    assert repr(decision.documents[0].copies) == "Copies(original=1, copy=0)"
    assert repr(thutuc.MISSING) == "thutuc.MISSING" and not thutuc.MISSING and pickle.loads(pickle.dumps(thutuc.MISSING)) is thutuc.MISSING
    match decision.deadline:
        case thutuc.Deadline(id, "determined"):
            assert id == "standard"
        case _:
            pytest.fail("a deadline is taken apart by position")
    with pytest.raises(AttributeError):
        decision.outcome = "accept"  # type: ignore[misc]


class Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_notebook_shows_a_table(pack: thutuc.Pack) -> None:
    facts = FACTS | {"<script>alert(1)</script>": 1}
    for lang, words in (("vi", ["Điều kiện", "từ chối", "20.000 đ"]), ("en", ["Conditions", "refuse", "20,000 VND"])):
        html = pack.decide(CODE, facts, as_of=DAY, lang=lang)._repr_html_()  # type: ignore[arg-type]
        parser = Balanced()
        parser.feed(html)
        assert not parser.open and "table" in parser.tags and "script" not in parser.tags
        assert all(word in html for word in words)


def test_procedures_and_facts(pack: thutuc.Pack) -> None:
    assert len(pack.procedures) == 19 and "ha_noi" in pack.jurisdictions
    procedure = pack.procedure(CODE, lang="en")
    assert procedure.name == "Permanent residence registration" and procedure.last_day is None
    facts = {fact.name: fact for fact in pack.facts(CODE, lang="en")}
    basis = facts["residence.basis"]
    assert basis.type_ == "enum" and basis.values and basis.values[0][0] == "own"
    assert facts["applicant.birth_date"].type_ == "date"
    assert type(facts["applicant.birth_date"].min) is datetime.date
    assert type(facts["residence.area_per_person"].min) is Decimal
    assert pack.check_fact(CODE, "residence.basis", "rent") == ()


def test_many_is_many_singles(pack: thutuc.Pack) -> None:
    cases = [{**FACTS, "residence": {"basis": "rent", "area_per_person": area}} for area in range(700)]
    decisions = pack.decide_many(CODE, iter(cases), as_of=DAY)
    verdicts = pack.verdict_many(CODE, cases, as_of=DAY)
    assert len(decisions) == len(verdicts) == 700
    for case, decision, verdict in zip(cases, decisions, verdicts):
        assert decision == pack.decide(CODE, case, as_of=DAY)
        assert verdict == pack.verdict(CODE, case, as_of=DAY)
    assert pack.decide_many(CODE, [], as_of=DAY) == []
    with pytest.raises(ZeroDivisionError):
        pack.verdict_many(CODE, ({} for n in (1, 0) if 1 / n), as_of=DAY)


def test_a_session_tells_what_changed(pack: thutuc.Pack) -> None:
    session = pack.session(CODE, FACTS, as_of=DAY, lang="en")
    assert session.verdict() == pack.verdict(CODE, FACTS, as_of=DAY)
    assert session.set("residence.area_per_person", 9) == {"outcome": "accept", "unmet": []}
    assert session.set("residence.area_per_person", 9.5) == {}
    assert session.set("residence.area_per_person", 6)["unmet"] == ["rent_area"]
    problems = session.set("residence.area_per_person", "x")["problems"]
    assert [one.code for one in problems] == ["wrong-type"]
    assert session.unset("residence.area_per_person")["problems"] == []
    without = {**FACTS, "residence": {"basis": "rent", "owner_consent": True}}
    assert session.decide() == pack.decide(CODE, without, as_of=DAY, lang="en")


def test_a_bundle_is_the_same_pack(pack: thutuc.Pack, tmp_path: Path) -> None:
    bundle = pack.to_bytes()
    (tmp_path / "pack.thutuc").write_bytes(bundle)
    for other in (thutuc.Pack.from_bytes(bundle), thutuc.Pack.load(tmp_path / "pack.thutuc"), thutuc.Pack.load(str(RULES))):
        assert other.decide(CODE, FACTS, as_of=DAY) == pack.decide(CODE, FACTS, as_of=DAY)
    for damaged, code in ((b"PK", "not-a-bundle"), (bundle[:-9], "damaged-bundle"), (b"thutuc\x63\x00" + bundle[8:], "other-format")):
        with pytest.raises(thutuc.BundleError) as caught:
            thutuc.Pack.from_bytes(damaged)
        assert caught.value.problem["code"] == code and caught.value.problem["status"] == 422


def test_folders_are_read_as_by_every_host(pack: thutuc.Pack, tmp_path: Path) -> None:
    for file in RULES.rglob("*.yaml"):
        copy = tmp_path / file.relative_to(RULES).with_suffix(".yml" if file.name == "marriage.yaml" else ".yaml")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    (tmp_path / ".draft").mkdir()
    (tmp_path / ".draft" / "broken.yaml").write_text("procedure: [")
    assert thutuc.Pack.load(tmp_path).hash == pack.hash


def test_rules_with_errors_are_told_with_diagnostics(tmp_path: Path) -> None:
    for file in WORKLOAD.rglob("*.yaml"):
        copy = tmp_path / file.relative_to(WORKLOAD)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(file.read_text("utf-8").replace('residence_basis = "rent"', 'residence_bass = "rent"'), "utf-8")
    with pytest.raises(thutuc.RulesError) as caught:
        thutuc.Pack.load(tmp_path)
    assert caught.value.problem["code"] == "bad-rules"
    assert "did you mean `residence_basis`?" in caught.value.diagnostics[0]
    assert "--> registration.yaml:" in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problem == caught.value.problem and again.diagnostics == caught.value.diagnostics


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        ({"procedure": "1.004223"}, "unknown-procedure", 404),
        ({"jurisdiction": "atlantis"}, "unknown-jurisdiction", 404),
        ({"lang": "fr"}, "unknown-language", 400),
        ({"as_of": "2026-13-01"}, "bad-date", 400),
        ({"as_of": 20261122}, "wrong-argument", 400),
        ({"received_at": "noon"}, "bad-date", 400),
        ({"received_at": 8}, "wrong-argument", 400),
        ({"as_of": datetime.date(1900, 1, 1)}, "not-in-force", 422),
    ],
)
def test_a_request_that_cannot_be_decided(pack: thutuc.Pack, change: dict[str, object], code: str, status: int) -> None:
    call = {"procedure": CODE, "facts": {}, "as_of": DAY} | change
    for method in (pack.decide, pack.verdict, pack.session):
        with pytest.raises(thutuc.RequestError) as caught:
            method(**call)  # type: ignore[arg-type]
        problem = caught.value.problem
        assert (problem["code"], problem["status"]) == (code, status)
        assert str(caught.value) == problem["detail"] and problem["type"].endswith(code)
        assert isinstance(caught.value, thutuc.ThutucError)
    if code == "unknown-procedure":
        assert caught.value.problem["near"] == CODE


def test_files_that_cannot_be_read_are_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        thutuc.Pack.load(tmp_path / "none")
    with pytest.raises(thutuc.RequestError):
        thutuc.Pack.load(tmp_path)


def test_an_exception_of_the_caller_comes_through(pack: thutuc.Pack) -> None:
    class Broken:
        def model_dump(self, **options: object) -> dict[str, object]:
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        pack.decide(CODE, Broken(), as_of=DAY)
    assert pack.decide(CODE, FACTS, as_of=DAY).outcome == "refuse"


def test_the_interpreter_lock_is_released(pack: thutuc.Pack) -> None:
    """While one thread decides, another one runs: it is seen to count between two batches of one call."""
    counted, stop = 0, threading.Event()

    def count() -> None:
        nonlocal counted
        while not stop.is_set():
            counted += 1
            time.sleep(0)

    cases = [FACTS] * 4096
    sys.setswitchinterval(1000)  # nobody is made to give the lock away
    thread = threading.Thread(target=count)
    try:
        thread.start()
        before = counted
        pack.decide_many(CODE, cases, as_of=DAY)
        during = counted - before
    finally:
        stop.set()
        sys.setswitchinterval(0.005)
        thread.join()
    assert during > 0


def test_threads_share_a_pack(pack: thutuc.Pack) -> None:
    expected = pack.decide(CODE, FACTS, as_of=DAY)
    wrong: list[object] = []

    def work() -> None:
        for _ in range(200):
            if pack.decide(CODE, FACTS, as_of=DAY) != expected or pack.verdict(CODE, FACTS, as_of=DAY)["fee"] != 20000:
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_types_are_those_of_the_extension(tmp_path: Path) -> None:
    """A class or an attribute that the extension has and the stubs lack, or the other way round, fails here."""
    allowed = tmp_path / "allowed"
    # Aliases of `Literal` and of unions in quotes, which stubtest takes for unions; a name of type checking alone.
    aliases = [
        "thutuc\\._thutuc\\.__all__",
        "thutuc\\.(types|_wire)\\.(.*Status|.*Type|.*Kind|.*Form|.*Outcome|Cases|Confidence|Lang|OnlineService|Overall|PromisedPart)",
        "thutuc\\.simulation\\.(Parameter|Reform)",
        "thutuc\\.spark\\.pa",
        "thutuc\\._polars\\.pl",
    ]
    allowed.write_text("\n".join(aliases), "utf-8")
    # Optional libraries have no types of their own, or are not there.
    config = tmp_path / "mypy.ini"
    config.write_text("[mypy]\nignore_missing_imports = true\n", "utf-8")
    options = ["--allowlist", str(allowed), "--ignore-unused-allowlist", "--mypy-config-file", str(config)]
    stubtest = [sys.executable, "-m", "mypy.stubtest", "thutuc", *options]
    done = subprocess.run(stubtest, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_tests_are_well_typed() -> None:
    here = Path(__file__).parent
    mypy = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", "/dev/null", *map(str, sorted(here.glob("*.py")))]
    done = subprocess.run(mypy, cwd=here, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
