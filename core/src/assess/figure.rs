//! A measure over the records of a row.

use super::tally::{Ratio, Sum, Tally};
use crate::compile::program::Slot;
use crate::value::Decimal;
use std::cmp::Ordering;

/// A number that is known, or the bounds within which it lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// At least; `None`: there is no bound, or nothing to count.
    pub low: Option<Decimal>,
    /// At most.
    pub high: Option<Decimal>,
    /// Of a count and a rate: for how many records it holds, at least and at most.
    pub holds: Option<(u64, u64)>,
    /// Of a rate: of how many records.
    pub of: Option<(u64, u64)>,
    /// How many records leave it open.
    pub undecided: u64,
    /// What is missing in them, and in how many.
    pub why: Vec<(Why, u64)>,
    /// How it stands to its target.
    pub target: Option<Standing>,
}

/// What leaves a record open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A fact is missing.
    Fact(Slot),
    /// Law is not known: index of the gap.
    Law(u32),
    /// The assessment has no law on the day of the record.
    NoLaw,
}

/// How a rate stands to its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The least percent wanted; `None`: that law is not known.
    pub at_least: Option<Decimal>,
    /// Whether it is reached; `None` while that is open.
    pub reached: Option<bool>,
    /// For how many more records it must come to hold, at least and at most.
    pub needed: Option<(u64, u64)>,
}

impl Figure {
    pub(super) fn count(tally: &Tally) -> Figure {
        let (low, high) = tally.count();
        let number = |count| Some(super::tally::counted(count));
        Figure { low: number(low), high: number(high), holds: Some((low, high)), ..Figure::default() }
    }

    pub(super) fn sum(sum: &Sum) -> Figure {
        Figure { low: sum.low, high: sum.high, ..Figure::default() }
    }

    pub(super) fn rate(tally: &Tally, target: Option<Option<Decimal>>) -> Figure {
        let (least, greatest) = (tally.least_rate(), tally.greatest_rate());
        Figure {
            low: least.and_then(Ratio::percent),
            high: greatest.and_then(Ratio::percent),
            holds: Some(tally.count()),
            of: Some(tally.within()),
            target: target.map(|at_least| Standing {
                at_least,
                reached: at_least.and_then(|percent| reached(least?, greatest?, percent)),
                needed: at_least.and_then(|percent| tally.needed(percent)),
            }),
            ..Figure::default()
        }
    }
}

fn reached(least: Ratio, greatest: Ratio, percent: Decimal) -> Option<bool> {
    match (least.compare(percent)?, greatest.compare(percent)?) {
        (Ordering::Greater | Ordering::Equal, _) => Some(true),
        (_, Ordering::Less) => Some(false),
        _ => None,
    }
}
