//! Reads what is said of a population: YAML, or JSON, which is YAML too.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::draw::{Draw, FieldDraw, step, usual};
use super::hints::Hints;
use super::random::{Rate, Weights};
use super::spread::Spread;
use super::{Profile, Wish, draw};
use crate::compile::program::{Coded, FactSlot, Layout, Program, Slot};
use crate::diagnostics::{Code, Diagnostic, Parsed, nearest};
use crate::model::{Yaml, read_yaml};
use crate::source::{SourceId, SourceMap, Span};
use crate::value::{Date, Decimal, Value};

const TOP: &[&str] = &["missing", "idle", "facts"];
const OF_FACT: &[&str] = &["missing", "null", "weights", "rates", "ranges", "count", "fields", "same_as", "agrees", "after"];
const OF_RANGE: &[&str] = &["from", "to", "weight"];
const OF_AFTER: &[&str] = &["fact", "from", "to"];

/// Reads the profile that a text of `sources` holds, for the facts of a program and dates relative to a day.
#[must_use]
pub fn read_profile(sources: &SourceMap, id: SourceId, program: &Program, as_of: Date) -> Parsed<Profile> {
    let document = read_yaml(sources, id);
    let mut reader = Reader { program, as_of, diagnostics: document.diagnostics };
    let value = document.value.map_or_else(Profile::default, |root| reader.profile(&root));
    Parsed { value, diagnostics: reader.diagnostics }
}

