//! The syntax tree to text: one canonical way of writing each tree, with no bracket too many.

use std::fmt::Write as _;

use super::ast::{
    Arguments, AtLiteral, BinaryOp, CompareOp, Entry, Expr, ExprKind, Iteration, Parameter, Quantifier, RangeExpr,
    TypeExpr, TypeExprKind,
};
use super::names::is_written_name;
use super::precedence::Level;

/// The text of an expression.
///
/// With the same names declared, [`parse`](super::parse) reads it to the same tree, spans aside, unless a
/// declared name looks like an operation: where `a - b` is a name, no other tree can be written so.
#[must_use]
pub fn format(expr: &Expr) -> String {
    let mut out = Writer(String::new());
    out.expr(expr, Level::Whole);
    out.0
}

/// The text of the unary tests of a table cell; [`parse_tests`](super::parse_tests) reads it to the same tree.
#[must_use]
pub fn format_tests(tests: &Expr) -> String {
    let mut out = Writer(String::new());
    match &tests.kind {
        // Without the parentheses it would be the `not` of unary tests.
        ExprKind::Tests(only) if only.iter().all(is_call_of_not) && only.len() == 1 => {
            out.bracketed("(", only, ")");
        }
        ExprKind::Tests(tests) => out.list(tests),
        _ => out.expr(tests, Level::Whole),
    }
    out.0
}

fn is_call_of_not(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Call(function, _) if matches!(&function.kind, ExprKind::Name(name) if &**name == "not"))
}

struct Writer(String);

impl Writer {
    /// `expr` where only what binds at least as tightly as `least` stands without parentheses.
    fn expr(&mut self, expr: &Expr, least: Level) {
        if level(&expr.kind) < least {
            self.push("(");
            self.kind(&expr.kind);
            self.push(")");
        } else {
            self.kind(&expr.kind);
        }
    }

