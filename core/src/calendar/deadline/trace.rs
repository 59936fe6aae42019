//! What a deadline passed over, for people to read. It decides nothing: every day comes from [`settle`].

use super::{ClockModel, DeadlineRule, Due, Settled, SkipReason, Timeline, Unit, settle};
use crate::calendar::stamp::Stamp;
use crate::calendar::working::{DayStatus, WorkingCalendar};
use crate::value::Date;

/// The deadline of a file, with every day that was passed over named.
#[must_use]
pub fn due(calendar: &WorkingCalendar, rule: &DeadlineRule, timeline: &Timeline) -> Due {
    let settled = settle(calendar, rule, timeline);
    let (skipped, pauses) = match (settled.day_zero, settled.due_on) {
        (Some(zero), Some(due)) => {
            let pauses = pauses(rule, timeline, zero, settled.rolled_from.unwrap_or(due));
            (skipped(calendar, rule, &settled, &pauses, zero, due), pauses)
        }
        _ => (Vec::new(), Vec::new()),
    };
    Due {
        status: settled.status,
        day_zero: settled.day_zero,
        starts_on: settled.day_zero.and_then(|zero| match rule.period.unit {
            Unit::WorkingDays => calendar.provisional().next_working_day(zero),
            Unit::Days | Unit::Months => Some(zero.plus_days(1)),
            Unit::Hours | Unit::OfficeHours | Unit::SameDay => Some(zero),
        }),
        due_on: settled.due_on,
        due_at: settled.due_on.zip(settled.due_second).map(|(date, second)| Stamp { date, second }.to_datetime()),
        counted: rule.period.count.saturating_add(timeline.extension),
        skipped,
        pauses,
        rolled_from: settled.rolled_from,
        moved_by_cutoff: settled.moved_by_cutoff,
    }
}

fn skipped(
    calendar: &WorkingCalendar,
    rule: &DeadlineRule,
    settled: &Settled,
    pauses: &[(Date, Date)],
    zero: Date,
    due: Date,
) -> Vec<(Date, SkipReason)> {
    let (first, only_working) = match rule.period.unit {
        Unit::WorkingDays => (zero.plus_days(1), true),
        Unit::OfficeHours | Unit::SameDay => (zero, true),
        Unit::Days | Unit::Months | Unit::Hours => (zero.plus_days(1), false),
    };
    let reason = |day: Date| {
        let rolled_over = settled.rolled_from.is_some_and(|end| day >= end && day < due);
        let off = match calendar.provisional().status(day) {
            DayStatus::Weekend => Some(SkipReason::Weekend),
            DayStatus::DayOff(reason) => Some(SkipReason::DayOff(reason.clone())),
            DayStatus::Working | DayStatus::SwappedWorkingDay(_) => None,
        };
        let paused = pauses.iter().any(|(from, until)| (*from..=*until).contains(&day)).then_some(SkipReason::Pause);
        off.filter(|_| only_working || rolled_over).or(paused)
    };
    (first.0..=due.0).filter_map(|day| reason(Date(day)).map(|reason| (Date(day), reason))).collect()
}

/// The pauses that took days out of `zero` to `end`, those that touch made one.
fn pauses(rule: &DeadlineRule, timeline: &Timeline, zero: Date, end: Date) -> Vec<(Date, Date)> {
    if rule.clock != ClockModel::Pause || rule.period.unit == Unit::SameDay {
        return Vec::new();
    }
    let mut pauses: Vec<(Date, Date)> = Vec::new();
    for day in (zero.plus_days(1).0..=end.0).map(Date) {
        if !timeline.supplements.iter().any(|supplement| supplement.pauses(day)) {
            continue;
        }
        match pauses.last_mut() {
            Some((_, until)) if until.plus_days(1) == day => *until = day,
            _ => pauses.push((day, day)),
        }
    }
    pauses
}
