//! How the values of one fact are drawn.

use std::sync::Arc;

use super::hints::Hints;
use super::person;
use super::random::{Rate, Stream, Weights};
use super::spread::Spread;
use crate::compile::program::{FactSlot, Layout, Slot};
use crate::eval::slots::widen;
use crate::value::{Context, Date, DateTime, Time, Value};

/// How the values of a fact are drawn.
#[derive(Clone, Debug)]
pub enum Draw {
    /// The position of a code or a truth.
    Codes(Weights),
    /// Each code of a set by itself.
    Bits(Vec<Rate>),
    /// A number at its slot's scale, a day, or the minute of a day.
    Spread(Spread),
    /// A moment: its day, at a minute of office hours.
    Moment(Spread),
    /// A personal number.
    PersonalId,
    /// A name.
    Name,
    /// A telephone number.
    Phone,
    /// A short text.
    Words,
    /// One of some values.
    Values(Vec<Value>, Weights),
    /// Each of some texts by itself.
    Texts(Vec<(Arc<str>, Rate)>),
    /// So many records of these fields.
    Records(Weights, Vec<FieldDraw>),
}

/// How a field of a record is drawn.
#[derive(Clone, Debug)]
pub struct FieldDraw {
    /// Its name.
    pub name: Arc<str>,
    /// How the slot of such a fact would hold it.
    pub layout: Layout,
    /// How often it is null.
    pub null: Rate,
    /// How its values are drawn.
    pub draw: Draw,
}

/// What of a person the personal number of a case says.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// The year of birth.
    pub year: Option<i32>,
    /// The sex.
    pub female: Option<bool>,
}

const MINUTES: i64 = 24 * 60;

impl Draw {
    /// The integer of the n-th case, where the fact has one.
    #[inline]
    #[must_use]
    pub fn narrow(&self, stream: Stream, n: u64) -> Option<i64> {
        match self {
            Draw::Codes(weights) => Some(weights.choose(stream.at(n)) as i64),
            Draw::Spread(spread) => Some(spread.at(stream, n)),
            Draw::Bits(rates) => {
                let own = stream.within(n);
                Some(rates.iter().zip(0u32..).filter(|(rate, bit)| own.hits(u64::from(*bit), **rate)).fold(0, |bits, (_, bit)| bits | 1 << bit))
            }
            _ => None,
        }
    }

    /// The value of the n-th case.
    #[must_use]
    pub fn value(&self, layout: &Layout, stream: Stream, n: u64, person: Person) -> Value {
        let own = stream.within(n);
        match (self, layout) {
            (Draw::Values(values, weights), _) => values.get(weights.choose(stream.at(n))).cloned().unwrap_or(Value::Null),
            (Draw::Spread(minutes), Layout::Time) => Value::Time(clock(minutes.at(stream, n))),
            (Draw::Moment(days), _) => {
                let day = Date(days.at(stream, n) as i32);
                Value::DateTime(DateTime::new(day, clock(8 * 60 + own.below(0, 9 * 60) as i64)))
            }
            (Draw::Codes(_) | Draw::Bits(_) | Draw::Spread(_), _) => self.narrow(stream, n).map_or(Value::Null, |integer| widen(layout, integer)),
            (Draw::PersonalId, _) => {
                let year = person.year.unwrap_or_else(|| 1945 + own.below(2, 65) as i32);
                Value::text(&person::personal_id(own, year, person.female.unwrap_or_else(|| own.below(3, 2) == 1)))
            }
            (Draw::Name, _) => Value::text(&person::name(own)),
            (Draw::Phone, _) => Value::text(&person::phone(own)),
            (Draw::Words, Layout::Text { max_length, .. }) => {
                let text = format!("synthetic {}", own.below(0, 1000));
                Value::text(&text.chars().take(*max_length as usize).collect::<String>())
            }
            (Draw::Words, _) => Value::Null,
            (Draw::Texts(texts), _) => {
                let told = texts.iter().zip(0u64..).filter(|((_, rate), at)| own.hits(*at, *rate));
                Value::List(told.map(|((text, _), _)| Value::Text(text.clone())).collect())
            }
            (Draw::Records(count, fields), _) => {
                let records = (0..count.choose(own.at(0)) as u64).map(|record| {
                    let members = fields.iter().map(|field| {
                        let stream = Stream::named(own.at(record + 1), &field.name);
                        let null = stream.within(1).hits(0, field.null);
                        (field.name.clone(), if null { Value::Null } else { field.draw.value(&field.layout, stream, 0, person) })
                    });
                    Value::Context(Arc::new(Context(members.collect())))
                });
                Value::List(records.collect())
            }
        }
    }
}

fn clock(minute: i64) -> Time {
    let minute = minute.rem_euclid(MINUTES) as u64;
    Time { nanos: minute * 60_000_000_000, offset: None }
}

