//! A compiled pack as bytes: one file for the browser and for a server that starts fast.
//!
//! ```text
//! "thutuc" | format, 2 bytes | length of the payload, 4 bytes | hash of the payload, 32 bytes | payload
//! ```
//! The payload is sections, as [`crate::bundled`] writes them: what it contains, what all programs share, and one for each
//! program, so that each can be read by itself.
//! The hash is SHA-256. It names the pack in every decision; reading compares it, so that a damaged file is refused.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::handling::PackedLevel;
use super::program::{CompiledPack, Program};
use super::programs::Programs;
use crate::bundled::{Bundled, read_section, write_section};
use crate::calendar::{PublishedYear, WorkingCalendar};
use crate::model::Instrument;

const MAGIC: &[u8; 6] = b"thutuc";

/// The format of this version; another is refused.
pub const FORMAT: u16 = 5;

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
#[derive(Bundled)]
struct Contents {
    /// The length of the section that all programs share.
    common: u32,
    programs: Vec<Place>,
}

#[derive(Bundled)]
struct Place {
    code: Arc<str>,
    jurisdiction: Option<Arc<str>>,
    length: u32,
}

#[derive(Bundled)]
struct Common {
    id: Arc<str>,
    version: Arc<str>,
    instruments: Vec<Instrument>,
    years: Vec<PublishedYear>,
    level: PackedLevel,
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
    let unreadable = || BadBundle::Damaged { why: "it cannot be read".to_owned() };
    let (contents, sections) = read_section::<Contents>(payload).ok_or_else(unreadable)?;
    let (common, mut rest) = sections.split_at_checked(contents.common as usize).ok_or_else(cut_off)?;
    let (common, _) = read_section::<Common>(common).ok_or_else(unreadable)?;
    let places = contents.programs.len();
    let packed = contents.programs.into_iter().map_while(|Place { code, jurisdiction, length }| {
        let (section, after) = rest.split_at_checked(length as usize)?;
        rest = after;
        Some((code, jurisdiction, Box::from(section)))
    });
    let programs = Programs::packed(packed);
    if programs.len() != places || !rest.is_empty() {
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
        level: common.level,
        #[cfg(feature = "author")]
        assessments: Vec::new(),
    })
}

/// The hash of everything that can change a decision.
#[cfg(feature = "author")]
pub(super) fn hash(pack: &CompiledPack) -> Arc<str> {
    hexadecimal(&Sha256::digest(payload(pack)))
}

fn payload(pack: &CompiledPack) -> Vec<u8> {
    let CompiledPack { id, version, instruments, years, programs, level, .. } = pack;
    let (id, version, level) = (id.clone(), version.clone(), level.clone());
    let common = Common { id, version, instruments: instruments.clone(), years: years.clone(), level };
    let mut sections = write_section(&common);
    let common = sections.len() as u32;
    let mut add = |program: &Program| {
        let section = write_section(program);
        sections.extend(&section);
        section.len() as u32
    };
    let lengths: Vec<u32> = programs.iter().map(&mut add).collect();
    let place = |((code, jurisdiction), length): ((&str, Option<&str>), u32)| Place { code: code.into(), jurisdiction: jurisdiction.map(Arc::from), length };
    let mut bytes = write_section(&Contents { common, programs: programs.names().zip(lengths).map(place).collect() });
    bytes.extend(sections);
    bytes
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
        assert!(matches!(read_bundle(b"thutuc\x05\x00\x05\x00").unwrap_err(), BadBundle::Damaged { .. }));
    }
}
