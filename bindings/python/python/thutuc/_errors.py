"""The exceptions of `thutuc`. Each carries the problem document that every host gives for the same mistake."""

from __future__ import annotations

from ._wire import ProblemDocument


class ThutucError(Exception):
    """A call gave no answer.

    `problem` is an RFC 9457 problem document: a dict with `type`, `title`, `status` (an HTTP status), `detail`, `code`,
    and where they help `near` (the name nearest to an unknown one) and `errors` (the facts that do not fit).
    """

    problem: ProblemDocument

    def __init__(self, problem: ProblemDocument) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem["detail"])


class RulesError(ThutucError):
    """The rule files have errors; `diagnostics` has each of them as lines of text, with an excerpt and the way out."""

    diagnostics: list[str]

    def __init__(self, problem: ProblemDocument, diagnostics: list[str]) -> None:
        super().__init__(problem)
        self.args = (problem, diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *self.diagnostics])


class BundleError(ThutucError):
    """The bytes are no bundle that this version reads."""


class RequestError(ThutucError):
    """The request cannot be decided: an unknown procedure, jurisdiction or language, a bad date, no law on that day."""


class InternalError(ThutucError):
    """A fault of `thutuc` itself; please report it. The pack stays usable."""
