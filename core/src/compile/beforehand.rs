//! The tests of an epoch that can be worked out beforehand, sorted by what they do so that each sort is one plain loop.

use super::program::{Code, Epoch, Node, NodeId, Slot};
use crate::feel::ast::CompareOp;

/// Tests that need slots only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beforehand {
    /// The integer lies in a range, or does not.
    pub ranges: Vec<InRange>,
    /// The integer is one of a mask's bits.
    pub among: Vec<(NodeId, Slot, u64)>,
    /// The integer has a bit.
    pub has: Vec<(NodeId, Slot, u8)>,
    /// Tests made of others, each after those it is made of.
    pub made: Vec<NodeId>,
}

/// Whether a slot's integer lies in a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InRange {
    /// The test.
    pub id: NodeId,
    /// The slot.
    pub slot: Slot,
    /// Least integer.
    pub low: i64,
    /// Greatest integer less the least.
    pub span: u64,
    /// Whether it must lie there.
    pub inside: bool,
}

impl Epoch {
    /// The tests to be worked out beforehand.
    #[must_use]
    pub fn beforehand(&self, code: &Code) -> &Beforehand {
        self.beforehand.get_or_init(|| Beforehand::new(code, self))
    }
}

impl Beforehand {
    fn new(code: &Code, epoch: &Epoch) -> Beforehand {
        let conditions = epoch.eligibility.iter().chain(&epoch.identity).flat_map(|code| [code.when, Some(code.require)]);
        let documents = epoch.documents.iter().flat_map(|code| [code.when, code.provided, code.reuse]);
        let fees = epoch.fees.iter().flat_map(|fee| fee.reductions.iter().map(|reduction| reduction.when).chain([fee.when]));
        let deadlines = epoch.deadlines.iter().map(|code| code.when);
        let mut found = vec![false; code.nodes.len()];
        conditions.chain(documents).chain(fees).chain(deadlines).flatten().for_each(|id| {
            needs_slots_only(code, id, &mut found);
        });
        let mut sorted = Beforehand::default();
        // Parts come before the whole: they have the smaller ids.
        found.iter().zip(0..).filter(|(found, _)| **found).for_each(|(_, id)| sorted.put(code, NodeId(id)));
        sorted
    }

    fn put(&mut self, code: &Code, id: NodeId) {
        match code.node(id) {
            Node::Flag(slot) => self.range(id, slot, (0, 0), false),
            Node::Is(slot, of) => self.range(id, slot, (of.into(), of.into()), true),
            Node::Order(slot, CompareOp::Equal, bound) => self.range(id, slot, (bound, bound), true),
            Node::Order(slot, CompareOp::NotEqual, bound) => self.range(id, slot, (bound, bound), false),
            Node::Order(slot, CompareOp::GreaterOrEqual, bound) => self.range(id, slot, (bound, i64::MAX), true),
            Node::Order(slot, CompareOp::Less, bound) => self.range(id, slot, (bound, i64::MAX), false),
            Node::Order(slot, CompareOp::LessOrEqual, bound) => self.range(id, slot, (i64::MIN, bound), true),
            Node::Order(slot, CompareOp::Greater, bound) => self.range(id, slot, (i64::MIN, bound), false),
            Node::Among(slot, mask) => self.among.push((id, slot, code.masks.get(mask as usize).copied().unwrap_or(0))),
            Node::Has(slot, bit) => self.has.push((id, slot, bit)),
            _ => self.made.push(id),
        }
    }

    fn range(&mut self, id: NodeId, slot: Slot, (low, high): (i64, i64), inside: bool) {
        self.ranges.push(InRange { id, slot, low, span: high.wrapping_sub(low) as u64, inside });
    }
}

/// Whether a test needs slots only; it and its parts that do are put in `found`.
fn needs_slots_only(code: &Code, id: NodeId, found: &mut [bool]) -> bool {
    if found.get(id.0 as usize).copied().unwrap_or(false) {
        return true;
    }
    let only = match code.node(id) {
        Node::Truth(_) | Node::Flag(_) | Node::Is(..) | Node::Among(..) | Node::Has(..) | Node::Order(..) | Node::Absent(_) => true,
        Node::Not(of) | Node::Definition(_, of) => needs_slots_only(code, of, found),
        Node::And(list) | Node::Or(list) => code.list(list).iter().filter(|part| !needs_slots_only(code, **part, found)).count() == 0,
        _ => false,
    };
    if let Some(found) = found.get_mut(id.0 as usize) {
        *found = only;
    }
    only
}
