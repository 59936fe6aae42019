//! Typed tables to their compiled form with an index.

use super::lower::Lowering;
use super::program::{Cite, FactSlot, Layout, Node, NodeId, Slot};
use super::index::Cells;
use super::table::{IndexAxis, RowCode, TableCode, TableInput};
use crate::check::segments::{Axis, Runs};
use crate::check::typed::{Expr, Kind, TypedRow, TypedTable};
use crate::value::Value;

impl Lowering<'_> {
    /// The node of a table with the rows that are in force.
    pub(super) fn table(&mut self, table: &TypedTable) -> NodeId {
        let folded: Vec<Expr> = table.inputs.iter().map(|input| self.folded(input)).collect();
        let in_force: Vec<&TypedRow> = table.rows.iter().filter(|row| row.interval.contains(self.day)).collect();
        let mut tests: Vec<Vec<Option<Expr>>> = Vec::new();
        let mut rests: Vec<Vec<Cite>> = Vec::new();
        for row in &in_force {
            let (folded, of_row) = self.resting(|lowering| row.tests.iter().map(|test| test.as_ref().map(|test| lowering.folded(test))).collect());
            tests.push(folded);
            rests.push(of_row);
        }
        let axes: Vec<Option<(Axis, IndexAxis)>> = folded
            .iter()
            .enumerate()
            .map(|(at, input)| {
                let of_column = tests.iter().filter_map(|row| row.get(at).and_then(Option::as_ref));
                let axis = Axis::new(input, of_column)?;
                let index = IndexAxis::new(&axis, self.slot_scale(input))?;
                Some((axis, index))
            })
            .collect();
        let inputs: Vec<TableInput> = folded
            .iter()
            .zip(&axes)
            .map(|(input, axis)| {
                let node = self.lower(input);
                let axis = axis.as_ref().map(|(_, index)| index.clone());
                TableInput {
                    node,
                    slot: axis.as_ref().and_then(|axis| integer_slot(self.interner.code.node(node), self.facts, axis)),
                    axis,
                    nullable: input.of.can_be_null(),
                }
            })
            .collect();
        let rows: Vec<RowCode> = in_force
            .iter()
            .zip(&tests)
            .zip(rests)
            .map(|((row, tests), mut rests)| {
                let ((lowered, outputs), more) = self.resting(|lowering| {
                    let lowered: Vec<Option<NodeId>> = tests.iter().map(|test| test.as_ref().map(|test| lowering.lower(test))).collect();
                    let outputs: Vec<NodeId> = row.outputs.iter().map(|output| lowering.lower(output)).collect();
                    (lowered, outputs)
                });
                rests.extend(more);
                let beyond_index = lowered.iter().zip(&axes).filter(|(_, axis)| axis.is_none()).filter_map(|(test, _)| *test).collect();
                let mut basis = self.cites(&row.basis);
                rests.into_iter().for_each(|cite| if !basis.contains(&cite) { basis.push(cite) });
                let integer = match outputs[..] {
                    [only] => self.integer(only),
                    _ => None,
                };
                RowCode { id: row.id.clone(), tests: lowered, beyond_index, outputs, integer, basis }
            })
            .collect();
        let segments: Vec<Option<u32>> = axes.iter().map(|axis| axis.as_ref().map(|(axis, _)| axis.segments() as u32 + 1)).collect();
        let runs: Vec<Vec<Runs>> = tests
            .iter()
            .map(|row| {
                let cells = row.iter().zip(&folded).zip(&axes);
                cells.map(|((test, input), axis)| axis.as_ref()?.0.runs(test.as_ref()?, input)).collect()
            })
            .collect();
        let index = Cells { segments: &segments, runs: &runs }.index((0..rows.len() as u32).collect());
        let otherwise = table.otherwise.as_ref().map(|otherwise| self.lower(otherwise));
        let compiled = TableCode {
            hit: table.hit,
            inputs,
            outputs: table.outputs.clone(),
            rows,
            priority: table.priority.clone(),
            otherwise,
            index,
        };
        let position = super::intern::position(&mut self.interner.code.tables, compiled);
        self.interner.node(Node::Table(position))
    }

    fn integer(&self, id: NodeId) -> Option<i64> {
        match self.interner.constant_of(id)? {
            Value::Number(number) => number.to_i64(),
            _ => None,
        }
    }

    /// Decimal places of the slot of an input that is a number.
    fn slot_scale(&self, input: &Expr) -> Option<u8> {
        let Kind::Fact(fact) = input.kind else { return None };
        match self.facts.get(usize::from(fact.0))?.layout {
            Layout::Number { scale, .. } => Some(scale),
            _ => None,
        }
    }

    /// The expression with the epoch's parameters in place of their names, so that a test against one is a test against
    /// a constant.
    fn folded(&mut self, expr: &Expr) -> Expr {
        let kind = match &expr.kind {
            Kind::Parameter(_) => {
                let id = self.lower(expr);
                match self.interner.constant_of(id) {
                    Some(value) => Kind::Constant(value),
                    None => return expr.clone(),
                }
            }
            Kind::And(parts) => Kind::And(parts.iter().map(|part| self.folded(part)).collect()),
            Kind::Or(parts) => Kind::Or(parts.iter().map(|part| self.folded(part)).collect()),
            Kind::Not(of) => Kind::Not(Box::new(self.folded(of))),
            Kind::Compare(op, left, right) => {
                let right = self.folded(right);
                let right = match right.kind {
                    Kind::Constant(_) => right,
                    _ => {
                        let id = self.lower(&right);
                        match self.interner.constant_of(id) {
                            Some(value) if value != Value::Null => Expr { kind: Kind::Constant(value), ..right },
                            _ => right,
                        }
                    }
                };
                Kind::Compare(*op, Box::new(self.folded(left)), Box::new(right))
            }
            _ => return expr.clone(),
        };
        Expr { kind, ..expr.clone() }
    }
}

/// The slot of an input that is a fact held as an integer that the axis can use as it is.
fn integer_slot(node: Node, facts: &[FactSlot], axis: &IndexAxis) -> Option<Slot> {
    let (Node::Fact(slot) | Node::Flag(slot)) = node else { return None };
    let fits = match (&facts.get(usize::from(slot.0))?.layout, axis) {
        (Layout::Boolean, IndexAxis::Boolean) | (Layout::Enumeration { .. }, IndexAxis::Codes(_)) => true,
        (Layout::Date { .. }, IndexAxis::Days { .. }) => true,
        (Layout::Number { scale, .. }, IndexAxis::Numbers { scale: of_axis, .. }) => scale == of_axis,
        _ => false,
    };
    fits.then_some(slot)
}
