//! Populations and simulations, on the rules of the repository and the example of a reform.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::harness::{Folder, within};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

const REFORM: &str = "--jurisdiction ha_noi --reform examples/reform --as-of 2026-12-03";
const OF: &str = "--seed 7 --profile examples/reform/population.json";

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

fn table<'v>(view: &'v serde_json::Value, name: &str) -> &'v Vec<serde_json::Value> {
    let tables = view["tables"].as_array().unwrap();
    tables.iter().find(|table| table["name"] == name).unwrap()["rows"].as_array().unwrap()
}

#[test]
fn a_population_is_the_same_again() {
    let line = format!("population 1.004222 --count 20 {OF} --as-of 2026-12-03");
    let run = within(&root(), &line);
    assert_eq!((run.code, &*run.err, run.out.lines().count()), (0, "", 20));
    assert_eq!(run.out, within(&root(), &line).out);
    assert_ne!(run.out, within(&root(), &line.replace("--seed 7", "--seed 8")).out);
    insta::assert_snapshot!(within(&root(), &line.replace("--count 20", "--count 2")).shown());
}

#[test]
fn what_is_written_is_read_again() {
    let folder = Folder::empty("simulate-round");
    let file = |name: &str| folder.0.join(name).display().to_string();
    for name in ["cases.jsonl", "cases.csv", "cases.parquet"] {
        let run = within(&root(), &format!("population 1.004222 --count 500 {OF} --as-of 2026-12-03 -o {}", file(name)));
        assert_eq!((run.code, &*run.err), (0, ""));
    }
    let drawn = within(&root(), &format!("simulate 1.004222 --population 500 {OF} {REFORM} --format json"));
    for name in ["cases.jsonl", "cases.csv", "cases.parquet"] {
        let read = within(&root(), &format!("simulate 1.004222 --cases {} {REFORM} --format json", file(name)));
        assert_eq!((read.code, &*read.err), (0, ""), "{name}");
        let (read, drawn) = (json(&read.out), json(&drawn.out));
        // Parquet does not tell null from what is not told: samples show the one for the other.
        for of in ["summary", "outcomes", "fees", "distribution", "documents", "deadlines", "changed"] {
            assert_eq!(table(&read, of), table(&drawn, of), "{name} {of}");
        }
    }
}

#[test]
fn a_comparison_is_drawn() {
    let run = within(&root(), &format!("simulate 1.004222 --population 2000 {OF} {REFORM} --lang en"));
    insta::assert_snapshot!(run.shown());
}

#[test]
fn groups_and_weights_add_up() {
    let folder = Folder::empty("simulate-by");
    let cases = folder.0.join("cases.csv");
    within(&root(), &format!("population 1.004222 --count 300 {OF} --as-of 2026-12-03 -o {}", cases.display()));
    let text = fs::read_to_string(&cases).unwrap();
    let lines: Vec<String> = text.lines().enumerate().map(|(at, line)| match at {
        0 => format!("district,weight,{line}"),
        at => format!("{},{}.5,{line}", ["Ba Đình", "Hoàn Kiếm", ""][at % 3], at % 2),
    }).collect();
    fs::write(&cases, lines.join("\n")).unwrap();
    let run = within(&root(), &format!("simulate 1.004222 --cases {} {REFORM} --by district --by submission.channel --weights weight --format json", cases.display()));
    assert_eq!((run.code, &*run.err), (0, ""));
    let view = json(&run.out);
    assert_eq!(view["by"], serde_json::json!(["district", "submission.channel"]));
    let outcomes = table(&view, "outcomes");
    let cases: i64 = outcomes.iter().map(|row| row[4].as_i64().unwrap()).sum();
    assert_eq!(cases, 300);
    let weight: f64 = outcomes.iter().map(|row| row[5].as_str().unwrap().parse::<f64>().unwrap()).sum();
    assert!((weight - 300.0).abs() < 1e-6, "{weight}");
    assert!(outcomes.iter().any(|row| row[0].is_null()) && outcomes.iter().any(|row| row[0] == "Ba Đình"));
}