/// How often what may be null is null, if nothing else is said.
pub const NULL: Rate = Rate::percent(20);

/// How values are drawn if nothing else is said of the fact.
#[must_use]
pub fn usual(fact: &FactSlot, slot: Option<Slot>, hints: &Hints, as_of: Date) -> Draw {
    match &fact.layout {
        Layout::Boolean => Draw::Codes(Weights::even(2)),
        Layout::Enumeration { values } => Draw::Codes(Weights::even(values.len())),
        Layout::Set { values } => Draw::Bits(values.iter().map(|_| Rate::percent(10)).collect()),
        Layout::Number { .. } => Draw::Spread(numbers(&fact.layout, slot.and_then(|slot| hints.thresholds.get(&slot)))),
        Layout::Date { min, max } => Draw::Spread(days((*min, *max), when(slot, hints), as_of)),
        Layout::DateTime => Draw::Moment(days((Date(i32::MIN), Date(i32::MAX)), When::Lately, as_of)),
        Layout::Time => Draw::Spread(Spread::new([(1, 8 * 60, 17 * 60)], 1).unwrap_or_else(|| Spread::only(0))),
        Layout::Text { personal_id: true, .. } => Draw::PersonalId,
        Layout::Text { .. } if fact.name.ends_with("name") => Draw::Name,
        Layout::Text { .. } if fact.name.ends_with("phone") => Draw::Phone,
        Layout::Text { .. } => Draw::Words,
        Layout::Texts { .. } => Draw::Texts(Vec::new()),
        Layout::Records { fields, max_items } => {
            let most = (*max_items as usize).min(3);
            let fields = fields.iter().map(|field| FieldDraw {
                name: field.name.clone(),
                layout: field.layout.clone(),
                null: if field.optional { NULL } else { Rate::NEVER },
                draw: usual(field, None, hints, as_of),
            });
            Draw::Records(Weights::even(most + 1), fields.collect())
        }
    }
}

/// When the days of a fact lie.
enum When {
    /// A life long.
    Life,
    /// Around the moment, before and after it.
    Around,
    /// In the two years before it.
    Lately,
}

fn when(slot: Option<Slot>, hints: &Hints) -> When {
    match slot {
        Some(slot) if hints.aged.contains(&slot) => When::Life,
        Some(slot) if hints.ahead.contains(&slot) => When::Around,
        _ => When::Lately,
    }
}

fn days((min, max): (Date, Date), when: When, as_of: Date) -> Spread {
    let ago = |years: i32| as_of.plus_months(-12 * years).unwrap_or(as_of);
    let ranges = match when {
        When::Life => vec![(1, ago(85), as_of)],
        When::Around => vec![(3, ago(2), as_of), (7, as_of.plus_days(1), ago(-10))],
        When::Lately => vec![(6, as_of.plus_days(-90), as_of), (4, ago(2), as_of)],
    };
    let within = ranges.into_iter().map(|(weight, low, high)| (weight, i64::from(low.max(min).0), i64::from(high.min(max).0)));
    Spread::new(within, 1).or_else(|| Spread::new([(1, min.0.into(), max.0.into())], 1)).unwrap_or_else(|| Spread::only(0))
}

/// Numbers around the thresholds of the rules; where there are none, small ones mostly.
fn numbers(layout: &Layout, thresholds: Option<&std::collections::BTreeSet<i64>>) -> Spread {
    let Layout::Number { scale, decimals, bounds, .. } = layout else { return Spread::only(0) };
    let one = 10i64.checked_pow(u32::from(*scale)).unwrap_or(1);
    let (min, max) = bounds.map_or((0, i64::MAX), |(min, max)| (if min == i64::MIN { 0.min(max) } else { min }, max));
    let highest = thresholds.and_then(|points| points.last().copied());
    let ranges = match highest {
        Some(highest) => vec![(1, min, min.max(highest).saturating_mul(2).max(min.saturating_add(one)))],
        None if max.saturating_sub(min) <= one.saturating_mul(1000) => vec![(1, min, max)],
        None => [(5, 10), (4, 1000), (1, 1_000_000)].map(|(weight, most)| (weight, min, min.saturating_add(one.saturating_mul(most)))).to_vec(),
    };
    Spread::new(ranges.into_iter().map(|(weight, low, high)| (weight, low, high.min(max))), step(*scale, *decimals)).unwrap_or_else(|| Spread::only(0))
}

/// How far two numbers of a fact are apart: not finer than it allows, nor than a hundredth.
#[must_use]
pub fn step(scale: u8, decimals: Option<u8>) -> i64 {
    let places = decimals.unwrap_or(scale).min(scale).min(2);
    10i64.checked_pow(u32::from(scale - places)).unwrap_or(1)
}
