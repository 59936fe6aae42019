//! Tables of cases: anything with the Arrow PyCapsule interface in, the same out.

use std::collections::BTreeMap;
use std::ffi::CStr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{RecordBatchStreamReader, FFI_ArrowArrayStream};
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int8Type;
use arrow_array::{Array as _, ArrayRef, RecordBatch, RecordBatchIterator, RecordBatchOptions, RecordBatchReader, StructArray, UInt8Array};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyString, PyTuple};
use thutuc::columns::{Law, Output};
use thutuc::model::Language;
use thutuc::wire::{ProblemDocument, TableError};
use thutuc_arrow::parquet::write;
use thutuc_arrow::{CaseFile, DayOf, Decided, Decider, HasLaw, Nulls, Options, ReceivedOf, Sliced, Source, outputs};

use crate::host::{moment, refusal};
use crate::load::Loaded;

const STREAM: &CStr = c"arrow_array_stream";
const ARRAY: &CStr = c"arrow_array";
const SCHEMA: &CStr = c"arrow_schema";

/// A program of a pack that is loaded.
#[derive(Clone)]
pub struct Program {
    /// The pack.
    pub loaded: Arc<Loaded>,
    /// The position of the program.
    pub at: usize,
}

impl HasLaw for Program {
    #[expect(clippy::expect_used, reason = "the position was found in this pack")]
    fn law(&self) -> Law<'_> {
        let pack = self.loaded.pack();
        Law { program: pack.programs.get(self.at).expect("a position of this pack"), calendar: &pack.calendar }
    }
}

/// What a call says of a table of cases.
pub struct Wanted<'a, 'py> {
    /// The table, or the path of a file of cases.
    pub data: &'a Bound<'py, PyAny>,
    /// A day, its text, or the name of a column.
    pub as_of: &'a Bound<'py, PyAny>,
    /// A moment, its text, or the name of a column.
    pub received_at: Option<&'a Bound<'py, PyAny>>,
    /// Columns of the answer; [`Output::USUAL`] if not given.
    pub columns: Option<Vec<String>>,
    /// Facts of columns.
    pub mapping: Option<BTreeMap<String, Option<String>>>,
    /// Columns that the answer has too.
    pub keep: Vec<String>,
    /// What null says.
    pub nulls: &'a str,
    /// Whether there is a column of problems.
    pub problems: bool,
    /// Rows that are decided at once; as [`Decider::batch_rows`] says if not given.
    pub batch_rows: Option<usize>,
    /// The row groups of a Parquet file that are read; all if not given.
    pub row_groups: Option<Vec<usize>>,
    /// Threads; as many as there are cores if not given.
    pub threads: Option<usize>,
    /// The language of problems.
    pub language: Language,
}

