//! `decide`, `explain`, `due`.

use crate::harness::{Folder, thutuc, with_input};

const WORKER: &str = r#"{
  "submission": {"channel": "online"}, "account.level": 2,
  "reader": {"kind": "worker", "birth_date": "1990-05-01", "shelf": 2.5, "languages": ["fr"]},
  "children": [{"name": "An", "born_on": "2020-02-01"}, {"name": "Bình", "born_on": "2022-03-01"}],
  "data.address": true
}"#;

#[test]
fn a_case_is_accepted() {
    insta::assert_snapshot!(with_input("decide 9.000001 --facts - --as-of 2026-04-27", WORKER).shown());
    insta::assert_snapshot!(with_input("decide 9.000001 --facts - --as-of 2026-04-27 --lang en", WORKER).shown());
}

#[test]
fn one_fact_more_and_it_is_refused() {
    let line = "decide 9.000001 --facts - --as-of 2026-04-27 --fact reader.shelf=1.5 --fact account.level=1";
    insta::assert_snapshot!(with_input(line, WORKER).shown());
}

#[test]
fn the_law_of_another_day_refuses() {
    let run = with_input("decide 9.000001 --facts - --as-of 2026-07-01 --lang en", WORKER);
    assert_eq!(run.code, 0, "a refused case is a decided case");
    assert!(run.out.contains("[REFUSE]") && run.out.contains("Shelves of 3 m or more are needed; 2.5 m are declared."), "{}", run.out);
    assert!(run.out.contains("EX/LAW art 2(1); EX/LAW art 2 [recalled]"), "the parameter is cited, with its own doubt: {}", run.out);
}

#[test]
fn nothing_told_is_asked() {
    insta::assert_snapshot!(thutuc("decide 9.000001 --as-of 2026-04-27 --lang en").shown());
    insta::assert_snapshot!(thutuc("decide 9.000002 --as-of 2026-04-27").shown());
}

#[test]
fn a_jurisdiction_has_its_own_law() {
    let here = with_input("decide 9.000001 --facts - --as-of 2026-04-27 --jurisdiction river --lang en", WORKER);
    assert!(here.out.contains("Card fee: 6,000 VND"), "{}", here.out);
    let nowhere = with_input("decide 9.000001 --facts - --as-of 2026-04-27 --jurisdiction rivr --lang en", WORKER);
    assert_eq!((nowhere.code, &*nowhere.out), (2, ""));
    assert!(nowhere.err.ends_with("it has for river; leave it out for the rules in force everywhere; did you mean `river`?\n"), "{}", nowhere.err);
}

#[test]
fn json_is_the_wire() {
    let run = with_input("decide 9.000001 --facts - --as-of 2026-04-27 --format json", WORKER);
    assert_eq!((run.code, &*run.err, run.out.lines().count()), (0, "", 1));
    let decision: thutuc::wire::Decision = serde_json::from_str(&run.out).unwrap();
    assert_eq!(decision.fees.total, Some(20_000));
    assert_eq!(run.out, serde_json::to_string(&decision).unwrap() + "\n");
    let explained = with_input("explain 9.000001 --facts - --as-of 2026-04-27 --format json", WORKER);
    assert_eq!(explained.out, run.out);
    assert_eq!(with_input("decide 9.000001 --facts - --as-of 2026-04-27 --format json", WORKER).out, run.out, "the same bytes again");
}

#[test]
fn a_bundle_decides_the_same() {
    let folder = Folder::empty("bundle");
    let path = folder.0.join("pack.thutuc");
    let written = thutuc(&format!("bundle -o {}", path.display()));
    assert_eq!((written.code, &*written.out), (0, ""));
    assert!(written.err.contains("example 1, ") && written.err.contains("hash "), "{}", written.err);
    for format in ["text", "json"] {
        let line = format!("decide 9.000001 --facts - --as-of 2026-04-27 --format {format}");
        let bundled = crate::harness::within(&crate::harness::here(), &format!("--bundle {} {}", path.display(), line.replace("--facts -", "")));
        assert_eq!(bundled.out, thutuc(&line.replace("--facts -", "")).out);
    }
    let verb = crate::harness::within(&crate::harness::here(), &format!("--bundle {} show 9.000001", path.display()));
    assert_eq!((verb.code, &*verb.err), (2, "thutuc: this verb reads rule files: give --rules DIR, not --bundle\n"));
    let no_bundle = crate::harness::within(&crate::harness::here(), "--bundle pack/pack.yaml list");
    assert_eq!(no_bundle.code, 1);
    assert!(no_bundle.err.contains("this is not a thutuc bundle"), "{}", no_bundle.err);
}

#[test]
fn facts_that_do_not_fit() {
    let facts = r#"{"reader": {"kind": "wurker", "shelf": 101, "birth_date": "2026-02-30"}, "reader.shelf": 2, "shlef": 1,
        "children": [{"name": "An"}], "account.level": 1234567890123456789012345678901234567890}"#;
    insta::assert_snapshot!(with_input("decide 9.000001 --facts - --as-of 2026-04-27", facts).shown());
    let run = with_input("decide 9.000001 --facts - --as-of 2026-04-27 --lang en", "{\"reader.shelf\": NaN}");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("the JSON cannot be read at line 1, column"), "{}", run.out);
    let array = with_input("decide 9.000001 --facts - --as-of 2026-04-27 --lang en", "[1]");
    assert!(array.code == 1 && array.out.contains("FACTS THAT CANNOT BE USED"), "{}", array.out);
}

#[test]
fn numbers_keep_every_digit() {
    let line = "decide 9.000001 --as-of 2026-04-27 --format json --fact reader.kind=worker --fact reader.shelf=99.9";
    assert!(thutuc(line).out.contains(r#"{"fact":"reader.shelf","value":"99.9"}"#));
}

#[test]
fn every_reason_is_explained() {
    let line = "explain 9.000001 --facts - --as-of 2026-04-27 --fact reader.shelf=1.5 --fact submission.channel=in_person";
    insta::assert_snapshot!(with_input(line, WORKER).shown());
    insta::assert_snapshot!(with_input(&format!("{line} --lang en"), WORKER).shown());
}

#[test]
fn deadlines_are_drawn() {
    insta::assert_snapshot!(thutuc("due 9.000001 --from 2026-04-27T16:00").shown());
    insta::assert_snapshot!(thutuc("due --period '2 months' --from 2026-02-10 --lang en").shown());
    insta::assert_snapshot!(thutuc("due --period '5 working days' --from 2026-12-29 --lang en").shown());
    insta::assert_snapshot!(thutuc("due --period '4 office hours' --from 2026-04-29T15:30 --lang en").shown());
    let json = thutuc("due 9.000001 --from 2026-04-27 --format json").out;
    assert!(json.contains(r#""dueOn":"2026-05-06""#), "{json}");
}

#[test]
fn deadlines_asked_for_wrongly() {
    let period = thutuc("due --period '7 workin days' --from 2026-02-10");
    assert_eq!(period.code, 2);
    assert!(period.err.ends_with("did you mean `7 working days`?\n"), "{}", period.err);
    let day = thutuc("due 9.000001 --from 2026-02-30");
    assert_eq!((day.code, &*day.err), (2, "thutuc: --from must be YYYY-MM-DD, `2026-02-30` was given\n"));
    assert_eq!(thutuc("due --from 2026-02-10").code, 2);
}
