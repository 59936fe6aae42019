//! The operators of FEEL on values, as DMN 1.5 defines them.
//!
//! An operator that its operands don't have gives null; the checker excludes such uses before.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Context, Date, DateTime, DaysDuration, Decimal, MonthsDuration, Offset, Time, Value, nfc};

const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

/// `a + b`: numbers, durations of one kind, texts (joined), a date or time and a duration.
#[must_use]
pub fn add(a: &Value, b: &Value) -> Value {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => number(a.checked_add(*b)),
        (Value::Text(a), Value::Text(b)) => Value::Text(joined(a, b)),
        (Value::Days(a), Value::Days(b)) => days(a.checked_add(*b)),
        (Value::Months(a), Value::Months(b)) => months(a.checked_add(*b)),
        (moment, Value::Days(by)) | (Value::Days(by), moment) => plus_days(moment, *by),
        (moment, Value::Months(by)) | (Value::Months(by), moment) => plus_months(moment, *by),
        _ => Value::Null,
    }
}

/// `a - b`: numbers, durations of one kind, two dates or times (a duration in days), a date or time and
/// a duration.
#[must_use]
pub fn subtract(a: &Value, b: &Value) -> Value {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => number(a.checked_sub(*b)),
        (Value::Days(a), Value::Days(b)) => days(a.checked_sub(*b)),
        (Value::Months(a), Value::Months(b)) => months(a.checked_sub(*b)),
        (moment, Value::Days(by)) => by.checked_neg().map_or(Value::Null, |by| plus_days(moment, by)),
        (moment, Value::Months(by)) => by.checked_neg().map_or(Value::Null, |by| plus_months(moment, by)),
        (Value::Time(a), Value::Time(b)) => days(comparable(time_instant(a), time_instant(b)).map(difference)),
        (Value::Date(_) | Value::DateTime(_), Value::Date(_) | Value::DateTime(_)) => days(distance(a, b)),
        _ => Value::Null,
    }
}

/// `a * b`: numbers, a duration and a number.
#[must_use]
pub fn multiply(a: &Value, b: &Value) -> Value {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => number(a.checked_mul(*b)),
        (Value::Days(duration), Value::Number(by)) | (Value::Number(by), Value::Days(duration)) => {
            days(duration.checked_scale(*by))
        }
        (Value::Months(duration), Value::Number(by)) | (Value::Number(by), Value::Months(duration)) => {
            months(duration.checked_scale(*by))
        }
        _ => Value::Null,
    }
}

/// `a / b`: numbers, a duration and a number, two durations of one kind (a number).
#[must_use]
pub fn divide(a: &Value, b: &Value) -> Value {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => number(a.checked_div(*b)),
        (Value::Days(a), Value::Days(b)) => number(a.checked_ratio(*b)),
        (Value::Months(a), Value::Months(b)) => number(a.checked_ratio(*b)),
        (Value::Days(duration), Value::Number(by)) => days(duration.checked_shrink(*by)),
        (Value::Months(duration), Value::Number(by)) => months(duration.checked_shrink(*by)),
        _ => Value::Null,
    }
}

/// `a ** b`: a number and a whole exponent; null for any other exponent.
#[must_use]
pub fn exponentiate(a: &Value, b: &Value) -> Value {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => number(a.checked_pow(*b)),
        _ => Value::Null,
    }
}

/// `-a`: a number or a duration.
#[must_use]
pub fn negate(a: &Value) -> Value {
    match a {
        Value::Number(a) => Value::Number(-*a),
        Value::Days(a) => days(a.checked_neg()),
        Value::Months(a) => months(a.checked_neg()),
        _ => Value::Null,
    }
}

/// `a = b`; `None` (null) where the types differ. Null equals null and nothing else.
///
/// Times with offsets are equal if they are the same instant; one with and one without are not equal.
/// Contexts are equal whatever the order of their entries.
#[must_use]
pub fn equal(a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Null, Value::Null) => Some(true),
        (Value::Null, _) | (_, Value::Null) => Some(false),
        (Value::Boolean(a), Value::Boolean(b)) => Some(a == b),
        (Value::Number(a), Value::Number(b)) => Some(a == b),
        (Value::Text(a), Value::Text(b)) => Some(a == b),
        (Value::Date(a), Value::Date(b)) => Some(a == b),
        (Value::Time(a), Value::Time(b)) => Some(same(comparable(time_instant(a), time_instant(b)))),
        (Value::DateTime(a), Value::DateTime(b)) => Some(same(comparable(instant(a), instant(b)))),
        (Value::Days(a), Value::Days(b)) => Some(a == b),
        (Value::Months(a), Value::Months(b)) => Some(a == b),
        (Value::List(a), Value::List(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            all_equal(a.iter().zip(b.iter()))
        }
        (Value::Context(a), Value::Context(b)) => equal_contexts(a, b),
        (Value::Range(a), Value::Range(b)) => {
            if a.low_included != b.low_included || a.high_included != b.high_included {
                return Some(false);
            }
            let end = |end: &Option<Value>| end.clone().unwrap_or_default();
            all_equal([(&end(&a.low), &end(&b.low)), (&end(&a.high), &end(&b.high))].into_iter())
        }
        (Value::Function(a), Value::Function(b)) => Some(a == b),
        _ => None,
    }
}

