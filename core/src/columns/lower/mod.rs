//! Nodes to operations. A node that has no kernel leaves what rests on it to `eval`, and why it has none is told.

mod calls;
mod epochs;
mod operators;
mod tables;

use std::collections::HashMap;
use std::sync::Arc;

use super::ops::{Folded, How, IntId, IntOp, Of, OfNull, Picked, TableId, TableOp, TruthId, TruthOp};
use crate::compile::program::{Layout, List, Node, NodeId, Program, Slot};
use crate::feel::ast::CompareOp;
use crate::model::MomentName;
use crate::value::{DaysDuration, Decimal, Value};

/// Most days of a duration: nothing that is counted with them leaves the range of days.
const MOST_DAYS: i64 = 1_000_000;

/// Most decimal places of an integer.
const MOST_PLACES_BEHIND: u8 = 15;

/// What has no kernel.
pub(super) type Why = String;

/// A node as a register.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Register {
    Truth(TruthId),
    Int(IntId, Of),
    /// Null, of whatever type.
    Null,
    /// Law that is not known, of whatever type.
    Unknown,
}

/// The operations of a plan.
#[derive(Debug, Default)]
pub(super) struct Kernels {
    pub truths: Vec<TruthOp>,
    pub ints: Vec<IntOp>,
    pub tables: Vec<TableOp>,
    /// Operations that are worth doing for the rows that need them only.
    pub dear_truths: Vec<bool>,
    pub dear_ints: Vec<bool>,
    /// Texts that integers stand for.
    pub texts: Vec<Arc<str>>,
}

/// Lowers the nodes of a program.
pub(super) struct Lowering<'p> {
    pub program: &'p Program,
    pub kernels: Kernels,
    known: HashMap<NodeId, Result<Register, Why>>,
    tables: HashMap<u32, Result<TableId, Why>>,
    /// Tables of several epochs that became one.
    merged: HashMap<Vec<(usize, Option<TableId>)>, TableId>,
    /// Operations by what they do: none is put twice.
    put_truths: HashMap<String, TruthId>,
    put_ints: HashMap<String, IntId>,
    put_tables: HashMap<String, TableId>,
    /// The law whose nodes are lowered, and the first whose epochs begin on the same days.
    law: u8,
    epochs_of: u8,
}

impl<'p> Lowering<'p> {
    pub fn new(program: &'p Program) -> Self {
        Lowering {
            program,
            kernels: Kernels::default(),
            known: HashMap::new(),
            tables: HashMap::new(),
            merged: HashMap::new(),
            put_truths: HashMap::new(),
            put_ints: HashMap::new(),
            put_tables: HashMap::new(),
            law: 0,
            epochs_of: 0,
        }
    }

    /// Goes on with the nodes of another law over the same facts; operations that both need are put once.
    pub fn turn_to(&mut self, program: &'p Program, law: u8, epochs_of: u8) {
        (self.program, self.law, self.epochs_of) = (program, law, epochs_of);
        self.known.clear();
        self.tables.clear();
        self.merged.clear();
    }

