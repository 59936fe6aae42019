//! What every verb understands.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};
use thutuc::model::Language;

use crate::command::Verb;

const EXAMPLES: &str = "\
Examples:
  thutuc list --field residence
  thutuc facts 1.004222 --lang en
  thutuc decide 1.004222 --facts case.json --as-of 2026-11-22
  thutuc ask 1.004222
  thutuc due --period \"7 working days\" --from 2026-02-10
  thutuc assess portfolio --records catalogue.jsonl
  thutuc test rules/

Rules that were compiled once are kept under the hash of their files in $THUTUC_CACHE (by default in the user's folder of
caches; `off` keeps none).

Exit code: 0 fine; 1 the rules or the case were refused; 2 wrong usage, or a file that cannot be read or written.";

/// A rules engine for Vietnam's administrative procedures: who is eligible, which papers, what fee, by when, which identity.
#[derive(Debug, Parser)]
#[command(name = "thutuc", version, about, after_help = EXAMPLES, max_term_width = 110, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Verb,
}

/// Options of every verb.
#[derive(Debug, Args)]
pub struct Global {
    /// The folder of rule files
    #[arg(long, global = true, value_name = "DIR", default_value = "rules", help_heading = "Every verb")]
    pub rules: PathBuf,

    /// A compiled pack (`thutuc bundle`) instead of a folder of rule files
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "rules", help_heading = "Every verb")]
    pub bundle: Option<PathBuf>,

    /// Apply the draft amendment of this id too; may be repeated
    #[arg(long = "draft", global = true, value_name = "ID", help_heading = "Every verb")]
    pub drafts: Vec<String>,

    /// Text for people, or the wire type as one line of JSON
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, help_heading = "Every verb")]
    pub format: Format,

    /// The language of the answer
    #[arg(long, global = true, value_enum, default_value_t = Lang::Vi, help_heading = "Every verb")]
    pub lang: Lang,

    /// Colour: only to a terminal (and not where NO_COLOR is set), always, never
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, help_heading = "Every verb")]
    pub color: Colour,
}

impl Global {
    /// The language of the answer.
    pub fn language(&self) -> Language {
        match self.lang {
            Lang::En => Language::En,
            Lang::Vi | Lang::Ts | Lang::Py => Language::Vi,
        }
    }

    /// Whether JSON is wanted.
    pub fn json(&self) -> bool {
        self.format == Format::Json
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// A page that stands by itself: what `assess` writes too
    #[value(skip)]
    Html,
}

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Vietnamese
    Vi,
    /// English
    En,
    /// TypeScript: the language that `types` writes
    #[value(skip)]
    Ts,
    /// Python: the same
    #[value(skip)]
    Py,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}
