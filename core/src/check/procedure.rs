//! One procedure in one jurisdiction: its names, its definitions, its elements.

use std::collections::HashSet;
use std::sync::Arc;

use super::complete::first_gap;
use super::handling;
use super::infer::{Declarations, Inference, boolean, constant, not_null_if};
use super::scope::{Global, Globals, type_of, type_of_parameter};
use super::typed::{
    DefinitionVersion, Expr, FactId, Kind, Message, MessagePart, TypedCondition, TypedDeadline, TypedDefinition, TypedDocument, TypedFee,
    TypedFeeBase, TypedParameter, TypedProcedure, TypedReduction, TypedReductionKind,
};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::feel::ast::CompareOp;
use crate::feel::{self, Names};
use crate::model::{
    Basis, Condition, Deadline, Definition, DefinitionBody, Document, FactDecl, Fee, FeeBase, FeelText, IdentityCheck, Interval, Pack, Parameter,
    Procedure, ReductionKind, Text, Vocabulary,
};
use crate::source::{Span, Spanned};
use crate::value::{Decimal, Type, Value};

/// Most conditions, checks, documents or fees one procedure can have in force.
pub(super) const MOST_ELEMENTS: usize = 64;

/// Checks one procedure.
pub(super) struct ProcedureCheck<'a> {
    pub(super) pack: &'a Pack,
    pub(super) procedure: &'a Procedure,
    pub(super) vocabularies: Vec<&'a Vocabulary>,
    names: &'a Names,
    globals: Globals,
    facts: Vec<FactDecl>,
    used: HashSet<FactId>,
    parameters: Vec<&'a Parameter>,
    definitions: Vec<Group<'a>>,
    results: &'a [Wanted],
    what: &'static str,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// An expression outside the elements of a procedure whose value is wanted: a definition that nothing can name.
pub(super) struct Wanted {
    /// Its name, which no author can write.
    pub name: Arc<str>,
    /// The expression.
    pub text: FeelText,
    /// Types it may have; empty: any.
    pub types: Vec<Type>,
}

/// All versions of a definition, and how far they are checked.
struct Group<'a> {
    name: Arc<str>,
    versions: Vec<&'a Definition>,
    state: State,
}

enum State {
    Untouched,
    InProgress,
    Done(TypedDefinition),
}

impl<'a> ProcedureCheck<'a> {
    /// Declares every name of the procedure.
    pub fn new(pack: &'a Pack, procedure: &'a Procedure, names: &'a Names) -> Self {
        let mut check = ProcedureCheck {
            pack,
            procedure,
            vocabularies: Vec::new(),
            names,
            globals: Globals::with_moment(),
            facts: Vec::new(),
            used: HashSet::new(),
            parameters: Vec::new(),
            definitions: Vec::new(),
            results: &[],
            what: "procedure",
            diagnostics: Vec::new(),
        };
        for used in &procedure.uses {
            match pack.vocabularies.iter().find(|vocabulary| vocabulary.name.value == used.value) {
                Some(vocabulary) => check.vocabularies.push(vocabulary),
                None => {
                    let near = nearest(&used.value, pack.vocabularies.iter().map(|vocabulary| &*vocabulary.name.value));
                    let mut problem = Diagnostic::new(Code::UnknownVocabulary, used.span, format!("no vocabulary `{}`", used.value));
                    if let Some(near) = near {
                        problem = problem.help(format!("did you mean `{near}`?"));
                    }
                    check.diagnostics.push(problem.label("not declared"));
                }
            }
        }
        let vocabularies = check.vocabularies.clone();
        vocabularies.iter().flat_map(|vocabulary| &vocabulary.facts).chain(&procedure.facts).for_each(|fact| check.declare_fact(fact));
        vocabularies.iter().flat_map(|vocabulary| &vocabulary.parameters).chain(&procedure.parameters).for_each(|p| check.declare_parameter(p));
        vocabularies.iter().flat_map(|vocabulary| &vocabulary.definitions).chain(&procedure.definitions).for_each(|d| check.declare_definition(d));
        check
    }

