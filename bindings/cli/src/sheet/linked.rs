//! The steps of a linked service as the rule files write them.

use serde::Serialize;
use thutuc::model;

use super::elements::{Deadline, deadlines};
use super::{Ground, Reading};

/// A step that is in force.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link<'a> {
    pub id: &'a str,
    pub procedure: Option<&'a str>,
    pub name: Option<&'a str>,
    pub authority: Option<&'a str>,
    pub after: Vec<&'a str>,
    pub when: Option<&'a str>,
    pub result: Option<&'a str>,
    pub facts: Vec<(&'a str, &'a str)>,
    pub covered: Vec<(&'a str, &'a str)>,
    pub elements: Vec<&'a str>,
    pub limit: Vec<Deadline<'a>>,
    pub if_refused: Option<&'a str>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

/// The steps that are in force.
pub fn links<'a>(all: &'a [model::Link], reading: &Reading) -> Vec<Link<'a>> {
    let text = |text: &'a model::Text| &**text.get(reading.language);
    let shown = all.iter().filter(|one| one.interval.contains(reading.on)).map(|one| Link {
        id: &one.id.value,
        procedure: one.procedure.as_ref().map(|code| &*code.value),
        name: one.name.as_ref().map(text),
        authority: one.authority.as_ref().map(text),
        after: one.after.iter().map(|id| &*id.value).collect(),
        when: one.when.as_ref().map(|when| &*when.value),
        result: one.result.as_ref().map(text),
        facts: one.facts.iter().map(|fact| (&*fact.name.value, &*fact.value.value)).collect(),
        covered: one.covered.iter().map(|covered| (&*covered.element.value, &*covered.by.value)).collect(),
        elements: one.elements.iter().map(|path| &*path.value).collect(),
        limit: deadlines(&one.limit, reading),
        if_refused: one.if_refused.as_ref().map(|then| text(&then.text)),
        ground: reading.ground(&one.interval, &one.basis),
    });
    shown.collect()
}

impl Link<'_> {
    /// Every expression of it.
    pub fn expressions(&self, said: &mut String) {
        self.when.iter().chain(self.facts.iter().map(|(_, value)| value)).for_each(|text| {
            said.push_str(text);
            said.push('\n');
        });
        self.limit.iter().for_each(|limit| limit.expressions(said));
    }
}
