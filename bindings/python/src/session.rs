//! A case that is told fact by fact: only what changes crosses the border.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use thutuc::eval::{FactProblem, FactTeller, Slots, Verdict, Workspace};

use crate::decision::Decision;
use crate::host::guarded;
use crate::input::{tell, tell_one};
use crate::pack::Call;
use crate::verdict::{blank, changes, in_words, set_problems};

/// A case that is told fact by fact, as a form is filled in.
///
/// `set` and `unset` return the members of the verdict that changed, and nothing else. A session is for one thread at a
/// time: a call while another is under way raises `RuntimeError`.
#[pyclass(module = "thutuc")]
pub struct Session {
    call: Call,
    slots: Slots,
    work: Workspace,
    /// What does not fit, by the name it was told by.
    problems: BTreeMap<String, Vec<FactProblem>>,
    verdict: Verdict,
}

impl Session {
    /// Begins a case.
    pub fn begin(py: Python<'_>, call: Call, facts: Option<&Bound<'_, PyAny>>) -> PyResult<Session> {
        let mut slots = Slots::new(call.program());
        let mut work = Workspace::default();
        let mut teller = FactTeller::new(call.program(), &mut slots);
        facts.map_or(Ok(()), |facts| tell(&mut teller, call.loaded.names(facts.py(), call.at), facts))?;
        let mut problems = BTreeMap::<String, Vec<FactProblem>>::new();
        teller.finish().into_iter().for_each(|problem| problems.entry(problem.fact.clone()).or_default().push(problem));
        let verdict = call.verdict(&slots, &mut work).map_err(|error| call.undecided(py, error))?;
        Ok(Session { call, slots, work, problems, verdict })
    }

    /// Changes facts and returns what changed in the verdict.
    fn change<'py>(
        &mut self,
        py: Python<'py>,
        name: &str,
        tell: impl FnOnce(&mut FactTeller<'_>) -> PyResult<()>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let Session { call, slots, work, problems, verdict } = self;
        let mut teller = FactTeller::more(call.program(), slots);
        tell(&mut teller)?;
        let found = teller.finish();
        let other = match (problems.is_empty(), found.is_empty()) {
            (true, true) => false,
            (_, true) => problems.remove(name).is_some(),
            (_, false) => problems.insert(name.to_owned(), found.clone()).as_ref() != Some(&found),
        };
        let now = call.verdict(slots, work).map_err(|error| call.undecided(py, error))?;
        let before = std::mem::replace(verdict, now);
        let dict = PyDict::new(py);
        if before != self.verdict {
            self.write(&dict, Some(&before))?;
        }
        if other {
            self.write_problems(&dict)?;
        }
        Ok(dict)
    }

    fn write(&self, dict: &Bound<'_, PyDict>, before: Option<&Verdict>) -> PyResult<()> {
        let Call { loaded, at, moment, .. } = &self.call;
        let (Some(ids), Some(epoch)) = (loaded.ids(py, *at), self.call.program().epoch(moment.as_of)) else { return Ok(()) };
        changes(dict, ids, epoch, before, &self.verdict)
    }

    fn write_problems(&self, dict: &Bound<'_, PyDict>) -> PyResult<()> {
        let all: Vec<FactProblem> = self.problems.values().flatten().cloned().collect();
        set_problems(dict, in_words(&all, self.call.language))
    }
}

#[pymethods]
impl Session {
    /// Tells a fact by its dotted name, anew if it was told before; returns the members of the verdict that changed.
    fn set<'py>(&mut self, py: Python<'py>, fact: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || self.change(py, fact, |teller| tell_one(teller, &[], fact, value)))
    }

    /// Makes a fact missing again; returns the members of the verdict that changed.
    fn unset<'py>(&mut self, py: Python<'py>, fact: &str) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || {
            self.change(py, fact, |teller| {
                match teller.find(fact) {
                    Some(slot) => teller.forget(slot),
                    None => teller.unknown(fact, ""),
                }
                Ok(())
            })
        })
    }

    /// The whole verdict, a dict as of `Pack.verdict`.
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || {
            let dict = blank(py)?;
            self.write(&dict, None)?;
            if !self.problems.is_empty() {
                self.write_problems(&dict)?;
            }
            Ok(dict)
        })
    }

    /// The decision in full.
    fn decide(&mut self, py: Python<'_>) -> PyResult<Decision> {
        guarded(py, || {
            let Session { call, slots, work, problems, .. } = self;
            let problems: Vec<FactProblem> = problems.values().flatten().cloned().collect();
            let json = py.detach(|| call.json(slots, &problems, work));
            call.decision(py, json)
        })
    }
}
