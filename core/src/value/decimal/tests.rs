//! Every operation is held to a slow reference that computes digit by digit.

use proptest::prelude::*;

use super::*;

fn d(text: &str) -> Decimal {
    Decimal::parse(text).unwrap_or_else(|| panic!("no number: {text}"))
}

fn shown(number: Option<Decimal>) -> String {
    number.map_or("none".into(), |number| number.to_string())
}

/// Whole numbers as decimal digits, the least first, without zeros at the end.
mod slow {
    use std::cmp::Ordering;

    pub type Digits = Vec<u8>;

    pub fn trim(mut a: Digits) -> Digits {
        while a.last() == Some(&0) {
            a.pop();
        }
        a
    }

    pub fn from(n: u128) -> Digits {
        trim(n.to_string().bytes().rev().map(|b| b - b'0').collect())
    }

    pub fn shift(a: &Digits, by: usize) -> Digits {
        trim(vec![0; by].into_iter().chain(a.iter().copied()).collect())
    }

    pub fn cmp(a: &Digits, b: &Digits) -> Ordering {
        a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
    }

    pub fn add(a: &Digits, b: &Digits) -> Digits {
        let mut carry = 0;
        let mut sum = Vec::new();
        for i in 0..a.len().max(b.len()) + 1 {
            let n = a.get(i).unwrap_or(&0) + b.get(i).unwrap_or(&0) + carry;
            sum.push(n % 10);
            carry = n / 10;
        }
        trim(sum)
    }

    /// `a - b`, where `a` is not less.
    pub fn sub(a: &Digits, b: &Digits) -> Digits {
        let mut borrow = 0;
        let mut rest = Vec::new();
        for (i, digit) in a.iter().enumerate() {
            let n = 10 + digit - b.get(i).unwrap_or(&0) - borrow;
            rest.push(n % 10);
            borrow = 1 - n / 10;
        }
        trim(rest)
    }

    pub fn mul(a: &Digits, b: &Digits) -> Digits {
        let mut product = vec![0_u8; a.len() + b.len() + 1];
        for (i, x) in a.iter().enumerate() {
            let mut carry = 0;
            for (j, y) in b.iter().chain(std::iter::repeat_n(&0, 1)).enumerate() {
                let n = product[i + j] + x * y + carry;
                product[i + j] = n % 10;
                carry = n / 10;
            }
        }
        trim(product)
    }

    pub fn div_rem(a: &Digits, b: &Digits) -> (Digits, Digits) {
        let (mut quotient, mut rest) = (vec![0; a.len()], Vec::new());
        for i in (0..a.len()).rev() {
            rest.insert(0, a[i]);
            rest = trim(rest);
            while cmp(&rest, b) != Ordering::Less {
                rest = sub(&rest, b);
                quotient[i] += 1;
            }
        }
        (trim(quotient), rest)
    }
}

use slow::Digits;

/// The text of `±(digits + rest) * 10^exponent`, rounded half-even to 34 digits.
fn rounded(negative: bool, digits: &Digits, exponent: i64, inexact: bool) -> String {
    let drop = digits.len().saturating_sub(34).max((-6176 - exponent).max(0) as usize);
    let unit = slow::shift(&slow::from(1), drop);
    let (mut kept, rest) = slow::div_rem(digits, &unit);
    let half = slow::cmp(&slow::add(&rest, &rest), &unit);
    let odd = kept.first().is_some_and(|digit| digit % 2 == 1);
    if drop > 0 && (half == Ordering::Greater || half == Ordering::Equal && (odd || inexact)) {
        kept = slow::add(&kept, &slow::from(1));
    }
    let digits: String = kept.iter().rev().map(|digit| char::from(b'0' + digit)).collect();
    let exponent = exponent + drop as i64;
    if digits.is_empty() {
        return "0".into();
    }
    if digits.len() as i64 + exponent > 6145 {
        return "none".into();
    }
    // Parsing what has 34 digits does not round again.
    d(&format!("{}{digits}e{exponent}", if negative { "-" } else { "" })).to_string()
}

