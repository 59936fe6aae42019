//! The rule files as written: spanned YAML to [`Pack`]; FEEL is still text with a span.
//!
//! The reader returns as much as it understood and every problem. What names and types mean is `check`'s work.

mod amendment;
mod case;
mod citation;
#[cfg(feature = "author")]
mod consolidate;
mod element;
mod fact;
mod interval;
#[cfg(feature = "author")]
mod keys;
#[cfg(feature = "author")]
mod read;
#[cfg(feature = "author")]
mod supposed;
#[cfg(feature = "author")]
mod schema;
mod table;
mod yaml;

pub use amendment::{Amendment, Change, Element};
pub use case::{Case, CaseFile, Expected};
pub use citation::{Citation, Locator};
pub use element::{
    Alternative, Authority, Basis, ClockModel, Condition, Copies, Cutoff, CutoffEffect, Deadline, Definition, DefinitionBody, Document,
    DocumentForm, Fee, FeeBase, IdentityCheck, Period, Reduction, ReductionKind, RoundingRule, Steps, Tiers, Unit,
};
pub use fact::{FactDecl, FactKind, TextFormat, ValueDecl};
pub use interval::Interval;
#[cfg(feature = "author")]
pub use consolidate::consolidate;
#[cfg(feature = "author")]
pub use read::{read, read_value, read_yaml};
#[cfg(feature = "author")]
pub use supposed::{UnknownParameter, suppose};
#[cfg(feature = "author")]
pub use schema::json_schema;
pub use table::{Column, HitPolicy, Row, Table};
pub use yaml::{Entry, Yaml, YamlKind};

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::calendar::{PublishedYear, Reason};
use crate::source::{Span, Spanned};
use crate::value::{Date, shared};

/// A FEEL expression as written.
pub type FeelText = Spanned<Arc<str>>;

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    /// Vietnamese.
    #[serde(with = "shared")]
    pub vi: Arc<str>,
    /// English.
    #[serde(with = "shared")]
    pub en: Arc<str>,
}

/// How sure a fact of law is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read in a source that is named.
    #[default]
    Verified,
    /// From memory.
    Recalled,
    /// Contradictory, incomplete or inferred.
    Uncertain,
}

/// A language of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Text {
    /// The text in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &Arc<str> {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }
}

/// A whole pack as written.
#[derive(Debug, Default)]
pub struct Pack {
    /// `pack.yaml`; absent if the folder has none.
    pub header: Option<PackHeader>,
    /// Instruments by id, in file order.
    pub instruments: Vec<Instrument>,
    /// Published years of days off.
    pub calendar: Vec<CalendarYear>,
    /// Shared vocabularies.
    pub vocabularies: Vec<Vocabulary>,
    /// Procedures, in the order of their files.
    pub procedures: Vec<Procedure>,
    /// Amendments, in the order of their files.
    pub amendments: Vec<Amendment>,
    /// Worked cases.
    pub cases: Vec<CaseFile>,
}

/// `pack.yaml`.
#[derive(Clone, Debug)]
pub struct PackHeader {
    /// The pack's id.
    pub id: Spanned<Arc<str>>,
    /// Its version.
    pub version: Arc<str>,
    /// Its name.
    pub name: Text,
    /// The fact that lists ids of documents handed in already.
    pub provided_documents: Option<Spanned<Arc<str>>>,
    /// The fact that holds the level of the electronic account.
    pub account_level: Option<Spanned<Arc<str>>>,
}

/// A law, decree, circular, resolution or decision.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Instrument {
    /// Its number, e.g. `68/2020/QH14`.
    pub id: Spanned<Arc<str>>,
    /// Its title.
    pub title: Text,
    /// First day in force; `None` where it is not known.
    pub from: Option<Date>,
    /// Last day in force, if it has ended.
    pub until: Option<Date>,
    /// How sure.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: Option<Arc<str>>,
    /// Free text for legal staff.
    pub note: Option<Arc<str>>,
}

/// One year of the calendar as published.
#[derive(Clone, Debug)]
pub struct CalendarYear {
    /// The year, or for a partial year the year it lies in.
    pub year: i32,
    /// Days covered, both inclusive.
    pub covers: (Date, Date),
    /// Days off that would otherwise be working days, with the reason of each.
    pub days_off: Vec<(Date, Text)>,
    /// Saturdays (or Sundays) worked instead.
    pub working_days: Vec<(Date, Text)>,
    /// The documents it was published in.
    pub source: Arc<str>,
    /// How sure.
    pub confidence: Confidence,
    /// Where the year is written.
    pub span: Span,
}

impl CalendarYear {
    /// The year as the calendar counts with it.
    #[must_use]
    pub fn published(&self) -> PublishedYear {
        let day = |(date, why): &(Date, Text)| (*date, Reason { vi: why.vi.clone(), en: why.en.clone() });
        PublishedYear {
            year: self.year,
            covers: self.covers,
            days_off: self.days_off.iter().map(day).collect(),
            working_days: self.working_days.iter().map(day).collect(),
        }
    }
}

/// Facts, definitions and identity checks shared by procedures.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Its name, the first part of its facts' names.
    pub name: Spanned<Arc<str>>,
    /// What it is about.
    pub label: Text,
    /// Its facts.
    pub facts: Vec<FactDecl>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Its definitions.
    pub definitions: Vec<Definition>,
    /// Checks of every procedure that uses it.
    pub identity: Vec<IdentityCheck>,
}

/// What the moment of a decision tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MomentName {
    /// `as_of`: the day the law is read.
    AsOf,
    /// `received_on`
    ReceivedOn,
    /// `received_at`
    ReceivedAt,
}

/// A number of the law, with dates.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name in expressions.
    pub name: Spanned<Arc<str>>,
    /// What it is.
    pub label: Option<Text>,
    /// Its unit.
    pub unit: Option<Arc<str>>,
    /// Its values.
    pub values: Vec<DatedValue>,
}

/// A value of a parameter while it is in force.
#[derive(Clone, Debug)]
pub struct DatedValue {
    /// When.
    pub interval: Interval,
    /// The value, or why it is not known.
    pub value: ParameterValue,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// A parameter's value as written.
#[derive(Clone, Debug)]
pub enum ParameterValue {
    /// A value.
    Known(crate::value::Value),
    /// The law leaves it to somebody else, or it is not recorded; why.
    Unknown(Text),
}

/// A procedure as written.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// Its code, e.g. `1.004222`.
    pub code: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub summary: Option<Text>,
    /// `residence`, `civil_status`, …
    pub field: Spanned<Arc<str>>,
    /// `ministry`, `province`, `commune`.
    pub authority: Spanned<Arc<str>>,
    /// Who decides, dated.
    pub authorities: Vec<Authority>,
    /// `full`, `partial`, `information`.
    pub online_service: Spanned<Arc<str>>,
    /// The days the file answers for.
    pub interval: Interval,
    /// The vocabularies it uses, in order.
    pub uses: Vec<Spanned<Arc<str>>>,
    /// Its own facts.
    pub facts: Vec<FactDecl>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Its definitions.
    pub definitions: Vec<Definition>,
    /// Who may file.
    pub eligibility: Vec<Condition>,
    /// Which electronic identity is needed.
    pub identity: Vec<IdentityCheck>,
    /// Which papers are needed.
    pub documents: Vec<Document>,
    /// What it costs.
    pub fees: Vec<Fee>,
    /// By when the authority must answer.
    pub deadline: Vec<Deadline>,
    /// Traps, for people.
    pub notes: Vec<Text>,
    /// The file as read: an amendment replaces keys of an element in it and the element is read again.
    pub raw: Yaml,
}
