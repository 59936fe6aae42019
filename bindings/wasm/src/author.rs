//! Rule files in, engine or diagnostics out: for editors and playgrounds.

use thutuc::compile::write_bundle;
use thutuc::wire::{self, DiagnosticView};
use wasm_bindgen::prelude::*;

use crate::json;

/// What came of rule files.
#[wasm_bindgen]
pub struct Checked {
    engine: Option<wire::Engine>,
    diagnostics: Vec<DiagnosticView>,
}

#[wasm_bindgen]
impl Checked {
    /// Reads and checks rule files: names and texts in turn. Drafts apply only if their ids are given.
    #[wasm_bindgen(constructor)]
    pub fn new(names: Vec<String>, texts: Vec<String>, drafts: Vec<String>) -> Checked {
        let drafts: Vec<&str> = drafts.iter().map(String::as_str).collect();
        match wire::Engine::from_files(names.into_iter().zip(texts), &drafts) {
            Ok((engine, diagnostics)) => Checked { engine: Some(engine), diagnostics },
            Err(diagnostics) => Checked { engine: None, diagnostics },
        }
    }

    /// Everything that is wrong or worth a look.
    pub fn diagnostics(&self) -> String {
        json(&self.diagnostics)
    }

    /// The bundle of the files; nothing if they have errors.
    pub fn bundle(&self) -> Option<Vec<u8>> {
        self.engine.as_ref().map(|engine| write_bundle(engine.compiled()))
    }
}
