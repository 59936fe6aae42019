//! The parts of a decision: conditions, documents, fees, the deadline, steps of a linked service. Each is worked out once a block.

mod deadlines;
mod fees;

pub(super) use deadlines::DeadlinePart;
pub(super) use fees::FeePart;

use super::execute::Block;
use super::lower::{Lowering, Why};
use super::ops::TruthId;
use super::registers::{ALL, Mask, NONE, Truths, and, or, without};
use crate::compile::program::{ConditionCode, DocumentCode, NodeId};

/// A part of a decision.
#[derive(Debug)]
pub(super) enum Part {
    Condition { when: Option<TruthId>, require: TruthId },
    Document { when: Option<TruthId>, provided: Option<TruthId>, reuse: Option<TruthId> },
    Fee(FeePart),
    Deadline(DeadlinePart),
    /// A step of a linked service, of which only matters where it is left to `eval`.
    Link { when: Option<TruthId>, limits: DeadlinePart },
}

/// A part in a block.
#[derive(Debug, Default)]
pub(super) struct PartAnswers {
    pub stamp: u64,
    /// Rows by the codes of [`super::output::code`].
    pub codes: [Mask; 6],
    /// Rows that `eval` decides.
    pub rest: Mask,
    /// Of a condition: the law leaves it open and it can still refuse. Of a fee: it is free whatever its amount is.
    pub apart: Mask,
    /// Amounts.
    pub integers: Vec<i64>,
    /// Days due.
    pub days: Vec<i32>,
    /// Reductions of fees by their numbers, or the deadline that applies by its position; [`NOTHING`] where there is none.
    pub chosen: Vec<u16>,
}

/// No reduction, no deadline.
pub(super) const NOTHING: u16 = u16::MAX;

impl Lowering<'_> {
    pub fn condition(&mut self, code: &ConditionCode) -> Result<Part, Why> {
        Ok(Part::Condition { when: self.guard(code.when)?, require: self.truth(code.require)? })
    }

    pub fn document(&mut self, code: &DocumentCode) -> Result<Part, Why> {
        Ok(Part::Document { when: self.guard(code.when)?, provided: self.guard(code.provided)?, reuse: self.guard(code.reuse)? })
    }

    pub fn guard(&mut self, when: Option<NodeId>) -> Result<Option<TruthId>, Why> {
        when.map(|when| self.truth(when)).transpose()
    }
}

impl Block<'_> {
    /// Works out a part.
    pub fn part(&mut self, part: &Part, into: &mut PartAnswers) {
        into.codes = [NONE; 6];
        into.apart = NONE;
        match part {
            Part::Condition { when, require } => self.condition(*when, *require, into),
            Part::Document { when, provided, reuse } => self.document(*when, *provided, *reuse, into),
            Part::Fee(fee) => self.fee(fee, into),
            Part::Deadline(deadline) | Part::Link { limits: deadline, .. } => self.deadline(deadline, into),
        }
        let settled = into.codes.iter().fold(NONE, |all, mask| or(&all, mask));
        into.rest = without(&ALL, &settled);
        if let Part::Link { when, .. } = part {
            let when = self.guard(*when);
            into.rest = without(&or(&into.rest, &when.rest()), &when.no);
        }
    }

    fn condition(&mut self, when: Option<TruthId>, require: TruthId, into: &mut PartAnswers) {
        let when = self.guard(when);
        let require = self.truth(require, &or(&when.yes, &when.unknown));
        let [met, unmet, not_applicable, _, unknown, _] = &mut into.codes;
        *met = and(&when.yes, &require.yes);
        *unmet = and(&when.yes, &require.no);
        *not_applicable = when.no;
        // Where the law leaves open whether it applies, a missing fact may still show that it refuses nothing.
        let could_refuse = or(&require.no, &require.unknown);
        *unknown = or(&and(&when.unknown, &or(&require.yes, &could_refuse)), &and(&when.yes, &require.unknown));
        into.apart = and(unknown, &could_refuse);
    }

    fn document(&mut self, when: Option<TruthId>, provided: Option<TruthId>, reuse: Option<TruthId>, into: &mut PartAnswers) {
        let when = self.guard(when);
        let or_no = |block: &mut Self, id: Option<TruthId>, wanted: &Mask| match id {
            Some(id) => block.truth(id, wanted).clone(),
            None => Truths::constant(false),
        };
        let handed_in = or_no(self, provided, &when.yes);
        let lacking = and(&when.yes, &handed_in.no);
        let reuse = or_no(self, reuse, &lacking);
        let [required, provided, reused, not_required, _, unknown] = &mut into.codes;
        *required = and(&lacking, &reuse.no);
        *provided = and(&when.yes, &handed_in.yes);
        *reused = and(&lacking, &reuse.yes);
        *not_required = when.no;
        *unknown = or(&or(&when.unknown, &and(&when.yes, &handed_in.unknown)), &and(&lacking, &reuse.unknown));
    }
}
