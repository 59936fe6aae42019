//! A decision in parts. Most of what a decision says it has said before: a condition that is met for the same reasons reads
//! the same. So each part gets a number when it is first said, the host keeps what it reads by that number, and a decision
//! crosses the border as numbers. What a text of the case is in is said anew each time and kept by nobody.
//!
//! A part is known again by its *key*: everything that its words depend on, without the words.

use serde::Serialize;

use super::decide::{Wording, json, outcome, overall, wire_problems};
use super::decision::PackRef;
use super::numbers::Numbers;
use super::status::{FeesStatus, Overall};
use crate::calendar::Status as Counted;
use crate::compile::CompiledPack;
use crate::compile::program::{ConditionCode, Program};
use crate::eval::{
    Amount, DeadlineTrace, DocumentStatus, DueStatus, FactProblem, Judged, JudgedCondition, JudgedFee, Moment, Outcome, PartOf, Reasons, Slots,
    State, Status, Undecided, Workspace, judge,
};
use crate::model::Language;
use crate::value::{Date, Decimal, Value};

/// The words of a decision: what stands where. A part is its number; [`NONE`] where there is none; less than that for the
/// parts that are not kept, the first of them [`NONE`]` - 1`.
pub mod part_word {
    /// How many parts the host keeps from before; with 0 it forgets those it has.
    pub const KEPT: usize = 0;
    /// Procedure, jurisdiction and pack, as one object.
    pub const HEAD: usize = 1;
    /// The outcome.
    pub const OUTCOME: usize = 2;
    /// How the conditions stand together.
    pub const ELIGIBILITY: usize = 3;
    /// How the identity checks stand together.
    pub const IDENTITY: usize = 4;
    /// The identity level that is needed; -1 while that is open. No part.
    pub const LEVEL: usize = 5;
    /// How far the fees are known.
    pub const FEES: usize = 6;
    /// Whether the total is known, 0 or 1. No part.
    pub const FEES_KNOWN: usize = 7;
    /// The total in đồng, 64 bits, the lower first. No part.
    pub const TOTAL: usize = 8;
    /// The deadline.
    pub const DEADLINE: usize = 10;
    /// All steps of a linked service, a list.
    pub const LINKED: usize = 11;
    /// All facts that are missing, a list.
    pub const MISSING: usize = 12;
    /// The fact to ask for next.
    pub const NEXT: usize = 13;
    /// All problems, a list.
    pub const PROBLEMS: usize = 14;
    /// All gaps in the law, a list.
    pub const GAPS: usize = 15;
    /// How many conditions, checks, documents and fees there are. No parts.
    pub const COUNTS: usize = 16;
    /// The day the law is read, in days since 1970-01-01. No part.
    pub const AS_OF: usize = 20;
    /// Where the conditions, checks, documents and fees begin, in this order. Each is a part without the facts that decided it,
    /// how many these are, and a part for each of them.
    pub const LISTS: usize = 21;
    /// The places before the lists in which parts stand.
    pub const PARTS: [usize; 11] = [HEAD, OUTCOME, ELIGIBILITY, IDENTITY, FEES, DEADLINE, LINKED, MISSING, NEXT, PROBLEMS, GAPS];
}
use part_word as word;

/// The word of a part that is not there.
pub const NONE: i32 = -1;

/// So many parts are kept; then all are forgotten. A part has about a kilobyte in a host.
const MOST: usize = 4096;

/// The parts of the decisions of one program in one language.
#[derive(Debug)]
pub struct Parts {
    language: Language,
    numbers: Numbers,
    key: Vec<u8>,
    words: Vec<i32>,
    fresh: Vec<String>,
    passing: Vec<String>,
}

impl Parts {
    /// No part yet.
    #[must_use]
    pub fn new(program: &Program, language: Language) -> Parts {
        let words = Vec::with_capacity(Parts::most_words(program));
        Parts { language, numbers: Numbers::default(), key: Vec::new(), words, fresh: Vec::new(), passing: Vec::new() }
    }

    /// How many words a decision has at most.
    #[must_use]
    pub fn most_words(program: &Program) -> usize {
        let elements = program.epochs.iter().map(|epoch| epoch.eligibility.len() + epoch.identity.len() + epoch.documents.len() + epoch.fees.len());
        word::LISTS + elements.max().unwrap_or(0) * (2 + program.facts.len())
    }

