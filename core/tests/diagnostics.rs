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
        ("home.area >= min_area\n", "home.aera >= min_area\n", "unknown-fact at `home.aera`"),
        ("home.area >= min_area\n", "home.area >= min_arae\n", "unknown-name at `min_arae`"),
        ("applicant_age >= 18", "aplicant_age >= 18", "unknown-name at `aplicant_age`"),
        ("age(person.born, received_on)", "aeg(person.born, received_on)", "unused-fact at `person.born`; unknown-function at `aeg`"),
        ("age(person.born, received_on)", "person.born.yaer", "unknown-name at `yaer`"),
        ("home.basis = \"rent\"", "home.basis = \"rented\"", "unknown-value at `\"rented\"`"),
        ("\"post\"  | false", "\"mail\"  | false", "incomplete-table at `| submission.channel   | person.exempt | => amount | id     | cite        |`; unknown-value at `\"mail\"`"),
        ("uses: [submission, account, case]", "uses: [submission, account, caes]", "unknown-vocabulary at `caes`"),
        ("{ vi: Diện tích, en: Area }", "{ vi: Diện tích }", "missing-label at `{ vi: Diện tích }`"),
        ("{ vi: Chưa đủ 18 tuổi., en: Not yet 18. }", "Chưa đủ 18 tuổi", "wrong-shape at `Chưa đủ 18 tuổi`"),
        ("hồ sơ khai {home.area} m².\"", "hồ sơ khai {home.aera} m².\"", "unknown-fact at `{ vi: \"Diện tích phải từ {min_area} m²; hồ sơ khai {home.aera} m².\", en: \"At least {min_area} m² are needed; the file says {home.area} m².\" }`"),
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
        ("cap: 100000", "cap: \"'100000'\"", "feel-syntax at `'100000'`"),
        ("home.area >= min_area\n", "home.area >=\n", "feel-syntax at ``"),
        ("home.area >= min_area\n", "(? >= min_area) and home.area > 0\n", "unknown-name at `?`"),
        ("applicant_age >= 18", "person.born < \"2008-01-01\"", "type-mismatch at `person.born < \"2008-01-01\"`"),
    ]);
}

#[test]
fn a_problem_in_a_table_stands_at_its_cell() {
    refuses(&[
        ("| \"online\"             | false         | 10000", "| 5                    | false         | 10000", "type-mismatch at `5`"),
        ("| \"online\"             | false         | 10000", "| \"online\"             | \"no\"          | 10000", "type-mismatch at `\"no\"`"),
        ("| false         | 20000     | desk", "| false         | copies    | desk", "maybe-null at `copies`"),
        ("| false         | 20000     | desk", "| false         | rented    | desk", "type-mismatch at `amount`; type-mismatch at `rented`"),
        ("| false         | 20000     | desk", "| false         | 20000 +   | desk", "feel-syntax at ``"),
        ("| \"online\"             | false         | 10000", "| \"online\", \"post\"     | false         | 10000", "overlapping-rows at `| \"in_person\", \"post\"  | false         | 20000     | desk   | 1/2020/QH14 |`"),
        ("      | -                    | true          | 0         | exempt | 1/2020/QH14 |\n", "", "incomplete-table at `| submission.channel   | person.exempt | => amount | id     | cite        |`"),
        ("| -                    | true          | 0         | exempt |", "| -                    | true          | exempt |", "incomplete-table at `| submission.channel   | person.exempt | => amount | id     | cite        |`; bad-table at `| -                    | true          | exempt | 1/2020/QH14 |`"),
        ("    table: |", "    hit: P\n    table: |", "missing-key at `| submission.channel   | person.exempt | => amount | id     | cite        |`"),
        ("    table: |", "    hit: X\n    table: |", "unknown-value at `X`"),
    ]);
}

