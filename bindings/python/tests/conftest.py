"""What the tests share: the pack of the repository, the small pack of the workload, its worked cases."""

from __future__ import annotations

from pathlib import Path

import pytest

import thutuc

REPOSITORY = Path(__file__).resolve().parents[3]
RULES = REPOSITORY / "rules"
WORKLOAD = REPOSITORY / "tests" / "workload" / "rules"

assert REPOSITORY not in Path(thutuc.__file__).parents or "site-packages" in thutuc.__file__, "test the installed wheel"


@pytest.fixture(scope="session")
def pack() -> thutuc.Pack:
    return thutuc.Pack.load(RULES)


@pytest.fixture(scope="session")
def workload() -> thutuc.Pack:
    return thutuc.Pack.load(WORKLOAD)
