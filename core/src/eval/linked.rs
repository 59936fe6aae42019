//! The steps of a linked service: how far each can go, and by when if those before it take all the time they may.

use super::decide::{Collected, JudgedFee, PartOf};
use super::deadline::{DeadlineTrace, DueStatus};
use super::fees::Amount;
use super::needs::Needs;
use super::truth::Truth;
use super::verdict::{Open, Verdict};
use super::{Evaluator, Reasons};
use crate::calendar::{Stamp, Status};
use crate::compile::program::{Epoch, LinkCode};

/// How far a step can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkOutcome {
    /// It can be carried out.
    Accept,
    /// A condition of its own is not met.
    Refuse,
    /// A question is left.
    Ask,
    /// A step it waits for is not carried out, by its position; with none, the submission as a whole is refused.
    NotStarted(Option<u16>),
    /// It is not asked for.
    NotApplicable,
}

/// A step with its reasons.
#[derive(Debug)]
pub struct JudgedLink {
    /// How far it can go.
    pub outcome: LinkOutcome,
    /// By when it ends at the latest; none for a step that is not carried out or has no limit.
    pub limit: Option<DeadlineTrace>,
    /// Why it is carried out or not.
    pub reasons: Reasons,
}

impl JudgedLink {
    /// Whether it is asked for and not carried out, nor what waits for it.
    fn is_held_up(&self) -> bool {
        matches!(self.outcome, LinkOutcome::Refuse | LinkOutcome::NotStarted(_))
    }
}

/// When a step ends at the latest, and whether that rests on days whose holidays are not published.
type End = Result<(Stamp, bool), Truth>;

impl Evaluator<'_> {
    /// Whether a missing fact keeps open whether a step is asked for, or by when it ends.
    pub(super) fn links_missing(&mut self, epoch: &Epoch) -> bool {
        epoch.linked.iter().any(|link| match self.holds(link.when) {
            Truth::Missing => true,
            Truth::False | Truth::Null => false,
            Truth::True | Truth::Unknown => self.due_day(&link.limits).1,
        })
    }

    pub(super) fn judge_linked(
        &mut self,
        epoch: &Epoch,
        verdict: &Verdict,
        open: &Open,
        fees: &[JudgedFee],
        collected: &mut Collected,
    ) -> Vec<JudgedLink> {
        let of_steps = |of: fn(&LinkCode) -> u64| epoch.linked.iter().fold(0, |marks, link| marks | of(link));
        let own = (!of_steps(|link| link.eligibility), !of_steps(|link| link.identity));
        let refused = (verdict.eligibility.no & own.0) | (verdict.identity.no & own.1) != 0;
        let &Open { eligibility, identity, .. } = open;
        let open = (eligibility & own.0) | (identity & own.1) != 0;
        let mut judged: Vec<JudgedLink> = Vec::new();
        let mut ends: Vec<End> = Vec::new();
        for (link, number) in epoch.linked.iter().zip(0u16..) {
            let applies = self.holds(link.when);
            let mut reasons = Reasons::default();
            if let (true, Some(when)) = (applies.is_settled(), link.when) {
                self.because(when, None, &mut reasons);
            }
            let may_refuse = (eligibility & link.eligibility) | (identity & link.identity) != 0;
            let whole = if refused { Whole::Refused } else if open { Whole::Open } else { Whole::Accepted };
            let outcome = link_outcome(link, applies, verdict, fees, may_refuse, whole, &judged);
            let start = self.start(link, &ends);
            // Of one that may not be asked for, too, there is no limit once a step that it waits for is not carried out.
            let held_up = refused || link.after.iter().any(|at| judged.get(usize::from(*at)).is_some_and(JudgedLink::is_held_up));
            let carried_out = matches!(outcome, LinkOutcome::Accept | LinkOutcome::Ask) && !held_up;
            let limit = if carried_out { self.limit(link, number, start, collected) } else { None };
            if let (false, Truth::Missing, Some(when)) = (carried_out, applies, link.when) {
                // Whether it is a step at all makes a difference to what is said of it, but is worth no question now.
                let mut needs = Needs::default();
                self.need_truth(when, false, &mut needs);
                collected.add(PartOf::Linked(number), &needs);
            }
            ends.push(end(applies, start, limit.as_ref()));
            judged.push(JudgedLink { outcome, limit, reasons });
        }
        judged
    }

    /// When a step starts at the latest: as the last of those it waits for ends, or on receipt.
    fn start(&self, link: &LinkCode, ends: &[End]) -> End {
        let (mut start, mut provisional) = (self.moment.received, false);
        for end in link.after.iter().filter_map(|at| ends.get(usize::from(*at))) {
            let (end, open) = (*end)?;
            (start, provisional) = (start.max(end), provisional | open);
        }
        Ok((start, provisional))
    }

    fn limit(&mut self, link: &LinkCode, number: u16, start: End, collected: &mut Collected) -> Option<DeadlineTrace> {
        let mut needs = Needs::default();
        if let Some(when) = link.when {
            self.need_truth(when, true, &mut needs);
        }
        self.counted_from = start.ok().map(|(start, _)| start);
        let mut of_limits = Needs::default();
        let limit = self.deadline(&link.limits, &mut of_limits);
        self.counted_from = None;
        needs.extend(&of_limits);
        collected.add(PartOf::Linked(number), &needs);
        let limit = limit?;
        Some(match (limit.status, start) {
            (DueStatus::Counted(_), Err(Truth::Missing)) => DeadlineTrace { status: DueStatus::Missing, due: None, ..limit },
            (DueStatus::Counted(_), Err(_)) => DeadlineTrace { status: DueStatus::Unknown, due: None, ..limit },
            (DueStatus::Counted(Status::Determined), Ok((_, true))) => DeadlineTrace { status: DueStatus::Counted(Status::Provisional), ..limit },
            _ => limit,
        })
    }
}

