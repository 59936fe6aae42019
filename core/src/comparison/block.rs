//! Some rows decided by both programs, and what differs counted.

use std::ops::Range;

use super::amounts::{CHUNK, Chunk, Runs, paid};
use super::elements::{DUE, DUE_STATE, Elements, FeePlaces, OUTCOME, Side, TOTAL};
use super::samples::{Sample, SampleAnswer};
use super::tally::{Cause, CauseKind, GroupTally, Pairs, STATUSES, Tally};
use crate::columns::{Answers, Batch, Law, Plan, Results, UnknownOutput, Values};
use crate::compile::program::{FactSlot, Slot};
use crate::eval::Slots;
use crate::value::{Date, Fact};

/// Rows are decided and compared in blocks of so many: what lies between stays in the cache.
const BLOCK: usize = 4_096;

/// Decides cases by two laws and counts what differs.
#[derive(Debug)]
pub struct Comparer<'p> {
    elements: Elements,
    baseline: Side<'p>,
    reform: Side<'p>,
    /// Whether one batch serves both, and the plans were made together.
    together: bool,
}

/// How the rows of a batch are counted.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// The number of the first row among all cases.
    pub first: u64,
    /// The group of each row; `None`: all are in group 0.
    pub groups: Option<&'a [u32]>,
    /// The weight of each row, not negative, in units of some scale; `None`: each weighs 1.
    pub weights: Option<&'a [i64]>,
}

/// Memory of a thread, used again from block to block.
#[derive(Debug, Default)]
pub struct Memory {
    baseline: Results,
    reform: Results,
    scratch: [Vec<u8>; 2],
    marks: Vec<u8>,
    changed: Vec<u32>,
    slots: Slots,
}

// What a reform does to a row, a bit each.
const BETTER: u8 = 1;
const WORSE: u8 = 2;
const OPEN: u8 = 4;

const ABSENT_CONDITION: u8 = 5;
const ABSENT_DOCUMENT: u8 = 6;
const ABSENT_FEE: u8 = 4;
const ABSENT_DUE: u8 = 4;
const UNDECIDED: u8 = 3;

