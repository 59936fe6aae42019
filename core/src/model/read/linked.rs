//! The steps of a linked service.

use super::{Fields, Quoted, Reader};
use crate::diagnostics::Code;
use crate::model::keys;
use crate::model::{Basis, Consequence, Covered, Link, MappedFact, Yaml};
use crate::source::Spanned;

impl Reader {
    /// Of `linked`.
    pub(in crate::model) fn link(&mut self, yaml: &Yaml) -> Option<Link> {
        let fields = self.fields(yaml, &keys::LINK)?;
        let id = self.id(&fields, "id");
        let procedure = self.code(&fields, "procedure");
        let (name, authority, result) = (self.label(&fields, "name"), self.label(&fields, "authority"), self.label(&fields, "result"));
        let after = Self::one_or_more(&fields, "after").iter().filter_map(|item| self.id_in(item, "the id of a step")).collect();
        let when = self.feel(&fields, "when");
        let facts = self.named(&fields, "facts").iter().filter_map(|(name, yaml)| self.mapped_fact(name, yaml)).collect();
        let covered = self.covered(&fields);
        let elements = Self::one_or_more(&fields, "elements").iter();
        let elements = elements.filter_map(|yaml| Some(Spanned::new(self.scalar(yaml, Quoted("elements"))?.clone(), yaml.span))).collect();
        let limit = self.each(&fields, "limit", Self::deadline);
        let if_refused = fields.get("if_refused").and_then(|yaml| self.consequence(yaml));
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        if procedure.is_none() && name.is_none() && !self.partial {
            let help = "name the procedure it carries out, or give the step a name";
            self.problem(Code::MissingKey, yaml.span, "a step has neither `procedure` nor `name`", "lacks a key", help);
        }
        let span = fields.span();
        Some(Link { id: id?, interval, procedure, name, authority, after, when, result, facts, covered, elements, limit, if_refused, basis, span })
    }

    fn mapped_fact(&mut self, name: &Spanned<std::sync::Arc<str>>, yaml: &Yaml) -> Option<MappedFact> {
        self.check_fact_name(&name.value, name.span);
        if yaml.scalar().is_some() {
            let value = self.feel_in(yaml, Quoted(&name.value))?;
            return Some(MappedFact { name: name.clone(), value, basis: Basis::default() });
        }
        let fields = self.fields(yaml, &keys::MAPPED_FACT)?;
        let (value, basis) = (self.feel(&fields, "value"), self.basis(&fields));
        Some(MappedFact { name: name.clone(), value: value?, basis })
    }

    fn covered(&mut self, fields: &Fields<'_>) -> Vec<Covered> {
        let mut all = Vec::new();
        for (element, yaml) in self.named(fields, "covered") {
            let Some(by) = self.scalar(yaml, Quoted(&element.value)) else { continue };
            all.push(Covered { element: element.clone(), by: Spanned::new(by.clone(), yaml.span) });
        }
        all
    }

    fn consequence(&mut self, yaml: &Yaml) -> Option<Consequence> {
        let fields = self.fields(yaml, &keys::IF_REFUSED)?;
        let (known, unknown) = (self.label(&fields, "message"), self.label(&fields, "unknown"));
        let is_known = known.is_some();
        Some(Consequence { text: known.or(unknown)?, known: is_known })
    }
}
