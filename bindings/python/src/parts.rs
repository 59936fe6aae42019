//! The parts of a decision as Python objects: read-only, `Decimal` for exact numbers, `date` for days.
//!
//! Every wire type is taken apart without `..`: a field that core adds and Python lacks does not compile.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple};
use thutuc::compile::program::{Layout, Program};
use thutuc::model::{Confidence, DocumentForm};
use thutuc::value::{Date, Decimal};
use thutuc::wire::{self, Told};

use crate::host::decimal;
use crate::input::EPOCH_ORDINAL;

/// What a part needs to become a Python object.
#[derive(Clone, Copy)]
pub struct With<'py, 'p> {
    /// The interpreter.
    pub py: Python<'py>,
    /// The program that decided, if it is at hand: it tells which told facts are numbers and days.
    pub program: Option<&'p Program>,
}

/// A part of a decision that has a Python object.
pub trait Part {
    /// Its object.
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>>;
}

/// Exact text that becomes a `Decimal`.
pub struct Exact<T>(pub T);

/// ISO text that becomes a `datetime`.
pub struct At<T>(pub T);

impl Part for Cow<'_, str> {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        Ok(PyString::new(with.py, &self).into_any().unbind())
    }
}

impl Part for String {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        Ok(PyString::new(with.py, &self).into_any().unbind())
    }
}

impl Part for bool {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        Ok(self.into_pyobject(with.py)?.to_owned().into_any().unbind())
    }
}

macro_rules! integers {
    ($($integer:ty),*) => { $(impl Part for $integer {
        fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
            Ok(self.into_pyobject(with.py)?.into_any().unbind())
        }
    })* };
}
integers!(u8, u32, i64);

impl Part for Date {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        date(with.py, self).map(Bound::unbind)
    }
}

/// A day as `datetime.date`.
pub fn date(py: Python<'_>, day: Date) -> PyResult<Bound<'_, PyAny>> {
    static FROM_ORDINAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let from_ordinal = FROM_ORDINAL.get_or_try_init(py, || py.import("datetime")?.getattr("date")?.getattr("fromordinal").map(Bound::unbind))?;
    from_ordinal.bind(py).call1((day.0 + EPOCH_ORDINAL,))
}

fn from_iso<'py>(py: Python<'py>, class: &str, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("datetime")?.getattr(class)?.call_method1("fromisoformat", (text,))
}

impl<T: AsRef<str>> Part for Exact<T> {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        decimal(with.py, self.0.as_ref()).map(Bound::unbind)
    }
}

impl Part for Decimal {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        decimal(with.py, &self.to_string()).map(Bound::unbind)
    }
}

impl Part for wire::Citations<'_> {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        self.iter().collect::<Vec<_>>().part(with)
    }
}

impl<T: AsRef<str>> Part for At<T> {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        from_iso(with.py, "datetime", self.0.as_ref()).map(Bound::unbind)
    }
}

impl<T: Part> Part for Option<T> {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        self.map_or_else(|| Ok(with.py.None()), |part| part.part(with))
    }
}

impl<T: Part> Part for Vec<T> {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        let parts = self.into_iter().map(|part| part.part(with)).collect::<PyResult<Vec<_>>>()?;
        Ok(PyTuple::new(with.py, parts)?.into_any().unbind())
    }
}

/// Statuses and other names: the texts they have in JSON.
macro_rules! names {
    ($($name:ty),*) => { $(impl Part for $name {
        fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
            let name = serde_json::to_value(self).unwrap_or_default();
            Ok(PyString::intern(with.py, name.as_str().unwrap_or_default()).into_any().unbind())
        }
    })* };
}
names!(
    wire::OutcomeName, wire::Overall, wire::ConditionStatus, wire::DocumentState, wire::FeesStatus, wire::DeadlineStatus,
    wire::LinkedOutcome, Confidence, DocumentForm
);

