//! A decision as a page for people.

mod conditions;
pub mod deadline;
mod documents;
mod fees;
mod linked;
mod missing;

use thutuc::compile::program::{Program, Slot};
use thutuc::eval::{Moment, Slots};
use thutuc::explain;
use thutuc::model::Language;
use thutuc::value::{Date, Fact, Value};
use thutuc::wire::{Citations, Cited, Decision, KnownFact, Missing, OutcomeName};

use crate::case::Case;
use crate::labels::{self, Words, words};
use crate::page::{Page, Tone};

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What the applicant needs.
    Short,
    /// Every element with its reasons, those that do not apply too, and instruments by their titles.
    Full,
}

/// A decision and what is needed to speak of it.
pub struct Scene<'a> {
    pub decision: &'a Decision<'a>,
    pub program: &'a Program,
    pub slots: &'a Slots,
    pub moment: Moment,
    pub language: Language,
    pub words: &'static Words,
    pub depth: Depth,
}

impl<'a> Scene<'a> {
    /// The picture of a case that was just decided.
    pub fn of(case: &'a Case<'_>, decision: &'a Decision<'a>, depth: Depth) -> Scene<'a> {
        Scene {
            decision,
            program: case.program,
            slots: &case.slots,
            moment: case.moment,
            language: case.language,
            words: words(case.language),
            depth,
        }
    }

    /// Draws the whole decision.
    pub fn draw(&self, page: &mut Page) {
        self.head(page);
        self.conditions(page);
        self.identity(page);
        self.documents(page);
        self.fees(page);
        self.deadline(page);
        self.linked(page);
        self.missing(page);
    }

    /// What is decided, under which law, with which outcome.
    fn head(&self, page: &mut Page) {
        self.title(page);
        page.gap();
        let badge = page.ink.badge(tone_of(self.decision.outcome), labels::outcome(self.decision.outcome, self.language));
        page.item(&format!("{badge} "), &self.outcome_sentence());
    }

    /// What is decided, under which law.
    pub fn title(&self, page: &mut Page) {
        let about = &self.program.about;
        page.line(format!("{}  {}", page.ink.paint(Tone::Strong, about.name.get(self.language)), page.ink.paint(Tone::Faint, &self.program.code)));
        let received = self.moment.received;
        let mut facts = vec![
            format!("{} {}", self.words.law_of, self.day(self.decision.as_of)),
            format!("{} {:02}:{:02} {}", self.words.received, received.second / 3600, received.second / 60 % 60, self.day(received.date)),
        ];
        let authority = about.authorities.iter().find(|one| one.interval.contains(self.decision.as_of));
        facts.extend(authority.map(|one| one.name.get(self.language).to_string()));
        facts.extend(self.decision.jurisdiction.as_ref().map(|place| place.to_string()));
        page.text(0, Tone::Faint, &facts.join(" · "));
    }

    /// The outcome in a sentence.
    pub fn outcome_sentence(&self) -> String {
        labels::outcome_sentence(self.decision.outcome, self.unmet(), self.questions(), self.language)
    }

    fn unmet(&self) -> usize {
        let all = self.decision.eligibility.conditions.iter().chain(&self.decision.identity.checks);
        all.filter(|one| one.status == thutuc::wire::ConditionStatus::Unmet).count()
    }

    /// How many missing facts can still change the outcome.
    fn questions(&self) -> usize {
        let decides = |missing: &&Missing| missing.needed_by.iter().any(|part| part.starts_with("eligibility.") || part.starts_with("identity."));
        self.decision.missing.iter().filter(decides).count()
    }

    fn day(&self, day: Date) -> String {
        explain::day(day, self.language)
    }

    /// The facts that decided something, each with its value: `Kênh nộp: trực tuyến; …`.
    fn because(&self, facts: &[KnownFact<'_>]) -> String {
        let all: Vec<String> = facts.iter().map(|fact| self.known(&fact.fact)).collect();
        all.join("; ")
    }

    fn known(&self, name: &str) -> String {
        let found = self.program.facts.iter().zip(0u16..).find(|(fact, _)| *fact.name == *name);
        let Some((fact, number)) = found else { return name.to_owned() };
        let value = match self.slots.fact(self.program, Slot(number)) {
            Fact::Known(value) => value,
            Fact::Null | Fact::Missing => Value::Null,
        };
        stated(fact.label.get(self.language), &explain::value(self.program, Some(Slot(number)), &value, self.language))
    }

    /// The label of a fact.
    fn label(&self, name: &str) -> String {
        let fact = self.program.facts.iter().find(|fact| *fact.name == *name);
        fact.map_or_else(|| name.to_owned(), |fact| fact.label.get(self.language).to_string())
    }

    /// The facts that would settle a part; in short depth those that are asked first.
    fn needed_for(&self, part: &str) -> Option<String> {
        let needs = |missing: &&Missing| missing.needed_by.iter().any(|one| one == part);
        let all: Vec<&Missing> = self.decision.missing.iter().filter(needs).collect();
        let now: Vec<&Missing> = all.iter().copied().filter(|missing| missing.now).collect();
        let shown = if self.depth == Depth::Full || now.is_empty() { &all } else { &now };
        let facts: Vec<String> = shown.iter().map(|missing| self.label(&missing.fact)).collect();
        (!facts.is_empty()).then(|| format!("{} {}", self.words.need_to_know, facts.join("; ")))
    }

    /// The sections that need something, in words.
    pub fn sections(&self, paths: &[String]) -> String {
        let named = [
            ("eligibility", self.words.conditions),
            ("identity", self.words.identity),
            ("documents", self.words.documents),
            ("fees", self.words.fees),
            ("deadline", self.words.deadline),
            ("linked", self.words.linked),
        ];
        let needed = named.iter().filter(|(section, _)| paths.iter().any(|path| path.split('.').next() == Some(section)));
        let all: Vec<String> = needed.map(|(_, name)| name.to_lowercase()).collect();
        all.join(", ")
    }

    /// A part of the decision by its path, in words.
    pub fn part(&self, path: &str) -> String {
        let (section, id) = path.split_once('.').unwrap_or((path, ""));
        match section {
            "eligibility" => format!("{} {id}", self.words.condition),
            "identity" => format!("{} {id}", self.words.check),
            "documents" => self.decision.documents.iter().find(|one| one.id == id).map_or(id, |one| &one.name).to_owned(),
            "fees" => self.program.fees.iter().find(|one| *one.id == *id).map_or(id, |one| one.name.get(self.language)).to_owned(),
            "deadline" => self.words.deadline.to_lowercase(),
            "linked" => self.decision.linked.iter().find(|one| one.id == id).map_or(id, |one| &one.name).to_owned(),
            other => other.to_owned(),
        }
    }

    /// Citations under an element. In full depth one a line with its title.
    fn cited(&self, page: &mut Page, indent: usize, citations: &Citations<'_>) {
        let mut seen: Vec<Cited<'_>> = Vec::new();
        for cited in citations.iter() {
            if !seen.contains(&cited) {
                seen.push(cited);
            }
        }
        let ink = page.ink;
        let faint = |text: &str| ink.paint(Tone::Faint, text);
        let mark = |cited: &Cited<'_>| {
            let mark = labels::confidence(cited.confidence, self.language);
            mark.map_or(String::new(), |mark| format!(" {}", ink.paint(Tone::Open, &format!("[{mark}]"))))
        };
        match self.depth {
            Depth::Short => {
                let all: Vec<String> = seen.iter().map(|cited| format!("{}{}", faint(&cited.text), mark(cited))).collect();
                page.item(&" ".repeat(indent), &all.join("; "));
            }
            Depth::Full => {
                for cited in &seen {
                    let text = faint(&format!("{} ({})", cited.text, cited.title));
                    page.item(&format!("{}{} ", " ".repeat(indent), faint("§")), &format!("{text}{}", mark(cited)));
                }
            }
        }
    }
}

/// A label and a value: a question takes its answer as it is, a name takes a colon.
pub fn stated(label: &str, value: &str) -> String {
    let label = label.trim_end();
    if label.ends_with(['?', ':']) { format!("{label} {value}") } else { format!("{label}: {value}") }
}

/// The colour of an outcome.
pub fn tone_of(outcome: OutcomeName) -> Tone {
    match outcome {
        OutcomeName::Accept => Tone::Good,
        OutcomeName::Refuse => Tone::Bad,
        OutcomeName::Ask => Tone::Open,
    }
}
