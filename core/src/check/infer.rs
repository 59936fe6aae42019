//! Names and types of expressions. Strict: what would be a silent null in FEEL is a diagnostic here.

use std::sync::Arc;

use super::scope::{Global, Globals, Scope, type_of_value};
use super::typed::{Expr, FactId, Kind, Local, TypedIteration};
use crate::builtins;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::feel::ast::{self, ArithmeticOp, AtLiteral, BinaryOp, CompareOp, ExprKind, TypeExpr, TypeExprKind};
use crate::model::MomentName;
use crate::source::Span;
use crate::value::{Field, Type, Value};

/// What the checker of an expression asks of the procedure it belongs to.
pub(super) trait Declarations {
    fn globals(&self) -> &Globals;
    fn fact_type(&self, fact: FactId) -> Type;
    fn parameter_type(&self, parameter: u16) -> Type;
    /// The type of a definition, checked now if it has not been; `span` is where it is used.
    fn definition_type(&mut self, definition: u16, span: Span) -> Type;
    /// Notes that a rule uses a fact.
    fn uses(&mut self, fact: FactId);
    fn report(&mut self, diagnostic: Diagnostic);
    /// Which procedure it is, for messages.
    fn place(&self) -> String;
}

/// Checks one expression.
pub(super) struct Inference<'a, D: Declarations> {
    pub of: &'a mut D,
    pub scope: Scope,
    pub next_local: Local,
    /// The value that unary tests test.
    pub input: Option<Expr>,
}

impl<'a, D: Declarations> Inference<'a, D> {
    pub fn new(of: &'a mut D) -> Self {
        Inference { of, scope: Scope::default(), next_local: 0, input: None }
    }

