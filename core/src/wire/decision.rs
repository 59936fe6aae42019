//! The decision, as every host returns it.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::status::{ConditionStatus, DeadlineStatus, DocumentState, FeesStatus, LinkedOutcome, OutcomeName, Overall};
use crate::compile::program::{Cite, Coded};
use crate::model::{Confidence, Copies, DocumentForm, Language};
use crate::value::{Date, Decimal};

/// A text that is borrowed from the program where it can be.
type Text<'a> = Cow<'a, str>;

/// A whole decision. In JSON dates are ISO text in UTC+07:00, money is an integer number of đồng, other numbers are exact text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Decision<'a> {
    /// The procedure's code.
    pub procedure: Text<'a>,
    /// The day the law is read.
    pub as_of: Date,
    /// The jurisdiction whose overlay was applied, if one was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub jurisdiction: Option<Text<'a>>,
    /// Which rules decided.
    pub pack: PackRef<'a>,
    /// Whether the case may be filed.
    pub outcome: OutcomeName,
    /// Conditions.
    pub eligibility: Eligibility<'a>,
    /// Checks of the electronic identity.
    pub identity: Identity<'a>,
    /// Papers.
    pub documents: Vec<DocumentAnswer<'a>>,
    /// Fees.
    pub fees: Fees<'a>,
    /// By when the authority must answer; null where no deadline applies.
    pub deadline: Option<Deadline<'a>>,
    /// The steps of a linked service, each after those it waits for; none for a procedure of its own.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub linked: Vec<LinkedStep<'a>>,
    /// Facts that can still change something, in the author's order.
    pub missing: Vec<Missing<'a>>,
    /// The fact to ask for next.
    pub next: Option<Text<'a>>,
    /// What is wrong with facts that were told.
    pub problems: Vec<Problem<'a>>,
    /// Law that is not known and that something open rests on.
    pub gaps: Vec<LawGap<'a>>,
}

/// Which rules decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackRef<'a> {
    /// The pack's id.
    pub id: Text<'a>,
    /// Its version.
    pub version: Text<'a>,
    /// The hash of everything that can change a decision.
    pub hash: Text<'a>,
}

/// A citation in the language asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Citation"))]
pub struct Cited<'a> {
    /// The instrument's number.
    pub instrument: Text<'a>,
    /// The instrument's title.
    pub title: Text<'a>,
    /// Instrument and place in words.
    pub text: Text<'a>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// On what an answer rests.
#[derive(Clone, Default)]
pub(super) struct Bases<'a> {
    /// The element.
    pub element: &'a [Cite],
    /// The parameters and definitions that it uses.
    pub rests_on: &'a [Cite],
    /// The rows of tables that decided.
    pub rows: Vec<&'a [Cite]>,
    /// The reduction that applied, with its parameters and definitions.
    pub reduction: [&'a [Cite]; 2],
}

impl<'a> Bases<'a> {
    fn iter(&self) -> impl Iterator<Item = &'a Cite> {
        let rows = self.rows.iter().copied().flatten();
        self.element.iter().chain(self.rests_on).chain(rows).chain(self.reduction.into_iter().flatten())
    }
}

/// Citations, each once, put in words one by one; those of a decision that was read back are in words already.
#[derive(Clone)]
pub struct Citations<'a> {
    pub(super) bases: Bases<'a>,
    language: Language,
    read: Vec<Cited<'a>>,
}

impl<'a> Citations<'a> {
    /// No citation.
    #[must_use]
    pub fn none() -> Citations<'a> {
        Citations::of(Bases::default(), Language::Vi)
    }

    pub(super) fn of(bases: Bases<'a>, language: Language) -> Citations<'a> {
        Citations { bases, language, read: Vec::new() }
    }

    /// The same in words of its own, for citations of what does not stay.
    #[must_use]
    pub(super) fn owned<'o>(&self) -> Citations<'o> {
        let own = |cited: Cited<'a>| Cited {
            instrument: Cow::Owned(cited.instrument.into_owned()),
            title: Cow::Owned(cited.title.into_owned()),
            text: Cow::Owned(cited.text.into_owned()),
            confidence: cited.confidence,
        };
        Citations { bases: Bases::default(), language: self.language, read: self.iter().map(own).collect() }
    }

    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = Cited<'a>> {
        let language = self.language;
        let same = |a: &Cite, b: &Cite| a.instrument == b.instrument && a.words == b.words;
        let first = move |(at, cite): &(usize, &Cite)| !self.bases.iter().take(*at).any(|earlier| same(earlier, cite));
        let in_words = move |(_, cite): (usize, &'a Cite)| Cited {
            instrument: Cow::from(&*cite.instrument),
            title: Cow::from(&**cite.title.get(language)),
            text: Cow::from(&**cite.words.get(language)),
            // As sure as the least sure of those who cite it.
            confidence: self.bases.iter().filter(|other| same(other, cite)).fold(cite.confidence, |least, other| least.max(other.confidence)),
        };
        self.bases.iter().enumerate().filter(first).map(in_words).chain(self.read.iter().cloned())
    }
}

