//! The steps of a case inside the authority, as hosts see them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::decide::{SCRATCH, program, unreadable, wire_problem};
use super::decision::{Bases, Citations, KnownFact, PackRef, Problem};
use super::facts::{tell_json, told};
use super::request::{RequestError, language, moment};
use crate::calendar::{OfficeHours, Progress, Stamp};
use crate::compile::{CompiledPack, Handling};
use crate::compile::program::{Cite, Program};
use crate::eval::{self, CasePlan, Change, FactProblem, JudgedStep, Moment, Reasons, Slots, Truth, Undecided, Workspace, judge};
use crate::explain;
use crate::model::{self, Language};
use crate::value::{Date, DateTime};

/// Asks for the steps of a case, as JSON: as a decision is asked for, and what is asked of the steps.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepsRequest<'a> {
    /// The procedure's code.
    #[serde(borrow)]
    pub procedure: Cow<'a, str>,
    /// The day the law is read, `YYYY-MM-DD`.
    #[serde(borrow)]
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::Date"))]
    pub as_of: Cow<'a, str>,
    /// When the file was received, `YYYY-MM-DDTHH:MM`; the start of the office day of `asOf` if absent.
    #[serde(borrow, default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub received_at: Option<Cow<'a, str>>,
    /// The jurisdiction.
    #[serde(borrow, default)]
    pub jurisdiction: Option<Cow<'a, str>>,
    /// `vi` (default) or `en`.
    #[serde(borrow, default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::Lang>"))]
    pub lang: Option<Cow<'a, str>>,
    /// The facts, nested or dotted; what was done is told in `case.steps`.
    #[serde(borrow, default)]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, serde_json::Value>"))]
    pub facts: Option<&'a RawValue>,
    /// The moment it is looked at, `YYYY-MM-DDTHH:MM`; without it nothing is said of steps that are not done.
    #[serde(borrow, default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub now: Option<Cow<'a, str>>,
    /// Steps to be left out or shortened, all at once: what that would save.
    #[serde(default)]
    pub cuts: Vec<StepCut>,
}

/// A step left out or given another time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StepCut {
    /// The step's id.
    pub step: String,
    /// Its time instead, such as `1 working days`; left out if absent.
    #[serde(default)]
    pub period: Option<String>,
}

/// The steps of a case, planned over working hours.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StepPlan<'a> {
    /// The procedure's code.
    pub procedure: Cow<'a, str>,
    /// The day the law is read.
    pub as_of: Date,
    /// The jurisdiction whose overlay was applied, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<Cow<'a, str>>,
    /// Which rules planned it.
    pub pack: PackRef<'a>,
    /// How far it is planned.
    pub status: PlanStatus,
    /// When the steps begin.
    #[cfg_attr(feature = "schema", schemars(with = "super::schema::LocalDateTime"))]
    pub starts_at: String,
    /// The day that the law gives for the result; null where it is not known.
    pub due_on: Option<Date>,
    /// The day that was promised last instead, if one was.
    pub promised_on: Option<Date>,
    /// When the last step is to end; null where a step cannot be planned.
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub ends_at: Option<String>,
    /// When it will end, by what has been done.
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub expected_at: Option<String>,
    /// How much later that is than the day due or promised; null if it is not.
    pub late: Option<WorkingTime>,
    /// How much longer the steps take than the law gives, if all take their time; null if they do not.
    pub overruns: Option<WorkingTime>,
    /// The steps, in their order.
    pub steps: Vec<StepAnswer<'a>>,
    /// What is owed when the file is late; null where no rule says.
    pub apology: Option<ApologyAnswer<'a>>,
    /// What the cuts that were asked for would save; null if none were, or it cannot be told.
    pub saving: Option<SavingAnswer>,
    /// Facts that tell which steps are taken.
    pub missing: Vec<Cow<'a, str>>,
    /// What is wrong with what was told or asked.
    pub problems: Vec<Problem<'a>>,
}

/// How far steps are planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// The procedure declares no steps on that day.
    None,
    /// All of them.
    Planned,
    /// All of them, past the published days off.
    Provisional,
    /// Not all of them.
    Undetermined,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepStatus {
    /// It is not taken in this case.
    NotTaken,
    /// Whether it is taken is not settled.
    Undetermined,
    /// Steps before it are not done.
    Waiting,
    /// It can be worked on.
    Running,
    /// It is done.
    Done,
    /// A step after it is done, so it is; when is not told.
    Passed,
}

