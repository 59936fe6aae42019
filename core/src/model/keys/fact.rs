//! Keys of the declaration of a fact, by its type.

use super::{Key, Names, Node, Shape, optional, required};

const COMMON: &[Key] = &[
    required("type", Shape::Choice(TYPES), "its type"),
    required("label", Shape::Label, "the question"),
    optional("help", Shape::Label, "more about it"),
    optional("optional", Shape::Flag, "whether null is an answer"),
];
const DEFAULT: &[Key] = &[optional("default", Shape::Any, "the value it has when it is not told")];
const VALUES: &[Key] = &[required("values", Shape::Named(Names::Codes, &Shape::Label), "its values and what each is called")];
const NUMBER: &[Key] = &[
    optional("min", Shape::Number, "the least value"),
    optional("max", Shape::Number, "the greatest value"),
    optional("unit", Shape::Text, "its unit"),
];
const DECIMALS: &[Key] = &[optional("decimals", Shape::Count, "the most decimal places")];
const TEXT: &[Key] = &[
    optional("max_length", Shape::Count, "the most characters; 200 if absent"),
    optional("format", Shape::Choice(FORMATS), "what it must look like"),
];
const DATE: &[Key] = &[
    optional("min", Shape::Date, "the first day; 1900-01-01 if absent"),
    optional("max", Shape::Date, "the last day; 2199-12-31 if absent"),
];
const ITEMS: &[Key] = &[optional("max_items", Shape::Count, "the most items; 100 if absent")];
const OF: &[Key] = &[required("of", Shape::Named(Names::Ids, &Shape::Field), "the fields that every record has")];

/// Types of a fact.
pub(in crate::model) const TYPES: &[(&str, &str)] = &[
    ("boolean", "true or false"),
    ("integer", "a whole number"),
    ("number", "an exact decimal"),
    ("enum", "one of `values`"),
    ("set", "each of `values` at most once"),
    ("text", "a text"),
    ("date", "a day"),
    ("time", "a time of day"),
    ("datetime", "a day and a time, UTC+07:00"),
    ("list", "records"),
    ("texts", "a list of texts"),
];

/// Formats of a text.
pub(in crate::model) const FORMATS: &[(&str, &str)] =
    &[("personal_id", "12 digits"), ("name", "a person's name"), ("phone", "a telephone number")];

const fn of_type(what: &'static str, keys: &'static [&'static [Key]]) -> Node {
    Node { what, keys, choices: &[] }
}

/// What each type may have.
pub(in crate::model) const FACT_TYPES: &[(&str, Node)] = &[
    ("boolean", of_type("a fact of type `boolean`", &[COMMON, DEFAULT])),
    ("integer", of_type("a fact of type `integer`", &[COMMON, NUMBER, DEFAULT])),
    ("number", of_type("a fact of type `number`", &[COMMON, NUMBER, DECIMALS, DEFAULT])),
    ("enum", of_type("a fact of type `enum`", &[COMMON, VALUES, DEFAULT])),
    ("set", of_type("a fact of type `set`", &[COMMON, VALUES, DEFAULT])),
    ("text", of_type("a fact of type `text`", &[COMMON, TEXT, DEFAULT])),
    ("date", of_type("a fact of type `date`", &[COMMON, DATE, DEFAULT])),
    ("time", of_type("a fact of type `time`", &[COMMON, DEFAULT])),
    ("datetime", of_type("a fact of type `datetime`", &[COMMON, DEFAULT])),
    ("list", of_type("a fact of type `list`", &[COMMON, ITEMS, OF, DEFAULT])),
    ("texts", of_type("a fact of type `texts`", &[COMMON, ITEMS, DEFAULT])),
];

/// What a field of a record may have: no lists in lists, no defaults.
pub(in crate::model) const FIELD_TYPES: &[(&str, Node)] = &[
    ("boolean", of_type("a field of type `boolean`", &[COMMON])),
    ("integer", of_type("a field of type `integer`", &[COMMON, NUMBER])),
    ("number", of_type("a field of type `number`", &[COMMON, NUMBER, DECIMALS])),
    ("enum", of_type("a field of type `enum`", &[COMMON, VALUES])),
    ("text", of_type("a field of type `text`", &[COMMON, TEXT])),
    ("date", of_type("a field of type `date`", &[COMMON, DATE])),
    ("time", of_type("a field of type `time`", &[COMMON])),
    ("datetime", of_type("a field of type `datetime`", &[COMMON])),
];
