//! Tables in and out: what columns tell is what a host tells of each case.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int8Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int64Array, LargeStringArray, ListArray, RecordBatch,
    RecordBatchIterator, StringArray, StringViewArray, StructArray, UInt8Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use thutuc::columns::{Law, Output};
use thutuc::compile::{CompiledPack, build};
use thutuc::source::{Cases, Source, SourceMap, rule_files};
use thutuc::value::Date;
use thutuc::wire::{TableError, program};
use thutuc_arrow::{DayOf, Decided, Decider, HasLaw, Nulls, Options, Sliced, outputs};

const CODE: &str = "0.000001";

struct Workload(CompiledPack);

impl HasLaw for Workload {
    fn law(&self) -> Law<'_> {
        Law { program: program(&self.0, CODE, None).unwrap(), calendar: &self.0.calendar }
    }
}

fn workload() -> Arc<Workload> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workload/rules");
    let mut sources = SourceMap::default();
    for file in rule_files(&folder, Cases::Skip).unwrap() {
        sources.add(Source::new(file.display().to_string(), std::fs::read_to_string(&file).unwrap()));
    }
    Arc::new(Workload(build(&sources, &[]).compiled.unwrap()))
}

struct Shared(Arc<Workload>);

impl HasLaw for Shared {
    fn law(&self) -> Law<'_> {
        self.0.law()
    }
}

fn options() -> Options {
    Options::on(Date::parse("2025-03-03").unwrap())
}

fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

/// Four cases; the first is whole, the others lack something or have it wrong.
fn cases() -> RecordBatch {
    let sets = ListArray::from_iter_primitive::<Int8Type, _, _>(
        [Some(vec![Some(0), Some(4)]), Some(vec![]), None, Some(vec![Some(1), Some(1)])],
    );
    let codes = ["ct01_form", "ownership_proof", "rental_contract", "kinship_proof", "institution_certificate", "exemption_proof"];
    let items = sets.values().as_primitive::<Int8Type>().clone();
    let items: DictionaryArray<Int8Type> = DictionaryArray::new(items, Arc::new(StringArray::from(codes.to_vec())));
    let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
    let sets = ListArray::new(field, sets.offsets().clone(), Arc::new(items), sets.nulls().cloned());
    table(vec![
        ("channel", Arc::new(StringArray::from(vec![Some("post"), Some("online"), None, Some("by_hand")]))),
        ("applicant_age", Arc::new(Int64Array::from(vec![Some(30), Some(-1), Some(7), Some(40)]))),
        ("residence_basis", Arc::new(StringViewArray::from(vec![Some("own"), Some("rent"), Some("institution"), Some("own")]))),
        ("floor_area_per_person", Arc::new(Float64Array::from(vec![Some(12.5), Some(f64::NAN), Some(7.9), Some(0.25)]))),
        ("owner_consent", Arc::new(BooleanArray::from(vec![Some(true), Some(false), None, Some(true)]))),
        ("minor_with_parent", Arc::new(BooleanArray::from(vec![true, true, false, true]))),
        ("eid_level", Arc::new(UInt8Array::from(vec![2, 3, 2, 2]))),
        ("eid_locked", Arc::new(BooleanArray::from(vec![false; 4]))),
        ("exempt_group", Arc::new(LargeStringArray::from(vec!["none", "child", "none", "merit"]))),
        ("documents_in_database", Arc::new(sets)),
        ("day", Arc::new(Date32Array::from(vec![Some(20_000), Some(20_001), None, Some(20_002)]))),
        ("weight", Arc::new(Int64Array::from(vec![1, 2, 3, 4]))),
    ])
}

fn decider(law: &Workload, table: &RecordBatch, options: &Options, wanted: &[&str]) -> Result<Decider, TableError> {
    let names: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
    Decider::new(law.law(), &table.schema(), options, &outputs(law.law(), &names)?)
}

fn texts(batch: &RecordBatch, name: &str) -> Vec<Option<String>> {
    let array = batch.column_by_name(name).unwrap();
    let dictionary = array.as_dictionary::<Int8Type>();
    let names = dictionary.values().as_string::<i32>();
    dictionary.keys().iter().map(|key| key.map(|key| names.value(key as usize).to_owned())).collect()
}

