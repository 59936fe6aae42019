//! Which column of a schema tells which fact, and what is kept as it is.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, Field, Schema};
use thutuc::calendar::Stamp;
use thutuc::compile::program::{Coded, Layout, Program, Slot};
use thutuc::diagnostics::nearest;
use thutuc::model::Language;
use thutuc::value::Date;
use thutuc::wire::{TableError, WantedColumn};

use crate::moments;
use crate::told::Told;
use crate::written::Form;

/// How a table is read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Columns whose names are no facts' names: the fact of each, or `None` for a column that is left out. A column in a
    /// struct is named by its path, `applicant.age`.
    pub mapping: Vec<(String, Option<String>)>,
    /// Columns that the answer has too, as they are.
    pub keep: Vec<String>,
    /// What null says of a fact that may be null. A fact that may not be null is missing.
    pub nulls: Nulls,
    /// The day the law is read.
    pub as_of: DayOf,
    /// When the cases were received.
    pub received: ReceivedOf,
    /// The language of problems.
    pub language: Language,
    /// Whether the answer has a column `problems`.
    pub problems: bool,
}

/// What null says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nulls {
    /// That the fact is not told: it is missing, or has its default.
    #[default]
    Missing,
    /// That the answer is "there is none", where the fact is optional.
    Null,
}

/// The day the law is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayOf {
    /// The same day for all cases.
    Constant(Date),
    /// The day of a column. A case without one is not decided.
    Column(String),
}

/// When the cases were received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReceivedOf {
    /// At 08:00 on the day the law is read.
    #[default]
    AsOf,
    /// All at the same moment.
    Constant(Stamp),
    /// The moment of a column; days are at 08:00, as are cases without a moment, on the day the law is read.
    Column(String),
}

impl Options {
    /// Facts by the names of columns, the law of one day.
    #[must_use]
    pub fn on(day: Date) -> Options {
        Options {
            mapping: Vec::new(),
            keep: Vec::new(),
            nulls: Nulls::Missing,
            as_of: DayOf::Constant(day),
            received: ReceivedOf::AsOf,
            language: Language::Vi,
            problems: true,
        }
    }
}

/// Which column of a schema tells which fact. Made once, it reads every record batch of the schema.
#[derive(Clone, Debug)]
pub struct Binding {
    pub(crate) facts: Vec<Bound>,
    keep: Vec<usize>,
    as_of: Moments<Date>,
    received: Option<Moments<Stamp>>,
    pub(crate) nulls: Nulls,
}

#[derive(Clone, Debug)]
enum Moments<T> {
    Constant(T),
    Column(usize),
}

/// A fact and where it is told.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub slot: Slot,
    pub source: FactSource,
    pub form: Form,
}

#[derive(Clone, Debug)]
pub(crate) enum FactSource {
    /// A column.
    Column(Path),
    /// A column of booleans for each code of a set, in the order of the codes.
    Flags(Vec<Path>),
}

/// The way to a column through structs, by position.
pub(crate) type Path = Vec<usize>;

impl Binding {
    /// Binds the columns of a schema to the facts of a program.
    ///
    /// A column tells the fact of its name, `group.name` or `group__name`; a struct tells the facts of its group, or is a set
    /// told as a boolean a code. A set may also be told by columns `fact.code`.
    ///
    /// # Errors
    /// [`TableError`] where a column fits no fact, is of a type the fact cannot be read from, or tells what another tells.
    pub fn new(program: &Program, schema: &Schema, options: &Options) -> Result<Binding, TableError> {
        let mut binder = Binder { program, options, schema, facts: Vec::new(), flags: Vec::new(), mapped: Vec::new() };
        let keep = options.keep.iter().map(|name| binder.top(name, "keep")).collect::<Result<Vec<_>, _>>()?;
        let as_of = match &options.as_of {
            DayOf::Constant(day) => Moments::Constant(*day),
            DayOf::Column(name) => Moments::Column(binder.moments(name, "as_of")?),
        };
        let received = match &options.received {
            ReceivedOf::AsOf => None,
            ReceivedOf::Constant(stamp) => Some(Moments::Constant(*stamp)),
            ReceivedOf::Column(name) => Some(Moments::Column(binder.moments(name, "received_at")?)),
        };
        for (at, field) in schema.fields().iter().enumerate() {
            binder.column(field, field.name(), vec![at])?;
        }
        for (column, _) in &options.mapping {
            if !binder.mapped.contains(column) {
                let names = schema.fields().iter().map(|field| field.name().as_str());
                let near = nearest(column, names).map(str::to_owned);
                return Err(TableError::NoColumn { argument: "mapping", name: column.clone(), near });
            }
        }
        let facts = binder.finish()?;
        Ok(Binding { facts, keep, as_of, received, nulls: options.nulls })
    }

