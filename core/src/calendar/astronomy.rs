//! Hồ Ngọc Đức's computation of the Vietnamese calendar, after Meeus: the source of the table in `lunar_table.rs`.
//!
//! Test-only, because it needs floating point. Days are Julian day numbers; the zone is UTC+07:00.

use std::f64::consts::PI;

use super::lunar::LunarDate;
use crate::value::Date;

const JULIAN_DAY_OF_EPOCH: i64 = 2_440_588;
const ZONE_DAYS: f64 = 7.0 / 24.0;
const MONTH: f64 = 29.530_588_853;
const FIRST_NEW_MOON: f64 = 2_415_021.076_998_695;

/// The lunar date of a solar day.
pub(super) fn lunar_date(day: Date) -> LunarDate {
    let number = i64::from(day.0) + JULIAN_DAY_OF_EPOCH;
    let k = ((number as f64 - FIRST_NEW_MOON) / MONTH).floor();
    // The published program looks at k + 1 and k only, and calls 2054-05-07 day 0 of a month: there k - 1 is meant.
    let month_start = [k + 1.0, k, k - 1.0].map(new_moon_day).into_iter().find(|start| *start <= number).unwrap();
    let solar_year = day.year();
    let mut before = month_eleven(solar_year);
    let (after, mut year);
    if before >= month_start {
        (after, year) = (before, solar_year);
        before = month_eleven(solar_year - 1);
    } else {
        (after, year) = (month_eleven(solar_year + 1), solar_year + 1);
    }
    let since = (month_start - before) / 29;
    let (mut month, mut leap) = (since + 11, false);
    if after - before > 365 {
        let offset = leap_offset(before);
        if since >= offset {
            month = since + 10;
            leap = since == offset;
        }
    }
    if month > 12 {
        month -= 12;
    }
    if month >= 11 && since < 4 {
        year -= 1;
    }
    LunarDate { year, month: month as u32, leap, day: (number - month_start + 1) as u32 }
}

/// First day of the month that holds the winter solstice of a solar year.
fn month_eleven(year: i32) -> i64 {
    let last_day = i64::from(Date::from_ymd(year, 12, 31).unwrap().0) + JULIAN_DAY_OF_EPOCH;
    let k = ((last_day - 2_415_021) as f64 / MONTH).floor();
    let day = new_moon_day(k);
    if sun_sector(day) >= 9 { new_moon_day(k - 1.0) } else { day }
}

/// How many months after month eleven the leap month comes: the first without a principal term.
fn leap_offset(month_eleven: i64) -> i64 {
    let k = ((month_eleven as f64 - FIRST_NEW_MOON) / MONTH + 0.5).floor();
    let sector = |i: i64| sun_sector(new_moon_day(k + i as f64));
    (2..14).find(|i| sector(*i) == sector(i - 1)).unwrap_or(14) - 1
}

fn new_moon_day(k: f64) -> i64 {
    (new_moon(k) + 0.5 + ZONE_DAYS).floor() as i64
}

/// Which twelfth of its path the sun is in when a local day begins.
fn sun_sector(day: i64) -> i64 {
    (sun_longitude(day as f64 - 0.5 - ZONE_DAYS) / PI * 6.0).floor() as i64
}

/// The moment of the `k`th new moon after 1900-01-01, as a Julian date in universal time.
fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let rad = PI / 180.0;
    let sin = |degrees: f64| (degrees * rad).sin();
    let mean = 2_415_020.759_33 + 29.530_588_68 * k + 0.000_117_8 * t2 - 0.000_000_155 * t3
        + 0.000_33 * sin(166.56 + 132.87 * t - 0.009_173 * t2);
    let sun = 359.2242 + 29.105_356_08 * k - 0.000_033_3 * t2 - 0.000_003_47 * t3;
    let moon = 306.0253 + 385.816_918_06 * k + 0.010_730_6 * t2 + 0.000_012_36 * t3;
    let node = 21.2964 + 390.670_506_46 * k - 0.001_652_8 * t2 - 0.000_002_39 * t3;
    let correction = (0.1734 - 0.000_393 * t) * sin(sun) + 0.0021 * sin(2.0 * sun) - 0.4068 * sin(moon) + 0.0161 * sin(2.0 * moon)
        - 0.0004 * sin(3.0 * moon)
        + 0.0104 * sin(2.0 * node)
        - 0.0051 * sin(sun + moon)
        - 0.0074 * sin(sun - moon)
        + 0.0004 * sin(2.0 * node + sun)
        - 0.0004 * sin(2.0 * node - sun)
        - 0.0006 * sin(2.0 * node + moon)
        + 0.0010 * sin(2.0 * node - moon)
        + 0.0005 * sin(2.0 * moon + sun);
    let dynamical = if t < -11.0 {
        0.001 + 0.000_839 * t + 0.000_226_1 * t2 - 0.000_008_45 * t3 - 0.000_000_081 * t * t3
    } else {
        -0.000_278 + 0.000_265 * t + 0.000_262 * t2
    };
    mean + correction - dynamical
}

/// The sun's ecliptic longitude in radians, 0 to 2π.
fn sun_longitude(julian: f64) -> f64 {
    let t = (julian - 2_451_545.0) / 36_525.0;
    let t2 = t * t;
    let rad = PI / 180.0;
    let anomaly = (357.529_10 + 35_999.050_30 * t - 0.000_155_9 * t2 - 0.000_000_48 * t * t2) * rad;
    let mean = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t2;
    let centre = (1.914_600 - 0.004_817 * t - 0.000_014 * t2) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_290 * (3.0 * anomaly).sin();
    ((mean + centre) * rad).rem_euclid(2.0 * PI)
}
