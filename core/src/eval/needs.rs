//! Which missing facts can still change an open node, and which of them matter now.
//!
//! A fact outside the set makes no difference to the node under any completion of the facts in it: an open node is
//! walked into wherever a part of it is open, and only there. A part that another, open part guards matters later.

use super::Evaluator;
use super::slots::State;
use super::truth::Truth;
use super::value::Known;
use crate::compile::program::{List, Node, NodeId, Slot};

/// The gap of days whose holidays are not published: always the first of a program.
const UNPUBLISHED: u32 = 0;

/// Facts that matter, by slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    now: Vec<Slot>,
    later: Vec<Slot>,
    gaps: Vec<u32>,
}

impl Needs {
    /// Facts that matter whatever else is answered first.
    #[must_use]
    pub fn now(&self) -> &[Slot] {
        &self.now
    }

    /// Facts that may come to matter.
    #[must_use]
    pub fn later(&self) -> &[Slot] {
        &self.later
    }

    /// Unknown law that the node rests on.
    #[must_use]
    pub fn gaps(&self) -> &[u32] {
        &self.gaps
    }

    /// Adds a fact; what matters now does not also matter later.
    pub fn add(&mut self, slot: Slot, now: bool) {
        if self.now.contains(&slot) {
            return;
        }
        if now {
            self.later.retain(|other| *other != slot);
            self.now.push(slot);
        } else if !self.later.contains(&slot) {
            self.later.push(slot);
        }
    }

    /// Adds unknown law.
    pub fn add_gap(&mut self, gap: u32) {
        if !self.gaps.contains(&gap) {
            self.gaps.push(gap);
        }
    }

    /// Adds what another part needs.
    pub(super) fn extend(&mut self, other: &Needs) {
        other.now.iter().for_each(|slot| self.add(*slot, true));
        other.later.iter().for_each(|slot| self.add(*slot, false));
        other.gaps.iter().for_each(|gap| self.add_gap(*gap));
    }

    /// Keeps some of the facts. Where none is left of those that mattered now, the first that came after them does.
    pub(super) fn retain(&mut self, keep: impl Fn(Slot) -> bool) {
        let asks = !self.now.is_empty();
        self.now.retain(|slot| keep(*slot));
        self.later.retain(|slot| keep(*slot));
        if asks {
            self.ask();
        }
    }

    /// A part that facts keep open asks for one of them: where none matters now, for the first that may come to.
    pub(super) fn ask(&mut self) {
        if self.now.is_empty() && !self.later.is_empty() {
            self.now.push(self.later.remove(0));
        }
    }

    fn len(&self) -> usize {
        self.now.len() + self.later.len()
    }
}

