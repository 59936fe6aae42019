//! JSON with its members in the order they are written and its numbers as they are written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// Text, number, boolean or null, as written.
    Leaf(String),
    /// A list.
    List(Vec<Tree>),
    /// A record.
    Record(Vec<(String, Tree)>),
}

impl Tree {
    /// Reads JSON text.
    pub fn read(json: &str) -> Tree {
        match json.trim_start().as_bytes().first() {
            Some(b'[') => Tree::List(serde_json::from_str::<Vec<Box<RawValue>>>(json).unwrap().iter().map(|item| Tree::read(item.get())).collect()),
            Some(b'{') => {
                let Members(members) = serde_json::from_str(json).unwrap();
                Tree::Record(members.into_iter().map(|(name, value)| (name, Tree::read(value.get()))).collect())
            }
            _ => Tree::Leaf(json.trim().to_owned()),
        }
    }

    /// The member of a record.
    pub fn member(&self, name: &str) -> Option<&Tree> {
        match self {
            Tree::Record(members) => members.iter().find(|(other, _)| other == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a leaf that is one.
    pub fn text(&self) -> Option<String> {
        match self {
            Tree::Leaf(leaf) => serde_json::from_str(leaf).ok(),
            _ => None,
        }
    }
}

/// As JSON text without spaces.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Tree::Leaf(leaf) => f.write_str(leaf),
            Tree::List(items) => {
                let items: Vec<String> = items.iter().map(Tree::to_string).collect();
                write!(f, "[{}]", items.join(","))
            }
            Tree::Record(members) => {
                let members: Vec<String> = members.iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
                write!(f, "{{{}}}", members.join(","))
            }
        }
    }
}

/// A text as JSON.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The members of an object in their order.
pub struct Members(pub Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMembers;
        impl<'de> Visitor<'de> for OfMembers {
            type Value = Members;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(OfMembers)
    }
}
