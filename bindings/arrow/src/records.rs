//! Records of an assessment from tables: a row a record, each cell as a host would tell it.

use std::borrow::Cow;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, ArrayRef, RecordBatch};
use arrow_schema::ArrowError;
use thiserror::Error;
use thutuc::assess::{Intake, Typing};
use thutuc::compile::CompiledPack;
use thutuc::eval::Input;
use thutuc::wire::{AssessmentError, AssessmentReport, AssessmentRequest, assessment_of};

use crate::binding::Nulls;
use crate::input::input;
use crate::stream::Source;

/// Why there is no report on a table.
#[derive(Debug, Error)]
pub enum RecordsError {
    /// The assessment says why.
    #[error(transparent)]
    Assessment(#[from] AssessmentError),
    /// The table cannot be read.
    #[error(transparent)]
    Table(#[from] ArrowError),
}

/// Assesses the records of a table. A column stands where the rules look for a fact by its name, a struct for a record within.
/// `nulls` says what a null cell says.
///
/// # Errors
/// [`RecordsError`]
pub fn assess_records(pack: &CompiledPack, request: &AssessmentRequest, source: Source, nulls: Nulls) -> Result<AssessmentReport, RecordsError> {
    assessment_of(pack, request, |intake| {
        for batch in source {
            add(intake, &batch?, nulls);
        }
        Ok(())
    })
}

fn add(intake: &mut Intake, batch: &RecordBatch, nulls: Nulls) {
    let schema = batch.schema();
    let columns: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).zip(batch.columns()).collect();
    for row in 0..batch.num_rows() {
        let told = columns.iter().map(|(name, column)| (Cow::Borrowed(*name), cell(column, row)));
        let typing = if nulls == Nulls::Null { Typing::Nullable } else { Typing::Present };
        intake.add(&Input::Record(told.collect()), typing);
    }
}

/// A cell; a record with all its members, those that are null too.
fn cell(column: &ArrayRef, row: usize) -> Input<'_> {
    match column.as_struct_opt().filter(|_| column.is_valid(row)) {
        Some(within) => {
            let members = within.fields().iter().zip(within.columns());
            Input::Record(members.map(|(field, column)| (Cow::Borrowed(field.name().as_str()), cell(column, row))).collect())
        }
        None => input(column, row),
    }
}