    /// The facts that columns tell.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.facts.iter().map(|bound| bound.slot)
    }

    /// The positions of the columns that are kept.
    #[must_use]
    pub fn kept(&self) -> &[usize] {
        &self.keep
    }

    /// The top columns that are read or kept, in rising order: what a reader of files need not skip.
    #[must_use]
    pub fn needed(&self) -> Vec<usize> {
        let paths = self.facts.iter().flat_map(|bound| match &bound.source {
            FactSource::Column(path) => std::slice::from_ref(path),
            FactSource::Flags(paths) => paths,
        });
        let mut needed: Vec<usize> = paths.filter_map(|path| path.first().copied()).chain(self.keep.iter().copied()).collect();
        needed.extend(if let Moments::Column(at) = self.as_of { Some(at) } else { None });
        needed.extend(if let Some(Moments::Column(at)) = self.received { Some(at) } else { None });
        needed.sort_unstable();
        needed.dedup();
        needed
    }

    /// The columns of texts that are codes of a fact.
    #[must_use]
    pub fn of_codes(&self, program: &Program) -> Vec<usize> {
        let coded = |slot: Slot| program.fact(slot).is_some_and(|fact| matches!(fact.layout, Layout::Enumeration { .. }));
        let facts = self.facts.iter().filter(|bound| coded(bound.slot));
        let top = |bound: &Bound| match &bound.source {
            FactSource::Column(path) => path.first().copied().filter(|_| path.len() == 1),
            FactSource::Flags(_) => None,
        };
        facts.filter_map(top).collect()
    }

    /// Reads a record batch of the schema.
    ///
    /// # Errors
    /// [`TableError::Unreadable`] where the batch is of another schema.
    pub fn tell(&self, program: &Program, batch: &RecordBatch) -> Result<Told, TableError> {
        let mut told = Told::new(batch.num_rows());
        match &self.as_of {
            Moments::Constant(day) => told.on(*day),
            Moments::Column(at) => told.on_days(moments::days(top(batch, *at)?)),
        }
        match &self.received {
            None => {}
            Some(Moments::Constant(stamp)) => told.received_at(*stamp),
            Some(Moments::Column(at)) => told.received_on(moments::stamps(top(batch, *at)?)),
        }
        for bound in &self.facts {
            let Some(fact) = program.fact(bound.slot) else { continue };
            match &bound.source {
                FactSource::Column(path) => {
                    let (array, nulls) = follow(batch, path)?;
                    told.column(bound.slot, fact, (&array, nulls), bound.form, self.nulls);
                }
                FactSource::Flags(paths) => {
                    let flags = paths.iter().map(|path| follow(batch, path)).collect::<Result<Vec<_>, _>>()?;
                    told.flags(bound.slot, fact, &flags, self.nulls);
                }
            }
        }
        Ok(told.finish())
    }
}

fn top(batch: &RecordBatch, at: usize) -> Result<&ArrayRef, TableError> {
    batch.columns().get(at).ok_or_else(another_schema)
}

fn another_schema() -> TableError {
    TableError::Unreadable { why: "a batch has other columns than the first".to_owned() }
}

/// The column at the end of a path, and its nulls with those of the structs it stands in.
fn follow(batch: &RecordBatch, path: &[usize]) -> Result<(ArrayRef, Option<NullBuffer>), TableError> {
    let mut steps = path.iter();
    let first = steps.next().ok_or_else(another_schema)?;
    let mut array = top(batch, *first)?.clone();
    let mut nulls = array.logical_nulls();
    for step in steps {
        let within = array.as_struct_opt().and_then(|within| within.columns().get(*step)).ok_or_else(another_schema)?.clone();
        nulls = NullBuffer::union(nulls.as_ref(), within.logical_nulls().as_ref());
        array = within;
    }
    Ok((array, nulls.filter(|nulls| nulls.null_count() > 0)))
}

struct Binder<'b> {
    program: &'b Program,
    options: &'b Options,
    schema: &'b Schema,
    facts: Vec<(Bound, String)>,
    /// Flags of sets: the set, the position of the code, the way to the column, the column's name.
    flags: Vec<(Slot, usize, Path, String)>,
    mapped: Vec<String>,
}

