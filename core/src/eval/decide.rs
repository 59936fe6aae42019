//! Everything about one case that an explanation is made from: statuses with their reasons, and what is missing.

use super::because::Reasons;
use super::deadline::DeadlineTrace;
use super::exact::Answer;
use super::fees::{Amount, FeeTrace};
use super::linked::JudgedLink;
use super::needs::Needs;
use super::slots::{Slots, State};
use super::truth::Truth;
use super::verdict::{DocumentStatus, Marks, Status, Verdict, epoch};
use super::{Evaluator, Moment, Undecided, Workspace};
use crate::calendar::WorkingCalendar;
use crate::compile::program::{ConditionCode, DocumentCode, Epoch, NodeId, Part, Program, Slot};
use crate::value::Value;

/// A judged case. Element n belongs to the n-th element of the epoch.
#[derive(Debug)]
pub struct Judged<'p> {
    /// The law of the day.
    pub epoch: &'p Epoch,
    /// The verdict.
    pub verdict: Verdict,
    /// Conditions of eligibility.
    pub eligibility: Vec<JudgedCondition>,
    /// Identity checks.
    pub identity: Vec<JudgedCondition>,
    /// Documents.
    pub documents: Vec<JudgedDocument>,
    /// Fees.
    pub fees: Vec<JudgedFee>,
    /// The deadline, if one may apply.
    pub deadline: Option<DeadlineTrace>,
    /// Steps of a linked service.
    pub linked: Vec<JudgedLink>,
    /// Missing facts in the author's order.
    pub missing: Vec<MissingFact>,
    /// Law that is not known and that something open rests on: gap and the parts that need it.
    pub gaps: Vec<(u32, Vec<PartOf>)>,
}

/// A part of a decision, by section and position in the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartOf {
    /// A condition of eligibility.
    Eligibility(u16),
    /// An identity check.
    Identity(u16),
    /// A document.
    Document(u16),
    /// A fee.
    Fee(u16),
    /// The deadline.
    Deadline,
    /// A step of a linked service.
    Linked(u16),
}

/// A fact that can still change an open part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFact {
    /// Its slot.
    pub slot: Slot,
    /// The parts that need it.
    pub needed_by: Vec<PartOf>,
    /// Whether it matters whatever else is answered first.
    pub now: bool,
}

/// Values of the expressions in a message; `None` for those that are still missing.
pub type Said = Vec<Option<Value>>;

/// A condition with its reasons.
#[derive(Debug)]
pub struct JudgedCondition {
    /// Its status.
    pub status: Status,
    /// Whether it refuses the case or, while it is open, can still come to.
    pub could_refuse: bool,
    /// Why.
    pub reasons: Reasons,
    /// What its message says, Vietnamese then English, where it is not met.
    pub said: Option<(Said, Said)>,
}

/// A document with its reasons.
#[derive(Debug)]
pub struct JudgedDocument {
    /// Its status.
    pub status: DocumentStatus,
    /// Why.
    pub reasons: Reasons,
}

/// A fee with how it came about.
#[derive(Debug)]
pub struct JudgedFee {
    /// Its amount.
    pub amount: Amount,
    /// How.
    pub trace: FeeTrace,
    /// Why.
    pub reasons: Reasons,
}

