//! The operations that kernels are made of. Each writes one register; registers are numbered by the operations.

use crate::builtins::Builtin;
use crate::compile::program::{NodeId, Slot};
use crate::feel::ast::CompareOp;
use crate::value::{MonthsDuration, Value};

/// A register of truths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TruthId(pub u32);

/// A register of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct IntId(pub u32);

/// What an integer stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The number times 10^scale.
    Number(u8),
    /// Days since 1970-01-01.
    Day,
    /// The position in the texts of the plan.
    Text,
    /// A duration in whole days.
    Span,
}

/// An operation that gives truths.
#[derive(Clone, Debug)]
pub(super) enum TruthOp {
    Constant(bool),
    /// Law that is not known.
    Unknown,
    /// A test of a fact's integer.
    Test(Slot, How, OfNull),
    /// Whether a fact is null.
    Absent(Slot),
    And(Vec<TruthId>),
    Or(Vec<TruthId>),
    Not(TruthId),
    If(TruthId, TruthId, TruthId),
    /// Whether two truths are the same.
    Same(TruthId, TruthId),
    /// A comparison of integers that stand for the same.
    Compare(CompareOp, IntId, IntId),
    CompareConstant(CompareOp, IntId, i64),
    /// Whether it is one of some integers, or null where the second says so.
    OneOf(IntId, Vec<i64>, bool),
    IsNull(IntId),
    /// Whether it is not 0.
    NonZero(IntId),
    /// Whether a list of texts holds a text.
    Holds(Slot, Value),
    Call(Call),
    /// A node that has a kernel only where its facts and the moments it reads are the same in all cases.
    Folded(Folded),
}

/// A test of a fact's integer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum How {
    /// It lies, or does not lie, between two integers.
    Range { low: i64, high: i64, inside: bool },
    /// It is one of the bits of a mask.
    Among(u64),
    /// It has a bit.
    Bit(u8),
}

/// What a test of null gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfNull {
    Null,
    Yes,
    No,
}

/// An operation that gives integers.
#[derive(Clone, Debug)]
pub(super) enum IntOp {
    /// The same integer, or null, in every row.
    Constant(Option<i64>),
    /// Law that is not known.
    Unknown,
    /// A fact's integer.
    Load(Slot),
    /// A fact's code as a text of the plan.
    Coded(Slot, Vec<i64>),
    /// How many codes a set has.
    Members(Slot),
    AsOf,
    ReceivedOn,
    Add(IntId, IntId),
    Subtract(IntId, IntId),
    Multiply(IntId, IntId),
    /// Times a constant.
    Scale(IntId, i64),
    Negate(IntId),
    Absolute(IntId),
    Least(IntId, IntId),
    Greatest(IntId, IntId),
    /// As the amounts of fees are: null is as good as unknown law.
    NullIsUnknown(IntId),
    If(TruthId, IntId, IntId),
    /// A table's value: the value of each row, at last that without a match.
    Pick(TableId, Vec<Picked>),
    /// A table's value where all are constants: the value of each place.
    Place(TableId, Places),
    /// A quantity through steps: up to, rate.
    Tiers(IntId, Vec<(Option<i64>, i64)>),
    AddMonths(IntId, MonthsDuration, bool),
    Year(IntId),
    /// Full years from a day to another.
    Age(IntId, IntId),
    RollToWorkingDay(IntId),
    Call(Call),
}

/// The value at each place of a table.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub values: Vec<i64>,
    /// Whether some are null: [`NULL_PLACE`].
    pub has_null: bool,
}

impl Places {
    pub fn new(values: Vec<i64>) -> Places {
        Places { has_null: values.contains(&NULL_PLACE), values }
    }
}

/// A value of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Picked {
    Constant(i64),
    Null,
    Unknown,
    Register(IntId),
}

/// A register of the rows of tables that match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TableId(pub u32);

/// Looks up which row of a table matches: the position of each input's segment, times its stride, is the place in `rows`.
#[derive(Clone, Debug)]
pub(super) struct TableOp {
    pub inputs: Vec<Input>,
    /// The tests of each row, where the inputs have no segments: the place is the number of the first row that matches.
    pub tests: Vec<Vec<TruthId>>,
    /// The row at each place; [`NO_ROW`] where none matches.
    pub rows: Vec<u16>,
    /// Whether every way is tried that the table can still go where inputs rest on unknown law.
    pub tries: bool,
}

/// No row of a table.
pub(super) const NO_ROW: u16 = u16::MAX;

/// The integer of a place at which a table is null.
pub(super) const NULL_PLACE: i64 = i64::MIN;

/// An input of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Input {
    pub from: Segments,
    /// How many segments there are; null is the one after the last.
    pub segments: u16,
    /// Whether it can be null.
    pub nullable: bool,
    pub stride: u16,
}

/// Where the segment of an input comes from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Segments {
    /// The number of the epoch, among those of a law of the plan.
    Epoch(u8),
    /// The code of a fact is the segment.
    Slot(Slot),
    /// False is 0, true is 1.
    Truth(TruthId),
    /// Between points: an even number, at them an odd one.
    Points(IntId, Vec<i64>),
    /// The segment of each text of the plan; others are the one of null.
    Texts(IntId, Vec<u16>),
}

/// A function called row after row with values.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub builtin: &'static Builtin,
    pub arguments: Vec<Argument>,
    pub gives: Gives,
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub(super) enum Argument {
    Constant(Value),
    Int(IntId, Of),
    Truth(TruthId),
    /// A fact as it is told.
    Fact(Slot),
}

/// What a call gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    Truth,
    Int(Of),
}

/// A node evaluated once for all cases of a batch.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    pub node: NodeId,
    pub slots: Vec<Slot>,
    pub as_of: bool,
    pub received: bool,
}
