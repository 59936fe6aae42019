//! Every rule of the pack is held by a worked case: take out a table row, a reduction, a condition, a document or a
//! deadline, and a case must fail.
//!
//! They are taken out of the checked pack: the checker would refuse most of what is left, and then no case would be decided.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use thutuc::check::check;
use thutuc::check::typed::{
    Expr, Kind, TypedCondition, TypedDeadline, TypedDocument, TypedFee, TypedFeeBase, TypedPack, TypedProcedure, TypedReduction, TypedTable,
};
use thutuc::compile::compile;
use thutuc::model::{Interval, Pack, Procedure, read};
use thutuc::source::{Source, SourceMap};
use thutuc::wire::run_case;

#[test]
fn every_table_row_is_held_by_a_case() {
    let tried = survive(
        |procedure, named| tables(procedure, &mut |name, table| named.extend(table.rows.iter().map(|row| row_name(name, &row.id, &row.outputs)))),
        |procedure, wanted| tables(procedure, &mut |name, table| table.rows.retain(|row| row_name(name, &row.id, &row.outputs) != wanted)),
    );
    assert!(tried > 20, "only {tried} rows were tried");
}

#[test]
fn every_reduction_is_held_by_a_case() {
    let name = |fee: &TypedFee, one: &TypedReduction| dated(&format!("fees.{} reduction {}", fee.id, one.id), &one.interval);
    survive(
        |procedure, named| procedure.fees.iter().for_each(|fee| named.extend(fee.reductions.iter().map(|one| name(fee, one)))),
        |procedure, wanted| {
            for at in 0..procedure.fees.len() {
                let fee = procedure.fees[at].clone();
                procedure.fees[at].reductions.retain(|one| name(&fee, one) != wanted);
            }
        },
    );
}

#[test]
fn every_condition_document_and_deadline_is_held_by_a_case() {
    let condition = |one: &TypedCondition| dated(&format!("eligibility.{}", one.id), &one.interval);
    let document = |one: &TypedDocument| dated(&format!("documents.{}", one.id), &one.interval);
    let deadline = |one: &TypedDeadline| dated(&format!("deadline.{}", one.id), &one.interval);
    survive(
        |procedure, named| {
            named.extend(procedure.eligibility.iter().map(condition));
            named.extend(procedure.documents.iter().map(document));
            named.extend(procedure.deadline.iter().map(deadline));
        },
        |procedure, wanted| {
            procedure.eligibility.retain(|one| condition(one) != wanted);
            procedure.documents.retain(|one| document(one) != wanted);
            procedure.deadline.retain(|one| deadline(one) != wanted);
        },
    );
}

/// Each version of an element is one of its own.
fn dated(name: &str, interval: &Interval) -> String {
    interval.from.map_or_else(|| name.to_owned(), |from| format!("{name} from {from}"))
}

/// Takes out one after the other what `name` names in each procedure; panics with those that no case misses, and tells how
/// many were tried.
#[track_caller]
fn survive(name: impl Fn(&mut TypedProcedure, &mut BTreeSet<String>), take_out: impl Fn(&mut TypedProcedure, &str)) -> usize {
    let (mut tried, mut survivors) = (0, Vec::new());
    for pack in packs() {
        let typed = check(&pack, &[]).pack.expect("the pack of the repository has no errors");
        assert!(all_pass(&pack, &typed), "a case fails as it is");
        let mut named = BTreeSet::new();
        // What a linked service takes over is held by the cases of the procedures it links.
        let (mut own, mut of_others) = (typed.clone().procedures, BTreeSet::new());
        for procedure in &mut own {
            procedure.eligibility.retain(|one| one.links == 0);
            procedure.documents.retain(|one| one.links == 0);
            procedure.fees.retain(|one| one.links == 0);
            let is_whole = pack.procedures.first().is_some_and(|whole| whole.code.value == procedure.code);
            name(procedure, if is_whole { &mut named } else { &mut of_others });
        }
        named.retain(|one| !of_others.contains(one));
        for one in named {
            let mut without = typed.clone();
            without.procedures.iter_mut().for_each(|procedure| take_out(procedure, &one));
            tried += 1;
            if all_pass(&pack, &without) {
                survivors.push(format!("{} {one}", pack.procedures[0].code.value));
            }
        }
    }
    assert!(survivors.is_empty(), "no case fails without:\n{}", survivors.join("\n"));
    tried
}

fn all_pass(pack: &Pack, typed: &TypedPack) -> bool {
    let compiled = compile(typed);
    let passes = |file, case| run_case(&compiled, file, case).is_ok_and(|result| result.mismatches.is_empty());
    pack.cases.iter().all(|file| file.cases.iter().all(|case| passes(file, case)))
}

/// The tables of a procedure with their names: of definitions in all their versions, and of fees.
fn tables(procedure: &mut TypedProcedure, each: &mut dyn FnMut(&str, &mut TypedTable)) {
    let mut visit = |name: &str, expr: &mut Expr| {
        if let Kind::Table(table) = &mut expr.kind {
            each(name, table);
        }
    };
    for definition in &mut procedure.definitions {
        for body in definition.versions.iter_mut().filter_map(|version| version.body.as_mut().ok()) {
            visit(&format!("definitions.{}", definition.name), body);
        }
    }
    for fee in &mut procedure.fees {
        if let TypedFeeBase::Amount(amount) = &mut fee.base {
            visit(&format!("fees.{}", fee.id), amount);
        }
    }
}

/// Rows of overlays may have the id of the row they replace, but they are written elsewhere.
fn row_name(table: &str, id: &str, outputs: &[Expr]) -> String {
    let place = outputs.first().map(|output| (output.span.source, output.span.start));
    format!("{table} row {id} at {place:?}")
}

/// The pack of the repository, cut to one procedure with what it needs.
fn packs() -> Vec<Pack> {
    let mut files: Vec<PathBuf> = Vec::new();
    yaml_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules"), &mut files);
    let mut sources = SourceMap::default();
    for file in files {
        sources.add(Source::new(file.display().to_string(), fs::read_to_string(&file).unwrap()));
    }
    let whole = read(&sources).value;
    let of = |procedure: &Procedure| {
        let code = &procedure.code.value;
        let procedures = with_linked(&whole, procedure);
        Pack {
            header: whole.header.clone(),
            instruments: whole.instruments.clone(),
            calendar: whole.calendar.clone(),
            databases: whole.databases.clone(),
            reuse_duties: whole.reuse_duties.clone(),
            vocabularies: whole.vocabularies.clone(),
            service_level: whole.service_level.clone(),
            assessments: Vec::new(),
            amendments: whole.amendments.iter().filter(|one| procedures.iter().any(|of| of.code.value == one.procedure.value)).cloned().collect(),
            procedures: procedures.clone(),
            cases: whole.cases.iter().filter(|one| one.procedure.value == *code).cloned().collect(),
        }
    };
    whole.procedures.iter().map(of).collect()
}

/// A procedure, and those it links.
fn with_linked(whole: &Pack, procedure: &Procedure) -> Vec<Procedure> {
    let linked = |other: &&Procedure| procedure.linked.iter().filter_map(|link| link.procedure.as_ref()).any(|code| code.value == other.code.value);
    std::iter::once(procedure).chain(whole.procedures.iter().filter(linked)).cloned().collect()
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
