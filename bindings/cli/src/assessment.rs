//! A report drawn for a terminal: bars against targets, what is needed next, lists.

use thutuc::model::Language;
use thutuc::value::Decimal;
use thutuc::wire::{
    AssessmentFigure, AssessmentGoal, AssessmentList, AssessmentMeasure, AssessmentNeed, AssessmentReport, AssessmentRow, AssessmentTable,
    AssessmentTotal, AssessmentWords, Cited, MeasureName, Reached, assessment_words, bounds_text, decimal_text, figure_text, interval_text, sureness,
    thousandths,
};

use crate::page::{Page, Tone, cut, padded, width_of};

/// Cells of a bar.
const BAR: i64 = 30;

/// Rows of a table, records of a list, groups that a goal needs something in, and records to change there that are shown
/// unless all are wanted.
const ROWS: usize = 30;
const LISTED: usize = 20;
const NEEDY: usize = 12;
const CHOSEN: usize = 3;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The first of many.
    Short,
    /// All.
    Full,
}

/// A report to be drawn.
#[derive(Clone, Copy)]
pub struct Picture<'r> {
    pub report: &'r AssessmentReport,
    pub language: Language,
    pub size: Size,
}

/// Where a target is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// In the line.
    Told,
    /// Above the whole chart.
    AboveAll,
}

/// A line with a bar.
struct Line {
    label: String,
    bar: String,
    text: String,
    said: String,
    tone: Tone,
}

