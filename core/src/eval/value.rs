//! Values of nodes. A strict operation with a missing operand is missing; one with unknown law is unknown.

use std::sync::Arc;

use super::slots::{State, widen};
use super::truth::{Truth, ordered};
use super::{Evaluator, Kept};
use crate::builtins;
use crate::compile::program::{List, Node, NodeId, Slot};
use crate::feel::ast::{ArithmeticOp, CompareOp, Quantifier};
use crate::model::MomentName;
use crate::value::{self, Closure, Context, Date, Decimal, Range, Type, Value};

/// A value, or why there is none yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// The value.
    Known(Value),
    /// A missing fact can still decide it.
    Missing,
    /// It rests on law that is not known, whatever the facts.
    Unknown,
}

impl Known {
    /// The value, if it is known.
    #[must_use]
    pub fn value(self) -> Option<Value> {
        match self {
            Known::Known(value) => Some(value),
            _ => None,
        }
    }
}

impl From<Truth> for Known {
    fn from(truth: Truth) -> Known {
        match truth {
            Truth::True => Known::Known(Value::Boolean(true)),
            Truth::False => Known::Known(Value::Boolean(false)),
            Truth::Null => Known::Known(Value::Null),
            Truth::Missing => Known::Missing,
            Truth::Unknown => Known::Unknown,
        }
    }
}

/// Unwraps a known value or returns what keeps it open.
macro_rules! known {
    ($known:expr) => {
        match $known {
            Known::Known(value) => value,
            open => return open,
        }
    };
}

