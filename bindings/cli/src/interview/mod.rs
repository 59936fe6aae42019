//! The interview: asks what still matters until nothing does, or the person has had enough.
//!
//! Line by line, so that it works on a terminal, in a pipe and in a test. On a wide terminal the picture of the decision
//! stands beside the question.

mod answer;
mod panel;
mod question;
mod records;
mod talk;

pub use talk::Talk;

use thutuc::compile::program::FactSlot;
use thutuc::wire::Decision;

use crate::case::Case;
use crate::failure::Failure;
use crate::page::Page;
use crate::picture::{Depth, Scene};

/// What a person said to a question.
#[derive(Debug, PartialEq, Eq)]
enum Reply {
    /// An answer that fits, as JSON.
    Answer(String),
    /// To the question before.
    Back,
    /// Enough.
    End,
}

/// An interview about one case.
pub struct Interview<'c, 'p> {
    case: &'c mut Case<'p>,
    talk: Talk,
    /// The facts answered here, in the order they were.
    answered: Vec<&'p FactSlot>,
    /// How many unmet conditions have been told of.
    told_unmet: usize,
}

impl<'c, 'p> Interview<'c, 'p> {
    /// An interview that begins with what is told of the case already.
    pub fn new(case: &'c mut Case<'p>, talk: Talk) -> Self {
        Interview { case, talk, answered: Vec::new(), told_unmet: 0 }
    }

    /// Asks until nothing is left to ask or the person ends it.
    pub fn run(mut self) -> Result<(), Failure> {
        let mut again: Option<&'p FactSlot> = None;
        let program = self.case.program;
        loop {
            let decision = self.case.decide()?;
            let next = decision.next.as_ref().and_then(|next| program.facts.iter().find(|fact| *fact.name == **next));
            let Some(fact) = again.take().or(next) else { return Ok(()) };
            self.show(&decision, fact)?;
            match self.ask(&decision, fact)? {
                Reply::Answer(json) => {
                    self.case.told.set(&fact.name, json);
                    self.answered.push(fact);
                }
                Reply::Back => match self.answered.pop() {
                    Some(before) => {
                        self.case.told.remove(&before.name);
                        again = Some(before);
                    }
                    None => self.talk.say("", self.talk.words(self.case.language).first)?,
                },
                Reply::End => return Ok(()),
            }
        }
    }

    /// The picture so far and the question, side by side where there is room.
    fn show(&mut self, decision: &Decision<'p>, fact: &'p FactSlot) -> Result<(), Failure> {
        let scene = Scene::of(self.case, decision, Depth::Short);
        if self.talk.beside {
            let panel = panel::tall(&scene, &self.talk);
            let left = self.left(&scene, fact);
            return self.talk.side_by_side(&left, &panel);
        }
        let line = panel::flat(&scene, &self.talk);
        let unmet = panel::unmet(&scene);
        let mut news = Page::of_width(self.talk.ink, self.talk.width);
        unmet.iter().skip(self.told_unmet).for_each(|message| news.item(&self.talk.bad("✗ "), message));
        let question = self.question(fact);
        self.told_unmet = unmet.len();
        self.talk.lines(&[vec![String::new()], line, news.into_lines(), question].concat())
    }
}