/// A stretch of working time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkingTime {
    /// From the one day to the other.
    pub working_days: i64,
    /// While the office is open.
    pub office_minutes: i64,
    /// The same in words.
    pub text: String,
}

/// A step.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Step"))]
#[serde(rename_all = "camelCase")]
pub struct StepAnswer<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// Who takes it.
    pub office: Option<Cow<'a, str>>,
    /// How far it is.
    pub status: StepStatus,
    /// How long it may take, in words; null: what remains.
    pub period: Option<String>,
    /// Whether it shares what remains with other steps.
    pub shares: bool,
    /// The steps it waits for, by their ids.
    pub after: Vec<Cow<'a, str>>,
    /// When it is to begin.
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub starts_at: Option<String>,
    /// When it is to be done.
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub ends_at: Option<String>,
    /// When it began or will begin, by what has been done.
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub expected_starts_at: Option<String>,
    /// When it was done, or will be by what has been done.
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub expected_ends_at: Option<String>,
    /// How late it was done, or is by now; null if it is not late or that is not known.
    pub late: Option<WorkingTime>,
    /// What it would save to leave it out; null where that cannot be told.
    pub saves: Option<WorkingTime>,
    /// Its legal basis.
    pub citations: Citations<'a>,
    /// The facts that decided whether it is taken.
    pub because: Vec<KnownFact<'a>>,
}

/// Whether an apology is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApologyStatus {
    /// The file is on time.
    NotNeeded,
    /// It is owed, and another day is promised with it.
    Due,
    /// It is owed, and no further day may be promised.
    Exhausted,
    /// Not known.
    Undetermined,
}

/// What is owed when the file is late.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Apology"))]
#[serde(rename_all = "camelCase")]
pub struct ApologyAnswer<'a> {
    /// The rule's id; null while it is open which applies.
    pub id: Option<Cow<'a, str>>,
    /// Whether it is owed.
    pub status: ApologyStatus,
    /// The last day on which it is in time; null where the law does not say.
    pub by: Option<Date>,
    /// The form it is written on, or how it is sent.
    pub form: Option<Cow<'a, str>>,
    /// How many re-appointments are permitted; null where the law does not say.
    pub permitted: Option<u32>,
    /// How many there were.
    pub used: u32,
    /// What is to be done.
    pub message: Option<String>,
    /// What of the law is not known.
    pub unknown: Option<Cow<'a, str>>,
    /// Its legal basis.
    pub citations: Citations<'a>,
}

/// What steps less, or shorter ones, would save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Saving"))]
#[serde(rename_all = "camelCase")]
pub struct SavingAnswer {
    /// When the last step would end.
    #[cfg_attr(feature = "schema", schemars(with = "super::schema::LocalDateTime"))]
    pub ends_at: String,
    /// The day that could be promised instead of the day due.
    pub due_on: Date,
    /// What is saved; negative if the steps became longer.
    pub saved: WorkingTime,
}

/// The steps of a request given as JSON text, as JSON text.
///
/// # Errors
/// [`RequestError`] if the request cannot be read, names no procedure or cannot be decided.
pub fn steps_json(pack: &CompiledPack, request: &str) -> Result<String, RequestError> {
    let read: StepsRequest = serde_json::from_str(request).map_err(|error| unreadable(&error))?;
    let (moment, language) = (moment(&read.as_of, read.received_at.as_deref())?, language(read.lang.as_deref())?);
    let now = read.now.as_deref().map(now).transpose()?;
    let program = program(pack, &read.procedure, read.jurisdiction.as_deref())?;
    SCRATCH.with_borrow_mut(|(slots, work)| {
        let problems = tell_json(program, read.facts.map_or("{}", |facts| facts.get()), slots);
        let plan = steps(pack, program, slots, &moment, now, &read.cuts, language, &problems, work)?;
        Ok(serde_json::to_string(&plan).unwrap_or_default())
    })
}

/// The moment at which steps are looked at.
///
/// # Errors
/// [`RequestError::BadDate`] if it cannot be read.
pub fn now(text: &str) -> Result<Stamp, RequestError> {
    let bad = || RequestError::BadDate { field: "now", form: "YYYY-MM-DDTHH:MM", given: text.to_owned() };
    DateTime::parse(text).as_ref().and_then(Stamp::of).ok_or_else(bad)
}

