//! Python values as facts: dicts (nested or dotted), dataclasses and pydantic models into slots.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::{Borrowed, ffi, intern};
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDate, PyDict, PyFloat, PyInt, PyList, PyMapping, PySet, PyFrozenSet, PyString, PyTuple, PyType};
use thutuc::compile::program::Slot;
use thutuc::eval::{FactTeller, Input, ProblemCode, Wanted};
use thutuc::value::Date;
use thutuc::wire::{DEEPEST, TOO_DEEP};

use crate::host::Missing;

/// Days from 0001-01-01, Python's day 1, to 1970-01-01.
pub const EPOCH_ORDINAL: i32 = 719_163;

/// The names of a program's facts, interned, in the order of the slots.
pub type Names = [Py<PyString>];

/// Tells all facts of a case: a dict, a dataclass or a pydantic model.
pub fn tell(teller: &mut FactTeller, names: &Names, facts: &Bound<'_, PyAny>) -> PyResult<()> {
    match facts.cast_exact::<PyDict>() {
        Ok(dict) => tell_members(teller, names, dict, "", DEEPEST),
        Err(_) => match record(facts)? {
            Some(dict) => tell_members(teller, names, &dict, "", DEEPEST),
            None => {
                let given = described(facts);
                teller.problem("", ProblemCode::WrongType, given, Wanted::Type("record"));
                Ok(())
            }
        },
    }
}

/// Tells one fact by its dotted name, or the members of a group.
pub fn tell_one(teller: &mut FactTeller, names: &Names, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    tell_named(teller, names, name, value, DEEPEST)
}

/// Tells one fact by its slot.
pub fn tell_known(teller: &mut FactTeller, slot: Slot, value: &Bound<'_, PyAny>) -> PyResult<()> {
    tell_slot(teller, slot, value)
}

