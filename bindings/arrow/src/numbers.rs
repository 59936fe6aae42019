//! Columns of numbers as integers at the scale of their slot.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_buffer::ScalarBuffer;
use arrow_schema::DataType;
use thutuc::eval::Input;

use crate::cells::{Cells, Reading};

/// Powers of ten that a float holds exactly.
const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The integer at a scale that has the shortest decimal text of a float; `None` where that text has more places or digits.
///
/// Up to 15 digits a decimal number has a float of its own, and dividing by an exact power of ten finds it: the number whose
/// quotient is the float is the one that the float is written as.
#[must_use]
pub fn scaled_float(float: f64, scale: u8) -> Option<i64> {
    let power = POWERS.get(usize::from(scale))?;
    let (integer, rounded, is_it) = nearest_integer(float, *power);
    (is_it && rounded.abs() < EXACT).then_some(integer)
}

/// Added to a float of less than 51 bits it leaves the nearest integer in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// Up to here a number of a power of ten has a float of its own.
const EXACT: f64 = 1e15;

/// The integer nearest to `float * power`, the same as a float, and whether below [`EXACT`] it is the float at that scale.
#[inline]
fn nearest_integer(float: f64, power: f64) -> (i64, f64, bool) {
    let shifted = float * power + ROUND;
    let rounded = shifted - ROUND;
    let integer = (shifted.to_bits() as i64).wrapping_sub(ROUND.to_bits() as i64);
    (integer, rounded, rounded / power == float)
}

/// What a number's slot takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberSlot {
    /// Decimal places.
    pub scale: u8,
    /// The least integer.
    pub min: i64,
    /// The greatest integer.
    pub max: i64,
}

impl NumberSlot {
    fn takes(&self, integer: i64) -> bool {
        self.min <= integer && integer <= self.max
    }

    /// Whether 32 bits hold every integer it takes.
    fn is_narrow(&self) -> bool {
        i32::try_from(self.min).is_ok() && i32::try_from(self.max).is_ok()
    }
}

/// Reads a column of numbers; `None` where it is of another type.
pub(crate) fn numbers(reading: &mut Reading, array: &ArrayRef, slot: NumberSlot) -> Option<Cells> {
    let whole = slot.scale == 0;
    Some(match array.data_type() {
        DataType::UInt8 if whole => Cells::U8(as_they_are::<UInt8Type>(reading, array, slot)?),
        DataType::UInt16 if whole => Cells::U16(as_they_are::<UInt16Type>(reading, array, slot)?),
        DataType::UInt32 if whole => Cells::U32(as_they_are::<UInt32Type>(reading, array, slot)?),
        DataType::Int32 if whole => Cells::I32(as_they_are::<Int32Type>(reading, array, slot)?),
        DataType::Int64 if whole => Cells::I64(as_they_are::<Int64Type>(reading, array, slot)?),
        DataType::Int8 => integers::<Int8Type>(reading, array, slot)?,
        DataType::Int16 => integers::<Int16Type>(reading, array, slot)?,
        DataType::Int32 => integers::<Int32Type>(reading, array, slot)?,
        DataType::Int64 => integers::<Int64Type>(reading, array, slot)?,
        DataType::UInt8 => integers::<UInt8Type>(reading, array, slot)?,
        DataType::UInt16 => integers::<UInt16Type>(reading, array, slot)?,
        DataType::UInt32 => integers::<UInt32Type>(reading, array, slot)?,
        DataType::UInt64 => large(reading, array, slot)?,
        DataType::Float32 => singles(reading, array, slot)?,
        DataType::Float64 => doubles(reading, array, slot)?,
        DataType::Decimal32(_, places) => {
            decimals(reading, array.as_primitive_opt::<Decimal32Type>()?.values().iter().map(|number| i128::from(*number)), *places, slot)
        }
        DataType::Decimal64(_, places) => {
            decimals(reading, array.as_primitive_opt::<Decimal64Type>()?.values().iter().map(|number| i128::from(*number)), *places, slot)
        }
        DataType::Decimal128(_, places) => {
            decimals(reading, array.as_primitive_opt::<Decimal128Type>()?.values().iter().copied(), *places, slot)
        }
        _ => return None,
    })
}

/// Integers that the core reads where they lie; those out of bounds it takes for missing by itself.
fn as_they_are<T>(reading: &mut Reading, array: &ArrayRef, slot: NumberSlot) -> Option<ScalarBuffer<T::Native>>
where
    T: ArrowPrimitiveType,
    T::Native: Into<i64> + Ord,
{
    let cells = array.as_primitive_opt::<T>()?.values().clone();
    if let Some((least, greatest)) = extent(&cells)
        && !(slot.takes(least.into()) && slot.takes(greatest.into()))
    {
        for (row, cell) in cells.iter().enumerate() {
            let cell: i64 = (*cell).into();
            if !slot.takes(cell) {
                reading.wrong(row, &Input::Number(cell.to_string().into()));
            }
        }
    }
    Some(cells)
}

/// The least and the greatest cell.
#[inline]
pub(crate) fn extent<T: Ord + Copy>(cells: &[T]) -> Option<(T, T)> {
    let first = *cells.first()?;
    Some(cells.iter().fold((first, first), |(least, greatest), cell| (least.min(*cell), greatest.max(*cell))))
}

