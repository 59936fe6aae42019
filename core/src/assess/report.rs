//! The report of an assessment: its tables, lists and goals, as numbers and places.

use std::collections::BTreeMap;

use super::figure::{Figure, Why};
use super::goal::{self, Candidate, Needed};
use super::groups::{GroupKey, Groups, Tables, groups};
use super::intake::{Intake, Trouble};
use super::results::{Reads, ResultColumn, Results};
use super::score::{Points, Scoring, Span, Total};
use super::tally::{Sum, Tally, Tri};
use crate::calendar::WorkingCalendar;
use crate::compile::assessment::CompiledAssessment;
use crate::compile::program::Slot;
use crate::eval::{Known, Undecided};
use crate::model::{MeasureKind, result_name};
use crate::value::{Date, Decimal, Value};

/// What an assessment says of some records.
#[derive(Debug)]
pub struct Report<'a> {
    /// The assessment.
    pub assessment: &'a CompiledAssessment,
    /// The day of the report.
    pub day: Date,
    /// How many records there are.
    pub records: usize,
    /// Facts that are missing in some records.
    pub missing: Vec<MissingFact>,
    /// What did not fit.
    pub troubles: Vec<Trouble>,
    /// The measures in force on the day: places in the assessment.
    pub measures: Vec<usize>,
    /// The tables: first all records in one row.
    pub tables: Vec<Table>,
    /// The lists, in the order of the assessment.
    pub lists: Vec<ListReport>,
    /// The goals, in the order of the assessment.
    pub goals: Vec<GoalReport>,
    /// The name of each record.
    pub keys: Vec<Known>,
    /// The days on which the law of records is read, each once, in order.
    pub law_days: Vec<Date>,
    /// The least points of each class of the assessment; `None`: that law is not known.
    pub class_limits: Vec<Option<Decimal>>,
}

/// A fact that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingFact {
    /// The fact.
    pub slot: Slot,
    /// In how many records.
    pub records: usize,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its dimensions: places in the assessment.
    pub dimensions: Vec<usize>,
    /// Its rows, in the order of the groups.
    pub rows: Vec<Row>,
}

/// A row: the records of a group.
#[derive(Debug)]
pub struct Row {
    /// The group in each dimension.
    pub key: Vec<GroupKey>,
    /// How many records, at least and at most.
    pub records: (u64, u64),
    /// The measures in force, in their order.
    pub figures: Vec<Figure>,
    /// The scores in force, in their order.
    pub points: Vec<Points>,
    /// All of them.
    pub total: Option<Total>,
    /// What each goal needs here; `None` for one whose measure is not in force.
    pub goals: Vec<Option<Needed>>,
}

/// A list of records.
#[derive(Debug)]
pub struct ListReport {
    /// The records that belong in it, or may.
    pub rows: Vec<Listed>,
    /// The days on which their law is read, each once, in order.
    pub law_days: Vec<Date>,
}

/// A record in a list.
#[derive(Debug)]
pub struct Listed {
    /// The record, from 0.
    pub record: usize,
    /// Whether it surely belongs there.
    pub certain: bool,
    /// What is shown of it.
    pub values: Vec<Known>,
}

/// A goal.
#[derive(Debug)]
pub struct GoalReport {
    /// The measure it reaches: its place in the assessment; `None` if none is in force.
    pub measure: Option<usize>,
    /// The records that would help, in order, with what is shown of each.
    pub candidates: Vec<(Candidate, Vec<Known>)>,
}

