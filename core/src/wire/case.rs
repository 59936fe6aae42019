//! Worked cases: the facts of a case file told to the engine, and the decision held against what is expected.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::decide::{decide, program};
use super::level::level;
use super::request::RequestError;
use super::steps::steps;
use crate::compile::{CompiledPack, Program};
use crate::eval::{FactProblem, FactTeller, Input, Moment, Slots, Workspace};
use crate::calendar::Stamp;
use crate::model::{Case, CaseFile, Language, Yaml, YamlKind};
use crate::source::Span;

/// A part of a decision that is not as expected.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// Where the expectation is written.
    pub span: Span,
    /// The part: `fees.total`, `documents.lease`, …
    pub path: String,
    /// What is expected, as JSON text.
    pub expected: String,
    /// What was decided, as JSON text.
    pub actual: String,
}

/// What came of a worked case.
#[derive(Clone, Debug)]
pub struct CaseResult {
    /// The whole decision as JSON.
    pub decision: Json,
    /// What is not as expected; empty if the case passes.
    pub mismatches: Vec<Mismatch>,
}

/// Decides a worked case and compares.
///
/// # Errors
/// [`RequestError`] if it cannot be decided at all.
pub fn run_case(pack: &CompiledPack, file: &CaseFile, case: &Case) -> Result<CaseResult, RequestError> {
    let ToldCase { program, slots, moment, problems } = told_case(pack, file, case)?;
    let decision = decide(pack, program, &slots, &moment, Language::Vi, &problems, &mut Workspace::default())?;
    let decision = serde_json::to_value(&decision).unwrap_or_default();
    let asks = |sections: &[&str]| case.expect.iter().any(|one| sections.contains(&one.path.value.split('.').next().unwrap_or_default()));
    let mut whole = decision.clone();
    if asks(&["plan", "steps", "apology"]) {
        let plan = steps(pack, program, &slots, &moment, None, &[], Language::Vi, &problems, &mut Workspace::default())?;
        put(&mut whole, "plan", serde_json::to_value(&plan).unwrap_or_default());
    }
    if asks(&["level"]) {
        let level = level(pack, program, &slots, &moment, Language::Vi)?;
        put(&mut whole, "level", serde_json::to_value(&level).unwrap_or_default());
    }
    let mismatches = case.expect.iter().filter_map(|expected| {
        let wanted = plain(&expected.value);
        let actual = part(&whole, &expected.path.value);
        let same = actual.as_ref().is_some_and(|actual| same(actual, &wanted));
        (!same).then(|| Mismatch {
            span: expected.path.span,
            path: expected.path.value.to_string(),
            expected: wanted.to_string(),
            actual: actual.map_or_else(|| "no such part".to_owned(), |actual| actual.to_string()),
        })
    });
    let mismatches = mismatches.collect();
    Ok(CaseResult { decision, mismatches })
}

fn put(whole: &mut Json, name: &str, part: Json) {
    if let Json::Object(members) = whole {
        members.insert(name.to_owned(), part);
    }
}

/// A worked case as the engine is told it.
#[derive(Debug)]
pub struct ToldCase<'p> {
    /// The program that decides it.
    pub program: &'p Program,
    /// Its facts.
    pub slots: Slots,
    /// Its days.
    pub moment: Moment,
    /// What does not fit.
    pub problems: Vec<FactProblem>,
}

/// Tells the facts of a worked case.
///
/// # Errors
/// [`RequestError::UnknownProcedure`] if the pack has no such procedure.
pub fn told_case<'p>(pack: &'p CompiledPack, file: &CaseFile, case: &Case) -> Result<ToldCase<'p>, RequestError> {
    let jurisdiction = case.jurisdiction.as_ref().map(|name| &*name.value);
    let program = program(pack, &file.procedure.value, jurisdiction)?;
    let mut slots = Slots::new(program);
    let mut teller = FactTeller::new(program, &mut slots);
    for (name, value) in &case.facts {
        teller.tell(&name.value, input(value));
    }
    let problems = teller.finish();
    let received = Stamp::of(&case.received_at).unwrap_or(Moment::on(case.as_of).received);
    Ok(ToldCase { program, slots, moment: Moment { as_of: case.as_of, received }, problems })
}

/// YAML as a host tells it: plain scalars are null, booleans or numbers where they look so, quoted ones are text.
fn input(yaml: &Yaml) -> Input<'_> {
    match &yaml.kind {
        YamlKind::Scalar { text, plain: true, .. } => match &**text {
            "" | "null" | "~" => Input::Null,
            "true" => Input::Boolean(true),
            "false" => Input::Boolean(false),
            text if looks_numeric(text) => Input::Number(Cow::Borrowed(text)),
            text => Input::Text(Cow::Borrowed(text)),
        },
        YamlKind::Scalar { text, plain: false, .. } => Input::Text(Cow::Borrowed(text)),
        YamlKind::Sequence(items) => Input::List(items.iter().map(input).collect()),
        YamlKind::Mapping(entries) => Input::Record(entries.iter().map(|(name, value)| (Cow::Borrowed(&*name.value), input(value))).collect()),
    }
}

