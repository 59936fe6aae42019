//! An assessment: the expressions of its elements, over the facts of a record and over measures.
//!
//! Both are checked as procedures without elements whose results are wanted for themselves, so that there is one checker, one
//! compiler and one evaluator of expressions.

use std::sync::Arc;

use super::dates::{self, Instruments};
use super::facts;
use super::procedure::{ProcedureCheck, Wanted};
use super::typed::{TypedAssessment, TypedProcedure};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::feel::Names;
use crate::model::{
    Assessment, Basis, FactDecl, FactKind, FeelText, Interval, Measure, MeasureKind, Pack, Parameter, PathStep, Procedure, RecordPath, Text,
    Yaml, YamlKind, result_name,
};
use crate::source::{Span, Spanned};
use crate::value::{Date, Type};

/// The days that a date may be which states no bounds: 1900-01-01 to 2199-12-31.
const FIRST_DAY: Date = Date(-25_567);
const LAST_DAY: Date = Date(84005);

/// Most results an assessment may want of a record, and most measures.
const MOST_RESULTS: usize = 512;

/// Checks every assessment of a pack.
pub(super) fn all(pack: &Pack, names: &Names, instruments: &Instruments, diagnostics: &mut Vec<Diagnostic>) -> Vec<TypedAssessment> {
    let mut typed = Vec::new();
    for (at, assessment) in pack.assessments.iter().enumerate() {
        if let Some(first) = pack.assessments.iter().take(at).find(|other| other.id.value == assessment.id.value) {
            let message = format!("assessment `{}` is declared twice", assessment.id.value);
            let problem = Diagnostic::new(Code::DuplicateDeclaration, assessment.id.span, message);
            diagnostics.push(problem.label("again here").related(first.id.span, "first here"));
            continue;
        }
        let mut check = Check { pack, assessment, instruments, found: Vec::new() };
        typed.push(check.check(names));
        diagnostics.append(&mut check.found);
    }
    typed
}

