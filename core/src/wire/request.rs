//! What a host asks for.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;
use thiserror::Error;

use crate::calendar::Stamp;
use crate::eval::{Moment, Undecided};
use crate::model::Language;
use crate::value::{Date, DateTime};

/// A request as JSON: which procedure, when, where, in which language, and the facts.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request<'a> {
    /// The procedure's code.
    #[serde(borrow)]
    pub procedure: Cow<'a, str>,
    /// The day the law is read, `YYYY-MM-DD`.
    #[serde(borrow)]
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::Date"))]
    pub as_of: Cow<'a, str>,
    /// When the file was received, `YYYY-MM-DDTHH:MM`; the start of the office day of `asOf` if absent.
    #[serde(borrow, default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub received_at: Option<Cow<'a, str>>,
    /// The jurisdiction.
    #[serde(borrow, default)]
    pub jurisdiction: Option<Cow<'a, str>>,
    /// `vi` (default) or `en`.
    #[serde(borrow, default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::Lang>"))]
    pub lang: Option<Cow<'a, str>>,
    /// The facts, nested or dotted.
    #[serde(borrow, default)]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, serde_json::Value>"))]
    pub facts: Option<&'a RawValue>,
}

/// Why a request cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RequestError {
    /// The text is no request.
    #[error("the request cannot be read at line {line}, column {column}: {why}")]
    Unreadable {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the reader says.
        why: String,
    },
    /// No such procedure.
    #[error("the pack has no procedure `{code}`{}", near.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    UnknownProcedure {
        /// The code asked for.
        code: String,
        /// A code near to it.
        near: Option<String>,
    },
    /// A jurisdiction that no overlay is for.
    #[error("the pack has no rules of its own for `{given}`; it has for {}; leave it out for the rules in force everywhere", known.join(", "))]
    UnknownJurisdiction {
        /// The jurisdiction asked for.
        given: String,
        /// Those the pack has overlays for.
        known: Vec<String>,
    },
    /// A date that cannot be read.
    #[error("`{field}` must be {form}, `{given}` was given")]
    BadDate {
        /// The member of the request.
        field: &'static str,
        /// How it is written.
        form: &'static str,
        /// What was given.
        given: String,
    },
    /// A language that is neither.
    #[error("`lang` must be `vi` or `en`, `{given}` was given")]
    UnknownLanguage {
        /// What was given.
        given: String,
    },
    /// The rules could not decide.
    #[error(transparent)]
    Undecided(#[from] Undecided),
}

impl Request<'_> {
    /// The moment asked for.
    ///
    /// # Errors
    /// [`RequestError::BadDate`] if a date cannot be read.
    pub fn moment(&self) -> Result<Moment, RequestError> {
        moment(&self.as_of, self.received_at.as_deref())
    }

    /// The language asked for.
    ///
    /// # Errors
    /// [`RequestError::UnknownLanguage`] if it is neither `vi` nor `en`.
    pub fn language(&self) -> Result<Language, RequestError> {
        language(self.lang.as_deref())
    }
}

/// The language of a code; Vietnamese if there is none.
///
/// # Errors
/// [`RequestError::UnknownLanguage`] if it is neither `vi` nor `en`.
pub(super) fn language(code: Option<&str>) -> Result<Language, RequestError> {
    code.map_or(Ok(Language::Vi), |code| Language::of(code).ok_or_else(|| RequestError::UnknownLanguage { given: code.to_owned() }))
}

/// The moment of a day and, if given, a time of receipt.
///
/// # Errors
/// [`RequestError::BadDate`] if one cannot be read.
pub fn moment(as_of: &str, received_at: Option<&str>) -> Result<Moment, RequestError> {
    let day = Date::parse(as_of)
        .ok_or_else(|| RequestError::BadDate { field: "asOf", form: "YYYY-MM-DD", given: as_of.to_owned() })?;
    let Some(received_at) = received_at else { return Ok(Moment::on(day)) };
    let bad = || RequestError::BadDate { field: "receivedAt", form: "YYYY-MM-DDTHH:MM", given: received_at.to_owned() };
    let received = match DateTime::parse(received_at) {
        Some(moment) => Stamp::of(&moment).ok_or_else(bad)?,
        None => Moment::on(Date::parse(received_at).ok_or_else(bad)?).received,
    };
    Ok(Moment { as_of: day, received })
}
