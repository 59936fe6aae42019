//! What a procedure tells of the authority, as the rule files write it: its steps, its apologies, what it declares of itself.

use serde::Serialize;
use thutuc::explain;
use thutuc::model::{Procedure, Vocabulary};
use thutuc::wire::value_to_json;

use super::{Ground, Reading};

/// A step that is in force.
#[derive(Serialize)]
pub struct Step<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub office: Option<&'a str>,
    pub when: Option<&'a str>,
    /// How long it may take; absent: what remains of the whole.
    pub period: Option<String>,
    pub cutoff: Option<String>,
    /// The steps it waits for; absent: the one above it.
    pub after: Option<Vec<&'a str>>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

/// What is owed when a file is late.
#[derive(Serialize)]
pub struct Apology<'a> {
    pub id: &'a str,
    pub when: Option<&'a str>,
    pub notice: Option<String>,
    pub reappointments: Option<u32>,
    pub form: Option<&'a str>,
    pub unknown: Option<&'a str>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

/// What the level of the online service rests on.
#[derive(Serialize)]
pub struct Declaration<'a> {
    pub id: &'a str,
    pub when: Option<&'a str>,
    pub value: Option<serde_json::Value>,
    pub unknown: Option<&'a str>,
    pub why: Option<&'a str>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

/// The steps in force on the day.
pub fn steps<'a>(law: &'a Procedure, used: &[&'a Vocabulary], reading: &Reading) -> Vec<Step<'a>> {
    let shown = law.all_steps(used.iter().copied()).into_iter().filter(|one| one.interval.contains(reading.on)).map(|one| Step {
        id: &one.id.value,
        name: one.name.get(reading.language),
        office: one.office.as_ref().map(|office| &**office.get(reading.language)),
        when: one.when.as_ref().map(|when| &*when.value),
        period: one.period.map(|period| explain::period(period.into(), reading.language)),
        cutoff: one.cutoff.as_ref().map(|at| format!("{:02}:{:02}", at.minutes() / 60, at.minutes() % 60)),
        after: one.after.as_ref().map(|after| after.iter().map(|id| &*id.value).collect()),
        ground: reading.ground(&one.interval, &one.basis),
    });
    shown.collect()
}

/// The apologies in force on the day.
pub fn apologies<'a>(law: &'a Procedure, used: &[&'a Vocabulary], reading: &Reading) -> Vec<Apology<'a>> {
    let shown = law.all_apologies(used.iter().copied()).into_iter().filter(|one| one.interval.contains(reading.on)).map(|one| Apology {
        id: &one.id.value,
        when: one.when.as_ref().map(|when| &*when.value),
        notice: one.notice.map(|period| explain::period(period.into(), reading.language)),
        reappointments: one.reappointments,
        form: one.form.as_ref().map(|form| &**form.get(reading.language)),
        unknown: one.unknown.as_ref().map(|why| &**why.get(reading.language)),
        ground: reading.ground(&one.interval, &one.basis),
    });
    shown.collect()
}

pub fn declarations<'a>(law: &'a Procedure, reading: &Reading) -> Vec<Declaration<'a>> {
    let shown = law.declarations.iter().filter(|one| one.interval.contains(reading.on)).map(|one| Declaration {
        id: &one.id.value,
        when: one.when.as_ref().map(|when| &*when.value),
        value: one.value.as_ref().ok().map(|value| value_to_json(&value.value)),
        unknown: one.value.as_ref().err().map(|why| &**why.get(reading.language)),
        why: one.why.as_ref().map(|why| &**why.get(reading.language)),
        ground: reading.ground(&one.interval, &one.basis),
    });
    shown.collect()
}
