//! What names mean: facts, parameters, definitions, the moment, and locals.

use std::collections::HashMap;
use std::sync::Arc;

use super::typed::{FactId, Kind, Local};
use crate::model::{FactDecl, FactKind, Interval, MomentName, Parameter, ParameterValue, ValueDecl};
use crate::source::Span;
use crate::value::{Field, Type, Value};

/// What a global name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Global {
    Fact(FactId),
    Parameter(u16),
    Definition(u16),
    Moment(MomentName),
}

/// Every global name of one procedure.
#[derive(Default)]
pub(super) struct Globals {
    names: HashMap<Arc<str>, (Global, Span)>,
}

impl Globals {
    /// The names that every procedure has.
    pub fn with_moment() -> Globals {
        let mut globals = Globals::default();
        for (name, moment) in [("as_of", MomentName::AsOf), ("received_on", MomentName::ReceivedOn), ("received_at", MomentName::ReceivedAt)] {
            globals.names.insert(name.into(), (Global::Moment(moment), Span::default()));
        }
        globals
    }

    /// Declares a name; the place of the first declaration if there is one already.
    pub fn declare(&mut self, name: &Arc<str>, global: Global, span: Span) -> Result<(), Span> {
        match self.names.get(name) {
            Some((_, first)) => Err(*first),
            None => {
                self.names.insert(name.clone(), (global, span));
                Ok(())
            }
        }
    }

    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<Global> {
        self.names.get(name).map(|(global, _)| *global)
    }

    /// All names, for suggestions, in order.
    pub fn all(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.names.keys().map(|name| &**name).collect();
        all.sort_unstable();
        all
    }
}

/// A local name.
#[derive(Clone)]
pub(super) struct LocalName {
    pub name: Arc<str>,
    pub of: Type,
    pub local: Local,
    /// The members of this local are names too: inside a filter.
    pub opened: bool,
}

/// The locals of a place, and what is known not to be null there.
#[derive(Clone, Default)]
pub(super) struct Scope {
    locals: Vec<LocalName>,
    not_null: Vec<Kind>,
}

impl Scope {
    /// Binds a local until [`Scope::unbind`].
    pub fn bind(&mut self, name: &Arc<str>, of: Type, local: Local, opened: bool) {
        self.locals.push(LocalName { name: name.clone(), of, local, opened });
    }

    /// Forgets the last `count` locals.
    pub fn unbind(&mut self, count: usize) {
        self.locals.truncate(self.locals.len().saturating_sub(count));
    }

    /// A local by name: itself, or a member of an opened one.
    pub fn get(&self, name: &str) -> Option<(&LocalName, Option<Type>)> {
        self.locals.iter().rev().find_map(|local| {
            if &*local.name == name {
                return Some((local, None));
            }
            let Type::Context(fields) = local.of.without_null() else { return None };
            let field = fields.iter().find(|field| local.opened && &*field.name == name)?;
            Some((local, Some(field.of.clone())))
        })
    }

    /// Marks what is not null; returns how many marks there were, for [`Scope::release`].
    pub fn assume(&mut self, not_null: Vec<Kind>) -> usize {
        let before = self.not_null.len();
        self.not_null.extend(not_null);
        before
    }

    /// Forgets the marks made since.
    pub fn release(&mut self, before: usize) {
        self.not_null.truncate(before);
    }

    /// Whether something is known not to be null.
    pub fn is_not_null(&self, kind: &Kind) -> bool {
        self.not_null.iter().any(|known| same(known, kind))
    }

    /// Names of locals, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.locals.iter().map(|local| &*local.name)
    }
}

/// The type of a fact.
pub(super) fn type_of(fact: &FactDecl) -> Type {
    let codes = |values: &[ValueDecl]| Type::Enumeration(values.iter().map(|value| value.code.value.clone()).collect());
    let of = match &fact.kind {
        FactKind::Boolean => Type::Boolean,
        FactKind::Number { .. } => Type::Number,
        FactKind::Enumeration(values) => codes(values),
        FactKind::Set(values) => Type::List(Box::new(codes(values))),
        FactKind::Text { .. } => Type::Text,
        FactKind::Date { .. } => Type::Date,
        FactKind::Time => Type::Time,
        FactKind::DateTime => Type::DateTime,
        FactKind::Texts { .. } => Type::List(Box::new(Type::Text)),
        FactKind::Records { fields, .. } => {
            let fields = fields.iter().map(|field| Field { name: field.name.value.clone(), of: type_of(field) });
            Type::List(Box::new(Type::Context(fields.collect())))
        }
    };
    if fact.optional { of.optional() } else { of }
}

/// The type of a parameter: of all its values together.
pub(super) fn type_of_parameter(parameter: &Parameter) -> Type {
    let known = parameter.values.iter().filter_map(|dated| match &dated.value {
        ParameterValue::Known(value) => Some(type_of_value(value)),
        ParameterValue::Unknown(_) => None,
    });
    known.reduce(|a, b| a.join(&b)).unwrap_or(Type::Any)
}

/// The type of a constant.
pub(super) fn type_of_value(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Boolean(_) => Type::Boolean,
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        Value::Date(_) => Type::Date,
        Value::Time(_) => Type::Time,
        Value::DateTime(_) => Type::DateTime,
        Value::Days(_) => Type::Days,
        Value::Months(_) => Type::Months,
        Value::List(items) => {
            let of = items.iter().map(type_of_value).reduce(|a, b| a.join(&b)).unwrap_or(Type::Any);
            Type::List(Box::new(of))
        }
        Value::Context(context) => {
            Type::Context(context.0.iter().map(|(name, value)| Field { name: name.clone(), of: type_of_value(value) }).collect())
        }
        Value::Range(range) => Type::Range(Box::new(range.low.iter().chain(&range.high).next().map_or(Type::Any, type_of_value))),
        Value::Function(_) => Type::Any,
    }
}

/// The first days of `interval` that no interval of `covering` has, as an interval.
pub(super) fn uncovered(interval: &Interval, covering: &[Interval]) -> Option<Interval> {
    let mut rest = *interval;
    let mut covering: Vec<&Interval> = covering.iter().collect();
    covering.sort_by_key(|interval| interval.from);
    for cover in covering {
        if rest.is_empty() {
            return None;
        }
        if cover.until.is_some_and(|until| rest.from.is_some_and(|from| until < from)) {
            continue;
        }
        let begins_after = match (cover.from, rest.from) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(cover), Some(rest)) => cover > rest,
        };
        if begins_after {
            let until = cover.from.map(|from| from.plus_days(-1));
            let until = match (until, rest.until) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            return Some(Interval { until, ..rest });
        }
        match cover.until {
            None => return None,
            Some(until) => rest.from = Some(until.plus_days(1)),
        }
    }
    (!rest.is_empty()).then_some(rest)
}

/// Whether two expressions are the same wherever they stand: a path to the same member, or equal otherwise.
fn same(one: &Kind, other: &Kind) -> bool {
    match (one, other) {
        (Kind::Member(of, name), Kind::Member(other_of, other_name)) => name == other_name && same(&of.kind, &other_of.kind),
        _ => one == other,
    }
}
