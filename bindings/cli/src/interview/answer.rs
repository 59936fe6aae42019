//! Answers: heard, checked at once by the core, asked again where they do not fit.

use thutuc::compile::program::{FactSlot, Layout};
use thutuc::eval::{FactProblem, ProblemCode};
use thutuc::explain;
use thutuc::wire::Decision;

use super::{Interview, Reply};
use crate::failure::Failure;
use crate::input::{Typing, json_of};
use crate::page::Tone;

/// What was typed, before it is an answer.
pub(super) enum Heard {
    Text(String),
    Help,
    Back,
    End,
}

impl<'p> Interview<'_, 'p> {
    /// Asks for a fact until the answer fits.
    pub(super) fn ask(&mut self, decision: &Decision<'p>, fact: &'p FactSlot) -> Result<Reply, Failure> {
        if let Layout::Records { fields, .. } = &fact.layout {
            return self.ask_records(decision, fact, fields);
        }
        loop {
            match self.hear()? {
                Heard::End => return Ok(Reply::End),
                Heard::Back => return Ok(Reply::Back),
                Heard::Help => self.help(decision, fact)?,
                Heard::Text(text) => {
                    let json = json_of(fact, &text, Typing::Free(self.case.language));
                    match self.problem(fact, &json, |_| true) {
                        None => return Ok(Reply::Answer(json)),
                        Some(problem) => self.refuse(&problem)?,
                    }
                }
            }
        }
    }

    /// A line, and what it is.
    pub(super) fn hear(&mut self) -> Result<Heard, Failure> {
        let prompt = self.talk.ink.paint(Tone::Open, "   >");
        Ok(match self.talk.hear(&prompt)? {
            None => Heard::End,
            Some(line) => match &*line {
                "q" | "Q" => Heard::End,
                "<" => Heard::Back,
                "?" => Heard::Help,
                _ => Heard::Text(line),
            },
        })
    }

    /// What is wrong with an answer, if anything is that `counts`.
    pub(super) fn problem(&mut self, fact: &FactSlot, json: &str, counts: impl Fn(ProblemCode) -> bool) -> Option<FactProblem> {
        let mut told = self.case.told.clone();
        told.set(&fact.name, json.to_owned());
        std::mem::swap(&mut told, &mut self.case.told);
        let problems = self.case.tell();
        self.case.told = told;
        let of_fact = |problem: &FactProblem| {
            problem.fact.strip_prefix(&*fact.name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        };
        problems.into_iter().find(|problem| of_fact(problem) && counts(problem.code))
    }

    /// Says what is wrong with an answer.
    pub(super) fn refuse(&mut self, problem: &FactProblem) -> Result<(), Failure> {
        self.talk.refuse(&explain::problem_message(problem, self.case.language))
    }
}
