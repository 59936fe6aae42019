//! The parts of typed expressions.

use super::typed::{Expr, Kind};

/// Calls `each` with every part of an expression.
pub(crate) fn children<'e>(expr: &'e Expr, each: &mut dyn FnMut(&'e Expr)) {
    match &expr.kind {
        Kind::Constant(_) | Kind::Fact(_) | Kind::Parameter(_) | Kind::Definition(_) | Kind::Moment(_) | Kind::Local(_) => {}
        Kind::Member(of, _) | Kind::Members(of, _) | Kind::Property(of, _) | Kind::Not(of) | Kind::IsNull(of) | Kind::OneOf(of, _)
        | Kind::Negate(of) | Kind::InstanceOf(of, _) | Kind::Function(_, of) => each(of),
        Kind::Let(_, a, b) | Kind::At(a, b) | Kind::Filter(a, _, b) | Kind::Compare(_, a, b) | Kind::Arithmetic(_, a, b) | Kind::Inside(a, b) => {
            each(a);
            each(b);
        }
        Kind::If(a, b, c) => {
            each(a);
            each(b);
            each(c);
        }
        Kind::And(parts) | Kind::Or(parts) | Kind::List(parts) | Kind::Call(_, parts) => parts.iter().for_each(each),
        Kind::For(iterations, body) | Kind::Quantified(_, iterations, body) => {
            for iteration in iterations {
                each(&iteration.from);
                iteration.to.iter().for_each(&mut *each);
            }
            each(body);
        }
        Kind::Context(entries) => entries.iter().for_each(|(_, _, value)| each(value)),
        Kind::Range(low, _, high, _) => low.iter().chain(high).for_each(|end| each(end)),
        Kind::Invoke(function, arguments) => {
            each(function);
            arguments.iter().for_each(each);
        }
        Kind::Table(table) => {
            table.inputs.iter().chain(&table.otherwise).for_each(&mut *each);
            for row in &table.rows {
                row.tests.iter().flatten().chain(&row.outputs).for_each(&mut *each);
            }
        }
    }
}
