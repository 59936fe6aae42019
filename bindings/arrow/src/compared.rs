//! Record batches, and blocks of a population, compared: groups and weights beside the facts, on all threads, and the tables of a
//! comparison as record batches.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{Array, ArrayRef, Date32Array, Decimal128Array, Int64Array, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use thutuc::comparison::{Comparer, Counted, Memory, Tally};
use thutuc::eval::{FactProblem, Input};
use thutuc::population::{CaseColumns, Cases, DRAWN, Population};
use thutuc::value::{Date, Decimal};
use thutuc::wire::{Cell, CellKind, ResultTable, TableError};

use crate::binding::{Binding, Options};
use crate::input::input;
use crate::population::population_part;
use crate::stream::{Sliced, Source};

/// Decimal places of weights.
pub const WEIGHT_SCALE: u8 = 6;

/// The groups that were met, numbered as they came.
#[derive(Debug, Default)]
struct Groups {
    numbers: HashMap<Vec<Option<String>>, u32>,
    met: Vec<Vec<Option<String>>>,
}

impl Groups {
    /// The group of each row by some columns of a batch; `None` without columns.
    ///
    /// # Errors
    /// [`TableError::NoColumn`] where the batch lacks one.
    fn of(&mut self, batch: &RecordBatch, by: &[String]) -> Result<Option<Vec<u32>>, TableError> {
        if by.is_empty() {
            return Ok(None);
        }
        let columns = by.iter().map(|name| column(batch, name, "by")).collect::<Result<Vec<_>, _>>()?;
        let mut groups = Vec::with_capacity(batch.num_rows());
        for row in 0..batch.num_rows() {
            let key: Vec<Option<String>> = columns.iter().map(|column| text(column, row)).collect();
            let number = match self.numbers.get(&key) {
                Some(number) => *number,
                None => {
                    let number = self.met.len() as u32;
                    self.met.push(key.clone());
                    self.numbers.insert(key, number);
                    number
                }
            };
            groups.push(number);
        }
        Ok(Some(groups))
    }
}

/// The weight of each row, in units of [`WEIGHT_SCALE`].
///
/// # Errors
/// [`TableError::NoColumn`] where the batch lacks the column, [`TableError::Unreadable`] for a weight that is missing,
/// negative, or has more decimal places.
fn weights(batch: &RecordBatch, name: &str) -> Result<Vec<i64>, TableError> {
    let column = column(batch, name, "weights")?;
    let weight = |row: usize| {
        let told = text(column, row);
        let number = told.as_deref().and_then(Decimal::parse).and_then(|number| number.scaled(WEIGHT_SCALE)).filter(|weight| *weight >= 0);
        number.ok_or_else(|| TableError::Unreadable {
            why: format!("`{}` in `{name}` is no weight: a number from 0, with at most {WEIGHT_SCALE} decimal places", told.unwrap_or_default()),
        })
    };
    (0..batch.num_rows()).map(weight).collect()
}

fn column<'b>(batch: &'b RecordBatch, name: &str, argument: &'static str) -> Result<&'b ArrayRef, TableError> {
    batch.column_by_name(name).ok_or_else(|| TableError::NoColumn { argument, name: name.to_owned(), near: None })
}

fn text(column: &ArrayRef, row: usize) -> Option<String> {
    match input(column, row) {
        Input::Null => None,
        Input::Boolean(truth) => Some(truth.to_string()),
        Input::Number(text) | Input::Text(text) | Input::Foreign(text) => Some(text.into_owned()),
        Input::List(_) | Input::Record(_) => Some("…".to_owned()),
    }
}

/// Cases that wait to be compared.
struct Waiting {
    cases: Waits,
    /// The number of the first.
    first: u64,
    /// The group of each.
    groups: Option<Vec<u32>>,
    /// The weight of each.
    weights: Option<Vec<i64>>,
}

/// Cases with how they are told to both laws.
enum Waits {
    Told(RecordBatch, Arc<[Binding; 2]>),
    Drawn { columns: CaseColumns, rows: usize, as_of: Date },
}

/// Where cases come from.
enum Coming<'r> {
    Table { source: Sliced, bindings: Arc<[Binding; 2]> },
    Population { population: &'r Population<'r>, as_of: Date, count: u64 },
}