/// Makes the report. `by` are further tables in place of those of the assessment: places of dimensions.
///
/// # Errors
/// [`Undecided`] if the assessment has no law on the day, or a record costs more than the limits allow.
pub fn assess<'a>(intake: &'a Intake<'a>, by: Option<&[Vec<usize>]>, calendar: &WorkingCalendar) -> Result<Report<'a>, Undecided> {
    let assessment = intake.assessment;
    let written = &assessment.written;
    let not_in_force = || Undecided::NotInForce {
        code: written.id.value.to_string(),
        day: intake.day,
        from: assessment.report.epochs.first().map_or(intake.day, |epoch| epoch.from),
    };
    let in_force = assessment.report.epoch(intake.day).ok_or_else(not_in_force)?;
    let epoch = assessment.report.epochs.iter().position(|epoch| epoch.from == in_force.from).unwrap_or(0);
    let law_day = written.law_day.as_ref().map(|_| result_name("law_day", "", 0));
    let results = Results::of(intake, law_day.as_deref(), calendar)?;
    let maker = Maker { intake, assessment, epoch, results: &results, measures: measures(intake, &results, epoch) };
    let declared = || written.tables.iter().map(|table| {
        let place = |id: &crate::source::Spanned<std::sync::Arc<str>>| written.dimensions.iter().position(|dimension| dimension.id.value == id.value);
        table.iter().filter_map(place).collect::<Vec<usize>>()
    }).collect::<Vec<_>>();
    let wanted = by.map_or_else(declared, <[Vec<usize>]>::to_vec);
    let dimensions: Vec<Grouping> = written.dimensions.iter().enumerate().map(|(place, dimension)| {
        let name = result_name("dimension", &dimension.id.value, 0);
        let at = assessment.records.definitions.iter().position(|definition| *definition.name == *name);
        let of = at.and_then(|at| assessment.records.definition_types.get(at)).filter(|_| wanted.iter().any(|table| table.contains(&place)));
        Grouping { groups: of.map_or_else(Vec::new, |of| groups(&results.values(&name), of)), reads: results.reads(&name), name }
    }).collect();
    let goals = maker.goals();
    let tables = std::iter::once(Vec::new()).chain(wanted).map(|places| {
        let of: Vec<&Grouping> = places.iter().filter_map(|place| dimensions.get(*place)).collect();
        maker.table(places, &of, &goals)
    }).collect();
    Ok(Report {
        assessment,
        day: intake.day,
        records: intake.records,
        missing: missing(intake),
        troubles: intake.troubles.clone(),
        tables,
        lists: maker.lists(),
        keys: results.values(&result_name("key", "", 0)),
        measures: maker.measures.iter().map(|measure| measure.at).collect(),
        class_limits: maker.class_limits(),
        law_days: results.law_days(0..intake.records),
        goals: goals.into_iter().map(|goal| goal.report).collect(),
    })
}

/// The groups of every record in a dimension, and what they are read from.
struct Grouping {
    name: String,
    groups: Vec<Groups>,
    reads: Vec<Reads>,
}

/// A measure in force, with its truths.
struct Counting {
    at: usize,
    name: String,
    within: Vec<Tri>,
    holds: Vec<Tri>,
    /// Of a sum.
    values: Vec<Known>,
    target: Option<Option<Decimal>>,
    reads: Vec<Reads>,
    /// What `where` is called and reads.
    within_reads: Option<(String, Vec<Reads>)>,
}

struct Goal {
    report: GoalReport,
    /// Its measure, among those in force.
    counting: Option<usize>,
}

struct Maker<'a> {
    intake: &'a Intake<'a>,
    assessment: &'a CompiledAssessment,
    epoch: usize,
    results: &'a Results<'a>,
    measures: Vec<Counting>,
}

fn measures(intake: &Intake, results: &Results, epoch: usize) -> Vec<Counting> {
    let assessment = intake.assessment;
    let constants = Scoring::new(assessment, epoch, &|_| None);
    let in_force = assessment.written.measures.iter().enumerate().filter(|(_, measure)| measure.interval.contains(intake.day));
    in_force.map(|(at, measure)| {
        let id = &measure.id.value;
        let (name, within_name) = (result_name("measure", id, at), result_name("measure_where", id, at));
        let (holds, values) = match measure.kind {
            MeasureKind::Sum(_) => (Vec::new(), results.values(&name)),
            _ => (results.truths(&name), Vec::new()),
        };
        let within = match measure.within {
            Some(_) => results.truths(&within_name),
            None => vec![Tri::Yes; intake.records],
        };
        let within_reads = measure.within.as_ref().map(|_| (within_name.clone(), results.reads(&within_name)));
        Counting {
            at,
            within,
            holds,
            values,
            target: measure.target.as_ref().map(|_| constants.constant("target", id, at)),
            reads: results.reads(&name),
            within_reads,
            name,
        }
    }).collect()
}

