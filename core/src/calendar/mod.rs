//! Days as the law of Vietnam counts them: the lunar calendar, published days off, working days, office hours, and the
//! day by which an authority must answer.
//!
//! Nothing here guesses: an answer that rests on days whose holidays are not published says so. There is no clock and no
//! floating point; every lookup that a decision needs allocates nothing.

#[cfg(test)]
#[expect(clippy::float_arithmetic, reason = "the algorithm is astronomy; what is shipped is its table of integers")]
mod astronomy;
mod deadline;
pub mod lunar;
mod lunar_table;
mod office;
mod plan;
mod published;
mod stamp;
#[cfg(test)]
mod vietnam;
mod working;

pub use deadline::{
    ClockModel, Cutoff, CutoffEffect, DeadlineRule, Due, Period, Settled, SkipReason, Status, Supplement, Timeline, Unit,
    UnknownCause, Waiting, due, due_on, settle,
};
pub use lunar::LunarDate;
pub use office::{OfficeHours, add_office_hours};
pub use plan::{Delay, Expected, Plan, PlanStep, PlannedStep, Progress, Saving, Span, Takes, Whole, office_seconds_between, plan, saving};
pub use published::{CalendarProblem, PublishedYear, Reason, problems};
pub use stamp::Stamp;
pub use working::{BeyondCalendar, DayStatus, Provisional, WorkingCalendar};
