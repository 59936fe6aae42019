//! Which row of a table matches.

use super::Block;
use crate::columns::batch::Cells;
use crate::columns::bits;
use crate::columns::ops::{NO_ROW, Picked, Segments, TableId, TableOp};
use crate::columns::plan::BLOCK;
use crate::columns::registers::{ALL, Ints, Mask, NONE, add, and, each, is_empty, zip3};
use crate::columns::source::{Form, part};

/// The rows of a table that match in a block.
#[derive(Debug, Default)]
pub struct TableRows {
    /// Each row's place in [`TableOp::rows`].
    pub places: Vec<u16>,
    /// Rows whose inputs are all known or null.
    pub known: Mask,
}

impl Block<'_> {
    /// Works out which rows of a table match.
    pub fn table(&mut self, id: TableId) -> &TableRows {
        let at = id.0 as usize;
        let stamp = self.registers.stamp;
        if self.registers.tables.get(at).is_none_or(|(made, _)| *made != stamp)
            && let Some((_, register)) = self.registers.tables.get_mut(at)
        {
            let mut register = std::mem::take(register);
            if let Some(table) = self.kernels.tables.get(at) {
                self.look_up(table, &mut register);
            }
            if let Some(place) = self.registers.tables.get_mut(at) {
                *place = (stamp, register);
            }
        }
        static NOTHING: TableRows = TableRows { places: Vec::new(), known: NONE };
        self.registers.tables.get(at).map_or(&NOTHING, |(_, rows)| rows)
    }

    fn look_up(&mut self, table: &TableOp, out: &mut TableRows) {
        out.places.clear();
        out.places.resize(BLOCK, 0);
        out.known = ALL;
        if !table.tests.is_empty() {
            return self.test_rows(table, out);
        }
        for input in &table.inputs {
            let (stride, of_null) = (input.stride, input.stride.wrapping_mul(input.segments));
            let null = match &input.from {
                Segments::Slot(slot) => {
                    let (batch, rows) = (self.batch, self.rows);
                    let told = self.told(*slot);
                    match told.form {
                        Form::Constant(code) => out.places.iter_mut().for_each(|place| *place = place.wrapping_add(stride.wrapping_mul(code as u16))),
                        Form::Ints => add_codes(&mut out.places, &told.integers, stride),
                        Form::Cells => match batch.column(*slot).map(|column| column.cells) {
                            Some(Cells::U8(codes)) => add_codes(&mut out.places, part(codes, rows), stride),
                            Some(Cells::U16(codes)) => add_codes(&mut out.places, part(codes, rows), stride),
                            Some(Cells::U32(codes)) => add_codes(&mut out.places, part(codes, rows), stride),
                            Some(Cells::Bits(bits)) => {
                                for (row, place) in out.places.iter_mut().enumerate().take(rows.len) {
                                    *place = place.wrapping_add(stride.wrapping_mul(u16::from(bits.get(rows.start + row))));
                                }
                            }
                            _ => {}
                        },
                    }
                    out.known = zip3(&out.known, &told.known, &told.null, |all, known, null| all & (known | null));
                    // The cell under a null may hold anything: its segment is put in place of what was added.
                    if !is_empty(&told.null) {
                        let null = told.null;
                        let cells = batch.column(*slot).map(|column| column.cells);
                        let form = told.form;
                        each(&null, |row| {
                            let added = match form {
                                Form::Constant(code) => code,
                                Form::Ints => 0,
                                Form::Cells => cells.and_then(|cells| cells.integer(rows.start + row)).unwrap_or(0),
                            };
                            let added = if form == Form::Ints { self.registers.told.get(usize::from(slot.0)).and_then(|told| told.integers.get(row)).copied().unwrap_or(0) } else { added };
                            if let Some(place) = out.places.get_mut(row) {
                                *place = place.wrapping_sub(stride.wrapping_mul(added as u16)).wrapping_add(of_null);
                            }
                        });
                    }
                    continue;
                }
                Segments::Truth(id) => {
                    let truths = self.truth(*id, &ALL);
                    for (places, yes) in out.places.as_chunks_mut::<64>().0.iter_mut().zip(&truths.yes) {
                        for (bit, place) in places.iter_mut().enumerate() {
                            *place = place.wrapping_add(stride.wrapping_mul((*yes >> bit & 1) as u16));
                        }
                    }
                    out.known = zip3(&out.known, &truths.yes, &truths.no, |all, yes, no| all & (yes | no));
                    continue;
                }
                Segments::Points(id, points) => {
                    self.need(*id, &ALL);
                    let ints = self.ints(*id);
                    for (place, integer) in out.places.iter_mut().zip(&ints.integers) {
                        // Twice the number of points below, and one more at a point.
                        let segment = points.iter().fold(0u16, |segment, point| segment + u16::from(point < integer) + u16::from(point <= integer));
                        *place = place.wrapping_add(stride.wrapping_mul(segment));
                    }
                    out.known = zip3(&out.known, &ints.known, &ints.null, |all, known, null| all & (known | null));
                    (ints.null, ints.integers.clone(), Some(points), None)
                }
                Segments::Texts(id, segments) => {
                    self.need(*id, &ALL);
                    let ints = self.ints(*id);
                    let of = |code: i64| segments.get(code as usize).copied().unwrap_or(input.segments);
                    for (place, code) in out.places.iter_mut().zip(&ints.integers) {
                        *place = place.wrapping_add(stride.wrapping_mul(of(*code)));
                    }
                    out.known = zip3(&out.known, &ints.known, &ints.null, |all, known, null| all & (known | null));
                    (ints.null, ints.integers.clone(), None, Some(segments))
                }
            };
            let (nulls, integers, points, segments) = null;
            each(&nulls, |row| {
                let (Some(place), Some(integer)) = (out.places.get_mut(row), integers.get(row)) else { return };
                let added = match (points, segments) {
                    (Some(points), _) => points.iter().fold(0u16, |segment, point| segment + u16::from(point < integer) + u16::from(point <= integer)),
                    (None, Some(segments)) => segments.get(*integer as usize).copied().unwrap_or(input.segments),
                    (None, None) => 0,
                };
                *place = place.wrapping_sub(stride.wrapping_mul(added)).wrapping_add(of_null);
            });
        }
    }

    /// Tests the rows of a table one after another.
    fn test_rows(&mut self, table: &TableOp, out: &mut TableRows) {
        let mut left = ALL;
        out.known = NONE;
        for (tests, number) in table.tests.iter().zip(0u16..) {
            let (mut hit, mut missed) = (left, NONE);
            for test in tests {
                let truths = self.truth(*test, &ALL);
                hit = and(&hit, &truths.yes);
                add(&mut missed, &truths.no);
            }
            each(&hit, |row| {
                if let Some(place) = out.places.get_mut(row) {
                    *place = number;
                }
            });
            add(&mut out.known, &hit);
            // A row that may match leaves those behind it open.
            left = and(&left, &missed);
        }
        each(&left, |row| {
            if let Some(place) = out.places.get_mut(row) {
                *place = table.tests.len() as u16;
            }
        });
        add(&mut out.known, &left);
    }

    /// The row of a table that matches in a row whose inputs are known; `None` where none does.
    pub fn row_of(&self, table: TableId, row: usize) -> Option<usize> {
        let place = self.registers.tables.get(table.0 as usize)?.1.places.get(row)?;
        let found = *self.kernels.tables.get(table.0 as usize)?.rows.get(usize::from(*place))?;
        (found != NO_ROW).then_some(usize::from(found))
    }

    pub fn pick(&mut self, table: TableId, picked: &[Picked], wanted: &Mask, out: &mut Ints) {
        for one in picked {
            if let Picked::Register(int) = one {
                self.need(*int, wanted);
            }
        }
        let known = self.table(table).known;
        let otherwise = picked.len().saturating_sub(1);
        (out.known, out.null, out.unknown) = (NONE, NONE, NONE);
        each(&known, |row| {
            let Some(place) = out.integers.get_mut(row) else { return };
            match picked.get(self.row_of(table, row).unwrap_or(otherwise)) {
                Some(Picked::Constant(constant)) => {
                    *place = *constant;
                    bits::set(&mut out.known, row);
                }
                Some(Picked::Null) | None => bits::set(&mut out.null, row),
                Some(Picked::Unknown) => bits::set(&mut out.unknown, row),
                Some(Picked::Register(int)) => {
                    let ints = self.ints(*int);
                    *place = ints.integers.get(row).copied().unwrap_or(0);
                    for (from, into) in [(&ints.known, &mut out.known), (&ints.null, &mut out.null), (&ints.unknown, &mut out.unknown)] {
                        if bits::get(from, row) {
                            bits::set(into, row);
                        }
                    }
                }
            }
        });
    }
}

/// Adds codes times a stride to places.
fn add_codes<T: Copy + TryInto<i64>>(places: &mut [u16], codes: &[T], stride: u16) {
    for (place, code) in places.iter_mut().zip(codes) {
        let code: i64 = (*code).try_into().unwrap_or(0);
        *place = place.wrapping_add(stride.wrapping_mul(code as u16));
    }
}
