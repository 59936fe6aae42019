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
        let scaled = self.scale(slot).and_then(|scale| integer.checked_mul(10i64.checked_pow(u32::from(scale))?));
        if !scaled.is_some_and(|scaled| self.tell_scaled(slot, scaled)) {
            self.tell_slot(slot, &Input::Number(integer.to_string().into()));
        }
    }

    /// How many decimal places the slot of a number has; `None` if the fact is no number.
    #[must_use]
    pub fn scale(&self, slot: Slot) -> Option<u8> {
        match self.program.fact(slot)?.layout {
            Layout::Number { scale, .. } => Some(scale),
            _ => None,
        }
    }

    /// Tells a number as the integer at the slot's own scale. If it does not fit or was told before it is not told, and the
    /// answer is false.
    #[must_use]
    pub fn tell_scaled(&mut self, slot: Slot, scaled: i64) -> bool {
        let fits = self.program.fact(slot).is_some_and(|fact| match &fact.layout {
            Layout::Number { scale, decimals, min, max, .. } => {
                let above = min.is_none_or(|min| min.scaled(*scale).is_some_and(|min| min <= scaled));
                let below = max.is_none_or(|max| max.scaled(*scale).is_some_and(|max| scaled <= max));
                let finer = u32::from(scale.saturating_sub(decimals.unwrap_or(*scale)));
                above && below && (finer == 0 || 10i64.checked_pow(finer).is_some_and(|step| scaled % step == 0))
            }
            _ => false,
        });
        if !fits || self.was_told(slot) {
            return false;
        }
        self.again(slot);
        self.slots.set_narrow(slot, scaled);
        true
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

    /// Whether a fact is a set of codes.
    #[must_use]
    pub fn is_set(&self, slot: Slot) -> bool {
        matches!(self.program.fact(slot).map(|fact| &fact.layout), Some(Layout::Set { .. }))
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
