//! Numbers.

use super::signature::{Kind, Signature, optional, required};
use super::{Builtin, Env, doc, examples, result};
use crate::value::{Decimal, Rounding, Value};

const N_SCALE: &[super::Parameter] = &[required("n", Kind::Number), required("scale", Kind::Number)];
const N_MAYBE_SCALE: &[super::Parameter] = &[required("n", Kind::Number), optional("scale", Kind::Number)];

pub(super) static BUILTINS: &[Builtin] = &[
    Builtin {
        name: "decimal",
        doc: doc("The number rounded to `scale` decimal places; from the middle to the even digit."),
        examples: examples(&[("decimal(1.115, 2)", "1.12"), ("decimal(1.5, 0)", "2"), ("decimal(2.5, 0)", "2")]),
        signatures: &[Signature { parameters: N_SCALE, result: result::number, function: |_, a| rounded(a, Rounding::HalfEven) }],
    },
    Builtin {
        name: "floor",
        doc: doc("The greatest number with `scale` decimal places (none if absent) that is not greater."),
        examples: examples(&[("floor(1.5)", "1"), ("floor(-1.56, 1)", "-1.6")]),
        signatures: &[Signature { parameters: N_MAYBE_SCALE, result: result::number, function: |_, a| rounded(a, Rounding::Floor) }],
    },
    Builtin {
        name: "ceiling",
        doc: doc("The least number with `scale` decimal places (none if absent) that is not less."),
        examples: examples(&[("ceiling(1.5)", "2"), ("ceiling(-1.56, 1)", "-1.5")]),
        signatures: &[Signature { parameters: N_MAYBE_SCALE, result: result::number, function: |_, a| rounded(a, Rounding::Ceiling) }],
    },
    Builtin {
        name: "round up",
        doc: doc("The number rounded to `scale` decimal places, away from zero."),
        examples: examples(&[("round up(5.5, 0)", "6"), ("round up(-1.126, 2)", "-1.13")]),
        signatures: &[Signature { parameters: N_SCALE, result: result::number, function: |_, a| rounded(a, Rounding::Up) }],
    },
    Builtin {
        name: "round down",
        doc: doc("The number rounded to `scale` decimal places, towards zero."),
        examples: examples(&[("round down(5.5, 0)", "5"), ("round down(-1.126, 2)", "-1.12")]),
        signatures: &[Signature { parameters: N_SCALE, result: result::number, function: |_, a| rounded(a, Rounding::Down) }],
    },
    Builtin {
        name: "round half up",
        doc: doc("The number rounded to `scale` decimal places; from the middle away from zero."),
        examples: examples(&[("round half up(5.5, 0)", "6"), ("round half up(-1.126, 2)", "-1.13")]),
        signatures: &[Signature { parameters: N_SCALE, result: result::number, function: |_, a| rounded(a, Rounding::HalfUp) }],
    },
    Builtin {
        name: "round half down",
        doc: doc("The number rounded to `scale` decimal places; from the middle towards zero."),
        examples: examples(&[("round half down(5.5, 0)", "5"), ("round half down(-1.126, 2)", "-1.13")]),
        signatures: &[Signature { parameters: N_SCALE, result: result::number, function: |_, a| rounded(a, Rounding::HalfDown) }],
    },
    Builtin {
        name: "abs",
        doc: doc("The number or duration without its sign."),
        examples: examples(&[("abs(-10)", "10"), ("abs(@\"-PT5H\")", "@\"PT5H\"")]),
        signatures: &[Signature {
            parameters: &[required("n", Kind::OneOf(&[Kind::Number, Kind::Days, Kind::Months]))],
            result: result::same,
            function: abs,
        }],
    },
    Builtin {
        name: "modulo",
        doc: doc("What is left of the dividend after whole divisors are taken away; it has the sign of the divisor. Null for a \
              divisor of zero."),
        examples: examples(&[("modulo(12, 5)", "2"), ("modulo(-12, 5)", "3"), ("modulo(10.1, -4.5)", "-3.4")]),
        signatures: &[Signature {
            parameters: &[required("dividend", Kind::Number), required("divisor", Kind::Number)],
            result: result::number,
            function: modulo,
        }],
    },
    Builtin {
        name: "odd",
        doc: doc("Whether the number is an odd integer."),
        examples: examples(&[("odd(5)", "true"), ("odd(2)", "false")]),
        signatures: &[Signature { parameters: &[required("number", Kind::Number)], result: result::boolean, function: odd }],
    },
    Builtin {
        name: "even",
        doc: doc("Whether the number is an even integer."),
        examples: examples(&[("even(5)", "false"), ("even(2)", "true")]),
        signatures: &[Signature { parameters: &[required("number", Kind::Number)], result: result::boolean, function: even }],
    },
];

fn rounded(arguments: &[Value], rounding: Rounding) -> Option<Value> {
    let (number, scale) = match arguments {
        [Value::Number(number)] => (number, 0),
        [Value::Number(number), Value::Number(scale)] => (number, scale.to_i64().filter(|scale| (-6111..=6176).contains(scale))?),
        _ => return None,
    };
    number.round(scale as i32, rounding).map(Value::Number)
}

fn abs(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::Number(number)] => Some(Value::Number(number.abs())),
        [Value::Days(duration)] => Some(Value::Days(duration.abs())),
        [Value::Months(duration)] => Some(Value::Months(duration.abs())),
        _ => None,
    }
}

fn modulo(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::Number(dividend), Value::Number(divisor)] => dividend.checked_modulo(*divisor).map(Value::Number),
        _ => None,
    }
}

fn odd(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    rest_of_two(arguments).map(|rest| Value::Boolean(rest == Decimal::ONE))
}

fn even(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    rest_of_two(arguments).map(|rest| Value::Boolean(rest.is_zero()))
}

fn rest_of_two(arguments: &[Value]) -> Option<Decimal> {
    match arguments {
        [Value::Number(number)] => number.checked_modulo(Decimal::from_i64(2)),
        _ => None,
    }
}
