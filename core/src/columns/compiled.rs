//! Everything of a program as parts: in each epoch its conditions, documents, fees and deadline, equal ones once.

use std::collections::HashMap;

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
    pub kernels: Kernels,
    pub parts: Vec<Part>,
    pub epochs: Vec<EpochParts>,
}

/// The parts of an epoch, in its order.
#[derive(Debug)]
pub(super) struct EpochParts {
    pub eligibility: Vec<Place>,
    pub identity: Vec<Place>,
    pub documents: Vec<Place>,
    pub fees: Vec<Place>,
    pub deadline: Place,
    /// Steps of a linked service: whether each is asked for, and its limits.
    pub linked: Result<Vec<(Option<TruthId>, usize)>, Why>,
    /// The guards of the checks that ask for a level, and the level.
    pub levels: Result<Vec<(Option<TruthId>, u8)>, Why>,
    /// Definitions, and the tables that they are.
    pub definitions: Vec<Result<(Register, Option<TableId>), Why>>,
}

impl Compiled {
    /// Lowers a program.
    pub fn new(program: &Program) -> Compiled {
        let mut lowering = Lowering::new(program);
        let mut shared = Shared::default();
        let unbounded = may_pass_limits(program);
        let epochs = program.epochs.iter().map(|epoch| shared.epoch(program, epoch, &mut lowering, unbounded.as_ref())).collect();
        Compiled { kernels: lowering.kernels, parts: shared.parts, epochs }
    }
}

impl EpochParts {
    /// Why a column has no kernel in this epoch, the `at`-th; `None` where it has.
    pub fn why(&self, at: usize, wanted: &Wanted, definition: Option<usize>) -> Option<Why> {
        let of = |places: &[Option<u16>], all: &[Place]| all.get(usize::from((*places.get(at)?)?))?.as_ref().err().cloned();
        let any = |all: &[Place]| all.iter().find_map(|place| place.as_ref().err().cloned());
        let conditions = || any(&self.eligibility).or_else(|| any(&self.identity));
        let whole = || {
            let others = conditions().or_else(|| any(&self.documents)).or_else(|| any(&self.fees));
            others.or_else(|| self.deadline.as_ref().err().cloned()).or_else(|| self.linked.as_ref().err().cloned())
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
        let mut deadlines = |codes: &[DeadlineCode], lowering: &mut Lowering| {
            let bare: Vec<DeadlineCode> = codes.iter().map(|code| DeadlineCode { rests_on: 0, ..code.clone() }).collect();
            self.place(format!("{bare:?}"), unbounded, || lowering.deadline(codes))
        };
        let deadline = deadlines(&epoch.deadlines, lowering);
        let linked = epoch.linked.iter().map(|link| Ok((lowering.guard(link.when)?, deadlines(&link.limits, lowering)?))).collect();
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

    fn place(&mut self, key: String, unbounded: Option<&Why>, make: impl FnOnce() -> Result<Part, Why>) -> Place {
        if let Some(why) = unbounded {
            return Err(why.clone());
        }
        if let Some(place) = self.places.get(&key) {
            return place.clone();
        }
        let place = make().map(|part| {
            self.parts.push(part);
            self.parts.len() - 1
        });
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
