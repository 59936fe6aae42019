"""Tables in Python: thutuc beside numpy and polars by hand, on the reference workload, and Spark beside one machine.

    python_columns.py [--rows 1000000] [--rounds 5] [--rust COMMAND] [--spark] [--openfisca]

A JSON record a line to stdout, `{workload, host, mode, system, unit, value, ratio_to_hand}`: cases a second, the median of the
rounds, and the time in that of numpy by hand. All systems answer the same before one is timed. With `--rust`, the command that runs
the columns in Rust at the pace of its input, Rust and Python decide in turn, and records say which share of Rust's figure is left.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# polars counts its threads once, when it is imported.
THREADS = int(os.environ.get("POLARS_MAX_THREADS", "1"))
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import numpy as np
import polars as pl
import pyarrow as pa

import thutuc

FULL = "columns: outcome, 6 conditions, 6 documents, fee, day"
ROOT = Path(__file__).resolve().parents[1]
CODE = "0.000001"
CHANNELS = ["online", "in_person", "post"]
BASES = ["own", "rent", "family", "institution"]
GROUPS = ["none", "child", "elderly", "poor", "disabled", "merit"]
CONDITIONS = ["rent_no_consent", "rent_area_too_small", "family_no_consent", "minor_without_parent", "eid_level_too_low", "eid_locked"]
DOCUMENTS = ["ct01_form", "ownership_proof", "rental_contract", "kinship_proof", "institution_certificate", "exemption_proof"]
FIRST_DAY = np.datetime64("2022-09-01")
HOLIDAYS = np.array(
    "2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-04-07 2025-04-30 2025-05-01 2025-05-02 2025-06-13 "
    "2025-09-01 2025-09-02 2025-11-14 2025-12-24".split(),
    dtype="datetime64[D]",
)


def cases(rows: int) -> pl.DataFrame:
    """The cases as an analyst has them: categories, days, small integers, one float, a column of bits."""
    random = np.random.default_rng(42)
    draw = lambda below: random.integers(0, below, rows)  # noqa: E731
    category = lambda names: pl.Series(np.array(names)[draw(len(names))]).cast(pl.Enum(names))  # noqa: E731
    return pl.DataFrame(
        {
            "submitted_at": FIRST_DAY + draw(1218),
            "channel": category(CHANNELS),
            "applicant_age": draw(90).astype(np.uint8),
            "residence_basis": category(BASES),
            "floor_area_per_person": (40 + draw(200)) / 10,
            "owner_consent": draw(4) != 0,
            "minor_with_parent": draw(4) != 0,
            "eid_level": np.array([0, 1, 2, 2, 2], dtype=np.uint8)[draw(5)],
            "eid_locked": draw(10) == 0,
            "exempt_group": pl.Series(np.array(["none"] * 5 + GROUPS[1:])[draw(10)]).cast(pl.Enum(GROUPS)),
            "documents_in_database": draw(64).astype(np.uint8),
        }
    )


def decided(pack: thutuc.Pack, cases: Any, threads: int) -> Any:
    """Outcome, each condition, each document, the fee, the day: the whole of the workload."""
    columns = ["outcome", *(f"eligibility.{one}" for one in CONDITIONS), *(f"documents.{one}" for one in DOCUMENTS), "fee_total", "due"]
    return pack.decide_batch(CODE, cases, as_of="submitted_at", columns=columns, mapping={"submitted_at": None}, threads=threads, progress=False)


def thutuc_columns(pack: thutuc.Pack, frame: pl.DataFrame, threads: int) -> pl.DataFrame:
    """As a frame of polars, each column of codes an `Enum`."""
    made: pl.DataFrame = decided(pack, frame, threads).to_polars()
    return made


def ours(pack: thutuc.Pack, frame: pl.DataFrame, threads: int) -> dict[str, Callable[[], object]]:
    """To a table of pyarrow, and to a frame of polars, which has no way to take codes as its `Enum` without looking at each."""
    return {"thutuc": lambda: pa.table(decided(pack, frame, threads)), "thutuc, a frame of polars": lambda: thutuc_columns(pack, frame, threads)}


def numpy_by_hand(frame: pl.DataFrame) -> tuple[Any, ...]:
    """The same in numpy: masks for conditions and documents, `select` for the fee, `busday_offset` for the day."""
    channel, basis, group = (frame[name].to_physical().to_numpy() for name in ("channel", "residence_basis", "exempt_group"))
    day = frame["submitted_at"].to_numpy().astype("datetime64[D]")
    age, area, level, held = (frame[name].to_numpy() for name in ("applicant_age", "floor_area_per_person", "eid_level", "documents_in_database"))
    consent, parent, locked = (frame[name].to_numpy() for name in ("owner_consent", "minor_with_parent", "eid_locked"))
    online, rent, family, minor = channel == 0, basis == 1, basis == 2, age < 18
    failed = [rent & ~consent, rent & (area < 8), family & ~consent, minor & ~parent, online & (level < 2), online & locked]
    needed = [~online, basis == 0, rent, family | minor, basis == 3, group >= 3]
    reasons = np.zeros(len(day), dtype=np.uint8)
    documents = np.zeros(len(day), dtype=np.uint8)
    for bit, (fails, needs) in enumerate(zip(failed, needed, strict=True)):
        reasons |= fails.astype(np.uint8) << np.uint8(bit)
        documents |= needs.astype(np.uint8) << np.uint8(bit)
    documents &= ~held
    early, before = day < np.datetime64("2023-02-05"), day < np.datetime64("2025-07-01")
    first = np.select([group >= 3, group == 1], [0, 5_000], np.array([7_500, 15_000, 18_000])[channel])
    later = np.where(before, np.array([10_000, 20_000, 20_000])[channel], np.array([5_000, 20_000, 22_000])[channel])
    fee = np.where(early, first, np.where(group == 0, later, 0))
    due = np.busday_offset(day, 7, roll="backward", holidays=HOLIDAYS)
    return reasons == 0, reasons, documents, fee, due


def polars_by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """The same in polars."""
    channel, basis, group, day = pl.col("channel"), pl.col("residence_basis"), pl.col("exempt_group"), pl.col("submitted_at")
    online, rent, family, minor = channel == "online", basis == "rent", basis == "family", pl.col("applicant_age") < 18
    consent, held = pl.col("owner_consent"), pl.col("documents_in_database")
    failed = [
        rent & ~consent,
        rent & (pl.col("floor_area_per_person") < 8),
        family & ~consent,
        minor & ~pl.col("minor_with_parent"),
        online & (pl.col("eid_level") < 2),
        online & pl.col("eid_locked"),
    ]
    exempt = group.is_in(["poor", "disabled", "merit"])
    needed = [~online, basis == "own", rent, family | minor, basis == "institution", exempt]
    early, before = day < pl.date(2023, 2, 5), day < pl.date(2025, 7, 1)
    by_channel = lambda one, two, three: pl.when(online).then(one).when(channel == "in_person").then(two).otherwise(three)  # noqa: E731
    first = pl.when(exempt).then(0).when(group == "child").then(5_000).otherwise(by_channel(7_500, 15_000, 18_000))
    later = pl.when(before).then(by_channel(10_000, 20_000, 20_000)).otherwise(by_channel(5_000, 20_000, 22_000))
    fee = pl.when(early).then(first).when(group == "none").then(later).otherwise(0)
    return frame.lazy().select(
        *(fails.alias(name) for name, fails in zip(CONDITIONS, failed, strict=True)),
        *((needs & (held & (1 << bit) == 0)).alias(name) for bit, (name, needs) in enumerate(zip(DOCUMENTS, needed, strict=True))),
        fee.alias("fee"),
        day.dt.add_business_days(7, holidays=HOLIDAYS.tolist(), roll="backward").alias("due"),
    ).collect()


def same(pack: thutuc.Pack, frame: pl.DataFrame) -> None:
    """Raises if one system says something else than the others."""
    decided = thutuc_columns(pack, frame, 1)
    eligible, reasons, documents, fee, due = numpy_by_hand(frame)
    by_polars = polars_by_hand(frame)
    for bit, (condition, document) in enumerate(zip(CONDITIONS, DOCUMENTS, strict=True)):
        fails = (decided[f"eligibility.{condition}"] == "unmet").to_numpy()
        needs = (decided[f"documents.{document}"] == "required").to_numpy()
        assert (fails == (reasons >> bit & 1)).all() and (fails == by_polars[condition].to_numpy()).all(), condition
        assert (needs == (documents >> bit & 1)).all() and (needs == by_polars[document].to_numpy()).all(), document
    assert ((decided["outcome"] != "refuse").to_numpy() == eligible).all()
    assert (decided["fee_total"].to_numpy() == fee).all() and (by_polars["fee"].to_numpy() == fee).all()
    assert (decided["due"].to_numpy() == due).all() and (by_polars["due"].to_numpy() == due).all()


def compare(mode: str, rows: int, rounds: int, systems: dict[str, Callable[[], object]], by_hand: float | None = None) -> dict[str, float]:
    """Times all systems in the same rounds and tells a record of each; cases a second, the medians."""
    times: dict[str, list[float]] = {system: [] for system in systems}
    for run in systems.values():
        run()
    for _ in range(rounds):
        for system, run in systems.items():
            begun = time.perf_counter()
            run()
            times[system].append(time.perf_counter() - begun)
    rates = {system: rows / statistics.median(measured) for system, measured in times.items()}
    hand = by_hand or rates.get("numpy by hand")
    for system, rate in rates.items():
        tell(mode, system, "cases/s", round(rate), None if hand is None else hand / rate)
    return rates


def tell(mode: str, system: str, unit: str, value: float, to_hand: float | None = None) -> None:
    """A record; `to_hand` is a ratio of times."""
    ratio = None if to_hand is None else float(f"{to_hand:.3g}")
    print(json.dumps({"workload": "reference", "host": "python", "mode": mode, "system": system, "unit": unit, "value": value, "ratio_to_hand": ratio}))


def shares(command: str, rows: int, rounds: int, systems: dict[str, Callable[[], object]]) -> None:
    """Tells which share of the figure in Rust each system has: the median of rounds in which Rust and all systems run in turn.

    On one core where the machine allows it: what else it does then slows both.
    """
    if hasattr(os, "sched_setaffinity"):
        everywhere = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(everywhere)})
    with subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as rust:
        assert rust.stdin is not None and rust.stdout is not None

        def in_rust() -> float:
            rust.stdin.write("\n")
            said = rust.stdout.readline()
            if not said:
                raise SystemExit(f"{command} does not say how long it takes")
            # Picoseconds.
            return int(said) / 1_000

        in_rust()
        measured: dict[str, list[float]] = {system: [] for system in systems}
        for _ in range(rounds):
            for system, run in systems.items():
                ours = in_rust()
                begun = time.perf_counter()
                run()
                took = (time.perf_counter() - begun) / rows * 1e9
                measured[system].append((ours + in_rust()) / 2 / took)
        rust.stdin.close()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, everywhere)
    for system, ratios in measured.items():
        tell("columns: share of the figure in Rust, 1 thread", system, "x", float(f"{statistics.median(ratios):.3g}"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rust", metavar="COMMAND")
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--openfisca", action="store_true")
    options = parser.parse_args()
    pack = thutuc.Pack.load(ROOT / "tests" / "workload" / "rules")
    frame = cases(options.rows)
    same(pack, frame.head(100_000))
    one = {
        "numpy by hand": lambda: numpy_by_hand(frame),
        f"polars by hand{'' if THREADS == 1 else f', {THREADS} threads'}": lambda: polars_by_hand(frame),
        **ours(pack, frame, 1),
    }
    if options.openfisca:
        from peers import openfisca

        one |= openfisca.systems(frame, numpy_by_hand(frame))
    rates = compare(f"{FULL}, 1 thread", options.rows, options.rounds, one)
    hand = rates["numpy by hand"]
    compare(f"{FULL}, 2 threads", options.rows, options.rounds, ours(pack, frame, 2), hand)
    if options.rust:
        shares(options.rust, options.rows, options.rounds * 3, ours(pack, frame, 1))
    if options.spark:
        import spark_columns

        spark_columns.measure(pack, frame, options.rounds, compare, tell)


if __name__ == "__main__":
    main()
