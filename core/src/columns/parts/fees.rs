//! Fees: the amount before reductions, and the reduction that leaves least.

use super::{NOTHING, Part, PartAnswers};
use crate::columns::bits;
use crate::columns::execute::Block;
use crate::columns::lower::{Lowering, Why};
use crate::columns::ops::{IntId, IntOp, TableId, TruthId, TruthOp};
use crate::columns::plan::BLOCK;
use crate::columns::registers::{Mask, NONE, Truths, add, and, each, is_empty, or, without, zip3};
use crate::compile::program::{BaseCode, FeeCode, Node, NodeId, ReductionKindCode};
use crate::eval::rounded;
use crate::feel::ast::CompareOp;
use crate::model::RoundingRule;
use crate::value::Decimal;

/// Decimal places up to which the amounts of fees are worked out.
const MOST_PLACES: u8 = 12;

/// A fee.
#[derive(Debug)]
pub struct FeePart {
    when: Option<TruthId>,
    /// The amount before reductions.
    pub before: IntId,
    reductions: Vec<Reduction>,
    /// Decimal places of the amounts.
    scale: u8,
    rounding: RoundingRule,
    /// The table whose row gives the amount.
    pub table: Option<TableId>,
}

#[derive(Clone, Copy, Debug)]
struct Reduction {
    info: u16,
    when: Option<TruthId>,
    /// What it leaves.
    left: IntId,
    /// Whether it leaves nothing whatever the amount is.
    nothing: Option<TruthId>,
}

impl FeePart {
    /// Whether it can be reduced.
    pub fn reduces(&self) -> bool {
        !self.reductions.is_empty()
    }

    /// Whether the amount is what it is before reductions, in whole đồng.
    pub fn is_plain(&self) -> bool {
        self.reductions.is_empty() && self.scale == 0 && self.rounding.to == 1
    }
}