fn tell_members(teller: &mut FactTeller, names: &Names, dict: &Bound<'_, PyDict>, group: &str, deeper: u8) -> PyResult<()> {
    let py = dict.py();
    let mut position: ffi::Py_ssize_t = 0;
    let (mut key, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: the dict is alive and the interpreter attached. `PyDict_Next` writes borrowed references, which live as long
    // as nothing changes the dict. Code of the caller, which could, runs only in `tell_owned`, on references of our own;
    // a changed dict makes `PyDict_Next` skip or repeat entries, never leave it.
    while unsafe { ffi::PyDict_Next(dict.as_ptr(), &raw mut position, &raw mut key, &raw mut value) } != 0 {
        // SAFETY: as above; both are objects.
        let (key, value) = unsafe { (Borrowed::from_ptr(py, key), Borrowed::from_ptr(py, value)) };
        let expected = teller.expected();
        // Names that a caller wrote are the same object each time; those that were read from JSON are not.
        let is_it = |name: &Py<PyString>| name.as_ptr() == key.as_ptr() || key.cast_exact::<PyString>().is_ok_and(|key| key.to_str().is_ok_and(|key| teller.expects(key)));
        let known = group.is_empty() && names.get(usize::from(expected.0)).is_some_and(is_it);
        if known && plain(teller, expected, &value) {
            teller.take_expected();
        } else {
            tell_owned(teller, names, &key.to_owned(), &value.to_owned(), group, deeper)?;
        }
    }
    Ok(())
}

fn tell_owned(
    teller: &mut FactTeller,
    names: &Names,
    key: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
    group: &str,
    deeper: u8,
) -> PyResult<()> {
    let Some(key) = key.cast::<PyString>().ok().and_then(|key| key.to_str().ok()) else {
        let given = described(key);
        teller.problem(group, ProblemCode::WrongType, given, Wanted::Type("string"));
        return Ok(());
    };
    // Members of a group mostly come in the order of the facts: no dotted name is made for them.
    let expected = teller.expected();
    let name = names.get(usize::from(expected.0)).and_then(|name| name.bind(value.py()).to_str().ok());
    let member = name.and_then(|name| name.strip_prefix(group)?.strip_prefix('.'));
    if member == Some(key) && plain(teller, expected, value) {
        teller.take_expected();
        return Ok(());
    }
    let name: Cow<str> = if group.is_empty() { Cow::Borrowed(key) } else { Cow::Owned(format!("{group}.{key}")) };
    tell_named(teller, names, &name, value, deeper)
}

fn tell_named(teller: &mut FactTeller, names: &Names, name: &str, value: &Bound<'_, PyAny>, deeper: u8) -> PyResult<()> {
    if let Some(slot) = teller.find(name) {
        return tell_slot(teller, slot, value);
    }
    if value.is_exact_instance_of::<Missing>() {
        return Ok(());
    }
    if teller.is_group(name)
        && let Some(below) = deeper.checked_sub(1)
        && let Some(members) = record(value)?
    {
        return tell_members(teller, names, &members, name, below);
    }
    teller.unknown(name, &described(value));
    Ok(())
}

/// Tells a fact of one of Python's plain types without running code of the caller; false if the value is of another.
fn plain(teller: &mut FactTeller, slot: Slot, value: &Bound<'_, PyAny>) -> bool {
    if let Ok(text) = value.cast_exact::<PyString>() {
        let Ok(text) = text.to_str() else { return false };
        teller.tell_slot(slot, &Input::Text(Cow::Borrowed(text)));
    } else if let Ok(truth) = value.cast_exact::<PyBool>() {
        teller.tell_slot(slot, &Input::Boolean(truth.is_true()));
    } else if let Ok(integer) = value.cast_exact::<PyInt>() {
        let Ok(integer) = integer.extract::<i64>() else { return false };
        teller.tell_integer(slot, integer);
    } else if let Ok(float) = value.cast_exact::<PyFloat>() {
        let scaled = teller.scale(slot).and_then(|scale| thutuc_arrow::scaled_float(float.value(), scale));
        return scaled.is_some_and(|scaled| teller.tell_scaled(slot, scaled));
    } else if let Ok(list) = value.cast_exact::<PyList>() {
        let Some(bits) = bits(teller, slot, list) else { return false };
        teller.tell_bits(slot, bits);
    } else {
        return false;
    }
    true
}

/// A plain type straight into the slot; another as the core's `Input`.
fn tell_slot(teller: &mut FactTeller, slot: Slot, value: &Bound<'_, PyAny>) -> PyResult<()> {
    if plain(teller, slot, value) || value.is_exact_instance_of::<Missing>() {
        return Ok(());
    }
    if value.is_exact_instance_of::<PyDate>() {
        teller.tell_date(slot, day(value)?);
        return Ok(());
    }
    teller.tell_slot(slot, &input(value, &mut Within::new())?);
    Ok(())
}

/// The bits of a list of declared codes, each at most once. An empty list may belong to a fact that is no set.
fn bits(teller: &FactTeller, slot: Slot, list: &Bound<'_, PyList>) -> Option<u64> {
    if list.is_empty() {
        return None;
    }
    list.iter().try_fold(0u64, |bits, item| {
        let bit = teller.bit(slot, item.cast_exact::<PyString>().ok()?.to_str().ok()?)?;
        (bits & bit == 0).then_some(bits | bit)
    })
}

/// The day of a `datetime.date` or `datetime.datetime`.
pub fn day(date: &Bound<'_, PyAny>) -> PyResult<Date> {
    let ordinal: i32 = date.call_method0(intern!(date.py(), "toordinal"))?.extract()?;
    Ok(Date(ordinal - EPOCH_ORDINAL))
}

/// Lists and records that a value stands in.
type Within = Vec<usize>;

/// A record of many, as the core takes it.
pub fn record_input(value: &Bound<'_, PyAny>) -> PyResult<Input<'static>> {
    input(value, &mut Within::new())
}

/// A value as the core takes it.
fn input(value: &Bound<'_, PyAny>, within: &mut Within) -> PyResult<Input<'static>> {
    let py = value.py();
    Ok(if value.is_none() {
        Input::Null
    } else if let Ok(truth) = value.cast::<PyBool>() {
        Input::Boolean(truth.is_true())
    } else if is(value, &ENUM, "enum", "Enum")? {
        return nested(value, within, |within| input(&value.getattr(intern!(py, "value"))?, within));
    } else if let Ok(text) = value.cast::<PyString>() {
        match text.to_str() {
            Ok(text) => Input::Text(text.to_owned().into()),
            Err(_) => Input::Foreign("a text that is no Unicode".into()),
        }
    } else if let Ok(integer) = value.cast::<PyInt>() {
        Input::Number(py.get_type::<PyInt>().call_method1(intern!(py, "__repr__"), (integer,))?.extract::<String>()?.into())
    } else if let Ok(float) = value.cast::<PyFloat>() {
        number(float.value().is_finite(), float.value().to_string().replace("inf", "Infinity"))
    } else if is(value, &DECIMAL, "decimal", "Decimal")? {
        number(value.call_method0(intern!(py, "is_finite"))?.extract()?, value.str()?.extract()?)
    } else if value.is_instance_of::<PyDate>() || is(value, &TIME, "datetime", "time")? {
        Input::Text(value.call_method0(intern!(py, "isoformat"))?.extract::<String>()?.into())
    } else if listed(value) {
        return nested(value, within, |within| {
            let mut items = Vec::new();
            for item in value.try_iter()? {
                items.push(input(&item?, within)?);
            }
            Ok(Input::List(items))
        });
    } else if let Some(members) = record(value)? {
        return nested(value, within, |within| {
            let mut entries = Vec::with_capacity(members.len());
            for (key, value) in members.iter().filter(|(_, value)| !value.is_exact_instance_of::<Missing>()) {
                entries.push((Cow::Owned(key.str()?.extract::<String>()?), input(&value, within)?));
            }
            Ok(Input::Record(entries))
        });
    } else if let Ok(integer) = value.extract::<i64>() {
        Input::Number(integer.to_string().into())
    } else {
        Input::Foreign(described(value).into())
    })
}

fn number(finite: bool, text: String) -> Input<'static> {
    if finite { Input::Number(text.into()) } else { Input::Foreign(text.into()) }
}

/// Reads what stands in a list or record, which may not stand in itself.
fn nested(
    value: &Bound<'_, PyAny>,
    within: &mut Within,
    read: impl FnOnce(&mut Within) -> PyResult<Input<'static>>,
) -> PyResult<Input<'static>> {
    let place = value.as_ptr() as usize;
    if within.contains(&place) {
        return Ok(Input::Foreign("a cyclic object".into()));
    }
    if within.len() > usize::from(DEEPEST) {
        return Ok(Input::Foreign(TOO_DEEP.into()));
    }
    within.push(place);
    let read = read(within);
    within.pop();
    read
}

fn listed(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() || value.is_instance_of::<PySet>() || value.is_instance_of::<PyFrozenSet>()
}

/// The members of a mapping, a pydantic model or a dataclass; `None` for anything else.
fn record<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyDict>>> {
    let py = value.py();
    if let Ok(dict) = value.cast::<PyDict>() {
        return Ok(Some(dict.clone()));
    }
    if value.is_instance_of::<PyType>() {
        return Ok(None);
    }
    if value.hasattr(intern!(py, "model_dump"))? {
        return model(value).map(Some);
    }
    if let Some(fields) = value.getattr_opt(intern!(py, "__dataclass_fields__"))? {
        let members = PyDict::new(py);
        for name in fields.try_iter()? {
            let name = name?.cast_into::<PyString>()?;
            members.set_item(&name, value.getattr(&name)?)?;
        }
        return Ok(Some(members));
    }
    if let Ok(mapping) = value.cast::<PyMapping>() {
        let members = PyDict::new(py);
        members.update(mapping)?;
        return Ok(Some(members));
    }
    Ok(None)
}

/// The members of a pydantic model by alias. A field that nobody set and that is `None` is missing; one that was set to
/// `None` is null.
fn model<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    let py = value.py();
    let dump = |only: &str| -> PyResult<Bound<'py, PyDict>> {
        let options = PyDict::new(py);
        options.set_item(intern!(py, "by_alias"), true)?;
        options.set_item(only, true)?;
        Ok(value.call_method(intern!(py, "model_dump"), (), Some(&options))?.cast_into()?)
    };
    let whole = dump("exclude_none")?;
    fill(&whole, &dump("exclude_unset")?)?;
    Ok(whole)
}

