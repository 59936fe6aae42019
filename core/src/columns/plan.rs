//! A plan: the columns that are wanted of a program's decisions and how each is worked out.

use std::ops::Range;

use super::answer::{Lacks, Writer};
use super::batch::Batch;
use super::compiled::Compiled;
use super::describe::{Wanted, describe};
use super::execute::{Block, Registers};
use super::parts::PartAnswers;
use super::present::Present;
use super::registers::{ALL, Mask, NONE, add, and, each, first, is_empty};
use super::source::Rows;
use super::output::{Kind, Output, OutputColumn, UnknownOutput, unknown};
use super::results::{Answers, Results, Texts, Values};
use super::row::{by_eval, put};
use crate::calendar::WorkingCalendar;
use crate::compile::program::{Epoch, Program};
use crate::eval::{Slots, Workspace};
use crate::value::{Date, Value};

/// Rows are worked on in blocks of so many: what lies between two kernels stays in the first cache.
pub(crate) const BLOCK: usize = 1_024;

/// What decides: a program and the calendar of its pack.
#[derive(Clone, Copy, Debug)]
pub struct Law<'p> {
    /// The program.
    pub program: &'p Program,
    /// The calendar.
    pub calendar: &'p WorkingCalendar,
}

impl<'p> Law<'p> {
    /// The epoch of a day and its position.
    pub(super) fn epoch(&self, day: Date) -> Option<(usize, &'p Epoch)> {
        self.program.epoch_at(day)
    }
}

/// The columns that are wanted of a program's decisions, and how they are worked out. Made once, it serves many batches and
/// any number of threads; it belongs to the program and the calendar it was made for.
#[derive(Debug, Default)]
pub struct Plan {
    pub(super) columns: Vec<OutputColumn>,
    pub(super) wanted: Vec<Wanted>,
    /// The position of the definition that a column tells of.
    definitions: Vec<Option<usize>>,
    pub(super) compiled: Compiled,
    ways: Vec<Way>,
}

/// How a column is worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The column's name.
    pub column: String,
    /// The spans of law in which it has no kernel and is decided row after row; mostly there is none.
    pub by_eval: Vec<WayOf>,
}

/// Why a column is decided row after row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOf {
    /// The first day of the law.
    pub from: Date,
    /// What has no kernel.
    pub why: String,
}

/// Memory of a run, kept for the next.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub slots: Slots,
    pub work: Workspace,
    pub registers: Registers,
    pub present: Present,
    pub parts: Vec<Option<Box<PartAnswers>>>,
    /// What each column of a block leaves to `eval`.
    pub pending: Vec<Mask>,
}

impl Plan {
    /// The plan for some columns of the decisions of a program.
    ///
    /// # Errors
    /// [`UnknownOutput`] where the program has no such condition, document, fee, fact or definition.
    pub fn new(law: Law, outputs: &[Output]) -> Result<Plan, UnknownOutput> {
        let [compiled] = Compiled::of([law.program]);
        Plan::of(law, outputs, compiled)
    }

    pub(super) fn of(law: Law, outputs: &[Output], compiled: Compiled) -> Result<Plan, UnknownOutput> {
        let program = law.program;
        let mut plan = Plan { columns: Vec::new(), wanted: Vec::new(), definitions: Vec::new(), compiled, ways: Vec::new() };
        for output in outputs {
            let name = output.to_string();
            let Some((kind, wanted)) = describe(program, output) else { return Err(unknown(program, &name, &Output::all(program))) };
            let definition = match output {
                Output::Definition(name) | Output::DefinitionState(name) | Output::DefinitionRow(name) => {
                    program.definitions.iter().position(|named| named.name == *name)
                }
                _ => None,
            };
            let epochs = program.epochs.iter().zip(&plan.compiled.epochs).enumerate();
            let by_eval = epochs.filter_map(|(at, (epoch, parts))| Some(WayOf { from: epoch.from, why: parts.why(at, &wanted, definition)? }));
            plan.ways.push(Way { column: name.clone(), by_eval: by_eval.collect() });
            plan.columns.push(OutputColumn { output: output.clone(), name, kind });
            plan.wanted.push(wanted);
            plan.definitions.push(definition);
        }
        Ok(plan)
    }

