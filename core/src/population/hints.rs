//! What the rules themselves say about sensible values: the thresholds a fact is held against, facts that are held against
//! each other, dates that are ages and dates that may lie ahead.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::program::{Code, Node, NodeId, Program, Slot};
use crate::feel::ast::CompareOp;

/// What is found in the nodes of a program.
#[derive(Debug, Default)]
pub struct Hints {
    /// The integers that each slot is compared with, at the slot's own scale.
    pub thresholds: BTreeMap<Slot, BTreeSet<i64>>,
    /// A fact that is asked to be equal to one declared before it, or to be the same name.
    pub equal: BTreeMap<Slot, Slot>,
    /// A personal number whose year of birth is asked to be that of a date.
    pub born: BTreeMap<Slot, Slot>,
    /// A personal number whose sex is asked to be that of a fact.
    pub sex: BTreeMap<Slot, Slot>,
    /// Dates whose age is counted.
    pub aged: BTreeSet<Slot>,
    /// Dates that are compared with the moment as if they could lie ahead of it.
    pub ahead: BTreeSet<Slot>,
}

impl Hints {
    /// The hints of a program.
    #[must_use]
    pub fn of(program: &Program) -> Hints {
        let code = &program.code_of;
        let mut hints = Hints::default();
        code.nodes.iter().for_each(|node| hints.node(code, *node));
        hints
    }

    fn node(&mut self, code: &Code, node: Node) {
        match node {
            Node::Order(slot, _, bound) => {
                self.thresholds.entry(slot).or_default().insert(bound);
            }
            Node::Compare(CompareOp::Equal, a, b) => self.equality(code, a, b),
            Node::Compare(CompareOp::GreaterOrEqual | CompareOp::Greater, a, b) => self.later(code, a, b),
            Node::Compare(CompareOp::LessOrEqual | CompareOp::Less, a, b) => self.later(code, b, a),
            Node::Call(call, list) => match (called(code, call), code.list(list)) {
                ("same name", [a, b]) => self.alike(fact(code, *a), fact(code, *b)),
                ("age", [born, ..]) => self.aged.extend(fact(code, *born)),
                _ => {}
            },
            _ => {}
        }
    }

    fn equality(&mut self, code: &Code, a: NodeId, b: NodeId) {
        self.alike(fact(code, a), fact(code, b));
        for (number, other) in [(a, b), (b, a)] {
            let Node::Call(call, list) = through(code, number) else { continue };
            let Some(of) = code.list(list).first().and_then(|first| fact(code, *first)) else { continue };
            match (called(code, call), through(code, other)) {
                ("personal id birth year", Node::Property(date, name)) if code.names.get(name as usize).is_some_and(|name| &**name == "year") => {
                    self.born.extend(fact(code, date).map(|date| (of, date)));
                }
                ("personal id sex", _) => self.sex.extend(fact(code, other).map(|sex| (of, sex))),
                _ => {}
            }
        }
    }

    /// `a` is asked to be no earlier than `b`.
    fn later(&mut self, code: &Code, a: NodeId, b: NodeId) {
        if let (Some(date), Node::Moment(_)) = (fact(code, a), through(code, b)) {
            self.ahead.insert(date);
        }
    }

    fn alike(&mut self, a: Option<Slot>, b: Option<Slot>) {
        if let (Some(a), Some(b)) = (a, b)
            && a != b
        {
            self.equal.entry(a.max(b)).or_insert(a.min(b));
        }
    }
}

fn called(code: &Code, call: u16) -> &'static str {
    code.calls.get(usize::from(call)).map_or("", |builtin| builtin.0.name)
}

/// The node under the names it has been given.
fn through(code: &Code, id: NodeId) -> Node {
    match code.node(id) {
        Node::Definition(_, body) => through(code, body),
        node => node,
    }
}

fn fact(code: &Code, id: NodeId) -> Option<Slot> {
    match through(code, id) {
        Node::Fact(slot) => Some(slot),
        _ => None,
    }
}
