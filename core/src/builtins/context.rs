//! Contexts.

use std::sync::Arc;

use super::signature::{Kind, Signature, required};
use super::{Builtin, Env, doc, examples};
use crate::value::{Context, Field, Type, Value};

pub(super) static BUILTINS: &[Builtin] = &[
    Builtin {
        name: "get value",
        doc: doc("The value under a key, or under one key after the other; null if there is none."),
        examples: examples(&[
            ("get value({a: \"foo\"}, \"a\")", "\"foo\""),
            ("get value({a: \"foo\"}, \"b\")", "null"),
            ("get value({a: {b: 1}}, [\"a\", \"b\"])", "1"),
        ]),
        signatures: &[
            Signature {
                parameters: &[required("m", Kind::Context), required("key", Kind::Text)],
                result: member,
                function: get_value,
            },
            Signature {
                parameters: &[required("context", Kind::Context), required("keys", Kind::List(&Kind::Text))],
                result: |_| Some(Type::Any),
                function: get_value,
            },
        ],
    },
    Builtin {
        name: "get entries",
        doc: doc("A context with `key` and `value` for each entry, in the order they were written."),
        examples: examples(&[("get entries({a: 1, b: 2})", "[{key: \"a\", value: 1}, {key: \"b\", value: 2}]")]),
        signatures: &[Signature { parameters: &[required("m", Kind::Context)], result: entries, function: get_entries }],
    },
];

fn get_value(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::Context(context), Value::Text(key)] => context.get(key).cloned(),
        [context @ Value::Context(_), Value::List(keys)] if !keys.is_empty() => {
            let found = keys.iter().try_fold(context, |inside, key| match (inside, key) {
                (Value::Context(context), Value::Text(key)) => context.get(key),
                _ => None,
            });
            found.cloned()
        }
        _ => None,
    }
}

fn get_entries(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::Context(context)] = arguments else { return None };
    let entry = |(key, value): &(Arc<str>, Value)| {
        let entry = vec![("key".into(), Value::Text(key.clone())), ("value".into(), value.clone())];
        Value::Context(Arc::new(Context(entry)))
    };
    Some(Value::List(context.0.iter().map(entry).collect()))
}

/// The type that all members have, or null.
fn member(arguments: &[Type]) -> Option<Type> {
    Some(members(arguments.first()?).optional())
}

fn entries(arguments: &[Type]) -> Option<Type> {
    let fields = [Field { name: "key".into(), of: Type::Text }, Field { name: "value".into(), of: members(arguments.first()?) }];
    Some(Type::List(Box::new(Type::Context(fields.into()))))
}

fn members(context: &Type) -> Type {
    match context {
        Type::Context(fields) => match fields.split_first() {
            Some((first, rest)) => rest.iter().fold(first.of.clone(), |so_far, field| so_far.join(&field.of)),
            None => Type::Null,
        },
        _ => Type::Any,
    }
}
