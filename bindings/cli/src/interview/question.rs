//! A question as it is asked, and what `?` tells.

use thutuc::compile::program::{FactSlot, Layout, Slot};
use thutuc::explain;
use thutuc::value::{Fact, Value};
use thutuc::wire::Decision;

use super::{Interview, panel};
use crate::failure::Failure;
use crate::labels;
use crate::page::{Page, Tone, padded};
use crate::picture::{Depth, Scene, stated};

/// The most answers shown above a question.
const SHOWN: usize = 8;

impl<'p> Interview<'_, 'p> {
    /// The left side of a wide screen: what was answered, what is refused, and the question.
    pub(super) fn left(&self, scene: &Scene<'_>, fact: &'p FactSlot) -> Vec<String> {
        let mut page = Page::of_width(self.talk.ink, self.talk.left_width());
        scene.title(&mut page);
        page.gap();
        let hidden = self.answered.len().saturating_sub(SHOWN);
        if hidden > 0 {
            page.text(0, Tone::Faint, &format!("… (+{hidden})"));
        }
        for answered in self.answered.iter().skip(hidden) {
            page.text(0, Tone::Faint, &self.answer_of(scene, answered));
        }
        page.gap();
        for message in panel::unmet(scene) {
            page.item(&self.talk.bad("✗ "), &message);
            page.gap();
        }
        [page.into_lines(), self.question(fact)].concat()
    }

    fn answer_of(&self, scene: &Scene<'_>, fact: &FactSlot) -> String {
        let slot = scene.program.facts.iter().position(|one| one.name == fact.name).unwrap_or_default();
        let value = match scene.slots.fact(scene.program, Slot(slot as u16)) {
            Fact::Known(value) => value,
            Fact::Null | Fact::Missing => Value::Null,
        };
        stated(fact.label.get(scene.language), &explain::value_in(Some(&fact.layout), &value, scene.language))
    }

    /// The question with its choices.
    pub(super) fn question(&self, fact: &FactSlot) -> Vec<String> {
        let language = self.case.language;
        let words = self.talk.words(language);
        let mut page = Page::of_width(self.talk.ink, self.talk.left_width());
        let number = self.talk.ink.paint(Tone::Open, &format!("{}.", self.answered.len() + 1));
        page.item(&format!("{number} "), &self.talk.ink.paint(Tone::Strong, fact.label.get(language)));
        page.text(3, Tone::Faint, &fact.name);
        self.choices(&mut page, fact);
        let mut hints = vec![words.help, words.back, words.quit];
        if fact.optional {
            hints.insert(0, words.nothing);
        }
        page.text(3, Tone::Faint, &hints.join(" · "));
        page.into_lines()
    }

    /// What may be answered.
    pub(super) fn choices(&self, page: &mut Page, fact: &FactSlot) {
        let language = self.case.language;
        let words = self.talk.words(language);
        let numbered = |page: &mut Page, number: usize, label: &str, code: &str| {
            let code = if code.is_empty() { String::new() } else { page.ink.paint(Tone::Faint, &format!("  {code}")) };
            page.item(&format!("   {} ", padded(&page.ink.paint(Tone::Place, &format!("{number})")), 3)), &format!("{label}{code}"));
        };
        match &fact.layout {
            Layout::Boolean => {
                numbered(page, 1, words.yes, "");
                numbered(page, 2, words.no, "");
            }
            Layout::Enumeration { values } | Layout::Set { values } => {
                for (value, number) in values.iter().zip(1..) {
                    numbered(page, number, value.label.get(language), &value.code);
                }
                if matches!(fact.layout, Layout::Set { .. }) {
                    page.text(3, Tone::Faint, words.several);
                }
            }
            Layout::Date { .. } => page.text(3, Tone::Faint, words.date),
            Layout::DateTime => page.text(3, Tone::Faint, words.datetime),
            Layout::Records { max_items, .. } => page.text(3, Tone::Faint, &labels::how_many(*max_items, language)),
            Layout::Texts { .. } => page.text(3, Tone::Faint, words.several),
            layout => page.text(3, Tone::Faint, &labels::fact_type(layout, language)),
        }
    }

    /// Help, and what needs the answer.
    pub(super) fn help(&mut self, decision: &Decision<'p>, fact: &FactSlot) -> Result<(), Failure> {
        let language = self.case.language;
        let scene = Scene::of(self.case, decision, Depth::Short);
        let mut page = Page::of_width(self.talk.ink, self.talk.left_width());
        if let Some(help) = &fact.help {
            page.text(3, Tone::Plain, help.get(language));
        }
        if !matches!(fact.layout, Layout::Boolean | Layout::Enumeration { .. } | Layout::Set { .. }) {
            page.text(3, Tone::Plain, &labels::fact_type(&fact.layout, language));
        }
        if let Some(missing) = decision.missing.iter().find(|missing| missing.fact == *fact.name) {
            let parts: Vec<String> = missing.needed_by.iter().map(|part| scene.part(part)).collect();
            page.text(3, Tone::Plain, &format!("{} {}", self.talk.words(language).why, parts.join("; ")));
        }
        self.talk.lines(&page.into_lines())
    }
}

