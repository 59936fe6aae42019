//! What is compiled specially decides as what is not: tests of slots as comparisons of values, a table's index as its rows
//! one after the other, a verdict as the whole decision.

#![cfg(test)]

#[expect(dead_code, reason = "other tests use the rest")]
mod random;
#[expect(dead_code, reason = "other tests use the rest")]
mod support {
    pub mod answers;
    pub mod pack;
    pub mod sources;
}

use proptest::prelude::*;
use random::Choices;
use random::case::{all_missing, partial, told};
use random::procedure::{Size, random};
use support::answers::{Judge, Openness};
use support::pack::compiled;
use thutuc::eval::Workspace;
use thutuc::model::Language;
use thutuc::wire::{self, ConditionStatus, DeadlineStatus, DocumentState};

const SPECIAL: Size = Size { facts: 6, depth: 2, free: true, general: false };
const GENERAL: Size = Size { general: true, ..SPECIAL };

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..260)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same procedure with its facts hidden behind definitions and its cells behind quantifiers gives the same answers.
    #[test]
    fn special_forms_decide_as_general_ones(bytes in bytes()) {
        let (for_case, for_pack) = bytes.split_at(bytes.len().min(60));
        let special = random(&mut Choices::new(for_pack), SPECIAL);
        let general = random(&mut Choices::new(for_pack), GENERAL);
        let (special_pack, _) = compiled(&[("procedure.yaml", &special.text)]);
        let (general_pack, _) = compiled(&[("procedure.yaml", &general.text)]);
        let (mut of_special, mut of_general) = (Judge::new(&special_pack, "2026-06-01"), Judge::new(&general_pack, "2026-06-01"));
        let choices = &mut Choices::new(for_case);
        let mut case = partial(&special, of_special.program, choices);
        for _ in 0..4 {
            let whole = told(of_special.program, &case, &all_missing(of_special.program, &case), choices);
            prop_assert_eq!(of_special.answers(&whole).parts, of_general.answers(&whole).parts, "{:?}\n{}\n{}", whole, special.text, general.text);
            let (answers, in_general) = (of_special.answers(&case), of_general.answers(&case));
            for ((part, answer), (_, in_general)) in answers.parts.iter().zip(&in_general.parts) {
                // With something missing the general form may leave open what the special one settles, and not the reverse.
                let same = answer == in_general || in_general.openness() == Openness::Missing;
                prop_assert!(same, "{part:?} is {answer:?}, in general {in_general:?}\n{case:?}\n{}\n{}", special.text, general.text);
            }
            case = partial(&special, of_special.program, choices);
        }
    }

    /// The verdict without explanation says what the whole decision says.
    #[test]
    fn a_verdict_agrees_with_the_decision(bytes in bytes()) {
        let (for_case, for_pack) = bytes.split_at(bytes.len().min(60));
        let procedure = random(&mut Choices::new(for_pack), SPECIAL);
        let (pack, _) = compiled(&[("procedure.yaml", &procedure.text)]);
        let mut judge = Judge::new(&pack, "2026-06-01");
        let choices = &mut Choices::new(for_case);
        for _ in 0..4 {
            let case = partial(&procedure, judge.program, choices);
            let moment = judge.moment;
            let (program, slots) = (judge.program, judge.slots(&case).clone());
            let work = &mut Workspace::default();
            let decision = wire::decide(&pack, program, &slots, &moment, Language::Vi, &[], work).unwrap();
            let verdict = wire::verdict_answer(&pack, program, &slots, &moment, Language::Vi, &[], work).unwrap();
            let told = format!("{case:?}\n{}", procedure.text);
            prop_assert_eq!(verdict.outcome, decision.outcome, "{}", &told);
            let conditions = || decision.eligibility.conditions.iter().chain(&decision.identity.checks);
            let of = |status: ConditionStatus| conditions().filter(|one| one.status == status).map(|one| one.id.to_string()).collect::<Vec<_>>();
            prop_assert_eq!(verdict.unmet, of(ConditionStatus::Unmet), "{}", &told);
            prop_assert_eq!(verdict.undetermined, of(ConditionStatus::Undetermined), "{}", &told);
            let required = decision.documents.iter().filter(|one| one.status == DocumentState::Required).map(|one| one.id.to_string());
            prop_assert_eq!(verdict.documents, required.collect::<Vec<_>>(), "{}", &told);
            prop_assert_eq!(verdict.fee, decision.fees.total, "{}", &told);
            let sum: Option<i64> = decision.fees.items.iter().map(|item| item.amount).sum();
            prop_assert_eq!(decision.fees.total, sum, "{}", &told);
            let deadline = decision.deadline.as_ref();
            prop_assert_eq!(verdict.due_on, deadline.and_then(|deadline| deadline.due_on), "{}", &told);
            prop_assert_eq!(verdict.provisional, deadline.is_some_and(|deadline| deadline.status == DeadlineStatus::Provisional), "{}", &told);
        }
    }
}
