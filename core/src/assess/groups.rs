//! By what records are grouped: the rows of each table, and which records are in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::tally::Tri;
use crate::eval::Known;
use crate::value::{Decimal, Type, Value};

/// A group, in the order in which groups are shown: as declared, by size, by day, by name; those without one last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupKey {
    /// A declared code, at its place.
    Code(usize, Arc<str>),
    /// A number.
    Number(Decimal),
    /// A text, a day.
    Text(Arc<str>),
    /// What has no group: null, or an empty list.
    None,
}

impl GroupKey {
    /// The group as text; `None` for what has none.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            GroupKey::Code(_, code) | GroupKey::Text(code) => Some(code.to_string()),
            GroupKey::Number(number) => Some(number.to_string()),
            GroupKey::None => None,
        }
    }
}

/// The groups of a record in one dimension; `None` while they are open.
pub(super) type Groups = Option<Vec<GroupKey>>;

/// The groups of every record in a dimension.
pub(super) fn groups(column: &[Known], of: &Type) -> Vec<Groups> {
    let item = match of.without_null() {
        Type::List(item) => item.without_null(),
        other => other,
    };
    let codes: &[Arc<str>] = if let Type::Enumeration(codes) = item { codes } else { &[] };
    column.iter().map(|known| match known {
        Known::Known(Value::List(items)) if items.is_empty() => Some(vec![GroupKey::None]),
        Known::Known(Value::List(items)) => {
            let mut keys: Vec<GroupKey> = items.iter().map(|item| key(item, codes)).collect();
            keys.sort();
            keys.dedup();
            Some(keys)
        }
        Known::Known(value) => Some(vec![key(value, codes)]),
        Known::Missing | Known::Unknown => None,
    }).collect()
}

fn key(value: &Value, codes: &[Arc<str>]) -> GroupKey {
    match value {
        Value::Text(text) => match codes.iter().position(|code| code == text) {
            Some(at) => GroupKey::Code(at, text.clone()),
            None => GroupKey::Text(text.clone()),
        },
        Value::Number(number) => GroupKey::Number(*number),
        Value::Date(day) => GroupKey::Text(day.to_string().into()),
        Value::Boolean(truth) => GroupKey::Code(usize::from(!*truth), truth.to_string().into()),
        _ => GroupKey::None,
    }
}

/// The rows of a table and the records in each.
#[derive(Debug)]
pub struct Tables {
    /// The groups of each row, in order.
    pub rows: Vec<Vec<GroupKey>>,
    /// The rows of each record, and whether it is surely in them.
    pub members: Vec<Vec<(usize, Tri)>>,
}

impl Tables {
    /// One row with all records.
    pub(super) fn whole(records: usize) -> Tables {
        Tables { rows: vec![Vec::new()], members: vec![vec![(0, Tri::Yes)]; records] }
    }

    /// A row for every combination of groups that a record is surely in. A record whose group is open may be in any.
    pub(super) fn by(dimensions: &[&[Groups]], records: usize) -> Tables {
        let mut rows: BTreeMap<Vec<GroupKey>, usize> = BTreeMap::new();
        let combined: Vec<Option<Vec<Vec<GroupKey>>>> = (0..records).map(|record| combinations(dimensions, record)).collect();
        for key in combined.iter().flatten().flatten() {
            rows.entry(key.clone()).or_default();
        }
        rows.values_mut().zip(0..).for_each(|(row, at)| *row = at);
        let members = combined.iter().enumerate().map(|(record, combined)| match combined {
            Some(keys) => keys.iter().filter_map(|key| Some((*rows.get(key)?, Tri::Yes))).collect(),
            None => {
                let possible = |key: &[GroupKey]| key.iter().zip(dimensions).all(|(group, dimension)| match dimension.get(record) {
                    Some(Some(groups)) => groups.contains(group),
                    _ => true,
                });
                rows.iter().filter(|(key, _)| possible(key)).map(|(_, row)| (*row, Tri::Open)).collect()
            }
        }).collect();
        Tables { rows: rows.into_keys().collect(), members }
    }
}

/// Every combination of the groups of a record; `None` if one of them is open.
fn combinations(dimensions: &[&[Groups]], record: usize) -> Option<Vec<Vec<GroupKey>>> {
    dimensions.iter().try_fold(vec![Vec::new()], |so_far, dimension| {
        let groups = dimension.get(record)?.as_ref()?;
        Some(so_far.iter().flat_map(|before: &Vec<GroupKey>| {
            groups.iter().map(move |group| before.iter().cloned().chain([group.clone()]).collect())
        }).collect())
    })
}
