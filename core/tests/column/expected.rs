//! What `eval` says of one case, as text that can be compared.

use super::cases::{Told, fill};
use thutuc::columns::{Answers, Kind, Law, Output, OutputColumn, Values, code};
use thutuc::compile::program::{BaseCode, Epoch, Node, Program};
use thutuc::eval::{
    Amount, DocumentStatus, Due, Evaluator, JudgedFee, Judged, Known, Marks, Moment, Outcome, Slots, Status, Truth, Undecided, Workspace, judge,
};
use thutuc::value::{Date, Fact, Value};

/// One case decided by `eval`.
pub struct Expected<'p> {
    law: Law<'p>,
    slots: Slots,
    work: Workspace,
    moment: Moment,
    judged: Result<Judged<'p>, Undecided>,
}

impl<'p> Expected<'p> {
    pub fn new(law: Law<'p>) -> Self {
        let day = Date::parse("2026-01-01").unwrap();
        let judged = Err(Undecided::LimitExceeded { limit: 0 });
        Expected { law, slots: Slots::new(law.program), work: Workspace::default(), moment: Moment::on(day), judged }
    }

    pub fn decide(&mut self, case: &[Option<Fact<Value>>], moment: &Moment) {
        fill(self.law.program, case, &mut self.slots);
        self.moment = *moment;
        self.judged = judge(self.law.program, &self.slots, moment, self.law.calendar, &mut self.work);
    }

    pub fn decide_slots(&mut self, slots: &Slots, moment: &Moment) {
        self.slots = slots.clone();
        self.moment = *moment;
        self.judged = judge(self.law.program, &self.slots, moment, self.law.calendar, &mut self.work);
    }

    /// The cell of a column; `-` where there is none.
    pub fn shown(&mut self, output: &Output, told: &Told, row: usize) -> String {
        if let Output::Problem(fact) = output {
            return told.is_wrong(self.law.program.slot(fact).unwrap(), row).to_string();
        }
        self.of(output)
    }

    /// The cell of a column that rests on the case as it was decided.
    pub fn of(&mut self, output: &Output) -> String {
        let program = self.law.program;
        let judged = match &self.judged {
            Ok(judged) => judged,
            Err(Undecided::NotInForce { .. }) if *output == Output::Standing => return code::STANDING[1].to_owned(),
            Err(_) => return "-".to_owned(),
        };
        if let Output::Definition(name) | Output::DefinitionState(name) | Output::DefinitionRow(name) = output {
            let epoch = judged.epoch;
            return self.definition(output, name, epoch);
        }
        decided(program, judged, output).unwrap_or_else(|| "-".to_owned())
    }

    fn definition(&mut self, output: &Output, name: &str, epoch: &Epoch) -> String {
        let program = self.law.program;
        let node = epoch.definitions[program.definitions.iter().position(|named| &*named.name == name).unwrap()];
        let mut evaluator = Evaluator::new(program, &self.slots, &self.moment, self.law.calendar, &mut self.work);
        let known = evaluator.value(node);
        let table = match program.code_of.node(node) {
            Node::Definition(_, body) => match program.code_of.node(body) {
                Node::Table(table) => Some(table),
                _ => None,
            },
            _ => None,
        };
        match (output, known) {
            (Output::DefinitionState(_), Known::Known(Value::Null)) => "null".to_owned(),
            (Output::DefinitionState(_), Known::Known(_)) => "known".to_owned(),
            (Output::DefinitionState(_), Known::Missing) => "missing".to_owned(),
            (Output::DefinitionState(_), Known::Unknown) => "unknown".to_owned(),
            (Output::Definition(_), Known::Known(value)) if value != Value::Null => value_shown(&value),
            (Output::DefinitionRow(_), Known::Known(_)) => {
                let row = table.and_then(|table| Some(&program.code_of.tables[table as usize].rows[evaluator.fired_row(table)?].id));
                row.map_or("-".to_owned(), |id| id.to_string())
            }
            _ => "-".to_owned(),
        }
    }
}

