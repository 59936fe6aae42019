//! Operations carried out on a block of rows.

use super::batch::{Batch, Cell, Cells, Days, Received};
use super::lower::Kernels;
use super::ops::{
    Argument, Call, Folded, Gives, How, IntId, IntOp, NO_ROW, Of, OfNull, Picked, Segments, TableId, TableOp, TruthId, TruthOp,
};
use super::plan::{BLOCK, Law};
use super::registers::{
    ALL, Ints, Mask, NONE, Truths, add, and, each, first, is_empty, or, test, test_both, without, zip, zip3,
};
use super::source::{Form, Rows, Told, constant, part};
use crate::builtins::{self, full_years};
use crate::compile::program::{Program, Slot};
use crate::eval::{Evaluator, Slots, Truth, Workspace};
use crate::feel::ast::CompareOp;
use crate::value::{self, Date, Decimal, Fact, Value};

/// The registers of one thread.
#[derive(Debug, Default)]
pub(super) struct Registers {
    truths: Vec<(u64, Mask, Truths)>,
    ints: Vec<(u64, Mask, Ints)>,
    tables: Vec<(u64, TableRows)>,
    told: Vec<Told>,
    /// What was folded for the batch: by operation.
    folded: Vec<Option<Option<Truth>>>,
    /// The present block; rises from block to block and from batch to batch.
    pub stamp: u64,
}

/// The rows of a table that match in a block.
#[derive(Debug, Default)]
pub(super) struct TableRows {
    /// Each row's place.
    places: Vec<u16>,
    /// The row of the table; [`NO_ROW`] where none matches.
    pub rows: Vec<u16>,
    /// Rows whose inputs are all known or null.
    pub known: Mask,
}

impl Registers {
    /// Makes room, and forgets the last batch.
    pub fn begin(&mut self, program: &Program, kernels: &Kernels) {
        self.truths.resize_with(kernels.truths.len(), Default::default);
        self.ints.resize_with(kernels.ints.len(), Default::default);
        self.tables.resize_with(kernels.tables.len(), Default::default);
        self.told.resize_with(program.facts.len(), Default::default);
        self.folded.clear();
        self.folded.resize(kernels.truths.len(), None);
        self.stamp += 1;
    }
}

/// A block of a batch under way.
pub(super) struct Block<'b> {
    pub law: Law<'b>,
    pub kernels: &'b Kernels,
    pub batch: &'b Batch<'b>,
    pub rows: Rows,
    pub registers: &'b mut Registers,
    pub slots: &'b mut Slots,
    pub work: &'b mut Workspace,
}

