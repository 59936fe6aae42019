//! A chain of steps over working hours: when each is to begin and to end, which is late, when the whole will be done, and
//! what a step less would save.
//!
//! A step ends by the rules that deadlines are counted by ([`settle`]): it begins where those before it end, and what
//! they have counted is not counted again, so that steps of one, one and five working days take seven. A step without a
//! time of its own has what remains: up to the moment from which those after it still come to an end on the day due.
//!
//! Nothing is guessed: what follows a step that cannot be planned is not planned either.

mod count;
mod saving;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use count::office_seconds_between;
pub use saving::{Saving, saving};

use super::deadline::Period;
use super::office::OfficeHours;
use super::stamp::Stamp;
use super::working::WorkingCalendar;
use count::Clock;

/// What all steps share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole {
    /// When the first steps can begin.
    pub start: Stamp,
    /// The last moment at which the whole is on time; `None` where it is not known.
    pub due: Option<Stamp>,
    /// The moment it is looked at; `None`: nothing is said of steps that are not done.
    pub now: Option<Stamp>,
    /// When the offices are open.
    pub office: OfficeHours,
}

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanStep<'a> {
    /// How long it may take.
    pub takes: Takes,
    /// Minutes since midnight: what reaches the step later in the day is taken up as the office opens on the next working
    /// day. Same-day work is then done as it opens.
    pub cutoff: Option<u32>,
    /// The steps it waits for, by their position; they stand before it. None: it begins with the whole.
    pub after: &'a [usize],
    /// When it was done.
    pub done: Option<Stamp>,
}

/// How long a step may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A length of its own.
    Period(Period),
    /// So many seconds in which the office is open.
    OfficeSeconds(i64),
    /// What remains of the whole. Steps that follow one another so share what remains.
    Rest,
    /// It is not known, or not whether there is such a step at all.
    Unknown,
}

/// From when to when a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The moment from which it is counted.
    pub from: Stamp,
    /// When the office first works on it.
    pub starts: Stamp,
    /// When it is to be done.
    pub ends: Stamp,
    /// The last moment at which it is not late: with days, the end of the day.
    pub limit: Stamp,
}

/// A chain of steps, planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The steps, in their order.
    pub steps: Vec<PlannedStep>,
    /// When the last step is to end; `None` where a step cannot be planned.
    pub ends: Option<Stamp>,
    /// When the last step will end, by what has been done.
    pub expected: Option<Stamp>,
    /// How late the whole is, or will be by what has been done; `None` if it is not, or the day due is not known.
    pub late: Option<Delay>,
    /// How late the whole would be if every step took its time; `None` as for `late`.
    pub overruns: Option<Delay>,
    /// Whether every day that was counted is published.
    pub published: bool,
}

/// A step, planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedStep {
    /// As if every step took its time; `None` where that is not known.
    pub planned: Option<Span>,
    /// By what has been done.
    pub expected: Expected,
    /// Whether it shares its time with the steps before or after it.
    pub shares: bool,
}

/// A step by what has been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// How far it is.
    pub progress: Progress,
    /// From when to when, counted from when the steps before it were done; `None` where that is not known.
    pub span: Option<Span>,
    /// How long after its time it was done, or is still not; `None` if it is not late, or that is not known.
    pub late: Option<Delay>,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Steps before it are not done.
    Waiting,
    /// It can be worked on.
    Running,
    /// It is done.
    Done,
    /// A step after it is done, so it is; when is not told.
    Passed,
}

/// How much later than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delay {
    /// Working days after the day of the limit.
    pub working_days: i64,
    /// Seconds in which the office was open.
    pub office_seconds: i64,
}

/// Plans a chain of steps. A position in `after` that is not before its step is passed over.
#[must_use]
pub fn plan(calendar: &WorkingCalendar, whole: &Whole, steps: &[PlanStep]) -> Plan {
    let clock = Clock { calendar, office: &whole.office };
    let latest = latest_ends(clock, whole, steps);
    let planned = planned_spans(clock, whole, steps, &latest);
    let expected = Walk { clock, whole, steps, latest: &latest }.expected();
    let last = |each: &dyn Fn(usize) -> Option<Stamp>| {
        (0..steps.len()).map(each).try_fold(whole.start, |last, ends| Some(last.max(ends?)))
    };
    let ends = last(&|at| Some(planned.get(at).copied().flatten()?.ends));
    let expected_end = last(&|at| Some(expected.get(at)?.span?.ends));
    let delay = |ends: Option<Stamp>| clock.delay(whole.due?, ends?);
    let far = [Some(whole.start), whole.due, ends, expected_end].into_iter().flatten().max().unwrap_or(whole.start);
    let shares = |at: usize| {
        let shared = |step: Option<&PlanStep>, with: usize| {
            step.is_some_and(|step| step.takes == Takes::Rest) && steps.get(with).is_some_and(|with| with.takes == Takes::Rest)
        };
        let before = |step: &PlanStep| earlier(step, at).any(|before| shared(Some(step), before));
        let after = |(next, step): (usize, &PlanStep)| earlier(step, next).any(|before| before == at) && shared(Some(step), at);
        steps.get(at).is_some_and(before) || steps.iter().enumerate().any(after)
    };
    let each = planned.iter().zip(&expected).enumerate();
    Plan {
        steps: each.map(|(at, (planned, expected))| PlannedStep { planned: *planned, expected: *expected, shares: shares(at) }).collect(),
        ends,
        expected: expected_end,
        late: delay(expected_end),
        overruns: delay(ends),
        published: calendar.covers(whole.start.date, far.date),
    }
}

