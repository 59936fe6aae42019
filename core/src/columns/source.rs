//! The facts of a block: the cells as they are told where that can be, and bitmaps of what is known of them.

use super::batch::{Batch, Cell, Cells, Column, within};
use super::plan::BLOCK;
use super::registers::{ALL, Mask, NONE, all_pass, and, first, or, test, without};
use crate::compile::program::{FactSlot, Layout, Program, Slot};
use crate::eval::slots::narrow;
use crate::value::{Fact, Value};

/// The rows of a batch that a block has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub start: usize,
    pub len: usize,
}

/// A fact in a block.
#[derive(Debug)]
pub(super) struct Told {
    /// The block it was made for.
    pub stamp: u64,
    /// Rows in which it is an integer of its slot.
    pub known: Mask,
    /// Rows in which it is null.
    pub null: Mask,
    /// Rows in which it is a value beside the slots.
    pub wide: Mask,
    pub form: Form,
    /// The integers, where [`Form::Ints`].
    pub integers: Vec<i64>,
}

/// Where the integers of a fact are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The same in all rows.
    Constant(i64),
    /// In the cells of the column.
    Cells,
    /// In `integers`.
    Ints,
}

impl Default for Told {
    fn default() -> Self {
        Told { stamp: 0, known: NONE, null: NONE, wide: NONE, form: Form::Constant(0), integers: Vec::new() }
    }
}

/// The value of a fact that is the same in all cases of a batch; `None` where cases may differ.
pub(super) fn constant<'a>(program: &'a Program, batch: &'a Batch, slot: Slot) -> Option<Fact<&'a Value>> {
    let fact = program.fact(slot)?;
    let default = || fact.default.as_ref().map_or(Fact::Missing, Fact::Known);
    match batch.column(slot) {
        None => Some(default()),
        Some(Column { cells: Cells::Constant(told), missing: None, null: None, beside: [] }) => Some(match told {
            Fact::Known(value) => Fact::Known(value),
            Fact::Null if fact.optional => Fact::Null,
            Fact::Null => Fact::Missing,
            Fact::Missing => default(),
        }),
        Some(_) => None,
    }
}

impl Told {
    /// Takes what is told of a fact in a block.
    pub fn take(&mut self, program: &Program, batch: &Batch, slot: Slot, rows: Rows) {
        (self.known, self.null, self.wide) = (NONE, NONE, NONE);
        let Some(fact) = program.fact(slot) else { return };
        if let Some(value) = constant(program, batch, slot) {
            self.form = Form::Constant(0);
            match value {
                Fact::Missing | Fact::Known(Value::Null) => {}
                Fact::Null => self.null = ALL,
                Fact::Known(value) => match narrow(&fact.layout, value) {
                    Some(integer) => (self.form, self.known) = (Form::Constant(integer), ALL),
                    None => self.wide = ALL,
                },
            }
            return;
        }
        let Some(column) = batch.column(slot) else { return };
        let missing = bitmap(column.missing.as_ref(), rows);
        let no_beside = column.beside.is_empty() && fact.default.is_none();
        if let (Cells::Coded { codes, values }, true) = (column.cells, no_beside && matches!(fact.layout, Layout::Text { .. })) {
            // Texts are never in slots: it is enough to know which are told.
            let told: Vec<u8> = values.iter().map(|value| match value {
                Fact::Missing => 0,
                Fact::Null => 1,
                Fact::Known(_) => 2,
            }).collect();
            let mut states = [0u8; BLOCK];
            states.iter_mut().zip(part(codes, rows)).for_each(|(state, code)| *state = told.get(*code as usize).copied().unwrap_or(0));
            let null = bitmap(column.null.as_ref(), rows);
            let is = |state: u8| without(&test(&states, |of| of == state), &missing);
            self.form = Form::Constant(0);
            self.wide = without(&is(2), &null);
            if fact.optional {
                self.null = or(&without(&null, &missing), &is(1));
            }
            return;
        }
        let has_integers = column.cells.integer(rows.start).is_some();
        if !has_integers || (fact.default.is_some() && missing != NONE) {
            return self.take_cells(fact, column, rows);
        }
        self.form = Form::Cells;
        let null = bitmap(column.null.as_ref(), rows);
        let mut known = without(&without(&first(rows.len), &missing), &null);
        if let Some(fitting) = fitting(&fact.layout, &column.cells, rows) {
            known = and(&known, &fitting);
        }
        if fact.optional {
            self.null = without(&null, &missing);
        }
        self.known = known;
        let from = column.beside.partition_point(|(row, _)| *row < rows.start);
        for (row, beside) in column.beside.get(from..).into_iter().flatten().take_while(|(row, _)| *row < rows.start + rows.len) {
            let row = row - rows.start;
            [&mut self.known, &mut self.null].into_iter().for_each(|mask| super::bits::clear(mask, row));
            match beside {
                Fact::Known(_) => super::bits::set(&mut self.wide, row),
                Fact::Null if fact.optional => super::bits::set(&mut self.null, row),
                Fact::Null | Fact::Missing => {}
            }
        }
    }

