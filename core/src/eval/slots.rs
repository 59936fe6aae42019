//! The facts of one case in the layout of a program.

use crate::compile::program::{Layout, Program, Slot};
use crate::value::{Decimal, Fact, Value};

/// How a slot is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum State {
    /// Not told.
    #[default]
    Missing,
    /// Told to be nothing.
    Null,
    /// An integer in the slot.
    Narrow,
    /// A value beside the slots.
    Wide,
}

/// The facts of one case: an integer a slot, and values beside them for what is no integer.
///
/// Made once and used again: [`Slots::clear`] keeps the memory.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    cells: Vec<Cell>,
    wide: Vec<Value>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    narrow: i64,
    state: State,
}

/// The states and integers of slots: for loops, so that they need not look where they are held again and again.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a>(&'a [Cell]);

impl Cells<'_> {
    /// How a slot is filled, and its integer where it is narrow.
    #[inline]
    pub fn of(self, slot: Slot) -> (State, i64) {
        self.0.get(usize::from(slot.0)).map_or((State::Missing, 0), |cell| (cell.state, cell.narrow))
    }
}

impl Slots {
    /// Slots for a program, every fact missing but those with a default.
    #[must_use]
    pub fn new(program: &Program) -> Slots {
        let mut slots = Slots::default();
        slots.clear(program);
        slots
    }

    /// Forgets every fact but the defaults, and fits the slots to `program`.
    pub fn clear(&mut self, program: &Program) {
        let len = program.facts.len();
        self.cells.clear();
        self.cells.resize(len, Cell::default());
        self.wide.resize(len, Value::Null);
        for (fact, slot) in program.facts.iter().zip(0u16..) {
            if let Some(default) = &fact.default {
                self.set(Slot(slot), &fact.layout, Fact::Known(default.clone()));
            }
        }
    }

    /// Fills the slots in their order with states and integers; leaves those that there is none for. Whether all were filled.
    #[inline]
    pub fn fill(&mut self, told: impl Iterator<Item = Option<(State, i64)>>) -> bool {
        let mut all = true;
        for (cell, told) in self.cells.iter_mut().zip(told) {
            match told {
                Some((state, narrow)) => *cell = Cell { narrow, state },
                None => all = false,
            }
        }
        all
    }

    /// Fills a slot with a value that has been checked against the fact's declaration.
    pub fn set(&mut self, slot: Slot, layout: &Layout, fact: Fact<Value>) {
        match fact {
            Fact::Missing => self.set_state(slot, State::Missing),
            Fact::Null => self.set_state(slot, State::Null),
            Fact::Known(value) => match narrow(layout, &value) {
                Some(integer) => self.set_narrow(slot, integer),
                None => {
                    self.set_state(slot, State::Wide);
                    if let Some(place) = self.wide.get_mut(usize::from(slot.0)) {
                        *place = value;
                    }
                }
            },
        }
    }

    /// Fills a slot with the integer that stands for a value in the fact's layout.
    #[inline]
    pub fn set_narrow(&mut self, slot: Slot, integer: i64) {
        if let Some(cell) = self.cells.get_mut(usize::from(slot.0)) {
            *cell = Cell { narrow: integer, state: State::Narrow };
        }
    }

    /// Says that a fact is null or missing.
    pub fn set_state(&mut self, slot: Slot, to: State) {
        if let Some(cell) = self.cells.get_mut(usize::from(slot.0)) {
            cell.state = to;
        }
    }

    /// How a slot is filled.
    #[inline]
    #[must_use]
    pub fn state(&self, slot: Slot) -> State {
        self.cell(slot).0
    }

    /// The integer of a narrow slot.
    #[inline]
    #[must_use]
    pub fn narrow(&self, slot: Slot) -> i64 {
        self.cell(slot).1
    }

    /// How a slot is filled, and its integer where it is narrow.
    #[inline]
    #[must_use]
    pub fn cell(&self, slot: Slot) -> (State, i64) {
        self.cells().of(slot)
    }

    /// The states and integers of all slots.
    #[inline]
    pub(super) fn cells(&self) -> Cells<'_> {
        Cells(&self.cells)
    }

    /// The value beside the slots.
    #[must_use]
    pub fn wide(&self, slot: Slot) -> &Value {
        self.wide.get(usize::from(slot.0)).unwrap_or(&Value::Null)
    }

    /// The fact as a value.
    #[must_use]
    pub fn fact(&self, program: &Program, slot: Slot) -> Fact<Value> {
        match self.state(slot) {
            State::Missing => Fact::Missing,
            State::Null => Fact::Null,
            State::Wide => Fact::Known(self.wide(slot).clone()),
            State::Narrow => program.fact(slot).map_or(Fact::Missing, |fact| Fact::Known(widen(&fact.layout, self.narrow(slot)))),
        }
    }
}

/// The integer that stands for a value in a layout; `None` where the value is kept beside the slots.
#[must_use]
pub fn narrow(layout: &Layout, value: &Value) -> Option<i64> {
    match (layout, value) {
        (Layout::Boolean, Value::Boolean(truth)) => Some(i64::from(*truth)),
        (Layout::Number { scale, .. }, Value::Number(number)) => number.scaled(*scale),
        (Layout::Date { .. }, Value::Date(date)) => Some(i64::from(date.0)),
        (Layout::Enumeration { values }, Value::Text(code)) => position(values, code),
        (Layout::Set { values }, Value::List(items)) => items.iter().try_fold(0i64, |mask, item| match item {
            Value::Text(code) => position(values, code).map(|bit| mask | (1i64 << bit)),
            _ => None,
        }),
        _ => None,
    }
}

fn position(values: &[crate::compile::program::Coded], code: &str) -> Option<i64> {
    values.iter().position(|value| &*value.code == code).map(|index| index as i64)
}

/// The value that an integer stands for in a layout.
#[must_use]
pub fn widen(layout: &Layout, integer: i64) -> Value {
    match layout {
        Layout::Boolean => Value::Boolean(integer != 0),
        Layout::Number { scale, .. } => Value::Number(Decimal::from_scaled(integer, *scale)),
        Layout::Date { .. } => Value::Date(crate::value::Date(integer as i32)),
        Layout::Enumeration { values } => {
            values.get(integer as usize).map_or(Value::Null, |value| Value::Text(value.code.clone()))
        }
        Layout::Set { values } => {
            let members = values.iter().enumerate().filter(|(bit, _)| integer >> bit & 1 == 1);
            Value::List(members.map(|(_, value)| Value::Text(value.code.clone())).collect())
        }
        _ => Value::Null,
    }
}
