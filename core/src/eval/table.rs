//! Tables: one pass over the index when the inputs are known, row by row with three truths when they are not.

use super::Evaluator;
use super::slots::State;
use super::truth::Truth;
use super::value::Known;
use crate::compile::program::NodeId;
use crate::compile::table::{Index, IndexAxis, RowCode, TableCode, TableInput, run_of};
use crate::model::HitPolicy;
use crate::value::{self, Context, Decimal, Value};
use std::sync::Arc;

/// More inputs than this are never looked up through the index on the stack.
pub(crate) const MOST_INPUTS: usize = 16;

/// How many combinations of segments are tried before a table with missing inputs is left open.
pub(crate) const MOST_COMBINATIONS: usize = 512;

impl Evaluator<'_> {
    /// The value of a table.
    pub(super) fn table(&mut self, index: u32) -> Known {
        let code = self.code;
        let Some(table) = code.tables.get(index as usize) else { return Known::Known(Value::Null) };
        let mut segments = [None; MOST_INPUTS];
        match self.locate(table, &mut segments) {
            Ok(()) => self.look_up(index, table, &segments),
            Err(_) => self.open_table(index, table, &segments),
        }
    }

    /// The integer of the row that decides a table, where slots alone tell which row that is and its output is an integer
    /// constant. Most tables of amounts are so: then no value is made.
    pub(super) fn integer_of_row(&mut self, index: u32) -> Option<i64> {
        let table = self.code.tables.get(index as usize)?;
        if !matches!(table.hit, HitPolicy::Unique | HitPolicy::Any | HitPolicy::First) {
            return None;
        }
        let mut part = &table.index;
        while let Index::Split { input, starts, parts, children } = part {
            let segment = self.slot_segment(table, *input)?;
            part = children.get(*parts.get(run_of(starts, segment))? as usize)?;
        }
        let Index::Leaf { rows, masks } = part else { return None };
        let mut mask = u64::MAX;
        for leaf in masks {
            let segment = self.slot_segment(table, leaf.input)?;
            mask &= leaf.masks.get(run_of(&leaf.starts, segment))?;
        }
        let number = *rows.get(mask.trailing_zeros() as usize)?;
        let row = table.rows.get(number as usize).filter(|row| row.beyond_index.is_empty())?;
        let integer = row.integer?;
        self.fire(index, Some(number));
        Some(integer)
    }

    /// The segment of an input that is a fact held in its slot.
    #[inline(always)]
    fn slot_segment(&self, table: &TableCode, input: u16) -> Option<usize> {
        let input = table.inputs.get(usize::from(input))?;
        let (State::Narrow, integer) = self.slots.cell(input.slot?) else { return None };
        Some(match input.axis.as_ref()? {
            IndexAxis::Codes(_) | IndexAxis::Boolean => integer as usize,
            IndexAxis::Days { points } | IndexAxis::Numbers { points, .. } => IndexAxis::segment_of(points, integer, true),
        })
    }

    /// The segment of each indexed input; the state of the first that has none, though all are looked at.
    fn locate(&mut self, table: &TableCode, segments: &mut [Option<usize>; MOST_INPUTS]) -> Result<(), Truth> {
        let mut open = Ok(());
        for (input, place) in table.inputs.iter().zip(segments) {
            let Some(axis) = &input.axis else { continue };
            match self.segment(input, axis) {
                Ok(segment) => *place = Some(segment),
                Err(truth) if open.is_ok() => open = Err(truth),
                Err(_) => {}
            }
        }
        open
    }

    #[inline]
    fn segment(&mut self, input: &TableInput, axis: &IndexAxis) -> Result<usize, Truth> {
        if let Some(slot) = input.slot {
            match self.slots.state(slot) {
                State::Missing => return Err(Truth::Missing),
                State::Null => return Ok(axis.segments()),
                State::Narrow => match axis {
                    IndexAxis::Codes(_) | IndexAxis::Boolean => return Ok(self.slots.narrow(slot) as usize),
                    IndexAxis::Days { points } | IndexAxis::Numbers { points, .. } => {
                        return Ok(IndexAxis::segment_of(points, self.slots.narrow(slot), true));
                    }
                },
                State::Wide => {}
            }
        }
        match self.value(input.node) {
            Known::Known(value) => Ok(axis.segment(&value).unwrap_or(axis.segments())),
            Known::Missing => Err(Truth::Missing),
            Known::Unknown => Err(Truth::Unknown),
        }
    }

    /// The value when every indexed input is known.
    fn look_up(&mut self, id: u32, table: &TableCode, segments: &[Option<usize>; MOST_INPUTS]) -> Known {
        let mut hits = Hits::default();
        let mut chain: &[Index] = std::slice::from_ref(&table.index);
        while let Some((first, rest)) = chain.split_first() {
            let mut index = first;
            while let Index::Split { input, starts, parts, children } = index {
                let segment = segments.get(usize::from(*input)).copied().flatten().unwrap_or(0);
                let part = parts.get(run_of(starts, segment)).and_then(|part| children.get(*part as usize));
                match part {
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
                        let segment = segments.get(usize::from(leaf.input)).copied().flatten().unwrap_or(0);
                        mask &= leaf.masks.get(run_of(&leaf.starts, segment)).copied().unwrap_or(0);
                    }
                    while mask != 0 {
                        let row = rows.get(mask.trailing_zeros() as usize).copied().unwrap_or(0);
                        mask &= mask - 1;
                        match self.beyond_index(table, row) {
                            Truth::True => hits.certain(row),
                            Truth::Missing => hits.open(row, Truth::Missing),
                            Truth::Unknown => hits.open(row, Truth::Unknown),
                            Truth::False | Truth::Null => {}
                        }
                        if hits.decided(table.hit) {
                            return self.conclude(id, table, &hits);
                        }
                    }
                }
                Index::Chain(_) | Index::Split { .. } => {}
            }
            chain = rest;
        }
        self.conclude(id, table, &hits)
    }

    fn beyond_index(&mut self, table: &TableCode, row: u32) -> Truth {
        let Some(row) = table.rows.get(row as usize) else { return Truth::False };
        let mut result = Truth::True;
        for test in &row.beyond_index {
            match self.truth(*test) {
                Truth::True => {}
                Truth::False | Truth::Null => return Truth::False,
                open => result = super::truth::weaker(result, open),
            }
        }
        result
    }

    /// The value when an input is missing: settled if every way the table can still go agrees.
    #[cold]
    fn open_table(&mut self, id: u32, table: &TableCode, segments: &[Option<usize>; MOST_INPUTS]) -> Known {
        if let Some(combinations) = Combinations::new(table, segments) {
            let mut agreed: Option<(Known, Option<usize>)> = None;
            for at in combinations {
                let known = self.look_up(id, table, &at);
                let row = self.fired_row(id);
                match &mut agreed {
                    None => agreed = Some((known, row)),
                    Some((first, first_row)) if *first == known && matches!(known, Known::Known(_)) => {
                        *first_row = first_row.filter(|first| Some(*first) == row);
                    }
                    Some(_) => {
                        agreed = None;
                        break;
                    }
                }
            }
            if let Some((Known::Known(value), row)) = agreed {
                self.fire(id, row.map(|row| row as u32));
                return Known::Known(value);
            }
            self.fire(id, None);
            return self.openness(table);
        }
        let mut hits = Hits::default();
        for (row, number) in table.rows.iter().zip(0u32..) {
            match self.row(row) {
                Truth::True => hits.certain(number),
                Truth::False | Truth::Null => {}
                open => hits.open(number, open),
            }
            if hits.decided(table.hit) {
                break;
            }
        }
        self.conclude(id, table, &hits)
    }

    /// Missing, unless every open input rests on unknown law alone.
    fn openness(&mut self, table: &TableCode) -> Known {
        let any_missing = table.inputs.iter().any(|input| self.value(input.node) == Known::Missing);
        if any_missing { Known::Missing } else { Known::Unknown }
    }

    /// Whether a row matches, by its own tests.
    pub(super) fn row(&mut self, row: &RowCode) -> Truth {
        let mut result = Truth::True;
        for test in row.tests.iter().flatten() {
            match self.truth(*test) {
                Truth::True => {}
                Truth::False | Truth::Null => return Truth::False,
                open => result = super::truth::weaker(result, open),
            }
        }
        result
    }

    /// The value of the rows that match under the table's hit policy.
    fn conclude(&mut self, id: u32, table: &TableCode, hits: &Hits) -> Known {
        match table.hit {
            HitPolicy::Unique | HitPolicy::Any | HitPolicy::First => self.single(id, table, hits),
            HitPolicy::Priority => self.by_priority(id, table, hits),
            HitPolicy::Collect | HitPolicy::Sum | HitPolicy::Min | HitPolicy::Max | HitPolicy::Count => self.collected(table, hits),
        }
    }

    fn single(&mut self, id: u32, table: &TableCode, hits: &Hits) -> Known {
        let certain = hits.certain.first().copied();
        self.fire(id, certain);
        let value = match certain {
            Some(row) => self.outputs(table, row),
            None => self.otherwise(table),
        };
        for (row, open) in &hits.open {
            let outranked = table.hit != HitPolicy::First && certain.is_some();
            if outranked || certain.is_some_and(|certain| certain < *row) {
                continue;
            }
            if self.outputs(table, *row) != value || !matches!(value, Known::Known(_)) {
                self.fire(id, None);
                return (*open).into();
            }
        }
        value
    }

    fn by_priority(&mut self, id: u32, table: &TableCode, hits: &Hits) -> Known {
        let rank = |value: &Value| table.priority.iter().position(|one| value::equal(one, value) == Some(true)).unwrap_or(usize::MAX);
        let mut best: Option<(usize, u32, Value)> = None;
        for row in hits.certain.iter() {
            let value = match self.outputs(table, *row) {
                Known::Known(value) => value,
                open => return open,
            };
            let rank = rank(first_output(&value));
            if best.as_ref().is_none_or(|(least, ..)| rank < *least) {
                best = Some((rank, *row, value));
            }
        }
        for (row, open) in &hits.open {
            let better = match (self.outputs(table, *row), &best) {
                (Known::Known(value), Some((least, _, chosen))) => rank(first_output(&value)) < *least && value != *chosen,
                _ => true,
            };
            if better {
                return (*open).into();
            }
        }
        match best {
            Some((_, row, value)) => {
                self.fire(id, Some(row));
                Known::Known(value)
            }
            None => self.otherwise(table),
        }
    }

    fn collected(&mut self, table: &TableCode, hits: &Hits) -> Known {
        if let Some((_, open)) = hits.open.first() {
            return (*open).into();
        }
        let mut values = Vec::new();
        for row in hits.certain.iter() {
            match self.outputs(table, *row) {
                Known::Known(value) => values.push(value),
                open => return open,
            }
        }
        if values.is_empty() && table.otherwise.is_some() {
            return self.otherwise(table);
        }
        let sum = |values: &[Value]| values.iter().fold(Value::Number(Decimal::from_i64(0)), |sum, value| value::add(&sum, value));
        let best = |values: Vec<Value>, wanted: std::cmp::Ordering| {
            values.into_iter().reduce(|a, b| if value::compare(&b, &a) == Some(wanted) { b } else { a }).unwrap_or_default()
        };
        Known::Known(match table.hit {
            HitPolicy::Sum => sum(&values),
            HitPolicy::Min => best(values, std::cmp::Ordering::Less),
            HitPolicy::Max => best(values, std::cmp::Ordering::Greater),
            HitPolicy::Count => Value::Number(Decimal::from_i64(values.len() as i64)),
            _ => Value::List(values.into()),
        })
    }

    pub(super) fn outputs(&mut self, table: &TableCode, row: u32) -> Known {
        let Some(row) = table.rows.get(row as usize) else { return Known::Known(Value::Null) };
        if let [only] = row.outputs[..] {
            return self.value(only);
        }
        let mut entries = Vec::new();
        for (name, output) in table.outputs.iter().zip(&row.outputs) {
            match self.value(*output) {
                Known::Known(value) => entries.push((name.clone(), value)),
                open => return open,
            }
        }
        Known::Known(Value::Context(Arc::new(Context(entries))))
    }

    fn otherwise(&mut self, table: &TableCode) -> Known {
        match table.otherwise {
            Some(node) => self.value(node),
            None => Known::Known(match table.hit {
                HitPolicy::Collect => Value::List([].into()),
                HitPolicy::Sum | HitPolicy::Count => Value::Number(Decimal::from_i64(0)),
                _ => Value::Null,
            }),
        }
    }

    fn fire(&mut self, table: u32, row: Option<u32>) {
        if let Some(fired) = self.work.fired.get_mut(table as usize) {
            *fired = row.map_or(0, |row| row + 1);
        }
    }

    /// The inputs of a table whose values can still change it: all that are open, but those of which it is shown that
    /// no combination of the others lets them matter.
    pub(super) fn inputs_that_matter(&mut self, id: u32) -> Vec<NodeId> {
        let code = self.code;
        let Some(table) = code.tables.get(id as usize) else { return Vec::new() };
        let mut segments = [None; MOST_INPUTS];
        let _ = self.locate(table, &mut segments);
        let open: Vec<usize> = (0..table.inputs.len().min(MOST_INPUTS)).filter(|input| segments.get(*input) == Some(&None)).collect();
        let all = |inputs: &[usize]| inputs.iter().filter_map(|input| table.inputs.get(*input).map(|input| input.node)).collect();
        let Some(combinations) = Combinations::new(table, &segments) else {
            return table.inputs.iter().map(|input| input.node).collect();
        };
        let results: Vec<([Option<usize>; MOST_INPUTS], Known)> = combinations.map(|at| {
            let known = self.look_up(id, table, &at);
            (at, known)
        }).collect();
        self.fire(id, None);
        let matters = |input: &usize| {
            let mut seen: Vec<([Option<usize>; MOST_INPUTS], &Known)> = Vec::new();
            results.iter().any(|(at, known)| {
                let mut rest = *at;
                if let Some(place) = rest.get_mut(*input) {
                    *place = None;
                }
                match seen.iter().find(|(other, _)| *other == rest) {
                    Some((_, first)) => *first != known || !matches!(known, Known::Known(_)),
                    None => {
                        seen.push((rest, known));
                        !matches!(known, Known::Known(_))
                    }
                }
            })
        };
        all(&open.into_iter().filter(matters).collect::<Vec<_>>())
    }
}

