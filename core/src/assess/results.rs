//! What the elements of an assessment want of each record, decided over columns.

use crate::calendar::WorkingCalendar;
use crate::columns::{Answers, Batch, Days, Kind, Law, Output, Plan, Values, Results as Decided};
use crate::compile::program::{Layout, Node, NodeId, Program, Slot};
use crate::eval::{Known, Limits, Undecided};
use crate::value::{Date, Decimal, Value};

use super::intake::Intake;
use super::tally::Tri;

/// Results by name, a column each.
pub(super) struct Results<'a> {
    intake: &'a Intake<'a>,
    /// The epoch of each record; `None` where the assessment has no law on that day.
    epochs: Vec<Option<usize>>,
    columns: Vec<ResultColumn>,
}

/// A result of every record: what is known of it, and where it is known its value.
struct ResultColumn {
    name: String,
    kind: Kind,
    states: Answers,
    answers: Answers,
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
    /// Decides every result of every record, each on the law of its day.
    pub fn of(intake: &'a Intake<'a>, law_day: Option<&str>, calendar: &WorkingCalendar) -> Result<Results<'a>, Undecided> {
        let program = &intake.assessment.records;
        let law = Law { program, calendar };
        let mut days = vec![intake.day.0; intake.records];
        if let Some(name) = law_day {
            let told = decided(intake, law, Days::Constant(intake.day), &[name])?;
            for (day, known) in days.iter_mut().zip(told.iter().flat_map(ResultColumn::values)) {
                if let Known::Known(Value::Date(told)) = known {
                    *day = told.0;
                }
            }
        }
        let names: Vec<&str> = program.definitions.iter().map(|named| &*named.name).filter(|name| name.starts_with('~')).collect();
        let columns = decided(intake, law, Days::Column(&days), &names)?;
        let epochs = days.iter().map(|day| epoch_at(program, Date(*day))).collect();
        Ok(Results { intake, epochs, columns })
    }

    fn column(&self, name: &str) -> Option<&ResultColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The truths of a result.
    pub fn truths(&self, name: &str) -> Vec<Tri> {
        self.column(name).map_or_else(Vec::new, ResultColumn::truths)
    }

    /// The values of a result.
    pub fn values(&self, name: &str) -> Vec<Known> {
        self.column(name).map_or_else(Vec::new, ResultColumn::values)
    }

    /// The epoch of a record.
    pub fn epoch(&self, record: usize) -> Option<usize> {
        self.epochs.get(record).copied().flatten()
    }

    /// What a result reads in each epoch.
    pub fn reads(&self, name: &str) -> Vec<Reads> {
        let program = &self.intake.assessment.records;
        let of = |epoch| {
            let mut reads = Reads::default();
            if let Some(node) = program.definition(name, epoch) {
                program.code_of.mentioned(node, &mut |slot| if !reads.slots.contains(&slot) { reads.slots.push(slot) });
                gaps(program, node, &mut reads.gaps);
            }
            reads.slots.sort_unstable();
            reads
        };
        (0..program.epochs.len()).map(of).collect()
    }

    /// Whether a fact of a record is missing.
    pub fn is_missing(&self, record: usize, slot: Slot) -> bool {
        self.intake.columns.get(usize::from(slot.0)).is_some_and(|column| column.is_missing(record))
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

impl ResultColumn {
    /// What is known of a record's result: [`crate::columns::code::DEFINITION`]; a record without law has nothing.
    fn state(&self, row: usize) -> Option<u8> {
        match &self.states.values {
            Values::Bytes(bytes) if self.states.is_valid(row) => bytes.get(row).copied(),
            _ => None,
        }
    }

    fn rows(&self) -> usize {
        if let Values::Bytes(bytes) = &self.states.values { bytes.len() } else { 0 }
    }

    fn truths(&self) -> Vec<Tri> {
        let bits: &[u64] = if let Values::Bits(bits) = &self.answers.values { bits } else { &[] };
        let truth = |row: usize| match self.state(row) {
            Some(0) if bits.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1) => Tri::Yes,
            Some(0 | 1) => Tri::No,
            _ => Tri::Open,
        };
        (0..self.rows()).map(truth).collect()
    }

    fn values(&self) -> Vec<Known> {
        let known = |row: usize| match self.state(row) {
            Some(0) => self.value(row).map_or(Known::Unknown, Known::Known),
            Some(1) => Known::Known(Value::Null),
            Some(2) => Known::Missing,
            _ => Known::Unknown,
        };
        (0..self.rows()).map(known).collect()
    }

    fn value(&self, row: usize) -> Option<Value> {
        let name = |code: usize| match &self.kind {
            Kind::Codes(names) => names.get(code).cloned().map(Value::Text),
            _ => None,
        };
        Some(match &self.answers.values {
            Values::Bytes(bytes) => name(usize::from(*bytes.get(row)?))?,
            Values::Wide(codes) => name(*codes.get(row)? as usize)?,
            Values::Bits(words) => Value::Boolean(words.get(row / 64)? >> (row % 64) & 1 == 1),
            Values::Days(days) => Value::Date(Date(*days.get(row)?)),
            Values::Integers { integers, beside } => {
                let beside = beside.binary_search_by_key(&row, |(row, _)| *row).ok().and_then(|at| beside.get(at));
                match (beside, &self.kind) {
                    (Some((_, number)), _) => Value::Number(*number),
                    (None, Kind::Numbers { scale }) => Value::Number(Decimal::from_scaled(*integers.get(row)?, *scale)),
                    (None, _) => Value::Number(Decimal::from_i64(*integers.get(row)?)),
                }
            }
            Values::Texts { codes, texts } => Value::Text(texts.get(*codes.get(row)? as usize)?.clone()),
            Values::Values(values) => values.get(row)?.clone(),
        })
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

/// The named results of every record.
fn decided(intake: &Intake, law: Law, days: Days, names: &[&str]) -> Result<Vec<ResultColumn>, Undecided> {
    // Neither can fail: the columns were made for the program's facts, the names are those of its definitions.
    let nothing = |_| Undecided::LimitExceeded { limit: 0 };
    let mut batch = Batch::new(law.program, intake.records, days).map_err(nothing)?;
    for (column, slot) in intake.columns.iter().zip((0u16..).map(Slot)) {
        batch.tell(law.program, slot, column.column()).map_err(nothing)?;
    }
    let mut outputs = vec![Output::Standing];
    outputs.extend(names.iter().flat_map(|name| [Output::DefinitionState((*name).into()), Output::Definition((*name).into())]));
    let plan = Plan::new(law, &outputs).map_err(|_| Undecided::LimitExceeded { limit: 0 })?;
    let mut into = Decided::default();
    plan.run(law, &batch, 0..intake.records, &mut into);
    let mut columns = into.columns.into_iter();
    let mut kinds = plan.columns().iter().map(|column| column.kind.clone()).skip(1);
    if let Some(Values::Bytes(standing)) = columns.next().map(|standing| standing.values)
        && standing.contains(&LIMIT_EXCEEDED)
    {
        return Err(Undecided::LimitExceeded { limit: Limits::default().steps });
    }
    Ok(names.iter().filter_map(|name| {
        let (states, answers) = (columns.next()?, columns.next()?);
        Some(ResultColumn { name: (*name).to_owned(), kind: kinds.nth(1)?, states, answers })
    }).collect())
}

/// In [`crate::columns::code::STANDING`].
const LIMIT_EXCEEDED: u8 = 2;
