//! The command line as a user meets it: what it prints, where, and with which exit code.
//!
//! The pack beside this file is made up, so that a change of law changes nothing here; a few tests look at `rules/`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod ask;
mod assess;
mod author;
mod cache;
mod decide;
mod harness;
mod law;
mod linked;
mod rules;
mod scaffold;
mod steps;
mod types;
mod usage;
