//! Which row of a table matches.

use super::Block;
use crate::columns::batch::Cells;
use crate::columns::bits;
use crate::columns::ops::{Input, NO_ROW, Picked, Segments, TableId, TableOp};
use crate::columns::plan::BLOCK;
use crate::columns::present::Numbers;
use crate::columns::registers::{ALL, Ints, Mask, NONE, add, and, each, first, is_empty, or, without, zip3};
use crate::columns::source::{Form, part};
use crate::eval::MOST_COMBINATIONS;

/// The rows of a table that match in a block.
#[derive(Debug, Default)]
pub struct TableRows {
    /// Each row's place in [`TableOp::rows`].
    pub places: Vec<u16>,
    /// Rows whose inputs are all known or null, or in which every way that the table can still go is the same row.
    pub known: Mask,
    /// Rows in which inputs rest on unknown law and the table can go several ways, and the places of these, row after row.
    pub unknown: Mask,
    pub ways: Vec<(u16, u16)>,
}

/// The rows of a table that matched in a block.
#[derive(Clone, Copy, Debug)]
pub struct Matched<'b> {
    places: &'b [u16],
    rows: &'b [u16],
}

impl Matched<'_> {
    /// The row that matches in a row whose inputs are known; `None` where none does.
    #[inline]
    pub fn row(&self, row: usize) -> Option<usize> {
        self.row_at(*self.places.get(row)?)
    }

    /// The row at a place.
    #[inline]
    fn row_at(&self, place: u16) -> Option<usize> {
        let found = *self.rows.get(usize::from(place))?;
        (found != NO_ROW).then_some(usize::from(found))
    }
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
        static NOTHING: TableRows = TableRows { places: Vec::new(), known: NONE, unknown: NONE, ways: Vec::new() };
        self.registers.tables.get(at).map_or(&NOTHING, |(_, rows)| rows)
    }

    fn look_up(&mut self, table: &TableOp, out: &mut TableRows) {
        out.places.clear();
        out.places.resize(BLOCK, 0);
        (out.known, out.unknown) = (ALL, NONE);
        out.ways.clear();
        let mut tried = ALL;
        if !table.tests.is_empty() {
            return self.test_rows(table, out);
        }
        for input in &table.inputs {
            let (stride, of_null) = (input.stride, input.stride.wrapping_mul(input.segments));
            let (nulls, int) = match &input.from {
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
                    tried = zip3(&tried, &told.known, &told.null, |all, known, null| all & (known | null));
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
                Segments::Epoch(_) => {
                    match self.present.numbers() {
                        Numbers::Same(number) => {
                            let offset = stride.wrapping_mul(number);
                            out.places.iter_mut().for_each(|place| *place = place.wrapping_add(offset));
                        }
                        Numbers::Each(numbers) => add_codes(&mut out.places, numbers, stride),
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
                    tried = and(&tried, &without(&ALL, &truths.rest()));
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
                    tried = and(&tried, &or(&or(&ints.known, &ints.null), &ints.unknown));
                    (ints.null, *id)
                }
                Segments::Texts(id, segments) => {
                    self.need(*id, &ALL);
                    let ints = self.ints(*id);
                    let of = |code: i64| segments.get(code as usize).copied().unwrap_or(input.segments);
                    for (place, code) in out.places.iter_mut().zip(&ints.integers) {
                        *place = place.wrapping_add(stride.wrapping_mul(of(*code)));
                    }
                    out.known = zip3(&out.known, &ints.known, &ints.null, |all, known, null| all & (known | null));
                    tried = and(&tried, &or(&or(&ints.known, &ints.null), &ints.unknown));
                    (ints.null, *id)
                }
            };
            let integers = &self.ints(int).integers;
            each(&nulls, |row| {
                if let (Some(place), Some(integer)) = (out.places.get_mut(row), integers.get(row)) {
                    *place = place.wrapping_sub(stride.wrapping_mul(input.segment(*integer))).wrapping_add(of_null);
                }
            });
        }
        let open = and(&without(&tried, &out.known), &first(self.rows.len));
        if table.tries && !is_empty(&open) {
            self.try_ways(table, &open, out);
        }
    }

    /// Tries every way that a table can still go where inputs rest on unknown law.
    fn try_ways(&self, table: &TableOp, open: &Mask, out: &mut TableRows) {
        let mut ways: Vec<u16> = Vec::new();
        each(open, |row| {
            let Some(place) = out.places.get_mut(row) else { return };
            ways.clear();
            ways.push(*place);
            for input in &table.inputs {
                // What was added of an integer that is not known is taken away again.
                let added = match &input.from {
                    Segments::Epoch(_) | Segments::Slot(_) => continue,
                    Segments::Truth(id) => {
                        let Some((_, _, truths)) = self.registers.truths.get(id.0 as usize) else { return };
                        if !bits::get(&truths.unknown, row) {
                            continue;
                        }
                        0
                    }
                    Segments::Points(id, _) | Segments::Texts(id, _) => {
                        let ints = self.ints(*id);
                        if !bits::get(&ints.unknown, row) {
                            continue;
                        }
                        input.segment(ints.integers.get(row).copied().unwrap_or(0))
                    }
                };
                let segments = input.segments + u16::from(input.nullable);
                if ways.len() * usize::from(segments) > MOST_COMBINATIONS {
                    return;
                }
                let shifted = |way: u16, segment: u16| way.wrapping_sub(input.stride.wrapping_mul(added)).wrapping_add(input.stride.wrapping_mul(segment));
                ways = ways.iter().flat_map(|way| (0..segments).map(move |segment| shifted(*way, segment))).collect();
            }
            let rows = |way: &u16| table.rows.get(usize::from(*way));
            let Some(any) = ways.first() else { return };
            if ways.iter().all(|way| rows(way) == rows(any)) {
                *place = *any;
                bits::set(&mut out.known, row);
            } else {
                *place = NO_ROW;
                bits::set(&mut out.unknown, row);
                out.ways.extend(ways.iter().map(|way| (row as u16, *way)));
            }
        });
    }

    /// Settles the rows in which a table can go several ways that give the same.
    pub fn agree(&self, table: TableId, out: &mut Ints, given: impl Fn(usize, u16) -> Option<Way>) {
        let Some((_, found)) = self.registers.tables.get(table.0 as usize) else { return };
        for ways in found.ways.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((row, way)) = ways.first() else { continue };
            let row = usize::from(*row);
            let all = ways.iter().map(|(_, way)| given(row, *way)).collect::<Option<Vec<Way>>>();
            // What one of them gives is missing or does not fit: `eval` knows.
            let Some(all) = all else { continue };
            let agreed = given(row, *way).filter(|first| all.iter().all(|one| one == first));
            match agreed {
                Some(Way::Known(integer)) => {
                    bits::set(&mut out.known, row);
                    if let Some(place) = out.integers.get_mut(row) {
                        *place = integer;
                    }
                }
                Some(Way::Null) => bits::set(&mut out.null, row),
                Some(Way::Unknown) | None => bits::set(&mut out.unknown, row),
            }
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

    /// The rows of a table that was looked up.
    pub fn rows_of(&self, table: TableId) -> Matched<'_> {
        let places = self.registers.tables.get(table.0 as usize).map_or(&[][..], |(_, found)| &found.places);
        Matched { places, rows: self.kernels.tables.get(table.0 as usize).map_or(&[], |table| &table.rows) }
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
        let found = self.rows_of(table);
        let given = |row: usize, place: u16| match picked.get(found.row_at(place).unwrap_or(otherwise)) {
            Some(Picked::Constant(constant)) => Some(Way::Known(*constant)),
            Some(Picked::Null) | None => Some(Way::Null),
            Some(Picked::Unknown) => Some(Way::Unknown),
            Some(Picked::Register(int)) => {
                let ints = self.ints(*int);
                let is_in = |mask: &Mask| bits::get(mask, row);
                match (is_in(&ints.known), is_in(&ints.null), is_in(&ints.unknown)) {
                    (true, ..) => Some(Way::Known(ints.integers.get(row).copied().unwrap_or(0))),
                    (_, true, _) => Some(Way::Null),
                    (.., true) => Some(Way::Unknown),
                    _ => None,
                }
            }
        };
        each(&known, |row| {
            let (Some(place), Some(at)) = (out.integers.get_mut(row), found.places.get(row)) else { return };
            match given(row, *at) {
                Some(Way::Known(integer)) => {
                    *place = integer;
                    bits::set(&mut out.known, row);
                }
                Some(Way::Null) => bits::set(&mut out.null, row),
                Some(Way::Unknown) => bits::set(&mut out.unknown, row),
                None => {}
            }
        });
        self.agree(table, out, given);
    }
}

/// What a table gives on one of the ways that it can go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    Known(i64),
    Null,
    Unknown,
}

impl Input {
    /// The segment of an integer.
    fn segment(&self, integer: i64) -> u16 {
        match &self.from {
            // Twice the number of points below, and one more at a point.
            Segments::Points(_, points) => points.iter().fold(0, |segment, point| segment + u16::from(*point < integer) + u16::from(*point <= integer)),
            Segments::Texts(_, segments) => usize::try_from(integer).ok().and_then(|code| segments.get(code)).copied().unwrap_or(self.segments),
            Segments::Epoch(_) | Segments::Slot(_) | Segments::Truth(_) => 0,
        }
    }
}

/// Adds codes times a stride to places.
fn add_codes<T: Copy + TryInto<i64>>(places: &mut [u16], codes: &[T], stride: u16) {
    for (place, code) in places.iter_mut().zip(codes) {
        let code: i64 = (*code).try_into().unwrap_or(0);
        *place = place.wrapping_add(stride.wrapping_mul(code as u16));
    }
}
