//! Lists of records: how many, then each field of each.

use thutuc::compile::program::FactSlot;
use thutuc::eval::ProblemCode;
use thutuc::wire::Decision;

use super::answer::Heard;
use super::{Interview, Reply};
use crate::failure::Failure;
use crate::input::{Typing, json_of, quoted};
use crate::labels;
use crate::page::{Page, Tone};

/// More records than any list takes: as many are enough for the core to refuse.
const MANY: usize = 100_000;

impl<'p> Interview<'_, 'p> {
    pub(super) fn ask_records(&mut self, decision: &Decision<'p>, fact: &'p FactSlot, fields: &'p [FactSlot]) -> Result<Reply, Failure> {
        loop {
            let text = match self.hear()? {
                Heard::End => return Ok(Reply::End),
                Heard::Back => return Ok(Reply::Back),
                Heard::Help => {
                    self.help(decision, fact)?;
                    continue;
                }
                Heard::Text(text) => text,
            };
            if fact.optional && matches!(&*text, "" | "-") {
                return Ok(Reply::Answer("null".to_owned()));
            }
            let Ok(count) = text.parse::<usize>() else {
                self.talk.refuse(self.talk.words(self.case.language).count_wanted)?;
                continue;
            };
            let empty = format!("[{}]", vec!["{}"; count.min(MANY)].join(","));
            if let Some(problem) = self.problem(fact, &empty, |code| code == ProblemCode::TooMany) {
                self.refuse(&problem)?;
                continue;
            }
            match self.ask_fields(fact, fields, count)? {
                Reply::Back => {
                    let question = self.question(fact);
                    self.talk.lines(&question)?;
                }
                reply => return Ok(reply),
            }
        }
    }

    /// Each field of each record; back from the first is back to how many.
    fn ask_fields(&mut self, fact: &'p FactSlot, fields: &'p [FactSlot], count: usize) -> Result<Reply, Failure> {
        let mut said: Vec<String> = Vec::new();
        let wide = fields.len();
        while wide > 0 && said.len() < count * wide {
            let Some(field) = fields.get(said.len() % wide) else { break };
            self.field_question(field, said.len() / wide + 1, count)?;
            match self.hear()? {
                Heard::End => return Ok(Reply::End),
                Heard::Back if said.is_empty() => return Ok(Reply::Back),
                Heard::Back => drop(said.pop()),
                Heard::Help => {
                    if let Some(help) = &field.help {
                        self.talk.say("   ", help.get(self.case.language))?;
                    }
                }
                Heard::Text(text) => {
                    said.push(json_of(field, &text, Typing::Free(self.case.language)));
                    let so_far = written(fields, &said);
                    if let Some(problem) = self.problem(fact, &so_far, |code| code != ProblemCode::IncompleteRecord) {
                        said.pop();
                        self.refuse(&problem)?;
                    }
                }
            }
        }
        Ok(Reply::Answer(written(fields, &said)))
    }

    fn field_question(&mut self, field: &FactSlot, record: usize, count: usize) -> Result<(), Failure> {
        let language = self.case.language;
        let mut page = Page::of_width(self.talk.ink, self.talk.left_width());
        let of = self.talk.ink.paint(Tone::Open, &labels::record_of(record, count, language));
        page.item(&format!("   {of} "), &self.talk.ink.paint(Tone::Strong, field.label.get(language)));
        self.choices(&mut page, field);
        if field.optional {
            page.text(3, Tone::Faint, self.talk.words(language).nothing);
        }
        self.talk.lines(&page.into_lines())
    }
}

/// The records told so far as JSON; the last may lack fields.
fn written(fields: &[FactSlot], said: &[String]) -> String {
    let record = |values: &[String]| {
        let entries: Vec<String> = fields.iter().zip(values).map(|(field, value)| format!("{}: {value}", quoted(&field.name))).collect();
        format!("{{{}}}", entries.join(", "))
    };
    let records: Vec<String> = said.chunks(fields.len().max(1)).map(record).collect();
    format!("[{}]", records.join(", "))
}
