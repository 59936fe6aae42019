//! The elements of a procedure: conditions, identity checks, documents, fees, deadlines, definitions.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::{Citation, Confidence, FeelText, Interval, Table, Text};
use crate::bundled::Bundled;
use crate::calendar;
use crate::source::{Span, Spanned};
use crate::value::Time;

/// On what an element rests, and how sure that is.
#[derive(Clone, Debug, Default, PartialEq, Bundled)]
pub struct Basis {
    /// Its citations, in the author's order.
    pub citations: Vec<Citation>,
    /// How sure.
    pub confidence: Confidence,
    /// Free text for legal staff.
    pub note: Option<Arc<str>>,
}

/// Who decides, while it does.
#[derive(Clone, Debug, Bundled)]
pub struct Authority {
    /// When.
    pub interval: Interval,
    /// Who.
    pub name: Text,
    /// On what basis.
    pub basis: Basis,
}

/// A named intermediate result.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name in expressions.
    pub name: Spanned<Arc<str>>,
    /// What it is.
    pub label: Option<Text>,
    /// When.
    pub interval: Interval,
    /// The expression or the table.
    pub body: DefinitionBody,
    /// On what basis, where it has one.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// What a definition is.
#[derive(Clone, Debug)]
pub enum DefinitionBody {
    /// An expression.
    Expression(FeelText),
    /// A table.
    Table(Table),
    /// Not known; why.
    Unknown(Text),
}

/// A condition of eligibility.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// When.
    pub interval: Interval,
    /// Whether it applies; absent: always.
    pub when: Option<FeelText>,
    /// What must hold.
    pub require: FeelText,
    /// What is said when it does not.
    pub message: Text,
    /// Where the message is written.
    pub message_span: Span,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// A check of the electronic identity.
#[derive(Clone, Debug)]
pub struct IdentityCheck {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// When.
    pub interval: Interval,
    /// Whether it applies; absent: always.
    pub when: Option<FeelText>,
    /// The level needed, or what must hold; exactly one is there.
    pub level: Option<Spanned<u8>>,
    /// What must hold.
    pub require: Option<FeelText>,
    /// What is said when it does not.
    pub message: Text,
    /// Where the message is written.
    pub message_span: Span,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// A paper.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// When.
    pub interval: Interval,
    /// Whether it is needed; absent: always.
    pub when: Option<FeelText>,
    /// In what form.
    pub form: DocumentForm,
    /// How many.
    pub copies: Copies,
    /// Alternatives of which any one will do; empty: itself only.
    pub any_of: Vec<Alternative>,
    /// Whether the state knows it already.
    pub reuse: Option<FeelText>,
    /// The databases that hold it, by their ids.
    pub held_in: Vec<Spanned<Arc<str>>>,
    /// Where the state knows it from, if there is more to say than the names of those databases.
    pub reuse_source: Option<Text>,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// In what form a paper is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, Bundled)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentForm {
    /// The original.
    #[default]
    Original,
    /// A plain copy.
    Copy,
    /// A certified copy.
    CertifiedCopy,
    /// Only shown.
    Present,
    /// Filled in on the form online.
    EForm,
    /// Declared within another paper.
    Declaration,
}

/// How many of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, Bundled)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Copies {
    /// Originals.
    pub original: u32,
    /// Copies.
    pub copy: u32,
}

/// One of several papers that will do.
#[derive(Clone, Debug, Bundled)]
pub struct Alternative {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
}

