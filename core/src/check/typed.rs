//! What `check` makes: the same rules with every name resolved and every expression typed.
//!
//! Nothing outside `check` can build these, so whoever holds a [`TypedPack`] need not look for errors again.

use std::sync::Arc;

use crate::builtins::Builtin;
use crate::feel::ast::{ArithmeticOp, CompareOp, Quantifier};
use crate::model::{
    Alternative, Assessment, Authority, Basis, CalendarYear, ClockModel, Consequence, Copies, Covered, Cutoff, DocumentForm, FactDecl, HitPolicy,
    Instrument, Interval, MomentName, OnlineService, PackHeader, Period, RecordPath, RoundingRule, Text,
};
use crate::source::{Span, Spanned};
use crate::value::{Time, Type, Value};

/// A checked pack.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TypedPack {
    /// Its id, version and settings.
    pub header: PackHeader,
    /// Its instruments, in file order.
    pub instruments: Vec<Instrument>,
    /// Published days off.
    pub calendar: Vec<CalendarYear>,
    /// Each procedure, once for everywhere and once for each jurisdiction that amends it.
    pub procedures: Vec<TypedProcedure>,
    /// The rule of the level of online service: a procedure whose conditions are what the full service asks for, and the
    /// level of who does not meet each.
    pub service_level: Option<(TypedProcedure, Vec<OnlineService>)>,
    /// Assessments, in the order of their files.
    pub assessments: Vec<TypedAssessment>,
}

/// A checked procedure as it stands in one jurisdiction, over all its dates.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TypedProcedure {
    /// Its code.
    pub code: Arc<str>,
    /// The jurisdiction whose amendments are in it; `None`: everywhere.
    pub jurisdiction: Option<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub summary: Option<Text>,
    /// `residence`, …
    pub field: Arc<str>,
    /// `commune`, …
    pub authority: Arc<str>,
    /// Who decides, dated.
    pub authorities: Vec<Authority>,
    /// `full`, …
    pub online_service: Arc<str>,
    /// The days it answers for.
    pub interval: Interval,
    /// All facts, those of the vocabularies first, in the author's order.
    pub facts: Vec<FactDecl>,
    /// All parameters.
    pub parameters: Vec<TypedParameter>,
    /// All definitions, one entry a name, each after those it needs.
    pub definitions: Vec<TypedDefinition>,
    /// Conditions.
    pub eligibility: Vec<TypedCondition>,
    /// Identity checks, those of the vocabularies first.
    pub identity: Vec<TypedCondition>,
    /// Documents.
    pub documents: Vec<TypedDocument>,
    /// Fees.
    pub fees: Vec<TypedFee>,
    /// Deadlines.
    pub deadline: Vec<TypedDeadline>,
    /// Steps inside the authority, each after those it waits for.
    pub steps: Vec<TypedStep>,
    /// What is owed when a file is late; the first that applies counts.
    pub apology: Vec<TypedApology>,
    /// What the level of its online service rests on.
    pub declarations: Vec<TypedDeclaration>,
    /// The steps of a linked service; none for a procedure of its own.
    pub linked: Vec<TypedLink>,
    /// Traps, for people.
    pub notes: Vec<Text>,
    /// The fact that lists documents handed in already.
    pub provided_documents: Option<FactId>,
    /// The fact that lists the supplements of the file.
    pub supplements: Option<FactId>,
    /// The definitions that are wanted for themselves: results of an assessment.
    pub results: Vec<u16>,
}

/// A checked assessment: what it wants to know of each record, and what it makes of measures.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TypedAssessment {
    /// The assessment as written.
    pub written: Arc<Assessment>,
    /// Facts, parameters and definitions of a record; its results are those that the elements name.
    pub records: TypedProcedure,
    /// Measures as facts; its results are targets, points, classes.
    pub report: TypedProcedure,
    /// Where in a record each fact of `records` stands.
    pub columns: Vec<RecordPath>,
}

