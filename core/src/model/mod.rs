//! The rule files as written: spanned YAML to [`Pack`]; FEEL is still text with a span.
//!
//! The reader returns as much as it understood and every problem. What names and types mean is `check`'s work.

mod amendment;
mod assessment;
mod case;
mod citation;
#[cfg(feature = "author")]
mod consolidate;
mod element;
mod fact;
mod handling;
mod interval;
mod linked;
#[cfg(feature = "author")]
mod keys;
#[cfg(feature = "author")]
mod read;
#[cfg(feature = "author")]
mod schema;
mod table;
mod yaml;

pub use amendment::{Amendment, Change, Element};
pub use assessment::{Assessment, Class, Dimension, FactPlace, Goal, Listing, Measure, MeasureKind, PathStep, RecordPath, Score, result_name};
pub use case::{Case, CaseFile, Expected};
pub use citation::{Citation, Locator};
pub use element::{
    Alternative, Authority, Basis, ClockModel, Condition, Copies, Cutoff, CutoffEffect, Deadline, Definition, DefinitionBody, Document,
    DocumentForm, Fee, FeeBase, IdentityCheck, Period, Reduction, ReductionKind, RoundingRule, Tier, Tiers, Unit,
};
pub use fact::{FactDecl, FactKind, TextFormat, ValueDecl};
pub use handling::{Apology, Declaration, OnlineService, ServiceLevel, Step};
pub use interval::Interval;
pub use linked::{Consequence, Covered, Link, MappedFact};
#[cfg(feature = "author")]
pub use consolidate::consolidate;
#[cfg(feature = "author")]
pub use read::read;
#[cfg(feature = "author")]
pub use schema::json_schema;
pub use table::{Column, HitPolicy, Row, Table};
pub use yaml::{Entry, Yaml, YamlKind};

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::bundled::Bundled;
use crate::calendar::{PublishedYear, Reason};
use crate::source::{Span, Spanned};
use crate::value::Date;

/// A FEEL expression as written.
pub type FeelText = Spanned<Arc<str>>;

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Default, Bundled)]
pub struct Text {
    /// Vietnamese.
    pub vi: Arc<str>,
    /// English.
    pub en: Arc<str>,
}

/// How sure a fact of law is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, Bundled)]
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
    /// What the state knows already, by id, in file order.
    pub databases: Vec<Database>,
    /// What forbids asking for a paper that a database holds.
    pub reuse_duties: Vec<ReuseDuty>,
    /// Shared vocabularies.
    pub vocabularies: Vec<Vocabulary>,
    /// Procedures, in the order of their files.
    pub procedures: Vec<Procedure>,
    /// The rule of the level of online service.
    pub service_level: Option<ServiceLevel>,
    /// Amendments, in the order of their files.
    pub amendments: Vec<Amendment>,
    /// Assessments, in the order of their files.
    pub assessments: Vec<Assessment>,
    /// Worked cases.
    pub cases: Vec<CaseFile>,
}

impl Pack {
    /// Where the state knows a paper from that is reused, in words: as the paper says it, or else the databases that hold it.
    #[must_use]
    pub fn source_of(&self, document: &Document) -> Option<Text> {
        let named = document.held_in.iter().filter_map(|id| self.databases.iter().find(|database| database.id.value == id.value));
        let names: Vec<&Text> = named.map(|database| &database.name).collect();
        let joined = |pick: fn(&Text) -> &str| names.iter().map(|name| pick(name)).collect::<Vec<_>>().join(", ").into();
        let of_databases = || (document.reuse.is_some() && !names.is_empty()).then(|| Text { vi: joined(|name| &name.vi), en: joined(|name| &name.en) });
        document.reuse_source.clone().or_else(of_databases)
    }
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
#[derive(Clone, Debug, Bundled)]
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

/// A database of the state that holds papers, or what they say.
#[derive(Clone, Debug)]
pub struct Database {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// The days on which offices can look into it, as far as they are known.
    pub interval: Interval,
    /// On what basis.
    pub basis: Basis,
}

/// A rule that forbids asking for a paper that a database holds, while it is in force.
#[derive(Clone, Debug)]
pub struct ReuseDuty {
    /// When.
    pub interval: Interval,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
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
    /// Steps of every procedure that uses it and has none of its own.
    pub steps: Vec<Step>,
    /// What is owed when a file is late, after what the procedure says of it.
    pub apology: Vec<Apology>,
}

/// What the moment of a decision tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Bundled)]
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
    /// What is done inside the authority.
    pub steps: Vec<Step>,
    /// What is owed when a file is late.
    pub apology: Vec<Apology>,
    /// What the level of its online service rests on.
    pub declarations: Vec<Declaration>,
    /// The steps of a linked service; none for a procedure of its own.
    pub linked: Vec<Link>,
    /// Traps, for people.
    pub notes: Vec<Text>,
    /// The file as read: an amendment replaces keys of an element in it and the element is read again.
    pub raw: Arc<Yaml>,
}
