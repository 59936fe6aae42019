//! What made a difference in some rows, gathered before it goes into the tally.

use super::samples::Rank;
use super::tally::{Cause, Count, Tally};

/// Causes met in one element of a block: few, and mostly the one that was met last.
#[derive(Debug, Default)]
pub(super) struct Found {
    causes: Vec<Gathered>,
    last: usize,
}

#[derive(Debug)]
pub(super) struct Gathered {
    cause: Cause,
    count: Count,
    amount: i128,
    /// A case of a lesser rank is kept as a sample; `None`: any is.
    pub bound: Option<Rank>,
}

impl Found {
    /// Counts a row; what was gathered of its cause.
    #[inline]
    pub fn add(&mut self, cause: Cause, weight: i64, amount: i128, tally: &mut Tally) -> Option<&mut Gathered> {
        if self.causes.get(self.last).is_none_or(|gathered| gathered.cause != cause) {
            let known = self.causes.iter().position(|gathered| gathered.cause == cause);
            self.last = known.unwrap_or_else(|| {
                let bound = tally.cause(cause).samples.bound();
                self.causes.push(Gathered { cause, count: Count::default(), amount: 0, bound });
                self.causes.len() - 1
            });
        }
        let gathered = self.causes.get_mut(self.last)?;
        gathered.count.add(1, weight.into());
        gathered.amount += amount * i128::from(weight);
        Some(gathered)
    }

    /// Puts what was gathered into a tally.
    pub fn put(&mut self, tally: &mut Tally) {
        for gathered in self.causes.drain(..) {
            let into = tally.cause(gathered.cause);
            into.count.merge(gathered.count);
            into.amount += gathered.amount;
        }
        self.last = 0;
    }
}
