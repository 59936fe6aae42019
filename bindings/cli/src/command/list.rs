//! `thutuc list`: the procedures of the pack.

use clap::Args;
use serde::Serialize;
use thutuc::compile::Program;
use thutuc::model::Language;
use thutuc::value::Date;

use crate::args::Global;
use crate::failure::{End, Failure};
use crate::labels::{self, words};
use crate::page::{Ink, Page, Tone, padded, print_json, tell, width_of};
use crate::rules;
use crate::search;

const EXAMPLES: &str = "\
Examples:
  thutuc list
  thutuc list khai sinh          (diacritics do not matter)
  thutuc list --field residence --format json";

/// List the procedures: code, name, field, authority, level of online service
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct List {
    /// Only procedures whose code or name holds these words
    text: Vec<String>,

    /// Only this field of administration, such as residence
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
}

/// A procedure for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed<'a> {
    code: &'a str,
    name: &'a str,
    field: &'a str,
    authority: &'a str,
    online_service: &'a str,
    from: Option<Date>,
    until: Option<Date>,
    jurisdictions: Vec<&'a str>,
}

impl List {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let pack = rules::compiled(global)?;
        let language = global.language();
        let text = self.text.join(" ");
        let wanted = |program: &&Program| {
            search::matches(program, &text) && self.field.as_ref().is_none_or(|field| *program.about.field == **field)
        };
        let found: Vec<&Program> = search::everywhere(pack).filter(wanted).collect();
        if global.json() {
            let jurisdictions = |code: &str| {
                let programs = pack.programs.iter().filter(|program| &*program.code == code);
                programs.filter_map(|program| program.jurisdiction.as_deref()).collect()
            };
            let all: Vec<Listed<'_>> = found.iter().map(|program| listed(program, jurisdictions(&program.code), language)).collect();
            return print_json(&all).map(|()| End::Fine);
        }
        if found.is_empty() {
            let mut fields: Vec<&str> = search::everywhere(pack).map(|program| &*program.about.field).collect();
            fields.sort_unstable();
            fields.dedup();
            tell(&format!("thutuc: no procedure fits; the fields are {}\n", fields.join(", ")));
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        draw(&mut page, &found, language);
        if !found.is_empty() {
            page.print()?;
        }
        Ok(End::Fine)
    }
}

fn listed<'a>(program: &'a Program, jurisdictions: Vec<&'a str>, language: Language) -> Listed<'a> {
    let about = &program.about;
    Listed {
        code: &program.code,
        name: about.name.get(language),
        field: &about.field,
        authority: &about.authority,
        online_service: &about.online_service,
        from: program.epochs.first().map(|epoch| epoch.from),
        until: program.until,
        jurisdictions,
    }
}

fn draw(page: &mut Page, found: &[&Program], language: Language) {
    let head = words(language).columns;
    let rows: Vec<[String; 5]> = found
        .iter()
        .map(|program| {
            let about = &program.about;
            [
                program.code.to_string(),
                about.name.get(language).to_string(),
                labels::field(&about.field, language).to_owned(),
                labels::authority(&about.authority, language).to_owned(),
                labels::online_service(&about.online_service, language).to_owned(),
            ]
        })
        .collect();
    let columns = |pick: fn(&[String; 5]) -> &str, head: &str| rows.iter().map(|row| width_of(pick(row))).chain([width_of(head)]).max().unwrap_or(0);
    let [code, name, field, authority, online] = head;
    let widths = [
        columns(|[one, ..]| one, code),
        columns(|[_, one, ..]| one, name),
        columns(|[_, _, one, ..]| one, field),
        columns(|[_, _, _, one, _]| one, authority),
        columns(|[.., one]| one, online),
    ];
    let line = |cells: [&str; 5]| {
        let cells: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| padded(cell, width)).collect();
        cells.join("  ").trim_end().to_owned()
    };
    page.line(page.ink.paint(Tone::Faint, &line(head)));
    for row in &rows {
        let [code, name, field, authority, online] = row;
        page.line(line([code, name, field, authority, online]));
    }
}
