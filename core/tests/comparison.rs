//! What a comparison counts is what counting case after case by hand gives, however the cases are parted.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use thutuc::columns::Law;
use thutuc::comparison::{CauseKind, Comparer, Count, Counted, GroupTally, Memory, Pairs, Tally};
use thutuc::compile::{CompiledPack, Program, build_supposing};
use thutuc::eval::{Amount, DocumentStatus, Due, Judged, Moment, Outcome, Slots, Status, Truth, Workspace, judge};
use thutuc::model::read_value;
use thutuc::population::random::{Rate, mix};
use thutuc::population::{CaseColumns, Cases, Population, Profile};
use thutuc::source::{Cases as WorkedCases, Source, SourceMap, rule_files};
use thutuc::value::{Date, Value};

fn pack(drafts: &[&str], values: &[(&str, &str)]) -> CompiledPack {
    let mut sources = SourceMap::default();
    for folder in ["../rules", "../examples/reform"] {
        for file in rule_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), WorkedCases::Skip).unwrap() {
            sources.add(Source::new(file.display().to_string(), std::fs::read_to_string(&file).unwrap()));
        }
    }
    let values: Vec<(Arc<str>, Value)> = values.iter().map(|(name, value)| ((*name).into(), read_value(value))).collect();
    build_supposing(&sources, drafts, &values).unwrap().compiled.unwrap()
}

/// The law as it is, and reforms of it.
static PACKS: LazyLock<[CompiledPack; 4]> = LazyLock::new(|| {
    [
        pack(&[], &[]),
        pack(&["example_ha_noi_residence"], &[]),
        pack(&[], &[("min_area", "30"), ("late_fee", "70000"), ("min_days", "120")]),
        pack(&[], &[("adult_age", "30"), ("late_fee", "1000")]),
    ]
});

const PROCEDURES: [&str; 6] = ["1.004222", "1.004194", "1.001193", "1.004873", "1.000894", "1.000656"];

fn law<'p>(pack: &'p CompiledPack, code: &str) -> Law<'p> {
    Law { program: pack.program(code, Some("ha_noi")).unwrap(), calendar: &pack.calendar }
}

/// What is counted by hand: each number by its name.
type ByHand = BTreeMap<String, i128>;

struct Hand {
    counted: ByHand,
}

impl Hand {
    fn add(&mut self, name: impl Into<String>, amount: i128) {
        if amount != 0 {
            *self.counted.entry(name.into()).or_default() += amount;
        }
    }

    /// The sums. What some gain and others lose may come to nothing.
    fn sums(mut self) -> ByHand {
        self.counted.retain(|_, sum| *sum != 0);
        self.counted
    }

