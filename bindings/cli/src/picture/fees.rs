//! Fees and how they came about.

use thutuc::explain;
use thutuc::value::{Decimal, Value};
use thutuc::wire::{Calculation, FeeItem};

use super::{Depth, Scene};
use crate::page::{Page, Tone};

impl Scene<'_> {
    pub(super) fn fees(&self, page: &mut Page) {
        let fees = &self.decision.fees;
        let (tone, total) = match fees.total {
            Some(_) if fees.items.is_empty() => (Tone::Good, self.words.no_fee.to_owned()),
            Some(total) => (Tone::Good, explain::amount(total, self.language)),
            None => (Tone::Open, self.words.open.to_owned()),
        };
        page.heading(self.words.fees, tone, &total);
        fees.items.iter().for_each(|item| self.fee(page, item));
    }

    fn fee(&self, page: &mut Page, item: &FeeItem<'_>) {
        let amount = match item.amount {
            Some(amount) => page.ink.paint(Tone::Strong, &explain::amount(amount, self.language)),
            None => page.ink.paint(Tone::Open, self.words.open),
        };
        page.item("  ", &format!("{}: {amount}", item.name));
        if item.amount.is_none() {
            self.open_fee(page, item);
        }
        // A plain amount needs no reckoning.
        if let Some(calculation) = item.calculation.as_ref().filter(|one| one.times.is_some() || item.reduction.is_some()) {
            page.text(4, Tone::Plain, &self.calculated(calculation));
        }
        if let Some(cut) = &item.reduction {
            page.item("    ", &format!("− {}  {}", self.money(cut.off), cut.name));
        }
        let because = self.because(&item.because);
        let row = item.row.as_ref().filter(|_| self.depth == Depth::Full).map(|row| format!("{} {row}", self.words.row));
        if !because.is_empty() {
            let row = row.map_or(String::new(), |row| format!(" ({row})"));
            page.text(4, Tone::Plain, &format!("{} {because}{row}", self.words.because));
        }
        self.cited(page, 4, &item.citations);
    }

    fn open_fee(&self, page: &mut Page, item: &FeeItem<'_>) {
        let part = format!("fees.{}", item.id);
        if let Some(needed) = self.needed_for(&part) {
            page.text(4, Tone::Open, &needed);
        }
        for gap in self.decision.gaps.iter().filter(|gap| gap.needed_by.contains(&part)) {
            page.text(4, Tone::Open, &gap.message);
        }
    }

    /// `2.000 đ × 3 = 6.000 đ`.
    fn calculated(&self, one: &Calculation) -> String {
        match one.times {
            Some(times) => format!("{} × {} = {}", self.money(one.unit), self.number(times), self.money(one.before)),
            None => self.money(one.before),
        }
    }

    fn money(&self, amount: Decimal) -> String {
        format!("{} {}", self.number(amount), self.language.choose("đ", "VND"))
    }

    fn number(&self, number: Decimal) -> String {
        explain::value(self.program, None, &Value::Number(number), self.language)
    }
}