    /// Takes cell after cell.
    fn take_cells(&mut self, fact: &FactSlot, column: &Column, rows: Rows) {
        self.form = Form::Ints;
        self.integers.resize(BLOCK, 0);
        for (row, place) in self.integers.iter_mut().enumerate().take(rows.len) {
            let value = match column.cell(fact, rows.start + row) {
                Cell::Integer(integer) => {
                    *place = integer;
                    super::bits::set(&mut self.known, row);
                    continue;
                }
                Cell::Null => {
                    super::bits::set(&mut self.null, row);
                    continue;
                }
                Cell::Wrong => continue,
                Cell::NotTold => fact.default.as_ref(),
                Cell::Value(value) => Some(value),
            };
            let Some(value) = value else { continue };
            match narrow(&fact.layout, value) {
                Some(integer) => {
                    *place = integer;
                    super::bits::set(&mut self.known, row);
                }
                None => super::bits::set(&mut self.wide, row),
            }
        }
    }
}

fn bitmap(bits: Option<&super::bits::Bits>, rows: Rows) -> Mask {
    let Some(bits) = bits else { return NONE };
    let mut mask = first(rows.len);
    for (at, word) in mask.iter_mut().enumerate().take(rows.len.div_ceil(64)) {
        *word &= bits.word(rows.start + at * 64);
    }
    mask
}

/// The cells of a block.
#[inline]
pub(super) fn part<T>(cells: &[T], rows: Rows) -> &[T] {
    cells.get(rows.start..rows.start + rows.len).unwrap_or(&[])
}

/// The rows whose integers the fact may be; `None` where all are so.
fn fitting(layout: &Layout, cells: &Cells, rows: Rows) -> Option<Mask> {
    let used = match layout {
        Layout::Set { values } => Some(u64::MAX.checked_shr(64u32.saturating_sub(values.len() as u32)).unwrap_or(0)),
        _ => None,
    };
    let (min, max) = layout.bounds();
    let (min, max) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
    // All cells of a block are looked at without a branch, in their own width, before any is looked at by itself.
    macro_rules! checked {
        ($cells:expr, $of:ty) => {{
            let cells = part($cells, rows);
            let whole = match used {
                Some(used) => cells.iter().fold(0, |all, cell| all | *cell) as u64 & !used == 0,
                None if min <= <$of>::MIN as i64 && <$of>::MAX as u64 <= max.max(0) as u64 => true,
                None => match (<$of>::try_from(min.max(<$of>::MIN as i64)), <$of>::try_from(max.min(i64::try_from(<$of>::MAX).unwrap_or(i64::MAX)))) {
                    (Ok(low), Ok(high)) => all_pass(cells, |cell| (low <= cell) & (cell <= high)),
                    _ => false,
                },
            };
            if whole { None } else { Some(test(cells, |cell| within(layout, cell as i64))) }
        }};
    }
    match cells {
        Cells::U8(cells) => checked!(cells, u8),
        Cells::U16(cells) => checked!(cells, u16),
        Cells::U32(cells) => checked!(cells, u32),
        Cells::I32(cells) => checked!(cells, i32),
        Cells::I64(cells) => {
            let cells = part(cells, rows);
            if used.is_none() && all_within(cells, min, max) { None } else { Some(test(cells, |cell| within(layout, cell))) }
        }
        Cells::U64(cells) => checked!(cells, u64),
        Cells::Bits(_) | Cells::Constant(_) | Cells::Values(_) | Cells::Coded { .. } => None,
    }
}

/// Whether all integers surely lie between two: without comparisons, which are slow at this width. A difference that wraps
/// around leaves its sign in one of the two.
fn all_within(cells: &[i64], min: i64, max: i64) -> bool {
    if min == i64::MIN {
        return max >= 0 && cells.iter().fold(0, |outside, cell| outside | max.wrapping_sub(*cell)) >= 0;
    }
    cells.iter().fold(0, |outside, cell| outside | cell.wrapping_sub(min) | max.wrapping_sub(*cell)) >= 0
}
