//! What a sound pack may still be asked about: thresholds written twice, days without a value, names that nothing uses.
//!
//! They are looked for only in a pack without errors: beside an error they would be noise, and half of them its echo.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::dates::days;
use super::typed::{Expr, Kind, TypedProcedure};
use super::walk::{children, messages, roots};
use crate::diagnostics::{Code, Diagnostic};
use crate::feel::ast::CompareOp;
use crate::model::{Definition, FactDecl, Interval, Pack, Parameter};
use crate::source::{Span, Spanned};
use crate::value::{Date, Decimal, Value};

/// Everything worth a look in a pack without errors.
pub(super) fn problems(pack: &Pack, procedures: &[TypedProcedure]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut used = Used::default();
    for procedure in procedures {
        thresholds(procedure, &mut found);
        used.add(procedure);
        for parameter in &procedure.parameters {
            let dated = parameter.values.iter().map(|value| (value.interval, value.span));
            value_gaps("parameter", &parameter.name, dated, &mut found);
        }
    }
    for procedure in &pack.procedures {
        definition_gaps(&procedure.definitions, &mut found);
        let dated = procedure.authorities.iter().map(|authority| (authority.interval, procedure.authority.span));
        value_gaps("authority of procedure", &procedure.code.value, dated, &mut found);
        used.unused_names(&procedure.parameters, &procedure.definitions, Some(&procedure.code.value), &mut found);
    }
    for vocabulary in &pack.vocabularies {
        definition_gaps(&vocabulary.definitions, &mut found);
        used.unused_facts(&vocabulary.facts, &mut found);
        used.unused_names(&vocabulary.parameters, &vocabulary.definitions, None, &mut found);
    }
    found
}

// ---------- thresholds ----------

/// A number, a day or a duration of the law as a rule compares something with it.
struct Threshold {
    interval: Interval,
    literal: Span,
    /// The table it stands in: the rows of one table share their thresholds.
    table: Option<Span>,
}

/// Thresholds that stand as literals in two places in force on the same day, compared with the same thing.
fn thresholds(procedure: &TypedProcedure, found: &mut Vec<Diagnostic>) {
    let mut look = Thresholds { all: BTreeMap::new(), table: None };
    // `level: 2` is a code of the account, not a number of the law.
    let levels: Vec<Span> = procedure.identity.iter().filter(|check| check.level.is_some()).map(|check| check.require.span).collect();
    for (expr, interval) in roots(procedure).into_iter().filter(|(expr, _)| !levels.contains(&expr.span)) {
        look.collect(expr, &interval);
    }
    for definition in &procedure.definitions {
        for version in &definition.versions {
            let interval = version.interval.intersect(&procedure.interval);
            version.body.iter().for_each(|body| look.collect(body, &interval));
        }
    }
    for ((_, value), mut places) in look.all {
        places.sort_by_key(|place| place.literal);
        for (at, place) in places.iter().enumerate() {
            let again = |first: &&Threshold| {
                let elsewhere = first.literal != place.literal && (first.table.is_none() || first.table != place.table);
                elsewhere && !first.interval.intersect(&place.interval).is_empty()
            };
            if let Some(first) = places.iter().take(at).find(again) {
                let message = format!("the threshold {value} is written twice");
                let problem = Diagnostic::new(Code::RepeatedThreshold, place.literal, message).label("again here").related(first.literal, "first here");
                found.push(problem.help("make it a parameter with its article and its dates: when the law changes, one place changes"));
                break;
            }
        }
    }
}

struct Thresholds {
    /// By what is compared and with what.
    all: BTreeMap<(String, String), Vec<Threshold>>,
    table: Option<Span>,
}

impl Thresholds {
    fn collect(&mut self, expr: &Expr, interval: &Interval) {
        match &expr.kind {
            Kind::Compare(CompareOp::Less | CompareOp::LessOrEqual | CompareOp::Greater | CompareOp::GreaterOrEqual, left, right) => {
                self.compared(left, right, interval);
                self.compared(right, left, interval);
            }
            Kind::Inside(of, range) => {
                if let Kind::Range(low, _, high, _) = &range.kind {
                    low.iter().chain(high).for_each(|end| self.compared(of, end, interval));
                }
            }
            Kind::Table(table) => {
                let before = self.table.replace(expr.span);
                table.inputs.iter().chain(&table.otherwise).for_each(|part| self.collect(part, interval));
                for row in &table.rows {
                    let within = interval.intersect(&row.interval);
                    row.tests.iter().flatten().chain(&row.outputs).for_each(|part| self.collect(part, &within));
                }
                self.table = before;
                return;
            }
            _ => {}
        }
        children(expr, &mut |child| self.collect(child, interval));
    }

