//! Many records to a report: what an assessment counts, what that leaves open, and what to change next.
//!
//! Records become columns ([`Intake`]); what elements want of a record is decided by the one evaluator; the rest is exact
//! counting. A truth that a missing fact or unknown law leaves open makes a figure an interval: whatever the missing facts
//! turn out to be, the figure lies within it. Nothing here makes sentences.

mod column;
mod figure;
mod goal;
mod groups;
mod intake;
mod report;
mod results;
mod score;
mod tally;

pub use figure::{Figure, Standing, Why};
pub use goal::{Candidate, Needed};
pub use groups::{GroupKey, Tables};
pub use intake::{Intake, Trouble, Typing};
pub use report::{GoalReport, ListReport, Listed, MissingFact, Report, Row, Table, assess};
pub use score::{Points, Span, Total};
pub use tally::{Ratio, Tally, Tri};
