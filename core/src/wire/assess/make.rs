//! From the report as numbers and places to the report as hosts see it, in one language.

use std::borrow::Cow;

use super::view::{
    AssessmentBounds, AssessmentCandidate, AssessmentCause, AssessmentClass, AssessmentColumn, AssessmentDimension, AssessmentEstimate,
    AssessmentFact, AssessmentFigure, AssessmentGoal, AssessmentGroup, AssessmentList, AssessmentListed, AssessmentMeasure, AssessmentNeed,
    AssessmentPoints, AssessmentProblem, AssessmentReport, AssessmentRow, AssessmentScore, AssessmentStanding, AssessmentTable, AssessmentTotal,
    MeasureName, Reached,
};
use super::words::assessment_words;
use crate::assess::{Figure, GroupKey, ListReport, Needed, Points, Report, Row, Span, Total, Why};
use crate::compile::CompiledPack;
use crate::compile::program::{Cite, Slot};
use crate::eval::Known;
use crate::explain;
use crate::model::{FeelText, Language, MeasureKind, Text, result_name};
use crate::value::{Date, Decimal, Rounding, Value};
use crate::wire::{Cited, PackRef, value_to_json, wire_problem};

/// Decimal places of rates and points.
const PLACES: i32 = 4;

/// The report in a language.
pub(super) fn view(report: &Report, pack: &CompiledPack, language: Language) -> AssessmentReport {
    Maker { report, language }.whole(pack)
}

struct Maker<'r> {
    report: &'r Report<'r>,
    language: Language,
}

