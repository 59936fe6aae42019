//! What cannot be done, as an error of JavaScript: its message is the problem document's JSON, which the JavaScript
//! beside this crate turns into a typed error.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use thutuc::eval::Undecided;
use thutuc::model::Language;
use thutuc::wire::{ProblemDocument, RequestError};

/// Why a call gives no answer: a problem document as JSON text.
#[derive(Debug)]
pub struct Refusal(pub String);

impl From<ProblemDocument> for Refusal {
    fn from(document: ProblemDocument) -> Self {
        Refusal(document.to_json())
    }
}

impl From<Undecided> for Refusal {
    fn from(undecided: Undecided) -> Self {
        ProblemDocument::of_undecided(&undecided, Language::default()).into()
    }
}

impl From<Refusal> for napi::Error {
    fn from(refusal: Refusal) -> Self {
        napi::Error::from_reason(refusal.0)
    }
}

/// Says in one language why a request cannot be decided.
pub fn of_request(language: Language) -> impl Fn(RequestError) -> Refusal {
    move |error| ProblemDocument::of_request(&error, language).into()
}

/// The language of a code.
///
/// # Errors
/// A [`Refusal`] if it is neither `vi` nor `en`.
pub fn language(code: Option<&str>) -> Result<Language, Refusal> {
    code.map_or(Ok(Language::default()), |code| {
        let unknown = || RequestError::UnknownLanguage { given: code.to_owned() };
        Language::of(code).ok_or_else(unknown).map_err(of_request(Language::default()))
    })
}

/// Runs a call; a panic becomes one `internal` problem and the process lives.
pub fn guarded<T>(call: impl FnOnce() -> Result<T, Refusal>) -> napi::Result<T> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(answer) => answer.map_err(napi::Error::from),
        Err(panic) => Err(Refusal::from(ProblemDocument::internal(said(&*panic), Language::default())).into()),
    }
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic")
}
