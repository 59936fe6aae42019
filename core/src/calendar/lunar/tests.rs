use super::super::astronomy;
use super::*;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn tet(year: i32) -> Date {
    to_solar(LunarDate { year, month: 1, leap: false, day: 1 }).unwrap()
}

/// The packed year, from the algorithm alone.
fn computed(year: i32) -> u32 {
    let new_year = (20..=51).map(|offset| Date::from_ymd(year, 1, 1).unwrap().plus_days(offset));
    let first = new_year.clone().find(|day| matches!(astronomy::lunar_date(*day), LunarDate { month: 1, day: 1, leap: false, .. })).unwrap();
    let (mut day, mut position, mut packed) = (first, 0, ((first.0 - Date::from_ymd(year, 1, 1).unwrap().0) as u32) << 17);
    loop {
        let date = astronomy::lunar_date(day);
        assert_eq!(date.day, 1, "a month begins on {day}");
        if date.year != year {
            return packed;
        }
        if date.leap {
            packed |= date.month << 13;
        }
        let long = astronomy::lunar_date(day.plus_days(29)).day == 30;
        packed |= u32::from(long) << position;
        (day, position) = (day.plus_days(if long { 30 } else { 29 }), position + 1);
    }
}

#[test]
fn the_table_is_what_the_algorithm_computes() {
    let computed: Vec<u32> = (FIRST_YEAR..=LAST_YEAR).map(computed).collect();
    assert_eq!(YEARS.as_slice(), computed, "{computed:#08x?}");
}

#[test]
fn every_day_agrees_with_the_algorithm_and_comes_back() {
    let (first, last) = (tet(FIRST_YEAR), tet(LAST_YEAR).plus_days(353));
    for number in first.0..=last.0 {
        let day = Date(number);
        let lunar = from_solar(day).unwrap();
        assert_eq!(lunar, astronomy::lunar_date(day), "{day}");
        assert_eq!(to_solar(lunar), Some(day));
    }
}

#[test]
fn outside_the_table_there_is_no_answer() {
    let last = tet(LAST_YEAR);
    let end = (353..=385).map(|days| last.plus_days(days)).find(|day| from_solar(*day).is_none()).unwrap();
    assert_eq!(end, day("2101-01-29"), "the day of Tết 2101");
    assert_eq!(from_solar(end.plus_days(-1)).unwrap().month, 12);
    assert_eq!(from_solar(tet(FIRST_YEAR)).unwrap(), LunarDate { year: 1900, month: 1, leap: false, day: 1 });
    for outside in [tet(FIRST_YEAR).plus_days(-1), Date(i32::MIN), Date(i32::MAX), day("1899-06-01"), day("2102-06-01")] {
        assert_eq!(from_solar(outside), None);
    }
    let no_day = |year, month, leap, day| to_solar(LunarDate { year, month, leap, day });
    for answer in [
        no_day(1899, 12, false, 1),
        no_day(2101, 1, false, 1),
        no_day(i32::MIN, 1, false, 1),
        no_day(i32::MAX, 1, false, 1),
        no_day(2026, 0, false, 1),
        no_day(2026, 13, false, 1),
        no_day(2026, 1, false, 0),
        no_day(2026, 1, false, 31),
        no_day(2026, 6, true, 1),
        no_day(2025, 0, true, 1),
        no_day(2026, u32::MAX, false, u32::MAX),
    ] {
        assert_eq!(answer, None);
    }
}

#[test]
fn tet_and_the_hung_kings_day() {
    for (tet_day, kings_day) in [
        ("2015-02-19", "2015-04-28"),
        ("2016-02-08", "2016-04-16"),
        ("2017-01-28", "2017-04-06"),
        ("2018-02-16", "2018-04-25"),
        ("2019-02-05", "2019-04-14"),
        ("2020-01-25", "2020-04-02"),
        ("2021-02-12", "2021-04-21"),
        ("2022-02-01", "2022-04-10"),
        ("2023-01-22", "2023-04-29"),
        ("2024-02-10", "2024-04-18"),
        ("2025-01-29", "2025-04-07"),
        ("2026-02-17", "2026-04-26"),
        ("2027-02-06", "2027-04-16"),
        ("2028-01-26", "2028-04-04"),
        ("2029-02-13", "2029-04-23"),
        ("2030-02-02", "2030-04-12"),
        ("2031-01-23", "2031-04-01"),
        ("2032-02-11", "2032-04-19"),
        ("2033-01-31", "2033-04-09"),
        ("2034-02-19", "2034-04-28"),
        ("2035-02-08", "2035-04-17"),
    ] {
        let year = day(tet_day).year();
        assert_eq!(tet(year), day(tet_day));
        assert_eq!(to_solar(LunarDate { year, month: 3, leap: false, day: 10 }), Some(day(kings_day)));
    }
}

#[test]
fn tet_where_the_chinese_calendar_differs() {
    for vietnam in ["1968-01-29", "1969-02-16", "1985-01-21", "2007-02-17", "2030-02-02", "2053-02-18"] {
        assert_eq!(tet(day(vietnam).year()), day(vietnam));
    }
}

#[test]
fn leap_months() {
    let leap = |year| (1..=12).find(|month| to_solar(LunarDate { year, month: *month, leap: true, day: 1 }).is_some());
    assert_eq!([2023, 2024, 2025, 2026, 2028, 2033].map(leap), [Some(2), None, Some(6), None, Some(5), Some(11)]);
}
