//! What is paid before and after: rows that pay the same are counted together, and their sums worked out once.

use super::counting::Counting;
use super::tally::Tally;
use crate::columns::{Mask, NONE};

/// What the rows of a block pay by one of the laws.
pub(super) struct Paid<'m> {
    /// Rows that pay their amount; the others pay nothing.
    pub due: Mask,
    /// Rows in which what is paid is not settled.
    pub open: Mask,
    pub amounts: &'m [i64],
    /// Rows that are accepted.
    pub accepted: Mask,
}

/// Rows that pay another amount.
#[derive(Clone, Copy)]
pub(super) struct Differ {
    pub more: Mask,
    pub less: Mask,
}

/// Places for rows that pay the same: so many at first, a power of two, and so many at most, which stay in the second cache.
const PLACES: [usize; 2] = [64, 2_048];

/// The rows of one group in which the same is paid before, and the same after.
#[derive(Clone, Copy, Debug)]
struct Alike {
    before: i64,
    after: i64,
    /// The group, and in the lowest two bits whether it is settled before and after; [`FREE`] where the place is free.
    of: u64,
    /// By whether they were and are accepted.
    cases: [u64; 4],
    weights: [i128; 4],
}

const FREE: u64 = u64::MAX;
const SETTLED: u64 = 0b11;

/// What a fee, or all fees together, come to in rows that were counted and are not yet in the tally.
#[derive(Debug)]
pub(super) struct Amounts {
    /// A quarter of them is free, so that few are looked for longer than a step.
    places: Vec<Alike>,
    taken: usize,
}

impl Default for Amounts {
    fn default() -> Self {
        Amounts { places: vec![Alike::new([0; 2], FREE); PLACES[0]], taken: 0 }
    }
}

/// Whose sums they are: the position of a fee, and the position of the total if they are sums of all fees together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whose {
    pub fee: Option<usize>,
    pub total: Option<usize>,
}

impl Amounts {
    /// Counts the rows of a block; which pay another amount.
    pub fn count<C: Counting>(&mut self, counting: &C, [before, after]: [&Paid; 2], here: &Mask, whose: Whose, tally: &mut Tally) -> Differ {
        let mut differ = Differ { more: NONE, less: NONE };
        let word = |mask: &Mask, at: usize| mask.get(at).copied().unwrap_or(0);
        let one_column = std::ptr::eq(before.amounts, after.amounts);
        for (at, here) in here.iter().copied().enumerate().take_while(|(_, here)| *here != 0) {
            let rows = at * 64..at * 64 + 64 - here.leading_zeros() as usize;
            let start = rows.start;
            let amounts = [before, after].map(|paid| paid.amounts.get(rows.clone()).unwrap_or(&[]));
            let due = [before, after].map(|paid| word(&paid.due, at));
            let settled = [before, after].map(|paid| here & !word(&paid.open, at));
            let accepted = [before, after].map(|paid| word(&paid.accepted, at));
            let bit = |word: u64, row: usize| word >> row & 1;
            let by_acceptance = |row: usize| (bit(accepted[0], row) | bit(accepted[1], row) << 1) as usize;
            let all_due = due == [here; 2] && amounts[0].len() == rows.len() && amounts[1].len() == rows.len();
            if all_due && (one_column || amounts[0] == amounts[1]) {
                for (row, amount) in amounts[0].iter().enumerate() {
                    let of = u64::from(counting.group(start + row)) << 2 | SETTLED;
                    self.add::<C>([*amount; 2], of, by_acceptance(row), counting.weight(start + row), whose, tally);
                }
                continue;
            }
            let (mut more, mut less) = (0, 0);
            for row in 0..rows.len() {
                let paid = |amounts: &[i64], due: u64| amounts.get(row).copied().unwrap_or(0) & 0i64.wrapping_sub(bit(due, row) as i64);
                let (was, is) = (paid(amounts[0], due[0]), paid(amounts[1], due[1]));
                let [settled_before, settled_after] = settled.map(|settled| bit(settled, row));
                more |= u64::from(is > was) << row;
                less |= u64::from(is < was) << row;
                let of = u64::from(counting.group(start + row)) << 2 | settled_before | settled_after << 1;
                self.add::<C>([was, is], of, by_acceptance(row), counting.weight(start + row), whose, tally);
            }
            let both = settled[0] & settled[1];
            if let (Some(of_more), Some(of_less)) = (differ.more.get_mut(at), differ.less.get_mut(at)) {
                (*of_more, *of_less) = (more & both, less & both);
            }
        }
        differ
    }

