//! Assessments.

use std::sync::Arc;

use super::{Fields, Quoted, Reader};
use crate::diagnostics::Code;
use crate::model::keys;
use crate::model::{Assessment, Class, Dimension, FactPlace, FeelText, Goal, Listing, Measure, MeasureKind, Score, Text, Yaml, YamlKind};
use crate::source::Spanned;

impl Reader {
    /// A file that begins with `assessment`.
    pub(super) fn assessment(&mut self, root: &Yaml) -> Option<Assessment> {
        let fields = self.fields(root, &keys::ASSESSMENT)?;
        let id = self.id(&fields, "assessment");
        let name = self.label(&fields, "name").unwrap_or_default();
        let summary = self.label(&fields, "summary");
        let record = self.label(&fields, "record").unwrap_or_default();
        let interval = self.interval(&fields);
        let (key, law_day) = (self.feel(&fields, "key"), self.feel(&fields, "law_day"));
        let uses = self.each(&fields, "uses", |reader, yaml| reader.id_in(yaml, "the name of a vocabulary"));
        let facts = self.facts(&fields);
        let columns = self.columns(&fields);
        let (parameters, definitions) = (self.parameters(&fields), self.definitions(&fields));
        let dimensions = self.each(&fields, "dimensions", Self::dimension);
        let tables = self.each(&fields, "tables", |reader, yaml| reader.dimensions_of_table(yaml));
        let measures = self.each(&fields, "measures", Self::measure);
        let scores = self.each(&fields, "scores", Self::score);
        let classes = self.each(&fields, "classes", Self::class);
        let lists = self.each(&fields, "lists", Self::listing);
        let goals = self.each(&fields, "goals", Self::goal);
        let notes = self.each(&fields, "notes", |reader, yaml| reader.label_in(yaml, "a note"));
        Some(Assessment {
            id: id?,
            name,
            summary,
            record,
            interval,
            key: key?,
            law_day,
            uses,
            facts,
            columns,
            parameters,
            definitions,
            dimensions,
            tables,
            measures,
            scores,
            classes,
            lists,
            goals,
            notes,
        })
    }

    fn columns(&mut self, fields: &Fields<'_>) -> Vec<FactPlace> {
        let entries = self.named(fields, "columns").iter();
        entries.filter_map(|(fact, yaml)| {
            let path = self.scalar(yaml, Quoted(&fact.value))?.clone();
            Some((fact.clone(), Spanned::new(path, yaml.span)))
        }).collect()
    }

    fn dimensions_of_table(&mut self, yaml: &Yaml) -> Option<Vec<Spanned<Arc<str>>>> {
        match &yaml.kind {
            YamlKind::Sequence(items) => Some(items.iter().filter_map(|item| self.id_in(item, "the id of a dimension")).collect()),
            _ => {
                self.wrong_shape(yaml, "a table", "a list of dimensions", "write `- [level]`, or `- [agency, month]`");
                None
            }
        }
    }

    fn dimension(&mut self, yaml: &Yaml) -> Option<Dimension> {
        let fields = self.fields(yaml, &keys::DIMENSION)?;
        let (id, name) = (self.id(&fields, "id"), self.label(&fields, "name").unwrap_or_default());
        let value = self.feel(&fields, "value");
        Some(Dimension { id: id?, name, value: value? })
    }

    fn measure(&mut self, yaml: &Yaml) -> Option<Measure> {
        let fields = self.fields(yaml, &keys::MEASURE)?;
        let (id, name) = (self.id(&fields, "id"), self.label(&fields, "name").unwrap_or_default());
        let count = self.feel(&fields, "count").map(MeasureKind::Count);
        let sum = self.feel(&fields, "sum").map(MeasureKind::Sum);
        let rate = self.feel(&fields, "rate").map(MeasureKind::Rate);
        let (within, target) = (self.feel(&fields, "where"), self.feel(&fields, "target"));
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        Some(Measure { id: id?, name, interval, kind: count.or(sum).or(rate)?, within, target, basis })
    }

    fn score(&mut self, yaml: &Yaml) -> Option<Score> {
        let fields = self.fields(yaml, &keys::SCORE)?;
        let (id, name) = (self.id(&fields, "id"), self.label(&fields, "name").unwrap_or_default());
        let max = self.feel(&fields, "max");
        let points = self.feel(&fields, "points").map(Ok);
        let unknown = self.label(&fields, "unknown").map(Err);
        let estimate = self.estimate(&fields);
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        Some(Score { id: id?, name, interval, max: max?, points: points.or(unknown)?, estimate, basis })
    }

    fn estimate(&mut self, fields: &Fields<'_>) -> Option<(FeelText, Text)> {
        let estimate = self.feel(fields, "estimate")?;
        if fields.get("assuming").is_none() {
            let help = "say in both languages under which assumption: `assuming: { vi: …, en: … }`";
            self.problem(Code::MissingKey, estimate.span, "an estimate has no `assuming`", "assuming what?", help);
        }
        Some((estimate, self.label(fields, "assuming").unwrap_or_default()))
    }

    fn class(&mut self, yaml: &Yaml) -> Option<Class> {
        let fields = self.fields(yaml, &keys::CLASS)?;
        let (id, name) = (self.id(&fields, "id"), self.label(&fields, "name").unwrap_or_default());
        let at_least = self.feel(&fields, "at_least");
        let (interval, basis) = (self.interval(&fields), self.basis(&fields));
        Some(Class { id: id?, name, interval, at_least: at_least?, basis })
    }

    fn listing(&mut self, yaml: &Yaml) -> Option<Listing> {
        let fields = self.fields(yaml, &keys::LISTING)?;
        let (id, name) = (self.id(&fields, "id"), self.label(&fields, "name").unwrap_or_default());
        let (holds, show) = (self.feel(&fields, "where"), self.shown(&fields));
        let basis = self.basis(&fields);
        Some(Listing { id: id?, name, holds: holds?, show, basis })
    }

    fn goal(&mut self, yaml: &Yaml) -> Option<Goal> {
        let fields = self.fields(yaml, &keys::GOAL)?;
        let (id, name) = (self.id(&fields, "id"), self.label(&fields, "name").unwrap_or_default());
        let reach = self.id(&fields, "reach");
        let (effort, effort_note) = (self.feel(&fields, "effort"), self.label(&fields, "effort_note").unwrap_or_default());
        let show = self.shown(&fields);
        Some(Goal { id: id?, name, reach: reach?, effort: effort?, effort_note, show })
    }

    fn shown(&mut self, fields: &Fields<'_>) -> Vec<FeelText> {
        self.each(fields, "show", |reader, yaml| reader.feel_in(yaml, "what is shown"))
    }
}
