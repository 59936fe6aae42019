//! The parts of a decision: conditions, documents, fees, the deadline. Each is worked out once a block.

use std::sync::OnceLock;

use super::batch::{Cell, Days, Received};
use super::execute::Block;
use super::lower::{Lowering, Why};
use super::ops::{IntId, IntOp, Of, TableId, TruthId, TruthOp};
use super::plan::BLOCK;
use super::registers::{ALL, Mask, NONE, Truths, add, and, each, first, is_empty, or, test, test_both, without, zip3};
use super::source::{constant, part};
use crate::calendar::{self, DeadlineRule, Stamp, Status, Supplement, Timeline, Unit, WorkingCalendar};
use crate::compile::program::{BaseCode, ConditionCode, DeadlineCode, DocumentCode, FeeCode, Node, NodeId, ReductionKindCode, Slot};
use crate::eval::{rounded, supplement};
use crate::feel::ast::CompareOp;
use crate::model::RoundingRule;
use crate::value::{Date, Decimal, Fact, Value};

/// Decimal places up to which the amounts of fees are worked out.
const MOST_PLACES: u8 = 12;

/// Days that a table of deadlines reaches back from the last published day, and past it.
const TABLE_DAYS: (i32, i32) = (6_600, 700);

/// A part of a decision.
#[derive(Debug)]
pub(super) enum Part {
    Condition { when: Option<TruthId>, require: TruthId },
    Document { when: Option<TruthId>, provided: Option<TruthId>, reuse: Option<TruthId> },
    Fee(FeePart),
    Deadline(DeadlinePart),
}

/// A fee.
#[derive(Debug)]
pub(super) struct FeePart {
    when: Option<TruthId>,
    /// The amount before reductions.
    before: IntId,
    reductions: Vec<Reduction>,
    /// Decimal places of the amounts.
    scale: u8,
    rounding: RoundingRule,
    /// The table whose row gives the amount.
    pub table: Option<TableId>,
}

#[derive(Debug)]
struct Reduction {
    info: u16,
    when: Option<TruthId>,
    /// What it leaves.
    left: IntId,
    /// Whether it leaves nothing whatever the amount is.
    nothing: Option<TruthId>,
}

/// The deadlines of an epoch.
#[derive(Debug)]
pub(super) struct DeadlinePart {
    rules: Vec<Rule>,
    supplements: Option<Slot>,
}

#[derive(Debug)]
struct Rule {
    when: Option<TruthId>,
    /// How it is counted; `None` where that is not known.
    rule: Option<DeadlineRule>,
    not_before: Vec<IntId>,
    extension: Option<(IntId, u8)>,
    /// For files in time and late ones: what each day of receipt comes to.
    days: [OnceLock<DayTable>; 2],
}

/// What each day of receipt comes to if nothing else has happened.
#[derive(Debug)]
struct DayTable {
    first: i32,
    /// The code of the state in the highest byte, how many days later in the others; 0 where that does not fit.
    entries: Vec<u32>,
}

/// A part in a block.
#[derive(Debug)]
pub(super) struct PartAnswers {
    pub stamp: u64,
    /// Rows by the codes of [`super::output::code`].
    pub codes: [Mask; 6],
    /// Rows that `eval` decides.
    pub rest: Mask,
    /// Of a condition: the law leaves it open and it can still refuse. Of a fee: it is free whatever its amount is.
    pub apart: Mask,
    /// Amounts, or days due.
    pub integers: Vec<i64>,
    /// Reductions of fees by their numbers, or the deadline that applies by its position; [`NOTHING`] where there is none.
    pub chosen: Vec<u16>,
}

/// No reduction, no deadline.
pub(super) const NOTHING: u16 = u16::MAX;

impl Default for PartAnswers {
    fn default() -> Self {
        PartAnswers {
            stamp: 0, codes: [NONE; 6], rest: NONE, apart: NONE, integers: vec![0; BLOCK], chosen: vec![NOTHING; BLOCK],
        }
    }
}

impl FeePart {
    /// Whether it can be reduced.
    pub fn reduces(&self) -> bool {
        !self.reductions.is_empty()
    }
}

