use proptest::prelude::*;

use super::*;
use crate::bundled::{read_section, write_section};
use crate::calendar::vietnam;
use crate::calendar::{CalendarProblem, problems};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn reason() -> Reason {
    Reason { vi: "nghỉ".into(), en: "off".into() }
}

fn year(number: i32, days_off: Vec<Date>, working_days: Vec<Date>) -> PublishedYear {
    let named = |days: Vec<Date>| days.into_iter().map(|day| (day, reason())).collect();
    PublishedYear {
        year: number,
        covers: (Date::from_ymd(number, 1, 1).unwrap(), Date::from_ymd(number, 12, 31).unwrap()),
        days_off: named(days_off),
        working_days: named(working_days),
    }
}

/// Up to four years between 1900 and 2100, with gaps and repetitions, days off on any day and worked weekends.
pub(crate) fn any_calendar() -> impl Strategy<Value = Vec<PublishedYear>> {
    let one = (1900..=2100, proptest::collection::btree_set(0..365, 0..25), proptest::collection::btree_set(0..52, 0..6));
    let one = one.prop_map(|(number, off, weeks)| {
        let first = Date::from_ymd(number, 1, 1).unwrap();
        let saturday = first.plus_days((6 - first.weekday() as i32).rem_euclid(7));
        let worked = weeks.into_iter().map(|week| saturday.plus_days(7 * week)).collect();
        year(number, off.into_iter().map(|days| first.plus_days(days)).collect(), worked)
    });
    let near = (proptest::collection::vec(one.clone(), 0..3), one).prop_map(|(mut years, mut next)| {
        // Often a year that follows another: spans that touch.
        if let Some(before) = years.first().filter(|year| year.year < 2100) {
            next = year(before.year + 1, next.days_off.iter().map(|(day, _)| *day).collect(), vec![]);
        }
        years.push(next);
        years
    });
    near.boxed()
}

fn published(years: &[PublishedYear], day: Date) -> bool {
    years.iter().any(|year| (year.covers.0..=year.covers.1).contains(&day))
}

/// Whether a day is worked, looked up in the lists.
pub(crate) fn counted_by_hand(years: &[PublishedYear], day: Date) -> bool {
    let own = years.iter().filter(|year| (year.covers.0..=year.covers.1).contains(&day));
    let mut listed = own.flat_map(|year| {
        let off = year.days_off.iter().map(|(day, _)| (*day, false));
        off.chain(year.working_days.iter().map(|(day, _)| (*day, true)))
    });
    listed.find(|(listed, _)| *listed == day).map_or(day.weekday() <= 5, |(_, worked)| worked)
}

proptest! {
    #[test]
    fn arithmetic_is_a_count_day_by_day(years in any_calendar(), from in -25_567..=47_847, n in -40..40i32, span in -60..60i32) {
        let (calendar, from) = (WorkingCalendar::new(&years), Date(from));
        let provisional = calendar.provisional();
        let (step, mut at, mut left) = (n.signum(), from, n.abs());
        while left > 0 {
            at = at.plus_days(step);
            left -= i32::from(counted_by_hand(&years, at));
        }
        prop_assert_eq!(provisional.nth_working_day_after(from, n.into()), Some(at));
        prop_assert_eq!(provisional.is_working(from), counted_by_hand(&years, from));
        prop_assert_eq!(provisional.is_working(from), provisional.status(from).is_working());
        let on_or_after = (0..).map(|days| from.plus_days(days)).find(|day| counted_by_hand(&years, *day));
        prop_assert_eq!(provisional.working_day_on_or_after(from), on_or_after);

        let to = from.plus_days(span);
        let (low, high) = (from.min(to), from.max(to));
        let between = (low.0 + 1..=high.0).filter(|day| counted_by_hand(&years, Date(*day))).count() as i64;
        prop_assert_eq!(provisional.working_days_between(from, to), if span < 0 { -between } else { between });

        let all = |first: Date, last: Date| (first.0..=last.0).all(|day| published(&years, Date(day)));
        prop_assert_eq!(calendar.covers(low, high), all(low, high));
        prop_assert_eq!(calendar.working_days_between(from, to).is_ok(), all(low.plus_days(1), high));
        let known = if n < 0 { all(at, from.plus_days(-1)) } else { all(from.plus_days(1), at) };
        prop_assert_eq!(calendar.nth_working_day_after(from, n).ok(), known.then_some(at));
        prop_assert_eq!(calendar.is_working(from).is_ok(), published(&years, from));
    }

    #[test]
    fn days_near_published_ones_too(years in any_calendar(), offset in -30..30i32, n in -30..30i32) {
        let calendar = WorkingCalendar::new(&years);
        for year in &years {
            for edge in [year.covers.0, year.covers.1] {
                let from = edge.plus_days(offset);
                let to = calendar.provisional().nth_working_day_after(from, n.into()).unwrap();
                let step = n.signum();
                let passed = (1..=(to.0 - from.0).abs()).filter(|days| counted_by_hand(&years, from.plus_days(days * step))).count();
                prop_assert_eq!(passed as i32, n.abs());
                prop_assert!(n == 0 || counted_by_hand(&years, to));
            }
        }
    }

    #[test]
    fn no_day_panics(years in any_calendar(), number in any::<i32>(), other in any::<i32>(), n in any::<i32>(), far in any::<i64>()) {
        let calendar = WorkingCalendar::new(&years);
        for number in [number, i32::MIN, i32::MAX] {
            let day = Date(number);
            for n in [n, i32::MIN, i32::MAX, 0, 1, -1] {
                let _ = calendar.nth_working_day_after(day, n);
            }
            for far in [far, i64::MIN, i64::MAX] {
                let _ = calendar.provisional().nth_working_day_after(day, far);
            }
            let _ = (calendar.is_working(day), calendar.status(day), calendar.next_working_day(day));
            let _ = (calendar.working_day_on_or_after(day), calendar.working_days_between(day, Date(other)));
        }
    }

    #[test]
    fn years_survive_being_kept(years in any_calendar()) {
        let bytes = write_section(&years);
        prop_assert_eq!(read_section::<Vec<PublishedYear>>(&bytes), Some((years, &[][..])));
    }

    #[test]
    fn any_span_can_be_compiled(first in any::<i32>(), last in any::<i32>(), listed in any::<i32>()) {
        let odd = PublishedYear { year: 0, covers: (Date(first), Date(last)), days_off: vec![(Date(listed), reason())], working_days: vec![] };
        let _ = problems(std::slice::from_ref(&odd));
        let _ = WorkingCalendar::new(&[odd]).is_working(Date(listed));
    }
}