#[test]
fn reports_stand_alone() {
    let folder = Folder::empty("simulate-report");
    let page = folder.0.join("report.html");
    let run = within(&root(), &format!("simulate 1.004222 --population 500 {OF} {REFORM} -o {}", page.display()));
    assert_eq!((run.code, &*run.err), (0, ""));
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.starts_with("<!doctype html>") && html.contains("<svg"));
    for fetched in ["http:", "https:", "src=", "<script", "@import", "url("] {
        assert!(!html.contains(fetched), "{fetched}");
    }
    let tables = folder.0.join("tables");
    within(&root(), &format!("simulate 1.004222 --population 500 {OF} {REFORM} -o {}", tables.display()));
    let changed = fs::read_to_string(tables.join("changed.csv")).unwrap();
    assert!(changed.starts_with("part,before,after,effect,cases,fee_difference,working_days_gained,law\n"), "{changed}");
    assert!(changed.contains("EXAMPLE/NQ-HĐND-HN"));
}

/// The cells of rows without those of the group, added up by the cells that are no numbers.
fn added_up(rows: &[serde_json::Value], by: usize) -> std::collections::BTreeMap<String, Vec<i64>> {
    let mut all = std::collections::BTreeMap::new();
    for row in rows {
        let (cells, mut numbers) = (&row.as_array().unwrap()[by..], Vec::new());
        let name: Vec<String> = cells.iter().filter(|cell| !cell.is_i64()).map(ToString::to_string).collect();
        numbers.extend(cells.iter().filter_map(serde_json::Value::as_i64));
        let sums: &mut Vec<i64> = all.entry(name.join(" ")).or_insert_with(|| vec![0; numbers.len()]);
        sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
    }
    all
}

#[test]
fn groups_of_a_population_add_up_to_it() {
    let line = format!("simulate 1.004222 --population 20000 {OF} {REFORM} --format json");
    let whole = json(&within(&root(), &line).out);
    let run = within(&root(), &format!("{line} --by submission.channel --by residence.basis"));
    assert_eq!((run.code, &*run.err), (0, ""));
    let grouped = json(&run.out);
    for name in ["summary", "outcomes", "fees", "documents"] {
        let (of, all) = (table(&grouped, name), table(&whole, name));
        assert!(of.len() > all.len(), "{name}");
        let there = |rows: std::collections::BTreeMap<String, Vec<i64>>| rows.into_iter().filter(|(_, sums)| sums.iter().any(|sum| *sum != 0)).collect::<Vec<_>>();
        assert_eq!(there(added_up(of, 2)), there(added_up(all, 0)), "{name}");
    }
    // However many threads there are.
    let alone = within(&root(), &format!("{line} --by submission.channel --by residence.basis --threads 1"));
    assert_eq!(alone.out, run.out);
}

#[test]
fn suppositions_are_swept_by_groups() {
    let line = format!("simulate 1.004222 --population 1000 {OF} --as-of 2026-12-03 --sweep min_area=8,10,20 --format json");
    let (whole, grouped) = (json(&within(&root(), &line).out), json(&within(&root(), &format!("{line} --by residence.basis")).out));
    assert_eq!(grouped["columns"][1]["name"], "residence.basis");
    let (whole, grouped) = (whole["rows"].as_array().unwrap(), grouped["rows"].as_array().unwrap());
    assert_eq!(whole.len(), 3);
    for row in whole {
        let of: Vec<_> = grouped.iter().filter(|one| one[0] == row[0]).collect();
        assert!(of.len() > 1);
        for at in 1..row.as_array().unwrap().len() {
            assert_eq!(of.iter().map(|one| one[at + 1].as_i64().unwrap()).sum::<i64>(), row[at].as_i64().unwrap(), "{row} {at}");
        }
    }
}

