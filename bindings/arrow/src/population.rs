//! Synthetic cases as record batches, a column a fact: what [`crate::Binding`] reads again.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Int32Array, Int64Array, ListArray, RecordBatch, RecordBatchOptions, StringArray,
    StructArray,
    Time64MicrosecondArray, TimestampMicrosecondArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields, Schema, TimeUnit};
use thutuc::compile::program::{Coded, FactSlot, Layout, Program};
use thutuc::population::{CaseColumn, CaseColumns};
use thutuc::value::{Fact, Value};

/// Digits of a number that is no integer.
const DIGITS: u8 = 38;

/// The schema of the cases of a program. What is not told and what is null are both null.
#[must_use]
pub fn population_schema(program: &Program) -> Schema {
    Schema::new(program.facts.iter().map(field).collect::<Vec<_>>())
}

/// A block of cases as a record batch.
///
/// # Errors
/// Arrow's, if the columns are of another program.
pub fn population_batch(program: &Program, cases: &CaseColumns, rows: usize) -> Result<RecordBatch, ArrowError> {
    let columns = program.facts.iter().zip(cases.columns()).map(|(fact, column)| column_of(fact, column, rows));
    RecordBatch::try_new(Arc::new(population_schema(program)), columns.collect::<Result<_, _>>()?)
}

/// Some columns of a block of cases, those there are.
pub(crate) fn population_part(program: &Program, cases: &CaseColumns, rows: usize, names: &[String]) -> Result<RecordBatch, ArrowError> {
    let wanted = program.facts.iter().zip(cases.columns()).filter(|(fact, _)| names.iter().any(|name| *name == *fact.name));
    let (fields, columns): (Vec<Field>, Vec<_>) = wanted.map(|(fact, column)| (field(fact), column_of(fact, column, rows))).unzip();
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns.into_iter().collect::<Result<_, _>>()?, &options)
}

fn field(fact: &FactSlot) -> Field {
    Field::new(&*fact.name, data_type(&fact.layout), true)
}

fn data_type(layout: &Layout) -> DataType {
    let list = |item: DataType| DataType::List(Arc::new(Field::new("item", item, true)));
    match layout {
        Layout::Boolean => DataType::Boolean,
        Layout::Number { scale: 0, .. } => DataType::Int64,
        Layout::Number { scale, .. } => DataType::Decimal128(DIGITS, *scale as i8),
        Layout::Enumeration { .. } => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Layout::Set { .. } | Layout::Texts { .. } => list(DataType::Utf8),
        Layout::Date { .. } => DataType::Date32,
        Layout::Text { .. } => DataType::Utf8,
        Layout::Time => DataType::Time64(TimeUnit::Microsecond),
        Layout::DateTime => DataType::Timestamp(TimeUnit::Microsecond, None),
        Layout::Records { fields, .. } => list(DataType::Struct(fields_of(fields))),
    }
}

fn fields_of(fields: &[FactSlot]) -> Fields {
    fields.iter().map(field).collect()
}

fn column_of(fact: &FactSlot, column: &CaseColumn, rows: usize) -> Result<ArrayRef, ArrowError> {
    let bit = |bytes: &[u8], row: usize| bytes.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1);
    let told: Vec<bool> = (0..rows).map(|row| !bit(&column.missing, row) && !bit(&column.null, row)).collect();
    let nulls = Some(NullBuffer::from(told.clone()));
    Ok(match &fact.layout {
        Layout::Boolean => Arc::new(BooleanArray::new(column.bytes.iter().map(|byte| *byte != 0).collect(), nulls)),
        Layout::Enumeration { values } => {
            let keys = Int32Array::new(column.bytes.iter().map(|code| i32::from(*code)).collect(), nulls);
            Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::new(codes(values)))?)
        }
        Layout::Number { scale: 0, .. } => Arc::new(Int64Array::new(column.numbers.clone().into(), nulls)),
        Layout::Number { scale, .. } => {
            let numbers = column.numbers.iter().map(|number| i128::from(*number)).collect();
            Arc::new(Decimal128Array::new(numbers, nulls).with_precision_and_scale(DIGITS, *scale as i8)?)
        }
        Layout::Date { .. } => Arc::new(Date32Array::new(column.days.clone().into(), nulls)),
        Layout::Set { values } => {
            let members = |bits: u64| values.iter().enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, value)| &*value.code);
            let lists = column.sets.iter().zip(&told).map(|(bits, told)| told.then(|| members(*bits).collect::<Vec<_>>()));
            texts(lists.collect())?
        }
        layout => {
            let cells: Vec<Option<&Value>> = column.values.iter().zip(&told).map(|(fact, told)| known(fact).filter(|_| *told)).collect();
            array(layout, &cells)?
        }
    })
}

fn known(fact: &Fact<Value>) -> Option<&Value> {
    match fact {
        Fact::Known(Value::Null) | Fact::Null | Fact::Missing => None,
        Fact::Known(value) => Some(value),
    }
}

