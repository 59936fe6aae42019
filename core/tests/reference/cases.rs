//! The cases, from splitmix64.

use super::by_hand::{BASES, CHANNELS, DOCUMENTS, GROUPS};
use thutuc::compile::program::{Program, Slot};
use thutuc::eval::{Moment, Slots};
use thutuc::value::Date;

/// One case. Codes are positions in the lists of [`super::by_hand`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    pub channel: u8,
    /// Days since 1970-01-01.
    pub submitted: i32,
    pub age: u8,
    pub basis: u8,
    /// Tenths of a square metre.
    pub area: u16,
    pub owner_consent: bool,
    pub minor_with_parent: bool,
    pub eid_level: u8,
    pub eid_locked: bool,
    pub group: u8,
    /// Bit n is the n-th document.
    pub in_database: u8,
}

/// 2022-09-01
const FIRST_DAY: i32 = 19_236;

/// The first `n` cases of a seed.
pub fn cases(n: usize, seed: u64) -> Vec<Case> {
    let mut state = seed;
    let mut draw = move || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    };
    let mut one = || Case {
        channel: (draw() % 3) as u8,
        submitted: FIRST_DAY + (draw() % 1218) as i32,
        age: (draw() % 90) as u8,
        basis: (draw() % 4) as u8,
        area: 40 + (draw() % 200) as u16,
        owner_consent: draw() % 4 != 0,
        minor_with_parent: draw() % 4 != 0,
        eid_level: (draw() % 5).min(2) as u8,
        eid_locked: draw() % 10 == 0,
        group: (draw() % 10).saturating_sub(4) as u8,
        in_database: (draw() % 64) as u8,
    };
    (0..n).map(|_| one()).collect()
}

impl Case {
    /// The case as a line of JSON, all in one object.
    pub fn json(&self) -> String {
        let date = Date(self.submitted);
        format!(r#"{{"channel":"{}","submitted_at":"{date}",{}}}"#, CHANNELS[usize::from(self.channel)], self.other_facts())
    }

    /// The case as a request.
    pub fn request(&self) -> String {
        let (date, channel) = (Date(self.submitted), CHANNELS[usize::from(self.channel)]);
        format!(r#"{{"procedure":"0.000001","asOf":"{date}","facts":{{"channel":"{channel}",{}}}}}"#, self.other_facts())
    }

    fn other_facts(&self) -> String {
        let present: Vec<String> = DOCUMENTS.iter().enumerate().filter(|(bit, _)| self.in_database >> bit & 1 == 1).map(|(_, id)| format!("\"{id}\"")).collect();
        format!(
            r#""applicant_age":{},"residence_basis":"{}","floor_area_per_person":{}.{},"owner_consent":{},"minor_with_parent":{},"eid_level":{},"eid_locked":{},"exempt_group":"{}","documents_in_database":[{}]"#,
            self.age,
            BASES[usize::from(self.basis)],
            self.area / 10,
            self.area % 10,
            self.owner_consent,
            self.minor_with_parent,
            self.eid_level,
            self.eid_locked,
            GROUPS[usize::from(self.group)],
            present.join(",")
        )
    }

    /// Law and receipt on the day it was submitted.
    pub fn moment(&self) -> Moment {
        Moment::on(Date(self.submitted))
    }
}

/// The slots of the pack's facts, in the order of [`Filler::fill`].
pub struct Filler([Slot; 10]);

impl Filler {
    pub fn new(program: &Program) -> Filler {
        let names = [
            "channel", "applicant_age", "residence_basis", "floor_area_per_person", "owner_consent", "minor_with_parent", "eid_level",
            "eid_locked", "exempt_group", "documents_in_database",
        ];
        Filler(names.map(|name| program.slot(name).unwrap()))
    }

    /// Every fact is told, so nothing has to be cleared before.
    #[inline]
    pub fn fill(&self, case: &Case, slots: &mut Slots) {
        let values = [
            i64::from(case.channel),
            i64::from(case.age),
            i64::from(case.basis),
            i64::from(case.area),
            i64::from(case.owner_consent),
            i64::from(case.minor_with_parent),
            i64::from(case.eid_level),
            i64::from(case.eid_locked),
            i64::from(case.group),
            i64::from(case.in_database),
        ];
        self.0.iter().zip(values).for_each(|(slot, value)| slots.set_narrow(*slot, value));
    }
}