impl Lowering<'_> {
    pub fn condition(&mut self, code: &ConditionCode) -> Result<Part, Why> {
        Ok(Part::Condition { when: self.guard(code.when)?, require: self.truth(code.require)? })
    }

    pub fn document(&mut self, code: &DocumentCode) -> Result<Part, Why> {
        Ok(Part::Document { when: self.guard(code.when)?, provided: self.guard(code.provided)?, reuse: self.guard(code.reuse)? })
    }

    pub fn guard(&mut self, when: Option<NodeId>) -> Result<Option<TruthId>, Why> {
        when.map(|when| self.truth(when)).transpose()
    }

    /// A number of a fee: null is as good as unknown.
    fn amount(&mut self, node: NodeId) -> Result<(IntId, u8), Why> {
        let (int, scale) = self.number(node)?;
        let [never_null, _] = self.is_amount(int);
        Ok((if never_null { int } else { self.put_int(IntOp::NullIsUnknown(int)) }, scale))
    }

    pub fn fee(&mut self, code: &FeeCode, rounding: RoundingRule) -> Result<Part, Why> {
        let mut table = None;
        let (mut unit, mut scale) = match &code.base {
            BaseCode::Amount(node) => {
                if let Node::Table(index) = self.program.code_of.node(*node) {
                    table = Some(self.table(index)?);
                }
                self.amount(*node)?
            }
            BaseCode::Tiers(of, steps) => self.tiers(*of, steps)?,
        };
        for (bound, floor) in [(code.floor, true), (code.cap, false)] {
            let Some(bound) = bound else { continue };
            let (bound, of_bound) = self.amount(bound)?;
            let wanted = scale.max(of_bound);
            let (a, b) = (self.at_scale(unit, scale, wanted)?, self.at_scale(bound, of_bound, wanted)?);
            unit = self.put_int(if floor { IntOp::Greatest(a, b) } else { IntOp::Least(a, b) });
            scale = wanted;
        }
        if let Some(times) = code.times {
            let (times, of_times) = self.amount(times)?;
            unit = self.put_int(IntOp::Multiply(unit, times));
            scale += of_times;
        }
        let zero = self.put_int(IntOp::Constant(Some(0)));
        let [_, never_less] = self.is_amount(unit);
        let before = if never_less { unit } else { self.put_int(IntOp::Greatest(unit, zero)) };
        let when = self.guard(code.when)?;
        let mut lefts = Vec::new();
        for reduction in &code.reductions {
            let (ReductionKindCode::To(node) | ReductionKindCode::Percent(node) | ReductionKindCode::Off(node)) = reduction.kind;
            let (told, of_told) = self.number(node)?;
            let number = self.put_int(IntOp::NullIsUnknown(told));
            let wanted = match reduction.kind {
                _ if reduction.max_off.is_some() => None,
                ReductionKindCode::To(_) => Some(0),
                ReductionKindCode::Percent(_) => Some(100),
                ReductionKindCode::Off(_) => None,
            };
            let nothing = match wanted {
                Some(wanted) => {
                    let at = 10i64.checked_pow(u32::from(of_told)).and_then(|one| one.checked_mul(wanted)).ok_or("too many decimal places")?;
                    Some(self.put_truth(TruthOp::CompareConstant(CompareOp::Equal, told, at)))
                }
                None => None,
            };
            let most = reduction.max_off.map(|most| self.amount(most)).transpose()?;
            let (left, of_left) = self.left((before, scale), reduction.kind, (number, of_told), most, zero)?;
            lefts.push((Reduction { info: reduction.info, when: self.guard(reduction.when)?, left, nothing }, of_left));
        }
        let widest = lefts.iter().map(|(_, scale)| *scale).fold(scale, u8::max);
        if widest > MOST_PLACES {
            return Err("an amount of too many decimal places".to_owned());
        }
        let before = self.at_scale(before, scale, widest)?;
        let mut reductions = Vec::new();
        for (reduction, of_left) in lefts {
            let left = self.at_scale(reduction.left, of_left, widest)?;
            reductions.push(Reduction { left, ..reduction });
        }
        Ok(Part::Fee(FeePart { when, before, reductions, scale: widest, rounding, table }))
    }

    /// What a reduction leaves, never less than nothing.
    fn left(
        &mut self,
        (before, of_before): (IntId, u8),
        kind: ReductionKindCode,
        (number, of_number): (IntId, u8),
        most: Option<(IntId, u8)>,
        zero: IntId,
    ) -> Result<(IntId, u8), Why> {
        let (off, of_off) = match kind {
            ReductionKindCode::To(_) => {
                let scale = of_before.max(of_number);
                let (a, b) = (self.at_scale(before, of_before, scale)?, self.at_scale(number, of_number, scale)?);
                (self.put_int(IntOp::Subtract(a, b)), scale)
            }
            ReductionKindCode::Off(_) => (number, of_number),
            ReductionKindCode::Percent(_) => (self.put_int(IntOp::Multiply(before, number)), of_before + of_number + 2),
        };
        let (off, of_off) = match most {
            None => (off, of_off),
            Some((most, of_most)) => {
                let scale = of_off.max(of_most);
                let (a, b) = (self.at_scale(off, of_off, scale)?, self.at_scale(most, of_most, scale)?);
                (self.put_int(IntOp::Least(a, b)), scale)
            }
        };
        let scale = of_before.max(of_off);
        let (a, b) = (self.at_scale(before, of_before, scale)?, self.at_scale(off, of_off, scale)?);
        let left = self.put_int(IntOp::Subtract(a, b));
        Ok((self.put_int(IntOp::Greatest(left, zero)), scale))
    }

    fn tiers(&mut self, of: NodeId, steps: &[(Option<NodeId>, NodeId)]) -> Result<(IntId, u8), Why> {
        let (mut quantity, mut scale) = self.amount(of)?;
        let mut constants = Vec::new();
        for (up_to, rate) in steps {
            let up_to = up_to.map(|up_to| self.constant_number(up_to)).transpose()?;
            constants.push((up_to, self.constant_number(*rate)?));
        }
        let wanted = constants.iter().filter_map(|(up_to, _)| up_to.map(|(_, scale)| scale)).fold(scale, u8::max);
        quantity = self.at_scale(quantity, scale, wanted)?;
        scale = wanted;
        let of_rates = constants.iter().map(|(_, (_, scale))| *scale).fold(0, u8::max);
        let raised = |integer: i64, from: u8, to: u8| integer.checked_mul(10i64.checked_pow(u32::from(to - from))?);
        let steps = constants.into_iter().map(|(up_to, (rate, of_rate))| {
            let up_to = match up_to {
                Some((up_to, of_up_to)) => Some(raised(up_to, of_up_to, scale)?),
                None => None,
            };
            Some((up_to, raised(rate, of_rate, of_rates)?))
        });
        let steps = steps.collect::<Option<Vec<_>>>().ok_or("a step that is too large")?;
        Ok((self.put_int(IntOp::Tiers(quantity, steps)), scale + of_rates))
    }

    fn constant_number(&mut self, node: NodeId) -> Result<(i64, u8), Why> {
        let (int, scale) = self.number(node)?;
        match self.kernels.ints.get(int.0 as usize) {
            Some(IntOp::Constant(Some(constant))) => Ok((*constant, scale)),
            _ => Err("steps that are worked out".to_owned()),
        }
    }

    pub fn deadline(&mut self, codes: &[DeadlineCode]) -> Result<Part, Why> {
        let mut rules = Vec::new();
        for code in codes {
            let rule = self.program.deadlines.get(usize::from(code.info)).and_then(|info| info.rule.as_ref().ok()).copied();
            let mut not_before = Vec::new();
            for node in &code.not_before {
                match self.int(*node)? {
                    (int, Of::Day) => not_before.push(int),
                    (int, _) if matches!(self.kernels.ints.get(int.0 as usize), Some(IntOp::Unknown | IntOp::Constant(None))) => not_before.push(int),
                    _ => return Err("a day that is none".to_owned()),
                }
            }
            let extension = code.extension.map(|node| self.number(node)).transpose()?;
            rules.push(Rule { when: self.guard(code.when)?, rule, not_before, extension, days: [OnceLock::new(), OnceLock::new()] });
        }
        Ok(Part::Deadline(DeadlinePart { rules, supplements: self.program.supplements }))
    }
}

