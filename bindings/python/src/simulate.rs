//! Populations and comparisons: what `thutuc.population` and `thutuc.simulate` are made of.

use std::collections::BTreeMap;
use std::path::PathBuf;

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use thutuc::comparison::Comparer;
use thutuc::diagnostics::render;
use thutuc::model::Language;
use thutuc::population::{CaseColumns, Cases, DRAWN, Population, Profile, read_profile};
use thutuc::source::{Source as Text, SourceMap};
use thutuc::value::Date;
use thutuc::wire::{self, Compared, ComparisonView, ResultTable, TableError};
use thutuc_arrow::{DayOf, HasLaw as _, Simulated, Simulation, population_batch, population_schema, result_batch};

use crate::host::{guarded, language, moment, request_error};
use crate::pack::Pack;
use crate::table::{Program, Wanted, arrow_error, capsule, close, given, options, reporter, table_error};

/// Cases of a population that are drawn as they are read; any number of times.
#[pyclass(frozen, module = "thutuc", name = "PopulationStream")]
pub struct PopulationStream {
    program: Program,
    as_of: Date,
    profile: Profile,
    seed: u64,
    count: u64,
}

struct Draw {
    program: Program,
    as_of: Date,
    profile: Profile,
    seed: u64,
    next: u64,
    count: u64,
    schema: SchemaRef,
}

impl Iterator for Draw {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let len = DRAWN.min(self.count - self.next);
        if len == 0 {
            return None;
        }
        let program = self.program.law().program;
        let (mut cases, mut columns) = (Cases::default(), CaseColumns::default());
        Population::new(program, self.as_of, &self.profile, self.seed).draw(self.next, len as usize, &mut cases);
        columns.fill(program, &cases);
        self.next += len;
        Some(population_batch(program, &columns, len as usize))
    }
}

impl RecordBatchReader for Draw {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

#[pymethods]
impl PopulationStream {
    /// The Arrow stream of the cases, as the PyCapsule interface has it. Another schema cannot be asked for.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let schema = population_schema(self.program.law().program).into();
        let draw = Draw { program: self.program.clone(), as_of: self.as_of, profile: self.profile.clone(), seed: self.seed, next: 0, count: self.count, schema };
        capsule(py, Box::new(draw))
    }

    fn __len__(&self) -> usize {
        self.count as usize
    }

    fn __repr__(&self) -> String {
        format!("PopulationStream(procedure={:?}, rows={}, seed={})", self.program.law().program.code, self.count, self.seed)
    }
}

/// Synthetic cases; `profile` is the text of their proportions, YAML or JSON.
#[pyfunction]
#[pyo3(signature = (pack, procedure, count, *, seed, profile, as_of, jurisdiction, lang))]
#[expect(clippy::too_many_arguments, reason = "the keywords of a Python call")]
pub fn population(
    py: Python<'_>,
    pack: &Pack,
    procedure: &str,
    count: u64,
    seed: u64,
    profile: Option<&str>,
    as_of: &Bound<'_, PyAny>,
    jurisdiction: Option<&str>,
    lang: &str,
) -> PyResult<PopulationStream> {
    guarded(py, || {
        let language = language(py, lang)?;
        let program = program(py, pack, procedure, jurisdiction, language)?;
        let as_of = moment(as_of, None, language)?.as_of;
        let profile = match profile {
            Some(text) => read(py, &program, text, as_of, language)?,
            None => Profile::default(),
        };
        Ok(PopulationStream { program, as_of, profile, seed, count })
    })
}

fn read(py: Python<'_>, program: &Program, text: &str, as_of: Date, language: Language) -> PyResult<Profile> {
    let mut sources = SourceMap::default();
    let id = sources.add(Text::new("proportions", text));
    let read = read_profile(&sources, id, program.law().program, as_of);
    if read.diagnostics.is_empty() {
        return Ok(read.value);
    }
    let problems: Vec<String> = read.diagnostics.iter().map(|one| render(one, &sources)).collect();
    Err(table_error(py, &TableError::Unreadable { why: problems.join("\n") }, language))
}

fn program(py: Python<'_>, pack: &Pack, procedure: &str, jurisdiction: Option<&str>, language: Language) -> PyResult<Program> {
    let loaded = pack.loaded();
    let at = wire::program_index(loaded.pack(), procedure, jurisdiction).map_err(|error| request_error(py, &error, language))?;
    Ok(Program { loaded: loaded.clone(), at })
}

/// A comparison that has been counted.
#[pyclass(frozen, module = "thutuc", name = "ComparisonResult")]
pub struct ComparisonResult {
    view: ComparisonView<'static>,
    problems: usize,
}

/// A table of a comparison.
#[pyclass(frozen, module = "thutuc", name = "ResultTable")]
pub struct PyTable {
    batch: RecordBatch,
}

