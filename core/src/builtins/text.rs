//! Text. Positions and lengths are counted in characters (code points).

use std::sync::Arc;

use super::signature::{Kind, Parameter, Signature, optional, required};
use super::{Builtin, Env, doc, examples, result};
use crate::value::{self, Decimal, Rounding, Value};

const STRING: &[Parameter] = &[required("string", Kind::Text)];
const STRING_MATCH: &[Parameter] = &[required("string", Kind::Text), required("match", Kind::Text)];

pub(super) static BUILTINS: &[Builtin] = &[
    Builtin {
        name: "string length",
        doc: doc("How many characters a text has."),
        examples: examples(&[("string length(\"Hà Nội\")", "6"), ("string length(\"\")", "0")]),
        signatures: &[Signature { parameters: STRING, result: result::number, function: string_length }],
    },
    Builtin {
        name: "substring",
        doc: doc("The part of a text from a position, counted from 1 or from the end if negative, of a length or to the end. Null \
              for position 0 and for a negative length."),
        examples: examples(&[
            ("substring(\"foobar\", 3)", "\"obar\""),
            ("substring(\"foobar\", 3, 3)", "\"oba\""),
            ("substring(\"foobar\", -2, 1)", "\"a\""),
        ]),
        signatures: &[Signature {
            parameters: &[required("string", Kind::Text), required("start position", Kind::Number), optional("length", Kind::Number)],
            result: result::maybe_text,
            function: substring,
        }],
    },
    Builtin {
        name: "upper case",
        doc: doc("The text in capital letters."),
        examples: examples(&[("upper case(\"Đà Nẵng\")", "\"ĐÀ NẴNG\"")]),
        signatures: &[Signature { parameters: STRING, result: result::text, function: upper_case }],
    },
    Builtin {
        name: "lower case",
        doc: doc("The text in small letters."),
        examples: examples(&[("lower case(\"Đà Nẵng\")", "\"đà nẵng\"")]),
        signatures: &[Signature { parameters: STRING, result: result::text, function: lower_case }],
    },
    Builtin {
        name: "substring before",
        doc: doc("What stands before the first place where `match` occurs; an empty text if it doesn't."),
        examples: examples(&[("substring before(\"foobar\", \"bar\")", "\"foo\""), ("substring before(\"foobar\", \"xyz\")", "\"\"")]),
        signatures: &[Signature { parameters: STRING_MATCH, result: result::text, function: substring_before }],
    },
    Builtin {
        name: "substring after",
        doc: doc("What stands behind the first place where `match` occurs; an empty text if it doesn't."),
        examples: examples(&[("substring after(\"foobar\", \"ob\")", "\"ar\""), ("substring after(\"foobar\", \"\")", "\"foobar\"")]),
        signatures: &[Signature { parameters: STRING_MATCH, result: result::text, function: substring_after }],
    },
    Builtin {
        name: "contains",
        doc: doc("Whether `match` occurs in a text."),
        examples: examples(&[("contains(\"foobar\", \"of\")", "false"), ("contains(\"foobar\", \"ob\")", "true")]),
        signatures: &[Signature { parameters: STRING_MATCH, result: result::boolean, function: |_, a| compared(a, |s, m| s.contains(m)) }],
    },
    Builtin {
        name: "starts with",
        doc: doc("Whether a text begins with `match`."),
        examples: examples(&[("starts with(\"foobar\", \"fo\")", "true"), ("starts with(\"foobar\", \"bar\")", "false")]),
        signatures: &[Signature { parameters: STRING_MATCH, result: result::boolean, function: |_, a| compared(a, |s, m| s.starts_with(m)) }],
    },
    Builtin {
        name: "ends with",
        doc: doc("Whether a text ends with `match`."),
        examples: examples(&[("ends with(\"foobar\", \"r\")", "true"), ("ends with(\"foobar\", \"foo\")", "false")]),
        signatures: &[Signature { parameters: STRING_MATCH, result: result::boolean, function: |_, a| compared(a, |s, m| s.ends_with(m)) }],
    },
    Builtin {
        name: "split",
        doc: doc("The parts of a text between delimiters. A delimiter is taken letter by letter; a character that means something \
              in a regular expression must have a backslash before it, and gives null without: patterns are not offered."),
        examples: examples(&[("split(\"a;b;c;;\", \";\")", "[\"a\", \"b\", \"c\", \"\", \"\"]"), ("split(\"a b\", \" \")", "[\"a\", \"b\"]")]),
        signatures: &[Signature {
            parameters: &[required("string", Kind::Text), required("delimiter", Kind::Text)],
            result: result::maybe_texts,
            function: split,
        }],
    },
    Builtin {
        name: "string join",
        doc: doc("The texts of a list in one, with a delimiter (none if absent or null) between them. Nulls are left out."),
        examples: examples(&[
            ("string join([\"a\", \"b\", \"c\"], \"_and_\")", "\"a_and_b_and_c\""),
            ("string join([\"a\", \"b\", \"c\"])", "\"abc\""),
            ("string join([\"a\", null, \"c\"], \"X\")", "\"aXc\""),
        ]),
        signatures: &[Signature {
            parameters: &[
                required("list", Kind::List(&Kind::OrNull(&Kind::Text))),
                optional("delimiter", Kind::OrNull(&Kind::Text)),
            ],
            result: result::text,
            function: string_join,
        }],
    },
];

