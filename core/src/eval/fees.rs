//! The amount of a fee: base, floor, cap, units, the best reduction, rounding.

use super::Evaluator;
use super::needs::Needs;
use super::truth::Truth;
use super::value::Known;
use crate::compile::program::{BaseCode, FeeCode, NodeId, ReductionCode, ReductionKindCode};
use crate::model::RoundingRule;
use crate::value::{Decimal, Value};

/// How an amount came about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeeTrace {
    /// The amount of one unit after floor and cap.
    pub unit: Option<Decimal>,
    /// How many units.
    pub times: Option<Decimal>,
    /// The amount before reductions.
    pub before: Option<Decimal>,
    /// The reduction that applied.
    pub reduction: Option<ReductionTrace>,
}

/// A reduction that applied.
#[derive(Clone, Debug, PartialEq)]
pub struct ReductionTrace {
    /// Index among the fee's reductions.
    pub info: u16,
    /// What it took off.
    pub off: Decimal,
}

/// An amount, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Đồng.
    Known(i64),
    /// Not due.
    NotDue,
    /// A missing fact can change it.
    Missing,
    /// It rests on law that is not known.
    Unknown,
}

/// Unwraps a number or returns what keeps it open; null and other values leave the amount unknown.
macro_rules! number {
    ($known:expr) => {
        match $known {
            Known::Known(Value::Number(number)) => number,
            Known::Missing => return Err(Amount::Missing),
            _ => return Err(Amount::Unknown),
        }
    };
}

impl Evaluator<'_> {
    /// The amount of a fee in đồng.
    pub fn fee(&mut self, fee: &FeeCode, rounding: RoundingRule, trace: Option<&mut FeeTrace>) -> Amount {
        match fee.when.map_or(Truth::True, |when| self.truth(when)) {
            Truth::True => {}
            Truth::False | Truth::Null => return Amount::NotDue,
            Truth::Missing => return Amount::Missing,
            Truth::Unknown => return Amount::Unknown,
        }
        let mut unused = FeeTrace::default();
        match self.due(fee, rounding, trace.unwrap_or(&mut unused)) {
            Ok(amount) => Amount::Known(amount),
            Err(open) => open,
        }
    }

    fn due(&mut self, fee: &FeeCode, rounding: RoundingRule, trace: &mut FeeTrace) -> Result<i64, Amount> {
        let before = self.before_reductions(fee, trace);
        let free_anyway = self.reductions_that_leave_nothing(fee);
        let before = match (before, free_anyway) {
            (Ok(before), _) => before,
            // Free whatever the amount would be: the facts behind the amount no longer matter.
            (Err(_), Some(info)) => {
                trace.reduction = Some(ReductionTrace { info, off: Decimal::from_i64(0) });
                return Ok(0);
            }
            (Err(open), None) => return Err(open),
        };
        trace.before = Some(before);
        let best = self.best_certain(fee, before);
        let left = best.map_or(before, |(_, least)| least);
        let open = fee.reductions.iter().filter_map(|reduction| self.may_leave_less(reduction, before, left));
        if let Some(open) = open.reduce(worse) {
            return Err(open);
        }
        trace.reduction = best.and_then(|(info, least)| before.checked_sub(least).map(|off| ReductionTrace { info, off }));
        rounded(left, rounding).ok_or(Amount::Unknown)
    }

    /// Of the reductions that certainly apply the one that leaves the least, if that is less than the whole.
    fn best_certain(&mut self, fee: &FeeCode, before: Decimal) -> Option<(u16, Decimal)> {
        let mut best: Option<(u16, Decimal)> = None;
        for reduction in &fee.reductions {
            if self.holds(reduction.when) != Truth::True {
                continue;
            }
            if let Ok(left) = self.reduced(reduction, before)
                && left < best.map_or(before, |(_, least)| least)
            {
                best = Some((reduction.info, left));
            }
        }
        best
    }

    /// What keeps a reduction open, if it may still leave less than `least`; one that cannot is worth no question.
    fn may_leave_less(&mut self, reduction: &ReductionCode, before: Decimal, least: Decimal) -> Option<Amount> {
        if least <= Decimal::ZERO {
            return None;
        }
        match (self.holds(reduction.when), self.reduced(reduction, before)) {
            (Truth::False | Truth::Null, _) | (Truth::True, Ok(_)) => None,
            (_, Ok(left)) if left >= least => None,
            (Truth::Missing, _) => Some(Amount::Missing),
            (_, Err(open)) => Some(open),
            (Truth::Unknown, Ok(_)) => Some(Amount::Unknown),
        }
    }

    /// A reduction that certainly applies and leaves nothing, whatever the amount.
    fn reductions_that_leave_nothing(&mut self, fee: &FeeCode) -> Option<u16> {
        let nothing = Known::Known(Value::Number(Decimal::from_i64(0)));
        let all = Known::Known(Value::Number(Decimal::from_i64(100)));
        let free = |evaluator: &mut Self, reduction: &ReductionCode| {
            reduction.max_off.is_none()
                && reduction.when.is_none_or(|when| evaluator.truth(when) == Truth::True)
                && match reduction.kind {
                    ReductionKindCode::To(node) => evaluator.value(node) == nothing,
                    ReductionKindCode::Percent(node) => evaluator.value(node) == all,
                    ReductionKindCode::Off(_) => false,
                }
        };
        fee.reductions.iter().find(|reduction| free(self, reduction)).map(|reduction| reduction.info)
    }

    fn before_reductions(&mut self, fee: &FeeCode, trace: &mut FeeTrace) -> Result<Decimal, Amount> {
        let mut unit = match &fee.base {
            BaseCode::Amount(node) => number!(self.value(*node)),
            BaseCode::Tiers(of, steps) => self.tiers(*of, steps)?,
        };
        if let Some(floor) = fee.floor {
            unit = unit.max(number!(self.value(floor)));
        }
        if let Some(cap) = fee.cap {
            unit = unit.min(number!(self.value(cap)));
        }
        trace.unit = Some(unit);
        let Some(times) = fee.times else { return Ok(unit) };
        let times = number!(self.value(times));
        trace.times = Some(times);
        unit.checked_mul(times).ok_or(Amount::Unknown)
    }

    /// A quantity through steps, each with its own rate.
    fn tiers(&mut self, of: NodeId, steps: &[(Option<NodeId>, NodeId)]) -> Result<Decimal, Amount> {
        let quantity = number!(self.value(of));
        let mut total = Decimal::from_i64(0);
        let mut counted = Decimal::from_i64(0);
        for (up_to, rate) in steps {
            let end = match up_to {
                Some(node) => quantity.min(number!(self.value(*node))),
                None => quantity,
            };
            if end <= counted {
                continue;
            }
            let rate = number!(self.value(*rate));
            let part = end.checked_sub(counted).and_then(|units| units.checked_mul(rate));
            total = part.and_then(|part| total.checked_add(part)).ok_or(Amount::Unknown)?;
            counted = end;
        }
        Ok(total)
    }

    /// What a reduction leaves of an amount; never less than nothing.
    fn reduced(&mut self, reduction: &ReductionCode, before: Decimal) -> Result<Decimal, Amount> {
        let off = match reduction.kind {
            ReductionKindCode::To(node) => before.checked_sub(number!(self.value(node))),
            ReductionKindCode::Off(node) => Some(number!(self.value(node))),
            ReductionKindCode::Percent(node) => {
                let percent = number!(self.value(node));
                before.checked_mul(percent).and_then(|part| part.checked_div(Decimal::from_i64(100)))
            }
        };
        let mut off = off.ok_or(Amount::Unknown)?;
        if let Some(max) = reduction.max_off {
            off = off.min(number!(self.value(max)));
        }
        before.checked_sub(off).map(|left| left.max(Decimal::from_i64(0))).ok_or(Amount::Unknown)
    }

    /// Adds what an open fee needs.
    pub fn need_fee(&mut self, fee: &FeeCode, needs: &mut Needs) {
        let due = fee.when.map_or(Truth::True, |when| self.truth(when));
        let now = due == Truth::True;
        if let (false, Some(when)) = (now, fee.when) {
            self.need(when, true, needs);
        }
        if due == Truth::Unknown {
            return;
        }
        self.need_base(&fee.base, now, needs);
        for node in [fee.floor, fee.cap, fee.times].into_iter().flatten() {
            self.need_if_open(node, now, needs);
        }
        let before = self.before_reductions(fee, &mut FeeTrace::default()).ok();
        let least = before.map(|before| (before, self.best_certain(fee, before).map_or(before, |(_, least)| least)));
        for reduction in &fee.reductions {
            let applies = self.holds(reduction.when);
            let settled = least.is_some_and(|(before, least)| self.may_leave_less(reduction, before, least).is_none());
            if settled || matches!(applies, Truth::False | Truth::Null) {
                continue;
            }
            if let (true, Some(when)) = (!applies.is_settled(), reduction.when) {
                self.need(when, now, needs);
            }
            let (ReductionKindCode::To(node) | ReductionKindCode::Percent(node) | ReductionKindCode::Off(node)) = reduction.kind;
            for node in [Some(node), reduction.max_off].into_iter().flatten() {
                self.need_if_open(node, now && applies == Truth::True, needs);
            }
        }
    }
}

