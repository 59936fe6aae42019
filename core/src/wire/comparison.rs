//! A comparison as tables: what every host shows, exports and hands on.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::decision::PackRef;
use crate::comparison::{CauseKind, Comparer, Count, DOCUMENT_STATES, DUE_STATES, EFFECTS, GroupTally, OUTCOMES, Sample, Tally};
use crate::compile::CompiledPack;
use crate::explain;
use crate::model::Language;
use crate::value::{Date, Fact, Value};

/// What a reform changes, in tables.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Comparison"))]
#[serde(rename_all = "camelCase")]
pub struct ComparisonView<'a> {
    /// The procedure's code.
    pub procedure: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// The jurisdiction; null: everywhere.
    pub jurisdiction: Option<Cow<'a, str>>,
    /// The day the law is read; null where each case has its own.
    pub as_of: Option<Date>,
    /// The rules before.
    pub baseline: PackRef<'a>,
    /// The rules after.
    pub reform: PackRef<'a>,
    /// How many cases were decided.
    pub cases: u64,
    /// What the cases are grouped by: the first columns of most tables.
    pub by: Vec<String>,
    /// The tables: `summary`, `outcomes`, `fees`, `distribution`, `documents`, `deadlines`, `changed`, `samples`.
    pub tables: Vec<ResultTable>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResultTable {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<ResultColumn>,
    /// Its rows, a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResultColumn {
    /// Its name.
    pub name: String,
    /// What its cells are.
    pub kind: CellKind,
}

/// What the cells of a column are, where they are not null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    /// Texts.
    Text,
    /// Integers.
    Integer,
    /// Exact decimals as texts.
    Decimal,
    /// Days.
    Date,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum Cell {
    /// Nothing.
    Null,
    /// A text, or the text of an exact decimal.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A day.
    Date(Date),
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Null => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Integer(integer) => serializer.serialize_i64(*integer),
            Cell::Date(date) => date.serialize(serializer),
        }
    }
}

impl Cell {
    /// The cell as plain text; nothing for null.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Null => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Integer(integer) => Cow::Owned(integer.to_string()),
            Cell::Date(date) => Cow::Owned(date.to_string()),
        }
    }
}

/// What is compared and how it was counted.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The pack before and after.
    pub packs: [&'a CompiledPack; 2],
    /// The comparer.
    pub comparer: &'a Comparer<'a>,
    /// What it counted.
    pub tally: &'a Tally,
    /// The day the law is read, if it is one.
    pub as_of: Option<Date>,
    /// The jurisdiction.
    pub jurisdiction: Option<&'a str>,
    /// What the cases are grouped by.
    pub by: &'a [String],
    /// The values of each group, in the order of the groups.
    pub groups: &'a [Vec<Option<String>>],
    /// Decimal places of the weights; `None`: there are none.
    pub weights: Option<u8>,
    /// The language of names.
    pub language: Language,
}

/// Columns that count cases without a column `weight` of their own.
const COUNTS: [&str; 10] = [
    "more",
    "less",
    "undetermined_before",
    "undetermined_after",
    "cases_before",
    "cases_after",
    "asked_before",
    "asked_after",
    "no_longer_asked",
    "newly_asked",
];

/// A comparison as tables.
#[must_use]
pub fn comparison<'a>(of: &Compared<'a>) -> ComparisonView<'a> {
    let [baseline, reform] = of.packs;
    let program = of.comparer.laws()[0].program;
    let reference = |pack: &'a CompiledPack| PackRef { id: Cow::from(&*pack.id), version: Cow::from(&*pack.version), hash: Cow::from(&*pack.hash) };
    ComparisonView {
        procedure: Cow::from(&*program.code),
        name: Cow::from(&**program.about.name.get(of.language)),
        jurisdiction: of.jurisdiction.map(Cow::from),
        as_of: of.as_of,
        baseline: reference(baseline),
        reform: reference(reform),
        cases: of.tally.groups.iter().map(|group| group.all.cases).sum(),
        by: of.by.to_vec(),
        tables: vec![of.summary(), of.outcomes(), of.fees(), of.distribution(), of.documents(), of.deadlines(), of.changed(), of.samples()],
    }
}

