//! Many cases of one procedure on all cores.

use std::num::NonZero;
use std::thread;

use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;
use thutuc::model::Language;
use thutuc::wire::{Argument, Engine, ProblemDocument};

use crate::pack::decide;
use crate::refusal::Refusal;

/// Requests that differ in their facts.
pub struct Requests {
    /// A request without facts, as JSON text.
    pub head: String,
    /// The facts of each, a JSON array.
    pub cases: String,
}

#[derive(Deserialize)]
struct Cases<'a>(#[serde(borrow)] Vec<&'a RawValue>);

/// Decides each; the decisions as a JSON array in the same order.
///
/// # Errors
/// The first [`Refusal`].
pub fn decide_many(engine: &Engine, requests: &Requests) -> Result<String, Refusal> {
    let unreadable = |error: &serde_json::Error| ProblemDocument::of_argument("cases", Argument::Cases, &error.to_string(), Language::default());
    let Cases(cases) = serde_json::from_str(&requests.cases).map_err(|error| unreadable(&error))?;
    let head: serde_json::Map<String, Json> = serde_json::from_str(&requests.head).map_err(|error| unreadable(&error))?;
    let head = Json::Object(head).to_string();
    let head = head.strip_suffix('}').unwrap_or(&head);
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = cases.len().div_ceil(cores).max(1);
    let decided = thread::scope(|scope| {
        let shares: Vec<_> = cases.chunks(share).map(|cases| scope.spawn(|| of_share(engine, head, cases))).collect();
        shares.into_iter().map(|share| share.join().unwrap_or_else(|_| Err(ProblemDocument::internal("a thread panicked", Language::default()).into()))).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(format!("[{}]", decided.concat().join(",")))
}

fn of_share(engine: &Engine, head: &str, cases: &[&RawValue]) -> Result<Vec<String>, Refusal> {
    cases.iter().map(|facts| decide(engine, &format!("{head},\"facts\":{facts}}}"))).collect()
}
