//! A checked pack to programs: one per procedure and jurisdiction, one epoch per interval between change dates.
//!
//! Compiling cannot fail: `check` has excluded everything that could.

mod bundle;
mod elements;
mod intern;
mod lower;
mod lower_table;
pub mod program;
pub mod table;
mod walk;

pub use bundle::{BadBundle, read_bundle, write_bundle};
pub use program::{CompiledPack, Program};

use crate::calendar::{PublishedYear, Reason, WorkingCalendar};
use crate::check::typed::TypedPack;
use crate::model::CalendarYear;

/// Compiles a checked pack.
#[must_use]
pub fn compile(pack: &TypedPack) -> CompiledPack {
    let years: Vec<PublishedYear> = pack.calendar.iter().map(published).collect();
    let calendar = WorkingCalendar::new(&years);
    let programs = pack.procedures.iter().map(|procedure| elements::program(procedure, &calendar)).collect();
    let mut compiled = CompiledPack {
        id: pack.header.id.value.clone(),
        version: pack.header.version.clone(),
        hash: "".into(),
        instruments: pack.instruments.clone(),
        years,
        calendar,
        programs,
    };
    compiled.hash = bundle::hash(&compiled);
    compiled
}

fn published(year: &CalendarYear) -> PublishedYear {
    let day = |(date, why): &(crate::value::Date, crate::model::Text)| (*date, Reason { vi: why.vi.clone(), en: why.en.clone() });
    PublishedYear {
        year: year.year,
        covers: year.covers,
        days_off: year.days_off.iter().map(day).collect(),
        working_days: year.working_days.iter().map(day).collect(),
    }
}
