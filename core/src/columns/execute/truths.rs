//! Operations that give truths.

use super::Block;
use super::calls::Called;
use super::cells::test_cells;
use crate::columns::batch::{Cell, Days, Received};
use crate::columns::bits;
use crate::columns::ops::{Folded, How, OfNull, TruthOp};
use crate::columns::registers::{ALL, Mask, NONE, Truths, add, and, or, test, test_both, without, zip3};
use crate::columns::source::{Form, constant};
use crate::compile::program::Slot;
use crate::eval::{Evaluator, Truth};
use crate::feel::ast::CompareOp;
use crate::value::{Fact, Value};

impl Block<'_> {
    pub fn truth_of(&mut self, at: usize, op: &TruthOp, wanted: &Mask) -> Truths {
        match op {
            TruthOp::Constant(truth) => Truths::constant(*truth),
            TruthOp::Unknown => Truths { unknown: ALL, ..Truths::default() },
            TruthOp::Test(slot, how, of_null) => self.test(*slot, *how, *of_null),
            TruthOp::Absent(slot) => {
                let told = self.told(*slot);
                Truths { yes: told.null, no: or(&told.known, &told.wide), unknown: NONE }
            }
            TruthOp::And(parts) => {
                let (mut yes, mut no, mut settled) = (ALL, NONE, ALL);
                for part in parts {
                    let truths = self.truth(*part, &without(wanted, &no));
                    yes = and(&yes, &truths.yes);
                    add(&mut no, &truths.no);
                    settled = zip3(&settled, &truths.yes, &truths.unknown, |settled, yes, unknown| settled & (yes | unknown));
                }
                Truths { yes, no, unknown: without(&without(&settled, &yes), &no) }
            }
            TruthOp::Or(parts) => {
                let (mut yes, mut no, mut settled) = (NONE, ALL, ALL);
                for part in parts {
                    let truths = self.truth(*part, &without(wanted, &yes));
                    add(&mut yes, &truths.yes);
                    no = and(&no, &truths.no);
                    settled = zip3(&settled, &truths.no, &truths.unknown, |settled, no, unknown| settled & (no | unknown));
                }
                Truths { yes, no, unknown: without(&without(&settled, &no), &yes) }
            }
            TruthOp::Not(of) => {
                let truths = self.truth(*of, wanted);
                Truths { yes: truths.no, no: truths.yes, unknown: truths.unknown }
            }
            TruthOp::If(condition, then, otherwise) => {
                let condition = self.truth(*condition, wanted).clone();
                let a = self.truth(*then, wanted).clone();
                let b = self.truth(*otherwise, wanted);
                let mut out = Truths {
                    yes: chosen(&condition, &a.yes, &b.yes),
                    no: chosen(&condition, &a.no, &b.no),
                    unknown: chosen(&condition, &a.unknown, &b.unknown),
                };
                // Where the law leaves the condition open, branches that agree settle it.
                let open = condition.unknown;
                add(&mut out.yes, &zip3(&open, &a.yes, &b.yes, |open, a, b| open & a & b));
                add(&mut out.no, &zip3(&open, &a.no, &b.no, |open, a, b| open & a & b));
                let told = |truths: &Truths| zip3(&truths.yes, &truths.no, &truths.unknown, |yes, no, unknown| yes | no | unknown);
                let unsettled = zip3(&open, &out.yes, &out.no, |open, yes, no| open & !yes & !no);
                add(&mut out.unknown, &zip3(&unsettled, &told(&a), &told(b), |open, a, b| open & a & b));
                out
            }
            TruthOp::Same(a, b) => {
                let a = self.truth(*a, wanted).clone();
                let b = self.truth(*b, wanted);
                Truths {
                    yes: or(&and(&a.yes, &b.yes), &and(&a.no, &b.no)),
                    no: or(&and(&a.yes, &b.no), &and(&a.no, &b.yes)),
                    unknown: or(&a.unknown, &b.unknown),
                }
            }
            TruthOp::Compare(op, a, b) => {
                self.need(*a, wanted);
                self.need(*b, wanted);
                let (a, b) = (self.ints(*a), self.ints(*b));
                let both = and(&a.known, &b.known);
                let holds = match op {
                    CompareOp::Equal => test_both(&a.integers, &b.integers, |a, b| a == b),
                    CompareOp::NotEqual => test_both(&a.integers, &b.integers, |a, b| a != b),
                    CompareOp::Less => test_both(&a.integers, &b.integers, |a, b| a < b),
                    CompareOp::LessOrEqual => test_both(&a.integers, &b.integers, |a, b| a <= b),
                    CompareOp::Greater => test_both(&a.integers, &b.integers, |a, b| a > b),
                    CompareOp::GreaterOrEqual => test_both(&a.integers, &b.integers, |a, b| a >= b),
                };
                let mut out = Truths { yes: and(&holds, &both), no: without(&both, &holds), unknown: or(&a.unknown, &b.unknown) };
                let nulls = and(&a.null, &b.null);
                let one_null = or(&and(&a.null, &b.known), &and(&a.known, &b.null));
                of_nulls(*op, &nulls, &one_null, &mut out);
                out
            }
            TruthOp::CompareConstant(op, of, constant) => {
                self.need(*of, wanted);
                let (of, c) = (self.ints(*of), *constant);
                let holds = match op {
                    CompareOp::Equal => test(&of.integers, |a| a == c),
                    CompareOp::NotEqual => test(&of.integers, |a| a != c),
                    CompareOp::Less => test(&of.integers, |a| a < c),
                    CompareOp::LessOrEqual => test(&of.integers, |a| a <= c),
                    CompareOp::Greater => test(&of.integers, |a| a > c),
                    CompareOp::GreaterOrEqual => test(&of.integers, |a| a >= c),
                };
                let mut out = Truths { yes: and(&holds, &of.known), no: without(&of.known, &holds), unknown: of.unknown };
                of_nulls(*op, &NONE, &of.null, &mut out);
                out
            }
            TruthOp::OneOf(of, among, with_null) => {
                self.need(*of, wanted);
                let of = self.ints(*of);
                let holds = test(&of.integers, |integer| among.contains(&integer));
                let mut out = Truths { yes: and(&holds, &of.known), no: without(&of.known, &holds), unknown: of.unknown };
                add(if *with_null { &mut out.yes } else { &mut out.no }, &of.null);
                out
            }
            TruthOp::IsNull(of) => {
                self.need(*of, wanted);
                let of = self.ints(*of);
                Truths { yes: of.null, no: of.known, unknown: of.unknown }
            }
            TruthOp::NonZero(of) => {
                self.need(*of, wanted);
                let of = self.ints(*of);
                let holds = test(&of.integers, |integer| integer != 0);
                Truths { yes: and(&holds, &of.known), no: without(&of.known, &holds), unknown: of.unknown }
            }
            TruthOp::Holds(slot, text) => self.holds(*slot, text),
            TruthOp::Call(call) => {
                let mut out = Truths::default();
                self.call(call, wanted, |row, result| match result {
                    Called::Value(Value::Boolean(true)) => bits::set(&mut out.yes, row),
                    Called::Value(Value::Boolean(false)) => bits::set(&mut out.no, row),
                    Called::Unknown => bits::set(&mut out.unknown, row),
                    Called::Value(_) | Called::Open => {}
                });
                out
            }
            TruthOp::Folded(folded) => self.folded(at, folded),
        }
    }

    fn test(&mut self, slot: Slot, how: How, of_null: OfNull) -> Truths {
        let (batch, rows) = (self.batch, self.rows);
        let told = self.told(slot);
        let holds = match told.form {
            Form::Constant(integer) => if how.holds(integer) { ALL } else { NONE },
            Form::Ints => test(&told.integers, |integer| how.holds(integer)),
            Form::Cells => batch.column(slot).map_or(NONE, |column| test_cells(&column.cells, how, rows)),
        };
        let mut out = Truths { yes: and(&holds, &told.known), no: without(&told.known, &holds), unknown: NONE };
        match of_null {
            OfNull::Null => {}
            OfNull::Yes => add(&mut out.yes, &told.null),
            OfNull::No => add(&mut out.no, &told.null),
        }
        out
    }

    fn holds(&mut self, slot: Slot, text: &Value) -> Truths {
        let holds = |list: &Value| match list {
            Value::List(items) => Truth::from(items.contains(text)),
            _ => Truth::Null,
        };
        match constant(self.law.program, self.batch, slot) {
            Some(Fact::Known(list)) => return match holds(list) {
                Truth::True => Truths::constant(true),
                Truth::False => Truths::constant(false),
                _ => Truths::default(),
            },
            Some(_) => return Truths::default(),
            None => {}
        }
        let mut out = Truths::default();
        let (Some(fact), Some(column)) = (self.law.program.fact(slot), self.batch.column(slot)) else { return out };
        for row in 0..self.rows.len {
            let truth = match column.cell(fact, self.rows.start + row) {
                Cell::Value(list) => holds(list),
                Cell::NotTold => fact.default.as_ref().map_or(Truth::Missing, holds),
                _ => Truth::Missing,
            };
            match truth {
                Truth::True => bits::set(&mut out.yes, row),
                Truth::False => bits::set(&mut out.no, row),
                _ => {}
            }
        }
        out
    }

    fn folded(&mut self, at: usize, folded: &Folded) -> Truths {
        let known = self.registers.folded.get(at).copied().flatten();
        let truth = match known {
            Some(truth) => truth,
            None => {
                let truth = self.fold(folded);
                if let Some(place) = self.registers.folded.get_mut(at) {
                    *place = Some(truth);
                }
                truth
            }
        };
        match truth {
            Some(Truth::True) => Truths::constant(true),
            Some(Truth::False) => Truths::constant(false),
            Some(Truth::Unknown) => Truths { unknown: ALL, ..Truths::default() },
            Some(Truth::Null | Truth::Missing) | None => Truths::default(),
        }
    }

    /// The truth of a node that is the same in all cases.
    fn fold(&mut self, folded: &Folded) -> Option<Truth> {
        let (program, batch) = (self.law.program, self.batch);
        let constant_day = matches!(batch.as_of, Days::Constant(_));
        let constant_receipt = match batch.received {
            Received::AsOf => constant_day,
            Received::Constant(_) => true,
            Received::Column { .. } => false,
        };
        let same = folded.slots.iter().all(|slot| constant(program, batch, *slot).is_some());
        if !same || (folded.as_of && !constant_day) || (folded.received && !constant_receipt) || batch.rows() == 0 {
            return None;
        }
        batch.fill(program, self.rows.start, self.slots);
        let moment = batch.moment(self.rows.start);
        let mut evaluator = Evaluator::new(program, self.slots, &moment, self.law.calendar, self.work);
        let truth = evaluator.truth(folded.node);
        evaluator.within_limits().ok().map(|()| truth)
    }
}

/// `then` where a condition holds, `otherwise` where it does not.
pub fn chosen(condition: &Truths, then: &Mask, otherwise: &Mask) -> Mask {
    or(&and(&condition.yes, then), &and(&condition.no, otherwise))
}

/// What comparing nulls gives: two are equal, one is not.
fn of_nulls(op: CompareOp, nulls: &Mask, one_null: &Mask, out: &mut Truths) {
    match op {
        CompareOp::Equal => {
            add(&mut out.yes, nulls);
            add(&mut out.no, one_null);
        }
        CompareOp::NotEqual => {
            add(&mut out.no, nulls);
            add(&mut out.yes, one_null);
        }
        _ => {}
    }
}
