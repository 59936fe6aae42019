//! Everything of a program as parts: in each epoch its conditions, documents, fees and deadline, equal ones once.

use std::collections::HashMap;
use std::sync::Arc;

use super::describe::Wanted;
use super::lower::{Kernels, Lowering, Register, Why};
use super::ops::{TableId, TruthId};
use super::parts::Part;
use crate::compile::program::{DeadlineCode, Epoch, FeeCode, Node, NodeId, Program};
use crate::value::Type;

/// The position of a part; or why it has no kernel.
pub(super) type Place = Result<usize, Why>;

/// A program as parts.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    pub kernels: Arc<Kernels>,
    pub parts: Arc<Vec<Part>>,
    pub epochs: Vec<EpochParts>,
    /// Every part once, by what it is part of.
    pub eligibility: Vec<Within>,
    pub identity: Vec<Within>,
    pub fees: Vec<Within>,
    /// Documents, fees, deadlines and steps of a linked service.
    pub others: Vec<Within>,
}

/// A part and the epochs in which it stands.
#[derive(Debug)]
pub(super) struct Within {
    /// Its position; nothing without a kernel.
    pub place: Option<usize>,
    /// For each epoch whether it stands in it.
    pub epochs: Vec<bool>,
}

/// The parts of an epoch, in its order.
#[derive(Debug)]
pub(super) struct EpochParts {
    pub eligibility: Vec<Place>,
    pub identity: Vec<Place>,
    pub documents: Vec<Place>,
    pub fees: Vec<Place>,
    pub deadline: Place,
    /// Steps of a linked service.
    pub linked: Vec<Place>,
    /// The guards of the checks that ask for a level, and the level.
    pub levels: Result<Vec<(Option<TruthId>, u8)>, Why>,
    /// Definitions, and the tables that they are.
    pub definitions: Vec<Result<(Register, Option<TableId>), Why>>,
}

impl Compiled {
    /// Lowers programs over the same facts. They share operations and parts, so that a block in which one was worked out has them
    /// for the others.
    pub fn of<const LAWS: usize>(programs: [&Program; LAWS]) -> [Compiled; LAWS] {
        let mut lowering: Option<Lowering> = None;
        let mut shared = Shared::default();
        let mut law = 0;
        let lowered = programs.map(|program| {
            let epochs_of = programs.iter().zip(0..law).find(|(other, _)| have_same_epochs(other, program)).map_or(law, |(_, other)| other);
            let lowering = lowering.get_or_insert_with(|| Lowering::new(program));
            lowering.turn_to(program, law, epochs_of);
            law += 1;
            shared.places.clear();
            let unbounded = may_pass_limits(program);
            let epochs = program.epochs.iter().map(|epoch| shared.epoch(program, epoch, lowering, unbounded.as_ref()));
            let mut epochs: Vec<EpochParts> = epochs.collect();
            shared.merge_fees(program, &mut epochs, lowering);
            epochs
        });
        let kernels = Arc::new(lowering.map(|lowering| lowering.kernels).unwrap_or_default());
        let parts = Arc::new(shared.parts);
        lowered.map(|epochs| Compiled {
            kernels: kernels.clone(),
            parts: parts.clone(),
            eligibility: within(&epochs, |epoch| epoch.eligibility.iter()),
            identity: within(&epochs, |epoch| epoch.identity.iter()),
            fees: within(&epochs, |epoch| epoch.fees.iter()),
            others: within(&epochs, |epoch| epoch.documents.iter().chain(&epoch.fees).chain([&epoch.deadline]).chain(&epoch.linked)),
            epochs,
        })
    }