    /// The register of a node.
    pub fn node(&mut self, id: NodeId) -> Result<Register, Why> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let made = self.made(id);
        self.known.insert(id, made.clone());
        made
    }

    /// The register of a node that is a truth.
    pub fn truth(&mut self, id: NodeId) -> Result<TruthId, Why> {
        match self.node(id) {
            Ok(Register::Truth(truth)) => Ok(truth),
            Ok(Register::Unknown) => Ok(self.put_truth(TruthOp::Unknown)),
            Ok(_) => Err("a value that is not boolean".to_owned()),
            Err(why) => self.folded(id).ok_or(why),
        }
    }

    /// The register of a node that is an integer of a kind.
    pub fn int(&mut self, id: NodeId) -> Result<(IntId, Of), Why> {
        match self.node(id)? {
            Register::Int(int, of) => Ok((int, of)),
            Register::Unknown => Ok((self.put_int(IntOp::Unknown), Of::Number(0))),
            Register::Null => Ok((self.put_int(IntOp::Constant(None)), Of::Number(0))),
            Register::Truth(_) => Err("a boolean among numbers".to_owned()),
        }
    }

    /// The register of a number, and its decimal places.
    pub fn number(&mut self, id: NodeId) -> Result<(IntId, u8), Why> {
        match self.int(id)? {
            (int, Of::Number(scale)) => Ok((int, scale)),
            _ => Err("a value that is not a number".to_owned()),
        }
    }

    pub fn put_truth(&mut self, op: TruthOp) -> TruthId {
        // A node is one of its own law's.
        let law = if let TruthOp::Folded(_) = op { self.law } else { 0 };
        let key = format!("{law} {op:?}");
        if let Some(known) = self.put_truths.get(&key) {
            return *known;
        }
        let dear = match &op {
            TruthOp::Call(_) => true,
            TruthOp::And(parts) | TruthOp::Or(parts) => parts.iter().any(|part| self.is_dear(*part)),
            TruthOp::Not(of) => self.is_dear(*of),
            TruthOp::If(a, b, c) => [a, b, c].into_iter().any(|part| self.is_dear(*part)),
            TruthOp::Same(a, b) => self.is_dear(*a) || self.is_dear(*b),
            TruthOp::Compare(_, a, b) => self.is_dear_int(*a) || self.is_dear_int(*b),
            TruthOp::CompareConstant(_, a, _) | TruthOp::OneOf(a, ..) | TruthOp::IsNull(a) | TruthOp::NonZero(a) => self.is_dear_int(*a),
            _ => false,
        };
        self.kernels.truths.push(op);
        self.kernels.dear_truths.push(dear);
        let id = TruthId(self.kernels.truths.len() as u32 - 1);
        self.put_truths.insert(key, id);
        id
    }

    pub fn put_int(&mut self, op: IntOp) -> IntId {
        let key = format!("{op:?}");
        if let Some(known) = self.put_ints.get(&key) {
            return *known;
        }
        let dear = match &op {
            IntOp::Call(_) => true,
            IntOp::Add(a, b) | IntOp::Subtract(a, b) | IntOp::Multiply(a, b) | IntOp::Least(a, b) | IntOp::Greatest(a, b)
            | IntOp::Age(a, b) => self.is_dear_int(*a) || self.is_dear_int(*b),
            IntOp::Scale(a, _) | IntOp::Negate(a) | IntOp::Absolute(a) | IntOp::NullIsUnknown(a) | IntOp::Tiers(a, _)
            | IntOp::AddMonths(a, ..) | IntOp::Year(a) | IntOp::RollToWorkingDay(a) => self.is_dear_int(*a),
            IntOp::If(c, a, b) => self.is_dear(*c) || self.is_dear_int(*a) || self.is_dear_int(*b),
            IntOp::Pick(_, picked) => picked.iter().any(|one| matches!(one, Picked::Register(int) if self.is_dear_int(*int))),
            _ => false,
        };
        self.kernels.ints.push(op);
        self.kernels.dear_ints.push(dear);
        let id = IntId(self.kernels.ints.len() as u32 - 1);
        self.put_ints.insert(key, id);
        id
    }

    fn put_table(&mut self, op: TableOp) -> TableId {
        let tables = &mut self.kernels.tables;
        *self.put_tables.entry(format!("{op:?}")).or_insert_with(|| {
            tables.push(op);
            TableId(tables.len() as u32 - 1)
        })
    }

    fn is_dear(&self, id: TruthId) -> bool {
        self.kernels.dear_truths.get(id.0 as usize).copied().unwrap_or(false)
    }

    fn is_dear_int(&self, id: IntId) -> bool {
        self.kernels.dear_ints.get(id.0 as usize).copied().unwrap_or(false)
    }

    /// The number at more decimal places.
    pub fn at_scale(&mut self, int: IntId, scale: u8, wanted: u8) -> Result<IntId, Why> {
        if scale == wanted {
            return Ok(int);
        }
        let factor = wanted.checked_sub(scale).filter(|_| wanted <= MOST_PLACES_BEHIND).and_then(|by| 10i64.checked_pow(u32::from(by)));
        let factor = factor.ok_or("a number of too many decimal places")?;
        Ok(match self.kernels.ints.get(int.0 as usize) {
            Some(IntOp::Constant(Some(constant))) => {
                let scaled = constant.checked_mul(factor).ok_or("a constant that is too large")?;
                self.put_int(IntOp::Constant(Some(scaled)))
            }
            Some(IntOp::Constant(None) | IntOp::Unknown) => int,
            _ => self.put_int(IntOp::Scale(int, factor)),
        })
    }

    fn text(&mut self, text: &Arc<str>) -> i64 {
        let texts = &mut self.kernels.texts;
        let at = texts.iter().position(|one| one == text).unwrap_or_else(|| {
            texts.push(text.clone());
            texts.len() - 1
        });
        at as i64
    }

    fn constant(&mut self, value: &Value) -> Result<Register, Why> {
        Ok(match value {
            Value::Null => Register::Null,
            Value::Boolean(truth) => Register::Truth(self.put_truth(TruthOp::Constant(*truth))),
            Value::Number(number) => {
                let (integer, scale) = scaled(*number).ok_or("a constant of too many digits")?;
                Register::Int(self.put_int(IntOp::Constant(Some(integer))), Of::Number(scale))
            }
            Value::Date(day) => Register::Int(self.put_int(IntOp::Constant(Some(i64::from(day.0)))), Of::Day),
            Value::Text(text) => {
                let code = self.text(text);
                Register::Int(self.put_int(IntOp::Constant(Some(code))), Of::Text)
            }
            Value::Days(span) => {
                let days = whole_days(span).ok_or("a duration with hours")?;
                Register::Int(self.put_int(IntOp::Constant(Some(days))), Of::Span)
            }
            other => return Err(format!("a constant that is a {}", other.type_name())),
        })
    }

    fn made(&mut self, id: NodeId) -> Result<Register, Why> {
        let code = &self.program.code_of;
        let truth = |lowering: &mut Self, op| Ok(Register::Truth(lowering.put_truth(op)));
        let range = |slot, low, high, inside, of_null| TruthOp::Test(slot, How::Range { low, high, inside }, of_null);
        match code.node(id) {
            Node::Truth(of) => truth(self, TruthOp::Constant(of)),
            Node::Flag(slot) => truth(self, range(slot, 0, 0, false, OfNull::Null)),
            Node::Is(slot, at) => truth(self, range(slot, at.into(), at.into(), true, OfNull::No)),
            Node::Among(slot, mask) => {
                let mask = code.masks.get(mask as usize).copied().unwrap_or(0);
                truth(self, TruthOp::Test(slot, How::Among(mask), OfNull::No))
            }
            Node::Has(slot, bit) => truth(self, TruthOp::Test(slot, How::Bit(bit), OfNull::Null)),
            Node::Order(slot, op, bound) => {
                let (low, high, inside) = match op {
                    CompareOp::Equal => (bound, bound, true),
                    CompareOp::NotEqual => (bound, bound, false),
                    CompareOp::GreaterOrEqual => (bound, i64::MAX, true),
                    CompareOp::Less => (bound, i64::MAX, false),
                    CompareOp::LessOrEqual => (i64::MIN, bound, true),
                    CompareOp::Greater => (i64::MIN, bound, false),
                };
                let of_null = match op {
                    CompareOp::Equal => OfNull::No,
                    CompareOp::NotEqual => OfNull::Yes,
                    _ => OfNull::Null,
                };
                truth(self, range(slot, low, high, inside, of_null))
            }
            Node::Absent(slot) => truth(self, TruthOp::Absent(slot)),
            Node::And(list) => {
                let parts = self.truths(list)?;
                truth(self, TruthOp::And(parts))
            }
            Node::Or(list) => {
                let parts = self.truths(list)?;
                truth(self, TruthOp::Or(parts))
            }
            Node::Not(of) => {
                let of = self.truth(of)?;
                truth(self, TruthOp::Not(of))
            }
            Node::Constant(index) => {
                let value = code.constants.get(index as usize).cloned().unwrap_or_default();
                self.constant(&value)
            }
            Node::Fact(slot) => self.fact(slot),
            Node::Unknown(_) => Ok(Register::Unknown),
            Node::Moment(MomentName::AsOf) => Ok(Register::Int(self.put_int(IntOp::AsOf), Of::Day)),
            Node::Moment(MomentName::ReceivedOn) => Ok(Register::Int(self.put_int(IntOp::ReceivedOn), Of::Day)),
            Node::Moment(MomentName::ReceivedAt) => Err("the moment of receipt as a value".to_owned()),
            Node::Definition(_, body) => self.node(body),
            Node::IsNull(of) => match self.node(of)? {
                Register::Int(int, _) => truth(self, TruthOp::IsNull(int)),
                Register::Null => truth(self, TruthOp::Constant(true)),
                Register::Unknown => Ok(Register::Unknown),
                Register::Truth(_) => Err("whether a boolean is null".to_owned()),
            },
            Node::Compare(op, left, right) => self.compare(op, left, right),
            Node::OneOf(of, among) => {
                let among: Vec<Value> = match code.constants.get(among as usize) {
                    Some(Value::List(items)) => items.to_vec(),
                    _ => Vec::new(),
                };
                self.one_of(of, &among)
            }
            Node::Arithmetic(op, left, right) => self.arithmetic(op, left, right),
            Node::Negate(of) => {
                let (int, scale) = self.number(of)?;
                Ok(Register::Int(self.put_int(IntOp::Negate(int)), Of::Number(scale)))
            }
            Node::If(condition, then, otherwise) => self.choose(condition, then, otherwise),
            Node::Property(of, name) => {
                let name = code.names.get(name as usize).cloned().unwrap_or_else(|| "".into());
                match (self.int(of)?, &*name) {
                    ((int, Of::Day), "year") => Ok(Register::Int(self.put_int(IntOp::Year(int)), Of::Number(0))),
                    ((int, Of::Span), "days") => Ok(Register::Int(int, Of::Number(0))),
                    _ => Err(format!("the property `{name}`")),
                }
            }
            Node::Inside(of, wanted) => self.inside(of, wanted),
            Node::Call(index, arguments) => {
                let builtin = code.calls.get(usize::from(index)).map(|of| of.0).ok_or("an unknown function")?;
                self.call(builtin, arguments)
            }
            Node::Table(index) => self.table_value(index),
            Node::Local(_) | Node::Let(..) => Err("a local name".to_owned()),
            Node::Member(..) | Node::Members(..) => Err("a member of a record".to_owned()),
            Node::At(..) | Node::Filter(..) | Node::List(_) => Err("a list".to_owned()),
            Node::For(_) => Err("`for`".to_owned()),
            Node::Quantified(..) => Err("`some` or `every`".to_owned()),
            Node::Context(_) => Err("a context".to_owned()),
            Node::Range(_) => Err("a range as a value".to_owned()),
            Node::InstanceOf(..) => Err("`instance of`".to_owned()),
            Node::Function(_) | Node::Invoke(..) => Err("a function value".to_owned()),
        }
    }

    fn truths(&mut self, list: List) -> Result<Vec<TruthId>, Why> {
        let ids = self.program.code_of.list(list);
        ids.iter().map(|id| self.truth(*id)).collect()
    }

    /// A node that reads no local name, to be evaluated once a batch where that is the same in all cases.
    fn folded(&mut self, node: NodeId) -> Option<TruthId> {
        let code = &self.program.code_of;
        let mut slots = Vec::new();
        code.mentioned(node, &mut |slot| if !slots.contains(&slot) { slots.push(slot) });
        let (mut as_of, mut received, mut bound, mut free) = (false, false, Vec::new(), Vec::new());
        walk(self.program, node, &mut |node| match node {
            Node::Moment(MomentName::AsOf) => as_of = true,
            Node::Moment(_) => received = true,
            Node::Local(local) => free.push(local),
            Node::Let(local, ..) | Node::Filter(_, local, _) => bound.push(local),
            Node::For(index) | Node::Quantified(_, index) => {
                bound.extend(code.loops.get(index as usize).into_iter().flat_map(|of| of.iterations.iter().map(|(local, ..)| *local)));
            }
            _ => {}
        });
        // A table or a function binds locals of its own; what is not bound in sight is left to `eval`.
        let closed = free.iter().all(|local| bound.contains(local));
        closed.then(|| self.put_truth(TruthOp::Folded(Folded { node, slots, as_of, received })))
    }

    fn fact(&mut self, slot: Slot) -> Result<Register, Why> {
        let fact = self.program.fact(slot).ok_or("an unknown fact")?;
        match &fact.layout {
            Layout::Number { scale, .. } => Ok(Register::Int(self.put_int(IntOp::Load(slot)), Of::Number(*scale))),
            Layout::Date { .. } => Ok(Register::Int(self.put_int(IntOp::Load(slot)), Of::Day)),
            Layout::Enumeration { values } => {
                let codes: Vec<Arc<str>> = values.iter().map(|value| value.code.clone()).collect();
                let codes = codes.iter().map(|code| self.text(code)).collect();
                Ok(Register::Int(self.put_int(IntOp::Coded(slot, codes)), Of::Text))
            }
            Layout::Boolean => Ok(Register::Truth(self.put_truth(TruthOp::Test(slot, How::Range { low: 0, high: 0, inside: false }, OfNull::Null)))),
            _ => Err(format!("`{}` as a value", fact.name)),
        }
    }
}

/// Calls `each` for a node and every node below it.
fn walk(program: &Program, node: NodeId, each: &mut dyn FnMut(Node)) {
    each(program.code_of.node(node));
    program.code_of.children(node, &mut |child| walk(program, child, each));
}

/// A number as an integer at as few decimal places as it has.
pub(super) fn scaled(number: Decimal) -> Option<(i64, u8)> {
    (0..=MOST_PLACES_BEHIND).find_map(|scale| Some((number.scaled(scale)?, scale)))
}

/// The days of a duration that has nothing but days, and not too many.
fn whole_days(span: &DaysDuration) -> Option<i64> {
    let days = i64::try_from(span.days()).ok().filter(|days| days.abs() <= MOST_DAYS)?;
    (DaysDuration::from_days(days) == *span).then_some(days)
}
