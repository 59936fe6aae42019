//! Rule packs from a folder or a bundle.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use thutuc::compile::{self, CompiledPack};
use thutuc::diagnostics::{Diagnostic, Severity, render};
use thutuc::model::Pack;
use thutuc::source::{Cases, Source, SourceMap, rule_files};
use thutuc::value::Value;

use crate::args::Global;
use crate::cache::Place;
use crate::failure::Failure;
use crate::page::{Ink, Tone, tell};

/// A folder of rule files, read, checked and compiled.
pub struct Built {
    /// The files.
    pub sources: SourceMap,
    /// The pack as written.
    pub pack: Pack,
    /// The pack compiled; absent if there is an error.
    pub compiled: Option<CompiledPack>,
    /// All problems, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads, checks and compiles the folder of rule files.
pub fn build(global: &Global, cases: Cases) -> Result<Built, Failure> {
    if global.bundle.is_some() {
        return Err(Failure::usage("this verb reads rule files: give --rules DIR, not --bundle"));
    }
    build_dir(&global.rules, &global.drafts, cases)
}

/// As [`build`], of another folder.
pub fn build_dir(dir: &Path, drafts: &[String], cases: Cases) -> Result<Built, Failure> {
    build_sources(read(dir, cases)?, drafts)
}

/// The rule files of a folder and those below it.
fn read(dir: &Path, cases: Cases) -> Result<SourceMap, Failure> {
    let files = rule_files(dir, cases).map_err(|one| Failure::file(&one.path, &one.error))?;
    if files.is_empty() {
        return Err(Failure::usage(format!("{}: there are no rule files (`.yaml`) in it", dir.display())));
    }
    let mut sources = SourceMap::default();
    for file in &files {
        let text = fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
        sources.add(Source::new(file.display().to_string(), text));
    }
    Ok(sources)
}

/// The pack of the folder with a reform: drafts by their ids, files or folders of files whose drafts all apply, and parameters
/// supposed to have other values. A folder with a `pack.yaml` is another pack, which stands by itself.
pub fn reformed(global: &Global, reforms: &[String], values: &[(Arc<str>, Value)]) -> Result<Built, Failure> {
    let is_pack = |reform: &&String| Path::new(reform).join("pack.yaml").is_file();
    let mut sources = match reforms.iter().find(is_pack) {
        Some(other) => read(Path::new(other), Cases::Skip)?,
        None if global.bundle.is_some() => return Err(Failure::usage("a reform is read beside rule files: give --rules DIR, not --bundle")),
        None => read(&global.rules, Cases::Skip)?,
    };
    let mut drafts = global.drafts.clone();
    for reform in reforms.iter().filter(|reform| !is_pack(reform)) {
        let path = Path::new(reform);
        if !path.exists() {
            drafts.push(reform.clone());
            continue;
        }
        let mut own = SourceMap::default();
        let files = if path.is_dir() { rule_files(path, Cases::Skip).map_err(|one| Failure::file(&one.path, &one.error))? } else { vec![path.to_owned()] };
        for file in files {
            let text: Arc<str> = fs::read_to_string(&file).map_err(|error| Failure::file(&file, &error))?.into();
            own.add(Source::new(file.display().to_string(), text.clone()));
            sources.add(Source::new(file.display().to_string(), text));
        }
        let found = thutuc::model::read(&own).value.amendments;
        drafts.extend(found.into_iter().filter(|amendment| amendment.draft).map(|amendment| amendment.id.value.to_string()));
    }
    build_supposing(sources, &drafts, values)
}

fn build_sources(sources: SourceMap, drafts: &[String]) -> Result<Built, Failure> {
    build_supposing(sources, drafts, &[])
}

fn build_supposing(sources: SourceMap, drafts: &[String], values: &[(Arc<str>, Value)]) -> Result<Built, Failure> {
    let wanted: Vec<&str> = drafts.iter().map(String::as_str).collect();
    let built = compile::build_supposing(&sources, &wanted, values).map_err(Failure::usage)?;
    let compile::Built { pack, compiled, diagnostics } = built;
    let known = |id: &str| pack.amendments.iter().any(|amendment| amendment.draft && *amendment.id.value == *id);
    if let Some(unknown) = wanted.iter().find(|id| !known(id)) {
        return Err(Failure::usage(format!("the pack has no draft amendment `{unknown}`")));
    }
    Ok(Built { sources, pack, compiled, diagnostics })
}

/// The compiled pack, from the bundle if one is given. If the rules have errors, says them on stderr and fails. Rules that were
/// compiled before are not compiled again.
///
/// It is never freed, nor is the pack as written: the process ends soon, and the system is faster at it.
pub fn compiled(global: &Global) -> Result<&'static CompiledPack, Failure> {
    let compiled = match &global.bundle {
        Some(path) => {
            let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
            compile::read_bundle(&bytes).map_err(|bad| Failure::bundle(path, bad))?
        }
        None => {
            let sources = read(&global.rules, Cases::Skip)?;
            let place = Place::of(&sources, &global.drafts);
            match place.as_ref().and_then(Place::read) {
                Some(kept) => kept,
                None => {
                    let built = Box::leak(Box::new(build_sources(sources, &global.drafts)?));
                    built.insist(global)?;
                    let pack = built.compiled.take().ok_or_else(|| Failure::Refused("the rules have errors".to_owned()))?;
                    place.iter().for_each(|place| place.write(&pack));
                    pack
                }
            }
        }
    };
    Ok(Box::leak(Box::new(compiled)))
}

