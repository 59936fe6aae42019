//! What stands behind a point: parts of dates, times, durations and ranges, members of contexts.

use crate::value::{DateTime, DaysDuration, Decimal, Offset, Time, Type, Value};

/// The part of a value that `value.name` means; `None` if it has no such part.
///
/// A part that is there but empty, such as the offset of a local time, is null.
#[must_use]
pub fn property(value: &Value, name: &str) -> Option<Value> {
    match value {
        Value::Date(date) => {
            let (year, month, day) = date.ymd();
            match name {
                "year" => Some(number(year)),
                "month" => Some(number(month)),
                "day" => Some(number(day)),
                "weekday" => Some(number(date.weekday())),
                _ => None,
            }
        }
        Value::Time(time) => of_time(time, name),
        Value::DateTime(DateTime { date, time }) => property(&Value::Date(*date), name).or_else(|| of_time(time, name)),
        Value::Days(duration) => match name {
            "days" => Some(Value::Number(Decimal::from_i128(duration.days()))),
            "hours" => Some(number(duration.hours())),
            "minutes" => Some(number(duration.minutes())),
            "seconds" => Some(Value::Number(duration.seconds())),
            _ => None,
        },
        Value::Months(duration) => match name {
            "years" => Some(number(duration.years())),
            "months" => Some(number(duration.months())),
            _ => None,
        },
        Value::Range(range) => match name {
            "start" => Some(range.low.clone().unwrap_or_default()),
            "end" => Some(range.high.clone().unwrap_or_default()),
            "start included" => Some(Value::Boolean(range.low_included)),
            "end included" => Some(Value::Boolean(range.high_included)),
            _ => None,
        },
        Value::Context(context) => context.get(name).cloned(),
        _ => None,
    }
}

fn of_time(time: &Time, name: &str) -> Option<Value> {
    let (hour, minute, second) = time.hms();
    match name {
        "hour" => Some(number(hour)),
        "minute" => Some(number(minute)),
        "second" => {
            let nanos = i64::from(second) * 1_000_000_000 + (time.nanos % 1_000_000_000) as i64;
            Some(Value::Number(Decimal::from_scaled(nanos, 9)))
        }
        "time offset" => Some(match &time.offset {
            Some(Offset::Seconds(seconds)) => Value::Days(DaysDuration::from_seconds(i64::from(*seconds))),
            // The core carries no time zone database.
            Some(Offset::Zone(_)) | None => Value::Null,
        }),
        "timezone" => Some(match &time.offset {
            Some(Offset::Zone(zone)) => Value::Text(zone.clone()),
            Some(Offset::Seconds(_)) | None => Value::Null,
        }),
        _ => None,
    }
}

fn number(number: impl Into<i64>) -> Value {
    Value::Number(Decimal::from_i64(number.into()))
}

/// The type of [`property`] for values of a type; `None` if they have no such part.
#[must_use]
pub fn property_type(of: &Type, name: &str) -> Option<Type> {
    let date = matches!(name, "year" | "month" | "day" | "weekday").then_some(Type::Number);
    let time = match name {
        "hour" | "minute" | "second" => Some(Type::Number),
        "time offset" => Some(Type::Days.optional()),
        "timezone" => Some(Type::Text.optional()),
        _ => None,
    };
    match of {
        Type::Any => Some(Type::Any),
        Type::Date => date,
        Type::Time => time,
        Type::DateTime => date.or(time),
        Type::Days => matches!(name, "days" | "hours" | "minutes" | "seconds").then_some(Type::Number),
        Type::Months => matches!(name, "years" | "months").then_some(Type::Number),
        Type::Range(end) => match name {
            "start" | "end" => Some((**end).clone().optional()),
            "start included" | "end included" => Some(Type::Boolean),
            _ => None,
        },
        Type::Context(fields) => fields.iter().find(|field| &*field.name == name).map(|field| field.of.clone()),
        _ => None,
    }
}
