//! The engine for JavaScript: texts and numbers in and out. What is an object in JavaScript is packed by the glue in `js/`.
//!
//! Where a call is refused it throws the problem document as JSON text.

mod case;
#[cfg(feature = "columns")]
mod columns;
mod session;
#[cfg(feature = "author")]
mod author;
#[cfg(not(feature = "unicode"))]
mod normal;

use std::sync::Arc;

use serde::Serialize;
use thutuc::model::Language;
use thutuc::wire::{self, Argument, ProblemDocument, RequestError};
use wasm_bindgen::prelude::*;

pub use case::Case;
#[cfg(feature = "columns")]
pub use columns::Columns;
pub use session::Session;

/// Smaller and faster than the allocator of the standard library.
#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A loaded pack.
#[wasm_bindgen]
pub struct Engine {
    engine: Arc<wire::Engine>,
}

#[wasm_bindgen]
impl Engine {
    /// Loads the pack of a bundle.
    #[wasm_bindgen(constructor)]
    pub fn new(bundle: &[u8], lang: &str) -> Result<Engine, JsValue> {
        #[cfg(not(feature = "unicode"))]
        normal::from_host();
        match wire::Engine::from_bundle(bundle) {
            Ok(engine) => Ok(Engine { engine: Arc::new(engine) }),
            Err(bad) => Err(thrown(&ProblemDocument::of_bundle(&bad, language(lang)))),
        }
    }

    /// Which rules are loaded.
    pub fn pack(&self) -> String {
        json(&self.engine.pack())
    }

    /// The procedures.
    pub fn procedures(&self, lang: &str) -> Result<String, JsValue> {
        Ok(json(&self.engine.procedures(asked(lang)?)))
    }

    /// The facts a procedure may be told.
    pub fn facts(&self, procedure: &str, jurisdiction: Option<String>, lang: &str) -> Result<String, JsValue> {
        let language = asked(lang)?;
        let facts = self.engine.facts(procedure, jurisdiction.as_deref(), language);
        facts.map(|facts| json(&facts)).map_err(|error| refused(&error, language))
    }

    /// When a procedure's law changes, who decides, what takes papers.
    pub fn outline(&self, procedure: &str, jurisdiction: Option<String>, lang: &str) -> Result<String, JsValue> {
        let outline = self.engine.outline(procedure, jurisdiction.as_deref(), language(lang));
        outline.map(|outline| json(&outline)).map_err(|error| refused(&error, language(lang)))
    }

    /// How facts are packed and verdicts unpacked.
    pub fn layout(&self, procedure: &str, jurisdiction: Option<String>, lang: &str) -> Result<String, JsValue> {
        let language = asked(lang)?;
        let layout = self.engine.layout(procedure, jurisdiction.as_deref());
        layout.map(|layout| json(&layout)).map_err(|error| refused(&error, language))
    }

    /// Decides a request.
    pub fn decide(&self, request: &str, lang: &str) -> Result<String, JsValue> {
        self.engine.decide_json(request).map_err(|error| refused(&error, language(lang)))
    }

    /// Decides a request without explanation.
    pub fn verdict(&self, request: &str, lang: &str) -> Result<String, JsValue> {
        self.engine.verdict_json(request).map_err(|error| refused(&error, language(lang)))
    }

    /// What is wrong with one fact.
    #[wasm_bindgen(js_name = checkFact)]
    pub fn check_fact(&self, procedure: &str, jurisdiction: Option<String>, fact: &str, value: &str, lang: &str) -> Result<String, JsValue> {
        let language = asked(lang)?;
        let problems = self.engine.check_fact_json(procedure, jurisdiction.as_deref(), fact, value, language);
        problems.map(|problems| json(&problems)).map_err(|error| refused(&error, language))
    }

    /// The problem document of a fact that does not fit.
    #[wasm_bindgen(js_name = badFact)]
    pub fn bad_fact(&self, procedure: &str, jurisdiction: Option<String>, fact: &str, value: &str, lang: &str) -> Result<String, JsValue> {
        let language = asked(lang)?;
        let problems = self.engine.check_fact_json(procedure, jurisdiction.as_deref(), fact, value, language);
        problems.map(|problems| ProblemDocument::of_problems(problems, language).to_json()).map_err(|error| refused(&error, language))
    }
}

/// A day, and the day and second of receipt, of their texts.
#[wasm_bindgen]
pub fn moment(as_of: &str, received_at: Option<String>, lang: &str) -> Result<Vec<i32>, JsValue> {
    let moment = wire::moment(as_of, received_at.as_deref()).map_err(|error| refused(&error, language(lang)))?;
    Ok(vec![moment.as_of.0, moment.received.date.0, moment.received.second as i32])
}

/// The problem document of an argument of another type than the call takes, by the name of [`Argument`].
#[wasm_bindgen(js_name = wrongArgument)]
pub fn wrong_argument(name: &str, wanted: &str, given: &str, lang: &str) -> String {
    ProblemDocument::of_argument(name, Argument::named(wanted), given, language(lang)).to_json()
}

/// The problem document of a fault of the engine.
#[wasm_bindgen]
pub fn internal(what: &str, lang: &str) -> String {
    ProblemDocument::internal(what, language(lang)).to_json()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The language of a problem document.
fn language(code: &str) -> Language {
    Language::of(code).unwrap_or_default()
}

/// The language asked for; a refusal if it is neither.
fn asked(code: &str) -> Result<Language, JsValue> {
    Language::of(code).ok_or_else(|| refused(&RequestError::UnknownLanguage { given: code.to_owned() }, Language::default()))
}

fn thrown(document: &ProblemDocument) -> JsValue {
    JsValue::from_str(&document.to_json())
}

fn refused(error: &RequestError, language: Language) -> JsValue {
    thrown(&ProblemDocument::of_request(error, language))
}
