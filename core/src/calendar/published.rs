//! Years of days off as the state publishes them, and what may be wrong with them as data.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::working::is_weekend;
use crate::value::{Date, shared};

/// Why a day is not what its weekday says, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Vietnamese.
    #[serde(with = "shared")]
    pub vi: Arc<str>,
    /// English.
    #[serde(with = "shared")]
    pub en: Arc<str>,
}

/// The days off and the swapped working days of one published span, usually a year.
///
/// The holidays are those of Bộ luật Lao động 2019 art 112 with the days in lieu of art 111(3); the Prime Minister fixes
/// Tết, the second day of Quốc khánh and the swaps each year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub struct PublishedYear {
    /// The year it is published for.
    pub year: i32,
    /// First and last day it speaks for, both inclusive.
    pub covers: (Date, Date),
    /// Days off that are not Saturdays or Sundays.
    pub days_off: Vec<(Date, Reason)>,
    /// Saturdays or Sundays that are worked in exchange for a day off.
    pub working_days: Vec<(Date, Reason)>,
}

/// What is wrong with a published year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarProblem {
    /// The span ends before it begins.
    EmptySpan {
        /// The year.
        year: i32,
    },
    /// The span reaches out of 1900 to 2299; the days outside are left out.
    SpanTooFar {
        /// The year.
        year: i32,
    },
    /// Two years speak for the same day.
    Overlap {
        /// The year that comes later in the list.
        year: i32,
        /// First day that both speak for.
        day: Date,
    },
    /// A day outside the span of its year; it is left out.
    OutsideSpan {
        /// The year.
        year: i32,
        /// The day.
        day: Date,
    },
    /// A day listed twice in a year, or both off and working; the first counts, days off before working days.
    Repeated {
        /// The year.
        year: i32,
        /// The day.
        day: Date,
    },
    /// A day off that is a Saturday or a Sunday anyway.
    OffOnWeekend {
        /// The year.
        year: i32,
        /// The day.
        day: Date,
    },
    /// A swapped working day that is a working day anyway.
    WorkingOnWeekday {
        /// The year.
        year: i32,
        /// The day.
        day: Date,
    },
}

/// Everything wrong with `years`, in their order.
///
/// [`WorkingCalendar::new`](super::WorkingCalendar::new) accepts any years; a rule pack should have none of these problems.
#[must_use]
pub fn problems(years: &[PublishedYear]) -> Vec<CalendarProblem> {
    let mut found = Vec::new();
    for (index, published) in years.iter().enumerate() {
        let (year, (first, last)) = (published.year, published.covers);
        if last < first {
            found.push(CalendarProblem::EmptySpan { year });
            continue;
        }
        if clamp(published.covers) != Some(published.covers) {
            found.push(CalendarProblem::SpanTooFar { year });
        }
        let overlap = |other: &PublishedYear| other.covers.0 <= last && first <= other.covers.1 && other.covers.0 <= other.covers.1;
        for other in years.iter().take(index).filter(|other| overlap(other)) {
            found.push(CalendarProblem::Overlap { year, day: first.max(other.covers.0) });
        }
        let mut seen = Vec::new();
        let off = published.days_off.iter().map(|(day, _)| (*day, true));
        for (day, is_off) in off.chain(published.working_days.iter().map(|(day, _)| (*day, false))) {
            if day < first || day > last {
                found.push(CalendarProblem::OutsideSpan { year, day });
            }
            if seen.contains(&day) {
                found.push(CalendarProblem::Repeated { year, day });
            }
            seen.push(day);
            match (is_off, is_weekend(day)) {
                (true, true) => found.push(CalendarProblem::OffOnWeekend { year, day }),
                (false, false) => found.push(CalendarProblem::WorkingOnWeekday { year, day }),
                _ => {}
            }
        }
    }
    found
}

/// 1900-01-01, and 2299-12-31: what the tables may be made for.
const EARLIEST: Date = Date(-25_567);
const LATEST: Date = Date(120_529);

/// The part of a span that tables are made for; `None` if nothing is left.
pub(super) fn clamp((first, last): (Date, Date)) -> Option<(Date, Date)> {
    let span = (first.max(EARLIEST), last.min(LATEST));
    (span.0 <= span.1).then_some(span)
}

/// The same with day numbers, as it is kept in a compiled pack.
#[derive(Serialize, Deserialize)]
struct Packed {
    year: i32,
    covers: (i32, i32),
    days_off: Vec<(i32, Reason)>,
    working_days: Vec<(i32, Reason)>,
}

impl From<Packed> for PublishedYear {
    fn from(packed: Packed) -> Self {
        let days = |days: Vec<(i32, Reason)>| days.into_iter().map(|(day, reason)| (Date(day), reason)).collect();
        PublishedYear {
            year: packed.year,
            covers: (Date(packed.covers.0), Date(packed.covers.1)),
            days_off: days(packed.days_off),
            working_days: days(packed.working_days),
        }
    }
}

impl From<PublishedYear> for Packed {
    fn from(year: PublishedYear) -> Self {
        let days = |days: Vec<(Date, Reason)>| days.into_iter().map(|(day, reason)| (day.0, reason)).collect();
        Packed {
            year: year.year,
            covers: (year.covers.0.0, year.covers.1.0),
            days_off: days(year.days_off),
            working_days: days(year.working_days),
        }
    }
}
