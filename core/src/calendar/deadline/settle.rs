//! The decision. No allocation: columns of cases run through here.

use super::{ClockModel, CutoffEffect, DeadlineRule, Period, Settled, Status, Supplement, Timeline, Unit, UnknownCause, Waiting};
use crate::calendar::stamp::{DAY, Stamp};
use crate::calendar::working::WorkingCalendar;
use crate::value::Date;

/// Days in the longest period that is counted: a century.
const LONGEST: i64 = 36_525;

/// The day a deadline falls on, if it is determined or provisional.
#[must_use]
pub fn due_on(calendar: &WorkingCalendar, rule: &DeadlineRule, timeline: &Timeline) -> Option<Date> {
    settle(calendar, rule, timeline).due_on
}

/// The deadline of a file.
#[must_use]
pub fn settle(calendar: &WorkingCalendar, rule: &DeadlineRule, timeline: &Timeline) -> Settled {
    undisturbed(calendar, rule, timeline).unwrap_or_else(|| in_full(calendar, rule, timeline))
}

/// Published working days from receipt with nothing that moves the count: by far the commonest deadline, in one look-up.
#[inline]
fn undisturbed(calendar: &WorkingCalendar, rule: &DeadlineRule, timeline: &Timeline) -> Option<Settled> {
    let Timeline { received, supplements: [], not_before: [], extension: 0 } = *timeline else { return None };
    let DeadlineRule { period: Period { unit: Unit::WorkingDays, count: count @ 0..=1_000 }, cutoff: None, .. } = rule else {
        return None;
    };
    let due = calendar.nth_working_day_after(received.date, *count as i32).ok()?;
    Some(Settled {
        status: Status::Determined,
        day_zero: Some(received.date),
        due_on: Some(due),
        due_second: None,
        rolled_from: None,
        moved_by_cutoff: false,
    })
}

fn in_full(calendar: &WorkingCalendar, rule: &DeadlineRule, timeline: &Timeline) -> Settled {
    let mut count = Count {
        calendar,
        rule,
        timeline,
        published: true,
        settled: Settled {
            status: Status::Determined,
            day_zero: None,
            due_on: None,
            due_second: None,
            rolled_from: None,
            moved_by_cutoff: false,
        },
    };
    match count.run() {
        Ok(due) => {
            count.settled.due_on = Some(due);
            if !count.published {
                count.settled.status = Status::Provisional;
            }
        }
        Err(status) => {
            (count.settled.status, count.settled.due_second, count.settled.rolled_from) = (status, None, None);
        }
    }
    count.settled
}

/// A count under way. An `Err` is the status it halts with.
struct Count<'a> {
    calendar: &'a WorkingCalendar,
    rule: &'a DeadlineRule,
    timeline: &'a Timeline<'a>,
    /// Whether every day whose nature mattered so far is published.
    published: bool,
    settled: Settled,
}

/// Which days a count steps on.
#[derive(Clone, Copy)]
enum Step {
    Working,
    Calendar,
}

const TOO_FAR: Status = Status::Unknown(UnknownCause::TooFar);

