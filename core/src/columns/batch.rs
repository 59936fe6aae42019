//! Cases as columns: what is told of each fact, borrowed from whoever holds it.

use thiserror::Error;

use super::bits::Bits;
use crate::calendar::Stamp;
use crate::compile::program::{FactSlot, Layout, Program, Slot};
use crate::eval::{Moment, Slots, State};
use crate::value::{Date, Fact, Value};

/// Cases as columns by slot. A fact without a column is missing in every case, or has its default.
#[derive(Clone, Debug)]
pub struct Batch<'a> {
    rows: usize,
    pub(super) as_of: Days<'a>,
    pub(super) received: Received<'a>,
    columns: Vec<Option<Column<'a>>>,
}

/// A day for each case.
#[derive(Clone, Copy, Debug)]
pub enum Days<'a> {
    /// The same.
    Constant(Date),
    /// Days since 1970-01-01.
    Column(&'a [i32]),
}

/// When each case was received.
#[derive(Clone, Copy, Debug)]
pub enum Received<'a> {
    /// At 08:00 on the day the law is read, as [`Moment::on`] says.
    AsOf,
    /// At the same moment.
    Constant(Stamp),
    /// On days since 1970-01-01, at seconds since midnight; at 08:00 without seconds.
    Column {
        /// Days.
        days: &'a [i32],
        /// Seconds of the day.
        seconds: Option<&'a [u32]>,
    },
}

/// What is told of a fact: its cells, and which of them are missing or null whatever the cell says.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// The cells.
    pub cells: Cells<'a>,
    /// Cases in which the fact is not told: it is missing, or has its default.
    pub missing: Option<Bits<'a>>,
    /// Cases in which the fact is told to be nothing.
    pub null: Option<Bits<'a>>,
    /// Cells that no integer can hold, in rising order of their rows: a decimal of many places, or
    /// [`Fact::Missing`] for what was told wrongly. They stand before everything else that is told of those rows.
    pub beside: &'a [(usize, Fact<Value>)],
}

