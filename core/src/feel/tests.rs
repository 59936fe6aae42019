//! A text and what is expected of it: trees are compared as s-expressions.

mod depth;
mod dump;
mod formatting;
mod mistakes;
mod random;
mod reading;
mod unary;

use super::{Names, parse, parse_tests};
use crate::diagnostics::{Diagnostic, Parsed};
use crate::source::SourceId;
use dump::dump;

/// The names that every test has.
fn names() -> Names {
    [
        "date of birth",
        "date and time",
        "years and months duration",
        "string length",
        "list contains",
        "add working days",
        "time offset",
        "start included",
        "first name",
        "ngày sinh",
        "diện tích bình quân",
        "in stock",
        "true north",
        "CT-01",
        "a+b",
        "d'accord",
        "tApplicant Data",
        "fee",
        "fee due",
        "fee due date",
    ]
    .into_iter()
    .collect()
}

fn read(text: &str) -> Parsed<super::ast::Expr> {
    parse(text, SourceId(0), 0, &names())
}

fn read_tests(text: &str) -> Parsed<super::ast::Expr> {
    parse_tests(text, SourceId(0), 0, &names())
}

/// Checks that `text` is an expression with the tree `expected`.
#[track_caller]
fn reads(text: &str, expected: &str) {
    let parsed = read(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    assert_eq!(dump(&parsed.value), expected, "{text}");
}

/// Checks that `text` is a cell of unary tests with the tree `expected`.
#[track_caller]
fn tests(text: &str, expected: &str) {
    let parsed = read_tests(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    assert_eq!(dump(&parsed.value), expected, "{text}");
}

/// A diagnostic in a line: code, the text it marks, message, help.
fn line(text: &str, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.span;
    let marked = text.get(span.start as usize..span.end as usize).unwrap_or("outside");
    let help = diagnostic.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{} {}:`{marked}` {}{help}", diagnostic.code.name(), span.start, diagnostic.message)
}
