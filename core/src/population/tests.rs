
use super::*;
use crate::compile::{CompiledPack, build};
use crate::diagnostics::render;
use crate::eval::{FactTeller, Input, Moment, Outcome, Workspace, verdict};
use crate::source::{Cases as WorkedCases, Source, SourceMap, rule_files};

fn rules() -> CompiledPack {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let mut sources = SourceMap::default();
    for file in rule_files(&folder, WorkedCases::Skip).unwrap() {
        sources.add(Source::new(file.display().to_string(), std::fs::read_to_string(&file).unwrap()));
    }
    build(&sources, &[]).compiled.unwrap()
}

fn day() -> Date {
    Date::from_ymd(2026, 11, 22).unwrap()
}

fn drawn(population: &Population<'_>, first: u64, len: usize) -> Cases {
    let mut cases = Cases::default();
    population.draw(first, len, &mut cases);
    cases
}

fn profile(program: &Program, text: &str) -> Result<Profile, String> {
    let mut sources = SourceMap::default();
    let id = sources.add(Source::new("profile.yaml", text));
    let read = read_profile(&sources, id, program, day());
    match read.diagnostics.as_slice() {
        [] => Ok(read.value),
        problems => Err(problems.iter().map(|one| render(one, &sources)).collect()),
    }
}

#[test]
fn a_case_does_not_hang_on_its_block() {
    let pack = rules();
    let program = pack.program("1.004222", None).unwrap();
    let population = Population::new(program, day(), &Profile::default(), 7);
    let whole = drawn(&population, 0, 1000);
    for (first, len) in [(0, 1), (1, 63), (500, 500), (999, 1)] {
        let part = drawn(&population, first, len);
        for (all, some) in whole.columns.iter().zip(&part.columns) {
            let (first, last) = (first as usize, first as usize + len);
            assert_eq!(all.states[first..last], some.states[..]);
            assert_eq!(all.narrow.get(first..last).unwrap_or_default(), &some.narrow[..]);
            assert_eq!(all.wide.get(first..last).unwrap_or_default(), &some.wide[..]);
        }
    }
    let other = drawn(&Population::new(program, day(), &Profile::default(), 8), 0, 1000);
    assert!(whole.columns.iter().zip(&other.columns).any(|(a, b)| a != b));
}

/// What is drawn is told again as a host would tell it: nothing may be refused.
#[test]
fn every_drawn_fact_fits_its_declaration() {
    let pack = rules();
    for program in pack.programs.iter() {
        let profile = Profile { missing: Rate::percent(5), idle: Rate::percent(50), ..Profile::default() };
        let population = Population::new(program, day(), &profile, 1);
        let cases = drawn(&population, 0, 300);
        for n in 0..300 {
            let (mut slots, mut again) = (Slots::new(program), Slots::new(program));
            cases.case(program, n, &mut slots);
            let mut teller = FactTeller::new(program, &mut again);
            for (fact, slot) in program.facts.iter().zip((0u16..).map(Slot)) {
                if let Some(input) = input(&slots.fact(program, slot)) {
                    teller.tell(&fact.name, input);
                }
            }
            let problems = teller.finish();
            assert!(problems.is_empty(), "{}: {problems:?}", program.code);
        }
    }
}

fn input(fact: &Fact<Value>) -> Option<Input<'static>> {
    fn of(value: &Value) -> Input<'static> {
        match value {
            Value::Null => Input::Null,
            Value::Boolean(truth) => Input::Boolean(*truth),
            Value::Number(number) => Input::Number(number.to_string().into()),
            Value::List(items) => Input::List(items.iter().map(of).collect()),
            Value::Context(context) => Input::Record(context.0.iter().map(|(name, value)| (name.to_string().into(), of(value))).collect()),
            Value::Text(text) => Input::Text(text.to_string().into()),
            Value::Date(date) => Input::Text(date.to_string().into()),
            Value::Time(time) => Input::Text(time.to_string().into()),
            Value::DateTime(moment) => Input::Text(moment.to_string().into()),
            other => panic!("{other:?}"),
        }
    }
    match fact {
        Fact::Missing => None,
        Fact::Null => Some(Input::Null),
        Fact::Known(value) => Some(of(value)),
    }
}

/// Facts that no rule reads are left out; that changes no answer, and nobody is asked for them.
#[test]
fn what_is_left_out_does_not_matter() {
    let pack = rules();
    let mut left_out = 0;
    for program in pack.programs.iter() {
        let lean = drawn(&Population::new(program, day(), &Profile::default(), 3), 0, 200);
        let full = drawn(&Population::new(program, day(), &Profile { idle: Rate::ALWAYS, ..Profile::default() }, 3), 0, 200);
        let told = |cases: &Cases| cases.columns.iter().flat_map(|column| &column.states).filter(|state| **state != State::Missing).count();
        left_out += told(&full) - told(&lean);
        let (mut slots, mut work) = (Slots::default(), Workspace::default());
        let moment = Moment::on(day());
        for n in 0..200 {
            let mut decide = |cases: &Cases| {
                cases.case(program, n, &mut slots);
                verdict(program, &slots, &moment, &pack.calendar, &mut work)
            };
            assert_eq!(decide(&lean), decide(&full), "{} case {n}", program.code);
        }
    }
    assert!(left_out > 1000, "{left_out}");
}

