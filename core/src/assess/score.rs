//! Points from measures: expressions over intervals. What they give lies within the interval whatever the measures turn
//! out to be; to 34 digits, as all numbers are.

use super::tally::Tri;
use crate::compile::assessment::CompiledAssessment;
use crate::compile::program::{Code, Layout, Node, NodeId, Program, Slot};
use crate::feel::ast::{ArithmeticOp, CompareOp};
use crate::model::result_name;
use crate::value::{Date, Decimal, Value};

/// An interval of numbers; an absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Span {
    /// At least.
    pub low: Option<Decimal>,
    /// At most.
    pub high: Option<Decimal>,
}

/// Points of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// The score: its place in the assessment.
    pub score: usize,
    /// The most; `None`: that law is not known.
    pub max: Option<Decimal>,
    /// Within what they lie.
    pub points: Span,
    /// Within what they would lie under the assumption that the score states.
    pub estimate: Option<Span>,
}

/// All points of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    /// The most.
    pub max: Option<Decimal>,
    /// Within what they lie.
    pub points: Span,
    /// Within what they would lie under the assumptions of the scores; what has none counts as open.
    pub estimate: Option<Span>,
    /// The classes of the least and of the most of them: places in the assessment.
    pub classes: (Option<usize>, Option<usize>),
    /// The same of the estimate.
    pub estimated_classes: Option<(Option<usize>, Option<usize>)>,
}

impl Span {
    pub(super) fn point(number: Decimal) -> Span {
        Span { low: Some(number), high: Some(number) }
    }

    fn exact(self) -> Option<Decimal> {
        self.low.filter(|_| self.low == self.high)
    }

    fn negated(self) -> Span {
        let minus = |number: Option<Decimal>| number.and_then(Decimal::checked_neg);
        Span { low: minus(self.high), high: minus(self.low) }
    }

    fn plus(self, other: Span) -> Span {
        let sum = |a: Option<Decimal>, b: Option<Decimal>| a.zip(b).and_then(|(a, b)| a.checked_add(b));
        Span { low: sum(self.low, other.low), high: sum(self.high, other.high) }
    }

    /// The least and the greatest of what an operation makes of the ends; open if an end is.
    fn of_ends(self, other: Span, operation: fn(Decimal, Decimal) -> Option<Decimal>) -> Span {
        let (Some(a), Some(b), Some(c), Some(d)) = (self.low, self.high, other.low, other.high) else { return Span::default() };
        let ends: Option<Vec<Decimal>> = [(a, c), (a, d), (b, c), (b, d)].into_iter().map(|(left, right)| operation(left, right)).collect();
        ends.map_or(Span::default(), |ends| Span { low: ends.iter().copied().min(), high: ends.iter().copied().max() })
    }

    fn divided_by(self, other: Span) -> Span {
        let (Some(low), Some(high)) = (other.low, other.high) else { return Span::default() };
        if low <= Decimal::ZERO && high >= Decimal::ZERO { Span::default() } else { self.of_ends(other, Decimal::checked_div) }
    }

    fn or(self, other: Span) -> Span {
        let both = |a: Option<Decimal>, b: Option<Decimal>, pick: fn(Decimal, Decimal) -> Decimal| a.zip(b).map(|(a, b)| pick(a, b));
        Span { low: both(self.low, other.low, Decimal::min), high: both(self.high, other.high, Decimal::max) }
    }

    /// Kept within 0 and a most.
    fn within(self, max: Option<Decimal>) -> Span {
        let kept = |number: Decimal| max.map_or(number, |max| number.min(max)).max(Decimal::ZERO);
        Span { low: Some(self.low.map_or(Decimal::ZERO, kept)), high: self.high.map(kept).or(max) }
    }
}

/// The points of a row from its measures, which stand by the names of their facts.
pub(super) struct Scoring<'a> {
    assessment: &'a CompiledAssessment,
    epoch: usize,
    measures: Vec<Span>,
}

