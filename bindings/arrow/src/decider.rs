//! Record batches in, record batches of decisions out.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::RecordBatch;
use arrow_schema::{Field, FieldRef, Schema, SchemaRef};
use thutuc::columns::{Law, Output, Plan, Results};
use thutuc::model::Language;
use thutuc::wire::TableError;

use crate::answers::Writer;
use crate::binding::{Binding, Options};
use crate::problems::Problems;

/// The column of problems.
const PROBLEMS: &str = "problems";

/// Decides record batches of one schema. Nothing in it changes but its counts: threads may share it.
#[derive(Debug)]
pub struct Decider {
    binding: Binding,
    plan: Plan,
    writer: Writer,
    kept: Vec<FieldRef>,
    schema: SchemaRef,
    language: Language,
    problems: bool,
    counts: Counts,
    /// Memory of threads that are done with a batch, for the next.
    memory: Mutex<Vec<Results>>,
}

#[derive(Debug, Default)]
struct Counts {
    rows: AtomicUsize,
    by_eval: AtomicUsize,
    problems: AtomicUsize,
    rounded: AtomicUsize,
}

/// What was done so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Cases that were decided.
    pub rows: usize,
    /// Cases of them that were decided one by one, whole or in part.
    pub by_eval: usize,
    /// Cells that did not fit.
    pub problems: usize,
    /// Numbers in answers that have more decimal places than their column, or more digits.
    pub rounded: usize,
    /// Columns without a kernel, with the first day of the law in which they have none and why.
    pub without_kernel: Vec<(String, String, String)>,
}

impl Decider {
    /// Prepares the decisions of cases in tables of a schema: the columns that are kept, those wanted of the decisions, the
    /// problems.
    ///
    /// # Errors
    /// [`TableError`] as of [`Binding::new`], and where a wanted column is not known or two would have one name.
    pub fn new(law: Law, schema: &Schema, options: &Options, outputs: &[Output]) -> Result<Decider, TableError> {
        let binding = Binding::new(law.program, schema, options)?;
        let plan = Plan::new(law, outputs)?;
        let writer = Writer::new(plan.columns());
        let kept: Vec<FieldRef> = binding.kept().iter().filter_map(|at| schema.fields().get(*at).cloned()).collect();
        let mut fields = kept.clone();
        fields.extend(writer.fields().map(Arc::new));
        if options.problems {
            fields.push(Arc::new(Field::new(PROBLEMS, Problems::data_type(), false)));
        }
        for (at, field) in fields.iter().enumerate() {
            if fields.iter().skip(at + 1).any(|other| other.name() == field.name()) {
                return Err(TableError::Ambiguous { name: field.name().clone() });
            }
        }
        let schema = Arc::new(Schema::new(fields));
        let (language, problems) = (options.language, options.problems);
        Ok(Decider { binding, plan, writer, kept, schema, language, problems, counts: Counts::default(), memory: Mutex::default() })
    }

    /// The schema of the answers.
    #[must_use]
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// How many columns of the answers are columns of the cases that are kept; they come first.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Which column tells which fact.
    #[must_use]
    pub fn binding(&self) -> &Binding {
        &self.binding
    }

    /// Decides the cases of a record batch on the calling thread.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] where the batch is of another schema, or the law of another program.
    pub fn decide(&self, law: Law, batch: &RecordBatch) -> Result<RecordBatch, TableError> {
        let told = self.binding.tell(law.program, batch)?;
        let cases = told.batch(law.program).map_err(unreadable)?;
        let mut results = self.memory.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        self.plan.run(law, &cases, 0..told.rows(), &mut results);
        let by_eval = results.by_eval;
        // The answers themselves go into the arrays.
        let (arrays, rounded) = self.writer.arrays(told.rows(), std::mem::take(&mut results.columns));
        self.memory.lock().unwrap_or_else(PoisonError::into_inner).push(results);
        let mut columns: Vec<_> = self.binding.kept().iter().filter_map(|at| batch.columns().get(*at).cloned()).collect();
        debug_assert_eq!(columns.len(), self.kept.len(), "the columns that are kept are there");
        columns.extend(arrays);
        if self.problems {
            columns.push(told.problems().column(told.rows(), self.language));
        }
        let counts = &self.counts;
        for (count, more) in [
            (&counts.rows, told.rows()),
            (&counts.by_eval, by_eval),
            (&counts.problems, told.problems().len()),
            (&counts.rounded, rounded),
        ] {
            count.fetch_add(more, Ordering::Relaxed);
        }
        let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(told.rows()));
        RecordBatch::try_new_with_options(self.schema.clone(), columns, &options).map_err(unreadable)
    }

    /// What was done so far.
    #[must_use]
    pub fn report(&self) -> Report {
        let of = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        let ways = self.plan.report().iter();
        let without = ways.flat_map(|way| way.by_eval.iter().map(|of| (way.column.clone(), of.from.to_string(), of.why.clone())));
        Report {
            rows: of(&self.counts.rows),
            by_eval: of(&self.counts.by_eval),
            problems: of(&self.counts.problems),
            rounded: of(&self.counts.rounded),
            without_kernel: without.collect(),
        }
    }
}

/// The columns that names stand for: see [`Output::of_names`].
///
/// # Errors
/// [`TableError::UnknownOutput`] where a name stands for none.
pub fn outputs(law: Law, names: &[String]) -> Result<Vec<Output>, TableError> {
    Ok(Output::of_names(law.program, names)?)
}

fn unreadable(error: impl std::fmt::Display) -> TableError {
    TableError::Unreadable { why: error.to_string() }
}
