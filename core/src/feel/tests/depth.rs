//! No text, however deep or long, needs more stack than half a megabyte in a debug build.

use super::dump::dump;
use super::{read, read_tests};
use crate::feel::{MAX_DEPTH, MAX_HEIGHT, format, format_tests};

const STACK: usize = 512 * 1024;

fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread starts");
    thread.join().expect("the stack is enough");
}

/// Reads `text` as both, and walks whatever tree results in every way there is.
fn walk(text: &str) -> (bool, bool) {
    let expr = read(text);
    assert_eq!(expr.value, expr.value.clone());
    assert!(!format(&expr.value).is_empty());
    assert!(!format!("{:?}", expr.value).is_empty());
    let tests = read_tests(text);
    assert!(!format_tests(&tests.value).is_empty());
    let too_deep = expr.diagnostics.iter().any(|d| d.code.name() == "too-deep");
    (expr.diagnostics.is_empty(), too_deep)
}

/// Constructs in each other: what opens, what is inside, what closes.
const NESTED: &[(&str, &str, &str)] = &[
    ("(", "1", ")"),
    ("[", "1", "]"),
    ("{a: ", "1", "}"),
    ("f(", "1", ")"),
    ("f(x: ", "1", ")"),
    ("a[", "1", "]"),
    ("[", "1", "..2]"),
    ("]1..", "1", "]"),
    ("-", "1", ""),
    ("not(", "1", ")"),
    ("1 + (", "1", ")"),
    ("if ", "1", " then 1 else 1"),
    ("if 1 then 1 else ", "1", ""),
    ("for x in ", "1", " return 1"),
    ("for x in a return ", "1", ""),
    ("some x in 1..", "1", " satisfies 1"),
    ("function(x) ", "1", ""),
    ("a between 1 and (", "1", ")"),
    ("a in (", "1", ")"),
    ("a in (1, ", "1", ")"),
    ("(< ", "1", ")"),
    ("1 or 1 and 1 = 1 + 1 * 1 ** (", "1", ")"),
    ("a instance of list<", "number", ">"),
    ("a instance of function<> -> ", "number", ""),
    ("a instance of context<x: ", "number", ">"),
];

#[test]
fn nested_constructs() {
    on_a_small_stack(|| {
        for (open, inside, close) in NESTED {
            // Types go on after `instance of`, which stands once.
            let (first, open) = open.split_once("instance of ").map_or(("", *open), |(_, rest)| ("a instance of ", rest));
            let nested = |times: usize| format!("{first}{}{inside}{}", open.repeat(times), close.repeat(times));
            for times in [15, 10_000] {
                let (fine, too_deep) = walk(&nested(times));
                assert_eq!((fine, too_deep), (times == 15, times != 15), "{open}{inside}{close} {times} times");
            }
            // Around the limit, where trees are deepest.
            (50..MAX_DEPTH as usize + 3).for_each(|times| assert_ne!(walk(&nested(times)), (true, true)));
        }
    });
}

#[test]
fn long_chains() {
    on_a_small_stack(|| {
        let chains = [" + 1", " and a", " = a", ".a", "[1]", "(1)", " ** 2", " in a", " instance of a", " between 1 and 2"];
        for link in chains {
            for (links, fine) in [(MAX_HEIGHT as usize - 1, true), (MAX_HEIGHT as usize, false), (100_000, false)] {
                let (read, too_deep) = walk(&format!("a{}", link.repeat(links)));
                assert_eq!((read, too_deep), (fine, !fine), "{links} times `{link}`");
            }
        }
    });
}

#[test]
fn brackets_that_never_close() {
    on_a_small_stack(|| {
        for text in ["]", "[", "(", "{", "[]", "]1..", "a[", "}", "/*", "\"", "@", "?", "if ", "not(", "for "] {
            walk(&text.repeat(100_000));
        }
    });
}

#[test]
fn a_long_list_is_not_deep() {
    let list = format!("[{}]", "1, ".repeat(50_000) + "1");
    assert_eq!(read(&list).diagnostics, []);
    let other = "if a then 1 else ".repeat(100) + "0";
    assert!(dump(&read(&other).value).starts_with("(if a 1 (if a 1 "));
}
