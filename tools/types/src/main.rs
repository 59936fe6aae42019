//! Writes the generated files: `cargo run -p thutuc-types`.

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for file in thutuc_types::generated(&root)? {
        if fs::read_to_string(&file.path).is_ok_and(|text| text == file.text) {
            continue;
        }
        fs::write(&file.path, &file.text)?;
        println!("{}", file.path.strip_prefix(&root).unwrap_or(&file.path).display());
    }
    Ok(())
}