/// Index of a fact in [`TypedProcedure::facts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u16);

/// A parameter with its values in order of their dates.
#[derive(Clone, Debug)]
pub struct TypedParameter {
    /// Its name.
    pub name: Arc<str>,
    /// What it is.
    pub label: Option<Text>,
    /// Its unit.
    pub unit: Option<Arc<str>>,
    /// The type of its values.
    pub of: Type,
    /// Its values, none overlapping.
    pub values: Vec<crate::model::DatedValue>,
}

/// All versions of a definition.
#[derive(Clone, Debug)]
pub struct TypedDefinition {
    /// Its name.
    pub name: Arc<str>,
    /// The type of every version.
    pub of: Type,
    /// Versions with disjoint intervals.
    pub versions: Vec<DefinitionVersion>,
}

/// One version of a definition.
#[derive(Clone, Debug)]
pub struct DefinitionVersion {
    /// When.
    pub interval: Interval,
    /// What it is.
    pub label: Option<Text>,
    /// The expression; `Err` says why it is not known.
    pub body: Result<Expr, Text>,
    /// On what basis.
    pub basis: Basis,
}

/// A condition or an identity check.
#[derive(Clone, Debug)]
pub struct TypedCondition {
    /// Its id.
    pub id: Arc<str>,
    /// When.
    pub interval: Interval,
    /// Whether it applies.
    pub when: Option<Expr>,
    /// What must hold.
    pub require: Expr,
    /// The level it asks for, if it is a level check.
    pub level: Option<u8>,
    /// What is said when it does not hold.
    pub message: Message,
    /// On what basis.
    pub basis: Basis,
    /// The steps of a linked service that it is of, a bit each.
    pub links: Links,
}

/// A text with expressions in it, in both languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Vietnamese.
    pub vi: Vec<MessagePart>,
    /// English.
    pub en: Vec<MessagePart>,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum MessagePart {
    /// As written.
    Text(Arc<str>),
    /// The value of an expression.
    Value(Expr),
}

/// A document.
#[derive(Clone, Debug)]
pub struct TypedDocument {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Text,
    /// When.
    pub interval: Interval,
    /// Whether it is needed.
    pub when: Option<Expr>,
    /// In what form.
    pub form: DocumentForm,
    /// How many.
    pub copies: Copies,
    /// What will do instead.
    pub any_of: Vec<Alternative>,
    /// Whether the state knows it.
    pub reuse: Option<Expr>,
    /// Where from.
    pub reuse_source: Option<Text>,
    /// Whether it has been handed in.
    pub provided: Option<Expr>,
    /// On what basis.
    pub basis: Basis,
    /// The steps of a linked service that it is of, a bit each.
    pub links: Links,
}

/// A fee.
#[derive(Clone, Debug)]
pub struct TypedFee {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Text,
    /// When.
    pub interval: Interval,
    /// Whether it is due.
    pub when: Option<Expr>,
    /// The amount of one unit before reductions.
    pub base: TypedFeeBase,
    /// Least.
    pub floor: Option<Expr>,
    /// Greatest.
    pub cap: Option<Expr>,
    /// How many units.
    pub times: Option<Expr>,
    /// Reductions.
    pub reductions: Vec<TypedReduction>,
    /// Rounding.
    pub rounding: RoundingRule,
    /// On what basis.
    pub basis: Basis,
    /// The steps of a linked service that it is of, a bit each.
    pub links: Links,
}

/// Where an amount comes from.
#[derive(Clone, Debug)]
pub enum TypedFeeBase {
    /// An expression (a table is one).
    Amount(Expr),
    /// A quantity through steps: last unit of each step (none on the last), rate.
    Tiers(Expr, Vec<(Option<Expr>, Expr)>),
    /// Not known; why.
    Unknown(Text),
}

