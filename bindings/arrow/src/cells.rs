//! A column of Arrow as cells of a fact.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, BooleanArray};
use arrow_buffer::{ArrowNativeType, BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow_schema::DataType;
use thutuc::columns::{Bits, Cells as CoreCells};
use thutuc::compile::program::{Coded, FactSlot, Layout};
use thutuc::eval::{FactProblem, Input, read_fact};
use thutuc::value::{Date, Fact, Value};

use crate::codes::{CodeTable, NO_CODE};
use crate::input::{input, items, texts};
use crate::moments::{local, split};
use crate::numbers::{NumberSlot, extent, numbers};

/// Cells of a fact, held for the core to borrow.
#[derive(Clone, Debug)]
pub(crate) enum Cells {
    Bits(BooleanBuffer),
    U8(ScalarBuffer<u8>),
    U16(ScalarBuffer<u16>),
    U32(ScalarBuffer<u32>),
    I32(ScalarBuffer<i32>),
    I64(ScalarBuffer<i64>),
    U64(ScalarBuffer<u64>),
    Values(Vec<Fact<Value>>),
    Coded { codes: ScalarBuffer<u32>, values: Vec<Fact<Value>> },
    /// Nothing is told in any row.
    Nothing,
}

/// What stands for all cells of a column in which nothing is told.
static NOTHING: Fact<Value> = Fact::Missing;

impl Cells {
    /// The cells as the core reads them.
    pub fn borrowed(&self) -> CoreCells<'_> {
        match self {
            Cells::Bits(bits) => CoreCells::Bits(Bits::new(bits.values(), bits.offset())),
            Cells::U8(cells) => CoreCells::U8(cells),
            Cells::U16(cells) => CoreCells::U16(cells),
            Cells::U32(cells) => CoreCells::U32(cells),
            Cells::I32(cells) => CoreCells::I32(cells),
            Cells::I64(cells) => CoreCells::I64(cells),
            Cells::U64(cells) => CoreCells::U64(cells),
            Cells::Values(cells) => CoreCells::Values(cells),
            Cells::Coded { codes, values } => CoreCells::Coded { codes, values },
            Cells::Nothing => CoreCells::Constant(&NOTHING),
        }
    }
}

/// A column that is being read: what did not fit, and what no cell can hold.
pub(crate) struct Reading<'r> {
    pub fact: &'r FactSlot,
    pub array: &'r ArrayRef,
    pub nulls: Option<&'r NullBuffer>,
    pub problems: Vec<(usize, Arc<FactProblem>)>,
    pub beside: Vec<(usize, Fact<Value>)>,
}

impl Reading<'_> {
    pub(crate) fn is_null(&self, row: usize) -> bool {
        self.nulls.is_some_and(|nulls| nulls.is_null(row))
    }

    /// Reads a cell as a host would tell it, and keeps it beside the others.
    pub fn cell<'i>(&mut self, row: usize, told: impl FnOnce() -> Input<'i>) {
        if self.is_null(row) {
            return;
        }
        match read_fact(self.fact, &told()) {
            Ok(fact) => self.beside.push((row, fact)),
            Err(problem) => self.misfit(row, &Arc::new(problem)),
        }
    }

    /// As [`Reading::cell`], of what the column holds.
    pub fn own_cell(&mut self, row: usize) {
        let array = self.array;
        self.cell(row, || input(array, row));
    }

    /// Reports a cell that the core takes for wrong by itself.
    pub fn wrong(&mut self, row: usize, told: &Input) {
        if !self.is_null(row)
            && let Err(problem) = read_fact(self.fact, told)
        {
            self.problems.push((row, Arc::new(problem)));
        }
    }

    fn misfit(&mut self, row: usize, problem: &Arc<FactProblem>) {
        self.problems.push((row, Arc::clone(problem)));
        self.beside.push((row, Fact::Missing));
    }
}

/// The rows of the cells of which something holds.
pub(crate) fn each<'c, T>(cells: &'c [T], holds: impl Fn(&T) -> bool + 'c) -> impl Iterator<Item = usize> + 'c {
    cells.iter().enumerate().filter(move |(_, cell)| holds(cell)).map(|(row, _)| row)
}

