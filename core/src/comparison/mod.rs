//! What a reform changes: two programs decide the same cases, and the differences are counted as they come.
//!
//! Nothing is kept of a case but a few samples, so that any number of cases needs the same memory. A [`Tally`] of some of the
//! cases can be merged with that of others in any order: threads, processes and machines may share the work. What is not
//! settled is counted by itself and never as nothing.

mod amounts;
mod block;
mod causes;
mod comparer;
mod counting;
mod elements;
mod fees;
mod found;
#[cfg(not(target_arch = "wasm32"))]
mod run;
mod samples;
mod statuses;
mod tally;

pub use comparer::{Comparer, Counted, Memory};
pub use causes::NamedCause;
pub use elements::{ConditionElement, Elements};
pub use samples::{KEPT, Sample, SampleAnswer, Samples};
pub use tally::{Cause, CauseKind, CauseTally, Count, Distribution, FeeTally, GroupTally, MOST_AMOUNTS, Pairs, STATUSES, Tally, size_of};

/// Outcomes by their number; a case is undecided where there is no law on the day or the limits are passed.
pub const OUTCOMES: &[&str] = &["accept", "refuse", "ask", "undecided"];
/// Statuses of conditions and checks.
pub const CONDITION_STATES: &[&str] = &["met", "unmet", "not_applicable", "missing", "unknown", "absent"];
/// Statuses of documents.
pub const DOCUMENT_STATES: &[&str] = &["required", "provided", "reused", "not_required", "missing", "unknown", "absent"];
/// States of fees.
pub const FEE_STATES: &[&str] = &["due", "not_due", "missing", "unknown", "absent"];
/// States of the day due.
pub const DUE_STATES: &[&str] = &["none", "determined", "provisional", "undetermined", "absent"];
/// What a reform does to the applicant of a case: all that differs is to the good, all to the bad, some of each, nothing
/// differs but something is not settled, nothing differs.
pub const EFFECTS: &[&str] = &["better", "worse", "mixed", "undetermined", "same"];
