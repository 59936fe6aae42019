//! The verbs, one file each.

mod check;
mod decide;
mod test;

use clap::Subcommand;

use crate::args::Cli;
use crate::failure::{End, Failure};

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Check(check::Check),
    Decide(decide::Decide),
    Test(test::Test),
}

/// Does what was asked for.
pub fn run(cli: &Cli) -> Result<End, Failure> {
    let global = &cli.global;
    match &cli.verb {
        Verb::Check(verb) => verb.run(global),
        Verb::Decide(verb) => verb.run(global),
        Verb::Test(verb) => verb.run(global),
    }
}