impl Evaluator<'_> {
    /// The value of a node.
    pub fn value(&mut self, id: NodeId) -> Known {
        if self.depth >= self.limits.depth {
            self.exceeded = true;
        }
        if !self.step(1) {
            return Known::Unknown;
        }
        self.depth += 1;
        let known = self.value_of(id);
        self.depth -= 1;
        known
    }

    fn value_of(&mut self, id: NodeId) -> Known {
        let code = self.code;
        match code.node(id) {
            Node::Truth(_) | Node::Flag(_) | Node::Is(..) | Node::Among(..) | Node::Has(..) | Node::Order(..) | Node::Absent(_)
            | Node::And(_) | Node::Or(_) | Node::Not(_) => self.truth(id).into(),
            Node::Constant(index) => Known::Known(code.constants.get(index as usize).cloned().unwrap_or_default()),
            Node::Fact(slot) => self.fact(slot),
            Node::Unknown(_) => Known::Unknown,
            Node::Moment(name) => Known::Known(self.moment_value(name)),
            Node::Local(local) => Known::Known(self.local(local)),
            Node::Let(local, bound, body) => self.bound(local, bound, body),
            Node::Definition(place, body) => self.kept(place, body),
            Node::Member(of, name) => self.with(of, |evaluator, of| evaluator.member(&of, name)),
            Node::Members(of, name) => self.with(of, |evaluator, of| evaluator.members(&of, name)),
            Node::Property(of, name) => {
                self.with(of, |evaluator, of| builtins::property(&of, evaluator.name(name)).unwrap_or_default())
            }
            Node::At(list, position) => self.with_both(list, position, |list, position| element(&list, &position)),
            Node::Filter(list, local, condition) => self.filter(list, local, condition),
            Node::Compare(op, left, right) => self.with_both(left, right, |left, right| compare(op, &left, &right)),
            Node::IsNull(of) => self.with(of, |_, of| Value::Boolean(of == Value::Null)),
            Node::OneOf(of, constants) => self.with(of, |evaluator, of| evaluator.one_of(&of, constants)),
            Node::Arithmetic(op, left, right) => self.with_both(left, right, |left, right| arithmetic(op, &left, &right)),
            Node::Negate(of) => self.with(of, |_, of| value::negate(&of)),
            Node::If(condition, then, otherwise) => self.choose(condition, then, otherwise),
            Node::For(index) => self.collect(index),
            Node::Quantified(quantifier, index) => self.quantified(quantifier, index),
            Node::List(list) => self.list(list),
            Node::Context(index) => self.context(index),
            Node::Range(index) => self.range(index),
            Node::Inside(of, range) => self.with_both(of, range, |of, range| inside(&of, &range)),
            Node::InstanceOf(of, index) => self.with(of, |evaluator, of| {
                Value::Boolean(evaluator.code.types.get(index as usize).is_some_and(|wanted| is_instance(&of, wanted)))
            }),
            Node::Call(index, arguments) => self.call(index, arguments),
            Node::Function(index) => {
                Known::Known(Value::Function(Arc::new(Closure { function: index, captured: self.work.locals.clone() })))
            }
            Node::Invoke(function, arguments) => self.invoke(function, arguments),
            Node::Table(index) => self.table(index),
        }
    }

    // The arms of `value_of` are functions of their own: each call of it keeps a small frame, however many arms there are.

    /// A strict operation on one operand.
    fn with(&mut self, of: NodeId, operation: impl FnOnce(&Self, Value) -> Value) -> Known {
        match self.value(of) {
            Known::Known(of) => Known::Known(operation(self, of)),
            open => open,
        }
    }

    /// A strict operation on two operands: unknown law keeps it open before missing facts do.
    fn with_both(&mut self, left: NodeId, right: NodeId, operation: impl FnOnce(Value, Value) -> Value) -> Known {
        match (self.value(left), self.value(right)) {
            (Known::Known(left), Known::Known(right)) => Known::Known(operation(left, right)),
            (Known::Unknown, _) | (_, Known::Unknown) => Known::Unknown,
            _ => Known::Missing,
        }
    }

    fn moment_value(&self, name: MomentName) -> Value {
        match name {
            MomentName::AsOf => Value::Date(self.moment.as_of),
            MomentName::ReceivedOn => Value::Date(self.moment.received.date),
            MomentName::ReceivedAt => Value::DateTime(self.moment.received.to_datetime()),
        }
    }

    fn bound(&mut self, local: u16, bound: NodeId, body: NodeId) -> Known {
        let bound = known!(self.value(bound));
        let outer = self.bind(local, bound);
        let known = self.value(body);
        self.bind(local, outer);
        known
    }

    fn member(&self, of: &Value, name: u32) -> Value {
        match of {
            Value::Context(context) => member(context, self.name(name)),
            _ => Value::Null,
        }
    }

    fn members(&self, of: &Value, name: u32) -> Value {
        match of {
            Value::List(items) => Value::List(items.iter().map(|item| self.member(item, name)).collect()),
            _ => Value::Null,
        }
    }

    fn one_of(&self, of: &Value, constants: u32) -> Value {
        let among = match self.code.constants.get(constants as usize) {
            Some(Value::List(items)) => items.iter().any(|item| value::equal(of, item) == Some(true)),
            _ => false,
        };
        Value::Boolean(among)
    }

    fn list(&mut self, list: List) -> Known {
        match self.all(list) {
            Ok(items) => Known::Known(Value::List(items.into())),
            Err(open) => open,
        }
    }

    fn call(&mut self, index: u16, of: List) -> Known {
        let mut arguments = self.work.lists.pop().unwrap_or_default();
        let result = self.call_with(index, of, &mut arguments);
        arguments.clear();
        self.work.lists.push(arguments);
        result
    }

    fn call_with(&mut self, index: u16, of: List, arguments: &mut Vec<Value>) -> Known {
        if let Err(open) = self.all_into(of, arguments) {
            return open;
        }
        if !self.step(arguments.iter().map(size).sum()) {
            return Known::Unknown;
        }
        let env = builtins::Env::new(self.calendar);
        let value = self.code.calls.get(usize::from(index)).map_or(Value::Null, |builtin| builtin.0.call(&env, arguments));
        // What rests on days whose holidays are not published is not known.
        if env.unpublished().is_some() { Known::Unknown } else { Known::Known(value) }
    }

    /// A fact as a value.
    pub fn fact(&self, slot: Slot) -> Known {
        match self.slots.state(slot) {
            State::Missing => Known::Missing,
            State::Null => Known::Known(Value::Null),
            State::Wide => Known::Known(self.slots.wide(slot).clone()),
            State::Narrow => Known::Known(self.program.fact(slot).map_or(Value::Null, |fact| widen(&fact.layout, self.slots.narrow(slot)))),
        }
    }

    pub(super) fn local(&self, local: u16) -> Value {
        self.work.locals.get(usize::from(local)).cloned().unwrap_or_default()
    }

    /// Binds a local name; what it was bound to before, which is to be bound again at the end of its scope: a definition that is
    /// worked out within a scope binds the same locals.
    pub(super) fn bind(&mut self, local: u16, value: Value) -> Value {
        self.work.locals.get_mut(usize::from(local)).map_or(Value::Null, |place| std::mem::replace(place, value))
    }

    fn name(&self, index: u32) -> &str {
        self.code.names.get(index as usize).map_or("", |name| name)
    }

    /// The result of a definition, worked out once a case.
    fn kept(&mut self, place: u16, body: NodeId) -> Known {
        let stamp = self.work.stamp;
        if let Some(Kept { known: Some(known), .. }) = self.work.kept.get(usize::from(place)).filter(|kept| kept.stamp == stamp) {
            return known.clone();
        }
        let known = match self.value(body) {
            Known::Missing if !self.trying => self.exact_value(body),
            known => known,
        };
        if let Some(kept) = self.work.kept.get_mut(usize::from(place)) {
            *kept = Kept { stamp, known: Some(known.clone()) };
        }
        known
    }

    /// All values of a run; the first that is open in the order unknown, missing.
    fn all(&mut self, list: List) -> Result<Vec<Value>, Known> {
        let mut values = Vec::with_capacity(usize::from(list.len));
        self.all_into(list, &mut values).map(|()| values)
    }

    fn all_into(&mut self, list: List, values: &mut Vec<Value>) -> Result<(), Known> {
        let code = self.code;
        let mut missing = false;
        for id in code.list(list) {
            match self.value(*id) {
                Known::Known(value) => values.push(value),
                Known::Missing => missing = true,
                Known::Unknown => return Err(Known::Unknown),
            }
        }
        if missing { Err(Known::Missing) } else { Ok(()) }
    }

    /// While the condition is open the branches settle it if they agree; where the law leaves the condition open, missing
    /// facts can still make them agree.
    fn choose(&mut self, condition: NodeId, then: NodeId, otherwise: NodeId) -> Known {
        let condition = match self.truth(condition) {
            Truth::True => return self.value(then),
            Truth::False | Truth::Null => return self.value(otherwise),
            open => open,
        };
        match (self.value(then), self.value(otherwise)) {
            (Known::Known(a), Known::Known(b)) if a == b => Known::Known(a),
            (Known::Unknown, Known::Unknown) => Known::Unknown,
            (Known::Unknown, _) | (_, Known::Unknown) => condition.into(),
            (Known::Known(_), Known::Known(_)) => condition.into(),
            (Known::Missing, _) | (_, Known::Missing) => Known::Missing,
        }
    }

    fn filter(&mut self, list: NodeId, local: u16, condition: NodeId) -> Known {
        let items = match known!(self.value(list)) {
            Value::List(items) => items,
            Value::Null => return Known::Known(Value::Null),
            single => [single].into(),
        };
        let mut kept = Vec::new();
        let mut open = None;
        let outer = self.local(local);
        for item in items.iter() {
            self.bind(local, item.clone());
            match self.truth(condition) {
                Truth::True => kept.push(item.clone()),
                Truth::False | Truth::Null => {}
                Truth::Missing => open = open.or(Some(Known::Missing)),
                Truth::Unknown => open = Some(Known::Unknown),
            }
            if self.exceeded {
                open = Some(Known::Unknown);
                break;
            }
        }
        self.bind(local, outer);
        open.unwrap_or_else(|| Known::Known(Value::List(kept.into())))
    }

    fn collect(&mut self, index: u32) -> Known {
        let mut results = Vec::new();
        let mut open: Option<Known> = None;
        let walked = self.iterate(index, 0, &mut |evaluator, body| {
            match evaluator.value(body) {
                Known::Known(value) => results.push(value),
                Known::Missing => open = open.take().or(Some(Known::Missing)),
                Known::Unknown => open = Some(Known::Unknown),
            }
            true
        });
        match (walked, open) {
            (Err(still), _) | (Ok(()), Some(still)) => still,
            (Ok(()), None) => Known::Known(Value::List(results.into())),
        }
    }

    fn quantified(&mut self, quantifier: Quantifier, index: u32) -> Known {
        let decisive = Truth::from(quantifier == Quantifier::Some);
        let mut result = Truth::from(quantifier == Quantifier::Every);
        let walked = self.iterate(index, 0, &mut |evaluator, body| {
            let truth = evaluator.truth(body);
            if truth == decisive {
                result = decisive;
                return false;
            }
            result = super::truth::weaker(result, truth);
            true
        });
        match walked {
            Ok(()) => result.into(),
            Err(open) => open,
        }
    }

    /// Calls `each` for every combination of a loop's variables, until it says false.
    pub(super) fn iterate(&mut self, index: u32, level: usize, each: &mut dyn FnMut(&mut Self, NodeId) -> bool) -> Result<(), Known> {
        self.iterate_from(index, level, each).map(|_| ())
    }

    fn iterate_from(&mut self, index: u32, level: usize, each: &mut dyn FnMut(&mut Self, NodeId) -> bool) -> Result<bool, Known> {
        let code = self.code;
        let Some(of) = code.loops.get(index as usize) else { return Ok(true) };
        let Some((local, from, to)) = of.iterations.get(level) else { return Ok(each(self, of.body)) };
        let open = |known| match known {
            Known::Known(value) => Ok(value),
            open => Err(open),
        };
        let from = open(self.value(*from))?;
        let mut visit = |evaluator: &mut Self, item: Value| {
            if !evaluator.step(1) {
                return Err(Known::Unknown);
            }
            let outer = evaluator.bind(*local, item);
            let walked = evaluator.iterate_from(index, level + 1, each);
            evaluator.bind(*local, outer);
            walked
        };
        match (to, from) {
            (Some(to), from) => {
                for item in steps(&from, &open(self.value(*to))?) {
                    if !visit(self, item)? {
                        return Ok(false);
                    }
                }
            }
            (None, Value::List(items)) => {
                for item in items.iter() {
                    if !visit(self, item.clone())? {
                        return Ok(false);
                    }
                }
            }
            (None, Value::Null) => {}
            (None, single) => return visit(self, single),
        }
        Ok(true)
    }

    fn context(&mut self, index: u32) -> Known {
        let code = self.code;
        let mut entries = Vec::new();
        let mut outer = Vec::new();
        let mut open = None;
        for (name, local, id) in code.contexts.get(index as usize).map_or(&[][..], |entries| entries) {
            match self.value(*id) {
                Known::Known(value) => {
                    outer.push((*local, self.bind(*local, value.clone())));
                    entries.push((name.clone(), value));
                }
                still => {
                    open = Some(still);
                    break;
                }
            }
        }
        outer.into_iter().rev().for_each(|(local, value)| drop(self.bind(local, value)));
        open.unwrap_or_else(|| Known::Known(Value::Context(Arc::new(Context(entries)))))
    }

    fn range(&mut self, index: u32) -> Known {
        let Some(range) = self.code.ranges.get(index as usize) else { return Known::Known(Value::Null) };
        let low = match range.low {
            Some(id) => Some(known!(self.value(id))),
            None => None,
        };
        let high = match range.high {
            Some(id) => Some(known!(self.value(id))),
            None => None,
        };
        let (low_included, high_included) = (range.low_included, range.high_included);
        Known::Known(Value::Range(Arc::new(Range { low, low_included, high, high_included })))
    }

    fn invoke(&mut self, function: NodeId, arguments: List) -> Known {
        let Value::Function(closure) = known!(self.value(function)) else { return Known::Known(Value::Null) };
        let arguments = match self.all(arguments) {
            Ok(arguments) => arguments,
            Err(open) => return open,
        };
        let code = self.code;
        let Some((parameters, body)) = code.functions.get(closure.function as usize) else { return Known::Known(Value::Null) };
        let outer = std::mem::replace(&mut self.work.locals, closure.captured.clone());
        for (parameter, argument) in parameters.iter().zip(arguments) {
            self.bind(*parameter, argument);
        }
        let result = self.value(*body);
        self.work.locals = outer;
        result
    }
}

