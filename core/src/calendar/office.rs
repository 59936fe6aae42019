//! Hours in which an office is open, on working days.


use super::stamp::{DAY, Stamp};
use super::working::{BeyondCalendar, WorkingCalendar};
use crate::bundled::{Bundled, Reader, Writer};
use crate::value::{Date, Time};

/// When an office is open on a working day: a morning and an afternoon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeHours {
    /// Seconds since midnight.
    morning: (u32, u32),
    /// Seconds since midnight.
    afternoon: (u32, u32),
}

impl OfficeHours {
    /// 08:00 to 12:00 and 13:00 to 17:00: eight hours a day.
    ///
    /// An assumption, not law: no instrument found sets one timetable for the country, and provinces set their own.
    /// A pack whose answers depend on it should say which hours it means.
    pub const ASSUMED: OfficeHours = OfficeHours { morning: (8 * 3600, 12 * 3600), afternoon: (13 * 3600, 17 * 3600) };

    /// The hours of a morning and an afternoon, each from its first to its last minute; `None` unless both are in order,
    /// neither is empty, and the afternoon does not begin before the morning ends.
    #[must_use]
    pub fn new(morning: (&Time, &Time), afternoon: (&Time, &Time)) -> Option<OfficeHours> {
        let seconds = |(from, until): (&Time, &Time)| (from.minutes() * 60, until.minutes() * 60);
        Self::in_order(OfficeHours { morning: seconds(morning), afternoon: seconds(afternoon) })
    }

    fn in_order(hours: OfficeHours) -> Option<OfficeHours> {
        let ordered = hours.morning.0 < hours.morning.1
            && hours.morning.1 <= hours.afternoon.0
            && hours.afternoon.0 < hours.afternoon.1
            && hours.afternoon.1 < DAY;
        ordered.then_some(hours)
    }

    /// Seconds since midnight when the office opens.
    #[must_use]
    pub fn opens(&self) -> u32 {
        self.morning.0
    }

    /// Seconds since midnight when the office closes for the day.
    #[must_use]
    pub fn closes(&self) -> u32 {
        self.afternoon.1
    }

    /// Seconds it is open a day.
    #[must_use]
    pub fn a_day(&self) -> u32 {
        self.before_noon() + self.afternoon.1 - self.afternoon.0
    }

    fn before_noon(&self) -> u32 {
        self.morning.1 - self.morning.0
    }

    /// The second of a working day from which it is open next; `None` once it has closed for the day.
    pub(super) fn open_from(&self, second: u32) -> Option<u32> {
        match second {
            _ if second < self.morning.1 => Some(second.max(self.morning.0)),
            _ if second < self.afternoon.1 => Some(second.max(self.afternoon.0)),
            _ => None,
        }
    }

    /// Seconds it has been open on a working day by a second of it.
    pub(super) fn elapsed(&self, second: u32) -> u32 {
        let within = |(from, until): (u32, u32)| second.clamp(from, until) - from;
        within(self.morning) + within(self.afternoon)
    }

    /// The second by which it has been open so long, at most [`Self::a_day`].
    fn second_at(&self, elapsed: u32) -> u32 {
        if elapsed <= self.before_noon() {
            self.morning.0 + elapsed
        } else {
            self.afternoon.0 + (elapsed - self.before_noon())
        }
    }

    /// How a count of whole office hours runs: how many working days after the first (`starts_on_working` tells whether
    /// the stamp's own day is one), and the second of that day at which it ends.
    pub(super) fn run(&self, second: u32, starts_on_working: bool, hours: u32) -> (i64, u32) {
        self.run_seconds(second, starts_on_working, i64::from(hours) * 3600)
    }

    /// As [`Self::run`], counted in seconds, none of them negative.
    pub(super) fn run_seconds(&self, second: u32, starts_on_working: bool, seconds: i64) -> (i64, u32) {
        let elapsed = if starts_on_working { self.elapsed(second) } else { 0 };
        let total = i64::from(elapsed) + seconds;
        let day = i64::from(self.a_day());
        // A count that ends as the office closes ends that day, not as it opens on the next.
        let days = if seconds > 0 && total > 0 { (total - 1) / day } else { total / day };
        (days, self.second_at((total - days * day) as u32))
    }
}

impl Bundled for OfficeHours {
    fn write(&self, to: &mut Writer) {
        (self.morning, self.afternoon).write(to);
    }

