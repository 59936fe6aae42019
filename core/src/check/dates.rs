//! Dates of the law: bases in force, parameters with a value, versions that do not overlap.

use std::collections::{HashMap, HashSet};

use super::scope::uncovered;
use super::typed::{Expr, Kind, TypedProcedure};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::{Basis, Citation, Instrument, Interval, Pack, Parameter, Procedure, Row, Vocabulary};
use crate::source::Span;
use crate::value::Date;

/// Instruments by their numbers.
pub(super) struct Instruments<'a>(HashMap<&'a str, &'a Instrument>);

impl<'a> Instruments<'a> {
    /// Of a pack; diagnostics for those declared twice or ending before they begin.
    pub fn new(pack: &'a Pack) -> (Instruments<'a>, Vec<Diagnostic>) {
        let mut all: HashMap<&str, &Instrument> = HashMap::new();
        let mut diagnostics = Vec::new();
        for instrument in &pack.instruments {
            if let Some(first) = all.insert(&instrument.id.value, instrument) {
                let problem = Diagnostic::new(Code::DuplicateDeclaration, instrument.id.span, format!("`{}` is declared twice", instrument.id.value));
                diagnostics.push(problem.label("again here").related(first.id.span, "first here"));
            }
            let interval = Interval { from: instrument.from, until: instrument.until, span: None };
            if interval.is_empty() {
                diagnostics.push(Diagnostic::new(Code::EmptyInterval, instrument.id.span, "the instrument ends before it begins"));
            }
        }
        (Instruments(all), diagnostics)
    }

    /// Problems of an element's basis over the days it is in force.
    pub fn check(&self, basis: &Basis, interval: &Interval) -> Vec<Diagnostic> {
        basis.citations.iter().filter_map(|citation| self.citation(citation, interval)).collect()
    }

    /// Problems of one citation.
    pub fn citation(&self, citation: &Citation, interval: &Interval) -> Option<Diagnostic> {
        let Some(instrument) = self.0.get(&*citation.instrument) else {
            let problem = Diagnostic::new(Code::UnknownInstrument, citation.span, format!("no instrument `{}`", citation.instrument)).label("not declared");
            let mut known: Vec<&str> = self.0.keys().copied().collect();
            known.sort_unstable();
            return Some(match nearest(&citation.instrument, known) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("declare it in instruments.yaml with its dates"),
            });
        };
        let in_force = Interval { from: instrument.from, until: instrument.until, span: None };
        let lapsed = uncovered(interval, &[in_force])?;
        let id = &citation.instrument;
        let message = match (instrument.from, instrument.until) {
            (Some(from), Some(until)) => format!("`{id}` is in force from {from} to {until} only, the rule applies {}", days(&lapsed)),
            (Some(from), None) => format!("`{id}` is in force from {from} on, the rule applies {}", days(&lapsed)),
            (None, Some(until)) => format!("`{id}` is in force until {until}, the rule applies {}", days(&lapsed)),
            (None, None) => return None,
        };
        let problem = Diagnostic::new(Code::LapsedInstrument, citation.span, message).label("not in force on all days");
        Some(problem.related(instrument.id.span, "declared here").help("give the rule `from` and `until`, or cite what is in force then"))
    }
}

/// What is said of a rule without a legal basis.
pub(super) fn no_citation(span: Span) -> Diagnostic {
    let problem = Diagnostic::new(Code::NoCitation, span, "this has no legal basis").label("no `cite`");
    problem.help("cite the article: `cite: 68/2020/QH14 art 22(3)`")
}

/// The days of an interval in words.
pub(super) fn days(interval: &Interval) -> String {
    match (interval.from, interval.until) {
        (Some(from), Some(until)) if from == until => format!("on {from}"),
        (Some(from), Some(until)) => format!("from {from} to {until}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "on any day".to_owned(),
    }
}

/// Problems of the basis of an element that must have one, over the days it is in force.
pub(super) fn cited(basis: &Basis, interval: &Interval, span: Span, instruments: &Instruments) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if basis.citations.is_empty() {
        let problem = Diagnostic::new(Code::NoCitation, span, "this has no legal basis").label("no `cite`");
        found.push(problem.help("cite the article: `cite: 68/2020/QH14 art 22(3)`"));
    }
    if interval.is_empty() {
        found.push(Diagnostic::new(Code::EmptyInterval, interval.span.unwrap_or(span), "this ends before it begins").label("no day in it"));
    }
    found.extend(instruments.check(basis, interval));
    found
}