impl Part for wire::KnownFact<'_> {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        let wire::KnownFact { fact, value } = self;
        let slot = with.program.and_then(|program| program.slot(&fact));
        let layout = slot.and_then(|slot| with.program?.fact(slot)).map(|fact| &fact.layout);
        let value = match (layout, value) {
            (Some(Layout::Number { .. }), Told::Text(text)) => Exact(text).part(with)?,
            (Some(Layout::Date { .. }), Told::Text(text)) => from_iso(with.py, "date", &text)?.unbind(),
            (_, value) => told(value, with)?,
        };
        Ok(Py::new(with.py, KnownFact { fact: fact.part(with)?, value })?.into_any())
    }
}

fn told(value: Told<'_>, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
    Ok(match value {
        Told::Null => with.py.None(),
        Told::Boolean(truth) => truth.part(with)?,
        Told::Number(number) => number.part(with)?,
        Told::Date(day) => day.part(with)?,
        Told::Text(text) => text.part(with)?,
        Told::Set(codes) => PyTuple::new(with.py, codes.iter().collect::<Vec<_>>())?.into_any().unbind(),
        Told::List(items) => {
            let items = items.into_iter().map(|item| told(item, with)).collect::<PyResult<Vec<_>>>()?;
            PyTuple::new(with.py, items)?.into_any().unbind()
        }
        Told::Record(members) => {
            let record = PyDict::new(with.py);
            for (name, value) in members {
                record.set_item(&*name, told(value, with)?)?;
            }
            record.into_any().unbind()
        }
    })
}

