//! Worked examples, each counted by hand on the calendar of the state.

use super::*;
use crate::calendar::vietnam::calendar;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn stamp(text: &str) -> Stamp {
    let text = if text.contains('T') { text.to_owned() } else { format!("{text}T09:00") };
    Stamp::of(&DateTime::parse(&text).unwrap()).unwrap()
}

fn rule(count: u32, unit: Unit) -> DeadlineRule {
    let clock = ClockModel::StartWhenComplete;
    DeadlineRule { period: Period { count, unit }, clock, cutoff: None, roll: true, office: OfficeHours::ASSUMED }
}

fn cut_off(count: u32, unit: Unit, effect: CutoffEffect) -> DeadlineRule {
    DeadlineRule { cutoff: Some(Cutoff { minute: 15 * 60, effect }), ..rule(count, unit) }
}

fn is_due(rule: &DeadlineRule, received: &str, expected: &str) -> Due {
    let timeline = Timeline { received: stamp(received), supplements: &[], not_before: &[], extension: 0 };
    let due = due(&calendar(), rule, &timeline);
    let said = due.due_on.map(|day| day.to_string());
    assert_eq!((due.status, said.as_deref()), (Status::Determined, Some(expected)), "received {received}");
    due
}

#[test]
fn calendar_days() {
    let is_due = |received, days, end, expected| {
        let due = is_due(&rule(days, Unit::Days), received, expected);
        assert_eq!(due.rolled_from, (end != expected).then(|| day(end)));
    };
    is_due("2026-09-10", 60, "2026-11-09", "2026-11-09"); // E01: birth registered on day 60
    is_due("2025-12-19", 60, "2026-02-17", "2026-02-23"); // E04: day 60 is Tết
    is_due("2026-03-02", 15, "2026-03-17", "2026-03-17"); // E22
    is_due("2026-02-06", 15, "2026-02-21", "2026-02-23"); // E22
    is_due("2026-06-15", 10, "2026-06-25", "2026-06-25"); // E45
}

#[test]
fn working_days() {
    for (received, days, expected) in [
        ("2026-08-19", 7, "2026-08-27"),  // E15a: a worked Saturday
        ("2026-08-27", 7, "2026-09-10"),  // E15b: over Quốc khánh and its swap
        ("2026-02-09", 8, "2026-02-26"),  // E16: over Tết
        ("2025-12-31", 3, "2026-01-07"),  // E17a: 2 January 2026 was swapped
        ("2025-12-31", 8, "2026-01-13"),  // E17b: with its Saturday
        ("2027-04-28", 3, "2027-05-05"),  // E19: 1 May on a Saturday
        ("2023-08-31", 3, "2023-09-07"),  // E20: Quốc khánh 2023
        ("2026-11-20", 7, "2026-12-02"),  // E24: time to complete a file
        ("2026-06-15", 10, "2026-06-29"), // E45, if its days had been working days
        ("2026-10-13", 3, "2026-10-16"),  // E46, from the competent authority's receipt
        ("2026-11-18", 5, "2026-11-26"),  // E58
        ("2018-12-28", 5, "2019-01-07"),  // E59: the swap of New Year 2019
        ("2026-04-24", 1, "2026-04-28"),  // E61: Giỗ Tổ on a Sunday
    ] {
        is_due(&rule(days, Unit::WorkingDays), received, expected);
    }
}

/// E06: civil status after 15:00, and the next day is Culture Day.
#[test]
fn same_day_after_the_cutoff() {
    let rule = cut_off(0, Unit::SameDay, CutoffEffect::DueNextWorkingDay);
    let late = is_due(&rule, "2026-11-23T15:30", "2026-11-25");
    assert!(late.moved_by_cutoff);
    assert!(matches!(&late.skipped[..], [(_, SkipReason::DayOff(reason))] if &*reason.vi == "Ngày Văn hóa Việt Nam"));
    assert!(!is_due(&rule, "2026-11-23T15:00", "2026-11-23").moved_by_cutoff);
    is_due(&rule, "2026-11-23T15:00:01", "2026-11-25");
}

/// E23: three working days for a file of 15:30, with what "counts from the next working day" may mean.
#[test]
fn both_readings_of_the_next_working_day() {
    let reading = |effect| cut_off(3, Unit::WorkingDays, effect);
    let a = is_due(&reading(CutoffEffect::DayZeroNextWorkingDay), "2026-11-20T15:30", "2026-11-27");
    assert_eq!((a.day_zero, a.starts_on), (Some(day("2026-11-23")), Some(day("2026-11-25"))));
    let b = is_due(&reading(CutoffEffect::DayOneNextWorkingDay), "2026-11-20T15:30", "2026-11-26");
    assert_eq!(b.starts_on, Some(day("2026-11-23")));
    is_due(&reading(CutoffEffect::ForwardOnly), "2026-11-20T15:30", "2026-11-26");
    is_due(&reading(CutoffEffect::DueNextWorkingDay), "2026-11-20T15:30", "2026-11-26");
    for effect in [CutoffEffect::DayZeroNextWorkingDay, CutoffEffect::DayOneNextWorkingDay] {
        is_due(&reading(effect), "2026-11-20T14:30", "2026-11-26");
    }
}

/// E46: filed away from home on the 12th, received by the authority that decides on the 13th.
#[test]
fn the_count_starts_with_the_competent_authority() {
    let (rule, calendar) = (rule(3, Unit::WorkingDays), calendar());
    let forwarded = |on: Option<&str>| {
        let timeline = Timeline { received: stamp("2026-10-12"), supplements: &[], not_before: &[on.map(day)], extension: 0 };
        settle(&calendar, &rule, &timeline)
    };
    assert_eq!(forwarded(Some("2026-10-13")).due_on, Some(day("2026-10-16")));
    assert_eq!(forwarded(Some("2026-10-11")).due_on, Some(day("2026-10-15")));
    assert_eq!(forwarded(None).status, Status::Waiting(Waiting::NotBefore(0)));
}

/// E42: an apology one working day before 25 November falls on the 23rd.
#[test]
fn a_working_day_before() {
    assert_eq!(calendar().nth_working_day_after(day("2026-11-25"), -1), Ok(day("2026-11-23")));
}
