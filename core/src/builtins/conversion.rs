//! From one type to another.

use std::fmt::{self, Write as _};

use super::signature::{Kind, Parameter, Signature, optional, required};
use super::{Builtin, Env, doc, examples, result};
use crate::value::{Date, DateTime, DaysDuration, Decimal, MonthsDuration, Offset, Range, Time, Type, Value};

const FROM_TEXT: &[Parameter] = &[required("from", Kind::Text)];

pub(super) static BUILTINS: &[Builtin] = &[
    Builtin {
        name: "number",
        doc: doc("The number that a text writes. Grouping separators (space, comma, point or null) are taken away and the decimal \
              separator (comma, point or null for point) is read as a point; they must differ. Null if the text is no number."),
        examples: examples(&[
            ("number(\"1 000,5\", \" \", \",\")", "1000.5"),
            ("number(\"1.000.000,01\", \".\", \",\")", "1000000.01"),
            ("number(\"1500\")", "1500"),
            ("number(\"one\", null, null)", "null"),
        ]),
        signatures: &[Signature {
            parameters: &[
                required("from", Kind::Text),
                optional("grouping separator", Kind::OrNull(&Kind::Text)),
                optional("decimal separator", Kind::OrNull(&Kind::Text)),
            ],
            result: result::maybe_number,
            function: number,
        }],
    },
    Builtin {
        name: "string",
        doc: doc("The value as text: numbers without trailing zeros, dates and durations in ISO form. Null for null."),
        examples: examples(&[("string(1.50)", "\"1.5\""), ("string(@\"2026-11-22\")", "\"2026-11-22\""), ("string([1, \"a\"])", "\"[1, \\\"a\\\"]\"")]),
        signatures: &[Signature { parameters: &[required("from", Kind::Any)], result: text_unless_null, function: string }],
    },
    Builtin {
        name: "date",
        doc: doc("The date that a text writes (year, month, day), the date of a date and time, or a date from its parts. Null if \
              there is no such day."),
        examples: examples(&[
            ("date(\"2026-01-31\")", "@\"2026-01-31\""),
            ("date(2026, 1, 31)", "@\"2026-01-31\""),
            ("date(@\"2026-01-31T10:00:00\")", "@\"2026-01-31\""),
            ("date(2026, 2, 30)", "null"),
        ]),
        signatures: &[
            Signature { parameters: &[required("from", Kind::DAY)], result: result::date, function: date },
            Signature { parameters: FROM_TEXT, result: result::maybe_date, function: date },
            Signature {
                parameters: &[required("year", Kind::Number), required("month", Kind::Number), required("day", Kind::Number)],
                result: result::maybe_date,
                function: date,
            },
        ],
    },
    Builtin {
        name: "time",
        doc: doc("The time that a text writes, the time of a date and time, or a time from its parts, local if the offset from UTC \
              is absent or null. Null if there is no such time. The time of a date is midnight UTC."),
        examples: examples(&[
            ("time(\"23:59:00Z\")", "@\"23:59:00Z\""),
            ("time(23, 59, 0)", "@\"23:59:00\""),
            ("time(23, 59, 0, @\"PT7H\")", "@\"23:59:00+07:00\""),
            ("time(@\"2026-01-31T10:00:00\")", "@\"10:00:00\""),
        ]),
        signatures: &[
            Signature {
                parameters: &[required("from", Kind::OneOf(&[Kind::Time, Kind::Date, Kind::DateTime]))],
                result: result::time,
                function: time,
            },
            Signature { parameters: FROM_TEXT, result: result::maybe_time, function: time },
            Signature {
                parameters: &[
                    required("hour", Kind::Number),
                    required("minute", Kind::Number),
                    required("second", Kind::Number),
                    optional("offset", Kind::OrNull(&Kind::Days)),
                ],
                result: result::maybe_time,
                function: time,
            },
        ],
    },
    Builtin {
        name: "date and time",
        doc: doc("The date and time that a text writes (a date alone: its midnight), or that a date and a time make. Null if there \
              is none."),
        examples: examples(&[
            ("date and time(\"2012-12-24T23:59:00\")", "@\"2012-12-24T23:59:00\""),
            ("date and time(\"2012-12-24\")", "@\"2012-12-24T00:00:00\""),
            ("date and time(@\"2012-12-24\", @\"23:59:00\")", "@\"2012-12-24T23:59:00\""),
        ]),
        signatures: &[
            Signature { parameters: &[required("from", Kind::DateTime)], result: result::date_time, function: date_and_time },
            Signature { parameters: FROM_TEXT, result: result::maybe_date_time, function: date_and_time },
            Signature {
                parameters: &[required("date", Kind::DAY), required("time", Kind::Time)],
                result: result::date_time,
                function: date_and_time,
            },
        ],
    },
    Builtin {
        name: "duration",
        doc: doc("The duration that a text writes, in days and time or in years and months. Null if it writes none. Where its type \
              matters, write a literal: `@\"P1Y2M\"`."),
        examples: examples(&[("duration(\"P1DT2H\")", "@\"P1DT2H\""), ("duration(\"P14M\")", "@\"P1Y2M\""), ("duration(\"1 day\")", "null")]),
        signatures: &[
            Signature {
                parameters: &[required("from", Kind::OneOf(&[Kind::Days, Kind::Months]))],
                result: result::same,
                function: duration,
            },
            Signature { parameters: FROM_TEXT, result: result::any, function: duration },
        ],
    },
    Builtin {
        name: "years and months duration",
        doc: doc("Whole years and months from one date to another; negative if the second is earlier."),
        examples: examples(&[
            ("years and months duration(@\"2011-12-22\", @\"2013-08-24\")", "@\"P1Y8M\""),
            ("years and months duration(@\"2013-08-24\", @\"2011-12-22\")", "@\"-P1Y8M\""),
        ]),
        signatures: &[Signature {
            parameters: &[required("from", Kind::DAY), required("to", Kind::DAY)],
            result: result::months,
            function: years_and_months,
        }],
    },
];

