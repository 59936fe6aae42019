//! Facts across the border: JSON text into slots, slots into values, and what a procedure may be told.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::decision::{Codes, Told};
use super::json::{BadJson, Reader};
use crate::compile::program::{Coded, FactSlot, Layout, Program, Slot};
use crate::eval::slots::widen;
use crate::eval::{FactProblem, FactTeller, Input, ProblemCode, Slots, State, Wanted};
use crate::model::Language;
use crate::value::{Context, Value};

/// Fills the slots from a JSON object of facts, nested (`{"residence": {"basis": "rent"}}`) or dotted
/// (`{"residence.basis": "rent"}`), and returns what did not fit. Numbers are read as exact text, never as floats.
pub fn tell_json(program: &Program, json: &str, slots: &mut Slots) -> Vec<FactProblem> {
    tell_all(FactTeller::new(program, slots), json)
}

/// As [`tell_json`], beside the facts that the slots hold already.
pub(super) fn tell_more(program: &Program, json: &str, slots: &mut Slots) -> Vec<FactProblem> {
    tell_all(FactTeller::more(program, slots), json)
}

/// What is wrong with one fact given as JSON text; the slots hold it if it fits.
pub(super) fn tell_one(program: &Program, name: &str, json: &str, slots: &mut Slots) -> Vec<FactProblem> {
    let mut teller = FactTeller::more(program, slots);
    match (teller.find(name), value_of(json)) {
        (Some(slot), Ok(value)) => tell_value(&mut teller, slot, name, value),
        (Some(_), Err(bad)) => unreadable(&mut teller, name, bad),
        (None, _) => teller.unknown(name, &json.chars().take(40).collect::<String>()),
    }
    teller.finish()
}

/// The one value of a text.
fn value_of(json: &str) -> Result<&str, BadJson> {
    let mut reader = Reader::new(json);
    let value = reader.skip()?;
    reader.end().map(|()| value)
}

fn unreadable(teller: &mut FactTeller, name: &str, bad: BadJson) {
    teller.problem(name, ProblemCode::Unreadable, String::new(), Wanted::Place(bad.line, bad.column, bad.why.into_owned()));
}

fn tell_all(mut teller: FactTeller, json: &str) -> Vec<FactProblem> {
    let mut reader = Reader::new(json);
    if let Err(bad) = tell_members(&mut reader, &mut teller, "").and_then(|()| reader.end()) {
        unreadable(&mut teller, "", bad);
    }
    teller.finish()
}

/// Reads the members of an object as facts of a group.
fn tell_members(reader: &mut Reader, teller: &mut FactTeller, group: &str) -> Result<(), BadJson> {
    reader.object("an object of facts")?;
    let mut first = true;
    while let Some(key) = reader.name(first)? {
        first = false;
        reader.colon()?;
        let value = reader.skip()?;
        let name: Cow<str> = if group.is_empty() { key } else { Cow::Owned(format!("{group}.{key}")) };
        match teller.find(&name) {
            Some(slot) => tell_value(teller, slot, &name, value),
            None if value.starts_with('{') && !is_foreign(value) && teller.is_group(&name) => {
                // Its syntax is known to be right; a name with half a sign in it ends it.
                let _ = tell_members(&mut Reader::new(value), teller, &name);
            }
            None => teller.unknown(&name, &value.chars().take(40).collect::<String>()),
        }
    }
    Ok(())
}

fn tell_value(teller: &mut FactTeller, slot: Slot, name: &str, value: &str) {
    match input(&mut Reader::new(value), DEEPEST) {
        Ok(input) => teller.tell_slot(slot, &input),
        Err(bad) => unreadable(teller, name, bad),
    }
}

/// The only member of an object that stands for something of the host which no fact can be, such as `NaN` or a cyclic
/// object; its value says what it was.
pub const FOREIGN: &str = "$foreign";

fn is_foreign(value: &str) -> bool {
    matches!(input(&mut Reader::new(value), DEEPEST), Ok(Input::Foreign(_)))
}

/// How deep lists and records may stand in each other; no fact needs more than a list of records.
pub const DEEPEST: u8 = 8;

/// What stands deeper, as a foreign value.
pub const TOO_DEEP: &str = "an object nested too deeply";

