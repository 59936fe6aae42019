//! A procedure with the amendments that apply: the law as it stands on every day.

use std::sync::Arc;

mod part;
#[cfg(test)]
mod tests;

use part::{Found, Part, Version, cut, within};

use super::keys::{Need, Node};
use super::read::{Reader, section_node};
use super::{
    Amendment, Apology, Change, Condition, DatedValue, Deadline, Declaration, Document, Element, Fee, FeeBase, IdentityCheck, Interval, Link,
    Pack, Procedure, Step, Yaml, YamlKind,
};
use crate::diagnostics::{Code, Parsed, nearest};
use crate::source::Spanned;
use crate::value::Date;

/// `procedure` with its amendments: those for everywhere in the order of their first days, then those of
/// `jurisdiction`, then the drafts of the ids in `with_drafts`, in that order.
///
/// An element that is replaced or repealed ends on the day before; one that an amendment stands in for only for a time
/// comes back after it. So one id may stand several times in a section, on days that do not overlap. `raw` stays the
/// file as read.
///
/// The diagnostics are about what cannot be applied; a change that cannot be is passed over.
#[must_use]
pub fn consolidate(pack: &Pack, procedure: &Procedure, jurisdiction: Option<&str>, with_drafts: &[&str]) -> Parsed<Procedure> {
    let here = |amendment: &&Amendment| {
        let place = amendment.jurisdiction.as_ref().map(|place| &*place.value);
        amendment.procedure.value == procedure.code.value && (place.is_none() || place == jurisdiction)
    };
    let amendments: Vec<&Amendment> = pack.amendments.iter().filter(here).collect();
    if amendments.is_empty() {
        return Parsed { value: procedure.clone(), diagnostics: Vec::new() };
    }
    let mut law = Law::new(pack, procedure);
    let mut enacted: Vec<&Amendment> = amendments.iter().copied().filter(|amendment| !amendment.draft).collect();
    enacted.sort_by_key(|amendment| (amendment.jurisdiction.is_some(), amendment.interval.from));
    for amendment in enacted {
        law.amend(amendment);
    }
    for id in with_drafts {
        amendments.iter().filter(|amendment| amendment.draft && *amendment.id.value == **id).for_each(|draft| law.amend(draft));
    }
    law.finish()
}

/// The law while it is amended.
struct Law<'p> {
    pack: &'p Pack,
    procedure: Procedure,
    eligibility: Vec<Version<Condition>>,
    identity: Vec<Version<IdentityCheck>>,
    documents: Vec<Version<Document>>,
    fees: Vec<Version<Fee>>,
    deadline: Vec<Version<Deadline>>,
    steps: Vec<Version<Step>>,
    apology: Vec<Version<Apology>>,
    declarations: Vec<Version<Declaration>>,
    linked: Vec<Version<Link>>,
    reader: Reader,
}

