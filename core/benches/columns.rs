//! Cases a second as columns: the reference workload beside the same rules written by hand as loops over columns, in the same
//! rounds, and every procedure of the pack. With `--json` a record a line, as `make bench` gathers them. With `--paced` the workload is
//! decided once for each line on stdin, and picoseconds a case go to stdout: for who measures something else in turn with it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a benchmark may stop where it cannot go on")]

#[path = "../tests/column/known.rs"]
mod known;
#[path = "../tests/reference/mod.rs"]
mod reference;

use std::hint::black_box;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use known::Known;
use reference::by_hand::{self, Calendar};
use reference::cases::{Case, cases};
use reference::packs;
use thutuc::columns::{Batch, Cells, Column, Days, Law, Output, Plan, Results, Values};
use thutuc::comparison::{Comparer, Counted, Memory, Tally};
use thutuc::compile::program::Program;

const ROWS: usize = 1_000_000;
const ROUNDS: usize = 9;
/// Rows that a comparison decides at once.
const COMPARED: usize = 4_096;

fn main() {
    let is_asked = |what: &str| std::env::args().any(|argument| argument == what);
    // `cargo test --benches` only asks whether it runs.
    let (rows, rounds) = if is_asked("--test") { (20_000, 1) } else { (ROWS, ROUNDS) };
    if is_asked("--paced") {
        return paced(rows);
    }
    let tell: fn(&Record) = if is_asked("--json") { Record::tell } else { Record::show };
    if !is_asked("compared") {
        workload(rows, rounds).iter().for_each(tell);
    }
    compared(rows, rounds).iter().for_each(tell);
    if !is_asked("workload") && !is_asked("compared") {
        procedures(rows.min(200_000), rounds.min(5)).iter().for_each(tell);
    }
}

/// A line of the report.
struct Record {
    workload: String,
    mode: String,
    system: &'static str,
    unit: &'static str,
    /// In hundredths where it is a ratio: `x` the more the better, `ratio` the less.
    value: u128,
    /// The time in that of the rules by hand, in hundredths.
    to_hand: Option<u128>,
}

impl Record {
    /// Cases a second.
    fn rate(mode: impl Into<String>, system: &'static str, rows: usize, time: u128, hand: Option<u128>) -> Record {
        let value = rows as u128 * 1_000_000_000 / time.max(1);
        Record { workload: "reference".to_owned(), mode: mode.into(), system, unit: "cases/s", value, to_hand: hand.map(|hand| time * 100 / hand.max(1)) }
    }

    fn value(&self) -> String {
        if matches!(self.unit, "x" | "ratio") { hundredths(self.value) } else { self.value.to_string() }
    }

    fn tell(&self) {
        let Record { workload, mode, system, unit, to_hand, .. } = self;
        let (value, ratio) = (self.value(), to_hand.map_or("null".to_owned(), hundredths));
        println!(r#"{{"workload":"{workload}","host":"rust","mode":"{mode}","system":"{system}","unit":"{unit}","value":{value},"ratio_to_hand":{ratio}}}"#);
    }

    fn show(&self) {
        let ratio = self.to_hand.map_or(String::new(), |ratio| format!("   {} times the time by hand", hundredths(ratio)));
        println!("{:<12} {:<58} {:<8} {:>12} {}{ratio}", self.workload, self.mode, self.system, self.value(), self.unit);
    }
}

fn hundredths(ratio: u128) -> String {
    format!("{}.{:02}", ratio / 100, ratio % 100)
}

/// The columns of the workload.
#[derive(Default)]
struct Told {
    channel: Vec<u8>,
    submitted: Vec<i32>,
    age: Vec<u8>,
    basis: Vec<u8>,
    area: Vec<i32>,
    owner_consent: Vec<u8>,
    minor_with_parent: Vec<u8>,
    eid_level: Vec<u8>,
    eid_locked: Vec<u8>,
    group: Vec<u8>,
    in_database: Vec<u8>,
}

impl Told {
    fn of(cases: &[Case]) -> Told {
        let mut told = Told::default();
        for case in cases {
            told.channel.push(case.channel);
            told.submitted.push(case.submitted);
            told.age.push(case.age);
            told.basis.push(case.basis);
            told.area.push(i32::from(case.area));
            told.owner_consent.push(u8::from(case.owner_consent));
            told.minor_with_parent.push(u8::from(case.minor_with_parent));
            told.eid_level.push(case.eid_level);
            told.eid_locked.push(u8::from(case.eid_locked));
            told.group.push(case.group);
            told.in_database.push(case.in_database);
        }
        told
    }

