//! Files in order: what is read of them.

use super::{FILES, accepted, facts, printed, procedure, read_all, rules};
use crate::model::{
    ClockModel, Confidence, Copies, DefinitionBody, FactKind, FeeBase, HitPolicy, ParameterValue, Period, TextFormat, Unit, YamlKind,
    consolidate,
};
use crate::value::{Date, Decimal, Value};

#[test]
fn every_kind_of_file_is_read() {
    let (sources, parsed) = read_all(FILES);
    assert_eq!(printed(&sources, &parsed), "");
    let pack = parsed.value;
    assert_eq!(&*pack.header.as_ref().unwrap().account_level.as_ref().unwrap().value, "account.level");
    let dates: Vec<_> = pack.instruments.iter().map(|i| (i.from.map(|d| d.to_string()), i.confidence)).collect();
    assert_eq!(
        dates,
        [
            (Some("2021-07-01".to_owned()), Confidence::Verified),
            (Some("2023-02-05".to_owned()), Confidence::Recalled),
            (None, Confidence::Uncertain)
        ]
    );
    let year = &pack.calendar[0];
    assert_eq!((year.year, year.days_off.len(), year.working_days[0].0.to_string()), (2026, 2, "2026-01-10".to_owned()));
    assert_eq!(pack.vocabularies[0].facts.len(), 5);
    assert_eq!((pack.amendments[0].changes.len(), pack.cases[0].cases.len()), (5, 2));
}

#[test]
fn a_procedure_is_read_whole() {
    let (_, parsed) = read_all(FILES);
    let procedure = &parsed.value.procedures[0];
    assert_eq!(&*procedure.name.vi, "Đăng ký thường trú");
    let FactKind::Number { min, decimals, ref unit, .. } = procedure.facts[0].kind else { panic!() };
    assert_eq!((min, decimals, unit.as_deref()), (Decimal::parse("0"), Some(2), Some("m2")));
    assert!(matches!(procedure.facts[1].kind, FactKind::Number { decimals: Some(0), .. }));
    assert!(matches!(procedure.parameters[1].values[0].value, ParameterValue::Unknown(_)));
    let names: Vec<&str> = procedure.definitions.iter().map(|d| &*d.name.value).collect();
    assert_eq!(names, ["large", "zone", "rate", "rate"]);
    let DefinitionBody::Table(table) = &procedure.definitions[1].body else { panic!() };
    assert_eq!((table.hit, table.rows.len()), (HitPolicy::First, 2));
    let condition = &procedure.eligibility[0];
    assert_eq!(&*condition.basis.citations[0].locators[0].point.as_ref().unwrap().to_owned(), "b");
    assert_eq!(condition.basis.citations.len(), 2);
    assert_eq!(procedure.documents[0].copies, Copies { original: 1, copy: 1 });
    let FeeBase::Table(table) = &procedure.fees[0].base else { panic!() };
    assert_eq!(table.rows.iter().map(|row| row.basis.citations.len()).collect::<Vec<_>>(), [2, 1, 1]);
    assert_eq!(procedure.fees[0].rounding.to, 1000);
    let FeeBase::Tiers(tiers) = &procedure.fees[1].base else { panic!() };
    assert_eq!(tiers.steps.iter().map(|step| &*step.rate.value).collect::<Vec<_>>(), ["2000", "1000"]);
    let deadline = &procedure.deadline[0];
    assert_eq!(deadline.period, Some(Period { count: 7, unit: Unit::WorkingDays }));
    assert_eq!((deadline.clock, deadline.roll, deadline.not_before.len()), (ClockModel::Restart, false, 1));
    assert_eq!(deadline.cutoff.as_ref().unwrap().at.hms(), (15, 0, 0));
}

#[test]
fn facts_of_cases_are_flat_and_later_ones_win() {
    let (_, parsed) = read_all(FILES);
    let case = &parsed.value.cases[0].cases[0];
    let facts: Vec<String> =
        case.facts.iter().map(|(name, value)| format!("{}={}", name.value, value.scalar().map_or("list", |(text, _)| text))).collect();
    assert_eq!(facts, ["submission.channel=online", "residence.area=20", "residence.copies=3", "children=list"]);
    assert_eq!(case.received_at.to_string(), "2026-05-10T09:00:00");
    assert_eq!(parsed.value.cases[0].cases[1].received_at.to_string(), "2026-05-11T08:00:00");
    let null = case.expect.iter().find(|expected| &*expected.path.value == "next").unwrap();
    assert!(null.value.is_null());
}

#[test]
fn parameters_keep_their_type() {
    let value = |written: &str| {
        let text = procedure(&format!("parameters:\n  p: [ {{ from: 2021-07-01, value: {written}, cite: X }} ]\n"));
        match &accepted(&text).procedures[0].parameters[0].values[0].value {
            ParameterValue::Known(value) => value.clone(),
            ParameterValue::Unknown(_) => panic!(),
        }
    };
    assert_eq!(value("8"), Value::Number(Decimal::parse("8").unwrap()));
    assert_eq!(value("0.10"), Value::Number(Decimal::parse("0.1").unwrap()));
    assert_eq!(value("\"8\""), Value::text("8"));
    assert_eq!(value("true"), Value::Boolean(true));
    assert_eq!(value("2026-01-01"), Value::Date(Date::from_ymd(2026, 1, 1).unwrap()));
    assert_eq!(value("own"), Value::text("own"));
    assert_eq!(
        value("[a, \"1\", 2]"),
        Value::List([Value::text("a"), Value::text("1"), Value::Number(Decimal::parse("2").unwrap())].into())
    );
}

