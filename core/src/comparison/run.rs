//! A synthetic population decided by both laws, on several threads, in blocks that are drawn, compared and forgotten.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::{Comparer, Counted, Memory, Tally};
use crate::columns::BadColumn;
use crate::population::{CaseColumns, Cases, DRAWN, Population};
use crate::value::Date;

impl Comparer<'_> {
    /// Decides the first `count` cases of a population of the baseline's facts and counts what differs. `goes_on` is told how
    /// many cases are done, now and then and on any of the threads; once it says no, the rest is left and there is no tally.
    ///
    /// # Errors
    /// [`BadColumn`] if the reform's facts are others than the baseline's: see [`Comparer::shares_facts`].
    pub fn run_population(&self, population: &Population, as_of: Date, count: u64, threads: usize, goes_on: &(dyn Fn(u64) -> bool + Sync)) -> Result<Option<Tally>, BadColumn> {
        let (next, done, stopped) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
        let work = || -> Result<Tally, BadColumn> {
            let (mut cases, mut columns, mut memory, mut tally) = (Cases::default(), CaseColumns::default(), Memory::default(), Tally::default());
            let [baseline, reform] = self.laws();
            while !stopped.load(Ordering::Relaxed) {
                let first = next.fetch_add(DRAWN, Ordering::Relaxed);
                if first >= count {
                    break;
                }
                let len = DRAWN.min(count - first);
                population.draw(first, len as usize, &mut cases);
                columns.fill(baseline.program, &cases);
                let before = columns.batch(baseline.program, as_of)?;
                let of_reform = if self.shares_facts() { None } else { Some(columns.batch(reform.program, as_of)?) };
                self.run([&before, of_reform.as_ref().unwrap_or(&before)], 0..len as usize, Counted { first, groups: None, weights: None }, &mut memory, &mut tally);
                let all = done.fetch_add(len, Ordering::Relaxed) + len;
                if !goes_on(all) {
                    stopped.store(true, Ordering::Relaxed);
                }
            }
            Ok(tally)
        };
        let tallies: Vec<Result<Tally, BadColumn>> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.max(1)).map(|_| scope.spawn(work)).collect();
            let own = work();
            // A thread that panicked has nothing to give; the panic goes on here.
            std::iter::once(own).chain(others.into_iter().map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))).collect()
        });
        let mut whole = Tally::default();
        for tally in tallies {
            whole.merge(tally?);
        }
        Ok((!stopped.load(Ordering::Relaxed)).then_some(whole))
    }
}
