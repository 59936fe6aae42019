//! A block of rows, decided by both laws, and what differs counted.

use smallvec::SmallVec;

use super::comparer::Comparer;
use super::counting::Counting;
use super::elements::{DUE, DUE_STATE, OUTCOME, TOTAL};
use super::found::Found;
use super::samples::{Sample, SampleAnswer, rank};
use super::statuses::Statuses;
use super::tally::{Cause, CauseKind, Count, GroupTally, Pairs, Tally};
use crate::columns::{Answers, Mask, NONE, PairedBlock, PairedRows, add, and, each, first, is_empty, or, without};
use crate::compile::program::Slot;
use crate::eval::Slots;
use crate::value::{Date, Fact};

// What no law of a side gives.
const UNDECIDED: u8 = 3;
const ABSENT_CONDITION: u8 = 5;
const ABSENT_DOCUMENT: u8 = 6;
const ABSENT_DUE: u8 = 4;

/// Where a block lies.
#[derive(Clone, Copy)]
pub(super) struct Place<'m, 'p, 'a> {
    pub of: &'m Comparer<'p>,
    pub cases: PairedRows<'m, 'a>,
    /// The number of the first row of the batch among all cases.
    pub first: u64,
    /// Whether the total is the only fee.
    pub total_is_fee: bool,
}

/// A block under way.
pub(super) struct Block<'m, 'p, 'a, C> {
    pub place: Place<'m, 'p, 'a>,
    pub counting: C,
    pub found: &'m mut Found,
    pub slots: &'m mut Slots,
    pub tally: &'m mut Tally,
    pub here: Mask,
    pub effects: Effects,
}

/// What the reform does to each row.
#[derive(Default)]
pub(super) struct Effects {
    pub better: Mask,
    pub worse: Mask,
    /// Something is not settled.
    pub open: Mask,
}

impl Effects {
    pub fn note(&mut self, better: &Mask, worse: &Mask) {
        add(&mut self.better, better);
        add(&mut self.worse, worse);
    }
}

