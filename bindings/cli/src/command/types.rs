//! `thutuc types`: the facts of a procedure as a type of another language.

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use thutuc::model::Language;

use crate::args::{Global, Lang};
use crate::declare::{python, typescript};
use crate::failure::{End, Failure};
use crate::page::{print, print_json};
use crate::rules;
use crate::search;

const EXAMPLES: &str = "\
Examples:
  thutuc types 1.004222 --lang ts > residence.ts
  thutuc types 1.004222 --lang py --labels en > residence.py";

/// Write the facts of a procedure as an interface of TypeScript or a TypedDict of Python
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Types {
    /// The procedure, such as 1.004222
    code: String,

    /// The language of the type: TypeScript or Python
    #[arg(long, required = true, value_name = "ts|py", value_parser = PossibleValuesParser::new(["ts", "py"]).map(|name| if name == "py" { Lang::Py } else { Lang::Ts }))]
    lang: Lang,

    /// The language of the questions in the comments
    #[arg(long, value_enum, default_value_t = Labels::Vi)]
    labels: Labels,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    jurisdiction: Option<String>,
}

/// A language of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Labels {
    /// Vietnamese
    Vi,
    /// English
    En,
}

impl Types {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let pack = rules::compiled(global)?;
        let program = search::program(pack, &self.code, self.jurisdiction.as_deref())?;
        let language = match self.labels {
            Labels::Vi => Language::Vi,
            Labels::En => Language::En,
        };
        let text = match self.lang {
            Lang::Py => python::declaration(program, language),
            _ => typescript::declaration(program, language),
        };
        if global.json() {
            return print_json(&text).map(|()| End::Fine);
        }
        print(&text).map(|()| End::Fine)
    }
}