impl Evaluator<'_> {
    /// Adds what an open node needs. A settled node needs nothing.
    pub fn need(&mut self, id: NodeId, now: bool, needs: &mut Needs) {
        let code = self.code;
        if self.value(id) == Known::Unknown {
            return self.need_law(id, needs);
        }
        match code.node(id) {
            Node::Truth(_) | Node::Constant(_) | Node::Moment(_) | Node::Local(_) | Node::Function(_) | Node::Unknown(_) => {}
            Node::Flag(slot) | Node::Is(slot, _) | Node::Among(slot, _) | Node::Has(slot, _) | Node::Order(slot, ..) | Node::Absent(slot)
            | Node::Fact(slot) => {
                if self.slots.state(slot) == State::Missing {
                    needs.add(slot, now);
                }
            }
            Node::And(list) => self.need_junction(list, Truth::False, now, needs),
            Node::Or(list) => self.need_junction(list, Truth::True, now, needs),
            Node::Not(of) | Node::Negate(of) | Node::IsNull(of) | Node::Member(of, _) | Node::Members(of, _) | Node::Property(of, _)
            | Node::OneOf(of, _) | Node::InstanceOf(of, _) | Node::Definition(_, of) => self.need_if_open(of, now, needs),
            Node::Let(local, bound, body) => match self.value(bound) {
                Known::Known(value) => {
                    let outer = self.bind(local, value);
                    self.need_if_open(body, now, needs);
                    self.bind(local, outer);
                }
                _ => {
                    self.need(bound, now, needs);
                    self.mention(body, needs);
                }
            },
            Node::At(a, b) | Node::Compare(_, a, b) | Node::Arithmetic(_, a, b) | Node::Inside(a, b) => {
                self.need_if_open(a, now, needs);
                self.need_if_open(b, now, needs);
            }
            Node::If(condition, then, otherwise) => match self.truth(condition) {
                Truth::True => self.need_if_open(then, now, needs),
                Truth::False | Truth::Null => self.need_if_open(otherwise, now, needs),
                _ => {
                    let before = needs.len();
                    self.need(condition, now, needs);
                    let now = now && needs.len() == before;
                    self.need_if_open(then, now, needs);
                    self.need_if_open(otherwise, now, needs);
                }
            },
            Node::Filter(list, local, condition) => match self.value(list) {
                Known::Known(crate::value::Value::List(items)) => {
                    for item in items.iter() {
                        let outer = self.bind(local, item.clone());
                        self.need_if_open(condition, now, needs);
                        self.bind(local, outer);
                    }
                }
                Known::Known(_) => {}
                _ => {
                    self.need(list, now, needs);
                    self.mention(condition, needs);
                }
            },
            Node::For(index) | Node::Quantified(_, index) => self.need_loop(index, now, needs),
            Node::List(list) | Node::Call(_, list) => self.need_all(list, now, needs),
            Node::Context(index) => {
                let mut outer = Vec::new();
                for (_, local, id) in code.contexts.get(index as usize).map_or(&[][..], |entries| entries) {
                    match self.value(*id) {
                        Known::Known(value) => outer.push((*local, self.bind(*local, value))),
                        _ => self.need(*id, now, needs),
                    }
                }
                outer.into_iter().rev().for_each(|(local, value)| drop(self.bind(local, value)));
            }
            Node::Range(index) => {
                let ends = code.ranges.get(index as usize).map(|range| [range.low, range.high]);
                ends.into_iter().flatten().flatten().for_each(|end| self.need_if_open(end, now, needs));
            }
            Node::Invoke(function, arguments) => {
                self.need_if_open(function, now, needs);
                self.need_all(arguments, now, needs);
                self.mention(id, needs);
            }
            Node::Table(index) => self.need_table(index, now, needs),
        }
    }

    /// Adds what a truth needs if it is open; only the law, where no fact can settle it.
    pub(super) fn need_truth(&mut self, id: NodeId, now: bool, needs: &mut Needs) {
        match self.exact_truth(id) {
            Truth::True | Truth::False | Truth::Null => {}
            Truth::Missing => self.need(id, now, needs),
            Truth::Unknown => {
                let mut of_law = Needs::default();
                self.need(id, now, &mut of_law);
                of_law.gaps.into_iter().for_each(|gap| needs.add_gap(gap));
            }
        }
    }

    /// Adds what a node needs if it is open.
    pub fn need_if_open(&mut self, id: NodeId, now: bool, needs: &mut Needs) {
        if !matches!(self.value(id), Known::Known(_)) {
            self.need(id, now, needs);
        }
    }

    /// Adds the gaps in the law that a node rests on; no fact can settle it, so none is asked for.
    fn need_law(&mut self, id: NodeId, needs: &mut Needs) {
        let code = self.code;
        if let Node::Unknown(gap) = code.node(id) {
            needs.add_gap(gap);
            return;
        }
        let children = self.can_decide(id);
        let unpublished = matches!(code.node(id), Node::Call(..)) && children.iter().all(|child| self.value(*child) != Known::Unknown);
        if unpublished {
            needs.add_gap(UNPUBLISHED);
        }
        for child in children {
            if self.value(child) == Known::Unknown {
                self.need_law(child, needs);
            }
        }
    }

    /// The parts of a node that can decide it: not the branch that is not taken, nor a row that does not match.
    fn can_decide(&mut self, id: NodeId) -> Vec<NodeId> {
        let code = self.code;
        let mut parts = Vec::new();
        match code.node(id) {
            Node::If(condition, then, otherwise) => match self.truth(condition) {
                Truth::True => parts.push(then),
                Truth::False | Truth::Null => parts.push(otherwise),
                _ => parts.extend([condition, then, otherwise]),
            },
            Node::Table(index) => {
                let Some(table) = code.tables.get(index as usize) else { return parts };
                parts.extend(table.inputs.iter().map(|input| input.node));
                for row in &table.rows {
                    if self.row(row) != Truth::False {
                        parts.extend(row.tests.iter().flatten().chain(&row.outputs));
                    }
                }
                parts.extend(table.otherwise);
            }
            _ => code.children(id, &mut |part| parts.push(part)),
        }
        parts
    }

    fn need_all(&mut self, list: List, now: bool, needs: &mut Needs) {
        let code = self.code;
        for id in code.list(list) {
            self.need_if_open(*id, now, needs);
        }
    }

    /// Each open part guards those after it: `rented and area < 8` asks for the area once the home is known to be rented.
    fn need_junction(&mut self, list: List, dominant: Truth, now: bool, needs: &mut Needs) {
        let code = self.code;
        if code.list(list).iter().any(|id| self.truth(*id) == dominant) {
            return;
        }
        let mut now = now;
        for id in code.list(list) {
            if !self.truth(*id).is_settled() {
                let before = needs.len();
                self.need(*id, now, needs);
                now = now && needs.len() == before;
            }
        }
    }

    fn need_loop(&mut self, index: u32, now: bool, needs: &mut Needs) {
        let walked = self.iterate(index, 0, &mut |evaluator, body| {
            evaluator.need_if_open(body, now, needs);
            true
        });
        if walked.is_err() {
            let code = self.code;
            let Some(of) = code.loops.get(index as usize) else { return };
            for (_, from, to) in &of.iterations {
                self.need_if_open(*from, now, needs);
                if let Some(to) = to {
                    self.need_if_open(*to, now, needs);
                }
                self.mention(*from, needs);
            }
            self.mention(of.body, needs);
        }
    }

    fn need_table(&mut self, index: u32, now: bool, needs: &mut Needs) {
        let code = self.code;
        let mut guarded = now;
        for input in self.inputs_that_matter(index) {
            let before = needs.len();
            self.need_if_open(input, guarded, needs);
            guarded = guarded && needs.len() == before;
        }
        let Some(table) = code.tables.get(index as usize) else { return };
        let (mut matches, mut may_match) = (false, false);
        for (row, number) in table.rows.iter().zip(0u32..) {
            let truth = self.row(row);
            if matches!(truth, Truth::False | Truth::Null) {
                continue;
            }
            matches |= truth == Truth::True;
            may_match = true;
            for test in &row.beyond_index {
                self.need_if_open(*test, guarded, needs);
            }
            if matches!(self.outputs(table, number), Known::Missing | Known::Unknown) {
                let now = guarded && truth == Truth::True;
                row.outputs.iter().for_each(|output| self.need_if_open(*output, now, needs));
            }
        }
        if let Some(otherwise) = table.otherwise.filter(|_| !matches) {
            self.need_if_open(otherwise, guarded && !may_match, needs);
        }
    }

    /// Adds every missing fact a node mentions, as one that may come to matter: its locals are not known yet.
    fn mention(&mut self, id: NodeId, needs: &mut Needs) {
        self.code.mentioned(id, &mut |slot| {
            if self.slots.state(slot) == State::Missing {
                needs.add(slot, false);
            }
        });
    }

    /// Adds the gaps in the law that a node rests on, if it rests on any.
    pub(super) fn need_law_of(&mut self, id: NodeId, needs: &mut Needs) {
        if self.value(id) == Known::Unknown {
            self.need_law(id, needs);
        }
    }
}
