//! From rule files, and from a bundle, to programs.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop where it cannot go on")]

#[path = "../tests/reference/mod.rs"]
mod reference;

use divan::{Bencher, black_box};
use reference::packs;
use thutuc::check::check;
use thutuc::compile::{build, compile, read_bundle, write_bundle};
use thutuc::model::read;

fn main() {
    divan::main();
}

const PACKS: [&str; 3] = ["seven", "all", "workload"];

fn files(pack: &str) -> Vec<(String, String)> {
    match pack {
        "seven" => packs::seven(),
        "all" => packs::rule_files(&packs::rules_folder()),
        _ => packs::rule_files(&packs::workload_folder()),
    }
}

/// The whole way from text.
#[divan::bench(args = PACKS)]
fn read_check_compile(bencher: Bencher, pack: &str) {
    let files = files(pack);
    bencher.bench_local(|| build(&packs::sources(black_box(&files)), &[]).compiled.unwrap());
}

#[divan::bench(args = PACKS)]
fn read_only(bencher: Bencher, pack: &str) {
    let sources = packs::sources(&files(pack));
    bencher.bench_local(|| read(black_box(&sources)));
}

#[divan::bench(args = PACKS)]
fn check_only(bencher: Bencher, pack: &str) {
    let read = read(&packs::sources(&files(pack)));
    bencher.bench_local(|| check(black_box(&read.value), &[]));
}

#[divan::bench(args = PACKS)]
fn compile_only(bencher: Bencher, pack: &str) {
    let read = read(&packs::sources(&files(pack)));
    let checked = check(&read.value, &[]).pack.unwrap();
    bencher.bench_local(|| compile(black_box(&checked)));
}

#[divan::bench(args = PACKS)]
fn load_bundle(bencher: Bencher, pack: &str) {
    let bundle = write_bundle(&packs::compiled(&files(pack)));
    bencher.bench_local(|| read_bundle(black_box(&bundle)).ok());
}