/// The steps that a step at a position waits for.
fn earlier(step: &PlanStep, at: usize) -> impl Iterator<Item = usize> {
    step.after.iter().copied().filter(move |before| *before < at)
}

/// The moment by which each step must end so that those after it still end on the day due, each in its time.
fn latest_ends(clock: Clock, whole: &Whole, steps: &[PlanStep]) -> Vec<Option<Stamp>> {
    let target = whole.due.map(|due| clock.last_open(due));
    let mut latest: Vec<Option<Stamp>> = vec![None; steps.len()];
    for at in (0..steps.len()).rev() {
        let mut ends = target;
        for (next, step) in steps.iter().enumerate().skip(at + 1).filter(|(next, step)| earlier(step, *next).any(|before| before == at)) {
            let begins = latest.get(next).copied().flatten().and_then(|latest| match step.takes {
                Takes::Rest => Some(latest),
                Takes::Unknown => None,
                Takes::Period(_) | Takes::OfficeSeconds(_) => clock.latest_start(step, whole.start, latest),
            });
            ends = ends.zip(begins).map(|(ends, begins)| ends.min(begins));
        }
        if let Some(place) = latest.get_mut(at) {
            *place = ends;
        }
    }
    latest
}

/// The moment from which a step is counted, by the spans of those before it. A step that has what remains, after another
/// that has, may begin where that one does: they share it.
fn counted_from(
    whole: &Whole,
    steps: &[PlanStep],
    at: usize,
    of: &dyn Fn(usize) -> Option<(Stamp, Stamp)>,
) -> Option<Stamp> {
    let step = steps.get(at)?;
    let is_rest = |at: usize| steps.get(at).is_some_and(|step| step.takes == Takes::Rest);
    earlier(step, at).try_fold(whole.start, |from, before| {
        let (starts, ends) = of(before)?;
        Some(from.max(if is_rest(at) && is_rest(before) { starts } else { ends }))
    })
}

fn planned_spans(clock: Clock, whole: &Whole, steps: &[PlanStep], latest: &[Option<Stamp>]) -> Vec<Option<Span>> {
    let mut spans: Vec<Option<Span>> = Vec::with_capacity(steps.len());
    for (at, step) in steps.iter().enumerate() {
        let before = |at: usize| spans.get(at).copied().flatten().map(|span| (span.from, span.ends));
        let from = counted_from(whole, steps, at, &before);
        let latest = latest.get(at).copied().flatten();
        spans.push(from.and_then(|from| clock.span(step, from, latest, whole.due)));
    }
    spans
}

/// A walk through what has been done.
struct Walk<'a> {
    clock: Clock<'a>,
    whole: &'a Whole,
    steps: &'a [PlanStep<'a>],
    latest: &'a [Option<Stamp>],
}

impl Walk<'_> {
    fn expected(&self) -> Vec<Expected> {
        let done = self.done();
        let mut found: Vec<Expected> = Vec::with_capacity(self.steps.len());
        for (at, step) in self.steps.iter().enumerate() {
            // A step that is done hands on when it was done, not when it was to be.
            let before = |at: usize| {
                let (told, _) = done.get(at).copied().flatten().unzip();
                let span = found.get(at).and_then(|before| before.span);
                let from = if told.is_some() { told } else { span.map(|span| span.from) };
                from.zip(told.or(span.map(|span| span.ends)))
            };
            let from = counted_from(self.whole, self.steps, at, &before);
            let ready = earlier(step, at).all(|before| done.get(before).copied().flatten().is_some());
            let latest = self.latest.get(at).copied().flatten();
            let span = from.and_then(|from| self.clock.span(step, from, latest, self.whole.due));
            let one = match done.get(at).copied().flatten() {
                Some((at, told)) => self.that_is_done(from, span, at, told),
                None => self.that_is_not(span, ready),
            };
            found.push(one);
        }
        found
    }

    /// When each step was done; by a step after it, where that is not told (`false`).
    fn done(&self) -> Vec<Option<(Stamp, bool)>> {
        let mut done: Vec<Option<(Stamp, bool)>> = self.steps.iter().map(|step| step.done.map(|at| (at, true))).collect();
        for (at, step) in self.steps.iter().enumerate().rev() {
            let Some((by, _)) = done.get(at).copied().flatten() else { continue };
            for before in earlier(step, at) {
                if let Some(place) = done.get_mut(before)
                    && place.is_none_or(|(at, told)| !told && at > by)
                {
                    *place = Some((by, false));
                }
            }
        }
        done
    }

    fn that_is_done(&self, from: Option<Stamp>, span: Option<Span>, at: Stamp, told: bool) -> Expected {
        let late = span.filter(|_| told).and_then(|span| self.clock.delay(span.limit, at));
        let from = from.unwrap_or(at).min(at);
        let starts = span.map_or(from, |span| span.starts).min(at);
        let limit = span.map_or(at, |span| span.limit);
        let progress = if told { Progress::Done } else { Progress::Passed };
        Expected { progress, span: Some(Span { from, starts, ends: at, limit }), late }
    }

    fn that_is_not(&self, span: Option<Span>, ready: bool) -> Expected {
        let now = self.whole.now.filter(|_| ready);
        let late = span.zip(now).and_then(|(span, now)| self.clock.delay(span.limit, now));
        // It is not done yet, so it cannot end before now.
        let span = span.map(|span| Span { ends: now.map_or(span.ends, |now| span.ends.max(now)), ..span });
        Expected { progress: if ready { Progress::Running } else { Progress::Waiting }, span, late }
    }
}
