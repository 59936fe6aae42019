//! Tables: inputs, tests and outputs typed; rows that overlap or that can never decide.

use super::infer::constant;
use super::procedure::ProcedureCheck;
use super::scope::uncovered;
use super::segments::{Axis, Runs};
use super::typed::{Expr, Kind, TypedRow, TypedTable};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{HitPolicy, Interval, Row, Table};
use crate::source::Span;
use crate::value::{Field, Type, Value};

/// Most inputs a table can have.
const MOST_INPUTS: usize = 16;

/// Up to this many rows are compared with each other; more would take longer than a person waits.
const MOST_COMPARED: usize = 2_000;

impl ProcedureCheck<'_> {
    /// A typed table; its rows are in force only while what holds it is.
    pub(super) fn table(&mut self, table: &Table, holder: &Interval) -> Expr {
        if table.inputs.len() > MOST_INPUTS {
            let message = format!("{} inputs, {MOST_INPUTS} is the most", table.inputs.len());
            self.report_all([Diagnostic::new(Code::TooMany, table.span, message)]);
        }
        let inputs: Vec<Expr> = table.inputs.iter().map(|input| self.expression(&input.expression, &[], None)).collect();
        let rows: Vec<TypedRow> = table.rows.iter().enumerate().map(|(number, row)| self.row(row, number, &inputs, holder)).collect();
        let priority = table.priority.iter().map(|text| match self.expression(text, &[], None).kind {
            Kind::Constant(value) => value,
            _ => {
                self.report_all([Diagnostic::new(Code::TypeMismatch, text.span, "`priority` wants constants").label("not a constant")]);
                Value::Null
            }
        });
        let priority = priority.collect();
        let otherwise = table.otherwise.as_ref().map(|otherwise| self.expression(otherwise, &[], None));
        let of = self.table_type(table, &rows, otherwise.as_ref());
        if table.hit == HitPolicy::Priority && table.priority.is_empty() {
            let problem = Diagnostic::new(Code::MissingKey, table.span, "hit policy `P` wants `priority`");
            self.report_all([problem.help("list the output values, the weightiest first")]);
        }
        self.compare_rows(table, &inputs, &rows);
        let typed = TypedTable {
            hit: table.hit,
            inputs,
            outputs: table.outputs.iter().map(|output| output.value.clone()).collect(),
            rows,
            priority,
            otherwise,
        };
        Expr { kind: Kind::Table(Box::new(typed)), of, span: table.span }
    }

    fn row(&mut self, row: &Row, number: usize, inputs: &[Expr], holder: &Interval) -> TypedRow {
        let interval = row.interval.intersect(holder);
        if interval.is_empty() {
            let span = row.interval.span.unwrap_or(row.span);
            let problem = Diagnostic::new(Code::MisplacedRow, span, "the row has no day in common with what holds it");
            self.report_all([problem.label("outside")]);
        }
        let mut not_null = Vec::new();
        let tests: Vec<Option<Expr>> = row.tests.iter().zip(inputs).map(|(test, input)| {
            let typed = self.unary_tests(test, input);
            if let Some(typed) = &typed {
                not_null.extend(super::infer::not_null_if(typed, true));
            }
            typed
        }).collect();
        let outputs = row.outputs.iter().map(|output| {
            let assured = if not_null.is_empty() { None } else { Some(assurance(&tests, output.span)) };
            self.expression(output, &[], assured.as_ref())
        });
        let outputs = outputs.collect();
        let id = row.id.as_ref().map_or_else(|| (number + 1).to_string().into(), |id| id.value.clone());
        TypedRow { id, interval, tests, outputs, basis: row.basis.clone() }
    }

    fn table_type(&mut self, table: &Table, rows: &[TypedRow], otherwise: Option<&Expr>) -> Type {
        // A cell of unknown law has no type of its own.
        let typed = |at: usize| rows.iter().filter_map(move |row| row.outputs.get(at)).map(|output| output.of.clone()).filter(|of| *of != Type::Any);
        let column = |at: usize| typed(at).reduce(|a, b| a.join(&b));
        let untyped = if rows.is_empty() { Type::Null } else { Type::Any };
        let mut row_type = match &table.outputs[..] {
            [_] => column(0).unwrap_or(untyped),
            outputs => {
                let fields = outputs.iter().enumerate().map(|(at, output)| Field { name: output.value.clone(), of: column(at).unwrap_or(untyped.clone()) });
                Type::Context(fields.collect())
            }
        };
        if let Some(otherwise) = otherwise {
            row_type = row_type.join(&otherwise.of);
        }
        for (at, output) in table.outputs.iter().enumerate() {
            if column(at) == Some(Type::Any) {
                self.report_all([Diagnostic::new(Code::TypeMismatch, output.span, format!("the cells under `{}` are of several types", output.value))]);
            }
        }
        match table.hit {
            HitPolicy::Collect => Type::List(Box::new(row_type)),
            HitPolicy::Count => Type::Number,
            HitPolicy::Sum => {
                if !matches!(row_type, Type::Number | Type::Any | Type::Null) {
                    self.report_all([Diagnostic::new(Code::TypeMismatch, table.span, format!("a sum wants numbers, the cells are {row_type}"))]);
                }
                Type::Number
            }
            // A table that may have no match gives null; `complete` finds where that cannot be.
            _ => row_type,
        }
    }

    /// Rows of `U` that can both match, rows of `F` that one before them hides.
    fn compare_rows(&mut self, table: &Table, inputs: &[Expr], rows: &[TypedRow]) {
        if rows.len() > MOST_COMPARED || !matches!(table.hit, HitPolicy::Unique | HitPolicy::First) {
            return;
        }
        let axes: Vec<Option<Axis>> = inputs.iter().enumerate().map(|(at, input)| {
            Axis::new(input, rows.iter().filter_map(|row| row.tests.get(at).and_then(Option::as_ref)))
        }).collect();
        let runs: Vec<Vec<Runs>> = rows.iter().map(|row| {
            row.tests.iter().zip(inputs).zip(&axes).map(|((test, input), axis)| axis.as_ref()?.runs(test.as_ref()?, input)).collect()
        }).collect();
        let opaque = |at: usize, row: &TypedRow| axes.get(at).is_none_or(Option::is_none) && row.tests.get(at).is_some_and(Option::is_some);
        let mut problems = Vec::new();
        for (second, (row, row_runs)) in rows.iter().zip(&runs).enumerate() {
            for (first, (other, other_runs)) in rows.iter().zip(&runs).take(second).enumerate() {
                let either_opaque = (0..inputs.len()).any(|at| opaque(at, row) || opaque(at, other));
                let (Some(here), Some(there)) = (table.rows.get(second), table.rows.get(first)) else { continue };
                if table.hit == HitPolicy::Unique && !either_opaque {
                    let meet = !row.interval.intersect(&other.interval).is_empty() && row_runs.iter().zip(other_runs).all(|(a, b)| meet(a, b));
                    if meet {
                        let problem = Diagnostic::new(Code::OverlappingRows, here.span, "two rows can match the same case");
                        let help = "make the tests exclude each other, or choose `hit: F`";
                        problems.push(problem.label("this row").related(there.span, "and this one").help(help));
                    }
                }
                if table.hit == HitPolicy::First && !(0..inputs.len()).any(|at| opaque(at, other)) {
                    let covers = row.interval.is_within(&other.interval) && row_runs.iter().zip(other_runs).all(|(a, b)| within(a, b));
                    if covers {
                        let problem = Diagnostic::new(Code::UnreachableRow, here.span, "this row can never be the first to match");
                        problems.push(problem.label("never reached").related(there.span, "this row matches first"));
                        break;
                    }
                }
            }
        }
        self.report_all(problems);
    }
}

fn meet(a: &Runs, b: &Runs) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.iter().any(|(start, end)| b.iter().any(|(other, until)| start < until && other < end)),
        (Some(a), None) | (None, Some(a)) => !a.is_empty(),
        (None, None) => true,
    }
}

fn within(inner: &Runs, outer: &Runs) -> bool {
    match (inner, outer) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(inner), Some(outer)) => inner.iter().all(|(start, end)| outer.iter().any(|(other, until)| other <= start && end <= until)),
    }
}

/// All tests of a row together, as what is assured where its outputs are worked out.
fn assurance(tests: &[Option<Expr>], span: Span) -> Expr {
    let parts: Vec<Expr> = tests.iter().flatten().cloned().collect();
    match parts.is_empty() {
        true => constant(Value::Boolean(true), span),
        false => super::infer::boolean(Kind::And(parts), span),
    }
}

impl Interval {
    /// Whether all its days lie in another.
    pub(super) fn is_within(&self, other: &Interval) -> bool {
        uncovered(self, std::slice::from_ref(other)).is_none()
    }
}