/// A reduction.
#[derive(Clone, Debug)]
pub struct TypedReduction {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Text,
    /// When.
    pub interval: Interval,
    /// Whether it applies.
    pub when: Option<Expr>,
    /// What it does.
    pub kind: TypedReductionKind,
    /// The most it takes off.
    pub max_off: Option<Expr>,
    /// On what basis.
    pub basis: Basis,
}

/// What a reduction does.
#[derive(Clone, Debug)]
pub enum TypedReductionKind {
    /// Leaves this amount.
    To(Expr),
    /// Takes this many percent off.
    Percent(Expr),
    /// Takes this amount off.
    Off(Expr),
}

/// A deadline.
#[derive(Clone, Debug)]
pub struct TypedDeadline {
    /// Its id.
    pub id: Arc<str>,
    /// When.
    pub interval: Interval,
    /// Whether it applies.
    pub when: Option<Expr>,
    /// How long, or why that is not known.
    pub period: Result<Period, Text>,
    /// The clock.
    pub clock: ClockModel,
    /// Late receipt.
    pub cutoff: Option<Cutoff>,
    /// Dates it cannot start before.
    pub not_before: Vec<Expr>,
    /// Whether calendar days roll.
    pub roll: bool,
    /// Further units.
    pub extension: Option<Expr>,
    /// On what basis.
    pub basis: Basis,
}

/// A step inside the authority.
#[derive(Clone, Debug)]
pub struct TypedStep {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Text,
    /// Who takes it.
    pub office: Option<Text>,
    /// When.
    pub interval: Interval,
    /// Whether it is taken.
    pub when: Option<Expr>,
    /// How long it may take; `None`: what remains.
    pub period: Option<Period>,
    /// What reaches it later in the day waits for the next working day.
    pub cutoff: Option<Time>,
    /// The steps it waits for; `None`: the one before it.
    pub after: Option<Vec<Arc<str>>>,
    /// On what basis.
    pub basis: Basis,
}

/// What is owed when a file is late.
#[derive(Clone, Debug)]
pub struct TypedApology {
    /// Its id.
    pub id: Arc<str>,
    /// When.
    pub interval: Interval,
    /// Whether it applies.
    pub when: Option<Expr>,
    /// How long before the day due it must be sent.
    pub notice: Option<Period>,
    /// How many re-appointments are permitted.
    pub reappointments: Option<u32>,
    /// The form it is written on.
    pub form: Option<Text>,
    /// What of it is not known.
    pub unknown: Option<Text>,
    /// On what basis.
    pub basis: Basis,
}

/// What a procedure declares of itself.
#[derive(Clone, Debug)]
pub struct TypedDeclaration {
    /// The fact of the rule of the service level.
    pub id: Arc<str>,
    /// When.
    pub interval: Interval,
    /// In which cases.
    pub when: Option<Expr>,
    /// The value, or why it is not known.
    pub value: Result<Value, Text>,
    /// The reason that is published.
    pub why: Option<Text>,
    /// On what basis.
    pub basis: Basis,
}

/// Steps of a linked service by their positions, a bit each; none for what is of the linked service itself.
pub type Links = u64;

/// A step of a linked service.
#[derive(Clone, Debug)]
pub struct TypedLink {
    /// Its id.
    pub id: Arc<str>,
    /// Where the id is written.
    pub span: Span,
    /// When.
    pub interval: Interval,
    /// The procedure it carries out.
    pub procedure: Option<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// Who carries it out, dated.
    pub authorities: Vec<Authority>,
    /// Whether it is carried out.
    pub when: Option<Expr>,
    /// The steps that must be done before it.
    pub after: Vec<Arc<str>>,
    /// What it makes.
    pub result: Option<Text>,
    /// What facts of the procedure are here: their names and the places of those.
    pub facts: Vec<(Arc<str>, Span, Type, DefinitionVersion)>,
    /// Elements of the procedure that something else stands for.
    pub covered: Vec<Covered>,
    /// Elements of the linked service that are of this step, `section.id`.
    pub elements: Vec<Spanned<Arc<str>>>,
    /// How long it takes; the first that applies counts.
    pub limit: Vec<TypedDeadline>,
    /// What becomes of the other steps when it is refused.
    pub if_refused: Option<Consequence>,
    /// On what basis.
    pub basis: Basis,
}

