//! One case: a procedure, a moment, and the facts told of it.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use thutuc::calendar::Stamp;
use thutuc::compile::{CompiledPack, Program};
use thutuc::diagnostics::nearest;
use thutuc::eval::{FactProblem, Moment, Slots, Workspace};
use thutuc::model::Language;
use thutuc::value::Date;
use thutuc::wire::{self, Decision, LevelAnswer, StepCut, StepPlan};

use crate::failure::Failure;
use crate::input::{Typing, json_of};
use crate::search;
use crate::told::Told;

/// Which case.
#[derive(Debug, Args)]
pub struct CaseArgs {
    /// The procedure, such as 1.004222
    pub code: String,

    /// The facts as JSON, nested or dotted; `-` reads stdin
    #[arg(long, value_name = "FILE")]
    pub facts: Option<PathBuf>,

    /// A fact more, or in place of one of the file; its value as the fact's type has it; may be repeated
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    pub fact: Vec<String>,

    #[command(flatten)]
    pub when: When,

    /// The province whose overlay applies, such as ha_noi
    #[arg(long, value_name = "ID")]
    pub jurisdiction: Option<String>,
}

/// The days the law needs.
#[derive(Debug, Args)]
pub struct When {
    /// The day the law is read; if not given the day of receipt, or today in UTC+07:00 by the system's clock
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,

    /// When the file was received, local time; 08:00 of the day the law is read if not given
    #[arg(long, value_name = "DATETIME")]
    pub received_at: Option<String>,
}

impl When {
    /// The moment.
    pub fn moment(&self) -> Result<Moment, Failure> {
        let received_on = self.received_at.as_deref().map(|text| text.split('T').next().unwrap_or(text));
        let as_of = match (self.as_of.as_deref(), received_on) {
            (Some(day), _) | (None, Some(day)) => day.to_owned(),
            (None, None) => today()?.to_string(),
        };
        let named = |error: wire::RequestError| {
            let message = error.to_string().replace("`asOf`", "--as-of").replace("`receivedAt`", "--received-at");
            Failure::request(error, message)
        };
        wire::moment(&as_of, self.received_at.as_deref()).map_err(named)
    }
}

/// Today in Vietnam by the system's clock. The core has none.
fn today() -> Result<Date, Failure> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_err(Failure::usage)?.as_secs() + 7 * 3600;
    i32::try_from(seconds / 86_400).map(Date).map_err(Failure::usage)
}

/// A case that can be decided again as facts come in.
pub struct Case<'p> {
    /// The pack.
    pub pack: &'p CompiledPack,
    /// The procedure.
    pub program: &'p Program,
    /// When.
    pub moment: Moment,
    /// What is told.
    pub told: Told,
    /// The language of the answer.
    pub language: Language,
    /// The facts as the core holds them, once decided.
    pub slots: Slots,
    work: Workspace,
}

impl<'p> Case<'p> {
    /// The case of the arguments.
    pub fn open(pack: &'p CompiledPack, args: &CaseArgs, language: Language) -> Result<Case<'p>, Failure> {
        // Mistakes are told in the order of every host: the day before the procedure.
        let moment = args.when.moment()?;
        let program = search::program(pack, &args.code, args.jurisdiction.as_deref())?;
        let mut told = match &args.facts {
            Some(path) => Told::read(&read(path)?, program),
            None => Told::default(),
        };
        for pair in &args.fact {
            let Some((name, value)) = pair.split_once('=') else {
                return Err(Failure::usage(format!("--fact takes NAME=VALUE, `{pair}` has no `=`")));
            };
            let name = name.trim();
            let Some(fact) = program.facts.iter().find(|fact| *fact.name == *name) else {
                let near = nearest(name, program.facts.iter().map(|fact| &*fact.name));
                let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                return Err(Failure::usage(format!("procedure {} has no fact `{name}`{near}", program.code)));
            };
            told.set(name, json_of(fact, value, Typing::Exact));
        }
        Ok(Case { pack, program, moment, told, language, slots: Slots::default(), work: Workspace::default() })
    }

    /// Decides it as it is told now.
    pub fn decide(&mut self) -> Result<Decision<'p>, Failure> {
        let problems = self.tell();
        let decision = wire::decide(self.pack, self.program, &self.slots, &self.moment, self.language, &problems, &mut self.work);
        decision.map_err(|undecided| wire::RequestError::from(undecided).into())
    }

    /// The steps of the case inside the authority, as it is told now.
    pub fn steps(&mut self, now: Option<Stamp>, cuts: &[StepCut]) -> Result<StepPlan<'p>, Failure> {
        let problems = self.tell();
        let plan =
            wire::steps(self.pack, self.program, &self.slots, &self.moment, now, cuts, self.language, &problems, &mut self.work);
        plan.map_err(|undecided| wire::RequestError::from(undecided).into())
    }

    /// The level of online service in the cases that what is told leaves possible.
    pub fn level(&mut self) -> Result<Option<LevelAnswer<'p>>, Failure> {
        self.tell();
        let level = wire::level(self.pack, self.program, &self.slots, &self.moment, self.language);
        level.map_err(|undecided| wire::RequestError::from(undecided).into())
    }

    /// What is wrong with the facts as they are told now.
    pub fn tell(&mut self) -> Vec<FactProblem> {
        wire::tell_json(self.program, &self.told.json(), &mut self.slots)
    }
}

/// A file, or stdin for `-`.
fn read(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = match path.as_os_str() == "-" {
        true => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
        false => fs::read(path).map(|all| bytes = all),
    };
    read.map_err(|error| Failure::file(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{}: the text is not UTF-8", path.display())))?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}
