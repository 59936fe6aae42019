//! Steps, apologies, declarations, and the rule of the level of online service.

use std::sync::Arc;

use super::Reader;
use crate::diagnostics::Code;
use crate::model::element::Unit;
use crate::model::keys;
use crate::model::{Apology, Condition, Declaration, OnlineService, Procedure, ServiceLevel, Step, Yaml};
use crate::source::Spanned;

impl Reader {
    /// Of `steps`.
    pub(in crate::model) fn step(&mut self, yaml: &Yaml) -> Option<Step> {
        let fields = self.fields(yaml, &keys::STEP)?;
        let id = self.id(&fields, "id");
        let name = self.label(&fields, "name").unwrap_or_default();
        let office = self.label(&fields, "office");
        let when = self.feel(&fields, "when");
        let (period, cutoff) = (self.period(&fields, "period"), self.time(&fields, "cutoff"));
        let after = fields.get("after").is_some().then(|| self.each(&fields, "after", |reader, yaml| reader.id_in(yaml, "the id of a step")));
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        Some(Step { id: id?, name, office, interval, when, period, cutoff, after, basis, span: fields.span() })
    }

    /// Of `apology`.
    pub(in crate::model) fn apology(&mut self, yaml: &Yaml) -> Option<Apology> {
        let fields = self.fields(yaml, &keys::APOLOGY)?;
        let id = self.id(&fields, "id");
        let when = self.feel(&fields, "when");
        let notice = self.period(&fields, "notice");
        if let (Some(period), Some(yaml)) = (notice, fields.get("notice"))
            && !matches!(period.unit, Unit::Days | Unit::WorkingDays)
        {
            self.problem(Code::BadPeriod, yaml.span, "an apology is sent days before the day due", "not days", "write such as `1 working days`");
        }
        let reappointments = self.count(&fields, "reappointments");
        let (form, unknown) = (self.label(&fields, "form"), self.label(&fields, "unknown"));
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        Some(Apology { id: id?, interval, when, notice, reappointments, form, unknown, basis, span: fields.span() })
    }

    /// Of `declarations`.
    pub(in crate::model) fn declaration(&mut self, yaml: &Yaml) -> Option<Declaration> {
        let fields = self.fields(yaml, &keys::DECLARATION)?;
        let id = self.id(&fields, "id");
        let when = self.feel(&fields, "when");
        let value = fields.get("value").and_then(|yaml| Some(Spanned::new(self.value(yaml)?, yaml.span)));
        let (unknown, why) = (self.label(&fields, "unknown"), self.label(&fields, "why"));
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        let value = value.map(Ok).or(unknown.map(Err))?;
        Some(Declaration { id: id?, interval, when, value, why, basis, span: fields.span() })
    }

    /// A file that begins with `service_level`.
    pub(super) fn service_level(&mut self, root: Yaml) -> Option<ServiceLevel> {
        let fields = self.fields(&root, &keys::SERVICE_LEVEL)?;
        let nowhere = |text: &str| Spanned::<Arc<str>>::new(text.into(), fields.span());
        let code = self.id(&fields, "service_level");
        let name = self.label(&fields, "name").unwrap_or_default();
        let interval = self.interval(&fields);
        let facts = self.facts(&fields);
        let (parameters, definitions) = (self.parameters(&fields), self.definitions(&fields));
        let (eligibility, otherwise) = self.each(&fields, "requirements", Self::requirement).into_iter().unzip();
        let rule = Procedure {
            code: code?,
            name,
            summary: None,
            field: nowhere(""),
            authority: nowhere(""),
            authorities: Vec::new(),
            online_service: nowhere(""),
            interval,
            uses: Vec::new(),
            facts,
            parameters,
            definitions,
            eligibility,
            identity: Vec::new(),
            documents: Vec::new(),
            fees: Vec::new(),
            deadline: Vec::new(),
            steps: Vec::new(),
            apology: Vec::new(),
            declarations: Vec::new(),
            linked: Vec::new(),
            notes: Vec::new(),
            raw: root.into(),
        };
        Some(ServiceLevel { rule, otherwise })
    }

    fn requirement(&mut self, yaml: &Yaml) -> Option<(Condition, OnlineService)> {
        let fields = self.fields(yaml, &keys::REQUIREMENT)?;
        let id = self.id(&fields, "id");
        let when = self.feel(&fields, "when");
        let require = self.feel(&fields, "require");
        let otherwise = match self.choice(&fields, "otherwise", keys::LOWER) {
            Some(1) => OnlineService::Information,
            _ => OnlineService::Partial,
        };
        let message = self.label(&fields, "message").unwrap_or_default();
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        let message_span = fields.get("message").map_or(yaml.span, |message| message.span);
        let condition = Condition { id: id?, interval, when, require: require?, message, message_span, basis, span: fields.span() };
        Some((condition, otherwise))
    }
}
