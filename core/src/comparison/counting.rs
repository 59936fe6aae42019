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
    /// The same of bitmaps that together have every row of the block once; their position comes first.
    fn count_parts<'m>(&mut self, parts: impl Iterator<Item = &'m Mask> + Clone, mut add: impl FnMut(usize, usize, Count)) {
        parts.enumerate().for_each(|(part, rows)| self.count(rows, |group, count| add(part, group, count)));
    }
}

fn cases(rows: &Mask) -> u64 {
    rows.iter().fold(0, |cases, word| cases + u64::from(word.count_ones()))
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
        let cases = cases(rows);
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

/// The sums of groups while rows are counted.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// Empty in between.
    of_groups: Vec<Count>,
    /// The groups that have some.
    met: Vec<u32>,
    /// What the groups of the block have altogether.
    all: Vec<(u32, Count)>,
    /// What they have in all parts but the largest; empty in between.
    of_others: Vec<Count>,
}

impl<'a> Weighed<'a> {
    pub fn new(groups: Option<&'a [u32]>, weights: Option<&'a [i64]>, sums: &'a mut Sums, all_groups: usize, here: &Mask) -> Weighed<'a> {
        for of_groups in [&mut sums.of_groups, &mut sums.of_others] {
            of_groups.resize(of_groups.len().max(all_groups), Count::default());
        }
        let mut counting = Weighed { groups, weights, sums };
        let mut all = std::mem::take(&mut counting.sums.all);
        all.clear();
        counting.count(here, |group, count| all.push((group as u32, count)));
        counting.sums.all = all;
        counting
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
    fn count_parts<'m>(&mut self, parts: impl Iterator<Item = &'m Mask> + Clone, mut add: impl FnMut(usize, usize, Count)) {
        // Most rows are mostly in one part: it has what the others leave of all.
        let Some((largest, _)) = parts.clone().map(cases).enumerate().max_by_key(|(_, cases)| *cases) else { return };
        let mut of_others = std::mem::take(&mut self.sums.of_others);
        for (part, rows) in parts.enumerate().filter(|(part, _)| *part != largest) {
            self.count(rows, |group, count| {
                if let Some(of_group) = of_others.get_mut(group) {
                    of_group.merge(count);
                }
                add(part, group, count);
            });
        }
        for (group, all) in &self.sums.all {
            let others = of_others.get_mut(*group as usize).map(std::mem::take).unwrap_or_default();
            let left = Count { cases: all.cases - others.cases, weight: all.weight - others.weight };
            if left.cases > 0 {
                add(largest, *group as usize, left);
            }
        }
        self.sums.of_others = of_others;
    }
}
