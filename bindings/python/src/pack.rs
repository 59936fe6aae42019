//! `Pack`: rules that are loaded, and the calls that decide with them.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use thutuc::columns::Output;
use thutuc::compile::program::Program;
use thutuc::eval::{FactProblem, FactTeller, Moment, Slots, Undecided, Workspace, verdict};
use thutuc::model::{Language, read_value};
use thutuc::wire::{self, Argument, ProblemDocument, ProcedureView, RequestError};

use crate::decision::Decision;
use crate::host::{from_json, guarded, instant, language, moment, refusal, request_error};
use crate::input::{tell, tell_one};
use crate::load::{self, Loaded};
use crate::parts::{Part as _, With};
use crate::said::{InParts, Said};
use crate::session::Session;
use crate::table::{self, Stream, Table, TableOptions};
use crate::verdict::{in_words, to_dict};

thread_local! {
    /// Memory that is used again from case to case; taken out while a case is read, which may run code of the caller.
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// The memory of one case.
pub type Scratch = (Slots, Workspace);

/// How many cases of a batch are read before the interpreter lock is released to decide them.
const BATCH: usize = 256;

/// A pack of rules that is loaded. Nothing in it changes: threads may share it.
#[pyclass(frozen, module = "thutuc")]
pub struct Pack {
    loaded: Arc<Loaded>,
}

/// What is the same for all cases of a call.
pub struct Call {
    /// The pack.
    pub loaded: Arc<Loaded>,
    /// The position of the program.
    pub at: usize,
    /// The moment.
    pub moment: Moment,
    /// The language.
    pub language: Language,
}

/// A decision on its way to Python.
pub enum Whole {
    /// Its parts.
    InParts(InParts),
    /// Its JSON text.
    Json(String),
}

impl Pack {
    /// What is loaded.
    pub fn loaded(&self) -> &Arc<Loaded> {
        &self.loaded
    }
}

#[pymethods]
impl Pack {
    /// Loads a folder of rule files (`.yaml`, worked cases left out) or a bundle file. Draft amendments apply only if
    /// their ids are in `drafts`.
    ///
    /// Raises `RulesError` if the rules have errors, `BundleError` if the file is no bundle of this version, `OSError`
    /// if it cannot be read.
    #[staticmethod]
    #[pyo3(signature = (path, *, drafts = Vec::new()))]
    fn load(py: Python<'_>, path: PathBuf, drafts: Vec<String>) -> PyResult<Pack> {
        guarded(py, || Ok(Pack { loaded: load::from_path(py, &path, &drafts)? }))
    }

    /// Loads the bytes of a bundle, as `thutuc bundle` writes them.
    ///
    /// Raises `BundleError`, its texts in `lang`, if they are no whole bundle of this version.
    #[staticmethod]
    #[pyo3(signature = (bundle, *, lang = "en"))]
    fn from_bytes(py: Python<'_>, bundle: &[u8], lang: &str) -> PyResult<Pack> {
        guarded(py, || Ok(Pack { loaded: load::from_bytes(py, bundle, language(py, lang)?)? }))
    }

    /// The bytes of a bundle with the pack's rules: what `Pack.from_bytes` takes.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, pyo3::types::PyBytes> {
        let bytes = py.detach(|| thutuc::compile::write_bundle(self.loaded.pack()));
        pyo3::types::PyBytes::new(py, &bytes)
    }

    /// The pack with a reform: `changes` are drafts by their ids, or files and folders of amendments whose drafts all
    /// apply; `parameters` are texts of the values that parameters of the law are supposed to have.
    ///
    /// Raises `RequestError` if the pack has no such draft or parameter, or was loaded from a bundle; `RulesError` if the
    /// reformed rules have errors.
    #[pyo3(signature = (*changes, parameters = None))]
    fn reform(&self, py: Python<'_>, changes: Vec<String>, parameters: Option<BTreeMap<String, String>>) -> PyResult<Pack> {
        guarded(py, || {
            let Some(written) = &self.loaded.written else {
                let problem = ProblemDocument::of_argument("baseline", Argument::Pack, "bundle", Language::En);
                return Err(refusal(py, "RequestError", &problem));
            };
            let values = parameters.unwrap_or_default().into_iter().map(|(name, value)| (name.into(), read_value(&value)));
            Ok(Pack { loaded: written.reform(py, &changes, values.collect())? })
        })
    }

    /// The pack's id.
    #[getter]
    fn id(&self) -> &str {
        &self.loaded.pack().id
    }

    /// Its version.
    #[getter]
    fn version(&self) -> &str {
        &self.loaded.pack().version
    }

    /// The hash of everything that can change a decision, lower-case hexadecimal.
    #[getter]
    fn hash(&self) -> &str {
        &self.loaded.pack().hash
    }

    /// The jurisdictions that change a procedure, a tuple of ids.
    #[getter]
    fn jurisdictions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.loaded.pack().jurisdictions())
    }

    /// Rendered warnings about the rule files, a tuple of texts; none if the pack came from a bundle.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.loaded.warnings)
    }

    /// The procedures in the pack's order, a tuple of `Procedure` in Vietnamese.
    #[getter]
    fn procedures(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        guarded(py, || self.all(Language::Vi).part(With { py, program: None }))
    }

    /// The procedure of a code, its texts in `lang` (`vi` or `en`).
    ///
    /// Raises `RequestError` if the pack has none.
    #[pyo3(signature = (code, *, lang = "vi"))]
    fn procedure(&self, py: Python<'_>, code: &str, lang: &str) -> PyResult<Py<PyAny>> {
        guarded(py, || {
            let language = language(py, lang)?;
            wire::program(self.loaded.pack(), code, None).map_err(|error| request_error(py, &error, language))?;
            let procedure = self.all(language).into_iter().find(|one| one.code == code);
            procedure.part(With { py, program: None })
        })
    }

    /// The facts that a procedure may be told, a tuple of `Fact` in the author's order.
    ///
    /// Raises `RequestError` if the pack has no such procedure or jurisdiction.
    #[pyo3(signature = (procedure, *, jurisdiction = None, lang = "vi"))]
    fn facts(&self, py: Python<'_>, procedure: &str, jurisdiction: Option<&str>, lang: &str) -> PyResult<Py<PyAny>> {
        guarded(py, || {
            let language = language(py, lang)?;
            let program = wire::program(self.loaded.pack(), procedure, jurisdiction).map_err(|error| request_error(py, &error, language))?;
            wire::facts_of(program, language).part(With { py, program: None })
        })
    }

    /// What is wrong with one fact, a tuple of `FactProblem`; empty if it fits.
    ///
    /// Raises `RequestError` if the pack has no such procedure or jurisdiction.
    #[pyo3(signature = (procedure, fact, value, *, jurisdiction = None, lang = "vi"))]
    fn check_fact(
        &self,
        py: Python<'_>,
        procedure: &str,
        fact: &str,
        value: &Bound<'_, PyAny>,
        jurisdiction: Option<&str>,
        lang: &str,
    ) -> PyResult<Py<PyAny>> {
        guarded(py, || {
            let language = language(py, lang)?;
            let program = wire::program(self.loaded.pack(), procedure, jurisdiction).map_err(|error| request_error(py, &error, language))?;
            let mut slots = Slots::default();
            let mut teller = FactTeller::new(program, &mut slots);
            tell_one(&mut teller, &[], fact, value)?;
            in_words(&teller.finish(), language).part(With { py, program: None })
        })
    }

    /// Decides a case in full: a `Decision` with reasons, citations and sentences in `lang`.
    ///
    /// `facts` is a dict (nested or dotted), a dataclass or a pydantic model; a float counts by its shortest decimal
    /// text, `None` is null, an absent key is missing. `as_of` is the day the law is read; `received_at` when the file was
    /// received, 08:00 of that day if not given. Facts that do not fit are in the decision's `problems`. The interpreter
    /// lock is released while deciding.
    ///
    /// Raises `RequestError` if the case cannot be decided at all.
    #[pyo3(signature = (procedure, facts, *, as_of, received_at = None, jurisdiction = None, lang = "vi"))]
    #[expect(clippy::too_many_arguments, reason = "the keywords of a Python call")]
    fn decide(
        &self,
        py: Python<'_>,
        procedure: &str,
        facts: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
        received_at: Option<&Bound<'_, PyAny>>,
        jurisdiction: Option<&str>,
        lang: &str,
    ) -> PyResult<Decision> {
        guarded(py, || {
            let call = self.call(py, procedure, as_of, received_at, jurisdiction, lang)?;
            let mut scratch = SCRATCH.take().unwrap_or_default();
            let (slots, work) = &mut *scratch;
            let problems = call.told(facts, slots)?;
            let whole = py.detach(|| call.whole(slots, &problems, work));
            SCRATCH.set(Some(scratch));
            call.decision(py, whole)
        })
    }

    /// Decides a case without explanation: a dict of `outcome`, `unmet`, `undetermined`, `documents` (lists of ids),
    /// `fee` (an int of đồng), `due_on` (a `date`), `provisional`, and `problems` where facts do not fit.
    ///
    /// Arguments as of `decide`. It is over in less time than releasing the interpreter lock is worth, so it is held.
    ///
    /// Raises `RequestError` if the case cannot be decided at all.
    #[pyo3(signature = (procedure, facts, *, as_of, received_at = None, jurisdiction = None, lang = "vi"))]
    #[expect(clippy::too_many_arguments, reason = "the keywords of a Python call")]
    fn verdict<'py>(
        &self,
        py: Python<'py>,
        procedure: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        received_at: Option<&Bound<'py, PyAny>>,
        jurisdiction: Option<&str>,
        lang: &str,
    ) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || {
            let call = self.call(py, procedure, as_of, received_at, jurisdiction, lang)?;
            let mut scratch = SCRATCH.take().unwrap_or_default();
            let (slots, work) = &mut *scratch;
            let problems = call.told(facts, slots)?;
            let verdict = call.verdict(slots, work);
            SCRATCH.set(Some(scratch));
            call.dict(py, verdict, &problems)
        })
    }

    /// Decides many cases in full: a list of `Decision`, in the order of `cases`.
    ///
    /// Arguments as of `decide`, the moment being the same for all. The interpreter lock is released while deciding.
    ///
    /// Raises `RequestError` if a case cannot be decided at all.
    #[pyo3(signature = (procedure, cases, *, as_of, received_at = None, jurisdiction = None, lang = "vi"))]
    #[expect(clippy::too_many_arguments, reason = "the keywords of a Python call")]
    fn decide_many<'py>(
        &self,
        py: Python<'py>,
        procedure: &str,
        cases: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        received_at: Option<&Bound<'py, PyAny>>,
        jurisdiction: Option<&str>,
        lang: &str,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(py, || {
            let call = self.call(py, procedure, as_of, received_at, jurisdiction, lang)?;
            call.many(cases, Call::whole, |call, whole, _| Bound::new(py, call.decision(py, whole)?).map(Bound::into_any))
        })
    }

    /// Decides many cases without explanation: a list of dicts as of `verdict`, in the order of `cases`.
    ///
    /// Arguments as of `decide`, the moment being the same for all. The interpreter lock is released while deciding.
    ///
    /// Raises `RequestError` if a case cannot be decided at all.
    #[pyo3(signature = (procedure, cases, *, as_of, received_at = None, jurisdiction = None, lang = "vi"))]
    #[expect(clippy::too_many_arguments, reason = "the keywords of a Python call")]
    fn verdict_many<'py>(
        &self,
        py: Python<'py>,
        procedure: &str,
        cases: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        received_at: Option<&Bound<'py, PyAny>>,
        jurisdiction: Option<&str>,
        lang: &str,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(py, || {
            let call = self.call(py, procedure, as_of, received_at, jurisdiction, lang)?;
            let decide = |call: &Call, slots: &Slots, _: &[FactProblem], work: &mut Workspace| call.verdict(slots, work);
            call.many(cases, decide, |call, verdict, problems| call.dict(py, verdict, problems).map(Bound::into_any))
        })
    }

    /// The steps of a case inside the authority, planned over working hours: a dict as in JSON (`StepPlan`).
    ///
    /// Arguments as of `decide`; `now` is the moment it is looked at (a `datetime` or its ISO text), `cuts` steps to be left
    /// out or shortened (`{"step": …, "period": …}`).
    ///
    /// Raises `RequestError` if the case cannot be decided at all.
    #[pyo3(signature = (procedure, facts, *, as_of, received_at = None, now = None, cuts = Vec::new(), jurisdiction = None, lang = "vi"))]
    #[expect(clippy::too_many_arguments, reason = "the keywords of a Python call")]
    fn steps<'py>(
        &self,
        py: Python<'py>,
        procedure: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        received_at: Option<&Bound<'py, PyAny>>,
        now: Option<&Bound<'py, PyAny>>,
        cuts: Vec<Bound<'py, PyDict>>,
        jurisdiction: Option<&str>,
        lang: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(py, || {
            let call = self.call(py, procedure, as_of, received_at, jurisdiction, lang)?;
            let now = now.map(|now| instant(now, call.language)).transpose()?;
            let cut = |cut: &Bound<'py, PyDict>| -> PyResult<wire::StepCut> {
                let member = |name| cut.get_item(name)?.filter(|value| !value.is_none()).map(|value| value.extract::<String>()).transpose();
                Ok(wire::StepCut { step: member("step")?.unwrap_or_default(), period: member("period")? })
            };
            let cuts = cuts.iter().map(cut).collect::<PyResult<Vec<_>>>()?;
            let (mut slots, mut work) = (Slots::default(), Workspace::default());
            let problems = call.told(facts, &mut slots)?;
            let plan = wire::steps(call.loaded.pack(), call.program(), &slots, &call.moment, now, &cuts, call.language, &problems, &mut work);
            from_json(py, &plan.map_err(|error| call.undecided(py, error))?)
        })
    }

    /// The level of online service of a procedure: a dict as in JSON (`ServiceLevel`), `None` where the pack has no rule of
    /// it. What holds in some cases only counts unless `facts` exclude it.
    ///
    /// Raises `RequestError` if the pack has no such procedure or jurisdiction, or no rules on that day.
    #[pyo3(signature = (procedure, facts = None, *, as_of, jurisdiction = None, lang = "vi"))]
    fn level<'py>(
        &self,
        py: Python<'py>,
        procedure: &str,
        facts: Option<&Bound<'py, PyAny>>,
        as_of: &Bound<'py, PyAny>,
        jurisdiction: Option<&str>,
        lang: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(py, || {
            let call = self.call(py, procedure, as_of, None, jurisdiction, lang)?;
            let mut slots = Slots::new(call.program());
            facts.map(|facts| call.told(facts, &mut slots)).transpose()?;
            let level = wire::level(call.loaded.pack(), call.program(), &slots, &call.moment, call.language);
            from_json(py, &level.map_err(|error| call.undecided(py, error))?)
        })
    }

    /// The levels of all procedures in force on a day: a list of dicts as of `level`.
    ///
    /// Raises `RequestError` if the pack has no such jurisdiction.
    #[pyo3(signature = (*, as_of, jurisdiction = None, lang = "vi"))]
    fn levels<'py>(&self, py: Python<'py>, as_of: &Bound<'py, PyAny>, jurisdiction: Option<&str>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        guarded(py, || {
            let language = language(py, lang)?;
            let moment = moment(as_of, None, language)?;
            let levels = wire::levels(self.loaded.pack(), jurisdiction, &moment, language);
            from_json(py, &levels.map_err(|error| request_error(py, &error, language))?)
        })
    }

    /// Decides a table of cases: a `DecisionTable`. The interpreter lock is released while deciding.
    ///
    /// `data` is anything with the Arrow PyCapsule interface (polars, pandas, pyarrow, a duckdb relation) or the path of a
    /// Parquet file. A column tells the fact of its name, `group.name` or `group__name`. `progress` is called with the number
    /// of cases decided and their total, None if that is not known. The keywords are those of `TableOptions`:
    ///
    /// - `as_of`, `received_at`: as of `decide`, or the name of a column; `as_of` has to be given.
    /// - `columns`: those of the answer; `*` at the end of a name stands for all that begin so.
    /// - `mapping`: the fact of other columns, or None for those to leave out.
    /// - `keep`: columns of the table that the answer has too.
    /// - `jurisdiction`: as of `decide`.
    /// - `nulls`: a null cell is missing; with `"null"` it is null where the fact may be.
    /// - `problems`: a cell that does not fit is missing and listed in the column `problems`, unless this is False.
    /// - `batch_rows`, `threads`: how many cases are decided at once, on how many threads; chosen if not given.
    /// - `row_groups`: those of a Parquet file that are read, by their positions; all if not given.
    /// - `lang`: the language of problems.
    ///
    /// Raises `RequestError` if a column fits no fact, and as `decide` does.
    #[pyo3(signature = (procedure, data, *, progress = None, **options))]
    fn decide_batch(
        &self,
        py: Python<'_>,
        procedure: &str,
        data: &Bound<'_, PyAny>,
        progress: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        guarded(py, || self.table(py, procedure, data, TableOptions::read("decide_batch", options)?)?.whole(py, progress))
    }

    /// As `decide_batch`, but the cases are decided as the answer is read, in bounded memory: a `DecisionStream`.
    ///
    /// Raises `RequestError` as `decide_batch` does.
    #[pyo3(signature = (procedure, data, **options))]
    fn decide_stream(&self, py: Python<'_>, procedure: &str, data: &Bound<'_, PyAny>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Stream> {
        guarded(py, || self.table(py, procedure, data, TableOptions::read("decide_stream", options)?))
    }

    /// The names of the columns that decisions on a procedure have, a list: what `columns` of `decide_batch` takes.
    ///
    /// Raises `RequestError` if the pack has no such procedure or jurisdiction.
    #[pyo3(signature = (procedure, *, jurisdiction = None, lang = "vi"))]
    fn columns(&self, py: Python<'_>, procedure: &str, jurisdiction: Option<&str>, lang: &str) -> PyResult<Vec<String>> {
        guarded(py, || {
            let language = language(py, lang)?;
            let program = wire::program(self.loaded.pack(), procedure, jurisdiction).map_err(|error| request_error(py, &error, language))?;
            Ok(Output::all(program).iter().map(Output::to_string).collect())
        })
    }

    /// Begins a case that is told fact by fact, as a form is filled in. Arguments as of `decide`.
    ///
    /// Raises `RequestError` if the pack has no such procedure or jurisdiction, or no rules on that day.
    #[pyo3(signature = (procedure, facts = None, *, as_of, received_at = None, jurisdiction = None, lang = "vi"))]
    #[expect(clippy::too_many_arguments, reason = "the keywords of a Python call")]
    fn session(
        &self,
        py: Python<'_>,
        procedure: &str,
        facts: Option<&Bound<'_, PyAny>>,
        as_of: &Bound<'_, PyAny>,
        received_at: Option<&Bound<'_, PyAny>>,
        jurisdiction: Option<&str>,
        lang: &str,
    ) -> PyResult<Session> {
        guarded(py, || {
            let call = self.call(py, procedure, as_of, received_at, jurisdiction, lang)?;
            Session::begin(py, call, facts)
        })
    }

    fn __repr__(&self) -> String {
        let pack = &self.loaded.pack();
        format!("Pack(id={:?}, version={:?}, procedures={})", pack.id, pack.version, self.all(Language::Vi).len())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, pyo3::types::PyBytes>,))> {
        Ok((py.get_type::<Pack>().getattr("from_bytes")?, (self.to_bytes(py),)))
    }
}