/// Declares the keywords that several calls take, once: each with its type and with what it is where it is not given.
macro_rules! keywords {
    ($(#[$about:meta])* $name:ident<$py:lifetime> { $($keyword:ident: $of:ty = $default:expr),* $(,)? }) => {
        $(#[$about])*
        pub struct $name<$py> {
            $(pub $keyword: $of,)*
        }

        impl<$py> $name<$py> {
            /// Reads the keywords of a call.
            pub fn read(call: &str, given: Option<&Bound<$py, PyDict>>) -> PyResult<Self> {
                let mut read = $name { $($keyword: $default,)* };
                for (keyword, value) in given.into_iter().flat_map(|given| given.iter()) {
                    match keyword.extract::<String>()?.as_str() {
                        $(stringify!($keyword) => read.$keyword = value.extract().map_err(PyErr::from).map_err(|error| of_keyword(value.py(), stringify!($keyword), error))?,)*
                        other => return Err(PyTypeError::new_err(format!("Pack.{call}() got an unexpected keyword argument '{other}'"))),
                    }
                }
                if read.as_of.is_none() {
                    return Err(PyTypeError::new_err(format!("Pack.{call}() missing 1 required keyword argument: 'as_of'")));
                }
                Ok(read)
            }
        }
    };
}

keywords! {
    /// What a call says of how a table of cases is decided: see [`Wanted`].
    TableOptions<'py> {
        as_of: Option<Bound<'py, PyAny>> = None,
        received_at: Option<Bound<'py, PyAny>> = None,
        columns: Option<Vec<String>> = None,
        mapping: Option<BTreeMap<String, Option<String>>> = None,
        keep: Vec<String> = Vec::new(),
        jurisdiction: Option<String> = None,
        nulls: String = "missing".to_owned(),
        problems: bool = true,
        batch_rows: Option<usize> = None,
        row_groups: Option<Vec<usize>> = None,
        threads: Option<usize> = None,
        lang: String = "vi".to_owned(),
    }
}

/// The error of a keyword, as Python has it for those of a signature.
fn of_keyword(py: Python<'_>, keyword: &str, error: PyErr) -> PyErr {
    if error.is_instance_of::<PyTypeError>(py) { PyTypeError::new_err(format!("argument '{keyword}': {}", error.value(py))) } else { error }
}

impl Wanted<'_, '_> {
    /// Columns that are wanted beside the facts, if they are there.
    pub fn beside(&self) -> Vec<String> {
        let named = [Some(self.as_of), self.received_at].into_iter().flatten().filter_map(|given| given.extract().ok());
        self.keep.iter().cloned().chain(named).collect()
    }
}

/// What is read.
pub enum Given {
    /// Batches as they come.
    Stream(Source),
    /// A file.
    File(CaseFile),
}

impl Given {
    /// How many cases there are, where that is known before they are read.
    pub fn rows(&self, data: &Bound<'_, PyAny>) -> Option<usize> {
        match self {
            Given::File(file) => file.rows(),
            Given::Stream(_) => data.len().ok(),
        }
    }

    /// Only some row groups of a Parquet file.
    fn of_groups(self, groups: Option<&Vec<usize>>) -> Result<Given, TableError> {
        match (self, groups) {
            (given, None) => Ok(given),
            (Given::File(file), Some(groups)) => file.of_groups(groups.clone()).map(Given::File),
            (Given::Stream(_), Some(_)) => Err(TableError::Unreadable { why: "row groups are those of a Parquet file that is given by its path".to_owned() }),
        }
    }

    /// Reads all columns.
    pub fn read(self, rows: usize) -> Result<Source, TableError> {
        match self {
            Given::Stream(source) => Ok(source),
            Given::File(file) => file.read(rows.max(1)),
        }
    }
}

impl<'py> TableOptions<'py> {
    /// The same of a table.
    pub fn wanted<'a>(&'a self, data: &'a Bound<'py, PyAny>, language: Language) -> PyResult<Wanted<'a, 'py>> {
        let as_of = self.as_of.as_ref().ok_or_else(|| PyTypeError::new_err("as_of has to be given"))?;
        Ok(Wanted {
            data,
            as_of,
            received_at: self.received_at.as_ref(),
            columns: self.columns.clone(),
            mapping: self.mapping.clone(),
            keep: self.keep.clone(),
            nulls: &self.nulls,
            problems: self.problems,
            batch_rows: self.batch_rows,
            row_groups: self.row_groups.clone(),
            threads: self.threads,
            language,
        })
    }
}

