//! Many cases at once: the same program over columns.
//!
//! A [`Batch`] borrows the columns of the facts, a [`Plan`] is made once for a program and the columns that are wanted of its
//! decisions, [`Plan::run`] decides some rows on the calling thread. There are no semantics here that `eval` lacks: what has
//! no kernel, and every row that a kernel leaves open, is decided by `eval`.

mod answer;
mod batch;
mod bits;
mod compiled;
mod describe;
mod execute;
mod lower;
mod ops;
mod output;
#[cfg(feature = "simulate")]
mod paired;
mod parts;
mod plan;
mod present;
mod registers;
mod results;
mod row;
mod source;

pub use batch::{BadColumn, Batch, Cells, Column, Days, Received};
pub use bits::Bits;
pub use output::{Kind, Output, OutputColumn, UnknownOutput, code};
pub use plan::{Law, Plan, Way, WayOf};
#[cfg(feature = "simulate")]
pub(crate) use {
    answer::Codes,
    paired::{Paired, PairedBlock, PairedRows},
    plan::BLOCK,
    registers::{Mask, NONE, add, and, each, first, is_empty, or, without},
};
pub use results::{Answers, Results, Texts, Values};
