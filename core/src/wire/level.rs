//! The level of online service of procedures, as hosts see it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::decide::{program, unreadable};
use super::decision::{Bases, Citations};
use super::facts::tell_json;
use super::request::{RequestError, language, moment};
use crate::compile::program::{Cite, Program};
use crate::compile::{CompiledPack, Handling, LevelRule};
use crate::eval::{self, JudgedLevel, LevelReason, Moment, Slots, Undecided, Workspace};
#[cfg(feature = "author")]
use crate::diagnostics::{Code, Diagnostic};
use crate::explain;
#[cfg(feature = "author")]
use crate::model::Pack;
use crate::model::{Language, OnlineService};
use crate::value::Date;

/// Asks for the level of online service, as JSON.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LevelRequest<'a> {
    /// The day the law is read, `YYYY-MM-DD`.
    #[serde(borrow)]
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::Date"))]
    pub as_of: Cow<'a, str>,
    /// One procedure; absent: all that are in force on the day.
    #[serde(borrow, default)]
    pub procedure: Option<Cow<'a, str>>,
    /// The jurisdiction.
    #[serde(borrow, default)]
    pub jurisdiction: Option<Cow<'a, str>>,
    /// `vi` (default) or `en`.
    #[serde(borrow, default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::Lang>"))]
    pub lang: Option<Cow<'a, str>>,
    /// Facts of a case: what holds in some cases only counts if this can be one of them.
    #[serde(borrow, default)]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, serde_json::Value>"))]
    pub facts: Option<&'a RawValue>,
}

/// The level of a procedure's online service.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ServiceLevel"))]
#[serde(rename_all = "camelCase")]
pub struct LevelAnswer<'a> {
    /// The procedure's code.
    pub procedure: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// The day the law is read.
    pub as_of: Date,
    /// The level by what it declares; null where that is not known.
    pub level: Option<OnlineService>,
    /// The level it states itself: `full`, `partial`, `information`.
    pub stated: Cow<'a, str>,
    /// What the full service asks for and is not met: the reasons that are published.
    pub reasons: Vec<LevelCause>,
    /// What is not declared, or not known, and can still change the level.
    pub open: Vec<Undeclared>,
    /// On what basis the level is told.
    pub citations: Citations<'a>,
    /// Why it cannot be told, where the rule has no law on that day.
    pub message: Option<String>,
}

/// Why a service is not full.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LevelReason"))]
#[serde(rename_all = "camelCase")]
pub struct LevelCause {
    /// The requirement that is not met.
    pub id: String,
    /// The level it comes to.
    pub level: OnlineService,
    /// The reason by law.
    pub message: Option<String>,
    /// Why it is so for this procedure.
    pub why: Vec<String>,
    /// Whether it is so in some cases only.
    pub in_some_cases: bool,
    /// The legal basis of the requirement and of what is declared.
    pub citations: Citations<'static>,
}

/// What a procedure does not declare of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Undeclared {
    /// The fact of the rule.
    pub fact: String,
    /// What it asks.
    pub label: String,
    /// Why it is not known, where the rules say.
    pub why: Option<String>,
}

/// The levels of a request given as JSON text, as JSON text; none where the pack has no rule of the level.
///
/// # Errors
/// [`RequestError`] if the request cannot be read, names no procedure or cannot be decided.
pub fn levels_json(pack: &CompiledPack, request: &str) -> Result<String, RequestError> {
    let read: LevelRequest = serde_json::from_str(request).map_err(|error| unreadable(&error))?;
    let (moment, language) = (moment(&read.as_of, None)?, language(read.lang.as_deref())?);
    let jurisdiction = read.jurisdiction.as_deref();
    let levels = match read.procedure.as_deref() {
        None => levels(pack, jurisdiction, &moment, language)?,
        Some(code) => {
            let program = program(pack, code, jurisdiction)?;
            let mut slots = Slots::new(program);
            drop(tell_json(program, read.facts.map_or("{}", |facts| facts.get()), &mut slots));
            level(pack, program, &slots, &moment, language)?.into_iter().collect()
        }
    };
    Ok(serde_json::to_string(&levels).unwrap_or_default())
}

