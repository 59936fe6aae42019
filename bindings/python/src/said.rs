//! What the decisions of a program have said: most of it is said again, and stays one Python object.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pyclass::boolean_struct::True;
use pyo3::{PyClass, PyClassInitializer};
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;
use serde::de::DeserializeOwned;
use thutuc::compile::CompiledPack;
use thutuc::compile::program::Program;
use thutuc::eval::{FactProblem, Moment, Slots, Undecided, Workspace};
use thutuc::model::Language;
use thutuc::wire::parts::NONE;
use thutuc::wire::{self, Parts, decision_of_parts, part_word as word};

use crate::parts::{Condition, Document, Eligibility, Fee, Fees, Identity, Part, With};

/// The parts that decisions of one program in one language have said, by number.
pub struct Said {
    parts: Parts,
    kept: Vec<Arc<SaidPart>>,
}

/// A part of a decision: its JSON, and its object once it is asked for.
struct SaidPart {
    json: String,
    object: PyOnceLock<Py<PyAny>>,
}

/// A decision in parts: where a word of the core is the number of a part, it is its position here.
pub struct InParts {
    words: Vec<i32>,
    parts: Vec<Arc<SaidPart>>,
}

impl Said {
    /// Nothing said yet.
    pub fn new(program: &Program, language: Language) -> Said {
        Said { parts: Parts::new(program, language), kept: Vec::new() }
    }

    /// Decides one case.
    pub fn decide(
        &mut self,
        pack: &CompiledPack,
        program: &Program,
        slots: &Slots,
        moment: &Moment,
        problems: &[FactProblem],
        work: &mut Workspace,
    ) -> Result<InParts, Undecided> {
        let mut words = self.parts.decide(pack, program, slots, moment, problems, work)?.to_vec();
        let known = words.get(word::KEPT).map_or(0, |kept| (*kept).max(0) as usize);
        self.kept.truncate(known);
        self.kept.extend(self.parts.fresh().iter().map(|json| SaidPart::of(json)));
        let passing: Vec<Arc<SaidPart>> = self.parts.passing().iter().map(|json| SaidPart::of(json)).collect();
        let mut parts = Vec::with_capacity(words.len());
        let mut place = |word: &mut i32| {
            let part = match usize::try_from(*word) {
                Ok(kept) => self.kept.get(kept),
                Err(_) => passing.get((NONE - 1).saturating_sub(*word) as usize),
            };
            *word = part.map_or(NONE, |_| parts.len() as i32);
            parts.extend(part.cloned());
        };
        let (head, lists) = words.split_at_mut_checked(word::LISTS).unwrap_or_default();
        for at in word::PARTS {
            if let Some(word) = head.get_mut(at).filter(|word| **word != NONE) {
                place(word);
            }
        }
        let mut lists = lists.iter_mut();
        while let (Some(element), Some(facts)) = (lists.next(), lists.next()) {
            place(element);
            lists.by_ref().take(*facts as usize).for_each(&mut place);
        }
        Ok(InParts { words, parts })
    }
}

impl SaidPart {
    fn of(json: &str) -> Arc<SaidPart> {
        Arc::new(SaidPart { json: json.to_owned(), object: PyOnceLock::new() })
    }

    /// Its object, read as a type of the wire.
    fn object<T: Part + DeserializeOwned>(&self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        let read = || serde_json::from_str::<T>(&self.json).map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?.part(with);
        Ok(self.object.get_or_try_init(with.py, read)?.clone_ref(with.py))
    }
}

impl InParts {
    /// The decision as JSON text.
    pub fn json(&self) -> String {
        decision_of_parts(&self.words, |word| self.part(word).map_or("null", |part| &part.json))
    }

    fn part(&self, word: i32) -> Option<&SaidPart> {
        self.parts.get(usize::try_from(word).ok()?).map(|part| &**part)
    }

    fn word(&self, at: usize) -> i32 {
        self.words.get(at).copied().unwrap_or(NONE)
    }

