//! Columns of days and moments. Moments with a time zone are told in Vietnam's (UTC+07:00), others are local already.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType};
use arrow_array::{Array, ArrayRef};
use arrow_buffer::ScalarBuffer;
use arrow_schema::{DataType, TimeUnit};
use thutuc::calendar::Stamp;
use thutuc::value::{Date, DateTime};

use crate::binding::is_text;
use crate::input::texts;

/// What stands for a day that is not told: no law is in force on it.
pub(crate) const NO_DAY: i32 = i32::MIN;

const DAY: i64 = 86_400;

/// Hours that an office opens at: see `thutuc::eval::Moment::on`.
const OPENING: u32 = 8 * 3600;

/// Seconds that Vietnam is ahead of UTC.
const VIETNAM: i64 = 7 * 3600;

/// Whether moments can be read from a column of a type.
pub(crate) fn readable(of: &DataType) -> bool {
    is_text(of) || matches!(of, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) | DataType::Null)
}

/// A moment as local seconds since 1970-01-01T00:00, and what is left of a second.
pub(crate) type Local = (i64, u32);

/// The moments of a column of timestamps or milliseconds, whatever is null; `None` for other columns.
pub(crate) fn local(array: &ArrayRef) -> Option<Vec<Local>> {
    let (unit, zoned) = match array.data_type() {
        DataType::Date64 => (TimeUnit::Millisecond, false),
        DataType::Timestamp(unit, zone) => (*unit, zone.is_some()),
        _ => return None,
    };
    let ticks: &ScalarBuffer<i64> = match (array.data_type(), unit) {
        (DataType::Date64, _) => array.as_primitive_opt::<Date64Type>()?.values(),
        (_, TimeUnit::Second) => array.as_primitive_opt::<TimestampSecondType>()?.values(),
        (_, TimeUnit::Millisecond) => array.as_primitive_opt::<TimestampMillisecondType>()?.values(),
        (_, TimeUnit::Microsecond) => array.as_primitive_opt::<TimestampMicrosecondType>()?.values(),
        (_, TimeUnit::Nanosecond) => array.as_primitive_opt::<TimestampNanosecondType>()?.values(),
    };
    let per_second: i64 = match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    };
    let ahead = if zoned { VIETNAM } else { 0 };
    let nanos = 1_000_000_000 / per_second;
    let moment = |ticks: &i64| {
        let seconds = ticks.div_euclid(per_second).saturating_add(ahead);
        (seconds, (ticks.rem_euclid(per_second) * nanos) as u32)
    };
    Some(ticks.iter().map(moment).collect())
}

/// The day and the second of the day; `None` beyond the days that 32 bits hold.
pub(crate) fn split((seconds, _): Local) -> Option<(i32, u32)> {
    Some((i32::try_from(seconds.div_euclid(DAY)).ok()?, seconds.rem_euclid(DAY) as u32))
}

/// The days of a column; [`NO_DAY`] where there is none, and where a text is none.
pub(crate) fn days(array: &ArrayRef) -> ScalarBuffer<i32> {
    let nulls = array.logical_nulls();
    let null = |row| nulls.as_ref().is_some_and(|nulls| nulls.is_null(row));
    if let Some(days) = array.as_primitive_opt::<Date32Type>() {
        return match nulls.as_ref().filter(|nulls| nulls.null_count() > 0) {
            None => days.values().clone(),
            Some(_) => days.values().iter().enumerate().map(|(row, day)| if null(row) { NO_DAY } else { *day }).collect(),
        };
    }
    if let Some(moments) = local(array) {
        let day = |(row, moment): (usize, Local)| split(moment).filter(|_| !null(row)).map_or(NO_DAY, |(day, _)| day);
        return moments.into_iter().enumerate().map(day).collect();
    }
    match texts(array) {
        None => vec![NO_DAY; array.len()].into(),
        Some(texts) => {
            let day = |row| texts.get(row).filter(|_| !null(row)).and_then(Date::parse).map_or(NO_DAY, |day| day.0);
            (0..array.len()).map(day).collect()
        }
    }
}

/// The days and seconds of a column of moments; [`NO_DAY`] where there is none, and where a text is none.
pub(crate) fn stamps(array: &ArrayRef) -> (ScalarBuffer<i32>, Option<Vec<u32>>) {
    if matches!(array.data_type(), DataType::Date32 | DataType::Null) {
        return (days(array), None);
    }
    let nulls = array.logical_nulls();
    let null = |row| nulls.as_ref().is_some_and(|nulls| nulls.is_null(row));
    let moments = local(array);
    let texts = texts(array);
    let stamp = |row: usize| {
        if null(row) {
            return None;
        }
        if let Some(moments) = &moments {
            return split(*moments.get(row)?);
        }
        let text = texts.as_ref()?.get(row)?;
        let opening = |day| Stamp { date: day, second: OPENING };
        let stamp = DateTime::parse(text).and_then(|moment| Stamp::of(&moment)).or_else(|| Date::parse(text).map(opening))?;
        Some((stamp.date.0, stamp.second))
    };
    let (days, seconds): (Vec<i32>, Vec<u32>) = (0..array.len()).map(|row| stamp(row).unwrap_or((NO_DAY, OPENING))).unzip();
    (days.into(), Some(seconds))
}