/// A read-only class for a wire type: its fields in order, `repr`, equality by fields, `__match_args__`.
macro_rules! class {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident),* $(,)? }) => {
        $(#[$doc])*
        #[pyclass(frozen, get_all, module = "thutuc")]
        pub struct $name {
            $($(#[$about])* pub $field: Py<PyAny>,)*
        }

        impl $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn values(&self) -> Vec<&Py<PyAny>> {
                vec![$(&self.$field),*]
            }
        }

        #[pymethods]
        impl $name {
            #[classattr]
            fn __match_args__(py: Python<'_>) -> PyResult<Py<PyTuple>> {
                PyTuple::new(py, Self::FIELDS).map(Bound::unbind)
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let fields = Self::FIELDS.iter().zip(self.values());
                let fields = fields.map(|(name, value)| Ok(format!("{name}={}", value.bind(py).repr()?)));
                Ok(format!("{}({})", stringify!($name), fields.collect::<PyResult<Vec<_>>>()?.join(", ")))
            }

            fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
                let Ok(other) = other.cast::<$name>() else { return Ok(false) };
                for (mine, theirs) in self.values().into_iter().zip(other.get().values()) {
                    if !mine.bind(py).eq(theirs.bind(py))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    };
}
pub(crate) use class;

/// As [`class`], made from a wire type; `field: Wrap` reads exact text as another type.
macro_rules! part {
    ($(#[$doc:meta])* $name:ident of $wire:ty = $pattern:path { $($(#[$about:meta])* $field:ident $(: $wrap:expr)?),* $(,)? }) => {
        class! { $(#[$doc])* $name { $($(#[$about])* $field),* } }

        impl Part for $wire {
            fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
                let $pattern { $($field),* } = self;
                let object = $name { $($field: part!(@value $field $(, $wrap)?).part(with)?),* };
                Ok(Py::new(with.py, object)?.into_any())
            }
        }
    };
    (@value $field:ident) => { $field };
    (@value $field:ident, $wrap:expr) => { $wrap($field) };
}

part! {
    /// Which rules decided.
    PackRef of wire::PackRef<'_> = wire::PackRef {
        /// The pack's id.
        id,
        /// Its version.
        version,
        /// Hash of everything that can change a decision, lower-case hexadecimal.
        hash,
    }
}
part! {
    /// A citation in the language asked for.
    Citation of wire::Cited<'_> = wire::Cited {
        /// The instrument's number.
        instrument,
        /// The instrument's title.
        title,
        /// Instrument and place in words.
        text,
        /// `verified`, `recalled` or `uncertain`.
        confidence,
    }
}
class! {
    /// A fact that decided something.
    KnownFact {
        /// Its dotted name.
        fact,
        /// Its value: bool, str, Decimal, date, None, a tuple, or a dict with exact text.
        value,
    }
}
part! {
    /// All conditions of eligibility.
    Eligibility of wire::Eligibility<'_> = wire::Eligibility {
        /// `met`, `unmet` or `undetermined`.
        status,
        /// One by one, a tuple of `Condition`.
        conditions,
    }
}
part! {
    /// All checks of the electronic identity.
    Identity of wire::Identity<'_> = wire::Identity {
        /// `met`, `unmet` or `undetermined`.
        status,
        /// The level that is needed, 0 for none; None while that is open.
        required_level,
        /// One by one, a tuple of `Condition`.
        checks,
    }
}
part! {
    /// A condition or a check.
    Condition of wire::ConditionAnswer<'_> = wire::ConditionAnswer {
        /// Its id.
        id,
        /// `met`, `unmet`, `undetermined` or `not_applicable`.
        status,
        /// What is wrong, where it is not met.
        message,
        /// What would have to change, where it is not met.
        wanted,
        /// Its legal basis, a tuple of `Citation`.
        citations,
        /// The facts that decided it, a tuple of `KnownFact`.
        because,
    }
}
part! {
    /// How many originals and copies.
    Copies of thutuc::model::Copies = thutuc::model::Copies {
        /// Originals.
        original,
        /// Copies.
        copy,
    }
}
part! {
    /// A paper.
    Document of wire::DocumentAnswer<'_> = wire::DocumentAnswer {
        /// Its id.
        id,
        /// `required`, `provided`, `reused`, `not_required` or `undetermined`.
        status,
        /// Its name.
        name,
        /// In what form.
        form,
        /// How many.
        copies,
        /// Papers of which any one will do instead, a tuple of `Alternative`.
        any_of,
        /// Where the state knows it from.
        reuse_source,
        /// Its legal basis, a tuple of `Citation`.
        citations,
        /// The facts that decided it, a tuple of `KnownFact`.
        because,
    }
}
part! {
    /// One of several papers that will do.
    Alternative of wire::AlternativePaper<'_> = wire::AlternativePaper {
        /// Its id.
        id,
        /// Its name.
        name,
    }
}
part! {
    /// All fees.
    Fees of wire::Fees<'_> = wire::Fees {
        /// `determined` or `undetermined`.
        status,
        /// The total in đồng, an int; None while a fee is not settled.
        total,
        /// Always `VND`.
        currency,
        /// Fees that are due or not settled, a tuple of `Fee`.
        items,
    }
}
part! {
    /// A fee.
    Fee of wire::FeeItem<'_> = wire::FeeItem {
        /// Its id.
        id,
        /// Its name.
        name,
        /// Đồng, an int; None while it is not settled.
        amount,
        /// The row of its table that decided.
        row,
        /// How the amount came about.
        calculation,
        /// The reduction that applied.
        reduction,
        /// Its legal basis, that of the row and of the reduction included.
        citations,
        /// The facts that decided it, a tuple of `KnownFact`.
        because,
    }
}
part! {
    /// How an amount came about, in exact numbers.
    Calculation of wire::Calculation = wire::Calculation {
        /// One unit, after floor and cap, in đồng.
        unit,
        /// How many units.
        times,
        /// Before reductions and rounding, in đồng.
        before,
    }
}
part! {
    /// A reduction that applied.
    Reduction of wire::Cut<'_> = wire::Cut {
        /// Its id.
        id,
        /// Its name.
        name,
        /// What it took off, in đồng.
        off,
    }
}
part! {
    /// By when the authority must answer.
    Deadline of wire::Deadline<'_> = wire::Deadline {
        /// Its id; None while it is open which rule applies.
        id,
        /// `determined`, `provisional` or `undetermined`.
        status,
        /// The period in words.
        period,
        /// The first day that can count.
        starts_on,
        /// The day it is due.
        due_on,
        /// With hours, the moment (local time, UTC+07:00).
        due_at: |at: Option<String>| at.map(At),
        /// How many units were counted.
        counted,
        /// Days that were passed over, a tuple of `Skipped`.
        skipped,
        /// Pauses that were not counted, a tuple of `Pause`.
        pauses,
        /// Why it is not determined, where it is not.
        message,
        /// Its legal basis, a tuple of `Citation`.
        citations,
        /// The facts that decided which rule applies, a tuple of `KnownFact`.
        because,
    }
}
part! {
    /// A day that was passed over.
    Skipped of wire::Skipped<'_> = wire::Skipped {
        /// The day.
        date,
        /// Why.
        reason,
    }
}
class! {
    /// Days that were not counted because the applicant was completing the file.
    Pause {
        /// First day. (`from` is a keyword of Python.)
        first_day,
        /// Last day.
        last_day,
    }
}

