//! Batch after batch: decided on several threads, in order, in bounded memory.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use thutuc::columns::Law;
use thutuc::wire::TableError;

use crate::decider::Decider;

/// Where record batches come from.
pub type Source = Box<dyn RecordBatchReader + Send>;

/// Whoever holds a pack and knows the program of it that decides.
pub trait HasLaw: Send + Sync {
    /// What decides.
    fn law(&self) -> Law<'_>;
}

/// A reader whose batches have at most so many rows.
pub struct Sliced {
    source: Source,
    rows: usize,
    /// What is left of the last batch.
    left: Option<RecordBatch>,
}

impl Sliced {
    /// Cuts batches of more than `rows` rows, without a copy.
    #[must_use]
    pub fn new(source: Source, rows: usize) -> Sliced {
        Sliced { source, rows: rows.max(1), left: None }
    }
}

impl Iterator for Sliced {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let whole = match self.left.take() {
            Some(left) => left,
            None => match self.source.next()? {
                Ok(batch) => batch,
                Err(error) => return Some(Err(error)),
            },
        };
        if whole.num_rows() <= self.rows {
            return Some(Ok(whole));
        }
        self.left = Some(whole.slice(self.rows, whole.num_rows() - self.rows));
        Some(Ok(whole.slice(0, self.rows)))
    }
}

/// The decisions on the batches of a reader, in its order.
///
/// The source is read on the thread that asks for the next batch, and on no other. While that thread reads a few batches
/// ahead, the others decide those it read before; then it helps them. So at most two rounds of batches are held.
pub struct Decided<L> {
    source: Sliced,
    decider: Arc<Decider>,
    law: L,
    threads: usize,
    /// Batches that were read and are decided next.
    read: Vec<RecordBatch>,
    /// Decisions that were not asked for yet.
    ready: VecDeque<RecordBatch>,
    /// Comes after what is ready; after it nothing.
    error: Option<ArrowError>,
    ended: bool,
}

/// How many batches a thread decides in one round: two are worth the start of a thread.
const PER_THREAD: usize = 2;

impl<L: HasLaw> Decided<L> {
    /// Decides the batches of a source on so many threads, the calling one included.
    pub fn new(source: Sliced, decider: Arc<Decider>, law: L, threads: usize) -> Decided<L> {
        let threads = threads.max(1);
        Decided { source, decider, law, threads, read: Vec::new(), ready: VecDeque::new(), error: None, ended: false }
    }

    /// What decides, and what it did so far.
    #[must_use]
    pub fn decider(&self) -> &Arc<Decider> {
        &self.decider
    }

    fn round(&mut self) {
        if self.read.is_empty() {
            self.read = self.ahead();
        }
        let now = std::mem::take(&mut self.read);
        let decide = |batch: &RecordBatch| self.decider.decide(self.law.law(), batch).map_err(external);
        if self.threads == 1 || now.len() <= 1 {
            let decided: Vec<_> = now.iter().map(decide).collect();
            return self.keep(decided);
        }
        let mut decided: Vec<Option<Result<RecordBatch, ArrowError>>> = now.iter().map(|_| None).collect();
        let jobs = Mutex::new(now.iter().zip(&mut decided));
        let work = || {
            loop {
                // A panic elsewhere leaves the list of jobs whole.
                let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some((batch, place)) = job else { return };
                *place = Some(decide(batch));
            }
        };
        let mut next = Vec::new();
        let (source, wanted) = (&mut self.source, self.threads * PER_THREAD);
        let (error, ended) = (&mut self.error, &mut self.ended);
        std::thread::scope(|scope| {
            for _ in 1..self.threads {
                scope.spawn(work);
            }
            next = read(source, wanted, error, ended);
            work();
        });
        self.read = next;
        self.keep(decided.into_iter().flatten().collect());
    }

    fn ahead(&mut self) -> Vec<RecordBatch> {
        let wanted = if self.threads == 1 { 1 } else { self.threads * PER_THREAD };
        read(&mut self.source, wanted, &mut self.error, &mut self.ended)
    }

    /// Keeps decisions up to the first that failed.
    fn keep(&mut self, decided: Vec<Result<RecordBatch, ArrowError>>) {
        for batch in decided {
            match batch {
                Ok(batch) => self.ready.push_back(batch),
                Err(error) => {
                    self.error = Some(error);
                    self.ended = true;
                    self.read.clear();
                    return;
                }
            }
        }
    }
}

/// Reads some batches, up to the end or an error.
fn read(source: &mut Sliced, wanted: usize, error: &mut Option<ArrowError>, ended: &mut bool) -> Vec<RecordBatch> {
    let mut read = Vec::with_capacity(wanted);
    while read.len() < wanted && !*ended {
        match source.next() {
            Some(Ok(batch)) if batch.num_rows() == 0 => {}
            Some(Ok(batch)) => read.push(batch),
            Some(Err(first)) => {
                *error = Some(first);
                *ended = true;
            }
            None => *ended = true,
        }
    }
    read
}

impl<L: HasLaw> Iterator for Decided<L> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty() && !(self.ended && self.read.is_empty()) {
            self.round();
        }
        match self.ready.pop_front() {
            Some(batch) => Some(Ok(batch)),
            None => self.error.take().map(Err),
        }
    }
}

impl<L: HasLaw> RecordBatchReader for Decided<L> {
    fn schema(&self) -> SchemaRef {
        self.decider.schema().clone()
    }
}

fn external(error: TableError) -> ArrowError {
    ArrowError::ExternalError(Box::new(error))
}
