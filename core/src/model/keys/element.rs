//! Keys of the elements of a procedure.

use super::{BASIS, DATES, Key, Names, Node, Shape, beside, optional, required};

pub(super) const ID: &[Key] = &[required("id", Shape::Id, "its id, unique in its section")];
pub(super) const WHEN: &[Key] = &[optional("when", Shape::Feel, "whether it applies; absent: always")];
const NAME: &[Key] = &[required("name", Shape::Label, "its name")];
pub(super) const UNKNOWN: Key = optional("unknown", Shape::Label, "the law is not known; why");

/// Keys of a table beside other ways to say a value.
const TABLE: &[Key] = &[
    optional("table", Shape::Table, "a pipe table"),
    beside("table", "hit", Shape::Choice(HITS), "which matching rows count; `U` if absent"),
    beside("table", "priority", Shape::List(&Shape::Feel), "output values in falling priority, for `hit: P`"),
    beside("table", "else", Shape::Feel, "the value when no row matches"),
];

/// Hit policies.
pub(in crate::model) const HITS: &[(&str, &str)] = &[
    ("U", "at most one row matches"),
    ("A", "matching rows agree"),
    ("F", "the first"),
    ("P", "the first by the order of output values"),
    ("C", "all, as a list"),
    ("C+", "their sum"),
    ("C<", "the least"),
    ("C>", "the greatest"),
    ("C#", "how many"),
];

/// Forms of a document.
pub(in crate::model) const FORMS: &[(&str, &str)] = &[
    ("original", "the original"),
    ("copy", "a plain copy"),
    ("certified_copy", "a certified copy"),
    ("present", "only shown"),
    ("e_form", "filled in on the form online"),
    ("declaration", "declared within another paper"),
];

/// Directions of rounding.
pub(in crate::model) const ROUNDING_MODES: &[(&str, &str)] = &[
    ("half_up", "halves away from zero"),
    ("half_even", "halves to the even neighbour"),
    ("up", "away from zero"),
    ("down", "towards zero"),
];

/// What an incomplete file does to the count.
pub(in crate::model) const CLOCKS: &[(&str, &str)] = &[
    ("restart", "counts from zero again once complete"),
    ("start_when_complete", "starts only when complete"),
    ("pause", "the days the applicant takes are not counted"),
    ("unknown", "not known: with a supplement the deadline is undetermined"),
];

/// What late receipt does.
pub(in crate::model) const EFFECTS: &[(&str, &str)] = &[
    ("forward_only", "changes nothing for the applicant"),
    ("due_next_working_day", "same-day work is due the next working day"),
    ("day_zero_next_working_day", "the next working day is day zero"),
    ("day_one_next_working_day", "the next working day is day one"),
];

