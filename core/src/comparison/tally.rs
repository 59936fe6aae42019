//! What is counted. Tallies of parts of the cases are merged into the tally of all, whatever the parts and their order.

use std::collections::BTreeMap;
use std::collections::hash_map::{Entry, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::samples::Samples;

/// How many cases, and what they weigh together. The weight is in units of the scale that the caller's weights have; without
/// weights every case weighs 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Cases.
    pub cases: u64,
    /// Their weight.
    pub weight: i128,
}

impl Count {
    #[inline]
    pub(super) fn add(&mut self, cases: u64, weight: i128) {
        self.cases += cases;
        self.weight += weight;
    }

    pub(super) fn merge(&mut self, other: Count) {
        self.add(other.cases, other.weight);
    }
}

/// Cases by a status before and a status after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    counts: Vec<Count>,
}

/// A status is less than this.
pub const STATUSES: usize = 8;

impl Pairs {
    /// The cases that had one status and have another.
    #[must_use]
    pub fn count(&self, before: u8, after: u8) -> Count {
        self.counts.get(usize::from(before) * STATUSES + usize::from(after)).copied().unwrap_or_default()
    }

    /// The cases of a status before.
    #[must_use]
    pub fn before(&self, status: u8) -> Count {
        self.sum(|before, _| before == status)
    }

    /// The cases of a status after.
    #[must_use]
    pub fn after(&self, status: u8) -> Count {
        self.sum(|_, after| after == status)
    }

    /// The cases whose statuses are wanted.
    #[must_use]
    pub fn sum(&self, wanted: impl Fn(u8, u8) -> bool) -> Count {
        let mut sum = Count::default();
        self.each(|before, after, count| if wanted(before, after) { sum.merge(count) });
        sum
    }

    /// Calls `each` for all statuses that cases have, in order.
    pub fn each(&self, mut each: impl FnMut(u8, u8, Count)) {
        for (count, at) in self.counts.iter().zip(0u8..).filter(|(count, _)| count.cases > 0) {
            each(at / STATUSES as u8, at % STATUSES as u8, *count);
        }
    }

    #[inline]
    pub(super) fn add(&mut self, before: u8, after: u8, cases: u64, weight: i128) {
        if self.counts.is_empty() {
            self.counts.resize(STATUSES * STATUSES, Count::default());
        }
        if let Some(count) = self.counts.get_mut(usize::from(before) * STATUSES + usize::from(after)) {
            count.add(cases, weight);
        }
    }

    fn merge(&mut self, other: &Pairs) {
        other.each(|before, after, count| self.add(before, after, count.cases, count.weight));
    }
}

/// A fee, or all fees together. Sums are đồng times weight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeeTally {
    /// By state before and after, as [`super::FEE_STATES`].
    pub states: Pairs,
    /// The sum before, of the cases in which it was settled.
    pub before: i128,
    /// The sum after, of the cases in which it is settled.
    pub after: i128,
    /// The same of cases that were accepted.
    pub accepted_before: i128,
    /// The same of cases that are accepted.
    pub accepted_after: i128,
    /// What is paid more, less what is paid less, in the cases that were and are settled.
    pub difference: i128,
    /// The cases that pay more.
    pub more: Count,
    /// The cases that pay less.
    pub less: Count,
}

impl FeeTally {
    fn merge(&mut self, other: &FeeTally) {
        self.states.merge(&other.states);
        self.before += other.before;
        self.after += other.after;
        self.accepted_before += other.accepted_before;
        self.accepted_after += other.accepted_after;
        self.difference += other.difference;
        self.more.merge(other.more);
        self.less.merge(other.less);
    }
}

/// The cases of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupTally {
    /// All of them.
    pub all: Count,
    /// By outcome: [`super::OUTCOMES`].
    pub outcomes: Pairs,
    /// By the status of each condition and check.
    pub conditions: Vec<Pairs>,
    /// By the status of each document.
    pub documents: Vec<Pairs>,
    /// The fees, the total last.
    pub fees: Vec<FeeTally>,
    /// By the state of the day due.
    pub due: Pairs,
    /// Working days gained (below 0: lost), where the day due was and is known and has changed.
    pub gained: BTreeMap<i64, Count>,
    /// By what the reform does to the applicant: [`super::EFFECTS`].
    pub effects: [Count; 5],
}

impl GroupTally {
    fn merge(&mut self, other: &GroupTally) {
        self.all.merge(other.all);
        self.outcomes.merge(&other.outcomes);
        merge_all(&mut self.conditions, &other.conditions, Pairs::merge);
        merge_all(&mut self.documents, &other.documents, Pairs::merge);
        merge_all(&mut self.fees, &other.fees, FeeTally::merge);
        self.due.merge(&other.due);
        for (days, count) in &other.gained {
            self.gained.entry(*days).or_default().merge(*count);
        }
        for (own, other) in self.effects.iter_mut().zip(other.effects) {
            own.merge(other);
        }
    }
}

fn merge_all<T: Default + Clone>(own: &mut Vec<T>, other: &[T], merge: impl Fn(&mut T, &T)) {
    own.resize(own.len().max(other.len()), T::default());
    own.iter_mut().zip(other).for_each(|(own, other)| merge(own, other));
}

/// What made a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    /// The group of the case.
    pub group: u32,
    /// What kind of rule.
    pub kind: CauseKind,
    /// The condition, document or fee; 0 for the deadline.
    pub element: u32,
    /// Its status before; of a fee its row and reduction; of the deadline the rule.
    pub before: u64,
    /// The same after.
    pub after: u64,
    /// Whether it was to the applicant's good.
    pub better: bool,
}

