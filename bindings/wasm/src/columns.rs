//! Cases as columns. JavaScript writes the cells of a block of cases into the engine's memory and reads columns of answers
//! from it: no cell crosses the border by itself.

use std::sync::Arc;

use serde::Serialize;
use thutuc::columns::{Answers, Batch, Bits, Cells, Column, Days, Kind, Law, Output, Plan, Received, Results, Values};
use thutuc::compile::program::{Program, Slot};
use thutuc::eval::Slots;
use thutuc::value::{Date, Fact, Value};
use thutuc::wire::{self, ProblemDocument, TableError, packed_moment, tell_json, value_to_json};
use wasm_bindgen::prelude::*;

use crate::{Engine, asked, json, language, refused, thrown};

/// Cases that are decided in one call: their columns in and out stay in the caches of a processor.
const BLOCK: usize = 1 << 14;

/// The columns of a procedure's decisions that are wanted, and the memory of one block of cases.
#[wasm_bindgen]
pub struct Columns {
    engine: Arc<wire::Engine>,
    program: usize,
    plan: Plan,
    facts: Vec<Told>,
    as_of: Moment<Date>,
    received: Moment<Option<(i32, u32)>>,
    seconds: Option<Vec<u32>>,
    results: Results,
    /// The booleans that were last asked for, a byte each.
    booleans: Vec<u8>,
    slots: Slots,
}

/// What is told of a fact in the cases of a block.
#[derive(Default)]
struct Told {
    cells: Own,
    missing: Option<Vec<u8>>,
    null: Option<Vec<u8>>,
    beside: Vec<(usize, Fact<Value>)>,
}

/// The cells of a fact, of the kinds of [`Cells`].
#[derive(Default)]
enum Own {
    #[default]
    Nothing,
    Constant(Fact<Value>),
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    U64(Vec<u64>),
    Coded { codes: Vec<u32>, values: Vec<Fact<Value>> },
}

enum Moment<T> {
    Constant(T),
    Column(Vec<i32>),
}

/// A column of answers, as JavaScript is told of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Described<'a> {
    name: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    codes: &'a [Arc<str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<u8>,
    without_kernel: Vec<WithoutKernel<'a>>,
}

#[derive(Serialize)]
struct WithoutKernel<'a> {
    from: Date,
    why: &'a str,
}

#[wasm_bindgen]
impl Columns {
    /// The columns of a procedure's decisions by a JSON list of their names; without one, those that are usually wanted.
    #[wasm_bindgen(constructor)]
    pub fn new(engine: &Engine, procedure: &str, jurisdiction: Option<String>, names: Option<String>, lang: &str) -> Result<Columns, JsValue> {
        let asked = asked(lang)?;
        let engine = engine.engine.clone();
        let program = engine.program_index(procedure, jurisdiction.as_deref()).map_err(|error| refused(&error, asked))?;
        let names: Option<Vec<String>> = names.and_then(|names| serde_json::from_str(&names).ok());
        let (plan, facts) = match law(&engine, program) {
            Some(law) => {
                let outputs = match names {
                    Some(names) => Output::of_names(law.program, &names),
                    None => Output::of_names(law.program, &Output::USUAL),
                };
                let plan = outputs.and_then(|outputs| Plan::new(law, &outputs)).map_err(|error| bad_table(&error.into(), lang))?;
                (plan, law.program.facts.iter().map(|_| Told::default()).collect())
            }
            None => return Err(thrown(&ProblemDocument::internal("a procedure without a program", asked))),
        };
        Ok(Columns {
            engine,
            program,
            plan,
            facts,
            as_of: Moment::Constant(Date(0)),
            received: Moment::Constant(None),
            seconds: None,
            results: Results::default(),
            booleans: Vec::new(),
            slots: Slots::default(),
        })
    }

    /// How many cases a block has at most.
    pub fn block() -> usize {
        BLOCK
    }

