//! What each problem is called, and where it is.

use super::{facts, procedure, refuses, told};

/// A condition with these lines added.
fn condition(lines: &str) -> String {
    let body = "eligibility:\n  - id: c\n    require: x\n    message: { vi: a, en: b }\n";
    procedure(&format!("{body}{lines}"))
}

#[test]
fn yaml_that_cannot_be_read() {
    refuses("pack: p\nversion: a: b\n", "unreadable-yaml at `:`");
    refuses(&procedure("eligibility:\n  - id: [a\n"), "unreadable-yaml at ``");
    refuses(&condition("    when: \"a\" = b\n"), "unreadable-yaml at `=`");
}

#[test]
fn reading_goes_on_after_what_cannot_be_read() {
    let text = procedure("eligibility:\n  - id: a\n    when: \"x\" = y\nfees:\n  - { id: A }\ndeadline:\n  - { id: b: c }\nnotes: 1\n");
    refuses(
        &text,
        "unreadable-yaml at `=`\nmissing-key at `A`\nmissing-key at `A`\nbad-name at `A`\nunreadable-yaml at `:`\nwrong-shape at `1`",
    );
}

#[test]
fn every_tab_is_found() {
    refuses(&condition("\twhen: x\n    until: 2026-01-01\n  \tfrom: 2026-01-01\n"), "tab-indent at `\t`\ntab-indent at `\t`");
}

#[test]
fn parts_of_yaml_that_are_not_used() {
    refuses(&condition("    when: &a x\n    note: *a\n"), "unsupported-yaml at `&a x`\nunsupported-yaml at `*a`");
    refuses(&condition("    when: !!str x\n"), "unsupported-yaml at `!!str x`");
    refuses(&condition("    [a]: x\n"), "unsupported-yaml at `[a]`");
    refuses(&format!("{}---\na: b\n", procedure("")), "unsupported-yaml at `---`");
    let deep = format!("notes: {}{}\n", "[".repeat(60), "]".repeat(60));
    refuses(&procedure(&deep), "too-deep at `[`");
}

#[test]
fn keys() {
    refuses(&condition("    when: x\n    when: y\n"), "duplicate-key at `when`");
    refuses(&condition("    whn: x\n"), "unknown-key at `whn`");
    refuses(&condition("    when:\n"), "wrong-shape at `when`");
    refuses(&procedure("eligibility:\n  - id: c\n"), "missing-key at `c`\nmissing-key at `c`");
    refuses(&procedure("eligibility:\n  - c\n"), "wrong-shape at `c`");
    refuses(&procedure("eligibility: { id: c }\n"), "wrong-shape at `{ id: c }`");
    refuses("pack: p\n", "missing-key at `pack`\nmissing-key at `pack`");
}

#[test]
fn a_fee_has_one_amount() {
    let fee = |keys: &str| procedure(&format!("fees:\n  - {{ id: f, name: {{ vi: a, en: b }}, cite: X{keys} }}\n"));
    refuses(&fee(""), "missing-key at `f`");
    refuses(&fee(", amount: 1, unknown: { vi: a, en: b }"), "wrong-shape at `unknown`");
    refuses(&fee(", amount: 1, hit: F"), "unknown-key at `hit`");
    refuses(&fee(", amount: 1, rounding: { to: 0, mode: around }"), "bad-number at `{ to: 0, mode: around }`\nunknown-value at `around`");
    refuses(&fee(", tiers: { of: x, steps: [ { rate: 1 }, { rate: 2 } ] }"), "wrong-shape at `{ rate: 1 }`");
}

#[test]
fn a_check_of_identity_has_a_level_or_a_requirement() {
    let check = |keys: &str| procedure(&format!("identity:\n  - {{ id: c, message: {{ vi: a, en: b }}, cite: X{keys} }}\n"));
    refuses(&check(""), "missing-key at `c`");
    refuses(&check(", level: 2, require: x"), "wrong-shape at `require`");
    refuses(&check(", level: two"), "bad-number at `two`");
}

#[test]
fn days_and_periods() {
    refuses(&condition("    from: 2026-02-29\n"), "bad-date at `2026-02-29`");
    refuses(&condition("    from: 01/07/2021\n"), "bad-date at `01/07/2021`");
    refuses(&condition("    from: [2026-01-01]\n"), "wrong-shape at `[2026-01-01]`");
    refuses(&procedure("deadline:\n  - { id: d, period: 7 workdays, cite: X }\n"), "bad-period at `7 workdays`");
    let cutoff = "deadline:\n  - { id: d, period: same day, cutoff: { at: 3pm, effect: later }, cite: X }\n";
    refuses(&procedure(cutoff), "bad-date at `3pm`\nunknown-value at `later`");
}

#[test]
fn names() {
    refuses(&procedure("uses: [Applicant]\n"), "bad-name at `Applicant`");
    refuses(&procedure("definitions:\n  a.B: 1\n"), "bad-name at `a.B`");
    refuses(&facts("  V: { type: date, label: { vi: a, en: b } }"), "bad-name at `V`");
    refuses("procedure: 1 2\n", &{
        let (sources, parsed) = super::read_one("procedure: 1 2\n");
        told(&sources, &parsed)
    });
}

