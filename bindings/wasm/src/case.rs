//! The hot path: a case that JavaScript writes to and reads from the engine's memory.

use std::sync::Arc;

use thutuc::wire::{self, PackedCase, packed_moment};
use wasm_bindgen::prelude::*;

use crate::{Engine, asked, refused};

/// The memory of one case at a time of one procedure.
#[wasm_bindgen]
pub struct Case {
    engine: Arc<wire::Engine>,
    program: usize,
    case: PackedCase,
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
        Ok(Case { engine, program, case })
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

    fn decided(&mut self, rest: Option<&str>, as_of: i32, day: i32, second: i32) -> bool {
        let pack = self.engine.compiled();
        let Some(program) = pack.programs.get(self.program) else { return false };
        let moment = packed_moment(as_of, u32::try_from(second).ok().map(|second| (day, second)));
        self.case.verdict(pack, program, rest, &moment).is_ok()
    }
}