/// The steps of a case. `now` is the moment it is looked at.
///
/// # Errors
/// As [`judge`].
#[expect(clippy::too_many_arguments, reason = "a case, what it is decided by, and what is asked of it")]
pub fn steps<'p>(
    pack: &'p CompiledPack,
    program: &'p Program,
    slots: &Slots,
    moment: &Moment,
    now: Option<Stamp>,
    cuts: &[StepCut],
    language: Language,
    problems: &[FactProblem],
    work: &mut Workspace,
) -> Result<StepPlan<'p>, Undecided> {
    let judged = judge(program, slots, moment, &pack.calendar, work)?;
    let handling = program.handling();
    let mut problems: Vec<Problem<'p>> = problems.iter().map(|problem| wire_problem(problem, language)).collect();
    let mut changes = Vec::new();
    for cut in cuts {
        match cut.period.as_deref().map(|period| model::Period::parse(period).ok_or(period)) {
            Some(Err(given)) => problems.push(Problem {
                fact: "cuts".into(),
                code: "bad-period".into(),
                message: explain::unreadable_period(given, language),
            }),
            Some(Ok(period)) => changes.push(Change { step: cut.step.clone(), period: Some(period.into()) }),
            None => changes.push(Change { step: cut.step.clone(), period: None }),
        }
    }
    let planned = eval::plan(program, &handling, &judged, slots, moment, &pack.calendar, work, (now, &changes))?;
    let wording = Wording { program, handling: &handling, slots, language };
    problems.extend(wording.unknown(&planned, &changes));
    Ok(wording.plan(pack, moment, &planned, problems))
}

struct Wording<'p, 's> {
    program: &'p Program,
    handling: &'s Handling,
    slots: &'s Slots,
    language: Language,
}

