//! The pages of the diagnostic codes: a bad example has exactly its problem, the mended one has none.

#![cfg(test)]

use std::fmt::Write as _;

use thutuc::compile::build;
use thutuc::diagnostics::{Code, Page, render};
use thutuc::source::{Source, SourceMap};
use thutuc::wire::differing;

/// The rest of every pack: its head, a database, two instruments and a published year.
const FRAME: &[(&str, &str)] = &[
    ("pack.yaml", "pack: example\nversion: \"1\"\nname: { vi: Ví dụ, en: Example }\n"),
    ("databases.yaml", "databases:\n  land: { name: { vi: Cơ sở dữ liệu đất đai, en: Land database } }\n"),
    ("instruments.yaml", include_str!("packs/frame/instruments.yaml")),
    ("calendar/2026.yaml", include_str!("packs/frame/calendar/2026.yaml")),
];

/// The head of a procedure, for examples that are a part of one.
const HEAD: &str = r#"procedure: "1.000001"
name: { vi: Ví dụ, en: Example }
field: residence
authority: commune
online_service: full
from: 2026-01-01
"#;

/// A procedure for examples that are files of another kind.
const REST: &str = r#"
eligibility:
  - { id: adult, require: 'age(person.born, received_on) >= adult_age', message: { vi: Chưa đủ tuổi, en: Too young }, cite: 1/2020/QH14 art 9 }
documents:
  - { id: lease, name: { vi: Hợp đồng thuê, en: Lease }, cite: 1/2020/QH14 art 21 }
parameters:
  adult_age: [ { value: 18, cite: 1/2020/QH14 art 9 } ]
facts:
  person.born: { type: date, label: { vi: Ngày sinh, en: Born on } }
"#;

const KINDS: &[&str] = &["procedure", "amend", "cases", "vocabulary", "instruments", "calendar", "databases", "assessment"];

/// The files that an example stands among.
fn files(example: &str) -> Vec<(&'static str, String)> {
    if let Some(parts) = several(example) {
        return parts;
    }
    let first = example.split([':', '\n']).next().unwrap_or("");
    match first {
        "procedure" => vec![("example.yaml", example.to_owned())],
        _ if KINDS.contains(&first) => vec![("example.yaml", example.to_owned()), ("rest.yaml", format!("{HEAD}{REST}"))],
        // What does not say which kind of file it is, as a file.
        _ if example.starts_with("# tệp") => vec![("example.yaml", example.to_owned()), ("rest.yaml", format!("{HEAD}{REST}"))],
        _ => vec![("example.yaml", format!("{HEAD}{example}"))],
    }
}

/// The files of an example of several: each begins with its name behind a `#`.
fn several(example: &str) -> Option<Vec<(&'static str, String)>> {
    const NAMES: &[&str] = &["level.yaml", "card.yaml", "home.yaml", "group.yaml"];
    let name = |line: &str| NAMES.iter().copied().find(|name| line.strip_prefix("# ") == Some(name));
    name(example.lines().next()?)?;
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in example.lines() {
        match (name(line), files.last_mut()) {
            (Some(name), _) => files.push((name, String::new())),
            (None, Some((_, text))) => text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    Some(files)
}

/// The codes of all problems, each once, and their texts.
fn problems(example: &str) -> (Vec<&'static str>, String) {
    let files = files(example);
    let mut sources = SourceMap::default();
    FRAME.iter().for_each(|(name, text)| { sources.add(Source::new(*name, *text)); });
    files.into_iter().for_each(|(name, text)| { sources.add(Source::new(name, text)); });
    let mut built = build(&sources, &[]);
    built.diagnostics.extend(built.compiled.iter().flat_map(|pack| differing(&built.pack, pack)));
    let mut codes: Vec<&str> = built.diagnostics.iter().map(|one| one.code.name()).collect();
    codes.dedup();
    (codes, built.diagnostics.iter().map(|one| render(one, &sources)).collect::<Vec<_>>().join("\n"))
}

#[test]
fn every_page_says_why_and_its_examples_do_what_it_says() {
    let mut wrong = String::new();
    for page in Code::ALL.iter().map(|code| Page::of(*code)) {
        let ends_well = page.why.ends_with('.') || page.why.ends_with(':') || page.why.ends_with('`') || page.why.ends_with(')');
        if page.why.len() < 40 || !ends_well || page.bad.is_empty() || page.mended.is_empty() {
            let _ = writeln!(wrong, "{}: the page is not whole", page.name);
        }
        let (codes, told) = problems(page.bad);
        if codes != [page.name] {
            let _ = writeln!(wrong, "{}: the bad example has {codes:?}\n{told}", page.name);
        }
        let (codes, told) = problems(page.mended);
        if !codes.is_empty() {
            let _ = writeln!(wrong, "{}: the mended example has {codes:?}\n{told}", page.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
