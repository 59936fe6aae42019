//! Facts: what a procedure may be told.

use std::sync::Arc;

use super::Text;
use crate::source::{Span, Spanned};
use crate::value::{Date, Decimal, Value};

/// A declared fact.
#[derive(Clone, Debug)]
pub struct FactDecl {
    /// Its dotted name.
    pub name: Spanned<Arc<str>>,
    /// Its type with bounds.
    pub kind: FactKind,
    /// Whether null is an answer.
    pub optional: bool,
    /// The value it has when it is not told.
    pub default: Option<Spanned<Value>>,
    /// The question.
    pub label: Text,
    /// More about it.
    pub help: Option<Text>,
    /// Where it is declared.
    pub span: Span,
}

/// The type of a fact, with bounds.
#[derive(Clone, Debug)]
pub enum FactKind {
    /// `boolean`
    Boolean,
    /// `integer` (no decimals) and `number`.
    Number {
        /// Least value.
        min: Option<Decimal>,
        /// Greatest value.
        max: Option<Decimal>,
        /// Most decimal places; `Some(0)` for `integer`.
        decimals: Option<u8>,
        /// Its unit.
        unit: Option<Arc<str>>,
    },
    /// `enum`: one of the values.
    Enumeration(Vec<ValueDecl>),
    /// `set`: each of the values at most once.
    Set(Vec<ValueDecl>),
    /// `text`
    Text {
        /// Most characters.
        max_length: u32,
        /// What kind of text.
        format: TextFormat,
    },
    /// `date`
    Date {
        /// First day.
        min: Date,
        /// Last day.
        max: Date,
    },
    /// `time`
    Time,
    /// `datetime`
    DateTime,
    /// `texts`: a list of text.
    Texts {
        /// Most items.
        max_items: u32,
    },
    /// `list`: records that have all these fields.
    Records {
        /// The fields; their names have no dots, their kinds are not lists.
        fields: Vec<FactDecl>,
        /// Most records.
        max_items: u32,
    },
}

/// One value of an enumeration.
#[derive(Clone, Debug)]
pub struct ValueDecl {
    /// Its code.
    pub code: Spanned<Arc<str>>,
    /// Its label.
    pub label: Text,
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TextFormat {
    /// Any text.
    #[default]
    Any,
    /// 12 digits.
    PersonalId,
    /// A person's name.
    Name,
    /// A telephone number.
    Phone,
}