/// The order of two values of one ordered type: numbers, texts (by code point), dates, times, durations.
/// `None` for others, and for a time with an offset and one without.
#[must_use]
pub fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => comparable(time_instant(a), time_instant(b)).map(|(a, b)| a.cmp(&b)),
        (Value::DateTime(a), Value::DateTime(b)) => comparable(instant(a), instant(b)).map(|(a, b)| a.cmp(&b)),
        (Value::Days(a), Value::Days(b)) => Some(a.cmp(b)),
        (Value::Months(a), Value::Months(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn number(result: Option<Decimal>) -> Value {
    result.map_or(Value::Null, Value::Number)
}

fn days(result: Option<DaysDuration>) -> Value {
    result.map_or(Value::Null, Value::Days)
}

fn months(result: Option<MonthsDuration>) -> Value {
    result.map_or(Value::Null, Value::Months)
}

fn joined(a: &Arc<str>, b: &Arc<str>) -> Arc<str> {
    let text = format!("{a}{b}");
    // A combining mark at the start of `b` may compose with the end of `a`.
    nfc(&text).as_ref().into()
}

fn plus_days(moment: &Value, by: DaysDuration) -> Value {
    let moved = match moment {
        Value::Date(date) => shifted(*date, 0, by).map(|(date, _)| Value::Date(date)),
        Value::DateTime(moment) => shifted(moment.date, moment.time.nanos, by).map(|(date, nanos)| {
            Value::DateTime(DateTime::new(date, Time { nanos, offset: moment.time.offset.clone() }))
        }),
        Value::Time(time) => {
            let nanos = (i128::from(time.nanos) + by.nanos() % DAY).rem_euclid(DAY) as u64;
            Some(Value::Time(Time { nanos, offset: time.offset.clone() }))
        }
        _ => None,
    };
    moved.unwrap_or_default()
}

fn shifted(date: Date, nanos: u64, by: DaysDuration) -> Option<(Date, u64)> {
    let sum = (i128::from(date.0) * DAY + i128::from(nanos)).checked_add(by.nanos())?;
    let date = Date(i32::try_from(sum.div_euclid(DAY)).ok()?);
    // Refuses days the calendar does not reach.
    let (year, month, day) = date.ymd();
    (Date::from_ymd(year, month, day) == Some(date)).then_some((date, sum.rem_euclid(DAY) as u64))
}

fn plus_months(moment: &Value, by: MonthsDuration) -> Value {
    let Ok(by) = i32::try_from(by.total_months()) else { return Value::Null };
    let moved = match moment {
        Value::Date(date) => date.plus_months(by).map(Value::Date),
        Value::DateTime(moment) => {
            moment.date.plus_months(by).map(|date| Value::DateTime(DateTime::new(date, moment.time.clone())))
        }
        _ => None,
    };
    moved.unwrap_or_default()
}

/// Nanoseconds on a scale that only instants with an equal `zone` share.
struct Instant<'a> {
    nanos: i128,
    zone: Scale<'a>,
}

#[derive(PartialEq, Eq)]
enum Scale<'a> {
    /// Told without an offset.
    Local,
    /// Counted in UTC.
    Universal,
    /// A zone whose offset the core does not know: it carries no time zone database.
    Zone(&'a str),
}

fn time_instant(time: &Time) -> Instant<'_> {
    let (zone, seconds) = match &time.offset {
        None => (Scale::Local, 0),
        Some(Offset::Seconds(seconds)) => (Scale::Universal, *seconds),
        Some(Offset::Zone(zone)) => match &**zone {
            "UTC" | "GMT" | "Etc/UTC" | "Etc/GMT" => (Scale::Universal, 0),
            // UTC+07:00 all year round since 1975.
            "Asia/Ho_Chi_Minh" | "Asia/Saigon" => (Scale::Universal, 7 * 3600),
            zone => (Scale::Zone(zone), 0),
        },
    };
    Instant { nanos: i128::from(time.nanos) - i128::from(seconds) * SECOND, zone }
}

fn instant(moment: &DateTime) -> Instant<'_> {
    let time = time_instant(&moment.time);
    Instant { nanos: i128::from(moment.date.0) * DAY + time.nanos, zone: time.zone }
}

fn comparable(a: Instant<'_>, b: Instant<'_>) -> Option<(i128, i128)> {
    (a.zone == b.zone).then_some((a.nanos, b.nanos))
}

fn midnight(date: Date) -> Instant<'static> {
    Instant { nanos: i128::from(date.0) * DAY, zone: Scale::Universal }
}

fn same(pair: Option<(i128, i128)>) -> bool {
    pair.is_some_and(|(a, b)| a == b)
}

fn difference((a, b): (i128, i128)) -> DaysDuration {
    DaysDuration::from_nanos(a - b)
}

/// From `b` to `a`, each a date or a date and time. Beside a date and time, a date is its midnight in UTC;
/// there is no distance between one with an offset and one without.
fn distance(a: &Value, b: &Value) -> Option<DaysDuration> {
    match (a, b) {
        (Value::Date(a), Value::Date(b)) => Some(DaysDuration::from_days(i64::from(a.0) - i64::from(b.0))),
        (Value::DateTime(a), Value::DateTime(b)) => comparable(instant(a), instant(b)).map(difference),
        (Value::DateTime(a), Value::Date(b)) => comparable(instant(a), midnight(*b)).map(difference),
        (Value::Date(a), Value::DateTime(b)) => comparable(midnight(*a), instant(b)).map(difference),
        _ => None,
    }
}

/// Three-valued: one difference decides, else one pair of different types leaves it open.
fn all_equal<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Option<bool> {
    let mut result = Some(true);
    for (a, b) in pairs {
        match equal(a, b) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => result = None,
        }
    }
    result
}

fn equal_contexts(a: &Context, b: &Context) -> Option<bool> {
    if a.0.len() != b.0.len() {
        return Some(false);
    }
    let pairs: Option<Vec<_>> = a.0.iter().map(|(name, value)| b.get(name).map(|other| (value, other))).collect();
    match pairs {
        Some(pairs) => all_equal(pairs.into_iter()),
        None => Some(false),
    }
}

#[cfg(test)]
#[path = "operate_tests.rs"]
mod tests;
