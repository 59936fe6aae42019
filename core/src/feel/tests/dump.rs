//! A tree as an s-expression: all of it but the spans, so that equal dumps are equal trees.

use crate::feel::ast::{Arguments, AtLiteral, Expr, ExprKind, Iteration, Quantifier, TypeExpr, TypeExprKind};

pub(super) fn dump(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Boolean(value) => value.to_string(),
        ExprKind::Number(number) => number.to_string(),
        ExprKind::Text(text) => format!("{text:?}"),
        ExprKind::At(AtLiteral::Date(value)) => format!("@date:{value}"),
        ExprKind::At(AtLiteral::Time(value)) => format!("@time:{value}"),
        ExprKind::At(AtLiteral::DateTime(value)) => format!("@date-time:{value}"),
        ExprKind::At(AtLiteral::Days(value)) => format!("@days:{value}"),
        ExprKind::At(AtLiteral::Months(value)) => format!("@months:{value}"),
        ExprKind::Name(name) => word(name),
        ExprKind::Path(of, step) => format!("(. {} {})", dump(of), word(&step.name)),
        ExprKind::Filter(list, condition) => format!("(filter {} {})", dump(list), dump(condition)),
        ExprKind::Negate(operand) => format!("(- {})", dump(operand)),
        ExprKind::Binary(op, left, right) => format!("({} {} {})", op.symbol(), dump(left), dump(right)),
        ExprKind::Between(value, low, high) => format!("(between {} {} {})", dump(value), dump(low), dump(high)),
        ExprKind::In(value, tests) => format!("(in {}{})", dump(value), all(tests)),
        ExprKind::InstanceOf(value, of) => format!("(instance-of {} {})", dump(value), dump_type(of)),
        ExprKind::If(condition, then, other) => format!("(if {} {} {})", dump(condition), dump(then), dump(other)),
        ExprKind::For(over, body) => format!("(for {}{})", iterations(over), dump(body)),
        ExprKind::Quantified(Quantifier::Some, over, body) => format!("(some {}{})", iterations(over), dump(body)),
        ExprKind::Quantified(Quantifier::Every, over, body) => format!("(every {}{})", iterations(over), dump(body)),
        ExprKind::List(items) => format!("(list{})", all(items)),
        ExprKind::Context(entries) => {
            let entries = entries.iter().map(|entry| format!(" ({:?} {})", entry.key.name, dump(&entry.value)));
            format!("(context{})", entries.collect::<String>())
        }
        ExprKind::Function(parameters, body) => {
            let parameters = parameters.iter().map(|parameter| {
                let of = parameter.of.as_ref().map(|of| format!(":{}", dump_type(of))).unwrap_or_default();
                format!("{}{of} ", word(&parameter.name.name))
            });
            format!("(function [{}] {})", parameters.collect::<String>().trim_end(), dump(body))
        }
        ExprKind::Call(function, Arguments::Positional(values)) => format!("(call {}{})", dump(function), all(values)),
        ExprKind::Call(function, Arguments::Named(values)) => {
            let values = values.iter().map(|(name, value)| format!(" {}:{}", word(&name.name), dump(value)));
            format!("(call {}{})", dump(function), values.collect::<String>())
        }
        ExprKind::Range(range) => {
            let open = if range.low_included { '[' } else { '(' };
            let close = if range.high_included { ']' } else { ')' };
            format!("{open}{}..{}{close}", dump(&range.low), dump(&range.high))
        }
        ExprKind::Comparison(op, end) => format!("({} {})", op.symbol(), dump(end)),
        ExprKind::Any => "any".to_owned(),
        ExprKind::NotTests(tests) => format!("(not-tests{})", all(tests)),
        ExprKind::Tests(tests) => format!("(tests{})", all(tests)),
        ExprKind::Input => "?".to_owned(),
    }
}

fn all(items: &[Expr]) -> String {
    items.iter().map(|item| format!(" {}", dump(item))).collect()
}

fn iterations(over: &[Iteration]) -> String {
    let one = |iteration: &Iteration| {
        let to = iteration.to.as_ref().map(|to| format!("..{}", dump(to))).unwrap_or_default();
        format!("({} {}{to}) ", word(&iteration.name.name), dump(&iteration.from))
    };
    over.iter().map(one).collect()
}

/// A name; in bars unless it is one plain word.
fn word(name: &str) -> String {
    if name.chars().all(char::is_alphanumeric) { name.to_owned() } else { format!("|{name}|") }
}

fn dump_type(of: &TypeExpr) -> String {
    match &of.kind {
        TypeExprKind::Named(name) => word(name),
        TypeExprKind::List(of) => format!("(list {})", dump_type(of)),
        TypeExprKind::Range(of) => format!("(range {})", dump_type(of)),
        TypeExprKind::Context(members) => {
            let members = members.iter().map(|(name, of)| format!(" {}:{}", word(name), dump_type(of)));
            format!("(context{})", members.collect::<String>())
        }
        TypeExprKind::Function(parameters, result) => {
            let parameters: Vec<String> = parameters.iter().map(dump_type).collect();
            format!("(function [{}] {})", parameters.join(" "), dump_type(result))
        }
    }
}