/// Integers of other widths, or at a scale.
fn integers<T>(reading: &mut Reading, array: &ArrayRef, slot: NumberSlot) -> Option<Cells>
where
    T: ArrowPrimitiveType,
    T::Native: Into<i64> + Ord,
{
    let cells = array.as_primitive_opt::<T>()?.values();
    let power = 10i64.checked_pow(u32::from(slot.scale))?;
    let scaled = |cell: i64| cell.checked_mul(power).filter(|scaled| slot.takes(*scaled));
    let all = extent(cells).is_none_or(|(least, greatest)| scaled(least.into()).is_some() && scaled(greatest.into()).is_some());
    if all {
        return Some(match slot.is_narrow() {
            true => Cells::I32(cells.iter().map(|cell| ((*cell).into() * power) as i32).collect()),
            false => Cells::I64(cells.iter().map(|cell| (*cell).into() * power).collect()),
        });
    }
    let mut integers = Vec::with_capacity(cells.len());
    for (row, cell) in cells.iter().enumerate() {
        let cell: i64 = (*cell).into();
        integers.push(scaled(cell).unwrap_or_else(|| {
            reading.cell(row, || Input::Number(cell.to_string().into()));
            0
        }));
    }
    Some(Cells::I64(integers.into()))
}

/// Integers beyond those of the core.
fn large(reading: &mut Reading, array: &ArrayRef, slot: NumberSlot) -> Option<Cells> {
    let cells = array.as_primitive_opt::<UInt64Type>()?.values();
    Some(decimals(reading, cells.iter().map(|cell| i128::from(*cell)), 0, slot))
}

fn doubles(reading: &mut Reading, array: &ArrayRef, slot: NumberSlot) -> Option<Cells> {
    let cells = array.as_primitive_opt::<Float64Type>()?.values();
    // Half as wide is twice as fast, here and where they are compared.
    Some(match slot.is_narrow() {
        true => Cells::I32(scaled_doubles(reading, cells, slot, |integer| integer as i32)?.into()),
        false => Cells::I64(scaled_doubles(reading, cells, slot, |integer| integer)?.into()),
    })
}

/// The integers of doubles; those that are no such number are read one by one, and 0.
fn scaled_doubles<T: Copy + Default>(reading: &mut Reading, cells: &[f64], slot: NumberSlot, narrow: impl Fn(i64) -> T) -> Option<Vec<T>> {
    let power = *POWERS.get(usize::from(slot.scale))?;
    let mut integers = Vec::with_capacity(cells.len());
    // Compared as floats, which every machine does several at a time; beyond these bounds no float is exact.
    let (min, max) = ((slot.min as f64).max(1.0 - EXACT), (slot.max as f64).min(EXACT - 1.0));
    let mut all = true;
    for cells in cells.chunks(CHUNK) {
        let mut chunk = [T::default(); CHUNK];
        for (integer, cell) in chunk.iter_mut().zip(cells) {
            let (nearest, rounded, is_it) = nearest_integer(*cell, power);
            *integer = narrow(nearest);
            all &= is_it & (min <= rounded) & (rounded <= max);
        }
        integers.extend_from_slice(chunk.get(..cells.len())?);
    }
    if !all {
        for (row, (integer, cell)) in integers.iter_mut().zip(cells).enumerate() {
            if !scaled_float(*cell, slot.scale).is_some_and(|scaled| slot.takes(scaled)) {
                *integer = T::default();
                reading.cell(row, || crate::input::float(*cell));
            }
        }
    }
    Some(integers)
}

/// Numbers that are worked on before they are put with the others.
const CHUNK: usize = 64;

/// Up to 6 digits a decimal number has a single float of its own.
fn singles(reading: &mut Reading, array: &ArrayRef, slot: NumberSlot) -> Option<Cells> {
    let cells = array.as_primitive_opt::<Float32Type>()?.values();
    let power = *POWERS.get(usize::from(slot.scale))?;
    let mut integers = vec![0i64; cells.len()];
    for (row, (integer, cell)) in integers.iter_mut().zip(cells).enumerate() {
        let (nearest, ..) = nearest_integer(f64::from(*cell), power);
        if nearest.abs() < 1_000_000 && (nearest as f64 / power) as f32 == *cell && slot.takes(nearest) {
            *integer = nearest;
        } else {
            reading.cell(row, || crate::input::float(*cell));
        }
    }
    Some(Cells::I64(integers.into()))
}

fn decimals(reading: &mut Reading, cells: impl ExactSizeIterator<Item = i128>, places: i8, slot: NumberSlot) -> Cells {
    let more = i32::from(slot.scale) - i32::from(places);
    let power = 10i128.checked_pow(more.unsigned_abs());
    let scaled = |cell: i128| {
        let scaled = match (more >= 0, power?) {
            (true, power) => cell.checked_mul(power)?,
            (false, power) => Some(cell / power).filter(|_| cell % power == 0)?,
        };
        i64::try_from(scaled).ok().filter(|scaled| slot.takes(*scaled))
    };
    let mut integers = Vec::with_capacity(cells.len());
    for (row, cell) in cells.enumerate() {
        integers.push(scaled(cell).unwrap_or_else(|| {
            reading.own_cell(row);
            0
        }));
    }
    Cells::I64(integers.into())
}
