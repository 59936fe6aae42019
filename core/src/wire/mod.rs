//! The types that hosts see; nothing else crosses a border. JSON in camelCase, in a defined order everywhere.

mod argument;
#[cfg(feature = "assess")]
mod assess;
#[cfg(feature = "author")]
mod case;
#[cfg(feature = "simulate")]
mod comparison;
mod decide;
mod decision;
#[cfg(feature = "author")]
mod diagnostic;
mod enforce;
mod engine;
mod fact_schema;
mod facts;
mod html;
mod json;
mod layout;
mod level;
mod linked;
mod numbers;
mod outline;
pub mod packed;
pub mod parts;
mod plain;
mod problem;
#[cfg(feature = "simulate")]
mod report;
mod request;
#[cfg(feature = "schema")]
mod schema;
mod session;
mod status;
mod steps;
#[cfg(feature = "columns")]
mod table;

pub use argument::Argument;
#[cfg(feature = "assess")]
pub use assess::*;
#[cfg(feature = "author")]
pub use case::{CaseResult, Mismatch, ToldCase, run_case, told_case};
#[cfg(feature = "simulate")]
pub use comparison::{Cell, CellKind, Compared, ComparisonView, ResultColumn, ResultTable, comparison};
pub use decide::{decide, decide_json, due_from, program, program_index, verdict_answer, verdict_json, wire_problem, wire_problems};
pub use decision::{
    AlternativePaper, Calculation, Citations, Cited, Codes, ConditionAnswer, Cut, Deadline, Decision, DocumentAnswer, Eligibility, FeeItem, Fees, Identity,
    KnownFact, LawGap, LinkedStep, Missing, PackRef, Pause, Problem, Skipped, Told, VerdictAnswer,
};
#[cfg(feature = "author")]
pub use diagnostic::{DiagnosticView, Place, RelatedPlace};
pub use enforce::{Difference, Objection, Promise, PromisedPart, enforce, enforce_json, promise_json};
pub use engine::{Engine, PackView, ProcedureView};
pub use fact_schema::fact_schema;
#[cfg(feature = "assess")]
pub use facts::input_of;
pub use facts::{DEEPEST, FOREIGN, FactType, FactView, TOO_DEEP, facts_of, tell_json, value_to_json};
pub use html::decision_html;
#[cfg(feature = "assess")]
pub use json::BadJson;
pub use layout::{EpochLayout, FactKind, FactLayout, ProgramLayout, layout};
#[cfg(feature = "author")]
pub use level::differing;
pub use level::{LevelAnswer, LevelCause, LevelRequest, Undeclared, level, levels, levels_json};
pub use outline::{AuthorityView, OutlineView, outline};
pub use packed::{PackedCase, packed_moment};
pub use parts::{Parts, decision_of_parts, part_word};
pub use problem::{PROBLEM_TYPES, ProblemDocument};
#[cfg(feature = "simulate")]
pub use report::{DrawnCharts, comparison_html};
pub use request::{Request, RequestError, moment};
#[cfg(feature = "schema")]
pub use schema::host_schema;
pub use session::Session;
pub use steps::{
    ApologyAnswer, ApologyStatus, PlanStatus, SavingAnswer, StepAnswer, StepCut, StepPlan, StepStatus, StepsRequest, WorkingTime, now, steps, steps_json,
};
pub use status::{ConditionStatus, DeadlineStatus, DocumentState, FeesStatus, LinkedOutcome, OutcomeName, Overall};
#[cfg(feature = "columns")]
pub use table::{TableError, WantedCells, WantedColumn};