    /// The columns, in the order they were wanted.
    #[must_use]
    pub fn columns(&self) -> &[OutputColumn] {
        &self.columns
    }

    /// How each column is worked out.
    #[must_use]
    pub fn report(&self) -> &[Way] {
        &self.ways
    }

    /// Decides some rows of a batch of cases of the program that the plan was made for. `into` is filled anew and keeps its
    /// memory; row 0 of it is the first of `rows`.
    pub fn run(&self, law: Law, batch: &Batch, rows: Range<usize>, into: &mut Results) {
        let rows = rows.start.min(batch.rows())..rows.end.min(batch.rows());
        self.begin(rows.len(), into);
        self.add(law, batch, rows, into);
    }

    /// Makes room for the answers of so many rows. `into` is filled anew and keeps its memory.
    pub fn begin(&self, rows: usize, into: &mut Results) {
        (into.rows, into.room, into.by_eval) = (0, rows, 0);
        if into.columns.len() != self.columns.len() {
            into.columns = self.columns.iter().map(|column| Answers { values: Values::new(&column.kind), valid: None }).collect();
        }
        for (answers, column) in into.columns.iter_mut().zip(&self.columns) {
            answers.begin(&column.kind, rows);
        }
    }

    /// Decides some rows of a batch after those that were decided since [`Plan::begin`], as far as there is room, and says how many. So
    /// a long table is decided part after part, each from a batch of its own. All parts but the last have a multiple of 64 rows:
    /// after one that has not, none is added.
    pub fn add(&self, law: Law, batch: &Batch, rows: Range<usize>, into: &mut Results) -> usize {
        let Results { columns, memory, by_eval, rows: done, room } = into;
        let left = if done.is_multiple_of(64) { *room - *done } else { 0 };
        let rows = rows.start..rows.end.min(batch.rows()).min(rows.start.saturating_add(left));
        self.forget(law, memory);
        for start in rows.clone().step_by(BLOCK) {
            let block = Rows { start, len: (rows.end - start).min(BLOCK) };
            memory.registers.stamp += 1;
            *by_eval += self.block(law, batch, block, *done, *room, columns, memory);
            *done += block.len;
        }
        rows.len()
    }

    /// Makes room in the memory of a run, and forgets the last.
    pub(super) fn forget(&self, law: Law, memory: &mut Memory) {
        memory.registers.begin(law.program, &self.compiled.kernels);
        memory.parts.resize_with(self.compiled.parts.len(), || Some(Box::default()));
    }

    /// Decides a block; how many rows of it `eval` decided.
    #[expect(clippy::too_many_arguments, reason = "the parts of a run, borrowed apart")]
    fn block(&self, law: Law, batch: &Batch, rows: Rows, at: usize, all: usize, columns: &mut [Answers], memory: &mut Memory) -> usize {
        let Memory { slots, work, registers, present, parts, pending } = memory;
        present.find(law, batch, rows);
        let block = Block { law, kernels: &self.compiled.kernels, batch, rows, present, registers, slots, work };
        let mut writer = Writer { block, compiled: &self.compiled, parts, unsettled: None, at, only: ALL };
        let here = first(rows.len);
        pending.clear();
        let (mut open, mut lacks) = (NONE, Lacks::default());
        for (((answers, wanted), column), definition) in columns.iter_mut().zip(&self.wanted).zip(&self.columns).zip(&self.definitions) {
            answers.reach(at + rows.len);
            match definition {
                Some(definition) => lacks = writer.write_definition(*definition, wanted, &column.kind, answers),
                None => writer.write(wanted, answers, &mut lacks),
            }
            let none = and(&lacks.none, &here);
            if !is_empty(&none) || answers.valid.is_some() {
                for (word, none) in answers.valid(all).iter_mut().skip(at / 64).zip(none) {
                    *word &= !none;
                }
            }
            let left = and(&lacks.pending, &here);
            add(&mut open, &left);
            pending.push(left);
        }
        if is_empty(&open) {
            return 0;
        }
        let pending = std::mem::take(pending);
        let mut decided = 0;
        each(&open, |row| {
            decided += 1;
            let wants = |column: usize| pending.get(column).is_some_and(|pending| super::bits::get(pending, row));
            by_eval(law, batch, rows.start + row, &self.wanted, wants, memory, |column, answer| {
                if let (Some(answers), Some(of)) = (columns.get_mut(column), self.columns.get(column)) {
                    put(answers, &of.kind, all, at + row, answer);
                }
            });
        });
        memory.pending = pending;
        decided
    }

