//! The compiled form of a procedure: slots, nodes, tables, epochs. Plain data, made only by `compile`.

use std::sync::{Arc, OnceLock};

use super::beforehand::Beforehand;
use super::handling::{PackedHandling, PackedLevel};
use super::table::TableCode;
use crate::builtins::{self, Builtin};
use crate::bundled::{Bundled, Reader, Writer};
use crate::calendar::{DeadlineRule, PublishedYear, WorkingCalendar};
use super::programs::Programs;
use crate::feel::ast::{ArithmeticOp, CompareOp, Quantifier};
use crate::model::{Alternative, Authority, Confidence, Consequence, Copies, DocumentForm, Instrument, MomentName, RoundingRule, Text};
use crate::value::{Date, Decimal, Rounding, Type, Value, sorted};

/// A compiled pack: every procedure in every jurisdiction that amends it, and the calendar they share.
#[derive(Debug)]
pub struct CompiledPack {
    /// The pack's id.
    pub id: Arc<str>,
    /// Its version.
    pub version: Arc<str>,
    /// Hash of everything that can change a decision, in lower-case hexadecimal.
    pub hash: Arc<str>,
    /// Its instruments.
    pub instruments: Vec<Instrument>,
    /// Published days off.
    pub years: Vec<PublishedYear>,
    /// Working days, compiled from them.
    pub calendar: WorkingCalendar,
    /// The programs: for each procedure the one for everywhere, then those of jurisdictions.
    pub programs: Programs,
    /// The rule of the level of online service, packed: who only decides never reads it.
    pub level: PackedLevel,
    /// Its assessments. A bundle is for hosts that decide and carries none.
    #[cfg(feature = "author")]
    pub assessments: Vec<super::assessment::CompiledAssessment>,
}

impl CompiledPack {
    /// The program of a procedure in a jurisdiction; where the jurisdiction changes nothing, the one for everywhere.
    #[must_use]
    pub fn program(&self, code: &str, jurisdiction: Option<&str>) -> Option<&Program> {
        self.programs.get(self.programs.position(code, jurisdiction)?)
    }

    /// Jurisdictions that change any procedure, in order of their ids.
    pub fn jurisdictions(&self) -> Vec<&str> {
        let mut all: Vec<&str> = sorted(self.programs.names().filter_map(|(_, jurisdiction)| jurisdiction).collect());
        all.dedup();
        all
    }
}

/// One procedure in one jurisdiction, over all its dates.
#[derive(Debug, Clone, Bundled)]
pub struct Program {
    /// Its code.
    pub code: Arc<str>,
    /// The jurisdiction; `None`: everywhere.
    pub jurisdiction: Option<Arc<str>>,
    /// Texts about it.
    pub about: About,
    /// The facts it may be told, one slot each, in the author's order.
    pub facts: Vec<FactSlot>,
    /// Names of definitions with their labels.
    pub definitions: Vec<Named>,
    /// The type of each definition.
    pub definition_types: Vec<Type>,
    /// Names of parameters with their labels.
    pub parameters: Vec<Named>,
    /// Why law is not known, where it is not.
    pub gaps: Vec<Gap>,
    /// What the conditions of eligibility and identity are, all versions.
    pub conditions: Vec<ConditionInfo>,
    /// What the documents are, all versions.
    pub documents: Vec<DocumentInfo>,
    /// What the fees are, all versions.
    pub fees: Vec<FeeInfo>,
    /// What the deadlines are, all versions; after them the limits of steps of a linked service.
    pub deadlines: Vec<DeadlineInfo>,
    /// What the steps of a linked service are, all versions.
    pub links: Vec<LinkInfo>,
    /// The nodes.
    pub code_of: Code,
    /// One a date interval, in order; the first begins with the procedure.
    pub epochs: Vec<Epoch>,
    /// The last day the procedure answers for.
    pub until: Option<Date>,
    /// The slot that lists supplements of the file.
    pub supplements: Option<Slot>,
    /// What is done inside the authority, packed: who only decides never reads it.
    pub handling: PackedHandling,
}

/// Texts about a procedure.
#[derive(Debug, Clone, Bundled)]
pub struct About {
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
    /// Traps.
    pub notes: Vec<Text>,
}

/// Index of a fact's slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Bundled)]
pub struct Slot(pub u16);

