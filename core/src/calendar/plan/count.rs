//! How one step is counted.

use super::{Delay, PlanStep, Span, Takes};
use crate::calendar::deadline::{ClockModel, DeadlineRule, Period, Timeline, Unit, settle};
use crate::calendar::office::OfficeHours;
use crate::calendar::stamp::{DAY, Stamp};
use crate::calendar::working::WorkingCalendar;
use crate::value::Date;

/// The calendar and the hours that steps are counted by.
#[derive(Clone, Copy)]
pub(super) struct Clock<'a> {
    pub calendar: &'a WorkingCalendar,
    pub office: &'a OfficeHours,
}

/// How many seconds the office is open between two moments; negative if `to` is before `from`. Days that are not
/// published count by their weekday.
#[must_use]
pub fn office_seconds_between(calendar: &WorkingCalendar, office: &OfficeHours, from: Stamp, to: Stamp) -> i64 {
    let days = calendar.provisional();
    let of_day = |stamp: Stamp| if days.is_working(stamp.date) { i64::from(office.elapsed(stamp.second)) } else { 0 };
    let whole = days.working_days_between(from.date.plus_days(-1), to.date.plus_days(-1));
    whole * i64::from(office.a_day()) + of_day(to) - of_day(from)
}

impl Clock<'_> {
    /// From when to when a step goes that is counted from a moment; one that has what remains goes to `latest`.
    pub fn span(self, step: &PlanStep, from: Stamp, latest: Option<Stamp>, due: Option<Stamp>) -> Option<Span> {
        let begins = self.taken_up(step, from)?;
        let waited = begins.date > from.date;
        let (ends, limit) = match step.takes {
            Takes::Unknown => return None,
            Takes::Rest => {
                let ends = latest?.max(from);
                (ends, self.limit(ends).min(due.unwrap_or(ends).max(ends)))
            }
            Takes::OfficeSeconds(seconds) => {
                let ends = self.after_seconds(begins, seconds)?;
                (ends, ends)
            }
            // What waited for the morning is done first thing; no law says when that is over.
            Takes::Period(Period { unit: Unit::SameDay, .. }) if waited => (begins, end_of(begins.date)),
            Takes::Period(period) => self.after_period(begins, period)?,
        };
        let always_open = matches!(step.takes, Takes::Period(Period { unit: Unit::Hours, .. }));
        let starts = if always_open { begins } else { self.next_open(begins)?.min(ends) };
        Some(Span { from, starts, ends, limit })
    }

    /// When a step that is reached at a moment is taken up. With a cutoff that is when the office is open, so that what
    /// comes later is never taken up earlier.
    fn taken_up(self, step: &PlanStep, from: Stamp) -> Option<Stamp> {
        let Some(minute) = step.cutoff else { return Some(from) };
        let (days, opens) = (self.calendar.provisional(), self.office.opens());
        let late = u64::from(from.second) > u64::from(minute) * 60 || !days.is_working(from.date);
        if late {
            return Some(Stamp { date: days.next_working_day(from.date)?, second: opens });
        }
        Some(Stamp { date: from.date, second: from.second.max(opens) })
    }

    /// When a period ends, and the last moment within it.
    fn after_period(self, from: Stamp, period: Period) -> Option<(Stamp, Stamp)> {
        let rule = DeadlineRule { period, clock: ClockModel::StartWhenComplete, cutoff: None, roll: true, office: *self.office };
        let settled = settle(self.calendar, &rule, &Timeline { received: from, supplements: &[], not_before: &[], extension: 0 });
        let date = settled.due_on?;
        if let Some(second) = settled.due_second {
            let ends = Stamp { date, second }.max(from);
            return Some((ends, ends));
        }
        // Work of a day that arrives after the office has closed is still done on that day.
        let ends = Stamp { date, second: self.office.closes() }.max(from);
        Some((ends, end_of(ends.date)))
    }

    fn after_seconds(self, from: Stamp, seconds: i64) -> Option<Stamp> {
        if seconds <= 0 {
            return Some(from);
        }
        let days = self.calendar.provisional();
        let first = days.working_day_on_or_after(from.date)?;
        let (passed, second) = self.office.run_seconds(from.second, first == from.date, seconds);
        Some(Stamp { date: days.nth_working_day_after(first, passed)?, second })
    }

    /// The first moment from `from` on at which the office is open.
    fn next_open(self, from: Stamp) -> Option<Stamp> {
        let days = self.calendar.provisional();
        let today = self.office.open_from(from.second).filter(|_| days.is_working(from.date));
        match today {
            Some(second) => Some(Stamp { date: from.date, second }),
            None => Some(Stamp { date: days.next_working_day(from.date)?, second: self.office.opens() }),
        }
    }

    /// The last moment up to `until` at which the office is open or closes.
    pub fn last_open(self, until: Stamp) -> Stamp {
        let days = self.calendar.provisional();
        if days.is_working(until.date) && until.second > self.office.opens() {
            let elapsed = self.office.elapsed(until.second);
            return Stamp { date: until.date, second: self.office.run_seconds(self.office.opens(), true, elapsed.into()).1 };
        }
        let date = days.nth_working_day_after(until.date, -1).unwrap_or(until.date);
        Stamp { date, second: self.office.closes() }
    }

    /// The last moment that a step can be reached at so that it ends by `ends`; not before `first`.
    ///
    /// A step that is reached later never ends earlier, so that halving finds it whatever the unit.
    pub fn latest_start(self, step: &PlanStep, first: Stamp, ends: Stamp) -> Option<Stamp> {
        let in_time = |from: Stamp| self.span(step, from, None, None).is_some_and(|span| span.ends <= ends);
        let (mut good, mut bad) = (seconds_of(first), seconds_of(ends) + 1);
        if bad <= good || !in_time(first) {
            return Some(first);
        }
        while bad - good > 1 {
            let middle = good + (bad - good) / 2;
            if in_time(stamp_of(middle)?) { good = middle } else { bad = middle }
        }
        Some(self.last_open(stamp_of(good)?).max(first))
    }

    /// How much later than a limit; `None` if it is not.
    pub fn delay(self, limit: Stamp, at: Stamp) -> Option<Delay> {
        (at > limit).then(|| Delay {
            working_days: self.calendar.provisional().working_days_between(limit.date, at.date),
            office_seconds: office_seconds_between(self.calendar, self.office, limit, at),
        })
    }

    /// What ends as the office closes is on time to the end of that day.
    fn limit(self, ends: Stamp) -> Stamp {
        if ends.second == self.office.closes() { end_of(ends.date) } else { ends }
    }
}

fn end_of(date: Date) -> Stamp {
    Stamp { date, second: DAY - 1 }
}

fn seconds_of(stamp: Stamp) -> i64 {
    i64::from(stamp.date.0) * i64::from(DAY) + i64::from(stamp.second)
}

fn stamp_of(seconds: i64) -> Option<Stamp> {
    let date = i32::try_from(seconds.div_euclid(DAY.into())).ok()?;
    Some(Stamp { date: Date(date), second: seconds.rem_euclid(DAY.into()) as u32 })
}
