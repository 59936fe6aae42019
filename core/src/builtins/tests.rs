mod reader;

use std::collections::HashSet;

use super::*;
use crate::calendar::PublishedYear;
use crate::value::Decimal;

/// The days of November 2026 are published, without days off.
fn calendar() -> WorkingCalendar {
    let covers = (Date::from_ymd(2026, 11, 1).unwrap(), Date::from_ymd(2026, 11, 30).unwrap());
    WorkingCalendar::new(&[PublishedYear { year: 2026, covers, days_off: Vec::new(), working_days: Vec::new() }])
}

fn run(text: &str) -> Value {
    let calendar = calendar();
    reader::value(&Env::new(&calendar), text)
}

fn gives(call: &str, expected: &str) {
    assert_eq!(run(call), run(expected), "{call}");
}

fn all_give(expected: &str, calls: &[&str]) {
    for call in calls {
        gives(call, expected);
    }
}

#[test]
fn examples_are_true() {
    for builtin in all() {
        assert!(!builtin.examples.is_empty(), "`{}` has no example", builtin.name);
        for (call, expected) in builtin.examples {
            assert!(call.starts_with(builtin.name), "{call}");
            gives(call, expected);
        }
    }
}

#[test]
fn declarations_are_sound() {
    let mut names = HashSet::new();
    for builtin in all() {
        assert!(names.insert(builtin.name), "`{}` twice", builtin.name);
        assert!(builtin.doc.ends_with('.') && !builtin.doc.contains("  "), "doc of `{}`", builtin.name);
        assert!(std::ptr::eq(find(builtin.name).unwrap(), builtin));
        for signature in builtin.signatures {
            let presences: Vec<Presence> = signature.parameters.iter().map(|parameter| parameter.presence).collect();
            assert!(!presences.is_empty());
            let order = |presence: &Presence| *presence as u8;
            assert!(presences.is_sorted_by_key(order), "order of parameters of `{}`", builtin.name);
            assert!(presences.iter().filter(|presence| **presence == Presence::Repeated).count() <= 1);
        }
    }
    assert!(find("today").is_none() && find("now").is_none());
}

#[test]
fn numbers() {
    all_give("null", &[
        "abs()", "abs(1,1)", "abs(number:-1)", "abs(null)", "abs(\"-1\")", "abs(@\"2018-12-06\")", "modulo(10, 0)", "modulo(4)",
        "modulo(dividend:10, foo:4)", "modulo(\"10\", 4)", "even(n:4)", "even(\"4\")", "odd(null)", "ceiling(1.56, null)",
        "ceiling(n:1.56, scale:null)", "ceiling(n:1.5, scal:1)", "round up(5.5, -6112)", "round up(5.5, 6177)", "round up(scale:0)",
        "round up(1.5, 0.5)", "decimal(1)",
    ]);
    gives("abs(n:-1)", "1");
    gives("abs(@\"-P1Y\")", "@\"P1Y\"");
    gives("even(-2)", "true");
    gives("odd(-1)", "true");
    gives("odd(1.5)", "false");
    gives("even(1.5)", "false");
    gives("ceiling(-0.3333)", "0");
    gives("round up(5.5, 6176)", "5.5");
    gives("decimal(1234567, -3)", "1235000");
    gives("floor([1.5])", "1");
}

#[test]
fn texts() {
    all_give("null", &[
        "string length(1)", "contains(null,\"bar\")", "split(\"foo\")", "split(null, \",\")", "split(\"a.b\", \".\")",
        "split(\"a\", \"\")", "split(\"a b\", \"\\\\s\")", "string join()", "string join([\"a\"], \"X\", \"foo\")",
        "string join(list: [\"a\"], delimitr: \"X\")", "string join([1,2,3], \"X\")", "string join(123, \"X\")", "string join(null)",
        "substring(\"foobar\", 0)", "substring(\"foobar\", 1, -1)", "substring(\"foobar\")",
    ]);
    gives("string length(\"\u{1f40e}ab\")", "3");
    gives("substring(\"\u{1f40e}ab\", 2)", "\"ab\"");
    gives("substring(\"foobar\", 3.8)", "\"obar\"");
    gives("substring(\"foobar\", 10)", "\"\"");
    gives("substring(\"foobar\", -10, 2)", "\"fo\"");
    gives("substring(\"foobar\", 1, 0)", "\"\"");
    gives("substring(string: \"foobar\", start position: 3)", "\"obar\"");
    gives("substring before(\"abc\",\"\")", "\"\"");
    gives("substring after(\"\",\"\")", "\"\"");
    gives("contains(\"abc\",\"\")", "true");
    gives("split(delimiter: \",\", string:\"foo,bar\")", "[\"foo\", \"bar\"]");
    gives("split(\"a.b\", \"\\\\.\")", "[\"a\", \"b\"]");
    gives("string join([\"a\",\"b\"], null)", "\"ab\"");
    gives("string join([])", "\"\"");
    gives("string join(\"a\", \"X\")", "\"a\"");
    gives("string join(delimiter: \"X\", list: [\"a\",\"c\"])", "\"aXc\"");
    gives("string join([\"e\", \"\u{301}\"])", "\"é\"");
}

