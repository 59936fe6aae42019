//! `thutuc explain`: every reason for a decision.

use clap::Args;

use super::decide::show;
use crate::args::Global;
use crate::case::CaseArgs;
use crate::failure::{End, Failure};
use crate::picture::Depth;

const EXAMPLES: &str = "\
Examples:
  thutuc explain 1.004222 --facts case.json --as-of 2026-11-22 --lang en

With --format json the decision itself, which holds every reason.";

/// Explain a decision: each element with the facts that decided it, its article, and what would have to change
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Explain {
    #[command(flatten)]
    case: CaseArgs,
}

impl Explain {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        show(&self.case, global, Depth::Full)
    }
}
