//! A comparison as a page that stands alone: no script, nothing fetched, charts as inline SVG.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::comparison::{Cell, CellKind, ComparisonView, ResultTable, word};
use super::html::Escaped;
use crate::explain;
use crate::model::Language;
use crate::value::Decimal;

/// Charts that a host drew, as pieces of HTML by the table that each shows.
pub type DrawnCharts = BTreeMap<String, String>;

/// A comparison as a whole HTML page, or as a piece of one for a notebook. A chart that the host drew stands in place of the
/// page's own; it goes into the page as it is.
#[must_use]
pub fn comparison_html(view: &ComparisonView, language: Language, whole: bool, drawn: &DrawnCharts) -> String {
    let mut page = Page { out: String::new(), view, language, drawn };
    // Writing to a text does not fail.
    let _ = page.write(whole);
    page.out
}

const PAGE_STYLE: &str = "\
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2430;background:#fff}\
@media print{body{margin:0}}";

const STYLE: &str = "\
.thutuc-comparison table{border-collapse:collapse;margin:.5rem 0;font-size:.92em;display:block;overflow-x:auto}\
.thutuc-comparison th,.thutuc-comparison td{border-bottom:1px solid #ddd;padding:.25rem .6rem;text-align:left;vertical-align:top}\
.thutuc-comparison td.n,.thutuc-comparison th.n{text-align:right;font-variant-numeric:tabular-nums}\
.thutuc-comparison .tiles{display:flex;flex-wrap:wrap;gap:.8rem}\
.thutuc-comparison .tile{border:1px solid #ccd;border-radius:.5rem;padding:.5rem .9rem}\
.thutuc-comparison .tile b{display:block;font-size:1.25em}\
.thutuc-comparison small{color:#5a6372}";

const BEFORE: &str = "#8a94a6";
const AFTER: &str = "#1f6feb";

/// Rows that a page shows of a table; an export has them all.
const MOST_ROWS: usize = 60;

struct Page<'v, 'a> {
    out: String,
    view: &'v ComparisonView<'a>,
    language: Language,
    drawn: &'v DrawnCharts,
}

