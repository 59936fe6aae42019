//! Typed expressions to nodes, with the parameters of one epoch folded in.

use std::collections::HashMap;

use super::intern::{Interner, position};
use super::program::{BuiltinRef, Cite, Gap, Layout, LoopCode, Node, NodeId, RangeCode, Slot};
use super::program::FactSlot;
use crate::builtins;
use crate::calendar::WorkingCalendar;
use crate::check::typed::{DefinitionVersion, Expr, Kind, TypedDefinition, TypedIteration, TypedProcedure};
use crate::feel::ast::{ArithmeticOp, CompareOp};
use crate::model::{Basis, ParameterValue, Text};
use crate::value::{self, Date, Value};

/// Lowers expressions of one procedure under the law of one epoch.
pub(super) struct Lowering<'a> {
    pub procedure: &'a TypedProcedure,
    pub facts: &'a [FactSlot],
    pub instruments: &'a Titles<'a>,
    pub calendar: &'a WorkingCalendar,
    /// First day of the epoch.
    pub day: Date,
    pub interner: &'a mut Interner,
    pub gaps: &'a mut Vec<Gap>,
    /// Nodes of the definitions in force, made when first used, with what they rest on.
    pub definitions: Vec<Option<(NodeId, Vec<Cite>)>>,
    /// The citations of the parameters and definitions that were lowered.
    pub rests: Vec<Cite>,
}

