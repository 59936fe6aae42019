//! What the trace says, what a file waits for, and the edges.

use super::*;
use crate::calendar::WorkingCalendar;
use crate::calendar::vietnam::calendar;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn stamp(text: &str) -> Stamp {
    Stamp::of(&DateTime::parse(text).unwrap()).unwrap()
}

fn rule(count: u32, unit: Unit, clock: ClockModel) -> DeadlineRule {
    DeadlineRule { period: Period { count, unit }, clock, cutoff: None, roll: true, office: OfficeHours::ASSUMED }
}

fn supplement(requested: &str, completed: Option<&str>) -> Supplement {
    Supplement { requested_on: day(requested), completed_on: completed.map(day) }
}

/// The deadline as text: status, day (and time), what was passed over.
fn tells(rule: &DeadlineRule, received: &str, supplements: &[Supplement], expected: &str) {
    let timeline = Timeline { received: stamp(received), supplements, not_before: &[], extension: 0 };
    let calendar = calendar();
    let due = due(&calendar, rule, &timeline);
    assert_eq!(due_on(&calendar, rule, &timeline), due.due_on, "the fast way tells the same day");
    let mut text = format!("{:?}", due.status);
    if let Some(on) = due.due_on {
        text += &format!(" {}", due.due_at.map_or(on.to_string(), |at| at.to_string()));
    }
    if let Some(end) = due.rolled_from {
        text += &format!(" from {end}");
    }
    for (from, until) in &due.pauses {
        text += &format!(" pause {from}..{until}");
    }
    for (day, reason) in &due.skipped {
        let (_, month, number) = day.ymd();
        text += &match reason {
            SkipReason::Weekend => format!("; {number}/{month} weekend"),
            SkipReason::DayOff(reason) => format!("; {number}/{month} {}", reason.vi),
            SkipReason::Pause => format!("; {number}/{month} pause"),
        };
    }
    assert_eq!(text, expected);
}

use ClockModel::{Pause, Restart, StartWhenComplete};

#[test]
fn every_day_passed_over_is_named() {
    let (three, fifteen) = (rule(3, Unit::WorkingDays, Restart), rule(15, Unit::Days, Restart));
    tells(
        &three,
        "2026-11-20T09:00",
        &[],
        "Determined 2026-11-26; 21/11 weekend; 22/11 weekend; 24/11 Ngày Văn hóa Việt Nam",
    );
    tells(
        &three,
        "2026-08-28T09:00",
        &[],
        "Determined 2026-09-07; 29/8 weekend; 30/8 weekend; 31/8 Nghỉ hoán đổi, làm bù ngày 22/8/2026; 1/9 Quốc khánh; \
         2/9 Quốc khánh; 5/9 weekend; 6/9 weekend",
    );
    tells(&fifteen, "2026-02-06T09:00", &[], "Determined 2026-02-23 from 2026-02-21; 21/2 weekend; 22/2 weekend");
    tells(&DeadlineRule { roll: false, ..fifteen }, "2026-02-06T09:00", &[], "Determined 2026-02-21");
}

#[test]
fn months_end_on_the_same_number_or_the_last_day() {
    let months = |count| DeadlineRule { roll: false, ..rule(count, Unit::Months, Restart) };
    tells(&months(1), "2026-01-31T09:00", &[], "Determined 2026-02-28");
    tells(&months(1), "2024-01-31T09:00", &[], "Determined 2024-02-29");
    tells(&months(1), "2026-02-28T09:00", &[], "Determined 2026-03-28");
    tells(&months(12), "2024-02-29T09:00", &[], "Determined 2025-02-28");
    tells(&months(2), "2025-12-31T09:00", &[], "Determined 2026-02-28");
    tells(&rule(1, Unit::Months, Restart), "2026-01-31T09:00", &[], "Determined 2026-03-02 from 2026-02-28; 28/2 weekend; 1/3 weekend");
}

