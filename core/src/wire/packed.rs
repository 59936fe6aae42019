//! A case and its verdict as numbers: what crosses a border on the hot path. Nothing is allocated when no fact is wide.
//!
//! A host writes a state and a number a slot, asks for the verdict and reads words. A number is the integer of the slot
//! ([`super::FactLayout`] says which), carried in an `f64` because that is what JavaScript has; what is no integer up to
//! 2^53 in size does not fit. Facts that are no such integer are told beside the slots, as the members of one JSON object.

use super::decide::wire_problem;
use super::decision::Problem;
use super::facts::tell_more;
use super::parts::Parts;
use crate::calendar::Stamp;
use crate::compile::CompiledPack;
use crate::compile::program::{FactSlot, Layout, Program, Slot};
use crate::eval::{Due, FactProblem, FactTeller, Held, Input, Marks, Moment, Outcome, Slots, State, Undecided, Verdict, Workspace};
use crate::model::Language;
use crate::value::{Date, Decimal, Fact};

/// A fact was not told.
pub const MISSING: u8 = 0;
/// A fact was told to be nothing.
pub const NULL: u8 = 1;
/// The number of the slot is the fact.
pub const NARROW: u8 = 2;
/// The fact is told beside the slots.
pub const WIDE: u8 = 3;

/// How many words a verdict has.
pub const WORDS: usize = 32;

/// The words of a verdict: what stands where. A mask is two words, the lower bits first.
pub mod word {
    /// 0 accept, 1 refuse, 2 ask.
    pub const OUTCOME: usize = 0;
    /// The position of the epoch in the layout.
    pub const EPOCH: usize = 1;
    /// The identity level that is needed; -1 while that is open.
    pub const LEVEL: usize = 2;
    /// The sum of the settled fees in đồng, 64 bits, the lower first.
    pub const FEE: usize = 3;
    /// Fees that are not settled.
    pub const FEES_OPEN: usize = 5;
    /// 0 no deadline, 1 determined, 2 provisional, 3 not determined.
    pub const DUE: usize = 7;
    /// The day the answer is due, in days since 1970-01-01.
    pub const DUE_DAY: usize = 8;
    /// How many facts do not fit.
    pub const PROBLEMS: usize = 9;
    /// Conditions of eligibility that are met, that are not, that are not settled.
    pub const ELIGIBILITY: usize = 10;
    /// The same of identity checks.
    pub const IDENTITY: usize = 16;
    /// Documents that are required, reused, handed in, not settled.
    pub const DOCUMENTS: usize = 22;
}

/// One case of a program in numbers, and the memory to decide it; used again from case to case.
#[derive(Debug, Default)]
pub struct PackedCase {
    checks: Vec<Check>,
    states: Vec<u8>,
    numbers: Vec<f64>,
    slots: Slots,
    work: Workspace,
    problems: Vec<FactProblem>,
    held: Held,
    words: [i32; WORDS],
}

/// What a slot may hold.
#[derive(Debug)]
struct Check {
    /// The least and the greatest integer; none where the fact is told beside the slots.
    min: i64,
    max: i64,
    optional: bool,
    defaulted: bool,
}

/// The greatest integer that every smaller one has an `f64` of its own up to.
const EXACT: i64 = 1 << 53;

impl PackedCase {
    /// A case of a program, no fact told.
    #[must_use]
    pub fn new(program: &Program) -> PackedCase {
        let len = program.facts.len();
        PackedCase {
            checks: program.facts.iter().map(Check::of).collect(),
            states: vec![MISSING; len],
            numbers: vec![0.0; len],
            slots: Slots::new(program),
            ..PackedCase::default()
        }
    }

    /// The states and numbers of the slots, for a host to write to.
    pub fn input(&mut self) -> (&mut [u8], &mut [f64]) {
        (&mut self.states, &mut self.numbers)
    }

    /// The last verdict.
    #[must_use]
    pub fn last(&self) -> &Verdict {
        self.held.verdict()
    }

    /// The words of the last verdict.
    #[must_use]
    pub fn words(&self) -> &[i32; WORDS] {
        &self.words
    }

    /// What was wrong with the facts of the last verdict.
    #[must_use]
    pub fn problems(&self) -> &[FactProblem] {
        &self.problems
    }

