//! Columns of decisions as Arrow arrays, without a copy where Arrow holds them the same way.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::types::{Int8Type, Int32Type, UInt8Type};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Int8Array, Int32Array, Int64Array, PrimitiveArray, StringArray, UInt8Array,
    new_null_array,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer};
use arrow_schema::{DataType, Field};
use thutuc::columns::{Answers, Kind, OutputColumn, Values};
use thutuc::value::{Decimal, Rounding, Value};
use thutuc::wire::value_to_json;

use crate::spare::Spare;

/// The metadata by which polars takes a dictionary for its `Enum`, as it writes it itself, and need not look at every code. Others
/// take no notice of it.
const ENUM: &str = "_PL_ENUM_VALUES2";

/// Digits of a decimal column.
const DIGITS: u8 = 38;

/// The greatest code of each column, of the rows that were looked at.
#[derive(Debug, Default)]
pub struct Greatest {
    rows: usize,
    codes: Vec<u8>,
}

impl Greatest {
    /// Looks at the codes up to a row: after each part of a table, while they are near.
    pub fn look(&mut self, answers: &[Answers], rows: usize) {
        self.codes.resize(answers.len(), 0);
        for (greatest, answers) in self.codes.iter_mut().zip(answers) {
            if let Values::Bytes(codes) = &answers.values {
                let new = codes.get(self.rows..rows).unwrap_or(&[u8::MAX]);
                *greatest = new.iter().fold(*greatest, |greatest, code| greatest.max(*code));
            }
        }
        self.rows = rows;
    }

    /// Whether every code of a column has one of so many names.
    fn is_within(&self, column: usize, rows: usize, names: usize) -> bool {
        self.rows == rows && self.codes.get(column).is_some_and(|greatest| usize::from(*greatest) < names)
    }
}

/// Makes arrays of the columns of a plan. Made once, it shares the names of codes among all batches.
#[derive(Clone, Debug)]
pub struct Writer {
    columns: Vec<(OutputColumn, DataType, Option<ArrayRef>)>,
}

impl Writer {
    /// The writer of the columns of a plan: see `thutuc::columns::Plan::columns`.
    #[must_use]
    pub fn new(columns: &[OutputColumn]) -> Writer {
        let of = |column: &OutputColumn| {
            let names = match &column.kind {
                Kind::Codes(names) => Some(Arc::new(StringArray::from_iter_values(names)) as ArrayRef),
                _ => None,
            };
            (column.clone(), data_type(&column.kind), names)
        };
        Writer { columns: columns.iter().map(of).collect() }
    }

    /// The fields of the answers, in the order of the plan. Every column may have nulls.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.columns.iter().map(|(column, of, _)| {
            let field = Field::new(&column.name, of.clone(), true);
            match &column.kind {
                Kind::Codes(names) => field.with_metadata([(ENUM.to_owned(), enumerated(names))]),
                _ => field,
            }
        })
    }

    /// Room for the answers of some rows, for `thutuc::columns::Plan::run` to fill.
    #[must_use]
    pub fn room(&self, rows: usize, spare: &Spare) -> Vec<Answers> {
        let of = |kind: &Kind| {
            let mut values = Values::new(kind);
            match &mut values {
                Values::Bytes(cells) => *cells = spare.take(rows),
                Values::Wide(cells) => *cells = spare.take(rows),
                Values::Bits(words) => *words = spare.take(rows.div_ceil(64)),
                Values::Days(days) => *days = spare.take(rows),
                Values::Integers { integers, .. } => *integers = spare.take(rows),
                Values::Texts { codes, .. } => *codes = spare.take(rows),
                Values::Values(_) => {}
            }
            values
        };
        self.columns.iter().map(|(column, ..)| Answers { values: of(&column.kind), valid: None }).collect()
    }

    /// The arrays of the answers of some rows, and how many numbers had more decimal places than their column and were
    /// rounded half-even. A number too large for its column is null, and counted with them.
    #[must_use]
    pub fn arrays(&self, rows: usize, answers: Vec<Answers>, greatest: &Greatest, spare: &Arc<Spare>) -> (Vec<ArrayRef>, usize) {
        let mut rounded = 0;
        let arrays = self.columns.iter().zip(answers).enumerate().map(|(at, ((column, of, names), mut answers))| {
            forget(&mut answers);
            let valid = answers.valid.map(|valid| NullBuffer::new(BooleanBuffer::new(Buffer::from_vec(valid), 0, rows)));
            let codes = names.as_ref().map(|names| Codes { names, all_within: greatest.is_within(at, rows, names.len()) });
            array(rows, (&column.kind, codes), answers.values, valid, spare, &mut rounded).unwrap_or_else(|| new_null_array(of, rows))
        });
        (arrays.collect(), rounded)
    }
}

