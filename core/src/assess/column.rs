//! The column of a fact while records come in.

use crate::columns::{Bits, Cells, Column};
use crate::compile::program::{Layout, Slot};
use crate::eval::{Slots, State};
use crate::value::{Fact, Value};

/// What is told of a fact in each record: as narrow as the fact's slot allows.
#[derive(Debug)]
pub(super) struct FactColumn {
    cells: Stored,
    rows: usize,
    missing: Vec<u8>,
    missing_rows: usize,
    null: Vec<u8>,
    nulls: bool,
    beside: Vec<(usize, Fact<Value>)>,
}

#[derive(Debug)]
enum Stored {
    Bytes(Vec<u8>),
    Days(Vec<i32>),
    Integers(Vec<i64>),
    Sets(Vec<u64>),
    Values(Vec<Fact<Value>>),
}

impl FactColumn {
    /// An empty column for a layout.
    pub fn of(layout: &Layout) -> FactColumn {
        let cells = match layout {
            Layout::Boolean | Layout::Enumeration { .. } => Stored::Bytes(Vec::new()),
            Layout::Date { .. } => Stored::Days(Vec::new()),
            Layout::Number { .. } => Stored::Integers(Vec::new()),
            Layout::Set { .. } => Stored::Sets(Vec::new()),
            Layout::Text { .. } | Layout::Time | Layout::DateTime | Layout::Texts { .. } | Layout::Records { .. } => Stored::Values(Vec::new()),
        };
        FactColumn { cells, rows: 0, missing: Vec::new(), missing_rows: 0, null: Vec::new(), nulls: false, beside: Vec::new() }
    }

    /// Adds what the slots hold of the fact.
    pub fn push(&mut self, slots: &Slots, slot: Slot) {
        let (state, narrow) = slots.cell(slot);
        let wide = || Fact::Known(slots.wide(slot).clone());
        mark(&mut self.missing, self.rows, state == State::Missing);
        mark(&mut self.null, self.rows, state == State::Null);
        self.missing_rows += usize::from(state == State::Missing);
        self.nulls |= state == State::Null;
        let narrow = if state == State::Narrow { narrow } else { 0 };
        match &mut self.cells {
            // A code and a truth are no more than 63; a day is one of 32 bits.
            Stored::Bytes(cells) => cells.push(narrow as u8),
            Stored::Days(cells) => cells.push(narrow as i32),
            Stored::Integers(cells) => {
                cells.push(narrow);
                if state == State::Wide {
                    self.beside.push((self.rows, wide()));
                }
            }
            Stored::Sets(cells) => cells.push(narrow as u64),
            Stored::Values(cells) => cells.push(if state == State::Wide { wide() } else { Fact::Missing }),
        }
        self.rows += 1;
    }

    /// As a batch takes it.
    pub fn column(&self) -> Column<'_> {
        let cells = match &self.cells {
            Stored::Bytes(cells) => Cells::U8(cells),
            Stored::Days(cells) => Cells::I32(cells),
            Stored::Integers(cells) => Cells::I64(cells),
            Stored::Sets(cells) => Cells::U64(cells),
            Stored::Values(cells) => Cells::Values(cells),
        };
        let missing = (self.missing_rows > 0).then(|| Bits::new(&self.missing, 0));
        let null = self.nulls.then(|| Bits::new(&self.null, 0));
        Column { cells, missing, null, beside: &self.beside }
    }

    /// Whether the fact is missing in a record.
    pub fn is_missing(&self, row: usize) -> bool {
        self.missing_rows > 0 && Bits::new(&self.missing, 0).get(row)
    }

    /// In how many records it is missing.
    pub fn missing_rows(&self) -> usize {
        self.missing_rows
    }
}

/// Adds a bit.
fn mark(bits: &mut Vec<u8>, row: usize, set: bool) {
    if row.is_multiple_of(8) {
        bits.push(0);
    }
    if let Some(last) = bits.last_mut() {
        *last |= u8::from(set) << (row % 8);
    }
}
