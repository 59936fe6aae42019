//! Which parts of the procedures, and which of the articles they cite, no worked case touches.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use thutuc::compile::program::{BaseCode, Cite, Node};
use thutuc::compile::{CompiledPack, Program};

/// What the cases of a pack did.
#[derive(Default)]
pub struct Coverage {
    /// Procedure, part, what became of it.
    seen: BTreeSet<(String, String)>,
    /// By procedure, the clauses on which something rests that came to bear: a condition met or not, a paper wanted, a fee, a
    /// deadline.
    clauses: BTreeSet<(String, String)>,
}

/// A clause that is cited, and that no case touches.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UntouchedClause {
    /// The procedure; none for the checks of identity, which procedures share: those count wherever they were touched.
    pub procedure: Option<String>,
    /// The place and the instrument, in Vietnamese.
    pub clause: String,
    /// The elements that cite it.
    pub cited_by: Vec<String>,
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
        let mut touch = |clauses: Vec<String>| self.clauses.extend(clauses.into_iter().map(|clause| (code.to_owned(), clause)));
        let mut see = |part: String| self.seen.insert((code.to_owned(), part));
        for (section, key) in [("eligibility", "conditions"), ("identity", "checks")] {
            for one in list(decision.get(section).and_then(|section| section.get(key))) {
                let status = text(&one, "status");
                if matches!(&*status, "met" | "unmet") {
                    touch(clauses_of(&one));
                }
                see(condition(section, &text(&one, "id"), &status));
            }
        }
        for one in list(decision.get("documents")) {
            let status = text(&one, "status");
            if matches!(&*status, "required" | "provided" | "reused") {
                touch(clauses_of(&one));
            }
            see(document(&text(&one, "id"), &status));
        }
        for one in list(decision.get("fees").and_then(|fees| fees.get("items"))) {
            let id = text(&one, "id");
            touch(clauses_of(&one));
            see(fee(&id));
            see(row(&id, &text(&one, "row")));
            see(reduction(&id, &one.get("reduction").map_or(String::new(), |cut| text(cut, "id"))));
        }
        if let Some(one) = decision.get("deadline") {
            touch(clauses_of(one));
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

impl Coverage {
    /// How many clauses the pack cites, and those that no case touches.
    pub fn untouched_clauses(&self, pack: &CompiledPack) -> (usize, Vec<UntouchedClause>) {
        let mut cited: BTreeMap<(Option<String>, String), BTreeSet<String>> = BTreeMap::new();
        for program in pack.programs.iter() {
            each_citation(program, &mut |element, cite| {
                let procedure = (!element.starts_with("identity.")).then(|| program.code.to_string());
                for clause in clauses(&cite.instrument, &cite.words.vi) {
                    cited.entry((procedure.clone(), clause)).or_default().insert(element.to_owned());
                }
            });
        }
        let all = cited.len();
        let is_touched = |procedure: &Option<String>, clause: &String| match procedure {
            Some(code) => self.clauses.contains(&(code.clone(), clause.clone())),
            None => self.clauses.iter().any(|(_, touched)| touched == clause),
        };
        let untouched = cited.into_iter().filter(|((procedure, clause), _)| !is_touched(procedure, clause));
        let untouched = untouched.map(|((procedure, clause), by)| UntouchedClause { procedure, clause, cited_by: by.into_iter().collect() });
        (all, untouched.collect())
    }
}

/// The clauses of the citations of an answer.
fn clauses_of(answer: &Json) -> Vec<String> {
    let citations = answer.get("citations").and_then(Json::as_array);
    let text = |of: &Json, key: &str| of.get(key).and_then(Json::as_str).unwrap_or("").to_owned();
    citations.into_iter().flatten().flat_map(|one| clauses(&text(one, "instrument"), &text(one, "text"))).collect()
}

/// `Điều 11, khoản 1 Điều 15 60/2014/QH13` as its two places; the instrument itself where no place is named.
fn clauses(instrument: &str, words: &str) -> Vec<String> {
    let places = words.strip_suffix(instrument).unwrap_or(words).trim();
    if places.is_empty() {
        return vec![instrument.to_owned()];
    }
    places.split(", ").map(|place| format!("{place} {instrument}")).collect()
}

/// Every citation of the elements of a program, with the element that it stands at.
fn each_citation(program: &Program, each: &mut impl FnMut(&str, &Cite)) {
    let bases = |at: u32| program.code_of.bases.get(at as usize).into_iter().flatten();
    for epoch in &program.epochs {
        for (section, codes) in [("eligibility", &epoch.eligibility), ("identity", &epoch.identity)] {
            for code in codes {
                let Some(info) = program.conditions.get(usize::from(code.info)) else { continue };
                info.basis.iter().chain(bases(code.rests_on)).for_each(|cite| each(&format!("{section}.{}", info.id), cite));
            }
        }
        for code in &epoch.documents {
            let Some(info) = program.documents.get(usize::from(code.info)) else { continue };
            info.basis.iter().chain(bases(code.rests_on)).for_each(|cite| each(&format!("documents.{}", info.id), cite));
        }
        for code in &epoch.fees {
            let Some(info) = program.fees.get(usize::from(code.info)) else { continue };
            info.basis.iter().chain(bases(code.rests_on)).for_each(|cite| each(&format!("fees.{}", info.id), cite));
            for cut in &code.reductions {
                let Some(of) = info.reductions.get(usize::from(cut.info)) else { continue };
                of.basis.iter().chain(bases(cut.rests_on)).for_each(|cite| each(&format!("fees.{}.reductions.{}", info.id, of.id), cite));
            }
        }
        for code in &epoch.deadlines {
            let Some(info) = program.deadlines.get(usize::from(code.info)) else { continue };
            info.basis.iter().chain(bases(code.rests_on)).for_each(|cite| each(&format!("deadline.{}", info.id), cite));
        }
    }
    for row in program.code_of.tables.iter().flat_map(|table| &table.rows) {
        row.basis.iter().for_each(|cite| each(&format!("row {}", row.id), cite));
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
