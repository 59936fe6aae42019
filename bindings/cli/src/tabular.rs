//! Many cases as text: a JSON object a line, or CSV with a head. Cells of CSV are written as on the command line; an empty one
//! is not told.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use thutuc::compile::Program;
use thutuc::compile::program::{Layout, Slot};
use thutuc::diagnostics::nearest;
use thutuc::eval::{FactProblem, Slots, State};
use thutuc::population::{Cases, Drawn, is_narrow};
use thutuc::value::{Fact, Value};
use thutuc::wire::{tell_json, value_to_json};

use crate::failure::Failure;
use crate::input::{Typing, json_of, quoted};

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

/// A file of cases while it is read, with the columns beside the facts that are wanted.
pub struct Reader<'p> {
    program: &'p Program,
    input: Box<dyn BufRead>,
    form: Form,
    name: String,
    line: u64,
    head: Vec<Column>,
    beside: Vec<String>,
    slots: Slots,
}

/// A case as a JSON object, and what stands beside its facts.
type Row = (String, Vec<Option<String>>);

/// What a column of CSV is.
enum Column {
    Fact(Slot),
    Beside(usize, Option<Slot>),
}

/// A block of cases that were read.
#[derive(Default)]
pub struct Block {
    /// The cases.
    pub cases: Cases,
    /// Of each case the values beside its facts, in the order they were asked for.
    pub beside: Vec<Vec<Option<String>>>,
    /// What did not fit: the line and the problem.
    pub problems: Vec<(u64, FactProblem)>,
}

impl<'p> Reader<'p> {
    /// Opens a file; `beside` are columns that are wanted as they are, facts or not.
    pub fn open(path: &Path, program: &'p Program, beside: &[String]) -> Result<Reader<'p>, Failure> {
        let form = Form::of(path)?;
        let file = File::open(path).map_err(|error| Failure::file(path, &error))?;
        let input: Box<dyn BufRead> = Box::new(BufReader::with_capacity(1 << 16, file));
        let mut reader = Reader { program, input, form, name: path.display().to_string(), line: 0, head: Vec::new(), beside: beside.to_vec(), slots: Slots::new(program) };
        if form == Form::Csv {
            let head = reader.record()?.ok_or_else(|| Failure::usage(format!("{}: the file is empty", path.display())))?;
            for name in head {
                let column = reader.column(name.trim_start_matches('\u{feff}'))?;
                reader.head.push(column);
            }
            let has = |wanted: usize| reader.head.iter().any(|column| matches!(column, Column::Beside(at, _) if *at == wanted));
            if let Some((_, missing)) = reader.beside.iter().enumerate().find(|(at, _)| !has(*at)) {
                return Err(Failure::usage(format!("{}: no column `{missing}`", reader.name)));
            }
        }
        Ok(reader)
    }

    fn column(&self, name: &str) -> Result<Column, Failure> {
        let slot = self.program.slot(name);
        if let Some(at) = self.beside.iter().position(|beside| beside == name) {
            return Ok(Column::Beside(at, slot));
        }
        slot.map(Column::Fact).ok_or_else(|| self.unknown(name))
    }

    fn unknown(&self, name: &str) -> Failure {
        let near = nearest(name, self.program.facts.iter().map(|fact| &*fact.name));
        let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        Failure::usage(format!("{}:{}: column `{name}` fits no fact of procedure {}{near}", self.name, self.line.max(1), self.program.code))
    }

    /// Reads up to so many cases; false once there are none.
    pub fn read(&mut self, most: usize, block: &mut Block) -> Result<bool, Failure> {
        block.cases.first += block.cases.len as u64;
        block.cases.len = 0;
        block.beside.clear();
        block.problems.clear();
        block.cases.columns.resize_with(self.program.facts.len(), Drawn::default);
        for column in &mut block.cases.columns {
            column.states.clear();
            column.narrow.clear();
            column.wide.clear();
        }
        while block.cases.len < most {
            let Some((json, beside)) = self.next()? else { break };
            self.slots.clear(self.program);
            let problems = tell_json(self.program, &json, &mut self.slots);
            block.problems.extend(problems.into_iter().map(|problem| (self.line, problem)));
            block.beside.push(beside);
            self.keep(&mut block.cases);
        }
        Ok(block.cases.len > 0)
    }

    fn keep(&self, cases: &mut Cases) {
        cases.len += 1;
        for ((column, fact), slot) in cases.columns.iter_mut().zip(&self.program.facts).zip((0u16..).map(Slot)) {
            let (state, integer) = self.slots.cell(slot);
            let wide = matches!(state, State::Wide).then(|| self.slots.wide(slot).clone());
            // A default that is no integer of its slot is what a fact that is not told has anyway.
            column.states.push(if is_narrow(&fact.layout) && wide.is_some() { State::Missing } else { state });
            match is_narrow(&fact.layout) {
                true => column.narrow.push(integer),
                false => column.wide.push(wide.unwrap_or(Value::Null)),
            }
        }
    }

    /// The next case as a JSON object, and what stands beside its facts.
    fn next(&mut self) -> Result<Option<Row>, Failure> {
        match self.form {
            Form::Lines | Form::Parquet => self.next_object(),
            Form::Csv => self.next_record(),
        }
    }

    fn next_object(&mut self) -> Result<Option<Row>, Failure> {
        loop {
            let mut text = String::new();
            if self.input.read_line(&mut text)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            if text.trim().is_empty() {
                continue;
            }
            if self.beside.is_empty() {
                return Ok(Some((text, Vec::new())));
            }
            let wrong = |error: serde_json::Error| Failure::usage(format!("{}:{}: {error}", self.name, self.line));
            let mut object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).map_err(wrong)?;
            let beside = self.beside.iter().map(|name| {
                let found = if self.program.slot(name).is_some() { look_up(&object, name).cloned() } else { object.remove(name) };
                found.filter(|value| !value.is_null()).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            });
            let beside = beside.collect();
            return Ok(Some((serde_json::Value::Object(object).to_string(), beside)));
        }
    }

