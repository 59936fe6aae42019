//! Random cases told as columns.

use crate::random::Choices;
use crate::random::facts::{FactSpec, MENU};
use thutuc::calendar::Stamp;
use thutuc::columns::{Batch, Bits, Cells, Column, Days, Received};
use thutuc::compile::program::{Layout, Program, Slot};
use thutuc::eval::{Moment, Slots, State};
use thutuc::value::{Date, Fact, Value};

/// What is told of each fact of some cases.
#[derive(Debug)]
pub struct Told {
    pub rows: usize,
    facts: Vec<Telling>,
    as_of: Vec<i32>,
    constant_day: bool,
    received: Vec<i32>,
    seconds: Vec<u32>,
    /// 0 as the law is read, 1 constant, 2 days, 3 days and seconds.
    reception: usize,
}

/// What is told of one fact: nothing at all, or a cell a row.
#[derive(Debug)]
enum Telling {
    Absent,
    Constant(Fact<Value>),
    Rows(Vec<Cell>),
    /// As rows, but always as values and never as integers.
    Values(Vec<Cell>),
}

#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Missing,
    Null,
    Wrong,
    Value(Value),
}

const DAYS: &[&str] = &["2026-06-01", "2026-02-28", "2026-03-01", "2026-12-20", "2019-12-31", "2026-09-01", "2026-08-31"];

/// The text of a procedure in which some elements begin or end.
pub fn dated(text: &str, c: &mut Choices) -> String {
    let mut dated = String::new();
    let mut in_definitions = false;
    for line in text.lines() {
        in_definitions = line.starts_with("definitions:") || (in_definitions && line.starts_with(' '));
        dated += line;
        dated += "\n";
        if line.starts_with("  - id: ") && !in_definitions {
            dated += match c.below(6) {
                1 => "    from: 2026-03-01\n",
                2 => "    until: 2026-08-31\n",
                3 => "    from: 2026-03-01\n    until: 2026-08-31\n",
                _ => "",
            };
        }
    }
    dated
}

impl Told {
    /// Cases drawn from bytes, which are used again and again.
    pub fn random(program: &Program, rows: usize, bytes: &[u8]) -> Told {
        let mixed: Vec<u8> = Mixed(bytes.iter().fold(7, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(*byte) + 1))).take(60 * rows + 600).collect();
        let c = &mut Choices::new(&mixed);
        let facts = program.facts.iter().map(|fact| match MENU.iter().find(|spec| spec.name == &*fact.name) {
            Some(spec) => telling(spec, rows, c),
            None => Telling::Absent,
        });
        let facts = facts.collect();
        let day = |c: &mut Choices| Date::parse(c.pick::<&str>(DAYS)).unwrap().0;
        Told {
            rows,
            facts,
            constant_day: c.one_in(3),
            as_of: (0..rows).map(|_| day(c)).collect(),
            received: (0..rows).map(|_| day(c) + c.below(200) as i32).collect(),
            seconds: (0..rows).map(|_| c.below(24) as u32 * 3_600 + c.below(60) as u32 * 60).collect(),
            reception: c.below(4),
        }
    }

    /// The moment of a row.
    pub fn moment(&self, row: usize) -> Moment {
        let as_of = Date(self.as_of[if self.constant_day { 0 } else { row }]);
        let received = match self.reception {
            0 => Moment::on(as_of).received,
            1 => Stamp { date: Date(self.received[0]), second: self.seconds[0] },
            2 => Stamp::new(Date(self.received[row]), 8 * 60),
            _ => Stamp { date: Date(self.received[row]), second: self.seconds[row] },
        };
        Moment { as_of, received }
    }

    /// The facts of a row. What is told wrongly is missing, whatever the default.
    pub fn case(&self, row: usize) -> Vec<Option<Fact<Value>>> {
        let cell = |cell: &Cell| match cell {
            Cell::Missing => None,
            Cell::Null => Some(Fact::Null),
            Cell::Wrong => Some(Fact::Missing),
            Cell::Value(value) => Some(Fact::Known(value.clone())),
        };
        self.facts.iter().map(|telling| match telling {
            Telling::Absent => None,
            Telling::Constant(fact) => Some(fact.clone()),
            Telling::Rows(cells) | Telling::Values(cells) => cell(&cells[row]),
        }).collect()
    }

    /// Whether a fact was told wrongly.
    pub fn is_wrong(&self, slot: Slot, row: usize) -> bool {
        match &self.facts[usize::from(slot.0)] {
            Telling::Rows(cells) | Telling::Values(cells) => cells[row] == Cell::Wrong,
            Telling::Absent | Telling::Constant(_) => false,
        }
    }
}

/// Bytes that look random.
struct Mixed(u64);

impl Iterator for Mixed {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some((self.0 >> 40) as u8)
    }
}

fn telling(spec: &FactSpec, rows: usize, c: &mut Choices) -> Telling {
    let domain = spec.domain();
    let cell = |c: &mut Choices, whole: bool| {
        let odd = if whole { 5 } else { c.below(12) };
        match odd {
            0 => Cell::Missing,
            1 if !spec.optional => Cell::Wrong,
            _ => match c.pick(&domain) {
                Fact::Known(value) => Cell::Value(value.clone()),
                Fact::Null => Cell::Null,
                Fact::Missing => Cell::Missing,
            },
        }
    };
    match c.below(8) {
        0 => Telling::Absent,
        1 => Telling::Constant(c.pick(&domain).clone()),
        2 => Telling::Values((0..rows).map(|_| cell(c, false)).collect()),
        3 | 4 => Telling::Rows((0..rows).map(|_| cell(c, false)).collect()),
        _ => Telling::Rows((0..rows).map(|_| cell(c, true)).collect()),
    }
}

