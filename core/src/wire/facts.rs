//! Facts across the border: JSON text into slots, slots into values, and what a procedure may be told.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::decision::{Codes, Told};
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
    match (teller.find(name), serde_json::from_str::<&RawValue>(json)) {
        (Some(slot), Ok(raw)) => tell_raw(&mut teller, slot, name, raw),
        (Some(_), Err(error)) => unreadable(&mut teller, name, &error),
        (None, _) => teller.unknown(name, &json.chars().take(40).collect::<String>()),
    }
    teller.finish()
}

fn unreadable(teller: &mut FactTeller, name: &str, error: &serde_json::Error) {
    let why = error.to_string();
    let why = why.split(" at line ").next().unwrap_or("").to_owned();
    teller.problem(name, ProblemCode::Unreadable, String::new(), Wanted::Place(error.line(), error.column(), why));
}

fn tell_all(mut teller: FactTeller, json: &str) -> Vec<FactProblem> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let told = Members { teller: &mut teller, group: "" }.deserialize(&mut reader).and_then(|()| reader.end());
    if let Err(error) = told {
        unreadable(&mut teller, "", &error);
    }
    teller.finish()
}

/// Reads the members of an object as facts of a group.
struct Members<'t, 'p, 'g> {
    teller: &'t mut FactTeller<'p>,
    group: &'g str,
}

impl<'de> DeserializeSeed<'de> for Members<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of facts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            let raw: &'de RawValue = map.next_value()?;
            let name: Cow<str> = if self.group.is_empty() { key } else { Cow::Owned(format!("{}.{key}", self.group)) };
            match self.teller.find(&name) {
                Some(slot) => tell_raw(self.teller, slot, &name, raw),
                None if raw.get().starts_with('{') && !is_foreign(raw) && self.teller.is_group(&name) => {
                    let members = Members { teller: &mut *self.teller, group: &name };
                    let _ = members.deserialize(&mut serde_json::Deserializer::from_str(raw.get()));
                }
                None => {
                    let given: String = raw.get().chars().take(40).collect();
                    self.teller.unknown(&name, &given);
                }
            }
        }
        Ok(())
    }
}

/// A key, borrowed where it has no escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfKey;
        impl<'de> Visitor<'de> for OfKey {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(OfKey)
    }
}

fn tell_raw(teller: &mut FactTeller, slot: Slot, name: &str, raw: &RawValue) {
    match input(raw, DEEPEST) {
        Ok(input) => teller.tell_slot(slot, &input),
        Err(error) => teller.problem(name, ProblemCode::Unreadable, String::new(), Wanted::Place(1, error.column(), error.to_string())),
    }
}

/// The only member of an object that stands for something of the host which no fact can be, such as `NaN` or a cyclic
/// object; its value says what it was.
pub const FOREIGN: &str = "$foreign";

fn is_foreign(raw: &RawValue) -> bool {
    matches!(input(raw, DEEPEST), Ok(Input::Foreign(_)))
}

/// How deep lists and records may stand in each other; no fact needs more than a list of records.
pub const DEEPEST: u8 = 8;

/// What stands deeper, as a foreign value.
pub const TOO_DEEP: &str = "an object nested too deeply";

/// A JSON value as a host's input; texts without escapes are borrowed, numbers kept as they are written.
fn input(raw: &RawValue, deeper: u8) -> Result<Input<'_>, serde_json::Error> {
    let text = raw.get();
    Ok(match text.as_bytes().first() {
        Some(b'n') => Input::Null,
        Some(b't') => Input::Boolean(true),
        Some(b'f') => Input::Boolean(false),
        Some(b'"') => match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).filter(|inner| !inner.contains('\\')) {
            Some(plain) => Input::Text(Cow::Borrowed(plain)),
            None => Input::Text(Cow::Owned(serde_json::from_str(text)?)),
        },
        Some(b'[' | b'{') => match serde_json::Deserializer::from_str(text).deserialize_any(Nested { deeper })? {
            Input::Record(mut members) if members.len() == 1 => match members.pop() {
                Some((name, Input::Text(what))) if name == FOREIGN => Input::Foreign(what),
                other => Input::Record(other.into_iter().collect()),
            },
            nested => nested,
        },
        _ => Input::Number(Cow::Borrowed(text)),
    })
}

/// A JSON text as a host's input.
///
/// # Errors
/// The reader's, where it is no JSON; lists and objects stand at most [`DEEPEST`] deep within each other.
#[cfg(feature = "assess")]
pub fn input_of(json: &str) -> Result<Input<'_>, serde_json::Error> {
    input(serde_json::from_str(json)?, DEEPEST)
}

/// Reads a list or a record.
struct Nested {
    deeper: u8,
}

impl Nested {
    fn part<'de, E: de::Error>(&self, raw: &'de RawValue) -> Result<Input<'de>, E> {
        match self.deeper.checked_sub(1) {
            Some(deeper) => input(raw, deeper).map_err(E::custom),
            None => Ok(Input::Foreign(TOO_DEEP.into())),
        }
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Input<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list or a record")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Input<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(raw) = seq.next_element()? {
            items.push(self.part(raw)?);
        }
        Ok(Input::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Input<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some((Key(key), raw)) = map.next_entry()? {
            entries.push((key, self.part(raw)?));
        }
        Ok(Input::Record(entries))
    }
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
        Value::Context(context) => Told::Record(members(context)),
        other => Told::Text(Cow::Owned(scalar(other))),
    }
}

/// A value as JSON: numbers as exact text, dates and times as ISO text.
#[must_use]
pub fn value_to_json(of: &Value) -> serde_json::Value {
    match of {
        Value::Null => serde_json::Value::Null,
        Value::Boolean(truth) => serde_json::Value::Bool(*truth),
        Value::List(items) => items.iter().map(value_to_json).collect(),
        Value::Context(context) => serde_json::Value::Object(members(context)),
        other => serde_json::Value::String(scalar(other)),
    }
}

/// One by one: collecting would sort them first, and sorting is much code in a browser.
fn members(of: &Context) -> serde_json::Map<String, serde_json::Value> {
    let mut members = serde_json::Map::new();
    for (name, entry) in &of.0 {
        members.insert(name.to_string(), value_to_json(entry));
    }
    members
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
