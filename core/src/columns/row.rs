//! One row decided by `eval`, and its answers put in their columns.

use super::batch::Batch;
use super::bits;
use super::describe::Wanted;
use super::output::Kind;
use super::plan::{Law, Memory};
use super::results::{Answers, Values};
use crate::compile::program::{Node, NodeId};
use crate::eval::{
    Amount, DocumentStatus, Due, Evaluator, Judged, Known, Marks, Moment, Outcome, Slots, Status, Truth, Undecided, Verdict,
    Workspace, judge, verdict_into,
};
use crate::value::{Decimal, Value};

/// An answer of one row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// There is none.
    None,
    Code(u32),
    Bit(bool),
    Day(i32),
    Integer(i64),
    Value(Value),
}

/// What it takes to give an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Takes {
    /// The batch.
    Nothing,
    /// The verdict.
    Verdict,
    /// The decision with its reasons.
    Judged,
}

impl Wanted {
    /// What it takes to give this answer by `eval`.
    pub fn takes(&self) -> Takes {
        match self {
            Wanted::Problem(_) | Wanted::Definition(_) | Wanted::DefinitionState(_) | Wanted::DefinitionRow(_) => Takes::Nothing,
            Wanted::Standing | Wanted::Outcome | Wanted::Eligibility | Wanted::Identity | Wanted::Condition(_) | Wanted::Check(_)
            | Wanted::FirstUnmet(_) | Wanted::RequiredLevel | Wanted::Document(_) | Wanted::FeeTotal | Wanted::Due | Wanted::DueState => Takes::Verdict,
            Wanted::Fee(_) | Wanted::FeeState(_) | Wanted::FeeRow(_) | Wanted::FeeReduction(_) | Wanted::DeadlineRule(_)
            | Wanted::Missing(_) | Wanted::Next => Takes::Judged,
        }
    }
}

/// A decided row.
struct Decided<'r, 'p> {
    law: Law<'p>,
    /// The position of its epoch.
    at: usize,
    verdict: &'r Verdict,
    judged: Option<&'r Judged<'p>>,
    slots: &'r Slots,
    moment: Moment,
    work: &'r mut Workspace,
    /// The last value that was worked out: two columns tell of a definition, its state and its value.
    last: &'r mut Option<(NodeId, (Known, Option<usize>))>,
}

/// Decides a row by `eval` and puts answers in the columns that `wants` says, at `place`.
pub(super) fn by_eval(
    law: Law,
    batch: &Batch,
    row: usize,
    wanted: &[Wanted],
    wants: impl Fn(usize) -> bool,
    memory: &mut Memory,
    mut put: impl FnMut(usize, Answer),
) {
    let Memory { slots, work, .. } = memory;
    batch.fill(law.program, row, slots);
    let moment = batch.moment(row);
    let all = || wanted.iter().enumerate().filter(|(column, _)| wants(*column));
    let takes = all().map(|(_, wanted)| wanted.takes()).max().unwrap_or(Takes::Nothing);
    let mut verdict = Verdict::default();
    let mut judged = None;
    let result = match takes {
        Takes::Nothing => Ok(()),
        Takes::Verdict => verdict_into(law.program, slots, &moment, law.calendar, work, &mut verdict),
        Takes::Judged => judge(law.program, slots, &moment, law.calendar, work).map(|whole| {
            verdict = whole.verdict;
            judged = Some(whole);
        }),
    };
    let epoch = law.epoch(moment.as_of);
    let mut last = None;
    for (column, wanted) in all() {
        if let Wanted::Problem(slot) = wanted {
            let wrong = law.program.fact(*slot).zip(batch.column(*slot)).is_some_and(|(fact, column)| column.is_wrong(fact, row));
            put(column, Answer::Bit(wrong));
            continue;
        }
        let answer = match (&result, epoch) {
            (Ok(()), Some((at, _))) => {
                Decided { law, at, verdict: &verdict, judged: judged.as_ref(), slots, moment, work, last: &mut last }.answer(wanted)
            }
            (Err(Undecided::LimitExceeded { .. }), _) if *wanted == Wanted::Standing => Answer::Code(2),
            (_, None) if *wanted == Wanted::Standing => Answer::Code(1),
            _ => Answer::None,
        };
        put(column, answer);
    }
}

impl Decided<'_, '_> {
    fn answer(&mut self, wanted: &Wanted) -> Answer {
        self.answer_if_there(wanted).unwrap_or(Answer::None)
    }

