//! Conditions, identity checks, documents, deadlines, authorities.

use super::{Fields, Quoted, Reader};
use crate::diagnostics::Code;
use crate::model::keys;
use crate::model::{
    Alternative, Authority, ClockModel, Condition, Copies, Cutoff, CutoffEffect, Deadline, Document, DocumentForm, IdentityCheck, Yaml,
};
use crate::source::Spanned;

impl Reader {
    /// Of `eligibility`.
    pub(in crate::model) fn condition(&mut self, yaml: &Yaml) -> Option<Condition> {
        let fields = self.fields(yaml, &keys::CONDITION)?;
        let id = self.id(&fields, "id");
        let when = self.feel(&fields, "when");
        let require = self.feel(&fields, "require");
        let message = self.label(&fields, "message");
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        let message_span = fields.get("message").map_or(yaml.span, |message| message.span);
        let message = message.unwrap_or_default();
        Some(Condition { id: id?, interval, when, require: require?, message, message_span, basis, span: fields.span() })
    }

    /// Of `identity`.
    pub(in crate::model) fn identity(&mut self, yaml: &Yaml) -> Option<IdentityCheck> {
        let fields = self.fields(yaml, &keys::IDENTITY)?;
        let id = self.id(&fields, "id");
        let when = self.feel(&fields, "when");
        let level = self.level(&fields);
        let require = self.feel(&fields, "require");
        let message = self.label(&fields, "message");
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        let message_span = fields.get("message").map_or(yaml.span, |message| message.span);
        if level.is_none() && require.is_none() {
            return None;
        }
        let message = message.unwrap_or_default();
        Some(IdentityCheck { id: id?, interval, when, level, require, message, message_span, basis, span: fields.span() })
    }

    fn level(&mut self, fields: &Fields<'_>) -> Option<Spanned<u8>> {
        let level = self.count(fields, "level")?;
        let span = fields.get("level")?.span;
        if level > 9 {
            self.problem(Code::BadNumber, span, format!("there is no level {level}"), "a level such as `2` is wanted here", "");
        }
        Some(Spanned::new(level.min(9) as u8, span))
    }

    /// Of `documents`.
    pub(in crate::model) fn document(&mut self, yaml: &Yaml) -> Option<Document> {
        let fields = self.fields(yaml, &keys::DOCUMENT)?;
        let id = self.id(&fields, "id");
        let name = self.label(&fields, "name").unwrap_or_default();
        let when = self.feel(&fields, "when");
        let form = match self.choice(&fields, "form", keys::FORMS) {
            Some(1) => DocumentForm::Copy,
            Some(2) => DocumentForm::CertifiedCopy,
            Some(3) => DocumentForm::Present,
            Some(4) => DocumentForm::EForm,
            Some(5) => DocumentForm::Declaration,
            _ => DocumentForm::Original,
        };
        let copies = self.copies(&fields, form);
        let any_of = self.each(&fields, "any_of", Self::alternative);
        let reuse = self.feel(&fields, "reuse");
        let held_in = Self::one_or_more(&fields, "held_in");
        let held_in = held_in.iter().filter_map(|item| self.id_in(item, Quoted("held_in"))).collect();
        let reuse_source = self.label(&fields, "reuse_source");
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        Some(Document { id: id?, name, interval, when, form, copies, any_of, reuse, held_in, reuse_source, basis, span: fields.span() })
    }

    fn copies(&mut self, fields: &Fields<'_>, form: DocumentForm) -> Copies {
        let given = fields.get("copies").and_then(|yaml| self.fields(yaml, &keys::COPIES));
        match (given, form) {
            (Some(given), _) => {
                Copies { original: self.count(&given, "original").unwrap_or(0), copy: self.count(&given, "copy").unwrap_or(0) }
            }
            (None, DocumentForm::Original) => Copies { original: 1, copy: 0 },
            (None, DocumentForm::Copy | DocumentForm::CertifiedCopy) => Copies { original: 0, copy: 1 },
            (None, DocumentForm::Present | DocumentForm::EForm | DocumentForm::Declaration) => Copies::default(),
        }
    }

    fn alternative(&mut self, yaml: &Yaml) -> Option<Alternative> {
        let fields = self.fields(yaml, &keys::ALTERNATIVE)?;
        let (id, name) = (self.id(&fields, "id"), self.label(&fields, "name").unwrap_or_default());
        Some(Alternative { id: id?, name })
    }

    /// Of `deadline`.
    pub(in crate::model) fn deadline(&mut self, yaml: &Yaml) -> Option<Deadline> {
        let fields = self.fields(yaml, &keys::DEADLINE)?;
        let id = self.id(&fields, "id");
        let when = self.feel(&fields, "when");
        let period = self.period(&fields, "period");
        let unknown = self.label(&fields, "unknown");
        let clock = match self.choice(&fields, "clock", keys::CLOCKS) {
            Some(0) => ClockModel::Restart,
            Some(2) => ClockModel::Pause,
            Some(3) => ClockModel::Unknown,
            _ => ClockModel::StartWhenComplete,
        };
        let cutoff = fields.get("cutoff").and_then(|yaml| self.cutoff(yaml));
        let not_before =
            Self::one_or_more(&fields, "not_before").iter().filter_map(|item| self.feel_in(item, Quoted("not_before"))).collect();
        let roll = self.flag(&fields, "roll").unwrap_or(true);
        let extension = self.feel(&fields, "extension");
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        if period.is_none() && unknown.is_none() {
            return None;
        }
        let span = fields.span();
        Some(Deadline { id: id?, interval, when, period, unknown, clock, cutoff, not_before, roll, extension, basis, span })
    }

    fn cutoff(&mut self, yaml: &Yaml) -> Option<Cutoff> {
        let fields = self.fields(yaml, &keys::CUTOFF)?;
        let (at, effect) = (self.time(&fields, "at"), self.choice(&fields, "effect", keys::EFFECTS));
        let effect = match effect? {
            0 => CutoffEffect::ForwardOnly,
            1 => CutoffEffect::DueNextWorkingDay,
            2 => CutoffEffect::DayZeroNextWorkingDay,
            _ => CutoffEffect::DayOneNextWorkingDay,
        };
        Some(Cutoff { at: at?, effect })
    }

    /// Of `authorities`.
    pub(super) fn authority(&mut self, yaml: &Yaml) -> Option<Authority> {
        let fields = self.fields(yaml, &keys::AUTHORITY)?;
        let name = self.label(&fields, "name");
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        Some(Authority { interval, name: name?, basis })
    }
}
