//! Pipe tables: each cell with its own place in the file.

use std::sync::Arc;

use super::{Fields, Reader};
use crate::diagnostics::Code;
use crate::model::keys;
use crate::model::{Column, HitPolicy, Interval, Row, Table, Yaml, YamlKind};
use crate::source::{Span, Spanned};

/// A cell: its text without the spaces around it.
#[derive(Clone, Copy)]
struct Cell<'t> {
    text: &'t str,
    span: Span,
}

impl Cell<'_> {
    fn shared(self) -> Spanned<Arc<str>> {
        Spanned::new(self.text.into(), self.span)
    }

    fn is_dashes(self) -> bool {
        self.text.len() > 1 && self.text.trim_matches(':').bytes().all(|b| b == b'-')
    }
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Input,
    Output,
    From,
    Until,
    Id,
    Cite,
    Confidence,
    Note,
}

const ROLES: &[(&str, Role)] = &[
    ("from", Role::From),
    ("until", Role::Until),
    ("id", Role::Id),
    ("cite", Role::Cite),
    ("confidence", Role::Confidence),
    ("note", Role::Note),
];

/// The head of a table.
struct Head<'t> {
    cells: Vec<(Role, Cell<'t>)>,
    inputs: Vec<Column>,
    outputs: Vec<Spanned<Arc<str>>>,
}

impl Reader {
    /// `table` with its `hit`, `priority` and `else`.
    pub(super) fn table(&mut self, fields: &Fields<'_>) -> Option<Table> {
        let hit = match self.choice(fields, "hit", keys::HITS) {
            Some(1) => HitPolicy::Any,
            Some(2) => HitPolicy::First,
            Some(3) => HitPolicy::Priority,
            Some(4) => HitPolicy::Collect,
            Some(5) => HitPolicy::Sum,
            Some(6) => HitPolicy::Min,
            Some(7) => HitPolicy::Max,
            Some(8) => HitPolicy::Count,
            _ => HitPolicy::Unique,
        };
        let priority = self.list(fields, "priority").iter().filter_map(|item| self.feel_in(item, "a value of `priority`")).collect();
        let otherwise = self.feel(fields, "else");
        let yaml = fields.get("table")?;
        let (head, rows) = self.drawn(yaml)?;
        Some(Table { hit, inputs: head.inputs, outputs: head.outputs, rows, priority, otherwise, span: yaml.span })
    }

