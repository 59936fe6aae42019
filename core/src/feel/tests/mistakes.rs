use super::{dump, line, read};

/// Checks that `text` is read as `tree` with these diagnostics.
#[track_caller]
fn mends(text: &str, tree: &str, expected: &[&str]) {
    let parsed = read(text);
    let found: Vec<String> = parsed.diagnostics.iter().map(|d| line(text, d)).collect();
    assert_eq!(found, expected, "{text}");
    assert_eq!(dump(&parsed.value), tree, "{text}");
}

/// Checks that `text` is refused with this one diagnostic.
#[track_caller]
fn refuses(text: &str, expected: &str) {
    mends(text, "null", &[expected]);
}

#[test]
fn signs_of_other_languages() {
    mends("a == b", "(= a b)", &["feel-syntax 2:`==` FEEL has no `==`; did you mean `=`?"]);
    mends("a <> b", "(!= a b)", &["feel-syntax 2:`<>` FEEL has no `<>`; did you mean `!=`?"]);
    mends("a ≥ b", "(>= a b)", &["feel-syntax 2:`≥` FEEL has no `≥`; did you mean `>=`?"]);
    mends("a => b", "(>= a b)", &["feel-syntax 2:`=>` FEEL has no `=>`; did you mean `>=`?"]);
    mends("a – b", "(- a b)", &["feel-syntax 2:`–` FEEL has no `–`; did you mean `-`?"]);
    mends("a ^ 2", "(** a 2)", &["feel-syntax 2:`^` FEEL has no `^`; did you mean `**`?"]);
    mends("!a", "(call not a)", &["feel-syntax 0:`!` FEEL has no `!`; write `not(…)`"]);
    mends("f(a; b)", "(call f a b)", &["feel-syntax 3:`;` FEEL has no `;`; did you mean `,`?"]);
    mends(
        "a && b || c",
        "(or (and a b) c)",
        &["feel-syntax 2:`&&` FEEL has no `&&`; did you mean `and`?", "feel-syntax 7:`||` FEEL has no `||`; did you mean `or`?"],
    );
}

#[test]
fn other_quotes() {
    mends("'rent'", "\"rent\"", &["feel-syntax 0:`'rent'` the text is not in double quotes; write `\"rent\"`"]);
    mends("“thuê”", "\"thuê\"", &["feel-syntax 0:`“thuê”` the text is not in double quotes; write `\"thuê\"`"]);
}

#[test]
fn one_comma_too_many() {
    mends("[1, 2, ]", "(list 1 2)", &["feel-syntax 5:`,` nothing follows the comma"]);
    mends("f(a,)", "(call f a)", &["feel-syntax 3:`,` nothing follows the comma"]);
    mends("{a: 1,}", "(context (\"a\" 1))", &["feel-syntax 5:`,` nothing follows the comma"]);
}

#[test]
fn literals_that_mean_nothing() {
    mends(
        "@\"2026-02-30\"",
        "null",
        &["feel-syntax 0:`@\"2026-02-30\"` `2026-02-30` is no date, time or duration; such as `@\"2026-11-22\"`, \
           `@\"2026-11-22T15:00:00\"`, `@\"15:00:00\"`, `@\"P7D\"`, `@\"P1Y6M\"`"],
    );
    mends("1e9999", "null", &["bad-number 0:`1e9999` the number `1e9999` cannot be kept exactly"]);
    mends(
        "[\"\\uD83D\", 1]",
        "(list \"\" 1)",
        &["feel-syntax 2:`\\uD83D` the escape stands for no character; write `\\U` and six digits for a character beyond `\\uFFFF`"],
    );
}

