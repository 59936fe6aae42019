//! Nodes to operations. A node that has no kernel leaves what rests on it to `eval`, and why it has none is told.

use std::collections::HashMap;
use std::sync::Arc;

use super::ops::{
    Argument, Call, Folded, Gives, How, Input, IntId, IntOp, NO_ROW, Of, OfNull, Picked, Segments, TableId, TableOp, TruthId, TruthOp,
};
use crate::builtins::Builtin;
use crate::compile::program::{List, Layout, Node, NodeId, Program, Slot};
use crate::compile::table::{Index, IndexAxis, TableCode, run_of};
use crate::feel::ast::{ArithmeticOp, CompareOp};
use crate::model::{HitPolicy, MomentName};
use crate::value::{DaysDuration, Decimal, Value};

/// Most places a table is looked up in.
const MOST_PLACES: usize = 1 << 15;

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
}

impl<'p> Lowering<'p> {
    pub fn new(program: &'p Program) -> Self {
        Lowering { program, kernels: Kernels::default(), known: HashMap::new(), tables: HashMap::new() }
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
        TruthId(self.kernels.truths.len() as u32 - 1)
    }

    pub fn put_int(&mut self, op: IntOp) -> IntId {
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
        IntId(self.kernels.ints.len() as u32 - 1)
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

    /// Two numbers at the same decimal places.
    fn same_scale(&mut self, (a, of_a): (IntId, u8), (b, of_b): (IntId, u8)) -> Result<(IntId, IntId, u8), Why> {
        let scale = of_a.max(of_b);
        Ok((self.at_scale(a, of_a, scale)?, self.at_scale(b, of_b, scale)?, scale))
    }

    /// Two integers that stand for the same.
    fn alike(&mut self, (a, of_a): (IntId, Of), (b, of_b): (IntId, Of)) -> Result<(IntId, IntId, Of), Why> {
        match (of_a, of_b) {
            (Of::Number(of_a), Of::Number(of_b)) => {
                let (a, b, scale) = self.same_scale((a, of_a), (b, of_b))?;
                Ok((a, b, Of::Number(scale)))
            }
            (of_a, of_b) if of_a == of_b => Ok((a, b, of_a)),
            _ => Err("values of different types".to_owned()),
        }
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

    fn compare(&mut self, op: CompareOp, left: NodeId, right: NodeId) -> Result<Register, Why> {
        let (left, right) = (self.node(left)?, self.node(right)?);
        let op = match (left, right) {
            (Register::Unknown, _) | (_, Register::Unknown) => return Ok(Register::Unknown),
            (Register::Truth(a), Register::Truth(b)) => {
                let same = self.put_truth(TruthOp::Same(a, b));
                return match op {
                    CompareOp::Equal => Ok(Register::Truth(same)),
                    CompareOp::NotEqual => Ok(Register::Truth(self.put_truth(TruthOp::Not(same)))),
                    _ => Err("an order of booleans".to_owned()),
                };
            }
            (Register::Int(int, _), Register::Null) | (Register::Null, Register::Int(int, _)) => {
                let null = self.put_truth(TruthOp::IsNull(int));
                return match op {
                    CompareOp::Equal => Ok(Register::Truth(null)),
                    CompareOp::NotEqual => Ok(Register::Truth(self.put_truth(TruthOp::Not(null)))),
                    _ => Err("an order of null".to_owned()),
                };
            }
            (Register::Int(a, of_a), Register::Int(b, of_b)) => {
                let (a, b, of) = self.alike((a, of_a), (b, of_b))?;
                if of == Of::Text && !matches!(op, CompareOp::Equal | CompareOp::NotEqual) {
                    return Err("an order of texts".to_owned());
                }
                match self.kernels.ints.get(b.0 as usize) {
                    Some(IntOp::Constant(Some(constant))) => TruthOp::CompareConstant(op, a, *constant),
                    _ => TruthOp::Compare(op, a, b),
                }
            }
            _ => return Err("a comparison of different types".to_owned()),
        };
        Ok(Register::Truth(self.put_truth(op)))
    }

    fn one_of(&mut self, of: NodeId, among: &[Value]) -> Result<Register, Why> {
        let (int, of) = match self.node(of)? {
            Register::Int(int, of) => (int, of),
            Register::Unknown => return Ok(Register::Unknown),
            _ => return Err("one of some booleans".to_owned()),
        };
        let mut integers = Vec::new();
        for value in among {
            match (value, of) {
                // Of another scale it is none of the integers.
                (Value::Number(number), Of::Number(scale)) => integers.extend(number.scaled(scale)),
                (Value::Date(day), Of::Day) => integers.push(i64::from(day.0)),
                (Value::Text(text), Of::Text) => integers.push(self.text(text)),
                (Value::Null, _) => {}
                _ => return Err("one of values of another type".to_owned()),
            }
        }
        let with_null = among.contains(&Value::Null);
        Ok(Register::Truth(self.put_truth(TruthOp::OneOf(int, integers, with_null))))
    }

    fn inside(&mut self, of: NodeId, wanted: NodeId) -> Result<Register, Why> {
        let code = &self.program.code_of;
        let range = match code.node(wanted) {
            Node::Range(index) => code.ranges.get(index as usize).cloned().ok_or("an unknown range")?,
            _ => return Err("a list or range that is worked out".to_owned()),
        };
        let mut parts = Vec::new();
        let ends = [
            (range.low, if range.low_included { CompareOp::GreaterOrEqual } else { CompareOp::Greater }),
            (range.high, if range.high_included { CompareOp::LessOrEqual } else { CompareOp::Less }),
        ];
        for (end, op) in ends {
            let Some(end) = end else { continue };
            match self.compare(op, of, end)? {
                // An end that may be null makes the whole null.
                Register::Truth(part) if matches!(self.kernels.truths.get(part.0 as usize), Some(TruthOp::CompareConstant(..))) => parts.push(part),
                _ => return Err("a range that is worked out".to_owned()),
            }
        }
        if parts.len() < 2 {
            return Err("a range that is open at an end".to_owned());
        }
        Ok(Register::Truth(self.put_truth(TruthOp::And(parts))))
    }

    fn arithmetic(&mut self, op: ArithmeticOp, left: NodeId, right: NodeId) -> Result<Register, Why> {
        let months = match self.program.code_of.node(right) {
            Node::Constant(index) => match self.program.code_of.constants.get(index as usize) {
                Some(Value::Months(months)) => Some(*months),
                _ => None,
            },
            _ => None,
        };
        if let Some(months) = months {
            return match (self.int(left)?, op) {
                ((day, Of::Day), ArithmeticOp::Add) => Ok(Register::Int(self.put_int(IntOp::AddMonths(day, months, true)), Of::Day)),
                ((day, Of::Day), ArithmeticOp::Subtract) => Ok(Register::Int(self.put_int(IntOp::AddMonths(day, months, false)), Of::Day)),
                _ => Err("arithmetic with months".to_owned()),
            };
        }
        if self.node(left)? == Register::Unknown || self.node(right)? == Register::Unknown {
            return Ok(Register::Unknown);
        }
        let (a, b) = (self.int(left)?, self.int(right)?);
        let (op, of) = match (op, a, b) {
            (ArithmeticOp::Add, (a, Of::Number(of_a)), (b, Of::Number(of_b))) => {
                let (a, b, scale) = self.same_scale((a, of_a), (b, of_b))?;
                (IntOp::Add(a, b), Of::Number(scale))
            }
            (ArithmeticOp::Subtract, (a, Of::Number(of_a)), (b, Of::Number(of_b))) => {
                let (a, b, scale) = self.same_scale((a, of_a), (b, of_b))?;
                (IntOp::Subtract(a, b), Of::Number(scale))
            }
            (ArithmeticOp::Multiply, (a, Of::Number(of_a)), (b, Of::Number(of_b))) => {
                let scale = of_a + of_b;
                if scale > MOST_PLACES_BEHIND {
                    return Err("a product of too many decimal places".to_owned());
                }
                (IntOp::Multiply(a, b), Of::Number(scale))
            }
            (ArithmeticOp::Divide, (a, Of::Number(of_a)), (b, Of::Number(of_b))) => {
                let Some(IntOp::Constant(Some(divisor))) = self.kernels.ints.get(b.0 as usize) else {
                    return Err("a division by what is no constant".to_owned());
                };
                let (factor, places) = inverse(*divisor, of_b).ok_or("a division that may not end")?;
                let scale = of_a + places;
                if scale > MOST_PLACES_BEHIND {
                    return Err("a quotient of too many decimal places".to_owned());
                }
                (IntOp::Scale(a, factor), Of::Number(scale))
            }
            (ArithmeticOp::Add, (a, Of::Day), (b, Of::Span)) | (ArithmeticOp::Add, (b, Of::Span), (a, Of::Day)) => (IntOp::Add(a, b), Of::Day),
            (ArithmeticOp::Subtract, (a, Of::Day), (b, Of::Span)) => (IntOp::Subtract(a, b), Of::Day),
            (ArithmeticOp::Subtract, (a, Of::Day), (b, Of::Day)) => (IntOp::Subtract(a, b), Of::Span),
            _ => return Err("this arithmetic".to_owned()),
        };
        Ok(Register::Int(self.put_int(op), of))
    }

    fn choose(&mut self, condition: NodeId, then: NodeId, otherwise: NodeId) -> Result<Register, Why> {
        let condition = self.truth(condition)?;
        let (then, otherwise) = (self.node(then)?, self.node(otherwise)?);
        match (then, otherwise) {
            (Register::Truth(a), Register::Truth(b)) => Ok(Register::Truth(self.put_truth(TruthOp::If(condition, a, b)))),
            (Register::Truth(_), Register::Unknown) | (Register::Unknown, Register::Truth(_)) => {
                let [a, b] = [then, otherwise].map(|branch| match branch {
                    Register::Truth(truth) => truth,
                    _ => self.put_truth(TruthOp::Unknown),
                });
                Ok(Register::Truth(self.put_truth(TruthOp::If(condition, a, b))))
            }
            (Register::Truth(_), _) | (_, Register::Truth(_)) => Err("a choice between a boolean and another value".to_owned()),
            (Register::Unknown, Register::Unknown) => Err("a choice between unknown law".to_owned()),
            (Register::Null, Register::Null) => Ok(Register::Null),
            _ => {
                let kind = [then, otherwise].into_iter().find_map(|branch| match branch {
                    Register::Int(_, of) => Some(of),
                    _ => None,
                });
                let of = kind.unwrap_or(Of::Number(0));
                let [a, b] = [then, otherwise].map(|branch| match branch {
                    Register::Int(int, of) => (int, of),
                    Register::Null => (self.put_int(IntOp::Constant(None)), of),
                    _ => (self.put_int(IntOp::Unknown), of),
                });
                let (a, b, of) = self.alike(a, b)?;
                Ok(Register::Int(self.put_int(IntOp::If(condition, a, b)), of))
            }
        }
    }

    fn call(&mut self, builtin: &'static Builtin, list: List) -> Result<Register, Why> {
        let ids = self.program.code_of.list(list).to_vec();
        let code = &self.program.code_of;
        let slots: Vec<Option<Slot>> = ids.iter().map(|id| if let Node::Fact(slot) = code.node(*id) { Some(slot) } else { None }).collect();
        let layout = |slot: Slot| self.program.fact(slot).map(|fact| &fact.layout);
        match (builtin.name, &ids[..], &slots[..]) {
            ("count", [_], [Some(slot)]) if matches!(layout(*slot), Some(Layout::Set { .. })) => {
                return Ok(Register::Int(self.put_int(IntOp::Members(*slot)), Of::Number(0)));
            }
            ("list contains", [_, of], [Some(slot), _]) if matches!(layout(*slot), Some(Layout::Texts { .. })) => {
                if let Node::Constant(index) = code.node(*of)
                    && let Some(value @ Value::Text(_)) = code.constants.get(index as usize)
                {
                    return Ok(Register::Truth(self.put_truth(TruthOp::Holds(*slot, value.clone()))));
                }
            }
            ("age", [birth, on], _) => {
                if let ((birth, Of::Day), (on, Of::Day)) = (self.int(*birth)?, self.int(*on)?) {
                    return Ok(Register::Int(self.put_int(IntOp::Age(birth, on)), Of::Number(0)));
                }
            }
            ("roll to working day", [day], _) => {
                if let (day, Of::Day) = self.int(*day)? {
                    return Ok(Register::Int(self.put_int(IntOp::RollToWorkingDay(day)), Of::Day));
                }
            }
            ("abs", [of], _) => {
                let (int, scale) = self.number(*of)?;
                return Ok(Register::Int(self.put_int(IntOp::Absolute(int)), Of::Number(scale)));
            }
            ("max" | "min", [a, b], _) => {
                let (a, b) = (self.int(*a)?, self.int(*b)?);
                let (a, b, of) = self.alike(a, b)?;
                if matches!(of, Of::Number(_) | Of::Day) {
                    let op = if builtin.name == "max" { IntOp::Greatest(a, b) } else { IntOp::Least(a, b) };
                    return Ok(Register::Int(self.put_int(op), of));
                }
            }
            _ => {}
        }
        let gives = gives(builtin).ok_or_else(|| format!("the function `{}`", builtin.name))?;
        let mut arguments = Vec::new();
        for (id, slot) in ids.iter().zip(slots) {
            let constant = match self.program.code_of.node(*id) {
                Node::Constant(index) => self.program.code_of.constants.get(index as usize).cloned(),
                Node::Truth(truth) => Some(Value::Boolean(truth)),
                _ => None,
            };
            arguments.push(match (constant, slot) {
                (Some(value), _) => Argument::Constant(value),
                (None, Some(slot)) => Argument::Fact(slot),
                (None, None) => match self.node(*id)? {
                    Register::Int(int, of) => Argument::Int(int, of),
                    Register::Truth(truth) => Argument::Truth(truth),
                    Register::Null => Argument::Constant(Value::Null),
                    Register::Unknown => return Ok(Register::Unknown),
                },
            });
        }
        let call = Call { builtin, arguments, gives };
        Ok(match gives {
            Gives::Truth => Register::Truth(self.put_truth(TruthOp::Call(call))),
            Gives::Int(of) => Register::Int(self.put_int(IntOp::Call(call)), of),
        })
    }

    /// The value of a table.
    fn table_value(&mut self, index: u32) -> Result<Register, Why> {
        let place = self.table(index)?;
        let table = self.program.code_of.tables.get(index as usize).ok_or("an unknown table")?;
        let mut outputs: Vec<Register> = Vec::new();
        for row in &table.rows {
            let [only] = row.outputs[..] else { return Err("a table of several outputs".to_owned()) };
            outputs.push(self.node(only)?);
        }
        outputs.push(match table.otherwise {
            Some(node) => self.node(node)?,
            None => Register::Null,
        });
        // Truths are picked as 0 and 1.
        let is_truth = outputs.iter().any(|output| matches!(output, Register::Truth(_)));
        let mut of = None;
        for output in &outputs {
            of = match (of, output) {
                (of, Register::Null | Register::Unknown) => of,
                (None, Register::Int(_, one)) => Some(*one),
                (Some(Of::Number(a)), Register::Int(_, Of::Number(b))) => Some(Of::Number(a.max(*b))),
                (Some(a), Register::Int(_, b)) if a == *b => Some(a),
                (None, Register::Truth(_)) => None,
                _ => return Err("a table whose outputs are of several types".to_owned()),
            };
        }
        if is_truth && of.is_some() {
            return Err("a table whose outputs are of several types".to_owned());
        }
        let of = of.unwrap_or(Of::Number(0));
        let mut picked = Vec::new();
        for output in outputs {
            picked.push(match output {
                Register::Null => Picked::Null,
                Register::Unknown => Picked::Unknown,
                Register::Truth(truth) => match self.kernels.truths.get(truth.0 as usize) {
                    Some(TruthOp::Constant(truth)) => Picked::Constant(i64::from(*truth)),
                    _ => return Err("a table that gives truths which are worked out".to_owned()),
                },
                Register::Int(int, one) => {
                    let int = match (one, of) {
                        (Of::Number(scale), Of::Number(wanted)) => self.at_scale(int, scale, wanted)?,
                        _ => int,
                    };
                    match self.kernels.ints.get(int.0 as usize) {
                        Some(IntOp::Constant(Some(constant))) => Picked::Constant(*constant),
                        Some(IntOp::Constant(None)) => Picked::Null,
                        Some(IntOp::Unknown) => Picked::Unknown,
                        _ => Picked::Register(int),
                    }
                }
            });
        }
        let int = self.put_int(IntOp::Pick(place, picked));
        Ok(if is_truth { Register::Truth(self.put_truth(TruthOp::NonZero(int))) } else { Register::Int(int, of) })
    }

    /// The rows of a table.
    pub fn table(&mut self, index: u32) -> Result<TableId, Why> {
        if let Some(known) = self.tables.get(&index) {
            return known.clone();
        }
        let made = self.made_table(index);
        self.tables.insert(index, made.clone());
        made
    }

    fn made_table(&mut self, index: u32) -> Result<TableId, Why> {
        let table = self.program.code_of.tables.get(index as usize).ok_or("an unknown table")?;
        if !matches!(table.hit, HitPolicy::Unique | HitPolicy::Any | HitPolicy::First) {
            return Err("a table of which several rows count".to_owned());
        }
        if table.rows.iter().any(|row| !row.beyond_index.is_empty()) || table.rows.len() >= usize::from(NO_ROW) {
            return Err("a table with tests that its index does not answer".to_owned());
        }
        let mut inputs: Vec<(usize, Input)> = Vec::new();
        let mut places = 1usize;
        for (at, input) in table.inputs.iter().enumerate() {
            let axis = input.axis.as_ref().ok_or("a table with an input that cannot be indexed")?;
            let from = match (input.slot, axis) {
                (Some(slot), IndexAxis::Codes(_) | IndexAxis::Boolean) => Segments::Slot(slot),
                (_, IndexAxis::Boolean) => Segments::Truth(self.truth(input.node)?),
                (_, IndexAxis::Codes(codes)) => match self.int(input.node)? {
                    (int, Of::Text) => {
                        let at = |text: &Arc<str>| codes.iter().position(|code| code == text).unwrap_or(codes.len()) as u16;
                        Segments::Texts(int, self.kernels.texts.iter().map(at).collect())
                    }
                    _ => return Err("a table input of another type".to_owned()),
                },
                (_, IndexAxis::Days { points }) => match self.int(input.node)? {
                    (int, Of::Day) => Segments::Points(int, points.clone()),
                    _ => return Err("a table input of another type".to_owned()),
                },
                (_, IndexAxis::Numbers { points, .. }) if points.is_empty() => match self.node(input.node)? {
                    Register::Int(int, _) => Segments::Points(int, Vec::new()),
                    _ => return Err("a table input of another type".to_owned()),
                },
                (_, IndexAxis::Numbers { scale, points }) => {
                    let (int, of) = self.number(input.node)?;
                    let wanted = of.max(*scale);
                    let int = self.at_scale(int, of, wanted)?;
                    let points = points.iter().map(|point| point.checked_mul(10i64.checked_pow(u32::from(wanted - scale))?)).collect::<Option<_>>();
                    Segments::Points(int, points.ok_or("a table with too large a number")?)
                }
            };
            let segments = axis.segments();
            inputs.push((at, Input { from, segments: segments as u16, stride: places as u16 }));
            places = places.saturating_mul(segments + 1);
            if places > MOST_PLACES {
                return Err("a table with too many combinations".to_owned());
            }
        }
        let mut of_input = vec![0usize; table.inputs.len()];
        let rows = (0..places).map(|place| {
            for (at, input) in &inputs {
                if let Some(segment) = of_input.get_mut(*at) {
                    *segment = place / usize::from(input.stride) % (usize::from(input.segments) + 1);
                }
            }
            first_row(table, &of_input).unwrap_or(NO_ROW)
        });
        let rows = rows.collect();
        let inputs = inputs.into_iter().map(|(_, input)| input).collect();
        self.kernels.tables.push(TableOp { inputs, rows });
        Ok(TableId(self.kernels.tables.len() as u32 - 1))
    }
}

/// The first row that the index finds at some segments.
fn first_row(table: &TableCode, segments: &[usize]) -> Option<u16> {
    let segment = |input: u16| segments.get(usize::from(input)).copied().unwrap_or(0);
    let mut chain: &[Index] = std::slice::from_ref(&table.index);
    while let Some((first, rest)) = chain.split_first() {
        let mut index = first;
        while let Index::Split { input, starts, parts, children } = index {
            match parts.get(run_of(starts, segment(*input))).and_then(|part| children.get(*part as usize)) {
                Some(part) => index = part,
                None => break,
            }
        }
        match index {
            Index::Chain(more) if rest.is_empty() => {
                chain = more;
                continue;
            }
            Index::Leaf { rows, masks } => {
                let mut mask = if rows.is_empty() { 0 } else { u64::MAX >> (64 - rows.len().min(64)) };
                for leaf in masks {
                    mask &= leaf.masks.get(run_of(&leaf.starts, segment(leaf.input))).copied().unwrap_or(0);
                }
                if mask != 0 {
                    return rows.get(mask.trailing_zeros() as usize).map(|row| *row as u16);
                }
            }
            Index::Chain(_) | Index::Split { .. } => {}
        }
        chain = rest;
    }
    None
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

/// What to multiply with instead of dividing by `divisor / 10^scale`, and the decimal places that adds; `None` where a
/// quotient may not end.
fn inverse(divisor: i64, scale: u8) -> Option<(i64, u8)> {
    let divisor = if divisor > 0 { divisor } else { return None };
    let mut numerator = 10i64.checked_pow(u32::from(scale))?;
    let mut places = 0;
    while numerator % divisor != 0 {
        numerator = numerator.checked_mul(10)?;
        places += 1;
        if places > MOST_PLACES_BEHIND {
            return None;
        }
    }
    Some((numerator / divisor, places))
}

/// The days of a duration that has nothing but days, and not too many.
fn whole_days(span: &DaysDuration) -> Option<i64> {
    let days = i64::try_from(span.days()).ok().filter(|days| days.abs() <= MOST_DAYS)?;
    (DaysDuration::from_days(days) == *span).then_some(days)
}

/// What a function gives that is called row after row.
fn gives(builtin: &Builtin) -> Option<Gives> {
    Some(match builtin.name {
        "same name" | "personal id is valid" | "starts with" | "ends with" | "contains" | "is working day" | "matches" => Gives::Truth,
        "personal id sex" | "personal id province" => Gives::Int(Of::Text),
        "personal id birth year" | "working days between" | "string length" | "age" => Gives::Int(Of::Number(0)),
        "next working day" | "roll to working day" | "add working days" => Gives::Int(Of::Day),
        _ => return None,
    })
}