fn member(context: &Context, name: &str) -> Value {
    context.get(name).cloned().unwrap_or_default()
}

/// How many elements an argument has, as the cost of working on it.
fn size(value: &Value) -> u64 {
    match value {
        Value::List(items) => items.len() as u64,
        Value::Text(text) => text.len() as u64 / 64,
        _ => 0,
    }
}

/// The element at a position from 1, or from -1 at the end.
fn element(list: &Value, position: &Value) -> Value {
    let Value::Number(position) = position else { return Value::Null };
    let items = match list {
        Value::List(items) => &items[..],
        single => std::slice::from_ref(single),
    };
    let Some(position) = position.to_i64() else { return Value::Null };
    let index = if position > 0 { position - 1 } else { position + items.len() as i64 };
    usize::try_from(index).ok().filter(|_| position != 0).and_then(|index| items.get(index)).cloned().unwrap_or_default()
}

fn compare(op: CompareOp, left: &Value, right: &Value) -> Value {
    let truth = match op {
        CompareOp::Equal => value::equal(left, right),
        CompareOp::NotEqual => value::equal(left, right).map(|equal| !equal),
        _ => value::compare(left, right).map(|ordering| ordered(op, ordering)),
    };
    truth.map_or(Value::Null, Value::Boolean)
}

