//! What the elements of an assessment want of each record, decided over columns.

use crate::calendar::WorkingCalendar;
use crate::columns::{Answers, Batch, Days, Kind, Law, Output, Plan, Values, Results as Decided};
use crate::compile::program::{Layout, Node, NodeId, Program, Slot};
use crate::eval::{Known, Limits, Undecided};
use crate::model::result_name;
use crate::value::{Date, Decimal, Value};

use super::intake::Intake;
use super::tally::Tri;

/// Results by name, a column each.
pub(super) struct Results<'a> {
    intake: &'a Intake<'a>,
    days: Vec<i32>,
    /// The epoch of each record; `None` where the assessment has no law on that day.
    epochs: Vec<Option<usize>>,
    columns: Vec<ResultColumn>,
}

/// A result of every record: what is known of it, and where it is known its value.
pub(super) struct ResultColumn {
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
    /// Decides every result of every record, each on the law of its day. What no change of the law touches is decided even
    /// where that day is missing.
    pub fn of(intake: &'a Intake<'a>, law_day: Option<&str>, calendar: &WorkingCalendar) -> Result<Results<'a>, Undecided> {
        let program = &intake.assessment.records;
        let law = Law { program, calendar };
        let names = program.definitions.iter().map(|named| &*named.name).filter(|name| name.starts_with('~'));
        let (timeless, dated): (Vec<&str>, Vec<&str>) = names.partition(|name| law_day.is_none() || is_timeless(program, name));
        let mut columns = decided(intake, law, Days::Constant(intake.day), &timeless)?;
        let mut results = Results { intake, days: vec![intake.day.0; intake.records], epochs: Vec::new(), columns: Vec::new() };
        if let Some(name) = law_day {
            let told = decided(intake, law, Days::Constant(intake.day), &[name])?;
            for (day, known) in results.days.iter_mut().zip(told.iter().flat_map(ResultColumn::values)) {
                *day = if let Known::Known(Value::Date(told)) = known { told.0 } else { NO_DAY };
            }
            columns.extend(decided(intake, law, Days::Column(&results.days), &dated)?);
        }
        results.epochs = results.days.iter().map(|day| epoch_at(program, Date(*day))).collect();
        results.columns = columns;
        Ok(results)
    }

    /// The law under which a result of a record is decided: the position of its epoch.
    fn epoch_of(&self, name: &str, record: usize) -> Option<usize> {
        let program = &self.intake.assessment.records;
        let own = self.epochs.get(record).copied().flatten();
        own.or_else(|| program.epochs.len().checked_sub(1).filter(|_| is_timeless(program, name)))
    }

    /// A result of every record; what is shown of a few records is read from it record by record.
    pub fn column(&self, name: &str) -> Option<&ResultColumn> {
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

    /// What leaves a result of a record open: facts that are missing, law that is not known; `None`: it has no law on its day.
    pub fn open(&self, name: &str, reads: &[Reads], record: usize) -> Option<(Vec<Slot>, Vec<u32>)> {
        let epoch = match self.epoch_of(name, record) {
            Some(epoch) => epoch,
            // The day of the law itself is missing.
            None if self.days.get(record) == Some(&NO_DAY) => {
                let of_day = self.reads(&result_name("law_day", "", 0)).pop()?;
                return Some((self.missing_of(&of_day, record), Vec::new()));
            }
            None => return None,
        };
        let reads = reads.get(epoch)?;
        Some((self.missing_of(reads, record), reads.gaps.clone()))
    }

    fn missing_of(&self, reads: &Reads, record: usize) -> Vec<Slot> {
        reads.slots.iter().copied().filter(|slot| self.is_missing(record, *slot)).collect()
    }

    /// The days on which the law of some records is read, each once, in order.
    pub fn law_days(&self, records: impl Iterator<Item = usize>) -> Vec<Date> {
        let mut days: Vec<Date> = records.filter_map(|record| self.days.get(record).filter(|day| **day != NO_DAY).map(|day| Date(*day))).collect();
        days.sort_unstable();
        days.dedup();
        days
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

    fn is_missing(&self, record: usize, slot: Slot) -> bool {
        self.intake.columns.get(usize::from(slot.0)).is_some_and(|column| column.is_missing(record))
    }

    /// The bounds within which a number lies while it is open: those of the fact, if the result is nothing but a fact.
    pub fn bounds(&self, name: &str, record: usize) -> (Option<Decimal>, Option<Decimal>) {
        let program = &self.intake.assessment.records;
        let node = self.epoch_of(name, record).and_then(|epoch| program.definition(name, epoch));
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
        (0..self.rows()).map(|row| self.known(row)).collect()
    }

    /// What is known of the result of a record.
    pub fn known(&self, row: usize) -> Known {
        match self.state(row) {
            Some(0) => self.value(row).map_or(Known::Unknown, Known::Known),
            Some(1) => Known::Known(Value::Null),
            Some(2) => Known::Missing,
            _ => Known::Unknown,
        }
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
            Values::Texts { codes, texts } => Value::Text(texts.list().get(*codes.get(row)? as usize)?.clone()),
            Values::Values(values) => values.get(row)?.clone(),
        })
    }
}

/// The day of a record whose day is missing: no law is in force on it.
const NO_DAY: i32 = i32::MIN;

/// Whether a result is the same whatever the day on which the law is read.
fn is_timeless(program: &Program, name: &str) -> bool {
    let mut nodes = (0..program.epochs.len()).filter_map(|epoch| program.definition(name, epoch));
    let Some(first) = nodes.next() else { return true };
    nodes.all(|node| node == first) && !reads_the_day(program, first)
}

fn reads_the_day(program: &Program, node: NodeId) -> bool {
    if matches!(program.code_of.node(node), Node::Moment(_)) {
        return true;
    }
    let mut found = false;
    program.code_of.children(node, &mut |child| found = found || reads_the_day(program, child));
    found
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
