//! Decimals as text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Decimal, finish_wide, wide};
use crate::bundled::{Bundled, Reader, Writer};

/// Digits that are kept while reading: four more than count.
const READ_DIGITS: u32 = 38;
/// With this many zeros next to the point, or more behind the digits, a number is written with an exponent.
const PLAIN_ZEROS: i32 = 40;

impl Decimal {
    /// Reads `1`, `-1.50`, `.5`, `1e5`, `1E-3`; digits beyond the 34th are rounded half-even.
    ///
    /// A leading `+`, a point without digits behind it, blanks and separators are refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<Decimal> {
        let read = read(text)?;
        finish_wide(read.negative, wide(read.magnitude), read.exponent, read.inexact)
    }

    /// Reads as [`Decimal::parse`] does, but refuses a number that would lose digits.
    #[must_use]
    pub fn parse_exact(text: &str) -> Option<Decimal> {
        let read = read(text)?;
        let number = finish_wide(read.negative, wide(read.magnitude), read.exponent, read.inexact)?;
        let (coefficient, exponent) = number.canonical();
        let (magnitude, read_exponent) = strip_read(read.magnitude, read.exponent);
        let same = coefficient.unsigned_abs() == magnitude && (exponent == read_exponent || magnitude == 0);
        (same && !read.inexact).then_some(number)
    }
}

/// `(magnitude + rest) * 10^exponent`, where a rest below one is there if `inexact`.
struct Read {
    negative: bool,
    magnitude: u128,
    exponent: i32,
    inexact: bool,
}

fn read(text: &str) -> Option<Read> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None if mantissa.is_empty() => return None,
        None => (mantissa, ""),
    };
    let (mut magnitude, mut count, mut inexact, mut dropped) = (0_u128, 0_u32, false, 0_i32);
    for byte in whole.bytes().chain(fraction.bytes()) {
        if !byte.is_ascii_digit() {
            return None;
        }
        let digit = byte - b'0';
        if count < READ_DIGITS {
            magnitude = magnitude * 10 + u128::from(digit);
            count += u32::from(magnitude != 0);
        } else {
            dropped = dropped.checked_add(1)?;
            inexact |= digit != 0;
        }
    }
    let places = i32::try_from(fraction.len()).ok()?;
    let exponent = exponent.checked_add(dropped)?.checked_sub(places)?;
    Some(Read { negative, magnitude, exponent, inexact })
}

/// An exponent; one of more than nine digits becomes a billion, which no number survives.
fn read_exponent(text: &str) -> Option<i32> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let size = if digits.is_empty() { 0 } else { digits.parse().unwrap_or(1_000_000_000).min(1_000_000_000) };
    Some(if negative { -size } else { size })
}

fn strip_read(magnitude: u128, exponent: i32) -> (u128, i32) {
    let (mut magnitude, mut exponent) = (magnitude, exponent);
    while magnitude != 0 && magnitude % 10 == 0 {
        magnitude /= 10;
        exponent += 1;
    }
    (magnitude, exponent)
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        Decimal::parse(text).ok_or(NotADecimal)
    }
}

/// The text is not a decimal number, or too large for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number")]
pub struct NotADecimal;

/// Plain notation without trailing zeros; `1.5e50`, `1e-41` only where that would take some forty zeros.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (coefficient, exponent) = self.canonical();
        let digits = coefficient.unsigned_abs().to_string();
        let text = if exponent > PLAIN_ZEROS || -exponent - digits.len() as i32 >= PLAIN_ZEROS {
            let (first, rest) = digits.split_at_checked(1).unwrap_or((&digits, ""));
            let point = if rest.is_empty() { "" } else { "." };
            format!("{first}{point}{rest}e{}", exponent + rest.len() as i32)
        } else if exponent >= 0 {
            format!("{digits}{:0>1$}", "", exponent as usize)
        } else {
            let places = exponent.unsigned_abs() as usize;
            let padded = format!("{digits:0>0$}", places + 1);
            let (whole, fraction) = padded.split_at_checked(padded.len() - places).unwrap_or((&padded, ""));
            format!("{whole}.{fraction}")
        };
        f.pad_integral(coefficient >= 0, "", &text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Coefficient and exponent.
impl Bundled for Decimal {
    fn write(&self, to: &mut Writer) {
        (self.coefficient, self.exponent).write(to);
    }

    /// A number of more than 34 digits is damage.
    fn read(from: &mut Reader<'_>) -> Decimal {
        let (coefficient, exponent) = <(i128, i16)>::read(from);
        let sound = coefficient.unsigned_abs() < super::LIMIT && (super::MIN_EXPONENT..=super::MAX_EXPONENT).contains(&i32::from(exponent));
        if sound {
            return Decimal { coefficient, exponent };
        }
        from.damage();
        Decimal::default()
    }
}

/// As text.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl de::Visitor<'_> for Text {
            type Value = Decimal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number as text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
                Decimal::parse_exact(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(Text)
    }
}
