//! What the law of Vietnam counts and compares. None of it is part of DMN.

use std::sync::{Arc, LazyLock};

use super::personal_id::{PersonalId, Sex, registration_province};
use super::signature::{Kind, Parameter, Signature, optional, required};
use super::{Builtin, Env, doc, examples, result};
use crate::value::{Date, Decimal, Type, Value, same_name};

const DATE: &[Parameter] = &[required("date", Kind::Date)];
const FROM_TO: &[Parameter] = &[required("from", Kind::Date), required("to", Kind::Date)];
const NUMBER: &[Parameter] = &[required("number", Kind::Text)];

pub(super) static BUILTINS: &[Builtin] = &[
    Builtin {
        name: "age",
        doc: doc("Full years on a day: a year is full on the birthday. Who was born on 29 February is a year older, in a year \
              without one, on 1 March; on 28 February if the third argument is true. No rule of law was found for that day, and \
              the later day is the cautious one. Negative before birth."),
        examples: examples(&[
            ("age(@\"2008-05-10\", @\"2026-05-09\")", "17"),
            ("age(@\"2008-05-10\", @\"2026-05-10\")", "18"),
            ("age(@\"2008-02-29\", @\"2026-02-28\")", "17"),
            ("age(@\"2008-02-29\", @\"2026-02-28\", true)", "18"),
        ]),
        signatures: &[Signature {
            parameters: &[
                required("birth date", Kind::Date),
                required("on date", Kind::Date),
                optional("on 28 February", Kind::Boolean),
            ],
            result: result::number,
            function: age,
        }],
    },
    Builtin {
        name: "is working day",
        doc: doc("Whether a day is worked: Monday to Friday without the published days off, and weekend days swapped against them. \
              Days not published yet count by their weekday, and the decision is then provisional."),
        examples: examples(&[("is working day(@\"2026-11-22\")", "false"), ("is working day(@\"2026-11-23\")", "true")]),
        signatures: &[Signature { parameters: DATE, result: result::boolean, function: is_working_day }],
    },
    Builtin {
        name: "next working day",
        doc: doc("The first working day after a day."),
        examples: examples(&[("next working day(@\"2026-11-20\")", "@\"2026-11-23\"")]),
        signatures: &[Signature { parameters: DATE, result: result::date, function: next_working_day }],
    },
    Builtin {
        name: "roll to working day",
        doc: doc("The day itself if it is a working day, else the first one after it."),
        examples: examples(&[
            ("roll to working day(@\"2026-11-22\")", "@\"2026-11-23\""),
            ("roll to working day(@\"2026-11-23\")", "@\"2026-11-23\""),
        ]),
        signatures: &[Signature { parameters: DATE, result: result::date, function: roll_to_working_day }],
    },
    Builtin {
        name: "add working days",
        doc: doc("The n-th working day after a day, the day itself not counted; before it if n is negative, itself if n is 0. Null \
              if n is not an integer."),
        examples: examples(&[("add working days(@\"2026-11-20\", 3)", "@\"2026-11-25\""), ("add working days(@\"2026-11-23\", -1)", "@\"2026-11-20\"")]),
        signatures: &[Signature {
            parameters: &[required("date", Kind::Date), required("n", Kind::Number)],
            result: result::date,
            function: add_working_days,
        }],
    },
    Builtin {
        name: "working days between",
        doc: doc("How many working days lie after the first day up to and including the second; negative if that is earlier."),
        examples: examples(&[("working days between(@\"2026-11-20\", @\"2026-11-25\")", "3"), ("working days between(@\"2026-11-25\", @\"2026-11-20\")", "-3")]),
        signatures: &[Signature { parameters: FROM_TO, result: result::number, function: working_days_between }],
    },
    Builtin {
        name: "same name",
        doc: doc("Whether two personal names are the same. Case, white space and the place of the tone mark make no difference; letters \
              and tones do."),
        examples: examples(&[("same name(\"NGUYỄN THỊ HOÀ\", \"Nguyễn Thị Hòa\")", "true"), ("same name(\"Dung\", \"Dũng\")", "false")]),
        signatures: &[Signature {
            parameters: &[required("a", Kind::Text), required("b", Kind::Text)],
            result: result::boolean,
            function: same_names,
        }],
    },
    Builtin {
        name: "personal id is valid",
        doc: doc("Whether a text is a personal number: twelve digits that begin with the code of one of the 63 provinces. Numbers of \
              people whose birth was registered abroad begin with the code of a country and are not recognised. Decree \
              137/2015/NĐ-CP article 13, Circular 59/2021/TT-BCA article 4."),
        examples: examples(&[
            ("personal id is valid(\"001090012345\")", "true"),
            ("personal id is valid(\"003090012345\")", "false"),
            ("personal id is valid(\"01090012345\")", "false"),
        ]),
        signatures: &[Signature { parameters: NUMBER, result: result::boolean, function: personal_id_is_valid }],
    },
    Builtin {
        name: "personal id province",
        doc: doc("The code of the province in which the birth was registered; null if the number is not valid. It never tells where the \
              person lives now."),
        examples: examples(&[("personal id province(\"079190012345\")", "\"079\""), ("personal id province(\"0791\")", "null")]),
        signatures: &[Signature { parameters: NUMBER, result: result::maybe_text, function: personal_id_province }],
    },
    Builtin {
        name: "personal id sex",
        doc: doc("The sex that a personal number says, \"male\" or \"female\"; null if it is not twelve digits."),
        examples: examples(&[("personal id sex(\"079190012345\")", "\"female\""), ("personal id sex(\"001290012345\")", "\"male\"")]),
        signatures: &[Signature { parameters: NUMBER, result: maybe_sex, function: personal_id_sex }],
    },
    Builtin {
        name: "personal id birth year",
        doc: doc("The year of birth that a personal number says; null if it is not twelve digits."),
        examples: examples(&[("personal id birth year(\"079190012345\")", "1990"), ("personal id birth year(\"001208012345\")", "2008")]),
        signatures: &[Signature { parameters: NUMBER, result: result::maybe_number, function: personal_id_birth_year }],
    },
];