fn first_output(value: &Value) -> &Value {
    match value {
        Value::Context(context) => context.0.first().map_or(value, |(_, first)| first),
        other => other,
    }
}

/// Which rows match, and which may.
#[derive(Default)]
struct Hits {
    certain: SmallRows,
    open: Vec<(u32, Truth)>,
}

impl Hits {
    fn certain(&mut self, row: u32) {
        self.certain.push(row);
    }

    fn open(&mut self, row: u32, why: Truth) {
        self.open.push((row, why));
    }

    /// Whether rows further down cannot change the result.
    fn decided(&self, hit: HitPolicy) -> bool {
        matches!(hit, HitPolicy::Unique | HitPolicy::Any | HitPolicy::First) && !self.certain.is_empty()
    }
}

/// Row numbers; the first is kept in place, so that a table with one hit allocates nothing.
#[derive(Default)]
struct SmallRows {
    first: [u32; 1],
    len: usize,
    all: Vec<u32>,
}

impl SmallRows {
    fn push(&mut self, row: u32) {
        if self.len == 0 {
            self.first = [row];
        } else {
            if self.len == 1 {
                self.all.extend(self.first);
            }
            self.all.push(row);
        }
        self.len += 1;
    }
}

impl std::ops::Deref for SmallRows {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        match self.len {
            0 => &[],
            1 => &self.first,
            _ => &self.all,
        }
    }
}

