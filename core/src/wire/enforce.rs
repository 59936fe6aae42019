//! A submission held to the rules and to what its form promised.

use serde::{Deserialize, Serialize};

use super::decide::{SCRATCH, decide, program, unreadable};
use super::decision::{ConditionAnswer, Decision, DocumentAnswer, LawGap, Missing};
use super::facts::tell_json;
use super::problem::{PROBLEM_TYPES, ProblemDocument};
use super::request::{Request, RequestError};
use super::status::{ConditionStatus, DocumentState, OutcomeName};
use crate::compile::CompiledPack;
use crate::compile::program::Program;
use crate::eval::{FactProblem, Moment};
use crate::explain;
use crate::model::Language;
use crate::value::Date;

/// What a form told the applicant. A member that is absent or null was not promised.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Promised"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Promise {
    /// The hash of the pack that the form used.
    #[serde(default)]
    pub pack_hash: Option<String>,
    /// The total in đồng.
    #[serde(default)]
    pub fee: Option<i64>,
    /// Ids of the documents the applicant was asked for.
    #[serde(default)]
    pub documents: Option<Vec<String>>,
    /// The day the answer is due.
    #[serde(default)]
    pub due_on: Option<Date>,
}

impl Promise {
    /// What a decision promises: what a form keeps and hands in with the facts.
    #[must_use]
    pub fn of(decision: &Decision) -> Promise {
        Promise {
            pack_hash: Some(decision.pack.hash.to_string()),
            fee: decision.fees.total,
            documents: Some(asked(decision).into_iter().map(str::to_owned).collect()),
            due_on: due_on(decision),
        }
    }
}

/// Everything that is against a submission, and what was decided: a problem document with members of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Objection<'p> {
    /// The gravest reason, the first that applies: `bad-facts`, `submission-refused`, `submission-incomplete`,
    /// `submission-unsettled`, `submission-differs`.
    #[serde(flatten)]
    pub document: ProblemDocument,
    /// Conditions and checks that are not met.
    pub unmet: Vec<ConditionAnswer<'p>>,
    /// Facts that are missing.
    pub missing: Vec<Missing<'p>>,
    /// Documents that are required and were not handed in.
    pub documents: Vec<DocumentAnswer<'p>>,
    /// Law that is not known.
    pub gaps: Vec<LawGap<'p>>,
    /// Where the decision is not what was promised.
    pub differences: Vec<Difference>,
    /// The decision.
    pub decision: Decision<'p>,
}

/// A part of the decision that is not what was promised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    /// The member of the promise.
    pub part: PromisedPart,
    /// As promised.
    pub promised: serde_json::Value,
    /// As decided; null where it is not settled.
    pub decided: serde_json::Value,
    /// The difference in words.
    pub message: String,
}

/// A member of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum PromisedPart {
    /// Which rules decided.
    PackHash,
    /// The total.
    Fee,
    /// The documents asked of the applicant.
    Documents,
    /// The day due.
    DueOn,
}

/// A reason to object: its code, the HTTP status, the title in Vietnamese and English.
struct Reason(&'static str, u16, &'static str, &'static str);

const REFUSED: Reason = Reason("submission-refused", 422, "Hồ sơ không đủ điều kiện", "The conditions are not met");
const INCOMPLETE: Reason = Reason("submission-incomplete", 422, "Hồ sơ chưa đủ", "The submission is incomplete");
const UNSETTLED: Reason = Reason("submission-unsettled", 422, "Quy định chưa rõ", "The law is not known");
const DIFFERS: Reason = Reason("submission-differs", 409, "Kết quả khác với biểu mẫu đã báo", "Not what the form promised");

impl Reason {
    fn document(&self, detail: String, language: Language) -> ProblemDocument {
        let Reason(code, status, vi, en) = *self;
        ProblemDocument {
            kind: format!("{PROBLEM_TYPES}{code}"),
            title: language.choose(vi, en).to_owned(),
            status,
            detail,
            code: code.to_owned(),
            near: None,
            errors: Vec::new(),
        }
    }
}

/// Takes a submission or objects to it. `problems` are those of telling the facts.
///
/// A document counts as missing only where the rules can know that it was handed in: where the pack names a fact for it.
///
/// # Errors
/// An [`Objection`] when facts cannot be used, a condition is not met, something is missing, law that is not known
/// leaves the outcome open, or the decision is not what was promised.
pub fn enforce<'p>(
    program: &Program,
    decision: Decision<'p>,
    problems: &[FactProblem],
    promised: &Promise,
    language: Language,
) -> Result<Decision<'p>, Box<Objection<'p>>> {
    let unmet = decision.eligibility.conditions.iter().chain(&decision.identity.checks);
    let unmet: Vec<_> = unmet.filter(|one| one.status == ConditionStatus::Unmet).cloned().collect();
    let documents: Vec<_> = decision.documents.iter().filter(|one| not_handed_in(program, &decision, one)).cloned().collect();
    let differences = differences(&decision, promised, language);
    let open = decision.outcome == OutcomeName::Ask;
    let document = if !problems.is_empty() {
        ProblemDocument::of_facts(problems, language)
    } else if decision.outcome == OutcomeName::Refuse {
        let said: Vec<&str> = unmet.iter().map(|one| one.message.as_deref().unwrap_or(&one.id)).collect();
        REFUSED.document(explain::refused(&said, language), language)
    } else if (open && !decision.missing.is_empty()) || !documents.is_empty() {
        let facts: Vec<&str> = decision.missing.iter().filter(|one| open && one.now).map(|one| &*one.fact).collect();
        let papers: Vec<&str> = documents.iter().map(|one| &*one.name).collect();
        INCOMPLETE.document(explain::incomplete(&facts, &papers, language), language)
    } else if open {
        let reasons: Vec<&str> = decision.gaps.iter().map(|gap| &*gap.message).collect();
        UNSETTLED.document(explain::unsettled(&reasons, language), language)
    } else if !differences.is_empty() {
        let said: Vec<&str> = differences.iter().map(|one| &*one.message).collect();
        DIFFERS.document(said.join("; "), language)
    } else {
        return Ok(decision);
    };
    let (missing, gaps) = (decision.missing.clone(), decision.gaps.clone());
    Err(Box::new(Objection { document, unmet, missing, documents, gaps, differences, decision }))
}

