use super::*;

/// Reads a literal: a number, `"text"`, or a date, time, date and time or duration as ISO text.
fn value(text: &str) -> Value {
    if let Some(text) = text.strip_prefix('"') {
        return Value::text(text.trim_end_matches('"'));
    }
    match text {
        "null" => return Value::Null,
        "true" | "false" => return Value::Boolean(text == "true"),
        _ => {}
    }
    if let Some(inner) = text.strip_prefix('[') {
        return Value::List(inner.trim_end_matches(']').split(';').map(value).collect());
    }
    None.or_else(|| Decimal::parse(text).map(Value::Number))
        .or_else(|| Date::parse(text).map(Value::Date))
        .or_else(|| DateTime::parse(text).map(Value::DateTime))
        .or_else(|| DaysDuration::parse(text).map(Value::Days))
        .or_else(|| MonthsDuration::parse(text).map(Value::Months))
        .or_else(|| Time::parse(text).map(Value::Time))
        .unwrap_or_else(|| panic!("no value: {text}"))
}

fn gives(text: &str, expected: &str) {
    let (a, rest) = text.split_once(' ').unwrap();
    let (operator, b) = rest.split_once(' ').unwrap();
    let (a, b) = (value(a), value(b));
    let result = match operator {
        "+" => add(&a, &b),
        "-" => subtract(&a, &b),
        "*" => multiply(&a, &b),
        "/" => divide(&a, &b),
        "**" => exponentiate(&a, &b),
        "=" => equal(&a, &b).map_or(Value::Null, Value::Boolean),
        "<" => compare(&a, &b).map_or(Value::Null, |order| Value::Boolean(order == Ordering::Less)),
        _ => panic!("no operator: {operator}"),
    };
    assert_eq!(result, value(expected), "{text}");
}

#[test]
fn numbers() {
    gives("0.1 + 0.2", "0.3");
    gives("10 - -5", "15");
    gives("100 / 0", "null");
    gives("5 ** -2", "0.04");
    gives("2 ** 0.5", "null");
    gives("10 + \"10\"", "null");
    gives("true + true", "null");
}

#[test]
fn texts() {
    gives("\"foo\" + \"bar\"", "\"foobar\"");
    gives("\"e\" + \"\u{301}\"", "\"é\"");
    gives("\"a\" - \"a\"", "null");
}

#[test]
fn dates_and_durations() {
    gives("2021-01-01 + P1Y", "2022-01-01");
    gives("2021-01-01 + PT36H", "2021-01-02");
    gives("PT48H + 2021-01-01", "2021-01-03");
    gives("2024-01-31 + P1M", "2024-02-29");
    gives("2021-01-02 - PT1S", "2021-01-01");
    gives("2021-01-02 - -PT1S", "2021-01-02");
    gives("2020-03-01 - PT24H", "2020-02-29");
    gives("2021-01-02 - 1995-01-01", "P9498D");
    gives("2021-01-01 + 10", "null");
    gives("2021-01-01 + 2021-01-01", "null");
    gives("9999-01-01 + P999999999D", "null");
    gives("2021-01-12T10:10:10+11:00 + P1DT1H", "2021-01-13T11:10:10+11:00");
    gives("2021-01-01T10:10:10 - P1M", "2020-12-01T10:10:10");
    gives("2021-01-02T10:10:10 - 2021-01-01T10:10:10", "P1D");
    gives("2021-01-02T10:10:10+02:00 - 2021-01-01T10:10:10", "null");
    gives("2021-01-02T10:10:10+01:00 - 2021-01-01", "P1DT9H10M10S");
    gives("2021-01-02 - 2021-01-01T10:10:10+11:00", "P1DT49M50S");
    gives("2021-01-02 - 2021-01-01T10:10:10", "null");
    gives("10:15:00 + PT1H", "11:15:00");
    gives("10:15:00 - PT11H", "23:15:00");
    gives("10:15:00+11:00 + P1D", "10:15:00+11:00");
    gives("10:10:10 - 11:10:10", "-PT1H");
    gives("10:10:10 - P1Y", "null");
}

#[test]
fn durations() {
    gives("P1Y + -P2M", "P10M");
    gives("PT24H + P1D", "P2D");
    gives("P1D - P1Y", "null");
    gives("1.5 * P4DT1H", "P6DT1H30M");
    gives("P1Y11M * -2.5", "-P4Y9M");
    gives("P10Y11M / 2.5", "P4Y4M");
    gives("P10D / P5D", "2");
    gives("P10D / P0Y", "null");
    gives("P10D / P0D", "null");
    gives("10 / P1D", "null");
    assert_eq!(negate(&value("P1D")), value("-P1D"));
    assert_eq!(negate(&value("-P1Y")), value("P1Y"));
    assert_eq!(negate(&value("\"a\"")), Value::Null);
}

#[test]
fn equality() {
    gives("null = null", "true");
    gives("null = 0", "false");
    gives("0 = 0.00", "true");
    gives("100 = \"100\"", "null");
    gives("false = 0", "null");
    gives("P1D = PT24H", "true");
    gives("P1Y = P365D", "null");
    gives("10:30:00Z = 10:30:00+00:00", "true");
    gives("10:30:00Z = 17:30:00@Asia/Ho_Chi_Minh", "true");
    gives("10:30:00Z = 10:30:00", "false");
    gives("10:30:00@Europe/Paris = 10:30:00@Europe/Paris", "true");
    gives("2018-12-08T00:00:00@Europe/Paris = 2018-12-08T00:00:00@Asia/Dhaka", "false");
    gives("[1;2;3] = [1;2;3]", "true");
    gives("[1;2;3] = [3;2;1]", "false");
    gives("[1;\"a\"] = [1;2]", "null");
    gives("[2;\"a\"] = [1;2]", "false");
    gives("[1;1] = [1]", "false");
    gives("[1] = 1", "null");
    gives("[null] = [1]", "false");
}

#[test]
fn contexts_are_equal_in_any_order() {
    let context = |entries: &[(&str, i64)]| {
        let entries = entries.iter().map(|(name, number)| (Arc::from(*name), Value::Number(Decimal::from_i64(*number))));
        Value::Context(Arc::new(Context(entries.collect())))
    };
    assert_eq!(equal(&context(&[("a", 1), ("b", 2)]), &context(&[("b", 2), ("a", 1)])), Some(true));
    assert_eq!(equal(&context(&[("a", 1)]), &context(&[("a", 2)])), Some(false));
    assert_eq!(equal(&context(&[("a", 1)]), &context(&[("b", 1)])), Some(false));
    assert_eq!(equal(&context(&[]), &value("null")), Some(false));
}

#[test]
fn order() {
    gives("1 < 1.5", "true");
    gives("\"B\" < \"a\"", "true");
    gives("\"\u{fb01}\" < \"\u{1f600}\"", "true");
    gives("2021-01-01 < 2021-01-02", "true");
    gives("10:30:00Z < 10:30:00+07:00", "false");
    gives("10:30:00Z < 10:31:00", "null");
    gives("P1D < P2D", "true");
    gives("P1D < P1Y", "null");
    gives("1 < null", "null");
    gives("false < true", "null");
}
