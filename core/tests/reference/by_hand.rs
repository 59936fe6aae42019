//! The workload's rules written by hand: the answer to compare with, and the yardstick to measure with.

use super::cases::Case;
use serde::{Deserialize, Serialize};
use thutuc::value::Date;

pub const CHANNELS: [&str; 3] = ["online", "in_person", "post"];
pub const BASES: [&str; 4] = ["own", "rent", "family", "institution"];
pub const GROUPS: [&str; 6] = ["none", "child", "elderly", "poor", "disabled", "merit"];
pub const REASONS: [&str; 6] =
    ["RENT_NO_CONSENT", "RENT_AREA_TOO_SMALL", "FAMILY_NO_CONSENT", "MINOR_WITHOUT_PARENT", "EID_LEVEL_TOO_LOW", "EID_LOCKED"];
pub const DOCUMENTS: [&str; 6] =
    ["ct01_form", "ownership_proof", "rental_contract", "kinship_proof", "institution_certificate", "exemption_proof"];

const ONLINE: u8 = 0;
const IN_PERSON: u8 = 1;
const OWN: u8 = 0;
const RENT: u8 = 1;
const FAMILY: u8 = 2;
const INSTITUTION: u8 = 3;
const CHILD: u8 = 1;
const POOR: u8 = 3;

/// 2023-02-05
const FIRST_CHANGE: i32 = 19_393;
/// 2025-07-01
const SECOND_CHANGE: i32 = 20_270;

/// Days of 2025 that are not worked, from 1 for 1 January.
const DAYS_OFF: [i32; 15] = [1, 27, 28, 29, 30, 31, 97, 120, 121, 122, 164, 244, 245, 318, 358];
/// 2024-12-31
const DAY_ZERO_OF_2025: i32 = 20_088;

/// The answer in bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Bit n: the n-th of [`REASONS`].
    pub reasons: u8,
    /// Bit n: the n-th of [`DOCUMENTS`].
    pub documents: u8,
    pub fee: u32,
    /// Days since 1970-01-01.
    pub deadline: i32,
}

/// The answer in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer<'a> {
    pub eligible: bool,
    #[serde(borrow)]
    pub reasons: Vec<&'a str>,
    #[serde(borrow)]
    pub documents: Vec<&'a str>,
    pub fee: u32,
    pub deadline: String,
}

/// The whole answer; the deadline counted day by day.
pub fn full(case: &Case) -> Packed {
    Packed { reasons: reasons(case), documents: documents(case), fee: fee(case), deadline: deadline(case.submitted) }
}

fn reasons(case: &Case) -> u8 {
    let (rent, online) = (case.basis == RENT, case.channel == ONLINE);
    bits([
        rent & !case.owner_consent,
        rent & (case.area < 80),
        (case.basis == FAMILY) & !case.owner_consent,
        (case.age < 18) & !case.minor_with_parent,
        online & (case.eid_level < 2),
        online & case.eid_locked,
    ])
}

fn documents(case: &Case) -> u8 {
    let needed = bits([
        case.channel != ONLINE,
        case.basis == OWN,
        case.basis == RENT,
        (case.basis == FAMILY) | (case.age < 18),
        case.basis == INSTITUTION,
        case.group >= POOR,
    ]);
    needed & !case.in_database
}

fn bits(holds: [bool; 6]) -> u8 {
    holds.into_iter().zip(0..).fold(0, |mask, (holds, bit)| mask | u8::from(holds) << bit)
}

fn fee(case: &Case) -> u32 {
    let by_channel = |online, in_person, post| match case.channel {
        ONLINE => online,
        IN_PERSON => in_person,
        _ => post,
    };
    match (case.submitted, case.group) {
        (..FIRST_CHANGE, POOR..) => 0,
        (..FIRST_CHANGE, CHILD) => 5_000,
        (..FIRST_CHANGE, _) => by_channel(7_500, 15_000, 18_000),
        (_, CHILD..) => 0,
        (..SECOND_CHANGE, _) => by_channel(10_000, 20_000, 20_000),
        _ => by_channel(5_000, 20_000, 22_000),
    }
}