    /// Gives values of further expressions too, as definitions behind all others; messages speak of `what`.
    pub fn giving(self, results: &'a [Wanted], what: &'static str) -> Self {
        ProcedureCheck { results, what, ..self }
    }

    fn declare_fact(&mut self, fact: &FactDecl) {
        let id = FactId(self.facts.len() as u16);
        match self.globals.declare(&fact.name.value, Global::Fact(id), fact.name.span) {
            Ok(()) => self.facts.push(fact.clone()),
            Err(first) => self.twice(&fact.name, first),
        }
    }

    fn declare_parameter(&mut self, parameter: &'a Parameter) {
        let index = self.parameters.len() as u16;
        match self.globals.declare(&parameter.name.value, Global::Parameter(index), parameter.name.span) {
            Ok(()) => self.parameters.push(parameter),
            Err(first) => self.twice(&parameter.name, first),
        }
    }

    fn declare_definition(&mut self, definition: &'a Definition) {
        let name = &definition.name.value;
        if let Some(group) = self.definitions.iter_mut().find(|group| group.name == *name) {
            group.versions.push(definition);
            return;
        }
        let index = self.definitions.len() as u16;
        match self.globals.declare(name, Global::Definition(index), definition.name.span) {
            Ok(()) => self.definitions.push(Group { name: name.clone(), versions: vec![definition], state: State::Untouched }),
            Err(first) => self.twice(&definition.name, first),
        }
    }

    fn twice(&mut self, name: &Spanned<Arc<str>>, first: Span) {
        let problem = Diagnostic::new(Code::DuplicateDeclaration, name.span, format!("`{}` is declared twice", name.value));
        self.diagnostics.push(problem.label("again here").related(first, "first here"));
    }

    /// The typed procedure and everything that is wrong with it.
    pub fn check(mut self, jurisdiction: Option<&str>) -> (TypedProcedure, Vec<Diagnostic>) {
        let procedure = self.procedure;
        for index in 0..self.definitions.len() as u16 {
            self.definition_type(index, Span::default());
        }
        let eligibility = procedure.eligibility.iter().map(|condition| self.condition(condition)).collect();
        let of_vocabularies: Vec<&IdentityCheck> = self.vocabularies.iter().flat_map(|vocabulary| &vocabulary.identity).collect();
        let identity = of_vocabularies.into_iter().chain(&procedure.identity).map(|check| self.identity(check)).collect();
        let documents = procedure.documents.iter().map(|document| self.document(document)).collect();
        let fees = procedure.fees.iter().map(|fee| self.fee(fee)).collect();
        let deadline = procedure.deadline.iter().map(|deadline| self.deadline(deadline)).collect();
        let steps = self.steps();
        let apology = self.apologies();
        let declarations = procedure.declarations.iter().map(|declaration| self.declaration(declaration)).collect();
        let linked = procedure.linked.iter().map(|link| self.link(link)).collect();
        let results: Vec<TypedDefinition> = self.results.iter().map(|wanted| self.result(wanted)).collect();
        self.too_many(procedure);
        self.unused_facts();
        let fact = |name: &str| match self.globals.get(name) {
            Some(Global::Fact(fact)) => Some(fact),
            _ => None,
        };
        let provided = self.pack.header.as_ref().and_then(|header| header.provided_documents.as_ref());
        let defined = self.definitions.iter().filter(|group| matches!(group.state, State::Done(_))).count() as u16;
        let typed = TypedProcedure {
            results: (defined..defined + results.len() as u16).collect(),
            code: procedure.code.value.clone(),
            jurisdiction: jurisdiction.map(Into::into),
            name: procedure.name.clone(),
            summary: procedure.summary.clone(),
            field: procedure.field.value.clone(),
            authority: procedure.authority.value.clone(),
            authorities: procedure.authorities.clone(),
            online_service: procedure.online_service.value.clone(),
            interval: procedure.interval,
            provided_documents: provided.and_then(|name| fact(&name.value)),
            supplements: fact("case.supplements"),
            parameters: self.parameters.iter().map(|parameter| typed_parameter(parameter)).collect(),
            definitions: std::mem::take(&mut self.definitions).into_iter().filter_map(|group| match group.state {
                State::Done(typed) => Some(typed),
                _ => None,
            }).chain(results).collect(),
            facts: self.facts,
            eligibility,
            identity,
            documents,
            fees,
            deadline,
            steps,
            apology,
            declarations,
            linked,
            notes: procedure.notes.clone(),
        };
        self.diagnostics.extend(handling::overlong(&typed, procedure));
        (typed, self.diagnostics)
    }

