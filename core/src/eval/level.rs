//! The level of a procedure's online service, by what it declares.

use super::decide::{Said, judge};
use super::needs::Needs;
use super::slots::Slots;
use super::truth::Truth;
use super::{Evaluator, FactTeller, Input, Moment, Status, Undecided, Workspace};
use crate::calendar::WorkingCalendar;
use crate::compile::handling::{Handling, LevelRule};
use crate::compile::program::{Program, Slot};
use crate::model::OnlineService;
use crate::value::Value;

/// The level of a procedure's online service.
#[derive(Debug)]
pub struct JudgedLevel {
    /// The level; `None` where it is not known.
    pub level: Option<OnlineService>,
    /// What the full service asks for and is not met.
    pub reasons: Vec<LevelReason>,
    /// Facts of the rule that are not declared, or declared as unknown, and can still change the level.
    pub open: Vec<Slot>,
    /// Declarations that were told to the rule, by their position in [`Handling::declarations`]; with whether they are so
    /// only in some cases.
    pub declared: Vec<(Slot, u16, bool)>,
}

/// What the full service asks for and is not met.
#[derive(Debug)]
pub struct LevelReason {
    /// Index in the rule's conditions.
    pub info: u16,
    /// Its message.
    pub message: u32,
    /// What else it rests on.
    pub rests_on: u32,
    /// The level it comes to.
    pub otherwise: OnlineService,
    /// The values of its message.
    pub said: Option<(Said, Said)>,
    /// The facts of the rule that decided.
    pub facts: Vec<Slot>,
}

/// The level of a procedure on a day. What it declares for some cases only counts unless the case that was told is none of
/// them: a procedure is no fuller than its least full case.
///
/// # Errors
/// [`Undecided::NotInForce`] on a day on which the rule has no law; [`Undecided::LimitExceeded`] as for a decision.
pub fn level(
    rule: &LevelRule,
    program: &Program,
    handling: &Handling,
    slots: &Slots,
    moment: &Moment,
    calendar: &WorkingCalendar,
    work: &mut Workspace,
) -> Result<JudgedLevel, Undecided> {
    let mut declared = Vec::new();
    let mut told = Slots::new(&rule.program);
    let mut open = Vec::new();
    {
        let mut evaluator = Evaluator::with_code(program, &handling.code, slots, moment, calendar, work);
        let mut teller = FactTeller::new(&rule.program, &mut told);
        for code in handling.epoch(moment.as_of).into_iter().flat_map(|epoch| &epoch.declarations) {
            let Some(info) = handling.declarations.get(usize::from(code.info)) else { continue };
            let Some(slot) = rule.program.slot(&info.id) else { continue };
            let mut needs = Needs::default();
            let (applies, _) = evaluator.taken(code.when, &mut needs);
            if matches!(applies, Truth::False | Truth::Null) {
                // What is so in some cases only is not so in the others.
                if let Ok(Value::Boolean(truth)) = &info.value {
                    teller.tell(&info.id, Input::Boolean(!truth));
                }
                continue;
            }
            if let Ok(value) = &info.value {
                teller.tell(&info.id, input(value));
                declared.push((slot, code.info, code.when.is_some() && applies != Truth::True));
            }
        }
        drop(teller.finish());
        evaluator.within_limits()?;
    }
    let judged = judge(&rule.program, &told, moment, calendar, work)?;
    let otherwise = |info: u16| rule.otherwise.get(usize::from(info)).copied().unwrap_or(OnlineService::Partial);
    let mut reasons = Vec::new();
    let mut least = OnlineService::Full;
    let mut lowest_open = OnlineService::Full;
    for (code, one) in judged.epoch.eligibility.iter().zip(judged.eligibility) {
        match one.status {
            Status::No => {
                least = least.min(otherwise(code.info));
                let facts = one.reasons.facts.to_vec();
                let (info, message, rests_on) = (code.info, code.message, code.rests_on);
                reasons.push(LevelReason { info, message, rests_on, otherwise: otherwise(info), said: one.said, facts });
            }
            Status::Open(_) => lowest_open = lowest_open.min(otherwise(code.info)),
            Status::Yes | Status::NotApplicable => {}
        }
    }
    // What is open can only bring the level down, so that it is known once nothing open reaches below it.
    let known = least <= lowest_open;
    if !known {
        open.extend(judged.missing.iter().map(|missing| missing.slot));
    }
    Ok(JudgedLevel { level: known.then_some(least), reasons, open, declared })
}

fn input(value: &Value) -> Input<'_> {
    match value {
        Value::Boolean(truth) => Input::Boolean(*truth),
        Value::Text(text) => Input::Text((&**text).into()),
        Value::Number(number) => Input::Number(number.to_string().into()),
        Value::Date(date) => Input::Text(date.to_string().into()),
        Value::List(items) => Input::List(items.iter().map(input).collect()),
        _ => Input::Null,
    }
}
