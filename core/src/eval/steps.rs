//! The steps of a case inside the authority: which are taken, when each is to end, which is late, what the applicant is
//! owed then, and what a step less would save.
//!
//! What happened is told in two facts, where the pack declares them: `case.steps` (which step was done, and when) and
//! `case.reappointments` (which day was promised instead).

use super::decide::Judged;
use super::needs::Needs;
use super::slots::{Slots, State};
use super::truth::Truth;
use super::value::Known;
use super::{DueStatus, Evaluator, Moment, Reasons, Undecided, Workspace};
use crate::calendar::{self, OfficeHours, Period, PlanStep, Saving, Stamp, Status, Takes, Unit, Whole, WorkingCalendar};
use crate::compile::handling::{ApologyCode, Handling, HandlingEpoch, StepCode};
use crate::compile::program::{NodeId, Program, Slot};
use crate::value::{Context, Date, Value};

/// The last second of a day.
const LAST_SECOND: u32 = 86_399;

/// A step left out, or given another time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The step's id.
    pub step: String,
    /// Its new time; `None`: it is left out.
    pub period: Option<Period>,
}

/// The steps of a case, planned.
#[derive(Debug)]
pub struct CasePlan {
    /// The steps in force, in their order.
    pub steps: Vec<JudgedStep>,
    /// The plan of those that are taken, or may be.
    pub plan: calendar::Plan,
    /// From when to when the whole goes.
    pub whole: Whole,
    /// The day that the law gives, with the second where it gives one.
    pub due: Option<Stamp>,
    /// Whether the day due rests on days that are not published.
    pub provisional: bool,
    /// Days promised instead, in the order they are told.
    pub reappointments: Vec<Reappointment>,
    /// What is owed when the file is late; `None` where no rule says.
    pub apology: Option<JudgedApology>,
    /// What the changes that were asked for would save.
    pub saving: Option<Saving>,
    /// Missing facts that tell which steps are taken.
    pub missing: Vec<Slot>,
    /// Steps that were told or asked for and are none of this procedure's on the day.
    pub unknown: Vec<String>,
}

/// A step of a case.
#[derive(Debug)]
pub struct JudgedStep {
    /// Index in [`Handling::steps`].
    pub info: u16,
    /// Index in the code's bases of what else it rests on.
    pub rests_on: u32,
    /// Whether it is taken.
    pub taken: Truth,
    /// Why.
    pub reasons: Reasons,
    /// Its position in the plan, unless it is not taken.
    pub place: Option<usize>,
    /// The positions in the plan that it waits for.
    pub after: Vec<usize>,
    /// What it would save to leave it out; `None` where that cannot be told.
    pub saving: Option<(Stamp, i64, i64)>,
}

/// A day promised instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reappointment {
    /// When it was promised.
    pub announced_on: Date,
    /// The day.
    pub due_on: Date,
}

/// What is owed when a file is late.
#[derive(Clone, Debug)]
pub struct JudgedApology {
    /// Index in [`Handling::apologies`]; `None` while a missing fact keeps open which applies.
    pub info: Option<u16>,
    /// Index in the code's bases of what else it rests on.
    pub rests_on: u32,
    /// Whether the file is late, or will be; `None` while that is not known.
    pub needed: Option<bool>,
    /// The last day on which it is sent in time.
    pub by: Option<Date>,
    /// How many re-appointments are left; `None` where the law does not say.
    pub left: Option<u32>,
}

