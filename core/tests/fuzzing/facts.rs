//! Requests: facts that fit a program, and facts that do not.

use super::layouts;
use super::random::Random;
use thutuc::compile::program::{Coded, Layout, Program};

/// A request for a decision of a program.
pub fn request(program: &Program, random: &mut Random) -> String {
    let mut members: Vec<String> = Vec::new();
    let facts: Vec<(&str, &Layout)> = layouts(program).collect();
    let told = random.below(100);
    for (name, layout) in &facts {
        if random.below(100) <= told {
            let (_, other) = *random.of(&facts);
            let value = match random.below(60) {
                0 => absurd(random),
                1 => value(other, random),
                _ => value(layout, random),
            };
            members.push(format!("{:?}: {value}", name));
        }
    }
    match random.below(30) {
        0 => members.extend(members.first().cloned()),
        1 => members.push(format!("\"no.such.fact\": {}", absurd(random))),
        2 => members.push(format!("\"{}\": {}", facts.first().map_or("x", |(name, _)| name.split('.').next().unwrap_or("")), absurd(random))),
        _ => {}
    }
    let moments = ["2026-11-22", "2020-01-01", "2022-06-01", "2024-02-29", "2025-07-01", "2027-12-31", "2199-12-31", "1900-01-01", "9999-12-31", "2026-02-30", "x", "-0001-01-01"];
    let as_of = match random.below(3) {
        0 => format!("20{:02}-{:02}-{:02}", 19 + random.below(10), 1 + random.below(12), 1 + random.below(28)),
        _ => (*random.of(&moments)).to_owned(),
    };
    let received = match random.below(4) {
        0 => format!(",\"receivedAt\":\"{}T{:02}:{:02}\"", random.of(&moments), random.below(25), random.below(61)),
        _ => String::new(),
    };
    let place = match (&program.jurisdiction, random.below(10)) {
        (Some(place), ..9) => format!(",\"jurisdiction\":\"{place}\""),
        (None, 9..) => ",\"jurisdiction\":\"nowhere\"".to_owned(),
        _ => String::new(),
    };
    let lang = ["", "", ",\"lang\":\"en\"", ",\"lang\":\"vi\""][random.below(4)];
    format!("{{\"procedure\":\"{}\",\"asOf\":\"{as_of}\"{received}{place}{lang},\"facts\":{{{}}}}}", program.code, members.join(","))
}

/// A value that mostly fits a layout.
fn value(layout: &Layout, random: &mut Random) -> String {
    let of_codes = |values: &[Coded], random: &mut Random| format!("\"{}\"", random.of(values).code);
    match layout {
        Layout::Boolean => (*random.of(&["true", "false"])).to_owned(),
        Layout::Number { min, max, .. } => match (random.below(6), min, max) {
            (0, Some(min), _) => min.to_string(),
            (1, _, Some(max)) => max.to_string(),
            (2, ..) => format!("{}.{}", random.below(100), random.below(100)),
            (3, ..) => format!("\"{}\"", random.below(100)),
            _ => random.below(30).to_string(),
        },
        Layout::Enumeration { values } => of_codes(values, random),
        Layout::Set { values } => {
            let members: Vec<String> = values.iter().filter(|_| random.below(2) == 0).map(|value| format!("\"{}\"", value.code)).collect();
            format!("[{}]", members.join(","))
        }
        Layout::Date { .. } => format!("\"{}-{:02}-{:02}\"", *random.of(&[1900, 1950, 1990, 2000, 2010, 2020, 2024, 2025, 2026, 2199]), 1 + random.below(12), 1 + random.below(29)),
        Layout::Time => format!("\"{:02}:30:00\"", random.below(24)),
        Layout::DateTime => format!("\"2026-0{}-11T08:30:00\"", 1 + random.below(9)),
        Layout::Text { personal_id: true, .. } => (*random.of(&["\"001090000123\"", "\"001\"", "\"079301012345\"", "\"00109000012x\""])).to_owned(),
        Layout::Text { .. } => (*random.of(&["\"Nguyễn Văn An\"", "\"Nguye\u{302}\u{303}n Va\u{306}n An\"", "\"HOÀ\"", "\"\"", "\"Hoà\"", "\"\\u1ECD\""])).to_owned(),
        Layout::Texts { .. } => (*random.of(&["[]", "[\"ct01\"]", "[\"a\",\"b\",\"a\"]"])).to_owned(),
        Layout::Records { fields, .. } => {
            let one = |random: &mut Random| {
                let told: Vec<_> = fields.iter().filter(|_| random.below(20) != 0).collect();
                let members: Vec<String> = told.iter().map(|field| format!("\"{}\": {}", field.name, value(&field.layout, random))).collect();
                format!("{{{}}}", members.join(","))
            };
            let records: Vec<String> = (0..random.below(4)).map(|_| one(random)).collect();
            format!("[{}]", records.join(","))
        }
    }
}

/// A value that fits nothing.
fn absurd(random: &mut Random) -> String {
    match random.below(18) {
        0 => "null".to_owned(),
        1 => "1".repeat(40),
        2 => format!("0.{}1", "0".repeat(40)),
        3 => "1e400".to_owned(),
        4 => "-1e-400".to_owned(),
        5 => "NaN".to_owned(),
        6 => "\"NaN\"".to_owned(),
        7 => format!("[{}0]", "0,".repeat(*random.of(&[10, 1_000, 100_000]))),
        8 => format!("[{}{{}}]", "{},".repeat(*random.of(&[10, 1_000, 100_000]))),
        9 => format!("\"{}\"", "ă".repeat(*random.of(&[10, 1_000, 100_000]))),
        10 => format!("{}{}", "[".repeat(*random.of(&[10, 100, 10_000])), "]".repeat(10)),
        11 => format!("{}1{}", "{\"a\":".repeat(200), "}".repeat(200)),
        12 => "\"9999-99-99\"".to_owned(),
        13 => "\"-2147483648-01-01\"".to_owned(),
        14 => "{\"a\":1,\"a\":2}".to_owned(),
        15 => "\"\\ud800\"".to_owned(),
        16 => "-9223372036854775809".to_owned(),
        _ => "\"\u{0}\u{7f}\"".to_owned(),
    }
}