    fn result(&mut self, wanted: &Wanted) -> TypedDefinition {
        let body = self.expression(&wanted.text, &wanted.types, None);
        let of = body.of.clone();
        let version = DefinitionVersion { interval: Interval::default(), label: None, body: Ok(body), basis: Basis::default() };
        TypedDefinition { name: wanted.name.clone(), of, versions: vec![version] }
    }

    fn too_many(&mut self, procedure: &Procedure) {
        let sections = [
            ("eligibility", procedure.eligibility.len()),
            ("identity", procedure.identity.len() + self.vocabularies.iter().map(|vocabulary| vocabulary.identity.len()).sum::<usize>()),
            ("documents", procedure.documents.len()),
            ("fees", procedure.fees.len()),
        ];
        for (section, count) in sections {
            if count > MOST_ELEMENTS {
                let message = format!("{count} elements in `{section}`, {MOST_ELEMENTS} is the most");
                self.diagnostics.push(Diagnostic::new(Code::TooMany, procedure.code.span, message));
            }
        }
    }

    fn unused_facts(&mut self) {
        for (fact, id) in self.facts.iter().zip(0..) {
            let own = self.procedure.facts.iter().any(|own| own.name.value == fact.name.value);
            if own && !self.used.contains(&FactId(id)) {
                let problem = Diagnostic::new(Code::UnusedFact, fact.name.span, format!("no rule uses `{}`", fact.name.value));
                self.diagnostics.push(problem.label("asked, but never used").help("remove it, or write the rule that needs it"));
            }
        }
    }

    /// A typed expression of a wanted type; what `when` assures is assumed.
    pub(super) fn expression(&mut self, text: &FeelText, wanted: &[Type], when: Option<&Expr>) -> Expr {
        let parsed = feel::parse(&text.value, text.span.source, text.span.start, self.names);
        let broken = !parsed.diagnostics.is_empty();
        self.diagnostics.extend(parsed.diagnostics);
        if broken {
            return Expr { kind: Kind::Constant(Value::Null), of: Type::Any, span: text.span };
        }
        let mut inference = Inference::new(self);
        if let Some(when) = when {
            inference.scope.assume(not_null_if(when, true));
        }
        let typed = inference.infer(&parsed.value);
        if !wanted.is_empty() {
            inference.want(&typed, wanted);
        }
        typed
    }

    /// A typed unary test of an input.
    pub(super) fn unary_tests(&mut self, text: &FeelText, input: &Expr) -> Option<Expr> {
        let parsed = feel::parse_tests(&text.value, text.span.source, text.span.start, self.names);
        let broken = !parsed.diagnostics.is_empty();
        self.diagnostics.extend(parsed.diagnostics);
        if broken {
            return None;
        }
        let typed = Inference::new(self).test(&parsed.value, input);
        (typed.kind != Kind::Constant(Value::Boolean(true))).then_some(typed)
    }

    pub(super) fn when(&mut self, when: Option<&FeelText>) -> Option<Expr> {
        when.map(|when| self.expression(when, &[Type::Boolean], None))
    }

    fn condition(&mut self, condition: &Condition) -> TypedCondition {
        let when = self.when(condition.when.as_ref());
        let require = self.expression(&condition.require, &[Type::Boolean], when.as_ref());
        TypedCondition {
            id: condition.id.value.clone(),
            interval: condition.interval,
            require,
            level: None,
            message: self.message(&condition.message, condition.message_span),
            when,
            basis: condition.basis.clone(),
            links: 0,
        }
    }

