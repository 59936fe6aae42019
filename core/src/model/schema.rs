//! The rule language as JSON Schema, made from the tables of keys that the reader uses.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use super::keys::{self, Key, Names, Need, Node, Shape};

/// A JSON Schema (draft 2020-12) of every kind of rule file, for editors to complete and check.
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = Schema { definitions: Map::new() };
    let mut kinds = Vec::new();
    for (first, node) in keys::FILES {
        let body = schema.node(node);
        kinds.push(json!({ "if": { "required": [first] }, "then": body }));
    }
    let firsts: Vec<Value> = keys::FILES.iter().map(|(first, _)| json!({ "required": [first] })).collect();
    schema.common();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules of administrative procedures",
        "description": "Rule files: the first key says what a file is",
        "type": "object",
        "oneOf": firsts,
        "allOf": kinds,
        "$defs": Value::Object(schema.definitions),
    })
}

struct Schema {
    definitions: Map<String, Value>,
}

impl Schema {
    /// A reference to the definition of a kind of mapping.
    fn node(&mut self, node: &Node) -> Value {
        let name = name_of(node);
        if !self.definitions.contains_key(&name) {
            self.definitions.insert(name.clone(), Value::Null);
            let body = self.body(node);
            self.definitions.insert(name.clone(), body);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn body(&mut self, node: &Node) -> Value {
        let mut properties = Map::new();
        let mut needed = Vec::new();
        let mut beside = Map::new();
        for key in node.all() {
            properties.insert(key.name.to_owned(), self.key(key));
            match key.need {
                Need::Required => needed.push(key.name),
                Need::Optional => {}
                Need::Beside(other) => {
                    beside.insert(key.name.to_owned(), json!([other]));
                }
            }
        }
        let mut body = json!({ "type": "object", "description": node.what, "properties": properties, "additionalProperties": false });
        if let Some(body) = body.as_object_mut() {
            if !needed.is_empty() {
                body.insert("required".to_owned(), json!(needed));
            }
            if !beside.is_empty() {
                body.insert("dependentRequired".to_owned(), Value::Object(beside));
            }
            if !node.choices.is_empty() {
                let one_of_each = node.choices.iter().map(|choice| {
                    let given: Vec<Value> = choice.iter().map(|name| json!({ "required": [name] })).collect();
                    json!({ "oneOf": given })
                });
                body.insert("allOf".to_owned(), one_of_each.collect());
            }
        }
        body
    }

    fn key(&mut self, key: &Key) -> Value {
        let mut schema = self.shape(&key.shape);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_owned(), json!(key.doc));
        }
        schema
    }

    fn shape(&mut self, shape: &Shape) -> Value {
        let common = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
        match shape {
            Shape::Text => json!({ "type": ["string", "number"] }),
            Shape::Flag => json!({ "type": "boolean" }),
            Shape::Count => json!({ "type": "integer", "minimum": 0 }),
            Shape::Number => json!({ "type": "number" }),
            Shape::Date => common("date"),
            Shape::DateOrUnknown => json!({ "anyOf": [common("date"), { "const": "unknown" }] }),
            Shape::Time => json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$" }),
            Shape::Moment => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$" }),
            Shape::Year => json!({ "type": "integer", "minimum": 1900, "maximum": 2199 }),
            Shape::Id => common("id"),
            Shape::Code => json!({ "type": ["string", "number"] }),
            Shape::FactName => common("fact_name"),
            Shape::Path => {
                json!({ "type": "string", "pattern": "^((eligibility|identity|documents|fees|deadline)\\.[a-z][a-z0-9_]*|fees\\.[a-z][a-z0-9_]*\\.rows\\.[a-z][a-z0-9_]*)$" })
            }
            Shape::Choice(choices) => {
                let each = choices.iter().map(|(name, meaning)| json!({ "const": name, "description": meaning }));
                json!({ "oneOf": each.collect::<Vec<_>>() })
            }
            Shape::Feel => common("expression"),
            Shape::Label => common("label"),
            Shape::Period => {
                json!({ "type": "string", "pattern": "^([0-9]+ (working days?|days?|months?|hours?|office hours?)|same day)$" })
            }
            Shape::Citations => common("citations"),
            Shape::Table => json!({ "type": "string", "pattern": "^\\s*\\|" }),
            Shape::Value => json!({ "type": ["string", "number", "boolean", "array"] }),
            Shape::Any => json!({}),
            Shape::Element => json!({ "type": "object" }),
            Shape::List(item) => json!({ "type": "array", "items": self.shape(item) }),
            Shape::OneOrMore(item) => {
                let item = self.shape(item);
                json!({ "anyOf": [item, { "type": "array", "items": item }] })
            }
            Shape::Either(one, other) => json!({ "anyOf": [self.shape(one), self.shape(other)] }),
            Shape::Of(node) => self.node(node),
            Shape::OneOf(nodes) => json!({ "oneOf": nodes.iter().map(|node| self.node(node)).collect::<Vec<_>>() }),
            Shape::Named(names, of) => {
                let of = self.shape(of);
                match pattern(*names) {
                    Some(pattern) => json!({ "type": "object", "patternProperties": { pattern: of }, "additionalProperties": false }),
                    None => json!({ "type": "object", "additionalProperties": of }),
                }
            }
            Shape::Fact => self.by_type("fact", keys::FACT_TYPES),
            Shape::Field => self.by_type("field", keys::FIELD_TYPES),
        }
    }

