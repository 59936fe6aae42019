//! Text with a name, and places in it.
//!
//! Every node the readers make carries a [`Span`]; only a [`SourceMap`] turns it into a line and a column.

#[cfg(feature = "author")]
mod folder;

#[cfg(feature = "author")]
pub use folder::{Cases, UnreadableFolder, rule_files};

use std::sync::Arc;

use crate::bundled::Bundled;


/// Which text a span points into: an index in a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub u32);

/// A half-open range of bytes in one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The text it points into.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// First byte after the range.
    pub end: u32,
}

impl Span {
    /// A span over `start..end` of `source`.
    #[must_use]
    pub fn new(source: SourceId, start: u32, end: u32) -> Self {
        Span { source, start, end }
    }

    /// The smallest span that covers both. Spans of different sources keep the first.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.source == other.source {
            Span::new(self.source, self.start.min(other.start), self.end.max(other.end))
        } else {
            self
        }
    }
}

/// A value and the place it was written at.
#[derive(Clone, Debug, PartialEq, Eq, Bundled)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where; not kept in a bundle.
    #[bundled(skip)]
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

/// A line and a column, both from 1, the column counted in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Column in UTF-16 code units, from 1, as editors and JavaScript count.
    pub utf16: u32,
}

/// One text with the name it is shown by.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: Arc<str>,
    line_starts: Vec<u32>,
}

impl Source {
    /// Keeps `text` under `name` (a path relative to the rules folder, or such as `<facts>`).
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next))
            .collect();
        Source { name: name.into(), text, line_starts }
    }

    /// The name it is shown by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The position of a byte offset; past the end it is the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = self.line_starts.get(line - 1).map_or(0, |start| *start as usize);
        let before = self.text.get(start..offset).unwrap_or("");
        Position {
            line: line as u32,
            column: before.chars().count() as u32 + 1,
            utf16: before.encode_utf16().count() as u32 + 1,
        }
    }

    /// The text of a line (from 1), without its line break.
    #[must_use]
    pub fn line(&self, line: u32) -> &str {
        let start = self.line_starts.get((line as usize).saturating_sub(1)).map_or(self.text.len(), |s| *s as usize);
        let end = self.line_starts.get(line as usize).map_or(self.text.len(), |s| *s as usize);
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }
}

/// All texts of one pack, in the order they were read.
#[derive(Debug, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// Adds a text and returns its id.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.sources.push(source);
        SourceId(self.sources.len() as u32 - 1)
    }

    /// The text of an id.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// The text a span covers, empty if it points outside.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).and_then(|s| s.text.get(span.start as usize..span.end as usize)).unwrap_or("")
    }

    /// All sources with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.sources.iter().zip(0u32..).map(|(source, id)| (SourceId(id), source))
    }
}
