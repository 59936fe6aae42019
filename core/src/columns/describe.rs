//! Where a wanted column is found in each epoch of a program, and what it holds.

use std::sync::Arc;

use super::output::{Kind, Output, code, ids};
use crate::compile::program::{BaseCode, Code, Epoch, Node, NodeId, Program, Slot};
use crate::value::Type;

/// Decimal places of definitions that are numbers.
const SCALE: u8 = 6;

/// A wanted column as it is found in decisions.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    Standing,
    Outcome,
    Eligibility,
    Identity,
    /// The position of the condition in each epoch.
    Condition(Vec<Option<u16>>),
    Check(Vec<Option<u16>>),
    /// The codes of the conditions, then of the checks, in each epoch.
    FirstUnmet(Vec<[Vec<u32>; 2]>),
    RequiredLevel,
    Document(Vec<Option<u16>>),
    Fee(Vec<Option<u16>>),
    FeeState(Vec<Option<u16>>),
    FeeRow(Vec<Option<(u16, Rows)>>),
    /// The position of the fee in each epoch; the codes of its reductions.
    FeeReduction(Vec<Option<(u16, Vec<u32>)>>),
    FeeTotal,
    Due,
    DueState,
    /// The codes of the deadlines of each epoch.
    DeadlineRule(Vec<Vec<u32>>),
    Missing(Slot),
    Next,
    Problem(Slot),
    /// The node of the definition in each epoch.
    Definition(Vec<NodeId>),
    DefinitionState(Vec<NodeId>),
    DefinitionRow(Vec<Option<(NodeId, Rows)>>),
}

#[cfg(feature = "simulate")]
impl Wanted {
    /// Whether it is a column of few codes, which are told as the rows of each: see [`super::answer::Codes`].
    pub fn is_status(&self) -> bool {
        matches!(self, Wanted::Condition(_) | Wanted::Check(_) | Wanted::Document(_) | Wanted::FeeState(_) | Wanted::DueState | Wanted::Outcome)
    }
}

/// The codes of the rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rows {
    pub table: u32,
    pub codes: Vec<u32>,
}

/// A column and where it is found; `None` where the program has no such thing.
pub(super) fn describe(program: &Program, output: &Output) -> Option<(Kind, Wanted)> {
    let epochs = &program.epochs;
    let codes = |names: &[&str]| Kind::Codes(names.iter().map(|name| Arc::from(*name)).collect());
    let condition = |info: u16| program.conditions.get(usize::from(info)).map(|info| &info.id);
    let document = |info: u16| program.documents.get(usize::from(info)).map(|info| &info.id);
    Some(match output {
        Output::Standing => (codes(code::STANDING), Wanted::Standing),
        Output::Outcome => (codes(code::OUTCOME), Wanted::Outcome),
        Output::Eligibility => (codes(code::OVERALL), Wanted::Eligibility),
        Output::Identity => (codes(code::OVERALL), Wanted::Identity),
        Output::Condition(id) => {
            let places = places(epochs, |epoch| epoch.eligibility.iter().position(|code| condition(code.info) == Some(id)))?;
            (codes(code::CONDITION), Wanted::Condition(places))
        }
        Output::Check(id) => {
            let places = places(epochs, |epoch| epoch.identity.iter().position(|code| condition(code.info) == Some(id)))?;
            (codes(code::CONDITION), Wanted::Check(places))
        }
        Output::FirstUnmet => {
            let names = ids(program.conditions.iter().map(|info| info.id.clone()));
            let of = |codes: &[crate::compile::program::ConditionCode]| {
                codes.iter().map(|code| condition(code.info).map_or(0, |id| position(&names, id))).collect::<Vec<u32>>()
            };
            let found = epochs.iter().map(|epoch| [of(&epoch.eligibility), of(&epoch.identity)]).collect();
            (Kind::Codes(names), Wanted::FirstUnmet(found))
        }
        Output::RequiredLevel => (Kind::Level, Wanted::RequiredLevel),
        Output::Document(id) => {
            let places = places(epochs, |epoch| epoch.documents.iter().position(|code| document(code.info) == Some(id)))?;
            (codes(code::DOCUMENT), Wanted::Document(places))
        }
        Output::Fee(id) => (Kind::Amounts, Wanted::Fee(fee_places(program, id)?)),
        Output::FeeState(id) => (codes(code::FEE), Wanted::FeeState(fee_places(program, id)?)),
        Output::FeeRow(id) => {
            let mut names = Vec::new();
            let found = fee_places(program, id)?.into_iter().zip(epochs).map(|(place, epoch)| {
                let place = place?;
                let BaseCode::Amount(node) = &epoch.fees.get(usize::from(place))?.base else { return None };
                Some((place, rows(&program.code_of, *node, false, &mut names)?))
            });
            let found = found.collect();
            (Kind::Codes(names), Wanted::FeeRow(found))
        }
        Output::FeeReduction(id) => {
            let mut names = Vec::new();
            let found = fee_places(program, id)?.into_iter().zip(epochs).map(|(place, epoch)| {
                let place = place?;
                let info = program.fees.get(usize::from(epoch.fees.get(usize::from(place))?.info))?;
                Some((place, info.reductions.iter().map(|reduction| named(&mut names, &reduction.id)).collect()))
            });
            let found = found.collect();
            (Kind::Codes(names), Wanted::FeeReduction(found))
        }
        Output::FeeTotal => (Kind::Amounts, Wanted::FeeTotal),
        Output::Due => (Kind::Days, Wanted::Due),
        Output::DueState => (codes(code::DUE), Wanted::DueState),
        Output::DeadlineRule => {
            let names = ids(program.deadlines.iter().map(|info| info.id.clone()));
            let id = |info: u16| program.deadlines.get(usize::from(info)).map_or(0, |info| position(&names, &info.id));
            let found = epochs.iter().map(|epoch| epoch.deadlines.iter().map(|code| id(code.info)).collect()).collect();
            (Kind::Codes(names), Wanted::DeadlineRule(found))
        }
        Output::Missing(fact) => (codes(code::MISSING), Wanted::Missing(program.slot(fact)?)),
        Output::Next => (Kind::Codes(program.facts.iter().map(|fact| fact.name.clone()).collect()), Wanted::Next),
        Output::Problem(fact) => (Kind::Bits, Wanted::Problem(program.slot(fact)?)),
        Output::Definition(name) => {
            let at = definition(program, name)?;
            (kind(program.definition_types.get(at)?), Wanted::Definition(nodes(epochs, at)?))
        }
        Output::DefinitionState(name) => (codes(code::DEFINITION), Wanted::DefinitionState(nodes(epochs, definition(program, name)?)?)),
        Output::DefinitionRow(name) => {
            let mut names = Vec::new();
            let nodes = nodes(epochs, definition(program, name)?)?;
            let found = nodes.into_iter().map(|node| Some((node, rows(&program.code_of, node, true, &mut names)?))).collect();
            (Kind::Codes(names), Wanted::DefinitionRow(found))
        }
    })
}

