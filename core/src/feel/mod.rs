//! FEEL, the expression language of OMG DMN 1.5: text to a spanned tree and back.

pub mod ast;
mod format;
mod lexer;
mod parser;

pub use format::{format, format_tests};
pub use parser::{Names, parse, parse_tests};
