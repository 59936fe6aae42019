//! Answers of a block, written to the columns that are wanted.

use super::bits;
use super::describe::{Rows as RowCodes, Wanted};
use super::compiled::{Compiled, EpochParts, Place};
use super::execute::Block;
use super::lower::Register;
use super::ops::Of;
use super::output::Kind;
use super::parts::{NOTHING, Part, PartAnswers};
use super::registers::{ALL, Mask, NONE, Truths, add, and, each, first, is_empty, or, without, write_codes};
use super::results::{Answers, Values};

/// The epochs that a block has rows of.
pub(super) struct Present {
    pub epochs: Vec<(usize, Mask)>,
    /// Rows on whose day there is no law.
    pub none: Mask,
}

/// A section of an epoch.
type Section = fn(&EpochParts) -> &Vec<Place>;

const CONDITIONS: [Section; 2] = [|epoch| &epoch.eligibility, |epoch| &epoch.identity];
const OTHERS: [Section; 2] = [|epoch| &epoch.documents, |epoch| &epoch.fees];

/// A block with the parts that were worked out.
pub(super) struct Writer<'w, 'b> {
    pub block: Block<'b>,
    pub compiled: &'w Compiled,
    pub parts: &'w mut Vec<PartAnswers>,
    pub present: &'w Present,
    /// Rows in which some part of the decision is left to `eval`.
    pub unsettled: Option<Mask>,
    /// Where the block begins in the results.
    pub at: usize,
}

/// What a column of a block lacks.
#[derive(Clone, Copy)]
pub(super) struct Lacks {
    /// Rows without an answer.
    pub none: Mask,
    /// Rows that `eval` decides.
    pub pending: Mask,
}

impl Writer<'_, '_> {
    fn part(&mut self, place: usize) -> &PartAnswers {
        let stamp = self.block.registers.stamp;
        if let (Some(part), Some(answers)) = (self.compiled.parts.get(place), self.parts.get_mut(place))
            && answers.stamp != stamp
        {
            let mut answers = std::mem::replace(answers, PartAnswers { integers: Vec::new(), chosen: Vec::new(), ..PartAnswers::default() });
            self.block.part(part, &mut answers);
            answers.stamp = stamp;
            if let Some(kept) = self.parts.get_mut(place) {
                *kept = answers;
            }
        }
        static NOT_THERE: PartAnswers =
            PartAnswers { stamp: 0, codes: [NONE; 6], rest: ALL, apart: NONE, integers: Vec::new(), chosen: Vec::new() };
        self.parts.get(place).unwrap_or(&NOT_THERE)
    }

