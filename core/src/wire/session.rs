//! A case that is told fact by fact, as a form is filled in: only what changes crosses the border.

use std::sync::Arc;

use super::decide::{decide, wire_problem};
use super::decision::{Decision, Problem};
use super::engine::Engine;
use super::facts::tell_one;
use super::packed::{MISSING, PackedCase, WORDS, word};
use super::request::RequestError;
use crate::compile::program::{Program, Slot};
use crate::eval::{FactProblem, Moment, Undecided, judge};
use crate::model::Language;

/// A case of one procedure that stays with the engine.
#[derive(Debug)]
pub struct Session {
    engine: Arc<Engine>,
    program: usize,
    moment: Moment,
    case: PackedCase,
    problems: Vec<(Slot, FactProblem)>,
    /// The problems when the verdict was last read.
    known: Vec<(Slot, FactProblem)>,
}

impl Session {
    /// A case with no fact told.
    ///
    /// # Errors
    /// [`RequestError`] if the pack has no such procedure or jurisdiction.
    pub fn open(engine: Arc<Engine>, procedure: &str, jurisdiction: Option<&str>, moment: Moment) -> Result<Session, RequestError> {
        let program = engine.program_index(procedure, jurisdiction)?;
        let case = engine.compiled().programs.get(program).map(PackedCase::new).unwrap_or_default();
        Ok(Session { engine, program, moment, case, problems: Vec::new(), known: Vec::new() })
    }

    /// Changes the day the law is read and the moment of receipt.
    pub fn at(&mut self, moment: Moment) {
        self.moment = moment;
    }

    /// Tells a fact by its slot, with a state and a number as [`super::packed`] has them. Whether it fits.
    pub fn set(&mut self, slot: Slot, state: u8, number: f64) -> bool {
        self.forgive(slot);
        let Some(program) = self.engine.compiled().programs.get(self.program) else { return false };
        let problems = self.case.put(program, slot, state, number);
        let fits = problems.is_empty();
        self.problems.extend(problems.into_iter().map(|problem| (slot, problem)));
        fits
    }

    /// Tells a fact by its slot as JSON text. Whether it fits.
    pub fn set_json(&mut self, slot: Slot, json: &str) -> bool {
        self.forgive(slot);
        let Some(program) = self.engine.compiled().programs.get(self.program) else { return false };
        let Some(fact) = program.fact(slot) else { return false };
        let problems = tell_one(program, &fact.name, json, self.case.parts().0);
        let fits = problems.is_empty();
        self.problems.extend(problems.into_iter().map(|problem| (slot, problem)));
        fits
    }

    /// Takes a fact back: it is missing again, or has its default.
    pub fn unset(&mut self, slot: Slot) {
        self.set(slot, MISSING, 0.0);
    }

    fn forgive(&mut self, slot: Slot) {
        if !self.problems.is_empty() {
            self.problems.retain(|(of, _)| *of != slot);
        }
    }

    /// Decides, and says which words of the verdict are others than last time: a bit each. The bit of the number of problems
    /// is set where any of them is another.
    ///
    /// # Errors
    /// As [`crate::eval::verdict`].
    pub fn read(&mut self) -> Result<u32, Undecided> {
        let pack = self.engine.compiled();
        let Some(program) = pack.programs.get(self.program) else { return Ok(0) };
        let before = *self.case.words();
        let now = self.case.decide(pack, program, &self.moment, self.problems.len())?;
        let changed = before.iter().zip(now).zip(0..).filter(|((before, now), _)| before != now);
        let changed = changed.fold(0, |mask, (_, bit)| mask | 1 << bit);
        if self.problems == self.known {
            return Ok(changed);
        }
        self.known.clone_from(&self.problems);
        Ok(changed | 1 << word::PROBLEMS)
    }

    /// The words of the last verdict.
    #[must_use]
    pub fn words(&self) -> &[i32; WORDS] {
        self.case.words()
    }

    /// What is wrong with the facts, in one language.
    #[must_use]
    pub fn problems(&self, language: Language) -> Vec<Problem<'static>> {
        self.problems.iter().map(|(_, problem)| wire_problem(problem, language)).collect()
    }

    /// The slots of the missing facts that can still change something, with whether each matters now.
    ///
    /// # Errors
    /// As [`crate::eval::verdict`].
    pub fn missing(&mut self) -> Result<Vec<(Slot, bool)>, Undecided> {
        let pack = self.engine.compiled();
        let Some(program) = pack.programs.get(self.program) else { return Ok(Vec::new()) };
        let (slots, work) = self.case.parts();
        let judged = judge(program, slots, &self.moment, &pack.calendar, work)?;
        Ok(judged.missing.iter().map(|missing| (missing.slot, missing.now)).collect())
    }

    /// The whole decision on the case as it stands, in one language.
    ///
    /// # Errors
    /// As [`crate::eval::judge`].
    pub fn explain(&mut self, language: Language) -> Result<Decision<'_>, Undecided> {
        let problems: Vec<FactProblem> = self.problems.iter().map(|(_, problem)| problem.clone()).collect();
        let pack = self.engine.compiled();
        let Some(program) = pack.programs.get(self.program) else { return Err(Undecided::LimitExceeded { limit: 0 }) };
        let (slots, work) = self.case.parts();
        decide(pack, program, slots, &self.moment, language, &problems, work)
    }

    /// The program of the case.
    #[must_use]
    pub fn program(&self) -> Option<&Program> {
        self.engine.compiled().programs.get(self.program)
    }
}
