//! Which parts of the procedures no worked case touches.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use thutuc::compile::program::{BaseCode, Node};
use thutuc::compile::{CompiledPack, Program};

/// What the cases of a pack did.
#[derive(Default)]
pub struct Coverage {
    /// Procedure, part, what became of it.
    seen: BTreeSet<(String, String)>,
}

/// A part that no case touches.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Untouched {
    pub procedure: String,
    pub part: String,
}

impl Coverage {
    /// Takes a decision into account.
    pub fn add(&mut self, decision: &Json) {
        let Some(code) = decision.get("procedure").and_then(Json::as_str) else { return };
        let list = |section: Option<&Json>| section.and_then(Json::as_array).cloned().unwrap_or_default();
        let text = |of: &Json, key: &str| of.get(key).and_then(Json::as_str).unwrap_or("").to_owned();
        let mut see = |part: String| self.seen.insert((code.to_owned(), part));
        for (section, key) in [("eligibility", "conditions"), ("identity", "checks")] {
            for one in list(decision.get(section).and_then(|section| section.get(key))) {
                see(condition(section, &text(&one, "id"), &text(&one, "status")));
            }
        }
        for one in list(decision.get("documents")) {
            see(document(&text(&one, "id"), &text(&one, "status")));
        }
        for one in list(decision.get("fees").and_then(|fees| fees.get("items"))) {
            let id = text(&one, "id");
            see(fee(&id));
            see(row(&id, &text(&one, "row")));
            see(reduction(&id, &one.get("reduction").map_or(String::new(), |cut| text(cut, "id"))));
        }
        if let Some(one) = decision.get("deadline") {
            see(deadline(&text(one, "id")));
        }
    }

    /// Every part of the pack, and those that no case touches.
    pub fn untouched(&self, pack: &CompiledPack) -> (usize, Vec<Untouched>) {
        let mut all = BTreeSet::new();
        for program in pack.programs.iter() {
            parts(program, &mut |part| {
                all.insert((program.code.to_string(), part));
            });
        }
        let untouched = all.iter().filter(|one| !self.seen.contains(one));
        let untouched = untouched.map(|(procedure, part)| Untouched { procedure: procedure.clone(), part: part.clone() });
        (all.len(), untouched.collect())
    }
}

fn condition(section: &str, id: &str, status: &str) -> String {
    format!("{section}.{id}: {status}")
}

fn document(id: &str, status: &str) -> String {
    format!("documents.{id}: {status}")
}

fn fee(id: &str) -> String {
    format!("fees.{id}: due")
}

fn row(fee: &str, id: &str) -> String {
    format!("fees.{fee}: row {id}")
}

fn reduction(fee: &str, id: &str) -> String {
    format!("fees.{fee}: reduction {id}")
}

fn deadline(id: &str) -> String {
    format!("deadline.{id}: counted")
}

/// Every part that a case can touch: conditions met and unmet, documents needed and not, rows, reductions, deadlines.
fn parts(program: &Program, add: &mut impl FnMut(String)) {
    for epoch in &program.epochs {
        for (section, codes) in [("eligibility", &epoch.eligibility), ("identity", &epoch.identity)] {
            for info in codes.iter().filter_map(|code| program.conditions.get(usize::from(code.info))) {
                ["met", "unmet"].iter().for_each(|status| add(condition(section, &info.id, status)));
            }
        }
        for code in &epoch.documents {
            let Some(info) = program.documents.get(usize::from(code.info)) else { continue };
            add(document(&info.id, "required"));
            if code.when.is_some() {
                add(document(&info.id, "not_required"));
            }
            if code.reuse.is_some() {
                add(document(&info.id, "reused"));
            }
        }
        for code in &epoch.fees {
            let Some(info) = program.fees.get(usize::from(code.info)) else { continue };
            add(fee(&info.id));
            if let BaseCode::Amount(node) = &code.base
                && let Node::Table(index) = program.code_of.node(*node)
                && let Some(table) = program.code_of.tables.get(index as usize)
            {
                table.rows.iter().for_each(|one| add(row(&info.id, &one.id)));
            }
            let cuts = code.reductions.iter().filter_map(|cut| info.reductions.get(usize::from(cut.info)));
            cuts.for_each(|cut| add(reduction(&info.id, &cut.id)));
        }
        for info in epoch.deadlines.iter().filter_map(|code| program.deadlines.get(usize::from(code.info))) {
            add(deadline(&info.id));
        }
    }
}
