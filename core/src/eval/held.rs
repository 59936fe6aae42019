//! A verdict that is held while a case is told: where one fact changes, only what reads it is decided again.
//!
//! What is held is what deciding anew would give, or it is decided anew. Three-valued logic judges each part by the facts it reads,
//! whatever is judged before it. Trying completions (`exact`) starts from what was settled earlier: where any was tried, nothing is
//! taken over.

use super::verdict::{Open, epoch};
use super::{Evaluator, Moment, Slots, Undecided, Verdict, Workspace};
use crate::calendar::WorkingCalendar;
use crate::compile::program::{Code, ConditionCode, Epoch, NodeId, Program, Slot};
use crate::value::Date;

/// Where more facts than this have changed, all is decided anew.
const FEW: usize = 4;

/// The last verdict on a case, with what it takes to bring it up to date.
#[derive(Debug, Default)]
pub struct Held {
    verdict: Verdict,
    epoch: usize,
    open: Open,
    steps: u64,
    /// When it was decided, and by the law from which day; `None` where that cannot be built on.
    of: Option<(Moment, Date)>,
    /// What reads each slot under the law from a day.
    readers: (Option<Date>, Vec<Readers>),
}

/// What reads a slot: for each kind of element a bit each, in the order of the epoch; all fees are one, and all deadlines.
pub(super) type Readers = [u64; 5];

/// Where the kinds stand among [`Readers`].
pub(super) mod kind {
    pub const ELIGIBILITY: usize = 0;
    pub const IDENTITY: usize = 1;
    pub const DOCUMENTS: usize = 2;
    pub const FEES: usize = 3;
    pub const DEADLINES: usize = 4;
}

impl Held {
    /// The last verdict.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// The position of the epoch whose law the last verdict is by.
    #[must_use]
    pub fn epoch(&self) -> usize {
        self.epoch
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
        let (at, epoch) = epoch(program, moment)?;
        self.epoch = at;
        let now = Some((*moment, epoch.from));
        let changed = changed.filter(|changed| of == now && epoch.linked.is_empty() && changed.len() <= FEW);
        let mut again = changed.map(|changed| self.readers_of(program, epoch, changed));
        loop {
            let mut evaluator = Evaluator::new(program, slots, moment, calendar, work);
            let before = match again.take() {
                Some(readers) => {
                    evaluator.decide_again(epoch, &readers, &mut self.verdict, &mut self.open);
                    if evaluator.tried || !evaluator.allows(self.steps) {
                        continue;
                    }
                    self.steps
                }
                None => {
                    self.open = evaluator.verdict(epoch, &mut self.verdict);
                    evaluator.within_limits()?;
                    0
                }
            };
            self.steps = before + evaluator.steps;
            self.of = now.filter(|_| !evaluator.tried);
            return Ok(&self.verdict);
        }
    }

    /// What reads one of some slots.
    fn readers_of(&mut self, program: &Program, epoch: &Epoch, changed: &[Slot]) -> Readers {
        if self.readers.0 != Some(epoch.from) {
            self.readers = (Some(epoch.from), readers(program, epoch));
        }
        let mut all = Readers::default();
        for readers in changed.iter().filter_map(|slot| self.readers.1.get(usize::from(slot.0))) {
            all.iter_mut().zip(readers).for_each(|(all, one)| *all |= one);
        }
        all
    }
}

/// What reads each slot of a program under the law of an epoch.
fn readers(program: &Program, epoch: &Epoch) -> Vec<Readers> {
    let code = &program.code_of;
    let mut walk = Walk { code, of: vec![Readers::default(); program.facts.len()], seen: vec![0; code.nodes.len()], part: 0 };
    walk.conditions(kind::ELIGIBILITY, &epoch.eligibility);
    walk.conditions(kind::IDENTITY, &epoch.identity);
    for (document, n) in epoch.documents.iter().zip(0..64) {
        walk.part(kind::DOCUMENTS, n, &document.nodes());
    }
    for fee in &epoch.fees {
        walk.part(kind::FEES, 0, &fee.nodes());
    }
    for deadline in &epoch.deadlines {
        walk.part(kind::DEADLINES, 0, &deadline.nodes().collect::<Vec<_>>());
    }
    if let Some(slot) = program.supplements {
        walk.read(slot, kind::DEADLINES, 0);
    }
    walk.of
}

/// A walk over the parts of an epoch.
struct Walk<'p> {
    code: &'p Code,
    of: Vec<Readers>,
    /// The part that each node was last seen in: what many nodes share is walked once a part.
    seen: Vec<u32>,
    part: u32,
}

impl Walk<'_> {
    fn conditions(&mut self, kind: usize, conditions: &[ConditionCode]) {
        for (condition, n) in conditions.iter().zip(0..64) {
            self.part(kind, n, &condition.nodes());
        }
    }

    fn part(&mut self, kind: usize, n: u32, nodes: &[NodeId]) {
        self.part += 1;
        nodes.iter().for_each(|node| self.node(*node, kind, n));
    }

    fn node(&mut self, id: NodeId, kind: usize, n: u32) {
        match self.seen.get_mut(id.0 as usize) {
            Some(part) if *part != self.part => *part = self.part,
            _ => return,
        }
        match self.code.slot(id) {
            Some(slot) => self.read(slot, kind, n),
            None => self.code.children(id, &mut |child| self.node(child, kind, n)),
        }
    }

    fn read(&mut self, slot: Slot, kind: usize, n: u32) {
        if let Some(readers) = self.of.get_mut(usize::from(slot.0)).and_then(|of| of.get_mut(kind)) {
            *readers |= 1 << n;
        }
    }
}
