//! Texts that are nearly right.

use super::random::Random;

pub const OPERATORS: &[&str] = &["and", "or", "+", "-", "*", "/", "**", "=", "!=", "<", ">=", "in", ",", "between"];

/// Expressions of every construct.
pub const EXPRESSIONS: &[&str] = &[
    "if a > 1 then \"x\" else null",
    "for x in [1, 2, 3], y in 1..x return x * y",
    "some c in children satisfies c.birth_date > @\"2020-01-01\"",
    "every c in children satisfies c.birth_date <= received_on",
    "count(children[item.birth_date > @\"2020-01-01\"])",
    "{ a: 1, \"b c\": { d: [1..2] } }.a",
    "function(x: number, y) x + y",
    "(function(x) x ** 2)(3)",
    "x instance of list<number>",
    "x instance of context<a: number, b: function<string> -> date>",
    "not(1, \"a\", [1..5), ]3..4[, > 7)",
    "@\"P1DT2H\" + @\"PT30M\" * 2",
    "date(\"2024-02-29\") - @\"P1Y\"",
    "string length(\"Hoà \\u1ECD \\\" \\n\")",
    "-(-1.5e3) ** 2 / 0",
    "list contains(x, \"a\") and x between 1 and 2 or y in (1, > 2, [3..4])",
    "decimal(1/3, 34) + 0.000000000000000000000000000000001",
    "add working days(date: @\"2025-01-01\", days: 7)",
    "a.b[1].c[-1][b = 2]",
    "-",
    "< 5, [10..20], \"a\", null, not(? > 3)",
];

/// What means something in YAML, FEEL, JSON, or nowhere.
pub const TOKENS: &[&str] = &[
    "\t", "\r\n", "\u{feff}", "\u{0}", "\u{202e}", "a\u{300}", "Hoà", "Hòa", "𝔘", "\u{2028}", "&a", "*a", "!tag", "---", "...", "|", ">-", "%YAML", "#", "'", "\"", "\\", "\\u",
    "\\ud800", "{", "}", "[", "]", "(", ")", ",", ":", ": ", "- ", "? ", "@\"", "@\"2024-02-30\"", "@\"P999999999999Y\"", "@\"25:00:00\"", "0001-01-01", "9999-12-31",
    "-999999999-01-01", "1e999999999", "1e-999999999", "0.1", "-0", "1.", ".5", "9999999999999999999999999999999999999999", "170141183460469231731687303715884105728",
    "99999999999999999999999999999999999", "-9223372036854775808", "NaN", "Infinity", "null", "true", "~", "yes", "**", "..", "..=", "=>", "=> amount", "hit: C+", "hit: P",
    "else:", "from:", "until:", "2026-13-01", "7 working days", "99999999999 working days", "0 months", "999999 months", "2000000000 hours", "same day", "unknown:", "art 1(1)(a)",
    "when:", "require:", "cite:", "id:", "amend:", "repeal: documents.x", "insert: fees", "replace: eligibility.x", "parameter: x", "optional: true", "default: []", "as_of",
    "received_on", "received_at", "item", "?", "every", "some", "satisfies", "return", "for x in", "if", "then", "else", "function(", "instance of", "between", "not(", "count(",
    "sum(", "sort(", "matches(", "replace(", "substring(", "date(", "duration(", "1..1000000000", "max(", "mean(", "{a: 1}", "[1,2,3]", "[]", "\"\"",
];

/// A text after a few mutations.
pub fn mutated(text: &str, dictionary: &[String], random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(4) {
        text = if text.contains('\n') && random.below(2) == 0 { by_line(&text, dictionary, random) } else { by_piece(&text, dictionary, random) };
        if text.len() > 200_000 {
            break;
        }
    }
    text
}

fn by_line(text: &str, dictionary: &[String], random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let (at, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(9) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[other].clone()),
        2 => lines.swap(at, other),
        3 => lines[at] = format!("{}{}", " ".repeat(random.below(9)), lines[at].trim_start()),
        4 => drop(lines.drain(at.min(other)..at.max(other))),
        5 => {
            let copied: Vec<String> = lines[at..(at + random.below(12)).min(lines.len())].to_vec();
            lines.splice(other..other, copied);
        }
        6 => lines[at].push_str(random.of::<String>(dictionary)),
        7 => lines[at] = format!("{}  {}: {}", lines[at].split(':').next().unwrap_or(""), random.of(dictionary), random.of(dictionary)),
        _ => {
            let (key, _) = lines[at].split_once(": ").unwrap_or((&lines[at], ""));
            lines[at] = format!("{key}: {}", random.of(dictionary));
        }
    }
    lines.join("\n")
}

fn by_piece(text: &str, dictionary: &[String], random: &mut Random) -> String {
    let (a, b) = (place(text, random), place(text, random));
    let (start, end) = (a.min(b), a.max(b).min(super::boundary(text, a.min(b) + 30)));
    let (before, piece, after) = (&text[..start], &text[start..end], &text[end..]);
    match random.below(8) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{}{piece}{after}", random.of(dictionary)),
        2 => format!("{before}{}{after}", random.of(dictionary)),
        3 => format!("{before}{}{after}", piece.repeat(1 + random.below(20))),
        4 => format!("{before}{}{piece}{after}", random.of(TOKENS)),
        5 => {
            let open = *random.of(&["(", "[", "{", "-", "not(", "if a then ", "{a:", "[1..", "\"", "- ", "{\"a\":"]);
            let many = *random.of(&[3, 30, 300, 3_000, 30_000]);
            let close = match open {
                "(" | "not(" => ")",
                "[" => "]",
                "{" | "{a:" | "{\"a\":" => "}",
                _ => "",
            };
            format!("{before}{}{piece}{}{after}", open.repeat(many), close.repeat(if random.below(2) == 0 { many } else { 0 }))
        }
        6 => before.to_owned(),
        _ => {
            let odd = char::from_u32(random.below(0x3000) as u32).unwrap_or('\u{fffd}');
            format!("{before}{odd}{piece}{after}")
        }
    }
}

fn place(text: &str, random: &mut Random) -> usize {
    super::boundary(text, random.below(text.len() + 1))
}
