//! The elements of a procedure that are in force on the day.

use std::sync::Arc;

use serde::Serialize;
use thutuc::explain;
use thutuc::model::{
    self, ClockModel, Condition, CutoffEffect, DefinitionBody, DocumentForm, FeeBase, FeelText, IdentityCheck, Pack, ReductionKind,
};

use super::table::Table;
use super::{Ground, Reading};

/// A condition or an identity check.
#[derive(Serialize)]
pub struct Require<'a> {
    pub id: &'a str,
    pub when: Option<&'a str>,
    pub level: Option<u8>,
    pub require: Option<&'a str>,
    pub message: &'a str,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub when: Option<&'a str>,
    pub form: DocumentForm,
    pub copies: model::Copies,
    pub any_of: Vec<&'a str>,
    pub reuse: Option<&'a str>,
    pub reuse_source: Option<Arc<str>>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

#[derive(Serialize)]
pub struct Fee<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub when: Option<&'a str>,
    pub amount: Option<&'a str>,
    pub table: Option<Table<'a>>,
    pub tiers: Option<Tiers<'a>>,
    pub unknown: Option<&'a str>,
    pub floor: Option<&'a str>,
    pub cap: Option<&'a str>,
    pub times: Option<&'a str>,
    pub reductions: Vec<Reduction<'a>>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

#[derive(Serialize)]
pub struct Tiers<'a> {
    pub of: &'a str,
    pub steps: Vec<(Option<&'a str>, &'a str)>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reduction<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub when: Option<&'a str>,
    pub to: Option<&'a str>,
    pub percent: Option<&'a str>,
    pub off: Option<&'a str>,
    pub max_off: Option<&'a str>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deadline<'a> {
    pub id: &'a str,
    pub when: Option<&'a str>,
    pub period: Option<String>,
    pub unknown: Option<&'a str>,
    pub clock: &'static str,
    pub cutoff: Option<Cutoff>,
    pub not_before: Vec<&'a str>,
    pub roll: bool,
    pub extension: Option<&'a str>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

#[derive(Serialize)]
pub struct Cutoff {
    pub at: String,
    pub effect: &'static str,
}

#[derive(Serialize)]
pub struct Definition<'a> {
    pub name: &'a str,
    pub label: Option<&'a str>,
    pub value: Option<&'a str>,
    pub table: Option<Table<'a>>,
    pub unknown: Option<&'a str>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

fn feel(text: &Option<FeelText>) -> Option<&str> {
    text.as_ref().map(|text| &*text.value)
}

pub fn conditions<'a>(all: &'a [Condition], reading: &Reading) -> Vec<Require<'a>> {
    let shown = all.iter().filter(|one| one.interval.contains(reading.on)).map(|one| Require {
        id: &one.id.value,
        when: feel(&one.when),
        level: None,
        require: Some(&one.require.value),
        message: one.message.get(reading.language),
        ground: reading.ground(&one.interval, &one.basis),
    });
    shown.collect()
}

pub fn identity<'a>(all: impl Iterator<Item = &'a IdentityCheck>, reading: &Reading) -> Vec<Require<'a>> {
    let shown = all.filter(|one| one.interval.contains(reading.on)).map(|one| Require {
        id: &one.id.value,
        when: feel(&one.when),
        level: one.level.as_ref().map(|level| level.value),
        require: feel(&one.require),
        message: one.message.get(reading.language),
        ground: reading.ground(&one.interval, &one.basis),
    });
    shown.collect()
}

pub fn documents<'a>(pack: &Pack, all: &'a [model::Document], reading: &Reading) -> Vec<Document<'a>> {
    let shown = all.iter().filter(|one| one.interval.contains(reading.on)).map(|one| Document {
        id: &one.id.value,
        name: one.name.get(reading.language),
        when: feel(&one.when),
        form: one.form,
        copies: one.copies,
        any_of: one.any_of.iter().map(|paper| &**paper.name.get(reading.language)).collect(),
        reuse: feel(&one.reuse),
        reuse_source: pack.source_of(one).map(|source| source.get(reading.language).clone()),
        ground: reading.ground(&one.interval, &one.basis),
    });
    shown.collect()
}

pub fn fees<'a>(all: &'a [model::Fee], reading: &Reading) -> Vec<Fee<'a>> {
    let shown = all.iter().filter(|one| one.interval.contains(reading.on)).map(|one| {
        let mut fee = Fee {
            id: &one.id.value,
            name: one.name.get(reading.language),
            when: feel(&one.when),
            amount: None,
            table: None,
            tiers: None,
            unknown: None,
            floor: feel(&one.floor),
            cap: feel(&one.cap),
            times: feel(&one.times),
            reductions: one.reductions.iter().filter(|cut| cut.interval.contains(reading.on)).map(|cut| reduction(cut, reading)).collect(),
            ground: reading.ground(&one.interval, &one.basis),
        };
        match &one.base {
            FeeBase::Amount(amount) => fee.amount = Some(&amount.value),
            FeeBase::Table(table) => fee.table = Some(Table::of(table, reading)),
            FeeBase::Tiers(tiers) => {
                let steps = tiers.steps.iter().map(|step| (feel(&step.up_to), &*step.rate.value)).collect();
                fee.tiers = Some(Tiers { of: &tiers.of.value, steps });
            }
            FeeBase::Unknown(why) => fee.unknown = Some(why.get(reading.language)),
        }
        fee
    });
    shown.collect()
}