#[test]
fn the_usual_population_meets_every_outcome() {
    let pack = rules();
    let program = pack.program("1.004222", None).unwrap();
    let profile = Profile { missing: Rate::percent(2), ..Profile::default() };
    let cases = drawn(&Population::new(program, day(), &profile, 1), 0, 3000);
    let (mut slots, mut work) = (Slots::default(), Workspace::default());
    let mut counts = [0; 3];
    for n in 0..3000 {
        cases.case(program, n, &mut slots);
        match verdict(program, &slots, &Moment::on(day()), &pack.calendar, &mut work).unwrap().outcome {
            Outcome::Accept => counts[0] += 1,
            Outcome::Refuse => counts[1] += 1,
            Outcome::Ask => counts[2] += 1,
        }
    }
    assert!(counts.iter().all(|count| *count > 30), "{counts:?}");
}

#[test]
fn a_profile_is_kept() {
    let pack = rules();
    let program = pack.program("1.004222", None).unwrap();
    let profile = profile(
        program,
        "missing: 0.1
idle: 1
facts:
  submission.channel: { weights: { online: 0.45, vneid_app: 0.15, in_person: 0.40 }, missing: 0 }
  residence.area_per_person: { ranges: [ { from: 3, to: 7.99, weight: 1 }, { from: 8, to: 60, weight: 3 } ] }
  applicant.birth_date: { ranges: [ { from: -80y, to: -18y } ], missing: 0 }
  applicant.groups: { rates: { elderly: 0.5 }, missing: 0 }
  account.full_name: { same_as: applicant.full_name, agrees: 0.5 }
",
    )
    .unwrap();
    let cases = drawn(&Population::new(program, day(), &profile, 1), 0, 10_000);
    let column = |name: &str| &cases.columns[usize::from(program.slot(name).unwrap().0)];
    let share = |name: &str, wanted: &dyn Fn(i64) -> bool| column(name).narrow.iter().filter(|value| wanted(**value)).count();
    let near = |count: usize, wanted: usize| assert!(count.abs_diff(wanted) < 200, "{count}, not {wanted}");
    near(share("submission.channel", &|code| code == 0), 4500);
    near(share("submission.channel", &|code| code == 3), 0);
    near(column("submission.channel").states.iter().filter(|state| **state == State::Missing).count(), 0);
    near(column("residence.area_per_person").states.iter().filter(|state| **state == State::Missing).count(), 1000);
    near(share("residence.area_per_person", &|area| area < 800), 2500);
    near(share("applicant.groups", &|bits| bits == 2), 5000);
    let (first, last) = (day().plus_months(-960).unwrap(), day().plus_months(-216).unwrap());
    assert!(column("applicant.birth_date").narrow.iter().all(|day| (first.0..=last.0).contains(&(*day as i32))));
    let alike = column("account.full_name").wide.iter().zip(&column("applicant.full_name").wide).filter(|(a, b)| a == b).count();
    near(alike, 5000);
}

#[test]
fn a_wrong_profile_is_refused_where_it_is_wrong() {
    let pack = rules();
    let program = pack.program("1.004222", None).unwrap();
    let refuses = |text: &str, wanted: &[&str]| {
        let problems = profile(program, text).unwrap_err();
        wanted.iter().for_each(|part| assert!(problems.contains(part), "{problems}"));
    };
    refuses("facts: { residence.bassis: {} }", &["no fact `residence.bassis`", "did you mean `residence.basis`?", "profile.yaml:1:10"]);
    refuses("facts: { residence.basis: { weights: { own: 1, hired: 1 } } }", &["`hired` is not one of `own`"]);
    refuses("facts: { residence.basis: { weights: { own: 0 } } }", &["no value of `residence.basis` has a weight"]);
    refuses("facts: { residence.basis: { weight: { own: 1 } } }", &["no `weight` here", "did you mean `weights`?"]);
    refuses("facts: { residence.basis: { missing: 2 } }", &["a rate is a number from 0 to 1"]);
    refuses("facts: { residence.area_per_person: { ranges: [ { from: -3, to: 7 } ] } }", &["`-3` is no value of `residence.area_per_person`"]);
    refuses("facts: { residence.area_per_person: { ranges: [ { from: 9, to: 7 } ] } }", &["a range ends before it begins"]);
    refuses("facts: { account.full_name: { same_as: applicant.birth_date } }", &["of another kind"]);
    refuses("facts: [", &["profile.yaml:1"]);
    assert!(profile(program, "{\"missing\": 0.25, \"facts\": {}}").is_ok());
}
