//! The facts of a case as they are told: names with exact JSON, in the order they were told.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use thutuc::compile::Program;

/// The facts told so far. Numbers keep every digit: a value is kept as the JSON it was written as.
#[derive(Clone, Debug, Default)]
pub struct Told {
    facts: Vec<(String, Box<RawValue>)>,
    /// A text that is no JSON object, kept for the core to say what is wrong with it.
    unreadable: Option<String>,
}

impl Told {
    /// Reads a JSON object of facts, nested or dotted.
    pub fn read(text: &str, program: &Program) -> Told {
        match serde_json::from_str::<Members>(text) {
            Ok(members) => {
                let mut told = Told::default();
                told.flatten("", members, program);
                told
            }
            Err(_) => Told { facts: Vec::new(), unreadable: Some(text.to_owned()) },
        }
    }

    fn flatten(&mut self, group: &str, members: Members, program: &Program) {
        for (key, raw) in members.0 {
            let name = if group.is_empty() { key } else { format!("{group}.{key}") };
            let is_fact = program.facts.iter().any(|fact| *fact.name == *name);
            let is_group = program.facts.iter().any(|fact| fact.name.strip_prefix(&*name).is_some_and(|rest| rest.starts_with('.')));
            match serde_json::from_str::<Members>(raw.get()) {
                Ok(members) if !is_fact && is_group => self.flatten(&name, members, program),
                _ => self.facts.push((name, raw)),
            }
        }
    }

    /// Tells a fact, in place of what was told of it before. `json` must be JSON; nothing is told if it is not.
    pub fn set(&mut self, name: &str, json: String) {
        if let Ok(raw) = RawValue::from_string(json) {
            self.remove(name);
            self.facts.push((name.to_owned(), raw));
        }
    }

    /// Takes back what was told of a fact.
    pub fn remove(&mut self, name: &str) {
        self.facts.retain(|(known, _)| known != name);
    }

    /// As a JSON object with dotted names.
    pub fn json(&self) -> String {
        self.written("", "")
    }

    /// As [`Told::json`], a fact a line.
    pub fn pretty(&self) -> String {
        self.written("\n  ", "\n")
    }

    fn written(&self, before: &str, end: &str) -> String {
        if let Some(text) = &self.unreadable {
            return text.clone();
        }
        let facts: Vec<String> =
            self.facts.iter().map(|(name, raw)| format!("{before}{}: {}", serde_json::Value::from(name.as_str()), raw.get())).collect();
        format!("{{{}{}}}", facts.join(","), if facts.is_empty() { "" } else { end })
    }
}

/// Members of an object in order, names that stand twice kept.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMembers;
        impl<'de> Visitor<'de> for OfMembers {
            type Value = Members;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of facts")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    members.push((name, map.next_value::<Box<RawValue>>().map_err(de::Error::custom)?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(OfMembers)
    }
}
