//! Random cases of any program in which every fact is told, as columns.

use thutuc::columns::{Batch, Cells, Days, Received};
use thutuc::compile::program::{Layout, Program, Slot};
use thutuc::value::{Fact, Value};

/// Columns of a program's facts.
pub struct Known {
    pub rows: usize,
    as_of: Vec<i32>,
    received: Vec<i32>,
    seconds: Vec<u32>,
    columns: Vec<Cellular>,
}

enum Cellular {
    Bytes(Vec<u8>),
    Words(Vec<u32>),
    Days(Vec<i32>),
    Numbers(Vec<i64>),
    Masks(Vec<u64>),
    Coded(Vec<u32>, Vec<Fact<Value>>),
    Constant(Fact<Value>),
}

/// Texts that are personal numbers, right and wrong, and names.
const TEXTS: &[&str] = &["001090012345", "079190012345", "0010900", "Nguyễn Thị Hòa", "NGUYỄN THỊ HOÀ", "Lê Văn Nam", "001207012345", "x"];

impl Known {
    /// Cases on the days from one to another.
    pub fn new(program: &Program, rows: usize, seed: u64, (from, until): (i32, i32)) -> Known {
        let mut draw = Draw(seed);
        let span = (until - from).max(1) as u64;
        let as_of: Vec<i32> = (0..rows).map(|_| from + (draw.next() % span) as i32).collect();
        let columns = program.facts.iter().map(|fact| {
            let has_default = fact.default.is_some();
            match &fact.layout {
                Layout::Boolean => Cellular::Bytes((0..rows).map(|_| (draw.next() % 2) as u8).collect()),
                Layout::Enumeration { values } => {
                    Cellular::Bytes((0..rows).map(|_| (draw.next() % values.len() as u64) as u8).collect())
                }
                Layout::Set { values } if values.len() <= 8 => {
                    Cellular::Bytes((0..rows).map(|_| (draw.next() & ((1 << values.len()) - 1)) as u8).collect())
                }
                Layout::Set { values } if values.len() <= 32 => {
                    Cellular::Words((0..rows).map(|_| (draw.next() & ((1u64 << values.len()) - 1)) as u32).collect())
                }
                Layout::Set { .. } => Cellular::Masks(vec![0; rows]),
                Layout::Date { min, max } => {
                    let (first, last) = (min.0.max(-7_000), max.0.min(until + 400).max(min.0));
                    let near = |row: usize, draw: &mut Draw| as_of[row] - 60 + (draw.next() % 120) as i32;
                    let far = |draw: &mut Draw| first + (draw.next() % (last - first + 1) as u64) as i32;
                    let day = |row: usize, draw: &mut Draw| if draw.next().is_multiple_of(2) { near(row, draw) } else { far(draw) };
                    Cellular::Days((0..rows).map(|row| day(row, &mut draw).clamp(first, last)).collect())
                }
                Layout::Number { scale, min, max, decimals, .. } => {
                    let one = 10i64.pow(u32::from(*scale));
                    let low = min.and_then(|min| min.scaled(*scale)).unwrap_or(0);
                    let high = max.and_then(|max| max.scaled(*scale)).unwrap_or(low + 1_000_000 * one);
                    let span = (high.saturating_sub(low)).clamp(1, 3_000_000_000) as u64 + 1;
                    let coarse = 10i64.pow(u32::from(*scale - decimals.unwrap_or(*scale).min(*scale)));
                    Cellular::Numbers((0..rows).map(|_| low + (draw.next() % span) as i64 / coarse * coarse).collect())
                }
                Layout::Text { .. } => {
                    let values = TEXTS.iter().map(|text| Fact::Known(Value::text(text)));
                    Cellular::Coded((0..rows).map(|_| (draw.next() % TEXTS.len() as u64) as u32).collect(), values.collect())
                }
                Layout::Texts { .. } | Layout::Records { .. } if has_default => {
                    Cellular::Constant(Fact::Known(fact.default.clone().unwrap()))
                }
                Layout::Texts { .. } | Layout::Records { .. } => Cellular::Constant(Fact::Known(Value::List([].into()))),
                Layout::Time | Layout::DateTime => Cellular::Constant(Fact::Null),
            }
        });
        let columns = columns.collect();
        let received = as_of.iter().map(|day| day - (draw.next() % 4) as i32).collect();
        let seconds = (0..rows).map(|_| (draw.next() % 86_400) as u32).collect();
        Known { rows, as_of, received, seconds, columns }
    }

    /// The cases as a batch.
    pub fn batch(&self, program: &Program) -> Batch<'_> {
        let mut batch = Batch::new(program, self.rows, Days::Column(&self.as_of)).unwrap();
        batch.receive(Received::Column { days: &self.received, seconds: Some(&self.seconds) }).unwrap();
        for (column, slot) in self.columns.iter().zip(0u16..) {
            let cells = match column {
                Cellular::Bytes(cells) => Cells::U8(cells),
                Cellular::Words(cells) => Cells::U32(cells),
                Cellular::Days(cells) => Cells::I32(cells),
                Cellular::Numbers(cells) => Cells::I64(cells),
                Cellular::Masks(cells) => Cells::U64(cells),
                Cellular::Coded(codes, values) => Cells::Coded { codes, values },
                Cellular::Constant(fact) => Cells::Constant(fact),
            };
            batch.tell(program, Slot(slot), cells.told()).unwrap();
        }
        batch
    }
}

/// splitmix64
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