impl Block<'_> {
    /// Works out a part.
    pub fn part(&mut self, part: &Part, into: &mut PartAnswers) {
        into.codes = [NONE; 6];
        into.apart = NONE;
        match part {
            Part::Condition { when, require } => self.condition(*when, *require, into),
            Part::Document { when, provided, reuse } => self.document(*when, *provided, *reuse, into),
            Part::Fee(fee) => self.fee(fee, into),
            Part::Deadline(deadline) => self.deadline(deadline, into),
        }
        let settled = into.codes.iter().fold(NONE, |all, mask| or(&all, mask));
        into.rest = without(&ALL, &settled);
    }

    fn condition(&mut self, when: Option<TruthId>, require: TruthId, into: &mut PartAnswers) {
        let when = self.guard(when);
        let require = self.truth(require, &or(&when.yes, &when.unknown));
        let [met, unmet, not_applicable, _, unknown, _] = &mut into.codes;
        *met = and(&when.yes, &require.yes);
        *unmet = and(&when.yes, &require.no);
        *not_applicable = when.no;
        // Where the law leaves open whether it applies, a missing fact may still show that it refuses nothing.
        let could_refuse = or(&require.no, &require.unknown);
        *unknown = or(&and(&when.unknown, &or(&require.yes, &could_refuse)), &and(&when.yes, &require.unknown));
        into.apart = and(unknown, &could_refuse);
    }

    fn document(&mut self, when: Option<TruthId>, provided: Option<TruthId>, reuse: Option<TruthId>, into: &mut PartAnswers) {
        let when = self.guard(when);
        let or_no = |block: &mut Self, id: Option<TruthId>, wanted: &Mask| match id {
            Some(id) => block.truth(id, wanted).clone(),
            None => Truths::constant(false),
        };
        let handed_in = or_no(self, provided, &when.yes);
        let lacking = and(&when.yes, &handed_in.no);
        let reuse = or_no(self, reuse, &lacking);
        let [required, provided, reused, not_required, _, unknown] = &mut into.codes;
        *required = and(&lacking, &reuse.no);
        *provided = and(&when.yes, &handed_in.yes);
        *reused = and(&lacking, &reuse.yes);
        *not_required = when.no;
        *unknown = or(&or(&when.unknown, &and(&when.yes, &handed_in.unknown)), &and(&lacking, &reuse.unknown));
    }

    fn fee(&mut self, fee: &FeePart, into: &mut PartAnswers) {
        let when = self.guard(fee.when);
        self.need(fee.before, &when.yes);
        let reductions: Vec<(&Reduction, Truths)> = fee.reductions.iter().map(|reduction| (reduction, self.guard(reduction.when))).collect();
        for (reduction, applies) in &reductions {
            let may = without(&and(&when.yes, &ALL), &applies.no);
            if !is_empty(&may) {
                self.need(reduction.left, &may);
            }
        }
        let before = self.ints(fee.before);
        let known = and(&when.yes, &before.known);
        into.integers.copy_from_slice(before.integers.get(..BLOCK).unwrap_or(&[0; BLOCK]));
        if !fee.reductions.is_empty() {
            into.chosen.fill(NOTHING);
        }
        let mut rest = NONE;
        for (reduction, applies) in &reductions {
            let left = self.ints(reduction.left);
            let candidates = and(&known, &applies.yes);
            each(&and(&candidates, &left.known), |row| {
                if let (Some(least), Some(left), Some(chosen)) = (into.integers.get_mut(row), left.integers.get(row), into.chosen.get_mut(row))
                    && left < least
                {
                    (*least, *chosen) = (*left, reduction.info);
                }
            });
        }
        let mut by_law = NONE;
        for (reduction, applies) in &reductions {
            let left = self.ints(reduction.left);
            // What is not settled: a fact may be missing behind it.
            let open = without(&known, &zip3(&applies.yes, &applies.no, &applies.unknown, |yes, no, unknown| yes | no | unknown));
            let may = and(&known, &or(&applies.yes, &applies.unknown));
            add(&mut rest, &open);
            add(&mut rest, &without(&may, &or(&left.known, &left.unknown)));
            let uncertain = or(&and(&may, &left.unknown), &and(&and(&known, &applies.unknown), &left.known));
            each(&uncertain, |row| {
                let least = into.integers.get(row).copied().unwrap_or(0);
                let could_leave = if super::bits::get(&left.known, row) { left.integers.get(row).copied().unwrap_or(0) } else { 0 };
                if could_leave < least {
                    super::bits::set(&mut by_law, row);
                }
            });
        }
        // The amount rests on unknown law: only who pays nothing whatever it is knows what to pay.
        let unknown = and(&when.yes, &before.unknown);
        let mut free = NONE;
        if !is_empty(&unknown) {
            for (reduction, applies) in &reductions {
                let Some(nothing) = reduction.nothing else { continue };
                let nothing = self.truth(nothing, &unknown);
                let open = |truths: &Truths| truths.rest();
                let yes = and(&and(&applies.yes, &nothing.yes), &unknown);
                let maybe = without(&unknown, &or(&applies.no, &nothing.no));
                let is_open = and(&maybe, &or(&open(applies), &open(nothing)));
                add(&mut rest, &without(&is_open, &free));
                each(&without(&yes, &free), |row| {
                    if let (Some(amount), Some(chosen)) = (into.integers.get_mut(row), into.chosen.get_mut(row)) {
                        (*amount, *chosen) = (0, reduction.info);
                    }
                });
                add(&mut free, &yes);
            }
            // One that is open before the first that frees may turn out to hold: `eval` says which of them it is.
        }
        into.apart = free;
        let [due, not_due, _, of_law, ..] = &mut into.codes;
        *not_due = when.no;
        *of_law = without(&or(&or(&when.unknown, &without(&unknown, &free)), &by_law), &rest);
        *due = without(&without(&or(&known, &free), of_law), &rest);
        let one = 10i64.checked_pow(u32::from(fee.scale)).unwrap_or(1);
        if fee.scale == 0 && fee.rounding.to == 1 {
            return;
        }
        let step = one.saturating_mul(i64::from(fee.rounding.to.max(1)));
        let mut failed = NONE;
        each(due, |row| {
            let Some(amount) = into.integers.get_mut(row) else { return };
            if *amount % step == 0 {
                *amount /= one;
            } else {
                match rounded(Decimal::from_scaled(*amount, fee.scale), fee.rounding) {
                    Some(whole) => *amount = whole,
                    None => super::bits::set(&mut failed, row),
                }
            }
        });
        *due = without(due, &failed);
    }

    fn deadline(&mut self, part: &DeadlinePart, into: &mut PartAnswers) {
        into.chosen.fill(NOTHING);
        let mut left = ALL;
        for (rule, number) in part.rules.iter().zip(0u16..) {
            let when = self.guard(rule.when);
            let hit = and(&left, &when.yes);
            let [.., undetermined, _, _] = &mut into.codes;
            add(undetermined, &and(&left, &when.unknown));
            if !is_empty(&hit) {
                each_or_all(&hit, &mut into.chosen, number);
                self.count(part, rule, &hit, into);
            }
            left = and(&left, &when.no);
        }
        let [none, ..] = &mut into.codes;
        add(none, &left);
    }

    /// Counts the rows to which a rule applies.
    fn count(&mut self, of: &DeadlinePart, rule: &Rule, hit: &Mask, into: &mut PartAnswers) {
        let [_, determined, provisional, undetermined, ..] = &mut into.codes;
        let Some(counted) = &rule.rule else {
            add(undetermined, hit);
            return;
        };
        let ints: Vec<IntId> = rule.not_before.iter().copied().chain(rule.extension.map(|(int, _)| int)).collect();
        ints.iter().for_each(|int| self.need(*int, hit));
        let (mut unknown, mut told) = (NONE, and(hit, &first(self.rows.len)));
        for int in &ints {
            let ints = self.ints(*int);
            add(&mut unknown, &ints.unknown);
            told = and(&told, &or(&ints.known, &ints.null));
        }
        add(undetermined, &and(hit, &unknown));
        told = without(&told, &unknown);
        let same = of.supplements.map_or(Some(Fact::Null), |slot| constant(self.law.program, self.batch, slot));
        let supplements: Option<Vec<Supplement>> = match same {
            Some(Fact::Known(Value::List(items))) => Some(items.iter().filter_map(supplement).collect()),
            Some(Fact::Known(_) | Fact::Null) => Some(Vec::new()),
            // Whether the file was sent back is missing: that can change every count.
            Some(Fact::Missing) => return,
            None => None,
        };
        let received = Receipts::of(self);
        let mut slow = told;
        if supplements.as_ref().is_some_and(Vec::is_empty) && rule.extension.is_none() && counts_days(counted) {
            let mut plain = told;
            for int in &rule.not_before {
                let ints = self.ints(*int);
                plain = and(&plain, &and(&ints.known, &test_both(&ints.integers, &received.days, |event, day| event == day)));
            }
            let late = received.late(counted);
            for (is_late, rows, table) in [(false, without(&plain, &late), 0), (true, and(&plain, &late), 1)] {
                if is_empty(&rows) {
                    continue;
                }
                let Some(table) = rule.days.get(table) else { continue };
                let table = table.get_or_init(|| DayTable::new(self.law.calendar, counted, rule.not_before.len(), is_late));
                let mut entries = [0u32; BLOCK];
                for (entry, day) in entries.iter_mut().zip(&received.days) {
                    *entry = table.entries.get(day.wrapping_sub(i64::from(table.first)) as usize).copied().unwrap_or(0);
                }
                let due = |entry: u32, day: i64| day + i64::from(entry & 0xFF_FFFF);
                if rows_are_all(&rows) {
                    let told = entries.iter().zip(&received.days);
                    into.integers.iter_mut().zip(told).for_each(|(place, (entry, day))| *place = due(*entry, *day));
                } else {
                    each(&rows, |row| {
                        if let (Some(place), Some(entry), Some(day)) = (into.integers.get_mut(row), entries.get(row), received.days.get(row)) {
                            *place = due(*entry, *day);
                        }
                    });
                }
                // Mostly all days are published.
                if entries.iter().fold(true, |all, entry| all & (entry >> 24 == 1)) {
                    add(determined, &rows);
                    slow = without(&slow, &rows);
                    continue;
                }
                let of = |code: u32| and(&rows, &test(&entries, |entry| entry >> 24 == code));
                add(determined, &of(1));
                add(provisional, &of(2));
                add(undetermined, &of(3));
                slow = without(&slow, &without(&rows, &of(0)));
            }
        }
        if is_empty(&slow) {
            return;
        }
        let (calendar, block) = (self.law.calendar, &*self);
        let mut found: Vec<Supplement> = Vec::new();
        let mut not_before: Vec<Option<Date>> = Vec::new();
        each(&slow, |row| {
            let supplements = match &supplements {
                Some(same) => &same[..],
                None => {
                    found.clear();
                    match block.supplements(of, row) {
                        Some(Value::List(items)) => found.extend(items.iter().filter_map(supplement)),
                        Some(_) => {}
                        None => return,
                    }
                    &found[..]
                }
            };
            not_before.clear();
            for int in &rule.not_before {
                let ints = block.ints(*int);
                let day = ints.integers.get(row).and_then(|day| i32::try_from(*day).ok()).map(Date);
                not_before.push(day.filter(|_| super::bits::get(&ints.known, row)));
            }
            let extension = rule.extension.and_then(|(int, scale)| {
                let ints = block.ints(int);
                let units = Decimal::from_scaled(*ints.integers.get(row)?, scale).to_i64().filter(|_| super::bits::get(&ints.known, row));
                u32::try_from(units?).ok()
            });
            let timeline = Timeline {
                received: received.at(row),
                supplements,
                not_before: &not_before,
                extension: extension.unwrap_or(0),
            };
            let settled = calendar::settle(calendar, counted, &timeline);
            let mask = match (settled.status, settled.due_on) {
                (Status::Determined, Some(_)) => &mut *determined,
                (Status::Provisional, Some(_)) => &mut *provisional,
                _ => &mut *undetermined,
            };
            super::bits::set(mask, row);
            if let (Some(day), Some(place)) = (settled.due_on, into.integers.get_mut(row)) {
                *place = i64::from(day.0);
            }
        });
    }

    /// What is told of the requests to complete a file; `None` where that is missing.
    fn supplements(&self, part: &DeadlinePart, row: usize) -> Option<&Value> {
        static NULL: Value = Value::Null;
        let slot = part.supplements?;
        let fact = self.law.program.fact(slot)?;
        match self.batch.column(slot)?.cell(fact, self.rows.start + row) {
            Cell::NotTold => fact.default.as_ref(),
            Cell::Value(value) => Some(value),
            Cell::Null => Some(&NULL),
            Cell::Wrong | Cell::Integer(_) => None,
        }
    }
}

