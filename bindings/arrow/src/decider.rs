//! Record batches in, record batches of decisions out.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, FieldRef, Schema, SchemaRef};
use thutuc::columns::{Law, Output, Plan, Results};
use thutuc::model::Language;
use thutuc::wire::TableError;

use crate::answers::{Greatest, Writer};
use crate::binding::{Binding, Options};
use crate::problems::{NoProblems, Problems};
use crate::spare::Spare;

/// Rows that are read and decided before the next are.
const PART: usize = 1 << 14;

/// The column of problems.
const PROBLEMS: &str = "problems";

/// Decides record batches of one schema. Nothing in it changes but its counts: threads may share it.
#[derive(Debug)]
pub struct Decider {
    binding: Binding,
    plan: Arc<Plan>,
    writer: Writer,
    kept: Vec<FieldRef>,
    schema: SchemaRef,
    language: Language,
    problems: bool,
    /// Bytes of a case in the columns that are read, about.
    told_width: usize,
    no_problems: NoProblems,
    counts: Counts,
    /// Memory of threads that are done with a batch, for the next.
    memory: Mutex<Vec<Results>>,
    spare: Arc<Spare>,
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
        Decider::of(law, Arc::new(Plan::new(law, outputs)?), schema, options)
    }

    /// The same of a plan that serves others too: see [`Plans`](crate::Plans).
    ///
    /// # Errors
    /// As [`Decider::new`].
    pub fn of(law: Law, plan: Arc<Plan>, schema: &Schema, options: &Options) -> Result<Decider, TableError> {
        let binding = Binding::new(law.program, schema, options)?;
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
        let told_width = binding.needed().iter().filter_map(|at| schema.fields().get(*at)).map(|field| width(field.data_type())).sum();
        let schema = Arc::new(Schema::new(fields));
        Ok(Decider {
            binding,
            plan,
            writer,
            kept,
            schema,
            language: options.language,
            problems: options.problems,
            told_width,
            no_problems: NoProblems::default(),
            counts: Counts::default(),
            memory: Mutex::default(),
            spare: Arc::default(),
        })
    }

    /// The same with memory that it shares with others.
    #[must_use]
    pub fn with(self, spare: Arc<Spare>) -> Decider {
        Decider { spare, ..self }
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

    /// How many cases are best decided at once: many, as each batch costs something whatever its length, but so few that they and
    /// their answers take about 4 MiB, and that each of so many threads has several of the batches of a table of `total` cases.
    #[must_use]
    pub fn batch_rows(&self, total: Option<usize>, threads: usize) -> usize {
        let answers = self.schema.fields().iter().skip(self.kept()).map(|field| width(field.data_type()));
        let of_width = (4 << 20) / (self.told_width + answers.sum::<usize>()).max(1);
        let of_table = total.map_or(usize::MAX, |total| if threads == 1 { total } else { total.div_ceil(threads * 4) });
        of_width.min(of_table).clamp(1 << 14, 1 << 17)
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
        let rows = batch.num_rows();
        let mut results = self.memory.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        results.columns = self.writer.room(rows, &self.spare);
        self.plan.begin(rows, &mut results);
        let (mut problems, mut greatest) = (Problems::default(), Greatest::default());
        // What is read and decided of a part is still near when it is looked at again.
        for begin in (0..rows).step_by(PART) {
            let told = self.binding.tell(law.program, &batch.slice(begin, PART.min(rows - begin)))?;
            self.plan.add(law, &told.batch(law.program).map_err(unreadable)?, 0..told.rows(), &mut results);
            problems.append(told.into_problems(), begin);
            greatest.look(&results.columns, results.rows);
        }
        if results.rows != rows {
            return Err(unreadable("a part of a table was not decided"));
        }
        let by_eval = results.by_eval;
        // The answers themselves go into the arrays.
        let (arrays, rounded) = self.writer.arrays(rows, std::mem::take(&mut results.columns), &greatest, &self.spare);
        self.memory.lock().unwrap_or_else(PoisonError::into_inner).push(results);
        let mut columns: Vec<_> = self.binding.kept().iter().filter_map(|at| batch.columns().get(*at).cloned()).collect();
        debug_assert_eq!(columns.len(), self.kept.len(), "the columns that are kept are there");
        columns.extend(arrays);
        if self.problems {
            columns.push(match problems.is_empty() {
                true => self.no_problems.column(rows),
                false => problems.column(rows, self.language),
            });
        }
        let counts = &self.counts;
        for (count, more) in [(&counts.rows, rows), (&counts.by_eval, by_eval), (&counts.problems, problems.len()), (&counts.rounded, rounded)] {
            count.fetch_add(more, Ordering::Relaxed);
        }
        let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(rows));
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

/// Bytes that a cell takes, about.
fn width(of: &DataType) -> usize {
    match of {
        DataType::Dictionary(keys, _) => keys.primitive_width().unwrap_or(1),
        DataType::Boolean | DataType::Null => 1,
        DataType::Struct(members) => members.iter().map(|member| width(member.data_type())).sum(),
        of => of.primitive_width().unwrap_or(32),
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
