//! Many cases as Arrow tables: record batches in, columns of decisions out. The only place that knows Arrow.
//!
//! A [`Binding`] says once which column of a schema tells which fact. [`Binding::tell`] reads a record batch: what the core
//! can read where it lies is not copied, what does not fit is listed in [`Problems`] and its fact counts as missing.
//! `answers` makes Arrow arrays of the core's results. [`Decider`] is both with a plan between, [`Decided`] a reader that
//! decides batch after batch on several threads, in order and in bounded memory.
//!
//! ```text
//! Schema ---Binding::new---> Binding                     or TableError: a column fits no fact, or has another type
//! RecordBatch --Binding::tell--> Told --Told::batch--> columns::Batch      and Problems, a row each
//! columns::Results --answers--> arrays
//! ```

mod answers;
mod binding;
#[cfg(feature = "parquet")]
mod case_file;
mod cells;
mod codes;
mod compared;
mod decider;
mod input;
mod moments;
mod numbers;
#[cfg(feature = "parquet")]
pub mod parquet;
mod plans;
mod population;
mod problems;
mod records;
mod spare;
mod stream;
mod text;
mod told;
mod written;

pub use binding::{Binding, DayOf, Nulls, Options, ReceivedOf};
#[cfg(feature = "parquet")]
pub use case_file::CaseFile;
pub use compared::{Simulated, Simulation, WEIGHT_SCALE, result_batch};
pub use decider::{Decider, Report, outputs};
pub use numbers::scaled_float;
pub use plans::Plans;
pub use population::{population_batch, population_schema};
pub use problems::Problems;
pub use records::{RecordsError, assess_records};
pub use spare::Spare;
pub use stream::{Decided, HasLaw, Sliced, Source};
pub use text::{Csv, Lines};
pub use told::Told;
