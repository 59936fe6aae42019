//! What three-valued logic leaves open although every completion agrees, as in `x = "a" or x != "a"`.
//!
//! The missing facts of an open part are tried with every value that can make a difference to it: each code, both
//! truths, a number at and between the constants it is compared with. Where there are few enough combinations the part
//! is settled exactly, and it is known exactly which facts matter. When nothing is missing this is never entered.

use super::slots::{Slots, State};
use super::truth::Truth;
use super::value::Known;
use super::{Evaluator, Kept, Needs, Workspace};
use crate::compile::program::{Code, FactSlot, Layout, Node, NodeId, Slot};
use crate::compile::table::{IndexAxis, TableCode, TableInput};
use crate::value::{Date, Decimal, Fact, Rounding, Value, sorted};

/// How many completions of one part are tried.
const MOST_COMPLETIONS: usize = 256;

/// How many nodes of one part are looked at.
const MOST_NODES: usize = 2_000;

/// Integers of so small a span are tried one by one.
const SMALL_SPAN: i64 = 32;

/// How an answer comes from the nodes it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The truths or the value of the nodes are the answer: where they differ, it differs.
    Plain,
    /// It is worked out from them, and may be the same though they differ.
    Computed,
}

/// A part under every completion of its missing facts.
pub(super) struct Completions<T> {
    /// The facts and how many values of each were tried; the first changes fastest.
    facts: Vec<(Slot, usize)>,
    results: Vec<T>,
}

impl<T: PartialEq> Completions<T> {
    /// Whether the value of a fact can make a difference, whatever the others are.
    pub fn matters(&self, slot: Slot) -> bool {
        let mut stride = 1;
        for (fact, values) in &self.facts {
            if *fact == slot {
                let others = (0..self.results.len()).filter(|at| at / stride % values != 0);
                return others.into_iter().any(|at| self.results.get(at) != self.results.get(at - at / stride % values * stride));
            }
            stride *= values;
        }
        false
    }

    /// Leaves of the needs of the part what matters. What is left when all that mattered now does not, matters now.
    pub fn prune(&self, needs: &mut Needs) {
        needs.retain(|slot| self.matters(slot));
    }
}

