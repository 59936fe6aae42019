//! Rule files from texts.

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
