//! The steps of a linked service: the names they use and the types of what facts are mapped to.

use std::sync::Arc;

use super::infer::Inference;
use super::procedure::ProcedureCheck;
use super::scope::type_of;
use super::typed::{DefinitionVersion, Expr, Kind, TypedLink};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::{FactDecl, Link, MappedFact, Pack, Procedure};
use crate::source::Spanned;
use crate::value::{Type, Value};

/// Most steps one linked service can have, all versions: each is a bit.
const MOST_LINKS: usize = 64;

/// Steps that carry out what cannot be a step, and names of steps that are not there.
pub(super) fn members(pack: &Pack) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for procedure in &pack.procedures {
        for (at, link) in procedure.linked.iter().enumerate() {
            found.extend(link.procedure.as_ref().and_then(|code| unlinkable(pack, code)));
            found.extend(link.after.iter().filter_map(|after| order(procedure, at, after)));
        }
        if procedure.linked.len() > MOST_LINKS {
            let message = format!("{} steps in `linked`, {MOST_LINKS} is the most", procedure.linked.len());
            found.push(Diagnostic::new(Code::TooMany, procedure.code.span, message));
        }
    }
    found
}

fn unlinkable(pack: &Pack, code: &Spanned<Arc<str>>) -> Option<Diagnostic> {
    let Some(member) = pack.procedures.iter().find(|procedure| procedure.code.value == code.value) else {
        let problem = Diagnostic::new(Code::UnknownProcedure, code.span, format!("no procedure `{}` in the pack", code.value)).label("not declared");
        return Some(match nearest(&code.value, pack.procedures.iter().map(|procedure| &*procedure.code.value)) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("a step of which only the limit is known has a `name` and no `procedure`"),
        });
    };
    if member.linked.is_empty() {
        return None;
    }
    let problem = Diagnostic::new(Code::LinkedProcedure, code.span, format!("`{}` is a linked service itself", code.value));
    Some(problem.label("cannot be a step").help("name its steps here one by one"))
}

/// A step comes after those above it: so nothing goes in a circle.
fn order(procedure: &Procedure, at: usize, after: &Spanned<Arc<str>>) -> Option<Diagnostic> {
    let place = procedure.linked.iter().position(|link| link.id.value == after.value);
    let own = procedure.linked.get(at).map_or("", |link| &*link.id.value);
    match place {
        Some(place) if place < at && *after.value != *own => None,
        Some(_) => {
            let problem = Diagnostic::new(Code::LinkedOrder, after.span, format!("`{own}` comes after `{}`, which does not stand above it", after.value));
            Some(problem.label("not above").help("put the steps in the order in which they are carried out; none waits for itself"))
        }
        None => {
            let problem = Diagnostic::new(Code::UnknownLink, after.span, format!("no step `{}` in `linked`", after.value)).label("not a step");
            Some(match nearest(&after.value, procedure.linked.iter().map(|link| &*link.id.value)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem,
            })
        }
    }
}

