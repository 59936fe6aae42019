//! Operands: literals, names, signs in front, and which construct a first token begins.

use super::super::ast::{Arguments, AtLiteral, CompareOp, Expr, ExprKind};
use super::super::lexer::{self, Kind};
use super::super::precedence::Level;
use super::{Node, Parser, Read, compare_op};
use crate::value::{Date, DateTime, DaysDuration, Decimal, MonthsDuration, Time};

impl Parser<'_> {
    /// An operand of operators that bind at least as tightly as `least`.
    pub(super) fn operand(&mut self, least: Level) -> Read<Node> {
        if self.scope.longest(self.text, self.token.start).is_some() {
            return self.name_operand();
        }
        if let Some(op) = compare_op(self.token.kind)
            && least <= Level::Compare
        {
            return self.comparison(op);
        }
        match self.token.kind {
            Kind::Word => self.name_operand(),
            Kind::Number => self.number(),
            Kind::String => self.text(),
            Kind::At => self.at_literal(),
            Kind::Null => self.word(ExprKind::Null),
            Kind::True => self.word(ExprKind::Boolean(true)),
            Kind::False => self.word(ExprKind::Boolean(false)),
            Kind::Input => self.word(ExprKind::Input),
            Kind::Minus => self.negation(),
            Kind::Bang => self.bang(),
            Kind::If => self.conditional(),
            Kind::For => self.for_loop(),
            Kind::Some | Kind::Every => self.quantified(),
            Kind::Function => self.function(),
            Kind::ParenOpen => self.parenthesised(),
            Kind::BracketOpen => self.list_or_range(),
            Kind::BracketClose if self.begins_expression(self.token.end) => self.open_range(),
            Kind::BraceOpen => self.context(),
            _ => Err(self.no_operand()),
        }
    }

    /// `< 5`: a range with one end. The operator is next.
    pub(super) fn comparison(&mut self, op: CompareOp) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let end = self.expression(Level::Add)?;
        self.node(start, ExprKind::Comparison(op, end.expr), end.height)
    }

    /// The value of the string literal that is next; what is wrong inside it is reported.
    pub(super) fn string(&mut self) -> String {
        let literal = self.token;
        let text = lexer::unescape(self.slice_of(literal)).unwrap_or_else(|wrong| {
            self.report_escape(literal.start + wrong.start, literal.start + wrong.end);
            String::new()
        });
        self.bump();
        text
    }

    fn word(&mut self, kind: ExprKind) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        self.node(start, kind, 0)
    }

    fn name_operand(&mut self) -> Read<Node> {
        let start = self.token.start;
        let name = self.name("a name")?.name;
        self.node(start, ExprKind::Name(name), 0)
    }

    fn number(&mut self) -> Read<Node> {
        let start = self.token.start;
        let number = Decimal::parse_exact(self.slice());
        if number.is_none() {
            self.report_number();
        }
        self.bump();
        self.node(start, number.map_or(ExprKind::Null, ExprKind::Number), 0)
    }

    fn text(&mut self) -> Read<Node> {
        let start = self.token.start;
        let text = self.string();
        self.node(start, ExprKind::Text(text.into()), 0)
    }

    fn at_literal(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        if self.token.kind != Kind::String {
            return Err(self.misplaced("a text such as `\"2026-11-22\"`"));
        }
        let text = self.string();
        let literal = temporal(&text);
        if literal.is_none() {
            self.report_temporal(start, &text);
        }
        self.node(start, literal.map_or(ExprKind::Null, ExprKind::At), 0)
    }

    fn negation(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let operand = self.expression(Level::Negate)?;
        self.node(start, ExprKind::Negate(operand.expr), operand.height)
    }

    /// `!a`, which is reported, and read as `not(a)`.
    fn bang(&mut self) -> Read<Node> {
        let sign = self.token;
        self.report_bang();
        self.bump();
        let operand = self.expression(Level::Negate)?;
        let not = Expr { kind: ExprKind::Name("not".into()), span: self.span(sign.start, sign.end) };
        let arguments = Arguments::Positional(vec![*operand.expr]);
        self.node(sign.start, ExprKind::Call(Box::new(not), arguments), operand.height)
    }
}

fn temporal(text: &str) -> Option<AtLiteral> {
    let date = || Date::parse(text).map(AtLiteral::Date);
    let date_time = || DateTime::parse(text).map(AtLiteral::DateTime);
    let time = || Time::parse(text).map(AtLiteral::Time);
    let months = || MonthsDuration::parse(text).map(AtLiteral::Months);
    let days = || DaysDuration::parse(text).map(AtLiteral::Days);
    date().or_else(date_time).or_else(time).or_else(months).or_else(days)
}
