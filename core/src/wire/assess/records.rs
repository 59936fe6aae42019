//! Records as text: a JSON object a line, or comma-separated values under a head.

use std::borrow::Cow;

use thiserror::Error;

use crate::assess::{Intake, Typing};
use crate::eval::Input;
use crate::wire::facts::input_of;

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordFormat {
    /// A JSON object a line.
    JsonLines,
    /// Comma-separated values, names of columns in the first line. An empty cell is missing, `null` is null, the items of a list
    /// stand between `;`.
    Csv,
}

impl RecordFormat {
    /// By the end of a file's name. Hosts that know tables read Parquet themselves.
    ///
    /// # Errors
    /// [`BadRecords::UnknownFormat`] for any other.
    pub fn of_name(name: &str) -> Result<RecordFormat, BadRecords> {
        let (_, end) = name.rsplit_once('.').unwrap_or_default();
        match end.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" => Ok(RecordFormat::JsonLines),
            "csv" => Ok(RecordFormat::Csv),
            _ => Err(BadRecords::UnknownFormat { name: name.to_owned() }),
        }
    }
}

/// Text that holds no records.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadRecords {
    /// A line that is no JSON object.
    #[error("line {line} is no JSON object: {why}")]
    NotAnObject {
        /// The line, from 1.
        line: usize,
        /// What the reader says.
        why: String,
    },
    /// A line with more cells than the head has columns.
    #[error("line {line} has {cells} cells under {columns} columns")]
    WrongCells {
        /// The line, from 1.
        line: usize,
        /// Its cells.
        cells: usize,
        /// The columns of the head.
        columns: usize,
    },
    /// A quote that nothing closes.
    #[error("the quote in line {line} is never closed")]
    OpenQuote {
        /// The line, from 1.
        line: usize,
    },
    /// A file of no format that is known by its name.
    #[error("{name}: records are read from .parquet, .jsonl, .ndjson or .csv")]
    UnknownFormat {
        /// Its name.
        name: String,
    },
    /// No text at all.
    #[error("there are no records")]
    Nothing,
}

/// Takes all records of a text.
///
/// # Errors
/// [`BadRecords`] at the first line that is no record.
pub fn add_records(intake: &mut Intake, text: &str, format: RecordFormat) -> Result<(), BadRecords> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        RecordFormat::JsonLines => json_lines(intake, text),
        RecordFormat::Csv => csv(intake, text),
    }
}

fn json_lines(intake: &mut Intake, text: &str) -> Result<(), BadRecords> {
    for (line, at) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let bad = |why: String| BadRecords::NotAnObject { line: at, why };
        let record = input_of(line.trim()).map_err(|error| bad(error.to_string()))?;
        if !matches!(record, Input::Record(_)) {
            return Err(bad("something else stands there".to_owned()));
        }
        intake.add(&record, Typing::Typed);
    }
    Ok(())
}

fn csv(intake: &mut Intake, text: &str) -> Result<(), BadRecords> {
    let mut lines = Lines { rest: text, line: 1 };
    let head = lines.next_cells()?.ok_or(BadRecords::Nothing)?;
    loop {
        let line = lines.line;
        let Some(cells) = lines.next_cells()? else { return Ok(()) };
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        if cells.len() > head.len() {
            return Err(BadRecords::WrongCells { line, cells: cells.len(), columns: head.len() });
        }
        let told = head.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        let record = told.map(|(name, cell)| (Cow::Borrowed(&**name), if cell == "null" { Input::Null } else { Input::Text(Cow::Owned(cell)) }));
        intake.add(&Input::Record(record.collect()), Typing::Texts);
    }
}

/// The lines of comma-separated values, as RFC 4180 has them.
struct Lines<'t> {
    rest: &'t str,
    line: usize,
}

impl Lines<'_> {
    fn next_cells(&mut self) -> Result<Option<Vec<String>>, BadRecords> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let begins = self.line;
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut letters = self.rest.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' if quoted && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' if quoted => quoted = false,
                '"' if cell.is_empty() => quoted = true,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {}
                '\n' if !quoted => {
                    self.rest = self.rest.get(at + 1..).unwrap_or("");
                    self.line += 1;
                    cells.push(cell);
                    return Ok(Some(cells));
                }
                letter => {
                    self.line += usize::from(letter == '\n');
                    cell.push(letter);
                }
            }
        }
        self.rest = "";
        if quoted {
            return Err(BadRecords::OpenQuote { line: begins });
        }
        cells.push(cell);
        Ok(Some(cells))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let mut lines = Lines { rest: text, line: 1 };
        std::iter::from_fn(|| lines.next_cells().unwrap()).collect()
    }

    #[test]
    fn cells_are_cut_at_commas_outside_quotes() {
        assert_eq!(cells("a,b\n1,\"x, y\"\r\n,\"say \"\"no\"\"\"\n"), [["a", "b"], ["1", "x, y"], ["", "say \"no\""]]);
        assert_eq!(cells("a\n\"two\nlines\""), [["a"], ["two\nlines"]]);
        assert_eq!(Lines { rest: "\"a", line: 3 }.next_cells(), Err(BadRecords::OpenQuote { line: 3 }));
    }

    #[test]
    fn formats_are_known_by_the_ends_of_names() {
        assert_eq!(RecordFormat::of_name("a.b/catalogue.JSONL"), Ok(RecordFormat::JsonLines));
        assert_eq!(RecordFormat::of_name("cases.csv"), Ok(RecordFormat::Csv));
        assert!(RecordFormat::of_name("cases.parquet").is_err());
    }
}