    /// Writes a column.
    pub fn write(&mut self, wanted: &Wanted, into: &mut Answers) -> Lacks {
        let rows = self.block.rows.len;
        let mut lacks = Lacks { none: self.present.none, pending: NONE };
        match wanted {
            Wanted::Standing => {
                self.write_codes(into, &[(self.present.none, 1)]);
                lacks.none = NONE;
            }
            Wanted::Condition(places) => self.statuses(places, |epoch| &epoch.eligibility, into, &mut lacks),
            Wanted::Check(places) => self.statuses(places, |epoch| &epoch.identity, into, &mut lacks),
            Wanted::Document(places) => self.statuses(places, |epoch| &epoch.documents, into, &mut lacks),
            Wanted::FeeState(places) => self.statuses(places, |epoch| &epoch.fees, into, &mut lacks),
            Wanted::Eligibility => self.overall(|epoch| &epoch.eligibility, into, &mut lacks),
            Wanted::Identity => self.overall(|epoch| &epoch.identity, into, &mut lacks),
            Wanted::Outcome => self.outcome(into, &mut lacks),
            Wanted::FirstUnmet(codes) => self.first_unmet(codes, into, &mut lacks),
            Wanted::RequiredLevel => self.required_level(into, &mut lacks),
            Wanted::Fee(places) => {
                for (place, mask) in self.sources(places, |epoch| &epoch.fees, &mut lacks) {
                    let at = self.at;
                    let part = self.part(place);
                    let [due, ..] = &part.codes;
                    add(&mut lacks.pending, &and(&mask, &part.rest));
                    add(&mut lacks.none, &without(&without(&mask, due), &part.rest));
                    put_integers(into, at, rows, &and(&mask, due), &part.integers);
                }
            }
            Wanted::FeeRow(places) => self.fee_rows(places, into, &mut lacks),
            Wanted::FeeReduction(places) => self.fee_reductions(places, into, &mut lacks),
            Wanted::FeeTotal => self.fee_total(into, &mut lacks),
            Wanted::Due => {
                for (place, mask) in self.deadlines(&mut lacks) {
                    let at = self.at;
                    let part = self.part(place);
                    let [_, determined, provisional, ..] = &part.codes;
                    let there = or(determined, provisional);
                    add(&mut lacks.pending, &and(&mask, &part.rest));
                    add(&mut lacks.none, &without(&without(&mask, &there), &part.rest));
                    put_days(into, at, rows, &and(&mask, &there), &part.integers);
                }
            }
            Wanted::DueState => {
                let sources = self.deadlines(&mut lacks);
                self.write_statuses(sources, into, &mut lacks);
            }
            Wanted::DeadlineRule(codes) => {
                for (epoch, mask) in &self.present.epochs {
                    let Some(place) = place_of(self.compiled, *epoch, |epoch| Some(&epoch.deadline), mask, &mut lacks) else { continue };
                    let at = self.at;
                    let part = self.part(place);
                    let mut there = NONE;
                    let settled = without(mask, &part.rest);
                    each(&and(&settled, &first(rows)), |row| {
                        let code = part.chosen.get(row).and_then(|rule| codes.get(*epoch)?.get(usize::from(*rule)));
                        if let Some(code) = code {
                            put_code(into, at + row, *code);
                            bits::set(&mut there, row);
                        }
                    });
                    add(&mut lacks.pending, &and(mask, &part.rest));
                    add(&mut lacks.none, &without(&settled, &there));
                }
            }
            Wanted::Missing(slot) => {
                self.write_codes(into, &[]);
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
                return Lacks { none: NONE, pending: first(rows) };
            }
        }
        lacks
    }

    fn write_codes(&self, into: &mut Answers, masks: &[(Mask, u8)]) {
        if let Values::Bytes(bytes) = &mut into.values
            && let Some(place) = bytes.get_mut(self.at..self.at + self.block.rows.len)
        {
            write_codes(place, masks);
        }
    }

    /// The parts of an element and the rows in which each is its.
    fn sources(&self, places: &[Option<u16>], of: Section, lacks: &mut Lacks) -> Vec<(usize, Mask)> {
        let mut sources: Vec<(usize, Mask)> = Vec::new();
        for (epoch, mask) in &self.present.epochs {
            let Some(Some(at)) = places.get(*epoch) else {
                add(&mut lacks.none, mask);
                continue;
            };
            gather(&mut sources, place_of(self.compiled, *epoch, |parts| of(parts).get(usize::from(*at)), mask, lacks), mask);
        }
        sources
    }

    fn deadlines(&self, lacks: &mut Lacks) -> Vec<(usize, Mask)> {
        let mut sources: Vec<(usize, Mask)> = Vec::new();
        for (epoch, mask) in &self.present.epochs {
            gather(&mut sources, place_of(self.compiled, *epoch, |parts| Some(&parts.deadline), mask, lacks), mask);
        }
        sources
    }

    fn statuses(&mut self, places: &[Option<u16>], of: Section, into: &mut Answers, lacks: &mut Lacks) {
        let sources = self.sources(places, of, lacks);
        self.write_statuses(sources, into, lacks);
    }

