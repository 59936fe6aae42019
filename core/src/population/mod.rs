//! Cases that nobody filed: drawn from a seed, within what the facts of a procedure allow and in stated proportions.
//!
//! The n-th case of a seed is the same on every machine, in whatever blocks the cases are drawn: [`random::Stream`]. Nothing
//! here decides anything, and no float takes part.

mod columns;
pub mod draw;
mod guard;
mod hints;
mod person;
#[cfg(feature = "author")]
mod profile;
pub mod random;
pub mod spread;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::compile::program::{Code, Layout, Node, NodeId, Program, Slot};
use crate::eval::{Slots, State};
use crate::feel::ast::CompareOp;
use crate::value::{Date, Fact, Value};
use draw::{Draw, Person};
use guard::Path;
use hints::Hints;
pub use columns::{CaseColumn, CaseColumns};
#[cfg(feature = "author")]
pub use profile::read_profile;
use random::{Rate, Stream};
use spread::Spread;

/// Cases that are drawn at once: so many stay in the cache.
pub const DRAWN: u64 = 16_384;

/// What is said of a population; what is left unsaid is drawn evenly within what the facts allow.
#[derive(Clone, Debug)]
pub struct Profile {
    /// How often a fact that matters is not told.
    pub missing: Rate,
    /// How often a fact that no rule reads in the case is told all the same.
    pub idle: Rate,
    /// What is said of single facts.
    pub facts: BTreeMap<Slot, Wish>,
}

/// What is said of a fact.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// How often it is not told.
    pub missing: Option<Rate>,
    /// How often it is null.
    pub null: Option<Rate>,
    /// How its values are drawn.
    pub draw: Option<Draw>,
    /// So often it is the same as another fact.
    pub same_as: Option<(Slot, Rate)>,
    /// It lies so many days after another fact.
    pub after: Option<(Slot, Spread)>,
}

impl Default for Profile {
    fn default() -> Profile {
        Profile { missing: Rate::NEVER, idle: Rate::NEVER, facts: BTreeMap::new() }
    }
}

/// So often do facts that are asked to be equal agree, if nothing else is said.
const AGREES: Rate = Rate::percent(97);

/// The cases of a procedure that a seed stands for.
#[derive(Debug)]
pub struct Population<'p> {
    program: &'p Program,
    facts: Vec<Plan>,
    /// The facts in the order in which they can be drawn: those that others are taken from first.
    order: Vec<Slot>,
}

/// How one fact is drawn.
#[derive(Debug)]
struct Plan {
    draw: Draw,
    values: Stream,
    fate: Stream,
    copies: Stream,
    missing: Rate,
    null: Rate,
    idle: Rate,
    /// Tests of which one must hold for the fact to matter; none: it always does.
    guards: Vec<Path>,
    same_as: Option<(Slot, Rate)>,
    after: Option<(Slot, Spread)>,
    born: Option<Slot>,
    sex: Option<Slot>,
}

/// A block of cases, a column a fact.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    /// The number of the first.
    pub first: u64,
    /// How many there are.
    pub len: usize,
    /// The facts, in the order of the slots.
    pub columns: Vec<Drawn>,
}

/// The values of a fact in a block of cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// How the slot of each case is filled.
    pub states: Vec<State>,
    /// The integers, where the fact's layout has them; else empty.
    pub narrow: Vec<i64>,
    /// The values of the others; else empty.
    pub wide: Vec<Value>,
}

