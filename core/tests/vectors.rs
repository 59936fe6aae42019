//! The core gives the whole answer of every vector; none is stale, and what was worked out by hand holds.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

mod reference;
mod vector;

use std::io::Write as _;

use vector::answer::Packs;
use vector::compare::{broken, differences};
use vector::file::File;
use vector::{folder, worked};

const ON_PURPOSE: &str = "if this change is meant, run `make vectors` and look at what it changes in tests/vectors";

fn written() -> Vec<File> {
    File::all(&folder(), &|_| None)
}

#[test]
fn every_vector() {
    let packs = Packs::load();
    let (mut equal, mut wrong) = (0, Vec::new());
    for file in written() {
        for vector in &file.vectors {
            let answer = packs.answer(&file.pack, vector.call());
            let (Ok(found) | Err(found)) = &answer;
            let mut lines = match (&answer, vector.expected()) {
                (Ok(found), Some(Ok(expected))) | (Err(found), Some(Err(expected))) => differences(&expected, found),
                (Ok(found), Some(Err(_))) => vec![format!("a refusal was expected, not {found}")],
                (Err(found), Some(Ok(_))) => vec![format!("refused: {found}")],
                (_, None) => vec!["it has no answer yet".to_owned()],
            };
            lines.extend(vector.must.iter().flat_map(|must| broken(must.get(), found)));
            if lines.is_empty() {
                equal += 1;
            } else {
                wrong.push(format!("{} {} ({})\n    {}", file.name, vector.id, vector.note, lines.join("\n    ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} vectors differ\n\n{}\n\n{ON_PURPOSE}", wrong.len(), wrong.join("\n"));
    assert!(equal >= 400, "only {equal} vectors");
    // Past the capture of output: this line is what a run is known by.
    writeln!(std::io::stderr(), "vectors: {equal} equal (rust)").unwrap();
}

#[test]
fn every_worked_case_has_its_vectors() {
    let files = written();
    for made in worked::files() {
        let ids = |file: &File| file.vectors.iter().map(|vector| (vector.id.clone(), vector.call().1.to_owned())).collect::<Vec<_>>();
        let found = files.iter().find(|file| file.name == made.name).map(ids).unwrap_or_default();
        let missing: Vec<String> = ids(&made).into_iter().filter(|one| !found.contains(one)).map(|(id, _)| id).collect();
        let stale: Vec<String> = found.iter().filter(|one| !ids(&made).contains(one)).map(|(id, _)| id.clone()).collect();
        let name = &made.name;
        assert!(missing.is_empty() && stale.is_empty(), "{name}: to be made {missing:?}, to be removed {stale:?}; {ON_PURPOSE}");
    }
}

#[test]
fn names_are_unique() {
    for file in written() {
        let mut ids: Vec<&str> = file.vectors.iter().map(|vector| &*vector.id).collect();
        ids.sort_unstable();
        let twice = ids.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(twice, None, "{}", file.name);
    }
}
