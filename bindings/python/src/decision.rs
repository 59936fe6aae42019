//! The whole decision as Python sees it: parts first, JSON text and objects when they are asked for.

use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use thutuc::compile::program::Program;
use thutuc::model::Language;
use thutuc::wire::{self, RequestError};

use crate::host::{guarded, language, request_error};
use crate::load::Loaded;
use crate::parts::{Part, With};
use crate::said::InParts;

/// A decision in full, read-only: with reasons, citations and sentences.
///
/// Money is an `int` of đồng, other numbers are `decimal.Decimal`, days `datetime.date`, lists are tuples.
#[pyclass(frozen, module = "thutuc")]
pub struct Decision {
    json: OnceLock<String>,
    /// What the JSON is put together of, unless it was there first.
    in_parts: Option<InParts>,
    language: Language,
    /// Where the program that decided is; not kept when the decision is pickled.
    by: Option<(Arc<Loaded>, usize)>,
    whole: OnceLock<Box<wire::Decision<'static>>>,
    parts: Parts,
}

impl Decision {
    /// The decision of JSON text.
    pub fn new(json: String, language: Language, by: Option<(Arc<Loaded>, usize)>) -> Decision {
        Decision { json: OnceLock::from(json), in_parts: None, language, by, whole: OnceLock::new(), parts: Parts::new() }
    }

    /// The decision of its parts.
    pub fn of_parts(in_parts: InParts, language: Language, by: (Arc<Loaded>, usize)) -> Decision {
        Decision { json: OnceLock::new(), in_parts: Some(in_parts), language, by: Some(by), whole: OnceLock::new(), parts: Parts::new() }
    }

    fn json(&self) -> &str {
        self.json.get_or_init(|| self.in_parts.as_ref().map(InParts::json).unwrap_or_default())
    }

    fn whole(&self, py: Python<'_>) -> PyResult<&wire::Decision<'static>> {
        if let Some(whole) = self.whole.get() {
            return Ok(whole);
        }
        let whole = serde_json::from_str(self.json()).map_err(|error| unreadable(py, &error, self.language))?;
        Ok(self.whole.get_or_init(|| Box::new(whole)))
    }

    fn program(&self) -> Option<&Program> {
        self.by.as_ref().and_then(|(loaded, at)| loaded.pack().programs.get(*at))
    }
}

fn unreadable(py: Python<'_>, error: &serde_json::Error, language: Language) -> PyErr {
    let error = RequestError::Unreadable { line: error.line(), column: error.column(), why: error.to_string() };
    request_error(py, &error, language)
}

/// The attributes of a decision: its parts, each made when it is first asked for.
macro_rules! decision {
    ($($(#[$about:meta])* $field:ident),* $(,)?) => {
        /// The parts that have been asked for.
        struct Parts {
            $($field: PyOnceLock<Py<PyAny>>,)*
        }

        impl Parts {
            fn new() -> Parts {
                Parts { $($field: PyOnceLock::new()),* }
            }
        }

        /// A field that core adds and Python lacks does not compile.
        const _: fn(wire::Decision<'_>) = |decision| {
            let wire::Decision { $($field: _),* } = decision;
        };

        #[pymethods]
        impl Decision {
            $($(#[$about])* #[getter]
            fn $field(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
                guarded(py, || {
                    let with = With { py, program: self.program() };
                    let part = || {
                        let said = self.in_parts.as_ref().map(|parts| parts.attribute(stringify!($field), with)).transpose()?.flatten();
                        said.map_or_else(|| self.whole(py)?.$field.clone().part(with), Ok)
                    };
                    Ok(self.parts.$field.get_or_try_init(py, part)?.clone_ref(py))
                })
            })*

            /// The decision as JSON text: the same bytes as every other host of `thutuc` writes.
            fn to_json(&self) -> &str {
                self.json()
            }

            /// The decision of JSON text that `to_json` wrote.
            ///
            /// Raises `RequestError` if the text is no decision.
            #[staticmethod]
            #[pyo3(signature = (json, lang = None))]
            fn from_json(py: Python<'_>, json: &str, lang: Option<&str>) -> PyResult<Decision> {
                guarded(py, || {
                    let language = lang.map_or(Ok(Language::Vi), |code| language(py, code))?;
                    let decision = Decision::new(json.to_owned(), language, None);
                    decision.whole(py)?;
                    Ok(decision)
                })
            }

            /// The decision as a dict of JSON values, equal to `json.loads(decision.to_json())`: names in camelCase, days as
            /// ISO text, exact numbers as text.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                py.import("json")?.call_method1("loads", (self.json(),))
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                guarded(py, || {
                    let repr = |of: Py<PyAny>| of.bind(py).repr();
                    let (procedure, outcome, next) = (repr(self.procedure(py)?)?, repr(self.outcome(py)?)?, repr(self.next(py)?)?);
                    let (as_of, total) = (self.as_of(py)?.bind(py).str()?, self.fees(py)?.getattr(py, "total")?);
                    let deadline = self.deadline(py)?;
                    let due_on = match deadline.is_none(py) {
                        true => "None".to_owned(),
                        false => deadline.getattr(py, "due_on")?.bind(py).str()?.to_string(),
                    };
                    Ok(format!("<Decision {procedure} as of {as_of}: {outcome}, fee={total}, due_on={due_on}, next={next}>"))
                })
            }

            /// What a notebook shows.
            fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
                guarded(py, || Ok(wire::decision_html(self.whole(py)?, self.language)))
            }

            fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
                other.cast::<Decision>().is_ok_and(|other| other.get().json() == self.json())
            }

            fn __hash__(&self) -> u64 {
                use std::hash::{DefaultHasher, Hash as _, Hasher as _};
                let mut hasher = DefaultHasher::new();
                self.json().hash(&mut hasher);
                hasher.finish()
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String, &'static str))> {
                let make = py.get_type::<Decision>().getattr("from_json")?;
                Ok((make, (self.json().to_owned(), self.language.choose("vi", "en"))))
            }
        }
    };
}

decision! {
    /// The procedure's code.
    procedure,
    /// The day the law is read, a `date`.
    as_of,
    /// The jurisdiction whose overlay was applied, if one was.
    jurisdiction,
    /// Which rules decided, a `PackRef`.
    pack,
    /// `accept`, `refuse` or `ask`.
    outcome,
    /// Conditions, an `Eligibility`.
    eligibility,
    /// Checks of the electronic identity, an `Identity`.
    identity,
    /// Papers, a tuple of `Document`.
    documents,
    /// Fees, a `Fees`.
    fees,
    /// By when the authority must answer, a `Deadline`; None where no deadline applies.
    deadline,
    /// The steps of a linked service, a tuple of `LinkedStep`; empty for a procedure of its own.
    linked,
    /// Facts that can still change something, a tuple of `MissingFact` in the author's order.
    missing,
    /// The fact to ask for next.
    next,
    /// What is wrong with facts that were told, a tuple of `FactProblem`.
    problems,
    /// Law that is not known and that something open rests on, a tuple of `LawGap`.
    gaps,
}
