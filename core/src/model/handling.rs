//! What a procedure tells of the authority: its steps, when it apologises, what its online service rests on; and the
//! rule that tells the level of that service.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::bundled::Bundled;

use super::{Basis, FeelText, Interval, Period, Procedure, Text, Vocabulary};
use crate::source::{Span, Spanned};
use crate::value::{Time, Value};

/// A step inside the authority.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// Who takes it.
    pub office: Option<Text>,
    /// When.
    pub interval: Interval,
    /// Whether it is taken; absent: always.
    pub when: Option<FeelText>,
    /// How long it may take; absent: what remains of the whole.
    pub period: Option<Period>,
    /// What reaches it later in the day is taken up first thing on the next working day.
    pub cutoff: Option<Time>,
    /// The steps it waits for; absent: the one written before it.
    pub after: Option<Vec<Spanned<Arc<str>>>>,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// What is owed to the applicant when a file is late.
#[derive(Clone, Debug)]
pub struct Apology {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// When.
    pub interval: Interval,
    /// Whether it applies; absent: always.
    pub when: Option<FeelText>,
    /// How long before the day due it must be sent; absent: the law does not say.
    pub notice: Option<Period>,
    /// How many re-appointments are permitted; absent: the law does not say.
    pub reappointments: Option<u32>,
    /// The form it is written on, or how it is sent.
    pub form: Option<Text>,
    /// What of it is not known, and why.
    pub unknown: Option<Text>,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// What a procedure declares of itself, for the rule of the level of online service.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// The fact of that rule.
    pub id: Spanned<Arc<str>>,
    /// When.
    pub interval: Interval,
    /// In which cases; absent: in all.
    pub when: Option<FeelText>,
    /// The value; `Err` says why it is not known.
    pub value: Result<Spanned<Value>, Text>,
    /// Why it is so: the reason that is published.
    pub why: Option<Text>,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

impl Procedure {
    /// The procedure's own steps, or where it has none those of the vocabularies it uses.
    pub fn all_steps<'a>(&'a self, used: impl IntoIterator<Item = &'a Vocabulary>) -> Vec<&'a Step> {
        if self.steps.is_empty() { used.into_iter().flat_map(|vocabulary| &vocabulary.steps).collect() } else { self.steps.iter().collect() }
    }

    /// The procedure's own apologies, then those of the vocabularies it uses: the first that applies counts.
    pub fn all_apologies<'a>(&'a self, used: impl IntoIterator<Item = &'a Vocabulary>) -> Vec<&'a Apology> {
        self.apology.iter().chain(used.into_iter().flat_map(|vocabulary| &vocabulary.apology)).collect()
    }
}

/// How much of a procedure is online, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Bundled)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnlineService {
    /// Only information.
    Information,
    /// A part of it (một phần).
    Partial,
    /// All of it (toàn trình).
    Full,
}

impl OnlineService {
    /// Its name in rule files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            OnlineService::Information => "information",
            OnlineService::Partial => "partial",
            OnlineService::Full => "full",
        }
    }
}

/// The rule of the level of online service: facts that procedures declare, and what each level asks for.
#[derive(Clone, Debug)]
pub struct ServiceLevel {
    /// Its facts, parameters, definitions; its conditions of eligibility are what the full service asks for.
    pub rule: Procedure,
    /// The level of a procedure that does not meet a condition, by the condition's position.
    pub otherwise: Vec<OnlineService>,
}
