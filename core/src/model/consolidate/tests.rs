//! Amendments applied: what is in force on which days.

use super::consolidate;
use crate::model::read::tests::{FILES, printed, read_all, told};
use crate::model::{FeeBase, Interval, Pack, ParameterValue, Procedure};

/// An amendment of the sample with these changes.
fn amendment(head: &str, changes: &str) -> String {
    format!("amend: \"1.004222\"\nid: reform\ntitle: {{ vi: a, en: b }}\ninstrument: X\n{head}\nchanges:\n{changes}")
}

/// The sample with more files.
fn sample(more: &[&str]) -> Pack {
    let mut files = FILES.to_vec();
    files.extend(more.iter().map(|text| ("more.yaml", *text)));
    let (sources, parsed) = read_all(&files);
    assert_eq!(printed(&sources, &parsed), "");
    parsed.value
}

#[track_caller]
fn applied(pack: &Pack, jurisdiction: Option<&str>, drafts: &[&str]) -> Procedure {
    let consolidated = consolidate(pack, &pack.procedures[0], jurisdiction, drafts);
    assert!(consolidated.diagnostics.is_empty(), "{:?}", consolidated.diagnostics);
    consolidated.value
}

fn days(interval: Interval) -> String {
    let day = |day: Option<crate::value::Date>| day.map_or(String::new(), |day| day.to_string());
    format!("{}..{}", day(interval.from), day(interval.until))
}

fn conditions(procedure: &Procedure) -> Vec<String> {
    procedure.eligibility.iter().map(|c| format!("{} {} {}", c.id.value, days(c.interval), c.require.value)).collect()
}

fn rows(procedure: &Procedure) -> Vec<String> {
    let fees = procedure.fees.iter().flat_map(|fee| match &fee.base {
        FeeBase::Table(table) => table.rows.iter().collect(),
        _ => Vec::new(),
    });
    fees.map(|row| format!("{} {} {}", row.id.as_ref().unwrap().value, days(row.interval), row.outputs[0].value)).collect()
}

#[test]
fn without_amendments_it_is_the_procedure() {
    let pack = sample(&[]);
    let procedure = applied(&pack, None, &[]);
    assert_eq!(format!("{procedure:?}"), format!("{:?}", pack.procedures[0]));
    assert_eq!(format!("{:?}", applied(&pack, Some("hue"), &[])), format!("{procedure:?}"));
}

#[test]
fn the_former_law_returns() {
    let procedure = applied(&sample(&[]), Some("ha_noi"), &[]);
    let expected = [
        "rent_area ..2023-12-31 residence.area >= min_area",
        "rent_area 2024-01-01..2025-12-31 residence.area >= 15",
        "rent_area 2026-01-01.. residence.area >= min_area",
    ];
    assert_eq!(conditions(&procedure), expected);
    assert_eq!(&*procedure.eligibility[1].message.vi, "Diện tích phải từ {min_area} m²");
    assert_eq!(&*procedure.eligibility[1].basis.citations[0].instrument, "06/2020/NQ-HĐND-HN");
    let documents: Vec<String> = procedure.documents.iter().map(|d| format!("{} {}", d.id.value, days(d.interval))).collect();
    assert_eq!(documents, ["lease ..2023-12-31", "lease 2026-01-01.."]);
    let fees: Vec<String> = procedure.fees.iter().map(|fee| format!("{} {}", fee.id.value, days(fee.interval))).collect();
    assert_eq!(fees, ["registration ..", "extra 2024-01-01..2025-12-31", "copies .."]);
    let desk: Vec<String> = rows(&procedure).into_iter().filter(|row| row.starts_with("desk")).collect();
    assert_eq!(desk, ["desk 2023-02-05..2023-12-31 20000", "desk 2024-01-01..2025-12-31 15000", "desk 2026-01-01.. 20000"]);
    let late_fee: Vec<String> = procedure.parameters[1]
        .values
        .iter()
        .map(|value| format!("{} {}", days(value.interval), matches!(value.value, ParameterValue::Known(_))))
        .collect();
    assert_eq!(late_fee, ["2021-07-01..2023-12-31 false", "2024-01-01..2025-12-31 true", "2026-01-01.. false"]);
}

