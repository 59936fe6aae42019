"""Decides Vietnam's administrative procedures: who is eligible, which papers, what fee, by when.

>>> import thutuc, datetime
>>> pack = thutuc.Pack.load("rules")
>>> decision = pack.decide("1.004222", {"residence": {"basis": "rent"}}, as_of=datetime.date(2026, 11, 22))
>>> decision.outcome
'ask'
"""

from ._assessment import Assessment, assess
from ._errors import BundleError, InternalError, RequestError, RulesError, ThutucError
from ._thutuc import (
    MISSING,
    Alternative,
    Calculation,
    Citation,
    Condition,
    Copies,
    Deadline,
    Decision,
    DecisionStream,
    DecisionTable,
    Document,
    Eligibility,
    Fact,
    FactProblem,
    Fee,
    Fees,
    Identity,
    KnownFact,
    LawGap,
    LinkedStep,
    MissingFact,
    Pack,
    PackRef,
    Pause,
    Procedure,
    Reduction,
    Session,
    Skipped,
    __version__,
)

__all__ = [
    "MISSING",
    "Alternative",
    "Assessment",
    "BundleError",
    "Calculation",
    "Citation",
    "Condition",
    "Copies",
    "Deadline",
    "Decision",
    "DecisionStream",
    "DecisionTable",
    "Document",
    "Eligibility",
    "Fact",
    "FactProblem",
    "Fee",
    "Fees",
    "Identity",
    "InternalError",
    "KnownFact",
    "LawGap",
    "LinkedStep",
    "MissingFact",
    "Pack",
    "PackRef",
    "Pause",
    "Procedure",
    "Reduction",
    "RequestError",
    "RulesError",
    "Session",
    "Skipped",
    "ThutucError",
    "__version__",
    "assess",
]
