//! The parts of a decision as values that can be compared.

use thutuc::compile::CompiledPack;
use thutuc::compile::program::{Program, Slot};
use thutuc::eval::{Amount, DocumentStatus, DueStatus, Judged, LinkOutcome, MissingFact, Moment, PartOf, Slots, Status, Truth, Workspace, judge};
use thutuc::value::{Date, Fact, Value};

/// What a decision says of one part.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A condition, and whether it refuses the case or can still come to.
    Condition(Status, bool),
    Document(DocumentStatus),
    Fee(Amount),
    Deadline(Option<u16>, Option<DueStatus>, Option<Date>),
}

/// How far a step of a linked service can go, and by when.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub outcome: LinkOutcome,
    pub status: Option<DueStatus>,
    pub due_on: Option<Date>,
}

impl Step {
    /// Whether it is carried out, as far as that is known.
    pub fn goes_on(&self) -> bool {
        matches!(self.outcome, LinkOutcome::Accept | LinkOutcome::Ask)
    }
}

/// How far an answer is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    Settled,
    Missing,
    Unknown,
}

impl Answer {
    pub fn openness(&self) -> Openness {
        let of = |truth: &Truth| if *truth == Truth::Missing { Openness::Missing } else { Openness::Unknown };
        match self {
            Answer::Condition(Status::Open(truth), _) | Answer::Document(DocumentStatus::Open(truth)) => of(truth),
            Answer::Fee(Amount::Missing) | Answer::Deadline(_, Some(DueStatus::Missing), _) => Openness::Missing,
            Answer::Fee(Amount::Unknown) | Answer::Deadline(_, Some(DueStatus::Unknown), _) => Openness::Unknown,
            _ => Openness::Settled,
        }
    }
}

/// Every part of a decision, and what is missing.
#[derive(Clone, Debug)]
pub struct Answers {
    pub parts: Vec<(PartOf, Answer)>,
    pub steps: Vec<Step>,
    pub missing: Vec<MissingFact>,
    pub outcome: thutuc::eval::Outcome,
    pub required_level: Option<u8>,
}

impl Answers {
    /// The first fact that matters now.
    pub fn next(&self) -> Option<Slot> {
        self.missing.iter().find(|missing| missing.now).map(|missing| missing.slot)
    }

    pub fn slots(&self) -> Vec<Slot> {
        self.missing.iter().map(|missing| missing.slot).collect()
    }
}

/// The facts of a case by slot.
pub type Case = Vec<Fact<Value>>;

/// Decides cases of the only procedure of a pack.
pub struct Judge<'p> {
    pub pack: &'p CompiledPack,
    pub program: &'p Program,
    pub moment: Moment,
    work: Workspace,
    slots: Slots,
}

impl<'p> Judge<'p> {
    pub fn new(pack: &'p CompiledPack, day: &str) -> Self {
        let program = pack.programs.first().expect("the pack has a procedure");
        let slots = Slots::new(program);
        Judge { pack, program, moment: Moment::on(Date::parse(day).unwrap()), work: Workspace::default(), slots }
    }

    /// The slots of a case.
    pub fn slots(&mut self, case: &Case) -> &Slots {
        self.slots.clear(self.program);
        for ((fact, slot), value) in self.program.facts.iter().zip(0u16..).zip(case) {
            if *value != Fact::Missing {
                self.slots.set(Slot(slot), &fact.layout, value.clone());
            }
        }
        &self.slots
    }

    pub fn answers(&mut self, case: &Case) -> Answers {
        self.slots(case);
        let judged = judge(self.program, &self.slots, &self.moment, &self.pack.calendar, &mut self.work).unwrap();
        Answers { parts: parts(&judged), steps: steps(&judged), outcome: judged.verdict.outcome, required_level: judged.verdict.required_level, missing: judged.missing }
    }
}

fn parts(judged: &Judged) -> Vec<(PartOf, Answer)> {
    let mut parts = Vec::new();
    let conditions = judged.eligibility.iter().zip(0..).map(|(one, at)| (PartOf::Eligibility(at), Answer::Condition(one.status, one.could_refuse)));
    parts.extend(conditions);
    parts.extend(judged.identity.iter().zip(0..).map(|(one, at)| (PartOf::Identity(at), Answer::Condition(one.status, one.could_refuse))));
    parts.extend(judged.documents.iter().zip(0..).map(|(one, at)| (PartOf::Document(at), Answer::Document(one.status))));
    parts.extend(judged.fees.iter().zip(0..).map(|(one, at)| (PartOf::Fee(at), Answer::Fee(one.amount))));
    let due = judged.deadline.as_ref();
    let day = due.and_then(|trace| trace.due.as_ref()).and_then(|due| due.due_on);
    let rule = due.and_then(|trace| trace.rule);
    let status = due.map(|trace| trace.status);
    // Which rule applies may become known while the day is still open.
    let rule = rule.filter(|_| matches!(status, Some(DueStatus::Counted(_))));
    parts.push((PartOf::Deadline, Answer::Deadline(rule, status, day)));
    parts
}

/// The steps of a linked service. Which of several holds one up may change while they are judged.
fn steps(judged: &Judged) -> Vec<Step> {
    let step = |one: &thutuc::eval::JudgedLink| Step {
        outcome: if let LinkOutcome::NotStarted(_) = one.outcome { LinkOutcome::NotStarted(None) } else { one.outcome },
        status: one.limit.as_ref().map(|trace| trace.status),
        due_on: one.limit.as_ref().and_then(|trace| trace.due.as_ref()).and_then(|due| due.due_on),
    };
    judged.linked.iter().map(step).collect()
}
