//! The elements of a procedure: what each is, once, and its nodes in every epoch in which it is in force.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::handling::PackedHandling;
use super::intern::{Interner, index_of};
use super::lower::{Lowering, Titles, cites};
use super::lower_handling::handling;
use super::program::{
    About, BaseCode, Coded, ConditionCode, ConditionInfo, DeadlineCode, DeadlineInfo, DocumentCode, DocumentInfo, Epoch, FactSlot,
    FeeCode, FeeInfo, Gap, Layout, LinkCode, LinkInfo, MessageCode, Named, Node, Part, Program, ReductionCode, ReductionInfo, ReductionKindCode, Slot,
};
use crate::calendar::{self, DeadlineRule, OfficeHours, WorkingCalendar};
use crate::check::typed::{
    Expr, Kind, Links, Message, MessagePart, TypedCondition, TypedDeadline, TypedDocument, TypedFee, TypedFeeBase, TypedLink, TypedProcedure,
    TypedReductionKind,
};
use crate::model::{ClockModel, CutoffEffect, FactDecl, FactKind, Interval, Text, TextFormat, ValueDecl};
use crate::value::{Date, Decimal};

/// Decimal places of the slot of a number that does not state its own.
const SCALE: u8 = 4;

/// The first day that any rule may begin on.
const FIRST_DAY: Date = Date(-25_567);

/// Compiles one procedure.
pub(super) fn program(procedure: &TypedProcedure, instruments: &Titles, calendar: &WorkingCalendar) -> Program {
    let mut program = Program {
        code: procedure.code.clone(),
        jurisdiction: procedure.jurisdiction.clone(),
        about: About {
            name: procedure.name.clone(),
            summary: procedure.summary.clone(),
            field: procedure.field.clone(),
            authority: procedure.authority.clone(),
            authorities: procedure.authorities.clone(),
            online_service: procedure.online_service.clone(),
            notes: procedure.notes.clone(),
        },
        facts: procedure.facts.iter().map(slot).collect(),
        definitions: procedure.definitions.iter().map(|definition| Named {
            name: definition.name.clone(),
            label: definition.versions.iter().rev().find_map(|version| version.label.clone()),
            unit: None,
        }).collect(),
        definition_types: procedure.definitions.iter().map(|definition| definition.of.clone()).collect(),
        parameters: procedure.parameters.iter().map(|parameter| Named {
            name: parameter.name.clone(),
            label: parameter.label.clone(),
            unit: parameter.unit.clone(),
        }).collect(),
        gaps: vec![unpublished()],
        conditions: Vec::new(),
        documents: Vec::new(),
        fees: Vec::new(),
        deadlines: Vec::new(),
        links: Vec::new(),
        code_of: super::program::Code::default(),
        epochs: Vec::new(),
        until: procedure.interval.until,
        supplements: procedure.supplements.map(|fact| Slot(fact.0)),
        handling: PackedHandling::default(),
    };
    let mut elements = Elements { interner: Interner::default(), seen: HashMap::new() };
    for day in change_days(procedure) {
        let epoch = elements.epoch(procedure, instruments, calendar, day, &mut program);
        program.epochs.push(epoch);
    }
    program.code_of = elements.interner.code;
    program.handling = PackedHandling::of(&handling(procedure, instruments, calendar, &mut program));
    program
}

/// The gap that is always there, at index 0: days whose holidays are not published.
fn unpublished() -> Gap {
    let why = Text {
        vi: "Lịch nghỉ lễ của những ngày cần tính chưa được công bố".into(),
        en: "The holidays of the days to be counted are not published yet".into(),
    };
    Gap { id: "calendar".into(), why, basis: Vec::new() }
}

/// The first days of all epochs: where anything begins, and the day after anything ends.
fn change_days(procedure: &TypedProcedure) -> BTreeSet<Date> {
    let first = procedure.interval.from.unwrap_or(FIRST_DAY);
    let mut days = BTreeSet::from([first]);
    each_interval(procedure, &mut |interval| {
        days.extend(interval.from);
        days.extend(interval.until.map(|until| until.plus_days(1)));
    });
    days.retain(|day| *day >= first && procedure.interval.until.is_none_or(|until| *day <= until));
    days
}