/// Reads a column.
pub(crate) fn cells(reading: &mut Reading) -> Cells {
    let array = reading.array;
    if *array.data_type() == DataType::Null {
        return Cells::Nothing;
    }
    let fact = reading.fact;
    let quick = match &fact.layout {
        Layout::Boolean => array.as_boolean_opt().map(|array: &BooleanArray| Cells::Bits(array.values().clone())),
        Layout::Number { scale, bounds: Some((min, max)), .. } => {
            numbers(reading, array, NumberSlot { scale: *scale, min: *min, max: *max })
        }
        Layout::Enumeration { values } => codes(reading, values),
        Layout::Set { values } => sets(reading, values),
        Layout::Date { min, max } => days(reading, (*min, *max)),
        _ => None,
    };
    match quick {
        Some(cells) => cells,
        None => coded(reading).unwrap_or_else(|| one_by_one(reading)),
    }
}

/// The positions of codes.
fn codes(reading: &mut Reading, values: &[Coded]) -> Option<Cells> {
    let table = CodeTable::new(values)?;
    let array = reading.array;
    if let Some(texts) = texts(array) {
        let codes = table.all(texts);
        // Null cells may hold anything.
        if codes.contains(&NO_CODE) {
            each(&codes, |code| *code == NO_CODE).for_each(|row| reading.own_cell(row));
        }
        return Some(Cells::U8(codes.into()));
    }
    let dictionary = array.as_any_dictionary_opt()?;
    let positions = table.all(texts(dictionary.values())?);
    let in_order = positions.iter().enumerate().all(|(at, code)| usize::from(*code) == at);
    if in_order && let Some(cells) = keys_as_they_are(array) {
        return Some(cells);
    }
    let codes = by_key(array, &positions)?;
    if positions.contains(&NO_CODE) {
        let told = Told::of(reading.fact, dictionary.values());
        let keys = keys(array)?;
        for row in each(&codes, |code| *code == NO_CODE) {
            told.put(reading, row, keys.get(row).copied().unwrap_or(usize::MAX));
        }
    }
    Some(Cells::U8(codes.into()))
}

/// The keys of a dictionary where they are the positions of codes, without a copy.
fn keys_as_they_are(array: &ArrayRef) -> Option<Cells> {
    let keys = array.as_any_dictionary_opt()?.keys();
    let buffer = keys.to_data().buffers().first()?.clone();
    let (start, len) = (keys.offset(), keys.len());
    Some(match keys.data_type() {
        DataType::Int8 | DataType::UInt8 => Cells::U8(ScalarBuffer::new(buffer, start, len)),
        DataType::Int16 | DataType::UInt16 => Cells::U16(ScalarBuffer::new(buffer, start, len)),
        DataType::Int32 | DataType::UInt32 => Cells::U32(ScalarBuffer::new(buffer, start, len)),
        _ => return None,
    })
}

/// What a table says of the keys of a dictionary; the last of a byte for keys beyond it, which only null cells have.
fn by_key(array: &ArrayRef, table: &[u8]) -> Option<Vec<u8>> {
    macro_rules! by_key {
        ($type:ident) => {{
            let keys = array.as_dictionary_opt::<arrow_array::types::$type>()?.keys().values();
            keys.iter().map(|key| table.get(key.as_usize()).copied().unwrap_or(NO_CODE)).collect()
        }};
    }
    let keys = array.as_any_dictionary_opt()?.keys();
    if let DataType::UInt8 = keys.data_type() {
        let mut whole = [NO_CODE; 256];
        whole.iter_mut().zip(table).for_each(|(place, code)| *place = *code);
        let keys = array.as_dictionary_opt::<UInt8Type>()?.keys().values();
        return Some(keys.iter().map(|key| whole.get(usize::from(*key)).copied().unwrap_or(NO_CODE)).collect());
    }
    Some(match keys.data_type() {
        DataType::Int8 => by_key!(Int8Type),
        DataType::Int16 => by_key!(Int16Type),
        DataType::Int32 => by_key!(Int32Type),
        DataType::Int64 => by_key!(Int64Type),
        DataType::UInt16 => by_key!(UInt16Type),
        DataType::UInt32 => by_key!(UInt32Type),
        DataType::UInt64 => by_key!(UInt64Type),
        _ => return None,
    })
}

