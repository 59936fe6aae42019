//! By when the authority must answer.

use thutuc::explain;
use thutuc::model::Language;
use thutuc::value::Date;
use thutuc::wire::{Deadline, DeadlineStatus, Skipped};

use super::{Depth, Scene};
use crate::labels::{self, words};
use crate::page::{Page, Tone};

impl Scene<'_> {
    /// Draws the deadline.
    pub fn deadline(&self, page: &mut Page) {
        let Some(deadline) = &self.decision.deadline else {
            page.heading(self.words.deadline, Tone::Faint, self.words.no_deadline);
            return;
        };
        counted(page, deadline, self.language);
        if let Some(needed) = self.needed_for("deadline") {
            page.text(2, Tone::Open, &needed);
        }
        if !deadline.because.is_empty() && self.depth == Depth::Full {
            page.item("  ", &format!("{} {}", self.words.because, self.because(&deadline.because)));
        }
        self.cited(page, 2, &deadline.citations);
    }
}

/// Draws a deadline with how it was counted, without its legal basis.
pub fn counted(page: &mut Page, deadline: &Deadline<'_>, language: Language) {
    let words = words(language);
    let (tone, day) = due(deadline, language);
    page.heading(words.deadline, tone, &day);
    if let Some(message) = &deadline.message {
        page.text(2, Tone::Open, message);
    }
    let from = deadline.starts_on.map(|day| format!("{} {}", words.from, long_day(day, language)));
    let period: Vec<String> = deadline.period.clone().into_iter().chain(from).collect();
    if !period.is_empty() {
        page.item("  ", &format!("{}: {}", words.period, period.join(", ")));
    }
    if !deadline.skipped.is_empty() {
        page.item("  ", &format!("{}: {}", words.skipped, skipped(&deadline.skipped, language)));
    }
    for pause in &deadline.pauses {
        page.item("  ", &format!("{}: {} – {}", words.pauses, explain::day(pause.from, language), explain::day(pause.until, language)));
    }
}

/// The day it is due in words, with its colour.
pub fn due(deadline: &Deadline<'_>, language: Language) -> (Tone, String) {
    let words = words(language);
    let (tone, open) = match deadline.status {
        DeadlineStatus::Determined => (Tone::Good, String::new()),
        DeadlineStatus::Provisional => (Tone::Open, format!(" ({})", words.provisional)),
        DeadlineStatus::Undetermined => (Tone::Open, words.open.to_owned()),
    };
    let day = deadline.due_on.map_or(String::new(), |day| long_day(day, language));
    let time = deadline.due_at.as_ref().and_then(|at| at.split_once('T')).and_then(|(_, time)| time.get(..5));
    (tone, format!("{}{day}{open}", time.map_or(String::new(), |time| format!("{time} "))))
}

/// A day with its weekday.
pub fn long_day(day: Date, language: Language) -> String {
    let (weekday, date) = (labels::weekday(day, language), explain::day(day, language));
    match language {
        Language::Vi => format!("{weekday} {date}"),
        Language::En => format!("{weekday}, {date}"),
    }
}

/// Whether a day was passed over only because it is a Saturday or a Sunday.
pub fn is_weekend(skipped: &Skipped, language: Language) -> bool {
    skipped.reason == explain::weekend(skipped.date, language)
}

/// Days with their reasons; neighbours with one reason, and weekends, are told together.
fn skipped(days: &[Skipped], language: Language) -> String {
    let weekend = language.choose("cuối tuần", "weekend");
    let mut runs: Vec<(Date, Date, &str)> = Vec::new();
    for skipped in days {
        let reason = if is_weekend(skipped, language) { weekend } else { &skipped.reason };
        match runs.last_mut() {
            Some((_, until, last)) if *last == reason && until.plus_days(1) == skipped.date => *until = skipped.date,
            _ => runs.push((skipped.date, skipped.date, reason)),
        }
    }
    let run = |(from, until, reason): &(Date, Date, &str)| format!("{} ({reason})", days_from(*from, *until, language));
    let all: Vec<String> = runs.iter().map(run).collect();
    all.join(", ")
}

/// `16/05–17/05`, without their year.
pub fn days_from(from: Date, until: Date, language: Language) -> String {
    let short = |day: Date| {
        let long = explain::day(day, language);
        long.trim_end_matches(&day.year().to_string()).trim_end_matches(['/', ' ']).to_owned()
    };
    if from == until { short(from) } else { format!("{}–{}", short(from), short(until)) }
}
