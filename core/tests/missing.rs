//! Properties of decisions on random procedures: the rules for *missing* (soundness, stability, no useless question), and
//! that special forms decide as general ones.

#![cfg(test)]

mod properties {
    mod held;
    mod special_forms;
}
mod random;
mod support {
    pub mod answers;
    pub mod pack;
    pub mod sources;
}

use proptest::prelude::*;
use random::Choices;
use random::linked::linked;
use random::case::{all_missing, partial, spec, told};
use random::procedure::{Random, Size, random};
use support::answers::{Answer, Answers, Case, Judge, Openness, Step};
use support::pack::compiled;
use thutuc::compile::program::Slot;
use thutuc::eval::{DueStatus, LinkOutcome, Outcome};
use thutuc::value::{Fact, Value};

const FREE: Size = Size { facts: 6, depth: 2, free: true, general: false };

/// Facts are only compared with constants, so that their values fall into few classes.
const FINITE: Size = Size { facts: 4, depth: 3, free: false, general: false };

/// As many completions as the engine tries.
const MOST_COMPLETIONS: usize = 256;

/// Bytes that decide everything about a pack and a case.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..260)
}

fn with_case(bytes: &[u8], size: Size, check: impl Fn(&Random, &mut Judge, Case, &mut Choices) -> Result<(), TestCaseError>) -> Result<(), TestCaseError> {
    let (for_case, for_pack) = bytes.split_at(bytes.len().min(60));
    let procedure = random(&mut Choices::new(for_pack), size);
    let (pack, _) = compiled(&[("procedure.yaml", &procedure.text)]);
    let mut judge = Judge::new(&pack, "2026-06-01");
    let mut choices = Choices::new(for_case);
    let case = partial(&procedure, judge.program, &mut choices);
    check(&procedure, &mut judge, case, &mut choices)
}

/// As [`with_case`], of a linked service.
fn with_linked(bytes: &[u8], check: impl Fn(&Random, &mut Judge, Case, &mut Choices) -> Result<(), TestCaseError>) -> Result<(), TestCaseError> {
    let (for_case, for_pack) = bytes.split_at(bytes.len().min(60));
    let service = linked(&mut Choices::new(for_pack), FREE);
    let files: Vec<(&str, &str)> = service.files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (pack, _) = compiled(&files);
    let mut judge = Judge::new(&pack, "2026-06-01");
    let mut choices = Choices::new(for_case);
    let case = partial(&service.whole, judge.program, &mut choices);
    check(&service.whole, &mut judge, case, &mut choices)
}

