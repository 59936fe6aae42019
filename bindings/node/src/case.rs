//! A case in numbers: JavaScript writes them into bytes of its own, one call decides, the words of the verdict stand in
//! the same bytes.
//!
//! ```text
//! the day the law is read, the day and the second of receipt (NaN: not told), 3 numbers
//! a number a slot | a state a slot | up to the next multiple of 8 | the words of the verdict
//! ```
//! A number has 8 bytes, a state one, a word 4, in the order of the machine.

use std::sync::Arc;

use napi_derive::napi;
use thutuc::eval::Moment;
use thutuc::model::Language;
use thutuc::wire::packed::WORDS;
use thutuc::wire::{Engine, PackedCase, ProblemDocument, packed_moment, wire_problems};

use crate::refusal::{Refusal, guarded, language};

const NUMBER: usize = 8;
const HEAD: usize = 3 * NUMBER;
const WORD: usize = 4;

/// Bytes of JavaScript, lent for the time of a call.
type Bytes<'a> = &'a mut [u8];

/// A case of one procedure.
#[napi]
pub struct NativeCase {
    engine: Arc<Engine>,
    program: usize,
    slots: usize,
    case: PackedCase,
}

impl NativeCase {
    /// A case of the program at a position of the pack.
    pub fn new(engine: Arc<Engine>, program: usize) -> NativeCase {
        let of = engine.compiled().programs.get(program);
        let (slots, case) = of.map_or((0, PackedCase::default()), |of| (of.facts.len(), PackedCase::new(of)));
        NativeCase { engine, program, slots, case }
    }

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
    /// How many bytes a case has, and where its words begin.
    #[napi]
    pub fn sizes(&self) -> Vec<u32> {
        vec![(self.words_at() + WORDS * WORD) as u32, self.words_at() as u32]
    }

    /// Decides the case in `bytes` and writes the words of its verdict there; `rest` holds the facts that are no
    /// numbers.
    #[napi]
    pub fn verdict(&mut self, bytes: Bytes, rest: Option<String>) -> napi::Result<()> {
        guarded(|| self.decide(bytes, rest.as_deref()))
    }

    /// Decides the cases that stand in `bytes` one after another.
    #[napi]
    pub fn verdicts(&mut self, bytes: Bytes) -> napi::Result<()> {
        guarded(|| {
            let size = self.words_at() + WORDS * WORD;
            bytes.chunks_exact_mut(size).try_for_each(|case| self.decide(case, None))
        })
    }

    /// What was wrong with the facts of the last verdict.
    #[napi]
    pub fn problems(&self, lang: Option<String>) -> napi::Result<String> {
        guarded(|| {
            let problems = wire_problems(self.case.problems(), language(lang.as_deref())?);
            Ok(serde_json::to_string(&problems).unwrap_or_default())
        })
    }
}
