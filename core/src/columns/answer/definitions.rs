//! The columns of definitions.

use super::{Lacks, Writer, put_codes};
use crate::columns::bits;
use crate::columns::describe::Wanted;
use crate::columns::lower::Register;
use crate::columns::ops::Of;
use crate::columns::output::Kind;
use crate::columns::registers::{ALL, Mask, NONE, add, and, each, first, or, put, without};
use crate::columns::results::{Answers, Values};

impl Writer<'_, '_> {
    /// Writes the value of a definition, what is known of it, or the row of its table.
    pub fn write_definition(&mut self, which: usize, wanted: &Wanted, kind: &Kind, into: &mut Answers) -> Lacks {
        let (compiled, present, rows) = (self.compiled, self.block.present, first(self.block.rows.len));
        let mut lacks = Lacks { none: present.none, pending: NONE };
        let (mut nulls, mut unknowns) = (NONE, NONE);
        for (epoch, mask) in &present.epochs {
            let mask = and(mask, &rows);
            let Some(Ok((register, table))) = compiled.epochs.get(*epoch).and_then(|epoch| epoch.definitions.get(which)) else {
                add(&mut lacks.pending, &mask);
                continue;
            };
            let (known, null, unknown) = match register {
                Register::Truth(truth) => {
                    let truths = self.block.truth(*truth, &ALL);
                    (or(&truths.yes, &truths.no), NONE, truths.unknown)
                }
                Register::Int(int, _) => {
                    self.block.need(*int, &ALL);
                    let ints = self.block.ints(*int);
                    (ints.known, ints.null, ints.unknown)
                }
                Register::Null => (NONE, ALL, NONE),
                Register::Unknown => (NONE, NONE, ALL),
            };
            let settled = or(&or(&known, &null), &unknown);
            add(&mut lacks.pending, &without(&mask, &settled));
            let (known, null, unknown) = (and(&mask, &known), and(&mask, &null), and(&mask, &unknown));
            match wanted {
                Wanted::DefinitionState(_) => {
                    add(&mut nulls, &null);
                    add(&mut unknowns, &unknown);
                }
                Wanted::DefinitionRow(codes) => {
                    add(&mut lacks.none, &unknown);
                    let mut there = NONE;
                    if let (Some(table), Some(Some((_, codes)))) = (table, codes.get(*epoch)) {
                        let at = self.at;
                        let inputs = self.block.table(*table).known;
                        let found = self.block.rows_of(*table);
                        there = put_codes(into, at, &and(&or(&known, &null), &inputs), |row| codes.codes.get(found.row(row)?).copied());
                    }
                    add(&mut lacks.none, &without(&or(&known, &null), &there));
                }
                _ => {
                    add(&mut lacks.none, &or(&null, &unknown));
                    add(&mut lacks.pending, &self.put_values(register, &known, kind, into));
                }
            }
        }
        if matches!(wanted, Wanted::DefinitionState(_)) {
            self.write_codes(into, [(&nulls, 1), (&unknowns, 3)]);
        }
        lacks
    }

    /// Writes the values of a register; the rows in which they do not fit.
    fn put_values(&mut self, register: &Register, known: &Mask, kind: &Kind, into: &mut Answers) -> Mask {
        let (at, len) = (self.at, self.block.rows.len);
        let mut failed = NONE;
        match (register, &mut into.values) {
            (Register::Truth(truth), Values::Bits(words)) => {
                let yes = and(&self.block.truth(*truth, &ALL).yes, known);
                for (word, yes) in words.iter_mut().skip(at / 64).zip(yes) {
                    *word |= yes;
                }
            }
            (Register::Int(int, Of::Number(scale)), Values::Integers { integers, .. }) => {
                let wanted = if let Kind::Numbers { scale } = kind { *scale } else { 0 };
                let power = |by: u8| 10i64.checked_pow(u32::from(by)).unwrap_or(i64::MAX);
                let (times, over) = (power(wanted.saturating_sub(*scale)), power(scale.saturating_sub(wanted)));
                let ints = self.block.ints(*int);
                each(known, |row| {
                    let integer = ints.integers.get(row).copied().unwrap_or(0);
                    match (integer.checked_mul(times).filter(|_| integer % over == 0), integers.get_mut(at + row)) {
                        (Some(raised), Some(place)) => *place = raised / over,
                        _ => bits::set(&mut failed, row),
                    }
                });
            }
            (Register::Int(int, Of::Day), Values::Days(days)) => {
                let ints = self.block.ints(*int);
                if let Some(places) = days.get_mut(at..at + len) {
                    put(places, known, &ints.integers, |day| day as i32);
                }
            }
            (Register::Int(int, Of::Text), _) => {
                let ints = self.block.ints(*int);
                each(known, |row| {
                    let code = ints.integers.get(row).copied().unwrap_or(-1);
                    let answer = self.block.value_of(code, Of::Text).map_or(crate::columns::row::Answer::None, crate::columns::row::Answer::Value);
                    if answer == crate::columns::row::Answer::None {
                        return bits::set(&mut failed, row);
                    }
                    crate::columns::row::put(into, kind, at + len, at + row, answer);
                });
            }
            _ => return *known,
        }
        failed
    }
}