impl Pack {
    /// The compiled pack.
    pub fn compiled(&self) -> &thutuc::compile::CompiledPack {
        self.loaded.pack()
    }

    fn all(&self, language: Language) -> Vec<ProcedureView<'_>> {
        self.loaded.engine.procedures(language)
    }

    fn table(&self, py: Python<'_>, procedure: &str, data: &Bound<'_, PyAny>, options: TableOptions) -> PyResult<Stream> {
        let language = language(py, &options.lang)?;
        let at = wire::program_index(self.loaded.pack(), procedure, options.jurisdiction.as_deref()).map_err(|error| request_error(py, &error, language))?;
        table::decide(py, table::Program { loaded: Arc::clone(&self.loaded), at }, options.wanted(data, language)?)
    }

    fn call(
        &self,
        py: Python<'_>,
        procedure: &str,
        as_of: &Bound<'_, PyAny>,
        received_at: Option<&Bound<'_, PyAny>>,
        jurisdiction: Option<&str>,
        lang: &str,
    ) -> PyResult<Call> {
        let language = language(py, lang)?;
        let moment = moment(as_of, received_at, language)?;
        let pack = &self.loaded.pack();
        let at = wire::program_index(pack, procedure, jurisdiction).map_err(|error| request_error(py, &error, language))?;
        Ok(Call { loaded: Arc::clone(&self.loaded), at, moment, language })
    }
}

