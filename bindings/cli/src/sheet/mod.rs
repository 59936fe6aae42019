//! A procedure as it stands on a day: what is in force, as the rule files write it.

mod draw;
mod elements;
mod handling;
mod linked;
mod table;

use serde::Serialize;
use thutuc::model::{Amendment, Authority, Basis, Confidence, Interval, Language, Pack, ParameterValue, Procedure, Vocabulary};
use thutuc::value::Date;
use thutuc::wire::value_to_json;

use self::elements::{Deadline, Definition, Document, Fee, Require, conditions, deadlines, definitions, documents, fees, identity};
use self::handling::{Apology, Declaration, Step, apologies, declarations, steps};
use self::linked::{Link, links};

/// The sheet, for programs and for the page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sheet<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub summary: Option<&'a str>,
    pub on: Date,
    pub jurisdiction: Option<&'a str>,
    pub in_force: bool,
    pub field: &'a str,
    pub authority: &'a str,
    pub online_service: &'a str,
    pub authorities: Vec<Named<'a>>,
    pub amendments: Vec<Amending<'a>>,
    pub eligibility: Vec<Require<'a>>,
    pub identity: Vec<Require<'a>>,
    pub documents: Vec<Document<'a>>,
    pub fees: Vec<Fee<'a>>,
    pub deadline: Vec<Deadline<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<Link<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub apology: Vec<Apology<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub declarations: Vec<Declaration<'a>>,
    pub parameters: Vec<Parameter<'a>>,
    pub definitions: Vec<Definition<'a>>,
    pub notes: Vec<&'a str>,
}

/// On what an element rests, and when it is in force.
#[derive(Serialize)]
pub struct Ground<'a> {
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub citations: Vec<String>,
    pub confidence: Confidence,
    pub note: Option<&'a str>,
}

#[derive(Serialize)]
pub struct Named<'a> {
    pub name: &'a str,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

#[derive(Serialize)]
pub struct Amending<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub instrument: &'a str,
    pub jurisdiction: Option<&'a str>,
    pub draft: bool,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// A parameter with its value of the day.
#[derive(Serialize)]
pub struct Parameter<'a> {
    pub name: &'a str,
    pub label: Option<&'a str>,
    pub unit: Option<&'a str>,
    pub value: Option<serde_json::Value>,
    pub unknown: Option<&'a str>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

/// What the elements are read with.
#[derive(Clone, Copy)]
pub struct Reading {
    pub on: Date,
    pub language: Language,
}

impl Reading {
    pub fn ground<'a>(&self, interval: &Interval, basis: &'a Basis) -> Ground<'a> {
        Ground {
            from: interval.from,
            until: interval.until,
            citations: basis.citations.iter().map(|one| one.words().get(self.language).to_string()).collect(),
            confidence: basis.confidence,
            note: basis.note.as_deref(),
        }
    }
}