impl Lowering<'_> {
    /// A number of a fee: null is as good as unknown.
    fn amount(&mut self, node: NodeId) -> Result<(IntId, u8), Why> {
        let (int, scale) = self.number(node)?;
        let [never_null, _] = self.is_amount(int);
        Ok((if never_null { int } else { self.put_int(IntOp::NullIsUnknown(int)) }, scale))
    }

    pub fn fee(&mut self, code: &FeeCode, rounding: RoundingRule) -> Result<Part, Why> {
        let mut table = None;
        let (mut unit, mut scale) = match &code.base {
            BaseCode::Amount(node) => {
                if let Node::Table(index) = self.program.code_of.node(*node) {
                    table = Some(self.table(index)?);
                }
                self.amount(*node)?
            }
            BaseCode::Tiers(of, steps) => self.tiers(*of, steps)?,
        };
        for (bound, floor) in [(code.floor, true), (code.cap, false)] {
            let Some(bound) = bound else { continue };
            let (bound, of_bound) = self.amount(bound)?;
            let wanted = scale.max(of_bound);
            let (a, b) = (self.at_scale(unit, scale, wanted)?, self.at_scale(bound, of_bound, wanted)?);
            unit = self.put_int(if floor { IntOp::Greatest(a, b) } else { IntOp::Least(a, b) });
            scale = wanted;
        }
        if let Some(times) = code.times {
            let (times, of_times) = self.amount(times)?;
            unit = self.put_int(IntOp::Multiply(unit, times));
            scale += of_times;
        }
        let zero = self.put_int(IntOp::Constant(Some(0)));
        let [_, never_less] = self.is_amount(unit);
        let before = if never_less { unit } else { self.put_int(IntOp::Greatest(unit, zero)) };
        let when = self.guard(code.when)?;
        let mut lefts = Vec::new();
        for reduction in &code.reductions {
            let (ReductionKindCode::To(node) | ReductionKindCode::Percent(node) | ReductionKindCode::Off(node)) = reduction.kind;
            let (told, of_told) = self.number(node)?;
            let number = self.put_int(IntOp::NullIsUnknown(told));
            let wanted = match reduction.kind {
                _ if reduction.max_off.is_some() => None,
                ReductionKindCode::To(_) => Some(0),
                ReductionKindCode::Percent(_) => Some(100),
                ReductionKindCode::Off(_) => None,
            };
            let nothing = match wanted {
                Some(wanted) => {
                    let at = 10i64.checked_pow(u32::from(of_told)).and_then(|one| one.checked_mul(wanted)).ok_or("too many decimal places")?;
                    Some(self.put_truth(TruthOp::CompareConstant(CompareOp::Equal, told, at)))
                }
                None => None,
            };
            let most = reduction.max_off.map(|most| self.amount(most)).transpose()?;
            let (left, of_left) = self.left((before, scale), reduction.kind, (number, of_told), most, zero)?;
            lefts.push((Reduction { info: reduction.info, when: self.guard(reduction.when)?, left, nothing }, of_left));
        }
        let widest = lefts.iter().map(|(_, scale)| *scale).fold(scale, u8::max);
        if widest > MOST_PLACES {
            return Err("an amount of too many decimal places".to_owned());
        }
        let before = self.at_scale(before, scale, widest)?;
        let mut reductions = Vec::new();
        for (reduction, of_left) in lefts {
            let left = self.at_scale(reduction.left, of_left, widest)?;
            reductions.push(Reduction { left, ..reduction });
        }
        Ok(Part::Fee(FeePart { when, before, reductions, scale: widest, rounding, table }))
    }

    /// What a reduction leaves, never less than nothing.
    fn left(
        &mut self,
        (before, of_before): (IntId, u8),
        kind: ReductionKindCode,
        (number, of_number): (IntId, u8),
        most: Option<(IntId, u8)>,
        zero: IntId,
    ) -> Result<(IntId, u8), Why> {
        let (off, of_off) = match kind {
            ReductionKindCode::To(_) => {
                let scale = of_before.max(of_number);
                let (a, b) = (self.at_scale(before, of_before, scale)?, self.at_scale(number, of_number, scale)?);
                (self.put_int(IntOp::Subtract(a, b)), scale)
            }
            ReductionKindCode::Off(_) => (number, of_number),
            ReductionKindCode::Percent(_) => (self.put_int(IntOp::Multiply(before, number)), of_before + of_number + 2),
        };
        let (off, of_off) = match most {
            None => (off, of_off),
            Some((most, of_most)) => {
                let scale = of_off.max(of_most);
                let (a, b) = (self.at_scale(off, of_off, scale)?, self.at_scale(most, of_most, scale)?);
                (self.put_int(IntOp::Least(a, b)), scale)
            }
        };
        let scale = of_before.max(of_off);
        let (a, b) = (self.at_scale(before, of_before, scale)?, self.at_scale(off, of_off, scale)?);
        let left = self.put_int(IntOp::Subtract(a, b));
        Ok((self.put_int(IntOp::Greatest(left, zero)), scale))
    }

    fn tiers(&mut self, of: NodeId, steps: &[(Option<NodeId>, NodeId)]) -> Result<(IntId, u8), Why> {
        let (mut quantity, mut scale) = self.amount(of)?;
        let mut constants = Vec::new();
        for (up_to, rate) in steps {
            let up_to = up_to.map(|up_to| self.constant_number(up_to)).transpose()?;
            constants.push((up_to, self.constant_number(*rate)?));
        }
        let wanted = constants.iter().filter_map(|(up_to, _)| up_to.map(|(_, scale)| scale)).fold(scale, u8::max);
        quantity = self.at_scale(quantity, scale, wanted)?;
        scale = wanted;
        let of_rates = constants.iter().map(|(_, (_, scale))| *scale).fold(0, u8::max);
        let raised = |integer: i64, from: u8, to: u8| integer.checked_mul(10i64.checked_pow(u32::from(to - from))?);
        let steps = constants.into_iter().map(|(up_to, (rate, of_rate))| {
            let up_to = match up_to {
                Some((up_to, of_up_to)) => Some(raised(up_to, of_up_to, scale)?),
                None => None,
            };
            Some((up_to, raised(rate, of_rate, of_rates)?))
        });
        let steps = steps.collect::<Option<Vec<_>>>().ok_or("a step that is too large")?;
        Ok((self.put_int(IntOp::Tiers(quantity, steps)), scale + of_rates))
    }

    fn constant_number(&mut self, node: NodeId) -> Result<(i64, u8), Why> {
        let (int, scale) = self.number(node)?;
        match self.kernels.ints.get(int.0 as usize) {
            Some(IntOp::Constant(Some(constant))) => Ok((*constant, scale)),
            _ => Err("steps that are worked out".to_owned()),
        }
    }

    /// The fees of some epochs as one, where only constants tell them apart.
    pub fn merged_fee(&mut self, fees: &[(usize, &FeePart)]) -> Option<FeePart> {
        let (_, first) = fees.first()?;
        let alike = fees.iter().all(|(_, fee)| {
            fee.when == first.when && fee.scale == first.scale && fee.rounding == first.rounding
                && fee.reductions.len() == first.reductions.len() && fee.table.is_some() == first.table.is_some()
        });
        if !alike {
            return None;
        }
        let before: Vec<_> = fees.iter().map(|(epoch, fee)| (*epoch, fee.before)).collect();
        let before = self.merged_int(&before)?;
        let table = match first.table {
            Some(_) => {
                let tables: Vec<_> = fees.iter().map(|(epoch, fee)| (*epoch, fee.table)).collect();
                Some(self.merged_table(&tables)?)
            }
            None => None,
        };
        let mut reductions = Vec::new();
        for (at, of_first) in first.reductions.iter().enumerate() {
            let all = fees.iter().map(|(epoch, fee)| Some((*epoch, fee.reductions.get(at)?))).collect::<Option<Vec<_>>>()?;
            if all.iter().any(|(_, one)| one.info != of_first.info || one.when != of_first.when || one.nothing != of_first.nothing) {
                return None;
            }
            let left: Vec<_> = all.iter().map(|(epoch, one)| (*epoch, one.left)).collect();
            reductions.push(Reduction { left: self.merged_int(&left)?, ..*of_first });
        }
        Some(FeePart { when: first.when, before, reductions, scale: first.scale, rounding: first.rounding, table })
    }
}

