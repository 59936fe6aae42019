//! A few cases of each kind of change, chosen by a hash of their numbers: the same few however the cases are parted.

use crate::population::random::mix;
use crate::value::{Date, Fact, Value};

/// So many cases are kept of each kind of change.
pub const KEPT: usize = 3;

/// Some cases of a kind of change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    kept: Vec<Sample>,
}

impl Eq for Samples {}

/// A case and what is decided on it before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The number of the case.
    pub number: u64,
    /// The day the law is read.
    pub as_of: Date,
    /// What is told, by the slots of the baseline.
    pub facts: Vec<Fact<Value>>,
    /// The decision before and after.
    pub answers: [SampleAnswer; 2],
}

/// What is decided on a sample case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampleAnswer {
    /// The outcome: [`super::OUTCOMES`].
    pub outcome: u8,
    /// Conditions and checks that are not met: their positions.
    pub unmet: Vec<u32>,
    /// Documents that are asked.
    pub documents: Vec<u32>,
    /// The sum of the fees, if it is settled.
    pub fee: Option<i64>,
    /// The day due, if it is known.
    pub due: Option<Date>,
}

impl Samples {
    /// A case of a lesser rank would be kept; `None`: any would.
    pub(super) fn bound(&self) -> Option<Rank> {
        self.kept.get(KEPT - 1).map(|last| rank(last.number))
    }

    pub(super) fn add(&mut self, sample: Sample) {
        let place = self.kept.partition_point(|kept| rank(kept.number) < rank(sample.number));
        self.kept.insert(place, sample);
        self.kept.truncate(KEPT);
    }

    pub(super) fn merge(&mut self, other: Samples) {
        other.kept.into_iter().for_each(|sample| self.add(sample));
    }

    /// The cases that are kept.
    #[must_use]
    pub fn kept(&self) -> &[Sample] {
        &self.kept
    }
}

/// The lesser the rank, the sooner a case is kept.
pub(super) type Rank = (u64, u64);

#[inline]
pub(super) fn rank(number: u64) -> Rank {
    (mix(number), number)
}
