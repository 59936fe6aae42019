//! `thutuc simulate`: what a reform changes, counted over many cases.

use std::fs;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_schema::ArrowError;
use clap::Args;
use thutuc::columns::Law;
use thutuc::comparison::{Comparer, GroupTally, Tally};
use thutuc::compile::{CompiledPack, Program};
use thutuc::diagnostics::nearest;
use thutuc::eval::Moment;
use thutuc::model::{Language, read_value};
use thutuc::population::Population;
use thutuc::value::{Date, Value};
use thutuc::wire::{self, Cell, CellKind, Compared, ComparisonView, DrawnCharts, ResultColumn, ResultTable, TableError};
use thutuc_arrow::{CaseFile, Nulls, Options, ReceivedOf, Simulated, Simulation};

use super::population::PopulationArgs;
use crate::args::Global;
use crate::case::When;
use crate::failure::{End, Failure};
use crate::page::{Ink, Page, Tone, cut, padded, print_json, tell, width_of};
use crate::rules::{self, count};
use crate::search;
use crate::sweep::swept_values;
use crate::workbook;

const EXAMPLES: &str = "\
Examples:
  thutuc simulate 1.004222 --cases cases.csv --reform draft_id --by district -o report.html
  thutuc simulate 1.004222 --population 1000000 --jurisdiction ha_noi --reform examples/reform --as-of 2026-12-03
  thutuc simulate 1.004222 --population 100000 --sweep min_area=6..12:2 --by residence.basis
  thutuc simulate 1.004222 --cases cases.csv --reform draft_id --sweep as_of=2026-01-01..2027-12-01:1m -o months.csv
  thutuc simulate 1.004222 --cases cases.jsonl --set min_area=6 --format json

A reform is a draft amendment of the pack by its id, a file or folder of amendments beside the pack, or another pack (a folder with
a pack.yaml). Figures are exact; what is open is counted by itself and never as nothing.";

