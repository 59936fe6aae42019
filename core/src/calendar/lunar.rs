//! The Vietnamese lunisolar calendar, lunar years 1900 to 2100.
//!
//! Months begin on the day of the new moon and the leap month is the first without a principal term, both told in
//! UTC+07:00 (Quyết định 121-CP of 1967). It is not the Chinese calendar, which is told in UTC+08:00: in 1985 the two are
//! a month apart. Years before 1968 are the same rules reckoned back, not what was printed at the time.
//!
//! The table is computed by Hồ Ngọc Đức's algorithm; a test computes it again.

use super::lunar_table::YEARS;
use crate::value::Date;

#[cfg(test)]
mod tests;

/// First lunar year of the table.
pub const FIRST_YEAR: i32 = 1900;

/// Last lunar year of the table.
pub const LAST_YEAR: i32 = 2100;

/// A day of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LunarDate {
    /// The lunar year, named by the solar year that its first day lies in.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Whether it is the leap month, which follows the month of the same number.
    pub leap: bool,
    /// Day, 1 to 30.
    pub day: u32,
}

/// The lunar date of a solar day; `None` outside lunar years 1900 to 2100.
#[must_use]
pub fn from_solar(day: Date) -> Option<LunarDate> {
    let solar_year = day.year();
    let year = match Year::of(solar_year) {
        Some(year) if day >= year.first_day => year,
        _ => Year::of(solar_year.checked_sub(1)?)?,
    };
    let mut left = day.0.checked_sub(year.first_day.0)?;
    for position in 0..year.months() {
        let length = year.length(position) as i32;
        if left < length {
            let (month, leap) = year.month_at(position);
            return Some(LunarDate { year: year.number, month, leap, day: left as u32 + 1 });
        }
        left -= length;
    }
    None
}

/// The solar day of a lunar date; `None` if there is no such day or it lies outside lunar years 1900 to 2100.
#[must_use]
pub fn to_solar(date: LunarDate) -> Option<Date> {
    let year = Year::of(date.year)?;
    let position = year.position(date.month, date.leap)?;
    if !(1..=year.length(position)).contains(&date.day) {
        return None;
    }
    let before: u32 = (0..position).map(|earlier| year.length(earlier)).sum();
    Some(year.first_day.plus_days((before + date.day - 1) as i32))
}

/// One year of the table, unpacked.
struct Year {
    number: i32,
    first_day: Date,
    /// 0 if there is none.
    leap_month: u32,
    long_months: u32,
}

impl Year {
    /// Bits 0 to 12: which months have 30 days, in order, the leap month in its place. Bits 13 to 16: the number of the
    /// month that the leap month follows. Bits 17 to 22: days from 1 January to the first day of the year.
    fn of(number: i32) -> Option<Year> {
        let index = usize::try_from(number.checked_sub(FIRST_YEAR)?).ok()?;
        let packed = *YEARS.get(index)?;
        let first_day = Date::from_ymd(number, 1, 1)?.plus_days((packed >> 17) as i32);
        Some(Year { number, first_day, leap_month: packed >> 13 & 0xF, long_months: packed & 0x1FFF })
    }

    fn months(&self) -> u32 {
        if self.leap_month > 0 { 13 } else { 12 }
    }

    fn length(&self, position: u32) -> u32 {
        29 + (self.long_months >> position & 1)
    }

    fn month_at(&self, position: u32) -> (u32, bool) {
        if self.leap_month == 0 || position < self.leap_month {
            (position + 1, false)
        } else {
            (position, position == self.leap_month)
        }
    }

    fn position(&self, month: u32, leap: bool) -> Option<u32> {
        (0..self.months()).find(|position| self.month_at(*position) == (month, leap))
    }
}
