//! Operations carried out on a block of rows.

mod calls;
mod cells;
mod integers;
mod lookup;
mod truths;

use lookup::TableRows;

use super::batch::Batch;
use super::lower::Kernels;
use super::ops::{IntId, TruthId};
use super::plan::Law;
use super::present::Present;
use super::registers::{ALL, Ints, Mask, NONE, Truths, is_empty, or, without};
use super::source::{Form, Rows, Told};
use crate::compile::program::{Program, Slot};
use crate::eval::{Slots, Truth, Workspace};

/// The registers of one thread.
#[derive(Debug, Default)]
pub(super) struct Registers {
    truths: Vec<(u64, Mask, Truths)>,
    ints: Vec<(u64, Mask, Ints)>,
    tables: Vec<(u64, TableRows)>,
    told: Vec<Told>,
    /// What was folded for the batch: by operation.
    folded: Vec<Option<Option<Truth>>>,
    /// The present block; rises from block to block and from batch to batch.
    pub stamp: u64,
}

impl Registers {
    /// Makes room, and forgets the last batch.
    pub fn begin(&mut self, program: &Program, kernels: &Kernels) {
        self.truths.resize_with(kernels.truths.len(), Default::default);
        self.ints.resize_with(kernels.ints.len(), Default::default);
        self.tables.resize_with(kernels.tables.len(), Default::default);
        self.told.resize_with(program.facts.len(), Default::default);
        self.folded.clear();
        self.folded.resize(kernels.truths.len(), None);
        self.stamp += 1;
    }
}

/// A block of a batch under way.
pub(super) struct Block<'b> {
    pub law: Law<'b>,
    pub kernels: &'b Kernels,
    pub batch: &'b Batch<'b>,
    pub rows: Rows,
    pub present: &'b Present,
    pub registers: &'b mut Registers,
    pub slots: &'b mut Slots,
    pub work: &'b mut Workspace,
}

impl Block<'_> {
    /// The truths of a register in the rows that are wanted.
    pub fn truth(&mut self, id: TruthId, wanted: &Mask) -> &Truths {
        let at = id.0 as usize;
        let stamp = self.registers.stamp;
        let dear = self.kernels.dear_truths.get(at).copied().unwrap_or(false);
        let (made, done) = self.registers.truths.get(at).map_or((0, NONE), |(made, done, _)| (*made, *done));
        let done = if made == stamp { done } else { NONE };
        let wanted = if dear { or(wanted, &done) } else { ALL };
        if made != stamp || !is_empty(&without(&wanted, &done)) {
            let made = self.kernels.truths.get(at).map_or_else(Truths::default, |op| self.truth_of(at, op, &wanted));
            if let Some(register) = self.registers.truths.get_mut(at) {
                *register = (stamp, wanted, made);
            }
        }
        static NOTHING: Truths = Truths { yes: NONE, no: NONE, unknown: NONE };
        self.registers.truths.get(at).map_or(&NOTHING, |(_, _, truths)| truths)
    }

    /// A guard: absent ones hold.
    pub fn guard(&mut self, id: Option<TruthId>) -> Truths {
        id.map_or_else(|| Truths::constant(true), |id| self.truth(id, &ALL).clone())
    }

    /// Works out the integers of a register in the rows that are wanted.
    pub fn need(&mut self, id: IntId, wanted: &Mask) {
        let at = id.0 as usize;
        let stamp = self.registers.stamp;
        let dear = self.kernels.dear_ints.get(at).copied().unwrap_or(false);
        let Some((made, done, register)) = self.registers.ints.get_mut(at) else { return };
        let before = if *made == stamp { *done } else { NONE };
        let wanted = if dear { or(wanted, &before) } else { ALL };
        if *made == stamp && is_empty(&without(&wanted, &before)) {
            return;
        }
        let mut register = std::mem::replace(register, Ints { integers: Vec::new(), known: NONE, null: NONE, unknown: NONE });
        if let Some(op) = self.kernels.ints.get(at) {
            self.int_of(op, &wanted, &mut register);
        }
        if let Some(place) = self.registers.ints.get_mut(at) {
            *place = (stamp, wanted, register);
        }
    }

    /// The integers of a register that was worked out.
    pub fn ints(&self, id: IntId) -> &Ints {
        static NOTHING: Ints = Ints { integers: Vec::new(), known: NONE, null: NONE, unknown: NONE };
        self.registers.ints.get(id.0 as usize).map_or(&NOTHING, |(.., ints)| ints)
    }

    /// What is told of a fact.
    pub fn told(&mut self, slot: Slot) -> &Told {
        let at = usize::from(slot.0);
        let stamp = self.registers.stamp;
        if let Some(told) = self.registers.told.get_mut(at)
            && told.stamp != stamp
        {
            told.take(self.law.program, self.batch, slot, self.rows);
            told.stamp = stamp;
        }
        static NOTHING: Told = Told { stamp: 0, known: NONE, null: NONE, wide: NONE, form: Form::Constant(0), integers: Vec::new() };
        self.registers.told.get(at).unwrap_or(&NOTHING)
    }
}
