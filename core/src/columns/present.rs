//! Which law each row of a block is decided by.

use super::batch::{Batch, Days};
use super::plan::{BLOCK, Law};
use super::registers::{Mask, NONE, add, first, is_empty, test, without};
use super::source::{Rows, part};
use crate::compile::program::Program;

/// The epochs that a block has rows of.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// The positions of the epochs and the rows of each.
    pub epochs: Vec<(usize, Mask)>,
    /// Rows on whose day there is no law.
    pub none: Mask,
    /// Rows on whose day there is.
    pub some: Mask,
    /// Where there are several: the number of each row's epoch, counted from 1; 0 where there is no law.
    numbers: Vec<u16>,
}

/// The numbers of the epochs of rows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Numbers<'p> {
    /// All rows have the same.
    Same(u16),
    Each(&'p [u16]),
}

impl Present {
    /// Finds the epochs of the rows of a block.
    pub fn find(&mut self, law: Law, batch: &Batch, rows: Rows) {
        let here = first(rows.len);
        self.epochs.clear();
        (self.none, self.some) = (NONE, here);
        let days = match batch.as_of {
            Days::Constant(day) => {
                match law.epoch(day) {
                    Some((at, _)) => self.epochs.push((at, here)),
                    None => (self.none, self.some) = (here, NONE),
                }
                return;
            }
            Days::Column(days) => part(days, rows),
        };
        // Only changes of law between the first and the last day make a difference.
        let (least, greatest) = days.iter().fold((i32::MAX, i32::MIN), |(least, greatest), day| (least.min(*day), greatest.max(*day)));
        let begun = |day: i32| law.program.epochs.partition_point(|epoch| epoch.from.0 <= day);
        let (from, to) = (begun(least), begun(greatest));
        let ends = law.program.until.is_some_and(|until| until.0 < greatest);
        if from == to && !ends {
            match from.checked_sub(1) {
                Some(at) => self.epochs.push((at, here)),
                None => (self.none, self.some) = (here, NONE),
            }
            return;
        }
        self.number(law.program, days, from, to);
        let numbers = self.numbers.get(..days.len()).unwrap_or(&[]);
        let mut left = here;
        for number in ends.then_some(0).into_iter().chain(from..=to) {
            let rows = if number == to { left } else { test(numbers, |of| of == number as u16) };
            left = without(&left, &rows);
            match number.checked_sub(1) {
                None => add(&mut self.none, &rows),
                Some(at) if !is_empty(&rows) => self.epochs.push((at, rows)),
                Some(_) => {}
            }
        }
        self.some = without(&here, &self.none);
    }

    /// Numbers the epochs of days: as many as have begun, `from` of them before the first day and `to` before the last, none after
    /// the last day of the procedure.
    fn number(&mut self, program: &Program, days: &[i32], from: usize, to: usize) {
        self.numbers.clear();
        self.numbers.resize(BLOCK, from as u16);
        let numbers = &mut self.numbers;
        for epoch in program.epochs.iter().take(to).skip(from) {
            let begins = epoch.from.0;
            numbers.iter_mut().zip(days).for_each(|(number, day)| *number = number.wrapping_add(u16::from(*day >= begins)));
        }
        if let Some(until) = program.until {
            numbers.iter_mut().zip(days).for_each(|(number, day)| *number = if *day > until.0 { 0 } else { *number });
        }
    }

    /// The numbers of the epochs of the rows.
    pub fn numbers(&self) -> Numbers<'_> {
        match self.epochs[..] {
            [(at, _)] if is_empty(&self.none) => Numbers::Same(at as u16 + 1),
            [] => Numbers::Same(0),
            _ => Numbers::Each(&self.numbers),
        }
    }

    /// The rows whose epoch is one of some.
    pub fn rows(&self, of: &[bool]) -> Mask {
        let is_one = |epoch: usize| of.get(epoch).copied().unwrap_or(false);
        if self.epochs.iter().all(|(epoch, _)| is_one(*epoch)) {
            return self.some;
        }
        let mut rows = NONE;
        self.epochs.iter().filter(|(epoch, _)| is_one(*epoch)).for_each(|(_, of_epoch)| add(&mut rows, of_epoch));
        rows
    }
}
