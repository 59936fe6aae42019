//! Keys of the kinds of file.

use super::element::{DEFINITIONS, PARAMETERS};
use super::{
    APOLOGY, ASSESSMENT, AUTHORITY, BASIS, CONDITION, CONFIDENCE, DATED_VALUE, DATES, DEADLINE, DECLARATION, DOCUMENT, FEE, IDENTITY, Key, LINK, Names, Node,
    REQUIREMENT, STEP, Shape, optional, required,
};

/// Every kind of file, by its first key.
pub(in crate::model) const FILES: &[(&str, &Node)] = &[
    ("pack", &PACK),
    ("instruments", &INSTRUMENTS),
    ("calendar", &CALENDAR),
    ("databases", &DATABASES),
    ("vocabulary", &VOCABULARY),
    ("procedure", &PROCEDURE),
    ("service_level", &SERVICE_LEVEL),
    ("amend", &AMENDMENT),
    ("assessment", &ASSESSMENT),
    ("cases", &CASES),
];

/// `pack.yaml`.
pub(in crate::model) const PACK: Node = Node {
    what: "a pack file",
    keys: &[&[
        required("pack", Shape::Code, "the pack's id"),
        required("version", Shape::Text, "its version"),
        required("name", Shape::Label, "its name"),
        optional("provided_documents", Shape::FactName, "the fact that lists ids of documents handed in already"),
        optional("account", Shape::Of(&ACCOUNT), "the electronic account"),
    ]],
    choices: &[],
};

/// `account` of a pack.
pub(in crate::model) const ACCOUNT: Node = Node {
    what: "`account`",
    keys: &[&[required("level", Shape::FactName, "the fact that holds the level of the electronic account")]],
    choices: &[],
};

/// `instruments.yaml`.
pub(in crate::model) const INSTRUMENTS: Node = Node {
    what: "a file of instruments",
    keys: &[&[required("instruments", Shape::Named(Names::Instruments, &Shape::Of(&INSTRUMENT)), "laws, decrees, circulars by number")]],
    choices: &[],
};

/// A law, decree, circular, resolution or decision.
pub(in crate::model) const INSTRUMENT: Node = Node {
    what: "an instrument",
    keys: &[&[
        required("title", Shape::Label, "its title"),
        required("from", Shape::DateOrUnknown, "the first day in force; `unknown` where it is not known"),
        optional("until", Shape::Date, "the last day in force, if it has ended"),
        optional("confidence", Shape::Choice(CONFIDENCE), "how sure it is; `verified` if absent"),
        optional("source", Shape::Text, "where it was read"),
        optional("note", Shape::Text, "free text for legal staff"),
    ]],
    choices: &[],
};

/// Databases of the state.
pub(in crate::model) const DATABASES: Node = Node {
    what: "a file of databases",
    keys: &[&[
        required("databases", Shape::Named(Names::Ids, &Shape::Of(&DATABASE)), "what the state knows already"),
        optional("not_asked_again", Shape::List(&Shape::Of(&REUSE_DUTY)), "what forbids asking for a paper that a database holds, dated"),
    ]],
    choices: &[],
};

/// A database of the state.
pub(in crate::model) const DATABASE: Node = Node { what: "a database", keys: &[&[required("name", Shape::Label, "its name")], DATES, BASIS], choices: &[] };

/// Of `not_asked_again`.
pub(in crate::model) const REUSE_DUTY: Node = Node { what: "a duty to reuse", keys: &[DATES, BASIS], choices: &[] };

/// A published year of days off.
pub(in crate::model) const CALENDAR: Node = Node {
    what: "a calendar",
    keys: &[&[
        required("calendar", Shape::Code, "whose calendar it is"),
        required("year", Shape::Year, "the year"),
        optional("covers", Shape::Of(&COVERS), "the days that are published; absent: the whole year"),
        required("days_off", DAYS, "days off that would otherwise be working days"),
        optional("working_days", DAYS, "Saturdays or Sundays worked instead"),
        required("source", Shape::Text, "the documents it was published in"),
        optional("confidence", Shape::Choice(CONFIDENCE), "how sure it is; `verified` if absent"),
        optional("note", Shape::Text, "free text for legal staff"),
    ]],
    choices: &[],
};

const DAYS: Shape = Shape::List(&Shape::Of(&DAY));

