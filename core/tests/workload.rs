//! The reference workload gives the answers of the same rules written by hand, on every case of its first 10,000.
//!
//! With `THUTUC_WORKLOAD` naming a folder that holds `workload/gen.py` and `workload/reference.py`, their cases and answers
//! are compared too.

#![cfg(test)]

mod reference;

use std::path::Path;
use std::process::{Command, Stdio};

use reference::by_hand::{self, Answer, DOCUMENTS, Packed, REASONS};
use reference::cases::{Case, Filler, cases};
use reference::packs;
use thutuc::compile::CompiledPack;
use thutuc::eval::{Due, Outcome, Slots, Verdict, Workspace, verdict};
use thutuc::wire::{VerdictAnswer, verdict_json};

const CASES: usize = 10_000;
const SEED: u64 = 42;

#[test]
fn verdicts_are_the_answers_written_by_hand() {
    let pack = packs::workload();
    let program = pack.program("0.000001", None).unwrap();
    let filler = Filler::new(program);
    let (mut slots, mut work) = (Slots::new(program), Workspace::default());
    let calendar = by_hand::Calendar::new();
    for case in cases(CASES, SEED) {
        filler.fill(&case, &mut slots);
        let verdict = verdict(program, &slots, &case.moment(), &pack.calendar, &mut work).unwrap();
        assert_eq!(packed(&verdict), by_hand::full(&case), "{}", case.json());
        assert_eq!(calendar.full(&case), by_hand::full(&case));
    }
}

#[test]
fn json_verdicts_are_the_answers_written_by_hand() {
    let pack = packs::workload();
    for case in cases(CASES, SEED) {
        let by_hand = by_hand::json(&case.json());
        assert_eq!(answer_of_json(&pack, &case), serde_json::from_str::<Answer>(&by_hand).unwrap(), "{}", case.json());
    }
}

#[test]
fn answers_are_those_of_the_published_reference() {
    let Some(folder) = std::env::var_os("THUTUC_WORKLOAD") else {
        eprintln!("skipped: THUTUC_WORKLOAD names no folder with workload/gen.py and workload/reference.py");
        return;
    };
    let workload = Path::new(&folder).join("workload");
    let generated = python(&workload.join("gen.py"), &[&CASES.to_string(), &SEED.to_string()], "");
    let answers = python(&workload.join("reference.py"), &[], &generated);
    let pack = packs::workload();
    let ours = cases(CASES, SEED);
    assert_eq!((generated.lines().count(), answers.lines().count()), (CASES, CASES));
    for ((case, line), answer) in ours.iter().zip(generated.lines()).zip(answers.lines()) {
        let told = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        assert_eq!(told(&case.json()), told(line));
        assert_eq!(answer_of_json(&pack, case), serde_json::from_str::<Answer>(answer).unwrap(), "{line}");
    }
}

fn packed(verdict: &Verdict) -> Packed {
    assert_eq!(verdict.eligibility.open | verdict.documents.open | verdict.fees_open, 0);
    assert_eq!(verdict.outcome == Outcome::Accept, verdict.eligibility.no == 0);
    let Due::Determined(deadline) = verdict.due else { panic!("{:?}", verdict.due) };
    Packed {
        reasons: verdict.eligibility.no as u8,
        documents: verdict.documents.yes as u8,
        fee: verdict.fee_total as u32,
        deadline: deadline.0,
    }
}

fn answer_of_json(pack: &CompiledPack, case: &Case) -> Answer<'static> {
    let text = verdict_json(pack, &case.request()).unwrap();
    let answer: VerdictAnswer = serde_json::from_str(&text).unwrap();
    assert!(answer.problems.is_empty() && answer.undetermined.is_empty() && !answer.provisional, "{text}");
    let named = |ids: &[std::borrow::Cow<str>], all: &[&'static str; 6]| {
        ids.iter().map(|id| *all.iter().find(|one| one.eq_ignore_ascii_case(id)).unwrap()).collect::<Vec<_>>()
    };
    Answer {
        eligible: answer.unmet.is_empty(),
        reasons: named(&answer.unmet, &REASONS),
        documents: named(&answer.documents, &DOCUMENTS),
        fee: answer.fee.unwrap() as u32,
        deadline: answer.due_on.unwrap().to_string(),
    }
}

/// What a Python program prints.
fn python(program: &Path, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new("python3").arg(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || std::io::Write::write_all(&mut stdin, input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{} failed", program.display());
    String::from_utf8(output.stdout).unwrap()
}
