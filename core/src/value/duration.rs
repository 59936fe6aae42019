//! Durations: exact ones of days, hours, minutes and seconds, and those of years and months.

use std::fmt;

use super::{Decimal, Rounding};
use crate::bundled::Bundled;

const SECOND: i128 = 1_000_000_000;
const MINUTE: i128 = 60 * SECOND;
const HOUR: i128 = 60 * MINUTE;
const DAY: i128 = 24 * HOUR;

/// A duration in days, hours, minutes and seconds, exact to the nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Bundled)]
pub struct DaysDuration {
    nanos: i128,
}

impl DaysDuration {
    /// A number of nanoseconds.
    #[must_use]
    pub const fn from_nanos(nanos: i128) -> DaysDuration {
        DaysDuration { nanos }
    }

    /// A number of days.
    #[must_use]
    pub const fn from_days(days: i64) -> DaysDuration {
        DaysDuration { nanos: days as i128 * DAY }
    }

    /// A number of seconds.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> DaysDuration {
        DaysDuration { nanos: seconds as i128 * SECOND }
    }

    /// The whole duration in nanoseconds.
    #[must_use]
    pub const fn nanos(self) -> i128 {
        self.nanos
    }

    /// Whole days, negative for a negative duration.
    #[must_use]
    pub const fn days(self) -> i128 {
        self.nanos / DAY
    }

    /// Hours behind the whole days, -23 to 23.
    #[must_use]
    pub const fn hours(self) -> i64 {
        (self.nanos / HOUR % 24) as i64
    }

    /// Minutes behind the whole hours, -59 to 59.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        (self.nanos / MINUTE % 60) as i64
    }

    /// Seconds behind the whole minutes, with their fraction.
    #[must_use]
    pub fn seconds(self) -> Decimal {
        Decimal::from_scaled((self.nanos % MINUTE) as i64, 9)
    }

    /// The whole duration in seconds.
    #[must_use]
    pub fn total_seconds(self) -> Decimal {
        let second = Decimal::from_i64(SECOND as i64);
        Decimal::from_i128(self.nanos).checked_div(second).unwrap_or_default()
    }

    /// Reads `P1DT2H3M4.5S` with an optional minus sign; parts may be absent, but not all of them.
    /// Digits of a second behind the ninth are dropped.
    #[must_use]
    pub fn parse(text: &str) -> Option<DaysDuration> {
        let (negative, text) = designated(text)?;
        let (date, time) = match text.split_once('T') {
            Some((_, "")) => return None,
            Some((date, time)) => (date, time),
            None if text.is_empty() => return None,
            None => (text, ""),
        };
        let (days, rest) = component(date, 'D')?;
        if !rest.is_empty() {
            return None;
        }
        let (hours, rest) = component(time, 'H')?;
        let (minutes, rest) = component(rest, 'M')?;
        let parts = [(days, DAY), (hours, HOUR), (minutes, MINUTE)];
        let nanos = parts.iter().try_fold(seconds(rest)?, |sum, (number, unit)| sum.checked_add(number.checked_mul(*unit)?))?;
        Some(DaysDuration { nanos: if negative { -nanos } else { nanos } })
    }

    /// The sum, if it can be counted.
    #[must_use]
    pub fn checked_add(self, other: DaysDuration) -> Option<DaysDuration> {
        Some(DaysDuration { nanos: self.nanos.checked_add(other.nanos)? })
    }

    /// The difference, if it can be counted.
    #[must_use]
    pub fn checked_sub(self, other: DaysDuration) -> Option<DaysDuration> {
        Some(DaysDuration { nanos: self.nanos.checked_sub(other.nanos)? })
    }

    /// The duration with the opposite sign.
    #[must_use]
    pub fn checked_neg(self) -> Option<DaysDuration> {
        Some(DaysDuration { nanos: self.nanos.checked_neg()? })
    }

    /// The duration without its sign.
    #[must_use]
    pub fn abs(self) -> DaysDuration {
        DaysDuration { nanos: self.nanos.saturating_abs() }
    }

    /// `factor` times the duration, cut off to nanoseconds.
    #[must_use]
    pub fn checked_scale(self, factor: Decimal) -> Option<DaysDuration> {
        Some(DaysDuration { nanos: whole(Decimal::from_i128(self.nanos).checked_mul(factor)?)? })
    }

    /// The duration divided by a number, cut off to nanoseconds.
    #[must_use]
    pub fn checked_shrink(self, divisor: Decimal) -> Option<DaysDuration> {
        Some(DaysDuration { nanos: whole(Decimal::from_i128(self.nanos).checked_div(divisor)?)? })
    }

    /// How many times `other` it is; `None` if `other` is no time at all.
    #[must_use]
    pub fn checked_ratio(self, other: DaysDuration) -> Option<Decimal> {
        Decimal::from_i128(self.nanos).checked_div(Decimal::from_i128(other.nanos))
    }
}

