//! What a person types, as the JSON a fact is told in. Whether it fits is the core's to say.

use thutuc::compile::program::{Coded, FactSlot, Layout};
use thutuc::model::Language;
use thutuc::value::{Date, fold_diacritics};

/// How freely an answer may be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// On the command line: codes, ISO dates.
    Exact,
    /// In the interview: numbers of choices, labels, dates as people write them.
    Free(Language),
}

/// The JSON of a typed answer.
pub fn json_of(fact: &FactSlot, text: &str, typing: Typing) -> String {
    let text = text.trim();
    if fact.optional && (text == "null" || (typing != Typing::Exact && matches!(text, "" | "-"))) {
        return "null".to_owned();
    }
    match &fact.layout {
        Layout::Boolean => match truth(text, typing) {
            Some(truth) => truth.to_string(),
            None => quoted(text),
        },
        Layout::Enumeration { values } => quoted(&code(values, text, typing)),
        Layout::Set { values } => list(text, |item| code(values, item, typing)),
        Layout::Texts { .. } => list(text, str::to_owned),
        Layout::Date { .. } => quoted(&day(text, typing)),
        Layout::DateTime => quoted(&moment(text, typing)),
        Layout::Number { .. } => number(&point(text, typing)),
        Layout::Records { .. } if text.starts_with('[') => text.to_owned(),
        Layout::Text { .. } | Layout::Time | Layout::Records { .. } => quoted(text),
    }
}

/// A text as JSON.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn truth(text: &str, typing: Typing) -> Option<bool> {
    match (text, typing) {
        ("true", _) => Some(true),
        ("false", _) => Some(false),
        (_, Typing::Exact) => None,
        (text, Typing::Free(_)) => match &*fold_diacritics(text) {
            "1" | "c" | "co" | "y" | "yes" | "d" | "dung" => Some(true),
            "2" | "0" | "k" | "khong" | "n" | "no" | "s" | "sai" => Some(false),
            _ => None,
        },
    }
}

fn list(text: &str, one: impl Fn(&str) -> String) -> String {
    if text.starts_with('[') {
        return text.to_owned();
    }
    let items = text.split([',', ';']).map(str::trim).filter(|item| !matches!(*item, "" | "-"));
    serde_json::Value::from(items.map(one).collect::<Vec<String>>()).to_string()
}

/// The code of a choice: by its number, its code or the beginning of its label; else the text itself.
fn code(values: &[Coded], text: &str, typing: Typing) -> String {
    let Typing::Free(language) = typing else { return text.to_owned() };
    let by_number = text.parse::<usize>().ok().and_then(|number| values.get(number.checked_sub(1)?));
    let by_code = values.iter().find(|value| *value.code == *text);
    let wanted = fold_diacritics(text);
    let mut by_label = values.iter().filter(|value| fold_diacritics(value.label.get(language)).starts_with(&wanted));
    let by_label = match (by_label.next(), by_label.next()) {
        (Some(only), None) if !text.is_empty() => Some(only),
        _ => None,
    };
    by_code.or(by_number).or(by_label).map_or_else(|| text.to_owned(), |value| value.code.to_string())
}

/// `22/11/2026` as ISO; what is no such day as it is.
fn day(text: &str, typing: Typing) -> String {
    let day_first = || {
        let mut parts = text.split(['/', '-', '.']);
        let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        let year = year.parse().ok().filter(|_| year.len() == 4 && parts.next().is_none())?;
        Date::from_ymd(year, month, day)
    };
    match typing {
        Typing::Free(_) => day_first().map_or_else(|| text.to_owned(), |date| date.to_string()),
        Typing::Exact => text.to_owned(),
    }
}

fn moment(text: &str, typing: Typing) -> String {
    match (text.split_once(['T', ' ']), typing) {
        (Some((date, time)), Typing::Free(_)) => format!("{}T{}", day(date, typing), time.trim()),
        _ => text.to_owned(),
    }
}

/// A number as it is written, if JSON writes numbers so.
fn number(text: &str) -> String {
    match serde_json::from_str::<serde_json::Number>(text) {
        Ok(_) => text.to_owned(),
        Err(_) => quoted(text),
    }
}

/// `7,5` is seven and a half in Vietnamese.
fn point(text: &str, typing: Typing) -> String {
    match typing {
        Typing::Free(Language::Vi) if text.matches(',').count() == 1 && !text.contains('.') => text.replace(',', "."),
        _ => text.to_owned(),
    }
}
