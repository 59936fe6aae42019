//! Numbers that look random and are the same on every machine: the n-th of a stream is a function of the seed, the stream's
//! name and n, so that any block of cases can be drawn by itself.

/// Added from one number to the next: 2^64 over the golden ratio, odd. SplitMix64 (Steele, Lea, Flood 2014).
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream(u64);

impl Stream {
    /// The stream of a seed and a name.
    #[must_use]
    pub fn named(seed: u64, name: &str) -> Stream {
        let fold = |state: u64, byte: u8| mix((state ^ u64::from(byte)).wrapping_add(STEP));
        Stream(name.bytes().fold(mix(seed.wrapping_add(STEP)), fold))
    }

    /// A stream of its own for each number: for what needs several draws a case.
    #[must_use]
    pub fn within(self, n: u64) -> Stream {
        Stream(mix(self.at(n) ^ STEP))
    }

    /// The n-th number.
    #[inline]
    #[must_use]
    pub fn at(self, n: u64) -> u64 {
        mix(self.0.wrapping_add(n.wrapping_mul(STEP)))
    }

    /// The n-th number brought below `limit`; 0 where that is 0.
    #[inline]
    #[must_use]
    pub fn below(self, n: u64, limit: u64) -> u64 {
        below(self.at(n), limit)
    }

    /// Whether the n-th draw hits.
    #[inline]
    #[must_use]
    pub fn hits(self, n: u64, rate: Rate) -> bool {
        match rate {
            Rate::NEVER => false,
            Rate::ALWAYS => true,
            rate => self.below(n, u64::from(Rate::WHOLE)) < u64::from(rate.0),
        }
    }
}

/// The finalizer of SplitMix64: every bit of the input reaches every bit of the output.
#[inline]
#[must_use]
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[inline]
fn below(random: u64, limit: u64) -> u64 {
    ((u128::from(random) * u128::from(limit)) >> 64) as u64
}

/// How often something happens, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(u32);

impl Rate {
    const WHOLE: u32 = 1_000_000;
    /// It never happens.
    pub const NEVER: Rate = Rate(0);
    /// It always happens.
    pub const ALWAYS: Rate = Rate(Rate::WHOLE);

    /// So many of a hundred, at most all.
    #[must_use]
    pub const fn percent(percent: u32) -> Rate {
        Rate(if percent > 100 { Rate::WHOLE } else { percent * 10_000 })
    }

    /// So many of a million, if that is not more than all.
    #[must_use]
    pub fn millionths(millionths: i64) -> Option<Rate> {
        u32::try_from(millionths).ok().filter(|parts| *parts <= Rate::WHOLE).map(Rate)
    }
}

/// A choice among some, each with its weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// The weights of each and those before it.
    sums: Vec<u64>,
}

impl Weights {
    /// The most that one weight may be, so that a sum of many fits.
    pub const MOST: u64 = 1 << 40;

    /// A choice by these weights.
    #[must_use]
    pub fn new(weights: impl IntoIterator<Item = u64>) -> Weights {
        let sums = weights.into_iter().scan(0u64, |sum, weight| {
            *sum = sum.saturating_add(weight.min(Weights::MOST));
            Some(*sum)
        });
        Weights { sums: sums.collect() }
    }

    /// A choice among `n`, all alike.
    #[must_use]
    pub fn even(n: usize) -> Weights {
        Weights::new((0..n).map(|_| 1))
    }

    /// Whether nothing can be chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sums.last().is_none_or(|sum| *sum == 0)
    }

    /// What a random number chooses.
    #[inline]
    #[must_use]
    pub fn choose(&self, random: u64) -> usize {
        let at = below(random, self.sums.last().copied().unwrap_or(0));
        if self.sums.len() <= 16 {
            return self.sums.iter().filter(|sum| **sum <= at).count();
        }
        self.sums.partition_point(|sum| *sum <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_the_same_everywhere() {
        let stream = Stream::named(7, "residence.basis");
        // Written down from another implementation.
        assert_eq!([0, 1, 2].map(|n| stream.at(n)), [15_116_904_495_164_615_559, 15_003_585_804_283_014_381, 18_174_487_852_204_667_999]);
    }

    #[test]
    fn streams_of_near_names_and_seeds_are_not_alike() {
        let first = |seed, name| Stream::named(seed, name).at(0);
        let mut all: Vec<u64> = (0..1000).flat_map(|seed| ["a", "b", "ab", "ba", ""].map(|name| first(seed, name))).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 5000);
    }

    #[test]
    fn rates_and_weights_are_kept() {
        let stream = Stream::named(1, "x");
        let hits = (0..100_000).filter(|n| stream.hits(*n, Rate::percent(30))).count();
        assert!((29_500..30_500).contains(&hits), "{hits}");
        assert!((0..1000).all(|n| stream.hits(n, Rate::ALWAYS) && !stream.hits(n, Rate::NEVER)));
        let weights = Weights::new([1, 0, 3]);
        let mut counts = [0; 3];
        (0..100_000).for_each(|n| counts[weights.choose(stream.at(n))] += 1);
        assert!((24_500..25_500).contains(&counts[0]) && counts[1] == 0, "{counts:?}");
        let many = Weights::even(100);
        assert!((0..10_000).all(|n| many.choose(stream.at(n)) < 100));
        assert!(Weights::new([0, 0]).is_empty() && Weights::even(0).is_empty() && !weights.is_empty());
    }
}