/// The cells of a column. Integers are those of the slot: the position of a code, the bits of a set, days since 1970-01-01,
/// a number times 10 to the power of the slot's scale. Values have been checked against the fact's declaration.
#[derive(Clone, Copy, Debug)]
pub enum Cells<'a> {
    /// The same in every case, and never expanded.
    Constant(&'a Fact<Value>),
    /// Booleans, a bit each.
    Bits(Bits<'a>),
    /// Booleans as 0 and 1, codes, small numbers, small sets.
    U8(&'a [u8]),
    /// Codes, numbers, sets.
    U16(&'a [u16]),
    /// Codes, numbers, sets.
    U32(&'a [u32]),
    /// Numbers and days.
    I32(&'a [i32]),
    /// Numbers.
    I64(&'a [i64]),
    /// Sets.
    U64(&'a [u64]),
    /// Values of any fact.
    Values(&'a [Fact<Value>]),
    /// Positions in a list of values, for texts that come again and again.
    Coded {
        /// Positions.
        codes: &'a [u32],
        /// The values.
        values: &'a [Fact<Value>],
    },
}

impl<'a> Cells<'a> {
    /// A column of these cells, each of them told.
    #[must_use]
    pub const fn told(self) -> Column<'a> {
        Column { cells: self, missing: None, null: None, beside: &[] }
    }

    /// How many cells there are; `None` for a constant, which has as many as it takes.
    fn len(&self) -> Option<usize> {
        Some(match self {
            Cells::Constant(_) => return None,
            Cells::Bits(bits) => bits.rows(),
            Cells::U8(cells) => cells.len(),
            Cells::U16(cells) => cells.len(),
            Cells::U32(cells) | Cells::Coded { codes: cells, .. } => cells.len(),
            Cells::I32(cells) => cells.len(),
            Cells::I64(cells) => cells.len(),
            Cells::U64(cells) => cells.len(),
            Cells::Values(cells) => cells.len(),
        })
    }

    fn fits(&self, layout: &Layout) -> bool {
        match self {
            Cells::Constant(_) | Cells::Values(_) | Cells::Coded { .. } => true,
            Cells::Bits(_) => matches!(layout, Layout::Boolean),
            Cells::U8(_) => matches!(layout, Layout::Boolean | Layout::Enumeration { .. } | Layout::Number { .. } | Layout::Set { .. }),
            Cells::U16(_) | Cells::U32(_) => matches!(layout, Layout::Enumeration { .. } | Layout::Number { .. } | Layout::Set { .. }),
            Cells::I32(_) => matches!(layout, Layout::Number { .. } | Layout::Date { .. }),
            Cells::I64(_) => matches!(layout, Layout::Number { .. }),
            Cells::U64(_) => matches!(layout, Layout::Set { .. }),
        }
    }

    /// The integer of a row, if cells are integers. Unsigned cells beyond [`i64::MAX`] become negative.
    pub(super) fn integer(&self, row: usize) -> Option<i64> {
        Some(match self {
            Cells::Bits(bits) => i64::from(bits.get(row)),
            Cells::U8(cells) => i64::from(*cells.get(row)?),
            Cells::U16(cells) => i64::from(*cells.get(row)?),
            Cells::U32(cells) => i64::from(*cells.get(row)?),
            Cells::I32(cells) => i64::from(*cells.get(row)?),
            Cells::I64(cells) => *cells.get(row)?,
            Cells::U64(cells) => *cells.get(row)? as i64,
            Cells::Constant(_) | Cells::Values(_) | Cells::Coded { .. } => return None,
        })
    }

    /// The value of a row, if cells are values.
    pub(super) fn value(&self, row: usize) -> Option<&'a Fact<Value>> {
        match *self {
            Cells::Constant(fact) => Some(fact),
            Cells::Values(cells) => cells.get(row),
            Cells::Coded { codes, values } => values.get(*codes.get(row)? as usize),
            _ => None,
        }
    }
}

/// Why a column cannot be that of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadColumn {
    /// The program has no such slot.
    #[error("the program has no slot {slot}")]
    NoSlot {
        /// The slot.
        slot: u16,
    },
    /// Cells of another kind than the fact's.
    #[error("the column of `{fact}` has cells of another kind than the fact")]
    WrongKind {
        /// The fact.
        fact: String,
    },
    /// Fewer cells than cases.
    #[error("the column of `{of}` has {has} cells for {rows} cases")]
    TooShort {
        /// The fact, `as of` or `received`.
        of: String,
        /// How many cells it has.
        has: usize,
        /// How many cases there are.
        rows: usize,
    },
}

impl<'a> Batch<'a> {
    /// Cases of a program of which nothing is told yet, received as the law is read.
    ///
    /// # Errors
    /// [`BadColumn::TooShort`] where there are fewer days than cases.
    pub fn new(program: &Program, rows: usize, as_of: Days<'a>) -> Result<Batch<'a>, BadColumn> {
        if let Days::Column(days) = as_of {
            long_enough("as of", days.len(), rows)?;
        }
        Ok(Batch { rows, as_of, received: Received::AsOf, columns: vec![None; program.facts.len()] })
    }

    /// Tells when the cases were received.
    ///
    /// # Errors
    /// [`BadColumn::TooShort`] where there are fewer days or seconds than cases.
    pub fn receive(&mut self, received: Received<'a>) -> Result<(), BadColumn> {
        if let Received::Column { days, seconds } = received {
            long_enough("received", seconds.map_or(days.len(), |seconds| seconds.len().min(days.len())), self.rows)?;
        }
        self.received = received;
        Ok(())
    }

    /// Tells a fact of all cases.
    ///
    /// # Errors
    /// [`BadColumn`] where the cells are not of the fact's kind or are fewer than the cases. Single cells that do not fit are
    /// no error: the fact is missing in those cases, and [`super::Output::Problem`] tells which they are.
    pub fn tell(&mut self, program: &Program, slot: Slot, column: Column<'a>) -> Result<(), BadColumn> {
        let (Some(fact), Some(place)) = (program.fact(slot), self.columns.get_mut(usize::from(slot.0))) else {
            return Err(BadColumn::NoSlot { slot: slot.0 });
        };
        if !column.cells.fits(&fact.layout) {
            return Err(BadColumn::WrongKind { fact: fact.name.to_string() });
        }
        let bitmaps = [column.missing, column.null].into_iter().flatten().map(|bits| bits.rows());
        if let Some(shortest) = column.cells.len().into_iter().chain(bitmaps).min() {
            long_enough(&fact.name, shortest, self.rows)?;
        }
        *place = Some(column);
        Ok(())
    }

    /// How many cases there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What is told of a fact.
    #[must_use]
    pub fn column(&self, slot: Slot) -> Option<&Column<'a>> {
        self.columns.get(usize::from(slot.0))?.as_ref()
    }

    /// The moment of a case.
    #[must_use]
    pub fn moment(&self, row: usize) -> Moment {
        let at = |days: &[i32]| Date(days.get(row).copied().unwrap_or(i32::MIN));
        let as_of = match self.as_of {
            Days::Constant(day) => day,
            Days::Column(days) => at(days),
        };
        let opening = Moment::on(as_of);
        let received = match self.received {
            Received::AsOf => opening.received,
            Received::Constant(stamp) => stamp,
            Received::Column { days, seconds } => {
                let second = seconds.and_then(|seconds| seconds.get(row)).map_or(opening.received.second, |second| *second);
                Stamp { date: at(days), second: second.min(86_399) }
            }
        };
        Moment { as_of, received }
    }

    /// Fills the slots with the facts of a case.
    pub fn fill(&self, program: &Program, row: usize, slots: &mut Slots) {
        slots.clear(program);
        for ((fact, column), slot) in program.facts.iter().zip(&self.columns).zip(0u16..) {
            if let Some(column) = column {
                column.place(fact, Slot(slot), row, slots);
            }
        }
    }
}

impl Column<'_> {
    fn place(&self, fact: &FactSlot, slot: Slot, row: usize, slots: &mut Slots) {
        match self.cell(fact, row) {
            // The slots were filled with the defaults before.
            Cell::NotTold => {}
            Cell::Wrong => slots.set_state(slot, State::Missing),
            Cell::Null => slots.set_state(slot, State::Null),
            Cell::Integer(integer) => slots.set_narrow(slot, integer),
            Cell::Value(value) => slots.set(slot, &fact.layout, Fact::Known(value.clone())),
        }
    }

    /// What a cell says of a fact.
    pub(super) fn cell(&self, fact: &FactSlot, row: usize) -> Cell<'_> {
        let null = if fact.optional { Cell::Null } else { Cell::Wrong };
        if let Some((_, beside)) = self.beside.binary_search_by_key(&row, |(row, _)| *row).ok().and_then(|at| self.beside.get(at)) {
            return match beside {
                Fact::Missing => Cell::Wrong,
                Fact::Null => null,
                Fact::Known(value) => Cell::Value(value),
            };
        }
        if self.missing.is_some_and(|missing| missing.get(row)) {
            return Cell::NotTold;
        }
        if self.null.is_some_and(|nulls| nulls.get(row)) {
            return null;
        }
        match (self.cells.integer(row), self.cells.value(row)) {
            (Some(integer), _) if within(&fact.layout, integer) => Cell::Integer(integer),
            (None, Some(Fact::Known(value))) => Cell::Value(value),
            (None, Some(Fact::Null)) => null,
            (None, Some(Fact::Missing)) => Cell::NotTold,
            _ => Cell::Wrong,
        }
    }

    /// Whether a cell was told and does not fit.
    pub(super) fn is_wrong(&self, fact: &FactSlot, row: usize) -> bool {
        matches!(self.cell(fact, row), Cell::Wrong)
    }
}

/// What a cell says of a fact.
pub(super) enum Cell<'c> {
    /// Nothing.
    NotTold,
    /// Something that does not fit.
    Wrong,
    /// That it is null.
    Null,
    /// The integer of its slot.
    Integer(i64),
    /// Its value.
    Value(&'c Value),
}

/// Whether an integer may stand in a slot.
pub(super) fn within(layout: &Layout, integer: i64) -> bool {
    if let Layout::Set { values } = layout {
        // The highest of 64 codes makes the integer negative.
        return u64::MAX.checked_shl(values.len() as u32).is_none_or(|unused| integer as u64 & unused == 0);
    }
    let (min, max) = layout.bounds();
    min.is_none_or(|min| min <= integer) && max.is_none_or(|max| integer <= max)
}

fn long_enough(of: &str, has: usize, rows: usize) -> Result<(), BadColumn> {
    if has < rows { Err(BadColumn::TooShort { of: of.to_owned(), has, rows }) } else { Ok(()) }
}
