//! Tables that must always give an amount: a row for every case on every day.

use std::collections::BTreeSet;

use super::procedure::ProcedureCheck;
use super::segments::{Axis, Runs};
use super::typed::{Expr, Kind, TypedRow, TypedTable};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{HitPolicy, Interval, Table};
use crate::value::{Date, Value};

/// How many combinations of inputs are looked at before a table is taken to be complete.
const MOST_LOOKED_AT: usize = 200_000;

impl ProcedureCheck<'_> {
    /// Reports the first case, on the first day, for which a table has no row.
    pub(super) fn complete(&mut self, table: &Table, typed: &Expr, interval: &Interval) {
        if let Some((day, gap)) = first_gap(typed, interval) {
            let case: Vec<String> = gap.into_iter().zip(&table.inputs).map(|(value, input)| format!("{} {value}", input.expression.value)).collect();
            let case = if case.is_empty() { String::new() } else { format!(" where {}", case.join(", ")) };
            let problem = Diagnostic::new(Code::IncompleteTable, table.span, format!("on {day} no row matches{case}"));
            self.report_all([problem.label("no amount").help("add a row, or `else:` with the amount of all other cases")]);
        }
    }
}

/// The first case, on the first day, for which a table gives null because no row matches. Tables with tests that cannot
/// be told in advance are passed over.
pub(super) fn first_gap(typed: &Expr, interval: &Interval) -> Option<(Date, Vec<String>)> {
    let Kind::Table(of) = &typed.kind else { return None };
    let gives_null = matches!(of.hit, HitPolicy::Unique | HitPolicy::Any | HitPolicy::First | HitPolicy::Priority | HitPolicy::Min | HitPolicy::Max);
    if !gives_null || of.otherwise.is_some() {
        return None;
    }
    let axes: Option<Vec<Axis>> = of.inputs.iter().enumerate().map(|(at, input)| {
        Axis::new(input, of.rows.iter().filter_map(|row| row.tests.get(at).and_then(Option::as_ref)))
    }).collect();
    let axes = axes?;
    for day in first_days(of, interval) {
        let in_force: Vec<Vec<Runs>> = of.rows.iter().filter(|row| row.interval.contains(day)).map(|row| runs(of, row, &axes)).collect();
        let rows: Vec<&Vec<Runs>> = in_force.iter().collect();
        let mut search = Search { table: of, axes: &axes, looked_at: 0 };
        if let Some(gap) = search.gap(&rows, 0) {
            return Some((day, gap));
        }
    }
    None
}

/// The first days of all intervals in which the rows in force do not change.
fn first_days(table: &TypedTable, interval: &Interval) -> BTreeSet<Date> {
    let mut days: BTreeSet<Date> = table.rows.iter().flat_map(|row| [row.interval.from, row.interval.until.map(|until| until.plus_days(1))]).flatten().collect();
    days.extend(interval.from);
    days.retain(|day| interval.contains(*day));
    days
}

fn runs(table: &TypedTable, row: &TypedRow, axes: &[Axis]) -> Vec<Runs> {
    let cells = row.tests.iter().zip(&table.inputs).zip(axes);
    cells.map(|((test, input), axis)| axis.runs(test.as_ref()?, input)).collect()
}

struct Search<'a> {
    table: &'a TypedTable,
    axes: &'a [Axis],
    looked_at: usize,
}

impl Search<'_> {
    /// Values of the inputs from `at` on for which none of the rows matches.
    fn gap(&mut self, rows: &[&Vec<Runs>], at: usize) -> Option<Vec<String>> {
        self.looked_at += 1;
        if self.looked_at > MOST_LOOKED_AT || rows.iter().any(|row| row.iter().skip(at).all(Option::is_none)) {
            return None;
        }
        let Some(axis) = self.axes.get(at) else { return Some(Vec::new()) };
        let nullable = self.table.inputs.get(at).is_some_and(|input| input.of.can_be_null());
        (0..axis.segments() + usize::from(nullable)).find_map(|segment| {
            let matching = |row: &&&Vec<Runs>| match row.get(at) {
                Some(Some(runs)) => runs.iter().any(|(start, end)| (*start as usize..*end as usize).contains(&segment)),
                _ => true,
            };
            let left: Vec<&Vec<Runs>> = rows.iter().filter(matching).copied().collect();
            let mut gap = self.gap(&left, at + 1)?;
            gap.insert(0, axis.in_words(segment));
            Some(gap)
        })
    }
}

impl Axis {
    /// A segment as a condition on the input: `= "post"`, `> 8 and < 12`.
    fn in_words(&self, segment: usize) -> String {
        if segment >= self.segments() {
            return "is null".to_owned();
        }
        match self {
            Axis::Codes(codes) => format!("= {}", codes.get(segment).map_or(String::new(), written)),
            Axis::Boolean => format!("= {}", segment == 1),
            Axis::Points(points) if segment % 2 == 1 => format!("= {}", points.get(segment / 2).map_or(String::new(), written)),
            Axis::Points(points) => {
                let above = (segment / 2).checked_sub(1).and_then(|before| points.get(before)).map(|point| format!("> {}", written(point)));
                let below = points.get(segment / 2).map(|point| format!("< {}", written(point)));
                above.into_iter().chain(below).collect::<Vec<_>>().join(" and ")
            }
        }
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        other => other.type_name().to_owned(),
    }
}