impl<'p> Comparer<'p> {
    /// A comparer of two laws.
    ///
    /// # Errors
    /// [`UnknownOutput`] only if a plan does not know a column that its own program declares.
    pub fn new(baseline: Law<'p>, reform: Law<'p>) -> Result<Comparer<'p>, UnknownOutput> {
        let elements = Elements::of(baseline.program, reform.program);
        let together = share_facts([baseline, reform]) && baseline.calendar == reform.calendar;
        let [baseline, reform] = Side::both([baseline, reform], &elements, together)?;
        Ok(Comparer { elements, baseline, reform, together })
    }

    /// The elements that are compared.
    #[must_use]
    pub fn elements(&self) -> &Elements {
        &self.elements
    }

    /// The law before and after.
    #[must_use]
    pub fn laws(&self) -> [Law<'p>; 2] {
        [self.baseline.law, self.reform.law]
    }

    pub(super) fn sides(&self) -> [&Side<'p>; 2] {
        [&self.baseline, &self.reform]
    }

    /// Whether both programs hold the same facts in the same slots, so that one batch serves both.
    #[must_use]
    pub fn shares_facts(&self) -> bool {
        share_facts(self.laws())
    }

    /// Decides rows of a batch by both laws and counts them. `batches` are the same cases for the baseline's program and for
    /// the reform's; where [`Comparer::shares_facts`], they may be one batch.
    pub fn run(&self, batches: [&Batch; 2], rows: Range<usize>, counted: Counted, memory: &mut Memory, tally: &mut Tally) {
        let end = rows.end.min(batches.iter().map(|batch| batch.rows()).min().unwrap_or(0));
        let groups = counted.groups.map_or(1, |groups| groups.get(rows.start..end).unwrap_or_default().iter().max().map_or(0, |most| *most as usize + 1));
        tally.widen(groups, self.elements.conditions.len(), self.elements.documents.len(), self.elements.fees.len() + 1);
        let [before, after] = batches;
        let mut start = rows.start;
        while start < end {
            let block = start..(start + BLOCK).min(end);
            let into = [&mut memory.baseline, &mut memory.reform];
            if self.together && std::ptr::eq(before, after) {
                Plan::run_both([&self.baseline.plan, &self.reform.plan], self.laws(), before, block.clone(), into);
            } else {
                let [baseline, reform] = into;
                self.baseline.plan.run(self.baseline.law, before, block.clone(), baseline);
                self.reform.plan.run(self.reform.law, after, block.clone(), reform);
            }
            let place = Place { batch: before, start, first: counted.first };
            match (counted.groups, counted.weights) {
                (None, None) => self.count(Flat, place, memory, tally),
                (groups, weights) => {
                    let groups = groups.and_then(|groups| groups.get(block.clone()));
                    let weights = weights.and_then(|weights| weights.get(block.clone()));
                    self.count(Weighed { groups, weights }, place, memory, tally);
                }
            }
            start = block.end;
        }
    }

    fn count<C: Counting>(&self, counting: C, place: Place, memory: &mut Memory, tally: &mut Tally) {
        let Memory { baseline, reform, scratch, marks, changed, slots } = memory;
        let rows = baseline.rows.min(reform.rows);
        marks.clear();
        marks.resize(rows, 0);
        changed.clear();
        let mut block = Block { of: self, counting, place, rows, baseline, reform, marks, changed, slots, tally };
        block.outcomes(scratch);
        block.conditions(scratch);
        block.documents(scratch);
        block.fees(scratch);
        block.due(scratch);
        block.effects();
    }
}

/// Whether two programs hold the same facts in the same slots.
fn share_facts(laws: [Law; 2]) -> bool {
    let [baseline, reform] = laws.map(|law| &law.program.facts);
    let alike = |a: &FactSlot, b: &FactSlot| a.name == b.name && a.layout == b.layout && a.optional == b.optional && a.default == b.default;
    baseline.len() == reform.len() && baseline.iter().zip(reform).all(|(a, b)| alike(a, b))
}

/// Where a block lies.
#[derive(Clone, Copy)]
struct Place<'b, 'a> {
    batch: &'b Batch<'a>,
    start: usize,
    first: u64,
}

/// How rows are counted.
trait Counting: Copy {
    /// All rows are in one group and weigh the same.
    const FLAT: bool;
    fn group(&self, row: usize) -> usize;
    fn weight(&self, row: usize) -> i64;
}

#[derive(Clone, Copy)]
struct Flat;

impl Counting for Flat {
    const FLAT: bool = true;
    #[inline]
    fn group(&self, _: usize) -> usize {
        0
    }
    #[inline]
    fn weight(&self, _: usize) -> i64 {
        1
    }
}

#[derive(Clone, Copy)]
struct Weighed<'a> {
    groups: Option<&'a [u32]>,
    weights: Option<&'a [i64]>,
}

impl Counting for Weighed<'_> {
    const FLAT: bool = false;
    #[inline]
    fn group(&self, row: usize) -> usize {
        self.groups.and_then(|groups| groups.get(row)).map_or(0, |group| *group as usize)
    }
    #[inline]
    fn weight(&self, row: usize) -> i64 {
        self.weights.map_or(1, |weights| weights.get(row).copied().unwrap_or(0))
    }
}

struct Block<'m, 'p, 'b, 'a, C> {
    of: &'m Comparer<'p>,
    counting: C,
    place: Place<'b, 'a>,
    rows: usize,
    baseline: &'m Results,
    reform: &'m Results,
    marks: &'m mut [u8],
    /// Rows whose outcome changed from one settled one to another.
    changed: &'m mut Vec<u32>,
    slots: &'m mut Slots,
    tally: &'m mut Tally,
}

