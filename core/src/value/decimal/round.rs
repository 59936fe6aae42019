//! Rounding to a number of decimal places.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Decimal, finish, power_of_ten};
use crate::bundled::Bundled;

/// Which of the two neighbours a number between them becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Bundled)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// The nearer one; from the middle away from zero.
    HalfUp,
    /// The nearer one; from the middle towards zero.
    HalfDown,
    /// The nearer one; from the middle to the even one.
    HalfEven,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// The lesser one.
    Floor,
    /// The greater one.
    Ceiling,
}

impl Rounding {
    /// Whether the magnitude grows to the next unit, given how the rest compares with half of one.
    fn grows(self, negative: bool, odd: bool, rest: Ordering) -> bool {
        match self {
            Rounding::HalfUp => rest != Ordering::Less,
            Rounding::HalfDown => rest == Ordering::Greater,
            Rounding::HalfEven => rest == Ordering::Greater || (rest == Ordering::Equal && odd),
            Rounding::Up => true,
            Rounding::Down => false,
            Rounding::Floor => negative,
            Rounding::Ceiling => !negative,
        }
    }
}

impl Decimal {
    /// The number with at most `scale` decimal places; a negative scale counts places before the point
    /// (`-3`: thousands). `None` if the result is too large.
    #[must_use]
    pub fn round(self, scale: i32, rounding: Rounding) -> Option<Decimal> {
        let exponent = scale.checked_neg()?;
        let excess = exponent.saturating_sub(i32::from(self.exponent));
        if excess <= 0 || self.is_zero() {
            return Some(self);
        }
        let magnitude = self.coefficient.unsigned_abs();
        // A coefficient has 34 digits: beyond the table the rest is everything, and less than a half.
        let (kept, order) = match power_of_ten(excess as u32) {
            Some(unit) => {
                let rest = magnitude % unit;
                if rest == 0 {
                    return finish(self.coefficient / unit as i128, exponent);
                }
                (magnitude / unit, rest.cmp(&(unit - rest)))
            }
            None => (0, Ordering::Less),
        };
        let kept = kept + u128::from(rounding.grows(self.is_negative(), kept % 2 == 1, order));
        finish(if self.is_negative() { -(kept as i128) } else { kept as i128 }, exponent)
    }

    /// The greatest integer that is not greater.
    #[must_use]
    pub fn floor(self) -> Decimal {
        self.round(0, Rounding::Floor).unwrap_or(self)
    }

    /// The least integer that is not less.
    #[must_use]
    pub fn ceiling(self) -> Decimal {
        self.round(0, Rounding::Ceiling).unwrap_or(self)
    }
}