fn text_unless_null(arguments: &[Type]) -> Option<Type> {
    let given = arguments.first()?;
    Some(if given.can_be_null() { Type::Text.optional() } else { Type::Text })
}

fn number(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let (text, grouping, point) = match arguments {
        [Value::Text(text)] => (text, None, None),
        [Value::Text(text), grouping, point] => (text, separator(grouping)?, separator(point)?),
        _ => return None,
    };
    let allowed = grouping.is_none_or(|grouping| [" ", ",", "."].contains(&grouping))
        && point.is_none_or(|point| [",", "."].contains(&point))
        && (grouping.is_none() || grouping != point);
    if !allowed {
        return None;
    }
    let plain = grouping.map_or_else(|| text.to_string(), |grouping| text.replace(grouping, ""));
    match point {
        // A point that is not the decimal separator has no meaning left.
        Some(",") if plain.contains('.') => None,
        Some(",") => Decimal::parse(&plain.replace(',', ".")).map(Value::Number),
        _ => Decimal::parse(&plain).map(Value::Number),
    }
}

/// The separator, or that there is none.
fn separator(value: &Value) -> Option<Option<&str>> {
    match value {
        Value::Null => Some(None),
        Value::Text(text) => Some(Some(text)),
        _ => None,
    }
}

fn string(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::Null] => None,
        [Value::Text(text)] => Some(Value::Text(text.clone())),
        [value] => Some(Value::text(&written(value))),
        _ => None,
    }
}

fn date(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let date = match arguments {
        [Value::Text(text)] => Date::parse(text)?,
        [day] => self::day(day)?,
        [Value::Number(year), Value::Number(month), Value::Number(day)] => {
            Date::from_ymd(i32::try_from(year.to_i64()?).ok()?, small(*month)?, small(*day)?)?
        }
        _ => return None,
    };
    Some(Value::Date(date))
}

/// The date of a date or a date and time.
pub(super) fn day(value: &Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::DateTime(moment) => Some(moment.date),
        _ => None,
    }
}

fn small(number: Decimal) -> Option<u32> {
    u32::try_from(number.to_i64()?).ok()
}

