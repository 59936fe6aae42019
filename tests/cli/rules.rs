//! `check`, `test`, `list`, `facts`, `show`, `schema`, `bundle`, `completions`.

use crate::harness::{Folder, here, thutuc, within};

#[test]
fn a_pack_without_problems() {
    insta::assert_snapshot!(thutuc("check").shown());
    assert_eq!(thutuc("check --format json").out, "[]\n");
}

#[test]
fn every_problem_is_told_in_one_run() {
    let changes = [
        ("reader.shelf >= min_shelf", "reader.shlef >= min_shelf"),
        ("cite: EX/LAW art 3(2)(a)", "cite: EX/LOW art 3"),
        ("\"pupil\"     | 0", "\"pupils\"    | 0"),
    ];
    let folder = Folder::with_pack("check", "library/card.yaml", &changes);
    let run = within(&folder.0, "--rules pack check");
    insta::assert_snapshot!(run.shown());
    let json = within(&folder.0, "--rules pack check --format json");
    assert_eq!(json.code, 1);
    let problems: Vec<serde_json::Value> = serde_json::from_str(&json.out).unwrap();
    assert_eq!(problems[0]["file"], "pack/library/card.yaml");
    assert_eq!(problems[0]["severity"], "error");
    let decide = within(&folder.0, "--rules pack decide 9.000001");
    assert_eq!((decide.code, &*decide.out), (1, ""));
    assert!(decide.err.contains("error[unknown-") && decide.err.ends_with("`thutuc check` lists all that is wrong\n"), "{}", decide.err);
}

#[test]
fn worked_cases() {
    insta::assert_snapshot!(thutuc("test").shown());
    assert_eq!(thutuc("test --filter july").out, "1 passed, 0 failed\n");
    assert_eq!(thutuc("test pack/library/card.cases.yaml --filter online").out, "1 passed, 0 failed\n");
    assert_eq!(thutuc("test --filter nothing").code, 2);
    assert_eq!(within(&here(), "test pack").out, "2 passed, 0 failed\n");
}

#[test]
fn a_failing_case_shows_the_difference() {
    let changes = [("fees.total: 10000", "fees.total: 20000"), ("eligibility.shelf: met", "eligibility.shelf: unmet")];
    let folder = Folder::with_pack("test", "library/card.cases.yaml", &changes);
    insta::assert_snapshot!(within(&folder.0, "--rules pack test").shown());
    insta::assert_snapshot!(within(&folder.0, "--rules pack test --format json").shown());
}

#[test]
fn what_no_case_touches() {
    insta::assert_snapshot!(thutuc("test --coverage").shown());
}

#[test]
fn procedures_are_listed() {
    insta::assert_snapshot!(thutuc("list").shown());
    insta::assert_snapshot!(thutuc("list --lang en --field library").shown());
    insta::assert_snapshot!(thutuc("list the thu vien --format json").shown());
    insta::assert_snapshot!(thutuc("list no such thing").shown());
}

#[test]
fn facts_are_described() {
    insta::assert_snapshot!(thutuc("facts 9.000001").shown());
    insta::assert_snapshot!(thutuc("facts 9.000001 --lang en").shown());
    insta::assert_snapshot!(thutuc("facts 9.000002 --format json").shown());
}

#[test]
fn a_procedure_is_shown_as_it_stands() {
    insta::assert_snapshot!(thutuc("show 9.000001 --on 2026-04-27 --lang en").shown());
    insta::assert_snapshot!(thutuc("show 9.000001 --on 2026-08-01 --jurisdiction river").shown());
    insta::assert_snapshot!(thutuc("show 9.000002 --on 2026-08-01 --format json").shown());
}

#[test]
fn the_schema_is_a_schema() {
    let schema: serde_json::Value = serde_json::from_str(&thutuc("schema").out).unwrap();
    assert!(schema.get("$schema").is_some());
    assert_eq!(thutuc("schema --format json").out.lines().count(), 1);
}

#[test]
fn a_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = thutuc(&format!("completions {shell}"));
        assert!(run.code == 0 && run.out.contains("thutuc") && run.out.contains("jurisdiction"), "{shell}");
    }
}
