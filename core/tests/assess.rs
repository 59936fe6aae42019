//! Assessments: bounds that hold whatever the missing facts turn out to be, exact counts, and the real catalogue.

#![cfg(test)]

mod support {
    pub mod sources;
}
#[expect(dead_code, reason = "other tests use more of it")]
mod reference {
    pub mod packs;
}

use std::sync::OnceLock;

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use support::sources::sources;
use thutuc::compile::{CompiledPack, build};
use thutuc::model::Language;
use thutuc::value::{Date, Decimal};
use thutuc::wire::{
    AssessmentBounds, AssessmentError, AssessmentReport, AssessmentRequest, AssessmentRow, BadRecords, Reached, RecordFormat, assessment_of_text,
    assessment_page,
};

const SAMPLE: &str = include_str!("packs/sample/assessment.yaml");

fn sample() -> &'static CompiledPack {
    static PACK: OnceLock<CompiledPack> = OnceLock::new();
    PACK.get_or_init(|| build(&sources(&[("assessment.yaml", SAMPLE)]), &[]).compiled.unwrap())
}

fn rules() -> &'static CompiledPack {
    static PACK: OnceLock<CompiledPack> = OnceLock::new();
    PACK.get_or_init(|| reference::packs::compiled(&reference::packs::rule_files(&reference::packs::rules_folder())))
}

fn request(id: &str) -> AssessmentRequest<'_> {
    AssessmentRequest { id, as_of: Date::parse("2026-11-28").unwrap(), by: None, language: Language::En }
}

fn assessed(records: &[Json]) -> AssessmentReport {
    let text: String = records.iter().map(|record| format!("{record}\n")).collect();
    assessment_of_text(sample(), &request("sample"), &text, RecordFormat::JsonLines).unwrap()
}

fn of_file(id: &str, name: &str) -> AssessmentReport {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/assessment").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    assessment_of_text(rules(), &request(id), &text, RecordFormat::of_name(name).unwrap()).unwrap()
}

/// What a fact may turn out to be, by its place in a record.
const DOMAINS: &[(&str, &[&str])] = &[
    ("file.due", &["\"2025-12-30\"", "\"2026-01-05\"", "\"2026-12-31\""]),
    ("file.done", &["null", "\"2025-12-31\"", "\"2026-01-04\"", "\"2027-01-01\""]),
    ("ways", &["[]", "[{\"office\":\"a\"}]", "[{\"office\":\"b\"},{\"office\":\"a\"}]", "[{\"office\":\"c\"}]"]),
    ("file.fee", &["0", "1", "3", "50"]),
    ("file.good", &["true", "false"]),
    ("submission.channel", &["\"online\"", "\"post\""]),
];

/// Records as choices: 0 is missing, others are values of the domain.
fn record(number: usize, choices: &[u8], complete: &[u8]) -> Json {
    let mut record = Map::from_iter([("id".to_owned(), json!(format!("F{number}")))]);
    for (at, (name, domain)) in DOMAINS.iter().enumerate() {
        let chosen = match choices[at] % 3 {
            0 => complete.get(at).copied(),
            _ => Some(choices[at] / 3),
        };
        if let Some(chosen) = chosen {
            record.insert((*name).to_owned(), serde_json::from_str(domain[usize::from(chosen) % domain.len()]).unwrap());
        }
    }
    Json::Object(record)
}

fn within(what: &str, (low, high): (Option<Decimal>, Option<Decimal>), (least, most): (Option<Decimal>, Option<Decimal>)) -> Result<(), TestCaseError> {
    if let (Some(low), Some(least)) = (low, least) {
        prop_assert!(low <= least, "{what}: {least} is less than {low}");
    }
    if let (Some(high), Some(most)) = (high, most) {
        prop_assert!(most <= high, "{what}: {most} is more than {high}");
    }
    Ok(())
}

fn counts(what: &str, open: Option<AssessmentBounds>, closed: Option<AssessmentBounds>) -> Result<(), TestCaseError> {
    let (Some(open), Some(closed)) = (open, closed) else { return Ok(()) };
    prop_assert!(open.least <= closed.least && closed.most <= open.most, "{what}: {closed:?} is not within {open:?}");
    Ok(())
}