impl fmt::Display for DaysDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nanos == 0 {
            return f.write_str("PT0S");
        }
        let size = self.abs();
        let (days, hours, minutes, seconds) = (size.days(), size.hours(), size.minutes(), size.seconds());
        f.write_str(if self.nanos < 0 { "-P" } else { "P" })?;
        if days > 0 {
            write!(f, "{days}D")?;
        }
        if size.nanos % DAY > 0 {
            f.write_str("T")?;
        }
        if hours > 0 {
            write!(f, "{hours}H")?;
        }
        if minutes > 0 {
            write!(f, "{minutes}M")?;
        }
        if seconds.is_zero() { Ok(()) } else { write!(f, "{seconds}S") }
    }
}

/// A duration in years and months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Bundled)]
pub struct MonthsDuration {
    months: i64,
}

impl MonthsDuration {
    /// A number of months.
    #[must_use]
    pub const fn from_months(months: i64) -> MonthsDuration {
        MonthsDuration { months }
    }

    /// The whole duration in months.
    #[must_use]
    pub const fn total_months(self) -> i64 {
        self.months
    }

    /// Whole years, negative for a negative duration.
    #[must_use]
    pub const fn years(self) -> i64 {
        self.months / 12
    }

    /// Months behind the whole years, -11 to 11.
    #[must_use]
    pub const fn months(self) -> i64 {
        self.months % 12
    }

    /// Reads `P2Y3M` with an optional minus sign; one part may be absent.
    #[must_use]
    pub fn parse(text: &str) -> Option<MonthsDuration> {
        let (negative, text) = designated(text)?;
        let (years, rest) = component(text, 'Y')?;
        let (months, rest) = component(rest, 'M')?;
        if text.is_empty() || !rest.is_empty() {
            return None;
        }
        let months = i64::try_from(years.checked_mul(12)?.checked_add(months)?).ok()?;
        Some(MonthsDuration { months: if negative { -months } else { months } })
    }

    /// The sum, if it can be counted.
    #[must_use]
    pub fn checked_add(self, other: MonthsDuration) -> Option<MonthsDuration> {
        Some(MonthsDuration { months: self.months.checked_add(other.months)? })
    }

    /// The difference, if it can be counted.
    #[must_use]
    pub fn checked_sub(self, other: MonthsDuration) -> Option<MonthsDuration> {
        Some(MonthsDuration { months: self.months.checked_sub(other.months)? })
    }

    /// The duration with the opposite sign.
    #[must_use]
    pub fn checked_neg(self) -> Option<MonthsDuration> {
        Some(MonthsDuration { months: self.months.checked_neg()? })
    }

    /// The duration without its sign.
    #[must_use]
    pub fn abs(self) -> MonthsDuration {
        MonthsDuration { months: self.months.saturating_abs() }
    }

    /// `factor` times the duration, cut off to months.
    #[must_use]
    pub fn checked_scale(self, factor: Decimal) -> Option<MonthsDuration> {
        let months = whole(Decimal::from_i64(self.months).checked_mul(factor)?)?;
        Some(MonthsDuration { months: i64::try_from(months).ok()? })
    }

    /// The duration divided by a number, cut off to months.
    #[must_use]
    pub fn checked_shrink(self, divisor: Decimal) -> Option<MonthsDuration> {
        let months = whole(Decimal::from_i64(self.months).checked_div(divisor)?)?;
        Some(MonthsDuration { months: i64::try_from(months).ok()? })
    }

    /// How many times `other` it is; `None` if `other` is no time at all.
    #[must_use]
    pub fn checked_ratio(self, other: MonthsDuration) -> Option<Decimal> {
        Decimal::from_i64(self.months).checked_div(Decimal::from_i64(other.months))
    }
}

