//! What a caller tells: checked against the declarations, fact by fact. What does not fit stays missing and is told.

mod quick;

use std::borrow::Cow;
use std::sync::Arc;

use super::slots::Slots;
use crate::compile::program::{Coded, FactSlot, Layout, Program, Slot};
use crate::diagnostics::nearest;
use crate::value::{Context, Date, DateTime, Decimal, Fact, Time, Value, nfc};

/// A value as a host tells it.
#[derive(Clone, Debug, PartialEq)]
pub enum Input<'a> {
    /// `null`
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number as exact text.
    Number(Cow<'a, str>),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Input<'a>>),
    /// Named values.
    Record(Vec<(Cow<'a, str>, Input<'a>)>),
    /// Something of the host that no fact can be, in its words: `NaN`, `a cyclic object`.
    Foreign(Cow<'a, str>),
}

/// What is wrong with a fact that was told. The fact counts as missing.
#[derive(Clone, Debug, PartialEq)]
pub struct FactProblem {
    /// The fact, with the place in it where that helps: `children[2].birth_date`.
    pub fact: String,
    /// What kind of problem.
    pub code: ProblemCode,
    /// What was told, shortened.
    pub given: String,
    /// What is wanted: a type, a bound, the declared codes.
    pub wanted: Wanted,
}

/// The kinds of problem with a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemCode {
    /// No fact has this name.
    UnknownFact,
    /// The fact was told twice.
    Duplicate,
    /// A value of another type.
    WrongType,
    /// Less than the least or more than the greatest value.
    OutOfBounds,
    /// None of the declared codes.
    NotInEnumeration,
    /// Not a date that exists, or not written as one.
    BadDate,
    /// Not a time of day, or not written as one.
    BadTime,
    /// More digits than 34, or more decimal places than allowed.
    TooManyDigits,
    /// More characters than allowed.
    TooLong,
    /// More items than allowed.
    TooMany,
    /// Null is no answer to this question.
    NullNotAllowed,
    /// A record lacks a field.
    IncompleteRecord,
    /// The text is not JSON.
    Unreadable,
}

impl ProblemCode {
    /// Its name, as hosts see it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ProblemCode::UnknownFact => "unknown-fact",
            ProblemCode::Duplicate => "duplicate",
            ProblemCode::WrongType => "wrong-type",
            ProblemCode::OutOfBounds => "out-of-bounds",
            ProblemCode::NotInEnumeration => "not-in-enumeration",
            ProblemCode::BadDate => "bad-date",
            ProblemCode::BadTime => "bad-time",
            ProblemCode::TooManyDigits => "too-many-digits",
            ProblemCode::TooLong => "too-long",
            ProblemCode::TooMany => "too-many",
            ProblemCode::NullNotAllowed => "null-not-allowed",
            ProblemCode::IncompleteRecord => "incomplete-record",
            ProblemCode::Unreadable => "unreadable",
        }
    }
}

/// What is wanted instead.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// Nothing that can be said.
    Nothing,
    /// A name near to the one given.
    Name(String),
    /// A value of this type.
    Type(&'static str),
    /// At least, at most.
    Bounds(Option<String>, Option<String>),
    /// One of these.
    Codes(Vec<Arc<str>>, Option<String>),
    /// At most so many.
    AtMost(u32),
    /// A place in the text: line, column, and what the reader says.
    Place(usize, usize, String),
}

/// The longest excerpt of what was told.
const EXCERPT: usize = 40;

/// Takes the facts of one case and fills the slots.
pub struct FactTeller<'p> {
    program: &'p Program,
    slots: &'p mut Slots,
    /// A bit for each slot that was told: the first 64, and the others.
    told: (u64, Vec<u64>),
    /// Where the next fact is looked for first: callers mostly tell facts in their order.
    next: usize,
    problems: Vec<FactProblem>,
}

impl<'p> FactTeller<'p> {
    /// Begins a case: every fact is missing but those with a default.
    pub fn new(program: &'p Program, slots: &'p mut Slots) -> Self {
        slots.clear(program);
        FactTeller::more(program, slots)
    }

    /// Goes on with a case: the facts that the slots hold stay.
    pub fn more(program: &'p Program, slots: &'p mut Slots) -> Self {
        FactTeller { program, slots, told: (0, Vec::new()), next: 0, problems: Vec::new() }
    }

    /// The problems found, in the order the facts were told.
    #[must_use]
    pub fn finish(self) -> Vec<FactProblem> {
        self.problems
    }

