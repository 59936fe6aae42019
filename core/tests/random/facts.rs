//! The facts a random procedure may have, and the values they are tried with.

use super::Choices;
use super::procedure::Size;
use std::sync::Arc;
use thutuc::value::{Context, Date, Decimal, Fact, Value};

/// A fact and its values around every constant that the expressions compare it with.
pub struct FactSpec {
    pub name: &'static str,
    pub kind: Kind,
    pub optional: bool,
    yaml: &'static str,
    values: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Boolean,
    Enumeration,
    Set,
    Number,
    Date,
    Text,
    /// Records of a number and a code.
    Records,
}

/// Every fact. Constants: whole numbers 5 and 10, areas 7.5 and 12, 2010-01-01 and 2020-01-01.
pub const MENU: &[FactSpec] = &[
    FactSpec { name: "b.one", kind: Kind::Boolean, optional: false, yaml: "type: boolean", values: "false true" },
    FactSpec { name: "e.one", kind: Kind::Enumeration, optional: false, yaml: "type: enum, values: { a: {vi: A, en: A}, b: {vi: B, en: B}, c: {vi: C, en: C} }", values: "a b c" },
    FactSpec { name: "n.one", kind: Kind::Number, optional: false, yaml: "type: integer, min: 0, max: 20", values: "0 4 5 6 9 10 11 20" },
    FactSpec { name: "b.two", kind: Kind::Boolean, optional: false, yaml: "type: boolean", values: "false true" },
    FactSpec { name: "e.maybe", kind: Kind::Enumeration, optional: true, yaml: "type: enum, optional: true, values: { a: {vi: A, en: A}, b: {vi: B, en: B} }", values: "null a b" },
    FactSpec { name: "d.one", kind: Kind::Date, optional: false, yaml: "type: date, min: 2000-01-01, max: 2030-12-31", values: "2000-01-01 2009-12-31 2010-01-01 2010-01-02 2019-12-31 2020-01-01 2020-01-02 2030-12-31" },
    FactSpec { name: "s.one", kind: Kind::Set, optional: false, yaml: "type: set, values: { a: {vi: A, en: A}, b: {vi: B, en: B}, c: {vi: C, en: C} }", values: "- a b c a,b a,c b,c a,b,c" },
    FactSpec { name: "n.maybe", kind: Kind::Number, optional: true, yaml: "type: integer, optional: true, min: 0, max: 20", values: "null 0 4 5 6 9 10 11 20" },
    FactSpec { name: "n.two", kind: Kind::Number, optional: false, yaml: "type: number, decimals: 2, min: 0, max: 100", values: "0 4.99 5 5.01 9.99 10 10.01 100" },
    FactSpec { name: "n.wide", kind: Kind::Number, optional: false, yaml: "type: number", values: "-1 4.999999 5 5.00000000001 9.5 10 12345678901234567890123456789012" },
    FactSpec { name: "d.maybe", kind: Kind::Date, optional: true, yaml: "type: date, optional: true, min: 2000-01-01, max: 2030-12-31", values: "null 2000-01-01 2009-12-31 2010-01-01 2010-01-02 2019-12-31 2020-01-01 2020-01-02 2030-12-31" },
    FactSpec { name: "account.level", kind: Kind::Number, optional: false, yaml: "", values: "0 1 2" },
    FactSpec { name: "t.one", kind: Kind::Text, optional: false, yaml: "type: text, max_length: 20", values: "x xyz Hà" },
    FactSpec { name: "people", kind: Kind::Records, optional: false, yaml: "type: list, max_items: 3, of: { amount: { type: integer, label: { vi: N, en: N } }, code: { type: enum, values: { a: {vi: A, en: A}, b: {vi: B, en: B} }, label: { vi: E, en: E } } }", values: "- 4a 5b 10a,4b 5a,11b" },
    FactSpec { name: "b.maybe", kind: Kind::Boolean, optional: true, yaml: "type: boolean, optional: true", values: "null false true" },
];

impl FactSpec {
    /// Its declaration; none if a vocabulary has it.
    pub fn yaml(&self) -> String {
        if self.yaml.is_empty() {
            return String::new();
        }
        format!("  {}: {{ {}, label: {{ vi: \"{}\", en: \"{}\" }} }}\n", self.name, self.yaml, self.name, self.name)
    }

    /// One value for each way in which it can compare with the constants.
    pub fn classes(&self) -> Vec<Fact<Value>> {
        let values = match self.name {
            "n.one" => "4 5 6 10 11",
            "n.maybe" => "null 4 5 6 10 11",
            "n.two" => "4.99 5 5.01 10 10.01",
            "n.wide" => "4 5 7 10 11",
            "d.one" => "2009-12-31 2010-01-01 2010-01-02 2020-01-01 2020-01-02",
            "d.maybe" => "null 2009-12-31 2010-01-01 2010-01-02 2020-01-01 2020-01-02",
            _ => self.values,
        };
        values.split(' ').map(|text| self.value(text)).collect()
    }

    /// Every value it is tried with.
    pub fn domain(&self) -> Vec<Fact<Value>> {
        self.values.split(' ').map(|text| self.value(text)).collect()
    }

    fn value(&self, text: &str) -> Fact<Value> {
        if text == "null" {
            return Fact::Null;
        }
        Fact::Known(match self.kind {
            Kind::Boolean => Value::Boolean(text == "true"),
            Kind::Enumeration => Value::text(text),
            Kind::Set => Value::List(text.split(',').filter(|code| *code != "-").map(Value::text).collect()),
            Kind::Number => Value::Number(Decimal::parse(text).unwrap()),
            Kind::Date => Value::Date(Date::parse(text).unwrap()),
            Kind::Text => Value::text(text),
            Kind::Records => Value::List(text.split(',').filter(|record| *record != "-").map(record).collect()),
        })
    }
}

/// A record as `5a`.
fn record(text: &str) -> Value {
    let (number, code) = text.split_at(text.len() - 1);
    let entries = vec![("amount".into(), Value::Number(Decimal::parse(number).unwrap())), ("code".into(), Value::text(code))];
    Value::Context(Arc::new(Context(entries)))
}

/// Some facts of the menu, in its order.
pub fn some(choices: &mut Choices, size: Size) -> Vec<&'static FactSpec> {
    let wanted = 1 + choices.below(size.facts);
    let mut taken: Vec<usize> = Vec::new();
    for _ in 0..wanted {
        let at = choices.below(MENU.len());
        let few_values = MENU.get(at).is_some_and(|fact| !matches!(fact.kind, Kind::Text | Kind::Records));
        if !taken.contains(&at) && (size.free || few_values) {
            taken.push(at);
        }
    }
    if taken.is_empty() {
        taken.push(0);
    }
    taken.sort_unstable();
    taken.into_iter().filter_map(|at| MENU.get(at)).collect()
}
