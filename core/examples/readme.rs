//! The example of the README; a test holds the two together.

use thutuc::wire::{Decision, Engine};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::from_bundle(&std::fs::read("pack.thutuc")?)?;
    let answer = engine.decide_json(r#"{
        "procedure": "1.004222", "asOf": "2026-11-22", "lang": "en",
        "facts": { "residence": { "basis": "rent", "area_per_person": 6 } }
    }"#)?;
    let decision: Decision = serde_json::from_str(&answer)?;
    println!("{:?}", decision.outcome);
    for message in decision.eligibility.conditions.iter().filter_map(|one| one.message.as_deref()) {
        println!("{message}");
    }
    Ok(())
}
