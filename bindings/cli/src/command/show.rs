//! `thutuc show`: a procedure as it stands on a day.

use clap::Args;
use thutuc::model::consolidate;
use thutuc::source::Cases;

use crate::args::Global;
use crate::case::When;
use crate::failure::{End, Failure};
use crate::page::{Ink, Page, print_json};
use crate::rules;
use crate::search;
use crate::sheet::Sheet;

const EXAMPLES: &str = "\
Examples:
  thutuc show 1.004222
  thutuc show 1.001193 --on 2024-04-03 --jurisdiction ha_noi

Conditions and amounts are shown as the rule files write them, amendments applied, each with its article, dates and confidence.";

/// Show a procedure as it stands on a day, consolidated
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Show {
    /// The procedure, such as 1.004222
    code: String,

    /// The day; today in UTC+07:00 by the system's clock if not given
    #[arg(long, value_name = "DATE")]
    on: Option<String>,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    jurisdiction: Option<String>,
}

impl Show {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let when = When { as_of: self.on.clone(), received_at: None };
        let day = when.moment().map_err(|failure| failure.reworded(|message| message.replace("--as-of", "--on")))?;
        let (compiled, pack) = rules::build(global, Cases::Skip)?.compiled(global)?;
        let program = search::program(&compiled, &self.code, self.jurisdiction.as_deref())?;
        let Some(procedure) = pack.procedures.iter().find(|one| one.code.value == program.code) else {
            return Err(Failure::usage(format!("the pack has no procedure `{}`", self.code)));
        };
        let drafts: Vec<&str> = global.drafts.iter().map(String::as_str).collect();
        let law = consolidate(&pack, procedure, self.jurisdiction.as_deref(), &drafts).value;
        let sheet = Sheet::of(&pack, &law, self.jurisdiction.as_deref(), &drafts, day.as_of, global.language());
        if global.json() {
            return print_json(&sheet).map(|()| End::Fine);
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        sheet.draw(&mut page, global.language());
        page.print()?;
        Ok(End::Fine)
    }
}
