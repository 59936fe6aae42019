//! A verdict that is held while a case is told: where one fact changes, only what reads it is decided again.
//!
//! What is held is what deciding anew would give, or it is decided anew. Three-valued logic judges each part by the facts it reads,
//! whatever is judged before it. Trying completions (`exact`) starts from what was settled earlier: where any was tried, nothing is
//! taken over.

use super::verdict::{Open, epoch};
use super::{Evaluator, Moment, Slots, Undecided, Verdict, Workspace};
use crate::calendar::WorkingCalendar;
use crate::compile::program::{Code, DeadlineCode, Epoch, NodeId, Program, Slot};
use crate::value::Date;

/// Where more facts than this have changed, all is decided anew.
const FEW: usize = 4;

/// The last verdict on a case, with what it takes to bring it up to date.
#[derive(Debug, Default)]
pub struct Held {
    verdict: Verdict,
    open: Open,
    steps: u64,
    /// When it was decided, and by the law from which day; `None` where that cannot be built on.
    of: Option<(Moment, Date)>,
    /// What reads each slot under the law from a day.
    readers: (Option<Date>, Vec<Readers>),
}

/// What reads a slot: a bit each, in the order of the epoch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Readers {
    pub eligibility: u64,
    pub identity: u64,
    pub documents: u64,
    pub fees: bool,
    pub due: bool,
}

impl Held {
    /// The last verdict.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Decides a case, always of the same program. `changed` are the slots that have been told since the last time; `None` if that is not
    /// known.
    ///
    /// # Errors
    /// As [`super::verdict`]; then the last verdict is void.
    pub fn decide(
        &mut self,
        program: &Program,
        slots: &Slots,
        moment: &Moment,
        calendar: &WorkingCalendar,
        work: &mut Workspace,
        changed: Option<&[Slot]>,
    ) -> Result<&Verdict, Undecided> {
        let of = self.of.take();
        let epoch = epoch(program, moment)?;
        if let Some(changed) = changed.filter(|changed| of == Some((*moment, epoch.from)) && epoch.linked.is_empty() && changed.len() <= FEW) {
            let readers = self.readers_of(program, epoch, changed);
            let mut evaluator = Evaluator::new(program, slots, moment, calendar, work);
            if evaluator.decide_again(epoch, readers, &mut self.verdict, &mut self.open) && evaluator.within(self.steps) {
                self.steps += evaluator.steps;
                self.of = of;
                return Ok(&self.verdict);
            }
        }
        let mut evaluator = Evaluator::new(program, slots, moment, calendar, work);
        self.open = evaluator.verdict(epoch, &mut self.verdict);
        evaluator.within_limits()?;
        self.steps = evaluator.steps;
        self.of = (!evaluator.tried).then_some((*moment, epoch.from));
        Ok(&self.verdict)
    }

    /// What reads one of some slots.
    fn readers_of(&mut self, program: &Program, epoch: &Epoch, changed: &[Slot]) -> Readers {
        if self.readers.0 != Some(epoch.from) {
            self.readers = (Some(epoch.from), Readers::of(program, epoch));
        }
        let readers = changed.iter().filter_map(|slot| self.readers.1.get(usize::from(slot.0)));
        readers.fold(Readers::default(), |all, one| Readers {
            eligibility: all.eligibility | one.eligibility,
            identity: all.identity | one.identity,
            documents: all.documents | one.documents,
            fees: all.fees | one.fees,
            due: all.due | one.due,
        })
    }
}

impl Readers {
    /// Of each slot under the law of an epoch.
    fn of(program: &Program, epoch: &Epoch) -> Vec<Readers> {
        let mut all = vec![Readers::default(); program.facts.len()];
        let mut seen = Seen { of: vec![0; program.code_of.nodes.len()], part: 0 };
        let mut note = |nodes: &mut dyn Iterator<Item = NodeId>, mark: &dyn Fn(&mut Readers)| {
            seen.part += 1;
            for node in nodes {
                seen.slots(&program.code_of, node, &mut |slot| {
                    if let Some(readers) = all.get_mut(usize::from(slot.0)) {
                        mark(readers);
                    }
                });
            }
        };
        for (condition, n) in epoch.eligibility.iter().zip(0..64) {
            note(&mut condition.nodes().into_iter(), &|readers| readers.eligibility |= 1 << n);
        }
        for (check, n) in epoch.identity.iter().zip(0..64) {
            note(&mut check.nodes().into_iter(), &|readers| readers.identity |= 1 << n);
        }
        for (document, n) in epoch.documents.iter().zip(0..64) {
            note(&mut document.nodes().into_iter(), &|readers| readers.documents |= 1 << n);
        }
        note(&mut epoch.fees.iter().flat_map(|fee| fee.nodes()), &|readers| readers.fees = true);
        note(&mut epoch.deadlines.iter().flat_map(DeadlineCode::nodes), &|readers| readers.due = true);
        if let Some(readers) = program.supplements.and_then(|slot| all.get_mut(usize::from(slot.0))) {
            readers.due = true;
        }
        all
    }
}

/// The part that each node was last seen in, so that what many nodes share is walked once a part.
struct Seen {
    of: Vec<u32>,
    part: u32,
}

impl Seen {
    /// The slots that a node or any below it reads.
    fn slots(&mut self, code: &Code, id: NodeId, each: &mut dyn FnMut(Slot)) {
        match self.of.get_mut(id.0 as usize) {
            Some(part) if *part != self.part => *part = self.part,
            _ => return,
        }
        code.slot(id).into_iter().for_each(&mut *each);
        code.children(id, &mut |child| self.slots(code, child, each));
    }
}
