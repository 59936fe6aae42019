//! The kinds of file: pack, instruments, databases, calendar, vocabulary, procedure.

use std::sync::Arc;

use super::{Fields, Quoted, Reader, kinds_of_file};
use crate::diagnostics::{Code, nearest};
use crate::model::keys;
use crate::model::{CalendarYear, Database, Instrument, Pack, PackHeader, Procedure, ReuseDuty, Text, Vocabulary, Yaml};
use crate::source::Spanned;
use crate::value::Date;

impl Reader {
    /// Reads a file into the pack.
    pub(super) fn file(&mut self, root: Yaml, pack: &mut Pack) {
        let first = root.entries().and_then(|entries| entries.first());
        let Some((key, _)) = first else {
            self.wrong_shape(&root, "a rule file", "a mapping", &kinds_of_file());
            return;
        };
        match &*key.value {
            "pack" => {
                let header = self.pack(&root);
                match (&pack.header, header) {
                    (None, header) => pack.header = header,
                    (Some(first), _) => {
                        let span = key.span;
                        self.problem(Code::DuplicateDeclaration, span, "the pack has a second header", "again", "keep one `pack.yaml`");
                        self.also(first.id.span, "first here");
                    }
                }
            }
            "instruments" => self.instruments(&root, &mut pack.instruments),
            "databases" => self.databases(&root, pack),
            "calendar" => pack.calendar.extend(self.calendar(&root)),
            "vocabulary" => pack.vocabularies.extend(self.vocabulary(&root)),
            "procedure" => pack.procedures.extend(self.procedure(root)),
            "service_level" => {
                let span = key.span;
                let level = self.service_level(root);
                match (&pack.service_level, level) {
                    (None, level) => pack.service_level = level,
                    (Some(first), _) => {
                        let first = first.rule.code.span;
                        self.problem(Code::DuplicateDeclaration, span, "the pack has a second rule of the service level", "again", "keep one");
                        self.also(first, "first here");
                    }
                }
            }
            "amend" => pack.amendments.extend(self.amendment(&root)),
            "assessment" => pack.assessments.extend(self.assessment(&root)),
            "cases" => pack.cases.extend(self.cases(&root)),
            other => {
                let kinds = keys::FILES.iter().map(|(key, _)| *key);
                let help = nearest(other, kinds).map_or_else(kinds_of_file, |near| format!("did you mean `{near}`?"));
                let message = format!("the first key `{other}` does not say what the file is");
                self.problem(Code::UnknownFileKind, key.span, message, "not a kind of file", help);
            }
        }
    }

    fn pack(&mut self, root: &Yaml) -> Option<PackHeader> {
        let fields = self.fields(root, &keys::PACK)?;
        let id = self.code(&fields, "pack");
        let version = self.text(&fields, "version").unwrap_or_default();
        let name = self.label(&fields, "name").unwrap_or_default();
        let provided_documents = self.fact_name(&fields, "provided_documents");
        let account = fields.get("account").and_then(|yaml| self.fields(yaml, &keys::ACCOUNT));
        let account_level = account.and_then(|account| self.fact_name(&account, "level"));
        Some(PackHeader { id: id?, version, name, provided_documents, account_level })
    }

    fn instruments(&mut self, root: &Yaml, instruments: &mut Vec<Instrument>) {
        let Some(fields) = self.fields(root, &keys::INSTRUMENTS) else { return };
        for (id, yaml) in self.named(&fields, "instruments") {
            self.check_code(&id.value, id.span);
            let Some(fields) = self.fields(yaml, &keys::INSTRUMENT) else { continue };
            let title = self.label(&fields, "title").unwrap_or_default();
            let unknown = fields.get("from").and_then(Yaml::scalar).is_some_and(|(text, _)| &**text == "unknown");
            let from = if unknown { None } else { self.date(&fields, "from") };
            let until = self.date(&fields, "until");
            let confidence = self.confidence(&fields);
            let (source, note) = (self.text(&fields, "source"), self.text(&fields, "note"));
            instruments.push(Instrument { id: id.clone(), title, from, until, confidence, source, note });
        }
    }

    fn databases(&mut self, root: &Yaml, pack: &mut Pack) {
        let Some(fields) = self.fields(root, &keys::DATABASES) else { return };
        for (id, yaml) in self.named(&fields, "databases") {
            self.check_id(&id.value, id.span);
            let Some(fields) = self.fields(yaml, &keys::DATABASE) else { continue };
            let name = self.label(&fields, "name").unwrap_or_default();
            let (interval, basis) = (self.interval(&fields), self.basis(&fields));
            pack.databases.push(Database { id: id.clone(), name, interval, basis });
        }
        pack.reuse_duties.extend(self.each(&fields, "not_asked_again", |reader, yaml| {
            let fields = reader.fields(yaml, &keys::REUSE_DUTY)?;
            let (interval, basis) = (reader.interval(&fields), reader.basis(&fields));
            Some(ReuseDuty { interval, basis, span: fields.span() })
        }));
    }

