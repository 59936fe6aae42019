//! `thutuc completions`: what a shell completes.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::args::Cli;
use crate::failure::{End, Failure};
use crate::page::print;

const EXAMPLES: &str = "\
Examples:
  thutuc completions bash > ~/.local/share/bash-completion/completions/thutuc
  thutuc completions zsh > ~/.zfunc/_thutuc
  thutuc completions fish > ~/.config/fish/completions/thutuc.fish";

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub fn run(&self) -> Result<End, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "thutuc", &mut script);
        print(&String::from_utf8_lossy(&script)).map(|()| End::Fine)
    }
}
