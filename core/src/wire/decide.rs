//! From a request to a decision: the judged case in the words of the wire.

use std::borrow::Cow;
use std::cell::RefCell;

use serde::Serialize;

use super::decision::{
    AlternativePaper, Bases, Calculation, Citations, ConditionAnswer, Cut, Deadline, Decision, DocumentAnswer, Eligibility, FeeItem, Fees, Identity,
    KnownFact, LawGap, Missing, PackRef, Pause, Problem, Skipped, VerdictAnswer,
};
use super::facts::{tell_json, told};
use super::plain::PlainRequest;
use super::request::{Request, RequestError, language, moment};
use super::status::{ConditionStatus, DeadlineStatus, DocumentState, FeesStatus, OutcomeName, Overall};
use crate::calendar::{self, Status as Counted};
use crate::compile::program::{BaseCode, Cite, ConditionCode, DeadlineCode, DocumentCode, Epoch, FeeCode, Node, Program, Slot};
use crate::compile::CompiledPack;
use crate::diagnostics::nearest;
use crate::eval::{
    Amount, DeadlineTrace, DocumentStatus, Due, DueStatus, FactProblem, Judged, JudgedCondition, JudgedDocument, JudgedFee, Marks, Moment, Outcome, PartOf, Reasons,
    Slots, Status, Undecided, Workspace, judge, verdict,
};
use crate::explain;
use crate::model::Language;

thread_local! {
    /// Memory that is used again from case to case.
    pub(super) static SCRATCH: RefCell<(Slots, Workspace)> = RefCell::default();
}

/// Decides a request given as JSON text and returns the decision as JSON text.
///
/// # Errors
/// [`RequestError`] if the request cannot be read, names no procedure or cannot be decided. Facts that do not fit are
/// no error: they are in the decision's `problems`.
pub fn decide_json(pack: &CompiledPack, request: &str) -> Result<String, RequestError> {
    answer(pack, request, |told, slots, work| {
        let decision = decide(pack, told.program, slots, &told.moment, told.language, &told.problems, work)?;
        Ok(json(&decision, 8 << 10))
    })
}

/// Decides a request given as JSON text, without explanation.
///
/// # Errors
/// As [`decide_json`].
pub fn verdict_json(pack: &CompiledPack, request: &str) -> Result<String, RequestError> {
    answer(pack, request, |told, slots, work| {
        let answer = verdict_answer(pack, told.program, slots, &told.moment, told.language, &told.problems, work)?;
        Ok(json(&answer, 512))
    })
}

/// An answer as JSON text, written where there is room for most.
pub(super) fn json(answer: &impl Serialize, room: usize) -> String {
    let mut text = Vec::with_capacity(room);
    match serde_json::to_writer(&mut text, answer) {
        Ok(()) => String::from_utf8(text).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// A request that has been read, its facts in the slots.
struct ToldRequest<'p> {
    program: &'p Program,
    moment: Moment,
    language: Language,
    problems: Vec<FactProblem>,
}

/// Reads a request and answers it.
fn answer<'p, T>(
    pack: &'p CompiledPack,
    request: &str,
    answer: impl FnOnce(ToldRequest<'p>, &Slots, &mut Workspace) -> Result<T, RequestError>,
) -> Result<T, RequestError> {
    SCRATCH.with_borrow_mut(|(slots, work)| {
        let told = match plain(pack, request, slots)? {
            Some(told) => told,
            None => general(pack, request, slots)?,
        };
        answer(told, slots, work)
    })
}

/// Reads a request of the usual form; `None` for any other.
fn plain<'p>(pack: &'p CompiledPack, request: &str, slots: &mut Slots) -> Result<Option<ToldRequest<'p>>, RequestError> {
    let Some(read) = PlainRequest::new(request) else { return Ok(None) };
    let (moment, language) = (moment(read.as_of, read.received_at)?, language(read.lang)?);
    let program = program(pack, read.procedure, read.jurisdiction)?;
    let problems = read.tell(request, program, slots);
    Ok(problems.map(|problems| ToldRequest { program, moment, language, problems }))
}