    /// The part at a place; None where there is none.
    fn one<T: Part + DeserializeOwned>(&self, at: usize, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        self.part(self.word(at)).map_or_else(|| Ok(with.py.None()), |part| part.object::<T>(with))
    }

    /// The elements of the nth list, a tuple.
    fn list<T: Part + DeserializeOwned, C: Element>(&self, nth: usize, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        let count = |nth: usize| self.word(word::COUNTS + nth);
        let mut words = self.words.iter().skip(word::LISTS).copied();
        let mut next = || words.next().unwrap_or(NONE);
        for _ in 0..(0..nth).map(count).sum() {
            next();
            for _ in 0..next() {
                next();
            }
        }
        let mut elements = Vec::new();
        for _ in 0..count(nth) {
            let (element, facts) = (next(), next());
            let facts = (0..facts).filter_map(|_| self.part(next())).map(|fact| fact.object::<wire::KnownFact<'static>>(with));
            let because = PyTuple::new(with.py, facts.collect::<PyResult<Vec<_>>>()?)?;
            let Some(element) = self.part(element) else { continue };
            let element = element.object::<T>(with)?;
            let element = element.bind(with.py).cast::<C>()?.get().because(with.py, because.into_any().unbind());
            elements.push(Py::new(with.py, element)?);
        }
        Ok(PyTuple::new(with.py, elements)?.into_any().unbind())
    }

    /// An attribute of the decision; nothing for those that are read from its JSON.
    pub fn attribute(&self, name: &str, with: With<'_, '_>) -> PyResult<Option<Py<PyAny>>> {
        let py = with.py;
        Ok(Some(match name {
            "outcome" => self.one::<wire::OutcomeName>(word::OUTCOME, with)?,
            "eligibility" => {
                let status = self.one::<wire::Overall>(word::ELIGIBILITY, with)?;
                let conditions = self.list::<wire::ConditionAnswer<'static>, Condition>(0, with)?;
                Py::new(py, Eligibility { status, conditions })?.into_any()
            }
            "identity" => {
                let status = self.one::<wire::Overall>(word::IDENTITY, with)?;
                let required_level = u8::try_from(self.word(word::LEVEL)).ok().part(with)?;
                let checks = self.list::<wire::ConditionAnswer<'static>, Condition>(1, with)?;
                Py::new(py, Identity { status, required_level, checks })?.into_any()
            }
            "documents" => self.list::<wire::DocumentAnswer<'static>, Document>(2, with)?,
            "fees" => {
                let status = self.one::<wire::FeesStatus>(word::FEES, with)?;
                let total = i64::from(self.word(word::TOTAL + 1)) << 32 | i64::from(self.word(word::TOTAL) as u32);
                let total = (self.word(word::FEES_KNOWN) == 1).then_some(total).part(with)?;
                let currency = "VND".to_owned().part(with)?;
                let items = self.list::<wire::FeeItem<'static>, Fee>(3, with)?;
                Py::new(py, Fees { status, total, currency, items })?.into_any()
            }
            "deadline" => self.one::<wire::Deadline<'static>>(word::DEADLINE, with)?,
            "next" => self.one::<String>(word::NEXT, with)?,
            "missing" if self.word(word::MISSING) != NONE => self.one::<Vec<wire::Missing<'static>>>(word::MISSING, with)?,
            _ => return Ok(None),
        }))
    }
}

/// An element that tells the facts that decided it.
trait Element: PyClass<Frozen = True> + Sync + Into<PyClassInitializer<Self>> {
    /// The same, decided by other facts.
    fn because(&self, py: Python<'_>, because: Py<PyAny>) -> Self;
}

macro_rules! elements {
    ($($name:ident { $($field:ident),* })*) => { $(
        impl Element for $name {
            fn because(&self, py: Python<'_>, because: Py<PyAny>) -> Self {
                $name { $($field: self.$field.clone_ref(py),)* because }
            }
        }
    )* };
}
elements! {
    Condition { id, status, message, wanted, citations }
    Document { id, status, name, form, copies, any_of, reuse_source, citations }
    Fee { id, name, amount, row, calculation, reduction, citations }
}