#[test]
fn law_and_dates() {
    refuses(&[
        ("cite: 1/2020/QH14 art 9", "cite: 1/2021/QH14 art 9", "unknown-instrument at `1/2021/QH14 art 9`"),
        ("cite: 1/2020/QH14 art 9", "cite: 2/2024/TT-BTC art 9", "lapsed-instrument at `2/2024/TT-BTC art 9`"),
        ("    cite: 1/2020/QH14 art 9\n", "", "no-citation at `adult`"),
        ("cite: 1/2020/QH14 art 9", "cite: 1/2020/QH14 article 9", "no-citation at `adult`; bad-citation at `article 9`"),
        ("until: 2025-12-31, value: 8", "until: 2026-06-30, value: 8", "overlapping-values at `{ from: 2026-01-01, value: 10, cite: 1/2020/QH14 art 21 }`"),
        ("until: 2025-12-31, value: 8", "until: 2025-06-30, value: 8", "parameter-gap at `min_area`"),
        ("until: 2025-12-31, value: 8", "until: 2023-12-31, value: 8", "empty-interval at `2024-01-01, until: 2023-12-31`; parameter-gap at `min_area`"),
        ("from: 2024-01-01, until: 2025-12-31, value", "from: 2024-13-01, until: 2025-12-31, value", "bad-date at `2024-13-01`"),
        ("value: 8, cite: 1/2020/QH14 art 20", "value: 8", "no-citation at `{ from: 2024-01-01, until: 2025-12-31, value: 8 }`"),
    ]);
}

#[test]
fn declarations() {
    refuses(&[
        ("  - id: lease\n", "  - id: form\n", "duplicate-declaration at `form`"),
        ("  home.area: {", "  person.born: {", "duplicate-key at `person.born`; wrong-arguments at `person.born`; unknown-fact at `home.area`; unknown-fact at `{ vi: \"Diện tích phải từ {min_area} m²; hồ sơ khai {home.area} m².\", en: \"At least {min_area} m² are needed; the file says {home.area} m².\" }`"),
        ("rented: home.basis = \"rent\"", "rented: not(rented)", "unused-fact at `home.basis`; definition-cycle at `rented`"),
        ("rented: home.basis = \"rent\"", "rented: house = 1\n  house: if rented then 1 else 2", "unused-fact at `home.basis`; definition-cycle at `rented`"),
        ("  copies: {", "  unused.one: { type: boolean, label: { vi: K, en: U } }\n  copies: {", "unused-fact at `unused.one`"),
        ("min: 0, max: 1000", "min: 1000, max: 0", "bad-bounds at `home.area`"),
        ("  - id: adult", "  - id: Người lớn", "bad-name at `Người lớn`"),
        ("  - id: adult", "  - ID: adult", "unknown-key at `ID`; missing-key at `ID`"),
        ("    require: applicant_age >= 18\n", "", "missing-key at `adult`"),
        ("period: 7 working days", "period: 7 weeks", "bad-period at `7 weeks`"),
        ("level: 2\n", "level: two\n", "bad-number at `two`"),
        ("cap: 100000", "cap: 100000\n    cap: 5", "duplicate-key at `cap`"),
        ("cap: 100000", "\tcap: 100000", "unused-fact at `copies`; unreadable-yaml at `i`; tab-indent at ``"),
        ("cap: 100000", "cap: [1", "unused-fact at `copies`; unreadable-yaml at `:`"),
        ("cap: 100000", "cap: &a 100000", "feel-syntax at `&`; unsupported-yaml at `&a 100000`"),
        ("cap: 100000", "cap: { a: 1 }", "wrong-shape at `{ a: 1 }`"),
    ]);
}

