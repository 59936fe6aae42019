//! `thutuc diagnostics`: what every code of `thutuc check` means.

use clap::Args;
use thutuc::diagnostics::{Code, Page as PageOf, nearest};

use crate::args::Global;
use crate::failure::{End, Failure};
use crate::page::{Ink, Page, Tone, padded, print_json, width_of};

const EXAMPLES: &str = "\
Examples:
  thutuc diagnostics
  thutuc diagnostics repeated-threshold
  thutuc diagnostics --format json        (each with why, an example that has it, and the example mended)";

/// List the codes of problems, or explain one: why it is one, an example that has it, and the example mended
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Diagnostics {
    /// The code, such as no-citation
    code: Option<String>,
}

impl Diagnostics {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        match &self.code {
            Some(code) => explain(code, global),
            None => list(global),
        }
    }
}

fn list(global: &Global) -> Result<End, Failure> {
    let mut pages: Vec<PageOf> = Code::ALL.iter().map(|code| PageOf::of(*code)).collect();
    pages.sort_by_key(|page| page.name);
    if global.json() {
        return print_json(&pages).map(|()| End::Fine);
    }
    let mut page = Page::new(Ink::for_stdout(global.color));
    let width = pages.iter().map(|one| width_of(one.name)).max().unwrap_or(0);
    for one in pages {
        let severity = page.ink.paint(tone(one), &padded(one.severity, 7));
        page.item(&format!("{}  {severity}  ", padded(one.name, width)), one.meaning);
    }
    page.print().map(|()| End::Fine)
}

/// What a code means, in full.
pub fn explain(name: &str, global: &Global) -> Result<End, Failure> {
    let Some(code) = Code::ALL.iter().find(|code| code.name() == name) else {
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let near = near.map_or("`thutuc diagnostics` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(Failure::usage(format!("there is no problem `{name}`; {near}")));
    };
    let of = PageOf::of(*code);
    if global.json() {
        return print_json(&of).map(|()| End::Fine);
    }
    let mut page = Page::new(Ink::for_stdout(global.color));
    page.line(format!("{}: {}", page.ink.paint(tone(of), &format!("{}[{}]", of.severity, of.name)), page.ink.paint(Tone::Strong, of.meaning)));
    page.gap();
    page.text(0, Tone::Plain, &of.why.replace('\n', " "));
    for (title, example, tone) in [("has it", of.bad, Tone::Bad), ("mended", of.mended, Tone::Good)] {
        page.gap();
        page.line(page.ink.paint(tone, title));
        example.lines().for_each(|line| page.line(format!("  {line}").trim_end()));
    }
    page.print().map(|()| End::Fine)
}

fn tone(page: PageOf) -> Tone {
    if page.severity == "error" { Tone::Bad } else { Tone::Open }
}