    /// The typed expression.
    pub fn infer(&mut self, expr: &ast::Expr) -> Expr {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Null => constant(Value::Null, span),
            ExprKind::Boolean(truth) => constant(Value::Boolean(*truth), span),
            ExprKind::Number(number) => constant(Value::Number(*number), span),
            ExprKind::Text(text) => constant(Value::Text(text.clone()), span),
            ExprKind::At(literal) => constant(at_literal(literal), span),
            ExprKind::Name(name) => self.name(name, span),
            ExprKind::Path(of, member) => self.path(expr, of, member),
            ExprKind::Filter(list, condition) => self.filter(list, condition, span),
            ExprKind::Negate(of) => {
                let of = self.infer(of);
                self.want(&of, &[Type::Number, Type::Days, Type::Months]);
                let type_of = of.of.clone();
                Expr { kind: Kind::Negate(Box::new(of)), of: type_of, span }
            }
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right, span),
            ExprKind::Between(of, low, high) => {
                let of = self.infer(of);
                let (low, high) = (self.infer(low), self.infer(high));
                let at_least = self.compare(CompareOp::GreaterOrEqual, of.clone(), low, span);
                let at_most = self.compare(CompareOp::LessOrEqual, of, high, span);
                boolean(Kind::And(vec![at_least, at_most]), span)
            }
            ExprKind::In(of, tests) => {
                let of = self.infer(of);
                let parts = tests.iter().map(|test| self.test(test, &of)).collect();
                any_of(parts, span)
            }
            ExprKind::InstanceOf(of, wanted) => {
                let of = self.infer(of);
                let wanted = self.type_expr(wanted);
                boolean(Kind::InstanceOf(Box::new(of), wanted), span)
            }
            ExprKind::If(condition, then, otherwise) => self.choice(condition, then, otherwise, span),
            ExprKind::For(iterations, body) => {
                let (iterations, bound) = self.iterations(iterations);
                let body = self.infer(body);
                self.scope.unbind(bound);
                let of = Type::List(Box::new(body.of.clone()));
                Expr { kind: Kind::For(iterations, Box::new(body)), of, span }
            }
            ExprKind::Quantified(quantifier, iterations, body) => {
                let (iterations, bound) = self.iterations(iterations);
                let body = self.infer(body);
                self.want(&body, &[Type::Boolean]);
                self.scope.unbind(bound);
                boolean(Kind::Quantified(*quantifier, iterations, Box::new(body)), span)
            }
            ExprKind::List(items) => self.list(items, span),
            ExprKind::Context(entries) => self.context(entries, span),
            ExprKind::Function(parameters, body) => self.function(parameters, body, span),
            ExprKind::Call(callee, arguments) => self.call(callee, arguments, span),
            ExprKind::Range(range) => {
                let (low, high) = (self.infer(&range.low), self.infer(&range.high));
                let of = Type::Range(Box::new(low.of.join(&high.of)));
                let kind = Kind::Range(Some(Box::new(low)), range.low_included, Some(Box::new(high)), range.high_included);
                Expr { kind, of, span }
            }
            ExprKind::Comparison(op, bound) => self.open_range(*op, bound, span),
            ExprKind::Input => match &self.input {
                Some(input) => input.clone(),
                None => self.error(Diagnostic::new(Code::UnknownName, span, "`?` stands outside a unary test").label("tests nothing")),
            },
            ExprKind::Any | ExprKind::NotTests(_) | ExprKind::Tests(_) => {
                let problem = Diagnostic::new(Code::Syntax, span, "a unary test stands where an expression is wanted");
                self.error(problem.help("write `value in (test)`"))
            }
        }
    }

    /// A unary test of `input` as a boolean expression.
    pub fn test(&mut self, test: &ast::Expr, input: &Expr) -> Expr {
        let span = test.span;
        match &test.kind {
            ExprKind::Any => constant(Value::Boolean(true), span),
            ExprKind::Tests(tests) => {
                let parts = tests.iter().map(|test| self.test(test, input)).collect();
                any_of(parts, span)
            }
            ExprKind::NotTests(tests) => {
                let parts = tests.iter().map(|test| self.test(test, input)).collect();
                boolean(Kind::Not(Box::new(any_of(parts, span))), span)
            }
            ExprKind::Comparison(op, bound) => {
                let bound = self.infer(bound);
                self.guarded(input, |this, input| this.compare(*op, input, bound.clone(), span))
            }
            ExprKind::Range(range) => {
                let (low, high) = (self.infer(&range.low), self.infer(&range.high));
                let low_op = if range.low_included { CompareOp::GreaterOrEqual } else { CompareOp::Greater };
                let high_op = if range.high_included { CompareOp::LessOrEqual } else { CompareOp::Less };
                self.guarded(input, |this, input| {
                    let at_least = this.compare(low_op, input.clone(), low.clone(), span);
                    let at_most = this.compare(high_op, input, high.clone(), span);
                    boolean(Kind::And(vec![at_least, at_most]), span)
                })
            }
            _ => self.value_test(test, input),
        }
    }

    /// A test that is an expression: a condition on `?`, a list or a range to lie in, or a value to equal.
    fn value_test(&mut self, test: &ast::Expr, input: &Expr) -> Expr {
        let outer = self.input.replace(input.clone());
        let value = self.infer(test);
        self.input = outer;
        let span = test.span;
        if mentions_input(test) || (value.of == Type::Boolean && *input.of.without_null() != Type::Boolean && input.of != Type::Any) {
            self.want(&value, &[Type::Boolean]);
            return value;
        }
        match value.of.without_null() {
            Type::Range(_) | Type::List(_) if !matches!(input.of.without_null(), Type::List(_)) => {
                if let Kind::Constant(Value::List(items)) = &value.kind {
                    return boolean(Kind::OneOf(Box::new(input.clone()), items.to_vec()), span);
                }
                boolean(Kind::Inside(Box::new(input.clone()), Box::new(value)), span)
            }
            _ => self.compare(CompareOp::Equal, input.clone(), value, span),
        }
    }

    /// A test that needs a value: null does not pass it.
    fn guarded(&mut self, input: &Expr, test: impl FnOnce(&mut Self, Expr) -> Expr) -> Expr {
        if !input.of.can_be_null() || input.of == Type::Any {
            return test(self, input.clone());
        }
        let span = input.span;
        let certain = Expr { of: input.of.without_null().clone(), ..input.clone() };
        let tested = test(self, certain);
        let tested = replace(tested, input);
        let there = boolean(Kind::Not(Box::new(boolean(Kind::IsNull(Box::new(input.clone())), span))), span);
        boolean(Kind::And(vec![there, tested]), span)
    }

    fn name(&mut self, name: &Arc<str>, span: Span) -> Expr {
        if let Some((local, field)) = self.scope.get(name) {
            let this = Expr { kind: Kind::Local(local.local), of: local.of.clone(), span };
            return self.narrowed(match field {
                None => this,
                Some(of) => Expr { kind: Kind::Member(Box::new(this), name.clone()), of, span },
            });
        }
        match self.global(name, span) {
            Some(expr) => expr,
            None => self.unknown(name, span),
        }
    }

    fn global(&mut self, name: &str, span: Span) -> Option<Expr> {
        let global = self.of.globals().get(name)?;
        let (kind, of) = match global {
            Global::Fact(fact) => {
                self.of.uses(fact);
                (Kind::Fact(fact), self.of.fact_type(fact))
            }
            Global::Parameter(index) => (Kind::Parameter(index), self.of.parameter_type(index)),
            Global::Definition(index) => (Kind::Definition(index), self.of.definition_type(index, span)),
            Global::Moment(moment) => {
                let of = if moment == MomentName::ReceivedAt { Type::DateTime } else { Type::Date };
                (Kind::Moment(moment), of)
            }
        };
        Some(self.narrowed(Expr { kind, of, span }))
    }

    fn narrowed(&self, expr: Expr) -> Expr {
        if expr.of.can_be_null() && self.scope.is_not_null(&expr.kind) {
            return Expr { of: expr.of.without_null().clone(), ..expr };
        }
        expr
    }

    fn unknown(&mut self, name: &str, span: Span) -> Expr {
        let place = self.of.place();
        let candidates: Vec<String> = self.of.globals().all().into_iter().chain(self.scope.names()).map(str::to_owned).collect();
        let near = nearest(name, candidates.iter().map(String::as_str)).map(str::to_owned);
        let (code, what) = if name.contains('.') { (Code::UnknownFact, "fact") } else { (Code::UnknownName, "name") };
        let mut problem = Diagnostic::new(code, span, format!("no {what} `{name}` in {place}")).label("not declared");
        if let Some(near) = near {
            problem = problem.help(format!("did you mean `{near}`?"));
        }
        self.error(problem)
    }

    /// A path: a declared dotted name, as long as there is one, then members.
    fn path(&mut self, whole: &ast::Expr, of: &ast::Expr, member: &ast::Spanned) -> Expr {
        if let Some(dotted) = dotted(whole)
            && self.scope.get(dotted.split('.').next().unwrap_or("")).is_none()
        {
            if let Some(expr) = self.global(&dotted, whole.span) {
                return expr;
            }
            if !self.has_global_prefix(&dotted) {
                return self.unknown(&dotted, whole.span);
            }
        }
        let of = self.infer(of);
        self.member(of, &member.name, member.span, whole.span)
    }

    fn has_global_prefix(&self, dotted: &str) -> bool {
        dotted.match_indices('.').any(|(at, _)| dotted.get(..at).is_some_and(|prefix| self.of.globals().get(prefix).is_some()))
    }

    fn member(&mut self, of: Expr, name: &Arc<str>, name_span: Span, span: Span) -> Expr {
        if of.of.can_be_null() && of.of != Type::Any {
            self.may_be_null(&of);
        }
        let type_of = of.of.without_null().clone();
        match &type_of {
            Type::Any => Expr { kind: Kind::Member(Box::new(of), name.clone()), of: Type::Any, span },
            Type::Context(fields) => match fields.iter().find(|field| field.name == *name) {
                Some(field) => {
                    let field_type = field.of.clone();
                    self.narrowed(Expr { kind: Kind::Member(Box::new(of), name.clone()), of: field_type, span })
                }
                None => self.no_member(fields, name, name_span),
            },
            Type::List(item) => match &**item {
                Type::Context(fields) => match fields.iter().find(|field| field.name == *name) {
                    Some(field) => {
                        let field_type = Type::List(Box::new(field.of.clone()));
                        Expr { kind: Kind::Members(Box::new(of), name.clone()), of: field_type, span }
                    }
                    None => self.no_member(fields, name, name_span),
                },
                _ => self.no_member(&[], name, name_span),
            },
            _ => match builtins::property_type(&type_of, name) {
                Some(property) => Expr { kind: Kind::Property(Box::new(of), name.clone()), of: property, span },
                None => {
                    let message = format!("a {type_of} has no property `{name}`");
                    self.error(Diagnostic::new(Code::UnknownName, name_span, message).label("no such property"))
                }
            },
        }
    }

    fn no_member(&mut self, fields: &[Field], name: &str, span: Span) -> Expr {
        let near = nearest(name, fields.iter().map(|field| &*field.name)).map(str::to_owned);
        let mut problem = Diagnostic::new(Code::UnknownName, span, format!("no member `{name}` here")).label("not declared");
        if let Some(near) = near {
            problem = problem.help(format!("did you mean `{near}`?"));
        }
        self.error(problem)
    }

    fn filter(&mut self, list: &ast::Expr, condition: &ast::Expr, span: Span) -> Expr {
        let list = self.infer(list);
        if list.of.can_be_null() && list.of != Type::Any {
            self.may_be_null(&list);
        }
        let item = match list.of.without_null() {
            Type::List(item) => (**item).clone(),
            other => other.clone(),
        };
        let local = self.fresh();
        self.scope.bind(&"item".into(), item.clone(), local, true);
        let condition = self.infer(condition);
        self.scope.unbind(1);
        match condition.of.without_null() {
            Type::Number => {
                let of = item.optional();
                Expr { kind: Kind::At(Box::new(list), Box::new(condition)), of, span }
            }
            _ => {
                self.want(&condition, &[Type::Boolean]);
                let of = Type::List(Box::new(item));
                Expr { kind: Kind::Filter(Box::new(list), local, Box::new(condition)), of, span }
            }
        }
    }

    fn binary(&mut self, op: BinaryOp, left: &ast::Expr, right: &ast::Expr, span: Span) -> Expr {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let left = self.infer(left);
                self.want(&left, &[Type::Boolean]);
                let known = if op == BinaryOp::And { not_null_if(&left, true) } else { not_null_if(&left, false) };
                let before = self.scope.assume(known);
                let right = self.infer(right);
                self.scope.release(before);
                self.want(&right, &[Type::Boolean]);
                let mut parts = Vec::new();
                for side in [left, right] {
                    match (side.kind, op) {
                        (Kind::And(inner), BinaryOp::And) | (Kind::Or(inner), BinaryOp::Or) => parts.extend(inner),
                        (kind, _) => parts.push(Expr { kind, of: side.of, span: side.span }),
                    }
                }
                boolean(if op == BinaryOp::And { Kind::And(parts) } else { Kind::Or(parts) }, span)
            }
            BinaryOp::Compare(op) => {
                let (left, right) = (self.infer(left), self.infer(right));
                self.compare(op, left, right, span)
            }
            BinaryOp::Add => self.arithmetic(ArithmeticOp::Add, left, right, span),
            BinaryOp::Subtract => self.arithmetic(ArithmeticOp::Subtract, left, right, span),
            BinaryOp::Multiply => self.arithmetic(ArithmeticOp::Multiply, left, right, span),
            BinaryOp::Divide => self.arithmetic(ArithmeticOp::Divide, left, right, span),
            BinaryOp::Power => self.arithmetic(ArithmeticOp::Power, left, right, span),
        }
    }

    /// A comparison of two typed operands.
    pub fn compare(&mut self, op: CompareOp, left: Expr, right: Expr, span: Span) -> Expr {
        let equality = matches!(op, CompareOp::Equal | CompareOp::NotEqual);
        if equality {
            let null = |expr: &Expr| expr.kind == Kind::Constant(Value::Null);
            if null(&left) || null(&right) {
                let of = if null(&right) { left } else { right };
                let is_null = boolean(Kind::IsNull(Box::new(of)), span);
                return if op == CompareOp::Equal { is_null } else { boolean(Kind::Not(Box::new(is_null)), span) };
            }
            self.member_of_enumeration(&left, &right);
            self.member_of_enumeration(&right, &left);
        } else {
            for side in [&left, &right] {
                if side.of.can_be_null() && side.of != Type::Any {
                    self.may_be_null(side);
                }
            }
        }
        let (a, b) = (left.of.without_null(), right.of.without_null());
        let comparable = a.conforms_to(b) || b.conforms_to(a) || matches!((a, b), (Type::Enumeration(_), Type::Enumeration(_)));
        let ordered = |of: &Type| {
            matches!(of, Type::Any | Type::Number | Type::Text | Type::Date | Type::Time | Type::DateTime | Type::Days | Type::Months)
        };
        let allowed = equality || (ordered(a) && ordered(b));
        if !(comparable && allowed) {
            let message = format!("`{}` cannot compare {a} with {b}", symbol(op));
            let mut problem = Diagnostic::new(Code::TypeMismatch, span, message).label(format!("{a} {} {b}", symbol(op)));
            if let (Type::Date, Type::Text) | (Type::Text, Type::Date) = (a, b) {
                problem = problem.help("write a date as `@\"2026-11-22\"`");
            }
            return self.error_of(problem, Type::Boolean);
        }
        boolean(Kind::Compare(op, Box::new(left), Box::new(right)), span)
    }

    /// A text constant that is compared with an enumeration must be one of its codes.
    fn member_of_enumeration(&mut self, of: &Expr, constant: &Expr) {
        if let (Type::Enumeration(codes), Kind::Constant(Value::Text(text))) = (of.of.without_null(), &constant.kind)
            && !codes.contains(text)
        {
            let known: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
            let mut problem = Diagnostic::new(Code::UnknownValue, constant.span, format!("`{text}` is none of the values")).label("not declared");
            problem = match nearest(text, codes.iter().map(|code| &**code)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("the values are {}", known.join(", "))),
            };
            self.of.report(problem);
        }
    }

    fn arithmetic(&mut self, op: ArithmeticOp, left: &ast::Expr, right: &ast::Expr, span: Span) -> Expr {
        let (left, right) = (self.infer(left), self.infer(right));
        for side in [&left, &right] {
            if side.of.can_be_null() && side.of != Type::Any {
                self.may_be_null(side);
            }
        }
        let (a, b) = (left.of.without_null().clone(), right.of.without_null().clone());
        match arithmetic_type(op, &a, &b) {
            Some(of) => Expr { kind: Kind::Arithmetic(op, Box::new(left), Box::new(right)), of, span },
            None => {
                let sign = match op {
                    ArithmeticOp::Add => "+",
                    ArithmeticOp::Subtract => "-",
                    ArithmeticOp::Multiply => "*",
                    ArithmeticOp::Divide => "/",
                    ArithmeticOp::Power => "**",
                };
                let problem = Diagnostic::new(Code::TypeMismatch, span, format!("`{sign}` cannot take {a} and {b}"));
                self.error(problem.label(format!("{a} {sign} {b}")))
            }
        }
    }

    fn choice(&mut self, condition: &ast::Expr, then: &ast::Expr, otherwise: &ast::Expr, span: Span) -> Expr {
        let condition = self.infer(condition);
        self.want(&condition, &[Type::Boolean]);
        let before = self.scope.assume(not_null_if(&condition, true));
        let then = self.infer(then);
        self.scope.release(before);
        let before = self.scope.assume(not_null_if(&condition, false));
        let otherwise = self.infer(otherwise);
        self.scope.release(before);
        let of = then.of.join(&otherwise.of);
        if of == Type::Any && then.of != Type::Any && otherwise.of != Type::Any {
            let message = format!("the branches of `if` are {} and {}", then.of, otherwise.of);
            return self.error(Diagnostic::new(Code::TypeMismatch, span, message).label("two types"));
        }
        Expr { kind: Kind::If(Box::new(condition), Box::new(then), Box::new(otherwise)), of, span }
    }

    fn iterations(&mut self, iterations: &[ast::Iteration]) -> (Vec<TypedIteration>, usize) {
        let mut typed = Vec::new();
        for iteration in iterations {
            let from = self.infer(&iteration.from);
            let to = iteration.to.as_ref().map(|to| self.infer(to));
            if from.of.can_be_null() && from.of != Type::Any {
                self.may_be_null(&from);
            }
            let of = match (&to, from.of.without_null()) {
                (Some(_), of) => of.clone(),
                (None, Type::List(item)) => (**item).clone(),
                (None, Type::Range(item)) => (**item).clone(),
                (None, other) => other.clone(),
            };
            let local = self.fresh();
            self.scope.bind(&iteration.name.name, of, local, false);
            typed.push(TypedIteration { local, from, to });
        }
        (typed, iterations.len())
    }

    fn list(&mut self, items: &[ast::Expr], span: Span) -> Expr {
        let items: Vec<Expr> = items.iter().map(|item| self.infer(item)).collect();
        let of = items.iter().map(|item| item.of.clone()).reduce(|a, b| a.join(&b)).unwrap_or(Type::Any);
        let constants: Option<Vec<Value>> = items.iter().map(|item| match &item.kind {
            Kind::Constant(value) => Some(value.clone()),
            _ => None,
        }).collect();
        let kind = match constants {
            Some(values) => Kind::Constant(Value::List(values.into())),
            None => Kind::List(items),
        };
        Expr { kind, of: Type::List(Box::new(of)), span }
    }

    fn context(&mut self, entries: &[ast::Entry], span: Span) -> Expr {
        let mut typed: Vec<(Arc<str>, Local, Expr)> = Vec::new();
        let mut fields = Vec::new();
        for entry in entries {
            let value = self.infer(&entry.value);
            if typed.iter().any(|(name, ..)| *name == entry.key.name) {
                let message = format!("the entry `{}` stands twice", entry.key.name);
                self.of.report(Diagnostic::new(Code::DuplicateKey, entry.key.span, message).label("again here"));
            }
            let local = self.fresh();
            self.scope.bind(&entry.key.name, value.of.clone(), local, false);
            fields.push(Field { name: entry.key.name.clone(), of: value.of.clone() });
            typed.push((entry.key.name.clone(), local, value));
        }
        self.scope.unbind(entries.len());
        Expr { kind: Kind::Context(typed), of: Type::Context(fields.into()), span }
    }

    fn function(&mut self, parameters: &[ast::Parameter], body: &ast::Expr, span: Span) -> Expr {
        let mut locals = Vec::new();
        let mut types = Vec::new();
        for parameter in parameters {
            let of = parameter.of.as_ref().map_or(Type::Any, |of| self.type_expr(of));
            let local = self.fresh();
            self.scope.bind(&parameter.name.name, of.clone(), local, false);
            locals.push(local);
            types.push(of);
        }
        let body = self.infer(body);
        self.scope.unbind(parameters.len());
        let of = Type::Function(types, Box::new(body.of.clone()));
        Expr { kind: Kind::Function(locals, Box::new(body)), of, span }
    }

    fn open_range(&mut self, op: CompareOp, bound: &ast::Expr, span: Span) -> Expr {
        let bound = self.infer(bound);
        let of = Type::Range(Box::new(bound.of.clone()));
        let bound = Some(Box::new(bound));
        let kind = match op {
            CompareOp::Less => Kind::Range(None, false, bound, false),
            CompareOp::LessOrEqual => Kind::Range(None, false, bound, true),
            CompareOp::Greater => Kind::Range(bound, false, None, false),
            CompareOp::GreaterOrEqual => Kind::Range(bound, true, None, false),
            CompareOp::Equal => Kind::Range(bound.clone(), true, bound, true),
            CompareOp::NotEqual => {
                let problem = Diagnostic::new(Code::Syntax, span, "`!=` with one operand is no range");
                return self.error(problem.help("write `not(value)` in a unary test"));
            }
        };
        Expr { kind, of, span }
    }

    fn type_expr(&mut self, written: &TypeExpr) -> Type {
        match &written.kind {
            TypeExprKind::Named(name) => match &**name {
                "Any" => Type::Any,
                "Null" | "null" => Type::Null,
                "number" => Type::Number,
                "string" => Type::Text,
                "boolean" => Type::Boolean,
                "date" => Type::Date,
                "time" => Type::Time,
                "date and time" | "dateTime" => Type::DateTime,
                "days and time duration" | "dayTimeDuration" => Type::Days,
                "years and months duration" | "yearMonthDuration" => Type::Months,
                "list" => Type::List(Box::new(Type::Any)),
                "context" => Type::Context([].into()),
                "range" => Type::Range(Box::new(Type::Any)),
                "function" => Type::Function(Vec::new(), Box::new(Type::Any)),
                other => {
                    let names = ["number", "string", "boolean", "date", "time", "date and time", "list", "context", "range", "function"];
                    let mut problem = Diagnostic::new(Code::UnknownName, written.span, format!("no type `{other}`")).label("not a type");
                    if let Some(near) = nearest(other, names) {
                        problem = problem.help(format!("did you mean `{near}`?"));
                    }
                    self.of.report(problem);
                    Type::Any
                }
            },
            TypeExprKind::List(item) => Type::List(Box::new(self.type_expr(item))),
            TypeExprKind::Range(item) => Type::Range(Box::new(self.type_expr(item))),
            TypeExprKind::Context(fields) => {
                Type::Context(fields.iter().map(|(name, of)| Field { name: name.clone(), of: self.type_expr(of) }).collect())
            }
            TypeExprKind::Function(parameters, result) => {
                let parameters = parameters.iter().map(|parameter| self.type_expr(parameter)).collect();
                Type::Function(parameters, Box::new(self.type_expr(result)))
            }
        }
    }

    /// Reports an operand that is none of the wanted types.
    pub fn want(&mut self, expr: &Expr, wanted: &[Type]) {
        if expr.of == Type::Any {
            return;
        }
        let fits = |of: &Type| wanted.iter().any(|wanted| of.conforms_to(wanted));
        if fits(&expr.of) {
            return;
        }
        if fits(expr.of.without_null()) {
            self.may_be_null(expr);
            return;
        }
        let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
        let message = format!("{} is wanted, this is {}", wanted.join(" or "), expr.of);
        self.of.report(Diagnostic::new(Code::TypeMismatch, expr.span, message).label(expr.of.to_string()));
    }

    pub(super) fn may_be_null(&mut self, expr: &Expr) {
        let problem = Diagnostic::new(Code::MaybeNull, expr.span, "this can be null here").label(expr.of.to_string());
        self.of.report(problem.help("test it first: `x != null and …`, or `if x = null then … else …`"));
    }

    pub(super) fn fresh(&mut self) -> Local {
        self.next_local += 1;
        self.next_local - 1
    }

    pub(super) fn error(&mut self, problem: Diagnostic) -> Expr {
        self.error_of(problem, Type::Any)
    }

    fn error_of(&mut self, problem: Diagnostic, of: Type) -> Expr {
        let span = problem.span;
        self.of.report(problem);
        Expr { kind: Kind::Constant(Value::Null), of, span }
    }
}

