//! Files of text: CSV and JSON Lines, as batches of texts. What a cell means is said by the fact it is told of: see `written`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::{self, Display};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{ArrayBuilder as _, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, RecordBatchReader};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use thutuc::wire::TableError;

use crate::written::Form;

/// Rows of a batch.
const ROWS: usize = 1 << 14;

/// How deep groups may stand within groups.
const DEEPEST: usize = 16;

fn unreadable(path: &Path, why: impl Display) -> TableError {
    TableError::Unreadable { why: format!("{}: {why}", path.display()) }
}

fn external(error: TableError) -> ArrowError {
    ArrowError::ExternalError(Box::new(error))
}

fn batch(schema: &SchemaRef, columns: &mut [StringBuilder], rows: usize) -> Result<RecordBatch, ArrowError> {
    let arrays = columns.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
    RecordBatch::try_new_with_options(schema.clone(), arrays, &RecordBatchOptions::new().with_row_count(Some(rows)))
}

/// CSV (RFC 4180) with a head. Cells are separated by commas; by semicolons or tabs where the head has them and no comma.
pub struct Csv {
    reader: csv::Reader<File>,
    record: csv::StringRecord,
    schema: SchemaRef,
    path: PathBuf,
}

impl Csv {
    /// Opens a file and reads its head.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] where there is no such file, or it has no head.
    pub fn open(path: &Path) -> Result<Csv, TableError> {
        let mut first = String::new();
        BufReader::new(File::open(path).map_err(|error| unreadable(path, error))?).read_line(&mut first).map_err(|error| unreadable(path, error))?;
        let separator = [b';', b'\t'].into_iter().find(|sign| first.as_bytes().contains(sign) && !first.contains(',')).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_path(path).map_err(|error| unreadable(path, error))?;
        let head = reader.headers().map_err(|error| unreadable(path, error))?.clone();
        if head.is_empty() {
            return Err(unreadable(path, "the file is empty"));
        }
        let names = head.iter().map(|name| name.trim_start_matches('\u{feff}').trim());
        let schema = Arc::new(Schema::new(names.map(|name| Form::Written.field(name)).collect::<Vec<_>>()));
        Ok(Csv { reader, record: csv::StringRecord::new(), schema, path: path.to_owned() })
    }
}

impl Iterator for Csv {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut columns: Vec<StringBuilder> = self.schema.fields().iter().map(|_| StringBuilder::new()).collect();
        let mut rows = 0;
        while rows < ROWS {
            match self.reader.read_record(&mut self.record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => return Some(Err(external(unreadable(&self.path, error)))),
            }
            for (column, cell) in columns.iter_mut().zip(&self.record) {
                // What is not written is not told.
                column.append_option(Some(cell).filter(|cell| !cell.trim().is_empty()));
            }
            rows += 1;
        }
        (rows > 0).then(|| batch(&self.schema, &mut columns, rows))
    }
}

impl RecordBatchReader for Csv {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// JSON Lines: an object a line, its facts nested or dotted. A member that is not there is not told.
pub struct Lines {
    lines: Objects,
    /// The columns of a name: beside the facts, and of the facts.
    places: HashMap<String, Place>,
    schema: SchemaRef,
    rows: usize,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    fact: usize,
    beside: Option<usize>,
}

impl Lines {
    /// Opens a file and looks which names there are: it is read twice. `beside` are columns that are wanted beside the facts.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] where there is no such file, or a line is no object.
    pub fn open(path: &Path, beside: &[String]) -> Result<Lines, TableError> {
        let (mut names, mut met, mut rows) = (Vec::new(), HashSet::new(), 0);
        let mut lines = Objects::open(path)?;
        while lines.next(&mut |name, _| {
            if !met.contains(name) {
                met.insert(name.to_owned());
                names.push(name.to_owned());
            }
            true
        })? {
            rows += 1;
        }
        // A column beside the facts comes first: it is the one that its name finds.
        let wanted: Vec<&String> = names.iter().filter(|name| beside.contains(name)).collect();
        let mut fields: Vec<_> = wanted.iter().map(|name| Form::Beside.field(name)).collect();
        fields.extend(names.iter().map(|name| Form::Json.field(name)));
        let place = |(at, name): (usize, &String)| {
            (name.clone(), Place { fact: wanted.len() + at, beside: wanted.iter().position(|one| *one == name) })
        };
        let places = names.iter().enumerate().map(place).collect();
        Ok(Lines { lines: Objects::open(path)?, places, schema: Arc::new(Schema::new(fields)), rows })
    }