#[test]
fn lists() {
    all_give("null", &[
        "all([true, 123, true])", "all(null)", "all(123)", "all(true, null, true)", "all()", "all(l:[true])", "any(null, false)",
        "median([1,2,\"foo\",4])", "median(null)", "product([1,2,null,4])", "product()", "sum([1, null])", "sum(\"a\")",
        "min([1, \"a\"])", "min(true)", "min([null])", "min(1, null)", "max([[1], [2]])", "sublist([1,2,3], 0)", "sublist([1,2,3], 4)",
        "sublist([1,2,3], 1.5)", "sublist([1,2,3], 1, -1)", "remove([1,2,3], 0)", "insert before([1], 3, 2)", "insert before([], 1, 2)",
        "concatenate([1], null)", "concatenate()", "mean([])", "list contains([1])", "reverse(null)",
    ]);
    gives("all(true, false, true)", "false");
    gives("all(false, null)", "false");
    gives("any(true, null)", "true");
    gives("all(list:[true, true])", "true");
    gives("all(false)", "false");
    gives("median(4)", "4");
    gives("median(list:[8, 2, 5, 7])", "6");
    gives("mean([6, 14, -3])", "5.666666666666666666666666666666667");
    gives("min(\"b\", \"a\")", "\"a\"");
    gives("min(@\"P1D\", @\"PT23H\")", "@\"PT23H\"");
    gives("max(3)", "3");
    gives("count(1)", "1");
    gives("count(null)", "1");
    gives("count([[1, 2]])", "1");
    gives("count([1], [2])", "2");
    gives("sublist([4,5,6], -1, 1)", "[6]");
    gives("sublist([4,5,6], 2, 0)", "[]");
    gives("list contains([[1], 2], [1])", "true");
    gives("list contains([1, \"a\"], \"b\")", "false");
    gives("index of([null, 1], null)", "[1]");
    gives("union([1, null], [null, 1.0])", "[1, null]");
    gives("distinct values([1, \"1\", 1.0])", "[1, \"1\"]");
    gives("distinct values(1)", "[1]");
    gives("flatten([[], [[1], []], [[[2]]]])", "[1, 2]");
    gives("append([], null)", "[null]");
    gives("insert before(list: [1], position: 1, newItem: 0)", "[0, 1]");
}

