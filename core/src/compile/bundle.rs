//! A compiled pack as bytes: one file for the browser and for a server that starts fast.
//!
//! ```text
//! "thutuc" | format, 2 bytes | length of the payload, 4 bytes | hash of the payload, 32 bytes | payload (postcard)
//! ```
//! The payload begins with a list of its sections: one that all programs share, and one for each program, so that each can be
//! read by itself. A section begins with every text once; all else refers to them by their numbers.
//! The hash is SHA-256. It names the pack in every decision; reading compares it, so that a damaged file is refused.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::program::{CompiledPack, Program};
use super::programs::Programs;
use crate::calendar::{PublishedYear, WorkingCalendar};
use crate::model::Instrument;
use crate::value::shared;

const MAGIC: &[u8; 6] = b"thutuc";

/// The format of this version; another is refused.
pub const FORMAT: u16 = 4;

const HEAD: usize = 6 + 2 + 4 + 32;

/// Why bytes are no bundle.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadBundle {
    /// They do not begin like one.
    #[error("this is not a thutuc bundle: write one with `thutuc bundle`")]
    NotABundle,
    /// They were written by another version.
    #[error("the bundle has format {found}, this version reads {FORMAT}: write it again with `thutuc bundle`")]
    OtherFormat {
        /// The format found.
        found: u16,
    },
    /// They are cut off or damaged.
    #[error("the bundle is damaged: {why}; fetch it again")]
    Damaged {
        /// What is wrong.
        why: String,
    },
}

/// Where things are in the payload.
#[derive(Serialize, Deserialize)]
struct Contents<'a> {
    /// The length of the section that all programs share.
    common: u32,
    #[serde(borrow)]
    programs: Vec<Place<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Place<'a> {
    code: &'a str,
    jurisdiction: Option<&'a str>,
    length: u32,
}

#[derive(Serialize)]
struct Common<'a> {
    id: &'a Arc<str>,
    version: &'a Arc<str>,
    instruments: &'a [Instrument],
    years: &'a [PublishedYear],
}

#[derive(Deserialize)]
struct ReadCommon {
    id: Arc<str>,
    version: Arc<str>,
    instruments: Vec<Instrument>,
    years: Vec<PublishedYear>,
}

/// Every text of a section once, one behind the other: they are read in one piece.
#[derive(Serialize, Deserialize)]
struct Texts<'a> {
    lengths: Vec<u32>,
    #[serde(borrow)]
    all: Cow<'a, str>,
}

impl Texts<'_> {
    fn cut(&self) -> Vec<Arc<str>> {
        let mut rest = &*self.all;
        let mut cut = |length: &u32| {
            let (text, after) = rest.split_at_checked(*length as usize)?;
            rest = after;
            Some(text.into())
        };
        self.lengths.iter().map_while(&mut cut).collect()
    }
}

/// The bytes of a pack. The same pack gives the same bytes.
#[must_use]
pub fn write_bundle(pack: &CompiledPack) -> Vec<u8> {
    let payload = payload(pack);
    let mut bytes = Vec::with_capacity(HEAD + payload.len());
    bytes.extend(MAGIC);
    bytes.extend(FORMAT.to_le_bytes());
    bytes.extend((payload.len() as u32).to_le_bytes());
    bytes.extend(Sha256::digest(&payload));
    bytes.extend(payload);
    bytes
}

/// The pack of some bytes.
///
/// # Errors
/// [`BadBundle`] if they are not a whole bundle of this version.
pub fn read_bundle(bytes: &[u8]) -> Result<CompiledPack, BadBundle> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(BadBundle::NotABundle)?;
    let (format, rest) = rest.split_first_chunk::<2>().ok_or(BadBundle::NotABundle)?;
    let found = u16::from_le_bytes(*format);
    if found != FORMAT {
        return Err(BadBundle::OtherFormat { found });
    }
    let cut_off = || BadBundle::Damaged { why: "it is cut off".to_owned() };
    let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(cut_off)?;
    let (hash, payload) = rest.split_first_chunk::<32>().ok_or_else(cut_off)?;
    if payload.len() != u32::from_le_bytes(*length) as usize {
        return Err(cut_off());
    }
    if Sha256::digest(payload)[..] != hash[..] {
        return Err(BadBundle::Damaged { why: "its hash does not fit".to_owned() });
    }
    let damaged = |error: postcard::Error| BadBundle::Damaged { why: error.to_string() };
    let (contents, sections) = postcard::take_from_bytes::<Contents>(payload).map_err(damaged)?;
    let (common, mut rest) = sections.split_at_checked(contents.common as usize).ok_or_else(cut_off)?;
    let common: ReadCommon = read_section(common).map_err(damaged)?;
    let packed = contents.programs.iter().map_while(|place| {
        let (section, after) = rest.split_at_checked(place.length as usize)?;
        rest = after;
        Some((Arc::from(place.code), place.jurisdiction.map(Arc::from), Box::from(section)))
    });
    let programs = Programs::packed(packed);
    if programs.len() != contents.programs.len() || !rest.is_empty() {
        return Err(cut_off());
    }
    Ok(CompiledPack {
        id: common.id,
        version: common.version,
        hash: hexadecimal(hash),
        instruments: common.instruments,
        calendar: WorkingCalendar::new(&common.years),
        years: common.years,
        programs,
    })
}

/// The hash of everything that can change a decision.
#[cfg(feature = "author")]
pub(super) fn hash(pack: &CompiledPack) -> Arc<str> {
    hexadecimal(&Sha256::digest(payload(pack)))
}

fn payload(pack: &CompiledPack) -> Vec<u8> {
    let CompiledPack { id, version, instruments, years, programs, .. } = pack;
    let mut sections = section(&Common { id, version, instruments, years });
    let common = sections.len() as u32;
    let mut add = |program: &Program| {
        let section = section(program);
        sections.extend(&section);
        section.len() as u32
    };
    let lengths: Vec<u32> = programs.iter().map(&mut add).collect();
    let place = |((code, jurisdiction), length)| Place { code, jurisdiction, length };
    let contents = Contents { common, programs: programs.names().zip(lengths).map(place).collect() };
    let mut bytes = written(&contents);
    bytes.extend(sections);
    bytes
}

/// A section: its texts, then all else, which refers to them by their numbers.
fn section(of: &impl Serialize) -> Vec<u8> {
    let (rest, texts) = shared::gather(|| written(of));
    let texts = Texts { lengths: texts.iter().map(|text| text.len() as u32).collect(), all: texts.concat().into() };
    let mut bytes = written(&texts);
    bytes.extend(rest);
    bytes
}

/// What was written by [`section`].
pub(super) fn read_section<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, postcard::Error> {
    let (texts, rest) = postcard::take_from_bytes::<Texts>(bytes)?;
    shared::with(texts.cut(), || postcard::from_bytes(rest))
}

/// Writing to memory fails for no type of ours: none has a length that is not known beforehand.
fn written(of: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(of).unwrap_or_default()
}

fn hexadecimal(bytes: &[u8]) -> Arc<str> {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_bundle_are_refused() {
        assert_eq!(read_bundle(b"PK").unwrap_err(), BadBundle::NotABundle);
        assert_eq!(read_bundle(b"thutuc\x09\x00").unwrap_err(), BadBundle::OtherFormat { found: 9 });
        assert!(matches!(read_bundle(b"thutuc\x03\x00\x05\x00").unwrap_err(), BadBundle::Damaged { .. }));
    }
}
