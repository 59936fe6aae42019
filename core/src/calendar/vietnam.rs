//! The calendar of the state as the rule pack has it, read for the tests, and checked against the law it comes from.

use super::lunar::{self, LunarDate};
use super::{DayStatus, PublishedYear, Reason, WorkingCalendar, problems};
use crate::value::Date;

const FILES: [&str; 9] = [
    include_str!("../../../rules/calendar/2019.yaml"),
    include_str!("../../../rules/calendar/2020.yaml"),
    include_str!("../../../rules/calendar/2021.yaml"),
    include_str!("../../../rules/calendar/2022.yaml"),
    include_str!("../../../rules/calendar/2023.yaml"),
    include_str!("../../../rules/calendar/2024.yaml"),
    include_str!("../../../rules/calendar/2025.yaml"),
    include_str!("../../../rules/calendar/2026.yaml"),
    include_str!("../../../rules/calendar/2027.yaml"),
];

pub(super) fn calendar() -> WorkingCalendar {
    WorkingCalendar::new(&years())
}

pub(super) fn years() -> Vec<PublishedYear> {
    FILES.iter().map(|text| read(text)).collect()
}

/// The files have one shape, a day a line; the reader of rule files is no part of this layer.
fn read(text: &str) -> PublishedYear {
    let line = |key: &str| text.lines().find_map(|line| line.strip_prefix(key));
    let year: i32 = line("year: ").unwrap().parse().unwrap();
    let day = |text: &str| Date::parse(text).unwrap();
    let covers = line("covers: { from: ").map_or((day(&format!("{year}-01-01")), day(&format!("{year}-12-31"))), |span| {
        (day(&span[..10]), day(span.strip_suffix(" }").unwrap().rsplit(' ').next().unwrap()))
    });
    let (off, working) = text.split_once("\nworking_days:").unwrap();
    let days = |text: &str| {
        let rows = text.lines().filter_map(|line| line.strip_prefix("  - { date: "));
        rows.map(|row| {
            let quoted: Vec<&str> = row.split('"').collect();
            (day(&row[..10]), Reason { vi: quoted[1].into(), en: quoted[3].into() })
        })
        .collect()
    };
    PublishedYear { year, covers, days_off: days(off), working_days: days(working) }
}

#[test]
fn the_pack_has_nine_years_without_problems() {
    let years = years();
    assert_eq!(problems(&years), []);
    assert_eq!(years.iter().map(|year| year.days_off.len()).sum::<usize>(), 105);
    assert_eq!(years.iter().map(|year| year.working_days.len()).sum::<usize>(), 6);
    let calendar = calendar();
    assert!(calendar.covers(Date::from_ymd(2018, 12, 29).unwrap(), Date::from_ymd(2027, 12, 31).unwrap()));
    assert_eq!(calendar.covered_until(), Date::from_ymd(2027, 12, 31));
}

/// Bộ luật Lao động 2019 art 112 and 111(3): each holiday is off, or is made up for on the next working day.
#[test]
fn each_statutory_holiday_is_off_or_made_up_for() {
    let calendar = calendar();
    for year in 2019..=2027 {
        let lunar = |month, day| lunar::to_solar(LunarDate { year, month, leap: false, day }).unwrap();
        let solar = |month, day| Date::from_ymd(year, month, day).unwrap();
        for (day, name) in [
            (solar(1, 1), "Tết Dương lịch"),
            (lunar(1, 1), "Tết Nguyên đán"),
            (lunar(1, 2), "Tết Nguyên đán"),
            (lunar(1, 3), "Tết Nguyên đán"),
            (lunar(3, 10), "Giỗ Tổ Hùng Vương"),
            (solar(4, 30), "Ngày Chiến thắng 30/4"),
            (solar(5, 1), "Ngày Quốc tế lao động 1/5"),
            (solar(9, 2), "Quốc khánh"),
        ] {
            let named = |day| matches!(calendar.status(day), Ok(DayStatus::DayOff(reason)) if reason.vi.contains(name));
            match calendar.status(day).unwrap() {
                DayStatus::Weekend => assert!((1..=6).any(|later| named(day.plus_days(later))), "{name} {year} is made up for"),
                _ => assert!(named(day), "{name} {year} is off"),
            }
        }
    }
}

/// Every day off that was swapped has its Saturday, and the other way round.
#[test]
fn swaps_come_in_pairs() {
    let years = years();
    let swapped = years.iter().flat_map(|year| &year.days_off).filter(|(_, reason)| reason.vi.contains("hoán đổi"));
    let said = |date: Date| {
        let (year, month, day) = date.ymd();
        // As the notices write dates: a leading zero before a day under ten and a month under three.
        if month < 3 { format!("{day:02}/{month:02}/{year}") } else { format!("{day:02}/{month}/{year}") }
    };
    let mut pairs = 0;
    for (off, reason) in swapped {
        let worked = years.iter().flat_map(|year| &year.working_days).find(|(worked, _)| reason.vi.contains(&said(*worked)));
        let (worked, back) = worked.unwrap_or_else(|| panic!("{off} is made up for"));
        assert!(back.vi.contains(&said(*off)), "{worked} makes up for {off}");
        pairs += 1;
    }
    assert_eq!(pairs, 6);
}