/// Plans the steps of a judged case. `now` is the moment it is looked at.
///
/// # Errors
/// [`Undecided::LimitExceeded`] when the rules cost more than the limits allow.
#[expect(clippy::too_many_arguments, reason = "a case, what it is decided by, and what is asked of it")]
pub fn plan(
    program: &Program,
    handling: &Handling,
    judged: &Judged,
    slots: &Slots,
    moment: &Moment,
    calendar: &WorkingCalendar,
    work: &mut Workspace,
    (now, changes): (Option<Stamp>, &[Change]),
) -> Result<CasePlan, Undecided> {
    let empty = HandlingEpoch { from: moment.as_of, steps: Vec::new(), apologies: Vec::new(), declarations: Vec::new() };
    let epoch = handling.epoch(moment.as_of).unwrap_or(&empty);
    let mut evaluator = Evaluator::with_code(program, &handling.code, slots, moment, calendar, work);
    let mut needs = Needs::default();
    let mut steps: Vec<JudgedStep> = Vec::new();
    let mut places = 0;
    for code in &epoch.steps {
        let (taken, reasons) = evaluator.taken(code.when, &mut needs);
        let place = (!matches!(taken, Truth::False | Truth::Null)).then(|| {
            places += 1;
            places - 1
        });
        steps.push(JudgedStep { info: code.info, rests_on: code.rests_on, taken, reasons, place, after: Vec::new(), saving: None });
    }
    let id = |step: &JudgedStep| handling.steps.get(usize::from(step.info)).map_or("", |info| &*info.id);
    let told = evaluator.records("case.steps", |record| match (record.get("step"), record.get("completed_at")) {
        (Some(Value::Text(step)), Some(Value::DateTime(at))) => Some((step.clone(), Stamp::of(at)?)),
        _ => None,
    });
    let reappointments = evaluator.records("case.reappointments", |record| match (record.get("announced_on"), record.get("due_on")) {
        (Some(Value::Date(announced_on)), Some(Value::Date(due_on))) => Some(Reappointment { announced_on: *announced_on, due_on: *due_on }),
        _ => None,
    });
    let apology = evaluator.apology(&epoch.apologies, &mut needs);
    evaluator.within_limits()?;

    let done = |step: &JudgedStep| told.iter().rev().find(|(told, _)| **told == *id(step)).map(|(_, at)| *at);
    let after: Vec<Vec<usize>> = (0..steps.len()).map(|at| waits_for(at, &epoch.steps, &steps)).collect();
    steps.iter_mut().zip(after).for_each(|(step, after)| step.after = after);
    let takes = |step: &JudgedStep, period: Option<Period>| match (step.taken, period) {
        (Truth::True, Some(period)) => Takes::Period(period),
        (Truth::True, None) => Takes::Rest,
        _ => Takes::Unknown,
    };
    let mut chain: Vec<PlanStep> = Vec::with_capacity(places);
    for step in steps.iter().filter(|step| step.place.is_some()) {
        let info = handling.steps.get(usize::from(step.info));
        let takes = takes(step, info.and_then(|info| info.period));
        chain.push(PlanStep { takes, cutoff: info.and_then(|info| info.cutoff), after: &step.after, done: done(step) });
    }
    let (due, start, provisional) = due_and_start(judged, moment, &OfficeHours::ASSUMED);
    let promised = reappointments.last().map(|last| Stamp { date: last.due_on, second: LAST_SECOND });
    let whole = Whole { start, due: promised.or(due), now, office: OfficeHours::ASSUMED };
    let plan = calendar::plan(calendar, &whole, &chain);
    let left_out = |at: usize| {
        calendar::saving(calendar, &whole, &chain, &[(at, None)]).map(|saving| (saving.ends, saving.working_days, saving.office_seconds))
    };
    let savings: Vec<_> = (0..chain.len()).map(left_out).collect();
    let place_of = |change: &Change| steps.iter().find(|step| id(step) == change.step).and_then(|step| step.place);
    let changed: Option<Vec<(usize, Option<Period>)>> = changes.iter().map(|change| Some((place_of(change)?, change.period))).collect();
    let saving = changed.filter(|changed| !changed.is_empty()).and_then(|changed| calendar::saving(calendar, &whole, &chain, &changed));
    let known = |name: &str| steps.iter().any(|step| id(step) == name);
    let named = told.iter().map(|(step, _)| step.to_string()).chain(changes.iter().map(|change| change.step.clone()));
    let unknown = named.filter(|name| !known(name)).collect();
    let needed = match (plan.expected, whole.due) {
        // Without a step only the day itself tells.
        (_, Some(due)) if chain.is_empty() => now.filter(|now| *now > due).map(|_| true),
        (Some(_), Some(_)) => Some(plan.late.is_some()),
        _ => None,
    };
    let apology = apology.map(|(info, rests_on)| {
        let rule = info.and_then(|info| handling.apologies.get(usize::from(info)));
        let notice = rule.and_then(|rule| rule.notice).zip(whole.due).and_then(|(notice, due)| days_before(calendar, due.date, notice));
        let used = reappointments.len() as u32;
        let left = rule.and_then(|rule| rule.reappointments).map(|permitted| permitted.saturating_sub(used));
        JudgedApology { info, rests_on, needed, by: notice, left }
    });
    drop(chain);
    steps.iter_mut().for_each(|step| step.saving = step.place.and_then(|place| savings.get(place).copied().flatten()));
    let missing = needs.now().iter().chain(needs.later()).copied().filter(|slot| slots.state(*slot) == State::Missing).collect();
    Ok(CasePlan { steps, plan, whole, due, provisional, reappointments, apology, saving, missing, unknown })
}

