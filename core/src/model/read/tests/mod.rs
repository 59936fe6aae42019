//! The reader: a text, and what is expected of it.

mod accepts;
mod mangled;
mod refuses;
mod rendered;
mod tables;

use crate::diagnostics::{Parsed, render};
use crate::model::{Pack, read};
use crate::source::{Source, SourceMap};

/// A file of every kind, all of it in order.
pub(in crate::model) const FILES: &[(&str, &str)] = &[
    ("pack.yaml", include_str!("sample/pack.yaml")),
    ("instruments.yaml", include_str!("sample/instruments.yaml")),
    ("calendar/2026.yaml", include_str!("sample/calendar.yaml")),
    ("vocabulary/applicant.yaml", include_str!("sample/vocabulary.yaml")),
    ("residence/permanent.yaml", include_str!("sample/procedure.yaml")),
    ("overlays/ha_noi.yaml", include_str!("sample/amendment.yaml")),
    ("residence/permanent.cases.yaml", include_str!("sample/cases.yaml")),
];

/// The rule files of this repository.
pub(in crate::model) fn rules() -> Vec<(String, String)> {
    fn walk(folder: &std::path::Path, root: &std::path::Path, files: &mut Vec<(String, String)>) {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                walk(&path, root, files);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    files.sort();
    files
}

/// Reads one file.
fn read_one(yaml: &str) -> (SourceMap, Parsed<Pack>) {
    read_all(&[("rules.yaml", yaml)])
}

/// Reads several files.
pub(in crate::model) fn read_all(files: &[(&str, &str)]) -> (SourceMap, Parsed<Pack>) {
    let mut sources = SourceMap::default();
    for (name, text) in files {
        sources.add(Source::new(*name, *text));
    }
    let parsed = read(&sources);
    (sources, parsed)
}

/// A problem a line: ``code at `text` ``, the text up to the end of its line.
pub(in crate::model) fn told(sources: &SourceMap, parsed: &Parsed<impl Sized>) -> String {
    let line = |problem: &crate::diagnostics::Diagnostic| {
        let text = sources.text(problem.span).lines().next().unwrap_or("").to_owned();
        format!("{} at `{text}`", problem.code.name())
    };
    parsed.diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// All problems as they are printed.
pub(in crate::model) fn printed(sources: &SourceMap, parsed: &Parsed<impl Sized>) -> String {
    parsed.diagnostics.iter().map(|problem| render(problem, sources)).collect::<Vec<_>>().join("\n")
}

/// Reads a file in which nothing is wrong.
#[track_caller]
fn accepted(yaml: &str) -> Pack {
    let (sources, parsed) = read_one(yaml);
    assert_eq!(printed(&sources, &parsed), "", "in\n{yaml}");
    parsed.value
}

/// Expects exactly these problems of a file.
#[track_caller]
fn refuses(yaml: &str, expected: &str) {
    let (sources, parsed) = read_one(yaml);
    assert_eq!(told(&sources, &parsed), expected, "of\n{}", printed(&sources, &parsed));
}

/// A procedure that holds these sections.
fn procedure(sections: &str) -> String {
    let head = "procedure: \"1.004222\"\nname: { vi: Đăng ký, en: Registration }\nfield: residence\n";
    format!("{head}authority: commune\nonline_service: full\nfrom: 2021-07-01\n{sections}")
}

/// A vocabulary with these facts, each on lines indented by two.
fn facts(facts: &str) -> String {
    format!("vocabulary: v\nlabel: {{ vi: a, en: b }}\nfacts:\n{facts}\n")
}
