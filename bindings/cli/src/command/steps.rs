//! `thutuc steps`: the steps of a case inside the authority, drawn.

use clap::Args;
use thutuc::calendar::{OfficeHours, Stamp, office_seconds_between};
use thutuc::model::Language;
use thutuc::value::DateTime;
use thutuc::wire::{self, ApologyStatus, RequestError, StepAnswer, StepCut, StepPlan, StepStatus};

use super::level::cited;
use crate::args::Global;
use crate::case::{Case, CaseArgs};
use crate::failure::{End, Failure};
use crate::labels::words;
use crate::page::{Ink, Page, Tone, cut, padded, print_json, width_of};
use crate::rules;

const EXAMPLES: &str = "\
Examples:
  thutuc steps 1.004222 --received-at 2026-11-20T15:30 --fact submission.channel=in_person
  thutuc steps 2.000986 --facts case.json --received-at 2026-11-16T08:00 --done birth=2026-11-18T10:00
  thutuc steps 2.000986 --facts case.json --now 2026-11-20T09:00
  thutuc steps 2.000986 --facts case.json --cut birth=\"4 office hours\"

In the picture a column is a stretch of working time: ░ as planned, █ done, ▒ as it will be by what has been done, ▓ late.";

/// Plan the steps inside the authority over working hours: what is late, the apology that is owed, what a step less saves
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Steps {
    #[command(flatten)]
    case: CaseArgs,

    /// A step that is done, and when; may be repeated
    #[arg(long = "done", value_name = "STEP=DATETIME")]
    done: Vec<String>,

    /// The moment it is looked at: what is not done by then and should be is late
    #[arg(long, value_name = "DATETIME")]
    now: Option<String>,

    /// Leave a step out, or give it another time (STEP=\"1 working days\"): what that saves; may be repeated
    #[arg(long = "cut", value_name = "STEP[=PERIOD]")]
    cut: Vec<String>,
}

impl Steps {
    pub fn run(&self, global: &Global) -> Result<End, Failure> {
        let reworded = |error: RequestError| {
            let message = error.to_string().replace("`now`", "--now");
            Failure::request(error, message)
        };
        let now = self.now.as_deref().map(wire::now).transpose().map_err(reworded)?;
        let pack = rules::compiled(global)?;
        let mut case = Case::open(pack, &self.case, global.language())?;
        self.tell_done(&mut case)?;
        let cuts: Vec<StepCut> = self.cut.iter().map(|cut| match cut.split_once('=') {
            Some((step, period)) => StepCut { step: step.to_owned(), period: Some(period.to_owned()) },
            None => StepCut { step: cut.clone(), period: None },
        }).collect();
        let plan = case.steps(now, &cuts)?;
        let end = End::refused_if(!plan.problems.is_empty());
        if global.json() {
            return print_json(&plan).map(|()| end);
        }
        let mut page = Page::new(Ink::for_stdout(global.color));
        Drawing { case: &case, plan: &plan, language: case.language }.draw(&mut page);
        page.print()?;
        Ok(end)
    }

    /// Adds what was done to what the facts tell of it.
    fn tell_done(&self, case: &mut Case) -> Result<(), Failure> {
        if self.done.is_empty() {
            return Ok(());
        }
        let told: serde_json::Value = serde_json::from_str(&case.told.json()).unwrap_or_default();
        let mut steps = told.get("case.steps").and_then(|steps| steps.as_array().cloned()).unwrap_or_default();
        for done in &self.done {
            let Some((step, at)) = done.split_once('=') else {
                return Err(Failure::usage(format!("--done takes STEP=DATETIME, `{done}` has no `=`")));
            };
            steps.push(serde_json::json!({ "step": step, "completed_at": at }));
        }
        case.told.set("case.steps", serde_json::Value::from(steps).to_string());
        Ok(())
    }
}

struct Drawing<'a> {
    case: &'a Case<'a>,
    plan: &'a StepPlan<'a>,
    language: Language,
}

