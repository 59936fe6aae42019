//! A linked service with the elements of the procedures it links: one procedure like any other, and its steps.
//!
//! Facts of one name are one fact, asked once; those that a step maps become definitions. An element of a step has the
//! step's id before its own (`birth_registration`), applies only while the step does, and is there once: what another
//! stands for (`covered`) or what is the same paper is not asked twice.

use std::collections::HashMap;
use std::sync::Arc;

use super::procedure::MOST_ELEMENTS;
use super::typed::{
    DefinitionVersion, Expr, FactId, Kind, Links, MessagePart, TypedCondition, TypedDefinition, TypedDocument, TypedFee, TypedFeeBase, TypedLink,
    TypedProcedure, TypedReductionKind,
};
use super::walk::children_mut;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::{Covered, Interval, Text};
use crate::source::Span;
use crate::value::{Type, Value};

/// The linked service `whole` with what its steps bring, and what is wrong with that.
pub(super) fn link(whole: TypedProcedure, all: &[TypedProcedure]) -> (TypedProcedure, Vec<Diagnostic>) {
    let links = whole.linked.clone();
    let span = links.first().map_or(Span::default(), |link| link.span);
    let plain = whole.documents.iter().map(|document| document.id.clone()).collect();
    let mut linking = Linking { own: Own::of(&whole), whole, plain, problems: Vec::new() };
    for (link, at) in links.iter().zip(0u32..64) {
        let of = |jurisdiction: &Option<Arc<str>>| {
            let is_meant = |one: &&TypedProcedure| Some(&one.code) == link.procedure.as_ref() && one.jurisdiction == *jurisdiction && one.linked.is_empty();
            all.iter().find(is_meant)
        };
        let member = of(&linking.whole.jurisdiction).or_else(|| of(&None));
        linking.elements(link, 1 << at);
        match member {
            Some(member) => linking.bring(link, 1 << at, member, &links),
            None => linking.problems.extend(link.covered.first().map(|covered| uncovered(covered, "the step carries out no procedure"))),
        }
    }
    linking.too_many(span);
    (linking.whole, linking.problems)
}

struct Linking {
    whole: TypedProcedure,
    own: Own,
    /// The ids of the documents without those of steps before them.
    plain: Vec<Arc<str>>,
    problems: Vec<Diagnostic>,
}

/// The elements that the linked service has itself, `section.id`.
struct Own(Vec<String>);

impl Own {
    fn of(whole: &TypedProcedure) -> Own {
        Own(paths(whole))
    }
}

/// The elements of a procedure, `section.id`.
fn paths(of: &TypedProcedure) -> Vec<String> {
    let conditions = of.eligibility.iter().map(|one| format!("eligibility.{}", one.id));
    let checks = of.identity.iter().map(|one| format!("identity.{}", one.id));
    let documents = of.documents.iter().map(|one| format!("documents.{}", one.id));
    conditions.chain(checks).chain(documents).chain(of.fees.iter().map(|one| format!("fees.{}", one.id))).collect()
}

impl Linking {
    fn bring(&mut self, link: &TypedLink, bit: Links, member: &TypedProcedure, links: &[TypedLink]) {
        self.covered(link, bit, member, links);
        let is_covered = |section: &str, id: &str| link.covered.iter().find(|one| one.element.value.split_once('.') == Some((section, id)));
        let days = link.interval.intersect(&member.interval);
        let mut bringing = Bringing::new(&mut self.whole, link, member, &mut self.problems);
        let guard = link.when.clone();
        let mut conditions = [Vec::new(), Vec::new()];
        let sections = [("eligibility", &member.eligibility), ("identity", &member.identity)];
        for ((section, of), into) in sections.into_iter().zip(&mut conditions) {
            for condition in of.iter().filter(|one| is_covered(section, &one.id).is_none()) {
                if !bringing.is_checked(section, condition) {
                    into.extend(bringing.condition(condition, days, bit));
                }
            }
        }
        let documents = member.documents.iter().filter_map(|document| {
            let covered = is_covered("documents", &document.id);
            let result = covered.map(|covered| links.iter().find(|link| link.id == covered.by.value));
            match result {
                Some(None) => None,
                Some(Some(step)) => bringing.document(document, days, bit, step_result(step)),
                None => bringing.document(document, days, bit, None),
            }
        });
        let documents: Vec<(Arc<str>, TypedDocument)> = documents.collect();
        let fees = member.fees.iter().filter(|fee| is_covered("fees", &fee.id).is_none());
        let fees: Vec<TypedFee> = fees.filter_map(|fee| bringing.fee(fee, days, bit)).collect();
        bringing.unused(link);
        let [eligibility, identity] = conditions;
        add_conditions(&mut self.whole.eligibility, eligibility, guard.as_ref());
        add_conditions(&mut self.whole.identity, identity, guard.as_ref());
        for (plain, document) in documents {
            self.add_document(&plain, document, guard.as_ref());
        }
        self.whole.fees.extend(fees.into_iter().map(|fee| TypedFee { when: both(guard.as_ref(), fee.when), ..fee }));
    }

