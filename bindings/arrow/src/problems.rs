//! What does not fit, row by row.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{Array, ArrayRef, ListArray, new_empty_array};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field, Fields};
use thutuc::eval::FactProblem;
use thutuc::model::Language;
use thutuc::wire::wire_problem;

/// The problems of the rows of a record batch; a row may have several.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    all: Vec<(usize, Arc<FactProblem>)>,
}

impl Problems {
    pub(crate) fn push(&mut self, row: usize, problem: &Arc<FactProblem>) {
        self.all.push((row, Arc::clone(problem)));
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether everything fits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The problems with their rows, in the order of the rows, those of a row in the order of the columns.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &FactProblem)> {
        self.all.iter().map(|(row, problem)| (*row, &**problem))
    }

    /// Takes those of a part of the rows, which begins at a row.
    pub(crate) fn append(&mut self, part: Problems, begin: usize) {
        self.all.extend(part.all.into_iter().map(|(row, problem)| (begin + row, problem)));
    }

    pub(crate) fn in_order(mut self) -> Problems {
        self.all.sort_by_key(|(row, _)| *row);
        self
    }

    /// The type of the column of problems: a list of `fact`, `code` and `message` for each row, empty where all fits.
    #[must_use]
    pub fn data_type() -> DataType {
        DataType::List(Arc::new(Field::new_list_field(DataType::Struct(members()), true)))
    }

    /// The column of problems.
    #[must_use]
    pub fn column(&self, rows: usize, language: Language) -> ArrayRef {
        let texts = || Box::new(StringBuilder::new()) as Box<dyn arrow_array::builder::ArrayBuilder>;
        let structs = || StructBuilder::new(members(), vec![texts(), texts(), texts()]);
        let mut lists = ListBuilder::new(structs());
        let mut left = self.all.iter().peekable();
        for row in 0..rows {
            while let Some((_, problem)) = left.next_if(|(of, _)| *of <= row) {
                let problem = wire_problem(problem, language);
                let members = [&*problem.fact, &*problem.code, &problem.message];
                for (at, text) in members.into_iter().enumerate() {
                    if let Some(texts) = lists.values().field_builder::<StringBuilder>(at) {
                        texts.append_value(text);
                    }
                }
                lists.values().append(true);
            }
            lists.append(true);
        }
        Arc::new(lists.finish())
    }
}

/// The column of problems of cases in which everything fits: made once, of as many rows as were asked for so far.
#[derive(Debug, Default)]
pub(crate) struct NoProblems(Mutex<Option<ArrayRef>>);

impl NoProblems {
    pub fn column(&self, rows: usize) -> ArrayRef {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*made {
            Some(longest) if rows <= longest.len() => longest.slice(0, rows),
            _ => {
                let field = Arc::new(Field::new_list_field(DataType::Struct(members()), true));
                let none = new_empty_array(&DataType::Struct(members()));
                let column: ArrayRef = Arc::new(ListArray::new(field, OffsetBuffer::new_zeroed(rows), none, None));
                *made = Some(Arc::clone(&column));
                column
            }
        }
    }
}

fn members() -> Fields {
    Fields::from_iter(["fact", "code", "message"].map(|name| Field::new(name, DataType::Utf8, true)))
}