#[test]
fn drafts_come_last_and_only_when_asked_for() {
    let draft =
        amendment("draft: true\nfrom: 2025-01-01", "  - replace: eligibility.rent_area\n    with: { require: residence.area >= 20 }\n");
    let pack = sample(&[&draft]);
    assert_eq!(conditions(&applied(&pack, None, &[])).len(), 1);
    assert_eq!(
        conditions(&applied(&pack, None, &["reform"])),
        ["rent_area ..2024-12-31 residence.area >= min_area", "rent_area 2025-01-01.. residence.area >= 20"]
    );
    let expected = [
        "rent_area ..2023-12-31 residence.area >= min_area",
        "rent_area 2024-01-01..2024-12-31 residence.area >= 15",
        "rent_area 2025-01-01..2025-12-31 residence.area >= 20",
        "rent_area 2026-01-01.. residence.area >= 20",
    ];
    assert_eq!(conditions(&applied(&pack, Some("ha_noi"), &["reform"])), expected);
}

#[test]
fn amendments_are_applied_in_the_order_of_their_days() {
    let change = |area| format!("  - replace: eligibility.rent_area\n    with: {{ require: residence.area >= {area} }}\n");
    let (late, early) = (amendment("from: 2025-01-01", &change(30)), amendment("from: 2024-01-01", &change(10)));
    let expected = [
        "rent_area ..2023-12-31 residence.area >= min_area",
        "rent_area 2024-01-01..2024-12-31 residence.area >= 10",
        "rent_area 2025-01-01.. residence.area >= 30",
    ];
    assert_eq!(conditions(&applied(&sample(&[&late, &early]), None, &[])), expected);
}

#[test]
fn days_before_the_procedure_leave_nothing() {
    let text = amendment("from: 2021-01-01", "  - repeal: eligibility.rent_area\n");
    assert_eq!(conditions(&applied(&sample(&[&text]), None, &[])), [""; 0]);
}

#[test]
fn a_replacement_may_say_its_own_days() {
    let with = "    with: { require: x, from: 2025-03-01, until: 2025-04-30 }\n";
    let text = amendment("from: 2025-01-01", &format!("  - replace: eligibility.rent_area\n{with}"));
    let expected = [
        "rent_area ..2025-02-28 residence.area >= min_area",
        "rent_area 2025-03-01..2025-04-30 x",
        "rent_area 2025-05-01.. residence.area >= min_area",
    ];
    assert_eq!(conditions(&applied(&sample(&[&text]), None, &[])), expected);
}

#[test]
fn null_takes_a_key_away_and_an_alternative_its_rivals() {
    let changes =
        "  - replace: eligibility.rent_area\n    with: { when: null }\n  - replace: fees.registration\n    with: { amount: 7000 }\n";
    let procedure = applied(&sample(&[&amendment("from: 2026-01-01", changes)]), None, &[]);
    assert_eq!(procedure.eligibility.iter().map(|c| c.when.is_some()).collect::<Vec<_>>(), [true, false]);
    assert!(matches!(&procedure.fees[0].base, FeeBase::Table(_)));
    assert!(matches!(&procedure.fees[1].base, FeeBase::Amount(amount) if &*amount.value == "7000"));
}

#[test]
fn a_required_key_cannot_be_taken_away() {
    let text = amendment("from: 2026-01-01", "  - replace: eligibility.rent_area\n    with: { require: null }\n");
    let mut files = FILES.to_vec();
    files.push(("reform.yaml", &text));
    let (sources, parsed) = read_all(&files);
    let consolidated = consolidate(&parsed.value, &parsed.value.procedures[0], None, &[]);
    assert_eq!(told(&sources, &consolidated), "missing-key at `eligibility.rent_area`");
}

