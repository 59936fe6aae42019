//! Exact counts over truths of which some are open.

use std::cmp::Ordering;

use crate::eval::Known;
use crate::value::{Decimal, Value};

/// A truth of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tri {
    /// It does not hold.
    No,
    /// It holds.
    Yes,
    /// A missing fact or unknown law leaves it open.
    Open,
}

impl Tri {
    /// Both.
    #[must_use]
    pub fn and(self, other: Tri) -> Tri {
        match (self, other) {
            (Tri::No, _) | (_, Tri::No) => Tri::No,
            (Tri::Yes, Tri::Yes) => Tri::Yes,
            _ => Tri::Open,
        }
    }
}

/// How many records are within what is looked at, and for how many of them something holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Within, and it holds.
    pub holds: u64,
    /// Within, and it does not.
    pub fails: u64,
    /// Within, and it is open.
    pub open: u64,
    /// Perhaps within, and it holds.
    pub maybe_holds: u64,
    /// Perhaps within, and it does not hold.
    pub maybe_fails: u64,
    /// Perhaps within, and it is open.
    pub maybe_open: u64,
}

/// A share as an exact fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// How many.
    pub of: u64,
    /// Of how many; not 0.
    pub whole: u64,
}

impl Ratio {
    /// The share in percent, to 34 digits.
    #[must_use]
    pub fn percent(self) -> Option<Decimal> {
        counted(self.of).checked_mul(counted(100))?.checked_div(counted(self.whole))
    }

    /// Compares the share with a number of percent, exactly.
    #[must_use]
    pub fn compare(self, percent: Decimal) -> Option<Ordering> {
        Some(counted(self.of).checked_mul(counted(100))?.cmp(&percent.checked_mul(counted(self.whole))?))
    }
}

impl Tally {
    /// Counts a record.
    pub fn add(&mut self, within: Tri, holds: Tri) {
        let place = match (within, holds) {
            (Tri::No, _) => return,
            (Tri::Yes, Tri::Yes) => &mut self.holds,
            (Tri::Yes, Tri::No) => &mut self.fails,
            (Tri::Yes, Tri::Open) => &mut self.open,
            (Tri::Open, Tri::Yes) => &mut self.maybe_holds,
            (Tri::Open, Tri::No) => &mut self.maybe_fails,
            (Tri::Open, Tri::Open) => &mut self.maybe_open,
        };
        *place += 1;
    }

    /// For how many it holds: at least, at most.
    #[must_use]
    pub fn count(&self) -> (u64, u64) {
        (self.holds, self.holds + self.open + self.maybe_holds + self.maybe_open)
    }

    /// How many are within: at least, at most.
    #[must_use]
    pub fn within(&self) -> (u64, u64) {
        let surely = self.holds + self.fails + self.open;
        (surely, surely + self.maybe_holds + self.maybe_fails + self.maybe_open)
    }

    /// The least share that can come out; `None` if none can.
    #[must_use]
    pub fn least_rate(&self) -> Option<Ratio> {
        let whole = self.holds + self.fails + self.open + self.maybe_fails + self.maybe_open;
        match whole {
            0 => (self.maybe_holds > 0).then_some(Ratio { of: 1, whole: 1 }),
            whole => Some(Ratio { of: self.holds, whole }),
        }
    }

    /// The greatest share that can come out; `None` if none can.
    #[must_use]
    pub fn greatest_rate(&self) -> Option<Ratio> {
        let of = self.holds + self.open + self.maybe_holds + self.maybe_open;
        match of + self.fails {
            0 => (self.maybe_fails > 0).then_some(Ratio { of: 0, whole: 1 }),
            whole => Some(Ratio { of, whole }),
        }
    }

    /// For how many more it must come to hold for the share to reach a number of percent: at least, at most.
    #[must_use]
    pub fn needed(&self, percent: Decimal) -> Option<(u64, u64)> {
        let most = self.holds + self.open + self.maybe_holds + self.maybe_open;
        let least = short_of(most, most + self.fails, percent)?;
        let whole = self.holds + self.fails + self.open + self.maybe_fails + self.maybe_open;
        Some((least, short_of(self.holds, whole, percent)?))
    }
}

