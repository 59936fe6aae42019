//! An assessment compiled: a program for a record, a program for measures, and what each of their results rests on.

use std::collections::HashSet;
use std::sync::Arc;

use super::elements;
use super::lower::{Titles, cites};
use super::program::{Cite, Node, NodeId, Program, Slot};
use crate::calendar::WorkingCalendar;
use crate::check::assessment::REPORT_DAY;
use crate::check::typed::{Expr, Kind, TypedAssessment, TypedProcedure};
use crate::check::walk::children;
use crate::model::{Assessment, Basis, Interval, RecordPath, Text};
use crate::value::Date;

/// A compiled assessment.
#[derive(Debug)]
pub struct CompiledAssessment {
    /// The assessment as written: its texts, and the order of its elements.
    pub written: Arc<Assessment>,
    /// Facts of a record; definitions whose names [`crate::model::result_name`] makes are what elements want of it.
    pub records: Program,
    /// Measures as facts; its definitions are targets, points, classes.
    pub report: Program,
    /// Where in a record the fact of each slot of `records` stands.
    pub columns: Vec<RecordPath>,
    /// The slot that holds the day of the report.
    pub report_day: Slot,
    /// Results with the citations of the parameters and definitions that they rest on, each while it is in force.
    grounds: Vec<(Arc<str>, Vec<Ground>)>,
    /// The citations of elements, by their names in the order they are written: of measures, scores, classes, lists.
    pub bases: Bases,
}

/// A citation while it counts.
type Ground = (Interval, Cite);

/// Citations of elements, in the order of each section.
#[derive(Debug, Default)]
pub struct Bases {
    /// Of measures.
    pub measures: Vec<Vec<Cite>>,
    /// Of scores.
    pub scores: Vec<Vec<Cite>>,
    /// Of classes.
    pub classes: Vec<Vec<Cite>>,
    /// Of lists.
    pub lists: Vec<Vec<Cite>>,
}

/// Compiles an assessment.
pub(super) fn compile(assessment: &TypedAssessment, instruments: &Titles, calendar: &WorkingCalendar) -> CompiledAssessment {
    let written = assessment.written.clone();
    let records = elements::program(&assessment.records, instruments, calendar);
    let of = |basis: &Basis| cites(basis, instruments);
    let bases = Bases {
        measures: written.measures.iter().map(|measure| of(&measure.basis)).collect(),
        scores: written.scores.iter().map(|score| of(&score.basis)).collect(),
        classes: written.classes.iter().map(|class| of(&class.basis)).collect(),
        lists: written.lists.iter().map(|list| of(&list.basis)).collect(),
    };
    CompiledAssessment {
        report_day: records.slot(REPORT_DAY).unwrap_or(Slot(u16::MAX)),
        report: elements::program(&assessment.report, instruments, calendar),
        columns: assessment.columns.clone(),
        grounds: [&assessment.records, &assessment.report].into_iter().flat_map(|of| grounds(of, instruments)).collect(),
        records,
        written,
        bases,
    }
}

impl CompiledAssessment {
    /// The citations of the parameters and definitions that a result rests on, on one of some days.
    pub fn grounds(&self, result: &str, days: &[Date]) -> impl Iterator<Item = &Cite> {
        let of = self.grounds.iter().find(|(name, _)| **name == *result);
        of.into_iter().flat_map(|(_, grounds)| grounds).filter(|(interval, _)| days.iter().any(|day| interval.contains(*day))).map(|(_, cite)| cite)
    }
}

impl CompiledAssessment {
    /// What a result of a record is called, and the fact that it is, if it is nothing else.
    #[must_use]
    pub fn named(&self, result: &str) -> (Option<&Text>, Option<Slot>) {
        let last = self.records.epochs.len().checked_sub(1);
        match last.and_then(|epoch| self.records.definition(result, epoch)) {
            Some(node) => self.records.named(node, true),
            None => (None, None),
        }
    }
}

impl Program {
    fn named(&self, node: NodeId, is_result: bool) -> (Option<&Text>, Option<Slot>) {
        match self.code_of.node(node) {
            Node::Fact(slot) | Node::Flag(slot) => (self.fact(slot).map(|fact| &fact.label), Some(slot)),
            Node::Definition(_, body) if is_result => self.named(body, false),
            Node::Definition(at, body) => match self.definitions.get(usize::from(at)).and_then(|definition| definition.label.as_ref()) {
                Some(label) => (Some(label), self.bare_fact(body)),
                None => self.named(body, false),
            },
            _ => (None, None),
        }
    }

    /// The fact that a node is, if it is nothing else.
    #[must_use]
    pub fn bare_fact(&self, node: NodeId) -> Option<Slot> {
        match self.code_of.node(node) {
            Node::Fact(slot) | Node::Flag(slot) => Some(slot),
            Node::Definition(_, body) => self.bare_fact(body),
            _ => None,
        }
    }

    /// The node of a definition on the law of an epoch.
    #[must_use]
    pub fn definition(&self, name: &str, epoch: usize) -> Option<NodeId> {
        let at = self.definitions.iter().position(|definition| *definition.name == *name)?;
        self.epochs.get(epoch)?.definitions.get(at).copied()
    }
}

fn grounds(procedure: &TypedProcedure, instruments: &Titles) -> Vec<(Arc<str>, Vec<Ground>)> {
    let results = procedure.results.iter().filter_map(|at| procedure.definitions.get(usize::from(*at)));
    let of = results.map(|result| {
        let mut walk = Walk { procedure, instruments, seen: HashSet::new(), found: Vec::new() };
        for body in result.versions.iter().filter_map(|version| version.body.as_ref().ok()) {
            walk.look(body);
        }
        (result.name.clone(), walk.found)
    });
    of.collect()
}

struct Walk<'a> {
    procedure: &'a TypedProcedure,
    instruments: &'a Titles<'a>,
    seen: HashSet<u16>,
    found: Vec<Ground>,
}

impl Walk<'_> {
    fn look(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Parameter(at) => {
                let parameter = self.procedure.parameters.get(usize::from(*at));
                parameter.into_iter().flat_map(|parameter| &parameter.values).for_each(|value| self.add(&value.interval, &value.basis));
            }
            Kind::Definition(at) if self.seen.insert(*at) => {
                let definition = self.procedure.definitions.get(usize::from(*at));
                for version in definition.into_iter().flat_map(|definition| &definition.versions) {
                    self.add(&version.interval, &version.basis);
                    if let Ok(body) = &version.body {
                        self.look(body);
                    }
                }
            }
            _ => children(expr, &mut |child| self.look(child)),
        }
    }

    fn add(&mut self, interval: &Interval, basis: &Basis) {
        for cite in cites(basis, self.instruments) {
            let ground = (*interval, cite);
            if !self.found.contains(&ground) {
                self.found.push(ground);
            }
        }
    }
}
