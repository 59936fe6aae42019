//! Quotient and remainder.

use super::{DIGITS, Decimal, finish, finish_wide, narrow, power_of_ten, strip, wide, wide_power_of_ten};

impl Decimal {
    /// The quotient; `None` for a zero divisor or a quotient that is too large.
    #[must_use]
    pub fn checked_div(self, divisor: Decimal) -> Option<Decimal> {
        if divisor.is_zero() {
            return None;
        }
        if self.is_zero() {
            return Some(Decimal::ZERO);
        }
        let ideal = i32::from(self.exponent) - i32::from(divisor.exponent);
        if let (Ok(a), Ok(b)) = (i64::try_from(self.coefficient), i64::try_from(divisor.coefficient)) {
            if a.checked_rem(b) == Some(0) {
                return finish(i128::from(a) / i128::from(b), ideal);
            }
            let raised = i128::from(a) * 1_000_000_000_000_000_000;
            if raised % i128::from(b) == 0 {
                let (coefficient, exponent) = strip(raised / i128::from(b), ideal - 18, ideal);
                return finish(coefficient, exponent);
            }
        }
        divide_wide(self, divisor, ideal)
    }

    /// What is left of `self` after whole multiples of `divisor` are taken away; it has the sign of the
    /// divisor, as FEEL's `modulo` wants. `None` for a zero divisor.
    #[must_use]
    pub fn checked_modulo(self, divisor: Decimal) -> Option<Decimal> {
        if divisor.is_zero() {
            return None;
        }
        let rest = self.remainder(divisor)?;
        if rest.is_zero() || rest.is_negative() == divisor.is_negative() {
            Some(rest)
        } else {
            rest.checked_add(divisor)
        }
    }

    /// The exact remainder of the division towards zero; the divisor is not zero.
    fn remainder(self, divisor: Decimal) -> Option<Decimal> {
        if self.is_zero() {
            return Some(Decimal::ZERO);
        }
        let (a, b) = (self.coefficient.unsigned_abs(), divisor.coefficient.unsigned_abs());
        let shift = u32::from(self.exponent.abs_diff(divisor.exponent));
        let (rest, exponent) = if self.exponent >= divisor.exponent {
            let factor = power_of_ten_modulo(shift, b);
            (multiply_modulo(a % b, factor, b), divisor.exponent)
        } else {
            // A divisor that does not fit is greater than any coefficient.
            let rest = power_of_ten(shift).and_then(|factor| b.checked_mul(factor)).map_or(a, |b| a % b);
            (rest, self.exponent)
        };
        finish(if self.is_negative() { -(rest as i128) } else { rest as i128 }, i32::from(exponent))
    }
}

fn divide_wide(dividend: Decimal, divisor: Decimal, ideal: i32) -> Option<Decimal> {
    let (a, b) = (dividend.coefficient.unsigned_abs(), divisor.coefficient.unsigned_abs());
    // Enough for at least 35 digits of quotient and at most 72 of dividend.
    let raise = DIGITS + 2 + b.ilog10() - a.ilog10().min(b.ilog10());
    let (quotient, rest) = (wide(a) * wide_power_of_ten(raise)).div_rem(wide(b));
    let negative = dividend.is_negative() != divisor.is_negative();
    let exponent = ideal - raise as i32;
    if rest.is_zero()
        && let Some(Ok(quotient)) = narrow(quotient).map(i128::try_from)
    {
        let (coefficient, exponent) = strip(quotient, exponent, ideal);
        return finish(if negative { -coefficient } else { coefficient }, exponent);
    }
    finish_wide(negative, quotient, exponent, !rest.is_zero())
}

fn multiply_modulo(a: u128, b: u128, modulus: u128) -> u128 {
    if let Some(product) = a.checked_mul(b) {
        return product % modulus;
    }
    narrow((wide(a) * wide(b)).div_rem(wide(modulus)).1).unwrap_or(0)
}

fn power_of_ten_modulo(n: u32, modulus: u128) -> u128 {
    let (mut result, mut square, mut n) = (1 % modulus, 10 % modulus, n);
    while n > 0 {
        if n & 1 == 1 {
            result = multiply_modulo(result, square, modulus);
        }
        square = multiply_modulo(square, square, modulus);
        n >>= 1;
    }
    result
}
