//! Cells of text files. A file of text has one type of cell: what a cell tells is said by the fact it is told of, and a cell that
//! does not fit is a problem of its row and never of its column.

use std::borrow::Cow;
use std::collections::HashMap;

use arrow_array::builder::StringBuilder;
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_buffer::{BooleanBufferBuilder, NullBuffer};
use arrow_schema::{DataType, Field};
use std::sync::Arc;
use thutuc::compile::program::{FactSlot, Layout};
use thutuc::eval::{Input, read_fact};
use thutuc::value::{Decimal, Fact};
use thutuc::wire::input_of;

use crate::cells::{Cells, Reading};
use crate::input::{Texts, texts};

/// How the cells of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// In the types of Arrow.
    #[default]
    Typed,
    /// As on the command line: `true`, `7.5`, `rent`, `a;b`, `null`.
    Written,
    /// As JSON.
    Json,
    /// As it is wanted beside the facts; it tells none.
    Beside,
}

/// What says in the metadata of a field how its cells are written.
const KEY: &str = "thutuc.cells";

const NAMES: [(Form, &str); 3] = [(Form::Written, "written"), (Form::Json, "json"), (Form::Beside, "beside")];

impl Form {
    /// How the cells of a field are written.
    pub fn of(field: &Field) -> Form {
        let told = field.metadata().get(KEY);
        NAMES.iter().find(|(_, name)| told.is_some_and(|told| told == name)).map_or(Form::Typed, |(form, _)| *form)
    }

    /// A field of texts that are written so.
    pub fn field(self, name: &str) -> Field {
        let metadata = NAMES.iter().filter(|(form, _)| *form == self).map(|(_, name)| (KEY.to_owned(), (*name).to_owned()));
        Field::new(name, DataType::Utf8, true).with_metadata(metadata.collect::<HashMap<_, _>>())
    }
}

/// Reads a column of written cells.
pub(crate) fn written(reading: &mut Reading, form: Form) -> Cells {
    let array = reading.array;
    let Some(all) = texts(array) else { return Cells::Nothing };
    match reading.fact.layout {
        Layout::Boolean => truths(reading, form, all),
        Layout::Number { scale, bounds: Some(bounds), .. } => numbers(reading, form, all, (scale, bounds)),
        Layout::Enumeration { .. } | Layout::Date { .. } | Layout::Text { .. } | Layout::Time | Layout::DateTime => bare_texts(reading, form, all),
        Layout::Number { .. } | Layout::Set { .. } | Layout::Texts { .. } | Layout::Records { .. } => values(reading, form, all),
    }
}

fn truths(reading: &mut Reading, form: Form, all: Texts) -> Cells {
    let mut bits = BooleanBufferBuilder::new(all.len());
    for row in 0..all.len() {
        let text = all.get(row).unwrap_or("");
        let truth = match text {
            "true" => true,
            "false" => false,
            _ => {
                reading.cell(row, || input(reading.fact, form, text));
                false
            }
        };
        bits.append(truth);
    }
    Cells::Bits(bits.finish())
}

fn numbers(reading: &mut Reading, form: Form, all: Texts, (scale, (min, max)): (u8, (i64, i64))) -> Cells {
    let mut integers = Vec::with_capacity(all.len());
    for row in 0..all.len() {
        let text = all.get(row).unwrap_or("");
        let integer = text.starts_with(|sign: char| sign.is_ascii_digit() || sign == '-').then(|| Decimal::parse(text)?.scaled(scale)).flatten();
        integers.push(integer.filter(|integer| min <= *integer && *integer <= max).unwrap_or_else(|| {
            reading.cell(row, || input(reading.fact, form, text));
            0
        }));
    }
    Cells::I64(integers.into())
}

/// Cells that are texts and nothing else are read as Arrow's texts; the others one by one.
fn bare_texts(reading: &mut Reading, form: Form, all: Texts) -> Cells {
    let mut bare = StringBuilder::with_capacity(all.len(), 0);
    let mut others = Vec::new();
    for row in 0..all.len() {
        let text = all.get(row).unwrap_or("");
        match bare_text(reading.fact, form, text) {
            _ if reading.is_null(row) => bare.append_null(),
            Some(text) => bare.append_value(text),
            None => {
                others.push(row);
                bare.append_null();
            }
        }
    }
    let bare: StringArray = bare.finish();
    let nulls: Option<NullBuffer> = bare.logical_nulls().filter(|nulls| nulls.null_count() > 0);
    let bare: ArrayRef = Arc::new(bare);
    let mut read = Reading { fact: reading.fact, array: &bare, nulls: nulls.as_ref(), problems: Vec::new(), beside: Vec::new() };
    let cells = crate::cells::cells(&mut read);
    let Reading { problems, beside, .. } = read;
    reading.problems.extend(problems);
    reading.beside.extend(beside);
    for row in &others {
        let text = all.get(*row).unwrap_or("");
        reading.cell(*row, || input(reading.fact, form, text));
    }
    if !others.is_empty() {
        reading.beside.sort_by_key(|(row, _)| *row);
    }
    cells
}

/// The text of a cell that is one and needs no reading.
fn bare_text<'t>(fact: &FactSlot, form: Form, text: &'t str) -> Option<&'t str> {
    match form {
        Form::Json => text.strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains('\\')),
        _ => Some(text.trim()).filter(|text| !(fact.optional && *text == "null")),
    }
}

/// Cells of any fact, each read by itself.
fn values(reading: &mut Reading, form: Form, all: Texts) -> Cells {
    let mut values = Vec::with_capacity(all.len());
    for row in 0..all.len() {
        let told = || read_fact(reading.fact, &input(reading.fact, form, all.get(row).unwrap_or("")));
        values.push(if reading.is_null(row) { Fact::Missing } else {
            told().unwrap_or_else(|problem| {
                reading.problems.push((row, Arc::new(problem)));
                Fact::Missing
            })
        });
    }
    Cells::Values(values)
}

/// A cell as a host tells it.
pub(crate) fn input<'t>(fact: &FactSlot, form: Form, text: &'t str) -> Input<'t> {
    let json = |text: &'t str| input_of(text).ok();
    let told = |text: &'t str| Input::Text(Cow::Borrowed(text));
    if form == Form::Json {
        return json(text).unwrap_or_else(|| told(text));
    }
    let text = text.trim();
    if fact.optional && text == "null" {
        return Input::Null;
    }
    match (&fact.layout, text) {
        (Layout::Boolean, "true") => Input::Boolean(true),
        (Layout::Boolean, "false") => Input::Boolean(false),
        (Layout::Set { .. } | Layout::Texts { .. } | Layout::Records { .. }, list) if list.starts_with('[') => json(list).unwrap_or_else(|| told(list)),
        (Layout::Set { .. } | Layout::Texts { .. }, list) => {
            let items = list.split([',', ';']).map(str::trim).filter(|item| !matches!(*item, "" | "-"));
            Input::List(items.map(told).collect())
        }
        (_, text) => told(text),
    }
}