fn each_interval(procedure: &TypedProcedure, each: &mut dyn FnMut(&Interval)) {
    procedure.parameters.iter().flat_map(|parameter| &parameter.values).for_each(|value| each(&value.interval));
    for version in procedure.definitions.iter().flat_map(|definition| &definition.versions) {
        each(&version.interval);
        if let Ok(body) = &version.body {
            rows_of(body, each);
        }
    }
    for condition in procedure.eligibility.iter().chain(&procedure.identity) {
        each(&condition.interval);
    }
    procedure.documents.iter().for_each(|document| each(&document.interval));
    for fee in &procedure.fees {
        each(&fee.interval);
        fee.reductions.iter().for_each(|reduction| each(&reduction.interval));
        if let TypedFeeBase::Amount(amount) = &fee.base {
            rows_of(amount, each);
        }
    }
    procedure.deadline.iter().for_each(|deadline| each(&deadline.interval));
    for link in &procedure.linked {
        each(&link.interval);
        link.limit.iter().for_each(|limit| each(&limit.interval));
    }
}

fn rows_of(expr: &Expr, each: &mut dyn FnMut(&Interval)) {
    if let Kind::Table(table) = &expr.kind {
        table.rows.iter().for_each(|row| each(&row.interval));
    }
}

/// What the elements of one program share while it is made.
struct Elements {
    interner: Interner,
    seen: HashMap<(&'static str, usize), u16>,
}

impl Elements {
    fn epoch(
        &mut self,
        procedure: &TypedProcedure,
        instruments: &Titles,
        calendar: &WorkingCalendar,
        day: Date,
        program: &mut Program,
    ) -> Epoch {
        let mut lowering = Lowering {
            procedure,
            facts: &program.facts,
            instruments,
            calendar,
            day,
            interner: &mut self.interner,
            gaps: &mut program.gaps,
            definitions: vec![None; procedure.definitions.len()],
            rests: Vec::new(),
        };
        let seen = &mut self.seen;
        let conditions = &mut program.conditions;
        let mut condition = |section: &'static str, at: usize, typed: &TypedCondition, lowering: &mut Lowering| {
            let info = index_of(seen, (section, at), conditions, || ConditionInfo {
                id: typed.id.clone(),
                level: typed.level,
                basis: cites(&typed.basis, instruments),
            });
            let made = |lowering: &mut Lowering| {
                (lowering.guard(typed.when.as_ref()), lowering.lower(&typed.require), lowering.message(&typed.message))
            };
            let ((when, require, message), rests) = lowering.resting(made);
            ConditionCode { info, when, require, message, rests_on: lowering.bases(rests) }
        };
        let in_force = |interval: &Interval| interval.contains(day);
        let eligibility = procedure.eligibility.iter().enumerate();
        let eligibility: Vec<_> = eligibility.filter(|(_, typed)| in_force(&typed.interval) && lowering.can_apply(typed.links, typed.when.as_ref())).collect();
        let of_eligibility = marks(eligibility.iter().map(|(_, typed)| typed.links));
        let eligibility = eligibility.into_iter().map(|(at, typed)| condition("eligibility", at, typed, &mut lowering)).collect();
        let identity = procedure.identity.iter().enumerate();
        let identity: Vec<_> = identity.filter(|(_, typed)| in_force(&typed.interval) && lowering.can_apply(typed.links, typed.when.as_ref())).collect();
        let of_identity = marks(identity.iter().map(|(_, typed)| typed.links));
        let identity = identity.into_iter().map(|(at, typed)| condition("identity", at, typed, &mut lowering)).collect();
        let documents = procedure.documents.iter().enumerate();
        let documents: Vec<_> = documents.filter(|(_, typed)| in_force(&typed.interval) && lowering.can_apply(typed.links, typed.when.as_ref())).collect();
        let of_documents = marks(documents.iter().map(|(_, typed)| typed.links));
        let documents = documents.into_iter();
        let documents = documents.map(|(at, typed)| {
            let info = index_of(seen, ("documents", at), &mut program.documents, || document_info(typed, instruments));
            let made = |lowering: &mut Lowering| {
                let [provided, reuse] = [&typed.provided, &typed.reuse].map(|part| part.as_ref().map(|part| lowering.lower(part)));
                (lowering.guard(typed.when.as_ref()), provided, reuse)
            };
            let ((when, provided, reuse), rests) = lowering.resting(made);
            DocumentCode { info, when, provided, reuse, rests_on: lowering.bases(rests) }
        });
        let documents = documents.collect();
        let fees = procedure.fees.iter().enumerate();
        let fees: Vec<_> = fees.filter(|(_, typed)| in_force(&typed.interval) && lowering.can_apply(typed.links, typed.when.as_ref())).collect();
        let of_fees = marks(fees.iter().map(|(_, typed)| typed.links));
        let fees = fees.into_iter();
        let fees = fees.map(|(at, typed)| {
            let info = index_of(seen, ("fees", at), &mut program.fees, || fee_info(typed, instruments));
            let (fee, rests) = lowering.resting(|lowering| lowering.fee(typed, info));
            FeeCode { rests_on: lowering.bases(rests), ..fee }
        });
        let fees = fees.collect();
        let deadlines = procedure.deadline.iter().enumerate().filter(|(_, typed)| in_force(&typed.interval));
        let deadlines = deadlines.map(|(at, typed)| lowering.deadline(seen, ("deadline", at), typed, &mut program.deadlines)).collect();
        let links: Vec<(usize, &TypedLink)> = procedure.linked.iter().enumerate().filter(|(_, link)| in_force(&link.interval)).collect();
        let position = |id: &str| links.iter().position(|(_, link)| *link.id == *id).map(|at| at as u16);
        let linked = links.iter().map(|(at, link)| {
            let info = index_of(seen, ("linked", *at), &mut program.links, || link_info(link, instruments));
            let limits = link.limit.iter().enumerate().filter(|(_, limit)| in_force(&limit.interval));
            // Every step has its own numbers for its limits.
            let limits = limits.map(|(limit, typed)| lowering.deadline(seen, ("limit", *at << 16 | limit), typed, &mut program.deadlines)).collect();
            let (when, rests) = lowering.resting(|lowering| lowering.guard(link.when.as_ref()));
            let of = |marks: &[u64]| marks.get(*at).copied().unwrap_or(0);
            LinkCode {
                info,
                when,
                after: link.after.iter().filter_map(|id| position(id)).collect(),
                eligibility: of(&of_eligibility),
                identity: of(&of_identity),
                documents: of(&of_documents),
                fees: of(&of_fees),
                limits,
                rests_on: lowering.bases(rests),
            }
        });
        let linked = linked.collect();
        let definitions = (0..procedure.definitions.len() as u16).map(|at| lowering.definition(at)).collect();
        Epoch { from: day, eligibility, identity, documents, fees, deadlines, linked, definitions, beforehand: OnceLock::new() }
    }
}

