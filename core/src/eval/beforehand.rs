//! Tests that need slots only, worked out in one run before anything asks for them.
//!
//! The run has no branch that depends on the case: with cases that differ, guessing branches wrong would cost more than the
//! tests themselves.

use super::Evaluator;
use super::slots::{Cells, State};
use super::truth::Truth;
use crate::compile::beforehand::Beforehand;
use crate::compile::program::{Code, Node, NodeId};

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
        self.entries().of(id)
    }

    /// All that is known: for loops, so that they need not look where it is held again and again.
    #[inline]
    pub fn entries(&self) -> Entries<'_> {
        Entries { entries: &self.entries, case: self.case }
    }
}

/// What is known beforehand in one case.
#[derive(Clone, Copy)]
pub(super) struct Entries<'a> {
    entries: &'a [u32],
    case: u32,
}

impl Entries<'_> {
    /// What is known of a node.
    #[inline]
    pub fn of(self, id: NodeId) -> u32 {
        let since = self.entries.get(id.0 as usize).copied().unwrap_or(0) ^ self.case;
        if since <= YES { since } else { OPEN }
    }

    /// What is known of a guard: absent ones hold.
    #[inline]
    pub fn of_guard(self, when: Option<NodeId>) -> u32 {
        when.map_or(YES, |when| self.of(when))
    }
}

impl Evaluator<'_> {
    /// Works out the tests of an epoch that need slots only.
    pub(super) fn work_out(&mut self, tests: &Beforehand) {
        let Truths { entries, case } = &mut self.work.truths;
        let (entries, case, cells) = (entries.as_mut_slice(), *case, self.slots.cells());
        let put = |entries: &mut [u32], id: NodeId, truth: u32| {
            if let Some(entry) = entries.get_mut(id.0 as usize) {
                *entry = case | truth;
            }
        };
        for test in &tests.ranges {
            let (state, integer) = cells.of(test.slot);
            let inside = (integer.wrapping_sub(test.low) as u64) <= test.span;
            put(entries, test.id, truth(state, inside == test.inside));
        }
        for (id, slot, mask) in &tests.among {
            let (state, integer) = cells.of(*slot);
            put(entries, *id, truth(state, mask >> (integer & 63) & 1 == 1));
        }
        for (id, slot, bit) in &tests.has {
            let (state, integer) = cells.of(*slot);
            put(entries, *id, truth(state, integer >> (bit & 63) & 1 == 1));
        }
        for id in &tests.made {
            let made = made(self.code, cells, Entries { entries, case }, *id);
            put(entries, *id, made);
        }
    }
}

/// The truth of a test that is made of others.
#[inline]
fn made(code: &Code, cells: Cells<'_>, truths: Entries<'_>, id: NodeId) -> u32 {
    match code.node(id) {
        Node::Not(of) => YES - truths.of(of),
        Node::And(list) => code.list(list).iter().fold(YES, |least, part| least.min(truths.of(*part))),
        Node::Or(list) => code.list(list).iter().fold(NO, |greatest, part| greatest.max(truths.of(*part))),
        Node::Definition(_, of) => truths.of(of),
        Node::Truth(truth) => u32::from(truth) * YES,
        Node::Absent(slot) => match cells.of(slot).0 {
            State::Missing => OPEN,
            State::Null => YES,
            State::Narrow | State::Wide => NO,
        },
        _ => OPEN,
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