impl<C: Counting> Block<'_, '_, '_, '_, C> {
    fn outcomes(&mut self, scratch: &mut [Vec<u8>; 2]) {
        let [own, other] = scratch;
        let before = codes(self.baseline, Some(OUTCOME), UNDECIDED, self.rows, own);
        let after = codes(self.reform, Some(OUTCOME), UNDECIDED, self.rows, other);
        for row in 0..self.rows {
            if C::FLAT {
                break;
            }
            let (group, weight) = (self.counting.group(row), self.counting.weight(row));
            if let Some(group) = self.tally.groups.get_mut(group) {
                group.all.add(1, weight.into());
            }
        }
        if let (true, Some(group)) = (C::FLAT, self.tally.groups.first_mut()) {
            group.all.add(self.rows as u64, self.rows as i128);
        }
        pairs(self.counting, before, after, self.tally, |group| Some(&mut group.outcomes));
        mark(self.marks, before, |code| code >= 2);
        mark(self.marks, after, |code| code >= 2);
        differing(before, after, |row| {
            if let (Some(before @ (0 | 1)), Some(after @ (0 | 1))) = (before.get(row), after.get(row)) {
                self.changed.push(row as u32);
                note(self.marks, row, after < before);
            }
        });
    }

    fn conditions(&mut self, scratch: &mut [Vec<u8>; 2]) {
        let of = self.of;
        for (element, (before, after)) in of.baseline.conditions.iter().zip(&of.reform.conditions).enumerate() {
            let [own, other] = &mut *scratch;
            let before = codes(self.baseline, *before, ABSENT_CONDITION, self.rows, own);
            let after = codes(self.reform, *after, ABSENT_CONDITION, self.rows, other);
            pairs(self.counting, before, after, self.tally, |group| group.conditions.get_mut(element));
            let changed = std::mem::take(self.changed);
            for row in changed.iter().map(|row| *row as usize) {
                let (Some(before), Some(after)) = (before.get(row), after.get(row)) else { continue };
                if before != after {
                    let better = self.marks.get(row).is_some_and(|marks| marks & BETTER != 0);
                    self.cause(row, CauseKind::Condition, element, [(*before).into(), (*after).into()], better, 0);
                }
            }
            *self.changed = changed;
        }
    }

    fn documents(&mut self, scratch: &mut [Vec<u8>; 2]) {
        let of = self.of;
        for (element, (before, after)) in of.baseline.documents.iter().zip(&of.reform.documents).enumerate() {
            let [own, other] = &mut *scratch;
            let before = codes(self.baseline, *before, ABSENT_DOCUMENT, self.rows, own);
            let after = codes(self.reform, *after, ABSENT_DOCUMENT, self.rows, other);
            pairs(self.counting, before, after, self.tally, |group| group.documents.get_mut(element));
            let is_open = |code: u8| code == 4 || code == 5;
            mark(self.marks, before, is_open);
            mark(self.marks, after, is_open);
            differing(before, after, |row| {
                let (Some(before), Some(after)) = (before.get(row).copied(), after.get(row).copied()) else { return };
                if !is_open(before) && !is_open(after) && (before == 0) != (after == 0) {
                    note(self.marks, row, before == 0);
                    self.cause(row, CauseKind::Document, element, [before.into(), after.into()], before == 0, 0);
                }
            });
        }
    }

