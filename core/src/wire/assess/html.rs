//! A report as a page that stands by itself: tables, and charts as inline SVG. No script, nothing fetched, everything escaped.

use std::fmt::{self, Write};

use super::view::{
    AssessmentFigure, AssessmentGoal, AssessmentList, AssessmentMeasure, AssessmentReport, AssessmentRow, AssessmentTable, MeasureName, Reached,
};
use super::words::{AssessmentWords, assessment_words, bounds_text, decimal_text, figure_text, interval_text, sureness, thousandths};
use crate::model::Language;
use crate::value::Decimal;
use crate::wire::Cited;
use crate::wire::html::Escaped;

/// How many of the chosen records of a group, and of a list, are shown; the report as JSON has all.
const SHOWN: usize = 10;
const LISTED: usize = 500;

/// How many bars a chart has; the table below it has all.
const BARS: usize = 60;

const PAGE_STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}";

const STYLE: &str = "\
.thutuc-assessment table{border-collapse:collapse;margin:.5rem 0 1rem;font-size:.92em;display:block;overflow-x:auto}
.thutuc-assessment th,.thutuc-assessment td{border-bottom:1px solid #8884;padding:.2rem .6rem;text-align:left;vertical-align:top}
.thutuc-assessment td.n,.thutuc-assessment th.n{text-align:right}
.thutuc-assessment td.n,.thutuc-assessment td:first-child{white-space:nowrap}
.thutuc-assessment svg{max-width:100%;height:auto;margin:.5rem 0}
.thutuc-assessment small{color:#777}
";

/// A report as a whole page.
#[must_use]
pub fn assessment_page(report: &AssessmentReport, language: Language) -> String {
    let code = language.choose("vi", "en");
    let title = Escaped(&report.name);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{PAGE_STYLE}</style></head><body>\n{}\n</body></html>\n",
        assessment_html(report, language)
    )
}

/// A report as a piece of HTML: what a notebook shows.
#[must_use]
pub fn assessment_html(report: &AssessmentReport, language: Language) -> String {
    let mut page = Page { out: String::new(), report, language, words: assessment_words(language) };
    // Writing to a text does not fail.
    let _ = page.whole();
    page.out
}

struct Page<'r> {
    out: String,
    report: &'r AssessmentReport,
    language: Language,
    words: &'static AssessmentWords,
}

/// A bar of a chart.
struct Bar<'r> {
    label: String,
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// Where an estimate lies.
    mark: Option<Decimal>,
    status: Option<&'r Reached>,
    text: String,
}