fn general<'p>(pack: &'p CompiledPack, request: &str, slots: &mut Slots) -> Result<ToldRequest<'p>, RequestError> {
    let read = Request::read(request)?;
    let (moment, language) = (read.moment()?, read.language()?);
    let program = program(pack, &read.procedure, read.jurisdiction.as_deref())?;
    let problems = tell_json(program, read.facts.unwrap_or("{}"), slots);
    Ok(ToldRequest { program, moment, language, problems })
}

pub(super) fn unreadable(error: &serde_json::Error) -> RequestError {
    RequestError::Unreadable { line: error.line(), column: error.column(), why: error.to_string() }
}

/// The program of a procedure.
///
/// # Errors
/// [`RequestError::UnknownProcedure`] with the code nearest to it; [`RequestError::UnknownJurisdiction`] for a jurisdiction
/// that no overlay of the pack is for, so that a slip of the pen is not taken for a place without rules of its own.
pub fn program<'p>(pack: &'p CompiledPack, code: &str, jurisdiction: Option<&str>) -> Result<&'p Program, RequestError> {
    let at = program_index(pack, code, jurisdiction)?;
    pack.programs.get(at).ok_or_else(|| RequestError::UnknownProcedure { code: code.to_owned(), near: None })
}

/// The position of a procedure's program in its pack, for hosts that keep it.
///
/// # Errors
/// As [`program`].
pub fn program_index(pack: &CompiledPack, code: &str, jurisdiction: Option<&str>) -> Result<usize, RequestError> {
    if let Some(given) = jurisdiction {
        let known = pack.jurisdictions();
        if !known.contains(&given) {
            let known = known.into_iter().map(str::to_owned).collect();
            return Err(RequestError::UnknownJurisdiction { given: given.to_owned(), known });
        }
    }
    let position = pack.programs.position(code, jurisdiction).filter(|at| pack.programs.get(*at).is_some());
    position.ok_or_else(|| RequestError::UnknownProcedure {
        code: code.to_owned(),
        near: nearest(code, pack.programs.names().map(|(code, _)| code)).map(str::to_owned),
    })
}

/// The verdict with ids for its bits.
///
/// # Errors
/// As [`verdict`].
pub fn verdict_answer<'p>(
    pack: &'p CompiledPack,
    program: &'p Program,
    slots: &Slots,
    moment: &Moment,
    language: Language,
    problems: &[FactProblem],
    work: &mut Workspace,
) -> Result<VerdictAnswer<'p>, Undecided> {
    let verdict = verdict(program, slots, moment, &pack.calendar, work)?;
    let Some(epoch) = program.epoch(moment.as_of) else { return Err(Undecided::LimitExceeded { limit: 0 }) };
    let ids = |mask: fn(&Marks) -> u64| {
        let of = move |conditions: &'p [ConditionCode], marks: &Marks| {
            let mask = mask(marks);
            let marked = conditions.iter().enumerate().filter(move |(bit, _)| mask >> bit & 1 == 1);
            marked.filter_map(|(_, condition)| program.conditions.get(usize::from(condition.info))).map(|info| Cow::from(&*info.id))
        };
        of(&epoch.eligibility, &verdict.eligibility).chain(of(&epoch.identity, &verdict.identity)).collect()
    };
    let documents = epoch.documents.iter().enumerate().filter(|(bit, _)| verdict.documents.yes >> bit & 1 == 1);
    Ok(VerdictAnswer {
        outcome: outcome(verdict.outcome),
        unmet: ids(|marks| marks.no),
        undetermined: ids(|marks| marks.open),
        documents: documents.filter_map(|(_, code)| program.documents.get(usize::from(code.info))).map(|info| Cow::from(&*info.id)).collect(),
        fee: (verdict.fees_open == 0).then_some(verdict.fee_total),
        due_on: match verdict.due {
            Due::Determined(day) | Due::Provisional(day) => Some(day),
            Due::None | Due::Undetermined => None,
        },
        provisional: matches!(verdict.due, Due::Provisional(_)),
        problems: problems.iter().map(|problem| wire_problem(problem, language)).collect(),
    })
}

