//! The layout of a program as data: from it a host builds the packing of facts and the unpacking of verdicts once.

use std::borrow::Cow;

use serde::Serialize;

use crate::compile::program::{Coded, ConditionCode, Layout, Program, Slot};
use crate::eval::{Slots, State};

/// The slots of a procedure and the bits of its verdicts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgramLayout<'a> {
    /// The procedure's code.
    pub procedure: Cow<'a, str>,
    /// The jurisdiction; null: everywhere.
    pub jurisdiction: Option<Cow<'a, str>>,
    /// Its facts, one a slot, in the order of the slots.
    pub facts: Vec<FactLayout<'a>>,
    /// What the bits of a verdict mean, an entry a time between changes of the law, in order.
    pub epochs: Vec<EpochLayout<'a>>,
}

/// How a slot holds a fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FactLayout<'a> {
    /// Its dotted name.
    pub name: Cow<'a, str>,
    /// Its slot.
    pub slot: u16,
    /// How the slot holds it.
    pub kind: FactKind,
    /// Number: its slot holds the number times 10 to this power.
    #[serde(skip_serializing_if = "is_zero")]
    pub scale: u8,
    /// Enumeration: the slot holds a code's position. Set: a bit for each position.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Cow<'a, str>>,
    /// The least integer the slot may hold, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The greatest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Whether null is an answer.
    pub nullable: bool,
    /// The integer it has when it is not told, where that is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<i64>,
}

/// How a slot holds a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// 0 or 1.
    Boolean,
    /// The number times 10^scale.
    Number,
    /// The position of the code.
    Enum,
    /// A bit for each code.
    Set,
    /// Days since 1970-01-01.
    Date,
    /// No integer: told as JSON beside the slots.
    Wide,
}

/// What the bits of a verdict mean on the days from one change of the law to the next: bit n is the n-th id.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EpochLayout<'a> {
    /// The first day, in days since 1970-01-01.
    pub from: i32,
    /// Conditions of eligibility.
    pub eligibility: Vec<Cow<'a, str>>,
    /// Identity checks.
    pub identity: Vec<Cow<'a, str>>,
    /// Documents.
    pub documents: Vec<Cow<'a, str>>,
    /// Fees.
    pub fees: Vec<Cow<'a, str>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(scale: &u8) -> bool {
    *scale == 0
}

/// The layout of a program.
#[must_use]
pub fn layout(program: &Program) -> ProgramLayout<'_> {
    let conditions = |codes: &[ConditionCode]| ids(codes.iter().map(|code| program.conditions.get(usize::from(code.info)).map(|info| &*info.id)));
    let defaults = Slots::new(program);
    let facts = program.facts.iter().zip(0u16..).map(|(fact, slot)| {
        let (min, max) = fact.layout.bounds();
        FactLayout {
            name: Cow::from(&*fact.name),
            slot,
            kind: kind(&fact.layout),
            scale: if let Layout::Number { scale, .. } = fact.layout { scale } else { 0 },
            codes: codes(&fact.layout).iter().map(|value| Cow::from(&*value.code)).collect(),
            min,
            max,
            nullable: fact.optional,
            default: (defaults.state(Slot(slot)) == State::Narrow).then(|| defaults.narrow(Slot(slot))),
        }
    });
    let epochs = program.epochs.iter().map(|epoch| EpochLayout {
        from: epoch.from.0,
        eligibility: conditions(&epoch.eligibility),
        identity: conditions(&epoch.identity),
        documents: ids(epoch.documents.iter().map(|code| program.documents.get(usize::from(code.info)).map(|info| &*info.id))),
        fees: ids(epoch.fees.iter().map(|code| program.fees.get(usize::from(code.info)).map(|info| &*info.id))),
    });
    ProgramLayout {
        procedure: Cow::from(&*program.code),
        jurisdiction: program.jurisdiction.as_deref().map(Cow::from),
        facts: facts.collect(),
        epochs: epochs.collect(),
    }
}

fn ids<'p>(all: impl Iterator<Item = Option<&'p str>>) -> Vec<Cow<'p, str>> {
    all.map(|id| Cow::from(id.unwrap_or(""))).collect()
}

fn codes(layout: &Layout) -> &[Coded] {
    match layout {
        Layout::Enumeration { values } | Layout::Set { values } => values,
        _ => &[],
    }
}

fn kind(layout: &Layout) -> FactKind {
    match layout {
        Layout::Boolean => FactKind::Boolean,
        Layout::Number { .. } => FactKind::Number,
        Layout::Enumeration { .. } => FactKind::Enum,
        Layout::Set { .. } => FactKind::Set,
        Layout::Date { .. } => FactKind::Date,
        Layout::Text { .. } | Layout::Time | Layout::DateTime | Layout::Texts { .. } | Layout::Records { .. } => FactKind::Wide,
    }
}