    /// The words of the last decision.
    #[must_use]
    pub fn words(&self) -> &[i32] {
        &self.words
    }

    /// The parts that the last decision said for the first time, in JSON, in the order of their numbers.
    #[must_use]
    pub fn fresh(&self) -> &[String] {
        &self.fresh
    }

    /// The parts of the last decision that are not kept, in JSON.
    #[must_use]
    pub fn passing(&self) -> &[String] {
        &self.passing
    }

    /// Both as the JSON of two lists; nothing if there are none.
    #[must_use]
    pub fn news(&self) -> Option<String> {
        self.any_news().then(|| ["[[", &self.fresh.join(","), "],[", &self.passing.join(","), "]]"].concat())
    }

    /// Whether there are any.
    #[must_use]
    pub fn any_news(&self) -> bool {
        !self.fresh.is_empty() || !self.passing.is_empty()
    }

    /// Decides one case in full.
    ///
    /// # Errors
    /// As [`judge`].
    pub fn decide(
        &mut self,
        pack: &CompiledPack,
        program: &Program,
        slots: &Slots,
        moment: &Moment,
        problems: &[FactProblem],
        work: &mut Workspace,
    ) -> Result<&[i32], Undecided> {
        let judged = judge(program, slots, moment, &pack.calendar, work)?;
        let wording = Wording::new(program, slots, self.language);
        self.fresh.clear();
        self.passing.clear();
        self.words.clear();
        if self.numbers.len() >= MOST {
            self.numbers = Numbers::default();
        }
        self.words.resize(word::LISTS, NONE);
        let kept = self.numbers.len() as i32;
        let (epoch, verdict) = (judged.epoch, &judged.verdict);
        let settled = verdict.fees_open == 0;
        let total = if settled { verdict.fee_total as u64 } else { 0 };
        let head = self.head(pack, program);
        let words = [
            (word::KEPT, kept),
            (word::HEAD, head),
            (word::OUTCOME, self.outcome(verdict.outcome)),
            (word::ELIGIBILITY, self.overall(overall(&verdict.eligibility))),
            (word::IDENTITY, self.overall(overall(&verdict.identity))),
            (word::LEVEL, verdict.required_level.map_or(-1, i32::from)),
            (word::FEES, self.fees(settled)),
            (word::FEES_KNOWN, settled.into()),
            (word::TOTAL, total as u32 as i32),
            (word::TOTAL + 1, (total >> 32) as u32 as i32),
            (word::DEADLINE, judged.deadline.as_ref().map_or(NONE, |trace| self.deadline(&wording, &judged, trace))),
            (word::LINKED, self.all(&wording.linked(&judged, moment))),
            (word::MISSING, self.missing(&wording, &judged)),
            (word::NEXT, self.next(&wording, &judged)),
            (word::PROBLEMS, self.all(&wire_problems(problems, self.language))),
            (word::GAPS, self.all(&wording.gaps(&judged))),
            (word::COUNTS, 0),
            (word::COUNTS + 1, 0),
            (word::COUNTS + 2, 0),
            (word::COUNTS + 3, 0),
            (word::AS_OF, moment.as_of.0),
        ];
        for (at, to) in words {
            self.set(at, to);
        }
        for (nth, (code, judged)) in epoch.eligibility.iter().zip(&judged.eligibility).enumerate() {
            self.condition(&wording, word::COUNTS, (epoch.from, nth), code, judged);
        }
        for (nth, (code, judged)) in epoch.identity.iter().zip(&judged.identity).enumerate() {
            self.condition(&wording, word::COUNTS + 1, (epoch.from, nth), code, judged);
        }
        for (nth, (code, judged)) in epoch.documents.iter().zip(&judged.documents).enumerate() {
            self.begin(Kind::Document);
            self.day(epoch.from);
            self.number(nth as u32);
            self.tag(match judged.status {
                DocumentStatus::Required => 0,
                DocumentStatus::Provided => 1,
                DocumentStatus::Reused => 2,
                DocumentStatus::NotRequired => 3,
                DocumentStatus::Open(_) => 4,
            });
            self.rows(&judged.reasons);
            self.element(&wording, word::COUNTS + 2, true, &judged.reasons, |wording| wording.document(code, judged));
        }
        for (nth, (code, fee)) in epoch.fees.iter().zip(&judged.fees).enumerate().filter(|(_, (_, fee))| fee.amount != Amount::NotDue) {
            self.begin(Kind::Fee);
            self.day(epoch.from);
            self.number(nth as u32);
            let keep = self.fee(fee);
            self.rows(&fee.reasons);
            self.element(&wording, word::COUNTS + 3, keep, &fee.reasons, |wording| wording.fee(code, fee));
        }
        Ok(&self.words)
    }

