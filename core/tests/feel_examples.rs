//! The examples that builtins declare: each through the parser, the checker, the compiler and the evaluator.

#![cfg(test)]

mod support {
    pub mod sources;
}

use support::sources::sources;
use thutuc::builtins::{self, Builtin};
use thutuc::compile::build;
use thutuc::diagnostics::{Severity, render};
use thutuc::eval::{Moment, Slots, Status, Workspace, judge};
use thutuc::value::Date;

/// A procedure whose n-th condition says that the n-th example comes out as declared.
fn procedure(builtin: &Builtin) -> String {
    let mut text = String::from(
        "procedure: \"1\"\nname: { vi: M, en: M }\nfield: residence\nauthority: commune\nonline_service: full\nfrom: 2020-01-01\neligibility:\n",
    );
    for (at, (expression, expected)) in builtin.examples.iter().enumerate() {
        let require = if *expected == "null" { format!("({expression}) = null") } else { format!("({expression}) = ({expected})") };
        text += &format!("  - id: example_{at}\n    require: >-\n      {require}\n    message: {{ vi: M, en: M }}\n    cite: 1/2020/QH14\n");
    }
    text
}

fn failures(builtin: &Builtin) -> Vec<String> {
    let text = procedure(builtin);
    let sources = sources(&[("procedure.yaml", &text)]);
    let built = build(&sources, &[]);
    let errors = built.diagnostics.iter().filter(|one| one.severity() == Severity::Error);
    let errors: Vec<String> = errors.map(|one| format!("{}: {}", builtin.name, render(one, &sources))).collect();
    let Some(pack) = built.compiled else { return errors };
    let program = pack.programs.first().unwrap();
    let moment = Moment::on(Date::parse("2026-06-01").unwrap());
    let judged = judge(program, &Slots::new(program), &moment, &pack.calendar, &mut Workspace::default()).unwrap();
    let wrong = judged.eligibility.iter().zip(builtin.examples).filter(|(judged, _)| judged.status != Status::Yes);
    wrong.map(|(judged, (expression, expected))| format!("{expression} is not {expected}: {:?}", judged.status)).collect()
}

#[test]
fn every_example_comes_out_as_declared() {
    let failures: Vec<String> = builtins::all().flat_map(failures).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_builtin_has_an_example() {
    let without: Vec<&str> = builtins::all().filter(|builtin| builtin.examples.is_empty()).map(|builtin| builtin.name).collect();
    assert_eq!(without, Vec::<&str>::new());
}
