//! Exact decimal numbers: 34 significant digits, half-even, as IEEE 754 decimal128 counts.
//!
//! Small numbers stay in machine integers; only results that need more than 38 digits on the way pass
//! through the wide integers of `fastnum`. Every operation rounds the exact result once.

mod divide;
mod format;
mod power;
mod round;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use fastnum::U256;

pub use format::NotADecimal;
pub use round::Rounding;

/// Significant digits of a coefficient.
const DIGITS: u32 = 34;
/// The first coefficient that is too long.
const LIMIT: u128 = 10_u128.pow(DIGITS);
/// Smallest exponent.
const MIN_EXPONENT: i32 = -6176;
/// Greatest exponent.
const MAX_EXPONENT: i32 = 6111;

/// An exact decimal number: `coefficient * 10^exponent`.
///
/// The coefficient has at most 34 digits and the exponent lies within -6176 and 6111. There is no
/// NaN, no infinity and no negative zero: an operation without a result returns `None`. A result that
/// needs more digits is rounded half-even, once; one too close to zero becomes zero.
///
/// Numbers that are equal may have different coefficients (`1.5` and `1.50`); equality, order, hash and
/// text go by value, so nobody can tell. The text has no trailing zeros.
#[derive(Clone, Copy)]
pub struct Decimal {
    coefficient: i128,
    exponent: i16,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal { coefficient: 0, exponent: 0 };
    /// One.
    pub const ONE: Decimal = Decimal { coefficient: 1, exponent: 0 };

    /// An integer.
    #[must_use]
    pub const fn from_i64(number: i64) -> Decimal {
        Decimal { coefficient: number as i128, exponent: 0 }
    }

    /// An integer; one of more than 34 digits is rounded half-even.
    #[must_use]
    pub fn from_i128(number: i128) -> Decimal {
        finish(number, 0).unwrap_or(Decimal::ZERO)
    }

    /// `number / 10^scale`, such as 12.50 for `(1250, 2)`.
    #[must_use]
    pub const fn from_scaled(number: i64, scale: u8) -> Decimal {
        if number == 0 { Decimal::ZERO } else { Decimal { coefficient: number as i128, exponent: -(scale as i16) } }
    }

    /// `self * 10^scale` if that is an integer that fits.
    #[inline]
    #[must_use]
    pub fn scaled(self, scale: u8) -> Option<i64> {
        i64::try_from(self.integer_at(i32::from(scale))?).ok()
    }

    /// The number if it is an integer that fits.
    #[inline]
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        self.scaled(0)
    }

    /// The number if it is an integer that fits.
    #[must_use]
    pub fn to_i128(self) -> Option<i128> {
        self.integer_at(0)
    }

    /// Whether there is nothing behind the decimal point.
    #[must_use]
    pub fn is_integer(self) -> bool {
        self.exponent >= 0 || self.integer_at(0).is_some()
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    /// Whether it is less than zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.coefficient < 0
    }

    /// The sum; `None` if it is too large.
    #[inline]
    #[must_use]
    pub fn checked_add(self, other: Decimal) -> Option<Decimal> {
        if self.exponent == other.exponent {
            return finish(self.coefficient + other.coefficient, i32::from(self.exponent));
        }
        if self.is_zero() {
            return Some(other);
        }
        if other.is_zero() {
            return Some(self);
        }
        let (high, low) = if self.exponent > other.exponent { (self, other) } else { (other, self) };
        let shift = high.exponent.abs_diff(low.exponent);
        if let (Ok(coefficient), Some(factor)) = (i64::try_from(high.coefficient), power_of_ten_i64(shift)) {
            return finish(i128::from(coefficient) * i128::from(factor) + low.coefficient, i32::from(low.exponent));
        }
        add_wide(high, low, shift)
    }

    /// The difference; `None` if it is too large.
    #[inline]
    #[must_use]
    pub fn checked_sub(self, other: Decimal) -> Option<Decimal> {
        self.checked_add(-other)
    }

    /// The product; `None` if it is too large.
    #[inline]
    #[must_use]
    pub fn checked_mul(self, other: Decimal) -> Option<Decimal> {
        let exponent = i32::from(self.exponent) + i32::from(other.exponent);
        if let (Ok(a), Ok(b)) = (i64::try_from(self.coefficient), i64::try_from(other.coefficient)) {
            return finish(i128::from(a) * i128::from(b), exponent);
        }
        let product = wide(self.coefficient.unsigned_abs()) * wide(other.coefficient.unsigned_abs());
        finish_wide(self.is_negative() != other.is_negative(), product, exponent, false)
    }

    /// The number with the opposite sign. Cannot fail; an `Option` like its siblings.
    #[must_use]
    pub fn checked_neg(self) -> Option<Decimal> {
        Some(-self)
    }

    /// The number without its sign.
    #[must_use]
    pub const fn abs(self) -> Decimal {
        Decimal { coefficient: self.coefficient.abs(), exponent: self.exponent }
    }

    /// `self * 10^scale` if that is an integer.
    fn integer_at(self, scale: i32) -> Option<i128> {
        let shift = i32::from(self.exponent) + scale;
        if shift == 0 || self.is_zero() {
            return Some(self.coefficient);
        }
        // A coefficient has fewer than 39 digits: beyond the table there is no integer.
        let factor = power_of_ten(shift.unsigned_abs())? as i128;
        if shift > 0 {
            self.coefficient.checked_mul(factor)
        } else {
            (self.coefficient % factor == 0).then(|| self.coefficient / factor)
        }
    }

    /// Coefficient and exponent without trailing zeros; the same for all that are equal.
    fn canonical(self) -> (i128, i32) {
        if self.is_zero() {
            return (0, 0);
        }
        strip(self.coefficient, i32::from(self.exponent), i32::MAX)
    }
}

