//! Packs from their folders.

use std::path::{Path, PathBuf};

use thutuc::compile::{CompiledPack, build};
use thutuc::diagnostics::{Severity, render};
use thutuc::source::{Source, SourceMap};

/// The folder of the workload's rules.
pub fn workload_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/workload/rules")
}

/// The folder of the pack of this repository.
pub fn rules_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules")
}

/// Every rule file under a folder with its text, in order of their names.
pub fn files(folder: &Path) -> Vec<(String, String)> {
    fn walk(folder: &Path, root: &Path, files: &mut Vec<(String, String)>) {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                walk(&path, root, files);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    found.sort();
    found
}

/// As [`files`], without worked cases: a decision does not need them.
pub fn rule_files(folder: &Path) -> Vec<(String, String)> {
    files(folder).into_iter().filter(|(name, _)| !name.ends_with(".cases.yaml")).collect()
}

/// The rule files of seven procedures of this repository, those that the first targets were set for.
pub fn seven() -> Vec<(String, String)> {
    const ELEMENTS: [&str; 8] = [
        "certification/true_copy", "civil_status/birth", "civil_status/marriage", "immigration/passport", "justice/criminal_record",
        "residence/permanent", "residence/temporary", "overlays/ha_noi_birth",
    ];
    let common = |name: &str| !name.contains('/') || name.starts_with("vocabulary/") || name.starts_with("calendar/");
    let of_seven = |name: &str| ELEMENTS.iter().any(|element| name.strip_suffix(".yaml") == Some(element));
    rule_files(&rules_folder()).into_iter().filter(|(name, _)| common(name) || of_seven(name)).collect()
}

/// Rule files as sources.
pub fn sources(files: &[(String, String)]) -> SourceMap {
    let mut sources = SourceMap::default();
    for (name, text) in files {
        sources.add(Source::new(name.clone(), text.as_str()));
    }
    sources
}

/// The compiled pack of some files; panics with the diagnostics if there is an error.
pub fn compiled(files: &[(String, String)]) -> CompiledPack {
    let sources = sources(files);
    let built = build(&sources, &[]);
    let errors: Vec<String> = built.diagnostics.iter().filter(|one| one.severity() == Severity::Error).map(|one| render(one, &sources)).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    built.compiled.unwrap()
}

/// The compiled workload.
pub fn workload() -> CompiledPack {
    compiled(&files(&workload_folder()))
}

/// The compiled pack of this repository.
pub fn rules() -> CompiledPack {
    compiled(&files(&rules_folder()))
}
