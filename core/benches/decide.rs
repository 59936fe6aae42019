//! One case: the verdict, the whole decision, and both as JSON text. A round is 1,000 different cases.

#[path = "../tests/reference/mod.rs"]
mod reference;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use reference::by_hand;
use reference::cases::{Case, Filler, cases};
use reference::packs;
use thutuc::eval::{Moment, Slots, Verdict, Workspace, verdict, verdict_into};
use thutuc::model::Language;
use thutuc::wire::{decide, decide_json, tell_json, verdict_json};

const CASES: usize = 1_000;

fn main() {
    divan::main();
}

fn a_thousand() -> Vec<Case> {
    cases(CASES, 42)
}

/// The yardstick: the same rules written by hand.
#[divan::bench_group]
mod workload_by_hand {
    use super::*;

    #[divan::bench]
    fn slots_in_and_out(bencher: Bencher) {
        let (cases, calendar) = (a_thousand(), by_hand::Calendar::new());
        bencher.counter(ItemsCount::new(CASES)).bench_local(|| {
            for case in &cases {
                black_box(calendar.full(black_box(case)));
            }
        });
    }

    #[divan::bench]
    fn slots_in_words_out(bencher: Bencher) {
        let cases = a_thousand();
        bencher.counter(ItemsCount::new(CASES)).bench_local(|| {
            for case in &cases {
                black_box(by_hand::full(black_box(case)).answer());
            }
        });
    }

    #[divan::bench]
    fn json_in_and_out(bencher: Bencher) {
        let lines: Vec<String> = a_thousand().iter().map(Case::json).collect();
        bencher.counter(ItemsCount::new(CASES)).bench_local(|| {
            for line in &lines {
                black_box(by_hand::json(black_box(line)));
            }
        });
    }
}

#[divan::bench_group]
mod workload {
    use super::*;

    #[divan::bench]
    fn verdict_slots_in_and_out(bencher: Bencher) {
        let (cases, pack) = (a_thousand(), packs::workload());
        let program = pack.program("0.000001", None).unwrap();
        let (filler, mut slots, mut work) = (Filler::new(program), Slots::new(program), Workspace::default());
        let mut answer = Verdict::default();
        bencher.counter(ItemsCount::new(CASES)).bench_local(|| {
            for case in &cases {
                filler.fill(black_box(case), &mut slots);
                verdict_into(program, &slots, &case.moment(), &pack.calendar, &mut work, &mut answer).unwrap();
                black_box(&answer);
            }
        });
    }

    #[divan::bench]
    fn decision_with_explanation(bencher: Bencher) {
        let (cases, pack) = (a_thousand(), packs::workload());
        let program = pack.program("0.000001", None).unwrap();
        let (filler, mut slots, mut work) = (Filler::new(program), Slots::new(program), Workspace::default());
        bencher.counter(ItemsCount::new(CASES)).bench_local(|| {
            for case in &cases {
                filler.fill(black_box(case), &mut slots);
                black_box(decide(&pack, program, &slots, &case.moment(), Language::Vi, &[], &mut work)).unwrap();
            }
        });
    }

    #[divan::bench]
    fn verdict_json_in_and_out(bencher: Bencher) {
        let (requests, pack) = (a_thousand().iter().map(Case::request).collect::<Vec<_>>(), packs::workload());
        bencher.counter(ItemsCount::new(CASES)).bench_local(|| {
            for request in &requests {
                black_box(verdict_json(&pack, black_box(request))).unwrap();
            }
        });
    }

    #[divan::bench]
    fn decision_json_in_and_out(bencher: Bencher) {
        let (requests, pack) = (a_thousand().iter().map(Case::request).collect::<Vec<_>>(), packs::workload());
        bencher.counter(ItemsCount::new(CASES)).bench_local(|| {
            for request in &requests {
                black_box(decide_json(&pack, black_box(request))).unwrap();
            }
        });
    }
}

/// Permanent residence under the law of 22 November 2026: a tenant who files on the portal.
#[divan::bench_group]
mod permanent_residence {
    use super::*;

    const CODE: &str = "1.004222";
    const FACTS: &str = r#"{
        "applicant": { "full_name": "Nguyễn Văn An", "birth_date": "1990-05-01", "sex": "male", "citizenship": "vietnamese", "groups": [] },
        "submission": { "channel": "online", "filed_by": "self" },
        "account": {
            "holder": "individual", "login": "vneid", "level": 2, "locked": false, "card_expires": "2030-05-01",
            "personal_id": "001090000123", "full_name": "Nguyễn Văn An", "birth_date": "1990-05-01", "five_papers": false
        },
        "residence": { "basis": "rent", "owner_consent": true, "area_per_person": 6 },
        "data": { "population": true, "housing": false }
    }"#;

    fn moment() -> Moment {
        Moment::on(thutuc::value::Date::from_ymd(2026, 11, 22).unwrap())
    }

    #[divan::bench]
    fn verdict_slots_in_and_out(bencher: Bencher) {
        let pack = packs::rules();
        let program = pack.program(CODE, None).unwrap();
        let (mut slots, mut work) = (Slots::new(program), Workspace::default());
        assert!(tell_json(program, FACTS, &mut slots).is_empty());
        bencher.bench_local(|| verdict(program, black_box(&slots), &moment(), &pack.calendar, &mut work).unwrap());
    }

    #[divan::bench]
    fn decision_with_explanation(bencher: Bencher) {
        let pack = packs::rules();
        let program = pack.program(CODE, None).unwrap();
        let (mut slots, mut work) = (Slots::new(program), Workspace::default());
        assert!(tell_json(program, FACTS, &mut slots).is_empty());
        bencher.bench_local(|| decide(&pack, program, black_box(&slots), &moment(), Language::Vi, &[], &mut work).unwrap());
    }

    #[divan::bench]
    fn decision_when_nothing_is_told(bencher: Bencher) {
        let pack = packs::rules();
        let program = pack.program(CODE, None).unwrap();
        let (slots, mut work) = (Slots::new(program), Workspace::default());
        bencher.bench_local(|| decide(&pack, program, black_box(&slots), &moment(), Language::Vi, &[], &mut work).unwrap());
    }

    #[divan::bench]
    fn decision_json_in_and_out(bencher: Bencher) {
        let pack = packs::rules();
        let request = format!(r#"{{"procedure":"{CODE}","asOf":"2026-11-22","facts":{FACTS}}}"#);
        bencher.bench_local(|| decide_json(&pack, black_box(&request)).unwrap());
    }
}