    fn identity(&mut self, check: &IdentityCheck) -> TypedCondition {
        let when = self.when(check.when.as_ref());
        let require = match (&check.require, &check.level) {
            (Some(require), _) => self.expression(require, &[Type::Boolean], when.as_ref()),
            (None, Some(level)) => self.at_least_level(level),
            (None, None) => constant(Value::Boolean(true), check.span),
        };
        TypedCondition {
            id: check.id.value.clone(),
            interval: check.interval,
            require,
            level: check.level.as_ref().map(|level| level.value),
            message: self.message(&check.message, check.message_span),
            when,
            basis: check.basis.clone(),
            links: 0,
        }
    }

    /// `account.level >= level`, with the fact that the pack names.
    fn at_least_level(&mut self, level: &Spanned<u8>) -> Expr {
        let fact = self.pack.header.as_ref().and_then(|header| header.account_level.as_ref());
        match fact.and_then(|fact| self.globals.get(&fact.value)) {
            Some(Global::Fact(fact)) => {
                let of = self.fact_type(fact);
                let account = Expr { kind: Kind::Fact(fact), of, span: level.span };
                let wanted = constant(Value::Number(Decimal::from_i64(i64::from(level.value))), level.span);
                self.used.insert(fact);
                Inference::new(self).compare(CompareOp::GreaterOrEqual, account, wanted, level.span)
            }
            _ => {
                let problem = Diagnostic::new(Code::UnknownFact, level.span, "a level is wanted, but no fact holds the account's level");
                let help = "name it in pack.yaml (`account: { level: … }`) and use its vocabulary";
                self.diagnostics.push(problem.label("checked against what?").help(help));
                constant(Value::Boolean(true), level.span)
            }
        }
    }

    fn document(&mut self, document: &Document) -> TypedDocument {
        let when = self.when(document.when.as_ref());
        let reuse = document.reuse.as_ref().map(|reuse| self.expression(reuse, &[Type::Boolean], when.as_ref()));
        let ids = std::iter::once(&document.id.value).chain(document.any_of.iter().map(|alternative| &alternative.id.value));
        TypedDocument {
            id: document.id.value.clone(),
            name: document.name.clone(),
            interval: document.interval,
            form: document.form,
            copies: document.copies,
            any_of: document.any_of.clone(),
            reuse,
            reuse_source: self.pack.source_of(document),
            provided: self.provided(ids.cloned().collect(), document.span),
            when,
            basis: document.basis.clone(),
            links: 0,
        }
    }

    /// Whether one of the ids is in the pack's list of documents handed in already.
    fn provided(&mut self, ids: Vec<Arc<str>>, span: Span) -> Option<Expr> {
        let name = self.pack.header.as_ref()?.provided_documents.as_ref()?;
        let Some(Global::Fact(fact)) = self.globals.get(&name.value) else { return None };
        self.used.insert(fact);
        let of = self.fact_type(fact);
        let contains = crate::builtins::find("list contains")?;
        let list = Expr { kind: Kind::Fact(fact), of, span };
        let one = |id: Arc<str>| boolean(Kind::Call(contains, vec![list.clone(), constant(Value::Text(id), span)]), span);
        let mut parts: Vec<Expr> = ids.into_iter().map(one).collect();
        if parts.len() == 1 { parts.pop() } else { Some(boolean(Kind::Or(parts), span)) }
    }

