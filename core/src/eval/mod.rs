//! One case to its decision. No I/O, no clock, no locale, no threads; `eval` never reads rule files.
//!
//! [`Evaluator`] is the one evaluator of expressions; `verdict` and `decision` walk the elements of a procedure with it.

mod because;
mod beforehand;
mod decide;
mod exact;
mod fees;
mod deadline;
mod facts;
mod held;
mod level;
mod linked;
mod needs;
pub mod slots;
mod steps;
mod table;
mod truth;
mod value;
mod verdict;

pub use because::{Compared, Reasons, Subject};
pub use decide::{Judged, JudgedCondition, JudgedDocument, JudgedFee, MissingFact, PartOf, Said, judge};
pub use deadline::{DeadlineTrace, DueStatus};
#[cfg(feature = "columns")]
pub(crate) use deadline::supplement;
#[cfg(feature = "columns")]
pub(crate) use table::{MOST_COMBINATIONS, MOST_INPUTS};
#[cfg(feature = "columns")]
pub(crate) use fees::rounded;
pub use facts::{FactProblem, FactTeller, Input, ProblemCode, Wanted, read_fact};
pub use fees::{Amount, FeeTrace, ReductionTrace};
pub use held::Held;
pub use level::{JudgedLevel, LevelReason, level};
pub use linked::{JudgedLink, LinkOutcome};
pub use needs::Needs;
pub use slots::{Slots, State};
pub use steps::{CasePlan, Change, JudgedApology, JudgedStep, Reappointment, plan};
pub use truth::Truth;
pub use value::Known;
pub use verdict::{DocumentStatus, Due, Marks, Outcome, Status, Verdict, verdict, verdict_into};

use thiserror::Error;

use crate::calendar::{Stamp, Supplement, WorkingCalendar};
use crate::compile::program::{Code, Program};
use crate::value::{Date, Value};

/// Every date the law needs. The core has no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day the law is read.
    pub as_of: Date,
    /// When the file was received, local time (UTC+07:00).
    pub received: Stamp,
}

impl Moment {
    /// A case received at the start of office hours, 08:00, on the day the law is read.
    #[must_use]
    pub fn on(day: Date) -> Moment {
        Moment { as_of: day, received: Stamp::new(day, 8 * 60) }
    }
}

/// Why there is no decision.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Undecided {
    /// The rules cost more steps than the operator allows.
    #[error("the rules need more than {limit} steps for this case, or call themselves too often")]
    LimitExceeded {
        /// The limit.
        limit: u64,
    },
    /// The procedure has no law on that day.
    #[error("procedure {code} has no rules on {day}: they begin on {from}")]
    NotInForce {
        /// The procedure.
        code: String,
        /// The day asked for.
        day: Date,
        /// The first day with rules.
        from: Date,
    },
}

/// How much work one case may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps on values: calls, loops, list elements.
    pub steps: u64,
    /// How many operations may stand in each other, calls of function values included.
    pub depth: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { steps: 10_000_000, depth: 600 }
    }
}

/// Memory that is used again from case to case, so that a verdict allocates nothing.
#[derive(Debug, Default)]
pub struct Workspace {
    kept: Vec<Kept>,
    stamp: u32,
    locals: Vec<Value>,
    /// Emptied lists of arguments, to be filled again.
    lists: Vec<Vec<Value>>,
    supplements: Vec<Supplement>,
    fired: Vec<u32>,
    truths: beforehand::Truths,
}

#[derive(Debug, Default)]
struct Kept {
    stamp: u32,
    known: Option<Known>,
}

/// Evaluates the nodes of one program for one case.
pub struct Evaluator<'a> {
    program: &'a Program,
    code: &'a Code,
    slots: &'a Slots,
    moment: &'a Moment,
    /// From when a deadline is counted, where it is not receipt: a step of a linked service starts as another ends.
    counted_from: Option<Stamp>,
    calendar: &'a WorkingCalendar,
    work: &'a mut Workspace,
    steps: u64,
    limits: Limits,
    depth: u16,
    exceeded: bool,
    /// A completion of missing facts is being tried: nothing is tried within it.
    trying: bool,
    /// A completion has been tried.
    tried: bool,
}

impl<'a> Evaluator<'a> {
    /// An evaluator for one case.
    #[inline]
    pub fn new(
        program: &'a Program,
        slots: &'a Slots,
        moment: &'a Moment,
        calendar: &'a WorkingCalendar,
        work: &'a mut Workspace,
    ) -> Evaluator<'a> {
        Evaluator::with_code(program, &program.code_of, slots, moment, calendar, work)
    }

    /// An evaluator of nodes that stand beside those of the program, and share its facts and definitions.
    #[inline]
    fn with_code(
        program: &'a Program,
        code: &'a Code,
        slots: &'a Slots,
        moment: &'a Moment,
        calendar: &'a WorkingCalendar,
        work: &'a mut Workspace,
    ) -> Evaluator<'a> {
        work.stamp = work.stamp.wrapping_add(1);
        if work.stamp == 0 {
            work.kept.clear();
            work.stamp = 1;
        }
        if work.kept.len() < program.definitions.len() {
            work.kept.resize_with(program.definitions.len(), Kept::default);
        }
        if work.locals.len() < usize::from(code.locals) {
            work.locals.resize(usize::from(code.locals), Value::Null);
        }
        work.fired.clear();
        work.fired.resize(code.tables.len(), 0);
        work.truths.forget(code.nodes.len());
        let limits = Limits::default();
        Evaluator { program, code, slots, moment, counted_from: None, calendar, work, steps: 0, limits, depth: 0, exceeded: false, trying: false, tried: false }
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &'a Program {
        self.program
    }

    /// The row of a table that decided, if one did: its index.
    #[must_use]
    pub fn fired_row(&self, table: u32) -> Option<usize> {
        self.work.fired.get(table as usize).and_then(|row| row.checked_sub(1)).map(|row| row as usize)
    }

    /// An error if a limit was passed.
    ///
    /// # Errors
    /// [`Undecided::LimitExceeded`] if the case cost more than the limits allow; what was evaluated since is void.
    pub fn within_limits(&self) -> Result<(), Undecided> {
        if self.exceeded { Err(Undecided::LimitExceeded { limit: self.limits.steps }) } else { Ok(()) }
    }

    /// Whether the limits allow what was evaluated besides `steps` that were taken before.
    fn allows(&self, steps: u64) -> bool {
        !self.exceeded && self.steps + steps <= self.limits.steps
    }

    /// Counts a step; false once too many were taken.
    fn step(&mut self, cost: u64) -> bool {
        self.steps += cost;
        if self.steps > self.limits.steps {
            self.exceeded = true;
        }
        !self.exceeded
    }
}
