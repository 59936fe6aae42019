//! The calls that hosts offer.

use thiserror::Error;

use super::make::view;
use super::records::{BadRecords, RecordFormat, add_records};
use super::view::AssessmentReport;
use crate::assess::{Intake, assess};
use crate::compile::CompiledPack;
use crate::compile::assessment::CompiledAssessment;
use crate::diagnostics::nearest;
use crate::eval::Undecided;
use crate::model::Language;
use crate::value::Date;

/// What is asked of an assessment beside its records.
#[derive(Clone, Debug)]
pub struct AssessmentRequest<'a> {
    /// The assessment.
    pub id: &'a str,
    /// The day of the report.
    pub as_of: Date,
    /// The tables wanted in place of those of the rules: ids of dimensions.
    pub by: Option<Vec<Vec<String>>>,
    /// The language.
    pub language: Language,
}

/// Why there is no report.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AssessmentError {
    /// The pack has no such assessment.
    #[error("the pack has no assessment `{id}`{}", hint(near.as_deref(), known))]
    Unknown {
        /// What was asked for.
        id: String,
        /// The nearest there is.
        near: Option<String>,
        /// All there are.
        known: Vec<String>,
    },
    /// The assessment has no such dimension.
    #[error("the assessment has no dimension `{id}`{}", hint(near.as_deref(), known))]
    UnknownDimension {
        /// What was asked for.
        id: String,
        /// The nearest there is.
        near: Option<String>,
        /// All there are.
        known: Vec<String>,
    },
    /// The text holds no records.
    #[error(transparent)]
    Records(#[from] BadRecords),
    /// The rules do not decide it.
    #[error("{0}")]
    Undecided(Undecided),
}

fn hint(near: Option<&str>, known: &[String]) -> String {
    match near {
        Some(near) => format!("; did you mean `{near}`?"),
        None if known.is_empty() => "; assessments are read from rule files, a bundle carries none".to_owned(),
        None => format!("; there are {}", known.join(", ")),
    }
}

/// The assessment of an id.
///
/// # Errors
/// [`AssessmentError::Unknown`] if the pack has none of that id.
pub fn assessment<'p>(pack: &'p CompiledPack, id: &str) -> Result<&'p CompiledAssessment, AssessmentError> {
    let known: Vec<String> = pack.assessments.iter().map(|assessment| assessment.written.id.value.to_string()).collect();
    let found = pack.assessments.iter().find(|assessment| *assessment.written.id.value == *id);
    found.ok_or_else(|| AssessmentError::Unknown { id: id.to_owned(), near: nearest(id, known.iter().map(String::as_str)).map(str::to_owned), known })
}

/// Assesses records that a host tells one by one.
///
/// # Errors
/// [`AssessmentError`]; `fill` may stop with one of its own.
pub fn assessment_of<E: From<AssessmentError>>(
    pack: &CompiledPack,
    request: &AssessmentRequest,
    fill: impl FnOnce(&mut Intake) -> Result<(), E>,
) -> Result<AssessmentReport, E> {
    let assessment = assessment(pack, request.id)?;
    let places = request.by.as_ref().map(|tables| places(assessment, tables)).transpose()?;
    let mut intake = Intake::new(assessment, request.as_of);
    fill(&mut intake)?;
    let report = assess(&intake, places.as_deref(), &pack.calendar).map_err(AssessmentError::Undecided)?;
    Ok(view(&report, pack, request.language))
}

/// Assesses the records of a text.
///
/// # Errors
/// [`AssessmentError`].
pub fn assessment_of_text(
    pack: &CompiledPack,
    request: &AssessmentRequest,
    text: &str,
    format: RecordFormat,
) -> Result<AssessmentReport, AssessmentError> {
    assessment_of(pack, request, |intake| add_records(intake, text, format).map_err(AssessmentError::from))
}

fn places(assessment: &CompiledAssessment, tables: &[Vec<String>]) -> Result<Vec<Vec<usize>>, AssessmentError> {
    let dimensions = &assessment.written.dimensions;
    let place = |id: &String| {
        let known = || dimensions.iter().map(|dimension| &*dimension.id.value);
        known().position(|dimension| dimension == id).ok_or_else(|| AssessmentError::UnknownDimension {
            id: id.clone(),
            near: nearest(id, known()).map(str::to_owned),
            known: known().map(str::to_owned).collect(),
        })
    };
    tables.iter().map(|table| table.iter().map(place).collect()).collect()
}