impl<'a> Compared<'a> {
    /// A table; where cases have weights, what counts them has a column of weights beside it.
    fn table(&self, name: &'static str, grouped: bool, columns: &[(&str, CellKind)]) -> ResultTable {
        let mut all = Vec::new();
        if grouped {
            all.extend(self.by.iter().map(|name| ResultColumn { name: name.clone(), kind: CellKind::Text }));
        }
        for (name, kind) in columns {
            // Money that is weighed is no whole number any more.
            let kind = if *name == "weight" || (*kind == CellKind::Decimal && self.weights.is_none()) { self.weight_kind() } else { *kind };
            if *name != "weight" || self.weights.is_some() {
                all.push(ResultColumn { name: (*name).to_owned(), kind });
            }
            if COUNTS.contains(name) && self.weights.is_some() {
                all.push(ResultColumn { name: format!("{name}_weight"), kind: CellKind::Decimal });
            }
        }
        ResultTable { name, columns: all, rows: Vec::new() }
    }

    fn weight_kind(&self) -> CellKind {
        if self.weights.is_some() { CellKind::Decimal } else { CellKind::Integer }
    }

    /// A sum of weights, or of đồng times weights.
    fn weighed(&self, sum: i128) -> Cell {
        match self.weights {
            None => i64::try_from(sum).map_or_else(|_| Cell::Text(sum.to_string()), Cell::Integer),
            Some(scale) => Cell::Text(decimal(sum, scale)),
        }
    }

    fn count(&self, count: Count, into: &mut Vec<Cell>) {
        into.push(Cell::Integer(count.cases as i64));
        if self.weights.is_some() {
            into.push(self.weighed(count.weight));
        }
    }

    fn each_group(&self, mut each: impl FnMut(Vec<Cell>, &GroupTally)) {
        for (at, group) in self.tally.groups.iter().enumerate().filter(|(_, group)| group.all.cases > 0) {
            each(self.group_cells(at), group);
        }
    }

    fn group_cells(&self, at: usize) -> Vec<Cell> {
        let values = self.groups.get(at).into_iter().flatten();
        let cells = values.map(|value| value.as_ref().map_or(Cell::Null, |text| Cell::Text(text.clone())));
        cells.chain(std::iter::repeat(Cell::Null)).take(self.by.len()).collect()
    }

    fn summary(&self) -> ResultTable {
        use CellKind::{Integer, Text};
        let mut table = self.table("summary", true, &[("effect", Text), ("cases", Integer), ("weight", Integer)]);
        self.each_group(|cells, group| {
            for (effect, count) in EFFECTS.iter().zip(group.effects) {
                let mut row = cells.clone();
                row.push(text(effect));
                self.count(count, &mut row);
                table.rows.push(row);
            }
        });
        table
    }

    fn outcomes(&self) -> ResultTable {
        use CellKind::{Integer, Text};
        let mut table = self.table("outcomes", true, &[("before", Text), ("after", Text), ("cases", Integer), ("weight", Integer)]);
        self.each_group(|cells, group| {
            group.outcomes.each(|before, after, count| {
                let mut row = cells.clone();
                row.extend([named(OUTCOMES, before), named(OUTCOMES, after)]);
                self.count(count, &mut row);
                table.rows.push(row);
            });
        });
        table
    }