/// Judges one case, with everything an explanation needs.
///
/// # Errors
/// As [`super::verdict`].
pub fn judge<'p>(
    program: &'p Program,
    slots: &Slots,
    moment: &Moment,
    calendar: &WorkingCalendar,
    work: &mut Workspace,
) -> Result<Judged<'p>, Undecided> {
    let (_, epoch) = epoch(program, moment)?;
    let mut evaluator = Evaluator::new(program, slots, moment, calendar, work);
    let mut verdict = Verdict::default();
    let open = evaluator.verdict(epoch, &mut verdict);
    let mut collected = Collected::default();
    let eligibility = evaluator.judge_conditions(&epoch.eligibility, (&verdict.eligibility, open.eligibility), PartOf::Eligibility, &mut collected);
    let identity = evaluator.judge_conditions(&epoch.identity, (&verdict.identity, open.identity), PartOf::Identity, &mut collected);
    let documents = evaluator.judge_documents(&epoch.documents, &verdict.documents, &mut collected);
    let fees = evaluator.judge_fees(epoch, &mut collected);
    let mut needs = Needs::default();
    let deadline = evaluator.deadline(&epoch.deadlines, &mut needs);
    collected.add(PartOf::Deadline, &needs);
    let linked = if epoch.linked.is_empty() { Vec::new() } else { evaluator.judge_linked(epoch, &verdict, &open, &fees, &mut collected) };
    evaluator.within_limits()?;
    let missing = collected.missing(program, slots);
    Ok(Judged { epoch, verdict, eligibility, identity, documents, fees, deadline, linked, missing, gaps: collected.gaps })
}

impl Evaluator<'_> {
    fn judge_conditions(
        &mut self,
        conditions: &[ConditionCode],
        (marks, could_refuse): (&Marks, u64),
        part: fn(u16) -> PartOf,
        collected: &mut Collected,
    ) -> Vec<JudgedCondition> {
        let judged = conditions.iter().zip(0u16..).map(|(condition, number)| {
            let status = marks.condition(number);
            let mut reasons = Reasons::default();
            let mut said = None;
            match status {
                Status::Yes | Status::No => {
                    if let Some(when) = condition.when {
                        self.because(when, None, &mut reasons);
                    }
                    self.because(condition.require, (status == Status::No).then_some(true), &mut reasons);
                    if status == Status::No {
                        let message = self.code.messages.get(condition.message as usize);
                        said = message.map(|message| (self.message_values(&message.vi), self.message_values(&message.en)));
                    }
                }
                Status::NotApplicable => {
                    if let Some(when) = condition.when {
                        self.because(when, None, &mut reasons);
                    }
                }
                Status::Open(open) => {
                    let mut needs = Needs::default();
                    self.need_condition(condition, &mut needs);
                    if open == Truth::Missing && could_refuse >> number & 1 == 1 {
                        needs.ask();
                    }
                    collected.add(part(number), &needs);
                }
            }
            let could_refuse = status == Status::No || could_refuse >> number & 1 == 1;
            JudgedCondition { status, could_refuse, reasons, said }
        });
        judged.collect()
    }

    fn need_condition(&mut self, condition: &ConditionCode, needs: &mut Needs) {
        let when = self.holds(condition.when);
        let required = self.exact_truth(condition.require);
        // A condition that will hold if it applies cannot refuse the case: whether it applies is worth no question.
        let harmless = required == Truth::True;
        if let Some(guard) = condition.when {
            self.need_truth(guard, !harmless, needs);
        }
        // Where the law leaves open whether it applies, only facts that may show it to be harmless are worth a question.
        if !harmless && (when != Truth::Unknown || required == Truth::Missing) {
            self.need_truth(condition.require, when != Truth::Missing, needs);
        }
        if let Some(tried) = self.completions(&condition.nodes(), Answer::Plain, &mut |evaluator| evaluator.condition_by_parts(condition)) {
            tried.prune(needs);
        }
    }

    fn message_values(&mut self, parts: &[Part]) -> Said {
        let nodes = parts.iter().filter_map(|part| match part {
            Part::Value(node) => Some(*node),
            Part::Text(_) => None,
        });
        nodes.map(|node: NodeId| self.value(node).value()).collect()
    }

    fn judge_documents(&mut self, documents: &[DocumentCode], marks: &Marks, collected: &mut Collected) -> Vec<JudgedDocument> {
        let judged = documents.iter().zip(0u16..).map(|(document, number)| {
            let status = marks.document(number);
            let mut reasons = Reasons::default();
            let mut needs = Needs::default();
            if let DocumentStatus::Open(open) = status {
                self.need_document(document, &mut needs);
                if open == Truth::Missing {
                    needs.ask();
                }
            } else {
                for node in [document.when, document.reuse].into_iter().flatten() {
                    self.because(node, None, &mut reasons);
                }
            }
            collected.add(PartOf::Document(number), &needs);
            JudgedDocument { status, reasons }
        });
        judged.collect()
    }

    fn need_document(&mut self, document: &DocumentCode, needs: &mut Needs) {
        let mut now = true;
        let parts = [(document.when, true), (document.provided, false), (document.reuse, false)];
        for (node, goes_on_if) in parts.into_iter().filter_map(|(node, goes_on_if)| Some((node?, goes_on_if))) {
            let truth = self.exact_truth(node);
            self.need_truth(node, now, needs);
            now &= truth.is_settled();
            // What comes after a part that the law leaves open, or that settles the document, is never reached.
            let goes_on = truth == Truth::Missing || (truth == Truth::True) == goes_on_if;
            if !goes_on || truth == Truth::Unknown {
                break;
            }
        }
        if let Some(tried) = self.completions(&document.nodes(), Answer::Plain, &mut |evaluator| evaluator.document_by_parts(document)) {
            tried.prune(needs);
        }
    }

    fn judge_fees(&mut self, epoch: &Epoch, collected: &mut Collected) -> Vec<JudgedFee> {
        let judged = epoch.fees.iter().zip(0u16..).filter_map(|(fee, number)| {
            let info = self.program.fees.get(usize::from(fee.info))?;
            let mut trace = FeeTrace::default();
            let amount = self.fee(fee, info.rounding, Some(&mut trace));
            let mut reasons = Reasons::default();
            match amount {
                Amount::Known(_) | Amount::NotDue => self.because_fee(fee, &trace, &mut reasons),
                Amount::Missing | Amount::Unknown => {
                    let mut needs = Needs::default();
                    self.need_fee(fee, &mut needs);
                    let each = &mut |evaluator: &mut Evaluator| evaluator.fee_by_parts(fee, info.rounding, None);
                    if let Some(tried) = self.completions(&fee.nodes(), Answer::Computed, each) {
                        tried.prune(&mut needs);
                    }
                    if amount == Amount::Missing {
                        needs.ask();
                    }
                    collected.add(PartOf::Fee(number), &needs);
                }
            }
            Some(JudgedFee { amount, trace, reasons })
        });
        judged.collect()
    }
}