#[test]
fn defaults_of_facts_suit_their_type() {
    let text = facts(
        "  v.a: { type: enum, values: { x: { vi: a, en: b } }, default: x, label: { vi: a, en: b } }
  v.b: { type: boolean, default: false, label: { vi: a, en: b } }
  v.c: { type: set, values: { x: { vi: a, en: b } }, default: [x], label: { vi: a, en: b } }
  v.d: { type: number, default: 1.50, label: { vi: a, en: b } }
  v.e: { type: date, optional: true, default: null, label: { vi: a, en: b } }
  v.f: { type: text, format: personal_id, label: { vi: a, en: b } }",
    );
    let pack = accepted(&text);
    let facts = &pack.vocabularies[0].facts;
    let defaults: Vec<_> = facts.iter().map(|fact| fact.default.as_ref().map(|default| default.value.clone())).collect();
    let expected = [
        Some(Value::text("x")),
        Some(Value::Boolean(false)),
        Some(Value::List([Value::text("x")].into())),
        Some(Value::Number(Decimal::parse("1.5").unwrap())),
        Some(Value::Null),
        None,
    ];
    assert_eq!(defaults, expected);
    assert!(matches!(facts[5].kind, FactKind::Text { max_length: 200, format: TextFormat::PersonalId }));
}

#[test]
fn periods_are_read_in_every_unit() {
    let period = |text: &str| {
        let text = procedure(&format!("deadline:\n  - {{ id: d, period: {text}, cite: X }}\n"));
        accepted(&text).procedures[0].deadline[0].period.unwrap()
    };
    assert_eq!(period("1 working day"), Period { count: 1, unit: Unit::WorkingDays });
    assert_eq!(period("10 days"), Period { count: 10, unit: Unit::Days });
    assert_eq!(period("2 months"), Period { count: 2, unit: Unit::Months });
    assert_eq!(period("24 hours"), Period { count: 24, unit: Unit::Hours });
    assert_eq!(period("4 office hours"), Period { count: 4, unit: Unit::OfficeHours });
    assert_eq!(period("same day"), Period { count: 0, unit: Unit::SameDay });
}

/// Every way to write an expression keeps its exact place, among letters of several bytes and with either line end.
#[test]
fn expressions_keep_their_place() {
    let text = "definitions:
  a: đ = \"Đăng ký\"   # chú thích
  b: 'x = \"ế\"'
  c: |
    if đ
      then 1
      else 2
  d: >-
    một
    + hai
  e: ba
    + bốn
  f: \"not(năm)\"
  g: 'it''s'
";
    for text in [procedure(text), procedure(text).replace('\n', "\r\n"), format!("\u{feff}{}", procedure(text))] {
        let (sources, parsed) = read_all(&[("a.yaml", &text)]);
        assert_eq!(printed(&sources, &parsed), "");
        let definitions = &parsed.value.procedures[0].definitions;
        for definition in definitions.iter().filter(|definition| &*definition.name.value != "g") {
            let DefinitionBody::Expression(feel) = &definition.body else { panic!() };
            assert_eq!(sources.text(feel.span), &*feel.value, "of `{}`", definition.name.value);
        }
        let feel: Vec<String> = definitions
            .iter()
            .map(|definition| match &definition.body {
                DefinitionBody::Expression(feel) => feel.value.split_whitespace().collect::<Vec<_>>().join(" "),
                _ => panic!(),
            })
            .collect();
        let expected = ["đ = \"Đăng ký\"", "x = \"ế\"", "if đ then 1 else 2", "một + hai", "ba + bốn", "not(năm)", "it's"];
        assert_eq!(feel, expected);
    }
}

#[test]
fn texts_are_brought_to_nfc() {
    let pack = accepted(&procedure("summary: { vi: \"Ha\u{300} Nội\", en: a }\n"));
    assert_eq!(&*pack.procedures[0].summary.as_ref().unwrap().vi, "Hà Nội");
}

#[test]
fn other_sources_are_not_rule_files() {
    let (_, parsed) = read_all(&[("README.md", "a: [")]);
    assert!(parsed.diagnostics.is_empty());
}

#[test]
fn raw_is_the_file() {
    let pack = accepted(&procedure("uses: [a]\n"));
    let YamlKind::Mapping(entries) = &pack.procedures[0].raw.kind else { panic!() };
    assert_eq!(entries.len(), 7);
}

#[test]
fn the_rules_of_the_repository_are_read() {
    let files = rules();
    let texts: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (sources, parsed) = read_all(&texts);
    assert_eq!(printed(&sources, &parsed), "");
    let pack = parsed.value;
    assert!(pack.procedures.len() >= 7 && pack.calendar.len() >= 9 && !pack.amendments.is_empty());
    let places: Vec<Option<&str>> =
        pack.amendments.iter().map(|a| a.jurisdiction.as_ref().map(|place| &*place.value)).chain([None]).collect();
    for (procedure, place) in pack.procedures.iter().flat_map(|procedure| places.iter().map(move |place| (procedure, *place))) {
        assert_eq!(printed(&sources, &consolidate(&pack, procedure, place, &[])), "");
    }
}

#[test]
fn a_comment_behind_a_quoted_text_is_not_a_part_of_it() {
    let text = procedure(
        "eligibility:
  - id: a
    require: 'v.a = \"it''s # no comment\"'   # 'a comment'
    message: { vi: a, en: b }
    cite: X
  - id: b
    require: \"v.a = \\\"x\\\"\" # \"another\"
    message: { vi: a, en: b }
    cite: X
",
    );
    let read = accepted(&text);
    let required: Vec<&str> = read.procedures[0].eligibility.iter().map(|condition| &*condition.require.value).collect();
    assert_eq!(required, ["v.a = \"it's # no comment\"", "v.a = \"x\""]);
}