    /// A case, decided by both laws.
    fn case(&mut self, of: &Comparer<'_>, programs: [&Program; 2], judged: [&Judged<'_>; 2], calendar: &thutuc::calendar::WorkingCalendar, group: u32, weight: i128) {
        let g = format!("{group} ");
        self.add(format!("{g}cases"), 1);
        self.add(format!("{g}weight"), weight);
        let outcomes = judged.map(|judged| outcome(judged.verdict.outcome));
        self.add(format!("{g}outcome {} {}", outcomes[0], outcomes[1]), weight);
        let (mut better, mut worse) = (false, false);
        let mut open = outcomes.contains(&"ask");
        let outcome_changed = !outcomes.contains(&"ask") && outcomes[0] != outcomes[1];
        if outcome_changed {
            if outcomes[1] == "accept" { better = true } else { worse = true }
        }
        for element in &of.elements().conditions {
            let status = [0, 1].map(|side| condition(programs[side], judged[side], &element.id, element.is_check));
            self.add(format!("{g}condition {} {} {} {}", element.id, element.is_check, status[0], status[1]), weight);
            if outcome_changed && status[0] != status[1] {
                self.add(format!("{g}because of condition {} {} {}", element.id, status[0], status[1]), weight);
            }
        }
        for id in &of.elements().documents {
            let status = [0, 1].map(|side| document(programs[side], judged[side], id));
            self.add(format!("{g}document {id} {} {}", status[0], status[1]), weight);
            let settled = status.iter().all(|status| *status != 4 && *status != 5);
            open |= !settled;
            if settled && (status[0] == 0) != (status[1] == 0) {
                if status[0] == 0 { better = true } else { worse = true }
                self.add(format!("{g}because of document {id} {} {}", status[0], status[1]), weight);
            }
        }
        for id in &of.elements().fees {
            let amounts = [0, 1].map(|side| fee(programs[side], judged[side], id));
            self.fee(&format!("{g}fee {id}"), amounts, outcomes, weight);
            if let [Some(before), Some(after)] = amounts
                && before != after
            {
                self.add(format!("{g}because of fee {id} {}", after < before), weight);
                self.add(format!("{g}because of fee {id} paid more"), i128::from(after - before) * weight);
            }
        }
        let totals = judged.map(|judged| (judged.verdict.fees_open == 0).then_some(judged.verdict.fee_total));
        self.fee(&format!("{g}fee total"), totals, outcomes, weight);
        match totals {
            [Some(before), Some(after)] if before != after => {
                if after < before { better = true } else { worse = true }
            }
            [Some(_), Some(_)] => {}
            _ => open = true,
        }
        let due = judged.map(|judged| match judged.verdict.due {
            Due::Determined(day) | Due::Provisional(day) => Some(day),
            Due::None | Due::Undetermined => None,
        });
        open |= judged.iter().any(|judged| judged.verdict.due == Due::Undetermined);
        if let [Some(before), Some(after)] = due
            && before != after
        {
            if after < before { better = true } else { worse = true }
            let gained = calendar.provisional().working_days_between(after, before);
            self.add(format!("{g}gained {gained}"), weight);
            self.add(format!("{g}because of the deadline {}", after < before), weight);
        }
        let effect = match (better, worse, open) {
            (true, false, _) => 0,
            (false, true, _) => 1,
            (true, true, _) => 2,
            (false, false, true) => 3,
            (false, false, false) => 4,
        };
        self.add(format!("{g}effect {effect}"), weight);
    }

    fn fee(&mut self, name: &str, [before, after]: [Option<i64>; 2], outcomes: [&str; 2], weight: i128) {
        let paid = |amount: Option<i64>| i128::from(amount.unwrap_or(0)) * weight;
        self.add(format!("{name} before"), paid(before));
        self.add(format!("{name} after"), paid(after));
        self.add(format!("{name} accepted before"), if outcomes[0] == "accept" { paid(before) } else { 0 });
        self.add(format!("{name} accepted after"), if outcomes[1] == "accept" { paid(after) } else { 0 });
        self.add(format!("{name} open before"), if before.is_none() { weight } else { 0 });
        self.add(format!("{name} open after"), if after.is_none() { weight } else { 0 });
        if let (Some(before), Some(after)) = (before, after) {
            self.add(format!("{name} difference"), i128::from(after - before) * weight);
            self.add(format!("{name} more"), if after > before { weight } else { 0 });
            self.add(format!("{name} less"), if after < before { weight } else { 0 });
        }
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accept => "accept",
        Outcome::Refuse => "refuse",
        Outcome::Ask => "ask",
    }
}

fn condition(program: &Program, judged: &Judged<'_>, id: &str, is_check: bool) -> u8 {
    let codes = if is_check { &judged.epoch.identity } else { &judged.epoch.eligibility };
    let marks = if is_check { &judged.verdict.identity } else { &judged.verdict.eligibility };
    let Some(at) = codes.iter().position(|code| *program.conditions[usize::from(code.info)].id == *id) else { return 5 };
    match marks.condition(at as u16) {
        Status::Yes => 0,
        Status::No => 1,
        Status::NotApplicable => 2,
        Status::Open(Truth::Unknown) => 4,
        Status::Open(_) => 3,
    }
}

fn document(program: &Program, judged: &Judged<'_>, id: &str) -> u8 {
    let Some(at) = judged.epoch.documents.iter().position(|code| *program.documents[usize::from(code.info)].id == *id) else { return 6 };
    match judged.verdict.documents.document(at as u16) {
        DocumentStatus::Required => 0,
        DocumentStatus::Provided => 1,
        DocumentStatus::Reused => 2,
        DocumentStatus::NotRequired => 3,
        DocumentStatus::Open(Truth::Unknown) => 5,
        DocumentStatus::Open(_) => 4,
    }
}

fn fee(program: &Program, judged: &Judged<'_>, id: &str) -> Option<i64> {
    let Some(at) = judged.epoch.fees.iter().position(|code| *program.fees[usize::from(code.info)].id == *id) else { return Some(0) };
    match judged.fees[at].amount {
        Amount::Known(amount) => Some(amount),
        Amount::NotDue => Some(0),
        Amount::Missing | Amount::Unknown => None,
    }
}