/// Adds what `more` has and `whole` has not.
fn fill(whole: &Bound<'_, PyDict>, more: &Bound<'_, PyDict>) -> PyResult<()> {
    for (key, value) in more.iter() {
        match whole.get_item(&key)? {
            None => whole.set_item(key, value)?,
            Some(known) => {
                if let (Ok(known), Ok(value)) = (known.cast::<PyDict>(), value.cast::<PyDict>()) {
                    fill(known, value)?;
                }
            }
        }
    }
    Ok(())
}

/// What was given, as the core's problems show it: its type's name where it is no fact's value.
fn described(value: &Bound<'_, PyAny>) -> String {
    let name = |value: &Bound<'_, PyAny>| value.get_type().name().and_then(|name| name.extract()).unwrap_or_default();
    match value.cast::<PyString>() {
        Ok(text) => format!("\"{}\"", text.to_string_lossy().chars().take(40).collect::<String>()),
        Err(_) if value.is_none() => "null".to_owned(),
        Err(_) => match value.cast::<PyBool>() {
            Ok(truth) => truth.is_true().to_string(),
            Err(_) if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() => {
                value.str().map(|text| text.to_string_lossy().chars().take(40).collect()).unwrap_or_default()
            }
            Err(_) => name(value),
        },
    }
}

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static TIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static ENUM: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// Whether a value is of a type of the standard library.
fn is(value: &Bound<'_, PyAny>, cell: &PyOnceLock<Py<PyType>>, module: &str, name: &str) -> PyResult<bool> {
    value.is_instance(cell.import(value.py(), module, name)?)
}
