//! Amendments: what an instrument changes in a procedure, everywhere or in one province.

use std::sync::Arc;

use super::{
    Apology, Condition, DatedValue, Deadline, Declaration, Document, Fee, IdentityCheck, Interval, Link, Step, Text, Yaml,
};
use crate::source::Spanned;

/// An amendment, a provincial overlay or a draft reform.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// The procedure it changes.
    pub procedure: Spanned<Arc<str>>,
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// What it is.
    pub title: Text,
    /// The instrument that makes the change.
    pub instrument: Spanned<Arc<str>>,
    /// Where it applies; `None`: everywhere.
    pub jurisdiction: Option<Spanned<Arc<str>>>,
    /// Loaded only when asked for.
    pub draft: bool,
    /// When.
    pub interval: Interval,
    /// What it changes, in order.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug)]
pub enum Change {
    /// New dated values in place of those in the same days.
    Parameter {
        /// The parameter.
        name: Spanned<Arc<str>>,
        /// The values.
        values: Vec<DatedValue>,
    },
    /// Keys of an element are replaced.
    Replace {
        /// `section.id`, or `fees.<id>.rows.<row id>`.
        path: Spanned<Arc<str>>,
        /// The keys given, still as YAML.
        with: Yaml,
    },
    /// A new element.
    Insert {
        /// `eligibility`, `identity`, `documents`, `fees`, `deadline`, `steps`, `apology`, `declarations` or `linked`.
        section: Spanned<Arc<str>>,
        /// The id it comes after; `None`: at the end (deadlines: at the start).
        after: Option<Spanned<Arc<str>>>,
        /// The element.
        element: Box<Element>,
        /// The element as written: a later amendment may replace keys of it.
        raw: Yaml,
    },
    /// An element is no longer in force.
    Repeal {
        /// `section.id`, or `fees.<id>.rows.<row id>`.
        path: Spanned<Arc<str>>,
    },
}

/// An element of any section.
#[derive(Clone, Debug)]
pub enum Element {
    /// Of `eligibility`.
    Condition(Condition),
    /// Of `identity`.
    Identity(IdentityCheck),
    /// Of `documents`.
    Document(Document),
    /// Of `fees`.
    Fee(Fee),
    /// Of `deadline`.
    Deadline(Deadline),
    /// Of `steps`.
    Step(Step),
    /// Of `apology`.
    Apology(Apology),
    /// Of `declarations`.
    Declaration(Declaration),
    /// Of `linked`.
    Link(Link),
}