    fn write_statuses(&mut self, sources: Vec<(usize, Mask)>, into: &mut Answers, lacks: &mut Lacks) {
        let mut codes = [(NONE, 1), (NONE, 2), (NONE, 3), (NONE, 4), (NONE, 5)];
        for (place, mask) in sources {
            let part = self.part(place);
            // The first code is 0, which needs no writing.
            for ((into, _), of) in codes.iter_mut().zip(part.codes.iter().skip(1)) {
                add(into, &and(&mask, of));
            }
            add(&mut lacks.pending, &and(&mask, &part.rest));
        }
        self.write_codes(into, &codes);
    }

    fn overall(&mut self, of: Section, into: &mut Answers, lacks: &mut Lacks) {
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
        self.write_codes(into, &[(unmet, 1), (without(&unknown, &unmet), 2)]);
        lacks.pending = without(&rest, &unmet);
    }

    /// Calls `each` for every part of some section in every epoch; with nothing where it has no kernel.
    fn each_part(&mut self, of: Section, mut each: impl FnMut(&Mask, Option<&PartAnswers>)) {
        let (compiled, present) = (self.compiled, self.present);
        for (epoch, mask) in &present.epochs {
            for place in compiled.epochs.get(*epoch).into_iter().flat_map(of) {
                match place {
                    Ok(place) => each(mask, Some(self.part(*place))),
                    Err(_) => each(mask, None),
                }
            }
        }
    }

