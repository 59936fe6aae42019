//! The command line of thutuc: checks rule packs, decides cases, and shows why.
//!
//! Data goes to stdout, everything else to stderr. Exit code 0: fine; 1: the rules or the case were refused;
//! 2: wrong usage, or a file that cannot be read or written. A closed pipe is success.

mod args;
mod assessment;
mod cache;
mod case;
mod codec;
mod command;
mod coverage;
mod declare;
mod failure;
mod input;
mod interview;
mod labels;
mod months;
mod page;
mod picture;
mod reuse;
mod rules;
mod scaffold;
mod search;
mod sheet;
mod sweep;
mod tabular;
mod told;
mod workbook;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    match command::run(&cli) {
        Ok(end) => end.code(),
        Err(failure) => failure.tell(&cli.global),
    }
}
