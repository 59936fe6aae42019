//! Facts that do not fit: each is told with its name and kept out, and the rest of the case is decided.

#![cfg(test)]

mod support {
    pub mod decide;
    pub mod pack;
    pub mod sources;
}

use support::decide::decide;
use support::pack::compiled;
use thutuc::compile::CompiledPack;
use thutuc::wire::decide_json;

const PROCEDURE: &str = include_str!("packs/facts/procedure.yaml");

fn pack() -> CompiledPack {
    compiled(&[("procedure.yaml", PROCEDURE)]).0
}

/// The problems of facts, as `code at fact`.
#[track_caller]
fn problems(facts: &str) -> String {
    let decision = decide(&pack(), "facts", "2026-06-01", "en", facts);
    let problems = decision["problems"].as_array().unwrap().iter();
    let list: Vec<String> = problems.map(|one| format!("{} at {}", one["code"].as_str().unwrap(), one["fact"].as_str().unwrap())).collect();
    list.join("; ")
}

#[track_caller]
fn refuses(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases.iter().filter_map(|(facts, expected)| {
        let found = problems(facts);
        (found != *expected).then(|| format!("{facts}\n  expected {expected}\n  found    {found}"))
    }).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn right_answers_are_no_problem() {
    refuses(&[
        ("{}", ""),
        (r#"{"flag": true, "basis": "rent", "kinds": ["a", "b"], "count": 3, "amount": "1.25", "amount_free": 0.1, "day": "2026-02-28", "at": "09:30:00", "moment": "2026-06-01T09:30:00", "name": "Hoà", "tags": ["x"], "maybe": null}"#, ""),
        (r#"{"children": [{"name": "An", "born": "2020-01-01"}, {"name": "Bình", "born": "2021-01-01", "note": "x"}]}"#, ""),
        (r#"{"group": {"inner": 5}}"#, ""),
        (r#"{"group.inner": 5}"#, ""),
        (r#"{"count": 3.0}"#, ""),
        (r#"{"count": 30e-1}"#, ""),
    ]);
}

#[test]
fn wrong_types() {
    refuses(&[
        (r#"{"flag": "true"}"#, "wrong-type at flag"),
        (r#"{"flag": 1}"#, "wrong-type at flag"),
        (r#"{"basis": 1}"#, "wrong-type at basis"),
        (r#"{"kinds": "a"}"#, "wrong-type at kinds"),
        (r#"{"kinds": [1]}"#, "wrong-type at kinds[1]"),
        (r#"{"count": "three"}"#, "wrong-type at count"),
        (r#"{"count": 3.5}"#, "wrong-type at count"),
        (r#"{"count": true}"#, "wrong-type at count"),
        (r#"{"count": [3]}"#, "wrong-type at count"),
        (r#"{"count": "NaN"}"#, "wrong-type at count"),
        (r#"{"count": "Infinity"}"#, "wrong-type at count"),
        (r#"{"day": 20260228}"#, "wrong-type at day"),
        (r#"{"name": 5}"#, "wrong-type at name"),
        (r#"{"tags": ["x", 1]}"#, "wrong-type at tags[2]"),
        (r#"{"children": {}}"#, "wrong-type at children"),
        (r#"{"children": [1]}"#, "wrong-type at children[1]"),
        (r#"{"children": [{"name": 1, "born": "2020-01-01"}]}"#, "wrong-type at children[1].name"),
        (r#"{"flag": {"a": 1}}"#, "wrong-type at flag"),
    ]);
}

#[test]
fn values_out_of_bounds() {
    refuses(&[
        (r#"{"count": -1}"#, "out-of-bounds at count"),
        (r#"{"count": 101}"#, "out-of-bounds at count"),
        (r#"{"day": "1899-12-31"}"#, "out-of-bounds at day"),
        (r#"{"day": "9999-12-31"}"#, "out-of-bounds at day"),
        (r#"{"amount": 1.255}"#, "too-many-digits at amount"),
        (r#"{"amount_free": 1234567890123456789012345678901234567890}"#, "too-many-digits at amount_free"),
        (r#"{"amount_free": "0.1234567890123456789012345678901234567890"}"#, "too-many-digits at amount_free"),
        (r#"{"amount_free": 1e400}"#, ""),
        (r#"{"amount_free": 1e99999999999}"#, "wrong-type at amount_free"),
        (r#"{"name": "this name is longer than it may be"}"#, "too-long at name"),
        (r#"{"tags": ["a", "b", "c", "d"]}"#, "too-many at tags"),
        (r#"{"kinds": ["a", "a"]}"#, "duplicate at kinds[2]"),
    ]);
}

#[test]
fn values_that_do_not_exist() {
    refuses(&[
        (r#"{"basis": "rented"}"#, "not-in-enumeration at basis"),
        (r#"{"basis": "Rent"}"#, "not-in-enumeration at basis"),
        (r#"{"kinds": ["a", "x"]}"#, "not-in-enumeration at kinds[2]"),
        (r#"{"day": "2026-02-29"}"#, "bad-date at day"),
        (r#"{"day": "28/02/2026"}"#, "bad-date at day"),
        (r#"{"day": ""}"#, "bad-date at day"),
        (r#"{"at": "25:00:00"}"#, "bad-time at at"),
        (r#"{"moment": "2026-06-01"}"#, "bad-date at moment"),
        (r#"{"flag": null}"#, "null-not-allowed at flag"),
        (r#"{"children": [{"name": "An"}]}"#, "incomplete-record at children[1]"),
        (r#"{"children": [{"name": "An", "born": "2020-01-01", "age": 5}]}"#, "unknown-fact at children[1].age"),
        (r#"{"children": [{"name": "An", "born": "2020-13-01"}]}"#, "bad-date at children[1].born"),
        (r#"{"falg": true}"#, "unknown-fact at falg"),
        (r#"{"group": {"outer": 5}}"#, "unknown-fact at group.outer"),
        (r#"{"group": 5}"#, "unknown-fact at group"),
    ]);
}

#[test]
fn twice_told() {
    refuses(&[
        (r#"{"flag": true, "flag": false}"#, "duplicate at flag"),
        (r#"{"group": {"inner": 5}, "group.inner": 6}"#, "duplicate at group.inner"),
        (r#"{"children": [{"name": "An", "name": "Ba", "born": "2020-01-01"}]}"#, "duplicate at children[1].name"),
    ]);
}

#[test]
fn no_json_object_is_told_as_such() {
    refuses(&[("[]", "unreadable at "), ("5", "unreadable at "), ("\"x\"", "unreadable at ")]);
    let request = r#"{"procedure": "facts", "asOf": "2026-06-01", "facts": {"count": NaN}}"#;
    assert!(decide_json(&pack(), request).unwrap_err().to_string().contains("line 1"));
}

#[test]
fn a_million_children_are_one_problem() {
    let children = vec![r#"{"name":"An","born":"2020-01-01"}"#; 1_000_000].join(",");
    assert_eq!(problems(&format!("{{\"children\": [{children}]}}")), "too-many at children");
    let nested = format!("{{\"children\": {}{}}}", "[".repeat(100), "]".repeat(100));
    assert_eq!(problems(&nested), "wrong-type at children[1]");
}

/// What does not fit is missing, and its default does not speak for it.
#[test]
fn a_fact_with_a_problem_is_missing() {
    let decision = decide(&pack(), "facts", "2026-06-01", "en", r#"{"count": 1000, "flag": true}"#);
    assert_eq!(decision["missing"][0]["fact"], "count");
    assert_eq!(decision["problems"][0]["message"], "`count` must lie between 0 and 100, 1000 was given");
    let decision = decide(&pack(), "facts", "2026-06-01", "vi", r#"{"count": 1000, "flag": true}"#);
    assert_eq!(decision["problems"][0]["message"], "`count` phải từ 0 đến 100, đã khai 1000");
    let decision = decide(&pack(), "facts", "2026-06-01", "vi", r#"{"basis": "rente"}"#);
    assert_eq!(decision["problems"][0]["message"], "`basis` phải là một trong own, rent, đã khai \"rente\"; ý bạn là `rent`?");
}

/// Vietnamese letters in composed and decomposed form are the same text.
#[test]
fn decomposed_text_is_the_composed_one() {
    let composed = decide(&pack(), "facts", "2026-06-01", "en", r#"{"count": 1, "flag": true, "name": "Nguyễn"}"#);
    let decomposed = decide(&pack(), "facts", "2026-06-01", "en", "{\"count\": 1, \"flag\": true, \"name\": \"Nguye\u{302}\u{303}n\"}");
    assert_eq!(composed, decomposed);
    assert_eq!(composed["eligibility"]["conditions"][1]["status"], "met");
}
