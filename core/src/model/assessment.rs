//! Assessments: what is counted over many records, against which targets, and what to change next.

use std::sync::Arc;

use super::{Basis, Definition, FactDecl, FeelText, Interval, Parameter, Text};
use crate::source::Spanned;

/// An assessment as written: one record is one row, a procedure of a catalogue or a case that was handled.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub summary: Option<Text>,
    /// What one record is.
    pub record: Text,
    /// The days it answers for.
    pub interval: Interval,
    /// The fact that names a record.
    pub key: FeelText,
    /// The day on which the law of a record is read; absent: the day of the report.
    pub law_day: Option<FeelText>,
    /// The vocabularies it uses, in order.
    pub uses: Vec<Spanned<Arc<str>>>,
    /// What a record may tell.
    pub facts: Vec<FactDecl>,
    /// Where in a record each fact stands; a fact that is not here stands under its own name.
    pub columns: Vec<FactPlace>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Named intermediate results of a record.
    pub definitions: Vec<Definition>,
    /// By what records are grouped.
    pub dimensions: Vec<Dimension>,
    /// The tables that are made: the dimensions of each.
    pub tables: Vec<Vec<Spanned<Arc<str>>>>,
    /// What is counted.
    pub measures: Vec<Measure>,
    /// Points given for measures.
    pub scores: Vec<Score>,
    /// Classes of all points together.
    pub classes: Vec<Class>,
    /// Records that are listed.
    pub lists: Vec<Listing>,
    /// Targets to be reached by changing records.
    pub goals: Vec<Goal>,
    /// Traps, for people.
    pub notes: Vec<Text>,
}

/// A fact and the place in a record where it stands, as written.
pub type FactPlace = (Spanned<Arc<str>>, Spanned<Arc<str>>);

/// What a record is grouped by.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// The group of a record; a list: each of its items is a group that the record is in.
    pub value: FeelText,
}

/// A number over records.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its id, which is its name in the expressions of scores.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// When.
    pub interval: Interval,
    /// What is counted.
    pub kind: MeasureKind,
    /// Of which records; absent: of all.
    pub within: Option<FeelText>,
    /// What a rate should at least be, in percent.
    pub target: Option<FeelText>,
    /// On what basis.
    pub basis: Basis,
}

/// What a measure counts.
#[derive(Clone, Debug)]
pub enum MeasureKind {
    /// The records for which it holds.
    Count(FeelText),
    /// The sum of a number of each record.
    Sum(FeelText),
    /// The share, in percent, of records for which it holds.
    Rate(FeelText),
}

/// Points given for measures.
#[derive(Clone, Debug)]
pub struct Score {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// When.
    pub interval: Interval,
    /// The most points.
    pub max: FeelText,
    /// How the points follow from measures, or why that is not known.
    pub points: Result<FeelText, Text>,
    /// What the points would be under an assumption that is no law, and the assumption.
    pub estimate: Option<(FeelText, Text)>,
    /// On what basis.
    pub basis: Basis,
}

/// A class of all points together.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// When.
    pub interval: Interval,
    /// The least points.
    pub at_least: FeelText,
    /// On what basis.
    pub basis: Basis,
}

/// Records that are listed.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// Which records.
    pub holds: FeelText,
    /// Facts and definitions that are shown of each.
    pub show: Vec<FeelText>,
    /// On what basis.
    pub basis: Basis,
}

/// A target to be reached by changing records.
#[derive(Clone, Debug)]
pub struct Goal {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// The rate, which has a target.
    pub reach: Spanned<Arc<str>>,
    /// What changing a record costs; those that cost least come first.
    pub effort: FeelText,
    /// What that effort means.
    pub effort_note: Text,
    /// Facts and definitions that are shown of each record.
    pub show: Vec<FeelText>,
}

/// Where a fact stands in a record: names of members, of which some are lists that are passed through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPath(pub Vec<PathStep>);

/// A member of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// Its name.
    pub name: Arc<str>,
    /// It is a list, and each of its items is meant.
    pub each: bool,
}

impl RecordPath {
    /// Reads `code`, `office.name`, `ways[].channel`.
    #[must_use]
    pub fn parse(text: &str) -> Option<RecordPath> {
        let step = |part: &str| {
            let (name, each) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
            (!name.is_empty() && !name.contains(['[', ']'])).then(|| PathStep { name: name.into(), each })
        };
        text.split('.').map(step).collect::<Option<_>>().map(RecordPath)
    }

    /// Whether it passes through a list.
    #[must_use]
    pub fn is_many(&self) -> bool {
        self.0.iter().any(|step| step.each)
    }
}

/// The name of the result of an expression of an assessment: no author can write it.
#[must_use]
pub fn result_name(section: &str, id: &str, at: usize) -> String {
    format!("~{section}.{id}.{at}")
}