fn looks_numeric(text: &str) -> bool {
    crate::value::Decimal::parse(text).is_some()
}

fn plain(yaml: &Yaml) -> Json {
    match input(yaml) {
        Input::Null => Json::Null,
        Input::Boolean(truth) => Json::Bool(truth),
        Input::Number(text) => text.parse::<i64>().map_or_else(|_| Json::String(text.into_owned()), Json::from),
        Input::Text(text) | Input::Foreign(text) => Json::String(text.into_owned()),
        Input::List(_) | Input::Record(_) => match &yaml.kind {
            YamlKind::Sequence(items) => items.iter().map(plain).collect(),
            YamlKind::Mapping(entries) => Json::Object(entries.iter().map(|(name, value)| (name.value.to_string(), plain(value))).collect()),
            YamlKind::Scalar { .. } => Json::Null,
        },
    }
}

/// A part of a decision by its path; `None` if there is no such part.
fn part(decision: &Json, path: &str) -> Option<Json> {
    let by_id = |list: &Json, id: &str| list.as_array()?.iter().find(|one| one.get("id").and_then(Json::as_str) == Some(id)).cloned();
    let (section, rest) = path.split_once('.').unwrap_or((path, ""));
    let names = |list: &Json, key: &str| list.as_array().map(|all| all.iter().filter_map(|one| one.get(key).cloned()).collect::<Json>());
    match (section, rest) {
        ("missing", "") => names(decision.get("missing")?, "fact"),
        ("problems", "") => names(decision.get("problems")?, "code"),
        ("gaps", "") => names(decision.get("gaps")?, "id"),
        ("outcome" | "next", "") => decision.get(section).cloned(),
        ("eligibility", "status") => decision.get("eligibility")?.get("status").cloned(),
        ("eligibility", id) => by_id(decision.get("eligibility")?.get("conditions")?, id)?.get("status").cloned(),
        ("identity", "status") => decision.get("identity")?.get("status").cloned(),
        ("identity", "required_level") => decision.get("identity")?.get("requiredLevel").cloned(),
        ("identity", id) => by_id(decision.get("identity")?.get("checks")?, id)?.get("status").cloned(),
        ("documents", id) => by_id(decision.get("documents")?, id)?.get("status").cloned(),
        ("fees", "total" | "status") => decision.get("fees")?.get(rest).cloned(),
        ("fees", rest) => {
            let (id, member) = rest.split_once('.').unwrap_or((rest, "amount"));
            let Some(item) = by_id(decision.get("fees")?.get("items")?, id) else {
                // A fee that is not due has no item.
                return (member == "amount").then_some(Json::String("not due".to_owned()));
            };
            match member {
                "reduction" => Some(item.get("reduction")?.get("id").cloned().unwrap_or_default()),
                member => item.get(member).cloned(),
            }
        }
        ("linked", rest) => {
            let (id, member) = rest.split_once('.').unwrap_or((rest, "outcome"));
            let step = by_id(decision.get("linked")?, id)?;
            match member {
                "due_on" => Some(step.get("limit")?.get("dueOn").cloned().unwrap_or_default()),
                "due_at" => Some(step.get("limit")?.get("dueAt").cloned().unwrap_or_default()),
                "status" => Some(step.get("limit")?.get("status").cloned().unwrap_or_default()),
                member => step.get(member).cloned(),
            }
        }
        ("deadline", rest) => {
            let camel = match rest {
                "due_on" => "dueOn",
                "due_at" => "dueAt",
                "starts_on" => "startsOn",
                other => other,
            };
            let deadline = decision.get("deadline")?;
            match (deadline.get(camel), camel) {
                (Some(Json::Array(days)), "skipped") => Some(days.iter().filter_map(|day| day.get("date").cloned()).collect()),
                (member, _) => Some(member.cloned().unwrap_or_default()),
            }
        }
        ("level", "reasons") => names(decision.get("level")?.get("reasons")?, "id"),
        ("level", "") => decision.get("level")?.get("level").cloned(),
        ("plan", rest) => decision.get("plan")?.get(camel_case(rest)).map(measured),
        ("apology", rest) => decision.get("plan")?.get("apology")?.get(camel_case(rest)).cloned(),
        ("steps", rest) => {
            let (id, member) = rest.split_once('.').unwrap_or((rest, "status"));
            by_id(decision.get("plan")?.get("steps")?, id)?.get(camel_case(member)).map(measured)
        }
        _ => None,
    }
}

/// A stretch of working time by its minutes, anything else as it is.
fn measured(part: &Json) -> Json {
    part.get("officeMinutes").unwrap_or(part).clone()
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut out = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

fn same(actual: &Json, expected: &Json) -> bool {
    match (actual, expected) {
        (Json::String(actual), Json::Number(expected)) => *actual == expected.to_string(),
        (Json::Array(actual), Json::Array(expected)) => actual.len() == expected.len() && actual.iter().zip(expected).all(|(a, b)| same(a, b)),
        (actual, expected) => actual == expected,
    }
}
