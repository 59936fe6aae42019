//! A case that stays with the engine and is told fact by fact.

use thutuc::compile::program::Slot;
use thutuc::eval::Undecided;
use thutuc::wire::{self, ProblemDocument, packed_moment};
use wasm_bindgen::prelude::*;

use crate::{Engine, asked, json, language, refused};

/// A case that stays with the engine.
#[wasm_bindgen]
pub struct Session {
    session: wire::Session,
    refused: Option<Undecided>,
}

#[wasm_bindgen]
impl Session {
    /// A case with no fact told.
    #[wasm_bindgen(constructor)]
    pub fn new(engine: &Engine, procedure: &str, jurisdiction: Option<String>, lang: &str) -> Result<Session, JsValue> {
        let asked = asked(lang)?;
        let session = wire::Session::open(engine.engine.clone(), procedure, jurisdiction.as_deref(), packed_moment(0, None));
        session.map(|session| Session { session, refused: None }).map_err(|error| refused(&error, asked))
    }

    /// Changes the day the law is read and the moment of receipt; a second of -1 is the opening of the office.
    pub fn at(&mut self, as_of: i32, received_day: i32, received_second: i32) {
        self.session.at(packed_moment(as_of, u32::try_from(received_second).ok().map(|second| (received_day, second))));
    }

    /// Tells a fact by its slot; false if it does not fit.
    pub fn set(&mut self, slot: u16, state: u8, number: f64) -> bool {
        self.session.set(Slot(slot), state, number)
    }

    /// Tells a fact by its slot as JSON text; false if it does not fit.
    #[wasm_bindgen(js_name = setJson)]
    pub fn set_json(&mut self, slot: u16, value: &str) -> bool {
        self.session.set_json(Slot(slot), value)
    }

    /// Decides: the words that changed, a bit each; -1 if the rules could not.
    pub fn read(&mut self) -> i32 {
        match self.session.read() {
            Ok(changed) => changed as i32,
            Err(undecided) => {
                self.refused = Some(undecided);
                -1
            }
        }
    }

    /// Where the words of the verdict are.
    pub fn words(&self) -> *const i32 {
        self.session.words().as_ptr()
    }

    /// The problem document of the case that could not be decided.
    pub fn refusal(&self, lang: &str) -> String {
        match &self.refused {
            Some(undecided) => ProblemDocument::of_undecided(undecided, language(lang)).to_json(),
            None => ProblemDocument::internal("no case was refused", language(lang)).to_json(),
        }
    }

    /// What is wrong with the facts.
    pub fn problems(&self, lang: &str) -> String {
        json(&self.session.problems(language(lang)))
    }

    /// The missing facts that can still change something: slot, and whether it matters now.
    pub fn missing(&mut self, lang: &str) -> Result<String, JsValue> {
        let missing = self.session.missing().map_err(|undecided| undecidable(&undecided, lang))?;
        Ok(json(&missing.into_iter().map(|(slot, now)| (slot.0, now)).collect::<Vec<_>>()))
    }

    /// The whole decision on the case as it stands.
    pub fn explain(&mut self, lang: &str) -> Result<String, JsValue> {
        self.session.explain(asked(lang)?).map(|decision| json(&decision)).map_err(|undecided| undecidable(&undecided, lang))
    }
}

fn undecidable(undecided: &Undecided, lang: &str) -> JsValue {
    JsValue::from_str(&ProblemDocument::of_undecided(undecided, language(lang)).to_json())
}
