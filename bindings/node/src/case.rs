//! A case in numbers: JavaScript writes them into memory of its own, one call decides, the words of the verdict stand in
//! the same memory.
//!
//! ```text
//! the day the law is read, the day and the second of receipt (NaN: not told), 3 numbers
//! a number a slot | a state a slot | up to the next multiple of 8 | the words of the verdict
//! ```
//! A number has 8 bytes, a state one, a word 4, in the order of the machine. The memory of one case is lent for as long as
//! the case is there: to find out where memory of a call lies takes longer than to decide.

use std::cell::RefCell;
use std::sync::Arc;

use napi::bindgen_prelude::{Int32Array, Uint8Array};
use napi_derive::napi;
use serde_json::value::RawValue;
use thutuc::eval::Moment;
use thutuc::model::Language;
use thutuc::wire::packed::WORDS;
use thutuc::wire::{Engine, PackedCase, Parts, ProblemDocument, packed_moment};

use crate::kept::Kept;
use crate::refusal::{Refusal, guarded};

const NUMBER: usize = 8;
const HEAD: usize = 3 * NUMBER;
const WORD: usize = 4;

/// Bytes of JavaScript, lent for the time of a call.
type Bytes<'a> = &'a mut [u8];

/// A case of one procedure.
struct Case {
    rules: Rules,
    /// What JavaScript lends: the memory of the case, and the words of a decision.
    lent: Option<(Uint8Array, Int32Array)>,
    /// Parts of decisions in Vietnamese and in English.
    parts: [Parts; 2],
}

/// The program of a case, and the memory to decide it.
struct Rules {
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
    /// A case of the program at a position of the pack; `None` if there is none.
    pub fn new(engine: Arc<Engine>, program: usize) -> Option<NativeCase> {
        let of = engine.compiled().programs.get(program)?;
        let (slots, case) = (of.facts.len(), PackedCase::new(of));
        let parts = [Language::Vi, Language::En].map(|language| Parts::new(of, language));
        let case = Case { rules: Rules { engine, program, slots, case }, lent: None, parts };
        Some(NativeCase { number: CASES.with_borrow_mut(|cases| cases.keep(case)) })
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

fn short() -> Refusal {
    ProblemDocument::internal("the bytes of a case are too few", Language::default()).into()
}

impl Rules {
    /// Where the words begin.
    fn words_at(&self) -> usize {
        (HEAD + self.slots * (NUMBER + 1)).next_multiple_of(NUMBER)
    }

    /// Takes the case that stands in `bytes`, and gives its moment and where its words stand.
    fn take<'b>(&mut self, bytes: &'b mut [u8]) -> Result<(Moment, &'b mut [u8]), Refusal> {
        let (told, words) = bytes.split_at_mut_checked(self.words_at()).ok_or_else(short)?;
        let (numbers, states) = told.split_at_checked(HEAD + self.slots * NUMBER).ok_or_else(short)?;
        let mut numbers = numbers.as_chunks::<NUMBER>().0.iter().map(|bytes| f64::from_ne_bytes(*bytes));
        let moment = moment(&mut numbers);
        let (to_states, to_numbers) = self.case.input();
        to_states.iter_mut().zip(states).for_each(|(to, state)| *to = *state);
        to_numbers.iter_mut().zip(numbers).for_each(|(to, number)| *to = number);
        Ok((moment, words))
    }

    fn verdict(&mut self, bytes: &mut [u8], rest: Option<&str>) -> Result<(), Refusal> {
        let (moment, words) = self.take(bytes)?;
        let pack = self.engine.compiled();
        let program = pack.programs.get(self.program).ok_or_else(short)?;
        let decided = self.case.verdict(pack, program, rest, &moment)?;
        words.as_chunks_mut::<WORD>().0.iter_mut().zip(decided).for_each(|(to, word)| *to = word.to_ne_bytes());
        Ok(())
    }
}

impl Case {
    /// The memory of the case and the words of a decision, as JavaScript lends them.
    fn lent(lent: &mut Option<(Uint8Array, Int32Array)>) -> Result<(&mut [u8], &mut [i32]), Refusal> {
        let (bytes, words) = lent.as_mut().ok_or_else(short)?;
        // SAFETY: both are held, so that they are not collected, and the package never detaches them. JavaScript does not run
        // while a call of this thread does, and nothing else of this crate has a reference to them.
        unsafe { Ok((bytes.as_mut(), words.as_mut())) }
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
    /// Its number, how many bytes it has, where its words begin, and how many words a decision has at most.
    #[napi]
    pub fn sizes(&self) -> napi::Result<Vec<u32>> {
        with(self.number, |case| {
            let words_at = case.rules.words_at();
            let program = case.rules.engine.compiled().programs.get(case.rules.program).ok_or_else(short)?;
            Ok(vec![self.number, (words_at + WORDS * WORD) as u32, words_at as u32, Parts::most_words(program) as u32])
        })
    }

    /// Takes the memory of the case, and that for the words of a decision.
    #[napi]
    pub fn lend(&self, bytes: Uint8Array, words: Int32Array) -> napi::Result<()> {
        with(self.number, |case| {
            case.lent = Some((bytes, words));
            Ok(())
        })
    }
}

/// Decides the case and writes the words of its verdict.
pub fn verdict(number: u32) -> napi::Result<()> {
    with(number, |case| case.rules.verdict(Case::lent(&mut case.lent)?.0, None))
}

/// As `verdict`; `rest` holds the facts that are no numbers, as JSON text.
#[napi]
pub fn verdict_with(number: u32, rest: String) -> napi::Result<()> {
    with(number, |case| case.rules.verdict(Case::lent(&mut case.lent)?.0, Some(&rest)))
}

/// Decides the cases that stand in `bytes` one after another; `rests` is a JSON array of the facts of each that are no
/// numbers, null where there are none.
#[napi]
pub fn verdicts(number: u32, bytes: Bytes, rests: Option<String>) -> napi::Result<()> {
    with(number, |case| {
        let size = case.rules.words_at() + WORDS * WORD;
        let rests: Vec<Option<&RawValue>> = rests.as_deref().map_or(Ok(Vec::new()), serde_json::from_str).map_err(|_| short())?;
        let mut rests = rests.into_iter();
        bytes.chunks_exact_mut(size).try_for_each(|bytes| case.rules.verdict(bytes, rests.next().flatten().map(RawValue::get)))
    })
}

/// Decides the case in full and writes the words of the decision; the first is -1 where facts do not fit. Returns the parts
/// that are new, as JSON text, if there are any.
#[napi]
pub fn decision(number: u32, english: bool, rest: Option<String>) -> napi::Result<Option<String>> {
    with(number, |case| {
        let Case { rules, lent, parts: [vietnamese, in_english] } = case;
        let (bytes, words) = Case::lent(lent)?;
        let parts = if english { in_english } else { vietnamese };
        let (moment, _) = rules.take(bytes)?;
        let pack = rules.engine.compiled();
        let program = pack.programs.get(rules.program).ok_or_else(short)?;
        let decided = rules.case.decision(pack, program, rest.as_deref(), &moment, parts)?.unwrap_or(&[-1]);
        words.iter_mut().zip(decided).for_each(|(to, word)| *to = *word);
        Ok(parts.news())
    })
}