    fn batch<'t>(&'t self, program: &Program) -> Batch<'t> {
        let mut batch = Batch::new(program, self.channel.len(), Days::Column(&self.submitted)).unwrap();
        let columns: [(&str, Column); 10] = [
            ("channel", Cells::U8(&self.channel).told()),
            ("applicant_age", Cells::U8(&self.age).told()),
            ("residence_basis", Cells::U8(&self.basis).told()),
            ("floor_area_per_person", Cells::I32(&self.area).told()),
            ("owner_consent", Cells::U8(&self.owner_consent).told()),
            ("minor_with_parent", Cells::U8(&self.minor_with_parent).told()),
            ("eid_level", Cells::U8(&self.eid_level).told()),
            ("eid_locked", Cells::U8(&self.eid_locked).told()),
            ("exempt_group", Cells::U8(&self.group).told()),
            ("documents_in_database", Cells::U8(&self.in_database).told()),
        ];
        for (name, column) in columns {
            batch.tell(program, program.slot(name).unwrap(), column).unwrap();
        }
        batch
    }
}

/// The answers of the rules written by hand: masks of reasons and documents, the fee, the day.
#[derive(Default)]
struct ByHand {
    reasons: Vec<u8>,
    documents: Vec<u8>,
    fee: Vec<u32>,
    deadline: Vec<i32>,
}

/// Loops over columns as a careful programmer writes them: one for each answer, fees and days from tables.
fn by_hand_columns(told: &Told, rows: Range<usize>, fees: &[u32; 64], calendar: &Calendar, out: &mut ByHand) {
    let n = rows.len();
    let (channel, day, age, basis) = (&told.channel[rows.clone()], &told.submitted[rows.clone()], &told.age[rows.clone()], &told.basis[rows.clone()]);
    let (area, consent, parent) = (&told.area[rows.clone()], &told.owner_consent[rows.clone()], &told.minor_with_parent[rows.clone()]);
    let (level, locked, group, held) = (&told.eid_level[rows.clone()], &told.eid_locked[rows.clone()], &told.group[rows.clone()], &told.in_database[rows]);
    out.reasons.resize(n, 0);
    for (i, reasons) in out.reasons.iter_mut().enumerate() {
        let (rent, online, no) = (u8::from(basis[i] == 1), u8::from(channel[i] == 0), 1 - consent[i]);
        *reasons = rent & no | (rent & u8::from(area[i] < 80)) << 1 | (u8::from(basis[i] == 2) & no) << 2
            | (u8::from(age[i] < 18) & (1 - parent[i])) << 3 | (online & u8::from(level[i] < 2)) << 4 | (online & locked[i]) << 5;
    }
    out.documents.resize(n, 0);
    for (i, documents) in out.documents.iter_mut().enumerate() {
        *documents = (u8::from(channel[i] != 0) | u8::from(basis[i] == 0) << 1 | u8::from(basis[i] == 1) << 2
            | (u8::from(basis[i] == 2) | u8::from(age[i] < 18)) << 3 | u8::from(basis[i] == 3) << 4 | u8::from(group[i] >= 3) << 5) & !held[i];
    }
    out.fee.resize(n, 0);
    for (i, fee) in out.fee.iter_mut().enumerate() {
        *fee = fees[by_hand::fee_place(day[i], channel[i], group[i]) & 63];
    }
    out.deadline.resize(n, 0);
    for (i, due) in out.deadline.iter_mut().enumerate() {
        *due = calendar.deadline(day[i]);
    }
}

/// What is wanted of the workload: what the rules written by hand give, each as a column.
fn wanted(program: &Program) -> Vec<Output> {
    let of = |all: Vec<Output>| all.into_iter().filter(|output| matches!(output, Output::Condition(_) | Output::Document(_))).collect::<Vec<_>>();
    let mut wanted = vec![Output::Outcome];
    wanted.extend(of(Output::all(program)));
    wanted.extend([Output::FeeTotal, Output::Due]);
    wanted
}

