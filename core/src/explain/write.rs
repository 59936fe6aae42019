//! Values, amounts, days and citations as each language writes them.

use super::Language;
use crate::compile::program::{Layout, Program, Slot};
use crate::value::{Date, Decimal, Value};

/// A value as a person reads it; with the label of a code where the fact has one.
#[must_use]
pub fn value(program: &Program, slot: Option<Slot>, value: &Value, language: Language) -> String {
    value_in(slot.and_then(|slot| program.fact(slot)).map(|fact| &fact.layout), value, language)
}

/// A value as a person reads it, of a fact in this layout if it is one.
#[must_use]
pub fn value_in(layout: Option<&Layout>, value: &Value, language: Language) -> String {
    match value {
        Value::Null => language.choose("không có", "none").to_owned(),
        Value::Boolean(truth) => language.choose(if *truth { "có" } else { "không" }, if *truth { "yes" } else { "no" }).to_owned(),
        Value::Number(number) => match layout {
            Some(Layout::Number { unit: Some(unit), .. }) => format!("{} {unit}", decimal(*number, language)),
            _ => decimal(*number, language),
        },
        Value::Text(text) => layout.and_then(|layout| label_of_code(layout, text, language)).unwrap_or_else(|| text.to_string()),
        Value::Date(date) => day(*date, language),
        Value::DateTime(moment) => {
            let (hour, minute, _) = moment.time.hms();
            format!("{hour:02}:{minute:02} {}", day(moment.date, language))
        }
        Value::Time(time) => {
            let (hour, minute, _) = time.hms();
            format!("{hour:02}:{minute:02}")
        }
        Value::Days(duration) => duration.to_string(),
        Value::Months(duration) => duration.to_string(),
        Value::List(items) if matches!(layout, Some(Layout::Records { .. })) => {
            format!("{} {}", items.len(), language.choose("mục", "entries"))
        }
        Value::List(items) if items.is_empty() => language.choose("không có", "none").to_owned(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| value_in(layout, item, language)).collect();
            items.join(", ")
        }
        Value::Context(context) => {
            let entries: Vec<String> = context.0.iter().map(|(name, entry)| format!("{name}: {}", value_in(None, entry, language))).collect();
            entries.join(", ")
        }
        Value::Range(_) | Value::Function(_) => value.type_name().to_owned(),
    }
}

/// The label of a code of an enumeration or a set.
#[must_use]
pub fn label_of_code(layout: &Layout, code: &str, language: Language) -> Option<String> {
    let (Layout::Enumeration { values } | Layout::Set { values }) = layout else { return None };
    values.iter().find(|value| &*value.code == code).map(|value| value.label.get(language).to_string())
}

/// A number: `1.234,5` in Vietnamese, `1,234.5` in English.
#[must_use]
pub fn decimal(number: Decimal, language: Language) -> String {
    let text = number.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", &*text), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (group, point) = language.choose((".", ","), (",", "."));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push_str(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push_str(point);
        out.push_str(fraction);
    }
    out
}

/// An integer with its digits grouped: `20.000`, `20,000`.
#[must_use]
pub fn grouped(number: i64, language: Language) -> String {
    decimal(Decimal::from_i64(number), language)
}

/// An amount in đồng: `20.000 đ`, `20,000 VND`.
#[must_use]
pub fn amount(dong: i64, language: Language) -> String {
    format!("{} {}", decimal(Decimal::from_i64(dong), language), language.choose("đ", "VND"))
}

/// A day: `22/11/2026` in Vietnamese, `22 Nov 2026` in English.
#[must_use]
pub fn day(date: Date, language: Language) -> String {
    let (year, month, day) = date.ymd();
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    match language {
        Language::Vi => format!("{day:02}/{month:02}/{year}"),
        Language::En => format!("{day} {} {year}", MONTHS.get(month as usize - 1).copied().unwrap_or("")),
    }
}

impl Language {
    /// One of two things by language.
    #[must_use]
    pub fn choose<T>(self, vi: T, en: T) -> T {
        match self {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    /// The language of a code, `vi` or `en`.
    #[must_use]
    pub fn of(code: &str) -> Option<Language> {
        match code {
            "vi" => Some(Language::Vi),
            "en" => Some(Language::En),
            _ => None,
        }
    }
}
