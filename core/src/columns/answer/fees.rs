//! The columns of fees.

use super::{Lacks, Writer, covers, place_of, put_codes};
use crate::columns::compiled::EpochParts;
use crate::columns::describe::Rows as RowCodes;
use crate::columns::parts::{NOTHING, Part};
use crate::columns::registers::{Mask, NONE, add, and, first, is_empty, put, without};
use crate::columns::results::{Answers, Values};

impl<'w> Writer<'w, '_> {
    /// The amount of a fee.
    pub fn fee(&mut self, places: &[Option<u16>], into: &mut Answers, lacks: &mut Lacks) {
        let (at, len) = (self.at, self.block.rows.len);
        let of = |parts: &'w EpochParts, epoch: usize| parts.fees.get(usize::from((*places.get(epoch)?)?));
        self.each_source(of, lacks, |writer, place, mask, lacks| {
            let part = writer.part(place);
            let ([due, ..], rest) = (part.codes, part.rest);
            add(&mut lacks.pending, &and(mask, &rest));
            add(&mut lacks.none, &without(&without(mask, &due), &rest));
            if let Values::Integers { integers, .. } = &mut into.values
                && let Some(amounts) = integers.get_mut(at..at + len)
            {
                put(amounts, &and(mask, &due), writer.amounts(place), |amount| amount);
            }
        });
    }

    /// The amounts of a fee that was worked out.
    fn amounts(&self, place: usize) -> &[i64] {
        match self.compiled.parts.get(place) {
            Some(Part::Fee(fee)) if fee.is_plain() => &self.block.ints(fee.before).integers,
            _ => self.parts.get(place).and_then(Option::as_deref).map_or(&[], |part| &part.integers),
        }
    }

    pub fn fee_total(&mut self, into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present, len, at) = (self.compiled, self.block.present, self.block.rows.len, self.at);
        let Values::Integers { integers, .. } = &mut into.values else { return };
        let Some(totals) = integers.get_mut(at..at + len) else { return };
        let mut begun = false;
        for within in &compiled.fees {
            let mask = present.rows(&within.epochs);
            if is_empty(&mask) {
                continue;
            }
            let Some(place) = within.place else {
                add(&mut lacks.pending, &mask);
                continue;
            };
            let part = self.part(place);
            let [due, _, _, unknown, ..] = &part.codes;
            add(&mut lacks.pending, &and(&mask, &part.rest));
            add(&mut lacks.none, &and(&mask, unknown));
            let due = and(&mask, due);
            let amounts = self.amounts(place);
            match (begun, covers(&due, len)) {
                (false, true) => totals.iter_mut().zip(amounts).for_each(|(total, amount)| *total = *amount),
                (false, false) => each_amount(totals, &due, amounts, |_, amount| amount),
                (true, _) => each_amount(totals, &due, amounts, i64::saturating_add),
            }
            begun = true;
        }
        if !begun {
            totals.fill(0);
        }
        lacks.none = without(&lacks.none, &lacks.pending);
    }

    pub fn fee_rows(&mut self, places: &[Option<(u16, RowCodes)>], into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present, rows) = (self.compiled, self.block.present, and(&first(self.block.rows.len), &self.only));
        for (epoch, mask) in &present.epochs {
            let Some(Some((place, codes))) = places.get(*epoch) else {
                add(&mut lacks.none, mask);
                continue;
            };
            let Some(place) = place_of(compiled, *epoch, |epoch| epoch.fees.get(usize::from(*place)), mask, lacks) else { continue };
            let Some(Part::Fee(fee)) = compiled.parts.get(place) else { continue };
            let part = self.part(place);
            // Where the amount makes no difference no row decides.
            let ([due, ..], free) = (part.codes, part.apart);
            let rest = part.rest;
            add(&mut lacks.pending, &and(mask, &rest));
            let mut there = NONE;
            if let Some(table) = fee.table {
                let at = self.at;
                let found = self.block.rows_of(table);
                there = put_codes(into, at, &and(&and(mask, &without(&due, &free)), &rows), |row| codes.codes.get(found.row(row)?).copied());
            }
            add(&mut lacks.none, &without(&without(mask, &there), &rest));
        }
    }

    pub fn fee_reductions(&mut self, places: &[Option<(u16, Vec<u32>)>], into: &mut Answers, lacks: &mut Lacks) {
        let (compiled, present, rows) = (self.compiled, self.block.present, and(&first(self.block.rows.len), &self.only));
        for (epoch, mask) in &present.epochs {
            let Some(Some((place, codes))) = places.get(*epoch) else {
                add(&mut lacks.none, mask);
                continue;
            };
            let Some(place) = place_of(compiled, *epoch, |epoch| epoch.fees.get(usize::from(*place)), mask, lacks) else { continue };
            let at = self.at;
            let part = self.part(place);
            let ([due, ..], rest) = (&part.codes, &part.rest);
            let mut there = NONE;
            if matches!(compiled.parts.get(place), Some(Part::Fee(fee)) if fee.reduces()) {
                let info = |row: usize| part.chosen.get(row).copied().filter(|info| *info != NOTHING);
                there = put_codes(into, at, &and(&and(mask, due), &rows), |row| codes.get(usize::from(info(row)?)).copied());
            }
            add(&mut lacks.pending, &and(mask, rest));
            add(&mut lacks.none, &without(&without(mask, &there), rest));
        }
    }
}

/// Sums of totals and amounts; rows that are not due have the amount 0.
fn each_amount(totals: &mut [i64], due: &Mask, amounts: &[i64], sum: impl Fn(i64, i64) -> i64) {
    for ((totals, amounts), word) in totals.chunks_mut(64).zip(amounts.chunks(64)).zip(due) {
        for (bit, (total, amount)) in totals.iter_mut().zip(amounts).enumerate() {
            *total = sum(*total, *amount & 0i64.wrapping_sub((word >> bit & 1) as i64));
        }
    }
}
