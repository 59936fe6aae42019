//! Years of days off as the state publishes them, and what may be wrong with them as data.

use std::sync::Arc;

use super::working::is_weekend;
use crate::bundled::Bundled;
use crate::value::Date;

/// Why a day is not what its weekday says, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Bundled)]
pub struct Reason {
    /// Vietnamese.
    pub vi: Arc<str>,
    /// English.
    pub en: Arc<str>,
}

/// The days off and the swapped working days of one published span, usually a year.
///
/// The holidays are those of Bộ luật Lao động 2019 art 112 with the days in lieu of art 111(3); the Prime Minister fixes
/// Tết, the second day of Quốc khánh and the swaps each year.
#[derive(Clone, Debug, PartialEq, Eq, Bundled)]
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
