"""The reference workload in Python: dict in, dict out, beside the same rules by hand and, where it is installed, beside ZEN.

    python_host.py BUNDLE CASES [PEERS]

A JSON record a line to stdout; CASES are lines of ``{"asOf", "facts"}``.
"""

import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import thutuc
from hand import decide

PROCEDURE, DAY = "0.000001", "2025-06-02"
ROUNDS = int(os.environ.get("THUTUC_BENCH_ROUNDS", "41"))


@dataclass
class System:
    """What is compared: ``run`` decides ``size`` cases, in every ``every``-th round."""

    name: str
    run: Callable[[], object]
    size: int
    every: int = 1
    by_hand: bool = False


def compare(mode: str, systems: list[System], *, per_second: bool = False) -> None:
    """Times all systems in the same rounds; a record for each."""
    times: list[dict[int, float]] = [{} for _ in systems]
    for system in systems:
        system.run()
    gc.disable()
    for turn in range(ROUNDS):
        for system, measured in zip(systems, times):
            if turn % system.every == 0:
                before = time.perf_counter_ns()
                system.run()
                measured[turn] = (time.perf_counter_ns() - before) / system.size
        gc.collect()
    gc.enable()
    hand = next((measured for system, measured in zip(systems, times) if system.by_hand), None)
    for system, measured in zip(systems, times):
        own = statistics.median(measured.values())
        value = {"unit": "cases/s", "value": round(1e9 / own)} if per_second else {"unit": "ns", "value": float(f"{own:.4g}")}
        ratio = None if hand is None else float(f"{statistics.median(own / hand[turn] for turn, own in measured.items()):.3g}")
        print(json.dumps({"workload": "reference", "host": "python", "mode": mode, "system": system.name, **value, "ratio_to_hand": ratio}))


def zen(folder: Path, cases: list[dict[str, Any]]) -> list[System]:
    """GoRules ZEN, precompiled by its static loader; nothing where it is not installed."""
    try:
        import zen as gorules
    except ImportError:
        print("bench: ZEN for Python cannot be installed: left out", file=sys.stderr)
        return []
    graph = json.loads((folder / "rules" / "zen-full-expr.json").read_text())
    evaluate = gorules.ZenEngine({"loader": {"type": "static", "content": {"k": graph}}}).evaluate
    some = [{**case["facts"], "submitted_at": case["asOf"]} for case in cases[:100]]
    for case, whole in zip(cases, some):
        answer, hand = evaluate("k", whole)["result"], decide(case["facts"], case["asOf"])
        assert [code.lower() for code in answer["reasons"]] == hand["reasons"], answer
        assert (answer["documents"], answer["fee"], answer["deadline"]) == (hand["documents"], hand["fee"], hand["deadline"]), answer
    return [System(f"ZEN {metadata.version('zen-engine')}", lambda: [evaluate("k", whole) for whole in some], len(some), every=4)]


def main(bundle: str, lines: str, peers: str | None = None) -> None:
    cases = [json.loads(line) for line in Path(lines).read_text().splitlines()]
    pack = thutuc.Pack.load(bundle)
    told = [(case["facts"], case["asOf"]) for case in cases]
    for facts, as_of in told:
        verdict, hand = pack.verdict(PROCEDURE, facts, as_of=as_of), decide(facts, as_of)
        assert (verdict["unmet"], verdict["documents"], verdict["fee"]) == (hand["reasons"], hand["documents"], hand["fee"]), verdict
        assert str(verdict["due_on"]) == hand["deadline"], verdict

    by_hand = System("by hand", lambda: [decide(facts, as_of) for facts, as_of in told], len(told), by_hand=True)
    verdict = System("thutuc", lambda: [pack.verdict(PROCEDURE, facts, as_of=as_of) for facts, as_of in told], len(told))
    compare("verdict", [by_hand, verdict, *(zen(Path(peers), cases) if peers else [])])
    decision = System("thutuc", lambda: [pack.decide(PROCEDURE, facts, as_of=as_of) for facts, as_of in told], len(told), every=4)
    compare("decision with its sentences", [by_hand, decision])

    session = pack.session(PROCEDURE, told[0][0], as_of=DAY)
    ages = [(7 * at) % 90 for at in range(1000)]
    # By hand, all is decided again.
    again = System("by hand", lambda: [decide({**told[0][0], "applicant_age": age}, DAY) for age in ages], len(ages), by_hand=True)
    compare("session, one fact changed and read", [again, System("thutuc", lambda: [session.set("applicant_age", age) for age in ages], len(ages))])

    many = [facts for facts, _ in told] * 20
    hand_many = System("by hand", lambda: [decide(facts, DAY) for facts in many], len(many), every=4, by_hand=True)
    thutuc_many = System("thutuc", lambda: pack.verdict_many(PROCEDURE, many, as_of=DAY), len(many), every=4)
    compare("many dicts", [hand_many, thutuc_many], per_second=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