fn parts(number: Decimal) -> (bool, Digits, i64) {
    (number.coefficient < 0, slow::from(number.coefficient.unsigned_abs()), i64::from(number.exponent))
}

fn slow_add(a: Decimal, b: Decimal) -> String {
    let ((an, ad, ae), (bn, bd, be)) = (parts(a), parts(b));
    let exponent = ae.min(be);
    let (ad, bd) = (slow::shift(&ad, (ae - exponent) as usize), slow::shift(&bd, (be - exponent) as usize));
    if an == bn {
        return rounded(an, &slow::add(&ad, &bd), exponent, false);
    }
    match slow::cmp(&ad, &bd) {
        Ordering::Less => rounded(bn, &slow::sub(&bd, &ad), exponent, false),
        _ => rounded(an, &slow::sub(&ad, &bd), exponent, false),
    }
}

fn slow_mul(a: Decimal, b: Decimal) -> String {
    let ((an, ad, ae), (bn, bd, be)) = (parts(a), parts(b));
    rounded(an != bn, &slow::mul(&ad, &bd), ae + be, false)
}

fn slow_div(a: Decimal, b: Decimal) -> String {
    let ((an, ad, ae), (bn, bd, be)) = (parts(a), parts(b));
    if bd.is_empty() {
        return "none".into();
    }
    let (quotient, rest) = slow::div_rem(&slow::shift(&ad, 80), &bd);
    rounded(an != bn, &quotient, ae - be - 80, !rest.is_empty())
}

fn slow_modulo(a: Decimal, b: Decimal) -> String {
    let ((an, ad, ae), (bn, bd, be)) = (parts(a), parts(b));
    if bd.is_empty() {
        return "none".into();
    }
    let exponent = ae.min(be);
    let (ad, bd) = (slow::shift(&ad, (ae - exponent) as usize), slow::shift(&bd, (be - exponent) as usize));
    let (_, rest) = slow::div_rem(&ad, &bd);
    if rest.is_empty() || an == bn {
        rounded(an, &rest, exponent, false)
    } else {
        rounded(bn, &slow::sub(&bd, &rest), exponent, false)
    }
}

/// Numbers of every length, with close and with distant exponents, and with many zeros and nines.
fn number() -> impl Strategy<Value = Decimal> {
    let coefficient = prop_oneof![
        any::<i16>().prop_map(i128::from),
        any::<i64>().prop_map(i128::from),
        (-(LIMIT as i128) + 1..LIMIT as i128),
        (0_u32..35, -1_i128..2).prop_map(|(n, by)| 10_i128.pow(n) + by),
        (0_u32..34, -2_i128..3).prop_map(|(n, by)| 5 * 10_i128.pow(n) + by),
    ]
    .prop_filter("at most 34 digits", |n| n.unsigned_abs() < LIMIT);
    let exponent = prop_oneof![4 => -8_i16..4, 3 => -80_i16..80, 1 => -6176_i16..=6111];
    (coefficient, exponent).prop_map(|(coefficient, exponent)| Decimal {
        coefficient,
        exponent: if coefficient == 0 { 0 } else { exponent },
    })
}

fn near() -> impl Strategy<Value = Decimal> {
    number().prop_map(|number| Decimal { exponent: number.exponent % 90, ..number })
}

