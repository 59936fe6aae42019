//! Every column of answers is what `eval` says of each row.

#![cfg(test)]

mod column {
    pub mod cases;
    pub mod expected;
    pub mod known;
}
#[expect(dead_code, reason = "other tests use more of it")]
mod random;
mod reference;
#[expect(dead_code, reason = "other tests use more of it")]
mod support {
    pub mod answers;
    pub mod pack;
    pub mod sources;
}

use column::cases::{Told, batch};
use column::expected::{Expected, shown};
use column::known::Known;
use proptest::prelude::*;
use random::Choices;
use random::linked::linked;
use random::procedure::{Size, random};
use reference::packs;
use support::pack::compiled;
use thutuc::columns::{Batch, Cells, Days, Law, Output, Plan, Received, Results};
use thutuc::compile::build;
use thutuc::compile::program::{Program, Slot};
use thutuc::eval::{Moment, Slots};
use thutuc::value::{Date, Fact, Value};
use thutuc::wire::told_case;

const FREE: Size = Size { facts: 6, depth: 2, free: true, general: false };
const GENERAL: Size = Size { facts: 5, depth: 2, free: true, general: true };

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..400)
}

fn bytes_of_two() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..660)
}

fn held_to_eval(bytes: &[u8], size: Size, rows: usize) -> Result<(), TestCaseError> {
    let (for_cases, for_pack) = bytes.split_at(bytes.len().min(140));
    let procedure = random(&mut Choices::new(for_pack), size);
    let text = column::cases::dated(&procedure.text, &mut Choices::new(for_cases));
    every_column_is_held(&[("procedure.yaml", &text)], rows, for_cases)
}

fn linked_held_to_eval(bytes: &[u8], rows: usize) -> Result<(), TestCaseError> {
    let (for_cases, for_pack) = bytes.split_at(bytes.len().min(140));
    let service = linked(&mut Choices::new(for_pack), FREE);
    let files: Vec<(&str, &str)> = service.files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    every_column_is_held(&files, rows, for_cases)
}

fn every_column_is_held(files: &[(&str, &str)], rows: usize, for_cases: &[u8]) -> Result<(), TestCaseError> {
    let (pack, _) = compiled(files);
    let law = Law { program: pack.programs.first().unwrap(), calendar: &pack.calendar };
    let told = Told::random(law.program, rows, for_cases);
    let outputs = Output::all(law.program);
    let plan = Plan::new(law, &outputs).unwrap();
    batch(law.program, &told, |batch| {
        let mut results = Results::default();
        plan.run(law, batch, 0..rows, &mut results);
        let mut expected = Expected::new(law);
        for row in 0..rows {
            expected.decide(&told.case(row), &told.moment(row));
            for (column, answers) in plan.columns().iter().zip(&results.columns) {
                let (is, should_be) = (shown(column, answers, row), expected.shown(&column.output, &told, row));
                prop_assert_eq!(is, should_be, "{} of row {}: {:?} on {:?}\n{:?}", column.name, row, told.case(row), told.moment(row), files);
            }
        }
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_of_random_procedures_are_what_eval_says(bytes in bytes()) {
        held_to_eval(&bytes, FREE, 100)?;
    }

    #[test]
    fn columns_of_procedures_without_special_forms_are_what_eval_says(bytes in bytes()) {
        held_to_eval(&bytes, GENERAL, 70)?;
    }

    #[test]
    fn columns_of_linked_services_are_what_eval_says(bytes in bytes_of_two()) {
        linked_held_to_eval(&bytes, 70)?;
    }
}

/// Every procedure in every jurisdiction, all facts told: the answers are those of `eval`, and kernels give them.
#[test]
fn procedures_of_the_pack_are_decided_by_kernels() {
    let pack = packs::compiled(&packs::rule_files(&packs::rules_folder()));
    let mut without = Vec::new();
    for at in 0..pack.programs.len() {
        let program = pack.programs.get(at).unwrap();
        let law = Law { program, calendar: &pack.calendar };
        let plan = Plan::new(law, &Output::all(program)).unwrap();
        for way in plan.report().iter().filter(|way| !way.by_eval.is_empty()) {
            without.push(format!("{} {:?}", program.code, way));
        }
        let last = program.epochs.last().unwrap().from.0;
        let first = program.epochs.first().unwrap().from.0.max(Date::parse("2020-01-01").unwrap().0) - 5;
        let known = Known::new(program, 1_500, at as u64, (first, last + 100));
        let batch = known.batch(program);
        let mut results = Results::default();
        plan.run(law, &batch, 0..known.rows, &mut results);
        if results.by_eval > 0 {
            without.push(format!("{} {:?}: {} of {} rows by eval", program.code, program.jurisdiction, results.by_eval, known.rows));
        }
        holds(law, &plan, &batch, &results, 0, 7);
    }
    assert!(without.is_empty(), "{}", without.join("\n"));
}

/// The same answers from any part of a batch and on any number of threads.
#[test]
fn parts_of_a_batch_are_decided_alike() {
    let pack = packs::compiled(&packs::rule_files(&packs::rules_folder()));
    let program = pack.program("1.004222", None).unwrap();
    let law = Law { program, calendar: &pack.calendar };
    let plan = Plan::new(law, &Output::all(program)).unwrap();
    let last = program.epochs.last().unwrap().from.0;
    let known = Known::new(program, 3_333, 5, (last - 1_000, last + 100));
    let batch = known.batch(program);
    let mut whole = Results::default();
    plan.run(law, &batch, 0..known.rows, &mut whole);
    let mut part = Results::default();
    for rows in [0..1, 1_000..1_100, 1_023..3_333, 64..2_112, 3_000..9_999] {
        plan.run(law, &batch, rows.clone(), &mut part);
        for row in 0..part.rows {
            for ((column, whole), part) in plan.columns().iter().zip(&whole.columns).zip(&part.columns) {
                assert_eq!(shown(column, part, row), shown(column, whole, rows.start + row), "{} of row {row} of {rows:?}", column.name);
            }
        }
    }
    // One after the other into columns that are one; the memory is that of another run.
    plan.begin(2_700, &mut part);
    assert_eq!([0..640, 640..704, 704..2_752, 2_752..9_999].map(|rows| plan.add(law, &batch, rows, &mut part)), [640, 64, 1_996, 0]);
    assert_eq!(part.rows, 2_700);
    for row in 0..part.rows {
        for ((column, whole), part) in plan.columns().iter().zip(&whole.columns).zip(&part.columns) {
            assert_eq!(shown(column, part, row), shown(column, whole, row), "{} of row {row} in parts", column.name);
        }
    }
    plan.begin(2_700, &mut part);
    assert_eq!([0..100, 100..164].map(|rows| plan.add(law, &batch, rows, &mut part)), [100, 0], "none is added amid a word of a bitmap");
    assert_eq!(part.rows, 100);
    for threads in 1..5 {
        let mut row = 0;
        for part in plan.run_on(law, &batch, threads) {
            for at in 0..part.rows {
                for ((column, whole), part) in plan.columns().iter().zip(&whole.columns).zip(&part.columns) {
                    assert_eq!(shown(column, part, at), shown(column, whole, row));
                }
                row += 1;
            }
        }
        assert_eq!(row, known.rows);
    }
}

/// The worked cases of each procedure as one batch.
#[test]
fn worked_cases_are_decided_as_eval_decides_them() {
    let sources = packs::sources(&packs::files(&packs::rules_folder()));
    let built = build(&sources, &[]);
    let pack = built.compiled.unwrap();
    let mut cases = 0;
    for at in 0..pack.programs.len() {
        let program = pack.programs.get(at).unwrap();
        let mut told = Vec::new();
        for (file, case) in built.pack.cases.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case))) {
            let one = told_case(&pack, file, case).unwrap();
            if std::ptr::eq(one.program, program) {
                told.push((one.slots, one.moment));
            }
        }
        if told.is_empty() {
            continue;
        }
        cases += told.len();
        let law = Law { program, calendar: &pack.calendar };
        let plan = Plan::new(law, &Output::all(program)).unwrap();
        as_batch(program, &told, |batch| {
            let mut results = Results::default();
            plan.run(law, batch, 0..told.len(), &mut results);
            holds(law, &plan, batch, &results, 0, 1);
        });
    }
    assert!(cases > 100, "{cases} worked cases");
}

