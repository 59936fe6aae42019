//! Answers as columns: narrow, and with a bitmap of the rows that have one.

use std::sync::Arc;

use super::bits;
use crate::value::{Decimal, Value};

/// The answers of some rows, a column each in the order of [`super::Plan::columns`]. Filled again and again it keeps its memory.
#[derive(Debug, Default)]
pub struct Results {
    /// How many rows there are.
    pub rows: usize,
    /// The columns.
    pub columns: Vec<Answers>,
    /// How many rows were decided by `eval`, whole or in part.
    pub by_eval: usize,
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
        texts: Vec<Arc<str>>,
    },
    /// Any values.
    Values(Vec<Value>),
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
