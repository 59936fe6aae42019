//! The interview, driven through a pipe.

use std::fs;

use crate::harness::{Folder, thutuc, with_input};

#[test]
fn a_whole_interview() {
    let folder = Folder::empty("ask");
    let answers = folder.0.join("answers.json");
    // A wrong channel, then the right one; help; a wrong date; back; no number; a list with a wrong field.
    let said = [
        "4", "trực tiếp", "<", "2", "31/02/1990", "1/5/1990", "?", "nguoi",
        "rất dài", "2,5", "9", "1,3", "x", "7", "1", "<", "1",
        "Tên này dài hơn hai mươi ký tự", "An", "2020-01-01", "có",
    ];
    let said = said.join("\n") + "\n";
    let line = format!("ask 9.000001 --as-of 2026-04-27 --save {}", answers.display());
    let run = with_input(&line, &said);
    insta::assert_snapshot!(run.shown().replace(&answers.display().to_string(), "answers.json"));
    let saved = fs::read_to_string(&answers).unwrap();
    insta::assert_snapshot!(saved);
    let decided = thutuc(&format!("decide 9.000001 --as-of 2026-04-27 --facts {}", answers.display()));
    assert!(run.out.ends_with(&decided.out), "the interview ends with the decision of its answers");
}

#[test]
fn cut_off_midway_it_shows_what_is_settled() {
    let run = with_input("ask 9.000001 --as-of 2026-04-27 --lang en", "2\n1990-05-01\n");
    insta::assert_snapshot!(run.shown());
    let quit = with_input("ask 9.000001 --as-of 2026-04-27 --lang en", "2\n1990-05-01\nq\n1\n");
    assert_eq!(quit.out.replace("> q", "> "), run.out, "`q` is as good as the end of the input");
}

#[test]
fn only_what_matters_is_asked() {
    let run = with_input("ask 9.000001 --as-of 2026-04-27 --lang en --fact reader.kind=pupil --fact submission.channel=in_person", "");
    assert!(!run.out.contains("shelves") && run.out.contains("Date of birth"), "{}", run.out);
    let run = with_input("ask 9.000001 --as-of 2026-04-27 --lang en --fact reader.kind=pupil --fact submission.channel=in_person", "1990-05-01\n-\n");
    assert!(run.out.contains("Guarantor until") && run.out.contains("Guarantor until: none"), "{}", run.out);
}

#[test]
fn with_json_the_talk_is_beside() {
    let run = with_input("ask 9.000002 --as-of 2026-04-27 --format json --lang en", "1\n20\n");
    assert_eq!(run.code, 0);
    let decision: thutuc::wire::Decision = serde_json::from_str(&run.out).unwrap();
    assert_eq!(decision.missing.len(), 0);
    assert!(run.err.contains("How is it submitted?") && run.err.contains("For how many days?"), "{}", run.err);
}

#[test]
fn answers_come_from_stdin_only_once() {
    let run = with_input("ask 9.000002 --facts -", "");
    assert_eq!((run.code, &*run.err), (2, "thutuc: ask reads the answers from stdin: give --facts a file\n"));
}