/// Every combination of segments that the open inputs of a table can still take.
struct Combinations {
    at: [Option<usize>; MOST_INPUTS],
    open: Vec<(usize, usize)>,
    done: bool,
}

impl Combinations {
    /// `None` where an input cannot be indexed, a row has tests beyond the index, or there are too many.
    fn new(table: &TableCode, segments: &[Option<usize>; MOST_INPUTS]) -> Option<Combinations> {
        if table.inputs.len() > MOST_INPUTS || table.rows.iter().any(|row| !row.beyond_index.is_empty()) {
            return None;
        }
        let mut at = *segments;
        let mut open = Vec::new();
        let mut count = 1usize;
        for ((number, input), place) in table.inputs.iter().enumerate().zip(&mut at) {
            if place.is_none() {
                let nullable = usize::from(input.nullable);
                let segments = input.axis.as_ref()?.segments() + nullable;
                count = count.checked_mul(segments).filter(|count| *count <= MOST_COMBINATIONS)?;
                open.push((number, segments));
                *place = Some(0);
            }
        }
        Some(Combinations { at, open, done: false })
    }
}

impl Iterator for Combinations {
    type Item = [Option<usize>; MOST_INPUTS];

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let current = self.at;
        self.done = true;
        for (input, segments) in &self.open {
            let Some(Some(segment)) = self.at.get_mut(*input) else { continue };
            *segment += 1;
            if *segment < *segments {
                self.done = false;
                break;
            }
            *segment = 0;
        }
        Some(current)
    }
}
