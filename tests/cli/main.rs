//! The command line as a user meets it: what it prints, where, and with which exit code.
//!
//! The pack beside this file is made up, so that a change of law changes nothing here; a few tests look at `rules/`.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod ask;
mod cache;
mod decide;
mod harness;
mod law;
mod rules;
mod simulate;
mod types;
mod usage;
