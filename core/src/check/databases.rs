//! Databases of the state: declared once, on a basis, and named by the papers they hold.

use std::collections::HashMap;

use super::dates::{Instruments, no_citation};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::{Document, Pack};
use crate::source::Span;

/// Everything wrong with the databases and the duty to reuse.
pub(super) fn problems(pack: &Pack, instruments: &Instruments) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut known: HashMap<&str, Span> = HashMap::new();
    for database in &pack.databases {
        if let Some(first) = known.insert(&database.id.value, database.id.span) {
            let problem = Diagnostic::new(Code::DuplicateDeclaration, database.id.span, format!("the database `{}` is declared twice", database.id.value));
            found.push(problem.label("again here").related(first, "first here"));
        }
        found.extend(instruments.check(&database.basis, &database.interval));
    }
    for duty in &pack.reuse_duties {
        if duty.basis.citations.is_empty() {
            found.push(no_citation(duty.span));
        }
        found.extend(instruments.check(&duty.basis, &duty.interval));
    }
    found
}

/// Papers that name no database, or one that is not declared.
pub(super) fn papers(pack: &Pack, documents: &[Document]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let known = || pack.databases.iter().map(|database| &*database.id.value);
    for document in documents {
        for id in document.held_in.iter().filter(|id| known().all(|name| name != &*id.value)) {
            let problem = Diagnostic::new(Code::UnknownDatabase, id.span, format!("no database `{}`", id.value)).label("not declared");
            found.push(match nearest(&id.value, known()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("declare it under `databases:` with its name"),
            });
        }
        if let (Some(reuse), true) = (&document.reuse, document.held_in.is_empty() && document.reuse_source.is_none()) {
            let message = format!("the paper `{}` is reused, but nothing says from where", document.id.value);
            let problem = Diagnostic::new(Code::UnsourcedReuse, reuse.span, message).label("known from which database?");
            found.push(problem.help("name the database that holds it: `held_in: population`"));
        }
    }
    found
}