/// Of `days_off` and `working_days`.
pub(in crate::model) const DAY: Node =
    Node { what: "a day", keys: &[&[required("date", Shape::Date, "the day"), required("reason", Shape::Label, "why")]], choices: &[] };

/// `covers` of a calendar.
pub(in crate::model) const COVERS: Node = Node {
    what: "`covers`",
    keys: &[&[required("from", Shape::Date, "the first day"), required("until", Shape::Date, "the last day")]],
    choices: &[],
};

pub(super) const FACTS: Key = optional("facts", Shape::Named(Names::Facts, &Shape::Fact), "what may be told");
const DERIVED: &[Key] =
    &[optional("parameters", PARAMETERS, "numbers of the law, dated"), optional("definitions", DEFINITIONS, "named intermediate results")];

/// A shared vocabulary.
pub(in crate::model) const VOCABULARY: Node = Node {
    what: "a vocabulary",
    keys: &[
        &[
            required("vocabulary", Shape::Id, "its name, the first part of its facts' names"),
            required("label", Shape::Label, "what it is about"),
            FACTS,
        ],
        DERIVED,
        &[
            optional("identity", Shape::List(&Shape::Of(&IDENTITY)), "checks of every procedure that uses it"),
            optional("steps", Shape::List(&Shape::Of(&STEP)), "steps of every procedure that uses it and declares none of its own"),
            optional("apology", Shape::List(&Shape::Of(&APOLOGY)), "what is owed when a file is late; after the procedure's own"),
        ],
    ],
    choices: &[],
};

/// Who decides.
pub(in crate::model) const AUTHORITIES: &[(&str, &str)] = &[
    ("ministry", "a ministry"),
    ("province", "a province"),
    ("commune", "a commune, ward or special zone"),
    ("other", "another body, such as a court or a fund"),
];

/// How much of a procedure is online.
pub(in crate::model) const ONLINE: &[(&str, &str)] =
    &[("full", "all of it (toàn trình)"), ("partial", "a part of it (một phần)"), ("information", "only information")];

/// A procedure.
pub(in crate::model) const PROCEDURE: Node = Node {
    what: "a procedure",
    keys: &[
        &[
            required("procedure", Shape::Code, "its code: `1.004222`"),
            required("name", Shape::Label, "its name"),
            optional("summary", Shape::Label, "what it is for"),
            required("field", Shape::Id, "`residence`, `civil_status`, …"),
            required("authority", Shape::Choice(AUTHORITIES), "at what level it is decided"),
            optional("authorities", Shape::List(&Shape::Of(&AUTHORITY)), "who decides, dated, for people to read"),
            required("online_service", Shape::Choice(ONLINE), "how much of it is online"),
        ],
        DATES,
        &[optional("uses", Shape::List(&Shape::Id), "vocabularies"), FACTS],
        DERIVED,
        &[
            optional("eligibility", Shape::List(&Shape::Of(&CONDITION)), "who may file"),
            optional("identity", Shape::List(&Shape::Of(&IDENTITY)), "which electronic identity is needed"),
            optional("documents", Shape::List(&Shape::Of(&DOCUMENT)), "which papers are needed"),
            optional("fees", Shape::List(&Shape::Of(&FEE)), "what it costs"),
            optional("deadline", Shape::List(&Shape::Of(&DEADLINE)), "by when the authority must answer; the first that applies counts"),
            optional("steps", Shape::List(&Shape::Of(&STEP)), "what is done inside the authority, in order"),
            optional("apology", Shape::List(&Shape::Of(&APOLOGY)), "what is owed when a file is late; the first that applies counts"),
            optional("declarations", Shape::List(&Shape::Of(&DECLARATION)), "what the level of its online service rests on"),
            optional("linked", Shape::List(&Shape::Of(&LINK)), "the steps of a linked service, those that come first first"),
            optional("notes", Shape::List(&Shape::Label), "traps for legal staff"),
        ],
    ],
    choices: &[],
};

/// The rule of the level of online service.
pub(in crate::model) const SERVICE_LEVEL: Node = Node {
    what: "a rule of the service level",
    keys: &[
        &[required("service_level", Shape::Id, "its id"), required("name", Shape::Label, "its name")],
        DATES,
        &[FACTS],
        DERIVED,
        &[required("requirements", Shape::List(&Shape::Of(&REQUIREMENT)), "what the full service asks for")],
    ],
    choices: &[],
};

