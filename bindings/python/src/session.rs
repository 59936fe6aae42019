//! A case that is told fact by fact: only what changes crosses the border.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use thutuc::compile::program::Slot;
use thutuc::eval::{FactTeller, Verdict};
use thutuc::wire::packed::word;
use thutuc::wire::{self, ProblemDocument};

use crate::decision::Decision;
use crate::host::{guarded, moment, refusal};
use crate::input::{tell, tell_known, tell_one};
use crate::pack::Call;
use crate::verdict::{ALL, blank, changes, set_problems};

/// A case that is told fact by fact, as a form is filled in.
///
/// `set` and `unset` return the members of the verdict that changed, and nothing else. A session is for one thread at a
/// time: a call while another is under way raises `RuntimeError`.
#[pyclass(module = "thutuc")]
pub struct Session {
    call: Call,
    session: wire::Session,
    /// The slot of the fact that was told last: a form tells one again as it is typed.
    last: Slot,
}

impl Session {
    /// Begins a case.
    pub fn begin(py: Python<'_>, call: Call, facts: Option<&Bound<'_, PyAny>>) -> PyResult<Session> {
        let mut session = wire::Session::of_program(Arc::clone(&call.loaded.engine), call.at, call.moment);
        let names = call.loaded.names(py, call.at);
        session.tell("", None, |teller| facts.map_or(Ok(()), |facts| tell(teller, names, facts)))?;
        session.read().map_err(|error| call.undecided(py, error))?;
        Ok(Session { call, session, last: Slot(0) })
    }

    /// Changes the facts of a name and returns what changed in the verdict.
    fn change<'py>(
        &mut self,
        py: Python<'py>,
        name: &str,
        tell: impl FnOnce(&mut FactTeller<'_>) -> PyResult<()>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let Session { call, session, .. } = self;
        session.tell(name, None, |teller| {
            if teller.find(name).is_none() && !teller.is_group(name) {
                teller.unknown(name, "");
                return Err(refusal(py, "RequestError", &ProblemDocument::of_facts(&teller.take_problems(), call.language)));
            }
            tell(teller)
        })?;
        self.changed(py)
    }

    /// The members of the verdict that are others than they were.
    fn changed<'py>(&mut self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let changed = self.session.read().map_err(|error| self.call.undecided(py, error))?;
        let dict = PyDict::new(py);
        if changed != 0 {
            self.write(&dict, changed)?;
        }
        Ok(dict)
    }

    /// Sets the members of which words have changed.
    fn write(&self, dict: &Bound<'_, PyDict>, changed: u32) -> PyResult<()> {
        let Call { loaded, at, moment, language, .. } = &self.call;
        let (Some(ids), Some(epoch)) = (loaded.ids(dict.py(), *at), self.call.program().epoch(moment.as_of)) else { return Ok(()) };
        let verdict: &Verdict = self.session.verdict();
        changes(dict, ids, epoch, changed, verdict)?;
        if changed & (1 << word::PROBLEMS) != 0 {
            set_problems(dict, self.session.problems(*language))?;
        }
        Ok(())
    }
}

#[pymethods]
impl Session {
    /// Tells a fact by its dotted name, anew if it was told before; returns the members of the verdict that changed.
    ///
    /// Raises `RequestError` if the procedure has no such fact.
    fn set<'py>(&mut self, fact: &Bound<'py, PyString>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
        let py = fact.py();
        guarded(py, || {
            let names = self.call.loaded.names(py, self.call.at);
            let is = |slot: Slot| names.get(usize::from(slot.0)).is_some_and(|name| name.is(fact));
            // The text of a fact's name is mostly the same object: it is not looked for again.
            let known = if is(self.last) { Some(self.last) } else { (0..names.len() as u16).map(Slot).find(|slot| is(*slot)) };
            let name = fact.to_str()?;
            let Some(slot) = known else { return self.change(py, name, |teller| tell_one(teller, &[], name, value)) };
            self.last = slot;
            self.session.tell(name, Some(slot), |teller| tell_known(teller, slot, value))?;
            self.changed(py)
        })
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
            self.session.at(self.call.moment);
            self.changed(py).inspect_err(|_| {
                self.call.moment = before;
                self.session.at(before);
            })
        })
    }

    /// The whole verdict, a dict as of `Pack.verdict`.
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || {
            let dict = blank(py)?;
            self.write(&dict, if self.session.words().get(word::PROBLEMS) == Some(&0) { ALL & !(1 << word::PROBLEMS) } else { ALL })?;
            Ok(dict)
        })
    }

    /// The decision in full.
    fn decide(&mut self, py: Python<'_>) -> PyResult<Decision> {
        guarded(py, || {
            let Session { call, session, .. } = self;
            let (slots, problems, work) = session.parts();
            let whole = py.detach(|| call.whole(slots, problems, work));
            call.decision(py, whole)
        })
    }
}