fn sound(number: Option<Decimal>) {
    let Some(number) = number else { return };
    assert!(number.coefficient.unsigned_abs() < LIMIT);
    assert!((MIN_EXPONENT..=MAX_EXPONENT).contains(&i32::from(number.exponent)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn sums(a in near(), b in near()) {
        sound(a.checked_add(b));
        prop_assert_eq!(shown(a.checked_add(b)), slow_add(a, b));
        prop_assert_eq!(shown(a.checked_sub(b)), slow_add(a, -b));
        prop_assert_eq!(a.checked_add(b), b.checked_add(a));
    }

    #[test]
    fn products(a in number(), b in number()) {
        sound(a.checked_mul(b));
        prop_assert_eq!(shown(a.checked_mul(b)), slow_mul(a, b));
    }

    #[test]
    fn quotients(a in number(), b in number()) {
        sound(a.checked_div(b));
        prop_assert_eq!(shown(a.checked_div(b)), slow_div(a, b));
    }

    #[test]
    fn remainders(a in near(), b in near()) {
        sound(a.checked_modulo(b));
        prop_assert_eq!(shown(a.checked_modulo(b)), slow_modulo(a, b));
    }

    #[test]
    fn order_is_the_sign_of_the_difference(a in near(), b in near()) {
        let ((an, ad, ae), (bn, bd, be)) = (parts(a), parts(b));
        let low = ae.min(be);
        let order = slow::cmp(&slow::shift(&ad, (ae - low) as usize), &slow::shift(&bd, (be - low) as usize));
        let expected = match (an, bn) {
            (false, false) => order,
            (true, true) => order.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        };
        prop_assert_eq!(a.cmp(&b), expected);
        prop_assert_eq!(a == b, expected == Ordering::Equal);
    }

    #[test]
    fn texts_are_read_back(a in number()) {
        let text = a.to_string();
        prop_assert_eq!(Decimal::parse(&text), Some(a));
        prop_assert_eq!(Decimal::parse_exact(&text), Some(a));
        prop_assert!(text.contains('e') || !text.contains('.') || !text.ends_with('0'), "{}", text);
        let json = serde_json::to_string(&a).unwrap();
        prop_assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), a);
    }

    #[test]
    fn long_texts_are_rounded_once(whole in "[0-9]{1,60}", fraction in "[0-9]{0,60}", exponent in -50_i64..50) {
        let point = if fraction.is_empty() { "" } else { "." };
        let text = format!("{whole}{point}{fraction}e{exponent}");
        let digits = slow::trim(format!("{whole}{fraction}").bytes().rev().map(|b| b - b'0').collect());
        let expected = rounded(false, &digits, exponent - fraction.len() as i64, false);
        prop_assert_eq!(shown(Decimal::parse(&text)), expected);
        let significant = digits.len() - digits.iter().take_while(|digit| **digit == 0).count();
        prop_assert_eq!(Decimal::parse_exact(&text).is_some(), significant <= 34);
    }

    #[test]
    fn rounding_keeps_the_nearest(a in number(), scale in -40_i32..90) {
        let unit = Decimal { coefficient: 1, exponent: -scale as i16 };
        let (floor, ceiling) = (a.round(scale, Rounding::Floor).unwrap(), a.round(scale, Rounding::Ceiling).unwrap());
        prop_assert!(floor <= a && a <= ceiling);
        prop_assert!(floor == ceiling || floor.checked_add(unit) == Some(ceiling));
        let (down, up) = if a.is_negative() { (ceiling, floor) } else { (floor, ceiling) };
        prop_assert_eq!(a.round(scale, Rounding::Down), Some(down));
        prop_assert_eq!(a.round(scale, Rounding::Up), Some(up));
        let twice_the_rest = slow_twice_rest(a, scale);
        let (even, odd) = if down.checked_div(unit).and_then(|n| n.checked_modulo(Decimal::from_i64(2))) == Some(Decimal::ZERO) {
            (down, up)
        } else {
            (up, down)
        };
        prop_assert!(odd == down || odd == up);
        let (half_up, half_down, half_even) = match twice_the_rest {
            Ordering::Less => (down, down, down),
            Ordering::Equal => (up, down, even),
            Ordering::Greater => (up, up, up),
        };
        prop_assert_eq!(a.round(scale, Rounding::HalfUp), Some(half_up));
        prop_assert_eq!(a.round(scale, Rounding::HalfDown), Some(half_down));
        prop_assert_eq!(a.round(scale, Rounding::HalfEven), Some(half_even));
    }

    #[test]
    fn powers(a in -200_i64..200, scale in 0_u8..3, n in 0_u32..40) {
        let base = Decimal::from_scaled(a, scale);
        let (negative, digits, exponent) = parts(base);
        let power = (0..n).fold(slow::from(1), |power, _| slow::mul(&power, &digits));
        let expected = rounded(negative && n % 2 == 1, &power, exponent * i64::from(n), false);
        prop_assert_eq!(shown(base.checked_pow(Decimal::from(n))), expected);
        if n > 0 && !power.is_empty() {
            let (quotient, rest) = slow::div_rem(&slow::shift(&slow::from(1), 200), &power);
            let expected = rounded(negative && n % 2 == 1, &quotient, -exponent * i64::from(n) - 200, !rest.is_empty());
            prop_assert_eq!(shown(base.checked_pow(-Decimal::from(n))), expected);
        }
    }

    #[test]
    fn scaled_integers(n in any::<i64>(), scale in 0_u8..19) {
        let number = Decimal::from_scaled(n, scale);
        prop_assert_eq!(number.scaled(scale), Some(n));
        prop_assert_eq!(number.to_i64(), (n % 10_i64.pow(scale.into()) == 0).then_some(n / 10_i64.pow(scale.into())));
        prop_assert_eq!(number.is_integer(), number.to_i64().is_some());
    }

    #[test]
    fn equal_numbers_hash_alike(n in any::<i32>(), zeros in 0_u32..10) {
        use std::hash::BuildHasher;
        let hasher = std::hash::RandomState::new();
        let short = Decimal::from(n);
        let long = Decimal::from_scaled(i64::from(n) * 10_i64.pow(zeros.min(9)), zeros.min(9) as u8);
        prop_assert_eq!(short, long);
        prop_assert_eq!(hasher.hash_one(short), hasher.hash_one(long));
        prop_assert_eq!(short.to_string(), long.to_string());
    }
}

