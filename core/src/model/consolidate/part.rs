//! What an amendment cuts: elements, rows and values with days in force.

use crate::model::{
    Apology, Condition, DatedValue, Deadline, Declaration, Document, Fee, FeeBase, IdentityCheck, Interval, Link, Row, Step, Yaml,
};
use crate::source::Span;

/// An element and the YAML it was read from.
#[derive(Clone)]
pub(super) struct Version<T> {
    /// As written, with the keys that amendments replaced.
    pub yaml: Yaml,
    /// As read.
    pub part: T,
}

/// What has an id and days in force.
pub(super) trait Part: Clone {
    fn id(&self) -> &str;
    fn interval(&self) -> Interval;
    fn place(&self) -> Span;
    /// Keeps only these days.
    fn keep(&mut self, days: Interval);
    /// What an amendment of single rows did to it, where the keys that are replaced do not touch it.
    fn keep_amended(&mut self, _before: &Self, _with: &Yaml) {}
}

macro_rules! parts {
    ($($kind:ty),*) => { $(
        impl Part for $kind {
            fn id(&self) -> &str { &self.id.value }
            fn interval(&self) -> Interval { self.interval }
            fn place(&self) -> Span { self.span }
            fn keep(&mut self, days: Interval) { self.interval = days; }
        }
    )* };
}
parts!(Condition, IdentityCheck, Document, Deadline, Step, Apology, Declaration, Link);

impl Part for Fee {
    fn id(&self) -> &str {
        &self.id.value
    }

    fn interval(&self) -> Interval {
        self.interval
    }

    fn place(&self) -> Span {
        self.span
    }

    /// Rows and reductions outside the days go, those that reach beyond are cut.
    fn keep(&mut self, days: Interval) {
        self.interval = days;
        let clip = |interval: &mut Interval| {
            let both = interval.intersect(&days);
            interval.from = interval.from.and(both.from);
            interval.until = interval.until.and(both.until);
            !both.is_empty()
        };
        self.reductions.retain_mut(|reduction| clip(&mut reduction.interval));
        if let FeeBase::Table(table) = &mut self.base {
            table.rows.retain_mut(|row| clip(&mut row.interval));
        }
    }

    fn keep_amended(&mut self, before: &Fee, with: &Yaml) {
        if let (FeeBase::Table(now), FeeBase::Table(then), None) = (&mut self.base, &before.base, with.get("table")) {
            now.rows.clone_from(&then.rows);
        }
    }
}

impl Part for Row {
    fn id(&self) -> &str {
        self.id.as_ref().map_or("", |id| &id.value)
    }

    fn interval(&self) -> Interval {
        self.interval
    }

    fn place(&self) -> Span {
        self.span
    }

    fn keep(&mut self, days: Interval) {
        self.interval = days;
    }
}

impl Part for DatedValue {
    fn id(&self) -> &str {
        ""
    }

    fn interval(&self) -> Interval {
        self.interval
    }

    fn place(&self) -> Span {
        self.span
    }

    fn keep(&mut self, days: Interval) {
        self.interval = days;
    }
}

impl<T: Part> Part for Version<T> {
    fn id(&self) -> &str {
        self.part.id()
    }

    fn interval(&self) -> Interval {
        self.part.interval()
    }

    fn place(&self) -> Span {
        self.part.place()
    }

    fn keep(&mut self, days: Interval) {
        self.part.keep(days);
    }
}

/// What an amendment found of what it amends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    /// No such thing.
    Nothing,
    /// It, but not in force on any of the days.
    OtherDays,
    /// It, in force.
    InForce,
}

/// Takes the days `during` out of every part that `is_meant`, and puts what `amended` makes of the part in them. What
/// lies outside the days of the `whole` is dropped.
pub(super) fn cut<T: Part>(
    parts: &mut Vec<T>,
    is_meant: impl Fn(&T) -> bool,
    during: Interval,
    whole: Interval,
    mut amended: impl FnMut(&T, Interval) -> Option<T>,
) -> Found {
    let mut found = Found::Nothing;
    let mut cut = Vec::with_capacity(parts.len() + 2);
    for part in parts.drain(..) {
        let days = part.interval();
        let taken = days.intersect(&during);
        if !is_meant(&part) {
            cut.push(part);
            continue;
        }
        if taken.intersect(&whole).is_empty() {
            found = found.max(Found::OtherDays);
            cut.push(part);
            continue;
        }
        found = Found::InForce;
        let before = during.from.map(|first| days.before(first));
        let after = during.until.map(|last| days.after(last));
        let leave = |days: Option<Interval>, cut: &mut Vec<T>| {
            if let Some(days) = days.filter(|days| !days.is_empty() && !days.intersect(&whole).is_empty()) {
                let mut rest = part.clone();
                rest.keep(days);
                cut.push(rest);
            }
        };
        leave(before, &mut cut);
        cut.extend(amended(&part, taken));
        leave(after, &mut cut);
    }
    *parts = cut;
    found
}

/// The days that are given, and `during` where an end is not; never outside `during`.
pub(super) fn within(given: Interval, during: Interval) -> Interval {
    Interval { from: given.from.or(during.from), until: given.until.or(during.until), span: given.span }.intersect(&during)
}