#[test]
fn tables_of_definitions() {
    let table = "rented: home.basis = \"rent\"\n  zone:\n    hit: F\n    table: |\n      | home.basis | => z |\n";
    let with = |rows: &str, rest: &str| SAMPLE.replacen("rented: home.basis = \"rent\"", &format!("{table}{rows}  late: {rest}"), 1);
    let found = |rows: &str, rest: &str| problems(&[("procedure.yaml", &with(rows, rest))]).0;
    assert_eq!(found("      | -          | 1 |\n      | \"own\" | 2 |\n", "zone > 1"), "unused-name at `zone`; unreachable-row at `| \"own\" | 2 |`; unused-name at `late`");
    assert_eq!(found("      | \"own\" | 2 |\n", "zone > 1"), "maybe-null at `zone`");
    assert_eq!(found("      | \"own\" | 2 |\n", "zone != null and zone > 1"), "unused-name at `zone`; unused-name at `late`");
    assert_eq!(found("      | \"own\" | 2 |\n      | -     | \"b\" |\n", "zone = 1"), "type-mismatch at `z`");
    let dated = "rented: home.basis = \"rent\"\n  zone:\n    from: 2025-01-01\n    table: |\n      | home.basis | until | => z |\n      | -          | 2024-06-30 | 1 |\n  late: zone = null";
    let text = SAMPLE.replacen("rented: home.basis = \"rent\"", dated, 1);
    assert_eq!(problems(&[("procedure.yaml", &text)]).0, "misplaced-row at `2024-06-30`");
}

#[test]
fn a_member_that_was_tested_is_not_null() {
    let with = |condition: &str| {
        let done = format!("rented: home.basis = \"rent\"\n  all_done: 'every s in [{{done: copies}}] satisfies {condition}'");
        problems(&[("procedure.yaml", &SAMPLE.replacen("rented: home.basis = \"rent\"", &done, 1))]).0
    };
    assert_eq!(with("s.done > 1"), "maybe-null at `s.done`");
    assert_eq!(with("s.done = null or s.done > 1"), "unused-name at `all_done`");
    assert_eq!(with("s.done != null and s.done > 1"), "unused-name at `all_done`");
}

#[test]
fn too_many_elements() {
    let documents: String = (0..65).map(|n| format!("  - id: paper_{n}\n    name: {{ vi: K, en: N }}\n    cite: 1/2020/QH14\n")).collect();
    let text = SAMPLE.replacen("documents:\n", &format!("documents:\n{documents}"), 1);
    assert_eq!(problems(&[("procedure.yaml", &text)]).0, "too-many at `1.000001`");
    let codes: String = (0..65).map(|n| format!("c{n}: {{ vi: K, en: N }}, ")).collect();
    let text = SAMPLE.replacen("own: { vi: Nhà của mình", &format!("{codes}own: {{ vi: Nhà của mình"), 1);
    assert!(problems(&[("procedure.yaml", &text)]).0.contains("too-many at "), "{}", problems(&[("procedure.yaml", &text)]).0);
}

#[test]
fn too_deep() {
    let text = SAMPLE.replacen("require: applicant_age >= 18", &format!("require: {}applicant_age >= 18{}", "(".repeat(500), ")".repeat(500)), 1);
    let found = problems(&[("procedure.yaml", &text)]).0;
    assert!(found.contains("too-deep at "), "{found}");
    let text = SAMPLE.replacen("cap: 100000", &format!("cap: {}1{}", "[".repeat(500), "]".repeat(500)), 1);
    let found = problems(&[("procedure.yaml", &text)]).0;
    assert!(found.contains("unreadable-yaml at `[`"), "{found}");
}

