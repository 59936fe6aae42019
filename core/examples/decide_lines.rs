//! Decides requests, one JSON text a line of stdin, and writes one decision a line: what tests of other hosts compare with.
//!
//! ```sh
//! cargo run --example decide_lines -- rules < requests.jsonl
//! ```

use std::error::Error;
use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::path::Path;
use std::{env, fs};

use thutuc::wire::Engine;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("usage: decide_lines RULES")?;
    let mut files = Vec::new();
    collect(Path::new(&folder), &mut files)?;
    files.sort();
    let (engine, _) = Engine::from_files(files, &[]).map_err(|diagnostics| format!("{diagnostics:?}"))?;
    let mut out = stdout().lock();
    for request in stdin().lock().lines() {
        let answer = engine.decide_json(&request?).unwrap_or_else(|error| error.to_string());
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.display().to_string();
        if path.is_dir() {
            collect(&path, files)?;
        } else if name.ends_with(".yaml") && !name.ends_with(".cases.yaml") {
            files.push((name, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}
