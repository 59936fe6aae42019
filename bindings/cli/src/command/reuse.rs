//! `thutuc reuse`: papers that are asked although the state has them.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use thutuc::compile::CompiledPack;
use thutuc::model::{Procedure, consolidate};
use thutuc::source::Cases;
use thutuc::value::fold_diacritics;
use thutuc::wire::decide_json;

use crate::args::Global;
use crate::case::When;
use crate::failure::{End, Failure};
use crate::page::{Ink, Page, print_json};
use crate::reuse::{Report, Seen};
use crate::rules;
use crate::search;

const EXAMPLES: &str = "\
Examples:
  thutuc reuse
  thutuc reuse 1.004222 --as-of 2026-11-28 --lang en
  thutuc reuse --office 'công an'                    (diacritics do not matter)
  thutuc reuse --cases filed.jsonl --format json     (one request of `decide` a line)

A paper names the databases that hold it (`held_in`); one that is asked although a database holds it stands out.";

/// Report which papers could be dropped at once, because a database of the state holds them: by office and by procedure
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Reuse {
    /// Only this procedure
    code: Option<String>,

    /// The day; today in UTC+07:00 by the system's clock if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,

    /// Only offices whose name holds these words
    #[arg(long, value_name = "WORDS")]
    office: Option<String>,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    jurisdiction: Option<String>,

    /// Cases, one request a line: how often each such paper was asked, and how often not
    #[arg(long, value_name = "FILE")]
    cases: Option<PathBuf>,
}

impl Reuse {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let on = When { as_of: self.as_of.clone(), received_at: None }.moment()?.as_of;
        let (compiled, pack) = rules::build(global, Cases::Skip)?.compiled(global)?;
        let only = match &self.code {
            Some(code) => Some(&search::program(&compiled, code, self.jurisdiction.as_deref())?.code),
            None => None,
        };
        let drafts: Vec<&str> = global.drafts.iter().map(String::as_str).collect();
        let wanted = pack.procedures.iter().filter(|procedure| only.is_none_or(|code| *code == procedure.code.value));
        let laws: Vec<Procedure> = wanted.map(|procedure| consolidate(&pack, procedure, self.jurisdiction.as_deref(), &drafts).value).collect();
        let seen = self.seen(&compiled)?;
        let mut report = Report::of(&pack, &laws, on, seen.as_ref(), global.language());
        if let Some(words) = &self.office {
            let words = fold_diacritics(words);
            let fits = |office: &str| words.split_whitespace().all(|word| fold_diacritics(office).contains(word));
            report.offices.retain(|office| fits(office.office));
            report.procedures.retain(|procedure| fits(procedure.office));
            if report.offices.is_empty() {
                return Err(Failure::usage(format!("no office is called `{words}` on {on}; without --office all are shown")));
            }
        }
        if global.json() {
            return print_json(&report).map(|()| End::Fine);
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        report.draw(&mut page, global.language());
        page.print().map(|()| End::Fine)
    }

    /// What became of each paper in the cases.
    fn seen(&self, pack: &CompiledPack) -> Result<Option<Seen>, Failure> {
        let Some(path) = &self.cases else { return Ok(None) };
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        let mut seen = Seen::new();
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            let place = |error: &dyn std::fmt::Display| Failure::usage(format!("{}:{number}: {error}", path.display()));
            let decision = decide_json(pack, line).map_err(|error| place(&error))?;
            let decision: serde_json::Value = serde_json::from_str(&decision).map_err(|error| place(&error))?;
            let text = |of: &serde_json::Value, key: &str| of.get(key).and_then(serde_json::Value::as_str).unwrap_or("").to_owned();
            let procedure = text(&decision, "procedure");
            for document in decision.get("documents").and_then(serde_json::Value::as_array).into_iter().flatten() {
                let count = seen.entry((procedure.clone(), text(document, "id"))).or_default();
                match &*text(document, "status") {
                    "required" | "provided" => count.required += 1,
                    "reused" => count.reused += 1,
                    _ => {}
                }
            }
        }
        Ok(Some(seen))
    }
}