impl Drawing<'_> {
    fn draw(&self, page: &mut Page) {
        let (case, plan, language) = (self.case, self.plan, self.language);
        let about = &case.program.about;
        page.line(format!("{}  {}", page.ink.paint(Tone::Strong, about.name.get(language)), page.ink.paint(Tone::Faint, &case.program.code)));
        let words = words(language);
        let head = [format!("{} {}", words.law_of, thutuc::explain::day(plan.as_of, language)), format!("{} {}", words.received, moment(&case.moment.received.to_datetime().to_string()))];
        page.text(0, Tone::Faint, &head.join(" · "));
        if plan.steps.is_empty() {
            page.heading(self.say("CÁC BƯỚC", "STEPS"), Tone::Faint, self.say("thủ tục không khai bước nào vào ngày này", "none is declared on this day"));
        } else {
            let (tone, summary) = self.summary();
            page.heading(self.say("CÁC BƯỚC", "STEPS"), tone, &summary);
            if plan.ends_at.is_some() {
                self.gantt(page);
            }
            plan.steps.iter().for_each(|step| self.step(page, step));
        }
        self.apology(page);
        if let Some(saving) = &plan.saving {
            let summary = self.say(
                format!("tiết kiệm {}, xong {}", saving.saved.text, moment(&saving.ends_at)),
                format!("saves {}, done {}", saving.saved.text, moment(&saving.ends_at)),
            );
            page.heading(self.say("NẾU CẮT BỚT", "WITH THE CUTS"), Tone::Good, &summary);
        }
        if !plan.missing.is_empty() {
            page.heading(words.missing, Tone::Open, "");
            let label = |name: &str| case.program.facts.iter().find(|fact| *fact.name == *name).map(|fact| fact.label.get(language).to_string());
            plan.missing.iter().for_each(|fact| page.item("  ? ", &format!("{} ({fact})", label(fact).unwrap_or_default())));
        }
        if !plan.problems.is_empty() {
            page.heading(words.problems, Tone::Bad, "");
            plan.problems.iter().for_each(|problem| page.item("  ✗ ", &format!("{}: {}", problem.fact, problem.message)));
        }
    }

    fn summary(&self) -> (Tone, String) {
        let plan = self.plan;
        let due = plan.promised_on.or(plan.due_on).map(|day| thutuc::explain::day(day, self.language));
        let Some(expected) = &plan.expected_at else {
            return (Tone::Open, self.say("chưa lập được kế hoạch", "not planned yet").to_owned());
        };
        let by = due.map_or(String::new(), |due| self.say(format!(", hẹn {due}"), format!(", due {due}")));
        match &plan.late {
            Some(late) => (Tone::Bad, self.say(format!("xong {}{by}: TRỄ {}", moment(expected), late.text), format!("done {}{by}: LATE by {}", moment(expected), late.text))),
            None => (Tone::Good, self.say(format!("xong {}{by}", moment(expected)), format!("done {}{by}", moment(expected)))),
        }
    }

    /// The steps over working time, a line each, and the days under them.
    fn gantt(&self, page: &mut Page) {
        let plan = self.plan;
        let Some(start) = stamp(&plan.starts_at) else { return };
        let work = |at: &str| stamp(at).map(|at| office_seconds_between(&self.case.pack.calendar, &OfficeHours::ASSUMED, start, at).max(0));
        let moments = plan.steps.iter().flat_map(|step| [&step.ends_at, &step.expected_ends_at]).flatten();
        let whole = moments.filter_map(|at| work(at)).max().unwrap_or(0).max(1);
        let names = plan.steps.iter().map(|step| width_of(&step.name)).max().unwrap_or(0).min(34);
        let columns = page.width.saturating_sub(names + 6).clamp(10, 56) as i64;
        let at = |moment: &Option<String>| moment.as_deref().and_then(work).map(|seconds| seconds * columns / whole);
        for step in plan.steps.iter().filter(|step| step.status != StepStatus::NotTaken) {
            let planned = at(&step.starts_at).zip(at(&step.ends_at));
            let real = at(&step.expected_starts_at).zip(at(&step.expected_ends_at));
            let done = matches!(step.status, StepStatus::Done | StepStatus::Passed);
            let inside = |span: Option<(i64, i64)>, column: i64| span.is_some_and(|(from, to)| column >= from.min(columns - 1) && column < to.max(from.min(columns - 1) + 1));
            let cell = |column: i64| match (inside(planned, column), inside(real, column)) {
                (true, true) if done => '█',
                (false, true) if step.late.is_some() => '▓',
                (false, true) if done => '█',
                (_, true) if planned != real => '▒',
                (true, _) => '░',
                (false, true) => '▒',
                (false, false) => ' ',
            };
            let bar: String = (0..columns).map(cell).collect();
            let tone = if step.late.is_some() { Tone::Bad } else if done { Tone::Good } else { Tone::Place };
            page.line(format!("  {}  {}", padded(&cut(&step.name, names), names), page.ink.paint(tone, bar.trim_end())));
        }
        let axis = self.days(start, whole, columns);
        page.line(page.ink.paint(Tone::Faint, &format!("  {}  {}", " ".repeat(names), axis)));
    }

    /// The first column of each working day, with its day and month where there is room.
    fn days(&self, start: Stamp, whole: i64, columns: i64) -> String {
        let calendar = &self.case.pack.calendar;
        let mut line = String::new();
        let mut day = start.date;
        for _ in 0..400 {
            let opens = Stamp { date: day, second: OfficeHours::ASSUMED.opens() };
            let seconds = office_seconds_between(calendar, &OfficeHours::ASSUMED, start, opens).max(0);
            let column = seconds * columns / whole;
            if column > columns {
                break;
            }
            let room = usize::try_from(column).unwrap_or(0);
            if calendar.provisional().is_working(day) && (line.is_empty() || width_of(&line) < room) {
                let (_, month, number) = day.ymd();
                line = format!("{}{number:02}/{month:02}", padded(&line, room));
            }
            day = day.plus_days(1);
        }
        line
    }

    fn step(&self, page: &mut Page, step: &StepAnswer) {
        let mark = match step.status {
            StepStatus::NotTaken => return,
            StepStatus::Done | StepStatus::Passed => "✓",
            StepStatus::Running => "●",
            StepStatus::Waiting => "○",
            StepStatus::Undetermined => "?",
        };
        page.gap();
        let office = step.office.as_ref().map_or(String::new(), |office| format!(" · {office}"));
        page.item(&format!("  {mark} "), &format!("{}{office} ({})", step.name, step.id));
        let period = match (&step.period, step.shares) {
            (Some(period), _) => period.clone(),
            (None, false) => self.say("phần còn lại của thời hạn", "what remains of the period").to_owned(),
            (None, true) => self.say("phần còn lại của thời hạn, chung với bước liền kề", "what remains of the period, shared with its neighbour").to_owned(),
        };
        let times = match (&step.starts_at, &step.ends_at) {
            (Some(from), Some(to)) => format!("{period}: {} → {}", moment(from), moment(to)),
            _ => period,
        };
        page.text(4, Tone::Faint, &times);
        match (&step.expected_ends_at, step.status) {
            (Some(at), StepStatus::Done) => page.text(4, Tone::Good, &self.say(format!("xong {}", moment(at)), format!("done {}", moment(at)))),
            (Some(at), _) if step.expected_ends_at != step.ends_at => {
                page.text(4, Tone::Open, &self.say(format!("nay dự kiến {}", moment(at)), format!("now expected {}", moment(at))));
            }
            _ => {}
        }
        if let Some(late) = &step.late {
            page.text(4, Tone::Bad, &self.say(format!("trễ {}", late.text), format!("late by {}", late.text)));
        }
        if let Some(saves) = step.saves.as_ref().filter(|saves| saves.office_minutes > 0 && step.period.is_some()) {
            page.text(4, Tone::Faint, &self.say(format!("bỏ bước này bớt được {}", saves.text), format!("without it {} less", saves.text)));
        }
        page.text(4, Tone::Faint, &cited(&step.citations, self.language));
    }

    fn apology(&self, page: &mut Page) {
        let Some(apology) = &self.plan.apology else { return };
        let (tone, summary) = match apology.status {
            ApologyStatus::NotNeeded => (Tone::Good, self.say("chưa phải xin lỗi", "none is owed")),
            ApologyStatus::Due => (Tone::Bad, self.say("phải xin lỗi", "an apology is owed")),
            ApologyStatus::Exhausted => (Tone::Bad, self.say("phải xin lỗi, hết lượt hẹn lại", "an apology is owed, no re-appointment is left")),
            ApologyStatus::Undetermined => (Tone::Open, self.say("chưa rõ", "open")),
        };
        page.heading(self.say("XIN LỖI, HẸN LẠI", "APOLOGY"), tone, summary);
        if let Some(message) = &apology.message {
            page.item("  → ", message);
        }
        if let (Some(by), ApologyStatus::NotNeeded) = (apology.by, apology.status) {
            let day = thutuc::explain::day(by, self.language);
            page.text(2, Tone::Faint, &self.say(format!("nếu trễ: gửi chậm nhất {day}"), format!("if it gets late: by {day}")));
        }
        if let Some(permitted) = apology.permitted {
            let used = apology.used;
            page.text(2, Tone::Faint, &self.say(format!("được hẹn lại {permitted} lần, đã hẹn {used}"), format!("re-appointments permitted: {permitted}, made: {used}")));
        }
        apology.form.iter().for_each(|form| page.text(2, Tone::Faint, form));
        apology.unknown.iter().for_each(|unknown| page.text(2, Tone::Open, unknown));
        page.text(2, Tone::Faint, &cited(&apology.citations, self.language));
    }

    fn say<T>(&self, vi: T, en: T) -> T {
        self.language.choose(vi, en)
    }
}

fn stamp(text: &str) -> Option<Stamp> {
    DateTime::parse(text).as_ref().and_then(Stamp::of)
}

/// `08:00 20/11/2026`, in both languages.
fn moment(text: &str) -> String {
    let Some(at) = stamp(text) else { return text.to_owned() };
    let (year, month, day) = at.date.ymd();
    format!("{:02}:{:02} {day:02}/{month:02}/{year}", at.second / 3600, at.second / 60 % 60)
}
