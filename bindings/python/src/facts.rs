//! What a pack has and what its procedures may be told.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use thutuc::wire::{FactType, FactView, ProcedureView};

use crate::parts::{Exact, Part, With, class};

class! {
    /// A procedure of a pack, in one language.
    Procedure {
        /// Its code.
        code,
        /// Its name.
        name,
        /// What it is for.
        summary,
        /// `residence`, …
        field,
        /// `ministry`, `province` or `commune`.
        authority,
        /// `full`, `partial` or `information`.
        online_service,
        /// The first day it answers for. (`from` is a keyword of Python.)
        first_day,
        /// The last day it answers for; None if there is no end.
        last_day,
        /// Jurisdictions that change it, a tuple of ids.
        jurisdictions,
        /// Traps, a tuple of texts.
        notes,
    }
}

impl Part for ProcedureView<'_> {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        let ProcedureView { code, name, summary, field, authority, online_service, from, until, jurisdictions, notes } = self;
        let procedure = Procedure {
            code: code.part(with)?,
            name: name.part(with)?,
            summary: summary.part(with)?,
            field: field.part(with)?,
            authority: authority.part(with)?,
            online_service: online_service.part(with)?,
            first_day: from.part(with)?,
            last_day: until.part(with)?,
            jurisdictions: jurisdictions.part(with)?,
            notes: notes.part(with)?,
        };
        Ok(Py::new(with.py, procedure)?.into_any())
    }
}

class! {
    /// A fact that a procedure may be told. What does not belong to its type is None.
    Fact {
        /// Its dotted name.
        name,
        /// `boolean`, `number`, `enum`, `set`, `date`, `text`, `time`, `datetime`, `texts` or `list`.
        type_,
        /// Whether None is an answer.
        optional,
        /// Whether it has a value when it is not told.
        has_default,
        /// The question.
        label,
        /// More about it.
        help,
        /// Codes of an enum or a set with their labels, a tuple of pairs.
        values,
        /// The least number (`Decimal`) or first day (`date`).
        min,
        /// The greatest number (`Decimal`) or last day (`date`).
        max,
        /// Most decimal places of a number.
        decimals,
        /// The unit of a number.
        unit,
        /// Most characters of a text.
        max_length,
        /// Whether a text is a personal id of 12 digits.
        personal_id,
        /// Most items of a list.
        max_items,
        /// The fields of a list's records, a tuple of `Fact`.
        fields,
    }
}

impl Part for (Cow<'_, str>, Cow<'_, str>) {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        Ok(PyTuple::new(with.py, [self.0.part(with)?, self.1.part(with)?])?.into_any().unbind())
    }
}

impl Part for FactView<'_> {
    fn part(self, with: With<'_, '_>) -> PyResult<Py<PyAny>> {
        let FactView { name, of, optional, has_default, label, help } = self;
        let type_name = serde_json::to_value(&of).ok().and_then(|of| Some(of.get("type")?.as_str()?.to_owned()));
        let none = || with.py.None();
        let mut fact = Fact {
            name: name.part(with)?,
            type_: type_name.part(with)?,
            optional: optional.part(with)?,
            has_default: has_default.part(with)?,
            label: label.part(with)?,
            help: help.part(with)?,
            values: none(),
            min: none(),
            max: none(),
            decimals: none(),
            unit: none(),
            max_length: none(),
            personal_id: none(),
            max_items: none(),
            fields: none(),
        };
        match of {
            FactType::Boolean | FactType::Time | FactType::Datetime => {}
            FactType::Number { min, max, decimals, unit } => {
                fact.min = min.map(Exact).part(with)?;
                fact.max = max.map(Exact).part(with)?;
                fact.decimals = decimals.part(with)?;
                fact.unit = unit.part(with)?;
            }
            FactType::Enum { values } | FactType::Set { values } => fact.values = values.part(with)?,
            FactType::Date { min, max } => {
                fact.min = min.part(with)?;
                fact.max = max.part(with)?;
            }
            FactType::Text { max_length, personal_id } => {
                fact.max_length = max_length.part(with)?;
                fact.personal_id = personal_id.part(with)?;
            }
            FactType::Texts { max_items } => fact.max_items = max_items.part(with)?,
            FactType::List { fields, max_items } => {
                fact.fields = fields.part(with)?;
                fact.max_items = max_items.part(with)?;
            }
        }
        Ok(Py::new(with.py, fact)?.into_any())
    }
}