/// The problems of each row, as `fact code`.
fn problems(batch: &RecordBatch) -> Vec<Vec<String>> {
    let lists = batch.column_by_name("problems").unwrap().as_list::<i32>();
    let of = |row: usize| {
        let items = lists.value(row);
        let items = items.as_struct();
        let (facts, codes) = (items.column(0).as_string::<i32>(), items.column(1).as_string::<i32>());
        facts.iter().zip(codes).map(|(fact, code)| format!("{} {}", fact.unwrap(), code.unwrap())).collect()
    };
    (0..batch.num_rows()).map(of).collect()
}

#[test]
fn a_cell_that_does_not_fit_is_missing_and_told() {
    let law = workload();
    let options = Options { as_of: DayOf::Column("day".into()), keep: vec!["weight".into()], ..options() };
    let decider = decider(&law, &cases(), &options, &["outcome", "fee_total", "due", "missing.channel"]).unwrap();
    let answers = decider.decide(law.law(), &cases()).unwrap();
    let names: Vec<_> = answers.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names, ["weight", "outcome", "fee_total", "due", "missing.channel", "problems"]);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(texts(&answers, "outcome"), [some("accept"), some("refuse"), None, some("ask")]);
    assert_eq!(texts(&answers, "missing.channel"), [some("no"), some("no"), None, some("now")]);
    let fees = answers.column_by_name("fee_total").unwrap().as_primitive::<Int64Type>();
    assert_eq!(fees.iter().collect::<Vec<_>>(), [Some(20_000), Some(0), None, Some(0)]);
    assert_eq!(
        problems(&answers),
        [
            vec![],
            vec!["applicant_age out-of-bounds", "floor_area_per_person wrong-type", "eid_level out-of-bounds"],
            vec!["as_of bad-date"],
            vec!["channel not-in-enumeration", "floor_area_per_person too-many-digits", "documents_in_database[2] duplicate"],
        ]
    );
    let report = decider.report();
    assert_eq!((report.rows, report.problems), (4, 7));
}

#[test]
fn every_type_of_a_number_is_the_same_number() {
    let law = workload();
    let area = |array: ArrayRef| table(vec![("floor_area_per_person", array), ("residence_basis", Arc::new(StringArray::from(vec!["rent"; 3])))]);
    let decimals = Decimal128Array::from(vec![790, 800, 1250]).with_precision_and_scale(9, 2).unwrap();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Float64Array::from(vec![7.9, 8.0, 12.5])),
        Arc::new(arrow_array::Float32Array::from(vec![7.9, 8.0, 12.5])),
        Arc::new(decimals),
        Arc::new(StringArray::from(vec!["7.9", "8", "12.50"])),
        Arc::new(StringArray::from(vec!["7.9", "8", "12.50"]).into_iter().collect::<StringViewArray>()),
        Arc::new(vec!["7.9", "8", "12.5"].into_iter().collect::<DictionaryArray<Int32Type>>()),
    ];
    for column in columns {
        let of = column.data_type().clone();
        let table = area(column);
        let decider = decider(&law, &table, &options(), &["eligibility.rent_area_too_small"]).unwrap();
        let answers = decider.decide(law.law(), &table).unwrap();
        let status: Vec<_> = texts(&answers, "eligibility.rent_area_too_small").into_iter().map(Option::unwrap).collect();
        assert_eq!(status, ["unmet", "met", "met"], "{of}");
        assert!(problems(&answers).iter().all(Vec::is_empty), "{of}");
    }
    let table = area(Arc::new(Int64Array::from(vec![7, 8, 12])));
    let decider = decider(&law, &table, &options(), &["eligibility.rent_area_too_small"]).unwrap();
    let answers = decider.decide(law.law(), &table).unwrap();
    let status: Vec<_> = texts(&answers, "eligibility.rent_area_too_small").into_iter().map(Option::unwrap).collect();
    assert_eq!(status, ["unmet", "met", "met"]);
}