impl Picture<'_> {
    /// Draws it.
    pub fn draw(&self, page: &mut Page) {
        let (report, words) = (self.report, self.words());
        page.line(page.ink.paint(Tone::Strong, &report.name));
        let count = decimal_text(Decimal::from(u32::try_from(report.records).unwrap_or(u32::MAX)), self.language);
        let about = format!("{} {} · {}: {count} · {} {}", words.as_of, report.as_of, report.record, report.pack.id, report.pack.version);
        page.line(page.ink.paint(Tone::Faint, &about));
        for table in &report.tables {
            match table.dimensions.is_empty() {
                true => self.whole(page, table),
                false => self.table(page, table),
            }
        }
        report.goals.iter().enumerate().for_each(|(at, goal)| self.goal(page, at, goal));
        report.lists.iter().for_each(|list| self.list(page, list));
        self.told(page);
        self.bases(page);
    }

    fn words(&self) -> &'static AssessmentWords {
        assessment_words(self.language)
    }

    fn most(&self, short: usize) -> usize {
        if self.size == Size::Full { usize::MAX } else { short }
    }

    fn label(&self, row: &AssessmentRow) -> String {
        match row.groups.as_slice() {
            [] => self.words().all.to_owned(),
            groups => groups.iter().map(|group| group.label.as_str()).collect::<Vec<_>>().join(" · "),
        }
    }

    /// All records: a line a measure, a line a score.
    fn whole(&self, page: &mut Page, table: &AssessmentTable) {
        let Some(row) = table.rows.first() else { return };
        page.heading(self.words().all, Tone::Faint, "");
        let mut lines: Vec<Line> = row.figures.iter().zip(&self.report.measures).map(|(figure, measure)| self.figure(&measure.name, figure, measure, Target::Told)).collect();
        for (points, score) in row.points.iter().zip(&self.report.scores) {
            let estimate = points.estimate.as_ref().map(|estimate| format!("≈ {}", interval_text(estimate.low, estimate.high, self.language)));
            let mark = points.estimate.as_ref().and_then(|estimate| estimate.low);
            lines.push(Line {
                label: score.name.clone(),
                bar: score.max.map_or_else(String::new, |max| bar(points.low, points.high, max, mark)),
                text: interval_text(points.low, points.high, self.language),
                said: estimate.unwrap_or_default(),
                tone: Tone::Plain,
            });
        }
        lines.extend(row.total.as_ref().map(|total| self.total(self.words().total, total)));
        draw(page, &lines);
        for (figure, measure) in row.figures.iter().zip(&self.report.measures).filter(|(figure, _)| figure.undecided > 0) {
            self.why(page, figure, measure);
        }
    }

    fn why(&self, page: &mut Page, figure: &AssessmentFigure, measure: &AssessmentMeasure) {
        let causes = figure.because.iter().map(|cause| match &cause.fact {
            Some(fact) => format!("{} ({fact}): {}", cause.message, cause.records),
            None => format!("{}: {}", cause.message, cause.records),
        });
        let causes: Vec<String> = causes.collect();
        page.text(2, Tone::Open, &format!("{}: {} {}; {}", measure.name, figure.undecided, self.words().undecided, causes.join("; ")));
    }

    fn figure(&self, label: &str, figure: &AssessmentFigure, measure: &AssessmentMeasure, target: Target) -> Line {
        let words = self.words();
        let standing = figure.target.as_ref();
        let told = measure.target.filter(|_| target == Target::Told).map(|target| format!("{} {} %: ", words.target, decimal_text(target, self.language)));
        let needed = standing.and_then(|standing| standing.needed).filter(|needed| needed.most > 0);
        let needed = needed.map(|needed| format!(", {} {}", words.needed, bounds_text(needed, self.language)));
        let status = standing.map_or("", |standing| words.status(standing.status));
        Line {
            label: label.to_owned(),
            bar: if measure.kind == MeasureName::Rate { bar(figure.low, figure.high, Decimal::from(100u32), measure.target) } else { String::new() },
            text: figure_text(figure, measure.kind, self.language),
            said: format!("{}{status}{}", told.filter(|_| !status.is_empty()).unwrap_or_default(), needed.unwrap_or_default()),
            tone: match standing.map(|standing| standing.status) {
                Some(Reached::Reached) => Tone::Good,
                Some(Reached::Missed) => Tone::Bad,
                Some(Reached::Open) => Tone::Open,
                _ => Tone::Plain,
            },
        }
    }

    fn total(&self, label: &str, total: &AssessmentTotal) -> Line {
        let estimate = total.estimate.as_ref().map(|estimate| format!("≈ {}, ", interval_text(estimate.low, estimate.high, self.language)));
        let classes = if total.estimate.is_some() { &total.estimated_classes } else { &total.classes };
        let name = |id: &Option<String>| self.report.classes.iter().find(|class| Some(&class.id) == id.as_ref()).map_or("–", |class| class.name.as_str());
        let classes: Vec<&str> = classes.iter().map(name).collect();
        Line {
            label: label.to_owned(),
            bar: total.max.map_or_else(String::new, |max| bar(total.low, total.high, max, total.estimate.as_ref().and_then(|estimate| estimate.low))),
            text: interval_text(total.low, total.high, self.language),
            said: format!("{}{}", estimate.unwrap_or_default(), classes.join(" – ")),
            tone: Tone::Plain,
        }
    }

    fn table(&self, page: &mut Page, table: &AssessmentTable) {
        let name = |id: &String| self.report.dimensions.iter().find(|dimension| dimension.id == *id).map_or_else(|| id.clone(), |dimension| dimension.name.clone());
        let title = table.dimensions.iter().map(name).collect::<Vec<_>>().join(" · ");
        for (at, measure) in self.report.measures.iter().enumerate() {
            let target = measure.target.map(|target| format!("{} {} %", self.words().target, decimal_text(target, self.language)));
            page.heading(&format!("{title}: {}", measure.name), Tone::Faint, &target.unwrap_or_default());
            let rows = self.shown(table, at);
            let lines: Vec<Line> = rows.iter().filter_map(|row| Some(self.figure(&self.label(row), row.figures.get(at)?, measure, Target::AboveAll))).collect();
            draw(page, &lines);
            self.more(page, table.rows.len() - rows.len());
        }
        let totals: Vec<Line> = table.rows.iter().take(self.most(ROWS)).filter_map(|row| Some(self.total(&self.label(row), row.total.as_ref()?))).collect();
        if !totals.is_empty() {
            page.heading(&format!("{title}: {}", self.words().total), Tone::Faint, &format!("≈ {}: {}", self.words().estimate, self.words().no_law_says));
            draw(page, &totals);
            self.more(page, table.rows.len() - totals.len());
        }
    }

    /// The rows of a table; of many, those that need most for a measure first.
    fn shown<'t>(&self, table: &'t AssessmentTable, measure: usize) -> Vec<&'t AssessmentRow> {
        let mut rows: Vec<&AssessmentRow> = table.rows.iter().collect();
        if rows.len() > self.most(ROWS) {
            let needed = |row: &&AssessmentRow| row.figures.get(measure).and_then(|figure| figure.target.as_ref()?.needed).map_or(0, |needed| needed.most);
            rows.sort_by_key(|row| std::cmp::Reverse(needed(row)));
            rows.truncate(ROWS);
        }
        rows
    }

    fn more(&self, page: &mut Page, number: usize) {
        if number > 0 {
            page.text(2, Tone::Faint, &format!("+ {number} {} (--all)", self.words().more));
        }
    }

    fn goal(&self, page: &mut Page, at: usize, goal: &AssessmentGoal) {
        let words = self.words();
        page.heading(&goal.name, Tone::Faint, words.next);
        page.text(2, Tone::Faint, &format!("{}: {}", words.effort, goal.effort));
        let rows = self.report.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table.dimensions.is_empty(), row)));
        let needs: Vec<(&AssessmentRow, &AssessmentNeed)> = rows.filter_map(|(whole, row)| {
            let need = row.goals.get(at)?.as_ref()?;
            need.needed.filter(|needed| whole || needed.most > 0).map(|_| (row, need))
        }).collect();
        for (row, need) in needs.iter().take(self.most(NEEDY)) {
            let Some(needed) = need.needed else { continue };
            let effort = need.effort.filter(|_| needed.most > 0).map(|effort| format!(" · {} {}", words.effort.to_lowercase(), decimal_text(effort, self.language)));
            let said = format!("{}: {} {}{}", self.label(row), words.needed, bounds_text(needed, self.language), effort.unwrap_or_default());
            page.line(format!("  {}", page.ink.paint(if needed.least > 0 { Tone::Bad } else if needed.most > 0 { Tone::Open } else { Tone::Good }, &said)));
            self.chosen(page, goal, &need.chosen);
        }
        self.more(page, needs.len().saturating_sub(self.most(NEEDY)));
    }

    fn chosen(&self, page: &mut Page, goal: &AssessmentGoal, chosen: &[u64]) {
        let words = self.words();
        for candidate in chosen.iter().take(self.most(CHOSEN)).filter_map(|place| goal.candidates.get(usize::try_from(*place).ok()?)) {
            let effort = candidate.effort.map_or_else(|| "?".to_owned(), |effort| decimal_text(effort, self.language));
            let shown = candidate.values.first().and_then(Option::as_deref).unwrap_or("");
            let perhaps = if candidate.certain { String::new() } else { format!(" ({})", words.perhaps_done) };
            let line = format!("{} [{effort}] {shown}{perhaps}", candidate.record.as_deref().unwrap_or("?"));
            page.line(format!("    {}", cut(&line, page.width.saturating_sub(4))));
        }
        let rest = chosen.len().saturating_sub(self.most(CHOSEN));
        if rest > 0 {
            page.text(4, Tone::Faint, &format!("+ {rest} {}", words.more));
        }
    }

    fn list(&self, page: &mut Page, list: &AssessmentList) {
        page.heading(&list.name, Tone::Faint, &list.rows.len().to_string());
        if list.rows.is_empty() {
            return;
        }
        let head: Vec<String> = std::iter::once(String::new()).chain(list.columns.iter().map(|column| cut(&column.label, 24))).chain([String::new()]).collect();
        let rows = list.rows.iter().take(self.most(LISTED)).map(|row| {
            let values = row.values.iter().map(|value| cut(value.as_deref().unwrap_or("–"), 30));
            let perhaps = if row.certain { String::new() } else { self.words().perhaps.to_owned() };
            std::iter::once(row.record.clone().unwrap_or_else(|| "?".to_owned())).chain(values).chain([perhaps]).collect()
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let widths: Vec<usize> = head.iter().enumerate().map(|(at, name)| {
            rows.iter().filter_map(|row| row.get(at)).map(|cell| width_of(cell)).max().unwrap_or(0).max(width_of(name))
        }).collect();
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
            format!("  {}", cells.join("  ")).trim_end().to_owned()
        };
        page.line(page.ink.paint(Tone::Faint, &line(&head)));
        rows.iter().for_each(|row| page.line(line(row)));
        self.more(page, list.rows.len() - rows.len());
    }

    fn told(&self, page: &mut Page) {
        let words = self.words();
        if !self.report.missing.is_empty() {
            page.heading(words.missing, Tone::Faint, "");
            for missing in &self.report.missing {
                page.item("  ", &format!("{} ({}): {}", missing.label, missing.fact, missing.records));
            }
        }
        if !self.report.problems.is_empty() {
            page.heading(words.problems, Tone::Bad, "");
            for problem in &self.report.problems {
                page.item("  ", &format!("{} ({}; {} {})", problem.message, problem.records, words.first, problem.first));
            }
        }
    }

    fn bases(&self, page: &mut Page) {
        let report = self.report;
        page.heading(self.words().basis, Tone::Faint, "");
        report.measures.iter().for_each(|measure| self.basis(page, &measure.name, &measure.citations));
        for score in &report.scores {
            let said = score.unknown.as_ref().map_or_else(|| score.name.clone(), |unknown| format!("{} ({unknown})", score.name));
            self.basis(page, &said, &score.citations);
        }
        report.classes.iter().for_each(|class| self.basis(page, &class.name, &class.citations));
        report.lists.iter().for_each(|list| self.basis(page, &list.name, &list.citations));
        if !report.notes.is_empty() {
            page.heading(self.words().notes, Tone::Faint, "");
            report.notes.iter().for_each(|note| page.item("  - ", note));
        }
    }

    fn basis(&self, page: &mut Page, name: &str, citations: &[Cited]) {
        let cited: Vec<String> = citations.iter().map(|cited| format!("{}{}", cited.text, sureness(cited.confidence, self.language))).collect();
        page.item("  ", &format!("{name}: {}", cited.join("; ")));
    }
}

