"""OpenFisca-Core on the reference workload: arrays in and out. It has no lists (masks stand for them), no table of first hits and no
working days of its own (numpy's, in the formula), and its dates are periods: the day of submission is a column."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import metadata
from typing import Any

import numpy as np

PERIOD = "2025-01"
FIRST, SECOND = np.datetime64("2023-02-05"), np.datetime64("2025-07-01")


def systems(frame: Any, by_hand: tuple[Any, ...]) -> dict[str, Callable[[], object]]:
    """What is timed, after its answers were held to those by hand; nothing where it is not installed."""
    try:
        from openfisca_core import entities, indexed_enums, periods, simulation_builder, taxbenefitsystems, variables
    except ImportError:
        print("bench: OpenFisca cannot be installed: left out", file=sys.stderr)
        return {}
    import datetime

    from python_columns import BASES, CHANNELS, GROUPS, HOLIDAYS

    person_entity = entities.Entity("person", "persons", "", "")
    enum = lambda name, values: indexed_enums.Enum(name, {value: value for value in values})  # noqa: E731
    channels, bases, groups = enum("Channel", CHANNELS), enum("Basis", BASES), enum("Group", GROUPS)

    def variable(name: str, of: type, formula: Callable[..., Any] | None = None, values: Any = None) -> type:
        members = {"value_type": of, "entity": person_entity, "definition_period": periods.DateUnit.MONTH, "label": name}
        if values is not None:
            members |= {"possible_values": values, "default_value": next(iter(values))}
        if formula is not None:
            members["formula"] = formula
        return type(name, (variables.Variable,), members)

    def reasons(person: Any, period: Any) -> Any:
        told = lambda name: person(name, period)  # noqa: E731
        basis, online = told("residence_basis"), told("channel") == channels.online
        rent, without = basis == bases.rent, ~told("owner_consent")
        failed = [
            rent * without,
            rent * (told("floor_area_per_person") < 8),
            (basis == bases.family) * without,
            (told("applicant_age") < 18) * ~told("minor_with_parent"),
            online * (told("eid_level") < 2),
            online * told("eid_locked"),
        ]
        return sum(fails.astype(np.int32) << bit for bit, fails in enumerate(failed))

    def documents(person: Any, period: Any) -> Any:
        told = lambda name: person(name, period)  # noqa: E731
        basis, group = told("residence_basis"), told("exempt_group")
        needed = [
            told("channel") != channels.online,
            basis == bases.own,
            basis == bases.rent,
            (basis == bases.family) + (told("applicant_age") < 18),
            basis == bases.institution,
            (group == groups.poor) + (group == groups.disabled) + (group == groups.merit),
        ]
        return sum(needs.astype(np.int32) << bit for bit, needs in enumerate(needed)) & ~told("documents_in_database")

    def fee(person: Any, period: Any) -> Any:
        told = lambda name: person(name, period)  # noqa: E731
        channel, group, day = told("channel"), told("exempt_group"), told("submitted_at")
        before, late, online, in_person = day < FIRST, day >= SECOND, channel == channels.online, channel == channels.in_person
        proof = (group == groups.poor) + (group == groups.disabled) + (group == groups.merit)
        cases = [before * proof, before * (group == groups.child), before * online, before * in_person, before, group != groups.none]
        cases += [~late * online, ~late, online, in_person]
        return np.select(cases, [0, 5_000, 7_500, 15_000, 18_000, 0, 10_000, 20_000, 5_000, 20_000], 22_000)

    def due(person: Any, period: Any) -> Any:
        return np.busday_offset(person("submitted_at", period).astype("datetime64[D]"), 7, roll="backward", holidays=HOLIDAYS)

    rules = taxbenefitsystems.TaxBenefitSystem([person_entity])
    kinds = {"owner_consent": bool, "minor_with_parent": bool, "eid_locked": bool, "floor_area_per_person": float, "submitted_at": datetime.date}
    lists = {"channel": channels, "residence_basis": bases, "exempt_group": groups}
    given: dict[str, Any] = {}
    for name in frame.columns:
        if name in lists:
            rules.add_variable(variable(name, indexed_enums.Enum, values=lists[name]))
            given[name] = indexed_enums.EnumArray(frame[name].to_physical().to_numpy().astype(np.uint8), lists[name])
        else:
            rules.add_variable(variable(name, kinds.get(name, int)))
            cells = frame[name].to_numpy()
            given[name] = cells.astype("datetime64[D]") if name == "submitted_at" else cells.astype(np.int32) if name not in kinds else cells
    for name, of, formula in (("reasons", int, reasons), ("documents", int, documents), ("fee", int, fee), ("due", datetime.date, due)):
        rules.add_variable(variable(name, of, formula))

    def run() -> dict[str, Any]:
        simulation = simulation_builder.SimulationBuilder().build_default_simulation(rules, count=frame.height)
        for name, cells in given.items():
            simulation.set_input(name, PERIOD, cells)
        return {name: simulation.calculate(name, PERIOD) for name in ("reasons", "documents", "fee", "due")}

    answers = run()
    for name, by in zip(answers, by_hand[1:], strict=True):
        assert (answers[name].astype(by.dtype) == by).all(), f"OpenFisca differs in {name}"
    return {f"OpenFisca-Core {metadata.version('openfisca-core')}": run}
