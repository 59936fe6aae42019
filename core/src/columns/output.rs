//! What can be wanted of decisions, a column each.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::compile::program::Program;

/// A column of answers. Elements are named by their ids, facts and definitions by their names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// Whether there is a decision: [`code::STANDING`].
    Standing,
    /// [`code::OUTCOME`]
    Outcome,
    /// The status of all conditions of eligibility together: [`code::OVERALL`].
    Eligibility,
    /// The status of all identity checks together: [`code::OVERALL`].
    Identity,
    /// The status of a condition of eligibility: [`code::CONDITION`].
    Condition(Arc<str>),
    /// The status of an identity check: [`code::CONDITION`].
    Check(Arc<str>),
    /// The first condition, then check, that is not met.
    FirstUnmet,
    /// The identity level that is needed; null while that is open.
    RequiredLevel,
    /// The status of a document: [`code::DOCUMENT`].
    Document(Arc<str>),
    /// The amount of a fee in đồng; null unless it is settled and due.
    Fee(Arc<str>),
    /// How far a fee is settled: [`code::FEE`].
    FeeState(Arc<str>),
    /// The row of the table that gave a fee's amount.
    FeeRow(Arc<str>),
    /// The reduction that applied to a fee.
    FeeReduction(Arc<str>),
    /// The sum of all fees in đồng; null while one is open.
    FeeTotal,
    /// The day the answer is due; null unless it is determined or provisional.
    Due,
    /// How far that day is known: [`code::DUE`].
    DueState,
    /// The deadline that applies; null while that is open.
    DeadlineRule,
    /// Whether a fact is missing that can still change the decision: [`code::MISSING`].
    Missing(Arc<str>),
    /// The fact to ask for next; null where there is none.
    Next,
    /// Whether what was told of a fact does not fit.
    Problem(Arc<str>),
    /// The value of a definition; null unless it is known and not null.
    Definition(Arc<str>),
    /// What is known of a definition: [`code::DEFINITION`].
    DefinitionState(Arc<str>),
    /// The row of the table that gave a definition's value.
    DefinitionRow(Arc<str>),
}

/// The codes of columns of codes: their names, in the order of the codes.
pub mod code {
    /// Whether there is a decision: the procedure has law on the day, or has none, or the rules cost more than the limits allow.
    pub const STANDING: &[&str] = &["decided", "not_in_force", "limit_exceeded"];
    /// Whether the case may be filed.
    pub const OUTCOME: &[&str] = &["accept", "refuse", "ask"];
    /// Conditions together.
    pub const OVERALL: &[&str] = &["met", "unmet", "undetermined"];
    /// A condition or check; the last two are not settled, for want of a fact or of law.
    pub const CONDITION: &[&str] = &["met", "unmet", "not_applicable", "missing", "unknown"];
    /// A document; the last two are not settled, for want of a fact or of law.
    pub const DOCUMENT: &[&str] = &["required", "provided", "reused", "not_required", "missing", "unknown"];
    /// A fee; the last two are not settled, for want of a fact or of law.
    pub const FEE: &[&str] = &["due", "not_due", "missing", "unknown"];
    /// The day due.
    pub const DUE: &[&str] = &["none", "determined", "provisional", "undetermined"];
    /// A fact: it makes no difference, it may come to matter, it matters whatever is answered first.
    pub const MISSING: &[&str] = &["no", "later", "now"];
    /// A definition.
    pub const DEFINITION: &[&str] = &["known", "null", "missing", "unknown"];
}

/// What a column of answers holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Positions in a list of names: a byte each, four if there are more than 256 names.
    Codes(Vec<Arc<str>>),
    /// Booleans.
    Bits,
    /// A small integer.
    Level,
    /// Days since 1970-01-01.
    Days,
    /// Đồng.
    Amounts,
    /// Numbers times 10 to the power of the scale.
    Numbers {
        /// Decimal places.
        scale: u8,
    },
    /// Texts of which no list is known beforehand: positions in a list that comes with the answers.
    Texts,
    /// Values of any other type.
    Values,
}

/// A column of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputColumn {
    /// What it tells.
    pub output: Output,
    /// Its name: `eligibility.rent_area`, `fees.total`.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A column that a program does not have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("procedure {procedure} has no column `{name}`")]
pub struct UnknownOutput {
    /// The procedure.
    pub procedure: String,
    /// The column.
    pub name: String,
    /// The nearest column there is.
    pub near: Option<String>,
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Output::Standing => f.write_str("standing"),
            Output::Outcome => f.write_str("outcome"),
            Output::Eligibility => f.write_str("eligibility"),
            Output::Identity => f.write_str("identity"),
            Output::Condition(id) => write!(f, "eligibility.{id}"),
            Output::Check(id) => write!(f, "identity.{id}"),
            Output::FirstUnmet => f.write_str("first_unmet"),
            Output::RequiredLevel => f.write_str("required_level"),
            Output::Document(id) => write!(f, "documents.{id}"),
            Output::Fee(id) => write!(f, "fees.{id}"),
            Output::FeeState(id) => write!(f, "fees.{id}.state"),
            Output::FeeRow(id) => write!(f, "fees.{id}.row"),
            Output::FeeReduction(id) => write!(f, "fees.{id}.reduction"),
            Output::FeeTotal => f.write_str("fee_total"),
            Output::Due => f.write_str("due"),
            Output::DueState => f.write_str("due.state"),
            Output::DeadlineRule => f.write_str("due.rule"),
            Output::Missing(fact) => write!(f, "missing.{fact}"),
            Output::Next => f.write_str("next"),
            Output::Problem(fact) => write!(f, "problem.{fact}"),
            Output::Definition(name) => write!(f, "definitions.{name}"),
            Output::DefinitionState(name) => write!(f, "definitions.{name}.state"),
            Output::DefinitionRow(name) => write!(f, "definitions.{name}.row"),
        }
    }
}

