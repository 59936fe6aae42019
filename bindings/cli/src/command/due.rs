//! `thutuc due`: a deadline, drawn.

use clap::Args;
use thutuc::calendar::{self, ClockModel, DeadlineRule, OfficeHours, Status};
use thutuc::compile::CompiledPack;
use thutuc::diagnostics::nearest;
use thutuc::eval::Moment;
use thutuc::explain;
use thutuc::model::{Language, Period};
use thutuc::value::Date;
use thutuc::wire::{Citations, Deadline, DeadlineStatus, Pause, Skipped, due_from};

use crate::args::Global;
use crate::case::{Case, CaseArgs, When};
use crate::failure::{End, Failure};
use crate::labels::words;
use crate::months::{self, Mark};
use crate::page::{Ink, Page, Tone, print_json};
use crate::picture::{self, Depth, Scene};
use crate::rules;

const EXAMPLES: &str = "\
Examples:
  thutuc due 1.004222 --from 2026-02-10T09:30
  thutuc due 1.004222 --from 2026-02-10 --facts case.json
  thutuc due --period \"7 working days\" --from 2026-02-10

Periods: 7 working days, 10 days, 2 months, 24 hours, 4 office hours, same day. In the calendar (10) is the day of receipt,
[25] the day it is due, 11+ a day of the count, 14· a weekend and 17* another day passed over.";

/// Count a deadline from a day and draw it as a small calendar
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Due {
    /// The procedure, such as 1.004222
    #[arg(required_unless_present = "period")]
    code: Option<String>,

    /// A period, in place of a procedure
    #[arg(long, value_name = "PERIOD", conflicts_with_all = ["code", "facts", "fact", "jurisdiction"])]
    period: Option<String>,

    /// When the file was received: DATE or DATETIME, local time; the law is read on that day
    #[arg(long, value_name = "DATETIME")]
    from: String,

    /// The facts as JSON, nested or dotted; `-` reads stdin
    #[arg(long, value_name = "FILE")]
    facts: Option<std::path::PathBuf>,

    /// A fact more; may be repeated
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    fact: Vec<String>,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    jurisdiction: Option<String>,
}

impl Due {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let when = When { as_of: None, received_at: Some(self.from.clone()) };
        let moment = when.moment().map_err(|failure| failure.reworded(|message| message.replace("--received-at", "--from").replace("--as-of", "--from")))?;
        let pack = rules::compiled(global)?;
        match (&self.period, &self.code) {
            (Some(period), _) => free(pack, period, &moment, global),
            (None, Some(code)) => self.of_procedure(pack, code, when, global),
            (None, None) => Err(Failure::usage("give a procedure or --period")),
        }
    }

    fn of_procedure(&self, pack: &CompiledPack, code: &str, when: When, global: &Global) -> Result<End, Failure> {
        let args = CaseArgs {
            code: code.to_owned(),
            facts: self.facts.clone(),
            fact: self.fact.clone(),
            when,
            jurisdiction: self.jurisdiction.clone(),
        };
        let mut case = Case::open(pack, &args, global.language())?;
        let decision = case.decide()?;
        let end = End::refused_if(!decision.problems.is_empty());
        if global.json() {
            return print_json(&decision.deadline).map(|()| end);
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        let scene = Scene::of(&case, &decision, Depth::Short);
        scene.title(&mut page);
        scene.deadline(&mut page);
        if let Some(deadline) = &decision.deadline {
            draw(&mut page, deadline, &case.moment, case.language);
        }
        scene.problems(&mut page);
        page.print()?;
        Ok(end)
    }
}

/// A period counted by itself, without a procedure.
fn free(pack: &CompiledPack, period: &str, moment: &Moment, global: &Global) -> Result<End, Failure> {
    let forms = ["7 working days", "10 days", "2 months", "24 hours", "4 office hours", "same day"];
    let Some(read) = Period::parse(period) else {
        let near = nearest(period, forms).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        return Err(Failure::usage(format!("`{period}` is not a period such as {}{near}", forms.map(|form| format!("`{form}`")).join(", "))));
    };
    let language = global.language();
    let rule = DeadlineRule { period: read.into(), clock: ClockModel::default(), cutoff: None, roll: true, office: OfficeHours::ASSUMED };
    let due = due_from(pack, &rule, moment);
    let deadline = counted(&due, &rule, language);
    if global.json() {
        return print_json(&deadline).map(|()| End::Fine);
    }
    let mut page = Page::new(Ink::for_stdout(global.color));
    picture::deadline::counted(&mut page, &deadline, language);
    draw(&mut page, &deadline, moment, language);
    page.print()?;
    Ok(End::Fine)
}