/// A fact and how its slot holds it.
#[derive(Debug, Clone, PartialEq, Bundled)]
pub struct FactSlot {
    /// Its dotted name.
    pub name: Arc<str>,
    /// How the slot holds it.
    pub layout: Layout,
    /// Whether null is an answer.
    pub optional: bool,
    /// The value it has when it is not told.
    pub default: Option<Value>,
    /// The question.
    pub label: Text,
    /// More about it.
    pub help: Option<Text>,
}

/// How a slot holds a fact: as an integer, or as a value beside the slots.
#[derive(Debug, Clone, PartialEq, Bundled)]
pub enum Layout {
    /// 0 or 1.
    Boolean,
    /// The number times 10^scale where that is an integer of 64 bits; beside the slots otherwise.
    Number {
        /// Decimal places of the slot.
        scale: u8,
        /// Most decimal places allowed.
        decimals: Option<u8>,
        /// Least value.
        min: Option<Decimal>,
        /// Greatest value.
        max: Option<Decimal>,
        /// The slot's least and greatest integer, where the bounds fit it.
        bounds: Option<(i64, i64)>,
        /// Its unit.
        unit: Option<Arc<str>>,
    },
    /// The index of the code.
    Enumeration {
        /// Codes with their labels.
        values: Vec<Coded>,
    },
    /// A bit for each code.
    Set {
        /// Codes with their labels.
        values: Vec<Coded>,
    },
    /// Days since 1970-01-01.
    Date {
        /// First day allowed.
        min: Date,
        /// Last day allowed.
        max: Date,
    },
    /// Beside the slots.
    Text {
        /// Most characters.
        max_length: u32,
        /// 12 digits are wanted.
        personal_id: bool,
    },
    /// Beside the slots.
    Time,
    /// Beside the slots.
    DateTime,
    /// Beside the slots.
    Texts {
        /// Most items.
        max_items: u32,
    },
    /// Beside the slots.
    Records {
        /// The fields.
        fields: Vec<FactSlot>,
        /// Most records.
        max_items: u32,
    },
}

/// A code and its label.
#[derive(Debug, Clone, PartialEq, Bundled)]
pub struct Coded {
    /// The code.
    pub code: Arc<str>,
    /// Its label.
    pub label: Text,
}

/// A name that expressions use and its label.
#[derive(Debug, Clone, Bundled)]
pub struct Named {
    /// The name.
    pub name: Arc<str>,
    /// The label.
    pub label: Option<Text>,
    /// The unit.
    pub unit: Option<Arc<str>>,
}

/// Law that is not known.
#[derive(Debug, Clone, PartialEq, Bundled)]
pub struct Gap {
    /// The parameter, definition, fee or deadline.
    pub id: Arc<str>,
    /// Why.
    pub why: Text,
    /// On what basis that is said.
    pub basis: Vec<Cite>,
}