/// Decide many cases before and after a reform, and count what it changes
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Simulate {
    /// The procedure, such as 1.004222
    code: String,

    /// The cases: `.parquet`, `.jsonl` (an object a line) or `.csv` (a column a fact)
    #[arg(long, value_name = "FILE", required_unless_present = "population", conflicts_with = "population")]
    cases: Option<PathBuf>,

    /// So many synthetic cases in place of a file
    #[arg(long, value_name = "N")]
    population: Option<u64>,

    #[command(flatten)]
    of: PopulationArgs,

    /// The reform: a draft's id, a file or folder of amendments, or another pack; may be repeated
    #[arg(long, value_name = "ID|PATH")]
    reform: Vec<String>,

    /// Suppose a parameter of the law had another value; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,

    /// Suppose each of some values in turn, of a parameter or of `as_of`: a table, a row a value and group. `6..12:2` is a range,
    /// `2026-01-01..2026-12-01:1m` one of days (`7d`, `1m`, `1y`)
    #[arg(long, value_name = "NAME=V,V,…")]
    sweep: Option<String>,

    /// A column to group by, a fact or not (of a population a fact); may be repeated
    #[arg(long, value_name = "COLUMN")]
    by: Vec<String>,

    /// A column that says how much a case weighs
    #[arg(long, value_name = "COLUMN", requires = "cases")]
    weights: Option<String>,

    #[command(flatten)]
    when: When,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    jurisdiction: Option<String>,

    /// Threads; as many as there are cores if not given
    #[arg(long, value_name = "N")]
    threads: Option<usize>,

    /// The report to write: `.html`, `.json`, `.xlsx` (a sheet a table), `.csv` or `.parquet` (a folder of tables), or a folder of `.csv`
    /// tables
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Decimal places of weights.
const WEIGHT_SCALE: u8 = thutuc_arrow::WEIGHT_SCALE;

/// Cases of a batch that is read.
const BLOCK: usize = 1 << 16;

/// What was counted.
struct Counts {
    tally: Tally,
    groups: Vec<Vec<Option<String>>>,
    problems: usize,
}

impl Simulate {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let moment = self.when.moment()?;
        let baseline = rules::compiled(global)?;
        let set = self.set.iter().map(|one| assignment(one)).collect::<Result<Vec<_>, _>>()?;
        if let Some(sweep) = &self.sweep {
            return self.sweep(sweep, baseline, moment, &set, global);
        }
        if self.reform.is_empty() && set.is_empty() {
            return Err(Failure::usage("nothing is reformed: give --reform, --set or --sweep"));
        }
        let reform = self.reformed(global, &set)?;
        let comparer = self.comparer(baseline, &reform)?;
        let counts = self.counted(&comparer, moment, global)?;
        let compared = Compared {
            packs: [baseline, &reform],
            comparer: &comparer,
            tally: &counts.tally,
            as_of: Some(moment.as_of),
            jurisdiction: self.jurisdiction.as_deref(),
            by: &self.by,
            groups: &counts.groups,
            weights: self.weights.as_ref().map(|_| WEIGHT_SCALE),
            language: global.language(),
        };
        let view = wire::comparison(&compared);
        if let Some(path) = &self.output {
            write(path, &view, global)?;
        }
        let end = End::refused_if(counts.problems > 0);
        if global.json() {
            return print_json(&view).map(|()| end);
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        let heading = format!("{} {}", view.procedure, view.name);
        page.line(page.ink.paint(Tone::Strong, &heading));
        for table in view.tables.iter().filter(|table| table.name != "samples" && !table.rows.is_empty()) {
            page.line(String::new());
            draw(&mut page, table);
        }
        page.print()?;
        Ok(end)
    }

    fn reformed(&self, global: &Global, set: &[(Arc<str>, Value)]) -> Result<CompiledPack, Failure> {
        rules::reformed(global, &self.reform, set)?.compiled(global).map(|(compiled, _)| compiled)
    }

    fn comparer<'p>(&self, baseline: &'p CompiledPack, reform: &'p CompiledPack) -> Result<Comparer<'p>, Failure> {
        let jurisdiction = self.jurisdiction.as_deref();
        // Where only the reform has rules of its own for the place, the baseline is the law of everywhere.
        let after = search::program(reform, &self.code, jurisdiction)?;
        let before = match baseline.program(&self.code, jurisdiction) {
            Some(program) => program,
            None => search::program(baseline, &self.code, jurisdiction)?,
        };
        let law = |program: &'p Program, pack: &'p CompiledPack| Law { program, calendar: &pack.calendar };
        Comparer::new(law(before, baseline), law(after, reform)).map_err(Failure::usage)
    }

    fn counted(&self, comparer: &Comparer, moment: Moment, global: &Global) -> Result<Counts, Failure> {
        match (&self.cases, self.population) {
            (Some(path), _) => self.read(path, comparer, moment),
            (None, _) if !comparer.shares_facts() => Err(Failure::usage("the reform asks other facts than the baseline: cases cannot be drawn for both")),
            (None, number) => self.draw(number.unwrap_or(0), comparer, moment, global),
        }
    }

    fn draw(&self, number: u64, comparer: &Comparer, moment: Moment, global: &Global) -> Result<Counts, Failure> {
        let program = comparer.laws()[0].program;
        let profile = self.of.profile(program, moment.as_of, global)?;
        let population = Population::new(program, moment.as_of, &profile, self.of.seed);
        if !self.by.is_empty() {
            return self.draw_by(&population, number, comparer, moment);
        }
        let shown = std::io::stderr().is_terminal();
        let goes_on = |done: u64| {
            if shown {
                progress(done, number);
            }
            true
        };
        let tally = comparer.run_population(&population, moment.as_of, number, self.threads(), &goes_on).map_err(Failure::usage)?;
        if shown {
            tell("\r\x1b[K");
        }
        Ok(Counts { tally: tally.unwrap_or_default(), groups: vec![Vec::new()], problems: 0 })
    }

    /// Synthetic cases by groups, which are facts of theirs.
    fn draw_by(&self, population: &Population, number: u64, comparer: &Comparer, moment: Moment) -> Result<Counts, Failure> {
        let facts = || population.program().facts.iter().map(|fact| &*fact.name);
        if let Some(unknown) = self.by.iter().find(|name| !facts().any(|fact| fact == **name)) {
            let hint = nearest(unknown, facts()).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(Failure::usage(format!("a population has no column `{unknown}`, its columns are the facts of the procedure{hint}")));
        }
        let mut run = Simulation::of_population(comparer, population, moment.as_of, number, &self.by, self.threads());
        let shown = std::io::stderr().is_terminal();
        while run.round().map_err(Failure::usage)? {
            if shown {
                progress(run.done(), number);
            }
        }
        if shown {
            tell("\r\x1b[K");
        }
        let Simulated { tally, groups, .. } = run.finish();
        Ok(Counts { tally, groups, problems: 0 })
    }

    fn read(&self, path: &Path, comparer: &Comparer, moment: Moment) -> Result<Counts, Failure> {
        let refused = |error: TableError| match error {
            TableError::Unreadable { why } => Failure::usage(why),
            error => Failure::usage(format!("{}: {error}", path.display())),
        };
        let broken = |error: ArrowError| match error {
            ArrowError::ExternalError(inner) => match inner.downcast::<TableError>() {
                Ok(error) => refused(*error),
                Err(other) => Failure::usage(other),
            },
            error => Failure::usage(format!("{}: {error}", path.display())),
        };
        let keep: Vec<String> = self.by.iter().chain(&self.weights).cloned().collect();
        let file = CaseFile::open(path, &keep).map_err(refused)?;
        let all = file.rows();
        let source = file.read(BLOCK).map_err(refused)?;
        // A null cell of a fact that may be null is null, as a population has it.
        let options = Options { keep, nulls: Nulls::Null, received: ReceivedOf::Constant(moment.received), problems: false, ..Options::on(moment.as_of) };
        let mut run = Simulation::new(comparer, source, &options, &self.by, self.weights.as_deref(), (BLOCK, self.threads())).map_err(refused)?;
        let shown = std::io::stderr().is_terminal();
        while run.round().map_err(broken)? {
            if let Some(all) = all.filter(|_| shown) {
                progress(run.done(), all as u64);
            }
        }
        if shown {
            tell("\r\x1b[K");
        }
        let Simulated { tally, groups, problems, first_problems } = run.finish();
        for (case, problem) in &first_problems {
            let told = wire::wire_problem(problem, Language::En);
            tell(&format!("{}: case {}: {}: {}\n", path.display(), case + 1, told.fact, told.message));
        }
        if problems > 0 {
            tell(&format!("{} did not fit; the facts count as missing\n", count(problems, "fact")));
        }
        Ok(Counts { tally, groups, problems })
    }

    fn threads(&self) -> usize {
        self.threads.or_else(|| std::thread::available_parallelism().ok().map(Into::into)).unwrap_or(1)
    }

    fn sweep(&self, sweep: &str, baseline: &CompiledPack, moment: Moment, set: &[(Arc<str>, Value)], global: &Global) -> Result<End, Failure> {
        let (name, values) = sweep.split_once('=').ok_or_else(|| Failure::usage(format!("`{sweep}`: write NAME=V,V,…")))?;
        let column = |name: &str, kind| ResultColumn { name: name.to_owned(), kind };
        let mut columns = vec![column(name, CellKind::Text)];
        columns.extend(self.by.iter().map(|by| column(by, CellKind::Text)));
        columns.extend(["better", "worse", "mixed", "undetermined", "same", "accepted_before", "accepted_after", "fees_before", "fees_after", "fee_difference"].map(|name| column(name, CellKind::Integer)));
        let mut table = ResultTable { name: "sweep", columns, rows: Vec::new() };
        for value in &swept_values(values).map_err(Failure::usage)? {
            let (mut set, mut moment) = (set.to_vec(), moment);
            if name == "as_of" {
                let day = Date::parse(value).ok_or_else(|| Failure::usage(format!("`{value}` is not a date")))?;
                moment = Moment::on(day);
            } else {
                set.push((name.into(), read_value(value)));
            }
            let reform = self.reformed(global, &set)?;
            let comparer = self.comparer(baseline, &reform)?;
            let counts = self.counted(&comparer, moment, global)?;
            let groups = counts.tally.groups.iter().zip(&counts.groups);
            if self.by.is_empty() {
                table.rows.push(swept(value, &[], &counts.tally.total()));
            } else {
                table.rows.extend(groups.filter(|(group, _)| group.all.cases > 0).map(|(group, values)| swept(value, values, group)));
            }
        }
        if let Some(path) = &self.output {
            write_table(path, &table)?;
        }
        if global.json() {
            return print_json(&table).map(|()| End::Fine);
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        draw(&mut page, &table);
        page.print()?;
        Ok(End::Fine)
    }
}

/// A row of a sweep: the value, those of the group, what was counted.
fn swept(value: &str, group: &[Option<String>], total: &GroupTally) -> Vec<Cell> {
    let mut row = vec![Cell::Text(value.to_owned())];
    row.extend(group.iter().map(|value| value.clone().map_or(Cell::Null, Cell::Text)));
    row.extend(total.effects.map(|count| Cell::Integer(count.cases as i64)));
    row.extend([total.outcomes.before(0), total.outcomes.after(0)].map(|count| Cell::Integer(count.cases as i64)));
    let fees = total.fees.last().map_or([0; 3], |fee| [fee.before, fee.after, fee.difference]);
    row.extend(fees.map(|sum| i64::try_from(sum).map_or_else(|_| Cell::Text(sum.to_string()), Cell::Integer)));
    row
}

fn assignment(text: &str) -> Result<(Arc<str>, Value), Failure> {
    let (name, value) = text.split_once('=').ok_or_else(|| Failure::usage(format!("`{text}`: write NAME=VALUE")))?;
    Ok((name.into(), read_value(value)))
}

fn progress(done: u64, all: u64) {
    let percent = done * 100 / all.max(1);
    let filled = (percent / 4) as usize;
    let bar: String = "█".repeat(filled) + &"░".repeat(25usize.saturating_sub(filled));
    // Nobody is told where stderr is closed.
    let _ = write!(std::io::stderr(), "\r{bar} {percent:3} %  {done}");
}

fn write(path: &Path, view: &ComparisonView, global: &Global) -> Result<(), Failure> {
    let text = match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => wire::comparison_html(view, global.language(), true, &DrawnCharts::default()),
        Some("json") => serde_json::to_string(view).map_err(Failure::usage)?,
        Some("xlsx") => return workbook::write(path, &view.tables),
        form @ (None | Some("csv" | "parquet")) => {
            let form = form.unwrap_or("csv");
            fs::create_dir_all(path).map_err(|error| Failure::file(path, &error))?;
            for table in &view.tables {
                write_table(&path.join(table.name).with_extension(form), table)?;
            }
            return Ok(());
        }
        Some(other) => return Err(Failure::usage(format!("a report ends in `.html`, `.json` or `.xlsx`, or is a folder of tables; not `.{other}`"))),
    };
    fs::write(path, text).map_err(|error| Failure::file(path, &error))
}

/// Writes one table.
fn write_table(path: &Path, table: &ResultTable) -> Result<(), Failure> {
    let text = match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => table.csv(),
        Some("json") => serde_json::to_string(table).map_err(Failure::usage)?,
        Some("xlsx") => return workbook::write(path, std::slice::from_ref(table)),
        Some("parquet") => {
            let batch = thutuc_arrow::result_batch(table).map_err(Failure::usage)?;
            let schema = batch.schema();
            let written = thutuc_arrow::parquet::write(path, arrow_array::RecordBatchIterator::new([Ok(batch)], schema), |_| Ok(()));
            return written.map_err(Failure::usage);
        }
        _ => return Err(Failure::usage(format!("{}: a table ends in `.csv`, `.json`, `.parquet` or `.xlsx`", path.display()))),
    };
    fs::write(path, text).map_err(|error| Failure::file(path, &error))
}

/// Cells wider than this are cut.
const WIDEST: usize = 44;

fn draw(page: &mut Page, table: &ResultTable) {
    page.line(page.ink.paint(Tone::Faint, table.name));
    let heads: Vec<String> = table.columns.iter().map(|column| column.name.replace('_', " ")).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().take(40).map(|row| row.iter().map(|cell| cut(&cell.text(), WIDEST)).collect()).collect();
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).chain(heads.get(at)).map(|text| width_of(text)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).zip(&table.columns).map(|((cell, width), column)| match column.kind {
            CellKind::Integer | CellKind::Decimal => format!("{}{cell}", " ".repeat(width.saturating_sub(width_of(cell)))),
            CellKind::Text | CellKind::Date => padded(cell, *width),
        });
        format!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    page.line(page.ink.paint(Tone::Faint, &line(&heads)));
    rows.iter().for_each(|row| page.line(line(row)));
    if table.rows.len() > rows.len() {
        page.line(format!("  … {} more", table.rows.len() - rows.len()));
    }
}
