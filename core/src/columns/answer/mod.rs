//! Answers of a block, written to the columns that are wanted.

mod definitions;
mod fees;

use super::bits;
use super::compiled::{Compiled, EpochParts, Place, Within};
use super::describe::Wanted;
use super::execute::Block;
use super::parts::PartAnswers;
use super::registers::{ALL, Mask, NONE, add, and, each, first, is_empty, or, put, without, write_codes};
use super::results::{Answers, Values};

/// The rows of each code of a column of statuses.
pub(crate) type Codes = [Mask; 6];

/// A block with the parts that were worked out.
pub(super) struct Writer<'w, 'b> {
    pub block: Block<'b>,
    pub compiled: &'w Compiled,
    pub parts: &'w mut Vec<Option<Box<PartAnswers>>>,
    /// Rows in which some part of the decision is left to `eval`.
    pub unsettled: Option<Mask>,
    /// Where the block begins in the results.
    pub at: usize,
    /// The rows whose rows of tables, reductions and deadlines are wanted: these are put one by one.
    pub only: Mask,
}

/// What a column of a block lacks.
#[derive(Clone, Copy, Default)]
pub(super) struct Lacks {
    /// Rows without an answer.
    pub none: Mask,
    /// Rows that `eval` decides.
    pub pending: Mask,
}

