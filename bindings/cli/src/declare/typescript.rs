//! An interface of TypeScript.

use thutuc::compile::program::{Coded, FactSlot, Layout, Program};
use thutuc::model::Language;

use super::{Member, comment, heading, nested, required, type_name};

/// The module that declares the facts of a procedure.
pub fn declaration(program: &Program, language: Language) -> String {
    let mut out = String::new();
    for line in heading(program, language, "--lang ts") {
        out.push_str(&format!("// {}\n", line.replace('\n', " ")));
    }
    out.push_str("\n/** An exact number; one of more than 15 digits as text or a bigint. */\nexport type Exact = number | bigint | `${number}`;\n\n");
    said(&mut out, "", &[format!("{}: {}", program.code, program.about.name.get(language))]);
    out.push_str(&format!("export interface {} {{\n", type_name(program)));
    members(&mut out, &nested(program), "  ", language);
    out.push_str("}\n");
    out
}

fn members(out: &mut String, of: &[(&str, Member<'_>)], indent: &str, language: Language) {
    for (name, member) in of {
        match member {
            Member::Fact(fact) => property(out, name, fact, true, indent, language),
            Member::Group(inner) => {
                out.push_str(&format!("{indent}{}?: {{\n", key(name)));
                members(out, inner, &format!("{indent}  "), language);
                out.push_str(&format!("{indent}}};\n"));
            }
        }
    }
}

fn property(out: &mut String, name: &str, fact: &FactSlot, optional: bool, indent: &str, language: Language) {
    said(out, indent, &comment(fact, language));
    let of = of(fact, indent, language);
    let colon = if of.starts_with('\n') { ":" } else { ": " };
    out.push_str(&format!("{indent}{}{}{colon}{of}", key(name), if optional { "?" } else { "" }));
    out.push_str(if fact.optional { " | null;\n" } else { ";\n" });
}

fn of(fact: &FactSlot, indent: &str, language: Language) -> String {
    match &fact.layout {
        Layout::Boolean => "boolean".to_owned(),
        Layout::Number { .. } => "Exact".to_owned(),
        Layout::Enumeration { values } => literals(values, indent, language),
        Layout::Set { values } => format!("ReadonlyArray<{}\n{indent}>", literals(values, indent, language)),
        Layout::Date { .. } | Layout::Time | Layout::DateTime | Layout::Text { .. } => "string".to_owned(),
        Layout::Texts { .. } => "readonly string[]".to_owned(),
        Layout::Records { fields, .. } => {
            let mut record = "ReadonlyArray<{\n".to_owned();
            let deeper = format!("{indent}  ");
            fields.iter().for_each(|field| property(&mut record, &field.name, field, !required(field), &deeper, language));
            format!("{record}{indent}}}>")
        }
    }
}

/// A union of codes, each below its label.
fn literals(values: &[Coded], indent: &str, language: Language) -> String {
    let mut union = String::new();
    for value in values {
        union.push('\n');
        said(&mut union, &format!("{indent}  "), &[value.label.get(language).to_string()]);
        union.push_str(&format!("{indent}  | {}", quoted(&value.code)));
    }
    union
}

fn said(out: &mut String, indent: &str, lines: &[String]) {
    let lines: Vec<String> = lines.iter().flat_map(|line| line.lines()).map(|line| line.replace("*/", "*\u{200b}/")).collect();
    match lines.as_slice() {
        [one] => out.push_str(&format!("{indent}/** {one} */\n")),
        all => {
            out.push_str(&format!("{indent}/**\n"));
            all.iter().for_each(|line| out.push_str(&format!("{indent} * {line}\n")));
            out.push_str(&format!("{indent} */\n"));
        }
    }
}

fn key(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if name.chars().all(plain) && !name.starts_with(|letter: char| letter.is_ascii_digit()) { name.to_owned() } else { quoted(name) }
}

/// A literal: JSON's is one of JavaScript's.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