/// A fee.
#[derive(Clone, Debug)]
pub struct Fee {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// When.
    pub interval: Interval,
    /// Whether it is due; absent: always.
    pub when: Option<FeelText>,
    /// The amount before anything else.
    pub base: FeeBase,
    /// Least amount, before `times`.
    pub floor: Option<FeelText>,
    /// Greatest amount, before `times`.
    pub cap: Option<FeelText>,
    /// How many units.
    pub times: Option<FeelText>,
    /// Reductions, of which the one that leaves the least applies.
    pub reductions: Vec<Reduction>,
    /// How it is rounded.
    pub rounding: RoundingRule,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// Where the amount of a fee comes from.
#[derive(Clone, Debug)]
pub enum FeeBase {
    /// An expression of đồng.
    Amount(FeelText),
    /// A table.
    Table(Table),
    /// A quantity counted through steps.
    Tiers(Tiers),
    /// Not known; why.
    Unknown(Text),
}

/// A quantity counted through steps, each with its own rate.
#[derive(Clone, Debug)]
pub struct Tiers {
    /// The quantity.
    pub of: FeelText,
    /// The steps, each beginning where the one before ends.
    pub steps: Vec<Tier>,
}

/// One step of a quantity.
#[derive(Clone, Debug)]
pub struct Tier {
    /// Last unit of the step; absent on the last step.
    pub up_to: Option<FeelText>,
    /// Đồng a unit.
    pub rate: FeelText,
}

/// A reduction or an exemption.
#[derive(Clone, Debug)]
pub struct Reduction {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// Its name.
    pub name: Text,
    /// When.
    pub interval: Interval,
    /// Whether it applies; absent: always.
    pub when: Option<FeelText>,
    /// What it does.
    pub kind: ReductionKind,
    /// The most it takes off.
    pub max_off: Option<FeelText>,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// What a reduction does.
#[derive(Clone, Debug)]
pub enum ReductionKind {
    /// Leaves this amount.
    To(FeelText),
    /// Takes this many percent off.
    Percent(FeelText),
    /// Takes this amount off.
    Off(FeelText),
}

/// To what multiple of đồng, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Bundled)]
pub struct RoundingRule {
    /// Multiple of đồng.
    pub to: u32,
    /// Direction.
    pub mode: crate::value::Rounding,
}

/// A deadline.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// Its id.
    pub id: Spanned<Arc<str>>,
    /// When.
    pub interval: Interval,
    /// Whether it applies; absent: always.
    pub when: Option<FeelText>,
    /// How long; absent: not known.
    pub period: Option<Period>,
    /// Why it is not known.
    pub unknown: Option<Text>,
    /// What an incomplete file does to the count.
    pub clock: ClockModel,
    /// What receipt late in the day does.
    pub cutoff: Option<Cutoff>,
    /// Dates the count cannot start before.
    pub not_before: Vec<FeelText>,
    /// Whether calendar days that end on a day off end on the next working day.
    pub roll: bool,
    /// Further units.
    pub extension: Option<FeelText>,
    /// On what basis.
    pub basis: Basis,
    /// Where it is written.
    pub span: Span,
}

/// A length in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many; 0 with [`Unit::SameDay`].
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

impl Period {
    /// Reads `7 working days`, `10 days`, `2 months`, `24 hours`, `4 office hours` or `same day`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Period> {
        if text == "same day" {
            return Some(Period { count: 0, unit: Unit::SameDay });
        }
        let (count, unit) = text.split_once(' ')?;
        if !count.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let unit = match unit.trim_start() {
            "working day" | "working days" => Unit::WorkingDays,
            "day" | "days" => Unit::Days,
            "month" | "months" => Unit::Months,
            "hour" | "hours" => Unit::Hours,
            "office hour" | "office hours" => Unit::OfficeHours,
            _ => return None,
        };
        Some(Period { count: count.parse().ok()?, unit })
    }
}

impl From<Period> for calendar::Period {
    fn from(period: Period) -> Self {
        let unit = match period.unit {
            Unit::WorkingDays => calendar::Unit::WorkingDays,
            Unit::Days => calendar::Unit::Days,
            Unit::Months => calendar::Unit::Months,
            Unit::Hours => calendar::Unit::Hours,
            Unit::OfficeHours => calendar::Unit::OfficeHours,
            Unit::SameDay => calendar::Unit::SameDay,
        };
        calendar::Period { count: period.count, unit }
    }
}

/// What a period is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Working days.
    WorkingDays,
    /// Calendar days.
    Days,
    /// Calendar months.
    Months,
    /// Hours of the clock.
    Hours,
    /// Hours in which the office is open.
    OfficeHours,
    /// The day of receipt.
    SameDay,
}

/// What an incomplete file does to the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ClockModel {
    /// Counts from zero again once complete.
    Restart,
    /// Starts only when complete.
    #[default]
    StartWhenComplete,
    /// The days the applicant takes are not counted.
    Pause,
    /// Not known: with a supplement the deadline is undetermined.
    Unknown,
}

/// From what time of day receipt counts as late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cutoff {
    /// Received after this time.
    pub at: Time,
    /// What it does.
    pub effect: CutoffEffect,
}

/// What late receipt does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutoffEffect {
    /// Only moves papers inside the authority.
    ForwardOnly,
    /// Same-day work is due the next working day.
    DueNextWorkingDay,
    /// The next working day is day zero.
    DayZeroNextWorkingDay,
    /// The next working day is day one.
    DayOneNextWorkingDay,
}