impl Part for wire::Pause {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        let wire::Pause { from, until } = self;
        Ok(Py::new(with.py, Pause { first_day: from.part(with)?, last_day: until.part(with)? })?.into_any())
    }
}

part! {
    /// A step of a linked service: a procedure that the submission triggers with others.
    LinkedStep of wire::LinkedStep<'_> = wire::LinkedStep {
        /// Its id.
        id,
        /// Its name.
        name,
        /// The code of the procedure it carries out; None where only the step itself is known.
        procedure,
        /// Who carries it out.
        authority,
        /// What it makes, where later steps use it.
        result,
        /// `accept`, `refuse`, `ask`, `not_started` or `not_applicable`.
        outcome,
        /// The steps that must be done before it.
        after,
        /// Its conditions and checks that are not met.
        unmet,
        /// Its papers that are wanted, by their ids.
        documents,
        /// Its fees that are due or not settled, by their ids.
        fees,
        /// By when it ends if it and those before it take all the time they may, a `Deadline`; None where it is not carried out.
        limit,
        /// Why it is not carried out, or what its refusal means for the others.
        message,
        /// Its legal basis, a tuple of `Citation`.
        citations,
        /// The facts that decided whether it is carried out, a tuple of `KnownFact`.
        because,
    }
}
part! {
    /// A fact that can still change something.
    MissingFact of wire::Missing<'_> = wire::Missing {
        /// Its dotted name.
        fact,
        /// The parts that need it, a tuple such as `("eligibility.rent_area", "deadline")`.
        needed_by,
        /// Whether it matters whatever else is answered first.
        now,
    }
}
part! {
    /// A problem with a fact that was told; the fact counts as missing.
    FactProblem of wire::Problem<'_> = wire::Problem {
        /// The fact, with the place in it: `children[2].birth_date`.
        fact,
        /// What kind of problem, `wrong-type` and the like.
        code,
        /// What is wrong and how to mend it.
        message,
    }
}
part! {
    /// Law that is not known and that something open rests on.
    LawGap of wire::LawGap<'_> = wire::LawGap {
        /// The parameter, definition, fee or deadline.
        id,
        /// Why it is not known.
        message,
        /// The parts that need it.
        needed_by,
        /// On what basis that is said, a tuple of `Citation`.
        citations,
    }
}

/// Adds the classes to the module.
pub fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PackRef>()?;
    module.add_class::<Citation>()?;
    module.add_class::<KnownFact>()?;
    module.add_class::<Eligibility>()?;
    module.add_class::<Identity>()?;
    module.add_class::<Condition>()?;
    module.add_class::<Copies>()?;
    module.add_class::<Document>()?;
    module.add_class::<Alternative>()?;
    module.add_class::<Fees>()?;
    module.add_class::<Fee>()?;
    module.add_class::<Calculation>()?;
    module.add_class::<Reduction>()?;
    module.add_class::<Deadline>()?;
    module.add_class::<Skipped>()?;
    module.add_class::<Pause>()?;
    module.add_class::<LinkedStep>()?;
    module.add_class::<MissingFact>()?;
    module.add_class::<FactProblem>()?;
    module.add_class::<LawGap>()
}
