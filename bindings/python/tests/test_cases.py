"""Every worked case of the rules: the same bytes from Python as from Rust."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path
from typing import Any, Iterator

import pytest
import yaml

import thutuc

from conftest import REPOSITORY, RULES


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each worked case with its name, as keywords of `decide`."""
    for path in sorted(RULES.rglob("*.cases.yaml")):
        file = yaml.safe_load(path.read_text("utf-8"))
        for case in file["list"]:
            facts: dict[str, Any] = {}
            given = case.get("given", [])
            for name in [given] if isinstance(given, str) else given:
                facts |= file["given"][name]
            facts |= case.get("facts", {})
            call = {"procedure": file["cases"], "facts": facts}
            call |= {key: case[key] for key in ("as_of", "received_at", "jurisdiction") if key in case}
            yield f"{path.name}:{case['id']}", call


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


@pytest.fixture(scope="module")
def in_rust() -> dict[str, str]:
    """The decisions of `core` itself on the same cases."""
    names = {"as_of": "asOf", "received_at": "receivedAt"}
    named = list(cases())
    requests = [json.dumps({names.get(key, key): value for key, value in call.items()}, default=as_json) for _, call in named]
    run = ["cargo", "run", "--quiet", "--package", "thutuc", "--example", "decide_lines", "--", str(RULES)]
    done = subprocess.run(run, input="\n".join(requests), capture_output=True, text=True, cwd=REPOSITORY, check=True)
    answers = done.stdout.splitlines()
    assert len(answers) == len(named)
    return {name: answer for (name, _), answer in zip(named, answers)}


def test_there_are_cases_of_every_procedure(pack: thutuc.Pack) -> None:
    assert {call["procedure"] for _, call in cases()} == {procedure.code for procedure in pack.procedures}


@pytest.mark.parametrize(("name", "call"), [pytest.param(name, call, id=name) for name, call in cases()])
def test_a_worked_case(pack: thutuc.Pack, in_rust: dict[str, str], name: str, call: dict[str, Any]) -> None:
    decision = pack.decide(**call)
    assert decision.to_json() == in_rust[name]
    assert decision.to_dict() == json.loads(in_rust[name])
    verdict = pack.verdict(**call)
    assert verdict["outcome"] == decision.outcome
    assert verdict["fee"] == decision.fees.total
    assert verdict["due_on"] == (decision.deadline and decision.deadline.due_on)
    conditions = (*decision.eligibility.conditions, *decision.identity.checks)
    assert verdict["unmet"] == [one.id for one in conditions if one.status == "unmet"]
    assert verdict["undetermined"] == [one.id for one in conditions if one.status == "undetermined"]
    assert verdict["documents"] == [one.id for one in decision.documents if one.status == "required"]
    moment = {key: call[key] for key in call if key not in ("procedure", "facts")}
    session = pack.session(call["procedure"], **moment)
    known = dict(session.verdict())
    for fact, value in call["facts"].items():
        known |= session.set(fact, value)
    assert known == session.verdict() == verdict
    assert session.decide() == decision