/// Bases of all elements as they are written, over the days of each within those of the procedure.
pub(super) fn bases(procedure: &Procedure, instruments: &Instruments) -> Vec<Diagnostic> {
    let whole = &procedure.interval;
    let mut found = Vec::new();
    let mut check = |basis: &Basis, interval: &Interval, span: Span, wanted: bool| {
        if wanted && basis.citations.is_empty() {
            found.push(no_citation(span));
        }
        if interval.is_empty() {
            let at = interval.span.unwrap_or(span);
            found.push(Diagnostic::new(Code::EmptyInterval, at, "this ends before it begins").label("no day in it"));
        }
        found.extend(instruments.check(basis, &interval.intersect(whole)));
    };
    for value in procedure.parameters.iter().flat_map(|parameter| &parameter.values) {
        check(&value.basis, &value.interval, value.span, true);
    }
    for definition in &procedure.definitions {
        check(&definition.basis, &definition.interval, definition.span, false);
        if let crate::model::DefinitionBody::Table(table) = &definition.body {
            table.rows.iter().filter_map(|row| within(row, &definition.interval)).for_each(|(row, interval)| check(&row.basis, &interval, row.span, false));
        }
    }
    for condition in &procedure.eligibility {
        check(&condition.basis, &condition.interval, condition.id.span, true);
    }
    for identity in &procedure.identity {
        check(&identity.basis, &identity.interval, identity.id.span, true);
    }
    for document in &procedure.documents {
        check(&document.basis, &document.interval, document.id.span, true);
    }
    for fee in &procedure.fees {
        let mut rows_cite = false;
        if let crate::model::FeeBase::Table(table) = &fee.base {
            rows_cite = table.rows.iter().all(|row| !row.basis.citations.is_empty());
            table.rows.iter().filter_map(|row| within(row, &fee.interval)).for_each(|(row, interval)| check(&row.basis, &interval, row.span, false));
        }
        check(&fee.basis, &fee.interval, fee.id.span, !rows_cite);
        for reduction in &fee.reductions {
            check(&reduction.basis, &reduction.interval.intersect(&fee.interval), reduction.id.span, true);
        }
    }
    for deadline in &procedure.deadline {
        check(&deadline.basis, &deadline.interval, deadline.id.span, true);
    }
    for step in &procedure.steps {
        check(&step.basis, &step.interval, step.id.span, true);
    }
    for apology in &procedure.apology {
        check(&apology.basis, &apology.interval, apology.id.span, true);
    }
    for declaration in &procedure.declarations {
        // That something is not known needs no basis.
        check(&declaration.basis, &declaration.interval, declaration.id.span, declaration.value.is_ok());
    }
    for link in &procedure.linked {
        check(&link.basis, &link.interval, link.id.span, true);
        link.facts.iter().for_each(|fact| check(&fact.basis, &link.interval, fact.name.span, false));
        link.limit.iter().for_each(|limit| check(&limit.basis, &limit.interval.intersect(&link.interval), limit.id.span, true));
    }
    for authority in &procedure.authorities {
        check(&authority.basis, &authority.interval, procedure.authority.span, false);
    }
    found
}

/// An element by its id, its days, and where it is written.
type Dated<'a> = (&'a str, Interval, Span);

/// A row with its days within those of what holds it; `None` where it has none of them, which is told of the row.
fn within<'r>(row: &'r Row, holder: &Interval) -> Option<(&'r Row, Interval)> {
    let both = row.interval.intersect(holder);
    (!both.is_empty() || row.interval.is_empty()).then_some((row, both))
}