    fn answer_if_there(&mut self, wanted: &Wanted) -> Option<Answer> {
        let verdict = self.verdict;
        Some(match wanted {
            Wanted::Problem(_) => return None,
            Wanted::Standing => Answer::Code(0),
            Wanted::Outcome => Answer::Code(match verdict.outcome {
                Outcome::Accept => 0,
                Outcome::Refuse => 1,
                Outcome::Ask => 2,
            }),
            Wanted::Eligibility => Answer::Code(overall(&verdict.eligibility)),
            Wanted::Identity => Answer::Code(overall(&verdict.identity)),
            Wanted::Condition(places) => Answer::Code(condition(verdict.eligibility.condition(self.of_epoch(places)??))),
            Wanted::Check(places) => Answer::Code(condition(verdict.identity.condition(self.of_epoch(places)??))),
            Wanted::FirstUnmet(codes) => {
                let [eligibility, identity] = self.of_epoch(codes)?;
                let first = |marks: &Marks, codes: &[u32]| codes.get(marks.no.trailing_zeros() as usize).copied();
                Answer::Code(first(&verdict.eligibility, &eligibility).or_else(|| first(&verdict.identity, &identity))?)
            }
            Wanted::RequiredLevel => Answer::Code(u32::from(verdict.required_level?)),
            Wanted::Document(places) => Answer::Code(match verdict.documents.document(self.of_epoch(places)??) {
                DocumentStatus::Required => 0,
                DocumentStatus::Provided => 1,
                DocumentStatus::Reused => 2,
                DocumentStatus::NotRequired => 3,
                DocumentStatus::Open(Truth::Unknown) => 5,
                DocumentStatus::Open(_) => 4,
            }),
            Wanted::Fee(places) => match self.judged?.fees.get(usize::from(self.of_epoch(places)??))?.amount {
                Amount::Known(amount) => Answer::Integer(amount),
                _ => Answer::None,
            },
            Wanted::FeeState(places) => Answer::Code(match self.judged?.fees.get(usize::from(self.of_epoch(places)??))?.amount {
                Amount::Known(_) => 0,
                Amount::NotDue => 1,
                Amount::Missing => 2,
                Amount::Unknown => 3,
            }),
            Wanted::FeeRow(rows) => {
                let (place, rows) = rows.get(self.at)?.as_ref()?;
                let fee = self.judged?.fees.get(usize::from(*place)).filter(|fee| fee.amount != Amount::NotDue)?;
                let (_, row) = fee.reasons.rows.iter().find(|(table, _)| *table == rows.table)?;
                Answer::Code(*rows.codes.get(*row as usize)?)
            }
            Wanted::FeeReduction(codes) => {
                let (place, codes) = codes.get(self.at)?.as_ref()?;
                let reduction = self.judged?.fees.get(usize::from(*place))?.trace.reduction.as_ref()?;
                Answer::Code(*codes.get(usize::from(reduction.info))?)
            }
            Wanted::FeeTotal if verdict.fees_open == 0 => Answer::Integer(verdict.fee_total),
            Wanted::FeeTotal => return None,
            Wanted::Due => match verdict.due {
                Due::Determined(day) | Due::Provisional(day) => Answer::Day(day.0),
                Due::None | Due::Undetermined => Answer::None,
            },
            Wanted::DueState => Answer::Code(match verdict.due {
                Due::None => 0,
                Due::Determined(_) => 1,
                Due::Provisional(_) => 2,
                Due::Undetermined => 3,
            }),
            Wanted::DeadlineRule(codes) => {
                let rule = self.judged?.deadline.as_ref()?.rule?;
                Answer::Code(*codes.get(self.at)?.get(usize::from(rule))?)
            }
            Wanted::Missing(slot) => {
                let missing = self.judged?.missing.iter().find(|missing| missing.slot == *slot);
                Answer::Code(missing.map_or(0, |missing| 1 + u32::from(missing.now)))
            }
            Wanted::Next => Answer::Code(u32::from(self.judged?.missing.iter().find(|missing| missing.now)?.slot.0)),
            Wanted::Definition(nodes) => match self.value(*nodes.get(self.at)?).0 {
                Known::Known(Value::Null) | Known::Missing | Known::Unknown => Answer::None,
                Known::Known(value) => Answer::Value(value),
            },
            Wanted::DefinitionState(nodes) => Answer::Code(match self.value(*nodes.get(self.at)?).0 {
                Known::Known(Value::Null) => 1,
                Known::Known(_) => 0,
                Known::Missing => 2,
                Known::Unknown => 3,
            }),
            Wanted::DefinitionRow(rows) => {
                let (node, rows) = rows.get(self.at)?.as_ref()?;
                match self.value(*node) {
                    (Known::Known(_), Some(row)) => Answer::Code(*rows.codes.get(row)?),
                    _ => Answer::None,
                }
            }
        })
    }

