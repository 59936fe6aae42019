//! The unary tests of a table cell.

use super::super::ast::ExprKind;
use super::super::lexer::{self, Kind};
use super::super::precedence::Level;
use super::{Node, Parser, Read};

impl Parser<'_> {
    /// `-`, `not(a, b)`, or `a, b`: the whole text.
    pub(super) fn unary_tests(&mut self) -> Read<Node> {
        let start = self.token;
        let after = lexer::token(self.text, start.end);
        if start.kind == Kind::Minus && after.kind == Kind::End {
            self.bump();
            return self.node(start.start, ExprKind::Any, 0);
        }
        if self.slice() != "not" || after.kind != Kind::ParenOpen {
            return self.tests();
        }
        // `not(a)` and `not(a) and b` begin alike; the first must be the whole text.
        let negated = self.negated_tests();
        if negated.is_ok() && self.token.kind == Kind::End {
            return negated;
        }
        let reached = self.token.start;
        let mistakes = std::mem::take(&mut self.diagnostics);
        self.scope.forget();
        self.before = 0;
        self.token = start;
        let tests = self.tests();
        if negated.is_err() && (tests.is_err() || self.token.kind != Kind::End) && self.token.start <= reached {
            self.diagnostics = mistakes;
            return negated;
        }
        tests
    }

    fn negated_tests(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let opened = self.token.start;
        self.bump();
        let first = self.expression(Level::Whole)?;
        let mut tests = vec![*first.expr];
        let height = first.height.max(self.more(Kind::ParenClose, &mut tests)?);
        self.close(Kind::ParenClose, opened)?;
        self.node(start, ExprKind::NotTests(tests), height)
    }

    fn tests(&mut self) -> Read<Node> {
        let start = self.token.start;
        let first = self.expression(Level::Whole)?;
        let mut tests = vec![*first.expr];
        let height = first.height.max(self.more(Kind::End, &mut tests)?);
        self.node(start, ExprKind::Tests(tests), height)
    }
}