    /// The columns: name, kind, codes, scale, and the spans of law without a kernel.
    pub fn columns(&self) -> String {
        let columns = self.plan.columns().iter().zip(self.plan.report());
        json(&columns.map(|(column, way)| {
            let without = way.by_eval.iter().map(|of| WithoutKernel { from: of.from, why: &of.why });
            let (kind, codes, scale) = match &column.kind {
                Kind::Codes(names) if names.len() > 256 => ("wide_codes", names.as_slice(), None),
                Kind::Codes(names) => ("codes", names.as_slice(), None),
                Kind::Bits => ("booleans", [].as_slice(), None),
                Kind::Level => ("level", [].as_slice(), None),
                Kind::Days => ("days", [].as_slice(), None),
                Kind::Amounts => ("amounts", [].as_slice(), None),
                Kind::Numbers { scale } => ("numbers", [].as_slice(), Some(*scale)),
                Kind::Texts => ("texts", [].as_slice(), None),
                Kind::Values => ("values", [].as_slice(), None),
            };
            Described { name: &column.name, kind, codes, scale, without_kernel: without.collect() }
        }).collect::<Vec<_>>())
    }

    /// Forgets everything that was told.
    pub fn begin(&mut self) {
        self.facts.iter_mut().for_each(|told| *told = Told::default());
        (self.as_of, self.received, self.seconds) = (Moment::Constant(Date(0)), Moment::Constant(None), None);
    }

    /// Tells a fact of all cases as JSON text; false if it does not fit.
    pub fn constant(&mut self, slot: u16, value: &str) -> bool {
        let fact = self.read(slot, value);
        let fits = fact.is_some();
        if let Some(told) = self.told(slot) {
            told.cells = Own::Constant(fact.unwrap_or(Fact::Missing));
        }
        fits
    }

    /// Makes room for the cells of a fact: `u8`, `u16`, `u32`, `i32`, `i64`, `u64` or `coded`.
    pub fn room(&mut self, slot: u16, kind: &str) {
        if let Some(told) = self.told(slot) {
            told.cells = Own::room(kind);
        }
    }

    /// Where the cells of a fact are.
    pub fn cells(&self, slot: u16) -> *const u8 {
        self.facts.get(usize::from(slot)).map_or(std::ptr::null(), |told| told.cells.start())
    }

    /// Where the bitmap of the cases is in which a fact is not told.
    pub fn missing(&mut self, slot: u16) -> *const u8 {
        self.told(slot).map_or(std::ptr::null(), |told| bitmap(&mut told.missing))
    }

    /// Where the bitmap of the cases is in which a fact is told to be nothing.
    pub fn null(&mut self, slot: u16) -> *const u8 {
        self.told(slot).map_or(std::ptr::null(), |told| bitmap(&mut told.null))
    }

    /// Begins another block: values and what stands beside cells are those of one block.
    pub fn next(&mut self) {
        for told in &mut self.facts {
            told.beside.clear();
            if let Own::Coded { values, .. } = &mut told.cells {
                values.truncate(1);
            }
        }
    }

    /// Tells a fact of a case of the block beside its cells, as JSON text. The cases of a fact come in rising order.
    pub fn beside(&mut self, slot: u16, row: usize, value: &str) {
        let fact = self.read(slot, value).unwrap_or(Fact::Missing);
        if let Some(told) = self.told(slot) {
            told.beside.push((row, fact));
        }
    }

    /// The code of a value in the block, given as JSON text; -1 if it does not fit. Code 0 is what is not told.
    pub fn value(&mut self, slot: u16, value: &str) -> i32 {
        let Some(fact) = self.read(slot, value) else { return -1 };
        match self.told(slot).map(|told| &mut told.cells) {
            Some(Own::Coded { values, .. }) => {
                values.push(fact);
                values.len() as i32 - 1
            }
            _ => -1,
        }
    }

    /// The greatest of the first codes of a fact.
    pub fn greatest(&self, slot: u16, rows: usize) -> u32 {
        match self.facts.get(usize::from(slot)).map(|told| &told.cells) {
            Some(Own::U8(cells)) => cells.iter().take(rows).fold(0, |most, cell| most.max(*cell)).into(),
            Some(Own::U16(cells)) => cells.iter().take(rows).fold(0, |most, cell| most.max(*cell)).into(),
            Some(Own::U32(cells)) => cells.iter().take(rows).fold(0, |most, cell| most.max(*cell)),
            _ => 0,
        }
    }

    /// Reads the law of one day.
    #[wasm_bindgen(js_name = asOf)]
    pub fn as_of(&mut self, day: i32) {
        self.as_of = Moment::Constant(Date(day));
    }

    /// Makes room for a day a case on which the law is read.
    #[wasm_bindgen(js_name = asOfDays)]
    pub fn as_of_days(&mut self) -> *const i32 {
        self.as_of.days()
    }

