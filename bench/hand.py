"""The reference workload written by hand in Python, ordinary style: the yardstick of this host."""

import datetime
from typing import Any

FIRST_CHANGE, SECOND_CHANGE = "2023-02-05", "2025-07-01"
PROVEN = frozenset(("poor", "disabled", "merit"))
DAYS_OFF = frozenset(
    datetime.date.fromisoformat(f"2025-{day}").toordinal()
    for day in (
        "01-01", "01-27", "01-28", "01-29", "01-30", "01-31", "04-07", "04-30", "05-01", "05-02", "06-13", "09-01", "09-02", "11-14", "12-24",
    )
)  # fmt: skip


def decide(facts: dict[str, Any], as_of: str) -> dict[str, Any]:
    """The whole answer."""
    reasons = unmet(facts)
    return {"eligible": not reasons, "reasons": reasons, "documents": documents(facts), "fee": fee(facts, as_of), "deadline": due(as_of)}


def unmet(facts: dict[str, Any]) -> list[str]:
    reasons = []
    basis = facts["residence_basis"]
    if basis == "rent":
        if not facts["owner_consent"]:
            reasons.append("rent_no_consent")
        if facts["floor_area_per_person"] < 8:
            reasons.append("rent_area_too_small")
    elif basis == "family" and not facts["owner_consent"]:
        reasons.append("family_no_consent")
    if facts["applicant_age"] < 18 and not facts["minor_with_parent"]:
        reasons.append("minor_without_parent")
    if facts["channel"] == "online":
        if facts["eid_level"] < 2:
            reasons.append("eid_level_too_low")
        if facts["eid_locked"]:
            reasons.append("eid_locked")
    return reasons


def documents(facts: dict[str, Any]) -> list[str]:
    basis = facts["residence_basis"]
    wanted = []
    if facts["channel"] != "online":
        wanted.append("ct01_form")
    if basis == "own":
        wanted.append("ownership_proof")
    if basis == "rent":
        wanted.append("rental_contract")
    if basis == "family" or facts["applicant_age"] < 18:
        wanted.append("kinship_proof")
    if basis == "institution":
        wanted.append("institution_certificate")
    if facts["exempt_group"] in PROVEN:
        wanted.append("exemption_proof")
    known = facts["documents_in_database"]
    return [document for document in wanted if document not in known]


def fee(facts: dict[str, Any], as_of: str) -> int:
    group, channel = facts["exempt_group"], facts["channel"]
    if as_of < FIRST_CHANGE:
        if group in PROVEN:
            return 0
        if group == "child":
            return 5000
        return 7500 if channel == "online" else 15000 if channel == "in_person" else 18000
    if group != "none":
        return 0
    if as_of < SECOND_CHANGE:
        return 10000 if channel == "online" else 20000
    return 5000 if channel == "online" else 20000 if channel == "in_person" else 22000


def due(as_of: str) -> str:
    day = datetime.date.fromisoformat(as_of).toordinal()
    left = 7
    while left:
        day += 1
        if (day - 1) % 7 < 5 and day not in DAYS_OFF:
            left -= 1
    return datetime.date.fromordinal(day).isoformat()
