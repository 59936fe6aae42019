//! The amount of a fee: base, floor, cap, units, the best reduction, rounding.

use super::Evaluator;
use super::exact::Answer;
use super::needs::Needs;
use super::truth::Truth;
use super::value::Known;
use crate::compile::program::{BaseCode, FeeCode, Node, NodeId, ReductionCode, ReductionKindCode};
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

impl Evaluator<'_> {
    /// The amount of a fee in đồng.
    pub fn fee(&mut self, fee: &FeeCode, rounding: RoundingRule, mut trace: Option<&mut FeeTrace>) -> Amount {
        match self.fee_by_parts(fee, rounding, trace.as_deref_mut()) {
            Amount::Missing => {
                let agreed = self.agreed(&fee.nodes(), Answer::Computed, &mut |evaluator| evaluator.fee_by_parts(fee, rounding, None));
                if let (Some(trace), Some(_)) = (trace, &agreed) {
                    // Every completion comes to this amount, each in its own way.
                    *trace = FeeTrace::default();
                }
                agreed.unwrap_or(Amount::Missing)
            }
            amount => amount,
        }
    }

    /// The amount of a fee from its parts.
    pub(super) fn fee_by_parts(&mut self, fee: &FeeCode, rounding: RoundingRule, trace: Option<&mut FeeTrace>) -> Amount {
        match self.holds(fee.when) {
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

    /// The amount in đồng where nothing but a constant or a table row makes it: then there is no number to work out.
    pub(super) fn flat_fee(&mut self, fee: &FeeCode, rounding: RoundingRule) -> Option<i64> {
        let FeeCode { when, base: BaseCode::Amount(node), floor: None, cap: None, times: None, reductions, .. } = fee else { return None };
        if rounding.to != 1 || self.holds(*when) != Truth::True {
            return None;
        }
        if reductions.iter().any(|reduction| !matches!(self.holds(reduction.when), Truth::False | Truth::Null)) {
            return None;
        }
        let amount = match self.code.node(*node) {
            Node::Table(index) => self.integer_of_row(index)?,
            Node::Constant(index) => match self.code.constants.get(index as usize)? {
                Value::Number(number) => number.to_i64()?,
                _ => return None,
            },
            _ => return None,
        };
        Some(amount.max(0))
    }

    fn due(&mut self, fee: &FeeCode, rounding: RoundingRule, trace: &mut FeeTrace) -> Result<i64, Amount> {
        let before = match self.before_reductions(fee, trace) {
            Ok(before) => before,
            Err(open) => {
                // Free whatever the amount would be: the facts and the law behind the amount no longer matter.
                if let Some(info) = fee.reductions.iter().find(|one| self.leaves_nothing(one) == Truth::True).map(|one| one.info) {
                    trace.reduction = Some(ReductionTrace { info, off: Decimal::ZERO });
                    return Ok(0);
                }
                let may_be_free = fee.reductions.iter().any(|one| self.leaves_nothing(one) == Truth::Missing);
                return Err(if may_be_free { Amount::Missing } else { open });
            }
        };
        trace.before = Some(before);
        let best = self.best_certain(fee, before);
        let left = best.map_or(before, |(_, least)| least);
        let of_law = self.least_by_unknown_law(fee, before, left);
        if fee.reductions.iter().any(|one| self.is_worth_asking(one, before, left, of_law)) {
            return Err(Amount::Missing);
        }
        if of_law.is_some() {
            return Err(Amount::Unknown);
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

    /// The least that reductions which rest on unknown law may leave, if that is less than `least`.
    fn least_by_unknown_law(&mut self, fee: &FeeCode, before: Decimal, least: Decimal) -> Option<Decimal> {
        let mut found: Option<Decimal> = None;
        for reduction in &fee.reductions {
            let left = match (self.holds(reduction.when), self.reduced(reduction, before)) {
                (Truth::Unknown, Ok(left)) => left,
                (Truth::True | Truth::Unknown, Err(Amount::Unknown)) => Decimal::ZERO,
                _ => continue,
            };
            if left < least && found.is_none_or(|found| left < found) {
                found = Some(left);
            }
        }
        found
    }

    /// Whether a missing fact behind a reduction can change the amount: it may leave less than `least`, or, where
    /// unknown law keeps the amount open anyway, as little as that law could.
    fn is_worth_asking(&mut self, reduction: &ReductionCode, before: Decimal, least: Decimal, of_law: Option<Decimal>) -> bool {
        let enough = |left: Decimal| left < least && of_law.is_none_or(|of_law| left <= of_law);
        match (self.holds(reduction.when), self.reduced(reduction, before)) {
            (Truth::False | Truth::Null, _) | (Truth::True | Truth::Unknown, Ok(_) | Err(Amount::Unknown)) => false,
            (Truth::Missing, Ok(left)) => enough(left),
            (Truth::Missing, Err(Amount::Unknown)) => of_law.is_none() && least > Decimal::ZERO,
            (Truth::Unknown, Err(_)) => of_law.is_none() && least > Decimal::ZERO,
            (Truth::True | Truth::Missing, Err(_)) => least > Decimal::ZERO,
        }
    }

    /// Whether a reduction applies and leaves nothing whatever the amount is.
    fn leaves_nothing(&mut self, reduction: &ReductionCode) -> Truth {
        let (node, wanted) = match reduction.kind {
            _ if reduction.max_off.is_some() => return Truth::False,
            ReductionKindCode::To(node) => (node, 0),
            ReductionKindCode::Percent(node) => (node, 100),
            ReductionKindCode::Off(_) => return Truth::False,
        };
        let applies = self.holds(reduction.when);
        let nothing = match self.value(node) {
            Known::Known(value) => (value == Value::Number(Decimal::from_i64(wanted))).into(),
            Known::Missing => Truth::Missing,
            Known::Unknown => Truth::Unknown,
        };
        match (applies, nothing) {
            (Truth::False | Truth::Null, _) | (_, Truth::False | Truth::Null) => Truth::False,
            (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
            (Truth::Missing, _) | (_, Truth::Missing) => Truth::Missing,
            (Truth::True, Truth::True) => Truth::True,
        }
    }

    fn before_reductions(&mut self, fee: &FeeCode, trace: &mut FeeTrace) -> Result<Decimal, Amount> {
        let base = match &fee.base {
            BaseCode::Amount(node) => self.number(*node),
            BaseCode::Tiers(of, steps) => self.tiers(*of, steps),
        };
        let mut part = |node: Option<NodeId>| node.map(|node| self.number(node)).transpose();
        let (floor, cap, times) = (part(fee.floor), part(fee.cap), part(fee.times));
        let open = [base.err(), floor.err(), cap.err(), times.err()].into_iter().flatten().reduce(strictest);
        let (Ok(mut unit), Ok(floor), Ok(cap), Ok(times), None) = (base, floor, cap, times, open) else {
            return Err(open.unwrap_or(Amount::Unknown));
        };
        if let Some(floor) = floor {
            unit = unit.max(floor);
        }
        if let Some(cap) = cap {
            unit = unit.min(cap);
        }
        trace.unit = Some(unit);
        trace.times = times;
        // Nobody is paid for an application: an amount below nothing is nothing.
        times.map_or(Some(unit), |times| unit.checked_mul(times)).map(|amount| amount.max(Decimal::ZERO)).ok_or(Amount::Unknown)
    }

    /// A number; null and other values leave the amount unknown.
    fn number(&mut self, node: NodeId) -> Result<Decimal, Amount> {
        match self.value(node) {
            Known::Known(Value::Number(number)) => Ok(number),
            Known::Missing => Err(Amount::Missing),
            _ => Err(Amount::Unknown),
        }
    }

    /// A quantity through steps, each with its own rate. Rates of steps that are not reached do not matter.
    fn tiers(&mut self, of: NodeId, steps: &[(Option<NodeId>, NodeId)]) -> Result<Decimal, Amount> {
        let quantity = self.number(of)?;
        let (mut total, mut counted) = (Decimal::ZERO, Decimal::ZERO);
        let mut open: Option<Amount> = None;
        for (up_to, rate) in steps {
            let end = match up_to.map(|node| self.number(node)).transpose() {
                Ok(end) => end.map_or(quantity, |end| quantity.min(end)),
                Err(why) => return Err(open.map_or(why, |open| strictest(open, why))),
            };
            if end <= counted {
                continue;
            }
            match self.number(*rate) {
                Ok(rate) => {
                    let part = end.checked_sub(counted).and_then(|units| units.checked_mul(rate));
                    total = part.and_then(|part| total.checked_add(part)).ok_or(Amount::Unknown)?;
                }
                Err(why) => open = Some(open.map_or(why, |open| strictest(open, why))),
            }
            counted = end;
        }
        open.map_or(Ok(total), Err)
    }

    /// What a reduction leaves of an amount; never less than nothing.
    fn reduced(&mut self, reduction: &ReductionCode, before: Decimal) -> Result<Decimal, Amount> {
        let (ReductionKindCode::To(node) | ReductionKindCode::Off(node) | ReductionKindCode::Percent(node)) = reduction.kind;
        let (number, most) = match (self.number(node), reduction.max_off.map(|max| self.number(max)).transpose()) {
            (Ok(number), Ok(most)) => (number, most),
            (Err(a), Err(b)) => return Err(strictest(a, b)),
            (Err(open), Ok(_)) | (Ok(_), Err(open)) => return Err(open),
        };
        let off = match reduction.kind {
            ReductionKindCode::To(_) => before.checked_sub(number),
            ReductionKindCode::Off(_) => Some(number),
            ReductionKindCode::Percent(_) => before.checked_mul(number).and_then(|part| part.checked_div(Decimal::from_i64(100))),
        };
        let off = off.map(|off| most.map_or(off, |most| off.min(most)));
        off.and_then(|off| before.checked_sub(off)).map(|left| left.max(Decimal::ZERO)).ok_or(Amount::Unknown)
    }

    /// Adds what an open fee needs.
    pub fn need_fee(&mut self, fee: &FeeCode, needs: &mut Needs) {
        let due = self.holds(fee.when);
        let now = due == Truth::True;
        if let Some(when) = fee.when {
            self.need_truth(when, true, needs);
        }
        if due == Truth::Unknown {
            return;
        }
        let before = self.before_reductions(fee, &mut FeeTrace::default());
        if before.is_err() {
            self.need_before_reductions(fee, before == Err(Amount::Unknown), now, needs);
        }
        let left = before.ok().map(|before| {
            let least = self.best_certain(fee, before).map_or(before, |(_, least)| least);
            (before, least, self.least_by_unknown_law(fee, before, least))
        });
        for reduction in &fee.reductions {
            let applies = self.holds(reduction.when);
            let matters = match left {
                Some((before, least, of_law)) => self.is_worth_asking(reduction, before, least, of_law),
                None if before == Err(Amount::Unknown) => self.leaves_nothing(reduction) == Truth::Missing,
                None => !matches!(applies, Truth::False | Truth::Null),
            };
            let (ReductionKindCode::To(node) | ReductionKindCode::Percent(node) | ReductionKindCode::Off(node)) = reduction.kind;
            let amounts = [Some(node), reduction.max_off].into_iter().flatten();
            if matters {
                if let Some(when) = reduction.when {
                    self.need_truth(when, now, needs);
                }
                // Law that is not known guards nothing: no answer to another question will settle it.
                amounts.for_each(|node| self.need_if_open(node, now && applies != Truth::Missing, needs));
            } else if left.is_some_and(|(.., of_law)| of_law.is_some()) && !matches!(applies, Truth::False | Truth::Null) {
                // The law that keeps it open is named, but no fact is asked for.
                reduction.when.into_iter().chain(amounts).for_each(|node| self.need_law_of(node, needs));
            }
        }
    }

    /// Adds what the amount before reductions needs; only the law, where that alone keeps it open.
    fn need_before_reductions(&mut self, fee: &FeeCode, law_only: bool, now: bool, needs: &mut Needs) {
        let mut nodes = [fee.floor, fee.cap, fee.times].into_iter().flatten().collect::<Vec<_>>();
        match &fee.base {
            BaseCode::Amount(node) => nodes.push(*node),
            BaseCode::Tiers(of, steps) => {
                nodes.push(*of);
                nodes.extend(steps.iter().flat_map(|(up_to, rate)| up_to.iter().chain([rate])));
            }
        }
        for node in nodes {
            if law_only {
                self.need_law_of(node, needs);
            } else {
                self.need_if_open(node, now, needs);
            }
        }
    }
}

/// Of two reasons why operands are open, unknown law before missing facts: no fact settles the whole.
fn strictest(a: Amount, b: Amount) -> Amount {
    if a == Amount::Unknown { a } else { b }
}

/// An amount rounded to a multiple of đồng.
pub(crate) fn rounded(amount: Decimal, rule: RoundingRule) -> Option<i64> {
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
