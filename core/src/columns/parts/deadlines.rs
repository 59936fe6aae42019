//! The deadline that applies, and the day it comes to.

use std::sync::OnceLock;

use super::{NOTHING, PartAnswers};
use crate::calendar::{self, DeadlineRule, Stamp, Status, Supplement, Timeline, Unit, WorkingCalendar};
use crate::columns::batch::{Batch, Cell, Days, Received};
use crate::columns::bits;
use crate::columns::execute::Block;
use crate::columns::lower::{Lowering, Why};
use crate::columns::ops::{IntId, IntOp, Of, TruthId};
use crate::columns::plan::BLOCK;
use crate::columns::registers::{ALL, Mask, NONE, add, all_pass, and, each, fill, first, is_empty, or, put, test, test_both, without};
use crate::columns::source::{Rows, constant, part};
use crate::compile::program::{DeadlineCode, Slot};
use crate::eval::supplement;
use crate::value::{Date, Decimal, Fact, Value};

/// The last second of a day.
const LAST_SECOND: u32 = 86_399;

/// Days that a table of deadlines reaches back from the last published day, and past it.
const TABLE_DAYS: (i32, i32) = (6_600, 700);

/// The deadlines of an epoch.
#[derive(Debug)]
pub struct DeadlinePart {
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
    /// What each day of receipt comes to.
    days: OnceLock<DayTable>,
}

/// What each day of receipt comes to if nothing else has happened.
#[derive(Debug)]
struct DayTable {
    first: i32,
    days: u32,
    /// A run of days on which every count is determined.
    determined: (i32, i32),
    /// Of each day for files in time, then for late ones if that makes a difference: the code of the state in the highest byte,
    /// how many days later in the others; 0 where that does not fit.
    entries: Vec<u32>,
}

impl Lowering<'_> {
    pub fn deadline(&mut self, codes: &[DeadlineCode]) -> Result<DeadlinePart, Why> {
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
            rules.push(Rule { when: self.guard(code.when)?, rule, not_before, extension, days: OnceLock::new() });
        }
        Ok(DeadlinePart { rules, supplements: self.program.supplements })
    }
}

