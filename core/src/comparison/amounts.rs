//! What is paid in a few rows, and how often each amount.

use super::tally::Distribution;

/// Rows whose fees are looked at together.
pub(super) const CHUNK: usize = 64;

/// A fee in some rows by one of the laws.
pub(super) struct Chunk<'m> {
    pub states: &'m [u8],
    pub amounts: &'m [i64],
    pub outcomes: &'m [u8],
}

impl<'m> Chunk<'m> {
    pub fn of(side: usize, start: usize, states: &[&'m [u8]; 2], amounts: &[&'m [i64]; 2], outcomes: &[&'m [u8]; 2]) -> Chunk<'m> {
        fn part<'m, T>(all: Option<&&'m [T]>, start: usize) -> &'m [T] {
            let rest = all.and_then(|all| all.get(start..)).unwrap_or_default();
            rest.get(..CHUNK).unwrap_or(rest)
        }
        Chunk { states: part(states.get(side), start), amounts: part(amounts.get(side), start), outcomes: part(outcomes.get(side), start) }
    }

    /// What is paid altogether, and by those who are accepted.
    pub fn sums(&self) -> (i128, i128) {
        // No 64 of such amounts overflow their sum.
        const SMALL: i64 = 1 << 56;
        let (mut all, mut accepted, mut large) = (0i64, 0i64, 0u64);
        for ((amount, state), outcome) in self.amounts.iter().zip(self.states).zip(self.outcomes) {
            let amount = *amount & 0i64.wrapping_sub(i64::from(*state == 0));
            all = all.wrapping_add(amount);
            accepted = accepted.wrapping_add(amount & 0i64.wrapping_sub(i64::from(*outcome == 0)));
            large |= amount.wrapping_add(SMALL) as u64 >> 57;
        }
        if large == 0 {
            return (all.into(), accepted.into());
        }
        (0..self.states.len()).fold((0, 0), |(by_all, by_accepted), row| {
            let amount = i128::from(paid(self.states, self.amounts, row).unwrap_or(0));
            (by_all + amount, by_accepted + if self.outcomes.get(row) == Some(&0) { amount } else { 0 })
        })
    }

    /// Whether all of it is due.
    pub fn is_due(&self) -> bool {
        self.states.iter().fold(true, |all, state| all & (*state == 0))
    }

    /// The rows in which something differs; all of them where one of the two has no such fee, and with it no amounts.
    pub fn differing<'c>(&'c self, other: &'c Chunk) -> impl Iterator<Item = usize> + 'c {
        let both = self.states.iter().zip(other.states).zip(self.amounts.iter().zip(other.amounts));
        let lacks = self.amounts.len() != self.states.len() || other.amounts.len() != other.states.len();
        let rows = if lacks { 0..self.states.len() } else { 0..0 };
        let differ = both.enumerate().filter(move |(_, ((state, of), (amount, and)))| !lacks && (state != of || amount != and));
        rows.chain(differ.map(|(row, _)| row))
    }

    /// What is paid more in the rows that are settled in both.
    pub fn difference(before: &Chunk, after: &Chunk) -> i128 {
        let rows = 0..before.states.len();
        rows.map(|row| match (paid(before.states, before.amounts, row), paid(after.states, after.amounts, row)) {
            (Some(was), Some(is)) => i128::from(is) - i128::from(was),
            _ => 0,
        }).sum()
    }
}

/// Amounts met lately, so that few look-ups are needed where there are few amounts.
#[derive(Default)]
pub(super) struct Runs(pub [Run; 16]);

/// How many rows paid an amount, before and after.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    amount: i64,
    cases: [u64; 2],
    weights: [i128; 2],
}

impl Runs {
    /// Counts a row before or after or both; gives what has to make room for it.
    #[inline]
    pub fn add(&mut self, amount: i64, which: [u64; 2], weight: i128) -> Option<Run> {
        let at = ((amount as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60) as usize;
        let run = self.0.get_mut(at)?;
        let left = (run.amount != amount).then(|| std::mem::replace(run, Run { amount, ..Run::default() }));
        for ((cases, weights), which) in run.cases.iter_mut().zip(&mut run.weights).zip(which) {
            *cases += which;
            *weights += if which == 0 { 0 } else { weight };
        }
        left
    }
}

impl Run {
    pub fn put(&self, distribution: &mut Distribution) {
        for ((cases, weight), after) in self.cases.into_iter().zip(self.weights).zip([false, true]) {
            if cases > 0 {
                distribution.add(self.amount, after, cases, weight);
            }
        }
    }
}

/// What is paid on a row: `None` where that is not settled.
#[inline]
pub(super) fn paid(states: &[u8], amounts: &[i64], row: usize) -> Option<i64> {
    match states.get(row) {
        Some(0) => amounts.get(row).copied(),
        Some(2 | 3) | None => None,
        Some(_) => Some(0),
    }
}
