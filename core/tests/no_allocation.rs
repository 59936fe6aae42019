//! A verdict allocates nothing once its workspace has been used. Two things are excepted: two spellings of one name are
//! brought to one form to be compared, and while facts are missing their completions are tried.

#![cfg(test)]

mod reference;

use allocation_counter::measure;
use reference::cases::{Case, Filler, cases};
use reference::packs;
use thutuc::compile::{Program, build};
use thutuc::eval::{Outcome, Slots, Verdict, Workspace, verdict_into};
use thutuc::wire::{ToldCase, told_case};

#[test]
fn the_workload_is_decided_without_allocation() {
    let pack = packs::workload();
    let program = pack.program("0.000001", None).unwrap();
    let filler = Filler::new(program);
    let (mut slots, mut work, mut answer) = (Slots::new(program), Workspace::default(), Verdict::default());
    let cases = cases(10_000, 42);
    let mut decide = |cases: &[Case]| {
        for case in cases {
            filler.fill(case, &mut slots);
            verdict_into(program, &slots, &case.moment(), &pack.calendar, &mut work, &mut answer).unwrap();
        }
    };
    // The first look at an epoch gathers its tests.
    decide(&cases);
    assert_eq!(measure(|| decide(&cases)).count_total, 0);
}

#[test]
fn the_worked_cases_are_decided_without_allocation() {
    let built = build(&packs::sources(&packs::files(&packs::rules_folder())), &[]);
    let pack = built.compiled.unwrap();
    let (mut work, mut answer) = (Workspace::default(), Verdict::default());
    let mut allocating = Vec::new();
    for (file, case) in built.pack.cases.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case))) {
        let ToldCase { program, slots, moment, .. } = told_case(&pack, file, case).unwrap();
        if names_are_spelled_differently(program, &slots) {
            continue;
        }
        let mut decide = || verdict_into(program, &slots, &moment, &pack.calendar, &mut work, &mut answer).unwrap();
        decide();
        let count = measure(&mut decide).count_total;
        if count > 0 && answer.outcome != Outcome::Ask {
            allocating.push(format!("{} {}: {count}", file.procedure.value, case.id.value));
        }
    }
    assert!(allocating.is_empty(), "{} cases\n{}", allocating.len(), allocating.join("\n"));
}

fn names_are_spelled_differently(program: &Program, slots: &Slots) -> bool {
    let name = |fact| program.slot(fact).map(|slot| slots.fact(program, slot));
    name("account.full_name") != name("applicant.full_name")
}
