//! Decision tables drawn with pipes.

use std::sync::Arc;

use super::{Basis, FeelText, Interval};
use crate::bundled::Bundled;
use crate::source::{Span, Spanned};

/// A table as written.
#[derive(Clone, Debug)]
pub struct Table {
    /// Which matching rows count.
    pub hit: HitPolicy,
    /// Input expressions.
    pub inputs: Vec<Column>,
    /// Names of the outputs.
    pub outputs: Vec<Spanned<Arc<str>>>,
    /// Rows, from top.
    pub rows: Vec<Row>,
    /// Output values in falling priority, for hit policy `P`.
    pub priority: Vec<FeelText>,
    /// The value when no row matches.
    pub otherwise: Option<FeelText>,
    /// Where it is drawn.
    pub span: Span,
}

/// An input column: the expression in its head.
#[derive(Clone, Debug)]
pub struct Column {
    /// The expression.
    pub expression: FeelText,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id, if it has one; else its number from 1 names it.
    pub id: Option<Spanned<Arc<str>>>,
    /// When.
    pub interval: Interval,
    /// A unary test for each input.
    pub tests: Vec<FeelText>,
    /// An expression for each output.
    pub outputs: Vec<FeelText>,
    /// On what basis.
    pub basis: Basis,
    /// Where it is drawn.
    pub span: Span,
}

/// Which matching rows count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Bundled)]
#[cfg_attr(feature = "author", derive(serde::Serialize))]
pub enum HitPolicy {
    /// At most one row matches.
    #[default]
    Unique,
    /// All matching rows agree.
    Any,
    /// The first.
    First,
    /// The first by the order of output values.
    Priority,
    /// All, as a list.
    Collect,
    /// Their sum.
    Sum,
    /// Their least.
    Min,
    /// Their greatest.
    Max,
    /// How many.
    Count,
}