    fn fees(&self) -> ResultTable {
        use CellKind::{Decimal, Integer, Text};
        let columns = [
            ("fee", Text),
            ("before", Decimal),
            ("after", Decimal),
            ("difference", Decimal),
            ("accepted_before", Decimal),
            ("accepted_after", Decimal),
            ("more", Integer),
            ("less", Integer),
            ("undetermined_before", Integer),
            ("undetermined_after", Integer),
        ];
        let mut table = self.table("fees", true, &columns);
        let is_open = |state: u8| state == 2 || state == 3;
        self.each_group(|cells, group| {
            let names = self.comparer.elements().fees.iter().map(|id| &**id).chain(["total"]);
            for (name, fee) in names.zip(&group.fees) {
                let mut row = cells.clone();
                row.push(text(name));
                row.extend([fee.before, fee.after, fee.difference, fee.accepted_before, fee.accepted_after].map(|sum| self.weighed(sum)));
                let counts = [fee.more, fee.less, fee.states.sum(|before, _| is_open(before)), fee.states.sum(|_, after| is_open(after))];
                counts.into_iter().for_each(|count| self.count(count, &mut row));
                table.rows.push(row);
            }
        });
        table
    }

    fn distribution(&self) -> ResultTable {
        use CellKind::Integer;
        let from = if self.tally.distribution.by_size { "amount_from" } else { "amount" };
        let columns = [(from, Integer), ("cases_before", Integer), ("cases_after", Integer)];
        let mut table = self.table("distribution", false, &columns);
        for (amount, counts) in self.tally.distribution.counts() {
            let mut row = vec![Cell::Integer(amount)];
            counts.into_iter().for_each(|count| self.count(count, &mut row));
            table.rows.push(row);
        }
        table
    }

    fn documents(&self) -> ResultTable {
        use CellKind::{Integer, Text};
        let columns = [
            ("document", Text),
            ("name", Text),
            ("asked_before", Integer),
            ("asked_after", Integer),
            ("no_longer_asked", Integer),
            ("newly_asked", Integer),
            ("undetermined_before", Integer),
            ("undetermined_after", Integer),
        ];
        let mut table = self.table("documents", true, &columns);
        let required = DOCUMENT_STATES.iter().position(|state| *state == "required").unwrap_or(0) as u8;
        let is_open = |state: u8| state == 4 || state == 5;
        self.each_group(|cells, group| {
            for (id, pairs) in self.comparer.elements().documents.iter().zip(&group.documents) {
                let settled = |before: u8, after: u8| !is_open(before) && !is_open(after);
                let counts = [
                    pairs.before(required),
                    pairs.after(required),
                    pairs.sum(|before, after| settled(before, after) && before == required && after != required),
                    pairs.sum(|before, after| settled(before, after) && before != required && after == required),
                    pairs.sum(|before, _| is_open(before)),
                    pairs.sum(|_, after| is_open(after)),
                ];
                let mut row = cells.clone();
                row.extend([text(id), text(&self.document(id))]);
                counts.into_iter().for_each(|count| self.count(count, &mut row));
                table.rows.push(row);
            }
        });
        table
    }

    fn document(&self, id: &str) -> String {
        let infos = self.comparer.laws().into_iter().flat_map(|law| law.program.documents.iter().rev());
        infos.into_iter().find(|info| *info.id == *id).map_or(String::new(), |info| info.name.get(self.language).to_string())
    }

    fn deadlines(&self) -> ResultTable {
        use CellKind::{Integer, Text};
        let columns = [("state_before", Text), ("state_after", Text), ("working_days_gained", Integer), ("cases", Integer), ("weight", Integer)];
        let mut table = self.table("deadlines", true, &columns);
        let is_known = |state: u8| state == 1 || state == 2;
        self.each_group(|cells, group| {
            let mut push = |states: [Cell; 2], gained: Cell, count: Count| {
                let mut row = cells.clone();
                row.extend(states);
                row.push(gained);
                self.count(count, &mut row);
                table.rows.push(row);
            };
            let known = group.due.sum(|before, after| is_known(before) && is_known(after));
            let moved = group.gained.values().fold(Count::default(), |sum, count| Count { cases: sum.cases + count.cases, weight: sum.weight + count.weight });
            let unmoved = Count { cases: known.cases - moved.cases, weight: known.weight - moved.weight };
            let mut days: Vec<(i64, Count)> = group.gained.iter().map(|(days, count)| (*days, *count)).collect();
            match days.iter_mut().find(|(days, _)| *days == 0) {
                Some((_, count)) => *count = Count { cases: count.cases + unmoved.cases, weight: count.weight + unmoved.weight },
                None => days.push((0, unmoved)),
            }
            days.sort_by_key(|(days, _)| *days);
            for (days, count) in days.into_iter().filter(|(_, count)| count.cases > 0) {
                push([text("known"), text("known")], Cell::Integer(days), count);
            }
            group.due.each(|before, after, count| {
                if !is_known(before) || !is_known(after) {
                    push([named(DUE_STATES, before), named(DUE_STATES, after)], Cell::Null, count);
                }
            });
        });
        table
    }