struct Reader<'p> {
    program: &'p Program,
    as_of: Date,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn profile(&mut self, root: &Yaml) -> Profile {
        let mut profile = Profile::default();
        if root.is_null() {
            return profile;
        }
        for (key, value) in self.keys(root, TOP) {
            match key {
                "missing" => profile.missing = self.rate(value).unwrap_or(Rate::NEVER),
                "idle" => profile.idle = self.rate(value).unwrap_or(Rate::NEVER),
                _ => profile.facts = self.facts(value),
            }
        }
        profile
    }

    fn facts(&mut self, yaml: &Yaml) -> BTreeMap<Slot, Wish> {
        let mut facts = BTreeMap::new();
        for (name, yaml) in self.entries(yaml) {
            let Some(slot) = self.slot(name.0, name.1) else { continue };
            let program = self.program;
            if let Some(fact) = program.fact(slot) {
                let wish = self.wish(fact, yaml);
                facts.insert(slot, wish);
            }
        }
        facts
    }

    fn slot(&mut self, name: &str, span: Span) -> Option<Slot> {
        let slot = self.program.slot(name);
        if slot.is_none() {
            let near = nearest(name, self.program.facts.iter().map(|fact| &*fact.name));
            self.problem(Code::UnknownFact, span, format!("no fact `{name}` in procedure `{}`", self.program.code), near);
        }
        slot
    }

    fn wish(&mut self, fact: &FactSlot, yaml: &Yaml) -> Wish {
        let mut wish = Wish::default();
        let mut agrees = None;
        for (key, value) in self.keys(yaml, OF_FACT) {
            match key {
                "missing" => wish.missing = self.rate(value),
                "null" => wish.null = self.rate(value),
                "agrees" => agrees = self.rate(value),
                "same_as" => wish.same_as = self.named_slot(value).map(|slot| (slot, Rate::ALWAYS)),
                "after" => wish.after = self.after(fact, value),
                _ => {}
            }
        }
        if let (Some((_, rate)), Some(agrees)) = (&mut wish.same_as, agrees) {
            *rate = agrees;
        }
        if let Some((other, _)) = wish.same_as
            && self.program.fact(other).is_none_or(|other| other.layout != fact.layout)
        {
            self.problem(Code::TypeMismatch, yaml.span, format!("`{}` is of another kind than the fact it is to be the same as", fact.name), None);
            wish.same_as = None;
        }
        wish.draw = self.draw(fact, yaml);
        wish
    }

    fn named_slot(&mut self, yaml: &Yaml) -> Option<Slot> {
        let (text, _) = yaml.scalar()?;
        self.slot(text, yaml.span)
    }

    fn after(&mut self, fact: &FactSlot, yaml: &Yaml) -> Option<(Slot, Spread)> {
        let keys = self.keys(yaml, OF_AFTER);
        let get = |name: &str| keys.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let (Some(of), Some(from), Some(to)) = (get("fact"), get("from"), get("to")) else {
            self.problem(Code::MissingKey, yaml.span, "`after` wants `fact`, `from` and `to`, the last two in days".to_owned(), None);
            return None;
        };
        let slot = self.named_slot(of)?;
        let is_date = |fact: Option<&FactSlot>| fact.is_some_and(|fact| matches!(fact.layout, Layout::Date { .. }));
        if !is_date(Some(fact)) || !is_date(self.program.fact(slot)) {
            self.problem(Code::TypeMismatch, yaml.span, "`after` is about two dates".to_owned(), None);
            return None;
        }
        let (low, high) = (self.scaled(from, 0)?, self.scaled(to, 0)?);
        self.spread([(1, low, high)], 1, yaml).map(|spread| (slot, spread))
    }

    /// How the values of a fact or a field are drawn; `None` if nothing is said of it.
    fn draw(&mut self, fact: &FactSlot, yaml: &Yaml) -> Option<Draw> {
        let said = |key: &str| yaml.get(key);
        if let Some(weights) = said("weights") {
            return self.weighed(fact, weights);
        }
        if let Some(rates) = said("rates") {
            return self.rates(fact, rates);
        }
        if let Some(ranges) = said("ranges") {
            return self.ranges(fact, ranges);
        }
        match &fact.layout {
            Layout::Records { fields, max_items } if said("count").is_some() || said("fields").is_some() => {
                let count = match said("count") {
                    Some(count) => self.count(count, *max_items)?,
                    None => Weights::even(4.min(*max_items as usize + 1)),
                };
                let fields = fields.iter().map(|field| self.field(field, said("fields").and_then(|all| all.get(&field.name)))).collect();
                if let Some(all) = said("fields") {
                    let names: Vec<&str> = self.fields_of(fact);
                    self.keys(all, &names);
                }
                Some(Draw::Records(count, fields))
            }
            _ => None,
        }
    }

    fn fields_of<'f>(&self, fact: &'f FactSlot) -> Vec<&'f str> {
        match &fact.layout {
            Layout::Records { fields, .. } => fields.iter().map(|field| &*field.name).collect(),
            _ => Vec::new(),
        }
    }

    fn field(&mut self, field: &FactSlot, yaml: Option<&Yaml>) -> FieldDraw {
        let said = yaml.and_then(|yaml| self.draw(field, yaml));
        let null = yaml.and_then(|yaml| yaml.get("null")).and_then(|yaml| self.rate(yaml));
        FieldDraw {
            name: field.name.clone(),
            layout: field.layout.clone(),
            null: if field.optional { null.unwrap_or(draw::NULL) } else { Rate::NEVER },
            draw: said.unwrap_or_else(|| usual(field, None, &Hints::default(), self.as_of)),
        }
    }

    fn weighed(&mut self, fact: &FactSlot, yaml: &Yaml) -> Option<Draw> {
        let mut given: Vec<(Arc<str>, Span, u64)> = Vec::new();
        for ((name, span), value) in self.entries(yaml) {
            given.push((name.into(), span, self.weight(value)?));
        }
        let draw = match &fact.layout {
            Layout::Boolean => {
                let at = |name: &str| given.iter().find(|(given, ..)| **given == *name).map_or(0, |(.., weight)| *weight);
                self.known(&given, &["true", "false"])?;
                Draw::Codes(Weights::new([at("false"), at("true")]))
            }
            Layout::Enumeration { values } => {
                self.known(&given, &codes(values))?;
                let of = |code: &Coded| given.iter().find(|(name, ..)| **name == *code.code).map_or(0, |(.., weight)| *weight);
                Draw::Codes(Weights::new(values.iter().map(of)))
            }
            Layout::Number { .. } | Layout::Date { .. } => {
                let pieces = given.iter().map(|(text, span, weight)| {
                    let at = self.point(fact, text, *span)?;
                    Some((*weight, at, at))
                });
                let pieces = pieces.collect::<Option<Vec<_>>>()?;
                Draw::Spread(self.spread(pieces, 1, yaml)?)
            }
            Layout::Text { .. } => {
                let weights = Weights::new(given.iter().map(|(.., weight)| *weight));
                Draw::Values(given.iter().map(|(text, ..)| Value::Text(text.clone())).collect(), weights)
            }
            _ => return self.not_for(fact, "weights", yaml),
        };
        if let Draw::Codes(weights) | Draw::Values(_, weights) = &draw
            && weights.is_empty()
        {
            self.problem(Code::BadNumber, yaml.span, format!("no value of `{}` has a weight", fact.name), None);
            return None;
        }
        Some(draw)
    }

    fn known(&mut self, given: &[(Arc<str>, Span, u64)], codes: &[&str]) -> Option<()> {
        let unknown = given.iter().find(|(name, ..)| codes.iter().all(|code| *code != &**name));
        let Some((name, span, _)) = unknown else { return Some(()) };
        self.problem(Code::UnknownValue, *span, format!("`{name}` is not one of `{}`", codes.join("`, `")), nearest(name, codes.iter().copied()));
        None
    }

    fn rates(&mut self, fact: &FactSlot, yaml: &Yaml) -> Option<Draw> {
        let mut given = Vec::new();
        for ((name, span), value) in self.entries(yaml) {
            given.push((Arc::<str>::from(name), span, self.rate(value)?));
        }
        match &fact.layout {
            Layout::Set { values } => {
                let names: Vec<_> = given.iter().map(|(name, span, _)| (name.clone(), *span, 0)).collect();
                self.known(&names, &codes(values))?;
                let of = |code: &Coded| given.iter().find(|(name, ..)| *name == code.code).map_or(Rate::NEVER, |(.., rate)| *rate);
                Some(Draw::Bits(values.iter().map(of).collect()))
            }
            Layout::Texts { .. } => Some(Draw::Texts(given.into_iter().map(|(name, _, rate)| (name, rate)).collect())),
            _ => self.not_for(fact, "rates", yaml),
        }
    }

    fn ranges(&mut self, fact: &FactSlot, yaml: &Yaml) -> Option<Draw> {
        let Some(items) = yaml.items() else {
            self.problem(Code::WrongShape, yaml.span, format!("`ranges` must be a list, not {}", yaml.what()), None);
            return None;
        };
        let mut ranges = Vec::new();
        for item in items {
            let keys = self.keys(item, OF_RANGE);
            let get = |name: &str| keys.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
            let (Some(from), Some(to)) = (get("from"), get("to")) else {
                self.problem(Code::MissingKey, item.span, "a range wants `from` and `to`".to_owned(), None);
                return None;
            };
            let mut end = |yaml: &Yaml| yaml.scalar().and_then(|(text, _)| self.point(fact, text, yaml.span));
            let (low, high) = (end(from)?, end(to)?);
            let weight = match get("weight") {
                Some(weight) => self.weight(weight)?,
                None => 1,
            };
            ranges.push((weight, low, high));
        }
        let step = match &fact.layout {
            Layout::Number { scale, decimals, .. } => step(*scale, *decimals),
            _ => 1,
        };
        match &fact.layout {
            Layout::DateTime => Some(Draw::Moment(self.spread(ranges, 1, yaml)?)),
            Layout::Number { .. } | Layout::Date { .. } => Some(Draw::Spread(self.spread(ranges, step, yaml)?)),
            _ => self.not_for(fact, "ranges", yaml),
        }
    }

    fn spread(&mut self, ranges: impl IntoIterator<Item = (u64, i64, i64)>, step: i64, yaml: &Yaml) -> Option<Spread> {
        let ranges: Vec<_> = ranges.into_iter().collect();
        let spread = Spread::new(ranges.iter().copied(), step).filter(|_| ranges.iter().all(|(_, low, high)| low <= high));
        if spread.is_none() {
            self.problem(Code::BadNumber, yaml.span, "a range ends before it begins, or none has a weight".to_owned(), None);
        }
        spread
    }

    /// A number at a fact's scale or a day, within what the fact allows.
    fn point(&mut self, fact: &FactSlot, text: &str, span: Span) -> Option<i64> {
        let (point, low, high) = match &fact.layout {
            Layout::Number { scale, min, max, .. } => {
                let number = Decimal::parse(text);
                let within = number.is_some_and(|number| min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max));
                let written = |end: &Option<Decimal>| end.map_or_else(|| "…".to_owned(), |end| end.to_string());
                (number.and_then(|number| number.scaled(*scale)).filter(|_| within), written(min), written(max))
            }
            Layout::Date { min, max } => {
                let day = relative(self.as_of, text).filter(|day| min <= day && day <= max);
                (day.map(|day| i64::from(day.0)), min.to_string(), max.to_string())
            }
            _ => (relative(self.as_of, text).map(|day| i64::from(day.0)), Date(i32::MIN / 4).to_string(), String::new()),
        };
        if point.is_none() {
            let message = format!("`{text}` is no value of `{}`, which lies between {low} and {high}", fact.name);
            self.problem(Code::BadNumber, span, message, None);
        }
        point
    }

    fn count(&mut self, yaml: &Yaml, max_items: u32) -> Option<Weights> {
        let mut weights = vec![0; max_items as usize + 1];
        for ((name, span), value) in self.entries(yaml) {
            let weight = self.weight(value)?;
            match name.parse::<usize>().ok().and_then(|at| weights.get_mut(at)) {
                Some(place) => *place = weight,
                None => {
                    self.problem(Code::BadNumber, span, format!("`{name}` is no number of records up to {max_items}"), None);
                    return None;
                }
            }
        }
        Some(Weights::new(weights))
    }

    fn rate(&mut self, yaml: &Yaml) -> Option<Rate> {
        let rate = self.millionths(yaml).and_then(Rate::millionths);
        if rate.is_none() {
            self.problem(Code::BadNumber, yaml.span, "a rate is a number from 0 to 1, such as `0.05`".to_owned(), None);
        }
        rate
    }

    /// A weight counts in millionths, so that shares such as `0.3` are weights too.
    fn weight(&mut self, yaml: &Yaml) -> Option<u64> {
        let weight = self.millionths(yaml).and_then(|parts| u64::try_from(parts).ok()).filter(|weight| *weight <= Weights::MOST);
        if weight.is_none() {
            self.problem(Code::BadNumber, yaml.span, "a weight is a number from 0 to 1000000, such as `30` or `0.3`".to_owned(), None);
        }
        weight
    }

    fn millionths(&self, yaml: &Yaml) -> Option<i64> {
        Decimal::parse(yaml.scalar()?.0)?.round(6, crate::value::Rounding::HalfUp)?.scaled(6)
    }

    fn scaled(&mut self, yaml: &Yaml, scale: u8) -> Option<i64> {
        let number = yaml.scalar().and_then(|(text, _)| Decimal::parse(text)?.scaled(scale));
        if number.is_none() {
            self.problem(Code::BadNumber, yaml.span, "a whole number is wanted here".to_owned(), None);
        }
        number
    }

    fn not_for(&mut self, fact: &FactSlot, key: &str, yaml: &Yaml) -> Option<Draw> {
        self.problem(Code::UnknownKey, yaml.span, format!("`{key}` says nothing about a fact such as `{}`", fact.name), None);
        None
    }

    /// The entries of a mapping whose keys are known.
    fn keys<'y, 'k>(&mut self, yaml: &'y Yaml, known: &[&'k str]) -> Vec<(&'k str, &'y Yaml)> {
        let mut found = Vec::new();
        for ((name, span), value) in self.entries(yaml) {
            match known.iter().find(|key| **key == name) {
                Some(key) => found.push((*key, value)),
                None => self.problem(Code::UnknownKey, span, format!("no `{name}` here; it is one of `{}`", known.join("`, `")), nearest(name, known.iter().copied())),
            }
        }
        found
    }

    fn entries<'y>(&mut self, yaml: &'y Yaml) -> Vec<((&'y str, Span), &'y Yaml)> {
        match yaml.entries() {
            Some(entries) => entries.iter().map(|(name, value)| ((&*name.value, name.span), value)).collect(),
            None => {
                self.problem(Code::WrongShape, yaml.span, format!("a mapping is wanted here, not {}", yaml.what()), None);
                Vec::new()
            }
        }
    }

    fn problem(&mut self, code: Code, span: Span, message: String, near: Option<&str>) {
        let problem = Diagnostic::new(code, span, message);
        self.diagnostics.push(match near {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        });
    }
}

fn codes(values: &[Coded]) -> Vec<&str> {
    values.iter().map(|value| &*value.code).collect()
}

/// A day: `2026-05-01`, or so long before or after `as_of`: `-80y`, `-6m`, `30d`, `0d`.
fn relative(as_of: Date, text: &str) -> Option<Date> {
    if let Some(day) = Date::parse(text) {
        return Some(day);
    }
    let at = text.len().checked_sub(1)?;
    let (number, unit) = text.split_at_checked(at)?;
    let number: i32 = number.strip_prefix('+').unwrap_or(number).parse().ok()?;
    match unit {
        "d" => Some(as_of.plus_days(number)),
        "m" => as_of.plus_months(number),
        "y" => as_of.plus_months(number.checked_mul(12)?),
        _ => None,
    }
}