    /// The problems found so far, which are forgotten.
    #[must_use]
    pub fn take_problems(&mut self) -> Vec<FactProblem> {
        std::mem::take(&mut self.problems)
    }

    /// The slot that is looked at first for the next name.
    #[must_use]
    pub fn expected(&self) -> Slot {
        Slot(self.next as u16)
    }

    /// Whether a name is that of [`FactTeller::expected`].
    #[must_use]
    pub fn expects(&self, name: &str) -> bool {
        self.program.facts.get(self.next).is_some_and(|fact| &*fact.name == name)
    }

    /// Says that the next name is that of [`FactTeller::expected`]: what [`FactTeller::find`] would find.
    pub fn take_expected(&mut self) -> Slot {
        let slot = self.expected();
        self.next += 1;
        slot
    }

    /// The slot of a name, if it is a fact.
    pub fn find(&mut self, name: &str) -> Option<Slot> {
        let facts = &self.program.facts;
        let at = match facts.get(self.next) {
            Some(fact) if &*fact.name == name => self.next,
            _ => facts.iter().position(|fact| &*fact.name == name)?,
        };
        self.next = at + 1;
        Some(Slot(at as u16))
    }

    /// The slot of a name in a group, if it is a fact.
    pub fn find_in(&mut self, group: &str, name: &str) -> Option<Slot> {
        let is_it = |fact: &FactSlot| {
            let rest = fact.name.strip_prefix(group).and_then(|rest| rest.strip_prefix('.'));
            rest == Some(name)
        };
        let facts = &self.program.facts;
        let at = match facts.get(self.next) {
            Some(fact) if is_it(fact) => self.next,
            _ => facts.iter().position(is_it)?,
        };
        self.next = at + 1;
        Some(Slot(at as u16))
    }

    /// Whether facts have names that begin with `group.`.
    #[must_use]
    pub fn is_group(&self, group: &str) -> bool {
        self.program.facts.iter().any(|fact| fact.name.strip_prefix(group).is_some_and(|rest| rest.starts_with('.')))
    }

    /// Tells a fact by its dotted name; a record whose name is a group tells its members.
    pub fn tell(&mut self, name: &str, input: Input) {
        match self.find(name) {
            Some(slot) => self.tell_slot(slot, &input),
            None => match input {
                Input::Record(members) if self.is_group(name) => {
                    members.into_iter().for_each(|(member, input)| self.tell(&format!("{name}.{member}"), input));
                }
                input => self.unknown(name, &excerpt(&input)),
            },
        }
    }

    /// Reports a name that is no fact.
    pub fn unknown(&mut self, name: &str, given: &str) {
        let near = nearest(name, self.program.facts.iter().map(|fact| &*fact.name)).map(str::to_owned);
        let wanted = near.map_or(Wanted::Nothing, Wanted::Name);
        self.problem(name, ProblemCode::UnknownFact, given.to_owned(), wanted);
    }

    /// Reports a problem.
    pub fn problem(&mut self, fact: &str, code: ProblemCode, given: String, wanted: Wanted) {
        self.problems.push(FactProblem { fact: fact.to_owned(), code, given, wanted });
    }

    /// Tells a fact by its slot.
    pub fn tell_slot(&mut self, slot: Slot, input: &Input) {
        let Some(fact) = self.program.fact(slot) else { return };
        if self.again(slot) {
            self.twice(slot, input);
            return;
        }
        if let Some(integer) = self.quick(fact, input) {
            self.slots.set_narrow(slot, integer);
            return;
        }
        match read(fact, input) {
            Ok(value) => self.slots.set(slot, &fact.layout, value),
            Err(trouble) => {
                // A default is no answer once another was given: the fact is missing until it is told rightly.
                self.slots.set_state(slot, super::slots::State::Missing);
                self.problems.push(trouble.of(fact));
            }
        }
    }

    /// Reports a fact that was told before.
    fn twice(&mut self, slot: Slot, input: &Input) {
        let Some(fact) = self.program.fact(slot) else { return };
        self.problem(&fact.name, ProblemCode::Duplicate, excerpt(input), Wanted::Nothing);
    }

