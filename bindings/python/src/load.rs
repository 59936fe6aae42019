//! A pack from a folder, a file or bytes; I/O is the host's.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyString;
use thutuc::compile::program::Program;
use thutuc::compile::{CompiledPack, build, read_bundle};
use thutuc::diagnostics::{Severity, render};
use thutuc::model::Language;
use thutuc::source::{Cases, Source, SourceMap, rule_files};
use thutuc::wire::{Argument, Engine, ProblemDocument};

use crate::host::{raised, refusal};
use crate::input::Names;

/// A pack and the Python texts of the ids that its verdicts are made of.
pub struct Loaded {
    /// The pack with the calls that every host offers.
    pub engine: Engine,
    /// The ids of each program, in the pack's order, made when they are first needed.
    ids: Vec<PyOnceLock<Ids>>,
    /// Rendered warnings of the rule files.
    pub warnings: Vec<String>,
}

/// The ids of a program's elements, made once.
pub struct Ids {
    /// Names of facts, in the order of the slots.
    pub facts: Vec<Py<PyString>>,
    /// Conditions and checks.
    pub conditions: Vec<Py<PyString>>,
    /// Documents.
    pub documents: Vec<Py<PyString>>,
}

impl Ids {
    fn new(py: Python<'_>, program: &Program) -> Ids {
        let text = |id: &str| PyString::intern(py, id).unbind();
        Ids {
            facts: program.facts.iter().map(|fact| text(&fact.name)).collect(),
            conditions: program.conditions.iter().map(|info| text(&info.id)).collect(),
            documents: program.documents.iter().map(|info| text(&info.id)).collect(),
        }
    }
}

impl Loaded {
    fn new(pack: CompiledPack, warnings: Vec<String>) -> Arc<Loaded> {
        let ids = pack.programs.names().map(|_| PyOnceLock::new()).collect();
        Arc::new(Loaded { engine: Engine::new(pack), ids, warnings })
    }

    /// The ids of a program's elements.
    pub fn ids(&self, py: Python<'_>, at: usize) -> Option<&Ids> {
        let program = self.pack().programs.get(at)?;
        Some(self.ids.get(at)?.get_or_init(py, || Ids::new(py, program)))
    }

    /// The names of a program's facts.
    pub fn names(&self, py: Python<'_>, at: usize) -> &Names {
        self.ids(py, at).map_or(&[], |ids| &ids.facts)
    }

    /// The compiled pack.
    pub fn pack(&self) -> &CompiledPack {
        self.engine.compiled()
    }
}

/// The pack of a bundle's bytes.
pub fn from_bytes(py: Python<'_>, bytes: &[u8], language: Language) -> PyResult<Arc<Loaded>> {
    let read = py.detach(|| read_bundle(bytes));
    let pack = read.map_err(|error| refusal(py, "BundleError", &ProblemDocument::of_bundle(&error, language)))?;
    Ok(Loaded::new(pack, Vec::new()))
}

/// The pack of a folder of rule files, or of a bundle file.
pub fn from_path(py: Python<'_>, path: &Path, drafts: &[String]) -> PyResult<Arc<Loaded>> {
    if !path.is_dir() {
        return from_bytes(py, &py.detach(|| fs::read(path))?, Language::En);
    }
    let files = rule_files(path, Cases::Skip).map_err(|one| one.error)?;
    if files.is_empty() {
        let problem = ProblemDocument::of_argument("path", Argument::Pack, &path.display().to_string(), Language::En);
        return Err(refusal(py, "RequestError", &problem));
    }
    let mut sources = SourceMap::default();
    for file in &files {
        let name = file.strip_prefix(path).unwrap_or(file).display().to_string();
        sources.add(Source::new(name, fs::read_to_string(file)?));
    }
    let drafts: Vec<&str> = drafts.iter().map(String::as_str).collect();
    let built = py.detach(|| build(&sources, &drafts));
    let rendered = |severity| {
        let of = built.diagnostics.iter().filter(move |diagnostic| diagnostic.severity() == severity);
        of.map(|diagnostic| render(diagnostic, &sources)).collect::<Vec<_>>()
    };
    match built.compiled {
        Some(pack) => Ok(Loaded::new(pack, rendered(Severity::Warning))),
        None => {
            let errors = rendered(Severity::Error);
            let first = built.diagnostics.iter().find(|one| one.severity() == Severity::Error).map_or("", |one| &*one.message);
            let problem = ProblemDocument::of_rules(errors.len(), first, Language::En);
            Err(raised(py, "RulesError", &problem, Some(errors)))
        }
    }
}
