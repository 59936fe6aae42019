//! The deadline that applies, counted by the calendar.

use super::exact::Answer;
use super::needs::Needs;
use super::slots::State;
use super::truth::Truth;
use super::value::Known;
use super::verdict::Due;
use super::{Evaluator, Reasons};
use crate::calendar::{self, DeadlineRule, Settled, Status, Supplement, Timeline};
use crate::compile::program::{DeadlineCode, NodeId};
use crate::value::{Context, Date, Value};

/// Most days a deadline can be made to wait for.
const MOST_EVENTS: usize = 8;

/// A deadline with how it was counted.
#[derive(Clone, Debug)]
pub struct DeadlineTrace {
    /// The rule that applies, by its position in the epoch; `None` while that is open.
    pub rule: Option<u16>,
    /// How far it is known.
    pub status: DueStatus,
    /// The count, where there is one.
    pub due: Option<calendar::Due>,
    /// Why this rule applies.
    pub reasons: Reasons,
}

/// How far a deadline is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueStatus {
    /// The calendar says.
    Counted(Status),
    /// A missing fact can change it.
    Missing,
    /// It rests on law that is not known.
    Unknown,
}

impl Evaluator<'_> {
    /// The day due, and whether a missing fact can change it.
    pub(super) fn due_day(&mut self, deadlines: &[DeadlineCode]) -> (Due, bool) {
        let settled = match self.applicable(deadlines) {
            Ok(None) => return (Due::None, false),
            Ok(Some(number)) => self.settle(deadlines, number).map(|settled| (settled.status, settled.due_on)),
            Err(open) => Err(open),
        };
        let settled = match settled {
            Err(Truth::Missing) => match self.counted_alike(deadlines) {
                Some(Ok(None)) => return (Due::None, false),
                Some(Ok(Some((_, due)))) => Ok((due.status, due.due_on)),
                Some(Err(open)) => Err(open),
                None => Err(Truth::Missing),
            },
            settled => settled,
        };
        match settled {
            Ok((Status::Determined, Some(day))) => (Due::Determined(day), false),
            Ok((Status::Provisional, Some(day))) => (Due::Provisional(day), false),
            Ok(_) => (Due::Undetermined, false),
            Err(open) => (Due::Undetermined, open == Truth::Missing),
        }
    }

    /// The deadline with its trace; adds what it needs while it is open.
    pub(super) fn deadline(&mut self, deadlines: &[DeadlineCode], needs: &mut Needs) -> Option<DeadlineTrace> {
        let counted = match self.counted(deadlines) {
            Err(Truth::Missing) => self.counted_alike(deadlines).unwrap_or(Err(Truth::Missing)),
            counted => counted,
        };
        match counted {
            Ok(None) => None,
            Ok(Some((number, due))) => {
                let mut reasons = Reasons::default();
                if let Some(when) = deadlines.get(usize::from(number)).and_then(|rule| rule.when) {
                    self.because(when, None, &mut reasons);
                }
                Some(DeadlineTrace { rule: Some(number), status: DueStatus::Counted(due.status), due: Some(due), reasons })
            }
            Err(truth) => {
                let rule = self.applicable(deadlines).ok().flatten();
                match rule.and_then(|number| deadlines.get(usize::from(number))) {
                    Some(rule) => self.need_timeline(rule, true, truth == Truth::Unknown, needs),
                    None => self.need_rules(deadlines, needs),
                }
                let nodes: Vec<NodeId> = deadlines.iter().flat_map(DeadlineCode::nodes).collect();
                if self.supplements_are_told()
                    && let Some(tried) = self.completions(&nodes, Answer::Computed, &mut |evaluator| evaluator.counted(deadlines))
                {
                    tried.prune(needs);
                }
                if truth == Truth::Missing {
                    needs.ask();
                }
                let status = if truth == Truth::Missing { DueStatus::Missing } else { DueStatus::Unknown };
                Some(DeadlineTrace { rule, status, due: None, reasons: Reasons::default() })
            }
        }
    }

    /// The rule that applies and the count by it.
    fn counted(&mut self, deadlines: &[DeadlineCode]) -> Result<Option<(u16, calendar::Due)>, Truth> {
        let Some(number) = self.applicable(deadlines)? else { return Ok(None) };
        let rule = deadlines.get(usize::from(number)).ok_or(Truth::Unknown)?;
        let calendar = self.calendar;
        let due = self.timeline(rule, |rule, timeline| calendar::due(calendar, rule, timeline))?;
        Ok(Some((number, due)))
    }

    /// The rule and the count, if every completion comes to the same.
    #[cold]
    fn counted_alike(&mut self, deadlines: &[DeadlineCode]) -> Option<Result<Option<(u16, calendar::Due)>, Truth>> {
        if !self.supplements_are_told() {
            return None;
        }
        let nodes: Vec<NodeId> = deadlines.iter().flat_map(DeadlineCode::nodes).collect();
        self.agreed(&nodes, Answer::Computed, &mut |evaluator| evaluator.counted(deadlines))
    }

    fn supplements_are_told(&self) -> bool {
        self.program.supplements.is_none_or(|slot| self.slots.state(slot) != State::Missing)
    }

    /// Adds what it takes to tell which rule applies, and later to count by it.
    fn need_rules(&mut self, deadlines: &[DeadlineCode], needs: &mut Needs) {
        let mut now = true;
        for rule in deadlines {
            let truth = self.holds(rule.when);
            if matches!(truth, Truth::False | Truth::Null) {
                continue;
            }
            if let (false, Some(when)) = (truth.is_settled(), rule.when) {
                self.need_truth(when, now, needs);
                now = false;
            }
            if truth != Truth::Unknown {
                let by_law = matches!(self.timeline(rule, |_, _| ()), Err(Truth::Unknown));
                self.need_timeline(rule, false, by_law, needs);
            }
            // Rules after one that applies, or that the law leaves open, are never reached.
            if truth != Truth::Missing {
                return;
            }
        }
    }

    /// Adds what it takes to count by a rule; only the law, where that alone keeps the count open.
    fn need_timeline(&mut self, rule: &DeadlineCode, now: bool, law_only: bool, needs: &mut Needs) {
        if let Some(Err(gap)) = self.program.deadlines.get(usize::from(rule.info)).map(|info| &info.rule) {
            needs.add_gap(*gap);
        }
        for node in rule.not_before.iter().copied().chain(rule.extension) {
            if law_only {
                self.need_law_of(node, needs);
            } else {
                self.need_if_open(node, now, needs);
            }
        }
        if let Some(slot) = self.program.supplements.filter(|slot| !law_only && self.slots.state(*slot) == State::Missing) {
            needs.add(slot, now);
        }
    }

    /// The first deadline that applies, by position.
    fn applicable(&mut self, deadlines: &[DeadlineCode]) -> Result<Option<u16>, Truth> {
        for (deadline, number) in deadlines.iter().zip(0u16..) {
            match self.holds(deadline.when) {
                Truth::True => return Ok(Some(number)),
                Truth::False | Truth::Null => {}
                open => return Err(open),
            }
        }
        Ok(None)
    }

    fn settle(&mut self, deadlines: &[DeadlineCode], number: u16) -> Result<Settled, Truth> {
        let calendar = self.calendar;
        let deadline = deadlines.get(usize::from(number)).ok_or(Truth::Unknown)?;
        self.timeline(deadline, |rule, timeline| calendar::settle(calendar, rule, timeline))
    }

    /// Gathers what has happened to the file and counts. Without supplements nothing is allocated.
    fn timeline<T>(&mut self, deadline: &DeadlineCode, count: impl FnOnce(&DeadlineRule, &Timeline) -> T) -> Result<T, Truth> {
        let info = self.program.deadlines.get(usize::from(deadline.info)).ok_or(Truth::Unknown)?;
        let rule = info.rule.as_ref().map_err(|_| Truth::Unknown)?;
        let mut missing = false;
        let mut supplements = std::mem::take(&mut self.work.supplements);
        supplements.clear();
        if let Some(slot) = self.program.supplements {
            match self.fact(slot) {
                Known::Known(Value::List(items)) => supplements.extend(items.iter().filter_map(supplement)),
                Known::Known(_) => {}
                Known::Missing => missing = true,
                Known::Unknown => return Err(Truth::Unknown),
            }
        }
        let mut not_before = [None; MOST_EVENTS];
        let events = deadline.not_before.len().min(MOST_EVENTS);
        for (node, place) in deadline.not_before.iter().zip(&mut not_before) {
            match self.value(*node) {
                Known::Known(Value::Date(day)) => *place = Some(day),
                Known::Known(_) => {}
                Known::Missing => missing = true,
                Known::Unknown => return Err(Truth::Unknown),
            }
        }
        let mut extension = 0;
        match deadline.extension.map(|node| self.value(node)) {
            Some(Known::Known(Value::Number(units))) => {
                extension = units.to_i64().and_then(|units| u32::try_from(units).ok()).unwrap_or(0);
            }
            None | Some(Known::Known(_)) => {}
            Some(Known::Missing) => missing = true,
            Some(Known::Unknown) => return Err(Truth::Unknown),
        }
        if missing {
            return Err(Truth::Missing);
        }
        let not_before: &[Option<Date>] = not_before.get(..events).unwrap_or(&[]);
        let counted = count(rule, &Timeline { received: self.counted_from.unwrap_or(self.moment.received), supplements: &supplements, not_before, extension });
        self.work.supplements = supplements;
        Ok(counted)
    }
}

/// A request to complete the file, as a record tells it.
pub(crate) fn supplement(record: &Value) -> Option<Supplement> {
    let Value::Context(record) = record else { return None };
    let day = |record: &Context, name| match record.get(name) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    Some(Supplement { requested_on: day(record, "requested_on")?, completed_on: day(record, "completed_on") })
}
