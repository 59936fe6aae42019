//! What a host asks for.

use std::borrow::Cow;

use thiserror::Error;

use super::json::{BadJson, Reader};
use crate::calendar::Stamp;
use crate::eval::{Moment, Undecided};
use crate::model::Language;
use crate::value::{Date, DateTime};

/// A request as JSON: which procedure, when, where, in which language, and the facts.
#[derive(Debug)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct Request<'a> {
    /// The procedure's code.
    pub procedure: Cow<'a, str>,
    /// The day the law is read, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::Date"))]
    pub as_of: Cow<'a, str>,
    /// When the file was received, `YYYY-MM-DDTHH:MM`; the start of the office day of `asOf` if absent.
    #[cfg_attr(feature = "schema", schemars(default, with = "Option<super::schema::LocalDateTime>"))]
    pub received_at: Option<Cow<'a, str>>,
    /// The jurisdiction.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub jurisdiction: Option<Cow<'a, str>>,
    /// `vi` (default) or `en`.
    #[cfg_attr(feature = "schema", schemars(default, with = "Option<super::schema::Lang>"))]
    pub lang: Option<Cow<'a, str>>,
    // The JSON text of an object.
    /// The facts, nested or dotted.
    #[cfg_attr(feature = "schema", schemars(default, with = "std::collections::BTreeMap<String, serde_json::Value>"))]
    pub facts: Option<&'a str>,
}

/// The members of a request; the facts are the last.
const MEMBERS: [&str; 6] = ["procedure", "asOf", "receivedAt", "jurisdiction", "lang", "facts"];

/// How many of them must be told: the first.
const REQUIRED: usize = 2;

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

impl<'a> Request<'a> {
    /// Reads a request from JSON text.
    ///
    /// # Errors
    /// [`RequestError::Unreadable`] if it is none.
    pub fn read(text: &'a str) -> Result<Request<'a>, RequestError> {
        Request::members(&mut Reader::new(text)).map_err(|bad| RequestError::Unreadable { line: bad.line, column: bad.column, why: bad.to_string() })
    }

    fn members(reader: &mut Reader<'a>) -> Result<Request<'a>, BadJson> {
        reader.object("struct Request")?;
        let mut texts: [Option<Cow<'a, str>>; 5] = Default::default();
        let mut facts = None;
        let mut told = 0_u8;
        while let Some(name) = reader.name(told == 0)? {
            let Some(member) = MEMBERS.iter().position(|member| *member == name) else {
                reader.peek();
                return Err(reader.bad(format!("unknown field `{name}`, expected one of `{}`", MEMBERS.join("`, `"))));
            };
            if told >> member & 1 == 1 {
                reader.peek();
                return Err(reader.bad(format!("duplicate field `{name}`")));
            }
            told |= 1 << member;
            reader.colon()?;
            match texts.get_mut(member) {
                Some(_) if member >= REQUIRED && reader.peek() == Some(b'n') => drop(reader.skip()?),
                Some(text) => *text = Some(reader.text()?),
                None => facts = Some(reader.skip()?).filter(|facts| *facts != "null"),
            }
        }
        let [procedure, as_of, received_at, jurisdiction, lang] = texts;
        let lacks = |member: &str| reader.bad(format!("missing field `{member}`"));
        let [procedure_name, as_of_name, ..] = MEMBERS;
        let procedure = procedure.ok_or_else(|| lacks(procedure_name))?;
        let as_of = as_of.ok_or_else(|| lacks(as_of_name))?;
        reader.end()?;
        Ok(Request { procedure, as_of, received_at, jurisdiction, lang, facts })
    }

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