fn reduction<'a>(cut: &'a model::Reduction, reading: &Reading) -> Reduction<'a> {
    let pick = |wanted: fn(&ReductionKind) -> Option<&FeelText>| wanted(&cut.kind).map(|text| &*text.value);
    Reduction {
        id: &cut.id.value,
        name: cut.name.get(reading.language),
        when: feel(&cut.when),
        to: pick(|kind| if let ReductionKind::To(text) = kind { Some(text) } else { None }),
        percent: pick(|kind| if let ReductionKind::Percent(text) = kind { Some(text) } else { None }),
        off: pick(|kind| if let ReductionKind::Off(text) = kind { Some(text) } else { None }),
        max_off: feel(&cut.max_off),
        ground: reading.ground(&cut.interval, &cut.basis),
    }
}

pub fn deadlines<'a>(all: &'a [model::Deadline], reading: &Reading) -> Vec<Deadline<'a>> {
    let shown = all.iter().filter(|one| one.interval.contains(reading.on)).map(|one| Deadline {
        id: &one.id.value,
        when: feel(&one.when),
        period: one.period.map(|period| explain::period(period.into(), reading.language)),
        unknown: one.unknown.as_ref().map(|why| &**why.get(reading.language)),
        clock: match one.clock {
            ClockModel::Restart => "restart",
            ClockModel::StartWhenComplete => "start_when_complete",
            ClockModel::Pause => "pause",
            ClockModel::Unknown => "unknown",
        },
        cutoff: one.cutoff.as_ref().map(|cutoff| Cutoff {
            at: format!("{:02}:{:02}", cutoff.at.minutes() / 60, cutoff.at.minutes() % 60),
            effect: match cutoff.effect {
                CutoffEffect::ForwardOnly => "forward_only",
                CutoffEffect::DueNextWorkingDay => "due_next_working_day",
                CutoffEffect::DayZeroNextWorkingDay => "day_zero_next_working_day",
                CutoffEffect::DayOneNextWorkingDay => "day_one_next_working_day",
            },
        }),
        not_before: one.not_before.iter().map(|text| &*text.value).collect(),
        roll: one.roll,
        extension: feel(&one.extension),
        ground: reading.ground(&one.interval, &one.basis),
    });
    shown.collect()
}

pub fn definitions<'a>(all: impl Iterator<Item = &'a model::Definition>, reading: &Reading) -> Vec<Definition<'a>> {
    let shown = all.filter(|one| one.interval.contains(reading.on)).map(|one| Definition {
        name: &one.name.value,
        label: one.label.as_ref().map(|label| &**label.get(reading.language)),
        value: if let DefinitionBody::Expression(text) = &one.body { Some(&text.value) } else { None },
        table: if let DefinitionBody::Table(table) = &one.body { Some(Table::of(table, reading)) } else { None },
        unknown: if let DefinitionBody::Unknown(why) = &one.body { Some(why.get(reading.language)) } else { None },
        ground: reading.ground(&one.interval, &one.basis),
    });
    shown.collect()
}

/// Adds texts, each on a line of its own.
fn add(said: &mut String, texts: impl IntoIterator<Item = Option<impl AsRef<str>>>) {
    for text in texts.into_iter().flatten() {
        said.push_str(text.as_ref());
        said.push('\n');
    }
}

impl Require<'_> {
    /// Every expression of it.
    pub fn expressions(&self, said: &mut String) {
        add(said, [self.when, self.require, Some(self.message)]);
    }
}

impl Document<'_> {
    /// Every expression of it.
    pub fn expressions(&self, said: &mut String) {
        add(said, [self.when, self.reuse]);
    }
}

impl Fee<'_> {
    /// Every expression of it.
    pub fn expressions(&self, said: &mut String) {
        add(said, [self.when, self.amount, self.floor, self.cap, self.times]);
        self.table.iter().for_each(|table| table.expressions(said));
        if let Some(tiers) = &self.tiers {
            add(said, [Some(tiers.of)]);
            tiers.steps.iter().for_each(|(up_to, rate)| add(said, [*up_to, Some(rate)]));
        }
        self.reductions.iter().for_each(|cut| add(said, [cut.when, cut.to, cut.percent, cut.off, cut.max_off]));
    }
}

impl Deadline<'_> {
    /// Every expression of it.
    pub fn expressions(&self, said: &mut String) {
        add(said, [self.when, self.extension]);
        self.not_before.iter().for_each(|text| add(said, [Some(text)]));
    }
}

impl Definition<'_> {
    /// Every expression of it.
    pub fn expressions(&self, said: &mut String) {
        add(said, [self.value]);
        self.table.iter().for_each(|table| table.expressions(said));
    }
}