/// A kind of rule that can make a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseKind {
    /// A condition or check that changed the outcome.
    Condition,
    /// A document that is asked or no longer asked.
    Document,
    /// A fee that is another.
    Fee,
    /// A deadline that is another.
    Deadline,
}

/// How often a cause made a difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CauseTally {
    /// The cases.
    pub count: Count,
    /// Of a fee: đồng paid more, times weight. Of a deadline: working days gained, times weight.
    pub amount: i128,
    /// Some of them.
    pub samples: Samples,
}

/// Everything that is counted of some cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// A tally a group, by the group's number.
    pub groups: Vec<GroupTally>,
    causes: HashMap<Cause, CauseTally, BuildHasherDefault<Quick>>,
    /// All fees together, before and after.
    pub distribution: Distribution,
}

impl Tally {
    /// Makes room for groups.
    pub(super) fn widen(&mut self, groups: usize, conditions: usize, documents: usize, fees: usize) {
        if self.groups.len() < groups {
            let empty = GroupTally {
                conditions: vec![Pairs::default(); conditions],
                documents: vec![Pairs::default(); documents],
                fees: vec![FeeTally::default(); fees],
                ..GroupTally::default()
            };
            self.groups.resize(groups, empty);
        }
    }

    pub(super) fn cause(&mut self, cause: Cause) -> &mut CauseTally {
        self.causes.entry(cause).or_default()
    }

    /// What made a difference, in order.
    #[must_use]
    pub fn causes(&self) -> Vec<(Cause, &CauseTally)> {
        let mut all: Vec<_> = self.causes.iter().map(|(cause, tally)| (*cause, tally)).collect();
        all.sort_by_key(|(cause, _)| *cause);
        all
    }

    /// All groups together.
    #[must_use]
    pub fn total(&self) -> GroupTally {
        let mut total = GroupTally::default();
        self.groups.iter().for_each(|group| total.merge(group));
        total
    }

    /// Adds what was counted of other cases; groups have the same numbers in both.
    pub fn merge(&mut self, other: Tally) {
        merge_all(&mut self.groups, &other.groups, GroupTally::merge);
        self.distribution.merge(other.distribution);
        for (cause, tally) in other.causes {
            match self.causes.entry(cause) {
                Entry::Vacant(place) => {
                    place.insert(tally);
                }
                Entry::Occupied(mut place) => {
                    let own = place.get_mut();
                    own.count.merge(tally.count);
                    own.amount += tally.amount;
                    own.samples.merge(tally.samples);
                }
            }
        }
    }
}

/// So many different amounts are told apart; more are counted by size.
pub const MOST_AMOUNTS: usize = 512;

/// Cases by what they pay altogether, before and after; those in which that is not settled are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    counts: HashMap<i64, [Count; 2], BuildHasherDefault<Quick>>,
    /// Amounts stand for sizes: see [`size_of`].
    pub by_size: bool,
}

impl Distribution {
    #[inline]
    pub(super) fn add(&mut self, amount: i64, after: bool, cases: u64, weight: i128) {
        let amount = if self.by_size { size_of(amount) } else { amount };
        let counts = self.counts.entry(amount).or_default();
        let [before_count, after_count] = counts;
        (if after { after_count } else { before_count }).add(cases, weight);
        if self.counts.len() > MOST_AMOUNTS && !self.by_size {
            self.merge_into_sizes();
        }
    }

    fn merge_into_sizes(&mut self) {
        self.by_size = true;
        for (amount, counts) in std::mem::take(&mut self.counts) {
            self.merge_counts(size_of(amount), counts);
        }
    }

    fn merge_counts(&mut self, amount: i64, [before, after]: [Count; 2]) {
        let [own_before, own_after] = self.counts.entry(amount).or_default();
        own_before.merge(before);
        own_after.merge(after);
    }

    fn merge(&mut self, mut other: Distribution) {
        if self.by_size != other.by_size {
            if self.by_size { other.merge_into_sizes() } else { self.merge_into_sizes() }
        }
        for (amount, counts) in other.counts {
            self.merge_counts(amount, counts);
        }
        if self.counts.len() > MOST_AMOUNTS && !self.by_size {
            self.merge_into_sizes();
        }
    }

    /// Amounts, or the least amount of each size, with the cases before and after; in order.
    #[must_use]
    pub fn counts(&self) -> Vec<(i64, [Count; 2])> {
        let mut all: Vec<_> = self.counts.iter().map(|(amount, counts)| (*amount, *counts)).collect();
        all.sort_by_key(|(amount, _)| *amount);
        all
    }
}

/// The size of an amount: the greatest of 0, 1, 2, 5, 10, 20, 50, … that is not greater.
#[must_use]
pub fn size_of(amount: i64) -> i64 {
    let mut size = 0;
    let mut unit = 1i64;
    loop {
        for step in [1, 2, 5] {
            let Some(next) = unit.checked_mul(step).filter(|next| *next <= amount) else { return size };
            size = next;
        }
        let Some(next) = unit.checked_mul(10) else { return size };
        unit = next;
    }
}

/// Keys are small numbers of our own: nobody can choose them so that they collide.
#[derive(Default)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(value.into());
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(23) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_i64(&mut self, value: i64) {
        self.write_u64(value as u64);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value as u64);
    }
}