    /// All cases were received at one moment.
    #[wasm_bindgen(js_name = receivedAt)]
    pub fn received_at(&mut self, day: i32, second: u32) {
        self.received = Moment::Constant(Some((day, second)));
    }

    /// Makes room for a day of receipt a case.
    #[wasm_bindgen(js_name = receivedDays)]
    pub fn received_days(&mut self) -> *const i32 {
        self.received.days()
    }

    /// Makes room for a second of the day of receipt a case.
    #[wasm_bindgen(js_name = receivedSeconds)]
    pub fn received_seconds(&mut self) -> *const u32 {
        self.seconds.get_or_insert_with(|| vec![0; BLOCK]).as_ptr()
    }

    /// Decides the first cases of the block; how many of them `eval` decided.
    pub fn run(&mut self, rows: usize, lang: &str) -> Result<usize, JsValue> {
        let Some(law) = law(&self.engine, self.program) else { return Ok(0) };
        let broken = |error: thutuc::columns::BadColumn| bad_table(&TableError::Unreadable { why: error.to_string() }, lang);
        let as_of = match &self.as_of {
            Moment::Constant(day) => Days::Constant(*day),
            Moment::Column(days) => Days::Column(days),
        };
        let mut batch = Batch::new(law.program, rows, as_of).map_err(broken)?;
        let received = match &self.received {
            Moment::Constant(None) => Received::AsOf,
            Moment::Constant(given) => Received::Constant(packed_moment(0, *given).received),
            Moment::Column(days) => Received::Column { days, seconds: self.seconds.as_deref() },
        };
        batch.receive(received).map_err(broken)?;
        for (told, slot) in self.facts.iter().zip(0u16..) {
            if let Some(cells) = told.cells.borrowed() {
                let column = Column { cells, missing: bits(told.missing.as_ref()), null: bits(told.null.as_ref()), beside: &told.beside };
                batch.tell(law.program, Slot(slot), column).map_err(broken)?;
            }
        }
        self.plan.run(law, &batch, 0..rows, &mut self.results);
        Ok(self.results.by_eval)
    }

    /// Where the answers of a column are.
    pub fn answers(&mut self, column: usize) -> *const u8 {
        let rows = self.results.rows;
        match self.results.columns.get(column).map(|answers| &answers.values) {
            Some(Values::Bytes(bytes)) => bytes.as_ptr(),
            Some(Values::Wide(codes) | Values::Texts { codes, .. }) => codes.as_ptr().cast(),
            Some(Values::Days(days)) => days.as_ptr().cast(),
            Some(Values::Integers { integers, .. }) => integers.as_ptr().cast(),
            Some(Values::Bits(words)) => {
                self.booleans.clear();
                self.booleans.extend(words.iter().flat_map(|word| (0..64).map(move |bit| (word >> bit & 1) as u8)).take(rows));
                self.booleans.as_ptr()
            }
            Some(Values::Values(_)) | None => std::ptr::null(),
        }
    }

    /// Where the bitmap of the cases that have an answer is; 0 where all have.
    pub fn valid(&self, column: usize) -> *const u8 {
        let valid = self.results.columns.get(column).and_then(|answers| answers.valid.as_ref());
        valid.map_or(std::ptr::null(), |words| words.as_ptr().cast())
    }

    /// What the cells of a column refer to, as JSON: the texts of codes, values, and numbers that no integer at the column's
    /// scale is, with their cases.
    pub fn rest(&self, column: usize) -> String {
        match self.results.columns.get(column) {
            Some(Answers { values: Values::Texts { texts, .. }, .. }) => json(&texts.list()),
            Some(Answers { values: Values::Values(values), .. }) => json(&values.iter().map(value_to_json).collect::<Vec<_>>()),
            Some(Answers { values: Values::Integers { beside, .. }, .. }) => json(&beside.iter().map(|(row, number)| (row, number)).collect::<Vec<_>>()),
            _ => "[]".to_owned(),
        }
    }

    /// How many numbers of a column stand beside its integers.
    #[wasm_bindgen(js_name = besideCount)]
    pub fn beside_count(&self, column: usize) -> usize {
        match self.results.columns.get(column).map(|answers| &answers.values) {
            Some(Values::Integers { beside, .. }) => beside.len(),
            _ => 0,
        }
    }