fn short_of(of: u64, whole: u64, percent: Decimal) -> Option<u64> {
    let wanted = percent.checked_mul(counted(whole))?.checked_div(counted(100))?.ceiling().to_i128()?;
    u64::try_from((wanted - i128::from(of)).max(0)).ok()
}

/// A count as a number.
pub(super) fn counted(count: u64) -> Decimal {
    Decimal::from_i128(i128::from(count))
}

/// A sum of numbers of which some are open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sum {
    /// At least; `None`: there is no bound.
    pub low: Option<Decimal>,
    /// At most; `None`: there is no bound.
    pub high: Option<Decimal>,
}

impl Default for Sum {
    fn default() -> Sum {
        Sum { low: Some(Decimal::ZERO), high: Some(Decimal::ZERO) }
    }
}

impl Sum {
    /// Adds the number of a record, or the bounds it lies in while it is open.
    pub fn add(&mut self, within: Tri, value: &Known, bounds: (Option<Decimal>, Option<Decimal>)) {
        let (low, high) = match value {
            Known::Known(Value::Number(number)) => (Some(*number), Some(*number)),
            _ => bounds,
        };
        let (low, high) = match within {
            Tri::No => return,
            Tri::Yes => (low, high),
            Tri::Open => (low.map(|low| low.min(Decimal::ZERO)), high.map(|high| high.max(Decimal::ZERO))),
        };
        self.low = self.low.zip(low).and_then(|(sum, low)| sum.checked_add(low));
        self.high = self.high.zip(high).and_then(|(sum, high)| sum.checked_add(high));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way in which open truths can come out, as shares of whole numbers.
    fn completions(records: &[(Tri, Tri)]) -> Vec<(u64, u64)> {
        let ways = |truth: Tri| match truth {
            Tri::No => vec![false],
            Tri::Yes => vec![true],
            Tri::Open => vec![false, true],
        };
        records.iter().fold(vec![(0, 0)], |so_far, (within, holds)| {
            let mut next = Vec::new();
            for (of, whole) in so_far {
                for within in ways(*within) {
                    for holds in ways(*holds) {
                        next.push((of + u64::from(within && holds), whole + u64::from(within)));
                    }
                }
            }
            next
        })
    }

    #[test]
    fn bounds_are_those_of_all_completions() {
        let truths = [Tri::No, Tri::Yes, Tri::Open];
        let kinds: Vec<(Tri, Tri)> = truths.iter().flat_map(|within| truths.iter().map(move |holds| (*within, *holds))).collect();
        for numbers in 0..9usize.pow(4) {
            let records: Vec<(Tri, Tri)> = (0..4).map(|at| kinds[numbers / 9usize.pow(at) % 9]).collect();
            let mut tally = Tally::default();
            records.iter().for_each(|(within, holds)| tally.add(*within, *holds));
            let all = completions(&records);
            let counts: Vec<u64> = all.iter().map(|(of, _)| *of).collect();
            assert_eq!(tally.count(), (*counts.iter().min().unwrap(), *counts.iter().max().unwrap()), "{records:?}");
            let mut shares: Vec<(u64, u64)> = all.iter().copied().filter(|(_, whole)| *whole > 0).collect();
            shares.sort_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)));
            let same = |ratio: Option<Ratio>, share: Option<&(u64, u64)>| match (ratio, share) {
                (Some(ratio), Some((of, whole))) => ratio.of * whole == of * ratio.whole,
                (None, None) => true,
                _ => false,
            };
            assert!(same(tally.least_rate(), shares.first()), "{records:?} {tally:?}");
            assert!(same(tally.greatest_rate(), shares.last()), "{records:?} {tally:?}");
            let needed = |(of, whole): &(u64, u64)| (whole * 80).div_ceil(100).saturating_sub(*of);
            let needs: Vec<u64> = all.iter().map(needed).collect();
            let bounds = (*needs.iter().min().unwrap(), *needs.iter().max().unwrap());
            let told = tally.needed(counted(80)).unwrap();
            assert!(told.0 <= bounds.0 && bounds.1 <= told.1, "{records:?}: {told:?} for {bounds:?}");
        }
    }
}