/// A typed expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: Kind,
    /// Its type.
    pub of: Type,
    /// Where it stands.
    pub span: Span,
}

/// Index of a local variable in the frame of its expression.
pub type Local = u16;

/// The kinds of typed expression. Unary tests have become boolean expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A constant.
    Constant(Value),
    /// A fact.
    Fact(FactId),
    /// A parameter, by index.
    Parameter(u16),
    /// A definition, by index.
    Definition(u16),
    /// From the moment.
    Moment(MomentName),
    /// A local variable.
    Local(Local),
    /// `let local = value; body`
    Let(Local, Box<Expr>, Box<Expr>),
    /// A member of a context.
    Member(Box<Expr>, Arc<str>),
    /// A member of each context of a list.
    Members(Box<Expr>, Arc<str>),
    /// A property of a date, a time, a duration, a range.
    Property(Box<Expr>, Arc<str>),
    /// The element at a position.
    At(Box<Expr>, Box<Expr>),
    /// The elements for which the condition holds; the local is the element.
    Filter(Box<Expr>, Local, Box<Expr>),
    /// All hold.
    And(Vec<Expr>),
    /// One holds.
    Or(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// A comparison.
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// Whether it is null.
    IsNull(Box<Expr>),
    /// Whether a value equals one of constants.
    OneOf(Box<Expr>, Vec<Value>),
    /// Arithmetic.
    Arithmetic(ArithmeticOp, Box<Expr>, Box<Expr>),
    /// Minus.
    Negate(Box<Expr>),
    /// A choice.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// The results of a body over one iteration or several nested ones.
    For(Vec<TypedIteration>, Box<Expr>),
    /// Whether the body holds for some or every element.
    Quantified(Quantifier, Vec<TypedIteration>, Box<Expr>),
    /// A list.
    List(Vec<Expr>),
    /// A context; each entry also becomes a local for those after it.
    Context(Vec<(Arc<str>, Local, Expr)>),
    /// A range: low, included, high, included.
    Range(Option<Box<Expr>>, bool, Option<Box<Expr>>, bool),
    /// Whether a value lies in a range or equals an element of a list.
    Inside(Box<Expr>, Box<Expr>),
    /// `instance of`
    InstanceOf(Box<Expr>, Type),
    /// A builtin.
    Call(&'static Builtin, Vec<Expr>),
    /// A function literal with its parameters.
    Function(Vec<Local>, Box<Expr>),
    /// A call of a function value.
    Invoke(Box<Expr>, Vec<Expr>),
    /// A decision table.
    Table(Box<TypedTable>),
}

/// One iteration of `for`, `some`, `every`.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedIteration {
    /// The loop variable.
    pub local: Local,
    /// The list, or the first of a row of numbers or days.
    pub from: Expr,
    /// The last of it.
    pub to: Option<Expr>,
}

/// A checked decision table.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedTable {
    /// Which rows count.
    pub hit: HitPolicy,
    /// Inputs.
    pub inputs: Vec<Expr>,
    /// Names of outputs.
    pub outputs: Vec<Arc<str>>,
    /// Rows.
    pub rows: Vec<TypedRow>,
    /// Output values in falling priority.
    pub priority: Vec<Value>,
    /// The value without a match.
    pub otherwise: Option<Expr>,
}

/// A checked row.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedRow {
    /// Its id, or its number.
    pub id: Arc<str>,
    /// When.
    pub interval: Interval,
    /// A boolean expression for each input; `None` where anything will do.
    pub tests: Vec<Option<Expr>>,
    /// An expression for each output.
    pub outputs: Vec<Expr>,
    /// On what basis.
    pub basis: Basis,
}
