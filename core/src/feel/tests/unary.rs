use super::{line, read_tests, tests};

#[test]
fn whole_cells() {
    tests("-", "any");
    tests(" - // anything", "any");
    tests("-1", "(tests (- 1))");
    tests("\"a\"", "(tests \"a\")");
    tests("\"a\", \"b\"", "(tests \"a\" \"b\")");
    tests("< 5", "(tests (< 5))");
    tests(">= a.b + 1", "(tests (>= (+ (. a b) 1)))");
    tests("!= 3, = 4", "(tests (!= 3) (= 4))");
    tests("[1..5), ]7..9[, > 12", "(tests [1..5) (7..9) (> 12))");
    tests("null", "(tests null)");
    tests("? > 5 and ? < 10", "(tests (and (> ? 5) (< ? 10)))");
    tests("list contains(?, \"a\")", "(tests (call |list contains| ? \"a\"))");
    tests("fee due, date of birth", "(tests |fee due| |date of birth|)");
}

#[test]
fn negated_cells() {
    tests("not(\"a\")", "(not-tests \"a\")");
    tests("not(< 5, [7..9], a)", "(not-tests (< 5) [7..9] a)");
    tests("not(a.b)", "(not-tests (. a b))");
    tests("not((1..5])", "(not-tests (1..5])");
    tests("not(? > 5) and a", "(tests (and (call not (> ? 5)) a))");
    tests("not(a), b", "(tests (call not a) b)");
    tests("(not(a))", "(tests (call not a))");
    tests("not(negand: a)", "(tests (call not negand:a))");
    tests("not", "(tests not)");
}

#[test]
fn mistakes_in_negated_cells_are_shown_where_they_are() {
    let shows = |text: &str, expected: &str| {
        let found: Vec<String> = read_tests(text).diagnostics.iter().map(|d| line(text, d)).collect();
        assert_eq!(found, [expected], "{text}");
    };
    shows("not(1, 2", "feel-syntax 8:`` the expression ends where `)` is expected");
    shows("not(< 5, *)", "feel-syntax 9:`*` `*` stands where an expression is expected");
    shows("not(a) and", "feel-syntax 10:`` the expression ends where an expression is expected");
    shows("not(1) 2", "feel-syntax 7:`2` `2` stands where the end is expected");
    shows("not(a == 1)", "feel-syntax 6:`==` FEEL has no `==`; did you mean `=`?");
    shows("", "feel-syntax 0:`` the expression is empty; write `null` for nothing, `-` for any value");
}
