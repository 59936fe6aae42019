//! Keys of the steps of a linked service.

use super::element::{DEADLINE, ID, UNKNOWN, WHEN};
use super::{BASIS, DATES, Names, Node, Shape, optional, required};

/// Of `linked`.
pub(in crate::model) const LINK: Node = Node {
    what: "a step of a linked service",
    keys: &[
        ID,
        &[
            optional("procedure", Shape::Code, "the procedure it carries out; absent: only what stands here is known of it"),
            optional("name", Shape::Label, "its name; absent: the procedure's"),
            optional("authority", Shape::Label, "who carries it out"),
            optional("after", Shape::OneOrMore(&Shape::Id), "the steps that must be done before it"),
        ],
        WHEN,
        &[
            optional("result", Shape::Label, "what it makes: a paper that later steps need not ask for"),
            optional("facts", MAPPED_FACTS, "what the facts of the procedure are here; absent ones are asked as they are, each once"),
            optional("covered", COVERED, "elements of the procedure that another stands for: `documents.ct01: documents.declaration`"),
            optional("elements", Shape::OneOrMore(&Shape::Path), "elements of the linked service that are of this step: `fees.health_card`"),
            optional("limit", Shape::List(&Shape::Of(&DEADLINE)), "how long the step takes from the end of those before it"),
            optional("if_refused", Shape::Of(&IF_REFUSED), "what becomes of the other steps when it is refused"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[],
};

const MAPPED_FACTS: Shape = Shape::Named(Names::Facts, &Shape::Either(&Shape::Feel, &Shape::Of(&MAPPED_FACT)));
const COVERED: Shape = Shape::Named(Names::Paths, &Shape::Text);

/// The long form under `facts` of a step.
pub(in crate::model) const MAPPED_FACT: Node =
    Node { what: "a mapped fact", keys: &[&[required("value", Shape::Feel, "the expression")], BASIS], choices: &[] };

/// `if_refused` of a step.
pub(in crate::model) const IF_REFUSED: Node = Node {
    what: "`if_refused`",
    keys: &[&[optional("message", Shape::Label, "what becomes of the other steps"), UNKNOWN]],
    choices: &[&["message", "unknown"]],
};
