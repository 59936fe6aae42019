//! Lists. Positions are counted from 1, or from the end if negative.

mod aggregate;

use std::sync::Arc;

use super::signature::{Kind, Parameter, Signature, optional, repeated, required};
use super::{Builtin, Env, doc, examples, result};
use crate::value::{Decimal, Value, equal};
use aggregate::{all, any, count, largest, mean, median, product, smallest, sum};

const LIST: &[Parameter] = &[required("list", Kind::List(&Kind::Any))];
const ORDERED: &[Parameter] = &[required("list", Kind::List(&Kind::ORDERED))];
const EACH_ORDERED: &[Parameter] = &[repeated("item", Kind::ORDERED)];
const NUMBERS: &[Parameter] = &[required("list", Kind::List(&Kind::Number))];
const EACH_NUMBER: &[Parameter] = &[repeated("item", Kind::Number)];
const BOOLEANS: &[Parameter] = &[required("list", Kind::List(&Kind::Boolean))];
const EACH_BOOLEAN: &[Parameter] = &[repeated("item", Kind::Boolean)];
const MAYBE_BOOLEANS: &[Parameter] = &[required("list", Kind::List(&Kind::OrNull(&Kind::Boolean)))];
const LIST_MATCH: &[Parameter] = &[required("list", Kind::List(&Kind::Any)), required("match", Kind::Any)];