impl Evaluator<'_> {
    /// Whether a node holds, settled exactly where that is possible.
    pub(super) fn exact_truth(&mut self, id: NodeId) -> Truth {
        match self.truth(id) {
            Truth::Missing => self.agreed(&[id], Answer::Plain, &mut |evaluator| evaluator.truth(id)).unwrap_or(Truth::Missing),
            truth => truth,
        }
    }

    /// The value of an open node, if every completion gives the same.
    #[cold]
    pub(super) fn exact_value(&mut self, id: NodeId) -> Known {
        self.agreed(&[id], Answer::Plain, &mut |evaluator| evaluator.value(id)).unwrap_or(Known::Missing)
    }

    /// What every completion of the missing facts of some nodes gives, if all give the same and can be tried.
    pub(super) fn agreed<T: PartialEq>(&mut self, nodes: &[NodeId], answer: Answer, each: &mut dyn FnMut(&mut Evaluator) -> T) -> Option<T> {
        let mut first = None;
        let mut agree = true;
        self.try_all(nodes, answer, &mut |evaluator| {
            let result = each(evaluator);
            match &first {
                None => first = Some(result),
                Some(first) => agree = *first == result,
            }
            agree
        })?;
        first.filter(|_| agree)
    }

    /// What each completion of the missing facts of some nodes gives; `None` where they are too many or not finite, and
    /// where three-valued logic is exact anyway.
    pub(super) fn completions<T: PartialEq>(
        &mut self,
        nodes: &[NodeId],
        answer: Answer,
        each: &mut dyn FnMut(&mut Evaluator) -> T,
    ) -> Option<Completions<T>> {
        let mut results = Vec::new();
        let facts = self.try_all(nodes, answer, &mut |evaluator| {
            results.push(each(evaluator));
            true
        })?;
        Some(Completions { facts, results })
    }

    /// Tries each completion until `each` has seen enough; the facts and how many values of each there are to try.
    #[cold]
    fn try_all(
        &mut self,
        nodes: &[NodeId],
        answer: Answer,
        each: &mut dyn FnMut(&mut Evaluator) -> bool,
    ) -> Option<Vec<(Slot, usize)>> {
        if self.trying {
            return None;
        }
        let mut uses = Uses { inexact: answer == Answer::Computed, ..Uses::default() };
        nodes.iter().for_each(|node| self.look_for_uses(*node, true, false, &mut uses));
        if !uses.inexact || uses.nodes > MOST_NODES {
            return None;
        }
        self.tried = true;
        let mut count = 1usize;
        let mut trials: Vec<(Slot, Vec<Fact<Value>>)> = Vec::new();
        for (slot, used) in &uses.of {
            let values = self.values_to_try(*slot, used).filter(|values| !values.is_empty())?;
            count = count.checked_mul(values.len()).filter(|count| *count <= MOST_COMPLETIONS)?;
            trials.push((*slot, values));
        }
        // What is settled stays so under every completion, also where it took trying to find that out.
        let stamp = self.work.stamp;
        let settled = |kept: &Kept| kept.known.clone().filter(|known| kept.stamp == stamp && matches!(known, Known::Known(_)));
        let settled: Vec<(usize, Known)> = self.work.kept.iter().enumerate().filter_map(|(at, kept)| Some((at, settled(kept)?))).collect();
        let mut slots: Slots = self.slots.clone();
        let mut work = Workspace::default();
        for number in 0..count {
            let mut rest = number;
            for (slot, values) in &trials {
                if let (Some(fact), Some(value)) = (self.program.fact(*slot), values.get(rest % values.len())) {
                    slots.set(*slot, &fact.layout, value.clone());
                }
                rest /= values.len();
            }
            let mut evaluator = Evaluator::with_code(self.program, self.code, &slots, self.moment, self.calendar, &mut work);
            for (at, known) in &settled {
                if let Some(kept) = evaluator.work.kept.get_mut(*at) {
                    *kept = Kept { stamp: evaluator.work.stamp, known: Some(known.clone()) };
                }
            }
            evaluator.trying = true;
            evaluator.steps = self.steps;
            evaluator.limits = self.limits;
            let goes_on = each(&mut evaluator);
            self.steps = evaluator.steps;
            if evaluator.exceeded {
                self.exceeded = true;
                return None;
            }
            if !goes_on {
                break;
            }
        }
        Some(trials.into_iter().map(|(slot, values)| (slot, values.len())).collect())
    }

    /// Notes every use of a missing fact below a node. `outermost`: nothing is done with the node's value but to return it.
    fn look_for_uses(&mut self, id: NodeId, outermost: bool, in_loop: bool, uses: &mut Uses) {
        uses.nodes += 1;
        if uses.nodes > MOST_NODES {
            return;
        }
        if !in_loop {
            match self.value(id) {
                Known::Known(_) => return,
                // No fact settles it, but what it is part of may rest on that law alone.
                Known::Unknown => {
                    uses.inexact = true;
                    return;
                }
                Known::Missing => {}
            }
        }
        let code = self.code;
        let mut note = |slot: Slot, how: How| {
            if self.slots.state(slot) == State::Missing {
                uses.inexact |= in_loop || self.program.fact(slot).is_none_or(|fact| !is_open_question(fact, &how));
                uses.note(slot, how);
            }
        };
        match code.node(id) {
            Node::Flag(slot) | Node::Absent(slot) => note(slot, How::Itself),
            Node::Is(slot, at) => note(slot, How::Codes(1u64.checked_shl(u32::from(at)).unwrap_or(0))),
            Node::Among(slot, mask) => note(slot, How::Codes(code.masks.get(mask as usize).copied().unwrap_or(0))),
            Node::Has(slot, bit) => note(slot, How::Codes(1u64.checked_shl(u32::from(bit)).unwrap_or(0))),
            Node::Order(slot, _, bound) => note(slot, How::Bound(self.compared_with(slot, bound))),
            Node::Fact(slot) => note(slot, How::Freely),
            Node::Not(of) | Node::Definition(_, of) => self.look_for_uses(of, outermost, in_loop, uses),
            Node::And(list) | Node::Or(list) => {
                code.list(list).iter().for_each(|part| self.look_for_uses(*part, outermost, in_loop, uses));
            }
            Node::If(condition, then, otherwise) => {
                uses.inexact |= !outermost;
                [condition, then, otherwise].into_iter().for_each(|part| self.look_for_uses(part, outermost, in_loop, uses));
            }
            Node::Table(index) => {
                let Some(table) = code.tables.get(index as usize) else { return };
                uses.inexact |= !(outermost && tried_as_it_is(table, code));
                table.inputs.iter().for_each(|input| self.look_at_input(input, uses));
                for row in &table.rows {
                    row.beyond_index.iter().chain(&row.outputs).for_each(|node| self.look_for_uses(*node, false, in_loop, uses));
                }
                table.otherwise.into_iter().for_each(|node| self.look_for_uses(node, false, in_loop, uses));
            }
            Node::Filter(..) | Node::For(_) | Node::Quantified(..) | Node::Let(..) | Node::Context(_) | Node::Function(_) | Node::Invoke(..) => {
                uses.inexact = true;
                self.look_below(id, true, uses);
            }
            _ => self.look_below(id, in_loop, uses),
        }
    }

    fn look_below(&mut self, id: NodeId, in_loop: bool, uses: &mut Uses) {
        let mut children = Vec::new();
        self.code.children(id, &mut |child| children.push(child));
        children.into_iter().for_each(|child| self.look_for_uses(child, false, in_loop, uses));
    }

    /// An input that the index cuts at points is used like comparisons with them.
    fn look_at_input(&mut self, input: &TableInput, uses: &mut Uses) {
        let slot = match self.code.node(input.node) {
            Node::Fact(slot) | Node::Flag(slot) if self.slots.state(slot) == State::Missing => slot,
            Node::Fact(_) | Node::Flag(_) => return,
            _ => {
                uses.inexact = true;
                return self.look_for_uses(input.node, false, false, uses);
            }
        };
        match &input.axis {
            Some(IndexAxis::Numbers { scale, points }) => {
                uses.note(slot, How::Itself);
                points.iter().for_each(|point| uses.bound(slot, Value::Number(Decimal::from_scaled(*point, *scale))));
            }
            Some(IndexAxis::Days { points }) => {
                uses.note(slot, How::Itself);
                points.iter().for_each(|point| uses.bound(slot, Value::Date(Date(*point as i32))));
            }
            Some(IndexAxis::Boolean) => uses.note(slot, How::Itself),
            Some(IndexAxis::Codes(_)) | None => uses.note(slot, How::Freely),
        }
    }

    fn compared_with(&self, slot: Slot, bound: i64) -> Value {
        match self.program.fact(slot).map(|fact| &fact.layout) {
            Some(Layout::Number { scale, .. }) => Value::Number(Decimal::from_scaled(bound, *scale)),
            _ => Value::Date(Date(bound as i32)),
        }
    }

    /// Values of a fact that stand for all others in the ways it is used; `None` where that cannot be said.
    fn values_to_try(&self, slot: Slot, used: &Used) -> Option<Vec<Fact<Value>>> {
        let fact = self.program.fact(slot)?;
        let mut values: Vec<Value> = match &fact.layout {
            Layout::Boolean => vec![Value::Boolean(false), Value::Boolean(true)],
            Layout::Enumeration { values } => {
                let mut seen: Vec<Vec<bool>> = Vec::new();
                let codes = values.iter().enumerate().filter(|(at, _)| {
                    let signature: Vec<bool> = used.masks.iter().map(|mask| mask >> at & 1 == 1).collect();
                    let new = used.freely || !seen.contains(&signature);
                    seen.push(signature);
                    new
                });
                codes.map(|(_, value)| Value::Text(value.code.clone())).collect()
            }
            Layout::Set { values } => {
                let bits = used.masks.iter().fold(0u64, |all, mask| all | mask);
                let tested = values.iter().enumerate().filter(|(at, _)| used.freely || bits >> at & 1 == 1);
                let codes: Vec<Value> = tested.map(|(_, value)| Value::Text(value.code.clone())).collect();
                let subsets = 1usize.checked_shl(codes.len() as u32).filter(|subsets| *subsets <= MOST_COMPLETIONS)?;
                (0..subsets).map(|subset| {
                    Value::List(codes.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1).map(|(_, code)| code.clone()).collect())
                }).collect()
            }
            Layout::Number { decimals, min, max, .. } if used.freely => small_span(*decimals, *min, *max)?,
            Layout::Number { decimals, min, max, .. } => numbers_to_try(&used.bounds, *decimals, *min, *max),
            Layout::Date { min, max } if !used.freely => days_to_try(&used.bounds, *min, *max),
            // Of anything else only whether it is null makes a difference.
            _ if !used.freely => vec![Value::Boolean(true)],
            _ => return None,
        };
        let null = fact.optional.then_some(Fact::Null);
        Some(values.drain(..).map(Fact::Known).chain(null).collect())
    }
}