fn age(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let (birth, on, early) = match arguments {
        [Value::Date(birth), Value::Date(on)] => (birth, on, false),
        [Value::Date(birth), Value::Date(on), Value::Boolean(early)] => (birth, on, *early),
        _ => return None,
    };
    let ((birth_year, month, day), on) = (birth.ymd(), on.ymd());
    // 29 February comes after 28 February and before 1 March, whether the year has it or not.
    let early = early && (month, day) == (2, 29) && Date::from_ymd(on.0, 2, 29).is_none();
    let day = if early { 28 } else { day };
    Some(Value::Number(Decimal::from(full_years((birth_year, month, day), on))))
}

/// Full years between two days, each as year, month and day.
pub(crate) fn full_years(birth: (i32, u32, u32), on: (i32, u32, u32)) -> i32 {
    let ((birth_year, month, day), (year, on_month, on_day)) = (birth, on);
    year - birth_year - i32::from((on_month, on_day) < (month, day))
}

fn is_working_day(env: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::Date(day)] = arguments else { return None };
    env.counted(|calendar| calendar.is_working(*day), |calendar| Some(calendar.is_working(*day))).map(Value::Boolean)
}

fn next_working_day(env: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::Date(day)] = arguments else { return None };
    env.counted(|calendar| calendar.next_working_day(*day), |calendar| calendar.next_working_day(*day)).map(Value::Date)
}

fn roll_to_working_day(env: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::Date(day)] = arguments else { return None };
    env.counted(|calendar| calendar.working_day_on_or_after(*day), |calendar| calendar.working_day_on_or_after(*day))
        .map(Value::Date)
}

fn add_working_days(env: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::Date(day), Value::Number(n)] = arguments else { return None };
    let n = i32::try_from(n.to_i64()?).ok()?;
    env.counted(|calendar| calendar.nth_working_day_after(*day, n), |calendar| calendar.nth_working_day_after(*day, n.into()))
        .map(Value::Date)
}

fn working_days_between(env: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::Date(from), Value::Date(to)] = arguments else { return None };
    env.counted(
        |calendar| calendar.working_days_between(*from, *to),
        |calendar| Some(calendar.working_days_between(*from, *to)),
    )
    .map(|days| Value::Number(Decimal::from_i64(days)))
}

fn same_names(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::Text(a), Value::Text(b)] => Some(Value::Boolean(same_name(a, b))),
        _ => None,
    }
}

/// The number, if it has twelve digits.
fn read(arguments: &[Value]) -> Option<PersonalId<'_>> {
    match arguments {
        [Value::Text(number)] => PersonalId::parse(number),
        _ => None,
    }
}

fn known_province<'a>(id: &PersonalId<'a>) -> Option<&'a str> {
    registration_province(id.place).map(|_| id.place)
}

fn personal_id_is_valid(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::Text(_)] = arguments else { return None };
    Some(Value::Boolean(read(arguments).is_some_and(|id| known_province(&id).is_some())))
}

fn personal_id_province(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    Some(Value::Text(known_province(&read(arguments)?)?.into()))
}

fn personal_id_sex(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [male, female] = &*SEXES;
    let sex = match read(arguments)?.sex {
        Sex::Male => male,
        Sex::Female => female,
    };
    Some(Value::Text(sex.clone()))
}

fn maybe_sex(_: &[Type]) -> Option<Type> {
    Some(Type::Enumeration(SEXES.clone().into()).optional())
}

/// Made once: a verdict allocates nothing.
static SEXES: LazyLock<[Arc<str>; 2]> = LazyLock::new(|| ["male".into(), "female".into()]);

fn personal_id_birth_year(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    Some(Value::Number(Decimal::from(read(arguments)?.birth_year)))
}
