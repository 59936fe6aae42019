//! Working days: Monday to Friday without the published days off, and the weekend days swapped against them.
//!
//! Counting is arithmetic on two tables: how many working days lie before a day, and which day the n-th is. A lookup
//! allocates nothing and takes the same time for one day as for a thousand.

use thiserror::Error;

use super::published::{self, PublishedYear, Reason};
use crate::value::{Date, sorted};

#[cfg(test)]
pub(super) mod tests;

/// The compiled calendar of working days.
///
/// Its methods answer from published days only; [`WorkingCalendar::provisional`] answers for every day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    /// First day of the tables.
    first: i64,
    /// At `i`: how many of the first `i` days of the tables are working days. Never empty once compiled.
    before: Vec<u32>,
    /// Every working day of the tables, in order.
    working: Vec<i32>,
    /// Published spans, in order, neither overlapping nor touching.
    published: Vec<(Date, Date)>,
    /// Days that are not what their weekday says, in order.
    named: Vec<(Date, Named)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    Off(Reason),
    Working(Reason),
}

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayStatus<'a> {
    /// A working day.
    Working,
    /// A Saturday or a Sunday.
    Weekend,
    /// A published day off.
    DayOff(&'a Reason),
    /// A Saturday or Sunday that is worked.
    SwappedWorkingDay(&'a Reason),
}

impl DayStatus<'_> {
    /// Whether the day is worked.
    #[must_use]
    pub fn is_working(self) -> bool {
        matches!(self, DayStatus::Working | DayStatus::SwappedWorkingDay(_))
    }
}

/// The answer needs days whose holidays are not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the days off of {day} are not published")]
pub struct BeyondCalendar {
    /// First day that was needed and is not published.
    pub day: Date,
    /// Last published day before it, if there is one.
    pub covered_until: Option<Date>,
}

impl WorkingCalendar {
    /// Compiles published years, in any order. Days outside 1900 to 2299 are left out, and so is everything that
    /// [`problems`](super::problems) says is left out.
    #[must_use]
    pub fn new(years: &[PublishedYear]) -> WorkingCalendar {
        let published = merged(years);
        let mut named: Vec<(Date, Named)> = Vec::new();
        for (day, why) in years.iter().flat_map(named_days) {
            // Mostly they come in their order. What is said first of a day counts.
            if let Err(at) = named.binary_search_by_key(&day, |(day, _)| *day) {
                named.insert(at, (day, why));
            }
        }

        let (Some((first, _)), Some((_, last))) = (published.first().copied(), published.last().copied()) else {
            return WorkingCalendar::default();
        };
        let mut calendar = WorkingCalendar { first: i64::from(first.0), before: vec![0], working: Vec::new(), published, named };
        let mut ahead = calendar.named.iter().peekable();
        for number in first.0..=last.0 {
            let working = match ahead.next_if(|(day, _)| day.0 == number) {
                Some((_, named)) => matches!(named, Named::Working(_)),
                None => !is_weekend(Date(number)),
            };
            if working {
                calendar.working.push(number);
            }
            calendar.before.push(calendar.working.len() as u32);
        }
        calendar
    }