#[test]
fn a_workbook_has_a_sheet_a_table() {
    let folder = Folder::empty("simulate-workbook");
    let (book, tables) = (folder.0.join("report.xlsx"), folder.0.join("tables"));
    for out in [&book, &tables] {
        let run = within(&root(), &format!("simulate 1.004222 --population 500 {OF} {REFORM} -o {}", out.display()));
        assert_eq!((run.code, &*run.err), (0, ""));
    }
    let mut book: Xlsx<_> = open_workbook(&book).unwrap();
    let mut numbers = 0;
    for name in book.sheet_names() {
        let sheet = book.worksheet_range(&name).unwrap();
        numbers += sheet.used_cells().filter(|(_, _, cell)| matches!(cell, Data::Float(_))).count();
        let mut csv = csv_rows(&fs::read_to_string(tables.join(&name).with_extension("csv")).unwrap());
        for row in sheet.rows() {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            assert_eq!(Some(cells), csv.next(), "{name}");
        }
        assert_eq!(csv.next(), None, "{name}");
    }
    assert!(numbers > 20, "numbers are numbers: {numbers}");
    let swept = folder.0.join("sweep.xlsx");
    within(&root(), &format!("simulate 1.004222 --population 100 {OF} --as-of 2026-12-03 --sweep min_area=8,10 -o {}", swept.display()));
    let mut swept: Xlsx<_> = open_workbook(&swept).unwrap();
    assert_eq!(swept.worksheet_range("sweep").unwrap().height(), 3);
}

/// The rows of a CSV file.
fn csv_rows(text: &str) -> impl Iterator<Item = Vec<String>> + use<> {
    let (mut rows, mut row, mut cell, mut inside) = (Vec::new(), Vec::new(), String::new(), false);
    for letter in text.chars() {
        match letter {
            '"' => inside = !inside,
            ',' if !inside => row.push(std::mem::take(&mut cell)),
            '\n' if !inside => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    rows.into_iter()
}

#[test]
fn suppositions_are_swept() {
    let run = within(&root(), &format!("simulate 1.004222 --population 1000 {OF} --as-of 2026-12-03 --sweep min_area=8,10,20 --lang en"));
    insta::assert_snapshot!(run.shown());
    let one = within(&root(), &format!("simulate 1.004222 --population 1000 {OF} --as-of 2026-12-03 --set min_area=8 --format json"));
    assert_eq!(table(&json(&one.out), "changed").len(), 0);
}

#[test]
fn mistakes_are_told() {
    let told = |line: &str, code: i32, wanted: &str| {
        let run = within(&root(), line);
        assert_eq!(run.code, code, "{line}: {}", run.err);
        assert!(run.err.contains(wanted), "{line}: {}", run.err);
    };
    told("simulate 1.004222 --population 10", 2, "nothing is reformed");
    told("simulate 1.004222 --population 10 --reform no_such_draft", 2, "the pack has no draft amendment `no_such_draft`");
    told("simulate 1.004222 --population 10 --set min_aera=6", 2, "no parameter `min_aera` in the pack; did you mean `min_area`?");
    told("simulate 1.004222 --population 10 --set min_area=wide", 1, "the rules have");
    told("simulate 1.004222 --population 10 --set min_area=6 --by residence.bassis", 2, "did you mean `residence.basis`?");
    told("simulate 1.004222 --cases none.csv --set min_area=6", 2, "none.csv");
    told("simulate 1.004222 --cases none.xls --set min_area=6", 2, "ends in `.parquet`, `.jsonl` or `.csv`");
    let folder = Folder::empty("simulate-wrong");
    let file = folder.0.join("cases.csv");
    fs::write(&file, "residence.bassis\nown\n").unwrap();
    told(&format!("simulate 1.004222 --cases {} --set min_area=6", file.display()), 2, "did you mean `residence.basis`?");
    fs::write(&file, "residence.basis,residence.area_per_person\nown,-3\nhired,9\n").unwrap();
    told(&format!("simulate 1.004222 --cases {} --set min_area=6", file.display()), 1, "2 facts did not fit");
}
