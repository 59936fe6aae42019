//! From rule files to a compiled pack.

use std::sync::Arc;

use super::program::CompiledPack;
use super::handling::{LevelRule, PackedLevel};
use super::{assessment, bundle, elements};
use crate::calendar::{PublishedYear, WorkingCalendar};
use crate::check::{check, lint};
use crate::check::typed::TypedPack;
use crate::diagnostics::{Diagnostic, Parsed, Severity};
use crate::model::{CalendarYear, OnlineService, Pack, UnknownParameter, suppose};
use crate::source::SourceMap;
use crate::value::Value;

/// Compiles a checked pack.
#[must_use]
pub fn compile(pack: &TypedPack) -> CompiledPack {
    let years: Vec<PublishedYear> = pack.calendar.iter().map(CalendarYear::published).collect();
    let calendar = WorkingCalendar::new(&years);
    let titles = pack.instruments.iter().map(|instrument| (&*instrument.id.value, &instrument.title)).collect();
    let programs = pack.procedures.iter().map(|procedure| elements::program(procedure, &titles, &calendar)).collect();
    let level = pack.service_level.as_ref().map(|(rule, otherwise)| {
        let program = elements::program(rule, &titles, &calendar);
        // Conditions of eligibility are numbered in the order they first come into force.
        let by_condition = program.conditions.iter().map(|info| {
            let at = rule.eligibility.iter().position(|condition| condition.id == info.id);
            at.and_then(|at| otherwise.get(at)).copied().unwrap_or(OnlineService::Partial)
        });
        LevelRule { otherwise: by_condition.collect(), program }
    });
    let checked = if cfg!(feature = "assess") { &*pack.assessments } else { &[] };
    let assessments = checked.iter().map(|assessment| assessment::compile(assessment, &titles, &calendar)).collect();
    let mut compiled = CompiledPack {
        id: pack.header.id.value.clone(),
        version: pack.header.version.clone(),
        hash: "".into(),
        instruments: pack.instruments.clone(),
        years,
        assessments,
        calendar,
        programs,
        level: PackedLevel::of(level.as_ref()),
    };
    compiled.hash = bundle::hash(&compiled);
    compiled
}

/// A pack built from its files, and everything that is wrong with them or worth a look.
#[derive(Debug)]
pub struct Built {
    /// The files as read.
    pub pack: Pack,
    /// The compiled pack; absent if there is an error.
    pub compiled: Option<CompiledPack>,
    /// All problems, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads, checks and compiles the files of a pack. Drafts apply only if their ids are in `drafts`.
#[must_use]
pub fn build(sources: &SourceMap, drafts: &[&str]) -> Built {
    checked(crate::model::read(sources), drafts)
}

/// As [`build`], supposing that some parameters had other values.
///
/// # Errors
/// [`UnknownParameter`] for the first that the pack does not declare.
pub fn build_supposing(sources: &SourceMap, drafts: &[&str], values: &[(Arc<str>, Value)]) -> Result<Built, UnknownParameter> {
    let read = crate::model::read(sources);
    let value = suppose(read.value, values)?;
    Ok(checked(Parsed { value, diagnostics: read.diagnostics }, drafts))
}

fn checked(read: Parsed<Pack>, drafts: &[&str]) -> Built {
    let checked = check(&read.value, drafts);
    let mut diagnostics = read.diagnostics;
    let unreadable = diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
    diagnostics.extend(checked.diagnostics);
    let sound = checked.pack.filter(|_| !unreadable);
    diagnostics.extend(sound.iter().flat_map(|typed| lint(&read.value, typed)));
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
    let compiled = sound.map(|pack| compile(&pack));
    Built { pack: read.value, compiled, diagnostics }
}
