//! Days, times of day, and both together. Arithmetic on days is exact integer arithmetic.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

use crate::bundled::{Bundled, Reader, Writer};
use chrono::{Datelike as _, NaiveDate};

/// A day of the proleptic Gregorian calendar, kept as the number of days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Date(pub i32);

const EPOCH_FROM_CE: i32 = 719_163;

impl Date {
    /// The day of a year (astronomical, -262142 to 262141), month and day; `None` if there is none.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        NaiveDate::from_ymd_opt(year, month, day).map(Date::from)
    }

    /// Year, month (1 to 12) and day (1 to 31).
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.civil();
        (date.year(), date.month(), date.day())
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.civil().year()
    }

    /// 1 for Monday to 7 for Sunday.
    #[must_use]
    pub fn weekday(self) -> u32 {
        // 1970-01-01 was a Thursday.
        (self.0.rem_euclid(7) + 3) as u32 % 7 + 1
    }

    /// The day `days` later (or earlier); saturates at the ends of what can be counted.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Date {
        Date(self.0.saturating_add(days))
    }

    /// The same day of the month `months` later; the last day of a month that is too short.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Option<Date> {
        let (year, month, day) = self.ymd();
        let index = year.checked_mul(12)?.checked_add(month as i32 - 1)?.checked_add(months)?;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) as u32 + 1);
        (28..=day.max(28)).rev().chain([day]).find_map(|try_day| Date::from_ymd(year, month, try_day.min(day)))
    }

    /// Reads `YYYY-MM-DD` (a minus sign and more digits of the year are allowed, as in XML Schema).
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        if let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() {
            let number = |digits: &[u8]| {
                digits.iter().try_fold(0u32, |n, c| c.is_ascii_digit().then(|| n * 10 + u32::from(c - b'0')))
            };
            return Date::from_ymd(number(&[y1, y2, y3, y4])? as i32, number(&[m1, m2])?, number(&[d1, d2])?);
        }
        let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let mut parts = rest.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let padded = year.len() == 4 || (year.len() > 4 && !year.starts_with('0'));
        if parts.next().is_some() || month.len() != 2 || day.len() != 2 || !padded || ![year, month, day].into_iter().all(digits) {
            return None;
        }
        Date::from_ymd(sign * year.parse::<i32>().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The ten characters of a year from 0 to 9999.
    fn iso(self) -> Option<[u8; 10]> {
        let (year, month, day) = self.ymd();
        let year = u32::try_from(year).ok().filter(|year| *year <= 9_999)?;
        let digit = |n: u32| b'0' + (n % 10) as u8;
        Some([
            digit(year / 1_000), digit(year / 100), digit(year / 10), digit(year), b'-', digit(month / 10), digit(month), b'-',
            digit(day / 10), digit(day),
        ])
    }

    fn civil(self) -> NaiveDate {
        self.0
            .checked_add(EPOCH_FROM_CE)
            .and_then(NaiveDate::from_num_days_from_ce_opt)
            .unwrap_or(if self.0 < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Date(date.num_days_from_ce() - EPOCH_FROM_CE)
    }
}

/// The number of days since 1970-01-01.
impl Bundled for Date {
    fn write(&self, to: &mut Writer) {
        self.0.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Date {
        Date(i32::read(from))
    }
}

/// ISO text.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.iso().as_ref().and_then(|digits| std::str::from_utf8(digits).ok()) {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Date::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a date")))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.iso().as_ref().and_then(|digits| std::str::from_utf8(digits).ok()) {
            return f.write_str(text);
        }
        let (year, month, day) = self.ymd();
        if year < 0 {
            write!(f, "-{:04}-{month:02}-{day:02}", -year)
        } else {
            write!(f, "{year:04}-{month:02}-{day:02}")
        }
    }
}

/// Where a time is told from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Bundled)]
pub enum Offset {
    /// Seconds east of UTC.
    Seconds(i32),
    /// A named zone such as `Asia/Ho_Chi_Minh`.
    Zone(Arc<str>),
}

