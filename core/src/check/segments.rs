//! The values of a table's input, cut where its tests can change their answer.
//!
//! A test that only compares the input with constants gives one answer on every segment of the axis. So overlaps,
//! gaps and the index of a table are found by asking each test once a segment, exactly and for any shape of test.

use std::cmp::Ordering;

use super::typed::{Expr, Kind};
use crate::feel::ast::CompareOp;
use crate::value::{self, Type, Value};

/// An axis: how the values of an input are cut.
#[derive(Clone, Debug, PartialEq)]
pub enum Axis {
    /// The codes of an enumeration; segment n is the n-th.
    Codes(Vec<Value>),
    /// False, then true.
    Boolean,
    /// Ordered values at which a test may change: before the first, at it, between it and the next, …
    Points(Vec<Value>),
}

/// Rising half-open runs of segments; `None` where a test passes everything or cannot be told.
pub type Runs = Option<Vec<(u32, u32)>>;

/// What a test is asked about.
#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    /// One value.
    At(&'a Value),
    /// All values strictly between a point (or no bound) and the next one.
    After(Option<&'a Value>),
}

impl Axis {
    /// The axis of an input under tests of it; `None` if a test does more than compare the input with constants.
    #[must_use]
    pub fn new<'e>(input: &Expr, tests: impl Iterator<Item = &'e Expr>) -> Option<Axis> {
        let mut constants = Vec::new();
        for test in tests {
            collect(test, input, &mut constants)?;
        }
        match input.of.without_null() {
            Type::Boolean => Some(Axis::Boolean),
            Type::Enumeration(codes) => Some(Axis::Codes(codes.iter().map(|code| Value::Text(code.clone())).collect())),
            Type::Number | Type::Date => {
                let mut points = constants;
                points.retain(|point| *point != Value::Null);
                points.sort_by(|a, b| value::compare(a, b).unwrap_or(Ordering::Equal));
                points.dedup();
                Some(Axis::Points(points))
            }
            _ => None,
        }
    }

    /// How many segments there are, the one for null not counted.
    #[must_use]
    pub fn segments(&self) -> usize {
        match self {
            Axis::Codes(codes) => codes.len(),
            Axis::Boolean => 2,
            Axis::Points(points) => 2 * points.len() + 1,
        }
    }

    /// Whether a test holds on a segment; segment number [`Axis::segments`] is null.
    #[must_use]
    pub fn holds(&self, test: &Expr, input: &Expr, segment: usize) -> Option<bool> {
        let (no, yes) = (Value::Boolean(false), Value::Boolean(true));
        let place = match self {
            _ if segment >= self.segments() => Place::At(&Value::Null),
            Axis::Codes(codes) => Place::At(codes.get(segment)?),
            Axis::Boolean => Place::At(if segment == 1 { &yes } else { &no }),
            Axis::Points(points) if segment % 2 == 1 => Place::At(points.get(segment / 2)?),
            Axis::Points(points) => {
                Place::After((segment / 2).checked_sub(1).and_then(|before| points.get(before)))
            }
        };
        holds(test, input, place).map(|truth| truth == Some(true))
    }
}

impl Axis {
    /// The rising half-open runs of segments (null is the one after the last) at which a test holds.
    ///
    /// Only the test's own constants are asked about, so the cost does not grow with the axis.
    #[must_use]
    pub fn runs(&self, test: &Expr, input: &Expr) -> Option<Vec<(u32, u32)>> {
        let null = self.segments();
        let mut cuts: Vec<usize> = match self {
            Axis::Codes(_) | Axis::Boolean => (0..=null).collect(),
            Axis::Points(points) => {
                let mut own = Vec::new();
                collect(test, input, &mut own)?;
                let at = |constant: &Value| points.partition_point(|p| value::compare(p, constant).is_some_and(|o| o.is_lt()));
                own.iter().flat_map(|constant| [2 * at(constant) + 1, 2 * at(constant) + 2]).chain([0, null]).collect()
            }
        };
        cuts.sort_unstable();
        cuts.dedup();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for (n, start) in cuts.iter().enumerate() {
            if *start > null || !self.holds(test, input, *start)? {
                continue;
            }
            let end = cuts.get(n + 1).copied().unwrap_or(null + 1).min(null + 1);
            match runs.last_mut() {
                Some((_, last)) if *last as usize == *start => *last = end as u32,
                _ => runs.push((*start as u32, end as u32)),
            }
        }
        Some(runs)
    }
}

