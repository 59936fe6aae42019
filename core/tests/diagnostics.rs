//! What is wrong with rule files: each problem with its code and the text it stands at, all of them in one run.

#![cfg(test)]

mod support {
    pub mod sources;
}

use support::sources::sources;
use thutuc::compile::build;
use thutuc::diagnostics::{Code, Severity, render};
use thutuc::source::SourceMap;

const SAMPLE: &str = include_str!("packs/sample/procedure.yaml");

/// A change of the sample, and the problems it makes: `code at `text`` each, with `; ` between.
type Change = (&'static str, &'static str, &'static str);

/// Every problem of the frame with further files, and the files.
fn problems(files: &[(&str, &str)]) -> (String, SourceMap) {
    let sources = sources(files);
    let built = build(&sources, &[]);
    let list = built.diagnostics.iter().map(|one| {
        let text = sources.text(one.span);
        format!("{} at `{}`", one.code.name(), text.lines().next().unwrap_or("").trim_end())
    });
    let list: Vec<String> = list.collect();
    let sound = built.diagnostics.iter().all(|one| one.severity() != Severity::Error);
    assert_eq!(sound, built.compiled.is_some(), "a pack with errors does not load");
    (list.join("; "), sources)
}

/// The sample procedure with one text put in place of another has exactly the problems that are named.
#[track_caller]
fn refuses(changes: &[Change]) {
    let mut wrong = Vec::new();
    for (from, to, expected) in changes {
        assert!(SAMPLE.contains(from), "the sample has no `{from}`");
        let found = problems(&[("procedure.yaml", &SAMPLE.replacen(from, to, 1))]).0;
        if found != *expected {
            wrong.push(format!("{from} -> {to}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The sample procedure with another file has exactly the problems that are named.
#[track_caller]
fn refuses_files(files: &[(&'static str, &'static str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in files {
        let found = problems(&[("procedure.yaml", SAMPLE), ("zz.yaml", text)]).0;
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_sample_has_no_problem() {
    refuses(&[("procedure", "procedure", "")]);
}

#[test]
fn names() {
    refuses(&[
        ("home.area >= min_area\n", "home.aera >= min_area\n", "unused-fact at `home.area`; unknown-fact at `home.aera`"),
        ("home.area >= min_area\n", "home.area >= min_arae\n", "unknown-name at `min_arae`"),
        ("applicant_age >= 18", "aplicant_age >= 18", "unknown-name at `aplicant_age`"),
        ("age(person.born, received_on)", "aeg(person.born, received_on)", "unused-fact at `person.born`; unknown-function at `aeg`"),
        ("age(person.born, received_on)", "person.born.yaer", "unknown-name at `yaer`"),
        ("home.basis = \"rent\"", "home.basis = \"rented\"", "unknown-value at `\"rented\"`"),
        ("\"post\"  | false", "\"mail\"  | false", "unknown-value at `\"mail\"`; incomplete-table at `| submission.channel   | person.exempt | => amount | id     | cite        |`"),
        ("uses: [submission, account, case]", "uses: [submission, account, caes]", "unknown-vocabulary at `caes`"),
        ("{ vi: Diện tích, en: Area }", "{ vi: Diện tích }", "missing-label at `{ vi: Diện tích }`"),
        ("{ vi: Chưa đủ 18 tuổi., en: Not yet 18. }", "Chưa đủ 18 tuổi", "missing-label at `Chưa đủ 18 tuổi`"),
        ("hồ sơ khai {home.area} m².\"", "hồ sơ khai {home.aera} m².\"", "unknown-fact at `?`"),
    ]);
}

#[test]
fn types() {
    refuses(&[
        ("home.area >= min_area\n", "home.area >= \"8\"\n", "type-mismatch at `home.area >= \"8\"`"),
        ("require: applicant_age >= 18", "require: applicant_age", "type-mismatch at `applicant_age`"),
        ("when: rented\n    require", "when: home.area\n    require", "type-mismatch at `home.area`"),
        ("copies * 2000", "copies * rented", "type-mismatch at `copies * rented`"),
        ("    when: copies != null\n    amount: if copies = null then 0 else copies", "    amount: copies", "maybe-null at `copies`"),
        ("if copies = null then 0 else copies * 2000", "if copies = null then \"none\" else copies", "type-mismatch at `if copies = null then \"none\" else copies`"),
        ("age(person.born, received_on)", "age(person.born)", "wrong-arguments at `age(person.born)`"),
        ("age(person.born, received_on)", "age(person.born, 3)", "wrong-arguments at `3`"),
        ("cap: 100000", "cap: \"'100000'\"", "feel-syntax at `'`"),
        ("home.area >= min_area\n", "home.area >=\n", "feel-syntax at ``"),
        ("home.area >= min_area\n", "? >= min_area\n", "unknown-name at `?`"),
        ("applicant_age >= 18", "person.born < \"2008-01-01\"", "type-mismatch at `person.born < \"2008-01-01\"`"),
    ]);
}

#[test]
fn a_problem_in_a_table_stands_at_its_cell() {
    let head = "| submission.channel   | person.exempt | => amount | id     | cite        |";
    let _ = head;
    refuses(&[
        ("| \"online\"             | false         | 10000", "| 5                    | false         | 10000", "type-mismatch at `5`"),
        ("| \"online\"             | false         | 10000", "| \"online\"             | \"no\"          | 10000", "type-mismatch at `\"no\"`"),
        ("| false         | 20000     | desk", "| false         | copies    | desk", "maybe-null at `copies`"),
        ("| false         | 20000     | desk", "| false         | rented    | desk", "type-mismatch at `amount`"),
        ("| false         | 20000     | desk", "| false         | 20000 +   | desk", "feel-syntax at ``"),
        ("| \"online\"             | false         | 10000", "| \"online\", \"post\"     | false         | 10000", "overlapping-rows at `| \"in_person\", \"post\"  | false         | 20000     | desk   | 1/2020/QH14 |`"),
        ("      | -                    | true          | 0         | exempt | 1/2020/QH14 |\n", "", "incomplete-table at `?`"),
        ("| -                    | true          | 0         | exempt |", "| -                    | true          | exempt |", "bad-table at `?`"),
        ("    table: |", "    hit: P\n    table: |", "missing-key at `?`"),
        ("    table: |", "    hit: X\n    table: |", "wrong-shape at `X`"),
    ]);
}

#[test]
fn law_and_dates() {
    refuses(&[
        ("cite: 1/2020/QH14 art 9", "cite: 1/2021/QH14 art 9", "unknown-instrument at `1/2021/QH14 art 9`"),
        ("cite: 1/2020/QH14 art 9", "cite: 2/2024/TT-BTC art 9", "lapsed-instrument at `2/2024/TT-BTC art 9`"),
        ("    cite: 1/2020/QH14 art 9\n", "", "no-citation at `adult`"),
        ("cite: 1/2020/QH14 art 9", "cite: 1/2020/QH14 article 9", "bad-citation at `1/2020/QH14 article 9`"),
        ("until: 2025-12-31, value: 8", "until: 2026-06-30, value: 8", "overlapping-values at `{ from: 2026-01-01, value: 10, cite: 1/2020/QH14 art 21 }`"),
        ("until: 2025-12-31, value: 8", "until: 2025-06-30, value: 8", "parameter-gap at `min_area`"),
        ("until: 2025-12-31, value: 8", "until: 2023-12-31, value: 8", "parameter-gap at `min_area`; empty-interval at `?`"),
        ("from: 2024-01-01, until: 2025-12-31, value", "from: 2024-13-01, until: 2025-12-31, value", "bad-date at `2024-13-01`"),
        ("value: 8, cite: 1/2020/QH14 art 20", "value: 8", "no-citation at `?`"),
    ]);
}

#[test]
fn declarations() {
    refuses(&[
        ("  - id: lease\n", "  - id: form\n", "duplicate-declaration at `form`"),
        ("  home.area: {", "  person.born: {", "?"),
        ("rented: home.basis = \"rent\"", "rented: not(rented)", "definition-cycle at `rented`; unused-fact at `home.basis`"),
        ("rented: home.basis = \"rent\"", "rented: house = 1\n  house: if rented then 1 else 2", "definition-cycle at `?`"),
        ("  copies: {", "  unused.one: { type: boolean, label: { vi: K, en: U } }\n  copies: {", "unused-fact at `unused.one`"),
        ("min: 0, max: 1000", "min: 1000, max: 0", "bad-bounds at `?`"),
        ("  - id: adult", "  - id: Người lớn", "bad-name at `Người lớn`"),
        ("  - id: adult", "  - ID: adult", "?"),
        ("    require: applicant_age >= 18\n", "", "missing-key at `?`"),
        ("period: 7 working days", "period: 7 weeks", "bad-period at `7 weeks`"),
        ("level: 2\n", "level: two\n", "bad-number at `two`"),
        ("cap: 100000", "cap: 100000\n    cap: 5", "duplicate-key at `cap`"),
        ("cap: 100000", "\tcap: 100000", "tab-indent at `?`"),
        ("cap: 100000", "cap: [1", "unreadable-yaml at `?`"),
        ("cap: 100000", "cap: &a 100000", "unsupported-yaml at `?`"),
        ("cap: 100000", "cap: { a: 1 }", "wrong-shape at `?`"),
    ]);
}

#[test]
fn other_files() {
    refuses_files(&[
        ("nonsense: 1\n", "unknown-file-kind at `nonsense`"),
        ("amend: \"9.9\"\nid: a\ntitle: { vi: A, en: A }\ninstrument: 1/2020/QH14\nfrom: 2025-01-01\nchanges: []\n", "unknown-procedure at `\"9.9\"`"),
        ("amend: \"1.000001\"\nid: a\ntitle: { vi: A, en: A }\ninstrument: 1/2020/QH14\nfrom: 2025-01-01\nchanges:\n  - repeal: documents.leese\n", "unknown-element at `documents.leese`"),
        ("amend: \"1.000001\"\nid: a\ntitle: { vi: A, en: A }\ninstrument: 1/2020/QH14\nfrom: 2025-01-01\nchanges:\n  - replace: fees.registration.rows.dask\n    with: { amount: 1 }\n", "unknown-element at `fees.registration.rows.dask`"),
        ("amend: \"1.000001\"\nid: a\ntitle: { vi: A, en: A }\ninstrument: 1/2020/QH14\nfrom: 2025-01-01\nchanges:\n  - parameter: min_aera\n    values: [ { value: 5, cite: 1/2020/QH14 } ]\n", "unknown-element at `min_aera`"),
        ("calendar: vn-state\nyear: 2027\nsource: s\ndays_off:\n  - { date: 2026-01-01, reason: { vi: K, en: N } }\n", "bad-calendar at `?`"),
        ("cases: \"1.000009\"\nlist: []\n", "unknown-procedure at `\"1.000009\"`"),
        ("procedure: \"1.000001\"\nname: { vi: A, en: A }\nfield: f\nauthority: commune\nonline_service: full\nfrom: 2024-01-01\n", "duplicate-declaration at `\"1.000001\"`"),
    ]);
}
