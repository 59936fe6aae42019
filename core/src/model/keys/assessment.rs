//! Keys of an assessment.

use super::element::{DEFINITIONS, PARAMETERS};
use super::file::FACTS;
use super::{BASIS, DATES, Key, Names, Node, Shape, beside, optional, required};

const ID: &[Key] = &[required("id", Shape::Id, "its id, unique in its section"), required("name", Shape::Label, "its name")];
const SHOW: Key = optional("show", Shape::List(&Shape::Feel), "facts and definitions that are shown of each record");

/// An assessment.
pub(in crate::model) const ASSESSMENT: Node = Node {
    what: "an assessment",
    keys: &[
        &[
            required("assessment", Shape::Id, "its id"),
            required("name", Shape::Label, "its name"),
            optional("summary", Shape::Label, "what it is for"),
            required("record", Shape::Label, "what one record is: a procedure, a case"),
        ],
        DATES,
        &[
            required("key", Shape::Feel, "the fact that names a record"),
            optional("law_day", Shape::Feel, "the day on which the law of a record is read; absent: the day of the report"),
            optional("uses", Shape::List(&Shape::Id), "vocabularies"),
            FACTS,
            optional("columns", Shape::Named(Names::Facts, &Shape::Text), "where in a record each fact stands: `code`, `ways[].channel`"),
            optional("parameters", PARAMETERS, "numbers of the law, dated"),
            optional("definitions", DEFINITIONS, "named intermediate results of a record"),
            optional("dimensions", Shape::List(&Shape::Of(&DIMENSION)), "by what records are grouped"),
            optional("tables", Shape::List(&Shape::List(&Shape::Id)), "the tables that are made: the dimensions of each"),
            required("measures", Shape::List(&Shape::Of(&MEASURE)), "what is counted"),
            optional("scores", Shape::List(&Shape::Of(&SCORE)), "points given for measures"),
            optional("classes", Shape::List(&Shape::Of(&CLASS)), "classes of all points together"),
            optional("lists", Shape::List(&Shape::Of(&LISTING)), "records that are listed"),
            optional("goals", Shape::List(&Shape::Of(&GOAL)), "targets to be reached by changing records"),
            optional("notes", Shape::List(&Shape::Label), "traps for legal staff"),
        ],
    ],
    choices: &[],
};

/// Of `dimensions`.
pub(in crate::model) const DIMENSION: Node = Node {
    what: "a dimension",
    keys: &[ID, &[required("value", Shape::Feel, "the group of a record; of a list, each item is a group the record is in")]],
    choices: &[],
};

/// Of `measures`.
pub(in crate::model) const MEASURE: Node = Node {
    what: "a measure",
    keys: &[
        ID,
        &[
            optional("count", Shape::Feel, "how many records it holds for"),
            optional("sum", Shape::Feel, "the sum of a number of each record"),
            optional("rate", Shape::Feel, "the share of records it holds for, in percent"),
            optional("where", Shape::Feel, "of which records; absent: of all"),
            beside("rate", "target", Shape::Feel, "what the rate should at least be, in percent"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[&["count", "sum", "rate"]],
};

/// Of `scores`.
pub(in crate::model) const SCORE: Node = Node {
    what: "a score",
    keys: &[
        ID,
        &[
            required("max", Shape::Feel, "the most points"),
            optional("points", Shape::Feel, "how the points follow from measures"),
            optional("unknown", Shape::Label, "how they follow is not known; why"),
            beside("unknown", "estimate", Shape::Feel, "what the points would be under an assumption that is no law"),
            beside("estimate", "assuming", Shape::Label, "the assumption"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[&["points", "unknown"]],
};

/// Of `classes`.
pub(in crate::model) const CLASS: Node = Node {
    what: "a class",
    keys: &[ID, &[required("at_least", Shape::Feel, "the least points of all scores together")], DATES, BASIS],
    choices: &[],
};

/// Of `lists`.
pub(in crate::model) const LISTING: Node = Node {
    what: "a list of records",
    keys: &[ID, &[required("where", Shape::Feel, "which records"), SHOW], BASIS],
    choices: &[],
};

/// Of `goals`.
pub(in crate::model) const GOAL: Node = Node {
    what: "a goal",
    keys: &[
        ID,
        &[
            required("reach", Shape::Id, "the measure, a rate with a target"),
            required("effort", Shape::Feel, "what changing a record costs; those that cost least come first"),
            required("effort_note", Shape::Label, "what that effort means"),
            SHOW,
        ],
    ],
    choices: &[],
};