/// The level of one procedure, for the cases that the facts told leave possible; `None` where the pack has no rule of the
/// level.
///
/// # Errors
/// [`Undecided::NotInForce`] if the procedure has no rules on the day.
pub fn level<'p>(
    pack: &'p CompiledPack,
    program: &'p Program,
    slots: &Slots,
    moment: &Moment,
    language: Language,
) -> Result<Option<LevelAnswer<'p>>, Undecided> {
    let Some(rule) = pack.level_rule() else { return Ok(None) };
    of_program(pack, &rule, program, slots, moment, language, &mut Workspace::default()).map(Some)
}

/// The levels of all procedures that are in force on the day, in the order of the pack; none where it has no rule of the
/// level.
///
/// # Errors
/// As [`program`].
pub fn levels<'p>(
    pack: &'p CompiledPack,
    jurisdiction: Option<&str>,
    moment: &Moment,
    language: Language,
) -> Result<Vec<LevelAnswer<'p>>, RequestError> {
    let Some(rule) = pack.level_rule() else { return Ok(Vec::new()) };
    let mut work = Workspace::default();
    let mut codes: Vec<&str> = pack.programs.names().map(|(code, _)| code).collect();
    codes.dedup();
    let mut all = Vec::new();
    for code in codes {
        let program = program(pack, code, jurisdiction)?;
        if program.epoch(moment.as_of).is_some() {
            all.push(of_program(pack, &rule, program, &Slots::new(program), moment, language, &mut work)?);
        }
    }
    Ok(all)
}

fn of_program<'p>(
    pack: &'p CompiledPack,
    rule: &LevelRule,
    program: &'p Program,
    slots: &Slots,
    moment: &Moment,
    language: Language,
    work: &mut Workspace,
) -> Result<LevelAnswer<'p>, Undecided> {
    if program.epoch(moment.as_of).is_none() {
        let from = program.epochs.first().map_or(moment.as_of, |epoch| epoch.from);
        return Err(Undecided::NotInForce { code: program.code.to_string(), day: moment.as_of, from });
    }
    let handling = program.handling();
    let wording = Wording { rule, handling: &handling, moment, language };
    match eval::level(rule, program, &handling, slots, moment, &pack.calendar, work) {
        Ok(judged) => Ok(wording.answer(program, &judged)),
        Err(Undecided::NotInForce { from, .. }) => {
            let day = explain::day(from, language);
            let why = language.choose(format!("chưa có quy định về mức độ trước ngày {day}"), format!("there is no rule of the level before {day}"));
            let none = JudgedLevel { level: None, reasons: Vec::new(), open: Vec::new(), declared: Vec::new() };
            Ok(LevelAnswer { message: Some(why), ..wording.answer(program, &none) })
        }
        Err(other) => Err(other),
    }
}

struct Wording<'s> {
    rule: &'s LevelRule,
    handling: &'s Handling,
    moment: &'s Moment,
    language: Language,
}