impl Block<'_> {
    pub fn deadline(&mut self, part: &DeadlinePart, into: &mut PartAnswers) {
        into.chosen.clear();
        into.chosen.resize(BLOCK, NOTHING);
        into.days.resize(BLOCK, 0);
        let mut left = ALL;
        for (rule, number) in part.rules.iter().zip(0u16..) {
            let when = self.guard(rule.when);
            let hit = and(&left, &when.yes);
            let [.., undetermined, _, _] = &mut into.codes;
            add(undetermined, &and(&left, &when.unknown));
            if !is_empty(&hit) {
                fill(&mut into.chosen, &hit, number);
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
        let received = Receipts::of(self.batch, self.rows);
        let mut slow = told;
        if supplements.as_ref().is_some_and(Vec::is_empty) && rule.extension.is_none() && counts_days(counted) {
            let mut plain = told;
            for int in &rule.not_before {
                let ints = self.ints(*int);
                plain = and(&plain, &and(&ints.known, &received.same_days(&ints.integers)));
            }
            if !is_empty(&plain) {
                let table = rule.days.get_or_init(|| DayTable::new(self.law.calendar, counted, rule.not_before.len()));
                let (mut due, mut states) = ([0i32; BLOCK], [0u8; BLOCK]);
                received.look_up(table, counted, &mut due, &mut states);
                put(&mut into.days, &plain, &due, |day| day);
                for (code, mask) in [(1, &mut *determined), (2, &mut *provisional), (3, &mut *undetermined)] {
                    let of_code = and(&plain, &test(&states, |state| state == code));
                    add(mask, &of_code);
                    slow = without(&slow, &of_code);
                    // Mostly all days are published.
                    if is_empty(&slow) {
                        break;
                    }
                }
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
                not_before.push(day.filter(|_| bits::get(&ints.known, row)));
            }
            let extension = rule.extension.and_then(|(int, scale)| {
                let ints = block.ints(int);
                let units = Decimal::from_scaled(*ints.integers.get(row)?, scale).to_i64().filter(|_| bits::get(&ints.known, row));
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
            bits::set(mask, row);
            if let (Some(day), Some(place)) = (settled.due_on, into.days.get_mut(row)) {
                *place = day.0;
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
struct Receipts<'b> {
    days: Days<'b>,
    seconds: Seconds<'b>,
}

enum Seconds<'b> {
    Same(u32),
    Each(&'b [u32]),
}

impl<'b> Receipts<'b> {
    fn of(batch: &'b Batch, rows: Rows) -> Receipts<'b> {
        let opening = batch.moment(rows.start).received;
        let days = match (batch.received, batch.as_of) {
            (Received::Column { days, .. }, _) | (Received::AsOf, Days::Column(days)) => Days::Column(part(days, rows)),
            (Received::Constant(_), _) | (Received::AsOf, Days::Constant(_)) => Days::Constant(opening.date),
        };
        let seconds = match batch.received {
            Received::Column { seconds: Some(told), .. } => Seconds::Each(part(told, rows)),
            _ => Seconds::Same(opening.second),
        };
        Receipts { days, seconds }
    }

    /// The rows in which some days are those of receipt.
    fn same_days(&self, days: &[i64]) -> Mask {
        match self.days {
            Days::Constant(on) => test(days, |day| day == i64::from(on.0)),
            Days::Column(on) => test_both(days, on, |day, on| day == i64::from(on)),
        }
    }

    /// What the day of each row comes to, and its state: a code of the table.
    fn look_up(&self, table: &DayTable, rule: &DeadlineRule, due: &mut [i32; BLOCK], states: &mut [u8; BLOCK]) {
        // Nobody is late where no hour is told.
        let from = rule.cutoff.map_or(u32::MAX, |cutoff| cutoff.minute.saturating_mul(60));
        let is_late = |second: u32| second.min(LAST_SECOND) > from;
        if let (Days::Column(days), None) = (self.days, rule.cutoff) {
            // Mostly all days are published: then the state of none is looked up.
            let (from, until) = table.determined;
            if all_pass(days, |day| (from <= day) & (day <= until)) {
                for (due, day) in due.iter_mut().zip(days) {
                    let entry = table.entries.get(day.wrapping_sub(table.first) as usize).copied().unwrap_or(0);
                    *due = day.wrapping_add((entry & 0xFF_FFFF) as i32);
                }
                return states.fill(1);
            }
        }
        let places = due.iter_mut().zip(states.iter_mut());
        let tell = |((due, state), (day, late)): ((&mut i32, &mut u8), (i32, bool))| {
            let entry = table.entry(day, late);
            *due = day.wrapping_add((entry & 0xFF_FFFF) as i32);
            *state = (entry >> 24) as u8;
        };
        match (self.days, &self.seconds) {
            (Days::Constant(on), Seconds::Same(second)) => {
                let entry = table.entry(on.0, is_late(*second));
                due.fill(on.0.wrapping_add((entry & 0xFF_FFFF) as i32));
                states.fill((entry >> 24) as u8);
            }
            (Days::Constant(on), Seconds::Each(seconds)) => places.zip(seconds.iter().map(|second| (on.0, is_late(*second)))).for_each(tell),
            (Days::Column(days), Seconds::Same(second)) => {
                let late = is_late(*second);
                places.zip(days.iter().map(|day| (*day, late))).for_each(tell);
            }
            (Days::Column(days), Seconds::Each(seconds)) => {
                places.zip(days.iter().zip(*seconds).map(|(day, second)| (*day, is_late(*second)))).for_each(tell);
            }
        }
    }

    fn at(&self, row: usize) -> Stamp {
        let second = match &self.seconds {
            Seconds::Same(second) => *second,
            Seconds::Each(seconds) => seconds.get(row).map_or(0, |second| (*second).min(LAST_SECOND)),
        };
        let date = match self.days {
            Days::Constant(day) => day,
            Days::Column(days) => Date(days.get(row).copied().unwrap_or(0)),
        };
        Stamp { date, second }
    }
}

/// Whether of the time of day only lateness makes a difference.
fn counts_days(rule: &DeadlineRule) -> bool {
    matches!(rule.period.unit, Unit::WorkingDays | Unit::Days | Unit::Months | Unit::SameDay)
}

impl DayTable {
    fn new(calendar: &WorkingCalendar, rule: &DeadlineRule, events: usize) -> DayTable {
        let last = calendar.covered_until().map_or(20_000, |day| day.0);
        let (back, past) = TABLE_DAYS;
        let (first, end) = (last.saturating_sub(back), last.saturating_add(past));
        let late = rule.cutoff.map(|cutoff| cutoff.minute.saturating_mul(60).saturating_add(1));
        let seconds = [0].into_iter().chain(late);
        let entries = seconds.flat_map(|second| (first..end).map(move |day| (day, second))).map(|(day, second)| {
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
        let entries: Vec<u32> = entries.collect();
        let days = end.abs_diff(first);
        let in_time = entries.get(..days as usize).unwrap_or(&[]);
        let before = in_time.iter().take_while(|entry| **entry >> 24 != 1).count();
        let run = in_time.iter().skip(before).take_while(|entry| **entry >> 24 == 1).count();
        let from = first.saturating_add(before as i32);
        DayTable { first, days, determined: (from, from.saturating_add(run as i32).saturating_sub(1)), entries }
    }

    /// The entry of a day; 0 beyond the table.
    #[inline]
    fn entry(&self, day: i32, late: bool) -> u32 {
        let at = day.wrapping_sub(self.first) as u32;
        let half = if late { self.days } else { 0 };
        if at < self.days { self.entries.get((half + at) as usize).copied().unwrap_or(0) } else { 0 }
    }
}