fn codes(values: &[Coded]) -> StringArray {
    values.iter().map(|value| Some(&*value.code)).collect()
}

fn texts(lists: Vec<Option<Vec<&str>>>) -> Result<ArrayRef, ArrowError> {
    let lengths = lists.iter().map(|list| list.as_ref().map_or(0, Vec::len));
    let offsets = OffsetBuffer::from_lengths(lengths);
    let nulls = NullBuffer::from(lists.iter().map(Option::is_some).collect::<Vec<_>>());
    let items: StringArray = lists.iter().flatten().flatten().map(|text| Some(*text)).collect();
    Ok(Arc::new(ListArray::try_new(Arc::new(Field::new("item", DataType::Utf8, true)), offsets, Arc::new(items), Some(nulls))?))
}

/// Values of one layout as an array.
fn array(layout: &Layout, cells: &[Option<&Value>]) -> Result<ArrayRef, ArrowError> {
    let micros = |nanos: u64| (nanos / 1000) as i64;
    Ok(match layout {
        Layout::Boolean => Arc::new(cells.iter().map(|cell| if let Some(Value::Boolean(truth)) = cell { Some(*truth) } else { None }).collect::<BooleanArray>()),
        Layout::Number { scale, .. } => {
            let number = |cell: &Option<&Value>| if let Some(Value::Number(number)) = cell { number.scaled(*scale) } else { None };
            match scale {
                0 => Arc::new(cells.iter().map(number).collect::<Int64Array>()),
                scale => {
                    let numbers: Decimal128Array = cells.iter().map(|cell| number(cell).map(i128::from)).collect();
                    Arc::new(numbers.with_precision_and_scale(DIGITS, *scale as i8)?)
                }
            }
        }
        Layout::Enumeration { values } => {
            let code = |cell: &Option<&Value>| match cell {
                Some(Value::Text(text)) => values.iter().position(|value| value.code == *text).map(|at| at as i32),
                _ => None,
            };
            Arc::new(DictionaryArray::<Int32Type>::try_new(cells.iter().map(code).collect(), Arc::new(codes(values)))?)
        }
        Layout::Date { .. } => Arc::new(cells.iter().map(|cell| if let Some(Value::Date(day)) = cell { Some(day.0) } else { None }).collect::<Date32Array>()),
        Layout::Text { .. } => Arc::new(cells.iter().map(|cell| text(*cell)).collect::<StringArray>()),
        Layout::Time => Arc::new(cells.iter().map(|cell| if let Some(Value::Time(time)) = cell { Some(micros(time.nanos)) } else { None }).collect::<Time64MicrosecondArray>()),
        Layout::DateTime => {
            const DAY: i64 = 86_400_000_000;
            let moment = |cell: &Option<&Value>| match cell {
                Some(Value::DateTime(moment)) => Some(i64::from(moment.date.0) * DAY + micros(moment.time.nanos)),
                _ => None,
            };
            Arc::new(cells.iter().map(moment).collect::<TimestampMicrosecondArray>())
        }
        Layout::Set { .. } | Layout::Texts { .. } => {
            let text = |item: &&_| if let Value::Text(text) = *item { Some(text.to_string()) } else { None };
            let lists: Vec<Option<Vec<String>>> = cells.iter().map(|cell| cell.map(|cell| items(Some(cell)).iter().filter_map(text).collect())).collect();
            texts(lists.iter().map(|list| list.as_ref().map(|texts| texts.iter().map(String::as_str).collect())).collect())?
        }
        Layout::Records { fields, .. } => {
            let records: Vec<Vec<&Value>> = cells.iter().map(|cell| items(*cell)).collect();
            let offsets = OffsetBuffer::from_lengths(records.iter().map(Vec::len));
            let nulls = NullBuffer::from(cells.iter().map(Option::is_some).collect::<Vec<_>>());
            let all: Vec<&Value> = records.iter().flatten().copied().collect();
            let members = fields.iter().map(|field| {
                let values: Vec<Option<&Value>> = all.iter().map(|record| member(record, &field.name)).collect();
                array(&field.layout, &values)
            });
            let members = members.collect::<Result<Vec<_>, _>>()?;
            let of = fields_of(fields);
            let structs = StructArray::try_new_with_length(of.clone(), members, None, all.len())?;
            let item: FieldRef = Arc::new(Field::new("item", DataType::Struct(of), true));
            Arc::new(ListArray::try_new(item, offsets, Arc::new(structs), Some(nulls))?)
        }
    })
}

fn text(cell: Option<&Value>) -> Option<&str> {
    if let Some(Value::Text(text)) = cell { Some(text) } else { None }
}

fn items(cell: Option<&Value>) -> Vec<&Value> {
    match cell {
        Some(Value::List(items)) => items.iter().collect(),
        _ => Vec::new(),
    }
}

fn member<'v>(record: &'v Value, name: &str) -> Option<&'v Value> {
    match record {
        Value::Context(context) => context.get(name).filter(|value| **value != Value::Null),
        _ => None,
    }
}