impl Built {
    /// The compiled pack and the rest. If the rules have errors, says them on stderr and fails.
    pub fn compiled(self, global: &Global) -> Result<(CompiledPack, Pack), Failure> {
        self.insist(global)?;
        let Built { pack, compiled, .. } = self;
        compiled.map(|compiled| (compiled, pack)).ok_or_else(|| Failure::Refused("the rules have errors".to_owned()))
    }

    /// Fails if the rules have errors, after saying them on stderr.
    pub fn insist(&self, global: &Global) -> Result<(), Failure> {
        if self.compiled.is_some() {
            return Ok(());
        }
        let ink = Ink::for_stderr(global.color);
        let errors = || self.diagnostics.iter().filter(|one| one.severity() == Severity::Error);
        errors().for_each(|error| tell(&format!("{}\n", painted(error, &self.sources, ink))));
        Err(Failure::Refused(format!("the rules have {}; `thutuc check` lists all that is wrong", count(errors().count(), "error"))))
    }
}

/// `1 error`, `2 errors`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A diagnostic with its excerpt, in colour where there is colour.
pub fn painted(diagnostic: &Diagnostic, sources: &SourceMap, ink: Ink) -> String {
    let tone = match diagnostic.severity() {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Open,
    };
    let mut out = String::new();
    for (line, number) in render(diagnostic, sources).lines().zip(0..) {
        out.push_str(&match line.split_once(": ") {
            Some((head, rest)) if number == 0 => format!("{}: {}", ink.paint(tone, head), ink.paint(Tone::Strong, rest)),
            Some(("help", rest)) => format!("{}: {rest}", ink.paint(Tone::Good, "help")),
            _ => excerpt_line(line, ink, tone),
        });
        out.push('\n');
    }
    out
}

/// A line of an excerpt: margin, text, mark.
pub fn excerpt_line(line: &str, ink: Ink, tone: Tone) -> String {
    let trimmed = line.trim_start();
    match line.split_once('|') {
        _ if trimmed.starts_with("-->") || trimmed.starts_with(":::") => ink.paint(Tone::Place, line),
        Some((margin, mark)) if mark.trim_start().starts_with('^') => {
            format!("{}{}", ink.paint(Tone::Place, &format!("{margin}|")), ink.paint(tone, mark))
        }
        Some((margin, text)) if margin.trim().bytes().all(|b| b.is_ascii_digit()) => {
            format!("{}{text}", ink.paint(Tone::Place, &format!("{margin}|")))
        }
        _ => line.to_owned(),
    }
}
