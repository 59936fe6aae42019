//! A case that is told fact by fact, as a form is filled in: only what changes crosses the border.

use std::sync::Arc;

use super::decide::{decide, wire_problem};
use super::decision::{Decision, Problem};
use super::engine::Engine;
use super::facts::tell_one;
use super::packed::{MISSING, PackedCase, WORDS, word};
use super::request::RequestError;
use crate::compile::program::{Program, Slot};
use crate::eval::{FactProblem, FactTeller, Moment, Slots, Undecided, Verdict, Workspace, judge};
use crate::model::Language;

/// A case of one procedure that stays with the engine.
#[derive(Debug)]
pub struct Session {
    engine: Arc<Engine>,
    program: usize,
    moment: Moment,
    case: PackedCase,
    /// What does not fit, in the order it was told.
    problems: Vec<FactProblem>,
    /// The problems when the verdict was last read.
    known: Vec<FactProblem>,
    /// The slots that have been told since then.
    changed: Vec<Slot>,
    /// Whether others have been told too.
    more_changed: bool,
}

impl Session {
    /// A case with no fact told.
    ///
    /// # Errors
    /// [`RequestError`] if the pack has no such procedure or jurisdiction.
    pub fn open(engine: Arc<Engine>, procedure: &str, jurisdiction: Option<&str>, moment: Moment) -> Result<Session, RequestError> {
        let program = engine.program_index(procedure, jurisdiction)?;
        Ok(Session::of_program(engine, program, moment))
    }

    /// A case of the program at a position of the pack, no fact told.
    #[must_use]
    pub fn of_program(engine: Arc<Engine>, program: usize, moment: Moment) -> Session {
        let case = engine.compiled().programs.get(program).map(PackedCase::new).unwrap_or_default();
        Session { engine, program, moment, case, problems: Vec::new(), known: Vec::new(), changed: Vec::new(), more_changed: true }
    }

    /// Changes the day the law is read and the moment of receipt.
    pub fn at(&mut self, moment: Moment) {
        self.moment = moment;
    }

    /// Tells a fact by its slot, with a state and a number as [`super::packed`] has them. Whether it fits.
    pub fn set(&mut self, slot: Slot, state: u8, number: f64) -> bool {
        self.told(slot, |case, program, _| case.put(program, slot, state, number))
    }

    /// Tells a fact by its slot as JSON text. Whether it fits.
    pub fn set_json(&mut self, slot: Slot, json: &str) -> bool {
        self.told(slot, |case, program, name| tell_one(program, name, json, case.parts().0))
    }

    /// Takes a fact back: it is missing again, or has its default.
    pub fn unset(&mut self, slot: Slot) {
        self.set(slot, MISSING, 0.0);
    }

    fn told(&mut self, slot: Slot, tell: impl FnOnce(&mut PackedCase, &Program, &str) -> Vec<FactProblem>) -> bool {
        let Some(program) = self.engine.compiled().programs.get(self.program) else { return false };
        let Some(fact) = program.fact(slot) else { return false };
        if !self.problems.is_empty() {
            // A fact may have the name of another and more.
            let longer = |problem: &FactProblem| program.facts.iter().any(|other| other.name.len() > fact.name.len() && is_of(problem, &other.name));
            self.problems.retain(|problem| !is_of(problem, &fact.name) || longer(problem));
        }
        self.changed.push(slot);
        let problems = tell(&mut self.case, program, &fact.name);
        let fits = problems.is_empty();
        self.problems.extend(problems);
        fits
    }

    /// Tells facts to a teller, for hosts with values of their own. `name` is the fact, or the group of facts, that is told anew:
    /// what was wrong with it before is forgotten. `slot` is that of the fact, where it is one and nothing else is told.
    ///
    /// # Errors
    /// Those of `tell`; what it has told until then stays told.
    pub fn tell<E>(&mut self, name: &str, slot: Option<Slot>, tell: impl FnOnce(&mut FactTeller<'_>) -> Result<(), E>) -> Result<(), E> {
        let Some(program) = self.engine.compiled().programs.get(self.program) else { return Ok(()) };
        match slot {
            Some(slot) => self.changed.push(slot),
            None => self.more_changed = true,
        }
        let mut teller = FactTeller::more(program, self.case.parts().0);
        let told = tell(&mut teller);
        let problems = teller.finish();
        if !self.problems.is_empty() {
            self.problems.retain(|problem| !is_of(problem, name));
        }
        self.problems.extend(problems);
        told
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
        let changed = if std::mem::take(&mut self.more_changed) { None } else { Some(&*self.changed) };
        let now = self.case.decide(pack, program, &self.moment, self.problems.len(), changed)?;
        self.changed.clear();
        let changed = before.iter().zip(now).zip(0..).filter(|((before, now), _)| before != now);
        let changed = changed.fold(0, |mask, (_, bit)| mask | 1 << bit);
        if self.problems == self.known {
            return Ok(changed);
        }
        self.known.clone_from(&self.problems);
        Ok(changed | 1 << word::PROBLEMS)
    }

    /// The last verdict.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        self.case.last()
    }

    /// The slots and what does not fit, with memory to decide them in another way.
    pub fn parts(&mut self) -> (&Slots, &[FactProblem], &mut Workspace) {
        let (slots, work) = self.case.parts();
        (slots, &self.problems, work)
    }

    /// The words of the last verdict.
    #[must_use]
    pub fn words(&self) -> &[i32; WORDS] {
        self.case.words()
    }

    /// What is wrong with the facts, in one language.
    #[must_use]
    pub fn problems(&self, language: Language) -> Vec<Problem<'static>> {
        self.problems.iter().map(|problem| wire_problem(problem, language)).collect()
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
        let pack = self.engine.compiled();
        let Some(program) = pack.programs.get(self.program) else { return Err(Undecided::LimitExceeded { limit: 0 }) };
        let (slots, work) = self.case.parts();
        decide(pack, program, slots, &self.moment, language, &self.problems, work)
    }

    /// The program of the case.
    #[must_use]
    pub fn program(&self) -> Option<&Program> {
        self.engine.compiled().programs.get(self.program)
    }
}

/// Whether a problem is with a fact, or with one of a group.
fn is_of(problem: &FactProblem, name: &str) -> bool {
    problem.fact.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
}
