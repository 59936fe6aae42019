//! `thutuc population`: synthetic cases of a procedure.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatchIterator;
use clap::Args;
use thutuc::compile::Program;
use thutuc::population::{CaseColumns, Cases, Population as Drawn, Profile, read_profile};
use thutuc::source::{Source, SourceMap};
use thutuc::value::Date;
use thutuc_arrow::{population_batch, population_schema};

use crate::args::Global;
use crate::case::When;
use crate::failure::{End, Failure};
use crate::page::{Ink, tell};
use crate::rules::{self, painted};
use crate::search;
use crate::tabular::{self, Form};

const EXAMPLES: &str = "\
Examples:
  thutuc population 1.004222 --count 1000 --seed 7 -o cases.jsonl
  thutuc population 1.004222 --count 100000 --profile city.yaml --as-of 2026-12-01 -o cases.csv

The n-th case of a seed is the same on every machine. Nobody who exists is in it; a number of twelve digits that somebody has is
a coincidence.";

/// Draw synthetic cases: within what the facts allow, in stated proportions
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Population {
    /// The procedure, such as 1.004222
    code: String,

    /// How many cases
    #[arg(long, value_name = "N")]
    count: u64,

    #[command(flatten)]
    of: PopulationArgs,

    #[command(flatten)]
    when: When,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    jurisdiction: Option<String>,

    /// The file to write: `.parquet`, `.jsonl` or `.csv`; without it a JSON object a line goes to stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Which population.
#[derive(Debug, Args)]
pub struct PopulationArgs {
    /// The seed: another one, other cases
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// Proportions (YAML or JSON): weights of codes, ranges of numbers and days, rates of what is missing
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
}

impl PopulationArgs {
    /// What is said of the population.
    pub fn profile(&self, program: &Program, as_of: Date, global: &Global) -> Result<Profile, Failure> {
        match &self.profile {
            Some(path) => profile(path, program, as_of, global),
            None => Ok(Profile::default()),
        }
    }
}

fn profile(path: &Path, program: &Program, as_of: Date, global: &Global) -> Result<Profile, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    let mut sources = SourceMap::default();
    let id = sources.add(Source::new(path.display().to_string(), text));
    let read = read_profile(&sources, id, program, as_of);
    if read.diagnostics.is_empty() {
        return Ok(read.value);
    }
    let ink = Ink::for_stderr(global.color);
    read.diagnostics.iter().for_each(|problem| tell(&format!("{}\n", painted(problem, &sources, ink))));
    Err(Failure::Refused(format!("the profile has {}", rules::count(read.diagnostics.len(), "error"))))
}

/// Cases of a block.
const BLOCK: u64 = 4_096;

/// Cases of a block of Parquet.
const PARQUET_BLOCK: u64 = 16_384;

impl Population {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let pack = rules::compiled(global)?;
        let program = search::program(pack, &self.code, self.jurisdiction.as_deref())?;
        let as_of = self.when.moment()?.as_of;
        let profile = self.of.profile(program, as_of, global)?;
        let population = Drawn::new(program, as_of, &profile, self.of.seed);
        if let Some(path) = self.output.as_ref().filter(|path| matches!(Form::of(path), Ok(Form::Parquet))) {
            return self.parquet(path, &population);
        }
        let (form, mut out): (Form, Box<dyn Write>) = match &self.output {
            Some(path) => {
                let form = Form::of(path)?;
                (form, Box::new(BufWriter::new(File::create(path).map_err(|error| Failure::file(path, &error))?)))
            }
            None => (Form::Lines, Box::new(BufWriter::new(io::stdout().lock()))),
        };
        let mut cases = Cases::default();
        let mut first = 0;
        while first < self.count {
            let len = BLOCK.min(self.count - first);
            population.draw(first, len as usize, &mut cases);
            tabular::write(&mut *out, form, program, &cases)?;
            first += len;
        }
        out.flush()?;
        Ok(End::Fine)
    }

    fn parquet(&self, path: &Path, population: &Drawn) -> Result<End, Failure> {
        let program = population.program();
        let starts = (0..self.count).step_by(PARQUET_BLOCK as usize);
        let batches = starts.map(|first| {
            let len = PARQUET_BLOCK.min(self.count - first) as usize;
            let (mut cases, mut columns) = (Cases::default(), CaseColumns::default());
            population.draw(first, len, &mut cases);
            columns.fill(program, &cases);
            population_batch(program, &columns, len)
        });
        let reader = RecordBatchIterator::new(batches, Arc::new(population_schema(program)));
        thutuc_arrow::parquet::write(path, reader, |_| Ok(())).map_err(Failure::usage)?;
        Ok(End::Fine)
    }
}
