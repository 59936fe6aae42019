//! What every host builds on: engine, layout, packed cases, sessions, problem documents.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod reference;

use std::sync::Arc;

use reference::cases::{Case, Filler, cases};
use reference::packs;
use thutuc::compile::program::Slot;
use thutuc::compile::{CompiledPack, Program, read_bundle, write_bundle};
use thutuc::eval::{Due, Moment, Slots, Workspace, verdict};
use thutuc::model::Language;
use thutuc::value::Date;
use thutuc::wire::packed::{MISSING, NARROW, NULL, WIDE, word};
use thutuc::wire::{Engine, PackedCase, ProblemDocument, Session, packed_moment};

const PROCEDURE: &str = "0.000001";

fn engine() -> Engine {
    Engine::new(packs::workload())
}

fn program(pack: &CompiledPack) -> &Program {
    pack.program(PROCEDURE, None).unwrap()
}

/// Writes a case to a packed one and returns its moment.
fn write(case: &Case, program: &Program, packed: &mut PackedCase) -> Moment {
    let mut slots = Slots::new(program);
    Filler::new(program).fill(case, &mut slots);
    let (states, numbers) = packed.input();
    for ((state, number), slot) in states.iter_mut().zip(numbers).zip(0u16..) {
        *state = NARROW;
        *number = slots.narrow(Slot(slot)) as f64;
    }
    packed_moment(case.submitted, None)
}

#[test]
fn packed_verdicts_are_verdicts() {
    let engine = engine();
    let program = program(engine.compiled());
    let (mut packed, mut slots, mut work) = (PackedCase::new(program), Slots::new(program), Workspace::default());
    for case in cases(200, 7) {
        let moment = write(&case, program, &mut packed);
        Filler::new(program).fill(&case, &mut slots);
        let expected = verdict(program, &slots, &moment, &engine.compiled().calendar, &mut work).unwrap();
        let words = *packed.verdict(engine.compiled(), program, None, &moment).unwrap();
        assert_eq!(words[word::OUTCOME], expected.outcome as i32);
        assert_eq!(words[word::ELIGIBILITY + 2], expected.eligibility.no as i32);
        assert_eq!(words[word::DOCUMENTS], expected.documents.yes as i32);
        assert_eq!(i64::from(words[word::FEE]), expected.fee_total);
        let Due::Determined(day) = expected.due else { panic!() };
        assert_eq!((words[word::DUE], words[word::DUE_DAY]), (1, day.0));
        assert_eq!(program.epochs[words[word::EPOCH] as usize].from, program.epoch(moment.as_of).unwrap().from);
    }
}

#[test]
fn a_packed_verdict_allocates_nothing() {
    let engine = engine();
    let program = program(engine.compiled());
    let mut packed = PackedCase::new(program);
    let moment = write(&cases(1, 7)[0], program, &mut packed);
    packed.verdict(engine.compiled(), program, None, &moment).unwrap();
    let counted = allocation_counter::measure(|| {
        packed.verdict(engine.compiled(), program, None, &moment).unwrap();
    });
    assert_eq!(counted.count_total, 0);
}