#[test]
fn what_is_missing() {
    refuses("", "feel-syntax 0:`` the expression is empty; write `null` for nothing, `-` for any value");
    refuses("a +", "feel-syntax 3:`` the expression ends where an expression is expected");
    refuses("a and or b", "feel-syntax 6:`or` `or` stands where an expression is expected");
    refuses("(a", "feel-syntax 2:`` the expression ends where `)` is expected");
    refuses("f(x y)", "feel-syntax 4:`y` `y` stands where `)` is expected; a name of several words must be declared");
    refuses("[1..2", "feel-syntax 5:`` the expression ends where `]` is expected");
    refuses("{a 1}", "feel-syntax 4:`}` `}` stands where `:` is expected");
    refuses("{1: 2}", "feel-syntax 1:`1` `1` stands where a key is expected");
    refuses("a.", "feel-syntax 2:`` the expression ends where a name after `.` is expected");
    refuses("a between 1 or 2", "feel-syntax 12:`or` `or` stands where `and` is expected");
    refuses("for x a return b", "feel-syntax 16:`` the expression ends where `in` is expected");
    refuses("if a else b", "feel-syntax 5:`else` `else` stands where `then` is expected");
    refuses("if a then b", "feel-syntax 11:`` the `if` has no `else`; an `if` of FEEL always has an `else`; for nothing write `else null`");
    refuses("x instance of", "feel-syntax 13:`` the expression ends where a type is expected");
    refuses("x instance of list<number", "feel-syntax 25:`` the expression ends where `>` is expected");
    refuses("x[]", "feel-syntax 1:`[` `[` stands where the end is expected; a filter needs a condition or a number: `list[1]`");
    refuses("f(a, x: 1)", "feel-syntax 5:`x: 1` arguments with and without names stand in one call; give every argument its name, or none");
}

#[test]
fn what_is_too_much() {
    refuses("a)", "feel-syntax 1:`)` `)` stands where the end is expected");
    refuses("1 2", "feel-syntax 2:`2` `2` stands where the end is expected");
    refuses("a % 2", "feel-syntax 2:`%` `%` stands where the end is expected; write `modulo(a, b)` for a remainder, `a / 100` for a percentage");
    refuses("12abc", "feel-syntax 2:`abc` `abc` stands where the end is expected");
    refuses("#a", "feel-syntax 0:`#` `#` stands where an expression is expected; names begin with a letter or `_`");
}

#[test]
fn words_that_were_meant_otherwise() {
    refuses("a AND b", "feel-syntax 2:`AND` `AND` stands where the end is expected; did you mean `and`?");
    refuses("a is b", "feel-syntax 2:`is` `is` stands where the end is expected; did you mean `=`?");
    refuses("if a then b Else c", "feel-syntax 12:`Else` `Else` stands where `else` is expected; did you mean `else`?");
    refuses("date of brith < a", "feel-syntax 5:`of` `of` stands where the end is expected; did you mean `date of birth`?");
    refuses("x.ngày sính", "feel-syntax 8:`sính` `sính` stands where the end is expected; did you mean `ngày sinh`?");
    refuses("tiền phạt", "feel-syntax 7:`phạt` `phạt` stands where the end is expected; a name of several words must be declared");
}

#[test]
fn what_does_not_end() {
    refuses("\"abc", "feel-syntax 0:`\"abc` the text is not closed; write `\\n` for a line break and `\\\"` for a quote inside a text");
    refuses("\"a\nb\"", "feel-syntax 0:`\"a` the text is not closed; write `\\n` for a line break and `\\\"` for a quote inside a text");
    refuses("a + /* b", "feel-syntax 4:`/* b` the comment is not closed");
}

#[test]
fn foreign_functions() {
    refuses(
        "function(x) external {java: {class: \"a\"}}",
        "feel-syntax 12:`external` a function cannot be `external`; write the body of the function in FEEL; foreign code is never called",
    );
}

#[test]
fn an_open_bracket_is_pointed_at() {
    let mistakes = read("f(a, [1, 2)").diagnostics;
    let related: Vec<_> = mistakes.iter().flat_map(|d| &d.related).map(|(span, what)| (span.start, what.as_str())).collect();
    assert_eq!(related, [(5, "opened here")]);
}
