//! What is wrong with rule files, for editors and programs.

use serde::Serialize;

use crate::diagnostics::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// A diagnostic with its place in lines and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Diagnostic"))]
#[serde(rename_all = "camelCase")]
pub struct DiagnosticView {
    /// What kind of problem.
    pub code: &'static str,
    /// `error` or `warning`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["error", "warning"])))]
    pub severity: &'static str,
    /// Where.
    #[serde(flatten)]
    pub place: Option<Place>,
    /// One sentence.
    pub message: String,
    /// What is said under the marked text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// A way out.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<RelatedPlace>,
}

/// A place in a file; lines and columns from 1, columns in characters and in UTF-16 units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// Line.
    pub line: u32,
    /// Column in characters.
    pub column: u32,
    /// Column in UTF-16 units.
    pub utf16: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column of the end in characters.
    pub end_column: u32,
    /// Column of the end in UTF-16 units.
    pub end_utf16: u32,
}

/// Another place and what is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RelatedPlace {
    /// Where.
    #[serde(flatten)]
    pub place: Option<Place>,
    /// What is there.
    pub label: String,
}

impl DiagnosticView {
    /// A diagnostic in the files it was found in.
    #[must_use]
    pub fn of(diagnostic: &Diagnostic, sources: &SourceMap) -> DiagnosticView {
        let related = diagnostic.related.iter().map(|(span, label)| RelatedPlace { place: place(*span, sources), label: label.clone() });
        DiagnosticView {
            code: diagnostic.code.name(),
            severity: match diagnostic.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            place: place(diagnostic.span, sources),
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            help: diagnostic.help.clone(),
            related: related.collect(),
        }
    }

    /// Whether it keeps the pack from loading.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == "error"
    }
}

fn place(span: Span, sources: &SourceMap) -> Option<Place> {
    let source = sources.get(span.source)?;
    let (start, end) = (source.position(span.start), source.position(span.end));
    Some(Place {
        file: source.name().to_owned(),
        line: start.line,
        column: start.column,
        utf16: start.utf16,
        end_line: end.line,
        end_column: end.column,
        end_utf16: end.utf16,
    })
}