    fn set(&mut self, at: usize, to: i32) {
        if let Some(word) = self.words.get_mut(at) {
            *word = to;
        }
    }

    /// Adds an element to the list that `count` counts, and the facts that decided it.
    fn element<'p, 's, T: Serialize>(
        &mut self,
        wording: &Wording<'p, 's>,
        count: usize,
        keep: bool,
        reasons: &Reasons,
        say: impl FnOnce(&Wording<'p, 's>) -> Option<T>,
    ) {
        let alone = Wording { facts: false, ..*wording };
        let part = if keep { self.part(|| say(&alone)) } else { self.pass(&say(&alone)) };
        self.words.push(part);
        let facts = self.words.len();
        self.words.push(0);
        for slot in &reasons.facts {
            let (state, narrow) = wording.slots.cell(*slot);
            self.begin(Kind::Fact);
            self.number(slot.0.into());
            let fact = match state {
                State::Missing => continue,
                State::Null => self.part(|| wording.known(*slot)),
                State::Narrow => {
                    self.long(narrow);
                    self.part(|| wording.known(*slot))
                }
                State::Wide => self.pass(&wording.known(*slot)),
            };
            self.words.push(fact);
        }
        self.set(facts, (self.words.len() - facts - 1) as i32);
        if let Some(count) = self.words.get_mut(count) {
            *count += 1;
        }
    }

    /// The part of the key, said if it is new.
    fn part<T: Serialize>(&mut self, say: impl FnOnce() -> T) -> i32 {
        let (number, new) = self.numbers.of(&self.key);
        if new {
            self.fresh.push(json(&say(), 512));
        }
        number as i32
    }

    /// A part that is not kept.
    fn pass(&mut self, part: &impl Serialize) -> i32 {
        self.passing.push(json(part, 512));
        NONE - self.passing.len() as i32
    }

    /// A list that is not kept; none if it is empty.
    fn all<T: Serialize>(&mut self, list: &[T]) -> i32 {
        if list.is_empty() { NONE } else { self.pass(&list) }
    }

    fn head(&mut self, pack: &CompiledPack, program: &Program) -> i32 {
        self.begin(Kind::Head);
        self.part(|| Head {
            procedure: &program.code,
            jurisdiction: program.jurisdiction.as_deref(),
            pack: PackRef { id: (&*pack.id).into(), version: (&*pack.version).into(), hash: (&*pack.hash).into() },
        })
    }

    fn outcome(&mut self, of: Outcome) -> i32 {
        self.begin(Kind::Outcome);
        self.tag(of as u8);
        self.part(|| outcome(of))
    }

    fn overall(&mut self, of: Overall) -> i32 {
        self.begin(Kind::Overall);
        self.tag(of as u8);
        self.part(|| of)
    }

    fn fees(&mut self, settled: bool) -> i32 {
        self.begin(Kind::FeesStatus);
        self.tag(settled.into());
        self.part(|| if settled { FeesStatus::Determined } else { FeesStatus::Undetermined })
    }

    fn condition(&mut self, wording: &Wording<'_, '_>, count: usize, (from, nth): (Date, usize), code: &ConditionCode, judged: &JudgedCondition) {
        self.begin(Kind::Condition);
        self.day(from);
        self.tag(count as u8);
        self.number(nth as u32);
        self.tag(match judged.status {
            Status::Yes => 0,
            Status::No => 1,
            Status::NotApplicable => 2,
            Status::Open(_) => 3,
        });
        self.rows(&judged.reasons);
        let mut keep = true;
        if let Some((vi, en)) = &judged.said {
            keep = vi.iter().chain(en).flatten().all(is_short) && judged.reasons.wanted.iter().all(|wanted| is_short(&wanted.actual));
            let (message, wanted) = wording.said(code, judged);
            self.text(message.as_deref());
            self.text(wanted.as_deref());
        }
        self.element(wording, count, keep, &judged.reasons, |wording| wording.condition(code, judged));
    }