/// Elements of one id whose days overlap, and dated values that do.
pub(super) fn overlaps(procedure: &Procedure) -> Vec<Diagnostic> {
    let mut found = overlapping_values(&procedure.parameters);
    let mut sections: Vec<(&str, Vec<Dated>)> = vec![
        ("eligibility", procedure.eligibility.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("identity", procedure.identity.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("documents", procedure.documents.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("fees", procedure.fees.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("deadline", procedure.deadline.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("steps", procedure.steps.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("apology", procedure.apology.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("declarations", procedure.declarations.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("linked", procedure.linked.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("definitions", procedure.definitions.iter().map(|e| (&*e.name.value, e.interval, e.name.span)).collect()),
    ];
    for fee in &procedure.fees {
        sections.push(("reductions", fee.reductions.iter().map(|r| (&*r.id.value, r.interval, r.id.span)).collect()));
    }
    for link in &procedure.linked {
        sections.push(("limit", link.limit.iter().map(|limit| (&*limit.id.value, limit.interval, limit.id.span)).collect()));
    }
    found.extend(overlapping_elements(sections));
    found
}

/// The same in a vocabulary.
pub(super) fn vocabulary_overlaps(vocabulary: &Vocabulary) -> Vec<Diagnostic> {
    let mut found = overlapping_values(&vocabulary.parameters);
    found.extend(overlapping_elements(vec![
        ("identity", vocabulary.identity.iter().map(|e| (&*e.id.value, e.interval, e.id.span)).collect()),
        ("definitions", vocabulary.definitions.iter().map(|e| (&*e.name.value, e.interval, e.name.span)).collect()),
    ]));
    found
}

/// Dated values of one parameter whose days overlap.
fn overlapping_values(parameters: &[Parameter]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for parameter in parameters {
        overlapping(parameter.values.iter().map(|value| (value.interval, value.span)), &mut |first, second| {
            let message = format!("two values of `{}` are in force on the same day", parameter.name.value);
            found.push(Diagnostic::new(Code::OverlappingValues, second, message).label("this value").related(first, "and this one").help("end the first with `until`"));
        });
    }
    found
}

/// Elements of one id in a section whose days overlap.
fn overlapping_elements(sections: Vec<(&str, Vec<Dated<'_>>)>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (section, elements) in sections {
        let mut ids: Vec<&str> = elements.iter().map(|(id, ..)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            let same = elements.iter().filter(|(other, ..)| *other == id).map(|(_, interval, span)| (*interval, *span));
            overlapping(same, &mut |first, second| {
                let message = format!("two elements `{id}` of `{section}` are in force on the same day");
                let problem = Diagnostic::new(Code::DuplicateDeclaration, second, message).label("again here").related(first, "first here");
                found.push(problem.help("give them other ids, or dates that do not overlap"));
            });
        }
    }
    found
}

fn overlapping(dated: impl Iterator<Item = (Interval, Span)>, report: &mut dyn FnMut(Span, Span)) {
    let mut dated: Vec<(Interval, Span)> = dated.collect();
    dated.sort_by_key(|(interval, _)| interval.from);
    for pair in dated.windows(2) {
        if let [(first, first_span), (second, second_span)] = pair
            && !first.intersect(second).is_empty()
        {
            report(*first_span, *second_span);
        }
    }
}

/// Rules that use a parameter or a definition on days on which it has no value.
pub(super) fn gaps(procedure: &TypedProcedure) -> Vec<Diagnostic> {
    let mut gaps = Gaps { procedure, found: Vec::new(), seen: HashSet::new() };
    for (expr, interval) in super::walk::roots(procedure) {
        gaps.look(expr, &interval);
    }
    gaps.found.dedup();
    gaps.found
}

struct Gaps<'a> {
    procedure: &'a TypedProcedure,
    found: Vec<Diagnostic>,
    /// Definitions that were looked into, and for which days.
    seen: HashSet<(u16, Option<Date>, Option<Date>)>,
}

impl Gaps<'_> {
    fn look(&mut self, expr: &Expr, interval: &Interval) {
        if interval.is_empty() {
            return;
        }
        match &expr.kind {
            Kind::Parameter(index) => {
                let Some(parameter) = self.procedure.parameters.get(usize::from(*index)) else { return };
                let covering: Vec<Interval> = parameter.values.iter().map(|value| value.interval).collect();
                self.report(&parameter.name, "parameter", expr.span, interval, &covering);
            }
            Kind::Definition(index) => {
                let Some(definition) = self.procedure.definitions.get(usize::from(*index)) else { return };
                let covering: Vec<Interval> = definition.versions.iter().map(|version| version.interval).collect();
                self.report(&definition.name, "definition", expr.span, interval, &covering);
                for version in &definition.versions {
                    let within = interval.intersect(&version.interval);
                    // Definitions may need each other (that is told elsewhere), and many may need the same one.
                    if let (Ok(body), true) = (&version.body, self.seen.insert((*index, within.from, within.until))) {
                        self.look(body, &within);
                    }
                }
            }
            Kind::Table(table) => {
                table.inputs.iter().chain(&table.otherwise).for_each(|input| self.look(input, interval));
                for row in &table.rows {
                    let within = interval.intersect(&row.interval);
                    row.tests.iter().flatten().chain(&row.outputs).for_each(|part| self.look(part, &within));
                }
            }
            _ => super::walk::children(expr, &mut |child| self.look(child, interval)),
        }
    }

    fn report(&mut self, name: &str, what: &str, span: Span, interval: &Interval, covering: &[Interval]) {
        if let Some(gap) = uncovered(interval, covering) {
            let message = format!("the {what} `{name}` has no value {}, and a rule uses it then", days(&gap));
            let problem = Diagnostic::new(Code::ParameterGap, span, message).label("no value on those days");
            self.found.push(problem.help("add a dated value (`unknown:` where the law is not known), or give the rule dates"));
        }
    }
}
