//! What a procedure tells of the authority: steps in their order, apologies, declarations.

use std::sync::Arc;

use super::facts;
use super::procedure::ProcedureCheck;
use super::typed::{TypedApology, TypedDeclaration, TypedProcedure, TypedStep};
use crate::calendar::{self, OfficeHours, PlanStep, Stamp, Takes, Timeline, Whole, WorkingCalendar};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::{Apology, Declaration, Procedure, Step};
use crate::value::Date;

impl ProcedureCheck<'_> {
    /// The procedure's own steps, or where it has none those of its vocabularies.
    pub(super) fn steps(&mut self) -> Vec<TypedStep> {
        let steps = self.procedure.all_steps(self.vocabularies.iter().copied());
        let mut known: Vec<Arc<str>> = Vec::new();
        let typed = steps.into_iter().map(|step| {
            let typed = self.typed_step(step, &known);
            known.push(step.id.value.clone());
            typed
        });
        typed.collect()
    }

    fn typed_step(&mut self, step: &Step, known: &[Arc<str>]) -> TypedStep {
        for after in step.after.iter().flatten().filter(|after| !known.contains(&after.value)) {
            let near = nearest(&after.value, known.iter().map(|id| &**id));
            let problem = Diagnostic::new(Code::UnknownElement, after.span, format!("no step `{}` stands before this one", after.value));
            let help = near.map_or_else(|| "a step waits for steps that are written above it".to_owned(), |near| format!("did you mean `{near}`?"));
            self.diagnostics.push(problem.label("nothing to wait for").help(help));
        }
        TypedStep {
            id: step.id.value.clone(),
            name: step.name.clone(),
            office: step.office.clone(),
            interval: step.interval,
            when: self.when(step.when.as_ref()),
            period: step.period,
            cutoff: step.cutoff.clone(),
            after: step.after.as_ref().map(|after| after.iter().map(|id| id.value.clone()).collect()),
            basis: step.basis.clone(),
        }
    }

    /// The procedure's own apologies, then those of its vocabularies.
    pub(super) fn apologies(&mut self) -> Vec<TypedApology> {
        let apologies = self.procedure.all_apologies(self.vocabularies.iter().copied());
        apologies.into_iter().map(|apology| self.typed_apology(apology)).collect()
    }

    fn typed_apology(&mut self, apology: &Apology) -> TypedApology {
        TypedApology {
            id: apology.id.value.clone(),
            interval: apology.interval,
            when: self.when(apology.when.as_ref()),
            notice: apology.notice,
            reappointments: apology.reappointments,
            form: apology.form.clone(),
            unknown: apology.unknown.clone(),
            basis: apology.basis.clone(),
        }
    }

    /// A declaration: its fact is one of the pack's rule of the service level, and its value fits.
    pub(super) fn declaration(&mut self, declaration: &Declaration) -> TypedDeclaration {
        let id = &declaration.id;
        let facts = self.pack.service_level.as_ref().map_or(&[][..], |level| &level.rule.facts);
        match (facts.iter().find(|fact| fact.name.value == id.value), &declaration.value) {
            (None, _) => {
                let problem = Diagnostic::new(Code::UnknownElement, id.span, format!("the rule of the service level asks for no `{}`", id.value));
                let near = nearest(&id.value, facts.iter().map(|fact| &*fact.name.value));
                let help = near.map_or_else(|| "declare what `service_level:` has among its facts".to_owned(), |near| format!("did you mean `{near}`?"));
                self.diagnostics.push(problem.label("not declared").help(help));
            }
            (Some(fact), Ok(value)) if !facts::fits(&fact.kind, &value.value, fact.optional) => {
                let problem = Diagnostic::new(Code::TypeMismatch, value.span, format!("`{}` cannot have this value", id.value));
                self.diagnostics.push(problem.label("does not fit the fact of the service level").related(fact.name.span, "declared here"));
            }
            _ => {}
        }
        TypedDeclaration {
            id: id.value.clone(),
            interval: declaration.interval,
            when: self.when(declaration.when.as_ref()),
            value: declaration.value.clone().map(|value| value.value),
            why: declaration.why.clone(),
            basis: declaration.basis.clone(),
        }
    }
}

/// Says so where steps that are always taken need longer than any deadline of the day: on a Monday morning of weeks
/// without a day off.
pub(super) fn overlong(typed: &TypedProcedure, written: &Procedure) -> Option<Diagnostic> {
    let mut days: Vec<Date> = typed.steps.iter().filter_map(|step| step.interval.from).chain(typed.interval.from).collect();
    days.extend(typed.deadline.iter().filter_map(|deadline| deadline.interval.from));
    days.sort_unstable();
    days.dedup();
    let day = days.into_iter().find(|day| typed.interval.contains(*day) && is_overlong(typed, *day))?;
    let span = written.steps.first().map_or(written.code.span, |step| step.id.span);
    let message = format!("from {day} on the steps of `{}` take longer than the longest of its deadlines", typed.code);
    let problem = Diagnostic::new(Code::OverlongSteps, span, message).label("this step and those after it");
    Some(problem.help("shorten a step, let steps go side by side (`after:`), or leave a step its rest of the period (no `period`)"))
}

/// 1970-01-05, a Monday.
const MONDAY: Date = Date(4);

fn is_overlong(typed: &TypedProcedure, day: Date) -> bool {
    let calendar = WorkingCalendar::default();
    let start = Stamp::new(MONDAY, 8 * 60);
    let of_deadline = |deadline: &super::typed::TypedDeadline| {
        let rule = calendar::DeadlineRule {
            period: (*deadline.period.as_ref().ok()?).into(),
            clock: calendar::ClockModel::StartWhenComplete,
            cutoff: None,
            roll: deadline.roll,
            office: OfficeHours::ASSUMED,
        };
        let settled = calendar::settle(&calendar, &rule, &Timeline { received: start, supplements: &[], not_before: &[], extension: 0 });
        // What is decided case by case, an extension, may be long enough.
        deadline.extension.is_none().then_some(())?;
        settled.due_on.map(|date| Stamp { date, second: settled.due_second.unwrap_or(86_399) })
    };
    let in_force: Vec<_> = typed.deadline.iter().filter(|deadline| deadline.interval.contains(day)).collect();
    let longest: Option<Vec<Stamp>> = in_force.into_iter().map(of_deadline).collect();
    let Some(due) = longest.and_then(|all| all.into_iter().max()) else { return false };
    let steps: Vec<&TypedStep> = typed.steps.iter().filter(|step| step.interval.contains(day)).collect();
    let after: Vec<Vec<usize>> = steps.iter().enumerate().map(|(at, step)| match &step.after {
        Some(ids) => ids.iter().filter_map(|id| steps.iter().take(at).position(|other| other.id == *id)).collect(),
        None => at.checked_sub(1).into_iter().collect(),
    }).collect();
    let plan_step = |(step, after): (&&TypedStep, &'_ Vec<usize>)| {
        let takes = match step.period {
            Some(period) if step.when.is_none() => Takes::Period(period.into()),
            _ => Takes::OfficeSeconds(0),
        };
        (takes, after.clone())
    };
    let chain: Vec<(Takes, Vec<usize>)> = steps.iter().zip(&after).map(plan_step).collect();
    let chain: Vec<PlanStep> = chain.iter().map(|(takes, after)| PlanStep { takes: *takes, cutoff: None, after, done: None }).collect();
    let whole = Whole { start, due: Some(due), now: None, office: OfficeHours::ASSUMED };
    calendar::plan(&calendar, &whole, &chain).overruns.is_some()
}