    /// What a column is written from, in words: two columns of laws with the same epochs that are written from the same say the
    /// same wherever kernels settle it. `None` where some of it has no kernel.
    #[cfg(feature = "simulate")]
    pub fn sources(&self, wanted: &Wanted) -> Option<String> {
        let all = |of: fn(&EpochParts) -> Vec<&Place>| {
            let epochs = self.epochs.iter().map(|epoch| of(epoch).into_iter().map(|place| place.as_ref().ok().copied()).collect::<Option<Vec<usize>>>());
            epochs.collect::<Option<Vec<_>>>()
        };
        let one = |places: &[Option<u16>], of: fn(&EpochParts) -> &Vec<Place>| {
            let epochs = self.epochs.iter().zip(places).map(|(epoch, place)| match place {
                Some(place) => Some(Some(*of(epoch).get(usize::from(*place))?.as_ref().ok()?)),
                None => Some(None),
            });
            epochs.collect::<Option<Vec<Option<usize>>>>()
        };
        Some(match wanted {
            Wanted::Condition(places) => format!("status {:?}", one(places, |epoch| &epoch.eligibility)?),
            Wanted::Check(places) => format!("status {:?}", one(places, |epoch| &epoch.identity)?),
            Wanted::Document(places) => format!("status {:?}", one(places, |epoch| &epoch.documents)?),
            Wanted::FeeState(places) => format!("status {:?}", one(places, |epoch| &epoch.fees)?),
            Wanted::Fee(places) => format!("amount {:?}", one(places, |epoch| &epoch.fees)?),
            Wanted::FeeRow(places) => {
                let (at, codes): (Vec<_>, Vec<_>) = places.iter().map(|found| found.as_ref().map(|(at, rows)| (*at, &rows.codes)).unzip()).unzip();
                format!("row {:?} {codes:?}", one(&at, |epoch| &epoch.fees)?)
            }
            Wanted::FeeReduction(places) => {
                let (at, codes): (Vec<_>, Vec<_>) = places.iter().map(|found| found.as_ref().map(|(at, codes)| (*at, codes)).unzip()).unzip();
                format!("reduction {:?} {codes:?}", one(&at, |epoch| &epoch.fees)?)
            }
            Wanted::FeeTotal => format!("total {:?}", all(|epoch| epoch.fees.iter().collect())?),
            Wanted::Due => format!("due {:?}", all(|epoch| vec![&epoch.deadline])?),
            Wanted::DueState => format!("due state {:?}", all(|epoch| vec![&epoch.deadline])?),
            Wanted::DeadlineRule(codes) => format!("rule {:?} {codes:?}", all(|epoch| vec![&epoch.deadline])?),
            Wanted::Outcome => format!(
                "outcome {:?} {:?}",
                all(|epoch| epoch.eligibility.iter().chain(&epoch.identity).collect())?,
                all(|epoch| epoch.documents.iter().chain(&epoch.fees).chain([&epoch.deadline]).chain(&epoch.linked).collect())?,
            ),
            _ => return None,
        })
    }
}

/// Whether the law of two programs changes on the same days.
pub(super) fn have_same_epochs(a: &Program, b: &Program) -> bool {
    a.until == b.until && a.epochs.len() == b.epochs.len() && a.epochs.iter().zip(&b.epochs).all(|(a, b)| a.from == b.from)
}

/// The parts of some sections, each once a time that an epoch has it.
fn within<'e, P: Iterator<Item = &'e Place>>(epochs: &'e [EpochParts], of: impl Fn(&'e EpochParts) -> P) -> Vec<Within> {
    let mut all: Vec<Within> = Vec::new();
    for (at, epoch) in epochs.iter().enumerate() {
        for place in of(epoch).map(|place| place.as_ref().ok().copied()) {
            let stands = |within: &Within| within.epochs.get(at).copied().unwrap_or(false);
            // Two equal fees of an epoch are two fees.
            let known = all.iter().position(|within| within.place == place && !stands(within));
            let known = known.unwrap_or_else(|| {
                all.push(Within { place, epochs: vec![false; epochs.len()] });
                all.len() - 1
            });
            if let Some(stands) = all.get_mut(known).and_then(|within| within.epochs.get_mut(at)) {
                *stands = true;
            }
        }
    }
    all
}