impl Call {
    /// The program that decides.
    #[expect(clippy::expect_used, reason = "the position was found in this pack")]
    pub fn program(&self) -> &Program {
        self.loaded.pack().programs.get(self.at).expect("a position of this pack")
    }

    /// Fills the slots with the facts of a case and returns what did not fit.
    fn told(&self, facts: &Bound<'_, PyAny>, slots: &mut Slots) -> PyResult<Vec<FactProblem>> {
        let mut teller = FactTeller::new(self.program(), slots);
        tell(&mut teller, self.loaded.names(facts.py(), self.at), facts)?;
        Ok(teller.finish())
    }

    /// The decision on the slots. What was said before is kept; where another thread is just being told it, all is said anew.
    pub fn whole(&self, slots: &Slots, problems: &[FactProblem], work: &mut Workspace) -> Result<Whole, Undecided> {
        let (pack, program) = (self.loaded.pack(), self.program());
        if let Some(mut said) = self.loaded.said(self.at, self.language).and_then(|said| said.try_lock().ok()) {
            let said = said.get_or_insert_with(|| Said::new(program, self.language));
            return said.decide(pack, program, slots, &self.moment, problems, work).map(Whole::InParts);
        }
        let decision = wire::decide(pack, program, slots, &self.moment, self.language, problems, work)?;
        Ok(Whole::Json(serde_json::to_string(&decision).unwrap_or_default()))
    }

