//! Citations: where in which instrument a rule has its basis.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::source::Span;

/// An instrument and the places in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The instrument's number, as declared in `instruments.yaml`.
    pub instrument: Arc<str>,
    /// Articles, clauses, points; empty where the whole instrument is meant.
    pub locators: Vec<Locator>,
    /// Where it is written; not kept in a bundle.
    #[serde(skip)]
    pub span: Span,
}

/// `art 20(3)(b)`: article, clause, point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// Article (điều), e.g. `20`.
    pub article: Arc<str>,
    /// Clause (khoản), e.g. `3`.
    pub clause: Option<Arc<str>>,
    /// Point (điểm), e.g. `b`.
    pub point: Option<Arc<str>>,
}