/// How a missing fact is used in one place.
enum How {
    /// As it is: its truth, or whether it is null.
    Itself,
    /// Whether it is one of the codes of a mask.
    Codes(u64),
    /// Compared with a constant.
    Bound(Value),
    /// In any way.
    Freely,
}

/// All uses of one missing fact.
#[derive(Default)]
struct Used {
    times: usize,
    freely: bool,
    masks: Vec<u64>,
    bounds: Vec<Value>,
}

/// All uses of missing facts in a part.
#[derive(Default)]
struct Uses {
    /// In the order of the slots.
    of: Vec<(Slot, Used)>,
    /// Three-valued logic may leave open what every completion settles alike.
    inexact: bool,
    nodes: usize,
}

impl Uses {
    fn note(&mut self, slot: Slot, how: How) {
        let mut again = false;
        self.change(slot, |used| {
            used.times += 1;
            again = used.times > 1;
            match how {
                How::Itself => {}
                How::Codes(mask) => used.masks.push(mask),
                How::Bound(bound) => used.bounds.push(bound),
                How::Freely => used.freely = true,
            }
        });
        self.inexact |= again;
    }

    fn change(&mut self, slot: Slot, change: impl FnOnce(&mut Used)) {
        let at = self.of.partition_point(|(other, _)| *other < slot);
        match self.of.get_mut(at) {
            Some((other, used)) if *other == slot => change(used),
            _ => {
                let mut used = Used::default();
                change(&mut used);
                self.of.insert(at, (slot, used));
            }
        }
    }

