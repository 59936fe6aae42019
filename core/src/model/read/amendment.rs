//! Amendments. What replaces keys of an element is read here too, as far as it goes without that element.

use std::sync::Arc;

use super::{Fields, Quoted, Reader};
use crate::diagnostics::{Code, nearest};
use crate::model::keys::{self, Node};
use crate::model::{Amendment, Change, Column, Element, Interval, Row, Yaml, YamlKind};
use crate::source::Spanned;

/// What an element of a section may have.
pub(in crate::model) fn section_node(section: &str) -> Option<&'static Node> {
    Some(match section {
        "eligibility" => &keys::CONDITION,
        "identity" => &keys::IDENTITY,
        "documents" => &keys::DOCUMENT,
        "fees" => &keys::FEE,
        "deadline" => &keys::DEADLINE,
        "steps" => &keys::STEP,
        "apology" => &keys::APOLOGY,
        "declarations" => &keys::DECLARATION,
        "linked" => &keys::LINK,
        _ => return None,
    })
}

impl Reader {
    /// A file that begins with `amend`.
    pub(super) fn amendment(&mut self, root: &Yaml) -> Option<Amendment> {
        let fields = self.fields(root, &keys::AMENDMENT)?;
        let (procedure, id) = (self.code(&fields, "amend"), self.id(&fields, "id"));
        let title = self.label(&fields, "title").unwrap_or_default();
        let instrument = self.code(&fields, "instrument");
        let jurisdiction = self.id(&fields, "jurisdiction");
        let draft = self.flag(&fields, "draft").unwrap_or(false);
        let interval = self.interval(&fields);
        let changes = self.each(&fields, "changes", Self::change);
        self.text(&fields, "note");
        Some(Amendment { procedure: procedure?, id: id?, title, instrument: instrument?, jurisdiction, draft, interval, changes })
    }

    fn change(&mut self, yaml: &Yaml) -> Option<Change> {
        let Some(entries) = yaml.entries() else {
            self.wrong_shape(yaml, "a change", "a mapping", "begin it with `parameter`, `replace`, `insert` or `repeal`");
            return None;
        };
        let kind = |node: &&&'static Node| node.all().next().is_some_and(|first| yaml.get(first.name).is_some());
        let Some(node) = keys::CHANGES.iter().find(kind) else {
            let firsts = keys::CHANGES.iter().filter_map(|node| node.all().next()).map(|key| key.name);
            let span = entries.first().map_or(yaml.span, |(key, _)| key.span);
            let near = entries.iter().find_map(|(key, _)| nearest(&key.value, firsts.clone()));
            let help = near
                .map_or("begin it with `parameter`, `replace`, `insert` or `repeal`".to_owned(), |near| format!("did you mean `{near}`?"));
            self.problem(Code::MissingKey, span, "a change does not say what it does", "no kind of change", help);
            return None;
        };
        let fields = self.fields(yaml, node)?;
        match node.what {
            what if what == keys::PARAMETER_CHANGE.what => {
                let name = self.fact_name(&fields, "parameter");
                let values = self.each(&fields, "values", Self::dated_value);
                Some(Change::Parameter { name: name?, values })
            }
            what if what == keys::REPLACE.what => {
                let path = self.path(&fields, "replace")?;
                let with = fields.get("with")?;
                self.replacement(&path.value, with)?;
                Some(Change::Replace { path, with: with.clone() })
            }
            what if what == keys::INSERT.what => {
                let section = self.chosen(&fields, "insert", keys::SECTIONS);
                let after = self.id(&fields, "after");
                let raw = fields.get("element")?;
                let section = section?;
                let element = Box::new(self.element(&section.value, raw)?);
                Some(Change::Insert { section, after, element, raw: raw.clone() })
            }
            _ => Some(Change::Repeal { path: self.path(&fields, "repeal")? }),
        }
    }

    /// An element of a section.
    pub(in crate::model) fn element(&mut self, section: &str, yaml: &Yaml) -> Option<Element> {
        Some(match section {
            "eligibility" => Element::Condition(self.condition(yaml)?),
            "identity" => Element::Identity(self.identity(yaml)?),
            "documents" => Element::Document(self.document(yaml)?),
            "fees" => Element::Fee(self.fee(yaml)?),
            "deadline" => Element::Deadline(self.deadline(yaml)?),
            "steps" => Element::Step(self.step(yaml)?),
            "apology" => Element::Apology(self.apology(yaml)?),
            "declarations" => Element::Declaration(self.declaration(yaml)?),
            "linked" => Element::Link(self.link(yaml)?),
            _ => return None,
        })
    }

