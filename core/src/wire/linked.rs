//! The steps of a linked service in the words of the wire.

use std::borrow::Cow;

use super::decide::Wording;
use super::decision::{Deadline, LinkedStep};
use super::status::LinkedOutcome;
use crate::compile::program::{LinkCode, LinkInfo};
use crate::eval::{Amount, DocumentStatus, DueStatus, Judged, JudgedLink, LinkOutcome, Moment, PartOf};
use crate::explain;
use crate::value::Date;

impl<'p> Wording<'p, '_> {
    /// Every step with its own outcome, and the chain of their limits.
    pub(super) fn linked(&self, judged: &Judged<'p>, moment: &Moment) -> Vec<LinkedStep<'p>> {
        let steps = judged.epoch.linked.iter().zip(&judged.linked);
        steps.filter_map(|(code, link)| Some(self.linked_step(judged, code, link, self.link_info(code)?, moment))).collect()
    }

    fn link_info(&self, code: &LinkCode) -> Option<&'p LinkInfo> {
        self.program.links.get(usize::from(code.info))
    }

    fn linked_step(&self, judged: &Judged<'p>, code: &'p LinkCode, link: &JudgedLink, info: &'p LinkInfo, moment: &Moment) -> LinkedStep<'p> {
        let epoch = judged.epoch;
        let text = |text: &'p crate::model::Text| Cow::from(&**text.get(self.language));
        let info_at = |at: u16| epoch.linked.get(usize::from(at)).and_then(|code| self.link_info(code));
        let bits = |marks: u64| (0..64).filter(move |n| marks >> n & 1 == 1);
        let unmet = bits(judged.verdict.eligibility.no & code.eligibility).map(PartOf::Eligibility);
        let unmet = unmet.chain(bits(judged.verdict.identity.no & code.identity).map(PartOf::Identity));
        let documents = judged.documents.iter().zip(&epoch.documents).zip(0..64).filter(|((document, _), n)| {
            code.documents >> n & 1 == 1 && document.status != DocumentStatus::NotRequired
        });
        let documents = documents.filter_map(|((_, document), _)| self.program.documents.get(usize::from(document.info)));
        let fees = judged.fees.iter().zip(&epoch.fees).zip(0..64).filter(|((fee, _), n)| code.fees >> n & 1 == 1 && fee.amount != Amount::NotDue);
        let fees = fees.filter_map(|((_, fee), _)| self.program.fees.get(usize::from(fee.info)));
        let authority = info.authorities.iter().find(|one| one.interval.contains(moment.as_of));
        let of_whole = judged.deadline.as_ref().filter(|trace| matches!(trace.status, DueStatus::Counted(_)));
        let due_of_whole = of_whole.and_then(|trace| trace.due.as_ref()?.due_on);
        LinkedStep {
            id: Cow::from(&*info.id),
            name: text(&info.name),
            procedure: info.procedure.as_deref().map(Cow::from),
            authority: authority.map(|one| text(&one.name)),
            result: info.result.as_ref().map(text),
            outcome: match link.outcome {
                LinkOutcome::Accept => LinkedOutcome::Accept,
                LinkOutcome::Refuse => LinkedOutcome::Refuse,
                LinkOutcome::Ask => LinkedOutcome::Ask,
                LinkOutcome::NotStarted(_) => LinkedOutcome::NotStarted,
                LinkOutcome::NotApplicable => LinkedOutcome::NotApplicable,
            },
            after: code.after.iter().filter_map(|at| Some(Cow::from(&*info_at(*at)?.id))).collect(),
            unmet: unmet.map(|part| self.part(epoch, part)).collect(),
            documents: documents.map(|info| Cow::from(&*info.id)).collect(),
            fees: fees.map(|info| Cow::from(&*info.id)).collect(),
            limit: link.limit.as_ref().map(|trace| self.limit(code, trace, due_of_whole)),
            message: match link.outcome {
                LinkOutcome::Refuse => info.if_refused.as_ref().map(|then| explain::if_refused(then, self.language)),
                LinkOutcome::NotStarted(at) => {
                    let held_by = at.and_then(info_at).map(|info| &**info.name.get(self.language));
                    Some(explain::not_started(held_by, self.language))
                }
                _ => None,
            },
            citations: self.cited_with(&info.basis, code.rests_on, &link.reasons),
            because: self.because(&link.reasons),
        }
    }

    /// The limit of a step; said where the whole is due earlier than the steps alone would allow.
    fn limit(&self, code: &'p LinkCode, trace: &crate::eval::DeadlineTrace, due_of_whole: Option<Date>) -> Deadline<'p> {
        let limit = self.deadline(&code.limits, trace);
        let earlier = due_of_whole.filter(|whole| limit.due_on.is_some_and(|due| *whole < due));
        let said = earlier.map(|whole| explain::whole_is_due_earlier(whole, self.language));
        Deadline { message: limit.message.or(said), ..limit }
    }
}
