//! Names, types, citations, dates in force: the only maker of a [`typed::TypedPack`].

pub mod assessment;
mod call;
mod complete;
mod databases;
mod calendar;
mod dates;
mod facts;
mod handling;
mod infer;
mod link;
mod linking;
mod lint;
mod procedure;
mod scope;
pub mod segments;
mod tables;
pub mod typed;
pub(crate) mod walk;

use std::collections::HashMap;

use crate::builtins;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest};
use crate::feel::Names;
use crate::model::{Citation, Pack, Procedure, consolidate};
use crate::source::Span;
use procedure::ProcedureCheck;
use typed::{TypedPack, TypedProcedure};

/// A checked pack, and everything that is wrong with it or worth a look.
#[derive(Debug)]
pub struct Checked {
    /// The pack; absent if there is an error.
    pub pack: Option<TypedPack>,
    /// All problems, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a pack: every procedure everywhere, and again for each jurisdiction that amends it.
///
/// Drafts are amendments that apply only if their ids are in `drafts`.
#[must_use]
pub fn check(pack: &Pack, drafts: &[&str]) -> Checked {
    let names = multi_word_names();
    let (instruments, mut diagnostics) = dates::Instruments::new(pack);
    let Some(header) = pack.header.clone() else {
        let problem = Diagnostic::new(Code::MissingKey, Span::default(), "the folder has no pack file");
        return Checked { pack: None, diagnostics: vec![problem.help("add a pack.yaml that begins with `pack:`")] };
    };
    diagnostics.extend(calendar::problems(&pack.calendar));
    diagnostics.extend(amending_instruments(pack, &instruments));
    for procedure in &pack.procedures {
        diagnostics.extend(facts::problems(&procedure.facts));
    }
    for vocabulary in &pack.vocabularies {
        diagnostics.extend(facts::problems(&vocabulary.facts));
        diagnostics.extend(vocabulary_bases(vocabulary, &instruments));
        diagnostics.extend(dates::vocabulary_overlaps(vocabulary));
    }
    let service_level = pack.service_level.as_ref().map(|level| {
        let (typed, problems) = service_level(pack, level, &names, &instruments);
        diagnostics.extend(problems);
        (typed, level.otherwise.clone())
    });
    let mut procedures: Vec<TypedProcedure> = Vec::new();
    diagnostics.extend(link::members(pack));
    let mut declared: HashMap<&str, Span> = HashMap::new();
    for procedure in &pack.procedures {
        if let Some(first) = declared.get(&*procedure.code.value) {
            let problem = Diagnostic::new(Code::DuplicateDeclaration, procedure.code.span, format!("procedure `{}` is declared twice", procedure.code.value));
            diagnostics.push(problem.label("again here").related(*first, "first here"));
            continue;
        }
        declared.insert(&procedure.code.value, procedure.code.span);
        for jurisdiction in jurisdictions(pack, procedure) {
            let consolidated = consolidate(pack, procedure, jurisdiction, drafts);
            diagnostics.extend(consolidated.diagnostics);
            diagnostics.extend(dates::bases(&consolidated.value, &instruments));
            diagnostics.extend(dates::overlaps(&consolidated.value));
            diagnostics.extend(databases::papers(pack, &consolidated.value.documents));
            let (typed, problems) = ProcedureCheck::new(pack, &consolidated.value, &names).check(jurisdiction);
            diagnostics.extend(problems);
            diagnostics.extend(dates::gaps(&typed));
            procedures.push(typed);
        }
    }
    for at in 0..procedures.len() {
        let Some(whole) = procedures.get(at).filter(|procedure| !procedure.linked.is_empty()) else { continue };
        let (linked, problems) = linking::link(whole.clone(), &procedures);
        diagnostics.extend(problems);
        diagnostics.extend(dates::gaps(&linked));
        if let Some(place) = procedures.get_mut(at) {
            *place = linked;
        }
    }
    // Analysts' work: the editor in a browser reads assessments but does not carry what checks them.
    let assessments = if cfg!(feature = "assess") { assessment::all(pack, &names, &instruments, &mut diagnostics) } else { Vec::new() };
    diagnostics.extend(unknown_procedures(pack));
    diagnostics.extend(databases::problems(pack, &instruments));
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
    let sound = diagnostics.iter().all(|diagnostic| diagnostic.severity() != Severity::Error);
    let (instruments, calendar) = (pack.instruments.clone(), pack.calendar.clone());
    let typed = TypedPack { header, instruments, calendar, procedures, service_level, assessments };
    Checked { pack: sound.then_some(typed), diagnostics }
}

/// What a pack without errors may still be asked about: thresholds written twice, days without a value, names that nothing uses.
#[must_use]
pub fn lint(pack: &Pack, typed: &TypedPack) -> Vec<Diagnostic> {
    lint::problems(pack, &typed.procedures)
}

/// Names of several words that every expression may use.
fn multi_word_names() -> Names {
    let mut names: Names = builtins::all().map(|builtin| builtin.name).collect();
    let parameters = builtins::all().flat_map(|builtin| builtin.signatures).flat_map(|signature| signature.parameters);
    parameters.for_each(|parameter| names.declare(parameter.name));
    ["time offset", "start included", "end included"].iter().for_each(|name| names.declare(name));
    names
}

/// Everywhere, then each jurisdiction that amends the procedure or one that it links, in order of their ids.
fn jurisdictions<'a>(pack: &'a Pack, procedure: &Procedure) -> Vec<Option<&'a str>> {
    let linked = || procedure.linked.iter().filter_map(|link| link.procedure.as_ref());
    let is_meant = |code: &str| procedure.code.value.as_ref() == code || linked().any(|linked| linked.value.as_ref() == code);
    let of_procedure = pack.amendments.iter().filter(|amendment| is_meant(&amendment.procedure.value));
    let mut all: Vec<Option<&str>> = of_procedure.filter_map(|amendment| amendment.jurisdiction.as_ref()).map(|name| Some(&*name.value)).collect();
    all.push(None);
    all.sort_unstable();
    all.dedup();
    all
}

