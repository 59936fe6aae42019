use super::{dump, read, read_tests};
use crate::feel::{format, format_tests};

/// Checks that `text` is written as `expected`, and that it is read back to the same tree.
#[track_caller]
fn writes(text: &str, expected: &str) {
    let parsed = read(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let written = format(&parsed.value);
    assert_eq!(written, expected, "{text}");
    assert_eq!(dump(&read(&written).value), dump(&parsed.value), "{text}");
}

#[track_caller]
fn writes_tests(text: &str, expected: &str) {
    let parsed = read_tests(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let written = format_tests(&parsed.value);
    assert_eq!(written, expected, "{text}");
    assert_eq!(dump(&read_tests(&written).value), dump(&parsed.value), "{text}");
}

#[test]
fn brackets_stand_where_they_must() {
    writes("((x)+(y*z))", "x + y * z");
    writes("(x+y)*z", "(x + y) * z");
    writes("a-(b-c)", "a - (b - c)");
    writes("(a-b)-c", "a - b - c");
    writes("2**(3**4)", "2 ** (3 ** 4)");
    writes("(-5)**2", "-5 ** 2");
    writes("-(5**2)", "-(5 ** 2)");
    writes("(a or b) and c", "(a or b) and c");
    writes("(if a then b else c) + 1", "(if a then b else c) + 1");
    writes("1 + if a then b else c", "1 + (if a then b else c)");
    writes("(function(x) x)(1)", "(function(x) x)(1)");
    writes("(a + b).c", "(a + b).c");
    writes("(a = b) = c", "a = b = c");
    writes("a = (b = c)", "a = (b = c)");
    writes("(1 + 2) instance of number", "(1 + 2) instance of number");
    writes("(a instance of list) < b", "(a instance of list) < b");
    writes("(-a instance of list) < b", "(-a instance of list) < b");
    writes("(a instance of list) <= b", "a instance of list <= b");
    writes("(< 5) and b", "(< 5) and b");
    writes("a[(< 5)]", "a[(< 5)]");
}

#[test]
fn spaces_are_the_same_everywhere() {
    writes("a in(<5,[1..2[,b)", "a in (< 5, [1..2), b)");
    writes("a in((b or c))", "a in (b or c)");
    writes("a in ( < 5 )", "a in < 5");
    writes("]1 .. 2]", "(1..2]");
    writes("{a:1,\"b c\":2,\"d!\":3}", "{a: 1, b c: 2, \"d!\": 3}");
    writes("f ( x:1,y z : 2 )", "f(x: 1, y z: 2)");
    writes("for x in 1 .. 3 ,y in z return x", "for x in 1..3, y in z return x");
    writes("some x in a satisfies not ( x )", "some x in a satisfies not(x)");
    writes("function(a:number,b)a", "function(a: number, b) a");
    writes("a instance of function<list<number>>->context<x:Any>", "a instance of function<list<number>> -> context<x: Any>");
    writes("date   of birth .year", "date of birth.year");
    writes("1 // gone\n+ 2", "1 + 2");
}

#[test]
fn literals_keep_their_value() {
    writes("1.500", "1.5");
    writes("1e30", "1000000000000000000000000000000");
    writes("1e-7", "0.0000001");
    writes(r#""a\nb\"c\\d\u0000\d""#, r#""a\nb\"c\\d\u0000\\d""#);
    writes("\"Đường 3/2\"", "\"Đường 3/2\"");
    writes("@\"PT36H\"", "@\"P1DT12H\"");
}

#[test]
fn unary_tests() {
    writes_tests("-", "-");
    writes_tests("\"a\",\"b\"", "\"a\", \"b\"");
    writes_tests("<5,not(a)", "< 5, not(a)");
    writes_tests("not( <5 , [1..2) )", "not(< 5, [1..2))");
    writes_tests("(not(a))", "(not(a))");
    writes_tests("not(a) and ?", "not(a) and ?");
}