    fn kind(&mut self, kind: &ExprKind) {
        match kind {
            ExprKind::Null => self.push("null"),
            ExprKind::Boolean(value) => self.push(if *value { "true" } else { "false" }),
            ExprKind::Number(number) => self.display(number),
            ExprKind::Text(text) => self.text(text),
            ExprKind::At(literal) => self.at(literal),
            ExprKind::Name(name) => self.push(name),
            ExprKind::Any => self.push("-"),
            ExprKind::Input => self.push("?"),
            ExprKind::Path(of, step) => {
                self.expr(of, Level::Postfix);
                self.push(".");
                self.push(&step.name);
            }
            ExprKind::Filter(list, condition) => self.filter(list, condition),
            ExprKind::Negate(operand) => {
                self.push("-");
                self.expr(operand, Level::Negate);
            }
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right),
            ExprKind::Between(value, low, high) => {
                self.expr(value, Level::Compare);
                self.push(" between ");
                self.expr(low, Level::Add);
                self.push(" and ");
                self.expr(high, Level::Add);
            }
            ExprKind::In(value, tests) => self.is_in(value, tests),
            ExprKind::InstanceOf(value, of) => {
                self.expr(value, Level::InstanceOf);
                self.push(" instance of ");
                self.type_expr(of);
            }
            ExprKind::If(condition, then, other) => {
                self.push("if ");
                self.expr(condition, Level::Whole);
                self.push(" then ");
                self.expr(then, Level::Whole);
                self.push(" else ");
                self.expr(other, Level::Whole);
            }
            ExprKind::For(iterations, body) => self.iterations("for ", iterations, " return ", body),
            ExprKind::Quantified(Quantifier::Some, iterations, body) => {
                self.iterations("some ", iterations, " satisfies ", body);
            }
            ExprKind::Quantified(Quantifier::Every, iterations, body) => {
                self.iterations("every ", iterations, " satisfies ", body);
            }
            ExprKind::List(items) => self.bracketed("[", items, "]"),
            ExprKind::Context(entries) => self.context(entries),
            ExprKind::Function(parameters, body) => self.function(parameters, body),
            ExprKind::Call(function, arguments) => self.call(function, arguments),
            ExprKind::Range(range) => self.range(range),
            ExprKind::Comparison(op, end) => self.comparison(*op, end),
            ExprKind::NotTests(tests) => self.bracketed("not(", tests, ")"),
            ExprKind::Tests(tests) => self.list(tests),
        }
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr) {
        // `a instance of list < b` would go on as `list<b>`.
        let opens_generic = op == BinaryOp::Compare(CompareOp::Less) && ends_in_bare_generic(left);
        self.expr(left, if opens_generic { Level::Primary } else { op.level() });
        self.push(" ");
        self.push(op.symbol());
        self.push(" ");
        self.expr(right, op.level().tighter());
    }

    fn filter(&mut self, list: &Expr, condition: &Expr) {
        self.expr(list, Level::Postfix);
        self.push("[");
        // A `[` before a comparison sign would close a range.
        let comparison = matches!(condition.kind, ExprKind::Comparison(..));
        self.expr(condition, if comparison { Level::Or } else { Level::Whole });
        self.push("]");
    }

    fn is_in(&mut self, value: &Expr, tests: &[Expr]) {
        self.expr(value, Level::Compare);
        self.push(" in ");
        match tests {
            [Expr { kind: ExprKind::Comparison(op, end), .. }] => self.comparison(*op, end),
            [test] => self.expr(test, Level::Add),
            tests => self.bracketed("(", tests, ")"),
        }
    }

    fn comparison(&mut self, op: CompareOp, end: &Expr) {
        self.push(op.symbol());
        self.push(" ");
        self.expr(end, Level::Add);
    }

    fn iterations(&mut self, word: &str, iterations: &[Iteration], before_body: &str, body: &Expr) {
        let mut before = word;
        for iteration in iterations {
            self.push(before);
            self.push(&iteration.name.name);
            self.push(" in ");
            self.expr(&iteration.from, Level::Whole);
            if let Some(to) = &iteration.to {
                self.push("..");
                self.expr(to, Level::Whole);
            }
            before = ", ";
        }
        self.push(before_body);
        self.expr(body, Level::Whole);
    }

    fn range(&mut self, range: &RangeExpr) {
        self.push(if range.low_included { "[" } else { "(" });
        self.expr(&range.low, Level::Whole);
        self.push("..");
        self.expr(&range.high, Level::Whole);
        self.push(if range.high_included { "]" } else { ")" });
    }

    fn context(&mut self, entries: &[Entry]) {
        self.push("{");
        for (i, entry) in entries.iter().enumerate() {
            self.push(if i == 0 { "" } else { ", " });
            if is_written_name(&entry.key.name) {
                self.push(&entry.key.name);
            } else {
                self.text(&entry.key.name);
            }
            self.push(": ");
            self.expr(&entry.value, Level::Whole);
        }
        self.push("}");
    }

    fn function(&mut self, parameters: &[Parameter], body: &Expr) {
        self.push("function(");
        for (i, parameter) in parameters.iter().enumerate() {
            self.push(if i == 0 { "" } else { ", " });
            self.push(&parameter.name.name);
            if let Some(of) = &parameter.of {
                self.push(": ");
                self.type_expr(of);
            }
        }
        self.push(") ");
        self.expr(body, Level::Whole);
    }

    fn call(&mut self, function: &Expr, arguments: &Arguments) {
        self.expr(function, Level::Postfix);
        match arguments {
            Arguments::Positional(values) => self.bracketed("(", values, ")"),
            Arguments::Named(values) => {
                let mut before = "(";
                for (name, value) in values {
                    self.push(before);
                    self.push(&name.name);
                    self.push(": ");
                    self.expr(value, Level::Whole);
                    before = ", ";
                }
                self.push(if values.is_empty() { "()" } else { ")" });
            }
        }
    }

    fn bracketed(&mut self, open: &str, items: &[Expr], close: &str) {
        self.push(open);
        self.list(items);
        self.push(close);
    }

    fn list(&mut self, items: &[Expr]) {
        for (i, item) in items.iter().enumerate() {
            self.push(if i == 0 { "" } else { ", " });
            self.expr(item, Level::Whole);
        }
    }

    fn type_expr(&mut self, of: &TypeExpr) {
        match &of.kind {
            TypeExprKind::Named(name) => self.push(name),
            TypeExprKind::List(of) => self.generic("list<", of),
            TypeExprKind::Range(of) => self.generic("range<", of),
            TypeExprKind::Context(members) => {
                self.push("context<");
                for (i, (name, of)) in members.iter().enumerate() {
                    self.push(if i == 0 { "" } else { ", " });
                    self.push(name);
                    self.push(": ");
                    self.type_expr(of);
                }
                self.push(">");
            }
            TypeExprKind::Function(parameters, result) => {
                self.push("function<");
                for (i, parameter) in parameters.iter().enumerate() {
                    self.push(if i == 0 { "" } else { ", " });
                    self.type_expr(parameter);
                }
                self.push("> -> ");
                self.type_expr(result);
            }
        }
    }

    fn generic(&mut self, open: &str, of: &TypeExpr) {
        self.push(open);
        self.type_expr(of);
        self.push(">");
    }

    fn at(&mut self, literal: &AtLiteral) {
        self.push("@\"");
        match literal {
            AtLiteral::Date(date) => self.display(date),
            AtLiteral::Time(time) => self.display(time),
            AtLiteral::DateTime(date_time) => self.display(date_time),
            AtLiteral::Days(duration) => self.display(duration),
            AtLiteral::Months(duration) => self.display(duration),
        }
        self.push("\"");
    }

    fn text(&mut self, text: &str) {
        self.push("\"");
        for c in text.chars() {
            match c {
                '"' => self.push("\\\""),
                '\\' => self.push("\\\\"),
                '\n' => self.push("\\n"),
                '\r' => self.push("\\r"),
                '\t' => self.push("\\t"),
                c if c.is_control() => self.display(&format_args!("\\u{:04X}", u32::from(c))),
                c => self.0.push(c),
            }
        }
        self.push("\"");
    }

    fn display(&mut self, value: &impl std::fmt::Display) {
        // Writing to a `String` cannot fail.
        let _ = write!(self.0, "{value}");
    }

    fn push(&mut self, text: &str) {
        self.0.push_str(text);
    }
}

