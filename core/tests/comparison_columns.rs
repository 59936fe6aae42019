//! What a comparison counts of two laws is what the columns of each law alone come to, in every procedure, group and weight.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

#[path = "column/known.rs"]
mod known;
mod reference;

use std::collections::BTreeMap;

use known::Known;
use reference::packs;
use thutuc::columns::{Answers, Batch, Law, Output, Plan, Results, Values};
use thutuc::comparison::{Comparer, Counted, Memory, Pairs, Tally};

/// Two laws decided together, as a comparison does: what is counted is what each of them says alone.
#[test]
fn two_laws_together_are_decided_as_each_alone() {
    let files = packs::rule_files(&packs::rules_folder());
    let before = packs::compiled(&files);
    // Another amount, another limit, and a law that changes on another day.
    let reforms = [
        ("civil_status/birth.yaml", "amount: 8000", "amount: 9000"),
        ("civil_status/death.yaml", "@\"P15D\"", "@\"P20D\""),
        ("civil_status/birth.yaml", "from: 2026-08-15", "from: 2026-09-15"),
    ];
    let mut changed = files.clone();
    for (file, text, instead) in reforms {
        let (_, rules) = changed.iter_mut().find(|(name, _)| name == file).unwrap();
        assert!(rules.contains(text), "{file} has no `{text}`");
        *rules = rules.replacen(text, instead, 1);
    }
    let after = packs::compiled(&changed);
    assert_eq!(before.calendar, after.calendar);
    // Memory is used again, whatever it was used for.
    let mut memory = Memory::default();
    for at in 0..before.programs.len() {
        let program = before.programs.get(at).unwrap();
        let other = after.program(&program.code, program.jurisdiction.as_deref()).unwrap();
        let laws = [Law { program, calendar: &before.calendar }, Law { program: other, calendar: &after.calendar }];
        let last = program.epochs.last().unwrap().from.0;
        let known = Known::new(program, 2_500, 11 + at as u64, (last - 1_500, last + 100));
        let batch = known.batch(program);
        let comparer = Comparer::new(laws[0], laws[1]).unwrap();
        let groups: Vec<u32> = (0..known.rows as u32).map(|row| row / 7 % 3).collect();
        let weights: Vec<i64> = (0..known.rows as i64).map(|row| row % 11).collect();
        let alone = laws.map(|law| Alone::new(law, &batch, known.rows));
        for (groups, weights) in [(None, None), (Some(&groups[..]), None), (None, Some(&weights[..])), (Some(&groups[..]), Some(&weights[..]))] {
            let mut tally = Tally::default();
            let counted = Counted { first: 0, groups, weights };
            comparer.run([&batch, &batch], 0..known.rows, counted, &mut memory, &mut tally);
            let mut apart = Tally::default();
            comparer.run([&batch, &known.batch(program)], 0..known.rows, counted, &mut memory, &mut apart);
            assert_eq!(tally, apart, "{}: two batches of the same cases", program.code);
            let row = |row: usize| (groups.map_or(0, |groups| groups[row] as usize), weights.map_or(1, |weights| i128::from(weights[row])));
            counted_as_alone(&comparer, &tally, &alone, known.rows, row);
        }
    }
}

/// The decisions of one law, each column by its name.
struct Alone {
    columns: BTreeMap<String, Vec<Option<i64>>>,
}

impl Alone {
    fn new(law: Law, batch: &Batch, rows: usize) -> Alone {
        let plan = Plan::new(law, &Output::all(law.program)).unwrap();
        let mut results = Results::default();
        plan.run(law, batch, 0..rows, &mut results);
        let number = |answers: &Answers, row: usize| match &answers.values {
            _ if !answers.is_valid(row) => None,
            Values::Bytes(codes) => Some(codes[row].into()),
            Values::Days(days) => Some(days[row].into()),
            Values::Integers { integers, .. } => Some(integers[row]),
            _ => None,
        };
        let columns = plan.columns().iter().zip(&results.columns);
        Alone { columns: columns.map(|(column, answers)| (column.name.clone(), (0..rows).map(|row| number(answers, row)).collect())).collect() }
    }

