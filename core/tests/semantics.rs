//! The five answers on sample packs, each case with its answer worked out by hand, and what is said about them.

#![cfg(test)]

mod support {
    pub mod pack;
    pub mod sources;
}

use std::fs;
use std::path::Path;
use support::pack::compiled;
use thutuc::wire::run_case;

/// The files of `packs/semantics`.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/semantics");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, String)> = paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn every_case_comes_out_as_worked_out() {
    let files = files();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    let (pack, built) = compiled(&files);
    let mut wrong = Vec::new();
    for file in &built.pack.cases {
        for case in &file.cases {
            let mismatches = match run_case(&pack, file, case) {
                Ok(result) => result.mismatches,
                Err(error) => panic!("{} {}: {error}", file.procedure.value, case.id.value),
            };
            wrong.extend(mismatches.iter().map(|one| {
                format!("{} {}: {} is {}, not {}", file.procedure.value, case.id.value, one.path, one.actual, one.expected)
            }));
        }
    }
    let cases: usize = built.pack.cases.iter().map(|file| file.cases.len()).sum();
    assert!(cases > 80, "only {cases} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
