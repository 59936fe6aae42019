//! Drawn cases as the columns that `columns` decides.

use super::Cases;
use crate::columns::{BadColumn, Batch, Bits, Cells, Column, Days};
use crate::compile::program::{Layout, Program, Slot};
use crate::eval::State;
use crate::value::{Date, Fact, Value};

/// The columns of a block of cases; filled again and again they keep their memory.
#[derive(Clone, Debug, Default)]
pub struct CaseColumns {
    rows: usize,
    columns: Vec<CaseColumn>,
}

/// The cells of a fact, in the vector that its layout wants.
#[derive(Clone, Debug, Default)]
pub struct CaseColumn {
    /// Codes and truths.
    pub bytes: Vec<u8>,
    /// Days.
    pub days: Vec<i32>,
    /// Numbers.
    pub numbers: Vec<i64>,
    /// Sets.
    pub sets: Vec<u64>,
    /// Anything else.
    pub values: Vec<Fact<Value>>,
    /// Cases in which it is not told, a bit each; empty where it always is.
    pub missing: Vec<u8>,
    /// Cases in which it is null, a bit each; empty where it never is.
    pub null: Vec<u8>,
}

impl CaseColumns {
    /// Takes over a block of drawn cases.
    pub fn fill(&mut self, program: &Program, cases: &Cases) {
        self.rows = cases.len;
        self.columns.resize_with(program.facts.len(), CaseColumn::default);
        for ((own, drawn), fact) in self.columns.iter_mut().zip(&cases.columns).zip(&program.facts) {
            own.bytes.clear();
            own.days.clear();
            own.numbers.clear();
            own.sets.clear();
            own.values.clear();
            match &fact.layout {
                Layout::Boolean | Layout::Enumeration { .. } => own.bytes.extend(drawn.narrow.iter().map(|code| *code as u8)),
                Layout::Date { .. } => own.days.extend(drawn.narrow.iter().map(|day| *day as i32)),
                Layout::Number { .. } => own.numbers.extend(&drawn.narrow),
                Layout::Set { .. } => own.sets.extend(drawn.narrow.iter().map(|bits| *bits as u64)),
                _ => own.values.extend(drawn.wide.iter().cloned().map(Fact::Known)),
            }
            bitmap(&drawn.states, State::Missing, &mut own.missing);
            bitmap(&drawn.states, State::Null, &mut own.null);
        }
    }

    /// The columns, in the order of the slots.
    #[must_use]
    pub fn columns(&self) -> &[CaseColumn] {
        &self.columns
    }

    /// The cases as a batch of the program that they were drawn for.
    ///
    /// # Errors
    /// [`BadColumn`] if the program is another.
    pub fn batch<'a>(&'a self, program: &Program, as_of: Date) -> Result<Batch<'a>, BadColumn> {
        let mut batch = Batch::new(program, self.rows, Days::Constant(as_of))?;
        for ((own, fact), slot) in self.columns.iter().zip(&program.facts).zip((0u16..).map(Slot)) {
            let cells = match &fact.layout {
                Layout::Boolean | Layout::Enumeration { .. } => Cells::U8(&own.bytes),
                Layout::Date { .. } => Cells::I32(&own.days),
                Layout::Number { .. } => Cells::I64(&own.numbers),
                Layout::Set { .. } => Cells::U64(&own.sets),
                _ => Cells::Values(&own.values),
            };
            let bits = |bytes: &'a Vec<u8>| (!bytes.is_empty()).then(|| Bits::new(bytes, 0));
            batch.tell(program, slot, Column { missing: bits(&own.missing), null: bits(&own.null), ..cells.told() })?;
        }
        Ok(batch)
    }
}

fn bitmap(states: &[State], of: State, into: &mut Vec<u8>) {
    into.clear();
    if states.contains(&of) {
        into.extend(states.chunks(8).map(|eight| eight.iter().zip(0u8..).fold(0, |byte, (state, bit)| byte | u8::from(*state == of) << bit)));
    }
}
