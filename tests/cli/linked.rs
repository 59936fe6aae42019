//! A linked service: the chain of its steps.

use crate::harness::{here, within};

/// Filed on the last afternoon before Tết 2027, after 15:00.
const TET: &str = "--rules ../../rules --facts ../../bindings/cli/demo/linked_birth.json --as-of 2027-02-03 --received-at 2027-02-03T15:30";

/// What stands under a heading.
fn part(out: &str, heading: &str) -> String {
    let from = out.find(heading);
    assert!(from.is_some(), "no `{heading}` in\n{out}");
    let part = from.and_then(|from| out.get(from..)).unwrap_or("");
    part.split("\n\n").next().unwrap_or("").to_owned()
}

#[test]
fn the_chain_is_drawn_with_its_days() {
    let vi = within(&here(), &format!("decide 2.000986 {TET}"));
    assert_eq!(vi.code, 0, "{}", vi.err);
    insta::assert_snapshot!(format!("{}\n\n{}", part(&vi.out, "HẸN TRẢ KẾT QUẢ"), part(&vi.out, "CÁC BƯỚC LIÊN THÔNG")));
    let en = within(&here(), &format!("explain 2.000986 {TET} --lang en"));
    insta::assert_snapshot!(part(&en.out, "LINKED STEPS"));
}

#[test]
fn a_refused_step_says_what_becomes_of_the_others() {
    let run = within(&here(), &format!("decide 2.000986 {TET} --fact linked_birth.household=other --fact residence.owner_consent=false"));
    insta::assert_snapshot!(part(&run.out, "CÁC BƯỚC LIÊN THÔNG"));
    let run = within(&here(), &format!("decide 2.000986 {TET} --fact linked_birth.by_parent=false --lang en"));
    insta::assert_snapshot!(part(&run.out, "LINKED STEPS"));
}

#[test]
fn the_steps_are_shown_as_the_file_writes_them() {
    let run = within(&here(), "show 2.000986 --rules ../../rules --on 2027-02-03 --lang en");
    insta::assert_snapshot!(part(&run.out, "LINKED STEPS"));
}
