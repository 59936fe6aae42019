//! Decisions as JSON.

use serde_json::Value;
use thutuc::compile::CompiledPack;
use thutuc::wire::decide_json;

/// The decision on facts given as JSON text, in a language.
#[track_caller]
pub fn decide(pack: &CompiledPack, procedure: &str, as_of: &str, lang: &str, facts: &str) -> Value {
    let request = format!("{{\"procedure\": \"{procedure}\", \"asOf\": \"{as_of}\", \"lang\": \"{lang}\", \"facts\": {facts}}}");
    serde_json::from_str(&decide_json(pack, &request).unwrap()).unwrap()
}
