//! The facts of a record batch, held for the core to borrow.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef};
use arrow_buffer::{NullBuffer, ScalarBuffer};
use thutuc::calendar::Stamp;
use thutuc::columns::{BadColumn, Batch, Bits, Column, Days, Received};
use thutuc::compile::program::{FactSlot, Program, Slot};
use thutuc::eval::{FactProblem, Moment, ProblemCode, Wanted};
use thutuc::value::{Date, Fact, Value};

use crate::binding::Nulls;
use crate::cells::{Cells, Reading, cells, flags};
use crate::moments::NO_DAY;
use crate::problems::Problems;
use crate::written::{Form, written};

/// The facts of a record batch.
#[derive(Clone, Debug)]
pub struct Told {
    rows: usize,
    as_of: HeldDays,
    received: HeldReceived,
    columns: Vec<(Slot, Held)>,
    problems: Problems,
}

#[derive(Clone, Debug)]
enum HeldDays {
    Constant(Date),
    Column(ScalarBuffer<i32>),
}

#[derive(Clone, Debug)]
enum HeldReceived {
    AsOf,
    Constant(Stamp),
    Column(ScalarBuffer<i32>, Option<Vec<u32>>),
}

#[derive(Clone, Debug)]
struct Held {
    cells: Cells,
    nulls: Option<NullBuffer>,
    /// What null cells say.
    says: Nulls,
    beside: Vec<(usize, Fact<Value>)>,
}

impl Told {
    pub(crate) fn new(rows: usize) -> Told {
        Told { rows, as_of: HeldDays::Constant(Date(NO_DAY)), received: HeldReceived::AsOf, columns: Vec::new(), problems: Problems::default() }
    }

    pub(crate) fn on(&mut self, day: Date) {
        self.as_of = HeldDays::Constant(day);
    }

    pub(crate) fn on_days(&mut self, days: ScalarBuffer<i32>) {
        // All are looked at, several at a time: mostly there is none.
        if days.iter().fold(false, |any, day| any | (*day == NO_DAY)) {
            let wanted = Wanted::Type("YYYY-MM-DD");
            let none = Arc::new(FactProblem { fact: "as_of".to_owned(), code: ProblemCode::BadDate, given: "null".to_owned(), wanted });
            days.iter().enumerate().filter(|(_, day)| **day == NO_DAY).for_each(|(row, _)| self.problems.push(row, &none));
        }
        self.as_of = HeldDays::Column(days);
    }

    pub(crate) fn received_at(&mut self, stamp: Stamp) {
        self.received = HeldReceived::Constant(stamp);
    }

    /// Cases received on days; where there is none, as the law is read.
    pub(crate) fn received_on(&mut self, (mut days, mut seconds): (ScalarBuffer<i32>, Option<Vec<u32>>)) {
        if days.contains(&NO_DAY) {
            let as_of = |row: usize| match &self.as_of {
                HeldDays::Constant(day) => *day,
                HeldDays::Column(days) => Date(days.get(row).copied().unwrap_or(NO_DAY)),
            };
            let opening = |row| Moment::on(as_of(row)).received;
            if let Some(seconds) = &mut seconds {
                for (row, (second, day)) in seconds.iter_mut().zip(&days).enumerate() {
                    *second = if *day == NO_DAY { opening(row).second } else { *second };
                }
            }
            days = days.iter().enumerate().map(|(row, day)| if *day == NO_DAY { as_of(row).0 } else { *day }).collect();
        }
        self.received = HeldReceived::Column(days, seconds);
    }

    pub(crate) fn column(&mut self, slot: Slot, fact: &FactSlot, (array, nulls): (&ArrayRef, Option<NullBuffer>), form: Form, says: Nulls) {
        let mut reading = Reading { fact, array, nulls: nulls.as_ref(), problems: Vec::new(), beside: Vec::new() };
        // Text has a word of its own for null: what is not written is not told.
        let (cells, says) = if form == Form::Typed { (cells(&mut reading), says) } else { (written(&mut reading, form), Nulls::Missing) };
        let Reading { problems, beside, .. } = reading;
        problems.iter().for_each(|(row, problem)| self.problems.push(*row, problem));
        self.hold(slot, fact, Held { cells, nulls, says, beside });
    }

    /// A set told as a boolean for each code; where one of them is null the set is not known.
    pub(crate) fn flags(&mut self, slot: Slot, fact: &FactSlot, all: &[(ArrayRef, Option<NullBuffer>)], says: Nulls) {
        let nulls = NullBuffer::union_many(all.iter().map(|(_, nulls)| nulls.as_ref()));
        let untold = all.iter().any(|(array, _)| array.data_type().is_null());
        let cells = if untold { Cells::Nothing } else { flags(all, self.rows) };
        self.hold(slot, fact, Held { cells, nulls, says, beside: Vec::new() });
    }

    fn hold(&mut self, slot: Slot, fact: &FactSlot, mut held: Held) {
        if !fact.optional {
            held.says = Nulls::Missing;
        }
        if matches!((&held.cells, held.says), (Cells::Nothing, Nulls::Null)) {
            held.cells = Cells::Values(vec![Fact::Null; self.rows]);
        }
        debug_assert!(held.beside.is_sorted_by_key(|(row, _)| *row), "cells are read in order");
        // A column of nothing says as much as no column.
        if !matches!(held.cells, Cells::Nothing) {
            self.columns.push((slot, held));
        }
    }

    pub(crate) fn finish(mut self) -> Told {
        self.problems = self.problems.in_order();
        self
    }

    /// How many cases there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What does not fit. Those facts count as missing.
    #[must_use]
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// What does not fit, without the facts.
    pub(crate) fn into_problems(self) -> Problems {
        self.problems
    }

    /// The cases as the core takes them.
    ///
    /// # Errors
    /// [`BadColumn`] if the program is another than the one the table was bound to.
    pub fn batch(&self, program: &Program) -> Result<Batch<'_>, BadColumn> {
        let as_of = match &self.as_of {
            HeldDays::Constant(day) => Days::Constant(*day),
            HeldDays::Column(days) => Days::Column(days),
        };
        let mut batch = Batch::new(program, self.rows, as_of)?;
        batch.receive(match &self.received {
            HeldReceived::AsOf => Received::AsOf,
            HeldReceived::Constant(stamp) => Received::Constant(*stamp),
            HeldReceived::Column(days, seconds) => Received::Column { days, seconds: seconds.as_deref() },
        })?;
        for (slot, held) in &self.columns {
            let nulls = held.nulls.as_ref().map(|nulls| Bits::new(nulls.validity(), nulls.offset()).inverted());
            let (missing, null) = match held.says {
                Nulls::Missing => (nulls, None),
                Nulls::Null => (None, nulls),
            };
            batch.tell(program, *slot, Column { cells: held.cells.borrowed(), missing, null, beside: &held.beside })?;
        }
        Ok(batch)
    }
}