/// Everything a completed row says lies within what the open row said.
fn row_within(open: &AssessmentRow, closed: &AssessmentRow) -> Result<(), TestCaseError> {
    counts("records", Some(open.records), Some(closed.records))?;
    for (open, closed) in open.figures.iter().zip(&closed.figures) {
        within(&open.measure, (open.low, open.high), (closed.low, closed.high))?;
        counts(&open.measure, open.holds, closed.holds)?;
        counts(&open.measure, open.of, closed.of)?;
        if let (Some(open), Some(closed)) = (&open.target, &closed.target) {
            counts("needed", open.needed, closed.needed)?;
            let settled = matches!(open.status, Reached::Reached | Reached::Missed);
            prop_assert!(!settled || open.status == closed.status || closed.status == Reached::Unknown, "{:?} became {:?}", open.status, closed.status);
        }
    }
    for (open, closed) in open.points.iter().zip(&closed.points) {
        within(&open.score, (open.low, open.high), (closed.low, closed.high))?;
        if let (Some(open), Some(closed)) = (&open.estimate, &closed.estimate) {
            within("estimate", (open.low, open.high), (closed.low, closed.high))?;
        }
    }
    let (Some(open), Some(closed)) = (&open.total, &closed.total) else { return Ok(()) };
    within("total", (open.low, open.high), (closed.low, closed.high))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever missing facts turn out to be, every figure lies within the bounds that were told, and what was sure stays so.
    #[test]
    fn bounds_hold_under_every_completion(
        choices in prop::collection::vec((prop::collection::vec(any::<u8>(), 6), prop::collection::vec(any::<u8>(), 6)), 0..7),
    ) {
        let open: Vec<Json> = choices.iter().enumerate().map(|(number, (told, _))| record(number, told, &[])).collect();
        let closed: Vec<Json> = choices.iter().enumerate().map(|(number, (told, rest))| record(number, told, rest)).collect();
        let (open, closed) = (assessed(&open), assessed(&closed));
        prop_assert_eq!(&closed.problems, &vec![]);
        for (open, closed) in open.tables.iter().zip(&closed.tables) {
            for row in &open.rows {
                if let Some(completed) = closed.rows.iter().find(|other| other.groups == row.groups) {
                    row_within(row, completed)?;
                }
            }
        }
        for (open, closed) in open.lists.iter().zip(&closed.lists) {
            let certain = |row: &Option<String>, rows: &[thutuc::wire::AssessmentListed]| rows.iter().any(|other| other.record == *row && other.certain);
            for row in open.rows.iter().filter(|row| row.certain) {
                prop_assert!(certain(&row.record, &closed.rows), "{:?} left `{}`", row.record, open.id);
            }
            for row in &closed.rows {
                prop_assert!(open.rows.iter().any(|other| other.record == row.record), "{:?} came to `{}`", row.record, open.id);
            }
        }
    }

    /// Changing the records that a goal chooses reaches its target, whatever the others are.
    #[test]
    fn the_chosen_records_reach_the_target(
        choices in prop::collection::vec((prop::collection::vec(any::<u8>(), 6), prop::collection::vec(any::<u8>(), 6)), 1..7),
    ) {
        // Whether a record counts must be known: then as many candidates are there as are needed.
        let told: Vec<Vec<u8>> = choices.iter().map(|(told, _)| told.iter().enumerate().map(|(at, one)| if at == 4 { *one } else { one / 4 * 3 + 1 }).collect()).collect();
        let open: Vec<Json> = told.iter().enumerate().map(|(number, told)| record(number, told, &[])).collect();
        let report = assessed(&open);
        let goal = &report.goals[0];
        for row in &report.tables[0].rows {
            let need = row.goals[0].as_ref().unwrap();
            let chosen: Vec<&str> = need.chosen.iter().map(|place| goal.candidates[*place as usize].record.as_deref().unwrap()).collect();
            prop_assert_eq!(need.needed.unwrap().most, chosen.len() as u64);
            let changed: Vec<Json> = choices.iter().enumerate().map(|(number, (_, rest))| {
                let mut record = record(number, &told[number], rest);
                if chosen.contains(&record["id"].as_str().unwrap()) {
                    record["file.good"] = json!(true);
                }
                record
            }).collect();
            let after = assessed(&changed);
            let standing = after.tables[0].rows[0].figures[3].target.clone().unwrap();
            prop_assert!(matches!(standing.status, Reached::Reached | Reached::Unknown), "{standing:?}");
        }
    }
}

