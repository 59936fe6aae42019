//! First rule files: an example to fill in, a record of a catalogue, a whole catalogue as one pack.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use thutuc::compile::{Built, build};
use thutuc::diagnostics::{Severity, render};
use thutuc::source::{Cases, Source, SourceMap, rule_files};
use thutuc::wire::decide_json;

use crate::harness::{Folder, here, thutuc, within};

#[test]
fn an_example_to_fill_in() {
    let run = thutuc("new 9.000003");
    assert!(run.code == 0 && run.out.contains("procedure: \"9.000003\"") && run.err.is_empty());
    let folder = Folder::with_pack("new", "pack.yaml", &[]);
    let file = folder.0.join("pack/9.000003.yaml");
    assert_eq!(within(&folder.0, "new 9.000003 --into pack").code, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), run.out);
    let again = within(&folder.0, "new 9.000003 --into pack");
    assert!(again.code == 2 && again.err.contains("9.000003.yaml"), "a file is never written over: {}", again.err);
    // The one thing it cannot have is an instrument: with it, it is a procedure like others.
    let check = within(&folder.0, "--rules pack check --format json");
    let problems: Vec<Value> = serde_json::from_str(&check.out).unwrap();
    assert!(!problems.is_empty() && problems.iter().all(|one| one["code"] == "unknown-instrument"), "{}", check.out);
    fs::write(folder.0.join("pack/todo.yaml"), "instruments:\n  TODO-INSTRUMENT: { title: { vi: Chưa rõ, en: Unknown }, from: unknown }\n").unwrap();
    assert_eq!(within(&folder.0, "--rules pack check --format json").out, "[]\n");
}

#[test]
fn a_record_of_a_catalogue() {
    insta::assert_snapshot!(thutuc("new 9.100001 --from-catalogue catalogue.jsonl").shown());
    insta::assert_snapshot!(thutuc("new 9.100002 --from-catalogue catalogue.jsonl --since 2026-01-01").out);
    assert_eq!(thutuc("new 9.9 --from-catalogue catalogue.jsonl").code, 2);
    assert_eq!(thutuc("new 9.100001 --from-catalogue no-such-file").code, 2);
    assert_eq!(thutuc("new 9.100001 --from-catalogue catalogue.jsonl --since yesterday").code, 2);
    assert_eq!(thutuc("new --all --from-catalogue catalogue.jsonl").code, 2);
    // Into a pack that has everything but the instrument and the vocabulary of the catalogue.
    let folder = Folder::with_pack("record", "pack.yaml", &[]);
    let catalogue = here().join("catalogue.jsonl");
    let run = within(&folder.0, &format!("new 9.100001 --from-catalogue {} --into pack --format json", catalogue.display()));
    assert_eq!(run.code, 0, "{}", run.err);
    let check = within(&folder.0, "--rules pack check --format json");
    assert_eq!(check.code, 0, "{}", check.out);
}

#[test]
fn a_catalogue_as_one_pack() {
    let folder = Folder::empty("every");
    let every = folder.0.join("every");
    let run = thutuc(&format!("new --all --from-catalogue catalogue.jsonl --into {}", every.display()));
    assert_eq!(run.code, 0, "{}", run.err);
    let check = within(&here(), &format!("check --rules {}", every.display()));
    assert!(check.code == 0 && check.out.ends_with("no problems\n"), "{}", check.out);
    let decided = decides_every_record(&every, &here().join("catalogue.jsonl"));
    // 9.100001 online and in person; 9.100002 in person and by post; 9.100003 online and by post.
    assert_eq!(decided, Decided { cases: 6, fees: 3, days: 4 });
}

#[test]
fn the_national_catalogue() {
    let Some(catalogue) = std::env::var_os("THUTUC_CATALOGUE") else {
        // Past the capture of output: that it was not run should be seen.
        writeln!(std::io::stderr(), "the_national_catalogue: skipped, THUTUC_CATALOGUE does not name a catalogue of procedures").unwrap();
        return;
    };
    let folder = Folder::empty("national");
    let every = folder.0.join("every");
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let line = format!("new --all --from-catalogue {} --into {} --rules {}", Path::new(&catalogue).display(), every.display(), rules.display());
    let run = within(&here(), &line);
    assert_eq!(run.code, 0, "{}", run.err);
    let decided = decides_every_record(&every, Path::new(&catalogue));
    assert!(decided.cases > 6_000 && decided.fees > 5_000 && decided.days > 5_000, "{decided:?}");
}

/// How many cases were decided, and how many of them with a known fee and a known day.
#[derive(Debug, PartialEq, Eq)]
struct Decided {
    cases: usize,
    fees: usize,
    days: usize,
}

/// Decides each record by each of its channels: what it states alone is the answer, what it does not is open with its words.
fn decides_every_record(pack: &Path, catalogue: &Path) -> Decided {
    let built = compiled(pack);
    let compiled = built.compiled.unwrap();
    let mut decided = Decided { cases: 0, fees: 0, days: 0 };
    let records = fs::read_to_string(catalogue).unwrap();
    let records: Vec<Value> = records.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for record in &records {
        let mut by_channel: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        record["ways"].as_array().unwrap().iter().for_each(|way| by_channel.entry(way["channel"].as_str().unwrap()).or_default().push(way));
        for (channel, ways) in by_channel.iter().filter(|(channel, _)| ["online", "in_person", "post"].contains(channel)) {
            let request = json!({ "procedure": record["code"], "asOf": "2026-11-02", "facts": { "submission.channel": channel } });
            let decision: Value = serde_json::from_str(&decide_json(&compiled, &request.to_string()).unwrap()).unwrap();
            decided.cases += 1;
            assert_ne!(decision["outcome"], "accept", "what is not written yet accepts nobody: {decision}");
            let (fees, deadline) = (&decision["fees"], &decision["deadline"]);
            if let Some(total) = fees["total"].as_i64() {
                assert!(ways.iter().all(|way| way["fee"].as_str() == Some(&*total.to_string())), "{total}: {record}");
                decided.fees += 1;
            } else {
                assert!(open_with_words(&decision, "fees."), "{decision}");
            }
            if deadline["dueOn"].is_string() || deadline["dueAt"].is_string() {
                assert!(ways.iter().all(|way| way["period"] == ways[0]["period"] && way["period"]["unit"].is_string()), "{record}");
                decided.days += 1;
            } else {
                assert!(open_with_words(&decision, "deadline"), "{decision}");
            }
        }
    }
    decided
}

/// A part that is open says why: the catalogue's own words, or that it states nothing.
fn open_with_words(decision: &Value, part: &str) -> bool {
    decision["gaps"].as_array().unwrap().iter().any(|gap| {
        let needed = gap["neededBy"].as_array().unwrap().iter().any(|by| by.as_str().unwrap().starts_with(part));
        needed && gap["message"].as_str().unwrap().starts_with("Danh mục ")
    })
}

fn compiled(pack: &Path) -> Built {
    let mut sources = SourceMap::default();
    for file in rule_files(pack, Cases::Read).unwrap() {
        sources.add(Source::new(file.display().to_string(), fs::read_to_string(&file).unwrap()));
    }
    let built = build(&sources, &[]);
    let errors: Vec<String> = built.diagnostics.iter().filter(|one| one.severity() == Severity::Error).map(|one| render(one, &sources)).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    built
}