/// When the rows of a block were received.
struct Receipts {
    days: Vec<i64>,
    seconds: Seconds,
}

enum Seconds {
    Same(u32),
    Each(Vec<u32>),
}

impl Receipts {
    fn of(block: &Block) -> Receipts {
        let mut days = vec![0i64; BLOCK];
        let (batch, rows) = (block.batch, block.rows);
        let opening = batch.moment(rows.start).received;
        match (batch.received, batch.as_of) {
            (Received::Column { days: told, .. }, _) | (Received::AsOf, Days::Column(told)) => {
                days.iter_mut().zip(part(told, rows)).for_each(|(day, told)| *day = i64::from(*told));
            }
            (Received::Constant(_), _) | (Received::AsOf, Days::Constant(_)) => days.fill(i64::from(opening.date.0)),
        }
        let seconds = match batch.received {
            Received::Column { seconds: Some(told), .. } => {
                let mut seconds: Vec<u32> = part(told, rows).iter().map(|second| (*second).min(86_399)).collect();
                seconds.resize(BLOCK, 0);
                Seconds::Each(seconds)
            }
            _ => Seconds::Same(opening.second),
        };
        Receipts { days, seconds }
    }

    /// The rows received after the hour that makes a difference.
    fn late(&self, rule: &DeadlineRule) -> Mask {
        let Some(cutoff) = rule.cutoff else { return NONE };
        let from = cutoff.minute.saturating_mul(60);
        match &self.seconds {
            Seconds::Same(second) => if *second > from { ALL } else { NONE },
            Seconds::Each(seconds) => test(seconds, |second| second > from),
        }
    }

