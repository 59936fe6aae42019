//! Wrong usage, closed pipes, colour.

use std::process::{Command, Stdio};

use crate::harness::{Folder, here, thutuc, with_input, within};

#[test]
fn an_unknown_procedure() {
    let near = thutuc("decide 9.00001");
    assert_eq!((near.code, &*near.out), (2, ""));
    assert_eq!(near.err, "thutuc: the pack has no procedure `9.00001`; did you mean\n  9.000001  Cấp thẻ thư viện\n");
    let named = thutuc("facts the-thu-vien");
    assert!(named.err.contains("9.000001  Cấp thẻ thư viện"), "{}", named.err);
    assert_eq!(thutuc("show passport").err, "thutuc: the pack has no procedure `passport`; `thutuc list` shows those it has\n");
}

#[test]
fn wrong_usage_is_2() {
    for line in ["", "decde", "decide", "decide 9.000001 --as-of 2026-13-01", "decide 9.000001 --facts nowhere.json", "list --format yaml"] {
        let run = thutuc(line);
        assert_eq!((run.code, &*run.out), (2, ""), "{line}");
        assert!(!run.err.is_empty(), "{line}");
    }
    assert_eq!(thutuc("decide 9.000001 --as-of 2026-13-01").err, "thutuc: --as-of must be YYYY-MM-DD, `2026-13-01` was given\n");
    assert_eq!(within(&here(), "--rules nowhere check").code, 2);
    let folder = Folder::empty("none");
    assert!(within(&folder.0, "--rules . check").err.contains("there are no rule files"));
}

#[test]
fn a_fact_that_does_not_exist() {
    let run = thutuc("decide 9.000001 --fact reader.knd=pupil");
    assert_eq!((run.code, &*run.err), (2, "thutuc: procedure 9.000001 has no fact `reader.knd`; did you mean `reader.kind`?\n"));
    assert_eq!(thutuc("decide 9.000001 --fact reader.kind").err, "thutuc: --fact takes NAME=VALUE, `reader.kind` has no `=`\n");
}

#[test]
fn a_day_without_law_is_refused() {
    let run = thutuc("decide 9.000001 --as-of 2019-12-31");
    assert_eq!((run.code, &*run.out), (1, ""));
    assert_eq!(run.err, "thutuc: procedure 9.000001 has no rules on 2019-12-31: they begin on 2020-01-01\n");
}

#[test]
fn a_draft_that_does_not_exist() {
    assert_eq!(thutuc("list --draft dream").err, "thutuc: the pack has no draft amendment `dream`\n");
}

#[test]
fn a_closed_pipe_is_success() {
    for verb in [&["schema"][..], &["show", "9.000001"], &["decide", "9.000001"], &["list"], &["test"], &["ask", "9.000001"], &["--help"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_thutuc"))
            .args(["--rules", "pack"])
            .args(verb)
            .current_dir(here())
            .env("THUTUC_CACHE", "off")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()), "{verb:?}");
    }
}

#[test]
fn colour_goes_to_terminals_only() {
    let dated = ["decide 9.000001 --as-of 2026-04-27", "show 9.000001 --on 2026-04-27", "due 9.000001 --from 2026-04-27"];
    for line in ["check", "list", "facts 9.000001"].into_iter().chain(dated) {
        let plain = thutuc(line);
        assert!(!plain.out.contains('\x1b'), "{line}");
        let coloured = thutuc(&format!("{line} --color always"));
        assert!(coloured.out.contains("\x1b["), "{line}");
    }
    assert!(!with_input("ask 9.000001", "1\n").out.contains('\x1b'));
    assert!(thutuc("decide 9.00001 --color always").err.contains('\x1b'));
}

#[test]
fn help_has_examples_and_exit_codes() {
    let help = thutuc("--help").out;
    assert!(help.contains("Examples:") && help.contains("Exit code: 0 fine; 1"), "{help}");
    let verbs = ["check", "list", "facts", "decide", "ask", "explain", "due", "show", "test", "schema", "bundle", "completions"];
    for verb in verbs {
        assert!(help.contains(&format!("\n  {verb}")), "{verb}");
        assert!(thutuc(&format!("{verb} --help")).out.contains("Example"), "{verb}");
    }
}