    fn compared(&mut self, what: &Expr, with: &Expr, interval: &Interval) {
        let Kind::Constant(value) = &with.kind else { return };
        // A literal that the author wrote has a place of its own; 0 and 1 are no numbers of the law.
        let Some(value) = written(value).filter(|_| with.span != Span::default()) else { return };
        let mut key = String::new();
        if path(what, &mut key).is_some() {
            let place = Threshold { interval: *interval, literal: with.span, table: self.table };
            self.all.entry((key, value)).or_default().push(place);
        }
    }
}

/// A value that can be a threshold, as it is written.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) if *number != Decimal::from_i64(0) && *number != Decimal::from_i64(1) => Some(number.to_string()),
        Value::Date(day) => Some(day.to_string()),
        Value::DateTime(moment) => Some(moment.to_string()),
        Value::Time(time) => Some(time.to_string()),
        Value::Days(duration) => Some(duration.to_string()),
        Value::Months(duration) => Some(duration.to_string()),
        _ => None,
    }
}

/// What is compared, without its places: equal for two expressions that say the same. `None` for what is not looked at.
fn path(expr: &Expr, out: &mut String) -> Option<()> {
    use std::fmt::Write as _;
    match &expr.kind {
        Kind::Fact(fact) => write!(out, "fact {}", fact.0).ok()?,
        Kind::Parameter(parameter) => write!(out, "parameter {parameter}").ok()?,
        Kind::Definition(definition) => write!(out, "definition {definition}").ok()?,
        Kind::Moment(moment) => write!(out, "{moment:?}").ok()?,
        Kind::Constant(value) => write!(out, "{value:?}").ok()?,
        Kind::Member(of, name) | Kind::Members(of, name) | Kind::Property(of, name) => {
            path(of, out)?;
            write!(out, ".{name}").ok()?;
        }
        Kind::Call(builtin, arguments) => {
            write!(out, "{}(", builtin.name).ok()?;
            for argument in arguments {
                path(argument, out)?;
                out.push(',');
            }
            out.push(')');
        }
        Kind::Arithmetic(op, left, right) => {
            out.push('(');
            path(left, out)?;
            write!(out, "{op:?}").ok()?;
            path(right, out)?;
            out.push(')');
        }
        _ => return None,
    }
    Some(())
}

// ---------- days without a value ----------

fn definition_gaps(definitions: &[Definition], found: &mut Vec<Diagnostic>) {
    let mut by_name: BTreeMap<&str, Vec<(Interval, Span)>> = BTreeMap::new();
    for definition in definitions {
        by_name.entry(&definition.name.value).or_default().push((definition.interval, definition.span));
    }
    for (name, dated) in by_name {
        value_gaps("definition", name, dated.into_iter(), found);
    }
}

/// Days between two dated values on which there is none.
fn value_gaps(what: &str, name: &str, dated: impl Iterator<Item = (Interval, Span)>, found: &mut Vec<Diagnostic>) {
    let mut dated: Vec<(Interval, Span)> = dated.collect();
    dated.sort_by_key(|(interval, _)| interval.from);
    let mut covered: Option<Date> = None;
    for (number, (interval, span)) in dated.iter().enumerate() {
        let next = covered.map(|day| day.plus_days(1));
        if let (Some(next), Some(from)) = (next, interval.from)
            && number > 0
            && next < from
        {
            let gap = Interval { from: Some(next), until: Some(from.plus_days(-1)), span: None };
            let problem = Diagnostic::new(Code::ValueGap, *span, format!("the {what} `{name}` has no value {}", days(&gap)));
            let help = "let the value before it last until then, add the value of those days, or say that it is `unknown:`";
            found.push(problem.label("begins after a gap").help(help));
        }
        match interval.until {
            None => return,
            Some(until) => covered = Some(covered.map_or(until, |day| day.max(until))),
        }
    }
}

// ---------- what nothing uses ----------

