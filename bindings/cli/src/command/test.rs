//! `thutuc test`: the worked cases of the pack.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use thutuc::diagnostics::excerpt;
use thutuc::model::{Case, CaseFile};
use thutuc::source::{Cases, SourceMap, Span};
use thutuc::wire::{CaseResult, RequestError, run_case};

use crate::args::Global;
use crate::coverage::{Coverage, Untouched, UntouchedClause};
use crate::failure::{End, Failure};
use crate::page::{Ink, Tone, print, print_json, tell};
use crate::rules::{self, excerpt_line};

const EXAMPLES: &str = "\
Examples:
  thutuc test
  thutuc test rules/residence/permanent.cases.yaml
  thutuc test --filter e27

Exit code 1 if a case fails.";

/// Decide the worked cases of the pack and compare
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Test {
    /// A folder of rule files in place of --rules, or one file of cases in it
    path: Option<PathBuf>,

    /// Only cases whose procedure, id or name holds this text
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    /// List conditions, documents, fee rows, reductions, deadlines and cited clauses that no case touches
    #[arg(long)]
    coverage: bool,
}

impl Test {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let folder = self.path.as_ref().filter(|path| path.is_dir());
        let built = match folder {
            Some(dir) => rules::build_dir(dir, &global.drafts, Cases::Read)?,
            None => rules::build(global, Cases::Read)?,
        };
        built.insist(global)?;
        let Some(pack) = &built.compiled else { return Ok(End::Refused) };
        let file = self.path.as_ref().filter(|path| !path.is_dir());
        let mut chosen = Vec::new();
        for of in &built.pack.cases {
            let written_in = built.sources.get(of.procedure.span.source).map_or("", |source| source.name());
            if file.is_none_or(|file| same_file(file, written_in)) {
                chosen.extend(of.cases.iter().filter(|case| self.wants(of, case)).map(|case| (of, case)));
            }
        }
        if chosen.is_empty() {
            return Err(Failure::usage("no worked case fits: look at PATH, --filter and --rules"));
        }
        let progress = Progress::new(chosen.len(), global.json());
        let mut tally = Tally::default();
        let mut coverage = Coverage::default();
        for (number, (file, case)) in chosen.iter().enumerate() {
            progress.at(number);
            let result = run_case(pack, file, case);
            result.iter().filter(|_| self.coverage).for_each(|result| coverage.add(&result.decision));
            tally.add(Told { file, case, result });
        }
        progress.done();
        let touched = self.coverage.then(|| (coverage.untouched(pack), coverage.untouched_clauses(pack)));
        if global.json() {
            let (untouched, clauses) = touched.map(|((_, parts), (_, clauses))| (parts, clauses)).unzip();
            print_json(&Report { untouched, untouched_clauses: clauses, ..tally.report(&built.sources) })?;
        } else {
            if let Some(((all, untouched), (all_clauses, clauses))) = &touched {
                for one in clauses {
                    let procedure = one.procedure.as_deref().unwrap_or("every procedure");
                    print(&format!("untouched {procedure}  {}: {}\n", one.clause, one.cited_by.join(", ")))?;
                }
                print(&format!("{} of {all_clauses} cited clauses touched\n", all_clauses - clauses.len()))?;
                untouched.iter().try_for_each(|one| print(&format!("untouched {}  {}\n", one.procedure, one.part)))?;
                print(&format!("{} of {all} parts touched\n", all - untouched.len()))?;
            }
            tally.print(&built.sources, Ink::for_stdout(global.color))?;
        }
        Ok(End::refused_if(!tally.failed.is_empty()))
    }

    fn wants(&self, file: &CaseFile, case: &Case) -> bool {
        let holds = |text: &str| [&*file.procedure.value, &*case.id.value, &*case.name].iter().any(|one| one.contains(text));
        self.filter.as_deref().is_none_or(holds)
    }
}

fn same_file(path: &std::path::Path, name: &str) -> bool {
    let full = |path: &std::path::Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    full(path) == full(std::path::Path::new(name))
}

/// How far it is, on a terminal.
struct Progress {
    of: usize,
    shown: bool,
}

impl Progress {
    fn new(of: usize, json: bool) -> Progress {
        Progress { of, shown: !json && io::stderr().is_terminal() && io::stdout().is_terminal() }
    }

