//! `thutuc level`: the level of online service that procedures come to.

use clap::Args;
use thutuc::model::{Language, OnlineService};
use thutuc::wire::{self, LevelAnswer};

use crate::args::Global;
use crate::case::{Case, CaseArgs, When};
use crate::failure::{End, Failure};
use crate::labels;
use crate::page::{Ink, Page, Tone, padded, print_json, width_of};
use crate::rules;

const EXAMPLES: &str = "\
Examples:
  thutuc level --as-of 2026-11-22
  thutuc level 1.000894 --as-of 2026-06-30
  thutuc level 1.014063 --facts case.json      (what holds in some cases only, for this one)

The level is decided by the pack's rule from what each procedure declares. Where the sources do not say enough it is open, with
what would have to be declared.";

/// Tell the level of online service (full, partial, information) and the reasons to be published
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Level {
    /// One procedure; all if not given
    code: Option<String>,

    /// The day the law is read; today in UTC+07:00 by the system's clock if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,

    /// The facts of a case as JSON; `-` reads stdin
    #[arg(long, value_name = "FILE", requires = "code")]
    facts: Option<std::path::PathBuf>,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    jurisdiction: Option<String>,
}

impl Level {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let moment = When { as_of: self.as_of.clone(), received_at: None }.moment()?;
        let pack = rules::compiled(global)?;
        let language = global.language();
        let levels = match &self.code {
            None => wire::levels(pack, self.jurisdiction.as_deref(), &moment, language)?,
            Some(code) => {
                let when = When { as_of: Some(moment.as_of.to_string()), received_at: None };
                let (facts, fact) = (self.facts.clone(), Vec::new());
                let mut case = Case::open(pack, &CaseArgs { code: code.clone(), facts, fact, when, jurisdiction: self.jurisdiction.clone() }, language)?;
                case.level()?.into_iter().collect()
            }
        };
        if global.json() {
            return print_json(&levels).map(|()| End::Fine);
        }
        if pack.level_rule().is_none() {
            return Err(Failure::usage("the pack has no rule of the level of online service (`service_level:`)"));
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        match (&self.code, levels.as_slice()) {
            (Some(_), [one]) => draw(&mut page, one, language),
            _ => table(&mut page, &levels, language),
        }
        page.print()?;
        Ok(End::Fine)
    }
}

fn word(level: Option<OnlineService>, language: Language) -> &'static str {
    match level {
        Some(level) => labels::online_service(level.name(), language),
        None => language.choose("chưa rõ", "open"),
    }
}

fn tone(level: Option<OnlineService>) -> Tone {
    match level {
        Some(OnlineService::Full) => Tone::Good,
        Some(OnlineService::Partial) => Tone::Open,
        Some(OnlineService::Information) => Tone::Faint,
        None => Tone::Faint,
    }
}

fn table(page: &mut Page, levels: &[LevelAnswer], language: Language) {
    let width = levels.iter().map(|one| width_of(word(one.level, language))).max().unwrap_or(0);
    for one in levels {
        let level = page.ink.paint(tone(one.level), &padded(word(one.level, language), width));
        page.line(format!("{}  {level}  {}", padded(&one.procedure, 9), one.name));
        let why = one.reasons.iter().map(|reason| {
            let own = reason.why.first().cloned().or(reason.message.clone()).unwrap_or_default();
            some_cases(own, reason.in_some_cases, language)
        });
        let open = one.open.iter().map(|open| open.why.clone().unwrap_or_else(|| open.label.clone()));
        for text in why.chain(open.take(usize::from(one.reasons.is_empty()) * 9)).chain(one.message.clone()) {
            page.text(11 + width + 2, Tone::Faint, &text);
        }
    }
}

fn some_cases(text: String, some: bool, language: Language) -> String {
    if some { format!("{text} ({})", language.choose("trong một số trường hợp", "in some cases")) } else { text }
}

fn draw(page: &mut Page, one: &LevelAnswer, language: Language) {
    page.line(format!("{}  {}", page.ink.paint(Tone::Strong, &one.name), one.procedure));
    let day = thutuc::explain::day(one.as_of, language);
    page.line(page.ink.paint(Tone::Faint, &format!("{} {day}", labels::words(language).law_of)));
    page.heading(language.choose("MỨC ĐỘ TRỰC TUYẾN", "ONLINE SERVICE"), tone(one.level), word(one.level, language));
    for reason in &one.reasons {
        let message = some_cases(reason.message.clone().unwrap_or_default(), reason.in_some_cases, language);
        page.item("  ✗ ", &message);
        reason.why.iter().for_each(|why| page.text(4, Tone::Faint, &format!("→ {why}")));
        page.text(4, Tone::Faint, &cited(&reason.citations, language));
    }
    for open in &one.open {
        page.item("  ? ", &open.label);
        open.why.iter().for_each(|why| page.text(4, Tone::Faint, &format!("→ {why}")));
    }
    one.message.iter().for_each(|message| page.text(2, Tone::Open, message));
    if one.reasons.is_empty() {
        page.text(2, Tone::Faint, &cited(&one.citations, language));
    }
    if one.level.is_some_and(|level| level.name() != one.stated) {
        let stated = labels::online_service(&one.stated, language);
        page.text(2, Tone::Open, &language.choose(format!("Tệp quy tắc đang ghi: {stated}"), format!("The rule file states: {stated}")));
    }
}

/// Citations in words, with their doubt.
pub fn cited(citations: &thutuc::wire::Citations, language: Language) -> String {
    let one = |cited: thutuc::wire::Cited| match labels::confidence(cited.confidence, language) {
        Some(doubt) => format!("{} [{doubt}]", cited.text),
        None => cited.text.into_owned(),
    };
    citations.iter().map(one).collect::<Vec<_>>().join("; ")
}
