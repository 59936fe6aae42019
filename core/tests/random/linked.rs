//! A random linked service: two random procedures, and a third that links them.

use super::Choices;
use super::expression::Names;
use super::facts::{FactSpec, Kind};
use super::procedure::{Random, Size, random};

/// The files of a linked service, it first, and the facts of all of them as one procedure's.
pub struct Linked {
    pub files: [(&'static str, String); 4],
    pub whole: Random,
}

/// A linked service from choices.
pub fn linked(c: &mut Choices, size: Size) -> Linked {
    let (first, second) = (random(c, size), random(c, size));
    let mut facts: Vec<&'static FactSpec> = first.facts.clone();
    facts.extend(second.facts.iter().filter(|fact| first.facts.iter().all(|known| known.name != fact.name)));
    let declared: String = facts.iter().map(|fact| fact.yaml()).collect();
    let facts_of_menu = if declared.is_empty() { String::new() } else { format!("facts:\n{declared}") };
    let menu = format!("vocabulary: menu\nlabel: {{ vi: M, en: M }}\n{facts_of_menu}");
    let names = Names { facts: facts.clone(), truths: Vec::new(), numbers: Vec::new(), free: size.free, general: false };
    let mut text = String::from(
        "procedure: \"0\"\nname: { vi: L, en: L }\nfield: residence\nauthority: commune\nonline_service: full\nfrom: 2020-01-01\nuses: [submission, account, menu]\n",
    );
    text += "parameters:\n  law.known: [ { value: 5, cite: 1/2020/QH14 } ]\n  law.open: [ { unknown: { vi: K, en: U }, cite: 1/2020/QH14 } ]\n";
    if c.one_in(2) {
        text += &format!("eligibility:\n  - id: own\n    require: '{}'\n    message: {{ vi: K, en: N }}\n    cite: 1/2020/QH14\n", names.truth(c, 1));
    }
    text += "linked:\n";
    for (at, (step, of)) in [("one", &first), ("two", &second)].into_iter().enumerate() {
        text += &format!("  - id: {step}\n    procedure: \"{}\"\n    cite: 1/2020/QH14\n", at + 1);
        if at == 1 && c.below(4) != 3 {
            text += "    after: one\n";
        }
        if c.one_in(3) {
            text += &format!("    when: '{}'\n", names.truth(c, 1));
        }
        let mapped: Vec<String> = of.facts.iter().filter_map(|fact| mapping(c, &names, fact)).collect();
        if !mapped.is_empty() {
            text += &format!("    facts:\n{}", mapped.concat());
        }
        text += "    limit:\n";
        if c.one_in(2) {
            text += &format!("      - {{ id: first, when: '{}', period: 3 days, cite: 1/2020/QH14 }}\n", names.truth(c, 1));
        }
        let last = *c.pick(&["period: 2 working days", "period: 24 hours", "unknown: { vi: K, en: U }"]);
        text += &format!("      - {{ id: last, {last}, cite: 1/2020/QH14 }}\n");
    }
    let member = |of: &Random, code: &str| of_menu(&of.text).replacen("procedure: \"1\"", &format!("procedure: \"{code}\""), 1);
    let whole = Random { text: format!("{text}\n{}\n{}", first.text, second.text), facts };
    Linked { files: [("linked.yaml", text), ("menu.yaml", menu), ("one.yaml", member(&first, "1")), ("two.yaml", member(&second, "2"))], whole }
}

/// What a fact of a step is mapped to, in one of four cases.
fn mapping(c: &mut Choices, names: &Names, fact: &FactSpec) -> Option<String> {
    if !c.one_in(4) || fact.optional {
        return None;
    }
    let value = match fact.kind {
        Kind::Boolean => names.truth(c, 1),
        Kind::Enumeration => format!("if {} then \"a\" else \"b\"", names.truth(c, 1)),
        _ => return None,
    };
    Some(format!("      {}: '{value}'\n", fact.name))
}

/// A random procedure with its facts in the vocabulary of the menu.
fn of_menu(text: &str) -> String {
    let text = text.replacen("uses: [submission, account]", "uses: [submission, account, menu]", 1);
    match (text.find("facts:\n"), text.find("parameters:\n")) {
        (Some(from), Some(to)) if from < to => format!("{}{}", text.get(..from).unwrap_or(""), text.get(to..).unwrap_or("")),
        _ => text,
    }
}
