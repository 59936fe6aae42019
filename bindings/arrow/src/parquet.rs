//! Parquet files by path: only the columns that are needed are read, batch after batch.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use thutuc::wire::TableError;

use crate::stream::Source;

/// A Parquet file whose schema is known and whose rows are not read yet.
pub struct ParquetFile {
    file: File,
    metadata: ArrowReaderMetadata,
    /// The row groups that are read, if not all.
    groups: Option<Vec<usize>>,
}

impl ParquetFile {
    /// Opens a file.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] if there is no such file or it is no Parquet file.
    pub fn open(path: &Path) -> Result<ParquetFile, TableError> {
        let file = File::open(path).map_err(|error| unreadable(format!("{}: {error}", path.display())))?;
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(unreadable)?;
        Ok(ParquetFile { file, metadata, groups: None })
    }

    /// Reads only some row groups, given by their positions, in that order: several readers share a file so.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] if the file has no such row group.
    pub fn of_groups(self, groups: Vec<usize>) -> Result<ParquetFile, TableError> {
        let there = self.metadata.metadata().num_row_groups();
        match groups.iter().find(|group| **group >= there) {
            Some(group) => Err(unreadable(format!("the file has no row group {group}, it has {there}, counted from 0"))),
            None => Ok(ParquetFile { groups: Some(groups), ..self }),
        }
    }

    /// Reads texts of columns as dictionaries: a code is looked up once for each dictionary and not for each row.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] if the file cannot be read so.
    pub fn coded(self, columns: &[usize]) -> Result<ParquetFile, TableError> {
        let fields = self.schema().fields().iter().enumerate();
        let fields: Vec<Field> = fields.map(|(at, field)| if columns.contains(&at) { coded(field) } else { (**field).clone() }).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, self.schema().metadata().clone()));
        let options = ArrowReaderOptions::new().with_schema(schema);
        let metadata = ArrowReaderMetadata::try_new(self.metadata.metadata().clone(), options).map_err(unreadable)?;
        Ok(ParquetFile { metadata, ..self })
    }

    /// The schema of the file.
    #[must_use]
    pub fn schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    /// How many rows it has, or the row groups of it that are read.
    #[must_use]
    pub fn rows(&self) -> usize {
        let metadata = self.metadata.metadata();
        let rows = match &self.groups {
            None => metadata.file_metadata().num_rows(),
            Some(groups) => groups.iter().filter_map(|group| metadata.row_groups().get(*group)).map(|group| group.num_rows()).sum(),
        };
        usize::try_from(rows).unwrap_or(0)
    }

    /// Reads columns, given by their positions, in batches of so many rows.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] if the file cannot be read.
    pub fn read(self, columns: &[usize], rows: usize) -> Result<Source, TableError> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.file, self.metadata);
        let mask = ProjectionMask::roots(builder.parquet_schema(), columns.iter().copied());
        let builder = builder.with_projection(mask).with_batch_size(rows);
        let builder = match self.groups {
            Some(groups) => builder.with_row_groups(groups),
            None => builder,
        };
        let reader = builder.build().map_err(unreadable)?;
        Ok(Box::new(reader))
    }
}

/// A text column as a dictionary.
fn coded(field: &Field) -> Field {
    match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            let of = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            field.clone().with_data_type(of)
        }
        _ => field.clone(),
    }
}

/// Writes batches into a Parquet file as they come.
///
/// # Errors
/// [`TableError::Unreadable`] if a batch could not be decided or the file cannot be written.
pub fn write(path: &Path, batches: impl RecordBatchReader, mut written: impl FnMut(&RecordBatch) -> Result<(), TableError>) -> Result<(), TableError> {
    let file = File::create(path).map_err(|error| unreadable(format!("{}: {error}", path.display())))?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_max_row_group_row_count(Some(1 << 17)).build();
    let mut writer = ArrowWriter::try_new(file, batches.schema(), Some(properties)).map_err(unreadable)?;
    for batch in batches {
        let batch = batch.map_err(unreadable)?;
        writer.write(&batch).map_err(unreadable)?;
        written(&batch)?;
    }
    writer.close().map_err(unreadable)?;
    Ok(())
}

fn unreadable(error: impl std::fmt::Display) -> TableError {
    TableError::Unreadable { why: error.to_string() }
}
