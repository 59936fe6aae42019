//! `thutuc facts`: what a procedure may be told.

use clap::Args;
use thutuc::compile::program::{Coded, FactSlot, Layout};
use thutuc::explain;
use thutuc::model::Language;
use thutuc::wire::facts_of;

use crate::args::Global;
use crate::failure::{End, Failure};
use crate::labels::{self, words};
use crate::page::{Ink, Page, Tone, padded, print_json, width_of};
use crate::rules;
use crate::search;

const EXAMPLES: &str = "\
Examples:
  thutuc facts 1.004222
  thutuc facts 1.004222 --lang en --format json";

/// Show what a procedure may be told: names, types, bounds, questions
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Facts {
    /// The procedure, such as 1.004222
    code: String,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    jurisdiction: Option<String>,
}

impl Facts {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let pack = rules::compiled(global)?;
        let program = search::program(pack, &self.code, self.jurisdiction.as_deref())?;
        if global.json() {
            return print_json(&facts_of(program, global.language())).map(|()| End::Fine);
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        program.facts.iter().for_each(|fact| draw(&mut page, fact, 0, global.language()));
        page.print()?;
        Ok(End::Fine)
    }
}

fn draw(page: &mut Page, fact: &FactSlot, indent: usize, language: Language) {
    let ink = page.ink;
    let words = words(language);
    let mut of = labels::fact_type(&fact.layout, language);
    if fact.optional {
        of.push_str(&format!("; {}", words.optional));
    }
    if let Some(default) = &fact.default {
        let none = explain::value_in(Some(&fact.layout), default, language);
        of.push_str(&format!("; {} ({none})", words.default));
    }
    let blank = " ".repeat(indent);
    page.item(&format!("{blank}{}  ", ink.paint(Tone::Strong, &fact.name)), &ink.paint(Tone::Place, &of));
    page.text(indent + 4, Tone::Plain, fact.label.get(language));
    if let Some(help) = &fact.help {
        page.text(indent + 4, Tone::Faint, help.get(language));
    }
    match &fact.layout {
        Layout::Enumeration { values } | Layout::Set { values } => choices(page, values, indent + 4, language),
        Layout::Records { fields, .. } => {
            page.text(indent + 4, Tone::Faint, words.each);
            fields.iter().for_each(|field| draw(page, field, indent + 6, language));
        }
        _ => {}
    }
}

fn choices(page: &mut Page, values: &[Coded], indent: usize, language: Language) {
    let widest = values.iter().map(|value| width_of(&value.code)).max().unwrap_or(0);
    for value in values {
        let code = page.ink.paint(Tone::Place, &value.code);
        page.item(&format!("{}{}  ", " ".repeat(indent), padded(&code, widest)), value.label.get(language));
    }
}
