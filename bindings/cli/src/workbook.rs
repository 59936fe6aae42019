//! Tables of results as a workbook of Excel, a sheet a table.

use std::path::Path;

use rust_xlsxwriter::{Format, FormatBorder, Workbook, XlsxError};
use thutuc::wire::{Cell, ResultTable};

use crate::failure::Failure;

/// Integers from here on do not fit the 15 digits that Excel keeps of a number: they stay exact as text.
const EXACT: u64 = 1_000_000_000_000_000;

/// Writes a workbook.
pub fn write(path: &Path, tables: &[ResultTable]) -> Result<(), Failure> {
    workbook(tables).and_then(|mut book| book.save(path)).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
}

fn workbook(tables: &[ResultTable]) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    let integer = Format::new().set_num_format("#,##0");
    for table in tables {
        let sheet = book.add_worksheet().set_name(table.name)?;
        for (column, place) in table.columns.iter().zip(0..) {
            sheet.write_with_format(0, place, &column.name, &head)?;
        }
        for (row, at) in table.rows.iter().zip(1..) {
            for (cell, place) in row.iter().zip(0..) {
                match cell {
                    Cell::Null => continue,
                    Cell::Integer(number) if number.unsigned_abs() < EXACT => sheet.write_with_format(at, place, *number, &integer)?,
                    other => sheet.write(at, place, &*other.text())?,
                };
            }
        }
        sheet.set_freeze_panes(1, 0)?.autofit();
    }
    Ok(book)
}
