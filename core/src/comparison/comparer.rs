//! Two laws over the cases of a batch, block after block.

use std::ops::Range;

use super::block::{Block, Place};
use super::counting::{Counting, Flat, Sums, Weighed};
use super::elements::{Elements, Side};
use super::fees::Fees;
use super::found::Found;
use super::tally::Tally;
use crate::columns::{BLOCK, Batch, Law, Paired, PairedBlock, PairedRows, UnknownOutput, first};
use crate::compile::program::FactSlot;
use crate::eval::Slots;

/// Decides cases by two laws and counts what differs.
#[derive(Debug)]
pub struct Comparer<'p> {
    pub(super) elements: Elements,
    pub(super) baseline: Side<'p>,
    pub(super) reform: Side<'p>,
    pub(super) plans: Paired<'p>,
}

/// How the rows of a batch are counted.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// The number of the first row among all cases.
    pub first: u64,
    /// The group of each row; `None`: all are in group 0.
    pub groups: Option<&'a [u32]>,
    /// The weight of each row, not negative, in units of some scale; `None`: each weighs 1.
    pub weights: Option<&'a [i64]>,
}

/// Memory of a thread, used again from block to block.
#[derive(Debug, Default)]
pub struct Memory {
    decided: PairedBlock,
    fees: Fees,
    found: Found,
    sums: Sums,
    slots: Slots,
}

impl<'p> Comparer<'p> {
    /// A comparer of two laws.
    ///
    /// # Errors
    /// [`UnknownOutput`] only if a plan does not know a column that its own program declares.
    pub fn new(baseline: Law<'p>, reform: Law<'p>) -> Result<Comparer<'p>, UnknownOutput> {
        let elements = Elements::of(baseline.program, reform.program);
        let together = share_facts([baseline, reform]) && baseline.calendar == reform.calendar;
        let ([baseline, reform], plans) = Side::both([baseline, reform], &elements, together)?;
        Ok(Comparer { elements, baseline, reform, plans })
    }

    /// The elements that are compared.
    #[must_use]
    pub fn elements(&self) -> &Elements {
        &self.elements
    }

    /// The law before and after.
    #[must_use]
    pub fn laws(&self) -> [Law<'p>; 2] {
        [self.baseline.law, self.reform.law]
    }

    pub(super) fn sides(&self) -> [&Side<'p>; 2] {
        [&self.baseline, &self.reform]
    }

    /// Whether both programs hold the same facts in the same slots, so that one batch serves both.
    #[must_use]
    pub fn shares_facts(&self) -> bool {
        share_facts(self.laws())
    }

    /// Decides rows of a batch by both laws and counts them. `batches` are the same cases for the baseline's program and for
    /// the reform's; where [`Comparer::shares_facts`], they may be one batch.
    pub fn run(&self, batches: [&Batch; 2], rows: Range<usize>, counted: Counted, memory: &mut Memory, tally: &mut Tally) {
        let end = rows.end.min(batches.iter().map(|batch| batch.rows()).min().unwrap_or(0));
        let groups = counted.groups.map_or(1, |groups| groups.get(rows.start..end).unwrap_or_default().iter().max().map_or(0, |most| *most as usize + 1));
        tally.widen(groups, self.elements.conditions.len(), self.elements.documents.len(), self.elements.fees.len() + 1);
        memory.fees.begin(self.elements.fees.len());
        self.plans.begin(&mut memory.decided);
        let mut start = rows.start;
        while start < end {
            let cases = PairedRows { batches, start, len: (end - start).min(BLOCK) };
            let block = start..start + cases.len;
            start = block.end;
            self.plans.block(cases, &mut memory.decided);
            let place = Place { of: self, cases, first: counted.first, total_is_fee: self.total_is_fee(cases, &mut memory.decided) };
            match (counted.groups, counted.weights) {
                (None, None) => count(place, |_| Flat, memory, tally),
                (groups, weights) => {
                    let groups = groups.and_then(|groups| groups.get(block.clone()));
                    let weights = weights.and_then(|weights| weights.get(block));
                    let all = tally.groups.len();
                    count(place, |sums| Weighed::new(groups, weights, sums, all, &first(cases.len)), memory, tally);
                }
            }
        }
        match (counted.groups, counted.weights) {
            (None, None) => memory.fees.put::<Flat>(tally),
            _ => memory.fees.put::<Weighed>(tally),
        }
    }
}

/// Counts a block that was decided.
fn count<'m, C: Counting>(place: Place<'m, '_, '_>, counting: impl FnOnce(&'m mut Sums) -> C, memory: &'m mut Memory, tally: &'m mut Tally) {
    let Memory { decided, fees, found, sums, slots } = memory;
    let mut block = Block::new(place, counting(sums), found, slots, tally);
    block.count(decided);
    block.fees(decided, fees);
    block.effects();
}

/// Whether two programs hold the same facts in the same slots.
fn share_facts(laws: [Law; 2]) -> bool {
    let [baseline, reform] = laws.map(|law| &law.program.facts);
    let alike = |a: &FactSlot, b: &FactSlot| a.name == b.name && a.layout == b.layout && a.optional == b.optional && a.default == b.default;
    baseline.len() == reform.len() && baseline.iter().zip(reform).all(|(a, b)| alike(a, b))
}
