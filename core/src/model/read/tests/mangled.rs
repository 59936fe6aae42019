//! Whatever the text, the reader answers, and every place it names lies in the text.

use proptest::prelude::*;

use super::{FILES, read_all};
use crate::diagnostics::render;
use crate::model::{Yaml, YamlKind, consolidate, read};
use crate::source::{Source, SourceMap};

/// Reads, renders and consolidates; the places must lie between characters.
fn survives(text: &str) {
    let (sources, parsed) = read_all(&[("a.yaml", text), ("reform.yaml", FILES[5].1)]);
    for problem in &parsed.diagnostics {
        let text = sources.get(problem.span.source).unwrap().text();
        assert!(text.get(problem.span.start as usize..problem.span.end as usize).is_some(), "{problem:?}");
        assert!(!render(problem, &sources).is_empty());
    }
    for procedure in &parsed.value.procedures {
        keeps_places(&sources, &procedure.raw);
        let _ = consolidate(&parsed.value, procedure, Some("ha_noi"), &[]);
    }
}

/// Every text stands where its span says, but for texts with escapes.
fn keeps_places(sources: &SourceMap, yaml: &Yaml) {
    match &yaml.kind {
        YamlKind::Scalar { written, .. } => {
            let there = sources.text(yaml.span);
            assert!(there == &**written || there.contains('\\') || there.contains("''"), "{there:?} is not {written:?}");
        }
        YamlKind::Sequence(items) => items.iter().for_each(|item| keeps_places(sources, item)),
        YamlKind::Mapping(entries) => entries.iter().for_each(|(_, value)| keeps_places(sources, value)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "(?s).{0,200}") {
        survives(&text);
    }

    #[test]
    fn any_yaml_signs(text in "([a-zđ]|[ \n\t:,\\-#|>&*!%@`'\"\\[\\]{}?]|\n  |: |- |\r\n){0,120}") {
        survives(&text);
        survives(&format!("procedure: {text}"));
    }

    /// A sample with a part taken out, doubled, or overwritten.
    #[test]
    fn any_damage(
        file in 0..FILES.len(),
        (at, length) in (0..4000_usize, 0..40_usize),
        put in "([a-z0-9]|[ \n\t:,\\-#|>&*!'\"\\[\\]{}đ]|\n  ){0,6}",
    ) {
        let text: Vec<char> = FILES[file].1.chars().collect();
        let at = at % text.len();
        let end = (at + length).min(text.len());
        let damaged: String = text[..at].iter().copied().chain(put.chars()).chain(text[end..].iter().copied()).collect();
        survives(&damaged);
    }
}

#[test]
fn much_text_is_read_in_time() {
    for text in ["a: [\n", "a: \"\n", "a: 'b\n", "{", "- ", "? ", "a: &a\n", "a:\n", "\t"] {
        survives(&text.repeat(20_000));
    }
    let mut sources = SourceMap::default();
    let keys: String = (0..20_000).map(|n| format!("  a{}: đ\n", n % 7_000)).collect();
    sources.add(Source::new("a.yaml", format!("cases: x\nfacts:\n{keys}")));
    assert_eq!(read(&sources).diagnostics.len(), 13_000 + 2);
}