/// How the part that rounding to `scale` drops compares with half a unit.
fn slow_twice_rest(a: Decimal, scale: i32) -> Ordering {
    let (_, digits, exponent) = parts(a);
    let drop = -i64::from(scale) - exponent;
    if drop <= 0 {
        return Ordering::Less;
    }
    let unit = slow::shift(&slow::from(1), drop as usize);
    let rest = slow::div_rem(&digits, &unit).1;
    slow::cmp(&slow::add(&rest, &rest), &unit)
}

#[test]
fn numbers_as_people_write_them() {
    let cases = [
        ("1", "1"), ("-1.50", "-1.5"), (".5", "0.5"), ("1e5", "100000"), ("1E-3", "0.001"), ("1E+3", "1000"), ("-0", "0"),
        ("-0.000", "0"), ("007", "7"), ("100", "100"), ("0.1", "0.1"), ("123456789.123456789", "123456789.123456789"),
        ("1e40", "10000000000000000000000000000000000000000"), ("1e41", "1e41"), ("-1.5e50", "-1.5e50"), ("1e-41", "1e-41"),
        ("1e-40", "0.0000000000000000000000000000000000000001"), ("15e-42", "1.5e-41"), ("0e99999", "0"), ("1e-99999999999", "0"),
        ("0.00000000000000000000000000000000000000000000000001", "1e-50"),
        ("9999999999999999999999999999999999.5", "10000000000000000000000000000000000"),
        ("9999999999999999999999999999999998.5", "9999999999999999999999999999999998"),
    ];
    for (text, shown) in cases {
        assert_eq!(d(text).to_string(), shown, "{text}");
    }
    let refused = ["", "-", "+1", "1.", ".", "1e", "e5", "1e+", "1 ", " 1", "1_000", "1,5", "--1", "0x10", "NaN", "inf", "1.2.3", "1e5.5", "-.", "٣"];
    for text in refused {
        assert_eq!(Decimal::parse(text), None, "{text}");
    }
    assert_eq!(Decimal::parse("1e6144").map(|n| n.to_string()), Some("1e6144".into()));
    assert_eq!(Decimal::parse("1e6145"), None);
    assert_eq!(Decimal::parse("1e99999999999"), None);
    assert_eq!(d("1e-6176").to_string(), "1e-6176");
    assert_eq!(d("1e-6177"), Decimal::ZERO);
}

