//! What a step less, or a shorter one, would save.

use super::count::office_seconds_between;
use super::{Plan, PlanStep, Takes, Whole, earlier, plan};
use crate::calendar::deadline::Period;
use crate::calendar::stamp::Stamp;
use crate::calendar::working::WorkingCalendar;

/// What a change of steps saves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saving {
    /// The chain with the change.
    pub plan: Plan,
    /// When its last step ends.
    pub ends: Stamp,
    /// Working days from that day to the day on which the chain ended before.
    pub working_days: i64,
    /// Seconds in which the office is open, from that end to the former one. Negative if a step was made longer.
    pub office_seconds: i64,
}

/// What it saves to leave steps out (`None`) or to give them another time, as planned from the start. Steps that have what
/// remains of the whole keep the working time that they have now: so the day due itself could be that much earlier.
///
/// `None` where the chain cannot be planned, or where a step is left out that shares its time with others.
#[must_use]
pub fn saving(calendar: &WorkingCalendar, whole: &Whole, steps: &[PlanStep], changes: &[(usize, Option<Period>)]) -> Option<Saving> {
    let untouched: Vec<PlanStep> = steps.iter().map(|step| PlanStep { done: None, ..*step }).collect();
    let whole = Whole { now: None, ..*whole };
    let before = plan(calendar, &whole, &untouched);
    let ends_before = before.ends?;
    let mut after = untouched.clone();
    for (at, step) in after.iter_mut().enumerate() {
        let planned = before.steps.get(at)?;
        let changed = changes.iter().rev().find(|(changed, _)| *changed == at);
        match changed {
            Some((_, None)) if planned.shares => return None,
            Some((_, None)) => *step = PlanStep { takes: Takes::OfficeSeconds(0), cutoff: None, ..*step },
            Some((_, Some(period))) => step.takes = Takes::Period(*period),
            None if step.takes == Takes::Rest => {
                // Those that share what remains are one piece of work: the first stands for it.
                let first = earlier(step, at).all(|before| untouched.get(before).is_none_or(|before| before.takes != Takes::Rest));
                let span = planned.planned?;
                let seconds = if first { office_seconds_between(calendar, &whole.office, span.from, span.ends) } else { 0 };
                *step = PlanStep { takes: Takes::OfficeSeconds(seconds), cutoff: None, ..*step };
            }
            None => {}
        }
    }
    let plan = plan(calendar, &whole, &after);
    let ends = plan.ends?;
    Some(Saving {
        ends,
        working_days: calendar.provisional().working_days_between(ends.date, ends_before.date),
        office_seconds: office_seconds_between(calendar, &whole.office, ends, ends_before),
        plan,
    })
}