/// Takes a submission given as the JSON text of a request, and of a [`Promise`] if there is one: the decision as JSON
/// text.
///
/// # Errors
/// The JSON text of an [`Objection`], or of a [`ProblemDocument`] when it cannot be decided at all.
pub fn enforce_json(pack: &CompiledPack, request: &str, promised: Option<&str>) -> Result<String, String> {
    let (read, moment, language) = read(request)?;
    let refuse = |error: RequestError| ProblemDocument::of_request(&error, language).to_json();
    let promised = promised.map_or(Ok(Promise::default()), serde_json::from_str).map_err(|error| refuse(unreadable(&error)))?;
    let program = program(pack, &read.procedure, read.jurisdiction.as_deref()).map_err(refuse)?;
    SCRATCH.with_borrow_mut(|(slots, work)| {
        let problems = tell_json(program, read.facts.unwrap_or("{}"), slots);
        let decision = decide(pack, program, slots, &moment, language, &problems, work).map_err(|error| refuse(error.into()))?;
        match enforce(program, decision, &problems, &promised, language) {
            Ok(decision) => Ok(serde_json::to_string(&decision).unwrap_or_default()),
            Err(objection) => Err(serde_json::to_string(&objection).unwrap_or_default()),
        }
    })
}

/// The [`Promise`] of the decision on a request, both as JSON text.
///
/// # Errors
/// The JSON text of a [`ProblemDocument`] when it cannot be decided.
pub fn promise_json(pack: &CompiledPack, request: &str) -> Result<String, String> {
    let (read, moment, language) = read(request)?;
    let refuse = |error: RequestError| ProblemDocument::of_request(&error, language).to_json();
    let program = program(pack, &read.procedure, read.jurisdiction.as_deref()).map_err(refuse)?;
    SCRATCH.with_borrow_mut(|(slots, work)| {
        let problems = tell_json(program, read.facts.unwrap_or("{}"), slots);
        let decision = decide(pack, program, slots, &moment, language, &problems, work).map_err(|error| refuse(error.into()))?;
        Ok(serde_json::to_string(&Promise::of(&decision)).unwrap_or_default())
    })
}

/// A request with its moment and language, or the problem document.
fn read(request: &str) -> Result<(Request<'_>, Moment, Language), String> {
    let refuse = |error: RequestError, language| ProblemDocument::of_request(&error, language).to_json();
    let read = Request::read(request).map_err(|error| refuse(error, Language::default()))?;
    let language = read.language().map_err(|error| refuse(error, Language::default()))?;
    let moment = read.moment().map_err(|error| refuse(error, language))?;
    Ok((read, moment, language))
}

/// Documents asked of the applicant, handed in or not.
fn asked<'d>(decision: &'d Decision) -> Vec<&'d str> {
    let asked = decision.documents.iter().filter(|one| matches!(one.status, DocumentState::Required | DocumentState::Provided));
    asked.map(|one| &*one.id).collect()
}

fn due_on(decision: &Decision) -> Option<Date> {
    decision.deadline.as_ref().and_then(|deadline| deadline.due_on)
}

fn not_handed_in(program: &Program, decision: &Decision, document: &DocumentAnswer) -> bool {
    let can_be_told = || {
        let of_day = program.epoch(decision.as_of).map_or(&[][..], |epoch| &epoch.documents);
        of_day.iter().any(|code| code.provided.is_some() && program.documents.get(usize::from(code.info)).is_some_and(|info| *info.id == *document.id))
    };
    document.status == DocumentState::Required && can_be_told()
}

fn differences(decision: &Decision, promised: &Promise, language: Language) -> Vec<Difference> {
    let mut found = Vec::new();
    if let Some(hash) = promised.pack_hash.as_deref().filter(|hash| **hash != *decision.pack.hash) {
        found.push(Difference {
            part: PromisedPart::PackHash,
            promised: hash.into(),
            decided: (&*decision.pack.hash).into(),
            message: explain::other_pack(hash, &decision.pack.hash, language),
        });
    }
    if let Some(fee) = promised.fee.filter(|fee| Some(*fee) != decision.fees.total) {
        found.push(Difference {
            part: PromisedPart::Fee,
            promised: fee.into(),
            decided: decision.fees.total.into(),
            message: explain::other_fee(fee, decision.fees.total, language),
        });
    }
    if let Some(documents) = &promised.documents {
        let asked = asked(decision);
        let more: Vec<&str> = asked.iter().copied().filter(|id| documents.iter().all(|other| other != id)).collect();
        let fewer: Vec<&str> = documents.iter().map(String::as_str).filter(|id| !asked.contains(id)).collect();
        if !(more.is_empty() && fewer.is_empty()) {
            found.push(Difference {
                part: PromisedPart::Documents,
                promised: documents.clone().into(),
                message: explain::other_documents(&more, &fewer, language),
                decided: asked.into(),
            });
        }
    }
    let due = due_on(decision);
    if let Some(day) = promised.due_on.filter(|day| Some(*day) != due) {
        found.push(Difference {
            part: PromisedPart::DueOn,
            promised: day.to_string().into(),
            decided: due.map(|due| due.to_string()).into(),
            message: explain::other_day(day, due, language),
        });
    }
    found
}
