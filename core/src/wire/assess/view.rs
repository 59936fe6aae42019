//! The report of an assessment, as every host returns it. Numbers are exact text; where something is open, the bounds within
//! which a number lies whatever the missing facts turn out to be.

use serde::{Deserialize, Serialize};

use crate::value::{Date, Decimal};
use crate::wire::{Cited, PackRef};

macro_rules! view {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $of:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($(#[$doc])* pub $field: $of,)*
        }
    };
}

view! {
    /// What an assessment says of some records.
    AssessmentReport {
        /// The assessment's id.
        assessment: String,
        /// Its name.
        name: String,
        /// What it is for.
        summary: Option<String>,
        /// What one record is.
        record: String,
        /// The day of the report.
        as_of: Date,
        /// Which rules were used.
        pack: PackRef<'static>,
        /// How many records there are.
        records: u64,
        /// Facts that are missing in some records.
        missing: Vec<AssessmentFact>,
        /// What did not fit in records; such facts count as missing.
        problems: Vec<AssessmentProblem>,
        /// What is counted.
        measures: Vec<AssessmentMeasure>,
        /// Points given for measures.
        scores: Vec<AssessmentScore>,
        /// Classes of all points together, in the order of the rules.
        classes: Vec<AssessmentClass>,
        /// By what records are grouped.
        dimensions: Vec<AssessmentDimension>,
        /// The tables; the first has all records in one row.
        tables: Vec<AssessmentTable>,
        /// Records that are listed.
        lists: Vec<AssessmentList>,
        /// Targets to be reached by changing records.
        goals: Vec<AssessmentGoal>,
        /// Traps.
        notes: Vec<String>,
    }
}

view! {
    /// A fact that is missing in some records.
    AssessmentFact {
        /// The fact.
        fact: String,
        /// What it is.
        label: String,
        /// In how many records it is missing.
        records: u64,
    }
}

view! {
    /// What did not fit in records.
    AssessmentProblem {
        /// The fact, with the place in it.
        fact: String,
        /// What kind of problem.
        code: String,
        /// What is wrong and how to mend it, in the first record that has it.
        message: String,
        /// The number of that record, from 1.
        first: u64,
        /// How many records have it.
        records: u64,
    }
}

/// What a measure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MeasureKind"))]
#[serde(rename_all = "snake_case")]
pub enum MeasureName {
    /// Records.
    Count,
    /// A sum.
    Sum,
    /// A share in percent.
    Rate,
}

view! {
    /// What is counted.
    AssessmentMeasure {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// What it counts.
        kind: MeasureName,
        /// What the rate should at least be, in percent; null where nothing is wanted, or that law is not known.
        target: Option<Decimal>,
        /// On what it rests.
        citations: Vec<Cited<'static>>,
    }
}

view! {
    /// Points given for measures.
    AssessmentScore {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// The most points; null where that law is not known.
        max: Option<Decimal>,
        /// Why it is not known how the points follow, where it is not.
        unknown: Option<String>,
        /// The assumption under which points are estimated.
        assuming: Option<String>,
        /// On what it rests.
        citations: Vec<Cited<'static>>,
    }
}

view! {
    /// A class of all points together.
    AssessmentClass {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// The least points; null where that law is not known.
        at_least: Option<Decimal>,
        /// On what it rests.
        citations: Vec<Cited<'static>>,
    }
}

view! {
    /// By what records are grouped.
    AssessmentDimension {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    }
}

view! {
    /// A table: a row a group.
    AssessmentTable {
        /// The ids of its dimensions; none: all records in one row.
        dimensions: Vec<String>,
        /// Its rows.
        rows: Vec<AssessmentRow>,
    }
}

view! {
    /// The records of a group.
    AssessmentRow {
        /// The group in each dimension.
        groups: Vec<AssessmentGroup>,
        /// How many records.
        records: AssessmentBounds,
        /// The measures, in the order of the report's.
        figures: Vec<AssessmentFigure>,
        /// The points, in the order of the report's scores.
        points: Vec<AssessmentPoints>,
        /// All points together.
        total: Option<AssessmentTotal>,
        /// What each goal needs here, in the order of the report's goals; null where its measure is not in force.
        goals: Vec<Option<AssessmentNeed>>,
    }
}

view! {
    /// A group.
    AssessmentGroup {
        /// Its code or text; null for what has none.
        id: Option<String>,
        /// What it is called.
        label: String,
    }
}

/// A count, or the bounds within which it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AssessmentBounds {
    /// At least.
    pub least: u64,
    /// At most.
    pub most: u64,
}