/// Begins the decisions of a table.
pub fn decide(py: Python<'_>, program: Program, wanted: Wanted) -> PyResult<Stream> {
    let language = wanted.language;
    let refused = |error: TableError| table_error(py, &error, language);
    let given = given(wanted.data, &wanted.beside(), language)?.of_groups(wanted.row_groups.as_ref()).map_err(refused)?;
    let schema = match &given {
        Given::Stream(source) => source.schema(),
        Given::File(file) => file.schema(),
    };
    let total = given.rows(wanted.data);
    let options = options(&wanted, &schema)?;
    let columns = wanted.columns.clone().unwrap_or_else(|| Output::USUAL.map(str::to_owned).to_vec());
    let outputs = outputs(program.law(), &columns).map_err(refused)?;
    let plan = program.loaded.plans.of(program.at, program.law(), &outputs).map_err(|error| refused(error.into()))?;
    let decider = |schema: &SchemaRef, options: &Options| {
        let decider = Decider::of(program.law(), Arc::clone(&plan), schema, options).map_err(refused)?;
        PyResult::Ok(decider.with(Arc::clone(&program.loaded.spare)))
    };
    let threads = wanted.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1);
    let rows = |decider: &Decider| wanted.batch_rows.unwrap_or_else(|| decider.batch_rows(total, threads)).max(1);
    let (decider, source) = match given {
        Given::File(CaseFile::Parquet(file)) => {
            let whole = decider(&schema, &options)?;
            let binding = whole.binding();
            let source = file.coded(&binding.of_codes(program.law().program)).and_then(|file| file.read(&binding.needed(), rows(&whole))).map_err(refused)?;
            // Only the columns that are needed are read: they have other positions.
            let narrow = Options { mapping: still_there(&options.mapping, &source.schema()), ..options.clone() };
            (decider(&source.schema(), &narrow)?, source)
        }
        given => {
            let decider = decider(&schema, &options)?;
            let source = given.read(rows(&decider)).map_err(refused)?;
            (decider, source)
        }
    };
    let decider = Arc::new(decider);
    let decided = Decided::new(Sliced::new(source, rows(&decider)), Arc::clone(&decider), program, threads);
    Ok(Stream { decided: Mutex::new(Some(decided)), decider, total, language })
}

fn still_there(mapping: &[(String, Option<String>)], schema: &SchemaRef) -> Vec<(String, Option<String>)> {
    let top = |column: &str| column.split('.').next().unwrap_or(column).to_owned();
    let is_there = |column: &str| schema.index_of(column).is_ok() || schema.index_of(&top(column)).is_ok();
    mapping.iter().filter(|(column, _)| is_there(column)).cloned().collect()
}

pub fn options(wanted: &Wanted, schema: &SchemaRef) -> PyResult<Options> {
    let py = wanted.data.py();
    let column = |given: &Bound<'_, PyAny>| {
        let name = given.cast::<PyString>().ok()?.to_str().ok()?.to_owned();
        schema.index_of(&name).ok().map(|_| name)
    };
    let as_of_column = column(wanted.as_of);
    let as_of = match &as_of_column {
        Some(name) => DayOf::Column(name.clone()),
        None => DayOf::Constant(moment(wanted.as_of, None, wanted.language)?.as_of),
    };
    let received = match wanted.received_at {
        None => ReceivedOf::AsOf,
        Some(given) => match column(given) {
            Some(name) => ReceivedOf::Column(name),
            None => {
                // The moment is read with a day of the law beside it, whichever that is.
                let day = PyString::new(py, "2000-01-01");
                let read = moment(day.as_any(), Some(given), wanted.language)?;
                ReceivedOf::Constant(read.received)
            }
        },
    };
    let nulls = nulls_of(wanted.nulls)?;
    Ok(Options {
        mapping: wanted.mapping.clone().unwrap_or_default().into_iter().collect(),
        keep: wanted.keep.clone(),
        nulls,
        as_of,
        received,
        language: wanted.language,
        problems: wanted.problems,
    })
}

/// What null cells say.
pub fn nulls_of(name: &str) -> PyResult<Nulls> {
    match name {
        "missing" => Ok(Nulls::Missing),
        "null" => Ok(Nulls::Null),
        other => Err(PyTypeError::new_err(format!("nulls must be 'missing' or 'null', {other:?} was given"))),
    }
}