fn is_open(answer: &Answer) -> bool {
    answer.openness() == Openness::Missing
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the missing facts turn out to be, told in any order, a settled part keeps its answer, and what rests on
    /// unknown law alone stays so.
    #[test]
    fn what_is_settled_stays_settled(bytes in bytes()) {
        with_case(&bytes, FREE, stays_settled)?;
    }

    /// Once all facts in `missing` are told, nothing is open and the facts outside it make no difference.
    #[test]
    fn facts_outside_missing_make_no_difference(bytes in bytes()) {
        with_case(&bytes, FREE, no_difference)?;
    }

    /// Answering `next` until there is none ends, leaves nothing open that matters, and agrees with the outcome.
    #[test]
    fn asking_ends_and_leaves_nothing_open(bytes in bytes()) {
        with_case(&bytes, FREE, asking_ends)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where all completions can be tried: what is open can come out in several ways, and exactly the facts in `missing`
    /// can change it.
    #[test]
    fn only_useful_questions_are_asked(bytes in bytes()) {
        with_case(&bytes, FINITE, |procedure, judge, case, _| {
            let open = all_missing(judge.program, &case);
            let values: Vec<Vec<Fact<Value>>> = open.iter().filter_map(|slot| Some(spec(judge.program, *slot)?.classes())).collect();
            let count: usize = values.iter().map(Vec::len).product();
            if count > MOST_COMPLETIONS {
                return Ok(());
            }
            let start = judge.answers(&case);
            let completions: Vec<Answers> = (0..count).map(|number| judge.answers(&completion(&case, &open, &values, number))).collect();
            for (at, (part, answer)) in start.parts.iter().enumerate() {
                let of = |number: usize| completions.get(number).and_then(|answers| answers.parts.get(at)).map(|(_, answer)| answer);
                let alike = (1..count).all(|number| of(number) == of(0));
                prop_assert_eq!(is_open(answer), !alike, "{:?} is {:?}, at last {:?}\n{:?}\n{}", part, answer, of(0), case, procedure.text);
                let mut stride = 1;
                for (slot, values) in open.iter().zip(&values) {
                    let matters = (0..count).any(|number| of(number) != of(number - number / stride % values.len() * stride));
                    stride *= values.len();
                    let listed = start.missing.iter().any(|missing| missing.slot == *slot && missing.needed_by.contains(part));
                    prop_assert_eq!(listed, matters, "{:?} needs {:?}?\n{:?}\n{}", part, slot, case, procedure.text);
                }
            }
            Ok(())
        })?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same of a linked service, and its steps keep what is said of them.
    #[test]
    fn what_is_settled_of_a_linked_service_stays_settled(bytes in bytes_of_two()) {
        with_linked(&bytes, stays_settled)?;
    }

    #[test]
    fn facts_outside_missing_make_no_difference_to_a_linked_service(bytes in bytes_of_two()) {
        with_linked(&bytes, no_difference)?;
    }

    #[test]
    fn asking_for_a_linked_service_ends(bytes in bytes_of_two()) {
        with_linked(&bytes, asking_ends)?;
    }
}

/// Bytes for two procedures and what links them.
fn bytes_of_two() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..520)
}

fn stays_settled(procedure: &Random, judge: &mut Judge, case: Case, c: &mut Choices) -> Result<(), TestCaseError> {
    let mut before = judge.answers(&case);
    let mut case = case;
    let mut open = all_missing(judge.program, &case);
    while !open.is_empty() {
        let slot = open.remove(c.below(open.len()));
        case = told(judge.program, &case, &[slot], c);
        let after = judge.answers(&case);
        for ((part, was), (_, is)) in before.parts.iter().zip(&after.parts) {
            prop_assert!(is_open(was) || was == is, "{part:?} was {was:?}, is {is:?} after {slot:?}\n{case:?}\n{}", procedure.text);
        }
        for (was, is) in before.steps.iter().zip(&after.steps) {
            let settled = was.outcome != LinkOutcome::Ask;
            prop_assert!(!settled || was.outcome == is.outcome, "a step was {was:?}, is {is:?} after {slot:?}\n{case:?}\n{}", procedure.text);
            // Where a step before it is refused, there is no limit any more.
            let held_up = after.outcome == Outcome::Refuse && is.status.is_none();
            let counted = matches!(was.status, Some(DueStatus::Counted(_))) && was.goes_on() && is.goes_on() && !held_up;
            prop_assert!(!counted || (was.status, was.due_on) == (is.status, is.due_on), "a step was {was:?}, is {is:?}\n{case:?}\n{}", procedure.text);
        }
        let (level, is) = (before.required_level, after.required_level);
        prop_assert!(level.is_none() || level == is, "the level was {level:?}, is {is:?}\n{case:?}\n{}", procedure.text);
        let known = before.slots();
        prop_assert!(after.slots().iter().all(|slot| known.contains(slot)), "new in missing: {:?} not in {known:?}\n{case:?}\n{}", after.slots(), procedure.text);
        before = after;
    }
    prop_assert!(before.missing.is_empty());
    prop_assert!(before.required_level.is_some() || before.parts.iter().any(|(_, answer)| answer.openness() == Openness::Unknown));
    prop_assert!(before.parts.iter().all(|(_, answer)| !is_open(answer)), "open at the end: {before:?}\n{case:?}\n{}", procedure.text);
    Ok(())
}

