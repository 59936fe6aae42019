//! Worked cases: facts and what must be decided.

use std::sync::Arc;

use super::Yaml;
use crate::source::{Span, Spanned};
use crate::value::{Date, DateTime};

/// The worked cases of a procedure.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The procedure.
    pub procedure: Spanned<Arc<str>>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// A worked case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// What it shows.
    pub name: Arc<str>,
    /// The worked example it comes from.
    pub source: Option<Arc<str>>,
    /// The day the law is read.
    pub as_of: Date,
    /// When the file was received.
    pub received_at: DateTime,
    /// For which province.
    pub jurisdiction: Option<Spanned<Arc<str>>>,
    /// Its facts by dotted name, later ones over earlier ones.
    pub facts: Vec<(Spanned<Arc<str>>, Yaml)>,
    /// What must be decided, by path.
    pub expect: Vec<Expected>,
    /// Where it is written.
    pub span: Span,
}

/// An expected part of the decision.
#[derive(Clone, Debug)]
pub struct Expected {
    /// `fees.total`, `documents.lease`, …
    pub path: Spanned<Arc<str>>,
    /// The value.
    pub value: Yaml,
}