impl Block<'_> {
    pub fn fee(&mut self, fee: &FeePart, into: &mut PartAnswers) {
        let when = self.guard(fee.when);
        self.need(fee.before, &when.yes);
        let reductions: Vec<(&Reduction, Truths)> = fee.reductions.iter().map(|reduction| (reduction, self.guard(reduction.when))).collect();
        for (reduction, applies) in &reductions {
            let may = without(&when.yes, &applies.no);
            if !is_empty(&may) {
                self.need(reduction.left, &may);
            }
        }
        let before = self.ints(fee.before);
        let known = and(&when.yes, &before.known);
        if !fee.is_plain() {
            into.integers.clear();
            into.integers.extend_from_slice(&before.integers);
            into.integers.resize(BLOCK, 0);
        }
        if fee.reduces() {
            into.chosen.clear();
            into.chosen.resize(BLOCK, NOTHING);
        }
        let mut rest = NONE;
        for (reduction, applies) in &reductions {
            let left = self.ints(reduction.left);
            reduce(&and(&and(&known, &applies.yes), &left.known), &left.integers, reduction.info, into);
        }
        let mut by_law = NONE;
        for (reduction, applies) in &reductions {
            let left = self.ints(reduction.left);
            // What is not settled: a fact may be missing behind it.
            let open = without(&known, &zip3(&applies.yes, &applies.no, &applies.unknown, |yes, no, unknown| yes | no | unknown));
            let may = and(&known, &or(&applies.yes, &applies.unknown));
            add(&mut rest, &open);
            add(&mut rest, &without(&may, &or(&left.known, &left.unknown)));
            let uncertain = or(&and(&may, &left.unknown), &and(&and(&known, &applies.unknown), &left.known));
            each(&uncertain, |row| {
                let least = into.integers.get(row).copied().unwrap_or(0);
                let could_leave = if bits::get(&left.known, row) { left.integers.get(row).copied().unwrap_or(0) } else { 0 };
                if could_leave < least {
                    bits::set(&mut by_law, row);
                }
            });
        }
        // The amount rests on unknown law: only who pays nothing whatever it is knows what to pay.
        let unknown = and(&when.yes, &before.unknown);
        let mut free = NONE;
        if !is_empty(&unknown) {
            for (reduction, applies) in &reductions {
                let Some(nothing) = reduction.nothing else { continue };
                let nothing = self.truth(nothing, &unknown);
                let open = |truths: &Truths| truths.rest();
                let yes = and(&and(&applies.yes, &nothing.yes), &unknown);
                let maybe = without(&unknown, &or(&applies.no, &nothing.no));
                let is_open = and(&maybe, &or(&open(applies), &open(nothing)));
                add(&mut rest, &without(&is_open, &free));
                each(&without(&yes, &free), |row| {
                    if let (Some(amount), Some(chosen)) = (into.integers.get_mut(row), into.chosen.get_mut(row)) {
                        (*amount, *chosen) = (0, reduction.info);
                    }
                });
                add(&mut free, &yes);
            }
            // One that is open before the first that frees may turn out to hold: `eval` says which of them it is.
        }
        into.apart = free;
        let [due, not_due, _, of_law, ..] = &mut into.codes;
        *not_due = when.no;
        *of_law = without(&or(&or(&when.unknown, &without(&unknown, &free)), &by_law), &rest);
        *due = without(&without(&or(&known, &free), of_law), &rest);
        let one = 10i64.checked_pow(u32::from(fee.scale)).unwrap_or(1);
        if fee.scale == 0 && fee.rounding.to == 1 {
            return;
        }
        let step = one.saturating_mul(i64::from(fee.rounding.to.max(1)));
        let mut failed = NONE;
        each(due, |row| {
            let Some(amount) = into.integers.get_mut(row) else { return };
            if *amount % step == 0 {
                *amount /= one;
            } else {
                match rounded(Decimal::from_scaled(*amount, fee.scale), fee.rounding) {
                    Some(whole) => *amount = whole,
                    None => bits::set(&mut failed, row),
                }
            }
        });
        *due = without(due, &failed);
    }
}

/// Takes what a reduction leaves where it is less.
fn reduce(rows: &Mask, left: &[i64], info: u16, into: &mut PartAnswers) {
    let places = into.integers.chunks_mut(64).zip(into.chosen.chunks_mut(64));
    for (((least, chosen), left), word) in places.zip(left.chunks(64)).zip(rows) {
        if *word == 0 {
            continue;
        }
        for (bit, ((least, chosen), left)) in least.iter_mut().zip(chosen).zip(left).enumerate() {
            let takes = (word >> bit & 1 == 1) & (left < least);
            (*least, *chosen) = if takes { (*left, info) } else { (*least, *chosen) };
        }
    }
}