/// For each step of a linked service the elements that are of it, a bit each.
fn marks(elements: impl Iterator<Item = Links>) -> Vec<u64> {
    let mut of_steps = vec![0u64; 64];
    for (links, bit) in elements.zip((0..64).map(|n| 1u64 << n)) {
        of_steps.iter_mut().enumerate().filter(|(step, _)| links >> step & 1 == 1).for_each(|(_, marks)| *marks |= bit);
    }
    of_steps
}

fn link_info(link: &TypedLink, instruments: &Titles) -> LinkInfo {
    LinkInfo {
        id: link.id.clone(),
        procedure: link.procedure.clone(),
        name: link.name.clone(),
        authorities: link.authorities.clone(),
        result: link.result.clone(),
        if_refused: link.if_refused.clone(),
        basis: cites(&link.basis, instruments),
    }
}

impl Lowering<'_> {
    /// Whether an element can ever apply. What a step brings, and what the facts it maps exclude, is left out.
    fn can_apply(&mut self, links: Links, when: Option<&Expr>) -> bool {
        let Some(when) = when.filter(|_| links != 0) else { return true };
        let (guard, _) = self.resting(|lowering| lowering.lower(when));
        self.interner.code.node(guard) != Node::Truth(false)
    }

    fn deadline(
        &mut self,
        seen: &mut HashMap<(&'static str, usize), u16>,
        place: (&'static str, usize),
        typed: &TypedDeadline,
        infos: &mut Vec<DeadlineInfo>,
    ) -> DeadlineCode {
        let (gaps, instruments) = (&mut *self.gaps, self.instruments);
        let info = index_of(seen, place, infos, || DeadlineInfo {
            id: typed.id.clone(),
            rule: rule(typed, instruments).map_err(|gap| super::intern::position(gaps, gap)),
            basis: cites(&typed.basis, instruments),
        });
        let made = |lowering: &mut Self| {
            let not_before = typed.not_before.iter().map(|day| lowering.lower(day)).collect();
            (lowering.guard(typed.when.as_ref()), not_before, typed.extension.as_ref().map(|extension| lowering.lower(extension)))
        };
        let ((when, not_before, extension), rests) = self.resting(made);
        DeadlineCode { info, when, not_before, extension, rests_on: self.bases(rests) }
    }

    fn message(&mut self, message: &Message) -> u32 {
        let mut parts = |parts: &[MessagePart]| {
            let part = |part: &MessagePart| match part {
                MessagePart::Text(text) => Part::Text(text.clone()),
                MessagePart::Value(expr) => Part::Value(self.lower(expr)),
            };
            parts.iter().map(part).collect()
        };
        let (vi, en) = (parts(&message.vi), parts(&message.en));
        super::intern::position(&mut self.interner.code.messages, MessageCode { vi, en })
    }

    fn fee(&mut self, typed: &TypedFee, info: u16) -> FeeCode {
        let base = match &typed.base {
            TypedFeeBase::Amount(amount) => BaseCode::Amount(self.lower(amount)),
            TypedFeeBase::Tiers(of, steps) => {
                let of = self.lower(of);
                let step = |(up_to, rate): &(Option<Expr>, Expr)| (up_to.as_ref().map(|end| self.lower(end)), self.lower(rate));
                BaseCode::Tiers(of, steps.iter().map(step).collect())
            }
            TypedFeeBase::Unknown(why) => {
                BaseCode::Amount(self.unknown(Gap { id: typed.id.clone(), why: why.clone(), basis: self.cites(&typed.basis) }))
            }
        };
        let day = self.day;
        let reductions = typed.reductions.iter().zip(0u16..).filter(|(reduction, _)| reduction.interval.contains(day));
        let reductions = reductions.map(|(reduction, info)| {
            let made = |lowering: &mut Self| {
                let kind = match &reduction.kind {
                    TypedReductionKind::To(amount) => ReductionKindCode::To(lowering.lower(amount)),
                    TypedReductionKind::Percent(percent) => ReductionKindCode::Percent(lowering.lower(percent)),
                    TypedReductionKind::Off(amount) => ReductionKindCode::Off(lowering.lower(amount)),
                };
                (lowering.guard(reduction.when.as_ref()), kind, reduction.max_off.as_ref().map(|max| lowering.lower(max)))
            };
            let ((when, kind, max_off), rests) = self.resting(made);
            ReductionCode { info, when, kind, max_off, rests_on: self.bases(rests) }
        });
        let reductions = reductions.collect();
        FeeCode {
            info,
            when: self.guard(typed.when.as_ref()),
            base,
            floor: typed.floor.as_ref().map(|floor| self.lower(floor)),
            cap: typed.cap.as_ref().map(|cap| self.lower(cap)),
            times: typed.times.as_ref().map(|times| self.lower(times)),
            reductions,
            rests_on: 0,
        }
    }
}

fn document_info(typed: &TypedDocument, instruments: &Titles) -> DocumentInfo {
    DocumentInfo {
        id: typed.id.clone(),
        name: typed.name.clone(),
        form: typed.form,
        copies: typed.copies,
        any_of: typed.any_of.clone(),
        reuse_source: typed.reuse_source.clone(),
        basis: cites(&typed.basis, instruments),
    }
}

fn fee_info(typed: &TypedFee, instruments: &Titles) -> FeeInfo {
    let reduction = |reduction: &crate::check::typed::TypedReduction| ReductionInfo {
        id: reduction.id.clone(),
        name: reduction.name.clone(),
        basis: cites(&reduction.basis, instruments),
    };
    FeeInfo {
        id: typed.id.clone(),
        name: typed.name.clone(),
        rounding: typed.rounding,
        reductions: typed.reductions.iter().map(reduction).collect(),
        basis: cites(&typed.basis, instruments),
    }
}

fn rule(typed: &TypedDeadline, instruments: &Titles) -> Result<DeadlineRule, Gap> {
    let period = typed.period.as_ref().map_err(|why| Gap { id: typed.id.clone(), why: why.clone(), basis: cites(&typed.basis, instruments) })?;
    let effect = |effect| match effect {
        CutoffEffect::ForwardOnly => calendar::CutoffEffect::ForwardOnly,
        CutoffEffect::DueNextWorkingDay => calendar::CutoffEffect::DueNextWorkingDay,
        CutoffEffect::DayZeroNextWorkingDay => calendar::CutoffEffect::DayZeroNextWorkingDay,
        CutoffEffect::DayOneNextWorkingDay => calendar::CutoffEffect::DayOneNextWorkingDay,
    };
    Ok(DeadlineRule {
        period: (*period).into(),
        clock: match typed.clock {
            ClockModel::Restart => calendar::ClockModel::Restart,
            ClockModel::StartWhenComplete => calendar::ClockModel::StartWhenComplete,
            ClockModel::Pause => calendar::ClockModel::Pause,
            ClockModel::Unknown => calendar::ClockModel::Unknown,
        },
        cutoff: typed.cutoff.as_ref().map(|cutoff| calendar::Cutoff { minute: cutoff.at.minutes(), effect: effect(cutoff.effect) }),
        roll: typed.roll,
        office: OfficeHours::ASSUMED,
    })
}

/// How a declared fact is held.
fn slot(fact: &FactDecl) -> FactSlot {
    let coded = |values: &[ValueDecl]| {
        values.iter().map(|value| Coded { code: value.code.value.clone(), label: value.label.clone() }).collect()
    };
    let layout = match &fact.kind {
        FactKind::Boolean => Layout::Boolean,
        FactKind::Number { min, max, decimals, unit } => {
            let scale = decimals.unwrap_or(SCALE).min(9);
            let bound = |bound: &Option<Decimal>, none: i64| bound.map_or(Some(none), |bound| bound.scaled(scale));
            let bounds = bound(min, i64::MIN).zip(bound(max, i64::MAX));
            Layout::Number { scale, decimals: *decimals, min: *min, max: *max, bounds, unit: unit.clone() }
        }
        FactKind::Enumeration(values) => Layout::Enumeration { values: coded(values) },
        FactKind::Set(values) => Layout::Set { values: coded(values) },
        FactKind::Text { max_length, format } => {
            Layout::Text { max_length: *max_length, personal_id: *format == TextFormat::PersonalId }
        }
        FactKind::Date { min, max } => Layout::Date { min: *min, max: *max },
        FactKind::Time => Layout::Time,
        FactKind::DateTime => Layout::DateTime,
        FactKind::Texts { max_items } => Layout::Texts { max_items: *max_items },
        FactKind::Records { fields, max_items } => {
            Layout::Records { fields: fields.iter().map(slot).collect(), max_items: *max_items }
        }
    };
    FactSlot {
        name: fact.name.value.clone(),
        layout,
        optional: fact.optional,
        default: fact.default.as_ref().map(|default| default.value.clone()),
        label: fact.label.clone(),
        help: fact.help.clone(),
    }
}
