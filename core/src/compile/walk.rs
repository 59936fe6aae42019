//! Walks over compiled nodes that need no case.

use super::program::{Code, Node, NodeId, Slot};

impl Code {
    /// The nodes a node is made of, in the order they are written.
    pub fn children(&self, id: NodeId, each: &mut dyn FnMut(NodeId)) {
        match self.node(id) {
            Node::Truth(_) | Node::Flag(_) | Node::Is(..) | Node::Among(..) | Node::Has(..) | Node::Order(..) | Node::Absent(_)
            | Node::Constant(_) | Node::Fact(_) | Node::Unknown(_) | Node::Moment(_) | Node::Local(_) => {}
            Node::And(list) | Node::Or(list) | Node::List(list) | Node::Call(_, list) => {
                self.list(list).iter().for_each(|id| each(*id));
            }
            Node::Not(of) | Node::Definition(_, of) | Node::Member(of, _) | Node::Members(of, _) | Node::Property(of, _)
            | Node::IsNull(of) | Node::OneOf(of, _) | Node::Negate(of) | Node::InstanceOf(of, _) => each(of),
            Node::Let(_, a, b) | Node::At(a, b) | Node::Filter(a, _, b) | Node::Compare(_, a, b) | Node::Arithmetic(_, a, b)
            | Node::Inside(a, b) => [a, b].into_iter().for_each(each),
            Node::If(a, b, c) => [a, b, c].into_iter().for_each(each),
            Node::For(index) | Node::Quantified(_, index) => {
                if let Some(of) = self.loops.get(index as usize) {
                    of.iterations.iter().for_each(|(_, from, to)| [Some(*from), *to].into_iter().flatten().for_each(&mut *each));
                    each(of.body);
                }
            }
            Node::Context(index) => {
                self.contexts.get(index as usize).into_iter().flatten().for_each(|(_, _, id)| each(*id));
            }
            Node::Range(index) => {
                let ends = self.ranges.get(index as usize).map(|range| [range.low, range.high]);
                ends.into_iter().flatten().flatten().for_each(each);
            }
            Node::Function(index) => {
                if let Some((_, body)) = self.functions.get(index as usize) {
                    each(*body);
                }
            }
            Node::Invoke(function, arguments) => {
                each(function);
                self.list(arguments).iter().for_each(|id| each(*id));
            }
            Node::Table(index) => {
                if let Some(table) = self.tables.get(index as usize) {
                    table.inputs.iter().for_each(|input| each(input.node));
                    for row in &table.rows {
                        row.tests.iter().flatten().chain(&row.outputs).for_each(|id| each(*id));
                    }
                    table.otherwise.into_iter().for_each(each);
                }
            }
        }
    }

    /// The slots that a node or any node below it reads, each once.
    pub fn mentioned(&self, id: NodeId, slots: &mut Vec<Slot>) {
        match self.node(id) {
            Node::Flag(slot) | Node::Is(slot, _) | Node::Among(slot, _) | Node::Has(slot, _) | Node::Order(slot, ..) | Node::Absent(slot)
            | Node::Fact(slot) => {
                if !slots.contains(&slot) {
                    slots.push(slot);
                }
            }
            _ => self.children(id, &mut |child| self.mentioned(child, slots)),
        }
    }
}