/// The names of codes.
#[derive(Clone, Copy)]
struct Codes<'n> {
    names: &'n ArrayRef,
    /// Whether each code has one.
    all_within: bool,
}

/// Clears the cells without an answer: memory that was used before may hold what another table says there.
fn forget(answers: &mut Answers) {
    fn clear<T: Default>(cells: &mut [T], valid: &[u64]) {
        for (cells, valid) in cells.chunks_mut(64).zip(valid) {
            if *valid != u64::MAX {
                cells.iter_mut().enumerate().filter(|(at, _)| valid >> at & 1 == 0).for_each(|(_, cell)| *cell = T::default());
            }
        }
    }
    let Some(valid) = &answers.valid else { return };
    match &mut answers.values {
        Values::Bytes(cells) => clear(cells, valid),
        Values::Wide(cells) => clear(cells, valid),
        Values::Days(cells) => clear(cells, valid),
        Values::Integers { integers, .. } => clear(integers, valid),
        Values::Texts { codes, .. } => clear(codes, valid),
        // Bits are cleared before, values are no numbers.
        Values::Bits(_) | Values::Values(_) => {}
    }
}

/// The categories as polars writes them: the length of each in bytes, a semicolon, its name.
fn enumerated(names: &[Arc<str>]) -> String {
    names.iter().map(|name| format!("{};{name}", name.len())).collect()
}

/// The Arrow type of a column of answers.
#[must_use]
pub fn data_type(kind: &Kind) -> DataType {
    let coded = |keys: DataType| DataType::Dictionary(Box::new(keys), Box::new(DataType::Utf8));
    match kind {
        // Signed where they fit: not every reader of Arrow takes unsigned keys.
        Kind::Codes(names) if names.len() <= 128 => coded(DataType::Int8),
        Kind::Codes(names) if names.len() <= 256 => coded(DataType::UInt8),
        Kind::Codes(_) => coded(DataType::Int32),
        Kind::Bits => DataType::Boolean,
        Kind::Level => DataType::UInt8,
        Kind::Days => DataType::Date32,
        Kind::Amounts => DataType::Int64,
        Kind::Numbers { scale } => DataType::Decimal128(DIGITS, *scale as i8),
        Kind::Texts | Kind::Values => DataType::Utf8,
    }
}

