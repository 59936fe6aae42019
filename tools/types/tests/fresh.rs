//! What is generated is what the types of the core say now.

use std::fs;
use std::path::Path;

#[test]
fn no_generated_file_is_stale() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut stale = Vec::new();
    for file in thutuc_types::generated(&root).unwrap() {
        let written = fs::read_to_string(&file.path).unwrap_or_default();
        if written != file.text {
            let mut lines = written.lines().zip(file.text.lines()).zip(1..);
            let first = lines.find(|((old, new), _)| old != new).map_or(0, |(_, line)| line);
            stale.push(format!("{}:{first}", file.path.strip_prefix(&root).unwrap().display()));
        }
    }
    assert!(stale.is_empty(), "not what core/src/wire says; run `make types`:\n{}", stale.join("\n"));
}