    fn drawn<'y>(&mut self, yaml: &'y Yaml) -> Option<(Head<'y>, Vec<Row>)> {
        let YamlKind::Scalar { written, .. } = &yaml.kind else {
            self.wrong_shape(yaml, "a table", "a text of rows", "write `table: |` and the rows under it, each between `|`");
            return None;
        };
        let mut lines = Vec::new();
        let mut at = 0;
        for line in written.split('\n') {
            let text = line.trim();
            let start = yaml.span.start + (at + line.len() - line.trim_start().len()) as u32;
            if !text.is_empty() {
                let cell = Cell { text, span: Span::new(yaml.span.source, start, start + text.len() as u32) };
                lines.push(cell);
            }
            at += line.len() + 1;
        }
        let mut lines = lines.into_iter();
        let Some(first) = lines.next() else {
            self.problem(Code::BadTable, yaml.span, "the table is empty", "no head", "write `| input | => output |` and rows under it");
            return None;
        };
        let cells = self.split(first)?;
        let head = self.head(&cells)?;
        let mut rows = Vec::new();
        let mut number = 0;
        for line in lines {
            let cells = self.split(line);
            if number == 0 && cells.as_ref().is_some_and(|cells| cells.iter().all(|cell| cell.is_dashes())) {
                continue;
            }
            number += 1;
            rows.extend(cells.and_then(|cells| self.row(&head, line, &cells, number)));
        }
        if number == 0 {
            self.problem(Code::BadTable, first.span, "the table has no rows", "only a head", "draw at least one row under it");
        }
        Some((head, rows))
    }

    /// The cells of a line.
    fn split<'t>(&mut self, line: Cell<'t>) -> Option<Vec<Cell<'t>>> {
        let mut cells = Vec::new();
        let mut start = None;
        let (mut quoted, mut escaped) = (false, false);
        for (at, c) in line.text.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '|' if !quoted => {
                    if let Some(start) = start {
                        cells.push(cell_at(line, start, at));
                    }
                    start = Some(at + 1);
                }
                _ => {}
            }
        }
        let (message, label, help) = if quoted {
            ("a text in this row does not end", "a `\"` is open here", "close it with `\"`")
        } else if !line.text.starts_with('|') || start != Some(line.text.len()) {
            ("a row of a table does not stand between `|`", "not between `|`", "begin and end the row with `|`")
        } else {
            return Some(cells);
        };
        self.problem(Code::BadTable, line.span, message, label, help);
        None
    }

    fn head<'t>(&mut self, cells: &[Cell<'t>]) -> Option<Head<'t>> {
        let mut head = Head { cells: Vec::new(), inputs: Vec::new(), outputs: Vec::new() };
        for cell in cells {
            let known = ROLES.iter().find(|(name, _)| *name == cell.text).map(|(_, role)| *role);
            let role = match (cell.text.strip_prefix("=>"), known) {
                (Some(name), _) => {
                    let lead = cell.text.len() - name.trim_start().len();
                    let span = Span::new(cell.span.source, cell.span.start + lead as u32, cell.span.end);
                    self.check_id(name.trim(), span);
                    head.outputs.push(Spanned::new(name.trim().into(), span));
                    Role::Output
                }
                (None, Some(role)) => role,
                (None, None) => {
                    if cell.text.is_empty() {
                        self.problem(Code::BadTable, cell.span, "a column has no head", "empty", "name the input, or `=> output`");
                    }
                    head.inputs.push(Column { expression: cell.shared() });
                    Role::Input
                }
            };
            let again = head.cells.iter().find(|(_, seen)| role != Role::Input && seen.text == cell.text);
            if let Some((_, seen)) = again {
                let seen = seen.span;
                self.problem(Code::BadTable, cell.span, format!("two columns are headed `{}`", cell.text), "again", "keep one of the two");
                self.also(seen, "first here");
            }
            head.cells.push((role, *cell));
        }
        if head.outputs.is_empty() {
            let span = cells.first().zip(cells.last()).map_or(Span::default(), |(first, last)| first.span.to(last.span));
            self.problem(Code::BadTable, span, "the table has no output", "no `=> name`", "head a column with `=> name`");
            return None;
        }
        Some(head)
    }

    fn row(&mut self, head: &Head<'_>, line: Cell<'_>, cells: &[Cell<'_>], number: usize) -> Option<Row> {
        if cells.len() != head.cells.len() {
            let (has, wanted) = (cells.len(), head.cells.len());
            let message = format!("row {number} has {has} cells where the head has {wanted}");
            let label = match head.cells.get(has) {
                Some((_, missing)) => format!("nothing under `{}`", missing.text),
                None => "a cell too many".to_owned(),
            };
            let help = if has < wanted {
                "leave a cell empty (`| |`) where a date, an id or a citation is absent; write `-` for an input that may be anything"
            } else {
                "a `|` within a text goes between `\"`"
            };
            self.problem(Code::BadTable, line.span, message, label, help);
            return None;
        }
        let mut row = Row {
            id: None,
            interval: Interval::default(),
            tests: Vec::new(),
            outputs: Vec::new(),
            basis: Default::default(),
            span: line.span,
        };
        let (mut cite, mut confidence, mut note) = (None, None, None);
        for ((role, of), cell) in head.cells.iter().zip(cells) {
            let cell = *cell;
            match role {
                Role::Input | Role::Output if cell.text.is_empty() => {
                    let input = *role == Role::Input;
                    let help = if input { "write `-` for an input that may be anything" } else { "write an expression, or `null`" };
                    let message = format!("row {number} says nothing under `{}`", of.text);
                    self.problem(Code::BadTable, cell.span, message, "empty", help);
                    let cells = if input { &mut row.tests } else { &mut row.outputs };
                    cells.push(Spanned::new(if input { "-".into() } else { "null".into() }, cell.span));
                }
                Role::Input => row.tests.push(cell.shared()),
                Role::Output => row.outputs.push(cell.shared()),
                _ if cell.text.is_empty() => {}
                Role::From => {
                    row.interval.from = self.date_in(cell.text, cell.span);
                    row.interval.span = Some(row.interval.span.map_or(cell.span, |span| span.to(cell.span)));
                }
                Role::Until => {
                    row.interval.until = self.date_in(cell.text, cell.span);
                    row.interval.span = Some(row.interval.span.map_or(cell.span, |span| span.to(cell.span)));
                }
                Role::Id => {
                    self.check_id(cell.text, cell.span);
                    row.id = Some(cell.shared());
                }
                Role::Cite => cite = Some((cell.text, cell.span)),
                Role::Confidence => confidence = Some((cell.text, cell.span)),
                Role::Note => note = Some(cell.text.into()),
            }
        }
        row.basis = self.row_basis(cite, confidence, note);
        Some(row)
    }
}

/// The cell between two bars, without the spaces around it; an empty cell keeps the place of its spaces.
fn cell_at(line: Cell<'_>, start: usize, end: usize) -> Cell<'_> {
    let whole = line.text.get(start..end).unwrap_or("");
    let text = whole.trim();
    let lead = if text.is_empty() { 0 } else { whole.len() - whole.trim_start().len() };
    let from = line.span.start + (start + lead) as u32;
    let length = if text.is_empty() { whole.len() } else { text.len() };
    Cell { text, span: Span::new(line.span.source, from, from + length as u32) }
}
