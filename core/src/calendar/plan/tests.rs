//! Chains as texts: steps, what was done, and when they are to begin and end.

use super::*;
use crate::calendar::deadline::Unit;
use crate::calendar::vietnam::calendar;
use crate::value::DateTime;

fn stamp(text: &str) -> Stamp {
    Stamp::of(&DateTime::parse(text).unwrap()).unwrap()
}

fn shown(stamp: Stamp) -> String {
    stamp.to_datetime().to_string().get(..16).unwrap().to_owned()
}

/// `2 office hours`, `1 working days`, `same day`, `rest`, `unknown`; ` < 15:00` is a cutoff.
fn step(text: &str) -> (Takes, Option<u32>) {
    let (takes, cutoff) = text.split_once(" < ").map_or((text, None), |(takes, at)| (takes, Some(at)));
    let takes = match takes {
        "rest" => Takes::Rest,
        "unknown" => Takes::Unknown,
        "same day" => Takes::Period(Period { count: 0, unit: Unit::SameDay }),
        takes => {
            let (count, unit) = takes.split_once(' ').unwrap();
            let unit = match unit {
                "working days" => Unit::WorkingDays,
                "days" => Unit::Days,
                "months" => Unit::Months,
                "hours" => Unit::Hours,
                _ => Unit::OfficeHours,
            };
            Takes::Period(Period { count: count.parse().unwrap(), unit })
        }
    };
    (takes, cutoff.map(|at| at.split_once(':').map(|(h, m)| h.parse::<u32>().unwrap() * 60 + m.parse::<u32>().unwrap()).unwrap()))
}

struct Chain {
    whole: Whole,
    takes: Vec<(Takes, Option<u32>)>,
    after: Vec<Vec<usize>>,
    done: Vec<Option<Stamp>>,
}

/// Steps one after another.
fn chain(start: &str, due: Option<&str>, steps: &[&str]) -> Chain {
    Chain {
        whole: Whole { start: stamp(start), due: due.map(stamp), now: None, office: OfficeHours::ASSUMED },
        takes: steps.iter().map(|text| step(text)).collect(),
        after: (0..steps.len()).map(|at| at.checked_sub(1).into_iter().collect()).collect(),
        done: vec![None; steps.len()],
    }
}

impl Chain {
    fn after(mut self, at: usize, before: &[usize]) -> Chain {
        self.after[at] = before.to_vec();
        self
    }

    fn done(mut self, at: usize, when: &str) -> Chain {
        self.done[at] = Some(stamp(when));
        self
    }

    fn now(mut self, when: &str) -> Chain {
        self.whole.now = Some(stamp(when));
        self
    }

    fn steps(&self) -> Vec<PlanStep<'_>> {
        let each = self.takes.iter().zip(&self.after).zip(&self.done);
        each.map(|(((takes, cutoff), after), done)| PlanStep { takes: *takes, cutoff: *cutoff, after, done: *done }).collect()
    }

    fn plan(&self) -> Plan {
        plan(&calendar(), &self.whole, &self.steps())
    }

    /// The planned spans, a line each.
    fn goes(&self, lines: &[&str]) {
        let spans: Vec<String> = self.plan().steps.iter().map(|step| {
            step.planned.map_or("not planned".to_owned(), |span| format!("{} .. {}", shown(span.starts), shown(span.ends)))
        }).collect();
        assert_eq!(spans, lines);
    }

    fn saves(&self, changes: &[(usize, Option<Period>)], ends: &str, days: i64, hours: i64) {
        let saving = saving(&calendar(), &self.whole, &self.steps(), changes).unwrap();
        assert_eq!((shown(saving.ends), saving.working_days, saving.office_seconds), (ends.to_owned(), days, hours * 3600));
    }
}

#[test]
fn steps_follow_one_another() {
    chain("2026-11-16T08:00", None, &["2 office hours", "3 office hours", "1 working days"]).goes(&[
        "2026-11-16T08:00 .. 2026-11-16T10:00",
        "2026-11-16T10:00 .. 2026-11-16T14:00",
        "2026-11-16T14:00 .. 2026-11-17T17:00",
    ]);
}

