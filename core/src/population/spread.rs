//! Integers spread evenly over ranges, each range with its weight.

use super::random::{Stream, Weights};

/// Ranges of integers to draw from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    weights: Weights,
    pieces: Vec<Piece>,
}

/// Integers from `low` on, `count` of them, `step` apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    low: i64,
    step: i64,
    count: u64,
}

impl Spread {
    /// Both ends of each range belong to it, if they lie on the steps from its lower end. A range whose ends are crossed is
    /// left out; `None` if none is left.
    #[must_use]
    pub fn new(ranges: impl IntoIterator<Item = (u64, i64, i64)>, step: i64) -> Option<Spread> {
        let step = step.max(1);
        let (weights, pieces): (Vec<u64>, Vec<Piece>) = ranges
            .into_iter()
            .filter(|(weight, low, high)| *weight > 0 && low <= high)
            .map(|(weight, low, high)| (weight, Piece { low, step, count: (high.abs_diff(low) / step.unsigned_abs()).saturating_add(1) }))
            .unzip();
        (!pieces.is_empty()).then(|| Spread { weights: Weights::new(weights), pieces })
    }

    /// Always the same.
    #[must_use]
    pub fn only(value: i64) -> Spread {
        Spread { weights: Weights::even(1), pieces: vec![Piece { low: value, step: 1, count: 1 }] }
    }

    /// The n-th draw.
    #[inline]
    #[must_use]
    pub fn at(&self, stream: Stream, n: u64) -> i64 {
        let which = if self.pieces.len() == 1 { 0 } else { self.weights.choose(stream.at(n.wrapping_mul(2).wrapping_add(1))) };
        let Some(piece) = self.pieces.get(which) else { return 0 };
        let steps = stream.below(n.wrapping_mul(2), piece.count);
        piece.low.saturating_add_unsigned(steps.saturating_mul(piece.step.unsigned_abs()))
    }
}
