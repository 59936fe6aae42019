//! Linked services: what the rule language takes and refuses, and what becomes of procedures that are linked.

#![cfg(test)]

mod support {
    pub mod sources;
}

use serde_json::{Value as Json, json};
use support::sources::sources;
use thutuc::compile::{CompiledPack, build};
use thutuc::diagnostics::render;
use thutuc::wire::decide_json;

const BIRTH: &str = include_str!("packs/linked/birth.yaml");
const HOME: &str = include_str!("packs/linked/home.yaml");
const GROUP: &str = include_str!("packs/linked/group.yaml");

/// Every problem of the three procedures.
fn problems(group: &str, home: &str) -> String {
    let sources = sources(&[("group.yaml", group), ("birth.yaml", BIRTH), ("home.yaml", home)]);
    let built = build(&sources, &[]);
    let told = built.diagnostics.iter().map(|one| format!("{} at `{}`", one.code.name(), sources.text(one.span).lines().next().unwrap_or("").trim_end()));
    told.collect::<Vec<_>>().join("; ")
}

/// The linked service with one text put in place of another has exactly the problems that are named.
#[track_caller]
fn refuses(changes: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (from, to, expected) in changes {
        assert!(GROUP.contains(from), "the sample has no `{from}`");
        let found = problems(&GROUP.replacen(from, to, 1), HOME);
        if found != *expected {
            wrong.push(format!("{from} -> {to}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn pack(files: &[(&str, &str)]) -> CompiledPack {
    let sources = sources(files);
    let built = build(&sources, &[]);
    let told: Vec<String> = built.diagnostics.iter().map(|one| render(one, &sources)).collect();
    built.compiled.unwrap_or_else(|| panic!("{}", told.join("\n")))
}

fn sample() -> CompiledPack {
    pack(&[("group.yaml", GROUP), ("birth.yaml", BIRTH), ("home.yaml", HOME)])
}

/// The decision for a submission of Wednesday 3 June 2026, 08:00.
fn decide(pack: &CompiledPack, facts: &Json) -> Json {
    let request = json!({ "procedure": "2.000010", "asOf": "2026-06-03", "lang": "en", "facts": facts });
    serde_json::from_str(&decide_json(pack, &request.to_string()).unwrap()).unwrap()
}

fn told() -> Json {
    json!({
        "submission.channel": "online", "account.level": 2, "group.with_family": true, "group.card": true,
        "child.born": "2026-06-01", "home.consent": true, "home.people": 3,
    })
}

fn with(mut facts: Json, changes: &[(&str, Json)]) -> Json {
    for (name, value) in changes {
        facts[*name] = value.clone();
    }
    facts
}

fn ids(list: &Json) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

fn outcomes(decision: &Json) -> Vec<(&str, &str)> {
    decision["linked"].as_array().unwrap().iter().map(|step| (step["id"].as_str().unwrap(), step["outcome"].as_str().unwrap())).collect()
}

#[test]
fn the_sample_has_no_problem() {
    refuses(&[("linked", "linked", "")]);
}

#[test]
fn steps_that_are_not_there_or_go_in_a_circle() {
    refuses(&[
        ("procedure: \"1.000010\"", "procedure: \"1.000019\"", "unknown-procedure at `1.000019`; unknown-fact at `birth.proof`; unknown-element at `documents.form`"),
        ("procedure: \"1.000010\"", "procedure: \"2.000010\"", "linked-procedure at `2.000010`; unknown-fact at `birth.proof`; unknown-element at `documents.form`"),
        ("after: birth\n", "after: brith\n", "unknown-link at `brith`; unknown-element at `documents.kinship`"),
        ("after: birth\n", "after: card\n", "linked-order at `card`; unknown-element at `documents.kinship`"),
        ("after: birth\n", "after: [birth, home]\n", "linked-order at `home`"),
        ("    result:", "    after: home\n    result:", "linked-order at `home`"),
        ("    name: { vi: Cấp thẻ, en: Card }\n", "", "missing-key at `id: card`"),
    ]);
}

#[test]
fn facts_that_are_mapped_wrongly() {
    refuses(&[
        ("'\"medical\"'", "'\"medicine\"'", "unknown-value at `\"medicine\"`"),
        ("'\"medical\"'", "5", "type-mismatch at `5`"),
        ("'\"medical\"'", "group.with_family", "type-mismatch at `group.with_family`"),
        ("then \"family\"", "then \"famly\"", "unknown-value at `\"famly\"`"),
        ("birth.proof:", "birth.prof:", "unknown-fact at `birth.prof`"),
        ("      birth.proof: '\"medical\"'\n", "      birth.proof: '\"medical\"'\n      case.supplements: '[]'\n", "unused-fact at `case.supplements`"),
        ("if group.with_family then", "if group.with_famly then", "unused-fact at `group.with_family`; unknown-fact at `group.with_famly`"),
    ]);
}

#[test]
fn elements_that_are_covered_wrongly() {
    refuses(&[
        ("documents.form: documents.declaration", "documents.from: documents.declaration", "unknown-element at `documents.from`"),
        ("documents.form: documents.declaration", "documents.form: documents.declared", "unknown-element at `documents.declared`"),
        ("documents.form: documents.declaration", "documents.form: fees.card", "unknown-element at `fees.card`"),
        ("documents.kinship: birth", "documents.kinship: brith", "unknown-link at `brith`"),
        ("    result: { vi: Giấy khai sinh, en: Birth certificate }\n", "", "unknown-element at `documents.kinship`"),
        ("elements: fees.card", "elements: fees.crad", "unknown-element at `fees.crad`"),
        ("    cite: 1/2020/QH14 art 16\n", "", "no-citation at `card`"),
    ]);
}

#[test]
fn facts_of_one_name_must_be_one_fact() {
    let home = HOME.replace("home.people", "child.born").replace("type: integer, min: 1, max: 20", "type: date").replace("> 5", "> @\"2020-01-01\"");
    let home = home.replace("late_fee * child.born", "late_fee");
    assert_eq!(problems(GROUP, &home), "linked-fact at `home`");
}

#[test]
fn a_circle_of_two_services_is_refused() {
    let other = GROUP.replace("2.000010", "2.000011").replace("1.000011", "2.000010").replacen("    facts:\n      home.basis: if group.with_family then \"family\" else \"own\"\n    covered:\n      documents.ct01: documents.declaration\n      documents.kinship: birth\n", "", 1);
    let sources = sources(&[("group.yaml", &GROUP.replace("1.000011", "2.000011")), ("other.yaml", &other), ("birth.yaml", BIRTH), ("home.yaml", HOME)]);
    let codes: Vec<&str> = build(&sources, &[]).diagnostics.iter().map(|one| one.code.name()).collect();
    assert_eq!(codes.iter().filter(|code| **code == "linked-procedure").count(), 2, "{codes:?}");
}

#[test]
fn papers_and_facts_of_all_are_counted_once() {
    let pack = sample();
    let decision = decide(&pack, &json!({}));
    let asked: Vec<&str> = decision["missing"].as_array().unwrap().iter().map(|one| one["fact"].as_str().unwrap()).collect();
    assert_eq!(asked, ["submission.channel", "account.level", "group.with_family", "group.card", "child.born", "home.consent", "home.people"]);
    let decision = decide(&pack, &told());
    // The witness is excluded by the fact that is mapped; the plan is wanted by birth always, and so once.
    assert_eq!(ids(&decision["documents"]), ["declaration", "birth_map", "home_kinship"]);
    assert_eq!(decision["documents"][2]["status"], "reused");
    assert_eq!(decision["documents"][2]["reuseSource"], "Birth certificate (result of the step “Birth”)");
    assert_eq!(decision["linked"][0]["documents"], json!(["declaration", "birth_map"]));
    assert_eq!(decision["linked"][1]["documents"], json!(["declaration", "birth_map", "home_kinship"]));
    // 0 for the birth, 3 × 1000 by the residence's own late_fee, 500 for the card.
    assert_eq!(ids(&decision["fees"]["items"]), ["card", "birth_registration", "home_registration"]);
    assert_eq!(decision["fees"]["total"], 3500);
    assert_eq!(decision["linked"][2]["fees"], json!(["card"]));
    assert_eq!(decision["outcome"], "accept");
}

#[test]
fn each_step_starts_as_those_before_it_end() {
    let decision = decide(&sample(), &told());
    // Wednesday 3 June 2026, 08:00: 24 hours; then 2 working days; then 5, which is later than the whole allows.
    let limit = |at: usize, member: &str| decision["linked"][at]["limit"][member].clone();
    assert_eq!(limit(0, "dueAt"), "2026-06-04T08:00:00");
    assert_eq!(limit(1, "dueOn"), "2026-06-08");
    assert_eq!(limit(2, "dueOn"), "2026-06-15");
    assert_eq!(decision["deadline"]["dueOn"], "2026-06-08");
    assert_eq!(limit(2, "message"), "the whole is due earlier: by 8 Jun 2026 at the latest");
}

#[test]
fn a_failure_of_one_step_stops_those_after_it() {
    let pack = sample();
    let refused = decide(&pack, &with(told(), &[("home.consent", json!(false))]));
    assert_eq!(refused["outcome"], "refuse");
    assert_eq!(outcomes(&refused), [("birth", "accept"), ("home", "refuse"), ("card", "not_started")]);
    assert_eq!(refused["linked"][1]["unmet"], json!(["eligibility.home_consent"]));
    assert_eq!(refused["linked"][1]["message"], "law that is not known: It is not known.");
    assert_eq!(refused["linked"][2]["message"], "not carried out: the step “Residence” must be done before it, and cannot be");
    assert_eq!(refused["linked"][2]["limit"], Json::Null);
    let whole = decide(&pack, &with(told(), &[("submission.channel", json!("post"))]));
    assert_eq!(outcomes(&whole), [("birth", "not_started"), ("home", "not_started"), ("card", "not_started")]);
    let without = decide(&pack, &with(told(), &[("group.card", json!(false))]));
    assert_eq!(outcomes(&without), [("birth", "accept"), ("home", "accept"), ("card", "not_applicable")]);
}

#[test]
fn an_amendment_of_a_procedure_is_one_of_the_service_that_links_it() {
    let overlay = "amend: \"1.000010\"\nid: city\ntitle: { vi: T, en: T }\ninstrument: 1/2020/QH14\njurisdiction: city\nfrom: 2024-01-01\nchanges:\n  - parameter: late_fee\n    values: [ { value: 5000, cite: 1/2020/QH14 } ]\n";
    let pack = pack(&[("group.yaml", GROUP), ("birth.yaml", BIRTH), ("home.yaml", HOME), ("city.yaml", overlay)]);
    let mut request = json!({ "procedure": "2.000010", "asOf": "2026-06-03", "facts": with(told(), &[("child.born", json!("2026-01-01"))]) });
    let total = |request: &Json| serde_json::from_str::<Json>(&decide_json(&pack, &request.to_string()).unwrap()).unwrap()["fees"]["total"].clone();
    assert_eq!(total(&request), 8000 + 3000 + 500);
    request["jurisdiction"] = json!("city");
    assert_eq!(total(&request), 5000 + 3000 + 500);
}

#[test]
fn a_step_can_be_amended() {
    let decree = "amend: \"2.000010\"\nid: decree\ntitle: { vi: T, en: T }\ninstrument: 1/2020/QH14\nfrom: 2026-07-01\nchanges:\n  - replace: linked.home\n    with: { limit: [ { id: days, period: 1 working days, cite: 1/2020/QH14 } ] }\n  - repeal: linked.card\n";
    let pack = pack(&[("group.yaml", GROUP), ("birth.yaml", BIRTH), ("home.yaml", HOME), ("decree.yaml", decree)]);
    assert_eq!(outcomes(&decide(&pack, &told())).len(), 3);
    let request = json!({ "procedure": "2.000010", "asOf": "2026-07-01", "facts": told() });
    let after: Json = serde_json::from_str(&decide_json(&pack, &request.to_string()).unwrap()).unwrap();
    assert_eq!(outcomes(&after).len(), 2);
    assert_eq!(after["linked"][1]["limit"]["dueOn"], "2026-07-03");
}
