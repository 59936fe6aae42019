//! A pack from a folder, a file or bytes; I/O is the host's.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyString;
use thutuc::compile::program::Program;
use thutuc::compile::{CompiledPack, build_supposing, read_bundle};
use thutuc::diagnostics::{Severity, render};
use thutuc::model::Language;
use thutuc::source::{Cases, Source, SourceMap, rule_files};
use thutuc::value::Value;
use thutuc::wire::{Argument, Engine, ProblemDocument};
use thutuc_arrow::{Plans, Spare};

use crate::host::{raised, refusal};
use crate::input::Names;
use crate::said::Said;

/// A pack and the Python texts of the ids that its verdicts are made of.
pub struct Loaded {
    /// The pack with the calls that every host offers.
    pub engine: Arc<Engine>,
    /// The ids of each program, in the pack's order, made when they are first needed.
    ids: Vec<PyOnceLock<Ids>>,
    /// What decisions of each program have said, in Vietnamese and in English.
    said: Vec<[Mutex<Option<Said>>; 2]>,
    /// How tables were decided last.
    pub plans: Plans,
    /// Memory of tables of decisions that nobody holds any more.
    pub spare: Arc<Spare>,
    /// Rendered warnings of the rule files.
    pub warnings: Vec<String>,
    /// The rule files, if it was read from them: a reform is read beside them.
    pub written: Option<Written>,
}

/// Rule files and the drafts that apply.
#[derive(Clone, Default)]
pub struct Written {
    files: Vec<(String, Arc<str>)>,
    drafts: Vec<String>,
    values: Vec<(Arc<str>, Value)>,
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
    fn new(pack: CompiledPack, warnings: Vec<String>, written: Option<Written>) -> Arc<Loaded> {
        let ids = pack.programs.names().map(|_| PyOnceLock::new()).collect();
        let said = pack.programs.names().map(|_| Default::default()).collect();
        Arc::new(Loaded { engine: Arc::new(Engine::new(pack)), ids, said, plans: Plans::default(), spare: Arc::default(), warnings, written })
    }

    /// What decisions of a program have said in a language.
    pub fn said(&self, at: usize, language: Language) -> Option<&Mutex<Option<Said>>> {
        let [vietnamese, english] = self.said.get(at)?;
        Some(language.choose(vietnamese, english))
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
    Ok(Loaded::new(pack, Vec::new(), None))
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
    let mut written = Written { drafts: drafts.to_vec(), ..Written::default() };
    for file in &files {
        let name = file.strip_prefix(path).unwrap_or(file).display().to_string();
        written.files.push((name, fs::read_to_string(file)?.into()));
    }
    written.load(py)
}

impl Written {
    /// The pack of the files with a reform: drafts by their ids, files or folders of amendments whose drafts all apply, and
    /// parameters supposed to have other values.
    pub fn reform(&self, py: Python<'_>, changes: &[String], values: Vec<(Arc<str>, Value)>) -> PyResult<Arc<Loaded>> {
        let mut written = self.clone();
        written.values.extend(values);
        for change in changes {
            let path = Path::new(change);
            if !path.exists() {
                written.drafts.push(change.clone());
                continue;
            }
            let files = if path.is_dir() { rule_files(path, Cases::Skip).map_err(|one| one.error)? } else { vec![path.to_owned()] };
            let mut own = SourceMap::default();
            for file in files {
                let text: Arc<str> = fs::read_to_string(&file)?.into();
                own.add(Source::new(file.display().to_string(), text.clone()));
                written.files.push((file.display().to_string(), text));
            }
            let found = thutuc::model::read(&own).value.amendments;
            written.drafts.extend(found.into_iter().filter(|amendment| amendment.draft).map(|amendment| amendment.id.value.to_string()));
        }
        written.load(py)
    }

    fn load(self, py: Python<'_>) -> PyResult<Arc<Loaded>> {
        let mut sources = SourceMap::default();
        for (name, text) in &self.files {
            sources.add(Source::new(name.clone(), text.clone()));
        }
        let drafts: Vec<&str> = self.drafts.iter().map(String::as_str).collect();
        let built = py.detach(|| build_supposing(&sources, &drafts, &self.values));
        let refused = |why: String| refusal(py, "RequestError", &ProblemDocument::of_argument("reform", Argument::Reform, &why, Language::En));
        let built = built.map_err(|error| refused(error.name))?;
        let amendments = &built.pack.amendments;
        let is_draft = |id: &str| amendments.iter().any(|amendment| amendment.draft && *amendment.id.value == *id);
        if let Some(unknown) = drafts.iter().find(|id| !is_draft(id)) {
            return Err(refused((*unknown).to_owned()));
        }
        let rendered = |severity| {
            let of = built.diagnostics.iter().filter(move |diagnostic| diagnostic.severity() == severity);
            of.map(|diagnostic| render(diagnostic, &sources)).collect::<Vec<_>>()
        };
        match built.compiled {
            Some(pack) => {
                let warnings = rendered(Severity::Warning);
                drop(drafts);
                Ok(Loaded::new(pack, warnings, Some(self)))
            }
            None => {
                let errors = rendered(Severity::Error);
                let first = built.diagnostics.iter().find(|one| one.severity() == Severity::Error).map_or("", |one| &*one.message);
                let problem = ProblemDocument::of_rules(errors.len(), first, Language::En);
                Err(raised(py, "RulesError", &problem, Some(errors)))
            }
        }
    }
}
