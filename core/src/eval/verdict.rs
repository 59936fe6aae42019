//! The verdict: every status, the total and the day due, without a word of explanation. Nothing is allocated.

use std::iter;

use super::beforehand::{NO, OPEN, YES};
use super::exact::Answer;
use super::fees::Amount;
use super::held::Readers;
use super::slots::Slots;
use super::truth::Truth;
use super::{Evaluator, Moment, Undecided, Workspace};
use crate::calendar::WorkingCalendar;
use crate::compile::program::{ConditionCode, DeadlineCode, DocumentCode, Epoch, FeeCode, NodeId, Program};
use crate::value::Date;

/// Whether the case may be filed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It may.
    Accept,
    /// It may not: a condition is not met.
    Refuse,
    /// A question is left.
    #[default]
    Ask,
}

/// The statuses of up to 64 elements, a bit each, in the order of the epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Conditions that are met; documents that are required.
    pub yes: u64,
    /// Conditions that are not met; documents that are reused.
    pub no: u64,
    /// Documents that have been handed in.
    pub provided: u64,
    /// Not settled.
    pub open: u64,
    /// Not settled, and only law that is not known keeps it open.
    pub unknown: u64,
}

impl Marks {
    /// The status of the n-th condition.
    #[must_use]
    pub fn condition(&self, n: u16) -> Status {
        let has = |marks: u64| marks >> n & 1 == 1;
        if has(self.yes) {
            Status::Yes
        } else if has(self.no) {
            Status::No
        } else if has(self.open) {
            Status::Open(if has(self.unknown) { Truth::Unknown } else { Truth::Missing })
        } else {
            Status::NotApplicable
        }
    }

    /// Leaves no mark on the n-th element, nor its bit among those that are `open`; the bit.
    fn clear(&mut self, n: u32, open: &mut u64) -> u64 {
        let bit = 1u64 << n;
        for marks in [&mut self.yes, &mut self.no, &mut self.provided, &mut self.open, &mut self.unknown, open] {
            *marks &= !bit;
        }
        bit
    }

    /// The status of the n-th document.
    #[must_use]
    pub fn document(&self, n: u16) -> DocumentStatus {
        match self.condition(n) {
            Status::Yes => DocumentStatus::Required,
            Status::No => DocumentStatus::Reused,
            Status::Open(truth) => DocumentStatus::Open(truth),
            Status::NotApplicable if self.provided >> n & 1 == 1 => DocumentStatus::Provided,
            Status::NotApplicable => DocumentStatus::NotRequired,
        }
    }
}

/// When the answer is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Due {
    /// The procedure has no deadline that applies.
    #[default]
    None,
    /// On this day.
    Determined(Date),
    /// On this day if no day off is published between.
    Provisional(Date),
    /// Waits for an event, a missing fact or unknown law.
    Undetermined,
}

/// A decision without its explanation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the case may be filed.
    pub outcome: Outcome,
    /// Conditions of eligibility.
    pub eligibility: Marks,
    /// Identity checks.
    pub identity: Marks,
    /// The identity level that is needed: the greatest of the checks that apply; `None` while that is open.
    pub required_level: Option<u8>,
    /// Documents.
    pub documents: Marks,
    /// The sum of the fees that are settled, in đồng.
    pub fee_total: i64,
    /// Fees that are not settled, a bit each.
    pub fees_open: u64,
    /// When the answer is due.
    pub due: Due,
}

/// The verdict on one case.
///
/// # Errors
/// [`Undecided::NotInForce`] when the procedure has no rules on the day the law is read;
/// [`Undecided::LimitExceeded`] when the rules cost more than the limits allow.
pub fn verdict(
    program: &Program,
    slots: &Slots,
    moment: &Moment,
    calendar: &WorkingCalendar,
    work: &mut Workspace,
) -> Result<Verdict, Undecided> {
    let mut verdict = Verdict::default();
    verdict_into(program, slots, moment, calendar, work, &mut verdict)?;
    Ok(verdict)
}