view! {
    /// A measure of a group.
    AssessmentFigure {
        /// The measure.
        measure: String,
        /// At least; a rate in percent to 4 places, rounded down where it differs from `high`. Null: no bound, or nothing to count.
        low: Option<Decimal>,
        /// At most, rounded up where it differs from `low`.
        high: Option<Decimal>,
        /// Of a count and a rate: for how many records it holds.
        holds: Option<AssessmentBounds>,
        /// Of a rate: of how many records.
        of: Option<AssessmentBounds>,
        /// How many records leave it open.
        undecided: u64,
        /// What is missing in them.
        because: Vec<AssessmentCause>,
        /// How it stands to its target.
        target: Option<AssessmentStanding>,
    }
}

view! {
    /// What leaves records open: a fact that is missing, or law that is not known.
    AssessmentCause {
        /// The fact; null where it is law.
        fact: Option<String>,
        /// What it is, or why the law is not known.
        message: String,
        /// In how many records.
        records: u64,
        /// On what it rests that law is not known.
        citations: Vec<Cited<'static>>,
    }
}

/// Whether a target is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TargetStatus"))]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// It is, whatever is open.
    Reached,
    /// It is not, whatever is open.
    Missed,
    /// What is open decides.
    Open,
    /// The target is not known, or there is nothing to count.
    Unknown,
}

view! {
    /// How a rate stands to its target.
    AssessmentStanding {
        /// Whether it is reached.
        status: Reached,
        /// For how many more records it must come to hold.
        needed: Option<AssessmentBounds>,
    }
}

view! {
    /// Points within which a score lies.
    AssessmentEstimate {
        /// At least.
        low: Option<Decimal>,
        /// At most.
        high: Option<Decimal>,
    }
}

view! {
    /// The points of a group for a score.
    AssessmentPoints {
        /// The score.
        score: String,
        /// At least, to 4 places, rounded down.
        low: Option<Decimal>,
        /// At most, rounded up.
        high: Option<Decimal>,
        /// What they would be under the assumption of the score; no law says so.
        estimate: Option<AssessmentEstimate>,
    }
}

view! {
    /// All points of a group together.
    AssessmentTotal {
        /// The most.
        max: Option<Decimal>,
        /// At least.
        low: Option<Decimal>,
        /// At most.
        high: Option<Decimal>,
        /// The class of the least and that of the most points: ids; one class if they are equal.
        classes: Vec<Option<String>>,
        /// What they would be under the assumptions of the scores; a score without one counts as open.
        estimate: Option<AssessmentEstimate>,
        /// The classes of the estimate.
        estimated_classes: Vec<Option<String>>,
    }
}

view! {
    /// What a goal needs in a group.
    AssessmentNeed {
        /// How many more records; null where the target is not known.
        needed: Option<AssessmentBounds>,
        /// What the chosen ones cost together; null where one is open.
        effort: Option<Decimal>,
        /// The records to change, enough whatever is open: places in the goal's candidates, those that cost least first.
        chosen: Vec<u64>,
    }
}

view! {
    /// A value that is shown of records.
    AssessmentColumn {
        /// The fact, definition or expression.
        name: String,
        /// What it is.
        label: String,
    }
}

view! {
    /// Records that are listed.
    AssessmentList {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// What is shown of each record.
        columns: Vec<AssessmentColumn>,
        /// The records.
        rows: Vec<AssessmentListed>,
        /// On what it rests.
        citations: Vec<Cited<'static>>,
    }
}

view! {
    /// A record in a list.
    AssessmentListed {
        /// What names the record; null while that is missing.
        record: Option<String>,
        /// Whether it surely belongs there; if not, missing facts or unknown law decide.
        certain: bool,
        /// What is shown of it, as text; null for what is null or open.
        values: Vec<Option<String>>,
    }
}

view! {
    /// A target to be reached by changing records.
    AssessmentGoal {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// The measure it reaches.
        measure: String,
        /// What the effort means.
        effort: String,
        /// What is shown of each record.
        columns: Vec<AssessmentColumn>,
        /// The records whose change would help, those that cost least first.
        candidates: Vec<AssessmentCandidate>,
    }
}

view! {
    /// A record whose change would help.
    AssessmentCandidate {
        /// What names the record; null while that is missing.
        record: Option<String>,
        /// What changing it costs; null while that is open.
        effort: Option<Decimal>,
        /// Whether it is known that the change is still to be made; if not, it may have been made already.
        certain: bool,
        /// What is shown of it.
        values: Vec<Option<String>>,
    }
}