    /// Marks a slot as told; whether it had been.
    fn again(&mut self, slot: Slot) -> bool {
        let again = self.was_told(slot);
        let (word, bit) = (usize::from(slot.0) / 64, 1u64 << (slot.0 % 64));
        let (first, others) = &mut self.told;
        if others.len() < word {
            others.resize(word, 0);
        }
        *word.checked_sub(1).and_then(|word| others.get_mut(word)).unwrap_or(first) |= bit;
        again
    }

    fn was_told(&self, slot: Slot) -> bool {
        let (first, others) = &self.told;
        let told = match usize::from(slot.0) / 64 {
            0 => *first,
            word => others.get(word - 1).copied().unwrap_or(0),
        };
        told >> (slot.0 % 64) & 1 == 1
    }

    /// The integer of the commonest right answers, without a [`Value`] between.
    #[inline]
    fn quick(&self, fact: &FactSlot, input: &Input) -> Option<i64> {
        match (&fact.layout, input) {
            (Layout::Boolean, Input::Boolean(truth)) => Some(i64::from(*truth)),
            (Layout::Enumeration { values }, Input::Text(code)) => position(values, code).map(|at| at as i64),
            (Layout::Date { min, max }, Input::Text(text)) => {
                Date::parse(text).filter(|date| min <= date && date <= max).map(|date| i64::from(date.0))
            }
            (Layout::Number { scale, decimals, bounds: Some((least, greatest)), .. }, Input::Number(text)) => {
                scaled(text, decimals.map_or(*scale, |decimals| decimals.min(*scale)), *scale).filter(|integer| (least..=greatest).contains(&integer))
            }
            (Layout::Set { values }, Input::List(items)) => items.iter().try_fold(0i64, |mask, item| match item {
                Input::Text(code) => position(values, code).map(|bit| 1 << bit).filter(|bit| mask & bit == 0).map(|bit| mask | bit),
                _ => None,
            }),
            _ => None,
        }
    }
}

/// The integer that stands for a number of few digits, of which at most `decimals` lie behind the point.
fn scaled(text: &str, decimals: u8, scale: u8) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || whole.len() + usize::from(scale) > 17 || fraction.len() > usize::from(decimals) {
        return None;
    }
    let digits = whole.bytes().chain(fraction.bytes()).try_fold(0i64, |n, byte| byte.is_ascii_digit().then(|| n * 10 + i64::from(byte - b'0')))?;
    let missing = u32::from(scale) - fraction.len() as u32;
    let integer = digits * 10i64.pow(missing);
    Some(if text.starts_with('-') { -integer } else { integer })
}

/// A problem before it is known whose it is.
struct Trouble {
    place: String,
    code: ProblemCode,
    given: String,
    wanted: Wanted,
}

impl Trouble {
    fn new(code: ProblemCode, input: &Input, wanted: Wanted) -> Trouble {
        Trouble { place: String::new(), code, given: excerpt(input), wanted }
    }

    fn of(self, fact: &FactSlot) -> FactProblem {
        FactProblem { fact: format!("{}{}", fact.name, self.place), code: self.code, given: self.given, wanted: self.wanted }
    }

    fn within(mut self, place: &str) -> Trouble {
        self.place.insert_str(0, place);
        self
    }
}

/// A told value as the fact's declaration wants it, for hosts that hold many answers to one question.
///
/// # Errors
/// [`FactProblem`] where it does not fit; the fact counts as missing.
pub fn read_fact(fact: &FactSlot, input: &Input) -> Result<Fact<Value>, FactProblem> {
    read(fact, input).map_err(|trouble| trouble.of(fact))
}

