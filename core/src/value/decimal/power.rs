//! Whole powers.

use fastnum::{U256, U512};

use super::{Decimal, digits_of, finish_wide, wide, wide_digits, wide_power_of_ten};

/// Digits kept on the way; the result is rounded from them once.
const WORKING_DIGITS: u32 = 76;

impl Decimal {
    /// `self` to the power of an integer; `None` for an exponent that is not one, for zero to a negative
    /// power, and for a result that is too large.
    ///
    /// Up to 76 digits the power is exact before it is rounded to 34; a longer one is computed with 76.
    #[must_use]
    pub fn checked_pow(self, exponent: Decimal) -> Option<Decimal> {
        let n = exponent.to_i64()?;
        if n == 0 {
            return Some(Decimal::ONE);
        }
        if self.is_zero() {
            return (n > 0).then_some(Decimal::ZERO);
        }
        let negative = self.is_negative() && n % 2 != 0;
        let (coefficient, exponent) = self.canonical();
        let base = Wide { magnitude: wide(coefficient.unsigned_abs()), exponent: i128::from(exponent), inexact: false };
        let power = base.raise(n.unsigned_abs())?;
        let power = if n < 0 { power.invert()? } else { power };
        let exponent = power.exponent.clamp(i128::from(i32::MIN / 2), i128::from(i32::MAX / 2));
        finish_wide(negative, power.magnitude, exponent as i32, power.inexact)
    }
}

/// A positive number with many digits and any exponent, cut off where `inexact`.
#[derive(Clone, Copy)]
struct Wide {
    magnitude: U256,
    exponent: i128,
    inexact: bool,
}

impl Wide {
    fn raise(self, n: u64) -> Option<Wide> {
        let (mut result, mut square, mut n) = (None, self, n);
        loop {
            if n & 1 == 1 {
                result = Some(match result {
                    None => square,
                    Some(so_far) => square.times(so_far)?,
                });
            }
            n >>= 1;
            if n == 0 {
                return result;
            }
            square = square.times(square)?;
        }
    }

    fn times(self, other: Wide) -> Option<Wide> {
        let product = widen(self.magnitude) * widen(other.magnitude);
        let exponent = self.exponent.checked_add(other.exponent)?;
        let excess = digits(&product).saturating_sub(WORKING_DIGITS);
        let (kept, rest) = product.div_rem(power_of_ten(excess));
        let inexact = self.inexact || other.inexact || !rest.is_zero();
        Some(Wide { magnitude: narrow(kept)?, exponent: exponent.checked_add(i128::from(excess))?, inexact })
    }

    fn invert(self) -> Option<Wide> {
        let raise = WORKING_DIGITS + wide_digits(&self.magnitude) - 1;
        let (quotient, rest) = power_of_ten(raise).div_rem(widen(self.magnitude));
        let exponent = self.exponent.checked_neg()?.checked_sub(i128::from(raise))?;
        // A power of ten gives one digit more than the others.
        let excess = digits(&quotient).saturating_sub(WORKING_DIGITS);
        let (quotient, cut) = quotient.div_rem(power_of_ten(excess));
        let inexact = self.inexact || !rest.is_zero() || !cut.is_zero();
        Some(Wide { magnitude: narrow(quotient)?, exponent: exponent.checked_add(i128::from(excess))?, inexact })
    }
}

/// `10^n` up to 10^152.
fn power_of_ten(n: u32) -> U512 {
    let half = n / 2;
    widen(wide_power_of_ten(half)) * widen(wide_power_of_ten(n - half))
}

fn digits(magnitude: &U512) -> u32 {
    digits_of(magnitude.bits(), |n| *magnitude >= power_of_ten(n))
}

fn widen(magnitude: U256) -> U512 {
    let [a, b, c, d] = *magnitude.digits();
    U512::from_digits([a, b, c, d, 0, 0, 0, 0])
}

fn narrow(wide: U512) -> Option<U256> {
    match *wide.digits() {
        [a, b, c, d, 0, 0, 0, 0] => Some(U256::from_digits([a, b, c, d])),
        _ => None,
    }
}