    fn at(&self, row: usize) -> Stamp {
        let second = match &self.seconds {
            Seconds::Same(second) => *second,
            Seconds::Each(seconds) => seconds.get(row).copied().unwrap_or(0),
        };
        Stamp { date: Date(self.days.get(row).map_or(0, |day| *day as i32)), second }
    }
}

/// Whether of the time of day only lateness makes a difference.
fn counts_days(rule: &DeadlineRule) -> bool {
    matches!(rule.period.unit, Unit::WorkingDays | Unit::Days | Unit::Months | Unit::SameDay)
}

fn rows_are_all(rows: &Mask) -> bool {
    rows.iter().all(|word| *word == u64::MAX)
}

fn each_or_all(rows: &Mask, chosen: &mut [u16], number: u16) {
    if rows_are_all(rows) {
        return chosen.fill(number);
    }
    each(rows, |row| {
        if let Some(place) = chosen.get_mut(row) {
            *place = number;
        }
    });
}

impl DayTable {
    fn new(calendar: &WorkingCalendar, rule: &DeadlineRule, events: usize, late: bool) -> DayTable {
        let last = calendar.covered_until().map_or(20_000, |day| day.0);
        let (back, past) = TABLE_DAYS;
        let first = last.saturating_sub(back);
        let second = match rule.cutoff {
            Some(cutoff) if late => cutoff.minute.saturating_mul(60).saturating_add(1),
            _ => 0,
        };
        let entries = (first..last.saturating_add(past)).map(|day| {
            let not_before = vec![Some(Date(day)); events];
            let timeline = Timeline { received: Stamp { date: Date(day), second }, supplements: &[], not_before: &not_before, extension: 0 };
            let settled = calendar::settle(calendar, rule, &timeline);
            let wait = |due: Date| u32::try_from(i64::from(due.0) - i64::from(day)).ok().filter(|wait| *wait < 1 << 24);
            match (settled.status, settled.due_on.and_then(wait)) {
                (Status::Determined, Some(wait)) => 1 << 24 | wait,
                (Status::Provisional, Some(wait)) => 2 << 24 | wait,
                (Status::Determined | Status::Provisional, None) => 0,
                _ => 3 << 24,
            }
        });
        DayTable { first, entries: entries.collect() }
    }
}
