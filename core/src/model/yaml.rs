//! YAML with spans, as the rule files are written in it.

use std::sync::Arc;

use crate::source::{Span, Spanned};

/// A YAML node and where it stands.
#[derive(Clone, Debug)]
pub struct Yaml {
    /// What it is.
    pub kind: YamlKind,
    /// Where it stands. For a quoted text: inside the quotes; for a block (`|`, `>`): from its first character.
    pub span: Span,
}

/// A key and what stands under it.
pub type Entry = (Spanned<Arc<str>>, Yaml);

/// The kinds of YAML node.
#[derive(Clone, Debug)]
pub enum YamlKind {
    /// A scalar; `plain` if it was written without quotes.
    Scalar {
        /// Its text.
        text: Arc<str>,
        /// The text as it stands in the file, folding and indentation included, so that its n-th byte is the n-th byte
        /// of the span. FEEL and tables are read from it. A quoted text with escapes has no such form: here it is `text`.
        written: Arc<str>,
        /// Written without quotes.
        plain: bool,
    },
    /// A sequence.
    Sequence(Vec<Yaml>),
    /// A mapping in the order written.
    Mapping(Vec<Entry>),
}

impl Yaml {
    /// The text of a scalar, and whether it was written without quotes.
    #[must_use]
    pub fn scalar(&self) -> Option<(&Arc<str>, bool)> {
        match &self.kind {
            YamlKind::Scalar { text, plain, .. } => Some((text, *plain)),
            _ => None,
        }
    }

    /// The items of a sequence.
    #[must_use]
    pub fn items(&self) -> Option<&[Yaml]> {
        match &self.kind {
            YamlKind::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping.
    #[must_use]
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.kind {
            YamlKind::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under `key` of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Yaml> {
        self.entries()?.iter().find(|(name, _)| &*name.value == key).map(|(_, value)| value)
    }

    /// Whether it is nothing: an empty place, `~` or `null`, without quotes.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.scalar(), Some((text, true)) if matches!(&**text, "" | "~" | "null"))
    }

    /// What it is, for a message.
    #[must_use]
    pub fn what(&self) -> &'static str {
        match &self.kind {
            YamlKind::Scalar { .. } if self.is_null() => "nothing",
            YamlKind::Scalar { .. } => "a text",
            YamlKind::Sequence(_) => "a list",
            YamlKind::Mapping(_) => "a mapping",
        }
    }
}