/// A time of day, with an offset if it was written with one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Bundled)]
pub struct Time {
    /// Nanoseconds since midnight.
    pub nanos: u64,
    /// Where it is told from; absent: local.
    pub offset: Option<Offset>,
}

/// A day and a time of day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Bundled)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// The time.
    pub time: Time,
}

const SECOND: u64 = 1_000_000_000;

impl Time {
    /// A local time of day; `None` if there is none.
    #[must_use]
    pub fn from_hms(hour: u32, minute: u32, second: u32) -> Option<Time> {
        let valid = hour < 24 && minute < 60 && second < 60;
        valid.then(|| Time { nanos: u64::from(hour * 3600 + minute * 60 + second) * SECOND, offset: None })
    }

    /// Hour, minute, second.
    #[must_use]
    pub fn hms(&self) -> (u32, u32, u32) {
        let seconds = (self.nanos / SECOND) as u32;
        (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// Minutes since midnight, seconds dropped.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        (self.nanos / SECOND / 60) as u32
    }

    /// Reads `HH:MM`, `HH:MM:SS[.fff]`, with `Z`, `+07:00` or `@Zone` behind; `24:00:00` is refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<Time> {
        let (clock, offset) = split_offset(text)?;
        let mut parts = clock.split(':');
        let two = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok())?;
        let (hour, minute) = (two(parts.next()?)?, two(parts.next()?)?);
        let seconds = parts.next().unwrap_or("00");
        if parts.next().is_some() {
            return None;
        }
        let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
        if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let nanos: u64 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
        let time = Time::from_hms(hour, minute, two(whole)?)?;
        Some(Time { nanos: time.nanos + nanos, offset })
    }
}

fn split_offset(text: &str) -> Option<(&str, Option<Offset>)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, Some(Offset::Seconds(0))));
    }
    if let Some((clock, zone)) = text.split_once('@') {
        let valid = !zone.is_empty() && zone.bytes().all(|b| b.is_ascii_alphanumeric() || b"_/+-".contains(&b));
        return valid.then(|| (clock, Some(Offset::Zone(zone.into()))));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, None)) };
    let (clock, offset) = text.split_at_checked(at)?;
    let (sign, digits) = offset.split_at_checked(1)?;
    let mut parts = digits.split(':');
    let two = |part: Option<&str>| part.filter(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit()))?.parse::<i32>().ok();
    let (hour, minute) = (two(parts.next())?, two(parts.next())?);
    let second = match parts.next() {
        None => 0,
        part => two(part)?,
    };
    let seconds = hour * 3600 + minute * 60 + second;
    let valid = hour <= 18 && minute < 60 && second < 60 && seconds <= 18 * 3600 && parts.next().is_none();
    valid.then(|| (clock, Some(Offset::Seconds(if sign == "-" { -seconds } else { seconds }))))
}

impl DateTime {
    /// A local date and time.
    #[must_use]
    pub fn new(date: Date, time: Time) -> DateTime {
        DateTime { date, time }
    }

    /// Reads `YYYY-MM-DDTHH:MM[:SS]` with an optional offset.
    #[must_use]
    pub fn parse(text: &str) -> Option<DateTime> {
        let (date, time) = text.split_once('T')?;
        Some(DateTime { date: Date::parse(date)?, time: Time::parse(time)? })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = self.hms();
        write!(f, "{hour:02}:{minute:02}:{second:02}")?;
        let nanos = self.nanos % SECOND;
        if nanos > 0 {
            let digits = format!("{nanos:09}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        match &self.offset {
            None => Ok(()),
            Some(Offset::Seconds(0)) => f.write_str("Z"),
            Some(Offset::Seconds(seconds)) => {
                let (sign, size) = (if *seconds < 0 { '-' } else { '+' }, seconds.abs());
                write!(f, "{sign}{:02}:{:02}", size / 3600, size / 60 % 60)?;
                if size % 60 > 0 { write!(f, ":{:02}", size % 60) } else { Ok(()) }
            }
            Some(Offset::Zone(zone)) => write!(f, "@{zone}"),
        }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}