    fn fees(&mut self, scratch: &mut [Vec<u8>; 2]) {
        let of = self.of;
        let [own, other] = scratch;
        for (element, places) in of.baseline.fees.iter().zip(&of.reform.fees).enumerate() {
            let (before, after) = (*places.0, *places.1);
            let states = [
                codes(self.baseline, before.map(|places| places.state), ABSENT_FEE, self.rows, own),
                codes(self.reform, after.map(|places| places.state), ABSENT_FEE, self.rows, other),
            ];
            let amounts = [amounts(self.baseline, before.map(|places| places.amount)), amounts(self.reform, after.map(|places| places.amount))];
            self.fee(element, states, amounts, |block, row, [before_amount, after_amount]| {
                let key = [by_whom(block.baseline, before, row), by_whom(block.reform, after, row)];
                let more = i128::from(after_amount) - i128::from(before_amount);
                block.cause(row, CauseKind::Fee, element, key, more < 0, more);
            });
        }
        let columns = [self.baseline, self.reform].map(|results| results.columns.get(TOTAL));
        let total = of.elements.fees.len();
        settled(columns[0], self.rows, own);
        settled(columns[1], self.rows, other);
        mark(self.marks, own, |state| state != 0);
        mark(self.marks, other, |state| state != 0);
        let totals = [amounts(self.baseline, Some(TOTAL)), amounts(self.reform, Some(TOTAL))];
        self.fee(total, [own, other], totals, |block, row, [before, after]| note(block.marks, row, after < before));
        self.distribution([own, other], totals);
    }

    /// Sums of a fee; calls `differs` for rows that pay another amount.
    fn fee(&mut self, element: usize, states: [&[u8]; 2], amounts: [&[i64]; 2], mut differs: impl FnMut(&mut Self, usize, [i64; 2])) {
        let [state_before, state_after] = states;
        pairs(self.counting, state_before, state_after, self.tally, |group| Some(&mut group.fees.get_mut(element)?.states));
        let mut kept: [Vec<u8>; 2] = Default::default();
        let [own, other] = &mut kept;
        let outcomes = [codes(self.baseline, Some(OUTCOME), UNDECIDED, self.rows, own), codes(self.reform, Some(OUTCOME), UNDECIDED, self.rows, other)];
        let mut flat = [0i128; 5];
        for start in (0..self.rows).step_by(CHUNK) {
            let [before, after] = [0, 1].map(|side| Chunk::of(side, start, &states, &amounts, &outcomes));
            let same = before.states == after.states && before.amounts == after.amounts;
            if C::FLAT {
                let (was, accepted_before) = before.sums();
                let (is, accepted_after) = after.sums();
                let difference = if same {
                    0
                } else if before.is_due() && after.is_due() {
                    is - was
                } else {
                    Chunk::difference(&before, &after)
                };
                flat.iter_mut().zip([was, is, accepted_before, accepted_after, difference]).for_each(|(flat, sum)| *flat += sum);
            } else {
                self.weigh_fee(element, start, &before, &after);
            }
            if same {
                continue;
            }
            for row in before.differing(&after).map(|at| start + at) {
                if let (Some(before), Some(after)) = (paid(state_before, amounts[0], row), paid(state_after, amounts[1], row))
                    && before != after
                {
                    let weight = i128::from(self.counting.weight(row));
                    if let Some(fee) = self.tally.groups.get_mut(self.counting.group(row)).and_then(|group| group.fees.get_mut(element)) {
                        (if after > before { &mut fee.more } else { &mut fee.less }).add(1, weight);
                    }
                    differs(self, row, [before, after]);
                }
            }
        }
        if C::FLAT {
            self.add_fee(element, 0, flat);
        }
    }

    /// Sums of a fee row by row, each in its group and with its weight.
    fn weigh_fee(&mut self, element: usize, start: usize, before: &Chunk, after: &Chunk) {
        for at in 0..before.states.len().min(after.states.len()) {
            let row = start + at;
            let (was, is) = (paid(before.states, before.amounts, at), paid(after.states, after.amounts, at));
            let weight = i128::from(self.counting.weight(row));
            let difference = if let (Some(was), Some(is)) = (was, is) { (i128::from(is) - i128::from(was)) * weight } else { 0 };
            let accepted = |chunk: &Chunk, sum: i128| if chunk.outcomes.get(at) == Some(&0) { sum } else { 0 };
            let (was, is) = (i128::from(was.unwrap_or(0)) * weight, i128::from(is.unwrap_or(0)) * weight);
            self.add_fee(element, self.counting.group(row), [was, is, accepted(before, was), accepted(after, is), difference]);
        }
    }

