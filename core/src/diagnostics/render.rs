//! Diagnostics as plain text with an excerpt of the source.

use std::fmt::Write as _;

use super::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// A diagnostic as several lines of text: what, where, an excerpt, and the way out.
///
/// ```text
/// error[unknown-fact]: no fact `residence.aera` in procedure `1.004222`
///   --> residence/permanent.yaml:14:11
///    |
/// 14 |     when: residence.aera >= 8
///    |           ^^^^^^^^^^^^^^ not declared
/// help: did you mean `residence.area`?
/// ```
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let severity = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut out = format!("{severity}[{}]: {}\n", diagnostic.code.name(), diagnostic.message);
    excerpt(&mut out, sources, diagnostic.span, &diagnostic.label);
    for (span, what) in &diagnostic.related {
        excerpt(&mut out, sources, *span, what);
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "help: {help}");
    }
    out
}

fn excerpt(out: &mut String, sources: &SourceMap, span: Span, label: &str) {
    let Some(source) = sources.get(span.source) else { return };
    let (start, end) = (source.position(span.start), source.position(span.end));
    let line = source.line(start.line);
    let margin = start.line.to_string().len();
    let width = if end.line == start.line {
        end.column.saturating_sub(start.column).max(1)
    } else {
        (line.chars().count() as u32 + 1).saturating_sub(start.column).max(1)
    };
    let blank: String = line.chars().take(start.column as usize - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let _ = writeln!(out, "{:margin$}--> {}:{}:{}", "", source.name(), start.line, start.column);
    let _ = writeln!(out, "{:margin$} |", "");
    let _ = writeln!(out, "{} | {line}", start.line);
    let underline = format!("{:margin$} | {blank}{} {label}", "", "^".repeat(width as usize));
    let _ = writeln!(out, "{}", underline.trim_end());
}
