//! Worked cases.

use std::sync::Arc;

use super::{Quoted, Reader};
use crate::diagnostics::{Code, nearest};
use crate::model::keys;
use crate::model::{Case, CaseFile, Entry, Expected, Yaml, YamlKind};
use crate::source::Spanned;
use crate::value::{DateTime, Time};

/// Facts by dotted name.
type Facts = Vec<Entry>;

const OFFICE_OPENS: u32 = 8;

impl Reader {
    /// A file that begins with `cases`.
    pub(super) fn cases(&mut self, root: &Yaml) -> Option<CaseFile> {
        let fields = self.fields(root, &keys::CASES)?;
        let procedure = self.code(&fields, "cases");
        let mut sets: Vec<(Arc<str>, Facts)> = Vec::new();
        for (name, yaml) in self.named(&fields, "given") {
            self.check_id(&name.value, name.span);
            sets.push((name.value.clone(), self.told(yaml)));
        }
        let cases = self.each(&fields, "list", |reader, yaml| reader.case(yaml, &sets));
        Some(CaseFile { procedure: procedure?, cases })
    }

    fn case(&mut self, yaml: &Yaml, sets: &[(Arc<str>, Facts)]) -> Option<Case> {
        let fields = self.fields(yaml, &keys::CASE)?;
        let id = self.code(&fields, "id");
        let name = self.text(&fields, "name").unwrap_or_default();
        let source = self.text(&fields, "source");
        let as_of = self.date(&fields, "as_of");
        let received_at = self.moment(&fields, "received_at");
        let jurisdiction = self.id(&fields, "jurisdiction");
        let mut facts = Facts::new();
        for item in Self::one_or_more(&fields, "given") {
            let Some(wanted) = self.scalar(item, Quoted("given")) else { continue };
            match sets.iter().find(|(name, _)| name == wanted) {
                Some((_, set)) => merge(&mut facts, set),
                None => {
                    let near = nearest(wanted, sets.iter().map(|(name, _)| &**name));
                    let help = near.map_or("declare it under `given` of the file".to_owned(), |near| format!("did you mean `{near}`?"));
                    self.problem(Code::UnknownName, item.span, format!("no set of facts is named `{wanted}`"), "not given", help);
                }
            }
        }
        if let Some(yaml) = fields.get("facts").filter(|yaml| !yaml.is_null()) {
            let told = self.told(yaml);
            merge(&mut facts, &told);
        }
        let expect = self.named(&fields, "expect").iter();
        let expect = expect.map(|(path, value)| Expected { path: path.clone(), value: value.clone() }).collect();
        self.text(&fields, "note");
        let as_of = as_of?;
        let received_at = match received_at {
            Some(moment) => moment,
            None => DateTime::new(as_of, Time::from_hms(OFFICE_OPENS, 0, 0)?),
        };
        Some(Case { id: id?, name, source, as_of, received_at, jurisdiction, facts, expect, span: fields.span() })
    }

    /// Facts by dotted name; mappings within are groups of names.
    fn told(&mut self, yaml: &Yaml) -> Facts {
        let mut facts = Facts::new();
        match yaml.entries() {
            Some(entries) => self.group(None, entries, &mut facts),
            None => self.wrong_shape(yaml, "a set of facts", "a mapping", "write `name: value`, each on a line of its own"),
        }
        facts
    }

    fn group(&mut self, outer: Option<&str>, entries: &[Entry], facts: &mut Facts) {
        for (key, value) in entries {
            let name: Arc<str> = match outer {
                None => key.value.clone(),
                Some(outer) => format!("{outer}.{}", key.value).into(),
            };
            match &value.kind {
                YamlKind::Mapping(inner) => self.group(Some(&name), inner, facts),
                _ => {
                    self.check_fact_name(&name, key.span);
                    merge(facts, &[(Spanned::new(name, key.span), value.clone())]);
                }
            }
        }
    }
}

/// Puts `more` over `facts`.
fn merge(facts: &mut Facts, more: &[Entry]) {
    for (name, value) in more {
        match facts.iter_mut().find(|(known, _)| known.value == name.value) {
            Some(known) => *known = (name.clone(), value.clone()),
            None => facts.push((name.clone(), value.clone())),
        }
    }
}