/// The place of a fee in [`fee_table`].
#[inline]
pub fn fee_place(submitted: i32, channel: u8, group: u8) -> usize {
    let era = usize::from(submitted >= FIRST_CHANGE) + usize::from(submitted >= SECOND_CHANGE);
    era * 18 + usize::from(channel) * 6 + usize::from(group)
}

/// Every fee.
pub fn fee_table() -> [u32; 64] {
    let mut fees = [0; 64];
    for submitted in [FIRST_CHANGE - 1, FIRST_CHANGE, SECOND_CHANGE] {
        for (channel, group) in (0..3).flat_map(|channel| (0..6).map(move |group| (channel, group))) {
            let case = Case {
                channel, submitted, age: 0, basis: OWN, area: 0, owner_consent: true, minor_with_parent: true, eid_level: 2,
                eid_locked: false, group, in_database: 0,
            };
            fees[fee_place(submitted, channel, group)] = fee(&case);
        }
    }
    fees
}

/// The 7th working day after a day.
fn deadline(submitted: i32) -> i32 {
    let (mut day, mut left) = (submitted, 7);
    while left > 0 {
        day += 1;
        // 1970-01-01 was a Thursday.
        let weekend = (day + 3).rem_euclid(7) >= 5;
        left -= i32::from(!weekend && !DAYS_OFF.contains(&(day - DAY_ZERO_OF_2025)));
    }
    day
}

/// Deadlines worked out beforehand for every day of the workload's years.
pub struct Calendar {
    first: i32,
    wait: Vec<u8>,
}

impl Calendar {
    pub fn new() -> Calendar {
        let (first, last) = (18_993, 20_818);
        Calendar { first, wait: (first..=last).map(|day| (deadline(day) - day) as u8).collect() }
    }

    /// As [`full`], the deadline looked up.
    #[inline]
    pub fn full(&self, case: &Case) -> Packed {
        Packed { reasons: reasons(case), documents: documents(case), fee: fee(case), deadline: self.deadline(case.submitted) }
    }

    /// The 7th working day after a day.
    #[inline]
    pub fn deadline(&self, submitted: i32) -> i32 {
        submitted + i32::from(self.wait.get((submitted - self.first) as usize).copied().unwrap_or(0))
    }
}

impl Packed {
    /// The answer in words.
    pub fn answer(&self) -> Answer<'static> {
        Answer {
            eligible: self.reasons == 0,
            reasons: names(self.reasons, &REASONS),
            documents: names(self.documents, &DOCUMENTS),
            fee: self.fee,
            deadline: Date(self.deadline).to_string(),
        }
    }
}

fn names(mask: u8, all: &[&'static str; 6]) -> Vec<&'static str> {
    all.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, name)| *name).collect()
}

#[derive(Deserialize)]
struct Line<'a> {
    channel: &'a str,
    submitted_at: &'a str,
    applicant_age: u8,
    residence_basis: &'a str,
    floor_area_per_person: f64,
    owner_consent: bool,
    minor_with_parent: bool,
    eid_level: u8,
    eid_locked: bool,
    exempt_group: &'a str,
    #[serde(borrow)]
    documents_in_database: Vec<&'a str>,
}

/// A case as JSON to its answer as JSON, as a careful programmer writes it with serde.
pub fn json(line: &str) -> String {
    let line: Line = serde_json::from_str(line).unwrap();
    let code = |all: &[&str], text: &str| all.iter().position(|one| *one == text).unwrap() as u8;
    let case = Case {
        channel: code(&CHANNELS, line.channel),
        submitted: Date::parse(line.submitted_at).unwrap().0,
        age: line.applicant_age,
        basis: code(&BASES, line.residence_basis),
        area: if line.floor_area_per_person < 8.0 { 40 } else { 80 },
        owner_consent: line.owner_consent,
        minor_with_parent: line.minor_with_parent,
        eid_level: line.eid_level,
        eid_locked: line.eid_locked,
        group: code(&GROUPS, line.exempt_group),
        in_database: line.documents_in_database.iter().fold(0, |mask, id| mask | 1 << code(&DOCUMENTS, id)),
    };
    serde_json::to_string(&full(&case).answer()).unwrap()
}
