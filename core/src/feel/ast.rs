//! The syntax tree of FEEL (OMG DMN 1.5, chapter 10), every node with its span.

use std::sync::Arc;


use crate::bundled::Bundled;
use crate::source::Span;
use crate::value::{Date, DateTime, DaysDuration, Decimal, MonthsDuration, Time};

/// An expression and the place it was written at.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// `12.50`
    Number(Decimal),
    /// `"text"`
    Text(Arc<str>),
    /// `@"2026-11-22"`, `@"P1D"`: a temporal literal.
    At(AtLiteral),
    /// A name, with single spaces where it has several words.
    Name(Arc<str>),
    /// `a.b`
    Path(Box<Expr>, Spanned),
    /// `list[condition or index]`
    Filter(Box<Expr>, Box<Expr>),
    /// `-a`
    Negate(Box<Expr>),
    /// `a + b`, `a and b`, `a < b`
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a between b and c`
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a in tests`: what stands on the right are unary tests.
    In(Box<Expr>, Vec<Expr>),
    /// `a instance of type`
    InstanceOf(Box<Expr>, TypeExpr),
    /// `if a then b else c`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `for x in a, y in b return c`
    For(Vec<Iteration>, Box<Expr>),
    /// `some x in a satisfies b`, `every …`
    Quantified(Quantifier, Vec<Iteration>, Box<Expr>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{a: 1, "b c": 2}`
    Context(Vec<Entry>),
    /// `function(a: number, b) a + b`
    Function(Vec<Parameter>, Box<Expr>),
    /// `f(a, b)`, `f(x: a, y: b)`
    Call(Box<Expr>, Arguments),
    /// `[a..b]`, `(a..b)`, `]a..b[`
    Range(RangeExpr),
    /// `< a`, `>= a`, `= a`, `!= a`: a range (or a test) with one end; in unary tests and on the right of `in`.
    Comparison(CompareOp, Box<Expr>),
    /// `-` as a whole unary test: always true.
    Any,
    /// `not(tests)` as a unary test.
    NotTests(Vec<Expr>),
    /// Several unary tests of which one must hold: the whole text of a table cell.
    Tests(Vec<Expr>),
    /// `?` in a unary test: the value tested.
    Input,
}

/// A name with its place, as on the right of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned {
    /// The name.
    pub name: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

/// The value of a temporal literal.
#[derive(Clone, Debug, PartialEq)]
pub enum AtLiteral {
    /// `@"2026-11-22"`
    Date(Date),
    /// `@"15:00:00"`
    Time(Time),
    /// `@"2026-11-22T15:00:00"`
    DateTime(DateTime),
    /// `@"P1DT2H"`
    Days(DaysDuration),
    /// `@"P1Y2M"`
    Months(MonthsDuration),
}

/// Operators between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`, `<`, …
    Compare(CompareOp),
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `**`
    Power,
}

/// Arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Bundled)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `**`
    Power,
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Bundled)]
pub enum CompareOp {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// `some` or `every`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Bundled)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// All.
    Every,
}

/// `x in list`, or `x in from..to` where `to` is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Iteration {
    /// The loop variable.
    pub name: Spanned,
    /// The list, or the first number or date.
    pub from: Expr,
    /// The last number or date of `from..to`.
    pub to: Option<Expr>,
}

/// An entry of a context literal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its key.
    pub key: Spanned,
    /// Its value; may use entries before it.
    pub value: Expr,
}

/// A formal parameter of a function literal.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Spanned,
    /// Its type, if written.
    pub of: Option<TypeExpr>,
}

/// Actual arguments, by position or by name.
#[derive(Clone, Debug, PartialEq)]
pub enum Arguments {
    /// `f(a, b)`
    Positional(Vec<Expr>),
    /// `f(x: a)`
    Named(Vec<(Spanned, Expr)>),
}

/// A range literal with both ends.
#[derive(Clone, Debug, PartialEq)]
pub struct RangeExpr {
    /// Whether the lower end belongs to it.
    pub low_included: bool,
    /// Lower end.
    pub low: Box<Expr>,
    /// Upper end.
    pub high: Box<Expr>,
    /// Whether the upper end belongs to it.
    pub high_included: bool,
}

/// A type as written after `instance of` or a parameter's colon.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeExpr {
    /// What it is.
    pub kind: TypeExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of written type.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeExprKind {
    /// `number`, `date and time`, or an item definition's name (dots included).
    Named(Arc<str>),
    /// `list<number>`
    List(Box<TypeExpr>),
    /// `range<number>`
    Range(Box<TypeExpr>),
    /// `context<a: number, b: string>`
    Context(Vec<(Arc<str>, TypeExpr)>),
    /// `function<number, string> -> boolean`
    Function(Vec<TypeExpr>, Box<TypeExpr>),
}
