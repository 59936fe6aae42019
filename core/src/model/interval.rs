//! Days in force.

use crate::bundled::Bundled;
use crate::source::Span;
use crate::value::Date;

/// First and last day in force, both inclusive; an absent end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Bundled)]
pub struct Interval {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Where it is written, if it is.
    #[bundled(skip)]
    pub span: Option<Span>,
}

impl Interval {
    /// Whether `day` lies in it.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The days of both.
    #[must_use]
    pub fn intersect(&self, other: &Interval) -> Interval {
        let from = match (self.from, other.from) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        let until = match (self.until, other.until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Interval { from, until, span: self.span.or(other.span) }
    }

    /// Whether no day lies in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until < from)
    }

    /// Its days before `day`.
    #[must_use]
    pub fn before(&self, day: Date) -> Interval {
        let last = day.plus_days(-1);
        Interval { until: Some(self.until.map_or(last, |until| until.min(last))), ..*self }
    }

    /// Its days after `day`.
    #[must_use]
    pub fn after(&self, day: Date) -> Interval {
        let first = day.plus_days(1);
        Interval { from: Some(self.from.map_or(first, |from| from.max(first))), ..*self }
    }
}