#[test]
fn status_names_its_reason() {
    let calendar = vietnam::calendar();
    let text = |text: &str| match calendar.status(day(text)) {
        Ok(DayStatus::Working) => "working".to_owned(),
        Ok(DayStatus::Weekend) => "weekend".to_owned(),
        Ok(DayStatus::DayOff(reason)) => format!("off: {} / {}", reason.vi, reason.en),
        Ok(DayStatus::SwappedWorkingDay(reason)) => format!("worked: {}", reason.vi),
        Err(beyond) => beyond.to_string(),
    };
    assert_eq!(text("2026-11-23"), "working");
    assert_eq!(text("2026-11-22"), "weekend");
    assert_eq!(text("2026-11-24"), "off: Ngày Văn hóa Việt Nam / Vietnam Culture Day");
    assert_eq!(text("2026-08-22"), "worked: Làm bù cho ngày nghỉ 31/8/2026");
    assert_eq!(text("2018-12-31"), "off: Nghỉ hoán đổi, làm bù ngày 05/01/2019 / Day off swapped with the working Saturday 5 January 2019");
    assert_eq!(text("2028-01-03"), "the days off of 2028-01-03 are not published");
}

#[test]
fn what_is_not_published_is_refused() {
    let calendar = vietnam::calendar();
    assert_eq!(calendar.next_working_day(day("2027-12-30")), Ok(day("2027-12-31")));
    let refused = calendar.next_working_day(day("2027-12-31")).unwrap_err();
    assert_eq!(refused, BeyondCalendar { day: day("2028-01-01"), covered_until: Some(day("2027-12-31")) });
    assert_eq!(calendar.provisional().next_working_day(day("2027-12-31")), Some(day("2028-01-03")));
    assert_eq!(calendar.is_working(day("2018-12-28")).unwrap_err().covered_until, None);
    assert!(WorkingCalendar::default().is_working(day("2026-11-23")).is_err());
    assert_eq!(calendar.nth_working_day_after(day("2028-06-01"), 0), Ok(day("2028-06-01")));
}

#[test]
fn working_days_between_counts_the_last_day_only() {
    let calendar = vietnam::calendar();
    assert_eq!(calendar.working_days_between(day("2026-08-19"), day("2026-08-27")), Ok(7));
    assert_eq!(calendar.working_days_between(day("2026-08-27"), day("2026-08-19")), Ok(-7));
    assert_eq!(calendar.working_days_between(day("2026-08-22"), day("2026-08-22")), Ok(0));
}

#[test]
fn problems_of_a_year_are_told() {
    let good = year(2026, vec![day("2026-11-24")], vec![day("2026-08-22")]);
    assert_eq!(problems(std::slice::from_ref(&good)), []);
    let odd = PublishedYear {
        covers: (day("2026-12-31"), day("2027-12-31")),
        ..year(2027, vec![day("2027-01-02"), day("2028-01-03")], vec![day("2027-01-02"), day("2027-01-04")])
    };
    let empty = PublishedYear { covers: (day("2028-12-31"), day("2028-01-01")), ..year(2028, vec![], vec![]) };
    let far = PublishedYear { covers: (day("2290-01-01"), day("2310-01-01")), ..year(2290, vec![], vec![]) };
    assert_eq!(
        problems(&[good, odd, empty, far]),
        [
            CalendarProblem::Overlap { year: 2027, day: day("2026-12-31") },
            CalendarProblem::OffOnWeekend { year: 2027, day: day("2027-01-02") },
            CalendarProblem::OutsideSpan { year: 2027, day: day("2028-01-03") },
            CalendarProblem::Repeated { year: 2027, day: day("2027-01-02") },
            CalendarProblem::WorkingOnWeekday { year: 2027, day: day("2027-01-04") },
            CalendarProblem::EmptySpan { year: 2028 },
            CalendarProblem::SpanTooFar { year: 2290 },
        ]
    );
}