    fn outcome(&mut self, into: &mut Answers, lacks: &mut Lacks) {
        let (mut unmet, mut asks, mut rest) = (NONE, NONE, NONE);
        for section in CONDITIONS {
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
        add(&mut rest, &self.rest_of_others());
        self.write_codes(into, &[(unmet, 1), (without(&asks, &unmet), 2)]);
        lacks.pending = without(&rest, &unmet);
    }

    /// Rows in which a document, a fee or the deadline is left to `eval`.
    fn rest_of_others(&mut self) -> Mask {
        let mut rest = NONE;
        for section in OTHERS {
            self.each_part(section, |mask, part| add(&mut rest, &part.map_or(*mask, |part| and(mask, &part.rest))));
        }
        let mut lacks = Lacks { none: NONE, pending: NONE };
        for (place, mask) in self.deadlines(&mut lacks) {
            let of_part = self.part(place).rest;
            add(&mut rest, &and(&mask, &of_part));
        }
        add(&mut rest, &self.rest_of_links());
        or(&rest, &lacks.pending)
    }

    /// Rows in which a step of a linked service is left to `eval`.
    fn rest_of_links(&mut self) -> Mask {
        let (compiled, present) = (self.compiled, self.present);
        let mut rest = NONE;
        for (epoch, mask) in &present.epochs {
            let Some(Ok(links)) = compiled.epochs.get(*epoch).map(|parts| &parts.linked) else {
                add(&mut rest, mask);
                continue;
            };
            for (when, limits) in links {
                let asked_for = when.map_or_else(|| Truths::constant(true), |when| self.block.truth(when, mask).clone());
                let of_limits = self.part(*limits).rest;
                add(&mut rest, &and(mask, &without(&or(&asked_for.rest(), &of_limits), &asked_for.no)));
            }
        }
        rest
    }

    fn unsettled(&mut self) -> Mask {
        if let Some(known) = self.unsettled {
            return known;
        }
        let mut rest = self.rest_of_others();
        for section in CONDITIONS {
            self.each_part(section, |mask, part| add(&mut rest, &part.map_or(*mask, |part| and(mask, &part.rest))));
        }
        let rest = and(&rest, &first(self.block.rows.len));
        self.unsettled = Some(rest);
        rest
    }

    fn first_unmet(&mut self, codes: &[[Vec<u32>; 2]], into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present, rows) = (self.compiled, self.present, first(self.block.rows.len));
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
                each(&and(&left, unmet), |row| put_code(into, at + row, *code));
                add(&mut lacks.pending, &and(&left, &part.rest));
                left = without(&without(&left, unmet), &part.rest);
            }
            add(&mut lacks.none, &left);
        }
    }

    fn required_level(&mut self, into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present) = (self.compiled, self.present);
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
        self.write_codes(into, &masks);
    }

    fn fee_rows(&mut self, places: &[Option<(u16, RowCodes)>], into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present, rows) = (self.compiled, self.present, first(self.block.rows.len));
        for (epoch, mask) in &present.epochs {
            let Some(Some((place, codes))) = places.get(*epoch) else {
                add(&mut lacks.none, mask);
                continue;
            };
            let Some(place) = place_of(compiled, *epoch, |epoch| epoch.fees.get(usize::from(*place)), mask, lacks) else { continue };
            let Some(Part::Fee(fee)) = compiled.parts.get(place) else { continue };
            let part = self.part(place);
            // Where the amount makes no difference no row decides.
            let ([due, ..], free) = (part.codes, part.apart);
            let rest = part.rest;
            add(&mut lacks.pending, &and(mask, &rest));
            let mut there = NONE;
            if let Some(table) = fee.table {
                let at = self.at;
                self.block.table(table);
                each(&and(&and(mask, &without(&due, &free)), &rows), |row| {
                    if let Some(code) = self.block.row_of(table, row).and_then(|row| codes.codes.get(row)) {
                        put_code(into, at + row, *code);
                        bits::set(&mut there, row);
                    }
                });
            }
            add(&mut lacks.none, &without(&without(mask, &there), &rest));
        }
    }

    fn fee_reductions(&mut self, places: &[Option<(u16, Vec<u32>)>], into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present, rows) = (self.compiled, self.present, first(self.block.rows.len));
        for (epoch, mask) in &present.epochs {
            let Some(Some((place, codes))) = places.get(*epoch) else {
                add(&mut lacks.none, mask);
                continue;
            };
            let Some(place) = place_of(compiled, *epoch, |epoch| epoch.fees.get(usize::from(*place)), mask, lacks) else { continue };
            let at = self.at;
            let part = self.part(place);
            let ([due, ..], rest) = (&part.codes, &part.rest);
            let mut there = NONE;
            if matches!(compiled.parts.get(place), Some(Part::Fee(fee)) if fee.reduces()) {
                each(&and(&and(mask, due), &rows), |row| {
                    let code = part.chosen.get(row).filter(|info| **info != NOTHING).and_then(|info| codes.get(usize::from(*info)));
                    if let Some(code) = code {
                        put_code(into, at + row, *code);
                        bits::set(&mut there, row);
                    }
                });
            }
            add(&mut lacks.pending, &and(mask, rest));
            add(&mut lacks.none, &without(&without(mask, &there), rest));
        }
    }

    fn fee_total(&mut self, into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present, len, at) = (self.compiled, self.present, self.block.rows.len, self.at);
        let Values::Integers { integers, .. } = &mut into.values else { return };
        let Some(totals) = integers.get_mut(at..at + len) else { return };
        let mut begun = NONE;
        for (epoch, mask) in &present.epochs {
            let Some(parts) = compiled.epochs.get(*epoch) else { continue };
            for place in &parts.fees {
                let Ok(place) = place else {
                    add(&mut lacks.pending, mask);
                    continue;
                };
                let part = self.part(*place);
                let [due, not_due, _, unknown, ..] = &part.codes;
                add(&mut lacks.pending, &and(mask, &part.rest));
                add(&mut lacks.none, &and(mask, unknown));
                let due = and(mask, due);
                if is_empty(&begun) && parts.fees.len() == 1 && covers(&due, len) {
                    totals.iter_mut().zip(&part.integers).for_each(|(total, amount)| *total = *amount);
                    begun = ALL;
                    continue;
                }
                let fresh = without(&due, &begun);
                each(&and(&fresh, &first(len)), |row| {
                    if let (Some(total), Some(amount)) = (totals.get_mut(row), part.integers.get(row)) {
                        *total = *amount;
                    }
                });
                each(&and(&and(&due, &begun), &first(len)), |row| {
                    if let (Some(total), Some(amount)) = (totals.get_mut(row), part.integers.get(row)) {
                        *total = total.saturating_add(*amount);
                    }
                });
                add(&mut begun, &due);
                let none_yet = without(&and(mask, not_due), &begun);
                each(&and(&none_yet, &first(len)), |row| {
                    if let Some(total) = totals.get_mut(row) {
                        *total = 0;
                    }
                });
                add(&mut begun, &none_yet);
            }
            each(&and(&without(mask, &begun), &first(len)), |row| {
                if let Some(total) = totals.get_mut(row) {
                    *total = 0;
                }
            });
        }
        lacks.none = without(&lacks.none, &lacks.pending);
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

    /// Writes the value of a definition, what is known of it, or the row of its table.
    pub fn write_definition(&mut self, which: usize, wanted: &Wanted, kind: &Kind, into: &mut Answers) -> Lacks {
        let (compiled, present, rows) = (self.compiled, self.present, first(self.block.rows.len));
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
                        each(&and(&or(&known, &null), &inputs), |row| {
                            if let Some(code) = self.block.row_of(*table, row).and_then(|row| codes.codes.get(row)) {
                                put_code(into, at + row, *code);
                                bits::set(&mut there, row);
                            }
                        });
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
            self.write_codes(into, &[(nulls, 1), (unknowns, 3)]);
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
            (Register::Int(int, Of::Day), Values::Days(_)) => {
                let ints = self.block.ints(*int);
                put_days(into, at, len, known, &ints.integers);
            }
            (Register::Int(int, Of::Text), _) => {
                let ints = self.block.ints(*int);
                each(known, |row| {
                    let code = ints.integers.get(row).copied().unwrap_or(-1);
                    let answer = self.block.value_of(code, Of::Text).map_or(super::row::Answer::None, super::row::Answer::Value);
                    if answer == super::row::Answer::None {
                        return bits::set(&mut failed, row);
                    }
                    super::row::put(into, kind, at + len, at + row, answer);
                });
            }
            _ => return *known,
        }
        failed
    }
}