    fn fee(&mut self, fee: &Fee) -> TypedFee {
        let when = self.when(fee.when.as_ref());
        let number = [Type::Number];
        let guard = when.as_ref();
        let base = match &fee.base {
            FeeBase::Amount(amount) => TypedFeeBase::Amount(self.expression(amount, &number, guard)),
            FeeBase::Table(table) => {
                let typed = self.table(table, &fee.interval);
                self.complete(table, &typed, &fee.interval.intersect(&self.procedure.interval));
                self.want_amounts(&typed);
                TypedFeeBase::Amount(typed)
            }
            FeeBase::Tiers(tiers) => {
                let of = self.expression(&tiers.of, &number, guard);
                let steps = tiers.steps.iter().map(|step| {
                    let up_to = step.up_to.as_ref().map(|up_to| self.expression(up_to, &number, guard));
                    (up_to, self.expression(&step.rate, &number, guard))
                });
                TypedFeeBase::Tiers(of, steps.collect())
            }
            FeeBase::Unknown(why) => TypedFeeBase::Unknown(why.clone()),
        };
        let floor = fee.floor.as_ref().map(|floor| self.expression(floor, &number, guard));
        let cap = fee.cap.as_ref().map(|cap| self.expression(cap, &number, guard));
        let times = fee.times.as_ref().map(|times| self.expression(times, &number, guard));
        let reductions = fee.reductions.iter().map(|reduction| {
            let applies = self.when(reduction.when.as_ref());
            let mut amount = |text: &FeelText| self.expression(text, &number, applies.as_ref());
            let kind = match &reduction.kind {
                ReductionKind::To(text) => TypedReductionKind::To(amount(text)),
                ReductionKind::Percent(text) => TypedReductionKind::Percent(amount(text)),
                ReductionKind::Off(text) => TypedReductionKind::Off(amount(text)),
            };
            let max_off = reduction.max_off.as_ref().map(amount);
            TypedReduction {
                id: reduction.id.value.clone(),
                name: reduction.name.clone(),
                interval: reduction.interval.intersect(&fee.interval),
                when: applies,
                kind,
                max_off,
                basis: reduction.basis.clone(),
            }
        });
        let reductions = reductions.collect();
        TypedFee {
            id: fee.id.value.clone(),
            name: fee.name.clone(),
            interval: fee.interval,
            base,
            floor,
            cap,
            times,
            reductions,
            rounding: fee.rounding,
            when,
            basis: fee.basis.clone(),
            links: 0,
        }
    }

    /// Reports cells of a fee table that are no amount.
    fn want_amounts(&mut self, table: &Expr) {
        let Kind::Table(typed) = &table.kind else { return };
        let mut inference = Inference::new(self);
        for output in typed.rows.iter().flat_map(|row| &row.outputs).chain(&typed.otherwise) {
            inference.want(output, &[Type::Number]);
        }
        if !matches!(table.of.without_null(), Type::Number | Type::Any) && typed.outputs.len() != 1 {
            let message = format!("an amount is wanted, the table gives {}", table.of);
            self.diagnostics.push(Diagnostic::new(Code::TypeMismatch, table.span, message));
        }
    }

    pub(super) fn deadline(&mut self, deadline: &Deadline) -> TypedDeadline {
        let when = self.when(deadline.when.as_ref());
        let day = [Type::Optional(Box::new(Type::Date))];
        let no_reason = || deadline.unknown.clone().unwrap_or_default();
        TypedDeadline {
            id: deadline.id.value.clone(),
            interval: deadline.interval,
            period: deadline.period.ok_or_else(no_reason),
            clock: deadline.clock,
            cutoff: deadline.cutoff.clone(),
            not_before: deadline.not_before.iter().map(|event| self.expression(event, &day, when.as_ref())).collect(),
            roll: deadline.roll,
            extension: deadline.extension.as_ref().map(|extension| self.expression(extension, &[Type::Number], when.as_ref())),
            when,
            basis: deadline.basis.clone(),
        }
    }

    fn message(&mut self, text: &Text, span: Span) -> Message {
        Message { vi: self.message_parts(&text.vi, span), en: self.message_parts(&text.en, span) }
    }

