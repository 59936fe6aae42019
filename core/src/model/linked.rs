//! The steps of a linked service: procedures that one submission triggers.

use std::sync::Arc;

use super::{Basis, Deadline, FeelText, Interval, Text};
use crate::source::{Span, Spanned};

/// A step of a linked service.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// When.
    pub interval: Interval,
    /// The procedure it carries out; absent: only what stands here is known of it.
    pub procedure: Option<Spanned<Arc<str>>>,
    /// Its name; absent: the procedure's.
    pub name: Option<Text>,
    /// Who carries it out.
    pub authority: Option<Text>,
    /// The steps that must be done before it.
    pub after: Vec<Spanned<Arc<str>>>,
    /// Whether it is carried out; absent: always.
    pub when: Option<FeelText>,
    /// What it makes.
    pub result: Option<Text>,
    /// What facts of the procedure are here.
    pub facts: Vec<MappedFact>,
    /// Elements of the procedure that something else stands for.
    pub covered: Vec<Covered>,
    /// Elements of the linked service that are of this step, `section.id`.
    pub elements: Vec<Spanned<Arc<str>>>,
    /// How long it takes; the first that applies counts.
    pub limit: Vec<Deadline>,
    /// What becomes of the other steps when it is refused.
    pub if_refused: Option<Consequence>,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// A fact of a procedure as an expression of the facts of the linked service.
#[derive(Clone, Debug)]
pub struct MappedFact {
    /// The fact.
    pub name: Spanned<Arc<str>>,
    /// What it is.
    pub value: FeelText,
    /// On what basis, where it has one.
    pub basis: Basis,
}

/// An element of a procedure that is not there twice.
#[derive(Clone, Debug)]
pub struct Covered {
    /// `section.id` of the procedure.
    pub element: Spanned<Arc<str>>,
    /// `section.id` of the linked service, or the id of a step whose result it is.
    pub by: Spanned<Arc<str>>,
}

/// What becomes of the other steps.
#[derive(Clone, Debug, PartialEq, crate::bundled::Bundled)]
pub struct Consequence {
    /// In words.
    pub text: Text,
    /// Whether the law is known; if not, the text says why.
    pub known: bool,
}
