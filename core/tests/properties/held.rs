//! A verdict that is held while a case is told is at every moment the one that deciding anew gives.

use crate::random::Choices;
use crate::random::case::{partial, spec};
use crate::random::linked::linked;
use crate::random::procedure::{Random, Size, random};
use crate::support::answers::{Case, Judge};
use crate::support::pack::compiled;
use proptest::prelude::*;
use thutuc::compile::CompiledPack;
use thutuc::compile::program::Slot;
use thutuc::eval::{Held, Moment, Workspace, verdict};
use thutuc::value::{Date, Fact};

const FREE: Size = Size { facts: 6, depth: 2, free: true, general: false };
const GENERAL: Size = Size { facts: 5, depth: 3, free: true, general: true };
/// Facts are only compared with constants: completions of missing ones are tried.
const FINITE: Size = Size { facts: 4, depth: 3, free: false, general: false };

/// Days before and after changes of the law.
const DAYS: [&str; 3] = ["2026-06-01", "2026-06-02", "2031-01-01"];

/// Bytes that decide everything about a pack, a case and its changes.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 140..400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_held_is_what_deciding_anew_gives(bytes in bytes()) {
        let (for_case, for_pack) = bytes.split_at(140);
        for size in [FREE, GENERAL, FINITE] {
            let procedure = random(&mut Choices::new(for_pack), size);
            let (pack, _) = compiled(&[("procedure.yaml", &procedure.text)]);
            as_decided_anew(&procedure, &pack, &mut Choices::new(for_case))?;
        }
    }

    #[test]
    fn of_linked_services_too(bytes in bytes()) {
        let (for_case, for_pack) = bytes.split_at(140);
        let service = linked(&mut Choices::new(for_pack), FREE);
        let files: Vec<(&str, &str)> = service.files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let (pack, _) = compiled(&files);
        as_decided_anew(&service.whole, &pack, &mut Choices::new(for_case))?;
    }
}

/// Changes a case fact by fact, one to six at a time, takes facts back, now and then changes the day.
fn as_decided_anew(procedure: &Random, pack: &CompiledPack, c: &mut Choices) -> Result<(), TestCaseError> {
    let mut judge = Judge::new(pack, DAYS[0]);
    let program = judge.program;
    let mut case: Case = partial(procedure, program, c);
    let (mut held, mut work, mut fresh) = (Held::default(), Workspace::default(), Workspace::default());
    let mut moment = judge.moment;
    let facts: Vec<Slot> = (0..program.facts.len() as u16).map(Slot).filter(|slot| spec(program, *slot).is_some()).collect();
    let mut changed: Option<Vec<Slot>> = None;
    for _ in 0..20 {
        let slots = judge.slots(&case);
        let anew = verdict(program, slots, &moment, &pack.calendar, &mut fresh);
        let kept = held.decide(program, slots, &moment, &pack.calendar, &mut work, changed.as_deref()).copied();
        prop_assert_eq!(kept, anew, "after {:?} of {}", changed, procedure.text);
        if facts.is_empty() {
            break;
        }
        if c.below(8) == 1 {
            moment = Moment::on(Date::parse(DAYS[c.below(DAYS.len())]).unwrap());
        }
        let count = if c.below(6) == 1 { 6 } else { 1 };
        let told: Vec<Slot> = (0..count).map(|_| facts[c.below(facts.len())]).collect();
        for slot in &told {
            let value = if c.below(5) == 1 { Fact::Missing } else { c.pick(&spec(program, *slot).unwrap().domain()).clone() };
            case[usize::from(slot.0)] = value;
        }
        changed = Some(told);
    }
    Ok(())
}
