//! Packs from texts.

use super::sources::sources;
use thutuc::compile::{Built, CompiledPack, build};
use thutuc::diagnostics::{Severity, render};

/// A pack without errors.
#[track_caller]
pub fn compiled(files: &[(&str, &str)]) -> (CompiledPack, Built) {
    let sources = sources(files);
    let mut built = build(&sources, &[]);
    let errors: Vec<String> = built.diagnostics.iter().filter(|one| one.severity() == Severity::Error).map(|one| render(one, &sources)).collect();
    let texts = || files.iter().map(|(name, text)| format!("{name}\n{text}")).collect::<Vec<_>>().join("\n");
    assert!(errors.is_empty(), "{}\n{}", errors.join("\n"), texts());
    (built.compiled.take().unwrap(), built)
}
