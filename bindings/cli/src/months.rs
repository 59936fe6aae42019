//! A few months drawn as small calendars, Monday first.

use thutuc::explain;
use thutuc::model::Language;
use thutuc::value::Date;

use crate::page::{Ink, Page, Tone, padded};

/// What is shown of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not part of the count.
    Beside,
    /// The day of receipt.
    Received,
    /// Counted, or run through.
    Counted,
    /// Passed over at a weekend.
    Weekend,
    /// Passed over for a reason of its own.
    Off,
    /// The day it is due.
    Due,
}

/// Columns of a day.
const CELL: usize = 5;

/// Columns between months.
const BETWEEN: usize = 4;

/// The most months drawn; a longer count shows its first and its last ones.
const MOST: usize = 12;

/// Draws the months from that of `first` to that of `last`.
pub fn draw(page: &mut Page, first: Date, last: Date, mark: impl Fn(Date) -> Mark, language: Language) {
    let mut months = Vec::new();
    let mut month = first_of(first);
    while month <= last && months.len() < MOST {
        months.push(drawn(month, &mark, page.ink, language));
        let Some(next) = month.plus_months(1) else { break };
        month = next;
    }
    let across = ((page.width + BETWEEN) / (7 * CELL + BETWEEN)).clamp(1, 3);
    for row in months.chunks(across) {
        page.gap();
        let tall = row.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..tall {
            let cells: Vec<String> = row.iter().map(|lines| padded(lines.get(number).map_or("", String::as_str), 7 * CELL)).collect();
            page.line(cells.join(&" ".repeat(BETWEEN)).trim_end());
        }
    }
    if month <= last {
        page.line("…");
    }
}

fn first_of(day: Date) -> Date {
    let (_, _, number) = day.ymd();
    day.plus_days(1 - number as i32)
}

/// A day as it looks in the calendar and in the legend.
pub fn cell(text: &str, mark: Mark, ink: Ink) -> String {
    let (before, after, tone) = match mark {
        Mark::Beside => (' ', ' ', Tone::Faint),
        Mark::Received => ('(', ')', Tone::Place),
        Mark::Counted => (' ', '+', Tone::Strong),
        Mark::Weekend => (' ', '·', Tone::Faint),
        Mark::Off => (' ', '*', Tone::Bad),
        Mark::Due => ('[', ']', Tone::Good),
    };
    ink.paint(tone, &format!("{before}{text:>2}{after}"))
}

fn drawn(month: Date, mark: &impl Fn(Date) -> Mark, ink: Ink, language: Language) -> Vec<String> {
    let (year, number, _) = month.ymd();
    let title = match language {
        Language::Vi => format!("Tháng {number}/{year}"),
        Language::En => explain::day(month, language).trim_start_matches("1 ").to_owned(),
    };
    let days = language.choose(["T2", "T3", "T4", "T5", "T6", "T7", "CN"], ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]);
    let head: String = days.iter().map(|day| padded(&format!(" {day}"), CELL)).collect();
    let mut lines = vec![ink.paint(Tone::Strong, &format!(" {title}")), ink.paint(Tone::Faint, &head)];
    let mut line = " ".repeat(CELL * (month.weekday() as usize - 1));
    let mut day = month;
    while day.ymd().1 == number {
        line.push_str(&padded(&cell(&day.ymd().2.to_string(), mark(day), ink), CELL));
        if day.weekday() == 7 {
            lines.push(std::mem::take(&mut line));
        }
        day = day.plus_days(1);
    }
    lines.push(line);
    lines
}