impl<'a> Sheet<'a> {
    /// The sheet of a consolidated procedure.
    pub fn of(
        pack: &'a Pack,
        law: &'a Procedure,
        jurisdiction: Option<&'a str>,
        drafts: &[&str],
        on: Date,
        language: Language,
    ) -> Sheet<'a> {
        let reading = Reading { on, language };
        let used: Vec<&Vocabulary> = pack.vocabularies.iter().filter(|one| law.uses.iter().any(|name| name.value == one.name.value)).collect();
        let applies = |one: &&Amendment| {
            let place = one.jurisdiction.as_ref().map(|place| &*place.value);
            one.procedure.value == law.code.value
                && one.interval.contains(on)
                && (place.is_none() || place == jurisdiction)
                && (!one.draft || drafts.contains(&&*one.id.value))
        };
        let mut sheet = Sheet {
            code: &law.code.value,
            name: law.name.get(language),
            summary: law.summary.as_ref().map(|text| &**text.get(language)),
            on,
            jurisdiction,
            in_force: law.interval.contains(on),
            field: &law.field.value,
            authority: &law.authority.value,
            online_service: &law.online_service.value,
            authorities: law.authorities.iter().filter(|one| one.interval.contains(on)).map(|one| authority(one, &reading)).collect(),
            amendments: pack.amendments.iter().filter(applies).map(|one| amending(one, language)).collect(),
            eligibility: conditions(&law.eligibility, &reading),
            identity: identity(used.iter().flat_map(|one| &one.identity).chain(&law.identity), &reading),
            documents: documents(pack, &law.documents, &reading),
            fees: fees(&law.fees, &reading),
            deadline: deadlines(&law.deadline, &reading),
            linked: links(&law.linked, &reading),
            steps: steps(law, &used, &reading),
            apology: apologies(law, &used, &reading),
            declarations: declarations(law, &reading),
            parameters: parameters(used.iter().flat_map(|one| &one.parameters).chain(&law.parameters), &reading),
            definitions: definitions(used.iter().flat_map(|one| &one.definitions).chain(&law.definitions), &reading),
            notes: law.notes.iter().map(|note| &**note.get(language)).collect(),
        };
        sheet.keep_what_is_used();
        sheet
    }

    /// Drops shared parameters and definitions that nothing on the sheet mentions.
    fn keep_what_is_used(&mut self) {
        let mut said = String::new();
        self.eligibility.iter().chain(&self.identity).for_each(|one| one.expressions(&mut said));
        self.documents.iter().for_each(|one| one.expressions(&mut said));
        self.fees.iter().for_each(|one| one.expressions(&mut said));
        self.deadline.iter().for_each(|one| one.expressions(&mut said));
        self.linked.iter().for_each(|one| one.expressions(&mut said));
        let guards = self.steps.iter().map(|one| one.when).chain(self.apology.iter().map(|one| one.when));
        for when in guards.chain(self.declarations.iter().map(|one| one.when)).flatten() {
            said.push_str(when);
            said.push('\n');
        }
        let mut kept: Vec<&str> = Vec::new();
        loop {
            let new = self.definitions.iter().find(|one| !kept.contains(&one.name) && mentions(&said, one.name));
            let Some(new) = new else { break };
            let name = new.name;
            self.definitions.iter().filter(|one| one.name == name).for_each(|one| one.expressions(&mut said));
            kept.push(name);
        }
        self.definitions.retain(|one| kept.contains(&one.name));
        self.parameters.retain(|one| mentions(&said, one.name));
    }
}

/// Whether an expression uses a name.
fn mentions(text: &str, name: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.');
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (text.get(..at).unwrap_or(""), text.get(at + name.len()..).unwrap_or(""));
        !part(before.chars().next_back()) && !part(after.chars().next())
    })
}

fn authority<'a>(one: &'a Authority, reading: &Reading) -> Named<'a> {
    Named { name: one.name.get(reading.language), ground: reading.ground(&one.interval, &one.basis) }
}

fn amending(one: &Amendment, language: Language) -> Amending<'_> {
    Amending {
        id: &one.id.value,
        title: one.title.get(language),
        instrument: &one.instrument.value,
        jurisdiction: one.jurisdiction.as_ref().map(|place| &*place.value),
        draft: one.draft,
        from: one.interval.from,
        until: one.interval.until,
    }
}

fn parameters<'a>(all: impl Iterator<Item = &'a thutuc::model::Parameter>, reading: &Reading) -> Vec<Parameter<'a>> {
    let in_force = all.filter_map(|one| Some((one, one.values.iter().find(|value| value.interval.contains(reading.on))?)));
    let shown = in_force.map(|(one, value)| Parameter {
        name: &one.name.value,
        label: one.label.as_ref().map(|label| &**label.get(reading.language)),
        unit: one.unit.as_deref(),
        value: match &value.value {
            ParameterValue::Known(value) => Some(value_to_json(value)),
            ParameterValue::Unknown(_) => None,
        },
        unknown: match &value.value {
            ParameterValue::Known(_) => None,
            ParameterValue::Unknown(why) => Some(why.get(reading.language)),
        },
        ground: reading.ground(&value.interval, &value.basis),
    });
    shown.collect()
}
