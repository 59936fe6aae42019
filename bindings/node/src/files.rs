//! Packs from a folder of rule files, from a bundle's file, from bytes.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use thutuc::model::Language;
use thutuc::source::{Cases, rule_files};
use thutuc::wire::{Argument, DiagnosticView, Engine, ProblemDocument};

use crate::refusal::Refusal;

/// An engine, and what is worth a look in its files.
pub struct Loaded {
    /// The engine.
    pub engine: Engine,
    /// Warnings.
    pub warnings: Vec<DiagnosticView>,
}

/// Loads a folder of rule files or a bundle.
///
/// # Errors
/// A [`Refusal`] if the path cannot be read, the rules have errors, or the file is no bundle of this version.
pub fn load(path: &str, language: Language) -> Result<Loaded, Refusal> {
    let at = Path::new(path);
    let unreadable = |error: std::io::Error| Refusal::from(ProblemDocument::of_argument("path", Argument::Pack, &format!("`{path}` ({error})"), language));
    if !at.is_dir() {
        return decode(&fs::read(at).map_err(unreadable)?, language);
    }
    let paths = rule_files(at, Cases::Skip).map_err(|one| unreadable(one.error))?;
    let named = |path: &PathBuf| Ok((path.strip_prefix(at).unwrap_or(path).display().to_string(), fs::read_to_string(path)?));
    let files = paths.iter().map(named).collect::<std::io::Result<Vec<_>>>().map_err(unreadable)?;
    let (engine, warnings) = Engine::from_files(files, &[]).map_err(|diagnostics| of_rules(&diagnostics, language))?;
    Ok(Loaded { engine, warnings })
}

/// Decodes a bundle.
///
/// # Errors
/// A [`Refusal`] if the bytes are no whole bundle of this version.
pub fn decode(bytes: &[u8], language: Language) -> Result<Loaded, Refusal> {
    let engine = Engine::from_bundle(bytes).map_err(|error| ProblemDocument::of_bundle(&error, language))?;
    Ok(Loaded { engine, warnings: Vec::new() })
}

/// A problem document with all the diagnostics beside it.
#[derive(Serialize)]
struct OfRules<'a> {
    #[serde(flatten)]
    document: ProblemDocument,
    diagnostics: &'a [DiagnosticView],
}

fn of_rules(diagnostics: &[DiagnosticView], language: Language) -> Refusal {
    let mut errors = diagnostics.iter().filter(|one| one.is_error());
    let first = errors.next().map_or_else(String::new, |one| one.message.clone());
    let document = ProblemDocument::of_rules(1 + errors.count(), &first, language);
    Refusal(serde_json::to_string(&OfRules { document, diagnostics }).unwrap_or_default())
}