    /// Tells the key how a fee came about.
    fn fee(&mut self, fee: &JudgedFee) -> bool {
        match fee.amount {
            Amount::Known(amount) => {
                self.tag(1);
                self.long(amount);
            }
            Amount::NotDue | Amount::Missing | Amount::Unknown => self.tag(0),
        }
        let trace = &fee.trace;
        let mut keep = true;
        for number in [trace.unit, trace.times, trace.before] {
            keep &= self.decimal(number);
        }
        match &trace.reduction {
            None => self.tag(0),
            Some(cut) => {
                self.tag(1);
                self.number(cut.info.into());
                keep &= self.decimal(Some(cut.off));
            }
        }
        keep
    }

    fn deadline(&mut self, wording: &Wording<'_, '_>, judged: &Judged<'_>, trace: &DeadlineTrace) -> i32 {
        let say = || wording.deadline(&judged.epoch.deadlines, trace);
        let counted = trace.due.as_ref().filter(|due| due.due_at.is_none() && due.pauses.is_empty());
        let (Some(due), DueStatus::Counted(status @ (Counted::Determined | Counted::Provisional))) = (counted, trace.status) else {
            return self.pass(&say());
        };
        self.begin(Kind::Deadline);
        self.day(judged.epoch.from);
        self.number(trace.rule.map_or(u32::MAX, u32::from));
        self.tag((status == Counted::Determined).into());
        for day in [due.starts_on, due.due_on] {
            self.day(day.unwrap_or(Date(i32::MIN)));
        }
        self.number(due.counted);
        self.number(due.skipped.len() as u32);
        for (day, _) in &due.skipped {
            // Without pauses the calendar alone says why a day is passed over.
            self.day(*day);
        }
        self.rows(&trace.reasons);
        if self.facts(&trace.reasons, wording.slots) { self.part(say) } else { self.pass(&say()) }
    }

    fn missing(&mut self, wording: &Wording<'_, '_>, judged: &Judged<'_>) -> i32 {
        if judged.missing.is_empty() {
            return NONE;
        }
        self.begin(Kind::Missing);
        self.day(judged.epoch.from);
        for missing in &judged.missing {
            self.number(missing.slot.0.into());
            self.tag(missing.now.into());
            self.number(missing.needed_by.len() as u32);
            for part in &missing.needed_by {
                let (section, at) = match part {
                    PartOf::Eligibility(at) => (0, *at),
                    PartOf::Identity(at) => (1, *at),
                    PartOf::Document(at) => (2, *at),
                    PartOf::Fee(at) => (3, *at),
                    PartOf::Deadline => (4, 0),
                    PartOf::Linked(at) => (5, *at),
                };
                self.tag(section);
                self.number(at.into());
            }
        }
        self.part(|| wording.missing(judged))
    }

    fn next(&mut self, wording: &Wording<'_, '_>, judged: &Judged<'_>) -> i32 {
        let Some(next) = judged.missing.iter().find(|missing| missing.now) else { return NONE };
        self.begin(Kind::Next);
        self.number(next.slot.0.into());
        self.part(|| wording.fact_name(next.slot))
    }

    /// Tells the key which rows decided.
    fn rows(&mut self, reasons: &Reasons) {
        self.number(reasons.rows.len() as u32);
        for (table, row) in &reasons.rows {
            self.number(*table);
            self.number(*row);
        }
    }

    /// Tells the key which facts decided; whether they are none that only the case has.
    fn facts(&mut self, reasons: &Reasons, slots: &Slots) -> bool {
        self.number(reasons.facts.len() as u32);
        reasons.facts.iter().fold(true, |keep, slot| {
            let (state, narrow) = slots.cell(*slot);
            self.number(slot.0.into());
            self.tag(state as u8);
            self.long(if state == State::Narrow { narrow } else { 0 });
            keep && state != State::Wide
        })
    }

    fn begin(&mut self, kind: Kind) {
        self.key.clear();
        self.tag(kind as u8);
    }

    fn tag(&mut self, tag: u8) {
        self.key.push(tag);
    }

    fn number(&mut self, number: u32) {
        self.key.extend(number.to_le_bytes());
    }

    fn long(&mut self, number: i64) {
        self.key.extend(number.to_le_bytes());
    }