/// A JSON value as a host's input; texts without escapes are borrowed, numbers kept as they are written.
fn input<'a>(reader: &mut Reader<'a>, deeper: u8) -> Result<Input<'a>, BadJson> {
    Ok(match reader.peek() {
        Some(b'"') => Input::Text(reader.text()?),
        Some(b'[') => {
            let mut items = Vec::new();
            while reader.element(items.is_empty())? {
                items.push(part(reader, deeper)?);
            }
            Input::List(items)
        }
        Some(b'{') => {
            reader.object("a record")?;
            let mut entries = Vec::new();
            while let Some(name) = reader.name(entries.is_empty())? {
                reader.colon()?;
                entries.push((name, part(reader, deeper)?));
            }
            match entries.as_mut_slice() {
                [(name, Input::Text(what))] if name == FOREIGN => Input::Foreign(std::mem::take(what)),
                _ => Input::Record(entries),
            }
        }
        first => match (reader.skip()?, first) {
            (_, Some(b'n')) => Input::Null,
            (_, Some(b't')) => Input::Boolean(true),
            (_, Some(b'f')) => Input::Boolean(false),
            (number, _) => Input::Number(Cow::Borrowed(number)),
        },
    })
}

/// A part of a list or a record.
fn part<'a>(reader: &mut Reader<'a>, deeper: u8) -> Result<Input<'a>, BadJson> {
    match deeper.checked_sub(1) {
        Some(deeper) => input(reader, deeper),
        None => reader.skip().map(|_| Input::Foreign(TOO_DEEP.into())),
    }
}

/// A JSON text as a host's input.
///
/// # Errors
/// The reader's, where it is no JSON; lists and objects stand at most [`DEEPEST`] deep within each other.
#[cfg(feature = "assess")]
pub fn input_of(json: &str) -> Result<Input<'_>, BadJson> {
    value_of(json).and_then(|value| input(&mut Reader::new(value), DEEPEST))
}

/// A told fact as hosts see it.
pub(super) fn told<'p>(fact: &'p FactSlot, slot: Slot, slots: &Slots) -> Option<Told<'p>> {
    match (slots.state(slot), &fact.layout) {
        (State::Missing, _) => None,
        (State::Null, _) => Some(Told::Null),
        (State::Narrow, Layout::Boolean) => Some(Told::Boolean(slots.narrow(slot) != 0)),
        (State::Narrow, Layout::Enumeration { values }) => {
            values.get(slots.narrow(slot) as usize).map(|value| Told::Text(Cow::from(&*value.code)))
        }
        (State::Narrow, Layout::Set { values }) => Some(Told::Set(Codes { values, bits: slots.narrow(slot) as u64 })),
        (State::Narrow, layout) => Some(value(&widen(layout, slots.narrow(slot)))),
        (State::Wide, _) => Some(value(slots.wide(slot))),
    }
}

fn value<'p>(of: &Value) -> Told<'p> {
    match of {
        Value::Null => Told::Null,
        Value::Boolean(truth) => Told::Boolean(*truth),
        Value::Number(number) => Told::Number(*number),
        Value::Date(day) => Told::Date(*day),
        Value::List(items) => Told::List(items.iter().map(value).collect()),
        Value::Context(context) => Told::Record(record(context)),
        other => Told::Text(Cow::Owned(scalar(other))),
    }
}

/// The members of a record by their names, all scalars as text.
fn record<'p>(of: &Context) -> Vec<(Cow<'p, str>, Told<'p>)> {
    let told = |value: &Value| match value {
        Value::Number(_) | Value::Date(_) => Told::Text(Cow::Owned(scalar(value))),
        other => self::value(other),
    };
    let mut members = Vec::with_capacity(of.0.len());
    for (name, value) in &of.0 {
        let at = members.partition_point(|(before, _): &(Cow<str>, Told)| **before < **name);
        members.insert(at, (Cow::Owned(name.to_string()), told(value)));
    }
    members
}

/// A value as JSON: numbers as exact text, dates and times as ISO text.
#[must_use]
pub fn value_to_json(of: &Value) -> serde_json::Value {
    match of {
        Value::Null => serde_json::Value::Null,
        Value::Boolean(truth) => serde_json::Value::Bool(*truth),
        Value::List(items) => items.iter().map(value_to_json).collect(),
        Value::Context(context) => context.0.iter().map(|(name, entry)| (name.to_string(), value_to_json(entry))).collect(),
        other => serde_json::Value::String(scalar(other)),
    }
}

