//! Dates.

use super::conversion::day;
use super::signature::{Kind, Parameter, Signature, required};
use super::{Builtin, Env, doc, examples, result};
use crate::value::{Date, Decimal, Value};

const DATE: &[Parameter] = &[required("date", Kind::DAY)];

pub(super) static BUILTINS: &[Builtin] = &[
    Builtin {
        name: "day of year",
        doc: doc("The number of the day in its year, from 1."),
        examples: examples(&[("day of year(@\"2019-09-17\")", "260"), ("day of year(@\"2020-12-31\")", "366")]),
        signatures: &[Signature { parameters: DATE, result: result::number, function: day_of_year }],
    },
    Builtin {
        name: "day of week",
        doc: doc("The English name of the day: Monday to Sunday."),
        examples: examples(&[("day of week(@\"2019-09-17\")", "\"Tuesday\"")]),
        signatures: &[Signature { parameters: DATE, result: result::text, function: day_of_week }],
    },
    Builtin {
        name: "month of year",
        doc: doc("The English name of the month: January to December."),
        examples: examples(&[("month of year(@\"2019-09-17\")", "\"September\"")]),
        signatures: &[Signature { parameters: DATE, result: result::text, function: month_of_year }],
    },
    Builtin {
        name: "week of year",
        doc: doc("The number of the week by ISO 8601: weeks begin on Monday, and the first one has a Thursday."),
        examples: examples(&[("week of year(@\"2019-09-17\")", "38"), ("week of year(@\"2005-01-01\")", "53"), ("week of year(@\"2003-12-29\")", "1")]),
        signatures: &[Signature { parameters: DATE, result: result::number, function: week_of_year }],
    },
];

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

fn day_of_year(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [date] = arguments else { return None };
    ordinal(day(date)?).map(number)
}

fn day_of_week(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [date] = arguments else { return None };
    let name = DAYS.get(day(date)?.weekday() as usize - 1)?;
    Some(Value::Text((*name).into()))
}

fn month_of_year(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [date] = arguments else { return None };
    let (_, month, _) = day(date)?.ymd();
    let name = MONTHS.get(month as usize - 1)?;
    Some(Value::Text((*name).into()))
}

fn week_of_year(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [date] = arguments else { return None };
    let date = day(date)?;
    // The week belongs to the year of its Thursday.
    let thursday = date.plus_days(4 - date.weekday() as i32);
    ordinal(thursday).map(|day| number((day - 1) / 7 + 1))
}

fn ordinal(date: Date) -> Option<i32> {
    Some(date.0 - Date::from_ymd(date.year(), 1, 1)?.0 + 1)
}

fn number(number: i32) -> Value {
    Value::Number(Decimal::from(number))
}
