//! A decision as a piece of HTML: what a notebook shows. No script, no style sheet of its own, everything escaped.

use std::fmt::{self, Write};

use serde::Serialize;

use super::decision::{Citations, ConditionAnswer, Deadline, Decision, DocumentAnswer, Fees, Missing};
use super::status::{ConditionStatus, DocumentState, LinkedOutcome};
use crate::explain::{Headings, amount, headings, status_word};
use crate::model::Language;

/// A decision as HTML: one `div` with a heading and a table. What does not apply is left out.
#[must_use]
pub fn decision_html(decision: &Decision, language: Language) -> String {
    let mut page = Page { out: String::new(), language, words: headings(language) };
    // Writing to a text does not fail.
    let _ = page.decision(decision);
    page.out
}

struct Page {
    out: String,
    language: Language,
    words: &'static Headings,
}

/// A text with the characters that HTML gives a meaning written as entities.
pub(super) struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            c => f.write_char(c),
        })
    }
}

/// Colours that are read on white and on black.
fn colour(status: &str) -> &'static str {
    match status {
        "accept" | "met" | "provided" | "reused" | "determined" => "#2e8b57",
        "refuse" | "unmet" | "not_started" => "#d04040",
        _ => "#b07d00",
    }
}

impl Page {
    fn decision(&mut self, decision: &Decision) -> fmt::Result {
        let words = self.words;
        write!(self.out, "<div class=\"thutuc-decision\"><p><strong>{}</strong> ", Escaped(&decision.procedure))?;
        self.badge(&decision.outcome)?;
        write!(self.out, " <small>{} {} · {} {}", words.law_of, decision.as_of, Escaped(&decision.pack.id), Escaped(&decision.pack.version))?;
        if let Some(jurisdiction) = &decision.jurisdiction {
            write!(self.out, " · {}", Escaped(jurisdiction))?;
        }
        self.out.push_str("</small></p><table>");
        self.conditions(words.conditions, &decision.eligibility.conditions)?;
        self.conditions(words.identity, &decision.identity.checks)?;
        self.documents(&decision.documents)?;
        self.fees(&decision.fees)?;
        if let Some(deadline) = &decision.deadline {
            self.deadline(deadline)?;
        }
        for step in decision.linked.iter().filter(|step| step.outcome != LinkedOutcome::NotApplicable) {
            let limit = step.limit.as_ref().and_then(|limit| limit.due_at.clone().or_else(|| limit.due_on.map(|day| day.to_string())));
            let parts = [Some(&*step.name), limit.as_deref(), step.message.as_deref()];
            let said = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            self.row(words.linked, &step.id, &step.outcome, &said, &step.citations)?;
        }
        self.missing(&decision.missing, decision.next.as_deref())?;
        for problem in &decision.problems {
            self.row(words.problems, &problem.fact, &"unmet", &problem.message, &Citations::none())?;
        }
        for gap in &decision.gaps {
            self.row(words.gaps, &gap.id, &"undetermined", &gap.message, &gap.citations)?;
        }
        self.out.push_str("</table></div>");
        Ok(())
    }

    fn conditions(&mut self, heading: &str, answers: &[ConditionAnswer]) -> fmt::Result {
        for answer in answers.iter().filter(|answer| answer.status != ConditionStatus::NotApplicable) {
            let said = answer.message.as_deref().unwrap_or("");
            self.row(heading, &answer.id, &answer.status, said, &answer.citations)?;
        }
        Ok(())
    }

    fn documents(&mut self, answers: &[DocumentAnswer]) -> fmt::Result {
        for answer in answers.iter().filter(|answer| answer.status != DocumentState::NotRequired) {
            self.row(self.words.documents, &answer.id, &answer.status, &answer.name, &answer.citations)?;
        }
        Ok(())
    }

    fn fees(&mut self, fees: &Fees) -> fmt::Result {
        let words = self.words;
        let in_words = |of: Option<i64>, language| of.map_or_else(|| words.open.to_owned(), |of| amount(of, language));
        for item in &fees.items {
            let said = format!("{}: {}", item.name, in_words(item.amount, self.language));
            self.row(words.fees, &item.id, &fees.status, &said, &item.citations)?;
        }
        let said = format!("{}: {}", words.total, in_words(fees.total, self.language));
        self.row(words.fees, "", &fees.status, &said, &Citations::none())
    }

    fn deadline(&mut self, deadline: &Deadline) -> fmt::Result {
        let due = deadline.due_at.clone().or_else(|| deadline.due_on.map(|day| day.to_string()));
        let parts = [due.as_deref(), deadline.period.as_deref(), deadline.message.as_deref()];
        let said = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        self.row(self.words.deadline, deadline.id.as_deref().unwrap_or(""), &deadline.status, &said, &deadline.citations)
    }

    fn missing(&mut self, missing: &[Missing], next: Option<&str>) -> fmt::Result {
        for fact in missing.iter().filter(|fact| fact.now) {
            let said = if next == Some(&*fact.fact) { self.words.next } else { "" };
            self.row(self.words.missing, &fact.fact, &"ask", said, &Citations::none())?;
        }
        Ok(())
    }

    /// A row: heading, id, status, what is said and on what basis.
    fn row(&mut self, heading: &str, id: &str, status: &impl Serialize, said: &str, citations: &Citations) -> fmt::Result {
        write!(self.out, "<tr><th style=\"text-align:left\">{heading}</th><td><code>{}</code></td><td>", Escaped(id))?;
        self.badge(status)?;
        write!(self.out, "</td><td style=\"text-align:left\">{}", Escaped(said))?;
        for cited in citations.iter() {
            write!(self.out, "<br><small title=\"{}\">{}</small>", Escaped(&cited.title), Escaped(&cited.text))?;
        }
        self.out.push_str("</td></tr>");
        Ok(())
    }

    fn badge(&mut self, status: &impl Serialize) -> fmt::Result {
        let name = serde_json::to_value(status).unwrap_or_default();
        let name = name.as_str().unwrap_or("");
        write!(self.out, "<span style=\"color:{};font-weight:bold\">{}</span>", colour(name), Escaped(status_word(name, self.language)))
    }
}
