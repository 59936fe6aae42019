//! The facts of a procedure as types of other languages, and its packing as a module.

use insta::assert_snapshot;

use crate::harness::thutuc;

#[test]
fn facts_as_an_interface_of_typescript() {
    assert_snapshot!(thutuc("types 9.000001 --lang ts").shown());
    assert_snapshot!(thutuc("types 9.000001 --lang ts --labels en").shown());
}

#[test]
fn facts_as_a_typed_dict_of_python() {
    assert_snapshot!(thutuc("types 9.000001 --lang py --labels en").shown());
}

#[test]
fn an_overlay_may_add_facts() {
    let (everywhere, here) = (thutuc("types 9.000001 --lang ts"), thutuc("types 9.000001 --lang ts --jurisdiction river"));
    assert_eq!((everywhere.code, here.code), (0, 0), "{}", here.err);
    assert!(here.out.contains("9.000001: Cấp thẻ thư viện (river)"), "{}", here.out);
}

#[test]
fn a_language_must_be_named() {
    let run = thutuc("types 9.000001");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--lang <ts|py>"), "{}", run.err);
    assert_eq!(thutuc("types 9.000001 --lang vi").code, 2);
    assert_eq!(thutuc("facts 9.000001 --lang ts").code, 2);
}

#[test]
fn packing_as_a_module() {
    let mut shown = thutuc("codec 9.000001").shown();
    let hash = shown.find("hash: \"").unwrap() + "hash: \"".len();
    shown.replace_range(hash..hash + 64, "[the pack's hash]");
    assert_snapshot!(shown);
    assert!(thutuc("codec 9.000003").err.contains("no procedure `9.000003`"));
}
