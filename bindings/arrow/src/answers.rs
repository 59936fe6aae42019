//! Columns of decisions as Arrow arrays, without a copy where Arrow holds them the same way.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::types::{Int8Type, Int32Type, UInt8Type};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Int8Array, Int32Array, Int64Array, PrimitiveArray, StringArray, UInt8Array,
    new_null_array,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field};
use thutuc::columns::{Answers, Kind, OutputColumn, Values};
use thutuc::value::{Decimal, Rounding, Value};
use thutuc::wire::value_to_json;

/// The metadata by which polars takes a dictionary for its `Enum`, as it writes it itself, and need not look at every code. Others
/// take no notice of it.
const ENUM: &str = "_PL_ENUM_VALUES2";

/// Digits of a decimal column.
const DIGITS: u8 = 38;

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

    /// The arrays of the answers of some rows, and how many numbers had more decimal places than their column and were
    /// rounded half-even. A number too large for its column is null, and counted with them.
    #[must_use]
    pub fn arrays(&self, rows: usize, answers: Vec<Answers>) -> (Vec<ArrayRef>, usize) {
        let mut rounded = 0;
        let arrays = self.columns.iter().zip(answers).map(|((column, of, names), answers)| {
            let valid = answers.valid.map(|valid| NullBuffer::new(BooleanBuffer::new(Buffer::from_vec(valid), 0, rows)));
            array(rows, &column.kind, answers.values, valid, names.as_ref(), &mut rounded).unwrap_or_else(|| new_null_array(of, rows))
        });
        (arrays.collect(), rounded)
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

fn array(rows: usize, kind: &Kind, values: Values, valid: Option<NullBuffer>, names: Option<&ArrayRef>, rounded: &mut usize) -> Option<ArrayRef> {
    Some(match (values, kind) {
        (Values::Bytes(bytes), Kind::Codes(codes)) if codes.len() <= 128 => {
            let all_within = usize::from(bytes.iter().fold(0, |most: u8, code| most.max(*code))) < names?.len();
            let keys: Int8Array = PrimitiveArray::try_new(ScalarBuffer::from(Buffer::from_vec(bytes)), valid).ok()?;
            Arc::new(coded(keys, names?.clone(), all_within)?)
        }
        (Values::Bytes(bytes), Kind::Codes(_)) => {
            let keys: UInt8Array = PrimitiveArray::try_new(bytes.into(), valid).ok()?;
            Arc::new(DictionaryArray::<UInt8Type>::try_new(keys, names?.clone()).ok()?)
        }
        (Values::Bytes(bytes), _) => Arc::new(UInt8Array::try_new(bytes.into(), valid).ok()?),
        (Values::Wide(codes), _) => {
            let keys: Int32Array = PrimitiveArray::try_new(ScalarBuffer::from(Buffer::from_vec(codes)), valid).ok()?;
            Arc::new(DictionaryArray::<Int32Type>::try_new(keys, names?.clone()).ok()?)
        }
        (Values::Bits(words), _) => {
            Arc::new(BooleanArray::new(BooleanBuffer::new(Buffer::from_vec(words), 0, rows), valid))
        }
        (Values::Days(days), _) => Arc::new(Date32Array::try_new(days.into(), valid).ok()?),
        (Values::Integers { integers, beside }, Kind::Numbers { scale }) => {
            let mut wide: Vec<i128> = integers.into_iter().map(i128::from).collect();
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
        (Values::Integers { integers, .. }, _) => Arc::new(Int64Array::try_new(integers.into(), valid).ok()?),
        (Values::Texts { codes, texts }, _) => {
            let mut array = StringBuilder::with_capacity(codes.len(), 0);
            for (row, code) in codes.into_iter().enumerate() {
                let is_there = valid.as_ref().is_none_or(|valid| valid.is_valid(row));
                array.append_option(texts.list().get(code as usize).filter(|_| is_there));
            }
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
fn coded(keys: Int8Array, names: ArrayRef, all_within: bool) -> Option<DictionaryArray<Int8Type>> {
    if all_within && names.len() <= 128 {
        // SAFETY: no key is negative or beyond the names, which is all that `try_new` asks.
        return Some(unsafe { DictionaryArray::new_unchecked(keys, names) });
    }
    DictionaryArray::try_new(keys, names).ok()
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
