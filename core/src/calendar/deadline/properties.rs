//! Deadlines against a count day by day, and what must hold of all of them.

use proptest::prelude::*;

use super::*;
use crate::calendar::working::tests::{any_calendar, counted_by_hand};
use crate::calendar::{PublishedYear, WorkingCalendar};

fn any_day() -> impl Strategy<Value = Date> {
    (-25_567..=47_847).prop_map(Date)
}

fn any_supplements(from: i32) -> impl Strategy<Value = Vec<Supplement>> {
    let one = (-5..40, proptest::option::weighted(0.9, -3..20)).prop_map(move |(requested, taken)| {
        let requested_on = Date(from + requested);
        Supplement { requested_on, completed_on: taken.map(|days| requested_on.plus_days(days)) }
    });
    proptest::collection::vec(one, 0..4)
}

fn any_rule() -> impl Strategy<Value = DeadlineRule> {
    use CutoffEffect::{DayOneNextWorkingDay, DayZeroNextWorkingDay, DueNextWorkingDay, ForwardOnly};
    let units = [Unit::WorkingDays, Unit::Days, Unit::Months, Unit::Hours, Unit::OfficeHours, Unit::SameDay];
    let clocks = [ClockModel::Restart, ClockModel::StartWhenComplete, ClockModel::Pause, ClockModel::Unknown];
    let effects = [ForwardOnly, DueNextWorkingDay, DayZeroNextWorkingDay, DayOneNextWorkingDay];
    let cutoff = proptest::option::of((0..1440u32, proptest::sample::select(effects.to_vec())));
    let picks = (proptest::sample::select(units.to_vec()), proptest::sample::select(clocks.to_vec()));
    (0..40u32, picks, cutoff, any::<bool>()).prop_map(|(count, (unit, clock), cutoff, roll)| DeadlineRule {
        period: Period { count, unit },
        clock,
        cutoff: cutoff.map(|(minute, effect)| Cutoff { minute, effect }),
        roll,
        office: OfficeHours::ASSUMED,
    })
}

/// Counts working or calendar days one by one, leaving out paused ones; `None` if an open pause is reached first.
fn walked(years: &[PublishedYear], working: bool, zero: Date, count: u32, supplements: &[Supplement]) -> Option<Date> {
    let (mut day, mut left) = (zero, count);
    while left > 0 {
        day = day.plus_days(1);
        let pause = supplements.iter().filter(|supplement| supplement.pauses(day));
        if pause.clone().any(|supplement| supplement.completed_on.is_none()) {
            return None;
        }
        if pause.count() == 0 && (!working || counted_by_hand(years, day)) {
            left -= 1;
        }
    }
    Some(day)
}

proptest! {
    #[test]
    fn a_pausing_count_is_a_count_day_by_day(
        years in any_calendar(),
        (zero, supplements) in any_day().prop_flat_map(|day| (Just(day), any_supplements(day.0))),
        count in 1..60u32,
        working in any::<bool>(),
    ) {
        let calendar = WorkingCalendar::new(&years);
        let rule = DeadlineRule {
            period: Period { count, unit: if working { Unit::WorkingDays } else { Unit::Days } },
            clock: ClockModel::Pause,
            cutoff: None,
            roll: false,
            office: OfficeHours::ASSUMED,
        };
        let timeline = Timeline { received: Stamp::new(zero, 600), supplements: &supplements, not_before: &[], extension: 0 };
        let settled = settle(&calendar, &rule, &timeline);
        prop_assert_eq!(settled.due_on, walked(&years, working, zero, count, &supplements));
        if settled.due_on.is_none() {
            prop_assert!(matches!(settled.status, Status::Waiting(Waiting::Supplement(_))));
        }
    }

    #[test]
    fn a_later_file_is_not_due_earlier(
        years in any_calendar(), day in any_day(), rule in any_rule(), minute in 0..1440u32, later in 0..10_000u32,
    ) {
        let calendar = WorkingCalendar::new(&years);
        let due = |received| {
            let settled = settle(&calendar, &rule, &Timeline { received, supplements: &[], not_before: &[], extension: 0 });
            (settled.due_on, settled.due_second)
        };
        let after = minute + later;
        let (first, second) = (Stamp::new(day, minute), Stamp::new(day.plus_days((after / 1440) as i32), after % 1440));
        prop_assert!(due(first) <= due(second), "{first:?} {:?}, {second:?} {:?}", due(first), due(second));
    }

    #[test]
    fn the_trace_accounts_for_every_day(
        years in any_calendar(),
        (day, supplements) in any_day().prop_flat_map(|day| (Just(day), any_supplements(day.0))),
        count in 0..60u32,
        clock in proptest::sample::select(vec![ClockModel::Restart, ClockModel::Pause]),
    ) {
        let calendar = WorkingCalendar::new(&years);
        let period = Period { count, unit: Unit::WorkingDays };
        let rule = DeadlineRule { period, clock, cutoff: None, roll: true, office: OfficeHours::ASSUMED };
        let timeline = Timeline { received: Stamp::new(day, 600), supplements: &supplements, not_before: &[], extension: 0 };
        let due = due(&calendar, &rule, &timeline);
        if let (Some(zero), Some(due_on)) = (due.day_zero, due.due_on) {
            prop_assert!(count == 0 || i64::from(due_on.0 - zero.0) == i64::from(count) + due.skipped.len() as i64);
            prop_assert!(due.skipped.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }

    #[test]
    fn nothing_panics_and_the_fast_way_agrees(
        years in any_calendar(),
        rule in any_rule(),
        count in any::<u32>(),
        received in any::<(i32, u32)>(),
        requested in any::<(i32, Option<i32>)>(),
        not_before in proptest::option::of(proptest::option::of(any::<i32>())),
        extension in any::<u32>(),
    ) {
        let calendar = WorkingCalendar::new(&years);
        let rule = DeadlineRule { period: Period { count, ..rule.period }, ..rule };
        let supplements = [Supplement { requested_on: Date(requested.0), completed_on: requested.1.map(Date) }];
        let not_before: Vec<Option<Date>> = not_before.into_iter().map(|day| day.map(Date)).collect();
        for day in [received.0, i32::MIN, i32::MAX, 20_000] {
            let received = Stamp { date: Date(day), second: received.1 };
            for supplements in [&supplements[..], &[]] {
                let timeline = Timeline { received, supplements, not_before: &not_before, extension };
                prop_assert_eq!(due(&calendar, &rule, &timeline).due_on, due_on(&calendar, &rule, &timeline));
            }
        }
    }
}