/// What a pack without errors is still asked about; beside an error nothing is.
#[test]
fn lints() {
    let twice = "    name: { vi: Hợp đồng thuê, en: Lease }\n    when: rented";
    refuses(&[
        (twice, "    name: { vi: Hợp đồng thuê, en: Lease }\n    when: rented and applicant_age < 18", "repeated-threshold at `18`"),
        (twice, "    name: { vi: Hợp đồng thuê, en: Lease }\n    when: rented and age(person.born, as_of) < 18", ""),
        (twice, "    name: { vi: Hợp đồng thuê, en: Lease }\n    when: rented and 18 > applicant_age", "repeated-threshold at `18`"),
        (twice, "    name: { vi: Hợp đồng thuê, en: Lease }\n    when: rented and applicant_age in [18..30)", "repeated-threshold at `18`"),
        (twice, "    name: { vi: Hợp đồng thuê, en: Lease }\n    until: 2025-12-31\n    when: rented and home.area in [20..30) and (home.area < 20 or home.area > 1)", "repeated-threshold at `20`"),
        ("applicant_age >= 18", "applicant_age in [18..60] or applicant_age > 1", ""),
        ("  rented: home.basis", "  spare: home.area\n  rented: home.basis", "unused-name at `spare`"),
        ("  rented: home.basis", "  spare: home.area\n  rented: home.base", "unused-fact at `home.basis`; unknown-fact at `home.base`"),
        ("    values:\n", "    values:\n      - { from: 2023-01-01, until: 2023-06-30, value: 7, cite: 1/2020/QH14 art 20 }\n", "value-gap at `{ from: 2024-01-01, until: 2025-12-31, value: 8, cite: 1/2020/QH14 art 20 }`"),
    ]);
    let versions = |first: &str, second: &str| {
        let lease = format!("    name: {{ vi: Hợp đồng thuê, en: Lease }}\n    {first}\n    when: rented and applicant_age < 20\n    cite: 1/2020/QH14\n  - id: later\n    name: {{ vi: Hợp đồng, en: Lease }}\n    {second}\n    when: rented and applicant_age < 20");
        problems(&[("procedure.yaml", &SAMPLE.replacen(twice, &lease, 1))]).0
    };
    assert_eq!(versions("until: 2025-12-31", "from: 2026-01-01"), "", "on no day do both stand");
    assert_eq!(versions("until: 2025-12-31", "from: 2025-12-31"), "repeated-threshold at `20`");
}

#[test]
fn vocabularies_and_databases() {
    refuses_files(&[
        ("vocabulary: spare\nlabel: { vi: A, en: A }\nfacts:\n  spare.one: { type: boolean, label: { vi: A, en: A } }\n", "unused-fact at `spare.one`"),
        ("vocabulary: spare\nlabel: { vi: A, en: A }\nparameters:\n  spare.rate: [ { value: 1 } ]\n", "no-citation at `{ value: 1 }`"),
        ("vocabulary: spare\nlabel: { vi: A, en: A }\nparameters:\n  spare.rate: [ { until: 2025-01-01, value: 1, cite: 1/2020/QH14 }, { from: 2025-01-01, value: 2, cite: 1/2020/QH14 } ]\n", "lapsed-instrument at `1/2020/QH14`; overlapping-values at `{ from: 2025-01-01, value: 2, cite: 1/2020/QH14 }`"),
        ("vocabulary: spare\nlabel: { vi: A, en: A }\ndefinitions:\n  spare.two: [ { until: 2025-01-01, value: 1 }, { from: 2025-01-01, value: 2 } ]\n", "duplicate-declaration at `spare.two`"),
        ("databases:\n  land: { name: { vi: A, en: A } }\nnot_asked_again:\n  - { from: 2025-01-01 }\n", "no-citation at `{ from: 2025-01-01 }`"),
        ("databases:\n  land: { name: { vi: A, en: A }, cite: 9/2020/QH14 }\n", "unknown-instrument at `9/2020/QH14`"),
    ]);
    let held = |text: &str| {
        let lease = format!("    name: {{ vi: Hợp đồng thuê, en: Lease }}\n    {text}\n    when: rented");
        let sample = SAMPLE.replacen("    name: { vi: Hợp đồng thuê, en: Lease }\n    when: rented", &lease, 1);
        problems(&[("procedure.yaml", &sample), ("zz.yaml", "databases:\n  land: { name: { vi: Đất, en: Land } }\n  homes: { name: { vi: Nhà, en: Homes } }\n")]).0
    };
    assert_eq!(held("held_in: [land, homes]\n    reuse: rented"), "");
    assert_eq!(held("held_in: lnad"), "unknown-database at `lnad`");
    assert_eq!(held("reuse: rented"), "unsourced-reuse at `rented`");
}

