//! A case that is told fact by fact: only what changes crosses the border.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use thutuc::eval::{FactProblem, FactTeller, Moment, Slots, Verdict, Workspace};
use thutuc::wire::ProblemDocument;

use crate::decision::Decision;
use crate::host::{guarded, moment, refusal};
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
    /// What does not fit, in the order it was told.
    problems: Vec<FactProblem>,
    verdict: Verdict,
}

impl Session {
    /// Begins a case.
    pub fn begin(py: Python<'_>, call: Call, facts: Option<&Bound<'_, PyAny>>) -> PyResult<Session> {
        let mut slots = Slots::new(call.program());
        let mut work = Workspace::default();
        let mut teller = FactTeller::new(call.program(), &mut slots);
        facts.map_or(Ok(()), |facts| tell(&mut teller, call.loaded.names(facts.py(), call.at), facts))?;
        let problems = teller.finish();
        let verdict = call.verdict(&slots, &mut work).map_err(|error| call.undecided(py, error))?;
        Ok(Session { call, slots, work, problems, verdict })
    }

    /// Changes the facts of a name and returns what changed in the verdict.
    fn change<'py>(
        &mut self,
        py: Python<'py>,
        name: &str,
        tell: impl FnOnce(&mut FactTeller<'_>) -> PyResult<()>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let Session { call, slots, work, problems, verdict } = self;
        let mut teller = FactTeller::more(call.program(), slots);
        if teller.find(name).is_none() && !teller.is_group(name) {
            teller.unknown(name, "");
            return Err(refusal(py, "RequestError", &ProblemDocument::of_facts(&teller.finish(), call.language)));
        }
        tell(&mut teller)?;
        let found = teller.finish();
        let other = match (problems.is_empty(), found.is_empty()) {
            (true, true) => false,
            _ => {
                let before = problems.clone();
                problems.retain(|problem| !is_of(problem, name));
                problems.extend(found);
                *problems != before
            }
        };
        let now = call.verdict(slots, work).map_err(|error| call.undecided(py, error))?;
        let before = std::mem::replace(verdict, now);
        let dict = PyDict::new(py);
        if before != self.verdict {
            self.write(&dict, Some(&before))?;
        }
        if other {
            set_problems(&dict, in_words(&self.problems, self.call.language))?;
        }
        Ok(dict)
    }

    fn write(&self, dict: &Bound<'_, PyDict>, before: Option<&Verdict>) -> PyResult<()> {
        let Call { loaded, at, moment, .. } = &self.call;
        let (Some(ids), Some(epoch)) = (loaded.ids(dict.py(), *at), self.call.program().epoch(moment.as_of)) else { return Ok(()) };
        changes(dict, ids, epoch, before, &self.verdict)
    }
}

/// Whether a problem is with a fact, or with one of a group.
fn is_of(problem: &FactProblem, name: &str) -> bool {
    problem.fact.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
}

#[pymethods]
impl Session {
    /// Tells a fact by its dotted name, anew if it was told before; returns the members of the verdict that changed.
    ///
    /// Raises `RequestError` if the procedure has no such fact.
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

    /// Changes the day the law is read and the moment of receipt; returns the members of the verdict that changed, all of
    /// them where the law of that day is another.
    ///
    /// Raises `RequestError` if there are no rules on that day; the case then stays as it was.
    #[pyo3(signature = (*, as_of, received_at = None))]
    fn at<'py>(&mut self, py: Python<'py>, as_of: &Bound<'py, PyAny>, received_at: Option<&Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || {
            let before = self.call.moment;
            self.call.moment = moment(as_of, received_at, self.call.language)?;
            let now = self.call.verdict(&self.slots, &mut self.work).map_err(|error| {
                self.call.moment = before;
                self.call.undecided(py, error)
            })?;
            let verdict = std::mem::replace(&mut self.verdict, now);
            let epoch = |moment: &Moment| self.call.program().epoch(moment.as_of).map(|epoch| epoch.from);
            if epoch(&before) == epoch(&self.call.moment) {
                let dict = PyDict::new(py);
                self.write(&dict, Some(&verdict))?;
                return Ok(dict);
            }
            let dict = blank(py)?;
            self.write(&dict, None)?;
            Ok(dict)
        })
    }

    /// The whole verdict, a dict as of `Pack.verdict`.
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || {
            let dict = blank(py)?;
            self.write(&dict, None)?;
            if !self.problems.is_empty() {
                set_problems(&dict, in_words(&self.problems, self.call.language))?;
            }
            Ok(dict)
        })
    }

    /// The decision in full.
    fn decide(&mut self, py: Python<'_>) -> PyResult<Decision> {
        guarded(py, || {
            let Session { call, slots, work, problems, .. } = self;
            let json = py.detach(|| call.json(slots, problems, work));
            call.decision(py, json)
        })
    }
}
