//! `thutuc assess`: what an assessment says of many records.

use std::io::Read as _;
use std::path::PathBuf;
use std::{fs, io};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::Args;
use thutuc::source::Cases;
use thutuc::wire::{self, AssessmentReport, AssessmentRequest, RecordFormat};
use thutuc_arrow::{CaseFile, Nulls, RecordsError, assess_records};

use crate::args::{Format, Global};
use crate::assessment::{Picture, Size};
use crate::case::When;
use crate::failure::{End, Failure};
use crate::page::{Ink, Page, print, print_json};
use crate::rules;

const EXAMPLES: &str = "\
Examples:
  thutuc assess portfolio --records catalogue.jsonl
  thutuc assess portfolio --records catalogue.jsonl --by agency,level --lang en
  thutuc assess index_766 --records cases.csv --as-of 2026-11-30 --format html > report.html
  thutuc assess portfolio --records - --format json < catalogue.jsonl

Records are JSON objects, one a line (.jsonl, .ndjson), rows of Parquet (.parquet: null is null where a
fact may be, else missing), or comma-separated values
(.csv: an empty cell is missing, `null` is null, items of a list stand between `;`). The rules say where in a record each fact stands.

Exit code 1 if a fact of a record cannot be used: it counts as missing and is told.";

/// Assess many records: shares and points against their targets, what is missing, which records to change next
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Assess {
    /// The assessment, such as portfolio or index_766
    id: String,

    /// The file of records; `-` reads JSON lines from stdin
    #[arg(long, value_name = "FILE")]
    records: PathBuf,

    /// A table by these dimensions, in place of those of the rules; may be repeated
    #[arg(long, value_name = "DIMENSION,…")]
    by: Vec<String>,

    /// The day of the report; today in UTC+07:00 by the system's clock if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,

    /// Text for people, the wire type as one line of JSON, or a page that stands by itself
    #[arg(long, default_value = "text", value_name = "text|json|html", value_parser = PossibleValuesParser::new(["text", "json", "html"]).map(|name| match &*name {
        "json" => Format::Json,
        "html" => Format::Html,
        _ => Format::Text,
    }))]
    format: Format,

    /// Show every row, list and choice in full
    #[arg(long)]
    all: bool,
}

/// Rows of a batch of Parquet.
const BLOCK: usize = 1 << 14;

impl Assess {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let report = self.report(global)?;
        let end = End::refused_if(!report.problems.is_empty());
        match self.format {
            Format::Json => print_json(&report)?,
            Format::Html => print(&wire::assessment_page(&report, global.language()))?,
            Format::Text => {
                let mut page = Page::new(Ink::for_stdout(global.color));
                let size = if self.all { Size::Full } else { Size::Short };
                Picture { report: &report, language: global.language(), size }.draw(&mut page);
                page.print()?;
            }
        }
        Ok(end)
    }

    fn report(&self, global: &Global) -> Result<AssessmentReport, Failure> {
        let (pack, _) = rules::build(global, Cases::Skip)?.compiled(global)?;
        let moment = When { as_of: self.as_of.clone(), received_at: None }.moment()?;
        let by = (!self.by.is_empty()).then(|| self.by.iter().map(|table| table.split(',').map(|id| id.trim().to_owned()).collect()).collect());
        let request = AssessmentRequest { id: &self.id, as_of: moment.as_of, by, language: global.language() };
        if self.records.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet")) {
            let source = CaseFile::open(&self.records, &[]).and_then(|file| file.read(BLOCK)).map_err(Failure::usage)?;
            return assess_records(&pack, &request, source, Nulls::Null).map_err(|error| match error {
                RecordsError::Assessment(error) => Failure::assessment(error, Some(&self.records)),
                RecordsError::Table(error) => Failure::usage(format!("{}: {error}", self.records.display())),
            });
        }
        let (text, format) = self.text()?;
        wire::assessment_of_text(&pack, &request, &text, format).map_err(|error| Failure::assessment(error, Some(&self.records)))
    }

    fn text(&self) -> Result<(String, RecordFormat), Failure> {
        if self.records.as_os_str() == "-" {
            let mut text = String::new();
            io::stdin().lock().read_to_string(&mut text)?;
            return Ok((text, RecordFormat::JsonLines));
        }
        let name = self.records.display().to_string();
        let format = RecordFormat::of_name(&name).map_err(|bad| Failure::assessment(bad.into(), None))?;
        let text = fs::read_to_string(&self.records).map_err(|error| Failure::file(&self.records, &error))?;
        Ok((text, format))
    }
}
