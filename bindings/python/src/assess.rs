//! Assessments: records of Python or tables in, the report as JSON text out; what shows it is the core's.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyString;
use thutuc::assess::Typing;
use thutuc::eval::Input;
use thutuc::wire::{self, AssessmentError, AssessmentReport, AssessmentRequest, ProblemDocument, RecordFormat, RequestError};
use thutuc_arrow::{RecordsError, assess_records};

use crate::host::{guarded, language, moment, refusal, request_error};
use crate::input::record_input;
use crate::pack::Pack;
use crate::table::{arrow_error, given, nulls_of, table_error};

/// Records of a file that are read at once.
const AT_ONCE: usize = 1 << 14;

/// The report on records as JSON text. `records` is a table, a path, or anything that gives records one by one.
#[pyfunction]
#[pyo3(signature = (pack, assessment, records, as_of, by, nulls, lang))]
#[expect(clippy::too_many_arguments, reason = "the keywords of a Python call")]
pub fn assess_json(
    py: Python<'_>,
    pack: &Pack,
    assessment: &str,
    records: &Bound<'_, PyAny>,
    as_of: &Bound<'_, PyAny>,
    by: Option<Vec<Vec<String>>>,
    nulls: &str,
    lang: &str,
) -> PyResult<String> {
    guarded(py, || {
        let language = language(py, lang)?;
        let nulls = nulls_of(nulls)?;
        let request = AssessmentRequest { id: assessment, as_of: moment(as_of, None, language)?.as_of, by, language };
        let of_records = |error: AssessmentError| refusal(py, "RequestError", &ProblemDocument::of_assessment(&error, language));
        let compiled = pack.compiled();
        // Whether there is such an assessment is said before any record is read.
        wire::assessment(compiled, assessment).map_err(of_records)?;
        let of_table = |error: RecordsError| match error {
            RecordsError::Assessment(error) => of_records(error),
            RecordsError::Table(error) => arrow_error(py, &error, language),
        };
        let is_table = records.hasattr("__arrow_c_stream__")? || records.hasattr("__arrow_c_array__")?;
        if is_table || is_parquet(records)? {
            let source = given(records, &[], language)?.read(AT_ONCE).map_err(|error| table_error(py, &error, language))?;
            let report = py.detach(|| assess_records(compiled, &request, source, nulls)).map_err(of_table)?;
            return Ok(serde_json::to_string(&report).unwrap_or_default());
        }
        let report = if is_path(records)? {
            let path: PathBuf = records.extract()?;
            let format = RecordFormat::of_name(&path.display().to_string()).map_err(|bad| of_records(bad.into()))?;
            let text = py.detach(|| std::fs::read_to_string(&path))?;
            py.detach(|| wire::assessment_of_text(compiled, &request, &text, format))
        } else {
            let told: Vec<Input<'static>> = records.try_iter()?.map(|record| record_input(&record?)).collect::<PyResult<_>>()?;
            py.detach(|| wire::assessment_of(compiled, &request, |intake| {
                told.iter().for_each(|record| intake.add(record, Typing::Typed));
                Ok::<(), AssessmentError>(())
            }))
        };
        Ok(serde_json::to_string(&report.map_err(of_records)?).unwrap_or_default())
    })
}

/// A report of JSON text as HTML: a whole page, or a piece for a notebook.
#[pyfunction]
#[pyo3(signature = (json, lang, page))]
pub fn assessment_html(py: Python<'_>, json: &str, lang: &str, page: bool) -> PyResult<String> {
    guarded(py, || {
        let language = language(py, lang)?;
        let report: AssessmentReport = serde_json::from_str(json).map_err(|error| {
            let error = RequestError::Unreadable { line: error.line(), column: error.column(), why: error.to_string() };
            request_error(py, &error, language)
        })?;
        Ok(if page { wire::assessment_page(&report, language) } else { wire::assessment_html(&report, language) })
    })
}

fn is_path(records: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(records.is_instance_of::<PyString>() || records.hasattr("__fspath__")?)
}

fn is_parquet(records: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(is_path(records)? && records.extract::<PathBuf>()?.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet")))
}