#[pymethods]
impl PyTable {
    /// The Arrow stream of the table, as the PyCapsule interface has it. Another schema cannot be asked for.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        capsule(py, Box::new(RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema())))
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    /// Writes the table into a Parquet file.
    fn write_parquet(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let reader = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        let written = py.detach(|| thutuc_arrow::parquet::write(&path, reader, |_| Ok(())));
        written.map_err(|error| table_error(py, &error, Language::En))
    }
}

#[pymethods]
impl ComparisonResult {
    /// The comparison as JSON: the wire type.
    fn json(&self) -> String {
        serde_json::to_string(&self.view).unwrap_or_default()
    }

    /// The comparison as HTML: a page that stands alone, or a piece of one; `charts` stand in place of its own.
    fn html(&self, py: Python<'_>, whole: bool, lang: &str, charts: wire::DrawnCharts) -> PyResult<String> {
        Ok(wire::comparison_html(&self.view, language(py, lang)?, whole, &charts))
    }

    /// A table by its name.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<PyTable> {
        let empty = ResultTable { name: "", columns: Vec::new(), rows: Vec::new() };
        let batch = result_batch(self.view.table(name).unwrap_or(&empty)).map_err(|error| arrow_error(py, &error, Language::En))?;
        Ok(PyTable { batch })
    }

    /// A table by its name as CSV.
    fn csv(&self, name: &str) -> String {
        self.view.table(name).map_or(String::new(), ResultTable::csv)
    }

    /// How many cells of the cases did not fit.
    #[getter]
    fn problems(&self) -> usize {
        self.problems
    }
}

/// Decides a table of cases before and after a reform and counts what differs.
#[pyfunction]
#[pyo3(signature = (data, baseline, reform, procedure, *, as_of, received_at, by, weight, mapping, nulls, jurisdiction, batch_rows, threads, progress, lang))]
#[expect(clippy::too_many_arguments, reason = "the keywords of a Python call")]
pub fn simulate(
    py: Python<'_>,
    data: &Bound<'_, PyAny>,
    baseline: &Pack,
    reform: &Pack,
    procedure: &str,
    as_of: &Bound<'_, PyAny>,
    received_at: Option<&Bound<'_, PyAny>>,
    by: Vec<String>,
    weight: Option<String>,
    mapping: Option<BTreeMap<String, Option<String>>>,
    nulls: &str,
    jurisdiction: Option<&str>,
    batch_rows: usize,
    threads: Option<usize>,
    progress: Option<&Bound<'_, PyAny>>,
    lang: &str,
) -> PyResult<ComparisonResult> {
    guarded(py, || {
        let language = language(py, lang)?;
        let after = program(py, reform, procedure, jurisdiction, language)?;
        // Where only the reform has rules of its own for the place, the baseline is the law of everywhere.
        let before = match baseline.loaded().pack().programs.position(procedure, jurisdiction) {
            Some(at) => Program { loaded: baseline.loaded().clone(), at },
            None => program(py, baseline, procedure, jurisdiction, language)?,
        };
        let refused = |error: TableError| table_error(py, &error, language);
        let comparer = Comparer::new(before.law(), after.law()).map_err(|error| refused(error.into()))?;
        let keep: Vec<String> = by.iter().chain(&weight).cloned().collect();
        let wanted = Wanted { data, as_of, received_at, columns: None, mapping, keep, nulls, problems: false, batch_rows: Some(batch_rows), row_groups: None, threads, language };
        let given = given(data, &wanted.beside(), language)?;
        let total = given.rows(data);
        let source = given.read(batch_rows).map_err(refused)?;
        let options = options(&wanted, &source.schema())?;
        let day = if let DayOf::Constant(day) = options.as_of { Some(day) } else { None };
        let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
        let mut run = Simulation::new(&comparer, source, &options, &by, weight.as_deref(), (batch_rows.max(1), threads)).map_err(refused)?;
        let reporter = reporter(py, progress)?;
        loop {
            py.check_signals()?;
            let more = py.detach(|| run.round()).map_err(|error| arrow_error(py, &error, language))?;
            if let Some(reporter) = &reporter {
                reporter.call1((run.done(), total))?;
            }
            if !more {
                break;
            }
        }
        reporter.map_or(Ok(()), |reporter| close(&reporter))?;
        let Simulated { tally, groups, problems, .. } = run.finish();
        let compared = Compared {
            packs: [before.loaded.pack(), after.loaded.pack()],
            comparer: &comparer,
            tally: &tally,
            as_of: day,
            jurisdiction,
            by: &by,
            groups: &groups,
            weights: weight.as_ref().map(|_| thutuc_arrow::WEIGHT_SCALE),
            language,
        };
        Ok(ComparisonResult { view: wire::comparison(&compared).into_owned(), problems })
    })
}