    fn add_fee(&mut self, element: usize, group: usize, [before, after, accepted_before, accepted_after, difference]: [i128; 5]) {
        if let Some(fee) = self.tally.groups.get_mut(group).and_then(|group| group.fees.get_mut(element)) {
            fee.before += before;
            fee.after += after;
            fee.accepted_before += accepted_before;
            fee.accepted_after += accepted_after;
            fee.difference += difference;
        }
    }

    fn distribution(&mut self, states: [&[u8]; 2], totals: [&[i64]; 2]) {
        let mut runs = Runs::default();
        for start in (0..self.rows).step_by(CHUNK) {
            let [before, after] = [0, 1].map(|side| Chunk::of(side, start, &states, &totals, &[&[], &[]]));
            for at in 0..before.states.len().min(after.states.len()) {
                let weight = if C::FLAT { 1 } else { i128::from(self.counting.weight(start + at)) };
                let [was, is] = [&before, &after].map(|chunk| paid(chunk.states, chunk.amounts, at));
                let mut add = |amount: i64, which| {
                    if let Some(left) = runs.add(amount, which, weight) {
                        left.put(&mut self.tally.distribution);
                    }
                };
                match (was, is) {
                    (Some(was), Some(is)) if was == is => add(was, [1, 1]),
                    _ => {
                        was.into_iter().for_each(|amount| add(amount, [1, 0]));
                        is.into_iter().for_each(|amount| add(amount, [0, 1]));
                    }
                }
            }
        }
        runs.0.into_iter().for_each(|run| run.put(&mut self.tally.distribution));
    }

    fn due(&mut self, scratch: &mut [Vec<u8>; 2]) {
        let [own, other] = scratch;
        let before = codes(self.baseline, Some(DUE_STATE), ABSENT_DUE, self.rows, own);
        let after = codes(self.reform, Some(DUE_STATE), ABSENT_DUE, self.rows, other);
        pairs(self.counting, before, after, self.tally, |group| Some(&mut group.due));
        mark(self.marks, before, |state| state == 3);
        mark(self.marks, after, |state| state == 3);
        let days = [days(self.baseline), days(self.reform)];
        let calendar = self.of.reform.law.calendar.provisional();
        let is_known = |states: &[u8], row: usize| matches!(states.get(row), Some(1 | 2));
        let differ = days[0].chunks(CHUNK).zip(days[1].chunks(CHUNK)).enumerate().filter(|(_, (was, is))| was != is);
        let differ = differ.flat_map(|(chunk, (was, is))| was.iter().zip(is).enumerate().map(move |(at, days)| (chunk * CHUNK + at, days)));
        for (row, (was, is)) in differ {
            if was == is || !is_known(before, row) || !is_known(after, row) {
                continue;
            }
            let gained = calendar.working_days_between(Date(*is), Date(*was));
            let weight = i128::from(self.counting.weight(row));
            if let Some(group) = self.tally.groups.get_mut(self.counting.group(row)) {
                group.gained.entry(gained).or_default().add(1, weight);
            }
            note(self.marks, row, is < was);
            let rule = |side: &Side, results: &Results| results.columns.get(side.rules).and_then(|answers| code_at(answers, row)).map_or(0, |code| u64::from(code) + 1);
            let key = [rule(&self.of.baseline, self.baseline), rule(&self.of.reform, self.reform)];
            self.cause(row, CauseKind::Deadline, 0, key, is < was, i128::from(gained));
        }
    }