#[test]
fn conversions() {
    all_give("null", &[
        "number(\"1,000,000.01\", \" \", \".\")", "number(\"1,000,000.01\", \":\", \".\")", "number(\"1,000\", 123, \".\")",
        "number(\"1,000,000.01\", \",\", \":\")", "number(\"1,000,000.00\", \",\", \",\")", "number(null, \".\", \".\")",
        "number(123, \".\", \",\")", "number(from: \"1.000.000,01\", decimal sep:\",\", grouping sep:\".\")",
        "number(\"foo,bar.001\", \".\", \",\")", "number(\"1.000.000,01\", \".\")", "number(\"1.5,0\", null, \",\")", "number(\"\")",
        "string(null)", "string()", "date(\"2026-02-30\")", "date(\"2026-1-1\")", "date(\"2026-01-01T00:00:00\")", "date(2026, 13, 1)",
        "date(2026.5, 1, 1)", "date(null)", "date(1)", "time(24, 59, 45, null)", "time(23, 60, 45)", "time(12, null, 45)",
        "time(23, 0, 0, @\"PT19H\")", "time(\"25:00:00\")", "time([])", "date and time(\"11:00:00\")", "date and time(2017)",
        "date and time(@\"2017-01-01\", null)", "duration(\"P1Y1D\")", "duration(null)", "years and months duration(@\"2026-01-01\", null)",
    ]);
    gives("number(from: \"1.000.000,01\", decimal separator:\",\", grouping separator:\".\")", "1000000.01");
    gives("number(from: \"1000,01\", decimal separator:\",\")", "1000.01");
    gives("number(\"1,000,000\", \",\", null)", "1000000");
    gives("number([\"12\"])", "12");
    gives("string(true)", "\"true\"");
    gives("string(@\"PT90M\")", "\"PT1H30M\"");
    gives(r#"string({a: 1, b: [null, "x\"y"]})"#, r#""{a: 1, b: [null, \"x\\\"y\"]}""#);
    gives("date(from: @\"2026-01-31T10:00:00+07:00\")", "@\"2026-01-31\"");
    gives("date(year: 2026, month: 1, day: 31)", "@\"2026-01-31\"");
    gives("time(@\"2017-08-10\")", "@\"00:00:00Z\"");
    gives("time(11, 59, 45.5, @\"-PT2H45M55S\")", "@\"11:59:45.5-02:45:55\"");
    gives("time(12, 0, 0, null)", "@\"12:00:00\"");
    gives("date and time(date:@\"2017-08-10T10:20:00+02:00\", time:@\"23:59:01Z\")", "@\"2017-08-10T23:59:01Z\"");
    gives("duration(\"-P0D\")", "@\"PT0S\"");
    gives("years and months duration(@\"2026-01-31\", @\"2026-02-28\")", "@\"P0M\"");
    gives("years and months duration(@\"2026-01-31\", @\"2026-03-31\")", "@\"P2M\"");
    gives("years and months duration(@\"2026-03-15\", @\"2026-01-20\")", "@\"-P1M\"");
}

#[test]
fn dates() {
    all_give("null", &["day of week(null)", "day of year(\"foo\")", "day of year(value: @\"1970-01-01\")", "week of year(1)"]);
    gives("day of year(@\"2020-12-31T10:10:10\")", "366");
    gives("day of week(date: @\"2019-09-22\")", "\"Sunday\"");
    gives("month of year(@\"2019-12-17\")", "\"December\"");
    gives("week of year(@\"2021-01-03\")", "53");
    gives("week of year(@\"2021-01-04\")", "1");
    gives("week of year(@\"2026-12-31\")", "53");
}

#[test]
fn contexts() {
    all_give("null", &["get value({a: 1}, 123)", "get value(k:\"a\", m:{a: 1})", "get value(null, \"a\")", "get entries(123)", "get value({a: 1}, [])"]);
    gives("get value(key:\"a\", m:{a: \"foo\"})", "\"foo\"");
    gives("get value(context: {a: {b: 1}}, keys: [\"a\", \"c\"])", "null");
    gives("get entries({})", "[]");
}

#[test]
fn parts() {
    gives("@\"2018-12-10\".year", "2018");
    gives("@\"2018-12-10\".weekday", "1");
    gives("@\"2018-12-10\".hour", "null");
    gives("@\"2018-12-10T10:30:01\".day", "10");
    gives("@\"2018-12-10T10:30:01\".minute", "30");
    gives("@\"10:30:01.25\".second", "1.25");
    gives("@\"10:30:00+05:00\".time offset", "@\"PT5H\"");
    gives("@\"10:30:00\".time offset", "null");
    gives("@\"2018-12-10T10:30:00@Etc/UTC\".timezone", "\"Etc/UTC\"");
    gives("@\"P1Y2M\".months", "2");
    gives("@\"P1Y\".days", "null");
    gives("@\"-P1DT2H3M4.5S\".seconds", "-4.5");
    gives("@\"P1D\".hours", "0");
    gives("{a: 1}.a", "1");
    assert_eq!(property(&Value::Null, "year"), None);
    assert_eq!(property(&run("{a: 1}"), "b"), None);
    for (value, names) in [
        (run("@\"2018-12-10T10:30:01@Asia/Dhaka\""), "year,month,day,weekday,hour,minute,second,time offset,timezone"),
        (run("@\"10:30:01+07:00\""), "hour,minute,second,time offset,timezone"),
        (run("@\"2018-12-10\""), "year,month,day,weekday"),
        (run("@\"P1D\""), "days,hours,minutes,seconds"),
        (run("@\"P1Y\""), "years,months"),
        (run("{a: [1]}"), "a"),
    ] {
        for name in names.split(',') {
            let part = property(&value, name).unwrap();
            assert!(type_of(&part).conforms_to(&property_type(&type_of(&value), name).unwrap()), "{value:?}.{name}");
        }
        assert_eq!(property(&value, "other"), None);
        assert_eq!(property_type(&type_of(&value), "other"), None);
    }
}

#[test]
fn ranges_have_parts_and_a_text() {
    let range = |low, high| {
        let number = |n: Option<i64>| n.map(|n| Value::Number(Decimal::from_i64(n)));
        let range = crate::value::Range { low: number(low), low_included: false, high: number(high), high_included: true };
        Value::Range(std::sync::Arc::new(range))
    };
    assert_eq!(property(&range(Some(1), Some(10)), "start"), Some(run("1")));
    assert_eq!(property(&range(Some(1), Some(10)), "start included"), Some(Value::Boolean(false)));
    assert_eq!(property(&range(None, Some(10)), "start"), Some(Value::Null));
    assert_eq!(written(&range(Some(1), Some(10))), "(1..10]");
    assert_eq!(written(&range(None, Some(10))), "<= 10");
}

#[test]
fn ages() {
    let cases = [
        ("2008-05-10", "2026-05-09", "17"), ("2008-05-10", "2026-05-10", "18"), ("2008-12-31", "2027-01-01", "18"),
        ("2026-05-10", "2026-05-10", "0"), ("2026-05-10", "2026-05-09", "-1"), ("2008-02-29", "2028-02-28", "19"),
        ("2008-02-29", "2028-02-29", "20"), ("2008-02-29", "2026-03-01", "18"), ("2008-03-01", "2026-02-28", "17"),
    ];
    for (birth, on, age) in cases {
        gives(&format!("age(@\"{birth}\", @\"{on}\")"), age);
    }
    gives("age(birth date: @\"2008-02-29\", on date: @\"2026-02-28\", on 28 February: true)", "18");
    gives("age(@\"2008-02-29\", @\"2028-02-28\", true)", "19");
    gives("age(@\"2008-02-29\", @\"2028-02-29\", true)", "20");
    gives("age(@\"2008-02-28\", @\"2026-02-28\", true)", "18");
    gives("age(@\"2008-02-29\", @\"2026-02-28\", null)", "null");
    gives("age(\"2008-02-29\", @\"2026-02-28\")", "null");
}

#[test]
fn working_days() {
    gives("is working day(@\"2026-11-21\")", "false");
    gives("next working day(@\"2026-11-23\")", "@\"2026-11-24\"");
    gives("add working days(@\"2026-11-21\", 0)", "@\"2026-11-21\"");
    gives("add working days(@\"2026-11-21\", 1.5)", "null");
    gives("add working days(@\"2026-11-21\", 99999999999)", "null");
    gives("working days between(@\"2026-11-20\", @\"2026-11-20\")", "0");
    gives("is working day(null)", "null");
}

#[test]
fn days_that_are_not_published_are_noted() {
    let calendar = calendar();
    let env = Env::new(&calendar);
    let noted = |call: &str, expected: &str| {
        env.reset();
        assert_eq!(reader::value(&env, call), run(expected), "{call}");
        env.unpublished().map(|day| day.to_string())
    };
    assert_eq!(noted("add working days(@\"2026-11-20\", 3)", "@\"2026-11-25\""), None);
    assert_eq!(noted("add working days(@\"2026-11-30\", 3)", "@\"2026-12-03\""), Some("2026-12-01".into()));
    assert_eq!(noted("next working day(@\"2026-12-31\")", "@\"2027-01-01\""), Some("2027-01-01".into()));
    assert_eq!(noted("[is working day(@\"2026-12-12\"), is working day(@\"2026-12-10\")]", "[false, true]"), Some("2026-12-10".into()));
    assert_eq!(noted("roll to working day(@\"2026-11-29\")", "@\"2026-11-30\""), None);
    assert_eq!(noted("working days between(@\"2026-11-27\", @\"2026-12-01\")", "2"), Some("2026-12-01".into()));
}

#[test]
fn personal_numbers() {
    all_give("false", &[
        "personal id is valid(\"\")", "personal id is valid(\"00109001234a\")", "personal id is valid(\"0010900123456\")",
        "personal id is valid(\"000090012345\")", "personal id is valid(\"097090012345\")", "personal id is valid(\"٠٠١٠٩٠\")",
        "personal id is valid(\" 01090012345\")",
    ]);
    gives("personal id is valid(1090012345)", "null");
    for (digit, sex, year) in [(0, "male", 1907), (1, "female", 1907), (2, "male", 2007), (3, "female", 2007), (4, "male", 2107), (7, "female", 2207), (9, "female", 2307)] {
        gives(&format!("personal id sex(\"001{digit}07012345\")"), &format!("\"{sex}\""));
        gives(&format!("personal id birth year(\"001{digit}07012345\")"), &year.to_string());
    }
    gives("personal id birth year(\"12\")", "null");
    gives("personal id sex(\"001207O12345\")", "null");
    gives("personal id province(\"999207012345\")", "null");
    assert_eq!(registration_province("046"), Some("Thừa Thiên Huế"));
    assert_eq!(registration_province("003"), None);
}

/// The narrowest type of a value.
fn type_of(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Boolean(_) => Type::Boolean,
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        Value::Date(_) => Type::Date,
        Value::Time(_) => Type::Time,
        Value::DateTime(_) => Type::DateTime,
        Value::Days(_) => Type::Days,
        Value::Months(_) => Type::Months,
        Value::List(list) => {
            let elements = list.iter().map(type_of).reduce(|so_far, next| so_far.join(&next));
            Type::List(Box::new(elements.unwrap_or(Type::Any)))
        }
        Value::Context(context) => {
            let fields = context.0.iter().map(|(name, value)| crate::value::Field { name: name.clone(), of: type_of(value) });
            Type::Context(fields.collect())
        }
        Value::Range(_) | Value::Function(_) => Type::Any,
    }
}