/// A citation with its instrument's title, in words.
#[derive(Debug, Clone, PartialEq, Bundled)]
pub struct Cite {
    /// The instrument's number.
    pub instrument: Arc<str>,
    /// Its title.
    pub title: Text,
    /// Instrument and place.
    pub words: Text,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A condition or an identity check.
#[derive(Debug, Clone, Bundled)]
pub struct ConditionInfo {
    /// Its id.
    pub id: Arc<str>,
    /// The level it asks for.
    pub level: Option<u8>,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// A document.
#[derive(Debug, Clone, Bundled)]
pub struct DocumentInfo {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Text,
    /// In what form.
    pub form: DocumentForm,
    /// How many.
    pub copies: Copies,
    /// What will do instead.
    pub any_of: Vec<Alternative>,
    /// Where the state knows it from.
    pub reuse_source: Option<Text>,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// A fee.
#[derive(Debug, Clone, Bundled)]
pub struct FeeInfo {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Text,
    /// Rounding.
    pub rounding: RoundingRule,
    /// Its reductions, all versions.
    pub reductions: Vec<ReductionInfo>,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// A reduction.
#[derive(Debug, Clone, Bundled)]
pub struct ReductionInfo {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Text,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// A deadline.
#[derive(Debug, Clone, Bundled)]
pub struct DeadlineInfo {
    /// Its id.
    pub id: Arc<str>,
    /// How it is counted, or which gap says why that is not known.
    pub rule: Result<DeadlineRule, u32>,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// A step of a linked service.
#[derive(Debug, Clone, Bundled)]
pub struct LinkInfo {
    /// Its id.
    pub id: Arc<str>,
    /// The procedure it carries out.
    pub procedure: Option<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// Who carries it out, dated.
    pub authorities: Vec<Authority>,
    /// What it makes.
    pub result: Option<Text>,
    /// What becomes of the other steps when it is refused.
    pub if_refused: Option<Consequence>,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// The law of an interval of days: which elements are in force and the nodes of each.
#[derive(Debug, Clone, Bundled)]
pub struct Epoch {
    /// First day.
    pub from: Date,
    /// Conditions of eligibility.
    pub eligibility: Vec<ConditionCode>,
    /// Identity checks.
    pub identity: Vec<ConditionCode>,
    /// Documents.
    pub documents: Vec<DocumentCode>,
    /// Fees.
    pub fees: Vec<FeeCode>,
    /// Deadlines; the first that applies counts.
    pub deadlines: Vec<DeadlineCode>,
    /// Steps of a linked service, each after those it waits for.
    pub linked: Vec<LinkCode>,
    /// The node of each definition; null where it is not in force.
    pub definitions: Vec<NodeId>,
    /// Tests of these elements that need slots only; gathered when they are first wanted.
    #[bundled(skip)]
    pub beforehand: OnceLock<Beforehand>,
}

/// A condition's nodes.
#[derive(Debug, Clone, Bundled)]
pub struct ConditionCode {
    /// Index in [`Program::conditions`].
    pub info: u16,
    /// Whether it applies.
    pub when: Option<NodeId>,
    /// What must hold.
    pub require: NodeId,
    /// What is said when it does not: index in [`Code::messages`].
    pub message: u32,
    /// What it rests on besides its own basis, parameters and definitions: index in [`Code::bases`].
    pub rests_on: u32,
}

/// A message: constant texts and nodes between them.
#[derive(Debug, Clone, Bundled, PartialEq)]
pub struct MessageCode {
    /// Vietnamese.
    pub vi: Vec<Part>,
    /// English.
    pub en: Vec<Part>,
}

/// A part of a message.
#[derive(Debug, Clone, Bundled, PartialEq)]
pub enum Part {
    /// As written.
    Text(Arc<str>),
    /// The value of a node.
    Value(NodeId),
}

/// A document's nodes.
#[derive(Debug, Clone, Bundled)]
pub struct DocumentCode {
    /// Index in [`Program::documents`].
    pub info: u16,
    /// Whether it is needed.
    pub when: Option<NodeId>,
    /// Whether it has been handed in.
    pub provided: Option<NodeId>,
    /// Whether the state knows it.
    pub reuse: Option<NodeId>,
    /// What it rests on besides its own basis, parameters and definitions: index in [`Code::bases`].
    pub rests_on: u32,
}

/// A fee's nodes.
#[derive(Debug, Clone, Bundled)]
pub struct FeeCode {
    /// Index in [`Program::fees`].
    pub info: u16,
    /// Whether it is due.
    pub when: Option<NodeId>,
    /// The amount of a unit.
    pub base: BaseCode,
    /// Least.
    pub floor: Option<NodeId>,
    /// Greatest.
    pub cap: Option<NodeId>,
    /// How many units.
    pub times: Option<NodeId>,
    /// Reductions in force.
    pub reductions: Vec<ReductionCode>,
    /// What it rests on besides its own basis, parameters and definitions: index in [`Code::bases`].
    pub rests_on: u32,
}

/// Where an amount comes from.
#[derive(Debug, Clone, Bundled)]
pub enum BaseCode {
    /// A node.
    Amount(NodeId),
    /// A quantity through steps.
    Tiers(NodeId, Vec<(Option<NodeId>, NodeId)>),
}

/// A reduction's nodes.
#[derive(Debug, Clone, Bundled)]
pub struct ReductionCode {
    /// Index in [`FeeInfo::reductions`].
    pub info: u16,
    /// Whether it applies.
    pub when: Option<NodeId>,
    /// What it does.
    pub kind: ReductionKindCode,
    /// The most it takes off.
    pub max_off: Option<NodeId>,
    /// What it rests on besides its own basis, parameters and definitions: index in [`Code::bases`].
    pub rests_on: u32,
}

/// What a reduction does.
#[derive(Debug, Clone, Copy, Bundled)]
pub enum ReductionKindCode {
    /// Leaves an amount.
    To(NodeId),
    /// Takes percent off.
    Percent(NodeId),
    /// Takes an amount off.
    Off(NodeId),
}

/// A deadline's nodes.
#[derive(Debug, Clone, Bundled)]
pub struct DeadlineCode {
    /// Index in [`Program::deadlines`].
    pub info: u16,
    /// Whether it applies.
    pub when: Option<NodeId>,
    /// Days it cannot start before.
    pub not_before: Vec<NodeId>,
    /// Further units.
    pub extension: Option<NodeId>,
    /// What it rests on besides its own basis, parameters and definitions: index in [`Code::bases`].
    pub rests_on: u32,
}

/// A step of a linked service: its nodes, and which elements are of it.
#[derive(Debug, Clone, Bundled)]
pub struct LinkCode {
    /// Index in [`Program::links`].
    pub info: u16,
    /// Whether it is carried out.
    pub when: Option<NodeId>,
    /// The steps it waits for, by their positions in the epoch.
    pub after: Vec<u16>,
    /// Its conditions, a bit for each of the epoch.
    pub eligibility: u64,
    /// Its identity checks.
    pub identity: u64,
    /// Its documents.
    pub documents: u64,
    /// Its fees.
    pub fees: u64,
    /// How long it takes; the first that applies counts.
    pub limits: Vec<DeadlineCode>,
    /// What it rests on besides its own basis, parameters and definitions: index in [`Code::bases`].
    pub rests_on: u32,
}

/// Index of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Bundled)]
pub struct NodeId(pub u32);

/// A run of node ids in [`Code::lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Bundled)]
pub struct List {
    /// First.
    pub start: u32,
    /// How many.
    pub len: u16,
}

/// The nodes of a program and what they point to. Equal subtrees are one node.
#[derive(Debug, Clone, Default, Bundled)]
pub struct Code {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// Runs of node ids.
    pub lists: Vec<NodeId>,
    /// Constants.
    pub constants: Vec<Value>,
    /// Sets of enumeration codes.
    pub masks: Vec<u64>,
    /// Names of members and properties.
    pub names: Vec<Arc<str>>,
    /// Types of `instance of`.
    pub types: Vec<TypeCode>,
    /// Loops.
    pub loops: Vec<LoopCode>,
    /// Context literals.
    pub contexts: Vec<Vec<(Arc<str>, u16, NodeId)>>,
    /// Range literals.
    pub ranges: Vec<RangeCode>,
    /// Builtins that are called.
    pub calls: Vec<BuiltinRef>,
    /// Function literals: parameters and body.
    pub functions: Vec<(Vec<u16>, NodeId)>,
    /// Tables.
    pub tables: Vec<TableCode>,
    /// What conditions say.
    pub messages: Vec<MessageCode>,
    /// Citations of the parameters and definitions that elements rest on.
    pub bases: Vec<Vec<Cite>>,
    /// Most locals any expression uses.
    pub locals: u16,
}

/// A builtin; its name in a bundle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BuiltinRef(pub &'static Builtin);

impl Bundled for BuiltinRef {
    fn write(&self, to: &mut Writer) {
        to.text(&self.0.name.into());
    }

