//! Truth and identity.

use super::signature::{Kind, Signature, required};
use super::{Builtin, Env, doc, examples, result};
use crate::value::Value;

pub(super) static BUILTINS: &[Builtin] = &[
    Builtin {
        name: "not",
        doc: doc("True for false, false for true; null for anything else."),
        examples: examples(&[("not(true)", "false"), ("not(false)", "true")]),
        signatures: &[
            Signature { parameters: &[required("negand", Kind::Boolean)], result: result::boolean, function: not },
            Signature { parameters: &[required("negand", Kind::OrNull(&Kind::Boolean))], result: result::maybe_boolean, function: not },
        ],
    },
    Builtin {
        name: "is",
        doc: doc("Whether two values are of one type and the same. Unlike `=`, it is never null, and times are the same only \
              if they are told from the same offset or zone."),
        examples: examples(&[
            ("is(date(\"2012-12-25\"), time(\"23:00:50\"))", "false"),
            ("is(1, 1.0)", "true"),
            ("is(@\"20:00:50+00:00\", @\"21:00:50+01:00\")", "false"),
        ]),
        signatures: &[Signature {
            parameters: &[required("value1", Kind::Any), required("value2", Kind::Any)],
            result: result::boolean,
            function: is,
        }],
    },
];

fn not(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::Boolean(value)] => Some(Value::Boolean(!value)),
        _ => None,
    }
}

fn is(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [a, b] => Some(Value::Boolean(a == b)),
        _ => None,
    }
}
