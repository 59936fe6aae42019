//! Every rule of the pack is held by a worked case: take out a table row, a reduction, a condition or a document, and a
//! case must fail.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use thutuc::check::check;
use thutuc::compile::compile;
use thutuc::model::{DefinitionBody, FeeBase, Pack, Table, read};
use thutuc::source::{Source, SourceMap, Span, Spanned};
use thutuc::wire::run_case;

/// The pack of the repository, cut to one procedure with what it needs.
fn packs() -> Vec<Pack> {
    let mut files: Vec<PathBuf> = Vec::new();
    yaml_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules"), &mut files);
    let mut sources = SourceMap::default();
    for file in files {
        sources.add(Source::new(file.display().to_string(), fs::read_to_string(&file).unwrap()));
    }
    let whole = read(&sources).value;
    let of = |procedure: &thutuc::model::Procedure| {
        let code = &procedure.code.value;
        Pack {
            header: whole.header.clone(),
            instruments: whole.instruments.clone(),
            calendar: whole.calendar.clone(),
            vocabularies: whole.vocabularies.clone(),
            procedures: vec![procedure.clone()],
            amendments: whole.amendments.iter().filter(|one| one.procedure.value == *code).cloned().collect(),
            cases: whole.cases.iter().filter(|one| one.procedure.value == *code).cloned().collect(),
        }
    };
    whole.procedures.iter().map(of).collect()
}

fn yaml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            yaml_files(&entry, files);
        } else if entry.extension().is_some_and(|extension| extension == "yaml") {
            files.push(entry);
        }
    }
}

/// Whether every worked case passes. A pack that no longer checks fails them all.
fn all_pass(pack: &Pack) -> bool {
    let Some(typed) = check(pack, &[]).pack else { return false };
    let compiled = compile(&typed);
    let passes = |file, case| run_case(&compiled, file, case).is_ok_and(|result| result.mismatches.is_empty());
    pack.cases.iter().all(|file| file.cases.iter().all(|case| passes(file, case)))
}

/// The tables of a procedure: how to get at each, and what to call it.
type Reach = Box<dyn Fn(&mut Pack) -> &mut Table>;

fn tables(pack: &Pack) -> Vec<(String, Reach)> {
    let mut all: Vec<(String, Reach)> = Vec::new();
    for (at, fee) in pack.procedures[0].fees.iter().enumerate() {
        if let FeeBase::Table(_) = fee.base {
            all.push((format!("fees.{}", fee.id.value), Box::new(move |pack| match &mut pack.procedures[0].fees[at].base {
                FeeBase::Table(table) => table,
                _ => unreachable!(),
            })));
        }
    }
    for (at, definition) in pack.procedures[0].definitions.iter().enumerate() {
        if let DefinitionBody::Table(_) = definition.body {
            all.push((format!("definitions.{}", definition.name.value), Box::new(move |pack| match &mut pack.procedures[0].definitions[at].body {
                DefinitionBody::Table(table) => table,
                _ => unreachable!(),
            })));
        }
    }
    all
}

#[test]
fn every_table_row_is_held_by_a_case() {
    let mut survivors = Vec::new();
    let mut rows = 0;
    for mut pack in packs() {
        assert!(all_pass(&pack), "{} fails as it is", pack.procedures[0].code.value);
        for (name, reach) in tables(&pack) {
            for at in 0..reach(&mut pack).rows.len() {
                let table = reach(&mut pack);
                let row = table.rows.remove(at);
                // Without it the checker would refuse the gap before any case is decided.
                let otherwise = table.otherwise.replace(Spanned::new("null".into(), Span::default()));
                rows += 1;
                if all_pass(&pack) {
                    let id = row.id.as_ref().map_or_else(|| (at + 1).to_string(), |id| id.value.to_string());
                    survivors.push(format!("{} {name} row {id}", pack.procedures[0].code.value));
                }
                let table = reach(&mut pack);
                table.otherwise = otherwise;
                table.rows.insert(at, row);
            }
        }
    }
    assert!(rows > 20, "only {rows} rows were tried");
    assert!(survivors.is_empty(), "no case fails without:\n{}", survivors.join("\n"));
}

#[test]
fn every_reduction_is_held_by_a_case() {
    let mut survivors = Vec::new();
    for mut pack in packs() {
        for fee in 0..pack.procedures[0].fees.len() {
            for at in 0..pack.procedures[0].fees[fee].reductions.len() {
                let reduction = pack.procedures[0].fees[fee].reductions.remove(at);
                if all_pass(&pack) {
                    survivors.push(format!("{} reduction {}", pack.procedures[0].code.value, reduction.id.value));
                }
                pack.procedures[0].fees[fee].reductions.insert(at, reduction);
            }
        }
    }
    assert!(survivors.is_empty(), "no case fails without:\n{}", survivors.join("\n"));
}

#[test]
fn every_condition_document_and_deadline_is_held_by_a_case() {
    let mut survivors = Vec::new();
    for mut pack in packs() {
        let code = pack.procedures[0].code.value.clone();
        for at in 0..pack.procedures[0].eligibility.len() {
            let condition = pack.procedures[0].eligibility.remove(at);
            if all_pass(&pack) {
                survivors.push(format!("{code} eligibility.{}", condition.id.value));
            }
            pack.procedures[0].eligibility.insert(at, condition);
        }
        for at in 0..pack.procedures[0].documents.len() {
            let document = pack.procedures[0].documents.remove(at);
            if all_pass(&pack) {
                survivors.push(format!("{code} documents.{}", document.id.value));
            }
            pack.procedures[0].documents.insert(at, document);
        }
        for at in 0..pack.procedures[0].deadline.len() {
            let deadline = pack.procedures[0].deadline.remove(at);
            if all_pass(&pack) {
                survivors.push(format!("{code} deadline.{}", deadline.id.value));
            }
            pack.procedures[0].deadline.insert(at, deadline);
        }
    }
    assert!(survivors.is_empty(), "no case fails without:\n{}", survivors.join("\n"));
}