impl EpochParts {
    /// Why a column has no kernel in this epoch, the `at`-th; `None` where it has.
    pub fn why(&self, at: usize, wanted: &Wanted, definition: Option<usize>) -> Option<Why> {
        let of = |places: &[Option<u16>], all: &[Place]| all.get(usize::from((*places.get(at)?)?))?.as_ref().err().cloned();
        let any = |all: &[Place]| all.iter().find_map(|place| place.as_ref().err().cloned());
        let conditions = || any(&self.eligibility).or_else(|| any(&self.identity));
        let whole = || {
            let others = conditions().or_else(|| any(&self.documents)).or_else(|| any(&self.fees));
            others.or_else(|| self.deadline.as_ref().err().cloned()).or_else(|| any(&self.linked))
        };
        if let Some(definition) = definition {
            return self.definitions.get(definition)?.as_ref().err().cloned();
        }
        match wanted {
            Wanted::Condition(places) => of(places, &self.eligibility),
            Wanted::Check(places) => of(places, &self.identity),
            Wanted::Document(places) => of(places, &self.documents),
            Wanted::Fee(places) | Wanted::FeeState(places) => of(places, &self.fees),
            Wanted::FeeRow(places) => self.fees.get(usize::from(places.get(at)?.as_ref()?.0))?.as_ref().err().cloned(),
            Wanted::FeeReduction(places) => self.fees.get(usize::from(places.get(at)?.as_ref()?.0))?.as_ref().err().cloned(),
            Wanted::Eligibility => any(&self.eligibility),
            Wanted::Identity => any(&self.identity),
            Wanted::FirstUnmet(_) => conditions(),
            Wanted::RequiredLevel => self.levels.as_ref().err().cloned(),
            Wanted::FeeTotal => any(&self.fees),
            Wanted::Due | Wanted::DueState | Wanted::DeadlineRule(_) => self.deadline.as_ref().err().cloned(),
            Wanted::Outcome | Wanted::Missing(_) | Wanted::Next => whole(),
            Wanted::Standing | Wanted::Problem(_) | Wanted::Definition(_) | Wanted::DefinitionState(_) | Wanted::DefinitionRow(_) => None,
        }
    }
}

/// Parts that were made, by what they are made of.
#[derive(Default)]
struct Shared {
    parts: Vec<Part>,
    known: HashMap<String, usize>,
    places: HashMap<String, Place>,
}

impl Shared {
    fn epoch(&mut self, program: &Program, epoch: &Epoch, lowering: &mut Lowering, unbounded: Option<&Why>) -> EpochParts {
        let mut conditions = |codes: &[crate::compile::program::ConditionCode], lowering: &mut Lowering| -> Vec<Place> {
            codes.iter().map(|code| {
                self.place(format!("condition {:?}", code.nodes()), unbounded, || lowering.condition(code))
            }).collect()
        };
        let eligibility = conditions(&epoch.eligibility, lowering);
        let identity = conditions(&epoch.identity, lowering);
        let documents = epoch.documents.iter().map(|code| {
            let key = format!("document {:?}", (code.when, code.provided, code.reuse));
            self.place(key, unbounded, || lowering.document(code))
        });
        let documents = documents.collect();
        let fees = epoch.fees.iter().map(|code| {
            let Some(info) = program.fees.get(usize::from(code.info)) else { return Err("an unknown fee".to_owned()) };
            self.place(format!("{:?}", bare_fee(code)), unbounded, || lowering.fee(code, info.rounding))
        });
        let fees = fees.collect();
        let bare = |codes: &[DeadlineCode]| codes.iter().map(|code| DeadlineCode { rests_on: 0, ..code.clone() }).collect::<Vec<_>>();
        let key = format!("{:?}", bare(&epoch.deadlines));
        let deadline = self.place(key, unbounded, || lowering.deadline(&epoch.deadlines).map(Part::Deadline));
        let linked = epoch.linked.iter().map(|link| {
            let make = || Ok(Part::Link { when: lowering.guard(link.when)?, limits: lowering.deadline(&link.limits)? });
            self.place(format!("link {:?} {:?}", link.when, bare(&link.limits)), unbounded, make)
        });
        let linked = linked.collect();
        let levels = epoch.identity.iter().filter_map(|code| {
            let level = program.conditions.get(usize::from(code.info))?.level?;
            Some(lowering.guard(code.when).map(|when| (when, level)))
        });
        let levels = match unbounded {
            Some(why) => Err(why.clone()),
            None => levels.collect(),
        };
        let definitions = epoch.definitions.iter().zip(&program.definition_types).map(|(node, of)| match unbounded {
            Some(why) => Err(why.clone()),
            None => definition(program, *node, of, lowering),
        });
        let definitions = definitions.collect();
        EpochParts { eligibility, identity, documents, fees, deadline, linked, levels, definitions }
    }

