//! A file of cases by its path: Parquet, CSV or JSON Lines.

use std::path::Path;

use arrow_array::RecordBatchReader;
use arrow_schema::SchemaRef;
use thutuc::wire::TableError;

use crate::parquet::ParquetFile;
use crate::stream::Source;
use crate::text::{Csv, Lines};

/// A file of cases that is opened and not read yet.
pub enum CaseFile {
    /// `.parquet`
    Parquet(ParquetFile),
    /// `.csv`
    Csv(Csv),
    /// `.jsonl`, `.ndjson`
    Lines(Lines),
}

impl CaseFile {
    /// Opens a file by the end of its name. `beside` are columns that are wanted beside the facts, as they are.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] if there is no such file, or it is not what its name says.
    pub fn open(path: &Path, beside: &[String]) -> Result<CaseFile, TableError> {
        let end = path.extension().and_then(|end| end.to_str()).unwrap_or("").to_ascii_lowercase();
        match &*end {
            "parquet" => ParquetFile::open(path).map(CaseFile::Parquet),
            "csv" => Csv::open(path).map(CaseFile::Csv),
            "jsonl" | "ndjson" => Lines::open(path, beside).map(CaseFile::Lines),
            _ => Err(TableError::Unreadable { why: format!("{}: a file of cases ends in `.parquet`, `.jsonl` or `.csv`", path.display()) }),
        }
    }

    /// Reads only some row groups of a Parquet file, given by their positions.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] if the file has no such row group, or is no Parquet file.
    pub fn of_groups(self, groups: Vec<usize>) -> Result<CaseFile, TableError> {
        match self {
            CaseFile::Parquet(file) => file.of_groups(groups).map(CaseFile::Parquet),
            CaseFile::Csv(_) | CaseFile::Lines(_) => Err(TableError::Unreadable { why: "only a Parquet file has row groups".to_owned() }),
        }
    }

    /// How many cases there are, where that is known before they are read.
    #[must_use]
    pub fn rows(&self) -> Option<usize> {
        match self {
            CaseFile::Parquet(file) => Some(file.rows()),
            CaseFile::Lines(file) => Some(file.rows()),
            CaseFile::Csv(_) => None,
        }
    }

    /// The columns.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        match self {
            CaseFile::Parquet(file) => file.schema().clone(),
            CaseFile::Csv(file) => file.schema(),
            CaseFile::Lines(file) => file.schema(),
        }
    }

    /// Reads all columns, in batches of about so many rows.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] if the file cannot be read.
    pub fn read(self, rows: usize) -> Result<Source, TableError> {
        match self {
            CaseFile::Parquet(file) => {
                let all: Vec<usize> = (0..file.schema().fields().len()).collect();
                file.read(&all, rows)
            }
            CaseFile::Csv(file) => Ok(Box::new(file)),
            CaseFile::Lines(file) => Ok(Box::new(file)),
        }
    }
}