#[test]
fn days_add_up_to_the_days_of_the_whole() {
    // Seven working days from Monday 16/11 over Culture Day: 26/11.
    chain("2026-11-16T08:00", None, &["1 working days", "1 working days", "5 working days"]).goes(&[
        "2026-11-16T08:00 .. 2026-11-17T17:00",
        "2026-11-18T08:00 .. 2026-11-18T17:00",
        "2026-11-19T08:00 .. 2026-11-26T17:00",
    ]);
}

#[test]
fn what_comes_after_15_hours_goes_on_first_thing() {
    let steps = ["same day < 15:00", "4 office hours"];
    chain("2026-11-20T15:00", None, &steps).goes(&["2026-11-20T15:00 .. 2026-11-20T17:00", "2026-11-23T08:00 .. 2026-11-23T12:00"]);
    chain("2026-11-20T15:01", None, &steps).goes(&["2026-11-23T08:00 .. 2026-11-23T08:00", "2026-11-23T08:00 .. 2026-11-23T12:00"]);
    // Friday before Tết.
    chain("2026-02-13T16:00", None, &steps).goes(&["2026-02-23T08:00 .. 2026-02-23T08:00", "2026-02-23T08:00 .. 2026-02-23T12:00"]);
    // No law says when "first thing" is over: it is late on the day after.
    let late = |done| chain("2026-11-20T15:01", None, &steps).done(0, done).plan().steps[0].expected.late;
    assert_eq!(late("2026-11-23T16:00"), None);
    assert_eq!(late("2026-11-25T09:00").map(|late| (late.working_days, late.office_seconds)), Some((1, 3600)));
}

#[test]
fn a_step_without_a_time_has_what_remains() {
    let end = Some("2026-11-26T23:59:59");
    chain("2026-11-16T08:00", end, &["same day < 15:00", "rest", "4 office hours"]).goes(&[
        "2026-11-16T08:00 .. 2026-11-16T17:00",
        "2026-11-17T08:00 .. 2026-11-26T12:00",
        "2026-11-26T13:00 .. 2026-11-26T17:00",
    ]);
    let two = chain("2026-11-16T08:00", end, &["same day", "rest", "rest", "1 working days"]);
    two.goes(&[
        "2026-11-16T08:00 .. 2026-11-16T17:00",
        "2026-11-17T08:00 .. 2026-11-25T17:00",
        "2026-11-17T08:00 .. 2026-11-25T17:00",
        "2026-11-26T08:00 .. 2026-11-26T17:00",
    ]);
    assert_eq!(two.plan().steps.iter().map(|step| step.shares).collect::<Vec<_>>(), [false, true, true, false]);
    // Without a day due there is nothing to have the rest of.
    chain("2026-11-16T08:00", None, &["same day", "rest", "same day"]).goes(&["2026-11-16T08:00 .. 2026-11-16T17:00", "not planned", "not planned"]);
    // Nothing remains.
    let none = chain("2026-11-16T08:00", Some("2026-11-17T23:59:59"), &["5 working days", "rest"]);
    none.goes(&["2026-11-16T08:00 .. 2026-11-23T17:00", "2026-11-23T17:00 .. 2026-11-23T17:00"]);
    assert_eq!(none.plan().overruns.map(|late| late.working_days), Some(4));
}

#[test]
fn steps_may_go_side_by_side() {
    let fork = chain("2026-11-16T08:00", None, &["24 hours", "2 working days", "5 working days", "2 office hours"]);
    fork.after(2, &[0]).after(3, &[1, 2]).goes(&[
        "2026-11-16T08:00 .. 2026-11-17T08:00",
        "2026-11-17T08:00 .. 2026-11-19T17:00",
        "2026-11-17T08:00 .. 2026-11-25T17:00",
        "2026-11-26T08:00 .. 2026-11-26T10:00",
    ]);
}