fn typed(call: &str, arguments: &[&str]) -> String {
    let types: Vec<Type> = arguments.iter().map(|argument| type_of(&run(argument))).collect();
    match find(call).unwrap().check(&types) {
        Ok((_, result)) => result.to_string(),
        Err(Misfit::Count) => "count".into(),
        Err(Misfit::Together) => "together".into(),
        Err(Misfit::Argument { index, parameter, expected }) => format!("{index} {parameter}: {expected}"),
    }
}

#[test]
fn types_of_calls() {
    assert_eq!(typed("min", &["1", "2"]), "number");
    assert_eq!(typed("min", &["[1, 2]"]), "number or null");
    assert_eq!(typed("min", &["1", "\"a\""]), "together");
    assert_eq!(typed("min", &["[\"a\"]"]), "string or null");
    assert_eq!(typed("min", &["[true]"]), "0 list: list of number or string or date or time or date and time or days and time duration or years and months duration");
    assert_eq!(typed("abs", &["@\"P1D\""]), "days and time duration");
    assert_eq!(typed("abs", &["null"]), "0 n: number or days and time duration or years and months duration");
    assert_eq!(typed("substring", &["\"a\"", "\"b\""]), "1 start position: number");
    assert_eq!(typed("substring", &["\"a\""]), "count");
    assert_eq!(typed("date", &["\"2026-01-01\""]), "date or null");
    assert_eq!(typed("date", &["@\"2026-01-01T00:00:00\""]), "date");
    assert_eq!(typed("not", &["true"]), "boolean");
    assert_eq!(typed("not", &["null"]), "boolean or null");
    assert_eq!(typed("all", &["[true, null]"]), "boolean or null");
    assert_eq!(typed("string", &["1"]), "string");
    assert_eq!(typed("string join", &["[\"a\", null]", "null"]), "string");
    assert_eq!(typed("append", &["[1]", "null"]), "list<number or null>");
    assert_eq!(typed("concatenate", &["[1]", "[2]"]), "list<number>");
    assert_eq!(typed("flatten", &["[[1]]"]), "list<number>");
    assert_eq!(typed("list contains", &["[1]", "\"a\""]), "together");
    assert_eq!(typed("list contains", &["[1]", "null"]), "boolean");
    assert_eq!(typed("list contains", &["[]", "1"]), "boolean");
    assert_eq!(typed("get value", &["{a: 1, b: 2}", "\"a\""]), "number or null");
    assert_eq!(typed("get entries", &["{a: 1}"]), "list<context<key: string, value: number>>");
    assert_eq!(typed("personal id sex", &["\"\""]), "one of \"male\", \"female\" or null");
    assert_eq!(typed("age", &["@\"2026-01-01\"", "@\"2026-01-01T00:00:00\""]), "1 on date: date");
}