/// What a host gives as a table; `beside` are columns that are wanted beside the facts.
pub fn given(data: &Bound<'_, PyAny>, beside: &[String], language: Language) -> PyResult<Given> {
    let py = data.py();
    if data.is_instance_of::<PyString>() || data.hasattr("__fspath__")? {
        let path: PathBuf = data.extract()?;
        let file = py.detach(|| CaseFile::open(&path, beside)).map_err(|error| table_error(py, &error, language))?;
        return Ok(Given::File(file));
    }
    if data.hasattr("__arrow_c_stream__")? {
        let capsule = data.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
        let stream = capsule.pointer_checked(Some(STREAM))?;
        // SAFETY: a capsule of this name holds an `ArrowArrayStream`, as the PyCapsule interface says. `from_raw` takes the
        // stream out of it and leaves a released one, which is what a consumer has to do.
        let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr().cast()) };
        return reader.map(|reader| Given::Stream(Box::new(reader))).map_err(|error| arrow_error(py, &error, language));
    }
    if data.hasattr("__arrow_c_array__")? {
        let batch = array(data).map_err(|error| error.into_error(|error| arrow_error(py, &error, language)))?;
        let schema = batch.schema();
        return Ok(Given::Stream(Box::new(RecordBatchIterator::new([Ok(batch)], schema))));
    }
    let given = data.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "a table has the Arrow PyCapsule interface (polars, pandas, pyarrow, duckdb) or is the path of a file (.parquet, .csv, .jsonl), {given} was given"
    )))
}

enum Refused {
    Python(PyErr),
    Arrow(ArrowError),
}

impl Refused {
    fn into_error(self, of_arrow: impl FnOnce(ArrowError) -> PyErr) -> PyErr {
        match self {
            Refused::Python(error) => error,
            Refused::Arrow(error) => of_arrow(error),
        }
    }
}

fn array(data: &Bound<'_, PyAny>) -> Result<RecordBatch, Refused> {
    let capsules = data.call_method0("__arrow_c_array__").and_then(|pair| Ok(pair.cast_into::<PyTuple>()?)).map_err(Refused::Python)?;
    let capsule = |at: usize, name| -> PyResult<_> {
        let capsule = capsules.get_item(at)?.cast_into::<PyCapsule>()?;
        capsule.pointer_checked(Some(name))
    };
    let (schema, array) = (capsule(0, SCHEMA).map_err(Refused::Python)?, capsule(1, ARRAY).map_err(Refused::Python)?);
    // SAFETY: capsules of these names hold an `ArrowSchema` and an `ArrowArray` that belongs to it. The array is taken out of
    // its capsule, a released one is left; the schema is read while its capsule, which `capsules` keeps, is alive.
    let data = unsafe {
        let array = FFI_ArrowArray::from_raw(array.as_ptr().cast());
        from_ffi(array, schema.cast::<FFI_ArrowSchema>().as_ref())
    };
    let data = data.map_err(Refused::Arrow)?;
    match data.data_type() {
        DataType::Struct(_) => Ok(RecordBatch::from(StructArray::from(data))),
        other => Err(Refused::Arrow(ArrowError::SchemaError(format!("a table is an array of structs, this is one of {other}")))),
    }
}

/// The exception of a table that cannot be decided.
pub fn table_error(py: Python<'_>, error: &TableError, language: Language) -> PyErr {
    refusal(py, "RequestError", &ProblemDocument::of_table(error, language))
}

pub fn arrow_error(py: Python<'_>, error: &ArrowError, language: Language) -> PyErr {
    if let ArrowError::ExternalError(inner) = error
        && let Some(error) = inner.downcast_ref::<TableError>()
    {
        return table_error(py, error, language);
    }
    table_error(py, &TableError::Unreadable { why: error.to_string() }, language)
}

/// Decisions that are made as they are read, once.
#[pyclass(frozen, module = "thutuc", name = "DecisionStream")]
pub struct Stream {
    decided: Mutex<Option<Decided<Program>>>,
    decider: Arc<Decider>,
    total: Option<usize>,
    language: Language,
}

/// Decisions of all cases of a table.
#[pyclass(frozen, module = "thutuc", name = "DecisionTable")]
pub struct Table {
    batches: Vec<RecordBatch>,
    schema: SchemaRef,
    decider: Arc<Decider>,
}

/// The position of each column of numbers, with the names of its numbers.
type NamesOf = Vec<(usize, Vec<String>)>;