/// What the rules of all procedures reach.
#[derive(Default)]
struct Used {
    facts: HashSet<Arc<str>>,
    /// Parameters and definitions, with the procedure that reaches them.
    names: BTreeSet<(Arc<str>, Arc<str>)>,
    /// The same, whoever reaches them.
    anywhere: HashSet<Arc<str>>,
}

/// Facts that no expression names: the plan of a procedure's steps reads them.
const WHAT_HAPPENED: [&str; 2] = ["case.steps", "case.reappointments"];

impl Used {
    fn add(&mut self, procedure: &TypedProcedure) {
        let mut reach = Reach { procedure, facts: BTreeSet::new(), parameters: BTreeSet::new(), definitions: BTreeSet::new() };
        roots(procedure).into_iter().map(|(expr, _)| expr).chain(messages(procedure)).for_each(|expr| reach.walk(expr));
        reach.facts.extend(procedure.documents.iter().filter(|document| document.provided.is_some()).filter_map(|_| procedure.provided_documents));
        reach.facts.extend(procedure.deadline.iter().filter_map(|_| procedure.supplements));
        if !procedure.steps.is_empty() || !procedure.apology.is_empty() {
            let told = procedure.facts.iter().map(|fact| &fact.name.value).filter(|name| WHAT_HAPPENED.contains(&&***name));
            self.facts.extend(told.cloned());
        }
        let Reach { facts, parameters, definitions, .. } = reach;
        self.facts.extend(facts.iter().filter_map(|fact| procedure.facts.get(usize::from(fact.0))).map(|fact| fact.name.value.clone()));
        let parameters = parameters.iter().filter_map(|at| procedure.parameters.get(usize::from(*at))).map(|parameter| &parameter.name);
        let definitions = definitions.iter().filter_map(|at| procedure.definitions.get(usize::from(*at))).map(|definition| &definition.name);
        for name in parameters.chain(definitions) {
            self.names.insert((procedure.code.clone(), name.clone()));
            self.anywhere.insert(name.clone());
        }
    }

    fn unused_facts(&self, facts: &[FactDecl], found: &mut Vec<Diagnostic>) {
        for fact in facts.iter().filter(|fact| !self.facts.contains(&fact.name.value)) {
            let problem = Diagnostic::new(Code::UnusedFact, fact.name.span, format!("no rule of any procedure uses `{}`", fact.name.value));
            found.push(problem.label("declared, but never used").help("remove it, or write the rule that needs it"));
        }
    }

    /// Parameters and definitions of a procedure (or of a vocabulary) that no rule of it (or of any) reaches.
    fn unused_names(&self, parameters: &[Parameter], definitions: &[Definition], of: Option<&Arc<str>>, found: &mut Vec<Diagnostic>) {
        let names = parameters.iter().map(|one| ("parameter", &one.name)).chain(definitions.iter().map(|one| ("definition", &one.name)));
        let is_used = |name: &Spanned<Arc<str>>| match of {
            Some(code) => self.names.contains(&(code.clone(), name.value.clone())),
            None => self.anywhere.contains(&name.value),
        };
        let mut told: HashSet<&str> = HashSet::new();
        for (what, name) in names.filter(|(_, name)| !is_used(name)) {
            if told.insert(&name.value) {
                let problem = Diagnostic::new(Code::UnusedName, name.span, format!("no rule uses the {what} `{}`", name.value));
                found.push(problem.label("declared, but never used").help("remove it, or write the rule that needs it"));
            }
        }
    }
}

/// What the rules of one procedure reach.
struct Reach<'a> {
    procedure: &'a TypedProcedure,
    facts: BTreeSet<super::typed::FactId>,
    parameters: BTreeSet<u16>,
    definitions: BTreeSet<u16>,
}

impl Reach<'_> {
    fn walk(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Fact(fact) => {
                self.facts.insert(*fact);
            }
            Kind::Parameter(index) => {
                self.parameters.insert(*index);
            }
            Kind::Definition(index) => {
                if self.definitions.insert(*index)
                    && let Some(definition) = self.procedure.definitions.get(usize::from(*index))
                {
                    definition.versions.iter().filter_map(|version| version.body.as_ref().ok()).for_each(|body| self.walk(body));
                }
            }
            _ => children(expr, &mut |child| self.walk(child)),
        }
    }
}