    /// The same questions answered for every day, whether published or not.
    #[must_use]
    pub fn provisional(&self) -> Provisional<'_> {
        Provisional(self)
    }

    /// Whether every day of `first..=last` is published. True if `last` is before `first`.
    #[must_use]
    pub fn covers(&self, first: Date, last: Date) -> bool {
        self.first_unpublished(first, last).is_none()
    }

    /// Last published day; `None` if nothing is published.
    #[must_use]
    pub fn covered_until(&self) -> Option<Date> {
        self.published.last().map(|(_, last)| *last)
    }

    /// What a day is, and why.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when the day is not published.
    pub fn status(&self, day: Date) -> Result<DayStatus<'_>, BeyondCalendar> {
        self.check(day, day).map(|()| self.named_status(day))
    }

    /// Whether a day is a working day.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when the day is not published.
    pub fn is_working(&self, day: Date) -> Result<bool, BeyondCalendar> {
        self.check(day, day).map(|()| self.provisional().is_working(day))
    }

    /// The `n`-th working day after `day`, `day` itself not counted; `day` if `n` is 0, the `-n`-th before if negative.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when a day from the one after `day` to the answer is not published.
    pub fn nth_working_day_after(&self, day: Date, n: i32) -> Result<Date, BeyondCalendar> {
        let answer = self.provisional().nth_working_day_after(day, n.into());
        if n < 0 {
            let answer = answer.unwrap_or(Date(i32::MIN));
            self.check(answer, day.plus_days(-1)).map(|()| answer)
        } else {
            let answer = answer.unwrap_or(Date(i32::MAX));
            self.check(day.plus_days(1), answer).map(|()| answer)
        }
    }

    /// The first working day after `day`, strictly.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when a day from the one after `day` to the answer is not published.
    pub fn next_working_day(&self, day: Date) -> Result<Date, BeyondCalendar> {
        self.nth_working_day_after(day, 1)
    }

    /// `day` if it is a working day, else the first one after it.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when a day from `day` to the answer is not published.
    pub fn working_day_on_or_after(&self, day: Date) -> Result<Date, BeyondCalendar> {
        let answer = self.provisional().working_day_on_or_after(day).unwrap_or(Date(i32::MAX));
        self.check(day, answer).map(|()| answer)
    }

    /// How many working days lie after `from` up to and including `to`; negative if `to` is before `from`.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when one of those days is not published.
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<i64, BeyondCalendar> {
        self.check(from.min(to).plus_days(1), from.max(to)).map(|()| self.provisional().working_days_between(from, to))
    }

    fn check(&self, first: Date, last: Date) -> Result<(), BeyondCalendar> {
        match self.first_unpublished(first, last) {
            None => Ok(()),
            Some(day) => {
                let covered_until = self.published.iter().map(|(_, last)| *last).rfind(|last| *last < day);
                Err(BeyondCalendar { day, covered_until })
            }
        }
    }

    fn first_unpublished(&self, first: Date, last: Date) -> Option<Date> {
        let mut day = first;
        for (from, until) in &self.published {
            if day > last {
                return None;
            }
            if (*from..=*until).contains(&day) {
                day = until.plus_days(1);
            }
        }
        (day <= last).then_some(day)
    }

    fn named_status(&self, day: Date) -> DayStatus<'_> {
        let named = self.named.binary_search_by_key(&day, |(day, _)| *day).ok().and_then(|at| self.named.get(at));
        match named {
            Some((_, Named::Off(reason))) => DayStatus::DayOff(reason),
            Some((_, Named::Working(reason))) => DayStatus::SwappedWorkingDay(reason),
            None if is_weekend(day) => DayStatus::Weekend,
            None => DayStatus::Working,
        }
    }

    /// How many days the tables hold.
    fn days(&self) -> i64 {
        self.before.len().saturating_sub(1) as i64
    }

    /// How many working days there are from the first day of the tables to `day`; 0 or less before the tables.
    fn rank(&self, day: i64) -> i64 {
        let included = day - self.first + 1;
        match usize::try_from(included).ok().and_then(|index| self.before.get(index)) {
            Some(count) => i64::from(*count),
            None if included < 0 => weekdays_to(day) - weekdays_to(self.first - 1),
            None => self.working.len() as i64 + weekdays_to(day) - weekdays_to(self.first + self.days() - 1),
        }
    }

    /// The working day of a rank: the inverse of [`Self::rank`] on working days.
    fn day_of_rank(&self, rank: i64) -> i64 {
        match usize::try_from(rank - 1).ok().and_then(|index| self.working.get(index)) {
            Some(day) => i64::from(*day),
            None if rank < 1 => weekday_number(weekdays_to(self.first - 1) + rank),
            None => weekday_number(weekdays_to(self.first + self.days() - 1) + rank - self.working.len() as i64),
        }
    }
}