    fn read(from: &mut Reader<'_>) -> OfficeHours {
        let (morning, afternoon) = Bundled::read(from);
        Self::in_order(OfficeHours { morning, afternoon }).unwrap_or_else(|| {
            from.damage();
            OfficeHours::ASSUMED
        })
    }
}

/// The moment at which `hours` office hours have run since `start`. Time when the office is closed does not count: a
/// count that starts then starts as it next opens.
///
/// # Errors
/// [`BeyondCalendar`] when a day from that of `start` to the answer is not published.
pub fn add_office_hours(calendar: &WorkingCalendar, office: &OfficeHours, start: Stamp, hours: u32) -> Result<Stamp, BeyondCalendar> {
    let first: Date = calendar.working_day_on_or_after(start.date)?;
    let (days, second) = office.run(start.second, first == start.date, hours);
    let date = calendar.nth_working_day_after(first, i32::try_from(days).unwrap_or(i32::MAX))?;
    Ok(Stamp { date, second })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled::{read_section, write_section};
    use crate::calendar::vietnam::calendar;
    use crate::value::DateTime;

    fn runs(start: &str, hours: u32, end: &str) {
        let stamp = |text: &str| Stamp::of(&DateTime::parse(text).unwrap()).unwrap();
        let answer = add_office_hours(&calendar(), &OfficeHours::ASSUMED, stamp(start), hours).unwrap();
        assert_eq!(answer.to_datetime().to_string(), stamp(end).to_datetime().to_string(), "{start} + {hours} h");
    }

    #[test]
    fn hours_run_while_the_office_is_open() {
        runs("2026-11-20T08:00", 2, "2026-11-20T10:00");
        runs("2026-11-20T11:00", 2, "2026-11-20T14:00");
        runs("2026-11-20T12:30", 1, "2026-11-20T14:00");
        runs("2026-11-20T07:00", 4, "2026-11-20T12:00");
        runs("2026-11-20T07:00", 8, "2026-11-20T17:00");
        runs("2026-11-20T16:30", 1, "2026-11-23T08:30");
        runs("2026-11-20T17:00", 1, "2026-11-23T09:00");
        runs("2026-11-20T23:59:59", 8, "2026-11-23T17:00");
        runs("2026-11-23T16:00", 2, "2026-11-25T09:00"); // over Culture Day
        runs("2026-11-21T10:00", 8, "2026-11-23T17:00"); // a Saturday
        runs("2026-08-21T16:00", 2, "2026-08-22T09:00"); // a worked Saturday
        runs("2026-02-13T15:00", 16, "2026-02-24T15:00"); // over Tết
        runs("2026-11-20T10:15:30", 0, "2026-11-20T10:15:30");
    }

    #[test]
    fn unpublished_days_are_refused() {
        let start = Stamp::new(Date::parse("2027-12-31").unwrap(), 16 * 60);
        let refused = add_office_hours(&calendar(), &OfficeHours::ASSUMED, start, 2).unwrap_err();
        assert_eq!(refused.to_string(), "the days off of 2028-01-01 are not published");
        assert_eq!(refused.covered_until, Date::parse("2027-12-31"));
        assert!(add_office_hours(&calendar(), &OfficeHours::ASSUMED, start, u32::MAX).is_err());
    }

    #[test]
    fn a_timetable_is_in_order() {
        let hours = |times: [&str; 4]| {
            let [a, b, c, d] = times.map(|text| Time::parse(text).unwrap());
            OfficeHours::new((&a, &b), (&c, &d))
        };
        assert_eq!(hours(["08:00", "12:00", "13:00", "17:00"]), Some(OfficeHours::ASSUMED));
        assert_eq!(hours(["07:30", "11:30", "13:30", "17:00"]).map(|hours| hours.a_day()), Some(27_000));
        let bytes = write_section(&OfficeHours::ASSUMED);
        assert_eq!(read_section::<OfficeHours>(&bytes), Some((OfficeHours::ASSUMED, &[][..])));
        assert_eq!(read_section::<OfficeHours>(&[0, 5, 1, 8, 7]), None);
        assert_eq!(hours(["08:00", "08:00", "13:00", "17:00"]), None);
        assert_eq!(hours(["08:00", "14:00", "13:00", "17:00"]), None);
        assert_eq!(hours(["08:00", "12:00", "17:00", "13:00"]), None);
    }
}