    /// A declaration whose `type` says which keys it may have.
    fn by_type(&mut self, name: &str, types: &[(&str, Node)]) -> Value {
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name.to_owned(), Value::Null);
            let mut cases = Vec::new();
            for (kind, node) in types {
                let body = self.node(node);
                cases.push(json!({ "if": { "properties": { "type": { "const": kind } }, "required": ["type"] }, "then": body }));
            }
            let kinds: Vec<&str> = types.iter().map(|(kind, _)| *kind).collect();
            let body = json!({ "type": "object", "required": ["type"], "properties": { "type": { "enum": kinds } }, "allOf": cases });
            self.definitions.insert(name.to_owned(), body);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn common(&mut self) {
        let common = [
            ("id", json!({ "type": "string", "pattern": "^[a-z][a-z0-9_]*$" })),
            ("fact_name", json!({ "type": "string", "pattern": FACT_NAME })),
            ("date", json!({ "type": "string", "pattern": DATE })),
            ("expression", json!({ "type": ["string", "number", "boolean"], "description": "a FEEL expression" })),
            ("citation", json!({ "type": "string", "pattern": CITATION, "description": "`68/2020/QH14 art 20(3)(b)`" })),
            (
                "citations",
                json!({ "anyOf": [{ "$ref": "#/$defs/citation" }, { "type": "array", "items": { "$ref": "#/$defs/citation" } }] }),
            ),
            (
                "label",
                json!({
                    "type": "object",
                    "properties": {
                        "vi": { "type": ["string", "number"], "description": "in Vietnamese" },
                        "en": { "type": ["string", "number"], "description": "in English" },
                    },
                    "required": ["vi", "en"],
                    "additionalProperties": false,
                }),
            ),
        ];
        self.definitions.extend(common.map(|(name, schema)| (name.to_owned(), schema)));
    }
}

const FACT_NAME: &str = "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$";
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const CITATION: &str = "^\\S+( +art +[0-9]\\w*(\\(\\w+\\)){0,2}( *, *art +[0-9]\\w*(\\(\\w+\\)){0,2})*)?$";

fn pattern(names: Names) -> Option<&'static str> {
    match names {
        Names::Facts => Some(FACT_NAME),
        Names::Ids => Some("^[a-z][a-z0-9_]*$"),
        Names::Codes | Names::Instruments | Names::Paths => None,
    }
}

/// `a fact of type `list`` as the name of a definition: `fact_of_type_list`.
fn name_of(node: &Node) -> String {
    let name = node.what.trim_start_matches("a ").trim_start_matches("an ").replace('`', "");
    name.replace(' ', "_")
}
