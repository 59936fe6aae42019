//! `thutuc decide`: one case, decided.

use clap::Args;

use crate::args::Global;
use crate::case::{Case, CaseArgs};
use crate::failure::{End, Failure};
use crate::page::{Ink, Page, print_json};
use crate::picture::{Depth, Scene};
use crate::rules;

const EXAMPLES: &str = "\
Examples:
  thutuc decide 1.004222 --facts case.json --as-of 2026-11-22
  thutuc decide 1.004222 --fact residence.basis=rent --fact residence.area_per_person=6
  thutuc decide 1.001193 --facts - --jurisdiction ha_noi --format json < case.json

Exit code 0 whenever the case was decided, whatever the outcome; 1 if a fact cannot be used or the rules have errors.";

/// Decide one case: who may file, which papers, what fee, by when, which identity
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Decide {
    #[command(flatten)]
    case: CaseArgs,
}

impl Decide {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        show(&self.case, global, Depth::Short)
    }
}

/// Decides a case and shows it as deep as wanted.
pub fn show(args: &CaseArgs, global: &Global, depth: Depth) -> Result<End, Failure> {
    let pack = rules::compiled(global)?;
    let mut case = Case::open(pack, args, global.language())?;
    let decision = case.decide()?;
    let end = End::refused_if(!decision.problems.is_empty());
    if global.json() {
        return print_json(&decision).map(|()| end);
    }
    let mut page = Page::new(Ink::for_stdout(global.color));
    Scene::of(&case, &decision, depth).draw(&mut page);
    page.print()?;
    Ok(end)
}
