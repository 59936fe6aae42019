//! Record batches compared: groups and weights beside the facts, and the tables of a comparison as record batches.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Date32Array, Decimal128Array, Int64Array, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use thutuc::comparison::{Comparer, Counted, Memory, Tally};
use thutuc::eval::Input;
use thutuc::value::Decimal;
use thutuc::wire::{Cell, CellKind, ResultTable, TableError};

use crate::binding::Binding;
use crate::input::input;

/// Decimal places of weights.
pub const WEIGHT_SCALE: u8 = 6;

/// The groups that were met, numbered as they came.
#[derive(Debug, Default)]
pub struct Groups {
    numbers: HashMap<Vec<Option<String>>, u32>,
    met: Vec<Vec<Option<String>>>,
}

impl Groups {
    /// The values of each group, in the order of their numbers.
    #[must_use]
    pub fn met(&self) -> &[Vec<Option<String>>] {
        &self.met
    }

    /// The group of each row by some columns of a batch; `None` without columns.
    ///
    /// # Errors
    /// [`TableError::NoColumn`] where the batch lacks one.
    pub fn of(&mut self, batch: &RecordBatch, by: &[String]) -> Result<Option<Vec<u32>>, TableError> {
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
pub fn weights(batch: &RecordBatch, name: &str) -> Result<Vec<i64>, TableError> {
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

/// A batch that waits to be compared.
#[derive(Debug)]
pub struct Waiting {
    /// The cases.
    pub batch: RecordBatch,
    /// The number of the first.
    pub first: u64,
    /// The group of each.
    pub groups: Option<Vec<u32>>,
    /// The weight of each.
    pub weights: Option<Vec<i64>>,
}

/// Decides the cases of a batch by both laws and counts what differs; how many cells did not fit.
///
/// # Errors
/// [`TableError`] as of [`Binding::tell`].
pub fn compare(comparer: &Comparer, bindings: [&Binding; 2], waiting: &Waiting, memory: &mut Memory, tally: &mut Tally) -> Result<usize, TableError> {
    let unreadable = |error: thutuc::columns::BadColumn| TableError::Unreadable { why: error.to_string() };
    let [baseline, reform] = comparer.laws();
    let told = bindings[0].tell(baseline.program, &waiting.batch)?;
    let cases = told.batch(baseline.program).map_err(unreadable)?;
    let rows = 0..waiting.batch.num_rows();
    let counted = Counted { first: waiting.first, groups: waiting.groups.as_deref(), weights: waiting.weights.as_deref() };
    if comparer.shares_facts() {
        comparer.run([&cases, &cases], rows, counted, memory, tally);
    } else {
        let after = bindings[1].tell(reform.program, &waiting.batch)?;
        let after = after.batch(reform.program).map_err(unreadable)?;
        comparer.run([&cases, &after], rows, counted, memory, tally);
    }
    Ok(told.problems().len())
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