#[test]
fn names_are_bound_to_parameters() {
    let bound = |call: &str, names: &[&str]| find(call).unwrap().bind(names).map(|(_, order)| order);
    assert_eq!(bound("date", &["day", "year", "month"]), Ok(vec![Some(1), Some(2), Some(0)]));
    assert_eq!(bound("date", &["from"]), Ok(vec![Some(0)]));
    assert_eq!(bound("number", &["from", "decimal separator"]), Ok(vec![Some(0), None, Some(1)]));
    assert_eq!(bound("substring", &["string", "length"]), Err(Unbound::Missing("start position")));
    assert_eq!(bound("substring", &["string", "start"]), Err(Unbound::Unknown(1)));
    assert_eq!(bound("abs", &["n", "n"]), Err(Unbound::Unknown(1)));
}

/// Values of every type, with the awkward ones among them.
const POOL: &[&str] = &[
    "null", "true", "false", "0", "-1", "1", "2.5", "1e6144", "-1e-6176", "9999999999999999999", "\"\"", "\"a\"", "\"12\"", "\".\"",
    "\"001090012345\"", "\"\u{301}\"", "@\"2026-11-20\"", "@\"-262143-01-01\"", "@\"262142-12-31\"", "@\"2008-02-29\"", "@\"23:59:59\"",
    "@\"00:00:00+07:00\"", "@\"2026-11-20T10:00:00\"", "@\"P1D\"", "@\"-PT1S\"", "@\"P9999999999999D\"", "@\"P1M\"", "[]", "[1, 2]",
    "[\"a\", \"b\"]", "[true, false]", "[null]", "[null, 1]", "[[1], [2]]", "{}", "{a: 1}",
];