    /// A function that this version has not is damage.
    fn read(from: &mut Reader<'_>) -> BuiltinRef {
        static NONE: Builtin = Builtin { name: "", doc: "", examples: &[], signatures: &[] };
        BuiltinRef(builtins::find(&from.text()).unwrap_or_else(|| {
            from.damage();
            &NONE
        }))
    }
}

/// A loop: its iterations and its body.
#[derive(Debug, Clone, PartialEq, Bundled)]
pub struct LoopCode {
    /// Local, first, last.
    pub iterations: Vec<(u16, NodeId, Option<NodeId>)>,
    /// Body.
    pub body: NodeId,
}

/// A range literal.
#[derive(Debug, Clone, PartialEq, Bundled)]
pub struct RangeCode {
    /// Lower end.
    pub low: Option<NodeId>,
    /// It belongs to the range.
    pub low_included: bool,
    /// Upper end.
    pub high: Option<NodeId>,
    /// It belongs to the range.
    pub high_included: bool,
}

/// A type to test a value against.
pub type TypeCode = Type;

/// One operation. The first group works on slots alone, without a [`Value`]; the second on values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Bundled)]
pub enum Node {
    /// A constant truth.
    Truth(bool),
    /// A boolean fact.
    Flag(Slot),
    /// An enumeration has this code.
    Is(Slot, u16),
    /// An enumeration has one of the codes of a mask.
    Among(Slot, u32),
    /// A set has this bit.
    Has(Slot, u8),
    /// A number or a day compared with a constant at the slot's own scale.
    Order(Slot, CompareOp, i64),
    /// A fact is null.
    Absent(Slot),
    /// All hold.
    And(List),
    /// One holds.
    Or(List),
    /// It does not hold.
    Not(NodeId),

