//! Random tables that give numbers.

use super::Choices;
use super::expression::Names;
use super::facts::{FactSpec, Kind};

/// A table as the lines under a definition, each cell kept apart.
pub struct Table {
    pub hit: &'static str,
    pub inputs: Vec<&'static FactSpec>,
    pub rows: Vec<Row>,
    pub otherwise: String,
}

pub struct Row {
    pub cells: Vec<String>,
    pub output: String,
}

/// Hit policies whose rows may overlap, and those that need priorities.
const HITS: &[&str] = &["F", "P", "C+", "C<", "C>", "C#", "A"];
const AMOUNTS: &[&str] = &["1000", "2000", "5", "10"];

impl Table {
    /// A table with an `else`, so that it always gives a number.
    pub fn random(c: &mut Choices, names: &Names) -> Table {
        let inputs: Vec<&'static FactSpec> = (0..1 + c.below(2)).map(|_| *c.pick(&names.facts)).collect();
        let hit = *c.pick(HITS);
        let same = *c.pick(AMOUNTS);
        let rows = (0..1 + c.below(4)).map(|_| {
            let cells = inputs.iter().map(|input| cell(input, c, names.free)).collect();
            let output = match hit {
                "A" => same.to_owned(),
                "P" => (*c.pick(AMOUNTS)).to_owned(),
                _ if c.one_in(6) => names.number(c, 1),
                _ => (*c.pick(AMOUNTS)).to_owned(),
            };
            Row { cells, output }
        });
        let rows = rows.collect();
        let otherwise = if c.one_in(4) { names.number(c, 1) } else { "5".to_owned() };
        Table { hit, inputs, rows, otherwise }
    }

    /// The lines of the table, indented under its definition.
    pub fn yaml(&self, names: &Names) -> String {
        let mut out = format!("    hit: {}\n", self.hit);
        if self.hit == "P" {
            out += "    priority: [ 2000, 5, 1000, 10 ]\n";
        }
        out += &format!("    else: '{}'\n", self.otherwise);
        let heads: Vec<String> = self.inputs.iter().map(|input| names.name(input)).collect();
        out += &format!("    table: |\n      | {} | => n |\n", heads.join(" | "));
        for row in &self.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| if names.general { opaque(cell) } else { cell.clone() }).collect();
            out += &format!("      | {} | {} |\n", cells.join(" | "), row.output);
        }
        out
    }
}

/// The same test in a form that no index can take apart.
fn opaque(cell: &str) -> String {
    let negated = cell.strip_prefix("not(").filter(|_| !cell.contains('?')).and_then(|rest| rest.strip_suffix(')'));
    match (cell, negated) {
        ("-", _) => cell.to_owned(),
        (_, Some(inner)) => format!("some z in [?] satisfies not(z in ({inner}))"),
        _ if cell.contains('?') => format!("some z in [?] satisfies ({})", cell.replace('?', "z")),
        _ => format!("some z in [?] satisfies (z in ({cell}))"),
    }
}

/// A unary test of a fact.
pub fn cell(fact: &FactSpec, c: &mut Choices, free: bool) -> String {
    if fact.optional && c.below(4) == 1 {
        return (*c.pick(&["null", "not(null)"])).to_owned();
    }
    let tests: &[&str] = match fact.kind {
        Kind::Boolean => &["-", "true", "false", "not(true)"],
        Kind::Enumeration => &["-", "\"a\"", "\"a\",\"b\"", "not(\"a\")", "\"b\"", "? = \"b\""],
        Kind::Text => &["-", "\"x\"", "not(\"x\")", "string length(?) > 2"],
        Kind::Records => &["-", "count(?) > 1", "not(count(?) > 1)"],
        Kind::Set => &["-", "list contains(?, \"a\")", "not(list contains(?, \"b\"))"],
        Kind::Number if free && !fact.optional => {
            &["-", ">= 5", "< 5", "[5..10)", "5", "5,10", "not(5)", "<5, >10", "]5..10]", ">= law.known", "? + 1 > 10", "in_list"]
        }
        Kind::Number => &["-", ">= 5", "< 5", "[5..10)", "5", "5,10", "not(5)", "<5, >10"],
        Kind::Date => &["-", "< @\"2010-01-01\"", ">= @\"2020-01-01\"", "[@\"2010-01-01\"..@\"2020-01-01\"]", "not(@\"2010-01-01\")"],
    };
    match *c.pick(tests) {
        "in_list" => "[5, 10]".to_owned(),
        test => test.to_owned(),
    }
}
