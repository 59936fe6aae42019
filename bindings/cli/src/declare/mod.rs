//! The facts of a procedure as a type of another language: groups nested, questions as comments.

pub mod python;
pub mod typescript;

use thutuc::compile::program::{FactSlot, Layout, Program};
use thutuc::explain;
use thutuc::model::Language;

use crate::labels;

/// A member of a type: a fact, or a group of facts whose names begin alike.
enum Member<'p> {
    /// A fact.
    Fact(&'p FactSlot),
    /// A group.
    Group(Vec<(&'p str, Member<'p>)>),
}

/// The facts of a program, in the author's order, nested by the parts of their names.
fn nested(program: &Program) -> Vec<(&str, Member<'_>)> {
    let mut top = Vec::new();
    program.facts.iter().for_each(|fact| insert(&mut top, &fact.name, fact));
    top
}

fn insert<'p>(group: &mut Vec<(&'p str, Member<'p>)>, name: &'p str, fact: &'p FactSlot) {
    let Some((head, rest)) = name.split_once('.') else { return group.push((name, Member::Fact(fact))) };
    match group.iter_mut().find(|(known, _)| *known == head) {
        Some((_, Member::Group(inner))) => insert(inner, rest, fact),
        // The head is a fact itself: this one is told by its dotted name.
        Some((_, Member::Fact(_))) => group.push((name, Member::Fact(fact))),
        None => {
            let mut inner = Vec::new();
            insert(&mut inner, rest, fact);
            group.push((head, Member::Group(inner)));
        }
    }
}

/// What is said of a fact: its question, more about it, its unit and bounds, the value it has when it is not told.
fn comment(fact: &FactSlot, language: Language) -> Vec<String> {
    let mut lines = vec![fact.label.get(language).to_string()];
    lines.extend(fact.help.as_ref().map(|help| help.get(language).to_string()));
    let mut of = labels::fact_type(&fact.layout, language);
    if let Some(default) = &fact.default {
        let value = explain::value_in(Some(&fact.layout), default, language);
        of.push_str(&format!("; {} ({value})", labels::words(language).default));
    }
    let said = fact.default.is_some() || !matches!(fact.layout, Layout::Boolean | Layout::Enumeration { .. } | Layout::Set { .. });
    lines.extend(said.then_some(of));
    lines
}

/// What stands at the top of the file, without the marks of a comment.
fn heading(program: &Program, language: Language, made_by: &str) -> Vec<String> {
    let place = program.jurisdiction.as_deref().map(|id| format!(" ({id})")).unwrap_or_default();
    vec![format!("{}: {}{place}", program.code, program.about.name.get(language)), format!("`thutuc types {} {made_by}`", program.code)]
}

/// The name of the type of a procedure's facts: `Facts1_004222`.
fn type_name(program: &Program) -> String {
    let code: String = program.code.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
    format!("Facts{code}")
}

/// Whether a record must have a field.
fn required(field: &FactSlot) -> bool {
    !field.optional && field.default.is_none()
}
