//! Two laws over the same cases, block after block: what both say is worked out once. Nothing is written out that only counting
//! asks for: a status is told as the rows of each code, and what gave an answer only of the rows that somebody asks about.

use super::answer::{Codes, Lacks, Writer};
use super::batch::Batch;
use super::bits;
use super::compiled::{Compiled, have_same_epochs};
use super::describe::Wanted;
use super::execute::Block;
use super::output::{Kind, Output, OutputColumn, UnknownOutput};
use super::plan::{BLOCK, Law, Memory, Plan};
use super::registers::{ALL, Mask, NONE, add, and, each, first, is_empty, or, without};
use super::results::{Answers, Values};
use super::row::{Answer, by_eval, put};
use super::source::Rows;

/// The plans of two laws that decide the same cases.
#[derive(Debug)]
pub(crate) struct Paired<'p> {
    laws: [Law<'p>; 2],
    plans: [Plan; 2],
    /// The columns that are told when they are asked for.
    late: [Vec<bool>; 2],
    /// Which column of the first law says what a column of the second says, wherever kernels settle it.
    alike: Vec<Option<usize>>,
    /// The plans were made together, for one batch: one memory serves both.
    together: bool,
    same_epochs: bool,
}

/// A block as both laws decide it, and the memory of that.
#[derive(Debug, Default)]
pub(crate) struct PairedBlock {
    columns: [Vec<Told>; 2],
    /// The columns of the second law that the first has already told, and where.
    same: Vec<Option<usize>>,
    memory: [Memory; 2],
}

/// A column of a block.
#[derive(Debug)]
pub(crate) enum Told {
    Statuses(Box<Codes>),
    Answers(Answers),
}

/// Some rows of the batches of both laws; one batch may serve both.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PairedRows<'b, 'a> {
    pub batches: [&'b Batch<'a>; 2],
    pub start: usize,
    pub len: usize,
}

impl PairedRows<'_, '_> {
    fn are_one_batch(&self) -> bool {
        let [first, second] = self.batches;
        std::ptr::eq(first, second)
    }
}

