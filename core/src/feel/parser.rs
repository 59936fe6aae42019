//! Tokens to the syntax tree: operators by how tightly they bind, everything else by its first token.
//!
//! What is plainly meant (`==` for `=`, a comma too many) is reported and read on; after any other
//! mistake the reader stops and the expression is `null`.

mod brackets;
mod constructs;
mod mistake;
mod operand;
mod types;
mod unary;

use super::ast::{BinaryOp, CompareOp, Expr, ExprKind, Spanned};
use super::lexer::{self, Kind, Token};
use super::names::{Names, Scope};
use super::precedence::Level;
use crate::diagnostics::{Diagnostic, Parsed};
use crate::source::{SourceId, Span};
use crate::value::nfc;

/// How deep constructs may stand in each other: brackets, right operands, bodies.
///
/// With [`MAX_HEIGHT`] it keeps the reader and whoever walks its trees within half a megabyte of stack.
pub const MAX_DEPTH: u32 = 128;

/// The greatest height of a tree; a chain of operators such as `a + b + c` adds one for each operator.
pub const MAX_HEIGHT: u32 = 256;

/// Reads a whole text as an expression.
///
/// `offset` is where the text begins in `source`; spans are counted from the start of the source.
/// With any diagnostic the value may be less than was written, down to `null`.
#[must_use]
pub fn parse(text: &str, source: SourceId, offset: u32, names: &Names) -> Parsed<Expr> {
    Parser::new(text, source, offset, names).read(|parser| parser.expression(Level::Whole))
}

/// Reads a whole text as the unary tests of a table cell: [`ExprKind::Tests`], [`ExprKind::Any`] or
/// [`ExprKind::NotTests`]; otherwise like [`parse`].
#[must_use]
pub fn parse_tests(text: &str, source: SourceId, offset: u32, names: &Names) -> Parsed<Expr> {
    Parser::new(text, source, offset, names).read(Parser::unary_tests)
}

/// A mistake was reported after which nothing more can be read.
struct Stop;

type Read<T> = Result<T, Stop>;

/// An expression and the height of its tree; boxed, for frames of the reader that stay small.
struct Node {
    expr: Box<Expr>,
    height: u32,
}