fn scalar(of: &Value) -> String {
    match of {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Time(time) => time.to_string(),
        Value::DateTime(moment) => moment.to_string(),
        Value::Days(duration) => duration.to_string(),
        Value::Months(duration) => duration.to_string(),
        other => other.type_name().to_owned(),
    }
}

/// A fact that a procedure may be told, in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Fact"))]
#[serde(rename_all = "camelCase")]
pub struct FactView<'a> {
    /// Its dotted name.
    pub name: Cow<'a, str>,
    /// Its type.
    #[serde(flatten)]
    pub of: FactType<'a>,
    /// Whether null is an answer.
    pub optional: bool,
    /// Whether it has a value when it is not told.
    pub has_default: bool,
    /// The question.
    pub label: Cow<'a, str>,
    /// More about it.
    pub help: Option<Cow<'a, str>>,
}

/// The type of a fact with its bounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum FactType<'a> {
    /// `true` or `false`.
    Boolean,
    /// A number; bounds as exact text.
    Number {
        /// Least value.
        #[cfg_attr(feature = "schema", schemars(with = "Option<crate::value::Decimal>"))]
        min: Option<String>,
        /// Greatest value.
        #[cfg_attr(feature = "schema", schemars(with = "Option<crate::value::Decimal>"))]
        max: Option<String>,
        /// Most decimal places.
        decimals: Option<u8>,
        /// Its unit.
        unit: Option<Cow<'a, str>>,
    },
    /// One of the values.
    Enum {
        /// Codes with labels.
        values: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    },
    /// Each of the values at most once.
    Set {
        /// Codes with labels.
        values: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    },
    /// A day.
    Date {
        /// First day.
        min: crate::value::Date,
        /// Last day.
        max: crate::value::Date,
    },
    /// A text.
    Text {
        /// Most characters.
        max_length: u32,
        /// 12 digits are wanted.
        personal_id: bool,
    },
    /// A time of day.
    Time,
    /// A day and a time.
    Datetime,
    /// A list of texts.
    Texts {
        /// Most items.
        max_items: u32,
    },
    /// A list of records.
    List {
        /// The fields of each.
        fields: Vec<FactView<'a>>,
        /// Most records.
        max_items: u32,
    },
}

/// The facts a procedure may be told, in the author's order.
#[must_use]
pub fn facts_of(program: &Program, language: Language) -> Vec<FactView<'_>> {
    program.facts.iter().map(|fact| view(fact, language)).collect()
}

fn view(fact: &FactSlot, language: Language) -> FactView<'_> {
    let of = match &fact.layout {
        Layout::Boolean => FactType::Boolean,
        Layout::Number { decimals, min, max, unit, .. } => FactType::Number {
            min: min.map(|min| min.to_string()),
            max: max.map(|max| max.to_string()),
            decimals: *decimals,
            unit: unit.as_deref().map(Cow::from),
        },
        Layout::Enumeration { values } => FactType::Enum { values: coded(values, language) },
        Layout::Set { values } => FactType::Set { values: coded(values, language) },
        Layout::Date { min, max } => FactType::Date { min: *min, max: *max },
        Layout::Text { max_length, personal_id } => FactType::Text { max_length: *max_length, personal_id: *personal_id },
        Layout::Time => FactType::Time,
        Layout::DateTime => FactType::Datetime,
        Layout::Texts { max_items } => FactType::Texts { max_items: *max_items },
        Layout::Records { fields, max_items } => {
            FactType::List { fields: fields.iter().map(|field| view(field, language)).collect(), max_items: *max_items }
        }
    };
    FactView {
        name: Cow::from(&*fact.name),
        of,
        optional: fact.optional,
        has_default: fact.default.is_some(),
        label: Cow::from(&**fact.label.get(language)),
        help: fact.help.as_ref().map(|help| Cow::from(&**help.get(language))),
    }
}

fn coded(values: &[Coded], language: Language) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    values.iter().map(|value| (Cow::from(&*value.code), Cow::from(&**value.label.get(language)))).collect()
}
