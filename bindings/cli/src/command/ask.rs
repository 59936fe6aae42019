//! `thutuc ask`: the interview.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::args::Global;
use crate::case::{Case, CaseArgs};
use crate::failure::{End, Failure};
use crate::interview::{Interview, Talk};
use crate::page::{Ink, Page, print_json, tell};
use crate::picture::{Depth, Scene};
use crate::rules;

const EXAMPLES: &str = "\
Examples:
  thutuc ask 1.004222
  thutuc ask 1.004222 --facts known.json --save answers.json
  printf 'rent\\ntrue\\n' | thutuc ask 1.004222 --lang en

One question at a time, and only such as can still change something. In an answer: the number or the code of a choice,
`?` for help and why it is asked, `<` for the question before, `-` where nothing is an answer, `q` or Ctrl-D to end: what is
settled by then is shown. With --format json the talk goes to stderr and the decision to stdout.";

/// Interview the applicant: one relevant question at a time, and the decision as it grows
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Ask {
    #[command(flatten)]
    case: CaseArgs,

    /// Write the answers to this file as JSON, for `decide --facts`
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

impl Ask {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        if self.case.facts.as_ref().is_some_and(|path| path.as_os_str() == "-") {
            return Err(Failure::usage("ask reads the answers from stdin: give --facts a file"));
        }
        let pack = rules::compiled(global)?;
        let mut case = Case::open(pack, &self.case, global.language())?;
        let talk = if global.json() { Talk::stderr(global.color) } else { Talk::stdout(global.color) };
        let ended = Interview::new(&mut case, talk).run();
        if let Some(path) = &self.save {
            fs::write(path, case.told.pretty() + "\n").map_err(|error| Failure::file(path, &error))?;
            tell(&format!("{}\n", path.display()));
        }
        ended?;
        let decision = case.decide()?;
        let end = End::refused_if(!decision.problems.is_empty());
        if global.json() {
            return print_json(&decision).map(|()| end);
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        page.line("");
        page.line("━".repeat(page.width));
        Scene::of(&case, &decision, Depth::Short).draw(&mut page);
        page.print()?;
        Ok(end)
    }
}
