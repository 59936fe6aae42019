//! Steps, apologies and declarations in rule files: what is wrong with them, what they change and what they do not.

#![cfg(test)]

mod support {
    pub mod decide;
    pub mod sources;
}

use serde_json::Value;
use support::decide::decide;
use support::sources::sources;
use thutuc::compile::{CompiledPack, build, read_bundle, write_bundle};
use thutuc::wire::{differing, levels_json, steps_json};

const SAMPLE: &str = include_str!("packs/sample/procedure.yaml");

/// An office's own process: an example, no law.
const STEPS: &str = "
steps:
  - { id: take, name: { vi: Nhận, en: Take in }, when: submission.channel = \"in_person\", period: same day, cutoff: \"15:00\", cite: 1/2020/QH14 art 40 }
  - { id: verify, name: { vi: Thẩm tra, en: Verify }, period: 3 working days, cite: 1/2020/QH14 art 40 }
  - { id: decide, name: { vi: Quyết định, en: Decide }, cite: 1/2020/QH14 art 40 }
  - { id: sign, name: { vi: Ký, en: Sign }, period: 4 office hours, after: [decide], cite: 1/2020/QH14 art 40 }
apology:
  - { id: late, notice: 1 working days, reappointments: 1, cite: 1/2020/QH14 art 41 }
declarations:
  - { id: online, value: true, cite: 1/2020/QH14 art 42 }
  - { id: presence, value: false, cite: 1/2020/QH14 art 42 }
";

const LEVEL: &str = "
service_level: online_service
name: { vi: Mức, en: Level }
from: 2024-01-01
facts:
  online: { type: boolean, label: { vi: \"Trực tuyến?\", en: \"Online?\" } }
  presence: { type: boolean, label: { vi: \"Có mặt?\", en: \"Presence?\" } }
requirements:
  - { id: online, require: online, otherwise: information, message: { vi: Tại quầy, en: At the desk }, cite: 1/2020/QH14 art 43 }
  - { id: presence, require: not(presence), otherwise: partial, message: { vi: Phải có mặt, en: Presence }, cite: 1/2020/QH14 art 43 }
";

/// Everything wrong with the sample with steps, where one text stands in place of another.
fn problems(from: &str, to: &str) -> String {
    let steps = STEPS.replacen(from, to, 1);
    assert!(from.is_empty() || steps != STEPS, "there is no `{from}`");
    let sources = sources(&[("procedure.yaml", &format!("{SAMPLE}{steps}")), ("service_level.yaml", LEVEL)]);
    let built = build(&sources, &[]);
    let levels = built.compiled.iter().flat_map(|pack| differing(&built.pack, pack));
    let all = built.diagnostics.iter().cloned().chain(levels);
    all.map(|one| format!("{} at `{}`", one.code.name(), sources.text(one.span).lines().next().unwrap_or("").trim_end())).collect::<Vec<_>>().join("; ")
}

fn pack(procedure: &str, further: &[(&str, &str)], drafts: &[&str]) -> CompiledPack {
    let mut files = vec![("procedure.yaml", procedure), ("service_level.yaml", LEVEL)];
    files.extend(further);
    let built = build(&sources(&files), drafts);
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    built.compiled.unwrap()
}

fn steps(pack: &CompiledPack, more: &str) -> Value {
    let request = format!(
        "{{\"procedure\": \"1.000001\", \"asOf\": \"2026-03-02\", \"receivedAt\": \"2026-03-02T09:00\", \"lang\": \"en\", \
         \"facts\": {{\"submission.channel\": \"in_person\"}}{more}}}"
    );
    serde_json::from_str(&steps_json(pack, &request).unwrap()).unwrap()
}

#[test]
fn sound_steps_have_no_problem() {
    assert_eq!(problems("", ""), "");
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let cases = [
        ("period: 3 working days", "period: 3 wroking days", "bad-period at `3 wroking days`"),
        ("cutoff: \"15:00\"", "cutoff: \"25:00\"", "bad-date at `25:00`"),
        ("after: [decide]", "after: [dicide]", "unknown-element at `dicide`"),
        ("after: [decide]", "after: [sign]", "unknown-element at `sign`"),
        ("when: submission.channel", "when: submission.chanel", "unknown-fact at `submission.chanel`"),
        ("submission.channel = \"in_person\"", "submission.channel", "type-mismatch at `submission.channel`"),
        ("period: 4 office hours, after: [decide], cite: 1/2020/QH14 art 40", "period: 4 office hours", "no-citation at `sign`"),
        ("id: sign,", "id: verify,", "duplicate-declaration at `verify`"),
        ("cite: 1/2020/QH14 art 41", "cite: 2/2024/TT-BTC art 1", "lapsed-instrument at `2/2024/TT-BTC art 1`"),
        ("notice: 1 working days", "notice: 4 hours", "bad-period at `4 hours`"),
        ("period: 3 working days", "period: 8 working days", "overlong-steps at `take`"),
        ("id: presence, value: false", "id: presense, value: false", "unknown-element at `presense`"),
        ("id: presence, value: false", "id: presence, value: 3", "type-mismatch at `3`"),
        ("id: presence, value: false", "id: presence, value: true", "level-differs at `full`"),
        ("value: false, cite: 1/2020/QH14 art 42", "value: false", "no-citation at `presence`"),
        ("id: presence, value: false, cite: 1/2020/QH14 art 42", "id: presence, unknown: { vi: Chưa rõ, en: Not known }", ""),
        ("{ id: online, value: true,", "{ id: online,", "missing-key at `online`"),
    ];
    let wrong: Vec<String> = cases.iter().filter_map(|(from, to, expected)| {
        let found = problems(from, to);
        (found != *expected).then(|| format!("{from} -> {to}\n  expected {expected}\n  found    {found}"))
    }).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_decision_depends_on_what_is_done_inside() {
    let (bare, with) = (pack(SAMPLE, &[], &[]), pack(&format!("{SAMPLE}{STEPS}"), &[], &[]));
    for facts in ["{}", "{\"submission.channel\": \"online\", \"home.basis\": \"rent\"}", "{\"person.born\": \"1990-01-01\", \"home.basis\": \"own\", \"person.exempt\": true, \"copies\": null}"] {
        let decided = |pack| {
            let mut decision = decide(pack, "1.000001", "2026-03-02", "vi", facts);
            decision["pack"] = Value::Null;
            decision
        };
        assert_eq!(decided(&bare), decided(&with));
    }
    assert_ne!(bare.hash, with.hash);
}

#[test]
fn a_bundle_keeps_the_steps_and_the_level() {
    let built = pack(&format!("{SAMPLE}{STEPS}"), &[], &[]);
    let read = read_bundle(&write_bundle(&built)).unwrap();
    assert_eq!(steps(&built, ""), steps(&read, ""));
    let level = |pack| levels_json(pack, r#"{"asOf": "2026-03-02"}"#).unwrap();
    assert_eq!(level(&built), level(&read));
    assert_eq!(steps(&read, "")["steps"][1]["endsAt"], "2026-03-05T17:00");
}

#[test]
fn a_draft_reform_cuts_a_step() {
    const REFORM: &str = "
amend: \"1.000001\"
id: faster
title: { vi: Cắt bước, en: One step less }
instrument: 1/2020/QH14
draft: true
from: 2026-01-01
changes:
  - repeal: steps.verify
  - replace: steps.sign
    with: { period: 2 office hours }
  - insert: steps
    after: take
    element: { id: record, name: { vi: Ghi sổ, en: Record }, period: 1 office hours, cite: 1/2020/QH14 art 40 }
";
    let procedure = format!("{SAMPLE}{STEPS}");
    let now = steps(&pack(&procedure, &[("reform.yaml", REFORM)], &[]), "");
    let then = steps(&pack(&procedure, &[("reform.yaml", REFORM)], &["faster"]), "");
    let ids = |plan: &Value| plan["steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&now), ["take", "verify", "decide", "sign"]);
    assert_eq!(ids(&then), ["take", "record", "decide", "sign"]);
    assert_eq!(then["steps"][3]["period"], "2 office hours");
    assert_eq!(now["dueOn"], then["dueOn"], "the deadline is another rule");
}

#[test]
fn a_procedure_has_its_own_steps_or_those_of_its_vocabularies() {
    const SHARED: &str = "
vocabulary: one_stop
label: { vi: Một cửa, en: One-stop shop }
steps: [ { id: shared, name: { vi: Chung, en: Shared }, from: 2020-01-01, cite: 1/2020/QH14 art 44 } ]
apology: [ { id: shared, from: 2020-01-01, cite: 1/2020/QH14 art 45 } ]
";
    let uses = |text: &str| text.replacen("uses: [submission,", "uses: [submission, one_stop,", 1);
    let first = |procedure: &str| {
        let plan = steps(&pack(procedure, &[("one_stop.yaml", SHARED)], &[]), "");
        [plan["steps"][0]["id"].clone(), plan["apology"]["id"].clone()]
    };
    assert_eq!(first(&uses(SAMPLE)), ["shared", "shared"]);
    assert_eq!(first(&uses(&format!("{SAMPLE}{STEPS}"))), ["take", "late"]);
}

#[test]
fn a_level_that_is_open_names_what_could_change_it() {
    let level = |procedure: &str| {
        let answer = levels_json(&pack(procedure, &[], &[]), r#"{"asOf": "2026-03-02", "lang": "en"}"#).unwrap();
        serde_json::from_str::<Value>(&answer).unwrap()[0].clone()
    };
    let undeclared = level(SAMPLE);
    assert_eq!(undeclared["level"], Value::Null);
    assert_eq!(undeclared["open"].as_array().unwrap().len(), 2);
    // At the desk only: whether presence is required makes no difference any more.
    let desk = level(&format!("{}\ndeclarations: [ {{ id: online, value: false, cite: 1/2020/QH14 art 42 }} ]\n", SAMPLE.replacen("online_service: full", "online_service: information", 1)));
    assert_eq!((desk["level"].as_str(), desk["open"].as_array().unwrap().len()), (Some("information"), 0));
    let online = level(&format!("{SAMPLE}\ndeclarations: [ {{ id: online, value: true, cite: 1/2020/QH14 art 42 }} ]\n"));
    assert_eq!((online["level"].clone(), online["open"][0]["fact"].as_str()), (Value::Null, Some("presence")));
}
