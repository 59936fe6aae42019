//! `thutuc bundle`: the pack compiled into one file.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use thutuc::compile::write_bundle;

use crate::args::Global;
use crate::failure::{End, Failure};
use crate::page::{print_json, tell};
use crate::rules;

const EXAMPLES: &str = "\
Examples:
  thutuc bundle -o pack.thutuc
  thutuc decide 1.004222 --facts case.json --bundle pack.thutuc

With -o, --format json prints what was written; without, the bytes go to stdout.";

/// Compile the pack into one file for the browser and for servers
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Bundle {
    /// The file to write; stdout if not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
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
        let pack = rules::compiled(global)?;
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