impl<'w> Writer<'w, '_> {
    fn part(&mut self, place: usize) -> &PartAnswers {
        let stamp = self.block.registers.stamp;
        if let (Some(part), Some(kept)) = (self.compiled.parts.get(place), self.parts.get_mut(place))
            && kept.as_ref().is_some_and(|answers| answers.stamp != stamp)
            && let Some(mut answers) = kept.take()
        {
            self.block.part(part, &mut answers);
            answers.stamp = stamp;
            if let Some(kept) = self.parts.get_mut(place) {
                *kept = Some(answers);
            }
        }
        static NOT_THERE: PartAnswers = PartAnswers {
            stamp: 0, codes: [NONE; 6], rest: ALL, apart: NONE, integers: Vec::new(), days: Vec::new(), chosen: Vec::new(),
        };
        self.parts.get(place).and_then(Option::as_deref).unwrap_or(&NOT_THERE)
    }

    /// Writes a column; `lacks` is written over in place, as what is copied here waits for everything that was just written.
    pub fn write(&mut self, wanted: &Wanted, into: &mut Answers, lacks: &mut Lacks) {
        let rows = self.block.rows.len;
        (lacks.none, lacks.pending) = (self.block.present.none, NONE);
        match wanted {
            Wanted::Standing => {
                self.write_codes(into, [(&self.block.present.none, 1)]);
                lacks.none = NONE;
            }
            Wanted::Condition(_) | Wanted::Check(_) | Wanted::Document(_) | Wanted::FeeState(_) | Wanted::DueState | Wanted::Outcome => {
                let mut codes = Codes::default();
                self.codes(wanted, &mut codes, lacks);
                self.write_codes(into, codes.iter().zip(0..).skip(1));
            }
            Wanted::Eligibility => self.overall(&self.compiled.eligibility, into, lacks),
            Wanted::Identity => self.overall(&self.compiled.identity, into, lacks),
            Wanted::FirstUnmet(codes) => self.first_unmet(codes, into, lacks),
            Wanted::RequiredLevel => self.required_level(into, lacks),
            Wanted::Fee(places) => self.fee(places, into, lacks),
            Wanted::FeeRow(places) => self.fee_rows(places, into, lacks),
            Wanted::FeeReduction(places) => self.fee_reductions(places, into, lacks),
            Wanted::FeeTotal => self.fee_total(into, lacks),
            Wanted::Due => {
                let at = self.at;
                self.each_source(|epoch, _| Some(&epoch.deadline), lacks, |writer, place, mask, lacks| {
                    let part = writer.part(place);
                    let [_, determined, provisional, ..] = &part.codes;
                    let there = or(determined, provisional);
                    add(&mut lacks.pending, &and(mask, &part.rest));
                    add(&mut lacks.none, &without(&without(mask, &there), &part.rest));
                    if let Values::Days(days) = &mut into.values
                        && let Some(places) = days.get_mut(at..at + rows)
                    {
                        put(places, &and(mask, &there), &part.days, |day| day);
                    }
                });
            }
            Wanted::DeadlineRule(codes) => {
                let (present, wanted) = (self.block.present, and(&first(rows), &self.only));
                for (epoch, mask) in &present.epochs {
                    let Some(place) = place_of(self.compiled, *epoch, |epoch| Some(&epoch.deadline), mask, lacks) else { continue };
                    let at = self.at;
                    let part = self.part(place);
                    let settled = without(mask, &part.rest);
                    let codes = codes.get(*epoch).map_or(&[][..], |codes| codes);
                    let there = put_codes(into, at, &and(&settled, &wanted), |row| codes.get(usize::from(*part.chosen.get(row)?)).copied());
                    add(&mut lacks.pending, &and(mask, &part.rest));
                    add(&mut lacks.none, &without(&settled, &there));
                }
            }
            Wanted::Missing(slot) => {
                self.write_codes(into, []);
                let told = self.block.told(*slot);
                let missing = without(&without(&without(&first(rows), &told.known), &told.null), &told.wide);
                if !is_empty(&missing) {
                    lacks.pending = and(&missing, &self.unsettled());
                }
            }
            Wanted::Next => {
                let open = self.unsettled();
                lacks.pending = open;
                lacks.none = or(&lacks.none, &without(&first(rows), &open));
            }
            Wanted::Problem(slot) => {
                lacks.none = NONE;
                self.problems(*slot, into);
            }
            Wanted::Definition(_) | Wanted::DefinitionState(_) | Wanted::DefinitionRow(_) => {
                (lacks.none, lacks.pending) = (NONE, first(rows));
            }
        }
    }

    fn write_codes<'m>(&self, into: &mut Answers, masks: impl IntoIterator<Item = (&'m Mask, u8)>) {
        if let Values::Bytes(bytes) = &mut into.values
            && let Some(place) = bytes.get_mut(self.at..self.at + self.block.rows.len)
        {
            write_codes(place, masks);
        }
    }

    /// Calls `each` for every part that `place` finds in an epoch, with the rows that it is of: mostly one part serves all of them.
    /// Where there is none, no row of the epoch has an answer; where it has no kernel, all are left to `eval`.
    fn each_source(&mut self, place: impl Fn(&'w EpochParts, usize) -> Option<&'w Place>, lacks: &mut Lacks, mut each: impl FnMut(&mut Self, usize, &Mask, &mut Lacks)) {
        let (compiled, present) = (self.compiled, self.block.present);
        let place = |epoch: usize| Some(place(compiled.epochs.get(epoch)?, epoch)?.as_ref().ok().copied());
        let mut places = present.epochs.iter().map(|(epoch, _)| place(*epoch));
        if let Some(Some(Some(first))) = places.next()
            && places.all(|other| other == Some(Some(first)))
        {
            return each(self, first, &present.some, lacks);
        }
        for (epoch, mask) in &present.epochs {
            match place(*epoch) {
                None => add(&mut lacks.none, mask),
                Some(None) => add(&mut lacks.pending, mask),
                Some(Some(place)) => each(self, place, mask, lacks),
            }
        }
    }

    /// The rows of each code of a column of statuses but the first, whose rows are the others.
    pub fn codes(&mut self, wanted: &Wanted, into: &mut Codes, lacks: &mut Lacks) {
        (lacks.none, lacks.pending) = (self.block.present.none, NONE);
        let of = |parts: &'w [Place], places: &[Option<u16>], epoch: usize| -> Option<&'w Place> {
            parts.get(usize::from((*places.get(epoch)?)?))
        };
        let add_codes = |writer: &mut Self, place: usize, mask: &Mask, lacks: &mut Lacks| {
            let part = writer.part(place);
            for (into, of) in into.iter_mut().zip(&part.codes).skip(1) {
                add(into, &and(mask, of));
            }
            add(&mut lacks.pending, &and(mask, &part.rest));
        };
        match wanted {
            Wanted::Condition(places) => self.each_source(|parts, epoch| of(&parts.eligibility, places, epoch), lacks, add_codes),
            Wanted::Check(places) => self.each_source(|parts, epoch| of(&parts.identity, places, epoch), lacks, add_codes),
            Wanted::Document(places) => self.each_source(|parts, epoch| of(&parts.documents, places, epoch), lacks, add_codes),
            Wanted::FeeState(places) => self.each_source(|parts, epoch| of(&parts.fees, places, epoch), lacks, add_codes),
            Wanted::DueState => self.each_source(|parts, _| Some(&parts.deadline), lacks, add_codes),
            Wanted::Outcome => self.outcome(into, lacks),
            _ => lacks.pending = first(self.block.rows.len),
        }
    }

    fn overall(&mut self, of: &[Within], into: &mut Answers, lacks: &mut Lacks) {
        let (mut unmet, mut unknown, mut rest) = (NONE, NONE, NONE);
        self.each_part(of, |mask, part| match part {
            Some(part) => {
                let [_, no, _, _, open, _] = &part.codes;
                add(&mut unmet, &and(mask, no));
                add(&mut unknown, &and(mask, open));
                add(&mut rest, &and(mask, &part.rest));
            }
            None => add(&mut rest, mask),
        });
        self.write_codes(into, [(&unmet, 1), (&without(&unknown, &unmet), 2)]);
        lacks.pending = without(&rest, &unmet);
    }

    /// Calls `each` for every part of some section and the rows that it is of; with nothing where it has no kernel.
    fn each_part(&mut self, of: &[Within], mut each: impl FnMut(&Mask, Option<&PartAnswers>)) {
        for within in of {
            let mask = self.block.present.rows(&within.epochs);
            if !is_empty(&mask) {
                each(&mask, within.place.map(|place| self.part(place)));
            }
        }
    }

    fn outcome(&mut self, into: &mut Codes, lacks: &mut Lacks) {
        let (mut unmet, mut asks, mut rest) = (NONE, NONE, NONE);
        let compiled = self.compiled;
        for section in [&compiled.eligibility, &compiled.identity] {
            self.each_part(section, |mask, part| match part {
                Some(part) => {
                    let [_, no, ..] = &part.codes;
                    add(&mut unmet, &and(mask, no));
                    add(&mut asks, &and(mask, &part.apart));
                    add(&mut rest, &and(mask, &part.rest));
                }
                None => add(&mut rest, mask),
            });
        }
        add(&mut rest, &self.rest(&[&compiled.others]));
        let [_, refuse, ask, ..] = into;
        (*refuse, *ask) = (unmet, without(&asks, &unmet));
        lacks.pending = without(&rest, &unmet);
    }

    /// Rows in which a part of some sections is left to `eval`.
    fn rest(&mut self, sections: &[&[Within]]) -> Mask {
        let mut rest = NONE;
        for section in sections {
            self.each_part(section, |mask, part| add(&mut rest, &part.map_or(*mask, |part| and(mask, &part.rest))));
        }
        rest
    }

    fn unsettled(&mut self) -> Mask {
        if let Some(known) = self.unsettled {
            return known;
        }
        let compiled = self.compiled;
        let rest = self.rest(&[&compiled.others, &compiled.eligibility, &compiled.identity]);
        let rest = and(&rest, &first(self.block.rows.len));
        self.unsettled = Some(rest);
        rest
    }

    fn first_unmet(&mut self, codes: &[[Vec<u32>; 2]], into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present, rows) = (self.compiled, self.block.present, first(self.block.rows.len));
        for (epoch, mask) in &present.epochs {
            let (Some(parts), Some([of_conditions, of_checks])) = (compiled.epochs.get(*epoch), codes.get(*epoch)) else { continue };
            let mut left = and(mask, &rows);
            let all = parts.eligibility.iter().zip(of_conditions).chain(parts.identity.iter().zip(of_checks));
            for (place, code) in all {
                let Ok(place) = place else {
                    add(&mut lacks.pending, &left);
                    left = NONE;
                    break;
                };
                let at = self.at;
                let part = self.part(*place);
                let [_, unmet, ..] = &part.codes;
                put_codes(into, at, &and(&left, unmet), |_| Some(*code));
                add(&mut lacks.pending, &and(&left, &part.rest));
                left = without(&without(&left, unmet), &part.rest);
            }
            add(&mut lacks.none, &left);
        }
    }

    fn required_level(&mut self, into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present) = (self.compiled, self.block.present);
        let mut levels: Vec<(Mask, u8)> = Vec::new();
        for (epoch, mask) in &present.epochs {
            let Some(Ok(checks)) = compiled.epochs.get(*epoch).map(|epoch| &epoch.levels) else {
                add(&mut lacks.pending, mask);
                continue;
            };
            // From the greatest level down: what is certain counts, unless a greater one is possible.
            let mut sorted: Vec<_> = checks.clone();
            sorted.sort_unstable_by_key(|(_, level)| std::cmp::Reverse(*level));
            let (mut left, mut possible) = (*mask, NONE);
            let mut rest: Mask = NONE;
            for same in sorted.chunk_by(|(_, a), (_, b)| a == b) {
                let (mut certain, mut may) = (NONE, NONE);
                for (when, _) in same {
                    let truths = self.block.guard(*when);
                    add(&mut certain, &truths.yes);
                    add(&mut may, &truths.unknown);
                    add(&mut rest, &truths.rest());
                }
                let level = same.first().map_or(0, |(_, level)| *level);
                levels.push((and(&without(&left, &possible), &certain), level));
                add(&mut lacks.none, &and(&and(&left, &possible), &certain));
                left = without(&left, &certain);
                add(&mut possible, &may);
            }
            add(&mut lacks.none, &and(&left, &possible));
            add(&mut lacks.pending, &and(mask, &rest));
        }
        let masks: Vec<(Mask, u8)> = levels.iter().map(|(mask, level)| (without(mask, &lacks.pending), *level)).collect();
        lacks.none = without(&lacks.none, &lacks.pending);
        self.write_codes(into, masks.iter().map(|(mask, level)| (mask, *level)));
    }

    fn problems(&mut self, slot: crate::compile::program::Slot, into: &mut Answers) {
        let rows = self.block.rows;
        let (Some(fact), Some(column)) = (self.block.law.program.fact(slot), self.block.batch.column(slot)) else { return };
        let told = self.block.told(slot);
        let candidates = without(&without(&without(&first(rows.len), &told.known), &told.null), &told.wide);
        let at = self.at;
        if let Values::Bits(words) = &mut into.values {
            each(&candidates, |row| {
                if column.is_wrong(fact, rows.start + row) {
                    bits::set(words, at + row);
                }
            });
        }
    }
}

