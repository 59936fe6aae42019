//! Random cases of a random procedure.

use super::Choices;
use super::facts::{FactSpec, MENU};
use super::procedure::Random;
use crate::support::answers::Case;
use thutuc::compile::program::{Program, Slot};
use thutuc::value::Fact;

/// How the values of a fact are drawn, if it is one of the menu.
pub fn spec(program: &Program, slot: Slot) -> Option<&'static FactSpec> {
    let name = &program.fact(slot)?.name;
    MENU.iter().find(|spec| spec.name == &**name)
}

/// A case in which each fact is known or missing.
pub fn partial(procedure: &Random, program: &Program, c: &mut Choices) -> Case {
    let of = |slot: u16, c: &mut Choices| match spec(program, Slot(slot)) {
        Some(spec) if procedure.facts.iter().any(|fact| fact.name == spec.name) && c.below(3) == 1 => c.pick(&spec.domain()).clone(),
        _ => Fact::Missing,
    };
    (0..program.facts.len() as u16).map(|slot| of(slot, c)).collect()
}

/// Answers facts of a case with values drawn at random.
pub fn told(program: &Program, case: &Case, facts: &[Slot], c: &mut Choices) -> Case {
    let mut case = case.clone();
    for slot in facts {
        if let (Some(place), Some(spec)) = (case.get_mut(usize::from(slot.0)), spec(program, *slot)) {
            *place = c.pick(&spec.domain()).clone();
        }
    }
    case
}

/// The facts of the menu that a case does not tell.
pub fn all_missing(program: &Program, case: &Case) -> Vec<Slot> {
    let open = case.iter().zip(0u16..).filter(|(fact, _)| **fact == Fact::Missing);
    open.map(|(_, slot)| Slot(slot)).filter(|slot| spec(program, *slot).is_some()).collect()
}
