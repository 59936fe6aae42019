//! What the elements of an assessment want of each record.

use crate::calendar::WorkingCalendar;
use crate::compile::program::{Layout, Node, NodeId, Program, Slot};
use crate::eval::{Evaluator, Known, Moment, Slots, Undecided, Workspace};
use crate::value::{Date, Decimal, Fact, Value};

use super::intake::Intake;

/// Results by name, each with a cell a record.
pub(super) struct Results<'a> {
    intake: &'a Intake<'a>,
    /// The epoch of each record; `None` where the assessment has no law on that day.
    epochs: Vec<Option<usize>>,
    columns: Vec<(&'a str, Vec<Known>)>,
}

/// What a result of an epoch reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reads {
    /// Facts.
    pub slots: Vec<Slot>,
    /// Law that is not known.
    pub gaps: Vec<u32>,
}

impl<'a> Results<'a> {
    /// Decides every result of every record.
    pub fn of(intake: &'a Intake<'a>, law_day: Option<&str>, calendar: &WorkingCalendar) -> Result<Results<'a>, Undecided> {
        let program = &intake.assessment.records;
        let day = |known: &Known| match known {
            Known::Known(Value::Date(day)) => *day,
            _ => intake.day,
        };
        let days: Vec<Date> = match law_day {
            None => vec![intake.day; intake.records],
            Some(name) => {
                let told = decided(intake, &vec![intake.day; intake.records], &[name], calendar)?;
                told.into_iter().flat_map(|(_, column)| column).map(|known| day(&known)).collect()
            }
        };
        let names: Vec<&str> = program.definitions.iter().map(|named| &*named.name).filter(|name| name.starts_with('~')).collect();
        let columns = decided(intake, &days, &names, calendar)?;
        let epochs = days.iter().map(|day| epoch_at(program, *day)).collect();
        Ok(Results { intake, epochs, columns })
    }

    /// The cells of a result.
    pub fn column(&self, name: &str) -> &[Known] {
        self.columns.iter().find(|(known, _)| *known == name).map_or(&[], |(_, column)| column)
    }

    /// The epoch of a record.
    pub fn epoch(&self, record: usize) -> Option<usize> {
        self.epochs.get(record).copied().flatten()
    }

    /// What a result reads in each epoch.
    pub fn reads(&self, name: &str) -> Vec<Reads> {
        let program = &self.intake.assessment.records;
        (0..program.epochs.len()).map(|epoch| {
            let mut reads = Reads::default();
            if let Some(node) = program.definition(name, epoch) {
                program.code_of.mentioned(node, &mut |slot| if !reads.slots.contains(&slot) { reads.slots.push(slot) });
                gaps(program, node, &mut reads.gaps);
            }
            reads.slots.sort_unstable();
            reads
        }).collect()
    }

    /// Whether a fact of a record is missing.
    pub fn is_missing(&self, record: usize, slot: Slot) -> bool {
        let cell = self.intake.columns.get(usize::from(slot.0)).and_then(|column| column.get(record));
        matches!(cell, Some(Fact::Missing))
    }

    /// The bounds within which a number lies while it is open: those of the fact, if the result is nothing but a fact.
    pub fn bounds(&self, name: &str, record: usize) -> (Option<Decimal>, Option<Decimal>) {
        let program = &self.intake.assessment.records;
        let node = self.epoch(record).and_then(|epoch| program.definition(name, epoch));
        match node.and_then(|node| program.bare_fact(node)).and_then(|slot| program.fact(slot)).map(|fact| (&fact.layout, fact.optional)) {
            Some((Layout::Number { min, max, .. }, false)) => (*min, *max),
            _ => (None, None),
        }
    }
}

fn gaps(program: &Program, node: NodeId, found: &mut Vec<u32>) {
    match program.code_of.node(node) {
        Node::Unknown(gap) if !found.contains(&gap) => found.push(gap),
        _ => program.code_of.children(node, &mut |child| gaps(program, child, found)),
    }
}

fn epoch_at(program: &Program, day: Date) -> Option<usize> {
    let epoch = program.epoch(day)?;
    program.epochs.iter().position(|other| other.from == epoch.from)
}

/// The named results of every record, on the law of its day. What has no law is not known.
fn decided<'n>(
    intake: &Intake,
    days: &[Date],
    names: &[&'n str],
    calendar: &WorkingCalendar,
) -> Result<Vec<(&'n str, Vec<Known>)>, Undecided> {
    let program = &intake.assessment.records;
    let mut columns: Vec<(&str, Vec<Known>)> = names.iter().map(|name| (*name, Vec::with_capacity(intake.records))).collect();
    let (mut slots, mut work) = (Slots::new(program), Workspace::default());
    for (record, day) in days.iter().enumerate() {
        for ((column, fact), slot) in intake.columns.iter().zip(&program.facts).zip((0u16..).map(Slot)) {
            slots.set(slot, &fact.layout, column.get(record).cloned().unwrap_or_default());
        }
        let moment = Moment::on(*day);
        let epoch = epoch_at(program, *day);
        let mut evaluator = Evaluator::new(program, &slots, &moment, calendar, &mut work);
        for (name, column) in &mut columns {
            let node = epoch.and_then(|epoch| program.definition(name, epoch));
            column.push(node.map_or(Known::Unknown, |node| evaluator.value(node)));
        }
        evaluator.within_limits()?;
    }
    Ok(columns)
}
