//! A part of a pack: what a form of one procedure needs.

use std::collections::BTreeSet;

use super::bundle;
use super::program::{Cite, CompiledPack, Program};
use crate::calendar::WorkingCalendar;

/// The programs of some procedures in every jurisdiction, with the published days off, the instruments that they cite and the
/// rule of the service level. It
/// decides as the whole does; its hash is its own.
///
/// Codes that the pack does not have are passed over.
#[must_use]
pub fn part(pack: &CompiledPack, codes: &[&str]) -> CompiledPack {
    let wanted: Vec<usize> = pack.programs.names().enumerate().filter(|(_, (code, _))| codes.contains(code)).map(|(at, _)| at).collect();
    let programs: Vec<Program> = wanted.into_iter().filter_map(|at| pack.programs.get(at)).cloned().collect();
    let mut cited: BTreeSet<&str> = programs.iter().flat_map(cites).map(|cite| &*cite.instrument).collect();
    for authority in programs.iter().flat_map(|program| &program.about.authorities) {
        cited.extend(authority.basis.citations.iter().map(|citation| &*citation.instrument));
    }
    let instruments = pack.instruments.iter().filter(|instrument| cited.contains(&*instrument.id.value)).cloned().collect();
    let mut part = CompiledPack {
        id: pack.id.clone(),
        version: pack.version.clone(),
        hash: "".into(),
        instruments,
        years: pack.years.clone(),
        calendar: WorkingCalendar::new(&pack.years),
        programs: programs.into_iter().collect(),
        level: pack.level.clone(),
        assessments: Vec::new(),
    };
    part.hash = bundle::hash(&part);
    part
}

/// Every citation of a program.
fn cites(program: &Program) -> impl Iterator<Item = &Cite> {
    let conditions = program.conditions.iter().map(|one| &one.basis);
    let documents = program.documents.iter().map(|one| &one.basis);
    let fees = program.fees.iter().flat_map(|one| std::iter::once(&one.basis).chain(one.reductions.iter().map(|cut| &cut.basis)));
    let deadlines = program.deadlines.iter().map(|one| &one.basis);
    let gaps = program.gaps.iter().map(|one| &one.basis);
    let rows = program.code_of.tables.iter().flat_map(|table| &table.rows).map(|row| &row.basis);
    let links = program.links.iter().map(|one| &one.basis);
    conditions.chain(links).chain(documents).chain(fees).chain(deadlines).chain(gaps).chain(rows).chain(&program.code_of.bases).flatten()
}