    /// The verdict on the slots.
    pub fn verdict(&self, slots: &Slots, work: &mut Workspace) -> Result<thutuc::eval::Verdict, Undecided> {
        verdict(self.program(), slots, &self.moment, &self.loaded.pack().calendar, work)
    }

    /// A decision as Python sees it.
    pub fn decision(&self, py: Python<'_>, whole: Result<Whole, Undecided>) -> PyResult<Decision> {
        let by = (Arc::clone(&self.loaded), self.at);
        Ok(match whole.map_err(|error| self.undecided(py, error))? {
            Whole::InParts(parts) => Decision::of_parts(parts, self.language, by),
            Whole::Json(json) => Decision::new(json, self.language, Some(by)),
        })
    }

    /// A verdict as a dict.
    pub fn dict<'py>(
        &self,
        py: Python<'py>,
        verdict: Result<thutuc::eval::Verdict, Undecided>,
        problems: &[FactProblem],
    ) -> PyResult<Bound<'py, PyDict>> {
        let verdict = verdict.map_err(|error| self.undecided(py, error))?;
        let (Some(ids), Some(epoch)) = (self.loaded.ids(py, self.at), self.program().epoch(self.moment.as_of)) else {
            return Ok(PyDict::new(py));
        };
        to_dict(py, ids, epoch, &verdict, in_words(problems, self.language))
    }

    /// The exception of a case that cannot be decided.
    pub fn undecided(&self, py: Python<'_>, error: Undecided) -> PyErr {
        request_error(py, &RequestError::Undecided(error), self.language)
    }

    /// Decides cases in batches: read with the interpreter lock, decided without it, written with it.
    fn many<'py, A: Send>(
        &self,
        cases: &Bound<'py, PyAny>,
        decide: impl Fn(&Call, &Slots, &[FactProblem], &mut Workspace) -> A + Sync,
        mut write: impl FnMut(&Call, A, &[FactProblem]) -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let py = cases.py();
        let answers = PyList::empty(py);
        let mut slots: Vec<Slots> = vec![Slots::default(); BATCH];
        let mut problems: Vec<Vec<FactProblem>> = Vec::with_capacity(BATCH);
        let mut work = Workspace::default();
        let mut cases = cases.try_iter()?.fuse();
        loop {
            problems.clear();
            for (slots, case) in slots.iter_mut().zip(&mut cases) {
                problems.push(self.told(&case?, slots)?);
            }
            if problems.is_empty() {
                return Ok(answers);
            }
            let decided: Vec<A> = py.detach(|| {
                let filled = slots.iter().zip(&problems);
                filled.map(|(slots, problems)| decide(self, slots, problems, &mut work)).collect()
            });
            for (answer, problems) in decided.into_iter().zip(&problems) {
                answers.append(write(self, answer, problems)?)?;
            }
        }
    }
}