impl Coming<'_> {
    /// The next cases, from the number `first` on, and a batch with at least the columns that are named.
    fn next(&mut self, first: u64, by: &[String]) -> Option<Result<(Waits, RecordBatch), ArrowError>> {
        match self {
            Coming::Table { source, bindings } => Some(source.next()?.map(|batch| (Waits::Told(batch.clone(), Arc::clone(bindings)), batch))),
            Coming::Population { population, as_of, count } => {
                let rows = DRAWN.min(count.checked_sub(first).filter(|left| *left > 0)?) as usize;
                let (mut cases, mut columns) = (Cases::default(), CaseColumns::default());
                population.draw(first, rows, &mut cases);
                columns.fill(population.program(), &cases);
                let batch = population_part(population.program(), &columns, rows, by);
                Some(batch.map(|batch| (Waits::Drawn { columns, rows, as_of: *as_of }, batch)))
            }
        }
    }
}

/// Cases that are decided by two laws, block after block, while what differs is counted.
pub struct Simulation<'r> {
    comparer: &'r Comparer<'r>,
    coming: Coming<'r>,
    groups: Groups,
    by: &'r [String],
    weight: Option<&'r str>,
    first: u64,
    /// A part for each thread.
    parts: Vec<Mutex<Part>>,
}

/// What one thread counted.
#[derive(Default)]
struct Part {
    tally: Tally,
    memory: Memory,
    problems: usize,
    met: Vec<(u64, FactProblem)>,
}

/// What was counted.
#[derive(Debug)]
pub struct Simulated {
    /// What differs.
    pub tally: Tally,
    /// The values of each group, in the order of their numbers.
    pub groups: Vec<Vec<Option<String>>>,
    /// How many cells did not fit. Their facts count as missing.
    pub problems: usize,
    /// The first of them, with the numbers of their cases from 0.
    pub first_problems: Vec<(u64, FactProblem)>,
}

/// Batches a thread compares in one round.
const PER_THREAD: usize = 2;

/// Cells that did not fit and are told, of all.
const TOLD: usize = 5;

impl<'r> Simulation<'r> {
    /// Begins a simulation. `by` are the columns whose values make groups, `weight` the one that says how much a case weighs;
    /// both must be among the columns that the options keep, or tell facts.
    ///
    /// # Errors
    /// [`TableError`] as of [`Binding::new`].
    pub fn new(
        comparer: &'r Comparer<'r>,
        source: Source,
        options: &Options,
        by: &'r [String],
        weight: Option<&'r str>,
        (rows, threads): (usize, usize),
    ) -> Result<Simulation<'r>, TableError> {
        let schema = source.schema();
        let [baseline, reform] = comparer.laws().map(|law| Binding::new(law.program, &schema, options));
        let coming = Coming::Table { source: Sliced::new(source, rows), bindings: Arc::new([baseline?, reform?]) };
        Ok(Simulation::begin(comparer, coming, by, weight, threads))
    }

    /// Begins a simulation of the first `count` cases of a population of the baseline's facts. `by` are the facts whose values make
    /// groups.
    #[must_use]
    pub fn of_population(comparer: &'r Comparer<'r>, population: &'r Population<'r>, as_of: Date, count: u64, by: &'r [String], threads: usize) -> Simulation<'r> {
        Simulation::begin(comparer, Coming::Population { population, as_of, count }, by, None, threads)
    }

    fn begin(comparer: &'r Comparer<'r>, coming: Coming<'r>, by: &'r [String], weight: Option<&'r str>, threads: usize) -> Simulation<'r> {
        let parts = (0..threads.max(1)).map(|_| Mutex::default()).collect();
        Simulation { comparer, coming, groups: Groups::default(), by, weight, first: 0, parts }
    }

    /// How many cases were decided.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.first
    }

    /// Reads some batches and compares them on all threads; false once there are none left.
    ///
    /// # Errors
    /// The source's, and [`TableError`] where a column of groups or weights is not there or a weight is none.
    pub fn round(&mut self) -> Result<bool, ArrowError> {
        let external = |error: TableError| ArrowError::ExternalError(Box::new(error));
        let mut waiting = Vec::new();
        while waiting.len() < self.parts.len() * PER_THREAD {
            let Some(next) = self.coming.next(self.first, self.by) else { break };
            let (cases, batch) = next?;
            let groups = self.groups.of(&batch, self.by).map_err(external)?;
            let weights = self.weight.map(|name| weights(&batch, name)).transpose().map_err(external)?;
            let rows = batch.num_rows() as u64;
            waiting.push(Waiting { cases, first: self.first, groups, weights });
            self.first += rows;
        }
        let more = waiting.len() == self.parts.len() * PER_THREAD;
        let jobs = Mutex::new(waiting.iter());
        let comparer = self.comparer;
        let work = |part: &Mutex<Part>| -> Result<(), TableError> {
            // A panic elsewhere leaves the list of jobs and this thread's part whole.
            let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
            loop {
                let Some(job) = jobs.lock().unwrap_or_else(PoisonError::into_inner).next() else { return Ok(()) };
                compare(comparer, job, &mut part)?;
            }
        };
        let done: Vec<Result<(), TableError>> = std::thread::scope(|scope| {
            let others: Vec<_> = self.parts.iter().skip(1).map(|part| scope.spawn(|| work(part))).collect();
            let own = self.parts.first().map_or(Ok(()), work);
            std::iter::once(own).chain(others.into_iter().map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))).collect()
        });
        done.into_iter().collect::<Result<(), _>>().map_err(external)?;
        Ok(more)
    }

    /// What was counted.
    #[must_use]
    pub fn finish(self) -> Simulated {
        let (mut tally, mut problems, mut first_problems) = (Tally::default(), 0, Vec::new());
        for part in self.parts {
            let part = part.into_inner().unwrap_or_else(PoisonError::into_inner);
            tally.merge(part.tally);
            problems += part.problems;
            first_problems.extend(part.met);
        }
        first_problems.sort_by_key(|(case, _)| *case);
        first_problems.truncate(TOLD);
        let groups = if self.by.is_empty() { vec![Vec::new()] } else { self.groups.met };
        Simulated { tally, groups, problems, first_problems }
    }
}

