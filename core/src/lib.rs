//! A rules engine for Vietnam's administrative procedures.
//!
//! `ARCHITECTURE.md` beside this crate tells the way of the data and the invariants of each module.

mod bundled;
pub mod source;
pub mod diagnostics;
pub mod value;
pub mod calendar;
pub mod builtins;
pub mod feel;
pub mod model;
#[cfg(feature = "author")]
pub mod check;
pub mod compile;
pub mod eval;
#[cfg(feature = "columns")]
pub mod columns;
#[cfg(feature = "assess")]
pub mod assess;
pub mod explain;
pub mod wire;
