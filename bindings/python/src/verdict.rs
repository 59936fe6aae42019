//! The hot path: marks of a verdict to a dict of ids, an int and a date.

use std::cell::RefCell;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyString};
use thutuc::compile::program::{ConditionCode, Epoch};
use thutuc::eval::{Due, FactProblem, Marks, Outcome, Verdict};
use thutuc::model::Language;
use thutuc::value::Date;
use thutuc::wire::Problem;
use thutuc::wire::packed::word;

use crate::load::Ids;
use crate::parts::{Part, With, date};

/// A verdict as a dict of its members.
pub fn to_dict<'py>(py: Python<'py>, ids: &Ids, epoch: &Epoch, verdict: &Verdict, problems: Vec<Problem<'_>>) -> PyResult<Bound<'py, PyDict>> {
    let dict = blank(py)?;
    changes(&dict, ids, epoch, ALL, verdict)?;
    if !problems.is_empty() {
        set_problems(&dict, problems)?;
    }
    Ok(dict)
}

/// A dict with all members of a verdict: copying it costs less than letting a new one grow.
pub fn blank(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    static BLANK: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let blank = BLANK.get_or_try_init(py, || {
        let dict = PyDict::new(py);
        for name in ["outcome", "unmet", "undetermined", "documents", "fee", "due_on"] {
            dict.set_item(PyString::intern(py, name), py.None())?;
        }
        dict.set_item(intern!(py, "provisional"), false)?;
        PyResult::Ok(dict.unbind())
    });
    blank?.bind(py).copy()
}

/// Sets the problems of the facts.
pub fn set_problems(dict: &Bound<'_, PyDict>, problems: Vec<Problem<'_>>) -> PyResult<()> {
    let py = dict.py();
    let problems = problems.into_iter().map(|problem| problem.part(With { py, program: None })).collect::<PyResult<Vec<_>>>()?;
    dict.set_item(intern!(py, "problems"), problems)
}

/// The problems in words.
pub fn in_words(problems: &[FactProblem], language: Language) -> Vec<Problem<'static>> {
    problems.iter().map(|problem| thutuc::wire::wire_problem(problem, language)).collect()
}

/// All words of a verdict.
pub const ALL: u32 = u32::MAX;

/// The bits of words, and of the two of a mask.
const fn bits(words: &[usize]) -> u32 {
    let (mut bits, mut at) = (0, 0);
    while at < words.len() {
        #[expect(clippy::indexing_slicing, reason = "the length is the bound, and this runs while it is compiled")]
        let word = words[at];
        bits |= 3 << word;
        at += 1;
    }
    bits
}

const UNMET: u32 = bits(&[word::ELIGIBILITY + 2, word::IDENTITY + 2]);
const UNDETERMINED: u32 = bits(&[word::ELIGIBILITY + 4, word::IDENTITY + 4]);
const DOCUMENTS: u32 = bits(&[word::DOCUMENTS]);
const FEE: u32 = bits(&[word::FEE, word::FEES_OPEN]);
const DUE: u32 = 1 << word::DUE | 1 << word::DUE_DAY;

/// Sets the members of a verdict of which words have changed, a bit each; all, where the law of another day is read.
pub fn changes(dict: &Bound<'_, PyDict>, ids: &Ids, epoch: &Epoch, changed: u32, verdict: &Verdict) -> PyResult<()> {
    let py = dict.py();
    let changed = if changed & (1 << word::EPOCH) == 0 { changed } else { ALL };
    if changed & (1 << word::OUTCOME) != 0 {
        dict.set_item(intern!(py, "outcome"), outcome(py, verdict.outcome))?;
    }
    if changed & UNMET != 0 {
        dict.set_item(intern!(py, "unmet"), conditions(py, ids, epoch, verdict, |marks| marks.no)?)?;
    }
    if changed & UNDETERMINED != 0 {
        dict.set_item(intern!(py, "undetermined"), conditions(py, ids, epoch, verdict, |marks| marks.open)?)?;
    }
    if changed & DOCUMENTS != 0 {
        let required = epoch.documents.iter().enumerate().filter(|(bit, _)| verdict.documents.yes >> bit & 1 == 1);
        let list = PyList::empty(py);
        if verdict.documents.yes != 0 {
            for id in required.filter_map(|(_, code)| ids.documents.get(usize::from(code.info))) {
                list.append(id)?;
            }
        }
        dict.set_item(intern!(py, "documents"), list)?;
    }
    if changed & FEE != 0 {
        dict.set_item(intern!(py, "fee"), (verdict.fees_open == 0).then_some(verdict.fee_total))?;
    }
    if changed & DUE != 0 {
        match verdict.due {
            Due::Determined(day) | Due::Provisional(day) => dict.set_item(intern!(py, "due_on"), known_date(py, day)?)?,
            Due::None | Due::Undetermined => dict.set_item(intern!(py, "due_on"), py.None())?,
        }
        dict.set_item(intern!(py, "provisional"), matches!(verdict.due, Due::Provisional(_)))?;
    }
    Ok(())
}

fn outcome(py: Python<'_>, outcome: Outcome) -> &Bound<'_, PyString> {
    match outcome {
        Outcome::Accept => intern!(py, "accept"),
        Outcome::Refuse => intern!(py, "refuse"),
        Outcome::Ask => intern!(py, "ask"),
    }
}

fn conditions<'py>(py: Python<'py>, ids: &Ids, epoch: &Epoch, verdict: &Verdict, mask: fn(&Marks) -> u64) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    let append = |codes: &[ConditionCode], mask: u64| -> PyResult<()> {
        if mask == 0 {
            return Ok(());
        }
        let marked = codes.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
        marked.filter_map(|(_, code)| ids.conditions.get(usize::from(code.info))).try_for_each(|id| list.append(id))
    };
    append(&epoch.eligibility, mask(&verdict.eligibility))?;
    append(&epoch.identity, mask(&verdict.identity))?;
    Ok(list)
}

/// Days made lately, of eleven years at most: due days are few, and a Python date costs as much as deciding.
const KEPT: usize = 4096;

/// A day at the place of its number's remainder.
type Days = Vec<Option<(Date, Py<PyAny>)>>;

thread_local! {
    static DAYS: RefCell<Days> = const { RefCell::new(Vec::new()) };
}

fn known_date<'py>(py: Python<'py>, day: Date) -> PyResult<Bound<'py, PyAny>> {
    let place = day.0.rem_euclid(KEPT as i32) as usize;
    let kept = DAYS.with_borrow(|days| match days.get(place) {
        Some(Some((of, date))) if *of == day => Some(date.clone_ref(py)),
        _ => None,
    });
    if let Some(date) = kept {
        return Ok(date.into_bound(py));
    }
    let made = date(py, day)?;
    DAYS.with_borrow_mut(|days| {
        days.resize_with(KEPT, || None);
        if let Some(slot) = days.get_mut(place) {
            *slot = Some((day, made.clone().unbind()));
        }
    });
    Ok(made)
}