impl<'m, 'p, 'a, C: Counting> Block<'m, 'p, 'a, C> {
    pub fn new(place: Place<'m, 'p, 'a>, counting: C, found: &'m mut Found, slots: &'m mut Slots, tally: &'m mut Tally) -> Block<'m, 'p, 'a, C> {
        Block { here: first(place.cases.len), place, counting, found, slots, tally, effects: Effects::default() }
    }

    /// Counts everything but the fees.
    pub fn count(&mut self, decided: &mut PairedBlock) {
        let (here, groups) = (self.here, &mut self.tally.groups);
        self.counting.count(&here, |group, count| if let Some(group) = groups.get_mut(group) { group.all.merge(count) });
        self.outcomes(decided);
        self.documents(decided);
        self.due(decided);
    }

    /// The statuses of an element before and after; `absent` where a law has no such element.
    pub fn statuses<'d>(&self, decided: &'d PairedBlock, columns: [Option<usize>; 2], absent: u8) -> [Statuses<'d>; 2] {
        [0, 1].map(|side| {
            let column = columns.get(side).copied().flatten();
            Statuses::new(column.and_then(|column| decided.statuses(side, column)), absent, &self.here)
        })
    }

    /// Counts rows by their statuses before and after.
    pub fn pairs(&mut self, [before, after]: [&Statuses; 2], of: impl Fn(&mut GroupTally) -> Option<&mut Pairs>) {
        let (counting, groups) = (&mut self.counting, &mut self.tally.groups);
        let mut add = |was: u8, is: u8, group: usize, count: Count| {
            if let Some(pairs) = groups.get_mut(group).and_then(&of) {
                pairs.add(was, is, count.cases, count.weight);
            }
        };
        if C::FLAT {
            Statuses::each_pair([before, after], |was, is, rows| counting.count(rows, |group, count| add(was, is, group, count)));
            return;
        }
        let mut pairs: SmallVec<[(u8, u8, Mask); 6]> = SmallVec::new();
        Statuses::each_pair([before, after], |was, is, rows| pairs.push((was, is, *rows)));
        counting.count_parts(pairs.iter().map(|(.., rows)| rows), |pair, group, count| {
            if let Some((was, is, _)) = pairs.get(pair) {
                add(*was, *is, group, count);
            }
        });
    }

    fn outcomes(&mut self, decided: &PairedBlock) {
        let [before, after] = self.statuses(decided, [Some(OUTCOME); 2], UNDECIDED);
        self.pairs([&before, &after], |group| Some(&mut group.outcomes));
        for side in [&before, &after] {
            add(&mut self.effects.open, &without(&self.here, &or(side.rows(0), side.rows(1))));
        }
        let better = and(before.rows(1), after.rows(0));
        let worse = and(before.rows(0), after.rows(1));
        self.effects.note(&better, &worse);
        self.conditions(decided, &better, &worse);
    }

    /// Conditions, and those among them that made the outcome better or worse.
    fn conditions(&mut self, decided: &PairedBlock, better: &Mask, worse: &Mask) {
        let of = self.place.of;
        let changed = !is_empty(&or(better, worse));
        for (element, (was, is)) in of.baseline.conditions.iter().zip(&of.reform.conditions).enumerate() {
            let [before, after] = self.statuses(decided, [*was, *is], ABSENT_CONDITION);
            self.pairs([&before, &after], |group| group.conditions.get_mut(element));
            if !changed || before.is(&after) {
                continue;
            }
            Statuses::each_pair([&before, &after], |was, is, rows| if was != is {
                for (rows, better) in [(and(rows, better), true), (and(rows, worse), false)] {
                    self.causes(decided, &rows, CauseKind::Condition, element, better, |_| ([was.into(), is.into()], 0));
                }
            });
            self.found.put(self.tally);
        }
    }

    fn documents(&mut self, decided: &PairedBlock) {
        let of = self.place.of;
        for (element, (was, is)) in of.baseline.documents.iter().zip(&of.reform.documents).enumerate() {
            let [before, after] = self.statuses(decided, [*was, *is], ABSENT_DOCUMENT);
            self.pairs([&before, &after], |group| group.documents.get_mut(element));
            let open = |side: &Statuses| or(side.rows(4), side.rows(5));
            add(&mut self.effects.open, &open(&before));
            if before.is(&after) {
                continue;
            }
            add(&mut self.effects.open, &open(&after));
            Statuses::each_pair([&before, &after], |was, is, rows| {
                let is_open = |code: u8| code == 4 || code == 5;
                if is_open(was) || is_open(is) || (was == 0) == (is == 0) {
                    return;
                }
                if was == 0 { self.effects.note(rows, &NONE) } else { self.effects.note(&NONE, rows) }
                self.causes(decided, rows, CauseKind::Document, element, was == 0, |_| ([was.into(), is.into()], 0));
            });
            self.found.put(self.tally);
        }
    }

    fn due(&mut self, decided: &mut PairedBlock) {
        let [before, after] = self.statuses(decided, [Some(DUE_STATE); 2], ABSENT_DUE);
        self.pairs([&before, &after], |group| Some(&mut group.due));
        for side in [&before, &after] {
            add(&mut self.effects.open, side.rows(3));
        }
        if decided.is_same([DUE; 2]) {
            return;
        }
        let known = [&before, &after].map(|side| or(side.rows(1), side.rows(2)));
        let known = and(&known[0], &known[1]);
        let (mut earlier, mut later) = (NONE, NONE);
        let [was, is] = [0, 1].map(|side| decided.answers(side, DUE).map_or(&[][..], Answers::days));
        for ((earlier, later), (was, is)) in earlier.iter_mut().zip(&mut later).zip(was.chunks(64).zip(is.chunks(64))).filter(|(_, (was, is))| was != is) {
            for (bit, (was, is)) in was.iter().zip(is).enumerate() {
                *earlier |= u64::from(is < was) << bit;
                *later |= u64::from(is > was) << bit;
            }
        }
        let (earlier, later) = (and(&earlier, &known), and(&later, &known));
        let differ = or(&earlier, &later);
        if is_empty(&differ) {
            return;
        }
        self.effects.note(&earlier, &later);
        let of = self.place.of;
        for (side, of) in of.sides().into_iter().enumerate() {
            self.place.of.plans.tell(side, &[of.rules], &differ, self.place.cases, decided);
        }
        let decided = &*decided;
        let days = [0, 1].map(|side| decided.answers(side, DUE).map_or(&[][..], Answers::days));
        let calendar = of.reform.law.calendar.provisional();
        let gained = |row: usize| {
            let [was, is] = days.map(|days| days.get(row).copied().unwrap_or(0));
            calendar.working_days_between(Date(is), Date(was))
        };
        each(&differ, |row| {
            let weight = i128::from(self.counting.weight(row));
            if let Some(group) = self.tally.groups.get_mut(self.counting.group(row) as usize) {
                group.gained.entry(gained(row)).or_default().add(1, weight);
            }
        });
        let [baseline, reform] = of.sides();
        for (rows, better) in [(earlier, true), (later, false)] {
            self.causes(decided, &rows, CauseKind::Deadline, 0, better, |row| {
                let rule = |side: usize, column: usize| decided.answers(side, column).and_then(|answers| answers.code(row)).map_or(0, |code| u64::from(code) + 1);
                ([rule(0, baseline.rules), rule(1, reform.rules)], gained(row).into())
            });
        }
        self.found.put(self.tally);
    }

    /// Counts the rows of each group by what the reform does to them.
    pub fn effects(&mut self) {
        let Effects { better, worse, open } = &self.effects;
        let touched = or(better, worse);
        let by_effect = [
            without(better, worse),
            without(worse, better),
            and(better, worse),
            without(open, &touched),
            without(&without(&self.here, &touched), open),
        ];
        let (counting, groups) = (&mut self.counting, &mut self.tally.groups);
        for (effect, rows) in by_effect.iter().enumerate() {
            counting.count(rows, |group, count| {
                if let Some(of) = groups.get_mut(group).and_then(|group| group.effects.get_mut(effect)) {
                    of.merge(count);
                }
            });
        }
    }

    /// Counts what made a difference in some rows: what it was before and after, and by how much.
    pub fn causes(&mut self, decided: &PairedBlock, rows: &Mask, kind: CauseKind, element: usize, better: bool, of: impl Fn(usize) -> ([u64; 2], i128)) {
        each(rows, |row| {
            let ([before, after], amount) = of(row);
            let cause = Cause { group: self.counting.group(row), kind, element: element as u32, before, after, better };
            let number = self.place.first + (self.place.cases.start + row) as u64;
            let Some(gathered) = self.found.add(cause, self.counting.weight(row), amount, self.tally) else { return };
            if gathered.bound.is_none_or(|bound| rank(number) < bound) {
                let sample = sample(self.place, decided, row, number, self.slots);
                let samples = &mut self.tally.cause(cause).samples;
                samples.add(sample);
                gathered.bound = samples.bound();
            }
        });
    }
}