fn definition(program: &Program, name: &str) -> Option<usize> {
    program.definitions.iter().position(|named| &*named.name == name)
}

fn nodes(epochs: &[Epoch], at: usize) -> Option<Vec<NodeId>> {
    epochs.iter().map(|epoch| epoch.definitions.get(at).copied()).collect()
}

/// The positions of an element in the epochs; `None` where it is in none.
fn places(epochs: &[Epoch], find: impl Fn(&Epoch) -> Option<usize>) -> Option<Vec<Option<u16>>> {
    let places: Vec<Option<u16>> = epochs.iter().map(|epoch| find(epoch).map(|at| at as u16)).collect();
    places.iter().any(Option::is_some).then_some(places)
}

fn fee_places(program: &Program, id: &Arc<str>) -> Option<Vec<Option<u16>>> {
    let of = |info: u16| program.fees.get(usize::from(info)).map(|info| &info.id);
    places(&program.epochs, |epoch| epoch.fees.iter().position(|code| of(code.info) == Some(id)))
}

/// The rows of a node that is a table, or a definition that is one.
fn rows(code: &Code, node: NodeId, defined: bool, names: &mut Vec<Arc<str>>) -> Option<Rows> {
    let node = match code.node(node) {
        Node::Definition(_, body) if defined => code.node(body),
        node => node,
    };
    let Node::Table(table) = node else { return None };
    let rows = &code.tables.get(table as usize)?.rows;
    Some(Rows { table, codes: rows.iter().map(|row| named(names, &row.id)).collect() })
}

fn named(names: &mut Vec<Arc<str>>, name: &Arc<str>) -> u32 {
    if !names.contains(name) {
        names.push(name.clone());
    }
    position(names, name)
}

fn position(names: &[Arc<str>], name: &Arc<str>) -> u32 {
    names.iter().position(|one| one == name).unwrap_or(0) as u32
}

/// What a definition of a type is told in.
fn kind(of: &Type) -> Kind {
    match of {
        Type::Optional(inner) => kind(inner),
        Type::Boolean => Kind::Bits,
        Type::Number => Kind::Numbers { scale: SCALE },
        Type::Date => Kind::Days,
        Type::Enumeration(codes) => Kind::Codes(codes.to_vec()),
        Type::Text => Kind::Texts,
        _ => Kind::Values,
    }
}
