//! Tables with their index: a few look-ups instead of row after row.
//!
//! Up to 64 rows are one leaf: each input's segment gives a mask of the rows that can match there, and the masks are
//! intersected. More rows are split by the input that separates them best, so that the cost follows the rows that
//! matter and not the size of the table.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::program::{NodeId, Slot};
use crate::check::segments::Axis;
use crate::model::{Basis, HitPolicy};
use crate::value::{Decimal, Value};

/// A compiled table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableCode {
    /// Which rows count.
    pub hit: HitPolicy,
    /// Inputs.
    pub inputs: Vec<TableInput>,
    /// Names of outputs.
    pub outputs: Vec<Arc<str>>,
    /// Rows in force, from top.
    pub rows: Vec<RowCode>,
    /// Output values in falling priority.
    pub priority: Vec<Value>,
    /// The value without a match.
    pub otherwise: Option<NodeId>,
    /// Where to look.
    pub index: Index,
}

/// An input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableInput {
    /// Its value.
    pub node: NodeId,
    /// The slot, if it is a fact held as an integer.
    pub slot: Option<Slot>,
    /// How its values are cut; absent where its tests cannot be indexed.
    pub axis: Option<IndexAxis>,
    /// Whether it can be null.
    pub nullable: bool,
}

/// An axis in integers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum IndexAxis {
    /// Codes of an enumeration.
    Codes(Vec<Arc<str>>),
    /// False, true.
    Boolean,
    /// Numbers times 10^scale.
    Numbers {
        /// Decimal places of the points.
        scale: u8,
        /// Ordered.
        points: Vec<i64>,
    },
    /// Days.
    Days {
        /// Ordered.
        points: Vec<i64>,
    },
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowCode {
    /// Its id.
    pub id: Arc<str>,
    /// Its test of each input; absent where anything will do.
    pub tests: Vec<Option<NodeId>>,
    /// The tests that the index does not answer.
    pub beyond_index: Vec<NodeId>,
    /// Its outputs.
    pub outputs: Vec<NodeId>,
    /// On what basis.
    pub basis: Basis,
}

/// A tree over the rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Index {
    /// At most 64 rows, and for each input that separates them the masks of rows.
    Leaf {
        /// Row numbers, rising.
        rows: Vec<u32>,
        /// A mask table for each input that matters.
        masks: Vec<LeafMask>,
    },
    /// More rows: which part to look in, by the segment of one input (null last).
    Split {
        /// The input.
        input: u16,
        /// First segment of each run of segments.
        starts: Vec<u32>,
        /// The part of each run.
        parts: Vec<u32>,
        /// The parts.
        children: Vec<Index>,
    },
    /// More rows that no input separates: leaves in the order of their rows.
    Chain(Vec<Index>),
}

/// Which rows of a leaf can match at each segment of an input (null last).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeafMask {
    /// The input.
    pub input: u16,
    /// First segment of each run; empty where every segment has its own mask.
    pub starts: Vec<u32>,
    /// Bit n is the n-th row of the leaf.
    pub masks: Vec<u64>,
}

/// The largest leaf.
pub const LEAF_ROWS: usize = 64;

impl IndexAxis {
    /// The axis in integers; `None` where a point does not fit.
    #[must_use]
    pub fn new(axis: &Axis) -> Option<IndexAxis> {
        Some(match axis {
            Axis::Boolean => IndexAxis::Boolean,
            Axis::Codes(codes) => IndexAxis::Codes(codes.iter().filter_map(|code| match code {
                Value::Text(code) => Some(code.clone()),
                _ => None,
            }).collect()),
            Axis::Points(points) if points.iter().all(|point| matches!(point, Value::Date(_))) && !points.is_empty() => {
                let day = |point: &Value| match point {
                    Value::Date(date) => Some(i64::from(date.0)),
                    _ => None,
                };
                IndexAxis::Days { points: points.iter().filter_map(day).collect() }
            }
            Axis::Points(points) => {
                let numbers = points.iter().map(|point| match point {
                    Value::Number(number) => Some(*number),
                    _ => None,
                });
                let numbers: Vec<Decimal> = numbers.collect::<Option<_>>()?;
                let scale = (0..=12u8).find(|scale| numbers.iter().all(|number| number.scaled(*scale).is_some()))?;
                IndexAxis::Numbers { scale, points: numbers.iter().filter_map(|number| number.scaled(scale)).collect() }
            }
        })
    }