/// Mistakes of every kind in one pack are all told, and each once.
#[test]
fn all_are_told_in_one_run() {
    let text = SAMPLE
        .replacen("home.area >= min_area\n", "home.aera >= min_area\n", 1)
        .replacen("| \"online\"             | false         | 10000", "| 5                    | false         | 10000", 1)
        .replacen("cite: 1/2020/QH14 art 9", "cite: 1/2021/QH14 art 9", 1)
        .replacen("period: 7 working days", "period: 7 weeks", 1)
        .replacen("until: 2025-12-31, value: 8", "until: 2026-06-30, value: 8", 1)
        .replacen("rented: home.basis", "rented: other and home.basis", 1)
        .replacen("  applicant_age:", "  other: rented\n  applicant_age:", 1)
        .replacen("cap: 100000", "cap: 100000\n    cap: 5", 1);
    let amendment = "amend: \"1.000001\"\nid: a\ntitle: { vi: A, en: A }\ninstrument: 2/2024/TT-BTC\nfrom: 2025-01-01\nchanges:\n  - repeal: documents.leese\n";
    let (found, sources) = problems(&[("procedure.yaml", &text), ("amendment.yaml", amendment), ("odd.yaml", "a: [1\n")]);
    for code in [
        "unknown-fact", "type-mismatch", "unknown-instrument", "bad-period", "overlapping-values", "definition-cycle", "duplicate-key",
        "unknown-element", "unreadable-yaml",
    ] {
        assert_eq!(found.matches(&format!("{code} at ")).count(), 1, "{code} in {found}");
    }
    let built = build(&sources, &[]);
    let told: Vec<String> = built.diagnostics.iter().map(|one| render(one, &sources)).collect();
    insta::assert_snapshot!("one_run", told.join("\n"));
}

/// Every code of the registry is raised by some test of a rule file, here or beside the module that raises it.
#[test]
fn every_code_has_a_test() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = String::new();
    let mut folders = vec![root.join("src"), root.join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && (name.contains("test")) {
                tests += &std::fs::read_to_string(&path).unwrap();
            }
        }
    }
    let untested: Vec<&str> = Code::ALL.iter().map(|code| code.name()).filter(|name| !tests.contains(&format!("{name} at "))).collect();
    assert_eq!(untested, Vec::<&str>::new());
}

#[test]
fn other_files() {
    refuses_files(&[
        ("nonsense: 1\n", "unknown-file-kind at `nonsense`"),
        ("amend: \"9.9\"\nid: a\ntitle: { vi: A, en: A }\ninstrument: 1/2020/QH14\nfrom: 2025-01-01\nchanges: []\n", "unknown-procedure at `9.9`"),
        ("amend: \"1.000001\"\nid: a\ntitle: { vi: A, en: A }\ninstrument: 1/2020/QH14\nfrom: 2025-01-01\nchanges:\n  - repeal: documents.leese\n", "unknown-element at `documents.leese`"),
        ("amend: \"1.000001\"\nid: a\ntitle: { vi: A, en: A }\ninstrument: 1/2020/QH14\nfrom: 2025-01-01\nchanges:\n  - replace: fees.registration.rows.dask\n    with: { amount: 1 }\n", "unknown-element at `fees.registration.rows.dask`"),
        ("amend: \"1.000001\"\nid: a\ntitle: { vi: A, en: A }\ninstrument: 1/2020/QH14\nfrom: 2025-01-01\nchanges:\n  - parameter: min_aera\n    values: [ { value: 5, cite: 1/2020/QH14 } ]\n", "unknown-element at `min_aera`"),
        ("calendar: vn-state\nyear: 2027\nsource: s\ndays_off:\n  - { date: 2026-01-01, reason: { vi: K, en: N } }\n", "bad-calendar at `calendar: vn-state`"),
        ("cases: \"1.000009\"\nlist: []\n", "unknown-procedure at `1.000009`"),
        ("procedure: \"1.000001\"\nname: { vi: A, en: A }\nfield: f\nauthority: commune\nonline_service: full\nfrom: 2024-01-01\n", "duplicate-declaration at `1.000001`"),
    ]);
}
