//! How rows are counted: all alike, or each in its group and with its weight.

use super::tally::Count;
use crate::columns::{Mask, each};

/// How the rows of a block are counted.
pub(super) trait Counting {
    /// All rows are in group 0 and weigh 1.
    const FLAT: bool;
    /// The group of a row.
    fn group(&self, row: usize) -> u32;
    /// The weight of a row.
    fn weight(&self, row: usize) -> i64;
    /// Calls `add` for every group that has some of the rows of a bitmap, with how many and what they weigh.
    fn count(&mut self, rows: &Mask, add: impl FnMut(usize, Count));
}

/// All rows alike.
pub(super) struct Flat;

impl Counting for Flat {
    const FLAT: bool = true;

    #[inline]
    fn group(&self, _: usize) -> u32 {
        0
    }

    #[inline]
    fn weight(&self, _: usize) -> i64 {
        1
    }

    #[inline]
    fn count(&mut self, rows: &Mask, mut add: impl FnMut(usize, Count)) {
        let cases = rows.iter().fold(0, |cases, word| cases + u64::from(word.count_ones()));
        if cases > 0 {
            add(0, Count { cases, weight: cases.into() });
        }
    }
}

/// Each row in its group and with its weight.
pub(super) struct Weighed<'a> {
    pub groups: Option<&'a [u32]>,
    pub weights: Option<&'a [i64]>,
    pub sums: &'a mut Sums,
}

/// The sums of groups while rows are counted; empty in between.
#[derive(Debug, Default)]
pub(super) struct Sums {
    of_groups: Vec<Count>,
    /// The groups that have some.
    met: Vec<u32>,
}

impl Sums {
    pub fn widen(&mut self, groups: usize) {
        if self.of_groups.len() < groups {
            self.of_groups.resize(groups, Count::default());
        }
    }
}

impl Counting for Weighed<'_> {
    const FLAT: bool = false;

    #[inline]
    fn group(&self, row: usize) -> u32 {
        self.groups.and_then(|groups| groups.get(row)).copied().unwrap_or(0)
    }

    #[inline]
    fn weight(&self, row: usize) -> i64 {
        self.weights.map_or(1, |weights| weights.get(row).copied().unwrap_or(0))
    }

    fn count(&mut self, rows: &Mask, mut add: impl FnMut(usize, Count)) {
        each(rows, |row| {
            let (group, weight) = (self.group(row), self.weight(row));
            if let Some(sum) = self.sums.of_groups.get_mut(group as usize) {
                if sum.cases == 0 {
                    self.sums.met.push(group);
                }
                sum.add(1, weight.into());
            }
        });
        for group in self.sums.met.drain(..).map(|group| group as usize) {
            if let Some(sum) = self.sums.of_groups.get_mut(group) {
                add(group, std::mem::take(sum));
            }
        }
    }
}
