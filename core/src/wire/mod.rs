//! The types that hosts see; nothing else crosses a border. JSON in camelCase, in a defined order everywhere.

#[cfg(feature = "author")]
mod case;
mod decide;
mod decision;
mod facts;
mod plain;
mod request;
mod status;

#[cfg(feature = "author")]
pub use case::{CaseResult, Mismatch, ToldCase, run_case, told_case};
pub use decide::{decide, decide_json, due_from, program, verdict_answer, verdict_json};
pub use decision::{
    AlternativePaper, Calculation, Cited, ConditionAnswer, Cut, Deadline, Decision, DocumentAnswer, Eligibility, FeeItem, Fees, Identity,
    KnownFact, LawGap, Missing, PackRef, Pause, Problem, Skipped, Told, VerdictAnswer,
};
pub use facts::{FactType, FactView, facts_of, tell_json, value_to_json};
pub use request::{Request, RequestError, moment};
pub use status::{ConditionStatus, DeadlineStatus, DocumentState, FeesStatus, OutcomeName, Overall};
