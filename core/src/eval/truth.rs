//! Truth of nodes: true, false, null, or not settled. The part that works on slots alone touches no value.

use super::{Evaluator, beforehand};
use super::slots::State;
use super::value::Known;
use crate::compile::program::{Layout, List, Node, NodeId, Slot};
use crate::feel::ast::CompareOp;
use crate::value::{Decimal, Value};

/// What is known of a truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It holds.
    True,
    /// It is null: neither, and no fact will change that.
    Null,
    /// A missing fact can still decide it.
    Missing,
    /// It rests on law that is not known.
    Unknown,
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Truth {
        if truth { Truth::True } else { Truth::False }
    }
}

impl Truth {
    /// Whether no further fact can change it.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Truth::False | Truth::True | Truth::Null)
    }
}

impl Evaluator<'_> {
    /// Whether a node holds.
    #[inline(always)]
    pub fn truth(&mut self, id: NodeId) -> Truth {
        match beforehand::told(self.work.truths.of(id)) {
            Some(truth) => truth,
            None => self.worked_out_now(id),
        }
    }

    fn worked_out_now(&mut self, id: NodeId) -> Truth {
        match self.code.node(id) {
            Node::Truth(truth) => truth.into(),
            Node::Flag(slot) => self.on_slot(slot, Truth::Null, |integer| integer != 0),
            Node::Is(slot, code) => self.on_slot(slot, Truth::False, |integer| integer == i64::from(code)),
            Node::Among(slot, mask) => {
                let mask = self.code.masks.get(mask as usize).copied().unwrap_or(0);
                self.on_slot(slot, Truth::False, |integer| mask >> (integer & 63) & 1 == 1)
            }
            Node::Has(slot, bit) => self.on_slot(slot, Truth::Null, |integer| integer >> bit & 1 == 1),
            Node::Order(slot, op, bound) => match self.slots.state(slot) {
                State::Narrow => ordered(op, self.slots.narrow(slot).cmp(&bound)).into(),
                State::Wide => self.order_wide(slot, op, bound),
                State::Null => absent(op),
                State::Missing => Truth::Missing,
            },
            Node::Absent(slot) => match self.slots.state(slot) {
                State::Missing => Truth::Missing,
                state => (state == State::Null).into(),
            },
            Node::And(list) => self.junction(list, Truth::False),
            Node::Or(list) => self.junction(list, Truth::True),
            Node::Not(inner) => match self.truth(inner) {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                other => other,
            },
            _ => match self.value(id) {
                Known::Known(Value::Boolean(truth)) => truth.into(),
                Known::Known(_) => Truth::Null,
                Known::Missing => Truth::Missing,
                Known::Unknown => Truth::Unknown,
            },
        }
    }

    #[inline]
    fn on_slot(&self, slot: Slot, null: Truth, test: impl Fn(i64) -> bool) -> Truth {
        match self.slots.state(slot) {
            State::Narrow => test(self.slots.narrow(slot)).into(),
            State::Missing => Truth::Missing,
            State::Null | State::Wide => null,
        }
    }

    #[cold]
    fn order_wide(&self, slot: Slot, op: CompareOp, bound: i64) -> Truth {
        let scale = match self.program.fact(slot).map(|fact| &fact.layout) {
            Some(Layout::Number { scale, .. }) => *scale,
            _ => 0,
        };
        match self.slots.wide(slot) {
            Value::Number(number) => ordered(op, number.cmp(&Decimal::from_scaled(bound, scale))).into(),
            _ => Truth::Null,
        }
    }

    /// `and` when `dominant` is false, `or` when it is true: the dominant truth settles it whatever the others are.
    #[inline(always)]
    fn junction(&mut self, list: List, dominant: Truth) -> Truth {
        let code = self.code;
        let mut result = if dominant == Truth::False { Truth::True } else { Truth::False };
        for id in code.list(list) {
            let truth = self.truth(*id);
            if truth == dominant {
                return dominant;
            }
            result = weaker(result, truth);
        }
        result
    }
}

/// Of two truths that do not dominate, the one that keeps the whole open: missing, then unknown, then null.
pub(super) fn weaker(a: Truth, b: Truth) -> Truth {
    let rank = |truth| match truth {
        Truth::Missing => 3,
        Truth::Unknown => 2,
        Truth::Null => 1,
        Truth::True | Truth::False => 0,
    };
    if rank(b) > rank(a) { b } else { a }
}

/// Whether an ordering satisfies an operator.
#[inline]
pub(super) fn ordered(op: CompareOp, ordering: std::cmp::Ordering) -> bool {
    match op {
        CompareOp::Equal => ordering.is_eq(),
        CompareOp::NotEqual => ordering.is_ne(),
        CompareOp::Less => ordering.is_lt(),
        CompareOp::LessOrEqual => ordering.is_le(),
        CompareOp::Greater => ordering.is_gt(),
        CompareOp::GreaterOrEqual => ordering.is_ge(),
    }
}

/// What comparing null with something that is not null gives.
fn absent(op: CompareOp) -> Truth {
    match op {
        CompareOp::Equal => Truth::False,
        CompareOp::NotEqual => Truth::True,
        _ => Truth::Null,
    }
}