    /// A constant.
    Constant(u32),
    /// A fact as a value.
    Fact(Slot),
    /// Law that is not known: index of the gap.
    Unknown(u32),
    /// From the moment.
    Moment(MomentName),
    /// A local variable.
    Local(u16),
    /// Binds a local.
    Let(u16, NodeId, NodeId),
    /// A definition: its index, which is also where its result is kept, and its body.
    Definition(u16, NodeId),
    /// A member of a context.
    Member(NodeId, u32),
    /// A member of each context of a list.
    Members(NodeId, u32),
    /// A property.
    Property(NodeId, u32),
    /// The element at a position.
    At(NodeId, NodeId),
    /// The elements for which a condition holds.
    Filter(NodeId, u16, NodeId),
    /// A comparison of values.
    Compare(CompareOp, NodeId, NodeId),
    /// Is null.
    IsNull(NodeId),
    /// Equals one of a list constant's elements.
    OneOf(NodeId, u32),
    /// Arithmetic.
    Arithmetic(ArithmeticOp, NodeId, NodeId),
    /// Minus.
    Negate(NodeId),
    /// A choice.
    If(NodeId, NodeId, NodeId),
    /// `for`: index of the loop.
    For(u32),
    /// `some`, `every`: index of the loop.
    Quantified(Quantifier, u32),
    /// A list.
    List(List),
    /// A context.
    Context(u32),
    /// A range.
    Range(u32),
    /// Lies in a range, or equals an element of a list.
    Inside(NodeId, NodeId),
    /// `instance of`
    InstanceOf(NodeId, u32),
    /// A builtin: index of the call.
    Call(u16, List),
    /// A function literal.
    Function(u32),
    /// A call of a function value.
    Invoke(NodeId, List),
    /// A table.
    Table(u32),
}

impl Code {
    /// The node of an id.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node {
        self.nodes.get(id.0 as usize).copied().unwrap_or(Node::Truth(false))
    }

    /// The nodes of a run.
    #[must_use]
    pub fn list(&self, list: List) -> &[NodeId] {
        let start = list.start as usize;
        self.lists.get(start..start + usize::from(list.len)).unwrap_or(&[])
    }
}

impl Layout {
    /// The least and the greatest integer that a slot may hold, for a fact that fits a slot.
    #[must_use]
    pub fn bounds(&self) -> (Option<i64>, Option<i64>) {
        let last = |values: &[Coded]| values.len() as i64 - 1;
        match self {
            Layout::Boolean => (Some(0), Some(1)),
            Layout::Number { scale, min, max, .. } => {
                let at = |bound: Decimal, rounding| bound.round(i32::from(*scale), rounding).and_then(|bound| bound.scaled(*scale));
                (min.and_then(|min| at(min, Rounding::Ceiling)), max.and_then(|max| at(max, Rounding::Floor)))
            }
            Layout::Enumeration { values } => (Some(0), Some(last(values))),
            Layout::Set { values } => (Some(0), 1i64.checked_shl(values.len() as u32).map(|all| all.wrapping_sub(1))),
            Layout::Date { min, max } => (Some(i64::from(min.0)), Some(i64::from(max.0))),
            Layout::Text { .. } | Layout::Time | Layout::DateTime | Layout::Texts { .. } | Layout::Records { .. } => (None, None),
        }
    }
}

impl Program {
    /// The epoch whose law holds on a day; `None` before the procedure's first day and after its last.
    #[must_use]
    pub fn epoch(&self, day: Date) -> Option<&Epoch> {
        self.epoch_at(day).map(|(_, epoch)| epoch)
    }

    /// That epoch and its position.
    #[must_use]
    pub fn epoch_at(&self, day: Date) -> Option<(usize, &Epoch)> {
        if self.until.is_some_and(|until| until < day) {
            return None;
        }
        let at = self.epochs.partition_point(|epoch| epoch.from <= day).checked_sub(1)?;
        Some((at, self.epochs.get(at)?))
    }

    /// The slot of a fact.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<Slot> {
        self.facts.iter().position(|fact| &*fact.name == name).map(|index| Slot(index as u16))
    }

    /// The fact of a slot.
    #[must_use]
    pub fn fact(&self, slot: Slot) -> Option<&FactSlot> {
        self.facts.get(usize::from(slot.0))
    }
}
