//! Rules that cost too much are stopped and told; none of them overflows the stack.

#![expect(clippy::panic, reason = "a test stops at the first surprise")]

use thutuc::compile::{CompiledPack, build};
use thutuc::source::{Source, SourceMap};
use thutuc::wire::decide_json;

/// A pack with one procedure whose only condition requires `expression`.
fn pack(definition: &str, expression: &str) -> CompiledPack {
    let files = [
        ("pack.yaml", "pack: limits\nversion: \"1\"\nname: { vi: Thử, en: Trial }\n".to_owned()),
        ("instruments.yaml", "instruments:\n  L1:\n    title: { vi: Luật thử, en: Trial law }\n    from: 2020-01-01\n".to_owned()),
        (
            "limits.yaml",
            format!(
                "procedure: \"9.000001\"\nname: {{ vi: Thử, en: Trial }}\nfield: trial\nauthority: commune\nonline_service: full\n\
                 from: 2020-01-01\nfacts:\n  a.n: {{ type: integer, label: {{ vi: Số, en: Number }} }}\n\
                 definitions:\n  d: '{definition}'\n\
                 eligibility:\n  - id: c\n    require: {expression}\n    message: {{ vi: Không, en: 'No' }}\n    cite: L1 art 1\n"
            ),
        ),
    ];
    let mut sources = SourceMap::default();
    for (name, text) in files {
        sources.add(Source::new(name, text));
    }
    let built = build(&sources, &[]);
    let told: Vec<String> = built.diagnostics.iter().map(|diagnostic| thutuc::diagnostics::render(diagnostic, &sources)).collect();
    built.compiled.unwrap_or_else(|| panic!("{}", told.join("\n")))
}

fn decide(pack: &CompiledPack, n: i64) -> Result<String, String> {
    let request = format!(r#"{{"procedure": "9.000001", "asOf": "2026-01-01", "facts": {{"a.n": {n}}}}}"#);
    decide_json(pack, &request).map_err(|error| error.to_string())
}

const COUNT_DOWN: &str = "{ f: function(f: Any, n: number) if n = 0 then 0 else 1 + f(f, n - 1) }";

#[test]
fn a_function_that_calls_itself_works_until_it_goes_too_deep() {
    let pack = pack(COUNT_DOWN, "d.f(d.f, a.n) = a.n");
    assert!(decide(&pack, 20).unwrap().contains(r#""outcome":"accept""#));
    assert!(decide(&pack, 1_000_000).unwrap_err().contains("call themselves too often"));
}

#[test]
fn loops_are_stopped_after_so_many_steps() {
    let pack = pack("for x in 1..a.n, y in 1..a.n return x * y", "count(d) > 0");
    assert!(decide(&pack, 100).unwrap().contains(r#""outcome":"accept""#));
    assert!(decide(&pack, 100_000).unwrap_err().contains("more than 10000000 steps"));
}

#[test]
fn the_engine_is_usable_after_a_limit_was_passed() {
    let pack = pack(COUNT_DOWN, "d.f(d.f, a.n) = a.n");
    for _ in 0..3 {
        assert!(decide(&pack, 1_000_000).is_err());
        assert!(decide(&pack, 3).is_ok());
    }
}
