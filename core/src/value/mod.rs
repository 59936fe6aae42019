//! What an expression can be: values, types, exact decimals, and the three states of a fact.

mod decimal;
mod duration;
mod normal;
mod operate;
mod temporal;
mod text;
mod types;

pub use decimal::{Decimal, NotADecimal, Rounding};
pub use duration::{DaysDuration, MonthsDuration};
#[cfg(not(feature = "unicode"))]
pub use normal::{HostText, TextForm, text_forms_from};
pub(crate) use normal::{lower_case, upper_case};
pub use operate::{add, compare, divide, equal, exponentiate, multiply, negate, subtract};
pub use temporal::{Date, DateTime, Offset, Time};
pub use text::{fold_diacritics, nfc, same_name};
pub use types::{Field, Type};

use std::collections::BinaryHeap;
use std::sync::Arc;

use crate::bundled::Bundled;

/// The items in order. A heap sorts with a tenth of the code that `sort` is made of, which counts in a browser.
pub(crate) fn sorted<T: Ord>(items: Vec<T>) -> Vec<T> {
    BinaryHeap::from(items).into_sorted_vec()
}

/// A FEEL value. Cloning is cheap: everything larger than a number is shared.
#[derive(Clone, Debug, PartialEq, Default, Bundled)]
pub enum Value {
    /// `null`: known to be nothing.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// An exact decimal of up to 34 significant digits.
    Number(Decimal),
    /// A text, in NFC.
    Text(Arc<str>),
    /// A day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A day and a time.
    DateTime(DateTime),
    /// A duration in days, hours, minutes, seconds.
    Days(DaysDuration),
    /// A duration in years and months.
    Months(MonthsDuration),
    /// A list.
    List(Arc<[Value]>),
    /// A context: named entries in the order they were written.
    Context(Arc<Context>),
    /// A range such as `[1..10)` or `> 5`.
    Range(Arc<Range>),
    /// A function that an expression made; only the evaluator that made it can call it.
    Function(Arc<Closure>),
}

/// Named values in the order they were written. Names are unique.
#[derive(Clone, Debug, PartialEq, Default, Bundled)]
pub struct Context(pub Vec<(Arc<str>, Value)>);

impl Context {
    /// The value under `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
    }
}

/// A range. An absent end is unbounded; `included` says whether the end itself belongs to it.
#[derive(Clone, Debug, PartialEq, Bundled)]
pub struct Range {
    /// Lower end.
    pub low: Option<Value>,
    /// Whether the lower end belongs to the range.
    pub low_included: bool,
    /// Upper end.
    pub high: Option<Value>,
    /// Whether the upper end belongs to the range.
    pub high_included: bool,
}

/// A function value: which function of the compiled expression, and what it closes over.
#[derive(Clone, Debug, PartialEq, Bundled)]
pub struct Closure {
    /// Index of the function in the program that made it.
    pub function: u32,
    /// The local values it was made among.
    pub captured: Vec<Value>,
}

/// What is known of a fact. Missing, null and false are three things.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Fact<T> {
    /// Told, and not null.
    Known(T),
    /// Told to be nothing.
    Null,
    /// Not told.
    #[default]
    Missing,
}

impl Value {
    /// The name of its FEEL type, as `instance of` and error texts use it.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Boolean(_) => "boolean",
            Value::Number(_) => "number",
            Value::Text(_) => "string",
            Value::Date(_) => "date",
            Value::Time(_) => "time",
            Value::DateTime(_) => "date and time",
            Value::Days(_) => "days and time duration",
            Value::Months(_) => "years and months duration",
            Value::List(_) => "list",
            Value::Context(_) => "context",
            Value::Range(_) => "range",
            Value::Function(_) => "function",
        }
    }

    /// A text value, brought to NFC.
    #[must_use]
    pub fn text(text: &str) -> Value {
        Value::Text(nfc(text).as_ref().into())
    }
}