/// A constant.
pub(super) fn constant(value: Value, span: Span) -> Expr {
    Expr { of: type_of_value(&value), kind: Kind::Constant(value), span }
}

/// A boolean expression.
pub(super) fn boolean(kind: Kind, span: Span) -> Expr {
    Expr { kind, of: Type::Boolean, span }
}

/// One of several tests; tests for equality with constants become one.
fn any_of(parts: Vec<Expr>, span: Span) -> Expr {
    let mut parts = parts;
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let equal = |part: &Expr| match &part.kind {
        Kind::Compare(CompareOp::Equal, of, bound) => match &bound.kind {
            Kind::Constant(value) => Some(((**of).clone(), value.clone())),
            _ => None,
        },
        _ => None,
    };
    let equalities: Option<Vec<(Expr, Value)>> = parts.iter().map(equal).collect();
    if let Some(equalities) = equalities
        && let Some((of, _)) = equalities.first().cloned()
        && equalities.iter().all(|(other, _)| *other == of)
    {
        return boolean(Kind::OneOf(Box::new(of), equalities.into_iter().map(|(_, value)| value).collect()), span);
    }
    boolean(Kind::Or(parts), span)
}

/// What is not null if a condition is true, or if it is false.
pub(super) fn not_null_if(condition: &Expr, truth: bool) -> Vec<Kind> {
    match (&condition.kind, truth) {
        (Kind::And(parts), true) | (Kind::Or(parts), false) => parts.iter().flat_map(|part| not_null_if(part, truth)).collect(),
        (Kind::Not(of), _) => not_null_if(of, !truth),
        (Kind::IsNull(of), false) => vec![of.kind.clone()],
        (Kind::Compare(CompareOp::Equal, of, bound), true) if !bound.of.can_be_null() => vec![of.kind.clone()],
        (Kind::OneOf(of, among), true) if !among.contains(&Value::Null) => vec![of.kind.clone()],
        _ => Vec::new(),
    }
}

