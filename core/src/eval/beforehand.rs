//! Tests that need slots only, worked out in one run before anything asks for them.
//!
//! The run has no branch that depends on the case: with cases that differ, guessing branches wrong would cost more than the
//! tests themselves.

use super::Evaluator;
use super::slots::State;
use super::truth::Truth;
use crate::compile::beforehand::Beforehand;
use crate::compile::program::{Node, NodeId};

/// It does not hold.
pub(super) const NO: u32 = 0;
/// Not told beforehand: a fact is missing, null or beside the slots. So ordered, `and` is the least and `or` the greatest.
pub(super) const OPEN: u32 = 1;
/// It holds.
pub(super) const YES: u32 = 2;

/// The truths of nodes as far as they are worked out beforehand.
#[derive(Debug, Default)]
pub(super) struct Truths {
    /// For each node the case it was worked out for, times four, and its truth.
    entries: Vec<u32>,
    /// The present case, times four.
    case: u32,
}

impl Truths {
    /// Forgets all truths, for the next case.
    pub fn forget(&mut self, nodes: usize) {
        self.case = self.case.wrapping_add(4);
        if self.case == 0 {
            self.entries.clear();
            self.case = 4;
        }
        if self.entries.len() < nodes {
            self.entries.resize(nodes, 0);
        }
    }

    /// What is known beforehand of a node.
    #[inline]
    pub fn of(&self, id: NodeId) -> u32 {
        let since = self.entries.get(id.0 as usize).copied().unwrap_or(0) ^ self.case;
        if since <= YES { since } else { OPEN }
    }

    /// What is known beforehand of a guard: absent ones hold.
    #[inline]
    pub fn of_guard(&self, when: Option<NodeId>) -> u32 {
        when.map_or(YES, |when| self.of(when))
    }

    #[inline]
    fn put(&mut self, id: NodeId, truth: u32) {
        if let Some(entry) = self.entries.get_mut(id.0 as usize) {
            *entry = self.case | truth;
        }
    }
}

impl Evaluator<'_> {
    /// Works out the tests of an epoch that need slots only.
    pub(super) fn work_out(&mut self, tests: &Beforehand) {
        let (slots, truths) = (self.slots, &mut self.work.truths);
        for test in &tests.ranges {
            let (state, integer) = slots.cell(test.slot);
            let inside = (integer.wrapping_sub(test.low) as u64) <= test.span;
            truths.put(test.id, truth(state, inside == test.inside));
        }
        for (id, slot, mask) in &tests.among {
            let (state, integer) = slots.cell(*slot);
            truths.put(*id, truth(state, mask >> (integer & 63) & 1 == 1));
        }
        for (id, slot, bit) in &tests.has {
            let (state, integer) = slots.cell(*slot);
            truths.put(*id, truth(state, integer >> (bit & 63) & 1 == 1));
        }
        for id in &tests.made {
            let made = self.made(*id);
            self.work.truths.put(*id, made);
        }
    }

    fn made(&self, id: NodeId) -> u32 {
        let truths = &self.work.truths;
        match self.code.node(id) {
            Node::Not(of) => YES - truths.of(of),
            Node::And(list) => self.code.list(list).iter().fold(YES, |least, part| least.min(truths.of(*part))),
            Node::Or(list) => self.code.list(list).iter().fold(NO, |greatest, part| greatest.max(truths.of(*part))),
            Node::Definition(_, of) => truths.of(of),
            Node::Truth(truth) => u32::from(truth) * YES,
            Node::Absent(slot) => match self.slots.state(slot) {
                State::Missing => OPEN,
                State::Null => YES,
                State::Narrow | State::Wide => NO,
            },
            _ => OPEN,
        }
    }
}

/// [`YES`] or [`NO`] if the slot holds an integer.
#[inline]
fn truth(state: State, holds: bool) -> u32 {
    let told = u32::from(state == State::Narrow);
    told * YES * u32::from(holds) + (1 - told) * OPEN
}

/// The truth that is known beforehand, if it is.
#[inline]
pub(super) fn told(beforehand: u32) -> Option<Truth> {
    match beforehand {
        YES => Some(Truth::True),
        NO => Some(Truth::False),
        _ => None,
    }
}