impl std::ops::Neg for Decimal {
    type Output = Decimal;

    #[inline]
    fn neg(self) -> Decimal {
        Decimal { coefficient: -self.coefficient, exponent: self.exponent }
    }
}

impl PartialEq for Decimal {
    #[inline]
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    #[inline]
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    #[inline]
    fn cmp(&self, other: &Decimal) -> Ordering {
        if self.exponent == other.exponent {
            return self.coefficient.cmp(&other.coefficient);
        }
        if self.exponent > other.exponent { compare_shifted(*self, *other) } else { compare_shifted(*other, *self).reverse() }
    }
}

/// The order of two numbers of which `high` has the greater exponent.
#[inline]
fn compare_shifted(high: Decimal, low: Decimal) -> Ordering {
    let shift = high.exponent.abs_diff(low.exponent);
    if let (Ok(coefficient), Some(factor)) = (i64::try_from(high.coefficient), power_of_ten_i64(shift)) {
        return (i128::from(coefficient) * i128::from(factor)).cmp(&low.coefficient);
    }
    let by_sign = high.coefficient.signum().cmp(&low.coefficient.signum());
    if by_sign != Ordering::Equal || high.is_zero() {
        return by_sign;
    }
    // 38 digits hold whatever 34 digits can be compared with; what does not fit is greater.
    let raised = power_of_ten(u32::from(shift)).and_then(|factor| high.coefficient.unsigned_abs().checked_mul(factor));
    let order = raised.map_or(Ordering::Greater, |raised| raised.cmp(&low.coefficient.unsigned_abs()));
    if high.is_negative() { order.reverse() } else { order }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical().hash(state);
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Decimal::ZERO
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Decimal::from_i64(number)
    }
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Decimal::from_i64(i64::from(number))
    }
}

impl From<u32> for Decimal {
    fn from(number: u32) -> Self {
        Decimal::from_i64(i64::from(number))
    }
}

const fn powers_of_ten() -> [u128; 39] {
    let mut powers = [1; 39];
    let mut n = 1;
    while n < 39 {
        #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
        {
            powers[n] = powers[n - 1] * 10;
        }
        n += 1;
    }
    powers
}

static POWERS_OF_TEN: [u128; 39] = powers_of_ten();

/// `10^n` while it fits.
fn power_of_ten(n: u32) -> Option<u128> {
    POWERS_OF_TEN.get(n as usize).copied()
}

fn power_of_ten_i64(n: u16) -> Option<i64> {
    (n <= 18).then(|| power_of_ten(u32::from(n)).map(|power| power as i64))?
}

/// `10^n` up to 10^77. The tables of the library for this are larger than all the rest that is used of it.
fn wide_power_of_ten(n: u32) -> U256 {
    let narrow = |n: u32| wide(power_of_ten(n).unwrap_or(1));
    if n < 39 { narrow(n) } else { narrow(38) * narrow((n - 38).min(38)) * narrow(n.saturating_sub(76)) }
}

/// How many decimal digits a magnitude of so many bits has, whose comparison with powers of ten is given.
fn digits_of(bits: u32, is_at_least_ten_to: impl FnOnce(u32) -> bool) -> u32 {
    // 1233/4096 is the logarithm of 2: near enough for 512 bits.
    let digits = (bits * 1233) >> 12;
    digits + u32::from(bits > 0 && is_at_least_ten_to(digits))
}

