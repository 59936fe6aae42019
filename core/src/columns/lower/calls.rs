//! Functions to operations, or to calls row after row.

use super::{Lowering, Register, Why};
use crate::builtins::Builtin;
use crate::columns::ops::{Argument, Call, Gives, IntOp, Of, TruthOp};
use crate::compile::program::{Layout, List, Node, Slot};
use crate::value::Value;

impl Lowering<'_> {
    pub fn call(&mut self, builtin: &'static Builtin, list: List) -> Result<Register, Why> {
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