    /// The number of segments, null not counted.
    #[must_use]
    pub fn segments(&self) -> usize {
        match self {
            IndexAxis::Codes(codes) => codes.len(),
            IndexAxis::Boolean => 2,
            IndexAxis::Numbers { points, .. } | IndexAxis::Days { points } => 2 * points.len() + 1,
        }
    }

    /// The segment of an ordered integer; `exact` is false for a value between `integer` and the next.
    #[must_use]
    pub fn segment_of(points: &[i64], integer: i64, exact: bool) -> usize {
        if exact {
            let below = points.partition_point(|point| *point < integer);
            2 * below + usize::from(points.get(below) == Some(&integer))
        } else {
            2 * points.partition_point(|point| *point <= integer)
        }
    }

    /// The segment of a value; null has the number after the last.
    #[must_use]
    pub fn segment(&self, value: &Value) -> Option<usize> {
        match (self, value) {
            (_, Value::Null) => Some(self.segments()),
            (IndexAxis::Boolean, Value::Boolean(truth)) => Some(usize::from(*truth)),
            (IndexAxis::Codes(codes), Value::Text(text)) => codes.iter().position(|code| code == text),
            (IndexAxis::Days { points }, Value::Date(date)) => Some(Self::segment_of(points, i64::from(date.0), true)),
            (IndexAxis::Numbers { scale, points }, Value::Number(number)) => {
                if let Some(exact) = number.scaled(*scale) {
                    return Some(Self::segment_of(points, exact, true));
                }
                let at = |point: &i64| Decimal::from_scaled(*point, *scale) <= *number;
                Some(2 * points.partition_point(at))
            }
            _ => None,
        }
    }
}

/// The segments at which each row's test of each input holds.
pub(super) struct Cells<'a> {
    /// The number of segments of each input with null; `None` where the input cannot be indexed.
    pub segments: &'a [Option<u32>],
    /// For each row, for each input, rising half-open runs of segments; `None` where anything will do.
    pub runs: &'a [Vec<Option<Vec<(u32, u32)>>>],
}