struct Parser<'t> {
    text: &'t str,
    source: SourceId,
    offset: u32,
    scope: Scope<'t>,
    /// The token that is next.
    token: Token,
    /// Where the token before it ended.
    before: usize,
    /// Where the last name began that was used.
    last_name: usize,
    depth: u32,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, source: SourceId, offset: u32, names: &'t Names) -> Self {
        Parser {
            text,
            source,
            offset,
            scope: Scope::new(names),
            token: lexer::token(text, 0),
            before: 0,
            last_name: 0,
            depth: 0,
            diagnostics: Vec::new(),
        }
    }

    fn read(mut self, production: impl FnOnce(&mut Self) -> Read<Node>) -> Parsed<Expr> {
        let read = production(&mut self).and_then(|node| match self.token.kind {
            Kind::End => Ok(node),
            _ => Err(self.misplaced("the end")),
        });
        let whole = self.span(0, self.text.len());
        let value = read.map_or(Expr { kind: ExprKind::Null, span: whole }, |node| *node.expr);
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        Parsed { value, diagnostics: self.diagnostics }
    }

    /// An expression whose operators bind at least as tightly as `least`.
    fn expression(&mut self, least: Level) -> Read<Node> {
        if self.depth == MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let start = self.token.start;
        let node = self.operand(least).and_then(|left| self.operators(left, start, least));
        self.depth -= 1;
        node
    }

    /// Whatever follows the operand `left` that began at `start` and binds at least as tightly as `least`.
    fn operators(&mut self, mut left: Node, start: usize, least: Level) -> Read<Node> {
        while let Some(level) = self.operator().filter(|level| *level >= least) {
            left = match self.token.kind {
                Kind::Between => self.between(left, start),
                Kind::In => self.is_in(left, start),
                Kind::Word => self.instance_of(left, start),
                Kind::Dot => self.path(left, start),
                Kind::BracketOpen => self.filter(left, start),
                Kind::ParenOpen => self.call(left, start),
                _ => self.binary(left, start, level),
            }?;
        }
        Ok(left)
    }

    /// How tightly the next token binds as an operator; `None` if it is none.
    fn operator(&self) -> Option<Level> {
        if let Some(op) = binary_op(self.token.kind) {
            return Some(op.level());
        }
        match self.token.kind {
            Kind::Between | Kind::In => Some(Level::Compare),
            Kind::Word if self.is_instance_of() => Some(Level::InstanceOf),
            Kind::Dot | Kind::ParenOpen => Some(Level::Postfix),
            // Elsewhere it closes a range: `]1..5[`.
            Kind::BracketOpen if self.begins_expression(self.token.end) => Some(Level::Postfix),
            _ => None,
        }
    }

    fn binary(&mut self, left: Node, start: usize, level: Level) -> Read<Node> {
        let op = binary_op(self.token.kind).unwrap_or(BinaryOp::Compare(CompareOp::Equal));
        self.bump();
        let right = self.expression(level.tighter())?;
        let height = left.height.max(right.height);
        self.node(start, ExprKind::Binary(op, left.expr, right.expr), height)
    }

    fn path(&mut self, left: Node, start: usize) -> Read<Node> {
        self.bump();
        let step = self.name("a name after `.`")?;
        self.node(start, ExprKind::Path(left.expr, step), left.height)
    }

    /// A name as it may be used: the longest that is declared, or one word, keywords included.
    fn name(&mut self, wanted: &str) -> Read<Spanned> {
        let start = self.token.start;
        let (name, end) = match self.scope.longest(self.text, start) {
            Some(declared) => declared,
            None if self.is_wordlike() => (nfc(self.slice()).into(), self.token.end),
            None => return Err(self.misplaced(wanted)),
        };
        self.last_name = start;
        self.jump(end);
        Ok(Spanned { name, span: self.span(start, end) })
    }

    /// A node from `start` to the last token that was read, above subtrees of height `below`.
    fn node(&mut self, start: usize, kind: ExprKind, below: u32) -> Read<Node> {
        if below >= MAX_HEIGHT {
            return Err(self.too_deep());
        }
        let span = self.span(start, self.before);
        Ok(Node { expr: Box::new(Expr { kind, span }), height: below + 1 })
    }

    /// Passes the next token.
    fn bump(&mut self) {
        if self.token.misspelt {
            self.report_misspelt();
        }
        self.jump(self.token.end);
    }

    /// Goes on at `end`, where a token or a name has ended.
    fn jump(&mut self, end: usize) {
        self.before = end;
        self.token = lexer::token(self.text, end);
    }

    /// Passes the next token if it is of `kind`.
    fn eat(&mut self, kind: Kind) -> bool {
        let found = self.token.kind == kind;
        if found {
            self.bump();
        }
        found
    }

    fn expect(&mut self, kind: Kind) -> Read<()> {
        if self.eat(kind) { Ok(()) } else { Err(self.misplaced(&format!("`{}`", kind.written()))) }
    }

    /// Passes the bracket that closes the one at `opened`.
    fn close(&mut self, kind: Kind, opened: usize) -> Read<()> {
        if self.eat(kind) { Ok(()) } else { Err(self.unclosed(kind, opened)) }
    }

    /// Passes a comma; `false` if there is none, or only one too many before `close`, which is reported.
    fn another(&mut self, close: Kind) -> bool {
        let comma = self.token;
        if !self.eat(Kind::Comma) {
            return false;
        }
        let ends = self.token.kind == close && !self.begins_operand(self.token);
        if ends {
            self.report_trailing_comma(comma);
        }
        !ends
    }

    fn slice(&self) -> &'t str {
        self.slice_of(self.token)
    }

    fn slice_of(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    /// Whether the next token is a word, of the language or not.
    fn is_wordlike(&self) -> bool {
        self.slice().starts_with(lexer::is_name_start)
    }

    fn is_instance_of(&self) -> bool {
        self.slice() == "instance" && self.slice_of(lexer::token(self.text, self.token.end)) == "of"
    }

    /// Whether an expression can begin at `from`.
    fn begins_expression(&self, from: usize) -> bool {
        self.begins_operand(lexer::token(self.text, from))
    }

    fn begins_operand(&self, token: Token) -> bool {
        match token.kind {
            Kind::Number | Kind::String | Kind::UnclosedString | Kind::At | Kind::Input => true,
            Kind::If | Kind::For | Kind::Some | Kind::Every | Kind::Function => true,
            Kind::True | Kind::False | Kind::Null | Kind::Minus | Kind::Bang => true,
            Kind::ParenOpen | Kind::BracketOpen | Kind::BraceOpen => true,
            Kind::Word => {
                let after = self.slice_of(lexer::token(self.text, token.end));
                !(self.slice_of(token) == "instance" && after == "of")
            }
            // `]1..5]`; but what can go on after a list closes one: `[][1]`, `[] - 1`.
            Kind::BracketClose => {
                let inside = lexer::token(self.text, token.end);
                let goes_on = [Kind::BracketClose, Kind::BracketOpen, Kind::ParenOpen, Kind::Minus];
                !goes_on.contains(&inside.kind) && self.begins_operand(inside)
            }
            _ => self.scope.longest(self.text, token.start).is_some(),
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let at = |byte: usize| self.offset.saturating_add(u32::try_from(byte).unwrap_or(u32::MAX));
        Span::new(self.source, at(start), at(end))
    }
}

fn binary_op(kind: Kind) -> Option<BinaryOp> {
    Some(match kind {
        Kind::Or => BinaryOp::Or,
        Kind::And => BinaryOp::And,
        Kind::Plus => BinaryOp::Add,
        Kind::Minus => BinaryOp::Subtract,
        Kind::Star => BinaryOp::Multiply,
        Kind::Slash => BinaryOp::Divide,
        Kind::Power => BinaryOp::Power,
        _ => BinaryOp::Compare(compare_op(kind)?),
    })
}

fn compare_op(kind: Kind) -> Option<CompareOp> {
    Some(match kind {
        Kind::Equal => CompareOp::Equal,
        Kind::NotEqual => CompareOp::NotEqual,
        Kind::Less => CompareOp::Less,
        Kind::LessOrEqual => CompareOp::LessOrEqual,
        Kind::Greater => CompareOp::Greater,
        Kind::GreaterOrEqual => CompareOp::GreaterOrEqual,
        _ => return None,
    })
}

