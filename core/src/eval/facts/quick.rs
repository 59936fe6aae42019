//! Facts that a host holds as machine integers, days or codes: into the slots without a text between.
//!
//! What does not fit is told again as text, so that every host says the same about the same mistake.

use super::{FactTeller, Input, position};
use crate::compile::program::{Layout, Slot};
use crate::value::{Date, Fact};

impl FactTeller<'_> {
    /// Makes a fact missing again, or gives it its default.
    pub fn forget(&mut self, slot: Slot) {
        let Some(fact) = self.program.fact(slot) else { return };
        let value = fact.default.clone().map_or(Fact::Missing, Fact::Known);
        self.slots.set(slot, &fact.layout, value);
    }

    /// Tells a fact that the host holds as an integer; as [`FactTeller::tell_slot`] with the number's text.
    pub fn tell_integer(&mut self, slot: Slot, integer: i64) {
        let quick = self.program.fact(slot).and_then(|fact| match &fact.layout {
            Layout::Number { scale, min, max, .. } => {
                let scaled = integer.checked_mul(10i64.checked_pow(u32::from(*scale))?)?;
                let above = min.is_none_or(|min| min.scaled(*scale).is_some_and(|min| min <= scaled));
                let below = max.is_none_or(|max| max.scaled(*scale).is_some_and(|max| scaled <= max));
                (above && below).then_some(scaled)
            }
            _ => None,
        });
        match quick {
            Some(scaled) if !self.again(slot) => self.slots.set_narrow(slot, scaled),
            Some(_) => self.twice(slot, &Input::Number(integer.to_string().into())),
            None => self.tell_slot(slot, &Input::Number(integer.to_string().into())),
        }
    }

    /// Tells a fact that the host holds as a day; as [`FactTeller::tell_slot`] with its ISO text.
    pub fn tell_date(&mut self, slot: Slot, day: Date) {
        let quick = self.program.fact(slot).is_some_and(|fact| match &fact.layout {
            Layout::Date { min, max } => *min <= day && day <= *max,
            _ => false,
        });
        match quick {
            true if !self.again(slot) => self.slots.set_narrow(slot, i64::from(day.0)),
            true => self.twice(slot, &Input::Text(day.to_string().into())),
            false => self.tell_slot(slot, &Input::Text(day.to_string().into())),
        }
    }

    /// The bit of a code, if the fact is a set and declares it.
    #[must_use]
    pub fn bit(&self, slot: Slot, code: &str) -> Option<u64> {
        match &self.program.fact(slot)?.layout {
            Layout::Set { values } => position(values, code).map(|at| 1 << at),
            _ => None,
        }
    }

    /// Tells a set by the bits of its codes, each got from [`FactTeller::bit`].
    pub fn tell_bits(&mut self, slot: Slot, bits: u64) {
        match self.again(slot) {
            false => self.slots.set_narrow(slot, bits as i64),
            true => self.twice(slot, &Input::List(Vec::new())),
        }
    }
}
