//! The facts of a procedure as a JSON Schema (draft 2020-12), made from its slots.

use serde_json::{Map, Value as Json, json};

use crate::compile::program::{Coded, FactSlot, Layout, Program};
use crate::model::Language;

/// A schema of the facts that a procedure may be told, nested by the groups of their names
/// (`{"residence": {"basis": "rent"}}`), with the questions as titles.
///
/// No fact is required: what is missing is asked for. Numbers may be told as exact text.
#[must_use]
pub fn fact_schema(program: &Program, language: Language) -> Json {
    let mut root = object(Map::new());
    for fact in &program.facts {
        insert(&mut root, &fact.name, schema(fact, language));
    }
    if let Json::Object(members) = &mut root {
        members.insert("title".to_owned(), (&**program.about.name.get(language)).into());
    }
    root
}

fn object(properties: Map<String, Json>) -> Json {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// Puts a schema at its dotted place; groups are made on the way.
fn insert(into: &mut Json, name: &str, schema: Json) {
    let Some(Json::Object(properties)) = into.get_mut("properties") else { return };
    match name.split_once('.') {
        None => {
            properties.insert(name.to_owned(), schema);
        }
        Some((group, rest)) => insert(properties.entry(group).or_insert_with(|| object(Map::new())), rest, schema),
    }
}

fn schema(fact: &FactSlot, language: Language) -> Json {
    let mut schema = of_layout(&fact.layout, language);
    if let Json::Object(members) = &mut schema {
        members.insert("title".to_owned(), (&**fact.label.get(language)).into());
        if let Some(help) = &fact.help {
            members.insert("description".to_owned(), (&**help.get(language)).into());
        }
        if let Some(default) = &fact.default {
            members.insert("default".to_owned(), super::facts::value_to_json(default));
        }
    }
    match (fact.optional, schema) {
        (true, Json::Object(mut members)) => {
            let title = members.remove("title");
            let mut either = json!({ "anyOf": [members, { "type": "null" }] });
            if let (Some(title), Json::Object(either)) = (title, &mut either) {
                either.insert("title".to_owned(), title);
            }
            either
        }
        (_, schema) => schema,
    }
}

fn of_layout(layout: &Layout, language: Language) -> Json {
    match layout {
        Layout::Boolean => json!({ "type": "boolean" }),
        Layout::Number { decimals, min, max, unit, .. } => {
            let mut schema = Map::new();
            schema.insert("type".to_owned(), if *decimals == Some(0) { json!(["integer", "string"]) } else { json!(["number", "string"]) });
            schema.insert("pattern".to_owned(), r"^-?[0-9]+(\.[0-9]+)?$".into());
            let bounds = [("minimum", min), ("maximum", max)];
            for (name, bound) in bounds.into_iter().filter_map(|(name, bound)| Some((name, bound.as_ref()?))) {
                // A bound is written as the author wrote it; JSON takes any decimal number.
                schema.insert(name.to_owned(), serde_json::from_str(&bound.to_string()).unwrap_or_default());
            }
            if let Some(unit) = unit {
                schema.insert("$comment".to_owned(), (&**unit).into());
            }
            Json::Object(schema)
        }
        Layout::Enumeration { values } => json!({ "oneOf": coded(values, language) }),
        Layout::Set { values } => json!({ "type": "array", "items": { "oneOf": coded(values, language) }, "uniqueItems": true }),
        Layout::Date { min, max } => json!({ "type": "string", "format": "date", "$comment": format!("{min}..{max}") }),
        Layout::Text { max_length, .. } => json!({ "type": "string", "maxLength": max_length }),
        // No `format`: that of JSON Schema wants an offset, local times have none.
        Layout::Time => json!({ "type": "string", "pattern": r"^[0-9]{2}:[0-9]{2}" }),
        Layout::DateTime => json!({ "type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}" }),
        Layout::Texts { max_items } => json!({ "type": "array", "items": { "type": "string" }, "maxItems": max_items }),
        Layout::Records { fields, max_items } => {
            let properties = fields.iter().map(|field| (field.name.to_string(), schema(field, language))).collect();
            let mut record = object(properties);
            let required: Json = fields.iter().filter(|field| !field.optional && field.default.is_none()).map(|field| &*field.name).collect();
            if let Json::Object(record) = &mut record {
                record.insert("required".to_owned(), required);
            }
            json!({ "type": "array", "items": record, "maxItems": max_items })
        }
    }
}

fn coded(values: &[Coded], language: Language) -> Json {
    values.iter().map(|value| json!({ "const": *value.code, "title": **value.label.get(language) })).collect()
}
