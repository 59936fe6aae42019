//! Published days off that cannot be right.

use crate::calendar::{self, CalendarProblem, PublishedYear};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::CalendarYear;

/// Everything wrong with the years, each at the file of its year.
pub(super) fn problems(years: &[CalendarYear]) -> Vec<Diagnostic> {
    let published: Vec<PublishedYear> = years.iter().map(CalendarYear::published).collect();
    let of = |problem: CalendarProblem| {
        let (year, message, help) = in_words(problem);
        let span = years.iter().rev().find(|one| one.year == year).map(|one| one.span).unwrap_or_default();
        Diagnostic::new(Code::BadCalendar, span, message).help(help)
    };
    calendar::problems(&published).into_iter().map(of).collect()
}

fn in_words(problem: CalendarProblem) -> (i32, String, &'static str) {
    match problem {
        CalendarProblem::EmptySpan { year } => (year, "the year covers no day".to_owned(), "`covers` must begin before it ends"),
        CalendarProblem::SpanTooFar { year } => (year, "the year lies outside 1900 to 2299".to_owned(), "correct `year` or `covers`"),
        CalendarProblem::Overlap { year, day } => (year, format!("two years speak for {day}"), "let `covers` of one end earlier"),
        CalendarProblem::OutsideSpan { year, day } => (year, format!("{day} lies outside the year"), "move it to its own year, or widen `covers`"),
        CalendarProblem::Repeated { year, day } => (year, format!("{day} stands twice"), "keep one"),
        CalendarProblem::OffOnWeekend { year, day } => (year, format!("{day} is off, but it is a weekend anyway"), "give the day in lieu instead"),
        CalendarProblem::WorkingOnWeekday { year, day } => {
            (year, format!("{day} is worked instead, but it is no weekend"), "correct the date")
        }
    }
}
