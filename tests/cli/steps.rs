//! Steps inside the authority and the level of online service, on the pack of the vectors.

use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use crate::harness::{Run, within};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn thutuc(line: &str) -> Run {
    within(&root(), &format!("{line} --rules tests/vectors/pack"))
}

const CASE: &str = "steps 8.000003 --received-at 2026-03-02T09:00 --fact submission.channel=in_person --fact card.kind=first";

#[test]
fn steps_are_drawn() {
    assert_snapshot!(thutuc(CASE).shown());
    assert_snapshot!(thutuc(&format!("{CASE} --done draft=2026-03-09T16:00 --lang en")).shown());
    assert_snapshot!(thutuc(&format!("{CASE} --done forward=2026-03-02T11:00 --now 2026-03-06T09:00 --cut 'sign=1 office hours'")).shown());
}

#[test]
fn steps_that_cannot_be_planned_say_what_they_need() {
    assert_snapshot!(thutuc("steps 8.000003 --received-at 2026-03-02T09:00 --fact card.kind=again").shown());
    assert_snapshot!(thutuc("steps 8.000001 --received-at 2026-03-02T09:00 --lang en").shown());
}

#[test]
fn what_is_told_wrongly_is_refused() {
    let run = thutuc(&format!("{CASE} --done verfy=2026-03-05T10:00 --cut draft=soon --lang en"));
    assert_eq!(run.code, 1);
    assert_snapshot!(run.out.split("Facts that").last().unwrap_or_default().lines().rev().take(4).collect::<Vec<_>>().join("\n"));
    let run = thutuc(&format!("{CASE} --now today"));
    assert_eq!((run.code, &*run.err), (2, "thutuc: --now must be YYYY-MM-DDTHH:MM, `today` was given\n"));
    let run = thutuc(&format!("{CASE} --done verify"));
    assert_eq!((run.code, &*run.err), (2, "thutuc: --done takes STEP=DATETIME, `verify` has no `=`\n"));
}

#[test]
fn levels_are_listed_and_explained() {
    assert_snapshot!(thutuc("level --as-of 2026-03-02").shown());
    assert_snapshot!(thutuc("level 8.000003 --as-of 2026-03-02 --lang en").shown());
}

#[test]
fn a_sheet_shows_steps_apologies_and_declarations() {
    let handling = |line: &str, heading: &str| thutuc(line).out.split_once(heading).map(|(_, rest)| format!("{heading}{rest}")).unwrap_or_default();
    assert_snapshot!(handling("show 8.000003 --on 2026-03-02", "CÁC BƯỚC TRONG CƠ QUAN"));
    assert_snapshot!(handling("show 8.000003 --on 2026-03-02 --lang en", "STEPS INSIDE THE AUTHORITY"));
}

#[test]
fn a_sheet_shows_shared_apologies_after_those_of_the_procedure() {
    let out = within(&root(), "show 2.000986 --on 2026-11-28").out;
    let apologies = out.split_once("XIN LỖI KHI TRỄ HẠN").map_or("", |(_, rest)| rest);
    let (own, shared) = (apologies.find("linked_group"), apologies.find("decree_118"));
    assert!(own.is_some() && own < shared, "{apologies}");
}