    /// What was wrong with the facts of the last verdict, in one language.
    #[must_use]
    pub fn problems_in(&self, language: Language) -> Vec<Problem<'static>> {
        self.problems.iter().map(|problem| wire_problem(problem, language)).collect()
    }

    /// The slots as they were last filled.
    #[must_use]
    pub fn slots(&self) -> &Slots {
        &self.slots
    }

    /// The slots and the memory to decide with.
    pub(super) fn parts(&mut self) -> (&mut Slots, &mut Workspace) {
        (&mut self.slots, &mut self.work)
    }

    /// Fills the slots from the states and numbers, and from `rest`, a JSON object of the facts that are wide.
    pub fn fill(&mut self, program: &Program, rest: Option<&str>) {
        self.problems.clear();
        let given = self.states.iter().zip(&self.numbers);
        let plain = self.checks.iter().zip(given).map(|(check, (state, number))| check.plain(*state, *number));
        if !self.slots.fill(plain) {
            self.fill_others(program);
        }
        if let Some(rest) = rest {
            self.problems.extend(tell_more(program, rest, &mut self.slots));
        }
    }

    /// Fills the slots that take a default, and those that do not fit.
    #[cold]
    fn fill_others(&mut self, program: &Program) {
        let given = self.states.iter().zip(&self.numbers);
        let mut odd = false;
        for (((check, (state, number)), fact), slot) in self.checks.iter().zip(given).zip(&program.facts).zip(0u16..) {
            if check.plain(*state, *number).is_none() {
                odd |= !check.place(&mut self.slots, fact, Slot(slot), *state, *number);
            }
        }
        if odd {
            self.tell_odd(program);
        }
    }

    /// Fills one slot from a state and a number; what is wrong with it, if it does not fit.
    pub(super) fn put(&mut self, program: &Program, slot: Slot, state: u8, number: f64) -> Vec<FactProblem> {
        let at = usize::from(slot.0);
        let (Some(check), Some(fact)) = (self.checks.get(at), program.fact(slot)) else { return Vec::new() };
        if check.place(&mut self.slots, fact, slot, state, number) {
            return Vec::new();
        }
        let mut teller = FactTeller::more(program, &mut self.slots);
        teller.tell_slot(slot, &told(fact, state, number));
        teller.finish()
    }

    /// The verdict on the case as it was written to [`PackedCase::input`], and `rest`, a JSON object of the facts that
    /// are wide. Facts that do not fit count as missing and are in [`PackedCase::problems`].
    ///
    /// # Errors
    /// As [`crate::eval::verdict`].
    pub fn verdict(
        &mut self,
        pack: &CompiledPack,
        program: &Program,
        rest: Option<&str>,
        moment: &Moment,
    ) -> Result<&[i32; WORDS], Undecided> {
        self.fill(program, rest);
        self.decide(pack, program, moment, self.problems.len(), None)
    }

    /// The whole decision on the case as it was written to [`PackedCase::input`], in parts; nothing where facts do not fit.
    ///
    /// # Errors
    /// As [`crate::eval::judge`].
    pub fn decision<'a>(
        &mut self,
        pack: &CompiledPack,
        program: &Program,
        rest: Option<&str>,
        moment: &Moment,
        parts: &'a mut Parts,
    ) -> Result<Option<&'a [i32]>, Undecided> {
        self.fill(program, rest);
        if !self.problems.is_empty() {
            return Ok(None);
        }
        parts.decide(pack, program, &self.slots, moment, &[], &mut self.work).map(Some)
    }

    /// The verdict on the slots as they are filled, when `problems` facts did not fit. `changed` are the slots that have been told
    /// since the last one; `None` if that is not known.
    ///
    /// # Errors
    /// As [`crate::eval::verdict`].
    pub(super) fn decide(
        &mut self,
        pack: &CompiledPack,
        program: &Program,
        moment: &Moment,
        problems: usize,
        changed: Option<&[Slot]>,
    ) -> Result<&[i32; WORDS], Undecided> {
        self.held.decide(program, &self.slots, moment, &pack.calendar, &mut self.work, changed)?;
        write_words(&mut self.words, self.held.verdict(), self.held.epoch(), problems);
        Ok(&self.words)
    }

    /// Reports numbers and nulls that do not fit, in the words the same mistakes have when they are told as JSON.
    #[cold]
    fn tell_odd(&mut self, program: &Program) {
        let given = self.states.iter().zip(&self.numbers);
        let mut teller = FactTeller::more(program, &mut self.slots);
        for (((check, (state, number)), fact), slot) in self.checks.iter().zip(given).zip(&program.facts).zip(0u16..) {
            if !check.fits(*state, *number) {
                teller.tell_slot(Slot(slot), &told(fact, *state, *number));
            }
        }
        self.problems.extend(teller.finish());
    }
}

impl Check {
    fn of(fact: &FactSlot) -> Check {
        let (min, max) = match fact.layout {
            Layout::Text { .. } | Layout::Time | Layout::DateTime | Layout::Texts { .. } | Layout::Records { .. } => (1, 0),
            _ => {
                let (min, max) = fact.layout.bounds();
                (min.unwrap_or(-EXACT).max(-EXACT), max.unwrap_or(EXACT).min(EXACT))
            }
        };
        Check { min, max, optional: fact.optional, defaulted: fact.default.is_some() }
    }