#[test]
fn a_set_is_told_as_a_list_as_bits_or_as_a_column_for_each_code() {
    let law = workload();
    let codes = ["ct01_form", "ownership_proof", "rental_contract", "kinship_proof", "institution_certificate", "exemption_proof"];
    let basis = || Arc::new(StringArray::from(vec!["own"; 2])) as ArrayRef;
    let flags = codes.map(|code| (code, Arc::new(BooleanArray::from(vec![code == "ownership_proof", false])) as ArrayRef));
    let within = StructArray::try_from(flags.iter().map(|(name, array)| (*name, array.clone())).collect::<Vec<_>>()).unwrap();
    let dotted: Vec<(String, ArrayRef)> = flags.iter().map(|(name, array)| (format!("documents_in_database.{name}"), array.clone())).collect();
    let mut wide: Vec<(&str, ArrayRef)> = dotted.iter().map(|(name, array)| (name.as_str(), array.clone())).collect();
    wide.push(("residence_basis", basis()));
    let tables = [
        table(vec![("residence_basis", basis()), ("documents_in_database", Arc::new(UInt8Array::from(vec![2, 0])))]),
        table(vec![("residence_basis", basis()), ("documents_in_database", Arc::new(within))]),
        table(wide),
    ];
    for table in tables {
        let decider = decider(&law, &table, &options(), &["documents.ownership_proof"]).unwrap();
        let answers = decider.decide(law.law(), &table).unwrap();
        let status: Vec<_> = texts(&answers, "documents.ownership_proof").into_iter().map(Option::unwrap).collect();
        assert_eq!(status, ["reused", "required"]);
    }
}

/// A table that is read in parts, and begins amid another: lists have their own items in each.
#[test]
fn lists_of_a_long_table_are_those_of_their_rows() {
    let law = workload();
    let codes = ["ct01_form", "ownership_proof", "rental_contract", "kinship_proof", "institution_certificate", "exemption_proof"];
    let bits = |row: usize| (row.wrapping_mul(2_654_435_761) >> 7 & 63) as u8;
    let rows = 40_000;
    let lists = ListArray::from_iter_primitive::<Int8Type, _, _>(
        (0..rows).map(|row| (row % 11 != 0).then(|| (0..6).filter(move |bit| bits(row) >> bit & 1 == 1).map(Some).collect::<Vec<_>>())),
    );
    let keys = lists.values().as_primitive::<Int8Type>().clone();
    let items: DictionaryArray<Int8Type> = DictionaryArray::new(keys, Arc::new(StringArray::from(codes.to_vec())));
    let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
    let coded = ListArray::new(field, lists.offsets().clone(), Arc::new(items.clone()), lists.nulls().cloned());
    let texts: StringArray = items.downcast_dict::<StringArray>().unwrap().into_iter().collect();
    let field = Arc::new(Field::new_list_field(DataType::Utf8, true));
    let written = ListArray::new(field, lists.offsets().clone(), Arc::new(texts), lists.nulls().cloned());
    let as_bits: UInt8Array = (0..rows).map(|row| (row % 11 != 0).then(|| bits(row))).collect();
    let decided = |column: ArrayRef| {
        let cases = table(vec![("documents_in_database", column), ("channel", Arc::new(StringArray::from(vec!["post"; rows])))]);
        let cases = cases.slice(1_234, rows - 1_234);
        let wanted = ["outcome", "documents.*", "missing.documents_in_database"];
        decider(&law, &cases, &options(), &wanted).unwrap().decide(law.law(), &cases).unwrap()
    };
    let as_bits = decided(Arc::new(as_bits));
    assert_eq!(decided(Arc::new(coded)), as_bits);
    assert_eq!(decided(Arc::new(written)), as_bits);
}