#[test]
fn the_sample_catalogue_is_counted() {
    let report = of_file("portfolio", "catalogue.jsonl");
    assert_eq!((report.records, report.tables.len()), (8, 4));
    let all = &report.tables[0].rows[0];
    // 5 are online; of T.006 the ways are not told, of T.007 one way is none that is known.
    let online = &all.figures[0];
    assert_eq!((online.holds, online.undecided), (Some(AssessmentBounds { least: 4, most: 6 }), 2));
    assert_eq!(online.because.iter().map(|cause| (cause.fact.as_deref(), cause.records)).collect::<Vec<_>>(), [(Some("procedure.channels"), 2)]);
    assert_eq!((online.low.unwrap().to_string(), online.high.unwrap().to_string()), ("50".to_owned(), "75".to_owned()));
    assert_eq!(online.target.as_ref().map(|standing| (standing.status, standing.needed)), Some((Reached::Missed, Some(AssessmentBounds { least: 1, most: 3 }))));
    // T.001 is end to end, T.002 is not; the rest is not told, or not even online.
    let full = &all.figures[1];
    assert_eq!((full.holds, full.undecided), (Some(AssessmentBounds { least: 1, most: 5 }), 4));
    assert_eq!(report.problems.len(), 1);
    assert_eq!((report.problems[0].fact.as_str(), report.problems[0].first), ("procedure.channels[1]", 7));
    // The level of T.008 is not told: it may be at any.
    let levels: Vec<(&str, u64, u64)> = report.tables[1].rows.iter().map(|row| (row.groups[0].label.as_str(), row.records.least, row.records.most)).collect();
    assert_eq!(levels, [("Ministry", 2, 3), ("Province", 5, 6), ("Commune", 3, 4)]);
    // By post before in person only; a fee counts.
    let order: Vec<(&str, Option<String>)> = report.goals[0].candidates.iter().map(|one| (one.record.as_deref().unwrap(), one.effort.map(|effort| effort.to_string()))).collect();
    assert_eq!(order, [("T.005", Some("3".to_owned())), ("T.004", Some("4".to_owned())), ("T.006", None), ("T.007", None)]);
}

#[test]
fn the_law_on_apologies_is_that_of_the_day_a_case_is_due() {
    let report = of_file("index_766", "cases.csv");
    let list = |id: &str| {
        let list = report.lists.iter().find(|list| list.id == id).unwrap();
        list.rows.iter().map(|row| (row.record.as_deref().unwrap(), row.certain, row.values.last().unwrap().as_deref())).collect::<Vec<_>>()
    };
    assert_eq!(list("late").iter().map(|row| row.0).collect::<Vec<_>>(), ["A-0002", "A-0003", "B-0002", "B-0003", "B-0005"]);
    // Until June 2025 a day before; then the article has not been read, but for linked services from September 2026.
    assert_eq!(list("apologies"), [("A-0002", true, Some("2025-06-11")), ("B-0002", false, None), ("B-0003", true, None), ("B-0005", false, None)]);
    assert_eq!(list("reappointed"), [("A-0003", true, Some("2")), ("B-0002", false, Some("1"))]);
    let cited: Vec<&str> = report.lists[1].citations.iter().map(|cited| &*cited.instrument).collect();
    assert_eq!(cited, ["766/QĐ-TTg", "61/2018/NĐ-CP", "118/2025/NĐ-CP", "63/2024/NĐ-CP"]);
}

#[test]
fn points_that_no_law_gives_are_bounds_and_an_estimate_says_so() {
    let report = of_file("index_766", "cases.csv");
    let row = &report.tables[1].rows[0];
    assert_eq!(row.groups.iter().map(|group| group.label.as_str()).collect::<Vec<_>>(), ["UBND xã An Bình", "2025-06"]);
    let timeliness = &row.points[1];
    let text = |number: Option<Decimal>| number.unwrap().to_string();
    assert_eq!((text(timeliness.low), text(timeliness.high)), ("0".to_owned(), "20".to_owned()));
    assert_eq!(text(timeliness.estimate.as_ref().unwrap().low), "6.6667");
    let total = row.total.as_ref().unwrap();
    assert_eq!(text(total.max), "100", "the groups sum to 100");
    assert_eq!(total.classes, [Some("weak".to_owned()), Some("excellent".to_owned())]);
    assert!(report.scores.iter().all(|score| score.unknown.is_some()), "no formula of points is presented as law");
    assert!(report.scores.iter().all(|score| !score.citations.is_empty()));
}

#[test]
fn points_by_formula_follow_the_measures() {
    let of = |good: &[bool]| {
        let records: Vec<Json> = good.iter().map(|good| json!({"id": "x", "file.due": "2027-01-01", "file.done": null, "ways": [], "file.fee": 1, "file.good": good, "submission.channel": "online"})).collect();
        let points = &assessed(&records).tables[0].rows[0].points[0];
        assert_eq!(points.low, points.high);
        points.low.unwrap().to_string()
    };
    assert_eq!(of(&[true, true, true, false]), "15");
    assert_eq!(of(&[true, false]), "5");
}

