//! By when the authority must answer.

use thutuc::explain;
use thutuc::value::Date;
use thutuc::wire::{Deadline, DeadlineStatus, Skipped};

use super::{Depth, Scene};
use crate::page::{Page, Tone};

impl Scene<'_> {
    pub(super) fn deadline(&self, page: &mut Page) {
        let Some(deadline) = &self.decision.deadline else {
            page.heading(self.words.deadline, Tone::Faint, self.words.no_deadline);
            return;
        };
        let (tone, due) = self.due(deadline);
        page.heading(self.words.deadline, tone, &due);
        if let Some(message) = &deadline.message {
            page.text(2, Tone::Open, message);
        }
        let from = deadline.starts_on.map(|day| format!("{} {}", self.words.from, self.long_day(day)));
        let period: Vec<String> = deadline.period.clone().into_iter().chain(from).collect();
        if !period.is_empty() {
            page.item("  ", &format!("{}: {}", self.words.period, period.join(", ")));
        }
        if !deadline.skipped.is_empty() {
            page.item("  ", &format!("{}: {}", self.words.skipped, self.skipped(&deadline.skipped)));
        }
        for pause in &deadline.pauses {
            page.item("  ", &format!("{}: {} – {}", self.words.pauses, self.day(pause.from), self.day(pause.until)));
        }
        if let Some(needed) = self.needed_for("deadline") {
            page.text(2, Tone::Open, &needed);
        }
        if !deadline.because.is_empty() && self.depth == Depth::Full {
            page.item("  ", &format!("{} {}", self.words.because, self.because(&deadline.because)));
        }
        self.cited(page, 2, &deadline.citations);
    }

    /// The day in words, with its colour.
    pub fn due(&self, deadline: &Deadline<'_>) -> (Tone, String) {
        let (tone, open) = match deadline.status {
            DeadlineStatus::Determined => (Tone::Good, String::new()),
            DeadlineStatus::Provisional => (Tone::Open, format!(" ({})", self.words.provisional)),
            DeadlineStatus::Undetermined => (Tone::Open, self.words.open.to_owned()),
        };
        let day = deadline.due_on.map_or(String::new(), |day| self.long_day(day));
        let time = deadline.due_at.as_ref().and_then(|at| at.split_once('T')).and_then(|(_, time)| time.get(..5));
        (tone, format!("{}{day}{open}", time.map_or(String::new(), |time| format!("{time} "))))
    }

    /// Days with their reasons; neighbours with one reason, and weekends, are told together.
    fn skipped(&self, days: &[Skipped]) -> String {
        let mut runs: Vec<(Date, Date, Option<&str>)> = Vec::new();
        for skipped in days {
            let weekend = skipped.reason == explain::weekend(skipped.date, self.language);
            let reason = (!weekend).then_some(&*skipped.reason);
            match runs.last_mut() {
                Some((_, until, last)) if *last == reason && until.plus_days(1) == skipped.date => *until = skipped.date,
                _ => runs.push((skipped.date, skipped.date, reason)),
            }
        }
        let run = |(from, until, reason): &(Date, Date, Option<&str>)| {
            let days = if from == until { self.short_day(*from) } else { format!("{}–{}", self.short_day(*from), self.short_day(*until)) };
            format!("{days} ({})", reason.unwrap_or(self.language.choose("cuối tuần", "weekend")))
        };
        let all: Vec<String> = runs.iter().map(run).collect();
        all.join(", ")
    }

    /// A day without its year.
    fn short_day(&self, day: Date) -> String {
        let long = self.day(day);
        let year = day.year().to_string();
        long.trim_end_matches(&year).trim_end_matches(['/', ' ']).to_owned()
    }
}
