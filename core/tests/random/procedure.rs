//! A random procedure with everything that can be undetermined.

use super::Choices;
use super::expression::{Names, hidden};
use super::facts::{self, FactSpec};
use super::table::Table;

/// A procedure as rule text, and its facts.
pub struct Random {
    pub text: String,
    pub facts: Vec<&'static FactSpec>,
}

/// How large and how free a procedure is.
#[derive(Clone, Copy)]
pub struct Size {
    pub facts: usize,
    pub depth: usize,
    pub free: bool,
    pub general: bool,
}

const CITE: &str = "cite: 1/2020/QH14";

/// A procedure from choices.
pub fn random(c: &mut Choices, size: Size) -> Random {
    let facts = facts::some(c, size);
    let mut names = Names { facts: facts.clone(), truths: Vec::new(), numbers: Vec::new(), free: size.free, general: size.general };
    let mut text = String::from(
        "procedure: \"1\"\nname: { vi: M, en: M }\nfield: residence\nauthority: commune\nonline_service: full\nfrom: 2020-01-01\nuses: [submission, account]\n",
    );
    let declared: String = facts.iter().map(|fact| fact.yaml()).collect();
    if !declared.is_empty() {
        text += &format!("facts:\n{declared}");
    }
    text += "parameters:\n  law.known: [ { value: 5, cite: 1/2020/QH14 } ]\n  law.open: [ { unknown: { vi: K, en: U }, cite: 1/2020/QH14 } ]\n";
    text += "definitions:\n  law.used: law.known + 0\n";
    if size.general {
        facts.iter().for_each(|fact| text += &format!("  {}: {}\n", hidden(fact), fact.name));
    }
    for n in 0..c.below(4) {
        match c.below(3) {
            0 => {
                let body = names.truth(c, size.depth);
                text += &format!("  truth_{n}: '{body}'\n");
                names.truths.push(format!("truth_{n}"));
            }
            1 => {
                let body = names.number(c, size.depth);
                text += &format!("  number_{n}: '{body}'\n");
                names.numbers.push(format!("number_{n}"));
            }
            _ => {
                let table = Table::random(c, &names);
                text += &format!("  table_{n}:\n{}", table.yaml(&names));
                names.numbers.push(format!("table_{n}"));
            }
        }
    }
    eligibility(c, &names, size.depth, &mut text);
    identity(c, &names, size.depth, &mut text);
    documents(c, &names, size.depth, &mut text);
    fees(c, &names, size.depth, &mut text);
    deadline(c, &names, size.depth, &mut text);
    Random { text, facts }
}

fn guard(c: &mut Choices, names: &Names, depth: usize, key: &str) -> String {
    if c.below(2) == 0 { String::new() } else { format!("    {key}: '{}'\n", names.truth(c, depth)) }
}

fn eligibility(c: &mut Choices, names: &Names, depth: usize, text: &mut String) {
    *text += "eligibility:\n";
    for n in 0..1 + c.below(3) {
        let (require, when) = (names.truth(c, depth), guard(c, names, depth, "when"));
        *text += &format!("  - id: c{n}\n    require: '{require}'\n{when}    message: {{ vi: K, en: N }}\n    {CITE}\n");
    }
}

fn identity(c: &mut Choices, names: &Names, depth: usize, text: &mut String) {
    if !names.facts.iter().any(|fact| fact.name == "account.level") {
        return;
    }
    *text += "identity:\n";
    for n in 0..1 + c.below(2) {
        let (when, level) = (guard(c, names, depth, "when"), 1 + c.below(2));
        *text += &format!("  - id: i{n}\n    level: {level}\n{when}    message: {{ vi: K, en: N }}\n    {CITE}\n");
    }
}

fn documents(c: &mut Choices, names: &Names, depth: usize, text: &mut String) {
    let count = c.below(3);
    if count > 0 {
        *text += "documents:\n";
    }
    for n in 0..count {
        let (when, reuse) = (guard(c, names, depth, "when"), guard(c, names, depth, "reuse"));
        *text += &format!("  - id: d{n}\n    name: {{ vi: D, en: D }}\n{when}{reuse}    {CITE}\n");
    }
}

fn fees(c: &mut Choices, names: &Names, depth: usize, text: &mut String) {
    let count = c.below(3);
    if count > 0 {
        *text += "fees:\n";
    }
    for n in 0..count {
        *text += &format!("  - id: f{n}\n    name: {{ vi: F, en: F }}\n    {CITE}\n{}", guard(c, names, depth, "when"));
        match c.below(4) {
            0 | 1 => *text += &format!("    amount: '{}'\n", names.number(c, depth)),
            2 => *text += &Table::random(c, names).yaml(names),
            _ => {
                let of = names.number(c, depth);
                *text += &format!("    tiers: {{ of: '{of}', steps: [ {{ up_to: 5, rate: 1000 }}, {{ rate: '{}' }} ] }}\n", names.number(c, 0));
            }
        }
        for key in ["floor", "cap", "times"] {
            if c.one_in(4) {
                *text += &format!("    {key}: '{}'\n", names.number(c, 1));
            }
        }
        let reductions = c.below(4);
        if reductions > 0 {
            *text += "    reductions:\n";
        }
        for r in 0..reductions {
            let when = if c.below(3) == 0 { String::new() } else { format!("when: '{}', ", names.truth(c, depth)) };
            let kind = match c.below(4) {
                0 => "percent: 50".to_owned(),
                1 => "amount: 0".to_owned(),
                2 => "off: 1000".to_owned(),
                _ => format!("amount: '{}'", names.number(c, 1)),
            };
            let most = if c.one_in(4) { ", max_off: 700" } else { "" };
            *text += &format!("      - {{ id: r{r}, name: {{ vi: R, en: R }}, {when}{kind}{most}, {CITE} }}\n");
        }
        if c.one_in(4) {
            *text += "    rounding: { to: 1000, mode: up }\n";
        }
    }
}

fn deadline(c: &mut Choices, names: &Names, depth: usize, text: &mut String) {
    let count = c.below(4);
    if count > 0 {
        *text += "deadline:\n";
    }
    for n in 0..count {
        let period = *c.pick(&["period: 7 working days", "period: 3 days", "period: same day", "unknown: { vi: K, en: U }"]);
        *text += &format!("  - id: t{n}\n    {period}\n    {CITE}\n{}", guard(c, names, depth, "when"));
        if c.one_in(4) && names.free {
            *text += &format!("    extension: '{}'\n", names.number(c, 1));
        }
        if names.free && names.facts.iter().any(|fact| fact.name == "d.maybe") && c.one_in(3) {
            *text += "    not_before: [ d.maybe ]\n";
        }
    }
}
