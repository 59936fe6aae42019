//! Names, types, citations, dates in force: the only maker of a [`typed::TypedPack`].

pub mod assessment;
mod call;
mod complete;
mod calendar;
mod dates;
mod facts;
mod infer;
mod procedure;
mod scope;
pub mod segments;
mod tables;
pub mod typed;
pub(crate) mod walk;

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
    }
    let mut procedures: Vec<TypedProcedure> = Vec::new();
    for (at, procedure) in pack.procedures.iter().enumerate() {
        if let Some(first) = pack.procedures.iter().take(at).find(|other| other.code.value == procedure.code.value) {
            let problem = Diagnostic::new(Code::DuplicateDeclaration, procedure.code.span, format!("procedure `{}` is declared twice", procedure.code.value));
            diagnostics.push(problem.label("again here").related(first.code.span, "first here"));
            continue;
        }
        for jurisdiction in jurisdictions(pack, procedure) {
            let consolidated = consolidate(pack, procedure, jurisdiction, drafts);
            diagnostics.extend(consolidated.diagnostics);
            diagnostics.extend(dates::bases(&consolidated.value, &instruments));
            diagnostics.extend(dates::overlaps(&consolidated.value));
            let (typed, problems) = ProcedureCheck::new(pack, &consolidated.value, &names).check(jurisdiction);
            diagnostics.extend(problems);
            diagnostics.extend(dates::gaps(&typed));
            procedures.push(typed);
        }
    }
    let assessments = assessment::all(pack, &names, &instruments, &mut diagnostics);
    diagnostics.extend(unknown_procedures(pack));
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
    let sound = diagnostics.iter().all(|diagnostic| diagnostic.severity() != Severity::Error);
    let typed = TypedPack { header, instruments: pack.instruments.clone(), calendar: pack.calendar.clone(), procedures, assessments };
    Checked { pack: sound.then_some(typed), diagnostics }
}

/// Names of several words that every expression may use.
fn multi_word_names() -> Names {
    let mut names: Names = builtins::all().map(|builtin| builtin.name).collect();
    let parameters = builtins::all().flat_map(|builtin| builtin.signatures).flat_map(|signature| signature.parameters);
    parameters.for_each(|parameter| names.declare(parameter.name));
    ["time offset", "start included", "end included"].iter().for_each(|name| names.declare(name));
    names
}

/// Everywhere, then each jurisdiction that amends the procedure, in order of their ids.
fn jurisdictions<'a>(pack: &'a Pack, procedure: &Procedure) -> Vec<Option<&'a str>> {
    let of_procedure = pack.amendments.iter().filter(|amendment| amendment.procedure.value == procedure.code.value);
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
            let problem = Diagnostic::new(Code::NoCitation, identity.id.span, "this has no legal basis").label("no `cite`");
            found.push(problem.help("cite the article: `cite: 69/2024/NĐ-CP art 40(3)`"));
        }
        found.extend(instruments.check(&identity.basis, &identity.interval));
    }
    for value in vocabulary.parameters.iter().flat_map(|parameter| &parameter.values) {
        found.extend(instruments.check(&value.basis, &value.interval));
    }
    for definition in &vocabulary.definitions {
        found.extend(instruments.check(&definition.basis, &definition.interval));
    }
    found
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
