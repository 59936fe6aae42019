//! Steps, apologies and declarations to nodes, in every epoch of their own in which they are in force.

use std::collections::{BTreeSet, HashMap};

use super::handling::{ApologyCode, ApologyInfo, DeclarationCode, DeclarationInfo, Handling, HandlingEpoch, StepCode, StepInfo};
use super::intern::{Interner, index_of};
use super::lower::{Lowering, Titles, cites};
use super::program::Program;
use crate::calendar::WorkingCalendar;
use crate::check::typed::{Expr, TypedProcedure};
use crate::model::Interval;
use crate::value::Date;

/// What is done inside the authority; the gaps of the program grow by those that only it rests on.
pub(super) fn handling(procedure: &TypedProcedure, instruments: &Titles, calendar: &WorkingCalendar, program: &mut Program) -> Handling {
    let mut all = Handling::default();
    let mut interner = Interner::default();
    let mut seen: HashMap<(&'static str, usize), u16> = HashMap::new();
    for day in change_days(procedure, program) {
        let mut lowering = Lowering {
            procedure,
            facts: &program.facts,
            instruments,
            calendar,
            day,
            interner: &mut interner,
            gaps: &mut program.gaps,
            definitions: vec![None; procedure.definitions.len()],
            rests: Vec::new(),
        };
        let in_force = |interval: &Interval| interval.contains(day);
        let steps: Vec<(usize, &crate::check::typed::TypedStep)> =
            procedure.steps.iter().enumerate().filter(|(_, step)| in_force(&step.interval)).collect();
        let coded = steps.iter().enumerate().map(|(place, (at, step))| {
            let info = index_of(&mut seen, ("steps", *at), &mut all.steps, || StepInfo {
                id: step.id.clone(),
                name: step.name.clone(),
                office: step.office.clone(),
                period: step.period.map(Into::into),
                cutoff: step.cutoff.as_ref().map(crate::value::Time::minutes),
                basis: cites(&step.basis, instruments),
            });
            let position = |id: &std::sync::Arc<str>| steps.iter().take(place).rposition(|(_, other)| other.id == *id);
            let after = match &step.after {
                Some(ids) => ids.iter().filter_map(position).map(|at| at as u16).collect(),
                None => place.checked_sub(1).map(|at| at as u16).into_iter().collect(),
            };
            let (when, rests_on) = lowering.guarded(step.when.as_ref());
            StepCode { info, when, after, rests_on }
        });
        let coded: Vec<StepCode> = coded.collect();
        let apologies = procedure.apology.iter().enumerate().filter(|(_, apology)| in_force(&apology.interval));
        let apologies = apologies.map(|(at, apology)| {
            let info = index_of(&mut seen, ("apology", at), &mut all.apologies, || ApologyInfo {
                id: apology.id.clone(),
                notice: apology.notice.map(Into::into),
                reappointments: apology.reappointments,
                form: apology.form.clone(),
                unknown: apology.unknown.clone(),
                basis: cites(&apology.basis, instruments),
            });
            let (when, rests_on) = lowering.guarded(apology.when.as_ref());
            ApologyCode { info, when, rests_on }
        });
        let apologies: Vec<ApologyCode> = apologies.collect();
        let declarations = procedure.declarations.iter().enumerate().filter(|(_, declaration)| in_force(&declaration.interval));
        let declarations = declarations.map(|(at, declaration)| {
            let info = index_of(&mut seen, ("declarations", at), &mut all.declarations, || DeclarationInfo {
                id: declaration.id.clone(),
                value: declaration.value.clone(),
                why: declaration.why.clone(),
                basis: cites(&declaration.basis, instruments),
            });
            DeclarationCode { info, when: lowering.guarded(declaration.when.as_ref()).0 }
        });
        let declarations = declarations.collect();
        all.epochs.push(HandlingEpoch { from: day, steps: coded, apologies, declarations });
    }
    all.code = interner.code;
    all
}

impl Lowering<'_> {
    /// The node of a guard, and what it rests on.
    fn guarded(&mut self, when: Option<&Expr>) -> (Option<super::program::NodeId>, u32) {
        let (when, rests) = self.resting(|lowering| lowering.guard(when));
        (when, self.bases(rests))
    }
}

/// The first days of all epochs. Guards use parameters and definitions, so that their days count where there are guards.
fn change_days(procedure: &TypedProcedure, program: &Program) -> BTreeSet<Date> {
    let Some(first) = program.epochs.first().map(|epoch| epoch.from) else { return BTreeSet::new() };
    let steps = procedure.steps.iter().map(|step| (&step.interval, step.when.is_some()));
    let apologies = procedure.apology.iter().map(|apology| (&apology.interval, apology.when.is_some()));
    let declarations = procedure.declarations.iter().map(|declaration| (&declaration.interval, declaration.when.is_some()));
    let mut days = BTreeSet::from([first]);
    let mut guarded = false;
    for (interval, guard) in steps.chain(apologies).chain(declarations) {
        days.extend(interval.from);
        days.extend(interval.until.map(|until| until.plus_days(1)));
        guarded |= guard;
    }
    if guarded {
        days.extend(program.epochs.iter().map(|epoch| epoch.from));
    }
    days.retain(|day| *day >= first && procedure.interval.until.is_none_or(|until| *day <= until));
    days
}
