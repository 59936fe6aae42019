//! Submissions held to the rules and to what their form promised, and the schema of a procedure's facts.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use serde_json::{Value as Json, json};
use thutuc::model::Language;
use thutuc::wire::{Engine, enforce_json, fact_schema, program, promise_json};

const PACK: &str = "
pack: small
version: '1'
name: { vi: Gói nhỏ, en: Small pack }
provided_documents: papers.handed_in
";
const INSTRUMENTS: &str = "
instruments:
  01/2020/X: { title: { vi: Văn bản, en: Instrument }, from: 2020-01-01 }
";
const CALENDAR: &str = "calendar: c\nyear: 2025\ndays_off: [{ date: 2025-01-01, reason: { vi: Tết, en: New year } }]\nsource: 01/2020/X\n";
const PROCEDURE: &str = r#"
procedure: "1.1"
name: { vi: Thử, en: Trial }
field: residence
authority: commune
online_service: full
from: 2020-01-01
facts:
  home.area: { type: number, decimals: 1, min: 0, max: 500.5, unit: m2, label: { vi: Diện tích?, en: Area? } }
  home.kind:
    type: enum
    values: { own: { vi: Của mình, en: Own }, rent: { vi: Thuê, en: Rented } }
    label: { vi: Loại?, en: Kind? }
  papers.handed_in: { type: texts, default: [], label: { vi: Đã nộp, en: Handed in } }
eligibility:
  - id: big_enough
    require: home.area >= 8
    message: { vi: "Cần 8 m².", en: "8 m² are needed." }
    cite: 01/2020/X art 1
documents:
  - { id: form, name: { vi: Tờ khai, en: Form }, cite: 01/2020/X art 2 }
  - { id: lease, name: { vi: Hợp đồng, en: Lease }, when: home.kind = "rent", cite: 01/2020/X art 2 }
fees:
  - { id: fee, name: { vi: Lệ phí, en: Fee }, amount: 'if home.kind = "own" then 10000 else 20000', cite: 01/2020/X art 3 }
deadline:
  - { id: d, period: 7 working days, cite: 01/2020/X art 4 }
"#;

fn engine() -> Engine {
    let files = [("pack.yaml", PACK), ("instruments.yaml", INSTRUMENTS), ("calendar.yaml", CALENDAR), ("p.yaml", PROCEDURE)];
    Engine::from_files(files, &[]).unwrap_or_else(|errors| panic!("{errors:#?}")).0
}

fn request(facts: &Json) -> String {
    json!({ "procedure": "1.1", "asOf": "2025-03-03", "lang": "en", "facts": facts }).to_string()
}

fn good() -> Json {
    json!({ "home": { "area": 10, "kind": "own" }, "papers.handed_in": ["form"] })
}

/// The code, the detail and the parts that differ.
fn objection(facts: &Json, promised: Option<&Json>) -> (String, String, Vec<String>) {
    let promised = promised.map(Json::to_string);
    let refused = enforce_json(engine().compiled(), &request(facts), promised.as_deref()).unwrap_err();
    let refused: Json = serde_json::from_str(&refused).unwrap();
    let text = |name: &str| refused.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let differences = refused.get("differences").and_then(Json::as_array).into_iter().flatten();
    let parts = differences.filter_map(|one| one.get("part")?.as_str().map(str::to_owned));
    (text("code"), text("detail"), parts.collect())
}

#[test]
fn what_was_promised_is_taken() {
    let engine = engine();
    let promise = promise_json(engine.compiled(), &request(&good())).unwrap();
    let told: Json = serde_json::from_str(&promise).unwrap();
    assert_eq!((told.get("fee"), told.get("documents"), told.get("dueOn")), (Some(&json!(10000)), Some(&json!(["form"])), Some(&json!("2025-03-12"))));
    let decision = enforce_json(engine.compiled(), &request(&good()), Some(&promise)).unwrap();
    assert!(decision.contains(r#""outcome":"accept""#));
    enforce_json(engine.compiled(), &request(&good()), None).unwrap();
}

#[test]
fn every_difference_is_named() {
    let promised = json!({ "packHash": "0", "fee": 20000, "documents": ["form", "lease"], "dueOn": "2025-03-11" });
    let (code, detail, parts) = objection(&good(), Some(&promised));
    assert_eq!(code, "submission-differs");
    assert_eq!(parts, ["packHash", "fee", "documents", "dueOn"]);
    assert!(detail.contains("the fee is 10,000 VND, the form said 20,000 VND"), "{detail}");
    assert!(detail.contains("no longer needed: lease"), "{detail}");
    let (code, detail, _) = objection(&good(), Some(&json!({ "fees": 1 })));
    assert_eq!(code, "unreadable-request", "{detail}");
}

#[test]
fn a_condition_that_is_not_met_refuses() {
    let (code, detail, _) = objection(&json!({ "home": { "area": 7, "kind": "own" } }), None);
    assert_eq!((&*code, &*detail), ("submission-refused", "the conditions are not met: 8 m² are needed."));
}

#[test]
fn missing_facts_and_papers_are_incomplete() {
    let (code, detail, _) = objection(&json!({ "home.area": 9, "papers.handed_in": ["form"] }), None);
    assert_eq!((&*code, &*detail), ("submission-incomplete", "facts are missing: home.kind"));
    let (code, detail, _) = objection(&json!({ "home": { "area": 9, "kind": "rent" }, "papers.handed_in": ["form"] }), None);
    assert_eq!((&*code, &*detail), ("submission-incomplete", "documents are missing: Lease"));
}

#[test]
fn facts_that_do_not_fit_are_not_taken() {
    let (code, detail, _) = objection(&json!({ "home": { "aera": 9, "kind": "own" } }), None);
    assert_eq!((&*code, &*detail), ("bad-facts", "there is no fact `home.aera`; did you mean `home.area`?"));
}

#[test]
fn the_schema_of_the_facts() {
    let engine = engine();
    let program = program(engine.compiled(), "1.1", None).unwrap();
    let schema = fact_schema(program, Language::En);
    let home = schema.pointer("/properties/home").unwrap();
    assert_eq!(home.get("additionalProperties"), Some(&json!(false)));
    assert_eq!(
        home.pointer("/properties/area"),
        Some(&json!({ "type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "minimum": 0, "maximum": 500.5, "$comment": "m2", "title": "Area?" }))
    );
    assert_eq!(
        home.pointer("/properties/kind"),
        Some(&json!({ "oneOf": [{ "const": "own", "title": "Own" }, { "const": "rent", "title": "Rented" }], "title": "Kind?" }))
    );
    assert_eq!(schema.pointer("/properties/papers/properties/handed_in/default"), Some(&json!([])));
}
