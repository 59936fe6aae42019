//! The day by which an authority must answer.
//!
//! [`settle`] decides, [`due_on`] tells only the day; [`due`] decides the same and names every day that was passed over.
//! The rules of counting are those of Bộ luật Dân sự 2015 art 147 and 148:
//! - the first day, or the day of the event, is **day zero** and does not count; hours run at once;
//! - months end on the day of the same number, or on the last day of a month that has none;
//! - calendar days and months that end on a day off end on the next working day;
//! - a day ends at 24:00.

mod settle;
mod trace;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use settle::{due_on, settle};
pub use trace::due;


use super::office::OfficeHours;
use super::published::Reason;
use super::stamp::Stamp;
use crate::bundled::Bundled;
use crate::value::{Date, DateTime};

/// What a rule says of a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Bundled)]
pub struct DeadlineRule {
    /// How long.
    pub period: Period,
    /// What an incomplete file does to the count.
    pub clock: ClockModel,
    /// What receipt late in the day does.
    pub cutoff: Option<Cutoff>,
    /// Whether calendar days and months that end on a day off end on the next working day.
    pub roll: bool,
    /// When the office is open: for office hours, and for hours that start on another day than that of receipt.
    pub office: OfficeHours,
}

/// A length in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Bundled)]
pub struct Period {
    /// How many; 0 with [`Unit::SameDay`].
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// What a period is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Bundled)]
pub enum Unit {
    /// Working days.
    WorkingDays,
    /// Calendar days.
    Days,
    /// Calendar months.
    Months,
    /// Hours of the clock, at night and on days off too.
    Hours,
    /// Hours in which the office is open.
    OfficeHours,
    /// The day of receipt; a working day is given for each unit of extension.
    SameDay,
}

/// What an incomplete file does to the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Bundled)]
pub enum ClockModel {
    /// Counts from zero again once complete (61/2018/NĐ-CP art 19(4)).
    Restart,
    /// Starts only when complete (118/2025/NĐ-CP art 17(3) as amended by 309/2026/NĐ-CP). The same days as [`Self::Restart`].
    #[default]
    StartWhenComplete,
    /// The days from the one after the request through the day of completion are not counted (301/2026/NĐ-CP).
    /// Same-day work has no days to pause: it is due on the day of completion.
    Pause,
    /// Not known: with a supplement the deadline is unknown.
    Unknown,
}

/// From what time of day receipt counts as late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Bundled)]
pub struct Cutoff {
    /// Minutes since midnight. Receipt later than this second is late; at it, it is not.
    pub minute: u32,
    /// What it does.
    pub effect: CutoffEffect,
}

/// What late receipt does.
///
/// Where it moves the count ([`Self::DayZeroNextWorkingDay`], [`Self::DayOneNextWorkingDay`]), receipt on a day off moves it
/// too, and hours start as the office opens if receipt is earlier: else a file of Saturday morning would be due before
/// one of Friday evening. A later file is never due earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Bundled)]
pub enum CutoffEffect {
    /// Only moves papers inside the authority.
    ForwardOnly,
    /// Same-day work is due the next working day; changes nothing for other periods.
    DueNextWorkingDay,
    /// The next working day is day zero; hours start as the office opens on it.
    DayZeroNextWorkingDay,
    /// The next working day is day one; hours start as the office opens on it.
    DayOneNextWorkingDay,
}

/// What has happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline<'a> {
    /// When it was received.
    pub received: Stamp,
    /// Requests to complete it, in any order.
    pub supplements: &'a [Supplement],
    /// Days before which the count cannot start; `None` for what has not happened yet. Such a day is day zero.
    pub not_before: &'a [Option<Date>],
    /// Further units of the period.
    pub extension: u32,
}

/// A request to complete the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supplement {
    /// When it was made.
    pub requested_on: Date,
    /// When the file was completed; `None` while it is not.
    pub completed_on: Option<Date>,
}

/// How far a deadline is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Known.
    Determined,
    /// It rests on days whose holidays are not published; they were counted by their weekday.
    Provisional,
    /// Something must happen first.
    Waiting(Waiting),
    /// It cannot be told.
    Unknown(UnknownCause),
}

/// What a count waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// The file to be completed, as requested on this day.
    Supplement(Date),
    /// The event of [`Timeline::not_before`] at this index.
    NotBefore(usize),
}

/// Why a deadline cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownCause {
    /// A supplement was requested, and what that does to the count is not known.
    Clock,
    /// Hours start on a day of which only the date is known.
    TimeOfDay,
    /// The end lies more than a century after the start, or beyond all days.
    TooFar,
}

/// A deadline without its trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// How far it is known; unless determined or provisional, `due_on` is `None`.
    pub status: Status,
    /// The day the count runs from, itself not counted. With hours and same-day work the day on which they start.
    pub day_zero: Option<Date>,
    /// The day it is due on, to the end of that day unless `due_second` says more.
    pub due_on: Option<Date>,
    /// With hours, the second of that day.
    pub due_second: Option<u32>,
    /// The day off on which the count ended, where `due_on` is the next working day instead.
    pub rolled_from: Option<Date>,
    /// Whether the cutoff moved the start or the end.
    pub moved_by_cutoff: bool,
}

/// A deadline with its trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// How far it is known; unless determined or provisional, `due_on` is `None`.
    pub status: Status,
    /// The day the count runs from, itself not counted. With hours and same-day work the day on which they start.
    pub day_zero: Option<Date>,
    /// The first day that can count: the first working day after day zero, the day after it for calendar days and
    /// months, day zero itself with hours and same-day work.
    pub starts_on: Option<Date>,
    /// The day it is due on, to the end of that day unless `due_at` says more.
    pub due_on: Option<Date>,
    /// With hours, the moment; local time.
    pub due_at: Option<DateTime>,
    /// How many units were counted, with the extension.
    pub counted: u32,
    /// Every day from the first that could count to `due_on` that was passed over, in order. Days off inside a count of
    /// calendar days or hours count and are not here; those at the end, which `roll` passes over, are.
    pub skipped: Vec<(Date, SkipReason)>,
    /// First and last day of each pause that fell into the count, in order.
    pub pauses: Vec<(Date, Date)>,
    /// The day off on which the count ended, where `due_on` is the next working day instead.
    pub rolled_from: Option<Date>,
    /// Whether the cutoff moved the start or the end.
    pub moved_by_cutoff: bool,
}

/// Why a day was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// A Saturday or a Sunday.
    Weekend,
    /// A published day off.
    DayOff(Reason),
    /// The applicant was completing the file.
    Pause,
}

impl Supplement {
    /// Whether it takes `day` out of the count of a clock that pauses.
    fn pauses(&self, day: Date) -> bool {
        day > self.requested_on && self.completed_on.is_none_or(|completed| day <= completed)
    }
}
