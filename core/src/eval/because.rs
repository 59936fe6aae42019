//! Why a settled node is what it is: the facts that decided it, and for a refusal what would have to be otherwise.

use smallvec::SmallVec;

use super::Evaluator;
use super::truth::Truth;
use crate::compile::program::{Layout, Node, NodeId, Slot};
use crate::feel::ast::CompareOp;
use crate::value::{Decimal, Value};

/// The facts that decided a node, and the comparisons that failed in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons {
    /// Facts, in the order they were looked at.
    pub facts: SmallVec<[Slot; 8]>,
    /// Comparisons that would have to hold, or not to hold.
    pub wanted: Vec<Compared>,
    /// Rows of tables that decided: table and row.
    pub rows: Vec<(u32, u32)>,
}

/// A comparison that would have to come out otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What is compared.
    pub subject: Subject,
    /// How it would have to compare.
    pub op: CompareOp,
    /// With what; a list means any of its elements.
    pub bound: Value,
    /// What it is.
    pub actual: Value,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A fact.
    Fact(Slot),
    /// A definition, by index.
    Definition(u16),
}

impl Reasons {
    fn fact(&mut self, slot: Slot) {
        if !self.facts.contains(&slot) {
            self.facts.push(slot);
        }
    }
}

impl Evaluator<'_> {
    /// Adds why a settled node is what it is; `wanted` is the truth it should have had, if it failed.
    pub fn because(&mut self, id: NodeId, wanted: Option<bool>, reasons: &mut Reasons) {
        let code = self.code;
        match code.node(id) {
            Node::And(list) => self.because_junction(code.list(list), Truth::False, wanted, reasons),
            Node::Or(list) => self.because_junction(code.list(list), Truth::True, wanted, reasons),
            Node::Not(of) => self.because(of, wanted.map(|truth| !truth), reasons),
            Node::Definition(_, of) => self.because(of, wanted, reasons),
            Node::If(condition, then, otherwise) => {
                self.because(condition, None, reasons);
                let taken = if self.truth(condition) == Truth::True { then } else { otherwise };
                self.because(taken, wanted, reasons);
            }
            Node::Table(index) => self.because_table(index, reasons),
            Node::Let(local, bound, body) => {
                self.because(bound, None, reasons);
                let value = self.value(bound).value().unwrap_or_default();
                let outer = self.bind(local, value);
                self.because(body, wanted, reasons);
                self.bind(local, outer);
            }
            _ => {
                code.mentioned(id, &mut |slot| reasons.fact(slot));
                if let Some(wanted) = wanted
                    && let Some(compared) = self.compared(id, wanted)
                {
                    reasons.wanted.push(compared);
                }
            }
        }
    }

    fn because_junction(&mut self, parts: &[NodeId], dominant: Truth, wanted: Option<bool>, reasons: &mut Reasons) {
        let decided = parts.iter().any(|part| self.truth(*part) == dominant);
        let wanted = wanted.filter(|wanted| !decided || Truth::from(*wanted) != dominant);
        for part in parts {
            let truth = self.truth(*part);
            if !decided || truth == dominant {
                self.because(*part, wanted.filter(|wanted| truth != Truth::from(*wanted)), reasons);
            }
        }
    }

    fn because_table(&mut self, index: u32, reasons: &mut Reasons) {
        let code = self.code;
        let Some(table) = code.tables.get(index as usize) else { return };
        let fired = self.fired_row(index);
        for (number, input) in table.inputs.iter().enumerate() {
            let looked_at = fired.and_then(|row| table.rows.get(row)).is_none_or(|row| row.tests.get(number).is_some_and(Option::is_some));
            if looked_at {
                self.because(input.node, None, reasons);
            }
        }
        if let Some(row) = fired {
            reasons.rows.push((index, row as u32));
            let outputs = table.rows.get(row).map_or(&[][..], |row| &row.outputs);
            outputs.iter().for_each(|output| self.because(*output, None, reasons));
        }
    }

    /// A comparison in words, as it would have to be.
    fn compared(&mut self, id: NodeId, wanted: bool) -> Option<Compared> {
        let code = self.code;
        let turned = |op: CompareOp| if wanted { op } else { opposite(op) };
        let of_fact = |evaluator: &Self, slot: Slot, op: CompareOp, bound: Value| {
            let actual = evaluator.fact(slot).value()?;
            Some(Compared { subject: Subject::Fact(slot), op, bound, actual })
        };
        match code.node(id) {
            Node::Flag(slot) => of_fact(self, slot, CompareOp::Equal, Value::Boolean(wanted)),
            Node::Is(slot, at) => {
                let bound = self.enumeration_code(slot, usize::from(at))?;
                of_fact(self, slot, turned(CompareOp::Equal), bound)
            }
            Node::Among(slot, mask) => {
                let mask = code.masks.get(mask as usize)?;
                let codes = (0..64).filter(|bit| mask >> bit & 1 == 1).filter_map(|bit| self.enumeration_code(slot, bit));
                let bound = Value::List(codes.collect());
                of_fact(self, slot, turned(CompareOp::Equal), bound)
            }
            Node::Order(slot, op, bound) => {
                let bound = match self.program.fact(slot).map(|fact| &fact.layout) {
                    Some(Layout::Number { scale, .. }) => Value::Number(Decimal::from_scaled(bound, *scale)),
                    _ => Value::Date(crate::value::Date(bound as i32)),
                };
                of_fact(self, slot, turned(op), bound)
            }
            Node::Absent(slot) => of_fact(self, slot, turned(CompareOp::Equal), Value::Null),
            Node::Compare(op, left, right) => {
                let (a, b) = (self.value(left).value()?, self.value(right).value()?);
                match (self.subject(left), self.subject(right)) {
                    (Some(subject), _) => Some(Compared { subject, op: turned(op), bound: b, actual: a }),
                    (None, Some(subject)) => Some(Compared { subject, op: turned(mirrored(op)), bound: a, actual: b }),
                    (None, None) => None,
                }
            }
            Node::OneOf(of, among) => {
                let (subject, actual) = (self.subject(of)?, self.value(of).value()?);
                Some(Compared { subject, op: turned(CompareOp::Equal), bound: code.constants.get(among as usize)?.clone(), actual })
            }
            _ => None,
        }
    }

    fn subject(&self, id: NodeId) -> Option<Subject> {
        match self.code.node(id) {
            Node::Fact(slot) => Some(Subject::Fact(slot)),
            Node::Definition(index, ..) => Some(Subject::Definition(index)),
            _ => None,
        }
    }

    fn enumeration_code(&self, slot: Slot, at: usize) -> Option<Value> {
        match &self.program.fact(slot)?.layout {
            Layout::Enumeration { values } => values.get(at).map(|value| Value::Text(value.code.clone())),
            Layout::Boolean => Some(Value::Boolean(at != 0)),
            _ => None,
        }
    }
}

fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal => CompareOp::NotEqual,
        CompareOp::NotEqual => CompareOp::Equal,
        CompareOp::Less => CompareOp::GreaterOrEqual,
        CompareOp::LessOrEqual => CompareOp::Greater,
        CompareOp::Greater => CompareOp::LessOrEqual,
        CompareOp::GreaterOrEqual => CompareOp::Less,
    }
}

fn mirrored(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Less => CompareOp::Greater,
        CompareOp::LessOrEqual => CompareOp::GreaterOrEqual,
        CompareOp::Greater => CompareOp::Less,
        CompareOp::GreaterOrEqual => CompareOp::LessOrEqual,
        same => same,
    }
}
