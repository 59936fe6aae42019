//! What lies between two kernels: truths as bitmaps, integers with bitmaps of what is known of them.

use super::plan::BLOCK;

/// Words of a bitmap over a block.
pub(super) const WORDS: usize = BLOCK / 64;

/// A bit for each row of a block.
pub(super) type Mask = [u64; WORDS];

pub(super) const NONE: Mask = [0; WORDS];
pub(super) const ALL: Mask = [u64::MAX; WORDS];

/// The truths of a block. A row in none of the bitmaps is null or rests on a missing fact: `eval` decides it.
#[derive(Clone, Debug)]
pub(super) struct Truths {
    pub yes: Mask,
    pub no: Mask,
    /// It rests on law that is not known, whatever the facts.
    pub unknown: Mask,
}

impl Default for Truths {
    fn default() -> Self {
        Truths { yes: NONE, no: NONE, unknown: NONE }
    }
}

impl Truths {
    /// The same truth in every row.
    pub fn constant(truth: bool) -> Truths {
        if truth { Truths { yes: ALL, ..Truths::default() } } else { Truths { no: ALL, ..Truths::default() } }
    }

    /// Rows that `eval` decides.
    pub fn rest(&self) -> Mask {
        zip3(&self.yes, &self.no, &self.unknown, |yes, no, unknown| !(yes | no | unknown))
    }
}

/// The integers of a block. A row in none of the bitmaps rests on a missing fact or does not fit: `eval` decides it.
#[derive(Clone, Debug)]
pub(super) struct Ints {
    pub integers: Vec<i64>,
    pub known: Mask,
    pub null: Mask,
    pub unknown: Mask,
}

impl Default for Ints {
    fn default() -> Self {
        Ints { integers: vec![0; BLOCK], known: NONE, null: NONE, unknown: NONE }
    }
}

/// A bitmap of bitmaps, word for word.
#[inline]
pub(super) fn zip(a: &Mask, b: &Mask, word: impl Fn(u64, u64) -> u64) -> Mask {
    let mut out = NONE;
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = word(*a, *b);
    }
    out
}

#[inline]
pub(super) fn zip3(a: &Mask, b: &Mask, c: &Mask, word: impl Fn(u64, u64, u64) -> u64) -> Mask {
    let mut out = NONE;
    for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
        *out = word(*a, *b, *c);
    }
    out
}

#[inline]
pub(super) fn and(a: &Mask, b: &Mask) -> Mask {
    zip(a, b, |a, b| a & b)
}

#[inline]
pub(super) fn or(a: &Mask, b: &Mask) -> Mask {
    zip(a, b, |a, b| a | b)
}

/// `a` without `b`.
#[inline]
pub(super) fn without(a: &Mask, b: &Mask) -> Mask {
    zip(a, b, |a, b| a & !b)
}

#[inline]
pub(super) fn add(into: &mut Mask, more: &Mask) {
    into.iter_mut().zip(more).for_each(|(into, more)| *into |= more);
}

#[inline]
pub(super) fn is_empty(mask: &Mask) -> bool {
    mask.iter().fold(0, |all, word| all | word) == 0
}

/// The first rows of a block.
pub(super) fn first(rows: usize) -> Mask {
    let mut mask = NONE;
    for (at, word) in mask.iter_mut().enumerate() {
        let here = rows.saturating_sub(at * 64);
        *word = if here >= 64 { u64::MAX } else { (1u64 << here).wrapping_sub(1) };
    }
    mask
}

/// The rows whose cells pass a test. A plain loop of comparisons, which the compiler makes wide, then eight bytes at a time
/// into eight bits.
#[inline]
pub(super) fn test<T: Copy>(cells: &[T], passes: impl Fn(T) -> bool) -> Mask {
    let mut bytes = [0u8; BLOCK];
    for (byte, cell) in bytes.iter_mut().zip(cells) {
        *byte = u8::from(passes(*cell));
    }
    packed(&bytes)
}

/// The rows whose two cells pass a test.
#[inline]
pub(super) fn test_both<T: Copy>(left: &[T], right: &[T], passes: impl Fn(T, T) -> bool) -> Mask {
    let mut bytes = [0u8; BLOCK];
    for ((byte, left), right) in bytes.iter_mut().zip(left).zip(right) {
        *byte = u8::from(passes(*left, *right));
    }
    packed(&bytes)
}

/// Bytes that are 0 or 1 as bits.
#[inline]
fn packed(bytes: &[u8; BLOCK]) -> Mask {
    let mut mask = NONE;
    for (word, bytes) in mask.iter_mut().zip(bytes.as_chunks::<64>().0) {
        let mut shift = 0;
        for eight in bytes.as_chunks::<8>().0 {
            *word |= (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << shift;
            shift += 8;
        }
    }
    mask
}

/// Byte n is bit n.
const SPREAD: [u64; 256] = spread();

const fn spread() -> [u64; 256] {
    let mut table = [0; 256];
    let mut bits = 0;
    while bits < 256 {
        let mut bit = 0;
        while bit < 8 {
            #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
            {
                table[bits] |= ((bits as u64 >> bit) & 1) << (8 * bit);
            }
            bit += 1;
        }
        bits += 1;
    }
    table
}

/// Writes a code a row: 0 where no bitmap has the row. No row is in two.
pub(super) fn write_codes(into: &mut [u8], masks: &[(Mask, u8)]) {
    for (at, rows) in into.chunks_mut(64).enumerate() {
        let mut codes = [0u64; 8];
        for (mask, code) in masks {
            let word = mask.get(at).copied().unwrap_or(0);
            if word == 0 {
                continue;
            }
            for (eight, bits) in codes.iter_mut().zip(word.to_le_bytes()) {
                *eight |= SPREAD.get(usize::from(bits)).copied().unwrap_or(0) * u64::from(*code);
            }
        }
        let (whole, tail) = rows.as_chunks_mut::<8>();
        let mut codes = codes.iter();
        for (place, eight) in whole.iter_mut().zip(&mut codes) {
            *place = eight.to_le_bytes();
        }
        if let (false, Some(eight)) = (tail.is_empty(), codes.next()) {
            tail.iter_mut().zip(eight.to_le_bytes()).for_each(|(place, byte)| *place = byte);
        }
    }
}

/// Calls `each` for every row of a bitmap.
#[inline]
pub(super) fn each(mask: &Mask, each: impl FnMut(usize)) {
    super::bits::each(mask, each);
}
