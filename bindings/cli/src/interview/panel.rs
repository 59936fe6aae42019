//! The picture of the decision while it grows: what is settled, what is open.

use thutuc::explain;
use thutuc::wire::{ConditionAnswer, ConditionStatus, DocumentState, Overall};

use super::Talk;
use super::talk::PANEL;
use crate::labels;
use crate::page::{Tone, cut, padded};
use crate::picture::{Scene, deadline, tone_of};

/// The documents listed at most.
const DOCUMENTS: usize = 9;

/// A part of the decision in few words.
struct Part {
    name: &'static str,
    tone: Tone,
    state: String,
}

impl Part {
    fn mark(&self) -> &'static str {
        match self.tone {
            Tone::Good => "✓",
            Tone::Bad => "✗",
            _ => "…",
        }
    }
}

/// The picture as a column.
pub fn tall(scene: &Scene<'_>, talk: &Talk) -> Vec<String> {
    let ink = talk.ink;
    let outcome = scene.decision.outcome;
    let mut lines = vec![ink.badge(tone_of(outcome), labels::outcome(outcome, scene.language)), String::new()];
    let parts = parts(scene);
    let widest = parts.iter().map(|part| part.name.chars().count()).max().unwrap_or(0);
    for (part, number) in parts.iter().zip(0..) {
        let name = padded(part.name, widest);
        let state = cut(&part.state, PANEL - widest - 4);
        lines.push(format!("{} {name}  {}", ink.paint(part.tone, part.mark()), ink.paint(part.tone, &state)));
        if number == DOCUMENTS_PART {
            lines.extend(documents(scene, talk));
        }
    }
    lines.push(String::new());
    let (now, later) = still(scene);
    lines.push(ink.paint(Tone::Faint, &labels::still(now, later, scene.language)));
    lines
}

/// The picture as a line or two.
pub fn flat(scene: &Scene<'_>, talk: &Talk) -> Vec<String> {
    let outcome = scene.decision.outcome;
    let badge = talk.ink.badge(tone_of(outcome), labels::outcome(outcome, scene.language));
    let parts: Vec<String> =
        parts(scene).iter().map(|part| format!("{} {}: {}", talk.ink.paint(part.tone, part.mark()), part.name, part.state)).collect();
    let (now, later) = still(scene);
    let still = talk.ink.paint(Tone::Faint, &labels::still(now, later, scene.language));
    crate::page::wrapped(&format!("{badge} {} · {still}", parts.join(" · ")), talk.width)
}

/// The messages of conditions and checks that are not met.
pub fn unmet(scene: &Scene<'_>) -> Vec<String> {
    let all = scene.decision.eligibility.conditions.iter().chain(&scene.decision.identity.checks);
    all.filter(|one| one.status == ConditionStatus::Unmet).filter_map(|one| one.message.clone()).collect()
}

/// How many questions are sure to come, and how many may.
fn still(scene: &Scene<'_>) -> (usize, usize) {
    let now = scene.decision.missing.iter().filter(|missing| missing.now).count();
    (now, scene.decision.missing.len() - now)
}

/// Where the documents stand among the parts.
const DOCUMENTS_PART: usize = 2;

fn parts(scene: &Scene<'_>) -> [Part; 5] {
    let decision = scene.decision;
    let words = labels::talk(scene.language);
    let (eligibility, identity) = (&decision.eligibility, &decision.identity);
    let (count, open) = documents_count(scene);
    let (due_tone, due) = match &decision.deadline {
        Some(deadline) => deadline::due(deadline, scene.language),
        None => (Tone::Good, scene.words.no_deadline.to_owned()),
    };
    let level = identity.required_level.filter(|level| *level > 0).map_or(String::new(), |level| format!("{} {level}, ", scene.words.level));
    [
        Part { name: words.conditions, tone: tone(eligibility.status), state: counts(scene, eligibility.status, &eligibility.conditions) },
        Part { name: words.identity, tone: tone(identity.status), state: format!("{level}{}", counts(scene, identity.status, &identity.checks)) },
        Part {
            name: words.documents,
            tone: if open == 0 { Tone::Good } else { Tone::Open },
            state: if open == 0 { count.to_string() } else { format!("{count}, {open} {}", scene.words.open) },
        },
        Part {
            name: words.fees,
            tone: if decision.fees.total.is_some() { Tone::Good } else { Tone::Open },
            state: decision.fees.total.map_or_else(|| scene.words.open.to_owned(), |total| explain::amount(total, scene.language)),
        },
        Part { name: words.deadline, tone: due_tone, state: due },
    ]
}

fn counts(scene: &Scene<'_>, status: Overall, conditions: &[ConditionAnswer<'_>]) -> String {
    let of = |status| conditions.iter().filter(|one| one.status == status).count();
    let (met, unmet, open) = (of(ConditionStatus::Met), of(ConditionStatus::Unmet), of(ConditionStatus::Undetermined));
    let applying = met + unmet + open;
    match status {
        Overall::Met if applying == 0 => scene.words.not_required.to_owned(),
        Overall::Met => labels::overall(status, scene.language).to_owned(),
        _ => format!("{} ({met}/{applying})", labels::overall(status, scene.language)),
    }
}

fn documents_count(scene: &Scene<'_>) -> (usize, usize) {
    let of = |status| scene.decision.documents.iter().filter(|one| one.status == status).count();
    (of(DocumentState::Required), of(DocumentState::Undetermined))
}

fn documents(scene: &Scene<'_>, talk: &Talk) -> Vec<String> {
    let shown = scene.decision.documents.iter().filter(|one| one.status != DocumentState::NotRequired);
    let lines = shown.take(DOCUMENTS).map(|one| {
        let (mark, tone) = match one.status {
            DocumentState::Undetermined => ("?", Tone::Faint),
            DocumentState::Required => ("☐", Tone::Plain),
            _ => ("☑", Tone::Good),
        };
        talk.ink.paint(tone, &cut(&format!("    {mark} {}", one.name), PANEL))
    });
    lines.collect()
}

fn tone(status: Overall) -> Tone {
    match status {
        Overall::Met => Tone::Good,
        Overall::Unmet => Tone::Bad,
        Overall::Undetermined => Tone::Open,
    }
}