impl<'a> Scoring<'a> {
    /// For a row whose measures are told by their names.
    pub fn new(assessment: &'a CompiledAssessment, epoch: usize, told: &dyn Fn(&str) -> Option<Span>) -> Scoring<'a> {
        let measures = assessment.report.facts.iter().map(|fact| told(&fact.name).unwrap_or_default()).collect();
        Scoring { assessment, epoch, measures }
    }

    /// The number of a result that rests on no measure.
    pub fn constant(&self, section: &str, id: &str, at: usize) -> Option<Decimal> {
        self.result(section, id, at)?.exact()
    }

    fn result(&self, section: &str, id: &str, at: usize) -> Option<Span> {
        let node = self.assessment.report.definition(&result_name(section, id, at), self.epoch)?;
        Some(self.span(node))
    }

    /// The points of every score in force on a day, and all of them together.
    pub fn points(&self, day: Date) -> (Vec<Points>, Option<Total>) {
        let written = &self.assessment.written;
        let in_force = written.scores.iter().enumerate().filter(|(_, score)| score.interval.contains(day));
        let points: Vec<Points> = in_force.map(|(at, score)| {
            let id = &score.id.value;
            let max = self.constant("max", id, at);
            let told = self.result("points", id, at).unwrap_or_default();
            let estimate = self.result("estimate", id, at).map(|estimate| estimate.within(max));
            Points { score: at, max, points: told.within(max), estimate }
        }).collect();
        let total = (!points.is_empty()).then(|| self.total(&points, day));
        (points, total)
    }

    fn total(&self, points: &[Points], day: Date) -> Total {
        let start = Span::point(Decimal::ZERO);
        let all = points.iter().fold(start, |sum, one| sum.plus(one.points));
        let estimated = points.iter().any(|one| one.estimate.is_some());
        let estimate = estimated.then(|| points.iter().fold(start, |sum, one| sum.plus(one.estimate.unwrap_or(one.points))));
        let max = points.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.max?));
        let classes = |span: Span| (self.class(span.low, day), self.class(span.high, day));
        Total { max, points: all, estimate, classes: classes(all), estimated_classes: estimate.map(classes) }
    }

    /// The class that wants the most of those that want no more than these points.
    fn class(&self, points: Option<Decimal>, day: Date) -> Option<usize> {
        let points = points?;
        let classes = self.assessment.written.classes.iter().enumerate().filter(|(_, class)| class.interval.contains(day));
        let wanted = classes.filter_map(|(at, class)| Some((self.constant("class", &class.id.value, at)?, at)));
        wanted.filter(|(least, _)| *least <= points).max_by_key(|(least, _)| *least).map(|(_, at)| at)
    }

    fn program(&self) -> &'a Program {
        &self.assessment.report
    }

    fn code(&self) -> &'a Code {
        &self.program().code_of
    }

    fn measure(&self, slot: Slot) -> Span {
        self.measures.get(usize::from(slot.0)).copied().unwrap_or_default()
    }

    /// Within what a number lies. What is no arithmetic is open.
    fn span(&self, node: NodeId) -> Span {
        let code = self.code();
        match code.node(node) {
            Node::Constant(at) => match code.constants.get(at as usize) {
                Some(Value::Number(number)) => Span::point(*number),
                _ => Span::default(),
            },
            Node::Fact(slot) => self.measure(slot),
            Node::Definition(_, body) => self.span(body),
            Node::Negate(of) => self.span(of).negated(),
            Node::Arithmetic(op, left, right) => {
                let (left, right) = (self.span(left), self.span(right));
                match op {
                    ArithmeticOp::Add => left.plus(right),
                    ArithmeticOp::Subtract => left.plus(right.negated()),
                    ArithmeticOp::Multiply => left.of_ends(right, Decimal::checked_mul),
                    ArithmeticOp::Divide => left.divided_by(right),
                    ArithmeticOp::Power => Span::default(),
                }
            }
            Node::If(condition, then, otherwise) => match self.truth(condition) {
                Tri::Yes => self.span(then),
                Tri::No => self.span(otherwise),
                Tri::Open => self.span(then).or(self.span(otherwise)),
            },
            _ => Span::default(),
        }
    }

    fn truth(&self, node: NodeId) -> Tri {
        let code = self.code();
        match code.node(node) {
            Node::Truth(true) => Tri::Yes,
            Node::Truth(false) => Tri::No,
            Node::Definition(_, body) => self.truth(body),
            Node::Not(of) => match self.truth(of) {
                Tri::Yes => Tri::No,
                Tri::No => Tri::Yes,
                Tri::Open => Tri::Open,
            },
            Node::And(list) => code.list(list).iter().fold(Tri::Yes, |so_far, part| so_far.and(self.truth(*part))),
            Node::Or(list) => code.list(list).iter().fold(Tri::No, |so_far, part| match (so_far, self.truth(*part)) {
                (Tri::Yes, _) | (_, Tri::Yes) => Tri::Yes,
                (Tri::No, Tri::No) => Tri::No,
                _ => Tri::Open,
            }),
            Node::Order(slot, op, bound) => {
                let scale = match self.program().fact(slot).map(|fact| &fact.layout) {
                    Some(Layout::Number { scale, .. }) => *scale,
                    _ => 0,
                };
                compared(op, self.measure(slot), Span::point(Decimal::from_scaled(bound, scale)))
            }
            Node::Compare(op, left, right) => compared(op, self.span(left), self.span(right)),
            _ => Tri::Open,
        }
    }
}

fn compared(op: CompareOp, left: Span, right: Span) -> Tri {
    let surely_less = |a: Span, b: Span| a.high.zip(b.low).is_some_and(|(a, b)| a < b);
    let surely_at_most = |a: Span, b: Span| a.high.zip(b.low).is_some_and(|(a, b)| a <= b);
    let told = |yes: bool, no: bool| if yes { Tri::Yes } else if no { Tri::No } else { Tri::Open };
    let equal = left.exact().is_some() && left.exact() == right.exact();
    let unequal = surely_less(left, right) || surely_less(right, left);
    match op {
        CompareOp::Less => told(surely_less(left, right), surely_at_most(right, left)),
        CompareOp::LessOrEqual => told(surely_at_most(left, right), surely_less(right, left)),
        CompareOp::Greater => told(surely_less(right, left), surely_at_most(left, right)),
        CompareOp::GreaterOrEqual => told(surely_at_most(right, left), surely_less(left, right)),
        CompareOp::Equal => told(equal, unequal),
        CompareOp::NotEqual => told(unequal, equal),
    }
}