impl<'p> Population<'p> {
    /// The population of a seed, as of a day on which dates hang.
    #[must_use]
    pub fn new(program: &'p Program, as_of: Date, profile: &Profile, seed: u64) -> Population<'p> {
        let hints = Hints::of(program);
        let mut guards = guard::guards(program);
        let plan = |(fact, slot): (&crate::compile::program::FactSlot, Slot)| {
            let wish = profile.facts.get(&slot).cloned().unwrap_or_default();
            let stream = |what: &str| Stream::named(seed, &format!("{}/{what}", fact.name));
            let same_layout = |other: &Slot| program.fact(*other).is_some_and(|other| other.layout == fact.layout);
            let agrees = || Some((*hints.equal.get(&slot).filter(|other| same_layout(other))?, AGREES));
            // A default stands for silence, so that silence is what such a fact is mostly met with.
            let by_default = fact.default.is_some() && wish.draw.is_none() && wish.missing.is_none();
            Plan {
                values: stream("values"),
                fate: stream("fate"),
                copies: stream("copies"),
                missing: if by_default { Rate::ALWAYS } else { wish.missing.unwrap_or(profile.missing) },
                null: if fact.optional { wish.null.unwrap_or(draw::NULL) } else { Rate::NEVER },
                idle: profile.idle,
                guards: guards.remove(&slot).unwrap_or_default(),
                same_as: wish.same_as.or_else(|| if wish.draw.is_none() && wish.after.is_none() { agrees() } else { None }),
                after: wish.after,
                born: hints.born.get(&slot).copied(),
                sex: hints.sex.get(&slot).copied(),
                draw: wish.draw.unwrap_or_else(|| draw::usual(fact, Some(slot), &hints, as_of)),
            }
        };
        let facts: Vec<Plan> = program.facts.iter().zip((0u16..).map(Slot)).map(plan).collect();
        let order = order(&facts);
        Population { program, facts, order }
    }

    /// The program whose facts are drawn.
    #[must_use]
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// Draws the cases from `first` on into `cases`, whose memory is used again.
    pub fn draw(&self, first: u64, len: usize, cases: &mut Cases) {
        cases.first = first;
        cases.len = len;
        cases.columns.resize_with(self.facts.len(), Drawn::default);
        for slot in &self.order {
            let at = usize::from(slot.0);
            let mut column = cases.columns.get_mut(at).map(std::mem::take).unwrap_or_default();
            if let (Some(plan), Some(fact)) = (self.facts.get(at), self.program.fact(*slot)) {
                plan.fill(&fact.layout, cases, &mut column);
            }
            if let Some(place) = cases.columns.get_mut(at) {
                *place = column;
            }
        }
        let told = self.told(cases);
        for (column, told) in cases.columns.iter_mut().zip(told) {
            for (state, told) in column.states.iter_mut().zip(told) {
                if !told {
                    *state = State::Missing;
                }
            }
        }
    }

    /// Which facts are told in which case, a list a fact.
    fn told(&self, cases: &Cases) -> Vec<Vec<bool>> {
        let tests = Tests { code: &self.program.code_of, cases };
        let one = |plan: &Plan| {
            let told = |n: usize| {
                let number = cases.first + n as u64;
                let matters = plan.guards.is_empty() || plan.guards.iter().any(|path| tests.hold(path, n));
                !plan.fate.hits(number * 3 + 1, plan.missing) && (matters || plan.fate.hits(number * 3 + 2, plan.idle))
            };
            (0..cases.len).map(told).collect()
        };
        self.facts.iter().map(one).collect()
    }
}

impl Plan {
    fn fill(&self, layout: &Layout, cases: &Cases, into: &mut Drawn) {
        let other = |slot: Slot| cases.columns.get(usize::from(slot.0));
        let narrow = is_narrow(layout);
        let (from, born, sex) = (self.same_as.and_then(|(slot, _)| other(slot)), self.born.and_then(other), self.sex.and_then(other));
        let after = self.after.as_ref().and_then(|(slot, spread)| Some((other(*slot)?, spread)));
        into.states.clear();
        into.narrow.clear();
        into.wide.clear();
        for n in 0..cases.len {
            let number = cases.first + n as u64;
            let copied = from.filter(|_| self.same_as.is_some_and(|(_, rate)| self.copies.hits(number, rate)));
            let mut state = if self.fate.hits(number * 3, self.null) { State::Null } else { State::Wide };
            if let Some(known) = copied.and_then(|column| column.states.get(n)).filter(|known| matches!(known, State::Narrow | State::Wide)) {
                state = *known;
            }
            if narrow {
                let drawn = match (copied, after) {
                    (Some(column), _) => column.narrow.get(n).copied(),
                    (None, Some((column, spread))) => column.narrow.get(n).map(|day| clamp(layout, day.saturating_add(spread.at(self.values, number)))),
                    (None, None) => self.draw.narrow(self.values, number),
                };
                into.narrow.push(drawn.unwrap_or(0));
                state = if state == State::Wide { State::Narrow } else { state };
            } else {
                let person = Person {
                    year: born.and_then(|column| column.narrow.get(n)).map(|day| Date(*day as i32).year()),
                    female: sex.and_then(|column| column.narrow.get(n)).map(|code| *code == 1),
                };
                let copy = copied.and_then(|column| column.wide.get(n)).cloned();
                into.wide.push(copy.unwrap_or_else(|| self.draw.value(layout, self.values, number, person)));
            }
            into.states.push(state);
        }
    }
}

/// Days after another fact keep to what the fact allows.
fn clamp(layout: &Layout, day: i64) -> i64 {
    match layout {
        Layout::Date { min, max } => day.clamp(min.0.into(), max.0.into()),
        _ => day,
    }
}

/// Whether a slot of this layout holds integers.
#[must_use]
pub fn is_narrow(layout: &Layout) -> bool {
    matches!(layout, Layout::Boolean | Layout::Number { .. } | Layout::Enumeration { .. } | Layout::Set { .. } | Layout::Date { .. })
}

/// Facts that others are taken from come first; where they need each other, the one declared first does.
fn order(facts: &[Plan]) -> Vec<Slot> {
    let mut order: Vec<Slot> = Vec::with_capacity(facts.len());
    let mut waiting: Vec<Slot> = (0..facts.len() as u16).map(Slot).collect();
    while !waiting.is_empty() {
        let ready = |slot: &Slot| {
            let Some(plan) = facts.get(usize::from(slot.0)) else { return true };
            let needs = [plan.same_as.map(|(slot, _)| slot), plan.after.as_ref().map(|(slot, _)| *slot), plan.born, plan.sex];
            needs.into_iter().flatten().all(|need| order.contains(&need) || need == *slot)
        };
        let next = waiting.iter().position(ready).unwrap_or(0);
        order.push(waiting.remove(next));
    }
    order
}

/// Tests of slots, of one case of a block. What is null counts as open: a fact behind it is told.
struct Tests<'a> {
    code: &'a Code,
    cases: &'a Cases,
}

