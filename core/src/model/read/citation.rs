//! Citations: `68/2020/QH14 art 20(3)(b), art 21`.

use std::sync::Arc;

use super::{Fields, Reader, scalar};
use crate::diagnostics::Code;
use crate::model::{Basis, Citation, Locator, Yaml, YamlKind};
use crate::source::Span;
use crate::value::nfc;

impl Reader {
    /// On what an element rests.
    pub(super) fn basis(&mut self, fields: &Fields<'_>) -> Basis {
        let citations = Self::one_or_more(fields, "cite").iter().filter_map(|yaml| self.citation(yaml)).collect();
        Basis { citations, confidence: self.confidence(fields), note: self.text(fields, "note") }
    }

    fn citation(&mut self, yaml: &Yaml) -> Option<Citation> {
        self.scalar(yaml, "a citation")?;
        match &yaml.kind {
            YamlKind::Scalar { written, .. } => self.citation_in(written, yaml.span),
            _ => None,
        }
    }

    /// A citation that is written as `text`.
    pub(super) fn citation_in(&mut self, text: &str, span: Span) -> Option<Citation> {
        match parse(text) {
            Ok((instrument, locators)) => Some(Citation { instrument, locators, span }),
            Err(Refused { start, end, why }) => {
                let place = Span::new(span.source, span.start + start as u32, (span.start + end as u32).min(span.end));
                self.problem(
                    Code::BadCitation,
                    place,
                    format!("`{}` is not a citation", text.trim()),
                    why,
                    "write `68/2020/QH14 art 20(3)(b)`, several articles as `…, art 21`, several instruments as a list",
                );
                None
            }
        }
    }

    /// What a row of a table rests on, from its cells.
    pub(super) fn row_basis(&mut self, cite: Option<(&str, Span)>, confidence: Option<(&str, Span)>, note: Option<Arc<str>>) -> Basis {
        let mut citations = Vec::new();
        if let Some((cell, span)) = cite {
            let mut at = 0;
            for part in cell.split(';') {
                let lead = part.len() - part.trim_start().len();
                let start = span.start + (at + lead) as u32;
                let place = Span::new(span.source, start, start + part.trim().len() as u32);
                citations.extend(self.citation_in(part.trim(), place));
                at += part.len() + 1;
            }
        }
        let chosen = confidence.and_then(|(text, span)| self.choice_in(text, span, "confidence", crate::model::keys::CONFIDENCE));
        Basis { citations, confidence: scalar::confidence_at(chosen), note }
    }
}

struct Refused {
    start: usize,
    end: usize,
    why: &'static str,
}

fn parse(text: &str) -> Result<(Arc<str>, Vec<Locator>), Refused> {
    let refused = |start: usize, end: usize, why| Err(Refused { start, end, why });
    let first = text.split_whitespace().next().unwrap_or("");
    let after = text.find(first).unwrap_or(0) + first.len();
    if first.is_empty() || first == "art" || !first.chars().all(|c| c.is_alphanumeric() || "/-._+".contains(c)) {
        return refused(0, text.len(), "it does not begin with the number of an instrument");
    }
    let instrument: Arc<str> = nfc(first).as_ref().into();
    let rest = text.get(after..).unwrap_or("");
    let mut locators = Vec::new();
    if rest.trim().is_empty() {
        return Ok((instrument, locators));
    }
    let mut at = after;
    for part in rest.split(',') {
        let lead = part.len() - part.trim_start().len();
        let (start, end) = (at + lead, at + part.trim_end().len().max(lead));
        match locator(part.trim()) {
            Some(locator) => locators.push(locator),
            None => return refused(start, end, "not of the form `art 20(3)(b)`"),
        }
        at += part.len() + 1;
    }
    Ok((instrument, locators))
}

/// `art 20(3)(b)`
fn locator(text: &str) -> Option<Locator> {
    let place = text.strip_prefix("art ")?.trim_start();
    let (article, rest) = place.split_once('(').map_or((place, ""), |(article, rest)| (article, rest));
    let mut steps = Vec::new();
    if place.len() > article.len() {
        for step in rest.strip_suffix(')')?.split(")(") {
            steps.push(part(step)?);
        }
    }
    let mut steps = steps.into_iter();
    let locator = Locator { article: part(article)?, clause: steps.next(), point: steps.next() };
    (article.starts_with(|c: char| c.is_ascii_digit()) && steps.next().is_none()).then_some(locator)
}

fn part(text: &str) -> Option<Arc<str>> {
    (!text.is_empty() && text.chars().all(char::is_alphanumeric)).then(|| nfc(text).as_ref().into())
}
