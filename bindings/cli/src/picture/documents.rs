//! The checklist of papers.

use thutuc::wire::{DocumentAnswer, DocumentState};

use super::{Depth, Scene};
use crate::labels;
use crate::page::{Page, Tone};

impl Scene<'_> {
    pub(super) fn documents(&self, page: &mut Page) {
        let count = |state| self.decision.documents.iter().filter(|one| one.status == state).count();
        let (required, open) = (count(DocumentState::Required), count(DocumentState::Undetermined));
        let summary = match (self.decision.documents.is_empty(), open) {
            (true, _) => self.words.no_documents.to_owned(),
            (false, 0) => required.to_string(),
            (false, _) => format!("{required} + {open} {}", self.words.open),
        };
        page.heading(self.words.documents, if open > 0 { Tone::Open } else { Tone::Strong }, &summary);
        let idle = |one: &DocumentAnswer<'_>| one.status == DocumentState::NotRequired;
        for one in self.decision.documents.iter().filter(|one| self.depth == Depth::Full || !idle(one)) {
            self.document(page, one);
        }
    }

    fn document(&self, page: &mut Page, one: &DocumentAnswer<'_>) {
        let (mark, tone) = match one.status {
            DocumentState::Required => ("☐", Tone::Strong),
            DocumentState::Provided => ("☑", Tone::Good),
            DocumentState::Reused => ("↺", Tone::Good),
            DocumentState::NotRequired => ("–", Tone::Faint),
            DocumentState::Undetermined => ("?", Tone::Open),
        };
        let state = match (one.status, &one.reuse_source) {
            (DocumentState::Required, _) => labels::copies(one.form, one.copies.original, one.copies.copy, self.language),
            (DocumentState::Provided, _) => self.words.provided.to_owned(),
            (DocumentState::Reused, Some(source)) => format!("{} {source}", self.words.reused_from),
            (DocumentState::Reused, None) => self.words.reused.to_owned(),
            (DocumentState::NotRequired, _) => self.words.not_required.to_owned(),
            (DocumentState::Undetermined, _) => {
                self.needed_for(&format!("documents.{}", one.id)).unwrap_or_else(|| self.words.open.to_owned())
            }
        };
        let state = page.ink.paint(if one.status == DocumentState::Undetermined { Tone::Open } else { Tone::Place }, &state);
        page.item(&format!("  {} ", page.ink.paint(tone, mark)), &format!("{} — {state}", one.name));
        if one.status == DocumentState::Required && !one.any_of.is_empty() {
            page.text(4, Tone::Plain, self.words.any_of);
            one.any_of.iter().for_each(|paper| page.item("      · ", &paper.name));
        }
        if self.depth == Depth::Full && !one.because.is_empty() {
            page.text(4, Tone::Plain, &format!("{} {}", self.words.because, self.because(&one.because)));
        }
        if self.depth == Depth::Full || one.status == DocumentState::Required {
            self.cited(page, 4, &one.citations);
        }
    }
}