    /// The problem document of a column of another length than the others.
    #[wasm_bindgen(js_name = wrongLength)]
    pub fn wrong_length(column: String, has: usize, rows: usize, lang: &str) -> String {
        table_problem(&TableError::WrongLength { column, has, rows }, lang)
    }

    /// The problem document of a code that is no position in its list.
    #[wasm_bindgen(js_name = noCode)]
    pub fn no_code(column: String, row: usize, code: String, codes: usize, lang: &str) -> String {
        table_problem(&TableError::NoCode { column, row, code, codes }, lang)
    }

    /// The problem document of cells that a fact cannot be told by; `wanted` is the fact's kind.
    #[wasm_bindgen(js_name = wrongCells)]
    pub fn wrong_cells(column: String, given: String, wanted: &str, lang: &str) -> String {
        table_problem(&TableError::WrongCells { column, given, wanted: wire::WantedCells::named(wanted) }, lang)
    }
}

impl Columns {
    fn told(&mut self, slot: u16) -> Option<&mut Told> {
        self.facts.get_mut(usize::from(slot))
    }

    /// A value of a fact as it is told; `None` if it does not fit.
    fn read(&mut self, slot: u16, value: &str) -> Option<Fact<Value>> {
        let program: &Program = self.engine.compiled().programs.get(self.program)?;
        let fact = program.fact(Slot(slot))?;
        let told = format!("{{{}:{value}}}", json(&fact.name));
        let problems = tell_json(program, &told, &mut self.slots);
        problems.is_empty().then(|| self.slots.fact(program, Slot(slot)))
    }
}

impl Own {
    fn room(kind: &str) -> Own {
        match kind {
            "u8" => Own::U8(vec![0; BLOCK]),
            "u16" => Own::U16(vec![0; BLOCK]),
            "u32" => Own::U32(vec![0; BLOCK]),
            "i32" => Own::I32(vec![0; BLOCK]),
            "i64" => Own::I64(vec![0; BLOCK]),
            "u64" => Own::U64(vec![0; BLOCK]),
            _ => Own::Coded { codes: vec![0; BLOCK], values: vec![Fact::Missing] },
        }
    }

    fn start(&self) -> *const u8 {
        match self {
            Own::Nothing | Own::Constant(_) => std::ptr::null(),
            Own::U8(cells) => cells.as_ptr(),
            Own::U16(cells) => cells.as_ptr().cast(),
            Own::U32(cells) | Own::Coded { codes: cells, .. } => cells.as_ptr().cast(),
            Own::I32(cells) => cells.as_ptr().cast(),
            Own::I64(cells) => cells.as_ptr().cast(),
            Own::U64(cells) => cells.as_ptr().cast(),
        }
    }

    fn borrowed(&self) -> Option<Cells<'_>> {
        Some(match self {
            Own::Nothing => return None,
            Own::Constant(fact) => Cells::Constant(fact),
            Own::U8(cells) => Cells::U8(cells),
            Own::U16(cells) => Cells::U16(cells),
            Own::U32(cells) => Cells::U32(cells),
            Own::I32(cells) => Cells::I32(cells),
            Own::I64(cells) => Cells::I64(cells),
            Own::U64(cells) => Cells::U64(cells),
            Own::Coded { codes, values } => Cells::Coded { codes, values },
        })
    }
}

impl<T> Moment<T> {
    fn days(&mut self) -> *const i32 {
        if !matches!(self, Moment::Column(_)) {
            *self = Moment::Column(vec![0; BLOCK]);
        }
        match self {
            Moment::Column(days) => days.as_ptr(),
            Moment::Constant(_) => std::ptr::null(),
        }
    }
}

fn law(engine: &wire::Engine, program: usize) -> Option<Law<'_>> {
    let pack = engine.compiled();
    Some(Law { program: pack.programs.get(program)?, calendar: &pack.calendar })
}

fn bitmap(of: &mut Option<Vec<u8>>) -> *const u8 {
    of.get_or_insert_with(|| vec![0; BLOCK / 8]).as_ptr()
}

fn bits(bitmap: Option<&Vec<u8>>) -> Option<Bits<'_>> {
    bitmap.map(|bytes| Bits::new(bytes, 0))
}

fn table_problem(error: &TableError, lang: &str) -> String {
    ProblemDocument::of_table(error, language(lang)).to_json()
}

fn bad_table(error: &TableError, lang: &str) -> JsValue {
    JsValue::from_str(&table_problem(error, lang))
}
