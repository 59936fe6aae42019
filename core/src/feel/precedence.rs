//! How tightly the constructs bind: one order for the parser and the formatter.

use super::ast::{BinaryOp, CompareOp};

/// How tightly a construct binds, loosest first.
///
/// The order is that of the grammar of DMN 1.5: a negation binds tighter than a power, so `-5 ** 2` is 25.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// `if`, `for`, `some`, `every`, `function`, `< 5`: as far to the right as it goes.
    Whole,
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`, `<`, `between`, `in`
    Compare,
    /// `+`, `-`
    Add,
    /// `*`, `/`
    Multiply,
    /// `**`
    Power,
    /// `-a`
    Negate,
    /// `instance of`
    InstanceOf,
    /// `a.b`, `a[b]`, `a(b)`
    Postfix,
    /// Literals, names, and whatever stands in brackets.
    Primary,
}

impl Level {
    /// The next tighter level: that of the right operand, as all operators associate to the left.
    pub(super) fn tighter(self) -> Level {
        match self {
            Level::Whole => Level::Or,
            Level::Or => Level::And,
            Level::And => Level::Compare,
            Level::Compare => Level::Add,
            Level::Add => Level::Multiply,
            Level::Multiply => Level::Power,
            Level::Power => Level::Negate,
            Level::Negate => Level::InstanceOf,
            Level::InstanceOf => Level::Postfix,
            Level::Postfix | Level::Primary => Level::Primary,
        }
    }
}

impl BinaryOp {
    pub(super) fn level(self) -> Level {
        match self {
            BinaryOp::Or => Level::Or,
            BinaryOp::And => Level::And,
            BinaryOp::Compare(_) => Level::Compare,
            BinaryOp::Add | BinaryOp::Subtract => Level::Add,
            BinaryOp::Multiply | BinaryOp::Divide => Level::Multiply,
            BinaryOp::Power => Level::Power,
        }
    }

    /// The operator as it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOp::Or => "or",
            BinaryOp::And => "and",
            BinaryOp::Compare(op) => op.symbol(),
            BinaryOp::Add => "+",
            BinaryOp::Subtract => "-",
            BinaryOp::Multiply => "*",
            BinaryOp::Divide => "/",
            BinaryOp::Power => "**",
        }
    }
}

impl CompareOp {
    /// The operator as it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            CompareOp::Equal => "=",
            CompareOp::NotEqual => "!=",
            CompareOp::Less => "<",
            CompareOp::LessOrEqual => "<=",
            CompareOp::Greater => ">",
            CompareOp::GreaterOrEqual => ">=",
        }
    }
}