impl Block<'_> {
    /// The truths of a register in the rows that are wanted.
    pub fn truth(&mut self, id: TruthId, wanted: &Mask) -> &Truths {
        let at = id.0 as usize;
        let stamp = self.registers.stamp;
        let dear = self.kernels.dear_truths.get(at).copied().unwrap_or(false);
        let (made, done) = self.registers.truths.get(at).map_or((0, NONE), |(made, done, _)| (*made, *done));
        let done = if made == stamp { done } else { NONE };
        let wanted = if dear { or(wanted, &done) } else { ALL };
        if made != stamp || !is_empty(&without(&wanted, &done)) {
            let made = self.kernels.truths.get(at).map_or_else(Truths::default, |op| self.truth_of(at, op, &wanted));
            if let Some(register) = self.registers.truths.get_mut(at) {
                *register = (stamp, wanted, made);
            }
        }
        static NOTHING: Truths = Truths { yes: NONE, no: NONE, unknown: NONE };
        self.registers.truths.get(at).map_or(&NOTHING, |(_, _, truths)| truths)
    }

    /// A guard: absent ones hold.
    pub fn guard(&mut self, id: Option<TruthId>) -> Truths {
        id.map_or_else(|| Truths::constant(true), |id| self.truth(id, &ALL).clone())
    }

    /// Works out the integers of a register in the rows that are wanted.
    pub fn need(&mut self, id: IntId, wanted: &Mask) {
        let at = id.0 as usize;
        let stamp = self.registers.stamp;
        let dear = self.kernels.dear_ints.get(at).copied().unwrap_or(false);
        let Some((made, done, register)) = self.registers.ints.get_mut(at) else { return };
        let before = if *made == stamp { *done } else { NONE };
        let wanted = if dear { or(wanted, &before) } else { ALL };
        if *made == stamp && is_empty(&without(&wanted, &before)) {
            return;
        }
        let mut register = std::mem::replace(register, Ints { integers: Vec::new(), known: NONE, null: NONE, unknown: NONE });
        if let Some(op) = self.kernels.ints.get(at) {
            self.int_of(op, &wanted, &mut register);
        }
        if let Some(place) = self.registers.ints.get_mut(at) {
            *place = (stamp, wanted, register);
        }
    }

    /// The integers of a register that was worked out.
    pub fn ints(&self, id: IntId) -> &Ints {
        static NOTHING: Ints = Ints { integers: Vec::new(), known: NONE, null: NONE, unknown: NONE };
        self.registers.ints.get(id.0 as usize).map_or(&NOTHING, |(.., ints)| ints)
    }

    /// What is told of a fact.
    pub fn told(&mut self, slot: Slot) -> &Told {
        let at = usize::from(slot.0);
        let stamp = self.registers.stamp;
        if let Some(told) = self.registers.told.get_mut(at)
            && told.stamp != stamp
        {
            told.take(self.law.program, self.batch, slot, self.rows);
            told.stamp = stamp;
        }
        static NOTHING: Told = Told { stamp: 0, known: NONE, null: NONE, wide: NONE, form: Form::Constant(0), integers: Vec::new() };
        self.registers.told.get(at).unwrap_or(&NOTHING)
    }

    fn truth_of(&mut self, at: usize, op: &TruthOp, wanted: &Mask) -> Truths {
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
                    Called::Value(Value::Boolean(true)) => super::bits::set(&mut out.yes, row),
                    Called::Value(Value::Boolean(false)) => super::bits::set(&mut out.no, row),
                    Called::Unknown => super::bits::set(&mut out.unknown, row),
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

    fn int_of(&mut self, op: &IntOp, wanted: &Mask, out: &mut Ints) {
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
                            super::bits::set(&mut out.known, row);
                        }
                        // What rests on days that are not published is not known.
                        _ => super::bits::set(&mut out.unknown, row),
                    }
                });
            }
            IntOp::Call(call) => {
                (out.known, out.null, out.unknown) = (NONE, NONE, NONE);
                let of = if let Gives::Int(of) = call.gives { of } else { Of::Day };
                let texts = &self.kernels.texts;
                self.call(call, wanted, |row, result| {
                    let integer = match result {
                        Called::Unknown => return super::bits::set(&mut out.unknown, row),
                        Called::Open => return,
                        Called::Value(Value::Null) => return super::bits::set(&mut out.null, row),
                        Called::Value(value) => match (&value, of) {
                            (Value::Number(number), Of::Number(scale)) => number.scaled(scale),
                            (Value::Date(day), Of::Day) => Some(i64::from(day.0)),
                            (Value::Text(text), Of::Text) => texts.iter().position(|one| one == text).map(|at| at as i64),
                            _ => None,
                        },
                    };
                    if let (Some(integer), Some(place)) = (integer, out.integers.get_mut(row)) {
                        *place = integer;
                        super::bits::set(&mut out.known, row);
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
        static NOTHING: TableRows = TableRows { places: Vec::new(), rows: Vec::new(), known: NONE };
        self.registers.tables.get(at).map_or(&NOTHING, |(_, rows)| rows)
    }

    fn look_up(&mut self, table: &TableOp, out: &mut TableRows) {
        out.places.clear();
        out.places.resize(BLOCK, 0);
        out.rows.resize(BLOCK, NO_ROW);
        out.known = ALL;
        for input in &table.inputs {
            let (stride, of_null) = (input.stride, input.stride.wrapping_mul(input.segments));
            let null = match &input.from {
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
                Segments::Truth(id) => {
                    let truths = self.truth(*id, &ALL);
                    for (places, yes) in out.places.as_chunks_mut::<64>().0.iter_mut().zip(&truths.yes) {
                        for (bit, place) in places.iter_mut().enumerate() {
                            *place = place.wrapping_add(stride.wrapping_mul((*yes >> bit & 1) as u16));
                        }
                    }
                    out.known = zip3(&out.known, &truths.yes, &truths.no, |all, yes, no| all & (yes | no));
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
                    (ints.null, ints.integers.clone(), Some(points), None)
                }
                Segments::Texts(id, segments) => {
                    self.need(*id, &ALL);
                    let ints = self.ints(*id);
                    let of = |code: i64| segments.get(code as usize).copied().unwrap_or(input.segments);
                    for (place, code) in out.places.iter_mut().zip(&ints.integers) {
                        *place = place.wrapping_add(stride.wrapping_mul(of(*code)));
                    }
                    out.known = zip3(&out.known, &ints.known, &ints.null, |all, known, null| all & (known | null));
                    (ints.null, ints.integers.clone(), None, Some(segments))
                }
            };
            let (nulls, integers, points, segments) = null;
            each(&nulls, |row| {
                let (Some(place), Some(integer)) = (out.places.get_mut(row), integers.get(row)) else { return };
                let added = match (points, segments) {
                    (Some(points), _) => points.iter().fold(0u16, |segment, point| segment + u16::from(point < integer) + u16::from(point <= integer)),
                    (None, Some(segments)) => segments.get(*integer as usize).copied().unwrap_or(input.segments),
                    (None, None) => 0,
                };
                *place = place.wrapping_sub(stride.wrapping_mul(added)).wrapping_add(of_null);
            });
        }
        for (row, place) in out.rows.iter_mut().zip(&out.places) {
            *row = table.rows.get(usize::from(*place)).copied().unwrap_or(NO_ROW);
        }
    }

    fn pick(&mut self, table: TableId, picked: &[Picked], wanted: &Mask, out: &mut Ints) {
        for one in picked {
            if let Picked::Register(int) = one {
                self.need(*int, wanted);
            }
        }
        self.table(table);
        let Some((_, rows)) = self.registers.tables.get(table.0 as usize) else { return };
        let otherwise = picked.len().saturating_sub(1);
        (out.known, out.null, out.unknown) = (NONE, NONE, NONE);
        if picked.iter().all(|one| matches!(one, Picked::Constant(_))) {
            for (place, row) in out.integers.iter_mut().zip(&rows.rows) {
                *place = match picked.get(usize::from(*row).min(otherwise)) {
                    Some(Picked::Constant(constant)) => *constant,
                    _ => 0,
                };
            }
            out.known = rows.known;
            return;
        }
        each(&rows.known, |row| {
            let (Some(of_table), Some(place)) = (rows.rows.get(row), out.integers.get_mut(row)) else { return };
            match picked.get(usize::from(*of_table).min(otherwise)) {
                Some(Picked::Constant(constant)) => {
                    *place = *constant;
                    super::bits::set(&mut out.known, row);
                }
                Some(Picked::Null) | None => super::bits::set(&mut out.null, row),
                Some(Picked::Unknown) => super::bits::set(&mut out.unknown, row),
                Some(Picked::Register(int)) => {
                    let ints = self.ints(*int);
                    *place = ints.integers.get(row).copied().unwrap_or(0);
                    for (from, into) in [(&ints.known, &mut out.known), (&ints.null, &mut out.null), (&ints.unknown, &mut out.unknown)] {
                        if super::bits::get(from, row) {
                            super::bits::set(into, row);
                        }
                    }
                }
            }
        });
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
                Truth::True => super::bits::set(&mut out.yes, row),
                Truth::False => super::bits::set(&mut out.no, row),
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

    /// Calls a function row after row.
    fn call(&mut self, call: &Call, wanted: &Mask, mut each_result: impl FnMut(usize, Called)) {
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
                if super::bits::get(&ints.unknown, row) {
                    Called::Unknown
                } else if super::bits::get(&ints.null, row) {
                    Called::Value(Value::Null)
                } else if super::bits::get(&ints.known, row) {
                    self.value_of(integer, *of).map_or(Called::Open, Called::Value)
                } else {
                    Called::Open
                }
            }
            Argument::Truth(truth) => {
                let Some((_, _, truths)) = self.registers.truths.get(truth.0 as usize) else { return Called::Open };
                if super::bits::get(&truths.unknown, row) {
                    Called::Unknown
                } else if super::bits::get(&truths.yes, row) || super::bits::get(&truths.no, row) {
                    Called::Value(Value::Boolean(super::bits::get(&truths.yes, row)))
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
enum Called {
    Value(Value),
    Unknown,
    Open,
}

/// `then` where a condition holds, `otherwise` where it does not.
fn chosen(condition: &Truths, then: &Mask, otherwise: &Mask) -> Mask {
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

impl How {
    fn holds(self, integer: i64) -> bool {
        match self {
            How::Range { low, high, inside } => (low <= integer && integer <= high) == inside,
            How::Among(mask) => mask >> (integer & 63) & 1 == 1,
            How::Bit(bit) => integer >> (bit & 63) & 1 == 1,
        }
    }
}

/// The rows whose cells pass a test, in the width in which they are told.
fn test_cells(cells: &Cells, how: How, rows: Rows) -> Mask {
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

fn load_cells(cells: &Cells, rows: Rows, into: &mut [i64]) {
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

/// Adds codes times a stride to places.
fn add_codes<T: Copy + TryInto<i64>>(places: &mut [u16], codes: &[T], stride: u16) {
    for (place, code) in places.iter_mut().zip(codes) {
        let code: i64 = (*code).try_into().unwrap_or(0);
        *place = place.wrapping_add(stride.wrapping_mul(code as u16));
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