/// Of two reasons for an open amount, missing facts before unknown law.
fn worse(a: Amount, b: Amount) -> Amount {
    if a == Amount::Missing || b == Amount::Missing { Amount::Missing } else { a }
}

/// An amount rounded to a multiple of đồng.
fn rounded(amount: Decimal, rule: RoundingRule) -> Option<i64> {
    if rule.to == 1 {
        if let Some(whole) = amount.to_i64() {
            return Some(whole);
        }
        return amount.round(0, rule.mode)?.to_i64();
    }
    let to = Decimal::from_i64(i64::from(rule.to.max(1)));
    amount.checked_div(to)?.round(0, rule.mode)?.checked_mul(to)?.to_i64()
}

impl Evaluator<'_> {
    /// Adds why a settled fee is what it is.
    pub(super) fn because_fee(&mut self, fee: &FeeCode, trace: &FeeTrace, reasons: &mut super::Reasons) {
        if let Some(when) = fee.when {
            self.because(when, None, reasons);
        }
        if let Some(applied) = &trace.reduction {
            let reduction = fee.reductions.iter().find(|reduction| reduction.info == applied.info);
            if let Some(when) = reduction.and_then(|reduction| reduction.when) {
                self.because(when, None, reasons);
            }
        }
        if trace.before.is_none() {
            return;
        }
        match &fee.base {
            BaseCode::Amount(node) => self.because(*node, None, reasons),
            BaseCode::Tiers(of, _) => self.because(*of, None, reasons),
        }
        if let Some(times) = fee.times {
            self.because(times, None, reasons);
        }
    }
}
