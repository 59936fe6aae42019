"""Holds every object of some decisions to the annotations of the package's stub."""

from __future__ import annotations

import ast
import datetime
import json
import sys
from decimal import Decimal
from importlib.resources import files
from typing import Any, ClassVar, Final, Literal, get_type_hints

import thutuc
import thutuc.types
from pydantic import ConfigDict, TypeAdapter

STUB = ast.parse((files("thutuc") / "_thutuc.pyi").read_text("utf-8"))
NAMES: dict[str, Any] = {
    **{name: getattr(thutuc, name) for name in thutuc.__all__},
    **{name: getattr(thutuc.types, name) for name in thutuc.types.__all__},
    **{"datetime": datetime, "Decimal": Decimal, "Any": Any, "ClassVar": ClassVar, "Final": Final, "Literal": Literal},
}


def of_stub() -> dict[str, dict[str, Any]]:
    """The types of the properties of each class."""
    found: dict[str, dict[str, Any]] = {}
    for node in STUB.body:
        if isinstance(node, ast.ClassDef):
            members = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.returns is not None]
            properties = [one for one in members if any(isinstance(by, ast.Name) and by.id == "property" for by in one.decorator_list)]
            found[node.name] = {one.name: eval(ast.unparse(one.returns), NAMES) for one in properties if one.returns is not None}
    return found


ANNOTATIONS = of_stub()
ANY_CLASS = ConfigDict(arbitrary_types_allowed=True)


def hold(value: object) -> int:
    """Checks an object and all within; how many there were."""
    if isinstance(value, (tuple, list)):
        return sum(hold(item) for item in value)
    members = ANNOTATIONS.get(type(value).__name__, {}) if type(value).__module__ == "thutuc" else {}
    for name, of in members.items():
        TypeAdapter(of, config=ANY_CLASS).validate_python(getattr(value, name), strict=True)
    return bool(members) + sum(hold(getattr(value, name)) for name in members)


pack = thutuc.Pack.load("pack.thutuc")
held = hold(pack) + sum(hold(pack.facts(procedure.code)) for procedure in pack.procedures)
for code, facts, as_of in json.loads(sys.argv[1]):
    held += hold(pack.decide(code, facts, as_of=as_of))
    verdict = pack.verdict(code, facts, as_of=as_of)
    hints = get_type_hints(thutuc.types.Verdict)
    for name, member in dict(verdict).items():
        TypeAdapter(hints[name], config=ANY_CLASS).validate_python(member, strict=True)
    held += hold(verdict.get("problems", []))
print(f"{held} objects")
