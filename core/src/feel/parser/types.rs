//! Types as they are written after `instance of` and after a parameter's colon.

use std::sync::Arc;

use super::super::ast::{Spanned, TypeExpr, TypeExprKind};
use super::super::lexer::{self, Kind};
use super::{MAX_DEPTH, Parser, Read};

/// The types of FEEL whose names have several words.
const TYPES_OF_WORDS: &[&str] = &["date and time", "days and time duration", "years and months duration"];

impl Parser<'_> {
    /// A type and the height of its tree.
    pub(super) fn type_expr(&mut self) -> Read<(TypeExpr, u32)> {
        if self.depth == MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let start = self.token.start;
        let read = if self.is_generic() { self.generic() } else { self.named_type() };
        self.depth -= 1;
        let (kind, below) = read?;
        Ok((TypeExpr { kind, span: self.span(start, self.before) }, below + 1))
    }

    /// Whether `list`, `range`, `context` or `function` is next, with `<` behind it.
    fn is_generic(&self) -> bool {
        let after = lexer::token(self.text, self.token.end);
        let angle = after.kind == Kind::Less || self.slice_of(after) == "<>";
        angle && matches!(self.slice(), "list" | "range" | "context" | "function")
    }

    fn generic(&mut self) -> Read<(TypeExprKind, u32)> {
        let word = self.slice();
        self.bump();
        if word == "function" {
            return self.function_type();
        }
        if word == "context" {
            return self.context_type();
        }
        self.expect(Kind::Less)?;
        let (of, height) = self.type_expr()?;
        self.close_angle()?;
        let of = Box::new(of);
        Ok((if word == "list" { TypeExprKind::List(of) } else { TypeExprKind::Range(of) }, height))
    }

    /// `<number, string> -> boolean`
    fn function_type(&mut self) -> Read<(TypeExprKind, u32)> {
        let mut parameters = Vec::new();
        let mut height = 0;
        let mut goes_on = self.open_angle()?;
        while goes_on {
            let (parameter, below) = self.type_expr()?;
            height = height.max(below);
            parameters.push(parameter);
            goes_on = self.another(Kind::Greater);
        }
        self.close_angle()?;
        self.expect(Kind::Arrow)?;
        let (result, below) = self.type_expr()?;
        Ok((TypeExprKind::Function(parameters, Box::new(result)), height.max(below)))
    }

    /// `<a: number, b: string>`
    fn context_type(&mut self) -> Read<(TypeExprKind, u32)> {
        let mut members: Vec<(Arc<str>, TypeExpr)> = Vec::new();
        let mut height = 0;
        let mut goes_on = self.open_angle()?;
        while goes_on {
            let member = self.written("a name for the entry", |_| false)?;
            self.expect(Kind::Colon)?;
            let (of, below) = self.type_expr()?;
            height = height.max(below);
            members.push((member.name, of));
            goes_on = self.another(Kind::Greater);
        }
        self.close_angle()?;
        Ok((TypeExprKind::Context(members), height))
    }

    /// Passes a `<`, also where one begins `<>`; `false` if nothing stands inside.
    fn open_angle(&mut self) -> Read<bool> {
        if self.slice() == "<>" {
            self.jump(self.token.start + 1);
        } else {
            self.expect(Kind::Less)?;
        }
        Ok(self.token.kind != Kind::Greater)
    }

    /// Passes a `>`, also where one begins `>=`.
    fn close_angle(&mut self) -> Read<()> {
        match self.token.kind {
            Kind::Greater => self.bump(),
            Kind::GreaterOrEqual if self.slice() == ">=" => self.jump(self.token.start + 1),
            _ => return Err(self.misplaced("`>`")),
        }
        Ok(())
    }

    /// `number`, `date and time`, or the dotted name of an item definition.
    fn named_type(&mut self) -> Read<(TypeExprKind, u32)> {
        TYPES_OF_WORDS.iter().for_each(|name| self.scope.bind(name));
        let name = self.dotted_name();
        TYPES_OF_WORDS.iter().for_each(|name| self.scope.unbind(name));
        Ok((TypeExprKind::Named(name?), 0))
    }

    fn dotted_name(&mut self) -> Read<Arc<str>> {
        let Spanned { mut name, .. } = self.name("a type")?;
        while self.eat(Kind::Dot) {
            let step = self.name("a name after `.`")?;
            name = format!("{name}.{}", step.name).into();
        }
        Ok(name)
    }
}