/// The place of a part; without a kernel its rows are left to `eval`.
fn place_of<'c>(
    compiled: &'c Compiled,
    epoch: usize,
    of: impl FnOnce(&'c EpochParts) -> Option<&'c Place>,
    mask: &Mask,
    lacks: &mut Lacks,
) -> Option<usize> {
    match compiled.epochs.get(epoch).and_then(of) {
        Some(Ok(place)) => Some(*place),
        _ => {
            add(&mut lacks.pending, mask);
            None
        }
    }
}

/// Whether a bitmap has all rows of a block.
fn covers(mask: &Mask, rows: usize) -> bool {
    is_empty(&without(&first(rows), mask))
}

/// Puts a code in the rows of a bitmap that have one; which have.
fn put_codes(into: &mut Answers, at: usize, rows: &Mask, code: impl Fn(usize) -> Option<u32>) -> Mask {
    fn put_each<T>(places: &mut [T], rows: &Mask, code: impl Fn(usize) -> Option<T>) -> Mask {
        let mut there = NONE;
        each(rows, |row| {
            if let (Some(code), Some(place)) = (code(row), places.get_mut(row)) {
                *place = code;
                bits::set(&mut there, row);
            }
        });
        there
    }
    match &mut into.values {
        Values::Bytes(codes) => put_each(codes.get_mut(at..).unwrap_or(&mut []), rows, |row| code(row).map(|code| code as u8)),
        Values::Wide(codes) => put_each(codes.get_mut(at..).unwrap_or(&mut []), rows, code),
        _ => NONE,
    }
}