/// A told value as the fact's declaration wants it.
fn read(fact: &FactSlot, input: &Input) -> Result<Fact<Value>, Trouble> {
    if *input == Input::Null {
        return match fact.optional {
            true => Ok(Fact::Null),
            false => Err(Trouble::new(ProblemCode::NullNotAllowed, input, Wanted::Nothing)),
        };
    }
    let wrong = |wanted| Trouble::new(ProblemCode::WrongType, input, Wanted::Type(wanted));
    let value = match (&fact.layout, input) {
        (Layout::Boolean, Input::Boolean(truth)) => Value::Boolean(*truth),
        (Layout::Boolean, _) => return Err(wrong("boolean")),
        (Layout::Number { decimals, min, max, .. }, Input::Number(text) | Input::Text(text)) => {
            Value::Number(number(input, text, *decimals, (*min, *max))?)
        }
        (Layout::Number { .. }, _) => return Err(wrong("number")),
        (Layout::Enumeration { values }, Input::Text(code)) => member(values, input, code)?,
        (Layout::Enumeration { .. }, _) => return Err(wrong("string")),
        (Layout::Set { values }, Input::List(items)) => set(values, items)?,
        (Layout::Set { .. }, _) => return Err(wrong("list of string")),
        (Layout::Date { min, max }, Input::Text(text)) => {
            let date = Date::parse(text).ok_or_else(|| Trouble::new(ProblemCode::BadDate, input, Wanted::Type("YYYY-MM-DD")))?;
            if date < *min || date > *max {
                let bounds = Wanted::Bounds(Some(min.to_string()), Some(max.to_string()));
                return Err(Trouble::new(ProblemCode::OutOfBounds, input, bounds));
            }
            Value::Date(date)
        }
        (Layout::Date { .. }, _) => return Err(wrong("date")),
        (Layout::Time, Input::Text(text)) => {
            Value::Time(Time::parse(text).ok_or_else(|| Trouble::new(ProblemCode::BadTime, input, Wanted::Type("HH:MM:SS")))?)
        }
        (Layout::Time, _) => return Err(wrong("time")),
        (Layout::DateTime, Input::Text(text)) => {
            let wanted = Wanted::Type("YYYY-MM-DDTHH:MM:SS");
            Value::DateTime(DateTime::parse(text).ok_or_else(|| Trouble::new(ProblemCode::BadDate, input, wanted))?)
        }
        (Layout::DateTime, _) => return Err(wrong("date and time")),
        (Layout::Text { max_length, .. }, Input::Text(text)) => text_within(text, *max_length, input)?,
        (Layout::Text { .. }, _) => return Err(wrong("string")),
        (Layout::Texts { max_items }, Input::List(items)) => {
            at_most(items, *max_items)?;
            let texts = items.iter().enumerate().map(|(at, item)| match item {
                Input::Text(text) => text_within(text, 1_000, item),
                other => Err(Trouble::new(ProblemCode::WrongType, other, Wanted::Type("string"))),
            }.map_err(|trouble| trouble.within(&format!("[{}]", at + 1))));
            Value::List(texts.collect::<Result<_, _>>()?)
        }
        (Layout::Texts { .. }, _) => return Err(wrong("list of string")),
        (Layout::Records { fields, max_items }, Input::List(items)) => {
            at_most(items, *max_items)?;
            let records = items.iter().enumerate().map(|(at, item)| record(fields, item).map_err(|trouble| trouble.within(&format!("[{}]", at + 1))));
            Value::List(records.collect::<Result<_, _>>()?)
        }
        (Layout::Records { .. }, _) => return Err(wrong("list of records")),
    };
    Ok(Fact::Known(value))
}

fn number(input: &Input, text: &str, decimals: Option<u8>, (min, max): (Option<Decimal>, Option<Decimal>)) -> Result<Decimal, Trouble> {
    let Some(number) = Decimal::parse_exact(text) else {
        let code = if Decimal::parse(text).is_some() { ProblemCode::TooManyDigits } else { ProblemCode::WrongType };
        let wanted = if code == ProblemCode::TooManyDigits { Wanted::AtMost(34) } else { Wanted::Type("number") };
        return Err(Trouble::new(code, input, wanted));
    };
    if let Some(decimals) = decimals
        && number.round(i32::from(decimals), crate::value::Rounding::Down) != Some(number)
    {
        return Err(match decimals {
            0 => Trouble::new(ProblemCode::WrongType, input, Wanted::Type("integer")),
            _ => Trouble::new(ProblemCode::TooManyDigits, input, Wanted::AtMost(u32::from(decimals))),
        });
    }
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let bounds = Wanted::Bounds(min.map(|min| min.to_string()), max.map(|max| max.to_string()));
        return Err(Trouble::new(ProblemCode::OutOfBounds, input, bounds));
    }
    Ok(number)
}

fn member(values: &[Coded], input: &Input, code: &str) -> Result<Value, Trouble> {
    let code = nfc(code);
    position(values, &code).and_then(|at| values.get(at)).map(|value| Value::Text(value.code.clone())).ok_or_else(|| {
        let codes: Vec<Arc<str>> = values.iter().map(|value| value.code.clone()).collect();
        let near = nearest(&code, codes.iter().map(|code| &**code)).map(str::to_owned);
        Trouble::new(ProblemCode::NotInEnumeration, input, Wanted::Codes(codes, near))
    })
}