/// Calls `with` with a batch of cases told as values. Facts that stand at their default are not told.
fn as_batch(program: &Program, told: &[(Slots, Moment)], with: impl FnOnce(&Batch)) {
    let defaults = Slots::new(program);
    let as_of: Vec<i32> = told.iter().map(|(_, moment)| moment.as_of.0).collect();
    let days: Vec<i32> = told.iter().map(|(_, moment)| moment.received.date.0).collect();
    let seconds: Vec<u32> = told.iter().map(|(_, moment)| moment.received.second).collect();
    let columns: Vec<Vec<Fact<Value>>> = (0..program.facts.len() as u16).map(|slot| {
        let default = defaults.fact(program, Slot(slot));
        told.iter().map(|(slots, _)| Some(slots.fact(program, Slot(slot))).filter(|fact| *fact != default).unwrap_or(Fact::Missing)).collect()
    }).collect();
    let mut batch = Batch::new(program, told.len(), Days::Column(&as_of)).unwrap();
    batch.receive(Received::Column { days: &days, seconds: Some(&seconds) }).unwrap();
    for (column, slot) in columns.iter().zip(0u16..) {
        batch.tell(program, Slot(slot), Cells::Values(column).told()).unwrap();
    }
    with(&batch);
}

/// Holds every `step`-th row of the results to `eval`.
#[track_caller]
fn holds(law: Law, plan: &Plan, batch: &Batch, results: &Results, first: usize, step: usize) {
    let mut expected = Expected::new(law);
    let mut slots = Slots::new(law.program);
    for row in (0..results.rows).step_by(step) {
        batch.fill(law.program, first + row, &mut slots);
        let moment = batch.moment(first + row);
        expected.decide_slots(&slots, &moment);
        for (column, answers) in plan.columns().iter().zip(&results.columns) {
            if matches!(column.output, Output::Problem(_)) {
                continue;
            }
            let (is, should_be) = (shown(column, answers, row), expected.of(&column.output));
            assert_eq!(is, should_be, "{} of {} in row {row} on {moment:?}", column.name, law.program.code);
        }
    }
}
