//! Texts as the positions of declared codes, without comparing one text after another.

use arrow_array::{Array, GenericStringArray, OffsetSizeTrait, StringViewArray};
use thutuc::compile::program::Coded;

use crate::input::Texts;

/// What stands for a text that is no code.
pub(crate) const NO_CODE: u8 = u8::MAX;

/// The codes of a fact by the ends of their text and its length: a table in which each has a place of its own.
pub(crate) struct CodeTable<'c> {
    codes: &'c [Coded],
    places: Vec<Place>,
    multiplier: u64,
    shift: u32,
}

#[derive(Clone, Copy)]
struct Place {
    key: u64,
    len: usize,
    code: u8,
}

const EMPTY: Place = Place { key: 0, len: usize::MAX, code: NO_CODE };

impl<'c> CodeTable<'c> {
    /// The table of up to 254 codes; `None` for more, and for codes that differ only in the middle.
    pub fn new(codes: &'c [Coded]) -> Option<CodeTable<'c>> {
        if codes.len() >= usize::from(NO_CODE) {
            return None;
        }
        for bits in (codes.len() * 2).max(2).next_power_of_two().trailing_zeros()..12 {
            // Odd numbers without a pattern, one after the other until no two codes share a place.
            let mut multiplier = 0x9E37_79B9_7F4A_7C15u64;
            for _ in 0..64 {
                let table = CodeTable { codes, places: vec![EMPTY; 1 << bits], multiplier, shift: 64 - bits };
                if let Some(table) = table.filled() {
                    return Some(table);
                }
                multiplier = multiplier.wrapping_mul(0xD134_2543_DE82_EF95) | 1;
            }
        }
        None
    }

    fn filled(mut self) -> Option<CodeTable<'c>> {
        for (at, code) in self.codes.iter().enumerate() {
            let text = code.code.as_bytes();
            let (key, len) = (key(text), text.len());
            let at_place = self.place(key, len);
            let place = self.places.get_mut(at_place).filter(|place| place.code == NO_CODE)?;
            *place = Place { key, len, code: at as u8 };
        }
        Some(self)
    }

    #[inline]
    fn place(&self, key: u64, len: usize) -> usize {
        ((key ^ (len as u64).wrapping_mul(0xA24B_AED4_963E_E407)).wrapping_mul(self.multiplier) >> self.shift) as usize
    }

    /// The position of a code, or [`NO_CODE`].
    #[inline]
    pub fn find(&self, text: &[u8]) -> u8 {
        self.find_key(key(text), text)
    }

    #[inline]
    fn find_key(&self, key: u64, text: &[u8]) -> u8 {
        match self.places.get(self.place(key, text.len())) {
            Some(place) if place.key == key && place.len == text.len() => match text.len() <= 8 || self.is(place.code, text) {
                true => place.code,
                false => NO_CODE,
            },
            _ => NO_CODE,
        }
    }

    fn is(&self, code: u8, text: &[u8]) -> bool {
        self.codes.get(usize::from(code)).is_some_and(|code| code.code.as_bytes() == text)
    }

    /// The codes of a column of texts, whatever is null.
    pub fn all(&self, texts: Texts) -> Vec<u8> {
        match texts {
            Texts::Small(array) => self.of_offsets(array),
            Texts::Large(array) => self.of_offsets(array),
            Texts::View(array) => self.of_views(array),
        }
    }

    fn of_offsets<O: OffsetSizeTrait>(&self, array: &GenericStringArray<O>) -> Vec<u8> {
        let bytes = array.values().as_slice();
        let offsets = array.value_offsets();
        let ends = offsets.iter().skip(1);
        let code = |(start, end): (&O, &O)| {
            let (start, end) = (start.as_usize(), end.as_usize());
            let Some(text) = bytes.get(start..end) else { return NO_CODE };
            // Reading 8 bytes at once and dropping those of the next text is quicker than reading as many as there are.
            let key = match bytes.get(start..).and_then(|rest| rest.first_chunk::<8>()) {
                Some(eight) if text.len() <= 8 => u64::from_le_bytes(*eight) & mask(text.len()),
                _ => key(text),
            };
            self.find_key(key, text)
        };
        offsets.iter().zip(ends).map(code).collect()
    }

    fn of_views(&self, array: &StringViewArray) -> Vec<u8> {
        let code = |(row, view): (usize, &u128)| {
            let len = *view as u32;
            if len > 8 {
                return self.find(if row < array.len() { array.value(row).as_bytes() } else { &[] });
            }
            let key = (view >> 32) as u64 & mask(len as usize);
            match self.places.get(self.place(key, len as usize)) {
                Some(place) if place.key == key && place.len == len as usize => place.code,
                _ => NO_CODE,
            }
        };
        array.views().iter().enumerate().map(code).collect()
    }
}

/// The bytes of a text of up to 8, zeros behind; of a longer one the first and the last 8 mixed.
#[inline]
fn key(text: &[u8]) -> u64 {
    match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) if text.len() > 8 => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29),
        (Some(eight), _) => u64::from_le_bytes(*eight),
        _ => text.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte)),
    }
}

/// The bits of a key that belong to a text of so many bytes.
#[inline]
const fn mask(len: usize) -> u64 {
    if len >= 8 { u64::MAX } else { !(u64::MAX << (8 * len)) }
}