    fn day(&mut self, day: Date) {
        self.number(day.0 as u32);
    }

    fn text(&mut self, text: Option<&str>) {
        self.number(text.map_or(u32::MAX, |text| text.len() as u32));
        self.key.extend(text.unwrap_or("").as_bytes());
    }

    /// A number of few digits; false for any other.
    fn decimal(&mut self, number: Option<Decimal>) -> bool {
        let Some(number) = number else {
            self.tag(0);
            return true;
        };
        self.tag(1);
        match number.scaled(DIGITS) {
            Some(scaled) => self.long(scaled),
            None => return false,
        }
        true
    }
}

/// Digits after the point of the numbers that a key may have.
const DIGITS: u8 = 4;

/// Whether a value is one of few: a text, a list or a record may be of this case alone.
fn is_short(value: &Value) -> bool {
    !matches!(value, Value::Text(_) | Value::List(_) | Value::Context(_))
}

/// What a key is of. Equal bytes after it mean something else for each.
#[derive(Clone, Copy)]
enum Kind {
    Head,
    Outcome,
    Overall,
    FeesStatus,
    Condition,
    Document,
    Fee,
    Fact,
    Deadline,
    Missing,
    Next,
}

#[derive(Serialize)]
struct Head<'a> {
    procedure: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<&'a str>,
    pack: PackRef<'a>,
}

/// A decision of its words as JSON: the same bytes as of the decision made at once. `part` gives the JSON of a part by its word.
#[must_use]
pub fn decision_of_parts<'a>(words: &[i32], part: impl Fn(i32) -> &'a str) -> String {
    let word = |at: usize| words.get(at).copied().unwrap_or(NONE);
    let or = |at: usize, other: &'static str| if word(at) == NONE { other } else { part(word(at)) };
    let mut lists = words.get(word::LISTS..).unwrap_or(&[]).iter();
    let mut list = |count: usize| {
        let mut elements = Vec::new();
        for _ in 0..word(count) {
            let mut next = || lists.next().copied().unwrap_or(NONE);
            let (element, facts) = (part(next()), next());
            let facts: Vec<&str> = (0..facts).map(|_| part(next())).collect();
            // The facts are the last member, and a list that is empty in the part.
            elements.push([element.strip_suffix("]}").unwrap_or(element), &facts.join(","), "]}"].concat());
        }
        elements.join(",")
    };
    let (conditions, checks) = (list(word::COUNTS), list(word::COUNTS + 1));
    let (documents, items) = (list(word::COUNTS + 2), list(word::COUNTS + 3));
    let level = if word(word::LEVEL) < 0 { "null".to_owned() } else { word(word::LEVEL).to_string() };
    let total = i64::from(word(word::TOTAL + 1)) << 32 | i64::from(word(word::TOTAL) as u32);
    let total = if word(word::FEES_KNOWN) == 1 { total.to_string() } else { "null".to_owned() };
    let day = Date(word(word::AS_OF)).to_string();
    let head = or(word::HEAD, "{}");
    // The day stands between the procedure, whose code has no quotes in it, and what follows.
    let (procedure, rest) = head.split_once("\",").unwrap_or((head, ""));
    let (linked, steps) = if word(word::LINKED) == NONE { ("", "") } else { (",\"linked\":", part(word(word::LINKED))) };
    [
        procedure, "\",\"asOf\":\"", &day, "\",", rest.strip_suffix('}').unwrap_or(rest),
        ",\"outcome\":", or(word::OUTCOME, "null"),
        ",\"eligibility\":{\"status\":", or(word::ELIGIBILITY, "null"), ",\"conditions\":[", &conditions,
        "]},\"identity\":{\"status\":", or(word::IDENTITY, "null"), ",\"requiredLevel\":", &level, ",\"checks\":[", &checks,
        "]},\"documents\":[", &documents,
        "],\"fees\":{\"status\":", or(word::FEES, "null"), ",\"total\":", &total, ",\"currency\":\"VND\",\"items\":[", &items,
        "]},\"deadline\":", or(word::DEADLINE, "null"),
        linked, steps,
        ",\"missing\":", or(word::MISSING, "[]"),
        ",\"next\":", or(word::NEXT, "null"),
        ",\"problems\":", or(word::PROBLEMS, "[]"),
        ",\"gaps\":", or(word::GAPS, "[]"),
        "}",
    ].concat()
}
