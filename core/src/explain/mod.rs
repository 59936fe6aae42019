//! Traces to sentences in Vietnamese and English. Only here are values turned into text that a person reads.

mod deadline;
mod heading;
mod objection;
mod problem;
mod reason;
mod write;

pub use deadline::{period, provisional, skipped, uncountable, weekend};
pub use heading::{Headings, headings, status_word};
pub use objection::{incomplete, other_day, other_documents, other_fee, other_pack, refused, unsettled};
pub use problem::problem_message;
pub use reason::{condition_message, waiting, wanted_sentence};
pub use write::{amount, day, grouped, label_of_code, value, value_in};

pub use crate::model::Language;
