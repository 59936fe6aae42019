//! Traces to sentences in Vietnamese and English. Only here are values turned into text that a person reads.

mod deadline;
mod heading;
mod linked;
mod objection;
mod problem;
mod reason;
mod steps;
mod write;

pub use deadline::{period, provisional, skipped, uncountable, weekend};
pub use heading::{Headings, headings, status_word};
pub use linked::{if_refused, not_started, whole_is_due_earlier};
pub use objection::{incomplete, other_day, other_documents, other_fee, other_pack, refused, unsettled};
pub use problem::problem_message;
pub use reason::{condition_message, waiting, wanted_sentence};
pub use steps::{apology, office_time, unknown_step, unreadable_period};
pub use write::{amount, day, decimal, grouped, label_of_code, value, value_in};

pub use crate::model::Language;