impl Table {
    /// The same with the numbers of codes in place of codes.
    fn numbered(&self) -> Result<(Table, NamesOf), ArrowError> {
        let (mut fields, mut named) = (self.schema.fields().to_vec(), Vec::new());
        for (at, field) in fields.iter_mut().enumerate().skip(self.decider.kept()) {
            let mut codes = self.batches.iter().map(|batch| batch.columns().get(at).and_then(|column| column.as_dictionary_opt::<Int8Type>()));
            let Some(Some(first)) = codes.next() else { continue };
            let shared = codes.all(|codes| codes.is_some_and(|codes| Arc::ptr_eq(codes.values(), first.values())));
            if let Some(names) = first.values().as_string_opt::<i32>().filter(|_| shared) {
                named.push((at, names.iter().flatten().map(str::to_owned).collect()));
                *field = Arc::new(Field::new(field.name(), DataType::UInt8, true));
            }
        }
        let schema = Arc::new(Schema::new(fields));
        let batch = |batch: &RecordBatch| {
            let columns = batch.columns().iter().zip(schema.fields()).map(|(column, field)| match column.as_dictionary_opt::<Int8Type>() {
                Some(codes) if field.data_type() == &DataType::UInt8 => {
                    let keys = codes.keys();
                    Arc::new(UInt8Array::new(keys.values().inner().clone().into(), keys.nulls().cloned())) as ArrayRef
                }
                _ => column.clone(),
            });
            RecordBatch::try_new_with_options(schema.clone(), columns.collect(), &RecordBatchOptions::new().with_row_count(Some(batch.num_rows())))
        };
        let batches = self.batches.iter().map(batch).collect::<Result<_, _>>()?;
        Ok((Table { batches, schema: schema.clone(), decider: Arc::clone(&self.decider) }, named))
    }
}

/// Reads decisions without the interpreter lock, whoever asks for them and whether they hold it: a source in Python could
/// not be read otherwise while its consumer waits.
struct Released(Decided<Program>);

impl Iterator for Released {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let interrupted = |py: Python<'_>| py.check_signals().map_err(|error| ArrowError::ExternalError(error.to_string().into()));
        Python::try_attach(|py| match interrupted(py) {
            Ok(()) => py.detach(|| self.0.next()),
            Err(error) => Some(Err(error)),
        })?
    }
}

impl RecordBatchReader for Released {
    fn schema(&self) -> SchemaRef {
        self.0.schema()
    }
}

pub fn capsule<'py>(py: Python<'py>, reader: Source) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), STREAM)
}

impl Stream {
    fn take(&self) -> PyResult<Decided<Program>> {
        let taken = self.decided.lock().unwrap_or_else(PoisonError::into_inner).take();
        taken.ok_or_else(|| PyRuntimeError::new_err("these decisions were read already: they are made once, as they are read"))
    }

    /// Reads all decisions, telling the reporter how many cases are decided, and of how many if that is known.
    fn each(&self, py: Python<'_>, progress: Option<&Bound<'_, PyAny>>, mut each: impl FnMut(RecordBatch) -> Result<(), TableError> + Send) -> PyResult<()> {
        let mut decided = self.take()?;
        let reporter = reporter(py, progress)?;
        let mut done = 0;
        loop {
            py.check_signals()?;
            let next = py.detach(|| decided.next().map(|batch| batch.map(|batch| (batch.num_rows(), each(batch)))));
            match next {
                None => break,
                Some(Err(error)) => return Err(arrow_error(py, &error, self.language)),
                Some(Ok((_, Err(error)))) => return Err(table_error(py, &error, self.language)),
                Some(Ok((rows, Ok(())))) => done += rows,
            }
            if let Some(reporter) = &reporter {
                reporter.call1((done, self.total))?;
            }
        }
        reporter.map_or(Ok(()), |reporter| close(&reporter))
    }

    /// Decides all cases.
    pub fn whole(&self, py: Python<'_>, progress: Option<&Bound<'_, PyAny>>) -> PyResult<Table> {
        let mut batches = Vec::new();
        self.each(py, progress, |batch| {
            batches.push(batch);
            Ok(())
        })?;
        Ok(Table { batches, schema: self.decider.schema().clone(), decider: Arc::clone(&self.decider) })
    }
}

/// What is called with how far the work is, if anything.
pub fn reporter<'py>(py: Python<'py>, progress: Option<&Bound<'py, PyAny>>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let reporter = py.import("thutuc._progress")?.call_method1("reporter", (progress,))?;
    Ok((!reporter.is_none()).then_some(reporter))
}