struct Check<'a> {
    pack: &'a Pack,
    assessment: &'a Assessment,
    instruments: &'a Instruments<'a>,
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    fn check(&mut self, names: &Names) -> TypedAssessment {
        self.elements();
        let records = self.records();
        self.found.extend(facts::problems(&records.facts));
        self.found.extend(dates::bases(&records, self.instruments));
        self.found.extend(dates::overlaps(&records));
        let wanted = self.wanted_of_a_record();
        let records = self.typed(&records, &wanted, names);
        let report = self.report();
        let wanted = self.wanted_of_measures();
        let report = self.typed(&report, &wanted, names);
        self.groups(&records);
        let columns = self.columns(&records);
        TypedAssessment { written: Arc::new(self.assessment.clone()), records, report, columns }
    }

    fn typed(&mut self, procedure: &Procedure, wanted: &[Wanted], names: &Names) -> TypedProcedure {
        let (mut typed, problems) = ProcedureCheck::new(self.pack, procedure, names).giving(wanted, "assessment").check(None);
        // The day of the report and the measures are there whether an author uses them or not.
        let given = |problem: &Diagnostic| problem.code == Code::UnusedFact && self.assessment.facts.iter().all(|fact| fact.name.span != problem.span);
        self.found.extend(problems.into_iter().filter(|problem| !given(problem)));
        // The identity checks of a vocabulary are for who files a case.
        typed.identity.clear();
        self.found.extend(dates::gaps(&typed));
        if wanted.len() > MOST_RESULTS {
            let message = format!("{} expressions in the elements of an assessment, {MOST_RESULTS} is the most", wanted.len());
            self.found.push(Diagnostic::new(Code::TooMany, self.assessment.id.span, message));
        }
        typed
    }

    /// A record as a procedure without elements.
    fn records(&self) -> Procedure {
        let assessment = self.assessment;
        let day = FactDecl {
            name: Spanned::new(REPORT_DAY.into(), assessment.id.span),
            kind: FactKind::Date { min: FIRST_DAY, max: LAST_DAY },
            optional: false,
            default: None,
            label: Text { vi: "Ngày đánh giá".into(), en: "The day of the report".into() },
            help: None,
            span: assessment.id.span,
        };
        let facts = assessment.facts.iter().cloned().chain([day]).collect();
        let definitions = assessment.definitions.clone();
        Procedure { uses: assessment.uses.clone(), facts, definitions, ..self.bare(assessment.parameters.clone()) }
    }

    /// The measures as facts of a procedure without elements.
    fn report(&self) -> Procedure {
        let assessment = self.assessment;
        let used = assessment.uses.iter().filter_map(|used| self.pack.vocabularies.iter().find(|vocabulary| vocabulary.name.value == used.value));
        let parameters = used.flat_map(|vocabulary| &vocabulary.parameters).chain(&assessment.parameters).cloned();
        let mut facts: Vec<FactDecl> = Vec::new();
        for measure in &assessment.measures {
            if facts.iter().all(|fact| fact.name.value != measure.id.value) {
                facts.push(measure_as_fact(measure));
            }
        }
        Procedure { facts, ..self.bare(parameters.collect()) }
    }

    fn bare(&self, parameters: Vec<Parameter>) -> Procedure {
        let assessment = self.assessment;
        let nothing = Spanned::<Arc<str>>::new("".into(), assessment.id.span);
        Procedure {
            code: assessment.id.clone(),
            name: assessment.name.clone(),
            summary: assessment.summary.clone(),
            field: nothing.clone(),
            authority: nothing.clone(),
            authorities: Vec::new(),
            online_service: nothing,
            interval: assessment.interval,
            uses: Vec::new(),
            facts: Vec::new(),
            parameters,
            definitions: Vec::new(),
            eligibility: Vec::new(),
            identity: Vec::new(),
            documents: Vec::new(),
            fees: Vec::new(),
            deadline: Vec::new(),
            notes: assessment.notes.clone(),
            raw: Yaml { kind: YamlKind::Mapping(Vec::new()), span: assessment.id.span }.into(),
            steps: Vec::new(),
            apology: Vec::new(),
            declarations: Vec::new(),
            linked: Vec::new(),
        }
    }

    /// The expressions over a record, in the order in which [`crate::compile::assessment`] looks for them.
    fn wanted_of_a_record(&self) -> Vec<Wanted> {
        let assessment = self.assessment;
        let mut all = vec![wanted("key", "", 0, &assessment.key, &[])];
        all.extend(assessment.law_day.iter().map(|day| wanted("law_day", "", 0, day, &[Type::Date])));
        for dimension in &assessment.dimensions {
            all.push(wanted("dimension", &dimension.id.value, 0, &dimension.value, &[]));
        }
        for (measure, at) in assessment.measures.iter().zip(0..) {
            let (text, types) = match &measure.kind {
                MeasureKind::Count(text) | MeasureKind::Rate(text) => (text, Type::Boolean),
                MeasureKind::Sum(text) => (text, Type::Number),
            };
            all.push(wanted("measure", &measure.id.value, at, text, &[types]));
            all.extend(measure.within.iter().map(|within| wanted("measure_where", &measure.id.value, at, within, &[Type::Boolean])));
        }
        for list in &assessment.lists {
            all.push(wanted("list", &list.id.value, 0, &list.holds, &[Type::Boolean]));
            all.extend(list.show.iter().zip(0..).map(|(show, at)| wanted("list_show", &list.id.value, at, show, &[])));
        }
        for goal in &assessment.goals {
            all.push(wanted("goal", &goal.id.value, 0, &goal.effort, &[Type::Number]));
            all.extend(goal.show.iter().zip(0..).map(|(show, at)| wanted("goal_show", &goal.id.value, at, show, &[])));
        }
        all
    }

    /// The expressions over measures.
    fn wanted_of_measures(&self) -> Vec<Wanted> {
        let assessment = self.assessment;
        let mut all = Vec::new();
        for (measure, at) in assessment.measures.iter().zip(0..) {
            all.extend(measure.target.iter().map(|target| wanted("target", &measure.id.value, at, target, &[Type::Number])));
        }
        for (score, at) in assessment.scores.iter().zip(0..) {
            all.push(wanted("max", &score.id.value, at, &score.max, &[Type::Number]));
            all.extend(score.points.iter().map(|points| wanted("points", &score.id.value, at, points, &[Type::Number])));
            all.extend(score.estimate.iter().map(|(estimate, _)| wanted("estimate", &score.id.value, at, estimate, &[Type::Number])));
        }
        for (class, at) in assessment.classes.iter().zip(0..) {
            all.push(wanted("class", &class.id.value, at, &class.at_least, &[Type::Number]));
        }
        all
    }

    /// Ids, bases, and elements that name others.
    fn elements(&mut self) {
        let assessment = self.assessment;
        let whole = Interval::default();
        self.once("dimensions", assessment.dimensions.iter().map(|dimension| (&dimension.id, whole)));
        self.once("measures", assessment.measures.iter().map(|measure| (&measure.id, measure.interval)));
        self.once("scores", assessment.scores.iter().map(|score| (&score.id, score.interval)));
        self.once("classes", assessment.classes.iter().map(|class| (&class.id, class.interval)));
        self.once("lists", assessment.lists.iter().map(|list| (&list.id, whole)));
        self.once("goals", assessment.goals.iter().map(|goal| (&goal.id, whole)));
        assessment.measures.iter().for_each(|measure| self.basis(&measure.id, &measure.basis, &measure.interval));
        assessment.scores.iter().for_each(|score| self.basis(&score.id, &score.basis, &score.interval));
        assessment.classes.iter().for_each(|class| self.basis(&class.id, &class.basis, &class.interval));
        assessment.lists.iter().for_each(|list| self.basis(&list.id, &list.basis, &whole));
        for dimension in assessment.tables.iter().flatten() {
            let known = || assessment.dimensions.iter().map(|dimension| &*dimension.id.value);
            if known().all(|id| id != &*dimension.value) {
                self.unknown(dimension, "dimension", known());
            }
        }
        for goal in &assessment.goals {
            let named = |measure: &&Measure| measure.id.value == goal.reach.value;
            match assessment.measures.iter().find(named) {
                None => self.unknown(&goal.reach, "measure", assessment.measures.iter().map(|measure| &*measure.id.value)),
                Some(_) if assessment.measures.iter().filter(named).any(|measure| measure.target.is_some()) => {}
                Some(measure) => {
                    let message = format!("the measure `{}` has no target to reach", goal.reach.value);
                    let problem = Diagnostic::new(Code::UnknownElement, goal.reach.span, message).label("reach what?");
                    self.found.push(problem.related(measure.id.span, "declared here").help("give the measure a `rate` with a `target`"));
                }
            }
        }
    }

    fn unknown<'n>(&mut self, name: &Spanned<Arc<str>>, what: &str, known: impl Iterator<Item = &'n str>) {
        let problem = Diagnostic::new(Code::UnknownElement, name.span, format!("no {what} `{}`", name.value)).label("not declared");
        self.found.push(match nearest(&name.value, known) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        });
    }

    /// Ids of a section stand once on each day.
    fn once<'e>(&mut self, section: &str, elements: impl Iterator<Item = (&'e Spanned<Arc<str>>, Interval)>) {
        let mut seen: Vec<(&Spanned<Arc<str>>, Interval)> = Vec::new();
        for (id, interval) in elements {
            let first = seen.iter().find(|(other, days)| other.value == id.value && !days.intersect(&interval).is_empty());
            if let Some((first, _)) = first {
                let message = format!("two elements `{}` of `{section}` are in force on the same day", id.value);
                let problem = Diagnostic::new(Code::DuplicateDeclaration, id.span, message).label("again here").related(first.span, "first here");
                self.found.push(problem.help("give them other ids, or dates that do not overlap"));
            }
            seen.push((id, interval));
        }
    }

    fn basis(&mut self, id: &Spanned<Arc<str>>, basis: &Basis, interval: &Interval) {
        if basis.citations.is_empty() {
            let problem = Diagnostic::new(Code::NoCitation, id.span, "this has no legal basis").label("no `cite`");
            self.found.push(problem.help("cite what asks for this figure: `cite: 766/QĐ-TTg`"));
        }
        if interval.is_empty() {
            let at = interval.span.unwrap_or(id.span);
            self.found.push(Diagnostic::new(Code::EmptyInterval, at, "this ends before it begins").label("no day in it"));
        }
        self.found.extend(self.instruments.check(basis, &interval.intersect(&self.assessment.interval)));
    }

    /// Groups are told by texts, codes, numbers, days, or lists of them.
    fn groups(&mut self, records: &TypedProcedure) {
        for dimension in &self.assessment.dimensions {
            let name = result_name("dimension", &dimension.id.value, 0);
            let Some(typed) = records.definitions.iter().find(|definition| *definition.name == *name) else { continue };
            let of = typed.of.without_null();
            let item = if let Type::List(item) = of { item.without_null() } else { of };
            if !matches!(item, Type::Text | Type::Enumeration(_) | Type::Number | Type::Date | Type::Boolean | Type::Any) {
                let message = format!("records are not grouped by {}", typed.of);
                let problem = Diagnostic::new(Code::TypeMismatch, dimension.value.span, message).label(typed.of.to_string());
                self.found.push(problem.help("give a text, a code, a number, a day, or a list of them"));
            }
        }
    }

    /// Where each fact stands: as `columns` says, or under its own name.
    fn columns(&mut self, records: &TypedProcedure) -> Vec<RecordPath> {
        let mut told: Vec<(&Spanned<Arc<str>>, RecordPath)> = Vec::new();
        for (fact, path) in &self.assessment.columns {
            let known = || records.facts.iter().map(|fact| &*fact.name.value);
            if known().all(|name| name != &*fact.value) || *fact.value == *REPORT_DAY {
                let place = format!("no fact `{}` in assessment `{}`", fact.value, self.assessment.id.value);
                let problem = Diagnostic::new(Code::UnknownFact, fact.span, place).label("not declared");
                self.found.push(match nearest(&fact.value, known()) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem,
                });
                continue;
            }
            match RecordPath::parse(&path.value) {
                Some(path) => told.push((fact, path)),
                None => self.bad_path(&path.value, path.span),
            }
        }
        let own_name = |name: &str| RecordPath(name.split('.').map(|part| PathStep { name: part.into(), each: false }).collect());
        let path = |fact: &FactDecl| {
            let told = told.iter().find(|(name, _)| name.value == fact.name.value);
            told.map_or_else(|| own_name(&fact.name.value), |(_, path)| path.clone())
        };
        records.facts.iter().map(path).collect()
    }

    fn bad_path(&mut self, text: &str, span: Span) {
        let problem = Diagnostic::new(Code::BadPath, span, format!("`{text}` is no place in a record")).label("names with `.` between");
        self.found.push(problem.help("write `code`, `office.name`, or `ways[].channel` for that of each item of a list"));
    }
}

/// The fact that is always there: the day of the report.
pub(crate) const REPORT_DAY: &str = "assessed_on";

fn measure_as_fact(measure: &Measure) -> FactDecl {
    FactDecl {
        name: measure.id.clone(),
        kind: FactKind::Number { min: None, max: None, decimals: None, unit: None },
        optional: false,
        // Whoever uses none of the measures in points has no fact to remove.
        default: None,
        label: measure.name.clone(),
        help: None,
        span: measure.id.span,
    }
}

fn wanted(section: &str, id: &str, at: usize, text: &FeelText, types: &[Type]) -> Wanted {
    Wanted { name: result_name(section, id, at).into(), text: text.clone(), types: types.to_vec() }
}
