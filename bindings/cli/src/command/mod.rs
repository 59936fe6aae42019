//! The verbs, one file each.

mod ask;
mod assess;
mod bundle;
mod check;
mod codec;
mod completions;
mod decide;
mod diagnostics;
mod due;
mod explain;
mod facts;
mod level;
mod list;
mod new;
mod reuse;
mod schema;
mod show;
mod steps;
mod test;
mod types;

use clap::Subcommand;

use crate::args::Cli;
use crate::failure::{End, Failure};

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Check(check::Check),
    List(list::List),
    Facts(facts::Facts),
    Decide(decide::Decide),
    Ask(ask::Ask),
    Assess(assess::Assess),
    Explain(explain::Explain),
    Due(due::Due),
    Steps(steps::Steps),
    Level(level::Level),
    Show(show::Show),
    Test(test::Test),
    Reuse(reuse::Reuse),
    New(new::New),
    Diagnostics(diagnostics::Diagnostics),
    Schema(schema::Schema),
    Types(types::Types),
    Codec(codec::Codec),
    Bundle(bundle::Bundle),
    Completions(completions::Completions),
}

/// Does what was asked for.
pub fn run(cli: &Cli) -> Result<End, Failure> {
    let global = &cli.global;
    match &cli.verb {
        Verb::Check(verb) => verb.run(global),
        Verb::List(verb) => verb.run(global),
        Verb::Facts(verb) => verb.run(global),
        Verb::Decide(verb) => verb.run(global),
        Verb::Ask(verb) => verb.run(global),
        Verb::Assess(verb) => verb.run(global),
        Verb::Explain(verb) => verb.run(global),
        Verb::Due(verb) => verb.run(global),
        Verb::Steps(verb) => verb.run(global),
        Verb::Level(verb) => verb.run(global),
        Verb::Show(verb) => verb.run(global),
        Verb::Test(verb) => verb.run(global),
        Verb::Reuse(verb) => verb.run(global),
        Verb::New(verb) => verb.run(global),
        Verb::Diagnostics(verb) => verb.run(global),
        Verb::Schema(verb) => verb.run(global),
        Verb::Types(verb) => verb.run(global),
        Verb::Codec(verb) => verb.run(global),
        Verb::Bundle(verb) => verb.run(global),
        Verb::Completions(verb) => verb.run(),
    }
}
