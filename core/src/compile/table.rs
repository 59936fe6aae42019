//! Tables with their index: a few look-ups instead of row after row.
//!
//! Up to 64 rows are one leaf: each input's segment gives a mask of the rows that can match there, and the masks are
//! intersected. More rows are split by the input that separates them best, so that the cost follows the rows that
//! matter and not the size of the table.

use std::sync::Arc;


use super::program::{Cite, NodeId, Slot};
use crate::bundled::Bundled;
use crate::model::HitPolicy;
use crate::value::{Decimal, Value};

/// A compiled table.
#[derive(Debug, Clone, PartialEq, Bundled)]
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
#[derive(Debug, Clone, PartialEq, Bundled)]
pub struct TableInput {
    /// Its value.
    pub node: NodeId,
    /// The slot, if it is a fact held as an integer that the axis can use as it is.
    pub slot: Option<Slot>,
    /// How its values are cut; absent where its tests cannot be indexed.
    pub axis: Option<IndexAxis>,
    /// Whether it can be null.
    pub nullable: bool,
}

/// An axis in integers.
#[derive(Debug, Clone, PartialEq, Bundled)]
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
#[derive(Debug, Clone, PartialEq, Bundled)]
pub struct RowCode {
    /// Its id.
    pub id: Arc<str>,
    /// Its test of each input; absent where anything will do.
    pub tests: Vec<Option<NodeId>>,
    /// The tests that the index does not answer.
    pub beyond_index: Vec<NodeId>,
    /// Its outputs.
    pub outputs: Vec<NodeId>,
    /// Its only output where that is an integer constant.
    pub integer: Option<i64>,
    /// On what basis.
    pub basis: Vec<Cite>,
}

/// A tree over the rows.
#[derive(Debug, Clone, PartialEq, Bundled)]
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
#[derive(Debug, Clone, PartialEq, Bundled)]
pub struct LeafMask {
    /// The input.
    pub input: u16,
    /// First segment of each run; empty where every segment has its own mask.
    pub starts: Vec<u32>,
    /// Bit n is the n-th row of the leaf.
    pub masks: Vec<u64>,
}

impl IndexAxis {
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
            // Only null is told apart: every other value, of whatever type, lies on the one segment.
            (IndexAxis::Numbers { points, .. } | IndexAxis::Days { points }, _) if points.is_empty() => Some(0),
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

/// The position of a segment among runs of segments; the segment itself where every segment is a run.
#[must_use]
pub fn run_of(starts: &[u32], segment: usize) -> usize {
    if starts.is_empty() { segment } else { starts.partition_point(|start| *start as usize <= segment).saturating_sub(1) }
}
