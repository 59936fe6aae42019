//! `thutuc schema`: the JSON Schema of the rule files.

use clap::Args;
use thutuc::model::json_schema;

use crate::args::Global;
use crate::failure::{End, Failure};
use crate::page::{print, print_json};

const EXAMPLES: &str = "\
Example:
  thutuc schema > rules.schema.json
  and in a rule file: # yaml-language-server: $schema=rules.schema.json";

/// Print the JSON Schema of the rule files, for editors
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Schema {}

impl Schema {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let schema = json_schema();
        if global.json() {
            return print_json(&schema).map(|()| End::Fine);
        }
        let text = serde_json::to_string_pretty(&schema).map_err(Failure::usage)?;
        print(&format!("{text}\n")).map(|()| End::Fine)
    }
}
