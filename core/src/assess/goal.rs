//! Which records to change for a rate to reach its target, those first that cost least.

use super::groups::Tables;
use super::results::Results;
use super::tally::Tri;
use crate::compile::assessment::CompiledAssessment;
use crate::eval::Known;
use crate::model::result_name;
use crate::value::{Decimal, Value};

/// A record whose change would help.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The record, from 0.
    pub record: usize,
    /// What changing it costs; `None` while that is open.
    pub effort: Option<Decimal>,
    /// Whether it is known that the change is still to be made; if not, it may have been made already.
    pub certain: bool,
}

/// What a row needs for a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Needed {
    /// How many more records, at least and at most; `None`: the target is not known.
    pub needed: Option<(u64, u64)>,
    /// What the chosen ones cost together; `None` where one is open.
    pub effort: Option<Decimal>,
    /// The chosen ones, enough to reach the target whatever is open: places in the list of candidates.
    pub chosen: Vec<usize>,
}

/// The records that would help a goal, in the order in which they are to be changed: by effort, those known to need the change
/// before those that may have it, then as they came. A record of which it is open whether it counts at all is not among them.
pub(super) fn candidates(assessment: &CompiledAssessment, goal: usize, within: &[Tri], holds: &[Tri], results: &Results) -> Vec<Candidate> {
    let Some(goal) = assessment.written.goals.get(goal) else { return Vec::new() };
    let efforts = results.values(&result_name("goal", &goal.id.value, 0));
    let helps = within.iter().zip(holds).enumerate().filter(|(_, (within, holds))| **within == Tri::Yes && **holds != Tri::Yes);
    let mut all: Vec<Candidate> = helps.map(|(record, (_, holds))| Candidate {
        record,
        effort: match efforts.get(record) {
            Some(Known::Known(Value::Number(number))) => Some(*number),
            _ => None,
        },
        certain: *holds == Tri::No,
    }).collect();
    all.sort_by_key(|one| (one.effort.is_none(), one.effort, !one.certain, one.record));
    all
}

/// What each row needs.
pub(super) fn needed(tables: &Tables, candidates: &[Candidate], needed: &[Option<(u64, u64)>]) -> Vec<Needed> {
    let mut rows: Vec<Needed> = needed.iter().map(|needed| Needed { needed: *needed, effort: Some(Decimal::ZERO), chosen: Vec::new() }).collect();
    for (candidate, place) in candidates.iter().zip(0..) {
        let surely = tables.members.get(candidate.record).into_iter().flatten().filter(|(_, member)| *member == Tri::Yes);
        for (row, _) in surely {
            if let Some(row) = rows.get_mut(*row)
                && row.needed.is_some_and(|(_, most)| (row.chosen.len() as u64) < most)
            {
                row.chosen.push(place);
                row.effort = row.effort.zip(candidate.effort).and_then(|(sum, effort)| sum.checked_add(effort));
            }
        }
    }
    rows
}