    fn next_record(&mut self) -> Result<Option<Row>, Failure> {
        let Some(cells) = self.record()? else { return Ok(None) };
        if cells.len() != self.head.len() {
            let message = format!("{}:{}: {} cells under {} columns", self.name, self.line, cells.len(), self.head.len());
            return Err(Failure::usage(message));
        }
        let mut members = Vec::new();
        let mut beside = vec![None; self.beside.len()];
        for (column, cell) in self.head.iter().zip(&cells).filter(|(_, cell)| !cell.is_empty()) {
            let slot = match column {
                Column::Fact(slot) => Some(*slot),
                Column::Beside(at, slot) => {
                    if let Some(place) = beside.get_mut(*at) {
                        *place = Some(cell.clone());
                    }
                    *slot
                }
            };
            if let Some(fact) = slot.and_then(|slot| self.program.fact(slot)) {
                // `[]` is an empty list whatever it is a list of.
                let json = if cell == "[]" && matches!(fact.layout, Layout::Set { .. } | Layout::Texts { .. }) { Cow::Borrowed("[]") } else { Cow::Owned(json_of(fact, cell, Typing::Exact)) };
                members.push(format!("{}:{json}", quoted(&fact.name)));
            }
        }
        Ok(Some((format!("{{{}}}", members.join(",")), beside)))
    }

    /// The next record of CSV.
    fn record(&mut self) -> Result<Option<Vec<String>>, Failure> {
        let mut text = String::new();
        loop {
            if self.input.read_line(&mut text)? == 0 {
                break;
            }
            self.line += 1;
            // A cell in quotes may hold line breaks.
            if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 0 {
                break;
            }
        }
        let text = text.trim_end_matches(['\n', '\r']);
        if text.is_empty() {
            return Ok(None);
        }
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut signs = text.chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '"' if quoted && signs.peek() == Some(&'"') => {
                    cell.push('"');
                    signs.next();
                }
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                sign => cell.push(sign),
            }
        }
        cells.push(cell);
        Ok(Some(cells))
    }
}

/// The value of a fact that is told nested or dotted.
fn look_up<'j>(object: &'j serde_json::Map<String, serde_json::Value>, name: &str) -> Option<&'j serde_json::Value> {
    object.get(name).or_else(|| {
        let (group, rest) = name.split_once('.')?;
        look_up(object.get(group)?.as_object()?, rest)
    })
}
