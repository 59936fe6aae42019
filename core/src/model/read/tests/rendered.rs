//! Problems as their reader sees them.

use super::{FILES, printed, procedure, read_all, read_one};
use crate::model::consolidate;

fn shown(yaml: &str) -> String {
    let (sources, parsed) = read_one(yaml);
    printed(&sources, &parsed)
}

#[test]
fn unreadable_yaml() {
    insta::assert_snapshot!(shown(&procedure("eligibility:\n  - id: a\n    when: \"đ\" = b\n")));
}

#[test]
fn tabs() {
    insta::assert_snapshot!(shown(&procedure("eligibility:\n\t- id: a\n\t  when: b\n")));
}

#[test]
fn duplicate_keys() {
    insta::assert_snapshot!(shown(&procedure("notes:\n  - { vi: một, en: one, vi: hai }\nfrom: 2022-01-01\n")));
}

#[test]
fn unknown_key() {
    insta::assert_snapshot!(shown(&procedure("documnets: []\nsummary: { vi: Nhà thuê, mượn, en: Rented }\n")));
}

#[test]
fn missing_key() {
    insta::assert_snapshot!(shown(&procedure(
        "eligibility:\n  - id: rent_area\n    when: x\nfees:\n  - { id: f, name: { vi: a, en: b } }\n"
    )));
}

#[test]
fn wrong_shape() {
    insta::assert_snapshot!(shown(&procedure("eligibility:\n  id: a\nsummary: Tóm tắt\n")));
}

#[test]
fn bad_date() {
    insta::assert_snapshot!(shown(&procedure("until: 31/12/2026\nauthorities:\n  - { name: { vi: a, en: b }, from: 2026-02-29 }\n")));
}

#[test]
fn bad_citation() {
    let text = "documents:\n  - { id: a, name: { vi: a, en: b }, cite: 68/2020/QH14 art 20(3)(b }\n";
    insta::assert_snapshot!(shown(&procedure(text)));
}

#[test]
fn row_with_a_missing_cell() {
    let table = "      | kênh.nộp | from       | => amount | cite |\n      | \"ở nhà\"  | 2023-02-05 | 10000     | X    |\n      | -        | 2023-02-05 | 0         |\n";
    let text = format!("fees:\n  - id: f\n    name: {{ vi: a, en: b }}\n    table: |\n{table}");
    insta::assert_snapshot!(shown(&procedure(&text)));
}

#[test]
fn amendment_of_nothing() {
    let amendment = "amend: \"1.004222\"\nid: a\ntitle: { vi: a, en: b }\ninstrument: X\nfrom: 2026-01-01\nchanges:\n  \
        - repeal: documents.leese\n  - replace: fees.registration.rows.desks\n    with: { amount: 1 }\n  - parameter: min_aera\n    \
        values: [ { value: 9, cite: X } ]\n  - insert: fees\n    after: nothing\n    element: { id: b, name: { vi: a, en: b }, amount: 1 }\n";
    let mut files = FILES.to_vec();
    files.push(("reform.yaml", amendment));
    let (sources, parsed) = read_all(&files);
    assert_eq!(printed(&sources, &parsed), "");
    let consolidated = consolidate(&parsed.value, &parsed.value.procedures[0], None, &[]);
    insta::assert_snapshot!(printed(&sources, &consolidated));
}

/// One run tells every problem of every file, in their order.
#[test]
fn all_at_once() {
    let instruments = "instruments:\n  1/2020/QH14: { title: { vi: a, en: b }, from: 2020-13-01 }\n";
    let broken = "vocabulary: a\nlabel: { vi: a\nfacts:\n  a.b: { type: dat, label: { vi: a, en: b } }\n";
    let rules = procedure("uses: [A]\nfees:\n  - { id: a, amount: 1, cite: art }\ndeadline:\n  - { id: b, period: a week }\n");
    let (sources, parsed) = read_all(&[("instruments.yaml", instruments), ("a.yaml", broken), ("p.yaml", &rules)]);
    insta::assert_snapshot!(printed(&sources, &parsed));
}
