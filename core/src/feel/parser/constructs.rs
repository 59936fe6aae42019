//! The constructs that begin with a word, and the operators that are words.

use super::super::ast::{Expr, ExprKind, Iteration, Parameter, Quantifier};
use super::super::lexer::{self, Kind};
use super::super::precedence::Level;
use super::{Node, Parser, Read, compare_op};

impl Parser<'_> {
    /// `if a then b else c`
    pub(super) fn conditional(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let condition = self.expression(Level::Whole)?;
        self.expect(Kind::Then)?;
        let then = self.expression(Level::Whole)?;
        if self.token.kind != Kind::Else {
            return Err(self.no_else(start));
        }
        self.bump();
        let other = self.expression(Level::Whole)?;
        let height = condition.height.max(then.height).max(other.height);
        let kind = ExprKind::If(condition.expr, then.expr, other.expr);
        self.node(start, kind, height)
    }

    /// `for x in a, y in b..c return d`
    pub(super) fn for_loop(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let (iterations, body, height) = self.iterations(Kind::Return)?;
        self.node(start, ExprKind::For(iterations, body.expr), height)
    }

    /// `some x in a satisfies b`, `every x in a satisfies b`
    pub(super) fn quantified(&mut self) -> Read<Node> {
        let start = self.token.start;
        let quantifier = if self.token.kind == Kind::Some { Quantifier::Some } else { Quantifier::Every };
        self.bump();
        let (iterations, body, height) = self.iterations(Kind::Satisfies)?;
        self.node(start, ExprKind::Quantified(quantifier, iterations, body.expr), height)
    }

    /// Iterations, the word `before_body`, and the body, in which all the variables are known.
    fn iterations(&mut self, before_body: Kind) -> Read<(Vec<Iteration>, Node, u32)> {
        let mut iterations = Vec::new();
        let mut height = 0;
        loop {
            let name = self.written("a name for the variable", |word| word == "in")?;
            self.expect(Kind::In)?;
            let from = self.expression(Level::Whole)?;
            height = height.max(from.height);
            let mut to = None;
            if self.eat(Kind::DotDot) {
                let last = self.expression(Level::Whole)?;
                height = height.max(last.height);
                to = Some(*last.expr);
            }
            self.scope.bind(&name.name);
            iterations.push(Iteration { name, from: *from.expr, to });
            if !self.another(before_body) {
                break;
            }
        }
        self.expect(before_body)?;
        let body = self.expression(Level::Whole)?;
        for iteration in &iterations {
            self.scope.unbind(&iteration.name.name);
        }
        let height = height.max(body.height);
        Ok((iterations, body, height))
    }

    /// `function(a: number, b) a + b`
    pub(super) fn function(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let opened = self.token.start;
        self.expect(Kind::ParenOpen)?;
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut height = 0;
        let mut goes_on = self.token.kind != Kind::ParenClose;
        while goes_on {
            let name = self.written("a name for the parameter", |_| false)?;
            let mut of = None;
            if self.eat(Kind::Colon) {
                let (written, below) = self.type_expr()?;
                height = height.max(below);
                of = Some(written);
            }
            parameters.push(Parameter { name, of });
            goes_on = self.another(Kind::ParenClose);
        }
        self.close(Kind::ParenClose, opened)?;
        if self.slice() == "external" && lexer::token(self.text, self.token.end).kind == Kind::BraceOpen {
            return Err(self.external());
        }
        for parameter in &parameters {
            self.scope.bind(&parameter.name.name);
        }
        let body = self.expression(Level::Whole)?;
        for parameter in &parameters {
            self.scope.unbind(&parameter.name.name);
        }
        self.node(start, ExprKind::Function(parameters, body.expr), height.max(body.height))
    }

    /// `a between b and c`
    pub(super) fn between(&mut self, left: Node, start: usize) -> Read<Node> {
        self.bump();
        let low = self.expression(Level::Add)?;
        self.expect(Kind::And)?;
        let high = self.expression(Level::Add)?;
        let height = left.height.max(low.height).max(high.height);
        let kind = ExprKind::Between(left.expr, low.expr, high.expr);
        self.node(start, kind, height)
    }

    /// `a in b`, `a in < 5`, `a in (< 5, b)`
    pub(super) fn is_in(&mut self, left: Node, start: usize) -> Read<Node> {
        self.bump();
        let mut tests = Vec::new();
        let height = match compare_op(self.token.kind) {
            Some(op) => {
                let test = self.comparison(op)?;
                tests.push(*test.expr);
                test.height
            }
            None if self.token.kind == Kind::ParenOpen => self.tests_in_parentheses(&mut tests)?,
            None => {
                let test = self.expression(Level::Add)?;
                tests.push(*test.expr);
                test.height
            }
        };
        let height = height.max(left.height);
        self.node(start, ExprKind::In(left.expr, tests), height)
    }

    /// `(a, b)`; but `(a) + b` and `(a..b]` are one test that only begins with a parenthesis.
    fn tests_in_parentheses(&mut self, tests: &mut Vec<Expr>) -> Read<u32> {
        let opened = self.token.start;
        self.bump();
        let first = self.expression(Level::Whole)?;
        if self.token.kind == Kind::Comma {
            let height = first.height;
            tests.push(*first.expr);
            let height = height.max(self.more(Kind::ParenClose, tests)?);
            self.close(Kind::ParenClose, opened)?;
            return Ok(height);
        }
        let operand = if self.token.kind == Kind::DotDot {
            self.range_from(opened, false, first)?
        } else {
            self.close(Kind::ParenClose, opened)?;
            first
        };
        let test = self.operators(operand, opened, Level::Add)?;
        tests.push(*test.expr);
        Ok(test.height)
    }

    /// `a instance of type`
    pub(super) fn instance_of(&mut self, left: Node, start: usize) -> Read<Node> {
        self.bump();
        self.bump();
        let (of, height) = self.type_expr()?;
        let height = height.max(left.height);
        self.node(start, ExprKind::InstanceOf(left.expr, of), height)
    }
}