/// The same numbers by the same names, from a tally.
fn named(of: &Comparer<'_>, tally: &Tally) -> ByHand {
    let mut hand = Hand { counted: ByHand::new() };
    for (group, GroupTally { all, outcomes, conditions, documents, fees, gained, effects, .. }) in tally.groups.iter().enumerate() {
        let g = format!("{group} ");
        hand.add(format!("{g}cases"), all.cases.into());
        hand.add(format!("{g}weight"), all.weight);
        let each = |pairs: &Pairs, named: &mut dyn FnMut(u8, u8, Count)| pairs.each(named);
        each(outcomes, &mut |before, after, count| {
            let name = |code: u8| thutuc::comparison::OUTCOMES[usize::from(code)];
            hand.add(format!("{g}outcome {} {}", name(before), name(after)), count.weight);
        });
        for (element, pairs) in of.elements().conditions.iter().zip(conditions) {
            each(pairs, &mut |before, after, count| hand.add(format!("{g}condition {} {} {before} {after}", element.id, element.is_check), count.weight));
        }
        for (id, pairs) in of.elements().documents.iter().zip(documents) {
            each(pairs, &mut |before, after, count| hand.add(format!("{g}document {id} {before} {after}"), count.weight));
        }
        let names = of.elements().fees.iter().map(|id| &**id).chain(["total"]);
        for (id, fee) in names.zip(fees) {
            let open = |state: u8| state == 2 || state == 3;
            for (what, amount) in [
                ("before", fee.before),
                ("after", fee.after),
                ("accepted before", fee.accepted_before),
                ("accepted after", fee.accepted_after),
                ("difference", fee.difference),
                ("more", fee.more.weight),
                ("less", fee.less.weight),
                ("open before", fee.states.sum(|before, _| open(before)).weight),
                ("open after", fee.states.sum(|_, after| open(after)).weight),
            ] {
                hand.add(format!("{g}fee {id} {what}"), amount);
            }
        }
        gained.iter().for_each(|(days, count)| hand.add(format!("{g}gained {days}"), count.weight));
        effects.iter().enumerate().for_each(|(effect, count)| hand.add(format!("{g}effect {effect}"), count.weight));
    }
    for (cause, tally) in tally.causes() {
        let g = format!("{} ", cause.group);
        let element = cause.element as usize;
        match cause.kind {
            CauseKind::Condition => {
                let id = &of.elements().conditions[element].id;
                hand.add(format!("{g}because of condition {id} {} {}", cause.before, cause.after), tally.count.weight);
            }
            CauseKind::Document => {
                let id = &of.elements().documents[element];
                hand.add(format!("{g}because of document {id} {} {}", cause.before, cause.after), tally.count.weight);
            }
            CauseKind::Fee => {
                let id = &of.elements().fees[element];
                hand.add(format!("{g}because of fee {id} {}", cause.better), tally.count.weight);
                hand.add(format!("{g}because of fee {id} paid more"), tally.amount);
            }
            CauseKind::Deadline => hand.add(format!("{g}because of the deadline {}", cause.better), tally.count.weight),
        }
    }
    hand.sums()
}

struct Told {
    columns: CaseColumns,
    cases: Cases,
    groups: Option<Vec<u32>>,
    weights: Option<Vec<i64>>,
}

fn told(program: &Program, day: Date, seed: u64, rows: usize) -> Told {
    let profile = Profile { missing: [Rate::NEVER, Rate::percent(10), Rate::percent(40)][(seed % 3) as usize], ..Profile::default() };
    let mut cases = Cases::default();
    Population::new(program, day, &profile, seed).draw(0, rows, &mut cases);
    let mut columns = CaseColumns::default();
    columns.fill(program, &cases);
    let by_row = |salt: u64| (0..rows as u64).map(move |row| mix(seed ^ salt ^ row << 20));
    Told {
        columns,
        cases,
        groups: (seed & 8 != 0).then(|| by_row(1).map(|random| (random % 3) as u32).collect()),
        weights: (seed & 16 != 0).then(|| by_row(2).map(|random| (random % 1000) as i64).collect()),
    }
}

