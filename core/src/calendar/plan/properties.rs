//! What must hold of every chain.

use proptest::prelude::*;

use super::*;
use crate::calendar::deadline::Unit;
use crate::calendar::working::tests::any_calendar;
use crate::calendar::WorkingCalendar;
use crate::value::Date;

/// What it takes, its cutoff, the steps it waits for, when it was done.
type Step = (Takes, Option<u32>, Vec<usize>, Option<Stamp>);

#[derive(Clone)]
struct Chain {
    whole: Whole,
    steps: Vec<Step>,
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = |stamp: Stamp| stamp.to_datetime().to_string();
        write!(f, "{} to {:?} at {:?}:", shown(self.whole.start), self.whole.due.map(shown), self.whole.now.map(shown))?;
        for (takes, cutoff, after, done) in &self.steps {
            write!(f, " [{takes:?} < {cutoff:?} after {after:?} done {:?}]", done.map(shown))?;
        }
        Ok(())
    }
}

impl Chain {
    fn steps(&self) -> Vec<PlanStep<'_>> {
        self.steps.iter().map(|(takes, cutoff, after, done)| PlanStep { takes: *takes, cutoff: *cutoff, after, done: *done }).collect()
    }
}

fn any_moment(around: i32) -> impl Strategy<Value = Stamp> {
    (around..around + 40, 0..1440u32).prop_map(|(day, minute)| Stamp::new(Date(day), minute))
}

fn any_takes() -> impl Strategy<Value = Takes> {
    let units = [Unit::WorkingDays, Unit::Days, Unit::Hours, Unit::OfficeHours, Unit::SameDay, Unit::Months];
    let timed = (0..6u32, proptest::sample::select(units.to_vec())).prop_map(|(count, unit)| Takes::Period(Period { count, unit }));
    prop_oneof![4 => timed, 1 => Just(Takes::Rest)]
}

fn any_chain() -> impl Strategy<Value = Chain> {
    let day = 10_000..30_000i32;
    let counts = 1..6usize;
    (day, counts).prop_flat_map(|(day, count)| {
        let step = move |at: usize| {
            let after = proptest::collection::vec(0..at.max(1), 0..3).prop_map(move |mut after| {
                after.retain(|before| *before < at);
                after
            });
            (any_takes(), proptest::option::of(0..1440u32), after, proptest::option::weighted(0.3, any_moment(day)))
        };
        let steps: Vec<_> = (0..count).map(step).collect();
        (any_moment(day), any_moment(day + 3), proptest::option::of(any_moment(day)), steps).prop_map(|(start, due, now, steps)| Chain {
            whole: Whole { start, due: Some(due), now, office: OfficeHours::ASSUMED },
            steps,
        })
    })
}

proptest! {
    #[test]
    fn a_step_begins_when_those_before_it_have_ended(years in any_calendar(), chain in any_chain()) {
        let plan = plan(&WorkingCalendar::new(&years), &chain.whole, &chain.steps());
        for (at, (takes, _, after, _)) in chain.steps.iter().enumerate() {
            let own = plan.steps[at].planned.unwrap();
            prop_assert!(own.from >= chain.whole.start && own.from <= own.ends && own.starts <= own.ends && own.ends <= own.limit);
            for before in after {
                let before_it = plan.steps[*before].planned.unwrap();
                let shared = *takes == Takes::Rest && chain.steps[*before].0 == Takes::Rest;
                prop_assert!(own.from >= if shared { before_it.from } else { before_it.ends }, "step {at} begins before step {before} has ended");
                prop_assert!(own.ends >= before_it.ends || shared);
            }
        }
    }

    #[test]
    fn what_remains_keeps_the_whole_on_time_if_anything_does(years in any_calendar(), mut chain in any_chain()) {
        let calendar = WorkingCalendar::new(&years);
        let with_rest = plan(&calendar, &chain.whole, &chain.steps()).ends.unwrap();
        for step in &mut chain.steps {
            if step.0 == Takes::Rest {
                step.0 = Takes::OfficeSeconds(0);
                step.1 = None;
            }
        }
        let least = plan(&calendar, &chain.whole, &chain.steps()).ends.unwrap();
        // What comes on a day on which the office is shut may be late by that alone.
        prop_assert!(with_rest <= chain.whole.due.unwrap().max(least), "what remains takes more than remains: {with_rest:?}, least {least:?}");
    }

    #[test]
    fn a_cut_never_lengthens(years in any_calendar(), chain in any_chain(), cut in any::<proptest::sample::Index>()) {
        let cut = cut.index(chain.steps.len());
        if let Some(saving) = saving(&WorkingCalendar::new(&years), &chain.whole, &chain.steps(), &[(cut, None)]) {
            prop_assert!(saving.working_days >= 0 && saving.office_seconds >= 0, "{saving:?}");
        }
    }

    #[test]
    fn a_shorter_step_never_lengthens(years in any_calendar(), chain in any_chain(), cut in any::<proptest::sample::Index>(), less in 0..6u32) {
        let cut = cut.index(chain.steps.len());
        let Takes::Period(period) = chain.steps[cut].0 else { return Ok(()) };
        let shorter = Period { count: period.count.saturating_sub(less), ..period };
        let saving = saving(&WorkingCalendar::new(&years), &chain.whole, &chain.steps(), &[(cut, Some(shorter))]).unwrap();
        prop_assert!(saving.office_seconds >= 0, "{saving:?}");
    }

    #[test]
    fn later_is_never_less_late(years in any_calendar(), chain in any_chain(), at in any::<proptest::sample::Index>(), by in 0..200_000i64) {
        let calendar = WorkingCalendar::new(&years);
        let at = at.index(chain.steps.len());
        let mut later = chain.clone();
        let Some(done) = chain.steps[at].3 else { return Ok(()) };
        let seconds = i64::from(done.second) + by;
        later.steps[at].3 = Some(Stamp { date: done.date.plus_days((seconds / 86_400) as i32), second: (seconds % 86_400) as u32 });
        let (first, second) = (plan(&calendar, &chain.whole, &chain.steps()), plan(&calendar, &later.whole, &later.steps()));
        prop_assert!(second.steps[at].expected.late >= first.steps[at].expected.late);
        prop_assert!(second.expected >= first.expected);
        prop_assert!(second.late >= first.late);
    }

    #[test]
    fn nothing_done_is_expected_as_planned(years in any_calendar(), mut chain in any_chain()) {
        chain.whole.now = None;
        chain.steps.iter_mut().for_each(|step| step.3 = None);
        let plan = plan(&WorkingCalendar::new(&years), &chain.whole, &chain.steps());
        prop_assert_eq!(plan.ends, plan.expected);
        for step in &plan.steps {
            prop_assert_eq!(step.planned, step.expected.span);
            prop_assert_eq!(step.expected.late, None);
        }
    }
}