    fn changed(&self) -> ResultTable {
        use CellKind::{Decimal, Integer, Text};
        let columns = [
            ("part", Text),
            ("before", Text),
            ("after", Text),
            ("effect", Text),
            ("cases", Integer),
            ("weight", Integer),
            ("fee_difference", Decimal),
            ("working_days_gained", Decimal),
            ("law", Text),
        ];
        let mut table = self.table("changed", true, &columns);
        for (cause, tally) in self.tally.causes() {
            let named = self.comparer.named(&cause);
            let mut row = self.group_cells(cause.group as usize);
            row.extend([text(&named.part), text(&named.before), text(&named.after), text(if cause.better { "better" } else { "worse" })]);
            self.count(tally.count, &mut row);
            let amount = |kind: CauseKind| if cause.kind == kind { self.weighed(tally.amount) } else { Cell::Null };
            row.extend([amount(CauseKind::Fee), amount(CauseKind::Deadline)]);
            let law: Vec<&str> = named.basis.iter().map(|cite| &**cite.words.get(self.language)).collect();
            row.push(Cell::Text(law.join("; ")));
            table.rows.push(row);
        }
        table
    }

    fn samples(&self) -> ResultTable {
        use CellKind::{Date, Integer, Text};
        let [baseline, _] = self.comparer.laws();
        let mut columns = vec![("part", Text), ("before", Text), ("after", Text), ("case", Integer), ("as_of", Date)];
        columns.extend([("outcome_before", Text), ("outcome_after", Text), ("fee_before", Integer), ("fee_after", Integer)]);
        columns.extend([("due_before", Date), ("due_after", Date), ("unmet_before", Text), ("unmet_after", Text)]);
        columns.extend([("documents_before", Text), ("documents_after", Text)]);
        let facts = &baseline.program.facts;
        columns.extend(facts.iter().map(|fact| (&*fact.name, Text)));
        let mut table = self.table("samples", true, &columns);
        for (cause, tally) in self.tally.causes() {
            let named = self.comparer.named(&cause);
            for sample in tally.samples.kept() {
                let mut row = self.group_cells(cause.group as usize);
                row.extend([text(&named.part), text(&named.before), text(&named.after), Cell::Integer(sample.number as i64), Cell::Date(sample.as_of)]);
                self.answers(sample, &mut row);
                row.extend(sample.facts.iter().map(|fact| match fact {
                    Fact::Missing => Cell::Null,
                    Fact::Null => text("null"),
                    Fact::Known(value) => Cell::Text(plain(value)),
                }));
                table.rows.push(row);
            }
        }
        table
    }