/// As [`verdict`], written in place: for who decides many cases. A verdict is too large to be handed around for nothing.
///
/// # Errors
/// As [`verdict`]; then what was written is void.
pub fn verdict_into(
    program: &Program,
    slots: &Slots,
    moment: &Moment,
    calendar: &WorkingCalendar,
    work: &mut Workspace,
    into: &mut Verdict,
) -> Result<(), Undecided> {
    let (_, epoch) = epoch(program, moment)?;
    let mut evaluator = Evaluator::new(program, slots, moment, calendar, work);
    evaluator.verdict(epoch, into);
    evaluator.within_limits()
}

/// The law of the day, and its position.
///
/// # Errors
/// [`Undecided::NotInForce`] when there is none.
pub(super) fn epoch<'a>(program: &'a Program, moment: &Moment) -> Result<(usize, &'a Epoch), Undecided> {
    program.epoch_at(moment.as_of).ok_or_else(|| Undecided::NotInForce {
        code: program.code.to_string(),
        day: moment.as_of,
        from: program.epochs.first().map_or(moment.as_of, |epoch| epoch.from),
    })
}

impl Evaluator<'_> {
    /// Every status under the law of an epoch, and what a missing fact keeps open.
    pub(super) fn verdict(&mut self, epoch: &Epoch, into: &mut Verdict) -> Open {
        self.work_out(epoch.beforehand(self.code));
        let eligibility = self.conditions(&epoch.eligibility, &mut into.eligibility);
        let identity = self.conditions(&epoch.identity, &mut into.identity);
        into.required_level = self.required_level(&epoch.identity);
        let documents = self.documents(&epoch.documents, &mut into.documents);
        let fees = self.fees(&epoch.fees, into);
        let due = self.deadlines(&epoch.deadlines, into);
        let open = Open { eligibility, identity, documents, fees, due };
        into.outcome = open.outcome(into, || self.links_missing(epoch));
        open
    }

    /// Decides again what reads a fact that has changed. Nothing of it counts where completions had to be tried.
    pub(super) fn decide_again(&mut self, epoch: &Epoch, changed: &Readers, into: &mut Verdict, open: &mut Open) {
        let [eligibility, identity, documents, fees, deadlines] = *changed;
        self.conditions_again(&epoch.eligibility, eligibility, &mut into.eligibility, &mut open.eligibility);
        self.conditions_again(&epoch.identity, identity, &mut into.identity, &mut open.identity);
        if identity != 0 {
            into.required_level = self.required_level(&epoch.identity);
        }
        for (document, n) in among(&epoch.documents, documents) {
            let bit = into.documents.clear(n, &mut open.documents);
            open.documents |= u64::from(self.mark_document(document, bit, &mut into.documents)) << n;
        }
        if fees != 0 {
            open.fees = self.fees(&epoch.fees, into);
        }
        if deadlines != 0 {
            open.due = self.deadlines(&epoch.deadlines, into);
        }
        into.outcome = open.outcome(into, || false);
    }

    fn conditions_again(&mut self, conditions: &[ConditionCode], changed: u64, into: &mut Marks, could_refuse: &mut u64) {
        for (condition, n) in among(conditions, changed) {
            let bit = into.clear(n, could_refuse);
            *could_refuse |= u64::from(self.mark_condition(condition, bit, into)) << n;
        }
    }

    /// Marks conditions; those that are open and could still refuse the case.
    #[inline]
    fn conditions(&mut self, conditions: &[ConditionCode], into: &mut Marks) -> u64 {
        let truths = self.work.truths.entries();
        let (mut yes, mut no, mut open) = (0, 0, 0);
        for (condition, n) in conditions.iter().zip(0..64) {
            let (when, require) = (truths.of_guard(condition.when), truths.of(condition.require));
            let applies = when == YES;
            yes |= u64::from(applies & (require == YES)) << n;
            no |= u64::from(applies & (require == NO)) << n;
            open |= u64::from((when == OPEN) | (applies & (require == OPEN))) << n;
        }
        *into = Marks { yes, no, ..Marks::default() };
        let mut could_refuse = 0;
        for (condition, n) in among(conditions, open) {
            could_refuse |= u64::from(self.mark_condition(condition, 1 << n, into)) << n;
        }
        could_refuse
    }

    /// Marks a condition that was not settled beforehand; whether it is open and could still refuse the case.
    fn mark_condition(&mut self, condition: &ConditionCode, bit: u64, marks: &mut Marks) -> bool {
        let standing = self.condition(condition);
        match standing.status {
            Status::Yes => marks.yes |= bit,
            Status::No => marks.no |= bit,
            Status::NotApplicable => {}
            Status::Open(truth) => {
                marks.open |= bit;
                if truth == Truth::Unknown {
                    marks.unknown |= bit;
                }
                return standing.could_refuse;
            }
        }
        false
    }

    /// How one condition stands.
    pub(super) fn condition(&mut self, condition: &ConditionCode) -> Standing {
        match self.condition_by_parts(condition) {
            open @ Standing { status: Status::Open(Truth::Missing), .. } => {
                self.agreed(&condition.nodes(), Answer::Plain, &mut |evaluator| evaluator.condition_by_parts(condition)).unwrap_or(open)
            }
            standing => standing,
        }
    }

    /// How one condition stands by the truths of its parts.
    pub(super) fn condition_by_parts(&mut self, condition: &ConditionCode) -> Standing {
        let applies = self.holds(condition.when);
        if let Truth::False | Truth::Null = applies {
            return Standing { status: Status::NotApplicable, could_refuse: false };
        }
        let required = self.exact_truth(condition.require);
        let status = match (applies, required) {
            (Truth::True, Truth::True) => Status::Yes,
            (Truth::True, Truth::False | Truth::Null) => Status::No,
            (Truth::True, open) => Status::Open(open),
            // A missing fact may show that it refuses nothing whatever the law is.
            (Truth::Unknown, Truth::Missing) => Status::Open(Truth::Missing),
            (open, _) => Status::Open(open),
        };
        Standing { status, could_refuse: required != Truth::True }
    }

    /// The greatest level of the checks that apply, unless an open one asks for more.
    fn required_level(&mut self, checks: &[ConditionCode]) -> Option<u8> {
        let (mut certain, mut possible) = (0, 0);
        for check in checks {
            let Some(level) = self.program.conditions.get(usize::from(check.info)).and_then(|info| info.level) else { continue };
            match self.holds(check.when) {
                Truth::True => certain = certain.max(level),
                Truth::False | Truth::Null => {}
                Truth::Missing | Truth::Unknown => possible = possible.max(level),
            }
        }
        (certain >= possible).then_some(certain)
    }

    /// Marks documents; those that a missing fact keeps open.
    #[inline]
    fn documents(&mut self, documents: &[DocumentCode], into: &mut Marks) -> u64 {
        let truths = self.work.truths.entries();
        let (mut yes, mut no, mut handed_in, mut open) = (0, 0, 0, 0);
        for (document, n) in documents.iter().zip(0..64) {
            let or_no = |node: Option<NodeId>| node.map_or(NO, |node| truths.of(node));
            let (when, provided, reuse) = (truths.of_guard(document.when), or_no(document.provided), or_no(document.reuse));
            let needed = when == YES;
            let lacking = needed & (provided == NO);
            yes |= u64::from(lacking & (reuse == NO)) << n;
            no |= u64::from(lacking & (reuse == YES)) << n;
            handed_in |= u64::from(needed & (provided == YES)) << n;
            open |= u64::from((when == OPEN) | (needed & (provided == OPEN)) | (lacking & (reuse == OPEN))) << n;
        }
        *into = Marks { yes, no, provided: handed_in, ..Marks::default() };
        let mut missing = 0;
        for (document, n) in among(documents, open) {
            missing |= u64::from(self.mark_document(document, 1 << n, into)) << n;
        }
        missing
    }

    /// Marks a document that was not settled beforehand; whether a missing fact keeps it open.
    fn mark_document(&mut self, document: &DocumentCode, bit: u64, marks: &mut Marks) -> bool {
        match self.document(document) {
            DocumentStatus::Required => marks.yes |= bit,
            DocumentStatus::Provided => marks.provided |= bit,
            DocumentStatus::Reused => marks.no |= bit,
            DocumentStatus::NotRequired => {}
            DocumentStatus::Open(truth) => {
                marks.open |= bit;
                if truth == Truth::Unknown {
                    marks.unknown |= bit;
                }
                return truth == Truth::Missing;
            }
        }
        false
    }

    /// The status of one document.
    pub(super) fn document(&mut self, document: &DocumentCode) -> DocumentStatus {
        match self.document_by_parts(document) {
            open @ DocumentStatus::Open(Truth::Missing) => {
                self.agreed(&document.nodes(), Answer::Plain, &mut |evaluator| evaluator.document_by_parts(document)).unwrap_or(open)
            }
            status => status,
        }
    }

    /// The status of one document from the truths of its parts.
    pub(super) fn document_by_parts(&mut self, document: &DocumentCode) -> DocumentStatus {
        match self.holds(document.when) {
            Truth::True => {}
            Truth::False | Truth::Null => return DocumentStatus::NotRequired,
            open => return DocumentStatus::Open(open),
        }
        match document.provided.map_or(Truth::False, |provided| self.exact_truth(provided)) {
            Truth::True => return DocumentStatus::Provided,
            Truth::False | Truth::Null => {}
            open => return DocumentStatus::Open(open),
        }
        match document.reuse.map_or(Truth::False, |reuse| self.exact_truth(reuse)) {
            Truth::True => DocumentStatus::Reused,
            Truth::False | Truth::Null => DocumentStatus::Required,
            open => DocumentStatus::Open(open),
        }
    }

    /// The total, and which fees are open; whether a missing fact keeps one open.
    fn fees(&mut self, fees: &[FeeCode], into: &mut Verdict) -> bool {
        let (mut total, mut open, mut missing) = (0i64, 0u64, false);
        for (fee, bit) in fees.iter().zip((0..64).map(|n| 1u64 << n)) {
            let Some(info) = self.program.fees.get(usize::from(fee.info)) else { continue };
            if let Some(amount) = self.flat_fee(fee, info.rounding) {
                total = total.saturating_add(amount);
                continue;
            }
            match self.fee(fee, info.rounding, None) {
                Amount::Known(amount) => total = total.saturating_add(amount),
                Amount::NotDue => {}
                Amount::Missing => {
                    open |= bit;
                    missing = true;
                }
                Amount::Unknown => open |= bit,
            }
        }
        (into.fee_total, into.fees_open) = (total, open);
        missing
    }

    /// The day due; whether a missing fact keeps it open.
    fn deadlines(&mut self, deadlines: &[DeadlineCode], into: &mut Verdict) -> bool {
        let (due, missing) = self.due_day(deadlines);
        into.due = due;
        missing
    }

    /// A guard: absent ones hold.
    #[inline]
    pub(super) fn holds(&mut self, when: Option<NodeId>) -> Truth {
        when.map_or(Truth::True, |when| self.exact_truth(when))
    }
}