fn arithmetic(op: ArithmeticOp, left: &Value, right: &Value) -> Value {
    match op {
        ArithmeticOp::Add => value::add(left, right),
        ArithmeticOp::Subtract => value::subtract(left, right),
        ArithmeticOp::Multiply => value::multiply(left, right),
        ArithmeticOp::Divide => value::divide(left, right),
        ArithmeticOp::Power => value::exponentiate(left, right),
    }
}

/// Whether a value lies in a range, or equals an element of a list (or lies in a range that is one).
pub(super) fn inside(of: &Value, wanted: &Value) -> Value {
    match wanted {
        Value::Range(range) => {
            let low = range.low.as_ref().map_or(Some(true), |low| {
                value::compare(of, low).map(|o| o.is_gt() || (range.low_included && o.is_eq()))
            });
            let high = range.high.as_ref().map_or(Some(true), |high| {
                value::compare(of, high).map(|o| o.is_lt() || (range.high_included && o.is_eq()))
            });
            match (low, high) {
                (Some(low), Some(high)) => Value::Boolean(low && high),
                _ => Value::Null,
            }
        }
        Value::List(items) => {
            let holds = |item: &Value| value::equal(of, item) == Some(true)
                || (matches!(item, Value::Range(_)) && inside(of, item) == Value::Boolean(true));
            Value::Boolean(items.iter().any(holds))
        }
        other => value::equal(of, other).map_or(Value::Null, Value::Boolean),
    }
}