impl Output {
    /// Every column that a program has: what is decided, then definitions, then facts.
    #[must_use]
    pub fn all(program: &Program) -> Vec<Output> {
        let mut all = vec![Output::Standing, Output::Outcome, Output::Eligibility];
        let epochs = &program.epochs;
        let condition = |info: u16| program.conditions.get(usize::from(info)).map(|info| info.id.clone());
        let eligibility = ids(epochs.iter().flat_map(|epoch| &epoch.eligibility).filter_map(|code| condition(code.info)));
        let identity = ids(epochs.iter().flat_map(|epoch| &epoch.identity).filter_map(|code| condition(code.info)));
        let document = |info: u16| program.documents.get(usize::from(info)).map(|info| info.id.clone());
        let documents = ids(epochs.iter().flat_map(|epoch| &epoch.documents).filter_map(|code| document(code.info)));
        let fee = |info: u16| program.fees.get(usize::from(info)).map(|info| info.id.clone());
        let fees = ids(epochs.iter().flat_map(|epoch| &epoch.fees).filter_map(|code| fee(code.info)));
        all.extend(eligibility.into_iter().map(Output::Condition));
        all.push(Output::Identity);
        all.extend(identity.into_iter().map(Output::Check));
        all.extend([Output::FirstUnmet, Output::RequiredLevel]);
        all.extend(documents.into_iter().map(Output::Document));
        for id in fees {
            all.extend([Output::Fee(id.clone()), Output::FeeState(id.clone()), Output::FeeRow(id.clone()), Output::FeeReduction(id)]);
        }
        all.extend([Output::FeeTotal, Output::Due, Output::DueState, Output::DeadlineRule]);
        for named in &program.definitions {
            let name = &named.name;
            all.extend([Output::Definition(name.clone()), Output::DefinitionState(name.clone()), Output::DefinitionRow(name.clone())]);
        }
        all.extend(program.facts.iter().map(|fact| Output::Missing(fact.name.clone())));
        all.push(Output::Next);
        all.extend(program.facts.iter().map(|fact| Output::Problem(fact.name.clone())));
        all
    }

    /// The names of the columns that are wanted where nobody says which.
    pub const USUAL: [&str; 6] = ["standing", "outcome", "first_unmet", "fee_total", "due", "due.state"];

    /// The columns that names stand for, each once; `*` at the end of a name stands for all that begin as it does.
    ///
    /// # Errors
    /// [`UnknownOutput`] where a name stands for none.
    pub fn of_names(program: &Program, names: &[impl AsRef<str>]) -> Result<Vec<Output>, UnknownOutput> {
        let all: Vec<(Output, String)> = Output::all(program).into_iter().map(|output| (output.clone(), output.to_string())).collect();
        let mut wanted: Vec<Output> = Vec::new();
        for name in names.iter().map(AsRef::as_ref) {
            let before = name.strip_suffix('*');
            let of = |known: &str| before.map_or(known == name, |before| known.starts_with(before));
            let mut found = all.iter().filter(|(_, known)| of(known)).map(|(output, _)| output).peekable();
            if found.peek().is_none() {
                let near = crate::diagnostics::nearest(before.unwrap_or(name), all.iter().map(|(_, known)| known.as_str()));
                return Err(UnknownOutput { procedure: program.code.to_string(), name: name.to_owned(), near: near.map(str::to_owned) });
            }
            found.for_each(|output| if !wanted.contains(output) { wanted.push(output.clone()) });
        }
        Ok(wanted)
    }

    /// The column of a name.
    ///
    /// # Errors
    /// [`UnknownOutput`] where the program has none of that name.
    pub fn parse(program: &Program, name: &str) -> Result<Output, UnknownOutput> {
        let all = Output::all(program);
        match all.iter().find(|output| output.to_string() == name) {
            Some(output) => Ok(output.clone()),
            None => Err(unknown(program, name, &all)),
        }
    }
}

/// What is said of a column that a program does not have.
pub(super) fn unknown(program: &Program, name: &str, all: &[Output]) -> UnknownOutput {
    let names: Vec<String> = all.iter().map(Output::to_string).collect();
    let near = crate::diagnostics::nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
    UnknownOutput { procedure: program.code.to_string(), name: name.to_owned(), near }
}

/// Each id once, in the order they come.
pub(super) fn ids(all: impl Iterator<Item = Arc<str>>) -> Vec<Arc<str>> {
    let mut seen: Vec<Arc<str>> = Vec::new();
    all.for_each(|id| if !seen.contains(&id) { seen.push(id) });
    seen
}
