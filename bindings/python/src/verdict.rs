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

use crate::load::Ids;
use crate::parts::{Part, With, date};

/// A verdict as a dict of its members.
pub fn to_dict<'py>(py: Python<'py>, ids: &Ids, epoch: &Epoch, verdict: &Verdict, problems: Vec<Problem<'_>>) -> PyResult<Bound<'py, PyDict>> {
    let dict = blank(py)?;
    changes(&dict, ids, epoch, None, verdict)?;
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

/// Sets the members in which a verdict differs from an earlier one; all, if there is none.
pub fn changes(dict: &Bound<'_, PyDict>, ids: &Ids, epoch: &Epoch, before: Option<&Verdict>, verdict: &Verdict) -> PyResult<()> {
    let py = dict.py();
    let differs = |same: fn(&Verdict, &Verdict) -> bool| before.is_none_or(|before| !same(before, verdict));
    if differs(|a, b| a.outcome == b.outcome) {
        dict.set_item(intern!(py, "outcome"), outcome(py, verdict.outcome))?;
    }
    if differs(|a, b| a.eligibility.no == b.eligibility.no && a.identity.no == b.identity.no) {
        dict.set_item(intern!(py, "unmet"), conditions(py, ids, epoch, verdict, |marks| marks.no)?)?;
    }
    if differs(|a, b| a.eligibility.open == b.eligibility.open && a.identity.open == b.identity.open) {
        dict.set_item(intern!(py, "undetermined"), conditions(py, ids, epoch, verdict, |marks| marks.open)?)?;
    }
    if differs(|a, b| a.documents.yes == b.documents.yes) {
        let required = epoch.documents.iter().enumerate().filter(|(bit, _)| verdict.documents.yes >> bit & 1 == 1);
        let list = PyList::empty(py);
        if verdict.documents.yes != 0 {
            for id in required.filter_map(|(_, code)| ids.documents.get(usize::from(code.info))) {
                list.append(id)?;
            }
        }
        dict.set_item(intern!(py, "documents"), list)?;
    }
    if differs(|a, b| a.fees_open == b.fees_open && a.fee_total == b.fee_total) {
        dict.set_item(intern!(py, "fee"), (verdict.fees_open == 0).then_some(verdict.fee_total))?;
    }
    if differs(|a, b| a.due == b.due) {
        let day = match verdict.due {
            Due::Determined(day) | Due::Provisional(day) => Some(day),
            Due::None | Due::Undetermined => None,
        };
        match day {
            Some(day) => dict.set_item(intern!(py, "due_on"), known_date(py, day)?)?,
            None if before.is_none() => {}
            None => dict.set_item(intern!(py, "due_on"), py.None())?,
        }
        let provisional = matches!(verdict.due, Due::Provisional(_));
        if provisional || before.is_some() {
            dict.set_item(intern!(py, "provisional"), provisional)?;
        }
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

/// Days made lately: due days are few, and a Python date costs as much as deciding.
const KEPT: usize = 256;

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