/// How far a measure is counted in a row.
#[derive(Default)]
struct Count {
    tally: Tally,
    sum: Sum,
    undecided: u64,
    why: BTreeMap<Why, u64>,
}

impl Maker<'_> {
    fn table(&self, places: Vec<usize>, dimensions: &[&Grouping], goals: &[Goal]) -> Table {
        let records = self.intake.records;
        let by: Vec<&[Groups]> = dimensions.iter().map(|dimension| dimension.groups.as_slice()).collect();
        let tables = if by.is_empty() { Tables::whole(records) } else { Tables::by(&by, records) };
        let mut members = vec![Tally::default(); tables.rows.len()];
        let mut counts: Vec<Vec<Count>> = tables.rows.iter().map(|_| self.measures.iter().map(|_| Count::default()).collect()).collect();
        for (record, rows) in tables.members.iter().enumerate() {
            for (row, member) in rows {
                if let Some(tally) = members.get_mut(*row) {
                    tally.add(*member, Tri::Yes);
                }
                for (counting, count) in self.measures.iter().zip(counts.get_mut(*row).into_iter().flatten()) {
                    self.count(counting, record, *member, dimensions, count);
                }
            }
        }
        let figures: Vec<Vec<Figure>> = counts.into_iter().map(|counts| self.measures.iter().zip(counts).map(|(of, count)| self.figure(of, count)).collect()).collect();
        let mut needs: Vec<Vec<Option<Needed>>> = vec![Vec::new(); figures.len()];
        for goal in goals {
            self.needs(goal, &tables, &figures).into_iter().zip(&mut needs).for_each(|(need, needs)| needs.push(need));
        }
        let rows = tables.rows.into_iter().zip(members).zip(figures).zip(needs).map(|(((key, members), figures), goals)| {
            let told = |name: &str| self.told(name, &figures);
            let (points, total) = Scoring::new(self.assessment, self.epoch, &told).points(self.intake.day);
            Row { key, records: members.within(), figures, points, total, goals }
        });
        Table { dimensions: places, rows: rows.collect() }
    }

    /// Within what a measure lies; a rate of what may be nothing may have no value, and points from it may be any.
    fn told(&self, name: &str, figures: &[Figure]) -> Option<Span> {
        let measure = |counting: &Counting| self.assessment.written.measures.get(counting.at).is_some_and(|measure| *measure.id.value == *name);
        let at = self.measures.iter().position(measure)?;
        figures.get(at).filter(|figure| figure.of.is_none_or(|(least, _)| least > 0)).map(|figure| Span { low: figure.low, high: figure.high })
    }

    fn count(&self, counting: &Counting, record: usize, member: Tri, dimensions: &[&Grouping], count: &mut Count) {
        let within = member.and(counting.within.get(record).copied().unwrap_or(Tri::Open));
        let holds = counting.holds.get(record).copied().unwrap_or(Tri::Open);
        let undecided = match self.assessment.written.measures.get(counting.at).map(|measure| &measure.kind) {
            Some(MeasureKind::Sum(_)) => {
                let value = counting.values.get(record).unwrap_or(&Known::Missing);
                count.sum.add(within, value, self.results.bounds(&counting.name, record));
                within == Tri::Open || (within == Tri::Yes && !matches!(value, Known::Known(_)))
            }
            Some(MeasureKind::Count(_)) => {
                count.tally.add(within, holds);
                within.and(holds) == Tri::Open
            }
            _ => {
                count.tally.add(within, holds);
                within == Tri::Open || (within == Tri::Yes && holds == Tri::Open)
            }
        };
        if undecided {
            count.undecided += 1;
            for why in self.why(counting, record, member, dimensions) {
                *count.why.entry(why).or_default() += 1;
            }
        }
    }

    /// What is missing in a record that leaves a measure open.
    fn why(&self, counting: &Counting, record: usize, member: Tri, dimensions: &[&Grouping]) -> Vec<Why> {
        let of_groups = dimensions.iter().filter(|_| member == Tri::Open).map(|dimension| (&dimension.name, &dimension.reads));
        let of_measure = [(&counting.name, &counting.reads)].into_iter().chain(counting.within_reads.iter().map(|(name, reads)| (name, reads)));
        let mut why = Vec::new();
        for (name, reads) in of_measure.chain(of_groups) {
            match self.results.open(name, reads, record) {
                None => why.push(Why::NoLaw),
                Some((facts, law)) => why.extend(facts.into_iter().map(Why::Fact).chain(law.into_iter().map(Why::Law))),
            }
        }
        why.sort_unstable();
        why.dedup();
        why
    }

    fn figure(&self, counting: &Counting, count: Count) -> Figure {
        let figure = match self.assessment.written.measures.get(counting.at).map(|measure| &measure.kind) {
            Some(MeasureKind::Sum(_)) => Figure::sum(&count.sum),
            Some(MeasureKind::Count(_)) => Figure::count(&count.tally),
            _ => Figure::rate(&count.tally, counting.target),
        };
        Figure { undecided: count.undecided, why: count.why.into_iter().collect(), ..figure }
    }

    fn class_limits(&self) -> Vec<Option<Decimal>> {
        let constants = Scoring::new(self.assessment, self.epoch, &|_| None);
        self.assessment.written.classes.iter().enumerate().map(|(at, class)| constants.constant("class", &class.id.value, at)).collect()
    }

    fn lists(&self) -> Vec<ListReport> {
        let lists = self.assessment.written.lists.iter();
        lists.map(|list| {
            let id = &list.id.value;
            let holds = self.results.truths(&result_name("list", id, 0));
            let shown = self.shown("list_show", id, list.show.len());
            let rows = holds.iter().enumerate().filter(|(_, holds)| **holds != Tri::No);
            let rows: Vec<Listed> = rows.map(|(record, holds)| Listed { record, certain: *holds == Tri::Yes, values: cells(&shown, record) }).collect();
            ListReport { law_days: self.results.law_days(rows.iter().map(|row| row.record)), rows }
        }).collect()
    }

    fn goals(&self) -> Vec<Goal> {
        self.assessment.written.goals.iter().enumerate().map(|(at, goal)| {
            let reached = |counting: &Counting| {
                let measure = self.assessment.written.measures.get(counting.at);
                counting.target.is_some() && measure.is_some_and(|measure| measure.id.value == goal.reach.value)
            };
            let counting = self.measures.iter().position(reached);
            let of = counting.and_then(|counting| self.measures.get(counting));
            let candidates = of.map_or_else(Vec::new, |of| goal::candidates(self.assessment, at, &of.within, &of.holds, self.results));
            let shown = self.shown("goal_show", &goal.id.value, goal.show.len());
            let candidates = candidates.into_iter().map(|one| (one, cells(&shown, one.record))).collect();
            Goal { report: GoalReport { measure: of.map(|of| of.at), candidates }, counting }
        }).collect()
    }

    /// The columns that are shown of records.
    fn shown(&self, section: &str, id: &str, columns: usize) -> Vec<Option<&ResultColumn>> {
        (0..columns).map(|at| self.results.column(&result_name(section, id, at))).collect()
    }

    fn needs(&self, goal: &Goal, tables: &Tables, figures: &[Vec<Figure>]) -> Vec<Option<Needed>> {
        let Some(counting) = goal.counting else { return vec![None; figures.len()] };
        let needed = |figures: &Vec<Figure>| figures.get(counting).and_then(|figure| figure.target?.needed);
        let candidates: Vec<Candidate> = goal.report.candidates.iter().map(|(candidate, _)| *candidate).collect();
        goal::needed(tables, &candidates, &figures.iter().map(needed).collect::<Vec<_>>()).into_iter().map(Some).collect()
    }
}

fn cells(shown: &[Option<&ResultColumn>], record: usize) -> Vec<Known> {
    shown.iter().map(|column| column.map_or(Known::Known(Value::Null), |column| column.known(record))).collect()
}

fn missing(intake: &Intake) -> Vec<MissingFact> {
    let all = intake.columns.iter().zip((0u16..).map(Slot)).map(|(column, slot)| MissingFact { slot, records: column.missing_rows() });
    all.filter(|missing| missing.records > 0).collect()
}