fn wide_digits(magnitude: &U256) -> u32 {
    digits_of(magnitude.bits(), |n| *magnitude >= wide_power_of_ten(n))
}

/// Drops trailing zeros of a coefficient that is not zero until the exponent is `ideal`.
fn strip(coefficient: i128, exponent: i32, ideal: i32) -> (i128, i32) {
    let (mut coefficient, mut exponent) = (coefficient, exponent);
    for step in [32, 16, 8, 4, 2, 1] {
        let Some(power) = power_of_ten(step) else { continue };
        while exponent <= ideal.saturating_sub(step as i32) && coefficient % power as i128 == 0 {
            coefficient /= power as i128;
            exponent += step as i32;
        }
    }
    (coefficient, exponent)
}

/// The number nearest to `coefficient * 10^exponent`.
#[inline]
fn finish(coefficient: i128, exponent: i32) -> Option<Decimal> {
    if coefficient.unsigned_abs() < LIMIT && (MIN_EXPONENT..=MAX_EXPONENT).contains(&exponent) {
        return Some(if coefficient == 0 { Decimal::ZERO } else { Decimal { coefficient, exponent: exponent as i16 } });
    }
    finish_wide(coefficient < 0, wide(coefficient.unsigned_abs()), exponent, false)
}

/// The number nearest to `±(magnitude + rest) * 10^exponent`, where `rest` lies strictly between 0 and 1
/// if `inexact`, and is 0 if not. An inexact magnitude must have more than 34 digits, or be discarded
/// altogether by the smallest exponent.
fn finish_wide(negative: bool, magnitude: U256, exponent: i32, inexact: bool) -> Option<Decimal> {
    if magnitude.is_zero() {
        return Some(Decimal::ZERO);
    }
    let digits = wide_digits(&magnitude);
    let excess = digits.saturating_sub(DIGITS).max((MIN_EXPONENT - exponent).max(0) as u32);
    let (mut coefficient, mut exponent) = if excess == 0 {
        (narrow(magnitude)?, exponent)
    } else if excess > digits {
        return Some(Decimal::ZERO);
    } else {
        let unit = wide_power_of_ten(excess);
        let (quotient, rest) = magnitude.div_rem(unit);
        let quotient = narrow(quotient)?;
        let up = match rest.cmp(&(unit - rest)) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => inexact || quotient % 2 == 1,
        };
        (quotient + u128::from(up), exponent + excess as i32)
    };
    if coefficient == 0 {
        return Some(Decimal::ZERO);
    }
    if coefficient == LIMIT {
        (coefficient, exponent) = (LIMIT / 10, exponent + 1);
    }
    if exponent > MAX_EXPONENT {
        coefficient = power_of_ten((exponent - MAX_EXPONENT) as u32).and_then(|factor| coefficient.checked_mul(factor))?;
        if coefficient >= LIMIT {
            return None;
        }
        exponent = MAX_EXPONENT;
    }
    let coefficient = coefficient as i128;
    Some(Decimal { coefficient: if negative { -coefficient } else { coefficient }, exponent: exponent as i16 })
}

fn wide(narrow: u128) -> U256 {
    U256::from_digits([narrow as u64, (narrow >> 64) as u64, 0, 0])
}

/// The integer, if it has at most 128 bits.
fn narrow(wide: U256) -> Option<u128> {
    match *wide.digits() {
        [low, high, 0, 0] => Some(u128::from(low) | u128::from(high) << 64),
        _ => None,
    }
}

/// The sum of two that are not zero and lie `shift` powers of ten apart.
fn add_wide(high: Decimal, low: Decimal, shift: u16) -> Option<Decimal> {
    // With 40 more digits than a coefficient `high` decides all that is kept; what `low` has
    // behind them only says that the sum is not exact.
    let raise = shift.min(40);
    let dropped = u32::from(shift - raise);
    let a = wide(high.coefficient.unsigned_abs()) * wide_power_of_ten(u32::from(raise));
    let b = low.coefficient.unsigned_abs();
    let (b, rest) = power_of_ten(dropped).map_or((0, b), |unit| (b / unit, b % unit));
    let (b, inexact) = (wide(b), rest != 0);
    let exponent = i32::from(high.exponent) - i32::from(raise);
    let negative = high.is_negative();
    if negative == low.is_negative() {
        return finish_wide(negative, a + b, exponent, inexact);
    }
    let borrowed = if inexact { b + U256::ONE } else { b };
    if a >= borrowed {
        finish_wide(negative, a - borrowed, exponent, inexact)
    } else {
        // Only without dropped digits can `low` be the greater one.
        finish_wide(!negative, b - a, exponent, inexact)
    }
}