/// Of `eligibility`.
pub(in crate::model) const CONDITION: Node = Node {
    what: "a condition",
    keys: &[
        ID,
        WHEN,
        &[
            required("require", Shape::Feel, "what must hold"),
            required("message", Shape::Label, "shown when it is not met: what is wrong and what would mend it"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[],
};

/// Of `identity`.
pub(in crate::model) const IDENTITY: Node = Node {
    what: "an identity check",
    keys: &[
        ID,
        WHEN,
        &[
            optional("level", Shape::Count, "the level of the electronic account that is needed"),
            optional("require", Shape::Feel, "what must hold"),
            required("message", Shape::Label, "shown when it does not hold"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[&["level", "require"]],
};

/// Of `documents`.
pub(in crate::model) const DOCUMENT: Node = Node {
    what: "a document",
    keys: &[
        ID,
        NAME,
        WHEN,
        &[
            optional("form", Shape::Choice(FORMS), "in what form it is handed in; `original` if absent"),
            optional("copies", Shape::Of(&COPIES), "how many; absent: one, in its form"),
            optional("any_of", Shape::List(&Shape::Of(&ALTERNATIVE)), "alternatives: any one of them will do"),
            optional("reuse", Shape::Feel, "whether the state knows it already"),
            optional("held_in", Shape::OneOrMore(&Shape::Id), "the databases that hold it"),
            optional("reuse_source", Shape::Label, "where the state knows it from; absent: the names of those databases"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[],
};

/// `copies` of a document.
pub(in crate::model) const COPIES: Node = Node {
    what: "`copies`",
    keys: &[&[optional("original", Shape::Count, "originals"), optional("copy", Shape::Count, "copies")]],
    choices: &[],
};

/// Of `any_of`.
pub(in crate::model) const ALTERNATIVE: Node = Node { what: "an alternative", keys: &[ID, NAME], choices: &[] };

/// Of `fees`.
pub(in crate::model) const FEE: Node = Node {
    what: "a fee",
    keys: &[
        ID,
        NAME,
        WHEN,
        &[optional("amount", Shape::Feel, "the amount in đồng")],
        TABLE,
        &[
            optional("tiers", Shape::Of(&TIERS), "a quantity counted through steps, each with its own rate"),
            UNKNOWN,
            optional("floor", Shape::Feel, "the least amount, before `times`"),
            optional("cap", Shape::Feel, "the greatest amount, before `times`"),
            optional("times", Shape::Feel, "how many units"),
            optional("reductions", Shape::List(&Shape::Of(&REDUCTION)), "the one that leaves the least to pay applies"),
            optional("rounding", Shape::Of(&ROUNDING), "how it is rounded; to 1 đồng, half up, if absent"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[&["amount", "table", "tiers", "unknown"]],
};

/// `tiers` of a fee.
pub(in crate::model) const TIERS: Node = Node {
    what: "`tiers`",
    keys: &[&[
        required("of", Shape::Feel, "the quantity"),
        required("steps", Shape::List(&Shape::Of(&TIER)), "the steps, each beginning where the one before ends"),
    ]],
    choices: &[],
};

/// Of `steps` of `tiers`.
pub(in crate::model) const TIER: Node = Node {
    what: "a step of a quantity",
    keys: &[&[
        optional("up_to", Shape::Feel, "the last unit of the step; absent on the last step"),
        required("rate", Shape::Feel, "đồng a unit"),
    ]],
    choices: &[],
};

/// Of `reductions`.
pub(in crate::model) const REDUCTION: Node = Node {
    what: "a reduction",
    keys: &[
        ID,
        NAME,
        WHEN,
        &[
            optional("amount", Shape::Feel, "leaves this amount"),
            optional("percent", Shape::Feel, "takes this many percent off"),
            optional("off", Shape::Feel, "takes this amount off"),
            optional("max_off", Shape::Feel, "the most it takes off"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[&["amount", "percent", "off"]],
};

/// `rounding` of a fee.
pub(in crate::model) const ROUNDING: Node = Node {
    what: "`rounding`",
    keys: &[&[
        optional("to", Shape::Count, "the multiple of đồng; 1 if absent"),
        optional("mode", Shape::Choice(ROUNDING_MODES), "the direction; `half_up` if absent"),
    ]],
    choices: &[],
};

/// Of `deadline`.
pub(in crate::model) const DEADLINE: Node = Node {
    what: "a deadline",
    keys: &[
        ID,
        WHEN,
        &[
            optional("period", Shape::Period, "`7 working days`, `10 days`, `2 months`, `24 hours`, `4 office hours`, `same day`"),
            UNKNOWN,
            optional("clock", Shape::Choice(CLOCKS), "what an incomplete file does to the count; `start_when_complete` if absent"),
            optional("cutoff", Shape::Of(&CUTOFF), "what receipt late in the day does"),
            optional("not_before", Shape::OneOrMore(&Shape::Feel), "dates the count cannot start before"),
            optional("roll", Shape::Flag, "whether calendar days that end on a day off end on the next working day; `true` if absent"),
            optional("extension", Shape::Feel, "further units"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[&["period", "unknown"]],
};

/// Of `steps`.
pub(in crate::model) const STEP: Node = Node {
    what: "a step",
    keys: &[
        ID,
        NAME,
        WHEN,
        &[
            optional("office", Shape::Label, "who takes it"),
            optional("period", Shape::Period, "how long it may take: `2 office hours`, `1 working days`, `same day`; absent: what remains"),
            optional("cutoff", Shape::Time, "what reaches it after this time is taken up first thing on the next working day"),
            optional("after", Shape::List(&Shape::Id), "the steps it waits for; absent: the one before it"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[],
};

/// Of `apology`.
pub(in crate::model) const APOLOGY: Node = Node {
    what: "an apology",
    keys: &[
        ID,
        WHEN,
        &[
            optional("notice", Shape::Period, "how long before the day due it must be sent: `1 days`, `1 working days`"),
            optional("reappointments", Shape::Count, "how many re-appointments are permitted; absent: the law does not say"),
            optional("form", Shape::Label, "the form it is written on, or how it is sent"),
            UNKNOWN,
        ],
        DATES,
        BASIS,
    ],
    choices: &[],
};

/// Of `declarations`.
pub(in crate::model) const DECLARATION: Node = Node {
    what: "a declaration",
    keys: &[
        &[required("id", Shape::Id, "a fact of the rule of the level of online service")],
        WHEN,
        &[
            optional("value", Shape::Value, "its value for this procedure"),
            UNKNOWN,
            optional("why", Shape::Label, "why it is so: the reason that is published"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[&["value", "unknown"]],
};

/// Of `requirements` of a service level.
pub(in crate::model) const REQUIREMENT: Node = Node {
    what: "a requirement",
    keys: &[
        ID,
        WHEN,
        &[
            required("require", Shape::Feel, "what the full service asks for"),
            required("otherwise", Shape::Choice(LOWER), "the level where it does not hold"),
            required("message", Shape::Label, "the reason that is published where it does not hold"),
        ],
        DATES,
        BASIS,
    ],
    choices: &[],
};

/// Levels below the full one.
pub(in crate::model) const LOWER: &[(&str, &str)] = &[("partial", "a part of it (một phần)"), ("information", "only information")];

/// `cutoff` of a deadline.
pub(in crate::model) const CUTOFF: Node = Node {
    what: "`cutoff`",
    keys: &[&[required("at", Shape::Time, "received after this time"), required("effect", Shape::Choice(EFFECTS), "what it does")]],
    choices: &[],
};

/// Of `authorities`.
pub(in crate::model) const AUTHORITY: Node = Node { what: "an authority", keys: &[NAME, DATES, BASIS], choices: &[] };

/// The long form under `definitions`.
pub(in crate::model) const DEFINITION: Node = Node {
    what: "a definition",
    keys: &[
        &[optional("label", Shape::Label, "what it is; shown as a reason"), optional("value", Shape::Feel, "the expression")],
        TABLE,
        &[UNKNOWN],
        DATES,
        BASIS,
    ],
    choices: &[&["value", "table", "unknown"]],
};

/// The long form under `parameters`.
pub(in crate::model) const PARAMETER: Node = Node {
    what: "a parameter",
    keys: &[&[
        optional("label", Shape::Label, "what it is"),
        optional("unit", Shape::Text, "its unit"),
        required("values", Shape::List(&Shape::Of(&DATED_VALUE)), "its values, dated"),
    ]],
    choices: &[],
};

/// A value of a parameter.
pub(in crate::model) const DATED_VALUE: Node = Node {
    what: "a value",
    keys: &[&[optional("value", Shape::Value, "the value while it is in force"), UNKNOWN], DATES, BASIS],
    choices: &[&["value", "unknown"]],
};

/// A row of a table, as an amendment gives it beside the columns.
pub(in crate::model) const ROW: Node = Node { what: "a row", keys: &[DATES, BASIS], choices: &[] };

/// `parameters`.
pub(in crate::model) const PARAMETERS: Shape =
    Shape::Named(Names::Facts, &Shape::Either(&Shape::List(&Shape::Of(&DATED_VALUE)), &Shape::Of(&PARAMETER)));

/// `definitions`.
pub(in crate::model) const DEFINITIONS: Shape = Shape::Named(
    Names::Facts,
    &Shape::Either(&Shape::Feel, &Shape::Either(&Shape::Of(&DEFINITION), &Shape::List(&Shape::Of(&DEFINITION)))),
);
