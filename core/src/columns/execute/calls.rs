//! Functions called row after row.

use super::Block;
use crate::builtins;
use crate::columns::batch::Cell;
use crate::columns::bits;
use crate::columns::ops::{Argument, Call, Of};
use crate::columns::registers::{Mask, and, each, first};
use crate::value::{Date, Decimal, Value};

impl Block<'_> {
    /// Calls a function row after row.
    pub fn call(&mut self, call: &Call, wanted: &Mask, mut each_result: impl FnMut(usize, Called)) {
        for argument in &call.arguments {
            match argument {
                Argument::Int(int, _) => self.need(*int, wanted),
                Argument::Truth(truth) => _ = self.truth(*truth, wanted),
                Argument::Constant(_) | Argument::Fact(_) => {}
            }
        }
        let rows = and(wanted, &first(self.rows.len));
        let mut arguments: Vec<Value> = Vec::with_capacity(call.arguments.len());
        let env = builtins::Env::new(self.law.calendar);
        each(&rows, |row| {
            arguments.clear();
            let (mut open, mut unknown) = (false, false);
            for argument in &call.arguments {
                match self.argument(argument, row) {
                    Called::Value(value) => arguments.push(value),
                    Called::Unknown => unknown = true,
                    Called::Open => open = true,
                }
            }
            let result = if unknown {
                Called::Unknown
            } else if open {
                Called::Open
            } else {
                env.reset();
                let value = call.builtin.call(&env, &arguments);
                // What rests on days that are not published is not known.
                if env.unpublished().is_some() { Called::Unknown } else { Called::Value(value) }
            };
            each_result(row, result);
        });
    }

    fn argument(&self, argument: &Argument, row: usize) -> Called {
        match argument {
            Argument::Constant(value) => Called::Value(value.clone()),
            Argument::Int(int, of) => {
                let ints = self.ints(*int);
                let integer = ints.integers.get(row).copied().unwrap_or(0);
                if bits::get(&ints.unknown, row) {
                    Called::Unknown
                } else if bits::get(&ints.null, row) {
                    Called::Value(Value::Null)
                } else if bits::get(&ints.known, row) {
                    self.value_of(integer, *of).map_or(Called::Open, Called::Value)
                } else {
                    Called::Open
                }
            }
            Argument::Truth(truth) => {
                let Some((_, _, truths)) = self.registers.truths.get(truth.0 as usize) else { return Called::Open };
                if bits::get(&truths.unknown, row) {
                    Called::Unknown
                } else if bits::get(&truths.yes, row) || bits::get(&truths.no, row) {
                    Called::Value(Value::Boolean(bits::get(&truths.yes, row)))
                } else {
                    Called::Open
                }
            }
            Argument::Fact(slot) => {
                let Some(fact) = self.law.program.fact(*slot) else { return Called::Open };
                let default = || fact.default.clone().map_or(Called::Open, Called::Value);
                match self.batch.column(*slot).map(|column| column.cell(fact, self.rows.start + row)) {
                    None | Some(Cell::NotTold) => default(),
                    Some(Cell::Wrong) => Called::Open,
                    Some(Cell::Null) => Called::Value(Value::Null),
                    Some(Cell::Integer(integer)) => Called::Value(crate::eval::slots::widen(&fact.layout, integer)),
                    Some(Cell::Value(value)) => Called::Value(value.clone()),
                }
            }
        }
    }

    /// What an integer stands for.
    pub fn value_of(&self, integer: i64, of: Of) -> Option<Value> {
        Some(match of {
            Of::Number(scale) => Value::Number(Decimal::from_scaled(integer, scale)),
            Of::Day => Value::Date(Date(i32::try_from(integer).ok()?)),
            Of::Text => Value::Text(self.kernels.texts.get(usize::try_from(integer).ok()?)?.clone()),
            Of::Span => return None,
        })
    }
}

/// What a call of one row gives.
pub enum Called {
    Value(Value),
    Unknown,
    Open,
}