pub(super) static BUILTINS: &[Builtin] = &[
    Builtin {
        name: "list contains",
        doc: doc("Whether an element of the list equals `element`."),
        examples: examples(&[("list contains([1, 2, 3], 2)", "true"), ("list contains([1, null], null)", "true")]),
        signatures: &[Signature {
            parameters: &[required("list", Kind::List(&Kind::Any)), required("element", Kind::Any)],
            result: result::boolean_of_element,
            function: list_contains,
        }],
    },
    Builtin {
        name: "count",
        doc: doc("How many elements a list has."),
        examples: examples(&[("count([1, 2, 3])", "3"), ("count([])", "0")]),
        signatures: &[
            Signature { parameters: LIST, result: result::number, function: count },
            Signature { parameters: &[repeated("item", Kind::Any)], result: result::number, function: count },
        ],
    },
    Builtin {
        name: "min",
        doc: doc("The least of several values of one ordered type; null for an empty list."),
        examples: examples(&[("min([1, 2, 3])", "1"), ("min(1, 2, 3)", "1"), ("min([])", "null")]),
        signatures: &[
            Signature { parameters: ORDERED, result: result::maybe_element, function: smallest },
            Signature { parameters: EACH_ORDERED, result: result::one_type, function: smallest },
        ],
    },
    Builtin {
        name: "max",
        doc: doc("The greatest of several values of one ordered type; null for an empty list."),
        examples: examples(&[("max(1, 2, 3)", "3"), ("max([@\"2026-01-01\", @\"2025-01-01\"])", "@\"2026-01-01\""), ("max([])", "null")]),
        signatures: &[
            Signature { parameters: ORDERED, result: result::maybe_element, function: largest },
            Signature { parameters: EACH_ORDERED, result: result::one_type, function: largest },
        ],
    },
    Builtin {
        name: "sum",
        doc: doc("The sum of numbers; null for an empty list."),
        examples: examples(&[("sum([1, 2, 3])", "6"), ("sum(1, 2, 3)", "6"), ("sum([])", "null")]),
        signatures: &[
            Signature { parameters: NUMBERS, result: result::maybe_number, function: sum },
            Signature { parameters: EACH_NUMBER, result: result::number, function: sum },
        ],
    },
    Builtin {
        name: "mean",
        doc: doc("The sum of numbers divided by how many they are; null for an empty list."),
        examples: examples(&[("mean([1, 2, 3])", "2"), ("mean(1, 2)", "1.5"), ("mean([])", "null")]),
        signatures: &[
            Signature { parameters: NUMBERS, result: result::maybe_number, function: mean },
            Signature { parameters: EACH_NUMBER, result: result::number, function: mean },
        ],
    },
    Builtin {
        name: "product",
        doc: doc("The product of numbers; null for an empty list."),
        examples: examples(&[("product([2, 3, 4])", "24"), ("product(2, 3, 4)", "24"), ("product([])", "null")]),
        signatures: &[
            Signature { parameters: NUMBERS, result: result::maybe_number, function: product },
            Signature { parameters: EACH_NUMBER, result: result::number, function: product },
        ],
    },
    Builtin {
        name: "median",
        doc: doc("The number in the middle once they are put in order, or the mean of the two there; null for an empty list."),
        examples: examples(&[("median(8, 2, 5, 3, 4)", "4"), ("median([6, 1, 2, 3])", "2.5"), ("median([])", "null")]),
        signatures: &[
            Signature { parameters: NUMBERS, result: result::maybe_number, function: median },
            Signature { parameters: EACH_NUMBER, result: result::number, function: median },
        ],
    },
    Builtin {
        name: "all",
        doc: doc("False if any element is false, else null if any is not a boolean, else true."),
        examples: examples(&[("all([false, null, true])", "false"), ("all([true, null])", "null"), ("all(true, true)", "true"), ("all([])", "true")]),
        signatures: &[
            Signature { parameters: BOOLEANS, result: result::boolean, function: all },
            Signature { parameters: EACH_BOOLEAN, result: result::boolean, function: all },
            Signature { parameters: MAYBE_BOOLEANS, result: result::maybe_boolean, function: all },
        ],
    },
    Builtin {
        name: "any",
        doc: doc("True if any element is true, else null if any is not a boolean, else false."),
        examples: examples(&[("any([false, null, true])", "true"), ("any([false, null])", "null"), ("any(false, true)", "true"), ("any([])", "false")]),
        signatures: &[
            Signature { parameters: BOOLEANS, result: result::boolean, function: any },
            Signature { parameters: EACH_BOOLEAN, result: result::boolean, function: any },
            Signature { parameters: MAYBE_BOOLEANS, result: result::maybe_boolean, function: any },
        ],
    },
    Builtin {
        name: "sublist",
        doc: doc("The elements from a position on, as many as `length` or to the end. Null if the list doesn't have them."),
        examples: examples(&[("sublist([4, 5, 6], 1, 2)", "[4, 5]"), ("sublist([4, 5, 6], -2)", "[5, 6]"), ("sublist([4, 5, 6], 3, 2)", "null")]),
        signatures: &[Signature {
            parameters: &[
                required("list", Kind::List(&Kind::Any)),
                required("start position", Kind::Number),
                optional("length", Kind::Number),
            ],
            result: result::maybe_same,
            function: sublist,
        }],
    },
    Builtin {
        name: "append",
        doc: doc("The list with further elements at its end."),
        examples: examples(&[("append([1], 2, 3)", "[1, 2, 3]"), ("append([1], [2])", "[1, [2]]")]),
        signatures: &[Signature {
            parameters: &[required("list", Kind::List(&Kind::Any)), repeated("item", Kind::Any)],
            result: result::list_with_items,
            function: append,
        }],
    },
    Builtin {
        name: "concatenate",
        doc: doc("The elements of all lists, one list after the other."),
        examples: examples(&[("concatenate([1, 2], [2, 3])", "[1, 2, 2, 3]")]),
        signatures: &[Signature { parameters: &[repeated("list", Kind::List(&Kind::Any))], result: result::list_of_all, function: concatenate }],
    },
    Builtin {
        name: "union",
        doc: doc("The elements of all lists, each once."),
        examples: examples(&[("union([1, 2], [2, 3])", "[1, 2, 3]")]),
        signatures: &[Signature { parameters: &[repeated("list", Kind::List(&Kind::Any))], result: result::list_of_all, function: union }],
    },
    Builtin {
        name: "distinct values",
        doc: doc("The elements of the list, each once, where it first stands."),
        examples: examples(&[("distinct values([1, 2, 3, 2, 1])", "[1, 2, 3]"), ("distinct values([null, 1, null])", "[null, 1]")]),
        signatures: &[Signature { parameters: LIST, result: result::same, function: distinct_values }],
    },
    Builtin {
        name: "flatten",
        doc: doc("The elements of the list, with those of lists within it in place of these."),
        examples: examples(&[("flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]")]),
        signatures: &[Signature { parameters: LIST, result: result::flat, function: flatten }],
    },
    Builtin {
        name: "reverse",
        doc: doc("The list from its end to its beginning."),
        examples: examples(&[("reverse([1, 2, 3])", "[3, 2, 1]")]),
        signatures: &[Signature { parameters: LIST, result: result::same, function: reverse }],
    },
    Builtin {
        name: "index of",
        doc: doc("The positions at which the list has an element that equals `match`."),
        examples: examples(&[("index of([1, 2, 3, 2], 2)", "[2, 4]"), ("index of([1], 2)", "[]")]),
        signatures: &[Signature { parameters: LIST_MATCH, result: result::positions_of_element, function: index_of }],
    },
    Builtin {
        name: "insert before",
        doc: doc("The list with a new element before that at a position. Null if the list has no such position."),
        examples: examples(&[("insert before([1, 3], 1, 2)", "[2, 1, 3]"), ("insert before([1, 3], -1, 2)", "[1, 2, 3]")]),
        signatures: &[Signature {
            parameters: &[
                required("list", Kind::List(&Kind::Any)),
                required("position", Kind::Number),
                required("newItem", Kind::Any),
            ],
            result: result::maybe_list_with_new_item,
            function: insert_before,
        }],
    },
    Builtin {
        name: "remove",
        doc: doc("The list without the element at a position. Null if the list has no such position."),
        examples: examples(&[("remove([1, 2, 3], 2)", "[1, 3]"), ("remove([1, 2, 3], -1)", "[1, 2]"), ("remove([1], 2)", "null")]),
        signatures: &[Signature {
            parameters: &[required("list", Kind::List(&Kind::Any)), required("position", Kind::Number)],
            result: result::maybe_same,
            function: remove,
        }],
    },
];

