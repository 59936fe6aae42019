//! `thutuc check`: everything that is wrong with the rule files.

use clap::Args;
use serde::Serialize;
use thutuc::diagnostics::{Diagnostic, Severity};
use thutuc::source::{SourceMap, Span};

use crate::args::Global;
use crate::failure::{End, Failure};
use crate::page::{Ink, Tone, print, print_json};
use crate::rules::{self, Cases, count, painted};

const EXAMPLES: &str = "\
Examples:
  thutuc check
  thutuc check --rules my-pack --format json

Exit code 1 if there is an error; warnings alone are fine.";

/// Check the rule files: every problem with an excerpt of its place and a way out
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Check {}

impl Check {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let built = rules::build(global, Cases::Read)?;
        let of = |severity| built.diagnostics.iter().filter(move |one| one.severity() == severity).count();
        let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
        let end = End::refused_if(errors > 0 || built.compiled.is_none());
        if global.json() {
            let all: Vec<Problem> = built.diagnostics.iter().map(|one| Problem::of(one, &built.sources)).collect();
            return print_json(&all).map(|()| end);
        }
        let ink = Ink::for_stdout(global.color);
        for diagnostic in &built.diagnostics {
            print(&format!("{}\n", painted(diagnostic, &built.sources, ink)))?;
        }
        let read = format!(
            "{}: {}, {}, {}",
            global.rules.display(),
            count(built.sources.iter().count(), "file"),
            count(built.pack.procedures.len(), "procedure"),
            count(built.pack.cases.iter().map(|file| file.cases.len()).sum(), "worked case"),
        );
        let (tone, verdict) = match (errors, warnings) {
            (0, 0) => (Tone::Good, "no problems".to_owned()),
            (0, _) => (Tone::Open, count(warnings, "warning")),
            (_, 0) => (Tone::Bad, count(errors, "error")),
            (_, _) => (Tone::Bad, format!("{}, {}", count(errors, "error"), count(warnings, "warning"))),
        };
        print(&format!("{read}: {}\n", ink.paint(tone, &verdict)))?;
        Ok(end)
    }
}

/// A diagnostic for programs. Lines and columns from 1; columns in characters and in UTF-16 units.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Problem<'a> {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    utf16: u32,
    end_line: u32,
    end_column: u32,
    end_utf16: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Option<Place<'a>>,
    label: &'a str,
}

impl<'a> Problem<'a> {
    fn of(one: &'a Diagnostic, sources: &'a SourceMap) -> Problem<'a> {
        Problem {
            code: one.code.name(),
            severity: match one.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            place: place(one.span, sources),
            message: &one.message,
            label: &one.label,
            help: one.help.as_deref(),
            related: one.related.iter().map(|(span, label)| Related { place: place(*span, sources), label }).collect(),
        }
    }
}

fn place(span: Span, sources: &SourceMap) -> Option<Place<'_>> {
    let source = sources.get(span.source)?;
    let (start, end) = (source.position(span.start), source.position(span.end));
    Some(Place {
        file: source.name(),
        line: start.line,
        column: start.column,
        utf16: start.utf16,
        end_line: end.line,
        end_column: end.column,
        end_utf16: end.utf16,
    })
}
