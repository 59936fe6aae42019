//! Fees before and after, each and all together.

use super::amounts::{Amounts, Differ, Whose, Paid};
use super::block::Block;
use super::comparer::Comparer;
use super::counting::Counting;
use super::elements::{FeePlaces, OUTCOME, TOTAL};
use super::statuses::Statuses;
use super::tally::{CauseKind, Tally};
use crate::columns::{Mask, NONE, PairedBlock, PairedRows, and, first, is_empty, or, without};

const ABSENT_FEE: u8 = 4;

/// What the fees come to in rows that were counted and are not yet in the tally.
#[derive(Debug, Default)]
pub(super) struct Fees {
    each: Vec<Amounts>,
    total: Amounts,
    /// Of the only fee, in blocks in which it is the total.
    both: Amounts,
}

impl Fees {
    pub fn begin(&mut self, fees: usize) {
        self.each.resize_with(fees, Amounts::default);
    }

    /// Puts everything into a tally.
    pub fn put<C: Counting>(&mut self, tally: &mut Tally) {
        let fees = self.each.len();
        for (fee, amounts) in self.each.iter_mut().enumerate() {
            amounts.put::<C>(Whose { fee: Some(fee), total: None }, tally);
        }
        self.total.put::<C>(Whose { fee: None, total: Some(fees) }, tally);
        self.both.put::<C>(Whose { fee: Some(0), total: Some(fees) }, tally);
    }
}

impl Comparer<'_> {
    /// Whether the total is the only fee in all rows of a block. Where it is not, it is told now.
    pub(super) fn total_is_fee(&self, cases: PairedRows, decided: &mut PairedBlock) -> bool {
        let ([baseline], [reform]) = (&self.baseline.fees[..], &self.reform.fees[..]) else { return false };
        let here = first(cases.len);
        let is_fee = [baseline, reform].into_iter().enumerate().all(|(side, places)| {
            let codes = places.and_then(|places| decided.statuses(side, places.state));
            is_empty(Statuses::new(codes, ABSENT_FEE, &here).rows(ABSENT_FEE))
        });
        if !is_fee {
            [0, 1].into_iter().for_each(|side| self.plans.tell(side, &[TOTAL], &here, cases, decided));
        }
        is_fee
    }
}

impl<C: Counting> Block<'_, '_, '_, C> {
    pub fn fees(&mut self, decided: &mut PairedBlock, fees: &mut Fees) {
        let of = self.place.of;
        let total = of.elements.fees.len();
        let only = self.place.total_is_fee;
        for (element, (was, is)) in of.baseline.fees.iter().zip(&of.reform.fees).enumerate() {
            let places = [*was, *is];
            let states = self.statuses(decided, places.map(|places| places.map(|places| places.state)), ABSENT_FEE);
            let [before, after] = &states;
            self.pairs([before, after], |group| Some(&mut group.fees.get_mut(element)?.states));
            let paid = [0, 1].map(|side| {
                let amount = places.get(side).copied().flatten().map(|places| places.amount);
                let states = if side == 0 { before } else { after };
                self.paid(decided, side, *states.rows(0), or(states.rows(2), states.rows(3)), amount)
            });
            let [before, after] = &paid;
            let differ = if only {
                let whose = Whose { fee: Some(element), total: Some(total) };
                fees.both.count(&self.counting, [before, after], &self.here, whose, self.tally)
            } else {
                let Some(amounts) = fees.each.get_mut(element) else { continue };
                amounts.count(&self.counting, [before, after], &self.here, Whose { fee: Some(element), total: None }, self.tally)
            };
            if only {
                self.total(total, [before, after], &differ);
            }
            self.fee_causes(decided, element, places, &differ);
        }
        if only {
            return;
        }
        let paid = [0, 1].map(|side| {
            let answers = decided.answers(side, TOTAL);
            let settled = answers.map_or(NONE, |answers| answers.rows(self.place.cases.len));
            self.paid(decided, side, settled, without(&self.here, &settled), Some(TOTAL))
        });
        let [before, after] = &paid;
        let differ = fees.total.count(&self.counting, [before, after], &self.here, Whose { fee: None, total: Some(total) }, self.tally);
        self.total(total, [before, after], &differ);
    }

    fn paid<'d>(&self, decided: &'d PairedBlock, side: usize, due: Mask, open: Mask, amount: Option<usize>) -> Paid<'d> {
        let accepted = decided.statuses(side, OUTCOME).map_or(NONE, |[accepted, ..]| *accepted);
        let amounts = amount.and_then(|amount| decided.answers(side, amount)).map_or(&[][..], |answers| answers.integers());
        Paid { due, open, amounts, accepted }
    }

    /// What is settled of all fees together, and what their difference does to each row.
    fn total(&mut self, total: usize, [before, after]: [&Paid; 2], differ: &Differ) {
        let here = self.here;
        let (counting, groups) = (&mut self.counting, &mut self.tally.groups);
        for (was, before) in [(0, without(&here, &before.open)), (3, before.open)] {
            for (is, after) in [(0, without(&here, &after.open)), (3, after.open)] {
                counting.count(&and(&before, &after), |group, count| {
                    if let Some(fee) = groups.get_mut(group).and_then(|group| group.fees.get_mut(total)) {
                        fee.states.add(was, is, count.cases, count.weight);
                    }
                });
            }
        }
        self.effects.open = or(&self.effects.open, &or(&before.open, &after.open));
        self.effects.note(&differ.less, &differ.more);
    }

    /// The rows of tables and the reductions that made a fee differ.
    fn fee_causes(&mut self, decided: &mut PairedBlock, element: usize, places: [Option<FeePlaces>; 2], differ: &Differ) {
        let rows = or(&differ.more, &differ.less);
        if is_empty(&rows) {
            return;
        }
        for (side, places) in places.into_iter().enumerate() {
            if let Some(places) = places {
                self.place.of.plans.tell(side, &[places.row, places.reduction], &rows, self.place.cases, decided);
            }
        }
        let decided = &*decided;
        let by_whom = |side: usize, row: usize| {
            let part = |column: usize| decided.answers(side, column).and_then(|answers| answers.code(row)).map_or(0, |code| u64::from(code) + 1);
            places.get(side).copied().flatten().map_or(0, |places| part(places.row) << 32 | part(places.reduction))
        };
        let amount = |side: usize, row: usize| {
            let places = places.get(side).copied().flatten()?;
            decided.amount(side, places.state, places.amount, row)
        };
        for (rows, better) in [(&differ.less, true), (&differ.more, false)] {
            self.causes(decided, rows, CauseKind::Fee, element, better, |row| {
                let more = i128::from(amount(1, row).unwrap_or(0)) - i128::from(amount(0, row).unwrap_or(0));
                ([by_whom(0, row), by_whom(1, row)], more)
            });
        }
        self.found.put(self.tally);
    }
}
