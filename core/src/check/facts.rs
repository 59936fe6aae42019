//! Declarations of facts: bounds, values, defaults.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{FactDecl, FactKind, ValueDecl};
use crate::value::Value;

/// Most values an enumeration or a set can have: each is a bit.
const MOST_VALUES: usize = 64;

/// Everything wrong with some declarations.
pub(super) fn problems(facts: &[FactDecl]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for fact in facts {
        of_fact(fact, &mut found);
        if let FactKind::Records { fields, .. } = &fact.kind {
            found.extend(problems(fields));
        }
    }
    found
}

fn of_fact(fact: &FactDecl, found: &mut Vec<Diagnostic>) {
    let nothing_fits = |what: String| {
        Diagnostic::new(Code::BadBounds, fact.name.span, what).label("no value fits").help("`min` must not be greater than `max`")
    };
    match &fact.kind {
        FactKind::Number { min: Some(min), max: Some(max), .. } if min > max => {
            found.push(nothing_fits(format!("`{}` would lie between {min} and {max}", fact.name.value)));
        }
        FactKind::Date { min, max } if min > max => {
            found.push(nothing_fits(format!("`{}` would lie between {min} and {max}", fact.name.value)));
        }
        FactKind::Enumeration(values) | FactKind::Set(values) => of_values(fact, values, found),
        _ => {}
    }
    if let Some(default) = &fact.default
        && !fits(&fact.kind, &default.value, fact.optional)
    {
        let problem = Diagnostic::new(Code::TypeMismatch, default.span, format!("the default of `{}` is no value it can have", fact.name.value));
        found.push(problem.label("does not fit the declaration"));
    }
}

fn of_values(fact: &FactDecl, values: &[ValueDecl], found: &mut Vec<Diagnostic>) {
    if values.is_empty() {
        found.push(Diagnostic::new(Code::BadBounds, fact.name.span, format!("`{}` has no values", fact.name.value)).label("nothing can be chosen"));
    }
    if values.len() > MOST_VALUES {
        let message = format!("`{}` has {} values, {MOST_VALUES} is the most", fact.name.value, values.len());
        found.push(Diagnostic::new(Code::TooMany, fact.name.span, message).help("split it, or use `type: text`"));
    }
    for (at, value) in values.iter().enumerate() {
        if let Some(first) = values.iter().take(at).find(|first| first.code.value == value.code.value) {
            let problem = Diagnostic::new(Code::DuplicateDeclaration, value.code.span, format!("the value `{}` stands twice", value.code.value));
            found.push(problem.label("again here").related(first.code.span, "first here"));
        }
    }
}

pub(super) fn fits(kind: &FactKind, value: &Value, optional: bool) -> bool {
    let known = |values: &[ValueDecl], value: &Value| matches!(value, Value::Text(code) if values.iter().any(|one| one.code.value == *code));
    match (kind, value) {
        (_, Value::Null) => optional,
        (FactKind::Boolean, Value::Boolean(_)) | (FactKind::Text { .. }, Value::Text(_)) => true,
        (FactKind::Time, Value::Time(_)) | (FactKind::DateTime, Value::DateTime(_)) => true,
        (FactKind::Number { min, max, .. }, Value::Number(number)) => {
            min.is_none_or(|min| min <= *number) && max.is_none_or(|max| *number <= max)
        }
        (FactKind::Date { min, max }, Value::Date(date)) => min <= date && date <= max,
        (FactKind::Enumeration(values), value) => known(values, value),
        (FactKind::Set(values), Value::List(items)) => items.iter().all(|item| known(values, item)),
        (FactKind::Texts { .. }, Value::List(items)) => items.iter().all(|item| matches!(item, Value::Text(_))),
        (FactKind::Records { .. }, Value::List(items)) => items.is_empty(),
        _ => false,
    }
}
