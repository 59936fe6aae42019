//! The keys of the rule language, each declared once: the reader and the JSON Schema both read these tables.

mod assessment;
mod element;
mod fact;
mod file;
mod linked;

pub(super) use assessment::{ASSESSMENT, CLASS, DIMENSION, GOAL, LISTING, MEASURE, SCORE};
pub(super) use element::{
    ALTERNATIVE, APOLOGY, AUTHORITY, CLOCKS, CONDITION, COPIES, CUTOFF, DATED_VALUE, DEADLINE, DECLARATION, DEFINITION, DOCUMENT, EFFECTS, FEE, FORMS, HITS,
    IDENTITY, LOWER, PARAMETER, REDUCTION, REQUIREMENT, ROUNDING, ROUNDING_MODES, ROW, STEP, TIER, TIERS,
};
pub(super) use linked::{IF_REFUSED, LINK, MAPPED_FACT};
pub(super) use fact::{FACT_TYPES, FIELD_TYPES, FORMATS};
pub(super) use file::{
    ACCOUNT, AMENDMENT, AUTHORITIES, CALENDAR, CASE, CASES, CHANGES, COVERS, DATABASE, DATABASES, DAY, FILES, INSERT, INSTRUMENT, INSTRUMENTS, ONLINE, PACK,
    PARAMETER_CHANGE, PROCEDURE, REPLACE, REUSE_DUTY, SECTIONS, SERVICE_LEVEL, VOCABULARY,
};

/// A kind of mapping and the keys it may have.
#[derive(Debug)]
pub(super) struct Node {
    /// What it is, with an article: `a condition`.
    pub what: &'static str,
    /// Its keys, in groups that kinds share.
    pub keys: &'static [&'static [Key]],
    /// Of each of these, exactly one key is given.
    pub choices: &'static [&'static [&'static str]],
}

/// A key.
#[derive(Debug)]
pub(super) struct Key {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What stands under it.
    pub shape: Shape,
    /// What it says, in a sentence.
    pub doc: &'static str,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Always.
    Required,
    /// Never.
    Optional,
    /// Never, and only beside another key.
    Beside(&'static str),
}

/// What stands under a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// A text that is not shown to citizens, or is the same in every language.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, not negative.
    Count,
    /// An exact decimal.
    Number,
    /// `YYYY-MM-DD`.
    Date,
    /// `YYYY-MM-DD`, or `unknown`.
    DateOrUnknown,
    /// `HH:MM`.
    Time,
    /// `YYYY-MM-DDTHH:MM`.
    Moment,
    /// A year.
    Year,
    /// `lower_snake_case`.
    Id,
    /// The number of an instrument, or the code of a procedure.
    Code,
    /// Dotted `group.name`.
    FactName,
    /// `section.id`.
    Path,
    /// One of a closed set, with what each means.
    Choice(&'static [(&'static str, &'static str)]),
    /// A FEEL expression.
    Feel,
    /// `{ vi, en }`.
    Label,
    /// `7 working days`.
    Period,
    /// One citation or a list.
    Citations,
    /// A pipe table.
    Table,
    /// A value of a parameter.
    Value,
    /// Anything; read once its type is known.
    Any,
    /// Anything that stands in an element of a section.
    Element,
    /// A list.
    List(&'static Shape),
    /// One, or a list.
    OneOrMore(&'static Shape),
    /// Either.
    Either(&'static Shape, &'static Shape),
    /// A mapping with known keys.
    Of(&'static Node),
    /// A mapping whose values are of one of several kinds: the first whose first key is there.
    OneOf(&'static [&'static Node]),
    /// A mapping from names to values of one shape.
    Named(Names, &'static Shape),
    /// A declaration of a fact, by its `type`.
    Fact,
    /// A declaration of a field of a record, by its `type`.
    Field,
}

/// What the keys of a [`Shape::Named`] mapping are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// Dotted names of facts.
    Facts,
    /// `lower_snake_case`.
    Ids,
    /// Codes of an enumeration.
    Codes,
    /// Numbers of instruments.
    Instruments,
    /// Paths into a decision.
    Paths,
}

impl Node {
    /// All its keys.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.keys.iter().flat_map(|group| group.iter())
    }

    /// The key of a name.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.all().find(|key| key.name == name)
    }
}

const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, need: Need::Required, shape, doc }
}

const fn optional(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, need: Need::Optional, shape, doc }
}

const fn beside(other: &'static str, name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, need: Need::Beside(other), shape, doc }
}

/// How sure the author is.
pub(super) const CONFIDENCE: &[(&str, &str)] =
    &[("verified", "read in a source that is named"), ("recalled", "from memory"), ("uncertain", "contradictory, incomplete or inferred")];

/// The days on which something is in force.
const DATES: &[Key] = &[
    optional("from", Shape::Date, "the first day in force; absent: the procedure's own"),
    optional("until", Shape::Date, "the last day in force; absent: the procedure's own"),
];

/// On what something rests.
const BASIS: &[Key] = &[
    optional("cite", Shape::Citations, "the legal basis: `68/2020/QH14 art 20(3)(b)`, or a list"),
    optional("confidence", Shape::Choice(CONFIDENCE), "how sure it is; `verified` if absent"),
    optional("note", Shape::Text, "free text for legal staff"),
];
