//! The schema says what the reader does: every key is in it, and the sample files keep to it.

use serde_json::{Map, Value, json};

use super::json_schema;
use crate::model::keys::{self, Node, Shape};
use crate::model::read::tests::{FILES, read_all, rules};
use crate::model::{Yaml, YamlKind};
use crate::source::{Source, SourceMap};

/// Every kind of mapping within a shape.
fn nodes(shape: &'static Shape, found: &mut Vec<&'static Node>) {
    match shape {
        Shape::List(inner) | Shape::OneOrMore(inner) | Shape::Named(_, inner) => nodes(inner, found),
        Shape::Either(one, other) => {
            nodes(one, found);
            nodes(other, found);
        }
        Shape::Of(node) => within(node, found),
        Shape::OneOf(each) => each.iter().for_each(|node| within(node, found)),
        Shape::Fact => keys::FACT_TYPES.iter().for_each(|(_, node)| within(node, found)),
        Shape::Field => keys::FIELD_TYPES.iter().for_each(|(_, node)| within(node, found)),
        _ => {}
    }
}

fn within(node: &'static Node, found: &mut Vec<&'static Node>) {
    if !found.iter().any(|known| known.what == node.what) {
        found.push(node);
        node.all().for_each(|key| nodes(&key.shape, found));
    }
}

fn all_nodes() -> Vec<&'static Node> {
    let mut found = Vec::new();
    keys::FILES.iter().for_each(|(_, node)| within(node, &mut found));
    found
}

#[test]
fn every_key_is_in_it_with_what_it_says() {
    let schema = json_schema();
    let found = all_nodes();
    assert!(found.len() > 40, "{}", found.len());
    for node in found {
        let body = &schema["$defs"][super::name_of(node)];
        for key in node.all() {
            assert_eq!(body["properties"][key.name]["description"], key.doc, "`{}` of {}", key.name, node.what);
        }
        assert_eq!(body["additionalProperties"], false);
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn follow(value: &Value, schema: &Value) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(to)) = map.get("$ref") {
                    let name = to.strip_prefix("#/$defs/").unwrap();
                    assert!(schema["$defs"][name].is_object(), "{to}");
                }
                map.values().for_each(|value| follow(value, schema));
            }
            Value::Array(items) => items.iter().for_each(|value| follow(value, schema)),
            _ => {}
        }
    }
    let schema = json_schema();
    follow(&schema, &schema);
}

#[test]
fn each_key_is_declared_once() {
    for node in all_nodes() {
        let mut names: Vec<&str> = node.all().map(|key| key.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{}", node.what);
        let choices = node.choices.iter().flat_map(|choice| choice.iter());
        choices.for_each(|name| assert!(node.key(name).is_some(), "{name} of {}", node.what));
    }
}

#[test]
fn sample_files_and_rules_keep_to_it() {
    let schema = json_schema();
    let rules = rules();
    let rules = rules.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, text) in FILES.iter().copied().chain(rules) {
        assert_eq!(broken(&schema, &schema, &as_json(text)), None, "{name}");
    }
}

#[test]
fn it_refuses_what_the_reader_refuses() {
    let refused = [
        ("pack: p\nversion: \"1\"\n", "a name is missing"),
        ("pack: p\nversion: \"1\"\nname: { vi: a }\n", "a language is missing"),
        ("calendar: vn\nyear: 2026\ndays_off: [ { date: 2026-01-01 } ]\nsource: x\n", "a reason is missing"),
        ("vocabulary: v\nlabel: { vi: a, en: b }\nfacts: { v.a: { type: boolean, min: 1, label: { vi: a, en: b } } }\n", "no bounds"),
        ("amend: x\nid: a\ntitle: { vi: a, en: b }\ninstrument: X\nfrom: 2026-01-01\nchanges: [ { repeal: fee.a } ]\n", "no such section"),
    ];
    let schema = json_schema();
    for (text, why) in refused {
        assert!(broken(&schema, &schema, &as_json(text)).is_some(), "{why}");
        assert!(!read_all(&[("a.yaml", text)]).1.diagnostics.is_empty(), "{why}");
    }
}

