//! `thutuc new`: a first rule file.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use thutuc::source::{Cases, rule_files};
use thutuc::value::Date;

use crate::args::Global;
use crate::failure::{End, Failure};
use crate::page::{print, print_json, tell};
use crate::rules::count;
use crate::scaffold::{self, Record};

const EXAMPLES: &str = "\
Examples:
  thutuc new 1.001234 > rules/residence/moving.yaml             (an annotated example to fill in)
  thutuc new 2.001130 --from-catalogue catalogue.jsonl
  thutuc new 2.001130 --from-catalogue catalogue.jsonl --into rules
  thutuc new --all --from-catalogue catalogue.jsonl --into every-procedure

A catalogue is a file of one JSON object a line: code, name, decision, levels, field, ministry, audience, and ways with
channel, period { value, unit } and fee. What it states exactly is written, with `confidence: uncertain`; the rest is law that
is not known, in the catalogue's own words. No file is ever written over.";

/// Write a first rule file: from a record of a catalogue, or an annotated example
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct New {
    /// The code of the procedure, such as 2.001130
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    code: Option<String>,

    /// A catalogue of procedures: JSON lines
    #[arg(long, value_name = "FILE")]
    from_catalogue: Option<PathBuf>,

    /// Every record of the catalogue, into one pack with the published days off of --rules
    #[arg(long, requires = "from_catalogue", requires = "into")]
    all: bool,

    /// The folder of the pack to write into, instead of stdout
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,

    /// The first day the files answer for, such as the day of the catalogue
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
}

/// What was written.
#[derive(Serialize)]
struct Written {
    procedures: usize,
    files: Vec<String>,
}

impl New {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        if let Some(day) = self.since.as_deref().filter(|day| Date::parse(day).is_none()) {
            return Err(Failure::usage(format!("--since takes a date such as 2026-07-01, not `{day}`")));
        }
        let records = match &self.from_catalogue {
            Some(path) => {
                let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
                scaffold::records(&text).map_err(|what| Failure::usage(format!("{}: {what}", path.display())))?
            }
            None => Vec::new(),
        };
        match (&self.code, &self.from_catalogue, &self.into) {
            (Some(code), None, into) => self.example(code, into.as_deref(), global),
            (Some(code), Some(catalogue), into) => {
                let Some(record) = records.iter().find(|record| record.code == *code) else {
                    return Err(Failure::usage(format!("{}: there is no record `{code}` in it", catalogue.display())));
                };
                self.one(record, into.as_deref(), global)
            }
            (None, _, Some(into)) => self.every(&records, into, global),
            (None, _, None) => Err(Failure::usage("--all writes a pack: give --into DIR")),
        }
    }

    fn example(&self, code: &str, into: Option<&Path>, global: &Global) -> Result<End, Failure> {
        let text = scaffold::template(code);
        let Some(dir) = into else { return print(&text).map(|()| End::Fine) };
        let mut files = Files::default();
        files.write(dir.join(format!("{code}.yaml")), &text)?;
        files.told(1, global)
    }

    fn one(&self, record: &Record, into: Option<&Path>, global: &Global) -> Result<End, Failure> {
        let text = scaffold::procedure(record, self.since.as_deref());
        let instruments = scaffold::instruments(&[record]);
        let Some(dir) = into else {
            print(&text)?;
            tell(&format!("thutuc: the pack needs the vocabulary `catalogue` (--into writes it) and\n{instruments}"));
            return Ok(End::Fine);
        };
        let mut files = Files::default();
        files.write(place(dir, record), &text)?;
        let (number, _) = record.instrument();
        let texts = rule_texts(dir)?;
        let declared = |name: &str| texts.iter().any(|(_, text)| text.contains(name));
        if !declared(&format!("\n  {number}:")) && !declared(&format!("\n  {}:", scaffold::quoted(&number))) {
            files.write(dir.join("instruments").join(format!("{}.yaml", scaffold::slug(&number))), &instruments)?;
        }
        for (name, text) in scaffold::vocabularies() {
            let first = text.lines().find(|line| line.starts_with("vocabulary:")).unwrap_or_default();
            if !declared(&format!("{first}\n")) {
                files.write(dir.join("vocabulary").join(name), &text)?;
            }
        }
        files.told(1, global)
    }

    fn every(&self, records: &[Record], dir: &Path, global: &Global) -> Result<End, Failure> {
        let mut files = Files::default();
        files.write(dir.join("pack.yaml"), &scaffold::pack())?;
        files.write(dir.join("instruments.yaml"), &scaffold::instruments(&records.iter().collect::<Vec<_>>()))?;
        for (name, text) in scaffold::vocabularies() {
            files.write(dir.join("vocabulary").join(name), &text)?;
        }
        let years: Vec<(PathBuf, String)> = rule_texts(&global.rules)?.into_iter().filter(|(_, text)| scaffold::calendar(text)).collect();
        if years.is_empty() {
            tell(&format!("thutuc: {}: no published days off in it, so the pack counts no working days; give --rules\n", global.rules.display()));
        }
        for (path, text) in &years {
            files.write(dir.join("calendar").join(path.file_name().unwrap_or_default()), text)?;
        }
        for record in records {
            files.write(place(dir, record), &scaffold::procedure(record, self.since.as_deref()))?;
        }
        files.told(records.len(), global)
    }
}

/// `<field>/<code>.yaml`
fn place(dir: &Path, record: &Record) -> PathBuf {
    dir.join(scaffold::slug(&record.field)).join(format!("{}.yaml", record.code))
}

/// The rule files of a folder and their texts; none if there is no such folder.
fn rule_texts(dir: &Path) -> Result<Vec<(PathBuf, String)>, Failure> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let paths = rule_files(dir, Cases::Skip).map_err(|one| Failure::file(&one.path, &one.error))?;
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
        Ok((path, text))
    };
    paths.into_iter().map(read).collect()
}

/// The files that were written.
#[derive(Default)]
struct Files(Vec<PathBuf>);

impl Files {
    /// Writes a file that is not there yet.
    fn write(&mut self, path: PathBuf, text: &str) -> Result<(), Failure> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
        }
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| Failure::file(&path, &error))?;
        self.0.push(path);
        Ok(())
    }

    fn told(self, procedures: usize, global: &Global) -> Result<End, Failure> {
        let files: Vec<String> = self.0.iter().map(|path| path.display().to_string()).collect();
        if global.json() {
            print_json(&Written { procedures, files })?;
        } else if files.len() <= 8 {
            files.iter().for_each(|file| tell(&format!("{file}\n")));
        } else {
            tell(&format!("{}, {}\n", count(procedures, "procedure"), count(files.len(), "file")));
        }
        Ok(End::Fine)
    }
}
