//! A case in numbers: JavaScript writes them into bytes of its own, one call decides, the words of the verdict stand in
//! the same bytes.
//!
//! ```text
//! the day the law is read, the day and the second of receipt (NaN: not told), 3 numbers
//! a number a slot | a state a slot | up to the next multiple of 8 | the words of the verdict
//! ```
//! A number has 8 bytes, a state one, a word 4, in the order of the machine.

use std::cell::RefCell;
use std::sync::Arc;

use napi_derive::napi;
use thutuc::eval::Moment;
use thutuc::model::Language;
use thutuc::wire::packed::WORDS;
use thutuc::wire::{Engine, PackedCase, ProblemDocument, packed_moment, wire_problems};

use crate::kept::Kept;
use crate::refusal::{Refusal, guarded, language};

const NUMBER: usize = 8;
const HEAD: usize = 3 * NUMBER;
const WORD: usize = 4;

/// Bytes of JavaScript, lent for the time of a call.
type Bytes<'a> = &'a mut [u8];

/// A case of one procedure.
struct Case {
    engine: Arc<Engine>,
    program: usize,
    slots: usize,
    case: PackedCase,
}

thread_local! {
    /// The cases of this thread, by number: a call of a function with a number costs a tenth of a call of a method.
    static CASES: RefCell<Kept<Case>> = const { RefCell::new(Kept::new()) };
}

/// A case of one procedure; it is forgotten when JavaScript forgets it.
#[napi]
pub struct NativeCase {
    number: u32,
}

impl Drop for NativeCase {
    fn drop(&mut self) {
        let _ = CASES.try_with(|cases| cases.try_borrow_mut().map(|mut cases| cases.forget(self.number)));
    }
}

impl NativeCase {
    /// A case of the program at a position of the pack.
    pub fn new(engine: Arc<Engine>, program: usize) -> NativeCase {
        let of = engine.compiled().programs.get(program);
        let (slots, case) = of.map_or((0, PackedCase::default()), |of| (of.facts.len(), PackedCase::new(of)));
        let case = Case { engine, program, slots, case };
        NativeCase { number: CASES.with_borrow_mut(|cases| cases.keep(case)) }
    }
}

/// Calls with a case of this thread.
fn with<T>(number: u32, call: impl FnOnce(&mut Case) -> Result<T, Refusal>) -> napi::Result<T> {
    guarded(|| {
        CASES.with_borrow_mut(|cases| {
            let gone = || ProblemDocument::internal("there is no such case", Language::default());
            call(cases.get(number).ok_or_else(gone)?)
        })
    })
}

impl Case {

    /// Where the words begin.
    fn words_at(&self) -> usize {
        (HEAD + self.slots * (NUMBER + 1)).next_multiple_of(NUMBER)
    }

    fn decide(&mut self, bytes: &mut [u8], rest: Option<&str>) -> Result<(), Refusal> {
        let words_at = self.words_at();
        let short = || ProblemDocument::internal("the bytes of a case are too few", Language::default());
        let (told, words) = bytes.split_at_mut_checked(words_at).ok_or_else(short)?;
        let (numbers, states) = told.split_at_checked(HEAD + self.slots * NUMBER).ok_or_else(short)?;
        let mut numbers = numbers.as_chunks::<NUMBER>().0.iter().map(|bytes| f64::from_ne_bytes(*bytes));
        let moment = moment(&mut numbers);
        let (to_states, to_numbers) = self.case.input();
        to_states.iter_mut().zip(states).for_each(|(to, state)| *to = *state);
        to_numbers.iter_mut().zip(numbers).for_each(|(to, number)| *to = number);
        let pack = self.engine.compiled();
        let Some(program) = pack.programs.get(self.program) else { return Err(short().into()) };
        let decided = self.case.verdict(pack, program, rest, &moment)?;
        words.as_chunks_mut::<WORD>().0.iter_mut().zip(decided).for_each(|(to, word)| *to = word.to_ne_bytes());
        Ok(())
    }
}

/// The moment at the head of the numbers.
fn moment(numbers: &mut impl Iterator<Item = f64>) -> Moment {
    let mut next = || numbers.next().unwrap_or(f64::NAN);
    let (as_of, day, second) = (next(), next(), next());
    packed_moment(as_of as i32, (!day.is_nan()).then_some((day as i32, second as u32)))
}

#[napi]
impl NativeCase {
    /// Its number, how many bytes it has, and where its words begin.
    #[napi]
    pub fn sizes(&self) -> napi::Result<Vec<u32>> {
        with(self.number, |case| {
            let words_at = case.words_at();
            Ok(vec![self.number, (words_at + WORDS * WORD) as u32, words_at as u32])
        })
    }
}

/// Decides the case in `bytes` and writes the words of its verdict there.
#[napi]
pub fn verdict(number: u32, bytes: Bytes) -> napi::Result<()> {
    with(number, |case| case.decide(bytes, None))
}

/// As `verdict`; `rest` holds the facts that are no numbers, as JSON text.
#[napi]
pub fn verdict_with(number: u32, bytes: Bytes, rest: String) -> napi::Result<()> {
    with(number, |case| case.decide(bytes, Some(&rest)))
}

/// Decides the cases that stand in `bytes` one after another.
#[napi]
pub fn verdicts(number: u32, bytes: Bytes) -> napi::Result<()> {
    with(number, |case| {
        let size = case.words_at() + WORDS * WORD;
        bytes.chunks_exact_mut(size).try_for_each(|bytes| case.decide(bytes, None))
    })
}

/// What was wrong with the facts of the last verdict.
#[napi]
pub fn verdict_problems(number: u32, lang: Option<String>) -> napi::Result<String> {
    with(number, |case| {
        let problems = wire_problems(case.case.problems(), language(lang.as_deref())?);
        Ok(serde_json::to_string(&problems).unwrap_or_default())
    })
}
