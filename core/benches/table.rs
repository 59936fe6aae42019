//! The cost of a table look-up does not follow the size of the table.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop where it cannot go on")]

#[path = "../tests/reference/mod.rs"]
mod reference;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use reference::{packs, tables};
use thutuc::compile::build;
use thutuc::eval::{Moment, Slots, Workspace, verdict};
use thutuc::value::Date;

fn main() {
    divan::main();
}

const ROWS: [usize; 3] = [10, 1_000, 100_000];

/// 1,000 verdicts whose rows lie all over the table.
#[divan::bench(args = ROWS)]
fn look_up(bencher: Bencher, rows: usize) {
    let pack = packs::compiled(&tables::files(rows));
    let program = pack.program("0.000002", None).unwrap();
    let (mut slots, mut work) = (Slots::new(program), Workspace::default());
    let (quantity, channel) = (program.slot("quantity").unwrap(), program.slot("channel").unwrap());
    let moment = Moment::on(Date::from_ymd(2026, 11, 22).unwrap());
    bencher.counter(ItemsCount::new(1_000usize)).bench_local(|| {
        for n in 0..1_000usize {
            slots.set_narrow(quantity, (n * 7_919 % rows * 10) as i64);
            slots.set_narrow(channel, 1);
            black_box(verdict(program, &slots, &moment, &pack.calendar, &mut work)).unwrap();
        }
    });
}

/// Reading, checking and compiling the table.
#[divan::bench(args = ROWS, sample_count = 5, sample_size = 1)]
fn read_check_compile(bencher: Bencher, rows: usize) {
    let files = tables::files(rows);
    bencher.bench_local(|| build(&packs::sources(black_box(&files)), &[]).compiled.unwrap());
}
