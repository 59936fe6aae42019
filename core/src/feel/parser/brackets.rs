//! What stands in brackets: groups, lists, ranges, contexts, filters, arguments.

use super::super::ast::{Arguments, Entry, Expr, ExprKind, RangeExpr, Spanned};
use super::super::lexer::{self, Kind};
use super::super::names::written_name;
use super::super::precedence::Level;
use super::{Node, Parser, Read};

impl Parser<'_> {
    /// `(a)` or `(a..b]`
    pub(super) fn parenthesised(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let inner = self.expression(Level::Whole)?;
        if self.token.kind == Kind::DotDot {
            return self.range_from(start, false, inner);
        }
        self.close(Kind::ParenClose, start)?;
        Ok(inner)
    }

    /// `[a, b]` or `[a..b]`
    pub(super) fn list_or_range(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let mut items = Vec::new();
        let mut height = 0;
        if self.token.kind != Kind::BracketClose || self.begins_operand(self.token) {
            let first = self.expression(Level::Whole)?;
            if self.token.kind == Kind::DotDot {
                return self.range_from(start, true, first);
            }
            height = first.height;
            items.push(*first.expr);
            height = height.max(self.more(Kind::BracketClose, &mut items)?);
        }
        self.close(Kind::BracketClose, start)?;
        self.node(start, ExprKind::List(items), height)
    }

    /// `]a..b]`
    pub(super) fn open_range(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let low = self.expression(Level::Whole)?;
        if self.token.kind != Kind::DotDot {
            return Err(self.misplaced("`..`"));
        }
        self.range_from(start, false, low)
    }

    /// A range that began at `start`, from its `..` on.
    pub(super) fn range_from(&mut self, start: usize, low_included: bool, low: Node) -> Read<Node> {
        self.bump();
        let high = self.expression(Level::Whole)?;
        let high_included = self.token.kind == Kind::BracketClose;
        if !matches!(self.token.kind, Kind::BracketClose | Kind::BracketOpen | Kind::ParenClose) {
            return Err(self.unclosed(if low_included { Kind::BracketClose } else { Kind::ParenClose }, start));
        }
        self.bump();
        let height = low.height.max(high.height);
        let range = RangeExpr { low_included, low: low.expr, high: high.expr, high_included };
        self.node(start, ExprKind::Range(range), height)
    }

    /// The expressions after a first one, each after a comma, before `close`; returns the greatest height.
    pub(super) fn more(&mut self, close: Kind, items: &mut Vec<Expr>) -> Read<u32> {
        let mut height = 0;
        while self.another(close) {
            let item = self.expression(Level::Whole)?;
            height = height.max(item.height);
            items.push(*item.expr);
        }
        Ok(height)
    }

    /// `{a: 1, "b c": 2}`; each entry sees the names of those before it.
    pub(super) fn context(&mut self) -> Read<Node> {
        let start = self.token.start;
        self.bump();
        let mut entries = Vec::new();
        let mut height = 0;
        let mut goes_on = self.token.kind != Kind::BraceClose;
        while goes_on {
            let key = self.key()?;
            self.expect(Kind::Colon)?;
            let value = self.expression(Level::Whole)?;
            height = height.max(value.height);
            // Also after the context: `{first name: "An"}.first name`.
            self.scope.bind(&key.name);
            entries.push(Entry { key, value: *value.expr });
            goes_on = self.another(Kind::BraceClose);
        }
        self.close(Kind::BraceClose, start)?;
        self.node(start, ExprKind::Context(entries), height)
    }

    fn key(&mut self) -> Read<Spanned> {
        if self.token.kind == Kind::String {
            let start = self.token.start;
            let name = self.string();
            return Ok(Spanned { name: name.into(), span: self.span(start, self.before) });
        }
        self.written("a key", |_| false)
    }

    /// A name where only a name can stand, up to a word for which `ends` is true.
    pub(super) fn written(&mut self, wanted: &str, ends: impl Fn(&str) -> bool) -> Read<Spanned> {
        let start = self.token.start;
        let Some((name, end)) = written_name(self.text, start, ends) else {
            return Err(self.misplaced(wanted));
        };
        self.jump(end);
        Ok(Spanned { name, span: self.span(start, end) })
    }

    /// `a[b]`
    pub(super) fn filter(&mut self, list: Node, start: usize) -> Read<Node> {
        let opened = self.token.start;
        self.bump();
        let condition = self.expression(Level::Whole)?;
        self.close(Kind::BracketClose, opened)?;
        let height = list.height.max(condition.height);
        self.node(start, ExprKind::Filter(list.expr, condition.expr), height)
    }

    /// `f(a, b)` or `f(x: a)`
    pub(super) fn call(&mut self, function: Node, start: usize) -> Read<Node> {
        let opened = self.token.start;
        self.bump();
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        let mut height = function.height;
        let mut goes_on = self.token.kind != Kind::ParenClose;
        while goes_on {
            let first = self.token.start;
            let name = self.argument_name();
            let value = self.expression(Level::Whole)?;
            height = height.max(value.height);
            match name {
                Some(name) => named.push((name, *value.expr)),
                None => positional.push(*value.expr),
            }
            if !named.is_empty() && !positional.is_empty() {
                return Err(self.mixed_arguments(first));
            }
            goes_on = self.another(Kind::ParenClose);
        }
        self.close(Kind::ParenClose, opened)?;
        let arguments = if named.is_empty() { Arguments::Positional(positional) } else { Arguments::Named(named) };
        self.node(start, ExprKind::Call(function.expr, arguments), height)
    }

    /// Passes the name of an argument and its colon, if that is what stands here.
    fn argument_name(&mut self) -> Option<Spanned> {
        let start = self.token.start;
        let (name, end) = written_name(self.text, start, |_| false)?;
        let colon = lexer::token(self.text, end);
        if colon.kind != Kind::Colon {
            return None;
        }
        self.jump(colon.end);
        Some(Spanned { name, span: self.span(start, end) })
    }
}
