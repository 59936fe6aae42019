//! The types that hosts see, written from the types of `core/src/wire`: their JSON Schema, the declarations of TypeScript
//! and those of Python. `make types` writes the files; a test fails while one of them is stale.

mod model;
mod python;
mod typescript;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use model::TypeDef;

/// A file that is generated, and what it must hold.
#[derive(Debug)]
pub struct Generated {
    /// Where it is.
    pub path: PathBuf,
    /// Its whole text.
    pub text: String,
}

/// Every generated file of the repository at `root`.
///
/// # Errors
/// When a file of which only a part is generated cannot be read.
pub fn generated(root: &Path) -> io::Result<Vec<Generated>> {
    let schema = thutuc::wire::host_schema();
    let types = model::read(&schema);
    let stub = root.join("bindings/python/python/thutuc/_thutuc.pyi");
    let by_hand = fs::read_to_string(&stub)?;
    let file = |path: &str, text: String| Generated { path: root.join(path), text };
    Ok(vec![
        file("bindings/wire.schema.json", format!("{}\n", serde_json::to_string_pretty(&schema)?)),
        file("bindings/wasm/js/wire.d.ts", typescript::declarations(&types)),
        file("bindings/node/wire.d.ts", typescript::declarations(&types)),
        file("bindings/python/python/thutuc/_wire.py", python::names(&types)),
        Generated { text: python::stub(&by_hand, &types), path: stub },
    ])
}

/// A type by its name.
fn named<'t>(types: &'t [TypeDef], name: &str) -> Option<&'t TypeDef> {
    types.iter().find(|one| one.name == name)
}
