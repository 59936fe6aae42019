//! `thutuc codec`: packing and unpacking for one procedure.

use clap::Args;

use crate::args::Global;
use crate::codec;
use crate::failure::{End, Failure};
use crate::page::{print, print_json};
use crate::rules;
use crate::search;

const EXAMPLES: &str = "\
Example:
  thutuc codec 1.004222 > codec.js
  and in the page: engine.use((await import('./codec.js')).default)

The engine of @thutuc/wasm builds the same from the pack when it is first asked; written out it takes about a third less of
a verdict's time. The module belongs to the pack it was written from: an engine with another pack refuses it.";

/// Write the packing of a procedure's facts as a module of JavaScript
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Codec {
    /// The procedure, such as 1.004222
    code: String,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    jurisdiction: Option<String>,
}

impl Codec {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let pack = rules::compiled(global)?;
        let program = search::program(pack, &self.code, self.jurisdiction.as_deref())?;
        let module = codec::module(pack, program);
        if global.json() {
            return print_json(&module).map(|()| End::Fine);
        }
        print(&module).map(|()| End::Fine)
    }
}
