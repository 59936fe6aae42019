//! When a fact matters: under which tests of other facts the rules read it. A fact that no rule reads in a case need not be
//! told in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::program::{Code, FeeCode, Node, NodeId, Program, ReductionKindCode, Slot};

/// Tests that must all come out as said.
pub type Path = Vec<(NodeId, bool)>;

/// So many ways to a fact are told apart; with more it counts as one that always matters.
const MOST_PATHS: usize = 24;

/// So many nodes are walked over; rules that need more are taken to read everything always.
const MOST_STEPS: usize = 200_000;

/// The tests under which each fact is read; a fact that is read without any, or by no rule, is not in it.
#[must_use]
pub fn guards(program: &Program) -> BTreeMap<Slot, Vec<Path>> {
    let mut walk = Walk { code: &program.code_of, found: BTreeMap::new(), always: BTreeSet::new(), steps: 0 };
    for epoch in &program.epochs {
        for condition in epoch.eligibility.iter().chain(&epoch.identity) {
            let path = walk.after(&Path::new(), condition.when);
            walk.visit(condition.require, &path);
        }
        for document in &epoch.documents {
            let path = walk.after(&Path::new(), document.when);
            document.provided.iter().chain(&document.reuse).for_each(|node| walk.visit(*node, &path));
        }
        epoch.fees.iter().for_each(|fee| walk.fee(fee));
        for deadline in &epoch.deadlines {
            let path = walk.after(&Path::new(), deadline.when);
            deadline.not_before.iter().chain(&deadline.extension).for_each(|node| walk.visit(*node, &path));
        }
    }
    walk.always.extend(program.supplements);
    if walk.steps > MOST_STEPS {
        return BTreeMap::new();
    }
    let Walk { mut found, always, .. } = walk;
    found.retain(|slot, _| !always.contains(slot));
    found
}

struct Walk<'p> {
    code: &'p Code,
    found: BTreeMap<Slot, Vec<Path>>,
    always: BTreeSet<Slot>,
    steps: usize,
}

impl Walk<'_> {
    fn fee(&mut self, fee: &FeeCode) {
        let path = self.after(&Path::new(), fee.when);
        let of_reductions = |node: &NodeId| fee.reductions.iter().any(|cut| cut.when == Some(*node) || cut.max_off == Some(*node) || effect(cut.kind) == *node);
        let own = fee.nodes().into_iter().filter(|node| Some(*node) != fee.when && !of_reductions(node));
        own.for_each(|node| self.visit(node, &path));
        for cut in &fee.reductions {
            let path = self.after(&path, cut.when);
            [Some(effect(cut.kind)), cut.max_off].into_iter().flatten().for_each(|node| self.visit(node, &path));
        }
    }

    /// Visits a guard; the path of what it guards.
    fn after(&mut self, path: &Path, guard: Option<NodeId>) -> Path {
        let Some(guard) = guard else { return path.clone() };
        self.visit(guard, path);
        self.extended(path, guard, true)
    }

    /// A path with one more test, if that needs nothing but slots.
    fn extended(&self, path: &Path, test: NodeId, wanted: bool) -> Path {
        let mut path = path.clone();
        if on_slots(self.code, test) && !path.contains(&(test, wanted)) {
            path.push((test, wanted));
        }
        path
    }

    fn visit(&mut self, id: NodeId, path: &Path) {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return;
        }
        match self.code.node(id) {
            Node::Flag(slot) | Node::Is(slot, _) | Node::Among(slot, _) | Node::Has(slot, _) | Node::Order(slot, ..) | Node::Absent(slot)
            | Node::Fact(slot) => self.read(slot, path),
            node @ (Node::And(list) | Node::Or(list)) => {
                let goes_on = matches!(node, Node::And(_));
                let mut path = path.clone();
                for child in self.code.list(list) {
                    self.visit(*child, &path);
                    path = self.extended(&path, *child, goes_on);
                }
            }
            Node::If(test, yes, no) => {
                self.visit(test, path);
                self.visit(yes, &self.extended(path, test, true));
                self.visit(no, &self.extended(path, test, false));
            }
            _ => {
                let mut children = Vec::new();
                self.code.children(id, &mut |child| children.push(child));
                children.into_iter().for_each(|child| self.visit(child, path));
            }
        }
    }

    fn read(&mut self, slot: Slot, path: &Path) {
        if path.is_empty() {
            self.always.insert(slot);
        }
        if self.always.contains(&slot) {
            return;
        }
        let paths = self.found.entry(slot).or_default();
        if paths.iter().any(|known| known.iter().all(|test| path.contains(test))) {
            return;
        }
        paths.push(path.clone());
        if paths.len() > MOST_PATHS {
            self.always.insert(slot);
        }
    }
}

fn effect(kind: ReductionKindCode) -> NodeId {
    match kind {
        ReductionKindCode::To(node) | ReductionKindCode::Percent(node) | ReductionKindCode::Off(node) => node,
    }
}

/// Whether a test needs nothing but slots held as integers.
fn on_slots(code: &Code, id: NodeId) -> bool {
    match code.node(id) {
        Node::Truth(_) | Node::Flag(_) | Node::Is(..) | Node::Among(..) | Node::Has(..) | Node::Order(..) | Node::Absent(_) => true,
        Node::And(list) | Node::Or(list) => code.list(list).iter().all(|child| on_slots(code, *child)),
        Node::Not(of) | Node::Definition(_, of) => on_slots(code, of),
        _ => false,
    }
}
