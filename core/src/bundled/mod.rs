//! How a compiled pack is written as bytes and read again: each type says it once, by `#[derive(Bundled)]`.
//!
//! ```text
//! number    7 bits a byte, least first, the eighth bit set on all but the last; signed ones zigzag
//! text      its number among the texts of the section, each of which is written once
//! option    0, or 1 and what is there
//! list      how many, and each
//! struct    its fields; an enumeration: the number of its variant, and the fields of that
//! ```
//! Reading has no error on its way: a reader that meets damage gives zeros from there on, and is asked at the end. So reading
//! a type is the reading of its fields and nothing else, which is a quarter of the code of a reader that can stop everywhere.
//! What every field needs is a call (`inline(never)`): a browser would download it once for each field.

mod plain;
mod section;

pub(crate) use section::{read_section, write_section};
pub(crate) use thutuc_derive::Bundled;

use std::collections::HashMap;
use std::sync::Arc;

/// What can be in a bundle.
pub(crate) trait Bundled: Sized {
    /// Writes it.
    fn write(&self, to: &mut Writer);

    /// Reads what [`Bundled::write`] wrote; anything at all where there is damage.
    fn read(from: &mut Reader<'_>) -> Self;
}

/// Bytes that grow, and the texts they refer to.
#[derive(Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u64>,
}

impl Writer {
    /// Writes a number.
    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 1 << 7 {
            self.bytes.push(number as u8 | 1 << 7);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Writes the number of a text.
    pub(crate) fn text(&mut self, text: &Arc<str>) {
        let next = self.texts.len() as u64;
        let number = *self.numbers.entry(text.clone()).or_insert(next);
        if number == next {
            self.texts.push(text.clone());
        }
        self.number(number);
    }
}

/// Nesting of what can hold its like; deeper is damage.
const DEEPEST: u32 = 200;

/// Bytes that are left, and the texts they refer to.
pub(crate) struct Reader<'a> {
    left: &'a [u8],
    texts: Vec<Arc<str>>,
    depth: u32,
    damaged: bool,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], texts: Vec<Arc<str>>) -> Reader<'a> {
        Reader { left: bytes, texts, depth: 0, damaged: false }
    }

    /// Gives zeros from here on.
    pub(crate) fn damage(&mut self) {
        self.damaged = true;
        self.left = &[];
    }

    /// Reads a number; zero where there is damage.
    #[inline(never)]
    pub(crate) fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        while let Some((byte, left)) = self.left.split_first() {
            self.left = left;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 1 << 7 == 0 {
                return number;
            }
            shift += 7;
            if shift > 63 {
                break;
            }
        }
        self.damage();
        0
    }

    /// Reads a number below a limit; zero where there is damage.
    #[inline(never)]
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        let number = self.number();
        if number < limit {
            return number;
        }
        self.damage();
        0
    }

    /// Reads the number of one of so many variants.
    #[inline(never)]
    pub(crate) fn variant(&mut self, count: u64) -> u64 {
        self.below(count)
    }

    /// Reads a text.
    #[inline(never)]
    pub(crate) fn text(&mut self) -> Arc<str> {
        let number = self.number() as usize;
        match self.texts.get(number) {
            Some(text) => text.clone(),
            None => {
                self.damage();
                Arc::default()
            }
        }
    }

    /// Reads how many things follow: no more than bytes are left, for each takes one.
    #[inline(never)]
    fn count(&mut self) -> usize {
        let count = self.number();
        if count <= self.left.len() as u64 {
            return count as usize;
        }
        self.damage();
        0
    }

    /// Reads something that can hold its like.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.damage();
        }
        let read = read(self);
        self.depth -= 1;
        read
    }
}
