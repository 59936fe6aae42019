//! A few seconds of the fuzzer: no input makes anything panic.

#![cfg(test)]

mod fuzzing;
mod reference;

use std::time::{Duration, Instant};

use fuzzing::Fuzzer;
use reference::packs;

#[test]
fn no_input_makes_anything_panic() {
    let mut fuzzer = Fuzzer::new(&packs::files(&packs::rules_folder()), 20_261_122);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(5) {
        let input = fuzzer.next();
        if let Err(message) = fuzzer.run(&input) {
            let smallest = fuzzer.minimised(&input, &message);
            panic!("{:?} (seed {}): {message}\n{}", smallest.target, smallest.seed, smallest.text);
        }
    }
}