impl Page<'_> {
    fn whole(&mut self) -> fmt::Result {
        let report = self.report;
        write!(self.out, "<div class=\"thutuc-assessment\"><style>{STYLE}</style><h1>{}</h1>", Escaped(&report.name))?;
        if let Some(summary) = &report.summary {
            write!(self.out, "<p>{}</p>", Escaped(summary))?;
        }
        write!(
            self.out,
            "<p><small>{} {} · {}: {} · {} {}</small></p>",
            self.words.as_of,
            report.as_of,
            Escaped(&report.record),
            decimal_text(Decimal::from_i128(i128::from(report.records)), self.language),
            Escaped(&report.pack.id),
            Escaped(&report.pack.version)
        )?;
        for table in &report.tables {
            self.table(table)?;
        }
        self.goals()?;
        for list in &report.lists {
            self.list(list)?;
        }
        self.told()?;
        self.bases()?;
        self.out.push_str("</div>");
        Ok(())
    }

    fn title(&self, table: &AssessmentTable) -> String {
        let name = |id: &String| self.report.dimensions.iter().find(|dimension| dimension.id == *id).map_or_else(|| id.clone(), |dimension| dimension.name.clone());
        match table.dimensions.as_slice() {
            [] => self.words.all.to_owned(),
            dimensions => dimensions.iter().map(name).collect::<Vec<_>>().join(" · "),
        }
    }

    fn label(&self, row: &AssessmentRow) -> String {
        match row.groups.as_slice() {
            [] => self.words.all.to_owned(),
            groups => groups.iter().map(|group| group.label.as_str()).collect::<Vec<_>>().join(" · "),
        }
    }

    fn table(&mut self, table: &AssessmentTable) -> fmt::Result {
        let title = self.title(table);
        write!(self.out, "<h2>{}</h2>", Escaped(&title))?;
        self.charts(table)?;
        write!(self.out, "<table><thead><tr><th></th><th class=\"n\">{}</th>", self.words.records)?;
        for measure in &self.report.measures {
            write!(self.out, "<th class=\"n\">{}</th>", Escaped(&measure.name))?;
            if let Some(target) = measure.target {
                write!(self.out, "<th>{} {} %</th>", self.words.target, decimal_text(target, self.language))?;
            }
        }
        for score in &self.report.scores {
            let max = score.max.map(|max| format!(" / {}", decimal_text(max, self.language))).unwrap_or_default();
            write!(self.out, "<th class=\"n\">{}{max}</th>", Escaped(&score.name))?;
        }
        if !self.report.scores.is_empty() {
            write!(self.out, "<th class=\"n\">{}</th><th>{}</th>", self.words.total, self.words.class)?;
        }
        self.out.push_str("</tr></thead><tbody>");
        for row in &table.rows {
            self.row(row)?;
        }
        self.out.push_str("</tbody></table>");
        Ok(())
    }

    fn row(&mut self, row: &AssessmentRow) -> fmt::Result {
        let language = self.language;
        write!(self.out, "<tr><td>{}</td><td class=\"n\">{}</td>", Escaped(&self.label(row)), bounds_text(row.records, language))?;
        for (figure, measure) in row.figures.iter().zip(&self.report.measures) {
            write!(self.out, "<td class=\"n\">{}</td>", figure_text(figure, measure.kind, language))?;
            if measure.target.is_some() {
                write!(self.out, "<td>{}</td>", self.standing(figure))?;
            }
        }
        for points in &row.points {
            let estimate = points.estimate.as_ref().map(|estimate| format!("<br><small>≈ {}</small>", interval_text(estimate.low, estimate.high, language)));
            write!(self.out, "<td class=\"n\">{}{}</td>", interval_text(points.low, points.high, language), estimate.unwrap_or_default())?;
        }
        if let Some(total) = &row.total {
            let estimate = total.estimate.as_ref().map(|estimate| format!("<br><small>≈ {}</small>", interval_text(estimate.low, estimate.high, language)));
            let (class, estimated) = (self.classes(&total.classes), self.classes(&total.estimated_classes));
            let estimated = if estimated.is_empty() { String::new() } else { format!("<br><small>≈ {estimated}</small>") };
            write!(self.out, "<td class=\"n\">{}{}</td><td>{class}{estimated}</td>", interval_text(total.low, total.high, language), estimate.unwrap_or_default())?;
        }
        self.out.push_str("</tr>");
        Ok(())
    }

    fn standing(&self, figure: &AssessmentFigure) -> String {
        let Some(standing) = &figure.target else { return String::new() };
        let status = self.words.status(standing.status);
        match standing.needed {
            Some(needed) if needed.most > 0 => format!("{status}, {} {}", self.words.needed, bounds_text(needed, self.language)),
            _ => status.to_owned(),
        }
    }

    fn classes(&self, ids: &[Option<String>]) -> String {
        let name = |id: &Option<String>| {
            let class = self.report.classes.iter().find(|class| Some(&class.id) == id.as_ref());
            class.map_or_else(|| "–".to_owned(), |class| Escaped(&class.name).to_string())
        };
        ids.iter().map(name).collect::<Vec<_>>().join(" – ")
    }

    fn charts(&mut self, table: &AssessmentTable) -> fmt::Result {
        // Of one row the shares stand below each other; one with a target has a scale of its own.
        let together = |measure: &AssessmentMeasure| table.rows.len() == 1 && measure.target.is_none();
        let (report, language) = (self.report, self.language);
        let rates = || report.measures.iter().enumerate().filter(|(_, measure)| measure.kind == MeasureName::Rate);
        if let [row] = table.rows.as_slice() {
            let bars = rates().filter(|(_, measure)| together(measure)).filter_map(|(at, measure)| row.figures.get(at).map(|figure| Bar {
                label: measure.name.clone(),
                low: figure.low,
                high: figure.high,
                mark: None,
                status: None,
                text: figure_text(figure, measure.kind, language),
            }));
            let bars: Vec<Bar> = bars.collect();
            if !bars.is_empty() {
                self.chart(&self.label(row), &bars, Decimal::from_i64(100), None)?;
            }
        }
        for (at, measure) in rates().filter(|(_, measure)| !together(measure)) {
            let bars = table.rows.iter().filter_map(|row| row.figures.get(at).map(|figure| Bar {
                label: self.label(row),
                low: figure.low,
                high: figure.high,
                mark: None,
                status: figure.target.as_ref().map(|standing| &standing.status),
                text: figure_text(figure, measure.kind, self.language),
            }));
            let bars: Vec<Bar> = bars.collect();
            self.chart(&measure.name, &bars, Decimal::from_i64(100), measure.target)?;
        }
        let most = table.rows.iter().find_map(|row| row.total.as_ref()?.max);
        if let Some(most) = most {
            let bars: Vec<Bar> = table.rows.iter().filter_map(|row| row.total.as_ref().map(|total| Bar {
                label: self.label(row),
                low: total.low,
                high: total.high,
                mark: total.estimate.as_ref().and_then(|estimate| estimate.low),
                status: None,
                text: interval_text(total.low, total.high, self.language),
            })).collect();
            self.chart(self.words.total, &bars, most, None)?;
        }
        Ok(())
    }

    /// Bars: full as far as is sure, pale as far as is possible, a line at the target.
    fn chart(&mut self, title: &str, bars: &[Bar], most: Decimal, target: Option<Decimal>) -> fmt::Result {
        const LEFT: i64 = 260;
        const WIDE: i64 = 400;
        const LINE: i64 = 20;
        let at = |number: Decimal| LEFT + thousandths(number, most).map_or(0, |share| share * WIDE / 1000);
        let (bars, left_out) = bars.split_at(bars.len().min(BARS));
        let high = 34 + LINE * bars.len() as i64;
        write!(self.out, "<svg viewBox=\"0 0 800 {high}\" width=\"800\" height=\"{high}\" role=\"img\" font-family=\"system-ui,sans-serif\" font-size=\"12\">")?;
        write!(self.out, "<title>{0}</title><text x=\"0\" y=\"14\" font-weight=\"bold\" fill=\"currentColor\">{0}</text>", Escaped(title))?;
        for (bar, line) in bars.iter().zip(0..) {
            let top = 26 + LINE * line;
            let label: String = if bar.label.chars().count() > 34 { bar.label.chars().take(33).chain(['…']).collect() } else { bar.label.clone() };
            write!(self.out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"currentColor\">{}</text>", LEFT - 8, top + 11, Escaped(&label))?;
            write!(self.out, "<rect x=\"{LEFT}\" y=\"{top}\" width=\"{WIDE}\" height=\"14\" fill=\"#8882\"/>")?;
            let colour = match bar.status {
                Some(Reached::Reached) => "#2e8b57",
                Some(Reached::Missed) => "#d04040",
                Some(Reached::Open) => "#b07d00",
                _ => "#3a78b5",
            };
            let ends = bar.low.map(at).zip(bar.high.map(at));
            if let Some((low, end)) = ends {
                write!(self.out, "<rect x=\"{LEFT}\" y=\"{top}\" width=\"{}\" height=\"14\" fill=\"{colour}\"/>", low - LEFT)?;
                write!(self.out, "<rect x=\"{low}\" y=\"{top}\" width=\"{}\" height=\"14\" fill=\"{colour}\" fill-opacity=\".35\"/>", end - low)?;
            }
            if let Some(mark) = bar.mark.map(at) {
                write!(self.out, "<path d=\"M{mark} {top}v14\" stroke=\"currentColor\" stroke-dasharray=\"2 2\"/>")?;
            }
            write!(self.out, "<text x=\"{}\" y=\"{}\" fill=\"currentColor\">{}</text>", LEFT + WIDE + 8, top + 11, Escaped(&bar.text))?;
        }
        if let Some(target) = target {
            let (at, text) = (at(target), decimal_text(target, self.language));
            write!(self.out, "<path d=\"M{at} 20V{high}\" stroke=\"currentColor\"/><text x=\"{at}\" y=\"16\" text-anchor=\"middle\" fill=\"currentColor\">{text}</text>")?;
        }
        self.out.push_str("</svg>");
        if !left_out.is_empty() {
            write!(self.out, "<div><small>+ {} {}</small></div>", left_out.len(), self.words.more)?;
        }
        Ok(())
    }

    fn goals(&mut self) -> fmt::Result {
        for (at, goal) in self.report.goals.iter().enumerate() {
            let words = self.words;
            let name = self.report.measures.iter().find(|measure| measure.id == goal.measure).map_or("", |measure| &measure.name);
            write!(self.out, "<h2>{}</h2><p><small>{name} · {}: {}</small></p>", Escaped(&goal.name), words.effort, Escaped(&goal.effort))?;
            write!(self.out, "<table><thead><tr><th></th><th class=\"n\">{}</th><th class=\"n\">{}</th><th>{}</th></tr></thead><tbody>", words.needed, words.effort, words.next)?;
            for (row, table) in self.report.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (row, table))) {
                let Some(Some(need)) = row.goals.get(at) else { continue };
                let Some(needed) = need.needed.filter(|needed| needed.most > 0 || table.dimensions.is_empty()) else { continue };
                let effort = need.effort.map_or_else(|| "–".to_owned(), |effort| decimal_text(effort, self.language));
                write!(self.out, "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{effort}</td><td>", Escaped(&self.label(row)), bounds_text(needed, self.language))?;
                self.chosen(goal, &need.chosen)?;
                self.out.push_str("</td></tr>");
            }
            self.out.push_str("</tbody></table>");
        }
        Ok(())
    }

    fn chosen(&mut self, goal: &AssessmentGoal, chosen: &[u64]) -> fmt::Result {
        if chosen.is_empty() {
            return self.out.write_str(self.words.nothing);
        }
        for candidate in chosen.iter().take(SHOWN).filter_map(|place| goal.candidates.get(usize::try_from(*place).ok()?)) {
            let record = candidate.record.as_deref().unwrap_or("?");
            let shown = candidate.values.first().and_then(Option::as_deref).unwrap_or("");
            let effort = candidate.effort.map(|effort| decimal_text(effort, self.language)).unwrap_or_default();
            let perhaps = if candidate.certain { String::new() } else { format!(" <small>({})</small>", self.words.perhaps_done) };
            write!(self.out, "<div><code>{}</code> {} <small>[{effort}]</small>{perhaps}</div>", Escaped(record), Escaped(shown))?;
        }
        if chosen.len() > SHOWN {
            write!(self.out, "<div><small>+ {} {}</small></div>", chosen.len() - SHOWN, self.words.more)?;
        }
        Ok(())
    }

    fn list(&mut self, list: &AssessmentList) -> fmt::Result {
        write!(self.out, "<h2>{} ({})</h2><table><thead><tr><th></th>", Escaped(&list.name), list.rows.len())?;
        for column in &list.columns {
            write!(self.out, "<th>{}</th>", Escaped(&column.label))?;
        }
        self.out.push_str("<th></th></tr></thead><tbody>");
        for row in list.rows.iter().take(LISTED) {
            write!(self.out, "<tr><td><code>{}</code></td>", Escaped(row.record.as_deref().unwrap_or("?")))?;
            for value in &row.values {
                write!(self.out, "<td>{}</td>", Escaped(value.as_deref().unwrap_or("–")))?;
            }
            write!(self.out, "<td>{}</td></tr>", if row.certain { "" } else { self.words.perhaps })?;
        }
        self.out.push_str("</tbody></table>");
        if list.rows.len() > LISTED {
            write!(self.out, "<p><small>+ {} {}</small></p>", list.rows.len() - LISTED, self.words.more)?;
        }
        Ok(())
    }

    /// What is missing and what did not fit.
    fn told(&mut self) -> fmt::Result {
        let words = self.words;
        if !self.report.missing.is_empty() {
            write!(self.out, "<h2>{}</h2><ul>", words.missing)?;
            for missing in &self.report.missing {
                write!(self.out, "<li>{} <code>{}</code>: {}</li>", Escaped(&missing.label), Escaped(&missing.fact), missing.records)?;
            }
            self.out.push_str("</ul>");
        }
        if !self.report.problems.is_empty() {
            write!(self.out, "<h2>{}</h2><ul>", words.problems)?;
            for problem in &self.report.problems {
                write!(self.out, "<li>{} ({}; {} {})</li>", Escaped(&problem.message), problem.records, words.first, problem.first)?;
            }
            self.out.push_str("</ul>");
        }
        Ok(())
    }

    fn bases(&mut self) -> fmt::Result {
        write!(self.out, "<h2>{}</h2><table><tbody>", self.words.basis)?;
        let report = self.report;
        for AssessmentMeasure { name, citations, .. } in &report.measures {
            self.basis(name, "", citations)?;
        }
        for score in &report.scores {
            let assuming = score.assuming.as_ref().map(|assuming| format!("{}: {assuming} ({})", self.words.estimate, self.words.no_law_says));
            let said: Vec<String> = score.unknown.iter().cloned().chain(assuming).collect();
            self.basis(&score.name, &said.join(". "), &score.citations)?;
        }
        for class in &report.classes {
            let least = class.at_least.map(|least| format!("≥ {}", decimal_text(least, self.language))).unwrap_or_default();
            self.basis(&class.name, &least, &class.citations)?;
        }
        for list in &report.lists {
            self.basis(&list.name, "", &list.citations)?;
        }
        self.out.push_str("</tbody></table>");
        if !report.notes.is_empty() {
            write!(self.out, "<h2>{}</h2><ul>", self.words.notes)?;
            report.notes.iter().try_for_each(|note| write!(self.out, "<li>{}</li>", Escaped(note)))?;
            self.out.push_str("</ul>");
        }
        Ok(())
    }

    fn basis(&mut self, name: &str, said: &str, citations: &[Cited]) -> fmt::Result {
        write!(self.out, "<tr><td>{}</td><td>{}</td><td>", Escaped(name), Escaped(said))?;
        for (cited, at) in citations.iter().zip(0..) {
            let between = if at > 0 { "; " } else { "" };
            write!(self.out, "{between}<span title=\"{}\">{}{}</span>", Escaped(&cited.title), Escaped(&cited.text), sureness(cited.confidence, self.language))?;
        }
        self.out.push_str("</td></tr>");
        Ok(())
    }
}