impl fmt::Display for MonthsDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.months == 0 {
            return f.write_str("P0M");
        }
        let size = self.months.unsigned_abs();
        f.write_str(if self.months < 0 { "-P" } else { "P" })?;
        if size >= 12 {
            write!(f, "{}Y", size / 12)?;
        }
        if size.is_multiple_of(12) { Ok(()) } else { write!(f, "{}M", size % 12) }
    }
}

fn whole(number: Decimal) -> Option<i128> {
    number.round(0, Rounding::Down)?.to_i128()
}

/// The sign, and what stands behind the `P`.
fn designated(text: &str) -> Option<(bool, &str)> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    Some((negative, text.strip_prefix('P')?))
}

/// The number before `unit` and what follows it; 0 and the whole text if there is no such part.
fn component(text: &str, unit: char) -> Option<(i128, &str)> {
    match text.split_once(unit) {
        Some((number, rest)) => Some((digits(number)?, rest)),
        None => Some((0, text)),
    }
}

fn digits(text: &str) -> Option<i128> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// The nanoseconds of `4.5S`; none if there is nothing.
fn seconds(text: &str) -> Option<i128> {
    if text.is_empty() {
        return Some(0);
    }
    let number = text.strip_suffix('S')?;
    let Some((whole, fraction)) = number.split_once('.') else {
        return digits(number)?.checked_mul(SECOND);
    };
    if !fraction.is_empty() {
        digits(fraction.get(..fraction.len().min(30))?)?;
    }
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanos = digits(format!("{fraction:0<9}").get(..9)?)?;
    digits(whole)?.checked_mul(SECOND)?.checked_add(nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written() {
        let cases = [
            ("P1D", "P1D"), ("PT24H", "P1D"), ("P1DT2H3M4.5S", "P1DT2H3M4.5S"), ("-PT90M", "-PT1H30M"), ("PT0S", "PT0S"),
            ("-P0D", "PT0S"), ("PT0.000000001S", "PT0.000000001S"), ("PT3600S", "PT1H"), ("P1000000D", "P1000000D"),
            ("PT1.9999999999S", "PT1.999999999S"), ("PT5M", "PT5M"),
        ];
        for (text, canonical) in cases {
            assert_eq!(DaysDuration::parse(text).unwrap().to_string(), canonical, "{text}");
        }
        for text in ["", "P", "PT", "1D", "P1", "P1H", "PT1D", "P-1D", "P1DT", "P1Y", "PT1S1M", "P1.5D", "+P1D", "PT.5S", "PTS", "P1d"] {
            assert_eq!(DaysDuration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_are_read_and_written() {
        for (text, canonical) in [("P1Y", "P1Y"), ("P12M", "P1Y"), ("-P2Y3M", "-P2Y3M"), ("P0Y", "P0M"), ("P14M", "P1Y2M")] {
            assert_eq!(MonthsDuration::parse(text).unwrap().to_string(), canonical, "{text}");
        }
        for text in ["", "P", "P1D", "P1M1Y", "PT1M", "P1.5Y", "P1Y1", "P9999999999999999999Y"] {
            assert_eq!(MonthsDuration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn components_carry_the_sign() {
        let duration = DaysDuration::parse("-P1DT2H3M4.5S").unwrap();
        assert_eq!((duration.days(), duration.hours(), duration.minutes()), (-1, -2, -3));
        assert_eq!(duration.seconds().to_string(), "-4.5");
        assert_eq!(duration.total_seconds().to_string(), "-93784.5");
        let duration = MonthsDuration::parse("-P2Y3M").unwrap();
        assert_eq!((duration.years(), duration.months()), (-2, -3));
    }

    #[test]
    fn scaled_durations_are_cut_off() {
        let half = Decimal::parse("0.5").unwrap();
        assert_eq!(MonthsDuration::from_months(-13).checked_scale(half).unwrap().to_string(), "-P6M");
        assert_eq!(DaysDuration::from_days(1).checked_scale(half).unwrap().to_string(), "PT12H");
        assert_eq!(DaysDuration::from_days(1).checked_shrink(Decimal::from_i64(7)).unwrap().nanos(), 12_342_857_142_857);
        assert_eq!(DaysDuration::from_days(1).checked_shrink(Decimal::ZERO), None);
        assert_eq!(DaysDuration::from_days(1).checked_ratio(DaysDuration::from_seconds(3600)), Some(Decimal::from_i64(24)));
    }
}
