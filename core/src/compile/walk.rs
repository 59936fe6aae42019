//! Walks over compiled nodes that need no case.

use super::program::{BaseCode, Code, ConditionCode, DeadlineCode, DocumentCode, FeeCode, Node, NodeId, ReductionKindCode, Slot};

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

    /// The slot that a node reads itself.
    #[must_use]
    pub fn slot(&self, id: NodeId) -> Option<Slot> {
        match self.node(id) {
            Node::Flag(slot) | Node::Is(slot, _) | Node::Among(slot, _) | Node::Has(slot, _) | Node::Order(slot, ..) | Node::Absent(slot)
            | Node::Fact(slot) => Some(slot),
            _ => None,
        }
    }

    /// The slots that a node or any node below it reads, each as often as it is read.
    pub fn mentioned(&self, id: NodeId, each: &mut dyn FnMut(Slot)) {
        self.slot(id).into_iter().for_each(&mut *each);
        self.children(id, &mut |child| self.mentioned(child, each));
    }
}

impl ConditionCode {
    /// Every node that its status rests on, guards first.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        self.when.into_iter().chain([self.require]).collect()
    }
}

impl DocumentCode {
    /// Every node that its status rests on, in the order they are asked.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        [self.when, self.provided, self.reuse].into_iter().flatten().collect()
    }
}

impl FeeCode {
    /// Every node that its amount rests on.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = self.when.into_iter().collect();
        match &self.base {
            BaseCode::Amount(node) => nodes.push(*node),
            BaseCode::Tiers(of, steps) => {
                nodes.push(*of);
                nodes.extend(steps.iter().flat_map(|(up_to, rate)| up_to.iter().chain([rate])));
            }
        }
        nodes.extend([self.floor, self.cap, self.times].into_iter().flatten());
        for reduction in &self.reductions {
            let (ReductionKindCode::To(node) | ReductionKindCode::Percent(node) | ReductionKindCode::Off(node)) = reduction.kind;
            nodes.extend(reduction.when.into_iter().chain([node]).chain(reduction.max_off));
        }
        nodes
    }
}

impl DeadlineCode {
    /// Every node that the day due rests on, guards first.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.when.into_iter().chain(self.not_before.iter().copied()).chain(self.extension)
    }
}
