//! What is done inside the authority, compiled: steps, apologies, declarations. It has nodes and epochs of its own, beside
//! those of the decision, and stays packed until it is asked for.

use std::sync::Arc;

use super::program::{Cite, Code, CompiledPack, NodeId, Program};
use crate::bundled::{Bundled, read_section};
use crate::calendar::Period;
use crate::model::{OnlineService, Text};
use crate::value::{Date, Value};

/// What is done inside the authority, over all dates.
#[derive(Debug, Clone, Default, Bundled)]
pub struct Handling {
    /// The nodes: facts and definitions are those of the program.
    pub code: Code,
    /// What the steps are, all versions.
    pub steps: Vec<StepInfo>,
    /// What the apologies are, all versions.
    pub apologies: Vec<ApologyInfo>,
    /// What the declarations are, all versions.
    pub declarations: Vec<DeclarationInfo>,
    /// One a date interval, in order.
    pub epochs: Vec<HandlingEpoch>,
}

/// A step.
#[derive(Debug, Clone, Bundled)]
pub struct StepInfo {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Text,
    /// Who takes it.
    pub office: Option<Text>,
    /// How long it may take; `None`: what remains.
    pub period: Option<Period>,
    /// Minutes since midnight: what reaches it later waits for the next working day.
    pub cutoff: Option<u32>,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// What is owed when a file is late.
#[derive(Debug, Clone, Bundled)]
pub struct ApologyInfo {
    /// Its id.
    pub id: Arc<str>,
    /// How long before the day due it must be sent.
    pub notice: Option<Period>,
    /// How many re-appointments are permitted.
    pub reappointments: Option<u32>,
    /// The form it is written on.
    pub form: Option<Text>,
    /// What of it is not known.
    pub unknown: Option<Text>,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// What a procedure declares of itself.
#[derive(Debug, Clone, Bundled)]
pub struct DeclarationInfo {
    /// The fact of the rule of the service level.
    pub id: Arc<str>,
    /// The value, or why it is not known.
    pub value: Result<Value, Text>,
    /// The reason that is published.
    pub why: Option<Text>,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// What is in force in an interval of days.
#[derive(Debug, Clone, Bundled)]
pub struct HandlingEpoch {
    /// First day.
    pub from: Date,
    /// Steps, each after those it waits for.
    pub steps: Vec<StepCode>,
    /// Apologies; the first that applies counts.
    pub apologies: Vec<ApologyCode>,
    /// Declarations.
    pub declarations: Vec<DeclarationCode>,
}

/// A step's nodes.
#[derive(Debug, Clone, Bundled)]
pub struct StepCode {
    /// Index in [`Handling::steps`].
    pub info: u16,
    /// Whether it is taken.
    pub when: Option<NodeId>,
    /// The steps it waits for, by their position in the epoch.
    pub after: Vec<u16>,
    /// What it rests on besides its own basis: index in [`Code::bases`].
    pub rests_on: u32,
}

/// An apology's nodes.
#[derive(Debug, Clone, Bundled)]
pub struct ApologyCode {
    /// Index in [`Handling::apologies`].
    pub info: u16,
    /// Whether it applies.
    pub when: Option<NodeId>,
    /// What it rests on besides its own basis: index in [`Code::bases`].
    pub rests_on: u32,
}

/// A declaration's nodes.
#[derive(Debug, Clone, Bundled)]
pub struct DeclarationCode {
    /// Index in [`Handling::declarations`].
    pub info: u16,
    /// In which cases.
    pub when: Option<NodeId>,
}

impl Handling {
    /// What is in force on a day; `None` before the first.
    #[must_use]
    pub fn epoch(&self, day: Date) -> Option<&HandlingEpoch> {
        let after = self.epochs.partition_point(|epoch| epoch.from <= day);
        self.epochs.get(after.checked_sub(1)?)
    }
}

/// A [`Handling`] as bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Bundled)]
pub struct PackedHandling(Vec<u8>);

impl PackedHandling {
    /// Packs; nothing at all where nothing is told of the authority.
    #[cfg(feature = "author")]
    pub(super) fn of(handling: &Handling) -> PackedHandling {
        let none = handling.steps.is_empty() && handling.apologies.is_empty() && handling.declarations.is_empty();
        PackedHandling(if none { Vec::new() } else { crate::bundled::write_section(handling) })
    }
}

impl Program {
    /// What is done inside the authority; nothing where the rules tell nothing of it. It is unpacked at each call.
    #[must_use]
    pub fn handling(&self) -> Handling {
        read_section(&self.handling.0).map_or_else(Handling::default, |(handling, _)| handling)
    }
}

/// The rule of the level of online service.
#[derive(Debug, Clone, Bundled)]
pub struct LevelRule {
    /// Its facts are what procedures declare; its conditions of eligibility are what the full service asks for.
    pub program: Program,
    /// The level where a condition is not met, by its position in [`Program::conditions`].
    pub otherwise: Vec<OnlineService>,
}

/// A [`LevelRule`] as bytes; nothing where the pack has none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Bundled)]
pub struct PackedLevel(Vec<u8>);

impl PackedLevel {
    #[cfg(feature = "author")]
    pub(super) fn of(rule: Option<&LevelRule>) -> PackedLevel {
        PackedLevel(rule.map(crate::bundled::write_section).unwrap_or_default())
    }
}

impl CompiledPack {
    /// The rule of the level of online service, if the pack has one. It is unpacked at each call.
    #[must_use]
    pub fn level_rule(&self) -> Option<LevelRule> {
        read_section(&self.level.0).map(|(rule, _)| rule)
    }
}