#[test]
fn exact_reading_refuses_lost_digits() {
    assert!(Decimal::parse_exact("1234567890123456789012345678901234").is_some());
    assert!(Decimal::parse_exact("12345678901234567890123456789012345").is_none());
    assert!(Decimal::parse_exact("12345678901234567890123456789012340").is_some());
    assert!(Decimal::parse_exact("1.0000000000000000000000000000000000000000000000000").is_some());
    assert!(Decimal::parse_exact("1e-6177").is_none());
    assert!(Decimal::parse_exact("0.000").is_some());
}

#[test]
fn distant_terms_only_break_ties() {
    let huge = d("1e100");
    assert_eq!(huge.checked_add(d("1")), Some(huge));
    assert_eq!(huge.checked_sub(d("1")), Some(huge));
    // Exactly between two neighbours but for a speck.
    let tie = d("1000000000000000000000000000000000e60").checked_add(d("5e59")).unwrap();
    assert_eq!(tie, d("1e93"));
    let (a, half) = (d("1000000000000000000000000000000001e60"), d("4999999999999999999999999999999999e26"));
    assert_eq!(a.checked_add(half), Some(a));
}

#[test]
fn ends_of_the_range() {
    let greatest = d("9999999999999999999999999999999999e6111");
    assert_eq!(greatest.checked_add(d("1e6110")), Some(greatest));
    assert_eq!(greatest.checked_add(d("5e6110")), None);
    assert_eq!(greatest.checked_mul(d("10")), None);
    assert_eq!(d("1e6111").checked_mul(d("1e33")).map(|n| n.to_string()), Some("1e6144".into()));
    assert_eq!(d("1e-6176").checked_div(d("2")), Some(Decimal::ZERO));
    assert_eq!(d("3e-6176").checked_div(d("2")), Some(d("2e-6176")));
    assert_eq!(Decimal::ONE.checked_div(Decimal::ZERO), None);
    assert_eq!(d("10").checked_pow(d("6144")).map(|n| n.to_string()), Some("1e6144".into()));
    assert_eq!(d("10").checked_pow(d("6145")), None);
    assert_eq!(d("10").checked_pow(d("-9223372036854775808")), Some(Decimal::ZERO));
    assert_eq!(d("1.000000000000000000000000000000001").checked_pow(d("1000000000")).unwrap().to_string(), "1.000000000000000000000001");
    assert_eq!(Decimal::ZERO.checked_pow(d("-1")), None);
    assert_eq!(Decimal::ZERO.checked_pow(Decimal::ZERO), Some(Decimal::ONE));
    assert_eq!(d("4").checked_pow(d("0.5")), None);
    assert_eq!(d("1e6000").checked_modulo(d("7")).unwrap().to_string(), "1");
}

#[test]
fn modulo_has_the_sign_of_the_divisor() {
    let cases = [("12", "5", "2"), ("-12", "5", "3"), ("12", "-5", "-3"), ("-12", "-5", "-2"), ("10.1", "4.5", "1.1"),
        ("-10.1", "4.5", "3.4"), ("10.1", "-4.5", "-3.4"), ("-10.1", "-4.5", "-1.1"), ("10", "5", "0")];
    for (a, b, expected) in cases {
        assert_eq!(shown(d(a).checked_modulo(d(b))), expected, "{a} modulo {b}");
    }
}

#[test]
fn integers() {
    assert_eq!(d("1.50").scaled(2), Some(150));
    assert_eq!(d("1.505").scaled(2), None);
    assert_eq!(d("9223372036854775808").to_i64(), None);
    assert_eq!(d("-9223372036854775808").to_i64(), Some(i64::MIN));
    assert_eq!(d("-9223372036854775808").checked_div(d("-1")), Some(d("9223372036854775808")));
    assert_eq!(d("1e30").to_i128(), Some(10_i128.pow(30)));
    assert_eq!(Decimal::from_i128(i128::MIN).to_string(), "-170141183460469231731687303715884100000");
    assert_eq!(d("-0.5").floor(), d("-1"));
    assert_eq!(d("-0.5").ceiling(), Decimal::ZERO);
    assert_eq!(size_of::<Decimal>(), 32);
}
