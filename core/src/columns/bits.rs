//! Bitmaps: a bit a row, the lowest bit of the first byte first, as Arrow has them.

/// A borrowed bitmap that begins at any bit of its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Bits<'a> {
    bytes: &'a [u8],
    offset: usize,
    /// All ones where the bits are told the other way round.
    turned: u64,
}

impl<'a> Bits<'a> {
    /// The bitmap whose first row is bit `offset` of some bytes. Bits beyond the bytes are 0.
    #[must_use]
    pub const fn new(bytes: &'a [u8], offset: usize) -> Bits<'a> {
        Bits { bytes, offset, turned: 0 }
    }

    /// The same bitmap told the other way round: a bitmap of what is valid as one of what is missing.
    #[must_use]
    pub const fn inverted(self) -> Bits<'a> {
        Bits { turned: !self.turned, ..self }
    }

    /// How many rows it has.
    #[must_use]
    pub const fn rows(&self) -> usize {
        (self.bytes.len() * 8).saturating_sub(self.offset)
    }

    /// The bit of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> bool {
        self.word(row) & 1 == 1
    }

    /// The bits of 64 rows from a row on.
    #[inline]
    #[must_use]
    pub fn word(&self, row: usize) -> u64 {
        let at = self.offset + row;
        let (byte, shift) = (at / 8, at % 8);
        let word = match self.bytes.get(byte..).and_then(|rest| rest.first_chunk::<8>()) {
            Some(eight) => u64::from_le_bytes(*eight),
            None => (0..8).fold(0, |word, n| word | u64::from(self.byte(byte + n)) << (8 * n)),
        };
        let word = match shift {
            0 => word,
            shift => word >> shift | u64::from(self.byte(byte + 8)) << (64 - shift),
        };
        word ^ self.turned
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }
}

/// The bit of a row in words.
#[inline]
pub(super) fn get(words: &[u64], row: usize) -> bool {
    words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
}

/// Sets the bit of a row in words.
#[inline]
pub(super) fn set(words: &mut [u64], row: usize) {
    if let Some(word) = words.get_mut(row / 64) {
        *word |= 1 << (row % 64);
    }
}

/// Clears the bit of a row in words.
#[inline]
pub(super) fn clear(words: &mut [u64], row: usize) {
    if let Some(word) = words.get_mut(row / 64) {
        *word &= !(1 << (row % 64));
    }
}

/// Calls `each` for every row whose bit is set.
#[inline]
pub(super) fn each(words: &[u64], mut each: impl FnMut(usize)) {
    for (at, word) in words.iter().enumerate() {
        let mut left = *word;
        while left != 0 {
            each(at * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}
