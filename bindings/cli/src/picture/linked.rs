//! The steps of a linked service as a chain: each under the first it waits for, with the day it ends at the latest.

use thutuc::wire::{LinkedOutcome, LinkedStep};

use super::deadline::due;
use super::{Depth, Scene};
use crate::page::{Page, Tone};

impl Scene<'_> {
    /// Draws the chain, if there is one.
    pub(super) fn linked(&self, page: &mut Page) {
        let steps = &self.decision.linked;
        if steps.is_empty() {
            return;
        }
        let carried_out = steps.iter().filter(|step| matches!(step.outcome, LinkedOutcome::Accept | LinkedOutcome::Ask)).count();
        page.heading(self.words.linked, Tone::Plain, &carried_out.to_string());
        for step in steps.iter().filter(|step| step.after.is_empty()) {
            self.branch(page, step, "  ", "  ");
        }
    }

    /// A step, and those after it. What stands before its first line, and before all others.
    fn branch(&self, page: &mut Page, step: &LinkedStep<'_>, first: &str, others: &str) {
        let next: Vec<&LinkedStep<'_>> = self.decision.linked.iter().filter(|one| one.after.first() == Some(&step.id)).collect();
        let rail = if next.is_empty() { " " } else { "│" };
        self.step(page, step, first, &format!("{others}{}", page.ink.paint(Tone::Faint, rail)));
        for (at, one) in next.iter().enumerate() {
            let last = at + 1 == next.len();
            let [first, rest] = if last { ["└─ ", "   "] } else { ["├─ ", "│  "] };
            let drawn = |rail: &str| format!("{others}{}", page.ink.paint(Tone::Faint, rail));
            let (first, rest) = (drawn(first), drawn(rest));
            self.branch(page, one, &first, &rest);
        }
    }

    fn step(&self, page: &mut Page, step: &LinkedStep<'_>, first: &str, under: &str) {
        let (mark, tone) = match step.outcome {
            LinkedOutcome::Accept => ("✓", Tone::Good),
            LinkedOutcome::Refuse => ("✗", Tone::Bad),
            LinkedOutcome::Ask => ("?", Tone::Open),
            LinkedOutcome::NotStarted => ("∅", Tone::Bad),
            LinkedOutcome::NotApplicable => ("–", Tone::Faint),
        };
        let code = step.procedure.as_ref().map_or(String::new(), |code| format!("  {}", page.ink.paint(Tone::Faint, code)));
        let who = step.authority.as_ref().map_or(String::new(), |who| format!(" · {who}"));
        let idle = if step.outcome == LinkedOutcome::NotApplicable { format!(": {}", self.words.not_applicable) } else { String::new() };
        let indent = format!("{under} ");
        let name = format!("{}{code}{who}{idle}", page.ink.paint(Tone::Strong, &step.name));
        page.drawn(&format!("{first}{} ", page.ink.paint(tone, mark)), &indent, &name);
        if let Some(limit) = &step.limit {
            let (tone, day) = due(limit, self.language);
            let period = limit.period.as_ref().map_or(String::new(), |period| format!("{period} → "));
            page.drawn(&indent, &indent, &format!("{period}{}", page.ink.paint(tone, &day)));
            limit.message.iter().for_each(|message| page.drawn(&indent, &indent, &page.ink.paint(Tone::Open, message)));
        }
        let unmet: Vec<String> = step.unmet.iter().map(|path| self.part(path)).collect();
        if !unmet.is_empty() {
            page.drawn(&indent, &indent, &page.ink.paint(Tone::Bad, &unmet.join("; ")));
        }
        step.message.iter().for_each(|message| page.drawn(&indent, &indent, &page.ink.paint(Tone::Open, message)));
        if self.depth == Depth::Full && step.outcome != LinkedOutcome::NotApplicable {
            let shared: Vec<String> = step.documents.iter().map(|id| self.part(&format!("documents.{id}"))).collect();
            if !shared.is_empty() {
                page.drawn(&indent, &indent, &page.ink.paint(Tone::Faint, &format!("{}: {}", self.words.documents.to_lowercase(), shared.join("; "))));
            }
        }
    }
}
