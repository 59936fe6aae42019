//! What lies between two kernels: truths as bitmaps, integers with bitmaps of what is known of them.

use super::plan::BLOCK;

/// Words of a bitmap over a block.
pub(super) const WORDS: usize = BLOCK / 64;

/// A bit for each row of a block.
pub(crate) type Mask = [u64; WORDS];

pub(crate) const NONE: Mask = [0; WORDS];
pub(crate) const ALL: Mask = [u64::MAX; WORDS];

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
pub(crate) fn and(a: &Mask, b: &Mask) -> Mask {
    zip(a, b, |a, b| a & b)
}

#[inline]
pub(crate) fn or(a: &Mask, b: &Mask) -> Mask {
    zip(a, b, |a, b| a | b)
}

/// `a` without `b`.
#[inline]
pub(crate) fn without(a: &Mask, b: &Mask) -> Mask {
    zip(a, b, |a, b| a & !b)
}

#[inline]
pub(crate) fn add(into: &mut Mask, more: &Mask) {
    into.iter_mut().zip(more).for_each(|(into, more)| *into |= more);
}

#[inline]
pub(crate) fn is_empty(mask: &Mask) -> bool {
    mask.iter().fold(0, |all, word| all | word) == 0
}

/// The first rows of a block.
pub(crate) fn first(rows: usize) -> Mask {
    let mut mask = NONE;
    for (at, word) in mask.iter_mut().enumerate() {
        let here = rows.saturating_sub(at * 64);
        *word = if here >= 64 { u64::MAX } else { (1u64 << here).wrapping_sub(1) };
    }
    mask
}

/// Cells are tested in runs of so many: long enough that the compiler makes the loop wide, short enough to stay in registers.
const RUN: usize = 256;

/// The rows whose cells pass a test. A plain loop of comparisons, which the compiler makes wide, then eight bytes at a time
/// into eight bits.
#[inline]
pub(super) fn test<T: Copy>(cells: &[T], passes: impl Fn(T) -> bool) -> Mask {
    let mut mask = NONE;
    if size_of::<T>() == 8 {
        // Comparisons of this width are no faster when they are wide: they go into bits eight at a time.
        for (word, cells) in mask.iter_mut().zip(cells.chunks(64)) {
            for (eight, cells) in cells.chunks(8).enumerate() {
                let mut bytes = [0u8; 8];
                bytes.iter_mut().zip(cells).for_each(|(byte, cell)| *byte = u8::from(passes(*cell)));
                *word |= (u64::from_le_bytes(bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * eight);
            }
        }
        return mask;
    }
    for (words, cells) in mask.chunks_mut(RUN / 64).zip(cells.chunks(RUN)) {
        let mut bytes = [0u8; RUN];
        for (byte, cell) in bytes.iter_mut().zip(cells) {
            *byte = u8::from(passes(*cell));
        }
        pack(&bytes, words);
    }
    mask
}

/// The rows whose two cells pass a test.
#[inline]
pub(super) fn test_both<L: Copy, R: Copy>(left: &[L], right: &[R], passes: impl Fn(L, R) -> bool) -> Mask {
    let mut mask = NONE;
    for (words, (left, right)) in mask.chunks_mut(RUN / 64).zip(left.chunks(RUN).zip(right.chunks(RUN))) {
        let mut bytes = [0u8; RUN];
        for ((byte, left), right) in bytes.iter_mut().zip(left).zip(right) {
            *byte = u8::from(passes(*left, *right));
        }
        pack(&bytes, words);
    }
    mask
}

/// Bytes that are 0 or 1 as bits.
#[inline]
fn pack(bytes: &[u8; RUN], into: &mut [u64]) {
    for (word, bytes) in into.iter_mut().zip(bytes.as_chunks::<64>().0) {
        let mut shift = 0;
        for eight in bytes.as_chunks::<8>().0 {
            *word |= (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << shift;
            shift += 8;
        }
    }
}

/// Whether every cell passes a test: all are looked at, so that the compiler can make the loop wide.
#[inline]
pub(super) fn all_pass<T: Copy>(cells: &[T], passes: impl Fn(T) -> bool) -> bool {
    cells.iter().fold(true, |all, cell| all & passes(*cell))
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
pub(super) fn write_codes<'m>(into: &mut [u8], masks: impl IntoIterator<Item = (&'m Mask, u8)>) {
    // The bits of the codes as bitmaps: mostly two are enough, whatever the codes.
    let mut planes = [NONE; 8];
    let mut used = 0u8;
    for (mask, code) in masks {
        if is_empty(mask) {
            continue;
        }
        used |= code;
        for (bit, plane) in planes.iter_mut().enumerate() {
            if code >> bit & 1 == 1 {
                add(plane, mask);
            }
        }
    }
    let [low, high, ..] = &planes;
    match used {
        0 => into.fill(0),
        1 => write_planes(into, |at| [low.get(at).copied().unwrap_or(0)]),
        2 | 3 => write_planes(into, |at| [low.get(at).copied().unwrap_or(0), high.get(at).copied().unwrap_or(0)]),
        4..=7 => write_planes(into, |at| [0, 1, 2].map(|bit| planes.get::<usize>(bit).and_then(|plane| plane.get(at)).copied().unwrap_or(0))),
        _ => write_planes(into, |at| planes.map(|plane| plane.get(at).copied().unwrap_or(0))),
    }
}

/// Writes a number of some bits a row.
#[inline]
fn write_planes<const BITS: usize>(into: &mut [u8], planes: impl Fn(usize) -> [u64; BITS]) {
    for (at, rows) in into.chunks_mut(64).enumerate() {
        let words = planes(at).map(u64::to_le_bytes);
        let mut codes = [0u64; 8];
        for (eight, codes) in codes.iter_mut().enumerate() {
            for (bit, word) in words.iter().enumerate() {
                let bits = word.get(eight).copied().unwrap_or(0);
                *codes |= SPREAD.get(usize::from(bits)).copied().unwrap_or(0) << bit;
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

/// Puts values in the rows of a bitmap.
#[inline]
pub(super) fn put<T: Copy, F: Copy>(into: &mut [T], rows: &Mask, from: &[F], value: impl Fn(F) -> T) {
    for ((into, from), word) in into.chunks_mut(64).zip(from.chunks(64)).zip(rows) {
        let here = u64::MAX >> (64 - into.len().clamp(1, 64));
        match word & here {
            0 => {}
            all if all == here => into.iter_mut().zip(from).for_each(|(place, from)| *place = value(*from)),
            some => {
                for (bit, (place, from)) in into.iter_mut().zip(from).enumerate() {
                    *place = if some >> bit & 1 == 1 { value(*from) } else { *place };
                }
            }
        }
    }
}

/// Puts one value in the rows of a bitmap.
pub(super) fn fill<T: Copy>(into: &mut [T], rows: &Mask, value: T) {
    for (into, word) in into.chunks_mut(64).zip(rows) {
        match *word {
            0 => {}
            u64::MAX => into.fill(value),
            some => into.iter_mut().enumerate().for_each(|(bit, place)| *place = if some >> bit & 1 == 1 { value } else { *place }),
        }
    }
}

/// Calls `each` for every row of a bitmap.
#[inline]
pub(crate) fn each(mask: &Mask, each: impl FnMut(usize)) {
    super::bits::each(mask, each);
}
