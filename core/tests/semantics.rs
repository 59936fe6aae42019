//! The five answers on sample packs, each case with its answer worked out by hand, and what is said about them.

#![cfg(test)]

mod support {
    pub mod decide;
    pub mod pack;
    pub mod sources;
}

use std::fs;
use std::path::Path;
use support::decide::decide;
use support::pack::compiled;
use thutuc::wire::run_case;

/// The files of `packs/semantics`.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/semantics");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, String)> = paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn every_case_comes_out_as_worked_out() {
    let files = files();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    let (pack, built) = compiled(&files);
    let mut wrong = Vec::new();
    for file in &built.pack.cases {
        for case in &file.cases {
            let mismatches = match run_case(&pack, file, case) {
                Ok(result) => result.mismatches,
                Err(error) => panic!("{} {}: {error}", file.procedure.value, case.id.value),
            };
            wrong.extend(mismatches.iter().map(|one| {
                format!("{} {}: {} is {}, not {}", file.procedure.value, case.id.value, one.path, one.actual, one.expected)
            }));
        }
    }
    let cases: usize = built.pack.cases.iter().map(|file| file.cases.len()).sum();
    assert!(cases > 80, "only {cases} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const SAMPLE: &str = include_str!("packs/sample/procedure.yaml");
const SMALL_ROOM: &str = r#"{"home": {"basis": "rent", "area": 6.5}, "person": {"born": "2010-03-01", "exempt": false}, "submission": {"channel": "in_person"}, "copies": null}"#;

#[test]
fn a_refusal_says_what_is_wrong_and_what_is_needed() {
    let (pack, _) = compiled(&[("procedure.yaml", SAMPLE)]);
    let in_vietnamese = decide(&pack, "1.000001", "2026-06-01", "vi", SMALL_ROOM);
    let area = &in_vietnamese["eligibility"]["conditions"][0];
    assert_eq!(area["status"], "unmet");
    assert_eq!(area["message"], "Diện tích phải từ 10 m²; hồ sơ khai 6,5 m².");
    assert_eq!(area["wanted"], "Diện tích: cần ≥ 10 m2, hồ sơ khai 6,5 m2");
    assert_eq!(area["because"], serde_json::json!([{"fact": "home.basis", "value": "rent"}, {"fact": "home.area", "value": "6.5"}]));
    assert_eq!(area["citations"][0]["instrument"], "1/2020/QH14");
    assert_eq!(area["citations"][0]["title"], "Luật Mẫu");
    let adult = &in_vietnamese["eligibility"]["conditions"][1];
    assert_eq!(adult["wanted"], "Tuổi: cần ≥ 18, hồ sơ khai 16");
    let in_english = decide(&pack, "1.000001", "2026-06-01", "en", SMALL_ROOM);
    let area = &in_english["eligibility"]["conditions"][0];
    assert_eq!(area["message"], "At least 10 m² are needed; the file says 6.5 m².");
    assert_eq!(area["wanted"], "Area: ≥ 10 m2 is needed, the file says 6.5 m2");
    assert_eq!(area["citations"][0]["title"], "Sample Law");
}

#[test]
fn the_law_of_the_day_is_in_the_sentence() {
    let (pack, _) = compiled(&[("procedure.yaml", SAMPLE)]);
    let of = |day: &str| decide(&pack, "1.000001", day, "vi", SMALL_ROOM)["eligibility"]["conditions"][0]["message"].clone();
    assert_eq!(of("2025-12-31"), "Diện tích phải từ 8 m²; hồ sơ khai 6,5 m².");
    assert_eq!(of("2026-01-01"), "Diện tích phải từ 10 m²; hồ sơ khai 6,5 m².");
}

#[test]
fn a_fee_names_its_row_and_how_it_came_about() {
    let (pack, _) = compiled(&[("procedure.yaml", SAMPLE)]);
    let decision = decide(&pack, "1.000001", "2026-06-01", "vi", &SMALL_ROOM.replace("null", "3"));
    let items = &decision["fees"]["items"];
    assert_eq!((&items[0]["amount"], &items[0]["row"]), (&20000.into(), &"desk".into()));
    assert_eq!(items[0]["because"], serde_json::json!([{"fact": "submission.channel", "value": "in_person"}, {"fact": "person.exempt", "value": false}]));
    assert_eq!((&items[1]["amount"], &items[1]["calculation"]["unit"]), (&6000.into(), &"6000".into()));
    assert_eq!(decision["fees"]["total"], 26000);
}

#[test]
fn a_deadline_names_the_days_it_passed_over() {
    let (pack, _) = compiled(&[("procedure.yaml", SAMPLE)]);
    let decision = decide(&pack, "1.000001", "2026-08-28", "vi", SMALL_ROOM);
    let skipped: Vec<String> = decision["deadline"]["skipped"].as_array().unwrap().iter().map(|day| format!("{} {}", day["date"].as_str().unwrap(), day["reason"].as_str().unwrap())).collect();
    assert_eq!(skipped, ["2026-08-29 thứ Bảy", "2026-08-30 Chủ nhật", "2026-09-01 Quốc khánh", "2026-09-02 Quốc khánh", "2026-09-05 thứ Bảy", "2026-09-06 Chủ nhật"]);
    assert_eq!(decision["deadline"]["period"], "7 ngày làm việc");
    assert_eq!(decision["deadline"]["dueOn"], "2026-09-10");
}

/// A condition that is not met whatever is still missing speaks of what is known.
#[test]
fn a_message_does_not_speak_of_what_is_missing() {
    let text = SAMPLE.replacen("require: home.area >= min_area", "require: home.area >= min_area and not(person.exempt)", 1);
    let (pack, _) = compiled(&[("procedure.yaml", &text)]);
    let decision = decide(&pack, "1.000001", "2026-06-01", "vi", r#"{"home": {"basis": "rent"}, "person": {"exempt": true}}"#);
    let area = &decision["eligibility"]["conditions"][0];
    assert_eq!(area["status"], "unmet");
    assert_eq!(area["message"], "Diện tích phải từ 10 m²; hồ sơ khai … m².");
    assert_eq!(area["because"], serde_json::json!([{"fact": "home.basis", "value": "rent"}, {"fact": "person.exempt", "value": true}]));
}

/// Where every row that can still match says the same, the amount is settled and no row is named.
#[test]
fn rows_that_agree_settle_the_amount_without_naming_one() {
    let text = SAMPLE.replacen("| false         | 20000     | desk", "| false         | 10000     | desk", 1);
    let (pack, _) = compiled(&[("procedure.yaml", &text)]);
    let decision = decide(&pack, "1.000001", "2026-06-01", "vi", r#"{"person": {"exempt": false}, "copies": null}"#);
    assert_eq!(decision["fees"]["items"][0]["amount"], 10000);
    assert_eq!(decision["fees"]["items"][0]["row"], serde_json::Value::Null);
}

/// A definition that is first worked out within the scope of a local name leaves that name as it was.
#[test]
fn definitions_keep_to_their_own_local_names() {
    let scopes = r#"
procedure: "1"
name: { vi: M, en: M }
field: residence
authority: commune
online_service: full
from: 2020-01-01
facts:
  people:
    type: list
    max_items: 3
    of:
      amount: { type: integer, label: { vi: N, en: N } }
      code: { type: enum, values: { a: { vi: A, en: A }, b: { vi: B, en: B } }, label: { vi: E, en: E } }
    label: { vi: P, en: P }
definitions:
  by_filter: count([1, 2, 3][item > 1])
  by_loop: if (some z in [1, 5] satisfies z > 4) then 2 else 0
  by_names: '{ a: 1, b: a + 1 }.b'
  by_sum: count(for z in [1, 1] return z)
eligibility:
  - id: filter
    require: every one in people satisfies one.amount >= by_filter and one.code = "a"
    message: { vi: K, en: N }
    cite: 1/2020/QH14
  - id: loop
    require: every one in people satisfies one.amount >= by_loop and one.code = "a"
    message: { vi: K, en: N }
    cite: 1/2020/QH14
  - id: names
    require: count(people[item.amount >= by_names and item.code = "a"]) = 2
    message: { vi: K, en: N }
    cite: 1/2020/QH14
  - id: sum
    require: '(for one in people return if one.amount >= by_sum then one.code else "b") = ["a", "a"]'
    message: { vi: K, en: N }
    cite: 1/2020/QH14
"#;
    let (pack, _) = compiled(&[("scopes.yaml", scopes)]);
    let facts = r#"{"people": [{"amount": 2, "code": "a"}, {"amount": 3, "code": "a"}]}"#;
    let decision = decide(&pack, "1", "2026-06-01", "vi", facts);
    let conditions = decision["eligibility"]["conditions"].as_array().unwrap();
    let unmet: Vec<&serde_json::Value> = conditions.iter().filter(|one| one["status"] != "met").map(|one| &one["id"]).collect();
    assert_eq!((conditions.len(), unmet), (4, Vec::new()));
}
