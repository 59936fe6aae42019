//! Tables of many rows: what the index finds is what row after row would find.

#![cfg(test)]

mod support {
    pub mod pack;
    pub mod sources;
}

use proptest::prelude::*;
use support::pack::compiled;
use thutuc::compile::program::Slot;
use thutuc::eval::{Amount, Moment, Slots, Workspace, judge};
use thutuc::value::{Date, Decimal, Fact, Value};

/// An interval of numbers, some codes, a truth: `None` where anything will do.
type Cells = (Option<(i64, i64)>, Vec<usize>, Option<bool>, i64);

const CODES: [&str; 4] = ["a", "b", "c", "d"];

fn rows() -> impl Strategy<Value = Vec<Cells>> {
    let interval = prop::option::weighted(0.9, (0i64..400, 0i64..12).prop_map(|(from, width)| (from, from + width)));
    let codes = prop::collection::vec(0usize..4, 0..3);
    prop::collection::vec((interval, codes, prop::option::weighted(0.3, any::<bool>()), 1i64..50), 1..260)
}

fn text(rows: &[Cells], hit: &str) -> String {
    let mut out = String::from(
        "procedure: \"1\"\nname: { vi: M, en: M }\nfield: residence\nauthority: commune\nonline_service: full\nfrom: 2020-01-01\nfacts:\n  \
         n: { type: integer, min: 0, max: 500, label: { vi: N, en: N } }\n  \
         e: { type: enum, values: { a: { vi: A, en: A }, b: { vi: B, en: B }, c: { vi: C, en: C }, d: { vi: D, en: D } }, label: { vi: E, en: E } }\n  \
         b: { type: boolean, label: { vi: B, en: B } }\nfees:\n  - id: f\n    name: { vi: F, en: F }\n    cite: 1/2020/QH14\n",
    );
    out += &format!("    hit: {hit}\n    else: 0\n    table: |\n      | n | e | b | => amount |\n");
    for (interval, codes, truth, amount) in rows {
        let interval = interval.map_or("-".to_owned(), |(from, to)| format!("[{from}..{to}]"));
        let codes: Vec<String> = codes.iter().map(|code| format!("\"{}\"", CODES[*code])).collect();
        let codes = if codes.is_empty() { "-".to_owned() } else { codes.join(", ") };
        let truth = truth.map_or("-".to_owned(), |truth| truth.to_string());
        out += &format!("      | {interval} | {codes} | {truth} | {amount} |\n");
    }
    out
}

/// The amount, row after row.
fn expected(rows: &[Cells], hit: &str, (n, e, b): (i64, usize, bool)) -> i64 {
    let matches = |(interval, codes, truth, _): &&Cells| {
        interval.is_none_or(|(from, to)| (from..=to).contains(&n)) && (codes.is_empty() || codes.contains(&e)) && truth.is_none_or(|truth| truth == b)
    };
    let amounts: Vec<i64> = rows.iter().filter(matches).map(|row| row.3).collect();
    match hit {
        "F" => amounts.first().copied(),
        "C<" => amounts.iter().min().copied(),
        "C>" => amounts.iter().max().copied(),
        "C#" => Some(amounts.len() as i64),
        _ => Some(amounts.iter().sum()),
    }
    .unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_the_rows_that_match(rows in rows(), hit in prop::sample::select(vec!["F", "C<", "C>", "C#", "C+"]), cases in prop::collection::vec((0i64..430, 0usize..4, any::<bool>()), 60)) {
        let (pack, _) = compiled(&[("procedure.yaml", &text(&rows, hit))]);
        let program = pack.programs.first().unwrap();
        let moment = Moment::on(Date::parse("2026-06-01").unwrap());
        let mut slots = Slots::new(program);
        for case in cases {
            let (n, e, b) = case;
            let values = [Value::Number(Decimal::from_i64(n)), Value::text(CODES[e]), Value::Boolean(b)];
            for ((fact, value), slot) in program.facts.iter().zip(values).zip(0u16..) {
                slots.set(Slot(slot), &fact.layout, Fact::Known(value));
            }
            let judged = judge(program, &slots, &moment, &pack.calendar, &mut Workspace::default()).unwrap();
            prop_assert_eq!(judged.fees.first().map(|fee| fee.amount), Some(Amount::Known(expected(&rows, hit, case))), "{:?} {}", case, text(&rows, hit));
        }
    }
}
