//! What helps whoever writes rules: the codes of problems, the lints, papers the state has already, bundles of one procedure.

use std::fs;

use crate::harness::{Folder, here, thutuc, within};

#[test]
fn a_code_is_explained() {
    let run = thutuc("diagnostics repeated-threshold");
    insta::assert_snapshot!(run.shown());
    assert_eq!(thutuc("check --explain repeated-threshold").out, run.out);
    let run = thutuc("diagnostics repeated-treshold");
    assert_eq!((run.code, &*run.err), (2, "thutuc: there is no problem `repeated-treshold`; did you mean `repeated-threshold`?\n"));
}

#[test]
fn all_codes_are_listed_for_people_and_for_the_manual() {
    let pages: Vec<serde_json::Value> = serde_json::from_str(&thutuc("diagnostics --format json").out).unwrap();
    let list = thutuc("diagnostics").out;
    assert!(pages.len() > 40);
    for page in pages {
        for key in ["name", "severity", "meaning", "why", "bad", "mended"] {
            assert!(!page[key].as_str().unwrap().is_empty(), "{page}");
        }
        assert!(list.contains(page["name"].as_str().unwrap()));
    }
}

#[test]
fn a_sound_pack_is_looked_over() {
    let changes = [
        ("parameters:\n", "parameters:\n  spare: [ { from: 2020-01-01, until: 2020-12-31, value: 1, cite: EX/LAW }, { from: 2022-01-01, value: 2, cite: EX/LAW } ]\n"),
        ("require: reader.shelf >= min_shelf", "require: reader.shelf >= min_shelf and reader.shelf < 50"),
        ("when: list contains(reader.languages, \"fr\")", "when: list contains(reader.languages, \"fr\") and reader.shelf < 50"),
        ("    held_in: homes\n", ""),
    ];
    let folder = Folder::with_pack("lint", "library/card.yaml", &changes);
    let run = within(&folder.0, "--rules pack check");
    insta::assert_snapshot!(run.shown());
    assert_eq!(within(&folder.0, "--rules pack check --strict").code, 1);
    assert_eq!(thutuc("check --strict").code, 0);
}

#[test]
fn papers_the_state_has_already() {
    insta::assert_snapshot!(thutuc("reuse --as-of 2026-06-01").shown());
    insta::assert_snapshot!(thutuc("reuse 9.000002 --as-of 2026-04-01 --lang en").shown());
    insta::assert_snapshot!(thutuc("reuse --as-of 2026-06-01 --office 'thu vien' --format json").shown());
    assert_eq!(thutuc("reuse --as-of 2026-06-01 --office nowhere").code, 2);
}

#[test]
fn papers_are_counted_in_cases() {
    let folder = Folder::empty("reuse");
    let line = |procedure: &str, facts: &str| format!("{{\"procedure\": \"{procedure}\", \"asOf\": \"2026-06-01\", \"facts\": {facts}}}\n");
    let lines = line("9.000001", "{\"data.address\": true}")
        + &line("9.000001", "{\"data.address\": false}")
        + &line("9.000001", "{\"data.address\": true}")
        + &line("9.000002", "{\"submission.channel\": \"in_person\"}");
    let file = folder.0.join("cases.jsonl");
    fs::write(&file, &lines).unwrap();
    insta::assert_snapshot!(within(&here(), &format!("--rules pack reuse --as-of 2026-06-01 --lang en --cases {}", file.display())).out);
    fs::write(&file, lines + "{}\n").unwrap();
    let run = within(&here(), &format!("--rules pack reuse --as-of 2026-06-01 --cases {}", file.display()));
    assert!(run.code == 2 && run.err.contains("cases.jsonl:5: "), "{}", run.err);
}

#[test]
fn a_bundle_of_one_procedure_decides_alike() {
    let folder = Folder::empty("part");
    let (whole, part) = (folder.0.join("whole.thutuc"), folder.0.join("part.thutuc"));
    assert_eq!(thutuc(&format!("bundle -o {}", whole.display())).code, 0);
    assert_eq!(thutuc(&format!("bundle --procedure 9.000001 -o {}", part.display())).code, 0);
    assert_eq!(thutuc("bundle --procedure 9.9 -o x").code, 2);
    let size = |path: &std::path::Path| fs::metadata(path).unwrap().len();
    assert!(size(&part) < size(&whole));
    let decided = |bundle: &std::path::Path, jurisdiction: &str| {
        let case = "decide 9.000001 --as-of 2026-06-01 --fact reader.kind=worker --fact submission.channel=online --format json";
        let run = within(&here(), &format!("{case}{jurisdiction} --bundle {}", bundle.display()));
        assert_eq!(run.code, 0, "{}", run.err);
        let mut decision: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        // The two packs have hashes of their own.
        decision["pack"]["hash"].take();
        decision
    };
    for jurisdiction in ["", " --jurisdiction river"] {
        assert_eq!(decided(&part, jurisdiction), decided(&whole, jurisdiction));
    }
    let list: Vec<serde_json::Value> = serde_json::from_str(&within(&here(), &format!("list --format json --bundle {}", part.display())).out).unwrap();
    assert_eq!(list.len(), 1);
}