#[test]
fn texts_in_both_languages() {
    refuses(&procedure("summary: { vi: a }\n"), "missing-label at `{ vi: a }`");
    refuses(&procedure("summary: { vi: a, en: }\n"), "missing-label at `{ vi: a, en: }`");
    refuses(&procedure("summary: a\n"), "wrong-shape at `a`");
    refuses(&procedure("summary: { vi: a, en: b, fr: c }\n"), "unknown-key at `fr`");
    refuses(&procedure("summary: { vi: Nhà thuê, ở nhờ, en: b }\n"), "unknown-key at `ở nhờ`");
}

#[test]
fn citations() {
    for good in ["X", "68/2020/QH14 art 20(3)(b)", "60/2014/QH13 art 11, art 15(1)", "1/2026/NĐ-CP art 5a(1)(đ)"] {
        super::accepted(&condition(&format!("    cite: {good}\n")));
    }
    refuses(&condition("    cite: art 3\n"), "bad-citation at `art 3`");
    refuses(&condition("    cite: X article 3\n"), "bad-citation at `article 3`");
    refuses(&condition("    cite: [X art 3, art 4]\n"), "bad-citation at `art 4`");
    refuses(&condition("    cite: X art 3(1\n"), "bad-citation at `art 3(1`");
    refuses(&condition("    cite: X art 3(1)(a)(2)\n"), "bad-citation at `art 3(1)(a)(2)`");
    refuses(&condition("    cite: X art 3,\n"), "bad-citation at ``");
    refuses(&condition("    cite: { a: b }\n"), "wrong-shape at `{ a: b }`");
}

#[test]
fn facts_have_a_type_and_what_suits_it() {
    refuses(&facts("  v.a: { label: { vi: a, en: b } }"), "missing-key at `v.a`");
    refuses(&facts("  v.a: { type: bool, label: { vi: a, en: b } }"), "unknown-value at `bool`");
    refuses(&facts("  v.a: { type: boolean, min: 1, label: { vi: a, en: b } }"), "unknown-key at `min`");
    refuses(&facts("  v.a: { type: number, min: low, label: { vi: a, en: b } }"), "bad-number at `low`");
    refuses(&facts("  v.a: { type: number, default: many, label: { vi: a, en: b } }"), "wrong-shape at `many`");
    refuses(&facts("  v.a: { type: enum, label: { vi: a, en: b } }"), "missing-key at `type`");
    refuses(&facts("  v.a: date"), "wrong-shape at `date`");
    let nested = "  v.a: { type: list, of: { b: { type: list, label: { vi: a, en: b } } }, label: { vi: a, en: b } }";
    refuses(&facts(nested), "unknown-value at `list`");
}

#[test]
fn kinds_of_file() {
    refuses("", "unknown-file-kind at ``");
    refuses("proceedure: x\n", "unknown-file-kind at `proceedure`");
    refuses("- a\n", "wrong-shape at `- a`");
    refuses("just a text\n", "wrong-shape at `just a text`");
}

#[test]
fn calendars_and_instruments() {
    let calendar = "calendar: vn\nyear: MMXXVI\nsource: X\ndays_off:\n  - { date: 2026-02-30, reason: { vi: a, en: b } }\n  \
                    - { date: 2026-01-01, reason: Tết }\n  - { date: 2026-01-01 }\n";
    refuses(
        calendar,
        "bad-number at `MMXXVI`\nbad-date at `2026-02-30`\nwrong-shape at `Tết`\n\
         duplicate-declaration at `{ date: 2026-01-01 }`\nmissing-key at `date`",
    );
    let instruments = "instruments:\n  1/2020/QH14: { title: { vi: a, en: b } }\n  Luật Cư trú: { title: { vi: a, en: b }, from: soon }\n";
    refuses(instruments, "missing-key at `title`\nbad-name at `Luật Cư trú`\nbad-date at `soon`");
}

#[test]
fn amendments() {
    let amend = |changes: &str| {
        let head = "amend: \"1.004222\"\nid: a\ntitle: { vi: a, en: b }\ninstrument: X\nfrom: 2026-01-01\nchanges:\n";
        format!("{head}{changes}")
    };
    refuses(&amend("  - remove: fees.a\n"), "missing-key at `remove`");
    refuses(&amend("  - repeal: fee.a\n"), "bad-name at `fee.a`");
    refuses(&amend("  - replace: fees.a\n    with: { amont: 1 }\n"), "unknown-key at `amont`");
    refuses(&amend("  - replace: fees.a\n    with: { id: b }\n"), "unknown-key at `id`");
    refuses(&amend("  - replace: fees.a\n    with: 1\n"), "wrong-shape at `1`");
    refuses(&amend("  - replace: deadline.a\n    with: { period: soon, when: null }\n"), "bad-period at `soon`");
    refuses(&amend("  - insert: fees\n    element: { id: b }\n"), "missing-key at `b`\nmissing-key at `b`");
    refuses(&amend("  - insert: rules\n    element: { id: b }\n"), "unknown-value at `rules`");
}

#[test]
fn cases() {
    let text = "cases: \"1\"\ngiven: { a: { x: 1 } }\nlist:\n  - { id: c, name: n, as_of: soon, given: [a, b], facts: [], expect: {} }\n";
    refuses(text, "bad-date at `soon`\nunknown-name at `b`\nwrong-shape at `[]`");
}
