//! A checked pack to programs: one per procedure and jurisdiction, one epoch per interval between change dates.
//!
//! Compiling cannot fail: `check` has excluded everything that could.

pub mod beforehand;
mod bundle;
#[cfg(feature = "author")]
pub mod assessment;
#[cfg(feature = "author")]
mod author;
#[cfg(feature = "author")]
mod elements;
pub mod handling;
#[cfg(feature = "author")]
mod index;
#[cfg(feature = "author")]
mod intern;
#[cfg(feature = "author")]
mod lower;
#[cfg(feature = "author")]
mod lower_table;
#[cfg(feature = "author")]
mod lower_handling;
#[cfg(feature = "author")]
mod part;
pub mod program;
pub mod programs;
pub mod table;
mod walk;

#[cfg(feature = "author")]
pub use author::{Built, build, compile};
pub use handling::{Handling, LevelRule};
#[cfg(feature = "author")]
pub use part::part;
pub use bundle::{BadBundle, FORMAT, read_bundle, write_bundle};
pub use program::{CompiledPack, Program};