    fn calendar(&mut self, root: &Yaml) -> Option<CalendarYear> {
        let fields = self.fields(root, &keys::CALENDAR)?;
        self.code(&fields, "calendar");
        let year = self.year(&fields);
        let covers = fields.get("covers").and_then(|yaml| self.fields(yaml, &keys::COVERS));
        let covers = covers.map(|covers| (self.date(&covers, "from"), self.date(&covers, "until")));
        let (days_off, working_days) = (self.days(&fields, "days_off"), self.days(&fields, "working_days"));
        let source = self.text(&fields, "source").unwrap_or_default();
        let confidence = self.confidence(&fields);
        self.text(&fields, "note");
        let year = year?;
        let covers = match covers {
            Some((Some(from), Some(until))) => (from, until),
            _ => (Date::from_ymd(year, 1, 1)?, Date::from_ymd(year, 12, 31)?),
        };
        Some(CalendarYear { year, covers, days_off, working_days, source, confidence, span: fields.span() })
    }

    fn year(&mut self, fields: &Fields<'_>) -> Option<i32> {
        let yaml = fields.get("year")?;
        let text = self.scalar(yaml, Quoted("year"))?;
        let year = text.parse().ok().filter(|year| (1900..=2199).contains(year));
        if year.is_none() {
            self.problem(Code::BadNumber, yaml.span, format!("`{text}` is not a year"), "a year such as `2026` is wanted here", "");
        }
        year
    }

    fn days(&mut self, fields: &Fields<'_>, key: &str) -> Vec<(Date, Text)> {
        let mut days: Vec<(Date, Text)> = Vec::new();
        for yaml in self.list(fields, key) {
            let Some(day) = self.fields(yaml, &keys::DAY) else { continue };
            let (date, reason) = (self.date(&day, "date"), self.label(&day, "reason").unwrap_or_default());
            let Some(date) = date else { continue };
            if days.iter().any(|(known, _)| *known == date) {
                let message = format!("`{date}` stands twice under `{key}`");
                self.problem(Code::DuplicateDeclaration, yaml.span, message, "again", "keep one of the two");
                continue;
            }
            days.push((date, reason));
        }
        days
    }

    fn vocabulary(&mut self, root: &Yaml) -> Option<Vocabulary> {
        let fields = self.fields(root, &keys::VOCABULARY)?;
        let name = self.id(&fields, "vocabulary");
        let label = self.label(&fields, "label").unwrap_or_default();
        let facts = self.facts(&fields);
        let (parameters, definitions) = (self.parameters(&fields), self.definitions(&fields));
        let identity = self.each(&fields, "identity", Self::identity);
        let (steps, apology) = (self.each(&fields, "steps", Self::step), self.each(&fields, "apology", Self::apology));
        Some(Vocabulary { name: name?, label, facts, parameters, definitions, identity, steps, apology })
    }

    fn procedure(&mut self, root: Yaml) -> Option<Procedure> {
        let fields = self.fields(&root, &keys::PROCEDURE)?;
        let nowhere = |text: &str| Spanned::<Arc<str>>::new(text.into(), fields.span());
        let code = self.code(&fields, "procedure");
        let name = self.label(&fields, "name").unwrap_or_default();
        let summary = self.label(&fields, "summary");
        let field = self.id(&fields, "field").unwrap_or_else(|| nowhere(""));
        let authority = self.chosen(&fields, "authority", keys::AUTHORITIES).unwrap_or_else(|| nowhere("commune"));
        let authorities = self.each(&fields, "authorities", Self::authority);
        let online_service = self.chosen(&fields, "online_service", keys::ONLINE).unwrap_or_else(|| nowhere("information"));
        let interval = self.interval(&fields);
        let uses = self.each(&fields, "uses", |reader, yaml| reader.id_in(yaml, "the name of a vocabulary"));
        let facts = self.facts(&fields);
        let (parameters, definitions) = (self.parameters(&fields), self.definitions(&fields));
        let eligibility = self.each(&fields, "eligibility", Self::condition);
        let identity = self.each(&fields, "identity", Self::identity);
        let documents = self.each(&fields, "documents", Self::document);
        let fees = self.each(&fields, "fees", Self::fee);
        let deadline = self.each(&fields, "deadline", Self::deadline);
        let (steps, apology) = (self.each(&fields, "steps", Self::step), self.each(&fields, "apology", Self::apology));
        let declarations = self.each(&fields, "declarations", Self::declaration);
        let linked = self.each(&fields, "linked", Self::link);
        let notes = self.each(&fields, "notes", |reader, yaml| reader.label_in(yaml, "a note"));
        Some(Procedure {
            code: code?,
            name,
            summary,
            field,
            authority,
            authorities,
            online_service,
            interval,
            uses,
            facts,
            parameters,
            definitions,
            eligibility,
            identity,
            documents,
            fees,
            deadline,
            steps,
            apology,
            declarations,
            linked,
            notes,
            raw: Arc::new(root),
        })
    }
}