/// An amendment.
pub(in crate::model) const AMENDMENT: Node = Node {
    what: "an amendment",
    keys: &[&[
        required("amend", Shape::Code, "the code of the procedure it changes"),
        required("id", Shape::Id, "its id"),
        required("title", Shape::Label, "what it is"),
        required("instrument", Shape::Code, "the instrument that makes the change"),
        optional("jurisdiction", Shape::Id, "the province it applies in; absent: everywhere"),
        optional("draft", Shape::Flag, "loaded only when asked for"),
        required("from", Shape::Date, "the first day it is in force"),
        optional("until", Shape::Date, "the last day; then the former law returns"),
        required("changes", Shape::List(&Shape::OneOf(CHANGES)), "what it changes, in order"),
        optional("note", Shape::Text, "free text for legal staff"),
    ]],
    choices: &[],
};

/// Kinds of change, by their first key.
pub(in crate::model) const CHANGES: &[&Node] = &[&PARAMETER_CHANGE, &REPLACE, &INSERT, &REPEAL];

/// New values of a parameter.
pub(in crate::model) const PARAMETER_CHANGE: Node = Node {
    what: "a change of a parameter",
    keys: &[&[
        required("parameter", Shape::FactName, "the parameter"),
        required("values", Shape::List(&Shape::Of(&DATED_VALUE)), "new values in place of those in the same days"),
    ]],
    choices: &[],
};

/// New keys of an element.
pub(in crate::model) const REPLACE: Node = Node {
    what: "a replacement",
    keys: &[&[
        required("replace", Shape::Path, "`section.id`, or `fees.<id>.rows.<row id>`"),
        required("with", Shape::Element, "the keys given replace, others stay; `null` takes a key away"),
    ]],
    choices: &[],
};

/// Sections that elements are inserted in.
pub(in crate::model) const SECTIONS: &[(&str, &str)] = &[
    ("eligibility", "conditions"),
    ("identity", "identity checks"),
    ("documents", "documents"),
    ("fees", "fees"),
    ("deadline", "deadlines"),
    ("steps", "steps inside the authority"),
    ("apology", "what is owed when a file is late"),
    ("declarations", "what the level of online service rests on"),
    ("linked", "steps of a linked service"),
];

/// A new element.
pub(in crate::model) const INSERT: Node = Node {
    what: "an insertion",
    keys: &[&[
        required("insert", Shape::Choice(SECTIONS), "the section"),
        optional("after", Shape::Id, "the id it comes after; absent: at the end (a deadline: at the start)"),
        required("element", Shape::Element, "the element"),
    ]],
    choices: &[],
};

/// An element that ends.
pub(in crate::model) const REPEAL: Node =
    Node { what: "a repeal", keys: &[&[required("repeal", Shape::Path, "`section.id`, or `fees.<id>.rows.<row id>`")]], choices: &[] };

/// Worked cases.
pub(in crate::model) const CASES: Node = Node {
    what: "a file of cases",
    keys: &[&[
        required("cases", Shape::Code, "the code of the procedure"),
        optional("given", Shape::Named(Names::Ids, &Shape::Any), "named sets of facts, to be used by cases"),
        required("list", Shape::List(&Shape::Of(&CASE)), "the cases"),
    ]],
    choices: &[],
};

/// A worked case.
pub(in crate::model) const CASE: Node = Node {
    what: "a case",
    keys: &[&[
        required("id", Shape::Code, "its id"),
        required("name", Shape::Text, "what it shows"),
        optional("source", Shape::Text, "the worked example it comes from"),
        required("as_of", Shape::Date, "the day the law is read"),
        optional("received_at", Shape::Moment, "when the file was received; absent: `as_of` at 08:00"),
        optional("jurisdiction", Shape::Id, "the province it is decided for"),
        optional("given", Shape::OneOrMore(&Shape::Id), "sets of facts, later ones over earlier ones"),
        optional("facts", Shape::Any, "facts by name, over those of `given`"),
        required("expect", Shape::Named(Names::Paths, &Shape::Any), "what must be decided"),
        optional("note", Shape::Text, "free text for legal staff"),
    ]],
    choices: &[],
};
