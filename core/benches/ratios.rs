//! What the rules engine costs over the same rules written by hand, measured in the same rounds, and the targets.
//! With `--json` a record a line, as `make bench` gathers them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop where it cannot go on")]

#[path = "../tests/reference/mod.rs"]
mod reference;

use std::hint::black_box;
use std::time::Instant;

use reference::by_hand;
use reference::cases::{Case, Filler, cases};
use reference::packs;
use thutuc::compile::{build, read_bundle, write_bundle};
use thutuc::eval::{Slots, Verdict, Workspace, verdict_into};
use thutuc::model::Language;
use thutuc::wire::{decide, decide_json, verdict_json};

const CASES: usize = 10_000;
const ROUNDS: usize = 11;

/// A line of the report: what it is, nanoseconds by hand and by the engine, and the target.
struct Row {
    what: &'static str,
    by_hand: Option<u128>,
    engine: u128,
    /// To reach, and better than that.
    target: Option<(u128, u128)>,
}

impl Row {
    /// The records of the row: by hand, where that was written, and by the engine.
    fn tell(&self) {
        let tell = |system: &str, value: u128, ratio: Option<String>| {
            let (mode, ratio) = (self.what, ratio.unwrap_or_else(|| "null".to_owned()));
            println!(
                r#"{{"workload":"reference","host":"rust","mode":"{mode}","system":"{system}","unit":"ns","value":{value},"ratio_to_hand":{ratio}}}"#
            );
        };
        if let Some(by_hand) = self.by_hand {
            tell("by hand", by_hand, Some("1".to_owned()));
        }
        tell("thutuc", self.engine, self.ratio());
    }

    /// The engine's time in those of the rules by hand, to a tenth.
    fn ratio(&self) -> Option<String> {
        self.by_hand.filter(|hand| *hand > 0).map(|hand| format!("{}.{}", self.engine / hand, self.engine * 10 / hand % 10))
    }
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let rounds = if std::env::args().any(|argument| argument == "--test") { 1 } else { ROUNDS };
    let rows = measured(rounds);
    if std::env::args().any(|argument| argument == "--json") {
        rows.iter().for_each(Row::tell);
        return;
    }
    println!("{:<46} {:>12} {:>12} {:>7} {:>12} {:>12}", "median of a case, ns", "by hand", "thutuc", "ratio", "to reach", "stretch");
    for row in rows {
        let ratio = row.ratio().unwrap_or_else(|| "-".to_owned());
        let Row { what, by_hand, engine, target } = row;
        let hand = by_hand.map_or("-".to_owned(), |hand| hand.to_string());
        let Some((target, stretch)) = target else {
            println!("{what:<46} {hand:>12} {engine:>12} {ratio:>7}");
            continue;
        };
        let reached = if engine <= stretch { "stretch" } else if engine <= target { "reached" } else { "MISSED" };
        println!("{what:<46} {hand:>12} {engine:>12} {ratio:>7} {target:>12} {stretch:>12}  {reached}");
    }
}

fn measured(rounds: usize) -> Vec<Row> {
    let (cases, pack) = (cases(CASES, 42), packs::workload());
    let program = pack.program("0.000001", None).unwrap();
    let (filler, mut slots, mut work) = (Filler::new(program), Slots::new(program), Workspace::default());
    let (calendar, mut answer) = (by_hand::Calendar::new(), Verdict::default());
    let lines: Vec<String> = cases.iter().map(Case::json).collect();
    let requests: Vec<String> = cases.iter().map(Case::request).collect();
    let (seven, all) = (packs::seven(), packs::rule_files(&packs::rules_folder()));
    let bundle = write_bundle(&packs::compiled(&seven));

    let mut times: [Vec<u128>; 10] = Default::default();
    for _ in 0..rounds {
        let round = [
            per_case(&cases, 20, |case| _ = black_box(calendar.full(case))),
            per_case(&cases, 20, |case| {
                filler.fill(case, &mut slots);
                _ = black_box(verdict_into(program, &slots, &case.moment(), &pack.calendar, &mut work, &mut answer));
                black_box(&answer);
            }),
            per_case(&cases, 4, |case| _ = black_box(by_hand::full(case).answer())),
            per_case(&cases, 2, |case| {
                filler.fill(case, &mut slots);
                _ = black_box(decide(&pack, program, &slots, &case.moment(), Language::Vi, &[], &mut work));
            }),
            per_case(&lines, 2, |line| _ = black_box(by_hand::json(line))),
            per_case(&requests, 2, |request| _ = black_box(verdict_json(&pack, request))),
            per_case(&requests, 1, |request| _ = black_box(decide_json(&pack, request))),
            per_case(&[()], 5, |()| _ = black_box(build(&packs::sources(&seven), &[]))),
            per_case(&[()], 5, |()| _ = black_box(build(&packs::sources(&all), &[]))),
            per_case(&[()], 20, |()| _ = black_box(read_bundle(&bundle).is_ok())),
        ];
        times.iter_mut().zip(round).for_each(|(all, time)| all.push(time));
    }
    let [packed, slots, words, decision, json, verdict_text, decision_text, built, built_all, loaded] = times.map(median);
    let row = |what, by_hand, engine, target| Row { what, by_hand, engine, target };
    vec![
        row("verdict, slots in and out", Some(packed), slots, Some((150, 60))),
        row("decision with explanation, Rust values", Some(words), decision, Some((3_000, 1_500))),
        row("verdict, JSON text in and out", Some(json), verdict_text, Some((1_000, 700))),
        row("decision with explanation, JSON text", Some(json), decision_text, None),
        row("read, check, compile seven procedures", None, built, Some((20_000_000, 8_000_000))),
        row("read, check, compile all procedures", None, built_all, Some((50_000_000, 50_000_000))),
        row("load seven procedures from their bundle", None, loaded, Some((200_000, 100_000))),
    ]
}

/// Nanoseconds a case, over all cases, `times` over.
fn per_case<T>(cases: &[T], times: usize, mut one: impl FnMut(&T)) -> u128 {
    let start = Instant::now();
    for _ in 0..times {
        for case in cases {
            one(black_box(case));
        }
    }
    start.elapsed().as_nanos() / (cases.len() * times) as u128
}

fn median(mut times: Vec<u128>) -> u128 {
    times.sort_unstable();
    times[times.len() / 2]
}
