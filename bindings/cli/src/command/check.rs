//! `thutuc check`: everything that is wrong with the rule files.

use clap::Args;
use thutuc::diagnostics::Severity;
use thutuc::source::Cases;
use thutuc::wire::{DiagnosticView, differing};

use super::diagnostics::explain;
use crate::args::Global;
use crate::failure::{End, Failure};
use crate::page::{Ink, Tone, print, print_json};
use crate::rules::{self, count, painted};

const EXAMPLES: &str = "\
Examples:
  thutuc check
  thutuc check --rules my-pack --format json
  thutuc check --explain no-citation

Exit code 1 if there is an error; warnings alone are fine, unless --strict is given.";

/// Check the rule files: every problem with an excerpt of its place and a way out
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Check {
    /// Warnings too refuse the rules: exit code 1
    #[arg(long)]
    strict: bool,

    /// Say what a code means, with an example, instead of checking
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

impl Check {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        if let Some(code) = &self.explain {
            return explain(code, global);
        }
        let mut built = rules::build(global, Cases::Read)?;
        built.diagnostics.extend(built.compiled.iter().flat_map(|pack| differing(&built.pack, pack)));
        let of = |severity| built.diagnostics.iter().filter(move |one| one.severity() == severity).count();
        let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
        let end = End::refused_if(errors > 0 || built.compiled.is_none() || (self.strict && warnings > 0));
        if global.json() {
            let all: Vec<DiagnosticView> = built.diagnostics.iter().map(|one| DiagnosticView::of(one, &built.sources)).collect();
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