fn array(
    rows: usize,
    (kind, codes): (&Kind, Option<Codes>),
    values: Values,
    valid: Option<NullBuffer>,
    spare: &Arc<Spare>,
    rounded: &mut usize,
) -> Option<ArrayRef> {
    Some(match (values, kind) {
        (Values::Bytes(bytes), Kind::Codes(names)) if names.len() <= 128 => {
            let keys: Int8Array = PrimitiveArray::try_new(spare.lend(bytes).into(), valid).ok()?;
            Arc::new(coded(keys, codes?)?)
        }
        (Values::Bytes(bytes), Kind::Codes(_)) => {
            let keys: UInt8Array = PrimitiveArray::try_new(spare.lend(bytes).into(), valid).ok()?;
            Arc::new(DictionaryArray::<UInt8Type>::try_new(keys, codes?.names.clone()).ok()?)
        }
        (Values::Bytes(bytes), _) => Arc::new(UInt8Array::try_new(spare.lend(bytes).into(), valid).ok()?),
        (Values::Wide(cells), _) => {
            let keys: Int32Array = PrimitiveArray::try_new(spare.lend(cells).into(), valid).ok()?;
            Arc::new(DictionaryArray::<Int32Type>::try_new(keys, codes?.names.clone()).ok()?)
        }
        (Values::Bits(words), _) => {
            Arc::new(BooleanArray::new(BooleanBuffer::new(spare.lend(words), 0, rows), valid))
        }
        (Values::Days(days), _) => Arc::new(Date32Array::try_new(spare.lend(days).into(), valid).ok()?),
        (Values::Integers { integers, beside }, Kind::Numbers { scale }) => {
            let mut wide: Vec<i128> = integers.iter().copied().map(i128::from).collect();
            spare.put(integers);
            let mut valid = valid;
            for (row, number) in beside {
                let shown = number.round(i32::from(*scale), Rounding::HalfEven);
                *rounded += usize::from(shown != Some(number));
                match (shown.and_then(|shown| at_scale(shown, *scale)), wide.get_mut(row)) {
                    (Some(integer), Some(place)) => *place = integer,
                    _ => valid = Some(without(valid.as_ref(), row, wide.len())),
                }
            }
            Arc::new(Decimal128Array::try_new(wide.into(), valid).ok()?.with_precision_and_scale(DIGITS, *scale as i8).ok()?)
        }
        (Values::Integers { integers, .. }, _) => Arc::new(Int64Array::try_new(spare.lend(integers).into(), valid).ok()?),
        (Values::Texts { codes, texts }, _) => {
            let mut array = StringBuilder::with_capacity(codes.len(), 0);
            for (row, code) in codes.iter().enumerate() {
                let is_there = valid.as_ref().is_none_or(|valid| valid.is_valid(row));
                array.append_option(texts.list().get(*code as usize).filter(|_| is_there));
            }
            spare.put(codes);
            Arc::new(array.finish())
        }
        (Values::Values(values), _) => {
            let mut array = StringBuilder::with_capacity(values.len(), 0);
            for (row, value) in values.iter().enumerate() {
                let is_there = valid.as_ref().is_none_or(|valid| valid.is_valid(row)) && *value != Value::Null;
                array.append_option(is_there.then(|| text(value)));
            }
            Arc::new(array.finish())
        }
    })
}

/// Codes with their names. That each has one is seen faster from the greatest of them than as Arrow looks, code after code: that
/// would take a quarter of the time of a table.
#[expect(unsafe_code, reason = "Arrow has no faster way that is safe")]
fn coded(keys: Int8Array, Codes { names, all_within }: Codes) -> Option<DictionaryArray<Int8Type>> {
    if all_within && names.len() <= 128 {
        // SAFETY: no key is negative or beyond the names, which is all that `try_new` asks. `Greatest` has looked at each.
        return Some(unsafe { DictionaryArray::new_unchecked(keys, names.clone()) });
    }
    DictionaryArray::try_new(keys, names.clone()).ok()
}

/// The digits of a number that has no more places than the scale; `None` if they are more than a column holds.
fn at_scale(number: Decimal, scale: u8) -> Option<i128> {
    let integer = number.checked_mul(Decimal::from_i64(10i64.checked_pow(u32::from(scale))?))?.to_i128()?;
    (integer.unsigned_abs() < 10u128.pow(u32::from(DIGITS))).then_some(integer)
}

/// The same bitmap without a row.
fn without(valid: Option<&NullBuffer>, row: usize, rows: usize) -> NullBuffer {
    NullBuffer::new(BooleanBuffer::collect_bool(rows, |one| one != row && valid.is_none_or(|valid| valid.is_valid(one))))
}

/// A value as the text that JSON has for it: numbers exact, days and times ISO, lists and records as JSON.
fn text(value: &Value) -> String {
    match value_to_json(value) {
        serde_json::Value::String(text) => text,
        json => json.to_string(),
    }
}