/// A path of names with dots between them.
fn dotted(expr: &ast::Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name.to_string()),
        ExprKind::Path(of, member) => Some(format!("{}.{}", dotted(of)?, member.name)),
        _ => None,
    }
}

fn mentions_input(expr: &ast::Expr) -> bool {
    let any = |parts: &[&ast::Expr]| parts.iter().any(|part| mentions_input(part));
    match &expr.kind {
        ExprKind::Input => true,
        ExprKind::Path(of, _) | ExprKind::Negate(of) | ExprKind::InstanceOf(of, _) | ExprKind::Comparison(_, of) => mentions_input(of),
        ExprKind::Filter(a, b) | ExprKind::Binary(_, a, b) => any(&[a, b]),
        ExprKind::Between(a, b, c) | ExprKind::If(a, b, c) => any(&[a, b, c]),
        ExprKind::In(of, tests) => mentions_input(of) || tests.iter().any(mentions_input),
        ExprKind::For(iterations, body) | ExprKind::Quantified(_, iterations, body) => {
            mentions_input(body) || iterations.iter().any(|i| mentions_input(&i.from) || i.to.as_ref().is_some_and(mentions_input))
        }
        ExprKind::List(parts) | ExprKind::NotTests(parts) | ExprKind::Tests(parts) => parts.iter().any(mentions_input),
        ExprKind::Context(entries) => entries.iter().any(|entry| mentions_input(&entry.value)),
        ExprKind::Function(_, body) => mentions_input(body),
        ExprKind::Call(callee, arguments) => {
            mentions_input(callee)
                || match arguments {
                    ast::Arguments::Positional(arguments) => arguments.iter().any(mentions_input),
                    ast::Arguments::Named(arguments) => arguments.iter().any(|(_, argument)| mentions_input(argument)),
                }
        }
        ExprKind::Range(range) => any(&[&range.low, &range.high]),
        _ => false,
    }
}

