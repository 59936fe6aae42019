//! What a function takes, and whether given arguments fit.

use std::fmt;

use super::Env;
use crate::value::{Type, Value};

/// One way to call a function.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// Its parameters: required ones, then optional ones, or at last one that takes any number of arguments.
    pub parameters: &'static [Parameter],
    /// The type of the result for arguments whose types fit one by one; `None` if they don't fit together.
    pub result: fn(&[Type]) -> Option<Type>,
    pub(super) function: fn(&Env<'_>, &[Value]) -> Option<Value>,
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name, for calls with named arguments; may hold spaces.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether it may be left out or repeated.
    pub presence: Presence,
}

/// Whether a parameter may be left out or repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Exactly one argument.
    Required,
    /// None or one; only parameters at the end.
    Optional,
    /// One or more; only the last parameter.
    Repeated,
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Anything, null too.
    Any,
    /// `boolean`
    Boolean,
    /// `number`
    Number,
    /// `string`
    Text,
    /// `date`
    Date,
    /// `time`
    Time,
    /// `date and time`
    DateTime,
    /// `days and time duration`
    Days,
    /// `years and months duration`
    Months,
    /// A context.
    Context,
    /// A list of such elements.
    List(&'static Kind),
    /// One of several.
    OneOf(&'static [Kind]),
    /// Such a value, or null.
    OrNull(&'static Kind),
}

impl Kind {
    /// A date, with or without a time.
    pub(super) const DAY: Kind = Kind::OneOf(&[Kind::Date, Kind::DateTime]);
    /// What has an order.
    pub(super) const ORDERED: Kind = Kind::OneOf(&[
        Kind::Number,
        Kind::Text,
        Kind::Date,
        Kind::Time,
        Kind::DateTime,
        Kind::Days,
        Kind::Months,
    ]);

    /// Whether a value is of this kind. Elements of lists are not looked at.
    #[must_use]
    pub fn accepts(self, value: &Value) -> bool {
        match self {
            Kind::Any => true,
            Kind::Boolean => matches!(value, Value::Boolean(_)),
            Kind::Number => matches!(value, Value::Number(_)),
            Kind::Text => matches!(value, Value::Text(_)),
            Kind::Date => matches!(value, Value::Date(_)),
            Kind::Time => matches!(value, Value::Time(_)),
            Kind::DateTime => matches!(value, Value::DateTime(_)),
            Kind::Days => matches!(value, Value::Days(_)),
            Kind::Months => matches!(value, Value::Months(_)),
            Kind::Context => matches!(value, Value::Context(_)),
            Kind::List(_) => matches!(value, Value::List(_)),
            Kind::OneOf(kinds) => kinds.iter().any(|kind| kind.accepts(value)),
            Kind::OrNull(kind) => *value == Value::Null || kind.accepts(value),
        }
    }

    /// Whether every value of a type is of this kind, elements of lists too.
    #[must_use]
    pub fn accepts_type(self, given: &Type) -> bool {
        match (self, given) {
            (Kind::Any, _) | (_, Type::Any) | (Kind::OrNull(_), Type::Null) => true,
            (Kind::OrNull(kind), given) => kind.accepts_type(given.without_null()),
            (Kind::OneOf(kinds), given) => kinds.iter().any(|kind| kind.accepts_type(given)),
            (Kind::List(kind), Type::List(of)) => kind.accepts_type(of),
            (Kind::Boolean, Type::Boolean)
            | (Kind::Number, Type::Number)
            | (Kind::Text, Type::Text | Type::Enumeration(_))
            | (Kind::Date, Type::Date)
            | (Kind::Time, Type::Time)
            | (Kind::DateTime, Type::DateTime)
            | (Kind::Days, Type::Days)
            | (Kind::Months, Type::Months)
            | (Kind::Context, Type::Context(_)) => true,
            _ => false,
        }
    }

    /// The value as this kind, where DMN converts: a list of one element to its element, an element to a list of it.
    fn coerce(self, value: &Value) -> Option<Value> {
        if self.accepts(value) {
            return Some(value.clone());
        }
        match (self, value) {
            (Kind::List(_), Value::Null) => None,
            (Kind::List(_), value) => Some(Value::List([value.clone()].into())),
            (kind, Value::List(list)) => match &**list {
                [element] if kind.accepts(element) => Some(element.clone()),
                _ => None,
            },
            _ => None,
        }
    }
}

/// As messages and the manual write it: `number`, `list of number`, `date or date and time`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Any => f.write_str("anything"),
            Kind::Boolean => f.write_str("boolean"),
            Kind::Number => f.write_str("number"),
            Kind::Text => f.write_str("string"),
            Kind::Date => f.write_str("date"),
            Kind::Time => f.write_str("time"),
            Kind::DateTime => f.write_str("date and time"),
            Kind::Days => f.write_str("days and time duration"),
            Kind::Months => f.write_str("years and months duration"),
            Kind::Context => f.write_str("context"),
            Kind::List(Kind::Any) => f.write_str("list"),
            Kind::List(kind) => write!(f, "list of {kind}"),
            Kind::OrNull(kind) => write!(f, "{kind} or null"),
            Kind::OneOf(kinds) => kinds.iter().enumerate().try_for_each(|(i, kind)| {
                let before = if i == 0 { "" } else { " or " };
                write!(f, "{before}{kind}")
            }),
        }
    }
}