    /// How many cases there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    fn block(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let mut columns: Vec<StringBuilder> = self.schema.fields().iter().map(|_| StringBuilder::new()).collect();
        let mut rows = 0;
        let Lines { lines, places, .. } = self;
        while rows < ROWS {
            let more = lines.next(&mut |name, json| {
                let Some(place) = places.get(name) else { return true };
                let Some(column) = columns.get_mut(place.fact).filter(|column| column.len() == rows) else { return false };
                column.append_value(json);
                if let Some(column) = place.beside.and_then(|at| columns.get_mut(at)) {
                    column.append_option(plain(json));
                }
                true
            });
            if !more.map_err(external)? {
                break;
            }
            rows += 1;
            columns.iter_mut().filter(|column| column.len() < rows).for_each(StringBuilder::append_null);
        }
        if rows == 0 { Ok(None) } else { batch(&self.schema, &mut columns, rows).map(Some) }
    }
}

/// What stands beside the facts: a text as it is, anything else as it is written, nothing for null.
fn plain(json: &str) -> Option<Cow<'_, str>> {
    match json {
        "null" => None,
        text if text.starts_with('"') => serde_json::from_str::<Key>(text).ok().map(|Key(text)| text),
        other => Some(Cow::Borrowed(other)),
    }
}

impl Iterator for Lines {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.block().transpose()
    }
}

impl RecordBatchReader for Lines {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// The objects of a file, a line each.
struct Objects {
    input: BufReader<File>,
    text: String,
    line: usize,
    path: PathBuf,
}

impl Objects {
    fn open(path: &Path) -> Result<Objects, TableError> {
        let file = File::open(path).map_err(|error| unreadable(path, error))?;
        Ok(Objects { input: BufReader::with_capacity(1 << 18, file), text: String::new(), line: 0, path: path.to_owned() })
    }

    /// Tells the members of the next object by their dotted names, with their JSON; false at the end. `told` refuses a name that
    /// stands twice.
    fn next(&mut self, told: &mut dyn FnMut(&str, &str) -> bool) -> Result<bool, TableError> {
        loop {
            self.text.clear();
            if self.input.read_line(&mut self.text).map_err(|error| unreadable(&self.path, error))? == 0 {
                return Ok(false);
            }
            self.line += 1;
            let text = if self.line == 1 { self.text.trim_start_matches('\u{feff}') } else { &self.text };
            if text.trim().is_empty() {
                continue;
            }
            let mut reader = serde_json::Deserializer::from_str(text);
            let read = Members { path: &mut String::new(), told, depth: 0 }.deserialize(&mut reader).and_then(|()| reader.end());
            // The reader's own line is that of its text.
            let why = |error: serde_json::Error| error.to_string().split(" at line ").next().unwrap_or("").to_owned();
            return read.map(|()| true).map_err(|error| unreadable(&self.path, format!("line {}: {}", self.line, why(error))));
        }
    }
}

/// Tells the members of an object, those of objects within by their dotted names.
struct Members<'m> {
    path: &'m mut String,
    told: &'m mut dyn FnMut(&str, &str) -> bool,
    depth: usize,
}

#[derive(Deserialize)]
struct Key<'k>(#[serde(borrow)] Cow<'k, str>);

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of facts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            let raw: &'de RawValue = map.next_value()?;
            let before = self.path.len();
            if before > 0 {
                self.path.push('.');
            }
            self.path.push_str(&key);
            if raw.get().starts_with('{') {
                if self.depth == DEEPEST {
                    return Err(A::Error::custom("objects stand too deep within objects"));
                }
                let within = Members { path: &mut *self.path, told: &mut *self.told, depth: self.depth + 1 };
                within.deserialize(&mut serde_json::Deserializer::from_str(raw.get())).map_err(A::Error::custom)?;
            } else if !(self.told)(self.path, raw.get()) {
                return Err(A::Error::custom(format!("`{}` stands twice", self.path)));
            }
            self.path.truncate(before);
        }
        Ok(())
    }
}
