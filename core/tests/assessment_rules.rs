//! What is wrong with assessments: each problem with its code and the text it stands at.

#![cfg(test)]

mod support {
    pub mod sources;
}

use support::sources::sources;
use thutuc::compile::build;

const SAMPLE: &str = include_str!("packs/sample/assessment.yaml");

/// The sample with one text put in place of another has exactly the problems that are named.
#[track_caller]
fn refuses(changes: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (from, to, expected) in changes {
        assert!(SAMPLE.contains(from), "the sample has no `{from}`");
        let sources = sources(&[("assessment.yaml", &SAMPLE.replacen(from, to, 1))]);
        let built = build(&sources, &[]);
        // An assessment uses none of the vocabularies that every sample has.
        let of_sample = |span| sources.get(span).is_some_and(|source| source.name() == "assessment.yaml");
        let found: Vec<String> = built.diagnostics.iter().filter(|one| of_sample(one.span.source)).map(|one| {
            format!("{} at `{}`", one.code.name(), sources.text(one.span).lines().next().unwrap_or("").trim_end())
        }).collect();
        let found = found.join("; ");
        if found != *expected {
            wrong.push(format!("{from} -> {to}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_sample_has_no_problem() {
    refuses(&[("assessment", "assessment", "")]);
}

#[test]
fn keys() {
    refuses(&[
        ("key: file.id\n", "", "missing-key at `assessment`"),
        ("count: \"true\", ", "", "missing-key at `files`"),
        ("count: \"true\"", "count: \"true\", sum: file.fee", "wrong-shape at `sum`"),
        ("count: \"true\"", "count: \"true\", target: wanted", "unknown-key at `target`"),
        ("- [office, channel]", "- office", "wrong-shape at `office`"),
        ("    assuming: { vi: Tỷ lệ thuận, en: In proportion }\n", "", "missing-key at `(100 - most_points) * good / 100`"),
    ]);
}

#[test]
fn names() {
    refuses(&[
        ("where: not(late)", "where: not(laet)", "unknown-name at `laet`"),
        ("rate: file.good", "rate: file.god", "unknown-fact at `file.god`"),
        ("file.offices: ways[].office", "file.ofices: ways[].office", "unknown-fact at `file.ofices`"),
        ("- [office, channel]", "- [office, chanel]", "unknown-element at `chanel`"),
        ("reach: good", "reach: gut", "unknown-element at `gut`"),
        ("reach: good", "reach: files", "unknown-element at `files`"),
        ("- late_files", "- late_fils", "unknown-name at `late_fils`"),
        // A score is made of measures, a measure of the facts of a record.
        ("- late_files", "- file.fee", "unknown-fact at `file.fee`"),
        ("count: late and file.good", "count: late and good > 1", "unknown-name at `good`"),
        ("ways[].office", "ways[.office", "bad-path at `ways[.office`"),
        ("file.id: id\n", "assessed_on: id\n", "unknown-fact at `assessed_on`"),
        ("uses: [submission]", "uses: [submisson]", "unknown-vocabulary at `submisson`; unknown-fact at `submission.channel`; unknown-fact at `submission.channel`; unknown-fact at `submission.channel`"),
        ("id: late_files", "id: files", "duplicate-declaration at `files`; unknown-name at `late_files`"),
        ("id: high,", "id: low,", "duplicate-declaration at `low`"),
    ]);
}

#[test]
fn types() {
    refuses(&[
        ("count: late and file.good", "count: file.fee", "type-mismatch at `file.fee`"),
        ("sum: file.fee", "sum: file.good", "type-mismatch at `file.good`"),
        ("law_day: file.due", "law_day: file.done", "maybe-null at `file.done`"),
        ("effort: 1 + file.fee", "effort: '\"little\"'", "type-mismatch at `\"little\"`"),
        ("at_least: 50", "at_least: '\"many\"'", "type-mismatch at `\"many\"`"),
        ("value: file.offices }", "value: '{ a: 1 }' }", "unused-fact at `file.offices`; type-mismatch at `{ a: 1 }`"),
        ("late and file.fee > grace", "late and file.fee > ", "feel-syntax at ``"),
    ]);
}

#[test]
fn law_and_dates() {
    refuses(&[
        ("count: \"true\", cite: 1/2020/QH14", "count: \"true\"", "no-citation at `files`"),
        ("count: \"true\", cite: 1/2020/QH14", "count: \"true\", cite: 9/2020/QH14", "unknown-instrument at `9/2020/QH14`"),
        ("count: \"true\", cite: 1/2020/QH14", "count: \"true\", cite: 2/2024/TT-BTC", "lapsed-instrument at `2/2024/TT-BTC`"),
        ("count: \"true\", cite: 1/2020/QH14", "count: \"true\", from: 2024-01-01, until: 2026-12-31, cite: 2/2024/TT-BTC", ""),
        ("where: late, show: [file.due, late], cite: 1/2020/QH14", "where: late, show: [file.due, late]", "no-citation at `late`"),
        ("at_least: 50, cite: 1/2020/QH14", "at_least: 50, from: 2026-01-02, until: 2026-01-01, cite: 1/2020/QH14", "empty-interval at `2026-01-02, until: 2026-01-01`"),
        ("{ from: 2021-01-01, until: 2025-12-31, value: 2, cite: 1/2020/QH14 art 3 }", "{ from: 2022-01-01, until: 2025-12-31, value: 2, cite: 1/2020/QH14 art 3 }", "parameter-gap at `grace`"),
        ("wanted: [ { from: 2021-01-01", "wanted: [ { from: 2022-01-01", "parameter-gap at `wanted`"),
    ]);
}

#[test]
fn an_assessment_is_declared_once() {
    let sources = sources(&[("a.yaml", SAMPLE), ("b.yaml", SAMPLE)]);
    let found: Vec<&str> = build(&sources, &[]).diagnostics.iter().map(|one| one.code.name()).collect();
    assert_eq!(found, ["duplicate-declaration"]);
}