#[test]
fn rows_stay_within_a_fee_that_is_cut() {
    let changes = "  - replace: fees.registration\n    with: { cap: 5000 }\n";
    let procedure = applied(&sample(&[&amendment("from: 2022-01-01", changes)]), None, &[]);
    // Before 2022 no row is in force: they begin in 2023. The reduction begins in 2026.
    assert_eq!(rows(&procedure), ["online 2023-02-05.. 10000", "desk 2023-02-05.. 20000", "exempt 2023-02-05.. 0"]);
    assert_eq!(procedure.fees.iter().map(|fee| fee.reductions.len()).collect::<Vec<_>>(), [0, 1, 0]);
    assert_eq!(procedure.fees.iter().map(|fee| fee.cap.is_some()).collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn amended_rows_outlast_other_changes_of_their_fee() {
    let first = "  - replace: fees.registration.rows.desk\n    with: { amount: 1, applicant.fee_exempt: \"-\", note: mới }\n";
    let second = "  - replace: fees.registration\n    with: { cap: 5000 }\n";
    let procedure = applied(&sample(&[&amendment("from: 2024-01-01", &format!("{first}{second}"))]), None, &[]);
    assert_eq!(
        rows(&procedure),
        [
            "online 2023-02-05.. 10000",
            "desk 2023-02-05..2023-12-31 20000",
            "exempt 2023-02-05.. 0",
            "online 2024-01-01.. 10000",
            "desk 2024-01-01.. 1",
            "exempt 2024-01-01.. 0"
        ]
    );
}

#[test]
fn inserted_elements_can_be_amended() {
    let element = "{ id: new, require: x, message: { vi: a, en: b }, cite: X }";
    let changes = format!(
        "  - insert: eligibility\n    element: {element}\n  - replace: eligibility.new\n    with: {{ require: y, from: 2027-01-01 }}\n  \
         - insert: deadline\n    element: {{ id: first, period: same day, cite: X }}\n"
    );
    let procedure = applied(&sample(&[&amendment("from: 2026-01-01", &changes)]), None, &[]);
    let expected = ["rent_area .. residence.area >= min_area", "new 2026-01-01..2026-12-31 x", "new 2027-01-01.. y"];
    assert_eq!(conditions(&procedure), expected);
    assert_eq!(procedure.deadline.iter().map(|d| &*d.id.value).collect::<Vec<_>>(), ["first", "standard"]);
}

#[test]
fn parameters_of_a_vocabulary_are_changed_there() {
    let vocabulary = "vocabulary: shared\nlabel: { vi: a, en: b }\nparameters:\n  rate: [ { from: 2021-01-01, value: 1, cite: X } ]\n";
    let text = amendment("from: 2026-01-01", "  - parameter: rate\n    values: [ { value: 2, cite: X } ]\n");
    let mut files = FILES.to_vec();
    let procedure = FILES[4].1.replace("uses: [applicant]", "uses: [applicant, shared]");
    files[4].1 = &procedure;
    files.extend([("shared.yaml", vocabulary), ("reform.yaml", text.as_str())]);
    let (sources, parsed) = read_all(&files);
    let consolidated = consolidate(&parsed.value, &parsed.value.procedures[0], None, &[]);
    assert_eq!(told(&sources, &consolidated), "unknown-element at `rate`");
    assert!(printed(&sources, &consolidated).contains("it belongs to the vocabulary `shared`"));
}

#[test]
fn an_element_that_has_ended_cannot_be_amended() {
    let repeal = amendment("from: 2026-01-01", "  - repeal: documents.lease\n");
    let late = amendment("from: 2027-01-01", "  - repeal: documents.lease\n");
    let mut files = FILES.to_vec();
    files.extend([("repeal.yaml", repeal.as_str()), ("late.yaml", late.as_str())]);
    let (sources, parsed) = read_all(&files);
    let consolidated = consolidate(&parsed.value, &parsed.value.procedures[0], None, &[]);
    assert_eq!(told(&sources, &consolidated), "unknown-element at `documents.lease`");
    assert!(printed(&sources, &consolidated).contains("late.yaml"));
}

#[test]
fn an_element_can_be_prolonged() {
    let end = amendment("from: 2026-01-01", "  - repeal: eligibility.rent_area\n");
    let prolong = amendment("from: 2025-12-01", "  - replace: eligibility.rent_area\n    with: { until: 2026-06-30 }\n");
    let procedure = applied(&sample(&[&prolong]), None, &[]);
    let expected = ["rent_area ..2025-11-30", "rent_area 2025-12-01..2026-06-30", "rent_area 2026-07-01.."];
    assert_eq!(conditions(&procedure).iter().map(|c| c.replace(" residence.area >= min_area", "")).collect::<Vec<_>>(), expected);
    let late = prolong.replace("from: 2025-12-01", "from: 2025-12-01\ndraft: true");
    let procedure = applied(&sample(&[&end, &late]), None, &["reform"]);
    let expected = ["rent_area ..2025-11-30", "rent_area 2025-12-01..2026-06-30"];
    assert_eq!(conditions(&procedure).iter().map(|c| c.replace(" residence.area >= min_area", "")).collect::<Vec<_>>(), expected);
}
