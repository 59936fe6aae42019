//! The statuses of an element in a block.

use crate::columns::{Codes, Mask, NONE, add, and, is_empty, without};

/// The rows of each status.
pub(super) struct Statuses<'d> {
    codes: &'d Codes,
    /// Rows in which the law has no such element.
    absent: Mask,
    /// Their status.
    absent_code: u8,
    /// The statuses that some row has, a bit each.
    met: u8,
}

static NOWHERE: Mask = NONE;
static NO_CODES: Codes = [NONE; 6];

impl<'d> Statuses<'d> {
    pub fn new(codes: Option<&'d Codes>, absent_code: u8, here: &Mask) -> Statuses<'d> {
        let codes = codes.unwrap_or(&NO_CODES);
        let (mut told, mut met) = (NONE, 0);
        for (rows, code) in codes.iter().zip(0u8..) {
            add(&mut told, rows);
            met |= u8::from(!is_empty(rows)) << code;
        }
        let absent = without(here, &told);
        met |= u8::from(!is_empty(&absent)) << absent_code;
        Statuses { codes, absent, absent_code, met }
    }

    /// The rows of a status.
    pub fn rows(&self, code: u8) -> &Mask {
        if code == self.absent_code {
            return &self.absent;
        }
        self.codes.get(usize::from(code)).unwrap_or(&NOWHERE)
    }

    /// Whether these are the very statuses of another law.
    pub fn is(&self, other: &Statuses) -> bool {
        std::ptr::eq(self.codes, other.codes)
    }

    fn met(&self) -> impl Iterator<Item = u8> + use<> {
        let met = self.met;
        (0..8).filter(move |code| met >> code & 1 == 1)
    }

    /// Calls `each` for the statuses before and after that some rows may have, and these rows.
    pub fn each_pair([before, after]: [&Statuses; 2], mut each: impl FnMut(u8, u8, &Mask)) {
        for was in before.met() {
            if before.is(after) {
                each(was, was, before.rows(was));
                continue;
            }
            for is in after.met() {
                let rows = and(before.rows(was), after.rows(is));
                if !is_empty(&rows) {
                    each(was, is, &rows);
                }
            }
        }
    }
}