impl Wording<'_> {
    fn answer<'p>(&self, program: &'p Program, judged: &JudgedLevel) -> LevelAnswer<'p> {
        let open = judged.open.iter().filter_map(|slot| {
            let fact = self.rule.program.fact(*slot)?;
            let in_force = self.handling.epoch(self.moment.as_of).into_iter().flat_map(|epoch| &epoch.declarations);
            let mut declared = in_force.filter_map(|code| self.handling.declarations.get(usize::from(code.info)));
            let why = declared.find(|info| info.id == fact.name).and_then(|info| info.value.as_ref().err());
            Some(Undeclared {
                fact: fact.name.to_string(),
                label: fact.label.get(self.language).to_string(),
                why: why.map(|why| why.get(self.language).to_string()),
            })
        });
        let mut bases: Vec<Cite> = Vec::new();
        let rule = &self.rule.program;
        let conditions = rule.epoch(self.moment.as_of).into_iter().flat_map(|epoch| &epoch.eligibility);
        bases.extend(conditions.filter_map(|code| rule.conditions.get(usize::from(code.info))).flat_map(|info| info.basis.clone()));
        let declared = judged.declared.iter().filter_map(|(_, info, _)| self.handling.declarations.get(usize::from(*info)));
        bases.extend(declared.flat_map(|info| info.basis.clone()));
        LevelAnswer {
            procedure: Cow::from(&*program.code),
            name: Cow::from(&**program.about.name.get(self.language)),
            as_of: self.moment.as_of,
            level: judged.level,
            stated: Cow::from(&*program.about.online_service),
            reasons: judged.reasons.iter().filter_map(|reason| self.cause(judged, reason)).collect(),
            open: open.collect(),
            citations: self.cited(&bases),
            message: None,
        }
    }

    fn cause(&self, judged: &JudgedLevel, reason: &LevelReason) -> Option<LevelCause> {
        let rule = &self.rule.program;
        let info = rule.conditions.get(usize::from(reason.info))?;
        let message = reason.said.as_ref().zip(rule.code_of.messages.get(reason.message as usize));
        let declared = || judged.declared.iter().filter(|(slot, ..)| reason.facts.contains(slot));
        let infos = || declared().filter_map(|(_, info, _)| self.handling.declarations.get(usize::from(*info)));
        let rests_on = rule.code_of.bases.get(reason.rests_on as usize).into_iter().flatten();
        let bases: Vec<Cite> = info.basis.iter().chain(rests_on).cloned().chain(infos().flat_map(|info| info.basis.clone())).collect();
        Some(LevelCause {
            id: info.id.to_string(),
            level: reason.otherwise,
            message: message.map(|(said, message)| explain::condition_message(rule, message, said, self.language)),
            why: infos().filter_map(|info| info.why.as_ref()).map(|why| why.get(self.language).to_string()).collect(),
            in_some_cases: declared().any(|(.., some)| *some),
            citations: self.cited(&bases),
        })
    }

    fn cited<'o>(&self, bases: &[Cite]) -> Citations<'o> {
        Citations::of(Bases { element: bases, ..Bases::default() }, self.language).owned()
    }
}

/// A warning for each procedure that states another level than its declarations come to, by the law that holds last.
#[cfg(feature = "author")]
#[must_use]
pub fn differing(written: &Pack, pack: &CompiledPack) -> Vec<Diagnostic> {
    let Some(rule) = pack.level_rule() else { return Vec::new() };
    let mut found = Vec::new();
    for program in pack.programs.iter().filter(|program| program.jurisdiction.is_none()) {
        let of_rule = rule.program.epochs.last().map(|epoch| epoch.from);
        let own = program.handling().epochs.last().map(|epoch| epoch.from);
        let Some(day) = of_rule.max(own).filter(|day| program.epoch(*day).is_some()) else { continue };
        let answer = of_program(pack, &rule, program, &Slots::new(program), &Moment::on(day), Language::En, &mut Workspace::default());
        let Ok(LevelAnswer { level: Some(level), stated, .. }) = answer else { continue };
        let procedure = written.procedures.iter().find(|procedure| procedure.code.value == program.code);
        if let Some(procedure) = procedure.filter(|_| level.name() != stated) {
            let message = format!("the declarations of `{}` come to `{}` from {day} on, not `{stated}`", program.code, level.name());
            let problem = Diagnostic::new(Code::LevelDiffers, procedure.online_service.span, message).label("stated here");
            found.push(problem.help("correct the level, or what is declared; `thutuc level` tells why"));
        }
    }
    found
}
