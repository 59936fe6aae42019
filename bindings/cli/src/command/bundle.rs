//! `thutuc bundle`: the pack compiled into one file.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use thutuc::compile::{self, write_bundle};

use crate::args::Global;
use crate::failure::{End, Failure};
use crate::page::{print_json, tell};
use crate::rules;
use crate::search;

const EXAMPLES: &str = "\
Examples:
  thutuc bundle -o pack.thutuc
  thutuc bundle --procedure 1.004222 -o residence.thutuc        (what a form of one procedure needs)
  thutuc decide 1.004222 --facts case.json --bundle pack.thutuc

With -o, --format json prints what was written; without, the bytes go to stdout.";

/// Compile the pack into one file for the browser and for servers
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Bundle {
    /// The file to write; stdout if not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Only this procedure, in every jurisdiction, with the instruments it cites; may be repeated
    #[arg(long = "procedure", value_name = "CODE")]
    procedures: Vec<String>,
}

/// What was written.
#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    version: &'a str,
    hash: &'a str,
    bytes: usize,
}

impl Bundle {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let whole = rules::compiled(global)?;
        let part;
        let pack = if self.procedures.is_empty() {
            whole
        } else {
            for code in &self.procedures {
                search::program(whole, code, None)?;
            }
            part = compile::part(whole, &self.procedures.iter().map(String::as_str).collect::<Vec<_>>());
            &part
        };
        let bytes = write_bundle(pack);
        let Some(path) = &self.output else {
            let mut out = io::stdout().lock();
            if out.is_terminal() {
                return Err(Failure::usage("a bundle is bytes: give -o FILE, or send stdout to a file"));
            }
            out.write_all(&bytes)?;
            out.flush()?;
            return Ok(End::Fine);
        };
        fs::write(path, &bytes).map_err(|error| Failure::file(path, &error))?;
        if global.json() {
            print_json(&Written { id: &pack.id, version: &pack.version, hash: &pack.hash, bytes: bytes.len() })?;
        } else {
            tell(&format!("{}: {} {}, {} bytes, hash {}\n", path.display(), pack.id, pack.version, bytes.len(), pack.hash));
        }
        Ok(End::Fine)
    }
}
