//! Records as hosts have them: read where the assessment says each fact stands, into a column a fact.

use std::borrow::Cow;

use crate::compile::assessment::CompiledAssessment;
use crate::compile::program::{Layout, Slot};
use crate::eval::{FactProblem, FactTeller, Input, Slots};
use crate::model::RecordPath;
use crate::value::Date;

use super::column::FactColumn;

/// Whether cells have types of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// As in JSON.
    Typed,
    /// As in tables, whose every column may have nulls: null says "there is none" of a fact that may be null, and nothing of others.
    Nullable,
    /// As in tables in which null says nothing: the fact is missing.
    Present,
    /// Every cell is a text: `true` is a truth, `a;b` a list of two where a list is wanted.
    Texts,
}

/// A problem with a fact, told once for all records that have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// The problem as it was first met.
    pub problem: FactProblem,
    /// The number of the record in which it was first met, from 1.
    pub first: usize,
    /// How many records have it.
    pub records: usize,
}

/// Records on their way into columns.
#[derive(Debug)]
pub struct Intake<'a> {
    pub(super) assessment: &'a CompiledAssessment,
    /// The day of the report.
    pub(super) day: Date,
    /// A column a slot.
    pub(super) columns: Vec<FactColumn>,
    pub(super) records: usize,
    pub(super) troubles: Vec<Trouble>,
    /// Where each fact may stand, too: a column may be named by the whole dotted name as well as by nested records.
    whole_names: Vec<String>,
    slots: Slots,
}

impl<'a> Intake<'a> {
    /// Takes records of an assessment for a report made on a day.
    #[must_use]
    pub fn new(assessment: &'a CompiledAssessment, day: Date) -> Intake<'a> {
        let columns = assessment.records.facts.iter().map(|fact| FactColumn::of(&fact.layout)).collect();
        let whole_name = |path: &RecordPath| path.0.iter().map(|step| &*step.name).collect::<Vec<_>>().join(".");
        let whole_names = assessment.columns.iter().map(whole_name).collect();
        Intake { assessment, day, columns, records: 0, troubles: Vec::new(), whole_names, slots: Slots::default() }
    }

    /// How many records there are.
    #[must_use]
    pub fn records(&self) -> usize {
        self.records
    }

    /// Takes one record. A fact that does not fit is missing and is told.
    pub fn add(&mut self, record: &Input, typing: Typing) {
        let program = &self.assessment.records;
        let mut teller = FactTeller::new(program, &mut self.slots);
        let places = self.assessment.columns.iter().zip(&self.whole_names);
        for ((place, fact), slot) in places.zip(&program.facts).zip((0u16..).map(Slot)) {
            if slot != self.assessment.report_day
                && let Some(input) = found(record, place, &fact.layout, typing)
            {
                match typing {
                    Typing::Nullable if *input == Input::Null && !fact.optional => {}
                    Typing::Present if *input == Input::Null => {}
                    Typing::Typed | Typing::Nullable | Typing::Present => teller.tell_slot(slot, &input),
                    Typing::Texts => teller.tell_slot(slot, &typed(&input, &fact.layout)),
                }
            }
        }
        let problems = teller.finish();
        self.slots.set_narrow(self.assessment.report_day, i64::from(self.day.0));
        for (column, slot) in self.columns.iter_mut().zip((0u16..).map(Slot)) {
            column.push(&self.slots, slot);
        }
        self.records += 1;
        for problem in problems {
            self.trouble(problem);
        }
    }

    fn trouble(&mut self, problem: FactProblem) {
        // `levels[2]` and `levels[3]` are one problem of `levels`.
        let fact = |problem: &FactProblem| problem.fact.split('[').next().unwrap_or("").to_owned();
        let same = |trouble: &&mut Trouble| trouble.problem.code == problem.code && fact(&trouble.problem) == fact(&problem);
        match self.troubles.iter_mut().find(same) {
            Some(trouble) => trouble.records += 1,
            None => self.troubles.push(Trouble { problem, first: self.records, records: 1 }),
        }
    }
}

/// What stands at a path; of a list that it passes through, what stands in each item that has it. In a table each item has every
/// member, and null is what stands where there is none.
fn found<'r>(record: &'r Input<'r>, (path, whole_name): (&RecordPath, &String), layout: &Layout, typing: Typing) -> Option<Cow<'r, Input<'r>>> {
    if !path.is_many() {
        let whole = || member(record, whole_name);
        return path.0.iter().try_fold(record, |within, step| member(within, &step.name)).or_else(whole).map(Cow::Borrowed);
    }
    let mut all: Vec<&Input> = vec![record];
    for (step, at) in path.0.iter().zip(0..) {
        all = all.into_iter().filter_map(|within| member(within, &step.name)).collect();
        if at == 0 && (all.is_empty() || typing == Typing::Present && *all == [&Input::Null]) {
            return None;
        }
        if matches!(typing, Typing::Nullable | Typing::Present) {
            all.retain(|within| **within != Input::Null);
        }
        if step.each {
            all = all.into_iter().flat_map(|list| match list {
                Input::List(items) => items.iter().collect(),
                other => vec![other],
            }).collect();
        }
    }
    let mut items: Vec<Input> = Vec::with_capacity(all.len());
    for item in all {
        // A set has each of its members once, however many items of the list have it.
        if !matches!(layout, Layout::Set { .. }) || !items.contains(item) {
            items.push(item.clone());
        }
    }
    Some(Cow::Owned(Input::List(items)))
}

fn member<'r>(record: &'r Input<'r>, name: &str) -> Option<&'r Input<'r>> {
    match record {
        Input::Record(members) => members.iter().find(|(key, _)| key == name).map(|(_, member)| member),
        _ => None,
    }
}

/// A cell of text as the fact wants it.
fn typed<'r>(input: &Input<'r>, layout: &Layout) -> Input<'r> {
    match (layout, input) {
        (Layout::Boolean, Input::Text(text)) if text == "true" => Input::Boolean(true),
        (Layout::Boolean, Input::Text(text)) if text == "false" => Input::Boolean(false),
        (Layout::Set { .. } | Layout::Texts { .. }, Input::Text(text)) => {
            let items = text.split(';').map(str::trim).filter(|item| !item.is_empty());
            Input::List(items.map(|item| Input::Text(Cow::Owned(item.to_owned()))).collect())
        }
        (_, input) => input.clone(),
    }
}