fn counted(due: &calendar::Due, rule: &DeadlineRule, language: Language) -> Deadline<'static> {
    let (status, message) = match due.status {
        Status::Determined => (DeadlineStatus::Determined, None),
        Status::Provisional => (DeadlineStatus::Provisional, Some(explain::provisional(language))),
        Status::Waiting(event) => (DeadlineStatus::Undetermined, Some(explain::waiting(event, language))),
        Status::Unknown(cause) => (DeadlineStatus::Undetermined, Some(explain::uncountable(cause, language))),
    };
    Deadline {
        id: None,
        status,
        period: Some(explain::period(rule.period, language)),
        starts_on: due.starts_on,
        due_on: due.due_on,
        due_at: due.due_at.as_ref().map(ToString::to_string),
        counted: due.counted,
        skipped: due.skipped.iter().map(|(date, why)| Skipped { date: *date, reason: explain::skipped(*date, why, language) }).collect(),
        pauses: due.pauses.iter().map(|(from, until)| Pause { from: *from, until: *until }).collect(),
        message,
        citations: Citations::none(),
        because: Vec::new(),
    }
}

/// The days from receipt to the day due, as calendars with a legend.
fn draw(page: &mut Page, deadline: &Deadline<'_>, moment: &Moment, language: Language) {
    let received = moment.received.date;
    let Some(due_on) = deadline.due_on else { return };
    let in_pause = |day: Date| deadline.pauses.iter().any(|pause| (pause.from..=pause.until).contains(&day));
    let mark = |day: Date| match deadline.skipped.iter().find(|skipped| skipped.date == day) {
        _ if day == due_on => Mark::Due,
        _ if day == received => Mark::Received,
        Some(skipped) if picture::deadline::is_weekend(skipped, language) => Mark::Weekend,
        Some(_) => Mark::Off,
        None if in_pause(day) => Mark::Off,
        None if deadline.starts_on.is_some_and(|start| (start..due_on).contains(&day)) => Mark::Counted,
        None => Mark::Beside,
    };
    page.gap();
    months::draw(page, received.min(due_on), due_on.max(received), mark, language);
    page.gap();
    let words = words(language);
    let shown = |day: Date, mark: Mark| months::cell(&day.ymd().2.to_string(), mark, page.ink);
    let legend = [
        (shown(received, Mark::Received), words.received),
        (months::cell("", Mark::Counted, page.ink), words.counted),
        (months::cell("", Mark::Weekend, page.ink), words.weekend),
        (shown(due_on, Mark::Due), words.due),
    ];
    let legend: Vec<String> = legend.iter().map(|(cell, what)| format!("{} {what}", cell.trim_start())).collect();
    page.line(format!(" {}", legend.join("   ")));
    for (from, until, reason) in reasons(deadline, language) {
        let star = page.ink.paint(Tone::Bad, "*");
        page.item(&format!(" {star} "), &format!("{}  {reason}", picture::deadline::days_from(from, until, language)));
    }
}

/// Days passed over for a reason of their own, neighbours with one reason together.
fn reasons<'d>(deadline: &'d Deadline<'_>, language: Language) -> Vec<(Date, Date, &'d str)> {
    let mut runs: Vec<(Date, Date, &str)> = Vec::new();
    for skipped in deadline.skipped.iter().filter(|skipped| !picture::deadline::is_weekend(skipped, language)) {
        match runs.last_mut() {
            Some((_, until, reason)) if *reason == skipped.reason && until.plus_days(1) == skipped.date => *until = skipped.date,
            _ => runs.push((skipped.date, skipped.date, &skipped.reason)),
        }
    }
    runs
}
