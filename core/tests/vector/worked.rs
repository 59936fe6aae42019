//! Vectors of the worked cases: every case as a whole decision, and by turns in English, as a verdict and fact by fact.

use std::path::Path;

use thutuc::compile::build;
use thutuc::eval::Moment;
use thutuc::model::{Case, CaseFile, Yaml, YamlKind};

use super::file::{File, Vector};
use super::tree::quoted;
use crate::reference::packs;

/// The files that the worked cases make.
pub fn files() -> Vec<File> {
    let sources = packs::sources(&packs::files(&packs::rules_folder()));
    let pack = build(&sources, &[]).pack;
    let file = |of: &CaseFile| {
        let source = sources.get(of.procedure.span.source).unwrap().name();
        let stem = Path::new(source).file_name().unwrap().to_string_lossy().trim_end_matches(".cases.yaml").to_owned();
        File {
            name: format!("cases/{stem}"),
            about: format!("The worked cases of rules/{source}. Written by `make vectors`."),
            pack: "rules".to_owned(),
            vectors: of.cases.iter().zip(0..).flat_map(|(case, at)| vectors(&of.procedure.value, case, at)).collect(),
        }
    };
    pack.cases.iter().map(file).collect()
}

fn vectors(procedure: &str, case: &Case, at: usize) -> Vec<Vector> {
    let id = &case.id.value;
    let facts: Vec<(String, String)> = case.facts.iter().map(|(name, value)| (name.value.to_string(), json(value))).collect();
    let told: Vec<String> = facts.iter().map(|(name, value)| format!("{}: {value}", quoted(name))).collect();
    let told = format!("\"facts\": {{{}}}", told.join(", "));
    let note = || case.name.to_string();
    let mut vectors = vec![Vector::new(id.to_string(), note(), "decide", &call(procedure, case, None, &told))];
    match at % 10 {
        1 => vectors.push(Vector::new(format!("{id}_in_english"), note(), "decide", &call(procedure, case, Some("en"), &told))),
        4 => vectors.push(Vector::new(format!("{id}_verdict"), note(), "verdict", &call(procedure, case, None, &told))),
        7 => {
            let steps: Vec<String> = facts.iter().map(|(name, value)| format!("{{\"set\": [{}, {value}]}}", quoted(name))).collect();
            let steps = format!("\"steps\": [{}]", steps.join(", "));
            vectors.push(Vector::new(format!("{id}_fact_by_fact"), note(), "session", &call(procedure, case, None, &steps)));
        }
        _ => {}
    }
    vectors
}

fn call(procedure: &str, case: &Case, lang: Option<&str>, last: &str) -> String {
    let mut members = vec![format!("\"procedure\": {}", quoted(procedure)), format!("\"asOf\": \"{}\"", case.as_of)];
    let opening = Moment::on(case.as_of).received;
    if thutuc::calendar::Stamp::of(&case.received_at).is_some_and(|received| received != opening) {
        members.push(format!("\"receivedAt\": \"{}\"", case.received_at));
    }
    members.extend(case.jurisdiction.as_ref().map(|jurisdiction| format!("\"jurisdiction\": {}", quoted(&jurisdiction.value))));
    members.extend(lang.map(|lang| format!("\"lang\": \"{lang}\"")));
    members.push(last.to_owned());
    format!("{{{}}}", members.join(", "))
}

/// YAML as JSON, its plain scalars as a case file means them.
fn json(yaml: &Yaml) -> String {
    match &yaml.kind {
        _ if yaml.is_null() => "null".to_owned(),
        YamlKind::Scalar { text, plain, .. } => match &**text {
            "true" | "false" if *plain => text.to_string(),
            number if *plain && serde_json::from_str::<serde_json::Number>(number).is_ok() => number.to_owned(),
            text => quoted(text),
        },
        YamlKind::Sequence(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        YamlKind::Mapping(entries) => {
            let members: Vec<String> = entries.iter().map(|(name, value)| format!("{}: {}", quoted(&name.value), json(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}
