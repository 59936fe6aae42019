//! Any cell of Arrow as what a host tells: the way of every cell that has no faster one.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray};
use arrow_schema::{DataType, TimeUnit};
use thutuc::eval::Input;
use thutuc::value::{Date, DateTime, Time};

use crate::moments::{local, split};

/// A column of texts.
#[derive(Clone, Copy)]
pub(crate) enum Texts<'a> {
    /// Of less than 2 GB.
    Small(&'a StringArray),
    /// Of any size.
    Large(&'a LargeStringArray),
    /// Short ones in place.
    View(&'a StringViewArray),
}

impl<'a> Texts<'a> {
    /// The text of a row, whatever is null.
    pub fn get(&self, row: usize) -> Option<&'a str> {
        if row >= self.len() {
            return None;
        }
        Some(match self {
            Texts::Small(array) => array.value(row),
            Texts::Large(array) => array.value(row),
            Texts::View(array) => array.value(row),
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Texts::Small(array) => array.len(),
            Texts::Large(array) => array.len(),
            Texts::View(array) => array.len(),
        }
    }
}

/// A column as texts, if it is of texts that are not coded.
pub(crate) fn texts(array: &ArrayRef) -> Option<Texts<'_>> {
    match array.data_type() {
        DataType::Utf8 => array.as_string_opt().map(Texts::Small),
        DataType::LargeUtf8 => array.as_string_opt().map(Texts::Large),
        DataType::Utf8View => array.as_string_view_opt().map(Texts::View),
        _ => None,
    }
}

/// A cell as a host tells it.
pub(crate) fn input(array: &ArrayRef, row: usize) -> Input<'_> {
    if row >= array.len() || array.is_null(row) {
        return Input::Null;
    }
    if let Some(text) = texts(array).and_then(|texts| texts.get(row)) {
        return Input::Text(Cow::Borrowed(text));
    }
    told(array, row).unwrap_or_else(|| Input::Foreign(array.data_type().to_string().into()))
}

fn told(array: &ArrayRef, row: usize) -> Option<Input<'_>> {
    let number = |text: String| Some(Input::Number(text.into()));
    let moment = || split_at(array, row);
    match array.data_type() {
        DataType::Null => Some(Input::Null),
        DataType::Boolean => Some(Input::Boolean(array.as_boolean_opt()?.value(row))),
        DataType::Int8 => number(array.as_primitive_opt::<Int8Type>()?.value(row).to_string()),
        DataType::Int16 => number(array.as_primitive_opt::<Int16Type>()?.value(row).to_string()),
        DataType::Int32 => number(array.as_primitive_opt::<Int32Type>()?.value(row).to_string()),
        DataType::Int64 => number(array.as_primitive_opt::<Int64Type>()?.value(row).to_string()),
        DataType::UInt8 => number(array.as_primitive_opt::<UInt8Type>()?.value(row).to_string()),
        DataType::UInt16 => number(array.as_primitive_opt::<UInt16Type>()?.value(row).to_string()),
        DataType::UInt32 => number(array.as_primitive_opt::<UInt32Type>()?.value(row).to_string()),
        DataType::UInt64 => number(array.as_primitive_opt::<UInt64Type>()?.value(row).to_string()),
        DataType::Float16 => Some(float(array.as_primitive_opt::<Float16Type>()?.value(row).to_f32())),
        DataType::Float32 => Some(float(array.as_primitive_opt::<Float32Type>()?.value(row))),
        DataType::Float64 => Some(float(array.as_primitive_opt::<Float64Type>()?.value(row))),
        DataType::Decimal32(..) => number(array.as_primitive_opt::<Decimal32Type>()?.value_as_string(row)),
        DataType::Decimal64(..) => number(array.as_primitive_opt::<Decimal64Type>()?.value_as_string(row)),
        DataType::Decimal128(..) => number(array.as_primitive_opt::<Decimal128Type>()?.value_as_string(row)),
        DataType::Decimal256(..) => number(array.as_primitive_opt::<Decimal256Type>()?.value_as_string(row)),
        DataType::Date32 => Some(Input::Text(Date(array.as_primitive_opt::<Date32Type>()?.value(row)).to_string().into())),
        // A moment at midnight is a day; as a day any other is refused, as it says more than a day.
        DataType::Date64 | DataType::Timestamp(..) => {
            let (day, nanos) = moment()?;
            let day = Date(day);
            Some(Input::Text(match nanos {
                0 => day.to_string().into(),
                nanos => DateTime::new(day, time(nanos)).to_string().into(),
            }))
        }
        DataType::Time32(TimeUnit::Second) => of_day(i64::from(array.as_primitive_opt::<Time32SecondType>()?.value(row)), 1_000_000_000),
        DataType::Time32(_) => of_day(i64::from(array.as_primitive_opt::<Time32MillisecondType>()?.value(row)), 1_000_000),
        DataType::Time64(TimeUnit::Microsecond) => of_day(array.as_primitive_opt::<Time64MicrosecondType>()?.value(row), 1_000),
        DataType::Time64(_) => of_day(array.as_primitive_opt::<Time64NanosecondType>()?.value(row), 1),
        DataType::Dictionary(..) => {
            let at = array.slice(row, 1).as_any_dictionary_opt()?.normalized_keys().first().copied()?;
            Some(input(array.as_any_dictionary_opt()?.values(), at))
        }
        DataType::Struct(members) => {
            let within = array.as_struct_opt()?;
            let entries = members.iter().zip(within.columns()).filter(|(_, column)| !column.is_null(row));
            Some(Input::Record(entries.map(|(member, column)| (Cow::Borrowed(member.name().as_str()), input(column, row))).collect()))
        }
        _ => {
            let (items, range) = items(array, row)?;
            Some(Input::List(range.map(|item| input(items, item)).collect()))
        }
    }
}

