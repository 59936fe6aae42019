//! Statuses as hosts see them.

use serde::{Deserialize, Serialize};

/// Whether the case may be filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Outcome"))]
#[serde(rename_all = "snake_case")]
pub enum OutcomeName {
    /// It may.
    Accept,
    /// It may not.
    Refuse,
    /// A question is left.
    Ask,
}

/// The status of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConditionStatus {
    /// It is met.
    Met,
    /// It is not.
    Unmet,
    /// Not settled.
    Undetermined,
    /// It does not apply.
    NotApplicable,
}

/// The status of all conditions together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Overall {
    /// All that apply are met.
    Met,
    /// One is not.
    Unmet,
    /// One is not settled and none is unmet.
    Undetermined,
}

/// The status of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DocumentStatus"))]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// To be handed in.
    Required,
    /// Handed in already.
    Provided,
    /// The state knows it.
    Reused,
    /// Not needed.
    NotRequired,
    /// Not settled.
    Undetermined,
}

/// Whether the fees are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeesStatus {
    /// They are.
    Determined,
    /// A fee is not.
    Undetermined,
}

/// How far a deadline is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeadlineStatus {
    /// Known.
    Determined,
    /// It reaches past the published days off.
    Provisional,
    /// Not known.
    Undetermined,
}

/// How far a step of a linked service can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkedOutcome {
    /// It can be carried out.
    Accept,
    /// A condition of its own is not met.
    Refuse,
    /// A question is left.
    Ask,
    /// A step it waits for, or the submission as a whole, is refused.
    NotStarted,
    /// It is not asked for.
    NotApplicable,
}