fn workload(rows: usize, rounds: usize) -> Vec<Record> {
    let pack = packs::workload();
    let program = pack.program("0.000001", None).unwrap();
    let law = Law { program, calendar: &pack.calendar };
    let cases = cases(rows, 42);
    let told = Told::of(&cases);
    let batch = told.batch(program);
    let calendar = Calendar::new();
    let fees = by_hand::fee_table();
    let plan = Plan::new(law, &wanted(program)).unwrap();
    let decision = Plan::new(law, &[Output::Outcome, Output::FeeTotal, Output::Due]).unwrap();
    let everything = Plan::new(law, &Output::all(program)).unwrap();
    let (mut hand, mut results): (ByHand, [Results; 3]) = Default::default();
    by_hand_columns(&told, 0..rows, &fees, &calendar, &mut hand);
    plan.run(law, &batch, 0..rows, &mut results[0]);
    compare(&plan, &results[0], &hand, &cases);
    let by_eval = results[0].by_eval;
    let by_hand_part = |part: Range<usize>, out: &mut ByHand| by_hand_columns(&told, part, &fees, &calendar, out);
    let our_part = |part: Range<usize>, out: &mut Results| plan.run(law, &batch, part, out);
    // Takes about as long and touches no memory but the first cache: what a second thread brings on this machine, in this minute.
    let few = &cases[..cases.len().min(1_000)];
    let control_part = |part: Range<usize>, out: &mut i64| {
        *out = part.fold(*out, |sum, row| sum.wrapping_add(i64::from(by_hand::full(&few[row % few.len()]).deadline)));
    };
    let (mut hands, mut ours, mut sums): ([ByHand; 2], [Results; 2], [i64; 2]) = Default::default();
    let mut times: [Vec<u128>; 6] = Default::default();
    for _ in 0..rounds {
        let round = [
            timed(|| by_hand_columns(&told, 0..rows, &fees, &calendar, &mut hand)),
            timed(|| plan.run(law, &batch, 0..rows, &mut results[0])),
            timed(|| decision.run(law, &batch, 0..rows, &mut results[1])),
            timed(|| everything.run(law, &batch, 0..rows, &mut results[2])),
            in_parts(rows, &mut hands, by_hand_part),
            in_parts(rows, &mut ours, our_part),
        ];
        times.iter_mut().zip(round).for_each(|(all, time)| all.push(time));
    }
    // What else runs on the machine takes a core away now and then: the fastest of many rounds are those in which both were free.
    let mut fastest = [u128::MAX; 4];
    for _ in 0..rounds * 5 {
        let round = [
            in_parts(rows, &mut ours[..1], our_part),
            in_parts(rows, &mut ours, our_part),
            in_parts(rows, &mut sums[..1], control_part),
            in_parts(rows, &mut sums, control_part),
        ];
        black_box(&sums);
        fastest.iter_mut().zip(round).for_each(|(fastest, time)| *fastest = time.min(*fastest));
    }
    let [hand_one, ours, few, all, hand_two, ours_two] = times.map(median);
    let [one, two, control_one, control_two] = fastest.map(|time| time.max(1));
    let (gain, of_control) = (one * 100 / two, control_one * 100 / control_two);
    let beside = gain * 100 / of_control.max(1);
    let full = "columns: outcome, 6 conditions, 6 documents, fee, day";
    let line = |mode: String, system, time, hand| Record::rate(mode, system, rows, time, Some(hand));
    let plain = |mode: &str, system, unit, value| Record { workload: "reference".to_owned(), mode: mode.to_owned(), system, unit, value, to_hand: None };
    vec![
        line(format!("{full}, 1 thread"), "by hand", hand_one, hand_one),
        line(format!("{full}, 1 thread"), "thutuc", ours, hand_one),
        line("columns: outcome, fee, day, 1 thread".to_owned(), "thutuc", few, hand_one),
        line(format!("columns: all {}, 1 thread", everything.columns().len()), "thutuc", all, hand_one),
        line(format!("{full}, 2 threads"), "by hand", hand_two, hand_two),
        line(format!("{full}, 2 threads"), "thutuc", ours_two, hand_two),
        plain("columns: two threads over one", "thutuc", "x", gain),
        plain("columns: two threads over one", "a loop in the first cache", "x", of_control),
        plain("columns: gain of a second thread over that of the loop", "thutuc", "x", beside),
        plain("columns: rows by eval", "thutuc", "rows", by_eval as u128),
    ]
}

