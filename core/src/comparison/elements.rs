//! The elements of two programs side by side, by their ids.

use std::sync::Arc;

use crate::columns::{Kind, Law, Output, OutputColumn, Paired, UnknownOutput};
use crate::compile::program::{ConditionCode, Program};

/// The elements of either program: first the baseline's, then those that only the reform has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elements {
    /// Conditions of eligibility, then identity checks.
    pub conditions: Vec<ConditionElement>,
    /// Documents.
    pub documents: Vec<Arc<str>>,
    /// Fees; the total is not among them.
    pub fees: Vec<Arc<str>>,
}

/// A condition or a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionElement {
    /// Its id.
    pub id: Arc<str>,
    /// Whether it is an identity check.
    pub is_check: bool,
}

impl Elements {
    /// The elements of two programs.
    #[must_use]
    pub fn of(baseline: &Program, reform: &Program) -> Elements {
        let mut elements = Elements::default();
        for program in [baseline, reform] {
            let mut conditions = |is_check, codes: &[ConditionCode]| {
                for info in codes.iter().filter_map(|code| program.conditions.get(usize::from(code.info))) {
                    add(&mut elements.conditions, ConditionElement { id: info.id.clone(), is_check });
                }
            };
            program.epochs.iter().for_each(|epoch| conditions(false, &epoch.eligibility));
            program.epochs.iter().for_each(|epoch| conditions(true, &epoch.identity));
            program.documents.iter().for_each(|info| add(&mut elements.documents, info.id.clone()));
            program.fees.iter().for_each(|info| add(&mut elements.fees, info.id.clone()));
        }
        elements
    }
}

fn add<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}

/// One of the two: its law, the columns that are wanted of it, and where each element is found among them.
#[derive(Debug)]
pub(super) struct Side<'p> {
    pub law: Law<'p>,
    columns: Vec<OutputColumn>,
    pub conditions: Vec<Option<usize>>,
    pub documents: Vec<Option<usize>>,
    pub fees: Vec<Option<FeePlaces>>,
    /// Names of the deadlines' codes.
    pub rules: usize,
}

/// Where the columns of a fee are.
#[derive(Clone, Copy, Debug)]
pub(super) struct FeePlaces {
    pub amount: usize,
    pub state: usize,
    pub row: usize,
    pub reduction: usize,
}

/// The columns that both sides have, at these places.
pub(super) const OUTCOME: usize = 0;
pub(super) const TOTAL: usize = 1;
pub(super) const DUE: usize = 2;
pub(super) const DUE_STATE: usize = 3;
const RULE: usize = 4;

impl<'p> Side<'p> {
    /// Both sides and the plans of their columns, which share what they have in common where one batch serves both. What gave a
    /// fee or a deadline is told where it differs, and the total of an only fee where it is another.
    pub fn both(laws: [Law<'p>; 2], elements: &Elements, together: bool) -> Result<([Side<'p>; 2], Paired<'p>), UnknownOutput> {
        let [(mut baseline, wanted), (mut reform, of_reform)] = laws.map(|law| Side::places(law, elements));
        let plans = Paired::new(laws, [&wanted, &of_reform], together, |output| match output {
            Output::FeeTotal => elements.fees.len() == 1,
            output => matches!(output, Output::FeeRow(_) | Output::FeeReduction(_) | Output::DeadlineRule),
        })?;
        (baseline.columns, reform.columns) = (plans.columns(0).to_vec(), plans.columns(1).to_vec());
        Ok(([baseline, reform], plans))
    }

    /// A side before it has its columns, and those that are wanted of it.
    fn places(law: Law<'p>, elements: &Elements) -> (Side<'p>, Vec<Output>) {
        let mut wanted = vec![Output::Outcome, Output::FeeTotal, Output::Due, Output::DueState, Output::DeadlineRule];
        let has: Vec<Output> = Output::all(law.program);
        let mut place = |output: Output| {
            has.contains(&output).then(|| {
                wanted.push(output);
                wanted.len() - 1
            })
        };
        let conditions = elements.conditions.iter().map(|element| match element.is_check {
            true => place(Output::Check(element.id.clone())),
            false => place(Output::Condition(element.id.clone())),
        });
        let conditions = conditions.collect();
        let documents = elements.documents.iter().map(|id| place(Output::Document(id.clone()))).collect();
        let fees = elements.fees.iter().map(|id| {
            Some(FeePlaces {
                amount: place(Output::Fee(id.clone()))?,
                state: place(Output::FeeState(id.clone()))?,
                row: place(Output::FeeRow(id.clone()))?,
                reduction: place(Output::FeeReduction(id.clone()))?,
            })
        });
        let fees = fees.collect();
        (Side { law, columns: Vec::new(), conditions, documents, fees, rules: RULE }, wanted)
    }
}

impl Side<'_> {
    /// The name of a code of a column, counted from 1; 0 is none.
    pub fn name_of(&self, column: usize, code: u64) -> Option<&Arc<str>> {
        match &self.columns.get(column)?.kind {
            Kind::Codes(names) => names.get(usize::try_from(code).ok()?.checked_sub(1)?),
            _ => None,
        }
    }
}