    fn bound(&mut self, slot: Slot, bound: Value) {
        self.change(slot, |used| used.bounds.push(bound));
    }
}

/// Whether a use of a fact by itself can come out both true and false, and never null: three-valued logic takes that for
/// granted.
fn is_open_question(fact: &FactSlot, how: &How) -> bool {
    !fact.optional
        && match (how, &fact.layout) {
            (How::Itself, layout) => *layout == Layout::Boolean,
            (How::Codes(mask), Layout::Enumeration { values }) => {
                let all = u64::MAX >> (64 - values.len().clamp(1, 64));
                mask & all != 0 && mask & all != all
            }
            (How::Codes(_), _) => true,
            (How::Bound(Value::Number(bound)), Layout::Number { min, max, .. }) => {
                min.is_none_or(|min| min < *bound) && max.is_none_or(|max| *bound < max)
            }
            (How::Bound(Value::Date(bound)), Layout::Date { min, max }) => min < bound && bound < max,
            (How::Bound(_) | How::Freely, _) => false,
        }
}

/// Whether a table tries every case of its inputs by itself, none of which is impossible.
fn tried_as_it_is(table: &TableCode, code: &Code) -> bool {
    let constant = |node: &NodeId| matches!(code.node(*node), Node::Constant(_) | Node::Truth(_));
    table.inputs.iter().all(|input| matches!(input.axis, Some(IndexAxis::Codes(_) | IndexAxis::Boolean)))
        && table.rows.iter().all(|row| row.beyond_index.is_empty() && row.outputs.iter().all(constant))
        && table.otherwise.iter().all(constant)
}