fn gather(sources: &mut Vec<(usize, Mask)>, place: Option<usize>, mask: &Mask) {
    let Some(place) = place else { return };
    match sources.iter_mut().find(|(known, _)| *known == place) {
        Some((_, known)) => add(known, mask),
        None => sources.push((place, *mask)),
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

fn put_integers(into: &mut Answers, at: usize, rows: usize, mask: &Mask, from: &[i64]) {
    let Values::Integers { integers, .. } = &mut into.values else { return };
    let Some(places) = integers.get_mut(at..at + rows) else { return };
    if covers(mask, rows) {
        places.iter_mut().zip(from).for_each(|(place, integer)| *place = *integer);
        return;
    }
    each(&and(mask, &first(rows)), |row| {
        if let (Some(place), Some(integer)) = (places.get_mut(row), from.get(row)) {
            *place = *integer;
        }
    });
}

fn put_days(into: &mut Answers, at: usize, rows: usize, mask: &Mask, from: &[i64]) {
    let Values::Days(days) = &mut into.values else { return };
    let Some(places) = days.get_mut(at..at + rows) else { return };
    if covers(mask, rows) {
        places.iter_mut().zip(from).for_each(|(place, day)| *place = *day as i32);
        return;
    }
    each(&and(mask, &first(rows)), |row| {
        if let (Some(place), Some(day)) = (places.get_mut(row), from.get(row)) {
            *place = *day as i32;
        }
    });
}

fn put_code(into: &mut Answers, row: usize, code: u32) {
    match &mut into.values {
        Values::Bytes(bytes) => {
            if let Some(place) = bytes.get_mut(row) {
                *place = code as u8;
            }
        }
        Values::Wide(codes) => {
            if let Some(place) = codes.get_mut(row) {
                *place = code;
            }
        }
        _ => {}
    }
}