impl ProcedureCheck<'_> {
    /// A step, typed under the names of the linked service.
    pub(super) fn link(&mut self, link: &Link) -> TypedLink {
        let pack = self.pack;
        let member = link.procedure.as_ref().and_then(|code| pack.procedures.iter().find(|one| one.code.value == code.value));
        let when = self.when(link.when.as_ref());
        let facts = link.facts.iter().filter_map(|fact| {
            let declared = declared(pack, member, fact);
            if declared.is_none() {
                self.report_all([unknown(pack, member, fact)]);
            }
            let label = declared.map(|fact| fact.label.clone());
            let of = declared.map_or(Type::Any, type_of);
            let body = self.mapped(fact, &of);
            let version = DefinitionVersion { interval: link.interval, label, body: Ok(body), basis: fact.basis.clone() };
            declared.map(|_| (fact.name.value.clone(), fact.name.span, of, version))
        });
        let facts = facts.collect();
        let of_member = member.map(|member| (member.name.clone(), member.authorities.clone()));
        let (name, authorities) = of_member.unwrap_or_default();
        let here = link.authority.clone().map(|name| vec![crate::model::Authority { interval: link.interval, name, basis: link.basis.clone() }]);
        TypedLink {
            id: link.id.value.clone(),
            span: link.id.span,
            interval: link.interval,
            procedure: link.procedure.as_ref().map(|code| code.value.clone()),
            name: link.name.clone().unwrap_or(name),
            authorities: here.unwrap_or(authorities),
            when,
            after: link.after.iter().map(|after| after.value.clone()).collect(),
            result: link.result.clone(),
            facts,
            covered: link.covered.clone(),
            elements: link.elements.clone(),
            limit: link.limit.iter().map(|limit| self.deadline(limit)).collect(),
            if_refused: link.if_refused.clone(),
            basis: link.basis.clone(),
        }
    }

    /// What a fact is mapped to, of the type the fact has: texts that are its codes may stand where codes are wanted.
    fn mapped(&mut self, fact: &MappedFact, wanted: &Type) -> Expr {
        let mut typed = self.expression(&fact.value, &[], None);
        if let Type::Enumeration(codes) = wanted.without_null() {
            let unknown = codes_of(&mut typed, codes);
            let known: Vec<&str> = codes.iter().map(|code| &**code).collect();
            let problem = |(text, span): (Arc<str>, crate::source::Span)| {
                let problem = Diagnostic::new(Code::UnknownValue, span, format!("`{}` has no value \"{text}\"", fact.name.value)).label("not one of its values");
                match nearest(&text, known.iter().copied()) {
                    Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                    None => problem.help(format!("its values are \"{}\"", known.join("\", \""))),
                }
            };
            let problems: Vec<Diagnostic> = unknown.into_iter().map(problem).collect();
            if !problems.is_empty() {
                self.report_all(problems);
                return typed;
            }
        }
        Inference::new(self).want(&typed, std::slice::from_ref(wanted));
        typed
    }
}

/// Gives texts that are codes the type of the codes; texts that are none, with their places.
fn codes_of(typed: &mut Expr, codes: &Arc<[Arc<str>]>) -> Vec<(Arc<str>, crate::source::Span)> {
    match &mut typed.kind {
        Kind::Constant(Value::Text(text)) if !codes.contains(text) => vec![(text.clone(), typed.span)],
        Kind::Constant(Value::Text(_)) => {
            typed.of = Type::Enumeration(codes.clone());
            Vec::new()
        }
        Kind::If(_, then, otherwise) => {
            let mut unknown = codes_of(then, codes);
            unknown.extend(codes_of(otherwise, codes));
            typed.of = then.of.join(&otherwise.of);
            unknown
        }
        _ => Vec::new(),
    }
}

/// The declaration of a fact by the procedure of a step.
fn declared<'a>(pack: &'a Pack, member: Option<&'a Procedure>, fact: &MappedFact) -> Option<&'a FactDecl> {
    facts_of(pack, member).find(|declared| declared.name.value == fact.name.value)
}

fn facts_of<'a>(pack: &'a Pack, member: Option<&'a Procedure>) -> impl Iterator<Item = &'a FactDecl> {
    let used = move |name: &str| member.is_some_and(|member| member.uses.iter().any(|used| *used.value == *name));
    let shared = pack.vocabularies.iter().filter(move |vocabulary| used(&vocabulary.name.value)).flat_map(|vocabulary| &vocabulary.facts);
    shared.chain(member.into_iter().flat_map(|member| &member.facts))
}

fn unknown(pack: &Pack, member: Option<&Procedure>, fact: &MappedFact) -> Diagnostic {
    let name = &fact.name.value;
    let message = match member {
        Some(member) => format!("no fact `{name}` in procedure `{}`", member.code.value),
        None => format!("`{name}` is mapped, but the step carries out no procedure"),
    };
    let problem = Diagnostic::new(Code::UnknownFact, fact.name.span, message).label("nothing to map");
    match nearest(name, facts_of(pack, member).map(|fact| &*fact.name.value)) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }
}