/// The numbers or days from one to another, downwards if the second is less.
fn steps(from: &Value, to: &Value) -> Box<dyn Iterator<Item = Value>> {
    match (from, to) {
        (Value::Number(from), Value::Number(to)) => match (from.to_i64(), to.to_i64()) {
            (Some(from), Some(to)) if from <= to => Box::new((from..=to).map(|n| Value::Number(Decimal::from_i64(n)))),
            (Some(from), Some(to)) => Box::new((to..=from).rev().map(|n| Value::Number(Decimal::from_i64(n)))),
            _ => Box::new(std::iter::empty()),
        },
        (Value::Date(from), Value::Date(to)) if from <= to => Box::new((from.0..=to.0).map(|day| Value::Date(Date(day)))),
        (Value::Date(from), Value::Date(to)) => Box::new((to.0..=from.0).rev().map(|day| Value::Date(Date(day)))),
        _ => Box::new(std::iter::empty()),
    }
}

fn is_instance(of: &Value, wanted: &Type) -> bool {
    match (of, wanted) {
        (Value::Null, wanted) => matches!(wanted, Type::Null | Type::Optional(_)),
        (_, Type::Any) => true,
        (of, Type::Optional(inner)) => is_instance(of, inner),
        (Value::Text(text), Type::Enumeration(codes)) => codes.contains(text),
        (Value::List(items), Type::List(inner)) => items.iter().all(|item| is_instance(item, inner)),
        (Value::Context(context), Type::Context(fields)) => {
            fields.iter().all(|field| context.get(&field.name).is_some_and(|value| is_instance(value, &field.of)))
        }
        (Value::Range(range), Type::Range(inner)) => {
            [&range.low, &range.high].into_iter().flatten().all(|end| is_instance(end, inner))
        }
        (Value::Function(_), Type::Function(..)) => true,
        (of, wanted) => of.type_name() == wanted.to_string(),
    }
}