/// Ends a bar; a callable of the caller has nothing to end.
pub fn close(reporter: &Bound<'_, PyAny>) -> PyResult<()> {
    match reporter.getattr_opt("close")? {
        Some(close) => close.call0().map(drop),
        None => Ok(()),
    }
}

fn report<'py>(py: Python<'py>, decider: &Decider) -> PyResult<Bound<'py, PyDict>> {
    let report = decider.report();
    let dict = PyDict::new(py);
    dict.set_item("rows", report.rows)?;
    dict.set_item("by_eval", report.by_eval)?;
    dict.set_item("problems", report.problems)?;
    dict.set_item("rounded", report.rounded)?;
    let without = report.without_kernel.into_iter().map(|(column, from, why)| {
        let one = PyDict::new(py);
        one.set_item("column", column)?;
        one.set_item("first_day", from)?;
        one.set_item("why", why)?;
        Ok(one)
    });
    dict.set_item("without_kernel", without.collect::<PyResult<Vec<_>>>()?)?;
    Ok(dict)
}

fn names(decider: &Decider) -> Vec<String> {
    decider.schema().fields().iter().map(|field| field.name().clone()).collect()
}

/// A table of another library, made of anything with the PyCapsule interface.
fn through<'py>(py: Python<'py>, module: &str, maker: &str, of: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    py.import(module)?.call_method1(maker, (of,))
}

#[pymethods]
impl Stream {
    /// The Arrow stream of the decisions, as the PyCapsule interface has it. Another schema cannot be asked for.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        capsule(py, Box::new(Released(self.take()?)))
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        names(&self.decider)
    }

    /// What was done so far: a dict of counts, and of the columns without a kernel.
    #[getter]
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        report(py, &self.decider)
    }

    /// Writes the decisions into a Parquet file as they are made; how many cases there were.
    #[pyo3(signature = (path, *, progress = None))]
    fn write_parquet(&self, py: Python<'_>, path: PathBuf, progress: Option<&Bound<'_, PyAny>>) -> PyResult<usize> {
        let decided = self.take()?;
        let (total, progress) = (self.total, reporter(py, progress)?.map(Bound::unbind));
        let mut done = 0;
        let mut interrupted = None;
        let written = py.detach(|| {
            write(&path, decided, |batch| {
                done += batch.num_rows();
                let told = Python::attach(|py| {
                    py.check_signals()?;
                    progress.as_ref().map_or(Ok(()), |progress| progress.call1(py, (done, total)).map(drop))
                });
                told.map_err(|error| {
                    interrupted = Some(error);
                    TableError::Unreadable { why: "interrupted".to_owned() }
                })
            })
        });
        match (interrupted, written) {
            (Some(error), _) => Err(error),
            (None, Err(error)) => Err(table_error(py, &error, self.language)),
            (None, Ok(())) => progress.map_or(Ok(()), |progress| close(progress.bind(py))).map(|()| done),
        }
    }
}

#[pymethods]
impl Table {
    /// The Arrow stream of the decisions, as the PyCapsule interface has it. Another schema cannot be asked for.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches: Vec<_> = self.batches.iter().cloned().map(Ok).collect();
        capsule(py, Box::new(RecordBatchIterator::new(batches, self.schema.clone())))
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        names(&self.decider)
    }

    /// What was done: a dict of counts, and of the columns without a kernel.
    #[getter]
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        report(py, &self.decider)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("DecisionTable(rows={}, columns={:?})", self.__len__(), self.columns())
    }

    /// A polars `DataFrame`; columns of codes are of the type `Enum`.
    fn to_polars<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("thutuc._polars")?.call_method1("frame", self.numbered().map_err(|error| arrow_error(py, &error, Language::En))?)
    }

    /// A pyarrow `Table`.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        through(slf.py(), "pyarrow", "table", slf.clone().into_any())
    }

    /// A pandas `DataFrame`; it is made by pyarrow.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Table::to_pyarrow(slf)?.call_method0("to_pandas")
    }
}