fn decided(program: &Program, judged: &Judged, output: &Output) -> Option<String> {
    let (epoch, verdict) = (judged.epoch, &judged.verdict);
    let condition = |status: Status| match status {
        Status::Yes => "met",
        Status::No => "unmet",
        Status::NotApplicable => "not_applicable",
        Status::Open(Truth::Unknown) => "unknown",
        Status::Open(_) => "missing",
    };
    let fee = |id: &str| -> Option<(usize, &JudgedFee)> {
        let at = epoch.fees.iter().position(|code| &*program.fees[usize::from(code.info)].id == id)?;
        Some((at, &judged.fees[at]))
    };
    let overall = |marks: &Marks| if marks.no != 0 { "unmet" } else if marks.open != 0 { "undetermined" } else { "met" };
    Some(match output {
        Output::Standing => "decided".to_owned(),
        Output::Outcome => match verdict.outcome {
            Outcome::Accept => "accept",
            Outcome::Refuse => "refuse",
            Outcome::Ask => "ask",
        }.to_owned(),
        Output::Eligibility => overall(&verdict.eligibility).to_owned(),
        Output::Identity => overall(&verdict.identity).to_owned(),
        Output::Condition(id) => {
            let at = epoch.eligibility.iter().position(|code| program.conditions[usize::from(code.info)].id == *id)?;
            condition(judged.eligibility[at].status).to_owned()
        }
        Output::Check(id) => {
            let at = epoch.identity.iter().position(|code| program.conditions[usize::from(code.info)].id == *id)?;
            condition(judged.identity[at].status).to_owned()
        }
        Output::FirstUnmet => {
            let all = epoch.eligibility.iter().zip(&judged.eligibility).chain(epoch.identity.iter().zip(&judged.identity));
            let (code, _) = all.into_iter().find(|(_, one)| one.status == Status::No)?;
            program.conditions[usize::from(code.info)].id.to_string()
        }
        Output::RequiredLevel => verdict.required_level?.to_string(),
        Output::Document(id) => {
            let at = epoch.documents.iter().position(|code| program.documents[usize::from(code.info)].id == *id)?;
            match judged.documents[at].status {
                DocumentStatus::Required => "required",
                DocumentStatus::Provided => "provided",
                DocumentStatus::Reused => "reused",
                DocumentStatus::NotRequired => "not_required",
                DocumentStatus::Open(Truth::Unknown) => "unknown",
                DocumentStatus::Open(_) => "missing",
            }.to_owned()
        }
        Output::Fee(id) => match fee(id)?.1.amount {
            Amount::Known(amount) => amount.to_string(),
            _ => return None,
        },
        Output::FeeState(id) => match fee(id)?.1.amount {
            Amount::Known(_) => "due",
            Amount::NotDue => "not_due",
            Amount::Missing => "missing",
            Amount::Unknown => "unknown",
        }.to_owned(),
        Output::FeeRow(id) => {
            let (at, fee) = fee(id)?;
            let BaseCode::Amount(node) = &epoch.fees[at].base else { return None };
            let Node::Table(table) = program.code_of.node(*node) else { return None };
            let (_, row) = fee.reasons.rows.iter().find(|(of, _)| *of == table && fee.amount != Amount::NotDue)?;
            program.code_of.tables[table as usize].rows[*row as usize].id.to_string()
        }
        Output::FeeReduction(id) => {
            let (at, fee) = fee(id)?;
            let info = &program.fees[usize::from(epoch.fees[at].info)];
            info.reductions[usize::from(fee.trace.reduction.as_ref()?.info)].id.to_string()
        }
        Output::FeeTotal => (verdict.fees_open == 0).then_some(verdict.fee_total)?.to_string(),
        Output::Due => match verdict.due {
            Due::Determined(day) | Due::Provisional(day) => day.to_string(),
            _ => return None,
        },
        Output::DueState => match verdict.due {
            Due::None => "none",
            Due::Determined(_) => "determined",
            Due::Provisional(_) => "provisional",
            Due::Undetermined => "undetermined",
        }.to_owned(),
        Output::DeadlineRule => {
            let rule = judged.deadline.as_ref()?.rule?;
            program.deadlines[usize::from(epoch.deadlines[usize::from(rule)].info)].id.to_string()
        }
        Output::Missing(fact) => {
            let missing = judged.missing.iter().find(|missing| *program.fact(missing.slot).unwrap().name == **fact);
            missing.map_or("no", |missing| if missing.now { "now" } else { "later" }).to_owned()
        }
        Output::Next => program.fact(judged.missing.iter().find(|missing| missing.now)?.slot)?.name.to_string(),
        Output::Problem(_) | Output::Definition(_) | Output::DefinitionState(_) | Output::DefinitionRow(_) => return None,
    })
}

fn value_shown(value: &Value) -> String {
    match value {
        Value::Boolean(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Text(text) => text.to_string(),
        other => format!("{other:?}"),
    }
}

/// A cell of the answers.
pub fn shown(column: &OutputColumn, answers: &Answers, row: usize) -> String {
    if !answers.is_valid(row) {
        return "-".to_owned();
    }
    let named = |code: usize| match &column.kind {
        Kind::Codes(names) => names[code].to_string(),
        _ => code.to_string(),
    };
    match &answers.values {
        Values::Bytes(bytes) => named(usize::from(bytes[row])),
        Values::Wide(codes) => named(codes[row] as usize),
        Values::Bits(words) => (words[row / 64] >> (row % 64) & 1 == 1).to_string(),
        Values::Days(days) => Date(days[row]).to_string(),
        Values::Integers { integers, beside } => match (beside.iter().find(|(at, _)| *at == row), &column.kind) {
            (Some((_, number)), _) => number.to_string(),
            (None, Kind::Numbers { scale }) => thutuc::value::Decimal::from_scaled(integers[row], *scale).to_string(),
            (None, _) => integers[row].to_string(),
        },
        Values::Texts { codes, texts } => texts.list()[codes[row] as usize].to_string(),
        Values::Values(values) => value_shown(&values[row]),
    }
}
