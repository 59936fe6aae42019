//! Many values made one. Each takes a list, or the elements as arguments.

use std::cmp::Ordering;

use super::super::Env;
use crate::value::{Decimal, Value, compare, sorted};

/// The elements of the only argument if it is a list, else the arguments.
fn items(arguments: &[Value]) -> &[Value] {
    match arguments {
        [Value::List(list)] => list,
        items => items,
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

fn length(items: &[Value]) -> Option<Decimal> {
    Some(Decimal::from_i64(i64::try_from(items.len()).ok()?))
}

pub(super) fn count(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    length(items(arguments)).map(Value::Number)
}

pub(super) fn smallest(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    extreme(items(arguments), Ordering::Less)
}

pub(super) fn largest(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    extreme(items(arguments), Ordering::Greater)
}

fn extreme(items: &[Value], wanted: Ordering) -> Option<Value> {
    let (first, rest) = items.split_first()?;
    // Refuses a single value that has no order.
    compare(first, first)?;
    let mut best = first;
    for value in rest {
        if compare(value, best)? == wanted {
            best = value;
        }
    }
    Some(best.clone())
}

fn total(items: &[Value]) -> Option<Decimal> {
    let (first, rest) = items.split_first()?;
    rest.iter().try_fold(number(first)?, |sum, value| sum.checked_add(number(value)?))
}

pub(super) fn sum(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    total(items(arguments)).map(Value::Number)
}

pub(super) fn mean(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let items = items(arguments);
    total(items)?.checked_div(length(items)?).map(Value::Number)
}

pub(super) fn product(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let (first, rest) = items(arguments).split_first()?;
    rest.iter().try_fold(number(first)?, |product, value| product.checked_mul(number(value)?)).map(Value::Number)
}

pub(super) fn median(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let numbers = sorted(items(arguments).iter().map(number).collect::<Option<Vec<Decimal>>>()?);
    let upper = *numbers.get(numbers.len() / 2)?;
    if numbers.len() % 2 == 1 {
        return Some(Value::Number(upper));
    }
    let lower = *numbers.get(numbers.len() / 2 - 1)?;
    lower.checked_add(upper)?.checked_div(Decimal::from_i64(2)).map(Value::Number)
}

pub(super) fn all(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    decided(items(arguments), false)
}

pub(super) fn any(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    decided(items(arguments), true)
}

/// `decisive` if any element is; its opposite if all others are booleans; else null.
fn decided(items: &[Value], decisive: bool) -> Option<Value> {
    if items.contains(&Value::Boolean(decisive)) {
        return Some(Value::Boolean(decisive));
    }
    let known = items.iter().all(|value| matches!(value, Value::Boolean(_)));
    known.then_some(Value::Boolean(!decisive))
}