impl Binder<'_> {
    fn top(&self, name: &str, argument: &'static str) -> Result<usize, TableError> {
        self.schema.index_of(name).map_err(|_| {
            let names = self.schema.fields().iter().map(|field| field.name().as_str());
            TableError::NoColumn { argument, name: name.to_owned(), near: nearest(name, names).map(str::to_owned) }
        })
    }

    fn moments(&self, name: &str, argument: &'static str) -> Result<usize, TableError> {
        let at = self.top(name, argument)?;
        let given = self.schema.field(at).data_type();
        let wanted = if argument == "as_of" { WantedColumn::Day } else { WantedColumn::Moment };
        match moments::readable(given) {
            true => Ok(at),
            false => {
                let (column, fact, given) = (name.to_owned(), argument.to_owned(), given.to_string());
                Err(TableError::WrongType { column, fact, given, wanted })
            }
        }
    }

    /// Finds what a column tells.
    fn column(&mut self, field: &Field, name: &str, path: Path) -> Result<(), TableError> {
        if Form::of(field) == Form::Beside {
            return Ok(());
        }
        if let Some((_, fact)) = self.options.mapping.iter().find(|(column, _)| column == name) {
            self.mapped.push(name.to_owned());
            let Some(fact) = fact else { return Ok(()) };
            if self.tells(field, name, fact, &path)? {
                return Ok(());
            }
            let near = nearest(fact, self.names()).map(str::to_owned);
            return Err(TableError::UnknownFact { column: name.to_owned(), fact: fact.clone(), near });
        }
        if self.tells(field, name, name, &path)? || (name.contains("__") && self.tells(field, name, &name.replace("__", "."), &path)?) {
            return Ok(());
        }
        if let DataType::Struct(members) = field.data_type()
            && self.is_group(name)
        {
            for (at, member) in members.iter().enumerate() {
                let path = path.iter().copied().chain([at]).collect();
                self.column(member, &format!("{name}.{}", member.name()), path)?;
            }
            return Ok(());
        }
        if path.len() == 1 && self.is_for_something_else(name) {
            return Ok(());
        }
        let dotted = name.replace("__", ".");
        let near = nearest(&dotted, self.names()).map(str::to_owned);
        Err(TableError::UnknownColumn { column: name.to_owned(), near })
    }

    /// Binds a column to the fact, or the code of a set, that a name stands for; false if it stands for none.
    fn tells(&mut self, field: &Field, column: &str, name: &str, path: &Path) -> Result<bool, TableError> {
        if let Some(slot) = self.program.slot(name)
            && let Some(fact) = self.program.fact(slot)
        {
            if let (Layout::Set { values }, DataType::Struct(members)) = (&fact.layout, field.data_type()) {
                for (at, member) in members.iter().enumerate() {
                    let path = path.iter().copied().chain([at]).collect();
                    let column = format!("{column}.{}", member.name());
                    self.flag(slot, values, member, &column, member.name(), path)?;
                }
                return Ok(true);
            }
            let form = Form::of(field);
            if form == Form::Typed {
                self.suits(field, column, name, &fact.layout)?;
            }
            self.facts.push((Bound { slot, source: FactSource::Column(path.clone()), form }, column.to_owned()));
            return Ok(true);
        }
        let Some((set, code)) = name.rsplit_once('.') else { return Ok(false) };
        let Some(slot) = self.program.slot(set) else { return Ok(false) };
        match self.program.fact(slot).map(|fact| &fact.layout) {
            Some(Layout::Set { values }) => self.flag(slot, values, field, column, code, path.clone()).map(|()| true),
            _ => Ok(false),
        }
    }

    fn flag(&mut self, slot: Slot, values: &[Coded], field: &Field, column: &str, code: &str, path: Path) -> Result<(), TableError> {
        let Some(at) = values.iter().position(|value| &*value.code == code) else {
            let near = nearest(code, values.iter().map(|value| &*value.code)).map(str::to_owned);
            return Err(TableError::UnknownColumn { column: column.to_owned(), near });
        };
        self.suits(field, column, column, &Layout::Boolean)?;
        if let Some((.., first)) = self.flags.iter().find(|(of, code, ..)| *of == slot && *code == at) {
            return Err(TableError::Twice { fact: column.to_owned(), first: first.clone(), second: column.to_owned() });
        }
        self.flags.push((slot, at, path, column.to_owned()));
        Ok(())
    }

    fn suits(&self, field: &Field, column: &str, fact: &str, layout: &Layout) -> Result<(), TableError> {
        match suits(layout, field.data_type()) {
            Ok(()) => Ok(()),
            Err(wanted) => {
                let given = field.data_type().to_string();
                Err(TableError::WrongType { column: column.to_owned(), fact: fact.to_owned(), given, wanted })
            }
        }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.program.facts.iter().map(|fact| &*fact.name)
    }

    fn is_group(&self, name: &str) -> bool {
        self.names().any(|fact| fact.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
    }

    fn is_for_something_else(&self, name: &str) -> bool {
        let Options { keep, as_of, received, .. } = self.options;
        let as_of = matches!(as_of, DayOf::Column(column) if column == name);
        let received = matches!(received, ReceivedOf::Column(column) if column == name);
        as_of || received || keep.iter().any(|column| column == name)
    }

    fn finish(mut self) -> Result<Vec<Bound>, TableError> {
        self.flags.sort_by_key(|(slot, code, ..)| (slot.0, *code));
        let sets: Vec<Slot> = self.flags.iter().map(|(slot, ..)| *slot).collect();
        for slot in sets {
            if self.facts.iter().any(|(bound, _)| bound.slot == slot && matches!(bound.source, FactSource::Flags(_))) {
                continue;
            }
            let Some(fact) = self.program.fact(slot) else { continue };
            let Layout::Set { values } = &fact.layout else { continue };
            let of: Vec<_> = self.flags.iter().filter(|(of, ..)| *of == slot).collect();
            if let Some((_, value)) = values.iter().enumerate().find(|(at, _)| of.iter().all(|(_, code, ..)| code != at)) {
                return Err(TableError::NoFlag { fact: fact.name.to_string(), code: value.code.to_string() });
            }
            let first = of.first().map(|(.., column)| column.clone()).unwrap_or_default();
            let source = FactSource::Flags(of.into_iter().map(|(_, _, path, _)| path.clone()).collect());
            self.facts.push((Bound { slot, source, form: Form::Typed }, first));
        }
        self.facts.sort_by_key(|(bound, _)| bound.slot.0);
        for ((one, first), (other, second)) in self.facts.iter().zip(self.facts.iter().skip(1)) {
            if one.slot == other.slot {
                let fact = self.program.fact(one.slot).map(|fact| fact.name.to_string()).unwrap_or_default();
                return Err(TableError::Twice { fact, first: first.clone(), second: second.clone() });
            }
        }
        Ok(self.facts.into_iter().map(|(bound, _)| bound).collect())
    }
}

