//! What is wrong with the author's text: a code, a place, one sentence, a way out.

mod code;
#[cfg(feature = "author")]
mod page;
mod render;

pub use code::Code;
#[cfg(feature = "author")]
pub use page::Page;
pub use render::{excerpt, render};

use crate::source::Span;

/// How grave a diagnostic is: an error keeps the pack from loading, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack does not load.
    Error,
    /// The pack loads; a person should look.
    Warning,
}

/// One problem in a rule file.
///
/// The message is lower-case, without a full stop, and puts the author's text in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem; each kind has a page in the manual.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// One sentence.
    pub message: String,
    /// What is said under the marked text.
    pub label: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Another place that belongs to the problem, with what is there.
    pub related: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A problem of kind `code` at `span`.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { code, span, message: message.into(), label: String::new(), help: None, related: Vec::new() }
    }

    /// Adds what is said under the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, what: impl Into<String>) -> Self {
        self.related.push((span, what.into()));
        self
    }

    /// How grave it is, by its code.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// What a reader understood, and everything that is wrong with the text, in source order.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// As much as could be understood.
    pub value: T,
    /// All problems.
    pub diagnostics: Vec<Diagnostic>,
}

/// The candidate nearest to `name`, if it is near enough to be what was meant.
///
/// Distance is counted in edited characters; a third of the name's length is near enough.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name.chars().take(LONGEST_NAME + 1).collect();
    if name.len() > LONGEST_NAME {
        return None;
    }
    let limit = (name.len() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(&name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// What is longer is no slip of the pen.
const LONGEST_NAME: usize = 200;

/// Edited, inserted, removed or swapped neighbouring characters between `a` and `b`.
fn edit_distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > 8 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let at = |row: &[usize], k: usize| row.get(k).copied().unwrap_or(usize::MAX - 1);
            let mut cost = (at(&last, j) + usize::from(from != to)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && Some(from) == b.get(j - 1) && a.get(i - 1) == Some(to);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Code, nearest};

    #[test]
    fn a_name_without_end_is_near_nothing() {
        let long = "a".repeat(super::LONGEST_NAME + 1);
        assert_eq!(nearest(&long, [&*long]), None);
        assert_eq!(nearest(&long[1..], [&*long]), Some(&*long));
    }

    #[test]
    fn names_near_enough_are_found() {
        assert_eq!(nearest("residence.aera", ["residence.area", "residence.basis"]), Some("residence.area"));
        assert_eq!(nearest("whn", ["when", "then"]), Some("when"));
        assert_eq!(nearest("lệ phí", ["le_phi"]), None);
        assert_eq!(nearest("x", ["fees", "documents"]), None);
        assert_eq!(nearest("", ["a"]), Some("a"));
    }

    #[test]
    fn codes_have_names_of_their_own() {
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|code| !code.meaning().is_empty()));
    }
}