    fn get(&self, column: &str, row: usize) -> Option<i64> {
        self.columns.get(column).and_then(|column| column[row])
    }
}

fn counted_as_alone(comparer: &Comparer, tally: &Tally, alone: &[Alone; 2], rows: usize, of: impl Fn(usize) -> (usize, i128)) {
    let elements = comparer.elements();
    let groups = tally.groups.len();
    let pairs = |name: &str, absent: i64, counted: &dyn Fn(usize) -> Pairs| {
        let mut expected: BTreeMap<(usize, u8, u8), (u64, i128)> = BTreeMap::new();
        for row in 0..rows {
            let (group, weight) = of(row);
            let [before, after] = [0, 1].map(|side| alone[side].get(name, row).unwrap_or(absent) as u8);
            let count = expected.entry((group, before, after)).or_default();
            *count = (count.0 + 1, count.1 + weight);
        }
        let mut met = BTreeMap::new();
        for group in 0..groups {
            counted(group).each(|before, after, count| _ = met.insert((group, before, after), (count.cases, count.weight)));
        }
        assert_eq!(met, expected, "{name}");
    };
    pairs("outcome", 3, &|group| tally.groups[group].outcomes.clone());
    pairs("due.state", 4, &|group| tally.groups[group].due.clone());
    for (at, element) in elements.conditions.iter().enumerate() {
        let section = if element.is_check { "identity" } else { "eligibility" };
        pairs(&format!("{section}.{}", element.id), 5, &|group| tally.groups[group].conditions[at].clone());
    }
    for (at, id) in elements.documents.iter().enumerate() {
        pairs(&format!("documents.{id}"), 6, &|group| tally.groups[group].documents[at].clone());
    }
    for (at, id) in elements.fees.iter().enumerate() {
        pairs(&format!("fees.{id}.state"), 4, &|group| tally.groups[group].fees[at].states.clone());
    }
    for (at, id) in elements.fees.iter().map(Some).chain([None]).enumerate() {
        let mut sums = vec![[0i128; 5]; groups];
        let mut distribution: BTreeMap<i64, [(u64, i128); 2]> = BTreeMap::new();
        for row in 0..rows {
            let (group, weight) = of(row);
            let paid = [0, 1].map(|side| {
                let Some(id) = id else { return alone[side].get("fee_total", row) };
                match alone[side].get(&format!("fees.{id}.state"), row) {
                    Some(0) => alone[side].get(&format!("fees.{id}"), row),
                    Some(2 | 3) => None,
                    _ => Some(0),
                }
            });
            for (side, paid) in paid.into_iter().enumerate() {
                let Some(amount) = paid else { continue };
                sums[group][side] += i128::from(amount) * weight;
                if alone[side].get("outcome", row) == Some(0) {
                    sums[group][side + 2] += i128::from(amount) * weight;
                }
                let count = &mut distribution.entry(amount).or_default()[side];
                *count = (count.0 + 1, count.1 + weight);
            }
            if let [Some(before), Some(after)] = paid {
                sums[group][4] += i128::from(after - before) * weight;
            }
        }
        for (group, sums) in sums.into_iter().enumerate() {
            let fee = &tally.groups[group].fees[at];
            assert_eq!([fee.before, fee.after, fee.accepted_before, fee.accepted_after, fee.difference], sums, "{id:?}");
        }
        if id.is_none() && !tally.distribution.by_size {
            let counted = tally.distribution.counts().into_iter().map(|(amount, counts)| (amount, counts.map(|count| (count.cases, count.weight))));
            assert_eq!(counted.collect::<BTreeMap<_, _>>(), distribution);
        }
    }
}