#[test]
fn a_late_step_is_told_and_moves_what_follows() {
    let chain = chain("2026-11-16T08:00", Some("2026-11-20T23:59:59"), &["1 working days", "2 working days", "1 working days"]);
    let plan = chain.done(0, "2026-11-18T10:00").plan();
    let first = plan.steps[0].expected;
    assert_eq!((first.progress, first.late), (Progress::Done, Some(Delay { working_days: 1, office_seconds: 7200 })));
    assert_eq!(shown(plan.steps[1].expected.span.unwrap().ends), "2026-11-20T17:00");
    assert_eq!((plan.steps[1].expected.progress, plan.steps[1].expected.late), (Progress::Running, None));
    assert_eq!((plan.ends.map(shown), plan.expected.map(shown)), (Some("2026-11-20T17:00".into()), Some("2026-11-23T17:00".into())));
    assert_eq!((plan.late.map(|late| late.working_days), plan.overruns), (Some(1), None));
}

#[test]
fn a_step_that_is_not_done_is_late_by_now() {
    let chain = chain("2026-11-16T08:00", Some("2026-11-20T23:59:59"), &["1 working days", "1 working days"]);
    assert_eq!(chain.plan().steps[0].expected.late, None);
    let plan = chain.now("2026-11-19T09:00").plan();
    assert_eq!(plan.steps[0].expected.late, Some(Delay { working_days: 2, office_seconds: 9 * 3600 }));
    assert_eq!(plan.steps[0].expected.span.map(|span| shown(span.ends)), Some("2026-11-19T09:00".into()));
    assert_eq!((plan.steps[1].expected.progress, plan.steps[1].expected.late), (Progress::Waiting, None));
    assert_eq!(plan.expected.map(shown), Some("2026-11-20T17:00".into()));
}

#[test]
fn what_a_later_step_tells_of_earlier_ones() {
    let plan = chain("2026-11-16T08:00", None, &["1 working days", "1 working days", "1 working days"]).done(1, "2026-11-18T09:00").plan();
    let progress: Vec<Progress> = plan.steps.iter().map(|step| step.expected.progress).collect();
    assert_eq!(progress, [Progress::Passed, Progress::Done, Progress::Running]);
    assert_eq!(plan.steps[0].expected.late, None, "when it was done is not told");
    assert_eq!(plan.expected.map(shown), Some("2026-11-19T17:00".into()));
}

#[test]
fn a_step_less_saves_its_time() {
    let timed = chain("2026-11-16T08:00", None, &["1 working days", "3 working days", "1 working days"]);
    timed.saves(&[(1, None)], "2026-11-18T17:00", 3, 24);
    timed.saves(&[(1, Some(Period { count: 1, unit: Unit::WorkingDays }))], "2026-11-19T17:00", 2, 16);
    // Who has what remains keeps the time they have now: the day due could be that much earlier.
    let rest = chain("2026-11-16T08:00", Some("2026-11-26T23:59:59"), &["same day", "2 working days", "rest"]);
    rest.goes(&["2026-11-16T08:00 .. 2026-11-16T17:00", "2026-11-17T08:00 .. 2026-11-18T17:00", "2026-11-19T08:00 .. 2026-11-26T17:00"]);
    rest.saves(&[(1, None)], "2026-11-23T17:00", 2, 16);
    rest.saves(&[(2, None)], "2026-11-18T17:00", 5, 40);
    let shared = chain("2026-11-16T08:00", Some("2026-11-26T23:59:59"), &["rest", "rest"]);
    assert_eq!(saving(&calendar(), &shared.whole, &shared.steps(), &[(1, None)]), None, "nobody knows which share it has");
}

#[test]
fn an_unknown_step_hides_what_follows() {
    chain("2026-11-16T08:00", None, &["1 working days", "unknown", "1 working days"]).goes(&[
        "2026-11-16T08:00 .. 2026-11-17T17:00",
        "not planned",
        "not planned",
    ]);
}

#[test]
fn a_plan_into_unpublished_days_says_so() {
    assert!(chain("2027-12-29T08:00", None, &["2 working days"]).plan().published);
    assert!(!chain("2027-12-29T08:00", None, &["3 working days"]).plan().published);
}