fn vocabulary_bases(vocabulary: &crate::model::Vocabulary, instruments: &dates::Instruments) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for identity in &vocabulary.identity {
        if identity.basis.citations.is_empty() {
            found.push(dates::no_citation(identity.id.span));
        }
        found.extend(instruments.check(&identity.basis, &identity.interval));
    }
    let handling = vocabulary.steps.iter().map(|step| (&step.basis, &step.interval, step.id.span));
    let apology = vocabulary.apology.iter().map(|apology| (&apology.basis, &apology.interval, apology.id.span));
    for (basis, interval, span) in handling.chain(apology) {
        found.extend(dates::cited(basis, interval, span, instruments));
    }
    for value in vocabulary.parameters.iter().flat_map(|parameter| &parameter.values) {
        if value.basis.citations.is_empty() {
            found.push(dates::no_citation(value.span));
        }
        found.extend(instruments.check(&value.basis, &value.interval));
    }
    for definition in &vocabulary.definitions {
        found.extend(instruments.check(&definition.basis, &definition.interval));
    }
    found
}

/// The rule of the level of online service, checked as a procedure is.
fn service_level(
    pack: &Pack,
    level: &crate::model::ServiceLevel,
    names: &Names,
    instruments: &dates::Instruments,
) -> (TypedProcedure, Vec<Diagnostic>) {
    let mut found = facts::problems(&level.rule.facts);
    found.extend(dates::bases(&level.rule, instruments));
    found.extend(dates::overlaps(&level.rule));
    let (typed, problems) = ProcedureCheck::new(pack, &level.rule, names).check(None);
    found.extend(problems);
    found.extend(dates::gaps(&typed));
    (typed, found)
}

/// Amendments made by an instrument that is not declared or not in force.
fn amending_instruments(pack: &Pack, instruments: &dates::Instruments) -> Vec<Diagnostic> {
    let of_amendment = |amendment: &crate::model::Amendment| {
        let citation = Citation { instrument: amendment.instrument.value.clone(), locators: Vec::new(), span: amendment.instrument.span };
        instruments.citation(&citation, &amendment.interval)
    };
    pack.amendments.iter().filter_map(of_amendment).collect()
}

/// Amendments and cases of procedures that the pack does not have.
fn unknown_procedures(pack: &Pack) -> Vec<Diagnostic> {
    let named = pack.amendments.iter().map(|amendment| &amendment.procedure).chain(pack.cases.iter().map(|file| &file.procedure));
    let known = || pack.procedures.iter().map(|procedure| &*procedure.code.value);
    let unknown = named.filter(|name| known().all(|code| code != &*name.value)).map(|name| {
        let problem = Diagnostic::new(Code::UnknownProcedure, name.span, format!("no procedure `{}` in the pack", name.value)).label("not declared");
        match nearest(&name.value, known()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        }
    });
    unknown.collect()
}