impl Maker<'_> {
    fn whole(&self, pack: &CompiledPack) -> AssessmentReport {
        let written = &self.report.assessment.written;
        let owned = |text: &str| Cow::Owned(text.to_owned());
        AssessmentReport {
            assessment: written.id.value.to_string(),
            name: self.text(&written.name),
            summary: written.summary.as_ref().map(|summary| self.text(summary)),
            record: self.text(&written.record),
            as_of: self.report.day,
            pack: PackRef { id: owned(&pack.id), version: owned(&pack.version), hash: owned(&pack.hash) },
            records: self.report.records as u64,
            missing: self.report.missing.iter().map(|missing| AssessmentFact {
                fact: self.fact(missing.slot),
                label: self.label(missing.slot),
                records: missing.records as u64,
            }).collect(),
            problems: self.report.troubles.iter().map(|trouble| {
                let problem = wire_problem(&trouble.problem, self.language);
                AssessmentProblem {
                    fact: problem.fact.into_owned(),
                    code: problem.code.into_owned(),
                    message: problem.message,
                    first: trouble.first as u64,
                    records: trouble.records as u64,
                }
            }).collect(),
            measures: self.report.measures.iter().filter_map(|at| self.measure(*at)).collect(),
            scores: self.scores(),
            classes: self.classes(),
            dimensions: written.dimensions.iter().map(|dimension| AssessmentDimension {
                id: dimension.id.value.to_string(),
                name: self.text(&dimension.name),
            }).collect(),
            tables: self.report.tables.iter().map(|table| AssessmentTable {
                dimensions: table.dimensions.iter().filter_map(|at| written.dimensions.get(*at)).map(|dimension| dimension.id.value.to_string()).collect(),
                rows: table.rows.iter().map(|row| self.row(row, &table.dimensions)).collect(),
            }).collect(),
            lists: self.lists(),
            goals: self.goals(),
            notes: written.notes.iter().map(|note| self.text(note)).collect(),
        }
    }

    fn text(&self, text: &Text) -> String {
        text.get(self.language).to_string()
    }

    fn fact(&self, slot: Slot) -> String {
        self.report.assessment.records.fact(slot).map(|fact| fact.name.to_string()).unwrap_or_default()
    }

    fn label(&self, slot: Slot) -> String {
        self.report.assessment.records.fact(slot).map(|fact| self.text(&fact.label)).unwrap_or_default()
    }

    /// Citations of an element and of what its expressions rest on while they are in force on one of the days; each once, as
    /// sure as the least sure.
    fn cited(&self, basis: &[Cite], results: &[String], days: &[Date]) -> Vec<Cited<'static>> {
        let rests_on = results.iter().flat_map(|result| self.report.assessment.grounds(result, days));
        let mut all: Vec<Cited> = Vec::new();
        for cite in basis.iter().chain(rests_on) {
            let one = self.in_words(cite);
            match all.iter_mut().find(|known| known.instrument == one.instrument && known.text == one.text) {
                Some(known) => known.confidence = known.confidence.max(one.confidence),
                None => all.push(one),
            }
        }
        all
    }

    fn in_words(&self, cite: &Cite) -> Cited<'static> {
        Cited {
            instrument: Cow::Owned(cite.instrument.to_string()),
            title: Cow::Owned(self.text(&cite.title)),
            text: Cow::Owned(self.text(&cite.words)),
            confidence: cite.confidence,
        }
    }

    fn measure(&self, at: usize) -> Option<AssessmentMeasure> {
        let assessment = self.report.assessment;
        let measure = assessment.written.measures.get(at)?;
        let id = &measure.id.value;
        let results = ["measure", "measure_where", "target"].map(|section| result_name(section, id, at));
        let days: Vec<Date> = self.report.law_days.iter().copied().chain([self.report.day]).collect();
        let place = self.report.measures.iter().position(|other| *other == at)?;
        let whole = self.report.tables.first().and_then(|table| table.rows.first()).and_then(|row| row.figures.get(place));
        Some(AssessmentMeasure {
            id: id.to_string(),
            name: self.text(&measure.name),
            kind: match measure.kind {
                MeasureKind::Count(_) => MeasureName::Count,
                MeasureKind::Sum(_) => MeasureName::Sum,
                MeasureKind::Rate(_) => MeasureName::Rate,
            },
            target: whole.and_then(|figure| figure.target?.at_least),
            citations: self.cited(assessment.bases.measures.get(at).map_or(&[], Vec::as_slice), &results, &days),
        })
    }

    fn scores(&self) -> Vec<AssessmentScore> {
        let assessment = self.report.assessment;
        let scores = assessment.written.scores.iter().enumerate().filter(|(_, score)| score.interval.contains(self.report.day));
        let whole = self.report.tables.first().and_then(|table| table.rows.first());
        scores.map(|(at, score)| {
            let id = &score.id.value;
            let results = ["max", "points", "estimate"].map(|section| result_name(section, id, at));
            let days = [self.report.day];
            AssessmentScore {
                id: id.to_string(),
                name: self.text(&score.name),
                max: whole.and_then(|row| row.points.iter().find(|points| points.score == at)?.max),
                unknown: score.points.as_ref().err().map(|why| self.text(why)),
                assuming: score.estimate.as_ref().map(|(_, assuming)| self.text(assuming)),
                citations: self.cited(assessment.bases.scores.get(at).map_or(&[], Vec::as_slice), &results, &days),
            }
        }).collect()
    }

    fn classes(&self) -> Vec<AssessmentClass> {
        let assessment = self.report.assessment;
        let classes = assessment.written.classes.iter().enumerate().filter(|(_, class)| class.interval.contains(self.report.day));
        classes.map(|(at, class)| AssessmentClass {
            id: class.id.value.to_string(),
            name: self.text(&class.name),
            at_least: self.report.class_limits.get(at).copied().flatten(),
            citations: self.cited(assessment.bases.classes.get(at).map_or(&[], Vec::as_slice), &[result_name("class", &class.id.value, at)], &[self.report.day]),
        }).collect()
    }

    fn row(&self, row: &Row, dimensions: &[usize]) -> AssessmentRow {
        AssessmentRow {
            groups: row.key.iter().zip(dimensions).map(|(key, dimension)| self.group(key, *dimension)).collect(),
            records: bounds(row.records),
            figures: row.figures.iter().zip(&self.report.measures).map(|(figure, at)| self.figure(figure, *at)).collect(),
            points: row.points.iter().map(|points| self.points(points)).collect(),
            total: row.total.as_ref().map(|total| self.total(total)),
            goals: row.goals.iter().map(|need| need.as_ref().map(need_of)).collect(),
        }
    }

    fn group(&self, key: &GroupKey, dimension: usize) -> AssessmentGroup {
        let assessment = self.report.assessment;
        let id = key.text();
        let named = assessment.written.dimensions.get(dimension).map(|dimension| assessment.named(&result_name("dimension", &dimension.id.value, 0)));
        let layout = named.and_then(|(_, slot)| assessment.records.fact(slot?)).map(|fact| &fact.layout);
        let label = match (key, &id, layout) {
            (GroupKey::Code(..), Some(code), Some(layout)) => explain::label_of_code(layout, code, self.language),
            _ => None,
        };
        let label = label.or_else(|| id.clone()).unwrap_or_else(|| assessment_words(self.language).no_group.to_owned());
        AssessmentGroup { id, label }
    }

    fn figure(&self, figure: &Figure, at: usize) -> AssessmentFigure {
        let measure = self.report.assessment.written.measures.get(at);
        let rate = measure.is_some_and(|measure| matches!(measure.kind, MeasureKind::Rate(_)));
        let span = Span { low: figure.low, high: figure.high };
        let (low, high) = if rate { rounded(span) } else { (span.low, span.high) };
        AssessmentFigure {
            measure: measure.map(|measure| measure.id.value.to_string()).unwrap_or_default(),
            low,
            high,
            holds: figure.holds.map(bounds),
            of: figure.of.map(bounds),
            undecided: figure.undecided,
            because: figure.why.iter().map(|(why, records)| self.cause(*why, *records)).collect(),
            target: figure.target.map(|standing| AssessmentStanding {
                status: match (standing.at_least.and(figure.low), standing.reached) {
                    (_, Some(true)) => Reached::Reached,
                    (_, Some(false)) => Reached::Missed,
                    (Some(_), None) => Reached::Open,
                    (None, None) => Reached::Unknown,
                },
                needed: standing.needed.map(bounds),
            }),
        }
    }

    fn cause(&self, why: Why, records: u64) -> AssessmentCause {
        let none = Vec::new();
        match why {
            Why::Fact(slot) => AssessmentCause { fact: Some(self.fact(slot)), message: self.label(slot), records, citations: none },
            Why::Law(at) => {
                let gap = self.report.assessment.records.gaps.get(at as usize);
                let citations = gap.into_iter().flat_map(|gap| &gap.basis).map(|cite| self.in_words(cite)).collect();
                AssessmentCause { fact: None, message: gap.map(|gap| self.text(&gap.why)).unwrap_or_default(), records, citations }
            }
            Why::NoLaw => AssessmentCause { fact: None, message: assessment_words(self.language).no_law.to_owned(), records, citations: none },
        }
    }

    fn points(&self, points: &Points) -> AssessmentPoints {
        let (low, high) = rounded(points.points);
        let score = self.report.assessment.written.scores.get(points.score).map(|score| score.id.value.to_string());
        AssessmentPoints { score: score.unwrap_or_default(), low, high, estimate: points.estimate.map(estimate) }
    }

    fn total(&self, total: &Total) -> AssessmentTotal {
        let (low, high) = rounded(total.points);
        let id = |class: Option<usize>| class.and_then(|at| self.report.assessment.written.classes.get(at)).map(|class| class.id.value.to_string());
        let ids = |(low, high): (Option<usize>, Option<usize>)| if low == high { vec![id(low)] } else { vec![id(low), id(high)] };
        AssessmentTotal {
            max: total.max,
            low,
            high,
            classes: ids(total.classes),
            estimate: total.estimate.map(estimate),
            estimated_classes: total.estimated_classes.map(ids).unwrap_or_default(),
        }
    }

    fn lists(&self) -> Vec<AssessmentList> {
        let assessment = self.report.assessment;
        assessment.written.lists.iter().zip(&self.report.lists).enumerate().map(|(at, (list, told))| AssessmentList {
            id: list.id.value.to_string(),
            name: self.text(&list.name),
            columns: self.columns("list_show", &list.id.value, &list.show),
            rows: self.listed(told),
            citations: self.cited(assessment.bases.lists.get(at).map_or(&[], Vec::as_slice), &[result_name("list", &list.id.value, 0)], &told.law_days),
        }).collect()
    }

    fn listed(&self, told: &ListReport) -> Vec<AssessmentListed> {
        told.rows.iter().map(|row| AssessmentListed {
            record: self.key(row.record),
            certain: row.certain,
            values: row.values.iter().map(cell).collect(),
        }).collect()
    }

    fn columns(&self, section: &str, id: &str, show: &[FeelText]) -> Vec<AssessmentColumn> {
        show.iter().enumerate().map(|(at, text)| {
            let (label, _) = self.report.assessment.named(&result_name(section, id, at));
            AssessmentColumn { name: text.value.to_string(), label: label.map_or_else(|| text.value.to_string(), |label| self.text(label)) }
        }).collect()
    }

    fn goals(&self) -> Vec<AssessmentGoal> {
        self.report.assessment.written.goals.iter().zip(&self.report.goals).map(|(goal, told)| AssessmentGoal {
            id: goal.id.value.to_string(),
            name: self.text(&goal.name),
            measure: goal.reach.value.to_string(),
            effort: self.text(&goal.effort_note),
            columns: self.columns("goal_show", &goal.id.value, &goal.show),
            candidates: told.candidates.iter().map(|(candidate, values)| AssessmentCandidate {
                record: self.key(candidate.record),
                effort: candidate.effort,
                certain: candidate.certain,
                values: values.iter().map(cell).collect(),
            }).collect(),
        }).collect()
    }

    fn key(&self, record: usize) -> Option<String> {
        self.report.keys.get(record).and_then(cell)
    }
}

fn need_of(need: &Needed) -> AssessmentNeed {
    AssessmentNeed { needed: need.needed.map(bounds), effort: need.effort, chosen: need.chosen.iter().map(|place| *place as u64).collect() }
}

fn bounds((least, most): (u64, u64)) -> AssessmentBounds {
    AssessmentBounds { least, most }
}

fn estimate(span: Span) -> AssessmentEstimate {
    let (low, high) = rounded(span);
    AssessmentEstimate { low, high }
}

/// The ends to so many places: to the nearest where they are one, outwards where they are not.
fn rounded(span: Span) -> (Option<Decimal>, Option<Decimal>) {
    let to = |number: Option<Decimal>, rounding| number.and_then(|number| number.round(PLACES, rounding));
    if span.low == span.high {
        return (to(span.low, Rounding::HalfEven), to(span.high, Rounding::HalfEven));
    }
    (to(span.low, Rounding::Floor), to(span.high, Rounding::Ceiling))
}

/// A value as text.
fn cell(known: &Known) -> Option<String> {
    match known {
        Known::Known(Value::Null) | Known::Missing | Known::Unknown => None,
        Known::Known(value) => Some(plain(&value_to_json(value))),
    }
}

fn plain(json: &serde_json::Value) -> String {
    match json {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