/// What a missing fact keeps open: elements by a bit each, in the order of the epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Open {
    /// Conditions that are open and could still refuse the case.
    pub eligibility: u64,
    /// Identity checks that could.
    pub identity: u64,
    pub documents: u64,
    pub fees: bool,
    pub due: bool,
}

impl Open {
    /// The outcome of a verdict with so much open.
    fn outcome(&self, verdict: &Verdict, links_missing: impl FnOnce() -> bool) -> Outcome {
        if verdict.eligibility.no | verdict.identity.no != 0 {
            Outcome::Refuse
        } else if self.eligibility | self.identity | self.documents != 0 || self.fees || self.due || links_missing() {
            Outcome::Ask
        } else {
            Outcome::Accept
        }
    }
}

/// The elements whose bit is set, with their positions.
fn among<T>(elements: &[T], mut bits: u64) -> impl Iterator<Item = (&T, u32)> {
    iter::from_fn(move || {
        let n = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        elements.get(n as usize).map(|element| (element, n))
    })
}

/// A condition's status, and whether it refuses the case or can still come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub status: Status,
    pub could_refuse: bool,
}

/// The status of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is met.
    Yes,
    /// It is not.
    No,
    /// It does not apply.
    NotApplicable,
    /// Not settled, and why.
    Open(Truth),
}

/// The status of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentStatus {
    /// To be handed in.
    Required,
    /// Handed in already.
    Provided,
    /// The state knows it.
    Reused,
    /// Not needed.
    NotRequired,
    /// Not settled, and why.
    Open(Truth),
}
