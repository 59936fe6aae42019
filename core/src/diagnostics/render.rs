//! Diagnostics as plain text with an excerpt of the source.

use std::fmt::Write as _;

use super::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// A diagnostic as several lines of text: what, where, an excerpt, other places that belong to it, and the way out.
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
    let spans = std::iter::once(diagnostic.span).chain(diagnostic.related.iter().map(|(span, _)| *span));
    let lines = spans.filter_map(|span| Some(sources.get(span.source)?.position(span.start).line));
    let margin = lines.max().unwrap_or(1).to_string().len();
    draw(&mut out, sources, diagnostic.span, "-->", &diagnostic.label, margin);
    for (span, what) in &diagnostic.related {
        draw(&mut out, sources, *span, ":::", what, margin);
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "help: {help}");
    }
    out
}

/// The place of `span`, its first line, and `label` under it: a diagnostic without its message.
#[must_use]
pub fn excerpt(span: Span, label: &str, sources: &SourceMap) -> String {
    let mut out = String::new();
    let line = sources.get(span.source).map_or(1, |source| source.position(span.start).line);
    draw(&mut out, sources, span, "-->", label, line.to_string().len());
    out
}

/// The first line of `span` with `label` under it.
fn draw(out: &mut String, sources: &SourceMap, span: Span, arrow: &str, label: &str, margin: usize) {
    let Some(source) = sources.get(span.source) else { return };
    let (start, end) = (source.position(span.start), source.position(span.end));
    let line = source.line(start.line);
    let rest = (line.chars().count() as u32 + 1).saturating_sub(start.column);
    let width = if end.line == start.line { end.column.saturating_sub(start.column) } else { rest };
    // Tabs stay tabs, so that the mark stands under the text whatever a tab is wide.
    let blank: String = line.chars().take(start.column as usize - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let _ = writeln!(out, "{:margin$}{arrow} {}:{}:{}", "", source.name(), start.line, start.column);
    let _ = writeln!(out, "{:margin$} |", "");
    let _ = writeln!(out, "{:>margin$} | {line}", start.line);
    let underline = format!("{:margin$} | {blank}{} {label}", "", "^".repeat(width.max(1) as usize));
    let _ = writeln!(out, "{}", underline.trim_end());
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::diagnostics::{Code, Diagnostic};
    use crate::source::{Source, SourceId, SourceMap, Span};

    /// `text` with the problem at the first place that `at` stands.
    fn shown(text: &str, at: &str, change: impl FnOnce(Diagnostic) -> Diagnostic) -> String {
        let start = text.find(at).unwrap() as u32;
        let mut sources = SourceMap::default();
        sources.add(Source::new("a.yaml", text));
        let span = Span::new(SourceId(0), start, start + at.len() as u32);
        render(&change(Diagnostic::new(Code::UnknownFact, span, "no fact `x`")), &sources)
    }

    #[test]
    fn marks_count_characters() {
        insta::assert_snapshot!(shown("a: Đăng ký: x\n", "ký", |d| d.label("here").help("remove it")), @r"
        error[unknown-fact]: no fact `x`
         --> a.yaml:1:9
          |
        1 | a: Đăng ký: x
          |         ^^ here
        help: remove it
        ");
    }

    #[test]
    fn a_text_of_several_lines_is_marked_on_its_first() {
        insta::assert_snapshot!(shown("a: một\n  hai\n", "một\n  hai", |d| d), @r"
        error[unknown-fact]: no fact `x`
         --> a.yaml:1:4
          |
        1 | a: một
          |    ^^^
        ");
    }

    #[test]
    fn other_places_share_the_margin() {
        let text = "a: x\n".repeat(9) + "b: x\n";
        let other = Span::new(SourceId(0), 0, 1);
        insta::assert_snapshot!(shown(&text, "b", |d| d.label("again").related(other, "first here")), @r"
        error[unknown-fact]: no fact `x`
          --> a.yaml:10:1
           |
        10 | b: x
           | ^ again
          ::: a.yaml:1:1
           |
         1 | a: x
           | ^ first here
        ");
    }

    #[test]
    fn the_end_of_a_text_can_be_marked() {
        let mut sources = SourceMap::default();
        sources.add(Source::new("a.yaml", "a:\n"));
        let problem = Diagnostic::new(Code::MissingKey, Span::new(SourceId(0), 3, 3), "nothing");
        assert!(render(&problem, &sources).contains("a.yaml:2:1"));
        let nowhere = Diagnostic::new(Code::MissingKey, Span::new(SourceId(7), 3, 3), "nothing");
        assert_eq!(render(&nowhere, &sources), "error[missing-key]: nothing\n");
    }
}