impl Tests<'_> {
    fn hold(&self, path: &Path, n: usize) -> bool {
        path.iter().all(|(test, wanted)| self.truth(*test, n).is_none_or(|truth| truth == *wanted))
    }

    fn truth(&self, id: NodeId, n: usize) -> Option<bool> {
        match self.code.node(id) {
            Node::Truth(truth) => Some(truth),
            Node::Flag(slot) => self.integer(slot, n).map(|integer| integer != 0),
            Node::Is(slot, code) => Some(self.integer(slot, n) == Some(i64::from(code))),
            Node::Among(slot, mask) => {
                let mask = self.code.masks.get(mask as usize).copied().unwrap_or(0);
                Some(self.integer(slot, n).is_some_and(|integer| mask >> (integer & 63) & 1 == 1))
            }
            Node::Has(slot, bit) => self.integer(slot, n).map(|integer| integer >> bit & 1 == 1),
            Node::Order(slot, op, bound) => self.integer(slot, n).map(|integer| match op {
                CompareOp::Equal => integer == bound,
                CompareOp::NotEqual => integer != bound,
                CompareOp::Less => integer < bound,
                CompareOp::LessOrEqual => integer <= bound,
                CompareOp::Greater => integer > bound,
                CompareOp::GreaterOrEqual => integer >= bound,
            }),
            Node::Absent(slot) => Some(self.state(slot, n) == State::Null),
            Node::And(list) => self.junction(self.code.list(list), n, false),
            Node::Or(list) => self.junction(self.code.list(list), n, true),
            Node::Not(of) => self.truth(of, n).map(|truth| !truth),
            Node::Definition(_, of) => self.truth(of, n),
            _ => None,
        }
    }

    /// `decides`: the truth of one that settles all.
    fn junction(&self, of: &[NodeId], n: usize, decides: bool) -> Option<bool> {
        let mut all = Some(!decides);
        for id in of {
            match self.truth(*id, n) {
                Some(truth) if truth == decides => return Some(decides),
                Some(_) => {}
                None => all = None,
            }
        }
        all
    }

    fn state(&self, slot: Slot, n: usize) -> State {
        self.cases.columns.get(usize::from(slot.0)).and_then(|column| column.states.get(n)).copied().unwrap_or_default()
    }

    fn integer(&self, slot: Slot, n: usize) -> Option<i64> {
        let column = self.cases.columns.get(usize::from(slot.0))?;
        column.narrow.get(n).copied().filter(|_| column.states.get(n) == Some(&State::Narrow))
    }
}

impl Cases {
    /// The facts of the n-th case of the block.
    pub fn case(&self, program: &Program, n: usize, slots: &mut Slots) {
        slots.clear(program);
        for ((column, fact), slot) in self.columns.iter().zip(&program.facts).zip((0u16..).map(Slot)) {
            match column.states.get(n).copied().unwrap_or_default() {
                State::Missing => {}
                State::Null => slots.set(slot, &fact.layout, Fact::Null),
                State::Narrow => slots.set_narrow(slot, column.narrow.get(n).copied().unwrap_or(0)),
                State::Wide => slots.set(slot, &fact.layout, Fact::Known(column.wide.get(n).cloned().unwrap_or(Value::Null))),
            }
        }
    }
}