fn sample(place: Place, decided: &PairedBlock, row: usize, number: u64, slots: &mut Slots) -> Sample {
    let [batch, _] = place.cases.batches;
    let (program, at) = (place.of.baseline.law.program, place.cases.start + row);
    batch.fill(program, at, slots);
    let facts = (0..program.facts.len() as u16).map(|slot| slots.fact(program, Slot(slot))).collect::<Vec<Fact<_>>>();
    let answers = [0, 1].map(|side| answer(place, decided, side, row));
    Sample { number, as_of: batch.moment(at).as_of, facts, answers }
}

/// What is decided on a row.
fn answer(place: Place, decided: &PairedBlock, side: usize, row: usize) -> SampleAnswer {
    let Some(of) = place.of.sides().get(side).copied() else { return SampleAnswer::default() };
    let with = |places: &[Option<usize>], wanted: u8| {
        let found = places.iter().zip(0u32..).filter(|(place, _)| place.is_some_and(|place| decided.status(side, place, row) == Some(wanted)));
        found.map(|(_, element)| element).collect()
    };
    let total = || match of.fees[..] {
        [places] if place.total_is_fee => match places.and_then(|places| Some((places, decided.status(side, places.state, row)?))) {
            Some((places, 0)) => decided.amount(side, places.state, places.amount, row),
            Some((_, 2 | 3)) | None => None,
            Some(_) => Some(0),
        },
        _ => decided.answers(side, TOTAL).filter(|answers| answers.is_valid(row))?.integers().get(row).copied(),
    };
    SampleAnswer {
        outcome: decided.status(side, OUTCOME, row).unwrap_or(UNDECIDED),
        unmet: with(&of.conditions, 1),
        documents: with(&of.documents, 0),
        fee: total(),
        due: decided.answers(side, DUE).filter(|answers| answers.is_valid(row)).and_then(|answers| answers.days().get(row).copied()).map(Date),
    }
}