/// How the conditions of the submission as a whole stand.
#[derive(Clone, Copy, PartialEq)]
enum Whole {
    Refused,
    /// One can still refuse it.
    Open,
    Accepted,
}

fn link_outcome(
    link: &LinkCode,
    applies: Truth,
    verdict: &Verdict,
    fees: &[JudgedFee],
    may_refuse: bool,
    whole: Whole,
    before: &[JudgedLink],
) -> LinkOutcome {
    match applies {
        Truth::True => {}
        Truth::False | Truth::Null => return LinkOutcome::NotApplicable,
        Truth::Missing | Truth::Unknown => return LinkOutcome::Ask,
    }
    // What holds a step up goes before what refuses it, so that an answer stays when more facts are told.
    if whole == Whole::Refused {
        return LinkOutcome::NotStarted(None);
    }
    let waits_for = || link.after.iter().filter_map(|at| Some((*at, before.get(usize::from(*at))?)));
    if let Some((at, _)) = waits_for().find(|(_, step)| step.is_held_up()) {
        return LinkOutcome::NotStarted(Some(at));
    }
    if whole == Whole::Open || waits_for().any(|(_, step)| step.outcome == LinkOutcome::Ask) {
        return LinkOutcome::Ask;
    }
    if (verdict.eligibility.no & link.eligibility) | (verdict.identity.no & link.identity) != 0 {
        return LinkOutcome::Refuse;
    }
    let documents = verdict.documents.open & !verdict.documents.unknown & link.documents != 0;
    let fee_open = fees.iter().zip(0..64).any(|(fee, n)| link.fees >> n & 1 == 1 && fee.amount == Amount::Missing);
    if documents || fee_open || may_refuse {
        return LinkOutcome::Ask;
    }
    LinkOutcome::Accept
}

/// When a step ends: at the end of its limit, and as it starts if it is not asked for.
fn end(applies: Truth, start: End, limit: Option<&DeadlineTrace>) -> End {
    match applies {
        Truth::True => {}
        Truth::False | Truth::Null => return start,
        open => return Err(open),
    }
    let limit = limit.ok_or(Truth::Unknown)?;
    match (limit.status, &limit.due) {
        (DueStatus::Counted(status @ (Status::Determined | Status::Provisional)), Some(due)) => {
            let end = match (&due.due_at, due.due_on) {
                (Some(moment), _) => Stamp::of(moment),
                (None, day) => day.map(|day| Stamp::new(day, 24 * 60)),
            };
            end.map(|end| (end, status == Status::Provisional)).ok_or(Truth::Unknown)
        }
        (DueStatus::Missing, _) => Err(Truth::Missing),
        _ => Err(Truth::Unknown),
    }
}
