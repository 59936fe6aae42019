//! What is still to know, law that is not known, and facts that cannot be used.

use super::{Depth, Scene};
use crate::page::{Page, Tone};

impl Scene<'_> {
    pub(super) fn missing(&self, page: &mut Page) {
        let decision = self.decision;
        if !decision.missing.is_empty() {
            page.heading(self.words.missing, Tone::Open, &decision.missing.len().to_string());
        }
        for missing in decision.missing.iter().filter(|missing| missing.now || self.depth == Depth::Full) {
            let next = decision.next.as_ref() == Some(&missing.fact);
            let (mark, tone) = match (next, missing.now) {
                (true, _) => ("▸", Tone::Open),
                (false, true) => ("•", Tone::Plain),
                (false, false) => ("·", Tone::Faint),
            };
            let parts = match self.depth {
                Depth::Short => self.sections(&missing.needed_by),
                Depth::Full => missing.needed_by.iter().map(|part| self.part(part)).collect::<Vec<_>>().join(", "),
            };
            let perhaps = if missing.now { String::new() } else { format!(", {}", self.words.perhaps) };
            let next = if next { format!("{}: ", self.words.next) } else { String::new() };
            let about = page.ink.paint(Tone::Faint, &format!("({}{perhaps}; {} {})", missing.fact, self.words.decides, parts));
            page.item(&format!("  {} ", page.ink.paint(tone, mark)), &format!("{next}{} {about}", self.label(&missing.fact)));
        }
        let later = decision.missing.iter().filter(|missing| !missing.now).count();
        if later > 0 && self.depth == Depth::Short {
            page.text(2, Tone::Faint, &format!("·  {}: {later}", self.words.perhaps));
        }
        if !decision.gaps.is_empty() {
            page.heading(self.words.gaps, Tone::Open, "");
        }
        for gap in &decision.gaps {
            let parts: Vec<String> = gap.needed_by.iter().map(|part| self.part(part)).collect();
            let about = page.ink.paint(Tone::Faint, &format!("({}: {})", self.words.decides, parts.join(", ")));
            page.item("  ! ", &format!("{} {about}", gap.message));
            self.cited(page, 4, &gap.citations);
        }
        self.problems(page);
    }

    /// Facts that cannot be used.
    pub fn problems(&self, page: &mut Page) {
        let decision = self.decision;
        if !decision.problems.is_empty() {
            page.heading(self.words.problems, Tone::Bad, &decision.problems.len().to_string());
        }
        for problem in &decision.problems {
            let code = page.ink.paint(Tone::Faint, &format!("[{}]", problem.code));
            page.item(&format!("  {} ", page.ink.paint(Tone::Bad, "✗")), &format!("{} {code}", problem.message));
        }
    }
}
