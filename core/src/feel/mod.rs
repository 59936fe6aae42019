//! FEEL, the expression language of OMG DMN 1.5: text to a spanned tree and back.
//!
//! ```
//! use thutuc::feel::{Names, format, parse};
//! use thutuc::source::SourceId;
//!
//! let mut names = Names::new();
//! names.declare("date of birth");
//! let parsed = parse("date of birth<@\"2008-01-01\"", SourceId(0), 0, &names);
//! assert!(parsed.diagnostics.is_empty());
//! assert_eq!(format(&parsed.value), "date of birth < @\"2008-01-01\"");
//! ```

pub mod ast;
mod format;
mod lexer;
mod names;
mod parser;
mod precedence;

pub use format::{format, format_tests};
pub use names::Names;
pub use parser::{MAX_DEPTH, MAX_HEIGHT, parse, parse_tests};

#[cfg(test)]
mod tests;