/// Decides one case in full.
///
/// # Errors
/// As [`judge`].
pub fn decide<'p>(
    pack: &'p CompiledPack,
    program: &'p Program,
    slots: &Slots,
    moment: &Moment,
    language: Language,
    problems: &[FactProblem],
    work: &mut Workspace,
) -> Result<Decision<'p>, Undecided> {
    let judged = judge(program, slots, moment, &pack.calendar, work)?;
    let wording = Wording::new(program, slots, language);
    Ok(wording.decision(pack, moment, &judged, problems))
}

/// Puts a judged case in words.
pub(super) struct Wording<'p, 's> {
    pub(super) program: &'p Program,
    pub(super) slots: &'s Slots,
    pub(super) language: Language,
    /// Whether elements tell the facts that decided them.
    pub(super) facts: bool,
}

impl<'p, 's> Wording<'p, 's> {
    pub(super) fn new(program: &'p Program, slots: &'s Slots, language: Language) -> Wording<'p, 's> {
        Wording { program, slots, language, facts: true }
    }

    fn decision(&self, pack: &'p CompiledPack, moment: &Moment, judged: &Judged<'p>, problems: &[FactProblem]) -> Decision<'p> {
        let epoch = judged.epoch;
        let verdict = &judged.verdict;
        let missing = self.missing(judged);
        Decision {
            procedure: Cow::from(&*self.program.code),
            as_of: moment.as_of,
            jurisdiction: self.program.jurisdiction.as_deref().map(Cow::from),
            pack: PackRef { id: Cow::from(&*pack.id), version: Cow::from(&*pack.version), hash: Cow::from(&*pack.hash) },
            outcome: outcome(verdict.outcome),
            eligibility: Eligibility {
                status: overall(&verdict.eligibility),
                conditions: self.conditions(&epoch.eligibility, &judged.eligibility),
            },
            identity: Identity {
                status: overall(&verdict.identity),
                required_level: verdict.required_level,
                checks: self.conditions(&epoch.identity, &judged.identity),
            },
            documents: self.documents(judged),
            fees: self.fees(judged),
            deadline: judged.deadline.as_ref().map(|trace| self.deadline(&epoch.deadlines, trace)),
            linked: self.linked(judged, moment),
            next: missing.iter().find(|missing| missing.now).map(|missing| missing.fact.clone()),
            missing,
            problems: problems.iter().map(|problem| wire_problem(problem, self.language)).collect(),
            gaps: self.gaps(judged),
        }
    }

    pub(super) fn missing(&self, judged: &Judged<'p>) -> Vec<Missing<'p>> {
        let missing = judged.missing.iter().map(|missing| Missing {
            fact: self.fact_name(missing.slot),
            needed_by: missing.needed_by.iter().map(|part| self.part(judged.epoch, *part)).collect(),
            now: missing.now,
        });
        missing.collect()
    }

    pub(super) fn gaps(&self, judged: &Judged<'p>) -> Vec<LawGap<'p>> {
        let gaps = judged.gaps.iter().filter_map(|(gap, parts)| {
            let gap = self.program.gaps.get(*gap as usize)?;
            Some(LawGap {
                id: Cow::from(&*gap.id),
                message: Cow::from(&**gap.why.get(self.language)),
                needed_by: parts.iter().map(|part| self.part(judged.epoch, *part)).collect(),
                citations: self.cited(&gap.basis),
            })
        });
        gaps.collect()
    }

    pub(super) fn part(&self, epoch: &Epoch, part: PartOf) -> String {
        let condition = |conditions: &[ConditionCode], at: u16| {
            let info = conditions.get(usize::from(at)).and_then(|code| self.program.conditions.get(usize::from(code.info)));
            info.map_or("", |info| &*info.id).to_owned()
        };
        match part {
            PartOf::Eligibility(at) => format!("eligibility.{}", condition(&epoch.eligibility, at)),
            PartOf::Identity(at) => format!("identity.{}", condition(&epoch.identity, at)),
            PartOf::Document(at) => {
                let info = epoch.documents.get(usize::from(at)).and_then(|code| self.program.documents.get(usize::from(code.info)));
                format!("documents.{}", info.map_or("", |info| &*info.id))
            }
            PartOf::Fee(at) => {
                let info = epoch.fees.get(usize::from(at)).and_then(|code| self.program.fees.get(usize::from(code.info)));
                format!("fees.{}", info.map_or("", |info| &*info.id))
            }
            PartOf::Deadline => "deadline".to_owned(),
            PartOf::Linked(at) => {
                let info = epoch.linked.get(usize::from(at)).and_then(|code| self.program.links.get(usize::from(code.info)));
                format!("linked.{}", info.map_or("", |info| &*info.id))
            }
        }
    }

    pub(super) fn fact_name(&self, slot: Slot) -> Cow<'p, str> {
        self.program.fact(slot).map_or(Cow::Borrowed(""), |fact| Cow::from(&*fact.name))
    }

    fn cited(&self, element: &'p [Cite]) -> Citations<'p> {
        Citations::of(Bases { element, ..Bases::default() }, self.language)
    }

    /// The citations of an element and of all that its answer rests on.
    pub(super) fn cited_with(&self, element: &'p [Cite], rests_on: u32, reasons: &Reasons) -> Citations<'p> {
        let rows = reasons.rows.iter().filter_map(|(table, row)| self.program.code_of.tables.get(*table as usize)?.rows.get(*row as usize));
        let rows = rows.map(|row| &*row.basis).collect();
        Citations::of(Bases { element, rests_on: self.bases(rests_on), rows, ..Bases::default() }, self.language)
    }

    fn bases(&self, at: u32) -> &'p [Cite] {
        self.program.code_of.bases.get(at as usize).map_or(&[], |bases| bases)
    }

    pub(super) fn because(&self, reasons: &Reasons) -> Vec<KnownFact<'p>> {
        let facts = if self.facts { &*reasons.facts } else { &[] };
        facts.iter().filter_map(|slot| self.known(*slot)).collect()
    }

    /// A fact that was told.
    pub(super) fn known(&self, slot: Slot) -> Option<KnownFact<'p>> {
        let fact = self.program.fact(slot)?;
        Some(KnownFact { fact: Cow::from(&*fact.name), value: told(fact, slot, self.slots)? })
    }

    fn conditions(&self, codes: &'p [ConditionCode], judged: &[JudgedCondition]) -> Vec<ConditionAnswer<'p>> {
        codes.iter().zip(judged).filter_map(|(code, judged)| self.condition(code, judged)).collect()
    }

    /// What is wrong and what would have to change, where a condition is not met.
    pub(super) fn said(&self, code: &ConditionCode, judged: &JudgedCondition) -> (Option<String>, Option<String>) {
        let said = judged.said.as_ref().zip(self.program.code_of.messages.get(code.message as usize));
        let message = said.map(|(values, message)| explain::condition_message(self.program, message, values, self.language));
        (message, said.and_then(|_| explain::wanted_sentence(self.program, &judged.reasons, self.language)))
    }

    pub(super) fn condition(&self, code: &ConditionCode, judged: &JudgedCondition) -> Option<ConditionAnswer<'p>> {
        let info = self.program.conditions.get(usize::from(code.info))?;
        let (message, wanted) = self.said(code, judged);
        Some(ConditionAnswer {
            id: Cow::from(&*info.id),
            status: match judged.status {
                Status::Yes => ConditionStatus::Met,
                Status::No => ConditionStatus::Unmet,
                Status::NotApplicable => ConditionStatus::NotApplicable,
                Status::Open(_) => ConditionStatus::Undetermined,
            },
            message,
            wanted,
            citations: self.cited_with(&info.basis, code.rests_on, &judged.reasons),
            because: self.because(&judged.reasons),
        })
    }

    fn documents(&self, judged: &Judged<'p>) -> Vec<DocumentAnswer<'p>> {
        judged.epoch.documents.iter().zip(&judged.documents).filter_map(|(code, judged)| self.document(code, judged)).collect()
    }

    pub(super) fn document(&self, code: &DocumentCode, judged: &JudgedDocument) -> Option<DocumentAnswer<'p>> {
        let info = self.program.documents.get(usize::from(code.info))?;
        let alternative = |one: &'p crate::model::Alternative| AlternativePaper {
            id: Cow::from(&*one.id.value),
            name: Cow::from(&**one.name.get(self.language)),
        };
        Some(DocumentAnswer {
            id: Cow::from(&*info.id),
            status: match judged.status {
                DocumentStatus::Required => DocumentState::Required,
                DocumentStatus::Provided => DocumentState::Provided,
                DocumentStatus::Reused => DocumentState::Reused,
                DocumentStatus::NotRequired => DocumentState::NotRequired,
                DocumentStatus::Open(_) => DocumentState::Undetermined,
            },
            name: Cow::from(&**info.name.get(self.language)),
            form: info.form,
            copies: info.copies,
            any_of: info.any_of.iter().map(alternative).collect(),
            reuse_source: info.reuse_source.as_ref().map(|source| Cow::from(&**source.get(self.language))),
            citations: self.cited_with(&info.basis, code.rests_on, &judged.reasons),
            because: self.because(&judged.reasons),
        })
    }

    fn fees(&self, judged: &Judged<'p>) -> Fees<'p> {
        let open = judged.verdict.fees_open != 0;
        let items = judged.epoch.fees.iter().zip(&judged.fees).filter(|(_, judged)| judged.amount != Amount::NotDue);
        Fees {
            status: if open { FeesStatus::Undetermined } else { FeesStatus::Determined },
            total: (!open).then_some(judged.verdict.fee_total),
            currency: Cow::Borrowed("VND"),
            items: items.filter_map(|(code, judged)| self.fee(code, judged)).collect(),
        }
    }

    pub(super) fn fee(&self, code: &'p FeeCode, judged: &JudgedFee) -> Option<FeeItem<'p>> {
        let info = self.program.fees.get(usize::from(code.info))?;
        let table = match &code.base {
            BaseCode::Amount(node) => match self.program.code_of.node(*node) {
                Node::Table(index) => Some(index),
                _ => None,
            },
            BaseCode::Tiers(..) => None,
        };
        let fired = judged.reasons.rows.iter().find(|(of, _)| Some(*of) == table);
        let row = fired.and_then(|(of, row)| self.program.code_of.tables.get(*of as usize)?.rows.get(*row as usize));
        let reduction = judged.trace.reduction.as_ref().and_then(|cut| Some((cut, info.reductions.get(usize::from(cut.info))?)));
        let mut citations = self.cited_with(&info.basis, code.rests_on, &judged.reasons);
        if let Some((cut, of)) = reduction {
            let code = code.reductions.iter().find(|code| code.info == cut.info);
            citations.bases.reduction = [&of.basis, code.map_or(&[], |code| self.bases(code.rests_on))];
        }
        Some(FeeItem {
            id: Cow::from(&*info.id),
            name: Cow::from(&**info.name.get(self.language)),
            amount: match judged.amount {
                Amount::Known(amount) => Some(amount),
                _ => None,
            },
            row: row.map(|row| Cow::from(&*row.id)),
            calculation: match (judged.amount, judged.trace.unit, judged.trace.before) {
                (Amount::Known(_), Some(unit), Some(before)) => Some(Calculation {
                    unit,
                    times: judged.trace.times,
                    before,
                }),
                _ => None,
            },
            reduction: reduction.map(|(cut, of)| Cut {
                id: Cow::from(&*of.id),
                name: Cow::from(&**of.name.get(self.language)),
                off: cut.off,
            }),
            citations,
            because: self.because(&judged.reasons),
        })
    }

    pub(super) fn deadline(&self, rules: &'p [DeadlineCode], trace: &DeadlineTrace) -> Deadline<'p> {
        let code = trace.rule.and_then(|at| rules.get(usize::from(at)));
        let info = code.and_then(|code| self.program.deadlines.get(usize::from(code.info)));
        let due = trace.due.as_ref();
        let status = match trace.status {
            DueStatus::Counted(Counted::Determined) => DeadlineStatus::Determined,
            DueStatus::Counted(Counted::Provisional) => DeadlineStatus::Provisional,
            _ => DeadlineStatus::Undetermined,
        };
        Deadline {
            id: info.map(|info| Cow::from(&*info.id)),
            status,
            period: info.and_then(|info| info.rule.as_ref().ok()).map(|rule| explain::period(rule.period, self.language)),
            starts_on: due.and_then(|due| due.starts_on),
            due_on: due.and_then(|due| due.due_on),
            due_at: due.and_then(|due| due.due_at.as_ref()).map(|moment| moment.to_string()),
            counted: due.map_or(0, |due| due.counted),
            skipped: due.map_or(&[][..], |due| &due.skipped).iter().map(|(date, reason)| Skipped { date: *date, reason: explain::skipped(*date, reason, self.language) }).collect(),
            pauses: due.map_or(&[][..], |due| &due.pauses).iter().map(|(from, until)| Pause { from: *from, until: *until }).collect(),
            message: self.deadline_message(trace, info.and_then(|info| info.rule.as_ref().err().copied())),
            citations: self.cited_with(info.map_or(&[], |info| &info.basis), code.map_or(u32::MAX, |code| code.rests_on), &trace.reasons),
            because: self.because(&trace.reasons),
        }
    }

    fn deadline_message(&self, trace: &DeadlineTrace, gap: Option<u32>) -> Option<String> {
        match trace.status {
            DueStatus::Counted(Counted::Determined) | DueStatus::Missing => None,
            DueStatus::Counted(Counted::Provisional) => Some(explain::provisional(self.language)),
            DueStatus::Counted(Counted::Waiting(event)) => Some(explain::waiting(event, self.language)),
            DueStatus::Counted(Counted::Unknown(cause)) => Some(explain::uncountable(cause, self.language)),
            DueStatus::Unknown => gap.and_then(|gap| self.program.gaps.get(gap as usize)).map(|gap| gap.why.get(self.language).to_string()),
        }
    }
}

pub(super) fn outcome(outcome: Outcome) -> OutcomeName {
    match outcome {
        Outcome::Accept => OutcomeName::Accept,
        Outcome::Refuse => OutcomeName::Refuse,
        Outcome::Ask => OutcomeName::Ask,
    }
}

pub(super) fn overall(marks: &Marks) -> Overall {
    if marks.no != 0 {
        Overall::Unmet
    } else if marks.open != 0 {
        Overall::Undetermined
    } else {
        Overall::Met
    }
}

/// Problems with facts in words.
#[must_use]
pub fn wire_problems(problems: &[FactProblem], language: Language) -> Vec<Problem<'static>> {
    problems.iter().map(|problem| wire_problem(problem, language)).collect()
}

/// A problem in words.
#[must_use]
pub fn wire_problem<'p>(problem: &FactProblem, language: Language) -> Problem<'p> {
    Problem {
        fact: Cow::Owned(problem.fact.clone()),
        code: Cow::Borrowed(problem.code.name()),
        message: explain::problem_message(problem, language),
    }
}

/// A deadline counted by a rule of a program without a case: from a moment, with nothing else known of the file.
///
/// # Errors
/// As [`judge`].
pub fn due_from(pack: &CompiledPack, rule: &calendar::DeadlineRule, moment: &Moment) -> calendar::Due {
    let timeline = calendar::Timeline { received: moment.received, supplements: &[], not_before: &[], extension: 0 };
    calendar::due(&pack.calendar, rule, &timeline)
}