impl Count<'_> {
    fn run(&mut self) -> Result<Date, Status> {
        let moved = self.latest_condition()?;
        let units = i64::from(self.rule.period.count) + i64::from(self.timeline.extension);
        let due = match self.rule.period.unit {
            Unit::SameDay => self.same_day(moved)?,
            Unit::Hours => self.hours(moved, units)?,
            Unit::OfficeHours => self.office_hours(moved, units)?,
            Unit::WorkingDays => {
                let zero = self.day_zero(moved)?;
                self.walk(Step::Working, zero, units)?
            }
            Unit::Days => {
                let zero = self.day_zero(moved)?;
                let end = self.walk(Step::Calendar, zero, units)?;
                self.roll(end)?
            }
            Unit::Months => {
                let zero = self.day_zero(moved)?;
                let same_number = i32::try_from(units).ok().and_then(|months| zero.plus_months(months)).ok_or(TOO_FAR)?;
                let end = self.walk(Step::Calendar, zero, days_between(zero, same_number))?;
                self.roll(end)?
            }
        };
        let from = self.settled.day_zero.unwrap_or(due);
        if (0..=LONGEST).contains(&days_between(from, due)) { Ok(due) } else { Err(TOO_FAR) }
    }

    /// The last of the days that the count must not start before, those of receipt apart.
    fn latest_condition(&self) -> Result<Option<Date>, Status> {
        let Timeline { supplements, not_before, .. } = *self.timeline;
        if self.rule.clock == ClockModel::Unknown && !supplements.is_empty() {
            return Err(Status::Unknown(UnknownCause::Clock));
        }
        let mut latest = None;
        if self.rule.clock != ClockModel::Pause || self.rule.period.unit == Unit::SameDay {
            for supplement in supplements {
                let completed = supplement.completed_on.ok_or(Status::Waiting(Waiting::Supplement(supplement.requested_on)))?;
                latest = latest.max(Some(completed));
            }
        }
        for (index, day) in not_before.iter().enumerate() {
            let day = day.ok_or(Status::Waiting(Waiting::NotBefore(index)))?;
            latest = latest.max(Some(day));
        }
        Ok(latest)
    }

    /// The day from which days and months are counted.
    fn day_zero(&mut self, moved: Option<Date>) -> Result<Date, Status> {
        let received = self.timeline.received.date;
        let mut zero = if self.is_late() { self.moved_start(received)? } else { self.day_zero_of(received)? };
        if let Some(moved) = moved.filter(|moved| *moved > received) {
            zero = zero.max(self.day_zero_of(moved)?);
        }
        self.settled.day_zero = Some(zero);
        self.settled.moved_by_cutoff = zero > moved.map_or(received, |moved| moved.max(received));
        Ok(zero)
    }

    /// Day zero of an event on `day` that was not late: another day only if a cutoff moves the count and `day` is off.
    fn day_zero_of(&mut self, day: Date) -> Result<Date, Status> {
        if self.cutoff_moves_start() && !self.is_working(day) { self.moved_start(day) } else { Ok(day) }
    }

    fn moved_start(&mut self, day: Date) -> Result<Date, Status> {
        match self.rule.cutoff.map(|cutoff| cutoff.effect) {
            Some(CutoffEffect::DayZeroNextWorkingDay) => self.nth_working_day_after(day, 1),
            Some(CutoffEffect::DayOneNextWorkingDay) => Ok(self.nth_working_day_after(day, 1)?.plus_days(-1)),
            _ => Ok(day),
        }
    }

    fn same_day(&mut self, moved: Option<Date>) -> Result<Date, Status> {
        let received = self.timeline.received.date;
        let forward_only = self.rule.cutoff.is_some_and(|cutoff| cutoff.effect == CutoffEffect::ForwardOnly);
        let start = moved.map_or(received, |moved| moved.max(received));
        let mut due = self.working_day_on_or_after(start)?;
        if self.is_late() && !forward_only {
            let late = self.nth_working_day_after(received, 1)?;
            self.settled.moved_by_cutoff = late > due;
            due = due.max(late);
        }
        self.settled.day_zero = Some(start);
        self.nth_working_day_after(due, self.timeline.extension.into())
    }

    fn hours(&mut self, moved: Option<Date>, hours: i64) -> Result<Date, Status> {
        let start = self.start_of_hours(moved)?;
        let total = i64::from(start.second) + hours * 3600;
        self.settled.due_second = Some((total % i64::from(DAY)) as u32);
        self.walk(Step::Calendar, start.date, total / i64::from(DAY))
    }

    fn office_hours(&mut self, moved: Option<Date>, hours: i64) -> Result<Date, Status> {
        let start = self.start_of_hours(moved)?;
        let first = self.working_day_on_or_after(start.date)?;
        let hours = u32::try_from(hours).map_err(|_| TOO_FAR)?;
        let (days, second) = self.rule.office.run(start.second, first == start.date, hours);
        self.settled.due_second = Some(second);
        self.walk(Step::Working, first, days)
    }

    fn start_of_hours(&mut self, moved: Option<Date>) -> Result<Stamp, Status> {
        let received = self.timeline.received;
        let mut start = received;
        if self.cutoff_moves_start() {
            let opens = self.rule.office.opens();
            start = if self.is_late() || !self.is_working(received.date) {
                Stamp { date: self.nth_working_day_after(received.date, 1)?, second: opens }
            } else {
                Stamp { second: received.second.max(opens), ..received }
            };
            self.settled.moved_by_cutoff = start > received;
        }
        if moved.is_some_and(|moved| moved > received.date && moved >= start.date) {
            return Err(Status::Unknown(UnknownCause::TimeOfDay));
        }
        self.settled.day_zero = Some(start.date);
        Ok(start)
    }

    /// The `units`-th day after `zero`, with the days that pauses take out left out.
    fn walk(&mut self, step: Step, zero: Date, units: i64) -> Result<Date, Status> {
        let (mut from, mut left) = (zero, units);
        loop {
            let reached = self.advance(step, from, left)?;
            let Some(pause) = self.next_pause(from).filter(|pause| pause.requested_on < reached || from > pause.requested_on) else {
                return Ok(reached);
            };
            let paused_from = pause.requested_on.max(from);
            left -= match step {
                Step::Working => self.calendar.provisional().working_days_between(from, paused_from),
                Step::Calendar => days_between(from, paused_from),
            };
            from = pause.completed_on.ok_or(Status::Waiting(Waiting::Supplement(pause.requested_on)))?;
        }
    }

    /// The pause that begins first of those that take out a day after `from`.
    fn next_pause(&self, from: Date) -> Option<Supplement> {
        let pauses = self.rule.clock == ClockModel::Pause;
        let ahead = |supplement: &&Supplement| {
            supplement.completed_on.is_none_or(|completed| completed > from && completed > supplement.requested_on)
        };
        let supplements = if pauses { self.timeline.supplements } else { &[] };
        supplements.iter().filter(ahead).min_by_key(|supplement| supplement.requested_on).copied()
    }

    fn advance(&mut self, step: Step, from: Date, units: i64) -> Result<Date, Status> {
        match step {
            Step::Working => self.nth_working_day_after(from, units),
            Step::Calendar => {
                let day = i64::from(from.0).checked_add(units).and_then(|day| i32::try_from(day).ok());
                day.map(Date).ok_or(TOO_FAR)
            }
        }
    }

    fn roll(&mut self, end: Date) -> Result<Date, Status> {
        if !self.rule.roll {
            return Ok(end);
        }
        let due = self.working_day_on_or_after(end)?;
        self.settled.rolled_from = (due > end).then_some(end);
        Ok(due)
    }

    fn is_late(&self) -> bool {
        self.rule.cutoff.is_some_and(|cutoff| u64::from(self.timeline.received.second) > u64::from(cutoff.minute) * 60)
    }

    fn cutoff_moves_start(&self) -> bool {
        let effect = self.rule.cutoff.map(|cutoff| cutoff.effect);
        matches!(effect, Some(CutoffEffect::DayZeroNextWorkingDay | CutoffEffect::DayOneNextWorkingDay))
    }

    fn is_working(&mut self, day: Date) -> bool {
        self.published &= self.calendar.covers(day, day);
        self.calendar.provisional().is_working(day)
    }

    fn working_day_on_or_after(&mut self, day: Date) -> Result<Date, Status> {
        let answer = self.calendar.provisional().working_day_on_or_after(day).ok_or(TOO_FAR)?;
        self.published &= self.calendar.covers(day, answer);
        Ok(answer)
    }

    fn nth_working_day_after(&mut self, day: Date, n: i64) -> Result<Date, Status> {
        let answer = self.calendar.provisional().nth_working_day_after(day, n).ok_or(TOO_FAR)?;
        self.published &= self.calendar.covers(day.plus_days(1), answer);
        Ok(answer)
    }
}

/// Days from `from` to `to`; negative if `to` is before.
fn days_between(from: Date, to: Date) -> i64 {
    i64::from(to.0) - i64::from(from.0)
}
