//! The hot path: a case that JavaScript writes to and reads from the engine's memory.

use std::sync::Arc;

use thutuc::eval::Moment;
use thutuc::model::Language;
use thutuc::wire::{self, PackedCase, Parts, packed_moment};
use wasm_bindgen::prelude::*;

use crate::{Engine, asked, refused};

/// The memory of one case at a time of one procedure.
#[wasm_bindgen]
pub struct Case {
    engine: Arc<wire::Engine>,
    program: usize,
    case: PackedCase,
    /// Parts of decisions in Vietnamese and in English, made when they are first asked for.
    parts: [Option<Parts>; 2],
}

#[wasm_bindgen]
impl Case {
    /// A case of a procedure.
    #[wasm_bindgen(constructor)]
    pub fn new(engine: &Engine, procedure: &str, jurisdiction: Option<String>, lang: &str) -> Result<Case, JsValue> {
        let asked = asked(lang)?;
        let engine = engine.engine.clone();
        let program = engine.program_index(procedure, jurisdiction.as_deref()).map_err(|error| refused(&error, asked))?;
        let case = engine.compiled().programs.get(program).map(PackedCase::new).unwrap_or_default();
        Ok(Case { engine, program, case, parts: [None, None] })
    }

    /// Where the states are: a byte a slot.
    pub fn states(&mut self) -> *const u8 {
        self.case.input().0.as_ptr()
    }

    /// Where the numbers are: a double a slot.
    pub fn numbers(&mut self) -> *const f64 {
        self.case.input().1.as_ptr()
    }

    /// Where the words of the verdict are: 32 of 32 bits.
    pub fn words(&self) -> *const i32 {
        self.case.words().as_ptr()
    }

    /// Decides; false if the rules could not. A second of -1 is the opening of the office on the day the law is read.
    pub fn verdict(&mut self, as_of: i32, received_day: i32, received_second: i32) -> bool {
        self.decided(None, as_of, received_day, received_second)
    }

    /// As `verdict`, with a JSON object of the facts that are no numbers.
    #[wasm_bindgen(js_name = verdictWith)]
    pub fn verdict_with(&mut self, rest: &str, as_of: i32, received_day: i32, received_second: i32) -> bool {
        self.decided(Some(rest), as_of, received_day, received_second)
    }

    /// Decides in full: 0 if facts do not fit or the rules could not, 1 if the decision says nothing new, 2 if it does.
    pub fn decision(&mut self, english: bool, rest: Option<String>, as_of: i32, received_day: i32, received_second: i32) -> u32 {
        let pack = self.engine.compiled();
        let Some(program) = pack.programs.get(self.program) else { return 0 };
        let moment = moment(as_of, received_day, received_second);
        let [vietnamese, in_english] = &mut self.parts;
        let (parts, language) = if english { (in_english, Language::En) } else { (vietnamese, Language::Vi) };
        let parts = parts.get_or_insert_with(|| Parts::new(program, language));
        match self.case.decision(pack, program, rest.as_deref(), &moment, parts) {
            Ok(Some(_)) => 1 + u32::from(parts.any_news()),
            _ => 0,
        }
    }

    /// How many words the last decision in a language has.
    #[wasm_bindgen(js_name = decisionLength)]
    pub fn decision_length(&self, english: bool) -> usize {
        self.in_language(english).map_or(0, |parts| parts.words().len())
    }

    /// Where they are.
    #[wasm_bindgen(js_name = decisionWords)]
    pub fn decision_words(&self, english: bool) -> *const i32 {
        self.in_language(english).map_or(std::ptr::null(), |parts| parts.words().as_ptr())
    }

    /// The parts that the last decision in a language says for the first time, and those that are not kept.
    pub fn news(&self, english: bool) -> Option<String> {
        self.in_language(english).and_then(Parts::news)
    }

    fn in_language(&self, english: bool) -> Option<&Parts> {
        let [vietnamese, in_english] = &self.parts;
        if english { in_english } else { vietnamese }.as_ref()
    }

    fn decided(&mut self, rest: Option<&str>, as_of: i32, day: i32, second: i32) -> bool {
        let pack = self.engine.compiled();
        let Some(program) = pack.programs.get(self.program) else { return false };
        self.case.verdict(pack, program, rest, &moment(as_of, day, second)).is_ok()
    }
}

fn moment(as_of: i32, day: i32, second: i32) -> Moment {
    packed_moment(as_of, u32::try_from(second).ok().map(|second| (day, second)))
}