/// Puts the input back where its type had been narrowed for a test.
fn replace(test: Expr, input: &Expr) -> Expr {
    let again = |part: Box<Expr>| Box::new(replace(*part, input));
    if test.kind == input.kind && test.span == input.span {
        return input.clone();
    }
    let kind = match test.kind {
        Kind::And(parts) => Kind::And(parts.into_iter().map(|part| replace(part, input)).collect()),
        Kind::Or(parts) => Kind::Or(parts.into_iter().map(|part| replace(part, input)).collect()),
        Kind::Compare(op, a, b) => Kind::Compare(op, again(a), again(b)),
        other => other,
    };
    Expr { kind, ..test }
}

fn at_literal(literal: &AtLiteral) -> Value {
    match literal {
        AtLiteral::Date(date) => Value::Date(*date),
        AtLiteral::Time(time) => Value::Time(time.clone()),
        AtLiteral::DateTime(moment) => Value::DateTime(moment.clone()),
        AtLiteral::Days(duration) => Value::Days(*duration),
        AtLiteral::Months(duration) => Value::Months(*duration),
    }
}

/// The type of an arithmetic operation, as DMN 1.5 tables 50 to 54 have it; `None` where it has no meaning.
fn arithmetic_type(op: ArithmeticOp, a: &Type, b: &Type) -> Option<Type> {
    use ArithmeticOp::{Add, Divide, Multiply, Power, Subtract};
    use Type::{Any, Date, DateTime, Days, Enumeration, Months, Number, Text, Time};
    Some(match (op, a, b) {
        (_, Any, _) | (_, _, Any) => Any,
        (_, Number, Number) => Number,
        (Add, Text | Enumeration(_), Text | Enumeration(_)) => Text,
        (Add, Days, Days) | (Subtract, Days, Days) => Days,
        (Add, Months, Months) | (Subtract, Months, Months) => Months,
        (Add | Subtract, Date, Days | Months) | (Add, Days | Months, Date) => Date,
        (Add | Subtract, DateTime, Days | Months) | (Add, Days | Months, DateTime) => DateTime,
        (Add | Subtract, Time, Days) | (Add, Days, Time) => Time,
        (Subtract, Date, Date) | (Subtract, DateTime, DateTime) | (Subtract, Time, Time) => Days,
        (Subtract, Date, DateTime) | (Subtract, DateTime, Date) => Days,
        (Multiply, Days, Number) | (Multiply, Number, Days) | (Divide, Days, Number) => Days,
        (Multiply, Months, Number) | (Multiply, Number, Months) | (Divide, Months, Number) => Months,
        (Divide, Days, Days) | (Divide, Months, Months) => Number,
        (Power, ..) | (Add, ..) | (Subtract, ..) | (Multiply, ..) | (Divide, ..) => return None,
    })
}

fn symbol(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Equal => "=",
        CompareOp::NotEqual => "!=",
        CompareOp::Less => "<",
        CompareOp::LessOrEqual => "<=",
        CompareOp::Greater => ">",
        CompareOp::GreaterOrEqual => ">=",
    }
}
