//! The cost of a verdict follows the rows that matter, not the size of the table.

#![cfg(test)]

mod reference;

use std::time::{Duration, Instant};

use reference::{packs, tables};
use thutuc::eval::{Moment, Slots, Workspace, verdict};
use thutuc::value::Date;

const VERDICTS: usize = 2_000;

/// The time of some verdicts whose rows lie all over the table; each is the right one.
fn time_of(rows: usize) -> Duration {
    let pack = packs::compiled(&tables::files(rows));
    let program = pack.program("0.000002", None).unwrap();
    let (mut slots, mut work) = (Slots::new(program), Workspace::default());
    let (quantity, channel) = (program.slot("quantity").unwrap(), program.slot("channel").unwrap());
    let moment = Moment::on(Date::from_ymd(2026, 11, 22).unwrap());
    slots.set_narrow(channel, 1);
    let mut least = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        for n in 0..VERDICTS {
            let row = n * 7_919 % rows;
            slots.set_narrow(quantity, (row * 10 + n % 10) as i64);
            let verdict = verdict(program, &slots, &moment, &pack.calendar, &mut work).unwrap();
            assert_eq!((verdict.fee_total, verdict.fees_open), (row as i64, 0));
        }
        least = least.min(start.elapsed());
    }
    least
}

#[test]
fn a_thousand_times_the_rows_cost_no_tenfold() {
    let (small, large) = (time_of(10), time_of(10_000));
    assert!(large < small * 10, "{VERDICTS} verdicts: {small:?} with 10 rows, {large:?} with 10,000");
}
