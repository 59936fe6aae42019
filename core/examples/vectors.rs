//! Writes the vectors anew: those of the worked cases from the cases, and the answers of those written by hand.
//! `make vectors` runs it. Refuses where an answer is not what was worked out by hand.
//!
//! ```sh
//! cargo run --example vectors                     # writes tests/vectors
//! cargo run --example vectors -- --bundles DIR    # writes the packs that the vectors are about, for other hosts
//! ```

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a tool for tests")]

#[path = "../tests/reference/mod.rs"]
mod reference;
#[path = "../tests/vector/mod.rs"]
mod vector;

use std::path::Path;
use std::{env, fs};

use vector::answer::Packs;
use vector::compare::broken;
use vector::file::{Answer, File};
use vector::layout::write;
use vector::{folder, worked};

fn main() {
    let packs = Packs::load();
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, target] = arguments.as_slice()
        && flag == "--bundles"
    {
        fs::create_dir_all(target).unwrap();
        packs.bundles().for_each(|(name, bytes)| fs::write(Path::new(target).join(format!("{name}.bundle")), bytes).unwrap());
        return;
    }
    let by_hand = File::all(&folder(), &|pack| Some(packs.hash(pack))).into_iter().filter(|file| file.name.starts_with("edges/"));
    let files: Vec<File> = worked::files().into_iter().chain(by_hand).collect();
    let answers = |file: &File| file.vectors.iter().map(|vector| packs.answer(&file.pack, vector.call())).collect();
    let answers: Vec<Vec<Answer>> = files.iter().map(answers).collect();
    let mut wrong = Vec::new();
    for (file, answers) in files.iter().zip(&answers) {
        for (vector, Ok(answer) | Err(answer)) in file.vectors.iter().zip(answers) {
            let lines = vector.must.iter().flat_map(|must| broken(must.get(), answer));
            wrong.extend(lines.map(|line| format!("{} {} ({})\n    {line}", file.name, vector.id, vector.note)));
        }
    }
    assert!(wrong.is_empty(), "nothing is written: not what was worked out by hand\n{}", wrong.join("\n"));
    for (file, answers) in files.iter().zip(&answers) {
        write(&folder(), file, answers, &packs.hash(&file.pack));
        println!("{}: {}", file.name, file.vectors.len());
    }
}