    fn effects(&mut self) {
        let effect = |marks: u8| match (marks & BETTER != 0, marks & WORSE != 0, marks & OPEN != 0) {
            (true, false, _) => 0,
            (false, true, _) => 1,
            (true, true, _) => 2,
            (false, false, true) => 3,
            (false, false, false) => 4usize,
        };
        if C::FLAT {
            if let Some(group) = self.tally.groups.first_mut() {
                counted(self.marks, |marks, count| {
                    if let Some(of) = group.effects.get_mut(effect(marks)) {
                        of.add(count, count.into());
                    }
                });
            }
            return;
        }
        for (row, marks) in self.marks.iter().enumerate() {
            let group = self.tally.groups.get_mut(self.counting.group(row));
            if let Some(of) = group.and_then(|group| group.effects.get_mut(effect(*marks))) {
                of.add(1, self.counting.weight(row).into());
            }
        }
    }

    fn cause(&mut self, row: usize, kind: CauseKind, element: usize, [before, after]: [u64; 2], better: bool, amount: i128) {
        let cause = Cause { group: self.counting.group(row) as u32, kind, element: element as u32, before, after, better };
        let weight = i128::from(self.counting.weight(row));
        let number = self.place.first + (self.place.start + row) as u64;
        let tally = self.tally.cause(cause);
        tally.count.add(1, weight);
        tally.amount += amount * weight;
        if tally.samples.wants(number) {
            let sample = self.sample(row, number);
            self.tally.cause(cause).samples.add(sample);
        }
    }

    fn sample(&mut self, row: usize, number: u64) -> Sample {
        let (program, at) = (self.of.baseline.law.program, self.place.start + row);
        self.place.batch.fill(program, at, self.slots);
        let facts = (0..program.facts.len() as u16).map(|slot| self.slots.fact(program, Slot(slot))).collect::<Vec<Fact<_>>>();
        let answers = [answer(&self.of.baseline, self.baseline, row), answer(&self.of.reform, self.reform, row)];
        Sample { number, as_of: self.place.batch.moment(at).as_of, facts, answers }
    }
}

/// What is decided on a row.
fn answer(side: &Side, results: &Results, row: usize) -> SampleAnswer {
    let code = |column: usize| results.columns.get(column).filter(|answers| answers.is_valid(row)).and_then(|answers| code_at(answers, row));
    let with = |places: &[Option<usize>], wanted: u32| {
        let found = places.iter().zip(0u32..).filter(|(place, _)| place.is_some_and(|place| code(place) == Some(wanted)));
        found.map(|(_, element)| element).collect()
    };
    let valid = |column: usize| results.columns.get(column).is_some_and(|answers| answers.is_valid(row));
    SampleAnswer {
        outcome: code(OUTCOME).map_or(UNDECIDED, |code| code as u8),
        unmet: with(&side.conditions, 1),
        documents: with(&side.documents, 0),
        fee: amounts(results, Some(TOTAL)).get(row).copied().filter(|_| valid(TOTAL)),
        due: days(results).get(row).copied().filter(|_| valid(DUE)).map(Date),
    }
}

/// What gave a fee its amount: the row of its table and the reduction, each from 1.
fn by_whom(results: &Results, places: Option<FeePlaces>, row: usize) -> u64 {
    let part = |column: usize| results.columns.get(column).and_then(|answers| code_at(answers, row)).map_or(0, |code| u64::from(code) + 1);
    places.map_or(0, |places| part(places.row) << 32 | part(places.reduction))
}

/// The codes of a column; where there is no column or no answer, `absent`.
fn codes<'m>(results: &'m Results, column: Option<usize>, absent: u8, rows: usize, scratch: &'m mut Vec<u8>) -> &'m [u8] {
    let answers = column.and_then(|column| results.columns.get(column));
    match answers {
        Some(Answers { values: Values::Bytes(bytes), valid: None }) => bytes,
        Some(answers @ Answers { values: Values::Bytes(bytes), .. }) => {
            scratch.clear();
            scratch.extend(bytes.iter().enumerate().map(|(row, code)| if answers.is_valid(row) { *code } else { absent }));
            scratch
        }
        _ => {
            scratch.clear();
            scratch.resize(rows, absent);
            scratch
        }
    }
}