/// Whether a fact can be read from cells of a type.
fn suits(layout: &Layout, given: &DataType) -> Result<(), WantedColumn> {
    let given = match given {
        DataType::Dictionary(_, values) => values,
        other => other,
    };
    let text = is_text(given);
    let listed = |item: fn(&DataType) -> bool| match given {
        DataType::List(of) | DataType::LargeList(of) | DataType::FixedSizeList(of, _) | DataType::ListView(of) | DataType::LargeListView(of) => {
            matches!(of.data_type(), DataType::Null) || item(of.data_type())
        }
        _ => false,
    };
    let (fits, wanted) = match layout {
        Layout::Boolean => (*given == DataType::Boolean, WantedColumn::Boolean),
        Layout::Number { .. } => (text || given.is_numeric(), WantedColumn::Number),
        Layout::Enumeration { .. } | Layout::Text { .. } => (text, WantedColumn::Text),
        Layout::Set { .. } => (listed(is_text) || given.is_unsigned_integer(), WantedColumn::Set),
        Layout::Date { .. } => {
            (text || matches!(given, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..)), WantedColumn::Day)
        }
        Layout::Time => (text || matches!(given, DataType::Time32(_) | DataType::Time64(_)), WantedColumn::Time),
        Layout::DateTime => (text || matches!(given, DataType::Timestamp(..)), WantedColumn::Moment),
        Layout::Texts { .. } => (listed(is_text), WantedColumn::Texts),
        Layout::Records { .. } => (listed(|item| matches!(item, DataType::Struct(_))), WantedColumn::Records),
    };
    if fits || *given == DataType::Null { Ok(()) } else { Err(wanted) }
}

/// Whether a type is of texts, coded or not.
pub(crate) fn is_text(of: &DataType) -> bool {
    match of {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}