/// The cells of a fact in memory.
struct Held {
    narrow: Vec<i64>,
    bytes: Vec<u8>,
    longer: Vec<u16>,
    words: Vec<u32>,
    signed: Vec<i32>,
    masks: Vec<u64>,
    bits: Vec<u8>,
    missing: Vec<u8>,
    null: Vec<u8>,
    values: Vec<Fact<Value>>,
    beside: Vec<(usize, Fact<Value>)>,
    wide: bool,
}

/// Calls `with` with a batch of the cases.
pub fn batch<T>(program: &Program, told: &Told, with: impl FnOnce(&Batch) -> T) -> T {
    let held: Vec<Option<Held>> = program.facts.iter().zip(0u16..).zip(&told.facts).map(|((fact, slot), telling)| match telling {
        Telling::Absent | Telling::Constant(_) => None,
        Telling::Rows(cells) => Some(hold(program, Slot(slot), &fact.layout, cells, false)),
        Telling::Values(cells) => Some(hold(program, Slot(slot), &fact.layout, cells, true)),
    }).collect();
    let as_of = if told.constant_day { Days::Constant(Date(told.as_of[0])) } else { Days::Column(&told.as_of) };
    let mut batch = Batch::new(program, told.rows, as_of).unwrap();
    let stamp = told.moment(0).received;
    batch.receive(match told.reception {
        0 => Received::AsOf,
        1 => Received::Constant(stamp),
        2 => Received::Column { days: &told.received, seconds: None },
        _ => Received::Column { days: &told.received, seconds: Some(&told.seconds) },
    }).unwrap();
    for ((slot, telling), held) in (0u16..).zip(&told.facts).zip(&held) {
        let column = match (telling, held) {
            (Telling::Constant(fact), _) => Cells::Constant(fact).told(),
            (_, Some(held)) => column(&program.fact(Slot(slot)).unwrap().layout, held, slot),
            _ => continue,
        };
        batch.tell(program, Slot(slot), column).unwrap();
    }
    with(&batch)
}

fn hold(program: &Program, slot: Slot, layout: &Layout, cells: &[Cell], as_values: bool) -> Held {
    let wide = as_values || matches!(layout, Layout::Text { .. } | Layout::Texts { .. } | Layout::Records { .. } | Layout::Time | Layout::DateTime);
    let bits = |test: fn(&Cell) -> bool| {
        let mut bytes = vec![0u8; cells.len().div_ceil(8)];
        cells.iter().enumerate().filter(|(_, cell)| test(cell)).for_each(|(row, _)| bytes[row / 8] |= 1 << (row % 8));
        bytes
    };
    let mut held = Held {
        narrow: Vec::new(), bytes: Vec::new(), longer: Vec::new(), words: Vec::new(), signed: Vec::new(), masks: Vec::new(),
        bits: bits(|cell| *cell == Cell::Value(Value::Boolean(true))),
        missing: bits(|cell| *cell == Cell::Missing), null: bits(|cell| *cell == Cell::Null),
        values: Vec::new(), beside: Vec::new(), wide,
    };
    let mut slots = Slots::new(program);
    for (row, cell) in cells.iter().enumerate() {
        let mut integer = 0;
        match cell {
            Cell::Wrong if matches!(layout, Layout::Enumeration { .. }) && !wide && row % 2 == 0 => integer = 77,
            Cell::Wrong => held.beside.push((row, Fact::Missing)),
            Cell::Value(value) => {
                slots.set(slot, layout, Fact::Known(value.clone()));
                if slots.state(slot) == State::Narrow {
                    integer = slots.narrow(slot);
                } else if !wide {
                    held.beside.push((row, Fact::Known(value.clone())));
                }
            }
            Cell::Missing | Cell::Null => {}
        }
        held.values.push(match cell {
            Cell::Value(value) => Fact::Known(value.clone()),
            Cell::Null => Fact::Null,
            _ => Fact::Missing,
        });
        held.narrow.push(integer);
        held.bytes.push(integer as u8);
        held.longer.push(integer as u16);
        held.words.push(integer as u32);
        held.signed.push(integer as i32);
        held.masks.push(integer as u64);
    }
    held
}

fn column<'h>(layout: &Layout, held: &'h Held, slot: u16) -> Column<'h> {
    let cells = match layout {
        _ if held.wide => Cells::Values(&held.values),
        Layout::Boolean if slot % 2 == 0 && held.beside.is_empty() => Cells::Bits(Bits::new(&held.bits, 0)),
        Layout::Boolean => Cells::U8(&held.bytes),
        Layout::Enumeration { .. } | Layout::Set { .. } => match slot % 3 {
            0 => Cells::U16(&held.longer),
            1 => Cells::U32(&held.words),
            _ => Cells::U8(&held.bytes),
        },
        Layout::Date { .. } => Cells::I32(&held.signed),
        Layout::Number { decimals: Some(0), .. } if held.narrow.iter().all(|n| (0..256).contains(n)) => Cells::U8(&held.bytes),
        Layout::Number { decimals: Some(_), .. } if slot % 2 == 0 => Cells::I32(&held.signed),
        _ => Cells::I64(&held.narrow),
    };
    Column { cells, missing: Some(Bits::new(&held.missing, 0)), null: Some(Bits::new(&held.null, 0)), beside: &held.beside }
}

/// The slots of a case.
pub fn fill(program: &Program, case: &[Option<Fact<Value>>], slots: &mut Slots) {
    slots.clear(program);
    for ((fact, slot), told) in program.facts.iter().zip(0u16..).zip(case) {
        match told {
            Some(Fact::Missing) => slots.set_state(Slot(slot), State::Missing),
            Some(told) => slots.set(Slot(slot), &fact.layout, told.clone()),
            None => {}
        }
    }
}

