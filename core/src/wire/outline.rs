//! What a form wants to know of a procedure beside its facts: when its law changes, who decides, what takes papers.

use std::borrow::Cow;

use serde::Serialize;

use crate::compile::program::Program;
use crate::model::Language;
use crate::value::Date;

/// A procedure as a form presents it, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Outline"))]
#[serde(rename_all = "camelCase")]
pub struct OutlineView<'a> {
    /// The first days of the times between which its law does not change, in order.
    pub changes: Vec<Date>,
    /// Who decides, with the days it does.
    pub authorities: Vec<AuthorityView<'a>>,
    /// The fact that lists the documents handed in, by their ids or those of their alternatives.
    pub documents_fact: Option<Cow<'a, str>>,
}

/// An authority and the days it decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Authority"))]
pub struct AuthorityView<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// The first day; null: ever.
    pub from: Option<Date>,
    /// The last day; null: for good.
    pub until: Option<Date>,
}

/// The outline of a procedure.
#[must_use]
pub fn outline(program: &Program, language: Language) -> OutlineView<'_> {
    let authorities = program.about.authorities.iter().map(|one| AuthorityView {
        name: Cow::from(&**one.name.get(language)),
        from: one.interval.from,
        until: one.interval.until,
    });
    OutlineView {
        changes: program.epochs.iter().map(|epoch| epoch.from).collect(),
        authorities: authorities.collect(),
        documents_fact: documents_fact(program).map(Cow::from),
    }
}

/// The only fact that tells whether a document was handed in.
fn documents_fact(program: &Program) -> Option<&str> {
    let provided = program.epochs.iter().flat_map(|epoch| &epoch.documents).find_map(|document| document.provided)?;
    let mut first = None;
    program.code_of.mentioned(provided, &mut |slot| {
        first.get_or_insert(slot);
    });
    program.fact(first?).map(|fact| &*fact.name)
}