/// The keys of a dictionary as positions; those of null cells may be any.
fn keys(array: &ArrayRef) -> Option<Vec<usize>> {
    let dictionary = array.as_any_dictionary_opt()?;
    match dictionary.values().is_empty() {
        true => Some(vec![usize::MAX; array.len()]),
        false => Some(dictionary.normalized_keys()),
    }
}

/// The values of a dictionary as facts, each read once.
struct Told(Vec<Result<Fact<Value>, Arc<FactProblem>>>);

impl Told {
    fn of(fact: &FactSlot, values: &ArrayRef) -> Told {
        let told = |row| match values.is_null(row) {
            true => Ok(Fact::Missing),
            false => read_fact(fact, &input(values, row)).map_err(Arc::new),
        };
        Told((0..values.len()).map(told).collect())
    }

    /// Puts the value of a key beside the cells.
    fn put(&self, reading: &mut Reading, row: usize, key: usize) {
        if reading.is_null(row) {
            return;
        }
        match self.0.get(key) {
            Some(Ok(Fact::Missing)) | None => {}
            Some(Ok(fact)) => reading.beside.push((row, fact.clone())),
            Some(Err(problem)) => reading.misfit(row, problem),
        }
    }
}

/// A dictionary of any values: each value is read once.
fn coded(reading: &mut Reading) -> Option<Cells> {
    let array = reading.array;
    let dictionary = array.as_any_dictionary_opt()?;
    let told = Told::of(reading.fact, dictionary.values());
    let keys = keys(array)?;
    for (row, key) in keys.iter().enumerate() {
        if let Some(Err(_)) = told.0.get(*key) {
            told.put(reading, row, *key);
        }
    }
    let codes = keys.iter().map(|key| u32::try_from(*key).unwrap_or(u32::MAX)).collect();
    let values = told.0.into_iter().map(|told| told.unwrap_or(Fact::Missing)).collect();
    Some(Cells::Coded { codes, values })
}

/// Cells of any fact, each read as a host would tell it.
fn one_by_one(reading: &mut Reading) -> Cells {
    let array = reading.array;
    let mut values = Vec::with_capacity(array.len());
    for row in 0..array.len() {
        if reading.is_null(row) {
            values.push(Fact::Missing);
            continue;
        }
        match read_fact(reading.fact, &input(array, row)) {
            Ok(fact) => values.push(fact),
            Err(problem) => {
                reading.misfit(row, &Arc::new(problem));
                values.push(Fact::Missing);
            }
        }
    }
    Cells::Values(values)
}

/// Days within bounds; the core takes those beyond for missing by itself.
fn days(reading: &mut Reading, (min, max): (Date, Date)) -> Option<Cells> {
    let array = reading.array;
    let within = |day: &i32| min.0 <= *day && *day <= max.0;
    let days: ScalarBuffer<i32> = if let Some(array) = array.as_primitive_opt::<Date32Type>() {
        array.values().clone()
    } else if let Some(moments) = local(array) {
        let mut days = Vec::with_capacity(moments.len());
        for (row, moment) in moments.into_iter().enumerate() {
            match split(moment) {
                Some((day, 0)) if moment.1 == 0 && within(&day) => days.push(day),
                // A moment of a day is more than a day.
                _ => {
                    reading.own_cell(row);
                    days.push(min.0);
                }
            }
        }
        return Some(Cells::I32(days.into()));
    } else {
        let texts = texts(array)?;
        let mut days = Vec::with_capacity(texts.len());
        for row in 0..texts.len() {
            let day = texts.get(row).and_then(Date::parse).map(|day| day.0).filter(within);
            if day.is_none() {
                reading.own_cell(row);
            }
            days.push(day.unwrap_or(min.0));
        }
        return Some(Cells::I32(days.into()));
    };
    if extent(&days).is_some_and(|(first, last)| !within(&first) || !within(&last)) {
        for row in each(&days, |day| !within(day)) {
            let day = days.get(row).map(|day| Date(*day).to_string()).unwrap_or_default();
            reading.wrong(row, &Input::Text(day.into()));
        }
    }
    Some(Cells::I32(days))
}