impl Cells<'_> {
    /// The index over rows, in their order.
    pub fn index(&self, rows: Vec<u32>) -> Index {
        if rows.len() <= LEAF_ROWS {
            return self.leaf(rows);
        }
        let Some(split) = self.best_split(&rows) else {
            return Index::Chain(rows.chunks(LEAF_ROWS).map(|chunk| self.leaf(chunk.to_vec())).collect());
        };
        let groups = self.groups(&rows, split.input, &split.starts);
        let mut parts = Vec::new();
        let mut children: Vec<Index> = Vec::new();
        let mut last: Option<(Vec<u32>, u32)> = None;
        let mut open: Option<u32> = None;
        for group in groups {
            let only_open = group.len() == split.open;
            let known = match &last {
                Some((rows, part)) if *rows == group => Some(*part),
                _ if only_open => open,
                _ => None,
            };
            let part = known.unwrap_or_else(|| {
                children.push(self.index(group.clone()));
                children.len() as u32 - 1
            });
            if only_open {
                open = Some(part);
            }
            parts.push(part);
            last = Some((group, part));
        }
        Index::Split { input: split.input as u16, starts: split.starts, parts, children }
    }

    fn runs_of(&self, row: u32, input: usize) -> Option<&[(u32, u32)]> {
        self.runs.get(row as usize).and_then(|row| row.get(input)).and_then(|runs| runs.as_deref())
    }

    /// The segments at which the set of matching rows can change, rising, from 0.
    fn starts(&self, rows: &[u32], input: usize) -> Vec<u32> {
        let mut starts = vec![0];
        for row in rows {
            starts.extend(self.runs_of(*row, input).into_iter().flatten().flat_map(|(start, end)| [*start, *end]));
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    fn leaf(&self, rows: Vec<u32>) -> Index {
        let all = u64::MAX >> (LEAF_ROWS - rows.len().clamp(1, LEAF_ROWS));
        let mut masks = Vec::new();
        for (input, segments) in self.segments.iter().enumerate() {
            let Some(segments) = segments else { continue };
            let mut starts = self.starts(&rows, input);
            starts.retain(|start| start < segments);
            let mask_at = |segment: u32| {
                rows.iter().enumerate().fold(0u64, |mask, (bit, row)| {
                    let holds = self.runs_of(*row, input).is_none_or(|runs| runs.iter().any(|(start, end)| (*start..*end).contains(&segment)));
                    mask | u64::from(holds) << bit
                })
            };
            let of_input: Vec<u64> = starts.iter().map(|start| mask_at(*start)).collect();
            if of_input.iter().all(|mask| *mask == all) {
                continue;
            }
            let direct = *segments <= 256;
            let of_input = if direct { (0..*segments).map(mask_at).collect() } else { of_input };
            masks.push(LeafMask { input: input as u16, starts: if direct { Vec::new() } else { starts }, masks: of_input });
        }
        Index::Leaf { rows, masks }
    }

    /// The input that leaves the fewest rows a part; none if no input makes the parts much smaller.
    fn best_split(&self, rows: &[u32]) -> Option<Split> {
        let candidates = self.segments.iter().enumerate().filter_map(|(input, segments)| {
            let segments = (*segments)?;
            let open = rows.iter().filter(|row| self.runs_of(**row, input).is_none()).count();
            if open * 2 > rows.len() {
                return None;
            }
            let mut starts = self.starts(rows, input);
            starts.retain(|start| *start < segments);
            let mut sizes = vec![open; starts.len()];
            for (start, end) in rows.iter().filter_map(|row| self.runs_of(*row, input)).flatten() {
                let (first, last) = (starts.partition_point(|s| s < start), starts.partition_point(|s| s < end));
                sizes.get_mut(first..last).into_iter().flatten().for_each(|size| *size += 1);
            }
            let total: usize = sizes.iter().sum();
            let largest = sizes.iter().max().copied().unwrap_or(0);
            let worth_it = largest * 2 <= rows.len() && total <= rows.len() * 8 + starts.len() * (open + 2);
            worth_it.then_some(Split { input, starts, open, largest })
        });
        candidates.min_by_key(|split| split.largest)
    }

    /// The rows of each run of segments, in their order.
    fn groups(&self, rows: &[u32], input: usize, starts: &[u32]) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = vec![Vec::new(); starts.len()];
        for row in rows {
            let all = [(0, u32::MAX)];
            for (start, end) in self.runs_of(*row, input).unwrap_or(&all) {
                let (first, last) = (starts.partition_point(|s| s < start), starts.partition_point(|s| s < end));
                groups.get_mut(first..last).into_iter().flatten().for_each(|group| group.push(*row));
            }
        }
        groups
    }
}

struct Split {
    input: usize,
    starts: Vec<u32>,
    /// Rows that match everywhere.
    open: usize,
    largest: usize,
}

/// The position of a segment among runs of segments; the segment itself where every segment is a run.
#[must_use]
pub fn run_of(starts: &[u32], segment: usize) -> usize {
    if starts.is_empty() { segment } else { starts.partition_point(|start| *start as usize <= segment).saturating_sub(1) }
}
