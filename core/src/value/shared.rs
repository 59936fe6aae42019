//! Texts of a bundle, each kept once: `#[serde(with = "shared")]` writes an index where a list of texts is being gathered,
//! and the text itself everywhere else.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

thread_local! {
    static GATHERED: RefCell<Option<Gathered>> = const { RefCell::new(None) };
    static GIVEN: RefCell<Option<Vec<Arc<str>>>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Gathered {
    texts: Vec<Arc<str>>,
    indices: HashMap<Arc<str>, u32>,
}

/// Writes something and returns the texts that it shares.
pub(crate) fn gather<T>(write: impl FnOnce() -> T) -> (T, Vec<Arc<str>>) {
    let outer = GATHERED.replace(Some(Gathered::default()));
    let written = write();
    let gathered = GATHERED.replace(outer).unwrap_or_default();
    (written, gathered.texts)
}

/// Reads something that shares texts.
pub(crate) fn with<T>(texts: Vec<Arc<str>>, read: impl FnOnce() -> T) -> T {
    let outer = GIVEN.replace(Some(texts));
    let read = read();
    GIVEN.replace(outer);
    read
}

pub(crate) fn serialize<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    let index = GATHERED.with_borrow_mut(|gathered| {
        let gathered = gathered.as_mut()?;
        let next = gathered.texts.len() as u32;
        let index = *gathered.indices.entry(text.clone()).or_insert(next);
        if index == next {
            gathered.texts.push(text.clone());
        }
        Some(index)
    });
    match index {
        Some(index) => serializer.serialize_u32(index),
        None => text.serialize(serializer),
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    if GIVEN.with_borrow(Option::is_none) {
        return Arc::deserialize(deserializer);
    }
    let index = u32::deserialize(deserializer)? as usize;
    let text = GIVEN.with_borrow(|texts| texts.as_ref().and_then(|texts| texts.get(index).cloned()));
    text.ok_or_else(|| D::Error::custom("a text is not in the list of texts"))
}

/// For an optional text.
pub(crate) mod option {
    use super::{Arc, Deserialize, Deserializer, Serialize, Serializer, Text};

    pub(crate) fn serialize<S: Serializer>(text: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
        text.clone().map(Text).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Arc<str>>, D::Error> {
        Ok(Option::<Text>::deserialize(deserializer)?.map(|text| text.0))
    }
}

/// For a list of texts.
pub(crate) mod list {
    use super::{Arc, Deserialize, Deserializer, Serializer, Text};

    pub(crate) fn serialize<S: Serializer>(texts: &[Arc<str>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(texts.iter().cloned().map(Text))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Arc<str>>, D::Error> {
        Ok(Vec::<Text>::deserialize(deserializer)?.into_iter().map(|text| text.0).collect())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Text(#[serde(serialize_with = "serialize", deserialize_with = "deserialize")] Arc<str>);
