//! Many cases as text, written: a JSON object a line, or CSV with a head. Cells of CSV are written as on the command line; an empty
//! one is not told. `thutuc_arrow` reads them.

use std::io::Write;
use std::path::Path;

use thutuc::compile::Program;
use thutuc::compile::program::Slot;
use thutuc::eval::{Slots, State};
use thutuc::population::Cases;
use thutuc::value::{Fact, Value};
use thutuc::wire::value_to_json;

use crate::failure::Failure;
use crate::input::quoted;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A JSON object a line.
    Lines,
    /// Comma-separated values.
    Csv,
    /// Parquet.
    Parquet,
}

impl Form {
    /// The form of a file by its name.
    pub fn of(path: &Path) -> Result<Form, Failure> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("jsonl" | "ndjson") => Ok(Form::Lines),
            Some("csv") => Ok(Form::Csv),
            Some("parquet") => Ok(Form::Parquet),
            _ => Err(Failure::usage(format!("{}: a file of cases ends in `.parquet`, `.jsonl` or `.csv`", path.display()))),
        }
    }
}

/// Writes cases.
pub fn write(out: &mut dyn Write, form: Form, program: &Program, cases: &Cases) -> Result<(), Failure> {
    let mut slots = Slots::new(program);
    if form == Form::Csv && cases.first == 0 {
        let names: Vec<&str> = program.facts.iter().map(|fact| &*fact.name).collect();
        writeln!(out, "{}", names.join(","))?;
    }
    for n in 0..cases.len {
        // A default is not told: what was not drawn stays out of the file.
        cases.case(program, n, &mut slots);
        let told = |at: usize| cases.columns.get(at).and_then(|column| column.states.get(n)).is_some_and(|state| *state != State::Missing);
        let facts = program.facts.iter().zip(0u16..).filter(|(_, slot)| told(usize::from(*slot))).map(|(fact, slot)| (fact, slots.fact(program, Slot(slot))));
        match form {
            Form::Lines | Form::Parquet => {
                let members: Vec<String> = facts.map(|(fact, value)| format!("{}:{}", quoted(&fact.name), json(&value))).collect();
                writeln!(out, "{{{}}}", members.join(","))?;
            }
            Form::Csv => {
                let mut cells = vec![String::new(); program.facts.len()];
                for (fact, value) in facts {
                    let slot = program.slot(&fact.name).map_or(0, |slot| usize::from(slot.0));
                    if let Some(cell) = cells.get_mut(slot) {
                        *cell = csv(&bare(&value));
                    }
                }
                writeln!(out, "{}", cells.join(","))?;
            }
        }
    }
    Ok(())
}

fn json(fact: &Fact<Value>) -> String {
    match fact {
        Fact::Known(Value::Number(number)) => number.to_string(),
        Fact::Known(value) => value_to_json(value).to_string(),
        Fact::Null | Fact::Missing => "null".to_owned(),
    }
}

/// A value as it is typed on the command line.
fn bare(fact: &Fact<Value>) -> String {
    match fact {
        Fact::Known(Value::Text(text)) => text.to_string(),
        Fact::Known(Value::List(items)) if items.iter().all(|item| matches!(item, Value::Text(_))) && !items.is_empty() => {
            let texts = items.iter().map(|item| if let Value::Text(text) = item { &**text } else { "" });
            texts.collect::<Vec<_>>().join(";")
        }
        other => json(other).trim_matches('"').to_owned(),
    }
}

fn csv(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