#[test]
fn mistakes_are_told() {
    let wrong = |id: &str, by: Option<Vec<Vec<String>>>, text: &str, format| {
        assessment_of_text(rules(), &AssessmentRequest { by, ..request(id) }, text, format).unwrap_err().to_string()
    };
    assert_eq!(wrong("portfolios", None, "", RecordFormat::JsonLines), "the pack has no assessment `portfolios`; did you mean `portfolio`?");
    let by = Some(vec![vec!["levle".to_owned()]]);
    assert_eq!(wrong("portfolio", by, "", RecordFormat::JsonLines), "the assessment has no dimension `levle`; did you mean `level`?");
    assert_eq!(wrong("portfolio", None, "{}\n[1]", RecordFormat::JsonLines), "line 2 is no JSON object: something else stands there");
    assert_eq!(wrong("portfolio", None, "code\na,b", RecordFormat::Csv), "line 2 has 2 cells under 1 columns");
    let early = AssessmentRequest { as_of: Date::parse("2020-01-01").unwrap(), ..request("portfolio") };
    let error = assessment_of_text(rules(), &early, "{}", RecordFormat::JsonLines).unwrap_err();
    assert!(matches!(error, AssessmentError::Undecided(_)), "{error}");
    assert_eq!(assessment_of_text(rules(), &request("portfolio"), "", RecordFormat::Csv).unwrap_err(), AssessmentError::Records(BadRecords::Nothing));
}

#[test]
fn no_records_are_no_shares() {
    let report = assessed(&[]);
    let good = &report.tables[0].rows[0].figures[3];
    assert_eq!((good.low, good.high, good.target.as_ref().unwrap().status), (None, None, Reached::Unknown));
    assert_eq!(report.tables[1].rows.len(), 0);
}

#[test]
fn a_page_stands_by_itself() {
    let report = of_file("portfolio", "catalogue.jsonl");
    for language in [Language::Vi, Language::En] {
        let page = assessment_page(&report, language);
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<svg "));
        assert!(!page.contains("http") && !page.contains("<script"), "nothing is fetched");
        assert_eq!(page.matches("<table>").count(), page.matches("</table>").count());
    }
}

/// The real catalogue, where there is one.
#[test]
fn the_real_catalogue() {
    let Some(path) = std::env::var_os("THUTUC_CATALOGUE") else {
        eprintln!("skipped: THUTUC_CATALOGUE names no catalogue of procedures");
        return;
    };
    let text = std::fs::read_to_string(&path).unwrap();
    let report = assessment_of_text(rules(), &request("portfolio"), &text, RecordFormat::JsonLines).unwrap();
    let all = &report.tables[0].rows[0];
    assert_eq!(report.records, 2_642);
    assert_eq!(report.problems, []);
    let online = &all.figures[0];
    assert_eq!((online.holds, online.undecided), (Some(AssessmentBounds { least: 2_117, most: 2_117 }), 0));
    assert_eq!(online.low.and_then(|low| low.round(1, thutuc::value::Rounding::HalfEven)).unwrap().to_string(), "80.1");
    assert_eq!(online.target.as_ref().map(|standing| (standing.status, standing.needed)), Some((Reached::Reached, Some(AssessmentBounds { least: 0, most: 0 }))));
    // The catalogue does not say which are end to end: between none and all of those online.
    let full = &all.figures[1];
    assert_eq!((full.holds, full.undecided), (Some(AssessmentBounds { least: 0, most: 2_117 }), 2_117));
    assert_eq!(full.target.as_ref().map(|standing| (standing.status, standing.needed)), Some((Reached::Open, Some(AssessmentBounds { least: 0, most: 2_114 }))));
    assert_eq!(full.because.iter().map(|cause| cause.fact.as_deref()).collect::<Vec<_>>(), [Some("procedure.online_service")]);
    // Counted another way: by reading the lines as JSON.
    let lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for row in &report.tables[2].rows {
        let of_agency: Vec<&Json> = lines.iter().filter(|line| line["ministry"].as_str() == row.groups[0].id.as_deref()).collect();
        let is_online = |line: &&&Json| line["ways"].as_array().unwrap().iter().any(|way| way["channel"] == "online");
        let (of, online) = (of_agency.len() as u64, of_agency.iter().filter(is_online).count() as u64);
        assert_eq!(row.figures[0].holds, Some(AssessmentBounds { least: online, most: online }));
        let needed = (of * 80).div_ceil(100).saturating_sub(online);
        assert_eq!(row.goals[0].as_ref().and_then(|need| need.needed), Some(AssessmentBounds { least: needed, most: needed }), "{:?}", row.groups);
        assert_eq!(row.goals[0].as_ref().map(|need| need.chosen.len() as u64), Some(needed));
    }
}