#[test]
fn an_incomplete_file_starts_when_it_is_complete() {
    for clock in [Restart, StartWhenComplete] {
        let three = rule(3, Unit::WorkingDays, clock);
        let done = supplement("2026-10-06", Some("2026-10-12"));
        tells(&three, "2026-10-05T09:00", &[done], "Determined 2026-10-15");
        tells(&three, "2026-10-05T09:00", &[done, supplement("2026-10-05", Some("2026-10-07"))], "Determined 2026-10-15");
        tells(&three, "2026-10-05T09:00", &[done, supplement("2026-10-13", None)], "Waiting(Supplement(Date(20739)))");
    }
    let unknown = rule(3, Unit::WorkingDays, ClockModel::Unknown);
    tells(&unknown, "2026-10-05T09:00", &[], "Determined 2026-10-08");
    tells(&unknown, "2026-10-05T09:00", &[supplement("2026-10-06", Some("2026-10-12"))], "Unknown(Clock)");
}

#[test]
fn a_pause_takes_its_days_out() {
    let three = rule(3, Unit::WorkingDays, Pause);
    // 6/10 counts, 7 to 12/10 do not, 13 and 14/10 do.
    let pause = supplement("2026-10-06", Some("2026-10-12"));
    tells(
        &three,
        "2026-10-05T09:00",
        &[pause],
        "Determined 2026-10-14 pause 2026-10-07..2026-10-12; 7/10 pause; 8/10 pause; 9/10 pause; 10/10 weekend; 11/10 weekend; 12/10 pause",
    );
    // One within the other, and one that comes after the end.
    let others = [supplement("2026-10-30", None), supplement("2026-10-07", Some("2026-10-09")), pause];
    tells(
        &three,
        "2026-10-05T09:00",
        &others,
        "Determined 2026-10-14 pause 2026-10-07..2026-10-12; 7/10 pause; 8/10 pause; 9/10 pause; 10/10 weekend; 11/10 weekend; 12/10 pause",
    );
    tells(&three, "2026-10-05T09:00", &[supplement("2026-10-07", None)], "Waiting(Supplement(Date(20733)))");
    tells(&three, "2026-10-05T09:00", &[supplement("2026-10-08", None)], "Determined 2026-10-08");
    tells(&three, "2026-10-05T09:00", &[supplement("2026-10-07", Some("2026-10-07"))], "Determined 2026-10-08");
    tells(
        &rule(3, Unit::Days, Pause),
        "2026-10-05T09:00",
        &[supplement("2026-10-06", Some("2026-10-08"))],
        "Determined 2026-10-12 from 2026-10-10 pause 2026-10-07..2026-10-08; 7/10 pause; 8/10 pause; 10/10 weekend; 11/10 weekend",
    );
    tells(
        &rule(1, Unit::Months, Pause),
        "2026-10-05T09:00",
        &[supplement("2026-10-06", Some("2026-10-08"))],
        "Determined 2026-11-09 from 2026-11-07 pause 2026-10-07..2026-10-08; 7/10 pause; 8/10 pause; 7/11 weekend; 8/11 weekend",
    );
    let same_day = rule(0, Unit::SameDay, Pause);
    tells(&same_day, "2026-10-05T09:00", &[supplement("2026-10-05", Some("2026-10-10"))], "Determined 2026-10-12; 10/10 weekend; 11/10 weekend");
}

#[test]
fn same_day_on_a_day_off_is_the_next_working_day() {
    let same_day = rule(0, Unit::SameDay, Restart);
    tells(&same_day, "2026-11-24T09:00", &[], "Determined 2026-11-25; 24/11 Ngày Văn hóa Việt Nam");
    tells(&same_day, "2026-08-22T16:00", &[], "Determined 2026-08-22");
    let calendar = calendar();
    let extended = Timeline { received: stamp("2026-11-20T09:00"), supplements: &[], not_before: &[], extension: 2 };
    assert_eq!(due_on(&calendar, &same_day, &extended), Some(day("2026-11-25")));
    assert_eq!(due(&calendar, &same_day, &extended).counted, 2);
}

