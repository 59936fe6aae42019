//! An answer cites all that it rests on: its own article, those of parameters and definitions, and the row that decided.

#![cfg(test)]

mod support {
    pub mod decide;
    pub mod pack;
    pub mod sources;
}

use support::decide::decide;
use support::pack::compiled;

const RULES: &str = r#"
procedure: "cited"
name: { vi: Có căn cứ, en: Cited }
field: sample
authority: commune
online_service: full
from: 2024-01-01
facts:
  area: { type: number, decimals: 1, min: 0, max: 1000, label: { vi: Diện tích, en: Area } }
  town: { type: enum, values: { big: { vi: Lớn, en: Big }, small: { vi: Nhỏ, en: Small } }, label: { vi: Nơi, en: Town } }
parameters:
  least: [ { value: 8, cite: 1/2020/QH14 art 2, confidence: recalled } ]
  rate: [ { value: 300, cite: 1/2020/QH14 art 9, confidence: uncertain } ]
definitions:
  enough: { value: area >= least, cite: 1/2020/QH14 art 3 }
eligibility:
  - { id: wide, require: enough, message: { vi: Hẹp, en: Narrow }, cite: 1/2020/QH14 art 1 }
  - { id: least_itself, require: area >= least, message: { vi: Hẹp, en: Narrow }, cite: 1/2020/QH14 art 2 }
fees:
  - id: stamp
    name: { vi: Tem, en: Stamp }
    cite: 1/2020/QH14 art 7
    table: |
      | town    | => amount | cite               |
      | "big"   | rate      | 1/2020/QH14 art 8  |
      | "small" | 100       | 1/2020/QH14 art 10 |
deadline:
  - { id: answer, period: 3 working days, cite: 1/2020/QH14 art 5 }
"#;

fn cited(facts: &str, part: &str) -> Vec<String> {
    let (pack, _) = compiled(&[("cited.yaml", RULES)]);
    let decision = decide(&pack, "cited", "2026-06-01", "en", facts);
    let citations = decision.pointer(part).unwrap().as_array().unwrap();
    citations.iter().map(|one| format!("{} {}", one["text"].as_str().unwrap(), one["confidence"].as_str().unwrap())).collect()
}

#[test]
fn a_condition_cites_the_definitions_and_parameters_it_uses() {
    let expected = ["1/2020/QH14 art 1 verified", "1/2020/QH14 art 3 verified", "1/2020/QH14 art 2 recalled"];
    assert_eq!(cited(r#"{"area": 9}"#, "/eligibility/conditions/0/citations"), expected);
}

#[test]
fn an_article_is_cited_once_and_as_surely_as_its_least_sure_use() {
    assert_eq!(cited(r#"{"area": 9}"#, "/eligibility/conditions/1/citations"), ["1/2020/QH14 art 2 recalled"]);
}

#[test]
fn a_fee_cites_the_row_that_decided_with_its_parameters() {
    let (big, small) = (cited(r#"{"town": "big"}"#, "/fees/items/0/citations"), cited(r#"{"town": "small"}"#, "/fees/items/0/citations"));
    assert_eq!(big, ["1/2020/QH14 art 7 verified", "1/2020/QH14 art 8 verified", "1/2020/QH14 art 9 uncertain"]);
    assert_eq!(small, ["1/2020/QH14 art 7 verified", "1/2020/QH14 art 10 verified"]);
}