#[test]
fn numbers_that_do_not_fit_are_the_problems_they_are_as_json() {
    let engine = engine();
    let program = program(engine.compiled());
    let slot = |name: &str| usize::from(program.slot(name).unwrap().0);
    let mut packed = PackedCase::new(program);
    let problems = |packed: &mut PackedCase, name: &str, state: u8, number: f64, rest: Option<&str>| {
        let (states, numbers) = packed.input();
        states.fill(MISSING);
        states[slot(name)] = state;
        numbers[slot(name)] = number;
        packed.fill(program, rest);
        let words = packed.problems().iter().map(|one| thutuc::explain::problem_message(one, Language::En));
        words.collect::<Vec<_>>().join("; ")
    };
    let mut told = |name, state, number, rest| problems(&mut packed, name, state, number, rest);
    assert_eq!(told("applicant_age", NARROW, 131.0, None), "`applicant_age` must lie between 0 and 130, 131 was given");
    assert_eq!(told("applicant_age", NARROW, f64::NAN, None), "`applicant_age` takes a number, NaN was given");
    assert_eq!(told("channel", NARROW, 3.0, None), "`channel` takes a string, 3 was given");
    assert_eq!(told("channel", NULL, 0.0, None), "`channel` needs an answer; leave it out if it is not known yet");
    assert_eq!(told("channel", WIDE, 0.0, Some(r#"{"channel":"onlin"}"#)), "`channel` takes one of online, in_person, post, \"onlin\" was given; did you mean `online`?");
    let foreign = r#"{"floor_area_per_person":{"$foreign":"NaN"}}"#;
    assert_eq!(told("floor_area_per_person", WIDE, 0.0, Some(foreign)), "`floor_area_per_person` takes a number, NaN was given");
    assert_eq!(told("floor_area_per_person", WIDE, 0.0, Some(r#"{"floor_area_per_person":8.5}"#)), "");
}

#[test]
fn a_session_tells_what_changed() {
    let engine = Arc::new(engine());
    let mut session = Session::open(engine.clone(), PROCEDURE, None, packed_moment(Date::parse("2025-06-02").unwrap().0, None)).unwrap();
    let slot = |name: &str| program(engine.compiled()).slot(name).unwrap();
    session.read().unwrap();
    assert_eq!(session.words()[word::OUTCOME], 2);
    assert!(session.missing().unwrap().contains(&(slot("channel"), true)));
    assert!(session.set(slot("channel"), NARROW, 0.0));
    assert_ne!(session.read().unwrap(), 0);
    assert_eq!(session.read().unwrap(), 0);
    assert!(!session.set(slot("applicant_age"), NARROW, 200.0));
    session.read().unwrap();
    assert_eq!(session.words()[word::PROBLEMS], 1);
    assert!(session.set_json(slot("applicant_age"), "17"));
    session.read().unwrap();
    assert_eq!(session.words()[word::PROBLEMS], 0);
    session.unset(slot("applicant_age"));
    let decision = serde_json::to_value(session.explain(Language::En).unwrap()).unwrap();
    assert!(decision["missing"].as_array().unwrap().iter().any(|one| one["fact"] == "applicant_age"));
}

#[test]
fn an_engine_lives_in_a_bundle_and_answers_for_itself() {
    let bytes = write_bundle(engine().compiled());
    let engine = Engine::from_bundle(&bytes).unwrap();
    assert_eq!(engine.pack().hash, read_bundle(&bytes).unwrap().hash.as_ref());
    assert_eq!(engine.procedures(Language::En)[0].code, PROCEDURE);
    assert_eq!(engine.facts(PROCEDURE, None, Language::Vi).unwrap().len(), 10);
    let layout = serde_json::to_value(engine.layout(PROCEDURE, None).unwrap()).unwrap();
    assert_eq!(layout["facts"][3]["scale"], 1);
    assert_eq!(layout["facts"][0]["codes"][2], "post");
    let refused = engine.decide_json(r#"{"procedure":"0.000002","asOf":"2025-06-02"}"#).unwrap_err();
    let document = ProblemDocument::of_request(&refused, Language::En);
    assert_eq!((document.code.as_str(), document.near.as_deref()), ("unknown-procedure", Some(PROCEDURE)));
    let problems = engine.check_fact_json(PROCEDURE, None, "applicant_agee", "1", Language::En).unwrap();
    assert_eq!(problems[0].message, "there is no fact `applicant_agee`; did you mean `applicant_age`?");
}

#[test]
fn rule_files_with_errors_are_told_with_their_places() {
    let files = packs::files(&packs::workload_folder());
    assert!(Engine::from_files(files.clone(), &[]).is_ok());
    let broken = files.into_iter().map(|(name, text)| (name, text.replace("eid_level >= 2", "eid_levl >= 2")));
    let diagnostics = Engine::from_files(broken, &[]).unwrap_err();
    let first = diagnostics.iter().find(|one| one.is_error()).unwrap();
    assert_eq!(first.place.as_ref().unwrap().file, "registration.yaml");
}

#[test]
fn an_outline_tells_a_form_what_stands_around_its_facts() {
    let engine = Engine::new(packs::rules());
    let outline = engine.outline("1.004222", None, Language::En).unwrap();
    let days = |text: &[&str]| text.iter().map(|day| Date::parse(day).unwrap()).collect::<Vec<_>>();
    assert_eq!(outline.changes.first(), days(&["2021-07-01"]).first());
    assert!(outline.changes.is_sorted() && days(&["2023-02-05", "2026-04-01", "2027-03-01"]).iter().all(|day| outline.changes.contains(day)));
    assert_eq!(outline.documents_fact.as_deref(), Some("submission.documents"));
    let names: Vec<&str> = outline.authorities.iter().map(|one| &*one.name).collect();
    assert_eq!(names, ["Commune police (district police where there is none)", "Commune police"]);
    assert_eq!(outline.authorities[1].from, days(&["2025-07-01"]).first().copied());
    assert!(engine.outline("9.999999", None, Language::Vi).is_err());
}
