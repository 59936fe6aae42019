//! What a page of the manual says of a code: why it is a problem, an example that has it, and the same example mended.

use super::{Code, Severity};

/// The page of a code.
///
/// An example is one rule file, or the part of a procedure that follows its head; `core/tests/pages.rs` gives it the rest of a
/// pack, and holds that the one has exactly this problem and the other none.
///
/// ```
/// # use thutuc::diagnostics::{Code, Page};
/// let page = Page::of(Code::NoCitation);
/// assert_eq!((page.name, page.severity), ("no-citation", "error"));
/// assert!(page.mended.contains("cite:"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Page {
    /// The name that is printed.
    pub name: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// Why it is a problem, and the way out: Markdown.
    pub why: &'static str,
    /// An example that has the problem.
    pub bad: &'static str,
    /// The example mended.
    pub mended: &'static str,
}

impl Page {
    /// The page of a code.
    #[must_use]
    pub fn of(code: Code) -> Page {
        let severity = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (why, rest) = code.text_of_page().split_once(FENCE).unwrap_or_default();
        let (bad, rest) = rest.split_once(END).unwrap_or_default();
        let (_, rest) = rest.split_once(FENCE).unwrap_or_default();
        let (mended, _) = rest.split_once(END).unwrap_or_default();
        Page { name: code.name(), severity, meaning: code.meaning(), why: why.trim(), bad, mended }
    }
}

const FENCE: &str = "```yaml\n";
const END: &str = "```\n";
