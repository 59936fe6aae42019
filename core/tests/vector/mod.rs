//! Vectors: calls with the whole answer that every host must give. `tests/vectors/README.md` tells the format.
#![expect(dead_code, reason = "the test reads and compares, the tool reads and writes")]

pub mod answer;
pub mod compare;
pub mod file;
pub mod layout;
pub mod tree;
pub mod worked;

use std::path::{Path, PathBuf};

/// The folder of the vectors.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors")
}
