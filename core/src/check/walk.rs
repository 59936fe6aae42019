//! The parts of procedures and of typed expressions.

use super::typed::{Expr, Kind, Message, MessagePart, TypedFeeBase, TypedProcedure, TypedReductionKind};
use crate::model::Interval;

/// The expressions of all elements, each with the days of its element within those of the procedure. Definitions are reached
/// through what uses them; messages are [`messages`].
pub(super) fn roots(procedure: &TypedProcedure) -> Vec<(&Expr, Interval)> {
    let mut roots: Vec<(&Expr, Interval)> = Vec::new();
    for condition in procedure.eligibility.iter().chain(&procedure.identity) {
        roots.extend(condition.when.iter().chain([&condition.require]).map(|expr| (expr, condition.interval)));
    }
    for document in &procedure.documents {
        roots.extend(document.when.iter().chain(&document.reuse).map(|expr| (expr, document.interval)));
    }
    for fee in &procedure.fees {
        roots.extend([&fee.when, &fee.floor, &fee.cap, &fee.times].into_iter().flatten().map(|expr| (expr, fee.interval)));
        match &fee.base {
            TypedFeeBase::Amount(amount) => roots.push((amount, fee.interval)),
            TypedFeeBase::Tiers(of, steps) => {
                roots.push((of, fee.interval));
                roots.extend(steps.iter().flat_map(|(up_to, rate)| up_to.iter().chain([rate])).map(|expr| (expr, fee.interval)));
            }
            TypedFeeBase::Unknown(_) => {}
        }
        for reduction in &fee.reductions {
            let (TypedReductionKind::To(amount) | TypedReductionKind::Percent(amount) | TypedReductionKind::Off(amount)) = &reduction.kind;
            roots.extend(reduction.when.iter().chain([amount]).chain(&reduction.max_off).map(|expr| (expr, reduction.interval)));
        }
    }
    for deadline in &procedure.deadline {
        roots.extend(deadline.when.iter().chain(&deadline.not_before).chain(&deadline.extension).map(|expr| (expr, deadline.interval)));
    }
    roots.extend(procedure.steps.iter().flat_map(|step| step.when.iter().map(|when| (when, step.interval))));
    roots.extend(procedure.apology.iter().flat_map(|apology| apology.when.iter().map(|when| (when, apology.interval))));
    roots.extend(procedure.declarations.iter().flat_map(|one| one.when.iter().map(|when| (when, one.interval))));
    for link in &procedure.linked {
        roots.extend(link.when.iter().map(|expr| (expr, link.interval)));
        for limit in &link.limit {
            let days = limit.interval.intersect(&link.interval);
            roots.extend(limit.when.iter().chain(&limit.not_before).chain(&limit.extension).map(|expr| (expr, days)));
        }
    }
    for result in &procedure.results {
        let versions = procedure.definitions.get(usize::from(*result)).into_iter().flat_map(|definition| &definition.versions);
        roots.extend(versions.filter_map(|version| Some((version.body.as_ref().ok()?, version.interval))));
    }
    roots.iter_mut().for_each(|(_, interval)| *interval = interval.intersect(&procedure.interval));
    roots
}

/// The expressions in messages.
pub(super) fn messages(procedure: &TypedProcedure) -> impl Iterator<Item = &Expr> {
    let messages = procedure.eligibility.iter().chain(&procedure.identity).map(|condition| &condition.message);
    messages.flat_map(|Message { vi, en }| vi.iter().chain(en)).filter_map(|part| match part {
        MessagePart::Value(expr) => Some(expr),
        MessagePart::Text(_) => None,
    })
}

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

/// Calls `each` with every part of an expression, to change it.
pub(super) fn children_mut(expr: &mut Expr, each: &mut dyn FnMut(&mut Expr)) {
    match &mut expr.kind {
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
        Kind::And(parts) | Kind::Or(parts) | Kind::List(parts) | Kind::Call(_, parts) => parts.iter_mut().for_each(each),
        Kind::For(iterations, body) | Kind::Quantified(_, iterations, body) => {
            for iteration in iterations {
                each(&mut iteration.from);
                iteration.to.iter_mut().for_each(&mut *each);
            }
            each(body);
        }
        Kind::Context(entries) => entries.iter_mut().for_each(|(_, _, value)| each(value)),
        Kind::Range(low, _, high, _) => low.iter_mut().chain(high).for_each(|end| each(end)),
        Kind::Invoke(function, arguments) => {
            each(function);
            arguments.iter_mut().for_each(each);
        }
        Kind::Table(table) => {
            table.inputs.iter_mut().chain(&mut table.otherwise).for_each(&mut *each);
            for row in &mut table.rows {
                row.tests.iter_mut().flatten().chain(&mut row.outputs).for_each(&mut *each);
            }
        }
    }
}