    #[inline]
    fn add<C: Counting>(&mut self, [before, after]: [i64; 2], of: u64, by_acceptance: usize, weight: i64, whose: Whose, tally: &mut Tally) {
        let place = self.place([before, after], of);
        if let Some(alike) = self.places.get_mut(place) {
            if alike.of == FREE {
                *alike = Alike::new([before, after], of);
                self.taken += 1;
            }
            if let Some(cases) = alike.cases.get_mut(by_acceptance) {
                *cases += 1;
            }
            if let (false, Some(weights)) = (C::FLAT, alike.weights.get_mut(by_acceptance)) {
                *weights += i128::from(weight);
            }
        }
        if self.taken > self.places.len() / 4 * 3 {
            if self.places.len() < PLACES[1] { self.widen() } else { self.put::<C>(whose, tally) }
        }
    }

    /// Where rows that pay this have their place, or a free one for it.
    #[inline]
    fn place(&self, [before, after]: [i64; 2], of: u64) -> usize {
        let mixed = before as u64 ^ (after as u64).rotate_left(21) ^ of.rotate_left(43);
        let mut at = (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize;
        loop {
            at &= self.places.len() - 1;
            match self.places.get(at) {
                Some(alike) if alike.of != FREE && (alike.before, alike.after, alike.of) != (before, after, of) => at += 1,
                _ => return at,
            }
        }
    }

    #[cold]
    fn widen(&mut self) {
        let wider = vec![Alike::new([0; 2], FREE); self.places.len() * 2];
        for alike in std::mem::replace(&mut self.places, wider).into_iter().filter(|alike| alike.of != FREE) {
            let place = self.place([alike.before, alike.after], alike.of);
            if let Some(free) = self.places.get_mut(place) {
                *free = alike;
            }
        }
    }

    /// Puts what was counted into a tally.
    pub fn put<C: Counting>(&mut self, whose: Whose, tally: &mut Tally) {
        for alike in self.places.iter_mut().filter(|alike| alike.of != FREE) {
            if C::FLAT {
                alike.weights = alike.cases.map(i128::from);
            }
            alike.put(whose, tally);
            alike.of = FREE;
        }
        self.taken = 0;
    }
}

impl Alike {
    const fn new([before, after]: [i64; 2], of: u64) -> Alike {
        Alike { before, after, of, cases: [0; 4], weights: [0; 4] }
    }

    fn put(&self, whose: Whose, tally: &mut Tally) {
        let group = (self.of >> 2) as usize;
        let settled = [self.of & 1 == 1, self.of & 2 == 2];
        let cases = self.cases.iter().sum();
        let [neither, only_before, only_after, both] = self.weights;
        let weight = neither + only_before + only_after + both;
        let (accepted_before, accepted_after) = (only_before + both, only_after + both);
        let (before, after) = (i128::from(self.before), i128::from(self.after));
        for element in whose.fee.into_iter().chain(whose.total) {
            let Some(fee) = tally.groups.get_mut(group).and_then(|group| group.fees.get_mut(element)) else { continue };
            if settled[0] {
                fee.before += before * weight;
                fee.accepted_before += before * accepted_before;
            }
            if settled[1] {
                fee.after += after * weight;
                fee.accepted_after += after * accepted_after;
            }
            if settled == [true; 2] {
                fee.difference += (after - before) * weight;
                if self.after > self.before {
                    fee.more.add(cases, weight);
                } else if self.after < self.before {
                    fee.less.add(cases, weight);
                }
            }
        }
        if whose.total.is_some() {
            if settled[0] {
                tally.distribution.add(self.before, false, cases, weight);
            }
            if settled[1] {
                tally.distribution.add(self.after, true, cases, weight);
            }
        }
    }
}