impl<'p> Law<'p> {
    fn new(pack: &'p Pack, procedure: &Procedure) -> Law<'p> {
        fn versions<T: Part>(procedure: &Procedure, section: &str, parts: &[T]) -> Vec<Version<T>> {
            let written = procedure.raw.get(section).and_then(Yaml::items).unwrap_or_default();
            let version = |part: &T| {
                let yaml = written.iter().find(|item| item.span == part.place())?.clone();
                Some(Version { yaml, part: part.clone() })
            };
            parts.iter().filter_map(version).collect()
        }
        Law {
            pack,
            eligibility: versions(procedure, "eligibility", &procedure.eligibility),
            identity: versions(procedure, "identity", &procedure.identity),
            documents: versions(procedure, "documents", &procedure.documents),
            fees: versions(procedure, "fees", &procedure.fees),
            deadline: versions(procedure, "deadline", &procedure.deadline),
            steps: versions(procedure, "steps", &procedure.steps),
            apology: versions(procedure, "apology", &procedure.apology),
            declarations: versions(procedure, "declarations", &procedure.declarations),
            linked: versions(procedure, "linked", &procedure.linked),
            procedure: procedure.clone(),
            reader: Reader::default(),
        }
    }

    fn finish(self) -> Parsed<Procedure> {
        fn parts<T>(versions: Vec<Version<T>>) -> Vec<T> {
            versions.into_iter().map(|version| version.part).collect()
        }
        let value = Procedure {
            eligibility: parts(self.eligibility),
            identity: parts(self.identity),
            documents: parts(self.documents),
            fees: parts(self.fees),
            deadline: parts(self.deadline),
            steps: parts(self.steps),
            apology: parts(self.apology),
            declarations: parts(self.declarations),
            linked: parts(self.linked),
            ..self.procedure
        };
        Parsed { value, diagnostics: self.reader.finish() }
    }

    fn amend(&mut self, amendment: &Amendment) {
        let during = amendment.interval;
        for change in &amendment.changes {
            match change {
                Change::Parameter { name, values } => self.parameter(name, values, during),
                Change::Replace { path, with } => self.change(path, Some(with), during),
                Change::Repeal { path } => self.change(path, None, during),
                Change::Insert { section, after, element, raw } => self.insert(&section.value, after.as_ref(), element, raw, during),
            }
        }
    }

    fn parameter(&mut self, name: &Spanned<Arc<str>>, values: &[DatedValue], during: Interval) {
        let whole = self.procedure.interval;
        let Some(parameter) = self.procedure.parameters.iter_mut().find(|parameter| parameter.name.value == name.value) else {
            let mut shared = self
                .pack
                .vocabularies
                .iter()
                .filter(|vocabulary| self.procedure.uses.iter().any(|used| used.value == vocabulary.name.value));
            let owner = shared.find(|vocabulary| vocabulary.parameters.iter().any(|parameter| parameter.name.value == name.value));
            let near = nearest(&name.value, self.procedure.parameters.iter().map(|parameter| &*parameter.name.value));
            let help = match (owner, near) {
                (Some(owner), _) => format!("it belongs to the vocabulary `{}`: change its dated values there", owner.name.value),
                (None, Some(near)) => format!("did you mean `{near}`?"),
                (None, None) => String::new(),
            };
            let message = format!("the procedure `{}` has no parameter `{}`", self.procedure.code.value, name.value);
            self.reader.problem(Code::UnknownElement, name.span, message, "not declared", help);
            return;
        };
        for value in values {
            let mut value = value.clone();
            value.interval = within(value.interval, during);
            cut(&mut parameter.values, |_| true, value.interval, whole, |_, _| None);
            parameter.values.push(value);
        }
        parameter.values.sort_by_key(|value| value.interval.from);
    }

    /// Replaces keys of an element, or (with nothing) ends it.
    fn change(&mut self, path: &Spanned<Arc<str>>, with: Option<&Yaml>, during: Interval) {
        let whole = self.procedure.interval;
        let reader = &mut self.reader;
        let parts: Vec<&str> = path.value.split('.').collect();
        match parts.as_slice() {
            ["eligibility", _] => self.eligibility.change(path, with, during, whole, reader, Reader::condition),
            ["identity", _] => self.identity.change(path, with, during, whole, reader, Reader::identity),
            ["documents", _] => self.documents.change(path, with, during, whole, reader, Reader::document),
            ["fees", _] => self.fees.change(path, with, during, whole, reader, Reader::fee),
            ["deadline", _] => self.deadline.change(path, with, during, whole, reader, Reader::deadline),
            ["steps", _] => self.steps.change(path, with, during, whole, reader, Reader::step),
            ["apology", _] => self.apology.change(path, with, during, whole, reader, Reader::apology),
            ["declarations", _] => self.declarations.change(path, with, during, whole, reader, Reader::declaration),
            ["linked", _] => self.linked.change(path, with, during, whole, reader, Reader::link),
            ["fees", fee, "rows", row] => change_row(&mut self.fees, (fee, row), path, with, during, whole, reader),
            _ => {}
        }
    }

    fn insert(&mut self, section: &str, after: Option<&Spanned<Arc<str>>>, element: &Element, raw: &Yaml, during: Interval) {
        let reader = &mut self.reader;
        match element {
            Element::Condition(part) => insert(&mut self.eligibility, section, after, part, raw, during, reader),
            Element::Identity(part) => insert(&mut self.identity, section, after, part, raw, during, reader),
            Element::Document(part) => insert(&mut self.documents, section, after, part, raw, during, reader),
            Element::Fee(part) => insert(&mut self.fees, section, after, part, raw, during, reader),
            Element::Deadline(part) => insert(&mut self.deadline, section, after, part, raw, during, reader),
            Element::Step(part) => insert(&mut self.steps, section, after, part, raw, during, reader),
            Element::Apology(part) => insert(&mut self.apology, section, after, part, raw, during, reader),
            Element::Declaration(part) => insert(&mut self.declarations, section, after, part, raw, during, reader),
            Element::Link(part) => insert(&mut self.linked, section, after, part, raw, during, reader),
        }
    }
}

/// What [`Law::change`] does in one section.
trait Section<T> {
    fn change(
        &mut self,
        path: &Spanned<Arc<str>>,
        with: Option<&Yaml>,
        during: Interval,
        whole: Interval,
        reader: &mut Reader,
        read: fn(&mut Reader, &Yaml) -> Option<T>,
    );
}

impl<T: Part> Section<T> for Vec<Version<T>> {
    fn change(
        &mut self,
        path: &Spanned<Arc<str>>,
        with: Option<&Yaml>,
        during: Interval,
        whole: Interval,
        reader: &mut Reader,
        read: fn(&mut Reader, &Yaml) -> Option<T>,
    ) {
        let Some((section, id)) = path.value.split_once('.') else { return };
        let own = with.map_or(Interval::default(), own_days);
        let during = within(own, during);
        let ids: Vec<String> = self.iter().map(|version| version.id().to_owned()).collect();
        let last = self.iter().rposition(|version| version.id() == id).and_then(|at| self.get(at)).map(Part::interval);
        let found = cut(
            self,
            |version| version.id() == id,
            during,
            whole,
            |version, mut days| {
                let with = with?;
                let yaml = merge(&version.yaml, with, section_node(section)?);
                let mut again = Reader::default();
                let part = read(&mut again, &yaml);
                // What is wrong with single keys was told when the files were read; what is new is what lacks now.
                for lack in again.finish().into_iter().filter(|problem| problem.code == Code::MissingKey) {
                    reader.problem(lack.code, path.span, lack.message, "by this replacement", lack.help.unwrap_or_default());
                }
                let Some(mut part) = part else { return Some(version.clone()) };
                part.keep_amended(&version.part, with);
                // An `until` of its own may prolong an element, unless a later version of it follows.
                if own.until.is_some() && Some(version.interval()) == last {
                    days.until = during.until;
                }
                part.keep(days);
                Some(Version { yaml, part })
            },
        );
        let near = || nearest(id, ids.iter().map(String::as_str)).map(|near| format!("did you mean `{section}.{near}`?"));
        not_found(found, path, || format!("`{section}` has no element `{id}`"), near, reader);
    }
}

/// The days that a replacement gives itself. What cannot be read of them was told when the files were read.
fn own_days(with: &Yaml) -> Interval {
    let day = |key| with.get(key).and_then(Yaml::scalar).and_then(|(text, _)| Date::parse(text));
    Interval { from: day("from"), until: day("until"), span: None }
}

/// Says that what an amendment names is not there.
fn not_found(found: Found, path: &Spanned<Arc<str>>, message: impl Fn() -> String, near: impl Fn() -> Option<String>, reader: &mut Reader) {
    match found {
        Found::InForce => {}
        Found::Nothing => {
            reader.problem(Code::UnknownElement, path.span, message(), "nothing to amend", near().unwrap_or_default());
        }
        Found::OtherDays => {
            let message = format!("`{}` is not in force while the amendment is", path.value);
            reader.problem(
                Code::UnknownElement,
                path.span,
                message,
                "nothing to amend",
                "check the dates of both, and what amended it before",
            );
        }
    }
}

fn insert<T: Part>(
    versions: &mut Vec<Version<T>>,
    section: &str,
    after: Option<&Spanned<Arc<str>>>,
    part: &T,
    raw: &Yaml,
    during: Interval,
    reader: &mut Reader,
) {
    let mut part = part.clone();
    part.keep(within(part.interval(), during));
    let place = after.and_then(|after| versions.iter().rposition(|version| version.id() == &*after.value));
    if let (Some(after), None) = (after, place) {
        let near = nearest(&after.value, versions.iter().map(Part::id)).map(|near| format!("did you mean `{near}`?"));
        let message = format!("`{section}` has no element `{}`", after.value);
        reader.problem(Code::UnknownElement, after.span, message, "nothing to come after", near.unwrap_or_default());
    }
    let at = match place {
        Some(place) => place + 1,
        None if matches!(section, "deadline" | "apology") => 0,
        None => versions.len(),
    };
    versions.insert(at, Version { yaml: raw.clone(), part });
}

/// `old` with the keys of `with`: `null` takes a key away, and a key takes away those it is an alternative to.
fn merge(old: &Yaml, with: &Yaml, node: &Node) -> Yaml {
    let mut entries = old.entries().unwrap_or_default().to_vec();
    for (key, value) in with.entries().unwrap_or_default() {
        for choice in node.choices.iter().filter(|choice| choice.contains(&&*key.value)) {
            entries.retain(|(name, _)| name.value == key.value || !choice.contains(&&*name.value));
        }
        match entries.iter_mut().find(|(name, _)| name.value == key.value) {
            Some(entry) => *entry = (key.clone(), value.clone()),
            None => entries.push((key.clone(), value.clone())),
        }
    }
    entries.retain(|(_, value)| !value.is_null());
    let given: Vec<Arc<str>> = entries.iter().map(|(name, _)| name.value.clone()).collect();
    entries.retain(|(name, _)| match node.key(&name.value).map(|key| key.need) {
        Some(Need::Beside(other)) => given.iter().any(|name| **name == *other),
        _ => true,
    });
    Yaml { kind: YamlKind::Mapping(entries), span: old.span }
}

/// Replaces cells of a row of a fee's table, or (with nothing) ends it.
fn change_row(
    fees: &mut [Version<Fee>],
    (fee, row): (&str, &str),
    path: &Spanned<Arc<str>>,
    with: Option<&Yaml>,
    during: Interval,
    whole: Interval,
    reader: &mut Reader,
) {
    let during = within(with.map_or(Interval::default(), own_days), during);
    let mut is_fee = false;
    let mut found = Found::Nothing;
    let mut rows = Vec::new();
    for version in fees.iter_mut().filter(|version| version.id() == fee) {
        is_fee = true;
        let holder = version.part.interval.intersect(&whole);
        let FeeBase::Table(table) = &mut version.part.base else { continue };
        rows.extend(table.rows.iter().map(|row| row.id().to_owned()));
        let (inputs, outputs) = (table.inputs.clone(), table.outputs.clone());
        found = found.max(cut(
            &mut table.rows,
            |part| part.id() == row,
            during,
            holder,
            |part, days| Some(reader.amended_row(part, with?, days, &inputs, &outputs)),
        ));
    }
    let message = || if is_fee { format!("the fee `{fee}` has no row `{row}`") } else { format!("`fees` has no element `{fee}`") };
    let near = || match is_fee {
        true => nearest(row, rows.iter().map(String::as_str)).map(|near| format!("did you mean `fees.{fee}.rows.{near}`?")),
        false => nearest(fee, fees.iter().map(Part::id)).map(|near| format!("did you mean `fees.{near}.rows.{row}`?")),
    };
    not_found(found, path, message, near, reader);
}