fn string_length(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let length = string(arguments)?.chars().count();
    Some(Value::Number(Decimal::from_i64(i64::try_from(length).ok()?)))
}

fn substring(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let (string, start, length) = match arguments {
        [Value::Text(string), Value::Number(start)] => (string, start, None),
        [Value::Text(string), Value::Number(start), Value::Number(length)] => (string, start, Some(whole(*length)?)),
        _ => return None,
    };
    let count = i64::try_from(string.chars().count()).ok()?;
    let from = match whole(*start)? {
        0 => return None,
        position @ 1.. => position - 1,
        position => (count + position).max(0),
    };
    let rest = string.chars().skip(usize::try_from(from).ok()?);
    let part: String = match length {
        Some(length) => rest.take(usize::try_from(length).ok()?).collect(),
        None => rest.collect(),
    };
    Some(Value::Text(part.into()))
}

/// An integer, decimal places cut off; one too large to be a position is none.
fn whole(number: Decimal) -> Option<i64> {
    number.round(0, Rounding::Down)?.to_i64().filter(|number| number.unsigned_abs() <= u64::from(u32::MAX))
}

fn upper_case(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    Some(Value::text(&value::upper_case(string(arguments)?)))
}

fn lower_case(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    Some(Value::text(&value::lower_case(string(arguments)?)))
}

fn substring_before(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let (string, sought) = string_and_match(arguments)?;
    Some(Value::Text(string.split_once(sought).map_or("", |(before, _)| before).into()))
}

fn substring_after(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let (string, sought) = string_and_match(arguments)?;
    Some(Value::Text(string.split_once(sought).map_or("", |(_, after)| after).into()))
}

fn compared(arguments: &[Value], holds: fn(&str, &str) -> bool) -> Option<Value> {
    let (string, sought) = string_and_match(arguments)?;
    Some(Value::Boolean(holds(string, sought)))
}

fn split(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let (string, delimiter) = string_and_match(arguments)?;
    let delimiter = literal(delimiter)?;
    Some(Value::List(string.split(delimiter.as_str()).map(|part| Value::Text(part.into())).collect()))
}

/// The text that a regular expression without any operator matches.
fn literal(pattern: &str) -> Option<String> {
    let mut text = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => text.push(characters.next().filter(char::is_ascii_punctuation)?),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' | '|' => return None,
            c => text.push(c),
        }
    }
    (!text.is_empty()).then_some(text)
}

fn string_join(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let (list, delimiter) = match arguments {
        [Value::List(list)] | [Value::List(list), Value::Null] => (list, ""),
        [Value::List(list), Value::Text(delimiter)] => (list, &**delimiter),
        _ => return None,
    };
    let mut parts: Vec<&str> = Vec::with_capacity(list.len());
    for value in list.iter() {
        match value {
            Value::Text(text) => parts.push(text),
            Value::Null => {}
            _ => return None,
        }
    }
    Some(Value::text(&parts.join(delimiter)))
}

fn string(arguments: &[Value]) -> Option<&Arc<str>> {
    match arguments {
        [Value::Text(string)] => Some(string),
        _ => None,
    }
}

fn string_and_match(arguments: &[Value]) -> Option<(&str, &str)> {
    match arguments {
        [Value::Text(string), Value::Text(sought)] => Some((string, sought)),
        _ => None,
    }
}
