//! Packs from texts.

use thutuc::compile::{Built, CompiledPack, build};
use thutuc::diagnostics::{Severity, render};
use thutuc::source::{Source, SourceMap};

/// The files every sample pack has: its head, two instruments, the published days of 2026 and the case vocabulary.
pub const FRAME: &[(&str, &str)] = &[
    ("pack.yaml", include_str!("../packs/frame/pack.yaml")),
    ("instruments.yaml", include_str!("../packs/frame/instruments.yaml")),
    ("calendar/2026.yaml", include_str!("../packs/frame/calendar/2026.yaml")),
    ("vocabulary/account.yaml", include_str!("../packs/frame/vocabulary/account.yaml")),
    ("vocabulary/case.yaml", include_str!("../packs/frame/vocabulary/case.yaml")),
    ("vocabulary/submission.yaml", include_str!("../packs/frame/vocabulary/submission.yaml")),
];

/// The frame with further files.
pub fn sources(files: &[(&str, &str)]) -> SourceMap {
    let mut sources = SourceMap::default();
    for (name, text) in FRAME.iter().chain(files) {
        sources.add(Source::new(*name, *text));
    }
    sources
}

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