/// The positions in the plan that a step waits for: those of its steps that are taken, and for one that is not those
/// that it waits for.
fn waits_for(at: usize, codes: &[StepCode], steps: &[JudgedStep]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = codes.get(at).map(|code| code.after.iter().map(|before| usize::from(*before)).collect()).unwrap_or_default();
    while let Some(before) = open.pop() {
        match steps.get(before).and_then(|step| step.place) {
            Some(place) if !found.contains(&place) => found.push(place),
            Some(_) => {}
            // A step waits for steps before it only, so that this ends.
            None => open.extend(codes.get(before).into_iter().flat_map(|code| &code.after).map(|before| usize::from(*before)).filter(|next| *next < before)),
        }
    }
    found.sort_unstable();
    found
}

/// The day due by law, when the steps begin, and whether holidays are not published as far as that.
fn due_and_start(judged: &Judged, moment: &Moment, office: &OfficeHours) -> (Option<Stamp>, Stamp, bool) {
    let received = moment.received;
    let Some(trace) = judged.deadline.as_ref() else { return (None, received, false) };
    let counted = trace.due.as_ref().filter(|_| matches!(trace.status, DueStatus::Counted(Status::Determined | Status::Provisional)));
    let Some(counted) = counted else { return (None, received, false) };
    let due = counted.due_on.map(|date| {
        let second = counted.due_at.as_ref().and_then(Stamp::of).map_or(LAST_SECOND, |at| at.second);
        Stamp { date, second }
    });
    let start = counted.day_zero.filter(|day| *day > received.date).map_or(received, |date| Stamp { date, second: office.opens() });
    (due, start, matches!(trace.status, DueStatus::Counted(Status::Provisional)))
}

fn days_before(calendar: &WorkingCalendar, day: Date, notice: Period) -> Option<Date> {
    let count = i64::from(notice.count);
    match notice.unit {
        Unit::WorkingDays => calendar.provisional().nth_working_day_after(day, -count),
        _ => i32::try_from(count).ok().map(|count| day.plus_days(-count)),
    }
}

impl Evaluator<'_> {
    /// Whether what a guard stands before applies, and why; adds what it takes to tell.
    pub(super) fn taken(&mut self, when: Option<NodeId>, needs: &mut Needs) -> (Truth, Reasons) {
        let mut reasons = Reasons::default();
        let taken = self.holds(when);
        match when {
            Some(when) if taken.is_settled() => self.because(when, None, &mut reasons),
            Some(when) => self.need_truth(when, true, needs),
            None => {}
        }
        (taken, reasons)
    }

    /// The first apology that applies; without its index while that is open.
    fn apology(&mut self, apologies: &[ApologyCode], needs: &mut Needs) -> Option<(Option<u16>, u32)> {
        for apology in apologies {
            match self.taken(apology.when, needs).0 {
                Truth::True => return Some((Some(apology.info), apology.rests_on)),
                Truth::False | Truth::Null => {}
                _ => return Some((None, apology.rests_on)),
            }
        }
        None
    }

    /// The records of a fact of the file's handling; none where the pack has no such fact.
    fn records<T>(&mut self, name: &str, read: impl Fn(&Context) -> Option<T>) -> Vec<T> {
        let Some(slot) = self.program.slot(name) else { return Vec::new() };
        match self.fact(slot) {
            Known::Known(Value::List(items)) => {
                let record = |item: &Value| match item {
                    Value::Context(record) => read(record),
                    _ => None,
                };
                items.iter().filter_map(record).collect()
            }
            _ => Vec::new(),
        }
    }
}