impl<'p> Wording<'p, '_> {
    fn plan(&self, pack: &'p CompiledPack, moment: &Moment, planned: &CasePlan, problems: Vec<Problem<'p>>) -> StepPlan<'p> {
        let plan = &planned.plan;
        let status = match (planned.steps.is_empty(), plan.ends) {
            (true, _) => PlanStatus::None,
            (false, None) => PlanStatus::Undetermined,
            (false, Some(_)) if planned.provisional || !plan.published => PlanStatus::Provisional,
            (false, Some(_)) => PlanStatus::Planned,
        };
        let ends = |at: Option<Stamp>| at.filter(|_| !planned.steps.is_empty()).map(written);
        StepPlan {
            procedure: Cow::from(&*self.program.code),
            as_of: moment.as_of,
            jurisdiction: self.program.jurisdiction.as_deref().map(Cow::from),
            pack: PackRef { id: Cow::from(&*pack.id), version: Cow::from(&*pack.version), hash: Cow::from(&*pack.hash) },
            status,
            starts_at: written(planned.whole.start),
            due_on: planned.due.map(|due| due.date),
            promised_on: planned.reappointments.last().map(|last| last.due_on),
            ends_at: ends(plan.ends),
            expected_at: ends(plan.expected),
            late: plan.late.map(|late| self.time(late.working_days, late.office_seconds)),
            overruns: plan.overruns.map(|late| self.time(late.working_days, late.office_seconds)),
            steps: planned.steps.iter().filter_map(|step| self.step(planned, step)).collect(),
            apology: self.apology(planned),
            saving: planned.saving.as_ref().map(|saving| SavingAnswer {
                ends_at: written(saving.ends),
                due_on: saving.ends.date,
                saved: self.time(saving.working_days, saving.office_seconds),
            }),
            missing: planned.missing.iter().filter_map(|slot| self.program.fact(*slot)).map(|fact| Cow::from(&*fact.name)).collect(),
            problems,
        }
    }

    fn step(&self, planned: &CasePlan, step: &JudgedStep) -> Option<StepAnswer<'p>> {
        let info = self.handling.steps.get(usize::from(step.info))?;
        let in_plan = step.place.and_then(|place| planned.plan.steps.get(place));
        let expected = in_plan.map(|one| one.expected);
        let status = match (step.place, step.taken, expected.map(|expected| expected.progress)) {
            (None, ..) | (_, _, None) => StepStatus::NotTaken,
            (_, _, Some(Progress::Done)) => StepStatus::Done,
            (_, _, Some(Progress::Passed)) => StepStatus::Passed,
            (_, Truth::True, Some(Progress::Running)) => StepStatus::Running,
            (_, Truth::True, Some(Progress::Waiting)) => StepStatus::Waiting,
            _ => StepStatus::Undetermined,
        };
        let span = in_plan.and_then(|one| one.planned);
        let done = expected.and_then(|expected| expected.span).filter(|_| status != StepStatus::Passed);
        let before = planned.steps.iter().filter(|other| other.place.is_some_and(|place| step.after.contains(&place)));
        Some(StepAnswer {
            id: Cow::Owned(info.id.to_string()),
            name: self.words(&info.name),
            office: info.office.as_ref().map(|office| self.words(office)),
            status,
            period: info.period.map(|period| explain::period(period, self.language)),
            shares: in_plan.is_some_and(|one| one.shares),
            after: before.filter_map(|other| self.handling.steps.get(usize::from(other.info))).map(|info| Cow::Owned(info.id.to_string())).collect(),
            starts_at: span.map(|span| written(span.starts)),
            ends_at: span.map(|span| written(span.ends)),
            expected_starts_at: done.map(|span| written(span.starts)),
            expected_ends_at: done.map(|span| written(span.ends)),
            late: expected.and_then(|expected| expected.late).map(|late| self.time(late.working_days, late.office_seconds)),
            saves: step.saving.map(|(_, days, seconds)| self.time(days, seconds)),
            citations: self.cited(&info.basis, step.rests_on),
            because: self.because(&step.reasons),
        })
    }

    fn apology(&self, planned: &CasePlan) -> Option<ApologyAnswer<'p>> {
        let apology = planned.apology.as_ref()?;
        let info = apology.info.and_then(|info| self.handling.apologies.get(usize::from(info)));
        let status = match (info, apology.needed) {
            (None, _) | (_, None) => ApologyStatus::Undetermined,
            (_, Some(false)) => ApologyStatus::NotNeeded,
            (_, Some(true)) if apology.left == Some(0) => ApologyStatus::Exhausted,
            (_, Some(true)) => ApologyStatus::Due,
        };
        let owed = matches!(status, ApologyStatus::Due | ApologyStatus::Exhausted);
        let expected = planned.plan.expected.map(|at| at.date);
        Some(ApologyAnswer {
            id: info.map(|info| Cow::Owned(info.id.to_string())),
            status,
            by: apology.by,
            form: info.and_then(|info| info.form.as_ref()).map(|form| self.words(form)),
            permitted: info.and_then(|info| info.reappointments),
            used: planned.reappointments.len() as u32,
            message: owed.then(|| explain::apology(apology.by, expected, apology.left, self.language)),
            unknown: info.and_then(|info| info.unknown.as_ref()).map(|why| self.words(why)),
            citations: self.cited(info.map_or(&[], |info| &info.basis), apology.rests_on),
        })
    }

    fn unknown(&self, planned: &CasePlan, changes: &[Change]) -> Vec<Problem<'p>> {
        let known: Vec<&str> = planned.steps.iter().filter_map(|step| self.handling.steps.get(usize::from(step.info))).map(|info| &*info.id).collect();
        let problem = |name: &String| {
            let of = if changes.iter().any(|change| change.step == *name) { "cuts" } else { "case.steps" };
            let message = explain::unknown_step(name, &known, self.language);
            Problem { fact: of.into(), code: "unknown-step".into(), message }
        };
        planned.unknown.iter().map(problem).collect()
    }

    /// Texts and citations of the handling are copied: it is unpacked for this call only.
    fn words(&self, text: &model::Text) -> Cow<'p, str> {
        Cow::Owned(text.get(self.language).to_string())
    }

    fn cited(&self, element: &[Cite], rests_on: u32) -> Citations<'p> {
        let rests_on = self.handling.code.bases.get(rests_on as usize).map_or(&[][..], |bases| bases);
        Citations::of(Bases { element, rests_on, ..Bases::default() }, self.language).owned()
    }

    fn because(&self, reasons: &Reasons) -> Vec<KnownFact<'p>> {
        let known = reasons.facts.iter().filter_map(|slot| {
            let fact = self.program.fact(*slot)?;
            Some(KnownFact { fact: Cow::from(&*fact.name), value: told(fact, *slot, self.slots)? })
        });
        known.collect()
    }

    fn time(&self, working_days: i64, office_seconds: i64) -> WorkingTime {
        let a_day = i64::from(OfficeHours::ASSUMED.a_day());
        WorkingTime { working_days, office_minutes: office_seconds / 60, text: explain::office_time(office_seconds, a_day, self.language) }
    }
}

/// A moment to the minute.
fn written(stamp: Stamp) -> String {
    let text = stamp.to_datetime().to_string();
    text.get(..16).unwrap_or(&text).to_owned()
}
