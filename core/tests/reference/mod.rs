//! The reference workload: registration of permanent residence, over invented dates, fees and holidays.
//!
//! [`cases`] makes the cases, [`by_hand`] is the answer in plain Rust, [`packs`] reads the same rules as a pack, [`tables`] makes large tables. Shared by
//! tests and benchmarks.
#![expect(dead_code, reason = "no test or benchmark uses all of it")]

pub mod by_hand;
pub mod cases;
pub mod packs;
pub mod tables;