    fn fits(&self, state: u8, number: f64) -> bool {
        match state {
            MISSING | WIDE => true,
            NULL => self.optional,
            NARROW => self.integer(number).is_some(),
            _ => false,
        }
    }

    /// What a slot is filled with, but for defaults and what does not fit.
    #[inline(always)]
    fn plain(&self, state: u8, number: f64) -> Option<(State, i64)> {
        match state {
            NARROW => self.integer(number).map(|integer| (State::Narrow, integer)),
            MISSING | WIDE => (!self.defaulted).then_some((State::Missing, 0)),
            NULL => self.optional.then_some((State::Null, 0)),
            _ => None,
        }
    }

    /// Fills a slot; false if what was told does not fit: the fact is missing then.
    fn place(&self, slots: &mut Slots, fact: &FactSlot, slot: Slot, state: u8, number: f64) -> bool {
        match (state, self.integer(number)) {
            (NARROW, Some(integer)) => slots.set_narrow(slot, integer),
            (MISSING | WIDE, _) => match &fact.default {
                None => slots.set_state(slot, State::Missing),
                Some(default) => slots.set(slot, &fact.layout, Fact::Known(default.clone())),
            },
            (NULL, _) if self.optional => slots.set_state(slot, State::Null),
            _ => {
                slots.set_state(slot, State::Missing);
                return false;
            }
        }
        true
    }

    /// The integer that a number stands for, if it fits the slot.
    #[inline(always)]
    fn integer(&self, number: f64) -> Option<i64> {
        let integer = number as i64;
        (integer as f64 == number && self.min <= integer && integer <= self.max).then_some(integer)
    }
}

/// What does not fit, as it would have been told.
fn told(fact: &FactSlot, state: u8, number: f64) -> Input<'static> {
    let integer = number as i64;
    match &fact.layout {
        _ if state == NULL => Input::Null,
        _ if state != NARROW => Input::Foreign(format!("state {state}").into()),
        Layout::Number { scale, .. } if integer as f64 == number => Input::Number(Decimal::from_scaled(integer, *scale).to_string().into()),
        Layout::Date { .. } if integer as f64 == number => {
            Input::Text(i32::try_from(integer).map_or_else(|_| integer.to_string(), |day| Date(day).to_string()).into())
        }
        // Writing a float would carry its whole printer into the browser.
        _ if integer as f64 == number => Input::Foreign(integer.to_string().into()),
        _ if number.is_nan() => Input::Foreign("NaN".into()),
        _ => Input::Foreign("a fraction".into()),
    }
}

/// The moment of a day, and of a day and a second of it if the file was received at a known time.
#[must_use]
pub fn packed_moment(as_of: i32, received: Option<(i32, u32)>) -> Moment {
    match received {
        None => Moment::on(Date(as_of)),
        Some((day, second)) => Moment { as_of: Date(as_of), received: Stamp { date: Date(day), second: second.min(86_399) } },
    }
}

/// Writes a verdict in words.
fn write_words(words: &mut [i32; WORDS], verdict: &Verdict, epoch: usize, problems: usize) {
    let Verdict { outcome, eligibility: Marks { yes: met, no: unmet, open, .. }, identity, documents, .. } = verdict;
    let low = |mask: u64| mask as u32 as i32;
    let high = |mask: u64| (mask >> 32) as u32 as i32;
    let outcome = match outcome {
        Outcome::Accept => 0,
        Outcome::Refuse => 1,
        Outcome::Ask => 2,
    };
    let (due, day) = match verdict.due {
        Due::None => (0, 0),
        Due::Determined(day) => (1, day.0),
        Due::Provisional(day) => (2, day.0),
        Due::Undetermined => (3, 0),
    };
    let fee = verdict.fee_total as u64;
    *words = [
        outcome,
        epoch as i32,
        verdict.required_level.map_or(-1, i32::from),
        low(fee),
        high(fee),
        low(verdict.fees_open),
        high(verdict.fees_open),
        due,
        day,
        problems as i32,
        low(*met),
        high(*met),
        low(*unmet),
        high(*unmet),
        low(*open),
        high(*open),
        low(identity.yes),
        high(identity.yes),
        low(identity.no),
        high(identity.no),
        low(identity.open),
        high(identity.open),
        low(documents.yes),
        high(documents.yes),
        low(documents.no),
        high(documents.no),
        low(documents.provided),
        high(documents.provided),
        low(documents.open),
        high(documents.open),
        0,
        0,
    ];
}
