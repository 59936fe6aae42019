//! Cells in the width in which they are told.

use crate::columns::batch::Cells;
use crate::columns::ops::How;
use crate::columns::registers::{Mask, NONE, test, zip};
use crate::columns::source::{Rows, part};

impl How {
    pub fn holds(self, integer: i64) -> bool {
        match self {
            How::Range { low, high, inside } => (low <= integer && integer <= high) == inside,
            How::Among(mask) => mask >> (integer & 63) & 1 == 1,
            How::Bit(bit) => integer >> (bit & 63) & 1 == 1,
        }
    }
}

/// The rows whose cells pass a test, in the width in which they are told.
pub fn test_cells(cells: &Cells, how: How, rows: Rows) -> Mask {
    macro_rules! tested {
        ($cells:expr, $of:ty) => {{
            let cells = part($cells, rows);
            match how {
                How::Range { low, high, inside } => {
                    let holds = match (<$of>::try_from(low.max(<$of>::MIN as i64)), <$of>::try_from(high.min(<$of>::MAX as i64))) {
                        (Ok(low), Ok(high)) if low == high => test(cells, |cell| cell == low),
                        (Ok(low), Ok(high)) if high == <$of>::MAX => test(cells, |cell| cell >= low),
                        (Ok(low), Ok(high)) if low == <$of>::MIN => test(cells, |cell| cell <= high),
                        (Ok(low), Ok(high)) if low < high => test(cells, |cell| (low <= cell) & (cell <= high)),
                        _ => NONE,
                    };
                    if inside { holds } else { zip(&holds, &NONE, |holds, _| !holds) }
                }
                How::Among(mask) => test(cells, |cell| mask >> (cell as u64 & 63) & 1 == 1),
                How::Bit(bit) => test(cells, |cell| (cell as u64) >> bit & 1 == 1),
            }
        }};
    }
    match cells {
        Cells::U8(cells) => match how {
            // The codes of a mask mostly follow each other.
            How::Among(mask) if mask != 0 && is_run(mask) => {
                let (low, span) = (mask.trailing_zeros() as u8, mask.count_ones() as u8 - 1);
                test(part(cells, rows), |cell| cell.wrapping_sub(low) <= span)
            }
            How::Bit(bit) if bit < 8 => test(part(cells, rows), |cell| cell & (1 << bit) != 0),
            _ => tested!(cells, u8),
        },
        Cells::U16(cells) => tested!(cells, u16),
        Cells::U32(cells) => tested!(cells, u32),
        Cells::I32(cells) => tested!(cells, i32),
        Cells::I64(cells) => tested!(cells, i64),
        Cells::U64(cells) => match how {
            How::Bit(bit) => test(part(cells, rows), |cell| cell >> bit & 1 == 1),
            _ => test(part(cells, rows), |cell| how.holds(cell as i64)),
        },
        Cells::Bits(bits) => {
            let (of_true, of_false) = (how.holds(1), how.holds(0));
            let mut mask = NONE;
            for (at, word) in mask.iter_mut().enumerate().take(rows.len.div_ceil(64)) {
                let bits = bits.word(rows.start + at * 64);
                *word = (if of_true { bits } else { 0 }) | (if of_false { !bits } else { 0 });
            }
            mask
        }
        Cells::Constant(_) | Cells::Values(_) | Cells::Coded { .. } => NONE,
    }
}

/// Whether the bits of a mask follow each other.
fn is_run(mask: u64) -> bool {
    let run = mask >> mask.trailing_zeros();
    run & run.wrapping_add(1) == 0
}

pub fn load_cells(cells: &Cells, rows: Rows, into: &mut [i64]) {
    macro_rules! loaded {
        ($cells:expr) => {
            into.iter_mut().zip(part($cells, rows)).for_each(|(place, cell)| *place = *cell as i64)
        };
    }
    match cells {
        Cells::U8(cells) => loaded!(cells),
        Cells::U16(cells) => loaded!(cells),
        Cells::U32(cells) => loaded!(cells),
        Cells::I32(cells) => loaded!(cells),
        Cells::I64(cells) => loaded!(cells),
        Cells::U64(cells) => loaded!(cells),
        Cells::Bits(bits) => into.iter_mut().enumerate().take(rows.len).for_each(|(row, place)| *place = i64::from(bits.get(rows.start + row))),
        Cells::Constant(_) | Cells::Values(_) | Cells::Coded { .. } => {}
    }
}