    fn of_epoch<T: Clone>(&self, all: &[T]) -> Option<T> {
        all.get(self.at).cloned()
    }

    /// The value of a node, and the row of the table that it is.
    fn value(&mut self, node: NodeId) -> (Known, Option<usize>) {
        if let Some((of, value)) = &*self.last
            && *of == node
        {
            return value.clone();
        }
        let value = self.worked_out(node);
        *self.last = Some((node, value.clone()));
        value
    }

    fn worked_out(&mut self, node: NodeId) -> (Known, Option<usize>) {
        let law = self.law;
        let mut evaluator = Evaluator::new(law.program, self.slots, &self.moment, law.calendar, self.work);
        let known = evaluator.value(node);
        if evaluator.within_limits().is_err() {
            return (Known::Unknown, None);
        }
        let code = &law.program.code_of;
        let row = match code.node(node) {
            Node::Definition(_, body) => match code.node(body) {
                Node::Table(table) => evaluator.fired_row(table),
                _ => None,
            },
            _ => None,
        };
        (known, row)
    }
}

fn overall(marks: &Marks) -> u32 {
    if marks.no != 0 {
        1
    } else if marks.open != 0 {
        2
    } else {
        0
    }
}

fn condition(status: Status) -> u32 {
    match status {
        Status::Yes => 0,
        Status::No => 1,
        Status::NotApplicable => 2,
        Status::Open(Truth::Unknown) => 4,
        Status::Open(_) => 3,
    }
}

/// Puts an answer at a row of a column.
pub(super) fn put(into: &mut Answers, kind: &Kind, rows: usize, row: usize, answer: Answer) {
    let there = place(&mut into.values, kind, row, answer);
    if !there {
        bits::clear(into.valid(rows), row);
    } else if let Some(valid) = &mut into.valid {
        bits::set(valid, row);
    }
}

/// Whether there is an answer.
fn place(values: &mut Values, kind: &Kind, row: usize, answer: Answer) -> bool {
    match (values, answer) {
        (Values::Bits(words), answer) => {
            bits::clear(words, row);
            match answer {
                Answer::Bit(true) | Answer::Value(Value::Boolean(true)) => bits::set(words, row),
                Answer::Bit(false) | Answer::Value(Value::Boolean(false)) => {}
                _ => return false,
            }
            true
        }
        (Values::Bytes(bytes), Answer::Code(code)) => at(bytes, row, code as u8),
        (Values::Wide(codes), Answer::Code(code)) => at(codes, row, code),
        (Values::Bytes(bytes), Answer::Value(Value::Text(text))) => named(kind, &text).is_some_and(|code| at(bytes, row, code as u8)),
        (Values::Wide(codes), Answer::Value(Value::Text(text))) => named(kind, &text).is_some_and(|code| at(codes, row, code)),
        (Values::Days(days), Answer::Day(day)) => at(days, row, day),
        (Values::Days(days), Answer::Value(Value::Date(day))) => at(days, row, day.0),
        (Values::Integers { integers, .. }, Answer::Integer(integer)) => at(integers, row, integer),
        (Values::Integers { integers, beside }, Answer::Value(Value::Number(number))) => {
            let scale = if let Kind::Numbers { scale } = kind { *scale } else { 0 };
            let integer = number.scaled(scale);
            if integer.is_none() {
                keep_beside(beside, row, number);
            }
            at(integers, row, integer.unwrap_or(0))
        }
        (Values::Texts { codes, texts }, Answer::Value(Value::Text(text))) => at(codes, row, texts.place(text)),
        (Values::Values(values), Answer::Value(value)) => at(values, row, value),
        _ => false,
    }
}

/// Keeps a number beside the integers, in the order of the rows.
pub(super) fn keep_beside(beside: &mut Vec<(usize, Decimal)>, row: usize, number: Decimal) {
    let place = beside.partition_point(|(before, _)| *before < row);
    beside.insert(place, (row, number));
}

fn named(kind: &Kind, text: &std::sync::Arc<str>) -> Option<u32> {
    let Kind::Codes(names) = kind else { return None };
    names.iter().position(|name| name == text).map(|at| at as u32)
}

fn at<T>(values: &mut [T], row: usize, value: T) -> bool {
    if let Some(place) = values.get_mut(row) {
        *place = value;
        return true;
    }
    false
}