fn no_difference(procedure: &Random, judge: &mut Judge, case: Case, c: &mut Choices) -> Result<(), TestCaseError> {
    let start = judge.answers(&case);
    for _ in 0..4 {
        let complete = told(judge.program, &case, &start.slots(), c);
        let answers = judge.answers(&complete);
        prop_assert!(answers.missing.is_empty(), "still missing {:?}\n{complete:?}\n{}", answers.missing, procedure.text);
        let rest = all_missing(judge.program, &complete);
        for _ in 0..3 {
            let whole = told(judge.program, &complete, &rest, c);
            let of_whole = judge.answers(&whole);
            prop_assert_eq!(&answers.parts, &of_whole.parts, "{:?}\n{:?}\n{}", complete, whole, procedure.text);
            prop_assert_eq!(answers.outcome, of_whole.outcome, "{:?}\n{:?}\n{}", complete, whole, procedure.text);
            for (was, is) in answers.steps.iter().zip(&of_whole.steps) {
                let same = (was.outcome, was.status, was.due_on) == (is.outcome, is.status, is.due_on);
                prop_assert!(same, "a step was {was:?}, is {is:?}\n{complete:?}\n{whole:?}\n{}", procedure.text);
            }
        }
    }
    Ok(())
}

fn asking_ends(procedure: &Random, judge: &mut Judge, case: Case, c: &mut Choices) -> Result<(), TestCaseError> {
    let mut case = case;
    let mut asked = 0;
    loop {
        let answers = judge.answers(&case);
        prop_assert_eq!(answers.next().is_none(), answers.missing.iter().all(|missing| !missing.now));
        for (part, answer) in answers.parts.iter().filter(|(_, answer)| is_open(answer)) {
            let needed = answers.missing.iter().any(|missing| missing.needed_by.contains(part));
            prop_assert!(needed, "{part:?} is {answer:?} and needs nothing\n{case:?}\n{}", procedure.text);
        }
        // Whether a step is carried out may rest on law that is not known; that refuses nothing.
        let held_up = |step: &Step| matches!(step.outcome, LinkOutcome::Refuse | LinkOutcome::NotStarted(_));
        prop_assert!(answers.outcome != Outcome::Accept || !answers.steps.iter().any(held_up), "accepted, but {:?}\n{case:?}\n{}", answers.steps, procedure.text);
        prop_assert!(answers.outcome != Outcome::Accept || answers.next().is_none(), "accepted, but asks for {:?}\n{case:?}\n{}", answers.missing, procedure.text);
        let Some(next) = answers.next() else {
            check_end(&answers, procedure, &case)?;
            return Ok(());
        };
        prop_assert_eq!(case.get(usize::from(next.0)), Some(&Fact::Missing));
        case = told(judge.program, &case, &[next], c);
        asked += 1;
        prop_assert!(asked <= judge.program.facts.len());
    }
}

/// The completion with a number: the first missing fact changes fastest.
fn completion(case: &Case, open: &[Slot], values: &[Vec<Fact<Value>>], number: usize) -> Case {
    let (mut case, mut rest) = (case.clone(), number);
    for (slot, values) in open.iter().zip(values) {
        if let (Some(place), Some(value)) = (case.get_mut(usize::from(slot.0)), values.get(rest % values.len())) {
            *place = value.clone();
        }
        rest /= values.len();
    }
    case
}

/// Where nothing is asked any more, only conditions that cannot refuse the case may be open for want of facts.
fn check_end(answers: &Answers, procedure: &Random, case: &Case) -> Result<(), TestCaseError> {
    for (part, answer) in &answers.parts {
        prop_assert!(!is_open(answer) || matches!(answer, Answer::Condition(..)), "nothing to ask, but {part:?} is {answer:?}\n{case:?}\n{}", procedure.text);
    }
    let law = answers.parts.iter().any(|(_, answer)| answer.openness() == Openness::Unknown);
    prop_assert!(law || answers.outcome != Outcome::Ask, "nothing to ask, but the outcome is to ask\n{case:?}\n{}", procedure.text);
    Ok(())
}
