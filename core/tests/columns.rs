//! Every column of answers is what `eval` says of each row.

#![cfg(test)]

mod column {
    pub mod cases;
    pub mod expected;
}
mod random;
mod support {
    pub mod answers;
    pub mod pack;
    pub mod sources;
}

use column::cases::{Told, batch};
use column::expected::{Expected, shown};
use proptest::prelude::*;
use random::Choices;
use random::procedure::{Size, random};
use support::pack::compiled;
use thutuc::columns::{Law, Output, Plan, Results};

const FREE: Size = Size { facts: 6, depth: 2, free: true, general: false };
const GENERAL: Size = Size { facts: 5, depth: 2, free: true, general: true };

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..400)
}

fn held_to_eval(bytes: &[u8], size: Size, rows: usize) -> Result<(), TestCaseError> {
    let (for_cases, for_pack) = bytes.split_at(bytes.len().min(140));
    let procedure = random(&mut Choices::new(for_pack), size);
    let text = column::cases::dated(&procedure.text, &mut Choices::new(for_cases));
    let (pack, _) = compiled(&[("procedure.yaml", &text)]);
    let law = Law { program: pack.programs.first().unwrap(), calendar: &pack.calendar };
    let told = Told::random(law.program, rows, for_cases);
    let outputs = Output::all(law.program);
    let plan = Plan::new(law, &outputs).unwrap();
    batch(law.program, &told, |batch| {
        let mut results = Results::default();
        plan.run(law, batch, 0..rows, &mut results);
        let mut expected = Expected::new(law);
        for row in 0..rows {
            expected.decide(&told.case(row), &told.moment(row));
            for (column, answers) in plan.columns().iter().zip(&results.columns) {
                let (is, should_be) = (shown(column, answers, row), expected.shown(&column.output, &told, row));
                prop_assert_eq!(is, should_be, "{} of row {}: {:?} on {:?}\n{}", column.name, row, told.case(row), told.moment(row), text);
            }
        }
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_of_random_procedures_are_what_eval_says(bytes in bytes()) {
        held_to_eval(&bytes, FREE, 100)?;
    }

    #[test]
    fn columns_of_procedures_without_special_forms_are_what_eval_says(bytes in bytes()) {
        held_to_eval(&bytes, GENERAL, 70)?;
    }
}