fn time(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let time = match arguments {
        [Value::Text(text)] => Time::parse(text)?,
        [Value::Time(time)] => time.clone(),
        [Value::DateTime(moment)] => moment.time.clone(),
        [Value::Date(_)] => Time { nanos: 0, offset: Some(Offset::Seconds(0)) },
        [Value::Number(hour), Value::Number(minute), Value::Number(second), offset @ ..] => {
            let whole = second.floor();
            let fraction = second.checked_sub(whole)?.scaled(9)?;
            let mut time = Time::from_hms(small(*hour)?, small(*minute)?, small(whole)?)?;
            time.nanos += u64::try_from(fraction).ok()?;
            time.offset = match offset {
                [] | [Value::Null] => None,
                [Value::Days(offset)] => Some(self::offset(*offset)?),
                _ => return None,
            };
            time
        }
        _ => return None,
    };
    Some(Value::Time(time))
}

/// At most 18 hours, in whole seconds.
fn offset(duration: DaysDuration) -> Option<Offset> {
    let seconds = i32::try_from(duration.total_seconds().to_i64()?).ok()?;
    (seconds.abs() <= 18 * 3600).then_some(Offset::Seconds(seconds))
}

fn date_and_time(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let moment = match arguments {
        [Value::DateTime(moment)] => moment.clone(),
        [Value::Text(text)] => DateTime::parse(text).or_else(|| {
            Some(DateTime::new(Date::parse(text)?, Time { nanos: 0, offset: None }))
        })?,
        [date, Value::Time(time)] => DateTime::new(day(date)?, time.clone()),
        _ => return None,
    };
    Some(Value::DateTime(moment))
}

fn duration(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::Text(text)] => DaysDuration::parse(text)
            .map(Value::Days)
            .or_else(|| MonthsDuration::parse(text).map(Value::Months)),
        [duration @ (Value::Days(_) | Value::Months(_))] => Some(duration.clone()),
        _ => None,
    }
}

fn years_and_months(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [from, to] = arguments else { return None };
    let ((from_year, from_month, from_day), (to_year, to_month, to_day)) = (day(from)?.ymd(), day(to)?.ymd());
    let months = (i64::from(to_year) - i64::from(from_year)) * 12 + i64::from(to_month) - i64::from(from_month);
    let incomplete = match months {
        1.. if to_day < from_day => -1,
        ..=-1 if to_day > from_day => 1,
        _ => 0,
    };
    Some(Value::Months(MonthsDuration::from_months(months + incomplete)))
}

/// The value as `string` gives it; texts inside lists and contexts stand in quotation marks.
#[must_use]
pub fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        value => Written(value).to_string(),
    }
}

struct Written<'a>(&'a Value);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("null"),
            Value::Boolean(value) => write!(f, "{value}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Text(text) => quoted(f, text),
            Value::Date(date) => write!(f, "{date}"),
            Value::Time(time) => write!(f, "{time}"),
            Value::DateTime(moment) => write!(f, "{moment}"),
            Value::Days(duration) => write!(f, "{duration}"),
            Value::Months(duration) => write!(f, "{duration}"),
            Value::List(list) => {
                f.write_str("[")?;
                for (i, element) in list.iter().enumerate() {
                    write!(f, "{}{}", separated(i), Written(element))?;
                }
                f.write_str("]")
            }
            Value::Context(context) => {
                f.write_str("{")?;
                for (i, (key, value)) in context.0.iter().enumerate() {
                    write!(f, "{}{key}: {}", separated(i), Written(value))?;
                }
                f.write_str("}")
            }
            Value::Range(range) => written_range(f, range),
            Value::Function(_) => f.write_str("function"),
        }
    }
}

fn separated(index: usize) -> &'static str {
    if index == 0 { "" } else { ", " }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

fn written_range(f: &mut fmt::Formatter<'_>, range: &Range) -> fmt::Result {
    let equals = if range.low_included || range.high_included { "=" } else { "" };
    match (&range.low, &range.high) {
        (Some(low), None) => write!(f, ">{equals} {}", Written(low)),
        (None, Some(high)) => write!(f, "<{equals} {}", Written(high)),
        (low, high) => {
            let (open, close) = (if range.low_included { '[' } else { '(' }, if range.high_included { ']' } else { ')' });
            let end = |end: &Option<Value>| end.as_ref().map_or_else(|| "null".to_owned(), |end| Written(end).to_string());
            write!(f, "{open}{}..{}{close}", end(low), end(high))
        }
    }
}
