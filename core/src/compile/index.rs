//! The index of a table, built from the segments at which its tests hold.

use super::table::{Index, IndexAxis, LeafMask};
use crate::check::segments::{Axis, Runs};
use crate::value::{Decimal, Value};

/// The largest leaf.
const LEAF_ROWS: usize = 64;

impl IndexAxis {
    /// The axis in integers; `None` where a point does not fit. Numbers have the scale `of_slot` where that can be.
    #[must_use]
    pub fn new(axis: &Axis, of_slot: Option<u8>) -> Option<IndexAxis> {
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
                let scale = of_slot.into_iter().chain(0..=12u8).find(|scale| numbers.iter().all(|number| number.scaled(*scale).is_some()))?;
                IndexAxis::Numbers { scale, points: numbers.iter().filter_map(|number| number.scaled(scale)).collect() }
            }
        })
    }
}

/// The segments at which each row's test of each input holds.
pub(super) struct Cells<'a> {
    /// The number of segments of each input with null; `None` where the input cannot be indexed.
    pub segments: &'a [Option<u32>],
    /// For each row, for each input, rising half-open runs of segments; `None` where anything will do.
    pub runs: &'a [Vec<Runs>],
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
