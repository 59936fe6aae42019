//! A TypedDict of Python.

use thutuc::compile::program::{Coded, FactSlot, Layout, Program};
use thutuc::model::Language;

use super::{Member, comment, heading, nested, required, type_name};

const HEAD: &str = "
from __future__ import annotations

import datetime
from collections.abc import Sequence, Set
from decimal import Decimal
from typing import Literal, TypeAlias, TypedDict

Exact: TypeAlias = int | Decimal | float | str
\"\"\"An exact number; a float counts by its shortest decimal text.\"\"\"

Day: TypeAlias = datetime.date | str
Time: TypeAlias = datetime.time | str
Moment: TypeAlias = datetime.datetime | str
";

/// The module that declares the facts of a procedure.
pub fn declaration(program: &Program, language: Language) -> String {
    let mut module = Module { classes: Vec::new(), language };
    let about = format!("{}: {}", program.code, program.about.name.get(language));
    let top = module.group(&nested(program), &type_name(program));
    module.class(&type_name(program), &about, &top, &[]);
    let heading = heading(program, language, "--lang py").join("\n\n");
    format!("\"\"\"{}\"\"\"\n{HEAD}{}", escaped(&heading), module.classes.concat())
}

const TOTAL_FALSE: &str = ", total=False";

struct Module {
    classes: Vec<String>,
    language: Language,
}

/// A key of a dict: its name, type and comment.
struct Key {
    name: String,
    of: String,
    comment: Vec<String>,
}

impl Module {
    /// The keys of a group; the groups in it become classes before it.
    fn group(&mut self, members: &[(&str, Member<'_>)], within: &str) -> Vec<Key> {
        let mut keys = Vec::new();
        for (name, member) in members {
            keys.push(match member {
                Member::Fact(fact) => self.key(name, fact, within),
                Member::Group(inner) => {
                    let class = format!("{within}_{}", identifier(name));
                    let inner = self.group(inner, &class);
                    self.class(&class, "", &inner, &[]);
                    Key { name: (*name).to_owned(), of: class, comment: Vec::new() }
                }
            });
        }
        keys
    }

    fn key(&mut self, name: &str, fact: &FactSlot, within: &str) -> Key {
        let mut comment = comment(fact, self.language);
        let mut of = match &fact.layout {
            Layout::Boolean => "bool".to_owned(),
            Layout::Number { .. } => "Exact".to_owned(),
            Layout::Enumeration { values } => self.literals(values, &mut comment),
            Layout::Set { values } => {
                let codes = self.literals(values, &mut comment);
                format!("Sequence[{codes}] | Set[{codes}]")
            }
            Layout::Date { .. } => "Day".to_owned(),
            Layout::Time => "Time".to_owned(),
            Layout::DateTime => "Moment".to_owned(),
            Layout::Text { .. } => "str".to_owned(),
            // A text is a sequence of texts too.
            Layout::Texts { .. } => "list[str] | tuple[str, ...]".to_owned(),
            Layout::Records { fields, .. } => {
                let class = format!("{within}_{}", identifier(name));
                let (must, may): (Vec<_>, Vec<_>) = fields.iter().partition(|field| required(field));
                let must: Vec<Key> = must.into_iter().map(|field| self.key(&field.name, field, &class)).collect();
                let may: Vec<Key> = may.into_iter().map(|field| self.key(&field.name, field, &class)).collect();
                self.class(&class, "", &may, &must);
                format!("Sequence[{class}]")
            }
        };
        if fact.optional {
            of.push_str(" | None");
        }
        Key { name: name.to_owned(), of, comment }
    }

    fn literals(&self, values: &[Coded], comment: &mut Vec<String>) -> String {
        comment.extend(values.iter().map(|value| format!("`{}`: {}", value.code, value.label.get(self.language))));
        let codes: Vec<String> = values.iter().map(|value| quoted(&value.code)).collect();
        format!("Literal[{}]", codes.join(", "))
    }

    /// A class of keys that may be absent; those that must be there have a class above it.
    fn class(&mut self, name: &str, about: &str, may: &[Key], must: &[Key]) {
        if must.is_empty() {
            self.write(name, &format!("TypedDict{TOTAL_FALSE}"), about, may);
        } else if may.is_empty() {
            self.write(name, "TypedDict", about, must);
        } else {
            self.write(&format!("{name}_required"), "TypedDict", "", must);
            self.write(name, &format!("{name}_required{TOTAL_FALSE}"), about, may);
        }
    }

    fn write(&mut self, name: &str, bases: &str, about: &str, keys: &[Key]) {
        // A key that is no name of Python's has no place in a class.
        let (keys, other): (Vec<&Key>, Vec<&Key>) = keys.iter().partition(|key| is_name(&key.name));
        let mut class = String::new();
        let mut bases = bases.to_owned();
        if !other.is_empty() {
            let total = if bases.contains(TOTAL_FALSE) { TOTAL_FALSE } else { "" };
            let entries: String = other.iter().map(|key| format!("        {}: {},\n", quoted(&key.name), key.of)).collect();
            class.push_str(&format!("\n\n{name}_other = TypedDict(\n    \"{name}_other\",\n    {{\n{entries}    }}{total},\n)\n"));
            bases = bases.replace("TypedDict", &format!("{name}_other"));
            if !bases.contains(&format!("{name}_other")) {
                bases = format!("{name}_other, {bases}");
            }
        }
        class.push_str(&format!("\n\nclass {name}({bases}):\n"));
        if !about.is_empty() {
            class.push_str(&format!("    \"\"\"{}\"\"\"\n\n", escaped(about)));
        }
        if keys.is_empty() && about.is_empty() {
            class.push_str("    pass\n");
        }
        for Key { name, of, comment } in keys {
            class.push_str(&format!("    {name}: {of}\n"));
            if !comment.is_empty() {
                class.push_str(&format!("    \"\"\"{}\"\"\"\n", escaped(&comment.join("\n\n    "))));
            }
        }
        self.classes.push(class);
    }
}

/// Words that Python keeps for itself.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

fn is_name(name: &str) -> bool {
    identifier(name) == name && !name.starts_with(|letter: char| letter.is_ascii_digit()) && !KEYWORDS.contains(&name)
}

fn identifier(name: &str) -> String {
    name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A literal: JSON's escapes are Python's.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