/// Collects the constants an input is compared with; `None` if something else is done to it.
fn collect(test: &Expr, input: &Expr, constants: &mut Vec<Value>) -> Option<()> {
    if test == input {
        return Some(());
    }
    match &test.kind {
        Kind::Constant(Value::Boolean(_)) => Some(()),
        Kind::And(parts) | Kind::Or(parts) => parts.iter().try_for_each(|part| collect(part, input, constants)),
        Kind::Not(inner) => collect(inner, input, constants),
        Kind::IsNull(of) if **of == *input => Some(()),
        Kind::OneOf(of, among) if **of == *input => {
            constants.extend(among.iter().cloned());
            Some(())
        }
        Kind::Compare(_, left, right) if **left == *input => match &right.kind {
            Kind::Constant(constant) => {
                constants.push(constant.clone());
                Some(())
            }
            _ => None,
        },
        _ => None,
    }
}

/// Three-valued: the outer option is "cannot be told", the inner one FEEL's null.
#[expect(clippy::option_option, reason = "a test that cannot be told and a test that is null are two things")]
fn holds(test: &Expr, input: &Expr, place: Place) -> Option<Option<bool>> {
    if test == input {
        return match place {
            Place::At(Value::Boolean(truth)) => Some(Some(*truth)),
            Place::At(Value::Null) => Some(None),
            _ => None,
        };
    }
    match &test.kind {
        Kind::Constant(Value::Boolean(truth)) => Some(Some(*truth)),
        Kind::And(parts) => junction(parts, input, place, false),
        Kind::Or(parts) => junction(parts, input, place, true),
        Kind::Not(inner) => holds(inner, input, place).map(|truth| truth.map(|truth| !truth)),
        Kind::IsNull(_) => Some(Some(matches!(place, Place::At(Value::Null)))),
        Kind::OneOf(_, among) => match place {
            Place::At(value) => Some(Some(among.iter().any(|one| value::equal(value, one) == Some(true)))),
            Place::After(_) => Some(Some(false)),
        },
        Kind::Compare(op, _, right) => match &right.kind {
            Kind::Constant(constant) => compared(*op, constant, place),
            _ => None,
        },
        _ => None,
    }
}

#[expect(clippy::option_option, reason = "as in `holds`")]
fn junction(parts: &[Expr], input: &Expr, place: Place, dominant: bool) -> Option<Option<bool>> {
    let mut result = Some(!dominant);
    for part in parts {
        match holds(part, input, place)? {
            Some(truth) if truth == dominant => return Some(Some(dominant)),
            None => result = None,
            Some(_) => {}
        }
    }
    Some(result)
}

#[expect(clippy::option_option, reason = "as in `holds`")]
fn compared(op: CompareOp, constant: &Value, place: Place) -> Option<Option<bool>> {
    let ordering = match place {
        Place::At(Value::Null) if *constant != Value::Null => {
            return Some(match op {
                CompareOp::Equal => Some(false),
                CompareOp::NotEqual => Some(true),
                _ => None,
            });
        }
        Place::At(value) => match op {
            CompareOp::Equal => return Some(value::equal(value, constant)),
            CompareOp::NotEqual => return Some(value::equal(value, constant).map(|equal| !equal)),
            _ => value::compare(value, constant)?,
        },
        // Every constant is a point, so all values between two neighbours lie on one side of it.
        Place::After(low) if low.is_some_and(|low| value::compare(low, constant).is_some_and(|o| o.is_ge())) => Ordering::Greater,
        Place::After(_) => Ordering::Less,
    };
    Some(Some(match op {
        CompareOp::Equal => ordering.is_eq(),
        CompareOp::NotEqual => ordering.is_ne(),
        CompareOp::Less => ordering.is_lt(),
        CompareOp::LessOrEqual => ordering.is_le(),
        CompareOp::Greater => ordering.is_gt(),
        CompareOp::GreaterOrEqual => ordering.is_ge(),
    }))
}
