//! Answers as columns: narrow, and with a bitmap of the rows that have one.

use std::collections::HashMap;
use std::sync::Arc;

use super::bits;
#[cfg(feature = "simulate")]
use super::registers::{Mask, first};
use crate::value::{Decimal, Value};

/// The answers of some rows, a column each in the order of [`super::Plan::columns`]. Filled again and again it keeps its memory.
#[derive(Debug, Default)]
pub struct Results {
    /// How many rows are decided.
    pub rows: usize,
    /// The columns.
    pub columns: Vec<Answers>,
    /// How many rows were decided by `eval`, whole or in part.
    pub by_eval: usize,
    /// How many rows there is room for.
    pub(super) room: usize,
    pub(super) memory: super::plan::Memory,
}

/// A column of answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// The answers; where there is none the place holds nothing of meaning.
    pub values: Values,
    /// The rows that have an answer, a bit each; `None`: all have.
    pub valid: Option<Vec<u64>>,
}

/// Answers of one kind: see [`super::Kind`].
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Codes and levels.
    Bytes(Vec<u8>),
    /// Codes of more than 256 names.
    Wide(Vec<u32>),
    /// Booleans, a bit each; bits after the last row are 0.
    Bits(Vec<u64>),
    /// Days.
    Days(Vec<i32>),
    /// Đồng, numbers.
    Integers {
        /// The integers.
        integers: Vec<i64>,
        /// Numbers that no integer at the column's scale is, in rising order of their rows; their integer is 0.
        beside: Vec<(usize, Decimal)>,
    },
    /// Texts.
    Texts {
        /// Positions in the list.
        codes: Vec<u32>,
        /// The list.
        texts: Texts,
    },
    /// Any values.
    Values(Vec<Value>),
}

#[cfg(feature = "simulate")]
impl Answers {
    /// The rows of a block that have an answer.
    pub(crate) fn rows(&self, len: usize) -> Mask {
        let mut rows = first(len);
        if let Some(valid) = &self.valid {
            rows.iter_mut().zip(valid).for_each(|(rows, valid)| *rows &= valid);
        }
        rows
    }

    /// The code of a row.
    pub(crate) fn code(&self, row: usize) -> Option<u32> {
        match &self.values {
            _ if !self.is_valid(row) => None,
            Values::Bytes(codes) => codes.get(row).map(|code| u32::from(*code)),
            Values::Wide(codes) => codes.get(row).copied(),
            _ => None,
        }
    }

    /// The integers; some only where the row has an answer.
    pub(crate) fn integers(&self) -> &[i64] {
        match &self.values {
            Values::Integers { integers, .. } => integers,
            _ => &[],
        }
    }

    /// The days; some only where the row has an answer.
    pub(crate) fn days(&self) -> &[i32] {
        match &self.values {
            Values::Days(days) => days,
            _ => &[],
        }
    }
}

/// Texts, each once, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    list: Vec<Arc<str>>,
    /// Where each is: a column of names has as many texts as rows.
    places: HashMap<Arc<str>, u32>,
}

impl Texts {
    /// All of them.
    #[must_use]
    pub fn list(&self) -> &[Arc<str>] {
        &self.list
    }

    /// The position of a text, which is added if it is new.
    pub(super) fn place(&mut self, text: Arc<str>) -> u32 {
        let next = self.list.len() as u32;
        let place = *self.places.entry(text.clone()).or_insert(next);
        if place == next {
            self.list.push(text);
        }
        place
    }

    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.places.clear();
    }
}

impl Answers {
    /// Whether a row has an answer.
    #[must_use]
    pub fn is_valid(&self, row: usize) -> bool {
        self.valid.as_ref().is_none_or(|valid| bits::get(valid, row))
    }

    /// The bitmap of the rows that have an answer, made if all had one.
    pub(super) fn valid(&mut self, rows: usize) -> &mut Vec<u64> {
        self.valid.get_or_insert_with(|| all(rows))
    }
}

/// A bitmap of rows that are all set.
pub(super) fn all(rows: usize) -> Vec<u64> {
    let mut words = vec![u64::MAX; rows.div_ceil(64)];
    if let (Some(last), 1..) = (words.last_mut(), rows % 64) {
        *last = u64::MAX >> (64 - rows % 64);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column of names has as many texts as rows: whoever looked through the list for each would not end.
    #[test]
    fn a_text_a_row_has_a_place_each() {
        let mut texts = Texts::default();
        let name = |at: u32| Arc::from(format!("H-{at:07}"));
        for at in 0..200_000 {
            assert_eq!(texts.place(name(at)), at);
        }
        for at in (0..200_000).step_by(1_000) {
            assert_eq!(texts.place(name(at)), at);
        }
        assert_eq!(texts.list().len(), 200_000);
        texts.clear();
        assert_eq!(texts.place(name(7)), 0);
    }
}
