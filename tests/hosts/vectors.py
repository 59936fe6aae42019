"""Every vector through the Python package: `vectors.py BUNDLES`, where the bundles of the packs are."""

from __future__ import annotations

import collections
import datetime
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, Callable, Iterator

import thutuc

REPOSITORY = Path(__file__).resolve().parents[2]
KINDS = ("decide", "verdict", "check", "session", "enforce", "promise", "steps", "levels", "load")
HAS = {"decimals"}
CYCLE = object()


def vectors() -> Iterator[tuple[str, str, dict[str, Any], Callable[[Any], Any]]]:
    """Each vector with its name, its pack, and what puts the parts in place of their names."""
    for part in ("cases", "edges"):
        for path in sorted((REPOSITORY / "tests/vectors" / part).glob("*.json")):
            file = json.loads(path.read_text("utf-8"), parse_float=number)
            for vector in file["vectors"]:
                yield f"{part}/{path.stem} {vector['id']}", file["pack"], vector, expander(file["parts"])


def number(text: str) -> float | Decimal:
    """A float where it has the same text, else the exact number."""
    return float(text) if repr(float(text)) == text else Decimal(text)


def expander(parts: dict[str, Any]) -> Callable[[Any], Any]:
    def whole(value: Any) -> Any:
        if isinstance(value, str):
            return whole(parts[value[1:]]) if value.startswith("@") and value[1:] in parts else value
        if isinstance(value, list):
            return [whole(item) for item in value]
        return {name: whole(member) for name, member in value.items()} if isinstance(value, dict) else value

    return whole


def told(value: Any) -> Any:
    """A value of a vector as a caller tells it: what is foreign as itself."""
    if isinstance(value, dict):
        if "$foreign" in value:
            return CYCLE if value["$foreign"] == "a cyclic object" else float(value["$foreign"])
        return {name: told(member) for name, member in value.items()}
    if isinstance(value, list):
        items = [told(item) for item in value]
        items[:] = [items if item is CYCLE else item for item in items]
        return items
    return value


def keywords(call: dict[str, Any]) -> dict[str, Any]:
    names = {"asOf": "as_of", "receivedAt": "received_at", "jurisdiction": "jurisdiction", "lang": "lang"}
    return {of: call[name] for name, of in names.items() if name in call}


def plain(value: Any) -> Any:
    """A verdict, or what changed in one, as JSON has it; another type than it promises is told."""
    of = {"due_on": "dueOn"}
    types = {"outcome": str, "unmet": list, "undetermined": list, "documents": list, "fee": int, "due_on": datetime.date, "provisional": bool, "problems": list}
    for name, member in value.items():
        assert member is None or type(member) is types[name], f"{name} is {member!r}"
    return {of.get(name, name): in_json(member) for name, member in value.items()}


def in_json(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, thutuc.FactProblem):
        return {"fact": value.fact, "code": value.code, "message": value.message}
    return [in_json(item) for item in value] if isinstance(value, (list, tuple)) else value