/// The items of all lists of a column, and where those of a row are.
pub(crate) fn items(array: &ArrayRef, row: usize) -> Option<(&ArrayRef, std::ops::Range<usize>)> {
    let range = |start: usize, size: usize| start..start + size;
    match array.data_type() {
        DataType::List(_) => {
            let lists = array.as_list_opt::<i32>()?;
            let (start, end) = (*lists.offsets().get(row)?, *lists.offsets().get(row + 1)?);
            Some((lists.values(), usize::try_from(start).ok()?..usize::try_from(end).ok()?))
        }
        DataType::LargeList(_) => {
            let lists = array.as_list_opt::<i64>()?;
            let (start, end) = (*lists.offsets().get(row)?, *lists.offsets().get(row + 1)?);
            Some((lists.values(), usize::try_from(start).ok()?..usize::try_from(end).ok()?))
        }
        DataType::FixedSizeList(..) => {
            let lists = array.as_fixed_size_list_opt()?;
            Some((lists.values(), range(lists.value_offset_at(row), usize::try_from(lists.value_length()).ok()?)))
        }
        DataType::ListView(_) => {
            let lists = array.as_list_view_opt::<i32>()?;
            Some((lists.values(), range(usize::try_from(lists.value_offset(row)).ok()?, usize::try_from(lists.value_size(row)).ok()?)))
        }
        DataType::LargeListView(_) => {
            let lists = array.as_list_view_opt::<i64>()?;
            Some((lists.values(), range(usize::try_from(lists.value_offset(row)).ok()?, usize::try_from(lists.value_size(row)).ok()?)))
        }
        _ => None,
    }
}

/// A float by its shortest decimal text.
pub(crate) fn float<F: Into<f64> + Copy + ToString>(float: F) -> Input<'static> {
    let value: f64 = float.into();
    match value.is_finite() {
        true => Input::Number(float.to_string().into()),
        false => Input::Foreign(if value.is_nan() { "NaN" } else { "Infinity" }.into()),
    }
}

fn time(nanos: u64) -> Time {
    Time { nanos, offset: None }
}

fn of_day(ticks: i64, nanos: i64) -> Option<Input<'static>> {
    let nanos = u64::try_from(ticks.checked_mul(nanos)?).ok()?;
    Some(Input::Text(time(nanos).to_string().into()))
}

/// The day of a moment and the nanoseconds of the day.
fn split_at(array: &ArrayRef, row: usize) -> Option<(i32, u64)> {
    let moment = local(&array.slice(row, 1))?.first().copied()?;
    let (day, second) = split(moment)?;
    Some((day, u64::from(second) * 1_000_000_000 + u64::from(moment.1)))
}