impl Page<'_, '_> {
    fn say(&self, vi: &'static str, en: &'static str) -> &'static str {
        self.language.choose(vi, en)
    }

    fn write(&mut self, whole: bool) -> fmt::Result {
        let view = self.view;
        let title = format!("{} {}", view.procedure, view.name);
        if whole {
            let lang = self.say("vi", "en");
            write!(self.out, "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")?;
            write!(self.out, "<title>{}</title><style>{PAGE_STYLE}</style></head><body>", Escaped(&title))?;
        }
        write!(self.out, "<div class=\"thutuc-comparison\"><style>{STYLE}</style><h1>{}</h1><p><small>", Escaped(&title))?;
        if let Some(place) = &view.jurisdiction {
            write!(self.out, "{} · ", Escaped(place))?;
        }
        if let Some(day) = view.as_of {
            write!(self.out, "{} {} · ", self.say("luật ngày", "the law of"), explain::day(day, self.language))?;
        }
        let short = |hash: &str| hash.get(..8).unwrap_or(hash).to_owned();
        let (baseline, reform) = (&view.baseline, &view.reform);
        write!(self.out, "{} {} {} → {} {}", Escaped(&baseline.id), Escaped(&baseline.version), short(&baseline.hash), Escaped(&reform.version), short(&reform.hash))?;
        self.out.push_str("</small></p>");
        self.tiles()?;
        self.effects()?;
        self.outcomes()?;
        self.fees()?;
        self.documents()?;
        self.deadlines()?;
        self.changed()?;
        let samples = self.say("Hồ sơ ví dụ", "Sample cases");
        let shown = ["part", "before", "after", "case", "outcome_before", "outcome_after", "fee_before", "fee_after", "due_before", "due_after"];
        // A page is read to its end, a notebook goes on below.
        let [open, close] = if whole { [""; 2] } else { ["<details>", "</details>"] };
        self.out.push_str(open);
        if !whole {
            write!(self.out, "<summary>{samples}</summary>")?;
        }
        self.table("samples", samples, &shown)?;
        self.out.push_str(close);
        write!(self.out, "<p><small>{}</small></p></div>", self.say(
            "Điều chưa rõ được đếm riêng, không bao giờ tính bằng không: tổng lệ phí chỉ gồm hồ sơ đã rõ lệ phí, chênh lệch chỉ gồm hồ sơ rõ cả trước và sau.",
            "What is open is counted by itself and never as nothing: sums of fees are of cases whose fees are settled, differences of cases settled both before and after."
        ))?;
        if whole {
            self.out.push_str("</body></html>\n");
        }
        Ok(())
    }

    fn tiles(&mut self) -> fmt::Result {
        let view = self.view;
        self.out.push_str("<div class=\"tiles\">");
        self.tile(self.say("hồ sơ", "cases"), &self.number(view.cases as i64))?;
        for effect in ["better", "worse", "mixed", "undetermined", "same"] {
            let cases = self.sum("summary", "cases", &[("effect", effect)]);
            let share = share(cases, view.cases as i64);
            let label = word(effect, self.language).to_owned();
            let cases = self.number(cases);
            self.tile(&label, &format!("{cases} <small>{share}</small>"))?;
        }
        for (label, column) in [
            (self.say("lệ phí trước, đ", "fees before, VND"), "before"),
            (self.say("lệ phí sau, đ", "fees after, VND"), "after"),
            (self.say("chênh lệch, đ", "difference, VND"), "difference"),
        ] {
            let sum = self.total("fees", column, &[("fee", "total")]);
            let text = sum.map_or_else(|| "…".to_owned(), |sum| explain::decimal(sum, self.language));
            self.tile(label, &text)?;
        }
        self.out.push_str("</div>");
        Ok(())
    }

    fn tile(&mut self, label: &str, html: &str) -> fmt::Result {
        write!(self.out, "<div class=\"tile\"><b>{html}</b><small>{}</small></div>", Escaped(label))
    }

    fn outcomes(&mut self) -> fmt::Result {
        let heading = self.say("Kết luận trước và sau", "Outcomes before and after");
        write!(self.out, "<h2>{heading}</h2><table><tr><th>{}</th>", self.say("trước \\ sau", "before \\ after"))?;
        let codes = ["accept", "refuse", "ask", "undecided"];
        let any = |page: &Self, column: &str, code: &str| page.sum("outcomes", "cases", &[(column, code)]) > 0;
        let shown: Vec<&str> = codes.into_iter().filter(|code| any(self, "before", code) || any(self, "after", code)).collect();
        for code in &shown {
            write!(self.out, "<th class=\"n\">{}</th>", Escaped(word(code, self.language)))?;
        }
        self.out.push_str("</tr>");
        for before in &shown {
            write!(self.out, "<tr><th>{}</th>", Escaped(word(before, self.language)))?;
            for after in &shown {
                let cases = self.sum("outcomes", "cases", &[("before", before), ("after", after)]);
                let bold = if before != after && cases > 0 { ("<b>", "</b>") } else { ("", "") };
                write!(self.out, "<td class=\"n\">{}{}{}</td>", bold.0, self.number(cases), bold.1)?;
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</table>");
        self.chart("outcomes").map(drop)
    }

    /// Who is better and who is worse off; by group where there are groups.
    fn effects(&mut self) -> fmt::Result {
        let heading = self.say("Được lợi và bị thiệt", "Better and worse off");
        write!(self.out, "<h2>{heading}</h2>")?;
        if !self.chart("summary")? {
            let effects = ["better", "worse", "mixed", "undetermined"];
            let parts = |page: &Self, of: &[(&str, &str)]| effects.map(|effect| page.sum("summary", "cases", &[of, &[("effect", effect)]].concat()));
            let mut bars = vec![(self.say("tất cả", "all").to_owned(), self.view.cases as i64, parts(self, &[]))];
            if let [by] = self.view.by.as_slice() {
                let mut groups = self.texts("summary", by, &[("effect", "same")]);
                groups.dedup();
                for group in groups {
                    let of = [(by.as_str(), group.as_str())];
                    let name = if group.is_empty() { "–".to_owned() } else { group.clone() };
                    bars.push((name, self.sum("summary", "cases", &of), parts(self, &of)));
                }
            }
            self.shares(&bars)?;
        }
        if self.view.by.is_empty() { Ok(()) } else { self.groups() }
    }

    /// The groups, with the cases of each effect side by side.
    fn groups(&mut self) -> fmt::Result {
        let view = self.view;
        let Some(table) = view.table("summary") else { return Ok(()) };
        let (effect, cases) = (place(table, "effect"), place(table, "cases"));
        let group = |row: &Vec<Cell>| row.get(..view.by.len()).unwrap_or_default().to_vec();
        self.out.push_str("<table><tr>");
        view.by.iter().try_for_each(|name| write!(self.out, "<th>{}</th>", Escaped(name)))?;
        for row in table.rows.iter().take_while(|row| Some(group(row)) == table.rows.first().map(group)) {
            let name = row.get(effect).map(Cell::text).unwrap_or_default();
            write!(self.out, "<th class=\"n\">{}</th>", Escaped(word(&name, self.language)))?;
        }
        self.out.push_str("</tr>");
        for rows in table.rows.chunk_by(|a, b| group(a) == group(b)).take(MOST_ROWS) {
            self.out.push_str("<tr>");
            for cell in rows.first().map(group).unwrap_or_default() {
                write!(self.out, "<td>{}</td>", Escaped(&cell.text()))?;
            }
            for row in rows {
                let number = if let Some(Cell::Integer(number)) = row.get(cases) { self.number(*number) } else { String::new() };
                write!(self.out, "<td class=\"n\">{number}</td>")?;
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</table>");
        let groups = table.rows.chunk_by(|a, b| group(a) == group(b)).count();
        self.left_out(groups)
    }

    /// Says how many rows are not shown.
    fn left_out(&mut self, rows: usize) -> fmt::Result {
        if rows > MOST_ROWS {
            write!(self.out, "<p><small>{} {}</small></p>", rows - MOST_ROWS, self.say("dòng nữa trong bảng xuất ra", "more rows in the exported table"))?;
        }
        Ok(())
    }

    /// Of each row the shares of its cases that are better off, worse off, some of each, undetermined.
    fn shares(&mut self, bars: &[(String, i64, [i64; 4])]) -> fmt::Result {
        const COLOURS: [(&str, &str); 4] = [("better", "#2e8b57"), ("worse", "#d04040"), ("mixed", "#b07d00"), ("undetermined", "#8a94a6")];
        let bars = bars.get(..bars.len().min(MOST_ROWS)).unwrap_or(bars);
        let (step, label, width) = (22, 190i64, 290i64);
        let caption = self.say("Tỷ lệ hồ sơ", "Share of cases");
        write!(self.out, "<figure style=\"margin:.8rem 0\"><figcaption><small>{caption}")?;
        for (effect, colour) in COLOURS {
            write!(self.out, " · <span style=\"color:{colour}\">■</span> {}", Escaped(word(effect, self.language)))?;
        }
        let height = 8 + step * bars.len();
        write!(self.out, "</small></figcaption><svg role=\"img\" viewBox=\"0 0 720 {height}\" width=\"100%\" style=\"max-width:720px;font:12px system-ui,sans-serif\">")?;
        write!(self.out, "<title>{}</title>", Escaped(caption))?;
        for (at, (name, cases, parts)) in bars.iter().enumerate() {
            let top = 4 + step * at;
            let long = |count: i64| (i128::from(count) * i128::from(width) / i128::from((*cases).max(1))) as i64;
            write!(self.out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#1f2430\">{}</text>", label - 8, top + 11, Escaped(&shortened(name, 26)))?;
            write!(self.out, "<rect x=\"{label}\" y=\"{top}\" width=\"{width}\" height=\"13\" fill=\"#8882\"/>")?;
            let (mut before, mut told) = (0, Vec::new());
            for (count, (_, colour)) in parts.iter().zip(COLOURS) {
                let (from, to) = (long(before), long(before + count));
                before += count;
                write!(self.out, "<rect x=\"{}\" y=\"{top}\" width=\"{}\" height=\"13\" fill=\"{colour}\"/>", label + from, to - from)?;
                told.push(share(*count, *cases));
            }
            write!(self.out, "<text x=\"{}\" y=\"{}\" fill=\"#5a6372\">{}</text>", label + width + 6, top + 11, told.join(" · "))?;
        }
        self.out.push_str("</svg></figure>");
        Ok(())
    }

    fn changed(&mut self) -> fmt::Result {
        let heading = self.say("Điều gì tạo ra khác biệt", "What made the difference");
        if self.view.table("changed").is_none_or(|table| table.rows.is_empty()) {
            return Ok(());
        }
        write!(self.out, "<h2>{heading}</h2>")?;
        self.chart("changed")?;
        self.view.table("changed").map_or(Ok(()), |table| self.rows(table, &[]))
    }

    /// The chart of a table that the host drew; false where it drew none.
    fn chart(&mut self, name: &str) -> Result<bool, fmt::Error> {
        let Some(html) = self.drawn.get(name) else { return Ok(false) };
        write!(self.out, "<figure style=\"margin:.8rem 0;overflow-x:auto\">{html}</figure>")?;
        Ok(true)
    }

    fn fees(&mut self) -> fmt::Result {
        let heading = self.say("Lệ phí", "Fees");
        self.table("fees", heading, &[])?;
        self.chart("fees")?;
        let Some(table) = self.view.table("distribution").filter(|table| !table.rows.is_empty()) else { return Ok(()) };
        if self.chart("distribution")? {
            return Ok(());
        }
        let integer = |row: &[Cell], at: usize| if let Some(Cell::Integer(number)) = row.get(at) { *number } else { 0 };
        let (before, after) = (place(table, "cases_before"), place(table, "cases_after"));
        let bars: Vec<_> = table.rows.iter().map(|row| (self.number(integer(row, 0)), integer(row, before), integer(row, after))).collect();
        let caption = if table.columns.first().is_some_and(|column| column.name == "amount_from") {
            self.say("Số hồ sơ theo tổng lệ phí từ, đ", "Cases by what they pay altogether, from, VND")
        } else {
            self.say("Số hồ sơ theo tổng lệ phí, đ", "Cases by what they pay altogether, VND")
        };
        self.bars(caption, &bars)
    }

    fn documents(&mut self) -> fmt::Result {
        let heading = self.say("Giấy tờ", "Documents");
        write!(self.out, "<h2>{heading}</h2>")?;
        let Some(table) = self.view.table("documents") else { return Ok(()) };
        let mut ids = self.texts("documents", "document", &[]);
        ids.dedup();
        let mut seen: Vec<String> = Vec::new();
        ids.into_iter().for_each(|id| if !seen.contains(&id) { seen.push(id) });
        let bars: Vec<_> = seen
            .iter()
            .map(|id| {
                let of = |column: &str| self.sum("documents", column, &[("document", id)]);
                let name = self.texts("documents", "name", &[("document", id)]).into_iter().next().unwrap_or_default();
                (if name.is_empty() { id.clone() } else { name }, of("asked_before"), of("asked_after"))
            })
            .filter(|(_, before, after)| *before > 0 || *after > 0)
            .collect();
        let any = !table.rows.is_empty();
        if any && !self.chart("documents")? {
            self.bars(self.say("Số hồ sơ phải nộp", "Cases that must hand it in"), &bars)?;
        }
        Ok(())
    }

    fn deadlines(&mut self) -> fmt::Result {
        let heading = self.say("Thời hạn", "Deadlines");
        write!(self.out, "<h2>{heading}</h2>")?;
        let Some(table) = self.view.table("deadlines") else { return Ok(()) };
        let mut days: Vec<(i64, i64)> = Vec::new();
        let (gained, cases) = (place(table, "working_days_gained"), place(table, "cases"));
        for row in &table.rows {
            if let (Some(Cell::Integer(gained)), Some(Cell::Integer(cases))) = (row.get(gained), row.get(cases)) {
                match days.iter_mut().find(|(days, _)| days == gained) {
                    Some((_, sum)) => *sum += cases,
                    None => days.push((*gained, *cases)),
                }
            }
        }
        days.sort_unstable();
        let bars: Vec<_> = days.into_iter().map(|(days, cases)| (format!("{days:+}"), 0, cases)).collect();
        let caption = self.say("Số hồ sơ theo số ngày làm việc sớm hơn (+) hoặc muộn hơn (-)", "Cases by working days earlier (+) or later (-)");
        if !self.chart("deadlines")? {
            self.bars(caption, &bars)?;
        }
        let unsettled: Vec<_> = table.rows.iter().filter(|row| row.get(gained) == Some(&Cell::Null)).cloned().collect();
        if !unsettled.is_empty() {
            let rest = ResultTable { rows: unsettled, ..table.clone() };
            self.rows(&rest, &[])?;
        }
        Ok(())
    }

    /// Bars side by side, before and after; where nothing was before, only after.
    fn bars(&mut self, caption: &str, bars: &[(String, i64, i64)]) -> fmt::Result {
        let most = bars.iter().map(|(_, before, after)| (*before).max(*after)).max().unwrap_or(0);
        if most == 0 {
            return Ok(());
        }
        let bars = bars.get(..bars.len().min(MOST_ROWS)).unwrap_or(bars);
        let pairs = bars.iter().any(|(_, before, _)| *before > 0);
        let (step, label, width) = (if pairs { 38 } else { 22 }, 250i64, 340i64);
        let height = 24 + step * bars.len();
        write!(self.out, "<figure style=\"margin:.8rem 0\"><figcaption><small>{}", Escaped(caption))?;
        if pairs {
            let (before, after) = (self.say("trước", "before"), self.say("sau", "after"));
            write!(self.out, " · <span style=\"color:{BEFORE}\">■</span> {before} <span style=\"color:{AFTER}\">■</span> {after}")?;
        }
        write!(self.out, "</small></figcaption><svg role=\"img\" viewBox=\"0 0 720 {height}\" width=\"100%\" style=\"max-width:720px;font:12px system-ui,sans-serif\">")?;
        write!(self.out, "<title>{}</title>", Escaped(caption))?;
        for (at, (name, before, after)) in bars.iter().enumerate() {
            let top = 8 + step * at;
            let middle = top + step / 2;
            write!(self.out, "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\" fill=\"#1f2430\">{}</text>", label - 8, Escaped(&shortened(name, 34)))?;
            let rows: &[(i64, &str, usize)] = if pairs { &[(*before, BEFORE, 0), (*after, AFTER, 15)] } else { &[(*after, AFTER, 0)] };
            for (value, colour, below) in rows {
                let long = (i128::from(*value) * i128::from(width) / i128::from(most)) as i64;
                let y = top + below;
                write!(self.out, "<rect x=\"{label}\" y=\"{y}\" width=\"{}\" height=\"13\" fill=\"{colour}\"/>", long.max(i64::from(*value > 0)))?;
                write!(self.out, "<text x=\"{}\" y=\"{}\" fill=\"#5a6372\">{}</text>", label + long + 6, y + 11, self.number(*value))?;
            }
        }
        self.out.push_str("</svg></figure>");
        Ok(())
    }

    /// A table under a heading; all columns, or those shown.
    fn table(&mut self, name: &str, heading: &str, shown: &[&str]) -> fmt::Result {
        let Some(table) = self.view.table(name).filter(|table| !table.rows.is_empty()) else { return Ok(()) };
        write!(self.out, "<h2>{}</h2>", Escaped(heading))?;
        self.rows(table, shown)
    }

    fn rows(&mut self, table: &ResultTable, shown: &[&str]) -> fmt::Result {
        let by = self.view.by.len();
        let columns: Vec<usize> =
            (0..table.columns.len()).filter(|at| shown.is_empty() || *at < by || table.columns.get(*at).is_some_and(|column| shown.contains(&column.name.as_str()))).collect();
        self.out.push_str("<table><tr>");
        let is_number = |at: usize| table.columns.get(at).is_some_and(|column| matches!(column.kind, CellKind::Integer | CellKind::Decimal));
        for at in &columns {
            let class = if is_number(*at) { " class=\"n\"" } else { "" };
            let name = table.columns.get(*at).map_or("", |column| &column.name);
            write!(self.out, "<th{class}>{}</th>", Escaped(column_word(name, self.language)))?;
        }
        self.out.push_str("</tr>");
        for row in table.rows.iter().take(MOST_ROWS) {
            self.out.push_str("<tr>");
            for at in &columns {
                match row.get(*at).unwrap_or(&Cell::Null) {
                    Cell::Integer(number) => write!(self.out, "<td class=\"n\">{}</td>", self.number(*number))?,
                    Cell::Text(text) if is_number(*at) => {
                        let number = Decimal::parse(text).map_or_else(|| text.clone(), |number| explain::decimal(number, self.language));
                        write!(self.out, "<td class=\"n\">{}</td>", Escaped(&number))?;
                    }
                    Cell::Date(day) => write!(self.out, "<td>{}</td>", explain::day(*day, self.language))?,
                    cell => write!(self.out, "<td>{}</td>", Escaped(word(&cell.text(), self.language)))?,
                }
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</table>");
        self.left_out(table.rows.len())
    }

    fn wanted<'t>(&self, name: &str, of: &'t [(&'t str, &'t str)]) -> impl Iterator<Item = &Vec<Cell>> {
        let table = self.view.table(name);
        let wanted: Vec<(usize, &str)> = table.map_or(Vec::new(), |table| of.iter().map(|(column, value)| (place(table, column), *value)).collect());
        let rows = table.map_or(&[][..], |table| &table.rows);
        rows.iter().filter(move |row| wanted.iter().all(|(at, value)| row.get(*at).is_some_and(|cell| cell.text() == *value)))
    }

    fn sum(&self, name: &str, column: &str, of: &[(&str, &str)]) -> i64 {
        let at = self.view.table(name).map_or(usize::MAX, |table| place(table, column));
        self.wanted(name, of).filter_map(|row| if let Some(Cell::Integer(number)) = row.get(at) { Some(*number) } else { None }).sum()
    }

    /// A sum of money, weighed or not; `None` where it has more digits than numbers have.
    fn total(&self, name: &str, column: &str, of: &[(&str, &str)]) -> Option<Decimal> {
        let at = self.view.table(name).map_or(usize::MAX, |table| place(table, column));
        let cells = self.wanted(name, of).filter_map(|row| row.get(at)).filter(|cell| **cell != Cell::Null);
        cells.map(|cell| Decimal::parse(&cell.text())).try_fold(Decimal::from_i64(0), |sum, cell| sum.checked_add(cell?))
    }

    fn texts(&self, name: &str, column: &str, of: &[(&str, &str)]) -> Vec<String> {
        let at = self.view.table(name).map_or(usize::MAX, |table| place(table, column));
        self.wanted(name, of).filter_map(|row| row.get(at)).map(|cell| cell.text().into_owned()).collect()
    }

    fn number(&self, number: i64) -> String {
        explain::grouped(number, self.language)
    }
}

/// A label as long as there is room for it.
fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() > most { name.chars().take(most - 1).chain(['…']).collect() } else { name.to_owned() }
}

fn place(table: &ResultTable, name: &str) -> usize {
    // The columns of groups come first, and one of them may have the same name.
    table.columns.iter().rposition(|column| column.name == name).unwrap_or(usize::MAX)
}

/// A share in per cent with one decimal place, rounded to the nearest.
fn share(part: i64, whole: i64) -> String {
    if whole == 0 {
        return String::new();
    }
    let tenths = (i128::from(part) * 1000 + i128::from(whole) / 2) / i128::from(whole);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

fn column_word(name: &str, language: Language) -> &str {
    let (vi, en) = match name {
        "part" => ("phần", "part"),
        "before" => ("trước", "before"),
        "after" => ("sau", "after"),
        "effect" => ("tác động", "effect"),
        "cases" => ("hồ sơ", "cases"),
        "weight" => ("trọng số", "weight"),
        "fee" => ("lệ phí", "fee"),
        "difference" | "fee_difference" => ("chênh lệch, đ", "difference, VND"),
        "accepted_before" => ("trước, hồ sơ được nhận", "before, accepted"),
        "accepted_after" => ("sau, hồ sơ được nhận", "after, accepted"),
        "more" => ("phải nộp thêm", "pay more"),
        "less" => ("được bớt", "pay less"),
        "undetermined_before" => ("chưa rõ, trước", "open before"),
        "undetermined_after" => ("chưa rõ, sau", "open after"),
        "working_days_gained" => ("ngày làm việc sớm hơn", "working days gained"),
        "state_before" => ("hạn trước", "due before"),
        "state_after" => ("hạn sau", "due after"),
        "law" => ("căn cứ", "law"),
        "more_weight" => ("phải nộp thêm, theo trọng số", "pay more, weighed"),
        "less_weight" => ("được bớt, theo trọng số", "pay less, weighed"),
        "undetermined_before_weight" => ("chưa rõ trước, theo trọng số", "open before, weighed"),
        "undetermined_after_weight" => ("chưa rõ sau, theo trọng số", "open after, weighed"),
        "case" => ("hồ sơ số", "case"),
        "outcome_before" => ("kết luận trước", "outcome before"),
        "outcome_after" => ("kết luận sau", "outcome after"),
        "fee_before" => ("lệ phí trước", "fee before"),
        "fee_after" => ("lệ phí sau", "fee after"),
        "due_before" => ("hạn trả trước", "due before"),
        "due_after" => ("hạn trả sau", "due after"),
        other => return other,
    };
    language.choose(vi, en)
}