/// Each code at most once, in the declared order.
fn set(values: &[Coded], items: &[Input]) -> Result<Value, Trouble> {
    at_most(items, values.len() as u32)?;
    let mut present = vec![false; values.len()];
    for (number, item) in items.iter().enumerate() {
        let place = format!("[{}]", number + 1);
        let Input::Text(code) = item else {
            return Err(Trouble::new(ProblemCode::WrongType, item, Wanted::Type("string")).within(&place));
        };
        member(values, item, code).map_err(|trouble| trouble.within(&place))?;
        if let Some(seen) = position(values, &nfc(code)).and_then(|at| present.get_mut(at)) {
            if *seen {
                return Err(Trouble::new(ProblemCode::Duplicate, item, Wanted::Nothing).within(&place));
            }
            *seen = true;
        }
    }
    let members = values.iter().zip(&present).filter(|(_, present)| **present).map(|(value, _)| Value::Text(value.code.clone()));
    Ok(Value::List(members.collect()))
}

fn record(fields: &[FactSlot], input: &Input) -> Result<Value, Trouble> {
    let Input::Record(members) = input else {
        return Err(Trouble::new(ProblemCode::WrongType, input, Wanted::Type("record")));
    };
    for (at, (name, value)) in members.iter().enumerate() {
        let place = format!(".{name}");
        if fields.iter().all(|field| *field.name != **name) {
            let near = nearest(name, fields.iter().map(|field| &*field.name)).map(str::to_owned);
            return Err(Trouble::new(ProblemCode::UnknownFact, value, near.map_or(Wanted::Nothing, Wanted::Name)).within(&place));
        }
        if members.iter().take(at).any(|(other, _)| other == name) {
            return Err(Trouble::new(ProblemCode::Duplicate, value, Wanted::Nothing).within(&place));
        }
    }
    let entries = fields.iter().map(|field| {
        let told = members.iter().find(|(name, _)| **name == *field.name);
        let value = match (told, &field.default) {
            (Some((_, value)), _) => read(field, value).map_err(|trouble| trouble.within(&format!(".{}", field.name)))?,
            (None, Some(default)) => Fact::Known(default.clone()),
            (None, None) if field.optional => Fact::Null,
            (None, None) => {
                return Err(Trouble::new(ProblemCode::IncompleteRecord, input, Wanted::Name(field.name.to_string())));
            }
        };
        let value = match value {
            Fact::Known(value) => value,
            Fact::Null | Fact::Missing => Value::Null,
        };
        Ok((field.name.clone(), value))
    });
    Ok(Value::Context(Arc::new(Context(entries.collect::<Result<_, _>>()?))))
}

fn text_within(text: &str, max_length: u32, input: &Input) -> Result<Value, Trouble> {
    let text = nfc(text);
    if text.chars().nth(max_length as usize).is_some() {
        return Err(Trouble::new(ProblemCode::TooLong, input, Wanted::AtMost(max_length)));
    }
    Ok(Value::Text(text.as_ref().into()))
}

fn at_most(items: &[Input], max: u32) -> Result<(), Trouble> {
    if items.len() > max as usize {
        let given = format!("{} items", items.len());
        return Err(Trouble { place: String::new(), code: ProblemCode::TooMany, given, wanted: Wanted::AtMost(max) });
    }
    Ok(())
}

fn position(values: &[Coded], code: &str) -> Option<usize> {
    values.iter().position(|value| &*value.code == code)
}

/// What was told, as short text.
fn excerpt(input: &Input) -> String {
    match input {
        Input::Null => "null".to_owned(),
        Input::Boolean(truth) => truth.to_string(),
        Input::Number(text) => short(text),
        Input::Text(text) => format!("\"{}\"", short(text)),
        Input::Foreign(what) => short(what),
        Input::List(items) => foreign_within(input).unwrap_or_else(|| format!("a list of {}", items.len())),
        Input::Record(members) => foreign_within(input).unwrap_or_else(|| format!("a record of {}", members.len())),
    }
}

/// What no fact can be says more than the list or record that it stands in.
fn foreign_within(input: &Input) -> Option<String> {
    match input {
        Input::Foreign(what) => Some(short(what)),
        Input::List(items) => items.iter().find_map(foreign_within),
        Input::Record(members) => members.iter().find_map(|(_, member)| foreign_within(member)),
        Input::Null | Input::Boolean(_) | Input::Number(_) | Input::Text(_) => None,
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_owned(),
    }
}
