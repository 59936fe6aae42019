//! Row groups of a Parquet file, read apart.

#![cfg(feature = "parquet")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Int64Array, RecordBatch};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;
use thutuc::wire::TableError;
use thutuc_arrow::parquet::ParquetFile;

/// A file of the numbers from 0 to 9, in row groups of 4, 4 and 2.
fn numbers(name: &str) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("thutuc-{}-{name}.parquet", std::process::id()));
    let batch = RecordBatch::try_from_iter([("n", Arc::new(Int64Array::from_iter_values(0..10)) as _)]).unwrap();
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(4)).build();
    let mut writer = ArrowWriter::try_new(std::fs::File::create(&path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    path
}

#[test]
fn only_those_that_are_wanted_are_read() {
    let path = numbers("wanted");
    let read = |groups: &[usize]| {
        let file = ParquetFile::open(&path).unwrap().of_groups(groups.to_vec()).unwrap();
        let rows = file.rows();
        let read: Vec<i64> = file.read(&[0], 3).unwrap().flat_map(|batch| batch.unwrap().column(0).as_primitive::<Int64Type>().values().to_vec()).collect();
        assert_eq!(rows, read.len());
        read
    };
    assert_eq!(read(&[1]), [4, 5, 6, 7]);
    assert_eq!(read(&[0, 2]), [0, 1, 2, 3, 8, 9]);
    assert_eq!(read(&[]), [0i64; 0]);
    assert_eq!(ParquetFile::open(&path).unwrap().rows(), 10);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn one_that_is_not_there_is_told() {
    let path = numbers("absent");
    let Err(TableError::Unreadable { why }) = ParquetFile::open(&path).unwrap().of_groups(vec![2, 3]) else { panic!("there is no group 3") };
    assert_eq!(why, "the file has no row group 3, it has 3, counted from 0");
    std::fs::remove_file(path).unwrap();
}
