//! The nodes of a program while it grows: equal nodes, lists and constants are kept once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use super::program::{Code, List, Node, NodeId};
use crate::value::Value;

/// A growing [`Code`].
#[derive(Default)]
pub(super) struct Interner {
    pub code: Code,
    nodes: HashMap<Node, NodeId>,
    lists: HashMap<Vec<NodeId>, List>,
    names: HashMap<Arc<str>, u32>,
    constants: HashMap<String, Vec<u32>>,
}

impl Interner {
    /// The id of a node.
    pub fn node(&mut self, node: Node) -> NodeId {
        if let Some(id) = self.nodes.get(&node) {
            return *id;
        }
        let id = NodeId(self.code.nodes.len() as u32);
        self.code.nodes.push(node);
        self.nodes.insert(node, id);
        id
    }

    /// The run of some nodes.
    pub fn list(&mut self, ids: Vec<NodeId>) -> List {
        if let Some(list) = self.lists.get(&ids) {
            return *list;
        }
        let list = List { start: self.code.lists.len() as u32, len: ids.len() as u16 };
        self.code.lists.extend(&ids);
        self.lists.insert(ids, list);
        list
    }

    /// The index of a name.
    pub fn name(&mut self, name: &Arc<str>) -> u32 {
        if let Some(index) = self.names.get(name) {
            return *index;
        }
        self.code.names.push(name.clone());
        let index = self.code.names.len() as u32 - 1;
        self.names.insert(name.clone(), index);
        index
    }

    /// The index of a constant.
    pub fn constant(&mut self, value: Value) -> u32 {
        let same_text = self.constants.entry(format!("{value:?}")).or_default();
        let known = same_text.iter().find(|index| self.code.constants.get(**index as usize) == Some(&value));
        if let Some(index) = known {
            return *index;
        }
        self.code.constants.push(value);
        let index = self.code.constants.len() as u32 - 1;
        same_text.push(index);
        index
    }

    /// The node of a constant.
    pub fn constant_node(&mut self, value: Value) -> NodeId {
        match value {
            Value::Boolean(truth) => self.node(Node::Truth(truth)),
            value => {
                let index = self.constant(value);
                self.node(Node::Constant(index))
            }
        }
    }

    /// The value of a node that is a constant.
    pub fn constant_of(&self, id: NodeId) -> Option<Value> {
        match self.code.node(id) {
            Node::Truth(truth) => Some(Value::Boolean(truth)),
            Node::Constant(index) => self.code.constants.get(index as usize).cloned(),
            _ => None,
        }
    }
}

/// The position of a thing in a list, put at the end if it is not there.
pub(super) fn position<T: PartialEq>(all: &mut Vec<T>, thing: T) -> u32 {
    if let Some(at) = all.iter().position(|known| *known == thing) {
        return at as u32;
    }
    all.push(thing);
    all.len() as u32 - 1
}

/// The index of a thing in a list that grows, by a key.
pub(super) fn index_of<K: Hash + Eq, T>(seen: &mut HashMap<K, u16>, key: K, all: &mut Vec<T>, thing: impl FnOnce() -> T) -> u16 {
    *seen.entry(key).or_insert_with(|| {
        all.push(thing());
        all.len() as u16 - 1
    })
}
