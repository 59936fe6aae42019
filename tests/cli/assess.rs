//! `thutuc assess` over the sample records, with the assessments of the repository.

use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use crate::harness::within;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

const PORTFOLIO: &str = "assess portfolio --records tests/assessment/catalogue.jsonl --as-of 2026-11-28";
const INDEX: &str = "assess index_766 --records tests/assessment/cases.csv --as-of 2026-11-28";

#[test]
fn reports_are_drawn() {
    let run = within(&root(), PORTFOLIO);
    assert_eq!(run.code, 1, "a way of filing that is none is told");
    assert_snapshot!(run.shown());
    let run = within(&root(), &format!("{INDEX} --lang en"));
    assert_eq!(run.code, 0);
    assert_snapshot!(run.shown());
}

#[test]
fn tables_are_chosen() {
    let run = within(&root(), &format!("{PORTFOLIO} --by agency,level --format json"));
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let dimensions: Vec<String> = report["tables"].as_array().unwrap().iter().map(|table| table["dimensions"].to_string()).collect();
    assert_eq!(dimensions, ["[]", r#"["agency","level"]"#]);
}

#[test]
fn a_page_is_written() {
    let run = within(&root(), &format!("{INDEX} --format html"));
    assert!(run.out.starts_with("<!DOCTYPE html>") && run.out.contains("<svg") && run.out.ends_with("</html>\n"));
}

#[test]
fn mistakes_are_told() {
    let told = |line: &str| {
        let run = within(&root(), line);
        (run.code, run.err)
    };
    let unknown = "thutuc: the pack has no assessment `portfolo`; did you mean `portfolio`?\n".to_owned();
    assert_eq!(told("assess portfolo --records tests/assessment/catalogue.jsonl --as-of 2026-11-28"), (2, unknown));
    let dimension = "thutuc: the assessment has no dimension `levl`; did you mean `level`?\n".to_owned();
    assert_eq!(told(&format!("{PORTFOLIO} --by levl")), (2, dimension));
    let format = "thutuc: README.md: records are read from .parquet, .jsonl, .ndjson or .csv\n".to_owned();
    assert_eq!(told("assess portfolio --records README.md --as-of 2026-11-28"), (2, format));
    assert_eq!(told("assess portfolio --records none.jsonl --as-of 2026-11-28").0, 2);
    let early = "thutuc: procedure portfolio has no rules on 2020-01-01: they begin on 2024-04-03\n".to_owned();
    assert_eq!(told("assess portfolio --records tests/assessment/catalogue.jsonl --as-of 2020-01-01"), (1, early));
    let (code, problem) = told("assess portfolo --records tests/assessment/catalogue.jsonl --as-of 2026-11-28 --format json");
    let problem: serde_json::Value = serde_json::from_str(&problem).unwrap();
    assert_eq!((code, problem["code"].as_str(), problem["near"].as_str()), (2, Some("unknown-assessment"), Some("portfolio")));
}
