//! The types the checker reasons about.

use std::fmt;
use std::sync::Arc;

use crate::bundled::Bundled;

/// The type of an expression or a fact.
#[derive(Clone, Debug, PartialEq, Eq, Bundled)]
pub enum Type {
    /// Anything; only DMN models and unknown results have it.
    Any,
    /// Only `null`.
    Null,
    /// `boolean`
    Boolean,
    /// `number`
    Number,
    /// `string`
    Text,
    /// A text that is one of the declared codes, in the author's order.
    Enumeration(Arc<[Arc<str>]>),
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
    /// `list<T>`
    List(Box<Type>),
    /// `context<...>`
    Context(Arc<[Field]>),
    /// `range<T>`
    Range(Box<Type>),
    /// A function with parameter types and a result type.
    Function(Vec<Type>, Box<Type>),
    /// The type, or null.
    Optional(Box<Type>),
}

/// A named member of a context type.
#[derive(Clone, Debug, PartialEq, Eq, Bundled)]
pub struct Field {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub of: Type,
}

impl Type {
    /// The type, or null; never doubly optional.
    #[must_use]
    pub fn optional(self) -> Type {
        match self {
            Type::Any | Type::Null | Type::Optional(_) => self,
            other => Type::Optional(Box::new(other)),
        }
    }

    /// The type without null.
    #[must_use]
    pub fn without_null(&self) -> &Type {
        match self {
            Type::Optional(inner) => inner,
            other => other,
        }
    }

    /// Whether null is one of its values.
    #[must_use]
    pub fn can_be_null(&self) -> bool {
        matches!(self, Type::Any | Type::Null | Type::Optional(_))
    }

    /// Whether every value of `self` is a value of `wanted`.
    #[must_use]
    pub fn conforms_to(&self, wanted: &Type) -> bool {
        match (self, wanted) {
            (_, Type::Any) | (Type::Any, _) => true,
            (Type::Null, Type::Optional(_) | Type::Null) => true,
            (Type::Optional(a), Type::Optional(b)) => a.conforms_to(b),
            (a, Type::Optional(b)) => a.conforms_to(b),
            (Type::Enumeration(a), Type::Enumeration(b)) => a.iter().all(|code| b.contains(code)),
            (Type::Enumeration(_), Type::Text) => true,
            (Type::List(a), Type::List(b)) | (Type::Range(a), Type::Range(b)) => a.conforms_to(b),
            (Type::Context(a), Type::Context(b)) => b.iter().all(|wanted| {
                a.iter().any(|field| field.name == wanted.name && field.of.conforms_to(&wanted.of))
            }),
            (Type::Function(ap, ar), Type::Function(bp, br)) => {
                ap.len() == bp.len() && bp.iter().zip(ap).all(|(b, a)| b.conforms_to(a)) && ar.conforms_to(br)
            }
            (a, b) => a == b,
        }
    }

    /// The narrowest type that both conform to; [`Type::Any`] where nothing better is known.
    #[must_use]
    pub fn join(&self, other: &Type) -> Type {
        match (self, other) {
            (a, b) if a == b => a.clone(),
            (Type::Null, b) => b.clone().optional(),
            (a, Type::Null) => a.clone().optional(),
            (Type::Optional(a), b) | (b, Type::Optional(a)) => a.join(b.without_null()).optional(),
            (Type::Enumeration(a), Type::Enumeration(b)) => {
                let mut codes: Vec<Arc<str>> = a.to_vec();
                codes.extend(b.iter().filter(|code| !a.contains(code)).cloned());
                Type::Enumeration(codes.into())
            }
            (Type::Enumeration(_), Type::Text) | (Type::Text, Type::Enumeration(_)) => Type::Text,
            (Type::List(a), Type::List(b)) => Type::List(Box::new(a.join(b))),
            _ => Type::Any,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Any => f.write_str("any"),
            Type::Null => f.write_str("null"),
            Type::Boolean => f.write_str("boolean"),
            Type::Number => f.write_str("number"),
            Type::Text => f.write_str("string"),
            Type::Enumeration(codes) => {
                f.write_str("one of ")?;
                for (i, code) in codes.iter().enumerate() {
                    write!(f, "{}\"{code}\"", if i > 0 { ", " } else { "" })?;
                }
                Ok(())
            }
            Type::Date => f.write_str("date"),
            Type::Time => f.write_str("time"),
            Type::DateTime => f.write_str("date and time"),
            Type::Days => f.write_str("days and time duration"),
            Type::Months => f.write_str("years and months duration"),
            Type::List(of) => write!(f, "list<{of}>"),
            Type::Context(fields) => {
                f.write_str("context<")?;
                for (i, field) in fields.iter().enumerate() {
                    write!(f, "{}{}: {}", if i > 0 { ", " } else { "" }, field.name, field.of)?;
                }
                f.write_str(">")
            }
            Type::Range(of) => write!(f, "range<{of}>"),
            Type::Function(parameters, result) => {
                f.write_str("function<")?;
                for (i, parameter) in parameters.iter().enumerate() {
                    write!(f, "{}{parameter}", if i > 0 { ", " } else { "" })?;
                }
                write!(f, "> -> {result}")
            }
            Type::Optional(of) => write!(f, "{of} or null"),
        }
    }
}