/// Every integer between narrow bounds.
fn small_span(decimals: Option<u8>, min: Option<Decimal>, max: Option<Decimal>) -> Option<Vec<Value>> {
    let (min, max) = (min?.to_i64()?, max?.to_i64()?);
    let span = max.checked_sub(min).filter(|span| decimals == Some(0) && (0..SMALL_SPAN).contains(span))?;
    Some((0..=span).map(|step| Value::Number(Decimal::from_i64(min + step))).collect())
}

/// A number at each bound, between each two, below and above them all, as far as the fact may be such a number.
fn numbers_to_try(bounds: &[Value], decimals: Option<u8>, min: Option<Decimal>, max: Option<Decimal>) -> Vec<Value> {
    let bounds: Vec<Decimal> = bounds.iter().filter_map(|bound| match bound {
        Value::Number(number) => Some(*number),
        _ => None,
    }).collect();
    let mut bounds = sorted(bounds);
    bounds.dedup();
    let one = Decimal::from_i64(1);
    let (Some(first), Some(last)) = (bounds.first().copied(), bounds.last().copied()) else {
        return vec![Value::Number(min.or(max).unwrap_or(Decimal::ZERO))];
    };
    let step = decimals.map_or(one, |decimals| Decimal::from_scaled(1, decimals.min(18)));
    let after = |number: Decimal| decimals.and_then(|decimals| number.round(i32::from(decimals), Rounding::Floor)?.checked_add(step));
    let below = min.or_else(|| first.floor().checked_sub(one));
    let above = max.or_else(|| last.ceiling().checked_add(one));
    let between = bounds.windows(2).filter_map(|pair| {
        let [low, high] = pair else { return None };
        let middle = if decimals.is_some() { after(*low) } else { low.checked_add(*high)?.checked_div(Decimal::from_i64(2)) };
        middle.filter(|middle| low < middle && middle < high)
    });
    let mut all: Vec<Decimal> = between.chain(below).chain(above).chain(bounds.iter().copied()).collect();
    let may_be = |number: &Decimal| {
        min.is_none_or(|min| min <= *number)
            && max.is_none_or(|max| *number <= max)
            && decimals.is_none_or(|decimals| number.round(i32::from(decimals), Rounding::Down) == Some(*number))
    };
    all.retain(may_be);
    let mut all = sorted(all);
    all.dedup();
    all.into_iter().map(Value::Number).collect()
}

/// A day at each bound, between each two, before and after them all.
fn days_to_try(bounds: &[Value], min: Date, max: Date) -> Vec<Value> {
    let bounds = bounds.iter().filter_map(|bound| match bound {
        Value::Date(day) => Some(*day),
        _ => None,
    });
    let mut days: Vec<Date> = sorted(bounds.collect());
    days.dedup();
    let between: Vec<Date> = days.windows(2).filter_map(|pair| {
        let [low, high] = pair else { return None };
        Some(low.plus_days(1)).filter(|day| day < high)
    }).collect();
    days.extend(between.into_iter().chain([min, max]));
    days.retain(|day| min <= *day && *day <= max);
    let mut days = sorted(days);
    days.dedup();
    days.into_iter().map(Value::Date).collect()
}