/// Sets of codes: bits, or lists of texts.
fn sets(reading: &mut Reading, values: &[Coded]) -> Option<Cells> {
    let array = reading.array;
    let unused = u64::MAX.checked_shl(values.len() as u32).unwrap_or(0);
    macro_rules! bits {
        ($type:ident, $cells:ident) => {{
            let cells = array.as_primitive_opt::<$type>()?.values().clone();
            let all = cells.iter().fold(0, |all, cell| all | *cell);
            if u64::from(all) & unused != 0 {
                for row in each(&cells, |cell| u64::from(*cell) & unused != 0) {
                    reading.cell(row, || Input::Foreign(format!("bits {:#b}", cells.get(row).copied().unwrap_or_default()).into()));
                }
            }
            return Some(Cells::$cells(cells));
        }};
    }
    match array.data_type() {
        DataType::UInt8 => bits!(UInt8Type, U8),
        DataType::UInt16 => bits!(UInt16Type, U16),
        DataType::UInt32 => bits!(UInt32Type, U32),
        DataType::UInt64 => bits!(UInt64Type, U64),
        _ => {}
    }
    let table = CodeTable::new(values)?;
    let (all_listed, first) = items(array, 0).or_else(|| array.is_empty().then_some((array, 0..0)))?;
    // Of a part of a table only its items are looked at; those of views lie anywhere.
    let span = match array.data_type() {
        DataType::ListView(_) | DataType::LargeListView(_) => 0..all_listed.len(),
        _ => first.start..array.len().checked_sub(1).and_then(|last| items(array, last)).map_or(first.end, |(_, last)| last.end),
    };
    if span.start > span.end || span.end > all_listed.len() {
        return None;
    }
    let listed = &all_listed.slice(span.start, span.len());
    let own = |range: std::ops::Range<usize>| range.start.saturating_sub(span.start)..range.end.saturating_sub(span.start);
    // Lists of texts are read by their items; the bit of an item that is no code, or null, makes the row a special case.
    let codes = match texts(listed) {
        Some(texts) => table.all(texts),
        None => by_key(listed, &table.all(texts(listed.as_any_dictionary_opt()?.values())?))?,
    };
    let nulls = listed.logical_nulls();
    let mut all = Vec::with_capacity(array.len());
    for row in 0..array.len() {
        let range = items(array, row).map_or(0..0, |(_, range)| own(range));
        let bits = codes.get(range.clone()).unwrap_or_default().iter().try_fold(0u64, |bits, code| {
            let bit = 1u64.checked_shl(u32::from(*code))?;
            (bits & bit == 0).then_some(bits | bit)
        });
        let whole = bits.filter(|_| nulls.as_ref().is_none_or(|nulls| range.clone().all(|item| nulls.is_valid(item))));
        if whole.is_none() {
            reading.own_cell(row);
        }
        all.push(whole.unwrap_or(0));
    }
    Some(narrowest(all, values.len()))
}

/// Sets of so many codes in as few bytes as they take.
pub(crate) fn narrowest(bits: Vec<u64>, codes: usize) -> Cells {
    match codes {
        0..=8 => Cells::U8(bits.into_iter().map(|bits| bits as u8).collect()),
        9..=16 => Cells::U16(bits.into_iter().map(|bits| bits as u16).collect()),
        17..=32 => Cells::U32(bits.into_iter().map(|bits| bits as u32).collect()),
        _ => Cells::U64(bits.into()),
    }
}

/// A set that is told as a boolean for each code.
pub(crate) fn flags(flags: &[(ArrayRef, Option<NullBuffer>)], rows: usize) -> Cells {
    let bitmaps = flags.iter().map(|(array, _)| array.as_boolean_opt().map(BooleanArray::values));
    if flags.len() <= 8 {
        let mut all = vec![0u8; rows];
        for (bit, flags) in bitmaps.enumerate() {
            let Some(flags) = flags else { continue };
            all.iter_mut().zip(flags).for_each(|(bits, flag)| *bits |= u8::from(flag) << bit);
        }
        return Cells::U8(all.into());
    }
    let mut all = vec![0u64; rows];
    for (bit, flags) in bitmaps.enumerate() {
        let Some(flags) = flags else { continue };
        all.iter_mut().zip(flags).for_each(|(bits, flag)| *bits |= u64::from(flag) << bit);
    }
    narrowest(all, flags.len())
}
