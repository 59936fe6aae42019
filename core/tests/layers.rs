//! The layers of the core: a module imports only from those below it.

#![cfg(test)]

use std::fs;
use std::path::Path;

/// Lowest first; modules of one group do not import one another.
const LAYERS: &[&[&str]] = &[
    &["bundled"],
    &["source"],
    &["diagnostics"],
    &["value"],
    &["calendar"],
    &["builtins"],
    &["feel"],
    &["model", "dmn"],
    &["check"],
    &["compile"],
    &["eval"],
    &["columns", "explain", "analysis"],
    &["assess"],
    &["wire"],
];

#[test]
fn no_module_imports_a_higher_one() {
    let mut wrong = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    each_file(&root, &mut |path, text| {
        let parts: Vec<&str> = path.strip_prefix(&root).unwrap().iter().map(|part| part.to_str().unwrap()).collect();
        if parts != ["lib.rs"] {
            wrong.extend(violations(&parts, text));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_layer() {
    let root = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let modules = root.lines().filter_map(|line| line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod "))?.strip_suffix(';'));
    for module in modules {
        assert!(layer(module).is_some(), "`{module}` has no layer: give it one here");
    }
}

#[test]
fn a_wrong_import_is_found() {
    refuses(&["model", "mod.rs"], "use crate::check::check;", "model/mod.rs:1 imports check");
    refuses(&["eval", "fees.rs"], "\nfn f(x: &crate::wire::Decision) {}", "eval/fees.rs:2 imports wire");
    refuses(&["value", "mod.rs"], "use crate::{source::Span, feel::{self, ast}};", "value/mod.rs:1 imports feel");
    refuses(&["value", "mod.rs"], "pub use crate::{\n    source,\n    eval::judge,\n};", "value/mod.rs:1 imports eval");
    refuses(&["calendar", "deadline", "mod.rs"], "use super::super::feel::Names;", "calendar/deadline/mod.rs:1 imports feel");
    refuses(&["calendar", "lunar.rs"], "mod tests {\n    use super::super::super::feel;\n}", "calendar/lunar.rs:2 imports feel");
    refuses(&["explain", "mod.rs"], "use crate::analysis;", "explain/mod.rs:1 imports analysis");
    refuses(&["eval", "mod.rs"], "use crate::newcomer;", "eval/mod.rs:1 imports newcomer");
}

#[test]
fn a_right_import_is_not() {
    let text = "//! See [`crate::wire`].\nuse crate::value::{Value, feel};\nuse super::model;\nfn f() { crate::eval::g() } // crate::wire\n";
    assert_eq!(violations(&["eval", "mod.rs"], text), Vec::<String>::new());
    assert_eq!(violations(&["source.rs"], "mod tests { use super::value; }"), Vec::<String>::new());
}

#[track_caller]
fn refuses(path: &[&str], text: &str, expected: &str) {
    assert_eq!(violations(path, text), [expected], "{text}");
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|group| group.contains(&module))
}

/// The imports of a file that go upwards or sideways, or to a module without a layer.
fn violations(path: &[&str], text: &str) -> Vec<String> {
    let module = path[0].trim_end_matches(".rs");
    let bare = without_comments(text);
    let mut imports: Vec<(usize, String)> = Vec::new();
    for (at, _) in bare.match_indices("crate::") {
        let within_word = bare[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        if !within_word {
            imports.extend(heads(&bare[at + "crate::".len()..]).into_iter().map(|head| (at, head)));
        }
    }
    for (at, steps, rest) in supers(&bare) {
        if steps == depth(path) + inline_modules(&bare[..at]) {
            imports.extend(heads(rest).into_iter().map(|head| (at, head)));
        }
    }
    imports.sort();
    let own = layer(module);
    let upwards = imports.into_iter().filter(|(_, target)| target != module && !(layer(target) < own && layer(target).is_some()));
    upwards.map(|(at, target)| format!("{}:{} imports {target}", path.join("/"), bare[..at].matches('\n').count() + 1)).collect()
}

/// Line comments become nothing, so that documentation may speak of anything.
fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code)).collect::<Vec<_>>().join("\n")
}

/// The first names after `crate::`: one, or those of a group.
fn heads(rest: &str) -> Vec<String> {
    let Some(group) = rest.trim_start().strip_prefix('{') else { return vec![word(rest)] };
    let (mut heads, mut depth, mut begins) = (Vec::new(), 0, true);
    for (at, c) in group.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && !c.is_whitespace() => {
                heads.push(word(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    heads
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Chains of `super::`: where, how long, and what follows.
fn supers(text: &str) -> Vec<(usize, usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("super::").map(|at| from + at) {
        let (mut rest, mut steps) = (&text[at..], 0);
        while let Some(after) = rest.strip_prefix("super::") {
            (rest, steps) = (after, steps + 1);
        }
        found.push((at, steps, rest));
        from = text.len() - rest.len();
    }
    found
}

/// How many `super::` lead from a file to the root of the crate.
fn depth(path: &[&str]) -> usize {
    path.len() - usize::from(path.last() == Some(&"mod.rs"))
}

/// How many modules are opened in the text before a place: `mod tests {`, closed by a brace in the first column.
fn inline_modules(before: &str) -> usize {
    let opened = before.lines().filter(|line| line.contains("mod ") && line.contains('{')).count();
    let closed = before.lines().skip_while(|line| !(line.contains("mod ") && line.contains('{'))).filter(|line| *line == "}").count();
    opened.saturating_sub(closed)
}

fn each_file(folder: &Path, each: &mut dyn FnMut(&Path, &str)) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            each_file(&path, each);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            each(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
