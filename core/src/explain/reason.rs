//! One sentence for each reason, with the applicant's own values and what would have to change.

use super::Language;
use super::write::{day, value};
use crate::calendar::Waiting;
use crate::compile::program::{MessageCode, Part, Program};
use crate::eval::{Compared, Reasons, Said, Subject};
use crate::feel::ast::CompareOp;
use crate::value::Value;

/// The message of a condition that is not met, its values put in.
#[must_use]
pub fn condition_message(program: &Program, message: &MessageCode, said: &(Said, Said), language: Language) -> String {
    let (parts, values) = language.choose((&message.vi, &said.0), (&message.en, &said.1));
    let mut values = values.iter();
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Value(node) => {
                let slot = match program.code_of.node(*node) {
                    crate::compile::program::Node::Fact(slot) | crate::compile::program::Node::Flag(slot) => Some(slot),
                    _ => None,
                };
                // The unit stands in the sentence already.
                let text = values.next().map_or(String::new(), |one| match one {
                    // The condition is not met whatever this turns out to be.
                    None => "…".to_owned(),
                    Some(number @ Value::Number(_)) => value(program, None, number, language),
                    Some(one) => value(program, slot, one, language),
                });
                out.push_str(&text);
            }
        }
    }
    out
}

/// What would have to change for a condition to be met: `cần Diện tích ≥ 8 m², hồ sơ khai 6 m²`.
#[must_use]
pub fn wanted_sentence(program: &Program, reasons: &Reasons, language: Language) -> Option<String> {
    let parts: Vec<String> = reasons.wanted.iter().filter_map(|compared| one(program, compared, language)).collect();
    if parts.is_empty() { None } else { Some(parts.join("; ")) }
}

fn one(program: &Program, compared: &Compared, language: Language) -> Option<String> {
    let (label, slot) = match compared.subject {
        Subject::Fact(slot) => (program.fact(slot)?.label.get(language).to_string(), Some(slot)),
        Subject::Definition(index) => {
            let definition = program.definitions.get(usize::from(index))?;
            let label = definition.label.as_ref().map_or(definition.name.clone(), |label| label.get(language).clone());
            (label.to_string(), None)
        }
    };
    let label = label.trim_end_matches(['?', ':', ' ']).to_owned();
    let bound = value(program, slot, &compared.bound, language);
    let actual = value(program, slot, &compared.actual, language);
    let op = match compared.op {
        CompareOp::Equal if matches!(compared.bound, Value::List(_)) => language.choose("là một trong", "one of"),
        CompareOp::Equal => "=",
        CompareOp::NotEqual => "≠",
        CompareOp::Less => "<",
        CompareOp::LessOrEqual => "≤",
        CompareOp::Greater => ">",
        CompareOp::GreaterOrEqual => "≥",
    };
    Some(match language {
        Language::Vi => format!("{label}: cần {op} {bound}, hồ sơ khai {actual}"),
        Language::En => format!("{label}: {op} {bound} is needed, the file says {actual}"),
    })
}

/// What a deadline waits for.
#[must_use]
pub fn waiting(waiting: Waiting, language: Language) -> String {
    match (waiting, language) {
        (Waiting::Supplement(since), Language::Vi) => format!("chờ bổ sung hồ sơ theo yêu cầu ngày {}", day(since, language)),
        (Waiting::Supplement(since), Language::En) => format!("waits for the file to be completed as asked on {}", day(since, language)),
        (Waiting::NotBefore(_), Language::Vi) => "chờ sự kiện mà từ đó thời hạn bắt đầu tính".to_owned(),
        (Waiting::NotBefore(_), Language::En) => "waits for the event from which the period is counted".to_owned(),
    }
}
