//! The records of a catalogue: one JSON object a line.

use serde::Deserialize;
use thutuc::value::nfc;

/// What a catalogue states of a procedure.
#[derive(Clone, Debug, Deserialize)]
pub struct Record {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The decision that publishes it.
    #[serde(default)]
    pub decision: String,
    /// At which levels it is decided.
    #[serde(default)]
    pub levels: Vec<String>,
    /// The field of administration.
    #[serde(default)]
    pub field: String,
    /// The ministry in charge.
    #[serde(default)]
    pub ministry: String,
    /// Who may file.
    #[serde(default)]
    pub audience: Vec<String>,
    /// The ways to file.
    #[serde(default)]
    pub ways: Vec<Way>,
}

/// A way to file.
#[derive(Clone, Debug, Deserialize)]
pub struct Way {
    /// `online`, `in_person`, `post`.
    pub channel: String,
    /// How long it takes.
    pub period: Option<StatedPeriod>,
    /// What it costs, in đồng.
    pub fee: Option<String>,
}

/// A period as it is stated.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StatedPeriod {
    /// How many.
    pub value: String,
    /// Of what, where that is stated.
    pub unit: Option<String>,
}

/// The records of a text; an error names its line.
pub fn records(text: &str) -> Result<Vec<Record>, String> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, number)| {
            let record: Record = serde_json::from_str(&nfc(line)).map_err(|error| format!("line {number}: {error}"))?;
            let good = !record.code.is_empty() && record.code.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
            if good { Ok(record) } else { Err(format!("line {number}: `{}` is no code of a procedure", record.code)) }
        })
        .collect()
}

impl Record {
    /// The number of the deciding decision as a citation can name it, and the words of the record where they are others.
    pub fn instrument(&self) -> (String, Option<&str>) {
        let stated = self.decision.trim();
        let numbered = stated.split_whitespace().rev().find(|word| word.bytes().any(|b| b.is_ascii_digit()));
        let word = numbered.or_else(|| stated.split_whitespace().next()).unwrap_or("unnamed-decision");
        let sign = |c: char| if c.is_alphanumeric() || "._-/+".contains(c) { c } else { '-' };
        let number: String = word.chars().map(sign).collect();
        let changed = number != self.decision;
        (number, changed.then_some(&*self.decision))
    }
}

#[cfg(test)]
mod tests {
    use super::records;

    fn instrument(decision: &str) -> (String, bool) {
        let line = serde_json::json!({ "code": "1.1", "name": "A", "decision": decision }).to_string();
        let record = &records(&line).unwrap()[0];
        let (number, changed) = record.instrument();
        (number, changed.is_some())
    }

    #[test]
    fn a_decision_becomes_a_number_that_can_be_cited() {
        assert_eq!(instrument("4472/QĐ-BTC"), ("4472/QĐ-BTC".to_owned(), false));
        assert_eq!(instrument("SỐ 64/QĐ-NHNN"), ("64/QĐ-NHNN".to_owned(), true));
        assert_eq!(instrument("9303"), ("9303".to_owned(), false));
        assert_eq!(instrument(""), ("unnamed-decision".to_owned(), true));
        assert_eq!(instrument("12/QĐ:BTC"), ("12/QĐ-BTC".to_owned(), true));
    }

    #[test]
    fn a_line_that_is_no_record_is_named() {
        assert!(records("{\"code\": \"1.1\", \"name\": \"A\"}\n\n{").unwrap_err().starts_with("line 3: "));
        assert_eq!(records("{\"code\": \"../1\", \"name\": \"A\"}").unwrap_err(), "line 1: `../1` is no code of a procedure");
    }
}
