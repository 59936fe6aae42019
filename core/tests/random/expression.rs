//! Random FEEL expressions over some facts.

use super::Choices;
use super::facts::{FactSpec, Kind};

/// What an expression may mention.
pub struct Names {
    pub facts: Vec<&'static FactSpec>,
    /// Definitions that are boolean.
    pub truths: Vec<String>,
    /// Definitions that are numbers.
    pub numbers: Vec<String>,
    /// Whether expressions may do more with numbers and days than compare them with constants.
    pub free: bool,
    /// Whether facts hide behind definitions and cells behind quantifiers, so that nothing is compiled specially.
    pub general: bool,
}

const NUMBERS: &[&str] = &["5", "10"];
const DAYS: &[&str] = &["@\"2010-01-01\"", "@\"2020-01-01\""];
const ORDERS: &[&str] = &[">=", "<", "<=", ">", "=", "!="];

impl Names {
    /// What a fact is called in expressions.
    pub fn name(&self, fact: &FactSpec) -> String {
        if self.general { hidden(fact) } else { fact.name.to_owned() }
    }

    /// A boolean expression, in brackets where it needs them.
    pub fn truth(&self, c: &mut Choices, depth: usize) -> String {
        if depth == 0 {
            return self.atom(c);
        }
        match c.below(if self.free { 12 } else { 9 }) {
            0 | 1 => self.atom(c),
            2 | 3 => format!("({} and {})", self.truth(c, depth - 1), self.truth(c, depth - 1)),
            4 => format!("({} or {})", self.truth(c, depth - 1), self.truth(c, depth - 1)),
            5 => format!("not({})", self.truth(c, depth - 1)),
            6 => format!("(if {} then {} else {})", self.truth(c, depth - 1), self.truth(c, depth - 1), self.truth(c, depth - 1)),
            7 if !self.truths.is_empty() => c.pick(&self.truths).clone(),
            8 if !self.numbers.is_empty() => format!("({} {} {})", c.pick(&self.numbers), c.pick(ORDERS), c.pick(NUMBERS)),
            9 => format!("({} {} {})", self.number(c, depth - 1), c.pick(ORDERS), self.number(c, depth - 1)),
            10 => format!("(some x in [{}, {}] satisfies x {} {})", self.number(c, depth - 1), self.number(c, 0), c.pick(ORDERS), self.number(c, 0)),
            11 => format!("({} = {})", self.truth(c, depth - 1), self.truth(c, depth - 1)),
            _ => self.atom(c),
        }
    }

    /// A number.
    pub fn number(&self, c: &mut Choices, depth: usize) -> String {
        let numbers = self.facts.iter().filter(|fact| fact.kind == Kind::Number && !fact.optional && self.free);
        let facts: Vec<String> = numbers.map(|fact| self.name(fact)).collect();
        match c.below(if depth == 0 { 4 } else { 8 }) {
            1 if !facts.is_empty() => c.pick(&facts).clone(),
            2 if !self.numbers.is_empty() => c.pick(&self.numbers).clone(),
            3 if self.free => (*c.pick(&["law.known", "law.open", "law.known"])).to_owned(),
            4 => format!("(if {} then {} else {})", self.truth(c, depth - 1), self.number(c, depth - 1), self.number(c, depth - 1)),
            5 => format!("({} + {})", self.number(c, depth - 1), self.number(c, depth - 1)),
            6 => format!("({} * 2)", self.number(c, depth - 1)),
            7 if self.free => format!("abs({})", self.number(c, depth - 1)),
            _ => (*c.pick(&["0", "5", "10", "20000"])).to_owned(),
        }
    }

    fn atom(&self, c: &mut Choices) -> String {
        let fact = c.pick(&self.facts);
        let name = self.name(fact);
        if fact.kind == Kind::Records {
            return self.of_records(&name, c);
        }
        let test = test_of(fact, &name, c, self.free);
        if fact.optional && !test.contains("null") {
            return format!("({name} != null and {test})");
        }
        test
    }
}

impl Names {
    /// A test of a list of records, against a constant or another fact.
    fn of_records(&self, name: &str, c: &mut Choices) -> String {
        let bound = if self.free && c.one_in(2) { self.number(c, 0) } else { (*c.pick(NUMBERS)).to_owned() };
        let order = *c.pick(ORDERS);
        match c.below(5) {
            0 => format!("(count({name}) > 0)"),
            1 => format!("(some one in {name} satisfies one.amount {order} {bound})"),
            2 => format!("(every one in {name} satisfies one.amount {order} {bound} or one.code = \"a\")"),
            3 => format!("(count({name}[amount {order} {bound}]) = 1)"),
            _ => format!("(list contains(for one in {name} return if one.code = \"b\" then {bound} else one.amount, 10))"),
        }
    }
}

/// The definition that a fact hides behind.
pub fn hidden(fact: &FactSpec) -> String {
    format!("hidden.{}", fact.name.replace('.', "_"))
}

/// A test of one fact.
fn test_of(fact: &FactSpec, name: &str, c: &mut Choices, free: bool) -> String {
    if fact.optional && c.below(3) == 0 {
        return format!("({name} {} null)", c.pick(&["=", "!="]));
    }
    match fact.kind {
        Kind::Boolean => match c.below(5) {
            0 => name.to_owned(),
            1 => format!("not({name})"),
            4 => format!("({name} = false)"),
            2 => format!("({name} = true)"),
            _ => format!("({name} != true)"),
        },
        Kind::Enumeration => match c.below(5) {
            0 => format!("({name} = \"a\")"),
            1 => format!("({name} = \"b\")"),
            2 => format!("({name} != \"a\")"),
            3 => format!("({name} in (\"a\", \"b\"))"),
            _ => format!("(\"b\" = {name})"),
        },
        Kind::Set => format!("list contains({name}, \"{}\")", c.pick(&["a", "b", "c"])),
        Kind::Text => (*c.pick(&["({name} = \"xyz\")", "(string length({name}) > 2)", "({name} != \"x\")"])).replace("{name}", name),
        Kind::Records => format!("(count({name}) > 0)"),
        Kind::Number => match c.below(if free { 6 } else { 4 }) {
            0 | 1 => format!("({name} {} {})", c.pick(ORDERS), c.pick(NUMBERS)),
            2 => format!("({} {} {name})", c.pick(NUMBERS), c.pick(ORDERS)),
            3 => format!("({name} in [5..10))"),
            4 => format!("({name} >= law.known)"),
            _ => format!("({name} >= law.open)"),
        },
        Kind::Date => match c.below(if free { 4 } else { 3 }) {
            0 => format!("({name} {} {})", c.pick(ORDERS), c.pick(DAYS)),
            1 => format!("({name} in ({}..{}])", DAYS.first().unwrap(), DAYS.last().unwrap()),
            2 => format!("({} {} {name})", c.pick(DAYS), c.pick(ORDERS)),
            _ => format!("({name} < as_of)"),
        },
    }
}