/// Decides cases by both laws and counts what differs.
fn compare(comparer: &Comparer, waiting: &Waiting, part: &mut Part) -> Result<(), TableError> {
    let unreadable = |error: thutuc::columns::BadColumn| TableError::Unreadable { why: error.to_string() };
    let [baseline, reform] = comparer.laws();
    let counted = Counted { first: waiting.first, groups: waiting.groups.as_deref(), weights: waiting.weights.as_deref() };
    match &waiting.cases {
        Waits::Told(batch, bindings) => {
            let [of_baseline, of_reform] = &**bindings;
            let told = of_baseline.tell(baseline.program, batch)?;
            let cases = told.batch(baseline.program).map_err(unreadable)?;
            let rows = 0..batch.num_rows();
            if comparer.shares_facts() {
                comparer.run([&cases, &cases], rows, counted, &mut part.memory, &mut part.tally);
            } else {
                let after = of_reform.tell(reform.program, batch)?;
                let after = after.batch(reform.program).map_err(unreadable)?;
                comparer.run([&cases, &after], rows, counted, &mut part.memory, &mut part.tally);
            }
            part.problems += told.problems().len();
            // A part compares later and later batches: the first it meets are its first.
            let left = TOLD.saturating_sub(part.met.len());
            part.met.extend(told.problems().iter().take(left).map(|(row, problem)| (waiting.first + row as u64, problem.clone())));
        }
        Waits::Drawn { columns, rows, as_of } => {
            let cases = columns.batch(baseline.program, *as_of).map_err(unreadable)?;
            let of_reform = if comparer.shares_facts() { None } else { Some(columns.batch(reform.program, *as_of).map_err(unreadable)?) };
            comparer.run([&cases, of_reform.as_ref().unwrap_or(&cases)], 0..*rows, counted, &mut part.memory, &mut part.tally);
        }
    }
    Ok(())
}

/// A table of a comparison as a record batch. Decimals are exact, with [`WEIGHT_SCALE`] places.
///
/// # Errors
/// Arrow's, if a sum has more than 38 digits.
pub fn result_batch(table: &ResultTable) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let cells = || table.rows.iter().map(move |row| row.get(at).unwrap_or(&Cell::Null));
        let array: ArrayRef = match column.kind {
            CellKind::Text => Arc::new(cells().map(|cell| if *cell == Cell::Null { None } else { Some(cell.text()) }).collect::<StringArray>()),
            CellKind::Integer => Arc::new(cells().map(|cell| if let Cell::Integer(integer) = cell { Some(*integer) } else { None }).collect::<Int64Array>()),
            CellKind::Date => Arc::new(cells().map(|cell| if let Cell::Date(day) = cell { Some(day.0) } else { None }).collect::<Date32Array>()),
            CellKind::Decimal => {
                let scaled = |cell: &Cell| if let Cell::Text(text) = cell { scaled(text) } else { None };
                let numbers: Decimal128Array = cells().map(scaled).collect();
                Arc::new(numbers.with_precision_and_scale(38, WEIGHT_SCALE as i8)?)
            }
        };
        let kind = if column.kind == CellKind::Decimal { DataType::Decimal128(38, WEIGHT_SCALE as i8) } else { array.data_type().clone() };
        fields.push(Field::new(&column.name, kind, true));
        arrays.push(array);
    }
    let rows = RecordBatchOptions::new().with_row_count(Some(table.rows.len()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &rows)
}

/// The text of an exact decimal as an integer of [`WEIGHT_SCALE`] places.
fn scaled(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<width$}", width = usize::from(WEIGHT_SCALE)).parse().ok()
}
