//! Comparisons, arithmetic and choices to operations.

use super::{Lowering, MOST_PLACES_BEHIND, Register, Why};
use crate::columns::ops::{IntId, IntOp, Of, TruthOp};
use crate::compile::program::{Node, NodeId};
use crate::feel::ast::{ArithmeticOp, CompareOp};
use crate::value::Value;

impl Lowering<'_> {
    /// Two numbers at the same decimal places.
    fn same_scale(&mut self, (a, of_a): (IntId, u8), (b, of_b): (IntId, u8)) -> Result<(IntId, IntId, u8), Why> {
        let scale = of_a.max(of_b);
        Ok((self.at_scale(a, of_a, scale)?, self.at_scale(b, of_b, scale)?, scale))
    }

    /// Two integers that stand for the same.
    pub fn alike(&mut self, (a, of_a): (IntId, Of), (b, of_b): (IntId, Of)) -> Result<(IntId, IntId, Of), Why> {
        match (of_a, of_b) {
            (Of::Number(of_a), Of::Number(of_b)) => {
                let (a, b, scale) = self.same_scale((a, of_a), (b, of_b))?;
                Ok((a, b, Of::Number(scale)))
            }
            (of_a, of_b) if of_a == of_b => Ok((a, b, of_a)),
            _ => Err("values of different types".to_owned()),
        }
    }

    pub fn compare(&mut self, op: CompareOp, left: NodeId, right: NodeId) -> Result<Register, Why> {
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

    pub fn one_of(&mut self, of: NodeId, among: &[Value]) -> Result<Register, Why> {
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

    pub fn inside(&mut self, of: NodeId, wanted: NodeId) -> Result<Register, Why> {
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

    pub fn arithmetic(&mut self, op: ArithmeticOp, left: NodeId, right: NodeId) -> Result<Register, Why> {
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

    pub fn choose(&mut self, condition: NodeId, then: NodeId, otherwise: NodeId) -> Result<Register, Why> {
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