/// A file as an editor sees it.
fn as_json(text: &str) -> Value {
    let mut sources = SourceMap::default();
    let id = sources.add(Source::new("a.yaml", text));
    let root = crate::model::read::parsed(id, text);
    json_of(&root)
}

fn json_of(yaml: &Yaml) -> Value {
    match &yaml.kind {
        YamlKind::Scalar { text, plain: true, .. } => match &**text {
            "null" | "" => Value::Null,
            "true" => json!(true),
            "false" => json!(false),
            other => other.parse::<i64>().map_or_else(|_| json!(other), |number| json!(number)),
        },
        YamlKind::Scalar { text, .. } => json!(&**text),
        YamlKind::Sequence(items) => items.iter().map(json_of).collect(),
        YamlKind::Mapping(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.value.to_string(), json_of(value))).collect::<Map<_, _>>())
        }
    }
}

/// The first part of `value` that `schema` refuses; patterns are left to the reader's own tests, but for those of names.
fn broken(root: &Value, schema: &Value, value: &Value) -> Option<String> {
    let holds = |schema: &Value, value: &Value| broken(root, schema, value).is_none();
    let map = schema.as_object()?;
    for (keyword, wanted) in map {
        let fine = match keyword.as_str() {
            "$ref" => {
                let name = wanted.as_str()?.strip_prefix("#/$defs/")?;
                if let Some(why) = broken(root, &root["$defs"][name], value) {
                    return Some(why);
                }
                true
            }
            "type" => {
                let kinds = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
                kinds.iter().any(|kind| match kind.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_i64(),
                    _ => value.is_number() || value.as_str().is_some_and(|text| crate::value::Decimal::parse(text).is_some()),
                })
            }
            "const" => wanted == value,
            "enum" => wanted.as_array()?.contains(value),
            "required" => wanted.as_array()?.iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "oneOf" => wanted.as_array()?.iter().filter(|one| holds(one, value)).count() == 1,
            "anyOf" => wanted.as_array()?.iter().any(|one| holds(one, value)),
            "allOf" => {
                if let Some(why) = wanted.as_array()?.iter().find_map(|one| broken(root, one, value)) {
                    return Some(why);
                }
                true
            }
            "if" => !holds(wanted, value) || holds(&schema["then"], value),
            "items" => {
                if let Some(why) = value.as_array().and_then(|items| items.iter().find_map(|item| broken(root, wanted, item))) {
                    return Some(why);
                }
                true
            }
            "properties" => {
                let entries = value.as_object().into_iter().flatten();
                if let Some(why) = entries.filter_map(|(key, value)| broken(root, wanted.get(key)?, value)).next() {
                    return Some(why);
                }
                true
            }
            "additionalProperties" => {
                let known = |key: &str| schema["properties"].get(key).is_some() || schema.get("patternProperties").is_some();
                let mut others = value.as_object().into_iter().flatten().filter(|(key, _)| !known(key));
                others.all(|(_, value)| wanted.is_object() && holds(wanted, value))
            }
            "patternProperties" => {
                let (pattern, of) = wanted.as_object()?.iter().next()?;
                let names = |key: &str| !pattern.starts_with("^[0-9]{4}") || crate::value::Date::parse(key).is_some();
                value.as_object().into_iter().flatten().all(|(key, value)| names(key) && holds(of, value))
            }
            "pattern" => {
                !wanted.as_str()?.starts_with("^((elig") || value.as_str().is_some_and(|path| path.split('.').next() != Some("fee"))
            }
            _ => true,
        };
        if !fine {
            return Some(format!("{keyword} {wanted} refuses {value}"));
        }
    }
    None
}