/// What a type cannot say: these give null where there is no such number or day, or a time with an offset meets one without.
const PARTIAL: &[&str] = &[
    "decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down", "modulo", "sum", "mean", "product",
    "median", "min", "max", "next working day", "roll to working day", "add working days",
];

#[test]
fn any_arguments_are_survived_and_results_have_their_types() {
    let calendar = calendar();
    let env = Env::new(&calendar);
    let pool: Vec<Value> = POOL.iter().map(|text| reader::value(&env, text)).collect();
    let mut checked = 0;
    for builtin in all() {
        let most = builtin.signatures.iter().map(|signature| signature.parameters.len()).max().unwrap().clamp(2, 3);
        let mut tuples: Vec<Vec<usize>> = vec![vec![]];
        for length in 0..=most {
            for tuple in tuples.iter().filter(|tuple| tuple.len() == length) {
                let arguments: Vec<Value> = tuple.iter().map(|index| pool[*index].clone()).collect();
                let result = builtin.call(&env, &arguments);
                let types: Vec<Type> = arguments.iter().map(type_of).collect();
                let Ok((signature, declared)) = builtin.check(&types) else { continue };
                checked += 1;
                let direct = signature.call(&env, &arguments);
                assert_eq!(direct, result, "{}({arguments:?})", builtin.name);
                let partial = result == Value::Null && PARTIAL.contains(&builtin.name);
                let given = match &result {
                    Value::Text(text) => Type::Enumeration([text.clone()].into()),
                    result => type_of(result),
                };
                assert!(partial || given.conforms_to(&declared), "{}({arguments:?}) = {result:?} is no {declared}", builtin.name);
            }
            let longest = tuples.iter().filter(|tuple| tuple.len() == length);
            // Three arguments: every second value, to keep the test short.
            let step = if length == 2 { 2 } else { 1 };
            tuples = longest.flat_map(|tuple| (0..pool.len()).step_by(step).map(|index| [&tuple[..], &[index]].concat())).collect();
        }
    }
    assert!(checked > 5000, "{checked}");
}