fn same(a: &Value, b: &Value) -> bool {
    equal(a, b) == Some(true)
}

/// The index from 0 of a position from 1 or, if negative, from the end.
fn index(position: Decimal, length: usize) -> Option<usize> {
    let position = usize::try_from(match position.to_i64()? {
        position @ 1.. => position - 1,
        0 => return None,
        position => i64::try_from(length).ok()? + position,
    });
    position.ok().filter(|index| *index < length)
}

fn list_contains(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::List(list), element] => Some(Value::Boolean(list.iter().any(|value| same(value, element)))),
        _ => None,
    }
}

fn sublist(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let (list, start, length) = match arguments {
        [Value::List(list), Value::Number(start)] => (list, start, None),
        [Value::List(list), Value::Number(start), Value::Number(length)] => (list, start, Some(length)),
        _ => return None,
    };
    let rest = list.get(index(*start, list.len())?..)?;
    let part = match length {
        Some(length) => rest.get(..usize::try_from(length.to_i64()?).ok()?)?,
        None => rest,
    };
    Some(Value::List(part.into()))
}

fn append(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::List(list), items @ ..] => Some(Value::List(list.iter().chain(items).cloned().collect())),
        _ => None,
    }
}

fn concatenated(arguments: &[Value]) -> Option<Vec<Value>> {
    let mut all = Vec::new();
    for list in arguments {
        let Value::List(list) = list else { return None };
        all.extend_from_slice(list);
    }
    Some(all)
}

fn concatenate(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    Some(Value::List(concatenated(arguments)?.into()))
}

fn union(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    Some(distinct(&concatenated(arguments)?))
}

fn distinct_values(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::List(list)] => Some(distinct(list)),
        _ => None,
    }
}

fn distinct(list: &[Value]) -> Value {
    let mut seen: Vec<Value> = Vec::new();
    for value in list {
        if !seen.iter().any(|other| same(other, value)) {
            seen.push(value.clone());
        }
    }
    Value::List(seen.into())
}

fn flatten(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::List(list)] = arguments else { return None };
    let mut flat = Vec::new();
    // A stack of what is still to come, instead of a recursion as deep as the lists.
    let mut open = vec![list.iter()];
    while let Some(rest) = open.last_mut() {
        match rest.next() {
            Some(Value::List(inner)) => open.push(inner.iter()),
            Some(value) => flat.push(value.clone()),
            None => {
                open.pop();
            }
        }
    }
    Some(Value::List(flat.into()))
}

fn reverse(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    match arguments {
        [Value::List(list)] => Some(Value::List(list.iter().rev().cloned().collect())),
        _ => None,
    }
}

fn index_of(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::List(list), sought] = arguments else { return None };
    let positions = list.iter().zip(1..).filter(|(value, _)| same(value, sought));
    Some(Value::List(positions.map(|(_, position)| Value::Number(Decimal::from_i64(position))).collect()))
}

fn insert_before(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::List(list), Value::Number(position), new_item] = arguments else { return None };
    let (before, after) = list.split_at_checked(index(*position, list.len())?)?;
    Some(Value::List(before.iter().chain([new_item]).chain(after).cloned().collect::<Arc<[Value]>>()))
}

fn remove(_: &Env<'_>, arguments: &[Value]) -> Option<Value> {
    let [Value::List(list), Value::Number(position)] = arguments else { return None };
    let (before, from) = list.split_at_checked(index(*position, list.len())?)?;
    Some(Value::List(before.iter().chain(from.get(1..)?).cloned().collect::<Arc<[Value]>>()))
}