    /// Decides all rows of a batch on so many threads: each has a run of rows, in their order.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn run_on(&self, law: Law, batch: &Batch, threads: usize) -> Vec<Results> {
        let share = batch.rows().div_ceil(threads.max(1)).next_multiple_of(BLOCK).max(BLOCK);
        let starts = (0..batch.rows()).step_by(share);
        let mut parts: Vec<Results> = starts.clone().map(|_| Results::default()).collect();
        std::thread::scope(|scope| {
            let mut jobs = starts.zip(&mut parts);
            let first = jobs.next();
            for (start, into) in jobs {
                scope.spawn(move || self.run(law, batch, start..start + share, into));
            }
            if let Some((start, into)) = first {
                self.run(law, batch, start..start + share, into);
            }
        });
        parts
    }
}

impl Values {
    /// No answers yet, as the answers of a kind are held.
    #[must_use]
    pub fn new(kind: &Kind) -> Values {
        match kind {
            Kind::Codes(names) if names.len() > 256 => Values::Wide(Vec::new()),
            Kind::Codes(_) | Kind::Level => Values::Bytes(Vec::new()),
            Kind::Bits => Values::Bits(Vec::new()),
            Kind::Days => Values::Days(Vec::new()),
            Kind::Amounts | Kind::Numbers { .. } => Values::Integers { integers: Vec::new(), beside: Vec::new() },
            Kind::Texts => Values::Texts { codes: Vec::new(), texts: Texts::default() },
            Kind::Values => Values::Values(Vec::new()),
        }
    }
}

impl Answers {
    /// Makes room for rows, which [`Answers::reach`] takes block after block. What was there stays until it is written over.
    pub(super) fn begin(&mut self, kind: &Kind, rows: usize) {
        fn room<T>(cells: &mut Vec<T>, rows: usize) {
            cells.truncate(rows);
            cells.reserve_exact(rows - cells.len());
        }
        self.valid = None;
        match &mut self.values {
            Values::Bytes(bytes) => room(bytes, rows),
            Values::Wide(codes) => room(codes, rows),
            Values::Bits(words) => {
                words.clear();
                words.resize(rows.div_ceil(64), 0);
            }
            Values::Days(days) => room(days, rows),
            Values::Integers { integers, beside } => {
                room(integers, rows);
                beside.clear();
            }
            Values::Texts { codes, texts } => {
                room(codes, rows);
                texts.clear();
            }
            Values::Values(values) => room(values, rows),
        }
        let fresh = Values::new(kind);
        if std::mem::discriminant(&fresh) != std::mem::discriminant(&self.values) {
            self.values = fresh;
            self.begin(kind, rows);
        }
    }

    /// Takes room up to a row: right before the block is written, while its memory is near, since fresh memory has to be
    /// cleared first.
    pub(super) fn reach(&mut self, rows: usize) {
        fn up_to<T: Clone>(cells: &mut Vec<T>, rows: usize, nothing: T) {
            if cells.len() < rows {
                cells.resize(rows, nothing);
            }
        }
        match &mut self.values {
            Values::Bytes(bytes) => up_to(bytes, rows, 0),
            Values::Wide(codes) => up_to(codes, rows, 0),
            Values::Bits(_) => {}
            Values::Days(days) => up_to(days, rows, 0),
            Values::Integers { integers, .. } => up_to(integers, rows, 0),
            Values::Texts { codes, .. } => up_to(codes, rows, 0),
            Values::Values(values) => up_to(values, rows, Value::Null),
        }
    }
}
