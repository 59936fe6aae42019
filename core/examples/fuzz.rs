//! `cargo run --profile fuzz -p thutuc --example fuzz -- [--seconds N] [--seed N] [--out FOLDER]`
//!
//! Feeds the readers, the compiler and the evaluator with inputs that are nearly right. A panic or an input that takes more
//! than two seconds is a finding: it is made small and written to the folder. Exits with 1 if there was one.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program may stop where it cannot go on")]

#[path = "../tests/fuzzing/mod.rs"]
mod fuzzing;
#[path = "../tests/reference/mod.rs"]
mod reference;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use fuzzing::{Fuzzer, Input};
use reference::packs;

const SLOW: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let (mut seconds, mut seed, mut out) = (60, 1, PathBuf::from("target/fuzz"));
    let mut arguments = std::env::args().skip(1);
    while let (Some(name), Some(value)) = (arguments.next(), arguments.next()) {
        match (&*name, value.parse::<u64>()) {
            ("--seconds", Ok(number)) => seconds = number,
            ("--seed", Ok(number)) => seed = number,
            ("--out", _) => out = value.into(),
            _ => return usage(),
        }
    }
    // A deep input must not end the run: the limits of the core are to hold on a small stack.
    let run = move || run(Duration::from_secs(seconds), seed, &out);
    match std::thread::Builder::new().stack_size(2 << 20).spawn(run).map(std::thread::JoinHandle::join) {
        Ok(Ok(0)) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: fuzz [--seconds N] [--seed N] [--out FOLDER]");
    ExitCode::from(2)
}

/// The number of findings.
fn run(time: Duration, seed: u64, out: &std::path::Path) -> usize {
    std::panic::set_hook(Box::new(|_| {}));
    let mut fuzzer = Fuzzer::new(&packs::files(&packs::rules_folder()), seed);
    let (start, mut said, mut tried) = (Instant::now(), Instant::now(), 0u64);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while start.elapsed() < time {
        let input = fuzzer.next();
        if is_deep(&input) {
            // Should it end the program, it is there to be looked at.
            keep(out, 0, &input);
        }
        let begun = Instant::now();
        let outcome = fuzzer.run(&input);
        tried += 1;
        let finding = match outcome {
            Err(message) => Some(message),
            Ok(()) if begun.elapsed() > SLOW => Some(format!("{:?} takes longer than {SLOW:?}", input.target)),
            Ok(()) => None,
        };
        if let Some(message) = finding.filter(|message| seen.insert(message.chars().take(40).collect())) {
            let smallest = fuzzer.minimised(&input, &message);
            let file = keep(out, seen.len(), &smallest);
            eprintln!("FOUND {message}\n  {}", file.display());
        }
        if said.elapsed() > Duration::from_secs(60) {
            said = Instant::now();
            eprintln!("{} s, {tried} inputs, {} findings", start.elapsed().as_secs(), seen.len());
        }
    }
    let spent = start.elapsed().as_secs().max(1);
    println!("{tried} inputs in {spent} s ({} a second), seed {seed}: {} findings", tried / spent, seen.len());
    seen.len()
}

fn is_deep(input: &Input) -> bool {
    ["((((((((", "[[[[[[[[", "{{{{{{{{", "--------", "not(not(not(", "if a then if a then ", "{a:{a:{a:", "- - - - ", "{\"a\":{\"a\":", "[1..[1.."]
        .iter()
        .any(|nested| input.text.contains(nested))
}

/// Writes an input to a file; 0 is the one that is being tried.
fn keep(out: &std::path::Path, number: usize, input: &Input) -> PathBuf {
    let file = out.join(match number {
        0 => "trying.txt".to_owned(),
        _ => format!("{:?}-{}-{number}.txt", input.target, input.seed).to_lowercase(),
    });
    let written = std::fs::create_dir_all(out).and_then(|()| std::fs::write(&file, &input.text));
    if let Err(error) = written {
        eprintln!("{}: {error}", file.display());
    }
    file
}