#[test]
fn a_column_that_fits_no_fact_is_told_with_the_nearest() {
    let law = workload();
    let of = |name: &str, array: ArrayRef| match decider(&law, &table(vec![(name, array)]), &options(), &["outcome"]) {
        Err(error) => error,
        Ok(_) => panic!("`{name}` is taken"),
    };
    let near = |name: &str| TableError::UnknownColumn { column: name.into(), near: Some("applicant_age".into()) };
    assert_eq!(of("aplicant_age", Arc::new(Int64Array::from(vec![1]))), near("aplicant_age"));
    assert!(matches!(of("district", Arc::new(Int64Array::from(vec![1]))), TableError::UnknownColumn { near: None, .. }));
    assert!(matches!(of("applicant_age", Arc::new(BooleanArray::from(vec![true]))), TableError::WrongType { .. }));
    let flag = of("documents_in_database.ct01_form", Arc::new(BooleanArray::from(vec![true])));
    assert_eq!(flag, TableError::NoFlag { fact: "documents_in_database".into(), code: "ownership_proof".into() });
    let mapped = Options { mapping: vec![("tuổi".into(), Some("applicant_age".into())), ("ghi chú".into(), None)], ..options() };
    let named = table(vec![("tuổi", Arc::new(Int64Array::from(vec![1]))), ("ghi chú", Arc::new(StringArray::from(vec!["?"])))]);
    assert!(decider(&law, &named, &mapped, &["outcome"]).is_ok());
    assert!(matches!(decider(&law, &cases(), &mapped, &["outcome"]), Err(TableError::UnknownColumn { .. } | TableError::NoColumn { .. })));
    let unknown = decider(&law, &named, &mapped, &["outcom"]).unwrap_err();
    assert!(unknown.to_string().contains("outcom"), "{unknown}");
}

#[test]
fn columns_of_a_group_are_its_structs_or_have_dots_or_double_underscores() {
    // The workload has no groups: a struct that is no group is no fact either.
    let law = workload();
    let within = StructArray::try_from(vec![("age", Arc::new(Int64Array::from(vec![1])) as ArrayRef)]).unwrap();
    let refused = decider(&law, &table(vec![("applicant", Arc::new(within))]), &options(), &["outcome"]);
    assert!(matches!(refused, Err(TableError::UnknownColumn { .. })));
}

#[test]
fn rounds_keep_the_order_whatever_the_threads_and_the_size_of_batches() {
    let law = workload();
    let rows = 10_000;
    let ages: Int64Array = (0..rows).map(|row| row % 131).collect();
    let numbers: Int64Array = (0..rows).collect();
    let channel: StringArray = (0..rows).map(|row| Some(["online", "post", "in_person", "?"][row as usize % 4])).collect();
    let table = table(vec![("applicant_age", Arc::new(ages)), ("channel", Arc::new(channel)), ("n", Arc::new(numbers))]);
    let options = Options { keep: vec!["n".into()], nulls: Nulls::Null, ..options() };
    let whole = decider(&law, &table, &options, &["outcome", "next"]).unwrap().decide(law.law(), &table).unwrap();
    for (threads, size) in [(1, 1_000), (2, 700), (3, 64), (2, 100_000)] {
        let decider = Arc::new(decider(&law, &table, &options, &["outcome", "next"]).unwrap());
        let batches = vec![Ok(table.slice(0, 3_333)), Ok(table.slice(3_333, 0)), Ok(table.slice(3_333, 6_667))];
        let source = Sliced::new(Box::new(RecordBatchIterator::new(batches, table.schema())), size);
        let decided = Decided::new(source, decider, Shared(law.clone()), threads);
        let mut seen = 0;
        for batch in decided {
            let batch = batch.unwrap();
            for (at, column) in batch.columns().iter().enumerate() {
                assert_eq!(column.to_data(), whole.column(at).slice(seen, batch.num_rows()).to_data(), "{threads} {size}");
            }
            seen += batch.num_rows();
        }
        assert_eq!(seen, rows as usize);
    }
}

#[test]
fn an_error_of_the_source_comes_after_what_was_read_before() {
    let law = workload();
    let schema = Arc::new(Schema::new(vec![Field::new("applicant_age", DataType::Int64, true)]));
    let one = || RecordBatch::try_new(schema.clone(), vec![Arc::new(Int64Array::from(vec![1, 2]))]).unwrap();
    let batches = vec![Ok(one()), Err(ArrowError::ComputeError("the disk is full".into())), Ok(one())];
    let decider = Arc::new(Decider::new(law.law(), &schema, &options(), &[Output::Outcome]).unwrap());
    let source = Sliced::new(Box::new(RecordBatchIterator::new(batches, schema.clone())), 64);
    let mut decided = Decided::new(source, decider, Shared(law.clone()), 2);
    assert_eq!(decided.next().unwrap().unwrap().num_rows(), 2);
    assert!(decided.next().unwrap().unwrap_err().to_string().contains("the disk is full"));
    assert!(decided.next().is_none());
}