fn draw(page: &mut Page, lines: &[Line]) {
    let label = lines.iter().map(|line| width_of(&line.label)).max().unwrap_or(0).min(36);
    let text = lines.iter().map(|line| width_of(&line.text)).max().unwrap_or(0);
    let bars = lines.iter().any(|line| !line.bar.is_empty());
    for line in lines {
        let bar = if bars { format!("{}  ", padded(&line.bar, BAR as usize)) } else { String::new() };
        let blanks = " ".repeat(text.saturating_sub(width_of(&line.text)));
        let start = format!("  {}  {}{blanks}{}", padded(&cut(&line.label, label), label), page.ink.paint(line.tone, &bar), line.text);
        page.line(format!("{start}  {}", page.ink.paint(line.tone, &line.said)).trim_end().to_owned());
    }
}

/// A bar: full as far as is sure, pale as far as is possible, a stroke at the target.
fn bar(low: Option<Decimal>, high: Option<Decimal>, whole: Decimal, mark: Option<Decimal>) -> String {
    let cells = |number: Option<Decimal>| number.and_then(|number| thousandths(number, whole)).map(|share| share * BAR / 1000);
    let (low, high, mark) = (cells(low).unwrap_or(0), cells(high).unwrap_or(0), cells(mark).map(|mark| mark.min(BAR - 1)));
    let cell = |at: i64| match at {
        at if Some(at) == mark => '┃',
        at if at < low => '█',
        at if at < high => '▒',
        _ => '·',
    };
    (0..BAR).map(cell).collect()
}
