//! Plans that were made, for the next table of the same columns: to make one takes longer than to decide thousands of cases.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use thutuc::columns::{Law, Output, Plan, UnknownOutput};

/// Plans that are kept: who decides part after part of a table asks for one again and again, few ask for many.
const MOST: usize = 8;

/// The last plans that were asked for, of the programs of one pack.
#[derive(Debug, Default)]
pub struct Plans(Mutex<VecDeque<(usize, Arc<Plan>)>>);

impl Plans {
    /// The plan of the program at a position in the pack, for some columns.
    ///
    /// # Errors
    /// As of [`Plan::new`].
    pub fn of(&self, program: usize, law: Law, outputs: &[Output]) -> Result<Arc<Plan>, UnknownOutput> {
        let is_it = |(of, plan): &(usize, Arc<Plan>)| *of == program && plan.columns().iter().map(|column| &column.output).eq(outputs);
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, plan)) = kept().iter().find(|one| is_it(one)) {
            return Ok(Arc::clone(plan));
        }
        let plan = Arc::new(Plan::new(law, outputs)?);
        let mut kept = kept();
        if kept.len() == MOST {
            kept.pop_front();
        }
        kept.push_back((program, Arc::clone(&plan)));
        Ok(plan)
    }
}