    /// `section.id` or `fees.<id>.rows.<row id>`.
    fn path(&mut self, fields: &Fields<'_>, key: &str) -> Option<Spanned<Arc<str>>> {
        let yaml = fields.get(key)?;
        let text = self.scalar(yaml, Quoted(key))?;
        let parts: Vec<&str> = text.split('.').collect();
        let good = match parts.as_slice() {
            [section, id] => section_node(section).is_some() && !id.is_empty(),
            ["fees", id, "rows", row] => !id.is_empty() && !row.is_empty(),
            _ => false,
        };
        if !good {
            let sections = keys::SECTIONS.iter().map(|(name, _)| *name);
            let near = parts.split_first().and_then(|(first, rest)| Some((nearest(first, sections)?, rest)));
            let help = match near {
                Some((near, [id])) if section_node(parts.first().unwrap_or(&"")).is_none() => format!("did you mean `{near}.{id}`?"),
                _ => {
                    let sections: Vec<String> = keys::SECTIONS.iter().map(|(name, _)| format!("`{name}.<id>`")).collect();
                    format!("write {} or `fees.<id>.rows.<row id>`", sections.join(", "))
                }
            };
            self.problem(Code::BadName, yaml.span, format!("`{text}` does not name an element"), "not `section.id`", help);
            return None;
        }
        Some(Spanned::new(text.clone(), yaml.span))
    }

    /// Reads the keys that an amendment gives, without those that stay as they are.
    fn replacement(&mut self, path: &str, with: &Yaml) -> Option<()> {
        let Some(entries) = with.entries() else {
            self.wrong_shape(with, Quoted("with"), "a mapping", "give the keys that change");
            return None;
        };
        if let Some((key, _)) = entries.iter().find(|(key, _)| &*key.value == "id") {
            let help = "repeal the element and insert another";
            self.problem(Code::UnknownKey, key.span, "an amendment cannot change an `id`", "not changed", help);
            return None;
        }
        let (section, rest) = path.split_once('.')?;
        if !rest.contains('.') {
            // `null` takes a key away; it is nothing to be read.
            let kept = entries.iter().filter(|(_, value)| !value.is_null()).cloned().collect();
            let given = Yaml { kind: YamlKind::Mapping(kept), span: with.span };
            self.partial = true;
            self.element(section, &given);
            self.partial = false;
        }
        Some(())
    }
}

impl Reader {
    /// `row` with the cells and keys of `with`, in force on `days`.
    pub(in crate::model) fn amended_row(
        &mut self,
        row: &Row,
        with: &Yaml,
        days: Interval,
        inputs: &[Column],
        outputs: &[Spanned<Arc<str>>],
    ) -> Row {
        let mut row = Row { interval: days, ..row.clone() };
        let mut keys = Vec::new();
        for (name, value) in with.entries().unwrap_or_default() {
            let is_about_row = keys::ROW.key(&name.value).is_some();
            let input = inputs.iter().position(|column| column.expression.value == name.value).and_then(|at| row.tests.get_mut(at));
            let output = outputs.iter().position(|output| output.value == name.value).and_then(|at| row.outputs.get_mut(at));
            match input.or(output) {
                Some(cell) if !is_about_row => {
                    if let Some(text) = self.feel_in(value, Quoted(&name.value)) {
                        *cell = text;
                    }
                }
                _ if is_about_row => keys.push((name.clone(), value.clone())),
                _ => {
                    let columns: Vec<&str> =
                        outputs.iter().map(|output| &*output.value).chain(inputs.iter().map(|column| &*column.expression.value)).collect();
                    let near = nearest(&name.value, columns.iter().copied());
                    let help = near
                        .map_or_else(|| format!("its columns are `{}`", columns.join("`, `")), |near| format!("did you mean `{near}`?"));
                    let message = format!("the table has no column `{}`", name.value);
                    self.problem(Code::UnknownKey, name.span, message, "not a column", help);
                }
            }
        }
        let given = Yaml { kind: YamlKind::Mapping(keys), span: with.span };
        if let Some(fields) = self.fields(&given, &keys::ROW) {
            // The days it gives itself are among `days` already; here they are only checked.
            self.interval(&fields);
            let basis = self.basis(&fields);
            if !basis.citations.is_empty() {
                row.basis.citations = basis.citations;
            }
            if given.get("confidence").is_some() {
                row.basis.confidence = basis.confidence;
            }
            row.basis.note = basis.note.or(row.basis.note);
        }
        row
    }
}