    /// A message cut at its braces; `{{` and `}}` are the braces themselves.
    fn message_parts(&mut self, text: &str, span: Span) -> Vec<MessagePart> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            plain.push_str(before);
            let doubled = from.starts_with("{{") || from.starts_with("}}");
            let end = from.find('}').filter(|_| from.starts_with('{'));
            if let (false, Some(end)) = (doubled, end) {
                if !plain.is_empty() {
                    parts.push(MessagePart::Text(std::mem::take(&mut plain).into()));
                }
                let inner = from.get(1..end).unwrap_or("");
                let feel = Spanned::new(inner.into(), span);
                parts.push(MessagePart::Value(self.in_message(&feel)));
                rest = from.get(end + 1..).unwrap_or("");
            } else {
                plain.push_str(from.get(..1).unwrap_or(""));
                rest = from.get(if doubled { 2 } else { 1 }..).unwrap_or("");
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(MessagePart::Text(plain.into()));
        }
        parts
    }

    /// An expression in a message: its problems are told at the message, for its own place is not kept.
    fn in_message(&mut self, text: &FeelText) -> Expr {
        let before = self.diagnostics.len();
        let typed = self.expression(text, &[], None);
        for problem in self.diagnostics.iter_mut().skip(before) {
            problem.span = text.span;
            problem.message = format!("in `{{{}}}`: {}", text.value, problem.message);
        }
        typed
    }

    pub(super) fn report_all(&mut self, problems: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(problems);
    }

    fn define(&mut self, index: usize, span: Span) -> Type {
        let Some(group) = self.definitions.get_mut(index) else { return Type::Any };
        match &group.state {
            State::Done(typed) => return typed.of.clone(),
            State::InProgress => {
                let name = group.name.clone();
                let problem = Diagnostic::new(Code::DefinitionCycle, span, format!("`{name}` needs itself")).label("needed again here");
                let first = group.versions.first().map_or(span, |version| version.name.span);
                let help = "break the circle: one of its definitions must not use the other";
                self.diagnostics.push(problem.related(first, "defined here").help(help));
                return Type::Any;
            }
            State::Untouched => {}
        }
        group.state = State::InProgress;
        let (name, versions) = (group.name.clone(), group.versions.clone());
        let typed: Vec<DefinitionVersion> = versions.iter().map(|version| DefinitionVersion {
            interval: version.interval,
            label: version.label.clone(),
            body: match &version.body {
                DefinitionBody::Expression(text) => Ok(self.expression(text, &[], None)),
                DefinitionBody::Table(table) => {
                    let typed = self.table(table, &version.interval);
                    let complete = first_gap(&typed, &version.interval.intersect(&self.procedure.interval)).is_none();
                    let of = if complete { typed.of.clone() } else { typed.of.clone().optional() };
                    Ok(Expr { of, ..typed })
                }
                DefinitionBody::Unknown(why) => Err(why.clone()),
            },
            basis: version.basis.clone(),
        }).collect();
        let known = typed.iter().filter_map(|version| version.body.as_ref().ok()).map(|body| body.of.clone());
        let of = known.reduce(|a, b| a.join(&b)).unwrap_or(Type::Any);
        if let Some(group) = self.definitions.get_mut(index) {
            group.state = State::Done(TypedDefinition { name, of: of.clone(), versions: typed });
        }
        of
    }
}

impl Declarations for ProcedureCheck<'_> {
    fn globals(&self) -> &Globals {
        &self.globals
    }

    fn fact_type(&self, fact: FactId) -> Type {
        self.facts.get(usize::from(fact.0)).map_or(Type::Any, type_of)
    }

    fn parameter_type(&self, parameter: u16) -> Type {
        self.parameters.get(usize::from(parameter)).map_or(Type::Any, |parameter| type_of_parameter(parameter))
    }

    fn definition_type(&mut self, definition: u16, span: Span) -> Type {
        self.define(usize::from(definition), span)
    }

    fn uses(&mut self, fact: FactId) {
        self.used.insert(fact);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn place(&self) -> String {
        format!("{} `{}`", self.what, self.procedure.code.value)
    }
}

fn typed_parameter(parameter: &Parameter) -> TypedParameter {
    let mut values = parameter.values.clone();
    values.sort_by_key(|value| value.interval.from);
    TypedParameter {
        name: parameter.name.value.clone(),
        label: parameter.label.clone(),
        unit: parameter.unit.clone(),
        of: type_of_parameter(parameter),
        values,
    }
}