#[test]
fn hours() {
    let (clock, office) = (rule(8, Unit::Hours, Restart), rule(8, Unit::OfficeHours, Restart));
    tells(&clock, "2026-11-20T20:30", &[], "Determined 2026-11-21T04:30:00");
    tells(&office, "2026-11-23T16:00", &[], "Determined 2026-11-25T16:00:00; 24/11 Ngày Văn hóa Việt Nam");
    let completed = [supplement("2026-11-20", Some("2026-11-23"))];
    tells(&clock, "2026-11-20T09:00", &completed, "Unknown(TimeOfDay)");
    let at_once = [supplement("2026-11-20", Some("2026-11-20"))];
    tells(&office, "2026-11-20T09:00", &at_once, "Determined 2026-11-23T09:00:00; 21/11 weekend; 22/11 weekend");
    let paused = rule(24, Unit::Hours, Pause);
    tells(&paused, "2026-11-20T09:00", &completed, "Determined 2026-11-24T09:00:00 pause 2026-11-21..2026-11-23; 21/11 pause; 22/11 pause; 23/11 pause");
    let cutoff = Some(Cutoff { minute: 15 * 60, effect: CutoffEffect::DayZeroNextWorkingDay });
    tells(&DeadlineRule { cutoff, ..clock }, "2026-11-20T15:30", &[], "Determined 2026-11-23T16:00:00");
    tells(&DeadlineRule { cutoff, ..office }, "2026-11-21T10:00", &[], "Determined 2026-11-23T17:00:00");
}

#[test]
fn days_off_move_the_start_as_late_receipt_does() {
    let cutoff = Some(Cutoff { minute: 15 * 60, effect: CutoffEffect::DayZeroNextWorkingDay });
    let three = DeadlineRule { cutoff, ..rule(3, Unit::WorkingDays, Restart) };
    for received in ["2026-11-20T15:30", "2026-11-21T09:00", "2026-11-22T23:00", "2026-11-23T09:00"] {
        let timeline = Timeline { received: stamp(received), supplements: &[], not_before: &[], extension: 0 };
        assert_eq!(due_on(&calendar(), &three, &timeline), Some(day("2026-11-27")), "{received}");
    }
    tells(&rule(3, Unit::WorkingDays, Restart), "2026-11-21T09:00", &[], "Determined 2026-11-26; 22/11 weekend; 24/11 Ngày Văn hóa Việt Nam");
}

#[test]
fn past_the_published_days_it_is_provisional() {
    let three = rule(3, Unit::WorkingDays, Restart);
    tells(&three, "2027-12-28T09:00", &[], "Determined 2027-12-31");
    tells(&three, "2027-12-29T09:00", &[], "Provisional 2028-01-03; 1/1 weekend; 2/1 weekend");
    tells(&three, "2018-12-20T09:00", &[], "Provisional 2018-12-25; 22/12 weekend; 23/12 weekend");
    let days = rule(10, Unit::Days, Restart);
    tells(&days, "2027-12-30T09:00", &[], "Provisional 2028-01-10 from 2028-01-09; 9/1 weekend");
    tells(&DeadlineRule { roll: false, ..days }, "2027-12-30T09:00", &[], "Determined 2028-01-09");
    tells(&rule(48, Unit::Hours, Restart), "2027-12-31T09:00", &[], "Determined 2028-01-02T09:00:00");
    let nothing = WorkingCalendar::new(&[]);
    let timeline = Timeline { received: stamp("2026-11-20T09:00"), supplements: &[], not_before: &[], extension: 0 };
    let due = due(&nothing, &three, &timeline);
    assert_eq!((due.status, due.due_on), (Status::Provisional, Some(day("2026-11-25"))));
}

#[test]
fn too_far_is_unknown() {
    for unit in [Unit::WorkingDays, Unit::Days, Unit::Months, Unit::Hours, Unit::OfficeHours] {
        tells(&rule(u32::MAX, unit, Restart), "2026-11-20T09:00", &[], "Unknown(TooFar)");
    }
    let open_end = [Supplement { requested_on: day("2026-11-20"), completed_on: Some(Date(i32::MAX)) }];
    tells(&rule(3, Unit::Days, Pause), "2026-11-20T09:00", &open_end, "Unknown(TooFar)");
}

#[test]
fn offsets_of_receipt() {
    let at = |text: &str| Stamp::of(&DateTime::parse(text).unwrap());
    assert_eq!(at("2026-11-20T15:30+07:00"), at("2026-11-20T15:30"));
    assert_eq!(at("2026-11-20T18:30:05Z"), at("2026-11-21T01:30:05"));
    assert_eq!(at("2026-11-20T00:30+09:00"), at("2026-11-19T22:30"));
    assert_eq!(at("2026-11-20T15:30@Asia/Ho_Chi_Minh"), at("2026-11-20T15:30"));
    assert_eq!(at("2026-11-20T15:30@Europe/Paris"), None);
}
