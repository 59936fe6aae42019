//! Tables to look-ups.

use std::sync::Arc;

use super::{Lowering, Register, Why};
use crate::columns::ops::{Input, IntId, IntOp, NO_ROW, NULL_PLACE, Of, Picked, Places, Segments, TableId, TableOp, TruthId, TruthOp};
use crate::compile::table::{Index, IndexAxis, TableCode, run_of};
use crate::eval::MOST_INPUTS as MOST_TRIED_INPUTS;
use crate::model::HitPolicy;

/// Most places a table is looked up in.
pub(super) const MOST_PLACES: usize = 1 << 15;

/// Most rows of a table that are tested one after another.
const MOST_TESTED_ROWS: usize = 64;

impl Lowering<'_> {
    /// The value of a table.
    pub fn table_value(&mut self, index: u32) -> Result<Register, Why> {
        let place = self.table(index)?;
        let table = self.program.code_of.tables.get(index as usize).ok_or("an unknown table")?;
        let mut outputs: Vec<Register> = Vec::new();
        for row in &table.rows {
            let [only] = row.outputs[..] else { return Err("a table of several outputs".to_owned()) };
            outputs.push(self.node(only)?);
        }
        outputs.push(match table.otherwise {
            Some(node) => self.node(node)?,
            None => Register::Null,
        });
        // Truths are picked as 0 and 1.
        let is_truth = outputs.iter().any(|output| matches!(output, Register::Truth(_)));
        let mut of = None;
        for output in &outputs {
            of = match (of, output) {
                (of, Register::Null | Register::Unknown) => of,
                (None, Register::Int(_, one)) => Some(*one),
                (Some(Of::Number(a)), Register::Int(_, Of::Number(b))) => Some(Of::Number(a.max(*b))),
                (Some(a), Register::Int(_, b)) if a == *b => Some(a),
                (None, Register::Truth(_)) => None,
                _ => return Err("a table whose outputs are of several types".to_owned()),
            };
        }
        if is_truth && of.is_some() {
            return Err("a table whose outputs are of several types".to_owned());
        }
        let of = of.unwrap_or(Of::Number(0));
        let mut picked = Vec::new();
        for output in outputs {
            picked.push(match output {
                Register::Null => Picked::Null,
                Register::Unknown => Picked::Unknown,
                Register::Truth(truth) => match self.kernels.truths.get(truth.0 as usize) {
                    Some(TruthOp::Constant(truth)) => Picked::Constant(i64::from(*truth)),
                    _ => return Err("a table that gives truths which are worked out".to_owned()),
                },
                Register::Int(int, one) => {
                    let int = match (one, of) {
                        (Of::Number(scale), Of::Number(wanted)) => self.at_scale(int, scale, wanted)?,
                        _ => int,
                    };
                    match self.kernels.ints.get(int.0 as usize) {
                        Some(IntOp::Constant(Some(constant))) => Picked::Constant(*constant),
                        Some(IntOp::Constant(None)) => Picked::Null,
                        Some(IntOp::Unknown) => Picked::Unknown,
                        _ => Picked::Register(int),
                    }
                }
            });
        }
        let int = match self.by_place(place, &picked) {
            Some(constants) => self.put_int(IntOp::Place(place, Places::new(constants))),
            None => self.put_int(IntOp::Pick(place, picked)),
        };
        Ok(if is_truth { Register::Truth(self.put_truth(TruthOp::NonZero(int))) } else { Register::Int(int, of) })
    }

    /// The value at each place of a table, where all are constants; [`NULL_PLACE`] for null.
    fn by_place(&self, table: TableId, picked: &[Picked]) -> Option<Vec<i64>> {
        let rows = &self.kernels.tables.get(table.0 as usize)?.rows;
        let otherwise = picked.len().checked_sub(1)?;
        let constant = |row: &u16| match picked.get(usize::from(*row).min(otherwise)) {
            Some(Picked::Constant(constant)) => Some(*constant).filter(|constant| *constant != NULL_PLACE),
            Some(Picked::Null) => Some(NULL_PLACE),
            _ => None,
        };
        rows.iter().map(constant).collect()
    }

    /// Whether an integer is never null, and never less than nothing.
    pub fn is_amount(&self, int: IntId) -> [bool; 2] {
        match self.kernels.ints.get(int.0 as usize) {
            Some(IntOp::Place(_, constants)) => {
                [!constants.has_null, constants.values.iter().all(|constant| *constant >= 0 || *constant == NULL_PLACE)]
            }
            Some(IntOp::NullIsUnknown(of)) => {
                let [_, never_less] = self.is_amount(*of);
                [true, never_less]
            },
            Some(IntOp::Constant(Some(constant))) => [true, *constant >= 0],
            _ => [false, false],
        }
    }

    /// The rows of a table.
    pub fn table(&mut self, index: u32) -> Result<TableId, Why> {
        if let Some(known) = self.tables.get(&index) {
            return known.clone();
        }
        let made = self.made_table(index).or_else(|why| self.table_of_tests(index).ok_or(why));
        self.tables.insert(index, made.clone());
        made
    }

    fn made_table(&mut self, index: u32) -> Result<TableId, Why> {
        let table = self.program.code_of.tables.get(index as usize).ok_or("an unknown table")?;
        if !matches!(table.hit, HitPolicy::Unique | HitPolicy::Any | HitPolicy::First) {
            return Err("a table of which several rows count".to_owned());
        }
        if table.rows.iter().any(|row| !row.beyond_index.is_empty()) || table.rows.len() >= usize::from(NO_ROW) {
            return Err("a table with tests that its index does not answer".to_owned());
        }
        let mut inputs: Vec<(usize, Input)> = Vec::new();
        let mut places = 1usize;
        for (at, input) in table.inputs.iter().enumerate() {
            let axis = input.axis.as_ref().ok_or("a table with an input that cannot be indexed")?;
            let from = match (input.slot, axis) {
                (Some(slot), IndexAxis::Codes(_) | IndexAxis::Boolean) => Segments::Slot(slot),
                (_, IndexAxis::Boolean) => Segments::Truth(self.truth(input.node)?),
                (_, IndexAxis::Codes(codes)) => match self.int(input.node)? {
                    (int, Of::Text) => {
                        let at = |text: &Arc<str>| codes.iter().position(|code| code == text).unwrap_or(codes.len()) as u16;
                        Segments::Texts(int, self.kernels.texts.iter().map(at).collect())
                    }
                    _ => return Err("a table input of another type".to_owned()),
                },
                (_, IndexAxis::Days { points }) => match self.int(input.node)? {
                    (int, Of::Day) => Segments::Points(int, points.clone()),
                    _ => return Err("a table input of another type".to_owned()),
                },
                (_, IndexAxis::Numbers { points, .. }) if points.is_empty() => match self.node(input.node)? {
                    Register::Int(int, _) => Segments::Points(int, Vec::new()),
                    _ => return Err("a table input of another type".to_owned()),
                },
                (_, IndexAxis::Numbers { scale, points }) => {
                    let (int, of) = self.number(input.node)?;
                    let wanted = of.max(*scale);
                    let int = self.at_scale(int, of, wanted)?;
                    let points = points.iter().map(|point| point.checked_mul(10i64.checked_pow(u32::from(wanted - scale))?)).collect::<Option<_>>();
                    Segments::Points(int, points.ok_or("a table with too large a number")?)
                }
            };
            let segments = axis.segments();
            inputs.push((at, Input { from, segments: segments as u16, nullable: input.nullable, stride: places as u16 }));
            places = places.saturating_mul(segments + 1);
            if places > MOST_PLACES {
                return Err("a table with too many combinations".to_owned());
            }
        }
        let mut of_input = vec![0usize; table.inputs.len()];
        let rows = (0..places).map(|place| {
            for (at, input) in &inputs {
                if let Some(segment) = of_input.get_mut(*at) {
                    *segment = place / usize::from(input.stride) % (usize::from(input.segments) + 1);
                }
            }
            first_row(table, &of_input).unwrap_or(NO_ROW)
        });
        let rows = rows.collect();
        let inputs = inputs.into_iter().map(|(_, input)| input).collect();
        let tries = table.inputs.len() <= MOST_TRIED_INPUTS;
        Ok(self.put_table(TableOp { inputs, tests: Vec::new(), rows, tries }))
    }

    /// A table whose rows are tested one after another, where that is all its index can do.
    fn table_of_tests(&mut self, index: u32) -> Option<TableId> {
        let table = self.program.code_of.tables.get(index as usize)?;
        if !matches!(table.hit, HitPolicy::Unique | HitPolicy::Any | HitPolicy::First) || table.rows.len() > MOST_TESTED_ROWS {
            return None;
        }
        let rows = table.rows.iter().map(|row| row.tests.iter().flatten().map(|test| self.truth(*test)).collect());
        let tests = rows.collect::<Result<Vec<Vec<TruthId>>, Why>>().ok()?;
        let rows = (0..tests.len() as u16).chain([NO_ROW]).collect();
        Some(self.put_table(TableOp { inputs: Vec::new(), tests, rows, tries: false }))
    }
}

/// The first row that the index finds at some segments.
fn first_row(table: &TableCode, segments: &[usize]) -> Option<u16> {
    let segment = |input: u16| segments.get(usize::from(input)).copied().unwrap_or(0);
    let mut chain: &[Index] = std::slice::from_ref(&table.index);
    while let Some((first, rest)) = chain.split_first() {
        let mut index = first;
        while let Index::Split { input, starts, parts, children } = index {
            match parts.get(run_of(starts, segment(*input))).and_then(|part| children.get(*part as usize)) {
                Some(part) => index = part,
                None => break,
            }
        }
        match index {
            Index::Chain(more) if rest.is_empty() => {
                chain = more;
                continue;
            }
            Index::Leaf { rows, masks } => {
                let mut mask = if rows.is_empty() { 0 } else { u64::MAX >> (64 - rows.len().min(64)) };
                for leaf in masks {
                    mask &= leaf.masks.get(run_of(&leaf.starts, segment(leaf.input))).copied().unwrap_or(0);
                }
                if mask != 0 {
                    return rows.get(mask.trailing_zeros() as usize).map(|row| *row as u16);
                }
            }
            Index::Chain(_) | Index::Split { .. } => {}
        }
        chain = rest;
    }
    None
}