impl<'de, 'a> Deserialize<'de> for Citations<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Citations { read: Vec::deserialize(deserializer)?, ..Citations::none() })
    }
}

impl Serialize for Citations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl PartialEq for Citations<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Citations<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// A fact that decided something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KnownFact<'a> {
    /// Its name.
    pub fact: Text<'a>,
    /// Its value as the host told it.
    pub value: Told<'a>,
}

/// A value as hosts see it. Read back from JSON, numbers and days are texts and sets are lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Told<'a> {
    /// Null.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number, in JSON as exact text.
    #[serde(skip_deserializing)]
    Number(Decimal),
    /// A day, in JSON as ISO text.
    #[serde(skip_deserializing)]
    Date(Date),
    /// A text, a code, a time or a duration.
    Text(Text<'a>),
    /// Codes, each at most once.
    #[serde(skip_deserializing)]
    Set(Codes<'a>),
    /// A list.
    List(Vec<Told<'a>>),
    /// A record.
    Record(
        #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, serde_json::Value>"))]
        #[serde(serialize_with = "record", deserialize_with = "read_record")] Vec<(Text<'a>, Told<'a>)>,
    ),
}

/// The codes of a set, in the declared order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Codes<'a> {
    pub(super) values: &'a [Coded],
    /// Which of the values, a bit each.
    pub(super) bits: u64,
}

impl<'a> Codes<'a> {
    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let bits = self.bits;
        self.values.iter().enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, value)| &*value.code)
    }
}

impl Serialize for Codes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// Writes a record.
fn record<S: Serializer>(record: &[(Text, Told)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(record.iter().map(|(name, value)| (name, value)))
}

fn read_record<'de, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Text<'a>, Told<'a>)>, D::Error> {
    let members: std::collections::BTreeMap<String, Told> = Deserialize::deserialize(deserializer)?;
    Ok(members.into_iter().map(|(name, value)| (Cow::Owned(name), value)).collect())
}

/// All conditions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Eligibility<'a> {
    /// Together.
    pub status: Overall,
    /// One by one.
    pub conditions: Vec<ConditionAnswer<'a>>,
}

/// All identity checks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Identity<'a> {
    /// Together.
    pub status: Overall,
    /// The level that is needed, 0 for none; null while that is open.
    pub required_level: Option<u8>,
    /// One by one.
    pub checks: Vec<ConditionAnswer<'a>>,
}

/// A condition or a check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Condition"))]
pub struct ConditionAnswer<'a> {
    /// Its id.
    pub id: Text<'a>,
    /// Its status.
    pub status: ConditionStatus,
    /// What is wrong, where it is not met.
    pub message: Option<String>,
    /// What would have to change, where it is not met.
    pub wanted: Option<String>,
    /// Its legal basis.
    pub citations: Citations<'a>,
    /// The facts that decided it.
    pub because: Vec<KnownFact<'a>>,
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Document"))]
#[serde(rename_all = "camelCase")]
pub struct DocumentAnswer<'a> {
    /// Its id.
    pub id: Text<'a>,
    /// Its status.
    pub status: DocumentState,
    /// Its name.
    pub name: Text<'a>,
    /// In what form.
    pub form: DocumentForm,
    /// How many.
    pub copies: Copies,
    /// Papers of which any one will do instead.
    pub any_of: Vec<AlternativePaper<'a>>,
    /// Where the state knows it from.
    pub reuse_source: Option<Text<'a>>,
    /// Its legal basis.
    pub citations: Citations<'a>,
    /// The facts that decided it.
    pub because: Vec<KnownFact<'a>>,
}

/// One of several papers that will do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Alternative"))]
pub struct AlternativePaper<'a> {
    /// Its id.
    pub id: Text<'a>,
    /// Its name.
    pub name: Text<'a>,
}

/// All fees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fees<'a> {
    /// Whether they are settled.
    pub status: FeesStatus,
    /// The total in đồng; null while a fee is not settled.
    pub total: Option<i64>,
    /// Always `VND`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = "VND")))]
    pub currency: Text<'a>,
    /// Fees that are due or not settled.
    pub items: Vec<FeeItem<'a>>,
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Fee"))]
pub struct FeeItem<'a> {
    /// Its id.
    pub id: Text<'a>,
    /// Its name.
    pub name: Text<'a>,
    /// Đồng; null while it is not settled.
    pub amount: Option<i64>,
    /// The row of its table that decided.
    pub row: Option<Text<'a>>,
    /// How the amount came about.
    pub calculation: Option<Calculation>,
    /// The reduction that applied.
    pub reduction: Option<Cut<'a>>,
    /// Its legal basis, that of the row and of the reduction included.
    pub citations: Citations<'a>,
    /// The facts that decided it.
    pub because: Vec<KnownFact<'a>>,
}

