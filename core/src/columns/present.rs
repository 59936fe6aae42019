//! Which law each row of a block is decided by.

use super::batch::{Batch, Days};
use super::plan::{BLOCK, Law};
use super::registers::{Mask, NONE, add, all_pass, first, is_empty, test, without};
use super::source::{Rows, part};
use crate::compile::program::Program;
use crate::value::Date;

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
        let Some(any) = days.first() else { return };
        if let Some((at, epoch)) = law.epoch(Date(*any)) {
            let (from, until) = (epoch.from.0, last_day(law.program, at));
            if all_pass(days, |day| (from <= day) & (day <= until)) {
                return self.epochs.push((at, here));
            }
        }
        self.number(law.program, days);
        let numbers = self.numbers.get(..days.len()).unwrap_or(&[]);
        let least = numbers.iter().fold(u16::MAX, |least, number| least.min(*number));
        let greatest = numbers.iter().fold(0, |greatest: u16, number| greatest.max(*number));
        let mut left = here;
        for number in least..=greatest {
            let rows = if number == greatest { left } else { test(numbers, |of| of == number) };
            left = without(&left, &rows);
            match usize::from(number).checked_sub(1) {
                None => self.none = rows,
                Some(at) if !is_empty(&rows) => self.epochs.push((at, rows)),
                Some(_) => {}
            }
        }
        self.some = without(&here, &self.none);
    }

    /// Numbers the epochs of days: as many as have begun, none after the last day of the procedure.
    fn number(&mut self, program: &Program, days: &[i32]) {
        // Only changes of law between the first and the last day make a difference.
        let (least, greatest) = days.iter().fold((i32::MAX, i32::MIN), |(least, greatest), day| (least.min(*day), greatest.max(*day)));
        let begun = program.epochs.partition_point(|epoch| epoch.from.0 <= least);
        self.numbers.clear();
        self.numbers.resize(BLOCK, begun as u16);
        let numbers = &mut self.numbers;
        for epoch in program.epochs.iter().skip(begun).take_while(|epoch| epoch.from.0 <= greatest) {
            let from = epoch.from.0;
            numbers.iter_mut().zip(days).for_each(|(number, day)| *number = number.wrapping_add(u16::from(*day >= from)));
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

/// The last day of an epoch.
fn last_day(program: &Program, at: usize) -> i32 {
    let until = program.until.map_or(i32::MAX, |until| until.0);
    program.epochs.get(at + 1).map_or(until, |next| until.min(next.from.0 - 1))
}