    /// The position of a part; equal ones have the same.
    fn put(&mut self, part: Part) -> usize {
        let parts = &mut self.parts;
        *self.known.entry(format!("{part:?}")).or_insert_with(|| {
            parts.push(part);
            parts.len() - 1
        })
    }

    /// Fees that only their constants tell apart from epoch to epoch become one, looked up by the epoch too.
    fn merge_fees(&mut self, program: &Program, epochs: &mut [EpochParts], lowering: &mut Lowering) {
        let mut by_id: Vec<(&str, Vec<(usize, usize)>)> = Vec::new();
        for (at, epoch) in program.epochs.iter().enumerate() {
            for (fee, code) in epoch.fees.iter().enumerate() {
                let Some(info) = program.fees.get(usize::from(code.info)) else { continue };
                match by_id.iter_mut().find(|(id, _)| *id == &*info.id) {
                    Some((_, all)) => all.push((at, fee)),
                    None => by_id.push((&info.id, vec![(at, fee)])),
                }
            }
        }
        for (_, all) in by_id {
            let place = |(epoch, fee): &(usize, usize)| epochs.get(*epoch)?.fees.get(*fee)?.as_ref().ok().copied();
            let Some(places) = all.iter().map(place).collect::<Option<Vec<usize>>>() else { continue };
            if places.iter().all(|place| Some(place) == places.first()) {
                continue;
            }
            let fees = places.iter().zip(&all).map(|(place, (epoch, _))| match self.parts.get(*place) {
                Some(Part::Fee(fee)) => Some((*epoch, fee)),
                _ => None,
            });
            let Some(merged) = fees.collect::<Option<Vec<_>>>().and_then(|fees| lowering.merged_fee(&fees)) else { continue };
            let merged = self.put(Part::Fee(merged));
            for (epoch, fee) in all {
                if let Some(place) = epochs.get_mut(epoch).and_then(|epoch| epoch.fees.get_mut(fee)) {
                    *place = Ok(merged);
                }
            }
        }
    }

    fn place(&mut self, key: String, unbounded: Option<&Why>, make: impl FnOnce() -> Result<Part, Why>) -> Place {
        if let Some(why) = unbounded {
            return Err(why.clone());
        }
        if let Some(place) = self.places.get(&key) {
            return place.clone();
        }
        let place = make().map(|part| self.put(part));
        self.places.insert(key, place.clone());
        place
    }
}

fn definition(program: &Program, node: NodeId, of: &Type, lowering: &mut Lowering) -> Result<(Register, Option<TableId>), Why> {
    let table = match program.code_of.node(node) {
        Node::Definition(_, body) => match program.code_of.node(body) {
            Node::Table(table) => Some(table),
            _ => None,
        },
        _ => None,
    };
    let register = match (lowering.node(node), of) {
        (Ok(register), _) => register,
        (Err(_), Type::Boolean) => Register::Truth(lowering.truth(node)?),
        (Err(why), _) => return Err(why),
    };
    let table = table.map(|table| lowering.table(table)).transpose()?;
    Ok((register, table))
}

/// A fee without what is only cited.
fn bare_fee(code: &FeeCode) -> FeeCode {
    let mut bare = FeeCode { rests_on: 0, ..code.clone() };
    bare.reductions.iter_mut().for_each(|reduction| reduction.rests_on = 0);
    bare
}

/// Whether one case may cost more steps than the limits allow: then `eval` has to count them.
fn may_pass_limits(program: &Program) -> Option<Why> {
    let code = &program.code_of;
    let counts = code.loops.iter().any(|of| of.iterations.len() > 2 || of.iterations.iter().any(|(.., to)| to.is_some()));
    (counts || !code.functions.is_empty()).then(|| "rules that may cost more steps than the limits allow".to_owned())
}
