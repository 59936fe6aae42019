//! Operations that give integers.

use super::Block;
use super::calls::Called;
use super::cells::load_cells;
use super::lookup::Way;
use super::truths::chosen;
use crate::builtins::full_years;
use crate::columns::batch::{Days, Received};
use crate::columns::bits;
use crate::columns::ops::{Gives, IntId, IntOp, NULL_PLACE, Of, TruthId};
use crate::columns::plan::BLOCK;
use crate::columns::registers::{ALL, Ints, Mask, NONE, add, and, each, first, is_empty, or, test, test_both, without, zip3};
use crate::columns::source::{Form, part};
use crate::compile::program::Slot;
use crate::value::{self, Date, Value};

impl Block<'_> {
    pub fn int_of(&mut self, op: &IntOp, wanted: &Mask, out: &mut Ints) {
        out.integers.resize(BLOCK, 0);
        match op {
            IntOp::Constant(constant) => {
                out.integers.fill(constant.unwrap_or(0));
                (out.known, out.null, out.unknown) = if constant.is_some() { (ALL, NONE, NONE) } else { (NONE, ALL, NONE) };
            }
            IntOp::Unknown => (out.known, out.null, out.unknown) = (NONE, NONE, ALL),
            IntOp::Load(slot) => self.load(*slot, out),
            IntOp::Coded(slot, codes) => {
                self.load(*slot, out);
                out.integers.iter_mut().for_each(|code| *code = codes.get(*code as usize).copied().unwrap_or(-1));
            }
            IntOp::Members(slot) => {
                self.load(*slot, out);
                // The members of null are no number.
                out.null = NONE;
                out.integers.iter_mut().for_each(|set| *set = i64::from(set.count_ones()));
            }
            IntOp::AsOf => self.days(self.batch.as_of, out),
            IntOp::ReceivedOn => match self.batch.received {
                Received::AsOf => self.days(self.batch.as_of, out),
                Received::Constant(stamp) => self.days(Days::Constant(stamp.date), out),
                Received::Column { days, .. } => self.days(Days::Column(days), out),
            },
            IntOp::Add(a, b) => self.both(*a, *b, wanted, out, i64::overflowing_add),
            IntOp::Subtract(a, b) => self.both(*a, *b, wanted, out, i64::overflowing_sub),
            IntOp::Multiply(a, b) => self.both(*a, *b, wanted, out, i64::overflowing_mul),
            IntOp::Least(a, b) => self.both(*a, *b, wanted, out, |a, b| (a.min(b), false)),
            IntOp::Greatest(a, b) => self.both(*a, *b, wanted, out, |a, b| (a.max(b), false)),
            IntOp::Scale(of, factor) => self.one(*of, wanted, out, |integer| integer.overflowing_mul(*factor)),
            IntOp::Negate(of) => self.one(*of, wanted, out, i64::overflowing_neg),
            IntOp::Absolute(of) => self.one(*of, wanted, out, i64::overflowing_abs),
            IntOp::NullIsUnknown(of) => {
                self.need(*of, wanted);
                let of = self.ints(*of);
                out.integers.copy_from_slice(&of.integers);
                (out.known, out.null, out.unknown) = (of.known, NONE, or(&of.unknown, &of.null));
            }
            IntOp::If(condition, then, otherwise) => self.if_int(*condition, *then, *otherwise, wanted, out),
            IntOp::Pick(table, picked) => self.pick(*table, picked, wanted, out),
            IntOp::Place(table, constants) => {
                let rows = self.table(*table);
                let values = &constants.values[..];
                for (integer, place) in out.integers.iter_mut().zip(&rows.places) {
                    *integer = values.get(usize::from(*place)).copied().unwrap_or(0);
                }
                (out.known, out.null, out.unknown) = (rows.known, NONE, NONE);
                if constants.has_null {
                    let nulls = test(&out.integers, |integer| integer == NULL_PLACE);
                    out.null = and(&out.known, &nulls);
                    out.known = without(&out.known, &nulls);
                }
                self.agree(*table, out, |_, place| match values.get(usize::from(place)) {
                    Some(&NULL_PLACE) => Some(Way::Null),
                    Some(integer) => Some(Way::Known(*integer)),
                    None => None,
                });
            }
            IntOp::Tiers(of, steps) => self.one(*of, wanted, out, |quantity| tiers(quantity, steps)),
            IntOp::AddMonths(of, months, later) => {
                let by = if *later { Some(*months) } else { months.checked_neg() };
                let by = by.map_or(Value::Null, Value::Months);
                self.one(*of, wanted, out, |day| match value::add(&Value::Date(Date(day as i32)), &by) {
                    Value::Date(day) => (i64::from(day.0), false),
                    _ => (0, true),
                });
            }
            IntOp::Year(of) => self.one(*of, wanted, out, |day| (i64::from(Date(day as i32).year()), false)),
            IntOp::Age(birth, on) => {
                let mut last = (i64::MIN, (0, 0, 0));
                self.both(*birth, *on, wanted, out, |birth, on| {
                    // Mostly all are received on few days.
                    if last.0 != on {
                        last = (on, Date(on as i32).ymd());
                    }
                    (i64::from(full_years(Date(birth as i32).ymd(), last.1)), false)
                });
            }
            IntOp::RollToWorkingDay(of) => {
                let calendar = self.law.calendar;
                self.need(*of, wanted);
                let of = self.ints(*of);
                (out.known, out.null, out.unknown) = (NONE, NONE, of.unknown);
                let mut last = (i64::MIN, None);
                each(&of.known, |row| {
                    let Some(day) = of.integers.get(row) else { return };
                    if last.0 != *day {
                        last = (*day, calendar.working_day_on_or_after(Date(*day as i32)).ok());
                    }
                    match (last.1, out.integers.get_mut(row)) {
                        (Some(rolled), Some(place)) => {
                            *place = i64::from(rolled.0);
                            bits::set(&mut out.known, row);
                        }
                        // What rests on days that are not published is not known.
                        _ => bits::set(&mut out.unknown, row),
                    }
                });
            }
            IntOp::Call(call) => {
                (out.known, out.null, out.unknown) = (NONE, NONE, NONE);
                let of = if let Gives::Int(of) = call.gives { of } else { Of::Day };
                let texts = &self.kernels.texts;
                self.call(call, wanted, |row, result| {
                    let integer = match result {
                        Called::Unknown => return bits::set(&mut out.unknown, row),
                        Called::Open => return,
                        Called::Value(Value::Null) => return bits::set(&mut out.null, row),
                        Called::Value(value) => match (&value, of) {
                            (Value::Number(number), Of::Number(scale)) => number.scaled(scale),
                            (Value::Date(day), Of::Day) => Some(i64::from(day.0)),
                            (Value::Text(text), Of::Text) => texts.iter().position(|one| one == text).map(|at| at as i64),
                            _ => None,
                        },
                    };
                    if let (Some(integer), Some(place)) = (integer, out.integers.get_mut(row)) {
                        *place = integer;
                        bits::set(&mut out.known, row);
                    }
                });
            }
        }
    }

    fn load(&mut self, slot: Slot, out: &mut Ints) {
        let (batch, rows) = (self.batch, self.rows);
        let told = self.told(slot);
        (out.known, out.null, out.unknown) = (told.known, told.null, NONE);
        match told.form {
            Form::Constant(integer) => out.integers.fill(integer),
            Form::Ints => out.integers.copy_from_slice(told.integers.get(..BLOCK).unwrap_or(&[0; BLOCK])),
            Form::Cells => {
                if let Some(column) = batch.column(slot) {
                    load_cells(&column.cells, rows, &mut out.integers);
                }
            }
        }
    }

    fn days(&self, days: Days, out: &mut Ints) {
        (out.known, out.null, out.unknown) = (first(self.rows.len), NONE, NONE);
        match days {
            Days::Constant(day) => out.integers.fill(i64::from(day.0)),
            Days::Column(days) => out.integers.iter_mut().zip(part(days, self.rows)).for_each(|(place, day)| *place = i64::from(*day)),
        }
    }

    /// A strict operation on one integer; `operation` says whether the result is none.
    fn one(&mut self, of: IntId, wanted: &Mask, out: &mut Ints, mut operation: impl FnMut(i64) -> (i64, bool)) {
        self.need(of, wanted);
        let of = self.ints(of);
        (out.known, out.null, out.unknown) = (of.known, NONE, of.unknown);
        for (((known, integers), places), of_known) in out.known.iter_mut().zip(of.integers.as_chunks::<64>().0).zip(out.integers.as_chunks_mut::<64>().0).zip(&of.known) {
            let mut failed = 0u64;
            if *of_known == 0 {
                continue;
            }
            for (bit, (integer, place)) in integers.iter().zip(places).enumerate() {
                let known = *of_known >> bit & 1 == 1;
                let (result, none) = operation(if known { *integer } else { 0 });
                *place = result;
                failed |= u64::from(none) << bit;
            }
            *known &= !failed;
        }
    }

    /// A strict operation on two integers: unknown law keeps it open before missing facts do.
    fn both(&mut self, a: IntId, b: IntId, wanted: &Mask, out: &mut Ints, mut operation: impl FnMut(i64, i64) -> (i64, bool)) {
        self.need(a, wanted);
        self.need(b, wanted);
        let (a, b) = (self.ints(a), self.ints(b));
        (out.known, out.null, out.unknown) = (and(&a.known, &b.known), NONE, or(&a.unknown, &b.unknown));
        let pairs = a.integers.as_chunks::<64>().0.iter().zip(b.integers.as_chunks::<64>().0);
        for ((known, (a, b)), places) in out.known.iter_mut().zip(pairs).zip(out.integers.as_chunks_mut::<64>().0) {
            if *known == 0 {
                continue;
            }
            let (mut failed, both) = (0u64, *known);
            for (bit, ((a, b), place)) in a.iter().zip(b).zip(places).enumerate() {
                let (a, b) = if both >> bit & 1 == 1 { (*a, *b) } else { (0, 0) };
                let (result, none) = operation(a, b);
                *place = result;
                failed |= u64::from(none) << bit;
            }
            *known &= !failed;
        }
    }

    fn if_int(&mut self, condition: TruthId, then: IntId, otherwise: IntId, wanted: &Mask, out: &mut Ints) {
        let condition = self.truth(condition, wanted).clone();
        self.need(then, wanted);
        self.need(otherwise, wanted);
        let (a, b) = (self.ints(then), self.ints(otherwise));
        out.known = chosen(&condition, &a.known, &b.known);
        out.null = chosen(&condition, &a.null, &b.null);
        out.unknown = chosen(&condition, &a.unknown, &b.unknown);
        for (((places, a), b), yes) in out.integers.as_chunks_mut::<64>().0.iter_mut().zip(a.integers.as_chunks::<64>().0).zip(b.integers.as_chunks::<64>().0).zip(&condition.yes) {
            for (bit, ((place, a), b)) in places.iter_mut().zip(a).zip(b).enumerate() {
                let take = 0i64.wrapping_sub((*yes >> bit & 1) as i64);
                *place = (*a & take) | (*b & !take);
            }
        }
        if is_empty(&condition.unknown) {
            return;
        }
        // Where the law leaves the condition open, branches that agree settle it.
        let open = condition.unknown;
        let same = test_both(&a.integers, &b.integers, |a, b| a == b);
        let agreed = and(&and(&and(&a.known, &b.known), &same), &open);
        let nulls = and(&and(&a.null, &b.null), &open);
        add(&mut out.known, &agreed);
        add(&mut out.null, &nulls);
        let told = |ints: &Ints| zip3(&ints.known, &ints.null, &ints.unknown, |known, null, unknown| known | null | unknown);
        let unsettled = without(&without(&open, &agreed), &nulls);
        add(&mut out.unknown, &zip3(&unsettled, &told(a), &told(b), |open, a, b| open & a & b));
        each(&agreed, |row| {
            if let (Some(place), Some(integer)) = (out.integers.get_mut(row), a.integers.get(row)) {
                *place = *integer;
            }
        });
    }
}

/// A quantity through steps, each with its own rate; true where the result does not fit.
fn tiers(quantity: i64, steps: &[(Option<i64>, i64)]) -> (i64, bool) {
    let (mut total, mut counted) = (0i64, 0i64);
    for (up_to, rate) in steps {
        let end = up_to.map_or(quantity, |up_to| quantity.min(up_to));
        if end <= counted {
            continue;
        }
        let part = end.checked_sub(counted).and_then(|units| units.checked_mul(*rate));
        match part.and_then(|part| total.checked_add(part)) {
            Some(sum) => total = sum,
            None => return (0, true),
        }
        counted = end;
    }
    (total, false)
}