fn held_to_the_hand(procedure: &str, reform: usize, seed: u64, rows: usize, cuts: &[usize]) -> Result<(), TestCaseError> {
    let day = Date::from_ymd(2026, 12, 3).unwrap();
    let laws = [law(&PACKS[0], procedure), law(&PACKS[reform], procedure)];
    let comparer = Comparer::new(laws[0], laws[1]).unwrap();
    prop_assert!(comparer.shares_facts());
    let told = told(laws[0].program, day, seed, rows);
    let batch = told.columns.batch(laws[0].program, day).unwrap();
    let counted = Counted { first: 0, groups: told.groups.as_deref(), weights: told.weights.as_deref() };

    let mut whole = Tally::default();
    comparer.run([&batch, &batch], 0..rows, counted, &mut Memory::default(), &mut whole);

    let mut hand = Hand { counted: ByHand::new() };
    let (mut slots, mut work, moment) = (Slots::default(), [Workspace::default(), Workspace::default()], Moment::on(day));
    for row in 0..rows {
        told.cases.case(laws[0].program, row, &mut slots);
        let [first, second] = &mut work;
        let before = judge(laws[0].program, &slots, &moment, laws[0].calendar, first).unwrap();
        let after = judge(laws[1].program, &slots, &moment, laws[1].calendar, second).unwrap();
        let group = told.groups.as_ref().map_or(0, |groups| groups[row]);
        let weight = told.weights.as_ref().map_or(1, |weights| weights[row]);
        hand.case(&comparer, laws.map(|law| law.program), [&before, &after], laws[1].calendar, group, weight.into());
    }
    prop_assert_eq!(named(&comparer, &whole), hand.sums(), "{} {} {}", procedure, reform, seed);

    // Parts, each with its own memory, merged from the last to the first.
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (rows + 1)).chain([0, rows]).collect();
    cuts.sort_unstable();
    let mut merged = Tally::default();
    for part in cuts.windows(2).rev() {
        let mut tally = Tally::default();
        comparer.run([&batch, &batch], part[0]..part[1], counted, &mut Memory::default(), &mut tally);
        merged.merge(tally);
    }
    let groups = whole.groups.len();
    merged.groups.truncate(groups);
    prop_assert_eq!(merged, whole);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_counted_is_what_the_hand_counts(procedure in 0..PROCEDURES.len(), reform in 1..4usize, seed: u64, rows in 1..400usize, cuts in prop::collection::vec(any::<usize>(), 0..4)) {
        held_to_the_hand(PROCEDURES[procedure], reform, seed, rows, &cuts)?;
    }
}

#[test]
fn every_kind_of_cause_is_met() {
    let day = Date::from_ymd(2026, 12, 3).unwrap();
    let laws = [law(&PACKS[0], "1.004222"), law(&PACKS[1], "1.004222")];
    let comparer = Comparer::new(laws[0], laws[1]).unwrap();
    let told = told(laws[0].program, day, 0, 5000);
    let batch = told.columns.batch(laws[0].program, day).unwrap();
    let mut tally = Tally::default();
    comparer.run([&batch, &batch], 0..5000, Counted { first: 0, groups: None, weights: None }, &mut Memory::default(), &mut tally);
    let causes = tally.causes();
    for kind in [CauseKind::Condition, CauseKind::Document, CauseKind::Fee, CauseKind::Deadline] {
        assert!(causes.iter().any(|(cause, tally)| cause.kind == kind && tally.count.cases > 5 && tally.samples.kept().len() == 3), "{kind:?}: {causes:?}");
    }
    assert_eq!(tally.distribution.counts().iter().map(|(amount, _)| *amount).collect::<Vec<_>>(), [0, 10_000, 20_000, 25_000]);
}

/// A reform of nothing changes nothing, and says so.
#[test]
fn the_same_law_makes_no_difference() {
    let day = Date::from_ymd(2026, 12, 3).unwrap();
    let law = law(&PACKS[0], "1.004222");
    let comparer = Comparer::new(law, law).unwrap();
    let told = told(law.program, day, 1, 2000);
    let batch = told.columns.batch(law.program, day).unwrap();
    let mut tally = Tally::default();
    comparer.run([&batch, &batch], 0..2000, Counted { first: 0, groups: None, weights: None }, &mut Memory::default(), &mut tally);
    assert!(tally.causes().is_empty());
    let total = tally.total();
    assert_eq!(total.effects.map(|count| count.cases)[..3], [0, 0, 0]);
    assert_eq!(total.effects[3].cases + total.effects[4].cases, 2000);
    assert!(total.gained.is_empty());
}

/// What those who pay more and those who pay less by one fee add up to is nothing here.
#[test]
fn an_amount_that_comes_to_nothing_is_no_difference() {
    held_to_the_hand(PROCEDURES[0], 1, 7_578_886_221_588_229_064, 39, &[]).unwrap();
}
