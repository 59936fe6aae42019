//! Tables as they are drawn, the rows of a day.

use serde::Serialize;
use thutuc::model::HitPolicy;

use super::{Ground, Reading};

/// A table with its rows of the day.
#[derive(Serialize)]
pub struct Table<'a> {
    pub hit: HitPolicy,
    pub inputs: Vec<&'a str>,
    pub outputs: Vec<&'a str>,
    pub rows: Vec<Row<'a>>,
    pub otherwise: Option<&'a str>,
}

#[derive(Serialize)]
pub struct Row<'a> {
    pub id: Option<&'a str>,
    pub tests: Vec<&'a str>,
    pub outputs: Vec<&'a str>,
    #[serde(flatten)]
    pub ground: Ground<'a>,
}

impl<'a> Table<'a> {
    pub fn of(table: &'a thutuc::model::Table, reading: &Reading) -> Table<'a> {
        let rows = table.rows.iter().filter(|row| row.interval.contains(reading.on)).map(|row| Row {
            id: row.id.as_ref().map(|id| &*id.value),
            tests: row.tests.iter().map(|test| &*test.value).collect(),
            outputs: row.outputs.iter().map(|output| &*output.value).collect(),
            ground: reading.ground(&row.interval, &row.basis),
        });
        Table {
            hit: table.hit,
            inputs: table.inputs.iter().map(|input| &*input.expression.value).collect(),
            outputs: table.outputs.iter().map(|output| &*output.value).collect(),
            rows: rows.collect(),
            otherwise: table.otherwise.as_ref().map(|one| &*one.value),
        }
    }

    /// Every expression of it.
    pub fn expressions(&self, said: &mut String) {
        let cells = self.rows.iter().flat_map(|row| row.tests.iter().chain(&row.outputs));
        for text in self.inputs.iter().chain(cells).chain(&self.otherwise) {
            said.push_str(text);
            said.push('\n');
        }
    }
}