/// States of a total: 0 where it is settled, else 3.
fn settled(answers: Option<&Answers>, rows: usize, into: &mut Vec<u8>) {
    into.clear();
    match answers {
        Some(Answers { valid: None, .. }) => into.resize(rows, 0),
        Some(answers) => into.extend((0..rows).map(|row| if answers.is_valid(row) { 0 } else { 3 })),
        None => into.resize(rows, 3),
    }
}

fn amounts(results: &Results, column: Option<usize>) -> &[i64] {
    match column.and_then(|column| results.columns.get(column)) {
        Some(Answers { values: Values::Integers { integers, .. }, .. }) => integers,
        _ => &[],
    }
}

fn days(results: &Results) -> &[i32] {
    match results.columns.get(DUE) {
        Some(Answers { values: Values::Days(days), .. }) => days,
        _ => &[],
    }
}

fn code_at(answers: &Answers, row: usize) -> Option<u32> {
    if !answers.is_valid(row) {
        return None;
    }
    match &answers.values {
        Values::Bytes(codes) => codes.get(row).map(|code| u32::from(*code)),
        Values::Wide(codes) => codes.get(row).copied(),
        _ => None,
    }
}

/// Counts rows by their codes before and after.
fn pairs<C: Counting>(counting: C, before: &[u8], after: &[u8], tally: &mut Tally, of: impl Fn(&mut GroupTally) -> Option<&mut Pairs>) {
    if !C::FLAT {
        for (row, (before, after)) in before.iter().zip(after).enumerate() {
            if let Some(pairs) = tally.groups.get_mut(counting.group(row)).and_then(&of) {
                pairs.add(*before, *after, 1, counting.weight(row).into());
            }
        }
        return;
    }
    let Some(pairs) = tally.groups.first_mut().and_then(of) else { return };
    // All as if nothing had changed, then the rows in which something has.
    counted(before, |code, count| pairs.add(code, code, count, count.into()));
    differing(before, after, |row| {
        if let (Some(before), Some(after)) = (before.get(row), after.get(row)) {
            pairs.move_one(*before, *after);
        }
    });
}

/// Calls `each` for every code and how many rows have it. Each of these few passes runs over bytes as wide as the machine can.
fn counted(codes: &[u8], mut each: impl FnMut(u8, u64)) {
    let mut left = codes.len();
    for code in 0..STATUSES as u8 {
        if left == 0 {
            break;
        }
        let count = codes.chunks(255).map(|chunk| usize::from(chunk.iter().fold(0u8, |sum, one| sum + u8::from(*one == code)))).sum::<usize>();
        left -= count;
        if count > 0 {
            each(code, count as u64);
        }
    }
}

/// Calls `each` for the rows whose codes differ.
fn differing(before: &[u8], after: &[u8], mut each: impl FnMut(usize)) {
    if before == after {
        return;
    }
    for (at, (before, after)) in before.chunks(64).zip(after.chunks(64)).enumerate() {
        if before != after {
            before.iter().zip(after).enumerate().filter(|(_, (before, after))| before != after).for_each(|(row, _)| each(at * 64 + row));
        }
    }
}

/// Marks rows as open by their codes.
fn mark(marks: &mut [u8], codes: &[u8], is_open: impl Fn(u8) -> bool) {
    marks.iter_mut().zip(codes).for_each(|(marks, code)| *marks |= if is_open(*code) { OPEN } else { 0 });
}

fn note(marks: &mut [u8], row: usize, better: bool) {
    if let Some(marks) = marks.get_mut(row) {
        *marks |= if better { BETTER } else { WORSE };
    }
}