impl<'p> Paired<'p> {
    /// Plans for columns of two laws; `together` where both hold the same facts in the same slots and have the same calendar.
    /// Columns of which `is_late` are told by [`Paired::tell`] alone.
    ///
    /// # Errors
    /// [`UnknownOutput`] where a program has no such condition, document or fee.
    pub fn new(laws: [Law<'p>; 2], outputs: [&[Output]; 2], together: bool, is_late: impl Fn(&Output) -> bool) -> Result<Paired<'p>, UnknownOutput> {
        let ([law, other], [outputs, of_other]) = (laws, outputs);
        let plans = if together {
            let [compiled, compiled_other] = Compiled::of([law.program, other.program]);
            [Plan::of(law, outputs, compiled)?, Plan::of(other, of_other, compiled_other)?]
        } else {
            [Plan::new(law, outputs)?, Plan::new(other, of_other)?]
        };
        let same_epochs = have_same_epochs(law.program, other.program);
        let [first, second] = &plans;
        let sources = first.wanted.iter().map(|wanted| first.compiled.sources(wanted)).collect::<Vec<_>>();
        let alike = second.columns.iter().zip(&second.wanted).map(|(column, wanted)| {
            let own = Some(second.compiled.sources(wanted).filter(|_| together && same_epochs)?);
            let at = sources.iter().position(|source| *source == own)?;
            first.columns.get(at).filter(|of_first| of_first.kind == column.kind).map(|_| at)
        });
        let alike = alike.collect();
        let late = plans.each_ref().map(|plan| plan.columns.iter().map(|column| is_late(&column.output)).collect());
        Ok(Paired { laws, plans, late, alike, together, same_epochs })
    }

    /// The columns of one of the laws.
    pub fn columns(&self, side: usize) -> &[OutputColumn] {
        self.plans.get(side).map_or(&[], Plan::columns)
    }

    /// Makes room for the blocks of two batches, and forgets others.
    pub fn begin(&self, into: &mut PairedBlock) {
        for (((plan, law), columns), memory) in self.plans.iter().zip(self.laws).zip(&mut into.columns).zip(&mut into.memory) {
            plan.forget(law, memory);
            let fits = columns.len() == plan.columns.len() && columns.iter().zip(&plan.wanted).all(|(told, wanted)| told.fits(wanted));
            if !fits {
                *columns = plan.columns.iter().zip(&plan.wanted).map(|(column, wanted)| Told::new(&column.kind, wanted)).collect();
            }
        }
        into.same.clear();
        into.same.resize(self.alike.len(), None);
    }

    /// Decides a block; there is room for it.
    pub fn block(&self, cases: PairedRows, into: &mut PairedBlock) {
        let PairedBlock { columns: [columns, columns_other], same, memory: [memory, memory_other] } = into;
        let together = self.together && cases.are_one_batch();
        let [late, late_other] = &self.late;
        let is = |late: &[bool], column: usize| late.get(column).copied().unwrap_or(false);
        memory.registers.stamp += 1;
        self.decide(0, cases, &ALL, columns, memory, true, |column| !is(late, column));
        for (same, alike) in same.iter_mut().zip(&self.alike) {
            // Where a row is left to `eval` each law says for itself what it comes to.
            let settled = |column: &usize| !is(late, *column) && memory.pending.get(*column).is_some_and(is_empty);
            *same = alike.filter(settled).filter(|_| together);
        }
        let same = &*same;
        let wants = |column: usize| !is(late_other, column) && same.get(column).is_some_and(Option::is_none);
        if together {
            // The block stays the same, and with it what the registers hold.
            self.decide(1, cases, &ALL, columns_other, memory, !self.same_epochs, wants);
        } else {
            memory_other.registers.stamp += 1;
            self.decide(1, cases, &ALL, columns_other, memory_other, true, wants);
        }
    }

    /// Tells late columns in some rows of the block that was decided last.
    pub fn tell(&self, side: usize, late: &[usize], rows: &Mask, cases: PairedRows, into: &mut PairedBlock) {
        let PairedBlock { columns, memory: [memory, memory_other], .. } = into;
        let together = self.together && cases.are_one_batch();
        let memory = if side == 0 || together { memory } else { memory_other };
        if let Some(columns) = columns.get_mut(side) {
            self.decide(side, cases, rows, columns, memory, together && !self.same_epochs, |column| late.contains(&column));
        }
    }

    /// Decides the wanted columns of a block by one of the laws, and `only` some of its rows where these are looked at one by one.
    #[expect(clippy::too_many_arguments, reason = "the parts of a block, borrowed apart")]
    fn decide(&self, side: usize, cases: PairedRows, only: &Mask, columns: &mut [Told], memory: &mut Memory, finds: bool, wants: impl Fn(usize) -> bool) {
        let (Some(plan), Some(law), Some(batch)) = (self.plans.get(side), self.laws.get(side).copied(), cases.batches.get(side)) else { return };
        let rows = Rows { start: cases.start, len: cases.len.min(BLOCK) };
        let Memory { slots, work, registers, present, parts, pending } = memory;
        if finds {
            present.find(law, batch, rows);
        }
        let block = Block { law, kernels: &plan.compiled.kernels, batch, rows, present, registers, slots, work };
        let mut writer = Writer { block, compiled: &plan.compiled, parts, unsettled: None, at: 0, only: *only };
        let here = and(&first(rows.len), only);
        let (mut open, mut lacks) = (NONE, Lacks::default());
        pending.clear();
        for (place, (told, (wanted, column))) in columns.iter_mut().zip(plan.wanted.iter().zip(&plan.columns)).enumerate() {
            if !wants(place) {
                pending.push(NONE);
                continue;
            }
            told.write(&mut writer, wanted, &column.kind, rows.len, &mut lacks);
            let left = and(&lacks.pending, &here);
            add(&mut open, &left);
            pending.push(left);
        }
        if is_empty(&open) {
            return;
        }
        let pending = std::mem::take(pending);
        each(&open, |row| {
            let left = |column: usize| pending.get(column).is_some_and(|pending| bits::get(pending, row));
            by_eval(law, batch, rows.start + row, &plan.wanted, left, memory, |column, answer| {
                if let (Some(told), Some(of)) = (columns.get_mut(column), plan.columns.get(column)) {
                    told.put(&of.kind, rows.len, row, answer);
                }
            });
        });
        memory.pending = pending;
    }
}

impl Told {
    fn new(kind: &Kind, wanted: &Wanted) -> Told {
        if wanted.is_status() {
            Told::Statuses(Box::default())
        } else {
            Told::Answers(Answers { values: Values::new(kind), valid: None })
        }
    }

    fn fits(&self, wanted: &Wanted) -> bool {
        matches!(self, Told::Statuses(_)) == wanted.is_status()
    }

    fn write(&mut self, writer: &mut Writer, wanted: &Wanted, kind: &Kind, rows: usize, lacks: &mut Lacks) {
        match self {
            Told::Statuses(codes) => {
                **codes = Codes::default();
                writer.codes(wanted, codes, lacks);
                let absent = or(&lacks.none, &lacks.pending);
                let [first_code, others @ ..] = &mut **codes;
                let mut told = absent;
                for rows in others {
                    *rows = without(rows, &absent);
                    add(&mut told, rows);
                }
                *first_code = without(&first(rows), &told);
            }
            Told::Answers(answers) => {
                answers.begin(kind, rows);
                answers.reach(rows);
                writer.write(wanted, answers, lacks);
                let none = and(&lacks.none, &first(rows));
                if !is_empty(&none) {
                    for (word, none) in answers.valid(rows).iter_mut().zip(none) {
                        *word &= !none;
                    }
                }
            }
        }
    }

    /// Puts what `eval` says of a row.
    fn put(&mut self, kind: &Kind, rows: usize, row: usize, answer: Answer) {
        match (self, answer) {
            (Told::Statuses(codes), Answer::Code(code)) => {
                if let Some(rows) = codes.get_mut(code as usize) {
                    bits::set(rows, row);
                }
            }
            (Told::Statuses(_), _) => {}
            (Told::Answers(answers), answer) => put(answers, kind, rows, row, answer),
        }
    }
}

impl PairedBlock {
    /// Whether both laws say the same in a column of each, and it was told once.
    pub fn is_same(&self, columns: [usize; 2]) -> bool {
        let [first, second] = columns;
        self.same.get(second).copied().flatten() == Some(first)
    }

    fn told(&self, side: usize, column: usize) -> Option<&Told> {
        let of_first = if side == 0 { None } else { self.same.get(column).copied().flatten() };
        let side = if of_first.is_some() { 0 } else { side };
        self.columns.get(side)?.get(of_first.unwrap_or(column))
    }

    /// The rows of each status of a column.
    pub fn statuses(&self, side: usize, column: usize) -> Option<&Codes> {
        match self.told(side, column)? {
            Told::Statuses(codes) => Some(codes),
            Told::Answers(_) => None,
        }
    }

    /// The answers of a column.
    pub fn answers(&self, side: usize, column: usize) -> Option<&Answers> {
        match self.told(side, column)? {
            Told::Answers(answers) => Some(answers),
            Told::Statuses(_) => None,
        }
    }

    /// The status of a row in a column.
    pub fn status(&self, side: usize, column: usize, row: usize) -> Option<u8> {
        let codes = self.statuses(side, column)?;
        codes.iter().zip(0u8..).find(|(rows, _)| bits::get(&rows[..], row)).map(|(_, code)| code)
    }

    /// The amount of a row whose state is the first.
    pub fn amount(&self, side: usize, state: usize, amount: usize, row: usize) -> Option<i64> {
        let answers = self.answers(side, amount).filter(|_| self.status(side, state, row) == Some(0))?;
        answers.integers().get(row).copied()
    }
}