/// The calendar without its border: past the published days every Monday to Friday counts as a working day.
///
/// That is a lower bound on the wait, not a guess about holidays: an answer that rests on unpublished days must be shown
/// as provisional. [`WorkingCalendar::covers`] tells whether it does.
#[derive(Clone, Copy, Debug)]
pub struct Provisional<'a>(&'a WorkingCalendar);

impl<'a> Provisional<'a> {
    /// What a day is, and why.
    #[must_use]
    pub fn status(self, day: Date) -> DayStatus<'a> {
        self.0.named_status(day)
    }

    /// Whether a day is a working day.
    #[must_use]
    pub fn is_working(self, day: Date) -> bool {
        let day = i64::from(day.0);
        self.0.rank(day) > self.0.rank(day - 1)
    }

    /// As [`WorkingCalendar::nth_working_day_after`]; `None` when the answer is later or earlier than a [`Date`] can be.
    #[must_use]
    pub fn nth_working_day_after(self, day: Date, n: i64) -> Option<Date> {
        let number = i64::from(day.0);
        if n.unsigned_abs() > u64::from(u32::MAX) {
            return None;
        }
        let answer = match n {
            0 => number,
            1.. => self.0.day_of_rank(self.0.rank(number) + n),
            _ => self.0.day_of_rank(self.0.rank(number - 1) + n + 1),
        };
        i32::try_from(answer).ok().map(Date)
    }

    /// As [`WorkingCalendar::next_working_day`]; `None` when there is no later [`Date`].
    #[must_use]
    pub fn next_working_day(self, day: Date) -> Option<Date> {
        self.nth_working_day_after(day, 1)
    }

    /// As [`WorkingCalendar::working_day_on_or_after`]; `None` when there is no later [`Date`].
    #[must_use]
    pub fn working_day_on_or_after(self, day: Date) -> Option<Date> {
        if self.is_working(day) { Some(day) } else { self.next_working_day(day) }
    }

    /// As [`WorkingCalendar::working_days_between`].
    #[must_use]
    pub fn working_days_between(self, from: Date, to: Date) -> i64 {
        self.0.rank(to.0.into()) - self.0.rank(from.0.into())
    }
}

/// Whether a day is a Saturday or a Sunday.
pub(super) fn is_weekend(day: Date) -> bool {
    days_since_monday(day.0.into()) >= 5
}

// 1970-01-01 was a Thursday.
fn days_since_monday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// Mondays to Fridays up to and including `day`, from a fixed Monday.
fn weekdays_to(day: i64) -> i64 {
    (day + 3).div_euclid(7) * 5 + (days_since_monday(day) + 1).min(5)
}

/// The Monday to Friday that [`weekdays_to`] counts as `count`.
fn weekday_number(count: i64) -> i64 {
    (count - 1).div_euclid(5) * 7 + (count - 1).rem_euclid(5) - 3
}

/// The published spans in order, those that touch made one.
fn merged(years: &[PublishedYear]) -> Vec<(Date, Date)> {
    let spans: Vec<(Date, Date)> = sorted(years.iter().filter_map(|year| published::clamp(year.covers)).collect());
    let mut merged: Vec<(Date, Date)> = Vec::new();
    for (first, last) in spans {
        match merged.last_mut() {
            Some((_, until)) if first <= until.plus_days(1) => *until = last.max(*until),
            _ => merged.push((first, last)),
        }
    }
    merged
}

/// The listed days of a year within its span, those off before those worked.
fn named_days(year: &PublishedYear) -> impl Iterator<Item = (Date, Named)> {
    let span = published::clamp(year.covers);
    let off = year.days_off.iter().map(|(day, reason)| (*day, Named::Off(reason.clone())));
    let working = year.working_days.iter().map(|(day, reason)| (*day, Named::Working(reason.clone())));
    off.chain(working).filter(move |(day, _)| span.is_some_and(|(first, last)| (first..=last).contains(day)))
}