impl Lowering<'_> {
    /// The node of an expression.
    pub fn lower(&mut self, expr: &Expr) -> NodeId {
        let node = match &expr.kind {
            Kind::Constant(value) => return self.interner.constant_node(value.clone()),
            Kind::Fact(fact) => self.fact(Slot(fact.0)),
            Kind::Parameter(index) => return self.parameter(usize::from(*index)),
            Kind::Definition(index) => return self.definition(*index),
            Kind::Moment(name) => Node::Moment(*name),
            Kind::Local(local) => self.local(*local),
            Kind::Let(local, bound, body) => {
                self.local(*local);
                Node::Let(*local, self.lower(bound), self.lower(body))
            }
            Kind::Member(of, name) => Node::Member(self.lower(of), self.interner.name(name)),
            Kind::Members(of, name) => Node::Members(self.lower(of), self.interner.name(name)),
            Kind::Property(of, name) => {
                let of = self.lower(of);
                if let Some(value) = self.interner.constant_of(of).and_then(|of| builtins::property(&of, name)) {
                    return self.interner.constant_node(value);
                }
                Node::Property(of, self.interner.name(name))
            }
            Kind::At(list, at) => Node::At(self.lower(list), self.lower(at)),
            Kind::Filter(list, local, condition) => {
                self.local(*local);
                Node::Filter(self.lower(list), *local, self.lower(condition))
            }
            Kind::And(parts) => return self.junction(parts, false),
            Kind::Or(parts) => return self.junction(parts, true),
            Kind::Not(of) => {
                let of = self.lower(of);
                match self.interner.code.node(of) {
                    Node::Truth(truth) => Node::Truth(!truth),
                    Node::Not(inner) => return inner,
                    _ => Node::Not(of),
                }
            }
            Kind::Compare(op, left, right) => {
                let (left, right) = (self.lower(left), self.lower(right));
                self.compare(*op, left, right)
            }
            Kind::IsNull(of) => {
                let of = self.lower(of);
                match self.interner.code.node(of) {
                    Node::Fact(slot) | Node::Flag(slot) => Node::Absent(slot),
                    _ => match self.interner.constant_of(of) {
                        Some(value) => Node::Truth(value == Value::Null),
                        None => Node::IsNull(of),
                    },
                }
            }
            Kind::OneOf(of, among) => {
                let of = self.lower(of);
                self.one_of(of, among)
            }
            Kind::Arithmetic(op, left, right) => {
                let (left, right) = (self.lower(left), self.lower(right));
                match (self.interner.constant_of(left), self.interner.constant_of(right)) {
                    (Some(a), Some(b)) => return self.interner.constant_node(arithmetic(*op, &a, &b)),
                    _ => Node::Arithmetic(*op, left, right),
                }
            }
            Kind::Negate(of) => {
                let of = self.lower(of);
                match self.interner.constant_of(of).map(|value| value::negate(&value)) {
                    Some(value) => return self.interner.constant_node(value),
                    None => Node::Negate(of),
                }
            }
            Kind::If(condition, then, otherwise) => {
                let condition = self.lower(condition);
                match self.interner.code.node(condition) {
                    Node::Truth(true) => return self.lower(then),
                    Node::Truth(false) => return self.lower(otherwise),
                    _ => Node::If(condition, self.lower(then), self.lower(otherwise)),
                }
            }
            Kind::For(iterations, body) => Node::For(self.loop_of(iterations, body)),
            Kind::Quantified(quantifier, iterations, body) => Node::Quantified(*quantifier, self.loop_of(iterations, body)),
            Kind::List(items) => {
                let ids: Vec<NodeId> = items.iter().map(|item| self.lower(item)).collect();
                let constants: Option<Vec<Value>> = ids.iter().map(|id| self.interner.constant_of(*id)).collect();
                match constants {
                    Some(values) => return self.interner.constant_node(Value::List(values.into())),
                    None => Node::List(self.interner.list(ids)),
                }
            }
            Kind::Context(entries) => {
                let lowered = entries.iter().map(|(name, local, value)| {
                    self.local(*local);
                    (name.clone(), *local, self.lower(value))
                });
                let lowered = lowered.collect();
                Node::Context(position(&mut self.interner.code.contexts, lowered))
            }
            Kind::Range(low, low_included, high, high_included) => {
                let low = low.as_ref().map(|low| self.lower(low));
                let high = high.as_ref().map(|high| self.lower(high));
                let range = RangeCode { low, low_included: *low_included, high, high_included: *high_included };
                Node::Range(position(&mut self.interner.code.ranges, range))
            }
            Kind::Inside(of, range) => Node::Inside(self.lower(of), self.lower(range)),
            Kind::InstanceOf(of, wanted) => {
                Node::InstanceOf(self.lower(of), position(&mut self.interner.code.types, wanted.clone()))
            }
            Kind::Call(builtin, arguments) => return self.call(builtin, arguments),
            Kind::Function(parameters, body) => {
                parameters.iter().for_each(|parameter| {
                    self.local(*parameter);
                });
                let body = self.lower(body);
                Node::Function(position(&mut self.interner.code.functions, (parameters.clone(), body)))
            }
            Kind::Invoke(function, arguments) => {
                let function = self.lower(function);
                let arguments = arguments.iter().map(|argument| self.lower(argument)).collect();
                Node::Invoke(function, self.interner.list(arguments))
            }
            Kind::Table(table) => return self.table(table),
        };
        self.interner.node(node)
    }

    /// A guard, absent where it always holds.
    pub fn guard(&mut self, when: Option<&Expr>) -> Option<NodeId> {
        let id = self.lower(when?);
        (self.interner.code.node(id) != Node::Truth(true)).then_some(id)
    }

    fn local(&mut self, local: u16) -> Node {
        self.interner.code.locals = self.interner.code.locals.max(local + 1);
        Node::Local(local)
    }

    fn fact(&self, slot: Slot) -> Node {
        match self.facts.get(usize::from(slot.0)).map(|fact| &fact.layout) {
            Some(Layout::Boolean) => Node::Flag(slot),
            _ => Node::Fact(slot),
        }
    }

    fn parameter(&mut self, index: usize) -> NodeId {
        let Some(parameter) = self.procedure.parameters.get(index) else { return self.interner.constant_node(Value::Null) };
        let in_force = parameter.values.iter().find(|value| value.interval.contains(self.day));
        match in_force.map(|dated| (&dated.value, &dated.basis)) {
            Some((ParameterValue::Known(value), basis)) => {
                self.rest_on(self.cites(basis));
                self.interner.constant_node(value.clone())
            }
            Some((ParameterValue::Unknown(why), basis)) => {
                let gap = Gap { id: parameter.name.clone(), why: why.clone(), basis: self.cites(basis) };
                self.unknown(gap)
            }
            None => self.interner.constant_node(Value::Null),
        }
    }

    /// Citations with titles, in words.
    pub fn cites(&self, basis: &Basis) -> Vec<Cite> {
        cites(basis, self.instruments)
    }

    /// The node of law that is not known.
    pub fn unknown(&mut self, gap: Gap) -> NodeId {
        let index = position(self.gaps, gap);
        self.interner.node(Node::Unknown(index))
    }

    /// The node of a definition in force; null where none is.
    pub fn definition(&mut self, index: u16) -> NodeId {
        if let Some(Some((known, rests))) = self.definitions.get(usize::from(index)).cloned() {
            self.rest_on(rests);
            return known;
        }
        let Some(definition) = self.procedure.definitions.get(usize::from(index)) else {
            return self.interner.constant_node(Value::Null);
        };
        let in_force = definition.versions.iter().find(|version| version.interval.contains(self.day));
        let (id, rests) = self.resting(|lowering| lowering.version(definition, index, in_force));
        self.rest_on(rests.clone());
        if let Some(place) = self.definitions.get_mut(usize::from(index)) {
            *place = Some((id, rests));
        }
        id
    }

    fn version(&mut self, definition: &TypedDefinition, index: u16, in_force: Option<&DefinitionVersion>) -> NodeId {
        if let Some(version) = in_force {
            self.rest_on(self.cites(&version.basis));
        }
        match in_force {
            Some(version) => match &version.body {
                Ok(body) => {
                    let body = self.lower(body);
                    if self.interner.constant_of(body).is_some() {
                        body
                    } else {
                        self.interner.node(Node::Definition(index, body))
                    }
                }
                Err(why) => {
                    let basis = self.cites(&version.basis);
                    self.unknown(Gap { id: definition.name.clone(), why: why.clone(), basis })
                }
            },
            None => self.interner.constant_node(Value::Null),
        }
    }

    /// What is made, and the citations of the parameters and definitions that it rests on.
    pub fn resting<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> (T, Vec<Cite>) {
        let outer = std::mem::take(&mut self.rests);
        let made = make(self);
        (made, std::mem::replace(&mut self.rests, outer))
    }

    fn rest_on(&mut self, cites: Vec<Cite>) {
        for cite in cites {
            if !self.rests.contains(&cite) {
                self.rests.push(cite);
            }
        }
    }

    /// The index of citations in [`Code::bases`](super::program::Code::bases).
    pub fn bases(&mut self, rests: Vec<Cite>) -> u32 {
        position(&mut self.interner.code.bases, rests)
    }

    /// `and` with `dominant` false, `or` with true: nested ones are laid flat, constants dropped.
    fn junction(&mut self, parts: &[Expr], dominant: bool) -> NodeId {
        let mut ids = Vec::new();
        for part in parts {
            let id = self.lower(part);
            match self.interner.code.node(id) {
                Node::Truth(truth) if truth == dominant => return self.interner.node(Node::Truth(dominant)),
                Node::Truth(_) => {}
                Node::And(list) if !dominant => ids.extend(self.interner.code.list(list).to_vec()),
                Node::Or(list) if dominant => ids.extend(self.interner.code.list(list).to_vec()),
                _ if ids.contains(&id) => {}
                _ => ids.push(id),
            }
        }
        match ids[..] {
            [] => self.interner.node(Node::Truth(!dominant)),
            [only] => only,
            _ => {
                let list = self.interner.list(ids);
                self.interner.node(if dominant { Node::Or(list) } else { Node::And(list) })
            }
        }
    }

    /// A comparison; with a fact that has an integer slot and a constant it needs no values.
    fn compare(&mut self, op: CompareOp, left: NodeId, right: NodeId) -> Node {
        match (self.interner.constant_of(left), self.interner.constant_of(right)) {
            (Some(a), Some(b)) => {
                let truth = match op {
                    CompareOp::Equal => value::equal(&a, &b),
                    CompareOp::NotEqual => value::equal(&a, &b).map(|equal| !equal),
                    _ => value::compare(&a, &b).map(|ordering| holds(op, ordering)),
                };
                match truth {
                    Some(truth) => Node::Truth(truth),
                    None => Node::Constant(self.interner.constant(Value::Null)),
                }
            }
            (Some(constant), None) => match self.on_slot(mirrored(op), right, &constant) {
                Some(node) => node,
                None => Node::Compare(op, left, right),
            },
            (None, Some(constant)) => match self.on_slot(op, left, &constant) {
                Some(node) => node,
                None => Node::Compare(op, left, right),
            },
            (None, None) => Node::Compare(op, left, right),
        }
    }

    fn on_slot(&mut self, op: CompareOp, fact: NodeId, constant: &Value) -> Option<Node> {
        let slot = match self.interner.code.node(fact) {
            Node::Fact(slot) | Node::Flag(slot) => slot,
            _ => return None,
        };
        if *constant == Value::Null {
            return match op {
                CompareOp::Equal => Some(Node::Absent(slot)),
                CompareOp::NotEqual => {
                    let absent = self.interner.node(Node::Absent(slot));
                    Some(Node::Not(absent))
                }
                _ => None,
            };
        }
        match (&self.facts.get(usize::from(slot.0))?.layout, constant) {
            // Null equals neither truth, so an optional fact is compared like a code.
            (Layout::Boolean, Value::Boolean(truth)) if self.is_optional(slot) => match op {
                CompareOp::Equal => Some(Node::Is(slot, u16::from(*truth))),
                CompareOp::NotEqual => {
                    let is = self.interner.node(Node::Is(slot, u16::from(*truth)));
                    Some(Node::Not(is))
                }
                _ => None,
            },
            (Layout::Boolean, Value::Boolean(truth)) => match (op, truth) {
                (CompareOp::Equal, true) | (CompareOp::NotEqual, false) => Some(Node::Flag(slot)),
                (CompareOp::Equal, false) | (CompareOp::NotEqual, true) => Some(Node::Not(fact)),
                _ => None,
            },
            (Layout::Enumeration { values }, Value::Text(code)) => {
                let at = values.iter().position(|value| value.code == *code)? as u16;
                match op {
                    CompareOp::Equal => Some(Node::Is(slot, at)),
                    CompareOp::NotEqual => {
                        let is = self.interner.node(Node::Is(slot, at));
                        Some(Node::Not(is))
                    }
                    _ => None,
                }
            }
            (Layout::Number { scale, .. }, Value::Number(number)) => Some(Node::Order(slot, op, number.scaled(*scale)?)),
            (Layout::Date { .. }, Value::Date(day)) => Some(Node::Order(slot, op, i64::from(day.0))),
            _ => None,
        }
    }

    fn is_optional(&self, slot: Slot) -> bool {
        self.facts.get(usize::from(slot.0)).is_some_and(|fact| fact.optional)
    }

    fn one_of(&mut self, of: NodeId, among: &[Value]) -> Node {
        if let Some(value) = self.interner.constant_of(of) {
            return Node::Truth(among.iter().any(|one| value::equal(&value, one) == Some(true)));
        }
        if let (Node::Fact(slot), false) = (self.interner.code.node(of), among.contains(&Value::Null))
            && let Some(Layout::Enumeration { values }) = self.facts.get(usize::from(slot.0)).map(|fact| &fact.layout)
        {
            let bit = |one: &Value| values.iter().position(|value| matches!(one, Value::Text(code) if *code == value.code));
            let bits: Vec<usize> = among.iter().filter_map(bit).collect();
            if let [only] = bits[..] {
                return Node::Is(slot, only as u16);
            }
            let mask = bits.iter().fold(0u64, |mask, bit| mask | 1 << bit);
            return Node::Among(slot, position(&mut self.interner.code.masks, mask));
        }
        let list = self.interner.constant(Value::List(among.to_vec().into()));
        Node::OneOf(of, list)
    }

    fn loop_of(&mut self, iterations: &[TypedIteration], body: &Expr) -> u32 {
        let iterations = iterations.iter().map(|iteration| {
            self.local(iteration.local);
            (iteration.local, self.lower(&iteration.from), iteration.to.as_ref().map(|to| self.lower(to)))
        });
        let iterations = iterations.collect();
        let body = self.lower(body);
        position(&mut self.interner.code.loops, LoopCode { iterations, body })
    }

    fn call(&mut self, builtin: &'static builtins::Builtin, arguments: &[Expr]) -> NodeId {
        let ids: Vec<NodeId> = arguments.iter().map(|argument| self.lower(argument)).collect();
        if let (&[set, member], "list contains") = (&ids[..], builtin.name)
            && let (Node::Fact(slot), Some(Value::Text(code))) = (self.interner.code.node(set), self.interner.constant_of(member))
            && let Some(Layout::Set { values }) = self.facts.get(usize::from(slot.0)).map(|fact| &fact.layout)
            && let Some(bit) = values.iter().position(|value| value.code == code)
        {
            return self.interner.node(Node::Has(slot, bit as u8));
        }
        let constants: Option<Vec<Value>> = ids.iter().map(|id| self.interner.constant_of(*id)).collect();
        if let Some(constants) = constants {
            let env = builtins::Env::new(self.calendar);
            let value = builtin.call(&env, &constants);
            // A count that reaches past the published days is worked out when it is asked for, and then left open.
            if env.unpublished().is_none() {
                return self.interner.constant_node(value);
            }
        }
        let index = position(&mut self.interner.code.calls, BuiltinRef(builtin));
        let list = self.interner.list(ids);
        self.interner.node(Node::Call(index as u16, list))
    }
}