/// Needs of all parts, put together.
#[derive(Default)]
pub(super) struct Collected {
    /// In the author's order.
    facts: Vec<MissingFact>,
    gaps: Vec<(u32, Vec<PartOf>)>,
}

impl Collected {
    pub(super) fn add(&mut self, part: PartOf, needs: &Needs) {
        let facts = needs.now().iter().map(|slot| (*slot, true)).chain(needs.later().iter().map(|slot| (*slot, false)));
        for (slot, now) in facts {
            match self.facts.iter_mut().find(|fact| fact.slot == slot) {
                Some(fact) => {
                    fact.now |= now;
                    fact.needed_by.push(part);
                }
                None => {
                    let at = self.facts.partition_point(|fact| fact.slot < slot);
                    self.facts.insert(at, MissingFact { slot, needed_by: vec![part], now });
                }
            }
        }
        for gap in needs.gaps() {
            match self.gaps.iter_mut().find(|(known, _)| known == gap) {
                Some((_, parts)) => parts.push(part),
                None => self.gaps.push((*gap, vec![part])),
            }
        }
    }

    fn missing(&mut self, program: &Program, slots: &Slots) -> Vec<MissingFact> {
        let mut facts = std::mem::take(&mut self.facts);
        facts.retain(|fact| slots.state(fact.slot) == State::Missing && program.fact(fact.slot).is_some());
        facts
    }
}
