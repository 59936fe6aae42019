//! The functions that expressions may call, each declared once: name, parameters, result type, doc, examples, function.
//!
//! The checker, the evaluator, the manual and completion read the same declarations. A function is pure: it sees its
//! arguments and an [`Env`], never a clock. It never panics; arguments it has no answer for give null.

mod boolean;
mod context;
mod conversion;
mod list;
mod numeric;
mod personal_id;
mod property;
mod result;
mod signature;
mod temporal;
mod text;
mod vietnam;

#[cfg(test)]
mod tests;

pub use conversion::written;
pub use personal_id::{PersonalId, Sex, registration_province};
pub use property::{property, property_type};
#[cfg(feature = "columns")]
pub(crate) use vietnam::full_years;
pub use signature::{Kind, Misfit, Parameter, Presence, Signature, Unbound};

use std::cell::Cell;

use crate::calendar::{BeyondCalendar, WorkingCalendar};
use crate::value::{Date, Type, Value};

/// A function of the expression language.
#[derive(Debug)]
pub struct Builtin {
    /// Its name, as written in a call; may hold spaces.
    pub name: &'static str,
    /// What it does, for the manual: sentences in plain text. Empty where rules are only evaluated, as are the examples.
    pub doc: &'static str,
    /// FEEL calls, each with the FEEL text of its result.
    pub examples: &'static [(&'static str, &'static str)],
    /// The ways to call it. The first that fits counts.
    pub signatures: &'static [Signature],
}

/// Functions that belong together, as the manual shows them.
#[derive(Debug)]
pub struct Family {
    /// Its title in the manual.
    pub name: &'static str,
    /// Where its functions come from.
    pub doc: &'static str,
    /// Its functions.
    pub builtins: &'static [Builtin],
}

/// What the manual says; nothing where rules are only evaluated.
const fn doc(text: &'static str) -> &'static str {
    if cfg!(feature = "author") { text } else { "" }
}

/// As [`doc`].
const fn examples(all: &'static [(&'static str, &'static str)]) -> &'static [(&'static str, &'static str)] {
    if cfg!(feature = "author") { all } else { &[] }
}

/// Every function there is.
pub static FAMILIES: &[Family] = &[
    Family { name: "conversion", doc: doc("From one type to another (DMN 1.5)."), builtins: conversion::BUILTINS },
    Family { name: "boolean", doc: doc("Truth and identity (DMN 1.5)."), builtins: boolean::BUILTINS },
    Family { name: "text", doc: doc("Text (DMN 1.5)."), builtins: text::BUILTINS },
    Family { name: "number", doc: doc("Numbers (DMN 1.5)."), builtins: numeric::BUILTINS },
    Family { name: "list", doc: doc("Lists (DMN 1.5)."), builtins: list::BUILTINS },
    Family { name: "context", doc: doc("Contexts (DMN 1.5)."), builtins: context::BUILTINS },
    Family {
        name: "date and time",
        doc: doc("Dates (DMN 1.5). There is no `today` and no `now`: the day on which the law is read is `as_of`."),
        builtins: temporal::BUILTINS,
    },
    Family {
        name: "vietnam",
        doc: doc("Ages, working days, names and personal numbers as the law of Vietnam has them. Not part of DMN."),
        builtins: vietnam::BUILTINS,
    },
];

/// All functions, family by family.
pub fn all() -> impl Iterator<Item = &'static Builtin> {
    FAMILIES.iter().flat_map(|family| family.builtins)
}

/// The function of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Builtin> {
    all().find(|builtin| builtin.name == name)
}

/// A function is its declaration: two are equal if they have one name.
impl PartialEq for Builtin {
    fn eq(&self, other: &Builtin) -> bool {
        self.name == other.name
    }
}

impl Builtin {
    /// The signature that arguments of these types fit, and the type of the result.
    ///
    /// # Errors
    /// [`Misfit`] of the signature that came nearest.
    pub fn check(&self, arguments: &[Type]) -> Result<(&'static Signature, Type), Misfit> {
        let mut nearest = Misfit::Count;
        for signature in self.signatures {
            match signature.check(arguments) {
                Ok(result) => return Ok((signature, result)),
                Err(Misfit::Count) => {}
                Err(misfit) if nearest == Misfit::Count => nearest = misfit,
                Err(_) => {}
            }
        }
        Err(nearest)
    }

    /// The signature that has parameters of these names, and for each of its parameters the argument it gets.
    ///
    /// # Errors
    /// [`Unbound`] of the first signature, if there is none.
    pub fn bind(&self, names: &[&str]) -> Result<(&'static Signature, Vec<Option<usize>>), Unbound> {
        let mut first = None;
        for signature in self.signatures {
            match signature.bind(names) {
                Ok(order) => return Ok((signature, order)),
                Err(unbound) => first = first.or(Some(unbound)),
            }
        }
        Err(first.unwrap_or(Unbound::Unknown(0)))
    }

    /// Calls it as DMN does: the signature is chosen by the arguments, a list of one element stands for its element and
    /// an element for a list of it; where nothing fits, the result is null.
    #[must_use]
    pub fn call(&self, env: &Env<'_>, arguments: &[Value]) -> Value {
        if let Some(signature) = self.signatures.iter().find(|signature| signature.accepts(arguments)) {
            return signature.call(env, arguments);
        }
        let coerced = self.signatures.iter().find_map(|signature| Some((signature, signature.coerce(arguments)?)));
        coerced.map_or(Value::Null, |(signature, arguments)| signature.call(env, &arguments))
    }
}

/// What a function may know besides its arguments.
#[derive(Debug)]
pub struct Env<'a> {
    calendar: &'a WorkingCalendar,
    unpublished: Cell<Option<Date>>,
}

impl<'a> Env<'a> {
    /// Working days are counted by `calendar`.
    #[must_use]
    pub fn new(calendar: &'a WorkingCalendar) -> Env<'a> {
        Env { calendar, unpublished: Cell::new(None) }
    }

    /// The first day that a call needed although its holidays are not published; `None` if all were.
    ///
    /// Such a call counts every Monday to Friday past the published days as a working day. Its result is provisional,
    /// and whoever shows it must say so.
    #[must_use]
    pub fn unpublished(&self) -> Option<Date> {
        self.unpublished.get()
    }

    /// Forgets what [`Env::unpublished`] tells, before another expression is evaluated.
    pub fn reset(&self) {
        self.unpublished.set(None);
    }

    /// The published answer; failing that the provisional one, and a note that it is.
    fn counted<T>(
        &self,
        published: impl FnOnce(&WorkingCalendar) -> Result<T, BeyondCalendar>,
        provisional: impl FnOnce(crate::calendar::Provisional<'a>) -> Option<T>,
    ) -> Option<T> {
        published(self.calendar).map_or_else(
            |beyond| {
                let day = self.unpublished.get().map_or(beyond.day, |day| day.min(beyond.day));
                self.unpublished.set(Some(day));
                provisional(self.calendar.provisional())
            },
            Some,
        )
    }
}