def text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Host:
    def __init__(self, bundles: Path) -> None:
        self.bundles = {name: (bundles / f"{name}.bundle").read_bytes() for name in ("rules", "edges")}
        # One from its folder of rule files, one from its bundle: the hash says that they are the same.
        self.packs = {"rules": thutuc.Pack.load(REPOSITORY / "rules"), "edges": thutuc.Pack.from_bytes(self.bundles["edges"])}

    def decide(self, call: dict[str, Any], pack: str) -> str:
        decision = self.packs[pack].decide(call["procedure"], told(call["facts"]), **keywords(call))
        assert self.packs[pack].decide_many(call["procedure"], [told(call["facts"])], **keywords(call)) == [decision]
        return decision.to_json()

    def verdict(self, call: dict[str, Any], pack: str) -> str:
        verdict = self.packs[pack].verdict(call["procedure"], told(call["facts"]), **keywords(call))
        assert self.packs[pack].verdict_many(call["procedure"], [told(call["facts"])], **keywords(call)) == [verdict]
        return text(plain(verdict))

    def check(self, call: dict[str, Any], pack: str) -> str:
        return text(in_json(self.packs[pack].check_fact(call["procedure"], call["fact"], told(call["value"]), **keywords(call))))

    def steps(self, call: dict[str, Any], pack: str) -> str:
        asked = {name: call[name] for name in ("now", "cuts") if name in call}
        return text(self.packs[pack].steps(call["procedure"], told(call["facts"]), **keywords(call), **asked))

    def levels(self, call: dict[str, Any], pack: str) -> str:
        if "procedure" not in call:
            return text(self.packs[pack].levels(**keywords(call)))
        level = self.packs[pack].level(call["procedure"], told(call.get("facts", {})), **keywords(call))
        return text([] if level is None else [level])

    def session(self, call: dict[str, Any], pack: str) -> str:
        session = self.packs[pack].session(call["procedure"], **keywords(call))
        opened = session.verdict()
        steps = []
        for step in call["steps"]:
            if "at" in step:
                changes = session.at(**keywords(step["at"]))
            else:
                changes = session.set(step["set"][0], told(step["set"][1])) if "set" in step else session.unset(step["unset"])
            told_wrong = [problem.fact for problem in session.verdict().get("problems", [])]
            fits = "set" not in step or not any(fact.split("[")[0] == step["set"][0] for fact in told_wrong)
            steps.append({"fits": fits, "changes": plain(changes)})
        answer = text({"opened": plain(opened), "steps": steps, "verdict": plain(session.verdict())})
        return f'{answer[:-1]},"decision":{session.decide().to_json()}}}'

    def load(self, call: dict[str, Any], pack: str) -> str:
        made = bytearray(bytes(call["bytes"]) if "bytes" in call else self.bundles[pack][: call.get("keep")])
        for at, byte in call.get("set", []):
            made[at] = byte
        loaded = thutuc.Pack.from_bytes(bytes(made), **keywords(call))
        return text({"id": loaded.id, "version": loaded.version, "hash": loaded.hash, "jurisdictions": list(loaded.jurisdictions)})


def differing(host: Host, kind: str, call: Any, pack: str, vector: dict[str, Any], whole: Callable[[Any], Any]) -> str | None:
    refused = "refuses" in vector
    expected = text(whole(vector["refuses" if refused else "gives"]))
    try:
        answer = getattr(host, kind)(call, pack)
    except thutuc.ThutucError as error:
        answer = text(error.problem)
        if not refused:
            return f"refused: {answer}"
    else:
        if refused:
            return f"a refusal was expected, not {answer}"
    if answer == expected:
        return None
    return first(json.loads(expected), json.loads(answer)) or f"the texts differ\n      expected {expected}\n      found    {answer}"


def first(expected: Any, found: Any, path: str = "") -> str | None:
    """The first place where a JSON value is not the expected one."""
    if isinstance(expected, dict) and isinstance(found, dict) and list(expected) == list(found):
        return next(filter(None, (first(expected[name], found[name], f"{path}.{name}") for name in expected)), None)
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return next(filter(None, (first(*pair, f"{path}[{at}]") for at, pair in enumerate(zip(expected, found)))), None)
    return None if expected == found else f"{path.strip('.')}\n      expected {text(expected)}\n      found    {text(found)}"


def main() -> int:
    host = Host(Path(sys.argv[1]))
    equal, lacking, wrong = 0, collections.Counter[str](), []
    for name, pack, vector, whole in vectors():
        kind = next(kind for kind in KINDS if kind in vector)
        lacks = [need for need in vector.get("needs", []) if need not in HAS] if hasattr(host, kind) else [kind]
        if lacks:
            lacking[lacks[0]] += 1
            continue
        try:
            difference = differing(host, kind, whole(vector[kind]), pack, vector, whole)
        except Exception as error:  # What is no `ThutucError` is a fault, and the others are still to be run.
            difference = f"{type(error).__name__}: {error}"
        if difference is None:
            equal += 1
        else:
            wrong.append(f"{name} ({vector['note']})\n    {difference}")
    if wrong:
        print(f"{len(wrong)} vectors differ\n\n" + "\n".join(wrong), file=sys.stderr)
    without = ", ".join(f"{count} {what}" for what, count in lacking.items())
    print(f"vectors: {equal} equal (python)" + (f", without a way to: {without}" if without else ""))
    return 1 if wrong or equal < 400 else 0


if __name__ == "__main__":
    sys.exit(main())
