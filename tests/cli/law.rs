//! The pack of the repository: that every verb takes it. What it decides is its worked cases' to say.

use std::path::{Path, PathBuf};

use crate::harness::within;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn rules_are_taken_by_default() {
    let run = within(&root(), "check");
    assert_eq!(run.code, 0, "{}", run.out);
    let list = within(&root(), "list --format json");
    let listed: Vec<serde_json::Value> = serde_json::from_str(&list.out).unwrap();
    assert!(listed.len() >= 7);
    for one in listed {
        let code = one["code"].as_str().unwrap();
        for line in ["decide CODE --as-of 2026-11-23", "facts CODE", "show CODE --on 2026-11-23", "due CODE --from 2026-11-23T09:00", "ask CODE", "steps CODE --as-of 2026-11-23", "level CODE --as-of 2026-11-23"] {
            let run = within(&root(), &line.replace("CODE", code));
            assert_eq!((run.code, &*run.err), (0, ""), "{line} {code}");
            assert!(run.out.lines().count() > 2, "{line} {code}: {}", run.out);
        }
    }
}

#[test]
fn procedures_are_found_without_diacritics() {
    assert!(within(&root(), "list thuong tru").out.contains("1.004222"));
    let run = within(&root(), "decide ho-chieu");
    let found = "1.001456  Cấp hộ chiếu phổ thông ở trong nước (thực hiện tại cấp tỉnh)";
    assert_eq!((run.code, &*run.err), (2, &*format!("thutuc: the pack has no procedure `ho-chieu`; did you mean\n  {found}\n")));
}