/// How tightly the text of a node holds together.
fn level(kind: &ExprKind) -> Level {
    match kind {
        ExprKind::If(..) | ExprKind::For(..) | ExprKind::Quantified(..) | ExprKind::Function(..) => Level::Whole,
        ExprKind::Comparison(..) | ExprKind::Tests(_) | ExprKind::Any => Level::Whole,
        ExprKind::Binary(op, ..) => op.level(),
        ExprKind::Between(..) | ExprKind::In(..) => Level::Compare,
        ExprKind::Negate(_) => Level::Negate,
        // Only a calculated number is negative; as text it is a negation.
        ExprKind::Number(number) if number.is_negative() => Level::Negate,
        ExprKind::InstanceOf(..) => Level::InstanceOf,
        ExprKind::Path(..) | ExprKind::Filter(..) | ExprKind::Call(..) => Level::Postfix,
        _ => Level::Primary,
    }
}

/// Whether the text of `expr` ends in `instance of list` or another type that `<` would go on.
fn ends_in_bare_generic(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::InstanceOf(_, of) => is_bare_generic(of),
        ExprKind::Binary(_, _, last) | ExprKind::Between(_, _, last) | ExprKind::Negate(last) => {
            ends_in_bare_generic(last)
        }
        ExprKind::In(_, tests) => tests.last().is_some_and(ends_in_bare_generic),
        ExprKind::Comparison(_, last) => ends_in_bare_generic(last),
        _ => false,
    }
}

fn is_bare_generic(of: &TypeExpr) -> bool {
    match &of.kind {
        TypeExprKind::Named(name) => matches!(&**name, "list" | "range" | "context" | "function"),
        TypeExprKind::Function(_, result) => is_bare_generic(result),
        _ => false,
    }
}
