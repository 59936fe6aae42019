//! What Python has and the core has not: exceptions, panics that become one error, the mark of a missing fact.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyString, PyType};
use thutuc::eval::Moment;
use thutuc::model::Language;
use thutuc::value::Date;
use thutuc::wire::{self, Argument, ProblemDocument, RequestError};

use crate::input::day;

/// The type of `thutuc.MISSING`: a fact that is not told, for places where Python wants a value, such as the default of
/// a field of a dataclass.
#[pyclass(frozen, module = "thutuc", name = "Missing_")]
pub struct Missing;

#[pymethods]
impl Missing {
    fn __repr__(&self) -> &'static str {
        "thutuc.MISSING"
    }

    fn __bool__(&self) -> bool {
        false
    }

    fn __reduce__(&self) -> &'static str {
        "MISSING"
    }
}

/// Runs a call from Python; a panic becomes an `InternalError`.
pub fn guarded<T>(py: Python<'_>, call: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let what = what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned());
        Err(refusal(py, "InternalError", &ProblemDocument::internal(&what, Language::En)))
    })
}

/// An exception of `thutuc` with its problem document.
pub fn refusal(py: Python<'_>, class: &str, problem: &ProblemDocument) -> PyErr {
    raised(py, class, problem, None)
}

/// An exception of a request that cannot be decided.
pub fn request_error(py: Python<'_>, error: &RequestError, language: Language) -> PyErr {
    refusal(py, "RequestError", &ProblemDocument::of_request(error, language))
}

/// An exception for an argument of another type.
pub fn argument_error(name: &str, wanted: Argument, given: &Bound<'_, PyAny>) -> PyErr {
    let given_type = given.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    refusal(given.py(), "RequestError", &ProblemDocument::of_argument(name, wanted, &given_type, Language::En))
}

/// As [`refusal`], with the rendered diagnostics of rule files.
pub fn raised(py: Python<'_>, class: &str, problem: &ProblemDocument, diagnostics: Option<Vec<String>>) -> PyErr {
    let make = || -> PyResult<PyErr> {
        let class = py.import("thutuc._errors")?.getattr(class)?;
        let problem = py.import("json")?.call_method1("loads", (problem.to_json(),))?;
        let error = match diagnostics {
            Some(diagnostics) => class.call1((problem, diagnostics))?,
            None => class.call1((problem,))?,
        };
        Ok(PyErr::from_value(error))
    };
    make().unwrap_or_else(|error| error)
}

/// An answer of the wire as dicts and lists, its members in their order.
pub fn from_json<'py>(py: Python<'py>, answer: &impl serde::Serialize) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (serde_json::to_string(answer).unwrap_or_default(),))
}

/// A `decimal.Decimal` of exact text.
pub fn decimal<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")?.call1((text,))
}

/// The moment of `as_of` (a date, or its ISO text) and `received_at` (a date and time, a date, or their ISO text).
pub fn moment(as_of: &Bound<'_, PyAny>, received_at: Option<&Bound<'_, PyAny>>, language: Language) -> PyResult<Moment> {
    let py = as_of.py();
    let day = law_day(as_of, language)?;
    let Some(received) = received_at else { return Ok(Moment::on(day)) };
    let text = match received.cast::<PyString>() {
        Ok(text) => text.clone(),
        Err(_) if received.cast::<PyDate>().is_ok() => received.call_method0(intern!(py, "isoformat"))?.cast_into()?,
        Err(_) => return Err(argument_error("received_at", Argument::Moment, received)),
    };
    wire::moment(&day.to_string(), Some(text.to_str()?)).map_err(|error| request_error(py, &error, language))
}

/// A date and time, or its ISO text.
pub fn instant(now: &Bound<'_, PyAny>, language: Language) -> PyResult<thutuc::calendar::Stamp> {
    let py = now.py();
    let text = match now.cast::<PyString>() {
        Ok(text) => text.clone(),
        Err(_) if now.cast::<PyDate>().is_ok() => now.call_method0(intern!(py, "isoformat"))?.cast_into()?,
        Err(_) => return Err(argument_error("now", Argument::Moment, now)),
    };
    wire::now(text.to_str()?).map_err(|error| request_error(py, &error, language))
}

thread_local! {
    /// The last `datetime.date` that was asked for and its day: a batch asks for the same again and again.
    static LAST: RefCell<Option<(Py<PyAny>, Date)>> = const { RefCell::new(None) };
}

fn law_day(as_of: &Bound<'_, PyAny>, language: Language) -> PyResult<Date> {
    let last = LAST.with_borrow(|last| last.as_ref().filter(|(of, _)| of.is(as_of)).map(|(_, day)| *day));
    if let Some(last) = last {
        return Ok(last);
    }
    if as_of.is_exact_instance_of::<PyDate>() {
        let day = day(as_of)?;
        let before = LAST.replace(Some((as_of.clone().unbind(), day)));
        drop(before);
        return Ok(day);
    }
    if as_of.is_instance_of::<PyDate>() {
        return day(as_of);
    }
    let text = as_of.cast::<PyString>().map_err(|_| argument_error("as_of", Argument::Day, as_of))?;
    wire::moment(text.to_str()?, None).map(|moment| moment.as_of).map_err(|error| request_error(as_of.py(), &error, language))
}

/// The language of a code.
pub fn language(py: Python<'_>, code: &str) -> PyResult<Language> {
    Language::of(code).ok_or_else(|| {
        let error = RequestError::UnknownLanguage { given: code.to_owned() };
        request_error(py, &error, Language::Vi)
    })
}