    /// Checks what a step leaves to others, and notes of those that they are of this step too.
    fn covered(&mut self, link: &TypedLink, bit: Links, member: &TypedProcedure, links: &[TypedLink]) {
        let of_member = paths(member);
        for covered in &link.covered {
            let (element, by) = (&*covered.element.value, &*covered.by.value);
            if !of_member.iter().any(|path| path == element) {
                let problem = Diagnostic::new(Code::UnknownElement, covered.element.span, format!("procedure `{}` has no element `{element}`", member.code));
                let near = nearest(element, of_member.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
                self.problems.push(with_help(problem.label("nothing to cover"), near));
                continue;
            }
            let section = element.split_once('.').map_or("", |(section, _)| section);
            match by.split_once('.') {
                None if section == "documents" => {
                    let step = links.iter().find(|link| *link.id == *by);
                    match step {
                        Some(step) if link.after.contains(&step.id) && step.result.is_some() => {}
                        Some(step) if step.result.is_none() => {
                            let problem = uncovered(covered, &format!("the step `{by}` has no `result`"));
                            self.problems.push(problem.help("say what it makes: `result: { vi: …, en: … }`"));
                        }
                        Some(_) => self.problems.push(uncovered(covered, &format!("`{}` does not come after `{by}`", link.id)).help("add it to `after`")),
                        None => {
                            let problem = Diagnostic::new(Code::UnknownLink, covered.by.span, format!("no step `{by}` in `linked`")).label("not a step");
                            let near = nearest(by, links.iter().map(|link| &*link.id)).map(|near| format!("did you mean `{near}`?"));
                            self.problems.push(with_help(problem, near));
                        }
                    }
                }
                Some((of, id)) if of == section && self.own.0.iter().any(|path| path == by) => {
                    // What is asked of the whole submission refuses it as a whole.
                    if matches!(section, "documents" | "fees") {
                        self.mark(section, id, bit);
                    }
                }
                _ => {
                    let problem = Diagnostic::new(Code::UnknownElement, covered.by.span, format!("the linked service has no element `{by}` that can stand for `{element}`"));
                    let near = nearest(by, self.own.0.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
                    self.problems.push(with_help(problem.label("nothing that covers"), near));
                }
            }
        }
    }

    /// Notes of elements of the linked service that they are of a step.
    fn elements(&mut self, link: &TypedLink, bit: Links) {
        for element in &link.elements {
            let path = &*element.value;
            if let (Some((section, id)), true) = (path.split_once('.'), self.own.0.iter().any(|own| own == path)) {
                self.mark(section, id, bit);
                continue;
            }
            let problem = Diagnostic::new(Code::UnknownElement, element.span, format!("the linked service has no element `{path}`")).label("of no step");
            let near = nearest(path, self.own.0.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
            self.problems.push(with_help(problem, near));
        }
    }

    fn mark(&mut self, section: &str, id: &str, bit: Links) {
        let whole = &mut self.whole;
        match section {
            "eligibility" => whole.eligibility.iter_mut().filter(|one| *one.id == *id).for_each(|one| one.links |= bit),
            "identity" => whole.identity.iter_mut().filter(|one| *one.id == *id).for_each(|one| one.links |= bit),
            "documents" => whole.documents.iter_mut().filter(|one| *one.id == *id).for_each(|one| one.links |= bit),
            _ => whole.fees.iter_mut().filter(|one| *one.id == *id).for_each(|one| one.links |= bit),
        }
    }

    /// Adds a document of a step; on the days on which the same paper is there already, that is wanted for both.
    fn add_document(&mut self, plain: &Arc<str>, new: TypedDocument, guard: Option<&Expr>) {
        let mut rest = vec![new.interval];
        let mut at = 0;
        while let Some(known) = self.whole.documents.get(at).cloned() {
            let days = known.interval.intersect(&new.interval);
            if self.plain.get(at) != Some(plain) || !same_paper(&known, &new) || days.is_empty() {
                at += 1;
                continue;
            }
            let when = either(known.when.clone(), both(guard, new.when.clone()));
            let shared = TypedDocument { interval: days, when, links: known.links | new.links, ..known.clone() };
            let around = outside(known.interval, days).into_iter().map(|interval| TypedDocument { interval, ..known.clone() });
            let pieces: Vec<TypedDocument> = std::iter::once(shared).chain(around).collect();
            self.plain.splice(at..=at, pieces.iter().map(|_| plain.clone()));
            at += pieces.len();
            self.whole.documents.splice(at - pieces.len()..=at - pieces.len(), pieces);
            rest = rest.into_iter().flat_map(|left| if left.intersect(&days).is_empty() { vec![left] } else { outside(left, days) }).collect();
        }
        for interval in rest {
            self.plain.push(plain.clone());
            self.whole.documents.push(TypedDocument { interval, when: both(guard, new.when.clone()), ..new.clone() });
        }
    }

    fn too_many(&mut self, span: Span) {
        let whole = &self.whole;
        let sections =
            [("eligibility", whole.eligibility.len()), ("identity", whole.identity.len()), ("documents", whole.documents.len()), ("fees", whole.fees.len())];
        for (section, count) in sections.into_iter().filter(|(_, count)| *count > MOST_ELEMENTS) {
            let message = format!("{count} elements in `{section}` with those of its steps, {MOST_ELEMENTS} is the most");
            self.problems.push(Diagnostic::new(Code::TooMany, span, message));
        }
    }
}

/// One step bringing what its procedure has: every index is of the linked service then.
struct Bringing<'a> {
    whole: &'a mut TypedProcedure,
    link: &'a TypedLink,
    member: &'a TypedProcedure,
    facts: HashMap<FactId, Kind>,
    parameters: HashMap<u16, u16>,
    definitions: HashMap<u16, u16>,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Bringing<'a> {
    fn new(whole: &'a mut TypedProcedure, link: &'a TypedLink, member: &'a TypedProcedure, problems: &'a mut Vec<Diagnostic>) -> Self {
        Bringing { whole, link, member, facts: HashMap::new(), parameters: HashMap::new(), definitions: HashMap::new(), problems }
    }

    /// Whether a check of a vocabulary is one of the linked service itself: a submission has one login.
    fn is_checked(&self, section: &str, of: &TypedCondition) -> bool {
        section == "identity" && self.whole.identity.iter().any(|known| known.links == 0 && known.require.span == of.require.span)
    }

    fn id(&self, plain: &str) -> Arc<str> {
        format!("{}_{plain}", self.link.id).into()
    }

    fn condition(&mut self, of: &TypedCondition, days: Interval, bit: Links) -> Option<TypedCondition> {
        let interval = on(of.interval, days)?;
        let mut condition = TypedCondition { id: self.id(&of.id), interval, links: bit, ..of.clone() };
        condition.when.iter_mut().for_each(|when| self.turn(when));
        self.turn(&mut condition.require);
        for part in condition.message.vi.iter_mut().chain(&mut condition.message.en) {
            if let MessagePart::Value(value) = part {
                self.turn(value);
            }
        }
        Some(condition)
    }

    /// A document; what an earlier step makes is known to the state.
    fn document(&mut self, of: &TypedDocument, days: Interval, bit: Links, result: Option<Text>) -> Option<(Arc<str>, TypedDocument)> {
        let interval = on(of.interval, days)?;
        let mut document = TypedDocument { id: self.id(&of.id), interval, links: bit, ..of.clone() };
        for alternative in &mut document.any_of {
            alternative.id.value = self.id(&alternative.id.value);
        }
        if let Some(result) = result {
            let span = self.link.span;
            document.reuse = Some(Expr { kind: Kind::Constant(Value::Boolean(true)), of: Type::Boolean, span });
            document.reuse_source = Some(result);
        }
        document.when.iter_mut().chain(&mut document.reuse).for_each(|part| self.turn(part));
        if let Some(provided) = &mut document.provided {
            self.turn(provided);
            self.rename(provided);
        }
        Some((of.id.clone(), document))
    }

    /// The ids of papers that are asked for among those handed in.
    fn rename(&self, expr: &mut Expr) {
        if let Kind::Constant(Value::Text(id)) = &mut expr.kind {
            *id = self.id(id);
        }
        children_mut(expr, &mut |child| self.rename(child));
    }

    fn fee(&mut self, of: &TypedFee, days: Interval, bit: Links) -> Option<TypedFee> {
        let interval = on(of.interval, days)?;
        let mut fee = TypedFee { id: self.id(&of.id), interval, links: bit, ..of.clone() };
        match &mut fee.base {
            TypedFeeBase::Amount(amount) => self.turn(amount),
            TypedFeeBase::Tiers(of, steps) => {
                self.turn(of);
                for (up_to, rate) in steps {
                    up_to.iter_mut().chain([rate]).for_each(|part| self.turn(part));
                }
            }
            TypedFeeBase::Unknown(_) => {}
        }
        [&mut fee.when, &mut fee.floor, &mut fee.cap, &mut fee.times].into_iter().flatten().for_each(|part| self.turn(part));
        for reduction in &mut fee.reductions {
            let (TypedReductionKind::To(amount) | TypedReductionKind::Percent(amount) | TypedReductionKind::Off(amount)) = &mut reduction.kind;
            reduction.when.iter_mut().chain([amount]).chain(&mut reduction.max_off).for_each(|part| self.turn(part));
            reduction.interval = reduction.interval.intersect(&interval);
        }
        Some(fee)
    }

    /// Puts indices of the linked service in place of the procedure's own.
    fn turn(&mut self, expr: &mut Expr) {
        match &expr.kind {
            Kind::Fact(fact) => expr.kind = self.fact(*fact),
            Kind::Parameter(index) => expr.kind = Kind::Parameter(self.parameter(*index)),
            Kind::Definition(index) => expr.kind = Kind::Definition(self.definition(*index)),
            _ => children_mut(expr, &mut |child| self.turn(child)),
        }
    }

    fn fact(&mut self, fact: FactId) -> Kind {
        if let Some(known) = self.facts.get(&fact) {
            return known.clone();
        }
        let Some(declared) = self.member.facts.get(usize::from(fact.0)) else { return Kind::Constant(Value::Null) };
        let name = &declared.name.value;
        let mapped = self.link.facts.iter().find(|(mapped, ..)| mapped == name);
        let kind = if let Some((_, _, of, version)) = mapped {
            match &version.body {
                Ok(Expr { kind: constant @ Kind::Constant(_), .. }) if version.basis.citations.is_empty() => constant.clone(),
                _ => Kind::Definition(self.define(name, of, vec![version.clone()])),
            }
        } else if let Some(at) = self.whole.facts.iter().position(|known| known.name.value == *name) {
            let first = self.whole.facts.get(at).map_or(declared.name.span, |known| known.name.span);
            if first != declared.name.span {
                let message = format!("the step `{}` brings a fact `{name}` that is not the one of this name here", self.link.id);
                let problem = Diagnostic::new(Code::LinkedFact, self.link.span, message).label("asked twice by one name");
                let problem = problem.related(first, "one").related(declared.name.span, "the other");
                self.problems.push(problem.help(format!("map it (`facts: {{ {name}: … }}`), or move it to a vocabulary that both use")));
            }
            Kind::Fact(FactId(at as u16))
        } else {
            self.whole.facts.push(declared.clone());
            Kind::Fact(FactId((self.whole.facts.len() - 1) as u16))
        };
        self.facts.insert(fact, kind.clone());
        kind
    }

    fn parameter(&mut self, index: u16) -> u16 {
        if let Some(known) = self.parameters.get(&index) {
            return *known;
        }
        let Some(parameter) = self.member.parameters.get(usize::from(index)) else { return index };
        let place = |values: &[crate::model::DatedValue]| values.iter().map(|value| value.span).collect::<Vec<Span>>();
        let same = self.whole.parameters.iter().position(|known| known.name == parameter.name && place(&known.values) == place(&parameter.values));
        let at = same.unwrap_or_else(|| {
            let taken = self.whole.parameters.iter().any(|known| known.name == parameter.name);
            let name = if taken { format!("{}.{}", self.link.id, parameter.name).into() } else { parameter.name.clone() };
            self.whole.parameters.push(super::typed::TypedParameter { name, ..parameter.clone() });
            self.whole.parameters.len() - 1
        }) as u16;
        self.parameters.insert(index, at);
        at
    }

    fn definition(&mut self, index: u16) -> u16 {
        if let Some(known) = self.definitions.get(&index) {
            return *known;
        }
        let Some(definition) = self.member.definitions.get(usize::from(index)) else { return index };
        let mut versions = definition.versions.clone();
        for version in &mut versions {
            if let Ok(body) = &mut version.body {
                self.turn(body);
            }
        }
        let at = self.define(&definition.name, &definition.of, versions);
        self.definitions.insert(index, at);
        at
    }

    /// A definition of the linked service, the one that is there if it is the same.
    fn define(&mut self, name: &Arc<str>, of: &Type, versions: Vec<DefinitionVersion>) -> u16 {
        let same = |known: &DefinitionVersion, new: &DefinitionVersion| known.interval == new.interval && known.body == new.body;
        let same = |known: &TypedDefinition| {
            known.versions.len() == versions.len() && known.versions.iter().zip(&versions).all(|(known, new)| same(known, new))
        };
        let of_name = |known: &TypedDefinition| known.name == *name;
        if let Some(at) = self.whole.definitions.iter().position(|known| of_name(known) && same(known)) {
            return at as u16;
        }
        let taken = self.whole.definitions.iter().any(of_name) || self.whole.facts.iter().any(|fact| fact.name.value == *name);
        let name = if taken { format!("{}.{name}", self.link.id).into() } else { name.clone() };
        self.whole.definitions.push(TypedDefinition { name, of: of.clone(), versions });
        (self.whole.definitions.len() - 1) as u16
    }

    /// Reports facts that are mapped although nothing the step brings uses them.
    fn unused(&mut self, link: &TypedLink) {
        for (name, span, ..) in &link.facts {
            let used = self.facts.keys().any(|fact| self.member.facts.get(usize::from(fact.0)).is_some_and(|fact| fact.name.value == *name));
            if !used {
                let problem = Diagnostic::new(Code::UnusedFact, *span, format!("nothing that the step `{}` brings uses `{name}`", link.id));
                self.problems.push(problem.label("mapped, but never used").help("remove it"));
            }
        }
    }
}

/// Adds conditions of a step; one that another step brought alike is of both.
fn add_conditions(known: &mut Vec<TypedCondition>, new: Vec<TypedCondition>, guard: Option<&Expr>) {
    for condition in new {
        let condition = TypedCondition { when: both(guard, condition.when), ..condition };
        let same = known.iter_mut().find(|known| {
            known.links != 0
                && known.when == condition.when
                && known.require == condition.require
                && known.level == condition.level
                && known.message == condition.message
                && outside(condition.interval, known.interval).is_empty()
        });
        match same {
            Some(known) => known.links |= condition.links,
            None => known.push(condition),
        }
    }
}

/// Whether two documents of one id are one paper.
fn same_paper(one: &TypedDocument, other: &TypedDocument) -> bool {
    let alternatives = |of: &TypedDocument| of.any_of.iter().map(|one| one.name.clone()).collect::<Vec<Text>>();
    one.name == other.name
        && one.form == other.form
        && one.copies == other.copies
        && one.reuse.as_ref().map(|reuse| &reuse.kind) == other.reuse.as_ref().map(|reuse| &reuse.kind)
        && one.reuse_source == other.reuse_source
        && alternatives(one) == alternatives(other)
}

/// The result of a step, as what the state knows a paper from.
fn step_result(step: &TypedLink) -> Option<Text> {
    let result = step.result.as_ref()?;
    Some(Text {
        vi: format!("{} (kết quả bước “{}”)", result.vi, step.name.vi).into(),
        en: format!("{} (result of the step “{}”)", result.en, step.name.en).into(),
    })
}

fn uncovered(covered: &Covered, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownElement, covered.element.span, format!("`{}` is not covered: {why}", covered.element.value)).label("asked twice")
}

fn with_help(problem: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// The days of both, if there are any.
fn on(interval: Interval, days: Interval) -> Option<Interval> {
    Some(interval.intersect(&days)).filter(|both| !both.is_empty())
}

/// The days of an interval before and after some of its days.
fn outside(interval: Interval, days: Interval) -> Vec<Interval> {
    let before = days.from.map(|first| interval.before(first));
    let after = days.until.map(|last| interval.after(last));
    before.into_iter().chain(after).filter(|rest| !rest.is_empty()).collect()
}

/// Both guards.
fn both(guard: Option<&Expr>, when: Option<Expr>) -> Option<Expr> {
    match (guard, when) {
        (Some(guard), Some(when)) => Some(Expr { of: Type::Boolean, span: when.span, kind: Kind::And(vec![guard.clone(), when]) }),
        (guard, when) => when.or_else(|| guard.cloned()),
    }
}

/// One of two guards; always, if one is absent.
fn either(one: Option<Expr>, other: Option<Expr>) -> Option<Expr> {
    match (one, other) {
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(one), Some(other)) => Some(Expr { of: Type::Boolean, span: one.span, kind: Kind::Or(vec![one, other]) }),
        _ => None,
    }
}