/// Why arguments don't fit a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// No signature takes so many.
    Count,
    /// One is not what its parameter takes.
    Argument {
        /// Which, from 0.
        index: usize,
        /// The parameter.
        parameter: &'static str,
        /// What it takes.
        expected: Kind,
    },
    /// Each is what its parameter takes, but they are not of one type.
    Together,
}

/// Why named arguments don't fit a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unbound {
    /// There is no parameter of the name of this argument (from 0), or it has one already.
    Unknown(usize),
    /// This parameter has no argument.
    Missing(&'static str),
}

impl Signature {
    /// The parameter that takes the argument at `index`.
    #[must_use]
    pub fn parameter(&self, index: usize) -> Option<&'static Parameter> {
        self.parameters.get(index).or(self.parameters.last().filter(|last| last.presence == Presence::Repeated))
    }

    /// The type of the result, if arguments of these types fit.
    ///
    /// # Errors
    /// [`Misfit`] if they don't.
    pub fn check(&self, arguments: &[Type]) -> Result<Type, Misfit> {
        if !self.takes(arguments.len()) {
            return Err(Misfit::Count);
        }
        for (index, argument) in arguments.iter().enumerate() {
            let Some(parameter) = self.parameter(index) else { return Err(Misfit::Count) };
            if !parameter.kind.accepts_type(argument) {
                return Err(Misfit::Argument { index, parameter: parameter.name, expected: parameter.kind });
            }
        }
        (self.result)(arguments).ok_or(Misfit::Together)
    }

    /// For each parameter the argument of its name, as far as the last parameter that has one.
    ///
    /// # Errors
    /// [`Unbound`] if a name is no parameter's or a parameter lacks its argument.
    pub fn bind(&self, names: &[&str]) -> Result<Vec<Option<usize>>, Unbound> {
        let mut order: Vec<Option<usize>> = vec![None; self.parameters.len()];
        for (argument, name) in names.iter().enumerate() {
            let position = self.parameters.iter().position(|parameter| parameter.name == *name);
            match position.and_then(|position| order.get_mut(position)) {
                Some(place @ None) => *place = Some(argument),
                _ => return Err(Unbound::Unknown(argument)),
            }
        }
        while order.last() == Some(&None) {
            order.pop();
        }
        for (index, parameter) in self.parameters.iter().enumerate() {
            let may_be_absent = match order.get(index) {
                Some(Some(_)) => true,
                // A gap is filled with null.
                Some(None) => parameter.presence == Presence::Optional && parameter.kind.accepts(&Value::Null),
                None => parameter.presence == Presence::Optional,
            };
            if !may_be_absent {
                return Err(Unbound::Missing(parameter.name));
            }
        }
        Ok(order)
    }

    /// Calls the function with arguments that fit this signature, in the order of its parameters. Others give null.
    #[must_use]
    pub fn call(&self, env: &Env<'_>, arguments: &[Value]) -> Value {
        (self.function)(env, arguments).unwrap_or_default()
    }

    fn takes(&self, count: usize) -> bool {
        let least = self.parameters.iter().filter(|parameter| parameter.presence != Presence::Optional).count();
        let open = self.parameters.last().is_some_and(|last| last.presence == Presence::Repeated);
        least <= count && (open || count <= self.parameters.len())
    }

    /// Whether values fit. Repeated arguments always do: like the elements of a list they are the function's own affair.
    pub(super) fn accepts(&self, arguments: &[Value]) -> bool {
        self.takes(arguments.len())
            && arguments.iter().enumerate().all(|(index, argument)| {
                self.parameter(index).is_some_and(|parameter| {
                    parameter.presence == Presence::Repeated && !matches!(parameter.kind, Kind::List(_))
                        || parameter.kind.accepts(argument)
                })
            })
    }

    pub(super) fn coerce(&self, arguments: &[Value]) -> Option<Vec<Value>> {
        if !self.takes(arguments.len()) {
            return None;
        }
        arguments.iter().enumerate().map(|(index, argument)| self.parameter(index)?.kind.coerce(argument)).collect()
    }
}

pub(super) const fn required(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, presence: Presence::Required }
}

pub(super) const fn optional(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, presence: Presence::Optional }
}

pub(super) const fn repeated(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, presence: Presence::Repeated }
}