/// Decides the workload on one thread whenever a line comes, until none comes any more.
fn paced(rows: usize) {
    let pack = packs::workload();
    let program = pack.program("0.000001", None).unwrap();
    let law = Law { program, calendar: &pack.calendar };
    let told = Told::of(&cases(rows, 42));
    let batch = told.batch(program);
    let plan = Plan::new(law, &wanted(program)).unwrap();
    let mut results = Results::default();
    for line in std::io::stdin().lines() {
        line.unwrap();
        let time = timed(|| plan.run(law, &batch, 0..rows, &mut results));
        println!("{}", time * 1_000 / rows as u128);
    }
}

/// Rows that a thread takes at once, as hosts hand them out.
const PART: usize = 32_768;

/// How long it takes to work on all rows in parts: as many threads as there are memories, each takes the next part when it is done with
/// one.
fn in_parts<M: Send>(rows: usize, memories: &mut [M], work: impl Fn(Range<usize>, &mut M) + Sync) -> u128 {
    let next = AtomicUsize::new(0);
    let take_parts = |memory: &mut M| loop {
        let start = next.fetch_add(PART, Ordering::Relaxed);
        if start >= rows {
            return;
        }
        work(start..(start + PART).min(rows), memory);
    };
    let Some((own, others)) = memories.split_first_mut() else { return 0 };
    timed(|| std::thread::scope(|scope| {
        others.iter_mut().for_each(|memory| _ = scope.spawn(|| take_parts(memory)));
        take_parts(own);
    }))
}

/// The law of the workload beside a draft that changes a condition, a fee and nothing else, on one thread: what a comparison takes
/// beside one law's decisions in the same columns and blocks.
fn compared(rows: usize, rounds: usize) -> [Record; 2] {
    let before = packs::workload();
    let mut files = packs::files(&packs::workload_folder());
    for (_, text) in &mut files {
        *text = text.replace("require: floor_area_per_person >= 8", "require: floor_area_per_person >= 10").replace("22000 |", "25000 |");
    }
    let after = packs::compiled(&files);
    let [baseline, reform] = [&before, &after].map(|pack| Law { program: pack.program("0.000001", None).unwrap(), calendar: &pack.calendar });
    let comparer = Comparer::new(baseline, reform).unwrap();
    assert!(comparer.shares_facts());
    let told = Told::of(&cases(rows, 42));
    let batch = told.batch(baseline.program);
    let columns = Output::all(baseline.program).into_iter().filter(|output| {
        use Output::{Check, Condition, DeadlineRule, Document, Due, DueState, Fee, FeeReduction, FeeRow, FeeState, FeeTotal, Outcome};
        matches!(output, Outcome | Condition(_) | Check(_) | Document(_) | Fee(_) | FeeState(_) | FeeRow(_) | FeeReduction(_) | FeeTotal | Due | DueState | DeadlineRule)
    });
    let plan = Plan::new(baseline, &columns.collect::<Vec<_>>()).unwrap();
    let groups: Vec<u32> = (0..rows as u32).map(|row| row.wrapping_mul(2_654_435_761) >> 27).collect();
    let weights: Vec<i64> = groups.iter().map(|group| i64::from(*group) * 100 + 1).collect();
    let alike = Counted { first: 0, groups: None, weights: None };
    let weighed = Counted { first: 0, groups: Some(&groups), weights: Some(&weights) };
    let (mut results, mut memory, mut tally) = (Results::default(), Memory::default(), Tally::default());
    // Each round gives a ratio of its own: what else the machine does meanwhile slows both.
    let mut ratios: [Vec<u128>; 2] = Default::default();
    for _ in 0..rounds {
        let one = timed(|| (0..rows).step_by(COMPARED).for_each(|start| plan.run(baseline, &batch, start..start + COMPARED, &mut results)));
        for (ratios, counted) in ratios.iter_mut().zip([weighed, alike]) {
            tally = Tally::default();
            let both = timed(|| comparer.run([&batch, &batch], 0..rows, counted, &mut memory, &mut tally));
            ratios.push(both * 100 / one.max(1));
        }
    }
    let [of_weighed, of_alike] = ratios.map(median);
    let total = tally.total();
    let fee = total.fees.last().unwrap();
    assert!(rows < 1_000 || (fee.more.cases > 0 && fee.less.cases == 0), "the draft raises a fee");
    let record = |how: &str, value| {
        let mode = format!("columns: {how}two laws compared over the decisions of one, {} columns", plan.columns().len());
        Record { workload: "reference".to_owned(), mode, system: "thutuc", unit: "ratio", value, to_hand: None }
    };
    [record("", of_alike), record("by 32 groups with weights, ", of_weighed)]
}