/// Titles of instruments by their numbers.
pub(super) type Titles<'a> = HashMap<&'a str, &'a Text>;

/// Citations with the titles of their instruments, in words.
pub(super) fn cites(basis: &Basis, titles: &Titles) -> Vec<Cite> {
    let cite = |citation: &crate::model::Citation| {
        Cite {
            instrument: citation.instrument.clone(),
            title: titles.get(&*citation.instrument).map(|title| (*title).clone()).unwrap_or_default(),
            words: citation.words(),
            confidence: basis.confidence,
        }
    };
    basis.citations.iter().map(cite).collect()
}

fn arithmetic(op: ArithmeticOp, a: &Value, b: &Value) -> Value {
    match op {
        ArithmeticOp::Add => value::add(a, b),
        ArithmeticOp::Subtract => value::subtract(a, b),
        ArithmeticOp::Multiply => value::multiply(a, b),
        ArithmeticOp::Divide => value::divide(a, b),
        ArithmeticOp::Power => value::exponentiate(a, b),
    }
}

fn holds(op: CompareOp, ordering: std::cmp::Ordering) -> bool {
    match op {
        CompareOp::Equal => ordering.is_eq(),
        CompareOp::NotEqual => ordering.is_ne(),
        CompareOp::Less => ordering.is_lt(),
        CompareOp::LessOrEqual => ordering.is_le(),
        CompareOp::Greater => ordering.is_gt(),
        CompareOp::GreaterOrEqual => ordering.is_ge(),
    }
}

fn mirrored(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Less => CompareOp::Greater,
        CompareOp::LessOrEqual => CompareOp::GreaterOrEqual,
        CompareOp::Greater => CompareOp::Less,
        CompareOp::GreaterOrEqual => CompareOp::LessOrEqual,
        same => same,
    }
}
