//! A cause by the names of what made the difference.

use std::sync::Arc;

use super::elements::Side;
use super::{CONDITION_STATES, Cause, CauseKind, Comparer, DOCUMENT_STATES};
use crate::compile::program::{Cite, ConditionCode, Program};

/// A cause in names.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedCause<'c> {
    /// What differs: `eligibility.rent_area`, `documents.lease`, `fees.registration`, `deadline`.
    pub part: String,
    /// Its status, row and reduction, or rule, before.
    pub before: String,
    /// The same after.
    pub after: String,
    /// On what law that rests: the reform's, or the baseline's where the reform has no such thing.
    pub basis: Vec<&'c Cite>,
}

impl Comparer<'_> {
    /// A cause of a tally in names.
    #[must_use]
    pub fn named(&self, cause: &Cause) -> NamedCause<'_> {
        let element = cause.element as usize;
        let state = |states: &[&str], code: u64| usize::try_from(code).ok().and_then(|code| states.get(code).copied()).unwrap_or("").to_owned();
        match cause.kind {
            CauseKind::Condition => {
                let of = self.elements().conditions.get(element);
                let (id, section) = of.map_or(("", ""), |of| (&*of.id, if of.is_check { "identity" } else { "eligibility" }));
                NamedCause {
                    part: format!("{section}.{id}"),
                    before: state(CONDITION_STATES, cause.before),
                    after: state(CONDITION_STATES, cause.after),
                    basis: self.basis(|side| condition_basis(side.law.program, id)),
                }
            }
            CauseKind::Document => {
                let id = self.elements().documents.get(element).map_or("", |id| &**id);
                NamedCause {
                    part: format!("documents.{id}"),
                    before: state(DOCUMENT_STATES, cause.before),
                    after: state(DOCUMENT_STATES, cause.after),
                    basis: self.basis(|side| side.law.program.documents.iter().rev().find(|info| *info.id == *id).map(|info| &info.basis)),
                }
            }
            CauseKind::Fee => {
                let id = self.elements().fees.get(element).map_or("", |id| &**id);
                let [baseline, reform] = self.sides();
                NamedCause {
                    part: format!("fees.{id}"),
                    before: source(baseline, element, cause.before),
                    after: source(reform, element, cause.after),
                    basis: self.basis(|side| fee_basis(side, element, id, if std::ptr::eq(side, reform) { cause.after } else { cause.before })),
                }
            }
            CauseKind::Deadline => {
                let [baseline, reform] = self.sides();
                let rule = |side: &Side, code: u64| side.name_of(side.rules, code).map_or(String::new(), |name| name.to_string());
                let after = rule(reform, cause.after);
                NamedCause {
                    part: "deadline".to_owned(),
                    before: rule(baseline, cause.before),
                    basis: self.basis(|side| side.law.program.deadlines.iter().rev().find(|info| *info.id == *after).map(|info| &info.basis)),
                    after,
                }
            }
        }
    }

    fn basis<'c, B: IntoIterator<Item = &'c Cite>>(&'c self, of: impl Fn(&'c Side<'c>) -> Option<B>) -> Vec<&'c Cite> {
        let [baseline, reform] = self.sides();
        of(reform).or_else(|| of(baseline)).into_iter().flatten().collect()
    }
}

/// What a condition rests on, its parameters and definitions included, as the latest law has it.
fn condition_basis<'p>(program: &'p Program, id: &str) -> Option<Vec<&'p Cite>> {
    let info = |code: &ConditionCode| program.conditions.get(usize::from(code.info)).filter(|info| *info.id == *id);
    let codes = program.epochs.iter().rev().flat_map(|epoch| epoch.eligibility.iter().chain(&epoch.identity));
    let (info, code) = codes.into_iter().find_map(|code| Some((info(code)?, code)))?;
    let mut basis: Vec<&Cite> = info.basis.iter().collect();
    for cite in program.code_of.bases.get(code.rests_on as usize).into_iter().flatten() {
        if basis.iter().all(|known| known.words != cite.words) {
            basis.push(cite);
        }
    }
    Some(basis)
}

/// The row of a fee's table and the reduction that gave its amount.
fn source(side: &Side, element: usize, key: u64) -> String {
    let Some(places) = side.fees.get(element).copied().flatten() else { return String::new() };
    let parts = [side.name_of(places.row, key >> 32), side.name_of(places.reduction, key & 0xffff_ffff)];
    let parts: Vec<&str> = parts.into_iter().flatten().map(|name: &Arc<str>| &**name).collect();
    parts.join(" - ")
}

/// What a fee rests on: its reduction, or the row of its table, or itself.
fn fee_basis<'s>(side: &'s Side, element: usize, id: &str, key: u64) -> Option<&'s Vec<Cite>> {
    let places = side.fees.get(element).copied().flatten()?;
    let program = side.law.program;
    let infos = || program.fees.iter().rev().filter(|info| *info.id == *id);
    let reduction = side.name_of(places.reduction, key & 0xffff_ffff);
    let of_reduction = reduction.and_then(|name| infos().flat_map(|info| &info.reductions).find(|reduction| reduction.id == *name));
    let row = side.name_of(places.row, key >> 32);
    let of_row = row.and_then(|name| program.code_of.tables.iter().rev().flat_map(|table| &table.rows).find(|row| row.id == *name));
    let of_row = of_row.map(|row| &row.basis).filter(|basis| !basis.is_empty());
    of_reduction.map(|reduction| &reduction.basis).or(of_row).or_else(|| infos().next().map(|info| &info.basis))
}
