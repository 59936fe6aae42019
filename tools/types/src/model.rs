//! A JSON Schema, as the core makes it, as the types of a programming language.

use serde_json::{Map, Value as Json};

/// A named type.
#[derive(Debug)]
pub struct TypeDef {
    /// Its name.
    pub name: String,
    /// What it is.
    pub doc: String,
    /// What it is made of.
    pub shape: Shape,
}

/// What a type is made of.
#[derive(Debug)]
pub enum Shape {
    /// Members.
    Record(Vec<Member>),
    /// Members that are always there, and one of several lists of more.
    Tagged(Vec<Member>, Vec<Vec<Member>>),
    /// One of several texts, each with what it means.
    Names(Vec<(String, String)>),
    /// Something that has a type already.
    Alias(Type),
}

/// A member of a record.
#[derive(Debug)]
pub struct Member {
    /// Its name in JSON.
    pub name: String,
    /// What it is.
    pub doc: String,
    /// Its type.
    pub of: Type,
    /// Whether it may be absent.
    pub optional: bool,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Anything.
    Any,
    /// Null.
    Null,
    /// A boolean.
    Boolean,
    /// An integer.
    Integer,
    /// A text.
    Text,
    /// This text.
    Literal(String),
    /// A named type.
    Named(String),
    /// A list.
    List(Box<Type>),
    /// So many items of these types.
    Tuple(Vec<Type>),
    /// Values by names.
    Map,
    /// One of these.
    Union(Vec<Type>),
}

/// The types of a schema, in the order of their names.
///
/// # Panics
/// When the schema has something that no host type has had so far: the generator must learn it.
pub fn read(schema: &Json) -> Vec<TypeDef> {
    let types = schema["$defs"].as_object().into_iter().flatten();
    types.map(|(name, schema)| TypeDef { name: name.clone(), doc: doc(schema), shape: shape(schema) }).collect()
}

fn shape(schema: &Json) -> Shape {
    let either = schema["oneOf"].as_array();
    match (schema["properties"].is_object(), either) {
        (true, Some(variants)) => Shape::Tagged(members(schema), variants.iter().map(members).collect()),
        (true, None) => Shape::Record(members(schema)),
        (false, Some(names)) => Shape::Names(names.iter().map(|one| (text(&one["const"]), doc(one))).collect()),
        (false, None) if schema["enum"].is_array() => Shape::Names(listed(&schema["enum"]).map(|name| (text(name), String::new())).collect()),
        (false, None) => Shape::Alias(of(schema)),
    }
}

/// The members in the order of their declaration; those that may be absent come last.
fn members(schema: &Json) -> Vec<Member> {
    let none = Map::new();
    let all = schema["properties"].as_object().unwrap_or(&none);
    let place = |name: &str| listed(&schema["required"]).position(|one| one == name);
    let mut members: Vec<Member> = all.iter().map(|(name, schema)| Member {
        name: name.clone(),
        doc: doc(schema),
        of: of(schema),
        optional: place(name).is_none(),
    }).collect();
    members.sort_by_key(|member| place(&member.name).unwrap_or(usize::MAX));
    members
}

fn of(schema: &Json) -> Type {
    if let Some(name) = schema["$ref"].as_str() {
        return Type::Named(name.trim_start_matches("#/$defs/").to_owned());
    }
    if let Some(any) = schema["anyOf"].as_array() {
        return Type::Union(any.iter().map(of).collect());
    }
    if let Some(name) = schema["const"].as_str() {
        return Type::Literal(name.to_owned());
    }
    if schema["enum"].is_array() {
        return Type::Union(listed(&schema["enum"]).map(|name| Type::Literal(text(name))).collect());
    }
    match &schema["type"] {
        Json::Array(types) => Type::Union(types.iter().map(|one| simple(text(one).as_str(), schema)).collect()),
        Json::String(one) => simple(one, schema),
        _ => Type::Any,
    }
}

fn simple(name: &str, schema: &Json) -> Type {
    match name {
        "null" => Type::Null,
        "boolean" => Type::Boolean,
        "integer" => Type::Integer,
        "string" => Type::Text,
        "object" => Type::Map,
        "array" if schema["prefixItems"].is_array() => Type::Tuple(listed(&schema["prefixItems"]).map(of).collect()),
        "array" => Type::List(Box::new(of(&schema["items"]))),
        other => unreachable!("no host type is a JSON `{other}`: numbers that are no integers are exact text"),
    }
}

fn listed(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

fn doc(schema: &Json) -> String {
    text(&schema["description"])
}

fn text(of: &Json) -> String {
    of.as_str().unwrap_or_default().to_owned()
}