/// The columns say what the rules written by hand say.
fn compare(plan: &Plan, results: &Results, hand: &ByHand, cases: &[Case]) {
    let of = |wanted: fn(&Output) -> bool| plan.columns().iter().zip(&results.columns).filter(move |(column, _)| wanted(&column.output)).map(|(_, answers)| answers).collect::<Vec<_>>();
    let (conditions, documents) = (of(|output| matches!(output, Output::Condition(_))), of(|output| matches!(output, Output::Document(_))));
    let (fee, due) = (of(|output| *output == Output::FeeTotal), of(|output| *output == Output::Due));
    let code = |answers: &Values, row: usize| if let Values::Bytes(bytes) = answers { bytes[row] } else { panic!("codes are bytes") };
    for (row, case) in cases.iter().enumerate() {
        let full = by_hand::full(case);
        let reasons = conditions.iter().zip(0..).fold(0u8, |mask, (answers, bit)| mask | u8::from(code(&answers.values, row) == 1) << bit);
        let papers = documents.iter().zip(0..).fold(0u8, |mask, (answers, bit)| mask | u8::from(code(&answers.values, row) == 0) << bit);
        let Values::Integers { integers, .. } = &fee[0].values else { panic!("amounts are integers") };
        let Values::Days(days) = &due[0].values else { panic!("days are days") };
        assert_eq!((reasons, papers, integers[row], days[row]), (full.reasons, full.documents, i64::from(full.fee), full.deadline), "{case:?}");
        assert_eq!((hand.reasons[row], hand.documents[row], hand.fee[row], hand.deadline[row]), (full.reasons, full.documents, full.fee, full.deadline));
        assert!(fee[0].is_valid(row) && due[0].is_valid(row));
    }
}

/// Every procedure, all its facts told at random: under one law, and under all law since it began or of the last seven years.
fn procedures(rows: usize, rounds: usize) -> Vec<Record> {
    let pack = packs::compiled(&packs::rule_files(&packs::rules_folder()));
    let mut records = Vec::new();
    let (mut without, mut by_eval) = (0, 0);
    for at in 0..pack.programs.len() {
        let program = pack.programs.get(at).unwrap();
        if program.jurisdiction.is_some() {
            continue;
        }
        let law = Law { program, calendar: &pack.calendar };
        let wanted = [("outcome, fee, day", vec![Output::Outcome, Output::FeeTotal, Output::Due]), ("all", Output::all(program))];
        let last = program.epochs.last().unwrap().from.0;
        let spans = [("one law", (last, last + 200)), ("all law", (program.epochs[0].from.0.max(last - 2_500), last + 200))];
        for (of, span) in spans {
            let known = Known::new(program, rows, 42, span);
            let batch = known.batch(program);
            for (what, outputs) in &wanted {
                let plan = Plan::new(law, outputs).unwrap();
                let mut results = Results::default();
                let times = (0..rounds.max(2)).map(|_| timed(|| plan.run(law, &batch, 0..rows, &mut results))).collect();
                without += plan.report().iter().map(|way| way.by_eval.len()).sum::<usize>();
                by_eval += results.by_eval;
                let record = Record::rate(format!("columns: {what}, {of}"), "thutuc", rows, median(times), None);
                records.push(Record { workload: program.code.to_string(), ..record });
            }
        }
    }
    let count = |mode: &str, unit, value: usize| Record { workload: "procedures".to_owned(), mode: mode.to_owned(), system: "thutuc", unit, value: value as u128, to_hand: None };
    records.push(count("columns: columns without a kernel", "columns", without));
    records.push(count("columns: rows by eval", "rows", by_eval));
    records
}

fn timed(work: impl FnOnce()) -> u128 {
    let start = Instant::now();
    work();
    start.elapsed().as_nanos()
}

fn median(mut times: Vec<u128>) -> u128 {
    times.sort_unstable();
    times[times.len() / 2]
}