    fn answers(&self, sample: &Sample, row: &mut Vec<Cell>) {
        let elements = self.comparer.elements();
        let [before, after] = &sample.answers;
        row.extend([before, after].map(|answer| self::named(OUTCOMES, answer.outcome)));
        row.extend([before, after].map(|answer| answer.fee.map_or(Cell::Null, Cell::Integer)));
        row.extend([before, after].map(|answer| answer.due.map_or(Cell::Null, Cell::Date)));
        let unmet = |at: &Vec<u32>| {
            let ids: Vec<&str> = at.iter().filter_map(|at| elements.conditions.get(*at as usize)).map(|element| &*element.id).collect();
            Cell::Text(ids.join(", "))
        };
        row.extend([unmet(&before.unmet), unmet(&after.unmet)]);
        let documents = |at: &Vec<u32>| {
            let ids: Vec<&str> = at.iter().filter_map(|at| elements.documents.get(*at as usize)).map(|id| &**id).collect();
            Cell::Text(ids.join(", "))
        };
        row.extend([documents(&before.documents), documents(&after.documents)]);
    }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn named(names: &[&str], code: u8) -> Cell {
    text(names.get(usize::from(code)).copied().unwrap_or(""))
}

/// A value as it would be told.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::List(items) if items.iter().all(|item| matches!(item, Value::Text(_))) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        value => super::value_to_json(value).to_string().trim_matches('"').to_owned(),
    }
}

/// `sum / 10^scale` as exact text.
fn decimal(sum: i128, scale: u8) -> String {
    let scale = usize::from(scale);
    let digits = format!("{:0>width$}", sum.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let fraction = fraction.trim_end_matches('0');
    let sign = if sum < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

impl ResultTable {
    /// The table as CSV (RFC 4180), with a head.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut out = String::new();
        let mut line = |cells: &mut dyn Iterator<Item = Cow<'_, str>>| {
            for (at, cell) in cells.enumerate() {
                if at > 0 {
                    out.push(',');
                }
                if cell.contains([',', '"', '\n', '\r']) {
                    out.push('"');
                    out.push_str(&cell.replace('"', "\"\""));
                    out.push('"');
                } else {
                    out.push_str(&cell);
                }
            }
            out.push('\n');
        };
        line(&mut self.columns.iter().map(|column| Cow::from(&*column.name)));
        self.rows.iter().for_each(|row| line(&mut row.iter().map(Cell::text)));
        out
    }
}

impl ComparisonView<'_> {
    /// The comparison without a loan from the packs.
    #[must_use]
    pub fn into_owned(self) -> ComparisonView<'static> {
        let text = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let pack = |pack: PackRef<'_>| PackRef { id: text(pack.id), version: text(pack.version), hash: text(pack.hash) };
        ComparisonView {
            procedure: text(self.procedure),
            name: text(self.name),
            jurisdiction: self.jurisdiction.map(text),
            as_of: self.as_of,
            baseline: pack(self.baseline),
            reform: pack(self.reform),
            cases: self.cases,
            by: self.by,
            tables: self.tables,
        }
    }

    /// A table by its name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&ResultTable> {
        self.tables.iter().find(|table| table.name == name)
    }
}

/// A word for a status, for people.
pub(super) fn word(name: &str, language: Language) -> &str {
    let words = [
        ("better", "được lợi", "better off"),
        ("worse", "bị thiệt", "worse off"),
        ("mixed", "vừa lợi vừa thiệt", "some of each"),
        ("same", "không đổi", "unchanged"),
        ("undecided", "không có luật", "no law"),
    ];
    match words.iter().find(|(code, ..)| *code == name) {
        Some((_, vi, en)) => language.choose(vi, en),
        None => explain::status_word(name, language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_exact() {
        let all: Vec<String> = [(0, 2), (5, 2), (-105, 2), (1200, 2), (7, 0)].map(|(sum, scale)| decimal(sum, scale)).into();
        assert_eq!(all, ["0", "0.05", "-1.05", "12", "7"]);
    }

    #[test]
    fn csv_quotes_what_must_be() {
        let columns = ["a", "b,c"].map(|name| ResultColumn { name: name.to_owned(), kind: CellKind::Text }).to_vec();
        let table = ResultTable { name: "t", columns, rows: vec![vec![text("x \"y\""), Cell::Integer(-3)], vec![Cell::Null, text("z")]] };
        assert_eq!(table.csv(), "a,\"b,c\"\n\"x \"\"y\"\"\",-3\n,z\n");
    }
}