/// How an amount came about; in JSON as exact text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Calculation {
    /// One unit, after floor and cap.
    pub unit: Decimal,
    /// How many units.
    pub times: Option<Decimal>,
    /// Before reductions and rounding.
    pub before: Decimal,
}

/// A reduction that applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Reduction"))]
pub struct Cut<'a> {
    /// Its id.
    pub id: Text<'a>,
    /// Its name.
    pub name: Text<'a>,
    /// What it took off, in đồng; in JSON as exact text.
    pub off: Decimal,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Deadline<'a> {
    /// Its id; null while it is open which rule applies.
    pub id: Option<Text<'a>>,
    /// How far it is known.
    pub status: DeadlineStatus,
    /// The period in words.
    pub period: Option<String>,
    /// The first day that can count.
    pub starts_on: Option<Date>,
    /// The day it is due.
    pub due_on: Option<Date>,
    /// With hours, the moment.
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::LocalDateTime>"))]
    pub due_at: Option<String>,
    /// How many units were counted.
    pub counted: u32,
    /// Days that were passed over, with the reason.
    pub skipped: Vec<Skipped<'a>>,
    /// Pauses that were not counted.
    pub pauses: Vec<Pause>,
    /// Why it is not determined, where it is not.
    pub message: Option<String>,
    /// Its legal basis.
    pub citations: Citations<'a>,
    /// The facts that decided which rule applies.
    pub because: Vec<KnownFact<'a>>,
}

/// A day that was passed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Skipped<'a> {
    /// The day.
    pub date: Date,
    /// Why.
    pub reason: Text<'a>,
}

/// Days that were not counted because the applicant was completing the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pause {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// A step of a linked service: a procedure that the submission triggers with others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkedStep<'a> {
    /// Its id.
    pub id: Text<'a>,
    /// Its name.
    pub name: Text<'a>,
    /// The code of the procedure it carries out; null where only the step itself is known.
    pub procedure: Option<Text<'a>>,
    /// Who carries it out.
    pub authority: Option<Text<'a>>,
    /// What it makes, where later steps use it.
    pub result: Option<Text<'a>>,
    /// How far it can go.
    pub outcome: LinkedOutcome,
    /// The steps that must be done before it.
    pub after: Vec<Text<'a>>,
    /// Its conditions and checks that are not met: `eligibility.residence_consent`.
    pub unmet: Vec<String>,
    /// Its papers that are wanted, by their ids; a paper of several steps is of each.
    pub documents: Vec<Text<'a>>,
    /// Its fees that are due or not settled, by their ids.
    pub fees: Vec<Text<'a>>,
    /// By when it ends if it and those before it take all the time they may; null where it is not carried out.
    pub limit: Option<Deadline<'a>>,
    /// Why it is not carried out, or what its refusal means for the others.
    pub message: Option<String>,
    /// Its legal basis.
    pub citations: Citations<'a>,
    /// The facts that decided whether it is carried out.
    pub because: Vec<KnownFact<'a>>,
}

/// A fact that can still change something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MissingFact"))]
#[serde(rename_all = "camelCase")]
pub struct Missing<'a> {
    /// Its name.
    pub fact: Text<'a>,
    /// The parts that need it: `eligibility.rent_area`, `fees.registration`, `deadline`, …
    pub needed_by: Vec<String>,
    /// Whether it matters whatever else is answered first.
    pub now: bool,
}

/// A problem with a fact that was told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "FactProblem"))]
pub struct Problem<'a> {
    /// The fact, with the place in it.
    pub fact: Text<'a>,
    /// What kind of problem.
    pub code: Text<'a>,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// Law that is not known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LawGap<'a> {
    /// The parameter, definition, fee or deadline.
    pub id: Text<'a>,
    /// Why it is not known.
    pub message: Text<'a>,
    /// The parts that need it.
    pub needed_by: Vec<String>,
    /// On what basis that is said.
    pub citations: Citations<'a>,
}

/// A verdict without explanation: ids only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Verdict"))]
#[serde(rename_all = "camelCase")]
pub struct VerdictAnswer<'a> {
    /// Whether the case may be filed.
    pub outcome: OutcomeName,
    /// Conditions and checks that are not met.
    pub unmet: Vec<Text<'a>>,
    /// Conditions and checks that are not settled.
    pub undetermined: Vec<Text<'a>>,
    /// Documents that are required.
    pub documents: Vec<Text<'a>>,
    /// The total in đồng; null while a fee is not settled.
    pub fee: Option<i64>,
    /// The day the answer is due.
    pub due_on: Option<Date>,
    /// Whether days off are not published as far as that.
    pub provisional: bool,
    /// What is wrong with facts that were told.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub problems: Vec<Problem<'a>>,
}