    fn at(&self, number: usize) {
        if self.shown && number.is_multiple_of(25) {
            tell(&format!("\r{number} / {}", self.of));
        }
    }

    fn done(&self) {
        if self.shown {
            tell("\r\x1b[K");
        }
    }
}

/// A case that was run.
struct Told<'a> {
    file: &'a CaseFile,
    case: &'a Case,
    result: Result<CaseResult, RequestError>,
}

#[derive(Default)]
struct Tally<'a> {
    passed: usize,
    failed: Vec<Told<'a>>,
}

/// What came of the cases, for programs.
#[derive(Serialize)]
struct Report<'a> {
    passed: usize,
    failed: usize,
    failures: Vec<FailedCase<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    untouched: Option<Vec<Untouched>>,
    #[serde(rename = "untouchedClauses", skip_serializing_if = "Option::is_none")]
    untouched_clauses: Option<Vec<UntouchedClause>>,
}

#[derive(Serialize)]
struct FailedCase<'a> {
    procedure: &'a str,
    id: &'a str,
    name: &'a str,
    file: &'a str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    mismatches: Vec<Difference<'a>>,
}

#[derive(Serialize)]
struct Difference<'a> {
    path: &'a str,
    expected: &'a str,
    actual: &'a str,
    line: u32,
}

impl<'a> Tally<'a> {
    fn add(&mut self, told: Told<'a>) {
        match &told.result {
            Ok(result) if result.mismatches.is_empty() => self.passed += 1,
            _ => self.failed.push(told),
        }
    }

    fn print(&self, sources: &SourceMap, ink: Ink) -> Result<(), Failure> {
        for told in &self.failed {
            print(&format!("{}\n", failure(told, sources, ink)))?;
        }
        let failed = format!("{} failed", self.failed.len());
        let failed = if self.failed.is_empty() { failed } else { ink.paint(Tone::Bad, &failed) };
        print(&format!("{}, {failed}\n", ink.paint(Tone::Good, &format!("{} passed", self.passed))))
    }

    fn report<'s>(&'s self, sources: &'s SourceMap) -> Report<'s> {
        let line = |span: Span| sources.get(span.source).map_or(0, |source| source.position(span.start).line);
        let failures = self.failed.iter().map(|told| {
            let mismatches = told.result.as_ref().map_or(&[][..], |result| &result.mismatches);
            FailedCase {
                procedure: &told.file.procedure.value,
                id: &told.case.id.value,
                name: &told.case.name,
                file: sources.get(told.case.id.span.source).map_or("", |source| source.name()),
                line: line(told.case.id.span),
                error: told.result.as_ref().err().map(ToString::to_string),
                mismatches: mismatches
                    .iter()
                    .map(|one| Difference { path: &one.path, expected: &one.expected, actual: &one.actual, line: line(one.span) })
                    .collect(),
            }
        });
        Report { passed: self.passed, failed: self.failed.len(), failures: failures.collect(), untouched: None, untouched_clauses: None }
    }
}

/// A failed case: where each expectation is written, what it was and what was decided.
fn failure(told: &Told<'_>, sources: &SourceMap, ink: Ink) -> String {
    let mut out = format!(
        "{} {} {}  {}\n",
        ink.paint(Tone::Bad, "failed"),
        told.file.procedure.value,
        ink.paint(Tone::Strong, &told.case.id.value),
        told.case.name
    );
    let place = |span: Span, label: &str| {
        let lines: Vec<String> = excerpt(span, label, sources).lines().map(|line| format!("  {}\n", excerpt_line(line, ink, Tone::Bad))).collect();
        lines.concat()
    };
    match &told.result {
        Err(error) => out.push_str(&place(told.case.id.span, &error.to_string())),
        Ok(result) => {
            for one in &result.mismatches {
                out.push_str(&place(one.span, ""));
                out.push_str(&format!("  {}\n", ink.paint(Tone::Good, &format!("- expected {}: {}", one.path, one.expected))));
                out.push_str(&format!("  {}\n", ink.paint(Tone::Bad, &format!("+ actual   {}: {}", one.path, one.actual))));
            }
        }
    }
    out
}
